package merkle

import (
	"encoding/binary"
	"testing"
)

// FuzzVerify gives arbitrary proofs to a list of known leaves: what verifies
// MUST be true. Leaf k is the byte k, so truth is easy to see.
func FuzzVerify(f *testing.F) {
	add := func(n byte, i uint64) {
		tree := NewTree(SHA256, fuzzLeaves(n))
		p, err := tree.Prove(i)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(n, byte(i), fuzzBytes(p))
	}
	add(1, 0)
	add(2, 1)
	add(5, 4)
	add(7, 6)
	add(8, 3)
	add(255, 254)
	f.Add(byte(2), byte(1), []byte{4, 0, 0, 0, 0, 0, 0, 0, 5})
	f.Fuzz(func(t *testing.T, n, leaf byte, b []byte) {
		tree := NewTree(SHA256, fuzzLeaves(n))
		p := fuzzProof(b)
		if SHA256.VerifyList(tree.List(), []byte{leaf}, p) == nil {
			if p.Size != uint64(n) || p.Index != uint64(leaf) || leaf >= n {
				t.Fatalf("leaf %d passes at %d of %d in a list of %d", leaf, p.Index, p.Size, n)
			}
		}
		two := MultiProof{Indices: []uint64{p.Index, p.Index + 1 + uint64(len(b)%3)}, Size: p.Size, Path: p.Path}
		if SHA256.VerifyMany(tree.List(), [][]byte{{leaf}, {leaf + 1}}, two) == nil {
			if p.Size != uint64(n) || p.Index != uint64(leaf) || two.Indices[1] != uint64(leaf)+1 || leaf+1 >= n {
				t.Fatalf("leaves %d, %d pass at %d of %d in a list of %d", leaf, leaf+1, two.Indices, p.Size, n)
			}
		}
		tiling, err := NewTiling(I8, int(n), 65)
		if err == nil && tiling.Verify(tree.Root(), int(leaf), b, p.Path) == nil {
			t.Fatal("a tile verifies against the root of a list")
		}
		if VerifyEntry(tree.List(), Entry{Name: string(b)}, p) == nil {
			t.Fatal("a map entry verifies against a list")
		}
		ip := IndexProof{Index: p.Index, Path: p.Path}
		if Keccak256.VerifyIndexed(tree.Root(), len(ip.Path), tree.List(), ip) == nil {
			t.Fatal("an indexed proof verifies against the root of a list")
		}
	})
}

func fuzzLeaves(n byte) []Digest {
	leaves := make([]Digest, n)
	for k := range leaves {
		leaves[k] = SHA256.Leaf([]byte{byte(k)})
	}
	return leaves
}

func fuzzBytes(p Proof) []byte {
	b := binary.BigEndian.AppendUint64(nil, p.Index)
	b = binary.BigEndian.AppendUint64(b, p.Size)
	for _, d := range p.Path {
		b = append(b, d[:]...)
	}
	return b
}

func fuzzProof(b []byte) (p Proof) {
	var head [16]byte
	b = b[copy(head[:], b):]
	p.Index, p.Size = binary.BigEndian.Uint64(head[:]), binary.BigEndian.Uint64(head[8:])
	for len(b) >= 32 {
		p.Path, b = append(p.Path, Digest(b)), b[32:]
	}
	return p
}
