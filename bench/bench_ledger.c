/* How fast the ledger takes entries durably, and how fast it is checked:
 * name, value, unit, limit, ratio; tab-separated. */
#include "ledger/ledger.h"

#include <ftw.h>
#include <unistd.h>

enum { ENTRY_BYTES = 200 };

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st; (void)flag; (void)ftw;
    return remove(path);
}

static void must(err_t e, const fault *f)
{
    if (e == ERR_OK)
        return;
    fprintf(stderr, "bench_ledger: %s\n", f->text);
    exit(1);
}

static void line(const char *name, double value, double limit)
{
    printf("%s\t%.0f\t/s\t%.0f\t%.2f\n", name, value, limit, value / limit);
}

/* Entries of 200 bytes that differ in their beginning. */
static str *make_entries(arena *a, size_t n)
{
    str *entries = NEW_ARRAY(a, str, n);
    for (size_t i = 0; i < n; i++) {
        char *p = arena_alloc(a, ENTRY_BYTES, 1);
        memset(p, 'x', ENTRY_BYTES);
        memcpy(p, &i, sizeof i);
        entries[i] = (str){ p, ENTRY_BYTES };
    }
    return entries;
}

static double append_all(const ledger_paths *p, const str *entries, size_t n, size_t batch)
{
    fault               f = { 0 };
    auto_ledger ledger *l = NULL;
    must(ledger_open(p, &f, &l), &f);
    time_us from = time_mono();
    for (size_t at = 0; at < n; at += batch) {
        size_t now = n - at < batch ? n - at : batch;
        must(ledger_append(l, entries + at, now, &f), &f);
        must(ledger_publish(l, &f), &f);
    }
    return (double)n * 1e6 / (double)(time_mono() - from);
}

static void bench_verify(const ledger_paths *p, size_t n, const note_verifier *key)
{
    fault              f = { 0 };
    log_verify_result  r;
    double             best = 0;
    log_verify_options o = { .key = key, .n_threads = (unsigned)sysconf(_SC_NPROCESSORS_ONLN) };
    for (int run = 0; run < 3; run++) {
        time_us from = time_mono();
        must(log_verify(p->dir, &o, &f, &r), &f);
        double rate = (double)n * 1e6 / (double)(time_mono() - from);
        best = rate > best ? rate : best;
    }
    if (r.faults || r.entries != n) {
        fprintf(stderr, "bench_ledger: the log does not verify\n");
        exit(1);
    }
    line("ledger verify", best, 2e6);
}

int main(int argc, char **argv)
{
    static const size_t batches[] = { 4096, 16384, 65536 };
    auto_arena arena   *a = arena_new((size_t)4 << 30);
    size_t              n = 1 << 20;
    char               *root = str_z(a, str_fmt(a, "%s/attest-bench-XXXXXX", argc > 1 ? argv[1] : "."));
    fault               f = { 0 };
    if (!mkdtemp(root)) {
        fprintf(stderr, "usage: bench_ledger [DIRECTORY ON THE DISK TO MEASURE]\n");
        return 2;
    }
    str *entries = make_entries(a, n);
    for (size_t i = 0; i < COUNT(batches); i++) {
        const char  *dir = str_fmt(a, "%s/%zu", root, i).p;
        ledger_paths p = { str_fmt(a, "%s/log", dir).p, str_fmt(a, "%s/key", dir).p, str_fmt(a, "%s/signed", dir).p };
        must(ledger_create(&p, S("bench.example/log"), &f), &f);
        line(str_fmt(a, "ledger append+publish by %zu", batches[i]).p, append_all(&p, entries, n, batches[i]), 1e5);
        if (i + 1 == COUNT(batches)) {
            auto_note_signer note_signer *key = NULL;
            must(note_signer_load(p.key_path, &f, &key), &f);
            bench_verify(&p, n, note_signer_public(key));
        }
    }
    nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);     /* last: ext4 walks past freshly freed inodes slowly */
    return 0;
}
