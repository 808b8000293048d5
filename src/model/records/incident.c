#include "model/model.h"

extern const relation relation_incident;

static const field fields[] = {
    RECORD_ID("INC-1, INC-2 ..."),
    TEXT(title, "What happened, in one line.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(severity, "How bad it is, or may become.", CHOICES("critical", "high", "medium", "low"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(kind, "What was hurt.", CHOICES("security", "availability", "confidentiality", "integrity", "privacy", "physical"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("reported; triaged: judged and given a severity; declared: being handled as an incident; contained; "
           "resolved: service and data are as they should be; closed; not_an_incident.",
           "reported", "triaged", "declared", "contained", "resolved", "closed", "not_an_incident"),
    TEXT(description, "What was seen.", .flags = FIELD_LONG),
    REF(reporter, "person", "Who reported it.", .flags = FIELD_STAMPED),
    TIME(detected_at, "When it was noticed.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(reported_at, "When it was recorded here.", .flags = FIELD_STAMPED),
    REF(triaged_by, "person", "Who judged it.", .flags = FIELD_STAMPED),
    TIME(triaged_at, "When it was judged.", .flags = FIELD_STAMPED),
    REF(commander, "person", "Who leads the response.", .flags = FIELD_COLUMN),
    REF(scribe, "person", "Who keeps the time line."),
    TEXT(system, "What it is about: systems and services."),
    TEXT(affected, "Who and what was affected, and how much.", .flags = FIELD_LONG),
    ENUM(data_impact, "The worst that happened to data; unknown: nobody has judged it.",
         "none", "suspected", "confidential", "personal"),
    TIME(declared_at, "When it was declared.", .flags = FIELD_STAMPED),
    TIME(contained_at, "When it could do no more harm."),
    TIME(resolved_at, "When service and data were as they should be."),
    TIME(closed_at, "When it was closed.", .flags = FIELD_STAMPED),
    TEXT(root_cause, "Why it could happen.", .flags = FIELD_LONG),
    TEXT(post_mortem, "What was learned, without blame; the actions are records of their own.", .flags = FIELD_LONG),
    TIME(post_mortem_at, "When that was written.", .flags = FIELD_STAMPED),
    BOOL(report_relevant, "Whether a control failed or a commitment was broken, so that the description of the system names it (DC 4)."),
    TEXT(duplicate_of, "The incident that it is the same as."),
    TEXT(remark, "Why it is none, or why it was opened again.", .flags = FIELD_LONG),
};

#define FOLLOWED MUST_IN(ALL_IN, "action_item.subject", "done cancelled"), MUST_IN(ALL_IN, "notification.incident", "met not_applicable")

static const transition transitions[] = {
    MOVE(triage, "reported", "triaged", ROLE_CONTRIBUTOR, "It was judged by the matrix: severity and effect on data.",
         .sets = { STAMP(ACTOR, "triaged_by"), STAMP(NOW, "triaged_at") }),
    MOVE(dismiss, "reported triaged", "not_an_incident", ROLE_CONTRIBUTOR, "It was judged to be no incident.", .needs = "remark",
         .sets = { STAMP(ACTOR, "triaged_by"), STAMP(NOW, "triaged_at"), STAMP(NOW, "closed_at") }),
    MOVE(declare, "triaged", "declared", ROLE_CONTRIBUTOR, "It is an incident; somebody leads, and duties to notify begin.",
         .needs = "commander data_impact", .sets = { STAMP(NOW, "declared_at") }, .effect = EFFECT_NOTIFY_CLOCKS),
    MOVE(reassess, "declared contained resolved", NULL, ROLE_CONTRIBUTOR, "Its effect on data is judged anew; duties to notify that follow begin.",
         .needs = "data_impact", .effect = EFFECT_NOTIFY_CLOCKS),
    MOVE(contain, "declared", "contained", ROLE_CONTRIBUTOR, "It can do no more harm.", .needs = "contained_at",
         .guards = { MUST(PAST, "contained_at") }),
    MOVE(resolve, "declared contained", "resolved", ROLE_CONTRIBUTOR, "Service and data are as they should be.",
         .needs = "resolved_at data_impact", .guards = { MUST(PAST, "resolved_at") }),
    MOVE(review, "contained resolved closed", NULL, ROLE_CONTRIBUTOR, "Cause and lessons are written down.",
         .needs = "root_cause post_mortem", .sets = { STAMP(NOW, "post_mortem_at") }),
    MOVE(close, "resolved", "closed", ROLE_CONTRIBUTOR, "Cause and lessons are known, and everything that follows from them is done.",
         .needs = "root_cause post_mortem_at data_impact report_relevant",
         .guards = { FOLLOWED }, .sets = { STAMP(NOW, "closed_at") }),
    MOVE(close_minor, "resolved", "closed", ROLE_CONTRIBUTOR, "One of medium or low severity is closed without a post-mortem.",
         .needs = "root_cause data_impact report_relevant",
         .guards = { MUST_IN(ONE_OF, "severity", "medium low"), FOLLOWED }, .sets = { STAMP(NOW, "closed_at") }),
    MOVE(reopen, "resolved closed not_an_incident", "triaged", ROLE_CONTRIBUTOR, "It is not over, or it is one after all.", .needs = "remark",
         .sets = { STAMP(CLEAR, "closed_at"), STAMP(CLEAR, "resolved_at") }),
};

static const record_type record = {
    .group = "Incidents", .prefix = "INC", .title = "title", .owner = "commander", .own = "reporter", .initial = "reported",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MEMBER, .edit = ROLE_CONTRIBUTOR,
    .edit_in = "reported triaged declared contained resolved",
    .on_add = { STAMP(ACTOR, "reporter"), STAMP(NOW, "reported_at") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "IR-02 IR-03 IR-04 IR-05 LG-06",
};

RECORD(incident, "An event that may have hurt the system, from its report to its lessons.");
