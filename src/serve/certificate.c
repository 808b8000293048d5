/* The certificate: the one the config names, or one of our own. */
#include "serve/parts.h"

#include <errno.h>
#include <unistd.h>

enum { PEM_MAX_BYTES = 60 << 10 };

static err_t read_named(arena *a, str cert_path, str key_path, fault *f, certificate *ret)
{
    if (!cert_path.n || !key_path.n)
        return fail(f, ERR_INVALID, "tls_certificate and tls_key stand together in the config");
    TRY(file_read(a, str_z(a, cert_path), PEM_MAX_BYTES, f, &ret->cert));
    return file_read(a, str_z(a, key_path), PEM_MAX_BYTES, f, &ret->key);
}

/* The name people type into the browser: what stands between :// and the next / or :. */
static str host_of(str public_url)
{
    str rest = public_url, head = str_cut(&rest, '/');
    if (rest.p && str_ends(head, S(":"))) {
        str_cut(&rest, '/');
        head = rest.p ? str_cut(&rest, '/') : S("");
    }
    return str_cut(&head, ':');
}

err_t certificate_read(arena *a, const char *dir, str cert_path, str key_path, const place *at, str public_url, fault *f, certificate *ret)
{
    if (cert_path.n || key_path.n)
        return read_named(a, cert_path, key_path, f, ret);
    const char *cert = str_fmt(a, "%s/keys/tls.crt", dir).p, *key = str_fmt(a, "%s/keys/tls.key", dir).p;
    if (access(cert, F_OK) != 0 || access(key, F_OK) != 0) {
        char host[256] = "";
        str  names[4];
        size_t n = 0;
        names[n++] = S("localhost");
        names[n++] = str_of(at->address);
        if (gethostname(host, sizeof host - 1) == 0 && *host)
            names[n++] = str_of(host);
        if (public_url.n)
            names[n++] = host_of(public_url);
        certificate made;
        TRY(http_self_signed(a, names, n, f, &made.cert, &made.key));
        TRY(file_replace(key, made.key, 0600, f));
        TRY(file_replace(cert, made.cert, 0644, f));
    }
    return read_named(a, str_of(cert), str_of(key), f, ret);
}
