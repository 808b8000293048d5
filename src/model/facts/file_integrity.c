#include "model/model.h"

extern const relation relation_file_integrity;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    KEY_TEXT(path, "File or directory."),
    ENUM(type, "What stands at the path.", "file", "directory", "symlink", "other", "missing"),
    TEXT(mode, "Permission bits, four octal digits."),
    TEXT(owner, "Owning account, or its number."),
    TEXT(group_name, "Owning group, or its number."),
    INT(size_bytes, "Size.", .unit = "bytes"),
    TEXT(sha256, "SHA-256 of the content, lower-case hex; unknown for directories."),
    BOOL(readable_by_others, "Whether everyone may read it."),
    BOOL(writable_by_group, "Whether its group may write it and the group is not root's."),
    BOOL(writable_by_others, "Whether everyone may write it."),
    TEXT(package, "Package the file belongs to."),
    BOOL(matches_package,
         "Whether the content is what the package shipped; unknown where the package keeps no sum."),
};

RELATION(file_integrity, FACT,
         "The state of a file that the system's safety depends on.");
