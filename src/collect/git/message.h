/* collect/git/message.h - private to the room: what a commit message says of people and reviews. */
#ifndef COLLECT_GIT_MESSAGE_H
#define COLLECT_GIT_MESSAGE_H

#include "base/base.h"

/* Both lower case and UTF-8; address has no blanks, and is the name where there is no address. */
typedef struct {
    str address, name;
} person;

typedef DA(person) people;

person person_of(arena *a, str name, str address);
/* "Jane Doe <jane@example.org>"; false without an address. */
bool person_parse(arena *a, str text, person *ret);

/* Cautious: false unless `p` is surely nobody of `authors`. Same address, same
 * name, or a hosting service's hidden address beside an open one is not sure. */
bool person_is_other(const person *p, const people *authors);
/* An address nobody stands behind: noreply@..., a bot. */
bool address_is_service(str address);

str  message_subject(str message);                  /* first line with text, trimmed */
/* Co-authored-by anywhere in the message. */
void message_coauthors(arena *a, str message, people *add_to);
/* Reviewed-by, Approved-by, Acked-by in the trailer block at the end. */
void message_reviewers(arena *a, str message, people *add_to);
/* The pull or merge request or review it names: "#12", "!12" or an address; empty when none. */
str  message_reference(arena *a, str message);
/* Whether it is the merge a pull of the branch into its own copy makes. */
bool message_is_pull(str subject, str branch);

#endif
