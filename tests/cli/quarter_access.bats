#!/usr/bin/env bats
# Access and change over a quarter: asked for, approved by another, gone through, taken away; and what breaks it.
load quarter

@test "access is asked for by one, approved by another, granted after that" {
    company
    hire
    request_access
    is access.request-approved pass
    is access.role-matrix no_data
    bea person edit dan job_title=Engineer
    is access.role-matrix pass
    refused "may approve" dan access_request do approve "$(dan access_request add person=dan system=idp entitlement=admin privileged=true login=dan@acme.example reason=Why-not)"
    cid access_request add person=cid system=idp entitlement=admin privileged=true temporary=true expires_at="$(day 7)" login=cid@acme.example reason="Repair"
    refused "grant is for what is approved" cid access_request do grant AR-3
    bea access_request do approve AR-3
    cid access_request do grant AR-3
    is access.temporary-ended pass
    ann tick >/dev/null
    on_day $((days_gone + 8))
    is access.temporary-ended fail
    cid access_request do revoke AR-3 remark="Its time is up"
    is access.temporary-ended not_applicable pass
}

@test "a review decides on every account, and what it revoked is gone from the facts" {
    company
    hire
    is access.review-on-schedule no_data fail
    ann access_review add kind=account system=idp period=2026-Q4 reviewer=bea due_at="$(day 14)"
    bea access_review do start REV-1
    [ "$(one "SELECT population FROM access_review WHERE id = 'REV-1'")" = 4 ]
    refused "only bea may do it" cid access_decision do keep "$(decisions "login LIKE 'ann%'")"
    refused "it must be decided or verified first" bea access_review do decide REV-1
    ann tick >/dev/null
    [ "$(tasks access-review)" -ge 1 ]
    decide_review dan
    is access.review-complete pass
    is access.review-on-schedule pass
    is access.no-self-review pass
    is access.review-in-time pass not_applicable
    refused "it must be verified first" bea access_review do close REV-1
    on_day $((days_gone + 20))
    accounts ann bea cid dan
    is access.revoked fail
    accounts ann bea cid -dan
    is access.revoked pass
    cid access_decision do verify "$(decisions "login LIKE 'dan%'")"
    bea access_review do close REV-1
    on_day $((days_gone + 90))
    accounts ann bea cid -dan
    is access.review-on-schedule fail
    ann tick >/dev/null
    [ "$(tasks access-review)" -ge 1 ]
}

@test "a review that is not decided by its day is late for good" {
    company
    ann access_review add kind=account system=idp period=2026-Q4 reviewer=bea due_at="$(day 5)"
    bea access_review do start REV-1
    on_day 6
    accounts ann bea cid
    is access.review-in-time fail
    decide_review cid
    is access.review-complete pass
    is access.review-in-time fail
}

@test "a change is tested and approved by another; an emergency is approved within its clock" {
    company
    change
    is change.request-approved pass
    is change.request-tested pass
    cid change_request add title="Restart the queue" kind=normal risk=high author=cid description="It hangs" test_evidence="None yet" backout="Restart again"
    cid change_request do submit CHG-2
    refused "yourself" cid change_request do approve CHG-2
    refused "approved" cid change_request do release CHG-2
    cid change_request do release_emergency CHG-2
    is change.emergency-approved pass
    ann tick >/dev/null
    [ "$(one "SELECT count(*) FROM task WHERE about = 'change_request/CHG-2' AND state = 'open'")" -ge 1 ]
    on_day 20
    is change.emergency-approved fail
    refused "yourself" cid change_request do ratify CHG-2
    bea change_request do ratify CHG-2
    is change.emergency-approved fail
    on_day 40
    is change.closed fail
    cid change_request do close CHG-2
    is change.closed pass not_applicable
    ann tick >/dev/null
    [ "$(one "SELECT count(*) FROM task WHERE about = 'change_request/CHG-2' AND state = 'open'")" = 0 ]
}
