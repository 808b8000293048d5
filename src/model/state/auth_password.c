#include "model/model.h"

extern const relation relation_auth_password;

static const field fields[] = {
    KEY_TEXT(person, "Whose it is."),
    TEXT(hash, "Argon2id in the form of its reference implementation, with parameters and salt.", .flags = FIELD_REQUIRED),
    TIME(set_at, "When it was set.", .flags = FIELD_REQUIRED),
};

RELATION(auth_password, STATE, "A person's password, as its Argon2id hash.");
