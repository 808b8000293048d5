#!/bin/bash
# usage: verify_go.sh verify.go MAKE_LOG
set -eu
if ! command -v go >/dev/null || [ ! -d /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog ]; then
    echo "Bail out! golang-go and golang-golang-x-mod-dev are not installed"
    exit 1
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$2" "$dir/made"
GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS='' GOCACHE="$dir/cache" go run "$1" "$dir/made"
