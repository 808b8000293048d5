#include "model/model.h"

extern const relation relation_access_request;

static const field fields[] = {
    RECORD_ID("AR-1, AR-2 ..."),
    REF(person, "person", "Who is to have the access.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(system, "The system, named as in the account facts.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    TEXT(entitlement, "The role or right that is asked for.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    STATES("requested; approved; granted: it works; refused; withdrawn before it was granted; revoked: it was taken away.",
           "requested", "approved", "granted", "refused", "withdrawn", "revoked"),
    BOOL(privileged, "Whether it lets the holder administer the system.", .flags = FIELD_REQUIRED | FIELD_COLUMN | FIELD_FIXED),
    BOOL(temporary, "Whether it ends by itself.", .flags = FIELD_REQUIRED | FIELD_FIXED, .initial = "false"),
    TEXT(login, "The account it is for, once there is one."),
    TEXT(reason, "What the person needs it for.", .flags = FIELD_REQUIRED | FIELD_LONG | FIELD_FIXED),
    REF(requester, "person", "Who asked for it.", .flags = FIELD_STAMPED),
    TIME(requested_at, "When it was asked for.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved or refused it: neither who asked nor who is to have it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(approved_at, "When it was approved or refused.", .flags = FIELD_STAMPED),
    REF(granted_by, "person", "Who carried it out.", .flags = FIELD_STAMPED),
    TIME(granted_at, "When it was carried out.", .flags = FIELD_STAMPED),
    TIME(expires_at, "Temporary: when it ends.", .flags = FIELD_FIXED),
    TIME(revoked_at, "When it was taken away.", .flags = FIELD_STAMPED),
    TEXT(remark, "Why it was refused or revoked.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(approve, "requested", "approved", ROLE_MANAGER, "The person needs it for the work.",
         .guards = { MUST(OTHER_THAN, "requester"), MUST(OTHER_THAN, "person") },
         .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(refuse, "requested", "refused", ROLE_MANAGER, "The person does not need it.", .needs = "remark",
         .guards = { MUST(OTHER_THAN, "requester") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(grant, "approved", "granted", ROLE_CONTRIBUTOR, "The access was set up.", .needs = "login",
         .sets = { STAMP(ACTOR, "granted_by"), STAMP(NOW, "granted_at") }),
    MOVE(withdraw, "requested approved", "withdrawn", ROLE_MEMBER, "It is no longer asked for."),
    MOVE(revoke, "granted", "revoked", ROLE_CONTRIBUTOR, "The access was taken away.", .needs = "remark", .sets = { STAMP(NOW, "revoked_at") }),
};

static const record_type record = {
    .group = "Access", .prefix = "AR", .title = "entitlement", .owner = "requester", .own = "person", .initial = "requested",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MEMBER, .edit = ROLE_CONTRIBUTOR, .edit_in = "requested",
    .on_add = { STAMP(ACTOR, "requester"), STAMP(NOW, "requested_at") },
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "AC-02 AC-07 AC-08 AC-18",
};

RECORD(access_request, "Access to a system that was asked for, approved by another, granted, and in the end taken away.");
