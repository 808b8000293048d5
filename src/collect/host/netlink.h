/* collect/host/netlink.h - private to the room: asking the kernel over netlink.
 * The reader is pure; the asker sends one request and gathers the answer. */
#ifndef COLLECT_HOST_NETLINK_H
#define COLLECT_HOST_NETLINK_H

#include "base/base.h"

/* One message of an answer. */
typedef struct {
    uint16_t type;
    str      body;                       /* behind the netlink header */
} nl_message;

/* The next message of *rest; false at the end, or where the bytes make no sense. */
bool nl_next(str *rest, nl_message *ret);

/* The next attribute of *rest; the type is without its flag bits. */
bool nl_attribute(str *rest, uint16_t *ret_type, str *ret_value);
/* The first attribute of that type; p is NULL when there is none. */
str  nl_find(str attributes, uint16_t type);
str  nl_text(str value);                 /* up to the NUL */
bool nl_u32(str value, uint32_t *ret);   /* host order, exactly 4 bytes */
bool nl_be32(str value, uint32_t *ret);

typedef void (*nl_reader)(void *arg, const nl_message *m);
void nl_each(str messages, nl_reader on, void *arg);     /* all but what ends an answer */

/* Sends {header, body} to `protocol` and hands every message of the answer to `on`.
 * `many`: the answer goes on until the kernel says it is done; else it is one message.
 * Waits two seconds at most for each part. errno, 0 when it was answered to the end; the
 * kernel's refusal is its errno. */
typedef struct {
    int       protocol;
    uint16_t  type, flags;
    bool      many;
    str       body;
} nl_request;
int nl_ask(const nl_request *q, nl_reader on, void *arg);

#endif
