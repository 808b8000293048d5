/* Opening and closing many versions at once on PostgreSQL: rows wait in the
 * binary form of COPY, ids to close in a list. */
#include "internal.h"
#include "pgsql.h"

enum { COPY_BYTES = 1 << 20, IDS_MAX = 10000 };

static void put_be(buf *b, uint64_t v, size_t n)
{
    uint8_t bytes[8];
    for (size_t i = 0; i < n; i++)
        bytes[i] = (uint8_t)(v >> 8 * (n - 1 - i));
    buf_put(b, bytes, n);
}

static void put_null(buf *b) { put_be(b, UINT32_MAX, 4); }

static void put_int(buf *b, int64_t v)
{
    put_be(b, 8, 4);
    put_be(b, (uint64_t)v, 8);
}

static void put_bytes(buf *b, const void *p, size_t n)
{
    put_be(b, n, 4);
    buf_put(b, p, n);
}

static void put_value(buf *b, const field *fd, const value *v)
{
    if (v->kind == V_NULL) {
        put_null(b);
    } else if (fd->kind == F_BOOL) {
        put_be(b, 1, 4);
        buf_putc(b, (char)v->i);
    } else if (v->kind == V_INT) {
        put_int(b, v->i);
    } else {
        put_bytes(b, v->s.p, v->s.n);
    }
}

err_t bulk_open(commit *c, change *ch, int64_t id, str source, const uint8_t salt[32], const hash32 *commitment,
                const value *row, fault *f)
{
    buf *b = &ch->copy;
    if (b->n == 0) {                      /* signature, flags, no extension */
        static const char signature[11] = { 'P', 'G', 'C', 'O', 'P', 'Y', '\n', '\377', '\r', '\n', '\0' };
        buf_put(b, signature, sizeof signature);
        put_be(b, 0, 8);
    }
    put_be(b, 7 + ch->r->n_fields, 2);
    put_int(b, id);
    put_bytes(b, source.p, source.n);
    put_int(b, c->at);
    put_int(b, TIME_MAX);
    put_int(b, c->seq);
    put_bytes(b, salt, 32);
    put_bytes(b, commitment->b, sizeof commitment->b);
    for (size_t i = 0; i < ch->r->n_fields; i++)
        put_value(b, &ch->r->fields[i], &row[i]);
    return b->n > COPY_BYTES ? bulk_flush(c, ch, f) : ERR_OK;
}

err_t bulk_close(commit *c, change *ch, int64_t id, fault *f)
{
    if (ch->n_ids++)
        buf_putc(&ch->ids, ',');
    buf_int(&ch->ids, id);
    return ch->n_ids >= IDS_MAX ? bulk_flush(c, ch, f) : ERR_OK;
}

static err_t flush_closed(commit *c, change *ch, fault *f)
{
    stmt  *s;
    bool   row;
    size_t n = 0;
    TRY(store_templated(c->st, Q_CLOSE_ROWS, ch->r, f, &s));
    auto_reset stmt *held = s;
    bind_text(s, 1, buf_str(&ch->ids));
    bind_int(s, 2, c->at);
    bind_int(s, 3, c->seq);
    for (;; n++) {
        TRY(stmt_step(held, f, &row));
        if (!row)
            break;
        str commitment = s->e->col_blob(s, 1);
        if (commitment.n != 32)
            return fail(f, ERR_CORRUPT, "%s: version %lld of %s has no commitment; run attest verify", c->st->d->name,
                        (long long)col_int(s, 0), ch->r->name);
        closed_version *v = &da_push(c->a, &ch->closed);
        v->id = col_int(s, 0);
        memcpy(v->commitment.b, commitment.p, 32);
    }
    if (n != ch->n_ids)
        return fail(f, ERR_CORRUPT, "%s: versions of %s are not as they were written; run attest verify", c->st->d->name, ch->r->name);
    buf_clear(&ch->ids);
    ch->n_ids = 0;
    return ERR_OK;
}

/* Closings first: only one version of a key may be current. */
err_t bulk_flush(commit *c, change *ch, fault *f)
{
    if (ch->n_ids)
        TRY(flush_closed(c, ch, f));
    if (!ch->copy.n)
        return ERR_OK;
    auto_arena arena *a = arena_new(1 << 20);
    put_be(&ch->copy, UINT16_MAX, 2);
    TRY(pgsql_copy(c->st->d, str_z(a, query_fill(a, c->st, Q_COPY_ROWS, ch->r, NULL)), buf_str(&ch->copy), f));
    buf_clear(&ch->copy);
    return ERR_OK;
}
