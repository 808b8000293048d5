/* scim_server/parts.h - private to the room: what its files share. */
#ifndef SCIM_SERVER_PARTS_H
#define SCIM_SERVER_PARTS_H

#include "gate/gate.h"
#include "program/program.h"
#include "scim/scim.h"
#include "scim_server/scim_server.h"

/* ---- what is stored (people.c) ---- */

typedef struct {
    str     id, name, state, email, login, kind, title, team, manager, external_id, user_name, directory, permission;
    time_us starts_at, ends_at, left_at;
    int64_t row;              /* of the version */
    time_us modified, created;
    DA(const struct group_row *) groups;          /* shown ones the person is in */
} person_row;

typedef struct group_row {
    str        id, name, state, external_id;
    str       *members;  size_t n_members;
    int64_t    row;
    time_us    modified, created;
} group_row;

typedef struct {
    person_row *people;  size_t n_people;
    group_row  *groups;  size_t n_groups;
    map         by_id;        /* of people */
    str         base;         /* "https://host/scim/v2" */
} directory;

/* Everybody and every group, deleted ones too: two statements. */
err_t directory_read(ask *q, workspace *ws, directory *ret) MUST_USE;
const person_row *stored_person(const directory *d, str id);
const group_row  *stored_group(const directory *d, str id);
/* What the identity provider has deleted is not shown to it. */
bool person_shown(const person_row *p);
bool group_shown(const group_row *g);
str        user_name_of(const person_row *p);
scim_user  user_of(ask *q, const directory *d, const person_row *p);
scim_group group_told(ask *q, const directory *d, const group_row *g);
bool same_word(str a, str b);            /* ASCII case aside */

/* ---- answers (answer.c) ---- */

/* Each writes the answer and returns ERR_OK: who asks is told in the words of SCIM. */
err_t told_refusal(ask *q, const scim_trouble *t);
err_t told_status(ask *q, int status, const char *wire, str detail);
err_t told_resource(ask *q, int status, const scim_node *v, const scim_meta *meta);
/* Filters, sorts and pages what is given as the query of the request says. */
err_t told_list(ask *q, scim_node **resources, size_t n);
void  scim_refused(ask *q, err_t e, int status);
/* The body as a tree. *ret NULL: it was refused, and that is told. */
err_t body_read(ask *q, scim_node **ret) MUST_USE;
/* If-Match, and If-None-Match of a GET. true: the request ends here, and that is told. */
bool  settled_by_version(ask *q, int64_t row);

/* ---- changes (change.c, rights.c) ---- */

typedef struct {
    ask        *q;
    workspace  *ws;
    work       *w;
    directory   d;
    record_done done;
} changing;

/* Takes the writer's place and reads what stands. */
err_t changing_begin(ask *q, changing *ret) MUST_USE;
err_t changing_open(changing *c) MUST_USE;             /* the piece of work */
/* One commit; ret_told: it was refused, and that is told. */
err_t changing_finish(changing *c, err_t so_far, bool *ret_told) MUST_USE;

/* A field the program writes itself. */
err_t put_fields(changing *c, const relation *r, str id, const assignment *set, size_t n) MUST_USE;
/* What `is` says of the person `p` (a new one: p->row 0), told from what they were. */
err_t person_change(changing *c, const person_row *p, const scim_user *was, const scim_user *is) MUST_USE;
/* The rights that groups give (scim_role of the config), and no others, to each of `ids`; `g`: the group as it will be. */
err_t rights_settle(changing *c, const group_row *g, const str *ids, size_t n) MUST_USE;
/* Of who begins: what the groups give is added to what there is. */
err_t rights_give(changing *c, str person) MUST_USE;
/* Whether the config gives a right to a group of either name. */
err_t rights_concern(ask *q, str name, str other, bool *ret) MUST_USE;

extern const route_table scim_user_routes, scim_group_routes, scim_discovery_routes;

#endif
