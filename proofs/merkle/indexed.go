package merkle

import (
	"fmt"
	"slices"
)

// An Indexed tree has a fixed depth and 2^depth places, filled from the left; a
// place not yet filled holds the zero Digest. The position of a leaf is part of
// what its proof states, so a wrong, moved or duplicated leaf can be shown.
type Indexed struct {
	h      *hasher
	zero   []Digest   // zero[k] is the root of an unfilled subtree of depth k
	levels [][]Digest // levels[k] are the nodes above filled places
	dirty  []uint64   // leaves changed since the last Root
}

// NewIndexed returns an unfilled tree; depth is 1 to 63.
func NewIndexed(h Hash, depth int) *Indexed {
	if depth < 1 || depth > 63 {
		panic(fmt.Sprintf("merkle: NewIndexed: depth %d is not in 1..63", depth))
	}
	t := &Indexed{h: newHasher(h), zero: make([]Digest, depth+1), levels: make([][]Digest, depth+1)}
	for k := range depth {
		t.zero[k+1] = t.h.node(&t.zero[k], &t.zero[k])
	}
	return t
}

// Depth returns the depth.
func (t *Indexed) Depth() int { return len(t.levels) - 1 }

// Len returns the number of filled places.
func (t *Indexed) Len() uint64 { return uint64(len(t.levels[0])) }

// Append fills the next place and returns its index.
func (t *Indexed) Append(leaf []byte) (uint64, error) {
	i := t.Len()
	if i>>t.Depth() != 0 {
		return 0, fmt.Errorf("append to an indexed tree: all %d places are filled", i)
	}
	t.levels[0] = append(t.levels[0], t.h.leaf(leaf))
	t.touch(i)
	return i, nil
}

// Set replaces the leaf of a filled place.
func (t *Indexed) Set(i uint64, leaf []byte) error {
	if i >= t.Len() {
		return fmt.Errorf("set leaf %d of an indexed tree: only %d places are filled", i, t.Len())
	}
	t.levels[0][i] = t.h.leaf(leaf)
	t.touch(i)
	return nil
}

// Put places a leaf digest anywhere; places before it that were not filled hold
// the zero Digest, and so does i if d is zero.
func (t *Indexed) Put(i uint64, d Digest) error {
	if i>>t.Depth() != 0 {
		return fmt.Errorf("put leaf %d into an indexed tree of depth %d: no such place", i, t.Depth())
	}
	for t.Len() <= i {
		t.levels[0] = append(t.levels[0], Digest{})
		t.touch(t.Len() - 1)
	}
	t.levels[0][i] = d
	t.touch(i)
	return nil
}

// touch remembers that leaf i changed; nodes above it are hashed later, once
// for all changes that they see.
func (t *Indexed) touch(i uint64) {
	t.dirty = append(t.dirty, i)
	if len(t.dirty) == 1<<16 {
		t.update()
	}
}

func (t *Indexed) update() {
	slices.Sort(t.dirty)
	for k := range t.Depth() {
		for j := range t.dirty {
			t.dirty[j] /= 2
		}
		t.dirty = slices.Compact(t.dirty)
		for _, i := range t.dirty {
			l, r := t.at(k, 2*i), t.at(k, 2*i+1)
			d := t.h.node(&l, &r)
			if i == uint64(len(t.levels[k+1])) {
				t.levels[k+1] = append(t.levels[k+1], d)
			} else {
				t.levels[k+1][i] = d
			}
		}
	}
	t.dirty = t.dirty[:0]
}

// at returns node i of level k.
func (t *Indexed) at(k int, i uint64) Digest {
	if i < uint64(len(t.levels[k])) {
		return t.levels[k][i]
	}
	return t.zero[k]
}

// Root returns the root.
func (t *Indexed) Root() Digest {
	t.update()
	return t.at(t.Depth(), 0)
}

// An IndexProof shows what stands at Index of a tree of depth len(Path).
type IndexProof struct {
	Index uint64
	Path  []Digest // siblings from the leaf upwards
}

// Prove returns the proof for place i, filled or not.
func (t *Indexed) Prove(i uint64) (IndexProof, error) {
	if i>>t.Depth() != 0 {
		return IndexProof{}, fmt.Errorf("prove place %d of an indexed tree of depth %d: no such place", i, t.Depth())
	}
	t.update()
	p := IndexProof{Index: i, Path: make([]Digest, t.Depth())}
	for k := range p.Path {
		p.Path[k] = t.at(k, i>>k^1)
	}
	return p, nil
}

// Root returns the root of the tree that has leaf at p.Index. With the leaf's
// old digest it checks the proof, with a new one it gives the root after a Set;
// the zero Digest stands for a place not filled. The caller MUST know the depth
// and compare it with len(p.Path), as VerifyIndexed does.
func (p IndexProof) Root(h Hash, leaf Digest) (Digest, error) {
	if len(p.Path) > 63 {
		return Digest{}, errLength
	}
	if p.Index>>len(p.Path) != 0 {
		return Digest{}, errIndex
	}
	x := newHasher(h)
	for k := range p.Path {
		if p.Index>>k&1 == 0 {
			leaf = x.node(&leaf, &p.Path[k])
		} else {
			leaf = x.node(&p.Path[k], &leaf)
		}
	}
	return leaf, nil
}

// VerifyIndexed checks that the indexed tree with this root and depth holds the
// leaf digest at p.Index; the zero Digest asks for a place not filled.
func (h Hash) VerifyIndexed(root Digest, depth int, leaf Digest, p IndexProof) error {
	if len(p.Path) != depth {
		return errLength
	}
	got, err := p.Root(h, leaf)
	if err != nil {
		return err
	}
	if got != root {
		return errRoot
	}
	return nil
}
