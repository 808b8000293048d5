#include "model/model.h"

extern const relation relation_meeting;

static const field fields[] = {
    RECORD_ID("MEET-1, MEET-2 ..."),
    TEXT(kind, "board: those who oversee management; management; risk_committee; security_review.",
         CHOICES("board", "management", "risk_committee", "security_review"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(title, "What it was about.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("planned; held; minuted: the minutes are written and agreed; cancelled.", "planned", "held", "minuted", "cancelled"),
    TIME(planned_at, "When it is to take place.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TIME(held_at, "When it took place.", .flags = FIELD_COLUMN),
    REF(chair, "person", "Who led it.", .flags = FIELD_COLUMN),
    BOOL(independent_present, "Whether somebody took part who is not part of management.", .flags = FIELD_COLUMN),
    TEXT(attendees, "Who took part, and for whom.", .flags = FIELD_LONG),
    TEXT(agenda, "What was to be discussed.", .flags = FIELD_LONG),
    BOOL(security_discussed, "Whether security, risks and open deficiencies were on the agenda and discussed."),
    TEXT(minutes, "What was said and decided.", .flags = FIELD_LONG),
    REF(author, "person", "Who wrote the minutes.", .flags = FIELD_STAMPED),
    TIME(minuted_at, "When the minutes were finished.", .flags = FIELD_STAMPED),
    TEXT(remark, "Why it was cancelled.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(hold, "planned", "held", ROLE_CONTRIBUTOR, "It took place.",
         .needs = "held_at chair attendees", .guards = { MUST(PAST, "held_at") }),
    MOVE(minute, "held", "minuted", ROLE_CONTRIBUTOR, "The minutes are written and agreed.",
         .needs = "minutes independent_present security_discussed", .sets = { STAMP(ACTOR, "author"), STAMP(NOW, "minuted_at") }),
    MOVE(reopen, "minuted", "held", ROLE_MANAGER, "The minutes are to be corrected.", .sets = { STAMP(CLEAR, "minuted_at") }),
    MOVE(cancel, "planned", "cancelled", ROLE_CONTRIBUTOR, "It does not take place.", .needs = "remark"),
};

static const record_type record = {
    .group = "Govern", .prefix = "MEET", .title = "title", .owner = "chair", .initial = "planned",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "planned held",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "board: yearly at least", .controls = "GV-04",
};

RECORD(meeting, "A meeting of the board, of management or of a committee, with its minutes.");
