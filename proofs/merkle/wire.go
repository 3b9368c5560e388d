package merkle

import (
	"math"

	"github.com/openledger/openledger/proofs/canon"
)

// The canonical forms of proofs; a path is one byte string, 32 bytes a digest.
//
//	Proof       [index, size, path]
//	MultiProof  [[index, ...], size, path]
//	IndexProof  [index, path]

// Limits of what is read: a tree has at most maxDepth levels, a MultiProof
// proves at most maxMany leaves.
const (
	maxDepth = 64
	maxMany  = 4096
)

// AppendCanon appends [index, size, path].
func (p *Proof) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 3)
	b = canon.AppendUint(b, p.Index)
	b = canon.AppendUint(b, p.Size)
	return appendPath(b, p.Path)
}

// ReadCanon reads what AppendCanon wrote.
func (p *Proof) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	p.Index = r.Uint(math.MaxUint64)
	p.Size = r.Uint(math.MaxUint64)
	p.Path = readPath(r, maxDepth)
}

// AppendCanon appends [[index, ...], size, path].
func (p *MultiProof) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 3)
	b = canon.AppendArray(b, len(p.Indices))
	for _, i := range p.Indices {
		b = canon.AppendUint(b, i)
	}
	b = canon.AppendUint(b, p.Size)
	return appendPath(b, p.Path)
}

// ReadCanon reads what AppendCanon wrote.
func (p *MultiProof) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	p.Indices = make([]uint64, r.Array(maxMany))
	for k := range p.Indices {
		p.Indices[k] = r.Uint(math.MaxUint64)
	}
	p.Size = r.Uint(math.MaxUint64)
	p.Path = readPath(r, maxDepth*len(p.Indices))
}

// AppendCanon appends [index, path].
func (p *IndexProof) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 2)
	b = canon.AppendUint(b, p.Index)
	return appendPath(b, p.Path)
}

// ReadCanon reads what AppendCanon wrote.
func (p *IndexProof) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	p.Index = r.Uint(math.MaxUint64)
	p.Path = readPath(r, maxDepth)
}

func appendPath(b []byte, path []Digest) []byte {
	all := make([]byte, 0, len(path)*len(Digest{}))
	for k := range path {
		all = append(all, path[k][:]...)
	}
	return canon.AppendBytes(b, all)
}

// readPath reads at most max digests.
func readPath(r *canon.Reader, max int) []Digest {
	const size = len(Digest{})
	all := r.Bytes(max * size)
	if len(all)%size != 0 {
		r.Fail("path of %d bytes is not a number of digests", len(all))
		return nil
	}
	path := make([]Digest, len(all)/size)
	for k := range path {
		path[k] = Digest(all[k*size:])
	}
	return path
}
