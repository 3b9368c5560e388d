package merkle

import "fmt"

// VerifyLeaf checks that tile i of the tensor with this digest has this leaf
// digest; path is that of the tree over the tiles.
func (t Tiling) VerifyLeaf(tensor Digest, i int, leaf Digest, path []Digest) error {
	if i < 0 || i >= t.Tiles() {
		return errIndex
	}
	root, err := Proof{Index: uint64(i), Size: uint64(t.Tiles()), Path: path}.Root(SHA256, leaf)
	if err != nil {
		return err
	}
	if NewHasher().seal(t, root) != tensor {
		return errRoot
	}
	return nil
}

// VerifyMany checks that tiles hold the bytes of the tiles at p.Indices of the
// tensor with this digest; p is that of the tree over the tiles, see
// Tree.ProveMany.
func (t Tiling) VerifyMany(tensor Digest, tiles [][]byte, p MultiProof) error {
	if p.Size != uint64(t.Tiles()) || len(tiles) != len(p.Indices) {
		return errLength
	}
	x := NewHasher()
	leaves := make([]Digest, len(tiles))
	for k, i := range p.Indices {
		if i >= p.Size {
			return errIndex
		}
		if _, _, rows, cols := t.Rect(int(i)); len(tiles[k]) != rows*cols*t.dtype.Size() {
			return fmt.Errorf("tile %d has %d bytes, want %d: %w", i, len(tiles[k]), rows*cols*t.dtype.Size(), ErrProof)
		}
		leaves[k] = x.h.leaf(tiles[k])
	}
	root, err := p.Root(SHA256, leaves)
	if err != nil {
		return err
	}
	if x.seal(t, root) != tensor {
		return errRoot
	}
	return nil
}
