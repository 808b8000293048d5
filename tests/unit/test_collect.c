#include "collect_test.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#define BEGIN "{\"begin\":\"account\",\"mode\":\"snapshot\"}\n"
#define ROW   "{\"system\":\"web1\",\"login\":\"ann\"}\n"
#define END   "{\"end\":\"account\",\"status\":\"ok\"}\n"

/* ---- writing ------------------------------------------------------------- */

static void probe_one_account(const collect_env *env, emit *e)
{
    emit_begin(e, relation_find(S("account")));
    emit_text(e, "system", env->system);
    emit_text(e, "login", S("a\xffn\n\"x\""));
    emit_bool(e, "active", true);
    emit_int(e, "uid", 1000);
    emit_time(e, "last_login_at", SECONDS(1768478400));
    emit_z(e, "shell", NULL);
    emit_row(e);
    emit_lack_errno(e, EACCES, "/etc/shadow");
    emit_lack(e, ST_PARTIAL, "something else");
    emit_lack_errno(e, EACCES, "/etc/shadow");
    emit_end(e, ST_OK);
}

static void rows_written_are_rows_read(void **state)
{
    auto_arena arena *a = arena_new(64 << 20);
    collected        *c = ct_probe(a, "/nonexistent", probe_one_account);
    (void)state;
    assert_int_equal(ct_count(c, "account"), 1);
    CT_IS(c, "account", "uid", "1000", "login", "a\\xffn\n\"x\"");
    CT_IS(c, "account", "active", "true", "system", "web1");
    CT_IS(c, "account", "mfa", "?", "system", "web1");
    CT_IS(c, "account", "shell", "?", "system", "web1");
    CT_IS(c, "account", "last_login_at", "2026-01-15T12:00:00Z", "system", "web1");
    assert_int_equal(ct_status(c, "account"), ST_DENIED);
    assert_string_equal(str_z(a, ct_reason(c, "account")), "/etc/shadow: Permission denied; something else");
    assert_int_equal(c->outcome.status, ST_DENIED);
    assert_int_equal(c->outcome.rows, 1);
}

static void probe_long_text(const collect_env *env, emit *e)
{
    enum { LONG = 100000 };
    char *text = arena_alloc(env->a, LONG, 1);
    for (size_t i = 0; i < LONG; i += 2)
        memcpy(text + i, "\xc3\xa4", 2);
    text[0] = 'x';
    text[1] = 'y';
    text[99] = 'z';                      /* leaves one broken character, written as \xc3 */
    emit_begin(e, relation_find(S("account")));
    emit_text(e, "system", env->system);
    emit_text(e, "login", (str){ text, LONG });
    emit_row(e);
    emit_end(e, ST_OK);
}

static void a_long_text_is_cut_at_a_character_and_told(void **state)
{
    auto_arena arena *a = arena_new(64 << 20);
    collected        *c = ct_probe(a, "/nonexistent", probe_long_text);
    (void)state;
    str login = ct_show(c, CT_FIND(c, "account", "system", "web1"), "login");
    assert_in_range(login.n, FIELD_TEXT_MAX - 2, FIELD_TEXT_MAX);
    assert_true(str_ends(login, S(" [cut]")) && utf8_valid(login));
    assert_int_equal(ct_status(c, "account"), ST_PARTIAL);
    assert_true(str_contains(ct_reason(c, "account"), S("64 KiB")));
}

static void probe_wrong_field(const collect_env *env, emit *e)
{
    (void)env;
    emit_begin(e, relation_find(S("account")));
    emit_z(e, "logn", "ann");
}

static void probe_wrong_kind(const collect_env *env, emit *e)
{
    (void)env;
    emit_begin(e, relation_find(S("account")));
    emit_int(e, "login", 1);
}

static void probe_no_key(const collect_env *env, emit *e)
{
    emit_begin(e, relation_find(S("account")));
    emit_text(e, "system", env->system);
    emit_row(e);
}

static void probe_wrong_choice(const collect_env *env, emit *e)
{
    emit_begin(e, relation_find(S("account")));
    emit_text(e, "system", env->system);
    emit_z(e, "login", "ann");
    emit_z(e, "kind", "robot");
    emit_row(e);
}

static void probe_no_such_relation(const collect_env *env, emit *e)
{
    (void)env;
    emit_begin(e, relation_find(S("acount")));
}

static void probe_absent_with_rows(const collect_env *env, emit *e)
{
    emit_begin(e, relation_find(S("account")));
    emit_text(e, "system", env->system);
    emit_z(e, "login", "ann");
    emit_row(e);
    emit_end(e, ST_ABSENT);
}

static void a_collector_that_breaks_its_relation_stops_at_once(void **state)
{
    static void (*const probes[])(const collect_env *, emit *) = {
        probe_wrong_field, probe_wrong_kind, probe_no_key, probe_wrong_choice, probe_no_such_relation, probe_absent_with_rows,
    };
    (void)state;
    for (size_t i = 0; i < COUNT(probes); i++) {
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
            arena      *a = arena_new(1 << 20);
            collect_env env = ct_env(a, "/nonexistent");
            fclose(stderr);
            probes[i](&env, emit_new(a, 1));
            _exit(0);
        }
        int status = 0;
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    }
}

static void a_closed_pipe_is_an_error_not_an_end(void **state)
{
    auto_arena arena *a = arena_new(64 << 20);
    collect_env       env = ct_env(a, "/nonexistent");
    int               fds[2];
    (void)state;
    assert_int_equal(pipe(fds), 0);
    close(fds[0]);
    signal(SIGPIPE, SIG_IGN);
    emit *e = emit_new(a, fds[1]);
    for (int i = 0; i < 2000; i++)
        probe_one_account(&env, e);
    assert_int_equal(emit_finish(e), EPIPE);
    close(fds[1]);
}

/* ---- reading ------------------------------------------------------------- */

typedef struct {
    const char *lines;
    const char *const *promised;
    collect_status status;               /* of the run */
    const char *reason;                  /* part of the run's reason */
    const char *ends;                    /* relation=status ... in order */
} reading;

#define PROMISE(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const reading readings[] = {
    { BEGIN ROW END, NULL, ST_OK, "", "account=ok" },
    { BEGIN ROW END, PROMISE("account"), ST_OK, "", "account=ok" },
    { "", NULL, ST_ERROR, "reported nothing", "" },
    { "", PROMISE("account"), ST_ERROR, "ended before reporting", "account=error" },
    { BEGIN ROW END, PROMISE("account", "host"), ST_ERROR, "host: the collector ended before reporting", "account=ok host=error" },
    { BEGIN ROW, NULL, ST_ERROR, "in the middle", "account=error" },
    { BEGIN ROW "{\"begin\":\"host\",\"mode\":\"snapshot\"}\n{\"end\":\"host\",\"status\":\"absent\"}\n", NULL, ST_ERROR,
      "before ending this one", "account=error host=absent" },
    { BEGIN ROW END END, NULL, ST_ERROR, "line 4: an end without a begin", "account=ok" },
    { BEGIN ROW END BEGIN ROW END BEGIN END, NULL, ST_ERROR, "reported it twice", "account=ok account=error" },
    { ROW BEGIN END, NULL, ST_ERROR, "line 1: a row outside", "account=ok" },
    { BEGIN ROW END "{\"begin\":\"host\",\"mode\":\"snapshot\"}\n{\"end\":\"host\",\"status\":\"absent\"}\n", NULL, ST_OK,
      "", "account=ok host=absent" },
    { BEGIN END ROW, NULL, ST_ERROR, "line 3: a row outside", "account=ok" },
    { "{\"begin\":\"acount\",\"mode\":\"snapshot\"}\n" ROW "{\"end\":\"acount\",\"status\":\"ok\"}\n" BEGIN END, NULL, ST_ERROR,
      "line 1: there is no such relation", "account=ok" },
    { BEGIN END, PROMISE("host"), ST_ERROR, "may not report", "host=error" },
    { "{\"begin\":\"result\",\"mode\":\"snapshot\"}\n{\"end\":\"result\",\"status\":\"ok\"}\n", NULL, ST_ERROR, "may not report", "" },
    { "{\"begin\":\"account\",\"mode\":\"all\"}\n" ROW END, NULL, ST_ERROR, "neither snapshot nor delta", "account=error" },
    { "{\"begin\":\"account\"}\n" ROW END, NULL, ST_ERROR, "missing", "" },
    { "{\"begin\":\"account\",\"mode\":\"snapshot\",\"x\":\"y\"}\n" ROW END, NULL, ST_ERROR, "other keys", "" },
    { "{\"begin\":\"account\",\"begin\":\"host\",\"mode\":\"snapshot\"}\n", NULL, ST_ERROR, "other keys", "" },
    { BEGIN "{\"login\":\"ann\"}\n" ROW END, NULL, ST_ERROR, "line 2: account: system is missing", "account=error" },
    { BEGIN ROW "{\"system\":\"a\",\"login\":\"b\",\"logn\":\"c\"}\nnot json\n\n" END, NULL, ST_ERROR, "and 2 more bad lines", "account=error" },
    { BEGIN "{\"system\":\"a\",\"login\":\"b\\u0000\"}\n" END, NULL, ST_ERROR, "line 2", "account=error" },
    { BEGIN "{\"system\":\"a\",\"login\":\"b\xff\"}\n" END, NULL, ST_ERROR, "line 2", "account=error" },
    { BEGIN "{\"system\":\"a\",\"login\":\"b\",\"uid\":1.5}\n" END, NULL, ST_ERROR, "line 2", "account=error" },
    { BEGIN ROW "{\"end\":\"host\",\"status\":\"ok\"}\n" END, NULL, ST_ERROR, "another relation", "account=error" },
    { BEGIN ROW "{\"end\":\"account\",\"status\":\"fine\"}\n", NULL, ST_ERROR, "does not exist", "account=error" },
    { BEGIN ROW "{\"end\":\"account\",\"status\":\"absent\"}\n", NULL, ST_ERROR, "yet with rows", "account=error" },
    { BEGIN "{\"end\":\"account\",\"status\":\"absent\"}\n", NULL, ST_ABSENT, "", "account=absent" },
    { BEGIN ROW "{\"end\":\"account\",\"status\":\"denied\"}\n", NULL, ST_DENIED, "gave no reason", "account=denied" },
    { BEGIN ROW "{\"end\":\"account\",\"status\":\"partial\",\"reason\":\"half\"}\n", NULL, ST_PARTIAL, "account: half", "account=partial" },
    { BEGIN ROW "{\"end\":\"account\",\"status\":\"unsupported\",\"reason\":\"old\"}\n"
      "{\"begin\":\"host\",\"mode\":\"delta\"}\n{\"end\":\"host\",\"status\":\"ok\"}\n", NULL, ST_UNSUPPORTED, "account: old",
      "account=unsupported host=ok" },
    { "[1]\n7\n\"x\"\n{}\n" BEGIN END, NULL, ST_ERROR, "line 1: a row outside", "account=ok" },
};

static void every_fault_of_a_collector_is_told_where_it_belongs(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(readings); i++) {
        auto_arena arena *a = arena_new(256 << 20);
        const reading    *t = &readings[i];
        collected        *c = ct_read(a, str_of(t->lines), t->promised);
        buf               ends = buf_new(a, 4096);
        for (size_t k = 0; k < c->ends.n; k++)
            buf_fmt(&ends, "%s%s=%s", k ? " " : "", c->ends.v[k].r->name, collect_status_name(c->ends.v[k].status));
        if (!str_eq(buf_str(&ends), str_of(t->ends)) || c->outcome.status != t->status ||
            !str_contains(c->outcome.reason, str_of(t->reason)))
            fail_msg("reading %zu: %s: %s (" STR_FMT ")", i, buf_z(&ends), collect_status_name(c->outcome.status),
                     STR_ARG(c->outcome.reason));
        assert_int_equal(c->outcome.relations, c->ends.n);
    }
}

static void rows_after_a_bad_one_are_still_read(void **state)
{
    auto_arena arena *a = arena_new(256 << 20);
    collected        *c = ct_read(a, S(BEGIN "junk\n" ROW "{\"system\":\"w\",\"login\":\"bob\",\"active\":null}\n" END), NULL);
    (void)state;
    assert_int_equal(ct_count(c, "account"), 2);
    assert_int_equal(c->outcome.rows, 2);
    assert_int_equal(ct_status(c, "account"), ST_ERROR);
    CT_IS(c, "account", "active", "?", "login", "bob");
}

static void a_line_over_1_mib_is_refused_and_the_rest_goes_on(void **state)
{
    auto_arena arena *a = arena_new(256 << 20);
    buf               b = buf_new(a, 64 << 20);
    (void)state;
    buf_puts(&b, S(BEGIN "{\"system\":\"a\",\"login\":\""));
    for (int i = 0; i < (1 << 20); i++)
        buf_putc(&b, 'x');
    buf_puts(&b, S("\"}\n" ROW END));
    collected *c = ct_read(a, buf_str(&b), NULL);
    assert_int_equal(ct_count(c, "account"), 1);
    assert_true(str_contains(ct_reason(c, "account"), S("line 2: longer than 1 MiB")));
}

static err_t refuse_row(void *arg, const value *row, fault *f)
{
    (void)arg;
    (void)row;
    return fail(f, ERR_FULL, "no space");
}

static void an_error_of_the_sink_stops_the_reading(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    collected         c = { .a = a };
    collect_sink      sink = ct_sink(&c);
    fault             f = { 0 };
    (void)state;
    sink.row = refuse_row;
    collect_reader *r = collect_reader_new(a, &sink, NULL);
    assert_int_equal(collect_reader_line(r, S("{\"begin\":\"account\",\"mode\":\"snapshot\"}"), &f), ERR_OK);
    assert_int_equal(collect_reader_line(r, S("{\"system\":\"web1\",\"login\":\"ann\"}"), &f), ERR_FULL);
    assert_string_equal(f.text, "no space");
}

/* ---- looking ------------------------------------------------------------- */

static void a_symlink_in_another_root_never_leads_out_of_it(void **state)
{
    auto_arena arena *a = arena_new(64 << 20);
    const char       *root = ct_tree_new(a);
    collect_env       env = ct_env(a, root);
    str               text, *names;
    size_t            n;
    (void)state;
    ct_put(a, root, "usr/lib/os-release", S("ID=inner\n"), 0644);
    ct_put(a, root, "etc/keep", S(""), 0644);
    assert_int_equal(symlink("/usr/lib/os-release", str_fmt(a, "%s/etc/os-release", root).p), 0);
    assert_int_equal(symlink("/etc/passwd", str_fmt(a, "%s/etc/passwd", root).p), 0);
    assert_int_equal(symlink("../../../../../../../usr/lib", str_fmt(a, "%s/etc/up", root).p), 0);
    assert_int_equal(env_read(a, &env, "/etc/os-release", 4096, &text), 0);
    assert_true(str_eq(text, S("ID=inner\n")));
    assert_int_equal(env_read(a, &env, "/etc/passwd", 4096, &text), ELOOP);
    assert_int_equal(env_read(a, &env, "/etc/none", 4096, &text), ENOENT);
    assert_int_equal(env_names(a, &env, "/etc/up", &names, &n), 0);
    assert_int_equal(n, 1);
    struct stat st;
    assert_int_equal(lstat(env_path(a, &env, "/etc/up/os-release"), &st), 0);
    assert_int_equal(lstat(env_path(a, &env, "/etc/os-release"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    ct_tree_free(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_written_are_rows_read),
        cmocka_unit_test(a_long_text_is_cut_at_a_character_and_told),
        cmocka_unit_test(a_collector_that_breaks_its_relation_stops_at_once),
        cmocka_unit_test(a_closed_pipe_is_an_error_not_an_end),
        cmocka_unit_test(every_fault_of_a_collector_is_told_where_it_belongs),
        cmocka_unit_test(rows_after_a_bad_one_are_still_read),
        cmocka_unit_test(a_line_over_1_mib_is_refused_and_the_rest_goes_on),
        cmocka_unit_test(an_error_of_the_sink_stops_the_reading),
        cmocka_unit_test(a_symlink_in_another_root_never_leads_out_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
