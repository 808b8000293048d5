/* Finding the row that a request asks for. */
#include "gate/private.h"

const char *permit_words(permit p)
{
    static const char *const words[PERMIT_COUNT_] = {
        [PERMIT_UNSET] = "nobody", [PERMIT_PUBLIC] = "anybody", [PERMIT_SESSION] = "who is signing in",
        [PERMIT_PERSON] = "everybody who has signed in", [PERMIT_AUDITOR] = "auditors", [PERMIT_READER] = "auditors, contributors, managers and owners",
        [PERMIT_MEMBER] = "members and above", [PERMIT_CONTRIBUTOR] = "contributors, managers and owners",
        [PERMIT_MANAGER] = "managers and owners", [PERMIT_OWNER] = "owners",
        [PERMIT_TYPE_READ] = "who may read records of the type", [PERMIT_TYPE_ADD] = "who may add records of the type",
        [PERMIT_TYPE_EDIT] = "who may edit records of the type", [PERMIT_TYPE_DO] = "who may take the step",
        [PERMIT_SCOPE] = "tokens made for it",
    };
    return words[p];
}

/* How well a pattern fits: 0 not at all; more for each segment that is literal, and for {type} over {name}. */
static int fit(const char *pattern, str path, str params[ROUTE_PARAMS], const relation **ret_type)
{
    str want, have = path;
    int score = 1;
    size_t n = 0;
    *ret_type = NULL;
    if (pattern[1] != '{' && pattern[1] != (path.n > 1 ? path.p[1] : '\0'))    /* most rows; links are asked about by the hundred */
        return 0;
    want = str_of(pattern);
    str_cut(&want, '/');
    str_cut(&have, '/');
    while (want.p) {
        str w = str_cut(&want, '/');
        if (str_starts(w, S("{")) && str_ends(w, S("*}"))) {
            params[n] = have.p ? have : S("");
            return score;
        }
        if (!have.p)
            return 0;
        str h = str_cut(&have, '/');
        if (!str_starts(w, S("{"))) {
            if (!str_eq(w, h))
                return 0;
            score += 100;
            continue;
        }
        if (!h.n)
            return 0;
        if (str_eq(w, S("{type}"))) {
            *ret_type = relation_find(h);
            if (!*ret_type || !(*ret_type)->record)
                return 0;
            score += 10;
        }
        assert(n < ROUTE_PARAMS);
        params[n++] = h;
        score++;
    }
    return have.p ? 0 : score;
}

static const front *front_of(const front *const *fronts, size_t n, str path)
{
    const front *best = NULL;
    for (size_t i = 0; i < n; i++)
        if (str_starts(path, str_of(fronts[i]->prefix)) && (!best || strlen(fronts[i]->prefix) > strlen(best->prefix)))
            best = fronts[i];
    return best;
}

/* One row of a table against a request; better fits replace worse ones. */
static void try_row(const route *r, http_method m, str path, int *best, found_route *ret)
{
    str             params[ROUTE_PARAMS] = { 0 };
    const relation *type;
    int             score = fit(r->pattern, path, params, &type);
    bool            method = r->method == m || (m == HTTP_HEAD && r->method == HTTP_GET);
    ret->other_method |= score && !method;
    if (!method || score <= *best)
        return;
    *best = score;
    ret->route = r;
    ret->type = type;
    memcpy(ret->params, params, sizeof params);
}

found_route route_match(const front *const *fronts, size_t n, http_method m, str path)
{
    found_route ret = { .front = front_of(fronts, n, path) };
    int         best = 0;
    for (size_t t = 0; ret.front && t < ret.front->n_tables; t++)
        for (size_t i = 0; i < ret.front->tables[t]->n; i++)
            try_row(&ret.front->tables[t]->rows[i], m, path, &best, &ret);
    return ret;
}

/* What is wrong with a row by itself; NULL when nothing is. */
static const char *row_fault(const front *fr, const route *r)
{
    if (r->method == HTTP_NONE || !r->pattern || !str_starts(str_of(r->pattern), str_of(fr->prefix)))
        return "has no method, or its pattern does not begin as its front";
    if (r->allows == PERMIT_UNSET || r->allows >= PERMIT_COUNT_)
        return "says not who may";
    if (!r->handle || !r->summary || !*r->summary)
        return "has no handler or no summary";
    if (r->allows >= PERMIT_TYPE_READ && r->allows <= PERMIT_TYPE_DO && !strstr(r->pattern, "{type}"))
        return "asks for the rules of a type that it does not name";
    if (r->method == HTTP_GET && (r->body_max || r->flags & ROUTE_FRESH))
        return "is a GET with a body, or one that needs a fresh sign-in";
    if ((r->flags & ROUTE_CACHED) && r->method != HTTP_GET)
        return "keeps answers to what is no GET";
    if ((r->flags & ROUTE_OWN_ACCOUNT) && r->allows != PERMIT_PERSON && r->allows != PERMIT_AUDITOR)
        return "is about the person alone and asks for more than that they are signed in";
    return r->allows == PERMIT_SCOPE && !r->scope ? "is for tokens and names no scope" : NULL;
}

/* Whether the same address stands in a row before this one. */
static bool stands_before(const front *fr, size_t table_at, size_t row_at)
{
    const route *r = &fr->tables[table_at]->rows[row_at];
    for (size_t t = 0; t <= table_at; t++)
        for (size_t i = 0; i < (t == table_at ? row_at : fr->tables[t]->n); i++)
            if (fr->tables[t]->rows[i].method == r->method && strcmp(fr->tables[t]->rows[i].pattern, r->pattern) == 0)
                return true;
    return false;
}

static err_t front_check(const front *fr, fault *f)
{
    for (size_t t = 0; t < fr->n_tables; t++)
        for (size_t i = 0; i < fr->tables[t]->n; i++) {
            const route *r = &fr->tables[t]->rows[i];
            const char  *why = row_fault(fr, r);
            if (!why && stands_before(fr, t, i))
                why = "stands twice";
            if (why)
                return fail(f, ERR_INTERNAL, "%s: route %s %s %s", fr->name, http_method_name(r->method), r->pattern ? r->pattern : "", why);
        }
    return ERR_OK;
}

err_t routes_check(const front *const *fronts, size_t n, fault *f)
{
    for (size_t i = 0; i < n; i++)
        TRY(front_check(fronts[i], f));
    return ERR_OK;
}
