/* What handlers share. */
#include "api/parts.h"

json_writer answer_json(ask *q)
{
    q->rs->media = S("application/json");
    return (json_writer){ .b = &q->rs->body };
}

void put_value(ask *q, json_writer *w, const field *fd, const value *v)
{
    if (v->kind == V_NULL)
        jw_null(w);
    else if (fd->kind == F_TEXT)
        jw_str(w, v->s);
    else if (fd->kind == F_BOOL)
        jw_bool(w, v->i != 0);
    else if (fd->kind == F_TIME)
        jw_str(w, time_rfc3339(q->a, v->i));
    else
        jw_int(w, v->i);
}

void put_ktime(ask *q, json_writer *w, const char *key, time_us t)
{
    jw_key(w, key);
    if (t > 0)
        jw_str(w, time_rfc3339(q->a, t));
    else
        jw_null(w);
}

void put_kmoment(ask *q, json_writer *w, const char *key, str cell)
{
    int64_t t = 0;
    put_ktime(q, w, key, cell.p && parse_int(cell, 1, INT64_MAX, &t) ? t : 0);
}

void put_kcell(json_writer *w, const char *key, str cell)
{
    jw_key(w, key);
    if (cell.p)
        jw_str(w, cell);
    else
        jw_null(w);
}

/* ---- bodies ------------------------------------------------------------------------------ */

err_t body_object(ask *q, json_parts *ret)
{
    str media = http_header(q->rq, "content-type"), type = str_trim(str_cut(&media, ';'));
    if (!str_eq(str_lower(q->a, type), S("application/json")) && !str_ends(type, S("+json")))
        return fail(&q->f, ERR_INVALID, "a body is sent as Content-Type: application/json");
    if (json_read_object(q->a, q->rq->body, ret))
        return ERR_OK;
    json_reader r = json_open(q->a, q->rq->body);
    json_token  t = json_next(&r);
    if (t == JSON_OBJ && json_skip(&r, t) && json_next(&r) == JSON_END)
        return fail(&q->f, ERR_INVALID, "the body has a name twice, or more than %d of them", JSON_PARTS_MAX);
    return fail(&q->f, ERR_INVALID, "the body is no JSON object: %s, at byte %zu", r.error ? r.error : "something else stands there", r.at);
}

/* A field as a person would write it: the engine reads both alike. */
static err_t assignment_of(ask *q, const json_part *p, assignment *ret)
{
    str text = S("?");
    if (p->kind == JSON_STR)
        text = p->s;
    else if (p->kind == JSON_INT)
        text = str_fmt(q->a, "%lld", (long long)p->i);
    else if (p->kind == JSON_TRUE || p->kind == JSON_FALSE)
        text = p->kind == JSON_TRUE ? S("true") : S("false");
    else if (p->kind != JSON_NULL)
        return fail(&q->f, ERR_INVALID, "fields." STR_FMT ": text, whole numbers, true, false and null can be told", STR_ARG(utf8_cut(p->key, 60)));
    *ret = (assignment){ p->key, text };
    return ERR_OK;
}

static err_t fields_of(ask *q, str raw, change_body *ret)
{
    json_parts fields;
    if (!json_read_object(q->a, raw, &fields))
        return fail(&q->f, ERR_INVALID, "fields: is no object of field names and values");
    ret->set = NEW_ARRAY(q->a, assignment, fields.n + 1);
    for (size_t i = 0; i < fields.n; i++)
        TRY(assignment_of(q, &fields.v[i], &ret->set[ret->n++]));
    return ERR_OK;
}

err_t body_change(ask *q, const relation *r, change_body *ret)
{
    json_parts o = { 0 };
    *ret = (change_body){ .id = S(""), .reason = S("") };
    (void)r;
    if (!q->rq->body.n)
        return ERR_OK;
    TRY(body_object(q, &o));
    for (size_t i = 0; i < o.n; i++) {
        const json_part *p = &o.v[i];
        if (str_eq(p->key, S("fields")) && p->kind == JSON_OBJ)
            TRY(fields_of(q, p->raw, ret));
        else if (str_eq(p->key, S("id")) && p->kind == JSON_STR)
            ret->id = p->s;
        else if (str_eq(p->key, S("reason")) && p->kind == JSON_STR)
            ret->reason = p->s;
        else
            return fail(&q->f, ERR_INVALID, "\"" STR_FMT "\": a change is told as {\"id\": text, \"fields\": {name: value}, \"reason\": text}",
                        STR_ARG(utf8_cut(p->key, 60)));
    }
    return ERR_OK;
}

void take_faults(ask *q, const record_done *done) { q->faults = done->faults; }

/* ---- lists -------------------------------------------------------------------------------- */

/* The cursor is the moment of the first page and how far it has come, so that a list stands still while it is read. */
static bool cursor_parse(ask *q, str text, list_page *ret)
{
    str plain;
    if (!base64url_parse(q->a, text, &plain))
        return false;
    str moment = str_cut(&plain, '.');
    return plain.p && parse_int(moment, 1, TIME_MAX - 1, &ret->moment) && parse_int(plain, 0, INT64_MAX / 2, &ret->offset);
}

err_t page_wanted(ask *q, list_page *ret)
{
    str limit = ask_query(q, "limit"), text = ask_query(q, "cursor");
    *ret = (list_page){ .limit = 100, .moment = q->as_of ? q->as_of : q->now };
    if (limit.n && !parse_int(limit, 1, 1000, &ret->limit))
        return fail(&q->f, ERR_INVALID, "limit: is a number from 1 to 1,000");
    if (text.n && !cursor_parse(q, text, ret))
        return fail(&q->f, ERR_INVALID, "cursor: is not one that this server gave");
    if (text.n)
        q->as_of = ret->moment;
    return ERR_OK;
}

void put_next(ask *q, json_writer *w, const list_page *p, size_t shown, int64_t total)
{
    int64_t after = p->offset + (int64_t)shown;
    jw_key(w, "next");
    if (!shown || after >= total) {
        jw_null(w);
        return;
    }
    str plain = str_fmt(q->a, "%lld.%lld", (long long)p->moment, (long long)after);
    jw_str(w, base64url_of(q->a, plain.p, plain.n));
}

static void put_cell_as(ask *q, json_writer *w, char kind, str cell)
{
    int64_t n;
    if (!cell.p)
        jw_null(w);
    else if (kind == 't' || !parse_int(cell, INT64_MIN, INT64_MAX, &n))
        jw_str(w, cell);
    else if (kind == 'T')
        jw_str(w, time_rfc3339(q->a, n));
    else if (kind == 'b')
        jw_bool(w, n != 0);
    else
        jw_int(w, n);
}

err_t answer_rows(ask *q, const char *path, const sql_hole *holes, size_t n, const char *kinds)
{
    row_table t = { 0 };
    TRY(app_rows(q->ws, q->a, path, holes, n, q->as_of, &q->f, &t));
    assert(strlen(kinds) == t.n_columns);
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < t.n_rows; i++) {
        jw_obj(&w);
        for (size_t k = 0; k < t.n_columns; k++) {
            jw_key(&w, str_z(q->a, t.names[k]));
            put_cell_as(q, &w, kinds[k], table_cell(&t, i, k));
        }
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    return ERR_OK;
}

void put_line_faults(json_writer *w, const import_report *rep)
{
    jw_key(w, "faults");
    jw_arr(w);
    for (size_t i = 0; i < rep->faults.n; i++) {
        jw_obj(w);
        jw_kint(w, "line", rep->faults.v[i].line);
        jw_kstr(w, "field", rep->faults.v[i].field);
        jw_kstr(w, "why", rep->faults.v[i].why);
        jw_end_obj(w);
    }
    jw_end_arr(w);
}
