#include "model/model.h"

extern const relation relation_access_event;

static const field fields[] = {
    KEY_TEXT(id, "Names the event; ids are in the order of time."),
    ENUM(kind, "What was tried.",
         "sign_in", "sign_out", "refused", "exported", "evidence_read", "factor_changed", "token_changed", "session_ended",
         "permission_changed", "trust_viewed", "trust_requested", "trust_downloaded", "setup", "setting_changed"),
    BOOL(went_well, "Whether it was allowed and done."),
    TEXT(person, "Who, as far as it is known; a name that nobody has is not kept."),
    TEXT(about, "What it was about: the address of the page, the record, the way of signing in."),
    TEXT(address, "Where it came from."),
    TIME(at_time, "When."),
    INT(times, "How often within a minute, where the same was tried again and again."),
};

RELATION(access_event, RESULT, "Who came to the workspace by network, and what was refused or taken out.");
