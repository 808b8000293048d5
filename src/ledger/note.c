/* Signed notes: text, an empty line, signature lines. */
#include "ledger/private.h"

#define DASH "\xE2\x80\x94 "             /* U+2014 and a space begin a signature line */

/* UTF-8 without control characters other than LF. */
static bool text_clean(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((uint8_t)s.p[i] < 0x20 && s.p[i] != '\n')
            return false;
    return utf8_valid(s);
}

bool note_split(str bytes, str *ret_text, str *ret_signatures)
{
    if (bytes.n > NOTE_MAX_BYTES || !str_ends(bytes, S("\n")) || !text_clean(bytes))
        return false;
    const char *at = NULL;
    for (size_t i = bytes.n - 1; i > 0 && !at; i--)
        if (bytes.p[i] == '\n' && bytes.p[i - 1] == '\n')
            at = bytes.p + i;
    if (!at)
        return false;
    size_t text_n = (size_t)(at - bytes.p);
    *ret_text = str_sub(bytes, 0, text_n);
    *ret_signatures = str_sub(bytes, text_n + 1, bytes.n);
    return ret_signatures->n > 0;
}

/* ---- how each type of key signs ---- */

str cosignature_message(arena *a, str text, uint64_t at_s)
{
    return str_fmt(a, "cosignature/v1\ntime %llu\n" STR_FMT, (unsigned long long)at_s, STR_ARG(text));
}

static bool verify_plain(arena *a, str text, note_signature *s, const note_verifier *v)
{
    (void)a;
    return s->bytes.n == 64 && ed25519_verified(v->public_key, (const uint8_t *)s->bytes.p, text);
}

static bool verify_cosignature(arena *a, str text, note_signature *s, const note_verifier *v)
{
    if (s->bytes.n != 8 + 64)
        return false;
    uint64_t at_s = 0;
    for (size_t i = 0; i < 8; i++)
        at_s = at_s << 8 | (uint8_t)s->bytes.p[i];
    if (at_s > INT64_MAX)
        return false;
    s->cosigned_s = at_s;
    return ed25519_verified(v->public_key, (const uint8_t *)s->bytes.p + 8, cosignature_message(a, text, at_s));
}

static const struct {
    uint8_t type;
    bool (*verify)(arena *a, str text, note_signature *s, const note_verifier *v);
} signature_types[] = {
    { KEY_ED25519, verify_plain },
    { KEY_COSIGNATURE, verify_cosignature },
};

static bool verify(arena *a, str text, note_signature *s, const note_verifier *v)
{
    for (size_t i = 0; i < COUNT(signature_types); i++)
        if (signature_types[i].type == v->type)
            return signature_types[i].verify(a, text, s, v);
    return false;
}

/* ---- opening ---- */

static bool parse_line(arena *a, str line, note_signature *ret)
{
    str payload;
    if (!str_starts(line, S(DASH)))
        return false;
    line = str_sub(line, sizeof DASH - 1, line.n);
    str name = str_cut(&line, ' ');
    if (!line.p || !key_name_valid(name) || !base64_parse(a, line, &payload) || payload.n < 5)
        return false;
    *ret = (note_signature){ .name = name, .bytes = str_sub(payload, 4, payload.n) };
    memcpy(ret->id, payload.p, 4);
    return true;
}

static err_t parse_lines(arena *a, str lines, fault *f, note *n)
{
    DA(note_signature) rows = { 0 };
    while (lines.n) {
        note_signature s;
        if (rows.n == NOTE_SIGNATURES_MAX)
            return fail(f, ERR_INVALID, "a note may have no more than %d signatures", NOTE_SIGNATURES_MAX);
        str line = str_cut(&lines, '\n');
        if (!lines.p || !parse_line(a, line, &s))
            return fail(f, ERR_INVALID, "signature line %zu of the note is malformed", rows.n + 1);
        da_push(a, &rows) = s;
    }
    n->signatures = rows.v;
    n->n_signatures = rows.n;
    return ERR_OK;
}

/* Two keys may share name and id, four bytes being few: any of them will do,
 * but when none does the signature is a forgery. */
static bool check_signature(arena *a, str text, note_signature *s, const note_verifier *keys, size_t n_keys)
{
    bool known = false;
    for (size_t i = 0; i < n_keys && !s->verified; i++) {
        if (!str_eq(keys[i].name, s->name) || memcmp(keys[i].id, s->id, 4) != 0)
            continue;
        known = true;
        if (verify(a, text, s, &keys[i]))
            s->verified = &keys[i];
    }
    return s->verified || !known;
}

static bool ids_belong(hasher *h, const note_verifier *keys, size_t n_keys)
{
    for (size_t i = 0; i < n_keys; i++) {
        uint8_t id[4];
        key_id(h, keys[i].name, keys[i].type, keys[i].public_key, id);
        if (memcmp(id, keys[i].id, 4) != 0)
            return false;
    }
    return true;
}

err_t note_open(arena *a, hasher *h, str bytes, const note_verifier *keys, size_t n_keys, fault *f, note *ret)
{
    note n = { 0 };
    str  lines;
    assert(ids_belong(h, keys, n_keys));
    if (!note_split(bytes, &n.text, &lines))
        return fail(f, ERR_INVALID, "not a signed note: it needs UTF-8 text without control characters, "
                                    "an empty line and signature lines, each ended by LF");
    TRY(parse_lines(a, lines, f, &n));
    for (size_t i = 0; i < n.n_signatures; i++) {
        note_signature *s = &n.signatures[i];
        if (!check_signature(a, n.text, s, keys, n_keys))
            return fail(f, ERR_INVALID, "the signature of " STR_FMT " does not match the text; "
                        "the note was altered or forged", STR_ARG(s->name));
        n.n_verified += s->verified != NULL;
    }
    if (n.n_verified == 0)
        return fail(f, ERR_INVALID, "the note carries no signature by a known key");
    *ret = n;
    return ERR_OK;
}

/* ---- signing ---- */

str note_signature_line(arena *a, const note_verifier *v, const void *bytes, size_t n)
{
    uint8_t payload[128];
    assert(n + 4 <= sizeof payload);
    memcpy(payload, v->id, 4);
    memcpy(payload + 4, bytes, n);
    str base64 = base64_of(a, payload, n + 4);
    return str_fmt(a, DASH STR_FMT " " STR_FMT "\n", STR_ARG(v->name), STR_ARG(base64));
}

err_t note_sign(arena *a, str text, const note_signer *s, str *ret_note)
{
    const note_verifier *v = note_signer_public(s);
    uint8_t              signature[64];
    if (v->type != KEY_ED25519 || text.n > NOTE_MAX_BYTES / 2 || !str_ends(text, S("\n")) || !text_clean(text))
        return ERR_INVALID;
    note_signer_sign(s, text, signature);
    str line = note_signature_line(a, v, signature, sizeof signature);
    *ret_note = str_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(text), STR_ARG(line));
    return ERR_OK;
}
