#!/bin/sh
# tests/web/run.sh BUILD - sign-in against other implementations.
set -eu
build=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
[ -d "$here/node_modules/nid-webauthn-emulator" ] || (cd "$here" && npm ci --no-audit --no-fund >/dev/null)
cd "$here"
node webauthn.mjs "$build/tests/webauthn_peer"
