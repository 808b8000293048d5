# Common to the tests of the command line: a workspace in a directory of its own.
setup() {
    ATTEST=${ATTEST:-$BATS_TEST_DIRNAME/../../build-test/attest}
    unset ATTEST_WORKSPACE
    export NO_COLOR=1
    home=$(mktemp -d "${BATS_TMPDIR:-/tmp}/attest-cli-XXXXXX")
    cd "$home" || exit 1
}

# As a user without rights; the program is copied to where that user may run it.
unprivileged() {
    chmod 755 "$home"
    [ -x "$home/attest-copy" ] || cp "$ATTEST" "$home/attest-copy"
    setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/ "$home/attest-copy" "$@"
}

teardown() {
    cd /
    rm -rf "$home"
}

# A workspace with one source: a program that writes the rows on its standard input.
workspace_with() {
    "$ATTEST" init . --name Example >/dev/null
    "$ATTEST" source remove host
    feed
    "$ATTEST" source add exec ./feeder
}

# Replaces what the feeder writes by standard input.
feed() {
    cat >rows
    printf '#!/bin/sh\ncat %s/rows\n' "$home" >feeder
    chmod +x feeder
}

rows_of() { "$ATTEST" sql --format csv "$@" | tr -d '\r' | tail -n +2; }
# One value, without the quotes of CSV.
value_of() { rows_of "$@" | tr -d '"'; }

# Tests that need a terminal say so where there is none to be had.
needs_terminal() { script -qec true /dev/null >/dev/null 2>&1 </dev/null || skip "no pseudo-terminal can be made here"; }
