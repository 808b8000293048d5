/* tests/unit/auth_fixture.h - an `auth` over a fresh database on each engine that is there. */
#ifndef AUTH_FIXTURE_H
#define AUTH_FIXTURE_H

#include "auth/auth.h"
#include "test.h"

#include <unistd.h>

typedef struct {
    bool        postgres;
    arena      *a;
    char        dir[64];
    const char *url, *key;
    auth       *au;
    fault       f;
} desk;

extern time_us auth_now;      /* the clock: stands until a test moves it */

/* Calls `body` on SQLite and, when ATTEST_TEST_PG names a server, on PostgreSQL. */
void on_desks(void (*body)(desk *d));
/* Another node over the same database and key. */
auth *another(desk *d);
void  fine(desk *d, err_t e);                 /* fails the test with the fault's text */
void  refused(desk *d, err_t want, err_t e);  /* and forgets the fault */
#define assert_str(got, want)                                                                \
    do {                                                                                     \
        str got_ = (got);                                                                    \
        if (!str_eq(got_, str_of(want)))                                                     \
            fail_msg("%s:%d: \"" STR_FMT "\" is not \"%s\"", __FILE__, __LINE__, STR_ARG(got_), want); \
    } while (0)

#endif
