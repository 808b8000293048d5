/* Whatever a collector writes, the sink sees begin, valid rows, end; what was
 * promised is reported; and a relation that ended well had no fault in it. */
#include "collect/collect.h"

typedef struct {
    const relation *open;
    bool            host_seen;
} seen;

static err_t on_begin(void *arg, const relation *r, bool snapshot, fault *f)
{
    seen *s = arg;
    (void)snapshot;
    (void)f;
    if (s->open)
        abort();
    s->open = r;
    return ERR_OK;
}

static err_t on_row(void *arg, const value *row, fault *f)
{
    seen *s = arg;
    (void)f;
    if (!s->open || row_check(s->open, row, NULL) != ERR_OK)
        abort();
    return ERR_OK;
}

static err_t on_end(void *arg, const relation *r, collect_status status, str reason, fault *f)
{
    seen *s = arg;
    (void)f;
    if (s->open != r || !utf8_valid(reason) || (status > ST_ABSENT && reason.n == 0))
        abort();
    s->host_seen |= strcmp(r->name, "host") == 0;
    s->open = NULL;
    return ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    static const char *const promised[] = { "account", "host", NULL };
    seen             s = { 0 };
    collect_sink     sink = { .begin = on_begin, .row = on_row, .end = on_end, .arg = &s };
    collect_reader  *r = collect_reader_new(a, &sink, n % 2 ? promised : NULL);
    collect_outcome  o;
    str              text = { (const char *)data, n }, line;
    while (str_line(&text, &line))
        if (collect_reader_line(r, line, NULL) != ERR_OK)
            abort();
    if (collect_reader_end(r, (str){ 0 }, NULL, &o) != ERR_OK || s.open)
        abort();
    if (n % 2 && !s.host_seen)
        abort();
    if ((o.status > ST_ABSENT) != (o.reason.n > 0) || !utf8_valid(o.reason))
        abort();
    return 0;
}
