package index

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/proofs/merkle"
)

// The file, in little endian. A segment is what one Append wrote; it names the one
// before it, so the last digest stands for the whole file.
//
//	head 128      magic 8 | of 32 | width u32, in bytes | 0 u32 | first u64 | rows u64 | 0 ... | sha-256 of the 96 before
//	segment       n u32 | 0 u32 | row of the first u64 | 0 16 | sha-256 of the one before (or the head's), n, row, and all that follows
//	  n x 16      owner u32 | tokens u32 | record u32 | scale u32, then 0 up to a multiple of 64
//	  n x width   the signs
const (
	magic     = "olinfl/1"
	headSize  = 128
	hashAt    = headSize - 32
	segSize   = 64
	metaSize  = 16
	segHashAt = segSize - 32
	segMax    = 4096 // rows of a segment
)

// A Row is what is known of an example beside its signs.
type Row struct {
	Owner  uint32 // contributor, as the caller numbers them
	Tokens uint32 // that the example has
	Record uint32 // of the data, as the caller numbers them
	Scale  uint32 // in units of 1/4096
}

// A Head says what a file is to hold.
type Head struct {
	Of    [32]byte // digest of what decides the rows: the terms
	Width int      // bits of a row
	First uint64   // number of the first row: another file has those before
	Rows  uint64   // of this file, when it is whole
}

func (h *Head) check() error {
	if err := checkWidth(h.Width); err != nil {
		return err
	}
	if h.Rows > MaxRows || h.First > 1<<40 {
		return fmt.Errorf("index: %d rows from row %d on: a file holds at most %d", h.Rows, h.First, MaxRows)
	}
	return nil
}

func (h *Head) bytes() []byte {
	b := append([]byte(magic), h.Of[:]...)
	b = binary.LittleEndian.AppendUint32(b, uint32(h.Width/8))
	b = binary.LittleEndian.AppendUint32(b, 0)
	b = binary.LittleEndian.AppendUint64(b, h.First)
	b = binary.LittleEndian.AppendUint64(b, h.Rows)
	b = append(b, make([]byte, hashAt-len(b))...)
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

var (
	// ErrStale says that an index is of something else: build it anew.
	ErrStale = errors.New("index: it is of another adapter, other data or other terms: build it anew")

	// ErrPart says that an index is not whole: its build goes on with Continue.
	ErrPart = errors.New("index: it is not whole: go on with its build")

	// ErrDamaged says that bytes are not those that were written.
	ErrDamaged = errors.New("index: damaged")
)

func readHead(b []byte) (h Head, err error) {
	if len(b) < headSize || string(b[:8]) != magic {
		return h, fmt.Errorf("%w: no head", ErrDamaged)
	}
	h.Of = [32]byte(b[8:40])
	h.Width = 8 * int(binary.LittleEndian.Uint32(b[40:]))
	h.First, h.Rows = binary.LittleEndian.Uint64(b[48:]), binary.LittleEndian.Uint64(b[56:])
	if !bytes.Equal(h.bytes(), b[:headSize]) {
		return h, fmt.Errorf("%w: the head is not what its hash says", ErrDamaged)
	}
	return h, h.check()
}

// A segment is some rows of a mapped file.
type segment struct {
	first int // row of this file
	meta  []byte
	signs []byte
}

func (s *segment) rows() int { return len(s.meta) / metaSize }

func (s *segment) row(i int) Row {
	b := s.meta[i*metaSize:]
	le := binary.LittleEndian.Uint32
	return Row{le(b), le(b[4:]), le(b[8:]), le(b[12:])}
}

func padded(n int) int { return (n + 63) &^ 63 }

// readSegment takes a segment off b; prev is the digest before it. It is not ok
// where b ends before it does, or is not what its hash says.
func readSegment(b []byte, prev [32]byte, row, width int) (s segment, digest [32]byte, rest []byte, ok bool) {
	if len(b) < segSize {
		return s, prev, b, false
	}
	n := int(binary.LittleEndian.Uint32(b))
	size := segSize + padded(n*metaSize) + n*width
	if n == 0 || n > segMax || len(b) < size || binary.LittleEndian.Uint64(b[8:]) != uint64(row) {
		return s, prev, b, false
	}
	digest = hashSegment(prev, b[:size])
	if !bytes.Equal(digest[:], b[segHashAt:segSize]) {
		return s, prev, b, false
	}
	at := segSize + padded(n*metaSize)
	s = segment{row, b[segSize:][:n*metaSize], b[at:size]}
	for i := range n {
		if s.row(i).Scale > maxScale {
			return s, prev, b, false
		}
	}
	return s, digest, b[size:], true
}

func hashSegment(prev [32]byte, b []byte) (d [32]byte) {
	h := sha256.New()
	h.Write(prev[:])
	h.Write(b[:segHashAt])
	h.Write(b[segSize:])
	h.Sum(d[:0])
	return d
}

// An Index is an open file. It is safe for concurrent use until Close.
type Index struct {
	Head
	segments []segment
	digest   [32]byte
	sums     *sums
	unmap    func() error
}

// Open maps an index and checks all of it. of is what it must be of.
func Open(path string, of [32]byte) (*Index, error) {
	b, unmap, err := safetensors.MapFile(path)
	if err != nil {
		return nil, err
	}
	x, rest, err := parse(b)
	switch {
	case err != nil:
	case x.Of != of:
		err = ErrStale
	case len(rest) > 0 && x.count() < int(x.Rows):
		err = fmt.Errorf("%w: behind row %d; Continue builds it anew from there", ErrDamaged, x.count())
	case len(rest) > 0:
		err = fmt.Errorf("%w: %d bytes behind the last row", ErrDamaged, len(rest))
	case x.count() < int(x.Rows):
		err = fmt.Errorf("%w: it has %d rows of %d", ErrPart, x.count(), x.Rows)
	}
	if err == nil {
		x.sums, err = x.readSums(sumsPath(path))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", filepath.Base(path), err), unmap())
	}
	x.unmap = unmap
	return x, nil
}

// parse reads the segments that are whole, and returns what is left behind them.
func parse(b []byte) (x *Index, rest []byte, err error) {
	h, err := readHead(b)
	if err != nil {
		return nil, nil, err
	}
	x = &Index{Head: h, digest: [32]byte(b[hashAt:headSize])}
	rest = b[headSize:]
	for len(rest) > 0 {
		s, digest, behind, ok := readSegment(rest, x.digest, x.count(), h.Width/8)
		if !ok || s.first+s.rows() > int(h.Rows) {
			break
		}
		x.segments, x.digest, rest = append(x.segments, s), digest, behind
	}
	return x, rest, nil
}

// Close unmaps the file. The index MUST NOT be used after it.
func (x *Index) Close() error { return x.unmap() }

// count returns the rows that are there.
func (x *Index) count() int {
	if len(x.segments) == 0 {
		return 0
	}
	s := &x.segments[len(x.segments)-1]
	return s.first + s.rows()
}

// at returns the segment of row i of this file, and which of its rows that is.
func (x *Index) at(i int) (*segment, int) {
	lo, hi := 0, len(x.segments)
	for lo+1 < hi {
		if mid := (lo + hi) / 2; x.segments[mid].first <= i {
			lo = mid
		} else {
			hi = mid
		}
	}
	return &x.segments[lo], i - x.segments[lo].first
}

// Row returns what is known of a row, by its number in the whole index.
func (x *Index) Row(number uint64) (Row, error) {
	if number < x.First || number-x.First >= uint64(x.count()) {
		return Row{}, fmt.Errorf("index: no row %d: this part has those from %d to %d", number, x.First, x.First+x.Rows)
	}
	s, i := x.at(int(number - x.First))
	return s.row(i), nil
}

// Root is the digest of the list of rows, each with its signs: what an index
// record commits to, however the rows came in.
func (x *Index) Root() merkle.Digest {
	b := merkle.NewBuilder(merkle.SHA256)
	var leaf []byte
	for k := range x.segments {
		s := &x.segments[k]
		for i := range s.rows() {
			leaf = append(leaf[:0], s.meta[i*metaSize:][:metaSize]...)
			b.Add(append(leaf, s.signs[i*x.Width/8:][:x.Width/8]...))
		}
	}
	return b.List()
}
