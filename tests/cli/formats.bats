#!/usr/bin/env bats
# What programs and people read.
load helper

hosts() {
    cat <<'R'
{"begin":"account","mode":"snapshot"}
{"system":"web1","login":"=cmd|' /C calc'!A0","kind":"human","active":true,"uid":1000,"password_state":"empty","shell":"/bin/bash"}
{"system":"web1","login":"b\"o,b\u001b[31m<&>","kind":"human","active":true,"uid":1001,"password_state":"set","shell":"/bin/bash"}
{"system":"web1","login":"unknown","kind":"human","shell":"/bin/bash"}
{"end":"account","status":"ok"}
R
}

@test "JSON holds every test with its needs and items" {
    hosts | workspace_with
    "$ATTEST" collect >/dev/null
    "$ATTEST" assess --format json -o a.json || [ $? -eq 1 ]
    python3 - <<'P'
import json
d = json.load(open('a.json'))
assert len(d['criteria']) == 61
assert len(d['tests']) >= 70, len(d['tests'])
assert sum(d['tests_by_state'].values()) == len(d['tests'])
for t in d['tests']:
    assert t['needs'] and t['digest'] and t['state'], t
    assert t['state'] != 'pass' or (t['exceptions'] == 0 and t['unknowns'] == 0 and t['population'] > 0)
    assert len(t['items']) == t['population']
P
}

@test "SARIF validates against the OASIS schema" {
    schema=${ATTEST_SCHEMAS:-$BATS_TEST_DIRNAME/../../../shared/schemas}/sarif-schema-2.1.0.json
    [ -f "$schema" ] || skip "the schema is not here: $schema"
    hosts | workspace_with
    "$ATTEST" collect >/dev/null
    "$ATTEST" assess --format sarif -o a.sarif || [ $? -eq 1 ]
    python3 - "$schema" <<'P'
import json, sys
import jsonschema
jsonschema.validate(json.load(open('a.sarif')), json.load(open(sys.argv[1])))
P
}

@test "JUnit is XML and counts a test without data as an error" {
    hosts | workspace_with
    "$ATTEST" collect >/dev/null
    "$ATTEST" assess --format junit -o a.xml || [ $? -eq 1 ]
    "$ATTEST" assess --format json -o a.json || [ $? -eq 1 ]
    python3 - <<'P'
import json
import xml.etree.ElementTree as ET
suite = ET.parse('a.xml').getroot().find('testsuite')
n = json.load(open('a.json'))['tests_by_state']
assert int(suite.get('errors')) == n['error'] + n['no_data'] == len(suite.findall('.//error'))
assert int(suite.get('failures')) == n['fail'] == len(suite.findall('.//failure'))
assert int(suite.get('tests')) == len(suite.findall('testcase'))
P
}

@test "CSV is read back whole and runs nothing in a spreadsheet" {
    hosts | workspace_with
    "$ATTEST" collect >/dev/null
    "$ATTEST" assess --format csv -o a.csv || [ $? -eq 1 ]
    "$ATTEST" sql --format csv 'SELECT login FROM account ORDER BY login' >b.csv
    python3 - <<'P'
import csv
rows = list(csv.reader(open('a.csv', newline='')))
assert all(len(r) == len(rows[0]) for r in rows)
cells = [c for r in rows for c in r] + [c for r in csv.reader(open('b.csv', newline='')) for c in r]
assert not [c for c in cells if c[:1] in ('=', '+', '@')], 'a formula'
assert any("'=cmd|" in c for c in cells)
P
}

@test "status fits eighty columns and shows no state by colour alone" {
    hosts | workspace_with
    "$ATTEST" collect >/dev/null
    "$ATTEST" status >plain
    python3 -c "
import sys
long = [l for l in open('plain', encoding='utf-8') if len(l.rstrip('\n')) > 80]
sys.exit(''.join(long) or 0)"
    run grep -c $'\e' plain
    [ "$output" = 0 ]
    grep -q 'Security  *33' plain
    NO_COLOR='' "$ATTEST" --color always status | grep -q $'\e\[31m'
    run grep -c 'x1b\[31m' plain
    LC_ALL=C "$ATTEST" status >ascii
    run grep -nP '[^\x00-\x7f]' ascii
    [ "$status" -eq 1 ]
}

@test "an empty workspace is no success" {
    "$ATTEST" init . >/dev/null
    run "$ATTEST" assess --quiet
    [ "$status" -eq 1 ]
    run "$ATTEST" status
    [ "$status" -eq 0 ]
    [[ "$output" == *"attest collect"* ]] && [[ "$output" != *"✓"* ]]
}

@test "the same facts give the same bytes" {
    hosts | workspace_with
    "$ATTEST" collect >/dev/null
    at=$(date -u +%Y-%m-%dT%H:%M:%S.%6NZ)
    for f in json sarif csv junit text; do
        "$ATTEST" assess --as-of "$at" --format $f -o one || [ $? -eq 1 ]
        "$ATTEST" assess --as-of "$at" --format $f -o two || [ $? -eq 1 ]
        cmp one two
    done
}

@test "collecting this host works for everyone, and root sees no less" {
    "$ATTEST" init . >/dev/null
    run "$ATTEST" --json collect host
    [ "$status" -eq 0 ]
    python3 -c 'import json,sys; d=json.loads(sys.argv[1])[0]; assert d["rows"] > 50 and len(d["relations"]) >= 24' "$output"
    [ "$(id -u)" -eq 0 ] || skip "needs root to become another user"
    chmod 755 "$home" && mkdir open && chown 65534:65534 open
    unprivileged init open >/dev/null
    run unprivileged --workspace open collect host
    [ "$status" -eq 0 ]
    [[ "$output" == *"denied"* ]]
    run unprivileged --workspace open --json assess password.empty --format json
    [ "$status" -eq 1 ] || [ "$status" -eq 4 ]
}

@test "--json is JSON wherever there is an answer" {
    hosts | workspace_with
    "$ATTEST" collect >/dev/null
    "$ATTEST" ledger prove 0 -o p
    for words in relations "relations account" version "source list" "source kinds" "content list" "content check" \
        collect "assess account." status verify "verify p" "ledger checkpoint" "init w2"; do
        mkdir -p w2
        # shellcheck disable=SC2086
        "$ATTEST" --json $words >out || [ $? -eq 1 ]
        python3 -m json.tool out >/dev/null || { echo "$words:"; cat out; false; }
    done
}

@test "no line for a person is wider than the page or ends in blanks" {
    hosts | sed '2,3d' | workspace_with
    "$ATTEST" collect >/dev/null
    for words in assess status "status --all" verify "content list" "source kinds" relations "status --help"; do
        # shellcheck disable=SC2086
        LC_ALL=C.UTF-8 "$ATTEST" $words >out || [ $? -eq 1 ]
        python3 - out <<'P' || { echo "$words"; false; }
import sys
bad = [x for x in open(sys.argv[1], encoding='utf-8').read().split('\n') if len(x) > 80 or x != x.rstrip()]
sys.exit('\n'.join(bad[:5]) if bad else 0)
P
    done
}

@test "the report counts every item, shown or not" {
    { echo '{"begin":"account","mode":"snapshot"}'
      seq 1 1500 | sed 's/.*/{"system":"web1","login":"u&","kind":"human","active":true,"password_state":"set"}/'
      seq 1 400 | sed 's/.*/{"system":"web1","login":"e&","kind":"human","active":true,"password_state":"empty"}/'
      echo '{"end":"account","status":"ok"}'; } | workspace_with
    "$ATTEST" collect >/dev/null
    "$ATTEST" report readiness -o r.html --quiet
    awk '/id="test-password.empty"/ { on = 1 } on { print } on && /<\/article>/ { exit }' r.html >part
    grep -q '400 of 1900 fail' part
    grep -q '1500 items hold' part
    grep -q 'And 1600 more' part
    "$ATTEST" assess password.empty --format csv -o a.csv || [ $? -eq 1 ]
    [ "$(wc -l <a.csv)" -eq 1901 ]
}
