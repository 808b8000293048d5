/* collect/host/containers.h - private to the room: replies of the Docker API,
 * which Podman speaks too. Pure. */
#ifndef COLLECT_HOST_CONTAINERS_H
#define COLLECT_HOST_CONTAINERS_H

#include "collect/host/state.h"

typedef struct {
    str     id, name, image, image_digest, user;
    tri     running, privileged, host_network, read_only_root;
    bool    user_known;
    int64_t pid;                         /* 0: none */
} container;
typedef DA(container) container_list;

/* GET /containers/json. False when it is not such a reply. */
bool containers_parse(arena *a, str json, container_list *ret);
/* GET /containers/ID/json adds what only that tells. */
bool container_details(arena *a, str json, container *c);

/* Splits an HTTP reply; false when it is none. */
bool http_reply(str bytes, int *ret_status, str *ret_body);

#endif
