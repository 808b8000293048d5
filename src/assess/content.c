#include "assess/parts.h"

static const content_dir dirs[] = {
    { .name = "criteria", .endings = { ".tsv" } },
    { .name = "controls", .endings = { ".txt" }, .by_block = true },
    { .name = "tests", .endings = { ".sql", ".fixtures" }, .nested = true },
    { .name = "parameters.txt" },
};

typedef struct {
    arena        *a;
    faults       *fs;
    content_files files;
    content      *c;
    control_test *tests;              /* c->tests, while they may still change */
    map           by_rel;             /* files by rel */
    bool          all;                /* also what is built in is checked through and through */
    DA(str)       warnings;
} loader;

static void warn(loader *l, const char *fmt, ...) PRINTF_LIKE(2);

static void warn(loader *l, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    da_push(l->a, &l->warnings) = str_vfmt(l->a, fmt, ap);
    va_end(ap);
}

/* ---- criteria and controls ------------------------------------------------------- */

static void load_criteria(loader *l)
{
    const str    rel = S("criteria/tsc.tsv");
    const asset *builtin = asset_find(S("content/criteria/tsc.tsv"));
    assert(builtin);
    const source_file first = { .path = str_of(builtin->path), .text = builtin->bytes };
    criteria_read(l->a, l->fs, &first, NULL, l->c);
    const content_file *file = file_find(&l->files, rel);
    if (file && file->overlay) {
        const content closed = *l->c;
        criteria_read(l->a, l->fs, &file->file, &closed, l->c);
    }
    for (size_t i = 0; i < l->files.n; i++) {
        const content_file *other = &l->files.v[i];
        if (str_starts(other->rel, S("criteria/")) && !str_eq(other->rel, rel))
            fault_at(l->fs, other->file.path, 0, "is not read: the criteria are in criteria/tsc.tsv");
    }
}

static int by_control(const void *x, const void *y)
{
    return str_cmp(((const control *)x)->id, ((const control *)y)->id);
}

/* The file's controls; a family is what stands before the dash. */
static void controls_of(loader *l, const content_file *file, control_list *list)
{
    size_t from = list->n;
    controls_read(l->a, l->fs, &file->file, l->c, list);
    for (size_t i = from + 1; i < list->n; i++) {
        str first = list->v[from].id, id = list->v[i].id;
        if (!file->overlay && !str_eq(str_sub(first, 0, first.n - 2), str_sub(id, 0, id.n - 2)))
            fault_at(l->fs, file->file.path, 0, "holds " STR_FMT " and " STR_FMT ": one family of IDs a file",
                     STR_ARG(first), STR_ARG(id));
    }
}

static void load_controls(loader *l)
{
    control_list layers[2] = { 0 };
    for (size_t i = 0; i < l->files.n; i++)
        if (str_starts(l->files.v[i].rel, S("controls/")))
            controls_of(l, &l->files.v[i], &layers[l->files.v[i].overlay]);
    control_list all = layers[1];
    for (size_t i = 0; i < layers[0].n; i++) {
        bool replaced = false;
        for (size_t k = 0; k < layers[1].n; k++)
            replaced |= str_eq(layers[0].v[i].id, layers[1].v[k].id);
        if (!replaced)
            da_push(l->a, &all) = layers[0].v[i];
    }
    if (all.n)
        qsort(all.v, all.n, sizeof *all.v, by_control);
    l->c->controls = all.v;
    l->c->n_controls = all.n;
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].n_mappings > CRITERIA_PER_CONTROL)
            warn(l, STR_FMT " claims %zu criteria; more than %d is seldom honest", STR_ARG(all.v[i].id),
                 all.v[i].n_mappings, CRITERIA_PER_CONTROL);
}

/* ---- tests ------------------------------------------------------------------------ */

static int by_test(const void *x, const void *y)
{
    return str_cmp(((const control_test *)x)->id, ((const control_test *)y)->id);
}

const control_test *test_find(const content *c, str id)
{
    for (size_t i = 0; i < c->n_tests; i++)
        if (str_eq(c->tests[i].id, id))
            return &c->tests[i];
    return NULL;
}

/* A line each: nothing in it holds a line feed. */
str content_digest(arena *a, const content *c)
{
    auto_hasher hasher *h = hasher_new();
    buf                 b = buf_new(a, 16 << 20);
    for (size_t i = 0; i < c->n_criteria; i++)
        buf_fmt(&b, "criterion " STR_FMT " %s\n", STR_ARG(c->criteria[i].id), category_id(c->criteria[i].category));
    for (size_t i = 0; i < c->n_controls; i++) {
        buf_fmt(&b, "control " STR_FMT " %d", STR_ARG(c->controls[i].id), (int)c->controls[i].nature);
        for (size_t k = 0; k < c->controls[i].n_mappings; k++)
            buf_fmt(&b, " " STR_FMT, STR_ARG(c->controls[i].mappings[k].criterion->id));
        buf_putc(&b, '\n');
    }
    for (size_t i = 0; i < c->n_tests; i++) {
        buf_fmt(&b, "test " STR_FMT " " STR_FMT, STR_ARG(c->tests[i].id), STR_ARG(c->tests[i].digest));
        for (size_t k = 0; k < c->tests[i].n_params; k++)
            buf_fmt(&b, " " STR_FMT "=%lld", STR_ARG(c->tests[i].params[k].name), (long long)c->tests[i].params[k].value);
        buf_putc(&b, '\n');
    }
    hash32 all = sha256_of(h, b.p, b.n);
    return hex_of(a, all.b, sizeof all.b);
}

static bool fixtures_attach(loader *l, const source_file *sql, str rel, control_test *t)
{
    fixture_cases cases = { 0 };
    str           wanted = str_fmt(l->a, STR_FMT ".fixtures", STR_ARG(str_sub(rel, 0, rel.n - 4)));
    const content_file *file = map_get(&l->by_rel, wanted);
    if (!file) {
        fault_at(l->fs, sql->path, 0, STR_FMT " has no fixtures: " STR_FMT " is missing", STR_ARG(t->id), STR_ARG(wanted));
        return false;
    }
    t->fixtures = file->file.text;
    t->fixtures_path = file->file.path;
    return !(l->all || file->overlay) || fixtures_read(l->a, l->fs, t, &cases);
}

static void load_tests(loader *l)
{
    DA(control_test) list = { 0 };
    l->by_rel = map_new(l->a);
    for (size_t i = 0; i < l->files.n; i++)
        *map_put(&l->by_rel, l->files.v[i].rel) = &l->files.v[i];
    for (size_t i = 0; i < l->files.n; i++) {
        const content_file *file = &l->files.v[i];
        control_test        t;
        if (!str_starts(file->rel, S("tests/")) || !str_ends(file->rel, S(".sql")))
            continue;
        if (test_read(l->a, l->fs, l->c, &file->file, l->all || file->overlay, &t) && fixtures_attach(l, &file->file, file->rel, &t))
            da_push(l->a, &list) = t;
    }
    for (size_t i = 0; i < l->files.n; i++) {
        const content_file *file = &l->files.v[i];
        if (!str_starts(file->rel, S("tests/")) || !str_ends(file->rel, S(".fixtures")))
            continue;
        str wanted = str_fmt(l->a, STR_FMT ".sql", STR_ARG(str_sub(file->rel, 0, file->rel.n - 9)));
        if (!map_get(&l->by_rel, wanted))
            fault_at(l->fs, file->file.path, 0, "has no test: " STR_FMT " is missing", STR_ARG(wanted));
    }
    if (list.n)
        qsort(list.v, list.n, sizeof *list.v, by_test);
    l->tests = list.v;
    l->c->tests = list.v;
    l->c->n_tests = list.n;
}

/* ---- parameters.txt: "access.password-age max_days = 120" -------------------------- */

static void parameter_read(loader *l, const source_file *file, size_t number, str line)
{
    str     rest = line;
    str     test = str_word(&rest), name = str_word(&rest), equals = str_word(&rest);
    int64_t v;
    fault   why = { 0 };
    const control_test *t = test_find(l->c, test);
    if (!str_eq(equals, S("=")) || !parse_int(str_trim(rest), INT64_MIN, INT64_MAX, &v))
        fault_at(l->fs, file->path, number, "write \"TEST NAME = NUMBER\"");
    else if (!t)
        fault_at(l->fs, file->path, number, "there is no test \"" STR_FMT "\"", STR_ARG(test));
    else if (test_set_param(l->a, &l->tests[t - l->c->tests], name, v, &why) != ERR_OK)
        fault_at(l->fs, file->path, number, "%s", why.text);
}

static void load_parameters(loader *l)
{
    const content_file *file = file_find(&l->files, S("parameters.txt"));
    size_t              number = 0;
    if (!file || !text_sound(l->fs, &file->file))
        return;
    for (str rest = file->file.text, line; str_line(&rest, &line);) {
        number++;
        line = str_trim(line);
        if (line.n && line.p[0] != '#')
            parameter_read(l, &file->file, number, line);
    }
}

/* ---- all of it ----------------------------------------------------------------------- */

static void natures_check(loader *l)
{
    for (size_t i = 0; i < l->c->n_controls; i++) {
        const control *c = &l->c->controls[i];
        bool           tested = false;
        for (size_t k = 0; k < l->c->n_tests; k++)
            for (size_t m = 0; m < l->c->tests[k].n_controls; m++)
                tested |= l->c->tests[k].controls[m] == c;
        if (tested && c->nature == NATURE_MANUAL)
            warn(l, STR_FMT " is manual and yet has a test; call it mixed", STR_ARG(c->id));
        if (!tested && c->nature != NATURE_MANUAL)
            warn(l, STR_FMT " is %s and has no test", STR_ARG(c->id), c->nature == NATURE_MIXED ? "mixed" : "automated");
    }
}

static void load_all(loader *l, const char *overlay)
{
    files_gather(l->a, l->fs, overlay, dirs, COUNT(dirs), &l->files);
    load_criteria(l);
    load_controls(l);
    load_tests(l);
    load_parameters(l);
    natures_check(l);
    l->c->warnings = l->warnings.v;
    l->c->n_warnings = l->warnings.n;
}

err_t content_load(arena *a, const char *overlay, fault *f, content **ret)
{
    faults fs = { .a = a };
    loader l = { .a = a, .fs = &fs, .c = NEW(a, content) };
    load_all(&l, overlay);
    TRY(faults_report(&fs, f));
    *ret = l.c;
    return ERR_OK;
}

void content_load_each(arena *a, const char *overlay, void (*on_fault)(void *arg, str what), void *arg, content **ret)
{
    faults fs = { .a = a, .on_fault = on_fault, .arg = arg };
    loader l = { .a = a, .fs = &fs, .c = NEW(a, content), .all = true };
    load_all(&l, overlay);
    *ret = l.c;
}
