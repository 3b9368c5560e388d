package catalog

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	_ "modernc.org/sqlite"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

const network record.Network = 7

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func key(t testing.TB, name string) record.Key {
	t.Helper()
	secret := sha256.Sum256([]byte(name))
	k, err := record.ParseKey(secret[:])
	must(t, err)
	return k
}

// A clock stands still until it is set.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// A world is the blocks of all peers, a clock, and a catalog.
type world struct {
	testing.TB
	clock   *clock
	mu      sync.Mutex
	blocks  map[cid.Cid][]byte
	missing map[cid.Cid]bool
	keep    map[manifest.ID]bool
	path    string
	*Catalog
}

func newWorld(t testing.TB, change func(*Config)) *world {
	t.Helper()
	w := &world{
		TB: t, clock: &clock{at: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}, path: filepath.Join(t.TempDir(), "ledger.db"),
		blocks: map[cid.Cid][]byte{}, missing: map[cid.Cid]bool{}, keep: map[manifest.ID]bool{},
	}
	w.Catalog = w.open(change)
	return w
}

// open opens another catalog in the same file.
func (w *world) open(change func(*Config)) *Catalog {
	w.Helper()
	db, err := sql.Open("sqlite", "file:"+w.path+"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)")
	must(w, err)
	w.Cleanup(func() { must(w, db.Close()) })
	config := Config{Network: network, Get: w.get, Now: w.clock.now, Keep: w.kept}
	if change != nil {
		change(&config)
	}
	c, err := Open(w.Context(), db, config)
	must(w, err)
	return c
}

func (w *world) get(_ context.Context, c cid.Cid) ([]byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if b, ok := w.blocks[c]; ok && !w.missing[c] {
		return b, nil
	}
	return nil, fmt.Errorf("%s: %w", c, block.ErrNotFound)
}

func (w *world) kept(id manifest.ID) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.keep[id]
}

func (w *world) setKeep(id manifest.ID, keep bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.keep[id] = keep
}

// seal signs a version and stores its block.
func (w *world) seal(founder string, m manifest.Manifest) manifest.Sealed[manifest.Manifest] {
	w.Helper()
	s, err := manifest.SealManifest(key(w, founder), network, m)
	must(w, err)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.blocks[s.CID()] = s.Record().Envelope()
	return s
}

func (w *world) draft(name string, tags ...string) manifest.Manifest {
	d := manifest.New(name, "CC-BY-4.0", manifest.Open)
	d.Manifest.Tags = tags
	return d.Manifest
}

// next is the version after one, with another description.
func next(s manifest.Sealed[manifest.Manifest], description string) manifest.Manifest {
	m := s.Value()
	m.Version, m.Parent, m.Description = m.Version+1, s.CID(), description
	return m
}

func (w *world) mustAdd(s manifest.Sealed[manifest.Manifest]) Entry {
	w.Helper()
	e, err := w.Add(w.Context(), s.Record())
	must(w, err)
	return e
}

// A version is announced, checked, and followed by newer ones, over a restart.
func TestHead(t *testing.T) {
	w := newWorld(t, nil)
	v0 := w.seal("ann", w.draft("words"))
	e := w.mustAdd(v0)
	if e.State != Announced || e.Head != v0.CID() || e.Founder != v0.Owner() || e.Forks != 0 {
		t.Errorf("announced: got %+v", e)
	}
	_, err := w.Check(t.Context(), v0.CID())
	must(t, err)
	v1 := w.seal("ann", next(v0, "second"))
	v2 := w.seal("ann", next(v1, "third"))
	if e = w.mustAdd(v2); e.State != Valid || e.Head != v0.CID() || e.Newest != 2 {
		t.Errorf("a newer one that is not checked yet: got %+v", e)
	}
	w.missing[v1.CID()] = true
	if _, err := w.Check(t.Context(), v2.CID()); !errors.Is(err, block.ErrNotFound) {
		t.Errorf("a parent is missing: got %v", err)
	}
	w.missing[v1.CID()] = false
	if due, err := w.due(t.Context()); err != nil || due.Defined() {
		t.Errorf("put off: got %s, %v", due, err)
	}
	w.clock.pass(lookEvery)
	w.checkDue(t.Context())
	w.Catalog = w.open(nil)
	e, err = w.Entry(t.Context(), v0.Datanet())
	must(t, err)
	if e.State != Valid || e.Head != v2.CID() || e.Manifest.Description != "third" {
		t.Errorf("checked: got %+v", e)
	}
	if _, err := w.Add(t.Context(), v1.Record()); !errors.Is(err, ErrOld) {
		t.Errorf("an older one: got %v, want %v", err, ErrOld)
	}
	versions, err := w.Versions(t.Context(), e.ID)
	must(t, err)
	if len(versions) != 2 || versions[0].CID != v2.CID() || versions[1].CID != v0.CID() {
		t.Errorf("versions: got %+v", versions)
	}
}

// A version that breaks a rule is refused, and the head stays the last good one.
func TestRefused(t *testing.T) {
	w := newWorld(t, nil)
	v0 := w.seal("ann", w.draft("words"))
	w.mustAdd(v0)
	bad := next(v0, "")
	bad.Stats.Records = 7
	v1 := w.seal("ann", bad)
	w.mustAdd(v1)
	w.checkDue(t.Context())
	e, err := w.Entry(t.Context(), v0.Datanet())
	must(t, err)
	versions, err := w.Versions(t.Context(), e.ID)
	must(t, err)
	if e.Head != v0.CID() || e.State != Valid || versions[0].State != Refused || !strings.Contains(versions[0].Reason, "not the sums") {
		t.Errorf("got %+v of %+v", e, versions)
	}
	// One that is all there is disappears.
	alone := w.draft("alone")
	alone.Stats.Records = 1
	s := w.seal("ann", alone)
	w.mustAdd(s)
	w.checkDue(t.Context())
	if _, err := w.Entry(t.Context(), s.Datanet()); !errors.Is(err, ErrUnknown) {
		t.Errorf("refused: got %v, want %v", err, ErrUnknown)
	}
	if list, err := w.Search(t.Context(), Query{Words: "alone"}); err != nil || len(list) != 0 {
		t.Errorf("refused: found %v, %v", list, err)
	}
}

// A peer that sends other bytes, or nothing, does not make a version bad: it is
// checked again later, against the right ones.
func TestWrongBlock(t *testing.T) {
	w := newWorld(t, nil)
	v0 := w.seal("ann", w.draft("words"))
	v1 := w.seal("ann", next(v0, "second"))
	w.mustAdd(v1)
	right := w.blocks[v0.CID()]
	for _, wrong := range [][]byte{w.blocks[v1.CID()], nil, right[:len(right)-1]} {
		w.blocks[v0.CID()] = wrong
		if _, err := w.Check(t.Context(), v1.CID()); !errors.Is(err, block.ErrCorrupt) {
			t.Errorf("got %v, want %v", err, block.ErrCorrupt)
		}
		if e, err := w.Entry(t.Context(), v1.Datanet()); err != nil || e.State != Announced {
			t.Errorf("got %+v, %v", e, err)
		}
	}
	w.blocks[v0.CID()] = right
	w.clock.pass(24 * time.Hour)
	w.checkDue(t.Context())
	if e, err := w.Entry(t.Context(), v1.Datanet()); err != nil || e.State != Valid {
		t.Errorf("the right block: got %+v, %v", e, err)
	}
}

// Two versions of one number: the first stays, the second is refused, and the
// evidence convicts the founder. A version that stands on the second goes the
// same way.
func TestForks(t *testing.T) {
	w := newWorld(t, nil)
	v0 := w.seal("ann", w.draft("words"))
	w.mustAdd(v0)
	a, b := w.seal("ann", next(v0, "a")), w.seal("ann", next(v0, "b"))
	w.mustAdd(a)
	if _, err := w.Add(t.Context(), b.Record()); !errors.Is(err, ErrFork) {
		t.Fatalf("a fork: got %v, want %v", err, ErrFork)
	}
	w.checkDue(t.Context())
	deep := w.seal("ann", next(b, "after b"))
	w.mustAdd(deep)
	if _, err := w.Check(t.Context(), deep.CID()); !errors.Is(err, ErrFork) {
		t.Errorf("on a fork: got %v, want %v", err, ErrFork)
	}
	e, err := w.Entry(t.Context(), v0.Datanet())
	must(t, err)
	forks, err := w.Forks(t.Context(), e.ID)
	must(t, err)
	if e.Head != a.CID() || e.Forks != 1 || len(forks) != 1 || forks[0].Kept != a.CID() || forks[0].Other != b.CID() {
		t.Fatalf("got %+v, %+v", e, forks)
	}
	if who, err := forks[0].Evidence.Verify(network); err != nil || who.Account() != v0.Owner() {
		t.Errorf("evidence: got %v, %v", who, err)
	}
	good := w.seal("ann", next(a, "after a"))
	if _, err := w.Add(t.Context(), good.Record()); !errors.Is(err, ErrFork) {
		t.Errorf("another third version: got %v, want %v", err, ErrFork)
	}
}

// A fork that shows only in the parents of a later version has evidence too.
func TestHiddenFork(t *testing.T) {
	w := newWorld(t, nil)
	v0 := w.seal("ann", w.draft("words"))
	a, b := w.seal("ann", next(v0, "a")), w.seal("ann", next(v0, "b"))
	w.mustAdd(a)
	w.checkDue(t.Context())
	deep := w.seal("ann", next(b, "after b"))
	w.mustAdd(deep)
	w.checkDue(t.Context())
	forks, err := w.Forks(t.Context(), v0.Datanet())
	must(t, err)
	e, err := w.Entry(t.Context(), v0.Datanet())
	must(t, err)
	if e.Head != a.CID() || len(forks) != 1 || forks[0].Number != 1 {
		t.Fatalf("got %+v, %+v", e, forks)
	}
	if who, err := forks[0].Evidence.Verify(network); err != nil || who.Account() != v0.Owner() {
		t.Errorf("evidence: got %v, %v", who, err)
	}
}

func TestAddRefuses(t *testing.T) {
	w := newWorld(t, func(c *Config) {
		c.PerKey, c.Most = 2, 3
		c.Admit = func(a record.Account) error {
			if a == key(t, "poor").Public().Account() {
				return errors.New("no stake")
			}
			return nil
		}
	})
	payload, err := canon.Encode(&manifest.Review{Contribution: w.seal("ann", w.draft("x")).CID(), Reason: "r"})
	must(t, err)
	review, err := record.Seal(key(t, "ann"), record.Header{Network: network, Type: record.Manifest}, payload)
	must(t, err)
	m := w.draft("x")
	payload, err = canon.Encode(&m)
	must(t, err)
	stolen, err := record.Seal(key(t, "mallory"), record.Header{Network: network, Type: record.Manifest, Subject: manifest.NewID(key(t, "ann").Public().Account(), "x")}, payload)
	must(t, err)
	for _, c := range []struct {
		name string
		v    record.Verified
		want string
	}{
		{"no record", record.Verified{}, "not an envelope"},
		{"no manifest", review, "items"},
		{"another's name", stolen, "not its founder's signature"},
		{"not admitted", w.seal("poor", w.draft("x")).Record(), "no stake"},
	} {
		if _, err := w.Add(t.Context(), c.v); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want ...%s...", c.name, err, c.want)
		}
		if err := Rule(network, nil).Check(c.v); c.name != "not admitted" && err == nil {
			t.Errorf("%s: the topic carries it", c.name)
		}
	}
	// Two of a founder, three in all: the one that was announced longest ago goes.
	for i, s := range []string{"ann/a", "ann/b", "bob/c", "bob/d"} {
		founder, name, _ := strings.Cut(s, "/")
		w.clock.pass(time.Second)
		w.mustAdd(w.seal(founder, w.draft(name)))
		if i == 1 {
			if _, err := w.Add(t.Context(), w.seal("ann", w.draft("c")).Record()); !errors.Is(err, ErrLimit) {
				t.Errorf("a third of one founder: got %v, want %v", err, ErrLimit)
			}
		}
	}
	list, err := w.List(t.Context(), 0, 10)
	must(t, err)
	if got := names(list); got != "b c d" {
		t.Errorf("got %s, want b c d", got)
	}
}

func names(list []Entry) string {
	var out []string
	for _, e := range list {
		out = append(out, e.Manifest.Name)
	}
	return strings.Join(out, " ")
}

func TestExpire(t *testing.T) {
	w := newWorld(t, nil)
	for _, name := range []string{"mine", "old", "again"} {
		w.mustAdd(w.seal("ann", w.draft(name)))
	}
	ann := key(t, "ann").Public().Account()
	w.setKeep(manifest.NewID(ann, "mine"), true)
	w.clock.pass(4 * 24 * time.Hour)
	w.mustAdd(w.seal("ann", w.draft("again")))
	w.clock.pass(4 * 24 * time.Hour)
	n, err := w.Expire(t.Context())
	must(t, err)
	list, err := w.List(t.Context(), 0, 10)
	must(t, err)
	if n != 1 || names(list) != "again mine" {
		t.Errorf("%d expired, left: %s", n, names(list))
	}
	must(t, w.Remove(t.Context(), manifest.NewID(ann, "again")))
	if _, err := w.Resolve(t.Context(), "again"); !errors.Is(err, ErrUnknown) {
		t.Errorf("removed: got %v", err)
	}
}

// Everything that a manifest says about itself can be searched.
func TestSearch(t *testing.T) {
	w := newWorld(t, nil)
	add := func(founder, name, description string, licence manifest.Licence, size uint64, tags ...string) {
		m := manifest.Manifest{Name: name, Description: description, Licence: licence, Policy: manifest.Open, Tags: tags}
		m.Stats = manifest.Stats{Records: size / 10, Bytes: size, Withdrawn: 1}
		w.mustAdd(w.seal(founder, m))
	}
	add("ann", "owasp", "Cheat sheets about the security of web applications, in English.", "CC-BY-SA-4.0", 2_600_000, "english", "security")
	add("ann", "go-source", "The sources of Go", "BSD-3-Clause", 60_000_000, "code", "go")
	add("bob", "gedichte", "Gedichte von Droste-Hülshoff, deutsch", "CC0-1.0", 40_000, "german", "poems")
	add("bob", "tang", "唐詩三百首", "CC0-1.0 OR CC-BY-4.0", 10, "chinese", "poems")
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{}, "go-source owasp gedichte tang"},
		{Query{Words: "secur"}, "owasp"},
		{Query{Words: "HULSHOFF"}, "gedichte"},
		{Query{Words: "deutsch gedichte"}, "gedichte"},
		{Query{Words: "web poems"}, ""},
		{Query{Words: "三百"}, "tang"},
		{Query{Words: "百三"}, ""},
		{Query{Words: "go"}, "go-source"},
		{Query{Words: `sources" OR "x`}, ""},
		{Query{Words: "* ^ ( AND"}, ""},
		{Query{Words: "***"}, ""},
		{Query{Tags: []string{"Poems"}}, "gedichte tang"},
		{Query{Tags: []string{"poems", "german"}}, "gedichte"},
		{Query{Licence: "cc0-1.0"}, "gedichte tang"},
		{Query{Licence: "CC-BY-4.0"}, "tang"},
		{Query{MinBytes: 1 << 20}, "go-source owasp"},
		{Query{MinBytes: 1 << 20, MaxBytes: 10 << 20}, "owasp"},
		{Query{MinRecords: 4000, MaxRecords: 259_999}, "owasp"},
		{Query{Name: "tang"}, "tang"},
		{Query{Founder: key(t, "ann").Public().Account()}, "go-source owasp"},
		{Query{Valid: true}, ""},
		{Query{Offset: 1, Limit: 2}, "owasp gedichte"},
	} {
		list, err := w.Search(t.Context(), c.q)
		must(t, err)
		if got := names(list); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.q, got, c.want)
		}
	}
}

func TestResolve(t *testing.T) {
	w := newWorld(t, nil)
	a, b, c := w.seal("ann", w.draft("words")), w.seal("bob", w.draft("words")), w.seal("bob", w.draft("poems"))
	for _, s := range []manifest.Sealed[manifest.Manifest]{a, b, c} {
		w.mustAdd(s)
	}
	for _, r := range []struct {
		ref  string
		want manifest.Sealed[manifest.Manifest]
		err  error
	}{
		{"poems", c, nil}, {"words@" + a.Owner().String(), a, nil}, {b.Datanet().String(), b, nil}, {b.Datanet().String()[:9], b, nil},
		{c.CID().String(), c, nil}, {"words", a, ErrAmbiguous}, {"nothing", a, ErrUnknown}, {b.Datanet().String()[:6], a, ErrUnknown},
		{"poems@" + a.Owner().String(), a, ErrUnknown}, {"%", a, ErrUnknown}, {"' OR 1=1 --", a, ErrUnknown},
	} {
		e, err := w.Resolve(t.Context(), r.ref)
		if !errors.Is(err, r.err) || err == nil && e.Head != r.want.CID() {
			t.Errorf("%s: got %s, %v, want %s, %v", r.ref, e.Head, err, r.want.CID(), r.err)
		}
	}
}

// Who floods the catalog with versions that are refused takes nobody's room.
func TestRefusedFlood(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Most = 2 })
	bad := w.draft("bad")
	bad.Stats.Records = 1
	last := w.seal("mallory", bad)
	w.mustAdd(last)
	w.checkDue(t.Context())
	for range 2 * versionsKept {
		last = w.seal("mallory", next(last, ""))
		if _, err := w.Add(t.Context(), last.Record()); err != nil {
			t.Fatal(err)
		}
		w.checkDue(t.Context())
	}
	versions, err := w.Versions(t.Context(), last.Datanet())
	must(t, err)
	if len(versions) != versionsKept {
		t.Errorf("%d versions are kept, want %d", len(versions), versionsKept)
	}
	w.mustAdd(w.seal("ann", w.draft("a")))
	w.mustAdd(w.seal("ann", w.draft("b")))
	list, err := w.List(t.Context(), 0, 10)
	must(t, err)
	versions, err = w.Versions(t.Context(), last.Datanet())
	must(t, err)
	if names(list) != "a b" || len(versions) != 0 {
		t.Errorf("got %s and %d refused versions", names(list), len(versions))
	}
}
