package pin

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

// holders returns who may have the blocks of a Datanet, at most some.
func (s *Service) holders(datanet [32]byte) (out []record.PublicKey) {
	const some = 40
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.datanets[datanet]
	if d == nil {
		return nil
	}
	for _, k := range sorted(d.live(s.config.Now())) {
		if p := k.sealed.Signer(); p != s.self() && len(k.Pieces) > 0 && len(out) < some {
			out = append(out, p)
		}
	}
	return out
}

// keepRoot fetches what is below a root: all of it, or all but pieces.
func (s *Service) keepRoot(ctx context.Context, j *job) error {
	p := j.pin
	x, err := s.config.Fetch(ctx, "pin "+p.pin.Root.String(), s.holders(p.pin.Datanet))
	if err != nil {
		return err
	}
	defer x.Close() // after the tables say that it is pinned
	room, quota, err := s.room(ctx, p)
	if err != nil {
		return err
	}
	cut, err := s.cut(ctx, p)
	if err != nil {
		return err
	}
	var bytes uint64
	err = walk(ctx, p.pin.Root, x, cut, func(c cid.Cid, size int) error {
		if bytes += uint64(size); bytes > room {
			return fmt.Errorf("%w: %s has more than the %d bytes that are free of %d: raise the quota or remove a pin", ErrQuota, p.pin.Root, room, quota)
		}
		return nil
	}, s.blocks)
	if err != nil {
		return err
	}
	var learned []shardRow
	if p.shared {
		if learned, err = s.readLayouts(ctx, p.pin.Datanet); err != nil {
			return err
		}
	}
	now := s.config.Now()
	return s.within(ctx, func(tx *sql.Tx) error {
		for i, r := range learned {
			if _, err := exec(ctx, tx, `UPDATE pin_shards SET pieces = ?, size = ?, leaves = ? WHERE datanet = ? AND shard = ?`,
				r.pieces, int64(r.size), int64(r.leaves), p.pin.Datanet[:], i); err != nil {
				return err
			}
		}
		if _, err := exec(ctx, tx, `UPDATE pin_pins SET bytes = ? WHERE number = ?`, int64(bytes), p.number); err != nil {
			return err
		}
		return s.mark(ctx, tx, j, Pinned, "", now, time.Time{}, 0)
	})
}

// room returns how many bytes below its root a pin may have, and the quota.
func (s *Service) room(ctx context.Context, p *pinRow) (room, quota uint64, err error) {
	u, err := s.Usage(ctx)
	if err != nil {
		return 0, 0, err
	}
	if !p.pin.Whole {
		return u.Free() + p.bytes, u.Quota, nil
	}
	list, err := s.charges(ctx, s.db)
	for _, c := range list {
		if c.number == p.number {
			return u.Free() + c.pinned + c.promised, u.Quota, err
		}
	}
	return u.Free(), u.Quota, err
}

// cut returns the layouts below which a walk does not go, by multihash.
func (s *Service) cut(ctx context.Context, p *pinRow) (map[string]bool, error) {
	cut := map[string]bool{}
	if !p.shared || p.pin.Whole {
		return cut, nil
	}
	shards, err := s.shards(ctx, p.pin.Datanet)
	for _, r := range shards {
		cut[string(r.layout.Hash())] = true
	}
	return cut, err
}

// walk stores every block below root, parents before children, and shows each to
// visit, a raw one perhaps twice.
func walk(ctx context.Context, root cid.Cid, x Session, cut map[string]bool, visit func(cid.Cid, int) error, blocks *block.Store) error {
	const batch = 128
	next := []cid.Cid{root}
	seen := map[string]bool{}
	for len(next) > 0 {
		from := max(0, len(next)-batch)
		now := slices.Clone(next[from:])
		next = next[:from]
		if err := x.Blocks(ctx, now); err != nil {
			return err
		}
		for i := len(now) - 1; i >= 0; i-- {
			c := now[i]
			if c.Type() == cid.Raw {
				size, err := blocks.Size(ctx, c)
				if err == nil {
					err = visit(c, size)
				}
				if err != nil {
					return err
				}
				continue
			}
			if seen[string(c.Hash())] {
				continue
			}
			seen[string(c.Hash())] = true
			data, err := x.Get(ctx, c)
			if err == nil {
				err = visit(c, len(data))
			}
			if err != nil {
				return err
			}
			if cut[string(c.Hash())] {
				continue
			}
			links, err := block.Links(c, data)
			if err != nil {
				return err
			}
			next = append(next, links...)
		}
	}
	return nil
}

// local is the Session of a peer without others: it has what is here.
func (s *Service) local(context.Context, string, []record.PublicKey) (Session, error) {
	return localSession{s.blocks, s.blocks.Hold()}, nil
}

type localSession struct {
	blocks *block.Store
	hold   *block.Hold
}

func (x localSession) Get(ctx context.Context, c cid.Cid) ([]byte, error) {
	return x.blocks.Get(ctx, c)
}
func (x localSession) Hold() *block.Hold { return x.hold }
func (x localSession) Close()            { x.hold.Release() }

func (x localSession) Blocks(ctx context.Context, cids []cid.Cid) error {
	for _, c := range cids {
		if has, err := x.hold.Keep(ctx, c); err != nil {
			return err
		} else if !has {
			return fmt.Errorf("%w: %s; it can be fetched while the peer runs", block.ErrNotFound, c)
		}
	}
	return x.blocks.Sync(ctx)
}
