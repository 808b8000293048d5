#include "collect/host/certs.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

const cert_service cert_services[] = {
    { "nginx", { "/etc/nginx/nginx.conf" }, { "ssl_certificate" }, { "ssl_certificate_key" }, { "include" }, true },
    { "apache", { "/etc/apache2/apache2.conf", "/etc/httpd/conf/httpd.conf" }, { "SSLCertificateFile" }, { "SSLCertificateKeyFile" },
      { "Include", "IncludeOptional" }, false },
    { "haproxy", { "/etc/haproxy/haproxy.cfg", "/etc/haproxy/conf.d/*.cfg" }, { "crt" }, { NULL }, { NULL }, true },
    { "postfix", { "/etc/postfix/main.cf" }, { "smtpd_tls_cert_file", "smtpd_tls_chain_files" }, { "smtpd_tls_key_file" }, { NULL }, false },
    { "dovecot", { "/etc/dovecot/dovecot.conf" }, { "ssl_cert", "ssl_server_cert_file" }, { "ssl_key", "ssl_server_key_file" },
      { "!include", "!include_try" }, false },
    { "exim", { "/etc/exim4/exim4.conf.template", "/etc/exim4/exim4.conf" }, { "tls_certificate" }, { "tls_privatekey" }, { NULL }, false },
    { "postgresql", { "/etc/postgresql/*/*/postgresql.conf" }, { "ssl_cert_file" }, { "ssl_key_file" }, { NULL }, false },
    { "mysql", { "/etc/mysql/my.cnf", "/etc/my.cnf", "/etc/mysql/*.conf.d/*.cnf", "/etc/my.cnf.d/*.cnf" }, { "ssl-cert", "ssl_cert" },
      { "ssl-key", "ssl_key" }, { NULL }, false },
    { "slapd", { "/etc/ldap/slapd.conf", "/etc/ldap/slapd.d/cn=config.ldif" }, { "TLSCertificateFile", "olcTLSCertificateFile:" },
      { "TLSCertificateKeyFile", "olcTLSCertificateKeyFile:" }, { NULL }, false },
    { "redis", { "/etc/redis/redis.conf" }, { "tls-cert-file" }, { "tls-key-file" }, { NULL }, false },
    { "mosquitto", { "/etc/mosquitto/mosquitto.conf", "/etc/mosquitto/conf.d/*.conf" }, { "certfile" }, { "keyfile" }, { NULL }, false },
    { "vsftpd", { "/etc/vsftpd.conf", "/etc/vsftpd/vsftpd.conf" }, { "rsa_cert_file" }, { "rsa_private_key_file" }, { NULL }, false },
    { "stunnel", { "/etc/stunnel/*.conf" }, { "cert" }, { "key" }, { NULL }, false },
    { "lighttpd", { "/etc/lighttpd/lighttpd.conf", "/etc/lighttpd/conf-enabled/*.conf" }, { "ssl.pemfile" }, { "ssl.privkey" }, { NULL }, false },
    { "rsyslog", { "/etc/rsyslog.conf", "/etc/rsyslog.d/*.conf" }, { "$DefaultNetstreamDriverCertFile" }, { "$DefaultNetstreamDriverKeyFile" },
      { NULL }, false },
};
const size_t n_cert_services = COUNT(cert_services);

static bool parts_words(char c) { return c == ' ' || c == '\t' || c == '='; }

/* The next word; quotes keep blanks, an equals sign parts words too. */
static str next_word(str *rest)
{
    size_t i = 0;
    while (i < rest->n && parts_words(rest->p[i]))
        i++;
    char   quote = i < rest->n && (rest->p[i] == '"' || rest->p[i] == '\'') ? rest->p[i] : 0;
    size_t from = i += quote != 0;
    while (i < rest->n && (quote ? rest->p[i] != quote : !parts_words(rest->p[i])))
        i++;
    str word = str_sub(*rest, from, i);
    *rest = str_sub(*rest, i + (quote != 0), rest->n);
    return word;
}

static bool is_one_of(str word, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n && names[i]; i++)
        if (word.n == strlen(names[i]) && strncasecmp(word.p, names[i], word.n) == 0)
            return true;
    return false;
}

/* A path as configurations write it: "<path", "path;", "path,". */
static str plain_path(str v)
{
    while (v.n && (v.p[0] == '<' || v.p[0] == '"'))
        v = str_sub(v, 1, v.n);
    while (v.n && strchr(";,\"'", v.p[v.n - 1]))
        v.n--;
    return v;
}

void cert_config(const cert_service *s, str text, const cert_reader *r)
{
    str line;
    while (str_line(&text, &line)) {
        line = str_trim(line);
        if (!line.n || line.p[0] == '#' || (line.p[0] == ';' && line.n > 1))
            continue;
        for (str word = next_word(&line); word.n; word = s->anywhere ? next_word(&line) : S("")) {
            bool cert = is_one_of(word, s->certificate, COUNT(s->certificate)), key = is_one_of(word, s->key, COUNT(s->key));
            bool include = is_one_of(word, s->include, COUNT(s->include));
            if (!cert && !key && !include)
                continue;
            str v = next_word(&line);
            if (str_eq(v, S("<")))
                v = next_word(&line);
            v = plain_path(v);
            if (v.n)
                (cert ? r->certificate : key ? r->key : r->include)(r->arg, v);
        }
    }
}

/* ---- X.509 ---- */

static str bio_text(arena *a, BIO *b)
{
    char *p = NULL;
    long  n = BIO_get_mem_data(b, &p);
    return str_dup(a, (str){ p, n > 0 ? (size_t)n : 0 });
}

static void bio_free(BIO *b) { BIO_free(b); }
GUARD_DEFINE(BIO, bio_free)
#define auto_bio GUARD(bio_free)
static void names_free(GENERAL_NAMES *n) { GENERAL_NAMES_free(n); }
GUARD_DEFINE(GENERAL_NAMES, names_free)

static str name_text(arena *a, const X509_NAME *name)
{
    auto_bio BIO *b = BIO_new(BIO_s_mem());
    if (!b || X509_NAME_print_ex(b, name, 0, XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) < 0)
        return S("");
    return bio_text(a, b);
}

static void put_ip(buf *b, const ASN1_OCTET_STRING *ip)
{
    const unsigned char *p = ASN1_STRING_get0_data(ip);
    int                  n = ASN1_STRING_length(ip);
    if (n == 4)
        buf_fmt(b, "%d.%d.%d.%d", p[0], p[1], p[2], p[3]);
    for (int i = 0; n == 16 && i < 16; i += 2)
        buf_fmt(b, "%s%x", i ? ":" : "", (unsigned)(p[i] << 8 | p[i + 1]));
}

static str alternative_names(arena *a, X509 *x)
{
    buf b = buf_new(a, 60 << 10);
    GUARD(names_free) GENERAL_NAMES *all = X509_get_ext_d2i(x, NID_subject_alt_name, NULL, NULL);
    for (int i = 0; all && i < sk_GENERAL_NAME_num(all); i++) {
        const GENERAL_NAME *g = sk_GENERAL_NAME_value(all, i);
        size_t              before = b.n;
        if (before)
            buf_putc(&b, ' ');
        if (g->type == GEN_DNS || g->type == GEN_EMAIL || g->type == GEN_URI)
            buf_put(&b, ASN1_STRING_get0_data(g->d.ia5), (size_t)ASN1_STRING_length(g->d.ia5));
        else if (g->type == GEN_IPADD)
            put_ip(&b, g->d.iPAddress);
        if (b.n == before + (before != 0))
            b.n = before;                /* a kind that is not told */
    }
    return buf_str(&b);
}

static str serial_text(arena *a, const X509 *x)
{
    buf                 b = buf_new(a, 4096);
    const ASN1_INTEGER *serial = X509_get0_serialNumber(x);
    for (int i = 0; i < ASN1_STRING_length(serial); i++)
        buf_fmt(&b, "%02x", ASN1_STRING_get0_data(serial)[i]);
    return buf_str(&b);
}

static bool time_of(const ASN1_TIME *t, time_us *ret)
{
    struct tm tm;
    if (!t || !ASN1_TIME_to_tm(t, &tm))
        return false;
    *ret = DAYS(days_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday)) + HOURS(tm.tm_hour) + MINUTES(tm.tm_min) + SECONDS(tm.tm_sec);
    return true;
}

static const char *key_type(const EVP_PKEY *k)
{
    static const struct { int id; const char *name; } types[] = {
        { EVP_PKEY_RSA, "RSA" }, { EVP_PKEY_RSA_PSS, "RSA" }, { EVP_PKEY_EC, "EC" }, { EVP_PKEY_ED25519, "ED25519" },
        { EVP_PKEY_ED448, "ED448" }, { EVP_PKEY_DSA, "DSA" },
    };
    for (size_t i = 0; k && i < COUNT(types); i++)
        if (EVP_PKEY_get_base_id(k) == types[i].id)
            return types[i].name;
    return NULL;
}

static cert_facts facts_of(arena *a, X509 *x)
{
    const EVP_PKEY *k = X509_get0_pubkey(x);
    cert_facts      c = { .subject = name_text(a, X509_get_subject_name(x)), .issuer = name_text(a, X509_get_issuer_name(x)),
                          .names = alternative_names(a, x), .serial = serial_text(a, x), .key_type = key_type(k),
                          .key_bits = k ? EVP_PKEY_get_bits(k) : 0, .self_signed = X509_self_signed(x, 1) == 1 };
    int nid = X509_get_signature_nid(x);
    c.signature = nid != NID_undef ? str_dup(a, str_of(OBJ_nid2ln(nid))) : S("");
    c.from_known = time_of(X509_get0_notBefore(x), &c.from);
    c.until_known = time_of(X509_get0_notAfter(x), &c.until);
    return c;
}

bool certs_parse(arena *a, str bytes, cert_chain *ret)
{
    enum { CERTS_MAX = 64 };
    if (!bytes.n || bytes.n > 4 << 20)
        return false;
    auto_bio BIO *in = BIO_new_mem_buf(bytes.p, (int)bytes.n);
    size_t        before = ret->n;
    X509         *x = NULL;
    while (in && ret->n - before < CERTS_MAX && (x = PEM_read_bio_X509(in, NULL, NULL, NULL))) {
        da_push(a, ret) = facts_of(a, x);
        X509_free(x);
    }
    const unsigned char *p = (const unsigned char *)bytes.p;
    if (ret->n == before && (x = d2i_X509(NULL, &p, (long)bytes.n))) {
        da_push(a, ret) = facts_of(a, x);
        X509_free(x);
    }
    ERR_clear_error();
    return ret->n != before;
}
