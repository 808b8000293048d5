#!/bin/sh
# Every script of the tree through shellcheck.
cd "$(dirname "$0")/.." || exit 1
git ls-files -co --exclude-standard | while IFS= read -r f; do
    case $f in
    *.sh | quickstart | run-tests | .ci/run) echo "$f" ;;
    esac
done | xargs shellcheck -x
