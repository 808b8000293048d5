#!/usr/bin/env bats
# An audit firm as a witness of the log: what it signs, what it refuses, what is kept and shown.
load helper

firm() { "$ATTEST" ledger cosign "$1" --witness firm "${@:2}"; }

log_with_witness() {
    "$ATTEST" init . --name Example >/dev/null
    "$ATTEST" source remove host
    "$ATTEST" ledger witness new firm audit.example/w1 --quiet >firm.vkey
    log_key=$("$ATTEST" --json ledger checkpoint | python3 -c 'import json,sys; print(json.load(sys.stdin)["key"])')
}

commit() { "$ATTEST" risk add "title=$1" >/dev/null; }
signed() { "$ATTEST" ledger checkpoint | sed -n 2p; }

@test "a witness signs what grows, and its signature is kept, shown and verified" {
    log_with_witness
    "$ATTEST" ledger witness list | grep -q 'Witnesses: none'
    "$ATTEST" ledger witness add "$(cat firm.vkey)" 'Audit & Co, Kim Park'
    commit First
    "$ATTEST" ledger witness request audit.example/w1 -o ask.txt
    run firm ask.txt
    [ "$status" -ne 0 ] && [[ "$output" == *"--log"* ]]
    firm ask.txt --log "$log_key" -o answer.txt
    "$ATTEST" ledger witness import answer.txt
    "$ATTEST" ledger witness list | grep -q 'Audit & Co, Kim Park: cosigned'
    [ -f .attest/ledger/cosigned/"$(sed -n 2p answer.txt)" ]
    commit Second
    "$ATTEST" ledger witness request audit.example/w1 -o ask.txt
    head -n 1 ask.txt | grep -qx "old $(sed -n 2p answer.txt)"
    firm ask.txt -o answer.txt
    "$ATTEST" ledger witness import answer.txt
    size=$(sed -n 2p answer.txt)
    "$ATTEST" ledger witness list --json | python3 -c 'import json,sys; w, = json.load(sys.stdin); assert w["entries"] == int(sys.argv[1]) and w["name"] == "audit.example/w1" and w["cosigned_at"]' "$size"
    "$ATTEST" verify | grep -q "Witness: audit.example/w1  Audit & Co, Kim Park: cosigned $size entries"
    "$ATTEST" sql "SELECT about FROM access_event WHERE kind = 'setting_changed'" --format csv | grep -q 'audit.example/w1 cosigned'
    "$ATTEST" ledger witness remove audit.example/w1
    "$ATTEST" ledger witness list | grep -q 'Witnesses: none'
    "$ATTEST" verify | grep -q 'Nothing was altered'
}

@test "who writes history anew gets no signature, and verify says so" {
    log_with_witness
    "$ATTEST" ledger witness add "$(cat firm.vkey)" 'Audit & Co'
    cp -a .attest before
    commit 'What happened'
    "$ATTEST" ledger witness request -o ask.txt
    firm ask.txt --log "$log_key" -o answer.txt
    "$ATTEST" ledger witness import answer.txt
    size=$(sed -n 2p answer.txt)
    mkdir anew
    mv before anew/.attest
    for i in 1 2 3 4; do (cd anew && "$ATTEST" risk add "title=What should have happened $i" >/dev/null); done
    (cd anew && "$ATTEST" verify >/dev/null)
    (cd anew && "$ATTEST" ledger witness request --old "$size" -o ../forged.txt)
    run firm forged.txt
    [ "$status" -ne 0 ] && [[ "$output" == *"not cosigned"* ]]
    run bash -c "cd anew && '$ATTEST' ledger witness import ../answer.txt"
    [ "$status" -ne 0 ] && [[ "$output" == *"written anew"* ]]
    mkdir anew/.attest/ledger/cosigned
    cp answer.txt "anew/.attest/ledger/cosigned/$size"
    run bash -c "cd anew && '$ATTEST' verify"
    [ "$status" -eq 1 ] && [[ "$output" == *"written anew"* ]]
}

@test "what nobody known has signed is not taken" {
    log_with_witness
    commit First
    "$ATTEST" ledger witness request -o ask.txt
    firm ask.txt --log "$log_key" -o answer.txt
    run "$ATTEST" ledger witness import answer.txt
    [ "$status" -ne 0 ] && [[ "$output" == *"no witness of this log"* ]]
    "$ATTEST" ledger witness add "$(cat firm.vkey)" 'Audit & Co'
    run "$ATTEST" ledger witness add "$(cat firm.vkey)" 'Audit & Co'
    [ "$status" -ne 0 ]
    run "$ATTEST" ledger witness add "$log_key" 'Ourselves'
    [ "$status" -ne 0 ]
    sed 's/^[0-9]\+$/1/' answer.txt >changed.txt
    run "$ATTEST" ledger witness import changed.txt
    [ "$status" -ne 0 ] && [[ "$output" == *"altered or forged"* ]]
    "$ATTEST" ledger witness import answer.txt
    run firm ask.txt
    [ "$status" -ne 0 ] && [[ "$output" == *"--old $(sed -n 2p answer.txt)"* ]]
}
