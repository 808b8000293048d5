#!/usr/bin/env bats
# Gaps, the plan made from them, and the reports of risks.
load helper

company() {
    "$ATTEST" init --name Acme --service "Acme Cloud" --owner "Ann Lee" --email ann@acme.example >/dev/null
    "$ATTEST" source remove host
}

count_of() { value_of "SELECT count(*) FROM remediation WHERE $1"; }

@test "the gap report names every criterion that is not met, and what closes it" {
    company
    run "$ATTEST" report gap
    [ "$status" -eq 0 ]
    [[ $output == *"CC1.1"* ]]
    [[ $output == *"What closes the gaps"* ]]
    "$ATTEST" report gap -o gap.html
    grep -q '<h2 id="h-part-1">Criteria not met yet</h2>' gap.html
    "$ATTEST" report gap -o gap.csv
    head -n 1 gap.csv | grep -q criterion
    "$ATTEST" report gap --format json | python3 -c 'import json, sys; assert len(json.load(sys.stdin)["parts"][0]["rows"]) == 33'
}

@test "criteria out of scope are told apart from gaps" {
    company
    "$ATTEST" report gap --format json | python3 -c '
import json, sys
parts = {p["heading"]: p["rows"] for p in json.load(sys.stdin)["parts"]}
assert len(parts["Declared not to apply"]) == 28, len(parts["Declared not to apply"])
assert all("not in scope" in r["why"] for r in parts["Declared not to apply"])'
}

@test "the plan has an owner and a day for each gap, and made again changes nothing" {
    company
    run "$ATTEST" plan --json
    [ "$status" -eq 0 ]
    gaps=$(python3 -c 'import json, sys; print(json.loads(sys.argv[1])["gaps"])' "$output")
    [ "$gaps" -gt 50 ]
    [ "$(count_of 'owner IS NULL OR due_at IS NULL')" = 0 ]
    before=$(value_of 'SELECT count(*) FROM commits')
    run "$ATTEST" plan --json
    [[ $output == *'"added":0'* ]]
    [[ $output == *"\"kept\":$gaps"* ]]
    [ "$(value_of 'SELECT count(*) FROM commits')" = "$before" ]
}

@test "what people wrote into the plan stays" {
    company
    "$ATTEST" plan >/dev/null
    id=$(value_of "SELECT id FROM remediation WHERE gap = 'register:meeting'")
    "$ATTEST" remediation edit "$id" action="Ask Bob to hold the board meeting" due_at=2030-01-02 >/dev/null
    drop=$(value_of "SELECT id FROM remediation WHERE gap = 'register:vendor'")
    "$ATTEST" remediation do drop "$drop" drop_reason="Nothing is bought" >/dev/null
    "$ATTEST" plan >/dev/null
    [ "$(value_of "SELECT action FROM remediation WHERE id = '$id'")" = "Ask Bob to hold the board meeting" ]
    [ "$(value_of "SELECT state FROM remediation WHERE id = '$drop'")" = dropped ]
}

@test "an item closes when its gap is gone, and opens when it is back" {
    company
    "$ATTEST" plan >/dev/null
    id=$(value_of "SELECT id FROM remediation WHERE gap = 'control:GV-02'")
    [ -n "$id" ]
    "$ATTEST" control edit GV-02 reason="There is nobody to sanction" >/dev/null
    "$ATTEST" control do exclude GV-02 >/dev/null
    run "$ATTEST" plan --json
    [[ $output == *'"closed":1'* ]]
    [ "$(value_of "SELECT state FROM remediation WHERE id = '$id'")" = done ]
    "$ATTEST" control do operate GV-02 >/dev/null
    run "$ATTEST" plan --json
    [[ $output == *'"reopened":1'* ]]
    [ "$(value_of "SELECT state FROM remediation WHERE id = '$id'")" = open ]
}

@test "risks are counted where they stand, and what has no score is told apart" {
    company
    "$ATTEST" risk add title="Keys are lost" likelihood=4 impact=5 owner=ann >/dev/null
    "$ATTEST" risk add title="Nobody looked at this one" >/dev/null
    run "$ATTEST" report risk
    [ "$status" -eq 0 ]
    [[ $output == *"Keys are lost"* ]]
    [[ $output == *"no score"* ]]
    "$ATTEST" report risk --format json | python3 -c '
import json, sys
rows = json.load(sys.stdin)["parts"][0]["rows"]
assert rows[1]["5 severe"] == "1", rows'
    run "$ATTEST" report treatment
    [[ $output == *"no date"* ]]
    run "$ATTEST" report nonsense
    [ "$status" -eq 2 ]
}
