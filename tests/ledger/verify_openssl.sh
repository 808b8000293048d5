#!/bin/bash
# A stranger checks proofs with bash, coreutils and openssl alone: with the very
# commands of docs/verify.md, which are taken from that page.
# usage: verify_openssl.sh docs/verify.md MAKE_LOG LEDGER_VERIFY
set -eu
doc=$1 make_log=$2 ledger_verify=$3
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
tests=0

ok() {
    tests=$((tests + 1))
    echo "ok $tests - $1"
}
die() {
    echo "not ok $((tests + 1)) - $1"
    exit 1
}

copying=no in_section=no
while IFS= read -r line; do
    case $line in
    '## With openssl alone') in_section=yes ;;
    '## '*) in_section=no ;;
    '```bash') [ $in_section = no ] || copying=yes ;;
    '```') copying=no ;;
    *) [ $copying = no ] || printf '%s\n' "$line" ;;
    esac
done <"$doc" >"$dir/check.sh"
[ "$(wc -l <"$dir/check.sh")" -gt 40 ] || die "the commands stand in the page"

"$make_log" "$dir/made"

# check NAME ENTRY PROOF VKEY: runs the page's commands in a directory of its own
check() {
    mkdir "$dir/$1"
    cp "$2" "$dir/$1/entry"
    cp "$3" "$dir/$1/entry.tlog-proof"
    cp "$4" "$dir/$1/log.vkey"
    (cd "$dir/$1" && bash -eu ../check.sh) >"$dir/$1.out" 2>&1
}

made=$dir/made
for index in 0 1 255 256 299 511 40000 65535 65536 65999; do
    check "good-$index" "$made/entry-$index" "$made/entry-$index.tlog-proof" "$made/log.vkey" || {
        cat "$dir/good-$index.out"
        die "entry $index"
    }
    [ "$(tail -n 1 "$dir/good-$index.out")" = "entry $index is in the log ledger.example.com/soc2 of 66000 entries" ] ||
        die "what is said of entry $index"
    ok "entry $index is proven with openssl alone"
done

refused() {
    if check "$1" "$2" "$3" "$4"; then die "$1 is refused"; fi
    ok "$1 is refused"
}

good=$made/entry-256 proof=$made/entry-256.tlog-proof vkey=$made/log.vkey
printf 'record 257' >"$dir/other"
refused another-entry "$dir/other" "$proof" "$vkey"
refused the-proof-of-another-entry "$good" "$made/entry-255.tlog-proof" "$vkey"
refused the-key-of-somebody-else "$good" "$proof" "$made/witness.vkey"

change() { # FROM TO: the proof with one word changed
    local text
    text=$(cat "$proof")
    printf '%s\n' "${text/"$1"/"$2"}" >"$dir/changed"
}
change 'index 256' 'index 257'
refused another-number "$good" "$dir/changed" "$vkey"
change $'\n66000\n' $'\n66001\n'
refused another-size "$good" "$dir/changed" "$vkey"
{
    mapfile -t lines <"$proof"
    lines[2]=${lines[3]}
    printf '%s\n' "${lines[@]}"
} >"$dir/changed"
refused another-path "$good" "$dir/changed" "$vkey"

for index in 0 256 65999; do
    "$ledger_verify" proof "$made/entry-$index.tlog-proof" "$made/entry-$index" "$made/policy" >/dev/null ||
        die "attest-ledger-verify accepts entry $index"
    ok "attest-ledger-verify accepts entry $index"
done
if "$ledger_verify" proof "$proof" "$dir/other" "$made/policy" >/dev/null 2>&1; then die "another entry is refused"; fi
ok "attest-ledger-verify refuses another entry"
"$ledger_verify" log "$made/log" "$(cat "$vkey")" >"$dir/out" || die "attest-ledger-verify accepts the log"
ok "attest-ledger-verify accepts the log"
chmod u+w "$made/log/tile/entries/100"
printf 'X' | dd of="$made/log/tile/entries/100" bs=1 seek=2 conv=notrunc 2>/dev/null
if "$ledger_verify" log "$made/log" "$(cat "$vkey")" >"$dir/out"; then die "an altered entry is found"; fi
case $(cat "$dir/out") in
*"tile/entries/100: entry 25600 is not the one"*) ok "attest-ledger-verify names the altered entry" ;;
*) die "the altered entry is named" ;;
esac
echo "1..$tests"
