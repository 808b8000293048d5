/* collect/host/unpack.h - private to the room: reading a file that may be
 * compressed.  LZ4 (what apt keeps its lists in) is handed to liblz4.so.1,
 * loaded when first wanted: every system with apt has it, none needs it to
 * start us.  The loaded library stays until the process ends. */
#ifndef COLLECT_HOST_UNPACK_H
#define COLLECT_HOST_UNPACK_H

#include "base/base.h"

typedef enum { PACKED_NOT, PACKED_LZ4, PACKED_OTHER } packing;
packing packing_of(str file_name);                       /* by suffix */

typedef struct unpack unpack;
/* Takes `fd`, which unpack_close closes. NULL with *ret_why set (a constant) when it
 * cannot be read; fd is closed then too. */
unpack *unpack_open(arena *a, int fd, packing p, const char **ret_why);
/* As deb_stream wants it: `arg` is the unpack. */
ssize_t unpack_fill(void *arg, char *p, size_t n);
void    unpack_close(unpack *u);                         /* accepts NULL */
GUARD_DEFINE(unpack, unpack_close)
#define auto_unpack GUARD(unpack_close)

#endif
