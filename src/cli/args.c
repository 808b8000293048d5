/* The command line, read against the rows. */
#include "cli/command.h"

static bool words_match(const char *name, int argc, char **argv, int *ret_words)
{
    str rest = str_of(name);
    for (*ret_words = 0; rest.p; (*ret_words)++) {
        str word = str_cut(&rest, ' ');
        if (*ret_words >= argc || !str_eq(word, str_of(argv[*ret_words])))
            return false;
    }
    return true;
}

static const command *command_find(int argc, char **argv, int *ret_words)
{
    for (size_t i = 0; i < n_commands; i++)
        if (words_match(commands[i].name, argc, argv, ret_words))
            return &commands[i];
    return NULL;
}

/* The slot of --NAME among rows; NULL when it is not one of them. */
static const char **slot_of(const option *rows, size_t n, const char **values, str name, const option **ret_row)
{
    for (size_t i = 0; i < n && rows[i].name; i++)
        if (str_eq(str_of(rows[i].name), name)) {
            *ret_row = &rows[i];
            return &values[i];
        }
    return NULL;
}

/* argv[i] is "--name", "--name=value" or "-o"; returns how many words it took, 0 on error. */
static int take_option(cli *c, int argc, char **argv, int i)
{
    const option *row = NULL;
    str           name = strcmp(argv[i], "-o") == 0 ? S("output") : strcmp(argv[i], "-h") == 0 ? S("help")
                       : str_sub(str_of(argv[i]), 2, SIZE_MAX);
    str           given = { 0 };
    const char   *eq = memchr(name.p, '=', name.n);
    if (eq) {
        given = str_of(eq + 1);
        name.n = (size_t)(eq - name.p);
    }
    const char **slot = c->cmd ? slot_of(c->cmd->options, OPTIONS_MAX, c->values, name, &row) : NULL;
    if (!slot)
        slot = slot_of(global_options, GLOBAL_OPTIONS, c->globals, name, &row);
    if (!slot) {
        fail(&c->f, ERR_USAGE, "there is no option %s here; see: attest %s--help", argv[i],
             c->cmd ? str_fmt(c->a, "%s ", c->cmd->name).p : "");
        return 0;
    }
    if (!row->value) {
        if (eq)
            fail(&c->f, ERR_USAGE, "the option --%s takes no value", row->name);
        *slot = "";
        return eq ? 0 : 1;
    }
    if (!eq && i + 1 >= argc) {
        fail(&c->f, ERR_USAGE, "the option --%s needs %s", row->name, row->value);
        return 0;
    }
    *slot = eq ? given.p : argv[i + 1];
    return eq ? 1 : 2;
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0' && (word[1] == '-' || word[2] == '\0');
}

/* Words that are neither options nor their values, in place; "--" ends options. */
static err_t sort_words(cli *c, int argc, char **argv, char **ret_words, int *ret_n)
{
    int  n = 0, words;
    bool only_words = false;
    for (int i = 1; i < argc;) {
        if (!only_words && strcmp(argv[i], "--") == 0) {
            only_words = true;
            i++;
        } else if (!only_words && is_option(argv[i])) {
            int took = take_option(c, argc, argv, i);
            if (!took)
                return ERR_USAGE;
            i += took;
        } else {
            ret_words[n++] = argv[i++];
            if (!c->cmd)
                c->cmd = command_find(n, ret_words, &words);
        }
    }
    *ret_n = n;
    return ERR_OK;
}

static err_t check_count(cli *c)
{
    if ((int)c->n_args < c->cmd->min_args)
        return fail(&c->f, ERR_USAGE, "something is missing: attest %s %s", c->cmd->name, c->cmd->arguments);
    if (c->cmd->max_args >= 0 && (int)c->n_args > c->cmd->max_args)
        return fail(&c->f, ERR_USAGE, "too much: \"" STR_FMT "\"; it reads: attest %s %s",
                    STR_ARG(c->args[c->cmd->max_args]), c->cmd->name, c->cmd->arguments);
    return ERR_OK;
}

err_t no_command(cli *c, str word)
{
    buf near = buf_new(c->a, 4096);
    for (size_t i = 0; i < n_commands; i++) {
        str rest = str_of(commands[i].name);
        if (str_eq(str_cut(&rest, ' '), word))
            buf_fmt(&near, "%s attest %s", near.n ? " or" : " write", commands[i].name);
    }
    return fail(&c->f, ERR_USAGE, "there is no command \"" STR_FMT "\";" STR_FMT, STR_ARG(word),
                STR_ARG(near.n ? buf_str(&near) : S(" see: attest help")));
}

err_t args_parse(cli *c, int argc, char **argv)
{
    char **words = NEW_ARRAY(c->a, char *, (size_t)argc + 1);
    int    n, used = 0;
    TRY(sort_words(c, argc, argv, words, &n));
    if (!c->cmd && n > 0)
        return no_command(c, str_of(words[0]));
    if (!c->cmd)
        return ERR_OK;
    (void)words_match(c->cmd->name, n, words, &used);
    c->n_args = (size_t)(n - used);
    c->args = NEW_ARRAY(c->a, str, c->n_args + 1);
    for (size_t i = 0; i < c->n_args; i++) {
        c->args[i] = str_of(words[used + (int)i]);
        if (!utf8_valid(c->args[i]))
            return fail(&c->f, ERR_USAGE, "word %zu of the command line is not UTF-8", i + 1);
    }
    return c->globals[4] ? ERR_OK : check_count(c);     /* --help needs no arguments */
}

const char *option_value(const cli *c, const char *name)
{
    for (size_t i = 0; i < OPTIONS_MAX && c->cmd->options[i].name; i++)
        if (strcmp(c->cmd->options[i].name, name) == 0)
            return c->values[i];
    for (size_t i = 0; i < GLOBAL_OPTIONS; i++)
        if (strcmp(global_options[i].name, name) == 0)
            return c->globals[i];
    assert(false && "an option that no row has");
    return NULL;
}

bool option_set(const cli *c, const char *name) { return option_value(c, name) != NULL; }

err_t option_time(cli *c, const char *name, time_us *ret)
{
    const char *text = option_value(c, name);
    *ret = 0;
    if (!text)
        return ERR_OK;
    if (time_parse(str_of(text), ret))
        return *ret <= time_now() ? ERR_OK : fail(&c->f, ERR_USAGE, "--%s: %s has not come yet", name, text);
    return fail(&c->f, ERR_USAGE, "--%s: \"%s\" is no time; write 2026-03-12T14:05:00Z or 2026-03-12", name, text);
}
