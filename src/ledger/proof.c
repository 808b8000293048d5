/* .tlog-proof files. */
#include "ledger/private.h"

enum { PROOF_MAX_BYTES = 2 << 20, PATH_MAX_HASHES = 63 };

static const char first_line[] = "c2sp.org/tlog-proof@v1";

static bool cut_line(str *rest, str *ret)
{
    if (!rest->p)
        return false;
    *ret = str_cut(rest, '\n');
    return rest->p != NULL;              /* NULL: the LF was missing */
}

static bool cut_word(str line, str word, str *ret)
{
    if (!str_starts(line, word))
        return false;
    *ret = str_sub(line, word.n, line.n);
    return true;
}

static bool parse_path(arena *a, str *rest, tlog_proof *p)
{
    p->path = NEW_ARRAY(a, hash32, PATH_MAX_HASHES);
    for (str line; cut_line(rest, &line);) {
        if (line.n == 0)
            return true;
        if (p->n_path == PATH_MAX_HASHES || !hash_parse(a, line, &p->path[p->n_path]))
            return false;
        p->n_path++;
    }
    return false;
}

err_t proof_parse(arena *a, str bytes, fault *f, tlog_proof *ret)
{
    tlog_proof p = { 0 };
    checkpoint c;
    str        line = S(""), word, rest = bytes;
    if (bytes.n > PROOF_MAX_BYTES)
        return fail(f, ERR_TOO_LARGE, "the proof is larger than %d bytes", PROOF_MAX_BYTES);
    if (!cut_line(&rest, &line) || !str_eq(line, str_of(first_line)))
        return fail(f, ERR_INVALID, "not a proof: its first line should be %s", first_line);
    if (!cut_line(&rest, &line))
        return fail(f, ERR_INVALID, "the proof ends after its first line");
    p.has_extra = cut_word(line, S("extra "), &word);
    if (p.has_extra && (!base64_parse(a, word, &p.extra) || !cut_line(&rest, &line)))
        return fail(f, ERR_INVALID, "the extra line of the proof is not base64");
    if (!cut_word(line, S("index "), &word) || !decimal_parse(word, &p.index))
        return fail(f, ERR_INVALID, "the proof has no line: index NUMBER");
    if (!parse_path(a, &rest, &p))
        return fail(f, ERR_INVALID, "the path of the proof is not a list of at most %d hashes and an empty line",
                    PATH_MAX_HASHES);
    TRY(checkpoint_of_note(a, rest, f, &c));
    if (p.index >= c.size)
        return fail(f, ERR_INVALID, "the proof is for entry %llu of a tree of %llu entries",
                    (unsigned long long)p.index, (unsigned long long)c.size);
    p.checkpoint_note = str_dup(a, rest);
    *ret = p;
    return ERR_OK;
}

str proof_text(arena *a, const tlog_proof *p)
{
    buf b = buf_new(a, PROOF_MAX_BYTES);
    buf_fmt(&b, "%s\n", first_line);
    if (p->has_extra) {
        buf_puts(&b, S("extra "));
        buf_puts(&b, base64_of(a, p->extra.p, p->extra.n));
        buf_putc(&b, '\n');
    }
    buf_fmt(&b, "index %llu\n", (unsigned long long)p->index);
    for (size_t i = 0; i < p->n_path; i++) {
        buf_puts(&b, base64_of(a, p->path[i].b, sizeof p->path[i].b));
        buf_putc(&b, '\n');
    }
    buf_putc(&b, '\n');
    buf_puts(&b, p->checkpoint_note);
    assert(!b.overflow);
    return buf_str(&b);
}

err_t proof_check(arena *a, hasher *h, const tlog_proof *p, str entry, const policy *pol, fault *f)
{
    checkpoint c;
    TRY(policy_check(a, h, pol, p->checkpoint_note, f, &c));
    hash32 leaf = merkle_leaf(h, entry.p, entry.n);
    if (!merkle_included(h, &leaf, p->index, c.size, p->path, p->n_path, &c.root))
        return fail(f, ERR_INVALID, "the proof does not lead from this entry, as number %llu, to the signed root",
                    (unsigned long long)p->index);
    return ERR_OK;
}
