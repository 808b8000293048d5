/* Proofs for strangers: a .tlog-proof file whose "extra" line holds, as base64,
 *
 *   attest-proof/v1
 *   entry {the commit's leaf}
 *
 * and, for a row,
 *
 *   row {its canonical form}
 *   salt 64 hex digits
 *   version ID
 *   base64 hashes: the path from its commitment to opened_root of the leaf
 *
 * "extra" is not authenticated by the format; its content is, because the entry
 * must hash to the proven leaf and the row to the entry's root.  docs/verify.md
 * shows every step with openssl alone. */
#include "app/verify.h"

enum { PROOF_MAX_BYTES = 4 << 20, VKEY_MAX_BYTES = 4096 };

static err_t newest_checkpoint(const workspace *ws, arena *a, fault *f, str *ret_note)
{
    const char *path = str_fmt(a, "%s/checkpoint", ws->log.dir).p;
    fault       why = { 0 };
    err_t       e = file_read(a, path, CONFIG_MAX_BYTES, &why, ret_note);
    if (e == ERR_OK)
        return e;
    return fail(f, e, "%s%s", why.text, e == ERR_NOT_FOUND ? "; attest collect puts back the one last signed" : "");
}

err_t ws_public_key(const workspace *ws, arena *a, fault *f, str *ret)
{
    auto_note_signer note_signer *key = NULL;
    str                           text;
    if (file_slurp(a, ws_path(a, ws, "ledger.vkey"), VKEY_MAX_BYTES, &text) == 0 && str_trim(text).n) {
        *ret = str_trim(text);
        return ERR_OK;
    }
    TRY(note_signer_load(ws->log.key_path, f, &key));
    *ret = verifier_text(a, note_signer_public(key));
    return ERR_OK;
}

err_t app_checkpoint(workspace *ws, arena *a, fault *f, str *ret_note, str *ret_vkey)
{
    TRY(newest_checkpoint(ws, a, f, ret_note));
    return ws_public_key(ws, a, f, ret_vkey);
}

static err_t one_leaf(void *arg, const commit_row *row)
{
    leaf_wanted *w = arg;
    if (!w->found && row->seq == w->seq && row->at == ws_latest(w->ws, row->at)) {
        w->found = true;
        w->bytes = str_dup(w->a, row->leaf);
    }
    return w->found ? ERR_LIMIT : ERR_OK;      /* enough: stop the walk */
}

static err_t leaf_of(workspace *ws, arena *a, int64_t seq, fault *f, str *ret)
{
    leaf_wanted w = { .a = a, .ws = ws, .seq = seq };
    fault       inner = { 0 };
    err_t       e = store_commits(ws->st, seq, one_leaf, &w, &inner);
    if (w.found) {
        *ret = w.bytes;
        return ERR_OK;
    }
    return e == ERR_OK ? fail(f, ERR_NOT_FOUND, "there is no commit %lld", (long long)seq) : fail(f, e, "%s", inner.text);
}

static err_t finish_proof(workspace *ws, arena *a, int64_t seq, str extra, fault *f, str *ret)
{
    auto_hasher hasher *h = hasher_new();
    tlog_proof          p;
    str                 checkpoint_note;
    TRY(newest_checkpoint(ws, a, f, &checkpoint_note));
    TRY(log_prove(a, h, ws->log.dir, (uint64_t)seq, checkpoint_note, f, &p));
    p.has_extra = true;
    p.extra = extra;
    *ret = proof_text(a, &p);
    return ERR_OK;
}

err_t app_prove_commit(workspace *ws, arena *a, int64_t seq, fault *f, str *ret)
{
    str entry = { 0 };
    TRY(leaf_of(ws, a, seq, f, &entry));
    return finish_proof(ws, a, seq, str_fmt(a, "attest-proof/v1\nentry " STR_FMT "\n", STR_ARG(entry)), f, ret);
}

/* ---- a row ------------------------------------------------------------------------ */

typedef struct {
    arena          *a;
    const relation *r;
    str             key;
    bool            found;
    version         v;                         /* without row; canonical holds it */
    str             canonical;
    int64_t         first, end;
    DA(hash32)      leaves;
    hasher         *h;
} row_wanted;

static err_t find_row(void *arg, const version *v)
{
    row_wanted *w = arg;
    if (v->closed_by >= 0 || v->erased_by >= 0 || !str_eq(row_key(w->a, w->r, v->row), w->key))
        return ERR_OK;
    buf b = buf_new(w->a, PROOF_MAX_BYTES);
    row_canonical(w->r, v->source, v->row, &b);
    w->found = true;
    w->v = *v;
    w->canonical = buf_str(&b);
    return ERR_OK;
}

static err_t take_commitment(void *arg, const version *v)
{
    row_wanted *w = arg;
    if (v->id >= w->first && v->id < w->end)
        da_push(w->a, &w->leaves) = merkle_leaf(w->h, v->commitment.b, sizeof v->commitment.b);
    return ERR_OK;
}

static err_t range_of(arena *a, str entry, const row_wanted *w, fault *f, leaf_change *ret)
{
    leaf l = { 0 };
    TRY(leaf_parse(a, entry, f, &l));
    for (size_t i = 0; i < l.n_changes; i++)
        if (str_eq(l.changes[i].relation, str_of(w->r->name)) && w->v.id >= l.changes[i].first
            && w->v.id < l.changes[i].first + l.changes[i].opened) {
            *ret = l.changes[i];
            return ERR_OK;
        }
    return fail(f, ERR_CORRUPT, "commit %lld did not open this row; run: attest verify", (long long)w->v.opened_by);
}

err_t app_prove_row(workspace *ws, arena *a, str relation_name, str key, fault *f, str *ret)
{
    auto_hasher hasher *h = hasher_new();
    row_wanted          w = { .a = a, .r = relation_find(relation_name), .key = key, .h = h };
    str                 entry = { 0 };
    leaf_change         ch = { 0 };
    hash32             *path;
    size_t              n_path;
    if (!w.r)
        return fail(f, ERR_NOT_FOUND, "there is no relation \"" STR_FMT "\"", STR_ARG(relation_name));
    if (ws_latest(ws, TIME_MAX) != TIME_MAX || app_in_part(ws, w.r))
        return fail(f, ERR_DENIED, "a row of %s as it stands now may be outside of your engagement; prove the commit that wrote it instead", w.r->name);
    TRY(store_versions(ws->st, w.r, find_row, &w, f));
    if (!w.found)
        return fail(f, ERR_NOT_FOUND, "%s has no current row \"" STR_FMT "\"; key parts are joined by /", w.r->name, STR_ARG(key));
    TRY(leaf_of(ws, a, w.v.opened_by, f, &entry));
    TRY(range_of(a, entry, &w, f, &ch));
    w.first = ch.first;
    w.end = ch.first + ch.opened;
    TRY(store_versions(ws->st, w.r, take_commitment, &w, f));
    if ((int64_t)w.leaves.n != ch.opened)
        return fail(f, ERR_CORRUPT, "versions that commit %lld opened are missing; run: attest verify", (long long)w.v.opened_by);
    merkle_path(a, h, w.leaves.v, w.leaves.n, (size_t)(w.v.id - ch.first), &path, &n_path);
    buf extra = buf_new(a, PROOF_MAX_BYTES);
    buf_puts(&extra, str_fmt(a, "attest-proof/v1\nentry " STR_FMT "\nrow " STR_FMT "\nsalt " STR_FMT "\nversion %lld\n",
                             STR_ARG(entry), STR_ARG(w.canonical), STR_ARG(hex_of(a, w.v.salt, sizeof w.v.salt)),
                             (long long)w.v.id));
    for (size_t i = 0; i < n_path; i++) {
        buf_puts(&extra, base64_of(a, path[i].b, sizeof path[i].b));
        buf_putc(&extra, '\n');
    }
    return finish_proof(ws, a, w.v.opened_by, buf_str(&extra), f, ret);
}

/* ---- checking one ------------------------------------------------------------------ */

typedef struct {
    str     entry, row;
    uint8_t salt[32];
    int64_t version_id;
    DA(hash32) path;
} extra_parts;

static bool after(str line, str prefix, str *ret)
{
    if (!str_starts(line, prefix))
        return false;
    *ret = str_sub(line, prefix.n, line.n);
    return true;
}

static bool parse_extra(arena *a, str text, extra_parts *ret)
{
    str line, rest, bytes;
    if (!str_line(&text, &line) || !str_eq(line, S("attest-proof/v1")))
        return false;
    if (!str_line(&text, &line) || !after(line, S("entry "), &ret->entry))
        return false;
    if (!str_line(&text, &line))
        return true;
    if (!after(line, S("row "), &ret->row))
        return false;
    if (!str_line(&text, &line) || !after(line, S("salt "), &rest) || !hex_parse(rest, ret->salt, sizeof ret->salt))
        return false;
    if (!str_line(&text, &line) || !after(line, S("version "), &rest) || !parse_int(rest, 1, INT64_MAX, &ret->version_id))
        return false;
    while (str_line(&text, &line)) {
        if (ret->path.n >= 64 || !base64_parse(a, line, &bytes) || bytes.n != 32)
            return false;
        memcpy(da_push(a, &ret->path).b, bytes.p, 32);
    }
    return true;
}

static err_t check_row(arena *a, hasher *h, const extra_parts *x, const leaf *l, fault *f)
{
    hash32 commitment = version_commitment(h, x->salt, x->row);
    hash32 at = merkle_leaf(h, commitment.b, sizeof commitment.b);
    str    name;
    for (size_t i = 0; i < l->n_changes; i++) {
        const leaf_change *c = &l->changes[i];
        name = str_fmt(a, "\"relation\":\"" STR_FMT "\",\"source\":", STR_ARG(c->relation));
        if (x->version_id < c->first || x->version_id >= c->first + c->opened || !str_contains(x->row, name))
            continue;
        if (merkle_included(h, &at, (uint64_t)(x->version_id - c->first), (uint64_t)c->opened, x->path.v, x->path.n,
                            &c->opened_root))
            return ERR_OK;
    }
    return fail(f, ERR_INVALID, "the row in this file is not one that the commit opened");
}

err_t app_check_proof(arena *a, str proof, str vkey, fault *f, str *ret_says)
{
    auto_hasher hasher *h = hasher_new();
    tlog_proof          p;
    policy             *trust;
    extra_parts         x = { 0 };
    leaf                l = { 0 };
    TRY(proof_parse(a, proof, f, &p));
    if (!p.has_extra || !parse_extra(a, p.extra, &x))
        return fail(f, ERR_INVALID, "this proof does not carry the entry it proves; it was not made by attest ledger prove");
    TRY(policy_parse(a, str_fmt(a, "log " STR_FMT "\nquorum none\n", STR_ARG(vkey)), f, &trust));
    TRY(proof_check(a, h, &p, x.entry, trust, f));
    TRY(leaf_parse(a, x.entry, f, &l));
    if (l.seq != (int64_t)p.index)
        return fail(f, ERR_INVALID, "the commit says it is number %lld but stands at %llu", (long long)l.seq,
                    (unsigned long long)p.index);
    str commit_text = str_fmt(a, "commit %lld by " STR_FMT " at " STR_FMT " (" STR_FMT " " STR_FMT ")", (long long)l.seq,
                              STR_ARG(l.actor), STR_ARG(time_rfc3339(a, l.at)), STR_ARG(l.action), STR_ARG(l.reason));
    if (!x.row.n) {
        *ret_says = str_fmt(a, "The log holds " STR_FMT ".", STR_ARG(commit_text));
        return ERR_OK;
    }
    TRY(check_row(a, h, &x, &l, f));
    *ret_says = str_fmt(a, "The log holds " STR_FMT ", which opened this row:\n" STR_FMT, STR_ARG(commit_text), STR_ARG(x.row));
    return ERR_OK;
}
