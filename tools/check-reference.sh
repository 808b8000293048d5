#!/bin/sh
# check-reference.sh PROGRAM DIR - the reference pages in the tree are those the tables give.
set -eu
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
"$1" "$fresh"
diff -r "$fresh" "$2" || { echo "docs/reference is behind the tables: make docs"; exit 1; }
