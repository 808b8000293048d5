/* Packages and updates: the order of versions, apt's files, what is pending. */
#include "collect_test.h"
#include "collect/host/apt.h"
#include "collect/host/deb.h"
#include "collect/host/state.h"

#include <sys/stat.h>
#include <utime.h>

static int begin(void **st) { *st = arena_new(64 << 20); return 0; }
static int end(void **st) { arena_free(*st); return 0; }

static void versions_are_ordered_as_dpkg_orders_them(void **st)
{
    /* each is before the next */
    static const char *const rising[] = {
        "0~~", "0~~a", "0~", "0", "0a", "0.0~rc1", "0.0", "0.0-1", "0.0-1a", "0.0-1+b1", "0.0-2", "0.0+dfsg-1", "0.1", "0.01.1", "0.9",
        "0.10", "1.0~beta1~svn1245", "1.0~beta1", "1.0", "1.0-1~bpo12+1", "1.0-1", "1.0-1+deb12u1", "1.0-1+deb12u10",
        "1.0-1.1", "1.0a", "1.0+", "1.0.0", "1.2.3-1-1", "2.0", "10", "99999999999999999999", "99999999999999999999.1", "1:0", "1:0.1", "2:0~", "10:0",
    };
    static const struct { const char *a, *b; } same[] = {
        { "1.0", "1.0-0" }, { "0:1.0", "1.0" }, { "1.00", "1.0" }, { "1.0-00", "1.0" }, { "", "0" }, { "000:1", "1" }, { " 1.0 ", "1.0" },
    };
    (void)st;
    for (size_t i = 0; i < COUNT(rising); i++)
        for (size_t k = 0; k < COUNT(rising); k++) {
            int want = i < k ? -1 : i > k;
            if (deb_version_cmp(str_of(rising[i]), str_of(rising[k])) != want)
                fail_msg("%s and %s are not ordered %d", rising[i], rising[k], want);
        }
    for (size_t i = 0; i < COUNT(same); i++)
        if (deb_version_cmp(str_of(same[i].a), str_of(same[i].b)) != 0 || deb_version_cmp(str_of(same[i].b), str_of(same[i].a)) != 0)
            fail_msg("%s and %s are not the same", same[i].a, same[i].b);
}

typedef struct { str left; size_t step; bool breaks; } trickle;

static ssize_t fill(void *arg, char *p, size_t n)
{
    trickle *t = arg;
    if (!t->left.n && t->breaks)
        return -1;
    size_t k = t->left.n < t->step ? t->left.n : t->step;
    k = k < n ? k : n;
    memcpy(p, t->left.p, k);
    t->left = str_sub(t->left, k, t->left.n);
    return (ssize_t)k;
}

static void stanzas_come_whole_however_the_bytes_arrive(void **st)
{
    static const char text[] = "\n\nPackage: a\nVersion: 1\n\n\nPackage: b\nDescription: x\n y\n\nPackage: c";
    for (size_t step = 1; step < sizeof text + 1; step++) {
        trickle    t = { str_of(text), step, false };
        deb_stream in = deb_stream_open(*st, fill, &t);
        str        got;
        assert_true(deb_stream_next(&in, &got) && str_starts(got, S("Package: a\nVersion: 1\n")) && got.n < 25);
        assert_true(deb_stream_next(&in, &got) && str_starts(got, S("Package: b\nDescription: x\n y\n")));
        assert_true(deb_stream_next(&in, &got) && str_eq(got, S("Package: c")));
        assert_false(deb_stream_next(&in, &got));
        assert_false(in.broken);
        arena_reset(*st);
    }
    trickle    t = { str_of(text), 7, true };
    deb_stream in = deb_stream_open(*st, fill, &t);
    str        got;
    size_t     n = 0;
    while (deb_stream_next(&in, &got))
        n++;
    assert_int_equal(n, 2);              /* the last may be cut short and is not believed */
    assert_true(in.broken);
}

static void sources_are_found_in_both_styles_and_named_as_apt_does(void **st)
{
    apt_sources s = { 0 };
    apt_sources_list(*st, S("# deb http://no x main\ndeb [arch=amd64 signed-by=/k] http://u:p@deb.debian.org/debian/ bookworm main\n"
                            "deb-src http://x y z\ndeb cdrom:[x]/ y z\n deb https://ex.org/my_repo ./\n"), &s);
    apt_sources_deb822(*st, S("Types: deb deb-src\nURIs: http://a/x\n http://b/\nSuites: s1\n s2-security\nComponents: main\n\n"
                              "Enabled: no\nTypes: deb\nURIs: http://c\nSuites: s\n\nTypes: deb-src\nURIs: http://c\nSuites: s\n"), &s);
    assert_int_equal(s.n, 6);
    static const char *const names[] = { "deb.debian.org_debian_dists_bookworm_", "ex.org_my%5frepo_._", "a_x_dists_s1_",
                                         "a_x_dists_s2-security_", "b_dists_s1_", "b_dists_s2-security_" };
    for (size_t i = 0; i < s.n; i++)
        assert_string_equal(str_z(*st, apt_list_prefix(*st, &s.v[i])), names[i]);
    assert_false(apt_source_is_security(&s.v[0]));
    assert_true(apt_source_is_security(&s.v[3]));
}

static void part(const collect_env *env, emit *e)
{
    host_state s = state_file_open(env->a, env, e);
    part_package(&s);
    part_updates(&s);
}

#define LISTS "var/lib/apt/lists/"
static const char status_text[] =
    "Package: dpkg\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n"
    "Package: libc6\nStatus: hold ok installed\nArchitecture: amd64\nSource: glibc (2.36)\nVersion: 2.36-9\n\n"
    "Package: libc6\nStatus: install ok installed\nArchitecture: i386\nVersion: 2.36-9+x\n\n"
    "Package: tool\nStatus: install ok installed\nArchitecture: all\nVersion: 1.0-1~bpo12+1\n\n"
    "Package: old\nStatus: deinstall ok config-files\nArchitecture: all\nVersion: 1\n\n"
    "Package: half\nStatus: install ok half-configured\nArchitecture: all\nVersion: 1\n\n";

static void put_archive(arena *a, const char *root, const char *stem, const char *release, const char *packages, time_t at)
{
    const char *in = str_fmt(a, LISTS "%sInRelease", stem).p;
    struct utimbuf t = { at, at };
    assert_int_equal(utime(ct_put(a, root, in, str_of(release), 0644), &t), 0);
    ct_put(a, root, str_fmt(a, LISTS "%smain_binary-amd64_Packages", stem).p, str_of(packages), 0644);
}

static void pending_updates_are_those_apt_would_offer(void **st)
{
    const char *root = ct_tree_new(*st);
    ct_put(*st, root, "var/lib/dpkg/status", str_of(status_text), 0644);
    ct_put(*st, root, "etc/apt/sources.list", S("deb http://m/d st main\ndeb http://m/d st-security main\ndeb http://m/d bpo main\n"), 0644);
    put_archive(*st, root, "m_d_dists_st_", "Hash: SHA256\n\nLabel: D\nCodename: st\n", "Package: libc6\nArchitecture: amd64\nVersion: 2.36-9+deb12u2\n\n"
                "Package: libc6\nArchitecture: i386\nVersion: 2.36-9\n\nPackage: old\nArchitecture: all\nVersion: 9\n", 1768000000);
    put_archive(*st, root, "m_d_dists_st-security_", "Label: D-Security\nCodename: st-security\n",
                "Package: libc6\nArchitecture: amd64\nVersion: 2.36-9+deb12u1\n", 1768000001);
    put_archive(*st, root, "m_d_dists_bpo_", "Label: D\nSuite: bpo\nNotAutomatic: yes\nButAutomaticUpgrades: yes\n",
                "Package: tool\nArchitecture: amd64\nVersion: 1.0-2~bpo12+1\n\nPackage: libc6\nArchitecture: amd64\nVersion: 9\n", 1768400000);
    collected *c = ct_probe(*st, root, part);
    assert_int_equal(ct_status(c, "package"), ST_OK);
    assert_int_equal(ct_count(c, "package"), 5);
    CT_IS(c, "package", "installed", "false", "name", "half");
    CT_IS(c, "package", "source_package", "glibc", "name", "libc6", "architecture", "amd64");
    CT_IS(c, "package", "held", "true", "name", "libc6", "architecture", "amd64");
    assert_int_equal(ct_status(c, "software_update"), ST_OK);
    assert_int_equal(ct_count(c, "software_update"), 2);
    CT_IS(c, "software_update", "candidate_version", "2.36-9+deb12u2", "name", "libc6");
    CT_IS(c, "software_update", "security", "true", "name", "libc6");      /* a security fix is among what is missing */
    CT_IS(c, "software_update", "origin", "D st", "name", "libc6");
    CT_IS(c, "software_update", "candidate_version", "1.0-2~bpo12+1", "name", "tool");
    CT_IS(c, "patch_state", "pending", "2", "system", "web1");
    CT_IS(c, "patch_state", "pending_security", "1", "system", "web1");
    CT_IS(c, "patch_state", "lists_refreshed_at", "2026-01-09T23:06:41Z", "system", "web1");   /* the security archive's */
    CT_IS(c, "patch_state", "automatic", "false", "system", "web1");
    CT_IS(c, "patch_state", "reboot_required", "?", "system", "web1");
    ct_tree_free(root);
}

static void lists_that_are_missing_leave_the_counts_unknown(void **st)
{
    const char *root = ct_tree_new(*st);
    ct_put(*st, root, "var/lib/dpkg/status", str_of(status_text), 0644);
    collected *c = ct_probe(*st, root, part);
    assert_int_equal(ct_status(c, "software_update"), ST_PARTIAL);
    CT_IS(c, "patch_state", "pending", "?", "system", "web1");
    CT_IS(c, "patch_state", "lists_refreshed_at", "?", "system", "web1");
    CT_IS(c, "patch_state", "security_source", "?", "system", "web1");
    put_archive(*st, root, "m_d_dists_st_", "Label: D\n", "", 4000000000);
    ct_put(*st, root, "etc/apt/sources.list.d/x.sources", S("Types: deb\nURIs: http://m/d http://n\nSuites: st\n"), 0644);
    ct_put(*st, root, LISTS "q_Packages.xz", S("x"), 0644);
    ct_put(*st, root, LISTS "r_Packages.lz4", S("\x04\x22\x4d\x18 not"), 0644);
    c = ct_probe(*st, root, part);
    assert_int_equal(ct_status(c, "patch_state"), ST_ERROR);
    assert_true(str_contains(ct_reason(c, "patch_state"), S("no package list of http://n st")));
    assert_true(str_contains(ct_reason(c, "patch_state"), S("q_Packages.xz: its compression")));
    CT_IS(c, "patch_state", "pending", "?", "system", "web1");
    CT_IS(c, "patch_state", "security_source", "false", "system", "web1");
    CT_IS(c, "patch_state", "lists_refreshed_at", "?", "system", "web1");  /* a time to come proves nothing */
    ct_tree_free(root);
}

static void automatic_updates_need_all_their_parts(void **st)
{
    static const struct { const char *conf, *want; } rows[] = {
        { "APT::Periodic::Update-Package-Lists \"1\";APT::Periodic::Unattended-Upgrade \"1\";"
          "Unattended-Upgrade::Origins-Pattern { \"origin=Debian,label=Debian-Security\"; };", "true" },
        { "APT::Periodic::Update-Package-Lists \"1\";APT::Periodic::Unattended-Upgrade \"1\";", "false" },
        { "APT::Periodic::Update-Package-Lists \"1\";APT::Periodic::Unattended-Upgrade \"0\";"
          "Unattended-Upgrade::Origins-Pattern { \"origin=*\"; };", "false" },
        { "APT::Periodic::Enable \"0\";APT::Periodic::Update-Package-Lists \"1\";APT::Periodic::Unattended-Upgrade \"1\";"
          "Unattended-Upgrade::Origins-Pattern { \"origin=*\"; };", "false" },
        { "APT::Periodic::Unattended-Upgrade \"1\";Unattended-Upgrade::Origins-Pattern { \"origin=*\"; };", "false" },
        { "APT::Periodic::Update-Package-Lists \"1\";APT::Periodic::Unattended-Upgrade \"1\";"
          "Unattended-Upgrade::Origins-Pattern { \"origin=*\"; };\n#clear Unattended-Upgrade::Origins-Pattern;\n", "false" },
        { "apt { periodic { enable 0; update-package-lists 1; unattended-upgrade 1; }; };\n#clear APT::Periodic::Enable;\n"
          "unattended-upgrade::allowed-origins { \"a:b-security\"; /* \"c\"; */ };", "true" },
        { "APT::Periodic::Update-Package-Lists \"1\" \"2\";", "?" },
    };
    const char *root = ct_tree_new(*st);
    ct_put(*st, root, "var/lib/dpkg/status", S("Package: unattended-upgrades\nStatus: install ok installed\nArchitecture: all\nVersion: 2\n"), 0644);
    ct_put(*st, root, "etc/apt/apt.conf.d/99off.bak", S("APT::Periodic::Enable \"0\";"), 0644);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ct_put(*st, root, "etc/apt/apt.conf.d/20auto", str_of(rows[i].conf), 0644);
        collected *c = ct_probe(*st, root, part);
        CT_IS(c, "patch_state", "automatic", rows[i].want, "system", "web1");
        CT_IS(c, "patch_state", "reboot_required", "false", "system", "web1");
    }
    ct_put(*st, root, "run/reboot-required", S(""), 0644);
    collected *c = ct_probe(*st, root, part);
    CT_IS(c, "patch_state", "reboot_required", "true", "system", "web1");
    ct_tree_free(root);
}

static void other_package_systems_are_told_apart(void **st)
{
    const char *root = ct_tree_new(*st);
    collected  *c = ct_probe(*st, root, part);
    assert_int_equal(ct_status(c, "package"), ST_ABSENT);
    assert_int_equal(ct_status(c, "software_update"), ST_UNSUPPORTED);
    ct_put(*st, root, "lib/apk/db/installed", S("C:Q1x\nP:musl\nV:1.2.4-r2\nA:x86_64\no:musl\n\nP:zlib\nV:1\nA:x86_64\n"), 0644);
    c = ct_probe(*st, root, part);
    assert_int_equal(ct_status(c, "package"), ST_OK);
    CT_IS(c, "package", "version", "1.2.4-r2", "name", "musl", "manager", "apk");
    ct_put(*st, root, "var/lib/rpm/rpmdb.sqlite", S("x"), 0644);
    c = ct_probe(*st, root, part);
    assert_int_equal(ct_status(c, "package"), ST_UNSUPPORTED);
    ct_tree_free(root);
    root = ct_tree_new(*st);
    ct_put(*st, root, "var/lib/dpkg/status.d/base", S("Package: base-files\nVersion: 12\nArchitecture: amd64\n"), 0644);
    c = ct_probe(*st, root, part);
    CT_IS(c, "package", "installed", "true", "name", "base-files");
    ct_tree_free(root);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(versions_are_ordered_as_dpkg_orders_them), T(stanzas_come_whole_however_the_bytes_arrive),
        T(sources_are_found_in_both_styles_and_named_as_apt_does),
        T(pending_updates_are_those_apt_would_offer), T(lists_that_are_missing_leave_the_counts_unknown),
        T(automatic_updates_need_all_their_parts), T(other_package_systems_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
