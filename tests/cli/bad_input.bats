#!/usr/bin/env bats
# Whatever is wrong gives one clear error and the documented exit status, and loses nothing.
load helper

rows() {
    cat <<'R'
{"begin":"account","mode":"snapshot"}
{"system":"web1","login":"ann"}
{"end":"account","status":"ok"}
R
}

@test "wrong command lines are refused with status 2" {
    for words in "nonsense" "status --nonsense" "status extra" "sql" "status --as-of yesterday" "assess --format x" \
        "--color sometimes status" "ledger prove x" "report nothing" "collect nothing"; do
        "$ATTEST" init . >/dev/null 2>&1 || true
        # shellcheck disable=SC2086
        run "$ATTEST" $words
        [ "$status" -eq 2 ] || { echo "$words: $status $output"; false; }
        [[ "$output" == attest:* ]]
    done
}

@test "half a command is answered with the whole ones" {
    for words in "ledger --help" "help ledger" ledger; do
        # shellcheck disable=SC2086
        run "$ATTEST" $words
        [ "$status" -eq 2 ] && [[ "$output" == *"attest ledger checkpoint or attest ledger prove"* ]]
    done
}

@test "every command explains itself" {
    run "$ATTEST" help
    awk 'length > 80 { exit 1 }' <<<"$output"
    "$ATTEST" help | sed -n 's/^  attest \(.\{18\}\).*/\1/p' | while read -r words; do
        # shellcheck disable=SC2086
        run "$ATTEST" $words --help
        [ "$status" -eq 0 ]
        [[ "$output" == "attest $words"* ]]
        awk 'length > 80 { exit 1 }' <<<"$output"
    done
}

@test "SQL that is no plain SELECT is refused" {
    "$ATTEST" init . >/dev/null
    for q in "DELETE FROM account_h" "SELECT * FROM sqlite_master" "PRAGMA user_version" "ATTACH 'x' AS y" \
        "SELECT load_extension('x')" "SELECT 1; SELECT 2" "SELECT salt FROM account_h" "SELEC 1" "SELECT random()"; do
        run "$ATTEST" sql "$q"
        [ "$status" -eq 3 ] || { echo "$q: $status $output"; false; }
    done
}

@test "a corrupt database is told, and nothing is written" {
    rows | workspace_with
    "$ATTEST" collect >/dev/null
    sqlite3 .attest/attest.db "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
    size=$(stat -c %s .attest/attest.db)
    dd if=/dev/urandom of=.attest/attest.db bs=4096 seek=3 count=$((size / 4096 - 4)) conv=notrunc 2>/dev/null
    run "$ATTEST" verify
    [ "$status" -eq 11 ] || [ "$status" -eq 1 ]
    printf 'this is no database, whatever its name says, and it is longer than a header' >.attest/attest.db
    run "$ATTEST" status
    [ "$status" -eq 11 ]
    [[ "$output" == *attest.db* ]]
}

@test "a truncated tile is told by verify" {
    rows | workspace_with
    "$ATTEST" collect >/dev/null
    tile=$(find .attest/ledger/tile/0 -type f | head -n 1)
    chmod u+w "$tile"
    truncate -s 7 "$tile"
    run "$ATTEST" verify
    [ "$status" -ne 0 ]
    [[ "$output" == *tile* ]]
}

@test "a foreign key file is refused" {
    rows | workspace_with
    mkdir other && "$ATTEST" init other >/dev/null
    cp other/.attest/keys/ledger.key .attest/keys/ledger.key
    run "$ATTEST" collect
    [ "$status" -ge 3 ]
    [[ "$output" == *key* ]]
    echo nonsense >.attest/keys/ledger.key
    run "$ATTEST" collect
    [ "$status" -ge 3 ]
    [[ "$output" == *ledger.key* ]]
}

@test "an unreadable workspace is told" {
    [ "$(id -u)" -eq 0 ] || skip "needs root to become another user"
    "$ATTEST" init . >/dev/null
    chmod 755 "$home"
    run unprivileged --workspace "$home" status
    [ "$status" -eq 5 ] || [ "$status" -eq 4 ]
    [[ "$output" == attest:* ]]
}

@test "two at once both finish, and the log stays whole" {
    rows | workspace_with
    for i in 1 2 3 4 5 6; do "$ATTEST" collect >/dev/null 2>"err$i" & done
    wait
    cat err* | { ! grep .; }
    [ "$("$ATTEST" sql --format csv 'SELECT count(*) AS n FROM run_history' | tail -n 1 | tr -d '"\r')" = 6 ]
    run "$ATTEST" verify
    [ "$status" -eq 0 ]
}

@test "a full disk loses nothing that was acknowledged" {
    [ "$(id -u)" -eq 0 ] || skip "needs root to mount a small file system"
    mkdir small && mount -t tmpfs -o size=3m tmpfs small || skip "cannot mount a tmpfs here"
    (cd small && "$ATTEST" init . >/dev/null && "$ATTEST" source remove host)
    n=0
    for i in $(seq 1 40); do
        { echo '{"begin":"package","mode":"snapshot"}'
          seq 1 400 | sed 's/.*/{"system":"web1","name":"p&","architecture":"all","version":"'"$i"'-and-some-more-text-to-fill-the-disk"}/'
          echo '{"end":"package","status":"ok"}'; } | feed
        if ! "$ATTEST" --workspace small collect exec ./feeder >/dev/null 2>err; then break; fi
        n=$i
    done
    [ "$n" -gt 0 ] && [ "$n" -lt 40 ]
    cat err
    grep -qiE 'space|full' err
    mount -o remount,size=64m small
    "$ATTEST" --workspace small collect exec ./feeder >/dev/null
    [ "$("$ATTEST" --workspace small sql --format csv 'SELECT count(*) AS n FROM run_history' | tail -n 1 | tr -d '"\r')" -gt "$n" ]
    run "$ATTEST" --workspace small verify
    umount -l small
    [ "$status" -eq 0 ]
}

@test "kill -9 at any moment loses nothing that was acknowledged" {
    rows | workspace_with
    for delay in 0.005 0.01 0.02 0.03 0.04 0.05 0.07 0.1; do
        before=$("$ATTEST" sql --format csv 'SELECT count(*) AS n FROM run_history' | tail -n 1 | tr -d '"\r')
        "$ATTEST" collect >/dev/null 2>&1 &
        sleep $delay
        kill -9 $! 2>/dev/null || true
        wait $! 2>/dev/null || true
        "$ATTEST" collect >/dev/null
        after=$("$ATTEST" sql --format csv 'SELECT count(*) AS n FROM run_history' | tail -n 1 | tr -d '"\r')
        [ "$after" -gt "$before" ]
    done
    run "$ATTEST" verify
    [ "$status" -eq 0 ]
}

@test "a name made to fool the terminal does not" {
    { echo '{"begin":"account","mode":"snapshot"}'
      printf '{"system":"web1","login":"\\u001b[31mred\\u0007"}\n'
      echo '{"end":"account","status":"ok"}'; } | workspace_with
    "$ATTEST" collect >/dev/null
    run "$ATTEST" sql 'SELECT login FROM account'
    [[ "$output" == *'\x1b[31mred\x07'* ]]
    [[ "$output" != *$'\e'* ]]
}

@test "a workspace may stand at a path made to confuse" {
    odd=$home/$(printf 'a b?c=%%41&x\047"#\ny\xff')
    mkdir "$odd" && cd "$odd"
    "$ATTEST" init . >/dev/null
    cd "$home" && rows | feed && cd "$odd"
    "$ATTEST" source remove host
    "$ATTEST" source add exec ../feeder && "$ATTEST" collect >/dev/null
    run "$ATTEST" verify
    [ "$status" -eq 0 ]
    [ -f .attest/attest.db ]
    run "$ATTEST" --workspace /dev/null status
    [ "$status" -eq 4 ]
    ln -s loop "$home/loop"
    run "$ATTEST" --workspace "$home/loop" status
    [ "$status" -eq 4 ]
    printf 'no colon here\n' >.attest/config
    run "$ATTEST" status
    [ "$status" -eq 3 ]
    [[ "$output" == *config:1* ]]
}

@test "a clock that stands before the last commit is refused" {
    rows | workspace_with
    "$ATTEST" collect >/dev/null
    sqlite3 .attest/attest.db "UPDATE commits SET at = at + 86400000000 WHERE seq = (SELECT max(seq) FROM commits)"
    run "$ATTEST" collect
    [ "$status" -eq 14 ]
    [[ "$output" == *clock* ]]
    sqlite3 .attest/attest.db "UPDATE commits SET at = at - 86400000000 WHERE seq = (SELECT max(seq) FROM commits)"
    "$ATTEST" collect >/dev/null
    run "$ATTEST" verify
    [ "$status" -eq 0 ]
}

@test "a full disk is told, and a pipe or a link is written into, not replaced" {
    "$ATTEST" init . >/dev/null
    for words in relations "assess access. --format json"; do
        # shellcheck disable=SC2086
        run bash -c '"$0" "$@" >/dev/full' "$ATTEST" $words
        [ "$status" -eq 10 ] || { echo "$words: $status $output"; false; }
    done
    mkfifo pipe
    cat pipe >got &
    "$ATTEST" assess access. --format json -o pipe || [ $? -eq 1 ]
    wait
    [ -p pipe ] && [ -s got ]
    ln -s /dev/stdout link
    "$ATTEST" assess access. --format json -o link >plain || [ $? -eq 1 ]
    [ -L link ] && [ -s plain ]
}

@test "a store that cannot be used leaves nothing in the way of the next try" {
    for url in mysql://x "postgres:///x?host=$home/nowhere"; do
        run "$ATTEST" init . --store "$url"
        [ "$status" -ge 3 ] || { echo "$url: $status $output"; false; }
        [ ! -e .attest ]
    done
    "$ATTEST" init .
}

@test "a database that another workspace uses is refused" {
    mkdir one two
    touch two/shared.db
    "$ATTEST" init one --store "sqlite:$home/two/shared.db" >/dev/null
    cd one && rows | feed && "$ATTEST" collect exec ./feeder >/dev/null
    cd .. && run "$ATTEST" init two --store "sqlite:$home/two/shared.db"
    [ "$status" -eq 6 ] && [[ "$output" == *"another workspace"* ]]
    [ ! -e two/.attest ]
}
