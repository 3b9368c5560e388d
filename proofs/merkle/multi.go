package merkle

import (
	"fmt"
	"slices"
)

// A MultiProof shows that several leaves stand at their Indices, which ascend,
// in a tree of Size leaves. Path holds the digests that cannot be computed from
// the leaves, level by level upwards, from left to right within a level: so
// there is one MultiProof for a set of leaves, and it is never longer than
// their single proofs together.
type MultiProof struct {
	Indices []uint64
	Size    uint64
	Path    []Digest
}

// ProveMany returns the proof for the leaves at indices, which MUST ascend.
func (t *Tree) ProveMany(indices []uint64) (MultiProof, error) {
	p := MultiProof{Indices: indices, Size: t.Len()}
	if err := p.check(); err != nil {
		return MultiProof{}, fmt.Errorf("prove leaves %d of %d: %w", indices, p.Size, err)
	}
	known := slices.Clone(indices)
	for _, level := range t.levels {
		m := 0
		for k := 0; k < len(known); k++ {
			i, s := known[k], known[k]^1
			if k+1 < len(known) && known[k+1] == s {
				k++
			} else if s < uint64(len(level)) {
				p.Path = append(p.Path, level[s])
			}
			known[m] = i / 2
			m++
		}
		known = known[:m]
	}
	return p, nil
}

// check tells whether the indices ascend and lie in the tree.
func (p MultiProof) check() error {
	if len(p.Indices) == 0 {
		return fmt.Errorf("it names no leaf: %w", ErrProof)
	}
	for k, i := range p.Indices {
		if k > 0 && i <= p.Indices[k-1] {
			return fmt.Errorf("its indices do not ascend: %w", ErrProof)
		}
		if i >= p.Size {
			return errIndex
		}
	}
	return nil
}

// Root returns the root that the proof leads to from the leaf digests, which
// stand in the order of p.Indices. As with Proof.Root, compare it only with a
// digest that binds p.Size.
func (p MultiProof) Root(h Hash, leaves []Digest) (Digest, error) {
	return p.climb(h, leaves, func(int, uint64, *Digest, *Digest) {})
}

// Single returns the proof of leaf p.Indices[k] alone.
func (p MultiProof) Single(h Hash, leaves []Digest, k int) (Proof, error) {
	if k < 0 || k >= len(p.Indices) {
		return Proof{}, errIndex
	}
	one := Proof{Index: p.Indices[k], Size: p.Size}
	_, err := p.climb(h, leaves, func(level int, left uint64, l, r *Digest) {
		switch at := one.Index >> level; at {
		case left:
			one.Path = append(one.Path, *r)
		case left + 1:
			one.Path = append(one.Path, *l)
		}
	})
	return one, err
}

// climb returns the root. see is shown each two siblings on the way; left is the
// index of the left one in its level.
func (p MultiProof) climb(h Hash, leaves []Digest, see func(level int, left uint64, l, r *Digest)) (Digest, error) {
	if err := p.check(); err != nil {
		return Digest{}, err
	}
	if len(leaves) != len(p.Indices) {
		return Digest{}, errLength
	}
	x, path := newHasher(h), p.Path
	index, digest := slices.Clone(p.Indices), slices.Clone(leaves)
	level := 0
	join := func(i uint64, l, r *Digest) Digest {
		see(level, i&^1, l, r)
		return x.node(l, r)
	}
	for n := p.Size; n > 1; n = n/2 + n%2 {
		m := 0
		for k := 0; k < len(index); k++ {
			i, d, s := index[k], digest[k], index[k]^1
			switch {
			case s >= n: // promoted
			case k+1 < len(index) && index[k+1] == s:
				k++
				d = join(i, &d, &digest[k])
			case len(path) == 0:
				return Digest{}, errLength
			case i%2 == 0:
				d, path = join(i, &d, &path[0]), path[1:]
			default:
				d, path = join(i, &path[0], &d), path[1:]
			}
			index[m], digest[m] = i/2, d
			m++
		}
		index, digest = index[:m], digest[:m]
		level++
	}
	if len(path) != 0 {
		return Digest{}, errLength
	}
	return digest[0], nil
}

// VerifyMany checks that leaves stand at p.Indices in the list of p.Size leaves
// whose digest is list.
func (h Hash) VerifyMany(list Digest, leaves [][]byte, p MultiProof) error {
	digests := make([]Digest, len(leaves))
	x := newHasher(h)
	for k, leaf := range leaves {
		digests[k] = x.leaf(leaf)
	}
	root, err := p.Root(h, digests)
	if err != nil {
		return err
	}
	if h.List(p.Size, root) != list {
		return errRoot
	}
	return nil
}
