/* bench_assess [DIRECTORY] [-v]: every shipped test over 100,000 accounts and the facts of
 * 5,000 hosts in SQLite, beside the same SQL run by the sqlite3 shell on the same
 * database through the views of what is current (as_of() and its like written out).
 * Both are CPU time of the whole: loading content is not counted, starting the shell is. */
#include "assess/assess.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HOSTS = 5000, ACCOUNTS_PER_HOST = 20 };

extern char **environ;

static void die(const char *what)
{
    fprintf(stderr, "bench_assess: %s\n", what);
    exit(1);
}

static uint64_t state = 1;

static uint64_t dice(uint64_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % n;
}

/* ---- facts -------------------------------------------------------------------------------- */

static int64_t rows_per_host(const relation *r)
{
    static const struct { const char *name; int64_t n; } rows[] = {
        { "account", ACCOUNTS_PER_HOST }, { "setting", 30 }, { "package", 20 }, { "service", 8 }, { "process_listener", 6 },
        { "filesystem", 5 }, { "file_integrity", 8 }, { "group_member", 4 }, { "pam_rule", 8 }, { "risky_file", 3 },
        { "scheduled_job", 4 }, { "software_update", 3 }, { "audit_rule", 8 }, { "ssh_key", 2 }, { "privilege", 2 },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (strcmp(rows[i].name, r->name) == 0)
            return rows[i].n;
    return 1;
}

static const struct { const char *component, *name; } settings[] = {
    { "sshd", "permitrootlogin" }, { "sshd", "passwordauthentication" }, { "sshd", "permitemptypasswords" }, { "sshd", "maxauthtries" },
    { "sshd", "x11forwarding" }, { "sshd", "loglevel" }, { "sshd", "ciphers" }, { "sshd", "clientaliveinterval" },
    { "sysctl", "kernel.randomize_va_space" }, { "sysctl", "net.ipv4.ip_forward" }, { "sysctl", "kernel.kptr_restrict" },
    { "sysctl", "fs.protected_hardlinks" }, { "sysctl", "fs.protected_symlinks" }, { "sysctl", "fs.suid_dumpable" },
    { "sysctl", "kernel.yama.ptrace_scope" }, { "sysctl", "net.ipv4.tcp_syncookies" }, { "login.defs", "PASS_MAX_DAYS" },
    { "login.defs", "UMASK" }, { "pwquality", "minlen" }, { "journald", "Storage" },
};

static value invent(arena *a, const field *fd, int64_t host, int64_t k)
{
    size_t n = 0;
    if (!(fd->flags & FIELD_KEY) && dice(20) == 0)
        return V_UNKNOWN;
    if (strcmp(fd->name, "system") == 0 || strcmp(fd->name, "repository") == 0)
        return v_text(str_fmt(a, "host%04lld", (long long)host));
    if (fd->kind == F_BOOL)
        return v_bool(dice(10) != 0);
    if (fd->kind == F_TIME)
        return v_int(time_now() - (time_us)dice(400) * DAYS(1));
    if (fd->kind == F_INT)
        return v_int(fd->flags & FIELD_KEY ? k : (int64_t)dice(100));
    for (; fd->choices && fd->choices[n]; n++)
        ;
    if (n)
        return v_z(fd->choices[dice(n)]);
    return v_text(str_fmt(a, "%s-%lld", fd->name, (long long)(fd->flags & FIELD_KEY ? k : (int64_t)dice(8))));
}

static void host_write(arena *a, commit *c, const relation *r, int64_t host, fault *f)
{
    value row[RELATION_FIELDS_MAX];
    for (int64_t k = 0; k < rows_per_host(r); k++) {
        for (size_t i = 0; i < r->n_fields; i++)
            row[i] = invent(a, &r->fields[i], host, k);
        if (strcmp(r->name, "setting") == 0 && (size_t)k < COUNT(settings)) {
            row[relation_field(r, S("component"))] = v_z(settings[k].component);
            row[relation_field(r, S("name"))] = v_z(settings[k].name);
        }
        if (write_row(c, row, f))
            die(f->text);
    }
}

static void run_write(commit *c, const relation *r, const char *of, fault *f)
{
    value row[RELATION_FIELDS_MAX];
    for (size_t i = 0; i < r->n_fields; i++)
        row[i] = r->fields[i].kind == F_TIME ? v_int(time_now()) : V_UNKNOWN;
    row[relation_field(r, S("source"))] = v_z("bench");
    row[relation_field(r, S("status"))] = v_z("ok");
    if (of)
        row[relation_field(r, S("relation"))] = v_z(of);
    if (write_begin(c, r, of ? str_of(of) : S("bench"), WRITE_MERGE, f) || write_row(c, row, f) || write_end(c, f, NULL))
        die(f->text);
}

static int64_t facts_write(store *st, fault *f)
{
    const commit_info info = { S("source:bench"), S("collect"), S("") };
    int64_t           n = 0;
    for (size_t i = 0; i < n_relations; i++) {
        const relation   *r = relations[i];
        auto_arena arena *a = arena_new((size_t)2 << 30);
        commit           *c;
        commit_done       done;
        if (r->kind != FACT)
            continue;
        if (commit_begin(st, &info, f, &c) || write_begin(c, r, S("bench"), WRITE_SNAPSHOT, f))
            die(f->text);
        for (int64_t host = 0; host < HOSTS; host++, n += rows_per_host(r))
            host_write(a, c, r, host, f);
        if (write_end(c, f, NULL))
            die(f->text);
        run_write(c, relation_find(S("run_status")), r->name, f);
        run_write(c, relation_find(S("run")), NULL, f);
        if (commit_finish(c, a, f, &done))
            die(f->text);
    }
    return n;
}

/* ---- the peer ------------------------------------------------------------------------------- */

/* The query as the plain shell understands it. */
static str written_out(arena *a, str sql, time_us as_of)
{
    const struct { str from, to; } rows[] = {
        { S("as_of()"), str_fmt(a, "%lld", (long long)as_of) }, { S("days("), S("86400000000*(") },
        { S("hours("), S("3600000000*(") }, { S("minutes("), S("60000000*(") }, { S("greatest("), S("max(") },
        { S("least("), S("min(") }, { S("string_agg("), S("group_concat(") },
    };
    buf b = buf_new(a, sql.n * 8 + 64);
    for (size_t i = 0; i < sql.n;) {
        size_t k = 0;
        while (k < COUNT(rows) && !str_starts(str_sub(sql, i, sql.n), rows[k].from))
            k++;
        buf_puts(&b, k < COUNT(rows) ? rows[k].to : str_sub(sql, i, i + 1));
        i += k < COUNT(rows) ? rows[k].from.n : 1;
    }
    return buf_str(&b);
}

static double seconds(const struct rusage *u)
{
    return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) + (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) / 1e6;
}

static double shell(arena *a, const content *c, const char *db, const char *script, time_us as_of)
{
    buf    b = buf_new(a, 16 << 20);
    fault  f = { 0 };
    pid_t  pid;
    int    status;
    struct rusage used;
    char  *argv[] = { str_z(a, S("sqlite3")), str_z(a, S("-batch")), str_z(a, S("-bail")), str_z(a, str_of(db)), NULL };
    posix_spawn_file_actions_t files;
    buf_putz(&b, "PRAGMA query_only=1;\nPRAGMA case_sensitive_like=1;\nPRAGMA cache_size=-65536;\n.output /dev/null\n");
    for (size_t i = 0; i < c->n_tests; i++)
        buf_fmt(&b, STR_FMT ";\n", STR_ARG(written_out(a, c->tests[i].sql, as_of)));
    if (file_replace(script, buf_str(&b), 0600, &f))
        die(f.text);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, script, O_RDONLY, 0);
    if (posix_spawnp(&pid, argv[0], &files, NULL, argv, environ) != 0)
        die("sqlite3 is not installed");
    posix_spawn_file_actions_destroy(&files);
    if (wait4(pid, &status, 0, &used) != pid || status != 0)
        die("sqlite3 failed");
    return seconds(&used);
}

/* ---- ours -------------------------------------------------------------------------------------- */

static double ours(arena *a, store *st, const content *c, time_us as_of, bool verbose)
{
    const session_options o = { .as_of = as_of };
    struct rusage before, after;
    assessment   *as;
    session      *s;
    fault         f = { 0 };
    (void)getrusage(RUSAGE_SELF, &before);
    if (session_open(st, &o, &f, &s) || assess_all(a, s, c, as_of, NULL, 0, &f, &as))
        die(f.text);
    (void)getrusage(RUSAGE_SELF, &after);
    session_close(s);
    for (size_t i = 0; verbose && i < as->n_tests; i++)
        fprintf(stderr, "%8lld us %8lld items %-14s " STR_FMT " " STR_FMT "\n", (long long)as->tests[i].duration,
                (long long)as->tests[i].population, state_name(as->tests[i].state), STR_ARG(as->tests[i].test->id),
                STR_ARG(as->tests[i].reason));
    return seconds(&after) - seconds(&before);
}

static void line(const char *name, double figure, const char *unit, double limit)
{
    printf("%s\t%.0f\t%s\t%.0f\t%.2f\n", name, figure, unit, limit, limit / figure);
    (void)fflush(stdout);
}

int main(int argc, char **argv)
{
    auto_arena arena *a = arena_new((size_t)8 << 30);
    const char  *dir = argc > 1 && argv[1][0] != '-' ? argv[1] : "/tmp";
    const bool   verbose = argc > 1 && strcmp(argv[argc - 1], "-v") == 0;
    const char  *path = str_fmt(a, "%s/bench-assess-%ld.db", dir, (long)getpid()).p, *script = str_fmt(a, "%s.sql", path).p;
    const store_options o = { str_fmt(a, "sqlite:%s", path).p, STORE_WRITE | STORE_CREATE, NULL, NULL };
    fault    f = { 0 };
    store   *st = NULL;
    content *c = NULL;
    struct rusage used;
    if (content_load(a, NULL, &f, &c) || store_open(&o, &f, &st))
        die(f.text);
    fprintf(stderr, "%zu tests over %lld rows\n", c->n_tests, (long long)facts_write(st, &f));
    time_us as_of = time_now();
    double  peer = shell(a, c, path, script, as_of), mine = ours(a, st, c, as_of, verbose);
    double  again = ours(a, st, c, as_of, false), peer_again = shell(a, c, path, script, as_of);
    mine = again < mine ? again : mine;
    peer = peer_again < peer ? peer_again : peer;
    line("assess_sqlite3_shell", peer * 1e3, "ms", peer * 1e3);
    line("assess_all_tests", mine * 1e3, "ms", peer * 1e3 * 1.5);
    (void)getrusage(RUSAGE_SELF, &used);
    store_close(st);
    for (size_t i = 0; i < 4; i++)
        (void)unlink(str_fmt(a, "%s%s", path, (const char *const[]){ "", "-wal", "-shm", ".sql" }[i]).p);
    return 0;
}
