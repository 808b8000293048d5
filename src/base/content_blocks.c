#include "base/content.h"

typedef struct {
    arena             *a;
    faults            *fs;
    const source_file *file;
    const id_form     *ids;
    block_list        *list;
    block              open;          /* the block being read; no id: its lines are passed over */
    bool               any, may_continue;
} blocks_reader;

static void block_begin(blocks_reader *r, str line, size_t number)
{
    line = str_trim(line);
    bool closed = str_ends(line, S("]"));
    str  id = closed ? str_trim(str_sub(line, 1, line.n - 1)) : line;
    if (r->open.id.n)
        da_push(r->a, r->list) = r->open;
    r->open = (block){ .line = number };
    r->any = true;
    r->may_continue = false;
    if (!closed || !r->ids->sound(id))
        fault_at(r->fs, r->file->path, number, "\"" STR_FMT "\": a block begins with its id in brackets, as %s",
                 STR_ARG(utf8_cut(line, 80)), r->ids->like);
    else
        r->open.id = id;
}

static void line_read(blocks_reader *r, str line, size_t number)
{
    entry e;
    if (line.p[0] == ' ' || line.p[0] == '\t') {
        if (!r->may_continue)
            fault_at(r->fs, r->file->path, number, "begins with blanks and has no line above to continue");
        else
            entry_continue(r->a, &r->open.entries.v[r->open.entries.n - 1], line);
        return;
    }
    r->may_continue = entry_cut(line, number, &e);
    if (r->may_continue)
        da_push(r->a, &r->open.entries) = e;
    else
        fault_at(r->fs, r->file->path, number, "expected \"key: value\", [id] or a comment with #");
}

void blocks_read(arena *a, faults *fs, const source_file *file, const id_form *ids, block_list *ret)
{
    blocks_reader r = { .a = a, .fs = fs, .file = file, .ids = ids, .list = ret };
    size_t        number = 0;
    bool          stray = false;
    if (!text_sound(fs, file))
        return;
    for (str rest = file->text, line; str_line(&rest, &line);) {
        number++;
        if (str_trim(line).n == 0) {
            r.may_continue = false;
        } else if (line.p[0] == '#') {
            continue;
        } else if (line.p[0] == '[') {
            block_begin(&r, line, number);
        } else if (r.any) {
            line_read(&r, line, number);
        } else if (!stray) {
            fault_at(fs, file->path, number, "this line stands before the first [id]");
            stray = true;
        }
    }
    if (r.open.id.n)
        da_push(a, ret) = r.open;
}

static const key_row *row_of(const key_row *rows, size_t n, str key)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(key, str_of(rows[i].key)))
            return &rows[i];
    return NULL;
}

static void unknown_key(faults *fs, str path, const block *b, const entry *e, const key_row *rows, size_t n)
{
    buf known = buf_new(fs->a, 4096);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&known, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ", rows[i].key);
    fault_at(fs, path, e->line, STR_FMT ": there is no key \"" STR_FMT "\"; there are " STR_FMT, STR_ARG(b->id),
             STR_ARG(utf8_cut(e->key, 80)), STR_ARG(buf_str(&known)));
}

bool keys_read(faults *fs, str path, const block *b, const key_row *rows, size_t n, void *target)
{
    const size_t before = fs->list.n;
    for (size_t i = 0; i < b->entries.n; i++) {
        const entry   *e = &b->entries.v[i];
        const key_row *row = row_of(rows, n, e->key);
        bool           twice = false;
        for (size_t k = 0; k < i; k++)
            twice |= str_eq(b->entries.v[k].key, e->key);
        if (!row)
            unknown_key(fs, path, b, e, rows, n);
        else if (row->offset == KEY_REPEATS)
            continue;
        else if (twice)
            fault_at(fs, path, e->line, STR_FMT ": \"%s\" stands twice", STR_ARG(b->id), row->key);
        else if (e->value.n == 0)
            fault_at(fs, path, e->line, STR_FMT ": \"%s\" is empty", STR_ARG(b->id), row->key);
        else
            memcpy((char *)target + row->offset, &e->value, sizeof e->value);
    }
    for (size_t i = 0; i < n; i++) {
        bool there = rows[i].optional || rows[i].offset == KEY_REPEATS;
        for (size_t k = 0; k < b->entries.n && !there; k++)
            there = str_eq(b->entries.v[k].key, str_of(rows[i].key));
        if (!there)
            fault_at(fs, path, b->line, STR_FMT ": \"%s\" is missing", STR_ARG(b->id), rows[i].key);
    }
    return fs->list.n == before;
}

size_t key_line(const block *b, const char *key)
{
    for (size_t i = 0; i < b->entries.n; i++)
        if (str_eq(b->entries.v[i].key, str_of(key)))
            return b->entries.v[i].line;
    return b->line;
}
