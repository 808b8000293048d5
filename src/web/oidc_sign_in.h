/* web/oidc_sign_in.h - private to the room: the identity provider of the configuration. */
#ifndef WEB_OIDC_SIGN_IN_H
#define WEB_OIDC_SIGN_IN_H

#include "oidc/oidc.h"
#include "web/sign_in.h"

/* NULL when none is configured. Settings are read once, at the start. */
err_t provider_open(gate *g, fault *f, oidc **ret) MUST_USE;

#endif
