/* Risks, vendors, privacy and findings: scores, clocks, and who may not be judge in their own case. */
#include "program/program.h"
#include "store_fixture.h"

static const principal owner = { .actor = { "cli:root", 8 }, .role = ROLE_OWNER };
static const principal ann = { .actor = { "cli:ann", 7 }, .person = { "ann", 3 }, .role = ROLE_MANAGER };
static const principal bob = { .actor = { "cli:bob", 7 }, .person = { "bob", 3 }, .role = ROLE_MANAGER };
static const principal cid = { .actor = { "cli:cid", 7 }, .person = { "cid", 3 }, .role = ROLE_MANAGER };

#define SET(...) (const assignment[]){ __VA_ARGS__ }, sizeof((const assignment[]){ __VA_ARGS__ }) / sizeof(assignment)
#define NOTHING NULL, 0
#define IS(f, v) { { f, sizeof(f) - 1 }, { v, sizeof(v) - 1 } }

static const relation *type(const char *name) { return relation_find(str_of(name)); }

static work *start(bench *b, const principal *who)
{
    work      *w = NULL;
    calendars *cs = NULL;
    must(b, calendar_load(b->a, NULL, &b->f, &cs));
    must(b, work_begin(&(work_options){ .st = b->st, .who = who, .action = S("test"), .reason = S(""), .calendars = cs }, &b->f, &w));
    return w;
}

static void done(bench *b, work *w)
{
    commit_done d;
    must(b, work_finish(w, b->a, &b->f, &d));
}

static void add(bench *b, const principal *who, const char *what, const char *id, const assignment *set, size_t n)
{
    work *w = start(b, who);
    must(b, work_add(w, type(what), str_of(id), set, n, &b->f, NULL));
    done(b, w);
}

static void move(bench *b, const principal *who, const char *what, const char *id, const char *step, const assignment *set, size_t n)
{
    work *w = start(b, who);
    must(b, work_do(w, type(what), str_of(id), 0, str_of(step), set, n, &b->f));
    done(b, w);
}

static void edit(bench *b, const principal *who, const char *what, const char *id, const assignment *set, size_t n)
{
    work *w = start(b, who);
    must(b, work_edit(w, type(what), str_of(id), 0, set, n, &b->f));
    done(b, w);
}

static void told(bench *b, work *w, err_t e, const char *what, const char *says)
{
    buf t = buf_new(b->a, 10000);
    faults_text(work_faults(w), 10, &t);
    if (e == ERR_OK || !strstr(buf_z(&t), says))
        fail_msg("%s is told: %s", what, e == ERR_OK ? "fine" : buf_z(&t));
    work_abort(w);
}

/* The step is refused, and the words say why. */
static void refused(bench *b, const principal *who, const char *what, const char *id, const char *step, const char *says)
{
    fault f = { 0 };
    work *w = start(b, who);
    told(b, w, work_do(w, type(what), str_of(id), 0, str_of(step), NOTHING, &f), step, says);
}

static void not_edited(bench *b, const principal *who, const char *what, const char *id, const assignment *set, size_t n, const char *says)
{
    fault f = { 0 };
    work *w = start(b, who);
    told(b, w, work_edit(w, type(what), str_of(id), 0, set, n, &f), id, says);
}

static void people(bench *b)
{
    add(b, &owner, "person", "ann", SET(IS("name", "Ann")));
    add(b, &owner, "person", "bob", SET(IS("name", "Bob")));
    add(b, &owner, "person", "cid", SET(IS("name", "Cid")));
}

static void a_risk_is_scored_and_accepted_by_another_as_large_as_it_was(bench *b)
{
    people(b);
    add(b, &ann, "risk", "RISK-1", SET(IS("title", "Theft"), IS("owner", "ann"), IS("likelihood", "4"), IS("impact", "5")));
    assert_rows(b, TIME_MAX, "SELECT state, inherent_score, residual_score FROM risk", "identified|20|?");
    not_edited(b, &ann, "risk", "RISK-1", SET(IS("likelihood", "6")), "likelihood");
    not_edited(b, &ann, "risk", "RISK-1", SET(IS("inherent_score", "1")), "inherent_score");
    refused(b, &ann, "risk", "RISK-1", "accept", "accept is for what is");
    move(b, &ann, "risk", "RISK-1", "assess", SET(IS("review_cadence", "quarterly")));
    refused(b, &ann, "risk", "RISK-1", "treat", "treatment");
    move(b, &ann, "risk", "RISK-1", "treat", SET(IS("treatment", "mitigate"), IS("plan", "encrypt"), IS("residual_likelihood", "2"), IS("residual_impact", "5")));
    assert_rows(b, TIME_MAX, "SELECT state, inherent_score, residual_score FROM risk", "treated|20|10");
    assert_rows(b, TIME_MAX, "SELECT (review_due_at - reviewed_at) / 86400000000 FROM risk", "90");      /* 15 January to 15 April */
    refused(b, &bob, "risk", "RISK-1", "accept", "one risk acceptance that is approved");
    add(b, &bob, "risk_acceptance", "RACC-1", SET(IS("risk", "RISK-1"), IS("reason", "rare"), IS("ends_at", "2200-01-01")));
    assert_rows(b, TIME_MAX, "SELECT residual_score, owner, requester FROM risk_acceptance", "10|ann|bob");
    refused(b, &ann, "risk_acceptance", "RACC-1", "approve", "you are the owner yourself");
    refused(b, &bob, "risk_acceptance", "RACC-1", "approve", "you are the requester yourself");
    move(b, &cid, "risk_acceptance", "RACC-1", "approve", NOTHING);
    edit(b, &ann, "risk", "RISK-1", SET(IS("residual_likelihood", "4")));
    assert_rows(b, TIME_MAX, "SELECT a.residual_score, r.residual_score, approver FROM risk_acceptance a JOIN risk r ON r.id = a.risk", "10|20|cid");
    move(b, &bob, "risk", "RISK-1", "accept", NOTHING);
    not_edited(b, &ann, "risk", "RISK-1", SET(IS("residual_likelihood", "1")), "accepted");
    refused(b, &ann, "risk", "RISK-1", "close", "close_reason");
}

static void a_vendor_is_used_only_after_another_approved_its_assessment(bench *b)
{
    people(b);
    add(b, &ann, "vendor", "VEN-1", SET(IS("name", "Mail"), IS("tier", "high"), IS("personal_data", "true"), IS("subservice", "false"),
                                        IS("owner", "ann"), IS("service", "mail"), IS("data_handled", "names"), IS("review_cadence", "yearly")));
    refused(b, &bob, "vendor", "VEN-1", "activate", "one due diligence that is approved");
    add(b, &ann, "due_diligence", "DD-1", SET(IS("vendor", "VEN-1")));
    refused(b, &ann, "due_diligence", "DD-1", "submit", "outcome");
    move(b, &ann, "due_diligence", "DD-1", "submit", SET(IS("outcome", "acceptable"), IS("security_findings", "certified")));
    refused(b, &ann, "due_diligence", "DD-1", "approve", "you are the assessor yourself");
    refused(b, &bob, "vendor", "VEN-1", "activate", "one due diligence that is approved");
    move(b, &bob, "due_diligence", "DD-1", "approve", NOTHING);
    refused(b, &ann, "vendor", "VEN-1", "activate", "you are the owner yourself");
    move(b, &bob, "vendor", "VEN-1", "activate", NOTHING);
    add(b, &ann, "contract", "CON-1", SET(IS("vendor", "VEN-1"), IS("title", "Mail"), IS("dpa", "true"), IS("owner", "ann"), IS("open_ended", "true"),
                                          IS("signed_at", "2020-01-01"), IS("starts_at", "2020-01-01")));
    move(b, &bob, "contract", "CON-1", "activate", NOTHING);
    move(b, &ann, "vendor", "VEN-1", "offboard", NOTHING);
    edit(b, &ann, "vendor", "VEN-1", SET(IS("access_removed_at", "2020-02-01"), IS("data_outcome", "deleted"), IS("data_proof", "letter")));
    refused(b, &bob, "vendor", "VEN-1", "finish", "CON-1");
    move(b, &ann, "contract", "CON-1", "finish", NOTHING);
    move(b, &bob, "vendor", "VEN-1", "finish", NOTHING);
    assert_rows(b, TIME_MAX, "SELECT state, approver FROM vendor", "ended|bob");
}

/* A month after 12 January is 12 February; three months end on Sunday 12 April, and so on the Monday. */
static void the_clock_of_a_request_is_that_of_its_law(bench *b)
{
    people(b);
    add(b, &ann, "subject_request", "DSR-1", SET(IS("data_subject", "s1"), IS("kind", "deletion"), IS("regime", "gdpr"), IS("owner", "ann"),
                                                 IS("received_at", "2026-01-12T10:00:00Z")));
    add(b, &ann, "subject_request", "DSR-2", SET(IS("data_subject", "s2"), IS("kind", "access"), IS("regime", "ccpa"), IS("owner", "ann"),
                                                 IS("received_at", "2026-01-12T10:00:00Z")));
    assert_rows(b, TIME_MAX, "SELECT (due_at - received_at) / 86400000000 FROM subject_request ORDER BY id", "31;45");
    not_edited(b, &ann, "subject_request", "DSR-1", SET(IS("received_at", "2026-02-12")), "received_at");
    not_edited(b, &ann, "subject_request", "DSR-1", SET(IS("due_at", "2027-02-12")), "due_at");
    refused(b, &ann, "subject_request", "DSR-1", "answer", "answer is for what is");
    move(b, &ann, "subject_request", "DSR-1", "verify", SET(IS("verification", "letter")));
    refused(b, &ann, "subject_request", "DSR-1", "extend", "extension_reason");
    move(b, &ann, "subject_request", "DSR-1", "extend", SET(IS("extension_reason", "many systems")));
    assert_rows(b, TIME_MAX, "SELECT state, (extended_due_at - received_at) / 86400000000 FROM subject_request WHERE id = 'DSR-1'", "extended|91");
    move(b, &ann, "subject_request", "DSR-1", "answer", SET(IS("outcome", "erased")));
    refused(b, &ann, "subject_request", "DSR-1", "confirm", "you are the answered_by yourself");
    move(b, &bob, "subject_request", "DSR-1", "confirm", NOTHING);
    refused(b, &ann, "subject_request", "DSR-2", "deny", "denial_reason");
    refused(b, &ann, "subject_request", "DSR-2", "deny", "you are the owner yourself");
    test_now += DAYS(90);
    move(b, &ann, "subject_request", "DSR-2", "verify", SET(IS("verification", "letter")));
    edit(b, &ann, "subject_request", "DSR-2", SET(IS("extension_reason", "too late")));
    refused(b, &ann, "subject_request", "DSR-2", "extend", "due_at");
    assert_rows(b, TIME_MAX, "SELECT state, answered_by, confirmed_by FROM subject_request ORDER BY id", "answered|ann|bob;verified|?|?");
}

static void a_breach_has_72_hours_and_a_customer_thirty_days(bench *b)
{
    people(b);
    add(b, &ann, "breach", "BR-1", SET(IS("title", "Letter"), IS("owner", "ann"), IS("detected_at", "2026-01-12T10:00:00Z")));
    assert_rows(b, TIME_MAX, "SELECT (authority_due_at - detected_at) / 3600000000 FROM breach", "72");
    refused(b, &ann, "breach", "BR-1", "decide", "notify_authority");
    move(b, &ann, "breach", "BR-1", "decide", SET(IS("facts", "sent"), IS("effects", "small"), IS("notify_authority", "false"),
                                                  IS("notify_people", "false"), IS("decision_reason", "came back unopened")));
    edit(b, &ann, "breach", "BR-1", SET(IS("measures", "checked"), IS("people_affected", "1")));
    refused(b, &ann, "breach", "BR-1", "close", "you are the decided_by yourself");
    move(b, &bob, "breach", "BR-1", "close", NOTHING);
    add(b, &ann, "customer", "CUST-1", SET(IS("name", "Ltd"), IS("owner", "ann")));
    assert_rows(b, TIME_MAX, "SELECT delete_due_at FROM customer", "?");
    move(b, &ann, "customer", "CUST-1", "finish", SET(IS("ended_at", "2026-01-12T10:00:00Z")));
    assert_rows(b, TIME_MAX, "SELECT (delete_due_at - ended_at) / 86400000000 FROM customer", "30");
    edit(b, &ann, "customer", "CUST-1", SET(IS("deleted_at", "2026-01-13"), IS("proof", "job 7")));
    refused(b, &ann, "customer", "CUST-1", "delete", "you are the owner yourself");
    move(b, &bob, "customer", "CUST-1", "delete", NOTHING);
    assert_rows(b, TIME_MAX, "SELECT state, verified_by FROM customer", "deleted|bob");
}

static void a_finding_is_closed_by_who_neither_fixed_nor_owns_it(bench *b)
{
    people(b);
    add(b, &ann, "finding", "FND-1", SET(IS("title", "Weak key"), IS("origin", "penetration_test"), IS("severity", "high"), IS("found_at", "2026-01-02"),
                                         IS("owner", "ann")));
    refused(b, &ann, "finding", "FND-1", "start", "due_at");
    refused(b, &ann, "finding", "FND-1", "close", "close is for what is");
    move(b, &bob, "finding", "FND-1", "fix", SET(IS("root_cause", "haste"), IS("corrective_action", "review")));
    edit(b, &ann, "finding", "FND-1", SET(IS("retest", "tried it")));
    refused(b, &bob, "finding", "FND-1", "close", "you are the fixed_by yourself");
    refused(b, &ann, "finding", "FND-1", "close", "you are the owner yourself");
    move(b, &cid, "finding", "FND-1", "close", NOTHING);
    not_edited(b, &ann, "finding", "FND-1", SET(IS("severity", "low")), "closed");
    move(b, &ann, "finding", "FND-1", "reopen", NOTHING);
    assert_rows(b, TIME_MAX, "SELECT state, fixed_by, fixed_at, retested_by, closed_at FROM finding", "open|?|?|?|?");
}

static void figures_and_reports_are_not_reviewed_by_who_made_them(bench *b)
{
    people(b);
    add(b, &ann, "processing_spec", "SPEC-1", SET(IS("title", "Bills"), IS("owner", "ann"), IS("version", "1"), IS("inputs", "orders"),
                                                  IS("processing", "sums"), IS("outputs", "bills")));
    refused(b, &ann, "processing_spec", "SPEC-1", "approve", "you are the owner yourself");
    move(b, &bob, "processing_spec", "SPEC-1", "approve", NOTHING);
    not_edited(b, &ann, "processing_spec", "SPEC-1", SET(IS("inputs", "anything")), "approved");
    add(b, &ann, "reconciliation", "REC-1", SET(IS("spec", "SPEC-1"), IS("period_from", "2026-01-01"), IS("period_to", "2026-01-02"), IS("expected", "9"), IS("actual", "8")));
    refused(b, &bob, "reconciliation", "REC-1", "review", "difference");
    edit(b, &ann, "reconciliation", "REC-1", SET(IS("difference", "-1")));
    refused(b, &ann, "reconciliation", "REC-1", "review", "you are the preparer yourself");
    move(b, &bob, "reconciliation", "REC-1", "review", NOTHING);
    add(b, &ann, "internal_audit", "IA-1", SET(IS("title", "Readiness"), IS("kind", "readiness"), IS("scope", "all"), IS("lead", "ann"),
                                               IS("auditor", "bob"), IS("owner", "bob")));
    refused(b, &ann, "internal_audit", "IA-1", "start", "auditor");
    edit(b, &ann, "internal_audit", "IA-1", SET(IS("owner", "ann")));
    move(b, &ann, "internal_audit", "IA-1", "start", NOTHING);
    edit(b, &bob, "internal_audit", "IA-1", SET(IS("report", "gaps")));
    refused(b, &bob, "internal_audit", "IA-1", "report", "evidence");
    add(b, &bob, "evidence", "EV-1", SET(IS("title", "Report"), IS("supports", "internal_audit/IA-1"), IS("statement", "text")));
    move(b, &bob, "internal_audit", "IA-1", "report", NOTHING);
    refused(b, &bob, "internal_audit", "IA-1", "approve", "you are the auditor yourself");
    move(b, &ann, "internal_audit", "IA-1", "approve", NOTHING);
}

static void what_is_left_out_of_the_report_is_left_out_for_a_reason(bench *b)
{
    work  *w = start(b, &owner);
    told(b, w, work_add(w, type("criterion"), S("P3.1"), SET(IS("applicable", "false")), &b->f, NULL), "a criterion that does not apply", "reason");
    w = start(b, &owner);
    told(b, w, work_add(w, type("category"), S("privacy"), SET(IS("in_scope", "false")), &b->f, NULL), "a category out of scope", "reason");
    add(b, &owner, "criterion", "P3.1", SET(IS("applicable", "true")));
    w = start(b, &owner);
    told(b, w, work_edit(w, type("criterion"), S("P3.1"), 0, SET(IS("applicable", "false")), &b->f), "one that does no longer", "reason");
    edit(b, &owner, "criterion", "P3.1", SET(IS("applicable", "false"), IS("reason", "no personal information is collected")));
}

#define TESTS(X)                                                       \
    X(a_risk_is_scored_and_accepted_by_another_as_large_as_it_was)     \
    X(a_vendor_is_used_only_after_another_approved_its_assessment)     \
    X(the_clock_of_a_request_is_that_of_its_law)                       \
    X(a_breach_has_72_hours_and_a_customer_thirty_days)                \
    X(a_finding_is_closed_by_who_neither_fixed_nor_owns_it)            \
    X(figures_and_reports_are_not_reviewed_by_who_made_them)           \
    X(what_is_left_out_of_the_report_is_left_out_for_a_reason)

#define EACH(name) static void name##_on_each_engine(void **st) { (void)st; on_each_engine(name); }
TESTS(EACH)

int main(void)
{
#define ROW(name) cmocka_unit_test(name##_on_each_engine),
    const struct CMUnitTest tests[] = { TESTS(ROW) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
