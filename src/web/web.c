/* The pages as one front: the tables of all files, and how a refusal looks. */
#include "web/page.h"

#include "web/kept.h"
#include "web/refusal.h"

extern const route_table record_about_routes, record_do_routes, record_edit_routes, record_files_routes, record_history_routes, record_list_routes, record_registers_routes, record_show_routes;
extern const route_table asset_routes, design_routes, home_routes, search_routes, setup_routes, start_routes, trust_routes;
extern const route_table assure_criteria_routes, assure_controls_routes, assure_control_routes, assure_tests_routes, assure_test_routes, assure_run_routes,
    assure_exceptions_routes, evidence_facts_routes, evidence_row_routes, evidence_sql_routes, evidence_sources_routes, evidence_sources_edit_routes;
extern const route_table sign_in_routes, prove_routes, enrol_routes, account_routes, account_factor_routes, account_token_routes;
extern const route_table board_routes, calendar_routes, incident_routes, policy_routes, review_routes, risk_map_routes, vendor_routes;
extern const route_table populations_routes, reports_routes, ledger_routes, ledger_verify_routes, ledger_witness_routes, trail_routes, trail_access_routes, trail_commit_routes;
extern const route_table sign_in_passkey_routes, account_passkeys_routes, sign_in_oidc_routes;
extern const route_table portal_routes, portal_read_routes, auditor_routes, settings_routes, settings_messages_routes, settings_people_routes;

static const route_table *const tables[] = {
    &trust_routes,
    &asset_routes,
    &home_routes,
    &auditor_routes,
    &search_routes,
    &design_routes,
    &assure_criteria_routes,
    &assure_controls_routes,
    &assure_control_routes,
    &assure_tests_routes,
    &assure_test_routes,
    &assure_run_routes,
    &record_about_routes,
    &record_do_routes,
    &record_edit_routes,
    &record_files_routes,
    &record_history_routes,
    &record_list_routes,
    &record_registers_routes,
    &record_show_routes,
    &assure_exceptions_routes,
    &evidence_facts_routes,
    &evidence_row_routes,
    &evidence_sources_routes,
    &evidence_sources_edit_routes,
    &evidence_sql_routes,
    &ledger_routes, &ledger_verify_routes, &ledger_witness_routes,
    &populations_routes,
    &reports_routes,
    &trail_routes,
    &trail_access_routes,
    &trail_commit_routes,
    &board_routes,
    &calendar_routes,
    &incident_routes,
    &policy_routes,
    &review_routes,
    &risk_map_routes,
    &vendor_routes,
    &setup_routes,
    &start_routes,
    &sign_in_routes,
    &sign_in_passkey_routes,
    &sign_in_oidc_routes,
    &account_passkeys_routes,
    &prove_routes,
    &enrol_routes,
    &account_routes,
    &account_factor_routes,
    &account_token_routes,
    &portal_routes,
    &portal_read_routes,
    &settings_routes,
    &settings_messages_routes,
    &settings_people_routes,
};

static void redirect_with_next(ask *q, const char *to, str next)
{
    buf b = buf_new(q->a, 64 << 10);
    buf_fmt(&b, "%s?next=", to);
    html_put(&b, AT_QUERY, next);
    http_redirect(q->rs, 303, buf_str(&b));
}

static str address_of(ask *q)
{
    return q->rq->raw_query.n ? str_fmt(q->a, STR_FMT "?" STR_FMT, STR_ARG(q->rq->raw_path), STR_ARG(q->rq->raw_query)) : q->rq->raw_path;
}

/* Nobody can go to a form again by its address: back is the page it stood on, which its field `back` names,
 * or else what stands above it. */
static str page_of_form(ask *q)
{
    str    back = ask_field(q, "back"), path = q->rq->raw_path;
    size_t n = path.n;
    while (n && path.p[n - 1] != '/')
        n--;
    return back.n ? back : str_sub(path, 0, n > 1 ? n - 1 : n);
}

/* Who is nobody yet is asked to sign in; who must prove it again is asked for that. */
static void refuse(ask *q, err_t e, int status)
{
    bool get = q->rq->method == HTTP_GET;
    (void)e;
    if (status == 401 && get) {
        redirect_with_next(q, q->session.stage == STAGE_ENROL && q->session.handle.n ? "/account/enrol" : "/sign-in", address_of(q));
        return;
    }
    if (status == 428) {
        redirect_with_next(q, "/prove", page_of_form(q));
        return;
    }
    if (get && q->who.role == ROLE_AUDITOR && !q->engaged && str_eq(q->rq->path, S("/"))) {
        http_redirect(q->rs, 303, S("/audit"));
        return;
    }
    refusal_view v = { .q = q, .status = status, .what = str_of(q->f.text) };
    page         p = { .title = status == 404 ? S("Nothing here") : status == 403 ? S("Not for you") : status < 500 ? S("That did not work") : S("Something went wrong"),
                       .bare = !q->signed_in, .no_as_of = true };
    if (!q->ws) {                        /* no workspace could be had: say it plainly */
        q->rs->media = S("text/plain; charset=utf-8");
        buf_putz(&q->rs->body, q->f.text);
        return;
    }
    page_open(q, &p);
    tpl_refusal(&q->rs->body, &v);
    page_close(q);
}

const front web_front = { .name = "web", .prefix = "/", .tables = tables, .n_tables = COUNT(tables), .cookies = true, .refuse = refuse,
                          .keep = web_keep, .drop = web_drop };
