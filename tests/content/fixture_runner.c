/* Runs the fixtures of content on SQLite in memory and, when ATTEST_TEST_PG
 * names a server, on PostgreSQL:  fixture_runner [-d DIRECTORY] [TEST | GROUP.]...
 * DIRECTORY is laid over the content that is built in. Each fault is printed as
 * file:line: text; exit status 1 when there is one. */
#include "assess/assess.h"

#include <unistd.h>

typedef struct {
    const char *engine;               /* NULL: while loading */
    int64_t     faults;
} teller;

static void tell(void *arg, str what)
{
    teller *t = arg;
    t->faults++;
    printf(STR_FMT "%s%s%s\n", STR_ARG(what), t->engine ? " (" : "", t->engine ? t->engine : "", t->engine ? ")" : "");
}

static bool chosen(str id, char **names)
{
    if (!*names)
        return true;
    for (; *names; names++) {
        str name = str_of(*names);
        if (str_eq(id, name) || (str_ends(name, S(".")) && str_starts(id, name)))
            return true;
    }
    return false;
}

static err_t run_all(const content *c, const char *url, char **names, teller *t, fault *f)
{
    auto_store store *st = NULL;
    auto_session session *s = NULL;
    fixture_counts all = { 0 };
    int64_t        tests = 0;
    const time_us  started = time_mono();
    TRY(store_open(&(store_options){ .url = url, .flags = STORE_WRITE | STORE_CREATE }, f, &st));
    TRY(session_open_fixture(st, f, &s));
    for (size_t i = 0; i < c->n_tests; i++) {
        auto_arena arena *a = arena_new(256 << 20);
        fixture_counts one;
        if (!chosen(c->tests[i].id, names))
            continue;
        TRY(fixtures_run(a, s, &c->tests[i], tell, t, f, &one));
        tests++;
        all.cases += one.cases;
        all.blankings += one.blankings;
        all.faults += one.faults;
    }
    printf("%s: %lld tests, %lld cases, %lld fields blanked, %lld faults, %lld ms\n", t->engine, (long long)tests,
           (long long)all.cases, (long long)all.blankings, (long long)all.faults, (long long)((time_mono() - started) / 1000));
    return ERR_OK;
}

int main(int argc, char **argv)
{
    auto_arena arena *a = arena_new(1 << 30);
    const char *directory = NULL, *postgres = getenv("ATTEST_TEST_PG");
    const struct { const char *name, *url; } engines[] = { { "sqlite", "sqlite::memory:" }, { "postgres", postgres } };
    teller   t = { 0 };
    content *c;
    for (int o; (o = getopt(argc, argv, "d:")) != -1;) {
        if (o != 'd')
            return 2;
        directory = optarg;
    }
    content_load_each(a, directory, tell, &t, &c);
    for (size_t i = 0; i < c->n_warnings; i++)
        printf("note: " STR_FMT "\n", STR_ARG(c->warnings[i]));
    for (size_t i = 0; i < COUNT(engines) && engines[i].url; i++) {
        fault f = { 0 };
        t.engine = engines[i].name;
        if (run_all(c, engines[i].url, argv + optind, &t, &f) != ERR_OK) {
            printf("%s: %s\n", t.engine, f.text);
            t.faults++;
        }
    }
    return t.faults ? 1 : 0;
}
