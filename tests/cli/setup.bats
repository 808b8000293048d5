#!/usr/bin/env bats
# A new company answers a few questions and has a program it can start on.
load helper

answers() {
    printf '%s\n' 'name: Acme' 'service: Acme Cloud' 'owner: Ann Lee' 'email: ann@acme.example' 'categories: availability' >answers
}

@test "answers from a file set up categories, policies, controls, courses, roles and tasks" {
    answers
    run "$ATTEST" init --answers answers
    [ "$status" -eq 0 ]
    [[ $output == *"policies as drafts"* ]]
    [ "$(value_of 'SELECT count(*) FROM category')" = 5 ]
    [ "$(value_of "SELECT count(*) FROM policy WHERE state <> 'draft'")" = 0 ]
    [ "$(value_of "SELECT count(*) FROM control WHERE owner IS NULL")" = 0 ]
    [ "$(value_of "SELECT count(*) FROM task WHERE state = 'open'")" -gt 10 ]
    [ "$(value_of "SELECT count(*) FROM policy_version WHERE body LIKE '%Acme%'")" -gt 0 ]
    [ "$(value_of "SELECT count(*) FROM policy_version WHERE body LIKE '%{{%'")" = 0 ]
    "$ATTEST" verify
    run "$ATTEST" status
    [[ $output == *"Privacy"*"18"* ]]
}

@test "what is out of scope does not apply, what is planned is a gap, nothing passes unseen" {
    answers
    "$ATTEST" init --answers answers
    "$ATTEST" collect host >/dev/null || true
    "$ATTEST" assess >/dev/null || true
    [ "$(value_of "SELECT count(*) FROM criterion_result WHERE criterion LIKE 'P%' AND state = 'not_applicable'")" = 23 ]
    [ "$(value_of "SELECT count(*) FROM criterion_result WHERE state IN ('pass', 'attested')")" = 0 ]
}

@test "a program is set up once, and also after a bare init" {
    "$ATTEST" init >/dev/null
    answers
    run "$ATTEST" setup --answers answers
    [ "$status" -eq 0 ]
    run "$ATTEST" setup --answers answers
    [ "$status" -eq 6 ]
    run "$ATTEST" tick
    [ "$status" -eq 0 ]
    [[ $output == "0 tasks opened, 0 closed"* ]]
}

@test "wrong answers make nothing" {
    printf 'servce: x\n' >answers
    run "$ATTEST" init --answers answers
    [ "$status" -eq 3 ]
    [[ $output == *"answers:1:"* ]]
    run "$ATTEST" init --service x --owner y --email nobody
    [ "$status" -eq 2 ]
    run "$ATTEST" init --service x --owner y --email a@b.example --categories speed
    [ "$status" -eq 2 ]
    [[ $output == *"is no category"* ]]
    run "$ATTEST" init --service x
    [ "$status" -eq 2 ]
    [[ $output == *"--owner is missing"* ]]
    [ ! -e .attest ]
}

@test "on a terminal six questions are asked" {
    needs_terminal
    printf 'Acme\nAcme Cloud\nAnn Lee\nann@acme.example\nprivacy\n\n' >typed
    run script -qec "$ATTEST init" /dev/null <typed
    [ "$status" -eq 0 ]
    [[ $output == *"What is the organisation called?"* ]]
    [ "$(value_of "SELECT in_scope FROM category WHERE id = 'privacy'")" = true ] ||
        [ "$(value_of "SELECT in_scope FROM category WHERE id = 'privacy'")" = 1 ]
}

@test "tests that serve nothing in scope stand aside, and are still run" {
    answers
    "$ATTEST" init --answers answers >/dev/null
    run "$ATTEST" status
    [[ $output == *"serve only criteria that were declared not to apply"* ]]
    [[ $output != *"privacy."* ]]
    [[ $output == *"Registers that nobody keeps yet:"* ]]
    "$ATTEST" assess --format json >assessed || true
    python3 -c '
import json
tests = {t["test"]: t for t in json.load(open("assessed"))["tests"]}
assert any(t.get("aside") for n, t in tests.items() if n.startswith("privacy."))
assert not any(t.get("aside") for n, t in tests.items() if n.startswith("policy."))'
}
