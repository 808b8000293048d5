/* One relation's versions against what the leaves say of them. */
#include "app/verify.h"

enum { CANONICAL_MAX_BYTES = 8 << 20 };

typedef struct {
    verification     *v;
    const relation   *r;
    relation_changes *changes;           /* sorted by seq, and so by first id */
    size_t            at;                /* the change whose range is being read */
    int64_t           next_id;           /* the id that should come next */
    merkle_range      opened;            /* over the range being read */
    bool              faulted;           /* a version of this range was already told */
    field_order       order;
    arena            *scratch;
    buf               canonical;
} pass;

str row_key(arena *a, const relation *r, const value *row)
{
    buf b = buf_new(a, 1 << 20);
    for (size_t i = 0; i < relation_keys(r); i++) {
        if (i)
            buf_putc(&b, '/');
        buf_puts(&b, value_show(&r->fields[i], &row[i], a));
    }
    return buf_str(&b);
}

static str key_of(const pass *p, const version *w)
{
    return w->erased_by >= 0 ? S("") : row_key(p->scratch, p->r, w->row);
}

static void complain(pass *p, tamper_kind kind, const version *w, int64_t seq, const char *what)
{
    str key = key_of(p, w);
    tell(p->v, kind, str_of(p->r->name), key, w->id, seq, "%s " STR_FMT " (version %lld): %s", p->r->name,
         STR_ARG(key), (long long)w->id, what);
    p->faulted = true;
}

static change_state *current(const pass *p)
{
    return p->at < p->changes->n ? &p->changes->v[p->at] : NULL;
}

/* The range of one commit is complete: does its root come out? */
static void end_range(pass *p)
{
    change_state *c = current(p);
    hash32        root = merkle_root(p->v->h, &p->opened);
    if (c->change.opened && !p->faulted && !hash32_eq(&root, &c->change.opened_root))
        tell(p->v, TAMPER_ALTERED, str_of(p->r->name), S(""), c->change.first, c->seq,
             "%s: among versions %lld to %lld, opened by commit %lld, one was replaced together with its commitment",
             p->r->name, (long long)c->change.first, (long long)(c->change.first + c->change.opened - 1), (long long)c->seq);
    p->opened.n = 0;
    p->faulted = false;
    p->at++;
}

static void skip_done_ranges(pass *p)
{
    for (change_state *c; (c = current(p)) && p->next_id >= c->change.first + c->change.opened;)
        end_range(p);
}

/* Ids next_id .. before-1 are not there. */
static void missing(pass *p, int64_t before)
{
    while (p->next_id < before) {
        change_state *c = current(p);
        if (!c)
            return;
        int64_t end = c->change.first + c->change.opened;
        int64_t upto = end < before ? end : before;
        if (p->next_id < upto) {
            long long from = (long long)p->next_id, to = (long long)(upto - 1);
            if (from == to)
                tell(p->v, TAMPER_REMOVED, str_of(p->r->name), S(""), from, c->seq,
                     "%s: version %lld, opened by commit %lld, was removed", p->r->name, from, (long long)c->seq);
            else
                tell(p->v, TAMPER_REMOVED, str_of(p->r->name), S(""), from, c->seq,
                     "%s: versions %lld to %lld, opened by commit %lld, were removed", p->r->name, from, to,
                     (long long)c->seq);
            p->faulted = true;
            p->next_id = upto;
        }
        skip_done_ranges(p);
    }
}

static change_state *change_by_seq(const pass *p, int64_t seq)
{
    size_t lo = 0, hi = p->changes->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (p->changes->v[mid].seq == seq)
            return &p->changes->v[mid];
        if (p->changes->v[mid].seq < seq)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

static void check_closing(pass *p, const version *w)
{
    if (w->closed_by < 0) {
        if (w->valid_to != TIME_MAX)
            complain(p, TAMPER_ALTERED, w, -1, "its end was altered: no commit closed it");
        return;
    }
    change_state *c = change_by_seq(p, w->closed_by);
    if (!c || c->change.closed == 0) {
        complain(p, TAMPER_ALTERED, w, w->closed_by, "its end was altered: the commit named did not close it");
        return;
    }
    if (w->valid_to != c->at)
        complain(p, TAMPER_ALTERED, w, w->closed_by, "its end was altered: it is not the time of the commit that closed it");
    if (!c->closed)
        c->closed = NEW(p->v->a, merkle_range);
    hash32 leaf_hash = merkle_leaf(p->v->h, w->commitment.b, sizeof w->commitment.b);
    merkle_add(p->v->h, c->closed, &leaf_hash);
    c->n_closed++;
}

/* The canonical row does not tell 1 from 2 in a boolean, nor text from bytes. */
static bool values_fit(const pass *p, const version *w)
{
    for (size_t i = 0; i < p->r->n_fields; i++) {
        const value *x = &w->row[i];
        field_kind   kind = p->r->fields[i].kind;
        if (x->kind == V_NULL)
            continue;
        if (x->kind != (kind == F_TEXT ? V_TEXT : V_INT) || (kind == F_BOOL && x->i != 0 && x->i != 1))
            return false;
    }
    return true;
}

static bool is_void(const pass *p, const version *w)
{
    static const uint8_t none[sizeof w->salt];
    bool                 empty = memcmp(w->salt, none, sizeof none) == 0;
    for (size_t i = 0; i < p->r->n_fields; i++)
        empty = empty && w->row[i].kind == V_NULL;
    return empty;
}

static void check_content(pass *p, const version *w, const change_state *c)
{
    if (w->erased_by >= 0) {
        str key = str_fmt(p->scratch, "%s/%lld", p->r->name, (long long)w->id);
        if ((intptr_t)map_get(&p->v->erased, key) != (intptr_t)(w->erased_by + 1))
            complain(p, TAMPER_REMOVED, w, c->seq, "its content is gone and no commit erased it");
        else if (!is_void(p, w))
            complain(p, TAMPER_ALTERED, w, c->seq, "it was erased, yet has content");
        if (w->opened_by != c->seq || w->valid_from != c->at)
            complain(p, TAMPER_ALTERED, w, c->seq, "its beginning was altered");
        p->v->result->erased++;
        return;
    }
    buf_clear(&p->canonical);
    row_canonical_in(p->r, &p->order, w->source, w->row, &p->canonical);
    hash32 want = version_commitment(p->v->h, w->salt, buf_str(&p->canonical));
    if (!hash32_eq(&want, &w->commitment) || !values_fit(p, w))
        complain(p, TAMPER_ALTERED, w, c->seq, "its content is not what was committed");
    if (w->opened_by != c->seq || w->valid_from != c->at)
        complain(p, TAMPER_ALTERED, w, c->seq, "its beginning was altered");
}

static err_t on_version(void *arg, const version *w)
{
    pass *p = arg;
    p->v->result->versions++;
    if (arena_used_bytes(p->scratch) > (8 << 20)) {
        arena_reset(p->scratch);
        p->canonical = buf_new(p->scratch, CANONICAL_MAX_BYTES);
    }
    missing(p, w->id);
    skip_done_ranges(p);
    change_state *c = current(p);
    if (!c || w->id < c->change.first || w->id != p->next_id) {
        bool faulted = p->faulted;
        complain(p, TAMPER_INSERTED, w, w->opened_by, "no commit opened it");
        p->faulted = faulted;
        return ERR_OK;
    }
    check_content(p, w, c);
    check_closing(p, w);
    hash32 leaf_hash = merkle_leaf(p->v->h, w->commitment.b, sizeof w->commitment.b);
    merkle_add(p->v->h, &p->opened, &leaf_hash);
    p->next_id++;
    skip_done_ranges(p);
    return ERR_OK;
}

static void check_closings(const pass *p)
{
    for (size_t i = 0; i < p->changes->n; i++) {
        const change_state *c = &p->changes->v[i];
        hash32              root = { 0 };
        if (c->closed)
            root = merkle_root(p->v->h, c->closed);
        if (c->n_closed == c->change.closed && (c->n_closed == 0 || hash32_eq(&root, &c->change.closed_root)))
            continue;
        if (c->n_closed != c->change.closed)
            tell(p->v, TAMPER_ALTERED, str_of(p->r->name), S(""), 0, c->seq, "%s: commit %lld closed %lld versions, the store "
                 "says %lld: an end was altered or a closed version removed", p->r->name, (long long)c->seq,
                 (long long)c->change.closed, (long long)c->n_closed);
        else
            tell(p->v, TAMPER_ALTERED, str_of(p->r->name), S(""), 0, c->seq, "%s: the versions that commit %lld closed are not "
                 "those the store says", p->r->name, (long long)c->seq);
    }
}

err_t verify_relation(verification *v, store *st, const relation *r, fault *f)
{
    auto_arena arena *scratch = arena_new(64 << 20);
    relation_changes  none = { 0 };
    relation_changes *changes = map_get(&v->by_relation, str_of(r->name));
    pass p = { .v = v, .r = r, .changes = changes ? changes : &none, .next_id = 1, .scratch = scratch,
               .canonical = buf_new(scratch, CANONICAL_MAX_BYTES) };
    field_order_of(r, &p.order);
    TRY(store_versions(st, r, on_version, &p, f));
    if (p.changes->n) {
        int64_t            end = p.next_id;
        for (size_t i = p.at; i < p.changes->n; i++)
            if (p.changes->v[i].change.opened)
                end = p.changes->v[i].change.first + p.changes->v[i].change.opened;
        missing(&p, end);
    }
    skip_done_ranges(&p);
    check_closings(&p);
    return ERR_OK;
}
