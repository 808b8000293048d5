/* The write path, history and as-of on every engine. */
#include "store_fixture.h"

#define ALL "SELECT login, full_name, uid FROM account ORDER BY login"

static void snapshot(bench *b)
{
    row_values  one[] = { account_row("ann", "Ann", 1), account_row("bob", "Bob", 2) };
    row_values  two[] = { account_row("bob", "Robert", 2), account_row("cyd", NULL, 3) };
    commit_done first = write_accounts(b, WRITE_SNAPSHOT, one, 2);
    assert_int_equal(first.seq, 0);
    assert_int_equal(first.opened, 2);
    commit_done second = write_accounts(b, WRITE_SNAPSHOT, two, 2);
    assert_int_equal(second.seq, 1);
    assert_int_equal(second.opened, 2);
    assert_int_equal(second.closed, 2);
    assert_rows(b, TIME_MAX, ALL, "bob|Robert|2;cyd|?|3");
    assert_rows(b, first.at, ALL, "ann|Ann|1;bob|Bob|2");
    assert_rows(b, second.at - 1, ALL, "ann|Ann|1;bob|Bob|2");
    assert_rows(b, second.at, ALL, "bob|Robert|2;cyd|?|3");
    assert_rows(b, first.at - 1, ALL, "");
}
static void a_snapshot_opens_what_is_new_and_closes_what_vanished(void **state)
{
    (void)state;
    on_each_engine(snapshot);
}

static void unchanged(bench *b)
{
    row_values  rows[] = { account_row("ann", "Ann", 1), account_row("bob", NULL, 2) };
    write_accounts(b, WRITE_SNAPSHOT, rows, 2);
    commit_done again = write_accounts(b, WRITE_SNAPSHOT, rows, 2);
    assert_int_equal(again.seq, -1);
    assert_int_equal(again.opened + again.closed, 0);
    int64_t n;
    must(b, store_commit_count(b->st, &b->f, &n));
    assert_int_equal(n, 1);
}
static void what_did_not_change_costs_nothing(void **state)
{
    (void)state;
    on_each_engine(unchanged);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_snapshot_opens_what_is_new_and_closes_what_vanished),
        cmocka_unit_test(what_did_not_change_costs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
