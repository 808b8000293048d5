#include "model/model.h"

extern const relation relation_ssh_key;

static const field fields[] = {
    KEY_TEXT(system, "Host it is accepted on."),
    KEY_TEXT(login, "Account it signs in as."),
    KEY_TEXT(fingerprint, "SHA-256 fingerprint of the key, as ssh-keygen -l prints it."),
    KEY_TEXT(path, "File that lists it."),
    TEXT(type, "Key type, such as ssh-ed25519."),
    INT(bits, "Key size.", .unit = "bits"),
    TEXT(comment, "Comment after the key."),
    BOOL(forced_command, "Whether the key may run one fixed command only."),
    BOOL(source_limited, "Whether the key works from listed addresses only."),
    BOOL(writable_by_others,
         "Whether the file, or a directory above it up to the home, can be written by "
         "others than its owner and root."),
};

RELATION(ssh_key, FACT,
         "An SSH public key that may sign in as an account.");
