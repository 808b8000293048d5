/* demo/private.h - private to the room: the company, and the script of what happens. */
#ifndef DEMO_PRIVATE_H
#define DEMO_PRIVATE_H

#include "demo/demo.h"

/* ---- chance ------------------------------------------------------------------------- */

typedef struct { uint64_t state; } chance;

/* One stream a topic, so that one story can grow without changing the others. */
chance  chance_for(uint64_t seed, const char *topic);
int64_t dice(chance *c, int64_t n);                    /* 0..n-1 */
bool    one_in(chance *c, int64_t n);
str     hex_invent(arena *a, chance *c, size_t digits);

/* ---- the company ----------------------------------------------------------------------- */

/* The first of the staff, by duty; the rest follow. */
enum { CEO, CTO, SECURITY, PEOPLE_LEAD, FINANCE, PRIVACY, OPERATIONS, IT, LEGAL, SUPPORT, COMPLIANCE, CHAIR, LEADS };

typedef struct {
    str         id, name, email, team, title;
    const char *kind, *location;
    int         manager;                 /* index; -1: nobody */
    role        permission;
    bool        technical;
    time_us     starts_at, notice_at, ends_at;         /* 0: not */
    const char *leaving;
    bool        joiner;                  /* starts within the story */
    bool        account_stays;           /* left, and nobody closed the account */
} worker;

typedef struct {
    str         name;
    const char *role;                    /* "web" */
    int         owner;
} machine;

typedef enum { FLEET, DIRECTORY, GIT_SHOP, GIT_INFRA, SOURCES } source_id;
extern const char *const source_names[SOURCES];

typedef struct op op;
typedef struct planned_fact planned_fact;

typedef struct {
    arena              *a, *scratch;     /* scratch: of one commit */
    const demo_options *o;
    store              *st;
    time_us            *clock;
    time_us             from, until;
    worker             *people;  size_t n_people;
    machine            *hosts;   size_t n_hosts;
    time_us             silent_from, silent_until;     /* no collection of DIRECTORY */
    DA(op *)            ops;
    DA(planned_fact *)  facts;
    size_t              next_fact[SOURCES];
    map                 marks;           /* what topics tell each other: name -> op */
    demo_counts         counts;
} demo;

/* Who holds a role of role_assignment.role, or the person's own manager. */
int  who_holds(str role_name, const worker *p);
bool here(const worker *p, time_us at);
/* The accounts every host has, and who administers one: NOBODY past the last. */
enum { ADMINISTRATORS = 3 };
extern const char *const program_accounts[];
extern const size_t      n_program_accounts;
int  administrator(const demo *d, size_t host, size_t nth);
void staff_make(demo *d);
void hosts_make(demo *d);

/* ---- time ---------------------------------------------------------------------------------- */

/* A working hour of the first working day at or after from + days; minutes by `c`. */
time_us day_in(const demo *d, chance *c, int64_t days);
time_us day_ago(const demo *d, chance *c, int64_t days);
time_us work_time(chance *c, time_us day);
bool    in_story(const demo *d, time_us t);

/* ---- the script: what people do, in any order ------------------------------------------------- */

enum { NOBODY = -1 };                    /* who sets the workspace up, and is no person in it */

/* What somebody does at a moment. What lies outside the story, or rests on
 * something that does, does not happen. Changes by one person at one moment
 * are one commit. The returned op stands for the record from then on. */
op *add(demo *d, time_us at, int who, const char *type, const char *id);
void named(op *o, str id);               /* people choose the id */
op *edit(demo *d, time_us at, int who, op *of);
op *move(demo *d, time_us at, int who, op *of, const char *step);
op *with(demo *d, op *o, const char *field_name, const char *fmt, ...) PRINTF_LIKE(4);
op *with_str(demo *d, op *o, const char *field_name, str s);
op *with_time(demo *d, op *o, const char *field_name, time_us t);
op *with_person(demo *d, op *o, const char *field_name, int who);
op *with_ref(demo *d, op *o, const char *field_name, op *to);         /* its id */
op *with_about(demo *d, op *o, const char *field_name, op *to);       /* TYPE/ID */
/* The record that a story calls so; `n`: the round of one that comes again, or 0. */
op *with_label(demo *d, op *o, const char *field_name, str label, int64_t n, bool typed);
/* Evidence for a record: a statement. */
op *prove(demo *d, time_us at, int who, op *of, const char *title, const char *fmt, ...) PRINTF_LIKE(6);
/* Something agreed to be done out of a record; done at `done_at` unless 0. */
op *agree(demo *d, time_us at, int who, op *of, const char *title, int owner, time_us due_at, time_us done_at);
/* A review that starts freezes so many accounts, with this digest. */
void frozen(op *o, int64_t population, str digest);
void mark(demo *d, const char *name, op *o);
op  *marked(demo *d, const char *name);  /* NULL when there is none */

void  script_sort(demo *d);
/* Does everything up to the moment, in order; *next is where it stands. */
err_t script_play(demo *d, work *w, time_us up_to, size_t *next, fault *f) MUST_USE;

/* ---- facts -------------------------------------------------------------------------------------- */

/* A row that the source shows from then on; unknown fields stay unknown. */
value *fact(demo *d, time_us at, source_id from, const char *type);
/* The row with these keys is gone from then on. */
value *fact_gone(demo *d, time_us at, source_id from, const char *type);
void   put(const char *type, value *row, const char *field_name, value v);

void facts_sort(demo *d);
/* One collection at the clock's moment: a commit with the run and what is new. */
err_t collect_once(demo *d, source_id s, fault *f) MUST_USE;

void host_facts(demo *d);
void directory_facts(demo *d);
void code_facts(demo *d);
/* What changes on a host every day: package lists, backups, signatures. */
typedef err_t (*row_writer)(void *arg, const relation *r, const value *row, fault *f);
err_t host_daily(demo *d, const machine *m, size_t index, time_us at, row_writer each, void *arg, fault *f) MUST_USE;

/* ---- topics ---------------------------------------------------------------------------------------- */

/* Topics that go over people, machines or the library, each in its file. */
void topic_people(demo *d);
void topic_policies(demo *d);
void topic_learning(demo *d);
void topic_access(demo *d);
void topic_assets(demo *d);
void topic_risks(demo *d);
void topic_controls(demo *d);

/* What is told as text: content/demo. ERR_INVALID with every fault of it. */
err_t stories(demo *d, fault *f) MUST_USE;

#endif
