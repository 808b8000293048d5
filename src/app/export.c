/* Records into a file: CSV or JSON, row by row, in constant memory. */
#include "app/workspace.h"
#include "csv/csv.h"

enum { ROW_BYTES_MAX = 16 << 20, FLUSH_BYTES = 256 << 10 };

typedef struct {
    arena          *scratch, *a;
    const relation *r;
    bool            json;
    export_sink     sink;
    void           *arg;
    buf             out;
    int64_t         n;
    fault          *f;
} exporting;

static err_t flush(exporting *ex, size_t at_least)
{
    if (ex->out.overflow)
        return fail(ex->f, ERR_TOO_LARGE, "a record is larger than %d MiB", ROW_BYTES_MAX >> 20);
    if (ex->out.n <= at_least)
        return ERR_OK;
    err_t e = ex->sink(ex->arg, buf_str(&ex->out), ex->f);
    buf_clear(&ex->out);
    return e;
}

static void csv_head(exporting *ex)
{
    for (size_t i = 0; i < ex->r->n_fields; i++)
        csv_put(&ex->out, i == 0, str_of(ex->r->fields[i].name), false);
    csv_end(&ex->out);
}

static void csv_record(exporting *ex, const value *row)
{
    for (size_t i = 0; i < ex->r->n_fields; i++) {
        const field *fd = &ex->r->fields[i];
        csv_put(&ex->out, i == 0, row[i].kind == V_NULL ? S("") : value_show(fd, &row[i], ex->scratch), fd->kind == F_INT);
    }
    csv_end(&ex->out);
}

static err_t one(void *arg, const value *row)
{
    exporting *ex = arg;
    arena_reset(ex->scratch);
    if (!ex->json) {
        csv_record(ex, row);
    } else {
        buf_putz(&ex->out, ex->n ? ",\n" : "\n");
        row_json(ex->r, row, true, ex->scratch, &ex->out);
    }
    ex->n++;
    return flush(ex, FLUSH_BYTES);
}

err_t app_export(workspace *ws, const principal *who, const record_query *q, time_us as_of, str format, export_sink sink, void *arg,
                 fault *f, int64_t *ret_n)
{
    auto_arena arena    *a = arena_new(64 << 20), *scratch = arena_new(8 << 20);
    auto_session session *s = NULL;
    exporting             ex = { scratch, a, q->r, str_eq(format, S("json")), sink, arg, buf_new(a, ROW_BYTES_MAX), 0, f };
    if (!ex.json && !str_eq(format, S("csv")))
        return fail(f, ERR_USAGE, "there is no format \"" STR_FMT "\"; it is csv or json", STR_ARG(format));
    TRY(ws_session(ws, &(session_options){ .as_of = as_of ? as_of : TIME_MAX, .history = true }, f, &s));
    if (ex.json)
        buf_putc(&ex.out, '[');
    else
        csv_head(&ex);
    TRY(record_each(s, who, q, one, &ex, f));
    if (ex.json)
        buf_putz(&ex.out, "\n]\n");
    TRY(flush(&ex, 0));
    *ret_n = ex.n;
    return ERR_OK;
}
