/* Commits: what was opened, closed and erased, in one leaf and one transaction. */
#include "internal.h"

enum { CLOCK_SLACK_S = 5 };

hash32 version_commitment(hasher *h, const uint8_t salt[32], str canonical)
{
    return hmac_sha256(h, salt, 32, canonical.p, canonical.n);
}

static err_t info_check(const commit_info *info, fault *f)
{
    const struct {
        const char *name;
        str         s;
        size_t      max;
    } texts[] = { { "actor", info->actor, ACTOR_MAX }, { "action", info->action, ACTION_MAX }, { "reason", info->reason, REASON_MAX } };
    for (size_t i = 0; i < COUNT(texts); i++) {
        str s = texts[i].s;
        if (s.n > texts[i].max || !utf8_valid(s) || (s.n && memchr(s.p, 0, s.n)))
            return fail(f, ERR_INVALID, "a commit's %s is UTF-8 text of at most %zu bytes", texts[i].name, texts[i].max);
    }
    if (!info->actor.n || !info->action.n)
        return fail(f, ERR_INVALID, "a commit says who and what");
    return ERR_OK;
}

/* Times of commits strictly increase; small steps back of the clock are ridden out. */
static err_t commit_time(const store *st, fault *f, time_us *ret)
{
    time_us now = store_time(st);
    if (now > st->last_at) {
        *ret = now;
        return ERR_OK;
    }
    if (st->last_at - now >= SECONDS(CLOCK_SLACK_S)) {
        auto_arena arena *a = arena_new(4096);
        return fail(f, ERR_CLOCK, "the clock says " STR_FMT ", but the last commit was at " STR_FMT
                    "; set the clock right and repeat", STR_ARG(time_rfc3339(a, now)), STR_ARG(time_rfc3339(a, st->last_at)));
    }
    *ret = st->last_at + 1;
    return ERR_OK;
}

err_t commit_begin(store *st, const commit_info *info, fault *f, commit **ret)
{
    time_us at = 0;
    if (st->open_commit)
        return fail(f, ERR_INTERNAL, "a commit is open already");
    TRY(info_check(info, f));
    if (!st->in_group)
        TRY(writer_begin(st, f));
    err_t e = commit_time(st, f, &at);
    if (e != ERR_OK) {
        writer_abort(st);
        return e;
    }
    arena  *a = arena_new(SIZE_MAX / 2);
    commit *c = NEW(a, commit);
    c->st = st;
    c->a = a;
    c->h = hasher_new();
    c->info = (commit_info){ str_dup(a, info->actor), str_dup(a, info->action), str_dup(a, info->reason) };
    c->seq = st->last_seq + 1;
    c->at = at;
    c->salts_used = SALTS;
    c->scratch = buf_new(a, SIZE_MAX / 2);
    st->open_commit = c;
    *ret = c;
    return ERR_OK;
}

time_us commit_moment(const commit *c) { return c->at; }

static void commit_free(commit *c)
{
    c->st->open_commit = NULL;
    writer_free(c->w);
    hasher_free(c->h);
    arena_free(c->a);
}

void commit_abort(commit *c)
{
    if (!c)
        return;
    store *st = c->st;
    commit_free(c);
    writer_abort(st);
}

static err_t insert_commit(commit *c, str text, fault *f)
{
    stmt *s;
    if (text.n > LEAF_MAX)
        return fail(f, ERR_TOO_LARGE, "a commit of this many parts does not fit a leaf (%d bytes); split it", LEAF_MAX);
    TRY(store_fixed(c->st, Q_COMMIT_INSERT, f, &s));
    bind_int(s, 1, c->seq);
    bind_int(s, 2, c->at);
    bind_text(s, 3, c->info.actor);
    bind_text(s, 4, c->info.action);
    bind_text(s, 5, c->info.reason);
    bind_text(s, 6, text);
    return stmt_run(s, f);
}

/* After so many rows in one commit the planner looks at the relation again, and each time its history has doubled: what grows
 * by a few rows an hour is looked at too. */
enum { ANALYZE_AFTER = 1000, ANALYZE_FROM = 512 };

static bool much_changed(const change *ch)
{
    int64_t before = ch->first - 1, after = before + ch->opened;
    bool    doubled = after >= ANALYZE_FROM && (before == 0 || __builtin_clzll((uint64_t)before) != __builtin_clzll((uint64_t)after));
    return ch->opened >= ANALYZE_AFTER || doubled;
}

static err_t finish(commit *c, arena *a, fault *f, commit_done *ret)
{
    commit_done done = { .seq = -1, .at = c->at };
    if (c->failed || c->w)
        return fail(f, ERR_INTERNAL, "%s", c->w ? "a write was not ended" : "a part of this commit failed");
    for (size_t i = 0; i < c->changes.n; i++) {
        done.opened += c->changes.v[i]->opened;
        done.closed += (int64_t)c->changes.v[i]->closed.n;
        if (much_changed(c->changes.v[i]))
            TRY(store_exec(c->st, Q_RELATION_ANALYZE, c->changes.v[i]->r, NULL, f));
    }
    if (done.opened || done.closed || c->erased.n) {
        done.seq = c->seq;
        done.leaf = leaf_text(a, c->h, c);
        TRY(insert_commit(c, done.leaf, f));
        c->st->last_seq = c->seq;
        c->st->last_at = c->at;
        c->st->erased |= c->erased.n > 0;
    }
    if (!c->st->in_group)
        TRY(writer_end(c->st, f));
    *ret = done;
    return ERR_OK;
}

err_t commit_finish(commit *c, arena *a, fault *f, commit_done *ret)
{
    err_t e = finish(c, a, f, ret);
    if (e == ERR_OK)
        commit_free(c);
    else
        commit_abort(c);
    return e;
}

/* ---- versions ------------------------------------------------------------------------- */

change *commit_change(commit *c, const relation *r)
{
    for (size_t i = 0; i < c->changes.n; i++)
        if (c->changes.v[i]->r == r)
            return c->changes.v[i];
    change *ch = NEW(c->a, change);
    ch->r = r;
    field_order_of(r, &ch->order);
    ch->copy = buf_new(c->a, SIZE_MAX / 2);
    ch->ids = buf_new(c->a, SIZE_MAX / 2);
    da_push(c->a, &c->changes) = ch;
    return ch;
}

static err_t next_id(commit *c, const relation *r, fault *f, int64_t *ret)
{
    int64_t *next = &c->st->next_ids[relation_index(r)];
    if (!*next) {
        stmt *s;
        bool  row;
        TRY(store_templated(c->st, Q_NEXT_ID, r, f, &s));
        auto_reset stmt *held = s;
        TRY(stmt_step(held, f, &row));
        *next = col_int(s, 0);
    }
    *ret = (*next)++;
    return ERR_OK;
}

static const uint8_t *next_salt(commit *c)
{
    if (c->salts_used == SALTS) {
        random_bytes(c->salts, sizeof c->salts);
        c->salts_used = 0;
    }
    return c->salts[c->salts_used++];
}

err_t commit_open_version(commit *c, change *ch, str source, const value *row, fault *f)
{
    stmt   *s;
    int64_t id;
    TRY(next_id(c, ch->r, f, &id));
    const uint8_t *salt = next_salt(c);
    buf_clear(&c->scratch);
    row_canonical_in(ch->r, &ch->order, source, row, &c->scratch);
    hash32 commitment = version_commitment(c->h, salt, buf_str(&c->scratch));
    hash32 node = merkle_leaf(c->h, commitment.b, sizeof commitment.b);
    merkle_add(c->h, &ch->opened_range, &node);
    if (ch->opened++ == 0)
        ch->first = id;
    if (store_is_postgres(c->st))
        return bulk_open(c, ch, id, source, salt, &commitment, row, f);
    TRY(store_templated(c->st, Q_OPEN_ROW, ch->r, f, &s));
    bind_int(s, 1, id);
    bind_text(s, 2, source);
    bind_int(s, 3, c->at);
    bind_int(s, 4, c->seq);
    bind_blob(s, 5, salt, 32);
    bind_blob(s, 6, commitment.b, sizeof commitment.b);
    s->e->bind_row(s, 7, ch->r, row);
    return stmt_run(s, f);
}

err_t commit_close_version(commit *c, change *ch, int64_t id, fault *f)
{
    stmt *s;
    bool  row;
    if (store_is_postgres(c->st))
        return bulk_close(c, ch, id, f);
    TRY(store_templated(c->st, Q_CLOSE_ROW, ch->r, f, &s));
    auto_reset stmt *held = s;
    bind_int(s, 1, id);
    bind_int(s, 2, c->at);
    bind_int(s, 3, c->seq);
    TRY(stmt_step(held, f, &row));
    str commitment = row ? s->e->col_blob(s, 0) : (str){ 0 };
    if (commitment.n != 32)
        return fail(f, ERR_CORRUPT, "%s: version %lld of %s is not as it was written; run attest verify",
                    c->st->d->name, (long long)id, ch->r->name);
    closed_version *v = &da_push(c->a, &ch->closed);
    v->id = id;
    memcpy(v->commitment.b, commitment.p, 32);
    return stmt_step(held, f, &row);
}

/* Erases; ret_current: the version was current and has to be closed first. */
static err_t void_version(commit *c, const relation *r, int64_t id, fault *f, bool *ret_found)
{
    stmt *s;
    TRY(store_templated(c->st, Q_ERASE_ROW, r, f, &s));
    auto_reset stmt *held = s;
    bind_int(s, 1, id);
    bind_int(s, 2, c->seq);
    TRY(stmt_step(held, f, ret_found));
    bool more = *ret_found;
    while (more)
        TRY(stmt_step(held, f, &more));
    return ERR_OK;
}

static err_t is_current(commit *c, const relation *r, int64_t id, fault *f, bool *ret)
{
    stmt *s;
    TRY(store_templated(c->st, Q_VERSION_IS_CURRENT, r, f, &s));
    auto_reset stmt *held = s;
    bind_int(s, 1, id);
    return stmt_step(held, f, ret);
}

err_t erase_version(commit *c, const relation *r, int64_t id, fault *f)
{
    bool current, found;
    assert(!c->w);
    c->failed = true;                     /* unless all of it succeeds */
    TRY(is_current(c, r, id, f, &current));
    if (current)
        TRY(commit_close_version(c, commit_change(c, r), id, f));
    TRY(bulk_flush(c, commit_change(c, r), f));
    TRY(void_version(c, r, id, f, &found));
    c->failed = false;
    if (!found)
        return fail(f, ERR_NOT_FOUND, "%s has no version %lld, or it is erased already", r->name, (long long)id);
    leaf_erased *e = &da_push(c->a, &c->erased);
    *e = (leaf_erased){ str_of(r->name), id };
    return ERR_OK;
}
