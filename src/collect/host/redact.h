/* collect/host/redact.h - private: commands without the secrets people put in them. */
#ifndef COLLECT_HOST_REDACT_H
#define COLLECT_HOST_REDACT_H

#include "base/base.h"

/* The command with passwords, tokens and the like replaced by ***: values of
 * names that speak of a secret (PGPASSWORD=, --token X, api_key=), -pX of
 * database clients, user:pass in URLs and after -u, bearer headers, and texts
 * that look like well-known tokens. */
str redact_command(arena *a, str command) MUST_USE;

#endif
