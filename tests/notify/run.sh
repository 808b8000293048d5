#!/bin/sh
# tests/notify/run.sh ATTEST - deliver.py with a second opinion on every signature.
set -eu
attest=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
[ -d "$here/node_modules/standardwebhooks" ] || (cd "$here" && npm ci --no-audit --no-fund >/dev/null)
exec python3 "$here/deliver.py" "$attest" "$here/node_modules/standardwebhooks"
