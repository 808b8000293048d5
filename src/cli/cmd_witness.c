/* ledger witness, ledger cosign: others who sign what they saw of a log. */
#include "cli/command.h"

#include <inttypes.h>

enum { NOTE_FILE_MAX = 2 << 20 };

/* ---- whom there is ---------------------------------------------------------------------- */

static void put_witness(cli *c, const log_witness *w, buf *out)
{
    put_plain(out, w->name);
    buf_putz(out, "  ");
    put_plain(out, w->who);
    if (w->cosigned)
        buf_fmt(out, ": cosigned %" PRIu64 " entries on " STR_FMT "\n", w->size, STR_ARG(time_people(c->a, w->at)));
    else
        buf_putz(out, ": has not cosigned yet\n");
}

err_t witnesses_put(cli *c, workspace *ws, str log_key, buf *out)
{
    log_witness *v = NULL;
    size_t       n = 0;
    TRY(app_witnesses(ws, c->a, log_key, &c->f, &v, &n));
    if (!n)
        buf_putz(out, "Witnesses: none; see: attest ledger witness --help\n");
    for (size_t i = 0; i < n; i++) {
        buf_putz(out, "Witness: ");
        put_witness(c, &v[i], out);
    }
    return ERR_OK;
}

static err_t list(cli *c)
{
    auto_ws workspace *ws = NULL;
    log_witness       *v = NULL;
    size_t             n = 0;
    buf                out = buf_new(c->a, 1 << 20);
    json_writer        w = { .b = &out };
    TRY(cli_open(c, OPEN_READ, &ws));
    if (!c->json) {
        TRY(witnesses_put(c, ws, S(""), &out));
        cli_print(buf_str(&out));
        return ERR_OK;
    }
    TRY(app_witnesses(ws, c->a, S(""), &c->f, &v, &n));
    jw_arr(&w);
    for (size_t i = 0; i < n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "name", v[i].name);
        jw_kstr(&w, "who", v[i].who);
        jw_kstr(&w, "key", v[i].vkey);
        if (v[i].cosigned) {
            jw_kint(&w, "entries", (int64_t)v[i].size);
            jw_kstr(&w, "cosigned_at", time_rfc3339(c->a, v[i].at));
        }
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    buf_putc(&out, '\n');
    cli_print(buf_str(&out));
    return ERR_OK;
}

/* ---- changing ------------------------------------------------------------------------------ */

static err_t open_as_manager(cli *c, workspace **ret, str *ret_actor)
{
    principal who;
    str       login = cli_actor(c->a), prefix = str_cut(&login, ':');
    (void)prefix;
    TRY(cli_open(c, OPEN_WRITE, ret));
    TRY(app_principal(*ret, c->a, login, str_of(c->globals[6]), &c->f, &who));
    *ret_actor = who.actor;
    return who.role >= ROLE_MANAGER ? ERR_OK : fail(&c->f, ERR_DENIED, "witnesses are for managers and owners to say; you are %s", role_name(who.role));
}

static err_t add(cli *c)
{
    auto_ws workspace *ws = NULL;
    str                actor;
    TRY(open_as_manager(c, &ws, &actor));
    return app_witness_add(ws, c->a, actor, c->args[1], c->args[2], &c->f);
}

static err_t remove_one(cli *c)
{
    auto_ws workspace *ws = NULL;
    str                actor;
    TRY(open_as_manager(c, &ws, &actor));
    return app_witness_remove(ws, c->a, actor, c->args[1], &c->f);
}

static err_t import(cli *c)
{
    auto_ws workspace *ws = NULL;
    str                actor, bytes, says;
    TRY(file_read(c->a, str_z(c->a, c->args[1]), NOTE_FILE_MAX, &c->f, &bytes));
    TRY(open_as_manager(c, &ws, &actor));
    TRY(app_witness_import(ws, c->a, actor, bytes, &c->f, &says));
    cli_note(c, STR_FMT "\n", STR_ARG(says));
    return ERR_OK;
}

/* ---- papers -------------------------------------------------------------------------------- */

static err_t request(cli *c)
{
    auto_ws workspace *ws = NULL;
    const char        *old = option_value(c, "old");
    int64_t            from = -1;
    str                text;
    if (old && !parse_int(str_of(old), 0, INT64_MAX, &from))
        return fail(&c->f, ERR_USAGE, "--old is a number of entries");
    TRY(cli_open(c, OPEN_READ, &ws));
    TRY(app_witness_request(ws, c->a, c->n_args == 2 ? c->args[1] : S(""), from, &c->f, &text));
    return cli_deliver(c, option_value(c, "output"), text);
}

static err_t new_witness(cli *c)
{
    str vkey;
    TRY(app_witness_new(c->a, str_z(c->a, c->args[1]), c->args[2], &c->f, &vkey));
    cli_note(c, "This is the public key; give it to those whose log you are to witness.\n");
    cli_print(str_fmt(c->a, STR_FMT "\n", STR_ARG(vkey)));
    return ERR_OK;
}

int cmd_witness(cli *c)
{
    static const struct {
        const char *word;
        size_t      least, most;
        err_t     (*run)(cli *c);
    } words[] = { { "list", 1, 1, list }, { "add", 3, 3, add }, { "remove", 2, 2, remove_one }, { "request", 1, 2, request },
                  { "import", 2, 2, import }, { "new", 3, 3, new_witness } };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(c->args[0], str_of(words[i].word)) && c->n_args >= words[i].least && c->n_args <= words[i].most) {
            err_t e = words[i].run(c);
            return e == ERR_OK ? 0 : cli_fail(c, e);
        }
    return cli_fail(c, fail(&c->f, ERR_USAGE, "this is no way to say it; see: attest ledger witness --help"));
}

static err_t cosign_request(cli *c)
{
    const char *dir = option_value(c, "witness");
    str         bytes, answer;
    if (!dir)
        return fail(&c->f, ERR_USAGE, "say which witness signs: --witness DIR");
    TRY(file_read(c->a, str_z(c->a, c->args[0]), NOTE_FILE_MAX, &c->f, &bytes));
    TRY(app_cosign(c->a, dir, bytes, str_of(option_value(c, "log")), &c->f, &answer));
    return cli_deliver(c, option_value(c, "output"), answer);
}

int cmd_cosign(cli *c)
{
    err_t e = cosign_request(c);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}
