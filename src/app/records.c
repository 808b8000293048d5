/* The use cases over records: permission and rules are the engine's; here they
 * become one commit that is published. */
#include "app/workspace.h"

/* ---- who ------------------------------------------------------------------------------- */

static err_t person_find(workspace *ws, arena *a, str match, fault *f, principal *ret, bool *ret_found)
{
    auto_session session *s = NULL;
    auto_cursor cursor   *c = NULL;
    const sql_hole        hole = { "match", match };
    TRY(session_open(ws->st, &(session_options){ .as_of = TIME_MAX }, f, &s));
    TRY(session_query(s, sql_read(a, "sql/program/person.sql", &hole, 1), f, &c));
    TRY(cursor_next(c, f, ret_found));
    if (!*ret_found)
        return ERR_OK;
    ret->person = str_dup(a, cursor_text(c, 0));
    if (cursor_null(c, 1) || !role_parse(cursor_text(c, 1), &ret->role))
        ret->role = ROLE_MEMBER;
    if (str_eq(cursor_text(c, 2), S("left")))
        return fail(f, ERR_DENIED, STR_FMT " has left and acts no more", STR_ARG(ret->person));
    return ERR_OK;
}

err_t app_principal(workspace *ws, arena *a, str login, str as, fault *f, principal *ret)
{
    str       quoted = sql_quote(a, login), actor = str_fmt(a, "cli:" STR_FMT, STR_ARG(login));
    principal own = { .role = ROLE_OWNER };      /* who keeps the files and is nobody here: the first one, before there are people */
    bool      found;
    TRY(person_find(ws, a, str_fmt(a, "login = " STR_FMT " OR email = " STR_FMT, STR_ARG(quoted), STR_ARG(quoted)), f, &own, &found));
    own.actor = actor;
    *ret = own;
    if (!as.n || str_eq(as, own.person))
        return ERR_OK;
    if (own.role < ROLE_MANAGER)
        return fail(f, ERR_DENIED, "only a manager or above may act for others; you are " STR_FMT, STR_ARG(own.person));
    TRY(person_find(ws, a, str_fmt(a, "id = " STR_FMT, STR_ARG(sql_quote(a, as))), f, ret, &found));
    if (!found)
        return fail(f, ERR_NOT_FOUND, "there is no person \"" STR_FMT "\"", STR_ARG(utf8_cut(as, 80)));
    ret->actor = str_fmt(a, STR_FMT " as " STR_FMT, STR_ARG(actor), STR_ARG(as));
    return ret->role <= own.role ? ERR_OK : fail(f, ERR_DENIED, STR_FMT " may more than you; a %s acts for lesser roles only", STR_ARG(as), role_name(own.role));
}

/* ---- what the engine asks of us ----------------------------------------------------------- */

static bool is_category(str id)
{
    for (category c = CAT_SECURITY; c < CAT_COUNT_; c++)
        if (str_eq(id, str_of(category_id(c))))
            return true;
    return false;
}

bool ws_in_catalogue(void *arg, str type, str id, bool *ret_known)
{
    workspace *ws = arg;
    if (str_eq(type, S("control")))
        *ret_known = control_find(ws->content, id) != NULL;
    else if (str_eq(type, S("criterion")))
        *ret_known = criterion_find(ws->content, id) != NULL;
    else if (str_eq(type, S("test")))
        *ret_known = test_find(ws->content, id) != NULL;
    else if (str_eq(type, S("category")))
        *ret_known = is_category(id);
    else if (str_eq(type, S("register"))) {
        const relation *r = relation_find(id);
        *ret_known = r && r->record;
    } else
        return false;
    return true;
}

err_t ws_calendars(workspace *ws, fault *f)
{
    calendars *cs;
    if (ws->calendars)
        return ERR_OK;
    TRY(calendar_load(ws->a, ws_path(ws->a, ws, "content"), f, &cs));
    ws->calendars = cs;
    return ERR_OK;
}

err_t app_work(workspace *ws, const principal *who, str action, str reason, fault *f, work **ret)
{
    const content *ct;
    TRY(app_content(ws, f, &ct));
    TRY(ws_calendars(ws, f));
    ws->hooks = (work_hooks){ ws, ws_in_catalogue, effect_run };
    ws->acting = *who;
    ws->memory = NULL;
    return work_begin(&(work_options){ ws->st, ws->calendars, &ws->acting, &ws->hooks, action, reason, false }, f, ret);
}

/* The faults outlive the work that found them. */
static void faults_keep(arena *a, const work *w, record_done *ret)
{
    const field_faults *v = work_faults(w);
    for (size_t i = 0; i < v->n; i++)
        da_push(a, &ret->faults) = (field_fault){ str_dup(a, v->v[i].record), str_dup(a, v->v[i].field), str_dup(a, v->v[i].why) };
}

err_t app_work_finish(workspace *ws, work *w, arena *a, fault *f, record_done *ret)
{
    commit_done done;
    faults_keep(a, w, ret);
    TRY(work_finish(w, a, f, &done));
    ret->opened = done.opened;
    ret->seq = done.seq;
    return ws_publish(ws, f);
}

/* ---- changes --------------------------------------------------------------------------------- */

err_t app_work_refused(work *w, arena *a, err_t e, record_done *ret)
{
    faults_keep(a, w, ret);
    work_abort(w);
    return e;
}

err_t app_add(workspace *ws, arena *a, const principal *who, const relation *r, str id, const assignment *set, size_t n,
              str reason, fault *f, record_done *ret)
{
    work *w;
    *ret = (record_done){ .seq = -1 };
    TRY(app_work(ws, who, S("add"), reason, f, &w));
    err_t e = work_add(w, r, id, set, n, f, &ret->id);
    if (e != ERR_OK)
        return app_work_refused(w, a, e, ret);
    ret->id = str_dup(a, ret->id);
    return app_work_finish(ws, w, a, f, ret);
}

static err_t edit_all(workspace *ws, arena *a, const principal *who, const relation *r, const str *ids, size_t n_ids, int64_t expected,
                      const assignment *set, size_t n, str reason, bool keep, fault *f, record_done *ret)
{
    work *w;
    err_t first = ERR_OK;
    *ret = (record_done){ .seq = -1 };
    TRY(app_work(ws, who, S("edit"), reason, f, &w));
    for (size_t i = 0; i < n_ids; i++) {
        err_t e = work_edit(w, r, ids[i], expected, set, n, f);
        first = first == ERR_OK ? e : first;
    }
    return first == ERR_OK && keep ? app_work_finish(ws, w, a, f, ret) : app_work_refused(w, a, first, ret);
}

err_t app_edit(workspace *ws, arena *a, const principal *who, const relation *r, const str *ids, size_t n_ids, int64_t expected,
               const assignment *set, size_t n, str reason, fault *f, record_done *ret)
{
    return edit_all(ws, a, who, r, ids, n_ids, expected, set, n, reason, true, f, ret);
}

err_t app_edit_dry(workspace *ws, arena *a, const principal *who, const relation *r, const str *ids, size_t n_ids, int64_t expected,
                   const assignment *set, size_t n, str reason, fault *f, record_done *ret)
{
    return edit_all(ws, a, who, r, ids, n_ids, expected, set, n, reason, false, f, ret);
}

err_t app_do(workspace *ws, arena *a, const principal *who, const relation *r, const str *ids, size_t n_ids, int64_t expected,
             str transition_name, const assignment *set, size_t n, str reason, fault *f, record_done *ret)
{
    work *w;
    err_t first = ERR_OK;
    *ret = (record_done){ .seq = -1 };
    TRY(app_work(ws, who, transition_name, reason, f, &w));
    for (size_t i = 0; i < n_ids; i++) {
        err_t e = work_do(w, r, ids[i], expected, transition_name, set, n, f);
        first = first == ERR_OK ? e : first;
    }
    return first == ERR_OK ? app_work_finish(ws, w, a, f, ret) : app_work_refused(w, a, first, ret);
}

/* ---- duties --------------------------------------------------------------------------------- */

err_t app_duties(workspace *ws, fault *f, const duties **ret)
{
    if (!ws->duties)
        TRY(duties_load(ws->a, ws_path(ws->a, ws, "content"), f, &ws->duties));
    *ret = ws->duties;
    return ERR_OK;
}

err_t app_tick(workspace *ws, arena *a, fault *f, tick_result *ret)
{
    static const principal itself = { .actor = { "attest", 6 }, .role = ROLE_OWNER };
    const duties *d;
    work         *w;
    record_done   done = { .seq = -1 };
    TRY(app_duties(ws, f, &d));
    TRY(app_work(ws, &itself, S("tick"), S(""), f, &w));
    err_t e = duties_tick(w, d, a, f, ret);
    if (e == ERR_OK)
        e = reminders_queue(ws, w, a, ret, f);
    return e == ERR_OK ? app_work_finish(ws, w, a, f, &done) : app_work_refused(w, a, e, &done);
}

/* ---- reading ------------------------------------------------------------------------------------ */

static err_t open_at(workspace *ws, time_us as_of, fault *f, session **ret)
{
    return ws_session(ws, &(session_options){ .as_of = as_of ? as_of : TIME_MAX, .history = true }, f, ret);
}

/* What is about the asker's own part in an engagement is no part of what is examined: read as it is now. */
static err_t open_for(workspace *ws, const principal **who, principal *own, const relation *r, str id, time_us as_of, fault *f, session **ret)
{
    if (!app_about_asker(ws, r, id))
        return open_at(ws, as_of, f, ret);
    *own = **who;
    own->until = 0;
    own->within = NULL;
    *who = own;
    return session_open(ws->st, &(session_options){ .as_of = TIME_MAX, .history = true }, f, ret);
}

/* What is not among the rows of the engagement and yet is there: that is told apart. */
static err_t outside_or_none(workspace *ws, arena *a, const principal *who, const relation *r, str id, time_us as_of, err_t e, const fault *why,
                             fault *f)
{
    auto_session session *whole = NULL;
    record_view           v;
    fault                 none = { 0 };
    if (e != ERR_NOT_FOUND || !who->within || !app_in_part(ws, r))
        return fail(f, e, "%s", why->text);
    TRY(session_open(ws->st, &(session_options){ .as_of = ws_latest(ws, as_of ? as_of : TIME_MAX), .history = true }, f, &whole));
    if (record_get(a, whole, who, r, id, &none, &v) != ERR_OK)
        return fail(f, e, "%s", why->text);
    return fail(f, ERR_DENIED, "%s " STR_FMT " is outside of your engagement, which examines " STR_FMT, r->name, STR_ARG(id), STR_ARG(who->within->words));
}

err_t app_get(workspace *ws, arena *a, const principal *who, const relation *r, str id, time_us as_of, fault *f,
              record_view *ret, related **ret_related, size_t *ret_n)
{
    auto_session session *s = NULL;
    principal             own;
    fault                 why = { 0 };
    TRY(open_for(ws, &who, &own, r, id, as_of, f, &s));
    err_t e = record_get(a, s, who, r, id, &why, ret);
    if (e != ERR_OK)
        return outside_or_none(ws, a, who, r, id, as_of, e, &why, f);
    return record_related(a, s, r, id, f, ret_related, ret_n);
}

err_t app_find(workspace *ws, arena *a, const principal *who, const record_query *q, time_us as_of, fault *f, record_list *ret)
{
    auto_session session *s = NULL, *whole = NULL;
    int64_t               all;
    TRY(open_at(ws, as_of, f, &s));
    TRY(record_find(a, s, who, q, f, ret));
    if (!app_in_part(ws, q->r))
        return ERR_OK;
    TRY(session_open(ws->st, &(session_options){ .as_of = ws_latest(ws, as_of ? as_of : TIME_MAX) }, f, &whole));
    TRY(record_count(a, whole, who, q, f, &all));
    ret->left_out = all - ret->total;
    return ERR_OK;
}

err_t app_history(workspace *ws, arena *a, const principal *who, const relation *r, str id, fault *f,
                  record_change **ret, size_t *ret_n)
{
    auto_session session *s = NULL;
    principal             own;
    fault                 why = { 0 };
    TRY(open_for(ws, &who, &own, r, id, 0, f, &s));
    err_t e = record_history(a, s, who, r, id, &why, ret, ret_n);
    return e == ERR_OK ? e : outside_or_none(ws, a, who, r, id, 0, e, &why, f);
}
