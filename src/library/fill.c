/* Variables of the texts: {{organisation}} and the like. */
#include "library/parts.h"

static const struct { const char *name; size_t offset; } variables[] = {
    { "organisation", offsetof(library_words, organisation) }, { "owner", offsetof(library_words, owner) },
    { "review", offsetof(library_words, review) },             { "contact", offsetof(library_words, contact) },
};

enum { TEXT_MAX = 16 << 20 };

/* The next "{{...}}" of one line: what stands before it, its name; false when
 * there is none. One that has no end takes the rest of the line as its name. */
static bool variable_cut(str *rest, str *ret_before, str *ret_name, bool *ret_ended)
{
    const char *at = rest->n ? memmem(rest->p, rest->n, "{{", 2) : NULL;
    if (!at)
        return false;
    *ret_before = str_sub(*rest, 0, (size_t)(at - rest->p));
    str         after = str_sub(*rest, ret_before->n + 2, rest->n);
    const char *line_end = after.n ? memchr(after.p, '\n', after.n) : NULL;
    str         line = line_end ? str_sub(after, 0, (size_t)(line_end - after.p)) : after;
    const char *end = line.n ? memmem(line.p, line.n, "}}", 2) : NULL;
    *ret_ended = end != NULL;
    *ret_name = end ? str_sub(line, 0, (size_t)(end - line.p)) : line;
    *rest = str_sub(after, ret_name->n + (end ? 2 : 0), after.n);
    return true;
}

static int variable_index(str name)
{
    for (size_t i = 0; i < COUNT(variables); i++)
        if (str_eq(name, str_of(variables[i].name)))
            return (int)i;
    return -1;
}

static size_t lines_in(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

bool variables_check(const reader *r, str body, size_t line)
{
    bool sound = true, ended;
    for (str before, name; variable_cut(&body, &before, &name, &ended);) {
        line += lines_in(before);
        if (!ended)
            fault_on(r, line, "a variable has no end: \"}}\" is missing on its line");
        else if (variable_index(name) < 0)
            fault_on(r, line, "there is no variable \"" STR_FMT "\"; there are organisation, owner, review and contact",
                     STR_ARG(utf8_cut(name, 80)));
        else
            continue;
        sound = false;
    }
    return sound;
}

str library_fill(arena *a, const library_words *w, str text)
{
    buf  out = buf_new(a, TEXT_MAX);
    bool ended;
    for (str before, name; variable_cut(&text, &before, &name, &ended);) {
        int i = ended ? variable_index(name) : -1;
        str with = { 0 };
        if (i >= 0)
            memcpy(&with, (const char *)w + variables[i].offset, sizeof with);
        buf_puts(&out, before);
        if (with.n)
            buf_puts(&out, with);
        else
            buf_fmt(&out, "{{" STR_FMT "%s", STR_ARG(name), ended ? "}}" : "");
    }
    buf_puts(&out, text);
    return buf_str(&out);
}
