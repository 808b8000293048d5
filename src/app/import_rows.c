/* Rows of a file as assignments: CSV and JSON look the same from here on. */
#include "app/import.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { JSON_BYTES_MAX = 64 << 20, NOT_USED = -1 };

struct import_rows {
    arena          *a, *scratch;          /* scratch: of the row at hand */
    const relation *r;
    import_report  *to;
    int             fd;                   /* -1: the file is in `bytes` */
    str             name, bytes;
    csv_reader     *csv;
    int             columns[CSV_COLUMNS_MAX];      /* field of each column; NOT_USED */
    assignment      set[CSV_COLUMNS_MAX];
    json_reader     json;
    str             lines;                /* one object a line: what is left; p NULL: one array */
    int64_t         line;
    size_t          counted;              /* bytes whose line ends are in `line` */
};

void line_fault_tell(arena *a, import_report *to, int64_t line, str name, str why)
{
    if (!to->n_faults++ || to->faults.n < LINE_FAULTS_MAX)
        da_push(a, &to->faults) = (line_fault){ line, str_dup(a, name), str_dup(a, why) };
}

static err_t tell_row(import_rows *rows, int64_t line, str name, str why)
{
    line_fault_tell(rows->a, rows->to, line, name, why);
    return ERR_INVALID;
}

/* ---- the header of a CSV ---------------------------------------------------------------- */

/* What a file of other people's making may never set: states, stamps, rights in this program. */
static bool never_taken(const field *fd)
{
    return (fd->flags & FIELD_STAMPED) || strcmp(fd->name, "permission") == 0;
}

/* "Due at" and "due-at" are due_at. */
static str header_name(arena *a, str text)
{
    str   lower = str_lower(a, str_trim(csv_plain(text)));
    char *p = str_z(a, lower);
    for (size_t i = 0; i < lower.n; i++)
        if (p[i] == ' ' || p[i] == '-')
            p[i] = '_';
    return (str){ p, lower.n };
}

static int field_of_column(import_rows *rows, str text, const field_mapping *maps, size_t n_maps)
{
    str name = header_name(rows->a, text);
    for (size_t i = 0; i < n_maps; i++)
        if (str_eq(str_trim(text), maps[i].column) || str_eq(name, header_name(rows->a, maps[i].column)))
            return relation_field(rows->r, maps[i].field);
    int k = relation_field(rows->r, name);
    for (size_t i = 0; i < n_maps; i++)
        if (k >= 0 && str_eq(maps[i].field, name))
            return NOT_USED;              /* another column was named for this field */
    return k < 0 ? NOT_USED : k;
}

static void tell_no_field(import_rows *rows, int64_t line, const csv_row *row, size_t i)
{
    str cell = utf8_cut(row->cells[i], 60);
    if (row->n == 1)
        (void)tell_row(rows, line, cell, S("no field has this name, and it is the only column: cells are separated by comma, semicolon or TAB"));
    else
        (void)tell_row(rows, line, cell, str_fmt(rows->a, "%s has no field of this name; see: attest %s --help", rows->r->name, rows->r->name));
}

/* Where other columns are passed over, one that is missing would go unseen. */
static void check_columns(import_rows *rows, const csv_row *row, const field_mapping *maps, size_t n_maps)
{
    bool key = false;
    for (size_t i = 0; i < row->n; i++)
        key |= rows->columns[i] == 0;
    for (size_t m = 0; m < n_maps; m++) {
        bool there = false;
        for (size_t i = 0; i < row->n; i++)
            there |= rows->columns[i] != NOT_USED && str_eq(str_of(rows->r->fields[rows->columns[i]].name), maps[m].field);
        if (!there)
            (void)tell_row(rows, row->line, maps[m].column, S("no column has this name"));
    }
    if (!key)
        (void)tell_row(rows, row->line, S("id"), S("no column says who it is; name it with --map id=COLUMN"));
}

static err_t read_header(import_rows *rows, const field_mapping *maps, size_t n_maps, bool others_pass, fault *f)
{
    csv_row row;
    TRY(csv_next(rows->csv, f, &row));
    if (!row.n)
        return tell_row(rows, 0, S(""), S("the file is empty; its first line names the fields"));
    if (row.why)
        return tell_row(rows, row.bad_line, S(""), str_fmt(rows->a, "column %lld: %s", (long long)row.bad_column, row.why));
    for (size_t i = 0; i < row.n; i++) {
        int k = field_of_column(rows, row.cells[i], maps, n_maps);
        rows->columns[i] = k = k != NOT_USED && others_pass && never_taken(&rows->r->fields[k]) ? NOT_USED : k;
        if (k == NOT_USED && others_pass)
            da_push(rows->a, &rows->to->ignored) = str_dup(rows->a, row.cells[i]);
        else if (k == NOT_USED)
            tell_no_field(rows, row.line, &row, i);
        for (size_t j = 0; j < i; j++)
            if (k != NOT_USED && rows->columns[j] == k)
                (void)tell_row(rows, row.line, str_of(rows->r->fields[k].name), S("two columns have this name"));
    }
    if (others_pass)
        check_columns(rows, &row, maps, n_maps);
    return rows->to->n_faults ? ERR_INVALID : ERR_OK;
}

static err_t next_csv(import_rows *rows, fault *f, import_row *ret)
{
    csv_row row;
    TRY(csv_next(rows->csv, f, &row));
    *ret = (import_row){ .line = row.line, .sound = !row.why, .set = rows->set, .end = !row.n };
    if (row.why) {
        (void)tell_row(rows, row.bad_line, S(""), str_fmt(rows->a, "column %lld: %s", (long long)row.bad_column, row.why));
        return ERR_OK;
    }
    for (size_t i = 0; i < row.n; i++) {
        if (rows->columns[i] == NOT_USED)
            continue;
        const field *fd = &rows->r->fields[rows->columns[i]];
        rows->set[ret->n++] = (assignment){ str_of(fd->name), fd->kind == F_INT ? row.cells[i] : csv_plain(row.cells[i]) };
    }
    return ERR_OK;
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static err_t json_fault(import_rows *rows, fault *f)
{
    return fail(f, ERR_INVALID, STR_FMT ", line %lld: %s", STR_ARG(rows->name), (long long)rows->line,
                rows->json.error ? rows->json.error : "records are objects, in one array or one a line");
}

static void count_lines(import_rows *rows)
{
    for (; rows->counted < rows->json.at && rows->counted < rows->json.in.n; rows->counted++)
        rows->line += rows->json.in.p[rows->counted] == '\n';
}

static err_t json_value(import_rows *rows, json_token t, str name, import_row *row, fault *f)
{
    str text = S("");
    switch (t) {
    case JSON_STR:   text = rows->json.s; break;
    case JSON_INT:   text = str_fmt(rows->scratch, "%lld", (long long)rows->json.i); break;
    case JSON_TRUE:  text = S("true"); break;
    case JSON_FALSE: text = S("false"); break;
    case JSON_NULL:  break;
    case JSON_OBJ: case JSON_ARR:
        row->sound = false;
        (void)tell_row(rows, row->line, utf8_cut(name, 60), S("a value is a text, a whole number, true, false or null"));
        return json_skip(&rows->json, t) ? ERR_OK : json_fault(rows, f);
    case JSON_ERROR: case JSON_END: case JSON_OBJ_END: case JSON_ARR_END: case JSON_KEY:
        return json_fault(rows, f);
    }
    if (row->n + 1 >= COUNT(rows->set))
        return fail(f, ERR_TOO_LARGE, STR_FMT ", line %lld: more than %zu values", STR_ARG(rows->name), (long long)row->line, COUNT(rows->set));
    rows->set[row->n++] = (assignment){ name, text };
    return ERR_OK;
}

static err_t object_row(import_rows *rows, import_row *row, fault *f)
{
    count_lines(rows);
    *row = (import_row){ .line = rows->line, .sound = true, .set = rows->set };
    for (;;) {
        json_token t = json_next(&rows->json);
        if (t == JSON_OBJ_END)
            break;
        if (t != JSON_KEY)
            return json_fault(rows, f);
        str name = rows->json.s;
        TRY(json_value(rows, json_next(&rows->json), name, row, f));
    }
    if (!row->n && row->sound) {
        row->sound = false;
        (void)tell_row(rows, row->line, S(""), S("an object without fields"));
    }
    return ERR_OK;
}

static err_t next_in_array(import_rows *rows, fault *f, import_row *ret)
{
    json_token t = json_next(&rows->json);
    if (t == JSON_OBJ)
        return object_row(rows, ret, f);
    count_lines(rows);
    if (t != JSON_ARR_END || json_next(&rows->json) != JSON_END)
        return json_fault(rows, f);
    *ret = (import_row){ .end = true };
    return ERR_OK;
}

static err_t next_in_lines(import_rows *rows, fault *f, import_row *ret)
{
    str line;
    do {
        if (!str_line(&rows->lines, &line)) {
            *ret = (import_row){ .end = true };
            return ERR_OK;
        }
        rows->line++;
    } while (!str_trim(line).n);
    rows->json = json_open(rows->scratch, line);
    rows->counted = line.n;
    if (json_next(&rows->json) != JSON_OBJ)
        return json_fault(rows, f);
    TRY(object_row(rows, ret, f));
    return json_next(&rows->json) == JSON_END ? ERR_OK : json_fault(rows, f);
}

static err_t json_whole(import_rows *rows, fault *f, str *ret)
{
    buf  b = buf_new(rows->a, JSON_BYTES_MAX);
    char chunk[16 << 10];
    *ret = rows->bytes;
    if (rows->fd < 0)
        return rows->bytes.n <= JSON_BYTES_MAX ? ERR_OK : fail(f, ERR_TOO_LARGE, STR_FMT " is larger than %d MiB", STR_ARG(rows->name), JSON_BYTES_MAX >> 20);
    for (ssize_t n; (n = fd_read(rows->fd, chunk, sizeof chunk)) != 0;) {
        if (n < 0)
            return fail_errno(f, errno, "cannot read " STR_FMT, STR_ARG(rows->name));
        buf_put(&b, chunk, (size_t)n);
        if (b.overflow)
            return fail(f, ERR_TOO_LARGE, STR_FMT " is larger than %d MiB; CSV may be of any size", STR_ARG(rows->name), JSON_BYTES_MAX >> 20);
    }
    *ret = buf_str(&b);
    return ERR_OK;
}

static err_t json_begin(import_rows *rows, fault *f)
{
    str text;
    TRY(json_whole(rows, f, &text));
    if (str_starts(text, S("\xEF\xBB\xBF")))
        text = str_sub(text, 3, text.n);
    if (!str_starts(str_trim(text), S("["))) {
        rows->lines = text.n ? text : S(" ");
        return ERR_OK;
    }
    rows->line = 1;
    rows->json = json_open(rows->scratch, text);
    return json_next(&rows->json) == JSON_ARR ? ERR_OK : json_fault(rows, f);
}

/* ---- both ------------------------------------------------------------------------------------- */

str import_source_words(const import_source *in)
{
    return !in->path ? in->name : strcmp(in->path, "-") == 0 ? S("standard input") : str_of(in->path);
}

static err_t open_source(import_rows *rows, const import_source *in, fault *f)
{
    struct stat st;
    const char *path = in->path;
    rows->name = import_source_words(in);
    rows->bytes = in->bytes;
    if (!path)
        return ERR_OK;
    bool standard = strcmp(path, "-") == 0;
    rows->fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (rows->fd < 0 || fstat(rows->fd, &st) != 0)
        return fail_errno(f, errno, "cannot read " STR_FMT, STR_ARG(rows->name));
    if (S_ISDIR(st.st_mode))
        return fail(f, ERR_INVALID, STR_FMT " is a directory", STR_ARG(rows->name));
    return ERR_OK;
}

static err_t format_of(str format, str name, bool *ret_json, fault *f)
{
    *ret_json = str_eq(format, S("json")) || (!format.n && (str_ends(name, S(".json")) || str_ends(name, S(".ndjson"))));
    if (!format.n || *ret_json || str_eq(format, S("csv")))
        return ERR_OK;
    return fail(f, ERR_USAGE, "there is no format \"" STR_FMT "\"; it is csv or json", STR_ARG(format));
}

err_t rows_open(arena *a, const relation *r, const import_source *in, str format, const field_mapping *maps, size_t n_maps, bool others_pass,
                import_report *to, fault *f, import_rows **ret)
{
    auto_rows import_rows *rows = NEW(a, import_rows);
    bool                   json;
    rows->fd = -1;
    rows->a = a;
    rows->r = r;
    rows->to = to;
    rows->scratch = arena_new(8 << 20);
    TRY(open_source(rows, in, f));
    TRY(format_of(format, rows->name, &json, f));
    if (json) {
        TRY(json_begin(rows, f));
    } else {
        rows->csv = rows->fd < 0 ? csv_new_bytes(a, rows->bytes, rows->name) : csv_new(a, rows->fd, rows->name);
        TRY(read_header(rows, maps, n_maps, others_pass, f));
    }
    *ret = TAKE(rows);
    return ERR_OK;
}

err_t rows_next(import_rows *rows, fault *f, import_row *ret)
{
    arena_reset(rows->scratch);
    if (rows->csv)
        return next_csv(rows, f, ret);
    return rows->lines.p ? next_in_lines(rows, f, ret) : next_in_array(rows, f, ret);
}

void rows_close(import_rows *rows)
{
    if (!rows)
        return;
    if (rows->fd >= 0)
        close(rows->fd);
    arena_free(rows->scratch);
}
