#include "csv/csv.h"

#include <errno.h>
#include <string.h>

enum { CHUNK_BYTES = 64 * 1024 };

typedef enum { AT_START, PLAIN, QUOTED, AFTER_QUOTE } cell_state;

struct csv_reader {
    int        fd;            /* -1: what is left of `bytes` instead */
    str        bytes, name;
    char       separator;     /* 0: not known yet */
    size_t     columns;       /* of the header; 0: not read yet */
    char      *chunk;         /* what was read and not yet used */
    size_t     at, n;
    bool       ended;
    char      *row;           /* the cells of the row, one after the other */
    size_t     row_n;
    size_t     begins[CSV_COLUMNS_MAX + 1];
    size_t     n_cells;
    str        cells[CSV_COLUMNS_MAX];
    struct { int64_t line, column; } places[CSV_COLUMNS_MAX + 1];     /* where each cell begins, and the row ends */
    int64_t    line, column;  /* of the next byte */
    int64_t    quote_line, quote_column;
    bool       started;
    csv_row    out;
};

csv_reader *csv_new(arena *a, int fd, str name)
{
    csv_reader *r = NEW(a, csv_reader);
    *r = (csv_reader){ .fd = fd, .name = str_dup(a, name), .line = 1, .column = 1,
                       .chunk = arena_alloc(a, CHUNK_BYTES, 1), .row = arena_alloc(a, CSV_ROW_MAX + 1, 1) };
    return r;
}

csv_reader *csv_new_bytes(arena *a, str bytes, str name)
{
    csv_reader *r = csv_new(a, -1, name);
    r->bytes = bytes;
    return r;
}

char csv_separator(const csv_reader *r) { return r->separator; }

/* ---- bytes ------------------------------------------------------------------------- */

static ssize_t read_some(csv_reader *r, char *to, size_t max)
{
    if (r->fd >= 0)
        return fd_read(r->fd, to, max);
    str some = str_sub(r->bytes, 0, max);
    if (some.n)
        memcpy(to, some.p, some.n);
    r->bytes = str_sub(r->bytes, some.n, r->bytes.n);
    return (ssize_t)some.n;
}

static err_t more(csv_reader *r, fault *f)
{
    if (r->at < r->n || r->ended)
        return ERR_OK;
    ssize_t got = read_some(r, r->chunk, CHUNK_BYTES);
    if (got < 0)
        return fail_errno(f, errno, "cannot read " STR_FMT, STR_ARG(r->name));
    r->at = 0;
    r->n = (size_t)got;
    r->ended = got == 0;
    return ERR_OK;
}

/* As many bytes as there are, up to a chunk: what the first line is judged by. */
static err_t fill_first(csv_reader *r, fault *f)
{
    while (r->n < CHUNK_BYTES && !r->ended) {
        ssize_t got = read_some(r, r->chunk + r->n, CHUNK_BYTES - r->n);
        if (got < 0)
            return fail_errno(f, errno, "cannot read " STR_FMT, STR_ARG(r->name));
        r->ended = got == 0;
        r->n += (size_t)got;
    }
    r->ended = false;                     /* told again once the chunk is used */
    return ERR_OK;
}

/* ---- the beginning ------------------------------------------------------------------- */

static const struct { str begins; const char *what; } no_text[] = {
    { { "\xFF\xFE", 2 }, "is UTF-16; save it as \"CSV UTF-8\"" },
    { { "\xFE\xFF", 2 }, "is UTF-16; save it as \"CSV UTF-8\"" },
    { { "PK\x03\x04", 4 }, "is a workbook or an archive; save the sheet as \"CSV UTF-8\"" },
    { { "\xD0\xCF\x11\xE0", 4 }, "is a workbook; save the sheet as \"CSV UTF-8\"" },
    { { "%PDF", 4 }, "is a PDF, not a table of text" },
};

static char busiest_separator(str line)
{
    static const char candidates[] = { ',', ';', '\t' };
    size_t            best = 0;
    char              ret = ',';
    for (size_t k = 0; k < COUNT(candidates); k++) {
        size_t n = 0;
        bool   quoted = false;
        for (size_t i = 0; i < line.n && (quoted || line.p[i] != '\n'); i++) {
            quoted ^= line.p[i] == '"';
            n += !quoted && line.p[i] == candidates[k];
        }
        if (n > best) {
            best = n;
            ret = candidates[k];
        }
    }
    return ret;
}

/* "sep=;" alone on the first line. */
static bool separator_line(csv_reader *r)
{
    str head = str_sub((str){ r->chunk + r->at, r->n - r->at }, 0, 8), line = head;
    if (!str_starts(head, S("sep=")) || head.n < 6 || !str_line(&head, &line) || line.n != 5 || !head.p)
        return false;
    r->separator = line.p[4];
    r->at += (size_t)(head.p - line.p);
    r->line = 2;
    return true;
}

static err_t begin(csv_reader *r, fault *f)
{
    r->started = true;
    TRY(fill_first(r, f));
    str first = { r->chunk, r->n };
    for (size_t i = 0; i < COUNT(no_text); i++)
        if (str_starts(first, no_text[i].begins))
            return fail(f, ERR_INVALID, STR_FMT " %s", STR_ARG(r->name), no_text[i].what);
    if (str_starts(first, S("\xEF\xBB\xBF")))
        r->at = 3;
    if (separator_line(r)) {
        if (!strchr(",;\t", r->separator) || !r->separator)
            return fail(f, ERR_INVALID, STR_FMT ", line 1: cells are separated by comma, semicolon or TAB", STR_ARG(r->name));
        return ERR_OK;
    }
    r->separator = busiest_separator((str){ r->chunk + r->at, r->n - r->at });
    return ERR_OK;
}

/* ---- a row ---------------------------------------------------------------------------- */

static void wrong(csv_reader *r, int64_t line, int64_t column, const char *why)
{
    if (r->out.why)
        return;                           /* the first fault of a row is the one that helps */
    r->out.why = why;
    r->out.bad_line = line;
    r->out.bad_column = column;
}

static err_t put(csv_reader *r, char c, fault *f)
{
    if (r->row_n - r->begins[r->n_cells] >= CSV_CELL_MAX)
        return fail(f, ERR_TOO_LARGE, STR_FMT ", line %lld: a cell is larger than %d bytes; a quote that is not closed makes such cells too",
                    STR_ARG(r->name), (long long)r->out.line, CSV_CELL_MAX);
    if (r->row_n >= CSV_ROW_MAX)
        return fail(f, ERR_TOO_LARGE, STR_FMT ", line %lld: a row is larger than %d bytes", STR_ARG(r->name), (long long)r->out.line, CSV_ROW_MAX);
    r->row[r->row_n++] = c;
    return ERR_OK;
}

static err_t end_cell(csv_reader *r, fault *f)
{
    if (r->n_cells + 1 >= CSV_COLUMNS_MAX)
        return fail(f, ERR_TOO_LARGE, STR_FMT ", line %lld: more than %d cells in a row", STR_ARG(r->name), (long long)r->out.line,
                    CSV_COLUMNS_MAX - 1);
    r->begins[++r->n_cells] = r->row_n;
    r->places[r->n_cells].line = r->line;
    r->places[r->n_cells].column = r->column;
    return ERR_OK;
}

/* One byte outside of quotes that is neither separator nor end of line. */
static err_t plain_byte(csv_reader *r, cell_state *s, char c, fault *f)
{
    if (c == '"' && *s == AT_START) {
        *s = QUOTED;
        r->quote_line = r->line;
        r->quote_column = r->column;
        return ERR_OK;
    }
    if (*s == AFTER_QUOTE)
        wrong(r, r->line, r->column, "something follows the quote that closes a cell");
    else if (c == '"')
        wrong(r, r->line, r->column, "a quote inside a cell that does not begin with one");
    if (*s != AFTER_QUOTE)
        *s = PLAIN;
    return put(r, c, f);
}

static err_t quoted_byte(csv_reader *r, cell_state *s, char c, fault *f)
{
    if (c != '"')
        return put(r, c, f);
    TRY(more(r, f));
    if (r->at < r->n && r->chunk[r->at] == '"') {
        r->at++;
        r->column++;
        return put(r, '"', f);
    }
    *s = AFTER_QUOTE;
    return ERR_OK;
}

/* LF, or CR LF; a CR alone is a fault and part of the cell. */
static err_t line_end(csv_reader *r, char c, fault *f, bool *ret)
{
    *ret = c == '\n';
    if (c != '\r')
        return ERR_OK;
    TRY(more(r, f));
    *ret = r->at == r->n || r->chunk[r->at] == '\n';
    r->at += *ret && r->at < r->n;
    if (!*ret)
        wrong(r, r->line, r->column, "a carriage return without a line feed");
    return ERR_OK;
}

static void advance(csv_reader *r, char c)
{
    if (c == '\n') {
        r->line++;
        r->column = 1;
    } else {
        r->column += ((unsigned char)c & 0xC0) != 0x80;
    }
}

static err_t take_row(csv_reader *r, fault *f)
{
    cell_state s = AT_START;
    bool       ends = false;
    for (;;) {
        TRY(more(r, f));
        if (r->at == r->n)
            break;
        char c = r->chunk[r->at++];
        if (c == '\0')
            wrong(r, r->line, r->column, "a NUL byte");
        if (s == QUOTED) {
            TRY(quoted_byte(r, &s, c, f));
            advance(r, c);
            continue;
        }
        TRY(line_end(r, c, f, &ends));
        if (ends)
            break;
        if (c != r->separator)
            TRY(plain_byte(r, &s, c, f));
        advance(r, c);
        if (c == r->separator) {
            TRY(end_cell(r, f));
            s = AT_START;
        }
    }
    if (s == QUOTED)
        return fail(f, ERR_INVALID, STR_FMT ", line %lld, column %lld: a quote is opened and never closed", STR_ARG(r->name),
                    (long long)r->quote_line, (long long)r->quote_column);
    TRY(end_cell(r, f));
    if (ends)
        advance(r, '\n');
    return ERR_OK;
}

/* How many characters stand before the first byte that is no UTF-8. */
static int64_t good_characters(str s)
{
    auto_arena arena *a = arena_new(1 << 20);
    str               clean = utf8_clean(a, s);
    int64_t           n = 0;
    for (size_t i = 0; i < s.n && i < clean.n && s.p[i] == clean.p[i]; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

static void check_utf8(csv_reader *r)
{
    for (size_t i = 0; i < r->n_cells && !r->out.why; i++)
        if (!utf8_valid(r->cells[i]))
            wrong(r, r->places[i].line, r->places[i].column + good_characters(r->cells[i]), "no UTF-8; save it as \"CSV UTF-8\"");
}

static bool all_empty(const csv_reader *r) { return r->row_n == 0; }

static void check_count(csv_reader *r)
{
    if (!r->columns)
        r->columns = r->n_cells;
    else if (r->n_cells < r->columns)
        wrong(r, r->places[r->n_cells].line, r->places[r->n_cells].column, "fewer cells than the header has");
    else if (r->n_cells > r->columns)
        wrong(r, r->places[r->columns].line, r->places[r->columns].column, "more cells than the header has");
}

err_t csv_next(csv_reader *r, fault *f, csv_row *ret)
{
    if (!r->started)
        TRY(begin(r, f));
    do {
        r->out = (csv_row){ .line = r->line };
        r->row_n = r->n_cells = 0;
        r->begins[0] = 0;
        r->places[0].line = r->line;
        r->places[0].column = r->column;
        TRY(more(r, f));
        if (r->at == r->n) {
            *ret = r->out;
            return ERR_OK;
        }
        TRY(take_row(r, f));
    } while (all_empty(r) && !r->out.why);
    for (size_t i = 0; i < r->n_cells; i++)
        r->cells[i] = (str){ r->row + r->begins[i], r->begins[i + 1] - r->begins[i] };
    check_utf8(r);
    check_count(r);
    r->out.cells = r->cells;
    r->out.n = r->n_cells;
    *ret = r->out;
    return ERR_OK;
}

/* ---- formulas, writing ------------------------------------------------------------------ */

/* What a spreadsheet runs, also behind apostrophes: so the apostrophe that is
 * added is always the one that is taken away. */
static bool runs(str s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] == '\'')
        i++;
    return i < s.n && memchr("=+-@\t\r", s.p[i], 6) != NULL;
}

str csv_plain(str cell)
{
    return cell.n && cell.p[0] == '\'' && runs(cell) ? str_sub(cell, 1, cell.n) : cell;
}

void csv_put(buf *out, bool first, str text, bool number)
{
    bool guard = !number && runs(text), quote = guard;
    for (size_t i = 0; i < text.n && !quote; i++)
        quote = strchr(",;\t\"\r\n", text.p[i]) != NULL;
    if (text.n && (text.p[0] == ' ' || text.p[text.n - 1] == ' '))
        quote = true;
    if (!first)
        buf_putc(out, ',');
    if (quote)
        buf_putc(out, '"');
    if (guard)
        buf_putc(out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_putc(out, '"');
        buf_putc(out, text.p[i]);
    }
    if (quote)
        buf_putc(out, '"');
}

void csv_end(buf *out) { buf_putz(out, "\r\n"); }
