package merkle

import (
	"fmt"
	"math"
)

// A DType names the element type of a tensor. The numbers are append-only.
type DType uint8

const (
	F32  DType = 1
	BF16 DType = 2
	F16  DType = 3
	I8   DType = 4
	I32  DType = 5
	U64  DType = 6
)

// Size returns the bytes of one element, 0 for a type that is not listed.
func (d DType) Size() int {
	switch d {
	case F32, I32:
		return 4
	case BF16, F16:
		return 2
	case I8:
		return 1
	case U64:
		return 8
	}
	return 0
}

// Tile is the side of a tile, in elements.
const Tile = 64

// maxRank bounds the number of dimensions of a tensor.
const maxRank = 8

// A Tiling is the cut of one tensor into tiles of 64x64 elements: leading
// dimensions are flattened to rows, tiles are numbered row by row, and those
// at the right and lower edge are smaller, not padded. A scalar is one row of
// one element.
type Tiling struct {
	dtype      DType
	rank       int
	dims       [maxRank]int
	rows, cols int
	stride     int // bytes from one row to the next in the data given to Hasher
}

// NewTiling returns the tiling of a tensor that lies without gaps in memory.
func NewTiling(d DType, shape ...int) (Tiling, error) {
	t := Tiling{dtype: d, rank: len(shape), rows: 1, cols: 1}
	if d.Size() == 0 {
		return Tiling{}, fmt.Errorf("tile a tensor: dtype %d is not known", d)
	}
	if len(shape) > maxRank {
		return Tiling{}, fmt.Errorf("tile a tensor: %d dimensions, at most %d are allowed", len(shape), maxRank)
	}
	copy(t.dims[:], shape)
	size := d.Size() // of the tensor in bytes, an empty dimension counted as one
	for k, n := range shape {
		if n < 0 || n > math.MaxInt/size {
			return Tiling{}, fmt.Errorf("tile a tensor: shape %v is not a size in memory", shape)
		}
		size *= max(n, 1)
		if k == len(shape)-1 {
			t.cols = n
		} else {
			t.rows *= n
		}
	}
	t.stride = t.cols * d.Size()
	return t, nil
}

// Strided returns the same tiling for data whose rows begin stride elements apart.
func (t Tiling) Strided(stride int) Tiling {
	if stride < t.cols {
		panic(fmt.Sprintf("merkle: Strided: %d is less than the %d columns", stride, t.cols))
	}
	t.stride = stride * t.dtype.Size()
	return t
}

// Tiles returns the number of tiles.
func (t Tiling) Tiles() int { return ceil(t.rows) * ceil(t.cols) }

func ceil(n int) int { return n/Tile + (n%Tile+Tile-1)/Tile }

// Rect returns where tile i lies: its first row and column, and its size.
func (t Tiling) Rect(i int) (row, col, rows, cols int) {
	if i < 0 || i >= t.Tiles() {
		panic(fmt.Sprintf("merkle: Rect: tile %d of %d", i, t.Tiles()))
	}
	across := ceil(t.cols)
	row, col = i/across*Tile, i%across*Tile
	return row, col, min(Tile, t.rows-row), min(Tile, t.cols-col)
}
