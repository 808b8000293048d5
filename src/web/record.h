/*
 * web/record.h - private to the room: the pages made from the rows of records.
 *
 * One family for all types: list, show, add, edit, steps, history, files. What
 * stands on a page comes from the type's rows; who may, and what is refused,
 * is the engine's to say.
 */
#ifndef WEB_RECORD_H
#define WEB_RECORD_H

#include "web/form.h"
#include "web/markdown.h"

/* ---- words and addresses (record_words.c) ---------------------------------------------------------- */

str type_label(arena *a, const relation *r);       /* "Risk acceptance" */
str type_plural(arena *a, const relation *r);      /* "Risk acceptances" */
str type_article(arena *a, const relation *r);     /* "a risk acceptance" */
/* What a state looks like; words with blanks. */
state_mark record_mark(ask *q, str wire);
/* Of what reads as a closed choice: "in review". */
str choice_words(arena *a, str wire);

str capital(arena *a, str text);                   /* its first letter large */

/* "/risk/RISK-3" and, when `after` is not empty, "/risk/RISK-3/edit". Ids that would not stand in one
 * segment, or that are words of these pages, are written so that record_id reads them back. */
str record_path(arena *a, str type, str id, const char *after);
/* The id that {id} of the address names. */
str record_id(ask *q);
/* Where a record is shown: its page here, or the catalogue's for controls, criteria and tests. Keeps as-of. */
str named_link(ask *q, str type, str id);
/* The same for what stands beside other things: empty when it is not this person's to open, and then it is a word. */
str named_offer(ask *q, str type, str id);

/* Whether the person may read every record of the type, and not their own alone. */
bool reads_type(const ask *q, const relation *r);
/* Whether the person may be told what records of the type are called: also of colleagues, whose records they may not read. */
bool names_shown(const ask *q, const relation *r);
/* Whether by role alone the person may add or edit; own records are the engine's to judge. */
bool adds_type(const ask *q, const relation *r);
bool edits_type(const ask *q, const relation *r);
/* Whether the person may take the step, as far as role and grants say; the guards are the engine's. */
bool moves_by(const ask *q, const relation *r, const transition *t);
/* Forms are of now alone. */
err_t in_the_present(ask *q) MUST_USE;

/* The groups and pages above: "Registers / Risk / Risks". `last`: with the record's own page. */
typedef struct {
    crumb v[3];
    size_t n;
} record_crumbs;
record_crumbs crumbs_of(ask *q, const relation *r, str id, str title);
/* The page made by hand for records of the type, as the workbench of a review; false: there is none (special.c). */
bool hand_made(ask *q, const relation *r, str id, page_action *ret);
/* The same for the register as a whole: the heat map of risks. */
bool hand_made_all(ask *q, const relation *r, page_action *ret);
/* What a step asks for that is kept elsewhere, as a risk acceptance that is approved: where it is added or looked at. */
size_t step_needs(ask *q, const relation *r, str id, const transition *t, crumb ret[GUARDS_MAX]);
/* The entry of the rail that belongs to a type. */
const char *type_place(const relation *r);

/* ---- titles of what is named (record_names.c) -------------------------------------------------------- */

typedef struct names names;
names *names_new(ask *q);
/* Notes what `v` of the field names. */
void   names_want(names *n, const field *fd, const value *v);
void   names_want_record(names *n, str type, str id);
/* One statement for each type that is named, whatever the number of rows. */
err_t  names_read(names *n) MUST_USE;
/* The title; empty when it is not known, or not for this person. */
str    names_title(const names *n, str type, str id);

/* "web:ann", "cli:root as ann": the person who acted; empty: no person. */
str actor_person(str actor);
/* The name of who acted; what acted by itself as it is told. */
str actor_words(ask *q, const names *n, str actor);

/* What the record is called; where its title field names another record, as that is called. Noted by names_want first. */
str    names_record(const names *n, const relation *r, const value *row);

/* A value as it stands on a page. */
typedef enum { CELL_UNKNOWN, CELL_TEXT, CELL_LINK, CELL_LINKS, CELL_STATE, CELL_TIME, CELL_LONG, CELL_PROSE } cell_kind;
typedef struct cell {
    cell_kind  kind;
    str        text;          /* CELL_LINK: the title of what is named, or its id */
    str        href;
    str        beside;        /* the id beside a title, a unit, how long ago */
    state_mark mark;
    bool       tight;         /* stays on one line */
    const struct cell *parts;            /* CELL_LINKS: controls, criteria or tests, named by their ids */
    size_t     n_parts;
} cell;
/* `brief`: for a table, one short line. */
cell cell_of(names *n, const relation *r, size_t field_at, const value *row, bool brief);
void tpl_record_cell(buf *out, const cell *c);

/* ---- files that leave (download.c) ------------------------------------------------------------------ */

/* Headers of a file: saved under this name, run by no browser. The bytes are the caller's to give. */
void download_head(ask *q, str name, str media);

/* ---- what several pages do ------------------------------------------------------------------------------ */

/* The current row with what belongs to it, as of the page's moment. */
err_t record_read(ask *q, record_view *ret) MUST_USE;
/* After app_add, app_edit or app_do went wrong: ERR_OK when the form can be shown again with its faults (the status is
 * set, a refusal recorded); else the failure, with q->faults filled for the page of the front. */
err_t form_refused(ask *q, form *fm, err_t e, const record_done *done) MUST_USE;
/* A fault where the field has no input to stand beside: the field as people call it, and the step that fills it in. */
str fault_words(ask *q, const relation *r, const field_fault *ff);
str reason_given(ask *q);

#endif
