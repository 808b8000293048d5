#include "model/model.h"

extern const relation relation_kernel_security;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    TEXT(lsm, "Security modules in force, in order."),
    BOOL(mandatory_access, "Whether AppArmor, SELinux, Smack or Tomoyo enforces a policy."),
    INT(confined_profiles, "Number of enforced AppArmor profiles, or 1 when SELinux enforces."),
    TEXT(lockdown, "none, integrity or confidentiality."),
    BOOL(secure_boot, "Whether the firmware started only signed code."),
    BOOL(tpm, "Whether a trusted platform module is there."),
    BOOL(modules_signed, "Whether unsigned modules are refused."),
    BOOL(modules_disabled, "Whether no more modules can be loaded."),
    INT(tainted, "Taint bits of the kernel; 0 is clean."),
    INT(cpu_vulnerable, "Number of known processor flaws without mitigation."),
    TEXT(cpu_vulnerabilities, "Names of those flaws."),
};

RELATION(kernel_security, FACT,
         "What the running kernel does to protect itself.");
