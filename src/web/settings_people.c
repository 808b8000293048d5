/* People's access: who can sign in, and letting them in anew. Nobody changes the access of somebody
 * who may more than they may themselves. */
#include "web/settings.h"

enum { PEOPLE_A_PAGE = 50 };
static const char in_people[] = "/settings/people";
static const crumb above[] = { { { "/settings", 9 }, { "Workspace", 9 } }, { { in_people, sizeof in_people - 1 }, { "People and access", 17 } } };

str access_path(arena *a, str id, const char *after)
{
    buf b = buf_new(a, 4 << 10);
    buf_fmt(&b, "%s/", in_people);
    html_put(&b, AT_QUERY, id);
    buf_putz(&b, after);
    return buf_str(&b);
}

str factor_words(arena *a, const auth_factors *has)
{
    buf b = buf_new(a, 200);
    buf_putz(&b, has->has_password ? "password" : "");
    if (has->has_totp)
        buf_fmt(&b, "%sauthenticator", b.n ? ", " : "");
    if (has->passkeys)
        buf_fmt(&b, "%s%d passkey%s", b.n ? ", " : "", has->passkeys, has->passkeys == 1 ? "" : "s");
    return buf_str(&b);
}

/* ---- the list ----------------------------------------------------------------------------------- */

static access_person person_at(const row_table *t, size_t i)
{
    access_person p = { .id = table_cell(t, i, 0), .name = table_cell(t, i, 1), .email = table_cell(t, i, 2), .state_now = table_cell(t, i, 4),
                        .has = ROLE_MEMBER, .last_at = cell_time(table_cell(t, i, 5)), .own_role = table_cell(t, i, 6), .own_role_title = table_cell(t, i, 7) };
    if (!role_parse(table_cell(t, i, 3), &p.has))
        p.has = ROLE_MEMBER;
    return p;
}

static str match_of(ask *q, str wanted, bool waiting)
{
    const char *here = waiting ? "p.state <> 'left' AND s.last_at IS NULL" : "p.state <> 'left'";
    if (!wanted.n)
        return str_of(here);
    str exact = sql_quote(q->a, wanted), like = sql_quote(q->a, str_fmt(q->a, "%%" STR_FMT "%%", STR_ARG(str_lower(q->a, utf8_cut(wanted, 100)))));
    return str_fmt(q->a, "%s AND (lower(p.name) LIKE " STR_FMT " OR lower(coalesce(p.email, '')) LIKE " STR_FMT " OR p.id = " STR_FMT ")", here,
                   STR_ARG(like), STR_ARG(like), STR_ARG(exact));
}

/* What is no evidence: what the person signs in with, and the link that may stand open. */
static err_t ways_in(ask *q, access_person *p)
{
    TRY(auth_factors_of(gate_auth(q->g), p->id, &q->f, &p->factors));
    return auth_link_until(gate_auth(q->g), p->id, &q->f, &p->link_until);
}

str people_page(const access_people_view *v, int64_t at)
{
    buf b = buf_new(v->q->a, 4 << 10);
    buf_fmt(&b, "%s?page=%lld%s&q=", in_people, (long long)at, v->waiting ? "&waiting=yes" : "");
    html_put(&b, AT_QUERY, v->wanted);
    return buf_str(&b);
}

/* The same of all on a page, in as many statements as of one. */
static err_t ways_of_all(ask *q, access_person *v, size_t n)
{
    str          *ids = NEW_ARRAY(q->a, str, n + 1);
    auth_factors *has = NEW_ARRAY(q->a, auth_factors, n + 1);
    time_us      *until = NEW_ARRAY(q->a, time_us, n + 1);
    for (size_t i = 0; i < n; i++)
        ids[i] = v[i].id;
    TRY(auth_factors_list(gate_auth(q->g), ids, n, &q->f, has));
    TRY(auth_link_list(gate_auth(q->g), ids, n, &q->f, until));
    for (size_t i = 0; i < n; i++) {
        v[i].factors = has[i];
        v[i].link_until = until[i];
    }
    return ERR_OK;
}

static err_t get_people(ask *q)
{
    access_people_view v = { .q = q, .wanted = str_trim(ask_query(q, "q")), .waiting = ask_query(q, "waiting").n != 0, .at = 1 };
    row_table          t = { 0 };
    if (ask_query(q, "page").n && !parse_int(ask_query(q, "page"), 1, 100000, &v.at))
        return fail(&q->f, ERR_INVALID, "page: a number from 1");
    const sql_hole holes[] = { { "match", match_of(q, v.wanted, v.waiting) }, { "offset", str_fmt(q->a, "%lld", (long long)((v.at - 1) * PEOPLE_A_PAGE)) } };
    TRY(app_rows(q->ws, q->a, "sql/web/access_people.sql", holes, COUNT(holes), 0, &q->f, &t));
    v.more = t.n_rows > PEOPLE_A_PAGE;
    v.n_people = v.more ? PEOPLE_A_PAGE : t.n_rows;
    v.people = NEW_ARRAY(q->a, access_person, v.n_people + 1);
    for (size_t i = 0; i < v.n_people; i++)
        v.people[i] = person_at(&t, i);
    TRY(ways_of_all(q, v.people, v.n_people));
    const page_action add = { "Add a person", S("/person/new"), false, "" };
    page_open(q, &(page){ .title = S("People and access"), .place = "/settings", .no_as_of = true, .crumbs = above, .n_crumbs = 1, .actions = &add, .n_actions = 1,
                          .lead = S("Who can sign in, with what, and when they last did.") });
    tpl_access_people(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- one person --------------------------------------------------------------------------------- */

static err_t person_find(ask *q, access_person_view *v)
{
    const sql_hole holes[] = { { "match", str_fmt(q->a, "p.id = " STR_FMT, STR_ARG(sql_quote(q->a, q->params[0]))) }, { "offset", S("0") } };
    row_table      t = { 0 };
    TRY(app_rows(q->ws, q->a, "sql/web/access_people.sql", holes, COUNT(holes), 0, &q->f, &t));
    if (!t.n_rows)
        return fail(&q->f, ERR_NOT_FOUND, "there is no person \"" STR_FMT "\"", STR_ARG(utf8_cut(q->params[0], 80)));
    *v = (access_person_view){ .q = q, .p = person_at(&t, 0) };
    v->may = v->p.has <= q->who.role && !str_eq(v->p.state_now, S("left"));
    return ways_in(q, &v->p);
}

/* For a change: the person, whom the one who asks may change. */
static err_t person_to_change(ask *q, access_person_view *v)
{
    TRY(person_find(q, v));
    if (str_eq(v->p.state_now, S("left")))
        return fail(&q->f, ERR_CONFLICT, STR_FMT " has left", STR_ARG(v->p.name));
    return v->may ? ERR_OK : fail(&q->f, ERR_DENIED, STR_FMT " is %s and may more than you; ask one who is", STR_ARG(v->p.name), role_name(v->p.has));
}

static err_t get_person(ask *q)
{
    access_person_view v = { 0 };
    TRY(person_find(q, &v));
    TRY(auth_session_list(gate_auth(q->g), q->a, v.p.id, &q->f, &v.sessions, &v.n_sessions));
    TRY(auth_token_list(gate_auth(q->g), q->a, v.p.id, &q->f, &v.tokens, &v.n_tokens));
    TRY(events_of(q, v.p.id, &v.events, &v.n_events));
    page_open(q, &(page){ .title = v.p.name, .place = "/settings", .no_as_of = true, .crumbs = above, .n_crumbs = COUNT(above) });
    tpl_access_person(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- what is changed ------------------------------------------------------------------------------- */

/* The link is a secret: it stands on this page alone, never in a message, whose text the history keeps. */
static err_t show_link(ask *q, access_person_view *v, const char *what)
{
    TRY(web_start_link(gate_auth(q->g), q->a, ask_origin(q), v->p.id, HOURS(72), &q->f, &v->link));
    v->until = time_text(q, q->now + HOURS(72));
    TRY(ask_event(q, "factor_changed", v->p.id, str_fmt(q->a, "%s, by " STR_FMT, what, STR_ARG(q->who.person)), true));
    page_open(q, &(page){ .title = str_fmt(q->a, "A link for " STR_FMT, STR_ARG(v->p.name)), .place = "/settings", .no_as_of = true, .crumbs = above,
                          .n_crumbs = COUNT(above), .lead = S("It works once and is shown this one time.") });
    tpl_access_link(&q->rs->body, v);
    page_close(q);
    return ERR_OK;
}

static err_t post_link(ask *q)
{
    access_person_view v = { 0 };
    TRY(person_to_change(q, &v));
    return show_link(q, &v, "one-time link made");
}

static err_t post_unlink(ask *q)
{
    access_person_view v = { 0 };
    TRY(person_to_change(q, &v));
    TRY(auth_link_end(gate_auth(q->g), v.p.id, &q->f));
    TRY(ask_event(q, "factor_changed", v.p.id, str_fmt(q->a, "one-time link withdrawn, by " STR_FMT, STR_ARG(q->who.person)), true));
    return page_done(q, access_path(q->a, v.p.id, ""), "ended");
}

static err_t post_reset(ask *q)
{
    access_person_view v = { 0 };
    TRY(person_to_change(q, &v));
    if (str_eq(v.p.id, q->who.person))
        return fail(&q->f, ERR_INVALID, "this would end your own session; change what is yours under My account");
    TRY(auth_forget(gate_auth(q->g), v.p.id, &q->f));
    return show_link(q, &v, "everything to sign in with was reset");
}

static err_t post_end(ask *q)
{
    access_person_view v = { 0 };
    fault              here = { 0 };
    str                handle = ask_field(q, "session"), token = ask_field(q, "token"), keep = S("");
    TRY(person_to_change(q, &v));
    if (str_eq(v.p.id, q->who.person))
        keep = q->session.handle;
    err_t e = token.n ? auth_token_end(gate_auth(q->g), v.p.id, token, &here) : auth_session_end(gate_auth(q->g), v.p.id, handle, keep, &here);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return fail(&q->f, e, "%s", here.text);
    TRY(ask_event(q, token.n ? "token_changed" : "session_ended", v.p.id,
                  str_fmt(q->a, "%s ended by " STR_FMT, token.n ? "a token" : handle.n ? "a session" : "all sessions", STR_ARG(q->who.person)), true));
    return page_done(q, access_path(q->a, v.p.id, ""), "ended");
}

static err_t post_role(ask *q)
{
    const relation    *r = relation_find(S("person"));
    access_person_view v = { 0 };
    role               wanted;
    workspace         *ws;
    record_done        done;
    TRY(person_to_change(q, &v));
    if (!role_parse(ask_field(q, "role"), &wanted))
        return fail(&q->f, ERR_INVALID, "choose a role");
    if (str_eq(v.p.id, q->who.person))
        return fail(&q->f, ERR_DENIED, "nobody changes what they may themselves; ask another %s", role_name(q->who.role));
    if (wanted > q->who.role)
        return fail(&q->f, ERR_DENIED, "you cannot give more than you have: you are %s", role_name(q->who.role));
    const assignment set[] = { { S("permission"), str_of(role_name(wanted)) } };
    TRY(ask_writer(q, &ws));
    err_t e = app_edit(ws, q->a, &q->who, r, &v.p.id, 1, 0, set, 1, str_trim(ask_field(q, "reason")), &q->f, &done);
    q->faults = done.faults;
    TRY(e);
    TRY(ask_event(q, "permission_changed", v.p.id, str_fmt(q->a, "from %s to %s, by " STR_FMT, role_name(v.p.has), role_name(wanted), STR_ARG(q->who.person)), true));
    return page_done(q, access_path(q->a, v.p.id, ""), "saved");
}

static const route rows[] = {
    { HTTP_GET, "/settings/people", PERMIT_MANAGER, 0, 0, 0, get_people, "Who can sign in, and with what" },
    { HTTP_GET, "/settings/people/{person}", PERMIT_MANAGER, 0, 0, 0, get_person, "The access of one person" },
    { HTTP_POST, "/settings/people/{person}/link", PERMIT_MANAGER, 4 << 10, ROUTE_FRESH, 0, post_link, "Make a one-time link for a person, shown once" },
    { HTTP_POST, "/settings/people/{person}/unlink", PERMIT_MANAGER, 4 << 10, 0, 0, post_unlink, "Make the one-time link of a person void" },
    { HTTP_POST, "/settings/people/{person}/reset", PERMIT_MANAGER, 4 << 10, ROUTE_FRESH, 0, post_reset, "Reset everything a person signs in with" },
    { HTTP_POST, "/settings/people/{person}/end", PERMIT_MANAGER, 4 << 10, 0, 0, post_end, "End a session or token of a person, or all sessions" },
    { HTTP_POST, "/settings/people/{person}/role", PERMIT_MANAGER, 8 << 10, ROUTE_FRESH, 0, post_role, "Change what a person may" },
};
ROUTE_TABLE(settings_people_routes);
