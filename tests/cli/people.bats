#!/usr/bin/env bats
# A person is hired, checked, trained and leaves; a policy is written, approved and accepted.
# Each rule that is kept makes its test pass, and breaking it makes it fail again.
load helper

day() { date -u -d "$1 days" +%F; }

accounts() {
    feed <<R
{"begin":"account","mode":"snapshot"}
{"system":"idp","login":"ann@acme.example","kind":"human","active":true}
{"system":"idp","login":"bob@acme.example","kind":"human","active":$1}
{"end":"account","status":"ok"}
R
    "$ATTEST" collect >/dev/null
}

# Ann leads, Bob began 20 days ago; eve is known and does not work here.
company() {
    workspace_with </dev/null
    "$ATTEST" person add ann name=Ann kind=employee email=ann@acme.example permission=owner login="$(id -un)" starts_at="$(day -900)"
    "$ATTEST" person add bob name=Bob kind=employee email=bob@acme.example permission=manager manager=ann starts_at="$(day -20)"
    "$ATTEST" person add cid name=Cid kind=employee email=cid@acme.example permission=manager manager=ann starts_at="$(day -900)"
    for p in ann bob cid; do "$ATTEST" person do start $p; done
    accounts true
}

# The state of a test, as `assess` gives it.
is() {
    run "$ATTEST" --json assess "$1"
    [[ $output == *"\"state\":\"$2\""* ]] || { echo "$1 is not $2: $output"; false; }
}

@test "a joiner is checked before the first day, or the test says so" {
    company
    is people.background-check no_data
    "$ATTEST" background_check add person=bob
    is people.background-check fail
    run "$ATTEST" background_check do complete BGC-1 result=clear completed_at="$(day +3)"
    [ "$status" -ne 0 ]
    [[ $output == *"has not come yet"* ]]
    run "$ATTEST" background_check do complete BGC-1 result=clear completed_at="$(day -30)" --as bob
    [[ $output == *"separation of duties"* ]]
    "$ATTEST" background_check do complete BGC-1 result=clear completed_at="$(day -30)"
    is people.background-check pass
    "$ATTEST" person edit bob starts_at="$(day -40)"
    is people.background-check fail
}

@test "a policy is approved by someone else, and each person accepts exactly its text" {
    company
    "$ATTEST" policy add acceptable-use title="Acceptable use" owner=ann acceptance_required=true
    "$ATTEST" policy_version add policy=acceptable-use version=1 body="Lock your screen."
    "$ATTEST" policy_version do submit PV-1
    run "$ATTEST" policy_version do approve PV-1
    [[ $output == *"you are the author yourself"* ]]
    "$ATTEST" policy_version do approve PV-1 --as bob
    "$ATTEST" policy_version do publish PV-1
    is policy.approved pass
    is policy.published pass
    is policy.in-date pass
    "$ATTEST" tick >/dev/null
    [ "$(value_of "SELECT count(*) FROM task WHERE duty = 'policy-accept' AND state = 'open'")" = 3 ]
    "$ATTEST" acceptance add person=bob policy_version=PV-1
    run "$ATTEST" acceptance do accept ACC-1
    [[ $output == *"only bob may do it, in person"* ]]
    "$ATTEST" acceptance do accept ACC-1 --as bob
    [ "$(value_of 'SELECT digest FROM acceptance')" = "$(printf 'Lock your screen.' | sha256sum | cut -d' ' -f1)" ]
    "$ATTEST" tick >/dev/null
    [ "$(value_of "SELECT count(*) FROM task WHERE duty = 'policy-accept' AND state = 'open'")" = 2 ]
    run "$ATTEST" policy_version edit PV-1 body="Leave it open."
    [ "$status" -ne 0 ]
    "$ATTEST" policy_version add policy=acceptable-use version=2 body="Lock your screen, always."
    "$ATTEST" policy_version do submit PV-2
    "$ATTEST" policy_version do approve PV-2 --as bob
    "$ATTEST" policy_version do publish PV-2
    [ "$(value_of "SELECT state FROM policy_version WHERE id = 'PV-1'")" = retired ]
    is policy.published pass
    "$ATTEST" tick >/dev/null
    [ "$(value_of "SELECT count(*) FROM task WHERE duty = 'policy-accept' AND state = 'open'")" = 3 ]
}

@test "a course is passed with its score, or not at all" {
    company
    "$ATTEST" course add security-basics title="Security basics" topic=security_awareness owner=ann body=Text pass_score=80
    "$ATTEST" course do activate security-basics
    "$ATTEST" training add person=bob course=security-basics due_at="$(day +10)"
    is people.training-overdue pass
    run "$ATTEST" training do complete TRN-1 score=79 completed_at="$(day -1)"
    [ "$status" -ne 0 ]
    [[ $output == *"at least pass_score"* ]]
    "$ATTEST" training do complete TRN-1 score=80 completed_at="$(day -1)"
    is people.training-passed pass
    "$ATTEST" training add person=cid course=security-basics due_at="$(day -2)"
    is people.training-overdue fail
}

@test "who leaves loses the account, or the test says so" {
    company
    is people.leaver-accounts not_applicable
    "$ATTEST" person do leave bob ends_at="$(day -3)"
    [ "$(value_of "SELECT count(*) FROM checklist_item WHERE person = 'bob' AND kind = 'offboarding' AND category = 'access' AND state = 'open'")" -gt 2 ]
    [ "$(value_of "SELECT count(*) FROM checklist_item WHERE person = 'bob' AND kind = 'offboarding' AND category = 'equipment'")" -gt 0 ]
    is people.checklists pass
    is people.leaver-accounts fail
    is people.offboarding fail
    accounts null
    is people.leaver-accounts no_data
    accounts false
    is people.leaver-accounts pass
    accounts true
    is people.leaver-accounts fail
}

@test "the board meets with somebody independent and writes it down" {
    company
    is governance.board-met no_data
    "$ATTEST" meeting add kind=board title=Board planned_at="$(day -10)"
    is governance.board-met fail
    "$ATTEST" meeting do hold MEET-1 held_at="$(day -10)" chair=ann attendees="ann; eve, adviser"
    run "$ATTEST" meeting do minute MEET-1 minutes="Talked."
    [ "$status" -ne 0 ]
    [[ $output == *"independent_present"* ]]
    "$ATTEST" meeting do minute MEET-1 minutes="Talked." independent_present=true security_discussed=true
    is governance.board-met pass
    is governance.minutes pass
    "$ATTEST" action_item add title="Fix backups" subject=meeting/MEET-1 owner=bob due_at="$(day -2)"
    is governance.actions-overdue fail
    run "$ATTEST" action_item do cancel ACT-1 remark="not now" --as bob
    [[ $output == *"you are the owner yourself"* ]]
    "$ATTEST" action_item do finish ACT-1 remark="Fixed" --as bob
    is governance.actions-overdue not_applicable
    is governance.actions-in-time fail
}
