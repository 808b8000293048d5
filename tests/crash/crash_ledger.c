/* The ledger is stopped at every call that changes a disk: killed before it,
 * killed after it or in the middle of a write, told that the disk is full, told
 * of an I/O error. Whatever was acknowledged must be there afterwards, and
 * everything ever signed must be one history. The calls are wrapped by the
 * linker (-Wl,--wrap), so the program under test has no hooks. */
#include "../unit/ledger_fixture.h"

#include <errno.h>
#include <sys/mount.h>
#include <sys/wait.h>

/* ---- the wrapped calls ---- */

typedef enum { CALM, KILL_BEFORE, KILL_AFTER, DISK_FULL, IO_ERROR } mode;

static mode what;
static long step, at_step;

/* Counts a call; true when it must fail with errno set. */
static bool refused(bool takes_space)
{
    if (what == CALM)
        return false;
    step++;
    if (step == at_step && what == KILL_BEFORE)
        _exit(9);
    if (step == at_step && what == IO_ERROR) {
        errno = EIO;
        return true;
    }
    if (step >= at_step && what == DISK_FULL && takes_space) {
        errno = ENOSPC;
        return true;
    }
    return false;
}

static void after(void)
{
    if (what == KILL_AFTER && step == at_step)
        _exit(9);
}

#define WRAPPED(type, name, params, args, takes_space)      \
    type __real_##name params;                              \
    type __wrap_##name params;                              \
    type __wrap_##name params                               \
    {                                                       \
        if (refused(takes_space))                           \
            return -1;                                      \
        type result = __real_##name args;                   \
        after();                                            \
        return result;                                      \
    }

WRAPPED(int, fsync, (int fd), (fd), false)
WRAPPED(int, fdatasync, (int fd), (fd), false)
WRAPPED(int, syncfs, (int fd), (fd), false)
WRAPPED(int, rename, (const char *a, const char *b), (a, b), false)
WRAPPED(int, renameat, (int d, const char *a, int e, const char *b), (d, a, e, b), false)
WRAPPED(int, renameat2, (int d, const char *a, int e, const char *b, unsigned flags), (d, a, e, b, flags), false)
WRAPPED(int, unlink, (const char *a), (a), false)
WRAPPED(int, unlinkat, (int d, const char *a, int flags), (d, a, flags), false)
WRAPPED(int, mkdir, (const char *a, mode_t m), (a, m), true)
WRAPPED(int, mkdirat, (int d, const char *a, mode_t m), (d, a, m), true)
WRAPPED(int, ftruncate64, (int fd, off_t n), (fd, n), false)

/* A write that is cut short by the kill leaves its first half. */
#define WRAPPED_WRITE(name, params, half_args, args)        \
    ssize_t __real_##name params;                           \
    ssize_t __wrap_##name params;                           \
    ssize_t __wrap_##name params                            \
    {                                                       \
        if (refused(true))                                  \
            return -1;                                      \
        bool cut = what == KILL_AFTER && step == at_step && n > 1; \
        ssize_t result = cut ? __real_##name half_args : __real_##name args; \
        after();                                            \
        return result;                                      \
    }

WRAPPED_WRITE(write, (int fd, const void *p, size_t n), (fd, p, n / 2), (fd, p, n))
WRAPPED_WRITE(pwrite64, (int fd, const void *p, size_t n, off_t at), (fd, p, n / 2, at), (fd, p, n, at))

int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    mode_t m = flags & O_CREAT ? va_arg(ap, mode_t) : 0;
    va_end(ap);
    if (flags & O_CREAT && refused(true))
        return -1;
    int fd = __real_open64(path, flags, m);
    if (flags & O_CREAT)
        after();
    return fd;
}

int __real_openat64(int d, const char *path, int flags, ...);
int __wrap_openat64(int d, const char *path, int flags, ...);
int __wrap_openat64(int d, const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    mode_t m = flags & O_CREAT ? va_arg(ap, mode_t) : 0;
    va_end(ap);
    if (flags & O_CREAT && refused(true))
        return -1;
    int fd = __real_openat64(d, path, flags, m);
    if (flags & O_CREAT)
        after();
    return fd;
}

/* ---- what is done in the child ---- */

static const char origin[] = "ledger.example.com/soc2";
static const uint64_t sizes[] = { 3, 200, 256, 300, 520 };

typedef struct {
    uint64_t size;                       /* 0: created */
    hash32   root;
} ack;

static err_t publish(ledger *l, uint64_t size, int generation, int pipe_fd)
{
    for (uint64_t i = ledger_size(l); i < size; i++) {
        char text[64];
        int  n = snprintf(text, sizeof text, "generation %d, record %llu", generation, (unsigned long long)i);
        TRY(ledger_append(l, &(str){ text, (size_t)n }, 1, NULL));
    }
    TRY(ledger_publish(l, NULL));
    mode keep = what;
    what = CALM;                         /* the report is not the ledger's */
    ack done = { ledger_signed(l)->size, ledger_signed(l)->root };
    bool told = pipe_fd < 0 || write(pipe_fd, &done, sizeof done) == (ssize_t)sizeof done;
    what = keep;
    return told ? ERR_OK : ERR_INTERNAL;
}

static err_t grow(const ledger_paths *p, int generation, int pipe_fd)
{
    auto_ledger ledger *l = NULL;
    err_t               e = ledger_create(p, str_of(origin), NULL);
    if (e != ERR_OK && e != ERR_CONFLICT)
        return e;
    TRY(ledger_open(p, NULL, &l));
    for (size_t i = 0; i < COUNT(sizes); i++) {
        if (sizes[i] <= ledger_size(l))
            continue;
        e = publish(l, sizes[i], generation, pipe_fd);
        if (e != ERR_OK && what == DISK_FULL)
            what = CALM;                 /* somebody made room: the same ledger may go on */
        if (e != ERR_OK)
            TRY(publish(l, sizes[i], generation, pipe_fd));
    }
    return ERR_OK;
}

/* So many bytes that whoever opens next settles them. */
static err_t grow_much(const ledger_paths *p, int generation, int pipe_fd)
{
    static char         text[60000];
    auto_ledger ledger *l = NULL;
    TRY(ledger_open(p, NULL, &l));
    if (ledger_size(l) == sizes[COUNT(sizes) - 1])
        for (int i = 0; i < 10; i++)
            TRY(ledger_append(l, &(str){ text, sizeof text }, 1, NULL));
    return publish(l, ledger_size(l), generation, pipe_fd);
}

static err_t work(const ledger_paths *p, int generation, int pipe_fd)
{
    auto_ledger ledger *l = NULL;
    TRY(grow(p, generation, pipe_fd));
    TRY(grow_much(p, generation, pipe_fd));
    return ledger_open(p, NULL, &l);
}

/* ---- the trial ---- */

typedef struct {
    ack    acks[64];
    size_t n;
    bool   finished;                     /* the child was not stopped */
} outcome;

static void run_child(const ledger_paths *p, mode m, long n, int generation, outcome *o)
{
    int fds[2], status;
    assert_int_equal(pipe(fds), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        close(fds[0]);
        what = m;
        step = 0;
        at_step = n;
        work(p, generation, fds[1]);
        _exit(step < at_step ? 0 : 3);
    }
    close(fds[1]);
    while (read(fds[0], &o->acks[o->n], sizeof(ack)) == (ssize_t)sizeof(ack))
        o->n++;
    close(fds[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    int code = WEXITSTATUS(status);
    if (code != 0 && code != 3 && code != 9)
        fail_msg("the child ended with %d at step %ld", code, n);
    o->finished = code == 0;
}

static void count_fault(void *arg, str text)
{
    buf_puts(arg, text);
    buf_putc(arg, '\n');
}

static void check_whole(fixture *x, const note_verifier *key)
{
    buf                faults = buf_new(x->a, 1 << 20);
    log_verify_result  r;
    log_verify_options o = { key, 1, count_fault, NULL, &faults };
    GOOD(log_verify(x->paths.dir, &o, f, &r));
    if (r.faults)
        fail_msg("step %ld, mode %d: %.*s", at_step, (int)what, STR_ARG(buf_str(&faults)));
}

static void check_one_history(fixture *x, const ack *older, const checkpoint *newest)
{
    hash32 *proof;
    size_t  n;
    if (older->size > newest->size)
        fail_msg("%llu entries were acknowledged, %llu are signed", (unsigned long long)older->size,
                 (unsigned long long)newest->size);
    GOOD(log_consistency(x->a, x->h, x->paths.dir, older->size, newest->size, f, &proof, &n));
    assert_true(merkle_consistent(x->h, older->size, newest->size, proof, n, &older->root, &newest->root));
}

/* Anything signed counts, acknowledged or not: somebody may have seen it. */
static void add_seen(fixture *x, const char *path, outcome *o)
{
    str        bytes;
    note       n;
    checkpoint c;
    auto_note_signer note_signer *key = NULL;
    if (file_slurp(x->a, path, 1 << 20, &bytes) != 0)
        return;
    GOOD(note_signer_load(x->paths.key_path, f, &key));
    GOOD(note_open(x->a, x->h, bytes, note_signer_public(key), 1, f, &n));
    GOOD(checkpoint_parse(x->a, n.text, f, &c));
    if (c.size)
        o->acks[o->n++] = (ack){ c.size, c.root };
}

static void check_after(fixture *x, outcome *o)
{
    ledger *l = NULL;
    fault   why = { 0 };
    add_seen(x, x->paths.signed_path, o);
    add_seen(x, str_fmt(x->a, "%s/checkpoint", x->paths.dir).p, o);
    err_t e = ledger_open(&x->paths, &why, &l);
    if (e != ERR_OK && o->n == 0) {      /* the creation was cut short: it can be done again */
        GOOD(ledger_create(&x->paths, str_of(origin), f));
        GOOD(ledger_open(&x->paths, f, &l));
    } else if (e != ERR_OK) {
        fail_msg("step %ld: does not open: %s", at_step, why.text);
    }
    check_whole(x, ledger_key(l));
    for (size_t i = 0; i < o->n; i++)
        check_one_history(x, &o->acks[i], ledger_signed(l));
    assert_int_equal(publish(l, ledger_size(l) + 77, 7, -1), ERR_OK);    /* other entries than were lost */
    for (size_t i = 0; i < o->n; i++)
        check_one_history(x, &o->acks[i], ledger_signed(l));
    check_whole(x, ledger_key(l));
    ledger_close(l);
}

static bool trial(mode m, long n, bool twice)
{
    void *st = NULL;
    assert_int_equal(fixture_begin(&st), 0);
    fixture *x = st;
    outcome  o = { 0 };
    run_child(&x->paths, m, n, 1, &o);
    bool finished = o.finished;
    if (twice)                           /* and again while it recovers */
        run_child(&x->paths, m, n % 17 + 1, 2, &o);
    at_step = n;
    check_after(x, &o);
    fixture_end(&st);
    return finished;
}

static void at_every_step(mode m, bool twice)
{
    long n = 1;
    while (!trial(m, n, twice))
        n++;
    print_message("# %ld steps\n", n - 1);
    assert_in_range(n, 60, 2000);        /* fewer would mean that the calls are not wrapped */
}

static void a_kill_before_any_call_loses_nothing_acknowledged(void **st) { (void)st; at_every_step(KILL_BEFORE, false); }
static void a_kill_after_any_call_or_in_a_write_loses_nothing(void **st) { (void)st; at_every_step(KILL_AFTER, false); }
static void a_second_kill_during_recovery_loses_nothing(void **st) { (void)st; at_every_step(KILL_AFTER, true); }
static void a_full_disk_at_any_call_loses_nothing(void **st) { (void)st; at_every_step(DISK_FULL, false); }
static void an_input_output_error_at_any_call_loses_nothing(void **st) { (void)st; at_every_step(IO_ERROR, false); }

/* ---- a disk that is really full ---- */

static void a_full_file_system_is_told_and_nothing_is_lost(void **st)
{
    fixture *x = *st;
    ledger  *l = NULL;
    err_t    e = ERR_OK;
    uint64_t signed_size = 0;
    const char *disk = str_fmt(x->a, "%s/disk", x->root).p;
    assert_int_equal(mkdir(disk, 0755), 0);
    if (mount("tmpfs", disk, "tmpfs", 0, "size=512k") != 0) {
        print_message("# SKIP: a small file system can only be mounted by root: %s\n", strerror(errno));
        skip();
    }
    x->paths = (ledger_paths){ str_fmt(x->a, "%s/log", disk).p, str_fmt(x->a, "%s/key", disk).p, str_fmt(x->a, "%s/signed", disk).p };
    GOOD(ledger_create(&x->paths, str_of(origin), f));
    GOOD(ledger_open(&x->paths, f, &l));
    fault why = { 0 };
    for (int i = 0; i < 10000 && e == ERR_OK; i++) {
        signed_size = ledger_signed(l)->size;
        e = grow_to(l, ledger_size(l) + 97, &why);
    }
    assert_int_equal(e, ERR_FULL);
    assert_non_null(strstr(why.text, "No space left"));
    assert_true(signed_size > 97);
    ledger_close(l);
    assert_int_equal(mount("tmpfs", disk, "tmpfs", MS_REMOUNT, "size=64m"), 0);
    GOOD(ledger_open(&x->paths, f, &l));
    assert_true(ledger_signed(l)->size >= signed_size);
    GOOD(grow_to(l, ledger_size(l) + 1000, f));
    check_whole(x, ledger_key(l));
    ledger_close(l);
    assert_int_equal(umount(disk), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kill_before_any_call_loses_nothing_acknowledged),
        cmocka_unit_test(a_kill_after_any_call_or_in_a_write_loses_nothing),
        cmocka_unit_test(a_second_kill_during_recovery_loses_nothing),
        cmocka_unit_test(a_full_disk_at_any_call_loses_nothing),
        cmocka_unit_test(an_input_output_error_at_any_call_loses_nothing),
        cmocka_unit_test_setup_teardown(a_full_file_system_is_told_and_nothing_is_lost, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
