/*
 * gate/gate.h - every request of web, API and SCIM passes here: the route is
 * found, the asker known, the permission checked, and only then is a page asked.
 *
 * Routes are rows of a front. A row without a permit does not pass
 * gate_open, and tests/permissions.txt holds who may what on every one of them.
 * Deny by default: who may not is told which rule refused, and it is recorded.
 * Depends on: base, model, http, auth, app.  Threads: handlers run on many at
 * once, each with its own `ask`; an ask and its workspace belong to one.
 */
#ifndef GATE_GATE_H
#define GATE_GATE_H

#include "app/app.h"
#include "auth/auth.h"
#include "http/http.h"

typedef struct gate gate;
typedef struct ask ask;

/* ---- routes -------------------------------------------------------------------------------- */

/* Who may. The zero value passes nobody and no test. */
typedef enum {
    PERMIT_UNSET,
    PERMIT_PUBLIC,            /* anybody, signed in or not */
    PERMIT_SESSION,           /* whoever has a session, also a half one: sign-in itself, and setting up factors */
    PERMIT_PERSON,            /* everybody who has signed in fully, auditors too */
    PERMIT_AUDITOR,           /* auditors alone */
    PERMIT_READER,            /* who may see the whole program: auditors, contributors and above */
    PERMIT_MEMBER,            /* members and above: not auditors */
    PERMIT_CONTRIBUTOR,
    PERMIT_MANAGER,
    PERMIT_OWNER,
    PERMIT_TYPE_READ,         /* as the rows of {type} say; own records are the engine's to tell */
    PERMIT_TYPE_ADD,
    PERMIT_TYPE_EDIT,
    PERMIT_TYPE_DO,           /* whoever may read it: each transition has its own rule */
    PERMIT_SCOPE,             /* a token with the route's scope, whoever stands behind it */
    PERMIT_COUNT_
} permit;
const char *permit_words(permit p);          /* "managers and owners" */

enum {
    ROUTE_CACHED = 1 << 0,    /* GET: depends on nothing but the address, who asks and the store; may be kept until the next commit */
    ROUTE_SLOW   = 1 << 1,    /* takes more than 50 ms: few at once */
    ROUTE_FRESH  = 1 << 2,    /* dangerous: the person proved who they are within the last 10 minutes */
    ROUTE_NO_CSRF = 1 << 3,   /* a POST without a cookie's rights: carries its own secret */
    ROUTE_EXPORT = 1 << 4,    /* takes data out: each success is recorded */
    ROUTE_SECRET = 1 << 7,    /* its answer holds a secret: it is given once and not kept for a request that is sent again */
    ROUTE_NO_STORE_OPEN = 1 << 5,            /* needs no workspace: assets, /healthz */
    ROUTE_TRUST  = 1 << 8,    /* of the trust page: with the setting trust_host at that host alone, where nothing else is and nobody is signed in */
    ROUTE_OWN_ACCOUNT = 1 << 6,              /* about the person alone: auditors too, without an open engagement; PERMIT_PERSON or _AUDITOR */
};

typedef err_t (*route_handler)(ask *q);

typedef struct {
    http_method   method;     /* GET answers HEAD too */
    const char   *pattern;    /* "/{type}/{id}/history": {type} fits names of record types only, {rest*} the rest of the path */
    permit        allows;
    size_t        body_max;   /* bytes; 0: no body */
    unsigned      flags;
    unsigned      scope;      /* of tokens that may; 0: no token */
    route_handler handle;
    const char   *summary;    /* one line, for OpenAPI and the table of permissions */
} route;

/* Rows stand beside their handlers, one table a file. */
typedef struct {
    const route *rows;
    size_t       n;
} route_table;
#define ROUTE_TABLE(name) const route_table name = { rows, COUNT(rows) }

/* What belongs together: how its routes look and how its refusals speak. */
typedef struct {
    const char  *name;        /* "web", "api", "scim" */
    const char  *prefix;      /* "/api/", "/scim/"; "/" takes what no other does */
    const route_table *const *tables;  size_t n_tables;
    bool         cookies;     /* sessions by cookie; else tokens alone */
    bool         replays;     /* an Idempotency-Key makes a repeated request one */
    /* Writes the answer for a refusal or a failure: q->f says why. q->who may be empty. */
    void       (*refuse)(ask *q, err_t e, int status);
    /* What the front keeps while the gate stands, as gate_kept(); a failure stops the start. May be NULL. */
    err_t      (*keep)(gate *g, fault *f, void **ret);
    void       (*drop)(void *kept);                    /* accepts NULL */
} front;

/* Whether the rows themselves are sound: permits, unique patterns, summaries, bodies of GET. */
err_t routes_check(const front *const *fronts, size_t n, fault *f) MUST_USE;

/* ---- one request ------------------------------------------------------------------------------ */

enum { ROUTE_PARAMS = 4 };

struct ask {
    arena              *a;    /* the request's */
    const http_request *rq;
    http_response      *rs;
    gate               *g;
    const front        *front;
    const route        *route;
    str                 params[ROUTE_PARAMS];          /* what {names} of the pattern fit, in order ({type} too) */
    const relation     *type; /* of {type} */
    workspace          *ws;   /* for reading */
    principal           who;  /* actor "web:ann", "api:LABEL as ann"; person empty: nobody */
    str                 name; /* of the person */
    bool                signed_in;                     /* fully */
    bool                apart;                         /* at the host of the trust page */
    bool                engaged;                       /* an auditor: an engagement of theirs is open */
    auth_session        session;                       /* by cookie; handle empty: none */
    str                 cookie;                        /* its secret */
    auth_token          token;                         /* by token; handle empty: none */
    time_us             as_of;                         /* of ?as-of=; 0: now */
    time_us             now;
    fault               f;
    field_faults        faults;                        /* of a refused form or body */
};

/* Whether the asker may have the route, by who they are alone: q->route, type, who, session, token and now. ERR_DENIED
 * with why; ret_status: 401 who are you, 403 you may not, 428 prove it again. */
err_t gate_judge(ask *q, int *ret_status) MUST_USE;

/* The same of another local address, with or without its query, before it is offered as a link or a button: false when
 * there is no such route or it is not for the asker. One that asks for a fresh proof first is offered. */
bool ask_may(const ask *q, http_method m, str to);

/* A parameter of the query or the form; empty when there is none. The form is read at first use. */
str ask_query(ask *q, const char *name);
err_t ask_form(ask *q, http_pair **ret, size_t *ret_n, http_part **ret_parts, size_t *ret_n_parts) MUST_USE;
str ask_field(ask *q, const char *name);               /* of the form; empty also when the form is broken */

/* The writer's place, until the handler returns. Others wait their turn (up to 10 s, then ERR_BUSY).
 * What was written is seen by the next request of anybody. */
err_t ask_writer(ask *q, workspace **ret) MUST_USE;

/* What is recorded beside the changes themselves: one row of access_event and a leaf. Kinds stand in
 * model/results/access_event.c. Waits until it is durable. `person` empty: q->who. */
err_t ask_event(ask *q, const char *kind, str person, str what, bool went_well) MUST_USE;

/* The same for what happens often and matters as a number: joined with its like within a minute, and written then. */
void ask_note(ask *q, const char *kind, str what);

/* After a step was taken by network: people who have left by it lose every session, token and factor at once, and it
 * is recorded. (Who left in another way is refused at their next request.) Gives the writer's place back. */
err_t ask_left(ask *q, const relation *r, str step, const str *ids, size_t n) MUST_USE;

/* Cookies: __Host- where TLS or localhost allow it; Secure, HttpOnly, SameSite=Lax, Path=/. */
void ask_cookie_set(ask *q, const char *name, str secret, time_us lasts);      /* lasts 0: of the browser's session */
void ask_cookie_drop(ask *q, const char *name);
str  ask_cookie(ask *q, const char *name);
/* Begins a session of this person, sets its cookie, records the sign-in. */
err_t ask_sign_in(ask *q, const auth_session *s) MUST_USE;
/* The address of this server as the browser sees it: "https://host:port". */
str  ask_origin(ask *q);

/* The same of the trust page. */
str  ask_trust_origin(ask *q);

auth *gate_auth(gate *g);
void *gate_kept(const gate *g, const front *fr);
const char *gate_dir(const gate *g);                   /* of the workspace */
/* The setting of the workspace's config, as `oidc_issuer`; empty when there is none. */
str  gate_setting(const gate *g, const char *key);
/* Whether this person must have a second factor (owner, manager, auditor, unless the config says otherwise). */
bool gate_wants_second(const gate *g, role r);
/* Asks the supervisor to do one of its jobs: "collect", "assess", "tick", "verify". ERR_UNSUPPORTED: there is none. */
err_t gate_job(gate *g, str job, fault *f) MUST_USE;
/* The same for one source: "collect" of "git:/srv/app". */
err_t gate_job_of(gate *g, arena *a, str job, str source, fault *f) MUST_USE;

/* An errand: what takes rights that this process gave up, as looking at a path outside of the workspace. The supervisor
 * does it in the name of who asks (serve/errand.c has the table) and answers with a sentence or a name. Waits for
 * it; the writer's place must not be held. */
enum { ERRAND_MAX_BYTES = 8 << 10, ERRAND_SAYS_MAX = 1000 };
err_t ask_errand(ask *q, const char *name, const str *words, size_t n, fault *f, str *ret_says) MUST_USE;
/* What the supervisor says: "done NUMBER OUTCOME", "jobs NEXT", each with a line of text below. */
void gate_told(gate *g, str message);
typedef struct {
    time_us next_round;       /* when jobs run next by the clock; 0: never, or not known */
    str     doing;            /* what runs now: "collect", "collect git:/srv/app"; empty: nothing */
} job_state;
job_state gate_jobs(gate *g, arena *a);
/* A process-wide counter of a kind, for /metrics. */
typedef struct {
    int64_t cache_hits, cache_misses, refusals, sign_ins, writers_waited, readers_open;
} gate_counters;
gate_counters gate_counted(const gate *g);
const http_server *gate_server(const gate *g);

/* ---- the gate itself ------------------------------------------------------------------------------ */

typedef struct {
    const char         *dir;          /* of the workspace */
    const front *const *fronts;  size_t n_fronts;
    int                 readers_max;  /* 0: 8 */
    int                 job_fd;       /* to the supervisor; -1: none */
    void              (*tell)(void *arg, str line);    /* what failed by a defect or by damage, for who runs the server; may be NULL */
    void               *tell_arg;
    bool                insecure_cookies;              /* a test without TLS on another name than localhost */
} gate_options;

err_t      gate_open(const gate_options *o, fault *f, gate **ret) MUST_USE;
http_hooks gate_hooks(gate *g);
void       gate_serves(gate *g, const http_server *s);
/* Reads content and configuration again: for who asks next. */
err_t      gate_reload(gate *g, fault *f) MUST_USE;
void       gate_close(gate *g);                        /* accepts NULL */

#endif
