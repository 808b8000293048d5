#!/bin/sh
# tests/browser/web.sh ATTEST SIGN_IN [NAME...] - the pages as people meet them: a fictional company, `attest
# serve` on it, Chromium signed in as each role. Runs every *.web.mjs here, or those named. SHOTS=DIR keeps
# a picture of every page at every size.
set -eu
attest=$(realpath "$1")
sign_in=$(realpath "$2")
shift 2
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server" 2>/dev/null || :; wait "$server" 2>/dev/null || :; }; rm -rf "$work"' EXIT INT TERM
[ -d "$here/node_modules/axe-core" ] || (cd "$here" && npm ci --no-audit --no-fund >/dev/null)

# ago DAYS COMMAND...
ago() {
    days_ago=$1
    shift
    ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0 faketime -f "-${days_ago}d" "$@"
}

# A story that ended a while ago, and what was assessed since.
ago 12 "$attest" demo "$work/demo" --people 24 --hosts 4 --months 3 >/dev/null 2>&1
for days in 12 9 8; do
    ago $days "$attest" --workspace "$work/demo" assess --quiet >/dev/null || [ $? -eq 1 ]
done
"$attest" --workspace "$work/demo" assess --quiet >/dev/null || [ $? -eq 1 ]
"$attest" --workspace "$work/demo" person add audrey.ledger name='Audrey Ledger' email=audrey@example.org permission=auditor starts_at=2026-01-05 >/dev/null
"$attest" --workspace "$work/demo" person "do" start audrey.ledger --quiet
engagement=$("$attest" --workspace "$work/demo" engagement add title='SOC 2 type 2' kind=type_2 period_from=2026-01-01 period_to=2100-01-01)
"$attest" --workspace "$work/demo" engagement "do" open "$engagement" --quiet
"$attest" --workspace "$work/demo" engagement_member add engagement="$engagement" person=audrey.ledger --quiet >/dev/null

"$attest" serve --workspace "$work/demo" --listen 127.0.0.1:0 >"$work/serve.out" 2>"$work/serve.err" &
server=$!
for _ in $(seq 100); do
    grep -q 'answers at' "$work/serve.out" && break
    kill -0 "$server" 2>/dev/null || { cat "$work/serve.out" "$work/serve.err"; exit 1; }
    sleep 0.1
done
base=$(sed -n 's/^Attest answers at *//p' "$work/serve.out")
faults=0
node "$here/web.mjs" "$base" "$work/demo" "$attest" "$sign_in" "$@" || faults=1
kill "$server"
wait "$server" || faults=1
server=
if [ -s "$work/serve.err" ]; then
    echo 'the server said:'
    cat "$work/serve.err"
    faults=1
fi
exit $faults
