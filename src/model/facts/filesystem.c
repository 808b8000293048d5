#include "model/model.h"

extern const relation relation_filesystem;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    KEY_TEXT(mount_point, "Directory, or swap: and the device."),
    TEXT(device, "Device or remote it comes from."),
    TEXT(fs_type, "File system type."),
    ENUM(kind,
         "local disk, network, memory, virtual (kernel's own), swap.",
         "local", "network", "memory", "virtual", "swap"),
    TEXT(options, "Mount options."),
    BOOL(read_only, "Whether it cannot be written."),
    BOOL(nodev, "Whether device files are ignored."),
    BOOL(nosuid, "Whether set-user-id bits are ignored."),
    BOOL(noexec, "Whether programs cannot be started from it."),
    BOOL(encrypted,
         "Whether its blocks are encrypted somewhere down the device stack of this machine."),
    TEXT(encryption, "Kind of encryption, such as luks2."),
    BOOL(removable, "Whether its disk is removable."),
    INT(size_bytes, "Size.", .unit = "bytes"),
    INT(used_pct,
         "Share in use, rounded up to five, so that history grows only when it matters.", .unit = "percent"),
    INT(inodes_used_pct, "Share of inodes in use, rounded up to five.", .unit = "percent"),
};

RELATION(filesystem, FACT,
         "A mounted file system or a swap area.");
