/* app/workspace.h - private to the room: an open workspace. */
#ifndef APP_WORKSPACE_H
#define APP_WORKSPACE_H

#include "app/app.h"

struct workspace {
    arena         *a;                 /* lives as long as the workspace */
    const char    *dir;
    str            name;
    const char    *store_url;
    ledger_paths   log;
    open_mode      mode;
    store         *st;
    notify_settings notify;
    const content *content;           /* loaded at first use, as the rest */
    const calendars *calendars;
    const library *library;
    const duties  *duties;
    work_hooks     hooks;
    principal      acting;            /* of the work that is open */
    struct work_memory *memory;       /* what its effects have read already; NULL: nothing */
    const audit_hold *audit;          /* an engagement it is held to (engaged.c); NULL: none */
    DA(assignment) settings;          /* those of the server, in the order of the config */
};

enum { CONFIG_MAX_BYTES = 1 << 20 };

const char *ws_path(arena *a, const workspace *ws, const char *name);

/* Whether the server reads a setting of this name. */
bool serve_setting_known(str name);

/* The log's public key, out of the private one. */
err_t ws_public_key(const workspace *ws, arena *a, fault *f, str *ret) MUST_USE;

/* Tells the log elsewhere, when there is one; waits for nobody and fails for nobody. */
void ws_syslog(const workspace *ws, arena *a, str actor, const access_event *v, size_t n);
bool syslog_place_valid(arena *a, str text);

/* Brings the log up to the store: appends the leaves it lacks, signs. Waits up
 * to 10 s for another process; refuses when the log has more than the store. */
err_t ws_publish(workspace *ws, fault *f) MUST_USE;

/* Is every checkpoint that witnesses cosigned in the log whose latest is `now`? Tells what is not, file by file. */
typedef void (*cosigned_fault)(void *arg, str what);
err_t ws_check_cosigned(workspace *ws, arena *a, const note_verifier *key, const checkpoint *now, cosigned_fault on_fault,
                        void *arg, fault *f) MUST_USE;

/* As app_record, but for the log: that is brought up to it by ws_publish. */
err_t ws_record(workspace *ws, arena *a, const assessment *as, str actor, fault *f, commit_done *ret) MUST_USE;

/* `key: value` lines; `#` comments. Calls each(key, value) in order. */
err_t config_each(arena *a, const char *path, fault *f,
                  err_t (*each)(void *arg, str key, str value, fault *f), void *arg) MUST_USE;

/* Takes the lines that read `without` out of the config, and puts `with` at its end (either may be empty). One process at a time. */
err_t config_change(workspace *ws, arena *a, str without, str with, fault *f) MUST_USE;
/* What was changed in the config, as an event of the ledger. */
err_t config_changed(workspace *ws, arena *a, const changer *by, str what, fault *f) MUST_USE;

/* What stands between an assessment and every criterion in scope, most urgent first. */
typedef struct {
    str         key;                  /* "test:access.mfa", "control:HR-01", "criterion:CC1.1" */
    test_state  state;
    str         action, criteria, controls, tests, owner;     /* ids with blanks between */
    const char *priority;
    int64_t     days;                 /* in which it should be closed */
} gap;
void gaps_of(arena *a, const assessment *as, const gap **ret, size_t *ret_n);

/* Puts what a tick has to tell into the outbox, in the work's commit. */
err_t reminders_queue(workspace *ws, work *w, arena *a, const tick_result *r, fault *f) MUST_USE;

/* How the workspace's texts are loaded and checked; its content must be loaded. */
library_options ws_library_options(workspace *ws);

/* A session of what is inside of the engagement the workspace is held to; of everything when it is held to none. */
err_t ws_session(workspace *ws, const session_options *o, fault *f, session **ret) MUST_USE;
/* The organisation, and what alone is shown of it: "Example (Security and Privacy alone)". */
str   ws_shown_name(const workspace *ws, arena *a);
/* No later than the engagement reaches. */
time_us ws_latest(const workspace *ws, time_us as_of);
const content *ws_inside(const workspace *ws);      /* content must be loaded */

/* Loads calendars and clocks, once. */
err_t ws_calendars(workspace *ws, fault *f) MUST_USE;
/* As work_hooks.catalogue; `arg`: the workspace, its content loaded. */
bool  ws_in_catalogue(void *arg, str type, str id, bool *ret_known);

/* What happens beside a change of records (model.h, EFFECT_TABLE). `arg`: the workspace. */
err_t effect_run(void *arg, work *w, effect_id effect, const relation *r, const value *row, fault *f) MUST_USE;

#endif
