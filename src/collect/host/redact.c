#include "collect/host/redact.h"

typedef struct {
    arena *a;
    buf    out;
    bool   hide_next;                    /* the word before asked for a secret */
    bool   user_next;                    /* ... for user:password */
    bool   p_is_password;                /* -pX is a password for this program */
} redactor;

static const char hidden[] = "***";

static char low(char c) { return (char)(c >= 'A' && c <= 'Z' ? c + 0x20 : c); }

static bool contains_fold(str s, const char *part)
{
    size_t n = strlen(part);
    for (size_t i = 0; i + n <= s.n; i++) {
        size_t k = 0;
        while (k < n && low(s.p[i + k]) == part[k])
            k++;
        if (k == n)
            return true;
    }
    return false;
}

static bool secret_name(str name)
{
    static const char *const parts[] = { "passw", "passphrase", "pass", "pwd", "secret", "token", "apikey", "api_key", "api-key",
                                         "access_key", "access-key", "accesskey", "private_key", "credential", "auth" };
    static const char *const harmless[] = { "file", "path", "bypass", "keyring", "compass" };
    for (size_t i = 0; i < COUNT(harmless); i++)
        if (contains_fold(name, harmless[i]))
            return false;
    if (contains_fold(name, "author") && !contains_fold(name, "authoriz"))
        return false;
    for (size_t i = 0; i < COUNT(parts); i++)
        if (contains_fold(name, parts[i]))
            return true;
    return false;
}

static bool token_shaped(str w)
{
    static const char *const starts[] = { "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-",
                                          "xoxa-", "AKIA", "ASIA", "sk_live_", "rk_live_", "sk-", "eyJ", "hvs.", "dop_v1_",
                                          "npm_", "pypi-", "SG." };
    for (size_t i = 0; i < COUNT(starts); i++)
        if (w.n >= 20 && str_starts(w, str_of(starts[i])))
            return true;
    return false;
}

static bool program_takes_p(str word)
{
    static const char *const names[] = { "mysql", "mariadb", "sshpass", "mongo", "7z", "smbclient", "ncftp", "lftp", "redis-cli" };
    for (size_t i = 0; i < COUNT(names); i++)
        if (contains_fold(word, names[i]))
            return true;
    return false;
}

static void put_hidden(redactor *r, str before, str after)
{
    buf_puts(&r->out, before);
    buf_putz(&r->out, hidden);
    buf_puts(&r->out, after);
}

/* scheme://user:pass@host: what stands between the colon and the last @ before the path. */
static bool hide_url(redactor *r, str w)
{
    const char *scheme = memmem(w.p, w.n, "://", 3);
    if (!scheme)
        return false;
    size_t from = (size_t)(scheme - w.p) + 3, colon = 0, at = 0;
    for (size_t i = from; i < w.n && w.p[i] != '/' && w.p[i] != '?'; i++) {
        if (w.p[i] == ':' && !colon)
            colon = i;
        if (w.p[i] == '@')
            at = i;
    }
    if (!at)
        return false;
    size_t start = colon && colon < at ? colon + 1 : from;
    put_hidden(r, str_sub(w, 0, start), str_sub(w, at, w.n));
    return true;
}

/* NAME=VALUE, --name=value, ?token=...&x: every value whose name speaks of a secret. */
static bool hide_assignments(redactor *r, str w)
{
    bool   any = false;
    size_t name = 0, copied = 0;
    for (size_t i = 0; i < w.n; i++) {
        if (memchr("?&;,'\"{ ", w.p[i], 8))
            name = i + 1;
        if ((w.p[i] != '=' && w.p[i] != ':') || !secret_name(str_sub(w, name, i)))
            continue;
        size_t from = i + 1, end;
        while (from < w.n && memchr("'\" ", w.p[from], 3))
            from++;
        for (end = from; end < w.n && !memchr("&'\"}", w.p[end], 4); end++)
            ;
        if (end == from)
            continue;
        put_hidden(r, str_sub(w, copied, from), S(""));
        copied = end;
        i = end - 1;
        any = true;
    }
    if (any)
        buf_puts(&r->out, str_sub(w, copied, w.n));
    return any;
}

static bool digits_only(str s)
{
    int64_t v;
    return parse_int(s, 0, INT32_MAX, &v);
}

static bool hide_option(redactor *r, str w)
{
    if (w.n > 2 && str_starts(w, S("-p")) && r->p_is_password && !digits_only(str_sub(w, 2, w.n)) && w.p[2] != '-') {
        put_hidden(r, S("-p"), S(""));
        return true;
    }
    if (w.n > 2 && (str_starts(w, S("-u")) || str_starts(w, S("--user="))) && memchr(w.p, ':', w.n)) {
        put_hidden(r, str_sub(w, 0, (size_t)((const char *)memchr(w.p, ':', w.n) - w.p) + 1), S(""));
        return true;
    }
    return false;
}

static str bare(str w)
{
    while (w.n && (w.p[0] == '"' || w.p[0] == '\''))
        w = str_sub(w, 1, w.n);
    while (w.n && (w.p[w.n - 1] == '"' || w.p[w.n - 1] == '\''))
        w = str_sub(w, 0, w.n - 1);
    return w;
}

/* The end of an Authorization header: "Bearer" or "Basic", the credentials follow. */
static bool asks_for_credentials(str b)
{
    return (b.n == 6 && contains_fold(b, "bearer")) || (b.n == 5 && contains_fold(b, "basic"));
}

/* What this word says of the next. */
static void look_ahead(redactor *r, str w)
{
    str b = bare(w);
    r->hide_next = (b.n > 1 && b.p[0] == '-' && !memchr(b.p, '=', b.n) && secret_name(b)) || asks_for_credentials(b)
                   || (r->p_is_password && str_eq(b, S("-p")));
    r->user_next = str_eq(b, S("-u")) || str_eq(b, S("--user")) || str_eq(b, S("-U")) || str_eq(b, S("--proxy-user"));
    r->p_is_password = r->p_is_password || program_takes_p(b);
}

static void put_word(redactor *r, str w)
{
    str         b = bare(str_ends(w, S(";")) ? str_sub(w, 0, w.n - 1) : w);
    const char *colon = b.n ? memchr(b.p, ':', b.n) : NULL;
    size_t      lead = (size_t)(b.p - w.p);
    bool        whole = (r->hide_next && b.n && !memchr("|&;", b.p[0], 3)) || token_shaped(b);
    if (whole || (r->user_next && colon)) {
        size_t from = whole ? lead : (size_t)(colon - w.p) + 1;
        put_hidden(r, str_sub(w, 0, from), str_sub(w, lead + b.n, w.n));
    } else if (!hide_url(r, w) && !hide_option(r, w) && !hide_assignments(r, w)) {
        buf_puts(&r->out, w);
    }
}

static size_t word_end(str s, size_t i)
{
    char quote = 0;
    for (; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\\' && i + 1 < s.n)
            i++;
        else if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
        else if (!quote && (c == ' ' || c == '\t'))
            break;
    }
    return i > s.n ? s.n : i;
}

str redact_command(arena *a, str command)
{
    redactor r = { .a = a, .out = buf_new(a, 64 << 10) };
    for (size_t i = 0; i < command.n;) {
        size_t end = word_end(command, i);
        if (end == i) {
            buf_putc(&r.out, command.p[i++]);
            continue;
        }
        str w = str_sub(command, i, end);
        put_word(&r, w);
        look_ahead(&r, w);
        i = end;
    }
    return r.out.overflow ? S("(too long to show)") : (str){ r.out.p ? r.out.p : "", r.out.n };
}
