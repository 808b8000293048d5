#!/usr/bin/env bats
# Records through the command line: every verb, who may, and what is refused.
load helper

# Two owners, a manager and a member; "me" is who runs the tests.
program() {
    "$ATTEST" init . --name Example >/dev/null
    "$ATTEST" person add me name=Me login="$(id -un)" permission=owner >/dev/null
    "$ATTEST" person add ann name=Ann permission=owner >/dev/null
    "$ATTEST" person add bob name=Bob permission=manager >/dev/null
    "$ATTEST" person add cid name=Cid permission=member >/dev/null
}

# What is stored, as one number, and how many commits there are.
commits() { "$ATTEST" sql --format csv 'SELECT count(*) AS n FROM commits' | tail -n 1 | tr -d '"\r'; }

refused() {
    local want=$1 before; before=$(commits)
    shift
    run "$ATTEST" "$@"
    [ "$status" -eq "$want" ] || { echo "$*: $status $output"; false; }
    [ "$(commits)" = "$before" ]
}

@test "a record is added, shown, edited, moved on, and its history told" {
    program
    [ "$("$ATTEST" risk add title='Lost laptop' likelihood=3 impact=4 owner=ann)" = RISK-1 ]
    "$ATTEST" risk edit RISK-1 impact=5 --reason 'customer data on it'
    "$ATTEST" risk do assess RISK-1
    run "$ATTEST" risk show RISK-1
    [[ "$output" == *"RISK-1  assessed"* ]] && [[ "$output" == *"inherent_score       15"* ]]
    [[ "$output" == *"What may be done next"*"treat"* ]]
    awk 'length > 80 { exit 1 }' <<<"$output"
    run "$ATTEST" risk history RISK-1
    [[ "$output" == *"customer data on it"* ]] && [[ "$output" == *"4 -> 5"* ]] && [[ "$output" == *"identified -> assessed"* ]]
    "$ATTEST" risk show RISK-1 --json | python3 -c 'import json,sys; r=json.load(sys.stdin); assert r["fields"]["inherent_score"]==15 and r["fields"]["plan"] is None'
    "$ATTEST" verify >/dev/null
}

@test "a list is filtered, sorted and cut, and says what it does not show" {
    program
    for i in 1 2 3 4 5 6 7 8 9 10; do echo "Risk $i,$((i % 5 + 1)),$((i % 3 + 1)),$([ $((i % 2)) = 0 ] && echo ann)"; done |
        sed '1i title,likelihood,impact,owner' >risks.csv
    "$ATTEST" risk import risks.csv
    [ "$("$ATTEST" risk list --where owner=ann --format csv | wc -l)" -eq 6 ]
    [ "$("$ATTEST" risk list --where owner=? --where 'likelihood>3' --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["total"])')" -eq 2 ]
    [ "$("$ATTEST" risk list --sort=-inherent_score,id --columns inherent_score --format csv | sed -n 2p | tr -d '\r')" = "RISK-8,12" ]
    run "$ATTEST" risk list --limit 3
    [[ "$output" == *"(3 of 10 rows; --all shows all)"* ]]
    run "$ATTEST" risk list --where 'title~RISK 1'
    [[ "$output" == *"RISK-10"* ]] && [[ "$output" == *"(2 rows)"* ]]
    run "$ATTEST" risk list --where nonsense=1
    [ "$status" -eq 2 ]
    run "$ATTEST" risk list --sort nonsense
    [ "$status" -eq 2 ]
    run "$ATTEST" vendor list
    [[ "$output" == *"No vendor is kept yet"*"attest vendor add"* ]]
    awk 'length > 80 { exit 1 }' <<<"$output"
}

@test "as of a moment before, a record is as it was then" {
    program
    "$ATTEST" risk add title=One >/dev/null
    then=$(date -u +%Y-%m-%dT%H:%M:%S.%6NZ)
    "$ATTEST" risk edit RISK-1 title=Two
    run "$ATTEST" risk show RISK-1 --as-of "$then"
    [[ "$output" == *"As it was"* ]] && [[ "$output" == *One* ]] && [[ "$output" != *Two* ]]
    run "$ATTEST" risk list --as-of "$then"
    [[ "$output" == *One* ]]
}

@test "every wrong field is told at once, and nothing is kept" {
    program
    refused 3 risk add title= likelihood=9 owner=nobody treatment=perhaps nonsense=1 state=closed treatment_due_at=12.3.2026
    for part in likelihood owner treatment nonsense state treatment_due_at "7 things are wrong"; do [[ "$output" == *"$part"* ]]; done
    refused 3 risk add title=x title=y
    refused 3 comment add subject=risk/RISK-9 body=x
    refused 4 risk edit RISK-9 title=x
    refused 4 risk show RISK-9
    refused 2 risk edit RISK-9
    refused 2 risk nonsense
    run "$ATTEST" risk add title= likelihood=9 --json
    [ "$status" -eq 3 ]
    python3 -c 'import json,sys; d=json.loads(sys.argv[1]); assert d["error"]=="invalid" and len(d["faults"])==2' "$output"
}

@test "the second of two edits made from one version gets both versions to see" {
    program
    "$ATTEST" risk add title=One >/dev/null
    version=$("$ATTEST" risk show RISK-1 --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["version"])')
    "$ATTEST" risk edit RISK-1 title=Two --expect "$version"
    refused 6 risk edit RISK-1 title=Three --expect "$version"
    [[ "$output" == *Two* ]] && [[ "$output" == *Three* ]]
}

@test "the wrong role and the same person are refused, and told who may" {
    program
    "$ATTEST" risk add title=One owner=bob >/dev/null
    refused 5 risk add title=Two --as cid
    [[ "$output" == *"contributor"* ]]
    refused 5 risk do close RISK-1 close_reason=gone --as bob
    [[ "$output" == *"separation of duties"* ]]
    refused 5 risk do treat RISK-1
    "$ATTEST" risk do close RISK-1 close_reason=gone --as ann
    refused 5 risk edit RISK-1 title=Two
    refused 4 risk list --as nobody
}

@test "many are updated by a filter, in one commit or none" {
    program
    for i in 1 2 3; do "$ATTEST" risk add title="Risk $i" >/dev/null; done
    before=$(commits)
    run "$ATTEST" risk update --where owner=? owner=bob --dry-run
    [ "$status" -eq 0 ] && [[ "$output" == *RISK-3* ]] && [ "$(commits)" = "$before" ]
    "$ATTEST" risk update --where owner=? owner=bob
    [ "$(commits)" -eq $((before + 1)) ]
    refused 3 risk update --where owner=bob likelihood=6
    refused 2 risk update owner=ann
    refused 4 risk update --where owner=cid owner=ann
}

@test "a step is taken for many at once, or for none" {
    program
    "$ATTEST" risk add title=One likelihood=1 impact=1 owner=ann >/dev/null
    "$ATTEST" risk add title=Two >/dev/null
    refused 5 risk do assess RISK-1 RISK-2
    [[ "$output" == *RISK-2* ]]
    "$ATTEST" risk do assess RISK-1 RISK-2 owner=ann likelihood=2 impact=2
    [ "$("$ATTEST" risk list --where state=assessed --format csv | wc -l)" -eq 3 ]
    refused 3 risk do fly RISK-1
    [[ "$output" == *"no step"*assess* ]]
}

@test "comments and links stand with the record" {
    program
    "$ATTEST" risk add title=One >/dev/null
    [ "$("$ATTEST" risk comment RISK-1 'Is this still so?')" = COM-1 ]
    [ "$("$ATTEST" risk link RISK-1 'owned by' person/ann)" = LINK-1 ]
    run "$ATTEST" risk show RISK-1
    [[ "$output" == *"Is this still so?"* ]] && [[ "$output" == *"owned by person/ann"* ]]
    refused 3 risk link RISK-1 'caused by' risk/RISK-9
    refused 3 vendor unlink LINK-1
    "$ATTEST" risk unlink LINK-1
    run "$ATTEST" risk show RISK-1
    [[ "$output" != *"owned by"* ]]
}

@test "a value may come from a file or from standard input" {
    program
    printf 'one\ntwo\n' >text
    "$ATTEST" risk add title=x description=@text plan=@- <text >/dev/null
    "$ATTEST" risk edit RISK-1 title=@@home
    "$ATTEST" risk show RISK-1 --json | python3 -c 'import json,sys; f=json.load(sys.stdin)["fields"]; assert f["description"]==f["plan"]=="one\ntwo" and f["title"]=="@home"'
    printf '\377' >text
    refused 3 risk edit RISK-1 description=@text
    refused 4 risk edit RISK-1 description=@missing
    head -c 70000 /dev/zero | tr '\0' x >text
    refused 7 risk edit RISK-1 description=@text
}

@test "evidence is attached, given back, and told when it lies, is missing or damaged" {
    program
    "$ATTEST" risk add title=One >/dev/null
    printf 'a,b\n1,2\n' >table.csv
    [ "$("$ATTEST" risk attach RISK-1 table.csv --from 2026-01-01 --origin wiki)" = EV-1 ]
    [ "$("$ATTEST" risk attach RISK-1 --statement 'Looked at it')" = EV-2 ]
    [ "$("$ATTEST" evidence get EV-1 -o -)" = "$(cat table.csv)" ]
    mkdir out && (cd out && "$ATTEST" evidence get EV-1 && cmp table.csv ../table.csv)
    files=$(find .attest/blobs -type f | wc -l)
    cp table.csv table.pdf
    refused 3 risk attach RISK-1 table.pdf
    [[ "$output" == *"called a PDF document"*"plain text"* ]]
    refused 3 risk attach RISK-1 /bin/true
    refused 3 risk attach RISK-9 table.csv
    refused 3 risk attach RISK-1
    refused 4 risk attach RISK-1 missing.txt
    printf 'other\n' >other.txt
    refused 3 risk attach RISK-1 other.txt --from yesterday
    truncate -s 65M big.bin
    refused 7 risk attach RISK-1 big.bin
    [ "$(find .attest/blobs -type f | wc -l)" -eq "$files" ]
    refused 4 evidence get EV-2
    file=$(find .attest/blobs -type f)
    cp "$file" kept
    chmod u+w "$file" && printf x >>"$file"
    refused 11 evidence get EV-1
    rm "$file"
    refused 4 evidence get EV-1
    cp kept "$file"
    sed -i 's/[0-9a-f]/0/g' .attest/keys/blob.key && sed -i '1s/.*/attest-blob-key-1 0000000000000000000000000000000000000000000000000000000000000000/' .attest/keys/blob.key
    refused 5 evidence get EV-1
    mv .attest/keys/blob.key aside
    refused 4 evidence get EV-1
    [[ "$output" == *blob.key* ]]
}

@test "every type explains itself, in 80 columns, and an empty one can be listed and verified" {
    program
    "$ATTEST" types --json | python3 -c 'import json,sys; print("\n".join(t["type"] for t in json.load(sys.stdin)))' >types
    [ "$(wc -l <types)" -gt 60 ]
    while read -r type; do
        "$ATTEST" "$type" --help >help || { echo "$type"; false; }
        awk -v t="$type" 'length > 80 { print t ": " $0; exit 1 }' help
        grep -q '^Fields' help
    done <types
    for verb in list show add edit update do history comment link unlink attach import export; do
        run "$ATTEST" risk $verb --help
        [ "$status" -eq 0 ]
        awk 'length > 80 { exit 1 }' <<<"$output"
    done
    "$ATTEST" verify >/dev/null
}
