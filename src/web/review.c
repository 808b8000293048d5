/* The workbench of an access review: the accounts it froze, with what helps to decide, and the decisions, many in
 * one commit. What may be decided by whom is the engine's to say. */
#include "web/review.h"

enum { FORM_MAX = 1 << 20, GROUPS = 9 };

/* Columns of sql/web/review_rows.sql. */
enum { R_ID, R_VERSION, R_LOGIN, R_STATE, R_DECISION, R_REASON, R_PERSON, R_NAME, R_PERSON_STATE, R_JOB, R_KIND, R_PRIVILEGED, R_ACTIVE, R_PRIVILEGED_NOW,
       R_LAST_LOGIN, R_LOGGED_IN, R_MFA, R_BEFORE, R_BEFORE_AT, R_BEFORE_REASON, R_BEFORE_PRIVILEGED, R_BY, R_AT, R_MATRIX, R_MATRIX_PRIVILEGED, R_GROUP };

/* In the order of the page: what wants a look first. Every account is in the first that fits. */
static const struct { const char *key, *title, *says; } group_words[GROUPS] = {
    { "left", "The holder has left", "Access of people who left is to be revoked." },
    { "nobody", "Nobody is known to hold them", "Revoke them, or record who answers for them first." },
    { "admin", "They administer, and the role matrix does not say so", "The role of the holder has no such right in the matrix; without a reason it is to be reduced." },
    { "back", "Revoked or to be changed last time, and here again", "Look whether it was carried out." },
    { "more", "They administer now and did not at the last review", "Who gave it, and why?" },
    { "new", "Not there at the last review", "New since then." },
    { "unused", "Not used for 90 days", "No sign-in is known for that long; what nobody uses is not needed." },
    { "own", "Your own access", "Somebody else decides on it; where nobody else can, keep it with the reason why not." },
    { "expected", "As expected", "Known holders, used, with rights their roles have, kept last time." },
};

static const char *const choices[] = { "keep", "revoke", "change" };

/* ---- one account ------------------------------------------------------------------------------- */

/* "group administrators (administers), sudo (administers)": `rights` has login, held, privileged. */
static str rights_of(ask *q, const row_table *rights, str login)
{
    buf b = buf_new(q->a, 16 << 10);
    for (size_t i = 0; i < rights->n_rows; i++)
        if (str_eq(table_cell(rights, i, 0), login))
            buf_fmt(&b, "%s" STR_FMT "%s", b.n ? ", " : "", STR_ARG(table_cell(rights, i, 1)), cell_int(table_cell(rights, i, 2)) == 1 ? " (administers)" : "");
    return buf_str(&b);
}

static str seen_words(ask *q, const row_table *t, size_t i)
{
    time_us at = cell_time(table_cell(t, i, R_LAST_LOGIN));
    str     on = table_cell(t, i, R_ACTIVE);
    if (at > 0)
        return str_fmt(q->a, "last sign-in " STR_FMT, STR_ARG(time_ago(q, at)));
    if (!on.p && !table_cell(t, i, R_LOGGED_IN).p)
        return S("last sign-in not known");
    return cell_int(table_cell(t, i, R_LOGGED_IN)) == 0 ? S("never signed in, as far as is known") : S("last sign-in not known");
}

static str matrix_words(ask *q, const row_table *t, size_t i)
{
    int64_t n = cell_int(table_cell(t, i, R_MATRIX)), admin = cell_int(table_cell(t, i, R_MATRIX_PRIVILEGED));
    str     job = cell_str(t, i, R_JOB);
    if (!job.n)
        return S("");
    if (n <= 0)
        return S("The role matrix names no right of this role here.");
    return str_fmt(q->a, "The role matrix: %lld right%s here, %s.", (long long)n, n == 1 ? "" : "s", admin > 0 ? "to administer among them" : "none to administer");
}

static str before_words(ask *q, const row_table *t, size_t i)
{
    str     what = cell_str(t, i, R_BEFORE);
    time_us at = cell_time(table_cell(t, i, R_BEFORE_AT));
    int64_t then = cell_int(table_cell(t, i, R_BEFORE_PRIVILEGED)), now = cell_int(table_cell(t, i, R_PRIVILEGED));
    if (!what.n)
        return S("");
    return str_fmt(q->a, "Last time: " STR_FMT "%s" STR_FMT "%s.", STR_ARG(what), at > 0 ? ", " : "", STR_ARG(at > 0 ? time_ago(q, at) : S("")),
                   then == now || then < 0 || now < 0 ? "; the same rights" : now ? "; it did not administer then" : "; it administered then");
}

/* "Head of IT, active; answers for this shared account". */
static str holder_words(ask *q, const row_table *t, size_t i)
{
    str job = cell_str(t, i, R_JOB), now = choice_words(q->a, cell_str(t, i, R_PERSON_STATE)), kind = cell_str(t, i, R_KIND);
    str who = str_fmt(q->a, STR_FMT "%s" STR_FMT, STR_ARG(job), job.n && now.n ? ", " : "", STR_ARG(now));
    return kind.n && !str_eq(kind, S("personal")) ? str_fmt(q->a, STR_FMT "; answers for this " STR_FMT " account", STR_ARG(who), STR_ARG(kind)) : who;
}

static str account_href(ask *q, const record_view *rec, str system, str login)
{
    str kind = row_text(rec->r, rec->row, "kind");
    if (str_eq(kind, S("account")))
        return link_to(q, "/facts/account?system=" STR_FMT "&login=" STR_FMT, STR_ARG(url_part(q->a, system)), STR_ARG(url_part(q->a, login)));
    return named_link(q, str_eq(kind, S("role")) ? S("access_request") : S("physical_access"), login);
}

static review_row row_read(ask *q, const record_view *rec, const row_table *t, size_t i, const row_table *rights)
{
    str        id = table_cell(t, i, R_ID), login = table_cell(t, i, R_LOGIN), holder = cell_str(t, i, R_PERSON), name = cell_str(t, i, R_NAME);
    bool       pending = str_eq(table_cell(t, i, R_STATE), S("pending")), running = str_eq(row_text(rec->r, rec->row, "state"), S("running"));
    review_row w = { .id = id, .version = table_cell(t, i, R_VERSION), .login = login, .href = account_href(q, rec, row_text(rec->r, rec->row, "system"), login),
                     .holder = name.n ? name : holder, .holder_href = holder.n ? named_link(q, S("person"), holder) : S("") };
    w.privileged = cell_int(table_cell(t, i, R_PRIVILEGED)) == 1;
    w.own = holder.n && str_eq(holder, q->who.person);
    w.open = pending && running && !q->as_of && str_eq(row_text(rec->r, rec->row, "reviewer"), q->who.person) && q->who.role >= ROLE_CONTRIBUTOR;
    bool carry = str_eq(table_cell(t, i, R_STATE), S("decided"));
    if (carry && !q->as_of && !w.own && edits_type(q, relation_find(S("access_decision"))))
        w.verify = record_path(q->a, S("access_decision"), id, "do/verify");
    w.holder_says = holder_words(q, t, i);
    w.last_seen = str_eq(row_text(rec->r, rec->row, "kind"), S("account")) ? seen_words(q, t, i) : S("");
    w.rights = rights_of(q, rights, login);
    w.matrix = matrix_words(q, t, i);
    w.before = before_words(q, t, i);
    str     decision = cell_str(t, i, R_DECISION);
    time_us at = cell_time(table_cell(t, i, R_AT));
    w.mark = pending ? (state_mark){ "busy", "\u25CB", "to decide" } : carry ? (state_mark){ "late", "\u25D0", "to carry out" } : (state_mark){ "good", "\u2713", "done" };
    w.decided = decision.n ? str_fmt(q->a, STR_FMT "%s" STR_FMT, STR_ARG(capital(q->a, decision)), at > 0 ? ", " : "", STR_ARG(at > 0 ? time_ago(q, at) : S(""))) : S("");
    w.why = cell_str(t, i, R_REASON);
    return w;
}

/* ---- the page ------------------------------------------------------------------------------------ */

static str field_named(ask *q, const char *what, str key) { return ask_field(q, str_fmt(q->a, "%s" STR_FMT, what, STR_ARG(key)).p); }

static void typed_again(ask *q, review_group *g)
{
    g->all = field_named(q, "all.", str_of(g->key));
    g->all_reason = field_named(q, "allr.", str_of(g->key));
    for (size_t i = 0; i < g->n; i++) {
        g->v[i].choice = field_named(q, "d.", g->v[i].id);
        g->v[i].reason = field_named(q, "r.", g->v[i].id);
    }
}

/* Decided accounts stand after all others, whatever group they were of. */
static void groups_fill(ask *q, review_view *v, const record_view *rec, const row_table *t, const row_table *rights)
{
    v->groups = NEW_ARRAY(q->a, review_group, GROUPS + 2);
    for (size_t k = 0; k < GROUPS + 2; k++) {
        review_group g = { .v = NEW_ARRAY(q->a, review_row, t->n_rows + 1) };
        g.key = k < GROUPS ? group_words[k].key : k == GROUPS ? "decided" : "verified";
        g.title = k < GROUPS ? group_words[k].title : k == GROUPS ? "Decided, and to be carried out" : "Done";
        g.says = k < GROUPS ? group_words[k].says : "";
        for (size_t i = 0; i < t->n_rows; i++) {
            str now = table_cell(t, i, R_STATE);
            if (str_eq(str_eq(now, S("pending")) ? table_cell(t, i, R_GROUP) : now, str_of(g.key)))
                g.v[g.n++] = row_read(q, rec, t, i, rights);
        }
        for (size_t i = 0; i < g.n; i++)
            g.open |= g.v[i].open;
        v->any_open |= g.open;
        if (q->rq->method == HTTP_POST)
            typed_again(q, &g);
        if (g.n)
            v->groups[v->n_groups++] = g;
    }
}

static err_t counts_fill(ask *q, review_view *v)
{
    const sql_hole hole = { "review", sql_quote(q->a, v->id) };
    row_table      t = { 0 };
    int64_t       *to[] = { &v->accounts, &v->pending, &v->carry, &v->kept, &v->revoked, &v->changed };
    TRY(rows_of(q, "sql/web/review_counts.sql", &hole, 1, &t));
    for (size_t i = 0; i < COUNT(to); i++)
        *to[i] = cell_int(table_cell(&t, 0, i));
    return ERR_OK;
}

static err_t before_fill(ask *q, review_view *v, const record_view *rec, str *ret_before)
{
    row_table t = { 0 };
    int       at = relation_field(rec->r, S("started_at"));
    const value *started = &rec->row[at];
    const sql_hole holes[] = { { "system", sql_quote(q->a, v->system) }, { "kind", sql_quote(q->a, row_text(rec->r, rec->row, "kind")) },
                               { "review", sql_quote(q->a, v->id) }, { "started", started->kind == V_INT ? hole_int(q->a, started->i) : S("as_of()") } };
    TRY(rows_of(q, "sql/web/review_before.sql", holes, COUNT(holes), &t));
    *ret_before = S("");
    if (!t.n_rows)
        return ERR_OK;
    *ret_before = table_cell(&t, 0, 0);
    v->before = table_cell(&t, 0, 1);
    v->before_href = named_link(q, S("access_review"), *ret_before);
    return ERR_OK;
}

/* At most five statements beside the record, whatever the number of accounts. */
static err_t review_fill(ask *q, const record_view *rec, review_view *v)
{
    str       before;
    row_table t, rights;
    TRY(counts_fill(q, v));
    TRY(before_fill(q, v, rec, &before));
    place at = place_of(q, v->action, NULL, 0);
    v->pages = pager_of(&at, v->accounts);
    const sql_hole holes[] = { { "me", sql_quote(q->a, q->who.person) }, { "review", sql_quote(q->a, v->id) }, { "before", sql_quote(q->a, before) },
                               { "limit", hole_int(q->a, LIST_ROWS) }, { "offset", hole_int(q->a, pager_offset(&v->pages)) } };
    TRY(rows_of(q, "sql/web/review_rows.sql", holes, COUNT(holes), &t));
    const sql_hole held[] = { { "system", sql_quote(q->a, v->system) }, { "logins", quoted_list(q, &t, R_LOGIN) } };
    TRY(rows_of(q, "sql/web/review_rights.sql", held, COUNT(held), &rights));
    groups_fill(q, v, rec, &t, &rights);
    return ERR_OK;
}

static void due_fill(ask *q, review_view *v, const record_view *rec)
{
    const value *due = &rec->row[relation_field(rec->r, S("due_at"))];
    if (due->kind != V_INT)
        return;
    v->due = time_text(q, due->i);
    v->due_ago = time_ago(q, due->i);
    v->late = v->running && due->i < moment_asked(q);
}

static err_t may_see(ask *q)
{
    if (reads_type(q, relation_find(S("access_decision"))))
        return ERR_OK;
    return fail(&q->f, ERR_DENIED, "the decisions of reviews are for contributors and above");
}

/* "access_decision/AD-76" is the account that it decides on. */
static void faults_fill(ask *q, review_view *v, const field_faults *told)
{
    const relation *r = relation_find(S("access_decision"));
    v->faults = NEW_ARRAY(q->a, str, told->n + 1);
    for (size_t i = 0; i < told->n; i++) {
        str login = told->v[i].record;
        for (size_t g = 0; g < v->n_groups; g++)
            for (size_t k = 0; k < v->groups[g].n; k++)
                if (str_ends(login, str_fmt(q->a, "/" STR_FMT, STR_ARG(v->groups[g].v[k].id))))
                    login = v->groups[g].v[k].login;
        v->faults[v->n_faults++] = str_fmt(q->a, STR_FMT ": " STR_FMT, STR_ARG(login), STR_ARG(fault_words(q, r, &told->v[i])));
    }
}

static err_t review_page(ask *q, const record_done *refused)
{
    record_view rec;
    TRY(special_read(q, "access_review", &rec));
    TRY(may_see(q));
    str         id = record_id(q), state_now = row_text(rec.r, rec.row, "state"), reviewer = row_text(rec.r, rec.row, "reviewer");
    names      *n = names_new(q);
    review_view v = { .q = q, .id = id, .action = special_path(q, "work"), .system = row_text(rec.r, rec.row, "system"),
                      .running = str_eq(state_now, S("running")), .mine = str_eq(reviewer, q->who.person) };
    names_want_record(n, S("person"), reviewer);
    TRY(names_read(n));
    v.reviewer = names_title(n, S("person"), reviewer);
    v.reviewer = v.reviewer.n ? v.reviewer : reviewer;
    due_fill(q, &v, &rec);
    TRY(review_fill(q, &rec, &v));
    v.steps = steps_of(q, &rec, id, v.action, NULL);
    if (refused)
        faults_fill(q, &v, &refused->faults);
    const record_crumbs c = crumbs_of(q, rec.r, id, id);
    page_open(q, &(page){ .title = str_fmt(q->a, "Review of " STR_FMT, STR_ARG(v.system)), .place = "/access_review", .crumbs = c.v, .n_crumbs = c.n,
                          .lead = S("Everybody with access, and whether they still need it. Each decision is kept with who took it and when."),
                          .standing = record_mark(q, state_now), .script = v.any_open ? "review.js" : NULL });
    tpl_review(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_work(ask *q) { return review_page(q, NULL); }

/* ---- decisions ------------------------------------------------------------------------------------ */

typedef struct {
    str     id, choice, reason;
    int64_t version;
    bool    own;
} decision;

static bool known_choice(str text)
{
    for (size_t i = 0; i < COUNT(choices); i++)
        if (str_eq(text, str_of(choices[i])))
            return true;
    return false;
}

/* What is chosen for one account, or else for all that are like it. */
static bool decision_read(ask *q, str id, str made_from, decision *ret)
{
    str group = field_named(q, "g.", id);
    *ret = (decision){ .id = id, .choice = field_named(q, "d.", id), .reason = str_trim(field_named(q, "r.", id)), .own = str_eq(group, S("own")) };
    if (!ret->choice.n && !ret->own && group.n) {
        ret->choice = field_named(q, "all.", group);
        ret->reason = ret->reason.n ? ret->reason : str_trim(field_named(q, "allr.", group));
    }
    return known_choice(ret->choice) && parse_int(made_from, 1, INT64_MAX, &ret->version);
}

static err_t decide_one(work *w, const decision *d, fault *f)
{
    bool       own = d->own && str_eq(d->choice, S("keep"));
    assignment set = { own ? S("self_review") : S("reason"), d->reason };
    return work_do(w, relation_find(S("access_decision")), d->id, d->version, own ? S("keep_own") : d->choice, &set, d->reason.n ? 1 : 0, f);
}

static err_t decide_all(ask *q, const decision *v, size_t n, record_done *ret)
{
    workspace *ws;
    work      *w;
    err_t      first = ERR_OK;
    *ret = (record_done){ .seq = -1 };
    TRY(ask_writer(q, &ws));
    TRY(app_work(ws, &q->who, S("decide"), str_fmt(q->a, STR_FMT, STR_ARG(record_id(q))), &q->f, &w));
    for (size_t i = 0; i < n; i++) {
        err_t e = decide_one(w, &v[i], &q->f);
        first = first == ERR_OK ? e : first;
    }
    return first == ERR_OK ? app_work_finish(ws, w, q->a, &q->f, ret) : app_work_refused(w, q->a, first, ret);
}

static err_t post_work(ask *q)
{
    record_view rec;
    http_pair  *pairs;
    size_t      n_pairs, n = 0;
    record_done done;
    q->as_of = 0;
    TRY(special_read(q, "access_review", &rec));
    TRY(may_see(q));
    TRY(ask_form(q, &pairs, &n_pairs, NULL, NULL));
    decision *v = NEW_ARRAY(q->a, decision, n_pairs + 1);
    for (size_t i = 0; i < n_pairs; i++)
        if (str_starts(pairs[i].name, S("v.")) && decision_read(q, str_sub(pairs[i].name, 2, pairs[i].name.n), pairs[i].value, &v[n]))
            n++;
    if (!n)
        return page_done(q, special_path(q, "work"), "same");
    err_t e = decide_all(q, v, n, &done);
    if (e == ERR_OK)
        return page_done(q, special_path(q, "work"), "saved");
    TRY(form_refused(q, form_new(q), e, &done));
    return review_page(q, &done);
}

static const route rows[] = {
    { HTTP_GET, "/{type}/{id}/work", PERMIT_TYPE_READ, 0, ROUTE_CACHED, 0, get_work, "The workbench of an access review" },
    { HTTP_POST, "/{type}/{id}/work", PERMIT_TYPE_DO, FORM_MAX, 0, 0, post_work, "Decide on accounts of an access review, many in one commit" },
};
ROUTE_TABLE(review_routes);
