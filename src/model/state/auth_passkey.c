#include "model/model.h"

extern const relation relation_auth_passkey;

static const field fields[] = {
    KEY_TEXT(id, "SHA-256 of the credential id, hex."),
    TEXT(person, "Whose it is.", .flags = FIELD_REQUIRED | FIELD_INDEXED),
    TEXT(credential, "The credential id, base64.", .flags = FIELD_REQUIRED),
    TEXT(label, "What the person calls it.", .flags = FIELD_REQUIRED),
    INT(alg, "COSE algorithm.", .flags = FIELD_REQUIRED),
    TEXT(public_key, "The public key, base64.", .flags = FIELD_REQUIRED),
    INT(sign_count, "Signatures it says it made.", .flags = FIELD_REQUIRED),
    TEXT(aaguid, "Model of the authenticator.", .flags = FIELD_REQUIRED),
    TEXT(transports, "How it can be reached.", .flags = FIELD_REQUIRED),
    BOOL(backed_up, "Whether it is copied between devices.", .flags = FIELD_REQUIRED),
    TIME(added_at, "When it was added.", .flags = FIELD_REQUIRED),
    TIME(used_at, "When it was last used; unknown before the first time."),
};

RELATION(auth_passkey, STATE, "A passkey or security key.");
