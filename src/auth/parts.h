/* auth/parts.h - private to the room: an open `auth` and what its files share. */
#ifndef AUTH_PARTS_H
#define AUTH_PARTS_H

#include "auth/auth.h"
#include "auth/rows.h"

#include <argon2.h>
#include <openssl/crypto.h>
#include <pthread.h>
#include <stdatomic.h>

enum { HASHES_WAIT_MAX = 16, PERSON_MAX = 200, AGENT_MAX = 256, LABEL_MAX = 200 };

/* libargon2, loaded by auth_open: no other command pays for it. */
#define ARGON2_FUNCTIONS(X) X(argon2id_hash_encoded) X(argon2id_verify) X(argon2_encodedlen) X(argon2_error_message)

typedef struct {
#define X(name) __typeof__(name) *name;
    ARGON2_FUNCTIONS(X)
#undef X
} argon2_lib;

/* Each hash takes 19 MiB: so many at once, and so many who wait. */
typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t  free;
    int             max, running, waiting;
    atomic_long     done;                /* hashes computed */
} hash_gate;

typedef struct cache cache;

struct auth {
    arena     *a;
    state_db  *st;
    time_us  (*clock)(void);
    time_us    idle, absolute;
    uint8_t    seal_key[32], device_key[32];
    uint64_t   csrf_key[2];
    argon2_lib argon;
    const char *nobody;                   /* a hash that no password fits */
    hash_gate  gate;
    cache     *sessions, *tokens;
    atomic_llong swept_at;                /* time_mono */
};

/* ---- auth.c ---- */

str     hash_text(arena *a, const char *what, str x, str y) MUST_USE;     /* SHA-256 over all three, hex */
/* 43 characters that say 32 random bytes; 32 that say 16. */
str     secret_new(arena *a, size_t bytes) MUST_USE;
bool    secret_shaped(str secret, size_t n);      /* n characters of base64url or hex */
hash32  keyed(const uint8_t key[32], str x, str y);
void    sweep_now_and_then(auth *au);
err_t   apply_one(auth *au, state_change change, const relation *r, const value *row, fault *f) MUST_USE;
err_t   drop_where(auth *au, const relation *r, int at, str text, fault *f) MUST_USE;
/* A clock that stands well before what was written tells nothing about how old that is. */
static inline bool from_the_future(time_us then, time_us now) { return then > now + MINUTES(5); }

/* A secret in memory of our own. */
static inline void wipe(str secret) { OPENSSL_cleanse((void *)(uintptr_t)secret.p, secret.n); }
/* For what nobody waits for and the next occasion repeats. */
static inline void never_mind(err_t e) { (void)e; }

/* ---- key.c ---- */

/* keys/auth.key, made when it is missing and `make`; else ERR_NOT_FOUND. */
err_t auth_key_load(auth *au, const char *path, bool make, fault *f) MUST_USE;
/* AES-256-GCM under the key, bound to what it is and whose; base64. */
str   sealed(const auth *au, arena *a, const char *what, str whose, str text) MUST_USE;
err_t unsealed(const auth *au, arena *a, const char *what, str whose, str text, fault *f, str *ret) MUST_USE;

/* ---- cache.c: rows in memory by the secret that opens them ----

 * At most 2 s behind the tables, at most CACHE_ROWS of them. A generation is asked for before
 * a row is read, and given when it is kept: what was dropped in between is not kept. */
typedef struct {
    value  *row;
    time_us seen;                         /* before this time */
    bool    write;                        /* it is time to write that it was seen */
} cache_hit;

/* The row of the secret, from memory or the table; ERR_NOT_FOUND when there is none. `what`: as its id was made. */
err_t row_by_secret(auth *au, arena *a, cache *c, const char *what, str secret, int seen_at, time_us write_every, fault *f,
                    cache_hit *ret) MUST_USE;

cache   *cache_new(const relation *r);
void     cache_free(cache *c);            /* accepts NULL */
bool     cache_get(cache *c, arena *a, str secret, time_us now, time_us write_every, cache_hit *ret);
uint64_t cache_generation(cache *c);
/* What memory knows of the same row is kept: when it was seen, and when that was written. */
void     cache_keep(cache *c, str secret, const value *row, time_us seen, uint64_t generation);
/* Rows whose field `at` is the text. */
void     cache_drop(cache *c, int at, str text);

/* ---- password.c ---- */

#define HASH_FORM "$argon2id$v=19$m=19456,t=2,p=1"

/* ERR_BUSY: too many wait already; from a known device twice as many may, so that strangers cannot fill the queue. */
err_t hash_enter(auth *au, bool known_device, fault *f) MUST_USE;
void  hash_leave(auth *au);

/* ---- factor.c ---- */

enum { RECOVERY_CHARS = 24 };
/* A recovery code without what people put into it and in the letters it was made of; false: it is none. */
bool recovery_plain(str text, char ret[RECOVERY_CHARS]);

/* ---- tries.c ---- */

typedef struct {
    const char *what;                     /* "password", "totp", "recovery" */
    str         person, address;
    str         device;                   /* who has signed in from there: counted apart from the address; or empty */
    bool        person_too;               /* also whatever the address, for what only comes after a password */
} try_of;

/* ERR_LIMIT when it is too early. Counts nothing. */
err_t try_look(auth *au, const try_of *t, fault *f) MUST_USE;
/* Counts one more, before it is known whether it was right: tries at the same time count too. */
err_t try_count(auth *au, const try_of *t, fault *f) MUST_USE;
/* It was right. */
err_t try_right(auth *au, const try_of *t, fault *f) MUST_USE;
/* Whether the cookie says that the person has signed in from there. */
bool  device_known(const auth *au, str person, str device);

#endif
