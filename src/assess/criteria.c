#include "assess/parts.h"

static bool digit(str s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* The letters before the digits decide: CC, A, C, PI, P. "CC6.1" and "C1.1",
 * "PI1.1" and "P1.1" differ only in what follows their first letter. */
static bool category_of(str id, category *ret)
{
    static const struct { str letters; category c; } rows[] = {
        { { "CC", 2 }, CAT_SECURITY },   { { "A", 1 }, CAT_AVAILABILITY }, { { "C", 1 }, CAT_CONFIDENTIALITY },
        { { "PI", 2 }, CAT_PROCESSING }, { { "P", 1 }, CAT_PRIVACY },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t n = rows[i].letters.n;
        if (str_starts(id, rows[i].letters) && id.n == n + 3 && digit(id, n) && id.p[n + 1] == '.' && digit(id, n + 2)) {
            *ret = rows[i].c;
            return true;
        }
    }
    return false;
}

const criterion *criterion_find(const content *c, str id)
{
    for (size_t i = 0; i < c->n_criteria; i++)
        if (str_eq(c->criteria[i].id, id))
            return &c->criteria[i];
    return NULL;
}

enum { COLUMNS = 7, COLUMN_ID = 0, COLUMN_WORDS = 3, COLUMN_EVIDENCE = 5, COLUMN_POPULATION = 6 };

static bool criterion_read(faults *fs, str path, size_t number, str line, criterion *ret)
{
    str    cells[COLUMNS];
    size_t n = 0;
    for (str rest = line; rest.p; n++) {
        str cell = str_trim(str_cut(&rest, '\t'));
        if (n < COLUMNS)
            cells[n] = cell;
    }
    if (n != COLUMNS) {
        fault_at(fs, path, number, "a criterion has %d columns with tabs between; this line has %zu", COLUMNS, n);
        return false;
    }
    *ret = (criterion){ .id = cells[COLUMN_ID], .words = cells[COLUMN_WORDS],
                        .evidence = cells[COLUMN_EVIDENCE], .population = cells[COLUMN_POPULATION] };
    if (!category_of(ret->id, &ret->category)) {
        fault_at(fs, path, number, "\"" STR_FMT "\" is not the ID of a criterion", STR_ARG(ret->id));
        return false;
    }
    if (ret->words.n == 0) {
        fault_at(fs, path, number, STR_FMT " does not say what it asks", STR_ARG(ret->id));
        return false;
    }
    return true;
}

void criteria_read(arena *a, faults *fs, const source_file *file, const content *closed, content *c)
{
    DA(criterion) list = { 0 };
    size_t faults_before = fs->list.n, number = 0;
    if (!text_sound(fs, file))
        return;
    for (str rest = file->text, line; str_line(&rest, &line);) {
        criterion one;
        number++;
        if (str_trim(line).n == 0 || line.p[0] == '#' || !criterion_read(fs, file->path, number, line, &one))
            continue;
        const content so_far = { .criteria = list.v, .n_criteria = list.n };
        if (criterion_find(&so_far, one.id))
            fault_at(fs, file->path, number, STR_FMT " stands twice", STR_ARG(one.id));
        else if (closed && !criterion_find(closed, one.id))
            fault_at(fs, file->path, number, STR_FMT " is not one of the %zu criteria; the list is closed",
                     STR_ARG(one.id), closed->n_criteria);
        else
            da_push(a, &list) = one;
    }
    const content read = { .criteria = list.v, .n_criteria = list.n };
    for (size_t i = 0; closed && i < closed->n_criteria && fs->list.n == faults_before; i++)
        if (!criterion_find(&read, closed->criteria[i].id))
            fault_at(fs, file->path, 0, STR_FMT " is missing; the list is closed", STR_ARG(closed->criteria[i].id));
    if (fs->list.n != faults_before)
        return;
    c->criteria = list.v;
    c->n_criteria = list.n;
}
