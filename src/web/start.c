/* The one-time link: how the first person gets in, and how one who lost everything does. */
#include "web/start.h"

#include "web/sign_in.h"

const start_category start_categories[START_CATEGORIES] = {
    { FOR_AVAILABILITY, "Availability", "The service is up as you promise: capacity, backups, recovery." },
    { FOR_CONFIDENTIALITY, "Confidentiality", "What customers entrust to you as confidential is protected, and destroyed when it is due." },
    { FOR_PROCESSING_INTEGRITY, "Processing integrity", "What the service calculates is complete, right and on time: payments, reports, transfers." },
    { FOR_PRIVACY, "Privacy", "Personal data is collected, used and given out as your notice says." },
};

err_t web_start_link(auth *au, arena *a, str origin, str person, time_us lasts, fault *f, str *ret_url)
{
    str secret;
    TRY(auth_link_make(au, a, person, lasts, f, &secret));
    *ret_url = str_fmt(a, STR_FMT "/start/" STR_FMT, STR_ARG(origin), STR_ARG(secret));
    return ERR_OK;
}

/* ---- what the link leads to --------------------------------------------------------------- */

static err_t look(ask *q, str *ret_person)
{
    fault here = { 0 };
    err_t e = auth_once_look(gate_auth(q->g), q->a, AUTH_LINK, q->params[0], &here, ret_person);
    if (e == ERR_NOT_FOUND)
        return fail(&q->f, e, "This link has been used, or is too old. A manager of the workspace can give you a new one; "
                    "the first one is printed by attest serve when it starts.");
    return e == ERR_OK ? ERR_OK : fail(&q->f, e, "%s", here.text);
}

static err_t owners(ask *q, start_view *v)
{
    row_table t = { 0 };
    TRY(app_rows(q->ws, q->a, "sql/web/start_owners.sql", NULL, 0, 0, &q->f, &t));
    start_owner *all = NEW_ARRAY(q->a, start_owner, t.n_rows ? t.n_rows : 1);
    for (size_t i = 0; i < t.n_rows; i++)
        all[i] = (start_owner){ table_cell(&t, i, 0), table_cell(&t, i, 1), table_cell(&t, i, 2), table_cell(&t, i, 3) };
    v->owners = all;
    v->n_owners = t.n_rows;
    return ERR_OK;
}

/* A link for nobody in particular is void as soon as somebody can sign in. */
static err_t for_the_first(ask *q, start_view *v)
{
    bool  anybody;
    row_table t = { 0 };
    TRY(auth_anybody(gate_auth(q->g), &q->f, &anybody));
    if (anybody)
        return fail(&q->f, ERR_NOT_FOUND, "Somebody signs in to this workspace already. Ask a manager of it for a link of your own.");
    TRY(app_rows(q->ws, q->a, "sql/web/start_state.sql", NULL, 0, 0, &q->f, &t));
    v->way = cell_int(table_cell(&t, 0, 0)) > 0 ? START_CHOOSE : START_SETUP;
    if (v->way == START_SETUP && cell_int(table_cell(&t, 0, 1)) > 0)
        return fail(&q->f, ERR_CONFLICT, "The program was set up already, and everybody in it has left. Add a person on the command line: attest person add");
    return v->way == START_CHOOSE ? owners(q, v) : ERR_OK;
}

static err_t way_of(ask *q, start_view *v)
{
    principal who;
    TRY(look(q, &v->person));
    if (!v->person.n)
        return for_the_first(q, v);
    v->way = START_PERSON;
    return app_person(q->ws, q->a, v->person, &q->f, &who, &v->name);
}

static err_t show(ask *q, const start_view *v)
{
    static const char *const leads[] = {
        [START_PERSON] = "This link works once. It lets you choose how you sign in from now on.",
        [START_SETUP] = "These answers make a first program: policies as drafts, controls with an owner, and the tasks that follow. Everything can be changed later.",
        [START_CHOOSE] = "There are people here, and nobody can sign in yet. Choose who you are.",
    };
    str title = v->way == START_PERSON ? str_fmt(q->a, "Welcome, " STR_FMT, STR_ARG(v->name))
                                       : str_fmt(q->a, "Attest for " STR_FMT, STR_ARG(workspace_name(q->ws)));
    page_open(q, &(page){ .title = title, .lead = str_of(leads[v->way]), .bare = true, .no_as_of = true });
    tpl_start(&q->rs->body, v);
    page_close(q);
    return ERR_OK;
}

static err_t get_start(ask *q)
{
    start_view v = { .q = q, .secret = q->params[0] };
    TRY(way_of(q, &v));
    return show(q, &v);
}

/* ---- what the form says ---------------------------------------------------------------------- */

void start_answers(ask *q, start_view *v)
{
    v->owner_name = str_trim(ask_field(q, "owner_name"));
    v->owner_email = str_lower(q->a, str_trim(ask_field(q, "owner_email")));
    v->service = str_trim(ask_field(q, "service"));
    v->contact = str_trim(ask_field(q, "contact"));
    v->categories = FOR_SECURITY;
    for (size_t i = 0; i < START_CATEGORIES; i++)
        if (ask_field(q, str_z(q->a, str_fmt(q->a, "category_%u", start_categories[i].bit))).n)
            v->categories |= start_categories[i].bit;
}

void start_assess(ask *q)
{
    fault none = { 0 };
    (void)!gate_job(q->g, S("assess"), &none);           /* without a supervisor somebody does it by hand */
}

/* ERR_USAGE and ERR_INVALID are the person's to mend: the form comes again with what was typed. */
static err_t set_up(ask *q, start_view *v, fault *f)
{
    workspace  *ws;
    setup_done  done;
    start_answers(q, v);
    setup_answers in = { .owner_name = v->owner_name, .owner_email = v->owner_email, .service = v->service, .categories = v->categories,
                         .contact = v->contact.n ? v->contact : v->owner_email, .front = S("web") };
    TRY(setup_check(&in, f));
    TRY(ask_writer(q, &ws));
    TRY(app_setup(ws, q->a, &in, f, &done));
    start_assess(q);
    TRY(app_person_named(ws, q->a, v->owner_email, f, &v->person));
    return v->person.n ? ERR_OK : fail(f, ERR_INTERNAL, "the person was added and is not found");
}

static err_t choose(ask *q, start_view *v, fault *f)
{
    str id = ask_field(q, "person");
    for (size_t i = 0; i < v->n_owners; i++)
        if (str_eq(v->owners[i].id, id))
            v->person = id;
    return v->person.n ? ERR_OK : fail(f, ERR_INVALID, "Choose one of the persons.");
}

/* With a second factor the link stands for the password alone. */
static err_t sign_in_by_link(ask *q, str person, const principal *who)
{
    auth_factors has;
    TRY(auth_factors_of(gate_auth(q->g), person, &q->f, &has));
    bool         half = has.has_totp || has.passkeys;
    auth_session its = { .person = person, .stage = half ? STAGE_HALF : STAGE_ENROL, .method = S("link"), .proven_at = q->now };
    q->who = *who;
    q->who.actor = str_fmt(q->a, "web:" STR_FMT, STR_ARG(person));
    TRY(ask_sign_in(q, &its));
    http_redirect(q->rs, 303, half ? S("/sign-in/second") : S("/account/enrol"));
    return ERR_OK;
}

static err_t post_start(ask *q)
{
    start_view v = { .q = q, .secret = q->params[0] };
    fault      here = { 0 };
    str        taken, name;
    principal  who;
    TRY(way_of(q, &v));
    start_way way = v.way;
    err_t     e = way == START_SETUP ? set_up(q, &v, &here) : way == START_CHOOSE ? choose(q, &v, &here) : ERR_OK;
    if (e == ERR_USAGE || e == ERR_INVALID) {
        q->rs->status = 422;
        v.fault = str_dup(q->a, str_of(here.text));
        return show(q, &v);
    }
    if (e != ERR_OK)
        return fail(&q->f, e, "%s", here.text);
    TRY(app_person(q->ws, q->a, v.person, &q->f, &who, &name));
    TRY(auth_once_take(gate_auth(q->g), q->a, AUTH_LINK, v.secret, &q->f, &taken));
    if (way != START_PERSON)
        TRY(ask_event(q, "setup", v.person, way == START_SETUP ? S("the first program, by the one-time link") : S("the first to sign in, by the one-time link"), true));
    return sign_in_by_link(q, v.person, &who);
}

static const route rows[] = {
    { HTTP_GET, "/start/{secret}", PERMIT_PUBLIC, 0, 0, 0, get_start, "Open a one-time link" },
    { HTTP_POST, "/start/{secret}", PERMIT_PUBLIC, 16 << 10, ROUTE_NO_CSRF, 0, post_start, "Use a one-time link" },
};
ROUTE_TABLE(start_routes);
