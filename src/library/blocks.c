/* Checklists and questionnaires: blocks with ids. */
#include "library/parts.h"

enum { DUE_DAYS_MAX = 3650 };

/* ---- checklists ------------------------------------------------------------------------ */

typedef struct {
    str title, text, owner, due, kinds, controls;
} checklist_keys;

static const key_row checklist_rows[] = {
    { .key = "title", .offset = offsetof(checklist_keys, title) },
    { .key = "text", .offset = offsetof(checklist_keys, text), .optional = true },
    { .key = "owner", .offset = offsetof(checklist_keys, owner) },
    { .key = "due", .offset = offsetof(checklist_keys, due) },
    { .key = "for", .offset = offsetof(checklist_keys, kinds) },
    { .key = "controls", .offset = offsetof(checklist_keys, controls), .optional = true },
};

bool checklist_for(const checklist_item *i, str kind)
{
    return kind.n == 0 || list_holds(&i->kinds, S("all")) || list_holds(&i->kinds, kind);
}

static bool one_of(str word, const char *first, const char *second, bool *ret_second)
{
    *ret_second = str_eq(word, str_of(second));
    return *ret_second || str_eq(word, str_of(first));
}

/* "3 days after start" */
static bool due_parse(str text, checklist_item *ret)
{
    int64_t n;
    bool    hours, one_hour, after, end;
    str     number = str_word(&text), unit = str_word(&text), side = str_word(&text), anchor = str_word(&text);
    if (!parse_int(number, 0, DUE_DAYS_MAX, &n) || str_trim(text).n)
        return false;
    if (!one_of(unit, "days", "hours", &hours) && !(one_of(unit, "day", "hour", &one_hour) && n == 1))
        return false;
    hours |= str_eq(unit, S("hour"));
    if (!one_of(side, "before", "after", &after) || !one_of(anchor, "start", "end", &end))
        return false;
    ret->due = (after ? 1 : -1) * (hours ? HOURS(n) : DAYS(n));
    ret->anchor = end ? ANCHOR_END : ANCHOR_START;
    return true;
}

static bool item_read(const reader *r, const block *b, checklist_item *ret)
{
    checklist_keys k = { 0 };
    if (!keys_read(r->fs, r->file->path, b, checklist_rows, COUNT(checklist_rows), &k))
        return false;
    *ret = (checklist_item){ .id = b->id, .title = k.title, .details = k.text, .owner = k.owner };
    bool sound = role_read(r, b, k.owner, "manager person");
    sound &= choices_read(r, b, "for", k.kinds, "person", "kind", &ret->kinds);
    sound &= controls_named(r, key_line(b, "controls"), k.controls, &ret->controls);
    if (!due_parse(k.due, ret)) {
        fault_on(r, key_line(b, "due"), STR_FMT ": \"due\" reads \"N days after start\": days or hours, before or after, start or end",
                 STR_ARG(b->id));
        return false;
    }
    return sound;
}

static bool file_name_check(const reader *r)
{
    if (!name_sound(r->name))
        fault_on(r, 0, "is not a name of a-z, 0-9 and -");
    return name_sound(r->name);
}

/* The blocks of a file, none of which may lack or stand twice. */
static bool blocks_of(const reader *r, const id_form *ids, block_list *ret)
{
    const size_t before = r->fs->list.n;
    if (!file_name_check(r))
        return false;
    blocks_read(r->a, r->fs, r->file, ids, ret);
    for (size_t i = 0; i < ret->n; i++)
        for (size_t k = 0; k < i; k++)
            if (str_eq(ret->v[i].id, ret->v[k].id))
                fault_on(r, ret->v[i].line, STR_FMT " stands twice", STR_ARG(ret->v[i].id));
    if (ret->n == 0 && r->fs->list.n == before)
        fault_on(r, 0, "holds no block");
    return r->fs->list.n == before;
}

void checklist_read(const reader *r, checklist_list *list)
{
    static const id_form ids = { name_sound, "[identity-disabled]: a-z, 0-9 and -" };
    block_list blocks = { 0 };
    DA(checklist_item) items = { 0 };
    bool sound = blocks_of(r, &ids, &blocks);
    for (size_t i = 0; i < blocks.n; i++) {
        checklist_item one;
        if (item_read(r, &blocks.v[i], &one))
            da_push(r->a, &items) = one;
        else
            sound = false;
    }
    if (sound)
        da_push(r->a, list) = (library_checklist){ .id = r->name, .path = r->file->path, .items = items.v, .n_items = items.n };
}

/* ---- questionnaires ------------------------------------------------------------------------ */

typedef struct {
    library_item item;
    str          tiers;
} question_keys;

static const key_row question_rows[] = {
    { .key = "section", .offset = offsetof(question_keys, item.section) },
    { .key = "question", .offset = offsetof(question_keys, item.question) },
    { .key = "why", .offset = offsetof(question_keys, item.why) },
    { .key = "good", .offset = offsetof(question_keys, item.good) },
    { .key = "evidence", .offset = offsetof(question_keys, item.evidence), .optional = true },
    { .key = "for", .offset = offsetof(question_keys, tiers) },
};

/* "VQ-01": capitals, a dash, two digits. */
static bool question_id_sound(str id)
{
    size_t n = 0;
    while (n < id.n && id.p[n] >= 'A' && id.p[n] <= 'Z')
        n++;
    return n >= 2 && n <= 4 && id.n == n + 3 && id.p[n] == '-' && id.p[n + 1] >= '0' && id.p[n + 1] <= '9' &&
           id.p[n + 2] >= '0' && id.p[n + 2] <= '9';
}

static bool question_read(const reader *r, const block *b, library_item *ret)
{
    question_keys k = { .item.id = b->id };
    if (!keys_read(r->fs, r->file->path, b, question_rows, COUNT(question_rows), &k))
        return false;
    *ret = k.item;
    return choices_read(r, b, "for", k.tiers, "vendor", "tier", &ret->tiers);
}

void questionnaire_read(const reader *r, questionnaire_list *list)
{
    static const id_form ids = { question_id_sound, "[VQ-01]: capitals, a dash, two digits" };
    block_list blocks = { 0 };
    DA(library_item) items = { 0 };
    bool sound = blocks_of(r, &ids, &blocks);
    for (size_t i = 0; i < blocks.n; i++) {
        library_item one;
        if (question_read(r, &blocks.v[i], &one))
            da_push(r->a, &items) = one;
        else
            sound = false;
    }
    if (sound)
        da_push(r->a, list) = (library_questionnaire){ .id = r->name, .path = r->file->path, .items = items.v, .n_items = items.n };
}
