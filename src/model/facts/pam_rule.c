#include "model/model.h"

extern const relation relation_pam_rule;

static const field fields[] = {
    KEY_TEXT(system, "Host it holds on."),
    KEY_TEXT(service, "PAM service, such as sshd or sudo."),
    KEY_TEXT(facility, "auth, account, password or session."),
    KEY_INT(position, "Place in the stack, counted from 1."),
    TEXT(control, "Control word or list, such as required or [success=1 default=ignore]."),
    TEXT(module, "Module file name without directory, such as pam_unix.so."),
    TEXT(arguments, "Arguments of the module."),
    TEXT(defined_in, "File and line."),
};

RELATION(pam_rule, FACT,
         "One line of a PAM stack in the order it is run, with includes expanded.");
