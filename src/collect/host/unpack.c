#include "collect/host/unpack.h"

#include <unistd.h>

/* The part of lz4frame.h we call; its binary interface is stable since 1.7. */
typedef struct {
    size_t (*create)(void **ret_context, unsigned version);
    size_t (*free)(void *context);
    size_t (*decompress)(void *context, void *to, size_t *to_n, const void *from, size_t *from_n, const void *options);
    unsigned (*is_error)(size_t code);
} lz4_calls;

enum { LZ4_VERSION = 100, IN_BYTES = 64 << 10 };

struct unpack {
    int       fd;
    lz4_calls lz4;
    void     *context;                   /* NULL: not packed */
    char     *in;
    size_t    at, n;
    bool      frame_open;                /* the frame being read is not at its end */
};

packing packing_of(str name)
{
    static const char *const others[] = { ".gz", ".xz", ".bz2", ".zst", ".lzma" };
    if (str_ends(name, S(".lz4")))
        return PACKED_LZ4;
    for (size_t i = 0; i < COUNT(others); i++)
        if (str_ends(name, str_of(others[i])))
            return PACKED_OTHER;
    return PACKED_NOT;
}

static bool lz4_load(lz4_calls *c)
{
    static const library_symbol rows[] = {
        { "LZ4F_createDecompressionContext", offsetof(lz4_calls, create) },
        { "LZ4F_freeDecompressionContext", offsetof(lz4_calls, free) },
        { "LZ4F_decompress", offsetof(lz4_calls, decompress) },
        { "LZ4F_isError", offsetof(lz4_calls, is_error) },
    };
    return !library_bind("liblz4.so.1", rows, COUNT(rows), c);
}

unpack *unpack_open(arena *a, int fd, packing p, const char **ret_why)
{
    unpack *u = NEW(a, unpack);
    u->fd = fd;
    if (p == PACKED_NOT)
        return u;
    *ret_why = p == PACKED_LZ4 ? "liblz4.so.1 is not there to unpack it" : "its compression is not read; lz4 and plain are";
    if (p == PACKED_LZ4 && lz4_load(&u->lz4) && !u->lz4.is_error(u->lz4.create(&u->context, LZ4_VERSION))) {
        u->in = arena_alloc(a, IN_BYTES, 1);
        return u;
    }
    u->context = NULL;
    unpack_close(u);
    return NULL;
}

ssize_t unpack_fill(void *arg, char *p, size_t n)
{
    unpack *u = arg;
    if (!u->context)
        return fd_read(u->fd, p, n);
    for (;;) {
        if (u->at == u->n) {
            ssize_t got = fd_read(u->fd, u->in, IN_BYTES);
            if (got <= 0)
                return got < 0 || u->frame_open ? -1 : 0;      /* cut short inside a frame */
            u->at = 0;
            u->n = (size_t)got;
        }
        size_t out = n, in = u->n - u->at;
        size_t hint = u->lz4.decompress(u->context, p, &out, u->in + u->at, &in, NULL);
        if (u->lz4.is_error(hint) || (!in && !out))
            return -1;
        u->at += in;
        u->frame_open = hint != 0;
        if (out)
            return (ssize_t)out;
    }
}

void unpack_close(unpack *u)
{
    if (!u)
        return;
    if (u->context)
        u->lz4.free(u->context);
    close(u->fd);
    u->context = NULL;
    u->fd = -1;
}
