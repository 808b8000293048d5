#include "model/model.h"

extern const relation relation_auth_token;

static const field fields[] = {
    KEY_TEXT(id, "SHA-256 of the token, hex."),
    TEXT(person, "Whose rights it has.", .flags = FIELD_REQUIRED | FIELD_INDEXED),
    TEXT(label, "What it is for.", .flags = FIELD_REQUIRED),
    INT(scopes, "What it may do, as bits.", .flags = FIELD_REQUIRED),
    TEXT(made_by, "Who made it.", .flags = FIELD_REQUIRED),
    TIME(made_at, "When it was made.", .flags = FIELD_REQUIRED),
    TIME(used_at, "When it was last used, to within the interval of writing; unknown before the first time."),
    TIME(expires_at, "When it ends.", .flags = FIELD_REQUIRED | FIELD_INDEXED),
};

RELATION(auth_token, STATE, "A token with which a program signs in as a person.");
