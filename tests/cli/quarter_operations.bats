#!/usr/bin/env bats
# Incidents, vendors, risks, exercises and requests over a quarter: done as promised they pass, and what breaks them.
load quarter

@test "an incident is judged, led, told of, ended and learned from" {
    local test
    company
    hire
    incident
    for test in triaged led resolved notified notification-decided post-mortem actions-done data-judged; do
        is "incident.$test" pass not_applicable
    done
    dan incident add title="Strange sign-in" severity=high kind=security detected_at="$(day 0)" description=x
    ann tick >/dev/null
    [ "$(one "SELECT count(*) FROM task WHERE about = 'incident/INC-2' AND state = 'open'")" = 1 ]
    on_day $((days_gone + 1))
    is incident.triaged fail
    bea incident edit INC-2 data_impact=none commander=bea
    bea incident do triage INC-2
    is incident.triaged fail
    bea incident do declare INC-2
    is incident.led fail
    bea incident_event add incident=INC-2 occurred_at="$(day 0)" kind=action entry="Signed out everywhere"
    is incident.led pass
    bea incident do resolve INC-2 resolved_at="$(day 0)" affected=nobody report_relevant=false
    refused "post_mortem_at" bea incident do close INC-2
    on_day $((days_gone + 15))
    is incident.post-mortem fail
    bea incident do review INC-2 root_cause="A guessed password" post_mortem="A second factor for all"
    is incident.post-mortem fail
}

@test "a notice that misses its clock fails, and one is not met without evidence" {
    local notice
    company
    hire
    dan incident add title="Lost laptop" severity=high kind=privacy detected_at="$(day 0)" description="On a train"
    bea incident edit INC-1 data_impact=personal commander=bea
    bea incident do triage INC-1
    bea incident do declare INC-1
    is incident.notified pass
    notice=$(one "SELECT min(id) FROM notification")
    bea notification edit "$notice" recipient="The authority" met_at="$(day 0)" started_at="$(day 0)"
    refused "evidence" bea notification do meet "$notice"
    on_day $((days_gone + 5))
    is incident.notified fail
}

@test "a vendor is assessed before, bound, used, and reviewed every year" {
    local test
    company
    vendor
    for test in vendor.complete vendor.due-diligence vendor.contract vendor.reviewed vendor.report-read vendor.register privacy.processors-reviewed privacy.terms; do
        is "$test" pass
    done
    ann vendor add mailco name=Mailco tier=high service="Sends mail" data_handled="Addresses" personal_data=true subservice=false owner=cid review_cadence=yearly
    refused "due diligence" bea vendor do activate mailco
    cid due_diligence add vendor=mailco questionnaire_done=true outcome=acceptable security_findings=None
    cid due_diligence do submit DD-2
    refused "only a manager or above" cid due_diligence do approve DD-2
    bea due_diligence do approve DD-2
    bea vendor do activate mailco
    is vendor.contract fail
    ann tick >/dev/null
    [ "$(one "SELECT count(*) FROM task WHERE duty = 'contract-end' AND state = 'open' AND about = 'vendor/mailco'")" = 1 ]
    cid contract add vendor=mailco title="Mail" owner=cid signed_at="$(day 0)" starts_at="$(day 0)" open_ended=true dpa=true breach_notice_hours=48 \
        security_terms="Annex" return_of_data=true
    bea contract do activate CON-2
    is vendor.contract pass
    ann tick >/dev/null
    [ "$(one "SELECT count(*) FROM task WHERE duty = 'contract-end' AND state = 'open' AND about = 'vendor/mailco'")" = 0 ]
    on_day 370
    is vendor.reviewed fail
    ann tick >/dev/null
    [ "$(one "SELECT count(*) FROM task WHERE duty = 'vendor-review' AND state = 'open' AND about = 'vendor/hostco'")" = 1 ]
    cid vendor do offboard mailco
    is vendor.ended pass
    on_day 405
    is vendor.ended fail
}

@test "risks are assessed, treated or accepted by another, and looked at each quarter" {
    local test
    company
    risk
    for test in complete reviewed acceptance assessment-yearly fraud tolerance treatment-due residual; do is "risk.$test" pass; done
    bea risk_acceptance add risk=RISK-1 reason=Tired ends_at="$(day 90)"
    refused "you are the requester yourself" bea risk_acceptance do approve RACC-2
    refused "only a manager or above" cid risk_acceptance do approve RACC-2
    is risk.acceptance pass
    refused "edited only while" cid risk edit RISK-2 residual_impact=5
    on_day 80
    ann tick >/dev/null
    [ "$(tasks risk-review)" = 2 ]
    on_day 102
    is risk.reviewed fail
    cid risk do review RISK-1
    cid risk do review RISK-2
    is risk.reviewed pass
    ann tick >/dev/null
    [ "$(tasks risk-review)" = 0 ]
    on_day 181
    is risk.acceptance fail
}

@test "what is restored in time and within its targets counts, and only that" {
    local test
    company
    exercise 10:00:00
    for test in backup.planned backup.restore-tested backup.restore-quarterly continuity.targets-met continuity.plans-exercised continuity.recovery-exercised; do
        is "$test" pass
    done
    on_day 102
    is backup.restore-quarterly fail
    ann tick >/dev/null
    [ "$(one "SELECT count(*) FROM task WHERE duty = 'restore-test' AND title = 'Restore something this quarter' AND state = 'open'")" = 1 ]
    cid exercise add title="Restore" kind=restore scenario="One table" owner=cid data_store=db rto_target=240 rpo_target=60
    refused "finish is for what is running" cid exercise do finish EX-2
    restored EX-2 13:00:00
    is backup.restore-quarterly pass
    is continuity.targets-met fail
}

@test "a person's request is answered inside its clock by who knows that it is they" {
    company
    subject_request 20
    is privacy.access-requests pass
    bea subject_request add data_subject="customer 18" kind=deletion regime=gdpr received_at="$(day 0)" owner=bea
    refused "answer" bea subject_request do answer DSR-2 outcome=Gone
    bea subject_request do verify DSR-2 verification="A call back"
    ann tick >/dev/null
    [ "$(one "SELECT count(*) FROM task WHERE about = 'subject_request/DSR-2' AND state = 'open'")" = 1 ]
    on_day $((days_gone + 20))
    bea subject_request do answer DSR-2 outcome="Deleted everywhere" passed_on=nobody_to_tell
    is privacy.deletion-requests pass
    refused "yourself" bea subject_request do confirm DSR-2
    on_day $((days_gone + 16))
    is privacy.deletion-requests fail
    cid subject_request do confirm DSR-2
    is privacy.deletion-requests pass
    bea subject_request add data_subject="customer 19" kind=access regime=gdpr received_at="$(day 0)" owner=bea
    on_day $((days_gone + 40))
    is privacy.access-requests fail
    bea subject_request do verify DSR-3 verification="Signed in"
    bea subject_request do answer DSR-3 outcome="An archive"
    is privacy.access-requests fail
    ann tick >/dev/null
    [ "$(tasks subject-request)" = 0 ]
}
