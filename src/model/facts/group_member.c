#include "model/model.h"

extern const relation relation_group_member;

static const field fields[] = {
    KEY_TEXT(system, "Host or service the group lives in."),
    KEY_TEXT(group_name, "Name of the group."),
    KEY_TEXT(member, "Login of the member."),
    INT(gid, "Numeric group id."),
    BOOL(primary_group, "Whether it is the account's primary group."),
    BOOL(privileged,
         "Whether the group confers administration (root, sudo, wheel, docker, lxd, disk, "
         "shadow and the like)."),
};

RELATION(group_member, FACT,
         "Membership of an account in a group.");
