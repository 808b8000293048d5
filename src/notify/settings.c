/* What the configuration says, and the secrets it points to. */
#include "notify/parts.h"

#include <errno.h>
#include <sys/stat.h>

static bool atext(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static bool domain_sound(str s)
{
    bool dot = false;
    for (str rest = s; rest.p;) {
        str label = str_cut(&rest, '.');
        if (label.n == 0 || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
        for (size_t i = 0; i < label.n; i++) {
            char c = label.p[i];
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'))
                return false;
        }
        dot |= rest.p != NULL;
    }
    return s.n <= 253 && (dot || str_eq(s, S("localhost")));
}

bool mail_address_sound(str s)
{
    const char *at = s.n ? memchr(s.p, '@', s.n) : NULL;
    if (!at || s.n > 254 || s.p[0] == '-')           /* a leading dash has been taken for an option before */
        return false;
    str local = str_sub(s, 0, (size_t)(at - s.p)), domain = str_sub(s, local.n + 1, s.n);
    if (local.n == 0 || local.n > 64 || local.p[0] == '.' || local.p[local.n - 1] == '.' || str_contains(local, S("..")))
        return false;
    for (size_t i = 0; i < local.n; i++)
        if (!atext(local.p[i]) && local.p[i] != '.')
            return false;
    return domain_sound(domain);
}

/* ---- lines of the configuration ------------------------------------------------------- */

static err_t set_smtp(arena *a, notify_settings *s, str setting, fault *f)
{
    url_parts u = { 0 };
    bool      sound = url_cut(setting, &u) && (str_eq(u.scheme, S("smtp")) || str_eq(u.scheme, S("smtps")));
    if (!sound || str_contains(str_sub(setting, u.scheme.n + 3, setting.n), S("/")))
        return fail(f, ERR_INVALID, "smtp: write smtps://HOST, smtps://HOST:PORT or smtp://HOST:PORT; user and password "
                    "have settings of their own");
    s->smtp = str_z(a, setting);
    return ERR_OK;
}

static err_t set_from(arena *a, notify_settings *s, str setting, fault *f)
{
    if (!mail_address_sound(setting))
        return fail(f, ERR_INVALID, "mail-from: write an address, as attest@example.com");
    s->mail_from = str_z(a, setting);
    return ERR_OK;
}

static err_t set_user(arena *a, notify_settings *s, str setting, fault *f)
{
    if (!setting.n)
        return fail(f, ERR_INVALID, "smtp-user: write the name to sign in with");
    s->smtp_user = str_z(a, setting);
    return ERR_OK;
}

static err_t path_of(arena *a, const char *key, str setting, fault *f, const char **ret)
{
    if (!setting.n || setting.p[0] != '/')
        return fail(f, ERR_INVALID, "%s: write the whole path of the file, from /", key);
    *ret = str_z(a, setting);
    return ERR_OK;
}

static err_t set_secret_file(arena *a, notify_settings *s, str setting, fault *f)
{
    return path_of(a, "smtp-secret-file", setting, f, &s->smtp_secret_file);
}

static err_t set_ca(arena *a, notify_settings *s, str setting, fault *f)
{
    return path_of(a, "tls-ca-file", setting, f, &s->tls_ca_file);
}

/* What the history calls an endpoint: its URL may hold a token. */
static str webhook_id(arena *a, str host, str url)
{
    auto_hasher hasher *h = hasher_new();
    hash32              d = sha256_of(h, url.p, url.n);
    return str_fmt(a, STR_FMT "#" STR_FMT, STR_ARG(str_lower(a, host)), STR_ARG(hex_of(a, d.b, 4)));
}

static err_t set_webhook(arena *a, notify_settings *s, str setting, fault *f)
{
    str       rest = setting, url = str_word(&rest), file = str_word(&rest), where = str_word(&rest);
    url_parts u = { 0 };
    if (!url_cut(url, &u) || !file.n || (where.n && !str_eq(where, S("private"))) || str_trim(rest).n)
        return fail(f, ERR_INVALID, "webhook: write \"https://HOST/PATH SECRETFILE\", and \"private\" behind it when it stands "
                    "at a private address");
    if (!str_eq(u.scheme, S("https")) && !(str_eq(u.scheme, S("http")) && u.loopback))
        return fail(f, ERR_INVALID, "webhook: only https:// is used, and http:// to this very machine");
    if (s->n_webhooks == WEBHOOKS_MAX)
        return fail(f, ERR_INVALID, "webhook: there are more than %d", WEBHOOKS_MAX);
    webhook_endpoint w = { .url = str_z(a, url), .inside = where.n > 0, .id = webhook_id(a, u.host, url) };
    TRY(path_of(a, "webhook", file, f, &w.secret_file));
    if (notify_webhook_find(s, w.id))
        return fail(f, ERR_INVALID, "webhook: an endpoint stands twice");
    s->webhooks[s->n_webhooks++] = w;
    return ERR_OK;
}

err_t notify_webhook_offered(str url, fault *f)
{
    url_parts u = { 0 };
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= ' ' || (unsigned char)url.p[i] >= 0x7f || url.n > 2000)
            return fail(f, ERR_INVALID, "the address is plain text without blanks, at most 2,000 letters");
    if (!url_cut(url, &u) || !str_eq(u.scheme, S("https")))
        return fail(f, ERR_INVALID, "the address reads https://HOST/PATH");
    if (u.loopback)
        return fail(f, ERR_DENIED, "this machine itself is no endpoint that can be added here; a line of the configuration can name it");
    return ERR_OK;
}

err_t notify_setting(arena *a, notify_settings *s, str key, str setting, fault *f, bool *ret_known)
{
    static const struct {
        const char *key;
        err_t     (*set)(arena *a, notify_settings *s, str setting, fault *f);
    } rows[] = {
        { "smtp", set_smtp }, { "mail-from", set_from }, { "smtp-user", set_user },
        { "smtp-secret-file", set_secret_file }, { "tls-ca-file", set_ca }, { "webhook", set_webhook },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_eq(key, str_of(rows[i].key))) {
            *ret_known = true;
            return rows[i].set(a, s, setting, f);
        }
    *ret_known = false;
    return ERR_OK;
}

const webhook_endpoint *notify_webhook_find(const notify_settings *s, str id)
{
    for (size_t i = 0; i < s->n_webhooks; i++)
        if (str_eq(s->webhooks[i].id, id))
            return &s->webhooks[i];
    return NULL;
}

/* ---- secrets ---------------------------------------------------------------------------- */

err_t webhook_keys_parse(arena *a, str text, const char *path, fault *f, webhook_keys *ret)
{
    const str    mark = S("whsec_");
    webhook_keys k = { .n = 0 };
    for (str line; str_line(&text, &line);) {
        line = str_trim(line);
        if (!line.n)
            continue;
        bool sound = k.n < 2 && str_starts(line, mark) && base64_parse(a, str_sub(line, mark.n, line.n), &k.keys[k.n]) &&
                     k.keys[k.n].n >= 24 && k.keys[k.n].n <= 64;
        if (!sound)
            return fail(f, ERR_INVALID, "%s: write one or two lines \"whsec_\" and base64 of 24 to 64 random bytes", path);
        k.n++;
    }
    if (k.n == 0)
        return fail(f, ERR_INVALID, "%s holds no secret", path);
    *ret = k;
    return ERR_OK;
}
