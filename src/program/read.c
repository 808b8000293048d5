/* Finding and showing records: a fixed number of statements each. */
#include "program/private.h"

enum { LIST_LIMIT = 1000 };

bool principal_granted(const principal *who, const relation *r, unsigned any_of)
{
    for (size_t i = 0; i < who->n_grants; i++)
        if (who->grants[i].r == r && who->grants[i].rights & any_of)
            return true;
    return false;
}

static bool is_closed(const principal *who, const relation *r)
{
    for (size_t i = 0; who->within && i < who->within->n_types; i++)
        if (who->within->types[i] == r)
            return true;
    return false;
}

/* What a member may not read at all, or only their own of. */
bool record_reads_all(const principal *who, const relation *r)
{
    if (is_closed(who, r))
        return false;
    return who->role == ROLE_AUDITOR || who->role >= r->record->read || principal_granted(who, r, RIGHT_READ | RIGHT_ADD | RIGHT_EDIT | RIGHT_MOVE);
}

bool principal_may(const principal *who, const relation *r, right wanted)
{
    bool own = r->record->own && who->person.n;
    role least = wanted == RIGHT_ADD ? r->record->add : r->record->edit;
    if (wanted == RIGHT_READ)
        return record_reads_all(who, r) || (own && !is_closed(who, r));
    if (wanted == RIGHT_MOVE)
        return who->role != ROLE_AUDITOR && principal_may(who, r, RIGHT_READ);
    return who->role != ROLE_AUDITOR && (who->role >= least || principal_granted(who, r, wanted));
}

static err_t closed(const principal *who, const relation *r, fault *f)
{
    return fail(f, ERR_DENIED, "%s is outside of your engagement, which examines " STR_FMT, r->name, STR_ARG(who->within->words));
}

err_t record_may_read_all(const principal *who, const relation *r, fault *f)
{
    if (is_closed(who, r))
        return closed(who, r, f);
    if (record_reads_all(who, r))
        return ERR_OK;
    return fail(f, ERR_DENIED, "%s: only a %s or above, or an auditor, may read all of it", r->name, role_name(r->record->read));
}

err_t record_may_read(const principal *who, const relation *r, fault *f)
{
    if (is_closed(who, r))
        return closed(who, r, f);
    if (record_reads_all(who, r) || (r->record->own && who->person.n))
        return ERR_OK;
    return fail(f, ERR_DENIED, "%s: only a %s or above, or an auditor, may read it", r->name, role_name(r->record->read));
}

str columns_sql(arena *a, const relation *r, const char *prefix)
{
    buf b = buf_new(a, 64 << 10);
    for (size_t i = 0; i < r->n_fields; i++)
        buf_fmt(&b, "%s%s%s", i ? ", " : "", prefix, r->fields[i].name);
    return buf_str(&b);
}

value *row_read(arena *a, cursor *c, const relation *r, int first)
{
    value *row = NEW_ARRAY(a, value, r->n_fields);
    for (size_t i = 0; i < r->n_fields; i++) {
        int k = first + (int)i;
        if (!cursor_null(c, k))
            row[i] = r->fields[i].kind == F_TEXT ? v_text(str_dup(a, cursor_text(c, k))) : v_int(cursor_int(c, k));
    }
    return row;
}

static bool owns(const principal *who, const relation *r, const value *row)
{
    return r->record->own && who->person.n && str_eq(text_at(r, row, r->record->own), who->person);
}

err_t record_get(arena *a, session *s, const principal *who, const relation *r, str id, fault *f, record_view *ret)
{
    const sql_hole holes[] = { { "relation", str_of(r->name) }, { "columns", columns_sql(a, r, "h.") }, { "id", sql_quote(a, id) } };
    auto_cursor cursor *c = NULL;
    bool                more;
    TRY(record_may_read(who, r, f));
    TRY(session_query(s, sql_read(a, "sql/program/get.sql", holes, COUNT(holes)), f, &c));
    TRY(cursor_next(c, f, &more));
    if (!more)
        return fail(f, ERR_NOT_FOUND, "there is no %s \"" STR_FMT "\"", r->name, STR_ARG(utf8_cut(id, 80)));
    *ret = (record_view){ .r = r, .row = row_read(a, c, r, 3), .version = cursor_int(c, 0), .since = cursor_int(c, 1),
                          .by = str_dup(a, cursor_text(c, 2)) };
    if (!record_reads_all(who, r) && !owns(who, r, ret->row))
        return fail(f, ERR_DENIED, "%s " STR_FMT " is somebody else's", r->name, STR_ARG(utf8_cut(id, 80)));
    return ERR_OK;
}

/* ---- lists --------------------------------------------------------------------------------- */

static const struct { const char *text; filter_op op; } operators[] = {
    { "!=", FILTER_IS_NOT }, { "=", FILTER_IS }, { "<", FILTER_LESS }, { ">", FILTER_MORE }, { "~", FILTER_HOLDS },
};

err_t filter_parse(arena *a, const relation *r, str text, fault *f, record_filter *ret)
{
    size_t n = 0;
    while (n < text.n && !strchr("!=<>~", text.p[n]))
        n++;
    str name = str_trim(str_sub(text, 0, n)), rest = str_sub(text, n, text.n);
    int i = relation_field(r, name);
    if (i < 0)
        return fail(f, ERR_USAGE, "%s has no field \"" STR_FMT "\"; see: attest relations %s", r->name, STR_ARG(utf8_cut(name, 60)), r->name);
    for (size_t k = 0; k < COUNT(operators); k++) {
        str op = str_of(operators[k].text);
        if (!str_starts(rest, op))
            continue;
        str v = str_trim(str_sub(rest, op.n, rest.n));
        if (operators[k].op == FILTER_HOLDS) {
            *ret = (record_filter){ (size_t)i, FILTER_HOLDS, v_text(str_dup(a, v)) };
            return r->fields[i].kind == F_TEXT ? ERR_OK : fail(f, ERR_USAGE, "~ looks inside text; %s is none", r->fields[i].name);
        }
        ret->field = (size_t)i;
        ret->op = operators[k].op;
        TRY(value_parse(&r->fields[i], v, f, &ret->v));
        return ERR_OK;
    }
    return fail(f, ERR_USAGE, "a filter reads FIELD=VALUE, also != < > and ~ (holds); \"" STR_FMT "\" does not", STR_ARG(utf8_cut(text, 60)));
}

/* What is unknown neither is nor is not; "owner=?" and "owner!=?" ask for it. */
static void filter_sql(arena *a, const relation *r, const record_filter *fl, buf *out)
{
    const field *fd = &r->fields[fl->field];
    str          v = sql_literal(a, fd, &fl->v);
    if (fl->v.kind == V_NULL)
        buf_fmt(out, "%s IS %sNULL", fd->name, fl->op == FILTER_IS_NOT ? "NOT " : "");
    else if (fl->op == FILTER_HOLDS)
        buf_fmt(out, "lower(%s) LIKE '%%' || " STR_FMT " || '%%' ESCAPE '!'", fd->name, STR_ARG(sql_quote(a, fl->v.s)));
    else
        buf_fmt(out, "%s %s " STR_FMT, fd->name, fl->op == FILTER_IS ? "=" : fl->op == FILTER_IS_NOT ? "<>" : fl->op == FILTER_LESS ? "<" : ">",
                STR_ARG(v));
}

/* Lower case, with the marks of LIKE escaped. */
static value like_text(arena *a, str text)
{
    buf b = buf_new(a, FIELD_TEXT_MAX * 2);
    str lower = str_lower(a, text);
    for (size_t i = 0; i < lower.n; i++) {
        if (strchr("%_!", lower.p[i]))
            buf_putc(&b, '!');
        buf_putc(&b, lower.p[i]);
    }
    return v_text(buf_str(&b));
}

static str where_sql(arena *a, const principal *who, const record_query *q)
{
    buf  b = buf_new(a, 1 << 20);
    bool own = !record_reads_all(who, q->r);
    if (own)
        buf_fmt(&b, "%s = " STR_FMT, q->r->record->own, STR_ARG(sql_quote(a, who->person)));
    for (size_t i = 0; i < q->n_filters; i++) {
        record_filter fl = q->filters[i];
        if (fl.op == FILTER_HOLDS)
            fl.v = like_text(a, fl.v.s);
        buf_putz(&b, b.n ? " AND " : "");
        filter_sql(a, q->r, &fl, &b);
    }
    return b.n ? str_fmt(a, "WHERE " STR_FMT, STR_ARG(buf_str(&b))) : S("");
}

static str sort_sql(arena *a, const record_query *q)
{
    buf b = buf_new(a, 64 << 10);
    for (size_t i = 0; i < q->n_sort; i++)
        buf_fmt(&b, "%s%s NULLS LAST, ", q->r->fields[q->sort[i]].name, q->descending && q->descending[i] ? " DESC" : "");
    if (q->r->record->prefix)
        buf_putz(&b, "length(id), ");     /* RISK-9 before RISK-10 */
    buf_putz(&b, "id");
    return buf_str(&b);
}

/* The rows, and the holes that the count needs as well. */
static err_t find_rows(arena *a, session *s, const principal *who, const record_query *q, int64_t limit, fault *f, cursor **ret)
{
    const sql_hole holes[] = {
        { "relation", str_of(q->r->name) }, { "columns", columns_sql(a, q->r, "") }, { "where", where_sql(a, who, q) },
        { "sort", sort_sql(a, q) }, { "limit", str_fmt(a, "%lld", (long long)limit) }, { "offset", str_fmt(a, "%lld", (long long)q->offset) },
    };
    TRY(record_may_read(who, q->r, f));
    return session_query(s, sql_read(a, "sql/program/find.sql", holes, COUNT(holes)), f, ret);
}

err_t record_count(arena *a, session *s, const principal *who, const record_query *q, fault *f, int64_t *ret)
{
    const sql_hole      holes[] = { { "relation", str_of(q->r->name) }, { "where", where_sql(a, who, q) } };
    auto_cursor cursor *c = NULL;
    bool                more;
    TRY(record_may_read(who, q->r, f));
    TRY(session_query(s, sql_read(a, "sql/program/count.sql", holes, COUNT(holes)), f, &c));
    TRY(cursor_next(c, f, &more));
    *ret = cursor_int(c, 0);
    return ERR_OK;
}

err_t record_find(arena *a, session *s, const principal *who, const record_query *q, fault *f, record_list *ret)
{
    DA(value *)         rows = { 0 };
    auto_cursor cursor *c = NULL;
    bool                more;
    int64_t             total;
    TRY(find_rows(a, s, who, q, q->limit ? q->limit : LIST_LIMIT, f, &c));
    for (;;) {
        TRY(cursor_next(c, f, &more));
        if (!more)
            break;
        TRY(arena_room(a, f));
        da_push(a, &rows) = row_read(a, c, q->r, 0);
    }
    TRY(record_count(a, s, who, q, f, &total));
    *ret = (record_list){ rows.v, rows.n, total, 0 };
    return ERR_OK;
}

err_t record_each(session *s, const principal *who, const record_query *q, record_visitor each, void *arg, fault *f)
{
    auto_arena arena   *a = arena_new(16 << 20), *one = arena_new(16 << 20);
    auto_cursor cursor *c = NULL;
    bool                more;
    TRY(find_rows(a, s, who, q, q->limit ? q->limit : INT64_MAX, f, &c));
    for (;;) {
        TRY(cursor_next(c, f, &more));
        if (!more)
            return ERR_OK;
        err_t e = each(arg, row_read(one, c, q->r, 0));
        if (e != ERR_OK)
            return e;
        arena_reset(one);
    }
}

/* ---- one record and what belongs to it -------------------------------------------------------- */

err_t record_related(arena *a, session *s, const relation *r, str id, fault *f, related **ret, size_t *ret_n)
{
    DA(related)         list = { 0 };
    const sql_hole      hole = { "about", sql_quote(a, str_fmt(a, "%s/" STR_FMT, r->name, STR_ARG(id))) };
    auto_cursor cursor *c = NULL;
    TRY(session_query(s, sql_read(a, "sql/program/related.sql", &hole, 1), f, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, f, &more));
        if (!more)
            break;
        da_push(a, &list) = (related){ str_dup(a, cursor_text(c, 0)), str_dup(a, cursor_text(c, 1)), str_dup(a, cursor_text(c, 2)),
                                       cursor_null(c, 3) ? S("") : str_dup(a, cursor_text(c, 3)), cursor_null(c, 4) ? 0 : cursor_int(c, 4) };
    }
    *ret = list.v;
    *ret_n = list.n;
    return ERR_OK;
}

err_t record_moves(arena *a, const principal *who, const record_view *v, const transition ***ret, size_t *ret_n)
{
    DA(const transition *) list = { 0 };
    str                    state = text_at(v->r, v->row, "state");
    for (size_t i = 0; i < v->r->record->n_transitions; i++) {
        const transition *t = &v->r->record->transitions[i];
        if ((!t->from || list_has(t->from, state)) && who->role != ROLE_AUDITOR &&
            (who->role >= t->by || (t->by < ROLE_OWNER && principal_granted(who, v->r, RIGHT_MOVE))))
            da_push(a, &list) = t;
    }
    *ret = list.v;
    *ret_n = list.n;
    return ERR_OK;
}

/* ---- history ------------------------------------------------------------------------------------ */

typedef DA(record_change) changes;

static void changes_between(arena *a, const relation *r, const value *before, const value *after, const record_change *head, changes *out)
{
    for (size_t i = before ? 0 : 1; i < r->n_fields; i++) {
        const value none = V_UNKNOWN, *old = before ? &before[i] : &none;
        if (value_eq(old, &after[i]))
            continue;
        record_change rc = *head;
        rc.field = str_of(r->fields[i].name);
        rc.before = value_show(&r->fields[i], old, a);
        rc.after = value_show(&r->fields[i], &after[i], a);
        da_push(a, out) = rc;
    }
}

err_t record_history(arena *a, session *s, const principal *who, const relation *r, str id, fault *f,
                     record_change **ret, size_t *ret_n)
{
    enum { ROW_ID, VALID_FROM, ACTOR, ACTION, REASON, SEQ, ERASED, FIRST };
    const sql_hole holes[] = { { "relation", str_of(r->name) }, { "columns", columns_sql(a, r, "h.") }, { "id", sql_quote(a, id) } };
    record_view         now;
    changes             list = { 0 };
    const value        *before = NULL;
    auto_cursor cursor *c = NULL;
    TRY(record_get(a, s, who, r, id, f, &now));
    TRY(session_query(s, sql_read(a, "sql/program/history.sql", holes, COUNT(holes)), f, &c));
    for (;;) {
        bool more;
        TRY(cursor_next(c, f, &more));
        if (!more || (who->until && cursor_int(c, VALID_FROM) > who->until))
            break;
        record_change head = { .at_time = cursor_int(c, VALID_FROM), .by = str_dup(a, cursor_text(c, ACTOR)),
                               .action = str_dup(a, cursor_text(c, ACTION)), .reason = str_dup(a, cursor_text(c, REASON)),
                               .version = cursor_int(c, ROW_ID), .seq = cursor_int(c, SEQ) };
        const value  *after = row_read(a, c, r, FIRST);
        if (!cursor_null(c, ERASED)) {
            head.field = S("");
            head.before = head.after = S("erased");
            da_push(a, &list) = head;
            continue;
        }
        changes_between(a, r, before, after, &head, &list);
        before = after;
    }
    *ret = list.v;
    *ret_n = list.n;
    return ERR_OK;
}
