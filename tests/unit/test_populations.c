/* Every population of content/: both queries run on both engines, a complete
 * register is found complete, and each way of being incomplete is told. */
#include "library/library.h"
#include "store_fixture.h"

#define FROM   "2025-10-01"
#define TO     "2026-01-01"
#define DURING "2025-11-15"

/* What a scene begins with, "RELATION {row}" a line; then ways to break it: rows
 * beginning with `without` left out, `with` added; `tells` is the check that fails. */
typedef struct {
    const char *without, *with, *tells;
} breaking;

typedef struct {
    const char *population, *rows;
    int         n;                        /* items of the population */
    breaking    breaks[4];
} scene;

#define CONFIRMED(type) "register {\"id\":\"" type "\",\"basis\":\"a list\",\"confirmed_at\":\"2026-01-05\"}\n"
#define ANN "person {\"id\":\"ann\",\"name\":\"Ann\",\"state\":\"active\",\"login\":\"ann\",\"starts_at\":\"2024-01-01\",\"job_title\":\"lead\"}\n"
#define BOB "person {\"id\":\"bob\",\"name\":\"Bob\",\"state\":\"active\",\"login\":\"bob\",\"starts_at\":\"" DURING "\",\"manager\":\"ann\",\"moved_at\":\"2025-12-01\"}\n"
#define CAT "person {\"id\":\"cat\",\"name\":\"Cat\",\"state\":\"left\",\"login\":\"cat\",\"starts_at\":\"2024-05-01\",\"ends_at\":\"2025-12-01\"}\n"
#define PEOPLE ANN BOB CAT CONFIRMED("person")
#define ACCOUNT(login, more) "account {\"system\":\"web1\",\"login\":\"" login "\",\"kind\":\"human\"" more "}\n"
#define REGISTER(against) "the register was compared with " against
#define GAPS "every number from 1 on is there"
#define HOST(name) "host {\"system\":\"" name "\",\"os_name\":\"Debian\"}\n"

static const scene scenes[] = {
    { "new_hires", PEOPLE ACCOUNT("ann", ",\"person\":\"ann\",\"active\":true"), 1, {
        { NULL, "person {\"id\":\"dan\",\"name\":\"Dan\",\"state\":\"active\"}\n", "days and states of people agree" },
        { NULL, "person {\"id\":\"dan\",\"name\":\"Dan\",\"state\":\"left\",\"ends_at\":\"2025-11-01\"}\n",
          "opening + joiners - leavers = closing" },
        { NULL, ACCOUNT("eve", ",\"person\":\"eve\""), "every open account of a person is known to the register" },
        { "register", NULL, REGISTER("the payroll") } } },
    { "terminations", PEOPLE ACCOUNT("cat", ",\"active\":false") ACCOUNT("ann", ",\"active\":true"), 1, {
        { NULL, "person {\"id\":\"dan\",\"name\":\"Dan\",\"state\":\"left\",\"starts_at\":\"2024-01-01\"}\n", "days and states of people agree" },
        { NULL, "person {\"id\":\"dan\",\"name\":\"Dan\",\"state\":\"active\",\"starts_at\":\"2024-01-01\",\"ends_at\":\"2025-12-01\"}\n",
          "days and states of people agree" },
        { NULL, ACCOUNT("bob", ",\"active\":false"), "nobody is said to be here whose every account is closed" },
        { "register", "register {\"id\":\"person\",\"basis\":\"a list\",\"confirmed_at\":\"2025-11-01\"}\n", REGISTER("the payroll") } } },
    { "access_grants",
      "access_request {\"id\":\"AR-1\",\"person\":\"ann\",\"system\":\"web1\",\"entitlement\":\"admin\",\"login\":\"ann\",\"state\":\"granted\","
      "\"granted_at\":\"" DURING "\",\"privileged\":true}\n"
      "account_owner {\"id\":\"web1/bob\",\"system\":\"web1\",\"login\":\"bob\",\"state\":\"current\",\"person\":\"bob\"}\n"
      ACCOUNT("ann", "") ACCOUNT("bob", "") ACCOUNT("cat", ",\"active\":false"), 1, {
        { NULL, ACCOUNT("eve", ""), "every open account is explained" },
        { "account_owner", NULL, "every open account is explained" },
        { NULL, "access_request {\"id\":\"AR-10\",\"person\":\"bob\",\"state\":\"requested\"}\n", GAPS } } },
    { "role_changes", PEOPLE, 1, {
        { "person {\"id\":\"ann\"", "person {\"id\":\"ann\",\"name\":\"Ann\",\"state\":\"left\"}\n", "nobody reports to someone who has left" },
        { NULL, "person {\"id\":\"dan\",\"name\":\"Dan\",\"state\":\"active\",\"starts_at\":\"2025-06-01\",\"moved_at\":\"2025-05-01\"}\n",
          "nobody moved before joining" },
        { "register", NULL, REGISTER("the HR system") } } },
    { "access_reviews",
      "access_review {\"id\":\"REV-1\",\"kind\":\"account\",\"system\":\"web1\",\"period\":\"2025-Q4\",\"state\":\"closed\",\"reviewer\":\"ann\","
      "\"due_at\":\"2025-12-20\",\"closed_at\":\"2025-12-18\",\"population\":1}\n"
      "access_decision {\"id\":\"AD-1\",\"review\":\"REV-1\",\"decision\":\"keep\",\"state\":\"verified\"}\n" ACCOUNT("ann", ""), 1, {
        { NULL, "account {\"system\":\"db1\",\"login\":\"x\"}\n", "each system was reviewed every quarter" },
        { "access_decision", NULL, "each review decided on every account it froze" },
        { NULL, "access_review {\"id\":\"REV-3\",\"state\":\"draft\",\"due_at\":\"2026-04-01\"}\n", GAPS } } },
    { "changes",
      "repository {\"repository\":\"app\",\"commits\":3,\"shallow\":false}\n"
      "change {\"repository\":\"app\",\"id\":\"c1\",\"at\":\"2025-09-01\",\"commits\":1,\"merge\":false}\n"
      "change {\"repository\":\"app\",\"id\":\"c2\",\"at\":\"" DURING "\",\"commits\":1,\"merge\":true}\n"
      "change_request {\"id\":\"CHG-1\",\"kind\":\"normal\",\"state\":\"released\",\"repository\":\"app\",\"change_id\":\"c2\"}\n", 1, {
        { "change {\"repository\":\"app\",\"id\":\"c1\"", NULL, "changes carry every commit of the default branch" },
        { NULL, "change {\"repository\":\"app\",\"id\":\"c3\"}\n", "changes carry every commit of the default branch" },
        { NULL, "repository {\"repository\":\"lib\",\"commits\":0}\n", "no history is cut short" },
        { NULL, "change_request {\"id\":\"CHG-2\",\"state\":\"released\",\"repository\":\"app\",\"change_id\":\"c9\"}\n",
          "each released request names a change that is there" } } },
    { "emergency_changes",
      "change {\"repository\":\"app\",\"id\":\"c2\",\"at\":\"" DURING "\",\"approved\":false}\n"
      "change_request {\"id\":\"CHG-1\",\"kind\":\"emergency\",\"state\":\"released\",\"repository\":\"app\",\"change_id\":\"c2\",\"released_at\":\"" DURING "\"}\n", 1, {
        { NULL, "change {\"repository\":\"app\",\"id\":\"c3\",\"at\":\"" DURING "\",\"approved\":false}\n",
          "what was merged without approval is on record" },
        { NULL, "change {\"repository\":\"app\",\"id\":\"c4\",\"at\":\"" DURING "\"}\n", "what was merged without approval is on record" },
        { NULL, "change_request {\"id\":\"CHG-2\",\"kind\":\"emergency\",\"state\":\"released\"}\n", "each released emergency is among the changes" },
        { NULL, "change_request {\"id\":\"CHG-3\",\"kind\":\"normal\",\"state\":\"draft\"}\n", GAPS } } },
    { "incidents",
      "incident {\"id\":\"INC-1\",\"state\":\"closed\",\"detected_at\":\"2025-09-30\"}\nincident {\"id\":\"INC-2\",\"state\":\"closed\",\"detected_at\":\"" FROM "\"}\n"
      "incident {\"id\":\"INC-2025-7\",\"state\":\"closed\",\"detected_at\":\"2024-01-01\"}\nincident {\"id\":\"pager-77\",\"state\":\"closed\",\"detected_at\":\"2024-01-01\"}\n"
      "incident {\"id\":\"INC-3\",\"state\":\"reported\",\"detected_at\":\"2025-12-31\"}\nincident {\"id\":\"INC-4\",\"state\":\"closed\",\"detected_at\":\"" TO "\"}\n"
      "log_review {\"id\":\"LR-1\",\"outcome\":\"incident\",\"incident\":\"INC-2\",\"performed_at\":\"" DURING "\"}\n"
      "communication {\"id\":\"MSG-1\",\"state\":\"sent\",\"topic\":\"outage\",\"sent_at\":\"" DURING "\",\"about\":\"incident/INC-2\"}\n" CONFIRMED("incident"), 2, {
        { "incident {\"id\":\"INC-2\"", NULL, GAPS },
        { NULL, "log_review {\"id\":\"LR-2\",\"outcome\":\"incident\",\"performed_at\":\"" DURING "\"}\n", "log reviews that found an incident name it" },
        { NULL, "communication {\"id\":\"MSG-2\",\"state\":\"sent\",\"topic\":\"incident\"}\n", "notices of outages and incidents belong to one" },
        { "register", CONFIRMED("complaint"), REGISTER("the pager and the status page") } } },
    { "security_alerts",
      "incident {\"id\":\"INC-1\",\"state\":\"not_an_incident\",\"detected_at\":\"" DURING "\"}\n" CONFIRMED("incident")
      "log_review {\"id\":\"LR-1\",\"kind\":\"security\",\"performed_at\":\"2025-10-31\"}\nlog_review {\"id\":\"LR-2\",\"kind\":\"security\",\"performed_at\":\"2025-11-30\"}\n", 1, {
        { "log_review {\"id\":\"LR-1\"", NULL, "security logs were reviewed every month" },
        { "incident", "incident {\"id\":\"INC-2\",\"state\":\"reported\",\"detected_at\":\"" DURING "\"}\n", GAPS },
        { "register", NULL, REGISTER("the count of the monitoring system") } } },
    { "vulnerabilities",
      "vulnerability {\"id\":\"VUL-1\",\"state\":\"open\",\"found_at\":\"2025-01-01\",\"origin\":\"penetration_test\",\"penetration_test\":\"PT-1\"}\n"
      "vulnerability {\"id\":\"VUL-2\",\"state\":\"fixed\",\"found_at\":\"2025-01-01\",\"fixed_at\":\"2025-02-01\",\"origin\":\"scan\"}\n"
      "penetration_test {\"id\":\"PT-1\",\"state\":\"closed\",\"findings\":1}\n" CONFIRMED("vulnerability"), 1, {
        { NULL, "penetration_test {\"id\":\"PT-2\",\"state\":\"reported\"}\n", "penetration tests and register count alike" },
        { "vulnerability {\"id\":\"VUL-1\"", NULL, "penetration tests and register count alike" },
        { "vulnerability {\"id\":\"VUL-1\"", NULL, GAPS },
        { "register", NULL, REGISTER("the scanner") } } },
    { "endpoints", ANN HOST("ann-laptop") "asset {\"id\":\"ASSET-1\",\"kind\":\"laptop\",\"state\":\"in_use\",\"holder\":\"ann\",\"system\":\"ann-laptop\"}\n", 1, {
        { NULL, BOB, "every employee holds a device" },
        { NULL, HOST("web1"), "every host that is collected is in the inventory" },
        { NULL, "asset {\"id\":\"ASSET-3\",\"kind\":\"phone\",\"state\":\"planned\"}\n", GAPS } } },
    { "servers_and_images", HOST("web1") "patch_state {\"system\":\"web1\",\"pending_security\":0}\n"
      "asset {\"id\":\"ASSET-1\",\"kind\":\"server\",\"state\":\"in_use\",\"system\":\"web1\"}\n", 1, {
        { NULL, "asset {\"id\":\"ASSET-2\",\"kind\":\"server\",\"state\":\"in_use\"}\n", "every server of the inventory is collected" },
        { NULL, HOST("web2"), "every host is in the inventory" },
        { "patch_state", NULL, "every host told the state of its updates" } } },
    { "backups", "backup_tool {\"system\":\"web1\",\"tool\":\"restic\",\"scheduled\":true,\"last_run_at\":\"2025-12-31\",\"last_run_ok\":true}\n"
      "data_store {\"id\":\"DS-1\",\"state\":\"in_use\",\"needs_backup\":true}\nbackup_plan {\"id\":\"BP-1\",\"data_store\":\"DS-1\",\"state\":\"approved\",\"tool\":\"restic\"}\n", 1, {
        { "backup_plan", NULL, "each store that needs a backup has an approved plan" },
        { NULL, "backup_plan {\"id\":\"BP-2\",\"data_store\":\"DS-1\",\"state\":\"approved\"}\n", "the tool of each plan was seen" },
        { NULL, "backup_tool {\"system\":\"web2\",\"tool\":\"borg\",\"last_run_at\":\"2025-12-30\"}\n", "each scheduled tool ran within a day" } } },
    { "vulnerability_scans",
      "vulnerability_scan {\"id\":\"SCAN-1\",\"kind\":\"hosts\",\"outcome\":\"complete\",\"finished_at\":\"2025-10-15\"}\n"
      "vulnerability_scan {\"id\":\"SCAN-2\",\"kind\":\"hosts\",\"outcome\":\"complete\",\"finished_at\":\"" DURING "\"}\n", 2, {
        { "vulnerability_scan {\"id\":\"SCAN-2\"", "vulnerability_scan {\"id\":\"SCAN-2\",\"kind\":\"hosts\",\"outcome\":\"failed\",\"finished_at\":\"" DURING "\"}\n",
          "hosts were scanned every month" },
        { "vulnerability_scan {\"id\":\"SCAN-1\"", NULL, GAPS } } },
    { "restore_and_dr_tests", "exercise {\"id\":\"EX-1\",\"kind\":\"restore\",\"state\":\"closed\",\"finished_at\":\"" DURING "\",\"result\":\"pass\"}\n"
      "exercise {\"id\":\"EX-2\",\"kind\":\"full\",\"state\":\"finished\",\"finished_at\":\"2025-03-01\",\"result\":\"partial\"}\n", 1, {
        { "exercise {\"id\":\"EX-1\"", "exercise {\"id\":\"EX-1\",\"kind\":\"restore\",\"state\":\"running\"}\n", "a restore was tested every quarter" },
        { "exercise {\"id\":\"EX-2\"", NULL, "a recovery was exercised every year" },
        { "exercise {\"id\":\"EX-1\"", NULL, GAPS } } },
    { "vendors", "vendor {\"id\":\"VEN-1\",\"name\":\"Cloud\",\"state\":\"active\"}\nvendor {\"id\":\"VEN-2\",\"name\":\"Old\",\"state\":\"ended\"}\n"
      "contract {\"id\":\"CON-1\",\"vendor\":\"VEN-1\",\"state\":\"active\",\"signed_at\":\"2024-01-01\"}\n" CONFIRMED("vendor"), 2, {
        { "contract", NULL, "every active vendor has a contract" },
        { NULL, "contract {\"id\":\"CON-2\",\"vendor\":\"VEN-2\",\"state\":\"active\"}\n", "contracts in force belong to vendors in use" },
        { "vendor {\"id\":\"VEN-1\"", NULL, GAPS },
        { "register", NULL, REGISTER("the accounts payable") } } },
    { "risks", "risk {\"id\":\"RISK-1\",\"state\":\"assessed\",\"fraud\":true,\"change\":false}\nrisk {\"id\":\"RISK-2\",\"state\":\"closed\",\"fraud\":false,\"change\":true}\n"
      "risk_assessment {\"id\":\"RA-1\",\"kind\":\"yearly\",\"state\":\"approved\",\"approved_at\":\"2025-02-01\",\"covers_fraud\":true,\"covers_change\":true}\n", 2, {
        { "risk_assessment", "risk_assessment {\"id\":\"RA-1\",\"kind\":\"yearly\",\"state\":\"approved\",\"approved_at\":\"2025-02-01\",\"covers_fraud\":true}\n",
          "a whole assessment was approved within a year" },
        { "risk_assessment", NULL, "a whole assessment was approved within a year" },
        { "risk {\"id\":\"RISK-1\"", NULL, "fraud and change are among the risks" },
        { "risk {\"id\":\"RISK-1\"", NULL, GAPS } } },
    { "findings", "finding {\"id\":\"FND-1\",\"state\":\"open\",\"found_at\":\"2025-01-01\",\"about\":\"exercise/EX-1\"}\n"
      "finding {\"id\":\"FND-2\",\"state\":\"closed\",\"found_at\":\"2025-01-01\",\"closed_at\":\"2025-02-01\"}\n"
      "exercise {\"id\":\"EX-1\",\"state\":\"finished\",\"result\":\"failed\",\"finished_at\":\"" DURING "\"}\n" CONFIRMED("finding"), 1, {
        { NULL, "exercise {\"id\":\"EX-2\",\"state\":\"closed\"}\n", "each exercise that did not pass raised a finding" },
        { NULL, "penetration_test {\"id\":\"PT-2\",\"state\":\"reported\"}\n", "each penetration test says how much it found" },
        { "finding {\"id\":\"FND-1\"", NULL, GAPS },
        { "register", NULL, REGISTER("the reports of auditors and testers") } } },
    { "policies", "policy {\"id\":\"access\",\"state\":\"active\"}\npolicy {\"id\":\"backup\",\"state\":\"draft\"}\n"
      "policy_version {\"id\":\"PV-1\",\"policy\":\"access\",\"version\":1,\"state\":\"published\"}\n", 2, {
        { "policy_version", NULL, "each active policy has one published version" },
        { NULL, "policy_version {\"id\":\"PV-2\",\"policy\":\"access\",\"version\":2,\"state\":\"published\"}\n", "each active policy has one published version" },
        { NULL, "policy_version {\"id\":\"PV-3\",\"policy\":\"backup\",\"version\":1,\"state\":\"draft\"}\n", GAPS } } },
    { "training", ANN "course {\"id\":\"basics\",\"state\":\"active\",\"mandatory\":true,\"addressees\":\"everyone\"}\n"
      "training {\"id\":\"TRN-1\",\"person\":\"ann\",\"course\":\"basics\",\"state\":\"assigned\",\"due_at\":\"" DURING "\"}\n", 1, {
        { NULL, BOB, "everyone was assigned what is for everyone" },
        { "training", NULL, "everyone was assigned what is for everyone" },
        { NULL, "training {\"id\":\"TRN-3\",\"due_at\":\"2026-05-01\"}\n", GAPS } } },
    { "assets_disposed", "disposal {\"id\":\"DISP-1\",\"kind\":\"medium\",\"subject\":\"asset/ASSET-1\",\"state\":\"done\",\"done_at\":\"" DURING "\"}\n"
      "asset {\"id\":\"ASSET-1\",\"state\":\"disposed\",\"disposed_at\":\"" DURING "\"}\n", 1, {
        { NULL, "asset {\"id\":\"ASSET-2\",\"state\":\"disposed\"}\n", "each asset disposed of has its disposal" },
        { "asset", "asset {\"id\":\"ASSET-1\",\"state\":\"in_use\"}\n", "each disposal on record took its asset out of use" },
        { NULL, "disposal {\"id\":\"DISP-3\",\"kind\":\"retention\",\"state\":\"planned\"}\n", GAPS } } },
    { "customers_offboarded", "customer {\"id\":\"CUST-1\",\"state\":\"active\",\"started_at\":\"2024-01-01\"}\n"
      "customer {\"id\":\"CUST-2\",\"state\":\"deleted\",\"started_at\":\"2024-01-01\",\"ended_at\":\"" DURING "\"}\n" CONFIRMED("customer"), 1, {
        { NULL, "customer {\"id\":\"CUST-3\",\"state\":\"ended\",\"started_at\":\"2024-01-01\"}\n", "days and states of customers agree" },
        { NULL, "customer {\"id\":\"CUST-3\",\"state\":\"ended\",\"ended_at\":\"2025-11-01\"}\n", "opening + won - ended = closing" },
        { "customer {\"id\":\"CUST-1\"", NULL, GAPS },
        { "register", NULL, REGISTER("the billing list") } } },
    { "data_subject_requests", "subject_request {\"id\":\"DSR-1\",\"state\":\"received\",\"received_at\":\"2025-01-01\"}\n"
      "subject_request {\"id\":\"DSR-2\",\"state\":\"answered\",\"received_at\":\"2025-01-01\",\"answered_at\":\"2025-01-20\"}\n" CONFIRMED("subject_request"), 1, {
        { NULL, "subject_request {\"id\":\"DSR-3\",\"state\":\"denied\",\"received_at\":\"2025-11-01\"}\n", "what is answered or refused has its day" },
        { "subject_request {\"id\":\"DSR-1\"", NULL, GAPS },
        { "register", NULL, REGISTER("the mailbox") } } },
    { "complaints", "complaint {\"id\":\"CMP-1\",\"state\":\"received\",\"received_at\":\"" DURING "\"}\n" CONFIRMED("complaint"), 1, {
        { NULL, "complaint {\"id\":\"CMP-2\",\"state\":\"answered\",\"received_at\":\"" DURING "\"}\n", "what is answered has its day" },
        { NULL, "complaint {\"id\":\"CMP-7\",\"state\":\"received\",\"received_at\":\"" DURING "\"}\n", GAPS },
        { "register", NULL, REGISTER("the mailbox") } } },
    { "processing_jobs", "processing_spec {\"id\":\"SPEC-1\",\"state\":\"published\",\"reconciliation_cadence\":\"monthly\"}\n"
      "reconciliation {\"id\":\"REC-1\",\"spec\":\"SPEC-1\",\"state\":\"reviewed\",\"period_from\":\"2025-10-01\",\"period_to\":\"2025-11-01\"}\n"
      "reconciliation {\"id\":\"REC-2\",\"spec\":\"SPEC-1\",\"state\":\"reviewed\",\"period_from\":\"2025-11-01\",\"period_to\":\"2025-12-01\"}\n", 2, {
        { "reconciliation {\"id\":\"REC-2\"", NULL, "each specification was reconciled as often as it says" },
        { NULL, "processing_spec {\"id\":\"SPEC-2\",\"state\":\"approved\",\"reconciliation_cadence\":\"daily\"}\n", "every specification that reconciles is published" },
        { "reconciliation {\"id\":\"REC-1\"", NULL, GAPS } } },
    { "physical_access", "physical_access {\"id\":\"PA-1\",\"person\":\"ann\",\"facility\":\"FAC-1\",\"kind\":\"badge\",\"state\":\"granted\",\"granted_at\":\"2025-01-01\"}\n"
      "facility {\"id\":\"FAC-1\",\"kind\":\"own\",\"state\":\"in_use\"}\n" CONFIRMED("physical_access"), 1, {
        { NULL, "facility {\"id\":\"FAC-2\",\"kind\":\"own\",\"state\":\"in_use\"}\n", "every own facility has somebody who may enter" },
        { NULL, "physical_access {\"id\":\"PA-2\",\"state\":\"removed\"}\n", "what is removed has its day" },
        { NULL, "physical_access {\"id\":\"PA-3\",\"state\":\"requested\"}\n", GAPS },
        { "register", NULL, REGISTER("the badge system") } } },
};

/* ---- running one ------------------------------------------------------------------------- */

typedef struct {
    bench         *b;
    session       *s;
    const library *l;
    time_us        from, to;
} stage;

/* The row with every required field that it leaves out filled with something. */
static str row_whole(arena *a, const relation *r, str json)
{
    static const char *const fillers[] = { [F_TEXT] = "\"x\"", [F_INT] = "1", [F_BOOL] = "false", [F_TIME] = "1" };
    buf out = buf_new(a, 1 << 16);
    buf_puts(&out, str_sub(json, 0, json.n - 1));
    for (size_t i = 0; i < r->n_fields; i++) {
        const field *fd = &r->fields[i];
        if (field_nullable(fd) || str_contains(json, str_fmt(a, "\"%s\":", fd->name)))
            continue;
        buf_fmt(&out, ",\"%s\":", fd->name);
        if (fd->choices)
            buf_fmt(&out, "\"%s\"", fd->choices[0]);
        else
            buf_putz(&out, fillers[fd->kind]);
    }
    buf_putc(&out, '}');
    return buf_str(&out);
}

static void row_load(stage *g, str line)
{
    str             rest = line, name = str_word(&rest);
    const relation *r = relation_find(name);
    value           row[RELATION_FIELDS_MAX];
    if (!r)
        fail_msg("no relation " STR_FMT, STR_ARG(name));
    must(g->b, row_parse(r, row_whole(g->b->a, r, str_trim(rest)), g->b->a, &g->b->f, row));
    const value *one = row;
    str          source = r->kind == RECORD ? RECORD_SOURCE : S("fixture");
    must(g->b, session_load(g->s, r, source, &one, 1, &g->b->f));
}

static void scene_load(stage *g, const char *rows, const breaking *with)
{
    str line;
    for (size_t i = 0; i < n_relations; i++)
        if (relations[i]->kind != RESULT)
            must(g->b, session_load(g->s, relations[i], S("fixture"), NULL, 0, &g->b->f));
    for (str rest = str_of(rows); str_line(&rest, &line);)
        if (!with || !with->without || !str_starts(line, str_of(with->without)))
            row_load(g, line);
    for (str rest = str_of(with ? with->with : NULL); str_line(&rest, &line);)
        row_load(g, line);
}

static err_t query(stage *g, const library_population *p, str sql, cursor **ret)
{
    fault why = { 0 };
    err_t e = session_query(g->s, population_sql(g->b->a, sql, g->from, g->to), &why, ret);
    return e == ERR_OK ? e : fail(&g->b->f, e, STR_FMT ": %s", STR_ARG(p->id), why.text);
}

static int64_t count_rows(stage *g, const library_population *p)
{
    auto_cursor cursor *c = NULL;
    int64_t n = 0;
    bool    more;
    must(g->b, query(g, p, p->sql, &c));
    for (size_t i = 0; i < p->times.n; i++) {
        bool there = false;
        for (int k = 0; k < cursor_columns(c); k++)
            there |= str_eq(cursor_name(c, k), p->times.v[i]);
        if (!there)
            fail_msg(STR_FMT " has no column " STR_FMT, STR_ARG(p->id), STR_ARG(p->times.v[i]));
    }
    for (;; n++) {
        must(g->b, cursor_next(c, &g->b->f, &more));
        if (!more)
            return n;
    }
}

/* Of a population's checks: those that fail, with commas between. */
static str failing(stage *g, const library_population *p)
{
    static const char *const names[] = { "check_name", "ok", "observed", "expected" };
    auto_cursor cursor *c = NULL;
    buf  out = buf_new(g->b->a, 1 << 16);
    bool more;
    must(g->b, query(g, p, p->checks_sql, &c));
    assert_int_equal(cursor_columns(c), COUNT(names));
    for (int i = 0; i < (int)COUNT(names); i++)
        assert_true(str_eq(cursor_name(c, i), str_of(names[i])));
    for (int n = 0;; n++) {
        must(g->b, cursor_next(c, &g->b->f, &more));
        if (!more) {
            assert_true(n >= 2);
            return buf_str(&out);
        }
        assert_false(cursor_null(c, 2) || cursor_null(c, 3));
        if (cursor_null(c, 1) || cursor_int(c, 1) != 1) {
            buf_puts(&out, cursor_text(c, 0));
            buf_putz(&out, "; ");
        }
    }
}

static stage stage_of(bench *b)
{
    stage g = { .b = b };
    must(b, library_load(b->a, &(library_options){ 0 }, &b->f, &g.l));
    must(b, session_open_fixture(b->st, &b->f, &g.s));
    assert_true(time_parse(S(FROM), &g.from) && time_parse(S(TO), &g.to));
    return g;
}

static void as_of_suits(stage *g, const library_population *p)
{
    time_us now;
    assert_true(time_parse(S("2026-01-15"), &now));
    must(g->b, session_set_as_of(g->s, p->at_end ? g->to : now, &g->b->f));
}

static void run_scenes(bench *b)
{
    stage g = stage_of(b);
    auto_session session *held = g.s;
    (void)held;
    for (size_t i = 0; i < COUNT(scenes); i++) {
        const library_population *p = library_population_find(g.l, str_of(scenes[i].population));
        if (!p)
            fail_msg("no population %s", scenes[i].population);
        as_of_suits(&g, p);
        scene_load(&g, scenes[i].rows, NULL);
        str told = failing(&g, p);
        if (told.n)
            fail_msg("%s: complete, and yet: " STR_FMT, scenes[i].population, STR_ARG(told));
        if (count_rows(&g, p) != scenes[i].n)
            fail_msg("%s: %lld rows, not %d", scenes[i].population, (long long)count_rows(&g, p), scenes[i].n);
        for (size_t k = 0; k < COUNT(scenes[i].breaks) && scenes[i].breaks[k].tells; k++) {
            scene_load(&g, scenes[i].rows, &scenes[i].breaks[k]);
            told = failing(&g, p);
            if (!str_contains(told, str_of(scenes[i].breaks[k].tells)))
                fail_msg("%s, broken %zu: \"%s\" does not fail; what fails: " STR_FMT, scenes[i].population, k, scenes[i].breaks[k].tells,
                         STR_ARG(told));
        }
    }
}

static void run_empty(bench *b)
{
    stage g = stage_of(b);
    auto_session session *held = g.s;
    (void)held;
    for (size_t i = 0; i < g.l->n_populations; i++) {
        as_of_suits(&g, &g.l->populations[i]);
        assert_int_equal(count_rows(&g, &g.l->populations[i]), 0);
        (void)failing(&g, &g.l->populations[i]);
    }
}

static void a_complete_population_is_found_so_and_each_gap_is_told(void **st)
{
    (void)st;
    on_each_engine(run_scenes);
}

static void every_population_runs_over_nothing(void **st)
{
    (void)st;
    on_each_engine(run_empty);
}

static void every_population_has_its_scene(void **st)
{
    (void)st;
    const library *l = NULL;
    fault          f = { 0 };
    auto_arena arena *a = arena_new(64 << 20);
    assert_int_equal(library_load(a, &(library_options){ 0 }, &f, &l), ERR_OK);
    assert_int_equal(l->n_populations, COUNT(scenes));
    for (size_t i = 0; i < COUNT(scenes); i++)
        assert_non_null(library_population_find(l, str_of(scenes[i].population)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_population_has_its_scene),
        cmocka_unit_test(every_population_runs_over_nothing),
        cmocka_unit_test(a_complete_population_is_found_so_and_each_gap_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
