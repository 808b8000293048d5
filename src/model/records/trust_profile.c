#include "model/model.h"

extern const relation relation_trust_profile;

static const field fields[] = {
    RECORD_ID("The page's name; one page is enough: main."),
    TEXT(title, "What stands at its top, as Trust at Example.", .flags = FIELD_REQUIRED | FIELD_COLUMN),
    STATES("hidden: nobody outside sees anything; published.", "hidden", "published"),
    TEXT(overview, "What the service does and how it is protected, in a few paragraphs; Markdown.", .flags = FIELD_LONG),
    TEXT(status_note, "How the service is doing just now, when there is something to say.", .flags = FIELD_LONG),
    TEXT(security_contact, "Where to report a weakness: an address people may write to."),
    TEXT(nda, "What somebody agrees to before they read documents that are not for everybody; Markdown. Unknown: nothing is asked.",
         .flags = FIELD_LONG),
    BOOL(show_states, "Whether the state of each control shown is told as the last assessment found it; false and unknown: not."),
    REF(owner, "person", "Who answers for what is said there.", .flags = FIELD_COLUMN),
    TIME(published_at, "Since when it is to be seen.", .flags = FIELD_STAMPED | FIELD_COLUMN),
};

static const transition transitions[] = {
    MOVE(publish, "hidden", "published", ROLE_MANAGER, "Anybody may see it from now on.", .needs = "overview security_contact",
         .sets = { STAMP(NOW, "published_at") }),
    MOVE(hide, "published", "hidden", ROLE_MANAGER, "Nobody outside sees it any more.", .sets = { STAMP(CLEAR, "published_at") }),
};

static const record_type record = {
    .group = "Trust", .title = "title", .owner = "owner", .initial = "hidden",
    .read = ROLE_CONTRIBUTOR, .add = ROLE_MANAGER, .edit = ROLE_MANAGER,
    .transitions = transitions, .n_transitions = COUNT(transitions),
};

RECORD(trust_profile, "What the public trust page says about the organisation.");
