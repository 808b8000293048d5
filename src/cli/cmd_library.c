/* library and population: texts for people, and the rows an auditor samples from. */
#include "cli/command.h"
#include "csv/csv.h"

enum { TABLE_BYTES_MAX = 256 << 20, CELL_MAX = 48 };

/* ---- library ----------------------------------------------------------------------------- */

static void list_out(cli *c, const library_entry *list, size_t n, buf *out)
{
    json_writer w = { .b = out };
    if (c->json)
        jw_arr(&w);
    for (size_t i = 0; i < n; i++) {
        str path = str_fmt(c->a, "%s/" STR_FMT, list[i].kind, STR_ARG(list[i].id));
        if (c->json) {
            jw_obj(&w);
            jw_kstr(&w, "text", path);
            jw_kstr(&w, "title", list[i].title);
            jw_end_obj(&w);
        } else {
            put_cell(out, path, 44);
            buf_putc(out, ' ');
            put_wrapped(out, list[i].title, 45, c->style.width);
        }
    }
    if (c->json) {
        jw_end_arr(&w);
        buf_putc(out, '\n');
    }
}

static err_t library_list(cli *c, workspace *ws, buf *out)
{
    const library *l;
    library_entry *list;
    str            kind = c->n_args > 1 ? c->args[1] : S("");
    TRY(app_library(ws, &c->f, &l));
    size_t n = library_entries(c->a, l, kind, &list);
    if (n == 0)
        return fail(&c->f, ERR_NOT_FOUND, "there are no texts \"" STR_FMT "\"; there are policies, playbooks, courses, risks, "
                    "questionnaires, checklists, requests and populations", STR_ARG(kind));
    list_out(c, list, n, out);
    return ERR_OK;
}

static err_t library_show(cli *c, workspace *ws, buf *out)
{
    str page;
    if (c->n_args < 2)
        return fail(&c->f, ERR_USAGE, "say which text, as policies/access-control; see: attest library list");
    TRY(app_library_page(ws, c->a, c->args[1], &c->f, &page));
    if (c->json) {
        json_writer w = { .b = out };
        jw_obj(&w);
        jw_kstr(&w, "text", c->args[1]);
        jw_kstr(&w, "markdown", page);
        jw_end_obj(&w);
        buf_putc(out, '\n');
        return ERR_OK;
    }
    for (str rest = page, line; str_line(&rest, &line);) {
        put_plain(out, line);
        buf_putc(out, '\n');
    }
    return ERR_OK;
}

static err_t one_of(cli *c, err_t (*list)(cli *c, workspace *ws, buf *out), err_t (*show)(cli *c, workspace *ws, buf *out))
{
    auto_ws workspace *ws = NULL;
    buf                out = buf_new(c->a, TABLE_BYTES_MAX);
    bool               lists = str_eq(c->args[0], S("list"));
    if (!lists && !str_eq(c->args[0], S("show")))
        return fail(&c->f, ERR_USAGE, "it reads: attest %s %s", c->cmd->name, c->cmd->arguments);
    TRY(cli_open(c, OPEN_READ, &ws));
    TRY((lists ? list : show)(c, ws, &out));
    if (out.overflow)
        return fail(&c->f, ERR_TOO_LARGE, "the answer is larger than %d MiB; choose a shorter period", TABLE_BYTES_MAX >> 20);
    cli_print(buf_str(&out));
    return ERR_OK;
}

int cmd_library(cli *c)
{
    err_t e = one_of(c, library_list, library_show);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}

/* ---- population ------------------------------------------------------------------------------ */

static str cell_of(cli *c, const population_view *v, size_t column, const value *cell)
{
    if (cell->kind == V_NULL)
        return S("");
    if (cell->kind == V_TEXT)
        return cell->s;
    if (v->columns[column].kind == F_TIME)
        return time_rfc3339(c->a, cell->i);
    if (v->columns[column].kind == F_BOOL)
        return cell->i ? S("yes") : S("no");
    return str_fmt(c->a, "%lld", (long long)cell->i);
}

static void row_out(const str *cells, const int *width, size_t n, buf *out)
{
    for (size_t i = 0; i + 1 < n; i++) {
        put_cell(out, cells[i], width[i]);
        buf_putz(out, "  ");
    }
    put_plain(out, cells[n - 1]);
    buf_putc(out, '\n');
}

static void rows_out(cli *c, const population_view *v, buf *out)
{
    const size_t n = v->n_columns;
    int         *width = NEW_ARRAY(c->a, int, n);
    str         *cells = NEW_ARRAY(c->a, str, n * (v->n_rows + 1));
    for (size_t i = 0; i < n; i++)
        cells[i] = v->columns[i].name;
    for (size_t i = 0; i < n * v->n_rows; i++)
        cells[n + i] = cell_of(c, v, i % n, &v->rows[i / n][i % n]);
    for (size_t i = 0; i < n * (v->n_rows + 1); i++) {
        int w = (int)text_columns(cells[i]);
        if (w > width[i % n])
            width[i % n] = w > CELL_MAX ? CELL_MAX : w;
    }
    for (size_t i = 0; i <= v->n_rows; i++)
        row_out(cells + i * n, width, n, out);
}

static const char *ok_word(int ok) { return ok == 1 ? "yes" : ok == 0 ? "NO" : "unknown"; }

static void checks_out(cli *c, const population_view *v, buf *out)
{
    buf_putz(out, "\nRead from:\n");
    for (size_t i = 0; i < v->checks.n_needs; i++) {
        const need_state *n = &v->checks.needs[i];
        str line = n->why;
        buf_fmt(out, "  %-7s ", n->fresh ? "fresh" : "STALE");
        if (n->fresh)
            line = n->seen_at ? str_fmt(c->a, STR_FMT ", from " STR_FMT " at " STR_FMT, STR_ARG(n->relation), STR_ARG(n->source),
                                        STR_ARG(time_rfc3339(c->a, n->seen_at)))
                              : str_fmt(c->a, STR_FMT ": none is kept", STR_ARG(n->relation));
        put_wrapped(out, line, 10, c->style.width);
    }
    buf_putz(out, "\nIs it complete?\n");
    for (size_t i = 0; i < v->checks.n_items; i++) {
        const test_item *it = &v->checks.items[i];
        buf_fmt(out, "  %-7s ", ok_word(it->ok));
        put_wrapped(out, it->item, 10, c->style.width);
        if (it->ok == 1)
            continue;
        buf_fmt(out, "%10s", "");
        put_wrapped(out, str_fmt(c->a, STR_FMT "; expected: " STR_FMT, STR_ARG(it->observed), STR_ARG(it->expected)), 10, c->style.width);
    }
    buf_putz(out, v->complete ? "\nEvery check holds.\n" : "\nIt is not shown to be complete.\n");
    if (v->checks.state == STATE_ERROR)
        put_wrapped(out, v->checks.reason, 0, c->style.width);
}

static void table(cli *c, const population_view *v, buf *out)
{
    buf_fmt(out, STR_FMT "\n", STR_ARG(v->population->title));
    buf_fmt(out, "%s to %s, %s %s\n", time_rfc3339(c->a, v->from).p, time_rfc3339(c->a, v->to).p,
            v->population->at_end ? "as it stood at" : "as known at", time_rfc3339(c->a, v->as_of).p);
    put_wrapped(out, v->population->made_of, 0, c->style.width);
    buf_putc(out, '\n');
    rows_out(c, v, out);
    buf_fmt(out, "(%zu row%s)\n", v->n_rows, v->n_rows == 1 ? "" : "s");
    checks_out(c, v, out);
}

static void csv(cli *c, const population_view *v, buf *out)
{
    for (size_t i = 0; i < v->n_columns; i++)
        csv_put(out, i == 0, v->columns[i].name, false);
    csv_end(out);
    for (size_t r = 0; r < v->n_rows; r++) {
        for (size_t i = 0; i < v->n_columns; i++) {
            const value *cell = &v->rows[r][i];
            csv_put(out, i == 0, cell_of(c, v, i, cell), cell->kind != V_TEXT);
        }
        csv_end(out);
    }
}

static void cell_json(cli *c, const population_view *v, size_t column, const value *cell, json_writer *w)
{
    if (cell->kind == V_NULL)
        jw_null(w);
    else if (cell->kind == V_INT && v->columns[column].kind == F_BOOL)
        jw_bool(w, cell->i != 0);
    else if (cell->kind == V_INT && v->columns[column].kind == F_INT)
        jw_int(w, cell->i);
    else
        jw_str(w, cell_of(c, v, column, cell));
}

static void checks_json(cli *c, const population_view *v, json_writer *w)
{
    jw_key(w, "needs");
    jw_arr(w);
    for (size_t i = 0; i < v->checks.n_needs; i++) {
        const need_state *n = &v->checks.needs[i];
        jw_obj(w);
        jw_kstr(w, "relation", n->relation);
        jw_kstr(w, "source", n->source);
        jw_kbool(w, "fresh", n->fresh);
        if (n->seen_at)
            jw_kstr(w, "seen_at", time_rfc3339(c->a, n->seen_at));
        if (n->why.n)
            jw_kstr(w, "why", n->why);
        jw_end_obj(w);
    }
    jw_end_arr(w);
    jw_kbool(w, "complete", v->complete);
    jw_key(w, "checks");
    jw_arr(w);
    for (size_t i = 0; i < v->checks.n_items; i++) {
        const test_item *it = &v->checks.items[i];
        jw_obj(w);
        jw_kstr(w, "check", it->item);
        jw_key(w, "ok");
        if (it->ok < 0)
            jw_null(w);
        else
            jw_bool(w, it->ok == 1);
        jw_kstr(w, "observed", it->observed);
        jw_kstr(w, "expected", it->expected);
        jw_end_obj(w);
    }
    jw_end_arr(w);
}

static void json(cli *c, const population_view *v, buf *out)
{
    json_writer w = { .b = out };
    jw_obj(&w);
    jw_kstr(&w, "population", v->population->id);
    jw_kstr(&w, "title", v->population->title);
    jw_kstr(&w, "from", time_rfc3339(c->a, v->from));
    jw_kstr(&w, "to", time_rfc3339(c->a, v->to));
    jw_kstr(&w, "as_of", time_rfc3339(c->a, v->as_of));
    jw_kint(&w, "count", (int64_t)v->n_rows);
    jw_key(&w, "rows");
    jw_arr(&w);
    for (size_t r = 0; r < v->n_rows; r++) {
        jw_obj(&w);
        for (size_t i = 0; i < v->n_columns; i++) {
            jw_key(&w, str_z(c->a, v->columns[i].name));
            cell_json(c, v, i, &v->rows[r][i], &w);
        }
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    checks_json(c, v, &w);
    jw_end_obj(&w);
    buf_putc(out, '\n');
}

static const struct { const char *name; void (*write)(cli *c, const population_view *v, buf *out); } formats[] = {
    { "table", table }, { "csv", csv }, { "json", json },
};

static err_t population_list(cli *c, workspace *ws, buf *out)
{
    const library *l;
    library_entry *list;
    TRY(app_library(ws, &c->f, &l));
    size_t n = library_entries(c->a, l, S("populations"), &list);
    list_out(c, list, n, out);
    return ERR_OK;
}

static err_t population_show(cli *c, workspace *ws, buf *out)
{
    const char     *format = option_value(c, "format");
    time_us         from, to;
    population_view v;
    if (c->n_args < 2)
        return fail(&c->f, ERR_USAGE, "say which population; see: attest population list");
    if (!format)
        format = c->json ? "json" : "table";
    TRY(option_time(c, "from", &from));
    TRY(option_time(c, "to", &to));
    for (size_t i = 0; i < COUNT(formats); i++) {
        if (strcmp(formats[i].name, format) != 0)
            continue;
        const principal keeper = { .role = ROLE_OWNER };         /* who may read the workspace's files */
        TRY(app_population(ws, c->a, &keeper, c->args[1], from, to, 0, &c->f, &v));
        formats[i].write(c, &v, out);
        c->failing = !v.complete;
        if (!v.complete && i > 0)
            cli_note(c, "It is not shown to be complete; see the checks: attest population show " STR_FMT, STR_ARG(v.population->id));
        return ERR_OK;
    }
    return fail(&c->f, ERR_USAGE, "there is no format \"%s\"; it is table, csv or json", format);
}

int cmd_population(cli *c)
{
    err_t e = one_of(c, population_list, population_show);
    if (e != ERR_OK)
        return cli_fail(c, e);
    return c->failing ? 1 : 0;
}
