package pin

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/record"
)

// A Keeper is a peer that keeps pieces of a Datanet, as its newest pledge says.
type Keeper struct {
	Peer     record.PublicKey
	Operator record.Account // zero: unknown
	Bytes    uint64         // of pieces that it has room for, in all
	Pieces   []Piece        // that it has, ascending
}

// A Share is what has to be divided of one shard.
type Share struct {
	Layout cid.Cid
	Pieces int    // how many
	Size   uint64 // of each, in bytes
}

// Nobody keeps a piece: no peer has room for it.
const Nobody = -1

// Assign gives each piece of each shard to one keeper and returns its index, or
// Nobody, as (shard, piece). It is a function of the pledges alone, so peers who
// know the same pledges agree without a word.
//
// A piece stays with the peer that has it; of several, one is drawn. A piece
// that nobody has goes to the peer that keeps the fewest pieces of the shard,
// then to the operator that does, then to the winner of a draw in which the
// chances are as the rooms (rendezvous hashing: who comes or goes moves its own
// pieces alone). A second piece of a shard moves to a peer that has none. No
// peer is given more bytes than it pledged.
//
// passed, if not nil, leaves a peer out of the draw for a piece: it had its
// chance.
func Assign(shards []Share, keepers []Keeper, passed func(Piece, record.PublicKey) bool) [][]int {
	a := &assigner{shards: shards, keepers: keepers, passed: passed, room: make([]uint64, len(keepers))}
	for k := range keepers {
		a.room[k] = keepers[k].Bytes
	}
	claims := a.claims()
	out := make([][]int, len(shards))
	for s := range shards { // first what stays, so that nobody's room is given away
		out[s] = a.stay(s, claims[s])
	}
	for s := range shards {
		a.fill(s, out[s], claims[s])
	}
	return out
}

type assigner struct {
	shards  []Share
	keepers []Keeper
	passed  func(Piece, record.PublicKey) bool
	room    []uint64 // of each keeper, left
}

// A claim says that a keeper has a piece.
type claim struct {
	index  uint8
	keeper int
}

// claims returns them by shard, in the order of the keepers.
func (a *assigner) claims() [][]claim {
	out := make([][]claim, len(a.shards))
	for k := range a.keepers {
		for _, p := range a.keepers[k].Pieces {
			if int(p.Shard) < len(out) && int(p.Index) < a.shards[p.Shard].Pieces {
				out[p.Shard] = append(out[p.Shard], claim{p.Index, k})
			}
		}
	}
	return out
}

// stay leaves each piece with a peer that has it, one piece to a peer.
func (a *assigner) stay(s int, claims []claim) []int {
	out := make([]int, a.shards[s].Pieces)
	for i := range out {
		out[i] = Nobody
	}
	if len(claims) == 0 {
		return out
	}
	byPiece := make([][]int, len(out))
	for _, c := range claims {
		byPiece[c.index] = append(byPiece[c.index], c.keeper)
	}
	taken := map[int]bool{}
	for i, have := range byPiece {
		for _, k := range have {
			if taken[k] || a.room[k] < a.shards[s].Size {
				continue
			}
			if out[i] == Nobody || a.before(a.draw(s, i, k), k, a.draw(s, i, out[i]), out[i]) {
				out[i] = k
			}
		}
		if k := out[i]; k != Nobody {
			taken[k] = true
			a.room[k] -= a.shards[s].Size
		}
	}
	return out
}

// fill gives away the pieces that are nobody's yet.
func (a *assigner) fill(s int, out []int, claims []claim) {
	kept := map[int]int{} // pieces of the shard by keeper
	operators := map[record.Account]int{}
	note := func(k int) {
		kept[k]++
		if op := a.keepers[k].Operator; op != (record.Account{}) {
			operators[op]++
		}
	}
	for _, k := range out {
		if k != Nobody {
			note(k)
		}
	}
	has := map[claim]bool{}
	for _, c := range claims {
		has[c] = true
	}
	for i := range out {
		if out[i] != Nobody {
			continue
		}
		type rank struct{ kept, moved, operator int }
		var best rank
		var least uint64
		for k := range a.keepers {
			if a.room[k] < a.shards[s].Size || a.passed != nil && a.passed(Piece{uint32(s), uint8(i)}, a.keepers[k].Peer) {
				continue
			}
			r := rank{kept[k], 1, operators[a.keepers[k].Operator]}
			if has[claim{uint8(i), k}] {
				r.moved = 0
			}
			better := out[i] == Nobody || r.kept < best.kept || r.kept == best.kept &&
				(r.moved < best.moved || r.moved == best.moved && r.operator < best.operator)
			if !better && r != best {
				continue
			}
			if d := a.draw(s, i, k); better || a.before(d, k, least, out[i]) {
				out[i], best, least = k, r, d
			}
		}
		if k := out[i]; k != Nobody {
			note(k)
			a.room[k] -= a.shards[s].Size
		}
	}
}

// before orders two draws, the lesser first; equal ones by the peers' keys.
func (a *assigner) before(d uint64, k int, e uint64, l int) bool {
	if d != e {
		return d < e
	}
	p, q := a.keepers[k].Peer.Bytes(), a.keepers[l].Peer.Bytes()
	return bytes.Compare(p[:], q[:]) < 0
}

// draw is the lot of a keeper for a piece; the least wins. It is -log2(u)/w with
// u uniform in (0, 1] and w the room in MiB, so the chance to win is as w
// (weighted rendezvous hashing), in integers, so that all machines agree.
func (a *assigner) draw(s, i, k int) uint64 {
	point := a.keepers[k].Peer.Bytes()
	h := sha256.New()
	h.Write([]byte("openledger/assign/1"))
	h.Write([]byte{uint8(i)})
	h.Write(point[:])
	h.Write(a.shards[s].Layout.Bytes())
	u := binary.BigEndian.Uint64(h.Sum(nil)) | 1
	weight := min(max(a.keepers[k].Bytes>>20, 1), 1<<24) // 16 TiB
	return negLog2(u) << 24 / weight
}

// negLog2 returns -log2(u / 2^64) in units of 2^-32, below 2^39. u MUST NOT be 0.
func negLog2(u uint64) uint64 {
	zeros := bits.LeadingZeros64(u)
	m := u << zeros // in [2^63, 2^64): the mantissa, whose logarithm squaring tells bit by bit
	fraction := uint64(0)
	for range 32 {
		hi, lo := bits.Mul64(m, m)
		fraction <<= 1
		if hi>>63 == 1 {
			fraction |= 1
			m = hi
		} else {
			m = hi<<1 | lo>>63
		}
	}
	return uint64(zeros+1)<<32 - fraction
}
