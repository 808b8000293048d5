/* auth/totp.h - private to the room: codes from a secret and a step, RFC 6238 and 4648 section 6. */
#ifndef AUTH_TOTP_H
#define AUTH_TOTP_H

#include "base/base.h"

enum { TOTP_STEP_S = 30, TOTP_DIGITS = 6, TOTP_SECRET_BYTES = 20 };

/* HMAC-SHA-1 of the step, cut to six digits. */
int32_t totp_code(const void *secret, size_t n, int64_t step);
/* The step within one of `now` that the code belongs to and that is later than `last`; 0: none. Takes as long for any code. */
int64_t totp_step_of(const void *secret, size_t n, str code, int64_t now, int64_t last);
str     base32_of(arena *a, const void *p, size_t n) MUST_USE;      /* not padded */

#endif
