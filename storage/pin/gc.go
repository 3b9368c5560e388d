package pin

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/storage/block"
)

// A Missing is a block that a pin needs and that is not here, or damaged.
type Missing struct {
	Root  cid.Cid // of the pin
	Block cid.Cid
	Err   error // block.ErrNotFound or block.ErrCorrupt
}

// GC deletes blocks that nothing pins and that are not on their way. A pin with
// a damaged block that others hang on stops it, so that nothing is lost.
func (s *Service) GC(ctx context.Context) (block.Freed, error) {
	wanted, err := s.wanted(ctx)
	if err != nil {
		return block.Freed{}, fmt.Errorf("collect garbage: %w", err)
	}
	return s.blocks.GC(ctx, func(_ context.Context, c cid.Cid) (bool, error) {
		_, ok := slices.BinarySearch(wanted, short(c))
		return ok, nil
	})
}

// short is the end of a hash. Two blocks that share it are both kept.
func short(c cid.Cid) uint64 {
	h := c.Hash()
	if len(h) < 8 {
		return 0
	}
	return binary.LittleEndian.Uint64(h[len(h)-8:])
}

// wanted returns what the pins need, in short and sorted: 8 bytes a block.
func (s *Service) wanted(ctx context.Context) ([]uint64, error) {
	pins, err := s.pins(ctx)
	if err != nil {
		return nil, err
	}
	var out []uint64
	for _, p := range pins {
		err := s.reach(ctx, p, func(c cid.Cid, _ *Piece) error {
			out = append(out, short(c))
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("pin %s: %w: nothing was deleted; recover the pin first", p.pin.Root, err)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// reach shows every block that a pin needs, as far as it is known what that is:
// below the blocks that are here. A missing block is shown, and is an error only
// if it was here and others hang on it.
func (s *Service) reach(ctx context.Context, p pinRow, visit func(c cid.Cid, piece *Piece) error) error {
	cut, err := s.cut(ctx, &p)
	if err != nil {
		return err
	}
	next, seen := []cid.Cid{p.pin.Root}, map[string]bool{}
	for len(next) > 0 {
		c := next[len(next)-1]
		next = next[:len(next)-1]
		if c.Type() != cid.Raw && seen[string(c.Hash())] {
			continue
		}
		if err := visit(c, nil); err != nil {
			return err
		}
		if c.Type() == cid.Raw || cut[string(c.Hash())] {
			continue
		}
		seen[string(c.Hash())] = true
		data, err := s.blocks.Get(ctx, c)
		if errors.Is(err, block.ErrNotFound) && p.state != Pinned {
			continue // a block is fetched before those below it
		}
		if err != nil {
			return err
		}
		links, err := block.Links(c, data)
		if err != nil {
			return err
		}
		next = append(next, links...)
	}
	if !p.shared {
		return nil
	}
	return s.reachPieces(ctx, p, visit)
}

func (s *Service) reachPieces(ctx context.Context, p pinRow, visit func(c cid.Cid, piece *Piece) error) error {
	pieces, err := s.pieces(ctx, p.pin.Datanet)
	if err != nil || len(pieces) == 0 {
		return err
	}
	shards, err := s.shards(ctx, p.pin.Datanet)
	if err != nil {
		return err
	}
	for _, r := range shards { // of earlier versions too, while a later one is on its way
		if err := visit(r.layout, nil); err != nil {
			return err
		}
	}
	for _, r := range pieces {
		l, err := s.layout(ctx, shards[r.piece.Shard].layout)
		if err != nil {
			return err
		}
		for _, c := range l.Piece(int(r.piece.Index)) {
			if err := visit(c, &r.piece); err != nil {
				return err
			}
		}
	}
	return nil
}

// check reads what a pin says to have and tells what is missing, with the piece
// if it is of one.
func (s *Service) check(ctx context.Context, p pinRow, tell func(m Missing, piece *Piece) error) error {
	state := map[Piece]State{}
	if p.shared {
		pieces, err := s.pieces(ctx, p.pin.Datanet)
		if err != nil {
			return err
		}
		for _, r := range pieces {
			state[r.piece] = r.state
		}
	}
	told := map[cid.Cid]bool{}
	look := func(c cid.Cid, piece *Piece) error {
		if piece == nil && p.state != Pinned || piece != nil && state[*piece] != Pinned {
			return nil
		}
		_, err := s.blocks.Get(ctx, c)
		if err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		told[c] = true
		return tell(Missing{p.pin.Root, c, err}, piece)
	}
	err := s.reach(ctx, p, look)
	if err != nil && len(told) > 0 && ctx.Err() == nil {
		return nil // what hangs on it cannot be looked at
	}
	return err
}

// Verify reads every block that is pinned and yields those that are missing or
// damaged: none in a consistent store.
func (s *Service) Verify(ctx context.Context) iter.Seq2[Missing, error] {
	return func(yield func(Missing, error) bool) {
		pins, err := s.pins(ctx)
		if err != nil {
			yield(Missing{}, err)
			return
		}
		stop := errors.New("no more")
		for _, p := range pins {
			err := s.check(ctx, p, func(m Missing, _ *Piece) error {
				if !yield(m, nil) {
					return stop
				}
				return nil
			})
			if errors.Is(err, stop) {
				return
			}
			if err != nil && !yield(Missing{Root: p.pin.Root}, err) {
				return
			}
		}
	}
}
