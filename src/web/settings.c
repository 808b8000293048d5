/* What the workspace is set to, and how to change it; all sessions and tokens. */
#include "web/settings.h"

const setting_row setting_rows[] = {
    { "listen", "Address it answers at", "127.0.0.1:8480", "listen: ADDRESS:PORT" },
    { "public_url", "Address browsers use", "the one they ask for", "public_url: https://attest.example.org" },
    { "trusted_proxy", "Proxy before it", "none", "trusted_proxy: ADDRESS" },
    { "tls_certificate", "Certificate", "made by itself where one is needed", "tls_certificate: FILE" },
    { "mfa", "Second factor", "required of owners, managers and auditors", "mfa: everybody" },
    { "collect_every", "Sources are collected", "when somebody asks for it", "collect_every: 6h" },
    { "assess_every", "Controls are tested", "when somebody asks for it", "assess_every: 24h" },
};
const size_t n_setting_rows = COUNT(setting_rows);

str setting_of(const settings_view *v, const char *key) { return workspace_setting(v->q->ws, key, 0); }

static size_t with_scope(const auth_token *v, size_t n, unsigned bit)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += (v[i].scopes & bit) != 0;
    return found;
}

static err_t get_settings(ask *q)
{
    auth_session *sessions;
    auth_token   *tokens;
    settings_view v = { .q = q, .origin = ask_origin(q) };
    v.scim_url = str_fmt(q->a, STR_FMT "/scim/v2", STR_ARG(v.origin));
    TRY(auth_session_list(gate_auth(q->g), q->a, S(""), &q->f, &sessions, &v.n_sessions));
    TRY(auth_token_list(gate_auth(q->g), q->a, S(""), &q->f, &tokens, &v.n_tokens));
    v.n_scim = with_scope(tokens, v.n_tokens, SCOPE_SCIM);
    v.n_agents = with_scope(tokens, v.n_tokens, SCOPE_AGENT | SCOPE_INGEST);
    page_open(q, &(page){ .title = S("Workspace"), .place = "/settings", .no_as_of = true, .lead = workspace_name(q->ws) });
    tpl_settings(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- all sessions and tokens ------------------------------------------------------------------ */

static int newest_first(const void *a, const void *b)
{
    const auth_session *x = a, *y = b;
    return x->seen_at < y->seen_at ? 1 : x->seen_at > y->seen_at ? -1 : 0;
}

static err_t get_sessions(ask *q)
{
    static const crumb   up[] = { { { "/settings", 9 }, { "Workspace", 9 } } };
    access_sessions_view v = { .q = q };
    TRY(auth_session_list(gate_auth(q->g), q->a, S(""), &q->f, &v.sessions, &v.n_sessions));
    TRY(auth_token_list(gate_auth(q->g), q->a, S(""), &q->f, &v.tokens, &v.n_tokens));
    if (v.n_sessions)
        qsort(v.sessions, v.n_sessions, sizeof *v.sessions, newest_first);
    page_open(q, &(page){ .title = S("Sessions and tokens"), .place = "/settings", .no_as_of = true, .crumbs = up, .n_crumbs = COUNT(up),
                          .lead = S("Who is signed in at this moment, and which programs may call.") });
    tpl_access_sessions(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/settings", PERMIT_MANAGER, 0, 0, 0, get_settings, "What the workspace is set to" },
    { HTTP_GET, "/settings/sessions", PERMIT_MANAGER, 0, 0, 0, get_sessions, "Everybody's sessions and tokens" },
};
ROUTE_TABLE(settings_routes);
