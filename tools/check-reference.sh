#!/bin/sh
# check-reference.sh PROGRAM DIR - the pages in the tree (DIR is docs/) are those the tables give.
set -eu
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
"$1" "$fresh"
if ! diff -r "$fresh/reference" "$2/reference" || ! diff "$fresh/coverage.md" "$2/coverage.md"; then
    echo "docs/reference or docs/coverage.md is behind the tables: make docs"
    exit 1
fi
