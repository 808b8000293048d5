#include "model/model.h"

extern const relation relation_contract;

static const field fields[] = {
    RECORD_ID("CON-1, CON-2 ..."),
    REF(vendor, "vendor", "With whom.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(title, "What it is called.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; active: signed; ended.", "draft", "active", "ended"),
    REF(owner, "person", "Who answers for it.", .flags = FIELD_COLUMN),
    TIME(signed_at, "When both had signed it."),
    TIME(starts_at, "From when it holds.", .flags = FIELD_COLUMN),
    TIME(ends_at, "Until when it holds, unless it is open_ended.", .flags = FIELD_COLUMN),
    BOOL(dpa, "Whether it contains or comes with a data-processing agreement.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    INT(breach_notice_hours, "Within how many hours the vendor must tell us of an incident; unknown: it need not.", .unit = "hours", .min = 1, .max = 8760),
    TEXT(security_terms, "The duties of security and confidentiality it contains; unknown: none.", .flags = FIELD_LONG),
    BOOL(return_of_data, "Whether the data must be returned or deleted at the end; unknown: nobody looked."),
    BOOL(audit_right, "Whether we may ask for evidence of its controls; unknown: nobody looked."),
    TEXT(sla, "The service levels it promises.", .flags = FIELD_LONG),
    REF(approver, "person", "Who approved its terms.", .flags = FIELD_STAMPED),
    TIME(ended_at, "When it was ended.", .flags = FIELD_STAMPED),
    BOOL(open_ended, "Whether it runs until somebody ends it.", .flags = FIELD_REQUIRED, .initial = "false"),
};

static const transition transitions[] = {
    MOVE(activate, "draft", "active", ROLE_MANAGER, "It is signed.",
         .needs = "owner signed_at starts_at", .guards = { MUST(PAST, "signed_at"), MUST(OTHER_THAN, "owner") }, .sets = { STAMP(ACTOR, "approver") }),
    MOVE(finish, "active", "ended", ROLE_CONTRIBUTOR, "It holds no more.",
         .sets = { STAMP(NOW, "ended_at") }),
    MOVE(drop, "draft", "ended", ROLE_CONTRIBUTOR, "It is not signed after all.",
         .sets = { STAMP(NOW, "ended_at") }),
};

static const record_type record = {
    .group = "Vendors", .prefix = "CON", .title = "title", .owner = "owner", .initial = "draft",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft active",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "before its end", .controls = "VN-03 PR-13",
};

RECORD(contract, "What a vendor is bound to: service levels, security, notice of incidents, privacy terms.");
