#include "collect/collector.h"

#include <errno.h>
#include <unistd.h>

enum { FLUSH_BYTES = 64 * 1024, REASONS_MAX = 1024 };

struct emit {
    arena          *row_arena;           /* texts of the row being built */
    buf             out;
    int             fd, error;
    const relation *r;                   /* NULL between relations */
    bool            cut;                 /* a text of this relation was cut */
    int64_t         rows;
    collect_status  lack;
    size_t          reasons_left_out;
    char            reason[REASONS_MAX];
    size_t          reason_n;
    int             next_field;          /* where the search for a name starts */
    value           row[RELATION_FIELDS_MAX];
};

/* A collector that breaks the rules of its own relation is a defect, found by
 * its test: the message names the place and the program stops. */
_Noreturn static void defect(const emit *e, const char *field_name, const char *what)
{
    fprintf(stderr, "defect in a collector: %s.%s: %s\n", e->r ? e->r->name : "(no relation)", field_name, what);
    abort();
}

emit *emit_new(arena *a, int fd)
{
    emit *e = NEW(a, emit);
    e->fd = fd;
    e->out = buf_new(a, SIZE_MAX);
    return e;
}

static void flush(emit *e)
{
    str left = buf_str(&e->out);
    while (left.n && !e->error) {
        ssize_t n = write(e->fd, left.p, left.n);
        if (n >= 0)
            left = str_sub(left, (size_t)n, left.n);
        else if (errno != EINTR)
            e->error = errno;
    }
    buf_clear(&e->out);
}

static void line_done(emit *e)
{
    buf_putc(&e->out, '\n');
    if (e->out.n >= FLUSH_BYTES)
        flush(e);
}

static void row_clear(emit *e)
{
    e->next_field = 0;
    for (size_t i = 0; i < RELATION_FIELDS_MAX; i++)
        e->row[i] = V_UNKNOWN;
    arena_reset(e->row_arena);
}

void emit_begin(emit *e, const relation *r)
{
    if (e->r || !r)
        defect(e, r ? r->name : "?", r ? "begun before the last one ended" : "there is no such relation");
    e->r = r;
    e->cut = false;
    e->rows = 0;
    e->lack = ST_OK;
    e->reason_n = e->reasons_left_out = 0;
    e->row_arena = arena_new(64 << 20);
    row_clear(e);
    json_writer w = { .b = &e->out };
    jw_obj(&w);
    jw_kstr(&w, "begin", str_of(r->name));
    jw_kstr(&w, "mode", S("snapshot"));
    jw_end_obj(&w);
    line_done(e);
}

/* Collectors set fields mostly in their order, so the search starts after the last one found. */
static int field_index(emit *e, const char *name)
{
    int n = (int)e->r->n_fields;
    for (int k = 0; k < n; k++) {
        int i = (e->next_field + k) % n;
        if (strcmp(e->r->fields[i].name, name) == 0) {
            e->next_field = i + 1;
            return i;
        }
    }
    return -1;
}

static value *slot(emit *e, const char *name, field_kind kind)
{
    int i = e->r ? field_index(e, name) : -1;
    if (i < 0)
        defect(e, name, e->r ? "the relation has no such field" : "set outside begin and end");
    if (e->r->fields[i].kind != kind)
        defect(e, name, "set with a value of another kind");
    return &e->row[i];
}

static str cut_text(emit *e, str s)
{
    static const char mark[] = " [cut]";
    str               head = utf8_cut(s, FIELD_TEXT_MAX - (sizeof mark - 1));
    if (!e->cut)
        emit_lack(e, ST_PARTIAL, "a text longer than 64 KiB was cut");
    e->cut = true;
    return str_fmt(e->row_arena, STR_FMT "%s", STR_ARG(head), mark);
}

void emit_text(emit *e, const char *field_name, str s)
{
    value *v = slot(e, field_name, F_TEXT);
    str    clean = utf8_clean(e->row_arena, str_sub(s, 0, FIELD_TEXT_MAX + 4));
    *v = v_text(clean.n > FIELD_TEXT_MAX ? cut_text(e, clean)
                : clean.p == s.p         ? str_dup(e->row_arena, clean) : clean);
}

void emit_z(emit *e, const char *field_name, const char *z)
{
    if (z)
        emit_text(e, field_name, str_of(z));
    else
        *slot(e, field_name, F_TEXT) = V_UNKNOWN;
}

void emit_int(emit *e, const char *field_name, int64_t v) { *slot(e, field_name, F_INT) = v_int(v); }
void emit_bool(emit *e, const char *field_name, bool v) { *slot(e, field_name, F_BOOL) = v_bool(v); }
void emit_time(emit *e, const char *field_name, time_us t) { *slot(e, field_name, F_TIME) = v_int(t); }

void emit_row(emit *e)
{
    fault f = { 0 };
    if (!e->r)
        defect(e, "-", "a row outside begin and end");
    if (row_check(e->r, e->row, &f) != ERR_OK)
        defect(e, "-", f.text);
    if (!e->error) {
        row_json(e->r, e->row, false, e->row_arena, &e->out);
        line_done(e);
    }
    e->rows++;
    row_clear(e);
}

static void add_reason(emit *e, str text)
{
    size_t sep = e->reason_n ? 2 : 0;
    if (e->reasons_left_out || e->reason_n + sep + text.n > REASONS_MAX) {
        e->reasons_left_out++;
        return;
    }
    if (memmem(e->reason, e->reason_n, text.p, text.n))
        return;
    memcpy(e->reason + e->reason_n, "; ", sep);
    memcpy(e->reason + e->reason_n + sep, text.p, text.n);
    e->reason_n += sep + text.n;
}

void emit_lack(emit *e, collect_status s, const char *fmt, ...)
{
    char    text[REASONS_MAX / 2];
    va_list ap;
    if (!e->r || s <= ST_ABSENT || s >= ST_COUNT_)
        defect(e, "-", "a lack outside begin and end, or one that lacks nothing");
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    assert(n > 0);
    if (s > e->lack)
        e->lack = s;
    add_reason(e, str_of(text));
}

void emit_lack_errno(emit *e, int errno_value, const char *path)
{
    bool denied = errno_value == EACCES || errno_value == EPERM;
    emit_lack(e, denied ? ST_DENIED : ST_ERROR, "%s: %s", path, strerrordesc_np(errno_value));
}

void emit_end(emit *e, collect_status s)
{
    if (!e->r || s > ST_ABSENT)
        defect(e, "-", "end says ok or absent; what is missing is told by emit_lack");
    if (s == ST_ABSENT && e->rows)
        defect(e, "-", "absent, yet there were rows");
    json_writer w = { .b = &e->out };
    jw_obj(&w);
    jw_kstr(&w, "end", str_of(e->r->name));
    jw_kstr(&w, "status", str_of(collect_status_name(e->lack ? e->lack : s)));
    if (e->lack) {
        str reason = { e->reason, e->reason_n };
        if (e->reasons_left_out)
            reason = str_fmt(e->row_arena, STR_FMT " (and %zu more)", STR_ARG(reason), e->reasons_left_out);
        jw_kstr(&w, "reason", utf8_clean(e->row_arena, reason));
    }
    jw_end_obj(&w);
    line_done(e);
    e->r = NULL;
    arena_free(TAKE(e->row_arena));
}

int emit_finish(emit *e)
{
    flush(e);
    return e->error;
}
