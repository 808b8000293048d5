/* init, source, collect. */
#include "cli/command.h"

#include <sys/stat.h>
#include <unistd.h>

static bool exists(arena *a, const char *dir, const char *name)
{
    struct stat st;
    return stat(str_fmt(a, "%s/%s", dir, name).p, &st) == 0;
}

/* A new workspace looks at this host, and at the repository it stands in. */
static err_t first_sources(cli *c, const char *dir, const char *parent, bool *ret_git)
{
    auto_ws workspace *ws = NULL;
    source_row         s;
    TRY(workspace_open(c->a, dir, OPEN_WRITE, &c->f, &ws));
    TRY(source_parse(c->a, S("host"), S(""), &c->f, &s));
    TRY(source_add(ws, &s, NULL, &c->f));
    *ret_git = exists(c->a, parent, ".git");
    if (!*ret_git)
        return ERR_OK;
    TRY(source_parse(c->a, S("git"), str_of(parent), &c->f, &s));
    return source_add(ws, &s, NULL, &c->f);
}

typedef struct {
    const char *parent, *dir;
    bool        git, program;
    setup_done  done;
} made;

static err_t make(cli *c, made *m)
{
    auto_ws workspace *ws = NULL;
    workspace_settings s = { .store = str_of(option_value(c, "store")) };
    setup_answers      in;
    TRY(setup_answered(c, true, &in, &s.name, &m->program));
    TRY(workspace_create(c->a, m->parent, &s, &c->f, &m->dir));
    TRY(first_sources(c, m->dir, m->parent, &m->git));
    if (!m->program)
        return ERR_OK;
    TRY(workspace_open(c->a, m->dir, OPEN_WRITE, &c->f, &ws));
    return app_setup(ws, c->a, &in, &c->f, &m->done);
}

static void made_json(const made *m, buf *out)
{
    json_writer w = { .b = out };
    jw_obj(&w);
    jw_kstr(&w, "workspace", str_of(m->dir));
    if (m->program)
        setup_json(&m->done, &w);
    jw_end_obj(&w);
    buf_putc(out, '\n');
}

static void made_text(cli *c, const made *m, buf *out)
{
    buf_putz(out, "Made the workspace ");
    put_plain(out, str_of(m->dir));
    buf_fmt(out, "\nIts sources: this host%s\n", m->git ? " and the git repository it stands in" : "");
    if (m->program)
        setup_text(c, &m->done, out);
    buf_putz(out, m->program ? "And: " : "Next: ");
    if (strcmp(m->parent, ".") != 0) {
        buf_putz(out, "go to ");
        put_plain(out, str_of(m->parent));
        buf_putz(out, " and run ");
    }
    buf_putz(out, "attest collect\n");
}

int cmd_init(cli *c)
{
    made  m = { .parent = c->n_args ? str_z(c->a, c->args[0]) : "." };
    buf   out = buf_new(c->a, 64 << 10);
    err_t e = make(c, &m);
    if (e != ERR_OK)
        return cli_fail(c, e);
    if (c->json)
        made_json(&m, &out);
    else
        made_text(c, &m, &out);
    cli_print(buf_str(&out));
    return 0;
}

/* ---- collect ------------------------------------------------------------------- */

static void report_text(cli *c, const collect_report *r, buf *out)
{
    long long ms = (long long)((r->outcome.ended_at - r->outcome.started_at) / 1000);
    put_plain(out, r->source.id);
    buf_puts(out, str_fmt(c->a, ": %s, %lld rows of %lld relations in %lld.%03lld s, %lld new or changed, %lld gone\n",
                          collect_status_name(r->outcome.status), (long long)r->outcome.rows,
                          (long long)r->outcome.relations, ms / 1000, ms % 1000, (long long)r->opened, (long long)r->closed));
    for (size_t i = 0; i < r->n_relations; i++) {
        if (str_eq(r->relations[i].status, S("ok")) || str_eq(r->relations[i].status, S("absent")))
            continue;
        buf_putz(out, "  ");
        put_wrapped(out, str_fmt(c->a, STR_FMT " " STR_FMT ": " STR_FMT, STR_ARG(r->relations[i].relation),
                                 STR_ARG(r->relations[i].status), STR_ARG(r->relations[i].reason)), 4, c->style.width);
    }
}

static void report_json(cli *c, const collect_report *r, json_writer *w)
{
    jw_obj(w);
    jw_kstr(w, "source", r->source.id);
    jw_kstr(w, "status", str_of(collect_status_name(r->outcome.status)));
    jw_kstr(w, "started_at", time_rfc3339(c->a, r->outcome.started_at));
    jw_kstr(w, "ended_at", time_rfc3339(c->a, r->outcome.ended_at));
    jw_kint(w, "rows", r->outcome.rows);
    jw_kint(w, "opened", r->opened);
    jw_kint(w, "closed", r->closed);
    jw_key(w, "relations");
    jw_arr(w);
    for (size_t i = 0; i < r->n_relations; i++) {
        jw_obj(w);
        jw_kstr(w, "relation", r->relations[i].relation);
        jw_kstr(w, "status", r->relations[i].status);
        if (r->relations[i].reason.n)
            jw_kstr(w, "reason", r->relations[i].reason);
        jw_end_obj(w);
    }
    jw_end_arr(w);
    jw_end_obj(w);
}

static err_t sources_wanted(cli *c, workspace *ws, source_row **ret, size_t *ret_n)
{
    if (c->n_args) {
        *ret = NEW(c->a, source_row);
        *ret_n = 1;
        return source_parse(c->a, c->args[0], c->n_args > 1 ? c->args[1] : S(""), &c->f, *ret);
    }
    TRY(source_list(ws, c->a, &c->f, ret, ret_n));
    if (*ret_n == 0)
        return fail(&c->f, ERR_NOT_FOUND, "this workspace has no source; add one with: attest source add host");
    return ERR_OK;
}

int cmd_collect(cli *c)
{
    auto_ws workspace *ws = NULL;
    source_row        *sources;
    size_t             n;
    buf                out = buf_new(c->a, 64 << 20);
    json_writer        w = { .b = &out };
    err_t              e = cli_open(c, OPEN_WRITE, &ws);
    if (e == ERR_OK)
        e = sources_wanted(c, ws, &sources, &n);
    if (e != ERR_OK)
        return cli_fail(c, e);
    if (c->json)
        jw_arr(&w);
    for (size_t i = 0; i < n; i++) {
        collect_report r;
        cli_progress(c, str_fmt(c->a, "collecting " STR_FMT " ...", STR_ARG(sources[i].id)));
        e = app_collect(ws, c->a, &sources[i], cli_actor(c->a), cli_progress, c, &c->f, &r);
        if (e != ERR_OK)
            return cli_fail(c, e);
        cli_progress_done(c);
        if (c->json)
            report_json(c, &r, &w);
        else
            report_text(c, &r, &out);
    }
    if (c->json) {
        jw_end_arr(&w);
        buf_putc(&out, '\n');
    }
    if (c->json || !c->quiet)
        cli_print(buf_str(&out));
    return 0;
}

/* ---- source ---------------------------------------------------------------------- */

typedef struct { str kind, argument, doc; } source_line;

/* One JSON array for the list and for the kinds; what is not set is left out. */
static void lines_json(cli *c, const source_line *v, size_t n)
{
    buf         out = buf_new(c->a, 1 << 20);
    json_writer w = { .b = &out };
    jw_arr(&w);
    for (size_t i = 0; i < n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "source", v[i].kind);
        if (v[i].argument.n)
            jw_kstr(&w, "argument", v[i].argument);
        if (v[i].doc.n)
            jw_kstr(&w, "doc", v[i].doc);
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    buf_putc(&out, '\n');
    cli_print(buf_str(&out));
}

static int list_kinds(cli *c)
{
    static const char exec_doc[] = "a program of yours that writes rows (docs/sources.md)";
    buf               out = buf_new(c->a, 64 << 10);
    DA(source_line) lines = { 0 };
    for (size_t i = 0; i < n_collect_sources; i++)
        da_push(c->a, &lines) = (source_line){ .kind = str_of(collect_sources[i].name), .doc = str_of(collect_sources[i].doc) };
    da_push(c->a, &lines) = (source_line){ .kind = S("exec"), .doc = str_of(exec_doc) };
    if (c->json) {
        lines_json(c, lines.v, lines.n);
        return 0;
    }
    for (size_t i = 0; i < lines.n; i++) {
        put_cell(&out, lines.v[i].kind, 12);
        put_wrapped(&out, lines.v[i].doc, 12, c->style.width);
    }
    cli_print(buf_str(&out));
    return 0;
}

static err_t list_sources(cli *c, workspace *ws)
{
    source_row *rows;
    size_t      n;
    buf         out = buf_new(c->a, 1 << 20);
    DA(source_line) lines = { 0 };
    TRY(source_list(ws, c->a, &c->f, &rows, &n));
    for (size_t i = 0; i < n && c->json; i++)
        da_push(c->a, &lines) = (source_line){ .kind = rows[i].kind, .argument = rows[i].argument };
    if (c->json) {
        lines_json(c, lines.v, lines.n);
        return ERR_OK;
    }
    for (size_t i = 0; i < n; i++) {
        put_plain(&out, rows[i].kind);
        buf_putz(&out, rows[i].argument.n ? " " : "");
        put_plain(&out, rows[i].argument);
        buf_putc(&out, '\n');
    }
    cli_print(buf_str(&out));
    return ERR_OK;
}

int cmd_source(cli *c)
{
    auto_ws workspace *ws = NULL;
    source_row         s;
    str                verb = c->args[0];
    err_t              e;
    if (str_eq(verb, S("kinds")) && c->n_args == 1)
        return list_kinds(c);
    bool list = str_eq(verb, S("list")), add = str_eq(verb, S("add")), take = str_eq(verb, S("remove"));
    if ((!list || c->n_args != 1) && ((!add && !take) || c->n_args < 2))
        return cli_fail(c, fail(&c->f, ERR_USAGE, "it reads: attest source %s", c->cmd->arguments));
    e = cli_open(c, list ? OPEN_READ : OPEN_WRITE, &ws);
    if (e == ERR_OK && list)
        e = list_sources(c, ws);
    if (e == ERR_OK && take)
        e = source_configured(ws, c->a, c->args[1], c->n_args > 2 ? c->args[2] : S(""), &c->f, &s);
    if (e == ERR_OK && add)
        e = source_parse(c->a, c->args[1], c->n_args > 2 ? c->args[2] : S(""), &c->f, &s);
    const changer by = { .actor = cli_actor(c->a) };
    if (e == ERR_OK && add)
        e = source_add(ws, &s, &by, &c->f);
    if (e == ERR_OK && take)
        e = source_remove(ws, &s, &by, &c->f);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}
