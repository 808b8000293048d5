/*
 * app/app.h - the use cases: everything Attest does, for any front.
 *
 * The only room that composes the others.  CLI, web and API call these and
 * show what they return; they cannot disagree.  Nothing here prints.
 * Depends on: every room below.  Threads: a workspace belongs to one thread.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "collect/collect.h"
#include "library/library.h"
#include "notify/notify.h"
#include "program/program.h"
#include "report/report.h"

/* ---- the workspace ----------------------------------------------------------- */

/* One organisation: a directory .attest/ with
 *   config       what it is called, where its store is, its sources
 *   attest.db    the store, unless the config names another
 *   ledger/      the log, to be served as it is: checkpoint, tile/
 *   ledger.vkey  the log's public key
 *   keys/        the log's private key; the last signed checkpoint
 *   content/     own criteria, controls and tests over the built-in ones */
typedef struct workspace workspace;

typedef struct {
    str name;                 /* of the organisation; empty: the directory's name */
    str store;                /* "postgres://..."; empty: attest.db here */
} workspace_settings;

/* Makes PARENT/.attest; refuses where one stands. ret_dir: its path. */
err_t workspace_create(arena *a, const char *parent, const workspace_settings *s, fault *f, const char **ret_dir) MUST_USE;

/* As git finds a repository: `given` (a .attest or its parent) or, when NULL,
 * ATTEST_WORKSPACE, or upward from the working directory. */
err_t workspace_find(arena *a, const char *given, fault *f, const char **ret_dir) MUST_USE;

typedef enum { OPEN_READ, OPEN_WRITE } open_mode;

/* Opening compares the store with the last signed checkpoint first; for
 * writing it also finishes what a crash left between store and ledger. */
err_t workspace_open(arena *a, const char *dir, open_mode mode, fault *f, workspace **ret) MUST_USE;
void  workspace_close(workspace *ws);               /* accepts NULL */
/* The same workspace again, for another thread: what `of` has read of texts is shared, and `of` must outlive
 * it. Its content, calendars and library are read first. */
err_t workspace_open_beside(arena *a, workspace *of, open_mode mode, fault *f, workspace **ret) MUST_USE;
const char *workspace_dir(const workspace *ws);
str         workspace_name(const workspace *ws);
str         workspace_store(const workspace *ws);   /* "sqlite:PATH" or "postgres://..." */
/* From now on this process and its children refuse a configuration (ERR_CONFLICT) that names a program to run, a mail server or
 * a store it does not name now: the process that answers requests could write it. Not thread-safe; until config_unpin. */
err_t config_pin(const char *dir, fault *f) MUST_USE;
void  config_unpin(void);
/* A setting of .attest/config that `attest serve` reads (app/settings.c has the table); empty when it is not there.
 * Where a name may come several times, `nth` counts from 0. */
str         workspace_setting(const workspace *ws, const char *name, size_t nth);
const char *workspace_setting_name(size_t i);       /* NULL: there are no more */

/* ---- a fictional organisation ---------------------------------------------------- */

typedef struct {
    int64_t  people, hosts, months;
    uint64_t seed;
    time_us  until;           /* when its story ends; 0: now */
} demo_settings;

typedef struct {
    const char *dir;          /* of the workspace */
    time_us     until;
    int64_t     collections, assessments, commits, versions;
} demo_done;

/* Makes a workspace in `parent`, which does not exist or is empty, and writes the
 * story of a company into it (demo/demo.h). Published when it returns. */
err_t app_demo(arena *a, const char *parent, const demo_settings *s, void (*progress)(void *arg, str text), void *arg,
               fault *f, demo_done *ret) MUST_USE;

/* ---- sources ------------------------------------------------------------------- */

typedef struct {
    str kind;                 /* name of a built-in source, or "exec" */
    str argument;             /* git: the repository; exec: the program */
    str id;                   /* "host", "git:/srv/app": the source of its rows */
} source_row;

err_t source_list(workspace *ws, arena *a, fault *f, source_row **ret, size_t *ret_n) MUST_USE;
/* From "host", "git PATH", "exec PROGRAM"; paths are made absolute. */
err_t source_parse(arena *a, str kind, str argument, fault *f, source_row *ret) MUST_USE;
/* The same for who comes by network: a program is never added so, whoever asks, and a repository is named by
 * its whole path and must be one. */
err_t source_offered(arena *a, str kind, str argument, fault *f, source_row *ret) MUST_USE;
/* The same, also for one whose path is gone or cannot be run any more. */
err_t source_configured(workspace *ws, arena *a, str kind, str argument, fault *f, source_row *ret) MUST_USE;
/* The configured source of this id; ERR_NOT_FOUND. */
err_t source_named(workspace *ws, arena *a, str id, fault *f, source_row *ret) MUST_USE;

/* Who changes what the workspace is set to, as the ledger keeps it. Person and address are empty on the command line. */
typedef struct {
    str actor, person, address;
} changer;
/* `by` NULL: while the workspace is made. */
err_t source_add(workspace *ws, const source_row *s, const changer *by, fault *f) MUST_USE;
/* Also closes the rows it wrote: what is no longer looked at is no longer known. A source that only its rows know
 * (kind empty) can be removed as well. */
err_t source_remove(workspace *ws, const source_row *s, const changer *by, fault *f) MUST_USE;

typedef struct {
    source_row      source;
    collect_outcome outcome;
    int64_t         opened, closed;      /* row versions */
    struct { str relation, status, reason; } *relations;
    size_t          n_relations;
} collect_report;

/* Runs the source and commits what it saw, its run and the outcome of each of
 * its relations, as one commit. */
err_t app_collect(workspace *ws, arena *a, const source_row *s, str actor,
                  void (*progress)(void *arg, str text), void *arg, fault *f, collect_report *ret) MUST_USE;

/* Rows that a program sends in the row protocol (collect/collect.h), as a run of `source`: one commit. What is
 * wrong with lines ends in the outcome; a relation that was begun and not ended is an error of it. */
err_t app_ingest(workspace *ws, arena *a, str source, str ndjson, str actor, fault *f, collect_report *ret) MUST_USE;

/* ---- assessing -------------------------------------------------------------------- */

/* Held to an engagement (app_engage): what is inside of it. */
err_t app_content(workspace *ws, fault *f, const content **ret) MUST_USE;

/* `as_of` 0: now. `only`: test ids or "group." prefixes; none: all. */
err_t app_assess(workspace *ws, arena *a, time_us as_of, const str *only, size_t n_only,
                 fault *f, assessment **ret) MUST_USE;
/* How fresh what one test reads is at `as_of` (0: now), as an assessment would judge it. */
err_t app_needs(workspace *ws, arena *a, const control_test *t, time_us as_of, fault *f, need_state **ret, size_t *ret_n) MUST_USE;
/* Keeps the outcome of a full assessment of now in the history: what changed, and a row of `assessment` always, so that
 * what was looked at and found the same is told from what nobody looked at. */
err_t app_record(workspace *ws, arena *a, const assessment *as, str actor, fault *f) MUST_USE;
/* What a report shows around an assessment. */
err_t app_report_input(workspace *ws, arena *a, const assessment *as, fault *f, report_input *ret) MUST_USE;

/* Read-only SQL over every relation, NAME_history and commits; as_of 0: now. */
typedef struct sql_result sql_result;
err_t   app_sql(workspace *ws, str sql, time_us as_of, fault *f, sql_result **ret) MUST_USE;
/* The same for somebody who may not read everything: a register that their role does not open is ERR_DENIED,
 * so are histories and commits to who may read nothing after a moment (who->until); rows outside of the engagement the
 * workspace is held to are not there; and the query has bounds (0:
 * those of store.h). The result is `a`'s. */
typedef struct {
    time_us time_max;
    int64_t rows_max;
    size_t  memory_max;
} sql_limits;
err_t   app_sql_within(workspace *ws, arena *a, const principal *who, str sql, time_us as_of, const sql_limits *l, fault *f, sql_result **ret) MUST_USE;
cursor *sql_rows(sql_result *r);
void    sql_close(sql_result *r);                   /* accepts NULL */

/* A query of sql/ with its holes filled, as text: for pages, whose SQL stands in sql/web. Cells that are
 * unknown have p NULL; times come as people's text is made from them: microseconds in decimal. */
typedef struct {
    str   *names;  size_t n_columns;
    str   *cells;  size_t n_rows;        /* row by row */
} row_table;
err_t app_rows(workspace *ws, arena *a, const char *path, const sql_hole *holes, size_t n_holes, time_us as_of, fault *f, row_table *ret) MUST_USE;
static inline str table_cell(const row_table *t, size_t row, size_t column)
{
    assert(t->cells && row < t->n_rows && column < t->n_columns);
    return t->cells[row * t->n_columns + column];
}

/* How many commits there are: what was read before another number may have changed since. */
err_t app_head(workspace *ws, fault *f, int64_t *ret) MUST_USE;

/* What came by network beside changes: rows of access_event, one commit for all. `id` and `at_time` are given here. */
typedef struct {
    const char *kind;                    /* one of the field's choices */
    str         person, about, address;
    bool        went_well;
    int64_t     times;                   /* 0: once */
} access_event;
err_t app_events(workspace *ws, arena *a, str actor, const access_event *v, size_t n, fault *f) MUST_USE;
/* That the history was changed is told to the log elsewhere, when there is one; here it could be taken back. */
void app_alarm(const workspace *ws, arena *a, str about);

/* ---- texts for people ------------------------------------------------------------------ */

/* Policies, courses, checklists ... of the product and the workspace. */
err_t app_library(workspace *ws, fault *f, const library **ret) MUST_USE;
/* One of them as a Markdown page, filled with the workspace's name. `path`: KIND/NAME. */
err_t app_library_page(workspace *ws, arena *a, str path, fault *f, str *ret) MUST_USE;

/* What has to be done again and again: of the product and the workspace. */
err_t app_duties(workspace *ws, fault *f, const duties **ret) MUST_USE;

/* ---- populations ----------------------------------------------------------------------- */

typedef struct {
    str        name;
    field_kind kind;                     /* of its numbers: F_TIME, F_BOOL, else F_INT */
} population_column;

typedef struct {
    const library_population *population;
    time_us     from, to, as_of;         /* from <= x < to, as known or as it stood at as_of */
    population_column *columns;
    size_t      n_columns;
    const value *const *rows;            /* each n_columns values */
    size_t      n_rows;
    test_result checks;                  /* its items are the checks, its needs what was read and how fresh */
    bool        complete;                /* every check holds over fresh needs; nothing less */
} population_view;

/* Whether it answers a criterion that is inside of the engagement, and the person may read the registers it is made of. */
err_t app_population_may(workspace *ws, const principal *who, const library_population *p, fault *f) MUST_USE;
/* `to` 0: now; `from` 0: a year before; nothing in it came after `known` (0: now). */
err_t app_population(workspace *ws, arena *a, const principal *who, str name, time_us from, time_us to, time_us known, fault *f,
                     population_view *ret) MUST_USE;

/* ---- the program: records ------------------------------------------------------------ */

/* Who acts, from a sign-in name ("ann", or an address): the person record that has it.
 * `as`: another person's id, for who may act for others (a manager, an owner, or
 * who keeps the workspace and is no person in it). ERR_DENIED otherwise. */
err_t app_principal(workspace *ws, arena *a, str login, str as, fault *f, principal *ret) MUST_USE;

typedef struct {
    field_faults faults;      /* everything that was refused, also when the call fails */
    str          id;          /* of what was added */
    int64_t      opened;      /* versions written; 0: nothing changed */
    int64_t      seq;         /* of the commit; -1: nothing changed */
} record_done;

/* The person of that id, as of now: ERR_NOT_FOUND, or ERR_DENIED for one who has left or whom the identity provider
 * calls inactive. `actor` is left empty. */
err_t app_person(workspace *ws, arena *a, str id, fault *f, principal *ret, str *ret_name) MUST_USE;
/* The id of the person with this login or address, active or not; empty when there is none. */
err_t app_person_named(workspace *ws, arena *a, str login, fault *f, str *ret_id) MUST_USE;

/* ---- what an auditor sees --------------------------------------------------------------------

 * An engagement examines categories over a period. Who examines in it reads what stood within the period and nothing after
 * it, and of what serves categories: criteria of its own, their controls, the tests of those, registers whose controls
 * (model/records) serve one of them, populations that answer one of them. Of what names a criterion, a control, a test or any
 * record (results, exceptions, waivers, evidence, tasks, comments) they read the rows that name what is inside. Facts are about systems,
 * which all categories share. A test or a population that is inside is evaluated over everything, as for anybody else: what
 * it says does not depend on who asks. */

typedef struct {
    str      id, title, kind, firm, state;
    str      owner, owner_name, owner_email;             /* who answers for it here; empty: nobody is named */
    str      member;                                     /* the record that names the person */
    time_us  from, to;
    unsigned categories;                                 /* 1 << category; security always */
    bool     open, named;                                /* named: the engagement names them; else those in scope when it ends */
    str      unclear;                                    /* why its categories cannot be told; then nothing of it is shown */
} engagement;
/* Those in which the person examines, open or not: open ones first, the latest first. */
err_t app_engagements(workspace *ws, arena *a, str person, fault *f, engagement **ret, size_t *ret_n) MUST_USE;
str   categories_words(arena *a, unsigned categories);   /* "Security, Availability and Privacy" */

/* Puts the bounds of the open engagement that has this moment into `who` and holds the workspace to them, until app_hold says
 * otherwise: from then on no use case gives more. as_of 0: now, or the end of the latest one when none has now; it is set then. Where
 * several have the moment, what any of them examines, to the first end. ERR_DENIED: none is open, or none has that moment.
 * `a` outlives both. */
err_t app_engage(workspace *ws, arena *a, principal *who, time_us now, time_us *as_of, fault *f) MUST_USE;
/* NULL: to nothing. What it was held to before: for what is kept for others than the asker. */
typedef struct audit_hold audit_hold;
const audit_hold *app_hold(workspace *ws, const audit_hold *h);
/* What a workspace that is held to some categories does not show, in numbers; false: it shows everything. */
typedef struct {
    str    examines;                                     /* "Security and Availability" */
    size_t criteria, controls, tests, registers;
} left_out;
bool  app_left_out(const workspace *ws, left_out *ret);
/* Whether it shows rows of this relation in part, or none. */
bool  app_in_part(const workspace *ws, const relation *r);
/* Whether the record is the asker's own person, engagement or part in it: these are read as they are now. */
bool  app_about_asker(const workspace *ws, const relation *r, str id);
/* Whether any of these criteria is inside; what names none is. */
bool  app_criteria_inside(const workspace *ws, const str_list *criteria);
/* ERR_DENIED when the "control", "criterion" or "test" exists outside of the engagement, else ERR_NOT_FOUND. */
err_t app_no_such(workspace *ws, const char *kind, str id, fault *f);

/* Each is one commit, all or nothing. `ids`: one or many, the same change to all.
 * `expected`: the version an edit of one record was made from; 0: any. */
err_t app_add(workspace *ws, arena *a, const principal *who, const relation *r, str id, const assignment *set, size_t n,
              str reason, fault *f, record_done *ret) MUST_USE;
err_t app_edit(workspace *ws, arena *a, const principal *who, const relation *r, const str *ids, size_t n_ids, int64_t expected,
               const assignment *set, size_t n, str reason, fault *f, record_done *ret) MUST_USE;
/* The same with all its checks, and nothing is kept: ret->opened is 0. */
err_t app_edit_dry(workspace *ws, arena *a, const principal *who, const relation *r, const str *ids, size_t n_ids, int64_t expected,
                   const assignment *set, size_t n, str reason, fault *f, record_done *ret) MUST_USE;
err_t app_do(workspace *ws, arena *a, const principal *who, const relation *r, const str *ids, size_t n_ids, int64_t expected,
             str transition_name, const assignment *set, size_t n, str reason, fault *f, record_done *ret) MUST_USE;

/* The person accepts this version of a policy, whether or not it was asked for. `digest`: of the text as it was read;
 * ERR_CONFLICT when that is no longer what holds, or it was accepted before. */
err_t app_accept(workspace *ws, arena *a, const principal *who, str policy_version, str digest, fault *f, record_done *ret) MUST_USE;

typedef struct {
    const library_course *course;
    int64_t     right, percent, pass;    /* pass: percent that had to be reached */
    bool        passed;
    record_done record;
} quiz_done;
/* The person's answers to the quiz of a training of theirs: answers[i] is the index of the answer to question i, SIZE_MAX
 * none. The score is kept; passed, the training is completed. */
err_t app_quiz(workspace *ws, arena *a, const principal *who, str training, const size_t *answers, size_t n, fault *f, quiz_done *ret) MUST_USE;

/* Reading, now or as of a moment (0: now). */
err_t app_get(workspace *ws, arena *a, const principal *who, const relation *r, str id, time_us as_of, fault *f,
              record_view *ret, related **ret_related, size_t *ret_n) MUST_USE;
err_t app_find(workspace *ws, arena *a, const principal *who, const record_query *q, time_us as_of, fault *f, record_list *ret) MUST_USE;
err_t app_history(workspace *ws, arena *a, const principal *who, const relation *r, str id, fault *f,
                  record_change **ret, size_t *ret_n) MUST_USE;

/* Reports made of tables: gap, risk, treatment. ERR_USAGE: there is no such report. */
err_t app_document(workspace *ws, arena *a, str name, time_us as_of, fault *f, document *ret) MUST_USE;

/* The remediation plan: one item a gap of an assessment of now, with an owner and a day.
 * Made again, it adds what is new, opens again what came back, closes what the
 * assessment no longer shows, and leaves what people wrote. One commit. */
typedef struct {
    int64_t gaps, added, kept, reopened, closed;
} plan_done;
err_t app_plan(workspace *ws, arena *a, const principal *who, fault *f, plan_done *ret) MUST_USE;

/* A turn of the duties (content/duties): tasks open ahead of time, close when the
 * records show the work, and whoever must hear of one is named. One commit. */
err_t app_tick(workspace *ws, arena *a, fault *f, tick_result *ret) MUST_USE;

/* The first program of a workspace, from a few answers: categories in scope, the
 * system, who answers, policies as drafts, controls with owners, courses, and the
 * tasks that follow. One commit and a tick. ERR_CONFLICT when there is one already. */
typedef struct {
    str      owner_name, owner_email;    /* who answers for it all at first */
    str      login;                      /* that person's name on this machine */
    str      service;                    /* what the report is to be about */
    str      contact;                    /* where trouble is reported, for the policies' texts */
    unsigned categories;                 /* FOR_... of the library */
    str      front;                      /* "web": where the answers were given; empty: the command line */
    const principal *who;                /* an owner who is there already and answers for it; NULL: the person above is added */
} setup_answers;

typedef struct {
    int64_t     policies, controls, courses, roles;
    record_done records;
    tick_result tasks;
} setup_done;

/* "availability, privacy"; security is always among them. */
err_t setup_categories(str text, fault *f, unsigned *ret) MUST_USE;
/* What is wrong with the answers themselves. */
err_t setup_check(const setup_answers *in, fault *f) MUST_USE;
/* Whether that was done. */
err_t app_is_set_up(workspace *ws, fault *f, bool *ret) MUST_USE;
err_t app_setup(workspace *ws, arena *a, const setup_answers *in, fault *f, setup_done *ret) MUST_USE;

/* A piece of work with the workspace's catalogue, clocks and effects, for importers;
 * app_work_finish publishes it. */
err_t app_work(workspace *ws, const principal *who, str action, str reason, fault *f, work **ret) MUST_USE;
err_t app_work_finish(workspace *ws, work *w, arena *a, fault *f, record_done *ret) MUST_USE;
/* Ends a work that did not go well, keeps its faults in ret, and returns e. */
err_t app_work_refused(work *w, arena *a, err_t e, record_done *ret);

/* ---- notifications ------------------------------------------------------------------- */

/* Tries what is due in the outbox (notify/notify.h). ERR_BUSY while another process does. */
err_t app_deliver(workspace *ws, arena *a, fault *f, delivery *ret) MUST_USE;
/* Queues a test and sends it at once: to a mail address, with "webhook" to every endpoint, or to the endpoint of that id. */
err_t app_notify_test(workspace *ws, arena *a, const principal *who, str recipient, fault *f, delivery *ret) MUST_USE;
/* Where mail and webhooks go; secrets are not in it, but the files that hold them. */
const notify_settings *workspace_notify(const workspace *ws);
/* An endpoint outside of this network, with a new secret, which is told once. What must stand inside is for the command line. */
err_t webhook_add(workspace *ws, arena *a, str url, const changer *by, fault *f, str *ret_id, str *ret_secret) MUST_USE;
err_t webhook_remove(workspace *ws, arena *a, str id, const changer *by, fault *f) MUST_USE;
err_t app_outbox(workspace *ws, arena *a, const principal *who, fault *f, outbox_row **ret, size_t *ret_n) MUST_USE;

/* ---- files of records ---------------------------------------------------------------------- */

typedef struct {
    int64_t line;             /* of the file; 0: the file as a whole */
    str     field, why;       /* field empty: the line as a whole */
} line_fault;

enum { LINE_FAULTS_MAX = 1000, IMPORT_ROWS_MAX = 200000, IMPORT_BYTES_MAX = 256 << 20 };

typedef struct {
    int64_t        rows, added, changed, same;   /* of those that are sound */
    int64_t        n_faults;                     /* exact */
    DA(line_fault) faults;                       /* the first LINE_FAULTS_MAX */
    DA(str)        ignored;                      /* columns that are no fields (sync only) */
    record_done    done;
} import_report;

typedef struct {
    str  format;              /* "csv", "json"; empty: by the name's ending, else csv */
    bool dry_run;             /* everything but the commit */
    bool migrate;             /* an owner keeps states and stamps of another system; added records only */
    str  reason;
} import_options;

/* The header names fields. A row whose id is known changes the columns given, an empty cell to
 * unknown; another row is added. Rows may name rows that come later. One commit or none: with
 * faults it is ERR_INVALID and ret tells them. `path` "-": standard input. */
err_t app_import(workspace *ws, arena *a, const principal *who, const relation *r, const char *path, const import_options *o,
                 fault *f, import_report *ret) MUST_USE;

/* The same from bytes in hand; `name`: of the file, for messages and its ending. */
err_t app_import_bytes(workspace *ws, arena *a, const principal *who, const relation *r, str name, str bytes, const import_options *o,
                       fault *f, import_report *ret) MUST_USE;

typedef struct {
    str field, column;
} field_mapping;

/* ---- an export of the HR system ---- */

typedef enum { SYNC_JOINS, SYNC_LATER, SYNC_MOVES, SYNC_CHANGES, SYNC_LEAVES, SYNC_MISSING, SYNC_KIND_COUNT } sync_kind;
const char *sync_name(sync_kind k);               /* "joins", "joins later", "moves", "changes", "leaves", "is not in the file" */

typedef struct {
    sync_kind kind;
    str       id, why;        /* why: "team, manager"; "last day 2026-03-31" */
} sync_line;

typedef struct {
    const field_mapping *maps;  size_t n_maps;    /* field = column of the file */
    bool                 report_leavers;          /* who is missing in the file is told and not marked */
    bool                 force;                   /* also when more than a fifth would leave */
    bool                 dry_run;
    str                  format, reason;
} sync_options;

/* Headcount: people who are active or on leave. opening + joiners - leavers = closing, and closing is
 * what the file counts (and `missing`, when leavers are only reported): else nothing is written. */
typedef struct {
    import_report file;
    int64_t       opening, joiners, leavers, closing, in_file, missing;
    int64_t       former;     /* rows of people who left before they were ever known here */
    DA(sync_line) lines;
} sync_report;

/* The file holds everybody who works here now (and may hold who will, and who has left). One commit. */
err_t app_sync(workspace *ws, arena *a, const principal *who, const char *path, const sync_options *o, fault *f, sync_report *ret) MUST_USE;
err_t app_sync_bytes(workspace *ws, arena *a, const principal *who, str name, str bytes, const sync_options *o, fault *f, sync_report *ret) MUST_USE;

typedef err_t (*export_sink)(void *arg, str bytes, fault *f);
/* All that fit, in constant memory. `format`: "csv" or "json" (an array, one record a line). */
err_t app_export(workspace *ws, const principal *who, const record_query *q, time_us as_of, str format, export_sink sink, void *arg,
                 fault *f, int64_t *ret_n) MUST_USE;

/* ---- evidence -------------------------------------------------------------------------------- */

typedef struct {
    const char *path;         /* the file; or NULL */
    str         name, bytes;  /* the same in hand: name .p NULL: there is none. Either this or a path */
    str         statement;    /* what it says, with or without a file */
    str         title;        /* empty: the file's name, or the statement's first line */
    str         origin, from, to, expires;       /* as people write them; may be empty */
} attachment;

/* A piece of evidence that supports the record: the file goes into the store of blobs, what is
 * told of it into `evidence`. A name that lies about the type, a program, an empty file: ERR_INVALID. */
err_t app_attach(workspace *ws, arena *a, const principal *who, const relation *r, str id, const attachment *at, str reason,
                 fault *f, record_done *ret) MUST_USE;

/* Many pieces at once, an object a line: {"supports":"TYPE/ID","file_name":...,"content":base64,"statement":...,"title":...,
 * "origin":...,"effective_from":...,"effective_to":...,"expires_at":...}. What is there already, the same bytes (or, without a
 * file, the same statement) for the same record and the same dates, is named and not added again. One commit or
 * none: with faults it is ERR_INVALID and ret tells them by line. One file at a time is in memory beside the lines. */
enum { EVIDENCE_LINES_MAX = 1000 };
typedef struct {
    int64_t line;
    str     id;
    bool    same;
} evidence_line;

typedef struct {
    evidence_line *v;  size_t n;
    int64_t        added, same;
    import_report  file;                 /* its faults */
} evidence_report;
err_t app_attach_lines(workspace *ws, arena *a, const principal *who, str ndjson, str reason, fault *f, evidence_report *ret) MUST_USE;

/* The bytes, verified; ret_name: the file's name as it was given. */
err_t app_evidence_file(workspace *ws, arena *a, const principal *who, str id, fault *f, str *ret_bytes, str *ret_name) MUST_USE;

/* ---- the ledger ---------------------------------------------------------------------- */

typedef enum { TAMPER_ALTERED, TAMPER_REMOVED, TAMPER_INSERTED, TAMPER_COMMIT, TAMPER_LOG, TAMPER_STORE } tamper_kind;
const char *tamper_name(tamper_kind k);

typedef struct {
    tamper_kind kind;
    str         relation, key;           /* key parts with "/" between; empty where it is gone */
    int64_t     version;                 /* id of the row version; 0: none */
    int64_t     seq;                     /* commit; -1: none */
    str         what;                    /* the sentence */
} tamper;

typedef struct {
    checkpoint at;
    int64_t    commits, versions, tiles, erased, faults;
} verify_result;

/* Recomputes every commitment, leaf, tree and signature and compares them.
 * `vkey`: the log's public key as the reader holds it; empty: the workspace's. */
err_t app_verify(workspace *ws, arena *a, str vkey, void (*on_tamper)(void *arg, const tamper *t), void *arg,
                 void (*progress)(void *arg, str text), fault *f, verify_result *ret) MUST_USE;

/* The last verification that was kept, for pages: `dir` is the workspace's. ERR_NOT_FOUND: none yet. */
enum { VERIFIED_TAMPERS = 200 };
typedef struct {
    time_us       began_at, ended_at;
    str           why;                   /* it could not be done; empty: it was */
    verify_result r;                     /* without the root */
    tamper       *v;                     /* the first VERIFIED_TAMPERS at most */
    size_t        n;
} verified;
err_t app_verified_keep(arena *a, const char *dir, const verified *v, fault *f) MUST_USE;
err_t app_verified(arena *a, const char *dir, fault *f, verified *ret) MUST_USE;

/* When the first collection was kept; 0 when there was none. */
err_t app_first_collection(workspace *ws, fault *f, time_us *ret) MUST_USE;

/* The log's latest signed checkpoint, and its public key as text. */
err_t app_checkpoint(workspace *ws, arena *a, fault *f, str *ret_note, str *ret_vkey) MUST_USE;

/* Who cosigns the log's checkpoints, so that its history cannot be written anew unseen. */
typedef struct {
    str      name, vkey, who;            /* of the key; in words */
    bool     cosigned;                   /* among what was looked at: the newest hundred checkpoints */
    uint64_t size;                       /* entries, at the largest */
    time_us  at;                         /* as the witness says */
} log_witness;
/* `log_vkey` empty: the log's key as the workspace has it. */
err_t app_witnesses(workspace *ws, arena *a, str log_vkey, fault *f, log_witness **ret, size_t *ret_n) MUST_USE;
err_t app_witness_add(workspace *ws, arena *a, str actor, str vkey, str who, fault *f) MUST_USE;
err_t app_witness_remove(workspace *ws, arena *a, str actor, str name, fault *f) MUST_USE;
/* What is sent to a witness: the latest checkpoint, and the proof that it leads from what the witness saw last (as far
 * as is known here, or from `old` entries when that is not below 0). `name` empty: one that saw nothing yet. */
err_t app_witness_request(workspace *ws, arena *a, str name, int64_t old, fault *f, str *ret) MUST_USE;
/* What came back: kept beside the log when the log signed it, a known witness cosigned it and the log leads from it. */
err_t app_witness_import(workspace *ws, arena *a, str actor, str note_bytes, fault *f, str *ret_says) MUST_USE;
/* Being a witness of somebody else's log: needs no workspace. As witness_create and witness_cosign of ledger.h, now. */
err_t app_witness_new(arena *a, const char *dir, str name, fault *f, str *ret_vkey) MUST_USE;
err_t app_cosign(arena *a, const char *dir, str request, str log_vkey, fault *f, str *ret_note) MUST_USE;

/* Proof that a commit, or the current version of a row, is in the log: a
 * .tlog-proof file whose "extra" line carries what a stranger needs beside it. */
err_t app_prove_commit(workspace *ws, arena *a, int64_t seq, fault *f, str *ret) MUST_USE;
err_t app_prove_row(workspace *ws, arena *a, str relation_name, str key, fault *f, str *ret) MUST_USE;
/* Checks such a file; ret_says: what it proves, in a sentence or two. */
err_t app_check_proof(arena *a, str proof, str vkey, fault *f, str *ret_says) MUST_USE;

GUARD_DEFINE(workspace, workspace_close)
#define auto_ws GUARD(workspace_close)
GUARD_DEFINE(sql_result, sql_close)
#define auto_sql GUARD(sql_close)

#endif
