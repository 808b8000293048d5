/* collect/host/passwd.h - private: lines of passwd(5), shadow(5), group(5). */
#ifndef COLLECT_HOST_PASSWD_H
#define COLLECT_HOST_PASSWD_H

#include "base/base.h"

/* All texts are cuts of the line. */
typedef struct {
    str     login, password, full_name, home, shell;
    int64_t uid, gid;
} passwd_entry;

enum { SHADOW_EMPTY = -1 };              /* a field that is empty or negative */

typedef struct {
    str     login, hash;
    int64_t changed_days, min_days, max_days, inactive_days, expire_days;   /* or SHADOW_EMPTY */
} shadow_entry;

typedef struct {
    str     name, members;               /* members: separated by commas */
    int64_t gid;
} group_entry;

typedef enum { LINE_ENTRY, LINE_BLANK, LINE_NIS, LINE_BROKEN } line_kind;

/* Only LINE_ENTRY writes *ret. LINE_NIS: a +/- entry that asks a directory. */
line_kind passwd_parse(str line, passwd_entry *ret);
line_kind shadow_parse(str line, shadow_entry *ret);
line_kind group_parse(str line, group_entry *ret);

/* The field password_state and the field password_hash of account (NULL when
 * there is no hash) for what stands in the second field of shadow. */
const char *password_state(str hash);
const char *password_scheme(str hash);

#endif
