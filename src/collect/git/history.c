/* Walks the default branch newest first, writes commit_log, and keeps the graph for the changes. */
#include "collect/git/git.h"

enum { COMMITS_MAX = 200000, LATEST = 100 };

typedef struct {
    git_source *s;
    map         by_id, addresses, known; /* known: one copy of each person */
    DA(gcommit *) heap;                  /* the newest on top */
    time_us     next_progress;
    git_commit *commit;                  /* the one being read */
} walk;

/* ---- the heap ---------------------------------------------------------------- */

static void heap_push(walk *w, gcommit *c)
{
    da_push(w->s->a, &w->heap) = c;
    size_t i = w->heap.n - 1;
    while (i > 0 && w->heap.v[(i - 1) / 2]->at < c->at) {
        w->heap.v[i] = w->heap.v[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    w->heap.v[i] = c;
}

static gcommit *heap_pop(walk *w)
{
    gcommit *top = w->heap.v[0], *last = w->heap.v[--w->heap.n];
    size_t   i = 0;
    for (;;) {
        size_t k = 2 * i + 1;
        if (k >= w->heap.n)
            break;
        if (k + 1 < w->heap.n && w->heap.v[k + 1]->at > w->heap.v[k]->at)
            k++;
        if (w->heap.v[k]->at <= last->at)
            break;
        w->heap.v[i] = w->heap.v[k];
        i = k;
    }
    w->heap.v[i] = last;
    return top;
}

/* ---- one commit ----------------------------------------------------------------- */

const char *git_signature_type(str raw)
{
    static const struct { const char *begins, *type; } types[] = {
        { "-----BEGIN PGP ", "pgp" }, { "-----BEGIN SSH ", "ssh" }, { "-----BEGIN SIGNED ", "x509" },
    };
    str line;
    while (str_line(&raw, &line)) {
        if (!str_starts(line, S("gpgsig ")) && !str_starts(line, S("gpgsig-sha256 ")))
            continue;
        str begins = str_sub(line, line.p[6] == ' ' ? 7 : 14, line.n);
        for (size_t i = 0; i < COUNT(types); i++)
            if (str_starts(begins, str_of(types[i].begins)))
                return types[i].type;
        return "other";
    }
    return NULL;
}

static person intern(walk *w, arena *t, person p)
{
    str     key = str_fmt(t, STR_FMT "\n" STR_FMT, STR_ARG(p.address), STR_ARG(p.name));
    person *kept = map_get(&w->known, key);
    if (!kept) {
        key = str_dup(w->s->a, key);
        kept = NEW(w->s->a, person);
        kept->address = str_sub(key, 0, p.address.n);
        kept->name = str_sub(key, p.address.n + 1, key.n);
        *map_put(&w->known, key) = kept;
    }
    return *kept;
}

static void note_lack(history *h, collect_status s, str reason)
{
    if (s > h->lack) {
        h->lack = s;
        h->reason = reason;
    }
}

static void emit_commit(git_source *s, arena *t, git_commit *c, const char *hex, const char *signature)
{
    const git_signature *author = s->g.commit_author(c), *committer = s->g.commit_committer(c);
    const char          *message = s->g.commit_message_raw(c);
    emit_text(s->e, "repository", s->name);
    emit_z(s->e, "id", hex);
    git_emit_time(s->e, "authored_at", author->when.time);
    git_emit_time(s->e, "committed_at", committer->when.time);
    emit_text(s->e, "author", git_person(t, author).address);
    emit_text(s->e, "committer", git_person(t, committer).address);
    emit_text(s->e, "subject", message_subject(str_of(message)));
    emit_bool(s->e, "merge", s->g.commit_parentcount(c) > 1);
    emit_bool(s->e, "signed", signature != NULL);
    emit_z(s->e, "signature_type", signature);
    emit_row(s->e);
}

static void keep_people(walk *w, arena *t, gcommit *c)
{
    arena *a = w->s->a;
    person author = intern(w, t, git_person(t, w->s->g.commit_author(w->commit)));
    people found = { 0 };
    message_coauthors(t, str_of(w->s->g.commit_message_raw(w->commit)), &found);
    c->authors.v = NEW_ARRAY(a, person, found.n + 1);
    c->authors.cap = found.n + 1;
    da_push(a, &c->authors) = author;
    for (size_t i = 0; i < found.n; i++)
        da_push(a, &c->authors) = intern(w, t, found.v[i]);
    *map_put(&w->addresses, author.address) = w;
}

static void keep_parents(walk *w, gcommit *c)
{
    git_source *s = w->s;
    bool        cut = map_get(&s->shallow_ids, (str){ (const char *)c->id.id, GIT_OID_RAWSZ }) != NULL;
    c->n_parents = s->g.commit_parentcount(w->commit);
    if (c->n_parents == 0)
        return;
    c->parents = NEW_ARRAY(s->a, gcommit *, c->n_parents);
    for (unsigned i = 0; i < c->n_parents && !cut; i++) {
        const git_oid *id = s->g.commit_parent_id(w->commit, i);
        gcommit       *fresh = NEW(s->a, gcommit);
        fresh->id = *id;
        void **slot = map_put(&w->by_id, (str){ (const char *)fresh->id.id, GIT_OID_RAWSZ });
        if (!*slot)
            *slot = fresh;
        c->parents[i] = *slot;
    }
}

/* Reads, writes out and queues a commit, once. */
static void load(walk *w, gcommit *c)
{
    char        hex[GIT_OID_HEXSZ + 1];
    git_source *s = w->s;
    history    *h = &s->h;
    if (c->loaded || h->commits >= COMMITS_MAX) {
        if (!c->loaded)
            note_lack(h, ST_PARTIAL, S("only the latest 200,000 commits are read"));
        return;
    }
    s->g.oid_tostr(hex, sizeof hex, &c->id);
    if (s->g.commit_lookup(&w->commit, s->repo, &c->id) != 0) {
        note_lack(h, ST_ERROR, str_fmt(s->a, "commit %s cannot be read: %s", hex, git_lib_error(&s->g)));
        return;
    }
    const char *signature = git_signature_type(str_of(s->g.commit_raw_header(w->commit)));
    auto_arena arena *t = arena_new(16 << 20);
    int64_t     when = s->g.commit_committer(w->commit)->when.time;
    emit_commit(s, t, w->commit, hex, signature);
    c->loaded = true;
    c->at = when > -62135596800 && when < 253402300800 ? SECONDS(when) : 0;
    keep_people(w, t, c);
    keep_parents(w, c);
    s->g.commit_free(w->commit);
    h->commits++;
    h->last_at = c->at > h->last_at ? c->at : h->last_at;
    if (h->latest < LATEST) {
        h->latest++;
        h->latest_signed += signature != NULL;
    }
    heap_push(w, c);
}

static void tell_progress(walk *w)
{
    time_us now = time_mono();
    if (now < w->next_progress)
        return;
    if (w->next_progress)
        fprintf(stderr, "git: %lld commits read\n", (long long)w->s->h.commits);
    w->next_progress = now + SECONDS(1);
}

static void walk_all(git_source *s)
{
    walk w = { .s = s, .by_id = map_new(s->a), .addresses = map_new(s->a), .known = map_new(s->a) };
    s->h.tip = NEW(s->a, gcommit);
    s->h.tip->id = s->tip;
    *map_put(&w.by_id, (str){ (const char *)s->h.tip->id.id, GIT_OID_RAWSZ }) = s->h.tip;
    load(&w, s->h.tip);
    while (w.heap.n) {
        gcommit *c = heap_pop(&w);
        for (unsigned i = 0; i < c->n_parents; i++)
            if (c->parents[i])
                load(&w, c->parents[i]);
        tell_progress(&w);
    }
    s->h.contributors = (int64_t)w.addresses.n;
    if (!s->h.tip->loaded)
        s->h.tip = NULL;
}

void git_commit_log(git_source *s)
{
    if (s->tip_lack)
        note_lack(&s->h, ST_ERROR, str_of(s->tip_lack));
    if (s->shallow)
        note_lack(&s->h, ST_PARTIAL, S("the copy is shallow: older history is not here"));
    git_begin(s, "commit_log");
    if (s->has_tip)
        walk_all(s);
    if (s->h.lack)
        emit_lack(s->e, s->h.lack, STR_FMT, STR_ARG(s->h.reason));
    emit_end(s->e, s->has_tip || s->h.lack ? ST_OK : ST_ABSENT);
}
