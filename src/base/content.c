#include "base/content.h"

__attribute__((format(printf, 5, 0)))
static void vfault(faults *fs, str path, size_t line, size_t column, const char *fmt, va_list ap)
{
    str what = str_vfmt(fs->a, fmt, ap);
    str at = line == 0   ? path
             : column == 0 ? str_fmt(fs->a, STR_FMT ":%zu", STR_ARG(path), line)
                         : str_fmt(fs->a, STR_FMT ":%zu:%zu", STR_ARG(path), line, column);
    str all = str_fmt(fs->a, STR_FMT ": " STR_FMT, STR_ARG(at), STR_ARG(what));
    da_push(fs->a, &fs->list) = all;
    if (fs->on_fault)
        fs->on_fault(fs->arg, all);
}

void fault_at(faults *fs, str path, size_t line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vfault(fs, path, line, 0, fmt, ap);
    va_end(ap);
}

void fault_in(faults *fs, str path, size_t line, size_t column, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vfault(fs, path, line, column, fmt, ap);
    va_end(ap);
}

void fault_told(faults *fs, str path, size_t line, str text)
{
    str     rest = text, first = str_cut(&rest, ':'), second = rest.p ? str_cut(&rest, ':') : S("");
    int64_t at, column;
    if (rest.p && parse_int(first, 1, INT32_MAX, &at) && parse_int(second, 1, INT32_MAX, &column))
        fault_in(fs, path, (size_t)at, (size_t)column, STR_FMT, STR_ARG(str_trim(rest)));
    else
        fault_at(fs, path, line, STR_FMT, STR_ARG(text));
}

err_t faults_report(const faults *fs, fault *f)
{
    enum { ROOM = sizeof(f->text) - 32 };             /* "\nand 18446744073709551615 more" still fits */
    if (fs->list.n == 0)
        return ERR_OK;
    buf    b = buf_new(fs->a, sizeof f->text * 2);
    size_t i = 0;
    for (; i < fs->list.n; i++) {
        str line = fs->list.v[i];
        if (i > 0 && b.n + 1 + line.n > ROOM)
            break;
        if (i > 0)
            buf_putc(&b, '\n');
        buf_puts(&b, line.n > ROOM ? str_sub(line, 0, ROOM) : line);
    }
    if (i < fs->list.n)
        buf_fmt(&b, "\nand %zu more", fs->list.n - i);
    str text = utf8_clean(fs->a, buf_str(&b));         /* a cut may have split a character */
    return fail(f, ERR_INVALID, STR_FMT, STR_ARG(text));
}

bool entry_cut(str line, size_t number, entry *ret)
{
    str rest = line;
    str key = str_trim(str_cut(&rest, ':'));
    if (!rest.p || key.n == 0)
        return false;
    *ret = (entry){ .key = key, .value = str_trim(rest), .line = number };
    return true;
}

void entry_continue(arena *a, entry *e, str more)
{
    more = str_trim(more);
    e->value = e->value.n ? str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(e->value), STR_ARG(more)) : more;
}

bool text_sound(faults *fs, const source_file *file)
{
    const char *why = NULL;
    if (file->text.n > CONTENT_FILE_MAX)
        why = "is larger than 1 MiB";
    else if (!utf8_valid(file->text))
        why = "is not UTF-8 text";
    else if (file->text.n && memchr(file->text.p, 0, file->text.n))
        why = "holds a NUL byte: it is not text";
    if (why)
        fault_at(fs, file->path, 0, "%s", why);
    return why == NULL;
}

bool name_sound(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = c >= 'a' && c <= 'z';
        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-')))
            return false;
    }
    return s.n > 0;
}
