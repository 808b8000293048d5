/*
 * collect/host/identity.h - private: what the parts of the identity probe
 * share.  It is loaded once; each part writes one relation from it, in the
 * order pam_rule, privilege, group_member, ssh_key, account, setting, because
 * an account's fields rest on what came before.
 */
#ifndef COLLECT_HOST_IDENTITY_H
#define COLLECT_HOST_IDENTITY_H

#include "collect/host/logins.h"
#include "collect/host/mfa.h"
#include "collect/host/passwd.h"

enum { KEYS_UNKNOWN = -1 };

typedef struct {
    passwd_entry        pw;
    const shadow_entry *shadow;          /* NULL: none */
    bool                administrator;   /* user id 0 (also of a second line of that login), a right or a group */
    yes_no              maybe;           /* UNKNOWN: a netgroup or an unread file could make it one */
    int64_t             keys;            /* or KEYS_UNKNOWN */
} login_row;

typedef struct {
    group_entry       g;
    bool              named;             /* its name alone confers administration */
    const sudo_right *right;             /* a right to run everything as root, or NULL */
} group_row;

typedef struct {
    arena             *a;
    const collect_env *env;
    emit              *e;
    conf_files         files;
    login_row         *accounts;         /* the first line of each login */
    size_t             n_accounts;
    map                by_login;         /* -> login_row * */
    group_row         *groups;
    size_t             n_groups;
    map                shadows;          /* login -> shadow_entry * */
    int                passwd_err, shadow_err, group_err;
    conf_notes         passwd_notes, shadow_notes, group_notes;
    str                directories_passwd, directories_group, directories_sudo;   /* "sss ldap", from nsswitch.conf */
    pam_stacks         pam;
    sudo_rights        sudo;
    sshd_conf          sshd_file;
    sshd_values        sshd;             /* effective; empty where there is no sshd */
    bool               sshd_there;
    int64_t            uid_min, uid_max;
    yes_no             mfa[3];           /* by whether the account has keys: NO, YES, UNKNOWN */
} identity;

void identity_load_accounts(identity *x);
void identity_load_sshd(identity *x);
void identity_mark_administrators(identity *x);

void identity_pam_rules(identity *x);
void identity_privileges(identity *x);
void identity_groups(identity *x);
void identity_keys(identity *x);
void identity_accounts(identity *x);
/* In settings.c. */
void identity_settings(identity *x);

#endif
