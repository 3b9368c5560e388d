package match

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"os"
	"path/filepath"

	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/datanet/corpus"
)

// MaxTokens is the most that one shard holds, separators included: positions
// are int32.
const MaxTokens = math.MaxInt32 - 1

// The file, in little endian:
//
//	magic 8 | corpus 32 | text n u64 | records u64 | vocabulary u64 | sha-256 of the rest 32
//	records x i32: where each record begins in the text
//	vocabulary x i32: how often each token occurs
//	vocabulary+1 x i32: where the suffixes that begin with each token begin, from the separator on
//	n x i32: the text, tokens + 1, a separator 0 after each record
//	n x i32: its suffix array
const (
	magic    = "olsufx/1"
	headSize = 8 + 32 + 3*8 + 32
)

// Build writes the index of a shard at a path, by way of path.tmp: there is
// never half of one. starts holds where each record begins in tokens, in order,
// the first at 0; ids are 0 <= token < vocabulary. of names what the tokens
// are of. It needs 8 bytes a token.
func Build(path string, of [32]byte, tokens []int32, starts []int, vocabulary int) error {
	n := len(tokens) + len(starts)
	if n > MaxTokens || vocabulary <= 0 || vocabulary > 1<<24 {
		return fmt.Errorf("match: %d tokens in %d records of a vocabulary of %d: a shard holds at most %d of at most %d", len(tokens), len(starts), vocabulary, MaxTokens, 1<<24)
	}
	text := make([]int32, 0, n)
	table := make([]int32, len(starts))
	counts := make([]int32, vocabulary)
	for r, from := range starts {
		to := len(tokens)
		if r+1 < len(starts) {
			to = starts[r+1]
		}
		if from < 0 || from > to || to > len(tokens) || r == 0 && from != 0 {
			return fmt.Errorf("match: record %d is tokens %d to %d of %d", r, from, to, len(tokens))
		}
		table[r] = int32(len(text))
		for _, id := range tokens[from:to] {
			if id < 0 || int(id) >= vocabulary {
				return fmt.Errorf("match: token %d in record %d, in a vocabulary of %d", id, r, vocabulary)
			}
			counts[id]++
			text = append(text, id+1)
		}
		text = append(text, 0)
	}
	if len(starts) == 0 && len(tokens) > 0 {
		return errors.New("match: tokens that are in no record")
	}
	sa := make([]int32, n)
	suffixArray(text, sa, vocabulary+1)

	first := make([]int32, vocabulary+1)
	at := int32(len(starts))
	for id, c := range counts {
		first[id], at = at, at+c
	}
	first[vocabulary] = at

	head := append([]byte(magic), of[:]...)
	for _, x := range []int{n, len(starts), vocabulary} {
		head = binary.LittleEndian.AppendUint64(head, uint64(x))
	}
	return write(path, head, table, counts, first, text, sa)
}

func write(path string, head []byte, parts ...[]int32) error {
	f, err := os.Create(path + ".tmp")
	if err != nil {
		return err
	}
	h := sha256.New()
	h.Write(head)
	_, err = f.Seek(headSize, io.SeekStart)
	if err == nil {
		err = writeParts(f, h, parts)
	}
	if err == nil {
		_, err = f.WriteAt(h.Sum(head), 0)
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path+".tmp"))
	}
	return os.Rename(path+".tmp", path)
}

func writeParts(f *os.File, h hash.Hash, parts [][]int32) error {
	w := bufio.NewWriterSize(io.MultiWriter(f, h), 1<<20)
	var buf []byte
	for _, p := range parts {
		for len(p) > 0 {
			chunk := p[:min(len(p), 1<<16)]
			p = p[len(chunk):]
			buf = buf[:0]
			for _, x := range chunk {
				buf = binary.LittleEndian.AppendUint32(buf, uint32(x))
			}
			if _, err := w.Write(buf); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

// An Index is the open suffix array of a shard. It is safe for concurrent use
// until Close.
type Index struct {
	records, counts, first, text, sa []int32
	unmap                            func() error
}

// ErrStale says that an index is of another corpus: build it anew.
var ErrStale = errors.New("match: the index is of another corpus: build it anew")

// errDamaged says that an index is not what Build wrote.
var errDamaged = errors.New("match: the index is damaged: build it anew")

// Open maps the index of a corpus and checks all of it.
func Open(path string, of [32]byte) (*Index, error) {
	b, unmap, err := safetensors.MapFile(path)
	if err != nil {
		return nil, err
	}
	x := &Index{unmap: unmap}
	if err := x.parse(b, of); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", filepath.Base(path), err), unmap())
	}
	return x, nil
}

func (x *Index) parse(b []byte, of [32]byte) error {
	if len(b) < headSize || string(b[:8]) != magic {
		return errDamaged
	}
	if !bytes.Equal(b[8:40], of[:]) {
		return ErrStale
	}
	n, records, vocabulary := binary.LittleEndian.Uint64(b[40:]), binary.LittleEndian.Uint64(b[48:]), binary.LittleEndian.Uint64(b[56:])
	rest := b[headSize:]
	if n > MaxTokens || records > n || vocabulary > 1<<24 || uint64(len(rest)) != 4*(records+2*vocabulary+1+2*n) {
		return errDamaged
	}
	if sum := hashOf(b); !bytes.Equal(sum[:], b[headSize-32:headSize]) {
		return errDamaged
	}
	take := func(n uint64) (p []int32) {
		p, rest = corpus.Int32s(rest[:4*n]), rest[4*n:]
		return p
	}
	x.records, x.counts, x.first = take(records), take(vocabulary), take(vocabulary+1)
	x.text, x.sa = take(n), take(n)
	return x.check()
}

// hashOf returns the hash that the head of a file holds.
func hashOf(b []byte) (sum [32]byte) {
	h := sha256.New()
	h.Write(b[:headSize-32])
	h.Write(b[headSize:])
	return [32]byte(h.Sum(sum[:0]))
}

// check makes sure that no number leads out of the file: a hash says that the
// file is whole, not that it was written by Build.
func (x *Index) check() error {
	n := int32(len(x.text))
	at := int32(-1)
	for _, r := range x.records {
		if r <= at || r >= n || r > 0 && x.text[r-1] != 0 {
			return errDamaged
		}
		at = r
	}
	at = 0
	for _, f := range x.first {
		if f < at || f > n {
			return errDamaged
		}
		at = f
	}
	for i := range x.text {
		if p := x.sa[i]; p < 0 || p >= n || x.text[i] < 0 || int(x.text[i]) > len(x.counts) {
			return errDamaged
		}
	}
	if n > 0 && (len(x.records) == 0 || x.records[0] != 0 || x.text[n-1] != 0) {
		return errDamaged
	}
	return nil
}

// Close unmaps the file. The index MUST NOT be used after it.
func (x *Index) Close() error { return x.unmap() }

// Tokens returns the number of tokens, Records that of records.
func (x *Index) Tokens() int  { return len(x.text) - len(x.records) }
func (x *Index) Records() int { return len(x.records) }
