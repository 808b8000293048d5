/* What counts as a secret. The tokens are put together here, so that no
 * scanner takes this file for a leak. */
#include "collect/git/secret.h"
#include "test.h"

typedef struct {
    arena *a;
    buf    found;                        /* "rule:line:length " ... */
} finds;

static void on_hit(void *arg, const secret_hit *h)
{
    finds *f = arg;
    buf_fmt(&f->found, "%s%s:%lld:%lld", f->found.n ? " " : "", h->rule, (long long)h->line, (long long)h->length);
}

static char *scan_text(arena *a, str text, bool settings)
{
    finds f = { .a = a, .found = buf_new(a, 1 << 20) };
    secret_scan(secret_scanner_new(a), text, settings, on_hit, &f);
    return buf_z(&f.found);
}

#define R16 "J7QX2M9PL4WKZ3TB"
#define R36 "aK9mQ2xT7bW4nZ8vR1cY6dL3fH5jP0sG2uE7"
#define R82 R36 "_" R36 "Qw8Er6Ty4"
#define B64 "MIIEowIBAAKCAQEAx7Vn2kq9s8fLmQpZr3YtWbUcDgHjKlNv"
#define PEM(kind, body) "-----BEGIN " kind "PRIVATE KEY-----" body "-----END " kind "PRIVATE KEY-----"

typedef struct {
    const char *text, *want;
    bool        settings;
} row;

static const row rows[] = {
    { "AK" "IA" R16, "aws-access-key:1:20", false },
    { "id=AS" "IA" R16 ";", "aws-access-key:1:20", false },
    { "AK" "IA" "IOSFODNN7EXAMPLE", "", false },
    { "AK" "IA" R16 "A", "", false },
    { "xAK" "IA" R16, "", false },
    { "a\nb\n\tgh" "p_" R36 "\n", "github-token:3:40", false },
    { "gh" "p_" R36 "x", "", false },
    { "gh" "p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "", false },
    { "github" "_pat_" R82, "github-token:1:93", false },
    { "glp" "at-aK9mQ2xT7bW4nZ8vR1cY", "gitlab-token:1:26", false },
    { "xo" "xb-281904617352-aK9mQ2xT7bW4nZ8v", "slack-token:1:34", false },
    { "https://hooks.slack" ".com/services/T01AB2C3D/B04EF5G6H/aK9mQ2xT7bW4nZ8vR1cY6dL3", "slack-webhook:1:69", false },
    { "sk" "_live_aK9mQ2xT7bW4nZ8vR1cY6dL3", "stripe-key:1:32", false },
    { "sk" "_test_aK9mQ2xT7bW4nZ8vR1cY6dL3", "", false },
    { "AI" "zaaK9mQ2xT7bW4nZ8vR1cY6dL3fH5jP0sG2uE", "google-api-key:1:39", false },
    { "//registry/:_authToken=np" "m_" R36, "npm-token:1:40", false },
    { "py" "pi-AgEIcHlwaS5vcmc" R36 R36, "pypi-token:1:92", false },
    { "ey" "JhbGciOiJIUzI1NiJ9.ey" "JzdWIiOiI0MiJ9.aK9mQ2xT7bW4nZ8vR1cY6dL3fH5jP0sG", "jwt:1:70", false },
    { "ey" "JhbGciOiJIUzI1NiJ9.notjson", "", false },
    { PEM("RSA ", "\n" B64 "\n" B64 "\n"), "private-key:1:130", false },
    { "x = \"" PEM("", "\\n" B64 "\\n") "\"", "private-key:1:79", false },
    { "\"" "-----BEGIN OPENSSH " "PRIVATE KEY-----\\n\" +\n  \"" B64 "\\n\"", "private-key:1:95", false },
    { PEM("ENCRYPTED ", "\n" B64 "\n"), "encrypted-private-key:1:87", false },
    { PEM("RSA ", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B2C\n\n" B64 "\n"), "encrypted-private-key:1:134", false },
    { "if (strstr(s, \"-----BEGIN RSA " "PRIVATE KEY-----\"))", "", false },
    { PEM("", "\n...\n"), "", false },
    { PEM("", "\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"), "", false },
    { "-----BEGIN CERTIFICATE-----\n" B64 "\n-----END CERTIFICATE-----", "", false },
    { "-----BEGIN PUBLIC KEY-----\n" B64, "", false },
    { "---------------------------", "", false },
    { "password = \"Zq8vT2nL5xK1wR7b\"", "generic-secret:1:16", false },
    { "  \"db_password\": \"Zq8vT2nL5xK1wR7b\",", "generic-secret:1:16", false },
    { "config[\"api_key\"] = 'Zq8vT2nL5xK1wR7b';", "generic-secret:1:16", false },
    { "secret => \"Zq8vT2nL5xK1wR7b\"", "generic-secret:1:16", false },
    { "auth_token := \"Zq8vT2nL5xK1wR7b\"", "generic-secret:1:16", false },
    { "PASSWORD=Zq8vT2nL5xK1wR7b", "", false },
    { "# x\nPASSWORD=Zq8vT2nL5xK1wR7b\n", "generic-secret:2:16", true },
    { "PASSWORD=Zq8vT2nL5xK1wR7b # live", "generic-secret:1:16", true },
    { "password == \"Zq8vT2nL5xK1wR7b\"", "", false },
    { "if password != \"Zq8vT2nL5xK1wR7b\"", "", false },
    { "password = \"correct horse battery staple 9\"", "", false },
    { "password = \"${DB_PASSWORD_12345678}\"", "", false },
    { "password = os.environ[\"DB_PASSWORD\"]", "", false },
    { "password = \"changeme-9A8b7C6d\"", "", false },
    { "password = \"your-Passw0rd-here1\"", "", false },
    { "password = \"aaaaaaaaaaaaaaaa1\"", "", false },
    { "password_url = \"Zq8vT2nL5xK1wR7b\"", "", false },
    { "token_type: \"Zq8vT2nL5xK1wR7b\"", "", false },
    { "password = \"short1A\"", "", false },
    { "password = \"/etc/Ssl/Zq8vT2nL5x\"", "", false },
    { "\"AWS::IAM::AccessKey\": \"62d91b17309e76c8\"", "", false },
    { "\"output_token\": \"Jobs[-1].JobId42\"", "", false },
    { "title = \"Zq8vT2nL5xK1wR7b\"", "", false },
    { "token = \"gh" "p_" R36 "\"", "github-token:1:40", false },
    { "gh" "p_" R36 " gh" "p_" R36 "\ngh" "p_" R36, "github-token:1:40 github-token:2:40", false },
    { "", "", false }, { "=", "", false }, { "\"", "", false }, { "password=", "", true }, { "password = \"", "", false }, { "-----BEGIN ", "", false },
};

static void each_kind_is_found_and_made_up_ones_are_not(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        auto_arena arena *a = arena_new(16 << 20);
        const char       *got = scan_text(a, str_of(rows[i].text), rows[i].settings);
        if (strcmp(got, rows[i].want) == 0)
            continue;
        print_error("row %zu: \"%s\" gave \"%s\", not \"%s\"\n", i, rows[i].text, got, rows[i].want);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void a_secret_is_found_wherever_the_text_ends(void **state)
{
    static const char text[] = "k: \"gh" "p_" R36 "\"\n" "password = \"Zq8vT2nL5xK1wR7b\"\n" PEM("", "\n" B64 "\n");
    (void)state;
    for (size_t n = 0; n < sizeof text; n++) {       /* a copy of exactly n bytes: reading past it is seen */
        auto_arena arena *a = arena_new(16 << 20);
        char             *copy = malloc(n ? n : 1);
        assert_non_null(copy);
        memcpy(copy, text, n);
        scan_text(a, (str){ copy, n }, n % 2);
        free(copy);
    }
}

static void test_data_is_known_by_its_path(void **state)
{
    static const char *const yes[] = { "tests/a", "src/Fixtures/k.pem", "a/test_x.py", "x_test.go", "a/.env.example", "b/c.spec.ts", "docs/k" };
    static const char *const no[] = { "src/a", "attest/a", "latest.txt", "config/prod.env", "contest/x", "" };
    (void)state;
    for (size_t i = 0; i < COUNT(yes); i++)
        assert_true(path_is_test_data(str_of(yes[i])));
    for (size_t i = 0; i < COUNT(no); i++)
        assert_false(path_is_test_data(str_of(no[i])));
    assert_true(path_is_settings(S(".env.production")) && path_is_settings(S("a/b.env")) && path_is_settings(S("x/.aws/credentials")));
    assert_false(path_is_settings(S("a/environment.py")) || path_is_settings(S("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_found_and_made_up_ones_are_not),
        cmocka_unit_test(a_secret_is_found_wherever_the_text_ends),
        cmocka_unit_test(test_data_is_known_by_its_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
