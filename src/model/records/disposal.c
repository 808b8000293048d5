#include "model/model.h"

extern const relation relation_disposal;

static const field fields[] = {
    RECORD_ID("DISP-1, DISP-2 ..."),
    REF(subject, "*", "The asset, data store or customer whose data goes, as TYPE/ID.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(title, "What is destroyed.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(kind, "medium: equipment and what is on it; retention: its time is up; customer: the contract ended; request: a person asked.",
         CHOICES("medium", "retention", "customer", "request"), .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("planned; performed: with certificate or log; done: somebody else saw it, or checked the log; cancelled.",
           "planned", "performed", "done", "cancelled"),
    REF(retention, "retention_rule", "The rule that says its time is up."),
    ENUM(method, "How it is destroyed.", "delete", "crypto_erase", "overwrite", "shred", "anonymise"),
    TIME(due_at, "By when.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(done_at, "When it was destroyed."),
    REF(performer, "person", "Who did it, or had it done.", .flags = FIELD_STAMPED),
    REF(witness, "person", "Who else saw it, or checked the log.", .flags = FIELD_STAMPED),
    REF(vendor, "vendor", "The firm that destroyed it."),
    TEXT(certificate, "Number of the certificate, or where the log of the job is; the evidence holds its text."),
    TEXT(remark, "What is worth knowing, or why it was cancelled.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(finish, "planned", "performed", ROLE_CONTRIBUTOR, "It was destroyed, and the evidence shows it.", .needs = "method done_at certificate",
         .guards = { MUST(PAST, "done_at"), MUST(EVIDENCE, NULL) }, .sets = { STAMP(ACTOR, "performer") }),
    MOVE(confirm, "performed", "done", ROLE_CONTRIBUTOR, "Somebody else saw that nothing is left, or checked the log.",
         .guards = { MUST(OTHER_THAN, "performer") }, .sets = { STAMP(ACTOR, "witness") }),
    MOVE(reopen, "performed", "planned", ROLE_CONTRIBUTOR, "Something is left.", .sets = { STAMP(CLEAR, "performer") }),
    MOVE(cancel, "planned", "cancelled", ROLE_MANAGER, "It is kept.", .needs = "remark"),
};

static const record_type record = {
    .group = "Assets", .prefix = "DISP", .title = "title", .owner = "performer", .initial = "planned",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "planned",
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "PH-04 PH-05 DA-03 DA-04",
};

RECORD(disposal, "Data or equipment that is destroyed: how, when, by whom, and with which proof.");
