#!/usr/bin/env bats
# Files of evidence are shown to clamd first: the real one, with a signature of our own.
load helper

clamd_with_a_signature() {
    command -v clamd >/dev/null || skip "clamav-daemon is not installed"
    mkdir clam
    printf 'This file is harmful.\n' >bad.txt
    printf '%s:%s:Test.Harmful\n' "$(md5sum <bad.txt | cut -d' ' -f1)" "$(stat -c %s bad.txt)" >clam/own.hdb
    chmod -R a+rX "$home"
    {
        echo "LocalSocket $home/clam/socket"
        echo "DatabaseDirectory $home/clam"
        echo "TemporaryDirectory $home/clam"
        echo "Foreground yes"
        echo "User $(id -un)"
    } >clamd.conf
    clamd --config-file=clamd.conf >clamd.log 2>&1 3>&- &
    clamd=$!
    for _ in $(seq 100); do
        [ -S clam/socket ] && return
        sleep 0.1
    done
    cat clamd.log
    return 1
}

stop_clamd() {
    kill "$clamd"
    wait "$clamd" || :
}

@test "a clean file is kept and says what looked; a harmful one is not; without the scanner none is" {
    clamd_with_a_signature
    "$ATTEST" init . --name Example >/dev/null
    "$ATTEST" vendor add acme name=Acme tier=low personal_data=false subservice=false >/dev/null
    printf 'Nothing of note.\n' >note.txt
    "$ATTEST" vendor attach acme note.txt
    run "$ATTEST" evidence show EV-1 --json
    [[ "$output" != *ClamAV* ]]
    echo "clamd_socket: $home/clam/socket" >>.attest/config
    printf 'Nothing else.\n' >other.txt
    "$ATTEST" vendor attach acme other.txt
    "$ATTEST" evidence show EV-2 --json | grep -q '"scanned_by":"ClamAV '
    run "$ATTEST" vendor attach acme bad.txt
    [ "$status" -ne 0 ] && [[ "$output" == *"Test.Harmful"* ]]
    stop_clamd
    run "$ATTEST" vendor attach acme note.txt
    [ "$status" -ne 0 ] && [[ "$output" == *"does not answer"* ]]
    [ "$("$ATTEST" evidence list --json | grep -o '"EV-[0-9]*"' | sort -u | wc -l)" -eq 2 ]
}
