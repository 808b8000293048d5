/* web/start.h - private to the room: what templates/web/start.html.t is given. */
#ifndef WEB_START_H
#define WEB_START_H

#include "web/page.h"

typedef enum { START_PERSON, START_SETUP, START_CHOOSE } start_way;

typedef struct {
    str id, name, email, role;
} start_owner;

typedef struct {
    ask        *q;
    start_way   way;
    str         secret, person, name;    /* person empty: the link is for whoever comes first */
    str         owner_name, owner_email, service, contact;     /* of the form, as typed */
    unsigned    categories;
    const start_owner *owners;  size_t n_owners;
    str         fault;
} start_view;
void tpl_start(buf *out, const start_view *v);
/* What a first program is made of, whoever is asked. */
void tpl_start_questions(buf *out, const start_view *v);
void tpl_setup(buf *out, const start_view *v);
/* What was assessed before knows nothing of the scope that was just chosen: once more, soon. */
void start_assess(ask *q);
void start_answers(ask *q, start_view *v);             /* of the form, into v */

/* A category of the report, as the form offers it. */
typedef struct {
    unsigned    bit;
    const char *name, *says;
} start_category;
extern const start_category start_categories[];
enum { START_CATEGORIES = 4 };

#endif
