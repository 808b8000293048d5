/*
 * program/program.h - records that people keep: adding, editing, moving them
 * through their states, finding and showing them.
 *
 * Works on any relation of kind RECORD by reading its rows (model/records): a
 * new type needs nothing here.  Whatever is refused is told field by field,
 * all at once, and nothing of the piece of work is written.
 * Depends on: base, model, store, calendar.  Threads: as store.
 */
#ifndef PROGRAM_PROGRAM_H
#define PROGRAM_PROGRAM_H

#include "calendar/calendar.h"
#include "store/store.h"

/* ---- who, and what they say ------------------------------------------------------ */

/* What a role of the organisation's own (records access_role, access_grant) adds for records of one type. */
typedef enum { RIGHT_READ = 1 << 0, RIGHT_ADD = 1 << 1, RIGHT_EDIT = 1 << 2, RIGHT_MOVE = 1 << 3 } right;
typedef struct {
    const relation *r;
    unsigned        rights;
} grant;
enum { GRANTS_MAX = 100 };

/* What somebody may see of the program when that is not all of it: an auditor's engagement examines some categories. */
typedef struct {
    str words;                /* the categories: "Security and Availability" */
    const relation *const *types;                      /* registers that serve other categories alone: nothing of them */
    size_t n_types;
} bounds;

typedef struct {
    str  actor;               /* for the commit: "cli:root as ann" */
    str  person;              /* id of the person record; empty: none is known */
    role role;
    const grant *grants;      /* n_grants of them, beside what the role may */
    size_t n_grants;
    time_us until;            /* reads nothing that came after: an auditor's engagement has an end; 0: no such end */
    const bounds *within;     /* NULL: none */
} principal;

/* Whether the principal may do this with records of the type: all of them, or (READ) at least their own. */
bool principal_may(const principal *who, const relation *r, right wanted);

/* One field as people write it: "2026-03-12", "true", "3"; "" and "?" are unknown. */
typedef struct {
    str field, text;
} assignment;

typedef struct {
    str record;               /* TYPE/ID, or TYPE for one that has no id yet */
    str field;                /* empty: of the record as a whole */
    str why;
} field_fault;
typedef DA(field_fault) field_faults;

/* ---- a piece of work: any number of changes, one commit ---------------------------- */

typedef struct work work;

/* What the rooms above know and this one does not. */
typedef struct {
    void *arg;
    /* Whether ids of this type stand in a catalogue (controls, criteria), and then whether `id` does. */
    bool (*catalogue)(void *arg, str type, str id, bool *ret_known);
    /* What else happens on a transition or when a record is added (model.h, EFFECT_TABLE); `row` as it will be. */
    err_t (*effect)(void *arg, work *w, effect_id effect, const relation *r, const value *row, fault *f);
} work_hooks;

typedef struct {
    store           *st;
    const calendars *calendars;      /* may be NULL: then deadlines by clock cannot be set */
    const principal *who;
    const work_hooks *hooks;         /* may be NULL */
    str              action, reason; /* of the commit */
    bool             alone;          /* the store holds no records and nobody else writes any: what the work
                                        has done is all there is, nothing is looked up, and it may go on */
} work_options;

/* Takes the writer's place until work_finish or work_abort. Memory is the work's own. */
err_t work_begin(const work_options *o, fault *f, work **ret) MUST_USE;

/* Each change is checked at once against what is stored and what the work has
 * done so far. ERR_INVALID, ERR_DENIED, ERR_NOT_FOUND and ERR_CONFLICT add to
 * work_faults and leave the work usable, so that an import can tell all faults;
 * it can then no longer be finished. */

/* `id` empty: the next number, or for types people name, made from the title. ret_id may be NULL. */
err_t work_add(work *w, const relation *r, str id, const assignment *set, size_t n, fault *f, str *ret_id) MUST_USE;
/* `expected`: the version the change was made from (record_view.version); 0: whatever is current. */
err_t work_edit(work *w, const relation *r, str id, int64_t expected, const assignment *set, size_t n, fault *f) MUST_USE;
/* Fields given are set first, as the transition's own fields would be. */
err_t work_do(work *w, const relation *r, str id, int64_t expected, str transition_name, const assignment *set, size_t n,
              fault *f) MUST_USE;
/* For effects and importers of the program's own: sets any field, runs no guards and
 * asks for no permission; kinds, ranges, choices and references are still checked. */
err_t work_put(work *w, const relation *r, const value *row, fault *f) MUST_USE;

/* For effects: adds a fault to the work and returns `e`. */
err_t work_refuse(work *w, const relation *r, str id, const char *field_name, err_t e, fault *f, str why) MUST_USE;

/* From now on references are looked up all together, so that records may name those
 * that come after them: by work_references, or by work_finish at the latest. */
void  work_references_later(work *w);
err_t work_references(work *w, fault *f) MUST_USE;

const field_faults *work_faults(const work *w);
session            *work_session(work *w);          /* what was stored when the work began */
time_us             work_moment(const work *w);
commit             *work_current_commit(work *w);   /* for what else belongs into it; no write may be left open */
const principal    *work_who(const work *w);
/* The row as the work has it so far; NULL when there is none. n_fields values. */
err_t work_row(work *w, const relation *r, str id, fault *f, const value **ret) MUST_USE;

/* ERR_INVALID when any change was refused. Takes the work, also when it fails. */
err_t work_finish(work *w, arena *a, fault *f, commit_done *ret) MUST_USE;
void  work_abort(work *w);                          /* accepts NULL */

/* Of a work that is alone: commits what was done and keeps the work with all it knows, so that
 * generated data goes on as other people and at other times. Between the two calls
 * no commit is open, and changes are not allowed. */
err_t work_commit(work *w, arena *a, fault *f, commit_done *ret) MUST_USE;
err_t work_go_on(work *w, const principal *who, str action, str reason, fault *f) MUST_USE;

/* Faults as lines for people: "risk/RISK-3: likelihood: is outside its range (1 to 5)". */
void faults_text(const field_faults *v, size_t max, buf *out);

/* ---- reading ------------------------------------------------------------------------ */

typedef struct {
    const relation *r;
    value          *row;      /* r->n_fields values */
    int64_t         version;  /* of the row; a change made from it names it */
    time_us         since;    /* valid_from */
    str             by;       /* actor of the commit that wrote it */
} record_view;

/* Whether the principal may read records of the type (all, or their own: then
 * the list and show hold those alone). ERR_DENIED says who may. */
/* Whether the principal may read every record of the type (of those within their bounds); ERR_DENIED says who may. */
bool  record_reads_all(const principal *who, const relation *r);
/* Whether they may say something of the record: evidence, a comment, a link, a line of a time line. Nobody says anything of
 * what they may not read, and a member of what is the member's own alone. */
bool  record_may_tell(const principal *who, const relation *r, const value *row);
err_t record_may_read_all(const principal *who, const relation *r, fault *f) MUST_USE;
/* Whether a role of the organisation's own gives any of these rights over the type. */
bool  principal_granted(const principal *who, const relation *r, unsigned any_of);
err_t record_may_read(const principal *who, const relation *r, fault *f) MUST_USE;

/* One statement. ERR_NOT_FOUND when there is none. `s` needs history. */
err_t record_get(arena *a, session *s, const principal *who, const relation *r, str id, fault *f, record_view *ret) MUST_USE;

typedef enum { FILTER_IS, FILTER_IS_NOT, FILTER_LESS, FILTER_MORE, FILTER_HOLDS, FILTER_COUNT_ } filter_op;

/* "state=open", "owner!=ann", "due_at<2026-01-01", "score>9", "title~backup"; "owner=?" unknown. */
typedef struct {
    size_t    field;
    filter_op op;
    value     v;
} record_filter;
err_t filter_parse(arena *a, const relation *r, str text, fault *f, record_filter *ret) MUST_USE;

typedef struct {
    const relation      *r;
    const record_filter *filters;  size_t n_filters;      /* all must hold */
    const size_t        *sort;     size_t n_sort;         /* fields; then id */
    const bool          *descending;                      /* n_sort of them, or NULL */
    int64_t              limit, offset;                   /* limit 0: 1,000 */
} record_query;

typedef struct {
    value **rows;             /* n of them, r->n_fields values each */
    size_t  n;
    int64_t total;            /* that match, shown or not */
    int64_t left_out;         /* more that match and are outside of what the session has in part (app_engage); app_find alone knows */
} record_list;

/* Two statements, whatever the number of rows. */
err_t record_find(arena *a, session *s, const principal *who, const record_query *q, fault *f, record_list *ret) MUST_USE;

/* How many match. One statement. */
err_t record_count(arena *a, session *s, const principal *who, const record_query *q, fault *f, int64_t *ret) MUST_USE;

/* All that fit, however many, one at a time. `row` lives until the visitor returns. One statement. */
typedef err_t (*record_visitor)(void *arg, const value *row);
err_t record_each(session *s, const principal *who, const record_query *q, record_visitor each, void *arg, fault *f) MUST_USE;

/* What belongs to a record: evidence, links, comments. At most four statements. */
typedef struct {
    str type, id, what, who;  /* "evidence", "EV-3", its title, the person */
    time_us at_time;
} related;
err_t record_related(arena *a, session *s, const relation *r, str id, fault *f, related **ret, size_t *ret_n) MUST_USE;

/* Transitions whose state fits now. Guards may still refuse. */
err_t record_moves(arena *a, const principal *who, const record_view *v, const transition ***ret, size_t *ret_n) MUST_USE;

/* One change of one field between two versions. */
typedef struct {
    time_us at_time;
    str     by, action, reason;
    str     field, before, after;        /* as people read them; "?" unknown */
    int64_t version, seq;
} record_change;
/* Oldest first. Two statements. */
err_t record_history(arena *a, session *s, const principal *who, const relation *r, str id, fault *f,
                     record_change **ret, size_t *ret_n) MUST_USE;

/* The title of a record for people: its title field, or its id. */
str record_title(const relation *r, const value *row);
str row_text(const relation *r, const value *row, const char *name);     /* empty when unknown */

/* ---- the rows in words --------------------------------------------------------------- */

/* A value for people: dates in words, yes and no; `brief`: one line, the day alone. Empty when unknown. */
str value_people(arena *a, const field *fd, const value *v, bool brief) MUST_USE;
/* "Treatment due" for treatment_due_at: the name of a field as a label. */
str field_label(arena *a, const field *fd) MUST_USE;
str field_rules(arena *a, const field *fd) MUST_USE;                       /* "text, required; one of: a, b" */
str guard_words(arena *a, const transition *t) MUST_USE;                   /* "needs owner, plan; by someone other than the author"; may be empty */
const char *role_or_above(role r);                                            /* "a manager or above" */
/* The fields that a step asks for: those it needs, and those its guards look at and people may set with it. `open`:
 * the record may be edited in its state. Each once; how many. */
size_t transition_fields(const relation *r, const transition *t, bool open, size_t ret[RELATION_FIELDS_MAX]);
/* Whether fields may be edited in the state the record is in. */
bool record_editable(const relation *r, const value *row);

/* ---- duties ------------------------------------------------------------------------------

 * What has to be done again and again, or when something happens, as one query
 * each: content/duties/NAME.sql (docs/content.md). The query returns what is owed
 * and not done: `due_at`, and optionally `about` (TYPE/ID), `title`, `owner`. A task is
 * opened `lead` before it is due, and closes by itself when the records no
 * longer show it as owed. */

typedef struct {
    str    id, path;          /* "policy-review" */
    str    title;             /* of its tasks, unless the query returns one */
    str    why;
    str    role;              /* who has it when the query names no owner: a role of role_assignment */
    str    priority;          /* low medium high critical */
    period lead;              /* how long before it is due its task opens */
    period escalate;          /* how long after that the owner's manager is told; n 0: never */
    str    sql;
} duty;

typedef struct {
    const duty *v;            /* sorted by id */
    size_t      n;
} duties;

/* Built in, then a workspace's own over them; every fault with file and line. */
err_t duties_load(arena *a, const char *overlay, fault *f, const duties **ret) MUST_USE;
const duty *duty_find(const duties *d, str id);

/* One message that is due: the owner of a task is reminded, or someone above is told. */
typedef enum { REMIND_DUE, REMIND_OVERDUE, REMIND_ESCALATED } remind_kind;

typedef struct {
    remind_kind kind;
    str         task, title, about;
    time_us     due_at;
    str         to_person, to_address;   /* address empty: none is known */
    str         owner;                   /* whose task it is */
} reminder;

typedef struct {
    int64_t   opened, done;
    reminder *reminders;  size_t n_reminders;      /* by person, then due */
} tick_result;

/* Opens and closes tasks, and stamps who is reminded: one statement a duty and
 * three more. Owners are reminded when a task opens, a day before it is due and each week after. */
err_t duties_tick(work *w, const duties *d, arena *a, fault *f, tick_result *ret) MUST_USE;

GUARD_DEFINE(work, work_abort)
#define auto_work GUARD(work_abort)

#endif
