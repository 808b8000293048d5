/* What the kernel and the container runtimes answer, read from bytes; certificates. */
#include "collect_test.h"
#include "collect/host/audit.h"
#include "collect/host/certs.h"
#include "collect/host/containers.h"
#include "collect/host/netlink.h"
#include "collect/host/nft.h"
#include "collect/host/sockets.h"

#include <netinet/in.h>
#include <linux/audit.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <linux/netlink.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/un.h>

static int begin(void **st) { *st = arena_new(64 << 20); return 0; }
static int end(void **st) { arena_free(*st); return 0; }

/* ---- building netlink bytes ---- */

static void put_attribute(buf *b, uint16_t type, const void *p, size_t n)
{
    struct nlattr h = { .nla_len = (uint16_t)(sizeof h + n), .nla_type = type };
    buf_put(b, &h, sizeof h);
    buf_put(b, p, n);
    while (b->n % 4)
        buf_putc(b, 0);
}
static void put_z(buf *b, uint16_t type, const char *z) { put_attribute(b, type, z, strlen(z) + 1); }
static void put_be32(buf *b, uint16_t type, uint32_t v) { v = __builtin_bswap32(v); put_attribute(b, type, &v, sizeof v); }
static void put_nested(buf *b, uint16_t type, const buf *inner) { put_attribute(b, type | NLA_F_NESTED, inner->p, inner->n); }

static void put_message(buf *b, uint16_t type, const void *p, size_t n)
{
    struct nlmsghdr h = { .nlmsg_len = (uint32_t)(sizeof h + n), .nlmsg_type = type };
    buf_put(b, &h, sizeof h);
    buf_put(b, p, n);
    while (b->n % 4)
        buf_putc(b, 0);
}

static void put_nft(buf *b, uint16_t kind, uint8_t family, const buf *attributes)
{
    struct nfgenmsg g = { .nfgen_family = family };
    buf             body = buf_new(b->a, 10000);
    buf_put(&body, &g, sizeof g);
    buf_put(&body, attributes->p, attributes->n);
    put_message(b, (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | kind), body.p, body.n);
}

static void put_chain(buf *b, const char *table, const char *name, bool base, uint32_t hook, int32_t priority, uint32_t policy)
{
    buf at = buf_new(b->a, 1000), in = buf_new(b->a, 1000);
    put_z(&at, NFTA_CHAIN_TABLE, table);
    put_z(&at, NFTA_CHAIN_NAME, name);
    put_be32(&in, NFTA_HOOK_HOOKNUM, hook);
    put_be32(&in, NFTA_HOOK_PRIORITY, (uint32_t)priority);
    if (base)
        put_nested(&at, NFTA_CHAIN_HOOK, &in);
    if (base)
        put_be32(&at, NFTA_CHAIN_POLICY, policy);
    put_nft(b, NFT_MSG_NEWCHAIN, NFPROTO_INET, &at);
}

static void put_rule(buf *b, const char *table, const char *chain, const char *const *expressions)
{
    buf at = buf_new(b->a, 4000), list = buf_new(b->a, 3000);
    for (; *expressions; expressions++) {
        buf element = buf_new(b->a, 1000);
        put_z(&element, NFTA_EXPR_NAME, *expressions);
        put_nested(&list, NFTA_LIST_ELEM, &element);
    }
    put_z(&at, NFTA_RULE_TABLE, table);
    put_z(&at, NFTA_RULE_CHAIN, chain);
    put_nested(&at, NFTA_RULE_EXPRESSIONS, &list);
    put_nft(b, NFT_MSG_NEWRULE, NFPROTO_INET, &at);
}
#define RULE(b, t, c, ...) put_rule(b, t, c, (const char *const[]){ __VA_ARGS__, NULL })

static void chains_have_hooks_policies_and_counts(void **st)
{
    filter_state f = filter_open(*st);
    buf          b = buf_new(*st, 64 << 10), table = buf_new(*st, 1000);
    put_z(&table, NFTA_TABLE_NAME, "sleeps");
    put_be32(&table, NFTA_TABLE_FLAGS, NFT_TABLE_F_DORMANT);
    put_nft(&b, NFT_MSG_NEWTABLE, NFPROTO_INET, &table);
    nl_each(buf_str(&b), nft_on_table, &f);
    buf_clear(&b);
    put_chain(&b, "filter", "input", true, NF_INET_LOCAL_IN, -10, NF_ACCEPT);
    put_chain(&b, "filter", "forward", true, NF_INET_FORWARD, 0, NF_DROP);
    put_chain(&b, "filter", "open", true, NF_INET_LOCAL_IN, 0, NF_ACCEPT);
    put_chain(&b, "filter", "sub", false, 0, 0, 0);
    put_chain(&b, "sleeps", "input", true, NF_INET_LOCAL_IN, 0, NF_DROP);
    nl_each(buf_str(&b), nft_on_chain, &f);
    buf_clear(&b);
    RULE(&b, "filter", "input", "meta", "cmp");
    RULE(&b, "filter", "input", "counter", "log", "reject");
    RULE(&b, "filter", "open", "limit", "reject");       /* only some packets */
    RULE(&b, "filter", "sub", "reject");
    RULE(&b, "filter", "unknown", "reject");
    nl_each(buf_str(&b), nft_on_rule, &f);
    assert_int_equal(f.chains.n, 5);
    static const struct { const char *hook; int64_t rules; bool drops, dormant; } want[] = {
        { "input", 2, true, false }, { "forward", 0, true, false }, { "input", 1, false, false }, { "", 1, false, false }, { "input", 0, true, true },
    };
    for (size_t i = 0; i < COUNT(want); i++) {
        assert_string_equal(f.chains.v[i].hook, want[i].hook);
        assert_int_equal(f.chains.v[i].rules, want[i].rules);
        assert_int_equal(f.chains.v[i].drops, want[i].drops);
        assert_int_equal(f.chains.v[i].dormant, want[i].dormant);
    }
    assert_int_equal(f.chains.v[0].priority, -10);
}

enum { RULE_BYTES = sizeof(struct ipt_entry) + sizeof(struct xt_standard_target) };

static void put_legacy_rule(buf *b, uint16_t next, int verdict)
{
    struct ipt_entry          e = { .target_offset = sizeof e, .next_offset = next };
    struct xt_standard_target t = { .verdict = verdict };
    buf_put(b, &e, sizeof e);
    buf_put(b, &t, sizeof t);
}

static bool legacy_of(arena *a, uint16_t next, uint32_t underflow, filter_state *f)
{
    buf b = buf_new(a, 10000);
    put_legacy_rule(&b, next, -NF_ACCEPT - 1);
    put_legacy_rule(&b, RULE_BYTES, -NF_DROP - 1);
    put_legacy_rule(&b, RULE_BYTES, -NF_ACCEPT - 1);
    legacy_table t = { .valid_hooks = 1u << NF_INET_LOCAL_IN | 1u << NF_INET_LOCAL_OUT, .entries = buf_str(&b) };
    t.underflow[NF_INET_LOCAL_IN] = underflow;
    t.hook_entry[NF_INET_LOCAL_OUT] = t.underflow[NF_INET_LOCAL_OUT] = 2 * RULE_BYTES;
    return legacy_chains(f, S("filter"), &t);
}

static void legacy_tables_give_their_policies(void **st)
{
    filter_state f = filter_open(*st);
    assert_true(legacy_of(*st, RULE_BYTES, RULE_BYTES, &f));
    assert_int_equal(f.chains.n, 2);
    assert_string_equal(f.chains.v[0].hook, "input");
    assert_true(f.chains.v[0].drops);
    assert_int_equal(f.chains.v[0].rules, 1);
    assert_false(f.chains.v[1].drops);
    assert_false(legacy_of(*st, 0, RULE_BYTES, &f));     /* would never end */
    assert_false(legacy_of(*st, RULE_BYTES, 1 << 30, &f));
}

static void odd_netlink_bytes_end_the_reading(void **st)
{
    buf        b = buf_new(*st, 1000);
    str        rest, v;
    nl_message m;
    uint16_t   type;
    put_message(&b, 16, "abcd", 4);
    for (size_t n = 0; n < b.n; n++) {
        rest = str_sub(buf_str(&b), 0, n);
        assert_false(nl_next(&rest, &m));
    }
    rest = buf_str(&b);
    assert_true(nl_next(&rest, &m) && m.body.n == 4 && rest.n == 0);
    rest = S("\3\0\1\0abcd");                            /* shorter than its own head */
    assert_false(nl_attribute(&rest, &type, &v));
    rest = S("\20\0\1\0abcd");
    assert_false(nl_attribute(&rest, &type, &v));
    assert_null(nl_find(S("\4\0\2\0"), 1).p);
}

/* ---- audit ---- */

static void one_audit_rule_has_one_text_however_it_is_written(void **st)
{
    static const struct { const char *line, *want; } rows[] = {
        { "-w /etc/sudoers.d/ -k s -p wa", "-w /etc/sudoers.d -p wa -k s" },
        { "-w /etc/x", "-w /etc/x -p rwxa" },
        { "-a always,exit -F path=/etc/x -F perm=aw -k s", "-w /etc/x -p wa -k s" },
        { "-a exit,always -F arch=b32 -S settimeofday -S adjtimex -F key=t", "-a always,exit -F arch=b32 -S settimeofday,adjtimex -F key=t" },
        { "-a always,exit -S all -F auid>=1000 -F auid!=unset -F exit=-EPERM -F a1&0x40", "-a always,exit -S all -F auid>=1000 -F auid!=-1 -F exit=-EPERM -F a1&0x40" },
        { "-a never,user -F uid=root", "-a never,user -F uid=0" },
        { "-a always,exclude -F msgtype=1307", "-a always,exclude -F msgtype=1307" },
        { "-A always,exit -F dir=/tmp -F success=1", "-a always,exit -S all -F dir=/tmp -F success=1" },
        { "-a always,exit -F exe=/a>=b", "-a always,exit -S all -F exe=/a>=b" },
        { "-w /k -p x -k a -k b", "-w /k -p x -k a -k b" },
    };
    static const char *const none[] = { "", "# -w /x", "-D", "-b 100", "-e 2", "--backlog_wait_time 60000" };
    static const char *const odd[] = { "-w", "-w /x -p q", "-a always", "-a always,exit -F zz=1", "-a always,exit -S nonsuch", "-a always,exit -C uid!=euid",
                                       "-a always,exit -F auid=bob", "-w /x -z 1", "-w /x -k a\1b", "-w /x -F auid=1", "-w /x -S open" };
    audit_rule r;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(audit_rule_from_line(*st, str_of(rows[i].line), &r), RULE_READ);
        assert_string_equal(str_z(*st, audit_rule_text(*st, &r)), rows[i].want);
    }
    for (size_t i = 0; i < COUNT(none); i++)
        assert_int_equal(audit_rule_from_line(*st, str_of(none[i]), &r), RULE_NONE);
    for (size_t i = 0; i < COUNT(odd); i++)
        if (audit_rule_from_line(*st, str_of(odd[i]), &r) != RULE_NOT_UNDERSTOOD)
            fail_msg("%s was understood", odd[i]);
}

static void the_kernels_rule_reads_as_the_files(void **st)
{
    static const char texts[] = "/etc/passwdid";
    struct audit_rule_data d = { .flags = AUDIT_FILTER_EXIT, .action = AUDIT_ALWAYS, .field_count = 3, .buflen = sizeof texts - 1,
                                 .fields = { AUDIT_WATCH, AUDIT_PERM, AUDIT_FILTERKEY }, .values = { 11, AUDIT_PERM_WRITE | AUDIT_PERM_ATTR, 2 },
                                 .fieldflags = { AUDIT_EQUAL, AUDIT_EQUAL, AUDIT_EQUAL } };
    memset(d.mask, 0xff, sizeof d.mask);
    buf        b = buf_new(*st, 4096);
    audit_rule r;
    buf_put(&b, &d, offsetof(struct audit_rule_data, buf));
    buf_put(&b, texts, sizeof texts - 1);
    assert_true(audit_rule_from_kernel(buf_str(&b), &r));
    assert_string_equal(str_z(*st, audit_rule_text(*st, &r)), "-w /etc/passwd -p wa -k id");
    for (size_t n = 0; n < b.n; n++)
        assert_false(audit_rule_from_kernel(str_sub(buf_str(&b), 0, n), &r));
}

/* ---- containers ---- */

static const char list_reply[] = "[{\"Id\":\"aa1\",\"Names\":[\"/web\"],\"Image\":\"nginx\",\"ImageID\":\"sha256:1\",\"State\":\"running\",\"X\":{\"a\":[1]}},"
                                 "{\"Id\":\"bb2\",\"Names\":null,\"Image\":\"x\",\"State\":\"exited\"},{\"Id\":\"../etc\",\"Names\":[\"/evil\"]}]";
static const char web_reply[] = "{\"State\":{\"Pid\":0},\"HostConfig\":{\"NetworkMode\":\"host\",\"Privileged\":true,\"ReadonlyRootfs\":false},\"Config\":{\"User\":\"\"}}";
static const char other_reply[] = "{\"State\":{},\"HostConfig\":{\"NetworkMode\":\"bridge\",\"Privileged\":false,\"ReadonlyRootfs\":true},\"Config\":{\"User\":\"1000:0\"}}";

static void *serve(void *arg)
{
    int listener = *(int *)arg;
    for (;;) {
        char request[1024] = { 0 };
        int  fd = accept(listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        ssize_t n = read(fd, request, sizeof request - 1);
        const char *body = strstr(request, "/containers/json") ? list_reply : strstr(request, "aa1") ? web_reply : other_reply;
        if (n > 0)
            dprintf(fd, "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n%s", body);
        close(fd);
    }
}

static void run_container(const collect_env *env, emit *e)
{
    host_state s = state_file_open(env->a, env, e);
    part_container(&s);
}

static void containers_are_asked_over_the_socket(void **st)
{
    const char        *root = ct_tree_new(*st);
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    pthread_t          server;
    ct_put(*st, root, "run/x", S(""), 0644);
    snprintf(at.sun_path, sizeof at.sun_path, "%s/run/docker.sock", root);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(listener, 8), 0);
    assert_int_equal(pthread_create(&server, NULL, serve, &listener), 0);
    collected *c = ct_probe(*st, root, run_container);
    shutdown(listener, SHUT_RDWR);
    pthread_join(server, NULL);
    close(listener);
    assert_int_equal(ct_count(c, "container"), 3);
    CT_IS(c, "container", "privileged", "true", "name", "web");
    CT_IS(c, "container", "root", "true", "name", "web");
    CT_IS(c, "container", "host_network", "true", "name", "web");
    CT_IS(c, "container", "running", "true", "name", "web");
    CT_IS(c, "container", "root", "false", "name", "bb2");
    CT_IS(c, "container", "read_only_root", "true", "name", "bb2");
    CT_IS(c, "container", "privileged", "?", "name", "evil");        /* its id is no id: not asked about */
    assert_int_equal(ct_status(c, "container"), ST_PARTIAL);
    c = ct_probe(*st, root, run_container);                          /* the socket is there, nobody answers */
    assert_int_equal(ct_status(c, "container"), ST_ERROR);
    ct_tree_free(root);
}

static void odd_replies_are_refused(void **st)
{
    static const char *const lists[] = { "", "{}", "[1]", "[{\"Id\":1}]", "[{\"Names\":[\"/a\"]}]", "[{\"Id\":\"a\"}", "[{\"Id\":\"a\"}] x" };
    container_list l = { 0 };
    container      c = { 0 };
    int            status;
    str            body;
    for (size_t i = 0; i < COUNT(lists); i++)
        assert_false(containers_parse(*st, str_of(lists[i]), &l));
    assert_false(container_details(*st, S("{\"HostConfig\":3}"), &c));
    assert_false(http_reply(S("HTTP/1.1 200 OK\r\n"), &status, &body));
    assert_false(http_reply(S("junk\r\n\r\n"), &status, &body));
    assert_true(http_reply(S("HTTP/1.1 403 No\r\nA: b\r\n\r\nxyz"), &status, &body) && status == 403 && body.n == 3);
}

/* ---- certificates ---- */

static str make_certificate(arena *a, bool with_key)
{
    EVP_PKEY *k = EVP_EC_gen("P-256");
    X509     *x = X509_new();
    BIO      *out = BIO_new(BIO_s_mem());
    char     *p;
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 0x1234);
    ASN1_TIME_set_string(X509_getm_notBefore(x), "20260101000000Z");
    ASN1_TIME_set_string(X509_getm_notAfter(x), "20270102030405Z");
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC, (const unsigned char *)"web.example", -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(x));
    X509_set_pubkey(x, k);
    X509_EXTENSION *san = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, "DNS:web.example,DNS:*.web.example,IP:192.0.2.1");
    X509_add_ext(x, san, -1);
    X509_sign(x, k, EVP_sha256());
    PEM_write_bio_X509(out, x);
    if (with_key)
        PEM_write_bio_PrivateKey(out, k, NULL, NULL, 0, NULL, NULL);
    long n = BIO_get_mem_data(out, &p);
    str  text = str_dup(a, (str){ p, (size_t)n });
    X509_EXTENSION_free(san);
    BIO_free(out);
    X509_free(x);
    EVP_PKEY_free(k);
    return text;
}

static void run_certificate(const collect_env *env, emit *e)
{
    host_state s = state_file_open(env->a, env, e);
    part_certificate(&s);
}

static void certificates_are_those_services_name(void **st)
{
    const char *root = ct_tree_new(*st);
    str         pem = make_certificate(*st, false), both = make_certificate(*st, true);
    assert_int_equal(chmod(root, 0755), 0);
    ct_put(*st, root, "etc/nginx/nginx.conf", S("http { include sites-enabled/*; }\n"), 0644);
    ct_put(*st, root, "etc/nginx/sites-enabled/a", S("server { listen 443 ssl; ssl_certificate /etc/tls/a.pem; ssl_certificate_key \"/etc/keys/a\";\n# ssl_certificate /no;\n}\n"), 0644);
    ct_put(*st, root, "etc/postfix/main.cf", S("smtpd_tls_cert_file = /etc/tls/a.pem\nsmtpd_tls_key_file=/etc/keys/a\n"), 0644);
    ct_put(*st, root, "etc/haproxy/haproxy.cfg", S("frontend x\n  bind :443 ssl crt /etc/haproxy/certs alpn h2\n"), 0644);
    ct_put(*st, root, "etc/haproxy/certs/h.pem", both, 0600);
    ct_put(*st, root, "etc/dovecot/dovecot.conf", S("ssl_cert = </etc/tls/gone.pem\n"), 0644);
    ct_put(*st, root, "etc/tls/a.pem", str_fmt(*st, STR_FMT STR_FMT, STR_ARG(pem), STR_ARG(make_certificate(*st, false))), 0644);
    ct_put(*st, root, "etc/keys/a", S("-----BEGIN PRIVATE KEY-----\n"), 0644);
    collected *c = ct_probe(*st, root, run_certificate);
    assert_int_equal(ct_count(c, "certificate"), 3);
    CT_IS(c, "certificate", "used_by", "nginx postfix", "path", "/etc/tls/a.pem", "position", "1");
    CT_IS(c, "certificate", "subject", "CN=web.example", "path", "/etc/tls/a.pem", "position", "1");
    CT_IS(c, "certificate", "names", "web.example *.web.example 192.0.2.1", "path", "/etc/tls/a.pem", "position", "1");
    CT_IS(c, "certificate", "valid_until_at", "2027-01-02T03:04:05Z", "path", "/etc/tls/a.pem", "position", "2");
    CT_IS(c, "certificate", "serial", "1234", "path", "/etc/tls/a.pem", "position", "1");
    CT_IS(c, "certificate", "key_type", "EC", "path", "/etc/tls/a.pem", "position", "1");
    CT_IS(c, "certificate", "key_bits", "256", "path", "/etc/tls/a.pem", "position", "1");
    CT_IS(c, "certificate", "self_signed", "true", "path", "/etc/tls/a.pem", "position", "1");
    CT_IS(c, "certificate", "key_exposed", "false", "path", "/etc/haproxy/certs/h.pem");
    assert_int_equal(ct_status(c, "certificate"), ST_OK);     /* gone.pem is named and is not there: nothing to see */
    assert_int_equal(chmod(str_fmt(*st, "%s/etc/keys", root).p, 0755), 0);
    CT_IS(c, "certificate", "key_exposed", "true", "path", "/etc/tls/a.pem", "position", "1");
    assert_int_equal(chmod(str_fmt(*st, "%s/etc/keys", root).p, 0700), 0);
    c = ct_probe(*st, root, run_certificate);
    CT_IS(c, "certificate", "key_exposed", "false", "path", "/etc/tls/a.pem", "position", "1");
    assert_int_equal(symlink("gone", str_fmt(*st, "%s/etc/tls/privkey.pem", root).p), 0);     /* one of them cannot be seen */
    c = ct_probe(*st, root, run_certificate);
    CT_IS(c, "certificate", "key_exposed", "?", "path", "/etc/tls/a.pem", "position", "1");
    ct_tree_free(root);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(chains_have_hooks_policies_and_counts), T(legacy_tables_give_their_policies), T(odd_netlink_bytes_end_the_reading),
        T(one_audit_rule_has_one_text_however_it_is_written), T(the_kernels_rule_reads_as_the_files), T(containers_are_asked_over_the_socket),
        T(odd_replies_are_refused), T(certificates_are_those_services_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
