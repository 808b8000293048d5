#include "http_world.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <pthread.h>

GUARD_DEFINE(SSL_CTX, SSL_CTX_free)
#define auto_ctx GUARD(SSL_CTX_free)
GUARD_DEFINE(SSL, SSL_free)
#define auto_ssl GUARD(SSL_free)

typedef struct {
    str cert, key;
} identity;

static identity identity_new(arena *a, str name)
{
    identity id;
    str      names[] = { name, S("127.0.0.1"), S("::1") };
    fault    f = { 0 };
    if (http_self_signed(a, names, COUNT(names), &f, &id.cert, &id.key) != ERR_OK)
        fail_msg("%s", f.text);
    return id;
}

/* A client that trusts this certificate alone and expects this name; versions: 0 for what OpenSSL offers. NULL: no handshake. */
static SSL *tls_connect(SSL_CTX *ctx, int fd, identity trusted, const char *name, int lowest, int highest)
{
    BIO  *in = BIO_new_mem_buf(trusted.cert.p, (int)trusted.cert.n);
    X509 *cert = PEM_read_bio_X509(in, NULL, NULL, NULL);
    BIO_free(in);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(ctx), cert);
    X509_free(cert);
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_security_level(ctx, lowest && lowest < TLS1_2_VERSION ? 0 : 1);
    if (lowest)
        assert_true(SSL_CTX_set_min_proto_version(ctx, lowest) && SSL_CTX_set_max_proto_version(ctx, highest));
    SSL *ssl = SSL_new(ctx);
    SSL_set_fd(ssl, fd);
    char copy[64];             /* OpenSSL's macro wants what it will not write to */
    snprintf(copy, sizeof copy, "%s", name);
    SSL_set_tlsext_host_name(ssl, copy);
    SSL_set1_host(ssl, name);
    if (SSL_connect(ssl) == 1)
        return ssl;
    SSL_free(ssl);
    return NULL;
}

static str tls_ask(arena *a, SSL *ssl, str bytes)
{
    char *out = arena_alloc(a, 1, 65536);
    int   n = 0, all = 0;
    assert_int_equal(SSL_write(ssl, bytes.p, (int)bytes.n), (int)bytes.n);
    while (all < 65536 && (n = SSL_read(ssl, out + all, 65536 - all)) > 0) {
        all += n;
        if (peer_body((str){ out, (size_t)all }).n)
            break;
    }
    return (str){ out, (size_t)all };
}

static world *tls_world(identity *ret)
{
    arena *a = arena_new(1 << 20);
    *ret = identity_new(a, S("attest.example"));
    world *w = world_with((http_options){ .cert_pem = ret->cert, .key_pem = ret->key, .request_s = 5 });
    *ret = (identity){ str_dup(w->a, ret->cert), str_dup(w->a, ret->key) };
    arena_free(a);
    return w;
}

static int version_agreed(world *w, identity id, int lowest, int highest)
{
    auto_ctx SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
    int               fd = peer_connect(w->port);
    auto_ssl SSL     *ssl = tls_connect(ctx, fd, id, "attest.example", lowest, highest);
    int               agreed = ssl ? SSL_version(ssl) : 0;
    if (ssl)
        assert_has(tls_ask(w->a, ssl, S("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")), "|tls|");
    close(fd);
    return agreed;
}

static void tls_is_1_2_or_1_3(void **state)
{
    (void)state;
    identity id;
    world   *w = tls_world(&id);
    assert_int_equal(version_agreed(w, id, 0, 0), TLS1_3_VERSION);
    assert_int_equal(version_agreed(w, id, TLS1_2_VERSION, TLS1_2_VERSION), TLS1_2_VERSION);
    assert_int_equal(version_agreed(w, id, TLS1_1_VERSION, TLS1_1_VERSION), 0);
    assert_int_equal(version_agreed(w, id, TLS1_VERSION, TLS1_VERSION), 0);
    world_end(w);
}

static void weak_ciphers_are_not_agreed_to(void **state)
{
    (void)state;
    static const struct { const char *list; bool fine; } rows[] = {
        { "ECDHE-ECDSA-AES256-GCM-SHA384", true }, { "ECDHE-ECDSA-CHACHA20-POLY1305", true }, { "ECDHE-ECDSA-AES128-GCM-SHA256", true },
        { "ECDHE-ECDSA-AES128-SHA", false }, { "ECDHE-ECDSA-AES256-SHA384", false }, { "ECDHE-ECDSA-AES256-CCM8", false }, { "AES128-SHA", false },
    };
    identity id;
    world   *w = tls_world(&id);
    for (size_t i = 0; i < COUNT(rows); i++) {
        auto_ctx SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
        assert_int_equal(SSL_CTX_set_cipher_list(ctx, rows[i].list), 1);
        int           fd = peer_connect(w->port);
        auto_ssl SSL *ssl = tls_connect(ctx, fd, id, "attest.example", TLS1_2_VERSION, TLS1_2_VERSION);
        if ((ssl != NULL) != rows[i].fine)
            fail_msg("%s: %s", rows[i].list, ssl ? "agreed to" : "refused");
        close(fd);
    }
    world_end(w);
}

static void a_certificate_is_for_its_names_only(void **state)
{
    (void)state;
    identity id;
    world   *w = tls_world(&id);
    static const struct { const char *name; bool fine; } rows[] = { { "attest.example", true }, { "127.0.0.1", true }, { "other.example", false } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        auto_ctx SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
        int               fd = peer_connect(w->port);
        auto_ssl SSL     *ssl = tls_connect(ctx, fd, id, rows[i].name, 0, 0);
        assert_int_equal(ssl != NULL, rows[i].fine);
        close(fd);
    }
    world_end(w);
}

static void a_certificate_is_changed_while_connections_stand(void **state)
{
    (void)state;
    identity id;
    fault    f = { 0 };
    world   *w = tls_world(&id);
    identity next = identity_new(w->a, S("attest.example"));
    auto_ctx SSL_CTX *old_ctx = SSL_CTX_new(TLS_client_method()), *new_ctx = SSL_CTX_new(TLS_client_method());
    auto_ctx SSL_CTX *none_ctx = SSL_CTX_new(TLS_client_method());
    int               old_fd = peer_connect(w->port);
    auto_ssl SSL     *old = tls_connect(old_ctx, old_fd, id, "attest.example", 0, 0);
    assert_non_null(old);
    assert_has(tls_ask(w->a, old, S("GET /before HTTP/1.1\r\nHost: a\r\n\r\n")), "GET /before|");

    assert_int_equal(http_certificate(w->s, next.cert, id.key, &f), ERR_INVALID);
    assert_int_equal(http_certificate(w->s, S("nothing"), id.key, &(fault){ 0 }), ERR_INVALID);
    assert_int_equal(http_certificate(w->s, next.cert, next.key, &(fault){ 0 }), ERR_OK);

    int           new_fd = peer_connect(w->port), none_fd = peer_connect(w->port);
    auto_ssl SSL *fresh = tls_connect(new_ctx, new_fd, next, "attest.example", 0, 0);
    assert_non_null(fresh);
    assert_has(tls_ask(w->a, fresh, S("GET /after HTTP/1.1\r\nHost: a\r\n\r\n")), "GET /after|");
    auto_ssl SSL *stale = tls_connect(none_ctx, none_fd, id, "attest.example", 0, 0);
    assert_null(stale);                                /* the old certificate is no longer shown */
    assert_has(tls_ask(w->a, old, S("GET /still HTTP/1.1\r\nHost: a\r\n\r\n")), "GET /still|");
    close(old_fd);
    close(new_fd);
    close(none_fd);
    world_end(w);
}

typedef struct {
    world      *w;
    atomic_bool enough;
    atomic_int  asked;
    int         lost;
} stream;

static void *ask_all_the_time(void *arg)
{
    stream           *k = arg;
    auto_ctx SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
    while (!k->enough) {
        auto_arena arena *a = arena_new(1 << 20);
        int               fd = peer_connect(k->w->port);
        auto_ssl SSL     *ssl = SSL_new(ctx);
        SSL_set_fd(ssl, fd);
        bool ok = SSL_connect(ssl) == 1 && str_contains(tls_ask(a, ssl, S("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")), S("GET /x|"));
        k->asked++;
        k->lost += !ok;
        close(fd);
    }
    return NULL;
}

static void nobody_is_turned_away_while_certificates_change(void **state)
{
    (void)state;
    identity  id;
    stream    k = { .w = tls_world(&id) };
    pthread_t t;
    pthread_create(&t, NULL, ask_all_the_time, &k);
    for (int i = 0; i < 6; i++) {
        for (int had = k.asked, n = 0; k.asked == had && n < 200; n++)         /* a busy machine asks seldom */
            nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
        nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
        id = identity_new(k.w->a, S("attest.example"));
        assert_int_equal(http_certificate(k.w->s, id.cert, id.key, &(fault){ 0 }), ERR_OK);
    }
    k.enough = true;
    pthread_join(t, NULL);
    assert_true(k.asked >= 6);
    assert_int_equal(k.lost, 0);
    world_end(k.w);
}

/* More changes than may stand at once, each with a connection; those that have ended make room. */
static void certificates_may_change_often(void **state)
{
    (void)state;
    identity id;
    world   *w = tls_world(&id);
    for (int i = 0; i < 20; i++) {
        err_t e = ERR_BUSY;
        id = identity_new(w->a, S("attest.example"));
        for (int k = 0; k < 100 && e == ERR_BUSY; k++) {
            e = http_certificate(w->s, id.cert, id.key, &(fault){ 0 });
            if (e == ERR_BUSY)
                nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
        }
        assert_int_equal(e, ERR_OK);
        assert_int_equal(version_agreed(w, id, 0, 0), TLS1_3_VERSION);
    }
    world_end(w);
}

static void no_server_starts_with_a_key_of_another_certificate(void **state)
{
    world       *w = *state;
    identity     one = identity_new(w->a, S("a")), two = identity_new(w->a, S("a"));
    http_server *s = NULL;
    http_hooks   hooks = { .arg = &w->t, .handle = handle };
    http_options o = { .address = "127.0.0.1", .listen_fd = -1, .cert_pem = one.cert, .key_pem = two.key };
    assert_int_equal(http_start(&o, &hooks, &(fault){ 0 }, &s), ERR_INVALID);
    o.key_pem = S("");
    assert_int_equal(http_start(&o, &hooks, &(fault){ 0 }, &s), ERR_INVALID);
    assert_null(s);
}

static void what_is_no_name_gets_no_certificate(void **state)
{
    world *w = *state;
    str    bad_names[] = { S("a,DNS:b"), S(""), S("a b"), S("*"), S("caf\xc3\xa9"), S("a\nb") }, cert, key;
    for (size_t i = 0; i < COUNT(bad_names); i++)
        assert_int_equal(http_self_signed(w->a, &bad_names[i], 1, &(fault){ 0 }, &cert, &key), ERR_INVALID);
    assert_int_equal(http_self_signed(w->a, NULL, 0, &(fault){ 0 }, &cert, &key), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(tls_is_1_2_or_1_3),
        T(weak_ciphers_are_not_agreed_to),
        T(a_certificate_is_for_its_names_only),
        T(a_certificate_is_changed_while_connections_stand),
        T(nobody_is_turned_away_while_certificates_change),
        T(certificates_may_change_often),
        T(no_server_starts_with_a_key_of_another_certificate),
        T(what_is_no_name_gets_no_certificate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
