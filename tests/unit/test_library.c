/* The library: what is built in reads without a fault, and every mistake is told with its line. */
#include "test.h"
#include "assess/assess.h"
#include "library/library.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    arena   *a;
    char     dir[64];
    content *c;
} bench;

static int begin(void **st)
{
    arena *a = arena_new(512 << 20);
    bench *b = NEW(a, bench);
    fault  f = { 0 };
    b->a = a;
    snprintf(b->dir, sizeof b->dir, "/tmp/attest-library-XXXXXX");
    assert_non_null(mkdtemp(b->dir));
    if (content_load(a, NULL, &f, &b->c) != ERR_OK)
        fail_msg("%s", f.text);
    *st = b;
    return 0;
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *f)
{
    (void)s, (void)kind, (void)f;
    return remove(path);
}

static int end(void **st)
{
    bench *b = *st;
    nftw(b->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(b->a);
    return 0;
}

static void put(bench *b, const char *rel, const char *text)
{
    fault       f = { 0 };
    const char *path = str_fmt(b->a, "%s/%s", b->dir, rel).p, *slash = strrchr(path, '/');
    assert_int_equal(dir_make(str_z(b->a, (str){ path, (size_t)(slash - path) }), 0700, &f), ERR_OK);
    assert_int_equal(file_replace(path, str_of(text), 0600, &f), ERR_OK);
}

static bool knows_control(void *c, str id) { return control_find(c, id) != NULL; }
static bool knows_criterion(void *c, str id) { return criterion_find(c, id) != NULL; }

static err_t check_query(void *arg, arena *a, str sql, fault *f, str **ret_tables, size_t *ret_n)
{
    (void)arg;
    return sandbox_check(a, sql, false, f, ret_tables, ret_n);
}

static library_options options_of(const bench *b, const char *overlay)
{
    return (library_options){ .overlay = overlay, .control_known = knows_control, .criterion_known = knows_criterion,
                              .query_check = check_query, .arg = b->c };
}

static const library *load(bench *b)
{
    const library  *l = NULL;
    fault           f = { 0 };
    library_options o = options_of(b, b->dir);
    if (library_load(b->a, &o, &f, &l) != ERR_OK)
        fail_msg("%s", f.text);
    return l;
}

static void gather(void *arg, str what)
{
    buf *b = arg;
    buf_puts(b, what);
    buf_putc(b, '\n');
}

static const char *faults_of(bench *b)
{
    const library  *l;
    buf             told = buf_new(b->a, 1 << 20);
    library_options o = options_of(b, b->dir);
    library_load_each(b->a, &o, gather, &told, &l);
    assert_non_null(l);
    return buf_z(&told);
}

static void assert_told(bench *b, const char *rel, const char *text, const char *says)
{
    put(b, rel, text);
    const char *told = faults_of(b), *want = str_fmt(b->a, "%s/%s%s\n", b->dir, rel, says).p;
    if (!strstr(told, want))
        fail_msg("told   %s\nwanted %s", told, want);
}

/* ---- what is built in -------------------------------------------------------------------- */

static void what_is_built_in_reads_without_a_fault(void **st)
{
    bench          *b = *st;
    library_options o = options_of(b, NULL);
    const library  *l = NULL;
    fault           f = { 0 };
    if (library_load(b->a, &o, &f, &l) != ERR_OK)
        fail_msg("%s", f.text);
    assert_int_equal(l->n_checklists, 2);
    assert_true(l->n_policies >= 26 && l->n_playbooks >= 6 && l->n_courses >= 4);
    assert_int_equal(l->n_risks, 60);
    assert_int_equal(l->n_requests, 73);
    assert_int_equal(l->n_populations, 26);
    assert_true(library_questionnaire_find(l, S("vendor"))->n_items >= 40);
    assert_null(library_policy_find(l, S("no-such-policy")));
    assert_ptr_equal(library_checklist_find(l, S("onboarding")), &l->checklists[1]);
}

static void checklists_are_for_kinds_and_days(void **st)
{
    const library           *l = load(*st);
    const library_checklist *c = library_checklist_find(l, S("offboarding"));
    assert_non_null(c);
    for (size_t i = 0; i < c->n_items; i++)
        assert_int_equal(c->items[i].anchor, ANCHOR_END);
    const checklist_item *notified = &c->items[0], *identity = &c->items[3];
    assert_true(str_eq(notified->id, S("leave-notified")) && notified->due == -DAYS(5));
    assert_true(str_eq(identity->id, S("identity-disabled")) && identity->due == HOURS(8));
    assert_true(checklist_for(notified, S("director")));
    assert_false(checklist_for(&c->items[1], S("director")));
    assert_true(checklist_for(&c->items[1], S("intern")));
    assert_true(checklist_for(&c->items[1], S("")));             /* unknown keeps an item in */
}

/* ---- a workspace's own ---------------------------------------------------------------------- */

#define HEAD(id) "---\npolicy: " id "\ntitle: Own\nowner: it_lead\nreview: 6\ncontrols: AC-01, AC-02\n"  \
                 "categories: security privacy\nacceptance: yes\naudience: everyone\n---\n"
#define POLICY HEAD("own") "\n## Purpose\n{{organisation}} decides; ask {{contact}}.\n"

static void a_workspaces_policy_is_added_and_replaces(void **st)
{
    bench *b = *st;
    put(b, "policies/own.md", POLICY);
    put(b, "policies/access-control.md", HEAD("access-control") "Short.\n");
    const library        *l = load(b);
    const library_policy *p = library_policy_find(l, S("own"));
    assert_non_null(p);
    assert_true(str_eq(p->title, S("Own")) && str_eq(p->owner, S("it_lead")) && p->review_months == 6 && p->acceptance);
    assert_int_equal(p->categories, FOR_SECURITY | FOR_PRIVACY);
    assert_int_equal(p->controls.n, 2);
    assert_true(str_eq(p->controls.v[1], S("AC-02")));
    assert_true(str_eq(library_policy_find(l, S("access-control"))->text, S("Short.\n")));
    for (size_t i = 1; i < l->n_policies; i++)
        assert_true(str_cmp(l->policies[i - 1].id, l->policies[i].id) < 0);
}

static void variables_are_filled_and_unknown_values_stay_visible(void **st)
{
    bench              *b = *st;
    const library_words w = { .organisation = S("{{owner}} & Co"), .owner = S("IT lead"), .review = S("6") };
    const str           text = S("{{organisation}}: {{owner}}, {{review}} months, {{contact}} {{ {{x}} }}");
    assert_true(str_eq(library_fill(b->a, &w, text),
                       S("{{owner}} & Co: IT lead, 6 months, {{contact}} {{ {{x}} }}")));
    assert_true(str_eq(library_fill(b->a, &w, S("")), S("")));
    assert_true(str_eq(library_fill(b->a, &w, S("{{owner")), S("{{owner")));
}

static void bad_heads_are_told_with_their_line(void **st)
{
    static const struct { const char *text, *says; } rows[] = {
        { "", ":1: a policy begins with its head: \"---\", keys, \"---\"" },
        { "\xEF\xBB\xBF---\n---\n", ":1: a policy begins with its head: \"---\", keys, \"---\"" },
        { "---\npolicy: own\n", ":1: the head has no end: a line \"---\" is missing" },
        { "---\npolicy: own\n\n---\nx\n", ":3: an empty line inside the head; close it with \"---\" first" },
        { "---\n  own\n---\nx\n", ":2: begins with blanks and has no line above to continue" },
        { "---\nown\n---\nx\n", ":2: expected \"key: value\" or the \"---\" that ends the head" },
        { "---\npolicy: own\n---\n \n", ":3: nothing follows the head" },
        { "---\npolicy: own\n---\nx\n", ":1: own: \"title\" is missing" },
        { "---\npolicy: own\ntitle:\n---\nx\n", ":3: own: \"title\" is empty" },
        { "---\npolicy: own\npolicy: own\n---\nx\n", ":3: own: \"policy\" stands twice" },
        { "---\npolicy: own\ncolour: red\n---\nx\n", ":3: own: there is no key \"colour\"; there are policy, title, owner, review, "
          "controls, categories, acceptance and audience" },
        { HEAD("other") "x\n", ":2: calls itself \"other\"; by its file it is \"own\"" },
        { HEAD("own") "x\n\n{{nobody}}\n", ":13: there is no variable \"nobody\"; there are organisation, owner, review and contact" },
        { HEAD("own") "{{owner\n}}\n", ":11: a variable has no end: \"}}\" is missing on its line" },
        { HEAD("own") "\xff\n", ": is not UTF-8 text" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_told(*st, "policies/own.md", rows[i].text, rows[i].says);
}

static void bad_values_of_a_policy_are_told_with_their_line(void **st)
{
    bench *b = *st;
    static const struct { const char *line, *with, *says; } rows[] = {
        { "owner: it_lead", "owner: king", ":4: own: there is no role \"king\"; the roles are those of role_assignment" },
        { "review: 6", "review: 0", ":5: own: \"review\" is a number from 1 to 60" },
        { "review: 6", "review: 61", ":5: own: \"review\" is a number from 1 to 60" },
        { "review: 6", "review: six", ":5: own: \"review\" is a number from 1 to 60" },
        { "AC-02", "ZZ-99", ":6: there is no control \"ZZ-99\"" },
        { "AC-02", "AC-01", ":6: control AC-01 stands twice" },
        { "security privacy", "safety", ":7: own: \"safety\" is no category; they are security, availability, confidentiality, "
          "processing-integrity and privacy" },
        { "acceptance: yes", "acceptance: true", ":8: own: \"acceptance\" is yes or no" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *at = strstr(POLICY, rows[i].line);
        assert_non_null(at);
        assert_told(b, "policies/own.md", str_fmt(b->a, "%.*s%s%s", (int)(at - POLICY), POLICY, rows[i].with, at + strlen(rows[i].line)).p,
                    rows[i].says);
    }
}

/* ---- courses ----------------------------------------------------------------------------------- */

#define COURSE(body) "---\ncourse: own\ntitle: Own\nminutes: 20\npass: 80\naudience: everyone\ncontrols: HR-03\n---\n" body
#define QUIZ(questions) COURSE("# Learn\n\n## Quiz\n" questions)

static void a_course_has_its_text_and_its_quiz_apart(void **st)
{
    bench *b = *st;
    put(b, "courses/own.md", QUIZ("\n? Who\n  asks?\n- nobody\n+ you\n  do\n> It says\n  so.\n\n? Two?\n+ yes\n- no\n> Why not.\n"));
    const library_course *c = library_course_find(load(b), S("own"));
    assert_non_null(c);
    assert_true(str_eq(c->text, S("# Learn\n\n")) && c->minutes == 20 && c->pass == 80);
    assert_int_equal(c->n_questions, 2);
    assert_true(str_eq(c->questions[0].question, S("Who asks?")) && c->questions[0].right == 1);
    assert_true(str_eq(c->questions[0].answers.v[1], S("you do")) && str_eq(c->questions[0].why, S("It says so.")));
    assert_true(c->questions[1].right == 0 && c->questions[1].answers.n == 2);
}

static void bad_courses_are_told_with_their_line(void **st)
{
    static const struct { const char *text, *says; } rows[] = {
        { COURSE("x\n"), ": has no quiz: a line \"## Quiz\" and questions are missing" },
        { COURSE("\n## Quiz\n? a\n- b\n+ c\n> d\n"), ":9: has a quiz and nothing to learn before it" },
        { QUIZ("\n"), ":13: the quiz has no question" },
        { QUIZ("- b\n"), ":12: stands before the first question, \"? ...\"" },
        { QUIZ("? a\n- b\n> d\n"), ":12: a question has exactly one right answer, \"+ ...\"" },
        { QUIZ("? a\n+ b\n+ c\n> d\n"), ":12: a question has exactly one right answer, \"+ ...\"" },
        { QUIZ("? a\n+ b\n> d\n"), ":12: a question has at least one wrong answer, \"- ...\"" },
        { QUIZ("? a\n+ b\n- b\n> d\n"), ":12: an answer stands twice" },
        { QUIZ("? a\n+ b\n- c\n"), ":12: a question says why its answer is right, \"> ...\"" },
        { QUIZ("? a\n+ b\n- c\n> d\n> e\n"), ":16: the question has its \">\" already" },
        { QUIZ("? a\n+ b\n- c\n\n  e\n> d\n"), ":16: begins with blanks and has no line above to continue" },
        { QUIZ("? a\n+ b\n- c\n> d\nmore\n"), ":16: expected \"? question\", \"- wrong answer\", \"+ right answer\" or \"> why\"" },
        { QUIZ("? a\n+ b\n-c\n> d\n"), ":14: expected \"? question\", \"- wrong answer\", \"+ right answer\" or \"> why\"" },
        { "---\ncourse: own\ntitle: Own\nminutes: 0\npass: 101\naudience: e\ncontrols: -\n---\nx\n## Quiz\n? a\n+ b\n- c\n> d\n",
          ":5: own: \"pass\" is a number from 1 to 100" },
        { "---\nplaybook: own\n---\nx\n", ":2: own: there is no key \"playbook\"; there are course, title, minutes, pass, audience and controls" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_told(*st, "courses/own.md", rows[i].text, rows[i].says);
}

static void bad_playbooks_are_told_with_their_line(void **st)
{
    assert_told(*st, "playbooks/own.md", "---\nplaybook: own\ntitle: t\nkind: Two Words\ncontrols: IR-03\n---\nx\n",
                ":4: own: \"kind\" is one word of a-z, 0-9 and -");
    assert_told(*st, "playbooks/Own.md", "---\nplaybook: Own\ntitle: t\nkind: incident\ncontrols: IR-03\n---\nx\n",
                ": is not a name of a-z, 0-9 and -");
    assert_told(*st, "playbooks/own.txt", "x", ": is not read: names here end in .md");
}

/* ---- blocks ---------------------------------------------------------------------------------------- */

#define ITEM(due) "[one]\ntitle: t\nowner: manager\ndue: " due "\nfor: all\n"
#define DUE_SAYS ":4: one: \"due\" reads \"N days after start\": days or hours, before or after, start or end"

static void bad_checklists_are_told_with_their_line(void **st)
{
    static const struct { const char *text, *says; } rows[] = {
        { "# nothing\n", ": holds no block" },
        { "title: t\n" ITEM("1 day after start"), ":1: this line stands before the first [id]" },
        { "[One]\n", ":1: \"[One]\": a block begins with its id in brackets, as [identity-disabled]: a-z, 0-9 and -" },
        { "[one\n", ":1: \"[one\": a block begins with its id in brackets, as [identity-disabled]: a-z, 0-9 and -" },
        { ITEM("1 day after start") ITEM("1 day after start"), ":6: one stands twice" },
        { "[one]\n\n  t\n", ":3: begins with blanks and has no line above to continue" },
        { "[one]\ntitle\n", ":2: expected \"key: value\", [id] or a comment with #" },
        { "[one]\ntitle: t\n", ":1: one: \"due\" is missing" },
        { "[one]\ntitle: t\nowner: boss\ndue: 1 day after start\nfor: all\n",
          ":3: one: there is no role \"boss\"; the roles are those of role_assignment, and manager person" },
        { "[one]\ntitle: t\nowner: manager\ndue: 1 day after start\nfor: robot\n",
          ":5: one: \"robot\" is no kind of a person; \"for\" is \"all\" or some of those" },
        { ITEM("soon"), DUE_SAYS }, { ITEM("2 day after start"), DUE_SAYS }, { ITEM("-1 days after start"), DUE_SAYS },
        { ITEM("1 week after start"), DUE_SAYS }, { ITEM("1 day of start"), DUE_SAYS }, { ITEM("1 day after lunch"), DUE_SAYS },
        { ITEM("1 day after start or so"), DUE_SAYS }, { ITEM("4000 days after start"), DUE_SAYS },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_told(*st, "checklists/own.txt", rows[i].text, rows[i].says);
}

static void due_reads_days_and_hours_on_both_sides(void **st)
{
    static const struct { const char *due; time_us want; checklist_anchor anchor; } rows[] = {
        { "3 days after start", DAYS(3), ANCHOR_START }, { "1 day before end", -DAYS(1), ANCHOR_END },
        { "0 days after end", 0, ANCHOR_END },           { "1 hour after start", HOURS(1), ANCHOR_START },
        { "36 hours before start", -HOURS(36), ANCHOR_START },
    };
    bench *b = *st;
    for (size_t i = 0; i < COUNT(rows); i++) {
        put(b, "checklists/own.txt", str_fmt(b->a, "[one]\ntitle: t\nowner: manager\ndue: %s\nfor: all\n", rows[i].due).p);
        const library_checklist *c = library_checklist_find(load(b), S("own"));
        assert_true(c->items[0].due == rows[i].want && c->items[0].anchor == rows[i].anchor);
    }
}

static void bad_questionnaires_are_told_with_their_line(void **st)
{
    static const struct { const char *text, *says; } rows[] = {
        { "[Q-1]\n", ":1: \"[Q-1]\": a block begins with its id in brackets, as [VQ-01]: capitals, a dash, two digits" },
        { "[VQ-01]\nsection: s\nquestion: q\nwhy: w\nfor: all\n", ":1: VQ-01: \"good\" is missing" },
        { "[VQ-01]\nsection: s\nquestion: q\nwhy: w\ngood: g\nfor: platinum\n",
          ":6: VQ-01: \"platinum\" is no tier of a vendor; \"for\" is \"all\" or some of those" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_told(*st, "questionnaires/own.txt", rows[i].text, rows[i].says);
}

/* ---- tables --------------------------------------------------------------------------------------- */

#define RISK(id, category, likelihood, controls, criteria, fraud) \
    id "\tTitle\tText\t" category "\t" likelihood "\t3\t" controls "\t" criteria "\t" fraud "\tno\n"

static void bad_risks_are_told_with_their_line(void **st)
{
    static const struct { const char *text, *says; } rows[] = {
        { "LIB-01\tTitle\n", ":1: a risk has 10 columns with tabs between; this line has 2" },
        { "\n# note\n" RISK("risk", "people", "3", "-", "CC1.1", "no"), ":3: \"risk\" is no id as the others: capitals, a dash, a number" },
        { RISK("LIB-01", "people", "", "-", "CC1.1", "no"), ":1: a column is empty; write - where there is none" },
        { RISK("LIB-01", "people", "6", "-", "CC1.1", "no"), ":1: likelihood is a number from 1 to 5" },
        { RISK("LIB-01", "Big People", "3", "-", "CC1.1", "no"), ":1: the category is one word of a-z, 0-9 and -" },
        { RISK("LIB-01", "people", "3", "AC-99", "CC1.1", "no"), ":1: there is no control \"AC-99\"" },
        { RISK("LIB-01", "people", "3", "AC-01", "CC1.9", "no"), ":1: there is no criterion \"CC1.9\"" },
        { RISK("LIB-01", "people", "3", "AC-01", "CC1.1", "maybe"), ":1: fraud is yes or no" },
        { RISK("LIB-01", "people", "3", "-", "CC1.1", "no") RISK("LIB-01", "people", "3", "-", "CC1.1", "no"), ":2: LIB-01 stands twice" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_told(*st, "library/risks.tsv", rows[i].text, rows[i].says);
}

static void bad_requests_are_told_with_their_line(void **st)
{
    static const struct { const char *text, *says; } rows[] = {
        { "GOV-1\tAsks\tonce\tCC1.1\n", ":1: a request has 5 columns with tabs between; this line has 4" },
        { "GOV-1\tAsks\tonce\tCC1.9\tevidence\n", ":1: there is no criterion \"CC1.9\"" },
        { "GOV-1\tAsks\tonce\tCC1.1\tmagic\n", ":1: \"magic\" answers nothing; write population:NAME, report:NAME, policy:NAME, "
          "record:TYPE, fact:TYPE or evidence" },
        { "GOV-1\tAsks\tonce\tCC1.1\trecord:account\n", ":1: there is no record type \"account\"" },
        { "GOV-1\tAsks\tonce\tCC1.1\tfact:risk\n", ":1: there is no fact type \"risk\"" },
        { "GOV-1\tAsks\tonce\tCC1.1\treport:weather\n", ":1: there is no report \"weather\"; there are readiness gap risk treatment" },
        { "GOV-1\tAsks\tonce\tCC1.1\tpolicy\n", ":1: policy:NAME lacks its name" },
        { "GOV-1\tAsks\tonce\tCC1.1\tevidence:x\n", ":1: evidence has no name" },
        { "GOV-1\tAsks\tonce\tAT-C 205\tpopulation:unicorns\n", ":1: there is no population \"unicorns\"" },
        { "\nGOV-1\tAsks\tonce\tCC1.1\tpolicy:unicorns\n", ":2: there is no policy \"unicorns\"" },
        { "GOV-1\tA\tonce\tDC 200\tevidence\nGOV-1\tB\tonce\tCC1.1\tevidence\n", ":2: GOV-1 stands twice" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_told(*st, "requests/pbc.tsv", rows[i].text, rows[i].says);
}

/* ---- populations --------------------------------------------------------------------------------------- */

#define POP_HEAD(more) "-- population: own\n-- title: t\n-- made-of: m\n-- criteria: CC1.1\n-- period: p\n-- moment: now\n" more
#define POP_SQL     "SELECT r.id AS id FROM risk r WHERE r.reviewed_at >= :from\n"
#define POP_CHECKS  "-- completeness: c\nSELECT 'a' AS check_name, TRUE AS ok, 'o' AS observed, 'e' AS expected\n"

static void a_population_has_its_period_in_place(void **st)
{
    bench *b = *st;
    put(b, "populations/own.sql", POP_HEAD("-- needs: risk\n-- times: a b\n") POP_SQL POP_CHECKS);
    const library_population *p = library_population_find(load(b), S("own"));
    assert_non_null(p);
    assert_true(!p->at_end && p->times.n == 2 && p->sql_line == 9 && p->checks_line == 11 && str_eq(p->completeness, S("c")));
    assert_true(str_eq(population_sql(b->a, S(":from :to ':to' :total x:to)"), 5, -7), S("5 -7 ':to' :total x-7)")));
}

static void bad_populations_are_told_with_their_line(void **st)
{
    static const struct { const char *text, *says; } rows[] = {
        { "", ":1: own: \"population\" is missing" },
        { "-- population: other\n-- title: t\n-- made-of: m\n-- criteria: CC1.1\n-- period: p\n-- moment: now\n-- needs: risk\n" POP_SQL POP_CHECKS,
          ":1: does not call itself as its file" },
        { POP_HEAD("-- colour: red\n"), ":7: own: there is no key \"colour\"; there are population, title, made-of, criteria, period, "
          "moment and times" },
        { POP_HEAD("--needs: risk\n"), ":7: expected \"-- key: value\", or \"--\" and two blanks to continue the line above" },
        { POP_HEAD("") POP_SQL POP_CHECKS, ":1: \"needs\" is missing: what is the population made of?" },
        { POP_HEAD("-- needs: weather\n"), ":7: there is no relation of facts or records \"weather\"" },
        { POP_HEAD("-- needs: result\n"), ":7: there is no relation of facts or records \"result\"" },
        { POP_HEAD("-- needs: host\n"), ":7: facts have a max_age: how old may they be?" },
        { POP_HEAD("-- needs: host max_age=1d empty=ok\n"), ":7: after a need stand max_age=AGE and, for records, empty=ok" },
        { POP_HEAD("-- needs: risk soon\n"), ":7: after a need stand max_age=AGE and, for records, empty=ok" },
        { POP_HEAD("-- needs: risk\n-- needs: risk\n"), ":8: this need stands twice" },
        { POP_HEAD("-- needs: risk\n") POP_CHECKS, ":8: has no query" },
        { POP_HEAD("-- needs: risk\n") POP_SQL, ": does not show that it is complete: a line \"-- completeness: words\" and a query are missing" },
        { POP_HEAD("-- needs: risk\n-- needs: vendor\n") POP_SQL POP_CHECKS, ":8: is needed and never read" },
        { POP_HEAD("-- needs: vendor\n") POP_SQL POP_CHECKS, ":8: reads \"risk\" and does not need it" },
        { "-- population: own\n-- title: t\n-- made-of: m\n-- criteria: CC1.1\n-- period: p\n-- moment: noon\n-- needs: risk\n" POP_SQL POP_CHECKS,
          ":6: \"moment\" is end (as it stood when the period ended) or now (all that is known by now)" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_told(*st, "populations/own.sql", rows[i].text, rows[i].says);
    put(*st, "populations/own.sql", POP_HEAD("-- needs: risk\n") "SELECT r.nothing AS id FROM risk r\n" POP_CHECKS);
    assert_non_null(strstr(faults_of(*st), "own.sql:8:10: there is no field nothing"));
}

static void pages_show_every_text(void **st)
{
    bench *b = *st;
    const library      *l = load(b);
    const library_words w = { .organisation = S("Example"), .contact = S("the desk") };
    library_entry      *list;
    str                 page;
    size_t              n = library_entries(b->a, l, S(""), &list);
    assert_int_equal(n, l->n_policies + l->n_playbooks + l->n_courses + l->n_risks + l->n_questionnaires + l->n_checklists + l->n_requests +
                        l->n_populations);
    for (size_t i = 0; i < n; i++) {
        assert_true(library_page(b->a, l, &w, str_of(list[i].kind), list[i].id, &page));
        assert_true(list[i].title.n && str_starts(page, S("# ")) && !str_contains(page, S("{{org")) && !str_contains(page, S("{{contact")));
        if (strcmp(list[i].kind, "policies") == 0)
            assert_false(str_contains(page, S("{{")));
    }
    assert_false(library_page(b->a, l, &w, S("policies"), S("nothing"), &page));
    assert_int_equal(library_entries(b->a, l, S("weather"), &list), 0);
    assert_int_equal(library_entries(b->a, l, S("risk"), &list), 60);
}

static void files_that_nobody_reads_are_told(void **st)
{
    assert_told(*st, "library/others.tsv", "x\n", ": is not read: there are library/risks.tsv and requests/pbc.tsv");
    assert_told(*st, "requests/more.tsv", "x\n", ": is not read: there are library/risks.tsv and requests/pbc.tsv");
    assert_told(*st, "checklists/own.md", "x\n", ": is not read: names here end in .txt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_built_in_reads_without_a_fault, begin, end),
        cmocka_unit_test_setup_teardown(checklists_are_for_kinds_and_days, begin, end),
        cmocka_unit_test_setup_teardown(a_workspaces_policy_is_added_and_replaces, begin, end),
        cmocka_unit_test_setup_teardown(variables_are_filled_and_unknown_values_stay_visible, begin, end),
        cmocka_unit_test_setup_teardown(bad_heads_are_told_with_their_line, begin, end),
        cmocka_unit_test_setup_teardown(bad_values_of_a_policy_are_told_with_their_line, begin, end),
        cmocka_unit_test_setup_teardown(a_course_has_its_text_and_its_quiz_apart, begin, end),
        cmocka_unit_test_setup_teardown(bad_courses_are_told_with_their_line, begin, end),
        cmocka_unit_test_setup_teardown(bad_playbooks_are_told_with_their_line, begin, end),
        cmocka_unit_test_setup_teardown(bad_checklists_are_told_with_their_line, begin, end),
        cmocka_unit_test_setup_teardown(due_reads_days_and_hours_on_both_sides, begin, end),
        cmocka_unit_test_setup_teardown(bad_questionnaires_are_told_with_their_line, begin, end),
        cmocka_unit_test_setup_teardown(bad_risks_are_told_with_their_line, begin, end),
        cmocka_unit_test_setup_teardown(bad_requests_are_told_with_their_line, begin, end),
        cmocka_unit_test_setup_teardown(a_population_has_its_period_in_place, begin, end),
        cmocka_unit_test_setup_teardown(bad_populations_are_told_with_their_line, begin, end),
        cmocka_unit_test_setup_teardown(pages_show_every_text, begin, end),
        cmocka_unit_test_setup_teardown(files_that_nobody_reads_are_told, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
