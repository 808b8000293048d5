/* The way of a request: route, who asks, may they, answer. */
#include "gate/private.h"

#include <string.h>

enum { READERS = 8, PEOPLE_SLOTS = 1024 };

/* What a person is, as of a number of commits. */
struct person_slot {
    char    id[128], name[128];
    size_t  id_n, name_n;
    int64_t head;
    role    role;
};

/* ---- who asks ------------------------------------------------------------------------------- */

static struct person_slot *slot_of(gate *g, str person)
{
    return &g->people[siphash64(7, 11, person.p, person.n) % PEOPLE_SLOTS];
}

static bool person_known(gate *g, arena *a, str person, int64_t head, principal *ret, str *ret_name)
{
    pthread_mutex_lock(&g->lock);
    const struct person_slot *s = slot_of(g, person);
    bool fits = s->head == head && str_eq((str){ s->id, s->id_n }, person);
    if (fits) {
        *ret = (principal){ .person = person, .role = s->role };
        *ret_name = str_dup(a, (str){ s->name, s->name_n });
    }
    pthread_mutex_unlock(&g->lock);
    return fits;
}

static void person_keep(gate *g, const principal *who, str name, int64_t head)
{
    str cut = utf8_cut(name, sizeof ((struct person_slot *)0)->name);
    if (who->person.n > sizeof ((struct person_slot *)0)->id || who->n_grants)
        return;
    pthread_mutex_lock(&g->lock);
    struct person_slot *s = slot_of(g, who->person);
    memcpy(s->id, who->person.p, who->person.n);
    memcpy(s->name, cut.p, cut.n);
    s->id_n = who->person.n;
    s->name_n = cut.n;
    s->head = head;
    s->role = who->role;
    pthread_mutex_unlock(&g->lock);
}

/* Somebody who has left, or is nobody any more, acts no more, whatever they hold. */
static err_t know_person(ask *q, str person, int64_t head)
{
    fault here = { 0 };
    if (person_known(q->g, q->a, person, head, &q->who, &q->name))
        return ERR_OK;
    err_t e = app_person(q->ws, q->a, person, &here, &q->who, &q->name);
    if (e == ERR_DENIED || e == ERR_NOT_FOUND) {
        TRY(auth_forget(q->g->auth, person, &q->f));
        return fail(&q->f, ERR_DENIED, "%s", here.text);
    }
    if (e != ERR_OK)
        return fail(&q->f, e, "%s", here.text);
    person_keep(q->g, &q->who, q->name, head);
    return ERR_OK;
}

static err_t by_token(ask *q, str secret, int64_t head)
{
    fault here = { 0 };
    err_t e = auth_token_find(q->g->auth, q->a, secret, &here, &q->token);
    if (e == ERR_NOT_FOUND)
        return fail(&q->f, ERR_DENIED, "there is no such token, or it has ended");
    TRY(e);
    TRY(know_person(q, q->token.person, head));
    q->who.actor = str_fmt(q->a, "%s:" STR_FMT " as " STR_FMT, q->front->name, STR_ARG(q->token.label), STR_ARG(q->token.person));
    return ERR_OK;
}

static err_t by_cookie(ask *q, int64_t head)
{
    fault here = { 0 };
    q->cookie = ask_cookie(q, "attest");
    if (!q->cookie.n || auth_session_find(q->g->auth, q->a, q->cookie, &here, &q->session) != ERR_OK) {
        q->session = (auth_session){ 0 };
        return ERR_OK;                   /* nobody, as far as we can tell */
    }
    TRY(know_person(q, q->session.person, head));
    q->who.actor = str_fmt(q->a, "web:" STR_FMT, STR_ARG(q->session.person));
    /* A second factor may have become a duty since, with a new role or a stricter rule: first that, then all else. */
    if (q->session.stage == STAGE_FULL && !q->session.second && gate_wants_second(q->g, q->who.role))
        q->session.stage = STAGE_ENROL;
    q->signed_in = q->session.stage == STAGE_FULL;
    return ERR_OK;
}

static err_t know_who(ask *q, int64_t head)
{
    str bearer = http_header(q->rq, "authorization");
    if (q->apart)
        return ERR_OK;
    if (q->front->cookies)
        return by_cookie(q, head);
    if (!bearer.p)
        return ERR_OK;
    if (!str_starts(str_lower(q->a, bearer), S("bearer ")))
        return fail(&q->f, ERR_DENIED, "a token is sent as: Authorization: Bearer TOKEN");
    return by_token(q, str_trim(str_sub(bearer, 7, bearer.n)), head);
}

/* ---- may they ----------------------------------------------------------------------------------- */

static bool role_fits(permit p, role r)
{
    switch (p) {
    case PERMIT_PERSON: return r >= ROLE_AUDITOR;
    case PERMIT_AUDITOR: return r == ROLE_AUDITOR;
    case PERMIT_READER: return r == ROLE_AUDITOR || r >= ROLE_CONTRIBUTOR;
    case PERMIT_MEMBER: return r >= ROLE_MEMBER;
    case PERMIT_CONTRIBUTOR: return r >= ROLE_CONTRIBUTOR;
    case PERMIT_MANAGER: return r >= ROLE_MANAGER;
    case PERMIT_OWNER: return r >= ROLE_OWNER;
    case PERMIT_SCOPE: return true;
    case PERMIT_UNSET: case PERMIT_PUBLIC: case PERMIT_SESSION: case PERMIT_TYPE_READ: case PERMIT_TYPE_ADD:
    case PERMIT_TYPE_EDIT: case PERMIT_TYPE_DO: case PERMIT_COUNT_: return false;
    }
    return false;
}

static err_t type_fits(ask *q)
{
    const record_type *t = q->type->record;
    permit             p = q->route->allows;
    right wanted = p == PERMIT_TYPE_ADD ? RIGHT_ADD : p == PERMIT_TYPE_EDIT ? RIGHT_EDIT : p == PERMIT_TYPE_DO ? RIGHT_MOVE : RIGHT_READ;
    role  least = p == PERMIT_TYPE_ADD ? t->add : p == PERMIT_TYPE_EDIT ? t->edit : t->read;
    if (principal_may(&q->who, q->type, wanted))
        return ERR_OK;
    return fail(&q->f, ERR_DENIED, "this is for a %s or above; you are %s", role_name(least), role_name(q->who.role));
}

err_t gate_judge(ask *q, int *ret_status)
{
    permit p = q->route->allows;
    *ret_status = 401;
    if (p == PERMIT_PUBLIC)
        return ERR_OK;
    if (!q->who.person.n)
        return fail(&q->f, ERR_DENIED, "sign in first");
    if (q->token.handle.n) {
        *ret_status = 403;
        unsigned wanted = q->token.scopes & q->route->scope;
        if (wanted && !(wanted & scopes_of(q->who.role)))
            return fail(&q->f, ERR_DENIED, "this token was made for more than a %s may do", role_name(q->who.role));
        if (!wanted)
            return fail(&q->f, ERR_DENIED, "this token is made for: " STR_FMT, STR_ARG(scopes_text(q->a, q->token.scopes)));
    } else {
        if (p == PERMIT_SESSION)
            return ERR_OK;
        if (!q->signed_in)
            return fail(&q->f, ERR_DENIED, q->session.stage == STAGE_ENROL ? "set up how you sign in first" : "sign in first");
    }
    *ret_status = 403;
    if (p >= PERMIT_TYPE_READ && p <= PERMIT_TYPE_DO)
        return type_fits(q);
    if (!role_fits(p, q->who.role))
        return fail(&q->f, ERR_DENIED, "this is for %s; you are %s", permit_words(p), role_name(q->who.role));
    if ((q->route->flags & ROUTE_FRESH) && !q->token.handle.n && q->now - q->session.proven_at > MINUTES(10)) {
        *ret_status = 428;
        return fail(&q->f, ERR_DENIED, "this is a step with consequences: show once more that it is you");
    }
    return ERR_OK;
}

/* What is open to an auditor only while an engagement of theirs is. */
static bool is_of_engagement(const route *r)
{
    return r->allows != PERMIT_PUBLIC && r->allows != PERMIT_SESSION && !(r->flags & ROUTE_OWN_ACCOUNT);
}

bool ask_may(const ask *q, http_method m, str to)
{
    int         status = 0;
    str         path = str_cut(&to, '?');
    found_route found = route_match(q->g->o.fronts, q->g->o.n_fronts, m, path);
    ask         there = { .a = q->a, .g = q->g, .front = found.front, .route = found.route, .type = found.type, .who = q->who,
                          .signed_in = q->signed_in, .session = q->session, .token = q->token, .now = q->now };
    if (!found.route || (q->who.role == ROLE_AUDITOR && !q->engaged && is_of_engagement(found.route)))
        return false;
    return gate_judge(&there, &status) == ERR_OK || status == 428;
}

/* ---- the way of a request -------------------------------------------------------------------------- */

/* An address as it may be recorded: of one that is a right by itself only its form. */
static str recorded_address(const ask *q)
{
    return strstr(q->route->pattern, "{secret}") ? str_of(q->route->pattern) : q->rq->path;
}

static void record_refusal(ask *q, int status)
{
    str          about = q->route ? str_fmt(q->a, "%s " STR_FMT, http_method_name(q->rq->method), STR_ARG(recorded_address(q))) : S("");
    access_event e = { .kind = "refused", .person = q->who.person, .about = about, .address = q->rq->address };
    if (status != 403 || !q->who.person.n)                    /* who is nobody yet was asked to sign in, not refused */
        return;
    __atomic_add_fetch(&q->g->refusals, 1, __ATOMIC_RELAXED);
    recorder_join(q->g->recorder, &e);
}

/* Why something failed by a defect or by damage is for who runs the server; who asked gets a word to name it by. */
static void tell_failure(ask *q, err_t e)
{
    uint32_t number;
    fault    why = q->f;
    random_bytes(&number, sizeof number);
    if (q->g->o.tell)
        q->g->o.tell(q->g->o.tell_arg, str_fmt(q->a, "failure %08x: %s " STR_FMT ": %s", number, http_method_name(q->rq->method), STR_ARG(recorded_address(q)), why.text));
    q->f = (fault){ 0 };
    (void)fail(&q->f, e, "something failed on the server, which noted it as %08x%s%s", number, q->who.role >= ROLE_MANAGER ? ": " : "",
               q->who.role >= ROLE_MANAGER ? why.text : "");
}

static void refused(ask *q, err_t e, int status)
{
    record_refusal(q, status);
    if (status == 500)
        tell_failure(q, e);
    buf_clear(&q->rs->body);
    q->rs->headers.n = 0;
    q->rs->fixed = (str){ 0 };
    q->rs->status = status;
    q->rs->media = S("text/plain; charset=utf-8");
    if (q->front && q->front->refuse)
        q->front->refuse(q, e, status);
    else
        buf_fmt(&q->rs->body, "%s\n", q->f.text);
}

static err_t moment(ask *q)
{
    str text = http_query(q->rq, "as-of");
    if (!text.n)
        return ERR_OK;
    if (!time_parse(text, &q->as_of) || q->as_of <= 0)
        return fail(&q->f, ERR_INVALID, "as-of: \"" STR_FMT "\" is no date and no RFC 3339 time", STR_ARG(utf8_cut(text, 40)));
    if (q->as_of >= q->now)
        q->as_of = 0;
    return ERR_OK;
}

/* An answer that was kept, for who has that version already. */
static void unchanged(ask *q)
{
    str has = http_header(q->rq, "if-none-match");
    for (size_t i = 0; has.p && i < q->rs->headers.n; i++)
        if (str_eq(q->rs->headers.v[i].name, S("ETag")) && str_eq(q->rs->headers.v[i].value, has)) {
            q->rs->status = 304;
            buf_clear(&q->rs->body);
        }
}

static err_t handle_once(ask *q)
{
    str  id;
    bool answered;
    if (!replay_wanted(q))
        return q->route->handle(q);
    TRY(replay_begin(q, &id, &answered));
    if (answered)
        return ERR_OK;
    err_t e = q->route->handle(q);
    replay_end(q, id, e);
    return e;
}

/* An auditor sees an open engagement and nothing outside of it; their own account always. */
static err_t within_engagement(ask *q)
{
    fault   why = { 0 }, none = { 0 };
    time_us latest = 0;
    if (q->who.role != ROLE_AUDITOR || q->route->allows == PERMIT_PUBLIC)
        return ERR_OK;
    err_t e = app_engage(q->ws, q->a, &q->who, q->now, &q->as_of, &why);
    q->engaged = e == ERR_OK;
    if (!is_of_engagement(q->route)) {
        q->as_of = 0;
        (void)app_hold(q->ws, NULL);
        return e == ERR_DENIED ? ERR_OK : e == ERR_OK ? e : fail(&q->f, e, "%s", why.text);
    }
    if (e != ERR_OK) {                                         /* another moment may do: the page that says so leads there */
        q->engaged = e == ERR_DENIED && app_engage(q->ws, q->a, &q->who, q->now, &latest, &none) == ERR_OK;
        q->as_of = latest;
        return fail(&q->f, e, "%s", why.text);
    }
    if (q->type && app_about_asker(q->ws, q->type, q->params[1]))      /* their own part in it, as it is now */
        q->as_of = 0;
    return ERR_OK;
}

static err_t answer(ask *q, int64_t head)
{
    gate *g = q->g;
    str   key = { 0 };
    bool  kept = (q->route->flags & ROUTE_CACHED) && q->who.role != ROLE_AUDITOR && (q->session.handle.n || q->token.handle.n);
    if (kept) {
        key = str_fmt(q->a, STR_FMT STR_FMT " %u " STR_FMT "?" STR_FMT, STR_ARG(q->session.handle), STR_ARG(q->token.handle), q->who.role,
                      STR_ARG(q->rq->path), STR_ARG(q->rq->raw_query));
        if (answers_get(g->answers, key, head, q->now, q->rs)) {
            __atomic_add_fetch(&g->hits, 1, __ATOMIC_RELAXED);
            unchanged(q);
            return ERR_OK;
        }
        __atomic_add_fetch(&g->misses, 1, __ATOMIC_RELAXED);
    }
    TRY(moment(q));
    TRY(within_engagement(q));
    TRY(handle_once(q));
    if (q->rs->body.overflow)
        return fail(&q->f, ERR_TOO_LARGE, "this answer is too large to send at once; ask for less, or use the command line");
    if (kept)
        answers_put(g->answers, key, head, q->now, q->rs);
    if ((q->route->flags & ROUTE_EXPORT) && q->who.person.n && q->rs->status < 300)
        return ask_event(q, "exported", q->who.person, str_fmt(q->a, STR_FMT "?" STR_FMT, STR_ARG(recorded_address(q)), STR_ARG(q->rq->raw_query)), true);
    return ERR_OK;
}

/* With a workspace in hand. */
static err_t pass(ask *q, int *ret_status)
{
    int64_t head;
    *ret_status = 0;
    TRY(app_head(q->ws, &q->f, &head));
    err_t e = know_who(q, head);
    if (e != ERR_OK) {
        *ret_status = 401;
        return e;
    }
    TRY(gate_judge(q, ret_status));
    *ret_status = 0;
    if (q->rq->method != HTTP_GET && q->rq->method != HTTP_HEAD && q->front->cookies && !guard_same_site(q)) {
        *ret_status = 403;
        return fail(&q->f, ERR_DENIED, "this form was not sent from a page of your session; go back, load the page again, and send it once more");
    }
    return answer(q, head);
}

static void serve(held_ask *h)
{
    ask  *q = &h->q;
    int   status = 0;
    bool  answered;
    err_t e = guard_host(q, &answered);
    if (e != ERR_OK)
        refused(q, e, err_describe(e)->http);
    if (e != ERR_OK || answered)
        return;
    if (q->route->flags & ROUTE_NO_STORE_OPEN) {
        e = q->route->handle(q);
        if (e != ERR_OK)
            refused(q, e, err_describe(e)->http);
        return;
    }
    h->slow = (q->route->flags & ROUTE_SLOW) != 0;
    e = pool_take(q->g->pool, h->slow, &q->f, &q->ws);
    if (e != ERR_OK) {
        refused(q, e, err_describe(e)->http);
        return;
    }
    e = pass(q, &status);
    if (h->writing)
        pool_writer_give(q->g->pool);
    if (e != ERR_OK)
        refused(q, e, status ? status : err_describe(e)->http);
    (void)app_hold(q->ws, NULL);
    pool_give(q->g->pool, q->ws, h->slow);
}

static void handle(void *arg, const http_request *rq, http_response *rs)
{
    gate       *g = arg;
    found_route found = route_match(g->o.fronts, g->o.n_fronts, rq->method, rq->path);
    held_ask   *h = NEW(rq->a, held_ask);
    h->g = g;
    h->q = (ask){ .a = rq->a, .rq = rq, .rs = rs, .g = g, .front = found.front, .route = found.route, .type = found.type, .now = time_now() };
    memcpy(h->q.params, found.params, sizeof found.params);
    if (found.route)
        serve(h);
    else {
        err_t e = fail(&h->q.f, ERR_NOT_FOUND, found.other_method ? "this address does not take %s" : "%s: there is nothing at this address",
                       found.other_method ? http_method_name(rq->method) : str_z(rq->a, utf8_cut(rq->path, 200)));
        refused(&h->q, e, found.other_method ? 405 : 404);
    }
}

static size_t body_max(void *arg, http_method m, str path)
{
    gate       *g = arg;
    found_route found = route_match(g->o.fronts, g->o.n_fronts, m, path);
    return found.route ? found.route->body_max : 0;
}

static void refuse_early(void *arg, http_response *rs, int status, str why)
{
    (void)arg, (void)status;
    rs->media = S("text/plain; charset=utf-8");
    buf_puts(&rs->body, why);
    buf_putc(&rs->body, '\n');
}

static void dress(void *arg, const http_request *rq, http_response *rs)
{
    guard_headers(arg, rq, rs);
}

http_hooks gate_hooks(gate *g)
{
    return (http_hooks){ .arg = g, .handle = handle, .body_max = body_max, .refuse = refuse_early, .dress = dress };
}

void gate_serves(gate *g, const http_server *s) { g->server = s; }
const http_server *gate_server(const gate *g) { return g->server; }

/* ---- opening ------------------------------------------------------------------------------------------ */

static err_t open_parts(gate *g, fault *f)
{
    TRY(routes_check(g->o.fronts, g->o.n_fronts, f));
    TRY(pool_open(g->o.dir, g->o.readers_max ? g->o.readers_max : READERS, f, &g->pool));
    TRY(state_open(str_z(g->a, workspace_store(pool_first(g->pool))), f, &g->state));
    TRY(auth_open(&(auth_options){ .store_url = str_z(g->a, workspace_store(pool_first(g->pool))),
                                   .key_path = str_fmt(g->a, "%s/keys/auth.key", g->o.dir).p }, f, &g->auth));
    for (size_t i = 0; i < g->o.n_fronts; i++)
        if (g->o.fronts[i]->keep)
            TRY(g->o.fronts[i]->keep(g, f, &g->kept[i]));
    return recorder_open(g->pool, f, &g->recorder);
}

err_t gate_open(const gate_options *o, fault *f, gate **ret)
{
    arena *a = arena_new(16 << 20);
    gate  *g = NEW(a, gate);
    *g = (gate){ .a = a, .o = *o };
    g->o.dir = str_z(a, str_of(o->dir));
    g->people = NEW_ARRAY(a, struct person_slot, PEOPLE_SLOTS);
    for (size_t i = 0; i < PEOPLE_SLOTS; i++)
        g->people[i].head = -1;
    pthread_mutex_init(&g->lock, NULL);
    g->kept = NEW_ARRAY(a, void *, o->n_fronts);
    g->answers = answers_new();
    g->errands = errands_new();
    err_t e = g->errands ? open_parts(g, f) : fail(f, ERR_LIMIT, "no memory to begin with");
    if (e != ERR_OK) {
        gate_close(g);
        return e;
    }
    *ret = g;
    return ERR_OK;
}

void gate_close(gate *g)
{
    if (!g)
        return;
    recorder_close(g->recorder);
    for (size_t i = 0; i < g->o.n_fronts; i++)
        if (g->o.fronts[i]->drop)
            g->o.fronts[i]->drop(g->kept[i]);
    auth_close(g->auth);
    state_close(g->state);
    pool_close(g->pool);
    answers_free(g->answers);
    errands_free(g->errands);
    pthread_mutex_destroy(&g->lock);
    arena_free(g->a);
}

err_t gate_reload(gate *g, fault *f) { return pool_reload(g->pool, f); }
auth *gate_auth(gate *g) { return g->auth; }

void *gate_kept(const gate *g, const front *fr)
{
    for (size_t i = 0; i < g->o.n_fronts; i++)
        if (g->o.fronts[i] == fr)
            return g->kept[i];
    return NULL;
}

const char *gate_dir(const gate *g) { return g->o.dir; }
str gate_setting(const gate *g, const char *key) { return workspace_setting(pool_first(g->pool), key, 0); }

bool gate_wants_second(const gate *g, role r)
{
    str rule = gate_setting(g, "mfa");
    if (str_eq(rule, S("none")))
        return false;
    return str_eq(rule, S("everybody")) || r == ROLE_AUDITOR || r >= ROLE_MANAGER;
}

gate_counters gate_counted(const gate *g)
{
    gate_counters c = {
        .cache_hits = __atomic_load_n(&g->hits, __ATOMIC_RELAXED), .cache_misses = __atomic_load_n(&g->misses, __ATOMIC_RELAXED),
        .refusals = __atomic_load_n(&g->refusals, __ATOMIC_RELAXED), .sign_ins = __atomic_load_n(&g->sign_ins, __ATOMIC_RELAXED),
    };
    pool_counted(g->pool, &c);
    return c;
}
