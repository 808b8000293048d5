/* Access, changes, incidents, disposals and plans: who may move them on, and what must have happened before. */
#include "program/program.h"
#include "store_fixture.h"

static const principal owner = { .actor = { "cli:root", 8 }, .role = ROLE_OWNER };
static const principal ann = { .actor = { "cli:ann", 7 }, .person = { "ann", 3 }, .role = ROLE_MANAGER };
static const principal bob = { .actor = { "cli:bob", 7 }, .person = { "bob", 3 }, .role = ROLE_MANAGER };
static const principal cid = { .actor = { "cli:cid", 7 }, .person = { "cid", 3 }, .role = ROLE_MANAGER };

#define SET(...) (const assignment[]){ __VA_ARGS__ }, sizeof((const assignment[]){ __VA_ARGS__ }) / sizeof(assignment)
#define IS(f, v) { { f, sizeof(f) - 1 }, { v, sizeof(v) - 1 } }

static const relation *type(const char *name) { return relation_find(str_of(name)); }

/* As the real effect does it: what it writes is gone when it returns. */
static err_t digest_put(void *arg, work *w, effect_id effect, const relation *r, const value *row, fault *f)
{
    auto_arena arena *own = arena_new(1 << 20);
    value            *copy = NEW_ARRAY(own, value, r->n_fields);
    (void)arg;
    if (effect != EFFECT_FREEZE_ACCOUNTS)
        return ERR_OK;
    memcpy(copy, row, r->n_fields * sizeof *copy);
    copy[relation_field(r, S("digest"))] = v_text(str_fmt(own, "%064d", 7));
    return work_put(w, r, copy, f);
}

static const work_hooks hooks = { .effect = digest_put };

/* With the clocks of the law, as every work of the program has them. */
static work *start(bench *b, const principal *who)
{
    calendars *clocks = NULL;
    work      *w = NULL;
    must(b, calendar_load(b->a, NULL, &b->f, &clocks));
    must(b, work_begin(&(work_options){ .st = b->st, .calendars = clocks, .who = who, .hooks = &hooks, .action = S("test"), .reason = S("") }, &b->f, &w));
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

/* The step is refused, and the words say why. */
static void refused_with(bench *b, const principal *who, const char *what, const char *id, const char *step, const assignment *set, size_t n,
                         const char *says)
{
    fault f = { 0 };
    buf   t = buf_new(b->a, 10000);
    work *w = start(b, who);
    (void)!work_do(w, type(what), str_of(id), 0, str_of(step), set, n, &f);
    faults_text(work_faults(w), 10, &t);
    if (!strstr(buf_z(&t), says))
        fail_msg("%s of %s says: %s", step, id, buf_z(&t));
    work_abort(w);
}

static void refused(bench *b, const principal *who, const char *what, const char *id, const char *step, const char *says)
{
    refused_with(b, who, what, id, step, NULL, 0, says);
}

static void cannot_edit(bench *b, const char *what, const char *id, const assignment *set, size_t n, const char *says)
{
    fault f = { 0 };
    buf   t = buf_new(b->a, 10000);
    work *w = start(b, &owner);
    (void)!work_edit(w, type(what), str_of(id), 0, set, n, &f);
    faults_text(work_faults(w), 10, &t);
    if (!strstr(buf_z(&t), says))
        fail_msg("editing %s says: %s", id, buf_z(&t));
    work_abort(w);
}

static void people(bench *b)
{
    add(b, &owner, "person", "ann", SET(IS("name", "Ann")));
    add(b, &owner, "person", "bob", SET(IS("name", "Bob")));
    add(b, &owner, "person", "cid", SET(IS("name", "Cid")));
}

static void proof(bench *b, const char *about)
{
    add(b, &ann, "evidence", "", (const assignment[]){ IS("title", "log"), IS("statement", "seen"), { S("supports"), str_of(about) } }, 3);
}

static void access_is_approved_by_neither_who_asks_nor_who_gets_it(bench *b)
{
    people(b);
    add(b, &ann, "access_request", "", SET(IS("person", "bob"), IS("system", "web1"), IS("entitlement", "sudo"), IS("privileged", "true"),
                                           IS("temporary", "true"), IS("expires_at", "2200-01-01"), IS("reason", "work")));
    refused(b, &ann, "access_request", "AR-1", "approve", "you are the requester yourself");
    refused(b, &bob, "access_request", "AR-1", "approve", "you are the person yourself");
    refused(b, &cid, "access_request", "AR-1", "grant", "grant is for what is approved");
    move(b, &cid, "access_request", "AR-1", "approve", NULL, 0);
    cannot_edit(b, "access_request", "AR-1", SET(IS("expires_at", "2300-01-01")), "edited only while it is requested");
    refused_with(b, &cid, "access_request", "AR-1", "grant", SET(IS("login", "bob"), IS("expires_at", "2300-01-01")), "stays as it was");
    refused(b, &cid, "access_request", "AR-1", "grant", "login");
    move(b, &cid, "access_request", "AR-1", "grant", SET(IS("login", "bob")));
    assert_rows(b, TIME_MAX, "SELECT state, requester, approver, granted_by, login FROM access_request", "granted|ann|cid|cid|bob");
}

static void reviewed(bench *b)
{
    people(b);
    add(b, &cid, "access_review", "REV-1", SET(IS("kind", "account"), IS("system", "web1"), IS("period", "2026-Q1"), IS("reviewer", "ann"),
                                               IS("due_at", "2026-02-01")));
    move(b, &cid, "access_review", "REV-1", "start", NULL, 0);
}

static void decision(bench *b, const char *id, const char *login, const char *person)
{
    const assignment set[] = { IS("review", "REV-1"), IS("system", "web1"), IS("reviewer", "ann"), { S("login"), str_of(login) }, { S("person"), str_of(person) } };
    add(b, &cid, "access_decision", id, set, COUNT(set));
}

static void a_review_ends_when_every_account_is_decided_and_every_removal_seen(bench *b)
{
    reviewed(b);
    assert_rows(b, TIME_MAX, "SELECT state, length(digest) FROM access_review", "running|64");
    refused(b, &cid, "access_review", "REV-1", "decide", "it needs one access decision");
    decision(b, "AD-1", "bob", "bob");
    decision(b, "AD-2", "ann", "ann");
    decision(b, "AD-3", "old", "cid");
    cannot_edit(b, "access_review", "REV-1", SET(IS("due_at", "2027-01-01")), "stays as it was");
    refused(b, &bob, "access_decision", "AD-1", "keep", "only ann may do it, in person");
    refused(b, &ann, "access_decision", "AD-2", "keep", "you are the person yourself");
    refused(b, &ann, "access_decision", "AD-2", "keep_own", "self_review");
    refused(b, &ann, "access_decision", "AD-1", "keep_own", "only bob may do it, in person");
    move(b, &ann, "access_decision", "AD-1", "keep", NULL, 0);
    move(b, &ann, "access_decision", "AD-2", "keep_own", SET(IS("self_review", "I alone run it")));
    refused(b, &cid, "access_review", "REV-1", "decide", "AD-3 is pending");
    move(b, &ann, "access_decision", "AD-3", "revoke", NULL, 0);
    move(b, &cid, "access_review", "REV-1", "decide", NULL, 0);
    refused(b, &cid, "access_review", "REV-1", "close", "AD-3 is decided");
    refused(b, &cid, "access_decision", "AD-3", "verify", "you are the person yourself");
    move(b, &ann, "access_decision", "AD-3", "verify", NULL, 0);
    move(b, &cid, "access_review", "REV-1", "close", NULL, 0);
    refused(b, &ann, "access_decision", "AD-1", "revoke", "revoke is for what is pending");
    assert_rows(b, TIME_MAX, "SELECT id, state, decision FROM access_decision ORDER BY id", "AD-1|verified|keep;AD-2|verified|keep;AD-3|verified|revoke");
}

static void change(bench *b, const char *id, const char *kind)
{
    const assignment set[] = { IS("title", "x"), IS("author", "ann"), { S("kind"), str_of(kind) } };
    add(b, &bob, "change_request", id, set, COUNT(set));
}

#define TESTED SET(IS("description", "why"), IS("test_evidence", "suite"), IS("backout", "redeploy"))

static void a_change_is_approved_by_neither_its_author_nor_who_recorded_it(bench *b)
{
    people(b);
    change(b, "CHG-1", "normal");
    cannot_edit(b, "change_request", "CHG-1", SET(IS("author", "cid")), "stays as it was");
    refused(b, &bob, "change_request", "CHG-1", "submit", "test_evidence");
    move(b, &bob, "change_request", "CHG-1", "submit", TESTED);
    refused(b, &ann, "change_request", "CHG-1", "approve", "you are the author yourself");
    refused(b, &bob, "change_request", "CHG-1", "approve", "you are the requester yourself");
    refused_with(b, &cid, "change_request", "CHG-1", "approve", SET(IS("risk", "low")), "cannot be changed in this state");
    refused(b, &cid, "change_request", "CHG-1", "release", "release is for what is approved");
    move(b, &cid, "change_request", "CHG-1", "approve", NULL, 0);
    move(b, &ann, "change_request", "CHG-1", "release", NULL, 0);
    assert_rows(b, TIME_MAX, "SELECT state, approver, released_by, due_at FROM change_request", "released|cid|ann|?");
}

static void only_emergencies_are_approved_afterwards_and_have_a_clock(bench *b)
{
    people(b);
    change(b, "CHG-1", "normal");
    change(b, "CHG-2", "standard");
    refused_with(b, &ann, "change_request", "CHG-1", "release_standard", SET(IS("template", "CHG-2"), IS("test_evidence", "suite")), "it is normal");
    move(b, &bob, "change_request", "CHG-2", "submit", TESTED);
    move(b, &cid, "change_request", "CHG-2", "approve", NULL, 0);
    refused(b, &ann, "change_request", "CHG-2", "release", "it is standard");
    change(b, "CHG-3", "standard");
    move(b, &ann, "change_request", "CHG-3", "release_standard", SET(IS("template", "CHG-2"), IS("test_evidence", "suite")));
    refused(b, &cid, "change_request", "CHG-3", "ratify", "it is standard");
    move(b, &ann, "change_request", "CHG-1", "release_emergency", SET(IS("description", "down")));
    assert_rows(b, TIME_MAX, "SELECT id, kind, CASE WHEN due_at > released_at THEN 1 END FROM change_request WHERE released_at IS NOT NULL ORDER BY id",
                "CHG-1|emergency|1;CHG-3|standard|?");
    refused_with(b, &ann, "change_request", "CHG-1", "ratify", SET(IS("test_evidence", "suite")), "you are the author yourself");
    refused(b, &cid, "change_request", "CHG-1", "ratify", "test_evidence");
    move(b, &cid, "change_request", "CHG-1", "ratify", SET(IS("test_evidence", "suite")));
}

static void incident(bench *b, const char *id, const char *severity)
{
    const assignment set[] = { IS("title", "x"), IS("kind", "security"), IS("detected_at", "2020-01-01"), { S("severity"), str_of(severity) } };
    add(b, &ann, "incident", id, set, COUNT(set));
    move(b, &ann, "incident", id, "triage", NULL, 0);
    move(b, &ann, "incident", id, "declare", SET(IS("commander", "ann"), IS("data_impact", "suspected")));
    move(b, &ann, "incident", id, "resolve", SET(IS("resolved_at", "2020-01-02"), IS("data_impact", "none")));
}

static void a_serious_incident_is_closed_when_its_lessons_are_written_and_its_actions_done(bench *b)
{
    people(b);
    incident(b, "INC-1", "high");
    incident(b, "INC-2", "low");
    refused_with(b, &ann, "incident", "INC-1", "close_minor", SET(IS("root_cause", "why"), IS("report_relevant", "false")), "it is high");
    refused_with(b, &ann, "incident", "INC-1", "close", SET(IS("root_cause", "why"), IS("report_relevant", "false")), "post_mortem_at");
    move(b, &ann, "incident", "INC-1", "review", SET(IS("root_cause", "why"), IS("post_mortem", "lessons")));
    add(b, &ann, "action_item", "ACT-1", SET(IS("title", "patch"), IS("subject", "incident/INC-1"), IS("owner", "bob"), IS("due_at", "2020-02-01")));
    add(b, &ann, "notification", "NOT-1", SET(IS("incident", "INC-1"), IS("regime", "gdpr_breach"), IS("started_at", "2020-01-01T10:00:00Z")));
    assert_rows(b, TIME_MAX, "SELECT due_at - started_at FROM notification", "259200000000");
    refused_with(b, &ann, "incident", "INC-1", "close", SET(IS("report_relevant", "false")), "ACT-1 is open");
    refused_with(b, &ann, "incident", "INC-1", "close", SET(IS("report_relevant", "false")), "NOT-1 is open");
    move(b, &bob, "action_item", "ACT-1", "finish", SET(IS("remark", "patched")));
    refused(b, &ann, "notification", "NOT-1", "waive", "reason");
    move(b, &bob, "notification", "NOT-1", "waive", SET(IS("reason", "no personal data")));
    move(b, &ann, "incident", "INC-1", "close", SET(IS("report_relevant", "false")));
    move(b, &ann, "incident", "INC-2", "close_minor", SET(IS("root_cause", "why"), IS("report_relevant", "false")));
    assert_rows(b, TIME_MAX, "SELECT id, state FROM incident ORDER BY id", "INC-1|closed;INC-2|closed");
}

static void equipment_leaves_after_two_people_saw_that_nothing_is_left(bench *b)
{
    people(b);
    add(b, &ann, "asset", "ASSET-1", SET(IS("name", "lap"), IS("kind", "laptop"), IS("owner", "ann")));
    move(b, &ann, "asset", "ASSET-1", "retire", NULL, 0);
    refused(b, &ann, "asset", "ASSET-1", "dispose", "it needs one disposal that is done");
    add(b, &ann, "disposal", "DISP-1", SET(IS("subject", "asset/ASSET-1"), IS("title", "disk"), IS("kind", "medium"), IS("due_at", "2020-01-01"),
                                           IS("method", "shred"), IS("certificate", "C-17"), IS("done_at", "2020-01-01")));
    refused(b, &ann, "disposal", "DISP-1", "finish", "no evidence supports it");
    proof(b, "disposal/DISP-1");
    move(b, &ann, "disposal", "DISP-1", "finish", NULL, 0);
    refused(b, &ann, "asset", "ASSET-1", "dispose", "it needs one disposal that is done");
    refused(b, &ann, "disposal", "DISP-1", "confirm", "you are the performer yourself");
    move(b, &bob, "disposal", "DISP-1", "confirm", NULL, 0);
    move(b, &ann, "asset", "ASSET-1", "dispose", NULL, 0);
    assert_rows(b, TIME_MAX, "SELECT state, performer, witness FROM disposal", "done|ann|bob");
}

static void a_vulnerability_has_the_time_of_its_severity_and_is_not_judged_by_one_person(bench *b)
{
    people(b);
    add(b, &ann, "vulnerability", "VUL-1", SET(IS("title", "x"), IS("severity", "critical"), IS("origin", "scan"), IS("found_at", "2020-01-01"), IS("owner", "bob")));
    assert_rows(b, TIME_MAX, "SELECT CASE WHEN due_at > found_at THEN 1 END FROM vulnerability", "1");
    refused(b, &cid, "vulnerability", "VUL-1", "accept", "accept is for what is proposed");
    move(b, &ann, "vulnerability", "VUL-1", "propose", SET(IS("reason", "cannot")));
    refused_with(b, &ann, "vulnerability", "VUL-1", "accept", SET(IS("accepted_until", "2200-01-01")), "you are the proposer yourself");
    refused_with(b, &bob, "vulnerability", "VUL-1", "accept", SET(IS("accepted_until", "2200-01-01")), "you are the owner yourself");
    refused_with(b, &cid, "vulnerability", "VUL-1", "accept", SET(IS("accepted_until", "2020-01-01")), "that time has passed");
    move(b, &cid, "vulnerability", "VUL-1", "accept", SET(IS("accepted_until", "2200-01-01")));
    move(b, &bob, "vulnerability", "VUL-1", "fix", SET(IS("fixed_at", "2020-01-03")));
    refused(b, &bob, "vulnerability", "VUL-1", "verify", "you are the fixed_by yourself");
    move(b, &ann, "vulnerability", "VUL-1", "verify", NULL, 0);
    move(b, &ann, "vulnerability", "VUL-1", "reopen", NULL, 0);
    assert_rows(b, TIME_MAX, "SELECT state, fixed_at, approver, accepted_until FROM vulnerability", "open|?|?|?");
}

static void plans_are_approved_by_others_and_do_not_change_afterwards(bench *b)
{
    people(b);
    add(b, &ann, "continuity_plan", "PLAN-1", SET(IS("title", "DR"), IS("kind", "recovery"), IS("version", "1"), IS("owner", "ann"), IS("body", "steps"),
                                                  IS("cadence", "yearly")));
    move(b, &bob, "continuity_plan", "PLAN-1", "submit", NULL, 0);
    refused(b, &ann, "continuity_plan", "PLAN-1", "approve", "you are the owner yourself");
    refused(b, &bob, "continuity_plan", "PLAN-1", "approve", "you are the submitter yourself");
    move(b, &cid, "continuity_plan", "PLAN-1", "approve", NULL, 0);
    cannot_edit(b, "continuity_plan", "PLAN-1", SET(IS("body", "other")), "edited only while it is draft");
    refused_with(b, &cid, "continuity_plan", "PLAN-1", "approve", SET(IS("body", "other")), "cannot be changed in this state");
    add(b, &ann, "data_store", "DS-1", SET(IS("name", "db"), IS("kind", "database")));
    add(b, &ann, "backup_plan", "BP-1", SET(IS("data_store", "DS-1"), IS("owner", "ann"), IS("made_by", "host"), IS("tool", "restic"),
                                            IS("frequency_minutes", "1440"), IS("rpo_minutes", "60"), IS("rto_minutes", "240"), IS("elsewhere", "true"),
                                            IS("encrypted", "true"), IS("undeletable", "true")));
    refused(b, &ann, "backup_plan", "BP-1", "submit", "it must be at least frequency_minutes");
    move(b, &ann, "backup_plan", "BP-1", "submit", SET(IS("frequency_minutes", "60")));
    refused(b, &ann, "backup_plan", "BP-1", "approve", "you are the submitter yourself");
    move(b, &bob, "backup_plan", "BP-1", "approve", NULL, 0);
    assert_rows(b, TIME_MAX, "SELECT state, approver, frequency_minutes FROM backup_plan", "approved|bob|60");
}

static void what_an_exercise_took_is_measured(bench *b)
{
    people(b);
    add(b, &ann, "exercise", "EX-1", SET(IS("title", "loss"), IS("kind", "failover"), IS("scenario", "zone"), IS("owner", "ann"), IS("participants", "all"),
                                         IS("rto_target", "60"), IS("rpo_target", "5")));
    move(b, &ann, "exercise", "EX-1", "start", SET(IS("started_at", "2020-01-01T10:00:00Z")));
    proof(b, "exercise/EX-1");
    refused_with(b, &ann, "exercise", "EX-1", "finish_tabletop", SET(IS("finished_at", "2020-01-01T10:42:00Z"), IS("result", "pass")), "it is failover");
    refused_with(b, &ann, "exercise", "EX-1", "finish", SET(IS("rto_measured", "1")), "is set by the workflow");
    refused_with(b, &ann, "exercise", "EX-1", "finish", SET(IS("finished_at", "2020-01-01T09:00:00Z")), "it must be at least started_at");
    move(b, &ann, "exercise", "EX-1", "finish", SET(IS("finished_at", "2020-01-01T10:42:00Z"), IS("rpo_measured", "1"), IS("lost_writes", "0"),
                                                    IS("integrity_checked", "true"), IS("result", "pass")));
    assert_rows(b, TIME_MAX, "SELECT state, rto_measured FROM exercise", "finished|42");
    add(b, &ann, "action_item", "ACT-1", SET(IS("title", "faster"), IS("subject", "exercise/EX-1"), IS("owner", "bob"), IS("due_at", "2020-02-01")));
    refused_with(b, &ann, "exercise", "EX-1", "close", SET(IS("plan_revised", "true"), IS("findings", "slow")), "ACT-1 is open");
}

#define TESTS(X)                                                                  \
    X(access_is_approved_by_neither_who_asks_nor_who_gets_it)                     \
    X(a_review_ends_when_every_account_is_decided_and_every_removal_seen)         \
    X(a_change_is_approved_by_neither_its_author_nor_who_recorded_it)             \
    X(only_emergencies_are_approved_afterwards_and_have_a_clock)                  \
    X(a_serious_incident_is_closed_when_its_lessons_are_written_and_its_actions_done) \
    X(equipment_leaves_after_two_people_saw_that_nothing_is_left)                 \
    X(a_vulnerability_has_the_time_of_its_severity_and_is_not_judged_by_one_person) \
    X(plans_are_approved_by_others_and_do_not_change_afterwards)                  \
    X(what_an_exercise_took_is_measured)

#define EACH(name) static void name##_on_each_engine(void **st) { (void)st; on_each_engine(name); }
TESTS(EACH)

int main(void)
{
#define ROW(name) cmocka_unit_test(name##_on_each_engine),
    const struct CMUnitTest tests[] = { TESTS(ROW) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
