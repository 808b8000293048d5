/* Being a witness (C2SP tlog-witness): a directory holds the key and, for each log,
 * what was seen of it last.  What does not grow out of that is never cosigned. */
#include "ledger/private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>

enum { STATE_MAX_BYTES = NOTE_MAX_BYTES + 4096 };

/* ---- what a log sends -------------------------------------------------------------- */

err_t witness_request_parse(arena *a, str bytes, fault *f, witness_request *ret)
{
    witness_request rq = { 0 };
    str             rest = bytes, line = str_cut(&rest, '\n');
    if (!rest.p || !str_starts(line, S("old ")) || !decimal_parse(str_sub(line, 4, line.n), &rq.old_size))
        return fail(f, ERR_INVALID, "a request to a witness begins with \"old\" and a number of entries");
    rq.proof = NEW_ARRAY(a, hash32, WITNESS_PROOF_MAX);
    for (line = str_cut(&rest, '\n'); rest.p && line.n; line = str_cut(&rest, '\n')) {
        if (rq.n_proof == WITNESS_PROOF_MAX || !hash_parse(a, line, &rq.proof[rq.n_proof]))
            return fail(f, ERR_INVALID, "line %zu of the proof is not 32 bytes of base64, or one too many", rq.n_proof + 1);
        rq.n_proof++;
    }
    if (!rest.p || !rest.n || rest.n > NOTE_MAX_BYTES)
        return fail(f, ERR_INVALID, "after the proof and an empty line the request has its checkpoint");
    rq.checkpoint_note = str_dup(a, rest);
    *ret = rq;
    return ERR_OK;
}

str witness_request_text(arena *a, const witness_request *rq)
{
    buf b = buf_new(a, STATE_MAX_BYTES + 64 * WITNESS_PROOF_MAX);
    buf_fmt(&b, "old %llu\n", (unsigned long long)rq->old_size);
    for (size_t i = 0; i < rq->n_proof; i++) {
        buf_puts(&b, base64_of(a, rq->proof[i].b, sizeof rq->proof[i].b));
        buf_putc(&b, '\n');
    }
    buf_putc(&b, '\n');
    buf_puts(&b, rq->checkpoint_note);
    return buf_str(&b);
}

/* ---- the witness's directory ------------------------------------------------------------ */

static const char *key_path(arena *a, const char *dir) { return str_fmt(a, "%s/key", dir).p; }

err_t witness_create(arena *a, const char *dir, str name, fault *f, str *ret_vkey)
{
    if (!key_name_valid(name))
        return fail(f, ERR_INVALID, "a witness's name has no white space and no +, as audit.example/witness");
    auto_note_signer note_signer *key = witness_signer_new(name);
    TRY(dir_make(str_fmt(a, "%s/logs", dir).p, 0700, f));
    TRY(note_signer_save(key, key_path(a, dir), f));
    *ret_vkey = verifier_text(a, note_signer_public(key));
    return ERR_OK;
}

/* Looking and storing are one step: whoever else cosigns here waits. */
static err_t lock(const char *path, fault *f, int *ret)
{
    auto_fd int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || flock(fd, LOCK_EX) != 0)
        return fail_errno(f, errno, "%s", path);
    *ret = fd_take(&fd);
    return ERR_OK;
}

/* What the witness knows of a log: its key, and the checkpoint cosigned last. */
typedef struct {
    const char   *path;
    note_verifier key;
    checkpoint    at;         /* size 0: none yet */
} seen_log;

static err_t seen_read(arena *a, hasher *h, const char *dir, str origin, str vkey, fault *f, seen_log *ret)
{
    hash32   digest = sha256_of(h, origin.p, origin.n);
    seen_log s = { .path = str_fmt(a, "%s/logs/" STR_FMT, dir, STR_ARG(hex_of(a, digest.b, sizeof digest.b))).p };
    str      bytes = { 0 }, first = vkey;
    note     n = { 0 };
    int      no = file_slurp(a, s.path, STATE_MAX_BYTES, &bytes);
    if (no && no != ENOENT)
        return fail_errno(f, no, "%s", s.path);
    if (no && !vkey.n)
        return fail(f, ERR_NOT_FOUND, "this witness has not seen the log \"" STR_FMT "\" before; give its public key, as you were handed it: "
                    "--log VKEY", STR_ARG(utf8_cut(origin, 200)));
    if (!no)
        first = str_cut(&bytes, '\n');
    if (!no && vkey.n && !str_eq(first, vkey))
        return fail(f, ERR_CONFLICT, "this witness knows the log \"" STR_FMT "\" by another key: " STR_FMT, STR_ARG(utf8_cut(origin, 200)), STR_ARG(first));
    TRY(verifier_parse(a, first, f, &s.key));
    if (s.key.type != KEY_ED25519 || !str_eq(s.key.name, origin))
        return fail(f, ERR_INVALID, "the checkpoint is of the log \"" STR_FMT "\", the key of \"" STR_FMT "\"", STR_ARG(utf8_cut(origin, 200)), STR_ARG(s.key.name));
    if (!no) {
        TRY(note_open(a, h, bytes, &s.key, 1, f, &n));
        TRY(checkpoint_parse(a, n.text, f, &s.at));
    }
    *ret = s;
    return ERR_OK;
}

static err_t judge(hasher *h, const witness_request *rq, const checkpoint *seen, const checkpoint *now, fault *f)
{
    unsigned long long had = seen->size, has = now->size;
    if (now->size < seen->size)
        return fail(f, ERR_CORRUPT, "this witness has seen %llu entries of the log, and is shown %llu: it is an old checkpoint, or a part of the "
                    "history is gone. It is not cosigned; keep what you were sent", had, has);
    if (rq->old_size != seen->size)
        return fail(f, ERR_CONFLICT, "the request leads from %llu entries; this witness has seen %llu. Ask for one that leads from there: --old %llu",
                    (unsigned long long)rq->old_size, had, had);
    bool grown = seen->size ? merkle_consistent(h, seen->size, now->size, rq->proof, rq->n_proof, &seen->root, &now->root) : rq->n_proof == 0;
    if (!grown)
        return fail(f, ERR_CORRUPT, "what is shown, %llu entries, is not proven to hold the %llu entries this witness has seen: the request is "
                    "damaged, or the history was written anew. It is not cosigned; keep what you were sent", has, had);
    return ERR_OK;
}

err_t witness_cosign(arena *a, const char *dir, str request, str vkey, uint64_t at_s, fault *f, str *ret_note)
{
    auto_hasher hasher           *h = hasher_new();
    auto_note_signer note_signer *key = NULL;
    auto_fd int     locked = -1;
    witness_request rq = { 0 };
    seen_log        seen = { 0 };
    checkpoint      now = { 0 };
    note            n = { 0 };
    str             line = { 0 };
    TRY(witness_request_parse(a, request, f, &rq));
    TRY(checkpoint_of_note(a, rq.checkpoint_note, f, &now));
    TRY(note_signer_load(key_path(a, dir), f, &key));
    TRY(lock(key_path(a, dir), f, &locked));
    TRY(seen_read(a, h, dir, now.origin, vkey, f, &seen));
    TRY(note_open(a, h, rq.checkpoint_note, &seen.key, 1, f, &n));
    TRY(judge(h, &rq, &seen.at, &now, f));
    if (cosign(a, n.text, key, at_s, &line) != ERR_OK)
        return fail(f, ERR_INVALID, "%s is not the key of a witness", key_path(a, dir));
    str cosigned = str_fmt(a, STR_FMT STR_FMT, STR_ARG(rq.checkpoint_note), STR_ARG(line));
    str state = str_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(verifier_text(a, &seen.key)), STR_ARG(cosigned));
    TRY(file_replace(seen.path, state, 0600, f));        /* durable before anybody has the signature */
    *ret_note = cosigned;
    return ERR_OK;
}

/* ---- what a log gets back ---------------------------------------------------------------------- */

/* The signature in `notes` by that key, the latest when it is a witness's; NULL: none. */
static const note_signature *latest_of(const note *notes, size_t n, const note_verifier *key)
{
    const note_signature *best = NULL;
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < notes[k].n_signatures; i++) {
            const note_signature *s = &notes[k].signatures[i];
            if (s->verified == key && (!best || s->cosigned_s > best->cosigned_s))
                best = s;
        }
    return best;
}

err_t note_gather(arena *a, hasher *h, const str *notes, size_t n_notes, const note_verifier *keys, size_t n_keys, fault *f, str *ret_note)
{
    note *opened = NEW_ARRAY(a, note, n_notes);
    buf   b = buf_new(a, NOTE_MAX_BYTES);
    for (size_t i = 0; i < n_notes; i++) {
        TRY(note_open(a, h, notes[i], keys, n_keys, f, &opened[i]));
        if (!str_eq(opened[i].text, opened[0].text))
            return fail(f, ERR_CONFLICT, "the notes do not say the same");
    }
    buf_puts(&b, opened[0].text);
    buf_putc(&b, '\n');
    for (size_t i = 0; i < n_keys; i++) {
        const note_signature *s = latest_of(opened, n_notes, &keys[i]);
        if (s)
            buf_puts(&b, note_signature_line(a, s->verified, s->bytes.p, s->bytes.n));
    }
    if (b.overflow)
        return fail(f, ERR_TOO_LARGE, "the signatures do not fit into a note");
    *ret_note = buf_str(&b);
    return ERR_OK;
}

err_t log_holds(arena *a, hasher *h, const char *dir, const checkpoint *now, const checkpoint *then, fault *f)
{
    hash32 *proof = NULL;
    size_t  n = 0;
    unsigned long long had = then->size, has = now->size;
    if (!str_eq(now->origin, then->origin))
        return fail(f, ERR_INVALID, "the checkpoint is of the log \"" STR_FMT "\", not of \"" STR_FMT "\"", STR_ARG(then->origin), STR_ARG(now->origin));
    if (then->size > now->size)
        return fail(f, ERR_CORRUPT, "a checkpoint of %llu entries was signed, and the log has %llu: the newest are gone", had, has);
    if (then->size == 0)
        return ERR_OK;
    TRY(log_consistency(a, h, dir, then->size, now->size, f, &proof, &n));
    if (!merkle_consistent(h, then->size, now->size, proof, n, &then->root, &now->root))
        return fail(f, ERR_CORRUPT, "the log does not lead from the checkpoint of %llu entries that was signed to the latest: its history "
                    "was written anew", had);
    return ERR_OK;
}
