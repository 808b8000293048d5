#!/usr/bin/env bats
# What came by network is told to a log elsewhere as it is committed.
load helper

hear() {
    cat >hear.py <<'PY'
import os, socket, sys
s = socket.socket(socket.AF_UNIX if sys.argv[1] == 'local' else socket.AF_INET6 if sys.argv[1] == '::1' else socket.AF_INET, socket.SOCK_DGRAM)
s.bind('log' if sys.argv[1] == 'local' else (sys.argv[1], 0))
open('port.new', 'w').write('-' if sys.argv[1] == 'local' else str(s.getsockname()[1]))
os.rename('port.new', 'port')
s.settimeout(20)
with open('heard', 'wb') as f:
    for _ in range(int(sys.argv[2])):
        f.write(s.recv(65536) + b'\n')
        f.flush()
PY
    python3 hear.py "$@" 3>&- &
    ear=$!
    for _ in $(seq 100); do [ -f port ] && break; sleep 0.1; done
}

with_events() {
    "$ATTEST" init . --name Example >/dev/null
    "$ATTEST" person add ann name=Ann email=ann@example.org permission=owner >/dev/null
}

@test "across the network as RFC 5424, with JSON that cannot be broken out of" {
    with_events
    hear 127.0.0.1 2
    echo "syslog: 127.0.0.1:$(cat port)" >>.attest/config
    "$ATTEST" token ann --label $'two\nlines "x"' --quiet >/dev/null
    "$ATTEST" invite ann --quiet >/dev/null
    wait "$ear"
    [ "$(wc -l <heard)" -eq 2 ]
    python3 - <<'PY'
import json, re
lines = open('heard').read().splitlines()
for line, kind in zip(lines, ['token_changed', 'factor_changed']):
    m = re.fullmatch(r'<86>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z) \S+ attest \d+ access - (\{.*\})', line)
    event = json.loads(m[2])
    assert event['kind'] == kind and event['person'] == 'ann' and event['went_well'] is True and event['times'] == 1, event
assert 'two' in json.loads(lines[0].split(' - ', 1)[1])['about']
PY
    "$ATTEST" sql "SELECT count(*) AS n FROM access_event" --format csv | grep -q 2
}

@test "to the log of this machine as syslog(3) writes, and that the history was changed" {
    with_events
    hear local 2
    echo "syslog: $home/log" >>.attest/config
    "$ATTEST" invite ann --quiet >/dev/null
    python3 -c "import sqlite3; db = sqlite3.connect('.attest/attest.db'); db.execute(\"UPDATE person_h SET name = 'Somebody'\"); db.commit()"
    run "$ATTEST" verify
    [ "$status" -eq 1 ]
    wait "$ear"
    grep -qE '^<86>attest\[[0-9]+\]: \{"at":' heard
    grep -qE '^<84>attest\[[0-9]+\]: .*"kind":"tampered","went_well":false' heard
}

@test "nobody there holds nothing up, and what is no place is told" {
    with_events
    echo "syslog: $home/nobody" >>.attest/config
    "$ATTEST" invite ann --quiet >/dev/null
    for wrong in log.example.org:514 192.0.2.7 192.0.2.7:0 ::1:514 192.0.2.7:99999; do
        sed -i '/^syslog/d' .attest/config
        echo "syslog: $wrong" >>.attest/config
        run "$ATTEST" status
        [ "$status" -ne 0 ] && [[ "$output" == *"syslog"* ]]
    done
    sed -i '/^syslog/d' .attest/config
    echo "syslog: [::1]:514" >>.attest/config
    "$ATTEST" invite ann --quiet >/dev/null
}
