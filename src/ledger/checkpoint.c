/* Checkpoints: origin, size, root, each on its line; and cosignatures on them. */
#include "ledger/private.h"

bool decimal_parse(str s, uint64_t *ret)
{
    int64_t v;
    if (s.n == 0 || s.p[0] < '0' || s.p[0] > '9' || (s.n > 1 && s.p[0] == '0'))
        return false;
    if (!parse_int(s, 0, INT64_MAX, &v))
        return false;
    *ret = (uint64_t)v;
    return true;
}

bool hash_parse(arena *a, str base64, hash32 *ret)
{
    str bytes;
    if (base64.n != 44 || !base64_parse(a, base64, &bytes) || bytes.n != sizeof ret->b)
        return false;
    memcpy(ret->b, bytes.p, sizeof ret->b);
    return true;
}

/* The lines after the third: none is empty, the last is ended. */
static bool extensions_valid(str rest)
{
    while (rest.n) {
        str line = str_cut(&rest, '\n');
        if (line.n == 0 || !rest.p)
            return false;
    }
    return true;
}

err_t checkpoint_parse(arena *a, str text, fault *f, checkpoint *ret)
{
    checkpoint c = { 0 };
    str        lines[3] = { { 0 } };
    for (size_t i = 0; i < COUNT(lines); i++) {
        lines[i] = text.p ? str_cut(&text, '\n') : S("");
        if (!text.p || lines[i].n == 0)
            return fail(f, ERR_INVALID, "a checkpoint has three lines: origin, size and root");
    }
    if (!utf8_valid(lines[0]))
        return fail(f, ERR_INVALID, "the origin of the checkpoint is not UTF-8");
    for (size_t i = 0; i < lines[0].n; i++)
        if ((uint8_t)lines[0].p[i] < 0x20)
            return fail(f, ERR_INVALID, "the origin of the checkpoint has a control character");
    if (!decimal_parse(lines[1], &c.size))
        return fail(f, ERR_INVALID, "the size in the checkpoint is not a plain decimal number");
    if (!hash_parse(a, lines[2], &c.root))
        return fail(f, ERR_INVALID, "the root in the checkpoint is not 32 bytes of base64");
    if (!extensions_valid(text))
        return fail(f, ERR_INVALID, "the checkpoint has an empty or unfinished line after the root");
    c.origin = str_dup(a, lines[0]);
    *ret = c;
    return ERR_OK;
}

str checkpoint_text(arena *a, const checkpoint *c)
{
    str root = base64_of(a, c->root.b, sizeof c->root.b);
    return str_fmt(a, STR_FMT "\n%llu\n" STR_FMT "\n", STR_ARG(c->origin), (unsigned long long)c->size,
                   STR_ARG(root));
}

err_t checkpoint_of_note(arena *a, str note_bytes, fault *f, checkpoint *ret)
{
    str text, signatures;
    if (!note_split(note_bytes, &text, &signatures))
        return fail(f, ERR_INVALID, "the checkpoint is not a signed note");
    return checkpoint_parse(a, text, f, ret);
}

err_t cosign(arena *a, str text, const note_signer *witness, uint64_t at_s, str *ret_line)
{
    const note_verifier *v = note_signer_public(witness);
    checkpoint           c;
    uint8_t              payload[8 + 64];
    if (v->type != KEY_COSIGNATURE || at_s > INT64_MAX || checkpoint_parse(a, text, NULL, &c) != ERR_OK)
        return ERR_INVALID;
    for (size_t i = 0; i < 8; i++)
        payload[i] = (uint8_t)(at_s >> (56 - 8 * i));
    note_signer_sign(witness, cosignature_message(a, text, at_s), payload + 8);
    *ret_line = note_signature_line(a, v, payload, sizeof payload);
    return ERR_OK;
}
