package pin

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/erasure"
)

// readLayouts returns what the layouts of all shards say.
func (s *Service) readLayouts(ctx context.Context, datanet [32]byte) ([]shardRow, error) {
	rows, err := s.shards(ctx, datanet)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i].pieces > 0 {
			continue
		}
		l, err := s.layout(ctx, rows[i].layout)
		if err != nil {
			return nil, fmt.Errorf("shard %d: %w", i, err)
		}
		rows[i].pieces, rows[i].size, rows[i].leaves = l.Code.Pieces(), l.PieceSize(), l.Leaves()
	}
	return rows, nil
}

// keepPiece fetches a piece from a peer that has it, or else makes it again of
// others.
func (s *Service) keepPiece(ctx context.Context, j *job) error {
	p := j.piece
	l, err := s.layout(ctx, j.shard.layout)
	if err != nil {
		return err
	}
	if int(p.piece.Index) >= l.Code.Pieces() {
		return fmt.Errorf("the shard has %d pieces", l.Code.Pieces())
	}
	s.mu.Lock()
	var have map[uint8][]record.PublicKey
	if d := s.datanets[p.datanet]; d != nil {
		have = d.claimed(s.config.Now(), p.piece.Shard, s.self())
	}
	s.mu.Unlock()
	hints := slices.Clone(have[p.piece.Index])
	for _, i := range slices.Sorted(maps.Keys(have)) {
		for _, peer := range have[i] {
			if !slices.Contains(hints, peer) {
				hints = append(hints, peer)
			}
		}
	}
	x, err := s.config.Fetch(ctx, j.String(), hints)
	if err != nil {
		return err
	}
	defer x.Close() // after the tables say that it is pinned
	if err := s.obtain(ctx, x, l, int(p.piece.Index), have); err != nil {
		return err
	}
	roots, err := s.rootsOf(ctx, l, int(p.piece.Index))
	if err != nil {
		return err
	}
	packed := make([]byte, 0, 32*len(roots))
	for _, r := range roots {
		packed = append(packed, r[:]...)
	}
	now := s.config.Now()
	return s.within(ctx, func(tx *sql.Tx) error {
		if _, err := exec(ctx, tx, `UPDATE pin_pieces SET roots = ? WHERE datanet = ? AND shard = ? AND piece = ?`,
			packed, p.datanet[:], p.piece.Shard, p.piece.Index); err != nil {
			return err
		}
		return s.mark(ctx, tx, j, Pinned, "", now, time.Time{}, 0)
	})
}

// obtain stores the chunks of a piece.
func (s *Service) obtain(ctx context.Context, x Session, l *erasure.Layout, index int, have map[uint8][]record.PublicKey) error {
	chunks := l.Piece(index)
	here := true
	for _, c := range chunks {
		// A chunk that has rotted is fetched again.
		if _, err := s.blocks.Get(ctx, c); errors.Is(err, block.ErrCorrupt) {
			if err := s.blocks.Delete(ctx, c); err != nil {
				return err
			}
			here = false
		} else if err != nil {
			here = false
		}
	}
	if here || len(have[uint8(index)]) > 0 || len(have) < l.Code.Data {
		err := x.Blocks(ctx, chunks)
		if err == nil || here || len(have) < l.Code.Data || ctx.Err() != nil {
			return err
		}
	}
	err := s.repair(ctx, x, l, index, have)
	if errors.Is(err, erasure.ErrLost) { // somebody who does not say so may have it
		return errors.Join(err, x.Blocks(ctx, chunks))
	}
	return err
}

// repair makes a piece again of those that somebody says to have.
func (s *Service) repair(ctx context.Context, x Session, l *erasure.Layout, index int, have map[uint8][]record.PublicKey) error {
	said := map[cid.Cid]bool{}
	for i := range have {
		if int(i) < l.Code.Pieces() {
			for _, c := range l.Piece(int(i)) {
				said[c] = true
			}
		}
	}
	get := func(ctx context.Context, c cid.Cid) ([]byte, error) {
		if data, err := s.blocks.Get(ctx, c); err == nil {
			return data, nil
		}
		if !said[c] {
			return nil, fmt.Errorf("nobody says to have %s", c)
		}
		return x.Get(ctx, c)
	}
	var made []cid.Cid
	put := func(ctx context.Context, chunk []byte) (cid.Cid, error) {
		c, err := x.Hold().Add(ctx, cid.Raw, chunk)
		made = append(made, c)
		return c, err
	}
	if err := erasure.Repair(ctx, l, []int{index}, get, put); err != nil {
		return err
	}
	if err := x.Hold().Flush(ctx); err != nil {
		return err
	}
	s.metrics.repaired.Inc()
	if s.config.Announce == nil {
		return nil
	}
	return s.config.Announce(ctx, made...)
}

// rootsOf reads a piece and returns the roots of its chunks, if together they
// have the root that the layout says.
func (s *Service) rootsOf(ctx context.Context, l *erasure.Layout, index int) (roots []merkle.Digest, err error) {
	for _, c := range l.Piece(index) {
		chunk, err := s.blocks.Get(ctx, c)
		if err != nil {
			return nil, err
		}
		roots = append(roots, chunkTree(chunk).Root())
	}
	root := merkle.NewTree(merkle.SHA256, roots).Root()
	if len(roots) > 0 && merkle.SHA256.List(l.Leaves(), root) != l.Roots[index] {
		return nil, fmt.Errorf("the leaf root that the layout names for piece %d is not that of its chunks: no audit of it can be passed", index)
	}
	return roots, nil
}
