// Package merkle commits to lists, tensors and maps with one 32-byte digest
// and proves single members of them.
//
//	leaf   = H(0x00 | len | bytes)          node = H(0x01 | left | right)
//	tensor = H(0x02 | dtype | shape | tile | root)
//	map    = H(0x03 | n | root of the sorted (name, digest))
//	list   = H(0x04 | n | root)
//
// Lengths are u64, little endian. On each level nodes are paired from the
// left; an odd node is promoted, never duplicated. Such a root alone does not
// say how many leaves it has, so what is signed or compared is always a
// tensor, map or list digest: these bind the number of leaves, and with it
// every index. H is SHA-256, or Keccak-256 where a contract checks.
//
// Start with Builder (streams, O(log n) memory), Tree (proofs) and Hasher
// (tensors and maps). ref.go is the definition, slow and obvious.
package merkle

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"

	"golang.org/x/crypto/sha3"
)

// A Digest is the output of either hash.
type Digest [32]byte

// String returns the digest in hexadecimal.
func (d Digest) String() string { return fmt.Sprintf("%x", d[:]) }

// A Hash names a hash function. The numbers are append-only.
type Hash uint8

const (
	SHA256    Hash = 1
	Keccak256 Hash = 2 // the original Keccak padding, as in the EVM
)

// String returns the usual name of the hash function.
func (h Hash) String() string {
	switch h {
	case SHA256:
		return "SHA-256"
	case Keccak256:
		return "Keccak-256"
	}
	return fmt.Sprintf("hash %d", uint8(h))
}

// Domain bytes. Append-only; 0x10 and above belong to package trace.
const (
	leafDomain   = 0x00
	nodeDomain   = 0x01
	tensorDomain = 0x02
	mapDomain    = 0x03
	listDomain   = 0x04
)

// Leaf returns H(0x00 | len | b).
func (h Hash) Leaf(b []byte) Digest { return newHasher(h).leaf(b) }

// Node returns H(0x01 | l | r).
func (h Hash) Node(l, r Digest) Digest { return newHasher(h).node(&l, &r) }

// List returns H(0x04 | n | root), the digest of a list of n leaves.
func (h Hash) List(n uint64, root Digest) Digest {
	return newHasher(h).seal(listDomain, n, &root)
}

// Empty returns the root of a tree without leaves: H of nothing, which no leaf
// and no node can equal.
func (h Hash) Empty() Digest { return newHasher(h).sum(nil) }

// headLen is the length of what precedes the bytes of a leaf.
const headLen = 1 + 8

// A hasher holds the buffers of one goroutine, so that hashing does not allocate.
type hasher struct {
	kind   Hash
	keccak keccak // nil for SHA-256
	buf    []byte // the message
	out    Digest // Keccak's output
}

// keccak is what package sha3 returns: Read squeezes without copying the state.
type keccak interface {
	hash.Hash
	Read([]byte) (int, error)
}

func newHasher(h Hash) *hasher {
	x := &hasher{kind: h, buf: make([]byte, 0, 128)}
	switch h {
	case SHA256:
	case Keccak256:
		x.keccak = sha3.NewLegacyKeccak256().(keccak)
	default:
		panic(fmt.Sprintf("merkle: unknown %v", h))
	}
	return x
}

func (x *hasher) sum(b []byte) Digest {
	if x.keccak == nil {
		return sha256.Sum256(b)
	}
	x.keccak.Reset()
	x.keccak.Write(b)
	x.keccak.Read(x.out[:])
	return x.out
}

func (x *hasher) leaf(b []byte) Digest {
	x.buf = append(x.leafHead(len(b)), b...)
	return x.sum(x.buf)
}

// leafHead starts a leaf of n bytes in x.buf.
func (x *hasher) leafHead(n int) []byte {
	return binary.LittleEndian.AppendUint64(append(x.buf[:0], leafDomain), uint64(n))
}

func (x *hasher) node(l, r *Digest) Digest {
	x.buf = append(append(append(x.buf[:0], nodeDomain), l[:]...), r[:]...)
	return x.sum(x.buf)
}

func (x *hasher) seal(domain byte, n uint64, root *Digest) Digest {
	x.buf = binary.LittleEndian.AppendUint64(append(x.buf[:0], domain), n)
	x.buf = append(x.buf, root[:]...)
	return x.sum(x.buf)
}
