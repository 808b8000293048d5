/* What an auditor sees: the period and the categories of an open engagement (app.h tells the rule). Everything follows from
 * the content's own mappings and the model's rows; there is no list of what is inside. */
#include "app/workspace.h"

enum { ALL_CATEGORIES = (1 << CAT_COUNT_) - 1 };

struct audit_hold {
    time_us         until;               /* 0: the period has not ended */
    const content  *inside;
    session_part   *parts;  size_t n_parts;
    bounds          what;                /* n_types of registers that are closed */
    str            *own;    size_t n_own;              /* "engagement/ENG-1": about the auditor, read as it is now */
    left_out        lacks;
};

_Static_assert(FOR_SECURITY == 1 << CAT_SECURITY && FOR_AVAILABILITY == 1 << CAT_AVAILABILITY && FOR_CONFIDENTIALITY == 1 << CAT_CONFIDENTIALITY &&
               FOR_PROCESSING_INTEGRITY == 1 << CAT_PROCESSING && FOR_PRIVACY == 1 << CAT_PRIVACY, "categories are told by the same bits");

/* ---- engagements ------------------------------------------------------------------------------ */

/* Categories that somebody took into scope; nobody decided: all of them. Security always is. */
static err_t in_scope(workspace *ws, arena *a, time_us as_of, fault *f, unsigned *ret)
{
    row_table t = { 0 };
    TRY(app_rows(ws, a, "sql/said/categories.sql", NULL, 0, as_of, f, &t));
    *ret = t.n_rows ? FOR_SECURITY : ALL_CATEGORIES;
    for (size_t i = 0; i < t.n_rows; i++)
        for (category c = CAT_SECURITY; c < CAT_COUNT_; c++)
            if (str_eq(table_cell(&t, i, 0), str_of(category_id(c))) && str_eq(table_cell(&t, i, 1), S("1")))
                *ret |= 1u << c;
    return ERR_OK;
}

str categories_words(arena *a, unsigned categories)
{
    buf    b = buf_new(a, 400);
    size_t left = 0;
    for (category c = CAT_SECURITY; c < CAT_COUNT_; c++)
        left += (categories >> c) & 1;
    for (category c = CAT_SECURITY; c < CAT_COUNT_; c++) {
        if (!(categories & 1u << c))
            continue;
        buf_fmt(&b, "%s%s", b.n == 0 ? "" : left == 1 ? " and " : ", ", category_name(c));
        left--;
    }
    return buf_str(&b);
}

enum { E_ID, E_FROM, E_TO, E_STATE, E_TITLE, E_KIND, E_FIRM, E_CATEGORIES, E_OWNER, E_OWNER_NAME, E_OWNER_EMAIL, E_MEMBER };

static err_t engagement_read(workspace *ws, arena *a, const row_table *t, size_t i, fault *f, engagement *ret)
{
    fault why = { 0 };
    *ret = (engagement){ .id = table_cell(t, i, E_ID), .title = table_cell(t, i, E_TITLE), .kind = table_cell(t, i, E_KIND), .firm = table_cell(t, i, E_FIRM),
                         .open = str_eq(table_cell(t, i, E_STATE), S("open")), .state = table_cell(t, i, E_STATE), .owner = table_cell(t, i, E_OWNER),
                         .owner_name = table_cell(t, i, E_OWNER_NAME), .owner_email = table_cell(t, i, E_OWNER_EMAIL), .member = table_cell(t, i, E_MEMBER) };
    if (!parse_int(table_cell(t, i, E_FROM), INT64_MIN, INT64_MAX, &ret->from) || !parse_int(table_cell(t, i, E_TO), INT64_MIN, INT64_MAX, &ret->to))
        return fail(f, ERR_CORRUPT, "engagement " STR_FMT " has no period", STR_ARG(ret->id));
    str said = str_trim(table_cell(t, i, E_CATEGORIES));
    if (!said.n)
        return in_scope(ws, a, ret->to, f, &ret->categories);
    ret->named = true;
    if (setup_categories(said, &why, &ret->categories) != ERR_OK) {
        ret->categories = 0;
        ret->unclear = str_dup(a, str_of(why.text));
    }
    return ERR_OK;
}

err_t app_engagements(workspace *ws, arena *a, str person, fault *f, engagement **ret, size_t *ret_n)
{
    const sql_hole hole = { "person", sql_quote(a, person) };
    row_table t = { 0 };
    TRY(app_rows(ws, a, "sql/program/engagements.sql", &hole, 1, 0, f, &t));
    *ret = NEW_ARRAY(a, engagement, t.n_rows + 1);
    for (size_t i = 0; i < t.n_rows; i++)
        TRY(engagement_read(ws, a, &t, i, f, &(*ret)[i]));
    *ret_n = t.n_rows;
    return ERR_OK;
}

/* ---- what of the whole is inside ------------------------------------------------------------------ */

/* Each control it gives evidence for serves other categories alone. */
static bool is_closed(const content *all, const content *inside, const relation *r)
{
    str  rest = r->record && r->record->controls ? str_of(r->record->controls) : S(""), id;
    bool any = false;
    while ((id = str_word(&rest)).n) {
        if (!control_find(all, id) || control_find(inside, id))
            return false;
        any = true;
    }
    return any;
}

/* What is outside, by id. */
typedef enum { OUT_CRITERION, OUT_CONTROL, OUT_TEST, OUT_REGISTER, OUT_COUNT } out_kind;
static const char *const catalogues[OUT_COUNT] = { "criterion", "control", "test", "register" };

typedef struct {
    arena        *a;
    DA(str)       ids[OUT_COUNT];
    const bounds *what;
} sorting;

static void sorting_fill(sorting *s, const content *all, const content *inside)
{
    for (size_t i = 0; i < all->n_criteria; i++)
        if (!criterion_find(inside, all->criteria[i].id))
            da_push(s->a, &s->ids[OUT_CRITERION]) = all->criteria[i].id;
    for (size_t i = 0; i < all->n_controls; i++)
        if (!control_find(inside, all->controls[i].id))
            da_push(s->a, &s->ids[OUT_CONTROL]) = all->controls[i].id;
    for (size_t i = 0; i < all->n_tests; i++)
        if (!test_find(inside, all->tests[i].id))
            da_push(s->a, &s->ids[OUT_TEST]) = all->tests[i].id;
    for (size_t i = 0; i < s->what->n_types; i++)
        da_push(s->a, &s->ids[OUT_REGISTER]) = str_of(s->what->types[i]->name);
}

/* Quoted, each after `before`, with commas between. */
static void list_outside(const sorting *s, out_kind kind, const char *before, buf *out)
{
    for (size_t i = 0; i < s->ids[kind].n; i++) {
        str quoted = sql_quote(s->a, str_fmt(s->a, "%s" STR_FMT, before, STR_ARG(s->ids[kind].v[i])));
        buf_fmt(out, "%s" STR_FMT, out->n ? ", " : "", STR_ARG(quoted));
    }
}

/* A condition more: what the field names is not outside. Unknown names nothing. */
static void not_listed(buf *out, const char *name, const buf *list)
{
    if (list->n)
        buf_fmt(out, "%s(%s IS NULL OR %s NOT IN (" STR_FMT "))", out->n ? " AND " : "", name, name, STR_ARG(buf_str(list)));
}

/* Any record as TYPE/ID: of a closed register, or one kept of what is outside. */
static void any_record(const sorting *s, const char *name, buf *out)
{
    buf list = buf_new(s->a, 1 << 20);
    for (out_kind k = 0; k < OUT_COUNT; k++)
        list_outside(s, k, str_fmt(s->a, "%s/", catalogues[k]).p, &list);
    not_listed(out, name, &list);
    for (size_t i = 0; i < s->what->n_types; i++)
        buf_fmt(out, "%s(%s IS NULL OR %s NOT LIKE '%s/%%')", out->n ? " AND " : "", name, name, s->what->types[i]->name);
}

/* Fields that hold such an id and are no references: the keys of results, and the gap of an item of the plan. */
static bool names_catalogue(const relation *r, const field *fd, const char *kind)
{
    bool its = strcmp(fd->name, kind) == 0 || (fd->flags & FIELD_KEY && strcmp(r->name, kind) == 0);
    return (fd->ref && strcmp(fd->ref, kind) == 0) || (its && (r->kind == RESULT || strcmp(r->name, kind) == 0));
}

static str condition_of(const sorting *s, const relation *r)
{
    buf out = buf_new(s->a, 4 << 20);
    for (size_t i = 0; i < s->what->n_types; i++)
        if (s->what->types[i] == r)
            return S("FALSE");
    for (size_t i = 0; i < r->n_fields; i++) {
        const field *fd = &r->fields[i];
        bool         planned = strcmp(r->name, "remediation") == 0 && strcmp(fd->name, "gap") == 0;
        buf          list = buf_new(s->a, 1 << 20);
        for (out_kind k = 0; k < OUT_COUNT; k++)
            if (planned || names_catalogue(r, fd, catalogues[k]))
                list_outside(s, k, planned ? str_fmt(s->a, "%s:", catalogues[k]).p : "", &list);
        not_listed(&out, fd->name, &list);
        if (fd->ref && strcmp(fd->ref, "*") == 0)
            any_record(s, fd->name, &out);
    }
    return buf_str(&out);
}

static void sort_out(arena *a, const content *all, unsigned categories, audit_hold *h)
{
    const relation **closed = NEW_ARRAY(a, const relation *, n_relations);
    h->inside = content_within(a, all, categories);
    for (size_t i = 0; i < n_relations; i++)
        if (is_closed(all, h->inside, relations[i]))
            closed[h->what.n_types++] = relations[i];
    h->what.types = closed;
    h->what.words = categories_words(a, categories);
    sorting s = { .a = a, .what = &h->what };
    sorting_fill(&s, all, h->inside);
    h->parts = NEW_ARRAY(a, session_part, n_relations);
    for (size_t i = 0; i < n_relations; i++) {
        str where = relations[i]->kind == FACT ? S("") : condition_of(&s, relations[i]);
        if (where.n)
            h->parts[h->n_parts++] = (session_part){ relations[i], where };
    }
    h->lacks = (left_out){ h->what.words, all->n_criteria - h->inside->n_criteria, all->n_controls - h->inside->n_controls,
                           all->n_tests - h->inside->n_tests, h->what.n_types };
}

/* ---- holding to it ------------------------------------------------------------------------------- */

const audit_hold *app_hold(workspace *ws, const audit_hold *h)
{
    const audit_hold *was = ws->audit;
    ws->audit = h;
    return was;
}

static void own_add(arena *a, audit_hold *h, const char *type, str id) { h->own[h->n_own++] = str_fmt(a, "%s/" STR_FMT, type, STR_ARG(id)); }

static void own_fill(arena *a, const principal *who, const engagement *v, size_t n, audit_hold *h)
{
    h->own = NEW_ARRAY(a, str, 2 * n + 1);
    own_add(a, h, "person", who->person);
    for (size_t i = 0; i < n; i++) {
        own_add(a, h, "engagement", v[i].id);
        own_add(a, h, "engagement_member", v[i].member);
    }
}

bool app_about_asker(const workspace *ws, const relation *r, str id)
{
    const audit_hold *h = ws->audit;
    for (size_t i = 0; h && i < h->n_own; i++) {
        str rest = h->own[i], type = str_cut(&rest, '/');
        if (str_eq(type, str_of(r->name)) && str_eq(rest, id))
            return true;
    }
    return false;
}

/* Not said: now, when an engagement has that, else the latest end of one. 0: now. */
static time_us moment_of(const engagement *v, size_t n, time_us now, time_us said)
{
    time_us latest = 0;
    if (said)
        return said;
    for (size_t i = 0; i < n; i++) {
        if (v[i].open && v[i].from <= now && v[i].to >= now)
            return 0;
        if (v[i].open && v[i].to < now && v[i].to > latest)
            latest = v[i].to;
    }
    return latest;
}

static err_t none_fits(arena *a, const engagement *v, size_t n, fault *f)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].open)
            return fail(f, ERR_DENIED, "your engagement " STR_FMT " reaches from " STR_FMT " to " STR_FMT "; choose a moment within it", STR_ARG(v[i].id),
                        STR_ARG(time_people(a, v[i].from)), STR_ARG(time_people(a, v[i].to)));
    return fail(f, ERR_DENIED, "no engagement of yours is open; the organisation opens one and names you in it");
}

/* What any engagement of that moment examines, up to the first end of them. */
static err_t engagements_join(arena *a, const engagement *v, size_t n, time_us now, time_us at, fault *f, audit_hold *h, unsigned *ret_categories)
{
    time_us until = TIME_MAX;
    *ret_categories = 0;
    for (size_t i = 0; i < n; i++) {
        if (!v[i].open || at < v[i].from || at > v[i].to)
            continue;
        if (v[i].unclear.n)
            return fail(f, ERR_DENIED, "what engagement " STR_FMT " examines cannot be told: " STR_FMT "; who answers for it mends it", STR_ARG(v[i].id), STR_ARG(v[i].unclear));
        until = v[i].to < until ? v[i].to : until;
        *ret_categories |= v[i].categories;
    }
    h->until = until < now ? until : 0;
    return *ret_categories ? ERR_OK : none_fits(a, v, n, f);
}

err_t app_engage(workspace *ws, arena *a, principal *who, time_us now, time_us *as_of, fault *f)
{
    audit_hold          *h = NEW(a, audit_hold);
    const content *all;
    engagement    *v;
    size_t         n;
    unsigned       categories;
    *h = (audit_hold){ 0 };
    TRY(app_engagements(ws, a, who->person, f, &v, &n));
    time_us moment = moment_of(v, n, now, *as_of);
    TRY(engagements_join(a, v, n, now, moment ? moment : now, f, h, &categories));
    TRY(app_content(ws, f, &all));
    h->inside = all;
    if (categories != ALL_CATEGORIES)
        sort_out(a, all, categories, h);
    own_fill(a, who, v, n, h);
    who->until = h->until;
    who->within = h->what.words.n ? &h->what : NULL;
    *as_of = moment;
    (void)app_hold(ws, h);
    return ERR_OK;
}

bool app_left_out(const workspace *ws, left_out *ret)
{
    if (!ws->audit || !ws->audit->what.words.n)
        return false;
    *ret = ws->audit->lacks;
    return true;
}

/* ---- judged by it --------------------------------------------------------------------------------- */

const content *ws_inside(const workspace *ws) { return ws->audit ? ws->audit->inside : ws->content; }

time_us ws_latest(const workspace *ws, time_us as_of)
{
    time_us until = ws->audit ? ws->audit->until : 0;
    return until && as_of > until ? until : as_of;
}

str ws_shown_name(const workspace *ws, arena *a)
{
    left_out l = { 0 };
    return app_left_out(ws, &l) ? str_fmt(a, STR_FMT " (" STR_FMT " alone)", STR_ARG(ws->name), STR_ARG(l.examines)) : ws->name;
}

err_t ws_session(workspace *ws, const session_options *o, fault *f, session **ret)
{
    session_options its = *o;
    its.as_of = ws_latest(ws, o->as_of);
    if (ws->audit) {
        its.parts = ws->audit->parts;
        its.n_parts = ws->audit->n_parts;
    }
    return session_open(ws->st, &its, f, ret);
}

bool app_in_part(const workspace *ws, const relation *r)
{
    for (size_t i = 0; ws->audit && i < ws->audit->n_parts; i++)
        if (ws->audit->parts[i].r == r)
            return true;
    return false;
}

bool app_criteria_inside(const workspace *ws, const str_list *criteria)
{
    bool known = false;
    for (size_t i = 0; ws->audit && i < criteria->n; i++) {
        if (criterion_find(ws->audit->inside, criteria->v[i]))
            return true;
        known |= criterion_find(ws->content, criteria->v[i]) != NULL;
    }
    return !known;                        /* what asks for something else than a criterion belongs to every engagement */
}

err_t app_no_such(workspace *ws, const char *kind, str id, fault *f)
{
    bool known = false;
    if (ws->audit && ws_in_catalogue(ws, str_of(kind), id, &known) && known)
        return fail(f, ERR_DENIED, "%s " STR_FMT " is outside of your engagement, which examines " STR_FMT, kind, STR_ARG(id), STR_ARG(ws->audit->what.words));
    return fail(f, ERR_NOT_FOUND, "there is no %s \"" STR_FMT "\"", kind, STR_ARG(utf8_cut(id, 80)));
}
