#include "assess/parts.h"

static const char *const cadences[] = {
    "continuous", "daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "per event",
};
static const char *const natures[] = { [NATURE_AUTOMATED] = "automated", [NATURE_MANUAL] = "manual", [NATURE_MIXED] = "mixed" };

typedef struct {
    str title, words, owner, cadence, nature, rationale;
} control_keys;

static const key_row rows[] = {
    { .key = "title", .offset = offsetof(control_keys, title) },     { .key = "text", .offset = offsetof(control_keys, words) },
    { .key = "owner", .offset = offsetof(control_keys, owner) },     { .key = "cadence", .offset = offsetof(control_keys, cadence) },
    { .key = "nature", .offset = offsetof(control_keys, nature) },   { .key = "rationale", .offset = offsetof(control_keys, rationale) },
    { .key = "criterion", .offset = KEY_REPEATS },
};

typedef struct {
    arena         *a;
    faults        *fs;
    str            path;
    const content *c;
    const block   *b;
} control_reader;

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
static bool mapping_read(const control_reader *r, const entry *e, mapping *ret)
{
    str rest = e->value;
    str id = str_word(&rest), strength = str_word(&rest), dash = str_word(&rest);
    ret->criterion = criterion_find(r->c, id);
    ret->primary = str_eq(strength, S("primary"));
    ret->rationale = str_trim(rest);
    if (!ret->criterion)
        fault_at(r->fs, r->path, e->line, STR_FMT ": \"" STR_FMT "\" is not one of the %zu criteria",
                 STR_ARG(r->b->id), STR_ARG(id), r->c->n_criteria);
    else if ((!ret->primary && !str_eq(strength, S("supporting"))) || !str_eq(dash, S("-")) || ret->rationale.n == 0)
        fault_at(r->fs, r->path, e->line, STR_FMT ": write \"criterion: " STR_FMT " primary - why\" (or supporting)",
                 STR_ARG(r->b->id), STR_ARG(id));
    else
        return true;
    return false;
}

static void mappings_read(const control_reader *r, control *c)
{
    DA(mapping) list = { 0 };
    for (size_t i = 0; i < r->b->entries.n; i++) {
        const entry *e = &r->b->entries.v[i];
        mapping      one;
        bool         twice = false;
        if (!str_eq(e->key, S("criterion")) || !mapping_read(r, e, &one))
            continue;
        for (size_t k = 0; k < list.n; k++)
            twice |= list.v[k].criterion == one.criterion;
        if (twice)
            fault_at(r->fs, r->path, e->line, STR_FMT ": " STR_FMT " stands twice", STR_ARG(r->b->id),
                     STR_ARG(one.criterion->id));
        else
            da_push(r->a, &list) = one;
    }
    c->mappings = list.v;
    c->n_mappings = list.n;
}

static void nature_read(const control_reader *r, str word, control *c)
{
    int i = index_of(natures, COUNT(natures), word);
    if (i < 0)
        fault_at(r->fs, r->path, key_line(r->b, "nature"), STR_FMT ": nature is automated, manual or mixed", STR_ARG(r->b->id));
    else
        c->nature = (control_nature)i;
}

static void cadence_check(const control_reader *r, str word)
{
    if (index_of(cadences, COUNT(cadences), word) < 0)
        fault_at(r->fs, r->path, key_line(r->b, "cadence"), STR_FMT ": cadence is continuous, daily, weekly, monthly, quarterly, "
                 "half-yearly, yearly or per event", STR_ARG(r->b->id));
}

static void control_read(const control_reader *r, control_list *list)
{
    control_keys k = { 0 };
    const size_t before = r->fs->list.n;
    (void)keys_read(r->fs, r->path, r->b, rows, COUNT(rows), &k);
    control c = { .id = r->b->id, .title = k.title, .words = k.words, .owner = k.owner, .cadence = k.cadence, .rationale = k.rationale };
    if (k.nature.n)
        nature_read(r, k.nature, &c);
    if (k.cadence.n)
        cadence_check(r, k.cadence);
    mappings_read(r, &c);
    if (c.n_mappings == 0 && before == r->fs->list.n)
        fault_at(r->fs, r->path, r->b->line, STR_FMT ": has no criterion; a control exists to meet one", STR_ARG(r->b->id));
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i].id, r->b->id))
            fault_at(r->fs, r->path, r->b->line, STR_FMT " stands twice", STR_ARG(r->b->id));
    if (before == r->fs->list.n)
        da_push(r->a, list) = c;
}

void controls_read(arena *a, faults *fs, const source_file *file, const content *c, control_list *list)
{
    static const id_form ids = { control_id_sound, "[AC-03]: two or three capitals, a dash, two digits" };
    block_list blocks = { 0 };
    blocks_read(a, fs, file, &ids, &blocks);
    for (size_t i = 0; i < blocks.n; i++)
        control_read(&(control_reader){ .a = a, .fs = fs, .path = file->path, .c = c, .b = &blocks.v[i] }, list);
}
