#!/usr/bin/env bats
# What somebody with sqlite3 in hand might try, beyond altering a row.
load helper

filled() {
    workspace_with <<'R'
{"begin":"account","mode":"snapshot"}
{"system":"web1","login":"ann","kind":"human","active":true,"mfa":false,"uid":0,"password_state":"set"}
{"system":"web1","login":"bob","kind":"human","active":true,"mfa":true,"uid":1001,"password_state":"set"}
{"end":"account","status":"ok"}
R
    "$ATTEST" collect >/dev/null
    run "$ATTEST" verify
    [ "$status" -eq 0 ]
    sqlite3 .attest/attest.db "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
    cp -r .attest keep
}

# altered SQL TEXT: after SQL, verify fails and says TEXT.
altered() {
    rm -rf .attest && cp -r keep .attest
    sqlite3 .attest/attest.db "$1"
    run "$ATTEST" verify
    [ "$status" -eq 1 ] || { echo "not noticed: $1"; return 1; }
    [[ "$output" == *"$2"* ]] || { echo "$output"; return 1; }
}

@test "a boolean that is neither 0 nor 1" {
    filled
    altered "UPDATE account_h SET mfa = 2 WHERE login = 'bob'" "web1/bob (version 2)"
    altered "UPDATE account_h SET mfa = -1 WHERE login = 'bob'" "web1/bob (version 2)"
}

@test "a commit before the first, one far ahead" {
    filled
    altered "INSERT INTO commits VALUES (-1, 5, 'eve', 'collect', '', 'x')" "commit -1 was put in"
    altered "INSERT INTO commits VALUES (9000000000000, 5, 'eve', 'collect', '', 'x')" "are missing from the store"
}

@test "an end or an erasure by no commit" {
    filled
    altered "UPDATE account_h SET closed_by = -1 WHERE login = 'ann'" "end was altered"
    altered "UPDATE account_h SET erased_by = -5 WHERE login = 'ann'" "no commit erased it"
}

@test "a view that shows something else, one that is gone" {
    filled
    altered "DROP VIEW account; CREATE VIEW account AS SELECT system, login, 1 AS mfa, row_source AS source, valid_from FROM account_h" \
        "the view account in the database"
    altered "DROP VIEW account" "the view of account is missing"
}

@test "a trigger, an index of another kind" {
    filled
    altered "CREATE TRIGGER t AFTER INSERT ON account_h BEGIN UPDATE account_h SET mfa = 1; END" "the trigger t in the database"
    altered "DROP INDEX account_current; CREATE INDEX account_current ON account_h (login)" "the index account_current"
    altered "DROP INDEX task_own; CREATE INDEX task_own ON task_h (title) WHERE valid_to = 9223372036854775807" "the index task_own"
    altered "DROP INDEX commits_at; CREATE INDEX commits_at ON commits (seq)" "the index commits_at"
}

@test "a table that takes any type: text in the place of a number" {
    filled
    altered "CREATE TABLE other AS SELECT * FROM account_h; DROP VIEW account; DROP TABLE account_h;
             ALTER TABLE other RENAME TO account_h; UPDATE account_h SET uid = 'x' WHERE login = 'ann'" "web1/ann (version 1)"
    altered "CREATE TABLE other AS SELECT * FROM account_h; DROP VIEW account; DROP TABLE account_h;
             ALTER TABLE other RENAME TO account_h; UPDATE account_h SET password_state = CAST('set' AS BLOB)" "web1/ann (version 1)"
    altered "CREATE TABLE other AS SELECT * FROM account_h; DROP VIEW account; DROP TABLE account_h;
             ALTER TABLE other RENAME TO account_h" "the table account_h in the database"
}

@test "a column that is computed or compared in another way; a field of such a name is none" {
    filled
    altered "ALTER TABLE account_h ADD COLUMN x INTEGER GENERATED ALWAYS AS (1)" "table account_h"
    altered "ALTER TABLE account_h ADD COLUMN x INTEGER AS(1)" "table account_h"
    altered "ALTER TABLE account_h ADD COLUMN x TEXT COLLATE NOCASE" "table account_h"
    rm -rf .attest && cp -r keep .attest
    [[ "$(sqlite3 .attest/attest.db '.schema remediation_h')" == *generated_at* ]]
    "$ATTEST" verify
}

@test "a table that is a view" {
    filled
    altered "DROP VIEW account; ALTER TABLE account_h RENAME TO other;
             CREATE VIEW account_h AS SELECT * FROM other; CREATE VIEW account AS SELECT * FROM account_h" "the view account_h in the database"
}

@test "an index that lost a row" {
    filled
    rm -rf .attest && cp -r keep .attest
    sqlite3 .attest/attest.db "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'WHERE valid_to', 'WHERE login <> ''bob'' AND valid_to') WHERE name = 'account_current'" ".exit"
    sqlite3 .attest/attest.db "REINDEX account_current"
    sqlite3 .attest/attest.db "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'login <> ''bob'' AND ', '') WHERE name = 'account_current'"
    run "$ATTEST" verify
    [ "$status" -eq 1 ]
    [[ "$output" == *"damaged or was altered beneath"* ]]
}
