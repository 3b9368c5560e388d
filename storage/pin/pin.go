// Package pin keeps what this peer promised to keep, and sees to it that others
// do so too.
//
// A pin names a root. Kept whole, every block below it stays here. Shared, the
// peers that pledge room for a Datanet divide the pieces of its shards among
// them, each piece to exactly one (see Assign); this peer pins those that fall
// to it, audits the others every hour (see Challenge), and makes the pieces of
// whoever is gone again from any that suffice.
//
// The invariant: what is pinned or on its way is never collected as garbage, and
// nobody passes an audit without reading the leaves it asks for while it runs.
//
// Start with Open, Service.Add and Service.Run.
package pin

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

var (
	ErrNotPinned = errors.New("pin: not pinned")
	ErrQuota     = errors.New("pin: over the quota")
)

// A Pin is what somebody asks this peer to keep.
type Pin struct {
	Root  cid.Cid // the name of the pin
	Name  string  // for people
	Whole bool    // keep every block below Root here; implied where there are no Shards

	// Of a Datanet whose pieces are divided among peers.
	Datanet [32]byte  // its ID, through all versions
	Shards  []cid.Cid // the blocks with the erasure.Layouts, in the order of the manifest, to which later versions append
	Bytes   uint64    // of pieces that this peer pledges to keep; 0: what the quota leaves, but for a sixteenth, which manifests may need
}

// A State says how far a pin or a piece is. The words are those of ipfs-cluster.
type State string

const (
	Queued  State = "queued"  // waits for its turn
	Pinning State = "pinning" // is being fetched
	Pinned  State = "pinned"  // all of it is here
	Error   State = "error"   // the reason says why, and it is tried again
	Remote  State = "remote"  // another peer keeps it
)

// A Status is how far a pin is, as a whole and by piece.
type Status struct {
	Pin
	State  State
	Reason string    // of Error; else what is going on, or nothing
	Since  time.Time // when it came to this state
	Retry  time.Time // when it is tried again; zero unless State is Error
	Bytes  uint64    // that are here because of it
	Count  map[State]int
	Pieces []PieceStatus // of Service.Status alone, in the order of shards; those of other peers too
}

// A PieceStatus is how far one piece of a shard is.
type PieceStatus struct {
	Piece
	State  State
	Reason string
	Since  time.Time
	Retry  time.Time
	Keeper record.PublicKey // the peer that it is assigned to; nobody if no peer has room
	Kept   bool             // the keeper says that it has it
}

// A Session fetches blocks that belong together; *fetch.Session is one.
type Session interface {
	// Get returns one block without storing it.
	Get(ctx context.Context, c cid.Cid) ([]byte, error)
	// Blocks stores those of the blocks that are not here yet, durably.
	Blocks(ctx context.Context, cids []cid.Cid) error
	// Hold protects what Blocks stored until Close.
	Hold() *block.Hold
	Close()
}

// Wire carries audits to other peers.
type Wire interface {
	// Ping connects to a peer, directly if it can, and measures one round trip.
	Ping(ctx context.Context, peer record.PublicKey) (time.Duration, error)
	// Audit sends a challenge. It MUST call answered as soon as the sealed
	// answer has come, and return the openings, which follow it. What it hands
	// back was not checked.
	Audit(ctx context.Context, peer record.PublicKey, challenge []byte, answered func(answer []byte)) (openings []byte, err error)
}

// Config says what a Service may use. Its zero value works for a command of a
// peer that does not run: it pins and unpins what is here, and leaves to the
// peer that runs who keeps which piece.
type Config struct {
	Network  record.Network // of the records; 0: pledges and audits nothing
	Key      record.Key     // seals them; the zero Key: pledges and audits nothing
	Operator record.Account // who runs this peer, so that others of it get other pieces; zero: unknown

	Quota    uint64        // most bytes that pins may take, see Service.Usage; 0: no limit
	Workers  int           // pins and pieces under way at a time; 0: 4
	Patience time.Duration // longest time for one pin or piece; 0: 30 min
	Every    time.Duration // between two audits of a peer; 0: 1 h
	Promise  time.Duration // how long a pledge holds; 0: 7 days. It is renewed after a third

	// Fetch begins a session that asks these peers first; nil: only what is
	// here can be pinned.
	Fetch func(ctx context.Context, name string, from []record.PublicKey) (Session, error)
	// Announce tells peers that wait for blocks that they are here; nil: nobody
	// waits. It is fetch.Service.Announce.
	Announce func(ctx context.Context, cids ...cid.Cid) error
	// Publish sends a pledge to all who pin the Datanet; nil: to nobody.
	Publish func(ctx context.Context, pledge record.Verified) error
	// Wire reaches the peers that are audited; nil: none is.
	Wire Wire
	// Online says whether this peer is connected to any other, so that it does
	// not blame others for its own line; nil: it always is.
	Online func() bool
	// Beacon returns the newest public random value, so that a challenge cannot
	// have been made before it; nil: there is none.
	Beacon func(ctx context.Context) ([32]byte, error)

	// Passed is told of each audit that another peer passed; nil: nobody is.
	Passed func(ctx context.Context, t Transcript) error

	Now     func() time.Time      // nil: time.Now
	Random  io.Reader             // of nonces; nil: crypto/rand
	Log     *slog.Logger          // nil: slog.Default
	Metrics prometheus.Registerer // nil: none
}

// An Audited is what this peer knows of another that it audits.
type Audited struct {
	Datanet [32]byte
	Peer    record.PublicKey
	Watch
	Pieces int // that it pledged
}
