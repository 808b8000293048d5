#include "base/base.h"

enum { BLOCK_MIN_BYTES = 16 * 1024, BLOCK_MAX_BYTES = 1024 * 1024, ALIGN = _Alignof(max_align_t) };

typedef struct block {
    struct block *next;
    size_t        cap;
    _Alignas(max_align_t) char data[];
} block;

struct arena {
    block *head;
    size_t used_in_head, used_total, limit, next_block;
};

static void on_full_default(size_t limit_bytes)
{
    (void)limit_bytes;
    abort();
}
static void (*on_full)(size_t) = on_full_default;

void arena_on_full(void (*handler)(size_t limit_bytes)) { on_full = handler ? handler : on_full_default; }

_Noreturn static void full(size_t limit)
{
    on_full(limit);
    abort();                             /* a handler that returns is a defect */
}

arena *arena_new(size_t limit_bytes)
{
    arena *a = calloc(1, sizeof *a);
    if (!a)
        full(limit_bytes);
    a->limit = limit_bytes;
    a->next_block = BLOCK_MIN_BYTES;
    return a;
}

void arena_reset(arena *a)
{
    while (a->head && a->head->next) {
        block *next = a->head->next;
        free(a->head);
        a->head = next;
    }
    a->used_in_head = a->used_total = 0;
    a->next_block = BLOCK_MIN_BYTES;
}

void arena_free(arena *a)
{
    if (!a)
        return;
    arena_reset(a);
    free(a->head);
    free(a);
}

size_t arena_used_bytes(const arena *a) { return a->used_total; }

err_t arena_room(const arena *a, fault *f)
{
    if (a->used_total <= a->limit / 2)
        return ERR_OK;
    return fail(f, ERR_TOO_LARGE, "this is more than is held in memory at once (%zu MiB); ask for less of it", a->limit >> 21);
}

static void add_block(arena *a, size_t bytes)
{
    size_t cap = bytes > a->next_block ? bytes : a->next_block;
    block *b = malloc(sizeof *b + cap);
    if (!b)
        full(a->limit);
    b->next = a->head;
    b->cap = cap;
    a->head = b;
    a->used_in_head = 0;
    if (a->next_block < BLOCK_MAX_BYTES)
        a->next_block *= 2;
}

void *arena_alloc(arena *a, size_t count, size_t size)
{
    size_t bytes;
    assert(a && size > 0);
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2)
        full(a->limit);
    bytes = (bytes + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (bytes > a->limit - a->used_total)
        full(a->limit);
    if (!a->head || a->head->cap - a->used_in_head < bytes)
        add_block(a, bytes);
    void *p = a->head->data + a->used_in_head;
    a->used_in_head += bytes;
    a->used_total += bytes;
    return memset(p, 0, bytes);
}

void *da_grow_(arena *a, void *old, size_t *cap, size_t size)
{
    size_t n = *cap ? *cap * 2 : 8;
    void  *p = arena_alloc(a, n, size);
    if (old)
        memcpy(p, old, *cap * size);
    *cap = n;
    return p;
}
