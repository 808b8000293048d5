/* What handlers ask of the gate. */
#include "gate/private.h"

#include <stddef.h>

static held_ask *held(ask *q) { return (held_ask *)(void *)((char *)q - offsetof(held_ask, q)); }

str ask_query(ask *q, const char *name)
{
    str text = http_query(q->rq, name);
    return text.p ? text : S("");
}

err_t ask_form(ask *q, http_pair **ret, size_t *ret_n, http_part **ret_parts, size_t *ret_n_parts)
{
    held_ask *h = held(q);
    if (!h->form_read)
        TRY(http_form(q->rq, &q->f, &h->form, &h->n_form, &h->parts, &h->n_parts));
    h->form_read = true;
    *ret = h->form;
    *ret_n = h->n_form;
    if (ret_parts) {
        *ret_parts = h->parts;
        *ret_n_parts = h->n_parts;
    }
    return ERR_OK;
}

str ask_field(ask *q, const char *name)
{
    http_pair *v;
    size_t     n;
    if (!q->rq->body.n || ask_form(q, &v, &n, NULL, NULL) != ERR_OK)
        return S("");
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].name, str_of(name)))
            return v[i].value;
    return S("");
}

err_t ask_writer(ask *q, workspace **ret)
{
    held_ask *h = held(q);
    assert(!h->writing);
    TRY(pool_writer_take(h->g->pool, &q->f, ret));
    h->writing = true;
    return ERR_OK;
}

err_t ask_event(ask *q, const char *kind, str person, str what, bool went_well)
{
    held_ask    *h = held(q);
    str          actor = q->who.actor.n ? q->who.actor : str_fmt(q->a, "%s:-", q->front->name);
    access_event e = { .kind = kind, .person = person.n ? person : q->who.person, .about = what, .address = q->rq->address, .went_well = went_well };
    if (h->writing) {                    /* the place is ours until the handler returns: others would wait for us, and we for them */
        pool_writer_give(h->g->pool);
        h->writing = false;
    }
    if (went_well)
        return recorder_write(q->g->recorder, actor, &e, &q->f);
    recorder_join(q->g->recorder, &e);   /* so that nobody fills the ledger by knocking */
    return ERR_OK;
}

void ask_note(ask *q, const char *kind, str what)
{
    const access_event e = { .kind = kind, .person = q->who.person, .about = what, .address = q->rq->address, .went_well = true };
    recorder_join(q->g->recorder, &e);
}

err_t ask_left(ask *q, const relation *r, str step, const str *ids, size_t n)
{
    const transition *t = transition_find(r, step);
    if (strcmp(r->name, "person") != 0 || !t || !t->to || strcmp(t->to, "left") != 0)
        return ERR_OK;
    for (size_t i = 0; i < n; i++) {
        TRY(auth_forget(held(q)->g->auth, ids[i], &q->f));
        TRY(ask_event(q, "session_ended", ids[i], S("has left: sessions, tokens and factors are gone"), true));
    }
    return ERR_OK;
}

/* ---- cookies --------------------------------------------------------------------------------- */

static bool on_localhost(ask *q)
{
    str host = q->rq->host, name = str_cut(&host, ':');
    return str_eq(name, S("localhost")) || str_eq(name, S("127.0.0.1")) || str_starts(q->rq->host, S("[::1]"));
}

/* Browsers take Secure cookies over TLS and from localhost. */
static str cookie_name(ask *q, const char *name)
{
    return q->rq->tls || on_localhost(q) || !q->g->o.insecure_cookies ? str_fmt(q->a, "__Host-%s", name) : str_of(name);
}

void ask_cookie_set(ask *q, const char *name, str secret, time_us lasts)
{
    str full = cookie_name(q, name);
    str age = lasts ? str_fmt(q->a, "; Max-Age=%lld", (long long)(lasts / SECONDS(1))) : S("");
    http_add(q->rs, "Set-Cookie", str_fmt(q->a, STR_FMT "=" STR_FMT "; Path=/; HttpOnly; SameSite=Lax%s" STR_FMT, STR_ARG(full), STR_ARG(secret),
                                          str_starts(full, S("__Host-")) ? "; Secure" : "", STR_ARG(age)));
}

void ask_cookie_drop(ask *q, const char *name)
{
    str full = cookie_name(q, name);
    http_add(q->rs, "Set-Cookie", str_fmt(q->a, STR_FMT "=; Path=/; HttpOnly; SameSite=Lax%s; Max-Age=0", STR_ARG(full),
                                          str_starts(full, S("__Host-")) ? "; Secure" : ""));
}

str ask_cookie(ask *q, const char *name)
{
    str text = http_cookie(q->rq, str_z(q->a, cookie_name(q, name)));
    return text.p ? text : S("");
}

/* Nobody gathers sessions without end; that some gave way is told where people look. */
static err_t limit_sessions(ask *q, str person)
{
    size_t ended = 0;
    TRY(auth_session_limit(q->g->auth, person, &q->f, &ended));
    return ended ? ask_event(q, "session_ended", person, str_fmt(q->a, "%zu gave way: %d at once are the most", ended, SESSIONS_MAX), true) : ERR_OK;
}

err_t ask_sign_in(ask *q, const auth_session *s)
{
    auth_session its = *s;
    str          secret;
    its.address = q->rq->address;
    its.agent = utf8_cut(http_header(q->rq, "user-agent"), 200);
    if (q->cookie.n && str_eq(q->session.person, s->person))
        TRY(auth_session_raise(q->g->auth, q->a, q->cookie, &its, &q->f, &secret));
    else
        TRY(auth_session_begin(q->g->auth, q->a, &its, &q->f, &secret));
    ask_cookie_set(q, "attest", secret, 0);
    TRY(limit_sessions(q, its.person));
    if (its.stage == STAGE_HALF)
        return ERR_OK;
    __atomic_add_fetch(&q->g->sign_ins, 1, __ATOMIC_RELAXED);
    if (!q->who.actor.n)
        q->who.actor = str_fmt(q->a, "web:" STR_FMT, STR_ARG(its.person));
    return ask_event(q, "sign_in", its.person, its.method, true);
}

str ask_trust_origin(ask *q)
{
    str host = gate_setting(q->g, "trust_host"), set = gate_setting(q->g, "public_url");
    bool tls = set.n ? str_starts(set, S("https:")) : q->rq->tls;
    return host.n ? str_fmt(q->a, "%s://" STR_FMT, tls ? "https" : "http", STR_ARG(str_lower(q->a, host))) : ask_origin(q);
}

str ask_origin(ask *q)
{
    str set = gate_setting(q->g, "public_url");
    if (q->apart)
        return ask_trust_origin(q);
    if (set.n)
        return str_ends(set, S("/")) ? str_sub(set, 0, set.n - 1) : set;
    return str_fmt(q->a, "%s://" STR_FMT, q->rq->tls ? "https" : "http", STR_ARG(q->rq->host));
}
