#!/bin/sh
# cppcheck over src/; what it may not say stands here with the reason.
#   missingIncludeSystem, checkersReport: about cppcheck, not about us
cd "$(dirname "$0")/.." || exit 1
exec cppcheck --std=c11 --language=c -j 2 --quiet --error-exitcode=1 --inline-suppr \
    --enable=warning,performance,portability --suppress=missingIncludeSystem \
    -D_GNU_SOURCE -DATTEST_VERSION='"0"' -Isrc -I"${1:-build}"/src/store src
