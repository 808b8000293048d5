/* The commands every type of record knows, and what is told of a type: from the rows. */
#include "cli/record.h"

#define REASON { "reason", "TEXT", "why, for the history" }
#define AS_OF  { "as-of", "TIME", "the state at that moment: RFC 3339 or a date" }
#define EXPECT { "expect", "VERSION", "refuse when it is no longer this version" }
#define WHERE  { "where", "FILTER...", "FIELD=VALUE, also != < > and ~ (holds); VALUE ? is unknown; all must hold" }
#define SETTING "FIELD=@FILE reads a text from a file, FIELD=@- from standard input, FIELD=@@x is \"@x\"; an empty VALUE or ? is unknown."

const command record_commands[] = {
    { "list", "", 0, 0, cmd_record_list,
      { WHERE, { "sort", "FIELDS", "FIELD or -FIELD (descending), with commas between" },
        { "columns", "FIELDS", "which fields, with commas between" }, { "limit", "N", "at most so many (default: 1000)" },
        { "all", NULL, "however many there are" }, { "format", "FORMAT", "table, csv or json" }, AS_OF },
      "those that fit, as a table, CSV or JSON", NULL },
    { "show", "ID", 1, 1, cmd_record_show, { AS_OF },
      "one: its state, what may be done next and by whom, its fields", NULL },
    { "add", "[ID] FIELD=VALUE...", 0, -1, cmd_record_add, { REASON },
      "add one; prints its id", SETTING },
    { "edit", "ID [FIELD=VALUE...]", 1, -1, cmd_record_edit, { EXPECT, REASON },
      "change fields; without any, in $VISUAL or $EDITOR as YAML", SETTING },
    { "update", "--where FILTER FIELD=VALUE...", 0, -1, cmd_record_update,
      { WHERE, { "dry-run", NULL, "say which would be changed, and change nothing" }, REASON },
      "change fields of all that fit, in one commit", SETTING },
    { "do", "STEP ID... [FIELD=VALUE...]", 2, -1, cmd_record_do, { EXPECT, REASON },
      "move on to the next state: submit, approve, close ...", SETTING },
    { "history", "ID", 1, 1, cmd_record_history, { { NULL, NULL, NULL } },
      "every change: who, when, what, why", NULL },
    { "comment", "ID TEXT", 2, 2, cmd_record_comment, { REASON },
      "say something about one; prints the comment's id", NULL },
    { "link", "ID MEANING TYPE/ID", 3, 3, cmd_record_link, { REASON },
      "say how one belongs to another; prints the link's id", NULL },
    { "unlink", "LINK-ID", 1, 1, cmd_record_unlink, { REASON },
      "take a link back; it stays in the history", NULL },
    { "attach", "ID [FILE]", 1, 2, cmd_record_attach,
      { { "statement", "TEXT", "what it says, with or without a file" }, { "title", "TEXT", "what it shows (default: the file's name)" },
        { "from", "TIME", "since when what it shows was so: not the day it came" }, { "to", "TIME", "until when it was so" },
        { "expires", "TIME", "when it may no longer be relied on" }, { "origin", "TEXT", "where it was taken from: system, address, report" },
        REASON },
      "add evidence to one: a file, a statement; prints its id",
      "At most 64 MiB; kept compressed and sealed, named by its SHA-256. The bytes must be what the name says; programs are refused. "
      "attest evidence get EV-ID gives it back." },
    { "import", "FILE", 1, 1, cmd_record_import,
      { { "dry-run", NULL, "check every line, and keep nothing" }, { "format", "FORMAT", "csv or json (default: by the name's ending)" },
        { "migrate", NULL, "an owner keeps states and stamps of another system for what is added" }, REASON },
      "add and change many from CSV or JSON, all or nothing",
      "The first line names the fields. A row whose id is known changes the columns given (an empty cell makes unknown), another adds. "
      "Every bad line is told with its number; - is standard input. At most 200,000 rows and 256 MiB of text in one file." },
    { "export", "[FILE]", 0, 1, cmd_record_export, { WHERE, { "format", "FORMAT", "csv or json" }, AS_OF },
      "write all that fit to a file, or to standard output",
      "Every field is a column. What a spreadsheet would run gets an apostrophe before it, which import takes off again." },
};
const size_t n_record_commands = COUNT(record_commands);

/* ---- help of a type ---------------------------------------------------------------------------- */

static void put_fields(cli *c, buf *out, const relation *r)
{
    heading(c, out, "Fields");
    for (size_t i = 0; i < r->n_fields; i++) {
        const field *fd = &r->fields[i];
        buf_putz(out, "  ");
        put_cell(out, str_of(fd->name), 20);
        buf_putc(out, ' ');
        put_wrapped(out, str_of(fd->doc), 23, 80);
        if (fd->flags & FIELD_KEY)
            continue;
        buf_fmt(out, "%23s", "");
        put_wrapped(out, str_fmt(c->a, "(" STR_FMT ")", STR_ARG(field_rules(c->a, fd))), 23, 80);
    }
}

static void put_steps(cli *c, buf *out, const relation *r)
{
    for (size_t i = 0; i < r->record->n_transitions; i++) {
        const transition *t = &r->record->transitions[i];
        str               rules = guard_words(c->a, t);
        if (!i)
            heading(c, out, "Steps");
        buf_putz(out, "  ");
        put_cell(out, str_of(t->name), 20);
        buf_putc(out, ' ');
        put_wrapped(out, str_fmt(c->a, "%s -> %s", t->from ? t->from : "any state", t->to ? t->to : "the same"), 23, 80);
        buf_fmt(out, "%23s", "");
        put_wrapped(out, str_of(t->doc), 23, 80);
        buf_fmt(out, "%23s", "");
        put_wrapped(out, str_fmt(c->a, "%s%s" STR_FMT, role_or_above(t->by), rules.n ? "; " : "", STR_ARG(rules)), 23, 80);
    }
}

void put_type_help(cli *c, buf *out, const relation *r)
{
    const record_type *rt = r->record;
    buf_fmt(out, "attest %s VERB\n\n  ", r->name);
    put_wrapped(out, str_of(r->doc), 2, 80);
    buf_putz(out, "  ");
    put_wrapped(out, str_fmt(c->a, "Read by %s%s, added by %s, edited by %s%s%s.", role_or_above(rt->read),
                             rt->own ? " and by whose it is" : "", role_or_above(rt->add), role_or_above(rt->edit),
                             rt->edit_in ? str_fmt(c->a, " while it is %s", rt->edit_in).p : "",
                             rt->prefix ? str_fmt(c->a, "; ids are %s-1, %s-2 and so on", rt->prefix, rt->prefix).p : "; you choose its id"), 2, 80);
    if (rt->cadence)
        buf_fmt(out, "  Looked at: %s.\n", rt->cadence);
    if (rt->controls)
        buf_fmt(out, "  Evidence for the controls %s.\n", rt->controls);
    put_fields(c, out, r);
    put_steps(c, out, r);
    heading(c, out, "Verbs");
    for (size_t i = 0; i < n_record_commands; i++) {
        buf_putz(out, "  ");
        put_cell(out, str_of(record_commands[i].name), 20);
        buf_putc(out, ' ');
        put_wrapped(out, str_of(record_commands[i].summary), 23, 80);
    }
}

/* ---- types ------------------------------------------------------------------------------------- */

static void types_json(buf *out)
{
    json_writer w = { .b = out };
    jw_arr(&w);
    for (size_t i = 0; i < n_relations; i++) {
        const relation *r = relations[i];
        if (!r->record)
            continue;
        jw_obj(&w);
        jw_kstr(&w, "type", str_of(r->name));
        jw_kstr(&w, "group", str_of(r->record->group));
        jw_kstr(&w, "doc", str_of(r->doc));
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    buf_putc(out, '\n');
}

/* Groups in alphabetical order, each with its types. */
static void types_text(cli *c, buf *out)
{
    const char *group = "";
    for (;;) {
        const char *next = NULL;
        for (size_t i = 0; i < n_relations; i++) {
            const char *g = relations[i]->record ? relations[i]->record->group : NULL;
            if (g && strcmp(g, group) > 0 && (!next || strcmp(g, next) < 0))
                next = g;
        }
        if (!next)
            return;
        heading(c, out, next);
        for (size_t i = 0; i < n_relations; i++) {
            if (!relations[i]->record || strcmp(relations[i]->record->group, next) != 0)
                continue;
            buf_putz(out, "  ");
            put_cell(out, str_of(relations[i]->name), 22);
            put_cell(out, str_of(relations[i]->doc), c->style.width - 24);
            while (out->n && out->p[out->n - 1] == ' ')
                out->n--;
            buf_putc(out, '\n');
        }
        group = next;
    }
}

int cmd_types(cli *c)
{
    buf out = buf_new(c->a, 1 << 20);
    if (c->json)
        types_json(&out);
    else
        types_text(c, &out);
    cli_print(out.n && out.p[0] == '\n' ? str_sub(buf_str(&out), 1, out.n) : buf_str(&out));
    return 0;
}
