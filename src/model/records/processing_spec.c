#include "model/model.h"

extern const relation relation_processing_spec;

static const field fields[] = {
    RECORD_ID("SPEC-1, SPEC-2 ..."),
    TEXT(title, "The processing function it defines.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(version, "Its version.", .flags = FIELD_COLUMN),
    STATES("draft; approved; published to those who need it; retired.", "draft", "approved", "published", "retired"),
    REF(owner, "person", "Who answers for it.", .flags = FIELD_COLUMN),
    TEXT(inputs, "What comes in: fields, ranges, sources, and what is refused.", .flags = FIELD_LONG),
    TEXT(processing, "The rules by which it is processed, with accuracy and timing.", .flags = FIELD_LONG),
    TEXT(outputs, "What goes out, to whom, when.", .flags = FIELD_LONG),
    TEXT(storage, "What is stored, and how it stays complete and right.", .flags = FIELD_LONG),
    TEXT(published_where, "Where its users find their part."),
    TEXT(reconciliation_cadence, "How often what came in is compared with what went out; none: it need not be.",
         CHOICES("none", "daily", "weekly", "monthly", "quarterly"), .flags = FIELD_REQUIRED, .initial = "none"),
    REF(approver, "person", "Who approved it.", .flags = FIELD_STAMPED),
    TIME(approved_at, "When it was approved.", .flags = FIELD_STAMPED),
    TIME(published_at, "When it was published.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(reviewed_at, "When it was last compared with what the product does.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(approve, "draft", "approved", ROLE_MANAGER, "It says what is meant.",
         .needs = "owner version inputs processing outputs", .guards = { MUST(OTHER_THAN, "owner") },
         .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at"), STAMP(NOW, "reviewed_at") }),
    MOVE(publish, "approved", "published", ROLE_CONTRIBUTOR, "Those who need it have it.",
         .needs = "published_where", .sets = { STAMP(NOW, "published_at") }),
    MOVE(review, "published", NULL, ROLE_CONTRIBUTOR, "It is still what the product does.",
         .sets = { STAMP(NOW, "reviewed_at") }),
    MOVE(revise, "approved published", "draft", ROLE_CONTRIBUTOR, "It is to be changed.",
         .sets = { STAMP(CLEAR, "approver"), STAMP(CLEAR, "approved_at"), STAMP(CLEAR, "published_at") }),
    MOVE(retire, "draft approved published", "retired", ROLE_MANAGER, "The function is gone."),
};

static const record_type record = {
    .group = "Processing", .prefix = "SPEC", .title = "title", .owner = "owner", .initial = "draft",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "with the product, at least every year", .controls = "PI-01 PI-04",
};

RECORD(processing_spec, "What a processing function takes, does and gives, so that right can be told from wrong.");
