#include "model/model.h"

extern const relation relation_auth_try;

static const field fields[] = {
    KEY_TEXT(id, "SHA-256 of what was tried, for whom and from where, hex."),
    INT(count, "Tries since the last success.", .flags = FIELD_REQUIRED, .min = 0, .max = INT32_MAX),
    TIME(next_at, "No try is looked at before.", .flags = FIELD_REQUIRED),
    TIME(expires_at, "When it is forgotten.", .flags = FIELD_REQUIRED | FIELD_INDEXED),
};

RELATION(auth_try, STATE, "How often something has been tried in vain.");
