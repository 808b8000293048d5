/* What a web process that was taken over could ask its supervisor for. */
#include "serve/errand.h"
#include "serve/jobs.h"
#include "test.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    arena      *a;
    char        parent[64];
    const char *dir;
    errands_todo todo;
    jobs        jobs;
} bench;

static int make(void **state)
{
    bench *b = calloc(1, sizeof *b);
    fault  f = { 0 };
    b->a = arena_new(64 << 20);
    snprintf(b->parent, sizeof b->parent, "/tmp/attest-errand-XXXXXX");
    if (!mkdtemp(b->parent) || workspace_create(b->a, b->parent, &(workspace_settings){ .name = S("Example") }, &f, &b->dir) != ERR_OK)
        return -1;
    b->todo.dir = b->jobs.dir = b->dir;
    b->jobs.a = b->a;
    *state = b;
    return 0;
}

static int end(void **state)
{
    bench *b = *state;
    str    command = str_fmt(b->a, "%s", b->parent);
    pid_t  pid = fork();
    if (pid == 0)
        execl("/bin/rm", "rm", "-rf", str_z(b->a, command), (char *)NULL);
    waitpid(pid, NULL, 0);
    arena_free(b->a);
    free(b);
    return 0;
}

/* Sends the message and waits for what is told. */
static str told(bench *b, const char *message, str *ret_source)
{
    fault f = { 0 };
    int   status;
    str   said = S("nothing was started");
    errands_ask(&b->todo, str_of(message));
    if (errands_start_next(&b->todo, &f) != ERR_OK)
        fail_msg("%s", f.text);
    if (!b->todo.running)
        return said;
    pid_t pid = waitpid(b->todo.running, &status, 0);
    assert_true(errands_ended(&b->todo, b->a, pid, &said, ret_source));
    return said;
}

static str config(bench *b)
{
    str   text = { 0 };
    fault f = { 0 };
    assert_int_equal(file_read(b->a, str_fmt(b->a, "%s/config", b->dir).p, 1 << 20, &f, &text), ERR_OK);
    return text;
}

static void host_is_added_and_is_to_be_read(void **state)
{
    bench *b = *state;
    str    source = { 0 }, says = told(b, "errand 7\nsource-add\nweb:ann\nann\n127.0.0.1\nhost\n", &source);
    assert_true(str_eq(says, S("done 7 ok\nhost")));
    assert_true(str_eq(source, S("host")));
    assert_true(str_contains(config(b), S("source: host\n")));
    says = told(b, "errand 8\nsource-remove\nweb:ann\nann\n127.0.0.1\nhost", &source);
    assert_true(str_eq(says, S("done 8 ok\nhost")));
    assert_true(!str_contains(config(b), S("source:")));
    assert_int_equal(source.n, 0);
}

static void nothing_that_runs_a_program_can_be_asked_for(void **state)
{
    static const char *const messages[] = {
        "errand 1\nsource-add\nweb:ann\nann\n\nexec\n/bin/true",
        "errand 1\nsource-add\nweb:ann\nann\n\n exec\n/bin/true",
        "errand 1\nsource-add\nweb:ann\nann\n\nhost\n\nsource: exec /bin/true",
        "errand 1\nsource-add\nweb:ann\nann\n\ngit exec\n/bin/true",
        "errand 1\nsource-add\nweb:ann\nann\n\ngit\n/bin/../bin",
        "errand 1\nshell\nweb:ann\nann\n\n/bin/true",
        "errand 1\nsource-add\nweb:ann",
        "errand 1\nsource-add",
        "errand 1",
        "errand ",
        "errand 1\nsource-add\nweb:\xff\nann\n\nhost\n",
    };
    bench *b = *state;
    str    before = config(b), source = { 0 };
    for (size_t i = 0; i < COUNT(messages); i++) {
        str says = told(b, messages[i], &source);
        assert_true(!str_contains(says, S(" ok\n")));
        assert_int_equal(source.n, 0);
    }
    assert_true(str_eq(config(b), before));
}

static void more_than_can_wait_is_passed_over(void **state)
{
    bench *b = *state;
    for (size_t i = 0; i < 10 * ERRANDS_WAITING_MAX; i++)
        errands_ask(&b->todo, S("errand 1\nshell\nweb:ann\nann\n\nx"));
    assert_int_equal(b->todo.n_waiting, ERRANDS_WAITING_MAX);
    char *large = calloc(1, ERRAND_MAX_BYTES + 2);
    memset(large, 'x', ERRAND_MAX_BYTES + 1);
    b->todo.n_waiting = 0;
    errands_ask(&b->todo, str_of(large));
    assert_int_equal(b->todo.n_waiting, 0);
    free(large);
}

static void who_is_gone_is_told_nothing(void **state)
{
    bench *b = *state;
    fault  f = { 0 };
    int    status;
    str    said, source;
    errands_ask(&b->todo, S("errand 3\nshell\nweb:ann\nann\n\nx"));
    assert_int_equal(errands_start_next(&b->todo, &f), ERR_OK);
    b->todo.head[0] = '\0';              /* as when the web process was started again */
    pid_t pid = waitpid(b->todo.running, &status, 0);
    assert_true(errands_ended(&b->todo, b->a, pid, &said, &source));
    assert_true(str_starts(said, S("done  ")));
    assert_true(!errands_ended(&b->todo, b->a, pid, &said, &source));
}

static void a_job_names_a_job_or_a_source_by_its_id(void **state)
{
    bench *b = *state;
    jobs  *j = &b->jobs;
    jobs_ask(j, S("assess"));
    assert_true(j->wanted[JOB_ASSESS] && !j->wanted[JOB_COLLECT] && !j->wanted[JOB_TICK]);
    jobs_ask(j, S("serve"));
    jobs_ask(j, S("assess\nhost"));
    jobs_ask(j, S(""));
    jobs_ask(j, S("collect\nexec:/bin/true"));
    jobs_ask(j, S("collect\nexec:/bin/true"));
    assert_true(!j->wanted[JOB_COLLECT] && j->sources[0].n == strlen("exec:/bin/true") && !j->sources[1].n);
    /* It is not configured, so its child ends without running anything. */
    fault f = { 0 };
    int   status;
    j->program = "/bin/true";
    j->wanted[JOB_ASSESS] = false;
    assert_int_equal(jobs_start_next(j, &f), ERR_OK);
    assert_true(j->running > 0);
    pid_t pid = waitpid(j->running, &status, 0);
    assert_true(jobs_ended(j, pid, status));
    assert_int_equal(j->failed, err_describe(ERR_NOT_FOUND)->exit_status);
    /* More than can wait by themselves: all are collected. */
    for (int i = 0; i <= JOB_SOURCES_MAX; i++)
        jobs_ask(j, str_fmt(b->a, "collect\ngit:/srv/%d", i));
    assert_true(j->wanted[JOB_COLLECT]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(host_is_added_and_is_to_be_read, make, end),
        cmocka_unit_test_setup_teardown(nothing_that_runs_a_program_can_be_asked_for, make, end),
        cmocka_unit_test_setup_teardown(more_than_can_wait_is_passed_over, make, end),
        cmocka_unit_test_setup_teardown(who_is_gone_is_told_nothing, make, end),
        cmocka_unit_test_setup_teardown(a_job_names_a_job_or_a_source_by_its_id, make, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
