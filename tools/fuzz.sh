#!/bin/sh
# tools/fuzz.sh [TARGET] [SECONDS] - runs fuzz targets (all, 60 s each) with libFuzzer.
# New inputs go to build-fuzz/TARGET; what is worth keeping is put into tests/fuzz/corpus by hand.
set -eu
cd "$(dirname "$0")/.."
seconds=${2:-60}
[ -f build-fuzz/build.ninja ] || CC=clang-14 meson setup build-fuzz --buildtype=debugoptimized -Dfuzzer=true -Db_lundef=false >/dev/null
for source in tests/fuzz/fuzz_${1:-*}.c; do
    name=$(basename "$source" .c)
    target=${name#fuzz_}
    ninja -C build-fuzz "tests/$name" >/dev/null
    mkdir -p "build-fuzz/corpus-$target"
    echo "$target, $seconds s"
    "build-fuzz/tests/$name" -max_total_time="$seconds" -print_final_stats=1 "build-fuzz/corpus-$target" "tests/fuzz/corpus/$target"
done
