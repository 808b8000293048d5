/* `attest verify`: every commitment, leaf, tile and signature computed again.
 *
 * The log says of each commit which versions it opened (a range of ids, and the
 * root over their commitments) and how many it closed (and the root over
 * theirs).  One pass over each relation in the order of ids rebuilds all roots,
 * so that what was altered, removed or put in is found and named. */
#include "app/verify.h"

static const char *const tamper_names[] = {
    [TAMPER_ALTERED] = "altered", [TAMPER_REMOVED] = "removed", [TAMPER_INSERTED] = "inserted",
    [TAMPER_COMMIT] = "commit", [TAMPER_LOG] = "log", [TAMPER_STORE] = "store",
};

const char *tamper_name(tamper_kind k)
{
    assert((unsigned)k < COUNT(tamper_names));
    return tamper_names[k];
}

void tell(verification *v, tamper_kind kind, str relation_name, str key, int64_t version_id, int64_t seq,
          const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    tamper t = { .kind = kind, .relation = relation_name, .key = utf8_clean(v->a, key), .version = version_id, .seq = seq,
                 .what = utf8_clean(v->a, str_vfmt(v->a, fmt, ap)) };
    va_end(ap);
    v->result->faults++;
    v->on_tamper(v->arg, &t);
}

/* ---- the log against the store's commits ------------------------------------- */

static void on_log_fault(void *arg, str what)
{
    tell(arg, TAMPER_LOG, S(""), S(""), 0, -1, STR_FMT, STR_ARG(what));
}

static err_t on_log_entry(void *arg, uint64_t index, str entry)
{
    verification *v = arg;
    (void)index;
    da_push(v->a, &v->entries) = sha256_of(v->h, entry.p, entry.n);
    return ERR_OK;
}

static void note_changes(verification *v, const leaf *l)
{
    for (size_t i = 0; i < l->n_changes; i++) {
        void **slot = map_put(&v->by_relation, str_dup(v->a, l->changes[i].relation));
        if (!*slot)
            *slot = NEW(v->a, relation_changes);
        relation_changes *rc = *slot;
        change_state     *c = &da_push(v->a, rc);
        *c = (change_state){ .change = l->changes[i], .seq = l->seq, .at = l->at };
    }
    for (size_t i = 0; i < l->n_erased; i++) {
        str    key = str_fmt(v->a, STR_FMT "/%lld", STR_ARG(l->erased[i].relation), (long long)l->erased[i].id);
        *map_put(&v->erased, key) = (void *)(intptr_t)(l->seq + 1);
    }
}

static err_t on_commit(void *arg, const commit_row *row)
{
    verification *v = arg;
    fault         why = { 0 };
    leaf          l;
    size_t        at = v->n_commits;
    long long     seq = (long long)row->seq;
    if (row->seq < 0) {
        tell(v, TAMPER_COMMIT, S(""), S(""), 0, row->seq, "commit %lld was put in: commits count from 0", seq);
        return ERR_OK;
    }
    if (row->seq != (int64_t)at)
        tell(v, TAMPER_COMMIT, S(""), S(""), 0, (int64_t)at, "commits %zu to %lld are missing from the store", at, seq - 1);
    v->n_commits = (size_t)row->seq + 1;
    v->result->commits++;
    hash32 h = sha256_of(v->h, row->leaf.p, row->leaf.n);
    if ((size_t)row->seq < v->entries.n && !hash32_eq(&h, &v->entries.v[row->seq])) {
        tell(v, TAMPER_COMMIT, S(""), S(""), 0, row->seq, "commit %lld in the store is not what the ledger holds", seq);
        return ERR_OK;
    }
    if ((size_t)row->seq >= v->entries.n)
        tell(v, TAMPER_COMMIT, S(""), S(""), 0, row->seq, "commit %lld is in the store but not in the ledger; if nobody "
             "is writing now, run any command that writes to publish it, then verify again", seq);
    if (leaf_parse(v->a, str_dup(v->a, row->leaf), &why, &l) != ERR_OK) {
        tell(v, TAMPER_COMMIT, S(""), S(""), 0, row->seq, "commit %lld cannot be read: %s", seq, why.text);
        return ERR_OK;
    }
    if (l.seq != row->seq || l.at != row->at || !str_eq(l.actor, row->actor) || !str_eq(l.action, row->action)
        || !str_eq(l.reason, row->reason))
        tell(v, TAMPER_COMMIT, S(""), S(""), 0, row->seq, "commit %lld: who, what, why or when was altered in the store", seq);
    note_changes(v, &l);
    return ERR_OK;
}

/* ---- the last signed checkpoint, kept apart ------------------------------------ */

static err_t compare_signed(verification *v, workspace *ws, fault *f)
{
    str        bytes;
    note       n;
    checkpoint cp;
    fault      why = { 0 };
    TRY(file_read(v->a, ws->log.signed_path, CONFIG_MAX_BYTES, f, &bytes));
    if (note_open(v->a, v->h, bytes, &v->key, 1, &why, &n) != ERR_OK
        || checkpoint_parse(v->a, n.text, &why, &cp) != ERR_OK) {
        tell(v, TAMPER_LOG, S(""), S(""), 0, -1, "%s: %s", ws->log.signed_path, why.text);
        return ERR_OK;
    }
    const checkpoint *at = &v->result->at;
    if (cp.size != at->size || !hash32_eq(&cp.root, &at->root))
        tell(v, TAMPER_LOG, S(""), S(""), 0, -1, "the log's checkpoint (%llu entries) is not the last one signed (%llu "
             "entries): one of them is an older copy or was replaced", (unsigned long long)at->size,
             (unsigned long long)cp.size);
    return ERR_OK;
}

/* What others saw must still be there. */
static err_t check_cosigned(verification *v, workspace *ws, fault *f)
{
    fault why = { 0 };
    if (!v->result->at.origin.n)         /* there is no checkpoint to compare with; that was told */
        return ERR_OK;
    err_t e = ws_check_cosigned(ws, v->a, &v->key, &v->result->at, on_log_fault, v, &why);
    if (e == ERR_CORRUPT || e == ERR_INVALID) {
        tell(v, TAMPER_LOG, S(""), S(""), 0, -1, "%s", why.text);
        return ERR_OK;
    }
    return e == ERR_OK ? ERR_OK : fail(f, e, "%s", why.text);
}

static err_t check_log(verification *v, workspace *ws, fault *f)
{
    log_verify_result  done = { 0 };
    log_verify_options o = { .key = &v->key, .n_threads = 2, .on_fault = on_log_fault, .on_entry = on_log_entry, .arg = v };
    TRY(log_verify(ws->log.dir, &o, f, &done));
    v->result->at = done.at;
    v->result->tiles = (int64_t)done.tiles;
    TRY(compare_signed(v, ws, f));
    TRY(check_cosigned(v, ws, f));
    TRY(store_commits(ws->st, INT64_MIN, on_commit, v, f));
    if (v->n_commits < v->entries.n)
        tell(v, TAMPER_COMMIT, S(""), S(""), 0, (int64_t)v->n_commits, "the ledger holds %zu commits, the store %zu: "
             "the newest were removed from the store", v->entries.n, v->n_commits);
    return ERR_OK;
}

static void on_shape(void *arg, str what)
{
    tell(arg, TAMPER_STORE, S(""), S(""), 0, -1, STR_FMT, STR_ARG(what));
}

static err_t key_to_trust(verification *v, workspace *ws, str vkey, fault *f)
{
    fault why = { 0 };
    err_t e = vkey.n ? ERR_OK : ws_public_key(ws, v->a, &why, &vkey);
    if (e != ERR_OK)
        return fail(f, e, "%s; with the log's public key in hand, give it: --key VKEY", why.text);
    return verifier_parse(v->a, vkey, f, &v->key);
}

err_t app_verify(workspace *ws, arena *a, str vkey, void (*on_tamper)(void *arg, const tamper *t), void *arg,
                 void (*progress)(void *arg, str text), fault *f, verify_result *ret)
{
    auto_hasher hasher *h = hasher_new();
    verification v = { .a = a, .h = h, .on_tamper = on_tamper, .arg = arg, .result = ret, .by_relation = map_new(a),
                       .erased = map_new(a) };
    *ret = (verify_result){ 0 };
    TRY(key_to_trust(&v, ws, vkey, f));
    if (progress)
        progress(arg, S("checking the ledger"));
    TRY(check_log(&v, ws, f));
    TRY(store_shape(ws->st, on_shape, &v, f));
    for (size_t i = 0; i < n_relations; i++) {
        if (progress)
            progress(arg, str_fmt(a, "checking %s", relations[i]->name));
        TRY(verify_relation(&v, ws->st, relations[i], f));
    }
    return ERR_OK;
}
