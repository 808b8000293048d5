/* Every line that the configuration may have is told on the page of settings. */
#include "web/settings.h"
#include "test.h"

#include <string.h>

static const setting_row *row_named(const char *key)
{
    for (size_t i = 0; i < n_setting_rows; i++)
        if (strcmp(setting_rows[i].key, key) == 0)
            return &setting_rows[i];
    return NULL;
}

static void every_setting_of_the_server_has_a_row(void **state)
{
    (void)state;
    size_t n = 0;
    for (const char *name; (name = workspace_setting_name(n)); n++)
        if (!row_named(name))
            fail_msg("%s is read from the configuration and not shown", name);
    assert_true(n > 5);
}

static void a_row_says_the_line_it_speaks_of(void **state)
{
    (void)state;
    arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < n_setting_rows; i++) {
        const setting_row *r = &setting_rows[i];
        assert_true(str_starts(str_of(r->line), str_fmt(a, "%s: ", r->key)));
        assert_true(r->label[0] && r->otherwise[0]);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(r->key, setting_rows[k].key);
    }
    assert_non_null(setting_rows[0].group);
    arena_free(a);
}

/* What a row names is a setting: else its line would stop the server. */
static void no_row_names_a_setting_that_is_none(void **state)
{
    (void)state;
    static const char *const others[] = { "name", "store" };       /* of the workspace itself */
    arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < n_setting_rows; i++) {
        const char      *key = setting_rows[i].key;
        notify_settings *s = NEW(a, notify_settings);
        fault            f = { 0 };
        bool             known = false;
        (void)!notify_setting(a, s, str_of(key), S("?"), &f, &known);
        for (size_t k = 0; k < COUNT(others); k++)
            known = known || strcmp(key, others[k]) == 0;
        for (size_t k = 0; workspace_setting_name(k); k++)
            known = known || strcmp(key, workspace_setting_name(k)) == 0;
        if (!known)
            fail_msg("there is no setting %s", key);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_setting_of_the_server_has_a_row),
        cmocka_unit_test(a_row_says_the_line_it_speaks_of),
        cmocka_unit_test(no_row_names_a_setting_that_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
