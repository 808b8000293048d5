/* sql and relations. */
#include "cli/command.h"

enum { CELL_MAX = 60, TABLE_ROWS_MAX = 100000, TABLE_BYTES_MAX = 256 << 20 };

typedef DA(str) cells;

/* Times are microseconds in the store; people read dates. A column counts as a
 * time when some relation has a time of that name. */
static bool is_time(str name)
{
    if (str_eq(name, S("at")) || str_eq(name, S("valid_from")) || str_eq(name, S("valid_to")))
        return true;
    for (size_t i = 0; i < n_relations; i++) {
        int k = relation_field(relations[i], name);
        if (k >= 0 && relations[i]->fields[k].kind == F_TIME)
            return true;
    }
    return false;
}

static str cell_of(cli *c, const cursor *cur, int column)
{
    if (cursor_null(cur, column))
        return S("");
    if (!cursor_is_text(cur, column) && is_time(cursor_name(cur, column)))
        return cursor_int(cur, column) == TIME_MAX ? S("now") : time_rfc3339(c->a, cursor_int(cur, column));
    return str_dup(c->a, cursor_text(cur, column));
}

static void table_out(cli *c, const cursor *cur, const cells *all, buf *out)
{
    size_t columns = (size_t)cursor_columns(cur), rows = all->n / columns;
    int   *width = NEW_ARRAY(c->a, int, columns);
    for (size_t i = 0; i < all->n; i++) {
        size_t n = text_columns(all->v[i]);
        int   *w = &width[i % columns];
        if ((int)n > *w)
            *w = n > CELL_MAX ? CELL_MAX : (int)n;
    }
    for (size_t r = 0; r < rows; r++)
        for (size_t k = 0; k < columns; k++) {
            str  s = all->v[r * columns + k];
            bool last = k + 1 == columns;
            if (last)
                put_plain(out, s);
            else {
                put_cell(out, s, width[k]);
                buf_putz(out, "  ");
            }
            if (last)
                buf_putc(out, '\n');
        }
    buf_fmt(out, "(%zu row%s)\n", rows - 1, rows == 2 ? "" : "s");
}

static err_t table(cli *c, cursor *cur, buf *out)
{
    cells all = { 0 };
    bool  more;
    int   columns = cursor_columns(cur);
    for (int k = 0; k < columns; k++)
        da_push(c->a, &all) = str_dup(c->a, cursor_name(cur, k));
    for (;;) {
        TRY(cursor_next(cur, &c->f, &more));
        if (!more)
            break;
        if (all.n / (size_t)columns > TABLE_ROWS_MAX)
            return fail(&c->f, ERR_LIMIT, "more than %d rows; add LIMIT, or use --format csv", TABLE_ROWS_MAX);
        for (int k = 0; k < columns; k++)
            da_push(c->a, &all) = cell_of(c, cur, k);
    }
    table_out(c, cur, &all, out);
    return ERR_OK;
}

static void flush(buf *out)
{
    cli_print(buf_str(out));
    buf_clear(out);
}

static err_t csv(cli *c, cursor *cur, buf *out)
{
    bool more;
    for (int k = 0; k < cursor_columns(cur); k++)
        buf_fmt(out, "%s" STR_FMT, k ? "," : "", STR_ARG(cursor_name(cur, k)));
    buf_putz(out, "\r\n");
    for (;;) {
        TRY(cursor_next(cur, &c->f, &more));
        if (!more)
            return ERR_OK;
        for (int k = 0; k < cursor_columns(cur); k++) {
            buf_putz(out, k ? ",\"" : "\"");
            str s = cursor_null(cur, k) ? S("") : cursor_text(cur, k);
            if (cursor_is_text(cur, k) && s.n && memchr("=+-@\t\r", s.p[0], 6))
                buf_putc(out, '\'');             /* a spreadsheet must not run it */
            for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '"')
                    buf_putc(out, '"');
                buf_putc(out, s.p[i]);
            }
            buf_putc(out, '"');
        }
        buf_putz(out, "\r\n");
        if (out->n > (1 << 20))
            flush(out);
    }
}

static err_t ndjson(cli *c, cursor *cur, buf *out)
{
    bool more;
    for (;;) {
        TRY(cursor_next(cur, &c->f, &more));
        if (!more)
            return ERR_OK;
        json_writer w = { .b = out };
        jw_obj(&w);
        for (int k = 0; k < cursor_columns(cur); k++) {
            jw_key(&w, str_z(c->a, cursor_name(cur, k)));
            if (cursor_null(cur, k))
                jw_null(&w);
            else if (cursor_is_text(cur, k))
                jw_str(&w, cursor_text(cur, k));
            else
                jw_int(&w, cursor_int(cur, k));
        }
        jw_end_obj(&w);
        buf_putc(out, '\n');
        if (out->n > (1 << 20))
            flush(out);
    }
}

err_t note_before(cli *c, workspace *ws, time_us as_of)
{
    time_us first;
    if (!as_of)
        return ERR_OK;
    TRY(app_first_collection(ws, &c->f, &first));
    if (!first)
        cli_note(c, "Nothing has been collected yet. Next: attest collect");
    else if (first > as_of)
        cli_note(c, "Nothing had been collected by then. The first collection ended at " STR_FMT ".",
                 STR_ARG(time_rfc3339(c->a, first)));
    return ERR_OK;
}

static err_t sql(cli *c)
{
    static const struct { const char *name; err_t (*write)(cli *c, cursor *cur, buf *out); } formats[] = {
        { "table", table }, { "csv", csv }, { "json", ndjson },
    };
    auto_ws workspace   *ws = NULL;
    auto_sql sql_result *r = NULL;
    const char          *format = option_value(c, "format");
    time_us              as_of;
    buf                  out = buf_new(c->a, TABLE_BYTES_MAX);
    if (!format)
        format = c->json ? "json" : "table";
    TRY(option_time(c, "as-of", &as_of));
    for (size_t i = 0; i < COUNT(formats); i++) {
        if (strcmp(formats[i].name, format) != 0)
            continue;
        TRY(cli_open(c, OPEN_READ, &ws));
        TRY(app_sql(ws, c->args[0], as_of, &c->f, &r));
        TRY(formats[i].write(c, sql_rows(r), &out));
        flush(&out);
        return note_before(c, ws, as_of);
    }
    return fail(&c->f, ERR_USAGE, "there is no format \"%s\"; it is table, csv or json", format);
}

int cmd_sql(cli *c)
{
    err_t e = sql(c);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}

/* ---- relations ------------------------------------------------------------------------ */

static const char *const kinds[] = { "text", "integer", "boolean", "time" };

static void show_relation(cli *c, const relation *r, buf *out)
{
    buf_fmt(out, "%s\n  ", r->name);
    put_wrapped(out, str_of(r->doc), 2, c->style.width);
    buf_putc(out, '\n');
    for (size_t i = 0; i < r->n_fields; i++) {
        const field *fd = &r->fields[i];
        buf          doc = buf_new(c->a, 64 << 10);
        put_cell(out, str_of(fd->name), 24);
        put_cell(out, str_of(kinds[fd->kind]), 9);
        put_cell(out, str_of(fd->flags & FIELD_KEY ? "key" : ""), 5);
        buf_putz(&doc, fd->doc);
        if (fd->unit)
            buf_fmt(&doc, " In %s.", fd->unit);
        for (size_t k = 0; fd->choices && fd->choices[k]; k++)
            buf_fmt(&doc, "%s%s", k ? ", " : " One of: ", fd->choices[k]);
        put_wrapped(out, buf_str(&doc), 38, c->style.width);
    }
}

static void field_json(const field *fd, json_writer *w)
{
    jw_obj(w);
    jw_kstr(w, "field", str_of(fd->name));
    jw_kstr(w, "kind", str_of(kinds[fd->kind]));
    jw_kbool(w, "key", (fd->flags & FIELD_KEY) != 0);
    jw_kstr(w, "doc", str_of(fd->doc));
    if (fd->unit)
        jw_kstr(w, "unit", str_of(fd->unit));
    if (fd->choices) {
        jw_key(w, "choices");
        jw_arr(w);
        for (size_t k = 0; fd->choices[k]; k++)
            jw_str(w, str_of(fd->choices[k]));
        jw_end_arr(w);
    }
    jw_end_obj(w);
}

static void relation_json(const relation *r, json_writer *w)
{
    jw_obj(w);
    jw_kstr(w, "relation", str_of(r->name));
    jw_kstr(w, "doc", str_of(r->doc));
    jw_key(w, "fields");
    jw_arr(w);
    for (size_t i = 0; i < r->n_fields; i++)
        field_json(&r->fields[i], w);
    jw_end_arr(w);
    jw_end_obj(w);
}

static void relations_json(const relation *only, buf *out)
{
    json_writer w = { .b = out };
    if (!only)
        jw_arr(&w);
    for (size_t i = 0; i < n_relations; i++)
        if (!only || only == relations[i])
            relation_json(relations[i], &w);
    if (!only)
        jw_end_arr(&w);
    buf_putc(out, '\n');
}

int cmd_relations(cli *c)
{
    buf             out = buf_new(c->a, 1 << 20);
    const relation *r = c->n_args ? relation_find(c->args[0]) : NULL;
    if (c->n_args && !r)
        return cli_fail(c, fail(&c->f, ERR_NOT_FOUND, "there is no relation \"" STR_FMT "\"; see: attest relations",
                                STR_ARG(c->args[0])));
    if (c->json) {
        relations_json(r, &out);
    } else if (r) {
        show_relation(c, r, &out);
    } else {
        for (size_t i = 0; i < n_relations; i++) {
            put_cell(&out, str_of(relations[i]->name), 24);
            put_wrapped(&out, str_of(relations[i]->doc), 24, c->style.width);
        }
    }
    cli_print(buf_str(&out));
    return 0;
}
