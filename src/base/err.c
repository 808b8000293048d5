#include "base/base.h"

#include <errno.h>

static const err_info err_infos[] = {
#define X(name, http, exit_status, wire, meaning) [ERR_##name] = { wire, meaning, http, exit_status },
    ERR_TABLE(X)
#undef X
};
static_assert(COUNT(err_infos) == ERR_COUNT_, "one row per error");

const err_info *err_describe(err_t e)
{
    assert((unsigned)e < ERR_COUNT_);
    return &err_infos[e];
}

/* Cuts an unfinished UTF-8 sequence off the end of z[0..n). */
static void cut_partial_utf8(char *z, size_t n)
{
    size_t at = n;
    while (at > 0 && ((unsigned char)z[at - 1] & 0xC0) == 0x80)
        at--;
    if (at > 0 && !utf8_valid((str){ z + at - 1, n - at + 1 }))
        z[at - 1] = '\0';
}

__attribute__((format(printf, 3, 0)))
static err_t vfail(fault *f, err_t code, const char *fmt, va_list ap)
{
    assert(code != ERR_OK && (unsigned)code < ERR_COUNT_);
    if (f && f->code == ERR_OK) {
        f->code = code;
        int n = vsnprintf(f->text, sizeof f->text, fmt, ap);
        if (n >= (int)sizeof f->text)
            cut_partial_utf8(f->text, sizeof f->text - 1);
    }
    return code;
}

err_t fail(fault *f, err_t code, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vfail(f, code, fmt, ap);
    va_end(ap);
    return code;
}

static err_t code_of_errno(int e)
{
    switch (e) {
    case EACCES: case EPERM: case EROFS: return ERR_DENIED;
    case ENOENT: case ENOTDIR:           return ERR_NOT_FOUND;
    case ENOSPC: case EDQUOT:            return ERR_FULL;
    case EFBIG:                          return ERR_TOO_LARGE;
    case EWOULDBLOCK:                    return ERR_BUSY;
    default:                             return ERR_IO;
    }
}

err_t fail_errno(fault *f, int errno_value, const char *fmt, ...)
{
    err_t code = code_of_errno(errno_value);
    if (f && f->code == ERR_OK) {
        va_list ap;
        va_start(ap, fmt);
        vfail(f, code, fmt, ap);
        va_end(ap);
        size_t n = strlen(f->text);
        char   text[128];
        const char *why = strerror_r(errno_value, text, sizeof text);
        snprintf(f->text + n, sizeof f->text - n, ": %s", why);
    }
    return code;
}
