package merkle

import (
	"errors"
	"fmt"
)

// ErrProof is what every proof that does not hold returns, wrapped with the reason.
var ErrProof = errors.New("proof does not hold")

var (
	errRoot   = fmt.Errorf("it leads to another digest: %w", ErrProof)
	errLength = fmt.Errorf("it has too few or too many digests for its index and size: %w", ErrProof)
	errIndex  = fmt.Errorf("its index lies outside the tree: %w", ErrProof)
)

// A Tree keeps all its nodes, 64 bytes a leaf, to give proofs.
type Tree struct {
	h      Hash
	levels [][]Digest // levels[0] are the leaves
}

// NewTree builds the tree over leaf digests, which it keeps; see Hash.Leaf.
func NewTree(h Hash, leaves []Digest) *Tree {
	x := newHasher(h)
	t := &Tree{h: h, levels: [][]Digest{leaves}}
	for level := leaves; len(level) > 1; {
		up := make([]Digest, (len(level)+1)/2)
		for i := range len(level) / 2 {
			up[i] = x.node(&level[2*i], &level[2*i+1])
		}
		if len(level)%2 == 1 {
			up[len(up)-1] = level[len(level)-1]
		}
		t.levels = append(t.levels, up)
		level = up
	}
	return t
}

// Set puts another digest in the place of leaf i, which MUST be there.
func (t *Tree) Set(i uint64, leaf Digest) {
	x := newHasher(t.h)
	t.levels[0][i] = leaf
	for k, level := range t.levels[:len(t.levels)-1] {
		at := i / 2
		if 2*at+1 < uint64(len(level)) {
			t.levels[k+1][at] = x.node(&level[2*at], &level[2*at+1])
		} else { // promoted
			t.levels[k+1][at] = level[2*at]
		}
		i = at
	}
}

// Len returns the number of leaves.
func (t *Tree) Len() uint64 { return uint64(len(t.levels[0])) }

// Root returns the root.
func (t *Tree) Root() Digest {
	if t.Len() == 0 {
		return t.h.Empty()
	}
	return t.levels[len(t.levels)-1][0]
}

// List returns the list digest, H(0x04 | n | root).
func (t *Tree) List() Digest { return t.h.List(t.Len(), t.Root()) }

// A Proof shows that a leaf stands at Index in a tree of Size leaves. Path holds
// the siblings from the leaf upwards; a promoted node has none.
type Proof struct {
	Index, Size uint64
	Path        []Digest
}

// Prove returns the proof for leaf i.
func (t *Tree) Prove(i uint64) (Proof, error) {
	p := Proof{Index: i, Size: t.Len()}
	if i >= p.Size {
		return Proof{}, fmt.Errorf("prove leaf %d of %d: no such leaf", i, p.Size)
	}
	for _, level := range t.levels {
		if s := i ^ 1; s < uint64(len(level)) {
			p.Path = append(p.Path, level[s])
		}
		i /= 2
	}
	return p, nil
}

// Root returns the root that the proof leads to from a leaf digest. The result
// proves nothing unless it is compared with a digest that binds p.Size, which
// VerifyList, Tiling.Verify and VerifyEntry do.
func (p Proof) Root(h Hash, leaf Digest) (Digest, error) {
	if p.Index >= p.Size {
		return Digest{}, errIndex
	}
	x, path := newHasher(h), p.Path
	for i, n := p.Index, p.Size; n > 1; i, n = i/2, n/2+n%2 {
		if i^1 >= n { // promoted
			continue
		}
		if len(path) == 0 {
			return Digest{}, errLength
		}
		if i%2 == 0 {
			leaf = x.node(&leaf, &path[0])
		} else {
			leaf = x.node(&path[0], &leaf)
		}
		path = path[1:]
	}
	if len(path) != 0 {
		return Digest{}, errLength
	}
	return leaf, nil
}

// VerifyList checks that leaf stands at p.Index in the list of p.Size leaves
// whose digest is list.
func (h Hash) VerifyList(list Digest, leaf []byte, p Proof) error {
	root, err := p.Root(h, h.Leaf(leaf))
	if err != nil {
		return err
	}
	if h.List(p.Size, root) != list {
		return errRoot
	}
	return nil
}
