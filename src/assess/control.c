#include "assess/parts.h"

static const char *const cadences[] = {
    "continuous", "daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "per event",
};
static const char *const natures[] = { [NATURE_AUTOMATED] = "automated", [NATURE_MANUAL] = "manual", [NATURE_MIXED] = "mixed" };

/* The keys that hold text and stand exactly once. */
static const struct { const char *key; size_t offset; } texts[] = {
    { "title", offsetof(control, title) },     { "text", offsetof(control, words) },
    { "owner", offsetof(control, owner) },     { "cadence", offsetof(control, cadence) },
    { "rationale", offsetof(control, rationale) },
};

typedef struct {
    arena        *a;
    faults       *fs;
    str           path;
    const content *c;
    control_list *list;
    str           id;                 /* of the open block; empty before the first */
    size_t        line;
    DA(entry)     entries;
    bool          may_continue;
} block_reader;

bool control_id_sound(str id)
{
    size_t letters = 0;
    while (letters < id.n && id.p[letters] >= 'A' && id.p[letters] <= 'Z')
        letters++;
    return (letters == 2 || letters == 3) && id.n == letters + 3 && id.p[letters] == '-' &&
           id.p[letters + 1] >= '0' && id.p[letters + 1] <= '9' && id.p[letters + 2] >= '0' && id.p[letters + 2] <= '9';
}

const control *control_find(const content *c, str id)
{
    size_t lo = 0, hi = c->n_controls;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int    order = str_cmp(id, c->controls[mid].id);
        if (order == 0)
            return &c->controls[mid];
        if (order < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}

static int index_of(const char *const *names, size_t n, str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, str_of(names[i])))
            return (int)i;
    return -1;
}

/* "CC6.1 primary - why" */
static bool mapping_read(block_reader *r, const entry *e, mapping *ret)
{
    str rest = e->value;
    str id = str_word(&rest), strength = str_word(&rest), dash = str_word(&rest);
    ret->criterion = criterion_find(r->c, id);
    ret->primary = str_eq(strength, S("primary"));
    ret->rationale = str_trim(rest);
    if (!ret->criterion)
        fault_at(r->fs, r->path, e->line, STR_FMT ": \"" STR_FMT "\" is not one of the %zu criteria",
                 STR_ARG(r->id), STR_ARG(id), r->c->n_criteria);
    else if ((!ret->primary && !str_eq(strength, S("supporting"))) || !str_eq(dash, S("-")) || ret->rationale.n == 0)
        fault_at(r->fs, r->path, e->line, STR_FMT ": write \"criterion: " STR_FMT " primary - why\" (or supporting)",
                 STR_ARG(r->id), STR_ARG(id));
    else
        return true;
    return false;
}

static void mappings_read(block_reader *r, control *c)
{
    DA(mapping) list = { 0 };
    for (size_t i = 0; i < r->entries.n; i++) {
        const entry *e = &r->entries.v[i];
        mapping      one;
        bool         twice = false;
        if (!str_eq(e->key, S("criterion")) || !mapping_read(r, e, &one))
            continue;
        for (size_t k = 0; k < list.n; k++)
            twice |= list.v[k].criterion == one.criterion;
        if (twice)
            fault_at(r->fs, r->path, e->line, STR_FMT ": " STR_FMT " stands twice", STR_ARG(r->id),
                     STR_ARG(one.criterion->id));
        else
            da_push(r->a, &list) = one;
    }
    c->mappings = list.v;
    c->n_mappings = list.n;
}

/* The value of a key that must stand exactly once; NULL after telling why not. */
static const entry *the_one(block_reader *r, const char *key)
{
    const entry *found = NULL;
    for (size_t i = 0; i < r->entries.n; i++) {
        const entry *e = &r->entries.v[i];
        if (!str_eq(e->key, str_of(key)))
            continue;
        if (found) {
            fault_at(r->fs, r->path, e->line, STR_FMT ": \"%s\" stands twice", STR_ARG(r->id), key);
            return NULL;
        }
        found = e;
    }
    if (!found || found->value.n == 0) {
        fault_at(r->fs, r->path, found ? found->line : r->line, STR_FMT ": \"%s\" is missing", STR_ARG(r->id), key);
        return NULL;
    }
    return found;
}

static void keys_check(block_reader *r)
{
    for (size_t i = 0; i < r->entries.n; i++) {
        const entry *e = &r->entries.v[i];
        bool         known = str_eq(e->key, S("nature")) || str_eq(e->key, S("criterion"));
        for (size_t k = 0; k < COUNT(texts); k++)
            known |= str_eq(e->key, str_of(texts[k].key));
        if (!known)
            fault_at(r->fs, r->path, e->line,
                     STR_FMT ": unknown key \"" STR_FMT "\"; a control has title, text, owner, cadence, nature, "
                     "rationale and criterion", STR_ARG(r->id), STR_ARG(e->key));
    }
}

static void nature_read(block_reader *r, control *c)
{
    const entry *e = the_one(r, "nature");
    int          i = e ? index_of(natures, COUNT(natures), e->value) : 0;
    if (i < 0)
        fault_at(r->fs, r->path, e->line, STR_FMT ": nature is automated, manual or mixed", STR_ARG(r->id));
    else
        c->nature = (control_nature)i;
}

static void cadence_check(block_reader *r, const control *c)
{
    const entry *e = NULL;
    for (size_t i = 0; i < r->entries.n; i++)
        if (str_eq(r->entries.v[i].key, S("cadence")))
            e = &r->entries.v[i];
    if (e && c->cadence.n && index_of(cadences, COUNT(cadences), c->cadence) < 0)
        fault_at(r->fs, r->path, e->line, STR_FMT ": cadence is continuous, daily, weekly, monthly, quarterly, "
                 "half-yearly, yearly or per event", STR_ARG(r->id));
}

static void block_end(block_reader *r)
{
    if (r->id.n == 0)
        return;
    control c = { .id = r->id };
    size_t  before = r->fs->list.n;
    keys_check(r);
    for (size_t i = 0; i < COUNT(texts); i++) {
        const entry *e = the_one(r, texts[i].key);
        if (e)
            memcpy((char *)&c + texts[i].offset, &e->value, sizeof e->value);
    }
    nature_read(r, &c);
    cadence_check(r, &c);
    mappings_read(r, &c);
    if (c.n_mappings == 0 && before == r->fs->list.n)
        fault_at(r->fs, r->path, r->line, STR_FMT ": has no criterion; a control exists to meet one", STR_ARG(r->id));
    for (size_t i = 0; i < r->list->n; i++)
        if (str_eq(r->list->v[i].id, r->id))
            fault_at(r->fs, r->path, r->line, STR_FMT " stands twice", STR_ARG(r->id));
    if (before == r->fs->list.n)
        da_push(r->a, r->list) = c;
}

/* "[AC-03]"; an unsound ID opens no block, so its lines are told too. */
static void block_begin(block_reader *r, str line, size_t number)
{
    block_end(r);
    line = str_trim(line);
    r->entries.n = 0;
    r->may_continue = false;
    r->line = number;
    r->id = str_ends(line, S("]")) ? str_trim(str_sub(line, 1, line.n - 1)) : line;
    if (!str_ends(line, S("]")) || !control_id_sound(r->id)) {
        fault_at(r->fs, r->path, number, "\"" STR_FMT "\": a control begins with its ID in brackets, as [AC-03]: "
                 "two or three capitals, a dash, two digits", STR_ARG(line));
        r->id = S("");
    }
}

static void line_read(block_reader *r, str line, size_t number)
{
    entry e;
    if (line.p[0] == ' ' || line.p[0] == '\t') {
        if (r->may_continue)
            entry_continue(r->a, &r->entries.v[r->entries.n - 1], line);
        else
            fault_at(r->fs, r->path, number, "a line that begins with blanks continues the one above, and there is none");
        return;
    }
    r->may_continue = entry_cut(line, number, &e);
    if (!r->may_continue)
        fault_at(r->fs, r->path, number, "expected \"key: value\", [ID] or a comment with #");
    else
        da_push(r->a, &r->entries) = e;
}

void controls_read(arena *a, faults *fs, const source_file *file, const content *c, control_list *list)
{
    block_reader r = { .a = a, .fs = fs, .path = file->path, .c = c, .list = list };
    size_t       number = 0;
    bool         stray = false;
    if (!text_sound(fs, file))
        return;
    for (str rest = file->text, line; str_line(&rest, &line);) {
        number++;
        if (str_trim(line).n == 0) {
            r.may_continue = false;
        } else if (line.p[0] == '#') {
            continue;
        } else if (line.p[0] == '[') {
            block_begin(&r, line, number);
        } else if (r.line == 0) {
            if (!stray)
                fault_at(fs, file->path, number, "this line stands before the first control, as [AC-03]");
            stray = true;
        } else {
            line_read(&r, line, number);
        }
    }
    block_end(&r);
}
