#!/usr/bin/env bats
# A record in the editor: YAML with what each field means; faults come back as comments; nothing is lost.
load helper

program() {
    needs_terminal
    "$ATTEST" init . --name Example >/dev/null
    "$ATTEST" person add me name=Me login="$(id -un)" permission=owner >/dev/null
    "$ATTEST" risk add title='Lost laptop' description=$'two\nlines' likelihood=3 >/dev/null
    export TMPDIR=$home
    unset VISUAL
}

# Runs the editor on a terminal of its own.
edit() { script -qec "$ATTEST risk edit RISK-1 $*" /dev/null </dev/null; }

editor() {
    cat >editor.sh
    export EDITOR="sh $home/editor.sh"
}

field() { "$ATTEST" risk show RISK-1 --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["fields"][sys.argv[1]])' "$1"; }

@test "what is changed in the editor is changed, the rest stays" {
    program
    editor <<'S'
cp "$1" seen; sed -i 's/^likelihood: 3/likelihood: 4/; s/^impact:.*/impact: 5/; s/^  lines/  lines: three/' "$1"
S
    edit --reason because
    [ "$(field likelihood)" = 4 ] && [ "$(field impact)" = 5 ] && [ "$(field title)" = 'Lost laptop' ]
    [ "$(field description)" = $'two\nlines: three' ]
    grep -q '^# How likely it is' seen && grep -q 'from 1 to 5' seen
    ! grep -q '^state' seen
    "$ATTEST" risk history RISK-1 | grep -q because
    [ -z "$(ls "$home"/attest-risk-* 2>/dev/null)" ]
}

@test "left as it is, nothing changes" {
    program
    editor <<<'true'
    run edit
    [[ "$output" == *"Nothing changed"* ]]
}

@test "faults are told at the top and the editor opens again" {
    program
    editor <<'S'
n=$(cat round 2>/dev/null || echo 0); echo $((n + 1)) >round
case $n in
0) sed -i 's/^likelihood: 3/likelihood: 9/; s/^owner:.*/owner: nobody/' "$1" ;;
1) cp "$1" second; sed -i 's/^owner: nobody/owner: "me/' "$1" ;;
2) cp "$1" third; sed -i 's/^likelihood: 9/likelihood: 5/; s/^owner: .*/owner: me/' "$1" ;;
esac
S
    edit
    grep -q '^#!.*likelihood: is 9' second && grep -q '^#!.*nobody' second && grep -q 'likelihood: 9' second
    grep -q '^#!.*line [0-9]' third
    [ "$(field likelihood)" = 5 ] && [ "$(field owner)" = me ]
}

@test "given up after a fault, or changed by somebody else meanwhile, the text is kept and named" {
    program
    editor <<'S'
[ -e once ] || sed -i 's/^likelihood: 3/likelihood: 9/' "$1"; touch once
S
    run edit
    [ "$status" -eq 3 ]
    kept=$(ls "$home"/attest-risk-*)
    [[ "$output" == *"$(basename "$kept")"* ]] && grep -q 'likelihood: 9' "$kept"
    rm "$kept"
    editor <<S
"$ATTEST" risk edit RISK-1 title=Theirs; sed -i 's/^title: .*/title: "Ours"/' "\$1"
S
    run edit
    [ "$status" -eq 6 ]
    [[ "$output" == *Theirs* ]] && [[ "$output" == *Ours* ]]
    grep -q Ours "$home"/attest-risk-*
    [ "$(field title)" = Theirs ]
}

@test "an editor that fails keeps what was written" {
    program
    editor <<<'echo "title: mine" >"$1"; exit 3'
    run edit
    [ "$status" -eq 9 ]
    grep -q mine "$home"/attest-risk-*
    [ "$(field title)" = 'Lost laptop' ]
}
