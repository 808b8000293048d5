#!/bin/sh
# tools/install.sh build|test - installs the missing Debian packages of tools/packages.txt.
# Asks for nothing. Works as root or through sudo; says what it installs.
set -eu
here=$(dirname "$0")
wanted=build
[ "${1:-build}" = test ] && wanted='build|test'
missing=
packages=$(awk -v w="^($wanted)\$" '$1 ~ w { print $2 }' "$here/packages.txt")
for package in $packages; do
    case $package in */*) command -v "${package#*/}" >/dev/null 2>&1 && continue ;; esac
    package=${package%/*}
    state=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
    case $state in ii*) ;; *) missing="$missing $package" ;; esac
done
[ -n "$missing" ] || exit 0
echo "Installing Debian packages:$missing"
if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    echo "These packages are missing and this account may not install them. Run as root:" >&2
    echo "    apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The environment is set inside, because sudo clears it.
# shellcheck disable=SC2086  # the lists are meant to be split
if ! { $as_root env DEBIAN_FRONTEND=noninteractive apt-get update &&
       $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1 </dev/null
then
    tail -n 20 "$log" >&2
    echo "apt-get failed; its last lines are above" >&2
    exit 1
fi
