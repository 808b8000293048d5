#include "http/parts.h"

#include <arpa/inet.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

GUARD_DEFINE(X509, X509_free)
#define auto_x509 GUARD(X509_free)
GUARD_DEFINE(EVP_PKEY, EVP_PKEY_free)
#define auto_pkey GUARD(EVP_PKEY_free)
GUARD_DEFINE(BIO, BIO_free_all)
#define auto_bio GUARD(BIO_free_all)
GUARD_DEFINE(BIGNUM, BN_free)
#define auto_bignum GUARD(BN_free)
GUARD_DEFINE(X509_EXTENSION, X509_EXTENSION_free)
#define auto_extension GUARD(X509_EXTENSION_free)

enum { VALID_DAYS = 397 };    /* what browsers accept of a certificate at most */

/* ---- reading ------------------------------------------------------------------------------------- */

static int no_password(char *out, int size, int writing, void *arg)
{
    (void)out, (void)size, (void)writing, (void)arg;
    return -1;
}

err_t cert_check(str cert_pem, str key_pem, fault *f)
{
    auto_bio BIO  *cert_in = BIO_new_mem_buf(cert_pem.p, (int)cert_pem.n);
    auto_bio BIO  *key_in = BIO_new_mem_buf(key_pem.p, (int)key_pem.n);
    auto_x509 X509 *cert = cert_in ? PEM_read_bio_X509(cert_in, NULL, no_password, NULL) : NULL;
    auto_pkey EVP_PKEY *key = key_in ? PEM_read_bio_PrivateKey(key_in, NULL, no_password, NULL) : NULL;
    if (!cert)
        return fail(f, ERR_INVALID, "the certificate cannot be read: it must be PEM, the server's own first");
    if (!key)
        return fail(f, ERR_INVALID, "the key of the certificate cannot be read: it must be PEM without a password");
    if (X509_check_private_key(cert, key) != 1)
        return fail(f, ERR_INVALID, "the key does not belong to the certificate");
    return ERR_OK;
}

/* ---- making --------------------------------------------------------------------------------------- */

static bool add_extension(X509 *cert, int nid, const char *text)
{
    X509V3_CTX ctx;
    X509V3_set_ctx_nodb(&ctx);
    X509V3_set_ctx(&ctx, cert, cert, NULL, NULL, 0);
    auto_extension X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &ctx, nid, text);
    return e && X509_add_ext(cert, e, -1) == 1;
}

static bool is_address(const char *z)
{
    struct in6_addr ip;
    return inet_pton(AF_INET, z, &ip) == 1 || inet_pton(AF_INET6, z, &ip) == 1;
}

/* "DNS:localhost,IP:10.0.0.5" */
static err_t alt_names(arena *a, const str *names, size_t n, fault *f, char **ret)
{
    buf b = buf_new(a, 64 << 10);
    for (size_t i = 0; i < n; i++) {
        bool address = is_address(str_z(a, names[i]));
        if (!address && !is_host_name(names[i]))
            return fail(f, ERR_INVALID, "\"" STR_FMT "\" is no host name and no IP address", STR_ARG(names[i]));
        buf_fmt(&b, "%s%s:" STR_FMT, i ? "," : "", address ? "IP" : "DNS", STR_ARG(names[i]));
    }
    if (!n || b.overflow)
        return fail(f, ERR_INVALID, "a certificate needs at least one name, and not too many");
    *ret = buf_z(&b);
    return ERR_OK;
}

static bool set_times(X509 *cert)
{
    return X509_gmtime_adj(X509_getm_notBefore(cert), -3600) && X509_time_adj_ex(X509_getm_notAfter(cert), VALID_DAYS, -7200, NULL);
}

static bool set_serial(X509 *cert)
{
    auto_bignum BIGNUM *serial = BN_new();
    return serial && BN_rand(serial, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 && BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(cert));
}

static bool fill(X509 *cert, EVP_PKEY *key, str name, const char *alts)
{
    X509_NAME *subject = X509_get_subject_name(cert);
    int        shown = name.n > 64 ? 64 : (int)name.n;             /* the limit of a common name */
    return X509_set_version(cert, X509_VERSION_3) && set_serial(cert) && set_times(cert) && X509_set_pubkey(cert, key) &&
           X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, (const unsigned char *)name.p, shown, -1, 0) &&
           X509_set_issuer_name(cert, subject) && add_extension(cert, NID_subject_alt_name, alts) &&
           add_extension(cert, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(cert, NID_key_usage, "critical,digitalSignature") && add_extension(cert, NID_ext_key_usage, "serverAuth") &&
           add_extension(cert, NID_subject_key_identifier, "hash") && X509_sign(cert, key, EVP_sha256()) > 0;
}

static str bio_text(arena *a, BIO *b)
{
    char *p;
    long  n = BIO_get_mem_data(b, &p);
    return str_dup(a, (str){ p, n > 0 ? (size_t)n : 0 });
}

err_t http_self_signed(arena *a, const str *names, size_t n, fault *f, str *ret_cert_pem, str *ret_key_pem)
{
    char *alts = NULL;
    TRY(alt_names(a, names, n, f, &alts));
    auto_pkey EVP_PKEY *key = EVP_EC_gen("P-256");
    auto_x509 X509     *cert = X509_new();
    auto_bio BIO       *cert_out = BIO_new(BIO_s_mem());
    auto_bio BIO       *key_out = BIO_new(BIO_s_secmem());
    if (!key || !cert || !cert_out || !key_out || !fill(cert, key, names[0], alts) || PEM_write_bio_X509(cert_out, cert) != 1 ||
        PEM_write_bio_PKCS8PrivateKey(key_out, key, NULL, NULL, 0, NULL, NULL) != 1)
        return fail(f, ERR_INTERNAL, "a certificate could not be made");
    *ret_cert_pem = bio_text(a, cert_out);
    *ret_key_pem = bio_text(a, key_out);
    return ERR_OK;
}
