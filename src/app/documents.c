/* Reports made of tables: rows that name their queries, and the gaps of an assessment. */
#include "app/workspace.h"

typedef DA(doc_table)  tables;
typedef DA(doc_column) columns;
typedef DA(str)        cells;

/* ---- tables from queries -------------------------------------------------------------------- */

typedef struct {
    const char *heading, *sql, *note, *empty;
} part_row;

/* "due_at" -> "due", "review_due_at" -> "review due" */
static const char *column_title(arena *a, str name)
{
    char *z = str_z(a, str_ends(name, S("_at")) ? str_sub(name, 0, name.n - 3) : name);
    for (char *p = z; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    return z;
}

/* "12 Mar 2026" */
static str date_words(arena *a, time_us t)
{
    str whole = time_people(a, t);
    return str_cut(&whole, ',');
}

static str cell_text(arena *a, const cursor *c, int column)
{
    if (cursor_null(c, column))
        return S("");
    if (str_ends(cursor_name(c, column), S("_at")))
        return date_words(a, cursor_int(c, column));
    return str_dup(a, cursor_text(c, column));
}

static err_t query_table(session *s, arena *a, const part_row *p, fault *f, doc_table *ret)
{
    columns head = { 0 };
    cells   list = { 0 };
    size_t  rows = 0;
    auto_cursor cursor *c = NULL;
    TRY(session_query(s, sql_read(a, p->sql, NULL, 0), f, &c));
    for (int i = 0; i < cursor_columns(c); i++)
        da_push(a, &head) = (doc_column){ .name = column_title(a, cursor_name(c, i)) };
    assert(head.v);
    for (;; rows++) {
        bool more;
        TRY(cursor_next(c, f, &more));
        if (!more)
            break;
        for (int i = 0; i < cursor_columns(c); i++) {
            if (!cursor_null(c, i) && !cursor_is_text(c, i) && !str_ends(cursor_name(c, i), S("_at")))
                head.v[i].kind = COLUMN_IS_NUMBER;
            da_push(a, &list) = cell_text(a, c, i);
        }
    }
    *ret = (doc_table){ str_of(p->heading), str_of(p->note), head.v, head.n, list.v, rows, str_of(p->empty) };
    return ERR_OK;
}

static err_t query_tables(session *s, arena *a, const part_row *parts, size_t n, fault *f, tables *out)
{
    for (size_t i = 0; i < n; i++) {
        doc_table t;
        TRY(query_table(s, a, &parts[i], f, &t));
        da_push(a, out) = t;
    }
    return ERR_OK;
}

/* ---- risks -------------------------------------------------------------------------------------- */

enum { SCALE = 5 };

static err_t matrix_table(session *s, arena *a, fault *f, doc_table *ret)
{
    static const char *const impacts[SCALE] = { "1 negligible", "2 minor", "3 moderate", "4 major", "5 severe" };
    static const char *const likelihoods[SCALE] = { "1 rare", "2 unlikely", "3 possible", "4 likely", "5 almost certain" };
    int64_t n[SCALE][SCALE] = { { 0 } };
    columns head = { 0 };
    cells   list = { 0 };
    auto_cursor cursor *c = NULL;
    TRY(session_query(s, sql_read(a, "sql/report/risk_matrix.sql", NULL, 0), f, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, f, &more));
        if (!more)
            break;
        int64_t l = cursor_int(c, 0), i = cursor_int(c, 1);
        if (l >= 1 && l <= SCALE && i >= 1 && i <= SCALE)
            n[l - 1][i - 1] = cursor_int(c, 2);
    }
    da_push(a, &head) = (doc_column){ .name = "likelihood / impact" };
    for (size_t i = 0; i < SCALE; i++)
        da_push(a, &head) = (doc_column){ .name = impacts[i], .kind = COLUMN_IS_NUMBER };
    for (size_t l = SCALE; l-- > 0;) {
        da_push(a, &list) = str_of(likelihoods[l]);
        for (size_t i = 0; i < SCALE; i++)
            da_push(a, &list) = n[l][i] ? str_fmt(a, "%lld", (long long)n[l][i]) : S("");
    }
    *ret = (doc_table){ S("Where the risks stand"), S("Open risks by what remains after treatment, where that was scored, else by what was there before."),
                        head.v, head.n, list.v, SCALE, S("") };
    return ERR_OK;
}

static err_t risk_build(session *s, arena *a, const assessment *as, fault *f, tables *out)
{
    static const part_row parts[] = {
        { "Without a score or an owner", "sql/report/risk_unscored.sql", "They are in no square of the picture above.", "None." },
        { "Register", "sql/report/risk_register.sql", "", "No risk is recorded. Begin with: attest library list risks" },
        { "Acceptances", "sql/report/risk_accepted.sql", "", "No risk was accepted." },
    };
    doc_table matrix;
    (void)as;
    TRY(matrix_table(s, a, f, &matrix));
    da_push(a, out) = matrix;
    return query_tables(s, a, parts, COUNT(parts), f, out);
}

static err_t treatment_build(session *s, arena *a, const assessment *as, fault *f, tables *out)
{
    static const part_row parts[] = {
        { "Risks to treat", "sql/report/treatment_risks.sql", "", "No risk waits for treatment." },
        { "Gaps to close", "sql/report/treatment_plan.sql", "", "The plan is empty. Make it from the gaps with: attest plan" },
        { "Findings to correct", "sql/report/treatment_findings.sql", "", "No finding is open." },
    };
    (void)as;
    return query_tables(s, a, parts, COUNT(parts), f, out);
}

/* ---- gaps ------------------------------------------------------------------------------------------ */

static bool settled(test_state s) { return s == STATE_PASS || s == STATE_ATTESTED || s == STATE_NOT_APPLICABLE; }

/* What keeps a criterion from being met: its controls that are not settled. */
static str lacks_of(arena *a, const criterion_result *c)
{
    buf b = buf_new(a, 1 << 20);
    if (!c->n_controls)
        return S("no control covers it");
    for (size_t i = 0; i < c->n_controls; i++)
        if (!settled(c->controls[i]->state))
            buf_fmt(&b, "%s" STR_FMT " (%s)", b.n ? ", " : "", STR_ARG(c->controls[i]->control->id), state_word(c->controls[i]->state));
    return buf_str(&b);
}

static doc_table criteria_gaps(arena *a, const assessment *as)
{
    static const doc_column head[] = {
        { "criterion", COLUMN_IS_TEXT }, { "state", COLUMN_IS_STATE }, { "asks", COLUMN_IS_TEXT }, { "lacks", COLUMN_IS_TEXT },
    };
    cells  list = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < as->n_criteria; i++) {
        const criterion_result *c = &as->criteria[i];
        if (settled(c->state))
            continue;
        n++;
        da_push(a, &list) = c->criterion->id;
        da_push(a, &list) = str_of(state_name(c->state));
        da_push(a, &list) = c->criterion->words;
        da_push(a, &list) = lacks_of(a, c);
    }
    return (doc_table){ S("Criteria not met yet"), S(""), head, COUNT(head), list.v, n, S("Every criterion in scope is met.") };
}

static doc_table gap_items(arena *a, const assessment *as)
{
    static const doc_column head[] = {
        { "gap", COLUMN_IS_TEXT }, { "state", COLUMN_IS_STATE }, { "what to do", COLUMN_IS_TEXT },
        { "criteria", COLUMN_IS_TEXT }, { "priority", COLUMN_IS_TEXT }, { "owner", COLUMN_IS_TEXT },
    };
    const gap *gaps;
    size_t     n;
    cells      list = { 0 };
    gaps_of(a, as, &gaps, &n);
    for (size_t i = 0; i < n; i++) {
        const gap *g = &gaps[i];
        da_push(a, &list) = g->key;
        da_push(a, &list) = str_of(state_name(g->state));
        da_push(a, &list) = g->action;
        da_push(a, &list) = g->criteria;
        da_push(a, &list) = str_of(g->priority);
        da_push(a, &list) = g->owner;
    }
    return (doc_table){ S("What closes the gaps"), S("Most urgent first. `attest plan` makes work of it, with a day and an owner each."), head, COUNT(head),
                        list.v, n, S("There is no gap.") };
}

static doc_table out_of_scope(arena *a, const assessment *as)
{
    static const doc_column head[] = { { "criterion", COLUMN_IS_TEXT }, { "why", COLUMN_IS_TEXT } };
    cells  list = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < as->n_criteria; i++) {
        if (!as->criteria[i].note.n)
            continue;
        n++;
        da_push(a, &list) = as->criteria[i].criterion->id;
        da_push(a, &list) = as->criteria[i].note;
    }
    return (doc_table){ S("Declared not to apply"), S(""), head, COUNT(head), list.v, n, S("Every criterion applies.") };
}

static doc_table accepted(arena *a, const assessment *as)
{
    static const doc_column head[] = {
        { "test", COLUMN_IS_TEXT }, { "item", COLUMN_IS_TEXT }, { "waiver", COLUMN_IS_TEXT }, { "until", COLUMN_IS_TEXT },
    };
    cells  list = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < as->n_tests; i++)
        for (size_t k = 0; k < as->tests[i].n_items && as->tests[i].items[k].ok == 0; k++) {
            const test_item *it = &as->tests[i].items[k];
            if (!it->waiver.n)
                continue;
            n++;
            da_push(a, &list) = as->tests[i].test->id;
            da_push(a, &list) = it->item;
            da_push(a, &list) = it->waiver;
            da_push(a, &list) = date_words(a, it->waived_until);
        }
    return (doc_table){ S("Exceptions accepted by waivers"), S("They fail, and somebody accepted that until a day."), head, COUNT(head), list.v, n,
                        S("No exception is accepted.") };
}

static err_t gap_build(session *s, arena *a, const assessment *as, fault *f, tables *out)
{
    (void)s, (void)f;
    da_push(a, out) = criteria_gaps(a, as);
    da_push(a, out) = gap_items(a, as);
    da_push(a, out) = accepted(a, as);
    da_push(a, out) = out_of_scope(a, as);
    return ERR_OK;
}

/* ---- one row a report --------------------------------------------------------------------------------- */

static const struct {
    const char *name, *title, *intro;
    bool        assesses;
    err_t     (*build)(session *s, arena *a, const assessment *as, fault *f, tables *out);
} reports[] = {
    { "gap", "Gap analysis", "What stands between the program as it is and every criterion in scope.", true, gap_build },
    { "risk", "Risk report", "The register of risks as it stands.", false, risk_build },
    { "treatment", "Treatment plan", "What is to be done, by when, by whom.", false, treatment_build },
};

err_t app_document(workspace *ws, arena *a, str name, time_us as_of, fault *f, document *ret)
{
    tables      list = { 0 };
    assessment *as = NULL;
    auto_session session *s = NULL;
    size_t      i = 0;
    while (i < COUNT(reports) && !str_eq(name, str_of(reports[i].name)))
        i++;
    if (i == COUNT(reports))
        return fail(f, ERR_USAGE, "there is no report \"" STR_FMT "\"; there are: readiness, gap, risk, treatment", STR_ARG(utf8_cut(name, 60)));
    if (reports[i].assesses)
        TRY(app_assess(ws, a, as_of, NULL, 0, f, &as));
    TRY(ws_session(ws, &(session_options){ .as_of = as_of ? as_of : TIME_MAX }, f, &s));
    TRY(reports[i].build(s, a, as, f, &list));
    *ret = (document){ str_of(reports[i].title), ws_shown_name(ws, a), S("Attest " ATTEST_VERSION), str_of(reports[i].intro),
                       ws_latest(ws, as_of ? as_of : time_now()), list.v, list.n };
    return ERR_OK;
}
