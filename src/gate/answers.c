/* Answers kept until the next commit. One slot a key's hash: what falls on another
 * takes its place. What is kept was asked by the same session of the same address. */
#include "gate/private.h"

#include <stdlib.h>

enum { SLOTS = 1024, KEPT_MAX_BYTES = 256 << 10, TOTAL_MAX_BYTES = 24 << 20 };
#define KEPT_FOR SECONDS(20)             /* pages tell times as "3 min ago" */

typedef struct {
    arena  *a;
    str     key, media, body;
    int64_t head;
    time_us made_at;
    int     status;
    http_pair *headers;  size_t n_headers;
    pthread_mutex_t lock;
} slot;

struct answers {
    uint64_t k0, k1;
    size_t   bytes;                      /* atomic */
    size_t   hand;                       /* atomic: the slot that makes room next, when all of them are of use */
    slot     slots[SLOTS];
};

answers *answers_new(void)
{
    answers *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    random_bytes(&c->k0, sizeof c->k0);
    random_bytes(&c->k1, sizeof c->k1);
    for (size_t i = 0; i < SLOTS; i++)
        pthread_mutex_init(&c->slots[i].lock, NULL);
    return c;
}

static void empty(answers *c, slot *s)
{
    if (s->a)
        __atomic_sub_fetch(&c->bytes, arena_used_bytes(s->a), __ATOMIC_RELAXED);
    arena_free(s->a);
    s->a = NULL;
    s->key = (str){ 0 };
}

void answers_free(answers *c)
{
    for (size_t i = 0; c && i < SLOTS; i++) {
        empty(c, &c->slots[i]);
        pthread_mutex_destroy(&c->slots[i].lock);
    }
    free(c);
}

static slot *slot_of(answers *c, str key) { return &c->slots[siphash64(c->k0, c->k1, key.p, key.n) % SLOTS]; }

static bool stale(const slot *s, int64_t head, time_us now) { return s->head != head || now - s->made_at >= KEPT_FOR || now < s->made_at; }

bool answers_get(answers *c, str key, int64_t head, time_us now, http_response *rs)
{
    slot *s = slot_of(c, key);
    pthread_mutex_lock(&s->lock);
    bool fits = s->a && str_eq(s->key, key) && !stale(s, head, now);
    if (fits) {
        rs->status = s->status;
        rs->media = str_dup(rs->a, s->media);
        buf_puts(&rs->body, s->body);
        for (size_t i = 0; i < s->n_headers; i++)
            http_add(rs, str_z(rs->a, s->headers[i].name), str_dup(rs->a, s->headers[i].value));
    }
    pthread_mutex_unlock(&s->lock);
    return fits;
}

static void give_up(answers *c, slot *s, int64_t head, time_us now, bool also_fresh)
{
    if (pthread_mutex_trylock(&s->lock) != 0)
        return;
    if (s->a && (also_fresh || stale(s, head, now)))
        empty(c, s);
    pthread_mutex_unlock(&s->lock);
}

static size_t held(const answers *c) { return __atomic_load_n(&c->bytes, __ATOMIC_RELAXED); }

/* Makes room: first by what is never given again, then by a quarter of the rest in turn, so that nobody who asks for many
 * addresses keeps those of others out. */
static bool has_room(answers *c, int64_t head, time_us now)
{
    const size_t full = TOTAL_MAX_BYTES - 2 * KEPT_MAX_BYTES;
    if (held(c) < full)
        return true;
    for (size_t i = 0; i < SLOTS; i++)
        give_up(c, &c->slots[i], head, now, false);
    for (size_t i = 0; i < SLOTS && held(c) >= full / 4 * 3; i++)
        give_up(c, &c->slots[__atomic_fetch_add(&c->hand, 1, __ATOMIC_RELAXED) % SLOTS], head, now, true);
    return held(c) < full;
}

void answers_put(answers *c, str key, int64_t head, time_us now, const http_response *rs)
{
    if ((rs->status && rs->status != 200) || rs->fixed.p || rs->body.n > KEPT_MAX_BYTES || !has_room(c, head, now))
        return;
    slot *s = slot_of(c, key);
    pthread_mutex_lock(&s->lock);
    empty(c, s);
    s->a = arena_new(4 * KEPT_MAX_BYTES);
    s->key = str_dup(s->a, key);
    s->media = str_dup(s->a, rs->media);
    s->body = str_dup(s->a, buf_str(&rs->body));
    s->n_headers = rs->headers.n;
    s->headers = NEW_ARRAY(s->a, http_pair, rs->headers.n + 1);
    for (size_t i = 0; i < rs->headers.n; i++)
        s->headers[i] = (http_pair){ str_dup(s->a, rs->headers.v[i].name), str_dup(s->a, rs->headers.v[i].value) };
    s->head = head;
    s->made_at = now;
    s->status = rs->status;
    __atomic_add_fetch(&c->bytes, arena_used_bytes(s->a), __ATOMIC_RELAXED);
    pthread_mutex_unlock(&s->lock);
}
