/* What happens beside a change of records: one function each. */
#include "app/workspace.h"

typedef struct {
    workspace      *ws;
    arena          *a;
    work           *w;
    const relation *r;
    const value    *row;
    fault          *f;
} effect_call;

static str own(const effect_call *e, const char *name) { return row_text(e->r, e->row, name); }
static str id_of(const effect_call *e) { return e->row[0].s; }

static err_t query(const effect_call *e, const char *path, const sql_hole *holes, size_t n, cursor **ret)
{
    return session_query(work_session(e->w), sql_read(e->a, path, holes, n), e->f, ret);
}

static str text_of(arena *a, cursor *c, int column)
{
    return cursor_null(c, column) ? S("") : str_dup(a, cursor_text(c, column));
}

/* A copy of the row that may be changed and put. */
static value *copy(arena *a, const relation *r, const value *row)
{
    value *v = NEW_ARRAY(a, value, r->n_fields);
    memcpy(v, row, r->n_fields * sizeof *v);
    return v;
}

static void put(const relation *r, value *row, const char *name, value v)
{
    int i = relation_field(r, str_of(name));
    assert(i >= 0);
    row[i] = v;
}

/* ---- access review ------------------------------------------------------------------------ */

enum { SEEN_DAYS = 7 };

typedef struct { str login, person, privileged; time_us seen_at; } access_holder;
typedef DA(access_holder) holders;

/* All of them first: what is written looks other things up, and no query may be open then. */
static err_t holders_read(const effect_call *e, const char *path, holders *out)
{
    const sql_hole      hole = { "system", sql_quote(e->a, own(e, "system")) };
    auto_cursor cursor *c = NULL;
    TRY(query(e, path, &hole, 1, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, e->f, &more));
        if (!more)
            return ERR_OK;
        da_push(e->a, out) = (access_holder){ text_of(e->a, c, 0), text_of(e->a, c, 1),
                                       cursor_null(c, 2) ? S("?") : cursor_int(c, 2) ? S("true") : S("false"),
                                       cursor_null(c, 3) ? 0 : cursor_int(c, 3) };
    }
}

static err_t freeze_one(const effect_call *e, const access_holder *h)
{
    const assignment set[] = {
        { S("review"), id_of(e) }, { S("system"), own(e, "system") }, { S("login"), h->login }, { S("person"), h->person },
        { S("reviewer"), own(e, "reviewer") }, { S("privileged"), h->privileged },
    };
    return work_add(e->w, relation_find(S("access_decision")), S(""), set, COUNT(set), e->f, NULL);
}

/* The whole population, as the facts show it, becomes one decision each. */
static err_t freeze_rows(const effect_call *e, const holders *list, hasher *hs)
{
    time_us oldest = work_moment(e->w) - DAYS(SEEN_DAYS);
    for (size_t i = 0; i < list->n; i++) {
        const access_holder *h = &list->v[i];
        if (h->seen_at < oldest)
            return work_refuse(e->w, e->r, id_of(e), "system", ERR_DENIED, e->f,
                               str_fmt(e->a, "its accounts were not seen in the last %d days; run: attest collect", SEEN_DAYS));
        str line = str_fmt(e->a, STR_FMT "\t" STR_FMT "\t" STR_FMT "\n", STR_ARG(own(e, "system")), STR_ARG(h->login), STR_ARG(h->privileged));
        sha256_add(hs, line.p, line.n);
        TRY(freeze_one(e, h));
    }
    return ERR_OK;
}

static err_t freeze_accounts(const effect_call *e)
{
    str                 kind = own(e, "kind");
    const char         *path = str_eq(kind, S("role")) ? "sql/effects/rights.sql"
                               : str_eq(kind, S("physical")) ? "sql/effects/badges.sql" : "sql/effects/accounts.sql";
    auto_hasher hasher *h = hasher_new();
    holders             list = { 0 };
    TRY(holders_read(e, path, &list));
    sha256_begin(h);
    TRY(freeze_rows(e, &list, h));
    hash32 digest = sha256_end(h);
    if (!list.n)
        return work_refuse(e->w, e->r, id_of(e), "system", ERR_DENIED, e->f,
                           S("nobody is known to have access to it: is it written as in `attest sql 'SELECT DISTINCT system FROM account'`?"));
    value *row = copy(e->a, e->r, e->row);
    put(e->r, row, "population", v_int((int64_t)list.n));
    put(e->r, row, "digest", v_text(hex_of(e->a, digest.b, sizeof digest.b)));
    return work_put(e->w, e->r, row, e->f);
}

/* ---- checklists ---------------------------------------------------------------------------- */

/* Read once for all people of a work, so that a file of joiners asks no more than one. */
struct work_memory {
    const work *w;
    map         roles;                    /* role -> person, as str */
    bool        has_roles;
    struct { str kind; map steps; } open[2];   /* "person step" -> anything */
    size_t      n_open;
};

static struct work_memory *memory_of(const effect_call *e)
{
    if (!e->ws->memory || e->ws->memory->w != e->w) {
        e->ws->memory = NEW(e->ws->a, struct work_memory);
        e->ws->memory->w = e->w;
    }
    return e->ws->memory;
}

static err_t roles_read(const effect_call *e, const map **ret)
{
    struct work_memory *m = memory_of(e);
    auto_cursor cursor *c = NULL;
    bool                more = !m->has_roles;
    *ret = &m->roles;
    if (!more)
        return ERR_OK;
    m->roles = map_new(e->ws->a);
    TRY(query(e, "sql/effects/roles.sql", NULL, 0, &c));
    for (;;) {
        TRY(cursor_next(c, e->f, &more));
        if (!more)
            break;
        void **slot = map_put(&m->roles, text_of(e->ws->a, c, 0));
        if (!*slot) {
            str *person = NEW(e->ws->a, str);
            *person = text_of(e->ws->a, c, 1);
            *slot = person;
        }
    }
    m->has_roles = true;
    return ERR_OK;
}

static str step_key(arena *a, str person, str step) { return str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(person), STR_ARG(step)); }

static err_t steps_open(const effect_call *e, str kind, const map **ret)
{
    struct work_memory *m = memory_of(e);
    const sql_hole      hole = { "kind", sql_quote(e->a, kind) };
    auto_cursor cursor *c = NULL;
    for (size_t i = 0; i < m->n_open; i++)
        if (str_eq(m->open[i].kind, kind)) {
            *ret = &m->open[i].steps;
            return ERR_OK;
        }
    assert(m->n_open < COUNT(m->open));
    map *steps = &m->open[m->n_open].steps;
    *steps = map_new(e->ws->a);
    TRY(query(e, "sql/effects/steps.sql", &hole, 1, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, e->f, &more));
        if (!more)
            break;
        *map_put(steps, step_key(e->ws->a, cursor_text(c, 0), cursor_text(c, 1))) = m;
    }
    m->open[m->n_open++].kind = str_dup(e->ws->a, kind);
    *ret = steps;
    return ERR_OK;
}

/* What kind of step it is follows from the first control it serves. */
static str step_category(const checklist_item *item)
{
    static const struct { const char *control, *category; } rows[] = {
        { "AC-", "access" }, { "NW-", "access" }, { "HR-08", "equipment" }, { "EP-03", "equipment" }, { "PH-01", "equipment" },
        { "HR-07", "agreement" }, { "GV-01", "agreement" }, { "PL-05", "agreement" }, { "HR-03", "training" }, { "HR-04", "training" },
        { "HR-06", "knowledge" },
    };
    for (size_t i = 0; item->controls.n && i < COUNT(rows); i++)
        if (str_starts(item->controls.v[0], str_of(rows[i].control)))
            return str_of(rows[i].category);
    return S("other");
}

static err_t step_add(const effect_call *e, str kind, const checklist_item *item, const map *roles)
{
    int        i = relation_field(e->r, item->anchor == ANCHOR_START ? S("starts_at") : S("ends_at"));
    time_us    now = work_moment(e->w), base = e->row[i].kind == V_INT ? e->row[i].i : now;
    time_us    first = (now < base ? now : base) + DAYS(1);      /* nothing is late on the day its list is opened in time */
    const str *holder = map_get(roles, item->owner);
    str        owner = str_eq(item->owner, S("manager")) ? own(e, "manager") : str_eq(item->owner, S("person")) ? id_of(e) : holder ? *holder : S("");
    const assignment set[] = {
        { S("person"), id_of(e) }, { S("kind"), kind }, { S("title"), item->title }, { S("step"), item->id },
        { S("category"), step_category(item) },
        { S("due_at"), time_rfc3339(e->a, base + item->due > first ? base + item->due : first) }, { S("owner"), owner },
    };
    return work_add(e->w, relation_find(S("checklist_item")), S(""), set, COUNT(set), e->f, NULL);
}

static err_t checklist_open(const effect_call *e, str kind)
{
    const library           *lib;
    const library_checklist *list;
    const map               *roles, *open;
    TRY(app_library(e->ws, e->f, &lib));
    list = library_checklist_find(lib, kind);
    if (!list)
        return ERR_OK;                    /* the workspace took it out */
    TRY(roles_read(e, &roles));
    TRY(steps_open(e, kind, &open));
    for (size_t i = 0; i < list->n_items; i++)
        if (checklist_for(&list->items[i], own(e, "kind")) && !map_get(open, step_key(e->a, id_of(e), list->items[i].id)))
            TRY(step_add(e, kind, &list->items[i], roles));
    return ERR_OK;
}

/* Who began long ago and is only recorded now needs no list of first steps. */
static err_t onboarding(const effect_call *e)
{
    enum { NEW_DAYS = 180 };
    const value *began = &e->row[relation_field(e->r, S("starts_at"))];
    bool         long_ago = began->kind == V_INT && began->i < work_moment(e->w) - DAYS(NEW_DAYS);
    return long_ago ? ERR_OK : checklist_open(e, S("onboarding"));
}

static err_t offboarding(const effect_call *e) { return checklist_open(e, S("offboarding")); }

/* ---- policies ------------------------------------------------------------------------------- */

static err_t retire_one(const effect_call *e, str id)
{
    const value *old;
    TRY(work_row(e->w, e->r, id, e->f, &old));
    value *row = copy(e->a, e->r, old);
    put(e->r, row, "state", v_z("retired"));
    put(e->r, row, "retired_at", v_int(work_moment(e->w)));
    return work_put(e->w, e->r, row, e->f);
}

static err_t others_read(const effect_call *e, str_list *out)
{
    const sql_hole      holes[] = { { "policy", sql_quote(e->a, own(e, "policy")) }, { "id", sql_quote(e->a, id_of(e)) } };
    auto_cursor cursor *c = NULL;
    DA(str)             ids = { 0 };
    TRY(query(e, "sql/effects/published.sql", holes, COUNT(holes), &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, e->f, &more));
        if (!more)
            break;
        da_push(e->a, &ids) = text_of(e->a, c, 0);
    }
    *out = (str_list){ ids.v, ids.n };
    return ERR_OK;
}

static err_t retire_others(const effect_call *e)
{
    str_list ids;
    TRY(others_read(e, &ids));
    for (size_t i = 0; i < ids.n; i++)
        TRY(retire_one(e, ids.v[i]));
    return ERR_OK;
}

/* The policy holds from now on, and is due again after its months. */
static err_t supersede(const effect_call *e)
{
    const relation *r = relation_find(S("policy"));
    const value    *was;
    TRY(retire_others(e));
    TRY(work_row(e->w, r, own(e, "policy"), e->f, &was));
    if (!was)
        return ERR_OK;
    value *row = copy(e->a, r, was);
    int    months = relation_field(r, S("review_months"));
    put(r, row, "state", v_z("active"));
    put(r, row, "review_due_at", v_int(period_add(NULL, work_moment(e->w), (period){ PERIOD_MONTHS, row[months].i })));
    put(r, row, "reviewed_at", v_int(work_moment(e->w)));
    if (e->w && work_who(e->w)->person.n)
        put(r, row, "reviewer", v_text(work_who(e->w)->person));
    return work_put(e->w, r, row, e->f);
}

/* ---- incidents -------------------------------------------------------------------------------- */

/* Which duties an impact on data opens; the others depend on who one is, and are added by hand. */
static const struct { const char *impact, *regime, *recipient, *basis; } data_duties[] = {
    { "personal suspected", "gdpr_breach", "supervisory authority", "GDPR Art. 33: from when the organisation became aware" },
    { "personal confidential suspected", "customer_contract", "customers concerned", "notice clauses of the contracts" },
};

static err_t notify_clocks(const effect_call *e)
{
    const sql_hole      hole = { "incident", sql_quote(e->a, id_of(e)) };
    auto_cursor cursor *c = NULL;
    map                 open = map_new(e->a);
    str                 impact = own(e, "data_impact");
    int                 noticed = relation_field(e->r, S("detected_at"));
    TRY(query(e, "sql/effects/clocks.sql", &hole, 1, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, e->f, &more));
        if (!more)
            break;
        *map_put(&open, text_of(e->a, c, 0)) = e->w;
    }
    for (size_t i = 0; i < COUNT(data_duties); i++) {
        const assignment set[] = {
            { S("incident"), id_of(e) }, { S("regime"), str_of(data_duties[i].regime) }, { S("recipient"), str_of(data_duties[i].recipient) },
            { S("basis"), str_of(data_duties[i].basis) }, { S("started_at"), time_rfc3339(e->a, e->row[noticed].i) },
            { S("owner"), own(e, "commander") },
        };
        if (list_has(data_duties[i].impact, impact) && !map_get(&open, set[1].text))
            TRY(work_add(e->w, relation_find(S("notification")), S(""), set, COUNT(set), e->f, NULL));
    }
    return ERR_OK;
}

err_t effect_run(void *arg, work *w, effect_id effect, const relation *r, const value *row, fault *f)
{
    static err_t (*const functions[EFFECT_COUNT_])(const effect_call *e) = {
        [EFFECT_FREEZE_ACCOUNTS] = freeze_accounts, [EFFECT_ONBOARDING] = onboarding, [EFFECT_OFFBOARDING] = offboarding,
        [EFFECT_SUPERSEDE] = supersede, [EFFECT_NOTIFY_CLOCKS] = notify_clocks,
    };
    auto_arena arena *a = arena_new(256 << 20);
    const effect_call e = { arg, a, w, r, row, f };
    return functions[effect] ? functions[effect](&e) : ERR_OK;
}
