/* Content: what is built in, and a workspace's own laid over it, hostile or not. */
#include "test.h"
#include "assess/assess.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    arena *a;
    char   dir[64];
    fault  f;
} bench;

static int begin(void **st)
{
    arena *a = arena_new(512 << 20);
    bench *b = NEW(a, bench);
    b->a = a;
    snprintf(b->dir, sizeof b->dir, "/tmp/attest-content-XXXXXX");
    assert_non_null(mkdtemp(b->dir));
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

static const char *path_of(bench *b, const char *rel) { return str_fmt(b->a, "%s/%s", b->dir, rel).p; }

static void make_parent(bench *b, const char *rel)
{
    const char *slash = strrchr(rel, '/');
    if (slash)
        assert_int_equal(dir_make(path_of(b, str_z(b->a, (str){ rel, (size_t)(slash - rel) })), 0700, &b->f), ERR_OK);
}

static void put(bench *b, const char *rel, const char *text)
{
    make_parent(b, rel);
    assert_int_equal(file_replace(path_of(b, rel), str_of(text), 0600, &b->f), ERR_OK);
}

static const content *load(bench *b)
{
    content *c = NULL;
    if (content_load(b->a, b->dir, &b->f, &c) != ERR_OK)
        fail_msg("%s", b->f.text);
    return c;
}

/* The faults of a load that must fail, without the directory's name. */
static const char *refused(bench *b)
{
    content *c = NULL;
    fault    f = { 0 };
    assert_int_equal(content_load(b->a, b->dir, &f, &c), ERR_INVALID);
    assert_null(c);
    return str_dup(b->a, str_of(f.text)).p;
}

#define assert_refused(b, says)                                                         \
    do {                                                                                \
        const char *told_ = refused(b), *want_ = path_of(b, says);                      \
        if (!strstr(told_, want_))                                                      \
            fail_msg("told   %s\nwanted %s", told_, want_);                             \
    } while (0)

#define CONTROL "[ZZ-01]\ntitle: Own\ntext: t\nowner: o\ncadence: yearly\nnature: automated\nrationale: r\ncriterion: A1.3 primary - w\n"
#define TEST                                                                                                  \
    "-- test: own.users\n-- version: 1\n-- title: t\n-- kind: state\n-- subject: account\n-- controls: ZZ-01\n" \
    "-- severity: low\n-- needs: account max_age=1d\n-- param: n int = 5 guard <= 9\n-- why: w\n-- remedy: r\n" \
    "SELECT system, login, (uid < :n) AS ok FROM account\n"
#define FIXTURES                                                                                        \
    "[pass]\naccount | system | login | uid\n | w | a | 1\nexpect | pass\n"                             \
    "[fail]\naccount | system | login | uid\n | w | a | 9\nexpect | fail\nfails | w/a\n"                \
    "[unknown]\naccount | system | login\n | w | a\nexpect | no_data\nunknown | w/a\n"                  \
    "[empty]\nexpect | not_applicable\n"

static void what_is_built_in_loads_without_a_fault(void **st)
{
    bench   *b = *st;
    content *c = NULL;
    if (content_load(b->a, NULL, &b->f, &c) != ERR_OK)
        fail_msg("%s", b->f.text);
    assert_int_equal(c->n_criteria, 61);
    assert_true(str_eq(c->criteria[0].id, S("CC1.1")));
    assert_true(str_eq(c->criteria[60].id, S("P8.1")));
    for (size_t i = 1; i < c->n_controls; i++)
        assert_true(str_cmp(c->controls[i - 1].id, c->controls[i].id) < 0);
    for (size_t i = 1; i < c->n_tests; i++)
        assert_true(str_cmp(c->tests[i - 1].id, c->tests[i].id) < 0);
    for (size_t i = 0; i < c->n_criteria; i++) {
        bool covered = false;
        for (size_t k = 0; k < c->n_controls; k++)
            for (size_t m = 0; m < c->controls[k].n_mappings; m++)
                covered |= c->controls[k].mappings[m].criterion == &c->criteria[i];
        if (!covered)
            fail_msg(STR_FMT " has no control", STR_ARG(c->criteria[i].id));
    }
}

static void each_criterion_has_its_category(void **st)
{
    static const struct { const char *id; category c; } rows[] = {
        { "CC1.1", CAT_SECURITY }, { "CC9.2", CAT_SECURITY }, { "A1.1", CAT_AVAILABILITY }, { "C1.1", CAT_CONFIDENTIALITY },
        { "PI1.5", CAT_PROCESSING }, { "P1.1", CAT_PRIVACY }, { "P8.1", CAT_PRIVACY },
    };
    bench         *b = *st;
    const content *c = load(b);
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(criterion_find(c, str_of(rows[i].id))->category, rows[i].c);
    assert_null(criterion_find(c, S("CC9.3")));
    assert_string_equal(category_name(CAT_PROCESSING), "Processing integrity");
}

static void an_overlay_adds_replaces_and_sets(void **st)
{
    bench *b = *st;
    const content *bare = load(b);
    const control_test *known = &bare->tests[0];
    put(b, "controls/own.txt", CONTROL "\n[AC-02]\ntitle: Ours\ntext: t\nowner: o\ncadence: per event\nnature: manual\n"
           "rationale: long\n  and longer\ncriterion: CC6.1 supporting - w\n");
    put(b, "tests/own/users.sql", TEST);
    put(b, "tests/own/users.fixtures", FIXTURES);
    put(b, "parameters.txt", "# ours\nown.users n = 12\n");
    put(b, "controls/.swp", "\xff");
    const content *c = load(b);
    assert_int_equal(c->n_tests, bare->n_tests + 1);
    assert_true(str_eq(control_find(c, S("AC-02"))->title, S("Ours")));
    assert_true(str_eq(control_find(c, S("AC-02"))->rationale, S("long and longer")));
    assert_int_equal(control_find(c, S("AC-02"))->nature, NATURE_MANUAL);
    assert_false(control_find(c, S("AC-02"))->mappings[0].primary);
    assert_true(str_eq(control_find(c, S("ZZ-01"))->title, S("Own")));
    const control_test *t = test_find(c, S("own.users"));
    assert_int_equal(t->params[0].value, 12);
    assert_int_equal(t->params[0].initial, 5);
    assert_true(test_weakened(t));
    assert_true(str_contains(t->sql, S("uid < 12")));
    assert_ptr_equal(t->controls[0], control_find(c, S("ZZ-01")));
    assert_true(str_eq(test_find(c, known->id)->digest, known->digest));
}

static void the_same_path_replaces_a_test(void **st)
{
    bench *b = *st;
    const content *bare = load(b);
    const control_test *known = &bare->tests[0];
    const asset *file = asset_find(known->path);
    str rel = str_sub(known->path, 8, known->path.n);             /* without content/ */
    put(b, str_z(b->a, rel), str_fmt(b->a, STR_FMT "\n\n", STR_ARG(file->bytes)).p);
    const content *c = load(b);
    assert_int_equal(c->n_tests, bare->n_tests);
    assert_false(str_eq(test_find(c, known->id)->digest, known->digest));
    assert_true(str_starts(test_find(c, known->id)->path, str_of(b->dir)));
    assert_true(str_starts(test_find(c, known->id)->fixtures_path, S("content/tests/")));
}

static void a_directory_that_is_not_there_is_as_good_as_empty(void **st)
{
    bench   *b = *st;
    content *c = NULL;
    assert_int_equal(content_load(b->a, path_of(b, "none"), &b->f, &c), ERR_OK);
    put(b, "file", "");
    assert_int_equal(content_load(b->a, path_of(b, "file"), &b->f, &c), ERR_INVALID);
}

static void tests_without_fixtures_and_fixtures_without_tests_are_refused(void **st)
{
    bench *b = *st;
    put(b, "controls/own.txt", CONTROL);
    put(b, "tests/own/users.sql", TEST);
    assert_refused(b, "tests/own/users.sql: own.users has no fixtures: tests/own/users.fixtures is missing");
    put(b, "tests/own/users.fixtures", "[pass]\nexpect | pass\n");
    assert_refused(b, "tests/own/users.fixtures: own.users has no case [unknown]");
    put(b, "tests/own/users.fixtures", FIXTURES);
    (void)load(b);
    put(b, "tests/own/others.fixtures", FIXTURES);
    assert_refused(b, "tests/own/others.fixtures: has no test: tests/own/others.sql is missing");
}

static void a_test_that_writes_is_refused_by_name(void **st)
{
    bench *b = *st;
    put(b, "controls/own.txt", CONTROL);
    put(b, "tests/own/users.sql", str_fmt(b->a, "%.*sINSERT INTO account (system) VALUES ('x')\n", (int)(strstr(TEST, "SELECT") - TEST), TEST).p);
    put(b, "tests/own/users.fixtures", FIXTURES);
    /* the parameter is not used either, which is told first; without it the query is looked at */
    assert_refused(b, "tests/own/users.sql:12: parameter n is not used");
    put(b, "tests/own/users.sql", "-- test: own.users\n-- version: 1\n-- title: t\n-- kind: state\n-- subject: account\n-- controls: ZZ-01\n"
           "-- severity: low\n-- needs: account max_age=1d\n-- why: w\n-- remedy: r\nINSERT INTO account (system) VALUES ('x')\n");
    assert_refused(b, "tests/own/users.sql:11:1: \"insert\"");
}

static void wrong_controls_are_told_with_file_and_line(void **st)
{
    static const struct { const char *text, *says; } rows[] = {
        { "title: x\n", ":1: this line stands before the first [id]" },
        { "[zz-01]\n", ":1: \"[zz-01]\": a block begins with its id in brackets, as [AC-03]: two or three capitals, a dash, two digits" },
        { "[ZZ-01\n", ":1: \"[ZZ-01\": a block begins with its id in brackets, as [AC-03]: two or three capitals, a dash, two digits" },
        { CONTROL "colour: red\n", ":9: ZZ-01: there is no key \"colour\"; there are title, text, owner, cadence, nature, rationale and criterion" },
        { CONTROL "title: again\n", ":9: ZZ-01: \"title\" stands twice" },
        { CONTROL "criterion: A1.3 primary - w\n", ":9: ZZ-01: A1.3 stands twice" },
        { CONTROL "criterion: CC6.9 primary - w\n", ":9: ZZ-01: \"CC6.9\" is not one of the 61 criteria" },
        { CONTROL "criterion: CC6.1 main - w\n", ":9: ZZ-01: write \"criterion: CC6.1 primary - why\"" },
        { CONTROL "criterion: CC6.1 primary -\n", ":9: ZZ-01: write \"criterion: CC6.1 primary - why\"" },
        { CONTROL "what is this\n", ":9: expected \"key: value\"" },
        { CONTROL "\n  more\n", ":10: begins with blanks and has no line above to continue" },
        { CONTROL CONTROL, ":9: ZZ-01 stands twice" },
        { "[ZZ-01]\ntitle: Own\n", ":1: ZZ-01: \"text\" is missing" },
        { "[ZZ-01]\ntitle: Own\ntext: t\nowner: o\ncadence: yearly\nnature: automated\nrationale: r\n", ":1: ZZ-01: has no criterion" },
        { "[ZZ-01]\ntitle:\ntext: t\nowner: o\ncadence: yearly\nnature: robot\nrationale: r\n", ":6: ZZ-01: nature is automated" },
        { "[ZZ-01]\ntitle:\ntext: t\nowner: o\ncadence: hourly\nnature: robot\nrationale: r\n", ":5: ZZ-01: cadence is continuous" },
    };
    bench *b = *st;
    for (size_t i = 0; i < COUNT(rows); i++) {
        put(b, "controls/own.txt", rows[i].text);
        assert_refused(b, str_fmt(b->a, "controls/own.txt%s", rows[i].says).p);
    }
}

static void a_control_of_many_criteria_is_warned_about(void **st)
{
    bench *b = *st;
    put(b, "controls/own.txt", CONTROL "criterion: CC6.1 primary - w\ncriterion: CC6.2 primary - w\ncriterion: CC6.3 primary - w\n");
    const content *c = load(b);
    for (size_t i = 0; i < c->n_warnings; i++)
        assert_false(str_contains(c->warnings[i], S("claims")));
    put(b, "controls/own.txt", CONTROL "criterion: CC6.1 primary - w\ncriterion: CC6.2 primary - w\ncriterion: CC6.3 primary - w\n"
           "criterion: CC6.4 primary - w\n");
    c = load(b);
    bool warned = false;
    for (size_t i = 0; i < c->n_warnings; i++)
        warned |= str_starts(c->warnings[i], S("ZZ-01 claims 5 criteria"));
    assert_true(warned);
}

static void the_list_of_criteria_is_closed(void **st)
{
    bench       *b = *st;
    const asset *tsv = asset_find(S("content/criteria/tsc.tsv"));
    str          rest = tsv->bytes, first;
    assert_true(str_line(&rest, &first));
    put(b, "criteria/tsc.tsv", rest.p);
    assert_refused(b, "criteria/tsc.tsv: CC1.1 is missing; the list is closed");
    put(b, "criteria/tsc.tsv", str_fmt(b->a, STR_FMT "CC9.3\t1\t1\tx\tx\tx\tx\n", STR_ARG(tsv->bytes)).p);
    assert_refused(b, "criteria/tsc.tsv:62: CC9.3 is not one of the 61 criteria");
    put(b, "criteria/tsc.tsv", str_fmt(b->a, STR_FMT "CC9.2\t1\t1\tx\tx\tx\n", STR_ARG(tsv->bytes)).p);
    assert_refused(b, "criteria/tsc.tsv:62: a criterion has 7 columns");
    put(b, "criteria/tsc.tsv", str_fmt(b->a, "CC1.1\t1\t1\tOur words\tx\tx\tx\n" STR_FMT, STR_ARG(rest)).p);
    assert_true(str_eq(load(b)->criteria[0].words, S("Our words")));
    put(b, "criteria/more.tsv", "");
    assert_refused(b, "criteria/more.tsv: is not read");
}

static void parameters_that_fit_nothing_are_refused(void **st)
{
    static const struct { const char *text, *says; } rows[] = {
        { "own.users n 12\n", "parameters.txt:1: write \"TEST NAME = NUMBER\"" },
        { "\nown.users n = twelve\n", "parameters.txt:2: write \"TEST NAME = NUMBER\"" },
        { "own.people n = 12\n", "parameters.txt:1: there is no test \"own.people\"" },
        { "own.users m = 12\n", "parameters.txt:1: test own.users has no parameter \"m\"" },
    };
    bench *b = *st;
    put(b, "controls/own.txt", CONTROL);
    put(b, "tests/own/users.sql", TEST);
    put(b, "tests/own/users.fixtures", FIXTURES);
    for (size_t i = 0; i < COUNT(rows); i++) {
        put(b, "parameters.txt", rows[i].text);
        assert_refused(b, rows[i].says);
    }
}

/* ---- hostile paths ---------------------------------------------------------------------------- */

static void links_pipes_and_directories_in_the_place_of_files_are_refused(void **st)
{
    bench *b = *st;
    put(b, "elsewhere", CONTROL);
    make_parent(b, "controls/x");
    assert_int_equal(symlink("../elsewhere", path_of(b, "controls/link.txt")), 0);
    assert_refused(b, "controls/link.txt: is a symbolic link");
    assert_int_equal(unlink(path_of(b, "controls/link.txt")), 0);
    assert_int_equal(mkfifo(path_of(b, "controls/pipe.txt"), 0600), 0);
    assert_refused(b, "controls/pipe.txt: is neither a file nor a directory");
    assert_int_equal(unlink(path_of(b, "controls/pipe.txt")), 0);
    make_parent(b, "tests/own/x.sql/y");
    assert_refused(b, "tests/own/x.sql: is a directory");
    assert_int_equal(rmdir(path_of(b, "tests/own/x.sql")), 0);
    (void)load(b);
    assert_int_equal(symlink("/etc", path_of(b, "tests/etc")), 0);
    assert_refused(b, "tests/etc: is a symbolic link");
    assert_int_equal(unlink(path_of(b, "tests/etc")), 0);
    put(b, "criteria", "x");
    assert_refused(b, "criteria: is not a directory");
}

static void names_and_sizes_have_limits(void **st)
{
    bench *b = *st;
    put(b, "tests/own/readme.md", "x");
    assert_refused(b, "tests/own/readme.md: is not read: names here end in .sql or .fixtures");
    assert_int_equal(unlink(path_of(b, "tests/own/readme.md")), 0);
    put(b, "tests/stray.sql", "x");
    assert_refused(b, "tests/stray.sql: is not read: tests stand in tests/GROUP/NAME.sql");
    assert_int_equal(unlink(path_of(b, "tests/stray.sql")), 0);
    put(b, "controls/big.txt", "");
    assert_int_equal(truncate(path_of(b, "controls/big.txt"), (off_t)1 << 30), 0);
    assert_refused(b, "controls/big.txt: is larger than 1 MiB");
    assert_int_equal(unlink(path_of(b, "controls/big.txt")), 0);
    put(b, "controls/raw.txt", "[ZZ-01]\ntitle: \xff\n");
    assert_refused(b, "controls/raw.txt: is not UTF-8 text");
    assert_int_equal(unlink(path_of(b, "controls/raw.txt")), 0);
    put(b, "controls/a\xff.txt", CONTROL);
    assert_refused(b, "controls/a\\xff.txt: has a name that is not UTF-8");
}

static void count_fault(void *arg, str what)
{
    (void)what;
    ++*(int *)arg;
}

static void all_faults_can_be_told_and_the_rest_is_there(void **st)
{
    bench   *b = *st;
    content *c = NULL;
    int      n = 0;
    put(b, "controls/own.txt", CONTROL "\n[ZZ-02]\ntitle: x\n");
    put(b, "tests/own/users.sql", TEST);
    content_load_each(b->a, b->dir, count_fault, &n, &c);
    assert_true(n >= 6);
    assert_non_null(control_find(c, S("ZZ-01")));
    assert_null(control_find(c, S("ZZ-02")));
    assert_null(test_find(c, S("own.users")));
}

static void a_part_of_it_serves_its_categories_alone(void **st)
{
    bench         *b = *st;
    const content *all = load(b);
    const content *some = content_within(b->a, all, 1u << CAT_SECURITY | 1u << CAT_AVAILABILITY);
    assert_non_null(criterion_find(some, S("CC6.1")));
    assert_non_null(criterion_find(some, S("A1.2")));
    assert_null(criterion_find(some, S("P1.1")));
    assert_null(criterion_find(some, S("C1.1")));
    assert_null(control_find(some, S("PR-01")));
    assert_true(some->n_controls > 50 && some->n_controls < all->n_controls);
    assert_true(some->n_tests > 50 && some->n_tests < all->n_tests);
    size_t shared = 0;
    for (size_t i = 0; i < some->n_controls; i++) {
        const control *c = &some->controls[i];
        assert_true(c->n_mappings > 0);
        shared += c->n_mappings < control_find(all, c->id)->n_mappings;
        for (size_t k = 0; k < c->n_mappings; k++)
            assert_ptr_equal(c->mappings[k].criterion, criterion_find(some, c->mappings[k].criterion->id));
    }
    assert_true(shared > 0);              /* one that serves privacy too is named without it */
    for (size_t i = 0; i < some->n_tests; i++) {
        assert_true(some->tests[i].n_controls > 0);
        for (size_t k = 0; k < some->tests[i].n_controls; k++)
            assert_ptr_equal(some->tests[i].controls[k], control_find(some, some->tests[i].controls[k]->id));
    }
    const content *whole = content_within(b->a, all, (1u << CAT_COUNT_) - 1);
    assert_int_equal(whole->n_criteria, all->n_criteria);
    assert_int_equal(whole->n_controls, all->n_controls);
    assert_int_equal(whole->n_tests, all->n_tests);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(what_is_built_in_loads_without_a_fault), T(each_criterion_has_its_category), T(an_overlay_adds_replaces_and_sets),
        T(the_same_path_replaces_a_test), T(a_directory_that_is_not_there_is_as_good_as_empty),
        T(tests_without_fixtures_and_fixtures_without_tests_are_refused), T(a_test_that_writes_is_refused_by_name),
        T(wrong_controls_are_told_with_file_and_line), T(a_control_of_many_criteria_is_warned_about),
        T(the_list_of_criteria_is_closed), T(parameters_that_fit_nothing_are_refused),
        T(links_pipes_and_directories_in_the_place_of_files_are_refused), T(names_and_sizes_have_limits),
        T(all_faults_can_be_told_and_the_rest_is_there), T(a_part_of_it_serves_its_categories_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
