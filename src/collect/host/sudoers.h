/*
 * collect/host/sudoers.h - private: the rights that sudoers(5) gives on this host.
 */
#ifndef COLLECT_HOST_SUDOERS_H
#define COLLECT_HOST_SUDOERS_H

#include "collect/host/conf.h"

typedef enum { NO, YES, UNKNOWN } yes_no;

typedef struct {
    str       subject, run_as, command;  /* as the fields of privilege; aliases expanded */
    yes_no    passwordless;
    bool      all_commands, no_exec;
    bool      as_root;                   /* run_as takes in root */
    conf_strs except;                    /* users the same rule leaves out */
    str       file;
    int64_t   line;
} sudo_right;

typedef struct {
    DA(sudo_right) rights;               /* one for each subject, run_as, command; the last rule won */
    conf_notes     notes;
    int            err;                  /* errno of `path`, 0 when read */
} sudo_rights;

/* `host` is this machine's name, short or full: rules for other hosts are left
 * out; a rule by address or netgroup, which cannot be decided here, is kept. */
void sudo_read(arena *a, const conf_files *files, const char *path, str host, sudo_rights *ret);

/* ---- between sudoers.c, which reads, and sudoers_expand.c ------------------- */

typedef struct {
    str  text;
    bool negated;
} sudo_item;
typedef DA(sudo_item) sudo_list;

typedef enum { SUDO_USER, SUDO_RUNAS, SUDO_HOST, SUDO_CMND } sudo_kind;

typedef struct {
    sudo_kind kind;
    sudo_list items;
} sudo_alias;

typedef struct {
    sudo_item command;
    sudo_list run_users, run_groups;
    bool      run_given;                 /* a (...) was written */
    yes_no    no_passwd, no_exec;        /* UNKNOWN: no tag */
} sudo_command;

typedef struct {
    sudo_list        users, hosts;
    DA(sudo_command) commands;
    str              file;
    int64_t          line;
} sudo_spec;

/* A line of Defaults that says whether a password is asked. */
typedef struct {
    char      scope;                     /* 0, or @ : > ! as written after Defaults */
    sudo_list items;
    bool      authenticate;
} sudo_default;

typedef struct {
    arena           *a;
    map              aliases[4];         /* by kind: name -> sudo_alias */
    DA(sudo_spec)    specs;
    DA(sudo_default) defaults;
    str              runas_default;
    bool             no_exec;
    str              host;
} sudo_policy;

void sudo_expand(sudo_policy *p, sudo_rights *ret);

#endif
