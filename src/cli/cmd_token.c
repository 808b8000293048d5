/* attest token, attest invite: ways in for programs and people, for who holds the workspace. */
#include "cli/command.h"

#include "auth/auth.h"
#include "serve/serve.h"

static err_t auth_of(cli *c, workspace *ws, auth **ret)
{
    return auth_open(&(auth_options){ .store_url = str_z(c->a, workspace_store(ws)),
                                      .key_path = str_fmt(c->a, "%s/keys/auth.key", workspace_dir(ws)).p }, &c->f, ret);
}

/* Who may: as everywhere on the command line, and never for somebody who may more than oneself. */
static err_t for_person(cli *c, workspace *ws, principal *ret_who, principal *ret_for)
{
    str       name;
    str       login = cli_actor(c->a), prefix = str_cut(&login, ':');
    (void)prefix;
    TRY(app_principal(ws, c->a, login, str_of(c->globals[6]), &c->f, ret_who));
    TRY(app_person(ws, c->a, c->args[0], &c->f, ret_for, &name));
    if (ret_who->role < ROLE_MANAGER && !str_eq(ret_who->person, ret_for->person))
        return fail(&c->f, ERR_DENIED, "a way in for somebody else is made by managers and owners; you are %s", role_name(ret_who->role));
    if (ret_for->role > ret_who->role)
        return fail(&c->f, ERR_DENIED, STR_FMT " may more than you", STR_ARG(ret_for->person));
    return ERR_OK;
}

static err_t make_token(cli *c, workspace *ws, auth *au)
{
    principal   who, whose = { 0 };
    auth_token  t = { .label = S("command line") };
    int64_t     days = 90;
    const char *text = option_value(c, "days");
    str         secret;
    TRY(for_person(c, ws, &who, &whose));
    TRY(scopes_parse(str_of(option_value(c, "scopes") ? option_value(c, "scopes") : "read"), &c->f, &t.scopes));
    if (t.scopes & ~scopes_of(whose.role))
        return fail(&c->f, ERR_DENIED, "a token of a %s cannot have the scope " STR_FMT, role_name(whose.role), STR_ARG(scopes_text(c->a, t.scopes & ~scopes_of(whose.role))));
    t.person = whose.person;
    if (text && !parse_int(str_of(text), 1, 366, &days))
        return fail(&c->f, ERR_USAGE, "--days is a number from 1 to 366");
    if (option_value(c, "label"))
        t.label = str_of(option_value(c, "label"));
    t.made_by = who.actor;
    t.made_at = time_now();
    t.ends_at = t.made_at + DAYS(days);
    TRY(auth_token_make(au, c->a, &t, &c->f, &secret));
    const access_event e = { .kind = "token_changed", .person = t.person, .about = str_fmt(c->a, "made: " STR_FMT, STR_ARG(t.label)), .went_well = true };
    TRY(app_events(ws, c->a, who.actor, &e, 1, &c->f));
    cli_note(c, "This is shown once; whoever has it acts as " STR_FMT " for %lld days.\n", STR_ARG(t.person), (long long)days);
    cli_print(str_fmt(c->a, STR_FMT "\n", STR_ARG(secret)));
    return ERR_OK;
}

static err_t make_link(cli *c, workspace *ws, auth *au)
{
    principal who = { 0 }, whose = { 0 };
    str       url = { 0 };
    TRY(for_person(c, ws, &who, &whose));
    TRY(serve_link(ws, au, c->a, whose.person, &c->f, &url));
    const access_event e = { .kind = "factor_changed", .person = whose.person, .about = S("one-time link made"), .went_well = true };
    TRY(app_events(ws, c->a, who.actor, &e, 1, &c->f));
    cli_note(c, "It works once, within a day, for " STR_FMT ".\n", STR_ARG(whose.person));
    cli_print(str_fmt(c->a, STR_FMT "\n", STR_ARG(url)));
    return ERR_OK;
}

static int with_auth(cli *c, err_t (*run)(cli *c, workspace *ws, auth *au))
{
    auto_ws workspace *ws = NULL;
    auth              *au;
    err_t e = cli_open(c, OPEN_WRITE, &ws);
    if (e == ERR_OK)
        e = auth_of(c, ws, &au);
    if (e != ERR_OK)
        return cli_fail(c, e);
    e = run(c, ws, au);
    auth_close(au);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}

int cmd_token(cli *c) { return with_auth(c, make_token); }
int cmd_invite(cli *c) { return with_auth(c, make_link); }
