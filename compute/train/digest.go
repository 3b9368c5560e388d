package train

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/merkle"
)

// Digest names the state after the steps done so far: the parameters, the
// optimizer's moments and the counters, as a merkle map from names to digests.
// Equal digests mean equal runs; an entry can be proved on its own.
//
//	NAME, "m NAME", "v NAME"    tensor digests (rows, cols) f32
//	"counters"                  leaf of the canon array [step, bits of p1, bits of p2]
//
// What a step learns from is a function of its number, so the number is the
// data cursor too.
func (t *Trainer) Digest() (merkle.Digest, error) {
	return t.digests.sum(t.tensors(), t.counters())
}

func (t *Trainer) counters() []byte { return counters(uint64(t.step), t.update.p1, t.update.p2) }

// A named is one matrix of the state.
type named struct {
	name       string
	rows, cols int
	m          tape.Matrix
}

// tensors lists the matrices of the state in the order of their names.
func (t *Trainer) tensors() []named {
	if t.state != nil {
		return t.state
	}
	each := len(t.update.moments) / max(1, len(t.grads.Params))
	for i, p := range t.grads.Params {
		t.state = append(t.state, named{p.Name, p.Rows, p.Cols, p.Value})
		for k, m := range t.update.moments[i*each:][:each] {
			t.state = append(t.state, named{momentName(k, p), p.Rows, p.Cols, m})
		}
	}
	slices.SortFunc(t.state, func(a, b named) int { return cmp.Compare(a.name, b.name) })
	return t.state
}

func momentName(k int, p llama.Param) string { return [...]string{"m ", "v "}[k] + p.Name }

// A digester hashes many tensors on several goroutines. It keeps its memory.
type digester struct {
	hashers []*merkle.Hasher
	plans   []hashPlan
	work    []piece
	entries []merkle.Entry
}

// A hashPlan is how one tensor is hashed.
type hashPlan struct {
	tiling merkle.Tiling
	tiles  []merkle.Digest
	data   []byte
	buffer []float32 // of a matrix that is not in this process's memory
}

// A piece is some tiles of a tensor: enough to be worth handing out.
type piece struct{ tensor, first, n int }

const pieceTiles = 128

func newDigester(threads int) *digester {
	d := &digester{}
	for range threads {
		d.hashers = append(d.hashers, merkle.NewHasher())
	}
	return d
}

// plan lays out the work for these tensors, once.
func (d *digester) plan(tensors []named) error {
	if len(d.plans) == len(tensors) {
		return nil
	}
	d.plans, d.work = make([]hashPlan, len(tensors)), nil
	for i, t := range tensors {
		tiling, err := merkle.NewTiling(merkle.F32, t.rows, t.cols)
		if err != nil {
			return fmt.Errorf("digest of %s: %w", t.name, err)
		}
		d.plans[i] = hashPlan{tiling: tiling, tiles: make([]merkle.Digest, tiling.Tiles())}
		for first := 0; first < tiling.Tiles(); first += pieceTiles {
			d.work = append(d.work, piece{i, first, min(pieceTiles, tiling.Tiles()-first)})
		}
		d.entries = append(d.entries, merkle.Entry{Name: t.name})
	}
	return nil
}

func (d *digester) sum(tensors []named, counters []byte) (merkle.Digest, error) {
	if err := d.plan(tensors); err != nil {
		return merkle.Digest{}, err
	}
	for i, t := range tensors {
		p := &d.plans[i]
		x := t.m.Host()
		if x == nil {
			p.buffer = slices.Grow(p.buffer[:0], t.rows*t.cols)[:t.rows*t.cols]
			if err := t.m.Read(p.buffer); err != nil {
				return merkle.Digest{}, fmt.Errorf("digest of %s: %w", t.name, err)
			}
			x = p.buffer
		}
		p.data = merkle.Bytes(x)
	}
	var next atomic.Int64
	var workers sync.WaitGroup
	for _, h := range d.hashers {
		workers.Go(func() {
			for {
				i := int(next.Add(1) - 1)
				if i >= len(d.work) {
					return
				}
				w := d.work[i]
				p := &d.plans[w.tensor]
				h.Tiles(p.tiles[w.first:][:w.n], p.tiling, p.data, w.first)
			}
		})
	}
	workers.Wait()
	h := d.hashers[0]
	for i := range d.plans {
		d.entries[i].Digest = h.Join(d.plans[i].tiling, d.plans[i].tiles)
	}
	all := append(slices.Clone(d.entries), merkle.Entry{Name: "counters", Digest: merkle.SHA256.Leaf(counters)})
	slices.SortFunc(all, func(a, b merkle.Entry) int { return cmp.Compare(a.Name, b.Name) })
	return h.Map(all)
}
