/* CSV: what spreadsheets write is read; what is wrong is told with its place. */
#include "test.h"

#include "csv/csv.h"

#include <sys/mman.h>
#include <unistd.h>

static int begin(void **st) { *st = arena_new(64 << 20); return 0; }
static int end(void **st) { arena_free(*st); return 0; }

static int file_of(str bytes)
{
    int fd = memfd_create("csv", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

/* Rows as lines "line: cell|cell", faults as "line.column! why". */
static str shown(arena *a, str bytes, fault *f)
{
    auto_fd int fd = file_of(bytes);
    csv_reader *r = csv_new(a, fd, S("t.csv"));
    csv_row     row;
    buf         out = buf_new(a, 1 << 20);
    err_t       e;
    while ((e = csv_next(r, f, &row)) == ERR_OK && row.n) {
        if (row.why)
            buf_fmt(&out, "%lld.%lld! %s\n", (long long)row.bad_line, (long long)row.bad_column, row.why);
        else
            for (size_t i = 0; i < row.n; i++)
                buf_fmt(&out, i ? "|" STR_FMT : "" STR_FMT, STR_ARG(row.cells[i]));
        if (!row.why)
            buf_putc(&out, '\n');
    }
    if (e != ERR_OK)
        buf_fmt(&out, "%s: %s\n", err_describe(e)->wire, f->text);
    return buf_str(&out);
}

#define SHOWS(bytes, want)                                                                    \
    do {                                                                                      \
        fault f_ = { 0 };                                                                     \
        str   have_ = shown(*st, (str){ bytes, sizeof(bytes) - 1 }, &f_);                     \
        if (!str_eq(have_, S(want)))                                                          \
            fail_msg("have \"%.*s\", want \"%s\"", STR_ARG(have_), want);                     \
    } while (0)

static void cells_are_read_as_rfc_4180_says(void **st)
{
    SHOWS("id,name\r\nann,Ann\r\n", "id|name\nann|Ann\n");
    SHOWS("id,name\nann,Ann", "id|name\nann|Ann\n");
    SHOWS("a,b\n\"x,\"\"y\"\"\",\"1\n2\"\n,\"\"\nz,\n", "a|b\nx,\"y\"|1\n2\nz|\n");
    SHOWS("only\none\n\ntwo\n", "only\none\ntwo\n");
    SHOWS("", "");
    SHOWS("\n\n", "");
}

static void a_byte_order_mark_and_the_separator_are_recognised(void **st)
{
    SHOWS("\xEF\xBB\xBFid;name\nann;x,y\n", "id|name\nann|x,y\n");
    SHOWS("id\tname\tteam\na\tb\tc\n", "id|name|team\na|b|c\n");
    SHOWS("sep=;\r\nid;name\na;b\n", "id|name\na|b\n");
    SHOWS("sep=|\nid|name\n", "invalid: t.csv, line 1: cells are separated by comma, semicolon or TAB\n");
    SHOWS("\"a;b;c\",d\n1,2\n", "a;b;c|d\n1|2\n");
}

static void what_is_no_text_is_told_by_its_name(void **st)
{
    SHOWS("\xFF\xFEi\0d\0", "invalid: t.csv is UTF-16; save it as \"CSV UTF-8\"\n");
    SHOWS("PK\003\004rest", "invalid: t.csv is a workbook or an archive; save the sheet as \"CSV UTF-8\"\n");
}

static void faults_are_told_with_line_and_column_and_reading_goes_on(void **st)
{
    SHOWS("a,b\nx\ny,z,w\nok,ok\n", "a|b\n2.2! fewer cells than the header has\n3.5! more cells than the header has\nok|ok\n");
    SHOWS("a,b\n\"m\nn\",\xC3\xA4z\xFF\nok,ok\n", "a|b\n3.6! no UTF-8; save it as \"CSV UTF-8\"\nok|ok\n");
    SHOWS("a,b\nx,y\0z\nok,ok\n", "a|b\n2.4! a NUL byte\nok|ok\n");
    SHOWS("a,b\nx,y\"z\"\nok,ok\n", "a|b\n2.4! a quote inside a cell that does not begin with one\nok|ok\n");
    SHOWS("a,b\n\"x\" ,y\nok,ok\n", "a|b\n2.4! something follows the quote that closes a cell\nok|ok\n");
    SHOWS("a,b\nx\ry,z\nok,ok\n", "a|b\n2.2! a carriage return without a line feed\nok|ok\n");
}

static void a_quote_that_is_never_closed_is_the_end(void **st)
{
    SHOWS("a,b\nx,\"y\nz,w\n", "a|b\ninvalid: t.csv, line 2, column 3: a quote is opened and never closed\n");
}

static void a_cell_or_a_row_over_its_limit_is_refused(void **st)
{
    arena *a = *st;
    char  *p = arena_alloc(a, 3 << 20, 1);
    fault  f = { 0 };
    memset(p, 'x', 3 << 20);
    str out = shown(a, (str){ p, CSV_CELL_MAX }, &f);
    assert_int_equal(out.n, CSV_CELL_MAX + 1);
    out = shown(a, (str){ p, CSV_CELL_MAX + 1 }, &f);
    assert_true(str_starts(out, S("too-large: t.csv, line 1: a cell is larger than 65536 bytes")));
    for (size_t i = 0; i < 3 << 20; i += 60000)
        p[i] = ',';
    f = (fault){ 0 };
    out = shown(a, (str){ p, 3 << 20 }, &f);
    assert_true(str_starts(out, S("too-large: t.csv, line 1: a row is larger")));
    memset(p, ',', 1000);
    f = (fault){ 0 };
    out = shown(a, (str){ p, 1000 }, &f);
    assert_true(str_starts(out, S("too-large: t.csv, line 1: more than 255 cells")));
}

static void a_file_far_larger_than_memory_is_read_in_little(void **st)
{
    auto_arena arena *small = arena_new(2 << 20);
    auto_fd int       fd = memfd_create("csv", MFD_CLOEXEC);
    char              line[101];
    csv_row           row;
    int64_t           n = 0;
    (void)st;
    memset(line, 'x', 100);
    line[50] = ',';
    line[99] = '\n';
    auto_arena arena *a = arena_new(16 << 20);
    buf b = buf_new(a, 8 << 20);
    for (int i = 0; i < 40000; i++)
        buf_put(&b, line, 100);
    for (int i = 0; i < 8; i++)
        assert_int_equal(write(fd, b.p, b.n), (ssize_t)b.n);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    csv_reader *r = csv_new(small, fd, S("big"));
    for (fault f = { 0 }; csv_next(r, &f, &row) == ERR_OK && row.n; n++)
        assert_null(row.why);
    assert_int_equal(n, 320000);
    assert_true(arena_used_bytes(small) < 2 << 20);
}

static str written(arena *a, const char *text, bool number)
{
    buf out = buf_new(a, 1 << 16);
    csv_put(&out, true, str_of(text), number);
    return buf_str(&out);
}

static void what_a_spreadsheet_would_run_is_disarmed_and_comes_back(void **st)
{
    static const struct { const char *text, *want; } rows[] = {
        { "=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"" }, { "+1", "\"'+1\"" }, { "-1", "\"'-1\"" }, { "@x", "\"'@x\"" },
        { "\tx", "\"'\tx\"" }, { "\rx", "\"'\rx\"" }, { "'=1", "\"''=1\"" }, { "'tis", "'tis" }, { "plain", "plain" },
        { "a,b", "\"a,b\"" }, { "say \"hi\"", "\"say \"\"hi\"\"\"" }, { "two\nlines", "\"two\nlines\"" }, { "", "" }, { " x", "\" x\"" },
        { "a;b", "\"a;b\"" }, { "''", "''" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        str out = written(*st, rows[i].text, false);
        if (!str_eq(out, str_of(rows[i].want)))
            fail_msg("%s is written as %.*s", rows[i].text, STR_ARG(out));
        buf doc = buf_new(*st, 1 << 16);
        buf_fmt(&doc, "k,v\nk," STR_FMT "\n", STR_ARG(out));
        auto_fd int fd = file_of(buf_str(&doc));
        csv_reader *r = csv_new(*st, fd, S("t"));
        csv_row     row;
        assert_int_equal(csv_next(r, NULL, &row), ERR_OK);
        assert_int_equal(csv_next(r, NULL, &row), ERR_OK);
        assert_int_equal(row.n, 2);
        assert_true(str_eq(csv_plain(row.cells[1]), str_of(rows[i].text)));
    }
    assert_true(str_eq(written(*st, "-12", true), S("-12")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cells_are_read_as_rfc_4180_says, begin, end),
        cmocka_unit_test_setup_teardown(a_byte_order_mark_and_the_separator_are_recognised, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_text_is_told_by_its_name, begin, end),
        cmocka_unit_test_setup_teardown(faults_are_told_with_line_and_column_and_reading_goes_on, begin, end),
        cmocka_unit_test_setup_teardown(a_quote_that_is_never_closed_is_the_end, begin, end),
        cmocka_unit_test_setup_teardown(a_cell_or_a_row_over_its_limit_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_file_far_larger_than_memory_is_read_in_little, begin, end),
        cmocka_unit_test_setup_teardown(what_a_spreadsheet_would_run_is_disarmed_and_comes_back, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
