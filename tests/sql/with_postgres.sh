#!/bin/sh
# with_postgres.sh COMMAND...: runs it with the PostgreSQL of ATTEST_TEST_PG, or else with one of its own,
# whose URL is there; that server and its data are gone afterwards, also on a signal.
# Exit status: the command's; 1 when PostgreSQL is not installed.
set -eu

[ -z "${ATTEST_TEST_PG:-}" ] || exec "$@"

bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
    echo "postgres: not installed (apt install postgresql-15)" >&2
    exit 1
fi

dir=$(mktemp -d /tmp/attest-pg-XXXXXX)
chmod 711 "$dir"    # a process without rights of its own comes as far as the socket
server=
child=
# shellcheck disable=SC2317  # reached through the traps
stop() {
    trap - EXIT HUP INT TERM
    [ -z "$child" ] || kill "$child" 2>/dev/null || true
    if [ -n "$server" ]; then
        kill -INT "$server" 2>/dev/null || true    # fast shutdown
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$dir"
}
trap stop EXIT
trap 'stop; exit 129' HUP
trap 'stop; exit 130' INT
trap 'stop; exit 143' TERM

# PostgreSQL refuses to run as root.
as=
if [ "$(id -u)" = 0 ]; then
    chown postgres "$dir"
    as="runuser -u postgres --"
fi

$as "$bin/initdb" -D "$dir/data" -U attest -A trust -E UTF8 --locale=C.UTF-8 -N >"$dir/log" 2>&1 ||
    { cat "$dir/log" >&2; exit 1; }
# The postmaster must be what we started, not a shell around it: setpriv and exec.
[ -z "$as" ] || as='setpriv --reuid postgres --regid postgres --init-groups'
# What makes data outlive a crash, or helps a store that lives long, only costs here.
# shellcheck disable=SC2086  # $as is words
$as "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=40 -c shared_buffers=64MB \
    -c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off -c jit=off >"$dir/log" 2>&1 &
server=$!

tries=0
until "$bin/pg_isready" -q -h "$dir" -U attest -d postgres; do
    tries=$((tries + 1))
    if [ $tries -gt 150 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "postgres: did not start" >&2
        cat "$dir/log" >&2
        exit 1
    fi
    sleep 0.1
done

ATTEST_TEST_PG="postgres://attest@/postgres?host=$dir"
export ATTEST_TEST_PG
"$@" &
child=$!
status=0
wait "$child" || status=$?
child=
exit "$status"
