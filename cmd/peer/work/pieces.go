package work

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/erasure"
)

// How what is sealed lies in blocks, so that it outlives who made it: in parts,
// each sealed for itself, whose sealed bytes are cut into shards, and each shard
// into the pieces of erasure.Default. Any half of the pieces restores all. A
// list, which names the shards' layouts, is the root of it. List and layouts are
// raw blocks: who pins pieces does not pin what a layout names.

const (
	part   = 1 << 20            // bytes that are sealed at a time
	sealed = part + job.Sealing // bytes of a sealed part
	shard  = 64 * sealed        // bytes of sealed parts in a shard
	room   = 1 << 46            // most bytes of anything stored
	most   = block.MaxSize      // bytes of a list or a layout
)

// A list names the layouts of something sealed, in order.
type list struct {
	size    uint64 // of what was sealed, in bytes
	layouts []cid.Cid
}

func (l *list) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendArray(b, 2), l.size)
	b = canon.AppendArray(b, len(l.layouts))
	for _, c := range l.layouts {
		b = canon.AppendCID(b, c)
	}
	return b
}

func (l *list) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	l.size = r.Uint(room)
	for n := r.Array(most / 32); n > 0 && r.Err() == nil; n-- {
		l.layouts = append(l.layouts, r.CID())
	}
}

// sealedSize is how long n bytes are when their parts are sealed.
func sealedSize(n uint64) uint64 { return n + (n+part-1)/part*job.Sealing }

// A Stored is something sealed, as blocks.
type Stored struct {
	Root   cid.Cid
	Index  []Block   // the list and the layouts: whoever keeps a piece keeps them, too
	Pieces [][]Block // (erasure.Default.Pieces()) the chunks of each
}

// Own are the blocks that restore all without computing: index and data pieces.
func (s *Stored) Own() []Block {
	all := append([]Block{}, s.Index...)
	for _, p := range s.Pieces[:erasure.Default.Data] {
		all = append(all, p...)
	}
	return all
}

// pack seals data and cuts it into pieces.
func pack(ctx context.Context, key [32]byte, number uint64, data []byte) (*Stored, error) {
	l := list{size: uint64(len(data))}
	s := &Stored{Pieces: make([][]Block, erasure.Default.Pieces())}
	var content []byte
	for ; len(data) > 0; number++ {
		n := min(part, len(data))
		content = append(content, job.SealBlock(key, number, data[:n])...)
		if data = data[n:]; len(content) == shard || len(data) == 0 {
			if err := s.add(ctx, &l, content); err != nil {
				return nil, err
			}
			content = content[:0]
		}
	}
	b, err := canon.Encode(&l)
	if err != nil {
		return nil, err
	}
	s.Root, err = s.index(b)
	return s, err
}

// index adds a list or a layout.
func (s *Stored) index(b []byte) (cid.Cid, error) {
	if len(b) > most {
		return cid.Undef, fmt.Errorf("a list of %d bytes, at most %d travel as a block", len(b), most)
	}
	c, err := block.CID(cid.Raw, b)
	s.Index = append(s.Index, Block{c, b})
	return c, err
}

// add cuts one shard.
func (s *Stored) add(ctx context.Context, l *list, content []byte) error {
	var mu sync.Mutex
	chunks := map[cid.Cid][]byte{}
	layout, err := erasure.Encode(ctx, bytes.NewReader(content), erasure.Default, func(_ context.Context, chunk []byte) (cid.Cid, error) {
		c, err := block.CID(cid.Raw, chunk)
		mu.Lock()
		defer mu.Unlock()
		chunks[c] = chunk
		return c, err
	})
	if err != nil {
		return err
	}
	for i := range s.Pieces {
		for _, c := range layout.Piece(i) {
			s.Pieces[i] = append(s.Pieces[i], Block{c, chunks[c]})
		}
	}
	b, err := canon.Encode(layout)
	if err != nil {
		return err
	}
	c, err := s.index(b)
	l.layouts = append(l.layouts, c)
	return err
}

// A Get returns a block.
type Get func(ctx context.Context, c cid.Cid) ([]byte, error)

// How long a chunk is waited for before others are asked for what makes up for
// it: a short time first, since its keeper may be gone, and longer when too few
// came, since all may be slow.
const (
	shortest = 3 * time.Second
	longest  = time.Minute
)

// decode gets the content of a shard from any pieces that suffice.
func decode(ctx context.Context, get Get, x *erasure.Layout) (content bytes.Buffer, err error) {
	for wait := shortest; wait < longest; wait *= 4 {
		content.Reset()
		err = erasure.Decode(ctx, &content, x, func(ctx context.Context, c cid.Cid) ([]byte, error) {
			limited := wait
			if end, ok := ctx.Deadline(); ok {
				limited = min(limited, time.Until(end)/3)
			}
			ctx, cancel := context.WithTimeout(ctx, limited)
			defer cancel()
			return get(ctx, c)
		})
		if !errors.Is(err, erasure.ErrLost) || ctx.Err() != nil {
			break
		}
	}
	return content, err
}

// readList reads the list below a root of at most limit bytes.
func readList(ctx context.Context, get Get, root cid.Cid, limit uint64) (l list, err error) {
	b, err := get(ctx, root)
	if err != nil {
		return l, err
	}
	if err := canon.Decode(b, &l, canon.Limits{Total: most, Depth: 3}); err != nil {
		return l, fmt.Errorf("%s is no stored part of a job: %w", root, err)
	}
	if want := (sealedSize(l.size) + shard - 1) / shard; l.size > limit || uint64(len(l.layouts)) != want {
		return l, fmt.Errorf("%s would be %d bytes in %d shards, at most %d bytes are allowed", root, l.size, len(l.layouts), limit)
	}
	return l, nil
}

// layout reads the layout of a shard of a list.
func (l *list) layout(ctx context.Context, get Get, n int) (*erasure.Layout, error) {
	b, err := get(ctx, l.layouts[n])
	if err != nil {
		return nil, err
	}
	x := new(erasure.Layout)
	if err := canon.Decode(b, x, canon.Limits{Total: most, Depth: 4}); err != nil {
		return nil, fmt.Errorf("%s is no layout: %w", l.layouts[n], err)
	}
	if want := min(shard, sealedSize(l.size)-uint64(n)*shard); x.Code != erasure.Default || x.Size != want {
		return nil, fmt.Errorf("%s is the layout of %d bytes in another code, want %d", l.layouts[n], x.Size, want)
	}
	return x, nil
}

// shards calls use for all layouts below a root, in order.
func shards(ctx context.Context, get Get, root cid.Cid, limit uint64, use func(l *list, n int, x *erasure.Layout) error) error {
	l, err := readList(ctx, get, root, limit)
	for n := 0; err == nil && n < len(l.layouts); n++ {
		var x *erasure.Layout
		if x, err = l.layout(ctx, get, n); err == nil {
			err = use(&l, n, x)
		}
	}
	return err
}

// unpack opens what pack sealed, of at most limit bytes, from any half of its
// pieces.
func unpack(ctx context.Context, get Get, key [32]byte, number uint64, root cid.Cid, limit uint64) ([]byte, error) {
	var out []byte
	size := uint64(0)
	err := shards(ctx, get, root, limit, func(l *list, _ int, x *erasure.Layout) error {
		size = l.size
		rest, err := decode(ctx, get, x)
		if err != nil {
			return fmt.Errorf("%s: %w", root, err)
		}
		for rest.Len() > 0 {
			plain, err := job.OpenBlock(key, number, rest.Next(sealed))
			if err != nil {
				return fmt.Errorf("%s: %w", root, err)
			}
			if want := min(part, l.size-uint64(len(out))); uint64(len(plain)) != want {
				return fmt.Errorf("%s holds %d bytes, want %d: %w", root, len(plain), want, job.ErrSealed)
			}
			out = append(out, plain...)
			number++
		}
		return nil
	})
	if err == nil && uint64(len(out)) != size {
		err = fmt.Errorf("%s holds %d bytes, want %d: %w", root, len(out), size, job.ErrSealed)
	}
	return out, err
}

// stored calls use for all layouts of a segment, and root for its two lists
// before those.
func stored(ctx context.Context, get Get, s *job.Spec, state, leaves cid.Cid, use func(root cid.Cid, l *list, n int, x *erasure.Layout) error) error {
	err := shards(ctx, get, state, StateLimit(s), func(l *list, n int, x *erasure.Layout) error { return use(state, l, n, x) })
	if err == nil {
		err = shards(ctx, get, leaves, maxSegment, func(l *list, n int, x *erasure.Layout) error { return use(leaves, l, n, x) })
	}
	return err
}

// Parts returns the blocks of a stored segment that restore it without
// computing: lists, layouts and data pieces.
func Parts(ctx context.Context, get Get, s *job.Spec, state, leaves cid.Cid) (all []cid.Cid, err error) {
	err = stored(ctx, get, s, state, leaves, func(root cid.Cid, l *list, n int, x *erasure.Layout) error {
		if n == 0 {
			all = append(append(all, root), l.layouts...)
		}
		for _, stripe := range x.Stripes {
			all = append(all, stripe[:x.Code.Data]...)
		}
		return nil
	})
	return all, err
}

// Copy stores a segment here, of whoever has it: its data pieces as they are, or
// made of any that suffice. A segment whose pieces do not fit together is
// refused: it would not be the same for everyone.
func Copy(ctx context.Context, blocks Blocks, s *job.Spec, state, leaves cid.Cid, hints ...record.PublicKey) error {
	id := s.ID()
	get := func(ctx context.Context, c cid.Cid) ([]byte, error) {
		if err := blocks.Fetch(ctx, id, []cid.Cid{c}, hints...); err != nil {
			return nil, err
		}
		return blocks.Get(ctx, id, c)
	}
	return stored(ctx, get, s, state, leaves, func(root cid.Cid, _ *list, _ int, x *erasure.Layout) error {
		made, err := remake(ctx, get, x)
		if err == nil && len(made) > 0 {
			err = blocks.Keep(ctx, id, made...)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", root, err)
		}
		return nil
	})
}

// remake gets the data pieces of a layout, or as many others as suffice, makes all
// pieces of them, which MUST give the same layout again, and returns the chunks
// of data that it did not get.
func remake(ctx context.Context, get Get, x *erasure.Layout) (made []Block, err error) {
	var mu sync.Mutex
	missing := map[cid.Cid]bool{}
	for _, stripe := range x.Stripes {
		for _, c := range stripe[:x.Code.Data] {
			missing[c] = true
		}
	}
	content, err := decode(ctx, func(ctx context.Context, c cid.Cid) ([]byte, error) {
		b, err := get(ctx, c)
		if err == nil {
			mu.Lock()
			defer mu.Unlock()
			delete(missing, c)
		}
		return b, err
	}, x)
	if err != nil {
		return nil, err
	}
	again, err := erasure.Encode(ctx, &content, x.Code, func(_ context.Context, chunk []byte) (cid.Cid, error) {
		c, err := block.CID(cid.Raw, chunk)
		mu.Lock()
		defer mu.Unlock()
		if missing[c] {
			made = append(made, Block{c, chunk})
			delete(missing, c)
		}
		return c, err
	})
	if err == nil && !bytes.Equal(again.AppendCanon(nil), x.AppendCanon(nil)) {
		err = errors.New("its pieces do not fit together")
	}
	return made, err
}
