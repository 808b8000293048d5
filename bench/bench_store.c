/* bench_store [ROWS] [DIRECTORY]: a first snapshot of ROWS account rows into SQLite, the same
 * again with 1 % changed, reading every version back, and the peak of memory. */
#include "store/store.h"

#include <sys/resource.h>
#include <unistd.h>

static const relation *rel;
static int             at_login, at_name, at_uid;

static void die(const fault *f)
{
    fprintf(stderr, "bench_store: %s\n", f->text);
    exit(1);
}

typedef struct {
    value row[RELATION_FIELDS_MAX];
    char  login[32], name[48], home[48];
} account;

/* As a directory of people gives them: most fields known. */
static void fill(account *a, int64_t i, bool changed)
{
    struct { const char *field; value v; } constants[] = {
        { "system", v_z("directory.example") }, { "kind", v_z("human") }, { "active", v_bool(i % 17 != 0) },
        { "privileged", v_bool(i % 97 == 0) }, { "mfa", v_bool(i % 5 != 0) }, { "origin", v_z("local") },
        { "shell", v_z("/bin/bash") }, { "password_state", v_z("set") }, { "password_hash", v_z("yescrypt") },
        { "password_changed_at", v_int(SECONDS(1700000000) + i) }, { "password_max_days", v_int(90) },
        { "password_min_days", v_int(0) }, { "last_login_at", v_int(SECONDS(1760000000) + i * 1000) },
        { "ssh_keys", v_int(i % 3) }, { "gid", v_int(100) },
    };
    for (size_t k = 0; k < COUNT(constants); k++)
        a->row[relation_field(rel, str_of(constants[k].field))] = constants[k].v;
    snprintf(a->login, sizeof a->login, "user%07lld", (long long)i);
    snprintf(a->name, sizeof a->name, "Person Number %lld%s", (long long)i, changed ? " II" : "");
    snprintf(a->home, sizeof a->home, "/home/%s", a->login);
    a->row[at_login] = v_z(a->login);
    a->row[at_name] = v_z(a->name);
    a->row[relation_field(rel, S("home"))] = v_z(a->home);
    a->row[at_uid] = v_int(1000 + i);
}

/* Making the rows is not what is measured: they are made 1000 at a time before the clock runs. */
static double snapshot(store *st, int64_t n, int64_t change_every)
{
    enum { BATCH = 1000 };
    static account    batch[BATCH];
    auto_arena arena *a = arena_new(1 << 20);
    fault             f = { 0 };
    commit           *c;
    commit_done       done;
    time_us           spent = 0, t = time_mono();
    const commit_info info = { S("source:bench"), S("collect"), S("") };
    if (commit_begin(st, &info, &f, &c) || write_begin(c, rel, S("bench"), WRITE_SNAPSHOT, &f))
        die(&f);
    spent += time_mono() - t;
    for (int64_t i = 0; i < n; i += BATCH) {
        for (int64_t k = 0; k < BATCH; k++)
            fill(&batch[k], i + k, change_every && (i + k) % change_every == 0);
        t = time_mono();
        for (int64_t k = 0; k < BATCH && i + k < n; k++)
            if (write_row(c, batch[k].row, &f))
                die(&f);
        spent += time_mono() - t;
    }
    t = time_mono();
    if (write_end(c, &f, NULL) || commit_finish(c, a, &f, &done))
        die(&f);
    return (double)(spent + time_mono() - t) / 1e6;
}

static err_t count(void *arg, const version *v)
{
    *(int64_t *)arg += v->row[at_login].kind == V_TEXT;
    return ERR_OK;
}

static void line(const char *name, double figure, const char *unit, double limit, bool at_most)
{
    printf("%s\t%.0f\t%s\t%.0f\t%.2f\n", name, figure, unit, limit, at_most ? limit / figure : figure / limit);
    (void)fflush(stdout);
}

int main(int argc, char **argv)
{
    int64_t           n = 1000000;
    auto_arena arena *a = arena_new(1 << 20);
    fault             f = { 0 };
    store            *st;
    struct rusage     used;
    if (argc > 1 && !parse_int(str_of(argv[1]), 1000, 100000000, &n))
        return 2;
    const char *path = str_fmt(a, "%s/bench-store-%ld.db", argc > 2 ? argv[2] : "/tmp", (long)getpid()).p;
    rel = relation_find(S("account"));
    at_login = relation_field(rel, S("login"));
    at_name = relation_field(rel, S("full_name"));
    at_uid = relation_field(rel, S("uid"));
    const store_options o = { str_fmt(a, "sqlite:%s", path).p, STORE_WRITE | STORE_CREATE, NULL, NULL };
    if (store_open(&o, &f, &st))
        die(&f);
    line("store_first_snapshot", (double)n / snapshot(st, n, 0), "rows/s", 150000, false);
    line("store_snapshot_1pct_changed", (double)n / snapshot(st, n, 100), "rows/s", 400000, false);
    (void)getrusage(RUSAGE_SELF, &used);
    line("store_snapshot_peak_memory", (double)used.ru_maxrss / 1024, "MiB", 256, true);
    int64_t read = 0;
    time_us t = time_mono();
    if (store_versions(st, rel, count, &read, &f))
        die(&f);
    line("store_versions_read", (double)read / ((double)(time_mono() - t) / 1e6), "versions/s", 700000, false);
    store_close(st);
    for (size_t i = 0; i < 3; i++)
        (void)unlink(str_fmt(a, "%s%s", path, (const char *const[]){ "", "-wal", "-shm" }[i]).p);
    return 0;
}
