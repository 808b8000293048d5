/* cli/command.h - private to the room: what a command is, told as a row. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/cli.h"

typedef struct {
    const char *name;              /* "as-of": --as-of */
    const char *value;             /* what follows it, for help; NULL: a switch; "FILTER...": several times (option_list) */
    const char *help;
} option;

enum { OPTIONS_MAX = 8, GLOBAL_OPTIONS = 7 };

typedef struct cli cli;
typedef DA(str) texts;

typedef struct {
    const char *name;              /* one or two words: "ledger prove" */
    const char *arguments;         /* for help: "[SOURCE...]" */
    int         min_args, max_args;/* max_args -1: any number */
    int       (*run)(cli *c);      /* exit status */
    option      options[OPTIONS_MAX];
    const char *summary;           /* one line */
    const char *help;              /* more, may be NULL */
} command;

extern const command commands[];
extern const size_t  n_commands;
/* What every type of record knows, named by its verb: attest TYPE list. */
extern const command record_commands[];
extern const size_t  n_record_commands;
extern const option  global_options[GLOBAL_OPTIONS];

struct cli {
    arena         *a;
    const command *cmd;
    const relation *type;          /* of a record command, or the one that `attest TYPE` names */
    str           *args;           /* after the command's name */
    size_t         n_args;
    const char    *values[OPTIONS_MAX];         /* of cmd->options; "" for a switch that is set */
    texts          lists[OPTIONS_MAX];          /* of those that may be given several times */
    const char    *globals[GLOBAL_OPTIONS];
    bool           json, quiet, progress;
    bool           failing;        /* done, and something is not as it should be: exit status 1 */
    report_style   style;          /* of standard output */
    fault          f;
};

/* ERR_USAGE with what is wrong in c->f. `command_words`: how many words name it. */
err_t args_parse(cli *c, int argc, char **argv) MUST_USE;
err_t no_command(cli *c, str word) MUST_USE;    /* ERR_USAGE, with the commands that begin with the word */
const relation *record_type_named(str word);    /* "risk"; NULL: no type of records is called so */
const command  *record_command_find(str verb);  /* or NULL */
/* The option's value, NULL when it is not given. The name must be a row's. */
const char *option_value(const cli *c, const char *name);
bool option_known(const cli *c, const char *name);     /* whether the command's row has it */
bool        option_set(const cli *c, const char *name);
texts       option_list(const cli *c, const char *name);                /* as given, in order */
/* How the command is called: "assess", "risk list". */
str         command_name(const cli *c);
err_t       option_time(cli *c, const char *name, time_us *ret) MUST_USE;     /* 0 when not given */

/* Prints c->f (or a JSON object on standard error) and gives its exit status. */
int  cli_fail(cli *c, err_t e);
void cli_print(str s);                          /* to standard output, whole */
err_t cli_deliver(cli *c, const char *path, str bytes) MUST_USE;    /* into a file; NULL or "-": standard output */
void cli_note(const cli *c, const char *fmt, ...) PRINTF_LIKE(2);   /* standard error, unless --quiet */
void cli_progress(void *cli_pointer, str text); /* a line that is written over; only on a terminal */
void cli_progress_done(const cli *c);
str  cli_actor(arena *a);                       /* "cli:LOGIN" */
err_t cli_open(cli *c, open_mode mode, workspace **ret) MUST_USE;

/* Remarks it when `as_of` lies before the first collection. */
err_t note_before(cli *c, workspace *ws, time_us as_of) MUST_USE;

void put_help(buf *out, const command *cmd);    /* NULL: of the whole program */

/* Help of `attest TYPE`: its fields, states and steps, from the rows. */
void put_type_help(cli *c, buf *out, const relation *r);

int cmd_init(cli *c);
/* The answers to a program's first questions: from options, a file (--answers), or, when
 * nothing was given and `may_ask`, from the terminal. ret_any false: there are none. */
err_t setup_answered(cli *c, bool may_ask, setup_answers *ret, str *ret_name, bool *ret_any) MUST_USE;
void  setup_text(cli *c, const setup_done *d, buf *out);
void  setup_json(const setup_done *d, json_writer *w);

err_t report_document(cli *c) MUST_USE;          /* gap, risk, treatment */
int cmd_serve(cli *c);
int cmd_setup(cli *c);
int cmd_demo(cli *c);
int cmd_collect(cli *c);
int cmd_assess(cli *c);
int cmd_status(cli *c);
int cmd_sql(cli *c);
int cmd_report(cli *c);
int cmd_plan(cli *c);
int cmd_verify(cli *c);
int cmd_checkpoint(cli *c);
int cmd_prove(cli *c);
int cmd_witness(cli *c);
int cmd_cosign(cli *c);
/* Who cosigned what, a line each, for people. */
err_t witnesses_put(cli *c, workspace *ws, str log_key, buf *out) MUST_USE;
int cmd_source(cli *c);
int cmd_content(cli *c);
int cmd_relations(cli *c);
int cmd_tick(cli *c);
int cmd_token(cli *c);
int cmd_invite(cli *c);
int cmd_types(cli *c);
int cmd_evidence_get(cli *c);
int cmd_person_sync(cli *c);
int cmd_notify(cli *c);
int cmd_library(cli *c);
int cmd_population(cli *c);
int cmd_help(cli *c);
int cmd_version(cli *c);

#endif
