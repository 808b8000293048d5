/* The small values of content: lists, numbers, roles, ids. */
#include "library/parts.h"

void fault_on(const reader *r, size_t line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str what = str_vfmt(r->a, fmt, ap);
    va_end(ap);
    fault_at(r->fs, r->file->path, line, STR_FMT, STR_ARG(what));
}

str_list words_read(arena *a, str s)
{
    DA(str) list = { 0 };
    size_t at = 0;
    while (at < s.n) {
        size_t from = at;
        while (at < s.n && s.p[at] != ' ' && s.p[at] != ',' && s.p[at] != '\t')
            at++;
        if (at > from)
            da_push(a, &list) = str_sub(s, from, at);
        at++;
    }
    return (str_list){ list.v, list.n };
}

bool list_holds(const str_list *list, str word)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i], word))
            return true;
    return false;
}

bool number_read(const reader *r, const block *b, const char *key, str text, int64_t min, int64_t max, int64_t *ret)
{
    if (parse_int(text, min, max, ret))
        return true;
    fault_on(r, key_line(b, key), STR_FMT ": \"%s\" is a number from %lld to %lld", STR_ARG(b->id), key, (long long)min, (long long)max);
    return false;
}

bool yes_read(const reader *r, const block *b, const char *key, str text, bool *ret)
{
    *ret = str_eq(text, S("yes"));
    if (*ret || str_eq(text, S("no")))
        return true;
    fault_on(r, key_line(b, key), STR_FMT ": \"%s\" is yes or no", STR_ARG(b->id), key);
    return false;
}

/* A list of words that `known` knows, none of them twice. */
static bool known_words(const reader *r, size_t line, const char *what, bool (*known)(void *arg, str id), str_list *list)
{
    bool sound = true;
    for (size_t i = 0; i < list->n; i++) {
        const str_list before = { list->v, i };
        str            word = utf8_cut(list->v[i], 80);
        if (list_holds(&before, list->v[i]))
            fault_on(r, line, "%s " STR_FMT " stands twice", what, STR_ARG(word));
        else if (known && !known(r->o->arg, list->v[i]))
            fault_on(r, line, "there is no %s \"" STR_FMT "\"", what, STR_ARG(word));
        else
            continue;
        sound = false;
    }
    return sound;
}

bool controls_named(const reader *r, size_t line, str text, str_list *ret)
{
    *ret = words_read(r->a, text);
    if (ret->n == 1 && str_eq(ret->v[0], S("-")))
        ret->n = 0;
    return known_words(r, line, "control", r->o->control_known, ret);
}

bool criteria_named(const reader *r, size_t line, str text, str_list *ret)
{
    *ret = words_read(r->a, text);
    return known_words(r, line, "criterion", r->o->criterion_known, ret);
}

bool role_read(const reader *r, const block *b, str text, const char *also)
{
    if (choice_known("role_assignment", "role", text) || list_has(also, text))
        return true;
    fault_on(r, key_line(b, "owner"), STR_FMT ": there is no role \"" STR_FMT "\"; the roles are those of role_assignment%s%s",
             STR_ARG(b->id), STR_ARG(utf8_cut(text, 80)), also ? ", and " : "", also ? also : "");
    return false;
}

bool choice_known(const char *relation_name, const char *field_name, str word)
{
    const relation *of = relation_find(str_of(relation_name));
    int             at = of ? relation_field(of, str_of(field_name)) : -1;
    assert(of == NULL || at >= 0);
    if (at < 0 || !of->fields[at].choices)
        return true;
    for (const char *const *c = of->fields[at].choices; *c; c++)
        if (str_eq(word, str_of(*c)))
            return true;
    return false;
}

bool choices_read(const reader *r, const block *b, const char *key, str text, const char *relation_name,
                  const char *field_name, str_list *ret)
{
    bool sound = true;
    *ret = words_read(r->a, text);
    if (ret->n == 1 && str_eq(ret->v[0], S("all")))
        return true;
    for (size_t i = 0; i < ret->n; i++)
        if (!choice_known(relation_name, field_name, ret->v[i])) {
            fault_on(r, key_line(b, key), STR_FMT ": \"" STR_FMT "\" is no %s of a %s; \"%s\" is \"all\" or some of those",
                     STR_ARG(b->id), STR_ARG(utf8_cut(ret->v[i], 80)), field_name, relation_name, key);
            sound = false;
        }
    return sound;
}
