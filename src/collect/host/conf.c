#include "collect/host/conf.h"

#include <errno.h>
#include <fnmatch.h>
#include <strings.h>

static int read_env(void *arg, arena *a, const char *path, str *ret)
{
    return env_read(a, arg, path, CONF_FILE_MAX, ret);
}

static int names_env(void *arg, arena *a, const char *path, str **ret, size_t *ret_n)
{
    return env_names(a, arg, path, ret, ret_n);
}

conf_files conf_files_of(const collect_env *env)
{
    union { const collect_env *in; void *out; } arg = { .in = env };   /* the callbacks only read it */
    return (conf_files){ .read = read_env, .names = names_env, .arg = arg.out };
}

void conf_note_errno(arena *a, conf_notes *notes, int err, const char *path)
{
    if (notes->n < CONF_NOTES_MAX)
        da_push(a, notes) = (conf_note){ .err = err, .path = str_z(a, str_of(path)) };
}

void conf_note_text(arena *a, conf_notes *notes, const char *fmt, ...)
{
    if (notes->n >= CONF_NOTES_MAX)
        return;
    va_list ap;
    va_start(ap, fmt);
    str text = str_vfmt(a, fmt, ap);
    va_end(ap);
    da_push(a, notes) = (conf_note){ .text = text };
}

void conf_notes_emit(emit *e, const conf_notes *notes)
{
    for (size_t i = 0; i < notes->n; i++) {
        const conf_note *n = &notes->v[i];
        if (n->err)
            emit_lack_errno(e, n->err, n->path);
        else
            emit_lack(e, ST_PARTIAL, STR_FMT, STR_ARG(n->text));
    }
}

/* ---- names of files --------------------------------------------------------- */

static bool has_glob(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '*' || s.p[i] == '?' || s.p[i] == '[')
            return true;
    return false;
}

bool conf_match(arena *a, str pattern, str text, bool fold_case)
{
    if ((pattern.n && memchr(pattern.p, 0, pattern.n)) || (text.n && memchr(text.p, 0, text.n)))
        return false;
    if (pattern.n > 512 || text.n > 4096)          /* fnmatch backtracks; no real pattern is so long */
        return false;
    return fnmatch(str_z(a, pattern), str_z(a, text), fold_case ? FNM_CASEFOLD : 0) == 0;
}

static void glob_names(arena *a, const conf_files *files, str dir, str part, conf_strs *out, conf_notes *notes)
{
    enum { MATCHES_MAX = 10000 };
    const char *path = dir.n ? str_z(a, dir) : "/";
    str        *names;
    size_t      n;
    int         e = files->names(files->arg, a, path, &names, &n);
    if (e) {
        if (e != ENOENT && e != ENOTDIR)
            conf_note_errno(a, notes, e, path);
        return;
    }
    for (size_t i = 0; i < n && out->n < MATCHES_MAX; i++)
        if ((names[i].p[0] != '.' || part.p[0] == '.') && conf_match(a, part, names[i], false))
            da_push(a, out) = str_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(dir), STR_ARG(names[i]));
}

conf_strs conf_glob(arena *a, const conf_files *files, str pattern, conf_notes *notes)
{
    conf_strs at = { 0 };
    if (pattern.n == 0 || pattern.p[0] != '/' || pattern.n > 4096 || memchr(pattern.p, 0, pattern.n))
        return at;
    da_push(a, &at) = S("");
    str rest = str_sub(pattern, 1, pattern.n);
    while (rest.p) {
        str       part = str_cut(&rest, '/');
        conf_strs next = { 0 };
        if (part.n == 0)
            continue;
        for (size_t i = 0; i < at.n; i++) {
            if (has_glob(part))
                glob_names(a, files, at.v[i], part, &next, notes);
            else
                da_push(a, &next) = str_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(at.v[i]), STR_ARG(part));
        }
        at = next;
    }
    return at;
}

typedef struct {
    str    name;
    size_t dir;
} drop_in;

static int by_name_then_dir(const void *x, const void *y)
{
    const drop_in *a = x, *b = y;
    int            c = str_cmp(a->name, b->name);
    return c ? c : (a->dir > b->dir) - (a->dir < b->dir);
}

conf_strs conf_drop_ins(arena *a, const conf_files *files, const char *const *dirs, str suffix, conf_notes *notes)
{
    DA(drop_in) all = { 0 };
    conf_strs   out = { 0 };
    for (size_t d = 0; dirs[d]; d++) {
        str   *names;
        size_t n;
        int    e = files->names(files->arg, a, dirs[d], &names, &n);
        if (e && e != ENOENT && e != ENOTDIR)
            conf_note_errno(a, notes, e, dirs[d]);
        for (size_t i = 0; !e && i < n; i++)
            if (str_ends(names[i], suffix) && names[i].p[0] != '.')
                da_push(a, &all) = (drop_in){ names[i], d };
    }
    if (all.n)
        qsort(all.v, all.n, sizeof *all.v, by_name_then_dir);
    for (size_t i = 0; i < all.n; i++)
        if (i == 0 || !str_eq(all.v[i].name, all.v[i - 1].name))
            da_push(a, &out) = str_fmt(a, "%s/" STR_FMT, dirs[all.v[i].dir], STR_ARG(all.v[i].name));
    return out;
}

str conf_place(arena *a, str file, int64_t line)
{
    return str_fmt(a, STR_FMT ":%lld", STR_ARG(file), (long long)line);
}

/* ---- text ------------------------------------------------------------------- */

bool conf_same(str a, str b) { return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0); }
bool conf_starts(str s, str prefix) { return conf_same(str_sub(s, 0, prefix.n), prefix); }

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }

/* Writes the word at `out`, which has room for all of *rest. */
static str one_word(char *out, str *rest)
{
    char   quote = 0;
    size_t n = 0, i = 0;
    for (; i < rest->n; i++) {
        char c = rest->p[i], next = i + 1 < rest->n ? rest->p[i + 1] : 'x';
        if (c == '\\' && (next == '"' || next == '\'' || next == '\\' || (!quote && next == ' ')))
            out[n++] = rest->p[++i];
        else if (quote ? c == quote : (c == '"' || c == '\''))
            quote = quote ? 0 : c;
        else if (!quote && blank(c))
            break;
        else
            out[n++] = c;
    }
    *rest = str_sub(*rest, i, rest->n);
    return (str){ out, n };
}

conf_strs conf_words(arena *a, str line)
{
    enum { WORDS_MAX = 512 };
    conf_strs words = { 0 };
    char     *out = arena_alloc(a, line.n + 1, 1);
    for (;;) {
        line = str_trim(line);
        if (line.n == 0 || line.p[0] == '#' || words.n >= WORDS_MAX)
            return words;
        str word = one_word(out, &line);
        out += word.n;
        da_push(a, &words) = word;
    }
}

bool conf_pair(str line, char sep, str *ret_name, str *ret_value)
{
    line = str_trim(line);
    if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
        return false;
    const char *hash = memchr(line.p, '#', line.n);
    if (hash && hash > line.p && blank(hash[-1]))
        line = str_trim((str){ line.p, (size_t)(hash - line.p) });
    size_t at = 0;
    while (at < line.n && (sep == ' ' ? !blank(line.p[at]) : line.p[at] != sep))
        at++;
    *ret_name = str_trim(str_sub(line, 0, at));
    *ret_value = at < line.n ? str_trim(str_sub(line, at + 1, line.n)) : S("");
    return ret_name->n > 0;
}

static str ini_join(arena *a, ini_reader *r, str line)
{
    buf b = buf_new(a, CONF_FILE_MAX);
    for (;;) {
        bool more = line.n && line.p[line.n - 1] == '\\';
        buf_puts(&b, str_sub(line, 0, line.n - more));
        if (!more || !str_line(&r->rest, &line))
            return buf_str(&b);
        buf_putc(&b, ' ');
        line = str_trim(line);
        r->line++;
    }
}

bool ini_next(arena *a, ini_reader *r, ini_pair *ret)
{
    str line;
    while (str_line(&r->rest, &line)) {
        int64_t at = ++r->line;
        line = str_trim(line);
        if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
            continue;
        if (line.p[line.n - 1] == '\\')
            line = ini_join(a, r, line);
        if (line.p[0] == '[' && line.p[line.n - 1] == ']') {
            r->section = str_sub(line, 1, line.n - 1);
            continue;
        }
        const char *eq = memchr(line.p, '=', line.n);
        if (!eq)
            continue;
        size_t n = (size_t)(eq - line.p);
        *ret = (ini_pair){ r->section, str_trim(str_sub(line, 0, n)), str_trim(str_sub(line, n + 1, line.n)), at };
        return true;
    }
    return false;
}
