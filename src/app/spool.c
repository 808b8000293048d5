#include "app/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 4 << 20 };

struct spool {
    arena          *scratch;                   /* emptied after every line */
    FILE           *file;
    const relation *open;
    void          (*progress)(void *arg, str text);
    void           *arg;
};

err_t spool_new(arena *a, const char *dir, fault *f, spool **ret)
{
    spool *s = NEW(a, spool);
    int    fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_errno(f, errno, "cannot make a temporary file in %s", dir);
    s->file = fdopen(fd, "w+");
    if (!s->file) {
        close(fd);
        return fail_errno(f, errno, "cannot use a temporary file in %s", dir);
    }
    s->scratch = arena_new(64 << 20);
    *ret = s;
    return ERR_OK;
}

void spool_free(spool *s)
{
    if (!s)
        return;
    fclose(s->file);                           /* nothing of it is wanted any more */
    arena_free(s->scratch);
}

static err_t put_line(spool *s, char kind, str line, fault *f)
{
    uint32_t n = (uint32_t)line.n;
    assert(line.n <= LINE_MAX_BYTES);
    if (fputc(kind, s->file) == EOF || fwrite(&n, sizeof n, 1, s->file) != 1
        || (line.n && fwrite(line.p, line.n, 1, s->file) != 1))
        return fail_errno(f, errno, "cannot write a temporary file");
    arena_reset(s->scratch);
    return ERR_OK;
}

static err_t on_begin(void *arg, const relation *r, bool snapshot, fault *f)
{
    spool *s = arg;
    s->open = r;
    return put_line(s, snapshot ? 'B' : 'D', str_of(r->name), f);
}

static err_t on_row(void *arg, const value *row, fault *f)
{
    spool *s = arg;
    buf    b = buf_new(s->scratch, LINE_MAX_BYTES);
    row_json(s->open, row, false, s->scratch, &b);
    if (b.overflow)
        return fail(f, ERR_TOO_LARGE, "a row of %s is larger than %d bytes", s->open->name, LINE_MAX_BYTES);
    return put_line(s, 'R', buf_str(&b), f);
}

static err_t on_end(void *arg, const relation *r, collect_status st, str reason, fault *f)
{
    spool *s = arg;
    (void)r;
    return put_line(s, (char)('a' + (int)st), str_sub(reason, 0, LINE_MAX_BYTES), f);
}

static void on_progress(void *arg, str text)
{
    spool *s = arg;
    if (s->progress)
        s->progress(s->arg, text);
}

collect_sink spool_sink(spool *s, void (*progress)(void *arg, str text), void *arg)
{
    s->progress = progress;
    s->arg = arg;
    return (collect_sink){ on_begin, on_row, on_end, on_progress, s };
}

static err_t replay_line(spool *s, int kind, str line, const collect_sink *sink, fault *f)
{
    value row[RELATION_FIELDS_MAX];
    switch (kind) {
    case 'B': case 'D':
        s->open = relation_find(line);
        assert(s->open);
        return sink->begin(sink->arg, s->open, kind == 'B', f);
    case 'R':
        TRY(row_parse(s->open, line, s->scratch, f, row));
        return sink->row(sink->arg, row, f);
    default:
        assert(kind >= 'a' && kind < 'a' + ST_COUNT_);
        return sink->end(sink->arg, s->open, (collect_status)(kind - 'a'), line, f);
    }
}

err_t spool_replay(spool *s, const collect_sink *sink, fault *f)
{
    if (fflush(s->file) != 0 || fseek(s->file, 0, SEEK_SET) != 0)
        return fail_errno(f, errno, "cannot write a temporary file");
    for (;;) {
        uint32_t n;
        int      kind = fgetc(s->file);
        if (kind == EOF)
            return ferror(s->file) ? fail_errno(f, errno, "cannot read a temporary file") : ERR_OK;
        if (fread(&n, sizeof n, 1, s->file) != 1 || n > LINE_MAX_BYTES)
            return fail(f, ERR_IO, "a temporary file was cut short");
        char *p = arena_alloc(s->scratch, (size_t)n + 1, 1);
        if (n && fread(p, n, 1, s->file) != 1)
            return fail(f, ERR_IO, "a temporary file was cut short");
        TRY(replay_line(s, kind, (str){ p, n }, sink, f));
        arena_reset(s->scratch);
    }
}
