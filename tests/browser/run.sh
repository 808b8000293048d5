#!/bin/sh
# tests/browser/run.sh ATTEST - makes a report over facts of every kind of outcome
# and opens it in Chromium: axe, console, sizes, links, dark, print.
set -eu
attest=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
[ -d "$here/node_modules/axe-core" ] || (cd "$here" && npm ci --no-audit --no-fund >/dev/null)
mkdir "$work/w"
"$attest" init "$work/w" --name 'Example & <Sons>' >/dev/null
cp "$here/rows.ndjson" "$work/rows"
printf '#!/bin/sh\ncat %s/rows\n' "$work" >"$work/feeder"
chmod +x "$work/feeder"
"$attest" --workspace "$work/w" collect exec "$work/feeder" --quiet
"$attest" --workspace "$work/w" collect host --quiet
"$attest" --workspace "$work/w" report readiness -o "$work/report.html" --quiet
"$attest" --workspace "$work/w" risk add title='<script>alert(2)</script> and a very long title of a risk that goes on' likelihood=4 impact=5 >/dev/null
"$attest" --workspace "$work/w" plan >/dev/null
for name in gap risk treatment; do
    "$attest" --workspace "$work/w" report "$name" -o "$work/$name.html" --quiet
done
node "$here/report.mjs" "$work/report.html" "${SHOTS:-$work}" "$work/gap.html" "$work/risk.html" "$work/treatment.html"
