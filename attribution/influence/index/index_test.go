package index_test

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/openledger/openledger/attribution/influence/index"
	"github.com/openledger/openledger/attribution/influence/lab"
	"github.com/openledger/openledger/compute/op"
)

func engine(t testing.TB, kernels string, threads int) *op.Engine {
	t.Helper()
	e, err := op.New(op.Config{Kernels: kernels, Threads: threads})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e
}

// world is a run of a few steps of a tiny model.
func world(t *testing.T) lab.World {
	t.Helper()
	dir := t.TempDir()
	if err := lab.Pretrain(dir, lab.Size{Hidden: 32, Inner: 48, Layers: 1, Heads: 2}, 10); err != nil {
		t.Fatal(err)
	}
	o, err := lab.SGD(0.02, 6, 8)
	if err != nil {
		t.Fatal(err)
	}
	return lab.Tasks(dir, 24, 3, 5, o)
}

// A made is an index of a world, and what it says to its queries.
type made struct {
	factors    [32]byte
	root, sums string
	scores     []int64
	top        []index.Hit
}

func build(t *testing.T, w lab.World, width int) (m made) {
	t.Helper()
	l, err := lab.Open(w, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	err = l.Each(1, func(x *lab.Worker, _ int) error {
		if err := x.Train(nil); err != nil {
			return err
		}
		made, err := index.NewFactors(x.Engine, x.Model, x.LoRA, w.Samples, 3)
		if err != nil {
			return err
		}
		dir := t.TempDir()
		if err := made.Write(filepath.Join(dir, "factors")); err != nil {
			return err
		}
		f, err := index.OpenFactors(filepath.Join(dir, "factors"), x.LoRA)
		if err != nil {
			return err
		}
		if m.factors, err = f.Digest(); err != nil {
			return err
		}
		if d, err := made.Digest(); err != nil || d != m.factors {
			t.Errorf("factors read from a file are %x, written were %x", m.factors, d)
		}
		p, err := index.NewProjector(x.Engine, x.Model, x.LoRA, f, 96, width, 3)
		if err != nil {
			return err
		}
		path := filepath.Join(dir, "index")
		out, err := index.Continue(path, index.Head{Width: width, Rows: uint64(len(w.Samples))})
		if err != nil {
			return err
		}
		err = index.Build(out, p, w.Samples, func(i int) index.Row { return index.Row{Owner: uint32(w.Owners[i]), Record: uint32(i)} }, nil)
		if err = errors.Join(err, out.Close()); err != nil {
			return err
		}
		file, err := index.Open(path, [32]byte{})
		if err != nil {
			return err
		}
		defer file.Close()
		m.root, m.sums = file.Root().String(), file.SumsRoot().String()
		for _, s := range w.Queries {
			q, _, err := p.Query(s)
			if err != nil {
				return err
			}
			if err := file.Scores(x.Engine, q, func(_ uint64, some []int64) { m.scores = append(m.scores, some...) }); err != nil {
				return err
			}
			part, err := file.Scan(x.Engine, q, 4)
			if err != nil {
				return err
			}
			m.top = append(m.top, part.Top...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// golden is the hash of all that the index of the world is, on every machine.
const golden = "883ba3d9e035a6bd56f8be26cf997184bdb8b0d58a7509856a42c4549d2c7e48"

// TestBits: factors, rows, sums and scores are equal to the bit, whatever kernels
// compute them.
func TestBits(t *testing.T) {
	w := world(t)
	for _, kernels := range op.Available() {
		t.Setenv(op.KernelsEnv, kernels)
		m := build(t, w, 1024)
		h := sha256.New()
		fmt.Fprintf(h, "%x %s %s %v %v", m.factors, m.root, m.sums, m.scores, m.top)
		if got := fmt.Sprintf("%x", h.Sum(nil)); got != golden {
			t.Errorf("%s: got %s, want %s", kernels, got, golden)
		}
		if slices.Max(m.scores) <= 0 || slices.Min(m.scores) >= 0 {
			t.Errorf("%s: scores %v", kernels, m.scores)
		}
	}
}

// file writes an index of random rows from row first on, and opens it.
func file(t testing.TB, r *rand.Rand, first uint64, rows, width, owners int) (*index.Index, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "index")
	of := [32]byte{7}
	w, err := index.Continue(path, index.Head{Of: of, Width: width, First: first, Rows: uint64(rows)})
	if err != nil {
		t.Fatal(err)
	}
	for w.Rows() < rows {
		n := min(rows-w.Rows(), 1+r.IntN(100))
		meta, signs := random(r, n, width, owners)
		if err := w.Append(meta, signs); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(path, of)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x, path
}

func random(r *rand.Rand, n, width, owners int) ([]index.Row, []byte) {
	rows, signs := make([]index.Row, n), make([]byte, n*width/8)
	for i := range rows {
		rows[i] = index.Row{Owner: uint32(r.IntN(owners)), Tokens: r.Uint32N(100), Record: r.Uint32(), Scale: r.Uint32N(1 << (1 + r.IntN(24)))}
	}
	for i := 0; i < len(signs); i += 8 {
		binary.LittleEndian.PutUint64(signs[i:], r.Uint64())
	}
	return rows, signs
}

func query(t testing.TB, r *rand.Rand, width int) *index.Query {
	t.Helper()
	q := make([]int8, width)
	for i := range q {
		q[i] = int8(r.IntN(15) - 7)
	}
	x, err := index.NewQuery(q, 1)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestTotals: the totals of owners are the sums of the scores of their rows, and
// the top is that of a full sort.
func TestTotals(t *testing.T) {
	const seed = 5
	r := rand.New(rand.NewPCG(seed, 0))
	e := engine(t, "", 2)
	x, _ := file(t, r, 40, 700, 1024, 9)
	for range 5 {
		q := query(t, r, 1024)
		var all []index.Hit
		sums := map[uint32]int64{}
		err := x.Scores(e, q, func(first uint64, scores []int64) {
			for i, s := range scores {
				all = append(all, index.Hit{Row: first + uint64(i), Score: s})
				row, err := x.Row(first + uint64(i))
				if err != nil {
					t.Fatal(err)
				}
				sums[row.Owner] += s
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.SortStableFunc(all, func(a, b index.Hit) int { return int(max(-1, min(1, b.Score-a.Score))) })
		p, err := x.Scan(e, q, 11)
		if err != nil || !slices.Equal(p.Top, all[:11]) {
			t.Fatalf("seed %d: got top %v, %v, want %v", seed, p.Top, err, all[:11])
		}
		for _, total := range p.Totals {
			if total.Score != sums[total.Owner] {
				t.Errorf("seed %d: owner %d has %d, its rows %d", seed, total.Owner, total.Score, sums[total.Owner])
			}
		}
		if len(p.Totals) != len(sums) {
			t.Errorf("seed %d: %d totals of %d owners", seed, len(p.Totals), len(sums))
		}
	}
}

// TestShards: however an index is cut into files, their merged results are those
// of the whole, to the bit; a part that is missing or there twice is found.
func TestShards(t *testing.T) {
	const seed = 6
	r := rand.New(rand.NewPCG(seed, 0))
	e := engine(t, "", 1)
	const rows, width = 500, 512
	meta, signs := random(r, rows, width, 7)
	part := func(from, to int) *index.Index {
		path := filepath.Join(t.TempDir(), "part")
		w, err := index.Continue(path, index.Head{Width: width, First: uint64(from), Rows: uint64(to - from)})
		if err == nil {
			err = errors.Join(w.Append(meta[from:to], signs[from*width/8:to*width/8]), w.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
		x, err := index.Open(path, [32]byte{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { x.Close() })
		return x
	}
	whole := part(0, rows)
	for n := 1; n <= 6; n++ {
		cuts := []int{0, rows}
		for range n {
			cuts = append(cuts, r.IntN(rows+1))
		}
		slices.Sort(cuts)
		q := query(t, r, width)
		want, err := whole.Scan(e, q, 20)
		if err != nil {
			t.Fatal(err)
		}
		var parts []index.Part
		for i := range cuts[1:] {
			p, err := part(cuts[i], cuts[i+1]).Scan(e, q, 20)
			if err != nil {
				t.Fatal(err)
			}
			parts = append(parts, p)
		}
		r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		got, err := index.Merge(20, parts...)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("seed %d, cut at %v: got %v, %v, want %v", seed, cuts, got, err, want)
		}
		if _, err := index.Merge(20, append(parts, want)...); err == nil {
			t.Errorf("seed %d: rows that are there twice are counted twice", seed)
		}
	}
	if _, err := index.Merge(3); err == nil {
		t.Error("nothing merges to something")
	}
	first, err1 := part(0, 100).Scan(e, query(t, r, width), 3)
	last, err2 := part(200, 300).Scan(e, query(t, r, width), 3)
	if _, err := index.Merge(3, first, last); err == nil || err1 != nil || err2 != nil {
		t.Errorf("rows 100 to 199 are missing and nobody says so: %v, %v", err1, err2)
	}
	if _, err := index.Merge(4, first); err == nil {
		t.Error("4 hits of a part that has 3")
	}
}

// TestAnyQuery: a query of another width, none asked for, and all integers zero.
func TestAnyQuery(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 0))
	e := engine(t, "", 1)
	x, _ := file(t, r, 0, 10, 512, 2)
	if _, err := x.Scan(e, query(t, r, 1024), 1); err == nil {
		t.Error("a query of another index is answered")
	}
	if _, err := x.Scan(e, query(t, r, 512), 0); err == nil {
		t.Error("the 0 highest")
	}
	q, err := index.NewQuery(make([]int8, 512), 0)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := x.Scan(e, q, 2); err != nil || p.Top[0] != (index.Hit{}) || p.Totals[0].Score != 0 {
		t.Errorf("a query of zeros: %v, %v", p, err)
	}
	if _, err := index.NewQuery(slices.Repeat([]int8{-8}, 512), 1); err == nil {
		t.Error("-8 is taken for an integer of a query")
	}
	if _, err := index.NewQuery(make([]int8, 600), 1); err == nil {
		t.Error("600 elements")
	}
	if _, err := x.Row(10); err == nil {
		t.Error("row 10 of 10")
	}
}
