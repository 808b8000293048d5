#!/usr/bin/env bats
# A quarter in one go, from the answers of the first day: criteria move from gap to pass, and back when one rule is broken.
load quarter

# A person who did not perform it looks at the evidence of a manual control.
performed() {
    local control id
    for control in "$@"; do
        [ "$(one "SELECT state FROM control WHERE id = '$control'")" = operating ] || ann control do operate "$control"
        id=$(cid attestation add control="$control" statement="Done as the procedure says" performed_at="$(day 0)" valid_until="$(day 90)")
        cid evidence add supports="attestation/$id" title="Notes" statement="What was done and seen" origin="Wiki" effective_from="$(day 0)" >/dev/null
        bea attestation do accept "$id"
    done
}

stands() {
    local state
    state=$(criterion "$1")
    [[ " ${*:2} " == *" $state "* ]] || { echo "$1 is $state"; return 1; }
}

@test "criteria move to pass as the work is done, and back when a rule is broken" {
    local criterion
    company
    assessed
    for criterion in CC1.2 CC3.2 CC3.3 A1.3 P5.1 CC9.2; do stands $criterion gap no_data fail; done

    ann meeting add kind=board title="Board, fourth quarter" planned_at="$(day 0)" >/dev/null
    ann meeting do hold MEET-1 held_at="$(day 0)" chair=ann attendees="Ann Lee; Eve Lum, adviser"
    ann meeting do minute MEET-1 minutes="Risks and open deficiencies were discussed" independent_present=true security_discussed=true
    ann meeting add kind=management title="Management review" planned_at="$(day 0)" >/dev/null
    ann meeting do hold MEET-2 held_at="$(day 0)" chair=ann attendees="Ann Lee, Bea Roy"
    ann meeting do minute MEET-2 minutes="Failed controls were discussed" independent_present=false security_discussed=true
    ann action_item add title="Order hardware keys" subject=meeting/MEET-1 owner=cid due_at="$(day 20)" >/dev/null
    cid action_item do finish ACT-1 remark=Ordered
    risk
    vendor
    exercise 10:00:00
    ann register add subject_request basis="The mailbox of the privacy officer" >/dev/null
    subject_request 10
    hire
    request_access
    ann duty_conflict add title="Write and release" system=git entitlement=write other_system=git other_entitlement=release reason="Nobody would see it" owner=ann >/dev/null
    cid policy_exception add title="Old laptop" policy=endpoint-security reason="Until the new one comes" exposure="No disk encryption" compensation="Stays in the office" \
        starts_at="$(day 1)" ends_at="$(day 60)" >/dev/null
    bea policy_exception do approve EXC-1
    performed RK-08 VM-06 MO-05
    ann collect >/dev/null
    assessed
    stands CC3.2 pass attested
    stands P5.1 pass
    stands A1.3 pass
    stands CC3.3 pass attested
    stands CC1.2 pass attested
    stands CC9.2 pass attested

    on_day 45
    bea subject_request add data_subject="customer 18" kind=access regime=gdpr received_at="$(day -40)" owner=bea >/dev/null
    cid risk edit RISK-1 owner=cid
    bea risk add title="A bribe" category=fraud fraud=true change=false >/dev/null
    cid exercise add title="Restore of one table" kind=restore scenario="A wrong delete" owner=cid data_store=db rto_target=60 rpo_target=60 >/dev/null
    restored EX-2 13:00:00
    bea vendor add mailco name=Mailco tier=high service="Sends mail" data_handled="Addresses" personal_data=true subservice=false owner=cid review_cadence=yearly >/dev/null
    cid due_diligence add vendor=mailco questionnaire_done=true outcome=acceptable security_findings=None >/dev/null
    cid due_diligence do submit DD-2
    bea due_diligence do approve DD-2
    bea vendor do activate mailco
    ann action_item add title="Renew the insurance" subject=meeting/MEET-1 owner=cid due_at="$(day -5)" >/dev/null
    ann collect >/dev/null
    assessed
    for criterion in P5.1 A1.3 CC3.2 CC3.3 CC1.2 CC9.2; do stands $criterion fail; done
    ann verify >/dev/null
}
