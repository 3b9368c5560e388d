package merkle

import "math/bits"

// A Builder computes the root of a tree from a stream of leaves. It keeps one
// digest per level and does not allocate per leaf.
type Builder struct {
	h     *hasher
	n     uint64
	stack [64]Digest // stack[k] is a full subtree of 2^k leaves if bit k of n is set
}

// NewBuilder returns an empty Builder.
func NewBuilder(h Hash) *Builder { return &Builder{h: newHasher(h)} }

// Reset makes the Builder empty again.
func (b *Builder) Reset() { b.n = 0 }

// Len returns the number of leaves added so far.
func (b *Builder) Len() uint64 { return b.n }

// Add appends a leaf.
func (b *Builder) Add(leaf []byte) { b.AddDigest(b.h.leaf(leaf)) }

// AddDigest appends a leaf by its digest, H(0x00 | len | bytes).
func (b *Builder) AddDigest(leaf Digest) {
	level := bits.TrailingZeros64(^b.n)
	for k := range level {
		leaf = b.h.node(&b.stack[k], &leaf)
	}
	b.stack[level] = leaf
	b.n++
}

// Root returns the root over the leaves so far; more may follow.
func (b *Builder) Root() Digest {
	if b.n == 0 {
		return b.h.sum(nil)
	}
	level := bits.TrailingZeros64(b.n)
	root := b.stack[level]
	for rest := b.n >> (level + 1) << (level + 1); rest != 0; rest &= rest - 1 {
		root = b.h.node(&b.stack[bits.TrailingZeros64(rest)], &root)
	}
	return root
}

// List returns the digest of the list of leaves so far, H(0x04 | n | root).
func (b *Builder) List() Digest {
	root := b.Root()
	return b.h.seal(listDomain, b.n, &root)
}
