/* One's own account: who one is, how one signs in, where one is signed in. */
#include "web/account.h"
#include "web/record.h"

/* ---- words ------------------------------------------------------------------------------- */

const char *role_says(role r)
{
    static const char *const says[ROLE_COUNT_] = {
        [ROLE_AUDITOR] = "reads what the engagement covers and changes nothing",
        [ROLE_MEMBER] = "accepts policies, takes courses, does own tasks, reports and asks",
        [ROLE_CONTRIBUTOR] = "keeps records and evidence",
        [ROLE_MANAGER] = "approves, and sets up people and sources",
        [ROLE_OWNER] = "may do everything",
    };
    return says[r] ? says[r] : "";
}

str agent_words(arena *a, str agent)
{
    static const char *const browsers[][2] = { { "Edg/", "Edge" }, { "Firefox/", "Firefox" }, { "Chrome/", "Chrome" }, { "CriOS/", "Chrome" },
                                               { "FxiOS/", "Firefox" }, { "Safari/", "Safari" } };
    static const char *const systems[][2] = { { "Windows", "Windows" }, { "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Android", "Android" },
                                              { "Mac OS X", "macOS" }, { "CrOS", "ChromeOS" }, { "Linux", "Linux" } };
    const char *browser = NULL, *system = NULL;
    for (size_t i = 0; !browser && i < COUNT(browsers); i++)
        browser = str_contains(agent, str_of(browsers[i][0])) ? browsers[i][1] : NULL;
    for (size_t i = 0; !system && i < COUNT(systems); i++)
        system = str_contains(agent, str_of(systems[i][0])) ? systems[i][1] : NULL;
    if (!browser)
        return S("A program");
    return system ? str_fmt(a, "%s on %s", browser, system) : str_of(browser);
}

str method_words(arena *a, str method)
{
    static const char *const said[][2] = { { "totp", "authenticator" }, { "recovery", "recovery code" }, { "oidc", "identity provider" }, { "link", "one-time link" } };
    buf b = buf_new(a, 1000);
    for (str rest = method; rest.p;) {
        str way = str_cut(&rest, '+');
        for (size_t i = 0; i < COUNT(said); i++)
            way = str_eq(way, str_of(said[i][0])) ? str_of(said[i][1]) : way;
        buf_fmt(&b, "%s" STR_FMT, b.n ? " and " : "", STR_ARG(way));
    }
    return buf_str(&b);
}

static const struct {
    const char *kind, *well, *not;
} event_kinds[] = {
    { "sign_in", "signed in", "tried to sign in" }, { "sign_out", "signed out", "tried to sign out" }, { "refused", "was refused", "was refused" },
    { "exported", "took data out", "was refused data" }, { "evidence_read", "read evidence", "was refused evidence" },
    { "factor_changed", "changed how to sign in", "tried to change how to sign in" }, { "token_changed", "changed a token", "tried to change a token" },
    { "session_ended", "ended sessions", "tried to end sessions" }, { "permission_changed", "changed what somebody may do", "tried to change what somebody may do" },
    { "setup", "set the workspace up", "tried to set the workspace up" }, { "setting_changed", "changed a setting", "tried to change a setting" },
};

const char *event_words(const event_row *e)
{
    for (size_t i = 0; i < COUNT(event_kinds); i++)
        if (str_eq(e->kind, str_of(event_kinds[i].kind)))
            return e->went_well ? event_kinds[i].well : event_kinds[i].not;
    return "came";
}

str event_done_to(arena *a, const event_row *e)
{
    bool changes = str_eq(e->kind, S("factor_changed")) || str_eq(e->kind, S("session_ended")) || str_eq(e->kind, S("token_changed")) ||
                   str_eq(e->kind, S("permission_changed"));
    bool other = str_contains(e->about, S(", by ")) || str_contains(e->about, S(" ended by ")) || str_starts(e->about, S("has left"));
    return changes && other ? capital(a, e->about) : S("");
}

err_t events_of(ask *q, str person, event_row **ret, size_t *ret_n)
{
    const sql_hole hole = { "match", str_fmt(q->a, "person = " STR_FMT, STR_ARG(sql_quote(q->a, person))) };
    row_table      t = { 0 };
    TRY(app_rows(q->ws, q->a, "sql/web/account_events.sql", &hole, 1, 0, &q->f, &t));
    *ret = NEW_ARRAY(q->a, event_row, t.n_rows ? t.n_rows : 1);
    *ret_n = t.n_rows;
    for (size_t i = 0; i < t.n_rows; i++)
        (*ret)[i] = (event_row){ .kind = table_cell(&t, i, 0), .went_well = cell_int(table_cell(&t, i, 1)) == 1, .about = table_cell(&t, i, 2),
                                 .address = table_cell(&t, i, 3), .at_time = cell_time(table_cell(&t, i, 4)), .times = cell_int(table_cell(&t, i, 5)),
                                 .person = table_cell(&t, i, 6) };
    return ERR_OK;
}

/* ---- the page ------------------------------------------------------------------------------ */

static err_t person_facts(ask *q, account_view *v)
{
    const sql_hole hole = { "person", sql_quote(q->a, q->who.person) };
    row_table      t = { 0 };
    TRY(app_rows(q->ws, q->a, "sql/web/account.sql", &hole, 1, 0, &q->f, &t));
    if (t.n_rows) {
        v->email = table_cell(&t, 0, 0);
        v->login = table_cell(&t, 0, 1);
    }
    return ERR_OK;
}

static err_t get_account(ask *q)
{
    auth        *au = gate_auth(q->g);
    auth_token  *tokens;
    account_view v = { .q = q, .wants_second = gate_wants_second(q->g, q->who.role), .fresh = is_fresh(q) };
    if (q->who.role != ROLE_AUDITOR)      /* theirs may lie outside of what the engagement covers */
        v.record = named_offer(q, S("person"), q->who.person);
    TRY(person_facts(q, &v));
    TRY(auth_factors_of(au, q->who.person, &q->f, &v.has));
    TRY(auth_session_list(au, q->a, q->who.person, &q->f, &v.sessions, &v.n_sessions));
    TRY(auth_passkey_list(au, q->a, q->who.person, &q->f, &v.passkeys, &v.n_passkeys));
    TRY(auth_token_list(au, q->a, q->who.person, &q->f, &tokens, &v.n_tokens));
    TRY(events_of(q, q->who.person, &v.events, &v.n_events));
    page_open(q, &(page){ .title = S("My account"), .place = "/account", .no_as_of = true });
    tpl_account(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- sessions --------------------------------------------------------------------------------- */

static err_t post_end(ask *q)
{
    str   handle = ask_field(q, "session");
    fault here = { 0 };
    if (str_eq(handle, q->session.handle))
        return fail(&q->f, ERR_INVALID, "this is the session you use now: sign out instead");
    err_t e = auth_session_end(gate_auth(q->g), q->who.person, handle, q->session.handle, &here);
    if (e != ERR_OK && e != ERR_NOT_FOUND)           /* one that has ended meanwhile is ended */
        return fail(&q->f, e, "%s", here.text);
    TRY(ask_event(q, "session_ended", q->who.person, handle.n ? S("one of one's own") : S("all of one's own but this one"), true));
    return page_done(q, S("/account"), "ended");
}

static const route rows[] = {
    { HTTP_GET, "/account", PERMIT_PERSON, 0, ROUTE_OWN_ACCOUNT, 0, get_account, "Who one is, how one signs in, where one is signed in" },
    { HTTP_POST, "/account/sessions/end", PERMIT_PERSON, 4 << 10, ROUTE_FRESH | ROUTE_OWN_ACCOUNT, 0, post_end, "End one of one's own sessions, or all others" },
};
ROUTE_TABLE(account_routes);
