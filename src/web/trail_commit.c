/* One commit: every row it wrote, field by field. */
#include "web/trail.h"

enum { L_SEQ, L_AT, L_ACTOR, L_ACTION, L_REASON, L_LEAF };
enum { W_ROW, W_ERASED, W_KEY, W_SOURCE, W_FIELDS };
enum { RELATIONS_SHOWN = 6, ROWS_SHOWN = 50, BEFORE_READ = 2000 };

static str fields_sql(arena *a, const relation *r)
{
    buf b = buf_new(a, 64 << 10);
    for (size_t i = 0; i < r->n_fields; i++)
        buf_fmt(&b, "%sh.%s", i ? ", " : "", r->fields[i].name);
    return buf_str(&b);
}

static err_t opened_read(ask *q, const relation *r, const leaf_change *c, row_table *ret)
{
    const sql_hole holes[] = { { "relation", str_of(r->name) }, { "key", key_sql(q->a, r, "h.") }, { "columns", fields_sql(q->a, r) },
                               { "first", hole_int(q->a, c->first) }, { "end", hole_int(q->a, c->first + c->opened) }, { "limit", hole_int(q->a, ROWS_SHOWN) } };
    return rows_of(q, "sql/web/trail_opened.sql", holes, COUNT(holes), ret);
}

static err_t closed_read(ask *q, const relation *r, int64_t seq, row_table *ret)
{
    const sql_hole holes[] = { { "relation", str_of(r->name) }, { "key", key_sql(q->a, r, "h.") }, { "columns", fields_sql(q->a, r) },
                               { "seq", hole_int(q->a, seq) }, { "limit", hole_int(q->a, BEFORE_READ) } };
    return rows_of(q, "sql/web/trail_closed.sql", holes, COUNT(holes), ret);
}

/* The row of `t` with the same source and key; -1: none. */
static int64_t same_row(const row_table *t, const row_table *of, size_t at)
{
    for (size_t i = 0; i < t->n_rows; i++)
        if (str_eq(table_cell(t, i, W_KEY), table_cell(of, at, W_KEY)) && str_eq(table_cell(t, i, W_SOURCE), table_cell(of, at, W_SOURCE)))
            return (int64_t)i;
    return -1;
}

static str shown(str text) { return text.p ? utf8_cut(text, 300) : S("unknown"); }

/* What changed; of a new row (before < 0) all that is known. */
static void changes_fill(ask *q, const relation *r, const row_table *now, size_t at, const row_table *past, int64_t before, row_change *c)
{
    str *list = NEW_ARRAY(q->a, str, r->n_fields);
    for (size_t i = 0; i < r->n_fields; i++) {
        str is = cell_shown(q, &r->fields[i], table_cell(now, at, W_FIELDS + i));
        str was = { 0 };
        if (before >= 0)
            was = cell_shown(q, &r->fields[i], table_cell(past, (size_t)before, W_FIELDS + i));
        if ((str_eq(is, was) && !is.p == !was.p) || (before < 0 && !is.p))
            continue;
        list[c->n_changes++] = before < 0 ? str_fmt(q->a, "%s: " STR_FMT, r->fields[i].name, STR_ARG(shown(is)))
                                          : str_fmt(q->a, "%s: " STR_FMT " \u2192 " STR_FMT, r->fields[i].name, STR_ARG(shown(was)), STR_ARG(shown(is)));
    }
    c->changes = list;
}

static row_change change_of(ask *q, const relation *r, const row_table *t, size_t i, const char *what)
{
    str key = table_cell(t, i, W_KEY), from = table_cell(t, i, W_SOURCE);
    if (table_cell(t, i, W_ERASED).p)
        return (row_change){ .key = str_fmt(q->a, "version " STR_FMT, STR_ARG(table_cell(t, i, W_ROW))), .source = from, .what = "erased since" };
    return (row_change){ .key = key, .source = from, .what = what,
                         .href = r->record ? record_link(q, str_fmt(q->a, "%s/" STR_FMT, r->name, STR_ARG(key)))
                                           : link_to(q, "/facts/%s/row?key=" STR_FMT "&source=" STR_FMT, r->name, STR_ARG(url_part(q->a, key)), STR_ARG(url_part(q->a, from))) };
}

/* At most two statements a relation, however many rows. */
static err_t rows_fill(ask *q, const relation *r, const leaf_change *c, int64_t seq, relation_change *ret)
{
    row_table opened = { 0 }, closed = { 0 };
    if (c->opened)
        TRY(opened_read(q, r, c, &opened));
    if (c->closed)
        TRY(closed_read(q, r, seq, &closed));
    bool *met = NEW_ARRAY(q->a, bool, closed.n_rows);
    ret->v = NEW_ARRAY(q->a, row_change, opened.n_rows + closed.n_rows);
    for (size_t i = 0; i < opened.n_rows; i++) {
        int64_t before = same_row(&closed, &opened, i);
        row_change *one = &ret->v[ret->n++];
        *one = change_of(q, r, &opened, i, before < 0 ? "added" : "changed");
        if (before >= 0)
            met[before] = true;
        if (one->href.n)
            changes_fill(q, r, &opened, i, &closed, before, one);
    }
    bool all = c->opened <= ROWS_SHOWN;                        /* else an old version may belong to a new one that was not read */
    for (size_t i = 0; all && i < closed.n_rows && ret->n < 2 * ROWS_SHOWN; i++)
        if (!met[i])
            ret->v[ret->n++] = change_of(q, r, &closed, i, "ended");
    if (app_in_part(q->ws, r) && c->opened <= ROWS_SHOWN)
        ret->left_out = c->opened - (int64_t)opened.n_rows;
    ret->more = c->opened > ROWS_SHOWN || closed.n_rows > BEFORE_READ / 2;
    return ERR_OK;
}

static err_t relations_fill(ask *q, const leaf *lf, commit_view *v)
{
    str only = ask_query(q, "relation");
    v->v = NEW_ARRAY(q->a, relation_change, lf->n_changes);
    for (size_t i = 0; i < lf->n_changes; i++) {
        const leaf_change *c = &lf->changes[i];
        const relation    *r = relation_find(c->relation);
        relation_change   *one = &v->v[v->n++];
        *one = (relation_change){ .name = c->relation, .opened = c->opened, .closed = c->closed,
                                  .href = link_to(q, "/trail/%lld?relation=" STR_FMT, (long long)lf->seq, STR_ARG(c->relation)) };
        one->hidden = r && r->record && !record_reads_all(&q->who, r);
        one->shown = r && !one->hidden && (only.n ? str_eq(only, c->relation) : i < RELATIONS_SHOWN);
        if (one->shown)
            TRY(rows_fill(q, r, c, lf->seq, one));
    }
    str *erased = NEW_ARRAY(q->a, str, lf->n_erased);
    for (size_t i = 0; i < lf->n_erased; i++)
        erased[i] = str_fmt(q->a, STR_FMT ", version %lld", STR_ARG(lf->erased[i].relation), (long long)lf->erased[i].id);
    v->erased = erased;
    v->n_erased = lf->n_erased;
    return ERR_OK;
}

static err_t commit_asked(ask *q, row_table *ret, leaf *ret_leaf)
{
    int64_t seq;
    fault   why = { 0 };
    if (!parse_int(q->params[0], 0, INT64_MAX, &seq))
        return fail(&q->f, ERR_NOT_FOUND, "a commit is named by its number");
    const sql_hole hole = { "seq", hole_int(q->a, seq) };
    TRY(rows_of(q, "sql/web/trail_commit.sql", &hole, 1, ret));
    if (!ret->n_rows || (q->as_of && cell_time(table_cell(ret, 0, L_AT)) > q->as_of))
        return fail(&q->f, ERR_NOT_FOUND, "there is no commit %lld%s", (long long)seq, q->as_of ? " by then" : "");
    if (leaf_parse(q->a, table_cell(ret, 0, L_LEAF), &why, ret_leaf) != ERR_OK)
        return fail(&q->f, ERR_CORRUPT, "the entry of commit %lld is not what was written: %s; run: attest verify", (long long)seq, why.text);
    return ERR_OK;
}

static err_t get_commit(ask *q)
{
    row_table t = { 0 };
    leaf      lf = { 0 };
    TRY(commit_asked(q, &t, &lf));
    commit_view v = { .q = q, .seq = lf.seq, .when = cell_when(q, table_cell(&t, 0, L_AT)), .ago = cell_ago(q, table_cell(&t, 0, L_AT)),
                      .actor = table_cell(&t, 0, L_ACTOR), .action = table_cell(&t, 0, L_ACTION), .reason = table_cell(&t, 0, L_REASON), .leaf = table_cell(&t, 0, L_LEAF) };
    int64_t head;
    if (str_contains(v.actor, S(" as ")) || str_starts(v.actor, S("web:")))     /* else a sign-in of the machine, which need be nobody */
        v.actor_link = person_link(q, actor_person(v.actor));
    v.proof_link = str_fmt(q->a, "/ledger/proof?commit=%lld", (long long)lf.seq);
    TRY(app_head(q->ws, &q->f, &head));
    if (lf.seq > 0)
        v.before = link_to(q, "/trail/%lld", (long long)lf.seq - 1);
    if (lf.seq + 1 < head && !q->as_of)
        v.after = link_to(q, "/trail/%lld", (long long)lf.seq + 1);
    TRY(relations_fill(q, &lf, &v));
    crumb above[] = { { link_to(q, "/trail"), S("Audit trail") } };
    page_open(q, &(page){ .title = str_fmt(q->a, "Commit %lld", (long long)lf.seq), .place = "/trail", .crumbs = above, .n_crumbs = COUNT(above), .no_as_of = true });
    tpl_trail_commit(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/trail/{seq}", PERMIT_READER, 0, ROUTE_CACHED | ROUTE_SLOW, 0, get_commit, "One commit with every change of a field" },
};
ROUTE_TABLE(trail_commit_routes);
