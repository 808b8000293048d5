#!/bin/sh
# tests/web/wapiti.sh ATTEST SIGN_IN [SECONDS] - wapiti, which knows nothing of the program, walks and attacks a server on a small
# workspace: as nobody, as a member, as the owner. Fails when it finds anything. SECONDS is the most one walk and one
# attack of each kind may take (4, which is enough for all of it; by hand also more).
set -eu
attest=$(realpath "$1")
sign_in=$(realpath "$2")
seconds=${3:-4}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server" 2>/dev/null || :; wait "$server" 2>/dev/null || :; }; rm -rf "$work"' EXIT INT TERM

mkdir "$work/w"
"$attest" init "$work/w" --name Example >/dev/null
a() { "$attest" --workspace "$work/w" "$@" --quiet >/dev/null; }
a setup --service 'Example Cloud' --owner 'Ann Lee' --email ann@example.org
a person add mia name=Mia email=mia@example.org kind=employee starts_at=2026-01-01
a person 'do' start mia
a risk add title='A risk'
a task add title='Water the plants' owner=mia due_at=2030-01-01
a trust_profile add main title=Trust overview='We keep your data.' security_contact=security@example.org
a trust_profile 'do' publish main

"$attest" --workspace "$work/w" serve --listen 127.0.0.1:0 >"$work/out" 2>"$work/err" &
server=$!
for _ in $(seq 100); do
    grep -q 'answers at' "$work/out" && break
    sleep 0.1
done
base=$(sed -n 's/^Attest answers at *//p' "$work/out" | sed 's#/$##')
found=0
# Debian's wapiti 3.0.4 writes the patterns of -x as Python 3.11 does not read them.
run_wapiti() {
    HOME=$work /usr/bin/python3 -c 'import fnmatch, re, sys
from wapitiCore.main import wapiti
from wapitiCore.net import crawler
crawler.wildcard_translate = lambda pattern: re.compile(fnmatch.translate(pattern))
sys.argv[0] = "wapiti"
wapiti.wapiti_main()' "$@"
}
for who in nobody mia ann; do
    cookie=
    [ "$who" = nobody ] || cookie=$("$sign_in" "$work/w" "$who" | cut -d' ' -f2)
    run_wapiti -u "$base/" -s "$base/my" -s "$base/risk" -s "$base/account" -s "$base/trust" ${cookie:+-H "Cookie: __Host-attest=$cookie"} --scope domain --flush-session -d 4 --max-links-per-page 60 \
        --max-files-per-dir 30 --max-scan-time "$seconds" --max-attack-time "$seconds" -x "$base/sign-out" -x "$base/ledger/verify" \
        -m backup,blindsql,crlf,csp,exec,file,htaccess,http_headers,methods,permanentxss,redirect,sql,ssrf,xss,xxe \
        --external-endpoint http://127.0.0.1:9 -v 2 -f json -o "$work/$who.json" >"$work/$who.log" 2>&1 || { cat "$work/$who.log"; found=1; }
    pages=$(grep -cE '^\[\+\] (GET|POST) .* \([0-9]+\)$' "$work/$who.log" || :)
    python3 - "$who" "$work/$who.json" "$pages" "${base#http://}" <<'EOP' || found=1
import http.client
import json
import sys

who, path, pages, server = sys.argv[1:]


def is_unknown(method, path):
    """Whether the server says that it does not know the method, which wapiti takes for a way round a refusal."""
    asked = http.client.HTTPConnection(server)
    asked.request(method, path)
    return asked.getresponse().status == 501


told = json.load(open(path, encoding='utf-8'))
rows = [(kind, r) for part in ('vulnerabilities', 'anomalies') for kind, rows in told[part].items() for r in rows]
# Over plain HTTP on loopback no answer asks for TLS; browsers have given up X-XSS-Protection for the policy.
rows = [(kind, r) for kind, r in rows if not any(name in r['info'] for name in ('Strict-Transport-Security', 'X-XSS-Protection'))]
rows = [(kind, r) for kind, r in rows if kind != 'Htaccess Bypass' or not is_unknown(r['method'], r['path'])]
few = int(pages) < {'nobody': 5, 'mia': 15, 'ann': 50}[who]
if few:
    print(f'# {who}: only {pages} pages were walked; was the session taken?')
for kind, r in rows:
    print(f"# {who}: {kind}: {r['method']} {r['path']}: {r['info']}")
print(f"{'not ok' if rows or few else 'ok'} - wapiti as {who}: {pages} pages, {len(rows)} findings")
sys.exit(bool(rows) or few)
EOP
done
if ! kill -0 "$server" || [ -s "$work/err" ]; then
    echo 'not ok - the server said:'
    cat "$work/err"
    found=1
fi
exit $found
