/* web/board.h - private to the room: what the boards of who comes and goes and of a vendor are given. */
#ifndef WEB_BOARD_H
#define WEB_BOARD_H

#include "web/special.h"

enum { BOARD_PEOPLE = 200, BOARD_ITEMS = 1000, BOARD_DAYS = 90, VENDOR_ROWS = 500 };

typedef struct {
    str          title, href, due, owner, owner_href;
    state_mark   mark;
    bool         open, late;
    step_buttons steps;
} board_item;

/* One list of one person: their onboarding or their offboarding. */
typedef struct {
    str         name, href, list, when, items_href;
    state_mark  mark;
    board_item *v;  size_t n;
    int64_t     open, late, done;      /* done: also what was not needed */
} board_person;

typedef struct {
    ask          *q;
    board_person *v;  size_t n;
    bool          cut;        /* there are more people or steps than are shown */
} board_view;
void tpl_board(buf *out, const board_view *v);

typedef struct {
    str        title, href, when, until, words;
    state_mark mark;
    bool       late;          /* what `until` says is over */
} vendor_row;

typedef struct {
    const char *title, *empty;
    vendor_row *v;  size_t n;
    str         add;          /* empty: this person adds none */
    const char *add_label;
} vendor_part;

typedef struct {
    str  what, when, href;
    bool late;
} vendor_due;

typedef struct {
    str        label;
    cell       shown;
} vendor_fact;

enum { VENDOR_PARTS = 4, VENDOR_FACTS = 12 };

typedef struct {
    ask         *q;
    vendor_fact  facts[VENDOR_FACTS];  size_t n_facts;
    vendor_part  parts[VENDOR_PARTS];
    vendor_due  *due;                  size_t n_due;
    str          answered;    /* what is recorded of the questionnaire as a whole */
    const library_item **questions;    size_t n_questions;
    step_buttons steps;
    bool         cut;
} vendor_view;
void tpl_vendor(buf *out, const vendor_view *v);

#endif
