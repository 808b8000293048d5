/* tests/unit/ledger_fixture.h - a log in a directory of its own, with entries "record i". */
#ifndef LEDGER_FIXTURE_H
#define LEDGER_FIXTURE_H

#include "test.h"
#include "ledger/ledger.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    arena       *a;
    hasher      *h;
    char         root[64];
    ledger_paths paths;
} fixture;

static inline int fixture_begin(void **st)
{
    arena   *a = arena_new((size_t)1 << 30);
    fixture *x = NEW(a, fixture);
    x->a = a;
    x->h = hasher_new();
    snprintf(x->root, sizeof x->root, "%s/attest-log-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(x->root))
        return -1;
    x->paths = (ledger_paths){ str_fmt(a, "%s/log", x->root).p, str_fmt(a, "%s/keys/log", x->root).p,
                               str_fmt(a, "%s/state/signed", x->root).p };
    *st = x;
    return 0;
}

static inline int remove_one(const char *path, const struct stat *sb, int flag, struct FTW *ftw)
{
    (void)sb; (void)flag; (void)ftw;
    return remove(path);
}

static inline void remove_tree(const char *path) { nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS); }

static inline int fixture_end(void **st)
{
    fixture *x = *st;
    arena   *a = x->a;
    remove_tree(x->root);
    hasher_free(x->h);
    arena_free(a);
    return 0;
}

#define GOOD(call)                                                  \
    do {                                                            \
        fault good_f_ = { 0 }, *f = &good_f_;                       \
        err_t good_e_ = (call);                                     \
        if (good_e_ != ERR_OK)                                      \
            fail_msg("%s: %d: %s", #call, (int)good_e_, good_f_.text);   \
    } while (0)

/* `call` uses f; it must fail with this code and with these words. */
#define BAD(want, words, call)                                                           \
    do {                                                                                 \
        fault bad_f_ = { 0 }, *f = &bad_f_;                                              \
        err_t bad_e_ = (call);                                                           \
        if (bad_e_ != (want) || !strstr(bad_f_.text, (words)))                           \
            fail_msg("%s: %d, not %d with \"%s\": %s", #call, (int)bad_e_, (int)(want), (words), bad_f_.text); \
    } while (0)

static inline str record_text(char text[32], uint64_t i)
{
    int n = snprintf(text, 32, "record %llu", (unsigned long long)i);
    return (str){ text, (size_t)n };
}

/* Appends records until the log has `size` entries, and publishes. */
static inline err_t grow_to(ledger *l, uint64_t size, fault *f)
{
    for (uint64_t i = ledger_size(l); i < size; i++) {
        char text[32];
        str  entry = record_text(text, i);
        TRY(ledger_append(l, &entry, 1, f));
    }
    return ledger_publish(l, f);
}

static inline str slurp(fixture *x, const char *name)
{
    str bytes = S("");
    int e = file_slurp(x->a, str_fmt(x->a, "%s/%s", x->paths.dir, name).p, 64 << 20, &bytes);
    if (e)
        fail_msg("cannot read %s: %s", name, strerror(e));
    return bytes;
}

static inline bool exists(fixture *x, const char *name)
{
    return access(str_fmt(x->a, "%s/%s", x->paths.dir, name).p, F_OK) == 0;
}

static inline void put_bytes(fixture *x, const char *name, str bytes)
{
    const char *path = str_fmt(x->a, "%s/%s", x->paths.dir, name).p;
    GOOD(file_replace(path, bytes, 0644, f));
}

static inline void copy_tree(fixture *x, const char *from, const char *to)
{
    str  *names;
    size_t n;
    struct stat sb;
    GOOD(dir_make(to, 0755, f));
    assert_int_equal(dir_names(x->a, from, 100000, &names, &n), 0);
    for (size_t i = 0; i < n; i++) {
        const char *source = str_fmt(x->a, "%s/" STR_FMT, from, STR_ARG(names[i])).p;
        const char *target = str_fmt(x->a, "%s/" STR_FMT, to, STR_ARG(names[i])).p;
        assert_int_equal(lstat(source, &sb), 0);
        if (S_ISDIR(sb.st_mode)) {
            copy_tree(x, source, target);
        } else {
            str bytes;
            GOOD(file_read(x->a, source, 64 << 20, f, &bytes));
            GOOD(file_replace(target, bytes, sb.st_mode & 0777, f));
        }
    }
}

#endif
