/* The witnesses of this workspace's log: whom we know, what they cosigned. Their keys stand in
 * .attest/ledger.witnesses, a line each, VKEY WHO; what they cosigned in .attest/ledger/cosigned/SIZE, a
 * note each, where outsiders find it. A cosignature is looked at each time it is shown. */
#include "app/workspace.h"

#include <errno.h>
#include <inttypes.h>

enum { WITNESSES_MAX = 90, COSIGNED_MAX = 10000, NOTE_MAX = 1 << 20, WHO_MAX = 200, LOOKED_AT = 100 };

/* Keys: the log's, then the witnesses'. */
typedef struct {
    log_witness   *v;
    note_verifier *keys;
    size_t         n;         /* of witnesses */
} known;

static const char *list_path(arena *a, const workspace *ws) { return ws_path(a, ws, "ledger.witnesses"); }
static const char *cosigned_path(arena *a, const workspace *ws, uint64_t size) { return str_fmt(a, "%s/cosigned/%" PRIu64, ws->log.dir, size).p; }

/* ---- whom we know ------------------------------------------------------------------------- */

static err_t witness_key(arena *a, str vkey, fault *f, note_verifier *ret)
{
    TRY(verifier_parse(a, vkey, f, ret));
    return ret->type == KEY_COSIGNATURE ? ERR_OK : fail(f, ERR_INVALID, "this is the key of a log; a witness's is made with: attest ledger witness new");
}

/* `log_key` NULL: as the workspace has it; a reader may hold it and the workspace not. */
static err_t known_read(const workspace *ws, arena *a, const note_verifier *log_key, fault *f, known *ret)
{
    const char *path = list_path(a, ws);
    str         text = { 0 }, line = { 0 }, vkey = { 0 };
    int         no = file_slurp(a, path, CONFIG_MAX_BYTES, &text);
    known       k = { .v = NEW_ARRAY(a, log_witness, WITNESSES_MAX), .keys = NEW_ARRAY(a, note_verifier, WITNESSES_MAX + 1) };
    if (no && no != ENOENT)
        return fail_errno(f, no, "%s", path);
    if (log_key)
        k.keys[0] = *log_key;
    else {
        TRY(ws_public_key(ws, a, f, &vkey));
        TRY(verifier_parse(a, vkey, f, &k.keys[0]));
    }
    while (!no && str_line(&text, &line)) {
        str rest = line, key = str_cut(&rest, ' ');
        if (!line.n)
            continue;
        if (k.n == WITNESSES_MAX || witness_key(a, key, f, &k.keys[k.n + 1]) != ERR_OK)
            return fail(f, ERR_CORRUPT, "%s: line %zu is not the key of a witness", path, k.n + 1);
        k.v[k.n] = (log_witness){ .name = k.keys[k.n + 1].name, .vkey = key, .who = rest };
        k.n++;
    }
    *ret = k;
    return ERR_OK;
}

static err_t known_write(const workspace *ws, arena *a, const known *k, fault *f)
{
    buf b = buf_new(a, CONFIG_MAX_BYTES);
    for (size_t i = 0; i < k->n; i++)
        buf_fmt(&b, STR_FMT " " STR_FMT "\n", STR_ARG(k->v[i].vkey), STR_ARG(k->v[i].who));
    return file_replace(list_path(a, ws), buf_str(&b), 0644, f);
}

static size_t place_of(const known *k, str name)
{
    size_t i = 0;
    while (i < k->n && !str_eq(k->v[i].name, name))
        i++;
    return i;
}

static err_t told(workspace *ws, arena *a, str actor, str what, fault *f)
{
    const access_event e = { .kind = "setting_changed", .about = what, .went_well = true };
    return app_events(ws, a, actor, &e, 1, f);
}

err_t app_witness_add(workspace *ws, arena *a, str actor, str vkey, str who, fault *f)
{
    known         k = { 0 };
    note_verifier key = { 0 };
    TRY(known_read(ws, a, NULL, f, &k));
    TRY(witness_key(a, vkey, f, &key));
    if (!who.n || who.n > WHO_MAX || !utf8_valid(who) || str_contains(who, S("\n")) || str_contains(who, S("\r")))
        return fail(f, ERR_INVALID, "say in a line of up to %d bytes who the witness is", WHO_MAX);
    if (memcmp(key.public_key, k.keys[0].public_key, sizeof key.public_key) == 0)
        return fail(f, ERR_INVALID, "the log cannot be its own witness");
    if (place_of(&k, key.name) < k.n)
        return fail(f, ERR_CONFLICT, "there is a witness " STR_FMT " already", STR_ARG(key.name));
    if (k.n == WITNESSES_MAX)
        return fail(f, ERR_LIMIT, "a log has at most %d witnesses", WITNESSES_MAX);
    k.v[k.n++] = (log_witness){ .name = key.name, .vkey = vkey, .who = who };
    TRY(known_write(ws, a, &k, f));
    return told(ws, a, actor, str_fmt(a, "witness added: " STR_FMT ", " STR_FMT, STR_ARG(key.name), STR_ARG(who)), f);
}

err_t app_witness_remove(workspace *ws, arena *a, str actor, str name, fault *f)
{
    known k = { 0 };
    TRY(known_read(ws, a, NULL, f, &k));
    size_t at = place_of(&k, name);
    if (at == k.n)
        return fail(f, ERR_NOT_FOUND, "there is no witness \"" STR_FMT "\"", STR_ARG(utf8_cut(name, 200)));
    memmove(&k.v[at], &k.v[at + 1], (--k.n - at) * sizeof *k.v);
    TRY(known_write(ws, a, &k, f));
    return told(ws, a, actor, str_fmt(a, "witness removed: " STR_FMT, STR_ARG(name)), f);
}

/* ---- what they cosigned -------------------------------------------------------------------- */

/* Sizes of the kept notes, largest first. */
static err_t sizes_read(const workspace *ws, arena *a, fault *f, uint64_t **ret, size_t *ret_n)
{
    const char *dir = str_fmt(a, "%s/cosigned", ws->log.dir).p;
    str        *names = NULL;
    size_t      n = 0;
    int         no = dir_names(a, dir, COSIGNED_MAX, &names, &n);
    if (no && no != ENOENT)
        return fail_errno(f, no, "%s", dir);
    uint64_t *v = NEW_ARRAY(a, uint64_t, n + 1);
    size_t    kept = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t size = 0;
        if (!parse_int(names[i], 0, INT64_MAX, &size))        /* a file that is being replaced */
            continue;
        size_t at = kept++;
        for (; at > 0 && v[at - 1] < (uint64_t)size; at--)
            v[at] = v[at - 1];
        v[at] = (uint64_t)size;
    }
    *ret = v;
    *ret_n = kept;
    return ERR_OK;
}

static err_t latest_checkpoint(workspace *ws, arena *a, hasher *h, const known *k, fault *f, checkpoint *ret)
{
    str  bytes = { 0 }, vkey = { 0 };
    note n = { 0 };
    TRY(app_checkpoint(ws, a, f, &bytes, &vkey));
    TRY(note_open(a, h, bytes, k->keys, 1, f, &n));
    return checkpoint_parse(a, n.text, f, ret);
}

static err_t cosigned_open(arena *a, hasher *h, str bytes, const known *k, fault *f, note *ret, checkpoint *ret_at)
{
    TRY(note_open(a, h, bytes, k->keys, k->n + 1, f, ret));
    TRY(checkpoint_parse(a, ret->text, f, ret_at));
    bool ours = false;
    for (size_t i = 0; i < ret->n_signatures; i++) {
        const note_signature *s = &ret->signatures[i];
        ours |= s->verified == &k->keys[0];
        if (s->verified && s->cosigned_s > (uint64_t)((time_now() + DAYS(1)) / SECONDS(1)))
            return fail(f, ERR_INVALID, "the cosignature of " STR_FMT " is of a day to come; the clock there is wrong", STR_ARG(s->name));
    }
    return ours ? ERR_OK : fail(f, ERR_INVALID, "the checkpoint is not signed by this log");
}

/* Whom of the witnesses a note tells more of than what is known. */
static size_t mark_seen(const note *n, const checkpoint *at, const known *k)
{
    size_t marked = 0;
    for (size_t i = 0; i < n->n_signatures; i++) {
        const note_verifier *key = n->signatures[i].verified;
        if (!key || key == &k->keys[0])
            continue;
        log_witness *w = &k->v[key - k->keys - 1];
        time_us  when = (time_us)n->signatures[i].cosigned_s * SECONDS(1);
        marked++;
        if (!w->cosigned || when > w->at)
            *w = (log_witness){ .name = w->name, .vkey = w->vkey, .who = w->who, .cosigned = true, .size = at->size > w->size ? at->size : w->size, .at = when };
    }
    return marked;
}

static err_t walk_cosigned(workspace *ws, arena *a, hasher *h, const known *k, const checkpoint *now, cosigned_fault on_fault, void *arg, fault *f)
{
    uint64_t *sizes = NULL;
    size_t    n = 0;
    TRY(sizes_read(ws, a, f, &sizes, &n));
    for (size_t i = 0; i < n && (on_fault || i < LOOKED_AT); i++) {
        fault      why = { 0 };
        str        bytes = { 0 };
        note       its = { 0 };
        checkpoint at = { 0 };
        err_t e = file_read(a, cosigned_path(a, ws, sizes[i]), NOTE_MAX, &why, &bytes);
        if (e == ERR_OK)
            e = cosigned_open(a, h, bytes, k, &why, &its, &at);
        if (e == ERR_OK && at.size != sizes[i])
            e = fail(&why, ERR_CORRUPT, "it is of %" PRIu64 " entries", at.size);
        if (e == ERR_OK && now)
            e = log_holds(a, h, ws->log.dir, now, &at, &why);
        if (e == ERR_OK)
            (void)mark_seen(&its, &at, k);
        else if (on_fault)
            on_fault(arg, str_fmt(a, "cosigned/%" PRIu64 ": %s", sizes[i], why.text));
    }
    return ERR_OK;
}

err_t app_witnesses(workspace *ws, arena *a, str log_vkey, fault *f, log_witness **ret, size_t *ret_n)
{
    auto_hasher hasher *h = hasher_new();
    known               k = { 0 };
    note_verifier       key = { 0 };
    if (log_vkey.n)
        TRY(verifier_parse(a, log_vkey, f, &key));
    TRY(known_read(ws, a, log_vkey.n ? &key : NULL, f, &k));
    TRY(walk_cosigned(ws, a, h, &k, NULL, NULL, NULL, f));
    *ret = k.v;
    *ret_n = k.n;
    return ERR_OK;
}

err_t ws_check_cosigned(workspace *ws, arena *a, const note_verifier *key, const checkpoint *now, cosigned_fault on_fault, void *arg, fault *f)
{
    auto_hasher hasher *h = hasher_new();
    known               k = { 0 };
    TRY(known_read(ws, a, key, f, &k));
    return walk_cosigned(ws, a, h, &k, now, on_fault, arg, f);
}

/* ---- asking, and what comes back ---------------------------------------------------------------- */

err_t app_witness_request(workspace *ws, arena *a, str name, int64_t old, fault *f, str *ret)
{
    auto_hasher hasher *h = hasher_new();
    known           k = { 0 };
    checkpoint      now = { 0 };
    witness_request rq = { 0 };
    str             vkey = { 0 };
    TRY(known_read(ws, a, NULL, f, &k));
    TRY(latest_checkpoint(ws, a, h, &k, f, &now));
    TRY(app_checkpoint(ws, a, f, &rq.checkpoint_note, &vkey));
    if (name.n) {
        size_t at = place_of(&k, name);
        if (at == k.n)
            return fail(f, ERR_NOT_FOUND, "there is no witness \"" STR_FMT "\"", STR_ARG(utf8_cut(name, 200)));
        TRY(walk_cosigned(ws, a, h, &k, NULL, NULL, NULL, f));
        rq.old_size = k.v[at].size;
    }
    if (old >= 0)
        rq.old_size = (uint64_t)old;
    if (rq.old_size > now.size)
        return fail(f, ERR_INVALID, "the log has %" PRIu64 " signed entries, fewer than %" PRIu64, now.size, rq.old_size);
    if (rq.old_size)
        TRY(log_consistency(a, h, ws->log.dir, rq.old_size, now.size, f, &rq.proof, &rq.n_proof));
    *ret = witness_request_text(a, &rq);
    return ERR_OK;
}

/* With what was kept of the same checkpoint. */
static err_t keep(const workspace *ws, arena *a, hasher *h, const known *k, str bytes, uint64_t size, fault *f)
{
    const char *path = cosigned_path(a, ws, size);
    str         notes[2] = { bytes }, all = { 0 };
    int         no = file_slurp(a, path, NOTE_MAX, &notes[1]);
    if (no && no != ENOENT)
        return fail_errno(f, no, "%s", path);
    TRY(note_gather(a, h, notes, no ? 1 : 2, k->keys, k->n + 1, f, &all));
    TRY(dir_make(str_fmt(a, "%s/cosigned", ws->log.dir).p, 0755, f));
    return file_replace(path, all, 0644, f);
}

static str names_of(arena *a, const note *n, const known *k)
{
    buf b = buf_new(a, 64 << 10);
    for (size_t i = 0; i < n->n_signatures; i++)
        if (n->signatures[i].verified && n->signatures[i].verified != &k->keys[0])
            buf_fmt(&b, "%s" STR_FMT, buf_str(&b).n ? ", " : "", STR_ARG(n->signatures[i].name));
    return buf_str(&b);
}

err_t app_witness_import(workspace *ws, arena *a, str actor, str bytes, fault *f, str *ret_says)
{
    auto_hasher hasher *h = hasher_new();
    known      k = { 0 };
    note       n = { 0 };
    checkpoint at = { 0 }, now = { 0 };
    TRY(known_read(ws, a, NULL, f, &k));
    TRY(cosigned_open(a, h, bytes, &k, f, &n, &at));
    if (!mark_seen(&n, &at, &k))
        return fail(f, ERR_INVALID, "no witness of this log has cosigned this; who did is added first: attest ledger witness add VKEY WHO");
    TRY(latest_checkpoint(ws, a, h, &k, f, &now));
    TRY(log_holds(a, h, ws->log.dir, &now, &at, f));
    TRY(keep(ws, a, h, &k, bytes, at.size, f));
    *ret_says = str_fmt(a, STR_FMT " cosigned %" PRIu64 " entries", STR_ARG(names_of(a, &n, &k)), at.size);
    return told(ws, a, actor, *ret_says, f);
}

err_t app_witness_new(arena *a, const char *dir, str name, fault *f, str *ret_vkey) { return witness_create(a, dir, name, f, ret_vkey); }

err_t app_cosign(arena *a, const char *dir, str request, str vkey, fault *f, str *ret_note)
{
    return witness_cosign(a, dir, request, vkey, (uint64_t)(time_now() / SECONDS(1)), f, ret_note);
}
