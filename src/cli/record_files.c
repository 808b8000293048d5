/* Records: import and export. */
#include "cli/record.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FAULTS_SHOWN = 40, ANSWER_MAX = 64 << 20 };

/* ---- import ------------------------------------------------------------------------------- */

static void fault_line(const line_fault *lf, buf *out)
{
    if (lf->line)
        buf_fmt(out, "  line %lld", (long long)lf->line);
    else
        buf_putz(out, "  the file");
    if (lf->field.n)
        buf_putz(out, ", ");
    put_plain(out, lf->field);
    buf_putz(out, ": ");
    put_plain(out, lf->why);
    buf_putc(out, '\n');
}

void jw_report(cli *c, err_t e, const import_report *r, json_writer *w)
{
    if (e != ERR_OK) {
        jw_kstr(w, "error", str_of(err_describe(e)->wire));
        jw_kstr(w, "detail", utf8_clean(c->a, str_of(c->f.text)));
    }
    jw_kint(w, "rows", r->rows);
    jw_kint(w, "added", r->added);
    jw_kint(w, "changed", r->changed);
    jw_kint(w, "same", r->same);
    jw_kint(w, "commit", r->done.seq);
    jw_kint(w, "n_faults", r->n_faults);
    jw_key(w, "faults");
    jw_arr(w);
    for (size_t i = 0; i < r->faults.n; i++) {
        jw_obj(w);
        jw_kint(w, "line", r->faults.v[i].line);
        jw_kstr(w, "field", utf8_clean(c->a, r->faults.v[i].field));
        jw_kstr(w, "why", utf8_clean(c->a, r->faults.v[i].why));
        jw_end_obj(w);
    }
    jw_end_arr(w);
}

int import_fail(cli *c, err_t e, const import_report *r)
{
    buf         out = buf_new(c->a, ANSWER_MAX);
    json_writer w = { .b = &out };
    if (!r->n_faults)
        return cli_fail(c, e);
    if (c->json) {
        jw_obj(&w);
        jw_report(c, e, r, &w);
        jw_end_obj(&w);
        buf_putc(&out, '\n');
        fprintf(stderr, STR_FMT, STR_ARG(buf_str(&out)));
        return err_describe(e)->exit_status;
    }
    int status = cli_fail(c, e);
    for (size_t i = 0; i < r->faults.n && i < FAULTS_SHOWN; i++)
        fault_line(&r->faults.v[i], &out);
    if (r->n_faults > FAULTS_SHOWN)
        buf_fmt(&out, "  and %lld more%s\n", (long long)(r->n_faults - FAULTS_SHOWN),
                r->faults.n > FAULTS_SHOWN ? "; --json tells them" : "");
    fprintf(stderr, STR_FMT, STR_ARG(buf_str(&out)));
    return status;
}

static int import_told(cli *c, bool dry, const import_report *r)
{
    buf         out = buf_new(c->a, ANSWER_MAX);
    json_writer w = { .b = &out };
    if (c->json) {
        jw_obj(&w);
        jw_kbool(&w, "dry_run", dry);
        jw_report(c, ERR_OK, r, &w);
        jw_end_obj(&w);
        buf_putc(&out, '\n');
        cli_print(buf_str(&out));
        return 0;
    }
    cli_note(c, "%lld rows: %lld %sadded, %lld changed, %lld as they were.", (long long)r->rows, (long long)r->added, dry ? "would be " : "",
             (long long)r->changed, (long long)r->same);
    if (dry)
        cli_note(c, "Nothing was kept: it was a dry run.");
    else if (r->done.seq >= 0)
        cli_note(c, "Commit %lld.", (long long)r->done.seq);
    return 0;
}

int cmd_record_import(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    import_report      report = { 0 };
    const import_options o = { .format = str_of(option_value(c, "format")), .dry_run = option_set(c, "dry-run"),
                               .migrate = option_set(c, "migrate"), .reason = str_of(option_value(c, "reason")) };
    err_t e = record_open(c, OPEN_WRITE, &ws, &who);
    if (e == ERR_OK)
        e = app_import(ws, c->a, &who, c->type, str_z(c->a, c->args[0]), &o, &c->f, &report);
    return e == ERR_OK ? import_told(c, o.dry_run, &report) : import_fail(c, e, &report);
}

/* ---- export -------------------------------------------------------------------------------- */

/* A regular file appears whole or not at all; what stands there and is none is written into. */
typedef struct {
    int         fd;
    const char *path, *temporary;      /* temporary NULL: written into directly */
} target;

static err_t target_open(cli *c, const char *path, target *ret)
{
    struct stat st;
    uint8_t     nonce[8];
    *ret = (target){ .fd = -1, .path = path };
    if (!path || strcmp(path, "-") == 0)
        return ERR_OK;
    if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
        ret->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600);
    } else {
        random_bytes(nonce, sizeof nonce);
        ret->temporary = str_fmt(c->a, "%s." STR_FMT ".tmp", path, STR_ARG(hex_of(c->a, nonce, sizeof nonce))).p;
        ret->fd = open(ret->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    }
    return ret->fd < 0 ? fail_errno(&c->f, errno, "cannot write %s", path) : ERR_OK;
}

static err_t target_write(void *arg, str bytes, fault *f)
{
    const target *t = arg;
    if (t->fd < 0) {
        cli_print(bytes);
        return ERR_OK;
    }
    while (bytes.n) {
        ssize_t n = write(t->fd, bytes.p, bytes.n);
        if (n < 0 && errno != EINTR)
            return fail_errno(f, errno, "cannot write %s", t->path);
        bytes = str_sub(bytes, n < 0 ? 0 : (size_t)n, bytes.n);
    }
    return ERR_OK;
}

static err_t target_close(cli *c, target *t, err_t e)
{
    if (t->fd < 0)
        return e;
    if (e == ERR_OK && t->temporary && (fsync(t->fd) != 0 || rename(t->temporary, t->path) != 0))
        e = fail_errno(&c->f, errno, "cannot write %s", t->path);
    if (close(t->fd) != 0 && e == ERR_OK)
        e = fail_errno(&c->f, errno, "cannot write %s", t->path);
    if (e != ERR_OK && t->temporary)
        unlink(t->temporary);
    return e;
}

static err_t export(cli *c, int64_t *ret_n)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    target             t;
    texts              where = option_list(c, "where");
    record_filter     *filters = NEW_ARRAY(c->a, record_filter, where.n + 1);
    const char        *path = c->n_args ? str_z(c->a, c->args[0]) : NULL, *format = option_value(c, "format");
    time_us            as_of;
    TRY(option_time(c, "as-of", &as_of));
    if (!format)
        format = c->json || (path && str_ends(str_of(path), S(".json"))) ? "json" : "csv";
    for (size_t i = 0; i < where.n; i++)
        TRY(filter_parse(c->a, c->type, where.v[i], &c->f, &filters[i]));
    TRY(record_open(c, OPEN_READ, &ws, &who));
    TRY(target_open(c, path, &t));
    const record_query q = { .r = c->type, .filters = filters, .n_filters = where.n };
    return target_close(c, &t, app_export(ws, &who, &q, as_of, str_of(format), target_write, &t, &c->f, ret_n));
}

int cmd_record_export(cli *c)
{
    int64_t n;
    err_t   e = export(c, &n);
    if (e != ERR_OK)
        return cli_fail(c, e);
    if (c->n_args)
        cli_note(c, "Wrote %lld records to " STR_FMT ".", (long long)n, STR_ARG(c->args[0]));
    return 0;
}
