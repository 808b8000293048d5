// Checks what make_log wrote with golang.org/x/mod: notes, proofs, consistency.
// (Not with tlog.TileHashReader, which is unsound before x/mod 0.40.0.)
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var tests int

func check(ok bool, format string, args ...interface{}) {
	tests++
	name := fmt.Sprintf(format, args...)
	if ok {
		fmt.Printf("ok %d - %s\n", tests, name)
		return
	}
	fmt.Printf("not ok %d - %s\n", tests, name)
	os.Exit(1)
}

func read(dir, name string) string {
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return string(b)
}

func hash(s string) (h tlog.Hash) {
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != tlog.HashSize {
		fmt.Fprintf(os.Stderr, "not a hash: %q\n", s)
		os.Exit(1)
	}
	copy(h[:], b)
	return h
}

func hashes(lines []string) (out []tlog.Hash) {
	for _, line := range lines {
		out = append(out, hash(line))
	}
	return out
}

func tree(text string) tlog.Tree {
	lines := strings.Split(text, "\n")
	n, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return tlog.Tree{N: n, Hash: hash(lines[2])}
}

func checkProofs(dir string, keys note.Verifiers) {
	files, _ := filepath.Glob(filepath.Join(dir, "*.tlog-proof"))
	check(len(files) >= 10, "there are proofs")
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".tlog-proof")
		entry := read(dir, name)
		head, body, _ := strings.Cut(read(dir, name+".tlog-proof"), "\n\n")
		lines := strings.Split(head, "\n")[1:]
		if strings.HasPrefix(lines[0], "extra ") {
			lines = lines[1:]
		}
		index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
		check(err == nil, "%s has an index", name)
		n, err := note.Open([]byte(body), keys)
		check(err == nil, "%s: note.Open accepts the checkpoint", name)
		t, path := tree(n.Text), hashes(lines[1:])
		err = tlog.CheckRecord(path, t.N, t.Hash, index, tlog.RecordHash([]byte(entry)))
		check(err == nil, "%s: tlog.CheckRecord accepts the proof", name)
		err = tlog.CheckRecord(path, t.N, t.Hash, index, tlog.RecordHash([]byte(entry+"x")))
		check(err != nil, "%s: tlog.CheckRecord refuses another entry", name)
	}
}

func checkTrees(dir string) {
	files, _ := filepath.Glob(filepath.Join(dir, "consistency-*"))
	check(len(files) >= 15, "there are consistency proofs")
	for _, file := range files {
		var m, n int64
		fmt.Sscanf(filepath.Base(file), "consistency-%d-%d", &m, &n)
		h := hashes(strings.Split(strings.TrimSpace(read(dir, filepath.Base(file))), "\n"))
		err := tlog.CheckTree(h[2:], n, h[1], m, h[0])
		check(err == nil, "tlog.CheckTree accepts %d -> %d", m, n)
		h[0][0] ^= 1
		check(tlog.CheckTree(h[2:], n, h[1], m, h[0]) != nil, "tlog.CheckTree refuses another %d -> %d", m, n)
	}
}

// A witness's key, which this version of note does not know: cosignature/v1 of C2SP.
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig))
	return ed25519.Verify(c.key, append([]byte(head), msg...), sig[8:])
}

func newCosigner(vkey string) (cosigner, bool) {
	parts := strings.SplitN(vkey, "+", 3)
	id, err := strconv.ParseUint(parts[1], 16, 32)
	key, err2 := base64.StdEncoding.Strict().DecodeString(parts[2])
	ok := err == nil && err2 == nil && len(key) == 33 && key[0] == 4
	return cosigner{parts[0], uint32(id), key[1:]}, ok
}

func checkCosigned(dir string, log note.Verifier) {
	witness, ok := newCosigner(strings.TrimSpace(read(dir, "second-witness.vkey")))
	check(ok, "the witness's key is one of cosignatures")
	body := read(dir, "cosigned")
	n, err := note.Open([]byte(body), note.VerifierList(log, witness))
	check(err == nil && len(n.Sigs) == 2 && tree(n.Text).N == 66000, "note.Open accepts log and witness on a cosigned checkpoint")
	_, err = note.Open([]byte(strings.Replace(body, "\n66000\n", "\n66001\n", 1)), note.VerifierList(witness))
	check(err != nil, "note.Open refuses another size under the cosignature")
}

func main() {
	dir := os.Args[1]
	verifier, err := note.NewVerifier(strings.TrimSpace(read(dir, "log.vkey")))
	check(err == nil, "note.NewVerifier accepts the log's key")
	keys := note.VerifierList(verifier)
	body := read(dir, "log/checkpoint")
	n, err := note.Open([]byte(body), keys)
	check(err == nil && tree(n.Text).N == 66000, "note.Open accepts the checkpoint")
	_, err = note.Open([]byte(strings.Replace(body, "\n66000\n", "\n66001\n", 1)), keys)
	check(err != nil, "note.Open refuses another size")
	checkProofs(dir, keys)
	checkTrees(dir)
	checkCosigned(dir, verifier)
	fmt.Printf("1..%d\n", tests)
}
