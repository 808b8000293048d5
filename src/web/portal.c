/* The employee portal: what waits for a person, what they have, what they can ask for. */
#include "web/portal.h"

err_t portal_rows(ask *q, const char *path, row_table *ret)
{
    const sql_hole hole = { "person", sql_quote(q->a, q->who.person) };
    return app_rows(q->ws, q->a, path, &hole, 1, q->as_of, &q->f, ret);
}

str portal_link(ask *q, str record)
{
    str rest = record, type = str_cut(&rest, '/');
    buf b = buf_new(q->a, 4 << 10);
    if (!rest.p || !rest.n)
        return S("");
    if (str_eq(type, S("policy_version")))
        buf_putz(&b, "/my/policy/");
    else if (str_eq(type, S("training")))
        buf_putz(&b, "/my/course/");
    else
        buf_fmt(&b, "/" STR_FMT "/", STR_ARG(type));
    html_put(&b, AT_QUERY, rest);
    return buf_str(&b);
}

str portal_due(ask *q, time_us due) { return due > 0 ? time_ago(q, due) : S(""); }

void portal_open(ask *q, str title, str lead, const char *script)
{
    static const crumb up[] = { { { "/my", 3 }, { "My work", 7 } } };
    page_open(q, &(page){ .title = title, .place = "/my", .lead = lead, .crumbs = up, .n_crumbs = COUNT(up), .no_as_of = true, .script = script });
}

static err_t get_my(ask *q)
{
    portal_view v = { .q = q };
    const struct { const char *path; row_table *into; } parts[] = {
        { "sql/web/portal_tasks.sql", &v.tasks }, { "sql/web/portal_policies.sql", &v.policies }, { "sql/web/portal_courses.sql", &v.courses },
        { "sql/web/portal_reviews.sql", &v.reviews }, { "sql/web/portal_things.sql", &v.things }, { "sql/web/portal_asked.sql", &v.asked },
        { "sql/web/portal_done.sql", &v.done }, { "sql/web/portal_profile.sql", &v.profile },
    };
    for (size_t i = 0; i < COUNT(parts); i++)
        TRY(portal_rows(q, parts[i].path, parts[i].into));
    page_open(q, &(page){ .title = S("My work"), .place = "/my", .no_as_of = true });
    tpl_portal(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- short forms ------------------------------------------------------------------------------- */

str asked_field(const asking_view *v, const char *name)
{
    return v->q->rq->method == HTTP_POST ? ask_field(v->q, name) : ask_query(v->q, name);
}

typedef struct {
    const char *type, *path, *title, *lead;
    void      (*put)(buf *out, const asking_view *v);
    const char *fields[8];               /* of the record, as the form names them */
    bool        choices;
} asking;

static const asking askings[] = {
    { "incident", "/my/incident", "Report an incident",
      "Something looks wrong: a strange message, a lost device, data in the wrong place. Report it at once; nobody is blamed for a false alarm.",
      tpl_portal_incident, { "title", "kind", "severity", "description", "system" }, false },
    { "access_request", "/my/access", "Ask for access", "Somebody else approves it; then it is set up.", tpl_portal_access,
      { "system", "entitlement", "privileged", "reason", "expires_at" }, true },
    { "policy_exception", "/my/exception", "Ask for an exception", "A departure from a policy that somebody else approves, until a day.", tpl_portal_exception,
      { "title", "policy", "reason", "exposure", "compensation", "starts_at", "ends_at" }, true },
};

static const asking *asking_of(const ask *q)
{
    for (size_t i = 0; i < COUNT(askings); i++)
        if (str_eq(q->rq->path, str_of(askings[i].path)))
            return &askings[i];
    return NULL;
}

static err_t show_asking(ask *q, const asking *k, str said)
{
    asking_view v = { .q = q, .fault = said };
    if (k->choices)
        TRY(portal_rows(q, "sql/web/portal_choices.sql", &v.choices));
    portal_open(q, str_of(k->title), str_of(k->lead), NULL);
    k->put(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_asking(ask *q)
{
    const asking *k = asking_of(q);
    assert(k);
    return show_asking(q, k, S(""));
}

/* What a person says of themselves comes from the session, what is now from the clock. */
static size_t set_of(ask *q, const asking *k, assignment *set)
{
    size_t n = 0;
    for (size_t i = 0; i < COUNT(k->fields) && k->fields[i]; i++) {
        str text = str_trim(ask_field(q, k->fields[i]));
        if (text.n)
            set[n++] = (assignment){ str_of(k->fields[i]), text };
    }
    if (strcmp(k->type, "incident") == 0)
        set[n++] = (assignment){ S("detected_at"), S("now") };
    if (strcmp(k->type, "access_request") == 0) {
        set[n++] = (assignment){ S("person"), q->who.person };
        set[n++] = (assignment){ S("temporary"), ask_field(q, "expires_at").n ? S("true") : S("false") };
    }
    return n;
}

static str faults_of(ask *q, const record_done *done)
{
    buf b = buf_new(q->a, 8 << 10);
    for (size_t i = 0; i < done->faults.n && i < 10; i++) {
        str name = done->faults.v[i].field;
        buf_fmt(&b, "%s" STR_FMT "%s" STR_FMT, i ? "; " : "", STR_ARG(name), name.n ? ": " : "", STR_ARG(done->faults.v[i].why));
    }
    return b.n ? buf_str(&b) : str_dup(q->a, str_of(q->f.text));
}

static err_t post_asking(ask *q)
{
    const asking *k = asking_of(q);
    assignment    set[12];
    workspace    *ws;
    record_done   done;
    assert(k);
    size_t n = set_of(q, k, set);
    TRY(ask_writer(q, &ws));
    err_t e = app_add(ws, q->a, &q->who, relation_find(str_of(k->type)), S(""), set, n, S(""), &q->f, &done);
    if (e == ERR_OK)
        return page_done(q, S("/my"), "sent");
    if (e != ERR_INVALID)
        return e;
    q->rs->status = 422;
    str said = faults_of(q, &done);
    q->f = (fault){ 0 };
    return show_asking(q, k, said);
}

static const route rows[] = {
    { HTTP_GET, "/my", PERMIT_MEMBER, 0, ROUTE_CACHED, 0, get_my, "What waits for oneself" },
    { HTTP_GET, "/my/incident", PERMIT_MEMBER, 0, 0, 0, get_asking, "The short form to report an incident" },
    { HTTP_POST, "/my/incident", PERMIT_MEMBER, 64 << 10, 0, 0, post_asking, "Report an incident" },
    { HTTP_GET, "/my/access", PERMIT_MEMBER, 0, 0, 0, get_asking, "The short form to ask for access" },
    { HTTP_POST, "/my/access", PERMIT_MEMBER, 64 << 10, 0, 0, post_asking, "Ask for access" },
    { HTTP_GET, "/my/exception", PERMIT_MEMBER, 0, 0, 0, get_asking, "The short form to ask for an exception from a policy" },
    { HTTP_POST, "/my/exception", PERMIT_MEMBER, 64 << 10, 0, 0, post_asking, "Ask for an exception from a policy" },
};
ROUTE_TABLE(portal_routes);
