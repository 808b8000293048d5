/* Rows in memory, so that a request of somebody who is signed in costs no statement.
 * Eight places for each value of the hash; the one used longest ago makes room. */
#include "auth/parts.h"

enum { SETS = 512, WAYS = 8, ROW_BYTES_MAX = 2048 };
static const time_us fresh_for = SECONDS(2);

/* A row whose texts follow it; as copied, they point into the block it was copied from. */
typedef struct {
    size_t n_bytes;
    value  v[];
} block;

typedef struct {
    uint64_t key[2];
    block   *row;                         /* NULL: free */
    time_us  read_at, used_at;            /* time_mono */
    time_us  seen, written;
} place;

struct cache {
    const relation *r;
    pthread_mutex_t lock;
    uint64_t        key[2], generation;
    place           places[SETS][WAYS];
};

cache *cache_new(const relation *r)
{
    cache *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->r = r;
    (void)pthread_mutex_init(&c->lock, NULL);
    random_bytes(c->key, sizeof c->key);
    return c;
}

static void clear(place *p)
{
    if (p->row)
        OPENSSL_cleanse(p->row, p->row->n_bytes);
    free(p->row);
    *p = (place){ .row = NULL };
}

void cache_free(cache *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < SETS; i++)
        for (size_t k = 0; k < WAYS; k++)
            clear(&c->places[i][k]);
    (void)pthread_mutex_destroy(&c->lock);
    free(c);
}

static void hash_of(const cache *c, str secret, uint64_t ret[2]) { siphash128(c->key, secret.p, secret.n, ret); }

static place *find(cache *c, const uint64_t key[2])
{
    place *set = c->places[key[0] % SETS];
    for (size_t k = 0; k < WAYS; k++)
        if (set[k].row && set[k].key[0] == key[0] && set[k].key[1] == key[1])
            return &set[k];
    return NULL;
}

static bool take_copy(cache *c, const uint64_t key[2], time_us now, time_us write_every, block *to, const block **ret_from, cache_hit *hit)
{
    time_us mono = time_mono();
    place  *p = find(c, key);
    if (!p || mono - p->read_at > fresh_for)
        return false;
    p->used_at = mono;
    hit->seen = p->seen;
    hit->write = now - p->written >= write_every;
    if (hit->write)
        p->written = now;
    if (now > p->seen)
        p->seen = now;
    memcpy(to, p->row, p->row->n_bytes);
    *ret_from = p->row;
    return true;
}

/* The copy is made under the lock and unfolded after it, since an arena may be full. */
bool cache_get(cache *c, arena *a, str secret, time_us now, time_us write_every, cache_hit *ret)
{
    _Alignas(block) char room[ROW_BYTES_MAX];
    block       *copy = (block *)(void *)room;
    const block *from = NULL;
    uint64_t     key[2];
    cache_hit    hit = { 0 };
    hash_of(c, secret, key);
    (void)pthread_mutex_lock(&c->lock);
    bool got = take_copy(c, key, now, write_every, copy, &from, &hit);
    (void)pthread_mutex_unlock(&c->lock);
    if (!got)
        return false;
    hit.row = NEW_ARRAY(a, value, c->r->n_fields);
    for (size_t i = 0; i < c->r->n_fields; i++) {
        hit.row[i] = copy->v[i];
        if (copy->v[i].kind == V_TEXT)
            hit.row[i].s = str_dup(a, (str){ room + (copy->v[i].s.p - (const char *)from), copy->v[i].s.n });
    }
    OPENSSL_cleanse(room, copy->n_bytes);
    *ret = hit;
    return true;
}

uint64_t cache_generation(cache *c)
{
    (void)pthread_mutex_lock(&c->lock);
    uint64_t g = c->generation;
    (void)pthread_mutex_unlock(&c->lock);
    return g;
}

/* NULL when the row is too large to be kept; then each use reads it. */
static block *block_of(const relation *r, const value *row)
{
    size_t n = sizeof(block) + r->n_fields * sizeof *row;
    for (size_t i = 0; i < r->n_fields; i++)
        n += row[i].kind == V_TEXT ? row[i].s.n : 0;
    if (n > ROW_BYTES_MAX)
        return NULL;
    block *b = calloc(1, n);
    if (!b)
        abort();
    b->n_bytes = n;
    char *text = (char *)&b->v[r->n_fields];
    for (size_t i = 0; i < r->n_fields; i++) {
        b->v[i] = row[i];
        if (row[i].kind != V_TEXT)
            continue;
        if (row[i].s.n)
            memcpy(text, row[i].s.p, row[i].s.n);
        b->v[i].s.p = text;
        text += row[i].s.n;
    }
    return b;
}

static place *place_for(cache *c, const uint64_t key[2])
{
    place *p = find(c, key), *set = c->places[key[0] % SETS];
    if (p)
        return p;
    p = set;
    for (size_t k = 1; k < WAYS && p->row; k++)
        if (!set[k].row || set[k].used_at < p->used_at)
            p = &set[k];
    return p;
}

void cache_keep(cache *c, str secret, const value *row, time_us seen, uint64_t generation)
{
    uint64_t key[2];
    block   *b = block_of(c->r, row);
    if (!b)
        return;
    hash_of(c, secret, key);
    (void)pthread_mutex_lock(&c->lock);
    if (generation == c->generation) {
        place  *p = place_for(c, key);
        bool    same = p->row && p->key[0] == key[0] && p->key[1] == key[1];
        time_us known = same && p->seen > seen ? p->seen : seen, mono = time_mono();
        time_us written = same && p->written > seen ? p->written : seen;
        clear(p);
        *p = (place){ .key = { key[0], key[1] }, .row = b, .read_at = mono, .used_at = mono, .seen = known, .written = written };
        b = NULL;
    }
    (void)pthread_mutex_unlock(&c->lock);
    free(b);
}

void cache_drop(cache *c, int at, str text)
{
    (void)pthread_mutex_lock(&c->lock);
    c->generation++;
    for (size_t i = 0; i < SETS; i++)
        for (size_t k = 0; k < WAYS; k++)
            if (c->places[i][k].row && str_eq(c->places[i][k].row->v[at].s, text))
                clear(&c->places[i][k]);
    (void)pthread_mutex_unlock(&c->lock);
}

err_t row_by_secret(auth *au, arena *a, cache *c, const char *what, str secret, int seen_at, time_us write_every, fault *f, cache_hit *ret)
{
    time_us now = au->clock();
    value  *row, key = V_UNKNOWN;
    if (cache_get(c, a, secret, now, write_every, ret))
        return ERR_OK;
    uint64_t generation = cache_generation(c);
    key = v_text(hash_text(a, what, secret, S("")));
    TRY(state_get(au->st, a, c->r, &key, f, &row));
    time_us seen = row[seen_at].kind == V_INT ? row[seen_at].i : 0;
    cache_keep(c, secret, row, seen, generation);
    if (!cache_get(c, a, secret, now, write_every, ret))
        *ret = (cache_hit){ .row = row, .seen = seen, .write = now - seen >= write_every };
    return ERR_OK;
}
