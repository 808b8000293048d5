#include "model/model.h"

extern const relation relation_person;

static const field fields[] = {
    RECORD_ID("What the organisation calls the person: a short name or the number of the HR system."),
    TEXT(name, "Full name.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("planned: not started yet; active; on_leave; left.", "planned", "active", "on_leave", "left"),
    TEXT(email, "Work e-mail address.", .flags = FIELD_UNIQUE),
    TEXT(login, "Name the person signs in with, where it is not the address.", .flags = FIELD_UNIQUE),
    ENUM(kind, "How the person works for the organisation.", "employee", "contractor", "intern", "director"),
    TEXT(job_title, "What the person is hired to do.", .flags = FIELD_COLUMN),
    TEXT(team, "Team or department.", .flags = FIELD_COLUMN),
    REF(manager, "person", "Whom the person reports to."),
    TIME(starts_at, "First day of work.", .flags = FIELD_COLUMN),
    TIME(ends_at, "Last day of work, when it is known."),
    TIME(left_at, "When the person was recorded as having left.", .flags = FIELD_STAMPED),
    TIME(moved_at, "When role, team or manager last changed."),
    ENUM(permission, "What the person may do in Attest; unknown: what a member may.",
         "auditor", "member", "contributor", "manager", "owner"),
    TEXT(location, "Country or office, which decides the law that applies."),
    BOOL(technical, "Whether the person writes code or runs systems, and needs the training and the rules for that."),
    TIME(notice_at, "When it became known that the person will leave."),
    ENUM(leaving, "How the person leaves.", "voluntary", "involuntary", "end_of_contract"),
    TIME(agreement_at, "When the person signed the confidentiality agreement."),
    TIME(interviewed_at, "When skills were compared with the job description, before hiring."),
    TEXT(external_id, "What the identity provider calls the person, as SCIM told it.", .flags = FIELD_STAMPED),
    TEXT(user_name, "What the person signs in with at the identity provider, as SCIM told it.", .flags = FIELD_STAMPED),
    TEXT(directory, "What the identity provider says of the person by SCIM: active; inactive; deleted. Unknown: it says nothing.",
         CHOICES("active", "inactive", "deleted"), .flags = FIELD_STAMPED),
    REF(access_role, "access_role", "A role of the organisation's own, which adds to what the permission gives."),
};

static const transition transitions[] = {
    MOVE(start, "planned on_leave", "active", ROLE_MANAGER, "The person begins, or comes back, to work.",
         .needs = "starts_at", .guards = { MUST(PAST, "starts_at") }, .sets = { STAMP(CLEAR, "directory") }, .effect = EFFECT_ONBOARDING),
    MOVE(pause, "active", "on_leave", ROLE_MANAGER, "A long absence begins."),
    MOVE(leave, "planned active on_leave", "left", ROLE_MANAGER, "The person has left; access ends.",
         .needs = "ends_at", .sets = { STAMP(NOW, "left_at") }, .effect = EFFECT_OFFBOARDING),
    MOVE(return, "left", "active", ROLE_MANAGER, "The person was hired again.",
         .needs = "starts_at", .guards = { MUST(PAST, "starts_at") },
         .sets = { STAMP(CLEAR, "ends_at"), STAMP(CLEAR, "left_at"), STAMP(CLEAR, "directory") }, .effect = EFFECT_ONBOARDING),
};

static const record_type record = {
    .group = "People", .title = "name", .owner = "manager", .own = "id", .initial = "planned", .front = "email permission",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MANAGER, .edit = ROLE_MANAGER,
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "HR-01 HR-03 HR-06",
};

RECORD(person, "A member of the workforce, from before the first day to after the last.");
