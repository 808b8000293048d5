/* person sync: who joins, moves and leaves, and whether headcount comes out. */
#include "cli/record.h"

enum { ANSWER_MAX = 64 << 20, LINES_SHOWN = 60 };

static err_t mappings(cli *c, field_mapping **ret, size_t *ret_n)
{
    texts given = option_list(c, "map");
    *ret = NEW_ARRAY(c->a, field_mapping, given.n + 1);
    *ret_n = given.n;
    for (size_t i = 0; i < given.n; i++) {
        str column = given.v[i], name = str_cut(&column, '=');
        if (!column.p || !name.n || !str_trim(column).n)
            return fail(&c->f, ERR_USAGE, "--map reads FIELD=COLUMN; \"" STR_FMT "\" does not", STR_ARG(utf8_cut(given.v[i], 60)));
        (*ret)[i] = (field_mapping){ str_trim(name), str_trim(column) };
    }
    return ERR_OK;
}

static err_t options_given(cli *c, sync_options *ret)
{
    const char    *leavers = option_value(c, "leavers");
    field_mapping *maps;
    *ret = (sync_options){ .force = option_set(c, "force"), .dry_run = option_set(c, "dry-run"),
                           .format = str_of(option_value(c, "format")), .reason = str_of(option_value(c, "reason")) };
    ret->report_leavers = leavers && strcmp(leavers, "report") == 0;
    if (leavers && !ret->report_leavers && strcmp(leavers, "mark") != 0)
        return fail(&c->f, ERR_USAGE, "--leavers is mark or report");
    TRY(mappings(c, &maps, &ret->n_maps));
    ret->maps = maps;
    return ERR_OK;
}

static void put_lines(cli *c, const sync_report *r, buf *out)
{
    size_t shown = 0;
    for (int k = 0; k < SYNC_KIND_COUNT; k++)
        for (size_t i = 0; i < r->lines.n; i++) {
            const sync_line *l = &r->lines.v[i];
            if (l->kind != (sync_kind)k || shown++ >= LINES_SHOWN)
                continue;
            put_cell(out, str_of(sync_name(l->kind)), 20);
            put_wrapped(out, str_fmt(c->a, STR_FMT "%s" STR_FMT, STR_ARG(l->id), l->why.n ? ": " : "", STR_ARG(l->why)), 20, c->style.width);
        }
    if (shown > LINES_SHOWN)
        buf_fmt(out, "and %zu more; --json tells them\n", shown - LINES_SHOWN);
}

static void put_report(cli *c, const sync_report *r, bool dry, buf *out)
{
    put_lines(c, r, out);
    if (r->file.ignored.n) {
        buf_putz(out, "passed over         ");
        for (size_t i = 0; i < r->file.ignored.n; i++) {
            buf_putz(out, i ? ", " : "");
            put_plain(out, r->file.ignored.v[i]);
        }
        buf_putc(out, '\n');
    }
    if (r->former)
        buf_fmt(out, "left long ago       %lld, never known here\n", (long long)r->former);
    buf_fmt(out, "headcount           opening %lld + joiners %lld - leavers %lld = closing %lld\n", (long long)r->opening, (long long)r->joiners,
            (long long)r->leavers, (long long)r->closing);
    buf_fmt(out, "%-20sthe file counts %lld", "", (long long)r->in_file);
    if (r->missing)
        buf_fmt(out, ", and %lld who work here %s not in it", (long long)r->missing, r->missing == 1 ? "is" : "are");
    buf_putc(out, '\n');
    if (dry)
        buf_putz(out, "Nothing was kept: it was a dry run.\n");
    else if (r->file.done.seq < 0)
        buf_putz(out, "Nothing changed: it is so already.\n");
}

static void report_json(cli *c, const sync_report *r, bool dry, buf *out)
{
    json_writer w = { .b = out };
    jw_obj(&w);
    jw_kbool(&w, "dry_run", dry);
    jw_report(c, ERR_OK, &r->file, &w);
    jw_kint(&w, "opening", r->opening);
    jw_kint(&w, "joiners", r->joiners);
    jw_kint(&w, "leavers", r->leavers);
    jw_kint(&w, "closing", r->closing);
    jw_kint(&w, "in_file", r->in_file);
    jw_kint(&w, "missing", r->missing);
    jw_kint(&w, "former", r->former);
    jw_key(&w, "people");
    jw_arr(&w);
    for (size_t i = 0; i < r->lines.n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "id", r->lines.v[i].id);
        jw_kstr(&w, "what", str_of(sync_name(r->lines.v[i].kind)));
        jw_kstr(&w, "why", r->lines.v[i].why);
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    buf_putc(out, '\n');
}

int cmd_person_sync(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    sync_options       o;
    sync_report       *r = NEW(c->a, sync_report);
    buf                out = buf_new(c->a, ANSWER_MAX);
    err_t              e = options_given(c, &o);
    if (e == ERR_OK)
        e = record_open(c, OPEN_WRITE, &ws, &who);
    if (e == ERR_OK)
        e = app_sync(ws, c->a, &who, str_z(c->a, c->args[0]), &o, &c->f, r);
    if (e != ERR_OK)
        return import_fail(c, e, &r->file);
    if (c->json)
        report_json(c, r, o.dry_run, &out);
    else
        put_report(c, r, o.dry_run, &out);
    if (c->json || !c->quiet)
        cli_print(buf_str(&out));
    return 0;
}
