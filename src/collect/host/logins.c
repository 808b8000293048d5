#include "collect/host/logins.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utmp.h>

enum { WTMP_MAX = 64 << 20, RECORDS_AT_ONCE = 128 };

size_t wtmp_record_bytes(void) { return sizeof(struct utmp); }

bool wtmp_record(const void *record, str *ret_login, time_us *ret_at)
{
    const struct utmp *u = record;
    if (u->ut_type != USER_PROCESS)
        return false;
    *ret_login = (str){ u->ut_user, strnlen(u->ut_user, sizeof u->ut_user) };
    *ret_at = SECONDS((uint32_t)u->ut_tv.tv_sec);      /* unsigned: lasts until 2106 */
    return ret_login->n > 0;
}

static int open_record(arena *a, const collect_env *env, const char *path, logins *l)
{
    int fd = open(env_path(a, env, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat st;
    if (fd < 0 && errno != ENOENT && errno != ENOTDIR)
        l->denied = errno;
    if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
        close(fd);
        return -1;
    }
    return fd;
}

static void note(arena *a, logins *l, str login, time_us at)
{
    time_us *t = map_get(&l->times, login);
    if (!t) {
        t = NEW(a, time_us);
        *map_put(&l->times, str_dup(a, login)) = t;
    }
    if (at > *t)
        *t = at;
}

/* True when the whole file was read and ends with a whole record. */
static bool read_wtmp(arena *a, int fd, logins *l)
{
    _Alignas(struct utmp) char chunk[RECORDS_AT_ONCE * sizeof(struct utmp)];
    size_t                     have = 0, total = 0;
    ssize_t                    n;
    while (total < WTMP_MAX && (n = fd_read(fd, chunk + have, sizeof chunk - have)) != 0) {
        if (n < 0)
            return false;
        have += (size_t)n;
        total += (size_t)n;
        size_t whole = have / sizeof(struct utmp);
        for (size_t i = 0; i < whole; i++) {
            str     login;
            time_us at;
            if (wtmp_record(chunk + i * sizeof(struct utmp), &login, &at))
                note(a, l, login, at);
        }
        have -= whole * sizeof(struct utmp);
        memmove(chunk, chunk + whole * sizeof(struct utmp), have);
    }
    return have == 0 && total < WTMP_MAX;
}

void logins_open(arena *a, const collect_env *env, logins *ret)
{
    static const char *const newer[] = { "/var/lib/wtmpdb/wtmp.db", "/var/lib/lastlog/lastlog2.db" };
    struct stat              st;
    *ret = (logins){ .lastlog = -1, .times = map_new(a), .now = env->now };
    auto_fd int wtmp = open_record(a, env, "/var/log/wtmp", ret);
    ret->lastlog = open_record(a, env, "/var/log/lastlog", ret);
    ret->lastlog_read = ret->lastlog >= 0 && fstat(ret->lastlog, &st) == 0 && st.st_size % (off_t)sizeof(struct lastlog) == 0;
    ret->wtmp_read = wtmp >= 0 && read_wtmp(a, wtmp, ret);
    for (size_t i = 0; i < COUNT(newer); i++)
        ret->newer = ret->newer || stat(env_path(a, env, newer[i]), &st) == 0;
}

void logins_close(logins *l)
{
    if (l->lastlog >= 0)
        close(l->lastlog);
    l->lastlog = -1;
}

static time_us from_lastlog(const logins *l, int64_t uid)
{
    struct lastlog r;
    if (l->lastlog < 0 || pread(l->lastlog, &r, sizeof r, uid * (int64_t)sizeof r) != (ssize_t)sizeof r)
        return 0;
    return SECONDS((uint32_t)r.ll_time);
}

login_seen logins_find(const logins *l, str login, int64_t uid, time_us *ret_at)
{
    const time_us *w = map_get(&l->times, str_sub(login, 0, UT_NAMESIZE));
    time_us        last = from_lastlog(l, uid), latest = w && *w > last ? *w : last;
    bool           silence_tells = (l->lastlog_read || l->wtmp_read) && !l->newer && !l->denied;
    if (latest == 0)
        return silence_tells ? LOGIN_NEVER : LOGIN_UNKNOWN;
    if (latest > l->now + HOURS(1))
        return LOGIN_SOME_TIME;
    *ret_at = latest;
    return LOGIN_AT;
}
