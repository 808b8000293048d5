#!/bin/sh
# tests/web/run.sh BUILD - sign-in, the API and the pages against other implementations.
set -eu
build=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
if [ ! -d "$here/node_modules/scimmy" ] || [ ! -d "$here/node_modules/@redocly/openapi-core" ]; then
    (cd "$here" && npm ci --no-audit --no-fund >/dev/null)
fi
cd "$here"
status=0
node webauthn.mjs "$build/tests/webauthn_peer" || status=1
node passkey.mjs "$build/attest" || status=1
node oidc.mjs "$build/tests/oidc_peer" || status=1
node scim_language.mjs "$build/tests/scim_peer" || status=1
node trust.mjs "$build/attest" || status=1
node secure.mjs "$build/attest" "$build/tests/sandbox_peer" || status=1
node ledger.mjs "$build/attest" || status=1
node outside.mjs "$build/attest" || status=1
node hostile.mjs "$build/attest" || status=1
node api.mjs "$build/attest" || status=1
node auditor.mjs "$build/attest" || status=1
node scim.mjs "$build/attest" "$build/tests/scim_peer" || status=1
./wapiti.sh "$build/attest" "$build/tests/sign_in" || status=1
exit $status
