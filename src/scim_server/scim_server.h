/*
 * scim_server/scim_server.h - /scim/v2/: an identity provider tells who works
 * here, who no longer does, and who belongs together.
 *
 * A user is a person record, a group a directory_group. Being deactivated is
 * leaving: the person's sessions, tokens and factors end with the same request. Every
 * change is one commit of "scim:LABEL as PERSON", the token's label and person.
 * Depends on: base, model, http, auth, gate, app, scim, program.  Threads: as gate.
 */
#ifndef SCIM_SERVER_SCIM_SERVER_H
#define SCIM_SERVER_SCIM_SERVER_H

#include "gate/gate.h"

extern const front scim_front;

#endif
