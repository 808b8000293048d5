/* State: rows that are no evidence, beside the store and out of every query. */
#include "auth/rows.h"
#include "internal.h"
#include "store_fixture.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static state_db *open_state(bench *b)
{
    state_db *s = NULL;
    must(b, state_open(b->url, &b->f, &s));
    return s;
}

static void refused(bench *b, err_t want, err_t e)
{
    if (e != want)
        fail_msg("%s instead of %s: %s", err_describe(e)->wire, err_describe(want)->wire, b->f.text);
    b->f = (fault){ 0 };
}

static void remove_state(bench *b)
{
    static const char *const names[] = { "auth.db", "auth.db-wal", "auth.db-shm" };
    for (size_t i = 0; i < COUNT(names); i++)
        (void)unlink(str_fmt(b->a, "%s/%s", b->dir, names[i]).p);
}

static err_t apply(state_db *s, state_change how, const relation *r, const value *row, int at, value v, fault *f)
{
    return state_apply(s, &(state_op){ .change = how, .r = r, .row = row, .field = at, .v = v }, 1, f);
}

/* ---- rows -------------------------------------------------------------------------------- */

static void row_life(bench *b)
{
    const relation *r = &relation_auth_token;
    state_db       *s = open_state(b);
    value           row[TK_N] = { v_z("id1"), v_z("ann"), v_z("it's a \"label\""), v_int(3), v_z("bob"), v_int(10), V_UNKNOWN, v_int(INT64_MAX) }, *got;
    state_rows      found;
    refused(b, ERR_NOT_FOUND, state_get(s, b->a, r, row, &b->f, &got));
    must(b, apply(s, STATE_ADD, r, row, 0, V_UNKNOWN, &b->f));
    refused(b, ERR_CONFLICT, apply(s, STATE_ADD, r, row, 0, V_UNKNOWN, &b->f));
    must(b, state_get(s, b->a, r, row, &b->f, &got));
    for (size_t i = 0; i < TK_N; i++)
        assert_true(value_eq(&got[i], &row[i]));
    must(b, state_find(s, b->a, r, TK_USED, NULL, &b->f, &found));           /* with any value: it has none */
    assert_int_equal(found.n, 0);
    row[TK_USED] = v_int(20);
    refused(b, ERR_CONFLICT, apply(s, STATE_SWAP, r, row, TK_USED, v_int(5), &b->f));
    must(b, apply(s, STATE_SWAP, r, row, TK_USED, V_UNKNOWN, &b->f));
    refused(b, ERR_CONFLICT, apply(s, STATE_SWAP, r, row, TK_USED, V_UNKNOWN, &b->f));
    must(b, state_find(s, b->a, r, TK_USED, NULL, &b->f, &found));
    assert_int_equal(found.n, 1);
    row[TK_LABEL] = v_z("");
    must(b, apply(s, STATE_PUT, r, row, 0, V_UNKNOWN, &b->f));
    row[TK_ID] = v_z("id2");
    must(b, apply(s, STATE_PUT, r, row, 0, V_UNKNOWN, &b->f));
    must(b, state_find(s, b->a, r, TK_PERSON, &(value){ .kind = V_TEXT, .s = S("ann") }, &b->f, &found));
    assert_int_equal(found.n, 2);
    assert_true(str_eq(found.rows[0][TK_ID].s, S("id1")) && found.rows[0][TK_LABEL].s.n == 0 && found.rows[0][TK_USED].i == 20);
    must(b, state_find(s, b->a, r, TK_PERSON, &(value){ .kind = V_TEXT, .s = S("an") }, &b->f, &found));
    assert_int_equal(found.n, 0);
    must(b, state_take(s, b->a, r, row, &b->f, &got));
    refused(b, ERR_NOT_FOUND, state_take(s, b->a, r, row, &b->f, &got));
    refused(b, ERR_NOT_FOUND, apply(s, STATE_DROP, r, row, 0, V_UNKNOWN, &b->f));
    must(b, apply(s, STATE_DROP_WHERE, r, NULL, TK_PERSON, v_z("ann"), &b->f));
    must(b, state_find(s, b->a, r, -1, NULL, &b->f, &found));
    assert_int_equal(found.n, 0);
    const value odd[] = { v_text(S("a\0b")), v_z("\xff\xfe") };
    for (size_t i = 0; i < COUNT(odd); i++) {
        refused(b, ERR_NOT_FOUND, state_get(s, b->a, r, &odd[i], &b->f, &got));
        refused(b, ERR_NOT_FOUND, apply(s, STATE_DROP, r, &odd[i], 0, V_UNKNOWN, &b->f));
        must(b, state_find(s, b->a, r, TK_PERSON, &odd[i], &b->f, &found));
        assert_int_equal(found.n, 0);
    }
    row[TK_PERSON] = V_UNKNOWN;
    refused(b, ERR_INVALID, apply(s, STATE_PUT, r, row, 0, V_UNKNOWN, &b->f));
    state_close(s);
    remove_state(b);
}
static void rows_are_added_changed_taken_and_gone(void **state)
{
    (void)state;
    on_each_engine(row_life);
}

static void all_or_none(bench *b)
{
    const relation *r = &relation_auth_recovery;
    state_db       *s = open_state(b);
    const value     one[] = { v_z("ann"), v_z("1") }, two[] = { v_z("ann"), v_z("2") };
    const state_op  bad[] = { { .change = STATE_ADD, .r = r, .row = one }, { .change = STATE_DROP, .r = r, .row = two } };
    const state_op  good[] = { { .change = STATE_ADD, .r = r, .row = one }, { .change = STATE_DROP, .r = r, .row = one }, { .change = STATE_ADD, .r = r, .row = two } };
    state_rows      found;
    refused(b, ERR_NOT_FOUND, state_apply(s, bad, COUNT(bad), &b->f));
    must(b, state_find(s, b->a, r, -1, NULL, &b->f, &found));
    assert_int_equal(found.n, 0);
    must(b, state_apply(s, good, COUNT(good), &b->f));
    must(b, state_find(s, b->a, r, -1, NULL, &b->f, &found));
    assert_int_equal(found.n, 1);
    state_close(s);
    remove_state(b);
}
static void changes_are_made_all_or_none(void **state)
{
    (void)state;
    on_each_engine(all_or_none);
}

static void sweeping(bench *b)
{
    state_db *s = open_state(b);
    bool      any;
    for (int i = 0; i < 10; i++) {
        const value row[ON_N] = { v_text(str_fmt(b->a, "%d", i)), v_z("t"), V_UNKNOWN, v_int(0), v_int(i) };
        must(b, apply(s, STATE_ADD, &relation_auth_once, row, 0, V_UNKNOWN, &b->f));
    }
    const value code[] = { v_z("ann"), v_z("1") };
    state_rows  found;
    must(b, apply(s, STATE_ADD, &relation_auth_recovery, code, 0, V_UNKNOWN, &b->f));
    must(b, state_sweep(s, 6, &b->f));
    must(b, state_find(s, b->a, &relation_auth_once, -1, NULL, &b->f, &found));
    assert_int_equal(found.n, 3);
    must(b, state_any(s, &relation_auth_recovery, &b->f, &any));      /* what does not expire stays */
    assert_true(any);
    must(b, state_any(s, &relation_auth_try, &b->f, &any));
    assert_false(any);
    state_close(s);
    remove_state(b);
}
static void what_expired_is_swept_and_nothing_else(void **state)
{
    (void)state;
    on_each_engine(sweeping);
}

/* ---- apart from the evidence --------------------------------------------------------------- */

static void apart(bench *b)
{
    state_db   *s = open_state(b);
    const value row[PW_N] = { v_z("ann"), v_z("hash of ann"), v_int(1) };
    must(b, apply(s, STATE_PUT, &relation_auth_password, row, 0, V_UNKNOWN, &b->f));
    for (size_t i = 0; i < n_state_relations; i++) {
        const session_options o = { .as_of = TIME_MAX, .history = true };
        auto_session session *q = NULL;
        auto_cursor cursor   *c = NULL;
        assert_int_equal(state_relations[i]->kind, STATE);
        assert_null(relation_find(str_of(state_relations[i]->name)));
        assert_ptr_equal(state_relation(str_of(state_relations[i]->name)), state_relations[i]);
        must(b, session_open(b->st, &o, &b->f, &q));
        const char *name = state_relations[i]->name;
        assert_int_equal(session_query(q, str_fmt(b->a, "SELECT * FROM %s", name), NULL, &c), ERR_INVALID);
        assert_int_equal(session_query(q, str_fmt(b->a, "SELECT * FROM %s_history", name), NULL, &c), ERR_INVALID);
        assert_int_equal(session_query(q, str_fmt(b->a, "SELECT * FROM t_state.%s", name), NULL, &c), ERR_INVALID);
    }
    for (size_t i = 0; i < n_relations; i++)
        assert_int_not_equal(relations[i]->kind, STATE);
    int64_t commits;
    must(b, store_commit_count(b->st, &b->f, &commits));
    assert_int_equal(commits, 0);
    state_close(s);
    remove_state(b);
}
static void no_query_reaches_it_and_no_commit_tells_of_it(void **state)
{
    (void)state;
    on_each_engine(apart);
}

/* Behind the wall of words: what a session's connection would see if that one fell. */
static void not_in_the_store(bench *b)
{
    state_db *s = open_state(b);
    sqlite3  *h;
    assert_int_equal(sqlite3_open(b->url + 7, &h), SQLITE_OK);
    assert_int_equal(sqlite3_exec(h, "SELECT * FROM auth_password", NULL, NULL, NULL), SQLITE_ERROR);
    assert_int_equal(sqlite3_close(h), SQLITE_OK);
    state_close(s);
    remove_state(b);
}
static void the_stores_own_file_holds_none_of_it(void **state)
{
    (void)state;
    on_sqlite(not_in_the_store);
}

/* ---- the file -------------------------------------------------------------------------------- */

static void file_is_private(bench *b)
{
    const char *path = str_fmt(b->a, "%s/auth.db", b->dir).p;
    struct stat st;
    state_db   *s;
    mode_t      old = umask(0);
    s = open_state(b);
    (void)umask(old);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    const value row[] = { v_z("ann"), v_z("1") };
    must(b, apply(s, STATE_PUT, &relation_auth_recovery, row, 0, V_UNKNOWN, &b->f));
    assert_int_equal(stat(str_fmt(b->a, "%s-wal", path).p, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    state_close(s);
    assert_int_equal(chmod(path, 0644), 0);
    assert_int_equal(state_open(b->url, &b->f, &s), ERR_DENIED);
    assert_non_null(strstr(b->f.text, "chmod 600"));
    b->f = (fault){ 0 };
    remove_state(b);
    assert_int_equal(mkdir(path, 0700), 0);
    refused(b, ERR_IO, state_open(b->url, &b->f, &s));
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    refused(b, ERR_IO, state_open(b->url, &b->f, &s));
    assert_int_equal(unlink(path), 0);
    refused(b, ERR_NOT_FOUND, state_open("sqlite:/nowhere/at/all/t.db", &b->f, &s));
}
static void its_file_is_for_its_owner_alone(void **state)
{
    (void)state;
    on_sqlite(file_is_private);
}

static void gone_is_gone(bench *b)
{
    static const char secret[] = "a-hash-nobody-should-find-again";
    const char       *names[] = { "auth.db", "auth.db-wal" };
    state_db         *s = open_state(b);
    const value       row[PW_N] = { v_z("ann"), v_z(secret), v_int(1) };
    must(b, apply(s, STATE_PUT, &relation_auth_password, row, 0, V_UNKNOWN, &b->f));
    must(b, apply(s, STATE_DROP_WHERE, &relation_auth_password, NULL, PW_PERSON, v_z("ann"), &b->f));
    for (size_t i = 0; i < COUNT(names); i++) {
        str bytes;
        must(b, file_read(b->a, str_fmt(b->a, "%s/%s", b->dir, names[i]).p, 8 << 20, &b->f, &bytes));
        assert_false(str_contains(bytes, str_of(secret)));
    }
    state_close(s);
    remove_state(b);
}
static void what_is_deleted_leaves_the_disk(void **state)
{
    (void)state;
    on_sqlite(gone_is_gone);
}

static void older_and_newer(bench *b)
{
    const char *path = str_fmt(b->a, "%s/auth.db", b->dir).p;
    sqlite3    *h;
    state_db   *s = open_state(b);
    bool        any;
    const value row[PW_N] = { v_z("ann"), v_z("h"), v_int(1) };
    must(b, apply(s, STATE_PUT, &relation_auth_password, row, 0, V_UNKNOWN, &b->f));
    state_close(s);
    assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);            /* as a version made it that knew less */
    assert_int_equal(sqlite3_exec(h, "ALTER TABLE auth_totp DROP COLUMN pending_at; DROP TABLE auth_identity", NULL, NULL, NULL), SQLITE_OK);
    s = open_state(b);
    must(b, state_any(s, &relation_auth_identity, &b->f, &any));
    must(b, state_any(s, &relation_auth_totp, &b->f, &any));
    must(b, state_any(s, &relation_auth_password, &b->f, &any));
    assert_true(any);
    state_close(s);
    assert_int_equal(sqlite3_exec(h, "ALTER TABLE auth_totp ADD COLUMN of_tomorrow TEXT", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(h), SQLITE_OK);
    refused(b, ERR_UNSUPPORTED, state_open(b->url, &b->f, &s));
    remove_state(b);
}
static void an_older_database_is_brought_up_and_a_newer_one_refused(void **state)
{
    (void)state;
    on_sqlite(older_and_newer);
}

/* A collector that writes for long, or an import, does not make a sign-in wait. */
static void no_waiting(bench *b)
{
    state_db   *s = open_state(b);
    commit     *c = begin(b);
    const value row[] = { v_z("ann"), v_z("1") };
    time_us     before = time_mono();
    must(b, apply(s, STATE_PUT, &relation_auth_recovery, row, 0, V_UNKNOWN, &b->f));
    assert_true(time_mono() - before < SECONDS(5));
    commit_abort(c);
    state_close(s);
    remove_state(b);
}
static void a_commit_that_takes_long_holds_nobody_up(void **state)
{
    (void)state;
    on_each_engine(no_waiting);
}

static void fill_disk(bench *b)
{
    const char *dir = str_fmt(b->a, "%s/small", b->dir).p;
    state_db   *s = NULL;
    int         i = 0;
    err_t       e = ERR_OK;
    assert_int_equal(mkdir(dir, 0700), 0);
    if (geteuid() != 0 || mount("tmpfs", dir, "tmpfs", 0, "size=1m") != 0) {
        printf("# a full disk: not tested, it takes root and mount\n");
        assert_int_equal(rmdir(dir), 0);
        return;
    }
    must(b, state_open(str_fmt(b->a, "sqlite:%s/t.db", dir).p, &b->f, &s));
    char *text = memset(arena_alloc(b->a, 1, 30000), 'x', 30000);
    for (; e == ERR_OK && i < 200; i++) {
        const value row[ON_N] = { v_text(str_fmt(b->a, "%d", i)), v_text((str){ text, 30000 }), V_UNKNOWN, v_int(0), v_int(i) };
        e = apply(s, STATE_ADD, &relation_auth_once, row, 0, V_UNKNOWN, &b->f);
    }
    fault      told = b->f;
    state_rows found;
    b->f = (fault){ 0 };
    must(b, state_find(s, b->a, &relation_auth_once, -1, NULL, &b->f, &found));
    state_close(s);
    assert_int_equal(umount(dir), 0);
    assert_int_equal(rmdir(dir), 0);
    if (e != ERR_FULL)
        fail_msg("%s: %s", err_describe(e)->wire, told.text);
    assert_non_null(strstr(told.text, "no space left"));
    assert_int_equal(found.n, i - 1);              /* what was told as kept is there */
}
static void a_full_disk_is_told_and_loses_nothing(void **state)
{
    (void)state;
    on_sqlite(fill_disk);
}

/* ---- at once ------------------------------------------------------------------------------------ */

enum { THREADS = 4, EACH = 25 };

typedef struct {
    state_db *s;
    err_t     got;
    fault     f;
} counter;

/* Adds one to a shared number, as often as it takes. */
static void *count_up(void *arg)
{
    counter *c = arg;
    for (int i = 0; i < EACH && c->got == ERR_OK;) {
        auto_arena arena *a = arena_new(1 << 20);
        value  key = v_z("shared"), *old;
        fault  f = { 0 };
        c->got = state_get(c->s, a, &relation_auth_try, &key, &c->f, &old);
        if (c->got != ERR_OK)
            break;
        const value row[TR_N] = { key, v_int(old[TR_COUNT].i + 1), v_int(0), v_int(0) };
        err_t       e = apply(c->s, STATE_SWAP, &relation_auth_try, row, TR_COUNT, old[TR_COUNT], &f);
        i += e == ERR_OK;
        if (e != ERR_OK && e != ERR_CONFLICT) {
            c->got = e;
            c->f = f;
        }
    }
    return NULL;
}

static void counting(bench *b)
{
    state_db   *nodes[2] = { open_state(b), open_state(b) };
    pthread_t   threads[THREADS];
    counter     c[THREADS];
    value       row[TR_N] = { v_z("shared"), v_int(0), v_int(0), v_int(0) }, *got;
    must(b, apply(nodes[0], STATE_ADD, &relation_auth_try, row, 0, V_UNKNOWN, &b->f));
    for (int i = 0; i < THREADS; i++) {
        c[i] = (counter){ .s = nodes[i % 2] };
        assert_int_equal(pthread_create(&threads[i], NULL, count_up, &c[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        if (c[i].got != ERR_OK)
            fail_msg("%s: %s", err_describe(c[i].got)->wire, c[i].f.text);
    }
    must(b, state_get(nodes[1], b->a, &relation_auth_try, row, &b->f, &got));
    assert_int_equal(got[TR_COUNT].i, THREADS * EACH);
    state_close(nodes[0]);
    state_close(nodes[1]);
    remove_state(b);
}
static void compare_and_set_loses_no_change(void **state)
{
    (void)state;
    on_each_engine(counting);
}

/* PostgreSQL: the server ends the connection, as it does when it restarts. */
static void cut(bench *b)
{
    if (b->postgres)
        must(b, b->st->d->e->exec(b->st->d, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                            "WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid()", &b->f));
}

static void server_restarts(bench *b)
{
    const value row[] = { v_z("ann"), v_z("1") };
    state_db   *s = open_state(b);
    bool        any = true;
    cut(b);
    must(b, state_any(s, &relation_auth_recovery, &b->f, &any));              /* a reader does not notice */
    assert_false(any);
    cut(b);
    err_t e = apply(s, STATE_PUT, &relation_auth_recovery, row, 0, V_UNKNOWN, &b->f);
    refused(b, b->postgres ? ERR_IO : ERR_OK, e);                              /* whether it was written nobody could tell */
    must(b, apply(s, STATE_PUT, &relation_auth_recovery, row, 0, V_UNKNOWN, &b->f));
    must(b, state_any(s, &relation_auth_recovery, &b->f, &any));
    assert_true(any);
    state_close(s);
    remove_state(b);
}
static void a_lost_connection_is_made_anew(void **state)
{
    (void)state;
    on_each_engine(server_restarts);
}

/* Whether SQLite's lock of this process on the file is still there, as another process sees it: bytes as in its format. */
static bool is_locked(const char *path)
{
    int   how = 0;
    pid_t pid = fork();
    if (pid == 0) {
        struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000002, .l_len = 510 };
        int          fd = open(path, O_RDWR | O_CLOEXEC);
        _exit(fd >= 0 && fcntl(fd, F_GETLK, &l) == 0 && l.l_type != F_UNLCK ? 0 : 1);
    }
    assert_true(pid > 0 && waitpid(pid, &how, 0) == pid);
    return WIFEXITED(how) && WEXITSTATUS(how) == 0;
}
static void opened_twice(bench *b)
{
    const char *path = str_fmt(b->a, "%s/auth.db", b->dir).p;
    state_db   *s = open_state(b);
    const value row[] = { v_z("ann"), v_z("1") };
    must(b, apply(s, STATE_PUT, &relation_auth_recovery, row, 0, V_UNKNOWN, &b->f));
    assert_true(is_locked(path));
    state_db *other = open_state(b);
    assert_true(is_locked(path));
    state_close(other);
    assert_true(is_locked(path));
    state_close(s);
    assert_false(is_locked(path));
    remove_state(b);
}
static void opening_it_again_keeps_the_locks_of_who_has_it(void **state)
{
    (void)state;
    on_sqlite(opened_twice);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opening_it_again_keeps_the_locks_of_who_has_it),
        cmocka_unit_test(rows_are_added_changed_taken_and_gone),
        cmocka_unit_test(changes_are_made_all_or_none),
        cmocka_unit_test(what_expired_is_swept_and_nothing_else),
        cmocka_unit_test(no_query_reaches_it_and_no_commit_tells_of_it),
        cmocka_unit_test(the_stores_own_file_holds_none_of_it),
        cmocka_unit_test(its_file_is_for_its_owner_alone),
        cmocka_unit_test(what_is_deleted_leaves_the_disk),
        cmocka_unit_test(an_older_database_is_brought_up_and_a_newer_one_refused),
        cmocka_unit_test(a_commit_that_takes_long_holds_nobody_up),
        cmocka_unit_test(a_full_disk_is_told_and_loses_nothing),
        cmocka_unit_test(compare_and_set_loses_no_change),
        cmocka_unit_test(a_lost_connection_is_made_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
