#include "model/model.h"

extern const relation relation_auth_session;

static const field fields[] = {
    KEY_TEXT(id, "SHA-256 of the session's secret, hex."),
    TEXT(person, "Whose session it is.", .flags = FIELD_REQUIRED | FIELD_INDEXED),
    INT(stage, "0 half, 1 enrolling, 2 full.", .flags = FIELD_REQUIRED, .min = 0, .max = 2),
    TEXT(method, "How the person signed in.", .flags = FIELD_REQUIRED),
    TEXT(address, "Where the session began: the address.", .flags = FIELD_REQUIRED),
    TEXT(agent, "Where it began: what the browser calls itself.", .flags = FIELD_REQUIRED),
    TIME(started_at, "When it began.", .flags = FIELD_REQUIRED),
    TIME(seen_at, "When it was last seen, to within the interval of writing.", .flags = FIELD_REQUIRED),
    TIME(ends_at, "When it ends whatever happens.", .flags = FIELD_REQUIRED),
    TIME(proven_at, "When the person last proved who they are.", .flags = FIELD_REQUIRED),
    BOOL(second, "Whether a second factor stood behind it.", .flags = FIELD_REQUIRED),
    TIME(expires_at, "When the row may be swept.", .flags = FIELD_REQUIRED | FIELD_INDEXED),
};

RELATION(auth_session, STATE, "A session of somebody who signed in; the secret itself is with the browser alone.");
