/*
 * web/form.h - private to the room: forms made of inputs, from the rows of a
 * relation or by hand.
 *
 * All faults are told at once, each beside its input, and what was typed
 * stays. A form works without scripts; nothing is checked in the browser alone.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "web/page.h"

typedef enum { INPUT_TEXT, INPUT_LONG, INPUT_CHOICE, INPUT_TIME, INPUT_NUMBER, INPUT_SECRET, INPUT_FILE, INPUT_HIDDEN, INPUT_CHECK } input_kind;

typedef struct {
    str value, label;
} option;

typedef struct {
    str         name;         /* of the parameter; INPUT_TIME: its day; the part of the day is NAME.time */
    str         label, help;
    input_kind  kind;
    str         text;         /* what stands in it: as it was typed, or as people write the value */
    str         clock;        /* INPUT_TIME: "14:05"; empty: the day alone */
    str         why;          /* what is wrong with it; empty: nothing */
    const option *options;  size_t n_options;         /* INPUT_CHOICE */
    str         list;         /* INPUT_TEXT: the <datalist> that proposes values; empty: none */
    const char *complete;     /* of autocomplete; NULL: off */
    const char *accept;       /* INPUT_FILE */
    const char *unit;         /* INPUT_NUMBER: stands behind it; NULL: none */
    bool        required, mono, checked, folded, last; /* folded: among "more fields"; last: below them */
    bool        days;         /* INPUT_TIME: no part of the day is asked for */
    const field *of;          /* the field it was made from; NULL: by hand */
    str         before;       /* the text that stood in it when the page was made: what is the same is not sent on */
} input;

typedef struct {
    str     id;               /* "list-person" */
    option *v;  size_t n;
} form_list;

typedef struct {
    ask    *q;
    DA(input) v;
    DA(form_list) lists;
    DA(str) whys;             /* what is wrong and belongs to no input */
    size_t  n_faults;
} form;

form  *form_new(ask *q);
/* By hand; the returned input may be changed until the next is added. */
input *form_add(form *fm, input_kind k, const char *name, const char *label, const char *help);
/* From a field of a relation, with the value that stands now (unknown: none). */
input *form_add_field(form *fm, const field *fd, const value *now);
/* Proposals for inputs that name people, records, controls: one statement for each type. */
err_t  form_lists(form *fm) MUST_USE;

/* What was typed, over what stood there. Also reads ?FIELD=... of a GET, so that a link can fill a form in. */
err_t  form_read(form *fm) MUST_USE;
/* What was typed in the inputs made from fields, as people write values. `changed_only`: what differs from what stood there. */
assignment *form_assignments(form *fm, bool changed_only, size_t *ret_n);
/* What an input holds as people write the value: day and clock as one moment. */
str    input_text(arena *a, const input *in);
/* Beside its input; on top when there is none of that name. */
void   form_fault(form *fm, const char *name, str why);
/* A fault that belongs to no input. */
void   form_fault_whole(form *fm, str why);

/* The faults on top, the inputs, "more fields" folded, and the lists; without <form>, so that the page says where it goes. */
typedef struct {
    const form *fm;
    size_t      n_folded;
    bool        open;         /* something folded has a fault or a text */
} form_view;
void form_put(buf *out, const form *fm);
void tpl_form(buf *out, const form_view *v);
/* What the template of one input is told beside it. */
typedef struct {
    const char *type, *clock_type;
    char        described[240];                        /* of aria-describedby; empty: nothing describes it */
    int         rows;
    bool        listed;       /* INPUT_CHOICE: what stands in it is one of the options */
    bool        required;     /* said to the browser; a choice that cannot be left empty says nothing */
} input_says;
input_says input_says_of(const input *in);
void tpl_form_input(buf *out, const input *in);

#endif
