package merkle

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestIndexed(t *testing.T) {
	const depth, seed = 8, 2
	for _, h := range hashes {
		rng := rand.New(rand.NewPCG(seed, uint64(h)))
		tree := NewIndexed(h, depth)
		var leaves []Digest
		for step := range 700 {
			leaf := []byte{byte(step), byte(step >> 8)}
			if n := tree.Len(); n > 0 && rng.IntN(2) == 0 {
				i := rng.Uint64N(n)
				leaves[i] = h.Leaf(leaf)
				if err := tree.Set(i, leaf); err != nil {
					t.Fatal(err)
				}
			} else if n < 1<<depth {
				leaves = append(leaves, h.Leaf(leaf))
				if i, err := tree.Append(leaf); err != nil || i != n {
					t.Fatalf("got index %d, %v, want %d", i, err, n)
				}
			}
			if rng.IntN(8) != 0 {
				continue
			}
			root := tree.Root()
			if want := refIndexed(h, depth, leaves); root != want {
				t.Fatalf("%v, seed %d, step %d: got root %v, want %v", h, seed, step, root, want)
			}
			checkIndexProof(t, h, tree, rng.Uint64N(1<<depth), leaves)
		}
		if _, err := tree.Append(nil); err == nil {
			t.Errorf("%v: a full tree takes one more", h)
		}
		if err := NewIndexed(h, 3).Set(0, nil); err == nil {
			t.Errorf("%v: set of an unfilled place", h)
		}
		if _, err := tree.Prove(1 << depth); err == nil {
			t.Errorf("%v: a proof for a place outside", h)
		}
	}
}

func checkIndexProof(t *testing.T, h Hash, tree *Indexed, i uint64, leaves []Digest) {
	t.Helper()
	p, err := tree.Prove(i)
	if err != nil {
		t.Fatal(err)
	}
	var leaf Digest // an unfilled place
	if i < uint64(len(leaves)) {
		leaf = leaves[i]
	}
	root := tree.Root()
	if err := h.VerifyIndexed(root, tree.Depth(), leaf, p); err != nil {
		t.Errorf("%v: place %d: %v", h, i, err)
	}
	flipped := slices.Clone(p.Path)
	flipped[i%8][3] ^= 4
	for name, c := range map[string]struct {
		leaf  Digest
		depth int
		proof IndexProof
	}{
		"other leaf":  {h.Leaf([]byte("another")), 8, p},
		"other place": {leaf, 8, IndexProof{i ^ 1<<(i%8), p.Path}},
		"outside":     {leaf, 8, IndexProof{i + 256, p.Path}},
		"truncated":   {leaf, 8, IndexProof{i, p.Path[:7]}},
		"shallow":     {leaf, 7, IndexProof{i & 127, p.Path[:7]}},
		"extended":    {leaf, 8, IndexProof{i, append(p.Path[:8:8], Digest{})}},
		"too deep":    {leaf, 64, IndexProof{i, make([]Digest, 64)}},
		"one bit":     {leaf, 8, IndexProof{i, flipped}},
	} {
		if name == "other place" && leaf == (Digest{}) {
			continue // another unfilled place may well have the same proof
		}
		if err := h.VerifyIndexed(root, c.depth, c.leaf, c.proof); !errors.Is(err, ErrProof) {
			t.Errorf("%v: place %d: %s: got %v, want ErrProof", h, i, name, err)
		}
	}
}

// TestIndexedUpdate checks a step as a contract does: the path of the old leaf
// also gives the root after the change.
func TestIndexedUpdate(t *testing.T) {
	h, tree := Keccak256, NewIndexed(Keccak256, 32)
	for i := range 5 {
		if _, err := tree.Append([]byte{byte(i)}); err != nil {
			t.Fatal(err)
		}
	}
	p, err := tree.Prove(3)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.VerifyIndexed(tree.Root(), 32, h.Leaf([]byte{3}), p); err != nil {
		t.Fatal(err)
	}
	if err := tree.Set(3, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got, err := p.Root(h, h.Leaf([]byte("new"))); err != nil || got != tree.Root() {
		t.Fatalf("got %v, %v, want %v", got, err, tree.Root())
	}
}

// TestIndexedMany crosses the point where changes are hashed before Root asks.
func TestIndexedMany(t *testing.T) {
	tree := NewIndexed(SHA256, 17)
	leaves := make([]Digest, 1<<16+3)
	for i := range leaves {
		leaf := []byte{byte(i), byte(i >> 8), byte(i >> 16)}
		leaves[i] = SHA256.Leaf(leaf)
		if _, err := tree.Append(leaf); err != nil {
			t.Fatal(err)
		}
	}
	want := refIndexed(SHA256, 17, leaves)
	if got := tree.Root(); got != want {
		t.Fatalf("got %v, want %v", got, want)
	}
}
