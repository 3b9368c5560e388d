// Package erasure cuts a shard of data into pieces on several peers, so that
// the loss of some loses nothing: RS(10,20) by default, any 10 of 20 pieces
// restore all bytes.
//
// The content is cut into stripes of Data chunks; each stripe gets as many
// parity chunks (Reed-Solomon over GF(2^8), systematic: the data chunks are the
// content itself). Chunk i of every stripe together are piece i, which one peer
// pins. Every chunk is a block with a CID, so a wrong one is found by whoever
// fetches it.
//
// The invariant: Decode and Repair either give the bytes that Encode read, or
// an error. Memory is bounded by one stripe, whatever the size of the content.
//
// Start with Encode and Layout.
package erasure

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/ipfs/go-cid"
	"github.com/klauspost/reedsolomon"

	"github.com/openledger/openledger/proofs/merkle"
)

// A Code says how many chunks a stripe has.
type Code struct {
	Data   int // chunks that hold the content
	Parity int // chunks that can be lost
}

// Default survives the loss of half its pieces. With a fifth of all peers
// hostile it loses 0.06 % of stripes, where 10 of 14 would lose 13 %.
var Default = Code{Data: 10, Parity: 10}

// Pieces is the number of peers that a shard needs.
func (c Code) Pieces() int { return c.Data + c.Parity }

// Chunk is the size of a chunk of a full stripe, in bytes. The last stripe has
// shorter ones.
const Chunk = 256 << 10

// Leaf is the unit of a storage audit: an auditor asks for leaves of a piece.
const Leaf = 1 << 10

// ErrLost says that too few pieces of a stripe are left.
var ErrLost = errors.New("erasure: too few pieces are left")

// Put stores a chunk, which is its own from now on, and returns the CID; Get
// fetches one, verified. Both are called on several goroutines at a time.
type (
	Put func(ctx context.Context, chunk []byte) (cid.Cid, error)
	Get func(ctx context.Context, c cid.Cid) ([]byte, error)
)

func (c Code) coder() (reedsolomon.Encoder, error) {
	rs, err := reedsolomon.New(c.Data, c.Parity)
	if err != nil {
		return nil, fmt.Errorf("erasure: %d data and %d parity chunks: %w", c.Data, c.Parity, err)
	}
	return rs, nil
}

// chunkOf returns the chunk size of a stripe that holds n bytes of content.
func (c Code) chunkOf(n int) int { return (n + c.Data - 1) / c.Data }

// Encode reads r to its end and puts the chunks of all pieces, several at a
// time.
func Encode(ctx context.Context, r io.Reader, code Code, put Put) (*Layout, error) {
	rs, err := code.coder()
	if err != nil {
		return nil, err
	}
	l := &Layout{Code: code}
	roots := make([]*merkle.Builder, code.Pieces())
	for i := range roots {
		roots[i] = merkle.NewBuilder(merkle.SHA256)
	}
	buf := make([]byte, code.Pieces()*Chunk)
	for {
		chunks, n, err := code.read(r, rs, buf)
		if err != nil {
			return nil, fmt.Errorf("stripe %d, at byte %d: %w", len(l.Stripes), l.Size, err)
		}
		if n == 0 {
			break
		}
		stripe := make([]cid.Cid, len(chunks))
		err = each(len(chunks), func(i int) (err error) {
			addLeaves(roots[i], chunks[i])
			if stripe[i], err = put(ctx, bytes.Clone(chunks[i])); err != nil {
				return fmt.Errorf("store piece %d: %w", i, err)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("stripe %d: %w", len(l.Stripes), err)
		}
		l.Stripes = append(l.Stripes, stripe)
		l.Size += uint64(n)
	}
	for _, b := range roots {
		l.Roots = append(l.Roots, b.List())
	}
	return l, nil
}

// read takes the next stripe from r into buf and returns its chunks, coded, and
// how many bytes of content they hold: 0 at the end.
func (c Code) read(r io.Reader, rs reedsolomon.Encoder, buf []byte) (chunks [][]byte, n int, err error) {
	n, err = io.ReadFull(r, buf[:c.Data*Chunk])
	if n == 0 && errors.Is(err, io.EOF) {
		return nil, 0, nil
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, 0, fmt.Errorf("read content: %w", err)
	}
	size := c.chunkOf(n)
	clear(buf[n : c.Data*size]) // the last chunk ends with zeros, which Size cuts off
	chunks = make([][]byte, c.Pieces())
	for i := range chunks {
		chunks[i] = buf[i*size : (i+1)*size : (i+1)*size]
	}
	return chunks, n, rs.Encode(chunks)
}

// addLeaves adds the audit leaves of a chunk to the tree of its piece.
func addLeaves(b *merkle.Builder, chunk []byte) {
	for at := 0; at < len(chunk); at += Leaf {
		b.Add(chunk[at:min(at+Leaf, len(chunk))])
	}
}

// each calls f for 0 to n-1, on as many goroutines as there are processors, and
// returns the error of the least index.
func each(n int, f func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var work sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		work.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				errs[i] = f(i)
			}
		})
	}
	work.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
