/* collect/host/audit.h - private to the room: rules of the kernel audit system,
 * as the kernel has them and as files write them. Pure. */
#ifndef COLLECT_HOST_AUDIT_H
#define COLLECT_HOST_AUDIT_H

#include "base/base.h"

typedef struct {
    const char *name;
    int         x86_64, i386, aarch64;   /* -1: not there */
} audit_syscall;
extern const audit_syscall audit_syscalls[];
extern const size_t        n_audit_syscalls;

enum { AUDIT_RULE_FIELDS_MAX = 64, AUDIT_RULE_WORDS = 64 };

typedef struct {
    uint32_t field, op, value;
    str      text;                       /* of fields that hold text */
} audit_rule_field;

typedef struct {
    uint32_t         list, action, mask[AUDIT_RULE_WORDS];
    audit_rule_field fields[AUDIT_RULE_FIELDS_MAX];
    size_t           n;
} audit_rule;

/* The body of an AUDIT_LIST_RULES message; texts point into it. */
bool audit_rule_from_kernel(str body, audit_rule *ret);

typedef enum { RULE_NONE, RULE_READ, RULE_NOT_UNDERSTOOD } audit_rule_kind;
/* A line of a rules file. RULE_NONE: a comment or a setting. */
audit_rule_kind audit_rule_from_line(arena *a, str line, audit_rule *ret);

/* As auditctl -l prints it; fields and system calls without a name here are
 * printed as numbers. One rule has one text, however it was written. */
str audit_rule_text(arena *a, const audit_rule *r);

#endif
