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
    bool        changed;
} bench;

static err_t people(bench *b, fault *f)
{
    static const char *const ids[] = { "ann", "max" };
    const principal  keeper = { .role = ROLE_OWNER, .actor = S("cli:root") };
    const relation  *r = relation_find(S("person"));
    workspace       *ws;
    record_done      done;
    err_t            e = ERR_OK;
    TRY(workspace_open(b->a, b->dir, OPEN_WRITE, f, &ws));
    for (size_t i = 0; i < COUNT(ids) && e == ERR_OK; i++) {
        str              id = str_of(ids[i]);
        const assignment set[] = { { S("name"), id }, { S("permission"), i ? S("manager") : S("owner") }, { S("starts_at"), S("2026-01-01") } };
        e = app_add(ws, b->a, &keeper, r, id, set, COUNT(set), S(""), f, &done);
    }
    workspace_close(ws);
    return e;
}

static int make(void **state)
{
    bench *b = calloc(1, sizeof *b);
    fault  f = { 0 };
    b->a = arena_new(64 << 20);
    snprintf(b->parent, sizeof b->parent, "/tmp/attest-errand-XXXXXX");
    if (!mkdtemp(b->parent) || workspace_create(b->a, b->parent, &(workspace_settings){ .name = S("Example") }, &f, &b->dir) != ERR_OK || people(b, &f) != ERR_OK) {
        fprintf(stderr, "%s\n", f.text);
        return -1;
    }
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
    assert_true(errands_ended(&b->todo, b->a, pid, &said, ret_source, &b->changed));
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
        "errand 1\nsource-add\nweb:max\nmax\n\nhost\n",
        "errand 1\nsource-add\nweb:eve\neve\n\nhost\n",
        "errand 1\nsource-add\nweb:\n\n\nhost\n",
        "errand 1\nwebhook-add\nweb:ann\nann\n\nhttp://127.0.0.1/",
        "errand 1\nwebhook-add\nweb:ann\nann\n\nhttps://127.0.0.1/",
        "errand 1\nwebhook-add\nweb:ann\nann\n\nhttps://a.example/ /etc/passwd",
        "errand 1\nwebhook-add\nweb:ann\nann\n\nfile:///etc/passwd",
        "errand 1\nwebhook-add\nweb:max\nmax\n\nhttps://a.example/",
        "errand 1\nwebhook-remove\nweb:ann\nann\n\na.example#12345678",
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

static void a_webhook_has_a_secret_of_its_own_that_leaves_with_it(void **state)
{
    bench *b = *state;
    str    source = { 0 }, says = told(b, "errand 4\nwebhook-add\nweb:ann\nann\n\nhttps://hooks.example.org/attest?k=1", &source);
    fault  f = { 0 };
    str    kept = { 0 }, rest = says, first = str_cut(&rest, '\n'), id = str_word(&rest), secret = str_trim(rest);
    assert_true(str_eq(first, S("done 4 ok")) && str_starts(id, S("hooks.example.org#")) && str_starts(secret, S("whsec_")) && secret.n == 50);
    assert_true(b->changed && !source.n);
    str path = str_fmt(b->a, "%s/keys/webhook-" STR_FMT ".secret", b->dir, STR_ARG(str_sub(id, id.n - 8, id.n)));
    assert_int_equal(file_secret(b->a, path.p, &f, &kept), ERR_OK);
    assert_true(str_eq(kept, secret) && !str_contains(config(b), secret));
    says = told(b, "errand 5\nwebhook-add\nweb:ann\nann\n\nhttps://hooks.example.org/attest?k=1", &source);
    assert_true(str_starts(says, S("done 5 conflict")));
    says = told(b, str_fmt(b->a, "errand 6\nwebhook-remove\nweb:ann\nann\n\n" STR_FMT, STR_ARG(id)).p, &source);
    assert_true(str_starts(says, S("done 6 ok")) && b->changed);
    assert_true(access(path.p, F_OK) != 0 && !str_contains(config(b), S("webhook")));
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
    assert_true(errands_ended(&b->todo, b->a, pid, &said, &source, &b->changed));
    assert_true(str_starts(said, S("done  ")));
    assert_true(!errands_ended(&b->todo, b->a, pid, &said, &source, &b->changed));
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
        cmocka_unit_test_setup_teardown(a_webhook_has_a_secret_of_its_own_that_leaves_with_it, make, end),
        cmocka_unit_test_setup_teardown(more_than_can_wait_is_passed_over, make, end),
        cmocka_unit_test_setup_teardown(who_is_gone_is_told_nothing, make, end),
        cmocka_unit_test_setup_teardown(a_job_names_a_job_or_a_source_by_its_id, make, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
