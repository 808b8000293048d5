/* Control files, Packages lists and apt's sources: any bytes are read to the end; the order of versions is one. */
#include "collect/host/apt.h"
#include "collect/host/deb.h"
#include "collect/host/packages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(256 << 20);
    str               all = { (const char *)data, n }, rest = all, stanza, left = all;
    software          p;
    apt_sources       s = { 0 };
    while (deb_stanza(&rest, &stanza))
        if (dpkg_package(stanza, &p) && !p.name.n)
            abort();
    str x = str_cut(&left, '\n'), y = left.p ? str_cut(&left, '\n') : S(""), z = left.p ? str_cut(&left, '\n') : S("");
    int xy = deb_version_cmp(x, y), yz = deb_version_cmp(y, z);
    if (deb_version_cmp(x, x) != 0 || xy != -deb_version_cmp(y, x))
        abort();
    if (xy <= 0 && yz <= 0 && deb_version_cmp(x, z) > 0)
        abort();
    apt_sources_list(a, all, &s);
    apt_sources_deb822(a, all, &s);
    for (size_t i = 0; i < s.n && i < 100; i++)
        if (!apt_list_prefix(a, &s.v[i]).n)
            abort();
    apt_release_read(all);
    return 0;
}
