#include "model/model.h"

extern const relation relation_phishing_result;

static const field fields[] = {
    RECORD_ID("PHR-1, PHR-2 ..."),
    REF(campaign, "phishing_campaign", "The campaign.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    REF(person, "person", "Who got the message.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TIME(sent_at, "When it was sent.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    BOOL(clicked, "Whether the person followed it: opened the link or the file.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    BOOL(submitted, "Whether the person gave away a password or other data."),
    BOOL(reported, "Whether the person reported it.", .flags = FIELD_COLUMN),
    TIME(clicked_at, "When the person followed it."),
    TIME(reported_at, "When the person reported it."),
};

static const record_type record = {
    .group = "People", .prefix = "PHR", .title = "person", .owner = "person", .own = "person",
    .read = ROLE_MANAGER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_MANAGER, .controls = "HR-03",
};

RECORD(phishing_result, "What one person did with the message of a phishing campaign.");
