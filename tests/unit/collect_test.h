/* tests/unit/collect_test.h - runs one probe or source in this process over a
 * directory tree and keeps what it wrote, read back through the protocol's reader. */
#ifndef COLLECT_TEST_H
#define COLLECT_TEST_H

#include "test.h"
#include "collect/collector.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    const relation *r;
    value          *v;
} ct_row;

typedef struct {
    const relation *r;
    bool            snapshot;
    collect_status  status;
    str             reason;
} ct_end;

typedef struct {
    arena *a;
    DA(ct_row) rows;
    DA(ct_end) ends;
    bool            snapshot;
    collect_outcome outcome;
    const relation *open;
    str             progress;            /* the last line */
} collected;

static inline err_t ct_on_begin(void *arg, const relation *r, bool snapshot, fault *f)
{
    collected *c = arg;
    (void)f;
    assert_null(c->open);
    c->open = r;
    c->snapshot = snapshot;
    return ERR_OK;
}

static inline err_t ct_on_row(void *arg, const value *row, fault *f)
{
    collected *c = arg;
    (void)f;
    assert_non_null(c->open);
    ct_row copy = { .r = c->open, .v = NEW_ARRAY(c->a, value, c->open->n_fields) };
    for (size_t i = 0; i < c->open->n_fields; i++) {
        copy.v[i] = row[i];
        if (row[i].kind == V_TEXT)
            copy.v[i].s = str_dup(c->a, row[i].s);
    }
    da_push(c->a, &c->rows) = copy;
    return ERR_OK;
}

static inline err_t ct_on_end(void *arg, const relation *r, collect_status s, str reason, fault *f)
{
    collected *c = arg;
    (void)f;
    assert_ptr_equal(c->open, r);
    c->open = NULL;
    ct_end end = { .r = r, .snapshot = c->snapshot, .status = s, .reason = str_dup(c->a, reason) };
    da_push(c->a, &c->ends) = end;
    return ERR_OK;
}

static inline void ct_on_progress(void *arg, str text)
{
    collected *c = arg;
    c->progress = str_dup(c->a, text);
}

static inline collect_sink ct_sink(collected *c)
{
    return (collect_sink){ .begin = ct_on_begin, .row = ct_on_row, .end = ct_on_end, .progress = ct_on_progress, .arg = c };
}

/* Feeds whole output `text` of a collector that promised `relations` (NULL: anything). */
static inline collected *ct_read(arena *a, str text, const char *const *promised)
{
    collected *c = NEW(a, collected);
    fault      f = { 0 };
    str        line;
    c->a = a;
    collect_sink   *sink = NEW(a, collect_sink);
    *sink = ct_sink(c);
    collect_reader *r = collect_reader_new(a, sink, promised);
    while (str_line(&text, &line))
        assert_int_equal(collect_reader_line(r, line, &f), ERR_OK);
    assert_int_equal(collect_reader_end(r, (str){ 0 }, &f, &c->outcome), ERR_OK);
    return c;
}

static inline collect_env ct_env(arena *a, const char *root)
{
    return (collect_env){ .root = root ? root : "", .live = !root, .system = S("web1"),
                          .now = SECONDS(1768478400), .a = a };      /* 2026-01-15T12:00:00Z */
}

/* Runs a probe or source with `env`; a relation begun and not ended fails the test. */
static inline collected *ct_collect(const collect_env *env, void (*run)(const collect_env *, emit *))
{
    int fd = memfd_create("rows", MFD_CLOEXEC);
    assert_true(fd >= 0);
    emit *e = emit_new(env->a, fd);
    run(env, e);
    assert_int_equal(emit_finish(e), 0);
    struct stat st;
    assert_int_equal(fstat(fd, &st), 0);
    char *text = arena_alloc(env->a, (size_t)st.st_size + 1, 1);
    assert_int_equal(pread(fd, text, (size_t)st.st_size, 0), st.st_size);
    close(fd);
    collected *c = ct_read(env->a, (str){ text, (size_t)st.st_size }, NULL);
    for (size_t i = 0; i < c->ends.n; i++)
        if (str_starts(c->ends.v[i].reason, S("line ")) || str_starts(c->ends.v[i].reason, S("the collector ")))
            fail_msg("%s: " STR_FMT, c->ends.v[i].r->name, STR_ARG(c->ends.v[i].reason));
    return c;
}

/* A probe over the tree at `root` (NULL: this machine). */
static inline collected *ct_probe(arena *a, const char *root, void (*run)(const collect_env *, emit *))
{
    collect_env *env = NEW(a, collect_env);
    *env = ct_env(a, root);
    return ct_collect(env, run);
}

static inline size_t ct_count(const collected *c, const char *relation_name)
{
    size_t n = 0;
    for (size_t i = 0; i < c->rows.n; i++)
        n += strcmp(c->rows.v[i].r->name, relation_name) == 0;
    return n;
}

static inline const ct_end *ct_ended(const collected *c, const char *relation_name)
{
    for (size_t i = c->ends.n; i-- > 0;)
        if (strcmp(c->ends.v[i].r->name, relation_name) == 0)
            return &c->ends.v[i];
    fail_msg("%s was never reported", relation_name);
    return NULL;
}

static inline collect_status ct_status(const collected *c, const char *relation_name)
{
    return ct_ended(c, relation_name)->status;
}

static inline str ct_reason(const collected *c, const char *relation_name)
{
    return ct_ended(c, relation_name)->reason;
}

static inline str ct_show(const collected *c, const ct_row *row, const char *field_name)
{
    int i = relation_field(row->r, str_of(field_name));
    if (i < 0)
        fail_msg("%s has no field %s", row->r->name, field_name);
    return value_show(&row->r->fields[i], &row->v[i], c->a);
}

/* The only row of the relation whose fields read as `pairs` says: field, text,
 * ..., NULL. NULL when there is none; more than one fails the test. */
static inline const ct_row *ct_find(const collected *c, const char *relation_name, const char *const *pairs)
{
    const ct_row *found = NULL;
    for (size_t i = 0; i < c->rows.n; i++) {
        const ct_row *row = &c->rows.v[i];
        bool          same = strcmp(row->r->name, relation_name) == 0;
        for (const char *const *p = pairs; same && *p; p += 2)
            same = str_eq(ct_show(c, row, p[0]), str_of(p[1]));
        if (same && found)
            fail_msg("%s: two rows with %s = %s", relation_name, pairs[0], pairs[1]);
        if (same)
            found = row;
    }
    return found;
}
#define CT_FIND(c, relation_name, ...) ct_find((c), (relation_name), (const char *const[]){ __VA_ARGS__, NULL })

/* CT_IS(c, "account", "mfa", "?", "login", "ann"): the field of that row reads so; "?" is unknown. */
#define CT_IS(c, relation_name, field_name, want, ...)                                                        \
    do {                                                                                                      \
        const ct_row *row_ = CT_FIND(c, relation_name, __VA_ARGS__);                                          \
        if (!row_)                                                                                            \
            fail_msg("%s:%d: no row of %s", __FILE__, __LINE__, relation_name);                               \
        assert_string_equal(str_z((c)->a, ct_show(c, row_, field_name)), want);                               \
    } while (0)

/* ---- a directory tree for a test: made under TMPDIR, removed by ct_tree_free ---- */

static inline const char *ct_tree_new(arena *a)
{
    const char *tmp = getenv("TMPDIR");
    char       *path = str_z(a, str_fmt(a, "%s/attest-test-XXXXXX", tmp ? tmp : "/tmp"));
    assert_non_null(mkdtemp(path));
    return path;
}

static inline const char *ct_put(arena *a, const char *root, const char *path, str bytes, unsigned mode)
{
    const char *full = str_fmt(a, "%s/%s", root, path).p;
    const char *slash = strrchr(full, '/');
    fault       f = { 0 };
    assert_int_equal(dir_make(str_z(a, (str){ full, (size_t)(slash - full) }), 0755, &f), ERR_OK);
    FILE *out = fopen(full, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes.p ? bytes.p : "", 1, bytes.n, out), bytes.n);
    assert_int_equal(fclose(out), 0);
    assert_int_equal(chmod(full, mode), 0);
    return full;
}

static inline void ct_tree_free(const char *path)
{
    auto_arena arena *a = arena_new(64 << 20);
    str              *names;
    size_t            n;
    struct stat       st;
    if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        chmod(path, 0700);
        if (dir_names(a, path, 1000000, &names, &n) == 0)
            for (size_t i = 0; i < n; i++)
                ct_tree_free(str_fmt(a, "%s/" STR_FMT, path, STR_ARG(names[i])).p);
        rmdir(path);
    } else {
        unlink(path);
    }
}

#endif
