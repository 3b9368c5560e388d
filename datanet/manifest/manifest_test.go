package manifest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/erasure"
)

const network record.Network = 7

func key(t testing.TB, name string) record.Key {
	t.Helper()
	secret := sha256.Sum256([]byte(name))
	k, err := record.ParseKey(secret[:])
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func account(t testing.TB, name string) record.Account { return key(t, name).Public().Account() }

// A world is the blocks of a test.
type world struct {
	testing.TB
	mu     sync.Mutex // chunks are put and got concurrently
	blocks map[cid.Cid][]byte
	seq    uint64
}

func newWorld(t testing.TB) *world { return &world{TB: t, blocks: map[cid.Cid][]byte{}} }

func (w *world) get(_ context.Context, c cid.Cid) ([]byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if b, ok := w.blocks[c]; ok {
		return b, nil
	}
	return nil, fmt.Errorf("%s: %w", c, block.ErrNotFound)
}

func (w *world) put(codec uint64, b []byte) cid.Cid {
	c, err := block.CID(codec, b)
	if err != nil {
		w.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.blocks[c] = bytes.Clone(b)
	return c
}

func (w *world) load(c cid.Cid) (*Datanet, error) { return Load(w.Context(), c, network, w.get) }

func (w *world) mustLoad(c cid.Cid) *Datanet {
	w.Helper()
	d, err := w.load(c)
	if err != nil {
		w.Fatal(err)
	}
	return d
}

// contribution seals texts of one owner, each credited to a name.
func (w *world) contribution(owner string, id ID, texts ...string) Sealed[Contribution] {
	w.Helper()
	batch := Batch{Sources: []Source{{Name: "a.txt"}}}
	c := Contribution{Title: "by " + owner, Licence: "MIT"}
	for i, text := range texts {
		batch.Records = append(batch.Records, Record{Contributor: uint64(i), Text: text, Key: fmt.Sprint(i)})
		c.Contributors = append(c.Contributors, Contributor{Name: fmt.Sprintf("%s-%d", owner, i), Records: 1, Bytes: uint64(len(text))})
	}
	content := batch.AppendCanon(nil)
	layout, err := erasure.Encode(w.Context(), bytes.NewReader(content), erasure.Code{Data: 2, Parity: 1}, func(_ context.Context, b []byte) (cid.Cid, error) {
		return w.put(cid.Raw, b), nil
	})
	if err != nil {
		w.Fatal(err)
	}
	c.Shards = []Shard{{Layout: w.put(cid.DagCBOR, layout.AppendCanon(nil)), Size: uint64(len(content)), Records: uint64(len(texts))}}
	w.seq++
	s, err := SealContribution(key(w, owner), network, id, w.seq, c)
	if err != nil {
		w.Fatal(err)
	}
	w.put(cid.DagCBOR, s.Record().Envelope())
	return s
}

func (w *world) review(by string, id ID, c cid.Cid, accept bool) Sealed[Review] {
	w.Helper()
	w.seq++
	s, err := SealReview(key(w, by), network, id, w.seq, Review{c, accept, "read it"})
	if err != nil {
		w.Fatal(err)
	}
	w.put(cid.DagCBOR, s.Record().Envelope())
	return s
}

func (w *world) withdrawal(by string, id ID, c cid.Cid, records ...Removal) Sealed[Withdrawal] {
	w.Helper()
	w.seq++
	s, err := SealWithdrawal(key(w, by), network, id, w.seq, Withdrawal{c, records, "my mistake"})
	if err != nil {
		w.Fatal(err)
	}
	w.put(cid.DagCBOR, s.Record().Envelope())
	return s
}

func (w *world) seal(by string, m Manifest) cid.Cid {
	w.Helper()
	s, err := SealManifest(key(w, by), network, m)
	if err != nil {
		w.Fatal(err)
	}
	return w.put(cid.DagCBOR, s.Record().Envelope())
}

func texts(t testing.TB, d *Datanet, get Get) (out []string) {
	t.Helper()
	for item, err := range d.Records(t.Context(), get) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, item.Credit.String()+"="+item.Text)
	}
	return out
}

// Three versions: two contributions, one record withdrawn, all still named.
func TestVersions(t *testing.T) {
	w := newWorld(t)
	id := NewID(account(t, "founder"), "words")
	alice, bob := w.contribution("alice", id, "one", "two"), w.contribution("bob", id, "three")

	draft := New("words", "MIT", Open)
	draft.Manifest.Tags = []string{"english", "numbers"}
	if err := draft.Add(alice); err != nil {
		t.Fatal(err)
	}
	v0 := w.mustLoad(w.seal("founder", draft.Manifest))

	draft = v0.Draft()
	if err := draft.Add(bob); err != nil {
		t.Fatal(err)
	}
	v1 := w.mustLoad(w.seal("founder", draft.Manifest))
	if err := draft.Add(alice); err == nil {
		t.Error("a contribution was added twice")
	}

	draft = v1.Draft()
	for range 2 { // a second time changes nothing but the list
		if err := draft.Withdraw(w.withdrawal("alice", id, alice.CID(), Removal{0, 0, 3})); err != nil {
			t.Fatal(err)
		}
	}
	v2 := w.mustLoad(w.seal("founder", draft.Manifest))

	for _, c := range []struct {
		d    *Datanet
		want string
	}{
		{v0, "[alice-0=one alice-1=two]"},
		{v1, "[alice-0=one alice-1=two bob-0=three]"},
		{v2, "[alice-1=two bob-0=three]"},
	} {
		if got := fmt.Sprint(texts(t, c.d, w.get)); got != c.want {
			t.Errorf("version %d: got %s, want %s", c.d.Manifest().Version, got, c.want)
		}
		if err := c.d.Verify(t.Context(), w.get); err != nil {
			t.Error(err)
		}
	}
	if got, want := v2.Manifest().Stats, (Stats{Records: 3, Bytes: 11, Shards: 2, Withdrawn: 1, WithdrawnBytes: 3}); got != want {
		t.Errorf("statistics: got %+v, want %+v", got, want)
	}
	if got := v2.Contributions()[0]; got.CID() != alice.CID() || got.Owner() != account(t, "alice") {
		t.Errorf("provenance: got %s of %s", got.CID(), got.Owner())
	}
	diff, err := Compare(v0, v2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(len(diff.Contributions), len(diff.Withdrawals), diff.Contributors, diff.Stats), "1 2 [bob-0] {1 5 1 1 3}"; got != want {
		t.Errorf("diff: got %s, want %s", got, want)
	}
	if _, err := Compare(v2, v0); err == nil {
		t.Error("an earlier version follows a later one")
	}
}

// What a founder could try. Each case changes the draft of version 1 or its
// parts; Load must name the reason.
func TestLoadRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(w *world, d *Draft, parent *Datanet, id ID)
		want   string
	}{
		{"remove a contribution", func(w *world, d *Draft, p *Datanet, id ID) {
			fresh := New("words", "MIT", Open)
			fresh.Manifest.Version, fresh.Manifest.Parent = 1, p.CID()
			d.Manifest = fresh.Manifest
		}, "a contribution was removed"},
		{"raise a credit", func(w *world, d *Draft, p *Datanet, id ID) { d.Manifest.Contributors[0].Records++ }, "not the sums"},
		{"raise a statistic", func(w *world, d *Draft, p *Datanet, id ID) { d.Manifest.Stats.Bytes++ }, "not the sums"},
		{"another licence", func(w *world, d *Draft, p *Datanet, id ID) { d.Manifest.Licence = "MIT OR 0BSD" }, "the licence was MIT"},
		{"skip a version", func(w *world, d *Draft, p *Datanet, id ID) { d.Manifest.Version = 2 }, "the parent is version 0"},
		{"parent of another type", func(w *world, d *Draft, p *Datanet, id ID) { d.Manifest.Parent = w.contribution("bob", id, "x").CID() }, "a record of type Contribution"},
		{"parent that is missing", func(w *world, d *Draft, p *Datanet, id ID) { d.Manifest.Parent = w.put(cid.Raw, []byte("no")) }, "not an envelope"},
		{"not invited", func(w *world, d *Draft, p *Datanet, id ID) {
			d.Manifest.Policy = Invited
			must(w, d.Add(w.contribution("bob", id, "x")))
		}, "not invited"},
		{"not reviewed", func(w *world, d *Draft, p *Datanet, id ID) {
			d.Manifest.Policy = Reviewed
			must(w, d.Add(w.contribution("bob", id, "x")))
		}, "accepted by no curator"},
		{"rejected after it was accepted", func(w *world, d *Draft, p *Datanet, id ID) {
			d.Manifest.Policy = Reviewed
			bob := w.contribution("bob", id, "x")
			must(w, d.Add(bob))
			d.Review(w.review("founder", id, bob.CID(), true))
			d.Review(w.review("founder", id, bob.CID(), false))
		}, "rejected by a curator"},
		{"reviewed by a stranger", func(w *world, d *Draft, p *Datanet, id ID) {
			d.Review(w.review("bob", id, p.Contributions()[0].CID(), true))
		}, "who is no curator"},
		{"withdrawn by a stranger", func(w *world, d *Draft, p *Datanet, id ID) {
			must(w, d.Withdraw(w.withdrawal("bob", id, p.Contributions()[0].CID())))
		}, "neither owns"},
		{"withdraw what is not there", func(w *world, d *Draft, p *Datanet, id ID) {
			d.Manifest.Withdrawals = append(d.Manifest.Withdrawals, w.withdrawal("alice", id, p.CID()).CID())
		}, "is not in the Datanet"},
		{"contribution to another Datanet", func(w *world, d *Draft, p *Datanet, id ID) {
			must(w, d.Add(w.contribution("bob", ID{1}, "x")))
		}, "it is for Datanet 01"},
		{"review as a contribution", func(w *world, d *Draft, p *Datanet, id ID) {
			d.Manifest.Contributions = append(d.Manifest.Contributions, w.review("founder", id, p.CID(), true).CID())
		}, "a record of type Review, want Contribution"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			id := NewID(account(t, "founder"), "words")
			first := New("words", "MIT", Open)
			must(w, first.Add(w.contribution("alice", id, "one", "two")))
			v0 := w.mustLoad(w.seal("founder", first.Manifest))
			draft := v0.Draft()
			c.change(w, draft, v0, id)
			_, err := w.load(w.seal("founder", draft.Manifest))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want ...%s...", err, c.want)
			}
		})
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestPolicies(t *testing.T) {
	w := newWorld(t)
	id := NewID(account(t, "founder"), "words")
	bob := w.contribution("bob", id, "x")
	d := New("words", "MIT", Reviewed)
	d.Manifest.Curators = []record.Account{account(t, "carol")}
	must(t, d.Add(bob))
	d.Review(w.review("carol", id, bob.CID(), false))
	d.Review(w.review("carol", id, bob.CID(), true))
	if got := w.mustLoad(w.seal("founder", d.Manifest)); len(got.Reviews()) != 2 || got.Reviews()[0].Value().Reason != "read it" {
		t.Errorf("reviews: got %v", got.Reviews())
	}
	d = New("words", "MIT", Invited)
	d.Manifest.Invited = []record.Account{account(t, "bob")}
	must(t, d.Add(bob))
	w.mustLoad(w.seal("founder", d.Manifest))
}

// A peer that serves other bytes under a CID, to make a version its own parent
// or to make a circle of two, is found by the hash; and were it not, by the
// version numbers.
func TestCycles(t *testing.T) {
	w := newWorld(t)
	first := New("words", "MIT", Open)
	v0 := w.mustLoad(w.seal("founder", first.Manifest))
	v1 := w.mustLoad(w.seal("founder", v0.Draft().Manifest))
	v2 := w.mustLoad(w.seal("founder", v1.Draft().Manifest))
	w.blocks[v1.CID()] = w.blocks[v2.CID()]
	if _, err := w.load(v2.CID()); !errors.Is(err, block.ErrCorrupt) {
		t.Errorf("other bytes: got %v, want %v", err, block.ErrCorrupt)
	}
	for _, c := range []struct {
		name          string
		child, parent *Datanet
	}{{"itself", v2, v2}, {"back", v1, v2}, {"two back", v2, v0}} {
		if err := follows(c.child.head, c.parent.head); !errors.Is(err, ErrParent) {
			t.Errorf("%s: got %v, want %v", c.name, err, ErrParent)
		}
	}
	if err := follows(v2.head, v1.head); err != nil {
		t.Error(err)
	}
}

// No altered block goes unnoticed: it is an error, or a chunk that the parity
// restores.
func TestAltered(t *testing.T) {
	w := newWorld(t)
	id := NewID(account(t, "founder"), "words")
	d := New("words", "MIT", Open)
	must(t, d.Add(w.contribution("alice", id, "one", "two")))
	head := w.seal("founder", d.Manifest)
	want := fmt.Sprint(texts(t, w.mustLoad(head), w.get))
	for c, b := range w.blocks {
		for i := range b {
			b[i] ^= 1 << (i % 8)
			if got, err := w.load(head); err == nil {
				if err := got.Verify(t.Context(), w.get); err == nil && fmt.Sprint(texts(t, got, w.get)) != want {
					t.Fatalf("block %s: byte %d was altered and nobody noticed", c, i)
				}
			}
			b[i] ^= 1 << (i % 8)
		}
	}
	// A stranger signs the founder's bytes again: another Datanet.
	m := d.Manifest
	payload, err := canon.Encode(&m)
	must(t, err)
	forged, err := record.Seal(key(t, "mallory"), record.Header{Network: network, Type: record.Manifest, Subject: id}, payload)
	must(t, err)
	if _, err := OpenManifest(forged.Envelope(), network); err == nil || !strings.Contains(err.Error(), "not its founder's signature") {
		t.Errorf("forged: got %v", err)
	}
}

// An owner who credits a friend with more than the shards hold is found.
func TestFalseCredit(t *testing.T) {
	w := newWorld(t)
	id := NewID(account(t, "founder"), "words")
	c := w.contribution("alice", id, "one", "two").Value()
	c.Contributors[0].Records, c.Contributors[1].Records = 2, 0
	s, err := SealContribution(key(t, "alice"), network, id, 9, c)
	must(t, err)
	w.put(cid.DagCBOR, s.Record().Envelope())
	d := New("words", "MIT", Open)
	must(t, d.Add(s))
	err = w.mustLoad(w.seal("founder", d.Manifest)).Verify(t.Context(), w.get)
	if err == nil || !strings.Contains(err.Error(), "credits alice-0 with 2 records") {
		t.Errorf("got %v", err)
	}
}

func TestLicence(t *testing.T) {
	for _, c := range []struct {
		licence Licence
		ok      bool
	}{
		{"MIT", true}, {"MIT OR Apache-2.0", true}, {"(MIT AND BSD-3-Clause) OR CC-BY-4.0", true}, {"Apache-2.0 WITH LLVM-exception", true},
		{"EUPL-1.2+", true}, {"LicenseRef-my-terms", true}, {"", false}, {"mine", false}, {"MIT OR", false}, {"(MIT", false}, {"MIT)", false},
		{"MIT MIT", false}, {"WITH LLVM-exception", false}, {"AND", false}, {"LicenseRef-", false}, {"MIT WITH MIT", false},
		{"GPL-2.0-only WITH Classpath-exception-2.0", true}, {"GPL-2.0+", true}, {"CC-BY-NC-SA-4.0", true}, {"Hippocratic-2.1", true},
		{"DocumentRef-a:LicenseRef-b", true}, {"DocumentRef-a", false}, {"DocumentRef-a:MIT", false}, {"MIT WITH AdditionRef-x", true},
		{"LicenseRef-a+", false}, {"mit", false}, {"MIT and ISC", false}, {"(MIT) WITH LLVM-exception", false}, {"MIT WITH LLVM-exception WITH LLVM-exception", false},
	} {
		if err := c.licence.Check(); (err == nil) != c.ok {
			t.Errorf("%q: got %v, want ok %t", c.licence, err, c.ok)
		}
	}
	if len(licences) < 700 || len(exceptions) < 60 {
		t.Errorf("the SPDX list has %d licences and %d exceptions", len(licences), len(exceptions))
	}
	if err := Licence("apache-2.0").Check(); err == nil || !strings.Contains(err.Error(), "as SPDX does: Apache-2.0") {
		t.Errorf("small letters: got %v", err)
	}
	if got := fmt.Sprint(Licence("(MIT OR GPL-3.0-only WITH GCC-exception-3.1) AND MIT").Names()); got != "[GPL-3.0-only MIT]" {
		t.Errorf("names: got %s", got)
	}
	if l := Licence("MIT AND CC0-1.0"); !l.Covers("MIT") || !l.Covers("CC0-1.0") || l.Covers("MIT AND 0BSD") || l.Covers("x") {
		t.Error("MIT AND CC0-1.0 covers something else than MIT and CC0-1.0")
	}
}

func TestSealRefuses(t *testing.T) {
	k := key(t, "founder")
	for _, c := range []struct {
		name string
		m    Manifest
		want string
	}{
		{"no name", Manifest{Licence: "MIT", Policy: Open}, "name"},
		{"capitals", Manifest{Name: "A", Licence: "MIT", Policy: Open}, "name"},
		{"no licence", Manifest{Name: "a", Policy: Open}, "a licence is required"},
		{"no policy", Manifest{Name: "a", Licence: "MIT"}, "unknown policy"},
		{"no parent", Manifest{Name: "a", Licence: "MIT", Policy: Open, Version: 1}, "version 0 and only it"},
		{"unsorted tags", Manifest{Name: "a", Licence: "MIT", Policy: Open, Tags: []string{"b", "a"}}, "sorted"},
	} {
		if _, err := SealManifest(k, network, c.m); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want ...%s...", c.name, err, c.want)
		}
	}
	if _, err := SealReview(k, network, ID{}, 0, Review{Contribution: testCID(t)}); err == nil {
		t.Error("a review without a reason was signed")
	}
	if _, err := SealWithdrawal(k, network, ID{}, 0, Withdrawal{testCID(t), []Removal{{Index: 2}, {Index: 1}}, "x"}); err == nil {
		t.Error("unsorted records were withdrawn")
	}
}

func testCID(t testing.TB) cid.Cid {
	t.Helper()
	c, err := block.CID(cid.Raw, nil)
	must(t, err)
	return c
}
