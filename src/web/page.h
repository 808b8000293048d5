/*
 * web/page.h - private to the room: what every page has, and the pieces pages
 * are made of.
 *
 * A page is written in three steps: page_open writes the frame down to <main>,
 * the template its content, page_close the rest.  Routes stand beside their
 * handlers, one table a file (ROUTE_TABLE), and web.c lists the tables.
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "html/html.h"
#include "web/web.h"

#include <string.h>

/* ---- the frame ------------------------------------------------------------------------------- */

typedef struct {
    str         href, text;
} crumb;

/* A thing to do, beside the h1: a link, or a form of one button that posts to `to`. */
typedef struct {
    const char *label;
    str         to;
    bool        post;
    const char *look;         /* "": what is to be done here; "plain", "danger" */
} page_action;

/* States, always symbol + word + colour. */
typedef struct {
    const char *css, *symbol, *word;
} state_mark;

typedef struct {
    str          title;       /* of the window and the h1 */
    const char  *place;       /* which entry of the rail is lit: its path, as "/risk"; NULL: none */
    const crumb *crumbs;  size_t n_crumbs;             /* from the group down to the page above this one */
    str          lead;        /* one sentence under the title; may be empty */
    bool         bare;        /* no rail: sign-in, first steps, the public page */
    bool         no_as_of;    /* this page has no past: the control is not offered */
    state_mark   standing;    /* of what the page is about, beside the h1; css NULL: none */
    const page_action *actions;  size_t n_actions;
    const char  *script;      /* an ES module of assets/ for this page alone, as "passkey.js"; NULL: none */
} page;

void page_open(ask *q, const page *p);
void page_close(ask *q);

/* Pages that stand beside each other, the one that is open marked (templates/web/tabs.html.t). */
typedef struct {
    str  href, text;
    bool here;
} tab;
void tpl_tabs(buf *out, const tab *v, size_t n, const char *label);

/* An entry of the rail. Groups and words are those of the command line. */
typedef struct {
    const char *group, *label, *path;
    permit      meant;        /* for whom it is: the rail of a member is short, though they may open more */
} nav_entry;
extern const nav_entry nav[];
extern const size_t    n_nav;
/* Whether it stands in this person's rail and palette: meant for them, and theirs to open (ask_may). */
bool nav_shown(const ask *q, const nav_entry *e);

typedef struct {
    ask        *q;
    const page *p;
    str         workspace, css, js, script, as_of_text, as_of_value, as_of_max, here, now_link, home;
    const http_pair *kept;  size_t n_kept;             /* what the address says beside as-of */
    str         left_out;     /* what an auditor is not shown; empty: nothing */
    bool        ended;        /* as_of is the end of an auditor's engagement: there is no later "now" */
    bool        reader;       /* may see the whole program */
    const bool *shown;        /* n_nav: what of the rail this person may open */
    const str  *links;        /* n_nav */
    str         flash;        /* what has just been done: ?done=... */
} frame_view;
void tpl_frame_top(buf *out, const frame_view *v);
void tpl_frame_end(buf *out, const frame_view *v);

/* Whether the person may open what this permit guards, by role alone. */
bool shown_to(const ask *q, permit p);

/* ---- pieces ----------------------------------------------------------------------------------- */

/* The address of an asset with the digest of its bytes, so that browsers keep it. */
str asset_url(arena *a, const char *name);
/* A local address with the page's as-of kept: every link between pages of the past. */
str link_to(ask *q, const char *fmt, ...) PRINTF_LIKE(2);
/* "3 h ago", "in 2 days"; the full time belongs into the title attribute (time_people). */
str time_ago(ask *q, time_us t);
str time_text(ask *q, time_us t);
/* A date as people write it: "12 Mar 2026". */
str date_text(ask *q, time_us t);
/* A cell of app_rows that holds a time; -1 when unknown. */
time_us cell_time(str cell);
int64_t cell_int(str cell);

state_mark state_mark_of(str wire);     /* of a test state or a record's state; what is unknown is quiet */

/* After a form: 303 to `to` with a word of what was done ("saved"), shown once on that page. */
err_t page_done(ask *q, str to, const char *word);

#endif
