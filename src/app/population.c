/* Populations: the rows an auditor samples from, and what shows that none is missing. */
#include "app/workspace.h"

enum { POPULATION_ROWS_MAX = 1000000 };

/* The checks as a control test over nothing stored: needs, freshness and verdict are judged as anywhere else. */
static control_test checks_as_test(arena *a, const population_view *v)
{
    const library_population *p = v->population;
    const asset *file = asset_find(S("sql/population_checks.sql"));
    control_test t = { .id = p->id, .path = p->path, .title = p->title, .n_needs = p->n_needs, .needs = NEW_ARRAY(a, test_need, p->n_needs) };
    assert(file);
    str rest = file->bytes, before = str_cut(&rest, ':');
    str_cut(&rest, 's');                               /* of ":checks" */
    str checks = population_sql(a, p->checks_sql, v->from, v->to);
    t.sql = str_fmt(a, STR_FMT STR_FMT STR_FMT, STR_ARG(before), STR_ARG(checks), STR_ARG(rest));
    for (size_t i = 0; i < p->n_needs; i++)
        t.needs[i] = (test_need){ .relation = p->needs[i].relation, .max_age = p->needs[i].max_age, .may_be_empty = p->needs[i].may_be_empty };
    return t;
}

/* What the column holds: said by the population for times, by a field of its name for yes and no. */
static field_kind kind_of(const library_population *p, str name)
{
    for (size_t i = 0; i < p->times.n; i++)
        if (str_eq(p->times.v[i], name))
            return F_TIME;
    for (size_t i = 0; i < p->n_needs; i++) {
        int at = relation_field(p->needs[i].relation, name);
        if (at >= 0 && p->needs[i].relation->fields[at].kind == F_BOOL)
            return F_BOOL;
    }
    return F_INT;
}

static value cell_of(arena *a, const cursor *c, int column)
{
    if (cursor_null(c, column))
        return V_UNKNOWN;
    return cursor_is_text(c, column) ? v_text(str_dup(a, cursor_text(c, column))) : v_int(cursor_int(c, column));
}

static err_t rows_read(arena *a, session *s, population_view *v, fault *f)
{
    auto_cursor cursor *c = NULL;
    DA(value *)         rows = { 0 };
    bool                more;
    TRY(session_query(s, population_sql(a, v->population->sql, v->from, v->to), f, &c));
    v->n_columns = (size_t)cursor_columns(c);
    v->columns = NEW_ARRAY(a, population_column, v->n_columns);
    for (size_t i = 0; i < v->n_columns; i++) {
        str name = str_dup(a, cursor_name(c, (int)i));
        v->columns[i] = (population_column){ .name = name, .kind = kind_of(v->population, name) };
    }
    for (;;) {
        TRY(cursor_next(c, f, &more));
        if (!more)
            break;
        TRY(arena_room(a, f));
        value *row = NEW_ARRAY(a, value, v->n_columns);
        for (size_t i = 0; i < v->n_columns; i++)
            row[i] = cell_of(a, c, (int)i);
        da_push(a, &rows) = row;
    }
    v->rows = (const value *const *)rows.v;
    v->n_rows = rows.n;
    return ERR_OK;
}

static err_t period_settle(time_us from, time_us to, time_us known, fault *f, population_view *v)
{
    const time_us now = known ? known : time_now();
    v->to = to ? to : now;
    v->from = from ? from : v->to - DAYS(365);
    if (v->from >= v->to)
        return fail(f, ERR_INVALID, "the period ends before it begins");
    v->as_of = v->population->at_end && v->to < now ? v->to : now;
    return ERR_OK;
}

err_t app_population_may(workspace *ws, const principal *who, const library_population *p, fault *f)
{
    principal whole = *who;               /* what is inside is shown whole */
    whole.within = NULL;
    if (!app_criteria_inside(ws, &p->criteria))
        return fail(f, ERR_DENIED, "population " STR_FMT " is outside of your engagement, which examines " STR_FMT, STR_ARG(p->id),
                    STR_ARG(who->within ? who->within->words : S("")));
    for (size_t i = 0; i < p->n_needs; i++)
        if (p->needs[i].relation->record)
            TRY(record_may_read_all(&whole, p->needs[i].relation, f));
    return ERR_OK;
}

err_t app_population(workspace *ws, arena *a, const principal *who, str name, time_us from, time_us to, time_us known, fault *f, population_view *ret)
{
    auto_session session *s = NULL;
    const library        *l;
    population_view       v = { 0 };
    TRY(app_library(ws, f, &l));
    v.population = library_population_find(l, name);
    if (!v.population)
        return fail(f, ERR_NOT_FOUND, "there is no population \"" STR_FMT "\"; see: attest population list", STR_ARG(name));
    TRY(app_population_may(ws, who, v.population, f));
    TRY(period_settle(from, to, ws_latest(ws, known ? known : time_now()), f, &v));
    control_test *t = NEW(a, control_test);
    *t = checks_as_test(a, &v);
    TRY(session_open(ws->st, &(session_options){ .as_of = v.as_of, .rows_max = POPULATION_ROWS_MAX }, f, &s));
    TRY(assess_test(a, s, t, v.as_of, f, &v.checks));
    TRY(rows_read(a, s, &v, f));
    v.complete = v.checks.state == STATE_PASS;
    *ret = v;
    return ERR_OK;
}
