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

const relation *record_type_named(str word)
{
    const relation *r = relation_find(word);
    return r && r->record ? r : NULL;
}

const command *record_command_find(str verb)
{
    for (size_t i = 0; i < n_record_commands; i++)
        if (str_eq(str_of(record_commands[i].name), verb))
            return &record_commands[i];
    return NULL;
}

/* "sql", "ledger prove", or "risk list"; c->type is set as soon as a type is named. */
static void recognise(cli *c, int n, char **words)
{
    int used;
    c->cmd = command_find(n, words, &used);
    c->type = c->cmd ? NULL : record_type_named(str_of(words[0]));
    if (c->type && n > 1)
        c->cmd = record_command_find(str_of(words[1]));
}

str command_name(const cli *c)
{
    return c->type ? str_fmt(c->a, "%s %s", c->type->name, c->cmd ? c->cmd->name : "VERB") : str_of(c->cmd ? c->cmd->name : "");
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

static void note_value(cli *c, const option *row, const char *text)
{
    if (str_ends(str_of(row->value), S("...")))
        da_push(c->a, &c->lists[row - c->cmd->options]) = str_of(text);
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
             c->cmd ? str_fmt(c->a, STR_FMT " ", STR_ARG(command_name(c))).p : "");
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
    note_value(c, row, *slot);
    return eq ? 1 : 2;
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0' && (word[1] == '-' || word[2] == '\0');
}

/* Words that are neither options nor their values, in place; "--" ends options. */
static err_t sort_words(cli *c, int argc, char **argv, char **ret_words, int *ret_n)
{
    int  n = 0;
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
                recognise(c, n, ret_words);
        }
    }
    *ret_n = n;
    return ERR_OK;
}

static err_t check_count(cli *c)
{
    if ((int)c->n_args < c->cmd->min_args)
        return fail(&c->f, ERR_USAGE, "something is missing: attest " STR_FMT " %s", STR_ARG(command_name(c)), c->cmd->arguments);
    if (c->cmd->max_args >= 0 && (int)c->n_args > c->cmd->max_args)
        return fail(&c->f, ERR_USAGE, "too much: \"" STR_FMT "\"; it reads: attest " STR_FMT " %s",
                    STR_ARG(c->args[c->cmd->max_args]), STR_ARG(command_name(c)), c->cmd->arguments);
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

static err_t no_verb(cli *c, str word)
{
    buf b = buf_new(c->a, 4096);
    for (size_t i = 0; i < n_record_commands; i++)
        buf_fmt(&b, "%s%s", i ? ", " : "", record_commands[i].name);
    return fail(&c->f, ERR_USAGE, "there is no \"" STR_FMT "\" of a record; there is: " STR_FMT, STR_ARG(utf8_cut(word, 60)), STR_ARG(buf_str(&b)));
}

static err_t take_arguments(cli *c, char **words, int n)
{
    int used = 2;                         /* of a record command: type and verb */
    if (!c->type)
        (void)words_match(c->cmd->name, n, words, &used);
    c->n_args = (size_t)(n - used);
    c->args = NEW_ARRAY(c->a, str, c->n_args + 1);
    for (size_t i = 0; i < c->n_args; i++) {
        c->args[i] = str_of(words[used + (int)i]);
        if (!utf8_valid(c->args[i]))
            return fail(&c->f, ERR_USAGE, "word %zu of the command line is not UTF-8", i + 1);
    }
    return ERR_OK;
}

static err_t check_options(cli *c)
{
    for (size_t i = 0; i < OPTIONS_MAX && c->cmd->options[i].name; i++)
        if (c->values[i] && !utf8_valid(str_of(c->values[i])))
            return fail(&c->f, ERR_USAGE, "what is given for --%s is not UTF-8", c->cmd->options[i].name);
    return ERR_OK;
}

err_t args_parse(cli *c, int argc, char **argv)
{
    char **words = NEW_ARRAY(c->a, char *, (size_t)argc + 1);
    int    n;
    TRY(sort_words(c, argc, argv, words, &n));
    if (!c->cmd && c->type && n > 1)
        return no_verb(c, str_of(words[1]));
    if (!c->cmd && !c->type && n > 0)
        return no_command(c, str_of(words[0]));
    if (!c->cmd)
        return ERR_OK;
    TRY(take_arguments(c, words, n));
    if (option_set(c, "help"))            /* needs no arguments */
        return ERR_OK;
    TRY(check_options(c));
    return check_count(c);
}

bool option_known(const cli *c, const char *name)
{
    for (size_t i = 0; i < OPTIONS_MAX && c->cmd->options[i].name; i++)
        if (strcmp(c->cmd->options[i].name, name) == 0)
            return true;
    return false;
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

texts option_list(const cli *c, const char *name)
{
    for (size_t i = 0; i < OPTIONS_MAX && c->cmd->options[i].name; i++)
        if (strcmp(c->cmd->options[i].name, name) == 0)
            return c->lists[i];
    assert(false && "an option that no row has");
    return (texts){ 0 };
}

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
