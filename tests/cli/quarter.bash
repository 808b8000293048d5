# A small company over a quarter: its people, its days and its systems, through the command line alone.
# Days go by with faketime; a part of the work is one function, done as it should be.
load helper

days_gone=0
on_day() { days_gone=$1; }
day() { date -u -d "$((days_gone + $1)) days" +%F; }
# by PERSON COMMAND...: the command as that person, on the day it is.
by() {
    local who=$1
    shift
    ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0 faketime -f "+${days_gone}d" "$ATTEST" --as "$who" "$@"
}
ann() { by ann "$@"; }
bea() { by bea "$@"; }
cid() { by cid "$@"; }

# refused TEXT PERSON COMMAND...: refused, with these words, and nothing is written.
refused() {
    local words=$1
    shift
    run by "$@"
    [ "$status" -ne 0 ] || { echo "not refused: $*: $output"; return 1; }
    output=$(tr -s ' \n' ' ' <<<"$output")
    [[ $output == *"$words"* ]] || { echo "$*: $output"; return 1; }
}

# is TEST STATE...
is() {
    local test=$1 want
    run ann assess --format json "$test"
    shift
    for want in "$@"; do
        [[ $output != *"\"state\":\"$want\""* ]] || return 0
    done
    echo "$test is not $*: $output" && return 1
}

# Values of one column, as they stand on the day it is.
one() { ann sql --format csv "$1" | tr -d '\r"' | tail -n +2; }

# A full run of all tests, kept; then the state of a criterion.
assessed() { ann assess >/dev/null || [ $? -eq 1 ]; }
criterion() { one "SELECT state FROM criterion_result WHERE criterion = '$1'"; }
tasks() { one "SELECT count(*) FROM task WHERE duty = '$1' AND state = '${2:-open}'"; }

# What the identity provider says: each argument is a login that works, or "-login" for one that does not.
# Ann leads and answers for everything at first; Bea and Cid manage, Dan writes code.
accounts() {
    said "$@"
    ann collect >/dev/null
}

said() {
    local login active
    {
        echo '{"begin":"account","mode":"snapshot"}'
        for login in "$@"; do
            active=true
            [[ $login != -* ]] || active=false
            printf '{"system":"idp","login":"%s@acme.example","kind":"human","active":%s,"privileged":false}\n' "${login#-}" $active
        done
        echo '{"end":"account","status":"ok"}'
    } | feed
}

company() {
    ann init . --name Acme --service "Acme Cloud" --owner "Ann Lee" --email ann@acme.example --categories availability,privacy >/dev/null
    ann source remove host >/dev/null
    said ann bea cid
    ann source add exec ./feeder >/dev/null
    ann person edit ann kind=employee starts_at="$(day -900)" job_title=Founder
    ann person add bea name="Bea Roy" kind=employee email=bea@acme.example permission=manager manager=ann starts_at="$(day -700)" >/dev/null
    ann person add cid name="Cid Fox" kind=employee email=cid@acme.example permission=contributor manager=bea starts_at="$(day -600)" technical=true >/dev/null
    ann person do start bea
    ann person do start cid
    ann collect >/dev/null
}

# ---- the parts: each done as it should be ------------------------------------------------

# Dan is announced and checked, and begins; each step of the list is done by its day.
hire() {
    bea person add dan name="Dan Ito" kind=employee email=dan@acme.example permission=member manager=bea starts_at="$(day 10)" technical=true >/dev/null
    bea background_check add person=dan >/dev/null
    on_day $((days_gone + 2))
    bea background_check do complete BGC-1 result=clear completed_at="$(day 0)"
    steps_done dan onboarding "due_at < as_of() + days(9)"
    on_day $((days_gone + 8))
    bea person do start dan
    steps_done dan onboarding "state = 'open'"
    accounts ann bea cid dan
}
steps_done() {
    local item
    for item in $(one "SELECT id FROM checklist_item WHERE person = '$1' AND kind = '$2' AND state = 'open' AND $3"); do
        bea checklist_item do finish "$item"
    done
}

# Everybody takes the course within its time and passes.
train() {
    local person n=0
    ann course list --where state=draft --format csv | tail -n +2 | cut -d, -f1 | tr -d '"' | while read -r course; do ann course do activate "$course"; done
    for person in "$@"; do
        n=$((n + 1))
        bea training add person="$person" course=security-basics due_at="$(day 14)" >/dev/null
        by "$([ "$person" = bea ] && echo ann || echo bea)" training do complete "TRN-$n" score=90 completed_at="$(day 0)"
    done
}

# The draft that Ann was given at the start is hers; Bea approves it, it is published, told to everyone, and accepted by all.
publish() {
    local policy=$1 version person
    shift
    version=$(one "SELECT id FROM policy_version WHERE policy = '$policy' AND state = 'draft'")
    ann policy_version do submit "$version"
    bea policy_version do approve "$version"
    ann policy_version do publish "$version"
    for person in "$@"; do accept "$person" "$version"; done
}

accept() {
    local id
    id=$(bea acceptance add person="$1" policy_version="$2")
    by "$1" acceptance do accept "$id"
}

# Dan asks for the repository; Bea approves and Cid sets it up.
request_access() {
    ann role_entitlement add job_role=Engineer system=git entitlement=write privileged=false >/dev/null
    bea role_entitlement do approve RE-1
    dan access_request add person=dan system=git entitlement=write privileged=false login=dan reason="Writes code" >/dev/null
    bea access_request do approve AR-1
    cid access_request do grant AR-1
}
dan() { by dan "$@"; }

# Bea goes through who may sign in: one account is revoked, the others are kept, her own with a reason.
review_access() {
    ann access_review add kind=account system=idp period=2026-Q4 reviewer=bea due_at="$(day 14)" >/dev/null
    bea access_review do start REV-1
    decide_review "$1"
}
decide_review() {
    local id
    for id in $(decisions "login <> '$1@acme.example' AND login <> 'bea@acme.example'"); do bea access_decision do keep "$id"; done
    bea access_decision do keep_own "$(decisions "login = 'bea@acme.example'")" self_review="Nobody else knows who needs the identity provider"
    bea access_decision do revoke "$(decisions "login = '$1@acme.example'")" reason="No longer needed"
    bea access_review do decide REV-1
}
decisions() { one "SELECT id FROM access_decision WHERE review = 'REV-1' AND $1"; }

# A change: tested, approved by someone else, released, closed.
change() {
    cid change_request add title="Limit uploads" kind=normal risk=low author=cid description="At most 10 MB" \
        test_evidence="Tests of the upload pass" backout="Set the limit back" >/dev/null
    cid change_request do submit CHG-1
    bea change_request do approve CHG-1
    cid change_request do release CHG-1
    cid change_request do close CHG-1
}

# An incident that touched personal data: judged, led, told, resolved, learned from.
incident() {
    local id
    dan incident add title="Customer list sent to the wrong customer" severity=high kind=privacy detected_at="$(day 0)" description="A mail with an attachment" >/dev/null
    bea incident edit INC-1 data_impact=personal commander=bea
    bea incident do triage INC-1
    bea incident do declare INC-1
    bea incident_event add incident=INC-1 occurred_at="$(day 0)" kind=action entry="The recipient deleted the mail and said so" >/dev/null
    for id in $(one "SELECT id FROM notification WHERE incident = 'INC-1' AND state = 'open'"); do
        bea notification edit "$id" recipient="The authority" started_at="$(day 0)" met_at="$(day 0)"
        bea evidence add supports="notification/$id" title="The notice as sent" statement="Sent on the day" origin="Mailbox of the privacy officer" effective_from="$(day 0)" >/dev/null
        bea notification do meet "$id"
    done
    bea incident do contain INC-1 contained_at="$(day 0)"
    bea incident do resolve INC-1 resolved_at="$(day 0)" affected="One customer's contacts" report_relevant=false
    on_day $((days_gone + 5))
    bea action_item add title="Ask before mails with attachments leave" subject=incident/INC-1 owner=cid due_at="$(day 14)" >/dev/null
    bea incident do review INC-1 root_cause="Addresses complete themselves" post_mortem="Recipients outside are asked about"
    on_day $((days_gone + 5))
    cid action_item do finish ACT-1 remark="Done"
    bea incident do close INC-1
}

# A critical vendor: assessed, bound, used, its report read.
vendor() {
    ann vendor add hostco name=Hostco tier=critical service="Runs our machines" data_handled="All customer data" personal_data=true subservice=true \
        method=carve_out owner=cid review_cadence=yearly location=EU listed=true purpose="Hosting" legal_basis=processor_agreement >/dev/null
    cid due_diligence add vendor=hostco questionnaire_done=true outcome=acceptable security_findings="None" >/dev/null
    cid due_diligence do submit DD-1
    bea due_diligence do approve DD-1
    cid contract add vendor=hostco title="Hosting agreement" owner=cid signed_at="$(day -1)" starts_at="$(day -1)" open_ended=true dpa=true \
        breach_notice_hours=48 security_terms="Annex 2" return_of_data=true >/dev/null
    bea contract do activate CON-1
    bea vendor do activate hostco
    cid vendor_review add vendor=hostco kind=soc_report report_type=soc2_type2 period_from="$(day -420)" period_to="$(day -60)" opinion=unmodified \
        exceptions=none cuecs_mapped=true cuecs="MFA for the console: AC-03" outcome=acceptable privacy_practice="As the agreement says" >/dev/null
    cid vendor_review do complete VR-1
    cid vendor do review hostco
    ann facility add name="Hostco, Frankfurt" kind=hosted vendor=hostco owner=cid protection="As its report says" >/dev/null
    bea register add vendor basis="Compared with all payments of the quarter" >/dev/null
}

# The yearly assessment; one risk is treated, one accepted by someone else.
risk() {
    bea risk add title="Ransomware" category=security owner=cid likelihood=3 impact=5 treatment=mitigate plan="Copies that nobody can delete" \
        controls=BC-04 treatment_due_at="$(day 30)" fraud=false change=false review_cadence=quarterly >/dev/null
    bea risk add title="An invented invoice" category=fraud owner=cid likelihood=2 impact=3 treatment=accept fraud=true change=false \
        review_cadence=quarterly residual_likelihood=2 residual_impact=3 >/dev/null
    cid risk do assess RISK-1
    cid risk do assess RISK-2
    bea risk_assessment add title="Risks of the year" kind=yearly lead=bea started_at="$(day 0)" scope="The whole company" method="Likelihood by impact, five by five" \
        covers_fraud=true covers_change=true tolerance="Nothing above 12 without the board" report="Two risks" >/dev/null
    bea risk_assessment do finish RA-1
    ann risk_assessment do approve RA-1
    cid risk do treat RISK-1 residual_likelihood=1 residual_impact=5
    cid risk_acceptance add risk=RISK-2 reason="The sums are small" ends_at="$(day 180)" >/dev/null
    bea risk_acceptance do approve RACC-1
    bea risk do accept RISK-2
}

# The database is restored, and the whole service recovered by its plan, within the targets.
exercise() {
    cid data_class add customer-data title="Customer data" rank=3 confidential=true encryption_required=true handling="Only on servers" owner=cid >/dev/null
    cid data_store add db name="Customer database" kind=database owner=cid classification=customer-data personal_data=true needs_backup=true encrypted=true >/dev/null
    cid data_store do open db
    cid backup_plan add data_store=db owner=cid made_by=provider tool="Snapshots of the provider" frequency_minutes=60 rpo_minutes=60 rto_minutes=240 \
        keep_days=30 elsewhere=true encrypted=true undeletable=true >/dev/null
    cid backup_plan do submit BP-1
    bea backup_plan do approve BP-1
    cid continuity_plan add title="Recovery of the service" kind=recovery version=1 owner=cid cadence=yearly body="Who does what" >/dev/null
    cid continuity_plan do submit PLAN-1
    bea continuity_plan do approve PLAN-1
    cid exercise add title="Recovery in the other region" kind=full scenario="The region is gone" owner=cid plan=PLAN-1 data_store=db rto_target=240 rpo_target=60 >/dev/null
    restored EX-1 "$1"
    cid exercise do close EX-1 plan_revised=true findings="The order of two steps"
}
restored() {
    local at
    at=$(day -1)
    cid exercise do start "$1" started_at="${at}T08:00:00Z"
    cid evidence add supports="exercise/$1" title="Log of the restore" statement="Counts of rows are equal" origin="Console" effective_from="$at" >/dev/null
    cid exercise do finish "$1" finished_at="${at}T$2Z" rpo_measured=30 lost_writes=0 integrity_checked=true result=pass participants="Cid, Dan"
}

# A person asks for the data kept of them, is verified, and has it in time.
subject_request() {
    bea subject_request add data_subject="customer 17" kind=access regime=gdpr received_at="$(day 0)" owner=bea >/dev/null
    bea subject_request do verify DSR-1 verification="Signed in, and answered a call back"
    on_day $((days_gone + $1))
    bea subject_request do answer DSR-1 outcome="An archive of all records"
}

# Dan's last day is known a week before: the list is worked through, the account is disabled on the day.
leave() {
    bea person do leave dan ends_at="$(day 7)"
    steps_done dan offboarding "due_at < as_of() + days(7)"
    on_day $((days_gone + 7))
    steps_done dan offboarding "state = 'open'"
    accounts ann bea cid -dan
}
