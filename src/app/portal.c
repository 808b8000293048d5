/* What everybody does for the program, whatever their role: accept a policy, take a course. The
 * program judges, not the person, so it writes what the person's role alone could not. */
#include "app/workspace.h"

/* The engine's rules still hold; only the least role for adding and completing is the program's. */
static principal raised(const principal *who)
{
    principal p = *who;
    if (p.role == ROLE_MEMBER)
        p.role = ROLE_CONTRIBUTOR;
    return p;
}

static err_t known_person(const principal *who, fault *f)
{
    if (who->person.n && who->role >= ROLE_MEMBER)
        return ERR_OK;
    return fail(f, ERR_DENIED, "this is for people who work here, in person");
}

/* ---- policies --------------------------------------------------------------------------------- */

static err_t acceptance_of(workspace *ws, arena *a, const principal *who, str text, fault *f, str *ret_id, str *ret_state)
{
    const sql_hole holes[] = { { "person", sql_quote(a, who->person) }, { "version", sql_quote(a, text) } };
    row_table      t;
    TRY(app_rows(ws, a, "sql/program/acceptance.sql", holes, COUNT(holes), 0, f, &t));
    *ret_id = *ret_state = S("");
    if (t.n_rows) {
        *ret_id = table_cell(&t, 0, 0);
        *ret_state = table_cell(&t, 0, 1);
    }
    return ERR_OK;
}

err_t app_accept(workspace *ws, arena *a, const principal *who, str policy_version, str digest, fault *f, record_done *ret)
{
    const relation *r = relation_find(S("acceptance")), *texts = relation_find(S("policy_version"));
    principal       by = raised(who);
    record_view     text;
    related        *about;
    size_t          n_about;
    str             id, state_now;
    work           *w;
    *ret = (record_done){ .seq = -1 };
    TRY(known_person(who, f));
    TRY(app_get(ws, a, who, texts, policy_version, 0, f, &text, &about, &n_about));
    if (!str_eq(row_text(texts, text.row, "state"), S("published")))
        return fail(f, ERR_CONFLICT, "this version of the policy does not hold any more; read the one that does");
    if (!str_eq(row_text(texts, text.row, "digest"), digest))
        return fail(f, ERR_CONFLICT, "the text is not the one you have read; read it again");
    TRY(acceptance_of(ws, a, who, policy_version, f, &id, &state_now));
    if (str_eq(state_now, S("accepted")))
        return fail(f, ERR_CONFLICT, "you have accepted this version already");
    TRY(app_work(ws, &by, S("accept"), S(""), f, &w));
    const assignment set[] = { { S("person"), who->person }, { S("policy_version"), policy_version } };
    err_t e = id.n ? ERR_OK : work_add(w, r, S(""), set, COUNT(set), f, &id);
    if (e == ERR_OK)
        e = work_do(w, r, id, 0, S("accept"), NULL, 0, f);
    if (e != ERR_OK)
        return app_work_refused(w, a, e, ret);
    ret->id = str_dup(a, id);
    return app_work_finish(ws, w, a, f, ret);
}

/* ---- courses ---------------------------------------------------------------------------------- */

static int64_t right_answers(const library_course *c, const size_t *answers)
{
    int64_t n = 0;
    for (size_t i = 0; i < c->n_questions; i++)
        n += answers[i] == c->questions[i].right;
    return n;
}

/* Its own training, still to be taken, of a course that asks questions. */
static err_t to_take(workspace *ws, arena *a, const principal *who, str id, fault *f, record_view *ret, const library_course **ret_course)
{
    const relation *r = relation_find(S("training"));
    const library  *lib;
    related        *about;
    size_t          n_about;
    TRY(known_person(who, f));
    TRY(app_get(ws, a, who, r, id, 0, f, ret, &about, &n_about));
    if (!str_eq(row_text(r, ret->row, "person"), who->person))
        return fail(f, ERR_DENIED, "a quiz is taken by the person it was assigned to");
    if (!str_eq(row_text(r, ret->row, "state"), S("assigned")))
        return fail(f, ERR_CONFLICT, "this training is done");
    TRY(app_library(ws, f, &lib));
    *ret_course = library_course_find(lib, row_text(r, ret->row, "course"));
    return *ret_course ? ERR_OK : fail(f, ERR_NOT_FOUND, "this course has no quiz here; whoever gives it records that you took it");
}

err_t app_quiz(workspace *ws, arena *a, const principal *who, str training, const size_t *answers, size_t n, fault *f, quiz_done *ret)
{
    const relation *r = relation_find(S("training"));
    principal       by = raised(who);
    record_view     v;
    *ret = (quiz_done){ .record.seq = -1 };
    TRY(to_take(ws, a, who, training, f, &v, &ret->course));
    if (n != ret->course->n_questions)
        return fail(f, ERR_CONFLICT, "the quiz has changed since the page was made; take it again");
    ret->right = right_answers(ret->course, answers);
    ret->percent = ret->right * 100 / (int64_t)n;
    ret->pass = v.row[relation_field(r, S("pass_score"))].i;
    ret->passed = ret->percent >= ret->pass;
    const assignment set[] = { { S("score"), str_fmt(a, "%lld", (long long)ret->percent) }, { S("completed_at"), S("now") } };
    str              reason = str_fmt(a, "quiz: %lld of %zu right", (long long)ret->right, n);
    return ret->passed ? app_do(ws, a, &by, r, &training, 1, v.version, S("complete"), set, 2, reason, f, &ret->record)
                       : app_edit(ws, a, &by, r, &training, 1, v.version, set, 1, reason, f, &ret->record);
}
