#!/usr/bin/env bats
# A stranger checks a commit and a fact with openssl alone, by the commands of docs/verify.md.
load helper

# The bash blocks of one section of the page.
blocks() {
    awk -v section="## $1" '/^## / { on = ($0 == section) } /^```$/ { copy = 0 } copy { print } on && /^```bash$/ { copy = 1 }' \
        "$BATS_TEST_DIRNAME/../../docs/verify.md"
}

log_of_facts() {
    { echo '{"begin":"account","mode":"snapshot"}'
      for i in 1 2 3 4 5 6 7; do echo '{"system":"web1","login":"user'$i'","uid":'$i',"full_name":"Ann \"é\" \\ <x>"}'; done
      echo '{"end":"account","status":"ok"}'; } | workspace_with
    "$ATTEST" collect >/dev/null
    "$ATTEST" collect >/dev/null
    mkdir stranger
    "$ATTEST" --json ledger checkpoint | python3 -c 'import json,sys; print(json.load(sys.stdin)["key"])' >stranger/log.vkey
    blocks 'With openssl alone' >stranger/check.sh
    blocks 'A commit or a fact' >stranger/fact.sh
}

@test "every row of a commit is proven with openssl alone" {
    log_of_facts
    for i in 1 2 3 4 5 6 7; do
        "$ATTEST" ledger prove account "web1/user$i" -o stranger/fact.tlog-proof
        run bash -c 'cd stranger && bash -eu fact.sh'
        [ "$status" -eq 0 ] || { echo "$output"; false; }
        [[ "$output" == *"is what was committed"* ]] && [[ "$output" == *"\"login\":\"user$i\""* ]]
    done
}

@test "a proof of a commit is proven, and a changed one is not" {
    log_of_facts
    "$ATTEST" ledger prove 1 -o stranger/fact.tlog-proof
    head -n 4 stranger/fact.sh >stranger/commit.sh
    run bash -c 'cd stranger && bash -eu commit.sh'
    [ "$status" -eq 0 ]
    [[ "$output" == *"entry 1 is in the log"* ]]
    "$ATTEST" ledger prove account web1/user3 -o stranger/fact.tlog-proof
    line=$(grep '^extra ' stranger/fact.tlog-proof | cut -c 7- | base64 -d | sed 's/"uid":3/"uid":0/' | base64 -w 0)
    sed -i "s|^extra .*|extra $line|" stranger/fact.tlog-proof
    run bash -c 'cd stranger && bash -eu fact.sh'
    [ "$status" -ne 0 ]
    run "$ATTEST" verify stranger/fact.tlog-proof
    [ "$status" -eq 1 ]
}
