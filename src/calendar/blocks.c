/* Blocks of "key: value" lines, and the faults in them. */
#include "calendar/parts.h"

void fault_at(faults *fs, str path, size_t line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str what = str_vfmt(fs->a, fmt, ap);
    va_end(ap);
    if (fs->text.n)
        buf_putc(&fs->text, '\n');
    buf_puts(&fs->text, path);
    if (line)
        buf_fmt(&fs->text, ":%zu", line);
    buf_fmt(&fs->text, ": " STR_FMT, STR_ARG(what));
}

static bool name_sound(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = c >= 'a' && c <= 'z';
        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-' || c == '_')))
            return false;
    }
    return s.n > 0;
}

/* "[gdpr_request]"; NULL after telling what is wrong: its lines are then passed over. */
static block *block_begin(faults *fs, str path, str line, size_t number, block_list *list)
{
    line = str_trim(line);
    str name = str_ends(line, S("]")) ? str_trim(str_sub(line, 1, line.n - 1)) : S("");
    if (!name_sound(name)) {
        fault_at(fs, path, number, "a block begins with its name in brackets: a-z, 0-9, _ and -, as [gdpr_request]");
        return NULL;
    }
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i].name, name) && str_eq(list->v[i].path, path)) {
            fault_at(fs, path, number, "[" STR_FMT "] stands twice", STR_ARG(name));
            return NULL;
        }
    block *b = &da_push(fs->a, list);
    *b = (block){ .path = path, .name = name, .line = number };
    return b;
}

static void line_read(faults *fs, str path, str line, size_t number, block *b, bool *may_continue)
{
    str rest = line;
    if (line.p[0] == ' ' || line.p[0] == '\t') {
        if (!*may_continue) {
            fault_at(fs, path, number, "a line that begins with blanks continues the one above, and there is none");
            return;
        }
        entry *e = &b->entries.v[b->entries.n - 1];
        str    more = str_trim(line);
        e->value = e->value.n ? str_fmt(fs->a, STR_FMT " " STR_FMT, STR_ARG(e->value), STR_ARG(more)) : more;
        return;
    }
    str key = str_trim(str_cut(&rest, ':'));
    *may_continue = rest.p && key.n;
    if (*may_continue)
        da_push(fs->a, &b->entries) = (entry){ .key = key, .value = str_trim(rest), .line = number };
    else
        fault_at(fs, path, number, "expected \"key: value\", [name] or a comment with #");
}

void blocks_read(faults *fs, str path, str text, block_list *list)
{
    size_t number = 0;
    block *open = NULL;
    bool   any = false, stray = false, may_continue = false;
    if (text.n > CALENDAR_FILE_MAX || !utf8_valid(text) || (text.n && memchr(text.p, 0, text.n))) {
        fault_at(fs, path, 0, "is not UTF-8 text of at most 1 MiB");
        return;
    }
    for (str rest = text, line; str_line(&rest, &line);) {
        number++;
        if (str_trim(line).n == 0) {
            may_continue = false;
        } else if (line.p[0] == '#') {
            continue;
        } else if (line.p[0] == '[') {
            open = block_begin(fs, path, line, number, list);
            any = true;
            may_continue = false;
        } else if (open) {
            line_read(fs, path, line, number, open, &may_continue);
        } else if (!any && !stray) {
            fault_at(fs, path, number, "this line stands before the first [name]");
            stray = true;
        }
    }
}

/* ---- values ------------------------------------------------------------------------ */

static void know(block_values *v, const char *key)
{
    for (size_t i = 0; i < v->n_known; i++)
        if (strcmp(v->known[i], key) == 0)
            return;
    assert(v->n_known < COUNT(v->known));
    v->known[v->n_known++] = key;
}

void value_bad(block_values *v, const entry *e, const char *why)
{
    v->bad = true;
    fault_at(v->fs, v->b->path, e->line, STR_FMT ": " STR_FMT " \"" STR_FMT "\": %s", STR_ARG(v->b->name),
             STR_ARG(e->key), STR_ARG(e->value), why);
}

const entry *value_next(block_values *v, const char *key, size_t *at)
{
    know(v, key);
    while (*at < v->b->entries.n) {
        const entry *e = &v->b->entries.v[(*at)++];
        if (str_eq(e->key, str_of(key)))
            return e;
    }
    return NULL;
}

const entry *value_of(block_values *v, const char *key, bool required)
{
    size_t       at = 0;
    const entry *e = value_next(v, key, &at), *again = value_next(v, key, &at);
    if (again)
        value_bad(v, again, "stands twice");
    if (e && e->value.n)
        return e;
    if (e || required) {
        v->bad = true;
        fault_at(v->fs, v->b->path, e ? e->line : v->b->line, STR_FMT ": \"%s\" is missing", STR_ARG(v->b->name), key);
    }
    return NULL;
}

str text_of(block_values *v, const char *key, bool required)
{
    const entry *e = value_of(v, key, required);
    return e ? e->value : S("");
}

bool values_end(block_values *v)
{
    for (size_t i = 0; i < v->b->entries.n; i++) {
        const entry *e = &v->b->entries.v[i];
        bool         known = false;
        for (size_t k = 0; k < v->n_known; k++)
            known |= str_eq(e->key, str_of(v->known[k]));
        if (!known) {
            v->bad = true;
            fault_at(v->fs, v->b->path, e->line, STR_FMT ": unknown key \"" STR_FMT "\"", STR_ARG(v->b->name), STR_ARG(e->key));
        }
    }
    return !v->bad;
}
