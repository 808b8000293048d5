/* Writes a log and what an outsider gets from it, into the directory argv[1]:
 * log/, log.vkey, policy, ENTRY and ENTRY.tlog-proof for some entries, and
 * consistency-OLD-NEW (both roots, then the proof, base64 a line). */
#include "ledger/ledger.h"

static const uint64_t sizes[] = { 1, 255, 256, 300, 1000, 66000 };
static const uint64_t proven[] = { 0, 1, 255, 256, 299, 511, 40000, 65535, 65536, 65999 };

typedef struct {
    arena       *a;
    hasher      *h;
    const char  *out;
    note_signer *witness;
} maker;

static void must(err_t e, const fault *f)
{
    if (e == ERR_OK)
        return;
    fprintf(stderr, "make_log: %s\n", f->text);
    exit(1);
}

static void put(const maker *m, str name, str bytes)
{
    fault f = { 0 };
    must(file_replace(str_fmt(m->a, "%s/" STR_FMT, m->out, STR_ARG(name)).p, bytes, 0644, &f), &f);
}

static str record(arena *a, uint64_t i) { return str_fmt(a, "record %llu", (unsigned long long)i); }

static void put_consistency(const maker *m, const char *dir, const checkpoint *old, const checkpoint *now)
{
    fault   f = { 0 };
    hash32 *proof;
    size_t  n;
    buf     b = buf_new(m->a, 1 << 20);
    must(log_consistency(m->a, m->h, dir, old->size, now->size, &f, &proof, &n), &f);
    buf_puts(&b, base64_of(m->a, old->root.b, 32));
    buf_putc(&b, '\n');
    buf_puts(&b, base64_of(m->a, now->root.b, 32));
    buf_putc(&b, '\n');
    for (size_t i = 0; i < n; i++) {
        buf_puts(&b, base64_of(m->a, proof[i].b, 32));
        buf_putc(&b, '\n');
    }
    put(m, str_fmt(m->a, "consistency-%llu-%llu", (unsigned long long)old->size, (unsigned long long)now->size), buf_str(&b));
}

static void put_proofs(const maker *m, const char *dir, const note_verifier *key)
{
    fault f = { 0 };
    str   note_bytes, line;
    note  n;
    must(file_read(m->a, str_fmt(m->a, "%s/checkpoint", dir).p, 1 << 20, &f, &note_bytes), &f);
    must(note_open(m->a, m->h, note_bytes, key, 1, &f, &n), &f);
    must(cosign(m->a, n.text, m->witness, 1760000000, &line), &f);
    str cosigned = str_fmt(m->a, STR_FMT STR_FMT, STR_ARG(note_bytes), STR_ARG(line));
    for (size_t i = 0; i < COUNT(proven); i++) {
        tlog_proof p;
        str        entry, name = str_fmt(m->a, "entry-%llu", (unsigned long long)proven[i]);
        must(log_prove(m->a, m->h, dir, proven[i], cosigned, &f, &p), &f);
        p.has_extra = i % 2;
        p.extra = S("not authenticated");
        must(log_entry(m->a, dir, sizes[COUNT(sizes) - 1], proven[i], &f, &entry), &f);
        put(m, name, entry);
        put(m, str_fmt(m->a, STR_FMT ".tlog-proof", STR_ARG(name)), proof_text(m->a, &p));
    }
}

/* cosigned, second-witness.vkey: the checkpoint as a witness gives it back, who saw an earlier one before. */
static void put_cosigned(const maker *m, const char *dir, const checkpoint *earlier, const note_verifier *key)
{
    fault           f = { 0 };
    const char     *home = str_fmt(m->a, "%s/witness", m->out).p;
    witness_request rq = { 0 };
    str             vkey, cosigned, old_note;
    auto_note_signer note_signer *log = NULL;
    must(witness_create(m->a, home, S("witness.example/w2"), &f, &vkey), &f);
    must(note_signer_load(str_fmt(m->a, "%s/keys/log", m->out).p, &f, &log), &f);
    must(note_sign(m->a, checkpoint_text(m->a, earlier), log, &old_note), &f);
    rq.checkpoint_note = old_note;
    must(witness_cosign(m->a, home, witness_request_text(m->a, &rq), verifier_text(m->a, key), 1760000000, &f, &cosigned), &f);
    rq.old_size = earlier->size;
    must(file_read(m->a, str_fmt(m->a, "%s/checkpoint", dir).p, 1 << 20, &f, &rq.checkpoint_note), &f);
    must(log_consistency(m->a, m->h, dir, earlier->size, sizes[COUNT(sizes) - 1], &f, &rq.proof, &rq.n_proof), &f);
    must(witness_cosign(m->a, home, witness_request_text(m->a, &rq), S(""), 1760000001, &f, &cosigned), &f);
    put(m, S("cosigned"), cosigned);
    put(m, S("second-witness.vkey"), str_fmt(m->a, STR_FMT "\n", STR_ARG(vkey)));
}

int main(int argc, char **argv)
{
    auto_arena arena             *a = arena_new((size_t)1 << 30);
    auto_hasher hasher           *h = hasher_new();
    auto_note_signer note_signer *witness = witness_signer_new(S("witness.example/w1"));
    auto_ledger ledger           *l = NULL;
    fault                         f = { 0 };
    checkpoint                    seen[COUNT(sizes)];
    if (argc != 2)
        return 2;
    maker        m = { a, h, argv[1], witness };
    ledger_paths p = { str_fmt(a, "%s/log", argv[1]).p, str_fmt(a, "%s/keys/log", argv[1]).p, str_fmt(a, "%s/signed", argv[1]).p };
    must(ledger_create(&p, S("ledger.example.com/soc2"), &f), &f);
    must(ledger_open(&p, &f, &l), &f);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        for (uint64_t at = ledger_size(l); at < sizes[i]; at++) {
            str entry = record(a, at);
            must(ledger_append(l, &entry, 1, &f), &f);
        }
        must(ledger_publish(l, &f), &f);
        seen[i] = *ledger_signed(l);
    }
    for (size_t i = 0; i < COUNT(sizes); i++)
        for (size_t k = i; k < COUNT(sizes); k++)
            put_consistency(&m, p.dir, &seen[i], &seen[k]);
    put_proofs(&m, p.dir, ledger_key(l));
    put_cosigned(&m, p.dir, &seen[COUNT(sizes) - 2], ledger_key(l));
    str vkey = verifier_text(a, ledger_key(l)), witness_vkey = verifier_text(a, note_signer_public(witness));
    put(&m, S("log.vkey"), str_fmt(a, STR_FMT "\n", STR_ARG(vkey)));
    put(&m, S("witness.vkey"), str_fmt(a, STR_FMT "\n", STR_ARG(witness_vkey)));
    put(&m, S("policy"), str_fmt(a, "log " STR_FMT "\nwitness w1 " STR_FMT "\nquorum w1\n", STR_ARG(vkey), STR_ARG(witness_vkey)));
    return 0;
}
