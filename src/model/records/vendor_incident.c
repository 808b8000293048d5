#include "model/model.h"

extern const relation relation_vendor_incident;

static const field fields[] = {
    RECORD_ID("VINC-1, VINC-2 ..."),
    REF(vendor, "vendor", "Whose incident it is.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(title, "What the vendor reports, in one line.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("reported; assessed: it is judged what it means for us; closed.", "reported", "assessed", "closed"),
    TIME(occurred_at, "When it happened, as the vendor says."),
    TIME(reported_at, "When word of it reached us.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TIME(recorded_at, "When it was recorded here.", .flags = FIELD_STAMPED),
    TEXT(description, "What the vendor says.", .flags = FIELD_LONG),
    ENUM(severity, "How bad it is for us; unknown: not judged.", "critical", "high", "medium", "low", "none"),
    BOOL(personal_data, "Whether personal data we answer for is affected; unknown: not judged."),
    REF(owner, "person", "Who follows it.", .flags = FIELD_COLUMN),
    TEXT(assessment, "What it means for us, and what we do.", .flags = FIELD_LONG),
    TIME(assessed_at, "When that was judged.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(closed_at, "When it was closed.", .flags = FIELD_STAMPED),
    REF(incident, "incident", "Our own incident that it became; unknown: it became none."),
    REF(recorded_by, "person", "Who recorded it.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(assess, "reported", "assessed", ROLE_CONTRIBUTOR, "It is judged what it means for us.",
         .needs = "owner severity personal_data assessment", .sets = { STAMP(NOW, "assessed_at") }),
    MOVE(close, "assessed", "closed", ROLE_CONTRIBUTOR, "Nothing is left to do.",
         .sets = { STAMP(NOW, "closed_at") }),
};

static const record_type record = {
    .group = "Vendors", .prefix = "VINC", .title = "title", .owner = "owner", .own = "recorded_by", .initial = "reported",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MEMBER, .edit = ROLE_CONTRIBUTOR, .edit_in = "reported assessed",
    .on_add = { STAMP(ACTOR, "recorded_by"), STAMP(NOW, "recorded_at") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "VN-06",
};

RECORD(vendor_incident, "An incident at a vendor that reached us, judged like one of our own.");
