#include "model/model.h"

extern const relation relation_auth_totp;

static const field fields[] = {
    KEY_TEXT(person, "Whose it is."),
    TEXT(secret, "Sealed with keys/auth.key; unknown before one is in force."),
    TEXT(pending, "As secret: one that is not confirmed yet."),
    TIME(pending_at, "When that was made."),
    INT(last_step, "The last step a code was accepted for.", .flags = FIELD_REQUIRED),
};

RELATION(auth_totp, STATE, "A person's secret for one-time codes, sealed.");
