/* Being a witness: what is cosigned, and every way of being shown another history. The proofs are
 * made here as RFC 9162 section 2.1.4.1 tells them, by recursion over the leaves. */
#include "test.h"
#include "ledger/ledger.h"

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LEAVES = 300 };

typedef struct {
    arena  *a;
    hasher *h;
    char    home[64];
    const char *dir;          /* of the witness */
    note_signer *log, *other;
    str     vkey, witness_vkey;
    hash32  leaves[LEAVES], others[LEAVES];          /* two histories, which part after 100 entries */
} state;

static hash32 leaf_of(state *s, const char *what, size_t i)
{
    str e = str_fmt(s->a, "%s %zu", what, i);
    return merkle_leaf(s->h, e.p, e.n);
}

static int begin(void **st)
{
    arena *a = arena_new(64 << 20);
    state *s = NEW(a, state);
    s->a = a;
    s->h = hasher_new();
    snprintf(s->home, sizeof s->home, "/tmp/attest-witness-XXXXXX");
    if (!mkdtemp(s->home))
        return -1;
    s->dir = str_fmt(a, "%s/w", s->home).p;
    s->log = note_signer_new(S("ledger.example.com/soc2"));
    s->other = note_signer_new(S("ledger.example.com/soc2"));
    s->vkey = verifier_text(a, note_signer_public(s->log));
    for (size_t i = 0; i < LEAVES; i++) {
        s->leaves[i] = leaf_of(s, "record", i);
        s->others[i] = i < 100 ? s->leaves[i] : leaf_of(s, "forged", i);
    }
    *st = s;
    return (int)witness_create(a, s->dir, S("audit.example/w1"), NULL, &s->witness_vkey);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)type, (void)at;
    return remove(path);
}

static int end(void **st)
{
    state *s = *st;
    hasher_free(s->h);
    note_signer_free(s->log);
    note_signer_free(s->other);
    int    e = nftw(s->home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena *a = s->a;
    arena_free(a);
    return e;
}

/* ---- another way to the same hashes -------------------------------------------------------- */

static size_t half(size_t n)
{
    size_t k = 1;
    while (2 * k < n)
        k *= 2;
    return k;
}

static hash32 root_of(state *s, const hash32 *v, size_t n)
{
    if (n == 1)
        return v[0];
    hash32 l = root_of(s, v, half(n)), r = root_of(s, v + half(n), n - half(n));
    return merkle_node(s->h, &l, &r);
}

static void proof_of(state *s, const hash32 *v, size_t n, size_t m, bool whole, witness_request *rq)
{
    if (m == n) {
        if (!whole)
            rq->proof[rq->n_proof++] = root_of(s, v, n);
        return;
    }
    size_t k = half(n);
    if (m <= k) {
        proof_of(s, v, k, m, whole, rq);
        rq->proof[rq->n_proof++] = root_of(s, v + k, n - k);
    } else {
        proof_of(s, v + k, n - k, m - k, false, rq);
        rq->proof[rq->n_proof++] = root_of(s, v, k);
    }
}

static str signed_at(state *s, const note_signer *key, const hash32 *v, size_t n)
{
    checkpoint c = { .origin = note_signer_public(key)->name, .size = n, .root = root_of(s, v, n) };
    str        bytes = { 0 };
    assert_int_equal(note_sign(s->a, checkpoint_text(s->a, &c), key, &bytes), ERR_OK);
    return bytes;
}

static str asked(state *s, const hash32 *v, size_t old, size_t n)
{
    witness_request rq = { .old_size = old, .proof = NEW_ARRAY(s->a, hash32, 64), .checkpoint_note = signed_at(s, s->log, v, n) };
    if (old)
        proof_of(s, v, n, old, true, &rq);
    return witness_request_text(s->a, &rq);
}

static err_t cosigned(state *s, str request, str vkey, fault *f, str *ret)
{
    return witness_cosign(s->a, s->dir, request, vkey, 1760000000, f, ret);
}

static note opened(state *s, str bytes)
{
    note_verifier *keys = NEW_ARRAY(s->a, note_verifier, 2);
    note           n = { 0 };
    assert_int_equal(verifier_parse(s->a, s->vkey, NULL, &keys[0]), ERR_OK);
    assert_int_equal(verifier_parse(s->a, s->witness_vkey, NULL, &keys[1]), ERR_OK);
    assert_int_equal(note_open(s->a, s->h, bytes, keys, 2, NULL, &n), ERR_OK);
    return n;
}

/* ---- tests --------------------------------------------------------------------------------- */

static void a_log_is_cosigned_by_its_key_and_then_as_it_grows(void **st)
{
    state *s = *st;
    str    out = { 0 };
    fault  f = { 0 };
    assert_int_equal(cosigned(s, asked(s, s->leaves, 0, 3), S(""), &f, &out), ERR_NOT_FOUND);
    assert_non_null(strstr(f.text, "--log"));
    assert_int_equal(cosigned(s, asked(s, s->leaves, 0, 3), s->vkey, &f, &out), ERR_OK);
    size_t was = 3;
    for (size_t n = 3; n <= LEAVES; was = n, n += 1 + n / 3) {
        assert_int_equal(cosigned(s, asked(s, s->leaves, was, n), S(""), &f, &out), ERR_OK);
        note got = opened(s, out);
        assert_int_equal(got.n_verified, 2);
        assert_int_equal(got.signatures[1].cosigned_s, 1760000000);
    }
}

static void another_history_is_never_cosigned(void **st)
{
    state *s = *st;
    str    out = S("none");
    fault  f = { 0 };
    assert_int_equal(cosigned(s, asked(s, s->leaves, 0, 200), s->vkey, &f, &out), ERR_OK);
    out = S("none");
    assert_int_equal(cosigned(s, asked(s, s->others, 200, 250), S(""), &f, &out), ERR_CORRUPT);     /* a proof that is true of the other */
    assert_int_equal(cosigned(s, asked(s, s->others, 200, 200), S(""), &f, &out), ERR_CORRUPT);     /* as long, and not the same */
    assert_int_equal(cosigned(s, asked(s, s->others, 0, 250), S(""), &f, &out), ERR_CONFLICT);      /* as if nothing had been seen */
    assert_int_equal(cosigned(s, asked(s, s->leaves, 0, 150), S(""), &f, &out), ERR_CORRUPT);       /* an older one */
    assert_int_equal(cosigned(s, asked(s, s->leaves, 100, 150), S(""), &f, &out), ERR_CORRUPT);
    witness_request bare = { .old_size = 200, .checkpoint_note = signed_at(s, s->log, s->leaves, 250) };
    assert_int_equal(cosigned(s, witness_request_text(s->a, &bare), S(""), &f, &out), ERR_CORRUPT); /* without its proof */
    assert_string_equal(out.p, "none");
    assert_int_equal(cosigned(s, asked(s, s->leaves, 200, 250), S(""), &f, &out), ERR_OK);          /* and the true one goes on */
}

static void what_begins_elsewhere_is_told_where_the_witness_stands(void **st)
{
    state *s = *st;
    str    out = { 0 };
    fault  f = { 0 };
    assert_int_equal(cosigned(s, asked(s, s->leaves, 4, 9), s->vkey, &f, &out), ERR_CONFLICT);
    assert_int_equal(cosigned(s, asked(s, s->leaves, 0, 9), s->vkey, &f, &out), ERR_OK);
    f = (fault){ 0 };
    assert_int_equal(cosigned(s, asked(s, s->leaves, 4, 12), S(""), &f, &out), ERR_CONFLICT);
    assert_non_null(strstr(f.text, "--old 9"));
    assert_int_equal(cosigned(s, asked(s, s->leaves, 9, 12), S(""), &f, &out), ERR_OK);
}

static void another_key_for_the_same_log_is_refused(void **st)
{
    state *s = *st;
    str    out = { 0 }, other_vkey = verifier_text(s->a, note_signer_public(s->other));
    fault  f = { 0 };
    assert_int_equal(cosigned(s, asked(s, s->leaves, 0, 9), s->vkey, &f, &out), ERR_OK);
    assert_int_equal(cosigned(s, asked(s, s->leaves, 9, 12), other_vkey, &f, &out), ERR_CONFLICT);
    witness_request rq = { .old_size = 9, .proof = NEW_ARRAY(s->a, hash32, 64), .checkpoint_note = signed_at(s, s->other, s->leaves, 12) };
    proof_of(s, s->leaves, 12, 9, true, &rq);
    assert_int_equal(cosigned(s, witness_request_text(s->a, &rq), S(""), &f, &out), ERR_INVALID);
    assert_int_equal(cosigned(s, asked(s, s->leaves, 9, 12), s->witness_vkey, &f, &out), ERR_CONFLICT);
    note_signer *elsewhere = note_signer_new(S("elsewhere.example"));
    rq = (witness_request){ .checkpoint_note = signed_at(s, elsewhere, s->leaves, 12) };
    assert_int_equal(cosigned(s, witness_request_text(s->a, &rq), s->vkey, &f, &out), ERR_INVALID);
    note_signer_free(elsewhere);
}

static void a_request_is_read_back_and_every_malformed_one_refused(void **st)
{
    state *s = *st;
    witness_request rq = { 0 };
    fault  f = { 0 };
    str    text = asked(s, s->leaves, 7, 200), note_bytes = signed_at(s, s->log, s->leaves, 200);
    assert_int_equal(witness_request_parse(s->a, text, &f, &rq), ERR_OK);
    assert_int_equal(rq.old_size, 7);
    assert_true(rq.n_proof > 3 && str_eq(rq.checkpoint_note, note_bytes));
    assert_true(str_eq(witness_request_text(s->a, &rq), text));
    static const char *const bad[] = {
        "", "old", "old 1", "old 1\n", "old 01\n\nx\n", "old -1\n\nx\n", "old x\n\nx\n", "new 1\n\nx\n", "old 1\n\n", "old 1\nx\n\nnote\n", " old 1\n\nx\n",
        "old 1\r\n\r\nx\n", "old 9223372036854775808\n\nx\n", "old 1\nOzZ9bbe8UXJtkYsY6aeeD85T+Gf744Zx9gnmu1nUYDU\n\nx\n",
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        if (witness_request_parse(s->a, str_of(bad[i]), &f, &rq) == ERR_OK)
            fail_msg("accepted: %s", bad[i]);
    buf b = buf_new(s->a, 1 << 20);
    buf_putz(&b, "old 1\n");
    for (int i = 0; i <= WITNESS_PROOF_MAX; i++)
        buf_putz(&b, "OzZ9bbe8UXJtkYsY6aeeD85T+Gf744Zx9gnmu1nUYDU=\n");
    buf_putz(&b, "\nx\n");
    assert_int_equal(witness_request_parse(s->a, buf_str(&b), &f, &rq), ERR_INVALID);
}

static void signatures_of_one_checkpoint_are_gathered_and_the_latest_kept(void **st)
{
    state *s = *st;
    str    notes[3] = { 0 }, line = { 0 }, out = { 0 };
    fault  f = { 0 };
    note_signer  *w[2] = { witness_signer_new(S("w1.example")), witness_signer_new(S("w2.example")) };
    note_verifier keys[3] = { *note_signer_public(s->log), *note_signer_public(w[0]), *note_signer_public(w[1]) };
    static const uint64_t at[] = { 1760000900, 1760000000, 1760000500 };
    for (size_t i = 0; i < COUNT(notes); i++) {
        notes[i] = signed_at(s, s->log, s->leaves, 9);
        assert_int_equal(cosign(s->a, opened(s, notes[i]).text, w[i == 2], at[i], &line), ERR_OK);
        notes[i] = str_fmt(s->a, STR_FMT STR_FMT, STR_ARG(notes[i]), STR_ARG(line));
    }
    note n = { 0 };
    assert_int_equal(note_gather(s->a, s->h, notes, 3, keys, 3, &f, &out), ERR_OK);
    assert_int_equal(note_open(s->a, s->h, out, keys, 3, &f, &n), ERR_OK);
    assert_int_equal(n.n_signatures, 3);
    assert_int_equal(n.signatures[1].cosigned_s, at[0]);
    assert_int_equal(n.signatures[2].cosigned_s, at[2]);
    assert_int_equal(note_gather(s->a, s->h, notes, 3, keys, 2, &f, &out), ERR_OK);       /* whom nobody knows is left out */
    assert_int_equal(note_open(s->a, s->h, out, keys, 3, &f, &n), ERR_OK);
    assert_int_equal(n.n_signatures, 2);
    notes[1] = signed_at(s, s->log, s->leaves, 10);
    assert_int_equal(note_gather(s->a, s->h, notes, 3, keys, 3, &f, &out), ERR_CONFLICT);
    note_signer_free(w[0]);
    note_signer_free(w[1]);
}

static void a_witness_is_made_once_and_what_it_keeps_is_its_own(void **st)
{
    state      *s = *st;
    str         out = { 0 };
    struct stat at;
    assert_int_equal(witness_create(s->a, s->dir, S("audit.example/w1"), NULL, &out), ERR_CONFLICT);
    assert_int_equal(witness_create(s->a, str_fmt(s->a, "%s/x", s->home).p, S("two words"), NULL, &out), ERR_INVALID);
    assert_int_equal(stat(str_fmt(s->a, "%s/key", s->dir).p, &at), 0);
    assert_int_equal(at.st_mode & 077, 0);
}

static void a_log_is_told_from_one_that_was_written_anew(void **st)
{
    state       *s = *st;
    auto_ledger ledger *l = NULL;
    ledger_paths p = { str_fmt(s->a, "%s/log", s->home).p, str_fmt(s->a, "%s/keys/log", s->home).p, str_fmt(s->a, "%s/signed", s->home).p };
    checkpoint   then[3] = { 0 };
    fault        f = { 0 };
    assert_int_equal(ledger_create(&p, S("ledger.example.com/soc2"), &f), ERR_OK);
    assert_int_equal(ledger_open(&p, &f, &l), ERR_OK);
    for (size_t k = 0; k < COUNT(then); k++) {
        for (size_t i = 0; i < 90; i++) {
            str e = str_fmt(s->a, "record %zu", k * 90 + i);
            assert_int_equal(ledger_append(l, &e, 1, &f), ERR_OK);
        }
        assert_int_equal(ledger_publish(l, &f), ERR_OK);
        then[k] = *ledger_signed(l);
    }
    for (size_t k = 0; k < COUNT(then); k++) {
        assert_int_equal(log_holds(s->a, s->h, p.dir, &then[2], &then[k], &f), ERR_OK);
        checkpoint wrong = then[k];
        wrong.root.b[5] ^= 1;
        assert_int_equal(log_holds(s->a, s->h, p.dir, &then[2], &wrong, &f), ERR_CORRUPT);
    }
    assert_int_equal(log_holds(s->a, s->h, p.dir, &then[1], &then[2], &f), ERR_CORRUPT);        /* the newest are gone */
    checkpoint foreign = then[1];
    foreign.origin = S("elsewhere.example");
    assert_int_equal(log_holds(s->a, s->h, p.dir, &then[2], &foreign, &f), ERR_INVALID);
}

#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_log_is_cosigned_by_its_key_and_then_as_it_grows), T(another_history_is_never_cosigned),
        T(what_begins_elsewhere_is_told_where_the_witness_stands), T(another_key_for_the_same_log_is_refused),
        T(a_request_is_read_back_and_every_malformed_one_refused), T(signatures_of_one_checkpoint_are_gathered_and_the_latest_kept),
        T(a_witness_is_made_once_and_what_it_keeps_is_its_own), T(a_log_is_told_from_one_that_was_written_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
