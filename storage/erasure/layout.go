package erasure

import (
	"fmt"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
)

// A Layout says where the bytes of a shard are. It is a canon value and travels
// in a manifest.
type Layout struct {
	Code    Code
	Size    uint64          // bytes of content
	Stripes [][]cid.Cid     // (stripes, pieces)
	Roots   []merkle.Digest // (pieces) of the 1 KiB leaves of each piece, for audits
}

// MaxStripes bounds a layout: 16,384 stripes hold 40 GiB with the default code.
const MaxStripes = 1 << 14

// maxPieces is what Reed-Solomon over GF(2^8) can tell apart.
const maxPieces = 256

// Check says whether the parts of a layout fit together.
func (l *Layout) Check() error {
	full := uint64(l.Code.Data) * Chunk
	switch {
	case l.Code.Data < 1 || l.Code.Parity < 0 || l.Code.Pieces() > maxPieces:
		return fmt.Errorf("erasure: layout of %d data and %d parity chunks", l.Code.Data, l.Code.Parity)
	case len(l.Roots) != l.Code.Pieces():
		return fmt.Errorf("erasure: layout of %d pieces with %d roots", l.Code.Pieces(), len(l.Roots))
	case len(l.Stripes) > MaxStripes || uint64(len(l.Stripes)) != (l.Size+full-1)/full:
		return fmt.Errorf("erasure: layout of %d bytes in %d stripes", l.Size, len(l.Stripes))
	}
	for s, stripe := range l.Stripes {
		if len(stripe) != l.Code.Pieces() {
			return fmt.Errorf("erasure: stripe %d has %d chunks, want %d", s, len(stripe), l.Code.Pieces())
		}
	}
	return nil
}

// Piece returns the CIDs of the chunks of piece i, stripe by stripe.
func (l *Layout) Piece(i int) []cid.Cid {
	out := make([]cid.Cid, len(l.Stripes))
	for s, stripe := range l.Stripes {
		out[s] = stripe[i]
	}
	return out
}

// Leaves returns how many audit leaves each piece has.
func (l *Layout) Leaves() uint64 {
	n, left := uint64(0), l.Size
	for range l.Stripes {
		content := min(left, uint64(l.Code.Data)*Chunk)
		n += uint64(l.Code.chunkOf(int(content))+Leaf-1) / Leaf
		left -= content
	}
	return n
}

// PieceSize returns how many bytes each piece has.
func (l *Layout) PieceSize() uint64 {
	n, left := uint64(0), l.Size
	for range l.Stripes {
		content := min(left, uint64(l.Code.Data)*Chunk)
		n += uint64(l.Code.chunkOf(int(content)))
		left -= content
	}
	return n
}

// AppendCanon appends the layout to b.
func (l *Layout) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 5)
	b = canon.AppendUint(b, uint64(l.Code.Data))
	b = canon.AppendUint(b, uint64(l.Code.Parity))
	b = canon.AppendUint(b, l.Size)
	b = canon.AppendArray(b, len(l.Stripes))
	for _, stripe := range l.Stripes {
		b = canon.AppendArray(b, len(stripe))
		for _, c := range stripe {
			b = canon.AppendCID(b, c)
		}
	}
	b = canon.AppendArray(b, len(l.Roots))
	for _, r := range l.Roots {
		b = canon.AppendBytes(b, r[:])
	}
	return b
}

// ReadCanon reads what AppendCanon wrote and refuses what Check refuses.
func (l *Layout) ReadCanon(r *canon.Reader) {
	r.Fields(5)
	l.Code.Data = int(r.Uint(maxPieces))
	l.Code.Parity = int(r.Uint(maxPieces))
	l.Size = r.Uint(1 << 50)
	l.Stripes = make([][]cid.Cid, r.Array(MaxStripes))
	for s := range l.Stripes {
		l.Stripes[s] = make([]cid.Cid, r.Array(maxPieces))
		for i := range l.Stripes[s] {
			l.Stripes[s][i] = r.CID()
		}
	}
	l.Roots = make([]merkle.Digest, r.Array(maxPieces))
	for i := range l.Roots {
		r.Fixed(l.Roots[i][:])
	}
	if r.Err() == nil {
		if err := l.Check(); err != nil {
			r.Fail("%s", err)
		}
	}
}
