package epoch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
)

// shelf is blocks in memory.
type shelf map[cid.Cid][]byte

func (s shelf) put(_ context.Context, c cid.Cid, b []byte) error {
	s[c] = bytes.Clone(b)
	return nil
}

func (s shelf) get(_ context.Context, c cid.Cid) ([]byte, error) {
	b, ok := s[c]
	if !ok {
		return nil, fmt.Errorf("no block %v", c)
	}
	return b, nil
}

// publish closes the open epoch and returns its header.
func (t *town) publish(tb testing.TB, b *Book, keep Put) Header {
	tb.Helper()
	digest, err := b.Publish(tb.Context(), keep)
	if err != nil {
		tb.Fatal(err)
	}
	h := b.Header(digest)
	if err := b.Next(h); err != nil {
		tb.Fatal(err)
	}
	return h
}

// replay checks epochs with the data on a shelf.
func replay(tb testing.TB, b *Book, s shelf, headers []Header) error {
	tb.Helper()
	for _, h := range headers {
		d, err := OpenDAG(tb.Context(), h, s.get)
		if err == nil {
			err = b.Replay(tb.Context(), h, d, nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// TestData: epochs of no, few and many records are published, replayed from the
// blocks, saved and loaded.
func TestData(t *testing.T) {
	const seed = 31
	town, s := newTown(seed, 5), shelf{}
	b := NewBook(town)
	var headers []Header
	for _, n := range []int{0, 3, chunkRecords, 2*chunkRecords + 7} {
		town.fill(t, b, n)
		headers = append(headers, town.publish(t, b, s.put))
	}
	watcher := NewBook(town)
	if err := replay(t, watcher, s, headers); err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	if watcher.state.Sums() != b.state.Sums() || watcher.Previous() != b.Previous() {
		t.Errorf("seed %d: got %+v", seed, watcher.Previous())
	}
	path := filepath.Join(t.TempDir(), "book")
	if err := watcher.SaveFile(path); err != nil {
		t.Fatal(err)
	}
	again, err := LoadFile(path, town)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again.settled, b.settled) || again.state.Sums() != b.state.Sums() || !reflect.DeepEqual(again.state.places, b.state.places) {
		t.Error("the book that was loaded is another")
	}
	h := headers[3]
	d, err := OpenDAG(t.Context(), h, s.get)
	if err != nil {
		t.Fatal(err)
	}
	for i := range h.Records {
		if _, _, err := d.Record(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := d.Record(t.Context(), h.Records); err == nil {
		t.Error("a record after the last one is read")
	}

	// What is withheld or another is told by the first record that is missing.
	lost := d.Chunks()[1]
	for name, block := range map[string][]byte{"withheld": nil, "other bytes": s[d.Chunks()[0]], "no canon": {0x80, 1}} {
		broken := shelf{}
		for c, b := range s {
			broken[c] = b
		}
		if delete(broken, lost); block != nil {
			broken[lost] = block
		}
		var missing *MissingError
		if err := replay(t, NewBook(town), broken, headers); !errors.As(err, &missing) || missing.Epoch != 4 || name == "withheld" && missing.Record != chunkRecords {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if b, err := os.ReadFile(path); err != nil {
		t.Error(err)
	} else {
		b[len(b)/2] ^= 1
		if _, err := LoadBook(bytes.NewReader(b), town); !errors.Is(err, ErrCheckpoint) {
			t.Errorf("a changed checkpoint: got %v", err)
		}
	}
}

// TestReplayFinds: a wrong record in each chunk is found with its proof, as
// Check finds it.
func TestReplayFinds(t *testing.T) {
	town, s := newTown(9, 3), shelf{}
	b := NewBook(town)
	town.fill(t, b, chunkRecords+30)
	for _, at := range []int{0, 1, chunkRecords - 1, chunkRecords, chunkRecords + 29} {
		sums := append([]Sums{}, b.Sums()...)
		sums[at].EarnedRoot[3] ^= 1
		digest, err := Publish(t.Context(), s.put, 1, b.Records(), sums)
		if err != nil {
			t.Fatal(err)
		}
		h := commit(b.Header(digest), b.Records(), sums)
		var got, want *Fault
		if err := replay(t, NewBook(town), s, []Header{h}); !errors.As(err, &got) || got.Record != uint64(at) {
			t.Fatalf("record %d: got %v", at, err)
		}
		if err := NewBook(town).Check(t.Context(), h, b.Records(), sums); !errors.As(err, &want) {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.RecordPath, want.RecordPath) || !reflect.DeepEqual(got.BeforePath, want.BeforePath) || got.Before != want.Before {
			t.Errorf("record %d: the proofs differ", at)
		}
	}
}

// TestKilledReplay: a replay that is killed again and again goes on from its
// checkpoint and ends as one that was not.
func TestKilledReplay(t *testing.T) {
	const seed = 77
	town, s := newTown(seed, 4), shelf{}
	b := NewBook(town)
	var headers []Header
	for range 2 {
		town.fill(t, b, 2*chunkRecords+1)
		headers = append(headers, town.publish(t, b, s.put))
	}
	path := os.Getenv("REPLAY_FILE")
	goOn := func(die int) *Book {
		book, err := LoadFile(path, town)
		if err != nil {
			book = NewBook(town)
		}
		for _, h := range headers[book.Previous().Epoch:] {
			d, err := OpenDAG(t.Context(), h, s.get)
			if err != nil {
				t.Fatal(err)
			}
			if err := book.Replay(t.Context(), h, d, func(uint64) error {
				if die--; die == 0 {
					if p, err := os.FindProcess(os.Getpid()); err == nil {
						_ = p.Kill()
					}
					select {}
				}
				return book.SaveFile(path)
			}); err != nil {
				t.Fatal(err)
			}
		}
		return book
	}
	if at := os.Getenv("REPLAY_KILL"); at != "" {
		die, err := strconv.Atoi(at)
		if err != nil {
			t.Fatal(err)
		}
		goOn(die)
		return
	}
	path = filepath.Join(t.TempDir(), "book")
	r := rand.New(rand.NewPCG(seed, 0))
	var resumed int
	for range 2 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledReplay$")
		cmd.Env = append(os.Environ(), "REPLAY_FILE="+path, fmt.Sprint("REPLAY_KILL=", 2+r.IntN(2)))
		if out, err := cmd.CombinedOutput(); err == nil || cmd.ProcessState.ExitCode() == 1 {
			t.Fatalf("seed %d: %v\n%s", seed, err, out)
		}
		if book, err := LoadFile(path, town); err != nil {
			t.Fatalf("seed %d: after a kill: %v", seed, err)
		} else if book.Done() > 0 {
			resumed++
		}
	}
	if resumed == 0 {
		t.Errorf("seed %d: no kill was in the midst of an epoch", seed)
	}
	if got := goOn(0); got.state.Sums() != b.state.Sums() || got.Previous() != b.Previous() {
		t.Errorf("seed %d: got %+v", seed, got.Previous())
	}
}

// FuzzRecord: decode, encode, compare.
func FuzzRecord(f *testing.F) {
	town := newTown(6, 2)
	b := NewBook(town)
	town.fill(f, b, 40)
	for i := range b.Records() {
		f.Add(b.Records()[i].AppendCanon(nil))
	}
	f.Add((&Record{Places: []uint32{1}}).AppendCanon(nil))
	f.Add((&chunk{b.Records()[:2], b.Sums()[:2]}).AppendCanon(nil))
	f.Fuzz(func(t *testing.T, in []byte) {
		for _, v := range []canon.Value{&Record{}, &chunk{}, &root{}} {
			if canon.Decode(in, v, canon.Limits{Total: maxBlock}) != nil {
				continue
			}
			if out := v.AppendCanon(nil); !bytes.Equal(in, out) {
				t.Errorf("got %x", out)
			}
			if r, ok := v.(*Record); ok && r.check() == nil {
				r.leaf()
			}
		}
	})
}

// FuzzCheckpoint: no file harms.
func FuzzCheckpoint(f *testing.F) {
	town := newTown(6, 2)
	b := NewBook(town)
	town.fill(f, b, 3)
	town.publish(f, b, shelf{}.put)
	var whole bytes.Buffer
	if err := b.Save(&whole); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Bytes())
	f.Fuzz(func(t *testing.T, in []byte) {
		sum := sha256.Sum256(in)
		for _, file := range [][]byte{in, append(bytes.Clone(in), sum[:]...)} {
			if b, err := LoadBook(bytes.NewReader(file), town); err == nil {
				b.State().Sums()
			} else if !errors.Is(err, ErrCheckpoint) {
				t.Error(err)
			}
		}
	})
}
