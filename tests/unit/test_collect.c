#include "collect_test.h"

#include <errno.h>

static void probe_one_account(const collect_env *env, emit *e)
{
    emit_begin(e, relation_find(S("account")));
    emit_text(e, "system", env->system);
    emit_text(e, "login", S("a\xffn\n\"x\""));
    emit_bool(e, "active", true);
    emit_int(e, "uid", 1000);
    emit_time(e, "last_login_at", SECONDS(1768478400));
    emit_row(e);
    emit_lack_errno(e, EACCES, "/etc/shadow");
    emit_end(e, ST_OK);
}

static void rows_written_are_rows_read(void **state)
{
    auto_arena arena *a = arena_new(64 << 20);
    collected        *c = ct_probe(a, "/nonexistent", probe_one_account);
    (void)state;
    assert_int_equal(ct_count(c, "account"), 1);
    CT_IS(c, "account", "uid", "1000", "login", "a\\xffn\n\"x\"");
    CT_IS(c, "account", "active", "true", "system", "web1");
    CT_IS(c, "account", "mfa", "?", "system", "web1");
    CT_IS(c, "account", "last_login_at", "2026-01-15T12:00:00Z", "system", "web1");
    assert_int_equal(ct_status(c, "account"), ST_DENIED);
    assert_true(str_eq(ct_reason(c, "account"), S("/etc/shadow: Permission denied")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_written_are_rows_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
