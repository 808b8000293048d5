#!/usr/bin/env bats
# Records in files: what spreadsheets write is read; what is wrong is told line by line; all or nothing.
load helper

program() {
    "$ATTEST" init . --name Example >/dev/null
    "$ATTEST" person add me name=Me login="$(id -un)" permission=owner >/dev/null
}

# Everything that is stored of a type, for before and after.
all() { "$ATTEST" sql --format csv "SELECT * FROM $1_history" | sort; }

refused() {
    local want=$1 type=$2 before; before=$(all "$type")
    shift
    run "$ATTEST" "$@"
    [ "$status" -eq "$want" ] || { echo "$*: $status $output"; false; }
    [ "$(all "$type")" = "$before" ]
}

@test "a file comes back the same after it went out, also what a spreadsheet would run" {
    program
    printf 'title,description,likelihood\r\n"=cmd|'"'"' /C calc'"'"'!A0","two\nlines, ""quoted""",2\r\n-1,+x,1\r\n' >in.csv
    "$ATTEST" risk import in.csv
    "$ATTEST" risk export out.csv
    grep -q "\"'=cmd" out.csv && grep -q "\"'-1\"" out.csv
    before=$(all risk)
    run "$ATTEST" risk import out.csv
    [ "$status" -eq 0 ] && [[ "$output" == *"0 added, 0 changed, 2 as they were"* ]]
    "$ATTEST" risk export out.json && "$ATTEST" risk import out.json
    python3 -c 'import json; r=json.load(open("out.json")); assert r[0]["title"].startswith("=cmd") and r[1]["title"]=="-1"'
    [ "$(all risk)" = "$before" ]
}

@test "a byte order mark, semicolons, TABs and names as people write them are understood" {
    program
    printf '\357\273\277id;Name;Starts at\r\nann;Ann;2026-01-05\r\n' >a.csv
    printf 'sep=\t\nid\tname\nbob\tBob; the builder\n' >b.csv
    "$ATTEST" person import a.csv && "$ATTEST" person import b.csv
    run "$ATTEST" person list --columns name,starts_at
    [[ "$output" == *"5 Jan 2026"* ]] && [[ "$output" == *"Bob; the builder"* ]]
}

@test "rows may name rows that come later, and known rows change only the columns given" {
    program
    printf 'id,name,manager,team\na,A,b,x\nb,B,,y\n' >p.csv
    "$ATTEST" person import p.csv
    printf 'id,team\na,z\n' | "$ATTEST" person import -
    "$ATTEST" person show a --json | python3 -c 'import json,sys; f=json.load(sys.stdin)["fields"]; assert f["team"]=="z" and f["manager"]=="b" and f["name"]=="A"'
}

@test "every bad line is told with its number and field, and nothing is kept" {
    program
    cat >bad.csv <<'R'
id,name,manager,starts_at,state
a,A,nobody,yesterday,active
a,B,,,
c,C
d,"D",a,2026-01-01,planned
e,E,a,2026-13-01,
R
    printf 'f,F\377,,,\n' >>bad.csv
    refused 3 person import bad.csv
    for part in 'line 2, manager' 'line 2, starts_at' 'line 2, state' 'line 3, id: "a" stands on line 2' 'line 4: column 4: fewer cells' \
        'line 6, starts_at' 'line 7: column 4: no UTF-8' '7 faults in 6 rows'; do
        [[ "$output" == *"$part"* ]] || { echo "$part: $output"; false; }
    done
    run "$ATTEST" person import bad.csv --json
    python3 -c 'import json,sys; d=json.loads(sys.argv[1]); assert d["n_faults"]==7 and d["faults"][0]["line"]==2' "$output"
}

@test "thousands of bad lines are counted exactly and shown in part" {
    program
    { echo id,name,starts_at; seq 1 3000 | sed 's/.*/p&,P,never/'; } >bad.csv
    refused 3 person import bad.csv
    [[ "$output" == *"3000 faults in 3000 rows"* ]] && [[ "$output" == *"and 2960 more"* ]]
    [ "${#lines[@]}" -lt 60 ]
}

@test "a wrong separator, header, kind of file or open quote is told as what it is" {
    program
    printf 'id|name\nx|y\n' >f && refused 3 person import f && [[ "$output" == *"comma, semicolon or TAB"* ]]
    printf 'id,nme,team,team\nx,y,z,z\n' >f && refused 3 person import f && [[ "$output" == *"nme"*"two columns"* || "$output" == *"team"*"nme"* ]]
    printf '\377\376i\0d\0' >f && refused 3 person import f && [[ "$output" == *UTF-16* ]]
    printf 'PK\003\004xxxx' >f && refused 3 person import f && [[ "$output" == *workbook* ]]
    printf 'id,name\na,"open\nb,c\n' >f && refused 3 person import f && [[ "$output" == *"line 2, column 3"*"never closed"* ]]
    : >f && refused 3 person import f && [[ "$output" == *empty* ]]
    printf '[{"id":"x","name":1.5}]' >f.json && refused 3 person import f.json && [[ "$output" == *"line 1"* ]]
    printf '{"id":"x","name":"X","team":["a"]}\n' >f.json && refused 3 person import f.json && [[ "$output" == *"line 1, team"* ]]
    refused 4 person import missing.csv
    refused 3 person import .
}

@test "a dry run tells everything and keeps nothing" {
    program
    printf 'id,name\na,A\n' >p.csv
    before=$(all person)
    run "$ATTEST" person import p.csv --dry-run
    [ "$status" -eq 0 ] && [[ "$output" == *"1 would be added"* ]]
    [ "$(all person)" = "$before" ]
}

@test "states of another system are kept by an owner who says so, and the history says it" {
    program
    "$ATTEST" person add bob name=Bob permission=manager >/dev/null
    printf 'id,name,state,left_at,ends_at\nold,Old,left,2025-01-02,2025-01-01\n' >p.csv
    refused 3 person import p.csv
    [[ "$output" == *"line 2, state"* ]] && [[ "$output" == *"line 2, left_at"* ]]
    refused 5 person import p.csv --migrate --as bob
    "$ATTEST" person import p.csv --migrate
    run "$ATTEST" person history old
    [[ "$output" == *"as imported"* ]] && [[ "$output" == *left* ]]
}

@test "a file of more than 100 MB is read; more rows or text than an import takes are refused" {
    program
    { echo title,description; yes "A risk,$(head -c 900 /dev/zero | tr '\0' d)" | head -n 120000; } >big.csv
    [ "$(stat -c %s big.csv)" -gt 100000000 ]
    run "$ATTEST" risk import big.csv --dry-run
    [ "$status" -eq 0 ] && [[ "$output" == *"120000 would be added"* ]]
    { echo id,name; seq 1 200001 | sed 's/.*/p&,P/'; } >many.csv
    refused 7 person import many.csv
    [[ "$output" == *"200000 rows"* ]]
}

@test "people are reconciled: joiners, movers, leavers, and headcount comes out" {
    program
    cat >hr.csv <<'R'
Number;Full name;team;job title;manager;First day;ends_at;Salary;permission
e1;Ann;Lead;CEO;;2020-01-01;;9;owner
e2;Bob;Dev;Engineer;e1;2021-01-01;;9;owner
e3;Cid;Dev;Engineer;e1;2021-01-01;;9;owner
e4;Dan;Ops;Engineer;e5;2021-01-01;;9;owner
e5;Eve;Ops;Engineer;e1;2021-01-01;;9;owner
e6;Fay;Ops;Engineer;e4;2099-01-01;;9;owner
e7;Old;Ops;Engineer;;2011-01-01;2019-01-01;9;owner
R
    maps=(--map id=Number --map "name=Full name" --map "starts_at=First day")
    refused 3 person sync hr.csv
    refused 3 person sync hr.csv --map id=Number --map name=Nonsense
    refused 2 person sync hr.csv --map permission=permission
    run "$ATTEST" person sync hr.csv "${maps[@]}"
    [ "$status" -eq 0 ]
    [[ "$output" == *"opening 0 + joiners 5 - leavers 0 = closing 5"*"the file counts 5"* ]]
    [[ "$output" == *"passed over"*"Salary, permission"* ]]
    [ "$("$ATTEST" person list --where permission=owner --format csv | wc -l)" -eq 2 ]
    sed '/^e3/d; s/^e2;Bob;Dev/e2;Bob;Ops/' hr.csv >next.csv
    run "$ATTEST" person sync next.csv "${maps[@]}" --leavers report
    [[ "$output" == *"moves"*"e2: team"* ]] && [[ "$output" == *"is not in the file"*e3* ]] && [[ "$output" == *"closing 5"* ]]
    run "$ATTEST" person sync next.csv "${maps[@]}"
    [[ "$output" == *"leaves"*e3* ]] && [[ "$output" == *"5 + joiners 0 - leavers 1 = closing 4"* ]]
    [ "$("$ATTEST" person show e3 --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["fields"]["state"])')" = left ]
    run "$ATTEST" person sync next.csv "${maps[@]}"
    [[ "$output" == *"Nothing changed"* ]]
    sed '/^e[45]/d' next.csv | sed 's/;e4;/;;/' >less.csv
    refused 3 person sync less.csv "${maps[@]}"
    [[ "$output" == *"more than a fifth"* ]]
    "$ATTEST" person sync less.csv "${maps[@]}" --force >/dev/null
    "$ATTEST" verify >/dev/null
}
