/* collect/host/log_targets.h - private to the room: receivers of logs in the
 * configuration files of log tools. Pure: texts point into the file or the arena. */
#ifndef COLLECT_HOST_LOG_TARGETS_H
#define COLLECT_HOST_LOG_TARGETS_H

#include "base/base.h"

typedef struct {
    str         host, port;              /* port may be empty */
    const char *protocol;                /* tcp udp relp http https; NULL: not known */
    int         encrypted;               /* 1, 0, -1 not known */
    size_t      line;
} log_target;

typedef struct {
    void (*target)(void *arg, const log_target *t);
    void (*include)(void *arg, str pattern);
    void *arg;
    /* rsyslog: what earlier lines, also of files before, have set */
    bool  driver_tls, action_tls;
} log_reader;

void rsyslog_targets(arena *a, str text, log_reader *r);
void syslog_ng_targets(arena *a, str text, log_reader *r);
void journal_upload_targets(arena *a, str text, log_reader *r);
void fluent_bit_targets(arena *a, str text, log_reader *r);
/* vector, filebeat and promtail: addresses under the keys that name a receiver. */
void yaml_targets(arena *a, str text, log_reader *r);

/* An address with or without scheme, user, port and path. False when there is none. */
bool log_url(arena *a, str text, log_target *ret);

#endif
