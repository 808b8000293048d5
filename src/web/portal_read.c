/* Reading and accepting a policy; reading a course and taking its quiz. */
#include "web/markdown.h"
#include "web/portal.h"

/* ---- policies ------------------------------------------------------------------------------------ */

static err_t policy_read(ask *q, read_view *v)
{
    const sql_hole holes[] = { { "person", sql_quote(q->a, q->who.person) }, { "version", sql_quote(q->a, q->params[0]) } };
    row_table      t = { 0 };
    TRY(app_rows(q->ws, q->a, "sql/web/portal_policy.sql", holes, COUNT(holes), 0, &q->f, &t));
    if (!t.n_rows || (!str_eq(table_cell(&t, 0, 2), S("published")) && !str_eq(table_cell(&t, 0, 2), S("retired"))))
        return fail(&q->f, ERR_NOT_FOUND, "there is no such version of a policy, or it is not published");
    *v = (read_view){ .q = q, .id = q->params[0], .title = table_cell(&t, 0, 0), .version = cell_int(table_cell(&t, 0, 1)), .state = table_cell(&t, 0, 2),
                      .body = table_cell(&t, 0, 3), .changes = table_cell(&t, 0, 4), .digest = table_cell(&t, 0, 5),
                      .published_at = cell_time(table_cell(&t, 0, 6)), .approver = table_cell(&t, 0, 8), .accepted_at = cell_time(table_cell(&t, 0, 9)) };
    return ERR_OK;
}

static err_t get_policy(ask *q)
{
    read_view v = { 0 };
    TRY(policy_read(q, &v));
    portal_open(q, v.title, S(""), NULL);
    tpl_portal_policy(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t post_policy(ask *q)
{
    workspace  *ws;
    record_done done;
    TRY(ask_writer(q, &ws));
    err_t e = app_accept(ws, q->a, &q->who, q->params[0], ask_field(q, "digest"), &q->f, &done);
    q->faults = done.faults;
    return e == ERR_OK ? page_done(q, S("/my"), "accepted") : e;
}

/* ---- courses --------------------------------------------------------------------------------------- */

static err_t course_read(ask *q, read_view *v)
{
    const sql_hole holes[] = { { "person", sql_quote(q->a, q->who.person) }, { "training", sql_quote(q->a, q->params[0]) } };
    const library *lib;
    row_table      t = { 0 };
    TRY(app_rows(q->ws, q->a, "sql/web/portal_course.sql", holes, COUNT(holes), 0, &q->f, &t));
    if (!t.n_rows)
        return fail(&q->f, ERR_NOT_FOUND, "this training was not assigned to you");
    TRY(app_library(q->ws, &q->f, &lib));
    *v = (read_view){ .q = q, .id = q->params[0], .title = table_cell(&t, 0, 1), .body = table_cell(&t, 0, 2), .state = table_cell(&t, 0, 3),
                      .due_at = cell_time(table_cell(&t, 0, 4)), .score = cell_int(table_cell(&t, 0, 5)), .pass_score = cell_int(table_cell(&t, 0, 6)),
                      .completed_at = cell_time(table_cell(&t, 0, 7)), .course = library_course_find(lib, table_cell(&t, 0, 0)) };
    return ERR_OK;
}

static err_t get_course(ask *q)
{
    read_view v = { 0 };
    TRY(course_read(q, &v));
    portal_open(q, v.title, S(""), NULL);
    tpl_portal_course(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* The quiz of a training that is still to be taken. */
static err_t quiz_open(ask *q, quiz_view *v)
{
    read_view r = { 0 };
    TRY(course_read(q, &r));
    if (!str_eq(r.state, S("assigned")))
        return fail(&q->f, ERR_CONFLICT, "this training is done");
    if (!r.course)
        return fail(&q->f, ERR_NOT_FOUND, "this course has no quiz here; whoever gives it records that you took it");
    *v = (quiz_view){ .q = q, .id = r.id, .title = r.title, .course = r.course };
    v->done.pass = r.pass_score;
    return ERR_OK;
}

static err_t show_quiz(ask *q, const quiz_view *v)
{
    assert(v->course);
    portal_open(q, str_fmt(q->a, "Quiz: " STR_FMT, STR_ARG(v->title)),
                str_fmt(q->a, "%zu questions, one right answer each. %lld percent pass; you can take it again.", v->course->n_questions, (long long)v->done.pass), NULL);
    tpl_quiz(&q->rs->body, v);
    page_close(q);
    return ERR_OK;
}

static err_t get_quiz(ask *q)
{
    quiz_view v = { 0 };
    TRY(quiz_open(q, &v));
    return show_quiz(q, &v);
}

/* False: a question has no answer. */
static bool answers_read(ask *q, const library_course *c, size_t *ret)
{
    bool whole = true;
    for (size_t i = 0; i < c->n_questions; i++) {
        int64_t n;
        str     text = ask_field(q, str_fmt(q->a, "q%zu", i).p);
        bool    given = parse_int(text, 0, (int64_t)c->questions[i].answers.n - 1, &n);
        ret[i] = given ? (size_t)n : SIZE_MAX;
        whole = whole && given;
    }
    return whole;
}

static err_t post_quiz(ask *q)
{
    workspace *ws;
    quiz_view  v = { 0 };
    TRY(quiz_open(q, &v));
    assert(v.course);
    size_t *answers = NEW_ARRAY(q->a, size_t, v.course->n_questions);
    v.answers = answers;
    if (!answers_read(q, v.course, answers)) {
        q->rs->status = 422;
        v.fault = S("A question has no answer yet. Answer every one; nothing was counted.");
        return show_quiz(q, &v);
    }
    TRY(ask_writer(q, &ws));
    err_t e = app_quiz(ws, q->a, &q->who, q->params[0], answers, v.course->n_questions, &q->f, &v.done);
    q->faults = v.done.record.faults;
    if (e != ERR_OK)
        return e;
    portal_open(q, v.done.passed ? S("Passed") : S("Not passed yet"), v.title, NULL);
    tpl_quiz_done(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/my/policy/{version}", PERMIT_MEMBER, 0, ROUTE_CACHED, 0, get_policy, "A policy to read and accept" },
    { HTTP_POST, "/my/policy/{version}", PERMIT_MEMBER, 8 << 10, 0, 0, post_policy, "Accept a version of a policy" },
    { HTTP_GET, "/my/course/{training}", PERMIT_MEMBER, 0, ROUTE_CACHED, 0, get_course, "A course to take" },
    { HTTP_GET, "/my/course/{training}/quiz", PERMIT_MEMBER, 0, ROUTE_CACHED, 0, get_quiz, "The quiz of a course" },
    { HTTP_POST, "/my/course/{training}/quiz", PERMIT_MEMBER, 32 << 10, 0, 0, post_quiz, "Give the answers to a quiz" },
};
ROUTE_TABLE(portal_read_routes);
