package pin

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// tend looks after what is shared until ctx is done.
func (s *Service) tend(ctx context.Context) {
	for ctx.Err() == nil {
		change, begun := s.changed.next(), time.Now()
		if err := s.refreshAll(ctx); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "Look after shared pins", slog.Any("error", err))
		}
		sleep(ctx, nil, 5*time.Second+10*time.Since(begun))
		sleep(ctx, change, time.Minute)
	}
}

// refreshAll divides, queues, lets go and pledges what has to be.
func (s *Service) refreshAll(ctx context.Context) error {
	pins, err := s.pins(ctx)
	if err != nil {
		return err
	}
	var all error
	for _, p := range pins {
		if p.shared {
			all = errors.Join(all, s.refresh(ctx, p))
		}
	}
	return all
}

func (s *Service) refresh(ctx context.Context, p pinRow) error {
	now := s.config.Now()
	if !p.removed.IsZero() && now.Sub(p.removed) >= leaveAfter {
		return s.forget(ctx, p)
	}
	if s.alone() { // the others are not known
		return nil
	}
	shards, err := s.shards(ctx, p.pin.Datanet)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(shards, func(r shardRow) bool { return r.pieces == 0 }) {
		return nil // its layouts are on their way
	}
	pieces, err := s.pieces(ctx, p.pin.Datanet)
	if err != nil {
		return err
	}
	var mine []Piece
	for _, r := range pieces {
		if r.state == Pinned && r.leaving.IsZero() {
			mine = append(mine, r.piece)
		}
	}
	s.mu.Lock()
	d := s.datanets[p.pin.Datanet]
	idle := !d.stale && now.Sub(d.looked) < time.Minute
	if !idle {
		d.divide(now, shards, s.self(), s.config.Operator, p.pin.Bytes, mine)
	}
	s.mu.Unlock()
	if idle {
		return nil
	}
	if err := s.turn(ctx, now, p, d, shards, pieces); err != nil {
		return err
	}
	return s.pledge(ctx, now, p, d)
}

// turn queues the pieces that fall to this peer, and lets go of others.
func (s *Service) turn(ctx context.Context, now time.Time, p pinRow, d *datanet, shards []shardRow, have []pieceRow) error {
	type step struct {
		query string
		args  []any
	}
	var steps []step
	change := func(q Piece, query string, args ...any) {
		steps = append(steps, step{query, append(args, d.id[:], q.Shard, q.Index)})
	}
	const where = ` WHERE datanet = ? AND shard = ? AND piece = ?`
	s.mu.Lock()
	known := map[Piece]bool{}
	for _, r := range have {
		known[r.piece] = true
		switch ours := d.owner(r.piece) == s.self() && p.pin.Bytes > 0; {
		case ours && !r.leaving.IsZero():
			change(r.piece, `UPDATE pin_pieces SET leaving = 0`+where)
		case ours:
		case r.state != Pinned && r.state != Pinning, !r.leaving.IsZero() && now.Sub(r.leaving) >= leaveAfter:
			change(r.piece, `DELETE FROM pin_pieces`+where)
		case r.state == Pinned && r.leaving.IsZero() && (!p.removed.IsZero() || d.relieved(now, r.piece, s.self())):
			change(r.piece, `UPDATE pin_pieces SET leaving = ?`+where, toMilli(now))
		}
	}
	if p.removed.IsZero() && p.pin.Bytes > 0 {
		for i, r := range shards {
			for j := range r.pieces {
				q := Piece{uint32(i), uint8(j)}
				if !known[q] && d.owner(q) == s.self() {
					steps = append(steps, step{`INSERT INTO pin_pieces VALUES (?, ?, ?, ?, '', ?, 0, 0, x'', 0)`,
						[]any{d.id[:], q.Shard, q.Index, Queued, toMilli(now)}})
				}
			}
		}
	}
	s.mu.Unlock()
	if len(steps) == 0 {
		return nil
	}
	err := s.within(ctx, func(tx *sql.Tx) error {
		for _, x := range steps {
			if _, err := exec(ctx, tx, x.query, x.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.wake()
	}
	return err
}

// pledge seals and publishes a new pledge if the last does not say what is so.
func (s *Service) pledge(ctx context.Context, now time.Time, p pinRow, d *datanet) error {
	rows, err := s.pieces(ctx, d.id)
	if err != nil {
		return err
	}
	next := Pledge{Bytes: p.pin.Bytes, Operator: s.config.Operator, Until: now.Add(s.config.Promise).Truncate(time.Second)}
	for _, r := range rows {
		if r.state == Pinned && r.leaving.IsZero() && len(next.Pieces) < MaxPieces {
			next.Pieces = append(next.Pieces, r.piece)
		}
	}
	if !p.removed.IsZero() {
		next = Pledge{Operator: s.config.Operator, Until: now.Truncate(time.Second)}
	}
	s.mu.Lock()
	last, said := d.pledges[s.self()], d.said
	s.mu.Unlock()
	if last == nil && next.Bytes == 0 {
		return nil
	}
	if last != nil && last.Bytes == next.Bytes && last.Operator == next.Operator && slices.Equal(last.Pieces, next.Pieces) &&
		(next.Bytes == 0 || last.Until.Sub(now) > s.config.Promise*2/3) {
		if now.Sub(said) < repeat {
			return nil
		}
		return s.publish(ctx, now, d, last.sealed)
	}
	payload, err := canon.Encode(&next)
	if err != nil {
		return err
	}
	n, err := s.sequence(ctx, record.Pledge, d.id, s.self())
	if err != nil {
		return err
	}
	sealed, err := record.Seal(s.config.Key, record.Header{Network: s.config.Network, Type: record.Pledge, Subject: d.id, Sequence: n}, payload)
	if err != nil {
		return err
	}
	// Kept before it is sent, so that it can be audited whatever happens.
	if err := s.keepPledge(ctx, sealed, now, now.Add(-Memory)); err != nil {
		return err
	}
	s.mu.Lock()
	stale := d.stale
	err = d.learn(sealed, now, s.self())
	d.stale = stale // divide knows already what this says
	maps.DeleteFunc(d.own, func(_ [32]byte, k *known) bool { return now.Sub(k.heard) > Memory && k.sealed.Header().Sequence < n })
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return s.publish(ctx, now, d, sealed)
}

// publish tells others, also those who did not hear it the last time.
func (s *Service) publish(ctx context.Context, now time.Time, d *datanet, sealed record.Verified) error {
	s.mu.Lock()
	d.said = now
	s.mu.Unlock()
	if s.config.Publish == nil {
		return nil
	}
	if err := s.config.Publish(ctx, sealed); err != nil {
		return fmt.Errorf("publish pledge: %w", err)
	}
	return nil
}

// forget ends what was left of a pin that was removed.
func (s *Service) forget(ctx context.Context, p pinRow) error {
	id := p.pin.Datanet
	err := s.within(ctx, func(tx *sql.Tx) error {
		for _, table := range []string{"pin_pins", "pin_shards", "pin_pieces", "pin_pledges", "pin_watches"} {
			if _, err := exec(ctx, tx, `DELETE FROM `+table+` WHERE datanet = ?`, id[:]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.mu.Lock()
		delete(s.datanets, id)
		s.mu.Unlock()
	}
	return err
}
