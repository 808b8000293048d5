#include "model/model.h"

extern const relation relation_replay;

static const field fields[] = {
    KEY_TEXT(id, "SHA-256 of token and Idempotency-Key, hex."),
    TEXT(request, "SHA-256 of method, address and body, hex.", .flags = FIELD_REQUIRED),
    INT(status, "Status of the answer; unknown while the first request is under way."),
    TEXT(location, "Its Location."),
    TEXT(etag, "Its ETag."),
    TEXT(media, "Its Content-Type."),
    TEXT(body, "Its body, as it was.", .flags = FIELD_LONG),
    TIME(expires_at, "When the key may be used anew.", .flags = FIELD_REQUIRED | FIELD_INDEXED),
};

RELATION(replay, STATE, "An answer to a request that may be sent again, as it was given the first time.");
