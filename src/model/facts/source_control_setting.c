#include "model/model.h"

extern const relation relation_source_control_setting;

static const field fields[] = {
    KEY_TEXT(repository, "Repository."),
    KEY_TEXT(name,
         "codeowners, ci, signing, ignore_file, lock_file, dependency_updates, "
         "security_policy, license, hooks."),
    BOOL(present, "Whether it is there."),
    TEXT(value, "What was found: files or setting."),
};

RELATION(source_control_setting, FACT,
         "A safeguard of a repository that its files show.");
