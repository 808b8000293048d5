/* The engine of records: rules are told field by field, and nothing half-written. */
#include "program/program.h"
#include "store_fixture.h"

static const principal owner = { .actor = { "cli:root", 8 }, .role = ROLE_OWNER };

static principal as(const char *person, role r)
{
    return (principal){ .actor = S("cli:root"), .person = str_of(person), .role = r };
}

static bool tests_are_known(void *arg, str name, str id, bool *ret_known)
{
    (void)arg;
    *ret_known = id.n > 0;
    return str_eq(name, S("test"));
}
static const work_hooks hooks = { NULL, tests_are_known, NULL };

static work *start(bench *b, const principal *who)
{
    work *w = NULL;
    must(b, work_begin(&(work_options){ .st = b->st, .who = who, .hooks = &hooks, .action = S("test"), .reason = S("") }, &b->f, &w));
    return w;
}

static void done(bench *b, work *w)
{
    commit_done d;
    must(b, work_finish(w, b->a, &b->f, &d));
}

#define SET(...) (const assignment[]){ __VA_ARGS__ }, sizeof((const assignment[]){ __VA_ARGS__ }) / sizeof(assignment)
#define IS(f, v) { { f, sizeof(f) - 1 }, { v, sizeof(v) - 1 } }

static const relation *type(const char *name) { return relation_find(str_of(name)); }

static void people(bench *b)
{
    work *w = start(b, &owner);
    must(b, work_add(w, type("person"), S("ann"), SET(IS("name", "Ann"), IS("email", "ann@example.org"), IS("starts_at", "2020-01-01")), &b->f, NULL));
    must(b, work_add(w, type("person"), S("bob"), SET(IS("name", "Bob"), IS("manager", "ann")), &b->f, NULL));
    done(b, w);
}

static void faults_are(bench *b, const work *w, const char *want)
{
    buf t = buf_new(b->a, 10000);
    faults_text(work_faults(w), 10, &t);
    assert_string_equal(buf_z(&t), want);
}

static void every_fault_of_a_record_is_told_at_once(bench *b)
{
    people(b);
    work *w = start(b, &owner);
    fault f = { 0 };
    assert_int_equal(work_add(w, type("person"), S("eve"), SET(IS("kind", "robot"), IS("manager", "nobody"), IS("email", "ann@example.org"),
                                                              IS("starts_at", "soon"), IS("left_at", "2020-01-01"), IS("shoe", "44")),
                              &f, NULL), ERR_INVALID);
    faults_are(b, w, "person/eve, starts_at: \"soon\" is no date; write 2026-03-12 or 2026-03-12T14:05:00Z\n"
                     "person/eve, left_at: is set by the workflow, not by hand\n"
                     "person/eve, shoe: is no field of it\n"
                     "person/eve, name: is missing\n"
                     "person/eve, email: ann has this value already\n"
                     "person/eve, kind: is none of employee, contractor, intern or director\n"
                     "person/eve, manager: there is no person \"nobody\"");
    assert_int_equal(work_add(w, type("person"), S("fay"), SET(IS("name", "Fay")), &b->f, NULL), ERR_OK);
    commit_done d;
    assert_int_equal(work_finish(w, b->a, &f, &d), ERR_INVALID);
    assert_rows(b, TIME_MAX, "SELECT id FROM person ORDER BY id", "ann;bob");
}

static void what_has_no_title_to_make_an_id_of_is_told_that_with_all_else(bench *b)
{
    work *w = start(b, &owner);
    fault f = { 0 };
    assert_int_equal(work_add(w, type("person"), S(""), SET(IS("name", " "), IS("kind", "robot")), &f, NULL), ERR_INVALID);
    faults_are(b, w, "person, name: is missing\nperson, kind: is none of employee, contractor, intern or director");
    assert_int_equal(work_add(w, type("person"), S(""), SET(IS("name", "...")), &f, NULL), ERR_INVALID);
    faults_are(b, w, "person, name: is missing\nperson, kind: is none of employee, contractor, intern or director\nperson, id: it needs an id");
    work_abort(w);
}

static void numbers_follow_each_other_and_references_work_within_one_commit(bench *b)
{
    people(b);
    work *w = start(b, &owner);
    str   id;
    must(b, work_add(w, type("task"), S(""), SET(IS("title", "one"), IS("about", "person/zoe")), &b->f, NULL) == ERR_INVALID ? ERR_OK : ERR_INTERNAL);
    work_abort(w);
    b->f = (fault){ 0 };
    w = start(b, &owner);
    must(b, work_add(w, type("person"), S("zoe"), SET(IS("name", "Zoe")), &b->f, NULL));
    must(b, work_add(w, type("task"), S(""), SET(IS("title", "one"), IS("about", "person/zoe")), &b->f, &id));
    assert_string_equal(str_z(b->a, id), "TASK-1");
    must(b, work_add(w, type("task"), S("TASK-40"), SET(IS("title", "two")), &b->f, NULL));
    done(b, w);
    w = start(b, &owner);
    must(b, work_add(w, type("task"), S(""), SET(IS("title", "three")), &b->f, &id));
    assert_string_equal(str_z(b->a, id), "TASK-41");
    done(b, w);
}

static void nobody_approves_what_is_their_own(bench *b)
{
    people(b);
    const principal ann = as("ann", ROLE_MANAGER), bob = as("bob", ROLE_MANAGER), aud = as("ann", ROLE_AUDITOR), low = as("bob", ROLE_CONTRIBUTOR);
    work *w = start(b, &ann);
    must(b, work_add(w, type("waiver"), S("W"), SET(IS("test", "a.b"), IS("reason", "old"), IS("starts_at", "2020-01-01"), IS("ends_at", "2030-01-01")),
                     &b->f, NULL));
    done(b, w);
    const struct { const principal *who; const char *says; } refused[] = {
        { &ann, "waiver/W, requester: approve is refused: you are the requester yourself; someone else must do it (separation of duties)" },
        { &owner, "waiver/W: approve is refused: it is not known who you are; give your person record your sign-in name, or say --as PERSON" },
        { &aud, "waiver/W: only a manager or above may approve; you are an auditor" },
        { &low, "waiver/W: only a manager or above may approve; you are a contributor" },
    };
    for (size_t i = 0; i < COUNT(refused); i++) {
        fault f = { 0 };
        w = start(b, refused[i].who);
        assert_int_equal(work_do(w, type("waiver"), S("W"), 0, S("approve"), NULL, 0, &f), ERR_DENIED);
        faults_are(b, w, refused[i].says);
        work_abort(w);
    }
    w = start(b, &bob);
    must(b, work_do(w, type("waiver"), S("W"), 0, S("approve"), NULL, 0, &b->f));
    done(b, w);
    assert_rows(b, TIME_MAX, "SELECT state, requester, approver FROM waiver", "approved|ann|bob");
    fault f = { 0 };
    w = start(b, &bob);
    assert_int_equal(work_edit(w, type("waiver"), S("W"), 0, SET(IS("reason", "new")), &f), ERR_DENIED);
    faults_are(b, w, "waiver/W: it is approved, and is edited only while it is requested");
    work_abort(w);
}

static void the_second_of_two_edits_is_told_of_the_first(bench *b)
{
    people(b);
    record_view v;
    session    *s = NULL;
    must(b, session_open(b->st, &(session_options){ .as_of = TIME_MAX, .history = true }, &b->f, &s));
    must(b, record_get(b->a, s, &owner, type("person"), S("bob"), &b->f, &v));
    session_close(s);
    work *w = start(b, &owner);
    must(b, work_edit(w, type("person"), S("bob"), v.version, SET(IS("team", "shop")), &b->f));
    done(b, w);
    fault f = { 0 };
    w = start(b, &owner);
    assert_int_equal(work_edit(w, type("person"), S("bob"), v.version, SET(IS("team", "bar")), &f), ERR_CONFLICT);
    faults_are(b, w, "person/bob: somebody changed it after you read it (it is version 3 now): team is now \"shop\", you write \"bar\"");
    work_abort(w);
}

static void a_step_needs_its_fields_its_state_and_its_evidence(bench *b)
{
    people(b);
    const principal ann = as("ann", ROLE_MANAGER), bob = as("bob", ROLE_MANAGER);
    work *w = start(b, &ann);
    must(b, work_add(w, type("control"), S("AC-01"), SET(IS("owner", "ann")), &b->f, NULL));
    must(b, work_add(w, type("attestation"), S(""), SET(IS("control", "AC-01"), IS("statement", "done"), IS("performed_at", "2026-01-02"),
                                                        IS("valid_until", "2027-01-02")), &b->f, NULL));
    done(b, w);
    fault f = { 0 };
    w = start(b, &bob);
    assert_int_equal(work_do(w, type("attestation"), S("ATT-1"), 0, S("accept"), NULL, 0, &f), ERR_DENIED);
    faults_are(b, w, "attestation/ATT-1: accept is refused: no evidence supports it yet; attach some with: attest attestation attach ATT-1 FILE");
    must(b, work_add(w, type("evidence"), S(""), SET(IS("title", "list"), IS("supports", "attestation/ATT-1"), IS("statement", "seen")), &b->f, NULL));
    work_abort(w);
    w = start(b, &bob);
    must(b, work_add(w, type("evidence"), S(""), SET(IS("title", "list"), IS("supports", "attestation/ATT-1"), IS("statement", "seen")), &b->f, NULL));
    must(b, work_do(w, type("attestation"), S("ATT-1"), 0, S("accept"), NULL, 0, &b->f));
    done(b, w);
    w = start(b, &bob);
    f = (fault){ 0 };
    assert_int_equal(work_do(w, type("attestation"), S("ATT-1"), 0, S("accept"), NULL, 0, &f), ERR_DENIED);
    assert_int_equal(work_do(w, type("attestation"), S("ATT-1"), 0, S("reject"), NULL, 0, &f), ERR_DENIED);
    assert_int_equal(work_do(w, type("attestation"), S("ATT-1"), 0, S("burn"), NULL, 0, &f), ERR_INVALID);
    assert_int_equal(work_do(w, type("attestation"), S("ATT-9"), 0, S("accept"), NULL, 0, &f), ERR_NOT_FOUND);
    faults_are(b, w, "attestation/ATT-1: it is accepted; accept is for what is submitted\n"
                     "attestation/ATT-1, remark: reject is refused: it must be filled in first\n"
                     "attestation/ATT-1: there is no step \"burn\"; the steps are: accept, reject\n"
                     "attestation/ATT-9: there is none");
    work_abort(w);
}

/* More than a few rows come with one statement, and say the same. */
static void many_rows_are_checked_as_few_are(bench *b)
{
    people(b);
    work *w = start(b, &owner);
    for (int i = 0; i < 100; i++) {
        str id = str_fmt(b->a, "p%d", i), boss = i ? str_fmt(b->a, "p%d", i - 1) : S("ann");
        must(b, work_add(w, type("person"), id, (const assignment[]){ { S("name"), id }, { S("manager"), boss }, { S("login"), id } }, 3, &b->f, NULL));
    }
    fault f = { 0 };
    assert_int_equal(work_add(w, type("person"), S("x"), SET(IS("name", "X"), IS("login", "p7"), IS("email", "ann@example.org")), &f, NULL), ERR_INVALID);
    assert_int_equal(work_add(w, type("person"), S("p9"), SET(IS("name", "X")), &f, NULL), ERR_CONFLICT);
    faults_are(b, w, "person/x, email: ann has this value already\nperson/x, login: p7 has this value already\n"
                     "person/p9, id: there is one with this id already");
    work_abort(w);
}

static str found(bench *b, const principal *who, const char *filter)
{
    record_filter fl;
    record_list   list;
    session      *s = NULL;
    buf           out = buf_new(b->a, 1000);
    const size_t  sort[] = { 1 };
    const bool    down[] = { true };
    must(b, filter_parse(b->a, type("person"), str_of(filter), &b->f, &fl));
    must(b, session_open(b->st, &(session_options){ .as_of = TIME_MAX, .history = true }, &b->f, &s));
    must(b, record_find(b->a, s, who, &(record_query){ type("person"), &fl, 1, sort, 1, down, 0, 0 }, &b->f, &list));
    session_close(s);
    for (size_t i = 0; i < list.n; i++)
        buf_fmt(&out, STR_FMT " ", STR_ARG(list.rows[i][0].s));
    assert_int_equal(list.total, list.n);
    return str_of(buf_z(&out));
}

static void lists_are_filtered_and_sorted(bench *b)
{
    people(b);
    assert_string_equal(found(b, &owner, "state=planned").p, "bob ann ");
    assert_string_equal(found(b, &owner, "manager=?").p, "ann ");
    assert_string_equal(found(b, &owner, "manager!=?").p, "bob ");
    assert_string_equal(found(b, &owner, "name~AN").p, "ann ");
    assert_string_equal(found(b, &owner, "name~%").p, "");
    assert_string_equal(found(b, &owner, "name!=Ann").p, "bob ");
    assert_string_equal(found(b, &owner, "starts_at<2021-01-01").p, "ann ");
    record_filter fl;
    fault         f = { 0 };
    assert_int_equal(filter_parse(b->a, type("person"), S("shoe=1"), &f, &fl), ERR_USAGE);
    assert_int_equal(filter_parse(b->a, type("person"), S("starts_at=soon"), &(fault){ 0 }, &fl), ERR_INVALID);
}

static void history_tells_field_by_field_who_changed_what(bench *b)
{
    people(b);
    record_change *v;
    size_t         n;
    session       *s = NULL;
    work          *w = start(b, &owner);
    must(b, work_edit(w, type("person"), S("bob"), 0, SET(IS("team", "shop"), IS("manager", "?")), &b->f));
    done(b, w);
    must(b, session_open(b->st, &(session_options){ .as_of = TIME_MAX, .history = true }, &b->f, &s));
    must(b, record_history(b->a, s, &owner, type("person"), S("bob"), &b->f, &v, &n));
    session_close(s);
    assert_int_equal(n, 5);
    assert_string_equal(str_z(b->a, v[3].field), "team");
    assert_string_equal(str_z(b->a, v[3].after), "shop");
    assert_string_equal(str_z(b->a, v[4].field), "manager");
    assert_string_equal(str_z(b->a, v[4].before), "ann");
    assert_string_equal(str_z(b->a, v[4].after), "?");
}

/* Generated data: one work, many commits, nothing looked up. */
static void a_work_that_is_alone_goes_on_as_somebody_else(bench *b)
{
    const principal manager = as("ann", ROLE_MANAGER), other = as("bob", ROLE_MANAGER);
    work       *w = NULL;
    commit_done first, second;
    fault       f = { 0 };
    must(b, work_begin(&(work_options){ .st = b->st, .who = &owner, .hooks = &hooks, .action = S("test"), .reason = S(""), .alone = true }, &b->f, &w));
    must(b, work_add(w, type("person"), S("ann"), SET(IS("name", "Ann"), IS("email", "ann@example.org")), &b->f, NULL));
    must(b, work_add(w, type("person"), S("bob"), SET(IS("name", "Bob")), &b->f, NULL));
    must(b, work_commit(w, b->a, &b->f, &first));
    must(b, work_go_on(w, &manager, S("add"), S(""), &b->f));
    must(b, work_add(w, type("action_item"), S(""), SET(IS("title", "Fix"), IS("subject", "person/ann"), IS("owner", "bob"), IS("due_at", "2030-01-01")),
                     &b->f, NULL));
    must(b, work_commit(w, b->a, &b->f, &second));
    assert_int_equal(second.seq, first.seq + 1);
    must(b, work_go_on(w, &other, S("cancel"), S(""), &b->f));
    assert_int_equal(work_do(w, type("action_item"), S("ACT-1"), 0, S("cancel"), SET(IS("remark", "not needed")), &f), ERR_DENIED);
    assert_int_equal(work_add(w, type("person"), S("eve"), SET(IS("name", "Eve"), IS("email", "ann@example.org")), &f, NULL), ERR_INVALID);
    faults_are(b, w, "action_item/ACT-1, owner: cancel is refused: you are the owner yourself; someone else must do it (separation of duties)\n"
                     "person/eve, email: ann has this value already");
    work_abort(w);
    assert_rows(b, TIME_MAX, "SELECT id, state, owner FROM action_item", "ACT-1|open|bob");
}

static void nobody_makes_somebody_mightier_than_themselves(bench *b)
{
    const principal boss = as("bob", ROLE_MANAGER);
    work *w = start(b, &owner);
    must(b, work_add(w, type("person"), S("own"), SET(IS("name", "Owner"), IS("email", "own@example.org"), IS("permission", "owner")), &b->f, NULL));
    must(b, work_add(w, type("person"), S("bob"), SET(IS("name", "Bob"), IS("permission", "manager")), &b->f, NULL));
    done(b, w);
    static const struct { const char *id; assignment set; err_t want; } tries[] = {
        { "bob", { { "permission", 10 }, { "owner", 5 } }, ERR_DENIED },
        { "own", { { "email", 5 }, { "bob@example.org", 15 } }, ERR_DENIED },       /* the link would go to bob */
        { "own", { { "permission", 10 }, { "member", 6 } }, ERR_DENIED },
        { "own", { { "team", 4 }, { "Board", 5 } }, ERR_OK },
        { "bob", { { "permission", 10 }, { "contributor", 11 } }, ERR_OK },
    };
    for (size_t i = 0; i < COUNT(tries); i++) {
        fault f = { 0 };
        w = start(b, &boss);
        assert_int_equal(work_edit(w, type("person"), str_of(tries[i].id), 0, &tries[i].set, 1, &f), tries[i].want);
        work_abort(w);
    }
    fault f = { 0 };
    w = start(b, &boss);
    assert_int_equal(work_add(w, type("person"), S("eve"), SET(IS("name", "Eve"), IS("permission", "owner")), &f, NULL), ERR_DENIED);
    work_abort(w);
}

static void a_role_of_ones_own_gives_what_its_grants_say(bench *b)
{
    const grant     vendors[] = { { type("vendor"), RIGHT_READ | RIGHT_ADD } };
    principal       who = as("mia", ROLE_MEMBER);
    fault           f = { 0 };
    assert_false(principal_may(&who, type("vendor"), RIGHT_ADD));
    who.grants = vendors;
    who.n_grants = 1;
    assert_true(principal_may(&who, type("vendor"), RIGHT_READ));
    assert_true(principal_may(&who, type("vendor"), RIGHT_ADD));
    assert_false(principal_may(&who, type("vendor"), RIGHT_EDIT));
    assert_false(principal_may(&who, type("access_grant"), RIGHT_READ));
    work *w = start(b, &who);
    must(b, work_add(w, type("vendor"), S("acme"), SET(IS("name", "Acme"), IS("tier", "low"), IS("personal_data", "false"), IS("subservice", "false")), &b->f, NULL));
    assert_int_equal(work_add(w, type("penetration_test"), S(""), SET(IS("title", "x")), &f, NULL), ERR_DENIED);
    work_abort(w);
    f = (fault){ 0 };
    w = start(b, &who);
    assert_int_equal(work_add(w, type("access_grant"), S(""), SET(IS("may_do", "all")), &f, NULL), ERR_DENIED);
    work_abort(w);
}

/* Evidence, comments, lines of a time line: about what one may read, and for a member about what is theirs. */
static void nobody_says_anything_of_what_is_not_theirs(bench *b)
{
    static const struct { const char *who; role role; const char *about; err_t want; } tries[] = {
        { "bob", ROLE_MEMBER, "person/ann", ERR_DENIED },        { "bob", ROLE_MEMBER, "policy/access-control", ERR_DENIED },
        { "bob", ROLE_MEMBER, "task/TASK-1", ERR_OK },           { "ann", ROLE_MEMBER, "task/TASK-1", ERR_DENIED },
        { "ann", ROLE_CONTRIBUTOR, "task/TASK-1", ERR_OK },      { "ann", ROLE_CONTRIBUTOR, "performance_review/PERF-1", ERR_DENIED },
        { "bob", ROLE_CONTRIBUTOR, "performance_review/PERF-1", ERR_OK },
        { "ann", ROLE_MANAGER, "performance_review/PERF-1", ERR_OK },
    };
    people(b);
    work *w = start(b, &owner);
    must(b, work_add(w, type("policy"), S("access-control"), SET(IS("title", "Access control")), &b->f, NULL));
    must(b, work_add(w, type("task"), S(""), SET(IS("title", "Show it"), IS("owner", "bob")), &b->f, NULL));
    must(b, work_add(w, type("performance_review"), S(""), SET(IS("person", "bob"), IS("period", "2026-H1"), IS("due_at", "2026-06-30")), &b->f, NULL));
    done(b, w);
    for (size_t i = 0; i < COUNT(tries); i++) {
        const principal  who = as(tries[i].who, tries[i].role);
        const str        about = str_of(tries[i].about);
        const assignment evidence[] = { IS("title", "It is so"), { S("supports"), about } };
        const assignment remark[] = { IS("body", "Look at this"), { S("subject"), about } };
        fault            f = { 0 };
        w = start(b, &who);
        assert_int_equal(work_add(w, type("evidence"), S(""), evidence, COUNT(evidence), &f, NULL), tries[i].want);
        assert_int_equal(work_add(w, type("comment"), S(""), remark, COUNT(remark), &f, NULL), tries[i].want);
        work_abort(w);
    }
}

static void a_member_reads_what_is_theirs_of_what_is_not_for_all(bench *b)
{
    people(b);
    const principal bob = as("bob", ROLE_MEMBER), ann = as("ann", ROLE_CONTRIBUTOR);
    work           *w = start(b, &bob);
    str             id;
    must(b, work_add(w, type("incident"), S(""), SET(IS("title", "A letter that asks for my password"), IS("severity", "high"), IS("kind", "security"), IS("detected_at", "2026-01-02")), &b->f, &id));
    id = str_dup(b->a, id);
    done(b, w);
    const principal eve = as("eve", ROLE_MEMBER);
    auto_session session *s = NULL;
    record_view  v;
    record_list  list;
    fault        f = { 0 };
    must(b, session_open(b->st, &(session_options){ .as_of = TIME_MAX, .history = true }, &b->f, &s));
    assert_int_equal(record_get(b->a, s, &bob, type("person"), S("ann"), &f, &v), ERR_DENIED);
    assert_int_equal(record_get(b->a, s, &bob, type("person"), S("bob"), &f, &v), ERR_OK);
    assert_int_equal(record_get(b->a, s, &ann, type("person"), S("bob"), &f, &v), ERR_OK);
    assert_int_equal(record_get(b->a, s, &bob, type("incident"), id, &f, &v), ERR_OK);
    assert_int_equal(record_get(b->a, s, &eve, type("incident"), id, &f, &v), ERR_DENIED);
    must(b, record_find(b->a, s, &bob, &(record_query){ .r = type("person") }, &b->f, &list));
    assert_int_equal(list.n, 1);
    assert_int_equal(list.total, 1);
}

#define EACH(name) static void name##_on_each_engine(void **st) { (void)st; on_each_engine(name); }
#define TESTS(X) X(nobody_says_anything_of_what_is_not_theirs) X(a_member_reads_what_is_theirs_of_what_is_not_for_all) \
    X(nobody_makes_somebody_mightier_than_themselves) X(what_has_no_title_to_make_an_id_of_is_told_that_with_all_else) \
    X(a_role_of_ones_own_gives_what_its_grants_say) X(every_fault_of_a_record_is_told_at_once) X(numbers_follow_each_other_and_references_work_within_one_commit) \
    X(nobody_approves_what_is_their_own) X(the_second_of_two_edits_is_told_of_the_first) \
    X(a_step_needs_its_fields_its_state_and_its_evidence) X(many_rows_are_checked_as_few_are) X(lists_are_filtered_and_sorted) \
    X(history_tells_field_by_field_who_changed_what) X(a_work_that_is_alone_goes_on_as_somebody_else)
TESTS(EACH)

int main(void)
{
#define ROW(name) cmocka_unit_test(name##_on_each_engine),
    const struct CMUnitTest tests[] = { TESTS(ROW) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
