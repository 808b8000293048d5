/* collect/host/logins.h - private: recorded sign-ins, /var/log/lastlog and wtmp. */
#ifndef COLLECT_HOST_LOGINS_H
#define COLLECT_HOST_LOGINS_H

#include "collect/collector.h"

typedef struct {
    int  lastlog;                        /* descriptor, -1 when it could not be read */
    bool lastlog_read, wtmp_read;        /* whole: silence then means never */
    bool newer;                          /* this system keeps them in a database that is not read here */
    int  denied;                         /* errno when there is a record that may not be read */
    map  times;                          /* name of at most 32 bytes -> time_us * */
    time_us now;
} logins;

typedef enum { LOGIN_NEVER, LOGIN_AT, LOGIN_SOME_TIME, LOGIN_UNKNOWN } login_seen;

/* Close with logins_close. */
void logins_open(arena *a, const collect_env *env, logins *ret);
void logins_close(logins *l);
/* LOGIN_AT sets *ret_at. LOGIN_SOME_TIME: recorded, with a time that cannot be (after now). */
login_seen logins_find(const logins *l, str login, int64_t uid, time_us *ret_at);

/* One wtmp record: the login and time of a sign-in; false for other kinds. */
bool wtmp_record(const void *record, str *ret_login, time_us *ret_at);
size_t wtmp_record_bytes(void);

#endif
