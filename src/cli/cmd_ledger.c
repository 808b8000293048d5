/* verify, ledger checkpoint, ledger prove; help and version. */
#include "cli/command.h"

enum { PROOF_FILE_MAX = 16 << 20, TAMPERS_SHOWN = 100 };

typedef struct {
    cli    *c;
    int64_t shown;
    json_writer *w;
    verified *kept;           /* with room for VERIFIED_TAMPERS; NULL: nothing is kept */
} teller;

static tamper tamper_copy(arena *a, const tamper *t)
{
    return (tamper){ t->kind, str_dup(a, t->relation), str_dup(a, t->key), t->version, t->seq, str_dup(a, t->what) };
}

static void on_tamper(void *arg, const tamper *t)
{
    teller *te = arg;
    cli    *c = te->c;
    if (te->kept && te->kept->n < VERIFIED_TAMPERS)
        te->kept->v[te->kept->n++] = tamper_copy(c->a, t);
    if (te->shown++ >= TAMPERS_SHOWN && !c->json)
        return;
    if (c->json) {
        jw_obj(te->w);
        jw_kstr(te->w, "kind", str_of(tamper_name(t->kind)));
        jw_kstr(te->w, "relation", t->relation);
        jw_kstr(te->w, "key", t->key);
        jw_kint(te->w, "version", t->version);
        jw_kint(te->w, "commit", t->seq);
        jw_kstr(te->w, "what", t->what);
        jw_end_obj(te->w);
        return;
    }
    cli_progress_done(c);
    buf b = buf_new(c->a, 1 << 20);
    put_state(&b, &c->style, STATE_FAIL, false);
    buf_fmt(&b, " %s: ", tamper_name(t->kind));
    put_wrapped(&b, t->what, 2, c->style.width);
    cli_print(buf_str(&b));
}

static void on_progress(void *arg, str text)
{
    cli_progress(((teller *)arg)->c, text);
}

static err_t summary(cli *c, workspace *ws, const verify_result *r, int64_t shown)
{
    str at = base64_of(c->a, r->at.root.b, sizeof r->at.root.b);
    if (shown > TAMPERS_SHOWN)
        cli_print(str_fmt(c->a, "and %lld more\n", (long long)(shown - TAMPERS_SHOWN)));
    if (r->faults == 0)
        cli_print(S("Nothing was altered, removed or put in since it was committed.\n"));
    else
        cli_print(str_fmt(c->a, "%lld thing%s wrong.\n", (long long)r->faults, r->faults == 1 ? " is" : "s are"));
    buf out = buf_new(c->a, 64 << 10);
    buf_putz(&out, "Checked: ");
    put_wrapped(&out, str_fmt(c->a, "row versions %lld (erased, so by their commitment only: %lld), commits %lld, tiles %lld, "
                              "the signature over %llu entries, root " STR_FMT, (long long)r->versions, (long long)r->erased,
                              (long long)r->commits, (long long)r->tiles, (unsigned long long)r->at.size, STR_ARG(at)),
                9, c->style.width);
    TRY(witnesses_put(c, ws, str_of(option_value(c, "key")), &out));
    buf_putz(&out, "Not checked: ");
    put_wrapped(&out, S("whether what was collected was true; the clock; what a witness keeps and has not sent"), 13, c->style.width);
    if (!option_set(c, "key"))
        put_wrapped(&out, S("The public key came from this workspace. If somebody may have replaced it, give the one you were "
                            "handed: --key VKEY"), 0, c->style.width);
    cli_print(buf_str(&out));
    return ERR_OK;
}

static err_t verify_workspace(cli *c, verified *kept, int *ret_status)
{
    auto_ws workspace *ws = NULL;
    verify_result      r;
    buf                out = buf_new(c->a, 256 << 20);
    json_writer        w = { .b = &out };
    teller             te = { c, 0, &w, kept };
    TRY(cli_open(c, OPEN_READ, &ws));
    if (c->json) {
        jw_obj(&w);
        jw_key(&w, "faults");
        jw_arr(&w);
    }
    TRY(app_verify(ws, c->a, str_of(option_value(c, "key")), on_tamper, &te, on_progress, &c->f, &r));
    cli_progress_done(c);
    *ret_status = r.faults ? 1 : 0;
    if (kept)
        kept->r = r;
    if (r.faults)
        app_alarm(ws, c->a, str_fmt(c->a, "the history was changed: %lld things are wrong", (long long)r.faults));
    if (!c->json)
        return kept && c->quiet ? ERR_OK : summary(c, ws, &r, te.shown);
    jw_end_arr(&w);
    jw_kint(&w, "versions", r.versions);
    jw_kint(&w, "erased", r.erased);
    jw_kint(&w, "commits", r.commits);
    jw_kint(&w, "entries", (int64_t)r.at.size);
    jw_kstr(&w, "root", base64_of(c->a, r.at.root.b, sizeof r.at.root.b));
    jw_end_obj(&w);
    buf_putc(&out, '\n');
    cli_print(buf_str(&out));
    return ERR_OK;
}

/* Also that it could not be done is an outcome. */
static err_t verify_and_keep(cli *c, int *ret_status)
{
    const char *dir = NULL;
    verified    kept = { .began_at = time_now(), .why = S(""), .v = NEW_ARRAY(c->a, tamper, VERIFIED_TAMPERS) };
    TRY(workspace_find(c->a, c->globals[0], &c->f, &dir));
    err_t e = verify_workspace(c, &kept, ret_status);
    kept.ended_at = time_now();
    if (e != ERR_OK)
        kept.why = str_dup(c->a, str_of(c->f.text));
    fault here = { 0 };
    err_t keeping = app_verified_keep(c->a, dir, &kept, &here);
    if (e == ERR_OK && keeping != ERR_OK)
        return fail(&c->f, keeping, "%s", here.text);
    return e;
}

static err_t verify_file(cli *c)
{
    auto_ws workspace *ws = NULL;
    const char        *vkey = option_value(c, "key");
    str                bytes, says, checkpoint_note, own = str_of(vkey);
    TRY(file_read(c->a, str_z(c->a, c->args[0]), PROOF_FILE_MAX, &c->f, &bytes));
    if (!vkey) {
        TRY(cli_open(c, OPEN_READ, &ws));
        TRY(app_checkpoint(ws, c->a, &c->f, &checkpoint_note, &own));
    }
    TRY(app_check_proof(c->a, bytes, own, &c->f, &says));
    buf         out = buf_new(c->a, (size_t)PROOF_FILE_MAX * 8);
    json_writer w = { .b = &out };
    if (c->json) {
        jw_obj(&w);
        jw_kbool(&w, "holds", true);
        jw_kstr(&w, "says", says);
        jw_end_obj(&w);
    } else {
        buf_puts(&out, says);
    }
    buf_putc(&out, '\n');
    cli_print(buf_str(&out));
    return ERR_OK;
}

int cmd_verify(cli *c)
{
    int   exit_status = 0;
    err_t e = c->n_args ? verify_file(c) : option_set(c, "record") ? verify_and_keep(c, &exit_status) : verify_workspace(c, NULL, &exit_status);
    if (e == ERR_INVALID && c->n_args) {               /* the proof does not hold */
        cli_fail(c, e);
        return 1;
    }
    return e == ERR_OK ? exit_status : cli_fail(c, e);
}

static err_t print_checkpoint(cli *c)
{
    auto_ws workspace *ws = NULL;
    str                text, vkey;
    TRY(cli_open(c, OPEN_READ, &ws));
    TRY(app_checkpoint(ws, c->a, &c->f, &text, &vkey));
    if (!c->json) {
        cli_print(text);
        return ERR_OK;
    }
    buf         b = buf_new(c->a, 1 << 20);
    json_writer w = { .b = &b };
    jw_obj(&w);
    jw_kstr(&w, "checkpoint", text);
    jw_kstr(&w, "key", vkey);
    jw_end_obj(&w);
    buf_putc(&b, '\n');
    cli_print(buf_str(&b));
    return ERR_OK;
}

int cmd_checkpoint(cli *c)
{
    err_t e = print_checkpoint(c);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}

static err_t prove(cli *c)
{
    auto_ws workspace *ws = NULL;
    const char        *output = option_value(c, "output");
    str                proof;
    int64_t            seq = -1;
    if (c->n_args == 1 && !parse_int(c->args[0], 0, INT64_MAX, &seq))
        return fail(&c->f, ERR_USAGE, "\"" STR_FMT "\" is no commit number; for a row give relation and key", STR_ARG(c->args[0]));
    TRY(cli_open(c, OPEN_READ, &ws));
    if (c->n_args == 1)
        TRY(app_prove_commit(ws, c->a, seq, &c->f, &proof));
    else
        TRY(app_prove_row(ws, c->a, c->args[0], c->args[1], &c->f, &proof));
    return cli_deliver(c, output, proof);
}

int cmd_prove(cli *c)
{
    err_t e = prove(c);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}

int cmd_help(cli *c)
{
    buf            b = buf_new(c->a, 1 << 20);
    const command *about = NULL;
    str            name = S("");
    for (size_t i = 0; i < c->n_args; i++)
        name = str_fmt(c->a, STR_FMT "%s" STR_FMT, STR_ARG(name), i ? " " : "", STR_ARG(c->args[i]));
    for (size_t i = 0; i < n_commands; i++)
        if (str_eq(name, str_of(commands[i].name)))
            about = &commands[i];
    const relation *type = c->n_args ? record_type_named(c->args[0]) : NULL;
    if (!about && type && c->n_args > 1)
        about = record_command_find(c->args[1]);
    if (name.n && !about && !(type && c->n_args == 1))
        return cli_fail(c, no_command(c, name));
    if (!about && type)
        put_type_help(c, &b, type);
    else
        put_help(&b, about);
    cli_print(buf_str(&b));
    return 0;
}

int cmd_version(cli *c)
{
    cli_print(c->json ? S("{\"version\":\"" ATTEST_VERSION "\"}\n") : S("attest " ATTEST_VERSION "\n"));
    return 0;
}
