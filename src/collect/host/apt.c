#include "collect/host/apt.h"
#include "collect/host/deb.h"

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/* ---- sources ---- */

void apt_sources_list(arena *a, str text, apt_sources *ret)
{
    str line;
    while (str_line(&text, &line)) {
        str rest = line;
        if (!str_eq(str_word(&rest), S("deb")))
            continue;
        rest = str_trim(rest);
        if (str_starts(rest, S("[")))
            str_cut(&rest, ']');
        apt_source s = { .uri = str_word(&rest), .suite = str_word(&rest) };
        if (s.suite.n && !str_starts(s.uri, S("cdrom:")))
            da_push(a, ret) = s;
    }
}

/* A field of several lines: what follows the colon, and the lines that begin with a blank. */
static str whole_field(arena *a, str stanza, str name)
{
    buf  out = buf_new(a, 64 << 10);
    bool inside = false;
    str  line;
    while (str_line(&stanza, &line)) {
        if (line.n && line.p[0] == '#')
            continue;
        if (line.n && is_blank(line.p[0])) {
            if (inside)
                buf_puts(&out, line);
            continue;
        }
        str rest = line, key = str_cut(&rest, ':');
        inside = rest.p && str_eq(str_lower(a, key), name);
        if (inside)
            buf_puts(&out, rest);
        if (inside)
            buf_putc(&out, ' ');
    }
    return buf_str(&out);
}

static bool has_word(str text, str word)
{
    for (str w = str_word(&text); w.n; w = str_word(&text))
        if (str_eq(w, word))
            return true;
    return false;
}

void apt_sources_deb822(arena *a, str text, apt_sources *ret)
{
    str stanza;
    while (deb_stanza(&text, &stanza)) {
        str enabled = str_trim(whole_field(a, stanza, S("enabled")));
        if (str_eq(enabled, S("no")) || !has_word(whole_field(a, stanza, S("types")), S("deb")))
            continue;
        str uris = whole_field(a, stanza, S("uris")), suites = whole_field(a, stanza, S("suites"));
        for (str uri = str_word(&uris); uri.n; uri = str_word(&uris)) {
            str left = suites;
            for (str suite = str_word(&left); suite.n; suite = str_word(&left))
                da_push(a, ret) = (apt_source){ .uri = uri, .suite = suite };
        }
    }
}

/* As apt names its files: the address without scheme and user, odd bytes in
 * hex, slashes as underscores. */
static void put_name(buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char ch = (unsigned char)s.p[i];
        if (ch == '/')
            buf_putc(b, '_');
        else if (strchr("\\|{}[]<>\"^~_=!@#$%&*", ch) || ch <= 0x20 || ch >= 0x7f)
            buf_fmt(b, "%%%02x", ch);
        else
            buf_putc(b, (char)ch);
    }
}

str apt_list_prefix(arena *a, const apt_source *s)
{
    buf         b = buf_new(a, 64 << 10);
    str         uri = s->uri;
    const char *scheme = memmem(uri.p, uri.n, "://", 3);
    if (scheme)
        uri = str_sub(uri, (size_t)(scheme - uri.p) + 3, uri.n);
    else if (memchr(uri.p, ':', uri.n))
        str_cut(&uri, ':');
    const char *slash = uri.n ? memchr(uri.p, '/', uri.n) : NULL, *at = uri.n ? memchr(uri.p, '@', uri.n) : NULL;
    if (at && (!slash || at < slash))
        uri = str_sub(uri, (size_t)(at - uri.p) + 1, uri.n);
    while (uri.n && uri.p[uri.n - 1] == '/')
        uri.n--;
    put_name(&b, uri);
    buf_putc(&b, '_');
    bool flat = str_ends(s->suite, S("/"));
    if (!flat)
        buf_putz(&b, "dists_");
    put_name(&b, s->suite);
    if (!flat)
        buf_putc(&b, '_');
    return buf_str(&b);
}

bool apt_source_is_security(const apt_source *s)
{
    return str_contains(s->suite, S("security")) || str_contains(s->uri, S("security"));
}

/* ---- Release ---- */

apt_release apt_release_read(str head)
{
    static const char *const names[] = { "Label", "Suite", "Codename", "NotAutomatic", "ButAutomaticUpgrades" };
    str f[COUNT(names)];
    deb_fields(head, names, COUNT(names), f);
    bool manual = str_eq(f[3], S("yes")), then_automatic = str_eq(f[4], S("yes"));
    return (apt_release){
        .label = f[0], .suite = f[1], .codename = f[2], .priority = !manual ? 500 : then_automatic ? 100 : 1,
        .security = str_contains(f[0], S("Security")) || str_contains(f[1], S("-security")) ||
                    str_contains(f[2], S("-security")),
    };
}
