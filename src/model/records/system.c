#include "model/model.h"

extern const relation relation_system;

static const field fields[] = {
    RECORD_ID("What the system is called in short, as product or platform."),
    TEXT(title, "Its name, as customers know it.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("draft; in_review; approved: the description is true and may be given out; retired.",
           "draft", "in_review", "approved", "retired"),
    BOOL(in_scope, "Whether the report covers it.", .flags = FIELD_REQUIRED | FIELD_COLUMN, .initial = "true"),
    REF(owner, "person", "Who answers for the description.", .flags = FIELD_COLUMN),
    TEXT(services, "DC 1: which services it provides, to whom.", .flags = FIELD_LONG),
    TEXT(commitments, "DC 2: the principal service commitments and system requirements, in short.", .flags = FIELD_LONG),
    TEXT(boundaries, "DC 3: what belongs to the system, and what does not.", .flags = FIELD_LONG),
    TEXT(infrastructure, "DC 3: sites, networks, machines and hosting.", .flags = FIELD_LONG),
    TEXT(software, "DC 3: applications, programs and the tools that run them.", .flags = FIELD_LONG),
    TEXT(people, "DC 3: who develops, runs, uses and governs it.", .flags = FIELD_LONG),
    TEXT(procedures, "DC 3: the manual and automated procedures it is run by.", .flags = FIELD_LONG),
    TEXT(data, "DC 3: which data it takes in, keeps and gives out, and its classes.", .flags = FIELD_LONG),
    TEXT(incidents, "DC 4: incidents that came from controls that failed, or that broke a commitment: "
         "what, when, how far, how it ended; \"None\" when there were none.",
         .flags = FIELD_LONG),
    TEXT(criteria, "DC 5: the categories covered, and where the controls that meet their criteria are listed.",
         .flags = FIELD_LONG),
    TEXT(cuecs, "DC 6: complementary user entity controls: what users must do "
         "so that the criteria are met; \"None\" when nothing.",
         .flags = FIELD_LONG),
    TEXT(subservice, "DC 7: subservice organisations, carved out or included, "
         "the controls expected of them and how they are watched; \"None\" when there are none.",
         .flags = FIELD_LONG),
    TEXT(exclusions, "DC 8: criteria that do not apply, and why; \"None\" when all apply.", .flags = FIELD_LONG),
    TEXT(significant_changes, "DC 9: significant changes to the system and its controls "
         "in the period; \"None\" when there were none.",
         .flags = FIELD_LONG),
    REF(author, "person", "Who submitted the description as it stands.", .flags = FIELD_STAMPED),
    REF(approver, "person", "Who approved it.", .flags = FIELD_STAMPED | FIELD_COLUMN),
    TIME(approved_at, "When it was last approved.", .flags = FIELD_STAMPED | FIELD_COLUMN),
};

/* Every part of the description; one with nothing to tell says "None". */
#define PARTS                                                                                                          \
    "owner services commitments boundaries infrastructure software people procedures data incidents criteria cuecs " \
    "subservice exclusions significant_changes"

static const transition transitions[] = {
    MOVE(submit, "draft", "in_review", ROLE_CONTRIBUTOR, "The description is ready to be approved.",
         .needs = PARTS, .sets = { STAMP(ACTOR, "author") }),
    MOVE(approve, "in_review", "approved", ROLE_MANAGER, "Management stands by the description.",
         .needs = PARTS, .guards = { MUST(OTHER_THAN, "author") }, .sets = { STAMP(ACTOR, "approver"), STAMP(NOW, "approved_at") }),
    MOVE(revise, "in_review approved", "draft", ROLE_CONTRIBUTOR, "The system has changed and the description follows."),
    MOVE(retire, "draft in_review approved", "retired", ROLE_OWNER, "The system is no longer offered."),
};

static const record_type record = {
    .group = "Govern", .title = "title", .owner = "owner", .initial = "draft",
    .read = ROLE_MEMBER, .add = ROLE_MANAGER, .edit = ROLE_CONTRIBUTOR, .edit_in = "draft",
    .transitions = transitions, .n_transitions = COUNT(transitions), .cadence = "reviewed every year and when the system changes",
    .controls = "CM-07",
};

RECORD(system, "A system whose controls the report is about, described by the description criteria DC 1 to DC 9.");
