/* The files of clocks and calendars: what is built in, and a directory laid over it. */
#include "calendar/parts.h"

#include <errno.h>
#include <stdlib.h>

static void refuse(faults *fs, str path, int e)
{
    char text[128];
    fault_at(fs, utf8_clean(fs->a, path), 0, "%s", e == EFBIG ? "is too large" : strerror_r(e, text, sizeof text));
}

/* A calendar's file holds one block, named as the file. */
static void calendar_file(faults *fs, str path, str text, block_list *list)
{
    size_t before = list->n;
    str    name = path;
    for (str rest = path; rest.p;)
        name = str_cut(&rest, '/');
    name = str_sub(name, 0, name.n - S(".txt").n);
    blocks_read(fs, path, text, list);
    if (list->n != before + 1 || !str_eq(list->v[before].name, name))
        fault_at(fs, path, 0, "holds one block, [" STR_FMT "]", STR_ARG(name));
}

static void overlay_calendars(faults *fs, str dir, block_list *list)
{
    str   *names = NULL, text;
    size_t n = 0;
    int    e = dir_names(fs->a, str_z(fs->a, dir), CALENDAR_NAMES_MAX, &names, &n);
    if (e && e != ENOENT)
        refuse(fs, dir, e);
    for (size_t i = 0; !e && i < n; i++) {
        str path = str_fmt(fs->a, STR_FMT "/" STR_FMT, STR_ARG(dir), STR_ARG(names[i]));
        if (names[i].p[0] == '.')
            continue;
        if (!str_ends(names[i], S(".txt")) || !utf8_valid(names[i])) {
            fault_at(fs, utf8_clean(fs->a, path), 0, "is not read: names here end in .txt");
            continue;
        }
        int bad = file_slurp(fs->a, str_z(fs->a, path), CALENDAR_FILE_MAX, &text);
        if (bad)
            refuse(fs, path, bad);
        else
            calendar_file(fs, path, text, list);
    }
}

static void gather(faults *fs, const char *overlay, block_list *days, block_list *clocks)
{
    str text;
    for (size_t i = 0; i < n_assets; i++) {
        str path = str_of(assets[i].path);
        if (str_eq(path, S("content/clocks.txt")))
            blocks_read(fs, path, assets[i].bytes, clocks);
        else if (str_starts(path, S("content/calendars/")))
            calendar_file(fs, path, assets[i].bytes, days);
    }
    if (!overlay)
        return;
    str path = str_fmt(fs->a, "%s/clocks.txt", overlay);
    int e = file_slurp(fs->a, path.p, CALENDAR_FILE_MAX, &text);
    if (e == 0)
        blocks_read(fs, path, text, clocks);
    else if (e != ENOENT)
        refuse(fs, path, e);
    overlay_calendars(fs, str_fmt(fs->a, "%s/calendars", overlay), days);
}

/* Whether a later file says the same name again. */
static bool replaced(const block_list *list, size_t i)
{
    for (size_t k = i + 1; k < list->n; k++)
        if (str_eq(list->v[k].name, list->v[i].name))
            return true;
    return false;
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
    faults         fs = { .a = a, .text = buf_new(a, sizeof f->text * 4) };
    block_list     days = { 0 }, clocks = { 0 };
    DA(calendar)   cals = { 0 };
    DA(clock_rule) rules = { 0 };
    calendars     *cs = NEW(a, calendars);
    calendar       one;
    clock_rule     rule;
    gather(&fs, overlay, &days, &clocks);
    for (size_t i = 0; i < days.n; i++)
        if (calendar_read(&fs, &days.v[i], &one) && !replaced(&days, i))
            da_push(a, &cals) = one;
    if (cals.n)
        qsort(cals.v, cals.n, sizeof *cals.v, by_name);
    cs->calendars = cals.v;
    cs->n_calendars = cals.n;
    for (size_t i = 0; i < clocks.n; i++)
        if (clock_read(&fs, &clocks.v[i], cs, &rule) && !replaced(&clocks, i))
            da_push(a, &rules) = rule;
    if (rules.n)
        qsort(rules.v, rules.n, sizeof *rules.v, by_name);
    cs->clocks = rules.v;
    cs->n_clocks = rules.n;
    if (fs.text.n) {
        str text = utf8_clean(a, buf_str(&fs.text));
        return fail(f, ERR_INVALID, STR_FMT, STR_ARG(text));
    }
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
