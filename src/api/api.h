/*
 * api/api.h - the REST API, version 1: JSON in and out over the same use cases.
 *
 * /api/v1/... with a token (Authorization: Bearer). Lists give a cursor that keeps
 * showing the moment of the first page; a record's ETag names its version, and If-Match
 * makes a change conditional; an Idempotency-Key makes a repeated POST one.
 * What goes wrong is application/problem+json (RFC 9457).
 * Depends on: app, gate, http, auth, program.  Threads: as gate.
 */
#ifndef API_API_H
#define API_API_H

#include "gate/gate.h"

extern const front api_front;

/* The OpenAPI 3.1 description, made from the routes and the rows of the record types. */
void api_openapi(arena *a, buf *out);

#endif
