#include "model/model.h"

extern const relation relation_data_store;

static const field fields[] = {
    RECORD_ID("DS-1, DS-2 ..."),
    TEXT(name, "What people call it.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(kind, "What it is.", CHOICES("database", "object_store", "file_store", "queue", "search", "backup", "service", "paper"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("planned; in_use; retired: out of use, the data still in it; destroyed.", "planned", "in_use", "retired", "destroyed"),
    REF(owner, "person", "Who answers for it.", .flags = FIELD_COLUMN),
    REF(classification, "data_class", "The highest class of data in it.", .flags = FIELD_COLUMN),
    BOOL(personal_data, "Whether it holds personal data; unknown: nobody has looked.", .flags = FIELD_COLUMN),
    TEXT(contents, "Which data it holds.", .flags = FIELD_LONG),
    REF(asset, "asset", "What it runs on."),
    TEXT(system, "Its host, named as in the host facts."),
    REF(vendor, "vendor", "Who runs it, where that is someone else."),
    TEXT(region, "Country or region the data is kept in."),
    BOOL(encrypted, "Whether what is stored is encrypted; unknown: nobody has looked.", .flags = FIELD_COLUMN),
    TEXT(encryption, "How it is encrypted, and where the keys are kept."),
    REF(retention, "retention_rule", "How long its data is kept."),
    BOOL(needs_backup, "Whether its loss would hurt; false: it can be made again.", .flags = FIELD_REQUIRED, .initial = "true"),
    TIME(confirmed_at, "When its owner last said that this is right.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(retired_at, "When it went out of use.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(open, "planned retired", "in_use", ROLE_CONTRIBUTOR, "Data is kept in it.", .needs = "owner classification",
         .sets = { STAMP(NOW, "confirmed_at"), STAMP(CLEAR, "retired_at") }),
    MOVE(confirm, "in_use", NULL, ROLE_CONTRIBUTOR, "What is said of it is right.", .needs = "owner classification personal_data",
         .sets = { STAMP(NOW, "confirmed_at") }),
    MOVE(retire, "in_use", "retired", ROLE_CONTRIBUTOR, "It is out of use; its data must still go.", .sets = { STAMP(NOW, "retired_at") }),
    MOVE(destroy, "retired", "destroyed", ROLE_CONTRIBUTOR, "Its data is gone, and the disposal shows it.",
         .guards = { MUST_IN(SOME_IN, "disposal.subject", "done") }),
};

static const record_type record = {
    .group = "Assets", .prefix = "DS", .title = "name", .owner = "owner", .initial = "planned",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR,
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "confirmed every year",
    .controls = "DA-01 DA-02 DA-03 CR-03 BC-03",
};

RECORD(data_store, "A place where data is kept: what kind of data, how long, how protected, and who answers for it.");
