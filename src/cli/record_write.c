/* Records: add, edit, update, do, comment, link, unlink. */
#include "cli/record.h"

#include <unistd.h>

static str reason_given(const cli *c) { return str_of(option_value(c, "reason")); }

static err_t expected_given(cli *c, int64_t *ret)
{
    const char *text = option_value(c, "expect");
    *ret = 0;
    if (text && !parse_int(str_of(text), 1, INT64_MAX, ret))
        return fail(&c->f, ERR_USAGE, "--expect is the number of a version, as show tells it");
    return ERR_OK;
}


int record_added(cli *c, str id, const record_done *done)
{
    if (c->json)
        return record_told(c, "Added", &id, 1, done);
    cli_print(str_fmt(c->a, STR_FMT "\n", STR_ARG(id)));
    return 0;
}

int cmd_record_add(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    record_words       w = { 0 };
    record_done        done = { 0 };
    err_t              e = record_arguments(c, 0, &w);
    if (e == ERR_OK && w.n_words > 1)
        e = fail(&c->f, ERR_USAGE, "\"" STR_FMT "\" is neither FIELD=VALUE nor the one id", STR_ARG(utf8_cut(w.words[1], 60)));
    if (e == ERR_OK)
        e = record_open(c, OPEN_WRITE, &ws, &who);
    if (e == ERR_OK)
        e = app_add(ws, c->a, &who, c->type, w.n_words ? w.words[0] : S(""), w.set, w.n_set, reason_given(c), &c->f, &done);
    return e == ERR_OK ? record_added(c, done.id, &done) : record_fail(c, e, &done);
}

int cmd_record_edit(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    record_words       w = { 0 };
    record_done        done = { 0 };
    int64_t            expected;
    err_t              e = expected_given(c, &expected);
    if (e == ERR_OK)
        e = record_arguments(c, 1, &w);
    if (e == ERR_OK && w.n_words)
        e = fail(&c->f, ERR_USAGE, "\"" STR_FMT "\" is no FIELD=VALUE", STR_ARG(utf8_cut(w.words[0], 60)));
    if (e == ERR_OK && !w.n_set) {
        if (isatty(STDIN_FILENO) == 1)
            return record_edit_file(c);
        e = fail(&c->f, ERR_USAGE, "say what to change: attest %s edit " STR_FMT " FIELD=VALUE; on a terminal an editor opens without",
                 c->type->name, STR_ARG(c->args[0]));
    }
    if (e == ERR_OK)
        e = record_open(c, OPEN_WRITE, &ws, &who);
    if (e == ERR_OK)
        e = app_edit(ws, c->a, &who, c->type, c->args, 1, expected, w.set, w.n_set, reason_given(c), &c->f, &done);
    return e == ERR_OK ? record_told(c, "Changed", c->args, 1, &done) : record_fail(c, e, &done);
}

/* ---- update: many by a filter -------------------------------------------------------------- */

static err_t matching(cli *c, workspace *ws, const principal *who, str **ret, size_t *ret_n)
{
    texts          where = option_list(c, "where");
    record_filter *filters = NEW_ARRAY(c->a, record_filter, where.n + 1);
    record_list    found;
    if (!where.n)
        return fail(&c->f, ERR_USAGE, "say which: --where FIELD=VALUE; for one record use edit");
    for (size_t i = 0; i < where.n; i++)
        TRY(filter_parse(c->a, c->type, where.v[i], &c->f, &filters[i]));
    TRY(app_find(ws, c->a, who, &(record_query){ .r = c->type, .filters = filters, .n_filters = where.n, .limit = INT64_MAX }, 0, &c->f, &found));
    *ret = NEW_ARRAY(c->a, str, found.n + 1);
    for (size_t i = 0; i < found.n; i++)
        (*ret)[i] = found.rows[i][0].s;
    *ret_n = found.n;
    return found.n ? ERR_OK : fail(&c->f, ERR_NOT_FOUND, "no %s fits", c->type->name);
}

static int told_dry(cli *c, const str *ids, size_t n, const record_done *done)
{
    record_done none = *done;
    none.seq = -1;
    if (c->json)
        return record_told(c, "", ids, n, &none);
    for (size_t i = 0; i < n; i++)
        cli_print(str_fmt(c->a, STR_FMT "\n", STR_ARG(ids[i])));
    cli_note(c, "%zu of %s would be changed; nothing was.", n, c->type->name);
    return 0;
}

int cmd_record_update(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    record_words       w = { 0 };
    record_done        done = { 0 };
    str               *ids = NULL;
    size_t             n = 0;
    bool               dry = option_set(c, "dry-run");
    err_t              e = record_arguments(c, 0, &w);
    if (e == ERR_OK && (w.n_words || !w.n_set))
        e = fail(&c->f, ERR_USAGE, "it reads: attest %s update --where FILTER FIELD=VALUE", c->type->name);
    if (e == ERR_OK)
        e = record_open(c, OPEN_WRITE, &ws, &who);
    if (e == ERR_OK)
        e = matching(c, ws, &who, &ids, &n);
    if (e == ERR_OK)
        e = (dry ? app_edit_dry : app_edit)(ws, c->a, &who, c->type, ids, n, 0, w.set, w.n_set, reason_given(c), &c->f, &done);
    if (e != ERR_OK)
        return record_fail(c, e, &done);
    return dry ? told_dry(c, ids, n, &done) : record_told(c, "Changed", ids, n, &done);
}

/* ---- do -------------------------------------------------------------------------------------- */

int cmd_record_do(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    record_words       w = { 0 };
    record_done        done = { 0 };
    int64_t            expected;
    err_t              e = expected_given(c, &expected);
    if (e == ERR_OK)
        e = record_arguments(c, 1, &w);
    if (e == ERR_OK && !w.n_words)
        e = fail(&c->f, ERR_USAGE, "say which: attest %s do " STR_FMT " ID", c->type->name, STR_ARG(c->args[0]));
    if (e == ERR_OK)
        e = record_open(c, OPEN_WRITE, &ws, &who);
    if (e == ERR_OK)
        e = app_do(ws, c->a, &who, c->type, w.words, w.n_words, expected, c->args[0], w.set, w.n_set, reason_given(c), &c->f, &done);
    const char *what = str_fmt(c->a, "Done (" STR_FMT "):", STR_ARG(c->args[0])).p;
    return e == ERR_OK ? record_told(c, what, w.words, w.n_words, &done) : record_fail(c, e, &done);
}

/* ---- comment, link --------------------------------------------------------------------------- */

static int add_about(cli *c, const char *type, const assignment *set, size_t n)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    record_done        done = { 0 };
    const relation    *r = relation_find(str_of(type));
    err_t              e = record_open(c, OPEN_WRITE, &ws, &who);
    if (e == ERR_OK)
        e = app_add(ws, c->a, &who, r, S(""), set, n, reason_given(c), &c->f, &done);
    if (e != ERR_OK)
        return record_fail(c, e, &done);
    c->type = r;
    return record_added(c, done.id, &done);
}

static str subject(cli *c) { return str_fmt(c->a, "%s/" STR_FMT, c->type->name, STR_ARG(c->args[0])); }

int cmd_record_comment(cli *c)
{
    const assignment set[] = { { S("subject"), subject(c) }, { S("body"), c->args[1] } };
    return add_about(c, "comment", set, COUNT(set));
}

int cmd_record_link(cli *c)
{
    const assignment set[] = { { S("subject"), subject(c) }, { S("meaning"), c->args[1] }, { S("object"), c->args[2] } };
    return add_about(c, "link", set, COUNT(set));
}

int cmd_record_unlink(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    record_done        done = { 0 };
    const relation    *r = relation_find(S("link"));
    record_view        link;
    related           *about;
    size_t             n;
    err_t              e = record_open(c, OPEN_WRITE, &ws, &who);
    if (e == ERR_OK)
        e = app_get(ws, c->a, &who, r, c->args[0], 0, &c->f, &link, &about, &n);
    str prefix = str_fmt(c->a, "%s/", c->type->name);
    if (e == ERR_OK && !str_starts(row_text(r, link.row, "subject"), prefix) && !str_starts(row_text(r, link.row, "object"), prefix))
        e = fail(&c->f, ERR_INVALID, STR_FMT " is no link of a %s", STR_ARG(c->args[0]), c->type->name);
    if (e == ERR_OK)
        e = app_do(ws, c->a, &who, r, c->args, 1, 0, S("remove"), NULL, 0, reason_given(c), &c->f, &done);
    if (e != ERR_OK)
        return record_fail(c, e, &done);
    c->type = r;
    return record_told(c, "Removed", c->args, 1, &done);
}
