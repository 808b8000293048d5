/* ledger/private.h - what the files of this room share. */
#ifndef LEDGER_PRIVATE_H
#define LEDGER_PRIVATE_H

#include "ledger/ledger.h"

enum { NOTE_MAX_BYTES = 1 << 20, NOTE_SIGNATURES_MAX = 100 };

/* ---- keys (key.c) ---- */

/* Not empty, valid UTF-8, no white space of Unicode, no control, no '+'. */
bool key_name_valid(str name);
/* SHA-256(name || LF || type || key)[0:4]. */
void key_id(hasher *h, str name, uint8_t type, const uint8_t public_key[32], uint8_t ret[4]);
void note_signer_sign(const note_signer *s, str message, uint8_t ret[64]);
bool ed25519_verified(const uint8_t public_key[32], const uint8_t signature[64], str message);

/* ---- notes (note.c) ---- */

/* Splits at the last empty line; ret_text keeps its final LF. */
bool note_split(str bytes, str *ret_text, str *ret_signatures);
/* "U+2014 name base64(id || bytes)" LF. */
str  note_signature_line(arena *a, const note_verifier *v, const void *bytes, size_t n);
str  cosignature_message(arena *a, str text, uint64_t at_s);

/* Decimal without sign and leading zero, below 2^63. */
bool decimal_parse(str s, uint64_t *ret);
bool hash_parse(arena *a, str base64, hash32 *ret);

/* A checkpoint out of a note whose signatures are checked elsewhere, or later. */
err_t checkpoint_of_note(arena *a, str note_bytes, fault *f, checkpoint *ret) MUST_USE;

#endif
