#!/usr/bin/env bats
# People over a quarter: what is done in its time passes, and breaking one rule moves it back.
load quarter

@test "a joiner is checked in time, and every step of the list has somebody and a day" {
    company
    hire
    is people.background-check pass
    is people.checklists pass
    bea person add eve name="Eve Lum" kind=employee email=eve@acme.example permission=member manager=bea starts_at="$(day -1)"
    bea person do start eve
    is people.background-check fail
    ann tick >/dev/null
    [ "$(one "SELECT count(*) FROM task t JOIN checklist_item c ON t.about = 'checklist_item/' || c.id WHERE c.person = 'eve' AND t.state = 'open'")" -gt 5 ]
    steps_done eve onboarding "state = 'open'"
    ann tick >/dev/null
    [ "$(one "SELECT count(*) FROM task t JOIN checklist_item c ON t.about = 'checklist_item/' || c.id WHERE c.person = 'eve' AND t.state = 'open'")" = 0 ]
}

@test "training is passed in its time, or fails from the day it was due" {
    company
    train ann bea cid
    is people.training-passed pass
    is people.training-overdue pass not_applicable
    refused "at least pass_score" bea training do complete "$(bea training add person=cid course=privacy due_at="$(day 20)")" score=50 completed_at="$(day 0)"
    on_day 10
    ann tick >/dev/null
    [ "$(one "SELECT count(*) FROM task WHERE duty = 'training-pass' AND state = 'open' AND owner = 'cid'")" = 1 ]
    on_day 22
    is people.training-overdue fail
    bea training do complete TRN-4 score=80 completed_at="$(day 0)"
    is people.training-overdue pass not_applicable
    ann tick >/dev/null
    [ "$(one "SELECT count(*) FROM task WHERE duty = 'training-pass' AND state = 'open' AND owner = 'cid'")" = 0 ]
}

@test "a policy is approved by another and accepted by everyone, and a new text is accepted anew" {
    local version
    company
    version=$(one "SELECT id FROM policy_version WHERE policy = 'acceptable-use'")
    ann policy_version do submit "$version"
    refused "you are the author yourself" ann policy_version do approve "$version"
    refused "a manager or above" cid policy_version do approve "$version"
    bea policy_version do reject "$version" remark="Say what to do with a lost phone"
    publish acceptable-use ann bea
    is policy.approved pass
    is policy.published pass
    ann tick >/dev/null
    [ "$(tasks policy-accept)" = 1 ]
    on_day 40
    is policy.accepted fail
    accept cid "$version"
    is policy.accepted pass
    ann tick >/dev/null
    [ "$(tasks policy-accept)" = 0 ]
    ann policy_version add policy=acceptable-use version=2 body="Lock your screen, always." changes="Screens"
    publish acceptable-use bea cid
    on_day 75
    is policy.accepted fail
    accept ann "$(one "SELECT id FROM policy_version WHERE policy = 'acceptable-use' AND version = 2")"
    is policy.accepted pass
}

@test "who leaves is out of every system on the next day, or the test says so" {
    company
    hire
    leave
    on_day $((days_gone + 3))
    ann collect >/dev/null
    is people.leaver-accounts pass
    is people.offboarding pass
    [ "$(one "SELECT state FROM person WHERE id = 'dan'")" = left ]
    refused "dan" dan task list
    accounts ann bea cid dan
    is people.leaver-accounts fail
    accounts ann bea cid
    bea checklist_item do reopen "$(one "SELECT min(id) FROM checklist_item WHERE person = 'dan' AND kind = 'offboarding' AND category = 'access'")" remark="The VPN still let him in"
    on_day $((days_gone + 2))
    is people.offboarding fail
}
