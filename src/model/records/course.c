#include "model/model.h"

extern const relation relation_course;

static const field fields[] = {
    RECORD_ID("The course's short name, as security-basics."),
    TEXT(title, "Its title.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; active; retired.", "draft", "active", "retired"),
    TEXT(topic, "What it teaches.",
         CHOICES("security_awareness", "phishing", "privacy", "secure_development", "secure_operations", "other"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    BOOL(mandatory, "Whether each of its addressees must take it.", .flags = FIELD_REQUIRED | FIELD_COLUMN, .initial = "true"),
    TEXT(addressees, "Who is to take it: everyone; employees and not contractors; technical: people who write code or run "
         "systems; management: people with a role.",
         CHOICES("everyone", "employees", "technical", "management"), .flags = FIELD_REQUIRED, .initial = "everyone"),
    INT(join_days, "Within how many days of starting it is to be completed.", .unit = "days",
        .flags = FIELD_REQUIRED, .min = 1, .max = 365, .initial = "30"),
    INT(valid_months, "After how many months it is to be taken again.", .unit = "months",
        .flags = FIELD_REQUIRED, .min = 1, .max = 60, .initial = "12"),
    INT(pass_score, "Least score that passes.", .unit = "percent",
        .flags = FIELD_REQUIRED | FIELD_COLUMN, .min = 0, .max = 100, .initial = "80"),
    REF(owner, "person", "Who answers for it.", .flags = FIELD_COLUMN),
    TEXT(body, "The course itself, in Markdown, or where it is.", .flags = FIELD_LONG),
    TIME(reviewed_at, "When its content was last looked over.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(activate, "draft retired", "active", ROLE_MANAGER, "People are to take it.", .needs = "owner body",
         .sets = { STAMP(NOW, "reviewed_at") }),
    MOVE(review, "active", NULL, ROLE_MANAGER, "Its content still says what is right.", .sets = { STAMP(NOW, "reviewed_at") }),
    MOVE(retire, "draft active", "retired", ROLE_MANAGER, "It is no longer given."),
};

static const record_type record = {
    .group = "People", .title = "title", .owner = "owner", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR,
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "reviewed every year", .controls = "HR-03 HR-04",
};

RECORD(course, "A training course: who takes it, when it is due, and what passes it.");
