/*
 * base/base.h - the ground floor: errors, arenas, strings, buffers, maps,
 * time, hashes, JSON, files.
 *
 * Depends on libc and libcrypto only.  Every other room may include this
 * header; this room includes none of theirs.
 *
 * Ownership rule of the whole project: a function that returns memory takes
 * the arena it comes from as its first argument, and nobody frees it singly.
 * Functions that can fail return err_t; their outputs are named ret_*, come
 * last and are written only on success.  Nothing here logs, prints or exits.
 * Threads: no function here has hidden state; an object may be used by one
 * thread at a time, values by any number.
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include "base/banned.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define MUST_USE       __attribute__((warn_unused_result))
#define PRINTF_LIKE(f) __attribute__((format(printf, f, f + 1)))
#define COUNT(a)       (sizeof(a) / sizeof((a)[0]))

/* ---- errors ------------------------------------------------------------ */

/* One row per kind of failure: enum, HTTP status, exit status, wire name,
 * meaning.  CLI, REST and the reference page all read this table. Exit status
 * 1 ("done, and something fails its test") is not an error and not here. */
#define ERR_TABLE(X)                                                                      \
    X(OK,          200, 0,  "ok",          "done")                                        \
    X(USAGE,       400, 2,  "usage",       "the command line is wrong")                   \
    X(INVALID,     422, 3,  "invalid",     "input breaks a rule; nothing was changed")    \
    X(NOT_FOUND,   404, 4,  "not-found",   "the thing named does not exist")              \
    X(DENIED,      403, 5,  "denied",      "permission is missing")                       \
    X(CONFLICT,    409, 6,  "conflict",    "someone else changed it first")               \
    X(TOO_LARGE,   413, 7,  "too-large",   "a limit on size was reached")                 \
    X(BUSY,        503, 8,  "busy",        "another process holds it; try again")         \
    X(IO,          503, 9,  "io",          "the system refused a read or write")          \
    X(FULL,        507, 10, "full",        "no space left; nothing was lost")             \
    X(CORRUPT,     500, 11, "corrupt",     "stored bytes are not what was written")       \
    X(LIMIT,       503, 12, "limit",       "a limit on time, rows or memory was reached") \
    X(UNSUPPORTED, 501, 13, "unsupported", "this build or system cannot do it")           \
    X(CLOCK,       503, 14, "clock",       "the clock stands before the last commit")     \
    X(INTERNAL,    500, 70, "internal",    "a defect in Attest; please report it")

typedef enum {
#define X(name, http, exit_status, wire, meaning) ERR_##name,
    ERR_TABLE(X)
#undef X
    ERR_COUNT_
} err_t;

typedef struct {
    const char *wire, *meaning;
    int         http, exit_status;
} err_info;

const err_info *err_describe(err_t e);

/* What went wrong, for people: what, where, what to do.  Owned by the caller
 * of a use case and handed down; the first failure is kept. */
typedef struct {
    err_t code;
    char  text[1024];
} fault;

/* Records the message (cut to fit, always UTF-8) unless one is there already,
 * and returns `code`, so that `return fail(f, ERR_X, "...")` reads well.
 * `f` may be NULL. */
err_t fail(fault *f, err_t code, const char *fmt, ...) PRINTF_LIKE(3);

/* As fail(), for a failed system call: maps errno to ERR_DENIED, NOT_FOUND,
 * FULL or IO and appends ": " and its text. */
err_t fail_errno(fault *f, int errno_value, const char *fmt, ...) PRINTF_LIKE(3);

/* Return early on failure; scope guards release what was taken. */
#define TRY(call)                     \
    do {                              \
        err_t try_err_ = (call);      \
        if (try_err_ != ERR_OK)       \
            return try_err_;          \
    } while (0)

/* ---- arena ------------------------------------------------------------- */

/* Memory with one lifetime.  A command, a request and a job each own one.
 * Never returns NULL: past `limit_bytes` or out of memory it calls the
 * handler set by arena_on_full(), which must not return. */
typedef struct arena arena;

arena *arena_new(size_t limit_bytes);
void   arena_free(arena *a);          /* accepts NULL */
void   arena_reset(arena *a);         /* empties it, keeps the first block */
size_t arena_used_bytes(const arena *a);
/* Who reads rows whose number or size others decide asks before each: ERR_TOO_LARGE when half of the limit is used, so that
 * there is room to say so, and nobody's request ends the process. */
err_t  arena_room(const arena *a, fault *f) MUST_USE;
void   arena_on_full(void (*handler)(size_t limit_bytes));

/* Zeroed, aligned for any type; count*size is checked for overflow. */
void *arena_alloc(arena *a, size_t count, size_t size) MUST_USE;
#define NEW(a, type)          ((type *)arena_alloc((a), 1, sizeof(type)))
#define NEW_ARRAY(a, type, n) ((type *)arena_alloc((a), (n), sizeof(type)))

/* A growing array in an arena: DA(type) names its struct, da_push appends. */
#define DA(type) struct { type *v; size_t n, cap; }
#define da_push(a, da)                                                          \
    (*((da)->n == (da)->cap                                                     \
           ? ((da)->v = da_grow_((a), (da)->v, &(da)->cap, sizeof *(da)->v),    \
              &(da)->v[(da)->n++])                                              \
           : &(da)->v[(da)->n++]))
void *da_grow_(arena *a, void *old, size_t *cap, size_t size);

/* ---- str: pointer + length, not NUL-terminated ------------------------- */

typedef struct {
    const char *p;
    size_t      n;
} str;

#define S(literal) ((str){ "" literal, sizeof(literal) - 1 })
#define STR_FMT    "%.*s"
#define STR_ARG(s) ((int)((s).n > 0x7fffffff ? 0x7fffffff : (s).n)), ((s).p ? (s).p : "")

str   str_of(const char *z);                        /* NULL gives the empty str */
bool  str_eq(str a, str b);
int   str_cmp(str a, str b);                        /* bytewise, for sorting */
bool  str_starts(str s, str prefix);
bool  str_ends(str s, str suffix);
bool  str_contains(str s, str part);
str   str_sub(str s, size_t from, size_t to);       /* both cut to the length */
str   str_trim(str s);                              /* ASCII blanks off both ends */
str   str_dup(arena *a, str s) MUST_USE;            /* NUL follows the copy */
char *str_z(arena *a, str s) MUST_USE;              /* as str_dup, as C string */
str   str_fmt(arena *a, const char *fmt, ...) PRINTF_LIKE(2) MUST_USE;
str   str_vfmt(arena *a, const char *fmt, va_list ap) MUST_USE __attribute__((format(printf, 2, 0)));
str   str_lower(arena *a, str s) MUST_USE;          /* ASCII */

/* Cuts the part of *rest before `sep` off and returns it; when `sep` does not
 * occur it takes everything and sets rest->p to NULL. Call while rest->p. */
str   str_cut(str *rest, char sep);
/* The next run of non-blank bytes; n == 0 at the end. */
str   str_word(str *rest);
/* The next line without its LF (and CR); false at the end of *rest. */
bool  str_line(str *rest, str *ret_line);

/* Whole of `s` as a decimal integer in [min, max], sign allowed; else false. */
bool  parse_int(str s, int64_t min, int64_t max, int64_t *ret);

bool  utf8_valid(str s);
/* UTF-8 from any bytes: what is not valid, and NUL, becomes \xHH. */
str   utf8_clean(arena *a, str s) MUST_USE;
/* The beginning of valid UTF-8: at most `max` bytes, cut between characters. */
str   utf8_cut(str s, size_t max);

/* ---- buf: bytes that grow up to a limit -------------------------------- */

typedef struct {
    arena *a;
    char  *p;
    size_t n, cap, max;      /* max: refuse to grow past this many bytes */
    bool   overflow;         /* sticky; check once at the end            */
} buf;

buf  buf_new(arena *a, size_t max);
void buf_put(buf *b, const void *p, size_t n);
void buf_puts(buf *b, str s);
void buf_putz(buf *b, const char *z);
void buf_putc(buf *b, char c);
void buf_fmt(buf *b, const char *fmt, ...) PRINTF_LIKE(2);
void buf_int(buf *b, int64_t v);
static inline str  buf_str(const buf *b) { return (str){ b->p, b->n }; }
static inline void buf_clear(buf *b) { b->n = 0; b->overflow = false; }
char *buf_z(buf *b);         /* NUL-terminated view, valid until the next put */

/* ---- map: str -> pointer, keyed hash, in an arena ----------------------- */

/* SipHash-2-4 under a random key per map, so outsiders cannot aim collisions.
 * Keys are not copied. Iterate entries[0..cap) where key.p is not NULL. */
typedef struct {
    str   key;
    void *value;
} map_entry;

typedef struct {
    arena     *a;
    map_entry *entries;
    size_t     n, cap;
    uint64_t   k0, k1;
} map;

map    map_new(arena *a);
void  *map_get(const map *m, str key);               /* NULL when absent */
void **map_put(map *m, str key);                     /* slot; *slot is NULL when new */

uint64_t siphash64(uint64_t k0, uint64_t k1, const void *p, size_t n);
void     siphash128(const uint64_t key[2], const void *p, size_t n, uint64_t ret[2]);

/* ---- time: microseconds since 1970-01-01 UTC in int64 ------------------- */

typedef int64_t time_us;
#define TIME_MAX   INT64_MAX                 /* "still current" in valid_to */
#define SECONDS(n) ((time_us)(n) * 1000000)
#define MINUTES(n) SECONDS((n) * 60)
#define HOURS(n)   SECONDS((n) * 3600)
#define DAYS(n)    SECONDS((n) * 86400)

time_us  time_now(void);                     /* CLOCK_REALTIME */
time_us  time_mono(void);                    /* CLOCK_MONOTONIC, for durations */
/* RFC 3339 "2026-03-12T14:05:00Z", with .ffffff only when not zero. */
str      time_rfc3339(arena *a, time_us t) MUST_USE;
/* "12 Mar 2026, 14:05 UTC". */
str      time_people(arena *a, time_us t) MUST_USE;
/* "3 days", "26 h", "4 min": the largest unit that reads well. */
str      time_span(arena *a, time_us duration) MUST_USE;
/* RFC 3339 with any offset, or a date alone (midnight UTC). Years 1..9999. */
bool     time_parse(str s, time_us *ret);
/* "26h", "90d", "15m", "30s"; units s m h d w. */
bool     span_parse(str s, time_us *ret);
void     civil_from_days(int64_t days, int64_t *y, int *m, int *d);
int64_t  days_from_civil(int64_t y, int m, int d);
int      days_in_month(int64_t y, int m);     /* m 1..12 */

/* ---- hashes and random --------------------------------------------------- */

typedef struct { uint8_t b[32]; } hash32;
typedef struct hasher hasher;                /* one per thread */

hasher *hasher_new(void);                    /* never NULL: no SHA-256 is fatal */
void    hasher_free(hasher *h);
void    sha256_begin(hasher *h);
void    sha256_add(hasher *h, const void *p, size_t n);
hash32  sha256_end(hasher *h);
hash32  sha256_of(hasher *h, const void *p, size_t n);
hash32  hmac_sha256(hasher *h, const void *key, size_t key_n, const void *p, size_t n);
bool    hash32_eq(const hash32 *a, const hash32 *b);     /* constant time */

void    random_bytes(void *p, size_t n);     /* from the kernel; fatal if it cannot */

str     hex_of(arena *a, const void *p, size_t n) MUST_USE;          /* lower case */
bool    hex_parse(str s, void *ret, size_t n);                       /* exactly n bytes */
str     base64_of(arena *a, const void *p, size_t n) MUST_USE;       /* RFC 4648 s4, padded */
/* Strict: padded, no blanks, no stray bits. */
bool    base64_parse(arena *a, str s, str *ret);
str     base64url_of(arena *a, const void *p, size_t n) MUST_USE;    /* RFC 4648 s5, not padded */
/* Strict: not padded, no blanks, no stray bits. */
bool    base64url_parse(arena *a, str s, str *ret);

/* Record ids: 26 characters, time-ordered (ULID layout), from `now`. */
str     id_new(arena *a, time_us now) MUST_USE;

/* ---- JSON ---------------------------------------------------------------- */

/* A string with quotes, escaped as RFC 8785 (JCS) wants. `s` must be UTF-8. */
void json_str(buf *b, str s);

/* Writer: commas are its business. Keys are written in call order. */
typedef struct { buf *b; bool comma; } json_writer;
void jw_obj(json_writer *w);
void jw_end_obj(json_writer *w);
void jw_arr(json_writer *w);
void jw_end_arr(json_writer *w);
void jw_key(json_writer *w, const char *key);
void jw_str(json_writer *w, str s);
void jw_int(json_writer *w, int64_t v);
void jw_bool(json_writer *w, bool v);
void jw_null(json_writer *w);
void jw_kstr(json_writer *w, const char *key, str s);
void jw_kint(json_writer *w, const char *key, int64_t v);
void jw_kbool(json_writer *w, const char *key, bool v);

/* Pull reader, strict RFC 8259: UTF-8 checked, no NUL, depth <= 32, integers
 * in int64 only (a fraction or exponent is an error), nothing after the end. */
typedef enum {
    JSON_ERROR, JSON_END, JSON_OBJ, JSON_OBJ_END, JSON_ARR, JSON_ARR_END,
    JSON_KEY, JSON_STR, JSON_INT, JSON_TRUE, JSON_FALSE, JSON_NULL
} json_token;

typedef struct {
    str        in;
    size_t     at;           /* offset of the next byte; of the fault on error */
    arena     *a;            /* for strings that hold escapes */
    str        s;            /* value of the last KEY or STR: into `in` or `a` */
    int64_t    i;            /* value of the last INT */
    const char *error;       /* set with JSON_ERROR */
    uint32_t   in_object;    /* bit per depth */
    int        depth;
    uint8_t    expect;
    bool        any_number;  /* set after json_open(): a number that is no int64 is read as JSON_NULL, `s` its text */
} json_reader;

json_reader json_open(arena *a, str in);
json_token  json_next(json_reader *r);
bool        json_skip(json_reader *r, json_token first);    /* the rest of a value */

/* A small object or array whole, for documents that others write: of what nobody asks for, numbers may be of any
 * kind. A name that stands twice, or more than JSON_PARTS_MAX parts: false. */
typedef struct {
    str        key;          /* empty in an array */
    json_token kind;         /* JSON_OBJ and JSON_ARR: `raw` is to be opened in turn */
    str        s;            /* of a JSON_STR */
    int64_t    i;            /* of a JSON_INT */
    str        raw;          /* the value as it stands */
} json_part;

typedef struct {
    json_part *v;
    size_t     n;
} json_parts;

enum { JSON_PARTS_MAX = 1000 };
bool json_read_object(arena *a, str in, json_parts *ret);
bool json_read_array(arena *a, str in, json_parts *ret);
/* NULL: none of that name. */
const json_part *json_at(const json_parts *o, const char *key);
/* The string of that name; .p NULL when there is none, or it is no string. */
str json_text(const json_parts *o, const char *key);

/* ---- files --------------------------------------------------------------- */

ssize_t fd_read(int fd, char *p, size_t n);    /* read(2), again after a signal */

/* Reads a regular file (or /proc, /sys) whole. More than `max` bytes is
 * ERR_TOO_LARGE; symlinks are followed; FIFOs and devices are refused. */
err_t file_read(arena *a, const char *path, size_t max, fault *f, str *ret) MUST_USE;
/* As file_read; errno on failure, 0 when read. EFBIG: over the limit. */
int   file_slurp(arena *a, const char *path, size_t max, str *ret);

/* A secret that is kept in a file: without blanks at its ends. Others than owner and group may not be able to read it. */
err_t file_secret(arena *a, const char *path, fault *f, str *ret) MUST_USE;

/* Durable replace: a temporary beside it, fsync, rename, fsync of the directory. */
err_t file_replace(const char *path, str bytes, unsigned mode, fault *f) MUST_USE;
/* Where a person said: as file_replace, but what stands there and is no regular
 * file (a device, a pipe, a link) is written into and never replaced. */
err_t file_put(const char *path, str bytes, unsigned mode, fault *f) MUST_USE;
err_t dir_make(const char *path, unsigned mode, fault *f) MUST_USE;     /* with parents */
err_t dir_sync(const char *path, fault *f) MUST_USE;
/* Names in a directory, sorted bytewise, without . and .. */
int   dir_names(arena *a, const char *path, size_t max_n, str **ret, size_t *ret_n);

/* A key of 32 bytes in a file of one line, PREFIX and 64 hex digits, that nobody but its owner may read (else
 * ERR_DENIED). ERR_NOT_FOUND, with nothing said in f: there is no such file. */
err_t key_file_read(const char *path, const char *prefix, fault *f, uint8_t ret[32]) MUST_USE;
/* A new one, durable, unless one is there: two who make it at once end up with the same. */
err_t key_file_make(const char *path, const char *prefix, fault *f) MUST_USE;
/* ERR_DENIED when the open file is another's or others may read it, ERR_INVALID when it is no regular one. */
err_t key_file_private(int fd, const char *path, fault *f) MUST_USE;

/* ---- files inside the program -------------------------------------------- */

/* content/, sql/ and assets/ are part of the binary, sorted by path
 * ("content/tests/access/root-login.sql"); NUL follows the bytes. */
typedef struct {
    const char *path;
    str         bytes;
    str         gzip, zstd;  /* of assets/ only: the same, compressed; empty when that is no smaller */
    const char *digest;      /* of assets/ only: the first 16 hexadecimal digits of its SHA-256; else NULL */
} asset;

extern const asset  assets[];
extern const size_t n_assets;
const asset *asset_find(str path);           /* NULL when there is none */

/* ---- shared libraries loaded at first use -------------------------------- */

/* What most commands do not need is not linked, so that start-up does not pay for it. */
typedef struct {
    const char *name;        /* of a function */
    size_t      at;          /* offset of the pointer to it */
} library_symbol;

/* Loads the library, which then stays loaded, and fills in the pointers of `into`. NULL when all
 * are there; else the name of the first that is not: `name` itself or a symbol. */
const char *library_bind(const char *name, const library_symbol *rows, size_t n, void *into);

/* ---- scope guards -------------------------------------------------------- */

/* GUARD_DEFINE(arena, arena_free) makes `auto_arena arena *a = ...` free at
 * the end of the scope.  TAKE(p) hands the value on and disarms the guard. */
#define GUARD_DEFINE(type, fn) \
    static inline void fn##_guard_(type **p) { fn(*p); }
#define GUARD(fn) __attribute__((cleanup(fn##_guard_)))
#define TAKE(p) \
    __extension__({ __typeof__(p) take_ = (p); (p) = NULL; take_; })

GUARD_DEFINE(arena, arena_free)
#define auto_arena GUARD(arena_free)
GUARD_DEFINE(hasher, hasher_free)
#define auto_hasher GUARD(hasher_free)

void fd_close_guard_(const int *fd);           /* closes when >= 0, keeps errno */
#define auto_fd __attribute__((cleanup(fd_close_guard_)))
static inline int fd_take(int *fd)             /* TAKE for an auto_fd */
{
    int take = *fd;
    *fd = -1;
    return take;
}

#endif
