package pin

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/openledger/openledger/proofs/record"
)

// maxKeepers bounds the peers whose pledges for one Datanet are known.
const maxKeepers = 4096

// repeat is when a pledge is published again that has not changed.
const repeat = time.Hour

// grace is how long a peer may go without a new piece before those that it was
// given go to the next.
const grace = time.Hour

// A datanet is what is known of one that is shared here. Service.mu guards it.
type datanet struct {
	id      [32]byte
	pledges map[record.PublicKey]*known // the newest of each peer, with our own
	own     map[[32]byte]*known         // ours of late, by digest: what others may still audit
	said    time.Time                   // when ours was published last
	watches map[record.PublicKey]*Watch

	stale   bool // something has changed since the last division
	looked  time.Time
	keepers []Keeper
	owners  [][]int // what Assign said: index in keepers, by shard and piece

	waiting map[Piece]wait // pieces that somebody was given and does not have
	passed  map[Piece]map[record.PublicKey]time.Time
}

// A known is a pledge with when it came.
type known struct {
	Pledge
	sealed record.Verified
	heard  time.Time
	grew   time.Time // when the peer last said that it has a new piece
	shown  []Piece   // of the pledge by which the peer passed its last audit, ascending
	ahead  time.Time // since when it pledges shards that are not known here; zero: it does not
}

// A wait is who was given a piece, and since when.
type wait struct {
	peer  record.PublicKey
	since time.Time
}

func newDatanet(id [32]byte) *datanet {
	return &datanet{
		id: id, stale: true, pledges: map[record.PublicKey]*known{}, own: map[[32]byte]*known{},
		watches: map[record.PublicKey]*Watch{}, waiting: map[Piece]wait{}, passed: map[Piece]map[record.PublicKey]time.Time{},
	}
}

// news says whether a pledge is newer than what is known of its signer.
func (d *datanet) news(v record.Verified) bool {
	k := d.pledges[v.Signer()]
	return k == nil || k.sealed.Header().Sequence < v.Header().Sequence
}

// learn takes in a pledge, of self or of another peer.
func (d *datanet) learn(v record.Verified, heard time.Time, self record.PublicKey) error {
	p, err := OpenPledge(v)
	if err != nil {
		return err
	}
	k := &known{Pledge: p, sealed: v, heard: heard, grew: heard}
	if v.Signer() == self {
		d.own[v.Header().Digest()] = k
	}
	before := d.pledges[v.Signer()]
	if before != nil {
		k.ahead, k.shown = before.ahead, before.shown
	}
	switch {
	case before == nil && len(d.pledges) >= maxKeepers:
		return fmt.Errorf("%w: %d peers pledge for Datanet %x already", ErrRefused, maxKeepers, d.id)
	case before != nil && !d.news(v):
		return nil
	case before != nil && !slices.ContainsFunc(p.Pieces, func(q Piece) bool { return !before.holds(q) }):
		k.grew = before.grew
	}
	d.pledges[v.Signer()] = k
	d.stale = true
	return nil
}

// live returns the pledges that hold and whose peers were not evicted.
func (d *datanet) live(now time.Time) map[record.PublicKey]*known {
	out := map[record.PublicKey]*known{}
	for p, k := range d.pledges {
		if w := d.watches[p]; k.Until.After(now) && k.Bytes > 0 && (w == nil || !w.Evicted) {
			out[p] = k
		}
	}
	return out
}

// claimed returns the live peers, but for one, that have each piece of a shard.
func (d *datanet) claimed(now time.Time, shard uint32, but record.PublicKey) map[uint8][]record.PublicKey {
	out := map[uint8][]record.PublicKey{}
	for _, k := range sorted(d.live(now)) {
		if k.sealed.Signer() == but {
			continue
		}
		from, _ := slices.BinarySearchFunc(k.Pieces, Piece{Shard: shard}, Piece.Compare)
		for _, p := range k.Pieces[from:] {
			if p.Shard != shard {
				break
			}
			out[p.Index] = append(out[p.Index], k.sealed.Signer())
		}
	}
	return out
}

// sorted returns pledges by their peers' keys.
func sorted(m map[record.PublicKey]*known) []*known {
	return slices.SortedFunc(maps.Values(m), func(a, b *known) int {
		p, q := a.sealed.Signer().Bytes(), b.sealed.Signer().Bytes()
		return bytes.Compare(p[:], q[:])
	})
}

// divide assigns the pieces anew. mine are the pieces that this peer has, room
// is what it pledges; it counts as a keeper before others know.
func (d *datanet) divide(now time.Time, shards []shardRow, self record.PublicKey, operator record.Account, room uint64, mine []Piece) {
	live := d.live(now)
	if delete(live, self); room > 0 {
		live[self] = nil
	}
	d.keepers = d.keepers[:0]
	for p, k := range live {
		if p == self {
			d.keepers = append(d.keepers, Keeper{self, operator, room, mine})
			continue
		}
		d.keepers = append(d.keepers, Keeper{p, k.Operator, k.Bytes, k.Pieces})
	}
	slices.SortFunc(d.keepers, func(a, b Keeper) int {
		p, q := a.Peer.Bytes(), b.Peer.Bytes()
		return bytes.Compare(p[:], q[:])
	})
	shares := make([]Share, len(shards))
	for i, s := range shards {
		shares[i] = Share{s.layout, s.pieces, s.size}
	}
	d.owners = Assign(shares, d.keepers, func(p Piece, peer record.PublicKey) bool {
		at, ok := d.passed[p][peer]
		return ok && now.Sub(at) < Memory
	})
	d.stale, d.looked = false, now
	d.pass(now, self)
}

// pass notes who was given a piece and does not get on.
func (d *datanet) pass(now time.Time, self record.PublicKey) {
	waiting := map[Piece]wait{}
	for s, owners := range d.owners {
		for i, k := range owners {
			p := Piece{uint32(s), uint8(i)}
			if k == Nobody || d.keepers[k].Peer == self {
				continue
			}
			peer := d.keepers[k].Peer
			its := d.pledges[peer]
			if its.holds(p) {
				continue
			}
			w := d.waiting[p]
			if w.peer != peer {
				w = wait{peer, now}
			}
			waiting[p] = w
			if now.Sub(w.since) >= grace && now.Sub(its.grew) >= grace {
				if d.passed[p] == nil {
					d.passed[p] = map[record.PublicKey]time.Time{}
				}
				d.passed[p][peer] = now
				d.stale = true
			}
		}
	}
	d.waiting = waiting
}

// owner returns the peer that a piece was given to; nobody if there is none.
func (d *datanet) owner(p Piece) record.PublicKey {
	if int(p.Shard) >= len(d.owners) || int(p.Index) >= len(d.owners[p.Shard]) {
		return record.PublicKey{}
	}
	if k := d.owners[p.Shard][p.Index]; k != Nobody {
		return d.keepers[k].Peer
	}
	return record.PublicKey{}
}

// showed notes that a peer passed an audit by a pledge that lists these pieces.
func (d *datanet) showed(peer record.PublicKey, pieces []Piece) {
	if k := d.pledges[peer]; k != nil {
		k.shown = pieces
	}
}

// relieved says whether the piece was given to another peer that has it, and has
// shown so: it passed its last audit, by a pledge that lists the piece. Pledges
// that came since do not matter, else nobody would ever be relieved where they
// come faster than audits.
func (d *datanet) relieved(now time.Time, p Piece, self record.PublicKey) bool {
	peer := d.owner(p)
	k, w := d.live(now)[peer], d.watches[peer]
	return peer != self && k != nil && k.holds(p) && w != nil && w.Reason == "" && lists(k.shown, p)
}
