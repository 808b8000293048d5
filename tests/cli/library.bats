#!/usr/bin/env bats
# Texts for people, and populations with what shows that they are complete.
load helper

@test "every kind of text is listed and shown, filled with the workspace's name" {
    "$ATTEST" init . --name "Example & Sons" >/dev/null
    "$ATTEST" library list >all
    for kind in policies playbooks courses risks questionnaires checklists requests populations; do
        grep -q "^$kind/" all
    done
    "$ATTEST" library show policies/information-security >p.md
    grep -q "Example & Sons" p.md
    ! grep -q "{{" p.md
    run "$ATTEST" library show policies/none
    [ "$status" -eq 4 ]
    run "$ATTEST" library list weather
    [ "$status" -eq 4 ]
}

@test "a text of the workspace takes the place of the one built in, and a fault in it is told by line" {
    "$ATTEST" init . --name Example >/dev/null
    mkdir -p .attest/content/checklists
    printf '[keys]\ntitle: Give keys\nowner: manager\ndue: 1 day after start\nfor: all\n' >.attest/content/checklists/onboarding.txt
    "$ATTEST" library show checklists/onboarding | grep -q "Give keys (manager; 1 day after the first day)"
    "$ATTEST" content check
    printf '[keys]\ntitle: Give keys\nowner: manager\ndue: soon\nfor: all\n' >.attest/content/checklists/onboarding.txt
    run "$ATTEST" content check
    [ "$status" -eq 3 ]
    [[ "$output" == *"checklists/onboarding.txt:4: keys: \"due\" reads"* ]]
}

changes() {
    cat <<'R'
{"begin":"repository","mode":"snapshot"}
{"repository":"app","commits":2,"shallow":false}
{"end":"repository","status":"ok"}
{"begin":"change","mode":"snapshot"}
{"repository":"app","id":"c1","at":1700000000000000,"author":"=cmd|' /C calc'!A0","commits":1,"merge":false}
{"repository":"app","id":"c2","at":1700000001000000,"author":"ann","approved":true,"commits":1,"merge":false}
{"end":"change","status":"ok"}
R
}

@test "a population has its rows, its sources and its checks; exit status 1 unless every check holds" {
    changes | workspace_with
    run "$ATTEST" population show changes --from 2023-11-01 --to 2023-12-01
    [ "$status" -eq 1 ]                                  # never collected
    [[ "$output" == *"STALE   change: never collected"* ]]
    "$ATTEST" collect >/dev/null
    "$ATTEST" population show changes --from 2023-11-01 --to 2023-12-01 >out
    grep -q "(2 rows)" out
    grep -q "Every check holds" out
    "$ATTEST" population show changes --from 2023-11-14T22:13:21Z --to 2023-12-01 | grep -q "(1 row)"
    "$ATTEST" population show changes --from 2023-11-14T22:13:20Z --to 2023-11-14T22:13:21Z | grep -q "c1"
    changes | grep -v '"id":"c1"' | feed
    "$ATTEST" collect >/dev/null
    run "$ATTEST" population show changes --from 2023-11-01 --to 2023-12-01
    [ "$status" -eq 1 ]
    [[ "$output" == *"NO      changes carry every commit of the default branch"* ]]
    [[ "$output" == *"It is not shown to be complete"* ]]
}

@test "CSV of a population runs nothing in a spreadsheet; JSON says whether it is complete" {
    changes | workspace_with
    "$ATTEST" collect >/dev/null
    "$ATTEST" population show changes --from 2023-11-01 --to 2023-12-01 --format csv >out.csv
    python3 - <<'P'
import csv
rows = list(csv.DictReader(open('out.csv', newline='')))
assert [r['change_id'] for r in rows] == ['c1', 'c2'], rows
assert rows[0]['author'] == "'=cmd|' /C calc'!A0", rows
assert rows[0]['merged_at'] == '2023-11-14T22:13:20Z', rows
P
    "$ATTEST" population show changes --from 2023-11-01 --to 2023-12-01 --json >out.json
    python3 - <<'P'
import json
d = json.load(open('out.json'))
assert d['complete'] is True and d['count'] == 2 and all(c['ok'] for c in d['checks']), d
assert d['rows'][1]['approved'] is True and d['rows'][0]['approved'] is None
assert {n['relation'] for n in d['needs']} == {'change', 'repository', 'change_request'}
P
    run "$ATTEST" population show changes --format xml
    [ "$status" -eq 2 ]
    run "$ATTEST" population show weather
    [ "$status" -eq 4 ]
    run "$ATTEST" population show changes --from 2024-01-01 --to 2023-01-01
    [ "$status" -eq 3 ]
}

@test "a register of records is complete once somebody compared it, and no longer when a number is missing" {
    "$ATTEST" init . --name Example >/dev/null
    today=$(date -u +%F)
    "$ATTEST" complaint add title="No answer" kind=complaint received_at="$today" >/dev/null
    run "$ATTEST" population show complaints
    [ "$status" -eq 1 ]
    [[ "$output" == *"never confirmed"* ]]
    "$ATTEST" register add complaint basis="the privacy mailbox" >/dev/null
    "$ATTEST" population show complaints
    "$ATTEST" complaint add CMP-3 title="Wrong address" kind=complaint received_at="$today" >/dev/null
    run "$ATTEST" population show complaints
    [ "$status" -eq 1 ]
    [[ "$output" == *"NO      every number from 1 on is there"* ]]
    [[ "$output" == *"2 with numbers, 0 with ids of their own; expected: the highest"* ]]
    "$ATTEST" complaint add title="A third" kind=complaint received_at="$today" >/dev/null
    run "$ATTEST" population show complaints
    [ "$status" -eq 1 ]                                  # CMP-2 stays missing: the next is CMP-4
}

@test "the changes of a real repository, merges among them, carry all of its commits" {
    git init -q -b main r
    export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org
    git -C r commit -q --allow-empty -m one
    git -C r checkout -q -b side
    git -C r commit -q --allow-empty -m two
    git -C r commit -q --allow-empty -m three
    git -C r checkout -q main
    git -C r commit -q --allow-empty -m four
    git -C r merge -q --no-ff -m "Merge side" side
    "$ATTEST" init . --name Example >/dev/null
    "$ATTEST" source remove host
    "$ATTEST" source add git ./r
    "$ATTEST" collect >/dev/null
    "$ATTEST" population show changes >out
    grep -q "(3 rows)" out
    grep -q "yes     changes carry every commit of the default branch" out
}
