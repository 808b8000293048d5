/* Tables: risks and requests, one a line, cells with tabs between. */
#include "library/parts.h"

/* Cuts the line into exactly n cells, none of them empty. */
static bool cells_cut(const reader *r, size_t number, str line, const char *what, str *cells, size_t n)
{
    size_t seen = 0;
    bool   empty = false;
    for (str rest = line; rest.p; seen++) {
        str cell = str_trim(str_cut(&rest, '\t'));
        empty |= cell.n == 0;
        if (seen < n)
            cells[seen] = cell;
    }
    if (seen != n)
        fault_on(r, number, "a %s has %zu columns with tabs between; this line has %zu", what, n, seen);
    else if (empty)
        fault_on(r, number, "a column is empty; write - where there is none");
    return seen == n && !empty;
}

/* "RISK-01", "HR-1": capitals, a dash, digits. */
static bool row_id_sound(str id)
{
    size_t n = 0, digits = 0;
    while (n < id.n && id.p[n] >= 'A' && id.p[n] <= 'Z')
        n++;
    while (n + 1 + digits < id.n && id.p[n + 1 + digits] >= '0' && id.p[n + 1 + digits] <= '9')
        digits++;
    return n >= 2 && n <= 5 && digits >= 1 && digits <= 3 && id.n == n + 1 + digits && id.p[n] == '-';
}

static bool id_check(const reader *r, size_t number, str id)
{
    if (!row_id_sound(id))
        fault_on(r, number, "\"" STR_FMT "\" is no id as the others: capitals, a dash, a number", STR_ARG(utf8_cut(id, 80)));
    return row_id_sound(id);
}

/* The next line that says something. */
static bool next_row(str *rest, size_t *number, str *ret_line)
{
    while (str_line(rest, ret_line)) {
        ++*number;
        if (str_trim(*ret_line).n && ret_line->p[0] != '#')
            return true;
    }
    return false;
}

/* ---- risks ------------------------------------------------------------------------------ */

enum { R_ID, R_TITLE, R_DESCRIPTION, R_CATEGORY, R_LIKELIHOOD, R_IMPACT, R_CONTROLS, R_CRITERIA, R_FRAUD, R_CHANGE, R_COLUMNS };

static bool score_read(const reader *r, size_t number, const char *what, str cell, int64_t *ret)
{
    bool sound = parse_int(cell, 1, 5, ret);
    if (!sound)
        fault_on(r, number, "%s is a number from 1 to 5", what);
    return sound;
}

static bool flag_read(const reader *r, size_t number, const char *what, str cell, bool *ret)
{
    *ret = str_eq(cell, S("yes"));
    if (*ret || str_eq(cell, S("no")))
        return true;
    fault_on(r, number, "%s is yes or no", what);
    return false;
}

static bool risk_read(const reader *r, size_t number, const str *cells, library_risk *ret)
{
    *ret = (library_risk){ .id = cells[R_ID], .title = cells[R_TITLE], .description = cells[R_DESCRIPTION],
                           .category = cells[R_CATEGORY] };
    bool sound = id_check(r, number, ret->id);
    if (!name_sound(ret->category)) {
        fault_on(r, number, "the category is one word of a-z, 0-9 and -");
        sound = false;
    }
    sound &= score_read(r, number, "likelihood", cells[R_LIKELIHOOD], &ret->likelihood);
    sound &= score_read(r, number, "impact", cells[R_IMPACT], &ret->impact);
    sound &= controls_named(r, number, cells[R_CONTROLS], &ret->controls);
    sound &= criteria_named(r, number, cells[R_CRITERIA], &ret->criteria);
    sound &= flag_read(r, number, "fraud", cells[R_FRAUD], &ret->fraud);
    return flag_read(r, number, "change", cells[R_CHANGE], &ret->change) && sound;
}

void risks_read(const reader *r, risk_list *list)
{
    size_t number = 0;
    if (!text_sound(r->fs, r->file))
        return;
    for (str rest = r->file->text, line; next_row(&rest, &number, &line);) {
        str          cells[R_COLUMNS];
        library_risk one;
        bool         twice = false;
        if (!cells_cut(r, number, line, "risk", cells, R_COLUMNS) || !risk_read(r, number, cells, &one))
            continue;
        for (size_t i = 0; i < list->n; i++)
            twice |= str_eq(list->v[i].id, one.id);
        if (twice)
            fault_on(r, number, STR_FMT " stands twice", STR_ARG(one.id));
        else
            da_push(r->a, list) = one;
    }
}

/* ---- requests ------------------------------------------------------------------------------ */

enum { Q_ID, Q_ASKS, Q_SAMPLING, Q_CRITERIA, Q_ANSWERS, Q_COLUMNS };

static const char *const answer_words[] = {
    [ANSWER_POPULATION] = "population", [ANSWER_REPORT] = "report", [ANSWER_POLICY] = "policy", [ANSWER_RECORD] = "record",
    [ANSWER_FACT] = "fact", [ANSWER_EVIDENCE] = "evidence",
};

const char *answer_kind_name(answer_kind k) { return answer_words[k]; }

/* What `attest report` writes. */
static const char reports[] = "readiness gap risk treatment";

/* Whether a record or fact type of that name is there; populations and policies are
 * looked for when all files are read. */
static bool answer_known(const reader *r, size_t number, const request_answer *a)
{
    const relation *of = relation_find(a->name);
    if (a->kind == ANSWER_RECORD || a->kind == ANSWER_FACT) {
        if (of && (of->kind == RECORD) == (a->kind == ANSWER_RECORD))
            return true;
        fault_on(r, number, "there is no %s type \"" STR_FMT "\"", answer_words[a->kind], STR_ARG(utf8_cut(a->name, 80)));
        return false;
    }
    if (a->kind == ANSWER_REPORT && a->name.n && !list_has(reports, a->name)) {
        fault_on(r, number, "there is no report \"" STR_FMT "\"; there are %s", STR_ARG(utf8_cut(a->name, 80)), reports);
        return false;
    }
    if ((a->kind == ANSWER_EVIDENCE) == (a->name.n == 0))
        return true;
    fault_on(r, number, a->name.n ? "evidence has no name" : "%s:NAME lacks its name", answer_words[a->kind]);
    return false;
}

static bool answers_read(const reader *r, size_t number, str cell, library_request *ret)
{
    const str_list words = words_read(r->a, cell);
    DA(request_answer) list = { 0 };
    bool sound = true;
    for (size_t i = 0; i < words.n; i++) {
        str            rest = words.v[i], word = str_cut(&rest, ':');
        request_answer one = { .name = rest.p ? rest : S("") };
        size_t         k = 0;
        while (k < COUNT(answer_words) && !str_eq(word, str_of(answer_words[k])))
            k++;
        one.kind = (answer_kind)k;
        if (k == COUNT(answer_words))
            fault_on(r, number, "\"" STR_FMT "\" answers nothing; write population:NAME, report:NAME, policy:NAME, "
                     "record:TYPE, fact:TYPE or evidence", STR_ARG(utf8_cut(word, 80)));
        sound &= k < COUNT(answer_words) && answer_known(r, number, &one);
        da_push(r->a, &list) = one;
    }
    ret->answers = list.v;
    ret->n_answers = list.n;
    return sound;
}

/* Criteria, or the standard that asks for it. */
static bool askers_read(const reader *r, size_t number, str cell, str_list *ret)
{
    if (!str_starts(cell, S("DC")) && !str_starts(cell, S("AT-C")))
        return criteria_named(r, number, cell, ret);
    *ret = (str_list){ NEW(r->a, str), 1 };
    ret->v[0] = cell;
    return true;
}

void requests_read(const reader *r, request_list *list)
{
    size_t number = 0;
    if (!text_sound(r->fs, r->file))
        return;
    for (str rest = r->file->text, line; next_row(&rest, &number, &line);) {
        str    cells[Q_COLUMNS];
        bool   twice = false;
        if (!cells_cut(r, number, line, "request", cells, Q_COLUMNS))
            continue;
        library_request one = { .id = cells[Q_ID], .asks = cells[Q_ASKS], .sampling = cells[Q_SAMPLING], .line = number };
        bool sound = id_check(r, number, one.id);
        sound &= askers_read(r, number, cells[Q_CRITERIA], &one.criteria);
        sound &= answers_read(r, number, cells[Q_ANSWERS], &one);
        for (size_t i = 0; i < list->n; i++)
            twice |= str_eq(list->v[i].id, one.id);
        if (twice)
            fault_on(r, number, STR_FMT " stands twice", STR_ARG(one.id));
        else if (sound)
            da_push(r->a, list) = one;
    }
}
