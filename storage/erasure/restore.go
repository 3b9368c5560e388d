package erasure

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/ipfs/go-cid"
	"github.com/klauspost/reedsolomon"
)

// Decode writes the content of a layout to w. It fetches the data chunks, and
// parity only for those that get cannot have.
func Decode(ctx context.Context, w io.Writer, l *Layout, get Get) error {
	if err := l.Check(); err != nil {
		return err
	}
	rs, err := l.Code.coder()
	if err != nil {
		return err
	}
	left := l.Size
	for s, stripe := range l.Stripes {
		n := int(min(left, uint64(l.Code.Data)*Chunk))
		chunks, err := l.collect(ctx, stripe, l.Code.chunkOf(n), nil, get)
		if err == nil {
			err = rs.ReconstructData(chunks)
		}
		if err != nil {
			return fmt.Errorf("stripe %d: %w", s, err)
		}
		left -= uint64(n)
		for _, chunk := range chunks[:l.Code.Data] {
			part := chunk[:min(len(chunk), n)]
			if _, err := w.Write(part); err != nil {
				return fmt.Errorf("write content: %w", err)
			}
			n -= len(part)
		}
	}
	return nil
}

// Repair makes the missing pieces again from as few others as suffice, Data
// chunks a stripe, and puts them.
func Repair(ctx context.Context, l *Layout, missing []int, get Get, put Put) error {
	if err := l.Check(); err != nil {
		return err
	}
	lost := make([]bool, l.Code.Pieces())
	for _, i := range missing {
		if i < 0 || i >= len(lost) {
			return fmt.Errorf("erasure: piece %d of %d", i, len(lost))
		}
		lost[i] = true
	}
	rs, err := l.Code.coder()
	if err != nil {
		return err
	}
	left := l.Size
	for s, stripe := range l.Stripes {
		n := int(min(left, uint64(l.Code.Data)*Chunk))
		left -= uint64(n)
		if err := l.repair(ctx, rs, stripe, l.Code.chunkOf(n), lost, get, put); err != nil {
			return fmt.Errorf("repair stripe %d: %w", s, err)
		}
	}
	return nil
}

func (l *Layout) repair(ctx context.Context, rs reedsolomon.Encoder, stripe []cid.Cid, size int, lost []bool, get Get, put Put) error {
	chunks, err := l.collect(ctx, stripe, size, lost, get)
	if err != nil {
		return err
	}
	if err := rs.ReconstructSome(chunks, lost); err != nil {
		return err
	}
	for i, c := range stripe {
		if !lost[i] {
			continue
		}
		got, err := put(ctx, chunks[i])
		if err != nil {
			return fmt.Errorf("store piece %d: %w", i, err)
		}
		if !got.Equals(c) {
			return fmt.Errorf("erasure: piece %d comes out as %s, the layout says %s: the layout is not one that Encode wrote", i, got, c)
		}
	}
	return nil
}

// collect fetches Data chunks of a stripe at once, those of the least index,
// leaving out those that are lost and, in exchange for later ones, those that
// cannot be had.
func (l *Layout) collect(ctx context.Context, stripe []cid.Cid, size int, lost []bool, get Get) ([][]byte, error) {
	type result struct {
		i     int
		chunk []byte
		err   error
	}
	results := make(chan result, len(stripe))
	chunks := make([][]byte, len(stripe))
	next, asked, have := 0, 0, 0
	last := errors.New("none was asked")
	for have < l.Code.Data {
		for ; asked < l.Code.Data-have && next < len(stripe); next++ {
			if lost != nil && lost[next] {
				continue
			}
			asked++
			go func(i int) {
				chunk, err := get(ctx, stripe[i])
				if err == nil && len(chunk) != size {
					err = fmt.Errorf("it has %d bytes, want %d", len(chunk), size)
				}
				results <- result{i, chunk, err}
			}(next)
		}
		if err := ctx.Err(); err != nil && asked == 0 {
			return nil, err
		}
		if asked == 0 {
			return nil, fmt.Errorf("%w: %d, and %d are needed; the last that failed: %w", ErrLost, have, l.Code.Data, last)
		}
		r := <-results // so every one that was asked is waited for
		asked--
		if r.err != nil {
			last = fmt.Errorf("piece %d: %w", r.i, r.err)
			continue
		}
		chunks[r.i] = r.chunk
		have++
	}
	return chunks, nil
}
