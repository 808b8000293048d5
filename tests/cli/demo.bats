#!/usr/bin/env bats
# attest demo: a company to look at.
load helper

@test "a small company is made, published, verified and assessed without an error" {
    run "$ATTEST" demo small --people 20 --hosts 4 --months 1 --until 2026-10-01T00:00:00Z
    [ "$status" -eq 0 ]
    [[ "$output" == *"up to 1 Oct 2026, 00:00 UTC"* ]]
    run "$ATTEST" --workspace small verify
    [ "$status" -eq 0 ]
    run "$ATTEST" --workspace small assess --as-of 2026-10-01 --format csv
    [[ "$output" == *'"pass"'* ]]
    [[ "$output" != *'"error"'* ]]
}

@test "where something stands nothing is made" {
    mkdir there
    touch there/file
    run "$ATTEST" demo there
    [ "$status" -eq 6 ]
    [[ "$output" == *"is not empty"* ]]
    [ ! -e there/.attest ]
}

@test "what is out of range, no number, or in the future is refused before anything is made" {
    run "$ATTEST" demo x --people 3
    [ "$status" -eq 3 ]
    run "$ATTEST" demo x --hosts many
    [ "$status" -eq 2 ]
    run "$ATTEST" demo x --until 2999-01-01
    [ "$status" -eq 2 ]
    [ ! -e x ]
}
