/* Containers, as the runtimes on this machine tell over their sockets. */
#include "collect/host/containers.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { WAIT_S = 2, TOTAL_S = 20, REPLY_MAX = 16 << 20 };

typedef struct {
    const char *name, *sockets[2];
} runtime;

static const runtime runtimes[] = {
    { "docker", { "/run/docker.sock", "/var/run/docker.sock" } },
    { "podman", { "/run/podman/podman.sock", "/var/run/podman/podman.sock" } },
};

static int open_socket(const char *path, int *ret)
{
    struct sockaddr_un to = { .sun_family = AF_UNIX };
    struct timeval     wait = { .tv_sec = WAIT_S };
    size_t             n = strlen(path);
    if (n >= sizeof to.sun_path)
        return ENAMETOOLONG;
    memcpy(to.sun_path, path, n);
    auto_fd int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) != 0 ||
        connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        return errno;
    *ret = fd_take(&fd);
    return 0;
}

/* One request a connection, HTTP/1.0: the reply ends where the connection does. */
static int get(arena *a, const char *socket_path, const char *path, time_us deadline, str *ret_body)
{
    auto_fd int fd = -1;
    int         e = open_socket(socket_path, &fd), status;
    char        part[16 << 10];
    buf         all = buf_new(a, REPLY_MAX);
    str         q = str_fmt(a, "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n", path);
    if (e)
        return e;
    if (send(fd, q.p, q.n, MSG_NOSIGNAL) != (ssize_t)q.n)
        return errno ? errno : EIO;
    for (;;) {
        ssize_t n = fd_read(fd, part, sizeof part);
        if (n < 0)
            return errno == EAGAIN ? ETIMEDOUT : errno;
        if (n == 0)
            break;
        buf_put(&all, part, (size_t)n);
        if (all.overflow)
            return EFBIG;
        if (time_mono() > deadline)
            return ETIMEDOUT;
    }
    if (!all.n || !http_reply(buf_str(&all), &status, ret_body))
        return EBADMSG;
    return status == 200 ? 0 : status == 404 ? ENOENT : status == 403 ? EACCES : EBADMSG;
}

/* By what it was started with; a name is looked up through its first process. */
static tri runs_as_root(const host_state *s, const container *c)
{
    int64_t     uid;
    struct stat st;
    if (!c->user_known)
        return UNKNOWN;
    str rest = c->user, user = str_cut(&rest, ':');
    if (!user.n || str_eq(user, S("root")))
        return YES;
    if (parse_int(user, 0, UINT32_MAX, &uid))
        return uid == 0 ? YES : NO;
    auto_arena arena *a = arena_new(64 << 10);
    if (c->pid <= 0 || state_stat(s, str_fmt(a, "/proc/%lld", (long long)c->pid).p, &st) != 0)
        return UNKNOWN;
    return st.st_uid == 0 ? YES : NO;
}

static void emit_container(host_state *s, const runtime *rt, const container *c)
{
    emit *e = s->e;
    emit_text(e, "system", s->env->system);
    emit_z(e, "runtime", rt->name);
    emit_text(e, "name", c->name);
    emit_known(e, "image", c->image);
    emit_known(e, "image_digest", c->image_digest);
    emit_tri(e, "running", c->running);
    emit_tri(e, "privileged", c->privileged);
    emit_tri(e, "root", runs_as_root(s, c));
    emit_tri(e, "host_network", c->host_network);
    emit_tri(e, "read_only_root", c->read_only_root);
    emit_row(e);
}

static bool safe_id(str id)
{
    for (size_t i = 0; i < id.n; i++)
        if (!((id.p[i] >= '0' && id.p[i] <= '9') || (id.p[i] >= 'a' && id.p[i] <= 'z')))
            return false;
    return id.n && id.n <= 128;
}

/* Of two with one name (Podman allows none, Docker none) the first is told. */
static size_t read_runtime(host_state *s, const runtime *rt, const char *socket_path)
{
    auto_arena arena *a = arena_new(64 << 20);
    time_us           deadline = time_mono() + SECONDS(TOTAL_S);
    container_list    l = { 0 };
    map               seen = map_new(a);
    str               body = { 0 };
    int               e = get(a, socket_path, "/containers/json?all=1", deadline, &body);
    if (e)
        emit_lack_errno(s->e, e, str_fmt(a, "asking %s", rt->name).p);
    else if (!containers_parse(a, body, &l))
        emit_lack(s->e, ST_ERROR, "the list of containers %s gives is not understood", rt->name);
    for (size_t i = 0; i < l.n; i++) {
        auto_arena arena *own = arena_new(32 << 20);
        container        *c = &l.v[i];
        void            **slot = map_put(&seen, c->name);
        if (*slot)
            continue;
        *slot = c;
        e = !safe_id(c->id) ? EINVAL : get(own, socket_path, str_fmt(own, "/containers/" STR_FMT "/json", STR_ARG(c->id)).p, deadline, &body);
        if (e == ENOENT)                 /* gone since it was listed */
            continue;
        if (e || !container_details(own, body, c))
            emit_lack(s->e, ST_PARTIAL, "%s does not tell everything about its containers", rt->name);
        emit_container(s, rt, c);
    }
    return l.n;
}

/* Runtimes without a socket we can ask. */
static void lack_others(host_state *s, bool docker, bool podman)
{
    auto_arena arena *a = arena_new(4 << 20);
    str               podman_list = state_text(s, a, "/var/lib/containers/storage/overlay-containers/containers.json");
    str_list          lxc = { 0 };
    state_glob(s, a, "/var/lib/lxc/*", &lxc);
    if (!podman && podman_list.n > 2)
        emit_lack(s->e, ST_UNSUPPORTED, "Podman has containers but its API socket is not there (podman.socket)");
    if (!docker && state_exists(s, "/run/containerd/containerd.sock"))
        emit_lack(s->e, ST_UNSUPPORTED, "containers of containerd are not read");
    for (size_t i = 0; i < lxc.n; i++)
        if (state_exists(s, str_fmt(a, STR_FMT "/config", STR_ARG(lxc.v[i])).p)) {
            emit_lack(s->e, ST_UNSUPPORTED, "containers of LXC are not read");
            break;
        }
}

void part_container(host_state *s)
{
    bool   asked[COUNT(runtimes)] = { false };
    size_t n = 0;
    emit_begin(s->e, relation_find(S("container")));
    for (size_t i = 0; i < COUNT(runtimes); i++)
        for (size_t k = 0; k < COUNT(runtimes[i].sockets) && !asked[i]; k++) {
            auto_arena arena *a = arena_new(1 << 20);
            tri               there = state_there(s, runtimes[i].sockets[k]);
            if (there == UNKNOWN)
                emit_lack(s->e, ST_DENIED, "%s may not be looked at", runtimes[i].sockets[k]);
            if (there != YES)
                continue;
            asked[i] = true;
            n += read_runtime(s, &runtimes[i], env_path(a, s->env, runtimes[i].sockets[k]));
        }
    lack_others(s, asked[0], asked[1]);
    if (!s->env->live && !n)
        emit_lack(s->e, ST_UNSUPPORTED, "containers are known only on the running machine");
    emit_end(s->e, n ? ST_OK : ST_ABSENT);
}
