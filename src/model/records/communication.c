#include "model/model.h"

extern const relation relation_communication;

static const field fields[] = {
    RECORD_ID("MSG-1, MSG-2 ..."),
    TEXT(title, "What it says, in a line.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(kind, "internal: to the workforce; external: to customers, partners, the public, authorities.",
         CHOICES("internal", "external"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; sent; withdrawn.", "draft", "sent", "withdrawn"),
    TEXT(topic, "What it is about.",
         CHOICES("security", "reporting_channel", "policy", "change", "outage", "incident", "commitment", "privacy", "objective", "organisation"),
         .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(audience, "Whom it reached: everyone, engineering, all customers, customers of one service.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    TEXT(channel, "How: mail, status page, intranet, release notes, letter."),
    TEXT(content, "What was said.", .flags = FIELD_LONG),
    TIME(sent_at, "When it was sent.", .flags = FIELD_COLUMN),
    TIME(effective_at, "When what it announces takes effect; unknown: it announces nothing ahead."),
    REF(sender, "person", "Who sent it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    REF(about, "*", "The record it is about, as TYPE/ID."),
    TEXT(remark, "Why it was withdrawn.", .flags = FIELD_LONG),
};

static const transition transitions[] = {
    MOVE(send, "draft", "sent", ROLE_CONTRIBUTOR, "It was sent.",
         .needs = "topic content channel sent_at", .guards = { MUST(PAST, "sent_at") }, .sets = { STAMP(ACTOR, "sender") }),
    MOVE(withdraw, "draft sent", "withdrawn", ROLE_CONTRIBUTOR, "It was wrong, or was not sent.", .needs = "remark"),
};

static const record_type record = {
    .group = "Govern", .prefix = "MSG", .title = "title", .owner = "sender", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_CONTRIBUTOR, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft",
    .transitions = transitions, .n_transitions = COUNT(transitions), .controls = "CM-01 CM-02 CM-03 CM-06",
};

RECORD(communication, "A notice to people inside or outside: what was said to whom, and when.");
