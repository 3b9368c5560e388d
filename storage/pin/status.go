package pin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/storage/block"
)

// List returns all pins in the order in which they were added, without pieces.
func (s *Service) List(ctx context.Context) ([]Status, error) {
	pins, err := s.pins(ctx)
	if err != nil {
		return nil, err
	}
	var out []Status
	for _, p := range pins {
		if !p.removed.IsZero() {
			continue
		}
		st, err := s.status(ctx, p)
		if err != nil {
			return nil, err
		}
		st.Pieces = nil
		out = append(out, st)
	}
	return out, nil
}

// Status returns one pin with its pieces. ErrNotPinned: there is none of this
// root.
func (s *Service) Status(ctx context.Context, root cid.Cid) (Status, error) {
	p, ok, err := s.pin(ctx, root)
	if err != nil {
		return Status{}, err
	}
	if !ok || !p.removed.IsZero() {
		return Status{}, fmt.Errorf("%w: %s", ErrNotPinned, root)
	}
	return s.status(ctx, p)
}

func (s *Service) status(ctx context.Context, p pinRow) (Status, error) {
	st := Status{Pin: p.pin, State: p.state, Reason: p.reason, Since: p.since, Retry: p.retry, Bytes: p.bytes, Count: map[State]int{}}
	if !p.shared {
		return st, nil
	}
	shards, err := s.shards(ctx, p.pin.Datanet)
	if err != nil {
		return st, err
	}
	own, err := s.pieces(ctx, p.pin.Datanet)
	if err != nil {
		return st, err
	}
	ours := map[Piece]pieceRow{}
	for _, r := range own {
		ours[r.piece] = r
	}
	now, kept := s.config.Now(), uint64(0)
	s.mu.Lock()
	d := s.datanets[p.pin.Datanet]
	for i, r := range shards {
		st.Shards = append(st.Shards, r.layout)
		for j := range r.pieces {
			piece := PieceStatus{Piece: Piece{uint32(i), uint8(j)}, State: Remote}
			if d != nil {
				piece.Keeper = d.owner(piece.Piece)
				k := d.live(now)[piece.Keeper]
				piece.Kept = k != nil && k.holds(piece.Piece)
			}
			if o, here := ours[piece.Piece]; here {
				piece.State, piece.Reason, piece.Since, piece.Retry = o.state, o.reason, o.since, o.retry
				if o.state == Pinned {
					kept += r.size
				}
			}
			st.Pieces = append(st.Pieces, piece)
		}
	}
	s.mu.Unlock()
	if p.pin.Whole { // they are among its blocks
		st.Bytes = max(st.Bytes, kept)
	} else {
		st.Bytes += kept
	}
	st.sum()
	return st, nil
}

// worst are the states of a pin with pieces in the order in which the first that
// any piece is in becomes that of the pin.
var worst = []State{Error, Pinning, Queued, Pinned, Remote}

// sum makes the state of the pin of those of its pieces.
func (st *Status) sum() {
	for _, p := range st.Pieces {
		st.Count[p.State]++
	}
	if st.State != Pinned || len(st.Pieces) == 0 {
		return
	}
	state := worst[slices.IndexFunc(worst, func(w State) bool { return st.Count[w] > 0 })]
	if state == Pinned || state == Remote && st.Whole {
		return
	}
	st.State = state
	for _, p := range st.Pieces {
		if p.State != state {
			continue
		}
		if st.Reason == "" && p.Reason != "" {
			st.Reason = fmt.Sprintf("piece %s: %s", p.Piece, p.Reason)
		}
		if p.Since.After(st.Since) {
			st.Since = p.Since
		}
		if st.Retry.IsZero() || !p.Retry.IsZero() && p.Retry.Before(st.Retry) {
			st.Retry = p.Retry
		}
	}
}

// Wait returns when a pin is pinned, or kept by others, or with the reason of its
// error. It takes Run to get there.
func (s *Service) Wait(ctx context.Context, root cid.Cid) error {
	for {
		change := s.changed.next()
		st, err := s.Status(ctx, root)
		if err != nil {
			return err
		}
		switch st.State {
		case Pinned, Remote:
			return nil
		case Error:
			return fmt.Errorf("pin %s: %s", root, st.Reason)
		}
		sleep(ctx, change, time.Minute)
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("pin %s is %s: %w", root, st.State, err)
		}
	}
}

// Recover queues again what failed of a pin, or of all for cid.Undef, and what is
// pinned but not here any more. It reads every block and returns how many pins
// and pieces it queued.
func (s *Service) Recover(ctx context.Context, root cid.Cid) (int, error) {
	if root.Defined() {
		if _, err := s.Status(ctx, root); err != nil {
			return 0, err
		}
	}
	pins, err := s.pins(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, p := range pins {
		if !p.removed.IsZero() || root.Defined() && p.pin.Root != root {
			continue
		}
		queued, err := s.recover(ctx, p)
		n += queued
		if err != nil {
			return n, err
		}
	}
	s.wake()
	return n, nil
}

func (s *Service) recover(ctx context.Context, p pinRow) (n int, err error) {
	now := toMilli(s.config.Now())
	state, bad := p.state, map[Piece]error{}
	reason := ""
	err = s.check(ctx, p, func(m Missing, piece *Piece) error {
		if errors.Is(m.Err, block.ErrCorrupt) { // so that it is fetched again
			if err := s.blocks.Delete(ctx, m.Block); err != nil {
				return err
			}
		}
		if piece != nil {
			bad[*piece] = m.Err
		} else {
			state, reason = Error, m.Err.Error()
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	if state == Error {
		queued, err := exec(ctx, s.db, `UPDATE pin_pins SET state = ?, reason = ?, since = ?, retry = 0, tries = 0 WHERE number = ?`, Queued, reason, now, p.number)
		n += queued
		if err != nil {
			return n, err
		}
	}
	if !p.shared {
		return n, nil
	}
	queued, err := exec(ctx, s.db, `UPDATE pin_pieces SET state = ?, since = ?, retry = 0, tries = 0 WHERE datanet = ? AND state = ?`, Queued, now, p.pin.Datanet[:], Error)
	n += queued
	for piece, why := range bad {
		queued, e := exec(ctx, s.db, `UPDATE pin_pieces SET state = ?, reason = ?, since = ?, retry = 0, tries = 0
			WHERE datanet = ? AND shard = ? AND piece = ? AND state = ?`, Queued, why.Error(), now, p.pin.Datanet[:], piece.Shard, piece.Index, Pinned)
		n += queued
		err = errors.Join(err, e)
	}
	s.soil(p.pin.Datanet)
	return n, err
}
