#include "http/parts.h"
#include <arpa/inet.h>

/* A bounded table: who floods it with addresses only pushes out those who ask least. The place of an address is keyed,
 * so nobody can choose a neighbour. */
enum { WAYS = 4, SETS = 1024 };

typedef struct {
    uint64_t who;             /* 0: free */
    time_us  at;
    double   left;            /* requests that may still be made; refilled with time */
} bucket;

struct rate {
    pthread_mutex_t lock;
    uint64_t        key[2];
    double          per_minute;
    bucket          table[SETS][WAYS];
};

rate *rate_new(arena *a, int per_minute)
{
    rate *r = NEW(a, rate);
    random_bytes(r->key, sizeof r->key);
    r->per_minute = per_minute;
    pthread_mutex_init(&r->lock, NULL);
    return r;
}

void rate_end(rate *r) { pthread_mutex_destroy(&r->lock); }

/* Who has an IPv6 address has the 2^64 beside it. */
static uint64_t who_is(const rate *r, str address)
{
    char            z[INET6_ADDRSTRLEN] = "";
    struct in6_addr ip;
    if (address.n < sizeof z)
        memcpy(z, address.p, address.n);
    uint64_t hash = inet_pton(AF_INET6, z, &ip) == 1 ? siphash64(r->key[0], r->key[1], &ip, 8) : siphash64(r->key[0], r->key[1], address.p, address.n);
    return hash ? hash : 1;
}

static bool is_loopback(str address) { return str_starts(address, S("127.")) || str_eq(address, S("::1")); }

static double refilled(const bucket *b, double per_minute, time_us now)
{
    double left = b->left + per_minute * (double)(now - b->at) / (double)MINUTES(1);
    return left < per_minute ? left : per_minute;
}

static bucket *find(rate *r, uint64_t who, double per_minute, time_us now)
{
    bucket *set = r->table[who % SETS], *best = &set[0];
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].who == who)
            return &set[i];
        if (!set[i].who || (best->who && refilled(&set[i], per_minute, now) > refilled(best, per_minute, now)))
            best = &set[i];
    }
    *best = (bucket){ .who = who, .at = now, .left = per_minute };
    return best;
}

bool rate_over(rate *r, str address, time_us now)
{
    double   per_minute = is_loopback(address) && r->per_minute < 60000 ? 60000 : r->per_minute;
    uint64_t who = who_is(r, address);
    pthread_mutex_lock(&r->lock);
    bucket *b = find(r, who, per_minute, now);
    b->left = refilled(b, per_minute, now);
    b->at = now;
    bool over = b->left < 1;
    if (!over)
        b->left -= 1;
    pthread_mutex_unlock(&r->lock);
    return over;
}
