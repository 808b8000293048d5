#!/usr/bin/env bats
# A source that falls silent is never vouched for by another one.
load helper

# Two sources of accounts; the second is ./other.
two_sources() {
    workspace_with <<'R'
{"begin":"account","mode":"snapshot"}
{"system":"web1","login":"ann","kind":"human","active":true,"password_state":"set"}
{"end":"account","status":"ok"}
R
    other <<'R'
{"begin":"account","mode":"snapshot"}
{"system":"crm","login":"bob","kind":"human","active":true,"password_state":"set"}
{"end":"account","status":"ok"}
{"begin":"host","mode":"snapshot"}
{"end":"host","status":"absent"}
R
    "$ATTEST" source add exec ./other
}

other() {
    cat >other.rows
    printf '#!/bin/sh\ncat %s/other.rows\n' "$home" >other
    chmod +x other
}

@test "two sources that speak give a pass" {
    two_sources
    "$ATTEST" collect
    run "$ATTEST" assess password.empty
    [ "$status" -eq 0 ]
}

@test "a relation that a source no longer reports is an error until it does again" {
    two_sources
    "$ATTEST" collect
    cp other.rows whole.rows
    other <<'R'
{"begin":"host","mode":"snapshot"}
{"end":"host","status":"absent"}
R
    run "$ATTEST" collect
    [[ "$output" == *"did not report it"* ]]
    run "$ATTEST" assess password.empty
    [ "$status" -eq 1 ]
    [[ "$output" == *"did not report it"* ]]
    "$ATTEST" collect
    run "$ATTEST" assess password.empty
    [ "$status" -eq 1 ]
    other <whole.rows
    "$ATTEST" collect
    run "$ATTEST" assess password.empty
    [ "$status" -eq 0 ]
}

@test "a source that dies before its first word leaves no facts that count" {
    two_sources
    "$ATTEST" collect
    printf '#!/bin/sh\nkill -9 $$\n' >other
    "$ATTEST" collect
    run "$ATTEST" assess password.empty
    [ "$status" -eq 1 ]
    [ "$(rows_of "SELECT count(*) AS n FROM run_status WHERE relation = 'account' AND status = 'error'")" = '"1"' ]
}

@test "a source that was removed counts no more" {
    two_sources
    "$ATTEST" collect
    "$ATTEST" source remove exec ./other
    run "$ATTEST" assess password.empty
    [ "$status" -eq 0 ]
    [ "$(rows_of "SELECT count(*) AS n FROM account")" = '"1"' ]
}

@test "a relation reported twice is an error" {
    two_sources
    cat >>other.rows <<'R'
{"begin":"account","mode":"snapshot"}
{"system":"crm","login":"eve","kind":"human","active":true,"password_state":"empty"}
{"end":"account","status":"ok"}
R
    "$ATTEST" collect
    run "$ATTEST" assess password.empty
    [ "$status" -eq 1 ]
    [[ "$output" == *"reported it twice"* ]]
}

@test "absent in a delta is an error: nothing was closed" {
    two_sources
    "$ATTEST" collect
    other <<'R'
{"begin":"account","mode":"delta"}
{"end":"account","status":"absent"}
{"begin":"host","mode":"snapshot"}
{"end":"host","status":"absent"}
R
    "$ATTEST" collect
    run "$ATTEST" assess password.empty
    [ "$status" -eq 1 ]
    [[ "$output" == *"absent"* ]]
}
