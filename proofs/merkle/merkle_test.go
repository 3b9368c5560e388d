package merkle

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

var hashes = []Hash{SHA256, Keccak256}

// randomLeaves returns n different leaves of 2 to 101 bytes.
func randomLeaves(rng *rand.Rand, n int) [][]byte {
	leaves := make([][]byte, n)
	for i := range leaves {
		leaves[i] = append([]byte{byte(i), byte(i >> 8)}, randomBytes(rng, rng.IntN(100))...)
	}
	return leaves
}

func leafDigests(h Hash, leaves [][]byte) []Digest {
	d := make([]Digest, len(leaves))
	for i := range leaves {
		d[i] = h.Leaf(leaves[i])
	}
	return d
}

// forSizes runs f for all list sizes 0..1000 with SHA-256, and some with Keccak.
func forSizes(t *testing.T, f func(t *testing.T, h Hash, rng *rand.Rand, leaves [][]byte)) {
	const seed = 1
	rng := rand.New(rand.NewPCG(seed, 0))
	pool := randomLeaves(rng, 1000)
	for n := range 1001 {
		f(t, SHA256, rng, pool[:n])
		if n < 40 || n%97 == 0 {
			f(t, Keccak256, rng, pool[:n])
		}
		if t.Failed() {
			t.Fatalf("at size %d, seed %d", n, seed)
		}
	}
}

func TestRootIsTheReference(t *testing.T) {
	forSizes(t, func(t *testing.T, h Hash, rng *rand.Rand, leaves [][]byte) {
		want, wantList := refRoot(h, leaves), refList(h, leaves)
		b := NewBuilder(h)
		b.AddDigest(Digest{1}) // forgotten by Reset
		b.Reset()
		for i, leaf := range leaves {
			if i == len(leaves)/2 {
				b.Root() // asking early changes nothing
			}
			b.Add(leaf)
		}
		tree := NewTree(h, leafDigests(h, leaves))
		if b.Root() != want || tree.Root() != want {
			t.Errorf("%v: got builder %v, tree %v, want %v", h, b.Root(), tree.Root(), want)
		}
		if b.List() != wantList || tree.List() != wantList || b.Len() != tree.Len() {
			t.Errorf("%v: got list %v, %v, want %v", h, b.List(), tree.List(), wantList)
		}
	})
}

// TestDomains checks that no digest of one kind is one of another kind.
func TestDomains(t *testing.T) {
	for _, h := range hashes {
		l, r := h.Leaf([]byte("l")), h.Leaf([]byte("r"))
		body := slices.Concat(l[:], r[:])
		seen := map[Digest]string{}
		for name, d := range map[string]Digest{
			"empty": h.Empty(), "empty leaf": h.Leaf(nil), "zero byte": h.Leaf([]byte{0}),
			"node": h.Node(l, r), "swapped": h.Node(r, l), "node as leaf": h.Leaf(body),
			"node with domain as leaf": h.Leaf(append([]byte{nodeDomain}, body...)),
			"list of 0":                h.List(0, h.Empty()), "list of 1": h.List(1, h.Empty()),
			"leaf": l,
		} {
			if other, ok := seen[d]; ok {
				t.Errorf("%v: %q and %q have one digest", h, name, other)
			}
			seen[d] = name
		}
	}
}

// TestFrozen guards the bits: these digests MUST never change. Those of SHA-256
// were computed by a second implementation, in Python with hashlib.
func TestFrozen(t *testing.T) {
	leaves := make([][]byte, 321)
	for i := range leaves {
		for k := range i % 100 {
			leaves[i] = append(leaves[i], byte(i*7+k))
		}
	}
	data := make([]byte, 130*70*2)
	for i := range data {
		data[i] = byte(i * i / 3)
	}
	tiling, err := NewTiling(BF16, 2, 65, 70)
	if err != nil {
		t.Fatal(err)
	}
	x := NewHasher()
	m, err := x.Map([]Entry{{"a", Digest{1}}, {"b", Digest{2}}, {"c.d", Digest{3}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, got, want string }{
		{"empty sha-256", SHA256.Empty().String(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{"empty keccak", Keccak256.Empty().String(), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"},
		{"list sha-256", refList(SHA256, leaves).String(), "93548f4731eeae1e965f539c5818fde787622a1d16a24154b6681f208e3b450d"},
		{"list keccak", refList(Keccak256, leaves).String(), "6c8487bdd819c44705032ac66ec74f54d10fcd0822f9064e4617001e33e9adec"},
		{"tensor", x.Tensor(tiling, data).String(), "ebd0b900cc43160de9114d689d3e8d45a3ae8789d68fff218be412231f09def2"},
		{"map", m.String(), "392e9d004443bfe5e2267867cfa3f9a641f8159c5b8775c021bac5c2a516d701"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, c.got, c.want)
		}
	}
}

// corruptions returns proofs that differ from p and MUST fail. n is the number
// of leaves.
func corruptions(rng *rand.Rand, p Proof) map[string]Proof {
	path := func(f func([]Digest) []Digest) Proof {
		return Proof{p.Index, p.Size, f(slices.Clone(p.Path))}
	}
	out := map[string]Proof{
		"next index":    {p.Index + 1, p.Size, p.Path},
		"other index":   {p.Index ^ 1<<rng.IntN(11), p.Size, p.Path},
		"index is size": {p.Size, p.Size, p.Path},
		"size + 1":      {p.Index, p.Size + 1, p.Path},
		"size - 1":      {p.Index, p.Size - 1, p.Path},
		"other size":    {p.Index, p.Size + 2 + rng.Uint64N(2000), p.Path},
		"huge size":     {p.Index, 1<<64 - 1, p.Path},
		"extended":      path(func(d []Digest) []Digest { return append(d, Digest{}) }),
	}
	if k := len(p.Path); k > 0 {
		out["truncated"] = path(func(d []Digest) []Digest { return d[:k-1] })
		out["beheaded"] = path(func(d []Digest) []Digest { return d[1:] })
		out["one bit"] = path(func(d []Digest) []Digest { d[rng.IntN(k)][rng.IntN(32)] ^= 1 << rng.IntN(8); return d })
		out["doubled"] = path(func(d []Digest) []Digest { return append(d, d[k-1]) })
		if k > 1 {
			i := rng.IntN(k - 1)
			out["swapped"] = path(func(d []Digest) []Digest { d[i], d[i+1] = d[i+1], d[i]; return d })
		}
	}
	return out
}

func TestProof(t *testing.T) {
	forSizes(t, func(t *testing.T, h Hash, rng *rand.Rand, leaves [][]byte) {
		tree := NewTree(h, leafDigests(h, leaves))
		list, n := tree.List(), len(leaves)
		if _, err := tree.Prove(uint64(n)); err == nil {
			t.Errorf("a proof for leaf %d of %d", n, n)
		}
		for k := range min(n, 8) {
			i := k // all of a small list, some of a large one
			if n > 8 {
				i = rng.IntN(n)
			}
			p, err := tree.Prove(uint64(i))
			if err != nil {
				t.Fatal(err)
			}
			if err := h.VerifyList(list, leaves[i], p); err != nil {
				t.Errorf("%v: leaf %d of %d: %v", h, i, n, err)
			}
			for name, bad := range corruptions(rng, p) {
				if err := h.VerifyList(list, leaves[i], bad); !errors.Is(err, ErrProof) {
					t.Errorf("%v: leaf %d of %d: %s: got %v, want ErrProof", h, i, n, name, err)
				}
			}
			if err := h.VerifyList(list, append(leaves[i : i+1 : i+1][0], 0), p); err == nil {
				t.Errorf("leaf %d of %d: a longer leaf passes", i, n)
			}
			if err := h.VerifyList(tree.Root(), leaves[i], p); err == nil {
				t.Errorf("leaf %d of %d: a bare root passes for a list digest", i, n)
			}
		}
	})
}

func TestMultiProof(t *testing.T) {
	forSizes(t, func(t *testing.T, h Hash, rng *rand.Rand, leaves [][]byte) {
		n := len(leaves)
		if n == 0 {
			return
		}
		tree := NewTree(h, leafDigests(h, leaves))
		var indices []uint64
		var chosen [][]byte
		single := 0
		for i := range n {
			if rng.IntN(n) < 5 || i == n-1 && indices == nil {
				indices, chosen = append(indices, uint64(i)), append(chosen, leaves[i])
				p, _ := tree.Prove(uint64(i))
				single += len(p.Path)
			}
		}
		p, err := tree.ProveMany(indices)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.VerifyMany(tree.List(), chosen, p); err != nil {
			t.Errorf("%v: leaves %d of %d: %v", h, indices, n, err)
		}
		for k, i := range indices {
			want, _ := tree.Prove(i)
			if got, err := p.Single(h, leafDigests(h, chosen), k); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%v: leaf %d out of %d of %d: %v, %v, want %v", h, i, indices, n, got, err, want)
			}
		}
		if len(p.Path) > single {
			t.Errorf("leaves %d of %d: %d digests, %d in single proofs", indices, n, len(p.Path), single)
		}
		bad := func(name string, chosen [][]byte, p MultiProof) {
			t.Helper()
			if err := h.VerifyMany(tree.List(), chosen, p); !errors.Is(err, ErrProof) {
				t.Errorf("%v: leaves %d of %d: %s: got %v, want ErrProof", h, indices, n, name, err)
			}
		}
		last := len(indices) - 1
		moved := slices.Clone(indices)
		moved[last]++
		bad("moved leaf", chosen, MultiProof{moved, p.Size, p.Path})
		bad("size + 1", chosen, MultiProof{indices, p.Size + 1, p.Path})
		bad("size - 1", chosen, MultiProof{indices, p.Size - 1, p.Path})
		bad("fewer leaves", chosen[:last], p)
		bad("fewer indices", chosen, MultiProof{indices[:last], p.Size, p.Path})
		bad("fewer of both", chosen[:last], MultiProof{indices[:last], p.Size, p.Path})
		bad("a leaf twice", append(chosen[:last+1:last+1], chosen[last]),
			MultiProof{append(moved[:last:last], indices[last], indices[last]), p.Size, p.Path})
		bad("extended", chosen, MultiProof{indices, p.Size, append(p.Path[:len(p.Path):len(p.Path)], Digest{})})
		other := slices.Clone(chosen)
		other[rng.IntN(len(other))] = []byte("a leaf that is in no list")
		bad("other leaf", other, p)
		if last > 0 && !bytes.Equal(chosen[0], chosen[last]) {
			swapped := slices.Clone(chosen)
			swapped[0], swapped[last] = swapped[last], swapped[0]
			bad("swapped leaves", swapped, p)
			down := slices.Clone(indices)
			down[0], down[last] = down[last], down[0]
			bad("descending", swapped, MultiProof{down, p.Size, p.Path})
		}
		if k := len(p.Path); k > 0 {
			bad("truncated", chosen, MultiProof{indices, p.Size, p.Path[:k-1]})
			flipped := slices.Clone(p.Path)
			flipped[rng.IntN(k)][0] ^= 1
			bad("one bit", chosen, MultiProof{indices, p.Size, flipped})
		}
	})
}

// TestSizeIsBound shows why a bare root is not enough: a proof for the second of
// two leaves leads to the same root as the "fifth of five".
func TestSizeIsBound(t *testing.T) {
	tree := NewTree(SHA256, leafDigests(SHA256, [][]byte{{1}, {2}}))
	p, err := tree.Prove(1)
	if err != nil {
		t.Fatal(err)
	}
	lie := Proof{Index: 4, Size: 5, Path: p.Path}
	if root, err := lie.Root(SHA256, SHA256.Leaf([]byte{2})); err != nil || root != tree.Root() {
		t.Fatalf("got %v, %v: the example is wrong", root, err)
	}
	if err := SHA256.VerifyList(tree.List(), []byte{2}, lie); !errors.Is(err, ErrProof) {
		t.Fatalf("got %v, want ErrProof", err)
	}
}

func TestHashName(t *testing.T) {
	for h, want := range map[Hash]string{SHA256: "SHA-256", Keccak256: "Keccak-256", 9: "hash 9"} {
		if got := fmt.Sprint(h); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestSet: a tree in which leaves were replaced is the tree of the new leaves.
func TestSet(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for n := 1; n < 70; n++ {
		leaves := make([]Digest, n)
		for i := range leaves {
			leaves[i] = SHA256.Leaf([]byte{byte(i)})
		}
		tree := NewTree(SHA256, slices.Clone(leaves))
		for range 5 {
			i := rng.IntN(n)
			leaves[i] = SHA256.Leaf(fmt.Append(nil, rng.Uint64()))
			tree.Set(uint64(i), leaves[i])
			if got, want := tree.levels, NewTree(SHA256, leaves).levels; !reflect.DeepEqual(got, want) {
				t.Fatalf("%d leaves, leaf %d: another tree", n, i)
			}
		}
	}
}
