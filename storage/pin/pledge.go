package pin

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// A Piece names a piece of a shard of a Datanet.
type Piece struct {
	Shard uint32 // counted through all contributions, from 0
	Index uint8  // in the shard's code
}

// String returns the shard and the index, as in 12/7.
func (p Piece) String() string { return fmt.Sprintf("%d/%d", p.Shard, p.Index) }

// Compare orders pieces by shard, then by index.
func (p Piece) Compare(q Piece) int {
	return cmp.Or(cmp.Compare(p.Shard, q.Shard), cmp.Compare(p.Index, q.Index))
}

func (p Piece) key() uint64 { return uint64(p.Shard)<<8 | uint64(p.Index) }

// A Pledge is what a peer promises about a Datanet, whose ID is the subject of
// the record: to have Pieces, and to take others for as long as they fit into
// Bytes. A later sequence replaces an earlier one.
type Pledge struct {
	Bytes    uint64         // of pieces, in all
	Until    time.Time      // to the second
	Operator record.Account // who runs the peer; zero: unknown
	Pieces   []Piece        // ascending; all of them are audited
}

// MaxPieces is how many pieces one pledge may list.
const MaxPieces = 1 << 17

// maxGap is the longest form of a piece in a pledge, in bytes.
const maxGap = 6

// AppendCanon appends [bytes, until, operator, pieces]. The pieces are one byte
// string of uvarints: the number of pieces between this one and the one before,
// counting shard·256 + index.
func (p *Pledge) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 4)
	b = canon.AppendUint(b, p.Bytes)
	b = canon.AppendUint(b, uint64(p.Until.Unix()))
	b = canon.AppendBytes(b, p.Operator[:])
	var gaps []byte
	next := uint64(0)
	for _, piece := range p.Pieces {
		gaps = binary.AppendUvarint(gaps, piece.key()-next)
		next = piece.key() + 1
	}
	return canon.AppendBytes(b, gaps)
}

// ReadCanon reads what AppendCanon wrote.
func (p *Pledge) ReadCanon(r *canon.Reader) {
	r.Fields(4)
	p.Bytes = r.Uint(math.MaxInt64)
	p.Until = time.Unix(int64(r.Uint(1<<40)), 0)
	r.Fixed(p.Operator[:])
	gaps := r.Bytes(maxGap * MaxPieces)
	p.Pieces = nil
	for next := uint64(0); len(gaps) > 0; {
		gap, n := binary.Uvarint(gaps)
		key := next + gap
		if n <= 0 || gap > 1<<40 || key > math.MaxUint32<<8|math.MaxUint8 || len(p.Pieces) == MaxPieces {
			r.Fail("piece %d of a pledge is none", len(p.Pieces))
			return
		}
		p.Pieces = append(p.Pieces, Piece{uint32(key >> 8), uint8(key)})
		gaps, next = gaps[n:], key+1
	}
}

// ErrRefused says that a record is not what it should be.
var ErrRefused = errors.New("pin: refused")

// OpenPledge returns what a sealed pledge says.
func OpenPledge(v record.Verified) (Pledge, error) {
	var p Pledge
	if err := open(v, record.Pledge, &p); err != nil {
		return Pledge{}, err
	}
	return p, nil
}

// open decodes the payload of a record of a type.
func open(v record.Verified, want record.Type, to canon.Value) error {
	if got := v.Header().Type; got != want {
		return fmt.Errorf("%w: a record of type %s, want %s", ErrRefused, got, want)
	}
	if err := canon.Decode(v.Payload(), to, canon.Limits{}); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrRefused, want, err)
	}
	return nil
}

// holds says whether the pledge lists a piece.
func (p *Pledge) holds(piece Piece) bool { return lists(p.Pieces, piece) }

// lists says whether an ascending list has a piece.
func lists(pieces []Piece, piece Piece) bool {
	_, ok := slices.BinarySearchFunc(pieces, piece, Piece.Compare)
	return ok
}
