#include "model/model.h"

extern const relation relation_auth_recovery;

static const field fields[] = {
    KEY_TEXT(person, "Whose it is."),
    KEY_TEXT(hash, "SHA-256 of the code, hex."),
};

RELATION(auth_recovery, STATE, "A recovery code that has not been used.");
