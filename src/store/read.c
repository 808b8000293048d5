/* Reading versions, history and commits as streams. */
#include "internal.h"

/* -1 for what no commit did; what stands there instead of nothing is no commit's number either. */
static int64_t or_none(const stmt *s, int i)
{
    int64_t v = col_null(s, i) ? -1 : col_int(s, i);
    return v < -1 || (v == -1 && !col_null(s, i)) ? INT64_MAX - 1 : v;
}

/* 32 bytes, or zeroes for what is missing or of another size: a commitment then
 * does not match, which is what verification is to find. */
static void get_32(const stmt *s, int i, uint8_t ret[32])
{
    str b = s->e->col_blob(s, i);
    if (b.n == 32)
        memcpy(ret, b.p, 32);
    else
        memset(ret, 0, 32);
}

static err_t each_version(stmt *s, const relation *r, version_visitor each, void *arg, fault *f)
{
    value   row[RELATION_FIELDS_MAX];
    version v = { .row = row };
    bool    more;
    auto_reset stmt *held = s;
    for (;;) {
        TRY(stmt_step(held, f, &more));
        if (!more)
            return ERR_OK;
        v.id = col_int(s, 0);
        v.source = col_text(s, 1);
        v.valid_from = col_int(s, 2);
        v.valid_to = col_int(s, 3);
        v.opened_by = col_int(s, 4);
        v.closed_by = or_none(s, 5);
        v.erased_by = or_none(s, 6);
        get_32(s, 7, v.salt);
        get_32(s, 8, v.commitment.b);
        s->e->col_row(s, 9, r, row);
        TRY(each(arg, &v));
    }
}

err_t store_versions(store *st, const relation *r, version_visitor each, void *arg, fault *f)
{
    stmt *s;
    TRY(store_templated(st, Q_VERSIONS, r, f, &s));
    return each_version(s, r, each, arg, f);
}

err_t store_history(store *st, const relation *r, const value *key, version_visitor each, void *arg, fault *f)
{
    relation only_keys = *r;
    stmt    *s;
    only_keys.n_fields = relation_keys(r);
    TRY(row_check(&only_keys, key, f));
    TRY(store_templated(st, Q_KEY_VERSIONS, r, f, &s));
    s->e->bind_row(s, 1, &only_keys, key);
    return each_version(s, r, each, arg, f);
}

err_t store_commits(store *st, int64_t from_seq, commit_visitor each, void *arg, fault *f)
{
    stmt *s;
    bool  more;
    TRY(store_fixed(st, Q_COMMITS_FROM, f, &s));
    auto_reset stmt *held = s;
    bind_int(s, 1, from_seq);
    for (;;) {
        TRY(stmt_step(held, f, &more));
        if (!more)
            return ERR_OK;
        commit_row row = { col_int(s, 0), col_int(s, 1), col_text(s, 2), col_text(s, 3), col_text(s, 4), col_text(s, 5) };
        TRY(each(arg, &row));
    }
}

static err_t one_number(store *st, query_id q, fault *f, int64_t *ret)
{
    stmt *s;
    bool  row;
    TRY(store_fixed(st, q, f, &s));
    auto_reset stmt *held = s;
    TRY(stmt_step(held, f, &row));
    *ret = col_int(s, 0);
    return ERR_OK;
}

err_t store_commit_count(store *st, fault *f, int64_t *ret) { return one_number(st, Q_COMMIT_COUNT, f, ret); }
err_t store_head(store *st, fault *f, int64_t *ret) { return one_number(st, Q_COMMIT_HEAD, f, ret); }
