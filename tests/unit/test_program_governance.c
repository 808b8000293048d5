/* Policies, people and meetings: who may move them on, and what the program writes into them. */
#include "program/program.h"
#include "store_fixture.h"

static const principal owner = { .actor = { "cli:root", 8 }, .role = ROLE_OWNER };
static const principal ann = { .actor = { "cli:ann", 7 }, .person = { "ann", 3 }, .role = ROLE_MANAGER };
static const principal bob = { .actor = { "cli:bob", 7 }, .person = { "bob", 3 }, .role = ROLE_MANAGER };
static const principal cid = { .actor = { "cli:cid", 7 }, .person = { "cid", 3 }, .role = ROLE_MEMBER };

#define SET(...) (const assignment[]){ __VA_ARGS__ }, sizeof((const assignment[]){ __VA_ARGS__ }) / sizeof(assignment)
#define IS(f, v) { { f, sizeof(f) - 1 }, { v, sizeof(v) - 1 } }

static const relation *type(const char *name) { return relation_find(str_of(name)); }

static work *start(bench *b, const principal *who)
{
    work *w = NULL;
    must(b, work_begin(&(work_options){ .st = b->st, .who = who, .action = S("test"), .reason = S("") }, &b->f, &w));
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
static void refused(bench *b, const principal *who, const char *what, const char *id, const char *step, const char *says)
{
    fault f = { 0 };
    buf   t = buf_new(b->a, 10000);
    work *w = start(b, who);
    if (work_do(w, type(what), str_of(id), 0, str_of(step), NULL, 0, &f) == ERR_OK)
        fail_msg("%s of %s is not refused", step, id);
    faults_text(work_faults(w), 10, &t);
    if (!strstr(buf_z(&t), says))
        fail_msg("%s of %s says: %s", step, id, buf_z(&t));
    work_abort(w);
}

static void people(bench *b)
{
    add(b, &owner, "person", "ann", SET(IS("name", "Ann")));
    add(b, &owner, "person", "bob", SET(IS("name", "Bob")));
    add(b, &owner, "person", "cid", SET(IS("name", "Cid")));
}

static void published(bench *b)
{
    people(b);
    add(b, &owner, "policy", "code-of-conduct", SET(IS("title", "Code"), IS("owner", "ann")));
    add(b, &ann, "policy_version", "PV-1", SET(IS("policy", "code-of-conduct"), IS("version", "1"), IS("body", "abc")));
    refused(b, &ann, "policy_version", "PV-1", "publish", "publish is for what is approved");
    move(b, &bob, "policy_version", "PV-1", "submit", NULL, 0);
}

static void who_wrote_or_submitted_a_policy_does_not_approve_it(bench *b)
{
    published(b);
    refused(b, &ann, "policy_version", "PV-1", "approve", "you are the author yourself");
    refused(b, &bob, "policy_version", "PV-1", "approve", "you are the submitter yourself");
    refused(b, &cid, "policy_version", "PV-1", "approve", "only a manager or above");
    fault f = { 0 };
    work *w = start(b, &ann);
    assert_int_equal(work_edit(w, type("policy_version"), S("PV-1"), 0, SET(IS("body", "other")), &f), ERR_DENIED);
    work_abort(w);
    assert_rows(b, TIME_MAX, "SELECT state, author, submitter, approver FROM policy_version", "in_review|ann|bob|?");
}

/* A manager who neither wrote nor submitted it. */
static const principal third = { .actor = { "cli:cid", 7 }, .person = { "cid", 3 }, .role = ROLE_MANAGER };
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void a_published_text_carries_its_digest_and_so_does_its_acceptance(bench *b)
{
    published(b);
    add(b, &bob, "acceptance", "ACC-1", SET(IS("person", "cid"), IS("policy_version", "PV-1")));
    refused(b, &cid, "acceptance", "ACC-1", "accept", "PV-1 is in_review; it must be published");
    move(b, &third, "policy_version", "PV-1", "approve", NULL, 0);
    move(b, &ann, "policy_version", "PV-1", "publish", NULL, 0);
    assert_rows(b, TIME_MAX, "SELECT state, approver, digest FROM policy_version", "published|cid|" ABC);
    refused(b, &bob, "acceptance", "ACC-1", "accept", "only cid may do it, in person");
    assert_rows(b, TIME_MAX, "SELECT state, digest FROM acceptance", "asked|?");
    move(b, &cid, "acceptance", "ACC-1", "accept", NULL, 0);
    assert_rows(b, TIME_MAX, "SELECT state, digest FROM acceptance", "accepted|" ABC);
    refused(b, &cid, "acceptance", "ACC-1", "accept", "accept is for what is asked");
}

static void a_course_says_what_passes_it(bench *b)
{
    people(b);
    add(b, &owner, "course", "basics", SET(IS("title", "Basics"), IS("topic", "security_awareness"), IS("pass_score", "90")));
    add(b, &ann, "training", "TRN-1", SET(IS("person", "cid"), IS("course", "basics"), IS("due_at", "2020-02-01")));
    assert_rows(b, TIME_MAX, "SELECT pass_score FROM training", "90");
    fault f = { 0 };
    work *w = start(b, &ann);
    assert_int_not_equal(work_do(w, type("training"), S("TRN-1"), 0, S("complete"),
                                 SET(IS("score", "89"), IS("completed_at", "2020-01-02")), &f), ERR_OK);
    work_abort(w);
    w = start(b, &ann);
    assert_int_not_equal(work_do(w, type("training"), S("TRN-1"), 0, S("complete"),
                                 SET(IS("score", "50"), IS("pass_score", "50"), IS("completed_at", "2020-01-02")), &f), ERR_OK);
    work_abort(w);
    move(b, &ann, "training", "TRN-1", "complete", SET(IS("score", "90"), IS("completed_at", "2020-01-02")));
    assert_rows(b, TIME_MAX, "SELECT state, score, recorder FROM training", "completed|90|ann");
}

static void nobody_records_the_check_of_himself_or_cancels_his_own_action(bench *b)
{
    people(b);
    add(b, &bob, "background_check", "BGC-1", SET(IS("person", "ann"), IS("result", "clear"), IS("completed_at", "2020-01-02")));
    refused(b, &ann, "background_check", "BGC-1", "complete", "you are the person yourself");
    move(b, &bob, "background_check", "BGC-1", "complete", NULL, 0);
    add(b, &bob, "meeting", "MEET-1", SET(IS("kind", "board"), IS("title", "Board"), IS("planned_at", "2020-01-02")));
    add(b, &bob, "action_item", "ACT-1", SET(IS("title", "Patch"), IS("subject", "meeting/MEET-1"), IS("owner", "ann"),
                                             IS("due_at", "2020-02-01"), IS("remark", "no longer there")));
    refused(b, &ann, "action_item", "ACT-1", "cancel", "you are the owner yourself");
    move(b, &bob, "action_item", "ACT-1", "cancel", NULL, 0);
    refused(b, &bob, "meeting", "MEET-1", "minute", "minute is for what is held");
    refused(b, &bob, "meeting", "MEET-1", "hold", "held_at");
}

static void an_exception_to_policy_is_decided_by_someone_else(bench *b)
{
    people(b);
    add(b, &owner, "policy", "access", SET(IS("title", "Access")));
    add(b, &ann, "policy_exception", "EXC-1", SET(IS("title", "Old system"), IS("policy", "access"), IS("reason", "cannot"),
                                                  IS("starts_at", "2020-01-01"), IS("ends_at", "2200-01-01")));
    refused(b, &ann, "policy_exception", "EXC-1", "approve", "you are the requester yourself");
    refused(b, &bob, "policy_exception", "EXC-1", "approve", "compensation");
    move(b, &bob, "policy_exception", "EXC-1", "approve", SET(IS("exposure", "theft"), IS("compensation", "watched")));
    assert_rows(b, TIME_MAX, "SELECT state, requester, approver FROM policy_exception", "approved|ann|bob");
}

static tick_result tick(bench *b, const char *id)
{
    const duties *all;
    must(b, duties_load(b->a, NULL, &b->f, &all));
    const duty *one = duty_find(all, str_of(id));
    assert_non_null(one);
    duties      d = { one, 1 };
    tick_result r;
    work       *w = start(b, &owner);
    must(b, duties_tick(w, &d, b->a, &b->f, &r));
    done(b, w);
    return r;
}

static void a_published_policy_is_put_before_everyone_until_they_accept(bench *b)
{
    published(b);
    move(b, &third, "policy_version", "PV-1", "approve", NULL, 0);
    move(b, &ann, "policy_version", "PV-1", "publish", NULL, 0);
    work *w = start(b, &owner);
    must(b, work_edit(w, type("policy"), S("code-of-conduct"), 0, SET(IS("acceptance_required", "true"), IS("review_due_at", "2200-01-01")), &b->f));
    must(b, work_do(w, type("policy"), S("code-of-conduct"), 0, S("activate"), NULL, 0, &b->f));
    done(b, w);
    assert_int_equal(tick(b, "policy-accept").opened, 0);          /* nobody works here yet */
    move(b, &owner, "person", "cid", "start", SET(IS("starts_at", "2020-01-01")));
    assert_int_equal(tick(b, "policy-accept").opened, 1);
    assert_rows(b, TIME_MAX, "SELECT title, owner, state FROM task", "Cid: read and accept \"Code\"|cid|open");
    add(b, &bob, "acceptance", "ACC-1", SET(IS("person", "cid"), IS("policy_version", "PV-1")));
    assert_int_equal(tick(b, "policy-accept").done, 0);
    move(b, &cid, "acceptance", "ACC-1", "accept", NULL, 0);
    assert_int_equal(tick(b, "policy-accept").done, 1);
    test_now += DAYS(340);
    assert_int_equal(tick(b, "policy-accept").opened, 1);          /* and again every year */
}

static void a_course_is_assigned_passed_and_assigned_again(bench *b)
{
    people(b);
    add(b, &owner, "course", "basics", SET(IS("title", "Basics"), IS("topic", "security_awareness"), IS("owner", "ann"), IS("body", "x")));
    move(b, &owner, "course", "basics", "activate", NULL, 0);
    move(b, &owner, "person", "cid", "start", SET(IS("starts_at", "2026-01-01")));
    assert_int_equal(tick(b, "training-assign").opened, 1);
    add(b, &ann, "training", "TRN-1", SET(IS("person", "cid"), IS("course", "basics"), IS("due_at", "2026-01-31")));
    assert_int_equal(tick(b, "training-assign").done, 1);
    assert_int_equal(tick(b, "training-pass").opened, 1);
    move(b, &ann, "training", "TRN-1", "complete", SET(IS("score", "80"), IS("completed_at", "2026-01-01")));
    assert_int_equal(tick(b, "training-pass").done, 1);
    assert_int_equal(tick(b, "training-assign").opened, 0);
    test_now += DAYS(350);
    assert_int_equal(tick(b, "training-assign").opened, 1);
}

#define TESTS(X)                                                     \
    X(who_wrote_or_submitted_a_policy_does_not_approve_it)           \
    X(a_published_text_carries_its_digest_and_so_does_its_acceptance) \
    X(a_course_says_what_passes_it)                                  \
    X(nobody_records_the_check_of_himself_or_cancels_his_own_action) \
    X(an_exception_to_policy_is_decided_by_someone_else)             \
    X(a_published_policy_is_put_before_everyone_until_they_accept)   \
    X(a_course_is_assigned_passed_and_assigned_again)

#define EACH(name) static void name##_on_each_engine(void **st) { (void)st; on_each_engine(name); }
TESTS(EACH)

int main(void)
{
#define ROW(name) cmocka_unit_test(name##_on_each_engine),
    const struct CMUnitTest tests[] = { TESTS(ROW) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
