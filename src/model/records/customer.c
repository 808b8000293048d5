#include "model/model.h"

extern const relation relation_customer;

static const field fields[] = {
    RECORD_ID("CUST-1, CUST-2 ..."),
    TEXT(name, "The customer's name or pseudonym.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("active; ended: the contract is over; deleted: its data is gone.", "active", "ended", "deleted"),
    REF(owner, "person", "Who looks after it.", .flags = FIELD_COLUMN),
    TIME(started_at, "When it became a customer."),
    TIME(ended_at, "When its contract ended; unknown: it has not.", .flags = FIELD_COLUMN),
    TIME(delete_due_at, "By when its data must be gone.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    BOOL(legal_hold, "Whether its data must be kept for now; unknown: nobody looked."),
    TEXT(hold_reason, "Why it must be kept."),
    TIME(deleted_at, "When its data was deleted.", .flags = FIELD_COLUMN),
    TEXT(proof, "What shows it: job, log, certificate.", .flags = FIELD_LONG),
    REF(verified_by, "person", "Who saw that it is gone.", .flags = FIELD_STAMPED),
    TEXT(exported, "What the customer was given of its data before; unknown: nothing was asked for."),
};

static const transition transitions[] = {
    MOVE(finish, "active", "ended", ROLE_CONTRIBUTOR, "The contract is over; the clock for its data runs.",
         .needs = "ended_at owner", .guards = { MUST(PAST, "ended_at") }),
    MOVE(delete, "ended", "deleted", ROLE_CONTRIBUTOR, "Its data is gone, and somebody else saw it.",
         .needs = "deleted_at proof", .guards = { MUST(PAST, "deleted_at"), MUST(OTHER_THAN, "owner") }, .sets = { STAMP(ACTOR, "verified_by") }),
    MOVE(return, "ended", "active", ROLE_CONTRIBUTOR, "It is a customer again.",
         .sets = { STAMP(CLEAR, "ended_at") }),
};

static const record_type record = {
    .group = "Data", .prefix = "CUST", .title = "name", .owner = "owner", .initial = "active",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "active ended",
    .on_write = { STAMP_BY(CLOCK, "delete_due_at", "customer_deletion ended_at") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "DA-04",
};

RECORD(customer, "A customer whose data the service holds, and the deletion of that data after its end.");
