#include "model/model.h"

extern const relation relation_auth_identity;

static const field fields[] = {
    KEY_TEXT(id, "SHA-256 of issuer and subject, hex."),
    TEXT(person, "Whose it is.", .flags = FIELD_REQUIRED | FIELD_INDEXED),
    TEXT(issuer, "The provider.", .flags = FIELD_REQUIRED),
    TEXT(subject, "What the provider calls the person.", .flags = FIELD_REQUIRED),
    TIME(linked_at, "When they were linked.", .flags = FIELD_REQUIRED),
};

RELATION(auth_identity, STATE, "Who an identity provider's subject is here.");
