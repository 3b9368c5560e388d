package index

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/proofs/merkle"
)

// sums are the sums of the rows of each owner: scale times sign, by coordinate.
type sums struct {
	width   int
	vectors map[uint32][]int64
}

func newSums(width int) *sums { return &sums{width, map[uint32][]int64{}} }

// addSegment adds the rows of a segment.
func (s *sums) addSegment(x *segment) {
	for i := range x.rows() {
		r := x.row(i)
		v := s.vectors[r.Owner]
		if v == nil {
			v = make([]int64, s.width)
			s.vectors[r.Owner] = v
		}
		scale := int64(r.Scale)
		for k, b := range x.signs[i*s.width/8:][:s.width/8] {
			for j := range 8 {
				v[8*k+j] += scale * (2*int64(b>>j&1) - 1)
			}
		}
	}
}

// owners returns the owners in order.
func (s *sums) owners() []uint32 {
	all := make([]uint32, 0, len(s.vectors))
	for o := range s.vectors {
		all = append(all, o)
	}
	slices.Sort(all)
	return all
}

// The file beside an index, in little endian; it holds nothing that the rows do
// not, and is made again where it is missing.
//
//	magic 8 | digest of the index 32 | sha-256 of the rest 32 | width u32 | owners u32
//	owner u32 x owners, then width x i64 of each
const (
	sumsMagic = "olsums/1"
	sumsHead  = 8 + 32 + 32
)

func sumsPath(index string) string { return index + ".sums" }

func (s *sums) bytes(of [32]byte) []byte {
	b := make([]byte, sumsHead, sumsHead+8+len(s.vectors)*(4+8*s.width))
	copy(b, sumsMagic)
	copy(b[8:], of[:])
	b = binary.LittleEndian.AppendUint32(b, uint32(s.width))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(s.vectors)))
	owners := s.owners()
	for _, o := range owners {
		b = binary.LittleEndian.AppendUint32(b, o)
	}
	for _, o := range owners {
		for _, x := range s.vectors[o] {
			b = binary.LittleEndian.AppendUint64(b, uint64(x))
		}
	}
	sum := sha256.Sum256(b[sumsHead:])
	copy(b[40:], sum[:])
	return b
}

func (s *sums) write(path string, of [32]byte) error {
	return safetensors.Replace(path, func(w io.Writer) error {
		_, err := w.Write(s.bytes(of))
		return err
	})
}

// parseSums reads what bytes wrote; nil if it is of another index or damaged.
func parseSums(b []byte, of [32]byte, width int) *sums {
	if len(b) < sumsHead+8 || string(b[:8]) != sumsMagic || !bytes.Equal(b[8:40], of[:]) {
		return nil
	}
	if sum := sha256.Sum256(b[sumsHead:]); !bytes.Equal(sum[:], b[40:sumsHead]) {
		return nil
	}
	b = b[sumsHead:]
	w, n := binary.LittleEndian.Uint32(b), int(binary.LittleEndian.Uint32(b[4:]))
	b = b[8:]
	if int(w) != width || len(b) != n*(4+8*width) {
		return nil
	}
	s := newSums(width)
	for i := range n {
		v := make([]int64, width)
		for j := range v {
			v[j] = int64(binary.LittleEndian.Uint64(b[4*n+8*(i*width+j):]))
		}
		s.vectors[binary.LittleEndian.Uint32(b[4*i:])] = v
	}
	return s
}

// readSums reads the sums beside an index, or makes them of its rows.
func (x *Index) readSums(path string) (*sums, error) {
	b, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if s := parseSums(b, x.digest, x.Width); s != nil {
		return s, nil
	}
	s := newSums(x.Width)
	for i := range x.segments {
		s.addSegment(&x.segments[i])
	}
	return s, nil
}

// SumsRoot is the digest of the list of owners' sums, in the order of the owners:
// a leaf is the owner and its vector.
func (x *Index) SumsRoot() merkle.Digest {
	b := merkle.NewBuilder(merkle.SHA256)
	for _, o := range x.sums.owners() {
		leaf := binary.LittleEndian.AppendUint32(nil, o)
		for _, v := range x.sums.vectors[o] {
			leaf = binary.LittleEndian.AppendUint64(leaf, uint64(v))
		}
		b.Add(leaf)
	}
	return b.List()
}

// A Total is the sum of the scores of an owner's rows.
type Total struct {
	Owner uint32
	Score int64
}

// Totals returns the total of every owner, in their order, without a look at any
// row.
func (x *Index) Totals(q *Query) []Total {
	var all []Total
	for _, o := range x.sums.owners() {
		t := Total{Owner: o}
		for j, v := range x.sums.vectors[o] {
			t.Score += v * int64(q.q[j])
		}
		all = append(all, t)
	}
	return all
}
