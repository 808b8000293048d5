/* The attestation object and the authenticator data inside it. */
#include "webauthn/parts.h"

enum { HEAD = 37, AAGUID = 16, ID_MIN = 16, COSE_ALG = 3 };

static bool cose_alg(str cose, int *ret)
{
    cbor_item map_item, label, what;
    int       number = 0;
    bool      found = false;
    if (!cbor_next(&cose, &map_item) || map_item.major != CBOR_PAIRS)
        return false;
    for (uint64_t i = 0; i < map_item.n; i++) {
        if (!cbor_next(&cose, &label) || !cbor_int(&label, &number) || !cbor_next(&cose, &what) || what.major == CBOR_LIST ||
            what.major == CBOR_PAIRS)
            return false;
        if (number != COSE_ALG)
            continue;
        if (found || !cbor_int(&what, ret))
            return false;
        found = true;
    }
    return found;
}

static bool cut_pairs(str *rest, str *ret)
{
    return rest->n && (unsigned char)rest->p[0] >> 5 == CBOR_PAIRS && cbor_cut(rest, ret);
}

static bool credential_read(str *rest, auth_data *d)
{
    if (rest->n < AAGUID + 2)
        return false;
    size_t id_n = (size_t)(unsigned char)rest->p[AAGUID] << 8 | (unsigned char)rest->p[AAGUID + 1];
    d->aaguid = str_sub(*rest, 0, AAGUID);
    *rest = str_sub(*rest, AAGUID + 2, rest->n);
    if (id_n < ID_MIN || id_n > WEBAUTHN_ID_MAX || id_n > rest->n)
        return false;
    d->id = str_sub(*rest, 0, id_n);
    *rest = str_sub(*rest, id_n, rest->n);
    return cut_pairs(rest, &d->cose) && cose_alg(d->cose, &d->alg);
}

bool auth_data_read(str raw, auth_data *ret)
{
    auth_data d = { .raw = raw };
    str       rest = str_sub(raw, HEAD, raw.n), extensions;
    if (raw.n < HEAD)
        return false;
    memcpy(d.rp_hash.b, raw.p, sizeof d.rp_hash.b);
    d.flags = (unsigned char)raw.p[32];
    for (int i = 33; i < HEAD; i++)
        d.count = d.count << 8 | (unsigned char)raw.p[i];
    if (d.flags & FLAG_AT && !credential_read(&rest, &d))
        return false;
    if (d.flags & FLAG_ED && !cut_pairs(&rest, &extensions))
        return false;
    if (rest.n)
        return false;
    *ret = d;
    return true;
}

err_t auth_data_check(const webauthn_options *o, const auth_data *d, fault *f)
{
    auto_hasher hasher *h = hasher_new();
    hash32              want = sha256_of(h, o->rp_id.p, o->rp_id.n);
    if (!hash32_eq(&want, &d->rp_hash))
        return fail(f, ERR_DENIED, "the key answered for another site");
    if (!(d->flags & FLAG_UP))
        return fail(f, ERR_DENIED, "nobody touched the key");
    if (o->require_uv && !(d->flags & FLAG_UV))
        return fail(f, ERR_DENIED, "the key did not check who holds it: set a PIN on it, or use a device that asks for one");
    if (d->flags & FLAG_BS && !(d->flags & FLAG_BE))
        return fail(f, ERR_DENIED, "the key says that it is backed up and cannot be");
    return ERR_OK;
}

/* {"alg": -7, "sig": h'...'}: signed by the new key itself. With a certificate (x5c) there is a third pair: what was not asked for. */
static bool packed_read(str statement, attestation *at)
{
    cbor_item pairs, name, what;
    bool      alg = false, sig = false;
    if (!cbor_next(&statement, &pairs) || pairs.n != 2)
        return false;
    for (int i = 0; i < 2; i++) {
        if (!cbor_next(&statement, &name) || name.major != CBOR_TEXT || !cbor_next(&statement, &what))
            return false;
        if (str_eq(name.bytes, S("alg")))
            alg = cbor_int(&what, &at->alg);
        else if (str_eq(name.bytes, S("sig")))
            sig = what.major == CBOR_BYTES && (at->sig = what.bytes).n > 0;
    }
    return alg && sig;
}

static bool object_read(str object, attestation *at, str *ret_statement)
{
    cbor_item pairs, name, what;
    unsigned  seen = 0;
    if (!cbor_next(&object, &pairs) || pairs.major != CBOR_PAIRS || pairs.n != 3)
        return false;
    for (int i = 0; i < 3; i++) {
        if (!cbor_next(&object, &name) || name.major != CBOR_TEXT)
            return false;
        if (str_eq(name.bytes, S("attStmt"))) {
            seen |= 1;
            if (!cut_pairs(&object, ret_statement))
                return false;
            continue;
        }
        if (!cbor_next(&object, &what))
            return false;
        if (str_eq(name.bytes, S("fmt")) && what.major == CBOR_TEXT) {
            seen |= 2;
            at->fmt = what.bytes;
        } else if (str_eq(name.bytes, S("authData")) && what.major == CBOR_BYTES) {
            seen |= 4;
            at->auth_data = what.bytes;
        }
    }
    return seen == 7 && object.n == 0;
}

err_t attestation_read(str object, fault *f, attestation *ret)
{
    attestation at = { 0 };
    str         statement = { 0 };
    if (!object_read(object, &at, &statement))
        return fail(f, ERR_INVALID, "the browser's answer holds no attestation object");
    at.none = statement.n == 1;           /* a map without pairs */
    if (str_eq(at.fmt, S("none")) ? !at.none : !str_eq(at.fmt, S("packed")) || !packed_read(statement, &at))
        return fail(f, ERR_INVALID, "the key sends an attestation that was not asked for");
    *ret = at;
    return ERR_OK;
}
