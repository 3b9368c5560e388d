package merkle

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestTensorOpens: any set of tiles is proved against the tensor's digest, and a
// tile that is changed, moved or left out is not.
func TestTensorOpens(t *testing.T) {
	const seed = 11
	rng := rand.New(rand.NewPCG(seed, 0))
	tiling, err := NewTiling(F32, 200, 150)
	if err != nil {
		t.Fatal(err)
	}
	data := make([]byte, 200*150*4)
	for i := range data {
		data[i] = byte(rng.Uint32())
	}
	tensor := NewHasher().Tensor(tiling, data)
	leaves := make([]Digest, tiling.Tiles())
	NewHasher().Tiles(leaves, tiling, data, 0)
	tree := NewTree(SHA256, leaves)
	for i := range tiling.Tiles() {
		p, err := tree.Prove(uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		if err := tiling.VerifyLeaf(tensor, i, leaves[i], p.Path); err != nil {
			t.Errorf("tile %d: %v", i, err)
		}
		if tiling.VerifyLeaf(tensor, i, leaves[(i+1)%len(leaves)], p.Path) == nil ||
			tiling.VerifyLeaf(tensor, i-1, leaves[i], p.Path) == nil || tiling.VerifyLeaf(tensor, i+1, leaves[i], p.Path) == nil ||
			tiling.VerifyLeaf(Digest{}, i, leaves[i], p.Path) == nil {
			t.Errorf("tile %d is proved where it is not", i)
		}
	}
	for range 200 {
		var indices []uint64
		var tiles [][]byte
		for i := range tiling.Tiles() {
			if rng.IntN(3) > 0 {
				continue
			}
			row, col, rows, cols := tiling.Rect(i)
			var tile []byte
			for r := row; r < row+rows; r++ {
				tile = append(tile, data[(r*150+col)*4:][:cols*4]...)
			}
			indices, tiles = append(indices, uint64(i)), append(tiles, tile)
		}
		if len(indices) == 0 {
			continue
		}
		p, err := tree.ProveMany(indices)
		if err != nil {
			t.Fatal(err)
		}
		if err := tiling.VerifyMany(tensor, tiles, p); err != nil {
			t.Fatalf("seed %d, tiles %v: %v", seed, indices, err)
		}
		k := rng.IntN(len(tiles))
		bad := slices.Clone(tiles)
		bad[k] = bytes.Clone(bad[k])
		bad[k][rng.IntN(len(bad[k]))] ^= 1
		larger := p
		larger.Size++
		short := slices.Clone(tiles)
		short[k] = short[k][1:]
		if tiling.VerifyMany(tensor, bad, p) == nil || tiling.VerifyMany(tensor, tiles, larger) == nil ||
			tiling.VerifyMany(tensor, tiles[1:], p) == nil || tiling.VerifyMany(tensor, short, p) == nil ||
			tiling.VerifyMany(Digest{}, tiles, p) == nil {
			t.Fatalf("seed %d, tiles %v: what is not there is proved", seed, indices)
		}
	}
}
