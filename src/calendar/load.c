/* The files of clocks and calendars: what is built in, and a directory laid over it. */
#include "calendar/parts.h"

bool block_name_sound(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = c >= 'a' && c <= 'z';
        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-' || c == '_')))
            return false;
    }
    return s.n > 0;
}

static const id_form names = { block_name_sound, "[us-federal]: a-z, 0-9, - and _" };

void key_bad(faults *fs, str path, const block *b, const char *key, const char *why)
{
    fault_at(fs, path, key_line(b, key), STR_FMT ": %s: %s", STR_ARG(b->id), key, why);
}

typedef DA(calendar)   calendar_list;
typedef DA(clock_rule) clock_list;

/* A calendar's file holds one block, named as the file. */
static void calendar_file(arena *a, faults *fs, const content_file *file, calendar_list *list)
{
    block_list blocks = { 0 };
    calendar   one;
    str        path = file->file.path, name = file->rel;
    size_t     before = fs->list.n;
    str_cut(&name, '/');
    name = str_sub(name, 0, name.n - S(".txt").n);
    blocks_read(a, fs, &file->file, &names, &blocks);
    if (blocks.n == 1 && str_eq(blocks.v[0].id, name)) {
        if (calendar_read(a, fs, path, &blocks.v[0], &one))
            da_push(a, list) = one;
    } else if (fs->list.n == before) {
        fault_at(fs, path, 0, "holds one block, [" STR_FMT "]", STR_ARG(name));
    }
}

/* Clocks of a later file replace those of an earlier one by name. */
static void clocks_file(arena *a, faults *fs, const content_file *file, const calendars *cs, clock_list *list)
{
    block_list blocks = { 0 };
    size_t     before = list->n;
    clock_rule one;
    blocks_read(a, fs, &file->file, &names, &blocks);
    for (size_t i = 0; i < blocks.n; i++) {
        size_t k = 0;
        if (!clock_read(fs, file->file.path, &blocks.v[i], cs, &one))
            continue;
        while (k < list->n && !str_eq(list->v[k].name, one.name))
            k++;
        if (k == list->n)
            da_push(a, list) = one;
        else if (k < before)
            list->v[k] = one;
        else
            fault_at(fs, file->file.path, blocks.v[i].line, STR_FMT " stands twice", STR_ARG(one.name));
    }
}

/* Both structs begin with their name. */
static int by_name(const void *x, const void *y)
{
    str a, b;
    memcpy(&a, x, sizeof a);
    memcpy(&b, y, sizeof b);
    return str_cmp(a, b);
}
_Static_assert(offsetof(calendar, name) == 0 && offsetof(clock_rule, name) == 0, "by_name reads the first member");

err_t calendar_load(arena *a, const char *overlay, fault *f, calendars **ret)
{
    static const content_dir dirs[] = { { .name = "calendars", .endings = { ".txt" } },
                                        { .name = "clocks.txt", .endings = { ".txt" }, .by_block = true } };
    faults        fs = { .a = a };
    content_files files = { 0 };
    calendar_list cals = { 0 };
    clock_list    clocks = { 0 };
    calendars    *cs = NEW(a, calendars);
    files_gather(a, &fs, overlay, dirs, COUNT(dirs), &files);
    for (size_t i = 0; i < files.n; i++)
        if (str_starts(files.v[i].rel, S("calendars/")))
            calendar_file(a, &fs, &files.v[i], &cals);
    if (cals.n)
        qsort(cals.v, cals.n, sizeof *cals.v, by_name);
    cs->calendars = cals.v;
    cs->n_calendars = cals.n;
    for (size_t i = 0; i < files.n; i++)
        if (str_eq(files.v[i].rel, S("clocks.txt")))
            clocks_file(a, &fs, &files.v[i], cs, &clocks);
    if (clocks.n)
        qsort(clocks.v, clocks.n, sizeof *clocks.v, by_name);
    cs->clocks = clocks.v;
    cs->n_clocks = clocks.n;
    TRY(faults_report(&fs, f));
    *ret = cs;
    return ERR_OK;
}

const calendar *calendar_find(const calendars *cs, str name)
{
    for (size_t i = 0; i < cs->n_calendars; i++)
        if (str_eq(cs->calendars[i].name, name))
            return &cs->calendars[i];
    return NULL;
}

const clock_rule *clock_find(const calendars *cs, str name)
{
    for (size_t i = 0; i < cs->n_clocks; i++)
        if (str_eq(cs->clocks[i].name, name))
            return &cs->clocks[i];
    return NULL;
}
