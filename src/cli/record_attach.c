/* Evidence: attach to any record, and back out of the store. */
#include "cli/record.h"

static attachment attachment_given(cli *c)
{
    return (attachment){
        .path = c->n_args > 1 ? str_z(c->a, c->args[1]) : NULL, .statement = str_of(option_value(c, "statement")),
        .title = str_of(option_value(c, "title")), .origin = str_of(option_value(c, "origin")), .from = str_of(option_value(c, "from")),
        .to = str_of(option_value(c, "to")), .expires = str_of(option_value(c, "expires")),
    };
}

int cmd_record_attach(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    record_done        done = { 0 };
    const attachment   at = attachment_given(c);
    err_t              e = record_open(c, OPEN_WRITE, &ws, &who);
    if (e == ERR_OK)
        e = app_attach(ws, c->a, &who, c->type, c->args[0], &at, str_of(option_value(c, "reason")), &c->f, &done);
    if (e != ERR_OK)
        return record_fail(c, e, &done);
    c->type = relation_find(S("evidence"));
    return record_added(c, done.id, &done);
}

/* A name that was given elsewhere must not choose the directory, nor look like an option. */
static const char *safe_name(arena *a, str name, str id)
{
    char *p = str_z(a, name);
    for (size_t i = 0; i < name.n; i++)
        if (p[i] == '/' || (unsigned char)p[i] < 0x20)
            p[i] = '_';
    return name.n && p[0] != '.' && p[0] != '-' ? p : str_fmt(a, STR_FMT "-file", STR_ARG(id)).p;
}

static err_t get(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    str                bytes, name;
    const char        *output = option_value(c, "output");
    TRY(record_open(c, OPEN_READ, &ws, &who));
    TRY(app_evidence_file(ws, c->a, &who, c->args[0], &c->f, &bytes, &name));
    if (!output)
        output = safe_name(c->a, name, c->args[0]);
    TRY(cli_deliver(c, output, bytes));
    if (strcmp(output, "-") != 0)
        cli_note(c, "Wrote %s", output);
    return ERR_OK;
}

int cmd_evidence_get(cli *c)
{
    err_t e = get(c);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}
