package index_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/openledger/openledger/attribution/influence/index"
)

// headSize is that of the file's head.
const headSize = 128

// TestTorn: wherever a crash cuts the file off, the rows before it stay, those
// behind are written again, and the bytes are those of a build without a crash.
func TestTorn(t *testing.T) {
	const seed, width, each, times = 9, 512, 6, 5
	r := rand.New(rand.NewPCG(seed, 0))
	meta, signs := random(r, each*times, width, 3)
	head := index.Head{Of: [32]byte{1}, Width: width, Rows: each * times}
	grow := func(path string) int64 {
		t.Helper()
		w, err := index.Continue(path, head)
		if err != nil {
			t.Fatal(err)
		}
		for i := w.Rows(); i < len(meta); i += each {
			if i%each != 0 {
				t.Fatalf("goes on at row %d, segments have %d", i, each)
			}
			if err := w.Append(meta[i:i+each], signs[i*width/8:][:each*width/8]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return w.Cut()
	}
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole")
	grow(whole)
	want, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	torn := filepath.Join(dir, "torn")
	for at := 0; at <= len(want); at += 1 + r.IntN(60) {
		zeros := min(100, len(want)-at) // which a file system may leave; the head is on the disk before more is written
		if at < headSize {
			zeros = headSize - at
		}
		for _, b := range [][]byte{want[:at], append(bytes.Clone(want[:at]), make([]byte, zeros)...)} {
			if err := os.WriteFile(torn, b, 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := index.Open(torn, head.Of); len(b) < len(want) && err == nil {
				t.Fatalf("%d of %d bytes are an index", len(b), len(want))
			}
			cut := grow(torn)
			if got, err := os.ReadFile(torn); err != nil || !bytes.Equal(got, want) {
				t.Fatalf("seed %d: cut off at %d and built on, the file differs: %v", seed, at, err)
			}
			if cut < 0 || cut > int64(len(b)) {
				t.Errorf("cut off %d of %d bytes", cut, len(b))
			}
		}
	}
}

// TestFlips: any flipped bit of an index is found, and says what to do; the sums
// beside it are made again.
func TestFlips(t *testing.T) {
	const seed = 10
	r := rand.New(rand.NewPCG(seed, 0))
	x, path := file(t, r, 3, 60, 512, 4)
	q := query(t, r, 512)
	e := engine(t, "", 1)
	want, err := x.Scan(e, q, 5)
	if err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := filepath.Join(t.TempDir(), "index")
	for range 1000 {
		b := bytes.Clone(good)
		bit := r.IntN(8 * len(b))
		b[bit/8] ^= 1 << (bit % 8)
		if err := os.WriteFile(damaged, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := index.Open(damaged, [32]byte{7}); !errors.Is(err, index.ErrDamaged) && !errors.Is(err, index.ErrStale) {
			t.Fatalf("seed %d: bit %d flipped: %v", seed, bit, err)
		}
	}
	sums, err := os.ReadFile(path + ".sums")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range [][]byte{nil, sums[:len(sums)/2], append(bytes.Clone(sums[:len(sums)-1]), sums[len(sums)-1]^1)} {
		if err := os.WriteFile(path+".sums", b, 0o644); err != nil {
			t.Fatal(err)
		}
		again, err := index.Open(path, [32]byte{7})
		if err != nil {
			t.Fatal(err)
		}
		got, err := again.Scan(e, q, 5)
		if err != nil || len(got.Totals) != len(want.Totals) {
			t.Fatalf("sums of %d bytes: %v, %v", len(b), got, err)
		}
		for i := range got.Totals {
			if got.Totals[i] != want.Totals[i] {
				t.Errorf("sums of %d bytes: got %v, want %v", len(b), got.Totals[i], want.Totals[i])
			}
		}
		if again.SumsRoot() != x.SumsRoot() {
			t.Error("the sums' root differs")
		}
		again.Close()
	}
}

// TestRefused: what cannot be an index.
func TestRefused(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "index")
	for _, h := range []index.Head{{Width: 500}, {Width: 1 << 17}, {Width: 512, Rows: index.MaxRows + 1}} {
		if _, err := index.Continue(path, h); err == nil {
			t.Errorf("%+v is taken", h)
		}
	}
	h := index.Head{Width: 512, Rows: 2}
	w, err := index.Continue(path, h)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(make([]index.Row, 3), make([]byte, 3*64)); err == nil {
		t.Error("3 rows of 2")
	}
	if err := w.Append(make([]index.Row, 1), make([]byte, 63)); err == nil {
		t.Error("a row of 63 bytes")
	}
	if err := w.Append([]index.Row{{Scale: 1 << 24}}, make([]byte, 64)); err == nil {
		t.Error("a scale of 2^24")
	}
	if err := errors.Join(w.Append(make([]index.Row, 1), make([]byte, 64)), w.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := index.Open(path, [32]byte{}); !errors.Is(err, index.ErrPart) {
		t.Errorf("half an index: %v", err)
	}
	h.Of[0] = 1
	if _, err := index.Continue(path, h); !errors.Is(err, index.ErrStale) {
		t.Errorf("another head: %v", err)
	}
	if _, err := index.Open(path, h.Of); !errors.Is(err, index.ErrStale) {
		t.Errorf("an index of other terms: %v", err)
	}
}

// FuzzOpen: whatever bytes are in a file, Open neither panics nor reads beyond
// them, and what it takes is scanned; Continue makes an index of it or refuses.
func FuzzOpen(f *testing.F) {
	r := rand.New(rand.NewPCG(12, 0))
	_, path := file(f, r, 0, 9, 512, 2)
	good, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:300])
	f.Add(append(bytes.Clone(good), 0))
	f.Add([]byte{})
	e := engine(f, "", 1)
	q := query(f, r, 512)
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "index")
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if x, err := index.Open(path, [32]byte{7}); err == nil {
			if p, err := x.Scan(e, q, 3); err == nil && len(p.Top) != int(min(3, p.Rows)) {
				t.Errorf("%d of %d rows", len(p.Top), p.Rows)
			}
			x.Root()
			if err := x.Close(); err != nil {
				t.Error(err)
			}
		}
		if w, err := index.Continue(path, index.Head{Of: [32]byte{7}, Width: 512, Rows: 9}); err == nil {
			if err := errors.Join(w.Append(random(r, 9-w.Rows(), 512, 2)), w.Close()); err != nil {
				t.Fatal(err)
			}
			x, err := index.Open(path, [32]byte{7})
			if err != nil {
				t.Fatal(err)
			}
			x.Close()
		}
	})
}
