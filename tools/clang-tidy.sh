#!/bin/sh
# tools/clang-tidy.sh BUILD - clang-tidy over src/ with .clang-tidy, against BUILD's compile commands.
cd "$(dirname "$0")/.." || exit 1
find src -name '*.c' | sort | xargs -P 2 -n 6 clang-tidy-14 -p "${1:-build-clang}" --quiet --warnings-as-errors='*'
