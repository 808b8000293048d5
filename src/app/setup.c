/* The first program of an organisation: from a few answers to scope, people,
 * policies as drafts, controls with owners, courses, and the tasks that follow. */
#include "app/workspace.h"

typedef struct {
    workspace            *ws;
    arena                *a;
    work                 *w;
    const setup_answers  *in;
    str                   person;     /* id of who answers for it all at first */
    str                   contact;
    fault                *f;
    setup_done           *out;
} setup;

static void put(const relation *r, value *row, const char *name, value v)
{
    int i = relation_field(r, str_of(name));
    assert(i >= 0);
    row[i] = v;
}

/* Sets one field of what the work holds already: what a person would do step by step. */
static err_t set(const setup *s, const relation *r, str id, const char *name, value v)
{
    const value *was;
    value        row[RELATION_FIELDS_MAX];
    TRY(work_row(s->w, r, id, s->f, &was));
    memcpy(row, was, r->n_fields * sizeof *row);
    put(r, row, name, v);
    return work_put(s->w, r, row, s->f);
}

static err_t add(const setup *s, const char *type, str id, const assignment *fields, size_t n, str *ret_id)
{
    return work_add(s->w, relation_find(str_of(type)), id, fields, n, s->f, ret_id);
}

/* ---- who ---------------------------------------------------------------------------------- */

/* "ann.lee@example.org" -> "ann.lee" */
static str person_id(arena *a, str email)
{
    str rest = str_lower(a, email);
    return str_cut(&rest, '@');
}

/* An owner who is there already; where trouble is reported, when it was not said, is their address. */
static err_t owner_is_there(setup *s)
{
    const relation *r = relation_find(S("person"));
    const value    *row;
    TRY(work_row(s->w, r, s->person, s->f, &row));
    if (!s->contact.n)
        s->contact = row_text(r, row, "email");
    return ERR_OK;
}

static err_t people(setup *s)
{
    const relation  *r = relation_find(S("person"));
    if (s->in->who)
        return owner_is_there(s);
    const assignment fields[] = {
        { S("name"), s->in->owner_name }, { S("email"), s->in->owner_email }, { S("login"), s->in->login }, { S("permission"), S("owner") },
    };
    TRY(add(s, "person", s->person, fields, COUNT(fields), NULL));
    return set(s, r, s->person, "state", v_z("active"));
}

/* Each role the program needs has a holder from the first day; a founder hands them on later. */
static err_t roles(setup *s)
{
    static const char *const names[] = { "executive", "security_officer", "compliance_lead", "people_lead", "engineering_lead",
                                         "operations_lead", "it_lead" };
    bool privacy = s->in->categories & FOR_PRIVACY;
    for (size_t i = 0; i < COUNT(names) + privacy; i++) {
        const char      *name = i < COUNT(names) ? names[i] : "privacy_officer";
        const assignment fields[] = { { S("role"), str_of(name) }, { S("person"), s->person }, { S("starts_at"), S("today") } };
        TRY(add(s, "role_assignment", S(""), fields, COUNT(fields), NULL));
        s->out->roles++;
    }
    return ERR_OK;
}

/* ---- scope ----------------------------------------------------------------------------------- */

static const struct { unsigned bit; category category; } categories[] = {
    { FOR_SECURITY, CAT_SECURITY },
    { FOR_AVAILABILITY, CAT_AVAILABILITY },
    { FOR_CONFIDENTIALITY, CAT_CONFIDENTIALITY },
    { FOR_PROCESSING_INTEGRITY, CAT_PROCESSING },
    { FOR_PRIVACY, CAT_PRIVACY },
};

err_t setup_categories(str text, fault *f, unsigned *ret)
{
    *ret = FOR_SECURITY;
    while (text.p) {
        str    name = str_trim(str_cut(&text, ','));
        size_t i = 0;
        while (i < COUNT(categories) && !str_eq(name, str_of(category_id(categories[i].category))))
            i++;
        if (i < COUNT(categories))
            *ret |= categories[i].bit;
        else if (name.n && !str_eq(name, S("none")))
            return fail(f, ERR_USAGE, "\"" STR_FMT "\" is no category; they are security, availability, confidentiality, "
                        "processing-integrity and privacy", STR_ARG(utf8_cut(name, 60)));
    }
    return ERR_OK;
}

static err_t scope(setup *s)
{
    for (size_t i = 0; i < COUNT(categories); i++) {
        bool             yes = s->in->categories & categories[i].bit;
        const assignment fields[] = { { S("in_scope"), yes ? S("true") : S("false") },
                                      { S("reason"), S("chosen when the program was set up") } };
        TRY(add(s, "category", str_of(category_id(categories[i].category)), fields, COUNT(fields), NULL));
    }
    const assignment about[] = { { S("title"), s->in->service }, { S("owner"), s->person }, { S("in_scope"), S("true") } };
    return add(s, "system", S(""), about, COUNT(about), NULL);
}

static bool in_scope(const setup *s, const criterion *cr)
{
    for (size_t i = 0; i < COUNT(categories); i++)
        if (categories[i].category == cr->category)
            return s->in->categories & categories[i].bit;
    return false;
}

/* ---- controls ----------------------------------------------------------------------------------- */

/* "per event" -> "per_event"; what is no choice of the record is left out. */
static str cadence_word(arena *a, str words)
{
    const relation *r = relation_find(S("control"));
    const field    *fd = &r->fields[relation_field(r, S("cadence"))];
    char           *z = str_z(a, words);
    for (char *p = z; *p; p++)
        *p = *p == ' ' || *p == '-' ? '_' : *p;
    for (const char *const *c = fd->choices; *c; c++)
        if (strcmp(*c, z) == 0)
            return str_of(z);
    return S("");
}

/* A control that tests judge alone operates; one that people perform is planned
 * until somebody says that it works. */
static err_t controls(setup *s, const content *ct)
{
    static const char *const methods[] = { [NATURE_AUTOMATED] = "automated", [NATURE_MANUAL] = "manual", [NATURE_MIXED] = "mixed" };
    const relation *r = relation_find(S("control"));
    for (size_t i = 0; i < ct->n_controls; i++) {
        const control *c = &ct->controls[i];
        bool           wanted = false;
        for (size_t k = 0; k < c->n_mappings; k++)
            wanted |= in_scope(s, c->mappings[k].criterion);
        if (!wanted)
            continue;
        const assignment fields[] = { { S("owner"), s->person }, { S("cadence"), cadence_word(s->a, c->cadence) },
                                      { S("method"), str_of(methods[c->nature]) } };
        TRY(add(s, "control", c->id, fields, COUNT(fields), NULL));
        if (c->nature == NATURE_AUTOMATED)
            TRY(set(s, r, c->id, "state", v_z("operating")));
        s->out->controls++;
    }
    return ERR_OK;
}

/* ---- texts ---------------------------------------------------------------------------------------- */

/* "security_officer" -> "security officer", "it_lead" -> "IT lead" */
static str role_words(arena *a, str name)
{
    char *z = str_z(a, name);
    for (char *p = z; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    if (str_starts(name, S("it_")))
        memcpy(z, "IT", 2);
    return str_of(z);
}

static str joined(arena *a, const str_list *list)
{
    buf b = buf_new(a, 64 << 10);
    for (size_t i = 0; i < list->n; i++)
        buf_fmt(&b, "%s" STR_FMT, i ? " " : "", STR_ARG(list->v[i]));
    return buf_str(&b);
}

static err_t policy_add(const setup *s, const library_policy *p)
{
    const library_words words = { s->ws->name, role_words(s->a, p->owner), str_fmt(s->a, "%lld months", (long long)p->review_months),
                                  s->contact };
    str              body = str_fmt(s->a, "# " STR_FMT "\n\n" STR_FMT, STR_ARG(p->title), STR_ARG(library_fill(s->a, &words, p->text)));
    const assignment fields[] = {
        { S("title"), p->title }, { S("owner_role"), p->owner }, { S("owner"), s->person }, { S("audience"), p->audience },
        { S("review_months"), str_fmt(s->a, "%lld", (long long)p->review_months) }, { S("controls"), joined(s->a, &p->controls) },
        { S("acceptance_required"), p->acceptance ? S("true") : S("false") },
    };
    const assignment first[] = { { S("policy"), p->id }, { S("version"), S("1") }, { S("body"), body },
                                   { S("changes"), S("First version, from the library of policies.") } };
    TRY(add(s, "policy", p->id, fields, COUNT(fields), NULL));
    return add(s, "policy_version", S(""), first, COUNT(first), NULL);
}

static err_t course_add(const setup *s, const library_course *c)
{
    static const struct { const char *id, *topic, *addressees; } rows[] = {
        { "security-basics", "security_awareness", "everyone" }, { "phishing", "phishing", "everyone" },
        { "privacy", "privacy", "everyone" },                    { "secure-development", "secure_development", "technical" },
    };
    const char *topic = "other", *addressees = "everyone";
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_eq(c->id, str_of(rows[i].id))) {
            topic = rows[i].topic;
            addressees = rows[i].addressees;
        }
    const assignment fields[] = {
        { S("title"), c->title }, { S("topic"), str_of(topic) }, { S("addressees"), str_of(addressees) }, { S("owner"), s->person },
        { S("pass_score"), str_fmt(s->a, "%lld", (long long)c->pass) }, { S("body"), c->text },
    };
    return add(s, "course", c->id, fields, COUNT(fields), NULL);
}

static err_t texts(setup *s, const library *lib)
{
    for (size_t i = 0; i < lib->n_policies; i++) {
        if (!(lib->policies[i].categories & s->in->categories))
            continue;
        TRY(policy_add(s, &lib->policies[i]));
        s->out->policies++;
    }
    for (size_t i = 0; i < lib->n_courses; i++) {
        if (str_eq(lib->courses[i].id, S("privacy")) && !(s->in->categories & FOR_PRIVACY))
            continue;
        TRY(course_add(s, &lib->courses[i]));
        s->out->courses++;
    }
    return ERR_OK;
}

/* ---- all of it --------------------------------------------------------------------------------------- */

err_t setup_check(const setup_answers *in, fault *f)
{
    if (!in->service.n)
        return fail(f, ERR_USAGE, "say what the service is called that the report is to be about");
    if (in->who)
        return ERR_OK;
    if (!in->owner_name.n || !in->owner_email.n)
        return fail(f, ERR_USAGE, "setting up a program needs the name and address of who answers for it, and what the service is called");
    const char *at = memchr(in->owner_email.p, '@', in->owner_email.n);
    if (!at || at == in->owner_email.p || at + 1 == in->owner_email.p + in->owner_email.n)
        return fail(f, ERR_USAGE, "\"" STR_FMT "\" is no e-mail address", STR_ARG(utf8_cut(in->owner_email, 80)));
    return ERR_OK;
}

static err_t fill(setup *s)
{
    const library *lib;
    const content *ct;
    TRY(app_content(s->ws, s->f, &ct));
    TRY(app_library(s->ws, s->f, &lib));
    TRY(people(s));
    TRY(roles(s));
    TRY(scope(s));
    TRY(controls(s, ct));
    return texts(s, lib);
}

err_t app_is_set_up(workspace *ws, fault *f, bool *ret)
{
    auto_session session *s = NULL;
    auto_cursor cursor   *c = NULL;
    TRY(session_open(ws->st, &(session_options){ .as_of = TIME_MAX }, f, &s));
    TRY(session_query(s, sql_read(ws->a, "sql/said/categories.sql", NULL, 0), f, &c));
    return cursor_next(c, f, ret);
}

err_t app_setup(workspace *ws, arena *a, const setup_answers *in, fault *f, setup_done *ret)
{
    bool      before;
    setup     s = { .ws = ws, .a = a, .in = in, .contact = in->contact, .f = f, .out = ret };
    principal who = { .role = ROLE_OWNER };
    *ret = (setup_done){ .records.seq = -1 };
    TRY(setup_check(in, f));
    TRY(app_is_set_up(ws, f, &before));
    if (before)
        return fail(f, ERR_CONFLICT, "the program was set up already; change it record by record: attest types");
    s.person = in->who ? in->who->person : person_id(a, in->owner_email);
    who.person = s.person;
    if (in->who)
        who.actor = in->who->actor;
    else
        who.actor = in->front.n ? str_fmt(a, STR_FMT ":" STR_FMT, STR_ARG(in->front), STR_ARG(s.person))
                                : str_fmt(a, "cli:" STR_FMT " as " STR_FMT, STR_ARG(in->login), STR_ARG(s.person));
    TRY(app_work(ws, &who, S("setup"), S("the first program"), f, &s.w));
    err_t e = fill(&s);
    if (e != ERR_OK) {
        work_abort(s.w);
        return e;
    }
    TRY(app_work_finish(ws, s.w, a, f, &ret->records));
    return app_tick(ws, a, f, &ret->tasks);
}
