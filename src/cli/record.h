/* cli/record.h - private to the room: what the commands over records share. */
#ifndef CLI_RECORD_H
#define CLI_RECORD_H

#include "cli/command.h"

/* Opens the workspace and finds out who acts: the user of the system, or --as. */
err_t record_open(cli *c, open_mode mode, workspace **ret_ws, principal *ret_who) MUST_USE;

/* c->args from `first` on, split: FIELD=VALUE (FIELD=@FILE reads a text, @- standard input,
 * @@ is an @), and words of another form. */
typedef struct {
    assignment *set;  size_t n_set;
    str        *words; size_t n_words;
} record_words;
err_t record_arguments(cli *c, size_t first, record_words *ret) MUST_USE;

/* Prints every fault of the work (or c->f, when there is none) and gives the exit status. */
int record_fail(cli *c, err_t e, const record_done *done);
/* "Changed risk RISK-3 (commit 12)." or the same in JSON; 0. */
int record_told(cli *c, const char *what, const str *ids, size_t n, const record_done *done);

/* What every report of a file holds, as members of the object that is open. */
void jw_report(cli *c, err_t e, const import_report *r, json_writer *w);
/* Prints the faults of a file, line by line, and gives the exit status. */
int import_fail(cli *c, err_t e, const import_report *r);

/* The id of what was added on standard output, so that a script can take it; 0. */
int record_added(cli *c, str id, const record_done *done);

/* A field in JSON; null when unknown. */
void jw_value(json_writer *w, arena *a, const field *fd, const value *v);

void heading(cli *c, buf *out, const char *text);                          /* bold, after a blank line */

/* `attest TYPE edit ID` without fields: in $VISUAL or $EDITOR. */
int record_edit_file(cli *c);

int cmd_record_list(cli *c);
int cmd_record_show(cli *c);
int cmd_record_history(cli *c);
int cmd_record_add(cli *c);
int cmd_record_edit(cli *c);
int cmd_record_update(cli *c);
int cmd_record_do(cli *c);
int cmd_record_comment(cli *c);
int cmd_record_link(cli *c);
int cmd_record_unlink(cli *c);
int cmd_record_attach(cli *c);
int cmd_record_import(cli *c);
int cmd_record_export(cli *c);

#endif
