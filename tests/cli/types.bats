#!/usr/bin/env bats
# Every type of record explains itself.
load helper

@test "each type says its fields, its steps and what they need" {
    local type n=0
    for type in $("$ATTEST" types --json | grep -o '"type":"[a-z_]*"' | cut -d'"' -f4); do
        run "$ATTEST" "$type" --help
        [ "$status" -eq 0 ] || { echo "$type: $output"; return 1; }
        [[ $output == *"Fields"*"Verbs"* ]]
        n=$((n + 1))
    done
    [ "$n" -gt 70 ]
    run "$ATTEST" change_request --help
    [[ $(tr -s ' \n' ' ' <<<"$output") == *"kind must be emergency"* ]]
}
