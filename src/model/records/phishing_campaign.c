#include "model/model.h"

extern const relation relation_phishing_campaign;

static const field fields[] = {
    RECORD_ID("PHISH-1, PHISH-2 ..."),
    TEXT(title, "What the message pretended.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("planned; running; closed: the results are complete; cancelled.", "planned", "running", "closed", "cancelled"),
    TIME(starts_at, "When the first message is sent.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(ends_at, "When the last result was taken.", .flags = FIELD_COLUMN),
    REF(owner, "person", "Who runs it.", .flags = FIELD_COLUMN),
    TEXT(audience, "Who gets it.", .flags = FIELD_COLUMN),
    TEXT(provider, "The tool or the firm it is done with."),
    TIME(closed_at, "When it was closed.", .flags = FIELD_STAMPED),
    TEXT(remark, "What was learned.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(start, "planned", "running", ROLE_CONTRIBUTOR, "Messages are sent.", .needs = "owner audience", .guards = { MUST(PAST, "starts_at") }),
    MOVE(close, "running", "closed", ROLE_CONTRIBUTOR, "Every result is recorded.",
         .needs = "ends_at remark", .guards = { MUST(PAST, "ends_at") }, .sets = { STAMP(NOW, "closed_at") }),
    MOVE(cancel, "planned running", "cancelled", ROLE_MANAGER, "It does not take place.", .needs = "remark"),
};

static const record_type record = {
    .group = "People", .prefix = "PHISH", .title = "title", .owner = "owner", .initial = "planned",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "planned running",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "yearly at least", .controls = "HR-03",
};

RECORD(phishing_campaign, "A harmless phishing message sent to the workforce to see who reports it.");
