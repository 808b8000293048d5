/* Any bytes are read to the end or refused in bounded memory; what is sound is
 * UTF-8 without NUL, and comes back the same when it is written and read again. */
#include "csv/csv.h"

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int file_of(str bytes)
{
    int fd = memfd_create("csv", MFD_CLOEXEC);
    if (fd < 0 || (bytes.n && write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n) || lseek(fd, 0, SEEK_SET) != 0)
        abort();
    return fd;
}

static void check_again(arena *a, const buf *written, const csv_row *want)
{
    auto_fd int fd = file_of(buf_str(written));
    csv_reader *r = csv_new(a, fd, S("again"));
    csv_row     row;
    if (csv_next(r, NULL, &row) != ERR_OK || csv_next(r, NULL, &row) != ERR_OK || row.why || row.n != want->n + 1)
        abort();
    for (size_t i = 0; i < want->n; i++)
        if (!str_eq(csv_plain(row.cells[i + 1]), want->cells[i]))
            abort();
}

static void write_again(const csv_row *row)
{
    auto_arena arena *a = arena_new(64 << 20);
    buf               out = buf_new(a, 16 << 20);
    size_t            largest = 0;
    for (size_t i = 0; i <= row->n; i++)
        csv_put(&out, i == 0, S("head"), false);
    csv_end(&out);
    csv_put(&out, true, S("begins"), false);
    for (size_t i = 0; i < row->n; i++) {
        csv_put(&out, false, row->cells[i], false);
        largest = row->cells[i].n > largest ? row->cells[i].n : largest;
    }
    csv_end(&out);
    if (row->n + 2 < CSV_COLUMNS_MAX && largest < CSV_CELL_MAX)
        check_again(a, &out, row);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(8 << 20);
    auto_fd int       fd = file_of((str){ (const char *)data, n });
    csv_reader       *r = csv_new(a, fd, S("fuzz"));
    csv_row           row;
    for (int64_t line = 0; csv_next(r, NULL, &row) == ERR_OK && row.n; line = row.line) {
        if (row.line <= line)
            abort();
        if (row.why)
            continue;
        for (size_t i = 0; i < row.n; i++)
            if (!utf8_valid(row.cells[i]))
                abort();
        write_again(&row);
    }
    return 0;
}
