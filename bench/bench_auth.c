/* bench_auth [DIRECTORY]: finding one of 500 sessions and a token, alone and with four threads,
 * beginning a session, and a password. */
#include "auth/auth.h"

#include <pthread.h>
#include <unistd.h>

enum { SESSIONS = 500, FINDS = 400000, THREADS = 4, PASSWORDS = 10 };

typedef struct {
    auth      *au;
    const str *cookies;
    int64_t    n;
} finder;

static void die(const fault *f)
{
    fprintf(stderr, "bench_auth: %s\n", f->text);
    exit(1);
}

/* An arena a request, as the server has it. */
static void *find_all(void *arg)
{
    finder *w = arg;
    arena  *a = arena_new(1 << 20);
    for (int64_t i = 0; i < w->n; i++) {
        fault        f = { 0 };
        auth_session s;
        arena_reset(a);
        if (auth_session_find(w->au, a, w->cookies[i % SESSIONS], &f, &s))
            die(&f);
    }
    arena_free(a);
    return NULL;
}

static double finding(auth *au, const str *cookies, int threads)
{
    pthread_t t[THREADS];
    finder    w = { au, cookies, FINDS / threads };
    time_us   start = time_mono();
    for (int i = 0; i < threads; i++)
        if (pthread_create(&t[i], NULL, find_all, &w) != 0)
            exit(1);
    for (int i = 0; i < threads; i++)
        (void)pthread_join(t[i], NULL);
    return (double)(time_mono() - start) / FINDS;
}

static double finding_token(auth *au, str secret)
{
    arena  *a = arena_new(1 << 20);
    time_us start = time_mono();
    for (int i = 0; i < FINDS; i++) {
        fault      f = { 0 };
        auth_token t;
        arena_reset(a);
        if (auth_token_find(au, a, secret, &f, &t))
            die(&f);
    }
    arena_free(a);
    return (double)(time_mono() - start) / FINDS;
}

static double passwords(auth *au, fault *f)
{
    if (auth_password_set(au, S("p1"), S("a long and odd phrase"), f))
        die(f);
    time_us start = time_mono();
    for (int i = 0; i < PASSWORDS; i++)
        if (auth_password_try(au, S("p1"), S("a long and odd phrase"), S("192.0.2.1"), S(""), f))
            die(f);
    return (double)(time_mono() - start) / PASSWORDS / 1000;
}

static void line(const char *name, double got, const char *unit, double limit)
{
    printf("%s\t%.3g\t%s\t%g\t%.2f\n", name, got, unit, limit, limit / got);
}

int main(int argc, char **argv)
{
    arena      *a = arena_new(64 << 20);
    char       *dir = str_z(a, str_fmt(a, "%s/attest-bench-XXXXXX", argc > 1 ? argv[1] : "."));
    auth       *au = NULL;
    fault       f = { 0 };
    str        *cookies = NEW_ARRAY(a, str, SESSIONS), secret;
    static const char *const left[] = { "auth.db", "auth.db-wal", "auth.db-shm", "auth.key" };
    if (!mkdtemp(dir)) {
        fprintf(stderr, "usage: bench_auth [DIRECTORY ON THE DISK TO MEASURE]\n");
        return 2;
    }
    const char *url = str_fmt(a, "sqlite:%s/bench.db", dir).p, *key = str_fmt(a, "%s/auth.key", dir).p;
    if (auth_open(&(auth_options){ .store_url = url, .key_path = key }, &f, &au))
        die(&f);
    time_us start = time_mono();
    for (int i = 0; i < SESSIONS; i++)
        if (auth_session_begin(au, a, &(auth_session){ .person = str_fmt(a, "p%d", i), .stage = STAGE_FULL, .method = S("password+totp"),
                                                       .address = S("192.0.2.1"), .agent = S("Mozilla/5.0 (X11; Linux x86_64) and so on") },
                               &f, &cookies[i]))
            die(&f);
    double begin = (double)(time_mono() - start) / SESSIONS / 1000;
    if (auth_token_make(au, a, &(auth_token){ .person = S("p1"), .label = S("bench"), .scopes = SCOPE_READ, .ends_at = time_now() + DAYS(1) }, &f, &secret))
        die(&f);
    line("session begun", begin, "ms", 20);
    line("session found", finding(au, cookies, 1), "us", 5);
    line("session found, 4 threads", finding(au, cookies, THREADS), "us", 5);
    line("token found", finding_token(au, secret), "us", 5);
    line("password tried", passwords(au, &f), "ms", 250);
    auth_close(au);
    for (size_t i = 0; i < COUNT(left); i++)
        (void)unlink(str_fmt(a, "%s/%s", dir, left[i]).p);
    (void)rmdir(dir);
    arena_free(a);
    return 0;
}
