// Package corpus is a version of a Datanet as tokens, each with its owner.
//
// A cache file holds the tokens of all records one after the other, and for each
// record where it begins and who is credited; it is mapped, not read, so a
// corpus costs no memory beyond the pages in use. From any run of tokens Locate
// leads back to record, contributor and bytes of the source.
//
// The invariant: a cache belongs to one manifest and one tokenizer, named in its
// head, and a damaged one does not open.
//
// Start with Build and Open.
package corpus

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"unsafe"

	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/datanet/manifest"
)

// The file, in little endian:
//
//	magic 8 | manifest 32 | tokenizer 32 | tokens u64 | records u64 | sha-256 of the rest 32
//	records x (first token u64, contribution u32, contributor u32, index u64)
//	tokens x i32
//
// The manifest is named by the hash of its CID.
const (
	magic      = "olcorp/1"
	headSize   = 8 + 32 + 32 + 8 + 8 + 32
	recordSize = 24
)

// An Owner is who is credited for a token.
type Owner struct {
	Contribution uint32 // index in the Datanet's contributions
	Contributor  uint32 // index in that contribution
}

// A Corpus is an open cache. It is safe for concurrent use until Close.
type Corpus struct {
	tokens  []int32
	records []byte
	n       int
	data    []byte
	unmap   func() error
}

// Build writes the cache of a Datanet at a path, by way of path.tmp: there is
// never half of one. Withdrawn records are left out.
func Build(ctx context.Context, path string, d *manifest.Datanet, t *tokenizer.Tokenizer, get manifest.Get) (err error) {
	var parts [2]*os.File // of the tokens and of the table, which are not known to fit in memory
	var outs [2]*bufio.Writer
	for i, name := range []string{".tokens", ".table"} {
		f, err := os.Create(path + name)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
		parts[i], outs[i] = f, bufio.NewWriterSize(f, 1<<20)
	}
	var entry []byte
	var ids []int32
	first, records := uint64(0), uint64(0)
	for item, err := range d.Records(ctx, get) {
		if err != nil {
			return err
		}
		entry = binary.LittleEndian.AppendUint64(entry[:0], first)
		entry = binary.LittleEndian.AppendUint32(entry, uint32(item.Contribution))
		entry = binary.LittleEndian.AppendUint32(entry, uint32(item.Contributor))
		entry = binary.LittleEndian.AppendUint64(entry, item.Index)
		if _, err := outs[1].Write(entry); err != nil {
			return err
		}
		ids = t.AppendEncode(ids[:0], item.Text, tokenizer.PlainText)
		if err := binary.Write(outs[0], binary.LittleEndian, ids); err != nil {
			return err
		}
		first += uint64(len(ids))
		records++
	}
	for i, f := range parts {
		if err := outs[i].Flush(); err != nil {
			return err
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
	}
	head := headOf(d, t)
	head = binary.LittleEndian.AppendUint64(head, first)
	head = binary.LittleEndian.AppendUint64(head, records)
	return writeCache(path, head, io.MultiReader(parts[1], parts[0]))
}

// headOf returns the part of the head that says what the cache is of.
func headOf(d *manifest.Datanet, t *tokenizer.Tokenizer) []byte {
	of, with := sha256.Sum256(d.CID().Bytes()), t.Digest()
	return append(append([]byte(magic), of[:]...), with[:]...)
}

func writeCache(path string, head []byte, rest io.Reader) error {
	f, err := os.Create(path + ".tmp")
	if err != nil {
		return err
	}
	hash := sha256.New()
	hash.Write(head)
	_, err = f.Seek(headSize, io.SeekStart)
	if err == nil {
		w := bufio.NewWriterSize(io.MultiWriter(f, hash), 1<<20)
		_, err = io.Copy(w, rest)
		err = errors.Join(err, w.Flush())
	}
	if err == nil {
		_, err = f.WriteAt(hash.Sum(head), 0)
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path+".tmp"))
	}
	return os.Rename(path+".tmp", path)
}

// ErrStale says that a cache is of another manifest or tokenizer: build it anew.
var ErrStale = errors.New("corpus: the cache is of another manifest or tokenizer")

// Open maps the cache of a Datanet for a tokenizer and checks all of it.
func Open(path string, d *manifest.Datanet, t *tokenizer.Tokenizer) (*Corpus, error) {
	data, unmap, err := safetensors.MapFile(path)
	if err != nil {
		return nil, err
	}
	c := &Corpus{data: data, unmap: unmap}
	if err := c.parse(headOf(d, t)); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), unmap())
	}
	return c, nil
}

func (c *Corpus) parse(head []byte) error {
	damaged := errors.New("corpus: the cache is damaged: build it anew")
	if len(c.data) < headSize {
		return damaged
	}
	if string(c.data[:len(head)]) != string(head) {
		return ErrStale
	}
	tokens := binary.LittleEndian.Uint64(c.data[72:])
	records := binary.LittleEndian.Uint64(c.data[80:])
	rest := c.data[headSize:]
	if records > uint64(len(rest))/recordSize || tokens != (uint64(len(rest))-records*recordSize)/4 || (len(rest)-int(records)*recordSize)%4 != 0 {
		return damaged
	}
	hash := sha256.New()
	hash.Write(c.data[:headSize-32])
	hash.Write(rest)
	if string(hash.Sum(nil)) != string(c.data[headSize-32:headSize]) {
		return damaged
	}
	c.n, c.records = int(records), rest[:records*recordSize]
	c.tokens = Int32s(rest[records*recordSize:])
	before := uint64(0)
	for i := range c.n { // the hash is of whoever wrote it
		first := binary.LittleEndian.Uint64(c.records[i*recordSize:])
		if first < before || first > tokens || i == 0 && first != 0 {
			return damaged
		}
		before = first
	}
	if c.n == 0 && tokens > 0 {
		return damaged
	}
	return nil
}

// Int32s views little-endian bytes as numbers, without a copy where the machine
// has them so.
func Int32s(b []byte) []int32 {
	if len(b) == 0 {
		return nil
	}
	one := uint16(1)
	if *(*byte)(unsafe.Pointer(&one)) == 1 && uintptr(unsafe.Pointer(&b[0]))%4 == 0 {
		return unsafe.Slice((*int32)(unsafe.Pointer(&b[0])), len(b)/4)
	}
	out := make([]int32, len(b)/4)
	for i := range out {
		out[i] = int32(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

// Close unmaps the file. What Tokens returned MUST NOT be used after it.
func (c *Corpus) Close() error { return c.unmap() }

// Tokens returns all tokens. They MUST NOT be written to.
func (c *Corpus) Tokens() []int32 { return c.tokens }

// Records returns the number of records.
func (c *Corpus) Records() int { return c.n }

// Record returns the tokens of record i, from and up to, and their owner.
func (c *Corpus) Record(i int) (from, to int, owner Owner) {
	r := c.records[i*recordSize:]
	to = len(c.tokens)
	if i+1 < c.n {
		to = int(binary.LittleEndian.Uint64(r[recordSize:]))
	}
	return int(binary.LittleEndian.Uint64(r)), to, Owner{binary.LittleEndian.Uint32(r[8:]), binary.LittleEndian.Uint32(r[12:])}
}

// Find returns the record that token i belongs to.
func (c *Corpus) Find(i int) (record int, err error) {
	if i < 0 || i >= len(c.tokens) {
		return 0, fmt.Errorf("corpus: token %d of %d", i, len(c.tokens))
	}
	return sort.Search(c.n, func(r int) bool {
		from, _, _ := c.Record(r)
		return from > i
	}) - 1, nil
}

// OwnerOf returns who is credited for token i.
func (c *Corpus) OwnerOf(i int) (Owner, error) {
	r, err := c.Find(i)
	if err != nil {
		return Owner{}, err
	}
	_, _, owner := c.Record(r)
	return owner, nil
}
