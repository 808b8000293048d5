/* collect/host/mfa.h - private: whether signing in takes a second factor. */
#ifndef COLLECT_HOST_MFA_H
#define COLLECT_HOST_MFA_H

#include "collect/host/pam.h"
#include "collect/host/sshd_conf.h"
#include "collect/host/sudoers.h"

/* Whether the auth stack of `service` refuses who lacks a second factor, whatever
 * the modules that look at the user or the place say. NO when the stack is empty. */
bool mfa_pam_requires(const pam_stacks *p, str service);

/* For a sign-in over SSH. `has_keys`: whether the account has keys. */
yes_no mfa_ssh(const sshd_values *values, const sshd_conf *conf, bool pam_requires, yes_no has_keys);

#endif
