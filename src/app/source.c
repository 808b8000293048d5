/* Configured sources: lines `source: KIND ARGUMENT` of the config. */
#include "app/workspace.h"

#include <errno.h>
#include <limits.h>
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

static err_t config_with(workspace *ws, arena *a, const source_row *s, bool keep, fault *f)
{
    const char *path = ws_path(a, ws, "config");
    str         text, line, own = str_fmt(a, "source: " STR_FMT "%s" STR_FMT, STR_ARG(s->kind),
                                          s->argument.n ? " " : "", STR_ARG(s->argument));
    buf         out = buf_new(a, CONFIG_MAX_BYTES);
    TRY(file_read(a, path, CONFIG_MAX_BYTES, f, &text));
    while (str_line(&text, &line))
        if (!str_eq(str_trim(line), own)) {
            buf_puts(&out, line);
            buf_putc(&out, '\n');
        }
    if (keep) {
        buf_puts(&out, own);
        buf_putc(&out, '\n');
    }
    if (out.overflow)
        return fail(f, ERR_TOO_LARGE, "%s would be too large", path);
    return file_replace(path, buf_str(&out), 0600, f);
}

err_t source_add(workspace *ws, const source_row *s, fault *f)
{
    auto_arena arena *a = arena_new(8 << 20);
    return config_with(ws, a, s, true, f);
}

static err_t is_configured(workspace *ws, arena *a, const source_row *s, fault *f, bool *ret)
{
    source_row *rows;
    size_t      n;
    TRY(source_list(ws, a, f, &rows, &n));
    *ret = false;
    for (size_t i = 0; i < n; i++)
        *ret = *ret || str_eq(rows[i].id, s->id);
    return ERR_OK;
}

err_t source_remove(workspace *ws, const source_row *s, str actor, fault *f)
{
    auto_arena arena   *a = arena_new(64 << 20);
    auto_commit commit *c = NULL;
    int64_t             duplicates;
    commit_done         done;
    bool                configured;
    TRY(is_configured(ws, a, s, f, &configured));
    TRY(config_with(ws, a, s, false, f));
    TRY(commit_begin(ws->st, &(commit_info){ .actor = actor, .action = S("source-remove"), .reason = s->id }, f, &c));
    for (size_t i = 0; i < n_relations; i++) {
        TRY(write_begin(c, relations[i], s->id, WRITE_SNAPSHOT, f));
        TRY(write_end(c, f, &duplicates));
    }
    TRY(commit_finish(TAKE(c), a, f, &done));
    if (done.seq < 0 && !configured)     /* a source may have been collected without being configured */
        return fail(f, ERR_NOT_FOUND, "this workspace has no source " STR_FMT "; see: attest source list", STR_ARG(s->id));
    return ws_publish(ws, f);
}
