#include "model/model.h"

extern const relation relation_container;

static const field fields[] = {
    KEY_TEXT(system, "Host it runs on."),
    KEY_TEXT(runtime, "docker, podman, containerd, lxc."),
    KEY_TEXT(name, "Name or id."),
    TEXT(image, "Image it was made from."),
    TEXT(image_digest, "Digest of that image."),
    BOOL(running, "Whether it runs now."),
    BOOL(privileged, "Whether it was given all rights over the host."),
    BOOL(root, "Whether its first process runs as user id 0."),
    BOOL(host_network, "Whether it shares the network of the host."),
    BOOL(read_only_root, "Whether its root file system cannot be written."),
};

RELATION(container, FACT,
         "A container.");
