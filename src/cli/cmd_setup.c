/* setup, and the questions of init: at most six, or options, or a file. */
#include "cli/command.h"

#include <errno.h>
#include <unistd.h>

typedef struct {
    const char *option, *question, *fallback;      /* fallback NULL: an answer is needed */
    str         answer;
} question;

enum { ASK_NAME, ASK_SERVICE, ASK_OWNER, ASK_EMAIL, ASK_CATEGORIES, ASK_CONTACT, ASK_COUNT_ };

typedef struct {
    question q[ASK_COUNT_];
    bool     any;                                  /* something was answered that only a program needs */
} answers;

static answers answers_new(void)
{
    return (answers){ .q = {
        [ASK_NAME] = { "name", "What is the organisation called?", "", S("") },
        [ASK_SERVICE] = { "service", "What is the service called that the report is to be about?", NULL, S("") },
        [ASK_OWNER] = { "owner", "Who answers for the program? Full name:", NULL, S("") },
        [ASK_EMAIL] = { "email", "That person's e-mail address:", NULL, S("") },
        [ASK_CATEGORIES] = { "categories", "Security is always covered. Which else: availability, confidentiality,\n"
                             "processing-integrity, privacy? (with commas; empty for none)", "", S("") },
        [ASK_CONTACT] = { "contact", "Where do people report a security problem? (empty: the address above)", "", S("") },
    } };
}

/* ---- where answers come from --------------------------------------------------------------- */

static err_t from_file(cli *c, const char *path, answers *an)
{
    str text, line;
    TRY(file_read(c->a, path, 1 << 20, &c->f, &text));
    for (int number = 1; str_line(&text, &line); number++) {
        str text_of = str_trim(line), key = str_trim(str_cut(&text_of, ':'));
        if (!key.n || key.p[0] == '#')
            continue;
        size_t i = 0;
        while (i < ASK_COUNT_ && !str_eq(key, str_of(an->q[i].option)))
            i++;
        if (i == ASK_COUNT_ || !text_of.p || !utf8_valid(text_of))
            return fail(&c->f, ERR_INVALID, "%s:%d: a line reads \"key: value\"; the keys are name, service, owner, email, categories "
                        "and contact", path, number);
        an->q[i].answer = str_trim(text_of);
        an->any |= i != ASK_NAME;
    }
    return ERR_OK;
}

static err_t from_options(cli *c, answers *an)
{
    const char *path = option_value(c, "answers");
    if (path)
        TRY(from_file(c, path, an));
    for (size_t i = 0; i < ASK_COUNT_; i++) {
        const char *v = i == ASK_NAME && strcmp(c->cmd->name, "init") != 0 ? NULL : option_value(c, an->q[i].option);
        if (!v)
            continue;
        if (!utf8_valid(str_of(v)))
            return fail(&c->f, ERR_USAGE, "--%s is not UTF-8", an->q[i].option);
        an->q[i].answer = str_trim(str_of(v));
        an->any |= i != ASK_NAME;
    }
    return ERR_OK;
}

static err_t ask(cli *c, question *q)
{
    char line[512];
    for (;;) {
        fprintf(stderr, "%s ", q->question);
        if (!fgets(line, sizeof line, stdin))
            return fail(&c->f, ERR_USAGE, "the questions were not answered; nothing was made");
        str answer = str_trim(str_of(line));
        if (!utf8_valid(answer))
            continue;
        q->answer = str_dup(c->a, answer);
        if (answer.n || q->fallback)
            return ERR_OK;
    }
}

err_t setup_answered(cli *c, bool may_ask, setup_answers *ret, str *ret_name, bool *ret_any)
{
    answers an = answers_new();
    TRY(from_options(c, &an));
    if (!an.any && may_ask && isatty(STDIN_FILENO) && isatty(STDERR_FILENO) && !c->quiet) {
        for (size_t i = strcmp(c->cmd->name, "init") == 0 && !an.q[ASK_NAME].answer.n ? 0 : 1; i < ASK_COUNT_; i++)
            TRY(ask(c, &an.q[i]));
        an.any = true;
    }
    *ret_any = an.any;
    *ret_name = an.q[ASK_NAME].answer;
    if (!an.any)
        return ERR_OK;
    for (size_t i = ASK_SERVICE; i < ASK_COUNT_; i++)
        if (!an.q[i].answer.n && !an.q[i].fallback)
            return fail(&c->f, ERR_USAGE, "--%s is missing: %s", an.q[i].option, an.q[i].question);
    str login = cli_actor(c->a);
    str_cut(&login, ':');
    *ret = (setup_answers){ .owner_name = an.q[ASK_OWNER].answer, .owner_email = an.q[ASK_EMAIL].answer, .login = login,
                            .service = an.q[ASK_SERVICE].answer,
                            .contact = an.q[ASK_CONTACT].answer.n ? an.q[ASK_CONTACT].answer : an.q[ASK_EMAIL].answer };
    TRY(setup_categories(an.q[ASK_CATEGORIES].answer, &c->f, &ret->categories));
    return setup_check(ret, &c->f);
}

/* ---- what was made ---------------------------------------------------------------------------- */

void setup_text(cli *c, const setup_done *d, buf *out)
{
    buf_puts(out, str_fmt(c->a, "Set up the program: %lld policies as drafts, %lld controls with an owner, %lld courses, %lld roles, "
                          "%lld tasks\n", (long long)d->policies, (long long)d->controls, (long long)d->courses, (long long)d->roles,
                          (long long)d->tasks.opened));
    buf_putz(out, "What one person writes another approves: add a second one with attest person add ID name=NAME email=ADDRESS\n"
             "permission=manager starts_at=DATE, then attest person do start ID\n"
             "Next: attest task list, attest status\n");
}

void setup_json(const setup_done *d, json_writer *w)
{
    jw_kint(w, "policies", d->policies);
    jw_kint(w, "controls", d->controls);
    jw_kint(w, "courses", d->courses);
    jw_kint(w, "roles", d->roles);
    jw_kint(w, "tasks", d->tasks.opened);
}

int cmd_setup(cli *c)
{
    auto_ws workspace *ws = NULL;
    setup_answers      in;
    setup_done         done;
    str                name;
    bool               any;
    buf                out = buf_new(c->a, 1 << 20);
    json_writer        w = { .b = &out };
    err_t              e = setup_answered(c, true, &in, &name, &any);
    if (e == ERR_OK && !any)
        e = fail(&c->f, ERR_USAGE, "say who answers for it and what it is about: attest setup --service NAME --owner NAME --email ADDRESS "
                 "[--categories LIST]");
    if (e == ERR_OK)
        e = cli_open(c, OPEN_WRITE, &ws);
    if (e == ERR_OK)
        e = app_setup(ws, c->a, &in, &c->f, &done);
    if (e != ERR_OK)
        return cli_fail(c, e);
    if (c->json) {
        jw_obj(&w);
        setup_json(&done, &w);
        jw_end_obj(&w);
        buf_putc(&out, '\n');
    } else {
        setup_text(c, &done, &out);
    }
    cli_print(buf_str(&out));
    return 0;
}
