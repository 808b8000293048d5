/* Certificates of services: the files their configurations name. */
#include "collect/host/certs.h"
#include "collect/host/state.h"

#include <errno.h>
#include <limits.h>

enum { CONFIG_FILES_MAX = 2000 };

typedef struct {
    str path, key, used_by;
} cert_file;

typedef struct {
    host_state         *s;
    arena              *a;
    const cert_service *service;
    str                 base;            /* directory relative names begin at */
    str_list            files;           /* configuration of this service, read and to be read */
    DA(cert_file)       found;
    map                 by_path;         /* (void *)(index + 1) */
    size_t              last;            /* index + 1 of the certificate a key may belong to */
    str                 loose_key;       /* a key named before its certificate */
} search;

static str absolute(search *q, str path)
{
    if (path.p[0] == '/')
        return str_dup(q->a, path);
    return str_fmt(q->a, STR_FMT "/" STR_FMT, STR_ARG(q->base), STR_ARG(path));
}

static void add_certificate(search *q, str path)
{
    void **slot = map_put(&q->by_path, path);
    if (!*slot) {
        da_push(q->a, &q->found) = (cert_file){ .path = path, .used_by = str_of(q->service->service) };
        *slot = (void *)(uintptr_t)q->found.n;
    }
    q->last = (size_t)(uintptr_t)*slot;
    cert_file *c = &q->found.v[q->last - 1];
    if (!str_contains(c->used_by, str_of(q->service->service)))
        c->used_by = str_fmt(q->a, STR_FMT " %s", STR_ARG(c->used_by), q->service->service);
    if (q->loose_key.n && !c->key.n)
        c->key = q->loose_key;
    q->loose_key = (str){ 0 };
}

/* HAProxy takes a directory of files too. Names with variables in them are not known here. */
static void on_certificate(void *arg, str path)
{
    search     *q = arg;
    struct stat st;
    if (memchr(path.p, '$', path.n) || memchr(path.p, '%', path.n))
        return;
    path = absolute(q, path);
    if (state_stat(q->s, path.p, &st) != 0 || !S_ISDIR(st.st_mode)) {
        add_certificate(q, path);
        return;
    }
    str_list files = { 0 };
    state_glob(q->s, q->a, str_fmt(q->a, STR_FMT "/*", STR_ARG(path)).p, &files);
    for (size_t i = 0; i < files.n; i++)
        if (!str_ends(files.v[i], S(".key")))
            add_certificate(q, files.v[i]);
}

static void on_key(void *arg, str path)
{
    search *q = arg;
    str     key = absolute(q, path);
    if (q->last && !q->found.v[q->last - 1].key.n)
        q->found.v[q->last - 1].key = key;
    else
        q->loose_key = key;
}

static void on_include(void *arg, str pattern)
{
    search  *q = arg;
    str_list files = { 0 };
    state_glob(q->s, q->a, absolute(q, pattern).p, &files);
    for (size_t i = 0; i < files.n; i++) {
        bool known = q->files.n >= CONFIG_FILES_MAX;
        for (size_t k = 0; k < q->files.n && !known; k++)
            known = str_eq(q->files.v[k], files.v[i]);
        if (!known)
            da_push(q->a, &q->files) = files.v[i];
    }
}

static void read_service(search *q)
{
    cert_reader r = { on_certificate, on_key, on_include, q };
    for (size_t i = 0; i < COUNT(q->service->files) && q->service->files[i]; i++) {
        str         pattern = str_of(q->service->files[i]);
        const char *slash = strrchr(pattern.p, '/');
        q->base = str_sub(pattern, 0, (size_t)(slash - pattern.p));
        q->files.n = 0;
        on_include(q, pattern);
        for (size_t k = 0; k < q->files.n; k++) {    /* grows while it is read */
            str         text;
            struct stat st;
            q->last = 0;
            q->loose_key = (str){ 0 };
            if (state_stat(q->s, q->files.v[k].p, &st) == 0 && S_ISREG(st.st_mode) && state_config(q->s, q->a, q->files.v[k].p, &text))
                cert_config(q->service, text, &r);
        }
    }
}

static void read_letsencrypt(search *q)
{
    static const cert_service acme = { .service = "letsencrypt" };
    str_list files = { 0 };
    q->service = &acme;
    if (state_there(q->s, "/etc/letsencrypt/live") == UNKNOWN)
        emit_lack(q->s->e, ST_DENIED, "/etc/letsencrypt/live: may not be read");
    else
        state_glob(q->s, q->a, "/etc/letsencrypt/live/*/fullchain.pem", &files);
    for (size_t i = 0; i < files.n; i++) {
        q->loose_key = (str){ 0 };
        add_certificate(q, files.v[i]);
    }
}

/* ---- keys ---- */

/* Readable by everyone: its own bit, and a way to it through every directory. */
static tri readable_by_all(const host_state *s, arena *a, str path)
{
    char        real[PATH_MAX];
    struct stat st;
    if (path.n >= PATH_MAX || !realpath(env_path(a, s->env, str_z(a, path)), real) || stat(real, &st) != 0)
        return UNKNOWN;
    if (!S_ISREG(st.st_mode) || !(st.st_mode & S_IROTH))
        return NO;
    size_t stop = strlen(s->env->root);
    for (char *slash = strrchr(real, '/'); slash && slash > real + stop; slash = strrchr(real, '/')) {
        *slash = 0;
        if (stat(real, &st) != 0)
            return UNKNOWN;
        if (!(st.st_mode & S_IXOTH))
            return NO;
    }
    return YES;
}

/* Of several the worst: one that could not be seen is not outweighed by one that is safe. */
static tri worse(tri a, tri b) { return a == YES || b == YES ? YES : a == UNKNOWN || b == UNKNOWN ? UNKNOWN : NO; }

/* In the file, named by the service, or beside it under the usual names. */
static tri key_exposed(host_state *s, arena *a, const cert_file *c, str bytes)
{
    tri         all = NO;
    bool        any = false;
    const char *slash = memrchr(c->path.p, '/', c->path.n), *dot = memrchr(c->path.p, '.', c->path.n);
    str         dir = str_sub(c->path, 0, (size_t)(slash - c->path.p));
    str         stem = str_sub(c->path, 0, dot && dot > slash ? (size_t)(dot - c->path.p) : c->path.n);
    const str   keys[] = { str_contains(bytes, S("PRIVATE KEY-----")) ? c->path : (str){ 0 }, c->key,
                           str_fmt(a, STR_FMT "/privkey.pem", STR_ARG(dir)), str_fmt(a, STR_FMT ".key", STR_ARG(stem)) };
    for (size_t i = 0; i < COUNT(keys); i++) {
        tri there = keys[i].n ? state_there(s, str_z(a, keys[i])) : NO;
        if (there == NO)
            continue;
        any = true;
        all = worse(all, there == YES ? readable_by_all(s, a, keys[i]) : UNKNOWN);
    }
    return any ? all : UNKNOWN;
}

/* ---- rows ---- */

static void emit_certificate(host_state *s, const cert_file *file, const cert_facts *c, int64_t position, tri exposed)
{
    emit *e = s->e;
    emit_text(e, "system", s->env->system);
    emit_text(e, "path", file->path);
    emit_int(e, "position", position);
    emit_text(e, "subject", c->subject);
    emit_text(e, "names", c->names);
    emit_text(e, "issuer", c->issuer);
    emit_text(e, "serial", c->serial);
    if (c->from_known)
        emit_time(e, "valid_from_at", c->from);
    if (c->until_known)
        emit_time(e, "valid_until_at", c->until);
    emit_z(e, "key_type", c->key_type);
    if (c->key_bits > 0)
        emit_int(e, "key_bits", c->key_bits);
    emit_known(e, "signature_algorithm", c->signature);
    emit_bool(e, "self_signed", c->self_signed);
    emit_text(e, "used_by", file->used_by);
    if (position == 1)
        emit_tri(e, "key_exposed", exposed);
    emit_row(e);
}

static size_t read_file(host_state *s, const cert_file *file)
{
    auto_arena arena *a = arena_new(32 << 20);
    cert_chain        chain = { 0 };
    str               bytes;
    int               e = env_read(a, s->env, str_z(a, file->path), 1 << 20, &bytes);
    if (e == ENOENT || e == ENOTDIR)
        return 0;                        /* named, but there is no certificate to describe: nothing went unseen */
    if (e) {
        emit_lack_errno(s->e, e, str_z(a, str_sub(file->path, 0, 200)));
        return 0;
    }
    if (!certs_parse(a, bytes, &chain)) {
        emit_lack(s->e, ST_PARTIAL, STR_FMT " holds no certificate", STR_ARG(str_sub(file->path, 0, 200)));
        return 0;
    }
    tri exposed = key_exposed(s, a, file, bytes);
    for (size_t i = 0; i < chain.n; i++)
        emit_certificate(s, file, &chain.v[i], (int64_t)i + 1, exposed);
    return chain.n;
}

void part_certificate(host_state *s)
{
    auto_arena arena *a = arena_new(128 << 20);
    search            q = { .s = s, .a = a, .by_path = map_new(a) };
    size_t            n = 0;
    emit_begin(s->e, relation_find(S("certificate")));
    for (size_t i = 0; i < n_cert_services; i++) {
        q.service = &cert_services[i];
        read_service(&q);
    }
    read_letsencrypt(&q);
    for (size_t i = 0; i < q.found.n; i++)
        n += read_file(s, &q.found.v[i]);
    emit_end(s->e, n ? ST_OK : ST_ABSENT);
}
