/* Configured sources: lines `source: KIND ARGUMENT` of the config. */
#include "app/workspace.h"

#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

typedef DA(source_row) source_rows;

err_t source_parse(arena *a, str kind, str argument, fault *f, source_row *ret)
{
    bool exec = str_eq(kind, S("exec"));
    if (!exec && !collect_source_find(kind))
        return fail(f, ERR_USAGE, "there is no source \"" STR_FMT "\"; see: attest source kinds", STR_ARG(kind));
    *ret = (source_row){ .kind = str_dup(a, kind), .id = str_dup(a, kind) };
    if (!exec && !str_eq(kind, S("git"))) {
        if (argument.n)
            return fail(f, ERR_USAGE, "the source " STR_FMT " takes no argument", STR_ARG(kind));
        return ERR_OK;
    }
    char        real[PATH_MAX];
    const char *path = argument.n ? str_z(a, argument) : ".";
    if (exec && !argument.n)
        return fail(f, ERR_USAGE, "the source exec needs a program: attest source add exec PROGRAM");
    if (!realpath(path, real))
        return fail_errno(f, errno, "cannot use %s as a source", path);
    if (exec && access(real, X_OK) != 0)
        return fail_errno(f, errno, "cannot run %s", real);
    ret->argument = str_dup(a, str_of(real));
    if (!utf8_valid(ret->argument) || memchr(ret->argument.p, '\n', ret->argument.n))
        return fail(f, ERR_INVALID, "the path of a source must be UTF-8 on one line");
    ret->id = str_fmt(a, STR_FMT ":" STR_FMT, STR_ARG(kind), STR_ARG(ret->argument));
    return ERR_OK;
}

static bool holds(arena *a, str dir, const char *name)
{
    struct stat st;
    return stat(str_fmt(a, STR_FMT "/%s", STR_ARG(dir), name).p, &st) == 0;
}

err_t source_offered(arena *a, str kind, str argument, fault *f, source_row *ret)
{
    bool git = str_eq(kind, S("git"));
    if (str_eq(kind, S("exec")))
        return fail(f, ERR_DENIED, "a program is added on the command line of this machine alone, since who adds one may run anything "
                    "there: attest source add exec PROGRAM");
    if (git && !str_starts(argument, S("/")))
        return fail(f, ERR_INVALID, "name the repository by its whole path on this machine, as /srv/app");
    TRY(source_parse(a, kind, argument, f, ret));
    if (git && !holds(a, ret->argument, ".git") && !(holds(a, ret->argument, "HEAD") && holds(a, ret->argument, "objects")))
        return fail(f, ERR_INVALID, STR_FMT " holds no git repository", STR_ARG(utf8_cut(ret->argument, 200)));
    return ERR_OK;
}

typedef struct { arena *a; source_rows rows; } lister;

static err_t list_line(void *arg, str key, str setting, fault *f)
{
    (void)f;
    lister *l = arg;
    if (!str_eq(key, S("source")))
        return ERR_OK;
    str        rest = setting, kind = str_word(&rest);
    source_row row = { .kind = kind, .argument = str_trim(rest), .id = kind };
    if (row.argument.n)
        row.id = str_fmt(l->a, STR_FMT ":" STR_FMT, STR_ARG(kind), STR_ARG(row.argument));
    da_push(l->a, &l->rows) = row;
    return ERR_OK;
}

err_t source_list(workspace *ws, arena *a, fault *f, source_row **ret, size_t *ret_n)
{
    lister l = { .a = a };
    TRY(config_each(a, ws_path(a, ws, "config"), f, list_line, &l));
    *ret = l.rows.v;
    *ret_n = l.rows.n;
    return ERR_OK;
}

err_t source_named(workspace *ws, arena *a, str id, fault *f, source_row *ret)
{
    source_row *rows;
    size_t      n;
    TRY(source_list(ws, a, f, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].id, id)) {
            *ret = rows[i];
            return ERR_OK;
        }
    return fail(f, ERR_NOT_FOUND, "this workspace has no source " STR_FMT "; see: attest source list", STR_ARG(utf8_cut(id, 200)));
}

err_t source_configured(workspace *ws, arena *a, str kind, str argument, fault *f, source_row *ret)
{
    fault       why = { 0 };
    source_row *rows;
    size_t      n;
    char        here[PATH_MAX];
    err_t       e = source_parse(a, kind, argument, &why, ret);
    if (e == ERR_OK)
        return ERR_OK;
    str below = str_starts(argument, S("./")) ? str_sub(argument, 2, argument.n) : argument;
    str full = getcwd(here, sizeof here) ? str_fmt(a, "%s/" STR_FMT, here, STR_ARG(below)) : argument;
    TRY(source_list(ws, a, f, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].kind, kind) && (str_eq(rows[i].argument, argument) || str_eq(rows[i].argument, full))) {
            *ret = rows[i];
            return ERR_OK;
        }
    return fail(f, e, "%s", why.text);
}

/* ---- changing -------------------------------------------------------------------------- */

static str line_of(arena *a, const source_row *s)
{
    return str_fmt(a, "source: " STR_FMT "%s" STR_FMT, STR_ARG(s->kind), s->argument.n ? " " : "", STR_ARG(s->argument));
}

static err_t is_configured(workspace *ws, arena *a, const source_row *s, fault *f, bool *ret)
{
    source_row row;
    fault      none = { 0 };
    err_t      e = source_named(ws, a, s->id, &none, &row);
    *ret = e == ERR_OK;
    return e == ERR_OK || e == ERR_NOT_FOUND ? ERR_OK : fail(f, e, "%s", none.text);
}

err_t source_add(workspace *ws, const source_row *s, const changer *by, fault *f)
{
    auto_arena arena *a = arena_new(64 << 20);
    bool              before;
    TRY(is_configured(ws, a, s, f, &before));
    if (before)
        return ERR_OK;
    TRY(config_change(ws, a, S(""), line_of(a, s), f));
    return by ? config_changed(ws, a, by, str_fmt(a, "added the source " STR_FMT, STR_ARG(s->id)), f) : ERR_OK;
}

/* The rows of the source are no longer current. */
static err_t close_rows(workspace *ws, arena *a, const source_row *s, str actor, fault *f, bool *ret_any)
{
    auto_commit commit *c = NULL;
    commit_done         done;
    int64_t             duplicates;
    TRY(commit_begin(ws->st, &(commit_info){ .actor = actor, .action = S("source-remove"), .reason = s->id }, f, &c));
    for (size_t i = 0; i < n_relations; i++) {
        TRY(write_begin(c, relations[i], s->id, WRITE_SNAPSHOT, f));
        TRY(write_end(c, f, &duplicates));
    }
    TRY(commit_finish(TAKE(c), a, f, &done));
    *ret_any = done.seq >= 0;
    return ws_publish(ws, f);
}

err_t source_remove(workspace *ws, const source_row *s, const changer *by, fault *f)
{
    auto_arena arena *a = arena_new(64 << 20);
    bool              configured, any;
    TRY(is_configured(ws, a, s, f, &configured));
    if (s->kind.n)
        TRY(config_change(ws, a, line_of(a, s), S(""), f));
    TRY(close_rows(ws, a, s, by->actor, f, &any));
    if (!any && !configured)             /* a source may have been collected without being configured */
        return fail(f, ERR_NOT_FOUND, "this workspace has no source " STR_FMT "; see: attest source list", STR_ARG(s->id));
    return config_changed(ws, a, by, str_fmt(a, "removed the source " STR_FMT, STR_ARG(s->id)), f);
}
