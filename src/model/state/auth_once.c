#include "model/model.h"

extern const relation relation_auth_once;

static const field fields[] = {
    KEY_TEXT(id, "SHA-256 of purpose and secret, hex."),
    TEXT(text, "What belongs to it, sealed.", .flags = FIELD_REQUIRED),
    TEXT(person, "Whose it is: a link.", .flags = FIELD_INDEXED),
    TIME(made_at, "When it was made.", .flags = FIELD_REQUIRED),
    TIME(expires_at, "When it is void.", .flags = FIELD_REQUIRED | FIELD_INDEXED),
};

RELATION(auth_once, STATE, "Something told once that is to be brought back once: a challenge, a link.");
