#!/usr/bin/env bats
# The main job: collect, assess, see the past, verify.
load helper

ann_without() {
    cat <<'R'
{"begin":"account","mode":"snapshot"}
{"system":"web1","login":"ann","kind":"human","active":true,"mfa":false,"uid":1000,"password_state":"set"}
{"system":"web1","login":"bob","kind":"human","active":true,"mfa":true,"uid":1001,"password_state":"set"}
{"end":"account","status":"ok"}
R
}

ann_with() { ann_without | sed 's/"login":"ann","kind":"human","active":true,"mfa":false/"login":"ann","kind":"human","active":true,"mfa":true/'; }

own_test() {
    mkdir -p .attest/content/tests/own
    cat >.attest/content/tests/own/mfa.sql <<'S'
-- test:      own.mfa
-- version:   1
-- title:     Every human account uses a second factor
-- kind:      state
-- subject:   account
-- controls:  AC-03
-- severity:  high
-- needs:     account max_age=26h
-- why:       A password alone is not enough.
-- remedy:    Enrol a second factor.
SELECT system, login, mfa AS ok, 'no second factor' AS reason
  FROM account
 WHERE active IS NOT FALSE AND kind IS DISTINCT FROM 'service'
S
    cat >.attest/content/tests/own/mfa.fixtures <<'S'
[pass]
account | system | login | kind  | active | mfa
        | web1   | ann   | human | true   | true
expect  | pass

[fail]
account | system | login | kind  | active | mfa
        | web1   | ann   | human | true   | false
expect  | fail
fails   | web1/ann

[unknown]
account | system | login | kind  | active | mfa
        | web1   | ann   | human | true   | ?
expect  | no_data
unknown | web1/ann

[empty]
expect  | not_applicable
S
}

@test "init makes a workspace once and refuses to make it twice" {
    run "$ATTEST" init .
    [ "$status" -eq 0 ]
    [ -f .attest/attest.db ] && [ -f .attest/ledger/checkpoint ] && [ -f .attest/keys/ledger.key ]
    [ "$(stat -c %a .attest)" = 700 ] && [ "$(stat -c %a .attest/keys/ledger.key)" = 600 ]
    run "$ATTEST" init .
    [ "$status" -eq 6 ]
    [[ "$output" == *"is there already"* ]]
}

@test "a workspace is found from below, and its absence is told" {
    run "$ATTEST" init .
    [[ "$output" == *"Next: attest collect" ]]
    mkdir other && run "$ATTEST" init other
    [[ "$output" == *"Next: go to other and run attest collect" ]]
    mkdir -p a/b && cd a/b
    run "$ATTEST" sql 'SELECT count(*) AS n FROM account'
    [ "$status" -eq 0 ]
    cd /
    run "$ATTEST" status
    [ "$status" -eq 4 ]
    [[ "$output" == *"attest init"* ]]
}

@test "a change is seen, and the past still shows what was" {
    ann_without | workspace_with
    "$ATTEST" collect >/dev/null
    own_test
    run "$ATTEST" assess own.mfa
    [ "$status" -eq 1 ]
    [[ "$output" == *"web1/ann"* ]] && [[ "$output" != *"web1/bob"* ]]
    before=$(date -u +%Y-%m-%dT%H:%M:%S.%6NZ)
    sleep 0.01
    ann_with | feed
    "$ATTEST" collect >/dev/null
    run "$ATTEST" assess own.mfa
    [ "$status" -eq 0 ]
    run "$ATTEST" assess own.mfa --as-of "$before"
    [ "$status" -eq 1 ]
    [[ "$output" == *"web1/ann"* ]]
    [ "$(rows_of "SELECT mfa FROM account WHERE login = 'ann'" --as-of "$before")" = '"0"' ]
    [ "$(rows_of "SELECT count(*) AS n FROM account_history WHERE login = 'ann'")" = '"2"' ]
}

@test "collecting the same again opens nothing but its run" {
    ann_without | workspace_with
    "$ATTEST" collect >/dev/null
    "$ATTEST" collect >/dev/null
    [ "$(rows_of "SELECT count(*) AS n FROM account_history")" = '"2"' ]
    [ "$(rows_of "SELECT count(*) AS n FROM run_status_history")" = '"1"' ]
    [ "$(rows_of "SELECT count(*) AS n FROM run_history")" = '"2"' ]
}

@test "a denied collection gives no data, and closes nothing" {
    ann_with | workspace_with
    "$ATTEST" collect >/dev/null
    own_test
    "$ATTEST" assess own.mfa
    feed <<'R'
{"begin":"account","mode":"snapshot"}
{"end":"account","status":"denied","reason":"/etc/shadow: Permission denied"}
R
    run "$ATTEST" collect
    [[ "$output" == *"Permission denied"* ]]
    run "$ATTEST" assess own.mfa
    [ "$status" -eq 1 ]
    [[ "$output" == *"denied"* ]]
    [ "$(rows_of "SELECT count(*) AS n FROM account")" = '"2"' ]
}

@test "a collector that dies is an error, never silence" {
    ann_with | workspace_with
    "$ATTEST" collect >/dev/null
    own_test
    printf '#!/bin/sh\necho "{\\"begin\\":\\"account\\",\\"mode\\":\\"snapshot\\"}"\nkill -9 $$\n' >feeder
    run "$ATTEST" collect
    [ "$status" -eq 0 ]
    [[ "$output" == *"error"* ]]
    run "$ATTEST" assess own.mfa
    [ "$status" -eq 1 ]
    [ "$(rows_of "SELECT count(*) AS n FROM account")" = '"2"' ]
}

@test "verify finds nothing in what was only collected" {
    ann_without | workspace_with
    "$ATTEST" collect >/dev/null
    ann_with | feed
    "$ATTEST" collect >/dev/null
    run "$ATTEST" verify
    [ "$status" -eq 0 ]
    [[ "$output" == *"Nothing was altered"* ]] && [[ "$output" == *"Not checked"* ]]
}

@test "verify names an altered row" {
    ann_without | workspace_with
    "$ATTEST" collect >/dev/null
    sqlite3 .attest/attest.db "UPDATE account_h SET mfa = 1 WHERE login = 'ann'"
    run "$ATTEST" verify
    [ "$status" -eq 1 ]
    [[ "$output" == *"account web1/ann (version 1)"* ]]
}

@test "verify names a removed row, an inserted row and an altered end" {
    ann_without | workspace_with
    "$ATTEST" collect >/dev/null
    ann_with | feed
    "$ATTEST" collect >/dev/null
    cp -r .attest keep
    sqlite3 .attest/attest.db "DELETE FROM account_h WHERE row_id = 2"
    run "$ATTEST" verify
    [ "$status" -eq 1 ]
    [[ "$output" == *"removed"* ]] && [[ "$output" == *"version 2"* ]]
    rm -rf .attest && cp -r keep .attest
    sqlite3 .attest/attest.db "INSERT INTO account_h (row_id, system, login, row_source, valid_from, valid_to, opened_by, salt, commitment)
        SELECT 4, system, 'eve', row_source, valid_from, valid_to, opened_by, salt, commitment FROM account_h WHERE row_id = 3"
    run "$ATTEST" verify
    [ "$status" -eq 1 ]
    [[ "$output" == *"inserted"* ]] && [[ "$output" == *"web1/eve"* ]]
    rm -rf .attest && cp -r keep .attest
    sqlite3 .attest/attest.db "UPDATE account_h SET valid_to = valid_to - 1 WHERE row_id = 1"
    run "$ATTEST" verify
    [ "$status" -eq 1 ]
    [[ "$output" == *"web1/ann (version 1)"* ]] && [[ "$output" == *"end was altered"* ]]
}

@test "verify names an altered commit and an altered tile" {
    ann_without | workspace_with
    "$ATTEST" collect >/dev/null
    cp -r .attest keep
    sqlite3 .attest/attest.db "UPDATE commits SET actor = 'nobody' WHERE seq = (SELECT max(seq) FROM commits)"
    run "$ATTEST" verify
    [ "$status" -eq 1 ]
    [[ "$output" == *"commit"* ]]
    rm -rf .attest && cp -r keep .attest
    tile=$(find .attest/ledger/tile/0 -type f | head -n 1)
    chmod u+w "$tile"
    printf 'x' | dd of="$tile" bs=1 seek=5 conv=notrunc 2>/dev/null
    run "$ATTEST" verify
    [ "$status" -eq 1 ]
    [[ "$output" == *"tile"* ]]
}

@test "an older copy of the store is refused, and says so" {
    ann_without | workspace_with
    "$ATTEST" collect >/dev/null
    sqlite3 .attest/attest.db "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
    cp .attest/attest.db old.db
    ann_with | feed
    "$ATTEST" collect >/dev/null
    rm -f .attest/attest.db-wal .attest/attest.db-shm
    cp old.db .attest/attest.db
    run "$ATTEST" collect
    [ "$status" -eq 11 ]
    [[ "$output" == *"older copy"* ]]
    run "$ATTEST" verify
    [ "$status" -eq 1 ]
}

@test "a proof of a row convinces, and a changed proof does not" {
    ann_without | workspace_with
    "$ATTEST" collect >/dev/null
    "$ATTEST" ledger prove account web1/ann -o ann.tlog-proof
    key=$("$ATTEST" --json ledger checkpoint | python3 -c 'import json,sys; print(json.load(sys.stdin)["key"])')
    cd /
    run "$ATTEST" verify "$home/ann.tlog-proof" --key "$key"
    [ "$status" -eq 0 ]
    [[ "$output" == *'"login":"ann"'* ]]
    sed 's/^extra ..../extra AAAA/' "$home/ann.tlog-proof" >"$home/bad.tlog-proof"
    run "$ATTEST" verify "$home/bad.tlog-proof" --key "$key"
    [ "$status" -eq 1 ]
    other=$(cd "$home" && mkdir other && "$ATTEST" init other >/dev/null && "$ATTEST" --workspace other --json ledger checkpoint |
        python3 -c 'import json,sys; print(json.load(sys.stdin)["key"])')
    run "$ATTEST" verify "$home/ann.tlog-proof" --key "$other"
    [ "$status" -eq 1 ]
}

@test "own content is picked up; faulty content is refused by name" {
    ann_without | workspace_with
    own_test
    run "$ATTEST" content check
    [ "$status" -eq 0 ]
    run "$ATTEST" content list
    [[ "$output" == *"own.mfa"* ]]
    mv .attest/content/tests/own/mfa.fixtures away
    run "$ATTEST" assess
    [ "$status" -eq 3 ]
    [[ "$output" == *"own/mfa"* ]] && [[ "$output" == *"fixtures"* ]]
    mv away .attest/content/tests/own/mfa.fixtures
    sed -i 's/^SELECT.*/INSERT INTO account VALUES (1)/; /^  FROM/,$d' .attest/content/tests/own/mfa.sql
    run "$ATTEST" assess
    [ "$status" -eq 3 ]
    [[ "$output" == *"own/mfa.sql"* ]]
}

@test "a source that is removed takes its rows from the present, not from the past" {
    ann_without | workspace_with
    "$ATTEST" collect >/dev/null
    "$ATTEST" source remove exec ./feeder
    [ "$(rows_of "SELECT count(*) AS n FROM account")" = '"0"' ]
    [ "$(rows_of "SELECT count(*) AS n FROM run")" = '"0"' ]
    [ "$(rows_of "SELECT count(*) AS n FROM account_history")" = '"2"' ]
    run "$ATTEST" verify
    [ "$status" -eq 0 ]
}

@test "who reads needs no private key, and a checkpoint that is gone is told and put back" {
    ann_without | workspace_with
    "$ATTEST" collect >/dev/null
    key=$("$ATTEST" --json ledger checkpoint | python3 -c 'import json,sys; print(json.load(sys.stdin)["key"])')
    mkdir away && mv .attest/keys/ledger.key .attest/ledger.vkey away
    "$ATTEST" status >/dev/null
    "$ATTEST" report readiness -o r.html
    grep -q 'does not say what the log held' r.html
    "$ATTEST" ledger prove account web1/ann -o ann.tlog-proof
    "$ATTEST" verify ann.tlog-proof --key "$key"
    "$ATTEST" verify --key "$key"
    run "$ATTEST" verify
    [ "$status" -eq 4 ] && [[ "$output" == *"--key VKEY"* ]]
    mv away/ledger.key .attest/keys/ && mv away/ledger.vkey .attest/
    rm .attest/ledger/checkpoint
    "$ATTEST" status >/dev/null
    run "$ATTEST" verify
    [ "$status" -eq 1 ] && [[ "$output" == *"checkpoint: cannot be read"* ]]
    run "$ATTEST" ledger checkpoint
    [ "$status" -eq 4 ] && [[ "$output" == *"attest collect"* ]]
    "$ATTEST" collect >/dev/null
    "$ATTEST" verify
}

@test "a moment before the first collection is remarked, one to come is refused" {
    ann_without | workspace_with
    run "$ATTEST" sql 'SELECT login FROM account' --as-of 2020-01-01
    [ "$status" -eq 0 ] && [[ "$output" == *"Nothing has been collected yet"* ]]
    "$ATTEST" collect >/dev/null
    for words in "sql SELECT\ login\ FROM\ account" status "assess account."; do
        eval "run \"\$ATTEST\" $words --as-of 2020-01-01"
        [[ "$output" == *"Nothing had been collected by then."* ]] || { echo "$words: $output"; false; }
        eval "run \"\$ATTEST\" $words --as-of 2199-01-01"
        [ "$status" -eq 2 ] && [[ "$output" == *"has not come yet"* ]]
    done
}

@test "a source that is gone from the disk can still be removed" {
    ann_without | workspace_with
    "$ATTEST" collect >/dev/null
    mkdir repo && git -C repo init -q && "$ATTEST" source add git repo
    rm -rf repo feeder
    "$ATTEST" source remove exec ./feeder
    "$ATTEST" source remove git "$home/repo"
    [ -z "$("$ATTEST" source list)" ]
    [ "$(rows_of "SELECT count(*) AS n FROM account")" = '"0"' ]
    run "$ATTEST" source remove git "$home/repo"
    [ "$status" -eq 4 ]
}

@test "the example of docs/content.md works as it is printed" {
    "$ATTEST" init . >/dev/null
    mkdir -p .attest/content/tests/access
    python3 - "$BATS_TEST_DIRNAME/../../docs/content.md" <<'P'
import re, sys, textwrap
text = open(sys.argv[1], encoding='utf-8').read()
for start, end, name in (('    -- test:      access.mfa', '\n\n', 'mfa.sql'), ('    # as_of is 2026', '\n\n- ', 'mfa.fixtures')):
    at = text.index(start)
    with open('.attest/content/tests/access/' + name, 'w', encoding='utf-8') as out:
        out.write(textwrap.dedent(text[at:text.index(end, at)]) + '\n')
with open('.attest/content/parameters.txt', 'w', encoding='utf-8') as out:
    out.write(re.search(r'parameters\.txt.*one a line: `(.*?)`', text).group(1) + '\n')
P
    run "$ATTEST" content check
    [ "$status" -eq 0 ] || { echo "$output"; false; }
    [[ "$output" == *" 0 faults"* ]]
}

@test "what is not there does not make a run that saw the rest absent" {
    { ann_with; printf '%s\n' '{"begin":"certificate","mode":"snapshot"}' '{"end":"certificate","status":"absent"}'; } | workspace_with
    run "$ATTEST" collect
    [[ "$output" == *": ok, 2 rows of 2 relations"* ]]
    [ "$(rows_of "SELECT status FROM run")" = '"ok"' ]
}

@test "a copy without the private key is verified as well" {
    ann_without | workspace_with
    "$ATTEST" collect >/dev/null
    cp -r .attest keep && rm keep/keys/ledger.key
    [ "$(cat .attest/ledger.vkey)" = "$("$ATTEST" --json ledger checkpoint | python3 -c 'import json,sys; print(json.load(sys.stdin)["key"])')" ]
    mkdir copy && mv keep copy/.attest
    run "$ATTEST" --workspace copy verify
    [ "$status" -eq 0 ]
    run "$ATTEST" --workspace copy collect exec ./feeder
    [ "$status" -ge 3 ]
    [[ "$output" == *ledger.key* ]]
}

@test "removing a source that is none says so; one collected without being configured can be removed" {
    ann_without | workspace_with
    run "$ATTEST" source remove git .
    [ "$status" -ne 0 ]
    run "$ATTEST" source remove host
    [ "$status" -eq 4 ] && [[ "$output" == *"attest source list"* ]]
    cp feeder other
    "$ATTEST" collect exec ./other >/dev/null
    "$ATTEST" source remove exec ./other
    [ "$(rows_of "SELECT count(*) AS n FROM account")" = '"0"' ]
}
