#include "model/model.h"

extern const relation relation_setting;

static const field fields[] = {
    KEY_TEXT(system, "Host it holds on."),
    KEY_TEXT(component,
         "What it configures: sshd, sysctl, sysctl.d, login.defs, pwquality, faillock, "
         "pwhistory, journald, logind, apt, modprobe, profile, coredump."),
    KEY_TEXT(name, "Name as the component prints it; lower case for sshd."),
    TEXT(value, "Effective value."),
    INT(number, "The value as an integer, when it is one."),
    TEXT(defined_in, "File and line, or runtime, or default."),
};

RELATION(setting, FACT,
         "One effective setting of a component.");
