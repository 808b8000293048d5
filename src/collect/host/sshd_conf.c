#include "collect/host/sshd_conf.h"
#include "collect/host/sshd_defaults.h"

#include <errno.h>

enum { LINES_MAX = 20000, FILES_MAX = 1000 };

typedef struct {
    arena            *a;
    const conf_files *files;
    sshd_conf        *out;
    int               depth;
} reader;

static void read_text(reader *r, str file, str text, str match);

/* Names that servconf.c still takes for others. */
static str canonical(arena *a, str name)
{
    static const struct { const char *old, *now; } rows[] = {
        { "challengeresponseauthentication", "kbdinteractiveauthentication" },
        { "skeyauthentication", "kbdinteractiveauthentication" },
        { "dsaauthentication", "pubkeyauthentication" },
        { "pubkeyacceptedkeytypes", "pubkeyacceptedalgorithms" },
        { "hostbasedacceptedkeytypes", "hostbasedacceptedalgorithms" },
        { "keepalive", "tcpkeepalive" },
        { "hostdsakey", "hostkey" },
        { "authorizedkeysfile2", "" },
    };
    name = str_lower(a, name);
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_eq(name, str_of(rows[i].old)))
            return str_of(rows[i].now);
    return name;
}

static str joined(arena *a, const conf_strs *words, size_t from)
{
    buf b = buf_new(a, 64 << 10);
    for (size_t i = from; i < words->n; i++) {
        if (i > from)
            buf_putc(&b, ' ');
        buf_puts(&b, words->v[i]);
    }
    return (str){ b.p ? b.p : "", b.n };
}

static void include_one(reader *r, const char *path, str match)
{
    str text;
    if (r->depth >= CONF_DEPTH_MAX || r->out->files >= FILES_MAX) {
        conf_note_text(r->a, &r->out->notes, "%s is not followed: files include each other too deeply", path);
        return;
    }
    int e = r->files->read(r->files->arg, r->a, path, &text);
    if (e == ENOENT)                     /* sshd takes an Include that matches nothing without a word */
        return;
    if (e) {
        conf_note_errno(r->a, &r->out->notes, e, path);
        return;
    }
    r->depth++;
    read_text(r, str_of(path), text, match);
    r->depth--;
}

static void include(reader *r, const conf_strs *words, str match)
{
    for (size_t w = 1; w < words->n; w++) {
        str pattern = words->v[w];
        if (!str_starts(pattern, S("/")))
            pattern = str_fmt(r->a, "/etc/ssh/" STR_FMT, STR_ARG(pattern));
        conf_strs paths = conf_glob(r->a, r->files, pattern, &r->out->notes);
        for (size_t i = 0; i < paths.n; i++)
            include_one(r, str_z(r->a, paths.v[i]), match);
    }
}

/* `Match all` holds for everyone: what follows counts as if outside. */
static str match_label(reader *r, const conf_strs *words, str outer)
{
    str inner = joined(r->a, words, 1);
    if (conf_same(inner, S("all")))
        return outer;
    return outer.n ? str_fmt(r->a, STR_FMT " " STR_FMT, STR_ARG(outer), STR_ARG(inner)) : inner;
}

/* "Keyword=value" and "Keyword = value" are "Keyword value". */
static str split_equals(arena *a, str line)
{
    size_t i = 0;
    while (i < line.n && line.p[i] != ' ' && line.p[i] != '\t' && line.p[i] != '=' && line.p[i] != '"')
        i++;
    size_t at = i;
    while (at < line.n && (line.p[at] == ' ' || line.p[at] == '\t'))
        at++;
    if (at >= line.n || line.p[at] != '=')
        return line;
    char *z = str_z(a, line);
    z[at] = ' ';
    return (str){ z, line.n };
}

static void read_line(reader *r, str file, int64_t n, str line, str outer, str *match)
{
    line = str_trim(line);
    if (line.n == 0 || line.p[0] == '#')
        return;
    conf_strs words = conf_words(r->a, split_equals(r->a, line));
    if (words.n == 0)
        return;
    str name = canonical(r->a, words.v[0]);
    if (str_eq(name, S("include")))
        include(r, &words, *match);
    else if (str_eq(name, S("match")))
        *match = match_label(r, &words, outer);
    else if (name.n)
        da_push(r->a, &r->out->lines) = (sshd_line){ name, joined(r->a, &words, 1), file, n, *match };
}

static void read_text(reader *r, str file, str text, str match)
{
    str     line, outer = match;
    int64_t n = 0;
    r->out->files++;
    while (str_line(&text, &line) && r->out->lines.n < LINES_MAX)
        read_line(r, file, ++n, line, outer, &match);
}

void sshd_read(arena *a, const conf_files *files, const char *path, sshd_conf *ret)
{
    str text;
    *ret = (sshd_conf){ 0 };
    ret->err = files->read(files->arg, a, path, &text);
    if (ret->err)
        return;
    reader r = { .a = a, .files = files, .out = ret };
    read_text(&r, str_of(path), text, S(""));
    if (ret->lines.n >= LINES_MAX)
        conf_note_text(a, &ret->notes, "%s has more than %d lines; the rest was not read", path, LINES_MAX);
}

/* ---- values as sshd prints them --------------------------------------------- */

static str seconds(arena *a, str s)
{
    static const struct { char unit; int64_t n; } units[] = {
        { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 'w', 604800 },
    };
    int64_t total = 0, part = 0;
    bool    open = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = (char)(s.p[i] | 0x20);
        if (s.p[i] >= '0' && s.p[i] <= '9') {
            part = part * 10 + (s.p[i] - '0');
            open = true;
        } else {
            size_t u = 0;
            while (u < COUNT(units) && units[u].unit != c)
                u++;
            if (u == COUNT(units) || !open)
                return s;
            total += part * units[u].n;
            part = 0;
            open = false;
        }
        if (part > INT32_MAX || total > INT32_MAX)
            return s;
    }
    return str_fmt(a, "%lld", (long long)(total + part));
}

static bool in_patterns(arena *a, str patterns, str name)
{
    while (patterns.p)
        if (conf_match(a, str_cut(&patterns, ','), name, false))
            return true;
    return false;
}

static str algorithms(arena *a, str val, str standard)
{
    if (val.n == 0 || (val.p[0] != '+' && val.p[0] != '-' && val.p[0] != '^'))
        return val;
    str rest = str_sub(val, 1, val.n);
    if (val.p[0] == '+')
        return str_fmt(a, STR_FMT "," STR_FMT, STR_ARG(standard), STR_ARG(rest));
    buf b = buf_new(a, 64 << 10);
    if (val.p[0] == '^')
        buf_puts(&b, rest);
    while (standard.p) {
        str one = str_cut(&standard, ',');
        if (in_patterns(a, rest, one))
            continue;
        if (b.n)
            buf_putc(&b, ',');
        buf_puts(&b, one);
    }
    return (str){ b.p ? b.p : "", b.n };
}

static str word(arena *a, str name, str val)
{
    val = str_lower(a, val);
    if (str_eq(name, S("permitrootlogin")) && str_eq(val, S("prohibit-password")))
        return S("without-password");
    if (str_eq(name, S("compression")) && str_eq(val, S("delayed")))
        return S("yes");
    if (str_eq(val, S("true")))
        return S("yes");
    return str_eq(val, S("false")) ? S("no") : val;
}

static str printed(arena *a, const sshd_default *d, str val)
{
    if (d->flags & SSHD_WORD)
        return word(a, str_of(d->name), val);
    if (d->flags & SSHD_TIME)
        return seconds(a, val);
    if (d->flags & SSHD_ALGORITHMS)
        return algorithms(a, val, str_of(d->value));
    if (d->flags & SSHD_CAPITAL) {
        char *z = str_z(a, val);
        for (size_t i = 0; i < val.n; i++)
            z[i] = (char)(z[i] >= 'a' && z[i] <= 'z' ? z[i] - 0x20 : z[i]);
        return (str){ z, val.n };
    }
    return val;
}

static const sshd_default *default_of(str name)
{
    for (size_t i = 0; i < n_sshd_defaults; i++)
        if (str_eq(name, str_of(sshd_defaults[i].name)))
            return &sshd_defaults[i];
    return NULL;
}

typedef struct {
    buf b;
    str defined_in;
    const sshd_default *d;
} gathered;

static void gather(arena *a, map *m, const sshd_line *l)
{
    gathered **slot = (gathered **)map_put(m, l->name);
    if (!*slot) {
        *slot = NEW(a, gathered);
        **slot = (gathered){ .b = buf_new(a, 64 << 10), .defined_in = conf_place(a, l->file, l->line),
                             .d = default_of(l->name) };
    } else if (!(*slot)->d || !((*slot)->d->flags & SSHD_COLLECTS)) {
        return;
    } else {
        buf_putc(&(*slot)->b, ' ');
    }
    buf_puts(&(*slot)->b, l->value);
}

sshd_values sshd_effective(arena *a, const sshd_conf *c)
{
    map         m = map_new(a);
    sshd_values out = { 0 };
    for (size_t i = 0; i < c->lines.n; i++)
        if (c->lines.v[i].match.n == 0)
            gather(a, &m, &c->lines.v[i]);
    for (size_t i = 0; i < m.cap; i++) {
        const gathered *g = m.entries[i].value;
        if (!m.entries[i].key.p)
            continue;
        str val = buf_str(&g->b);
        da_push(a, &out) = (sshd_value){ m.entries[i].key, g->d ? printed(a, g->d, val) : val, g->defined_in };
    }
    for (size_t i = 0; i < n_sshd_defaults; i++)
        if (sshd_defaults[i].value[0] && !map_get(&m, str_of(sshd_defaults[i].name)))
            da_push(a, &out) = (sshd_value){ str_of(sshd_defaults[i].name), str_of(sshd_defaults[i].value), S("default") };
    return out;
}

sshd_values sshd_printed(arena *a, str text)
{
    enum { VALUES_MAX = 1000 };
    sshd_values out = { 0 };
    str         line;
    while (str_line(&text, &line) && out.n < VALUES_MAX) {
        str    rest = line, name = str_word(&rest);
        size_t i = 0;
        rest = str_trim(rest);
        if (name.n == 0)
            continue;
        while (i < out.n && !str_eq(out.v[i].name, name))
            i++;
        if (i < out.n)
            out.v[i].value = str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(out.v[i].value), STR_ARG(rest));
        else
            da_push(a, &out) = (sshd_value){ name, rest, S("sshd -T") };
    }
    return out;
}

str sshd_get(const sshd_values *values, str name)
{
    for (size_t i = 0; i < values->n; i++)
        if (str_eq(values->v[i].name, name))
            return values->v[i].value;
    return S("");
}
