/* What the workspace is set to, and how to change it; all sessions and tokens. */
#include "web/settings.h"

const setting_row setting_rows[] = {
    { "The workspace", "name", "Name", "the directory's", "What the organisation is called.", "name: Example" },
    { NULL, "store", "Where the history is kept", "SQLite, in the workspace", "Chosen when the workspace is made.", "store: postgres://HOST/NAME" },
    { "The server", "listen", "Address it answers at", "127.0.0.1:8480", "0.0.0.0 answers on every address of the machine, with TLS.", "listen: ADDRESS:PORT" },
    { NULL, "public_url", "Address browsers use", "the one they ask for", "What links and passkeys are made for, when a proxy stands before it.", "public_url: https://attest.example.org" },
    { NULL, "trusted_proxy", "Proxy before it", "none", "Its X-Forwarded-For is believed, and nobody else's.", "trusted_proxy: ADDRESS" },
    { NULL, "tls_certificate", "Certificate", "made by itself where one is needed", "PEM, with the chain; SIGHUP reads it anew.", "tls_certificate: FILE" },
    { NULL, "tls_key", "Its key", "made by itself where one is needed", "PEM, for nobody else to read.", "tls_key: FILE" },
    { NULL, "hsts_subdomains", "TLS for names below", "for its own name alone", "yes: browsers use TLS for every name below this one, for a year.", "hsts_subdomains: yes" },
    { NULL, "trust_host", "Host of the trust page", "the same as this one", "Where the public page stands apart, at a host of its own.", "trust_host: trust.example.org" },
    { NULL, "syslog", "Events go beside the ledger to", "nowhere", "A local socket, or an address by UDP.", "syslog: /dev/log" },
    { NULL, "clamd_socket", "Scanner of files", "none", "Sees every file of evidence first; what it refuses is not kept.", "clamd_socket: /run/clamav/clamd.ctl" },
    { "Signing in", "mfa", "Second factor", "required of owners, managers and auditors", "none, managers or everybody.", "mfa: everybody" },
    { NULL, "oidc_issuer", "Identity provider", "none", "People sign in through it, by OpenID Connect.", "oidc_issuer: https://id.example.org" },
    { NULL, "oidc_client_id", "Its name for this server", "none", "As it was registered there.", "oidc_client_id: CLIENT" },
    { NULL, "oidc_client_secret_file", "Its secret", "none", "A file that others may not read.", "oidc_client_secret_file: FILE" },
    { NULL, "oidc_name", "What people call it", "its address", "Stands on the button.", "oidc_name: Example ID" },
    { NULL, "oidc_trust_mfa", "Its second factor", "not trusted: ours is asked for as well", "yes: who signed in there needs none here.", "oidc_trust_mfa: yes" },
    { NULL, "oidc_allow_private", "It stands inside", "no: private addresses are not asked", "yes: it may stand at a private address.", "oidc_allow_private: yes" },
    { NULL, "scim_role", "Roles by group", "none: who is new is a member", "Members of a group of the identity provider get a role; several lines.", "scim_role: GROUP = ROLE" },
    { "By the clock", "collect_every", "Sources are read, controls tested, tasks opened", "every hour", "A span of at least a minute, or off.", "collect_every: 6h" },
    { "Messages", "smtp", "Mail server", "none: no mail is sent", "smtps://, or smtp:// with STARTTLS.", "smtp: smtps://mail.example.com" },
    { NULL, "mail-from", "Sender", "none: no mail is sent", "The address mail comes from.", "mail-from: attest@example.com" },
    { NULL, "smtp-user", "Name at the mail server", "none: no sign-in", "", "smtp-user: attest" },
    { NULL, "smtp-secret-file", "Password at the mail server", "none", "A file that others may not read.", "smtp-secret-file: FILE" },
    { NULL, "tls-ca-file", "Authorities", "the system's", "PEM; for mail and webhooks, instead of the system's.", "tls-ca-file: FILE" },
    { NULL, "webhook", "Webhooks", "none", "Up to 16; an owner adds them under Messages.", "webhook: URL SECRETFILE" },
};
const size_t n_setting_rows = COUNT(setting_rows);

static str endpoints_of(arena *a, const notify_settings *s)
{
    buf b = buf_new(a, 16 << 10);
    for (size_t i = 0; i < s->n_webhooks; i++)
        buf_fmt(&b, "%s" STR_FMT, i ? ", " : "", STR_ARG(s->webhooks[i].id));
    return buf_str(&b);
}

/* Those lines that the server itself does not read. */
static bool of_the_workspace(const workspace *ws, arena *a, str key, str *ret)
{
    const notify_settings *s = workspace_notify(ws);
    const struct { const char *key; const char *is; } rows[] = {
        { "smtp", s->smtp }, { "mail-from", s->mail_from }, { "smtp-user", s->smtp_user }, { "smtp-secret-file", s->smtp_secret_file },
        { "tls-ca-file", s->tls_ca_file },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_eq(key, str_of(rows[i].key))) {
            *ret = rows[i].is ? str_of(rows[i].is) : S("");
            return true;
        }
    bool where = str_eq(key, S("store")), named = str_eq(key, S("name")), hooks = str_eq(key, S("webhook"));
    if (where)                           /* its address may hold a password */
        *ret = str_starts(workspace_store(ws), S("sqlite:")) ? S("") : S("PostgreSQL");
    else if (named)
        *ret = workspace_name(ws);
    else if (hooks)
        *ret = endpoints_of(a, s);
    return where || named || hooks;
}

str setting_of(const settings_view *v, const char *key)
{
    str now = { 0 }, one;
    buf b = buf_new(v->q->a, 64 << 10);
    if (of_the_workspace(v->q->ws, v->q->a, str_of(key), &now))
        return now;
    for (size_t i = 0; (one = workspace_setting(v->q->ws, key, i)).n; i++)
        buf_fmt(&b, "%s" STR_FMT, i ? ", " : "", STR_ARG(one));
    return b.n ? buf_str(&b) : S("");
}

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
