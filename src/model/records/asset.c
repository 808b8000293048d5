#include "model/model.h"

extern const relation relation_asset;

static const field fields[] = {
    RECORD_ID("ASSET-1, ASSET-2 ..."),
    TEXT(name, "What people call it.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(kind, "What it is.", CHOICES("server", "laptop", "phone", "network_device", "cloud_account", "repository", "application", "medium", "other"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("planned; in_use; retired: out of use, the data still on it; disposed; lost: missing or stolen.",
           "planned", "in_use", "retired", "disposed", "lost"),
    REF(owner, "person", "Who answers for it.", .flags = FIELD_COLUMN),
    REF(holder, "person", "Who has it in hand, where it is carried."),
    TEXT(system, "Its name in the host or account facts; unknown: no collector sees it.", .flags = FIELD_COLUMN | FIELD_UNIQUE),
    TEXT(purpose, "What it is for.", .flags = FIELD_LONG),
    REF(classification, "data_class", "The highest class of data on it.", .flags = FIELD_COLUMN),
    BOOL(in_scope, "Whether it belongs to the system the report is about.", .flags = FIELD_REQUIRED, .initial = "true"),
    TEXT(serial, "Serial number.", .flags = FIELD_UNIQUE),
    TEXT(location, "Where it stands: facility, provider, region."),
    TIME(acquired_at, "When it came into use."),
    TIME(confirmed_at, "When somebody last saw that it is there.", .flags = FIELD_STAMPED),
    TIME(retired_at, "When it went out of use.", .flags = FIELD_STAMPED),
    TIME(disposed_at, "When it left the organisation.", .flags = FIELD_STAMPED),
    TEXT(remark, "What happened to it.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(deploy, "planned retired", "in_use", ROLE_CONTRIBUTOR, "It is in use.", .needs = "owner",
         .sets = { STAMP(NOW, "confirmed_at"), STAMP(CLEAR, "retired_at") }),
    MOVE(confirm, "in_use", NULL, ROLE_CONTRIBUTOR, "It was seen, and the register is right about it.", .needs = "owner",
         .sets = { STAMP(NOW, "confirmed_at") }),
    MOVE(retire, "planned in_use lost", "retired", ROLE_CONTRIBUTOR, "It is out of use; what is on it must still go.",
         .sets = { STAMP(NOW, "retired_at") }),
    MOVE(dispose, "retired", "disposed", ROLE_CONTRIBUTOR, "It left, and the disposal shows that no data went with it.",
         .guards = { MUST_IN(SOME_IN, "disposal.subject", "done") }, .sets = { STAMP(NOW, "disposed_at") }),
    MOVE(lose, "planned in_use retired", "lost", ROLE_CONTRIBUTOR, "It is missing or stolen: an incident.", .needs = "remark"),
};

static const record_type record = {
    .group = "Assets", .prefix = "ASSET", .title = "name", .owner = "owner", .own = "holder", .initial = "planned",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR,
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "confirmed every year", .controls = "AM-01 PH-05 EP-03",
};

RECORD(asset, "A server, device, account, repository or application the organisation has, from purchase to disposal.");
