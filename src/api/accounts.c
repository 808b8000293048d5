/* How people sign in, for who manages them: what each has, one-time links, sessions and tokens that end. Nobody
 * changes the access of somebody who may more than they may themselves. */
#include "api/parts.h"

enum { COL_ID, COL_NAME, COL_EMAIL, COL_PERMISSION, COL_STATE, COL_LAST };
enum { PAGE_MAX = 200 };
#define LINK_LASTS HOURS(72)

/* The members of an account; the object stays open. */
static err_t put_account(ask *q, json_writer *w, const row_table *t, size_t i)
{
    auth_factors has = { 0 };
    time_us      until = 0;
    str          person = table_cell(t, i, COL_ID);
    TRY(auth_factors_of(gate_auth(q->g), person, &q->f, &has));
    TRY(auth_link_until(gate_auth(q->g), person, &q->f, &until));
    jw_obj(w);
    jw_kstr(w, "person", person);
    put_kcell(w, "name", table_cell(t, i, COL_NAME));
    put_kcell(w, "email", table_cell(t, i, COL_EMAIL));
    jw_kstr(w, "permission", table_cell(t, i, COL_PERMISSION));
    jw_kstr(w, "state", table_cell(t, i, COL_STATE));
    jw_kbool(w, "password", has.has_password);
    jw_kbool(w, "authenticator", has.has_totp);
    jw_kint(w, "passkeys", has.passkeys);
    jw_kint(w, "recovery_codes", has.recovery_left);
    put_kmoment(q, w, "last_sign_in", table_cell(t, i, COL_LAST));
    put_ktime(q, w, "link_until", until);
    return ERR_OK;
}

static err_t rows_of(ask *q, str match, int64_t limit, int64_t offset, row_table *ret)
{
    const sql_hole holes[] = { { "match", match }, { "limit", str_fmt(q->a, "%lld", (long long)limit) }, { "offset", str_fmt(q->a, "%lld", (long long)offset) } };
    return app_rows(q->ws, q->a, "sql/api/accounts.sql", holes, COUNT(holes), q->as_of, &q->f, ret);
}

static err_t get_accounts(ask *q)
{
    str            here = S("p.state <> 'left'");
    const sql_hole match = { "match", here };
    row_table      t = { 0 }, all = { 0 };
    list_page      p = { 0 };
    int64_t        total = 0;
    TRY(page_wanted(q, &p));
    if (p.limit > PAGE_MAX)
        p.limit = PAGE_MAX;
    TRY(app_rows(q->ws, q->a, "sql/api/accounts_total.sql", &match, 1, q->as_of, &q->f, &all));
    TRY(rows_of(q, here, p.limit, p.offset, &t));
    if (!parse_int(table_cell(&all, 0, 0), 0, INT64_MAX, &total))
        return fail(&q->f, ERR_INTERNAL, "a count is no number");
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < t.n_rows; i++) {
        TRY(put_account(q, &w, &t, i));
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_kint(&w, "total", total);
    put_next(q, &w, &p, t.n_rows, total);
    jw_end_obj(&w);
    return ERR_OK;
}

/* ---- one -------------------------------------------------------------------------------------- */

static void put_sessions(ask *q, json_writer *w, const auth_session *v, size_t n)
{
    jw_key(w, "sessions");
    jw_arr(w);
    for (size_t i = 0; i < n; i++) {
        jw_obj(w);
        jw_kstr(w, "session", v[i].handle);
        jw_kstr(w, "method", v[i].method);
        jw_kstr(w, "address", v[i].address);
        jw_kstr(w, "agent", v[i].agent);
        put_ktime(q, w, "started_at", v[i].started_at);
        put_ktime(q, w, "seen_at", v[i].seen_at);
        put_ktime(q, w, "ends_at", v[i].ends_at);
        jw_end_obj(w);
    }
    jw_end_arr(w);
}

static void put_tokens(ask *q, json_writer *w, const auth_token *v, size_t n)
{
    jw_key(w, "tokens");
    jw_arr(w);
    for (size_t i = 0; i < n; i++) {
        jw_obj(w);
        jw_kstr(w, "token", v[i].handle);
        jw_kstr(w, "label", v[i].label);
        jw_kstr(w, "scopes", scopes_text(q->a, v[i].scopes));
        jw_kstr(w, "made_by", v[i].made_by);
        put_ktime(q, w, "made_at", v[i].made_at);
        put_ktime(q, w, "used_at", v[i].used_at);
        put_ktime(q, w, "ends_at", v[i].ends_at);
        jw_end_obj(w);
    }
    jw_end_arr(w);
}

static err_t get_account(ask *q)
{
    row_table     t = { 0 };
    auth_session *sessions = NULL;
    auth_token   *tokens = NULL;
    size_t        n_sessions = 0, n_tokens = 0;
    TRY(rows_of(q, str_fmt(q->a, "p.id = " STR_FMT, STR_ARG(sql_quote(q->a, q->params[0]))), 1, 0, &t));
    if (!t.n_rows)
        return fail(&q->f, ERR_NOT_FOUND, "there is no person \"" STR_FMT "\"", STR_ARG(utf8_cut(q->params[0], 80)));
    TRY(auth_session_list(gate_auth(q->g), q->a, q->params[0], &q->f, &sessions, &n_sessions));
    TRY(auth_token_list(gate_auth(q->g), q->a, q->params[0], &q->f, &tokens, &n_tokens));
    json_writer w = answer_json(q);
    TRY(put_account(q, &w, &t, 0));
    put_sessions(q, &w, sessions, n_sessions);
    put_tokens(q, &w, tokens, n_tokens);
    jw_end_obj(&w);
    return ERR_OK;
}

/* ---- changing ------------------------------------------------------------------------------------ */

static err_t person_to_change(ask *q, str *ret)
{
    principal target = { 0 };
    str       name = { 0 };
    TRY(app_person(q->ws, q->a, q->params[0], &q->f, &target, &name));
    if (target.role > q->who.role)
        return fail(&q->f, ERR_DENIED, STR_FMT " is %s and may more than you; ask one who is", STR_ARG(name), role_name(target.role));
    *ret = target.person;
    return ERR_OK;
}

/* The link is a secret: it is in this answer alone. */
static err_t answer_link(ask *q, str person, const char *what)
{
    str secret = { 0 };
    TRY(auth_link_make(gate_auth(q->g), q->a, person, LINK_LASTS, &q->f, &secret));
    TRY(ask_event(q, "factor_changed", person, str_fmt(q->a, "%s, by " STR_FMT, what, STR_ARG(q->who.person)), true));
    q->rs->status = 201;
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "person", person);
    jw_kstr(&w, "link", str_fmt(q->a, STR_FMT "/" AUTH_LINK "/" STR_FMT, STR_ARG(ask_origin(q)), STR_ARG(secret)));
    put_ktime(q, &w, "until", q->now + LINK_LASTS);
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t answer_ended(ask *q, str person, str what)
{
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "person", person);
    jw_kstr(&w, "ended", what);
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t post_link(ask *q)
{
    str person = { 0 };
    TRY(person_to_change(q, &person));
    return answer_link(q, person, "one-time link made");
}

static err_t delete_link(ask *q)
{
    str person = { 0 };
    TRY(person_to_change(q, &person));
    TRY(auth_link_end(gate_auth(q->g), person, &q->f));
    TRY(ask_event(q, "factor_changed", person, str_fmt(q->a, "one-time link withdrawn, by " STR_FMT, STR_ARG(q->who.person)), true));
    return answer_ended(q, person, S("link"));
}

static err_t post_reset(ask *q)
{
    str person = { 0 };
    TRY(person_to_change(q, &person));
    if (str_eq(person, q->who.person))
        return fail(&q->f, ERR_INVALID, "this would end the token that asks for it; change what is yours in the browser, under My account");
    TRY(auth_forget(gate_auth(q->g), person, &q->f));
    return answer_link(q, person, "everything to sign in with was reset");
}

/* {"session":HANDLE}, {"token":HANDLE}, or {"all":"sessions"}. */
static err_t post_end(ask *q)
{
    json_parts o = { 0 };
    str        person = { 0 };
    TRY(body_object(q, &o));
    TRY(person_to_change(q, &person));
    str  session_of = json_text(&o, "session"), token = json_text(&o, "token");
    bool all = str_eq(json_text(&o, "all"), S("sessions"));
    if (o.n != 1 || (!session_of.n && !token.n && !all))
        return fail(&q->f, ERR_INVALID, "say what is to end: {\"session\": NAME}, {\"token\": NAME} or {\"all\": \"sessions\"}");
    TRY(token.n ? auth_token_end(gate_auth(q->g), person, token, &q->f) : auth_session_end(gate_auth(q->g), person, all ? S("") : session_of, S(""), &q->f));
    const char *what = token.n ? "a token" : all ? "all sessions" : "a session";
    TRY(ask_event(q, token.n ? "token_changed" : "session_ended", person, str_fmt(q->a, "%s ended by " STR_FMT, what, STR_ARG(q->who.person)), true));
    return answer_ended(q, person, str_of(what));
}

static const route rows[] = {
    { HTTP_GET, "/api/v1/accounts", PERMIT_MANAGER, 0, 0, SCOPE_ADMIN, get_accounts, "Who can sign in, and with what" },
    { HTTP_GET, "/api/v1/accounts/{person}", PERMIT_MANAGER, 0, 0, SCOPE_ADMIN, get_account, "How one person signs in, their sessions and tokens" },
    { HTTP_POST, "/api/v1/accounts/{person}/link", PERMIT_MANAGER, 1 << 10, ROUTE_SECRET, SCOPE_ADMIN, post_link, "Make a one-time link for a person, given once" },
    { HTTP_DELETE, "/api/v1/accounts/{person}/link", PERMIT_MANAGER, 0, 0, SCOPE_ADMIN, delete_link, "Make the one-time link of a person void" },
    { HTTP_POST, "/api/v1/accounts/{person}/reset", PERMIT_MANAGER, 1 << 10, ROUTE_SECRET, SCOPE_ADMIN, post_reset, "Reset everything a person signs in with; gives a link" },
    { HTTP_POST, "/api/v1/accounts/{person}/end", PERMIT_MANAGER, 4 << 10, 0, SCOPE_ADMIN, post_end, "End a session or token of a person, or all sessions" },
};
const api_doc account_docs[] = {
    { "limit cursor", NULL, "accounts" }, { NULL, NULL, "account" }, { NULL, NULL, "account_link" }, { NULL, NULL, "account_ended" },
    { NULL, NULL, "account_link" }, { NULL, "account_end", "account_ended" },
};
ROUTE_TABLE(account_api);
_Static_assert(COUNT(rows) == COUNT(account_docs), "each route is documented");
