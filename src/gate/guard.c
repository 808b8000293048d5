/* What protects a browser from other pages, and other pages from it. */
#include "gate/private.h"

#define Z(literal) { "" literal, sizeof(literal) - 1 }      /* S() as a constant initialiser */

void guard_headers(const gate *g, const http_request *rq, http_response *rs)
{
    static const http_pair always[] = {
        { Z("Content-Security-Policy"), Z("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
                                            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'") },
        { Z("X-Content-Type-Options"), Z("nosniff") },
        { Z("Cross-Origin-Opener-Policy"), Z("same-origin") },
        { Z("Cross-Origin-Resource-Policy"), Z("same-origin") },
        { Z("Referrer-Policy"), Z("same-origin") },     /* with none at all, browsers send "Origin: null" with forms */
        { Z("X-Frame-Options"), Z("DENY") },
        { Z("Permissions-Policy"), Z("camera=(), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self)") },
    };
    for (size_t i = 0; i < COUNT(always); i++)
        http_add(rs, always[i].name.p, always[i].value);
    if (rq->tls)
        http_add(rs, "Strict-Transport-Security", str_eq(gate_setting(g, "hsts_subdomains"), S("yes")) ? S("max-age=31536000; includeSubDomains") : S("max-age=31536000"));
    for (size_t i = 0; i < rs->headers.n; i++)
        if (str_eq(rs->headers.v[i].name, S("Cache-Control")))
            return;
    http_add(rs, "Cache-Control", S("no-store"));
}

static void lead(ask *q, int status, str to)
{
    q->rs->status = status;
    http_add(q->rs, "Location", to);
}

/* What people write for everybody has a host of its own, so that a browser keeps it apart from what is signed in. */
err_t guard_host(ask *q, bool *ret_answered)
{
    str  set = gate_setting(q->g, "trust_host");
    bool reads = q->rq->method == HTTP_GET || q->rq->method == HTTP_HEAD, theirs = (q->route->flags & ROUTE_TRUST) != 0;
    *ret_answered = false;
    q->apart = set.n && str_eq(str_lower(q->a, q->rq->host), str_lower(q->a, set));
    if (!set.n || q->route->flags & ROUTE_NO_STORE_OPEN || theirs == q->apart)
        return ERR_OK;
    *ret_answered = reads && (theirs || str_eq(q->rq->path, S("/")));
    if (*ret_answered && theirs)
        lead(q, 308, str_fmt(q->a, STR_FMT STR_FMT "%s" STR_FMT, STR_ARG(ask_trust_origin(q)), STR_ARG(q->rq->raw_path), q->rq->raw_query.n ? "?" : "", STR_ARG(q->rq->raw_query)));
    else if (*ret_answered)
        lead(q, 303, S("/trust"));
    return *ret_answered ? ERR_OK : fail(&q->f, ERR_NOT_FOUND, "there is nothing at this address");
}

static bool secret_eq(str a, str b)
{
    unsigned char differ = a.n != b.n;
    for (size_t i = 0; i < a.n && i < b.n; i++)
        differ |= (unsigned char)(a.p[i] ^ b.p[i]);
    return !differ;
}

/* A browser says where a request comes from; a form of ours carries its session's word as well. */
bool guard_same_site(ask *q)
{
    str site = http_header(q->rq, "sec-fetch-site"), origin = http_header(q->rq, "origin");
    if (site.p && !str_eq(site, S("same-origin")) && !str_eq(site, S("none")))
        return false;
    if (origin.p && !str_eq(origin, ask_origin(q)))
        return false;
    if (q->route->flags & ROUTE_NO_CSRF)
        return true;
    str told = http_header(q->rq, "x-csrf-token");
    if (!told.p)
        told = ask_field(q, "csrf");
    return q->session.csrf.n && secret_eq(told, q->session.csrf);
}
