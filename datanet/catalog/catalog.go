// Package catalog is which Datanets exist, as far as this peer has heard: by
// gossip, from providers in the DHT and from its own commands.
//
// What travels is the Manifest record of a version, which proves its founder by
// itself. Whether the version follows from its parents and everything in it was
// signed by who may, only manifest.Load tells, which needs the blocks; until
// then a version is Announced, not Valid.
//
// The invariant: the head of a Datanet is a version that its founder signed,
// and never one for which another of the same number, or another parent, was
// heard before: that is a fork, which is refused and shown.
//
// Start with Open, Add and Search; Run keeps the catalog up to date.
package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
)

// Config says what a catalog holds. Network is required.
type Config struct {
	Network  record.Network
	Get      manifest.Get               // blocks from here or from peers, by which heads are checked; nil: none is
	Keep     func(manifest.ID) bool     // what this peer founded or pinned: never forgotten, and announced again; nil: none
	Admit    func(record.Account) error // refuses a founder, such as one without a stake; nil: all may
	Refresh  time.Duration              // what is kept is announced again so long after anybody did; 0: 12 h
	Expire   time.Duration              // what nobody announced for so long is forgotten; 0: 7 days
	PerKey   int                        // Datanets of one founder; 0: 64
	Most     int                        // Datanets in all; 0: 20,000
	Patience time.Duration              // for the blocks of one version when it is checked; 0: 2 min
	Log      *slog.Logger               // nil: slog.Default
	Now      func() time.Time           // the peer's clock; nil: time.Now
}

func (c Config) complete() (Config, error) {
	if c.Network == 0 {
		return c, errors.New("catalog: a network is required")
	}
	if c.Keep == nil {
		c.Keep = func(manifest.ID) bool { return false }
	}
	if c.Admit == nil {
		c.Admit = func(record.Account) error { return nil }
	}
	if c.Refresh == 0 {
		c.Refresh = 12 * time.Hour
	}
	if c.Expire == 0 {
		c.Expire = 7 * 24 * time.Hour
	}
	if c.PerKey == 0 {
		c.PerKey = 64
	}
	if c.Most == 0 {
		c.Most = 20_000
	}
	if c.Patience == 0 {
		c.Patience = 2 * time.Minute
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c, nil
}

// A Catalog is safe for concurrent use.
type Catalog struct {
	c  Config
	db *sql.DB
	mu sync.Mutex // held while a record is judged and written
}

// A State says what is known of a version.
type State uint8

// The states. They are written down: the numbers are append-only.
const (
	Announced State = 1 // its founder signed it
	Valid     State = 2 // and it follows the rules, with all before it
	Refused   State = 3 // it breaks a rule
)

func (s State) String() string {
	switch s {
	case Announced:
		return "announced"
	case Valid:
		return "valid"
	case Refused:
		return "refused"
	}
	return fmt.Sprintf("State(%d)", uint8(s))
}

// An Entry is a Datanet as the catalog shows it.
type Entry struct {
	ID       manifest.ID
	Founder  record.Account
	Head     cid.Cid           // the newest Valid version, else the newest Announced
	Manifest manifest.Manifest // of it
	State    State             // of it
	Newest   uint64            // the highest version announced
	Forks    int               // versions of which the founder signed two
	First    time.Time         // when it was first heard of
	Seen     time.Time         // when it was last announced
}

// A Version is one that was heard of.
type Version struct {
	Number uint64
	CID    cid.Cid
	State  State
	Reason string // of a refusal, or why it could not be checked yet
	Seen   time.Time
}

// A Fork is a founder's contradiction: two versions of one number. Evidence is
// undefined where the two were told apart by their parents alone.
type Fork struct {
	Number      uint64
	Kept, Other cid.Cid // the version heard first; the one refused
	Evidence    record.Equivocation
	Seen        time.Time
}

var (
	ErrUnknown   = errors.New("catalog: no such Datanet is known")
	ErrAmbiguous = errors.New("catalog: several Datanets have this name")
	ErrFork      = errors.New("catalog: a fork: its founder signed another one")
	ErrLimit     = errors.New("catalog: too many")
	ErrOld       = errors.New("catalog: a newer version is known")
)

// Open opens the catalog in a database, which the caller closes.
func Open(ctx context.Context, db *sql.DB, config Config) (*Catalog, error) {
	c, err := config.complete()
	if err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, fmt.Errorf("open the catalog: %w", err)
	}
	return &Catalog{c: c, db: db}, nil
}

// schema is append-only. Times are Unix milliseconds.
const schema = `
CREATE TABLE IF NOT EXISTS catalog_datanet (
	row      INTEGER PRIMARY KEY,
	id       BLOB NOT NULL UNIQUE,
	founder  BLOB NOT NULL,
	name     TEXT NOT NULL,
	head     BLOB NOT NULL, -- CID of a catalog_version
	state    INTEGER NOT NULL,
	records  INTEGER NOT NULL,
	bytes    INTEGER NOT NULL,
	first    INTEGER NOT NULL,
	seen     INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS catalog_datanet_founder ON catalog_datanet (founder);
CREATE INDEX IF NOT EXISTS catalog_datanet_name ON catalog_datanet (name);
CREATE INDEX IF NOT EXISTS catalog_datanet_seen ON catalog_datanet (seen);
CREATE TABLE IF NOT EXISTS catalog_version (
	id       BLOB NOT NULL,
	number   INTEGER NOT NULL,
	cid      BLOB NOT NULL UNIQUE,
	envelope BLOB NOT NULL,
	state    INTEGER NOT NULL,
	reason   TEXT NOT NULL,
	tries    INTEGER NOT NULL,
	next     INTEGER NOT NULL, -- when it is checked again
	seen     INTEGER NOT NULL,
	PRIMARY KEY (id, number)
);
CREATE TABLE IF NOT EXISTS catalog_fork (
	id       BLOB NOT NULL,
	number   INTEGER NOT NULL,
	kept     BLOB NOT NULL,
	other    BLOB NOT NULL,
	evidence BLOB NOT NULL,
	seen     INTEGER NOT NULL,
	PRIMARY KEY (id, number)
);
CREATE TABLE IF NOT EXISTS catalog_label (
	row   INTEGER NOT NULL,
	kind  TEXT NOT NULL, -- tag or licence
	label TEXT NOT NULL,
	PRIMARY KEY (kind, label, row)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS catalog_label_row ON catalog_label (row);
CREATE VIRTUAL TABLE IF NOT EXISTS catalog_words USING fts5 (name, tags, description, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
`
