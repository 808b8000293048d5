/* Writes the reference pages from the tables: attest-reference DIR writes DIR/coverage.md
 * and DIR/reference/; a criterion without an automated test is a fault.
 * `make docs` runs it; a test compares its pages with those in docs/reference. */
#include "api/api.h"
#include "cli/command.h"

enum { PAGE_MAX_BYTES = 16 << 20 };

static void head(buf *b, const char *title, const char *about)
{
    buf_fmt(b, "# %s\n\nMade from the tables by `make docs`; do not edit.\n\n%s\n", title, about);
}

/* A cell of a Markdown table. */
static void cell(buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '|')
            buf_putc(b, '\\');
        buf_putc(b, s.p[i] == '\n' ? ' ' : s.p[i]);
    }
}

static void relation_page(buf *b)
{
    static const char *const kinds[] = { "text", "integer", "boolean", "time" };
    head(b, "Relations", "Every relation with its fields. A field that is not part of the key may be unknown (NULL). Each view "
                         "also has `source` and `valid_from`; times are microseconds since 1970 UTC.");
    for (size_t i = 0; i < n_relations; i++) {
        const relation *r = relations[i];
        buf_fmt(b, "\n## %s\n\n%s\n\n| field | kind | meaning |\n|---|---|---|\n", r->name, r->doc);
        for (size_t k = 0; k < r->n_fields; k++) {
            const field *fd = &r->fields[k];
            buf_fmt(b, "| %s%s | %s | ", fd->name, fd->flags & FIELD_KEY ? " (key)" : "", kinds[fd->kind]);
            cell(b, str_of(fd->doc));
            if (fd->unit)
                buf_fmt(b, " In %s.", fd->unit);
            for (size_t c = 0; fd->choices && fd->choices[c]; c++)
                buf_fmt(b, "%s`%s`", c ? ", " : " One of ", fd->choices[c]);
            buf_putz(b, " |\n");
        }
    }
}

static void api_page(buf *b)
{
    auto_arena arena *a = arena_new(1 << 20);
    head(b, "REST API", "Every route, who may, and the scope a token needs. Schemas: GET /api/v1/openapi.json. {type} is any type of record.");
    buf_putz(b, "\n| route | what | who | scope |\n|---|---|---|---|\n");
    for (size_t t = 0; t < api_front.n_tables; t++)
        for (size_t i = 0; i < api_front.tables[t]->n; i++) {
            const route *r = &api_front.tables[t]->rows[i];
            buf_fmt(b, "| `%s %s` | %s | %s | " STR_FMT " |\n", http_method_name(r->method), r->pattern, r->summary, permit_words(r->allows),
                    STR_ARG(scopes_text(a, r->scope)));
        }
}

static void command_section(buf *b, const char *before, const command *c)
{
    buf_fmt(b, "\n## attest %s%s\n\n    attest %s%s%s%s\n\n%s.%s%s\n", before, c->name, before, c->name, *c->arguments ? " " : "", c->arguments,
            c->summary, c->help ? " " : "", c->help ? c->help : "");
    for (size_t k = 0; k < OPTIONS_MAX && c->options[k].name; k++)
        buf_fmt(b, "%s- `--%s%s%s` %s\n", k ? "" : "\n", c->options[k].name, c->options[k].value ? " " : "",
                c->options[k].value ? c->options[k].value : "", c->options[k].help);
}

static void command_page(buf *b)
{
    head(b, "Commands", "The workspace is found as git finds a repository: `--workspace`, `ATTEST_WORKSPACE`, or upward from here.");
    buf_putz(b, "\n| before or after any command | |\n|---|---|\n");
    for (size_t i = 0; i < GLOBAL_OPTIONS; i++)
        buf_fmt(b, "| `--%s%s%s` | %s |\n", global_options[i].name, global_options[i].value ? " " : "",
                global_options[i].value ? global_options[i].value : "", global_options[i].help);
    for (size_t i = 0; i < n_commands; i++)
        command_section(b, "", &commands[i]);
    buf_putz(b, "\n# Records\n\nEach type of record ([relations](relations.md)) knows these; `attest types` lists the types, `attest TYPE --help` "
                "explains one.\n");
    for (size_t i = 0; i < n_record_commands; i++)
        command_section(b, "TYPE ", &record_commands[i]);
    buf_putz(b, "\n## Exit status\n\n| status | name | meaning |\n|---|---|---|\n| 1 | | done, and something fails its test (`assess`, `verify`) |\n");
    for (int e = 0; e < ERR_COUNT_; e++) {
        const err_info *info = err_describe((err_t)e);
        buf_fmt(b, "| %d | %s | %s |\n", info->exit_status, info->wire, info->meaning);
    }
}

static void control_line(buf *b, const content *ct, const control *c, const mapping *m)
{
    static const char *const natures[] = { "automated", "manual", "mixed" };
    buf_fmt(b, "- **" STR_FMT "** " STR_FMT " (%s, %s", STR_ARG(c->id), STR_ARG(c->title), m->primary ? "primary" : "supporting",
            natures[c->nature]);
    bool first = true;
    for (size_t t = 0; t < ct->n_tests; t++)
        for (size_t k = 0; k < ct->tests[t].n_controls; k++)
            if (ct->tests[t].controls[k] == c) {
                buf_fmt(b, "%s`" STR_FMT "`", first ? "): " : ", ", STR_ARG(ct->tests[t].id));
                first = false;
            }
    buf_putz(b, first ? ")\n" : "\n");
}

static bool has_test(const content *ct, const control *c)
{
    for (size_t t = 0; t < ct->n_tests; t++)
        for (size_t k = 0; k < ct->tests[t].n_controls; k++)
            if (ct->tests[t].controls[k] == c)
                return true;
    return false;
}

static err_t coverage_page(buf *b, const content *ct, fault *f)
{
    head(b, "Coverage", "The 61 criteria in our own words, the controls that meet them, and the automated tests of those controls.");
    buf_fmt(b, "%zu controls, %zu tests.\n", ct->n_controls, ct->n_tests);
    for (size_t i = 0; i < ct->n_criteria; i++) {
        const criterion *cr = &ct->criteria[i];
        bool tested = false;
        buf_fmt(b, "\n## " STR_FMT "\n\n" STR_FMT ".\n\n", STR_ARG(cr->id), STR_ARG(cr->words));
        for (size_t c = 0; c < ct->n_controls; c++)
            for (size_t m = 0; m < ct->controls[c].n_mappings; m++)
                if (ct->controls[c].mappings[m].criterion == cr) {
                    control_line(b, ct, &ct->controls[c], &ct->controls[c].mappings[m]);
                    tested |= has_test(ct, &ct->controls[c]);
                }
        if (!tested)
            return fail(f, ERR_INVALID, "the criterion " STR_FMT " has no automated test", STR_ARG(cr->id));
    }
    return ERR_OK;
}

static err_t write_page(arena *a, const char *dir, const char *name, const buf *b, fault *f)
{
    if (b->overflow)
        return fail(f, ERR_TOO_LARGE, "%s is too large", name);
    return file_replace(str_fmt(a, "%s/%s.md", dir, name).p, buf_str(b), 0644, f);
}

static err_t write_pages(arena *a, const char *dir, fault *f)
{
    content *ct;
    buf      pages[4];
    static const char *const names[] = { "reference/relations", "reference/commands", "coverage", "reference/api" };
    TRY(content_load(a, NULL, f, &ct));
    for (size_t i = 0; i < COUNT(pages); i++)
        pages[i] = buf_new(a, PAGE_MAX_BYTES);
    relation_page(&pages[0]);
    command_page(&pages[1]);
    TRY(coverage_page(&pages[2], ct, f));
    api_page(&pages[3]);
    TRY(dir_make(str_fmt(a, "%s/reference", dir).p, 0755, f));
    for (size_t i = 0; i < COUNT(pages); i++)
        TRY(write_page(a, dir, names[i], &pages[i], f));
    return ERR_OK;
}

int main(int argc, char **argv)
{
    auto_arena arena *a = arena_new(256 << 20);
    fault             f = { 0 };
    if (argc != 2) {
        fprintf(stderr, "usage: attest-reference DIR\n");
        return 2;
    }
    err_t e = write_pages(a, argv[1], &f);
    if (e != ERR_OK)
        fprintf(stderr, "attest-reference: %s\n", f.text);
    return err_describe(e)->exit_status;
}
