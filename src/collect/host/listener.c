/* Sockets that wait, and whose they are. */
#include "collect/host/sockets.h"

#include <errno.h>

static void emit_listener(host_state *s, arena *a, const socket_row *r, const holder *h)
{
    emit *e = s->e;
    emit_text(e, "system", s->env->system);
    emit_z(e, "protocol", r->udp ? "udp" : "tcp");
    emit_text(e, "address", address_text(a, r->local, r->v6));
    emit_int(e, "port", r->local_port);
    emit_bool(e, "loopback", address_is_loopback(r->local, r->v6));
    if (h && h->process != SIZE_MAX) {
        const process *p = &s->processes[h->process];
        emit_text(e, "process", p->name);
        emit_known(e, "executable", process_exe(s, a, p));
        emit_text(e, "account", account_name(s, a, p->uid));
    }
    emit_row(e);
}

static int by_key(const void *a, const void *b)
{
    const socket_row *x = a, *y = b;
    int c = (int)x->udp - (int)y->udp;
    if (!c)
        c = (int)x->v6 - (int)y->v6;
    if (!c)
        c = memcmp(x->local, y->local, sizeof x->local);
    if (!c)
        c = (int)x->local_port - (int)y->local_port;
    return c ? c : x->inode < y->inode ? -1 : x->inode > y->inode;
}

static bool same_key(const socket_row *x, const socket_row *y)
{
    return x->udp == y->udp && x->v6 == y->v6 && x->local_port == y->local_port &&
           memcmp(x->local, y->local, sizeof x->local) == 0;
}

/* Of several sockets on one address (SO_REUSEPORT) the one of the lowest process speaks. */
static size_t emit_group(host_state *s, arena *a, const socket_list *l, size_t i, const holder *h, size_t n)
{
    const holder *best = NULL;
    size_t        k = i;
    for (; k < l->n && same_key(&l->v[i], &l->v[k]); k++) {
        const holder *one = holder_of(h, n, l->v[k].inode);
        if (!best || (one && one->process < best->process))
            best = one;
    }
    emit_listener(s, a, &l->v[i], best);
    return k;
}

void part_listener(host_state *s)
{
    auto_arena arena *a = arena_new(64 << 20);
    socket_list       l = { 0 };
    emit_begin(s->e, relation_find(S("process_listener")));
    int err = sockets_read(s, a, false, SOCKET_LISTENS, &l);
    if (!err)
        err = sockets_read(s, a, true, SOCKET_UNCONNECTED, &l);
    if (err && !s->env->live)
        emit_lack(s->e, ST_UNSUPPORTED, "sockets are known only on the running machine");
    else if (err)
        emit_lack_errno(s->e, err, "/proc/net");
    holder *h = NEW_ARRAY(a, holder, l.n + 1);
    for (size_t i = 0; i < l.n; i++)
        h[i].inode = l.v[i].inode;
    if (sockets_holders(s, h, l.n))
        emit_lack(s->e, ST_DENIED, "the owners of some sockets can be seen only by root");
    if (l.n)
        qsort(l.v, l.n, sizeof *l.v, by_key);
    for (size_t i = 0; i < l.n;)
        i = emit_group(s, a, &l, i, h, l.n);
    emit_end(s->e, ST_OK);
}
