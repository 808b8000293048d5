#include "model/model.h"

extern const relation relation_consent;

static const field fields[] = {
    RECORD_ID("CNS-1, CNS-2 ..."),
    TEXT(data_subject, "A pseudonym of the person: never the name.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(purpose, "What the person agreed to.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("given; withdrawn.", "given", "withdrawn"),
    REF(activity, "processing_activity", "The processing that rests on it."),
    BOOL(sensitive, "Whether it is about special kinds of data, which need explicit consent.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    BOOL(explicit, "Whether it was given by a clear act.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    BOOL(informed, "Whether the person was told what refusing means; unknown: there is no proof.", .flags = FIELD_FIXED),
    TIME(obtained_at, "When it was given; unknown: there is no proof.", .flags = FIELD_COLUMN | FIELD_FIXED),
    TIME(collected_at, "When the first data was collected on it; unknown: nobody looked."),
    REF(notice, "privacy_notice", "The version of the notice the person saw.", .flags = FIELD_FIXED),
    TEXT(proof, "What shows it: form, log, signature."),
    TIME(withdrawn_at, "When it was withdrawn; unknown: it was not."),
    TIME(applied_at, "When the withdrawal had taken effect in all systems."),
};

static const transition transitions[] = {
    MOVE(withdraw, "given", "withdrawn", ROLE_CONTRIBUTOR, "The person agrees no more.",
         .needs = "withdrawn_at", .guards = { MUST(PAST, "withdrawn_at") }),
};

static const record_type record = {
    .group = "Privacy", .prefix = "CNS", .title = "purpose", .initial = "given",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR,
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "PR-03 PR-04",
};

RECORD(consent, "A person's agreement to a use of their data, and its withdrawal.");
