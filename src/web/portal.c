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

/* The rail of a member is short: what a role of the organisation's own adds stands here. */
static void kept_of(ask *q, portal_view *v)
{
    const principal *who = &q->who;
    v->kept = NEW_ARRAY(q->a, const relation *, who->n_grants + 1);
    for (size_t i = 0; i < who->n_grants && who->role == ROLE_MEMBER; i++) {
        bool known = false;
        for (size_t k = 0; k < v->n_kept; k++)
            known |= v->kept[k] == who->grants[i].r;
        if (!known)
            v->kept[v->n_kept++] = who->grants[i].r;
    }
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
    kept_of(q, &v);
    page_open(q, &(page){ .title = S("My work"), .place = "/my", .no_as_of = true });
    tpl_portal(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- short forms: records as the person sees them who reports or asks -------------------------------- */

typedef const char *const word_pair[2];               /* as it is stored, as it is said */

static const word_pair incident_kinds[] = {
    { "security", "Somebody may have got in, or tries to: a strange message, a stolen password" },
    { "confidentiality", "Data went, or could be seen, where it should not" },
    { "privacy", "Data of people is affected" },
    { "availability", "Something does not work" },
    { "integrity", "Data is wrong or was changed" },
    { "physical", "A device, a badge or papers are lost or stolen; somebody is where they should not be" },
    { NULL, NULL },
};
static const word_pair incident_severities[] = {
    { "medium", "I am not sure" },
    { "low", "A small thing" },
    { "high", "Bad: customers or their data may be affected" },
    { "critical", "Very bad: it happens right now" },
    { NULL, NULL },
};
static const word_pair no_or_yes[] = { { "false", "no" }, { "true", "yes" }, { NULL, NULL } };

typedef struct {
    const char      *name, *label, *help;
    const word_pair *words;              /* the first stands there at first; NULL: the field's own */
    bool             picked;             /* from sql/web/portal_choices.sql, which calls it as the field */
} asked;

typedef struct {
    const char *type, *path, *title, *lead, *button;
    const asked fields[8];
} asking;

static const asking askings[] = {
    { "incident", "/my/incident", "Report an incident",
      "Something looks wrong: a strange message, a lost device, data in the wrong place. Report it at once; nobody is blamed for a false alarm.", "Report it",
      { { "title", "What happened?", "One line: what you saw.", NULL, false },
        { "kind", "What is it about?", "", incident_kinds, false },
        { "severity", "How bad may it be?", "Guess; it is judged again by those who handle it.", incident_severities, false },
        { "description", "What exactly did you see?", "When, where, who else knows. Do not try to clean up.", NULL, false },
        { "system", "Which system or device?", "", NULL, false } } },
    { "access_request", "/my/access", "Ask for access", "Somebody else approves it; then it is set up.", "Ask for it",
      { { "system", "To which system?", "", NULL, true },
        { "entitlement", "What do you need there?", "The role or right, as the system calls it; for example reader.", NULL, false },
        { "privileged", "Does it let you administer the system?", "", no_or_yes, false },
        { "reason", "What do you need it for?", "", NULL, false },
        { "expires_at", "Until when?", "Empty: as long as your work needs it.", NULL, false } } },
    { "policy_exception", "/my/exception", "Ask for an exception", "A departure from a policy that somebody else approves, until a day.", "Ask for it",
      { { "title", "What do you need to do differently?", "One line.", NULL, false },
        { "policy", "Which policy?", "", NULL, true },
        { "reason", "Why can the policy not be kept?", "", NULL, false },
        { "exposure", "What could happen because of it?", "Needed before it can be approved.", NULL, false },
        { "compensation", "What protects instead?", "Needed before it can be approved.", NULL, false },
        { "starts_at", "From", "", NULL, false },
        { "ends_at", "Until", "At most a year.", NULL, false } } },
};

static const asking *asking_of(const ask *q)
{
    for (size_t i = 0; i < COUNT(askings); i++)
        if (str_eq(q->rq->path, str_of(askings[i].path)))
            return &askings[i];
    return NULL;
}

static void say_words(ask *q, input *in, const word_pair *words)
{
    size_t  n = 0;
    while (words[n][0])
        n++;
    option *v = NEW_ARRAY(q->a, option, n);
    for (size_t i = 0; i < n; i++)
        v[i] = (option){ str_of(words[i][0]), str_of(words[i][1]) };
    in->options = v;
    in->n_options = n;
    in->text = v[0].value;
}

/* A reference is chosen by what it is called; what is only text is proposed. */
static void offer_choices(form *fm, input *in, const row_table *t)
{
    ask  *q = fm->q;
    DA(option) found = { 0 };
    if (in->of->ref)
        da_push(q->a, &found) = (option){ S(""), S("Choose one") };
    for (size_t i = 0; i < t->n_rows; i++)
        if (str_eq(table_cell(t, i, 0), in->name))
            da_push(q->a, &found) = (option){ table_cell(t, i, 1), in->of->ref ? table_cell(t, i, 2) : S("") };
    if (in->of->ref) {
        in->kind = INPUT_CHOICE;
        in->options = found.v;
        in->n_options = found.n;
        return;
    }
    in->list = str_fmt(q->a, "list-" STR_FMT, STR_ARG(in->name));
    da_push(q->a, &fm->lists) = (form_list){ in->list, found.v, found.n };
}

static err_t asking_form(ask *q, const asking *k, form **ret)
{
    const relation *r = relation_find(str_of(k->type));
    row_table       choices = { 0 };
    form           *fm = form_new(q);
    TRY(portal_rows(q, "sql/web/portal_choices.sql", &choices));
    for (const asked *one = k->fields; one < k->fields + COUNT(k->fields) && one->name; one++) {
        input *in = form_add_field(fm, &r->fields[relation_field(r, str_of(one->name))], NULL);
        in->label = str_of(one->label);
        in->help = str_of(one->help);
        in->days = true;
        if (one->words)
            say_words(q, in, one->words);
        if (one->picked)
            offer_choices(fm, in, &choices);
    }
    *ret = fm;
    return form_read(fm);
}

static err_t show_asking(ask *q, const asking *k, const form *fm)
{
    portal_open(q, str_of(k->title), str_of(k->lead), NULL);
    tpl_portal_asking(&q->rs->body, &(asking_view){ .q = q, .fm = fm, .path = k->path, .button = k->button });
    page_close(q);
    return ERR_OK;
}

static err_t get_asking(ask *q)
{
    const asking *k = asking_of(q);
    form         *fm;
    assert(k);
    TRY(asking_form(q, k, &fm));
    return show_asking(q, k, fm);
}

/* What a person says of themselves comes from the session, what is now from the clock. */
static assignment *set_of(ask *q, const asking *k, form *fm, size_t *ret_n)
{
    size_t      n;
    assignment *typed = form_assignments(fm, false, &n), *set = NEW_ARRAY(q->a, assignment, n + 2);
    memcpy(set, typed, n * sizeof *set);
    if (strcmp(k->type, "incident") == 0)
        set[n++] = (assignment){ S("detected_at"), S("now") };
    if (strcmp(k->type, "access_request") == 0) {
        set[n++] = (assignment){ S("person"), q->who.person };
        set[n++] = (assignment){ S("temporary"), str_trim(ask_field(q, "expires_at")).n ? S("true") : S("false") };
    }
    *ret_n = n;
    return set;
}

static err_t post_asking(ask *q)
{
    const asking *k = asking_of(q);
    workspace    *ws;
    record_done   done;
    form         *fm;
    size_t        n;
    assert(k);
    TRY(asking_form(q, k, &fm));
    assignment *set = set_of(q, k, fm, &n);
    TRY(ask_writer(q, &ws));
    err_t e = app_add(ws, q->a, &q->who, relation_find(str_of(k->type)), S(""), set, n, S(""), &q->f, &done);
    if (e == ERR_OK)
        return page_done(q, S("/my"), "sent");
    TRY(form_refused(q, fm, e, &done));
    return show_asking(q, k, fm);
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
