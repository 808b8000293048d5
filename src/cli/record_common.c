/* What the commands over records share: who acts, FIELD=VALUE, faults, words. */
#include "cli/record.h"

#include <unistd.h>

enum { ANSWER_MAX = 64 << 20, FAULTS_SHOWN = 40 };

err_t record_open(cli *c, open_mode mode, workspace **ret_ws, principal *ret_who)
{
    const char *as = option_value(c, "as");
    str         login = cli_actor(c->a), prefix = str_cut(&login, ':');
    (void)prefix;
    time_us     as_of = 0;
    TRY(cli_open(c, mode, ret_ws));
    TRY(app_principal(*ret_ws, c->a, login, str_of(as), &c->f, ret_who));
    if (ret_who->role != ROLE_AUDITOR)
        return ERR_OK;
    if (option_known(c, "as-of"))
        TRY(option_time(c, "as-of", &as_of));
    return app_engage(*ret_ws, c->a, ret_who, time_now(), &as_of, &c->f);
}

/* ---- FIELD=VALUE --------------------------------------------------------------------- */

/* How many bytes of the word are a field's name before "="; 0: it is no assignment. */
static size_t name_part(str word)
{
    size_t n = 0;
    while (n < word.n && ((word.p[n] >= 'a' && word.p[n] <= 'z') || (word.p[n] >= '0' && word.p[n] <= '9') || word.p[n] == '_'))
        n++;
    return n < word.n && word.p[n] == '=' ? n : 0;
}

static err_t read_stdin(cli *c, str *ret)
{
    buf  b = buf_new(c->a, FIELD_TEXT_MAX);
    char chunk[4096];
    for (ssize_t n; (n = fd_read(STDIN_FILENO, chunk, sizeof chunk)) != 0;) {
        if (n < 0)
            return fail(&c->f, ERR_IO, "cannot read standard input");
        buf_put(&b, chunk, (size_t)n);
        if (b.overflow)
            return fail(&c->f, ERR_TOO_LARGE, "standard input is larger than %d bytes", FIELD_TEXT_MAX);
    }
    *ret = buf_str(&b);
    return ERR_OK;
}

static err_t text_of(cli *c, str field_name, str text, str *ret)
{
    *ret = text;
    if (!str_starts(text, S("@")))
        return ERR_OK;
    text = str_sub(text, 1, text.n);
    if (str_starts(text, S("@"))) {
        *ret = text;
        return ERR_OK;
    }
    if (str_eq(text, S("-")))
        TRY(read_stdin(c, ret));
    else
        TRY(file_read(c->a, str_z(c->a, text), FIELD_TEXT_MAX, &c->f, ret));
    if (!utf8_valid(*ret))
        return fail(&c->f, ERR_INVALID, STR_FMT ": " STR_FMT " is not UTF-8", STR_ARG(field_name), STR_ARG(text));
    while (ret->n && (ret->p[ret->n - 1] == '\n' || ret->p[ret->n - 1] == '\r'))
        ret->n--;                         /* editors end every file with a newline */
    return ERR_OK;
}

err_t record_arguments(cli *c, size_t first, record_words *ret)
{
    *ret = (record_words){ .set = NEW_ARRAY(c->a, assignment, c->n_args + 1), .words = NEW_ARRAY(c->a, str, c->n_args + 1) };
    for (size_t i = first; i < c->n_args; i++) {
        size_t n = name_part(c->args[i]);
        if (!n) {
            ret->words[ret->n_words++] = c->args[i];
            continue;
        }
        assignment *set = &ret->set[ret->n_set++];
        set->field = str_sub(c->args[i], 0, n);
        TRY(text_of(c, set->field, str_sub(c->args[i], n + 1, c->args[i].n), &set->text));
    }
    return ERR_OK;
}

/* ---- answers --------------------------------------------------------------------------- */

static void faults_json(cli *c, err_t e, const field_faults *v, buf *out)
{
    json_writer w = { .b = out };
    jw_obj(&w);
    jw_kstr(&w, "error", str_of(err_describe(e)->wire));
    jw_kstr(&w, "detail", utf8_clean(c->a, str_of(c->f.text)));
    jw_key(&w, "faults");
    jw_arr(&w);
    for (size_t i = 0; i < v->n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "record", utf8_clean(c->a, v->v[i].record));
        jw_kstr(&w, "field", utf8_clean(c->a, v->v[i].field));
        jw_kstr(&w, "why", utf8_clean(c->a, v->v[i].why));
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    buf_putc(out, '\n');
}

static void faults_lines(cli *c, const field_faults *v, buf *out)
{
    buf text = buf_new(c->a, ANSWER_MAX);
    str rest, line;
    faults_text(v, FAULTS_SHOWN, &text);
    if (v->n > 1)
        buf_fmt(out, "attest: %zu things are wrong; nothing was changed\n", v->n);
    for (rest = buf_str(&text); str_line(&rest, &line);) {
        buf_putz(out, v->n > 1 ? "  " : "attest: ");
        put_plain(out, line);
        buf_putc(out, '\n');
    }
}

int record_fail(cli *c, err_t e, const record_done *done)
{
    buf out = buf_new(c->a, ANSWER_MAX);
    if (!done->faults.n)
        return cli_fail(c, e);
    if (c->json)
        faults_json(c, e, &done->faults, &out);
    else
        faults_lines(c, &done->faults, &out);
    cli_progress_done(c);
    fprintf(stderr, STR_FMT, STR_ARG(buf_str(&out)));
    return err_describe(e)->exit_status;
}

int record_told(cli *c, const char *what, const str *ids, size_t n, const record_done *done)
{
    buf         out = buf_new(c->a, ANSWER_MAX);
    json_writer w = { .b = &out };
    if (c->json) {
        jw_obj(&w);
        jw_kstr(&w, "type", str_of(c->type->name));
        jw_key(&w, "ids");
        jw_arr(&w);
        for (size_t i = 0; i < n; i++)
            jw_str(&w, ids[i]);
        jw_end_arr(&w);
        jw_kint(&w, "versions", done->opened);
        jw_kint(&w, "commit", done->seq);
        jw_end_obj(&w);
        buf_putc(&out, '\n');
        cli_print(buf_str(&out));
        return 0;
    }
    if (done->seq < 0)
        cli_note(c, "Nothing changed: it is so already.");
    else if (n == 1)
        cli_note(c, "%s %s " STR_FMT " (commit %lld).", what, c->type->name, STR_ARG(ids[0]), (long long)done->seq);
    else
        cli_note(c, "%s %zu records of %s, %lld of them otherwise than they were (commit %lld).", what, n, c->type->name,
                 (long long)done->opened, (long long)done->seq);
    return 0;
}

/* ---- values ------------------------------------------------------------------------------ */

void jw_value(json_writer *w, arena *a, const field *fd, const value *v)
{
    if (v->kind == V_NULL)
        jw_null(w);
    else if (fd->kind == F_BOOL)
        jw_bool(w, v->i != 0);
    else if (fd->kind == F_INT)
        jw_int(w, v->i);
    else if (fd->kind == F_TIME)
        jw_str(w, time_rfc3339(a, v->i));
    else
        jw_str(w, v->s);
}

/* ---- words --------------------------------------------------------------------------------- */

void heading(cli *c, buf *out, const char *text)
{
    buf_fmt(out, "\n%s%s%s\n", c->style.colour ? "\033[1m" : "", text, c->style.colour ? "\033[0m" : "");
}
