#include "model/model.h"

extern const relation relation_exercise;

static const field fields[] = {
    RECORD_ID("EX-1, EX-2 ..."),
    TEXT(title, "What is exercised.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(kind, "tabletop: talked through; restore: data brought back; failover: a part lost on purpose; full: the service from nothing.",
         CHOICES("tabletop", "restore", "failover", "full"), .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("planned; running; finished: measured; closed: what it showed is done; cancelled.",
           "planned", "running", "finished", "closed", "cancelled"),
    TEXT(scenario, "What is assumed to have happened, absence of key people included.", .flags = FIELD_REQUIRED | FIELD_LONG),
    REF(owner, "person", "Who leads it.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(participants, "Who took part, in which role.", .flags = FIELD_LONG),
    REF(plan, "continuity_plan", "The plan that is exercised."),
    REF(data_store, "data_store", "What is restored."),
    INT(rto_target, "The service is to be usable within this time.", .unit = "minutes", .min = 0, .max = 525600),
    INT(rpo_target, "Data of at most this long may be lost.", .unit = "minutes", .min = 0, .max = 525600),
    TIME(planned_at, "When it is to take place.", .flags = FIELD_COLUMN),
    TIME(started_at, "When the fault was made or the restore begun."),
    TIME(detected_at, "When the fault was noticed."),
    TIME(decided_at, "When recovery was decided."),
    TIME(finished_at, "When the service or data was usable again.", .flags = FIELD_COLUMN),
    INT(rto_measured, "From the start until it was usable.", .unit = "minutes", .flags = FIELD_STAMPED),
    INT(rpo_measured, "How far back the newest data was that came back.", .unit = "minutes", .min = 0, .max = 525600),
    INT(lost_writes, "Acknowledged writes that did not come back.", .min = 0, .max = 9007199254740991),
    BOOL(integrity_checked, "Whether completeness and integrity of what came back were checked."),
    ENUM(result, "How it went.", "pass", "partial", "failed"),
    TEXT(findings, "What did not work; the actions are records of their own.", .flags = FIELD_LONG),
    BOOL(plan_revised, "Whether the plan was corrected by what was learned; true also when nothing had to be."),
    TIME(closed_at, "When all that followed from it was done.", .flags = FIELD_STAMPED),
    TEXT(remark, "Why it was cancelled.", .flags = FIELD_LONG),
};

#define OVER MUST(PAST, "finished_at"), MUST(REACHES, "finished_at started_at"), MUST(EVIDENCE, NULL)
#define MEASURED { STAMP_BY(SPAN, "rto_measured", "started_at finished_at minutes") }

static const transition transitions[] = {
    MOVE(start, "planned", "running", ROLE_CONTRIBUTOR, "It has begun.", .needs = "started_at", .guards = { MUST(PAST, "started_at") }),
    MOVE(finish, "running", "finished", ROLE_CONTRIBUTOR, "What was lost is usable again, and it is measured.",
         .needs = "started_at finished_at rto_target rpo_target rpo_measured lost_writes integrity_checked result participants",
         .guards = { MUST_IN(ONE_OF, "kind", "restore failover full"), OVER }, .sets = MEASURED),
    MOVE(finish_tabletop, "planned running", "finished", ROLE_CONTRIBUTOR, "It was talked through; nothing is measured.",
         .needs = "started_at finished_at result participants",
         .guards = { MUST_IN(ONE_OF, "kind", "tabletop"), OVER }),
    MOVE(close, "finished", "closed", ROLE_CONTRIBUTOR, "What it showed is done, and the plan corrected.", .needs = "plan_revised findings",
         .guards = { MUST_IN(ALL_IN, "action_item.subject", "done cancelled") }, .sets = { STAMP(NOW, "closed_at") }),
    MOVE(cancel, "planned running", "cancelled", ROLE_MANAGER, "It does not take place.", .needs = "remark"),
};

static const record_type record = {
    .group = "Continuity", .prefix = "EX", .title = "title", .owner = "owner", .initial = "planned",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "planned running",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "restores quarterly, recovery and incident response yearly",
    .controls = "BC-05 BC-06 IR-06",
};

RECORD(exercise, "A plan, a restore or a failover is tried, and time and loss are measured against the targets.");
