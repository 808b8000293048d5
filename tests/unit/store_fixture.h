/* tests/unit/store_fixture.h - a fresh store on each engine that is there. */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

#include "store/store.h"
#include "test.h"

#include <unistd.h>

/* What a test is given: an empty database on one engine, and a clock it sets. */
typedef struct {
    bool        postgres;
    arena      *a;
    char        dir[64];      /* a directory of its own */
    const char *url;
    store      *st;
    fault       f;
} bench;

extern time_us test_now;      /* the clock; each reading is one second later */

/* Calls `body` on SQLite and, when ATTEST_TEST_PG names a server, on PostgreSQL. */
void on_each_engine(void (*body)(bench *b));
void on_sqlite(void (*body)(bench *b));
void bench_reopen(bench *b);

/* An account row; `login` is its key, NULL values are unknown. */
typedef struct {
    value v[RELATION_FIELDS_MAX];
} row_values;
const relation *account(void);
row_values      account_row(const char *login, const char *full_name, int64_t uid);

/* One commit that writes rows of `account` from source "s". */
commit_done write_accounts(bench *b, write_mode mode, const row_values *rows, size_t n);
commit     *begin(bench *b);
commit_done finish(bench *b, commit *c);
void        must(bench *b, err_t e);      /* fails the test with the fault's text */

/* The rows of a query as of a moment, "a|b;c|d", NULL as "?"; in b->a. */
str  rows_of(bench *b, time_us as_of, const char *sql);
#define assert_rows(b, as_of, sql, want) assert_string_equal(rows_of(b, as_of, sql).p, want)

#endif
