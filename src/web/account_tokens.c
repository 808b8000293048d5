/* Tokens for programs: a secret that acts with some of one's own rights until a day. */
#include "web/account.h"

const scope_row scope_rows[] = {
    { SCOPE_READ, "read", "Reads what you may read." },
    { SCOPE_WRITE, "write", "Adds and changes records, as you may." },
    { SCOPE_INGEST, "ingest", "Sends facts and evidence." },
    { SCOPE_AGENT, "agent", "Sends what one machine reports of itself." },
    { SCOPE_SCIM, "scim", "Lets an identity provider add, change and end people (SCIM)." },
    { SCOPE_METRICS, "metrics", "Reads the counters of the server." },
    { SCOPE_ADMIN, "admin", "Changes sources, settings and how people sign in, as you may. Keep it well, and end it soon." },
};
const size_t n_scope_rows = COUNT(scope_rows);

bool scope_fits(const scope_row *s, role r) { return scopes_of(r) & s->bit; }

static void open_page(ask *q, str title, str lead)
{
    static const crumb up[] = { { { "/account", 8 }, { "My account", 10 } } };
    page_open(q, &(page){ .title = title, .place = "/account", .lead = lead, .crumbs = up, .n_crumbs = COUNT(up), .no_as_of = true });
}

static err_t show(ask *q, str label, str said)
{
    tokens_view v = { .q = q, .fault = said, .label = label, .fresh = is_fresh(q), .scopes_wanted = ask_query(q, "scope") };
    TRY(auth_token_list(gate_auth(q->g), q->a, q->who.person, &q->f, &v.tokens, &v.n_tokens));
    open_page(q, S("Tokens"), S("A program that calls the API shows a token. It may do what its scopes say and you may do, and ends when you leave."));
    tpl_tokens(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_tokens(ask *q) { return show(q, S(""), S("")); }

static err_t token_read(ask *q, fault *f, auth_token *ret)
{
    int64_t days;
    *ret = (auth_token){ .person = q->who.person, .made_by = q->who.person, .label = str_trim(ask_field(q, "label")) };
    for (size_t i = 0; i < n_scope_rows; i++)
        if (ask_field(q, str_fmt(q->a, "scope_%s", scope_rows[i].word).p).n) {
            if (!scope_fits(&scope_rows[i], q->who.role))
                return fail(f, ERR_DENIED, "a token of a %s cannot have the scope %s", role_name(q->who.role), scope_rows[i].word);
            ret->scopes |= scope_rows[i].bit;
        }
    if (!parse_int(ask_field(q, "days"), 1, 366, &days))
        return fail(f, ERR_INVALID, "Say for how many days, 1 to 366.");
    if (!ret->scopes)
        return fail(f, ERR_INVALID, "Choose what the token may do.");
    ret->ends_at = q->now + DAYS(days);
    return ret->label.n ? ERR_OK : fail(f, ERR_INVALID, "Say what the token is for.");
}

static err_t post_tokens(ask *q)
{
    auth_token  t;
    fault       here = { 0 };
    tokens_view v = { .q = q };
    err_t       e = token_read(q, &here, &t);
    if (e == ERR_OK)
        e = auth_token_make(gate_auth(q->g), q->a, &t, &here, &v.secret);
    if (e == ERR_INVALID) {
        q->rs->status = 422;
        return show(q, t.label, str_dup(q->a, str_of(here.text)));
    }
    if (e != ERR_OK)
        return fail(&q->f, e, "%s", here.text);
    v.label = t.label;
    TRY(ask_event(q, "token_changed", q->who.person, str_fmt(q->a, "made \"" STR_FMT "\": " STR_FMT ", until " STR_FMT, STR_ARG(t.label),
                                                              STR_ARG(scopes_text(q->a, t.scopes)), STR_ARG(date_text(q, t.ends_at))), true));
    open_page(q, S("The token is made"), S("It is shown this one time. Put it where the program finds it, and nowhere else."));
    tpl_token_made(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t post_end(ask *q)
{
    fault here = { 0 };
    err_t e = auth_token_end(gate_auth(q->g), q->who.person, ask_field(q, "token"), &here);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return fail(&q->f, e, "%s", here.text);
    TRY(ask_event(q, "token_changed", q->who.person, str_fmt(q->a, "ended \"" STR_FMT "\"", STR_ARG(utf8_cut(ask_field(q, "label"), 200))), true));
    return page_done(q, S("/account/tokens"), "ended");
}

static const route rows[] = {
    { HTTP_GET, "/account/tokens", PERMIT_PERSON, 0, ROUTE_OWN_ACCOUNT, 0, get_tokens, "One's own tokens, and the form to make one" },
    { HTTP_POST, "/account/tokens", PERMIT_PERSON, 8 << 10, ROUTE_FRESH | ROUTE_OWN_ACCOUNT, 0, post_tokens, "Make a token, whose secret is shown once" },
    { HTTP_POST, "/account/tokens/end", PERMIT_PERSON, 4 << 10, ROUTE_OWN_ACCOUNT, 0, post_end, "End one of one's tokens" },
};
ROUTE_TABLE(account_token_routes);
