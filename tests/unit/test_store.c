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

static void incomplete(bench *b)
{
    row_values one[] = { account_row("ann", "Ann", 1), account_row("bob", "Bob", 2) }, two = account_row("cyd", "Cyd", 3);
    write_accounts(b, WRITE_SNAPSHOT, one, 2);
    commit *c = begin(b);
    must(b, write_begin(c, account(), S("s"), WRITE_SNAPSHOT, &b->f));
    must(b, write_row(c, two.v, &b->f));
    write_incomplete(c);
    must(b, write_end(c, &b->f, NULL));
    commit_done done = finish(b, c);
    assert_int_equal(done.closed, 0);
    assert_rows(b, TIME_MAX, ALL, "ann|Ann|1;bob|Bob|2;cyd|Cyd|3");
}
static void an_incomplete_snapshot_closes_nothing(void **state)
{
    (void)state;
    on_each_engine(incomplete);
}

static void merge_and_close(bench *b)
{
    row_values one[] = { account_row("ann", "Ann", 1), account_row("bob", "Bob", 2), account_row("cyd", "Cyd", 3) };
    row_values two[] = { account_row("bob", "Rob", 2), account_row("cyd", "Cyd", 3), account_row("dee", "Dee", 4) };
    write_accounts(b, WRITE_MERGE, one, 3);
    commit_done merged = write_accounts(b, WRITE_MERGE, two, 3);
    assert_int_equal(merged.opened, 2);
    assert_int_equal(merged.closed, 1);
    assert_rows(b, TIME_MAX, ALL, "ann|Ann|1;bob|Rob|2;cyd|Cyd|3;dee|Dee|4");
    row_values  gone[] = { account_row("bob", NULL, 0), account_row("nobody", NULL, 0) };
    commit_done closed = write_accounts(b, WRITE_CLOSE, gone, 2);
    assert_int_equal(closed.opened, 0);
    assert_int_equal(closed.closed, 1);
    assert_rows(b, TIME_MAX, ALL, "ann|Ann|1;cyd|Cyd|3;dee|Dee|4");
    commit_done nothing = write_accounts(b, WRITE_CLOSE, gone, 2);
    assert_int_equal(nothing.seq, -1);
}
static void a_merge_replaces_and_a_close_ends_named_rows_only(void **state)
{
    (void)state;
    on_each_engine(merge_and_close);
}

/* More rows than are looked up singly, changed in part. */
static void large_merge(bench *b)
{
    enum { N = 2500 };
    for (int round = 0; round < 2; round++) {
        commit *c = begin(b);
        must(b, write_begin(c, account(), S("s"), WRITE_MERGE, &b->f));
        for (int64_t i = 0; i < N; i++) {
            row_values r = account_row(str_fmt(b->a, "u%05lld", (long long)i).p, round && i % 5 == 0 ? "new" : "old", i);
            must(b, write_row(c, r.v, &b->f));
        }
        must(b, write_end(c, &b->f, NULL));
        commit_done done = finish(b, c);
        assert_int_equal(done.opened, round ? N / 5 : N);
        assert_int_equal(done.closed, round ? N / 5 : 0);
    }
    assert_rows(b, TIME_MAX, "SELECT full_name, count(*) FROM account GROUP BY full_name ORDER BY full_name", "new|500;old|2000");
}
static void a_merge_of_thousands_compares_every_row(void **state)
{
    (void)state;
    on_each_engine(large_merge);
}

static void duplicates(bench *b)
{
    static const write_mode modes[] = { WRITE_SNAPSHOT, WRITE_MERGE };
    row_values rows[] = { account_row("ann", "first", 1), account_row("bob", "Bob", 2), account_row("ann", "second", 1) };
    for (size_t m = 0; m < COUNT(modes); m++) {
        commit *c = begin(b);
        int64_t n = -1;
        must(b, write_begin(c, account(), S("s"), modes[m], &b->f));
        for (size_t i = 0; i < 3; i++)
            must(b, write_row(c, rows[i].v, &b->f));
        must(b, write_end(c, &b->f, &n));
        finish(b, c);
        assert_int_equal(n, 1);
        assert_rows(b, TIME_MAX, ALL, "ann|first|1;bob|Bob|2");
    }
}
static void of_a_key_that_comes_twice_the_first_row_stays(void **state)
{
    (void)state;
    on_each_engine(duplicates);
}

static void sources(bench *b)
{
    row_values row = account_row("ann", "Ann", 1);
    static const str names[] = { { "one", 3 }, { "two", 3 } };
    for (size_t i = 0; i < 2; i++) {
        commit *c = begin(b);
        must(b, write_begin(c, account(), names[i], WRITE_SNAPSHOT, &b->f));
        must(b, write_row(c, row.v, &b->f));
        must(b, write_end(c, &b->f, NULL));
        finish(b, c);
    }
    assert_rows(b, TIME_MAX, "SELECT login, source FROM account ORDER BY source", "ann|one;ann|two");
    commit *c = begin(b);
    must(b, write_begin(c, account(), names[0], WRITE_SNAPSHOT, &b->f));
    must(b, write_end(c, &b->f, NULL));
    finish(b, c);
    assert_rows(b, TIME_MAX, "SELECT login, source FROM account", "ann|two");
}
static void a_snapshot_touches_its_own_source_only(void **state)
{
    (void)state;
    on_each_engine(sources);
}

static void bad_row(bench *b)
{
    row_values good = account_row("ann", "Ann", 1), bad = account_row(NULL, "Nobody", 2);
    fault      f = { 0 };
    commit    *c = begin(b);
    must(b, write_begin(c, account(), S("s"), WRITE_SNAPSHOT, &b->f));
    must(b, write_row(c, good.v, &b->f));
    assert_int_equal(write_row(c, bad.v, &f), ERR_INVALID);
    assert_non_null(strstr(f.text, "login is missing"));
    must(b, write_end(c, &b->f, NULL));
    finish(b, c);
    assert_rows(b, TIME_MAX, ALL, "ann|Ann|1");
}
static void a_bad_row_is_refused_and_the_others_stand(void **state)
{
    (void)state;
    on_each_engine(bad_row);
}

/* Every kind of value comes back as it went in, unknown ones too. */
static err_t same_row(void *arg, const version *v)
{
    const value *want = arg;
    for (size_t i = 0; i < account()->n_fields; i++)
        if (!value_eq(&want[i], &v->row[i]))
            return ERR_CORRUPT;
    return ERR_OK;
}

static void values(bench *b)
{
    row_values r = account_row("a'\"\\ \n\t,{}|$1", "J\xc3\xb6rg \xf0\x9f\x94\x91", INT64_MIN);
    r.v[relation_field(account(), S("gid"))] = v_int(INT64_MAX);
    r.v[relation_field(account(), S("home"))] = v_z("");
    r.v[relation_field(account(), S("active"))] = v_bool(false);
    r.v[relation_field(account(), S("mfa"))] = v_bool(true);
    write_accounts(b, WRITE_SNAPSHOT, &r, 1);
    must(b, store_versions(b->st, account(), same_row, r.v, &b->f));
    must(b, store_history(b->st, account(), r.v, same_row, r.v, &b->f));
    assert_int_equal(write_accounts(b, WRITE_SNAPSHOT, &r, 1).seq, -1);
    assert_int_equal(write_accounts(b, WRITE_MERGE, &r, 1).seq, -1);
    assert_rows(b, TIME_MAX, "SELECT active, mfa, privileged, gid, home FROM account", "0|1|?|9223372036854775807|");
}
static void values_come_back_as_they_were_written(void **state)
{
    (void)state;
    on_each_engine(values);
}

static void group(bench *b)
{
    row_values one = account_row("ann", "Ann", 1), two = account_row("ann", "Anna", 1);
    must(b, store_group_begin(b->st, &b->f));
    commit_done first = write_accounts(b, WRITE_SNAPSHOT, &one, 1), second = write_accounts(b, WRITE_SNAPSHOT, &two, 1);
    commit_done third = write_accounts(b, WRITE_SNAPSHOT, &two, 1);
    assert_rows(b, TIME_MAX, ALL, "");     /* not before its end */
    must(b, store_group_end(b->st, &b->f));
    assert_int_equal(second.seq, first.seq + 1);
    assert_true(second.at > first.at);
    assert_int_equal(third.seq, -1);
    assert_rows(b, TIME_MAX, ALL, "ann|Anna|1");
    assert_rows(b, first.at, ALL, "ann|Ann|1");
}
static void commits_of_a_group_share_a_transaction_and_keep_their_order(void **state)
{
    (void)state;
    on_each_engine(group);
}

static void aborted(bench *b)
{
    row_values  one = account_row("ann", "Ann", 1), two = account_row("bob", "Bob", 2);
    commit_done first = write_accounts(b, WRITE_SNAPSHOT, &one, 1);
    commit     *c = begin(b);
    must(b, write_begin(c, account(), S("s"), WRITE_SNAPSHOT, &b->f));
    must(b, write_row(c, two.v, &b->f));
    commit_abort(c);
    assert_rows(b, TIME_MAX, ALL, "ann|Ann|1");
    must(b, store_group_begin(b->st, &b->f));
    write_accounts(b, WRITE_SNAPSHOT, &two, 1);
    store_group_abort(b->st);
    assert_rows(b, TIME_MAX, ALL, "ann|Ann|1");
    commit_done next = write_accounts(b, WRITE_MERGE, &two, 1);
    assert_int_equal(next.seq, first.seq + 1);
}
static void what_is_aborted_never_was(void **state)
{
    (void)state;
    on_each_engine(aborted);
}

static void clock_back(bench *b)
{
    row_values        one = account_row("ann", "Ann", 1), two = account_row("bob", "Bob", 2);
    const commit_info info = { S("cli:root"), S("collect"), S("") };
    commit           *c;
    fault             f = { 0 };
    commit_done       first = write_accounts(b, WRITE_SNAPSHOT, &one, 1);
    test_now -= SECONDS(4);                /* a step back that is ridden out */
    commit_done second = write_accounts(b, WRITE_MERGE, &two, 1);
    assert_int_equal(second.at, first.at + 1);
    test_now -= SECONDS(60);
    assert_int_equal(commit_begin(b->st, &info, &f, &c), ERR_CLOCK);
    assert_non_null(strstr(f.text, "set the clock right"));
    test_now += SECONDS(120);
    one.v[relation_field(account(), S("uid"))] = v_int(7);
    assert_int_equal(write_accounts(b, WRITE_MERGE, &one, 1).seq, 2);
}
static void a_clock_set_back_refuses_to_write(void **state)
{
    (void)state;
    on_each_engine(clock_back);
}

/* ---- commitments ---------------------------------------------------------------------- */

typedef struct {
    hasher      *h;
    arena       *a;
    merkle_range opened, closed;
    int64_t      seq, n, erased, current;
    bool         wrong;
} audit;

static err_t audit_version(void *arg, const version *v)
{
    audit *w = arg;
    buf    b = buf_new(w->a, 1 << 20);
    hash32 node = merkle_leaf(w->h, v->commitment.b, 32);
    w->n++;
    if (v->opened_by == w->seq)
        merkle_add(w->h, &w->opened, &node);
    if (v->closed_by == w->seq)
        merkle_add(w->h, &w->closed, &node);
    w->current += v->valid_to == TIME_MAX;
    if (v->erased_by >= 0) {
        w->erased++;
        for (size_t i = 0; i < account()->n_fields; i++)
            w->wrong |= v->row[i].kind != V_NULL;
        return ERR_OK;
    }
    row_canonical(account(), v->source, v->row, &b);
    hash32 want = version_commitment(w->h, v->salt, buf_str(&b));
    w->wrong |= !hash32_eq(&want, &v->commitment);
    return ERR_OK;
}

static audit audited(bench *b, int64_t seq)
{
    auto_hasher hasher *h = hasher_new();
    audit w = { .h = h, .a = b->a, .seq = seq };
    must(b, store_versions(b->st, account(), audit_version, &w, &b->f));
    assert_false(w.wrong);
    return w;
}

static void leaves(bench *b)
{
    auto_hasher hasher *h = hasher_new();
    row_values  one[] = { account_row("ann", "Ann", 1), account_row("bob", "Bob", 2), account_row("cyd", "Cyd", 3) };
    row_values  two[] = { account_row("cyd", "C", 3), account_row("bob", "B", 2), account_row("dee", "D", 4) };
    leaf        l;
    write_accounts(b, WRITE_SNAPSHOT, one, 3);
    commit_done done = write_accounts(b, WRITE_SNAPSHOT, two, 3);
    must(b, leaf_parse(b->a, done.leaf, &b->f, &l));
    assert_int_equal(l.seq, done.seq);
    assert_int_equal(l.at, done.at);
    assert_true(str_eq(l.reason, S("a \"reason\"")));
    assert_int_equal(l.n_changes, 1);
    assert_int_equal(l.changes[0].first, 4);
    assert_int_equal(l.changes[0].opened, 3);
    assert_int_equal(l.changes[0].closed, 3);
    audit  w = audited(b, done.seq);
    hash32 opened = merkle_root(h, &w.opened), closed = merkle_root(h, &w.closed);
    assert_true(hash32_eq(&opened, &l.changes[0].opened_root));
    assert_true(hash32_eq(&closed, &l.changes[0].closed_root));
    bench_reopen(b);
    assert_rows(b, TIME_MAX, "SELECT seq, actor, action FROM commits ORDER BY seq", "0|cli:root|collect;1|cli:root|collect");
    assert_string_equal(rows_of(b, TIME_MAX, "SELECT leaf FROM commits WHERE seq = 1").p, str_z(b->a, done.leaf));
}
static void a_leaf_commits_to_every_version_it_opened_and_closed(void **state)
{
    (void)state;
    on_each_engine(leaves);
}

static void erased(bench *b)
{
    row_values one[] = { account_row("ann", "Ann", 1), account_row("bob", "Bob", 2) }, two = account_row("ann", "Anna", 1);
    fault      f = { 0 };
    leaf       l;
    write_accounts(b, WRITE_SNAPSHOT, one, 2);
    write_accounts(b, WRITE_MERGE, &two, 1);
    commit *c = begin(b);
    must(b, erase_version(c, account(), 1, &b->f));      /* closed before */
    must(b, erase_version(c, account(), 2, &b->f));      /* current: closed with it */
    assert_int_equal(erase_version(c, account(), 2, &f), ERR_NOT_FOUND);
    assert_int_equal(erase_version(c, account(), 99, NULL), ERR_NOT_FOUND);
    commit_done done = finish(b, c);
    must(b, leaf_parse(b->a, done.leaf, &b->f, &l));
    assert_int_equal(l.n_erased, 2);
    assert_int_equal(l.erased[1].id, 2);
    assert_int_equal(l.changes[0].closed, 1);
    audit w = audited(b, done.seq);
    assert_int_equal(w.n, 3);
    assert_int_equal(w.erased, 2);
    assert_int_equal(w.current, 1);
    assert_rows(b, TIME_MAX, ALL, "ann|Anna|1");
    row_values again = account_row("bob", "Bob", 2);      /* the key is free again */
    assert_int_equal(write_accounts(b, WRITE_MERGE, &again, 1).opened, 1);
}
static void erasure_destroys_the_content_and_keeps_the_commitment(void **state)
{
    (void)state;
    on_each_engine(erased);
}

typedef struct {
    bench *b;
    str    seen;
} history_seen;

static err_t see(void *arg, const version *v)
{
    history_seen *h = arg;
    h->seen = str_fmt(h->b->a, STR_FMT STR_FMT ":%lld..%lld ", STR_ARG(h->seen), STR_ARG(v->row[4].s),
                      (long long)v->opened_by, (long long)v->closed_by);
    return ERR_OK;
}

static void history(bench *b)
{
    row_values   one[] = { account_row("ann", "Ann", 1), account_row("bob", "Bob", 2) }, two = account_row("ann", "Anna", 1);
    history_seen h = { b, S("") };
    write_accounts(b, WRITE_SNAPSHOT, one, 2);
    write_accounts(b, WRITE_SNAPSHOT, &two, 1);
    must(b, store_history(b->st, account(), one[0].v, see, &h, &b->f));
    assert_string_equal(h.seen.p, "Ann:0..1 Anna:1..-1 ");
    assert_rows(b, TIME_MAX, "SELECT login, opened_by, closed_by FROM account_history ORDER BY row_id", "ann|0|1;bob|0|1;ann|1|?");
}
static void the_history_of_a_key_is_told_oldest_first(void **state)
{
    (void)state;
    on_each_engine(history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_snapshot_opens_what_is_new_and_closes_what_vanished),
        cmocka_unit_test(what_did_not_change_costs_nothing),
        cmocka_unit_test(an_incomplete_snapshot_closes_nothing),
        cmocka_unit_test(a_merge_replaces_and_a_close_ends_named_rows_only),
        cmocka_unit_test(a_merge_of_thousands_compares_every_row),
        cmocka_unit_test(of_a_key_that_comes_twice_the_first_row_stays),
        cmocka_unit_test(a_snapshot_touches_its_own_source_only),
        cmocka_unit_test(a_bad_row_is_refused_and_the_others_stand),
        cmocka_unit_test(values_come_back_as_they_were_written),
        cmocka_unit_test(commits_of_a_group_share_a_transaction_and_keep_their_order),
        cmocka_unit_test(what_is_aborted_never_was),
        cmocka_unit_test(a_clock_set_back_refuses_to_write),
        cmocka_unit_test(a_leaf_commits_to_every_version_it_opened_and_closed),
        cmocka_unit_test(erasure_destroys_the_content_and_keeps_the_commitment),
        cmocka_unit_test(the_history_of_a_key_is_told_oldest_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
