#include "model/model.h"

extern const relation relation_evidence;

static const field fields[] = {
    RECORD_ID("EV-1, EV-2 ..."),
    TEXT(title, "What it shows.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    REF(supports, "*", "The record it supports, as TYPE/ID.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("current; withdrawn: it was wrong, and stays on record.", "current", "withdrawn"),
    TEXT(statement, "What it says, where there is no file.", .flags = FIELD_LONG),
    TEXT(digest, "SHA-256 of the file's bytes, hex; unknown: a statement alone.", .flags = FIELD_STAMPED),
    TEXT(file_name, "The file's name as it was given.", .flags = FIELD_STAMPED),
    TEXT(media_type, "The file's type, as its bytes show it.", .flags = FIELD_STAMPED),
    INT(size, "The file's size.", .unit = "bytes", .flags = FIELD_STAMPED),
    TIME(effective_from, "Since when what it shows was so: not the day it was given to us.", .flags = FIELD_COLUMN),
    TIME(effective_to, "Until when what it shows was so; unknown: a moment, or still."),
    TIME(expires_at, "When it may no longer be relied on."),
    TIME(received_at, "When it was given to us.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(given_by, "person", "Who gave it.", .flags = FIELD_STAMPED),
    TEXT(origin, "Where it was taken from: system, address, report."),
    TEXT(scanned_by, "What looked for malware in the file and found none; unknown: nothing did.", .flags = FIELD_STAMPED),
};

static const transition transitions[] = {
    MOVE(withdraw, "current", "withdrawn", ROLE_CONTRIBUTOR, "It must not be relied on."),
};

static const record_type record = {
    .group = "Evidence", .prefix = "EV", .title = "title", .owner = "given_by", .own = "given_by", .about = "supports", .initial = "current",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MEMBER, .edit = ROLE_CONTRIBUTOR,
    .on_add = { STAMP(NOW, "received_at"), STAMP(ACTOR, "given_by") },
    .transitions = transitions, .n_transitions = COUNT(transitions),
};

RECORD(evidence, "A file or a statement that supports a record; when it was effective is kept apart from when it came.");
