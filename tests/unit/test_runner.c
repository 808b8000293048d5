#include "collect_test.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define BEGIN "{\"begin\":\"account\",\"mode\":\"snapshot\"}"
#define ROW   "{\"system\":\"web1\",\"login\":\"ann\"}"
#define END   "{\"end\":\"account\",\"status\":\"ok\"}"
#define SAY(line) "echo '" line "'\n"

typedef struct {
    arena           *a;
    const char      *root;
    collected        c;
    collect_outcome  o;
    time_us          took;
} ran;

static ran *ran_new(void)
{
    arena *a = arena_new(256 << 20);
    ran   *r = NEW(a, ran);
    r->a = a;
    r->c.a = a;
    r->root = ct_tree_new(a);
    return r;
}

static void ran_free(ran *r)
{
    ct_tree_free(r->root);
    arena_free(r->a);
}
GUARD_DEFINE(ran, ran_free)
#define auto_ran GUARD(ran_free)

static ran *run_script(const char *script, const collect_options *o)
{
    ran         *r = ran_new();
    collect_sink sink = ct_sink(&r->c);
    fault        f = { 0 };
    const char  *argv[] = { ct_put(r->a, r->root, "collector", str_of(script), 0755), "an argument", NULL };
    time_us      start = time_mono();
    assert_int_equal(collect_exec(r->a, argv, o, &sink, &f, &r->o), ERR_OK);
    r->took = time_mono() - start;
    assert_true(r->o.ended_at >= r->o.started_at);
    return r;
}

static void assert_reason(const ran *r, collect_status s, const char *part)
{
    if (r->o.status != s || !str_contains(r->o.reason, str_of(part)))
        fail_msg("%s: " STR_FMT, collect_status_name(r->o.status), STR_ARG(r->o.reason));
}

static void any_executable_can_be_a_collector(void **state)
{
    auto_ran ran *r = run_script("#!/bin/sh\necho working >&2\n" SAY(BEGIN) SAY(ROW) "printf '%s' '" END "'\n", NULL);
    (void)state;
    assert_reason(r, ST_OK, "");
    assert_int_equal(r->o.rows, 1);
    assert_int_equal(r->o.relations, 1);
    assert_int_equal(ct_status(&r->c, "account"), ST_OK);
    assert_true(str_eq(r->c.progress, S("working")));
}

static void a_crash_is_told_by_name_and_spoils_what_was_open(void **state)
{
    auto_ran ran *r = run_script("#!/bin/sh\n" SAY(BEGIN) SAY(ROW) "kill -SEGV $$\n", NULL);
    (void)state;
    assert_reason(r, ST_ERROR, "killed by SIGSEGV");
    assert_int_equal(ct_status(&r->c, "account"), ST_ERROR);
    assert_true(str_contains(ct_reason(&r->c, "account"), S("SIGSEGV")));
}

static void a_bad_exit_status_is_told_with_the_last_words(void **state)
{
    auto_ran ran *r = run_script("#!/bin/sh\n" SAY(BEGIN) SAY(END) "echo no database >&2\nexit 3\n", NULL);
    (void)state;
    assert_reason(r, ST_ERROR, "status 3; it said: no database");
    assert_int_equal(ct_status(&r->c, "account"), ST_OK);
}

static void a_collector_that_never_ends_is_stopped_with_all_its_children(void **state)
{
    collect_options o = { .time_max = SECONDS(1) };
    auto_ran ran   *r = run_script("#!/bin/sh\n" SAY(BEGIN) SAY(ROW) "sleep 1000 & echo $! >&2\nsleep 1000\n", &o);
    int64_t         pid;
    (void)state;
    assert_reason(r, ST_ERROR, "took longer than");
    assert_in_range(r->took, SECONDS(1), SECONDS(8));
    assert_int_equal(ct_status(&r->c, "account"), ST_ERROR);
    assert_true(parse_int(r->c.progress, 2, INT32_MAX, &pid));
    for (int i = 0; i < 100 && kill((pid_t)pid, 0) == 0; i++)      /* the orphan may stay a zombie for a moment */
        usleep(10000);
    char path[64];
    str  stat = { 0 };
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    if (file_slurp(r->a, path, 4096, &stat) == 0)
        assert_true(str_contains(stat, S(") Z ")) || str_contains(stat, S(") X ")));
}

static void output_without_end_does_not_grow_the_parent(void **state)
{
    collect_options o = { .time_max = SECONDS(1) };
    struct rusage   before, after;
    (void)state;
    getrusage(RUSAGE_SELF, &before);
    auto_ran ran *r = run_script("#!/bin/sh\n" SAY(BEGIN) "exec tr '\\0' x </dev/zero\n", &o);
    getrusage(RUSAGE_SELF, &after);
    assert_reason(r, ST_ERROR, "took longer than");
    assert_true(str_contains(ct_reason(&r->c, "account"), S("line 2: longer than 1 MiB")) ||
                str_contains(ct_reason(&r->c, "account"), S("took longer")));
    assert_in_range(after.ru_maxrss - before.ru_maxrss, 0, 24 * 1024);
}

static void garbage_and_messages_without_end_are_survived(void **state)
{
    collect_options o = { .time_max = SECONDS(2) };
    auto_ran ran   *r = run_script("#!/bin/sh\nhead -c 3000000 /dev/urandom\nhead -c 3000000 /dev/urandom >&2\n", &o);
    (void)state;
    assert_reason(r, ST_ERROR, "line 1: ");
    assert_int_equal(r->o.rows, 0);
}

static void many_rows_pass_through(void **state)
{
    auto_ran ran *r = run_script("#!/usr/bin/env python3\nprint('" BEGIN "')\n"
                                 "for i in range(20000): print('{\"system\":\"w\",\"login\":\"u%d\"}' % i)\n"
                                 "print('" END "')\n", NULL);
    (void)state;
    assert_reason(r, ST_OK, "");
    assert_int_equal(r->o.rows, 20000);
}

static void writing_after_the_end_is_an_error(void **state)
{
    auto_ran ran *r = run_script("#!/bin/sh\n" SAY(BEGIN) SAY(END) SAY(ROW), NULL);
    (void)state;
    assert_reason(r, ST_ERROR, "line 3: a row outside");
}

static void a_process_left_behind_with_the_output_is_an_error_not_a_hang(void **state)
{
    auto_ran ran *r = run_script("#!/bin/sh\n" SAY(BEGIN) SAY(END) "sleep 1000 &\nexit 0\n", NULL);
    (void)state;
    assert_reason(r, ST_ERROR, "left a process behind");
    assert_in_range(r->took, 0, SECONDS(8));
}

static void a_collector_that_closes_its_output_still_has_to_end(void **state)
{
    collect_options o = { .time_max = SECONDS(1) };
    auto_ran ran   *r = run_script("#!/bin/sh\n" SAY(BEGIN) SAY(END) "exec sleep 1000 >&- 2>&-\n", &o);
    (void)state;
    assert_reason(r, ST_ERROR, "took longer than");
    assert_in_range(r->took, SECONDS(1), SECONDS(8));
}

static void memory_is_limited(void **state)
{
    collect_options o = { .memory_max = 64 << 20 };
    auto_ran ran   *r = run_script("#!/usr/bin/env python3\nx = bytearray(256 << 20)\nprint('" BEGIN "')\nprint('" END "')\n", &o);
    (void)state;
    assert_reason(r, ST_ERROR, "it ended with status 1; it said: MemoryError");
}

static void the_child_gets_a_clean_world(void **state)
{
    (void)state;
    setenv("ATTEST_TEST_SECRET", "hunter2", 1);
    int           leak = open("/dev/null", O_RDONLY);      /* no O_CLOEXEC on purpose */
    auto_ran ran *r = run_script(
        "#!/bin/sh\n"
        "echo env=$(env | cut -d= -f1 | sort | tr '\\n' ,) fds=$(ls /proc/self/fd | wc -l) nnp=$(grep NoNewPrivs /proc/self/status | cut -f2)"
        " core=$(ulimit -c) arg=$1 in=$(readlink /proc/self/fd/0) >&2\n" SAY(BEGIN) SAY(END), NULL);
    close(leak);
    unsetenv("ATTEST_TEST_SECRET");
    assert_reason(r, ST_OK, "");
    assert_string_equal(str_z(r->a, r->c.progress),
                        "env=HOME,LANG,PATH,PWD, fds=4 nnp=1 core=0 arg=an argument in=/dev/null");
}

static void messages_cannot_steer_a_terminal(void **state)
{
    auto_ran ran *r = run_script("#!/bin/sh\nprintf 'a\\033[31mb\\302\\233c\\377\\n' >&2\n" SAY(BEGIN) SAY(END), NULL);
    (void)state;
    assert_string_equal(str_z(r->a, r->c.progress), "a [31mb  c\\xff");
}

static void what_cannot_be_started_is_told(void **state)
{
    auto_ran ran *r = ran_new();
    collect_sink  sink = ct_sink(&r->c);
    fault         f = { 0 };
    (void)state;
    assert_int_equal(collect_exec(r->a, (const char *const[]){ "/nonexistent/x", NULL }, NULL, &sink, &f, &r->o), ERR_OK);
    assert_reason(r, ST_ERROR, "cannot start /nonexistent/x: No such file or directory");
}

static err_t refuse_row(void *arg, const value *row, fault *f)
{
    (void)arg;
    (void)row;
    return fail(f, ERR_FULL, "no space");
}

static void an_error_of_the_sink_ends_the_child(void **state)
{
    auto_ran ran *r = ran_new();
    collect_sink  sink = ct_sink(&r->c);
    fault         f = { 0 };
    const char   *script = ct_put(r->a, r->root, "c", S("#!/bin/sh\n" SAY(BEGIN) SAY(ROW) "sleep 1000\n"), 0755);
    (void)state;
    sink.row = refuse_row;
    assert_int_equal(collect_exec(r->a, (const char *const[]){ script, NULL }, NULL, &sink, &f, &r->o), ERR_FULL);
    assert_string_equal(f.text, "no space");
}

static size_t open_files(void)
{
    DIR   *d = opendir("/proc/self/fd");
    size_t n = 0;
    assert_non_null(d);
    while (readdir(d))
        n++;
    closedir(d);
    return n;
}

static void no_descriptor_and_no_zombie_is_left(void **state)
{
    size_t before = open_files();
    (void)state;
    for (int i = 0; i < 3; i++) {
        auto_ran ran *r = run_script("#!/bin/sh\nexit 1\n", NULL);
        assert_reason(r, ST_ERROR, "status 1");
    }
    assert_int_equal(open_files(), before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void a_built_in_source_runs_in_a_child_of_this_program(void **state)
{
    auto_ran ran   *r = ran_new();
    collect_sink    sink = ct_sink(&r->c);
    fault           f = { 0 };
    collect_options o = { .argument = r->root, .system = "web9" };
    (void)state;
    const collect_source *s = collect_source_find(S("host"));
    assert_non_null(s);
    assert_null(collect_source_find(S("hosts")));
    assert_int_equal(collect_run(r->a, s, &o, &sink, &f, &r->o), ERR_OK);
    for (const char *const *p = s->relations; *p; p++)
        ct_ended(&r->c, *p);             /* fails where one is missing */
    for (size_t i = 0; i < r->c.rows.n; i++)
        assert_true(str_eq(r->c.rows.v[i].v[0].s, S("web9")));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_executable_can_be_a_collector),
        cmocka_unit_test(a_crash_is_told_by_name_and_spoils_what_was_open),
        cmocka_unit_test(a_bad_exit_status_is_told_with_the_last_words),
        cmocka_unit_test(a_collector_that_never_ends_is_stopped_with_all_its_children),
        cmocka_unit_test(output_without_end_does_not_grow_the_parent),
        cmocka_unit_test(garbage_and_messages_without_end_are_survived),
        cmocka_unit_test(many_rows_pass_through),
        cmocka_unit_test(writing_after_the_end_is_an_error),
        cmocka_unit_test(a_process_left_behind_with_the_output_is_an_error_not_a_hang),
        cmocka_unit_test(a_collector_that_closes_its_output_still_has_to_end),
        cmocka_unit_test(memory_is_limited),
        cmocka_unit_test(the_child_gets_a_clean_world),
        cmocka_unit_test(messages_cannot_steer_a_terminal),
        cmocka_unit_test(what_cannot_be_started_is_told),
        cmocka_unit_test(an_error_of_the_sink_ends_the_child),
        cmocka_unit_test(no_descriptor_and_no_zombie_is_left),
        cmocka_unit_test(a_built_in_source_runs_in_a_child_of_this_program),
    };
    if (argc > 1 && strcmp(argv[1], "--collector") == 0)
        return collect_child(argc - 2, argv + 2);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
