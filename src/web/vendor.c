/* A vendor at its review: what it is trusted with, how it was judged, what binds it, what is due next, what to ask it. */
#include "web/board.h"

enum { AT_TYPE, AT_ID, AT_STATE, AT_TITLE, AT_TIME, AT_UNTIL, AT_NEXT, AT_WORDS, AT_ANSWERED };
enum { DILIGENCE, REVIEWS, CONTRACTS, INCIDENTS };

static const char *const facts[] = { "tier", "service", "data_handled", "personal_data", "subservice", "owner", "contact", "location", "approver", "review_cadence",
                                     "reviewed_at", "review_due_at" };
_Static_assert(COUNT(facts) <= VENDOR_FACTS, "each fact has its place");

static const struct { const char *type, *title, *empty, *add, *at, *until; } parts[VENDOR_PARTS] = {
    { "due_diligence", "Before it was used", "No assessment is recorded. A vendor is assessed before it is used.", "Add an assessment", "assessed ", "" },
    { "vendor_review", "Reviews", "No review is recorded. A review reads the vendor's report or answers.", "Add a review", "reviewed ", "speaks until " },
    { "contract", "Contracts", "No contract is recorded. It says what the vendor is bound to.", "Add a contract", "from ", "ends " },
    { "vendor_incident", "Incidents at the vendor", "No incident at this vendor is recorded.", "Add an incident", "reported ", "" },
};

static void due_add(ask *q, vendor_view *v, str what, time_us at, str href)
{
    if (at > 0)
        v->due[v->n_due++] = (vendor_due){ what, date_text(q, at), href, at < moment_asked(q) };
}

static vendor_row row_of_part(ask *q, const row_table *t, size_t i, size_t k)
{
    str        id = table_cell(t, i, AT_ID), title = cell_str(t, i, AT_TITLE);
    time_us    at = cell_time(table_cell(t, i, AT_TIME)), until = cell_time(table_cell(t, i, AT_UNTIL));
    vendor_row one = { .href = named_link(q, table_cell(t, i, AT_TYPE), id), .mark = record_mark(q, table_cell(t, i, AT_STATE)), .words = cell_str(t, i, AT_WORDS) };
    bool       written = k == CONTRACTS || k == INCIDENTS;
    one.title = !title.n ? id : written ? title : capital(q->a, choice_words(q->a, title));
    if (k == REVIEWS || k == INCIDENTS)
        one.words = choice_words(q->a, one.words);
    if (at > 0)
        one.when = str_fmt(q->a, "%s" STR_FMT, parts[k].at, STR_ARG(date_text(q, at)));
    if (until > 0)
        one.until = str_fmt(q->a, "%s" STR_FMT, parts[k].until, STR_ARG(date_text(q, until)));
    else if (k == CONTRACTS)
        one.until = cell_str(t, i, AT_ANSWERED).n ? S("runs until somebody ends it") : S("its end is not recorded");
    one.late = k == CONTRACTS && until > 0 && until < moment_asked(q) && str_eq(table_cell(t, i, AT_STATE), S("active"));
    return one;
}

/* What of a row has a day to come. */
static void row_due(ask *q, vendor_view *v, const row_table *t, size_t i, size_t k)
{
    str now = table_cell(t, i, AT_STATE), href = named_link(q, table_cell(t, i, AT_TYPE), table_cell(t, i, AT_ID));
    if (k == REVIEWS && str_eq(now, S("completed")) && !v->parts[k].n)
        due_add(q, v, S("The next review, as the last one says"), cell_time(table_cell(t, i, AT_NEXT)), href);
    if (k == CONTRACTS && str_eq(now, S("active")))
        due_add(q, v, str_fmt(q->a, "The contract ends: " STR_FMT, STR_ARG(cell_str(t, i, AT_TITLE))), cell_time(table_cell(t, i, AT_UNTIL)), href);
}

static str answered_words(str answered)
{
    return str_eq(answered, S("yes")) ? S("The latest assessment says that the vendor answered the questionnaire; the answers stand with it.")
         : str_eq(answered, S("no"))  ? S("The latest assessment says that the vendor did not answer the questionnaire.")
                                      : S("Whether the vendor answered the questionnaire is not recorded.");
}

/* One statement. */
static err_t parts_fill(ask *q, vendor_view *v, str id)
{
    row_table      t = { 0 };
    bool           assessed_once = false;
    const sql_hole holes[] = { { "vendor", sql_quote(q->a, id) }, { "limit", hole_int(q->a, VENDOR_ROWS + 1) } };
    TRY(rows_of(q, "sql/web/vendor_review.sql", holes, COUNT(holes), &t));
    v->cut = t.n_rows > VENDOR_ROWS;
    v->due = NEW_ARRAY(q->a, vendor_due, t.n_rows + 2);
    for (size_t k = 0; k < VENDOR_PARTS; k++) {
        bool may = !q->as_of && adds_type(q, relation_find(str_of(parts[k].type)));
        v->parts[k] = (vendor_part){ .title = parts[k].title, .empty = parts[k].empty, .v = NEW_ARRAY(q->a, vendor_row, t.n_rows + 1), .add_label = parts[k].add };
        v->parts[k].add = may ? str_fmt(q->a, "/%s/new?vendor=" STR_FMT, parts[k].type, STR_ARG(url_part(q->a, id))) : S("");
        for (size_t i = 0; i < t.n_rows && i < VENDOR_ROWS; i++) {
            if (!str_eq(table_cell(&t, i, AT_TYPE), str_of(parts[k].type)))
                continue;
            if (k == DILIGENCE && !assessed_once)
                v->answered = answered_words(cell_str(&t, i, AT_ANSWERED));
            assessed_once = assessed_once || k == DILIGENCE;
            row_due(q, v, &t, i, k);
            v->parts[k].v[v->parts[k].n++] = row_of_part(q, &t, i, k);
        }
    }
    if (!assessed_once)
        v->answered = answered_words(S(""));
    return ERR_OK;
}

static err_t facts_fill(ask *q, vendor_view *v, const record_view *rec)
{
    names *n = names_new(q);
    for (size_t i = 0; i < COUNT(facts); i++) {
        size_t at = (size_t)relation_field(rec->r, str_of(facts[i]));
        names_want(n, &rec->r->fields[at], &rec->row[at]);
    }
    TRY(names_read(n));
    for (size_t i = 0; i < COUNT(facts); i++) {
        size_t at = (size_t)relation_field(rec->r, str_of(facts[i]));
        v->facts[v->n_facts++] = (vendor_fact){ capital(q->a, choice_words(q->a, str_of(facts[i]))), cell_of(n, rec->r, at, rec->row, false) };
    }
    return ERR_OK;
}

static bool asked_of(const library_item *item, str tier)
{
    for (size_t i = 0; i < item->tiers.n; i++)
        if (str_eq(item->tiers.v[i], S("all")) || str_eq(item->tiers.v[i], tier))
            return true;
    return false;
}

static err_t questions_fill(ask *q, vendor_view *v, str tier)
{
    const library *l;
    TRY(app_library(q->ws, &q->f, &l));
    const library_questionnaire *one = library_questionnaire_find(l, S("vendor"));
    for (size_t i = 0; one && i < one->n_items; i++) {
        if (!v->questions)
            v->questions = NEW_ARRAY(q->a, const library_item *, one->n_items);
        if (asked_of(&one->items[i], tier))
            v->questions[v->n_questions++] = &one->items[i];
    }
    return ERR_OK;
}

/* One statement beside those of the vendor and of the names. */
static err_t get_vendor_review(ask *q)
{
    record_view rec;
    vendor_view v = { .q = q };
    TRY(special_read(q, "vendor", &rec));
    for (size_t k = 0; k < VENDOR_PARTS; k++)
        if (!reads_type(q, relation_find(str_of(parts[k].type))))
            return fail(&q->f, ERR_DENIED, "the reviews of vendors are for contributors and above");
    str          id = record_id(q), title = row_text(rec.r, rec.row, "name");
    const value *due = &rec.row[relation_field(rec.r, S("review_due_at"))];
    TRY(facts_fill(q, &v, &rec));
    TRY(parts_fill(q, &v, id));
    if (due->kind == V_INT && str_eq(row_text(rec.r, rec.row, "state"), S("active")))
        due_add(q, &v, S("Its review"), due->i, record_path(q->a, S("vendor"), id, "do/review"));
    TRY(questions_fill(q, &v, row_text(rec.r, rec.row, "tier")));
    v.steps = steps_of(q, &rec, id, special_path(q, "review"), NULL);
    const record_crumbs c = crumbs_of(q, rec.r, id, title);
    page_open(q, &(page){ .title = str_fmt(q->a, "Review of " STR_FMT, STR_ARG(title)), .place = "/vendor", .crumbs = c.v, .n_crumbs = c.n,
                          .standing = record_mark(q, row_text(rec.r, rec.row, "state")) });
    tpl_vendor(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/{type}/{id}/review", PERMIT_TYPE_READ, 0, 0, 0, get_vendor_review, "A vendor with its assessment, reviews, contracts, incidents and questions" },
};
ROUTE_TABLE(vendor_routes);
