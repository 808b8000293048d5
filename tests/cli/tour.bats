#!/usr/bin/env bats
# docs/tour.md shows what the program says.
load helper

@test "every command of the tour says what the page shows" {
    run python3 "$BATS_TEST_DIRNAME/tour.py" "$ATTEST" "$BATS_TEST_DIRNAME/../../docs/tour.md"
    echo "$output"
    [ "$status" -eq 0 ]
}
