#include "model/model.h"

extern const relation relation_subject_request;

static const field fields[] = {
    RECORD_ID("DSR-1, DSR-2 ..."),
    TEXT(data_subject, "A pseudonym of the person: never the name.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("received; verified: the person is who they say; extended; answered; denied; withdrawn.",
           "received", "verified", "extended", "answered", "denied", "withdrawn"),
    TEXT(kind, "What is asked for.", CHOICES("access", "correction", "deletion", "objection", "portability", "accounting"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(regime, "The law whose clock runs.", CHOICES("gdpr", "ccpa"), .flags = FIELD_REQUIRED | FIELD_FIXED),
    TEXT(description, "What the person wants, without what need not be written down.", .flags = FIELD_LONG),
    TIME(received_at, "When it reached the organisation, by whatever way.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    REF(owner, "person", "Who answers it.", .flags = FIELD_COLUMN),
    TEXT(verification, "How the person's identity was made sure of."),
    TIME(identity_verified_at, "When the person's identity was made sure of.", .flags = FIELD_STAMPED),
    TIME(due_at, "By when the law wants the answer.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TEXT(extension_reason, "Why more time is needed, as the person was told.", .flags = FIELD_LONG),
    TIME(extended_at, "When the person was told that more time is needed; unknown: it is not extended.", .flags = FIELD_STAMPED),
    TIME(extended_due_at, "By when the law wants the answer after that.", .flags = FIELD_STAMPED),
    TEXT(outcome, "What was done and answered, in which systems.", .flags = FIELD_LONG),
    TEXT(denial_reason, "Why it was refused in whole or part, as the person was told.", .flags = FIELD_LONG),
    TIME(answered_at, "When the person had the answer or the refusal.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(answered_by, "person", "Who answered or refused.", .flags = FIELD_STAMPED),
    ENUM(passed_on, "Whether those who had received the data were told of the correction, deletion or objection; unknown: they were not.",
         "told", "nobody_to_tell", "impossible"),
    TIME(confirmed_at, "When another saw that it is done in all systems.", .flags = FIELD_STAMPED),
    REF(confirmed_by, "person", "Who saw it.", .flags = FIELD_STAMPED),
    REF(recorded_by, "person", "Who took it in.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(verify, "received", "verified", ROLE_CONTRIBUTOR, "The person is who they say.",
         .needs = "verification", .sets = { STAMP(NOW, "identity_verified_at") }),
    MOVE(extend, "verified", "extended", ROLE_MANAGER, "The person is told, in time, that more time is needed and why.",
         .needs = "extension_reason", .guards = { MUST(FUTURE, "due_at") },
         .sets = { STAMP(NOW, "extended_at"), STAMP_BY(CLOCK, "extended_due_at", "{regime}_request_extended received_at") }),
    MOVE(answer, "verified extended", "answered", ROLE_CONTRIBUTOR, "It is done and the person has the answer.",
         .needs = "outcome", .sets = { STAMP(NOW, "answered_at"), STAMP(ACTOR, "answered_by") }),
    MOVE(deny, "received verified extended", "denied", ROLE_MANAGER, "It is refused, the person knows why and where to complain.",
         .needs = "denial_reason", .guards = { MUST(OTHER_THAN, "owner") }, .sets = { STAMP(NOW, "answered_at"), STAMP(ACTOR, "answered_by") }),
    MOVE(confirm, "answered", NULL, ROLE_CONTRIBUTOR, "Another saw that it is done in all systems.",
         .guards = { MUST(OTHER_THAN, "answered_by") }, .sets = { STAMP(NOW, "confirmed_at"), STAMP(ACTOR, "confirmed_by") }),
    MOVE(withdraw, "received verified extended", "withdrawn", ROLE_CONTRIBUTOR, "The person wants it no more.",
         .needs = "outcome", .sets = { STAMP(NOW, "answered_at"), STAMP(ACTOR, "answered_by") }),
};

static const record_type record = {
    .group = "Privacy", .prefix = "DSR", .title = "kind", .owner = "owner", .own = "recorded_by", .initial = "received",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MEMBER, .edit = ROLE_CONTRIBUTOR, .edit_in = "received verified extended answered",
    .on_write = { STAMP_BY(CLOCK, "due_at", "{regime}_request received_at") },
    .on_add = { STAMP(ACTOR, "recorded_by") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "PR-07 PR-08 PR-09 PR-15",
};

RECORD(subject_request, "A person's request about their own data, and the legal clock that runs on it.");
