#!/bin/sh
# both_engines.sh EXECUTABLE...: runs the tests of the SQL suite on SQLite and PostgreSQL.
set -eu
here=$(dirname "$0")
if [ -z "${ATTEST_TEST_PG:-}" ]; then
    exec "$here/with_postgres.sh" "$0" "$@"
fi
for test in "$@"; do
    "$test"
done
