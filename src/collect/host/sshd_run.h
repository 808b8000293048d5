/* collect/host/sshd_run.h - private: asks sshd itself for its effective configuration. */
#ifndef COLLECT_HOST_SSHD_RUN_H
#define COLLECT_HOST_SSHD_RUN_H

#include "collect/collector.h"

/* What `sshd -T` prints. False when this is not the machine itself, not root, or
 * sshd does not answer within 5 seconds: the caller then reads the files. */
bool sshd_run(arena *a, const collect_env *env, str *ret);

#endif
