/* What a server needs beside the use cases themselves: the workspace on several
 * threads, queries for pages, and what came by network kept as evidence. */
#include "app/workspace.h"

#include "store/store.h"

static const char *const settings[] = {
    "listen",                 /* ADDR:PORT of `attest serve` */
    "public_url",             /* how browsers reach it, when a proxy stands before it */
    "trust_host",             /* HOST or HOST:PORT where the trust page stands apart; empty: at the same host */
    "trusted_proxy",          /* address of that proxy */
    "tls_certificate", "tls_key",
    "hsts_subdomains",        /* yes: browsers are to use TLS for names below this server's too */
    "mfa",                    /* who must have a second factor: "none", "managers" (as when it is not said), "everybody" */
    "oidc_issuer", "oidc_client_id", "oidc_client_secret_file", "oidc_name", "oidc_trust_mfa", "oidc_allow_private",
    "scim_role",              /* GROUP = ROLE, may come several times */
    "syslog",                 /* where events go beside the ledger: a local socket as /dev/log, or ADDRESS:PORT by UDP */
    "clamd_socket",           /* of the scanner that sees every file of evidence first; empty: none does */
    "collect_every",          /* between rounds of collecting, assessing and the duties: "1h" (as when it is not said), "off" */
};

const char *workspace_setting_name(size_t i) { return i < COUNT(settings) ? settings[i] : NULL; }

bool serve_setting_known(str name)
{
    for (size_t i = 0; i < COUNT(settings); i++)
        if (str_eq(name, str_of(settings[i])))
            return true;
    return false;
}

str workspace_setting(const workspace *ws, const char *name, size_t nth)
{
    assert(serve_setting_known(str_of(name)));
    for (size_t i = 0; i < ws->settings.n; i++)
        if (str_eq(ws->settings.v[i].field, str_of(name)) && nth-- == 0)
            return ws->settings.v[i].text;
    return S("");
}

const char *workspace_dir(const workspace *ws) { return ws->dir; }
str         workspace_name(const workspace *ws) { return ws->name; }
str         workspace_store(const workspace *ws) { return str_of(ws->store_url); }

/* ---- queries for pages ------------------------------------------------------------------ */

err_t app_rows(workspace *ws, arena *a, const char *path, const sql_hole *holes, size_t n_holes, time_us as_of, fault *f, row_table *ret)
{
    auto_session session *s = NULL;
    auto_cursor cursor   *c = NULL;
    DA(str) cells = { 0 };
    bool row;
    TRY(ws_session(ws, &(session_options){ .as_of = as_of ? as_of : TIME_MAX, .history = true }, f, &s));
    TRY(session_query(s, sql_read(a, path, holes, n_holes), f, &c));
    *ret = (row_table){ .n_columns = (size_t)cursor_columns(c) };
    ret->names = NEW_ARRAY(a, str, ret->n_columns);
    for (size_t i = 0; i < ret->n_columns; i++)
        ret->names[i] = str_dup(a, cursor_name(c, (int)i));
    for (;; ret->n_rows++) {
        TRY(cursor_next(c, f, &row));
        if (!row)
            break;
        TRY(arena_room(a, f));
        for (int i = 0; i < cursor_columns(c); i++) {
            str *cell = &da_push(a, &cells);
            *cell = (str){ 0 };
            if (!cursor_null(c, i))
                *cell = str_dup(a, cursor_text(c, i));
        }
    }
    ret->cells = cells.v;
    return ERR_OK;
}

err_t app_head(workspace *ws, fault *f, int64_t *ret) { return store_head(ws->st, f, ret); }

/* ---- persons ------------------------------------------------------------------------------ */

static err_t person_row(workspace *ws, arena *a, const char *column, str wanted, fault *f, row_table *ret)
{
    const sql_hole hole = { "match", str_fmt(a, "%s = " STR_FMT, column, STR_ARG(sql_quote(a, wanted))) };
    return app_rows(ws, a, "sql/program/person.sql", &hole, 1, 0, f, ret);
}

static unsigned rights_of(str word)
{
    static const struct { const char *word; unsigned rights; } words[] = {
        { "read", RIGHT_READ }, { "add", RIGHT_ADD }, { "edit", RIGHT_EDIT }, { "move", RIGHT_MOVE },
        { "all", RIGHT_READ | RIGHT_ADD | RIGHT_EDIT | RIGHT_MOVE },
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(word, str_of(words[i].word)))
            return words[i].rights;
    return 0;
}

static err_t read_grants(workspace *ws, arena *a, str access_role, fault *f, principal *ret)
{
    const sql_hole hole = { "role", sql_quote(a, access_role) };
    row_table t = { 0 };
    TRY(app_rows(ws, a, "sql/program/grants.sql", &hole, 1, 0, f, &t));
    grant *v = NEW_ARRAY(a, grant, t.n_rows + 1);
    for (size_t i = 0; i < t.n_rows && ret->n_grants < GRANTS_MAX; i++) {
        const relation *r = relation_find(table_cell(&t, i, 0));
        if (r && r->record)
            v[ret->n_grants++] = (grant){ r, rights_of(table_cell(&t, i, 1)) };
    }
    ret->grants = v;
    return ERR_OK;
}

err_t app_person(workspace *ws, arena *a, str id, fault *f, principal *ret, str *ret_name)
{
    row_table t = { 0 };
    TRY(person_row(ws, a, "id", id, f, &t));
    if (!t.n_rows)
        return fail(f, ERR_NOT_FOUND, "there is no person \"" STR_FMT "\"", STR_ARG(utf8_cut(id, 80)));
    if (str_eq(table_cell(&t, 0, 2), S("left")))
        return fail(f, ERR_DENIED, STR_FMT " has left", STR_ARG(id));
    if (str_eq(table_cell(&t, 0, 5), S("inactive")) || str_eq(table_cell(&t, 0, 5), S("deleted")))
        return fail(f, ERR_DENIED, "the identity provider says that " STR_FMT " is not active", STR_ARG(id));
    role its = ROLE_MEMBER;
    if (table_cell(&t, 0, 1).p && !role_parse(table_cell(&t, 0, 1), &its))
        its = ROLE_MEMBER;
    *ret = (principal){ .person = table_cell(&t, 0, 0), .role = its };
    *ret_name = table_cell(&t, 0, 3);
    str own = table_cell(&t, 0, 4);
    return own.p && its != ROLE_AUDITOR ? read_grants(ws, a, own, f, ret) : ERR_OK;
}

err_t app_person_named(workspace *ws, arena *a, str login, fault *f, str *ret_id)
{
    static const char *const columns[] = { "email", "login", "id" };
    *ret_id = S("");
    for (size_t i = 0; i < COUNT(columns) && !ret_id->n; i++) {
        row_table t = { 0 };
        TRY(person_row(ws, a, columns[i], login, f, &t));
        if (t.n_rows)
            *ret_id = table_cell(&t, 0, 0);
    }
    return ERR_OK;
}

/* ---- what came by network ----------------------------------------------------------------- */

err_t app_events(workspace *ws, arena *a, str actor, const access_event *v, size_t n, fault *f)
{
    const relation     *r = relation_find(S("access_event"));
    auto_commit commit *c = NULL;
    commit_done         done;
    int64_t             duplicates;
    if (!n)
        return ERR_OK;
    TRY(commit_begin(ws->st, &(commit_info){ .actor = actor, .action = S("access"), .reason = str_of(v[0].kind) }, f, &c));
    TRY(write_begin(c, r, S("serve"), WRITE_MERGE, f));
    for (size_t i = 0; i < n; i++) {
        time_us now = commit_moment(c);
        value   row[] = {
            v_text(id_new(a, now)), v_z(v[i].kind), v_bool(v[i].went_well),
            v[i].person.n ? v_text(v[i].person) : V_UNKNOWN, v[i].about.n ? v_text(utf8_cut(utf8_clean(a, v[i].about), 500)) : V_UNKNOWN,
            v[i].address.n ? v_text(v[i].address) : V_UNKNOWN, v_int(now), v_int(v[i].times ? v[i].times : 1),
        };
        TRY(write_row(c, row, f));
    }
    TRY(write_end(c, f, &duplicates));
    TRY(commit_finish(TAKE(c), a, f, &done));
    ws_syslog(ws, a, actor, v, n);
    return ws_publish(ws, f);
}
