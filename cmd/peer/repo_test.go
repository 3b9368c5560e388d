package main

import (
	"encoding/base32"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

// poems makes a small Datanet of one version.
func (b *box) poems() publishReport {
	b.t.Helper()
	b.ok("datanet", "create", "poems", "--licence", "CC0-1.0")
	b.write("poems.jsonl", `{"text":"Roses are red","by":"ann"}`+"\n"+`{"text":"Violets are blue","by":"bob"}`+"\n", 0o644)
	b.ok("datanet", "add", "poems", "poems.jsonl", "--contributor-column", "by")
	var p publishReport
	b.answer(&p, "datanet", "publish", "poems")
	return p
}

// rot changes a byte of every block that ok says yes to, behind the store's back.
func (b *box) rot(ok func(e block.Entry, data []byte) bool) (names []string) {
	b.t.Helper()
	log := slog.New(slog.DiscardHandler)
	s, err := block.Open(filepath.Join(b.home, "blocks"), log)
	if err != nil {
		b.t.Fatal(err)
	}
	bad := map[cid.Cid][]byte{}
	for e, err := range s.Verify(b.t.Context()) {
		if errors.Is(err, block.ErrCorrupt) {
			continue // of an earlier call
		}
		if err != nil {
			b.t.Fatal(err)
		}
		data, err := s.Get(b.t.Context(), e.CID)
		if err != nil {
			b.t.Fatal(err)
		}
		if ok(e, data) {
			data[len(data)/2] ^= 1
			bad[e.CID] = data
		}
	}
	if err := s.Close(); err != nil {
		b.t.Fatal(err)
	}
	d, err := block.OpenDatastore(filepath.Join(b.home, "blocks"), log)
	if err != nil {
		b.t.Fatal(err)
	}
	for c, data := range bad {
		if err := d.Put(b.t.Context(), blockKey(c), data); err != nil {
			b.t.Fatal(err)
		}
		names = append(names, c.String())
	}
	if err := d.Close(); err != nil {
		b.t.Fatal(err)
	}
	return names
}

// blockKey is where a store keeps a block.
func blockKey(c cid.Cid) datastore.Key {
	return datastore.NewKey("/blocks/" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(c.Hash()))
}

// isRecord says whether a block is a signed record of a type.
func isRecord(data []byte, want record.Type) bool {
	v, err := record.Open(data, 1)
	return err == nil && v.Header().Type == want
}

// TestRotten: a block that the disk changed is found by name, never served, and
// made again of the others.
func TestRotten(t *testing.T) {
	b := newHome(t)
	b.poems()
	wanted := b.export("poems")
	n := 0
	bad := b.rot(func(e block.Entry, _ []byte) bool { // half of the 20 chunks; other blocks are longer
		if e.Size < 40 {
			n++
		}
		return e.Size < 40 && n%2 == 0
	})
	if len(bad) == 0 {
		t.Fatal("no chunk was changed")
	}
	o := b.outcome(b.command("repo", "verify"))
	if o.code != exitCheck || !strings.Contains(o.out, bad[0]) || !strings.Contains(o.out, "rotted") || !strings.Contains(o.err, "peer repo repair") {
		t.Errorf("repo verify: exit code %d\n%s%s", o.code, o.out, o.err)
	}
	if got := b.export("poems"); got != wanted {
		t.Errorf("export beside rotten chunks: got %s", got)
	}
	if out := b.ok("repo", "repair"); !strings.Contains(out, fmt.Sprintf("%d damaged blocks deleted, %d chunks restored", len(bad), len(bad))) {
		t.Errorf("repo repair of %d blocks: %s", len(bad), out)
	}
	b.ok("repo", "verify")
	if out := b.ok("pin", "recover"); !strings.Contains(out, "All that is pinned is here") {
		t.Errorf("pin recover: %s", out)
	}
}

// TestTamperedRecords: a manifest and a contribution that were changed are
// refused by name.
func TestTamperedRecords(t *testing.T) {
	b := newHome(t)
	p := b.poems()
	var show showReport
	b.answer(&show, "datanet", "show", "poems")
	contribution := show.Contributions[0].CID
	for _, c := range []struct {
		what record.Type
		name string
	}{{record.Contribution, contribution}, {record.Manifest, p.CID}} {
		b.rot(func(_ block.Entry, data []byte) bool { return isRecord(data, c.what) })
		b.refused(b.command("datanet", "verify", "poems"), exitCheck, c.name)
		b.refused(b.command("datanet", "export", "poems"), exitCheck, c.name)
	}
	b.refused(b.command("datanet", "show", p.CID), exitCheck, p.CID)
	b.refused(b.command("datanet", "publish", "poems"), exitCheck, p.CID)
}

// TestDamagedLedger: what the ledger knew of Datanets is in their signed records.
func TestDamagedLedger(t *testing.T) {
	b := newHome(t)
	b.poems()
	b.write("more.jsonl", `{"text":"A poem that waits for the next version"}`+"\n", 0o644)
	b.ok("datanet", "add", "poems", "more.jsonl")
	wanted := b.export("poems")
	b.write("home/ledger.db", strings.Repeat("no database at all", 1000), 0o600)
	b.refused(b.command("datanet", "list"), exitHome, "ledger.db", "peer repo repair")
	b.refused(b.command("repo", "verify"), exitHome, "ledger.db", "peer repo repair")
	if out := b.ok("repo", "repair"); !strings.Contains(out, "1 Datanets were found again") {
		t.Errorf("repo repair: %s", out)
	}
	b.ok("repo", "verify")
	if b.export("poems") != wanted {
		t.Error("after the repair the Datanet is another")
	}
	var p publishReport
	if b.answer(&p, "datanet", "publish", "poems"); p.Version != 1 || p.Contributions != 1 {
		t.Errorf("publish after the repair: %+v", p)
	}
	b.ok("repo", "verify")
}

// TestDatanetBadInput: what cannot be done is said in one line, and what cannot
// be read is listed with the reason.
func TestDatanetBadInput(t *testing.T) {
	b := newHome(t)
	b.poems()
	b.write("other.jsonl", `{"text":"a text"}`+"\n", 0o644)
	for _, c := range []struct {
		args string
		code exitCode
		want []string
	}{
		{"datanet create nothing", exitUsage, []string{"a licence is required", "SPDX"}},
		{"datanet create nothing --licence best", exitUsage, []string{`"best"`, "SPDX"}},
		{"datanet create Big --licence MIT", exitUsage, []string{`name "Big"`}},
		{"datanet create poems --licence MIT", exitUsage, []string{"already"}},
		{"datanet create x --licence MIT --policy all", exitUsage, []string{"open, invited or reviewed"}},
		{"datanet create x --licence MIT --curator bob", exitUsage, []string{"--curator bob", "peer id"}},
		{"datanet add poem poems.jsonl", exitFailed, []string{`did you mean "poems"`}},
		{"datanet add poems missing.jsonl", exitUsage, []string{"missing.jsonl", "name a file"}},
		{"datanet add poems other.jsonl --licence MIT", exitUsage, []string{"under CC0-1.0", "does not cover MIT"}},
		{"datanet add poems other.jsonl --text-column body", exitFailed, []string{"no records", "1 quarantined"}},
		{"datanet add poems poems.jsonl", exitFailed, []string{"no records", "2 duplicates"}},
		{"datanet review poems bafy --accept yes", exitUsage, []string{`contribution "bafy"`}},
		{"datanet withdraw poems bafy", exitUsage, []string{"needs a reason"}},
		{"datanet withdraw poems bafy --reason private", exitUsage, []string{"is not in poems"}},
		{"datanet export poems --format zip", exitUsage, []string{"want jsonl or car"}},
		{"datanet export poems --to missing/file", exitFailed, []string{"missing", "--to"}},
		{"datanet pin nowhere", exitFailed, []string{`"nowhere"`, "peer run"}},
		{"pin add bafy", exitUsage, []string{`"bafy"`}},
		{"pin rm nothing", exitFailed, []string{"not pinned", "peer pin ls"}},
		{"pin rm poems", exitUsage, []string{"your Datanet poems"}},
	} {
		b.refused(b.command(strings.Fields(c.args)...), c.code, c.want...)
	}
	tree := filepath.Join(b.dir, "tree")
	if err := os.Mkdir(tree, 0o755); err != nil {
		t.Fatal(err)
	}
	b.write("tree/good.txt", "A text that can be read without any trouble", 0o644)
	b.write("tree/latin.txt", "caf\xe9", 0o644)
	b.write("tree/binary.txt", "a\x00b", 0o644)
	b.write("tree/long.jsonl", `{"text":"`+strings.Repeat("x", 3<<20)+`"}`+"\n"+`{"text":"the line behind the long one"}`+"\n", 0o644)
	if err := os.Symlink(tree, filepath.Join(tree, "loop")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(tree, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	out := b.ok("datanet", "add", "poems", "tree")
	for _, want := range []string{"Added 2 records", "5 not read", "latin.txt", "not UTF-8", "binary.txt", "zero byte", "long.jsonl", "a line of", "loop", "symbolic link", "pipe", "named pipe"} {
		if !strings.Contains(out, want) {
			t.Errorf("add of a tree with bad files: want %q in\n%s", want, out)
		}
	}
}
