/* The relation tables: sound in themselves, strict about rows, one canonical form. */
#include "test.h"
#include "model/model.h"

static int begin(void **st) { *st = arena_new(64 << 20); return 0; }
static int end(void **st) { arena_free(*st); return 0; }

static void the_tables_have_no_fault(void **st)
{
    (void)st;
    fault f = { 0 };
    if (relations_check(&f) != ERR_OK)
        fail_msg("%s", f.text);
    assert_ptr_equal(relation_find(S("account")), relation_find(S("account")));
    assert_null(relation_find(S("accounts")));
    for (size_t i = 0; i < n_relations; i++)
        assert_ptr_equal(relation_find(str_of(relations[i]->name)), relations[i]);
}

static void the_canonical_row_is_sorted_and_leaves_unknown_out(void **st)
{
    const relation *r = relation_find(S("account"));
    value           row[RELATION_FIELDS_MAX];
    fault           f = { 0 };
    buf             b = buf_new(*st, 10000);
    assert_int_equal(row_parse(r, S("{\"system\":\"web1\",\"login\":\"a\\\"b\",\"mfa\":null,\"uid\":7,\"active\":false,"
                                    "\"last_login_at\":\"1970-01-01T00:00:01Z\"}"), *st, &f, row), ERR_OK);
    row_canonical(r, S("host"), row, &b);
    assert_string_equal(buf_z(&b), "{\"fields\":{\"active\":false,\"last_login_at\":1000000,\"login\":\"a\\\"b\","
                                   "\"system\":\"web1\",\"uid\":7},\"relation\":\"account\",\"source\":\"host\"}");
}

static void wrong_rows_are_refused_with_their_field(void **st)
{
    static const struct { const char *json, *says; } rows[] = {
        { "{\"system\":\"a\"}", "login is missing" },
        { "{\"system\":\"a\",\"login\":\"b\",\"colour\":1}", "no field \"colour\"" },
        { "{\"system\":\"a\",\"login\":\"b\",\"uid\":\"7\"}", "\"uid\"" },
        { "{\"system\":\"a\",\"login\":\"b\",\"active\":1}", "\"active\"" },
        { "{\"system\":\"a\",\"login\":\"b\",\"kind\":\"robot\"}", "kind is not one of its choices" },
        { "{\"system\":\"a\",\"login\":\"b\",\"login\":\"c\"}", "twice" },
        { "{\"system\":\"a\",\"login\":\"b\"} {}", "follows" },
        { "[]", "object" }, { "{\"system\":\"a\",\"login\":{}}", "\"login\"" },
        { "{\"system\":\"a\",\"login\":\"b\",\"last_login_at\":\"yesterday\"}", "\"last_login_at\"" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        value row[RELATION_FIELDS_MAX];
        fault f = { 0 };
        assert_int_equal(row_parse(relation_find(S("account")), str_of(rows[i].json), *st, &f, row), ERR_INVALID);
        if (!strstr(f.text, rows[i].says))
            fail_msg("%s says %s", rows[i].json, f.text);
    }
}

static void values_are_shown_and_read_back(void **st)
{
    const relation *r = relation_find(S("account"));
    static const struct { const char *field, *text; } rows[] = {
        { "mfa", "true" }, { "mfa", "?" }, { "uid", "-1" }, { "last_login_at", "2026-01-02T03:04:05Z" }, { "shell", "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const field *fd = &r->fields[relation_field(r, str_of(rows[i].field))];
        value        v;
        assert_int_equal(value_parse(fd, str_of(rows[i].text), NULL, &v), ERR_OK);
        assert_true(str_eq(value_show(fd, &v, *st), str_of(rows[i].text)));
    }
    value v;
    assert_int_equal(value_parse(&r->fields[relation_field(r, S("mfa"))], S("yes"), NULL, &v), ERR_INVALID);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(the_tables_have_no_fault), T(the_canonical_row_is_sorted_and_leaves_unknown_out),
        T(wrong_rows_are_refused_with_their_field), T(values_are_shown_and_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
