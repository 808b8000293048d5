/* collect/host/sockets.h - private to the room: internet sockets of this
 * machine, from the kernel's socket diagnosis or /proc/net. */
#ifndef COLLECT_HOST_SOCKETS_H
#define COLLECT_HOST_SOCKETS_H

#include "collect/host/state.h"

typedef struct {
    bool     udp, v6;
    uint8_t  state;                      /* SOCKET_ESTABLISHED ... */
    uint8_t  local[16], remote[16];      /* network order; 4 bytes when not v6 */
    uint16_t local_port, remote_port;
    uint64_t inode;
} socket_row;
typedef DA(socket_row) socket_list;

enum { SOCKET_ESTABLISHED = 1, SOCKET_UNCONNECTED = 7, SOCKET_LISTENS = 10 };   /* the kernel's numbers */

/* Pure: a message of the diagnosis; a line of /proc/net/{tcp,tcp6,udp,udp6}. False when it is none. */
bool socket_from_diag(str body, bool udp, socket_row *ret);
bool socket_from_proc(str line, bool udp, bool v6, socket_row *ret);

bool address_is_loopback(const uint8_t *address, bool v6);
str  address_text(arena *a, const uint8_t *address, bool v6);

/* Sockets in `state` of tcp or udp, both families. errno; ENOENT: they cannot be known here. */
int  sockets_read(const host_state *s, arena *a, bool udp, uint8_t state, socket_list *ret);

/* The lowest process that holds each inode: index into s->processes, or SIZE_MAX. */
typedef struct {
    uint64_t inode;
    size_t   process;
} holder;
/* Sorts `h` by inode and fills it. True when some process did not let us look and
 * an inode stayed without a holder. */
bool sockets_holders(host_state *s, holder *h, size_t n);
const holder *holder_of(const holder *h, size_t n, uint64_t inode);

#endif
