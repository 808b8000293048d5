/* What goes to libcbor inside libfido2 has passed here first: no length there is larger than the bytes that follow. */
#include "webauthn/parts.h"

enum { DEPTH_MAX = 8 };

static bool head(str *rest, unsigned *ret_major, uint64_t *ret_n)
{
    if (!rest->n)
        return false;
    unsigned first = (unsigned char)rest->p[0], low = first & 31;
    size_t   more = low < 24 ? 0 : (size_t)1 << (low - 24);
    if (low > 27 || rest->n < 1 + more)
        return false;
    uint64_t n = low < 24 ? low : 0;
    for (size_t i = 0; i < more; i++)
        n = n << 8 | (unsigned char)rest->p[1 + i];
    *ret_major = first >> 5;
    *ret_n = n;
    *rest = str_sub(*rest, 1 + more, rest->n);
    return true;
}

bool cbor_next(str *rest, cbor_item *ret)
{
    unsigned major = 0;
    uint64_t n = 0;
    if (!head(rest, &major, &n) || major == CBOR_TAGGED)
        return false;
    *ret = (cbor_item){ .major = (cbor_major)major, .n = n };
    if (major == CBOR_BYTES || major == CBOR_TEXT) {
        if (n > rest->n)
            return false;
        ret->bytes = str_sub(*rest, 0, (size_t)n);
        *rest = str_sub(*rest, (size_t)n, rest->n);
    }
    return true;
}

static bool pass(str *rest, int depth)
{
    cbor_item it;
    if (depth > DEPTH_MAX || !cbor_next(rest, &it))
        return false;
    if (it.major != CBOR_LIST && it.major != CBOR_PAIRS)
        return true;
    if (it.n > rest->n)                   /* each item has a byte at least */
        return false;
    uint64_t inside = it.major == CBOR_PAIRS ? it.n * 2 : it.n;
    for (uint64_t i = 0; i < inside; i++)
        if (!pass(rest, depth + 1))
            return false;
    return true;
}

bool cbor_cut(str *rest, str *ret_item)
{
    str after = *rest;
    if (!pass(&after, 0))
        return false;
    *ret_item = str_sub(*rest, 0, rest->n - after.n);
    *rest = after;
    return true;
}

bool cbor_int(const cbor_item *it, int *ret)
{
    if ((it->major != CBOR_UINT && it->major != CBOR_NEGATIVE) || it->n > 0x7ffffffe)
        return false;
    *ret = it->major == CBOR_UINT ? (int)it->n : -1 - (int)it->n;
    return true;
}
