#include "http/parts.h"

enum { PACK_MIN = 2 << 10, PACK_MAX = 8 << 20, PADDING_MAX = 64 };

static bool is_text(str media)
{
    static const char *const medias[] = { "application/json", "application/problem+json", "application/x-ndjson", "image/svg+xml" };
    str type = media_type(media);
    if (str_starts(type, S("text/")))
        return true;
    for (size_t i = 0; i < COUNT(medias); i++)
        if (str_eq(type, str_of(medias[i])))
            return true;
    return false;
}

static bool has_header(const http_response *rs, const char *name)
{
    for (size_t i = 0; i < rs->headers.n; i++)
        if (str_same(rs->headers.v[i].name, str_of(name)))
            return true;
    return false;
}

/* The length of a compressed page tells of what it repeats (the BREACH attack). A comment of random length in the head of
 * the gzip stream makes guessing by length need many more answers. */
static void pad(gz_header *head, Bytef comment[PADDING_MAX])
{
    uint8_t dice[PADDING_MAX];
    random_bytes(dice, sizeof dice);
    size_t n = dice[0] % (PADDING_MAX - 1);
    for (size_t i = 0; i < n; i++)
        comment[i] = (Bytef)('a' + dice[i + 1] % 26);
    comment[n] = 0;
    *head = (gz_header){ .os = 3, .comment = comment };
}

static bool pack(const zlib_functions *z, arena *a, str in, str *ret)
{
    z_stream  st = { 0 };
    gz_header head;
    Bytef     comment[PADDING_MAX];
    assert(in.n <= PACK_MAX);
    if (z->deflateInit2_(&st, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, (int)sizeof st) != Z_OK)
        return false;
    pad(&head, comment);
    z->deflateSetHeader(&st, &head);
    uLong room = z->deflateBound(&st, (uLong)in.n) + PADDING_MAX;
    union { const char *p; Bytef *v; } bytes = { in.p };         /* zlib reads it only */
    st.next_in = bytes.v;
    st.avail_in = (uInt)in.n;
    st.next_out = arena_alloc(a, room, 1);
    st.avail_out = (uInt)room;
    Bytef *out = st.next_out;
    bool   done = z->deflate(&st, Z_FINISH) == Z_STREAM_END && st.total_out < in.n;
    *ret = (str){ (const char *)out, st.total_out };
    z->deflateEnd(&st);
    return done;
}

str gzip_body(const exchange *x, http_response *rs, str body)
{
    str packed;
    if (rs->unpacked || rs->fixed.p || body.n < PACK_MIN || body.n > PACK_MAX || !is_text(rs->media) || has_header(rs, "Content-Encoding"))
        return body;
    http_add(rs, "Vary", S("Accept-Encoding"));
    if (!x->rq.n_headers || !http_accepts_encoding(&x->rq, "gzip") || !pack(&x->s->zlib, rs->a, body, &packed))
        return body;
    http_add(rs, "Content-Encoding", S("gzip"));
    return packed;
}
