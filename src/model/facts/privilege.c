#include "model/model.h"

extern const relation relation_privilege;

static const field fields[] = {
    KEY_TEXT(system, "Host the right holds on."),
    KEY_TEXT(tool, "What grants it: sudo, doas."),
    KEY_TEXT(subject, "Who holds it: login, %group, #uid, %#gid, +netgroup, or ALL."),
    KEY_TEXT(run_as, "Account (and :group) it acts as; ALL for any."),
    KEY_TEXT(command, "Command with arguments; ALL for any; a leading ! takes it away."),
    BOOL(passwordless, "Whether it is used without giving a password."),
    BOOL(all_commands, "Whether any command may be run."),
    BOOL(no_exec, "Whether the command is kept from starting others."),
    TEXT(defined_in, "File and line of the rule."),
};

RELATION(privilege, FACT,
         "A right to act as another account, with aliases and includes expanded.");
