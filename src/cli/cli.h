/*
 * cli/cli.h - the command line: rows of commands over the use cases of app/.
 *
 * Help, the reference page and completion are made from the rows. Only this
 * room and main print.  Depends on: base, app.  Threads: one.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "app/app.h"

/* Runs one command line; returns the exit status: 0 done, 1 done and something
 * fails its test, 2 usage, 3 and more by the error table. */
int cli_main(int argc, char **argv);

#endif
