package merkle

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"golang.org/x/crypto/sha3"
)

// The definition of every digest of this package, slow and obvious. The tests
// compare everything else with it.

func refSum(h Hash, parts ...[]byte) (d Digest) {
	all := slices.Concat(parts...)
	if h == SHA256 {
		return sha256.Sum256(all)
	}
	k := sha3.NewLegacyKeccak256()
	k.Write(all)
	return Digest(k.Sum(nil))
}

func refLen(n int) []byte { return binary.LittleEndian.AppendUint64(nil, uint64(n)) }

func refLeaf(h Hash, leaf []byte) Digest { return refSum(h, []byte{0}, refLen(len(leaf)), leaf) }

// refRoot pairs nodes from the left, level by level, and promotes an odd one.
func refRoot(h Hash, leaves [][]byte) Digest {
	if len(leaves) == 0 {
		return refSum(h)
	}
	var level []Digest
	for _, leaf := range leaves {
		level = append(level, refLeaf(h, leaf))
	}
	for len(level) > 1 {
		var up []Digest
		for i := 0; i < len(level); i += 2 {
			if i+1 == len(level) {
				up = append(up, level[i])
			} else {
				up = append(up, refSum(h, []byte{1}, level[i][:], level[i+1][:]))
			}
		}
		level = up
	}
	return level[0]
}

func refList(h Hash, leaves [][]byte) Digest {
	root := refRoot(h, leaves)
	return refSum(h, []byte{4}, refLen(len(leaves)), root[:])
}

func refMap(entries []Entry) Digest {
	var leaves [][]byte
	for _, e := range entries {
		leaves = append(leaves, append([]byte(e.Name), e.Digest[:]...))
	}
	root := refRoot(SHA256, leaves)
	return refSum(SHA256, []byte{3}, refLen(len(entries)), root[:])
}

// refTensor copies each tile element by element.
func refTensor(d DType, shape []int, data []byte) Digest {
	rows, cols := 1, 1
	head := []byte{2, byte(d)}
	head = append(head, refLen(len(shape))...)
	for k, n := range shape {
		head = append(head, refLen(n)...)
		if k < len(shape)-1 {
			rows *= n
		} else {
			cols = n
		}
	}
	head = append(append(head, refLen(64)...), refLen(64)...)

	var tiles [][]byte
	for row := 0; row < rows; row += 64 {
		for col := 0; col < cols; col += 64 {
			var tile []byte
			for r := row; r < min(row+64, rows); r++ {
				for c := col; c < min(col+64, cols); c++ {
					at := (r*cols + c) * d.Size()
					tile = append(tile, data[at:at+d.Size()]...)
				}
			}
			tiles = append(tiles, tile)
		}
	}
	root := refRoot(SHA256, tiles)
	return refSum(SHA256, head, root[:])
}

// refIndexed is the root of a subtree of the given depth over leaf digests,
// where places without one are zero.
func refIndexed(h Hash, depth int, leaves []Digest) Digest {
	if depth == 0 {
		if len(leaves) == 0 {
			return Digest{}
		}
		return leaves[0]
	}
	half := min(len(leaves), 1<<(depth-1))
	l, r := refIndexed(h, depth-1, leaves[:half]), refIndexed(h, depth-1, leaves[half:])
	return refSum(h, []byte{1}, l[:], r[:])
}
