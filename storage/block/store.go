// Package block keeps blocks: bytes whose name, a CID, is the hash of their
// content. It also turns files and CARs into blocks and back, as other
// implementations of IPFS do.
//
// The invariant: whoever gets a block gets the bytes of its CID. Each read is
// verified; a block that has rotted on disk is reported as ErrCorrupt and is
// never served.
//
// Start with Open and Store; who writes more than single blocks takes a Hold.
package block

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/ipfs/boxo/blockstore"
	"github.com/ipfs/boxo/verifcid"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	ipld "github.com/ipfs/go-ipld-format"
	"github.com/multiformats/go-multihash"
)

var (
	ErrNotFound = errors.New("block: not here")
	ErrCorrupt  = errors.New("block: its bytes have another hash")
	ErrTooLarge = errors.New("block: too large")
	ErrUnsafe   = errors.New("block: its hash function is not safe")
)

// MaxSize is the size of the largest block, in bytes: what bitswap carries.
const MaxSize = 2 << 20

// A Store keeps blocks in a datastore. It is safe for concurrent use.
type Store struct {
	d     datastore.Batching
	bs    blockstore.Blockstore
	usage func() (uint64, error) // of the disk; nil: not known
	close func() error

	sweep sync.Mutex // held by the one garbage collection in progress

	mu      sync.Mutex
	held    map[string]int      // by multihash: how many holds name it
	touched map[string]struct{} // by multihash: what was held at some time since the collection began; nil: none runs
}

// Open opens the store in a folder, made if it is not there.
func Open(dir string, log *slog.Logger) (*Store, error) {
	d, err := OpenDatastore(dir, log)
	if err != nil {
		return nil, err
	}
	s := New(d)
	s.usage, s.close = d.Usage, d.Close
	return s, nil
}

// New keeps blocks in a datastore that the caller closes. They lie below
// /blocks, by multihash.
func New(d datastore.Batching) *Store {
	plain := blockstore.NewBlockstore(d)
	return &Store{
		d:     d,
		bs:    blockstore.NewIdStore(&blockstore.ValidatingBlockstore{Blockstore: plain}),
		close: func() error { return nil },
		held:  map[string]int{},
	}
}

// Close frees the folder of a store that Open opened.
func (s *Store) Close() error { return s.close() }

// Sync makes all blocks put so far survive a crash.
func (s *Store) Sync(ctx context.Context) error { return s.d.Sync(ctx, blockstore.BlockPrefix) }

// Blockstore returns the store as IPFS libraries want it, for reading. What
// they write is not protected from garbage collection: that takes a Hold.
func (s *Store) Blockstore() blockstore.Blockstore { return s.bs }

// CID returns the name of data as a block of a codec: cid.Raw or cid.DagCBOR.
func CID(codec uint64, data []byte) (cid.Cid, error) {
	return cid.V1Builder{Codec: codec, MhType: multihash.SHA2_256}.Sum(data)
}

// Check says whether data are the bytes of c.
func Check(c cid.Cid, data []byte) error {
	if !c.Defined() {
		return fmt.Errorf("%w: no CID", ErrNotFound)
	}
	if err := verifcid.ValidateCid(verifcid.DefaultAllowlist, c); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrUnsafe, c, err)
	}
	got, err := c.Prefix().Sum(data)
	if err != nil {
		return fmt.Errorf("block %s: %w", c, err)
	}
	if !got.Equals(c) {
		return fmt.Errorf("%w: %s was expected, these are %s", ErrCorrupt, c, got)
	}
	return nil
}

// Add stores data and returns its CID.
func (s *Store) Add(ctx context.Context, codec uint64, data []byte) (cid.Cid, error) {
	c, err := CID(codec, data)
	if err != nil {
		return cid.Undef, err
	}
	return c, s.put(ctx, c, data)
}

// Put stores data under the CID that somebody says it has. ErrCorrupt: it has
// another one.
func (s *Store) Put(ctx context.Context, c cid.Cid, data []byte) error {
	if err := Check(c, data); err != nil {
		return err
	}
	return s.put(ctx, c, data)
}

func (s *Store) put(ctx context.Context, c cid.Cid, data []byte) error {
	h := s.Hold()
	defer h.Release()
	b, err := newBlock(c, data)
	if err != nil {
		return err
	}
	h.note(c)
	if err := s.bs.Put(ctx, b); err != nil {
		return fmt.Errorf("store block %s: %w", c, err)
	}
	return nil
}

func newBlock(c cid.Cid, data []byte) (blocks.Block, error) {
	if len(data) > MaxSize {
		return nil, fmt.Errorf("%w: %d bytes, at most %d; split the data", ErrTooLarge, len(data), MaxSize)
	}
	return blocks.NewBlockWithCid(data, c)
}

// Get returns the bytes of a block, verified. ErrNotFound and ErrCorrupt are
// told apart by errors.Is.
func (s *Store) Get(ctx context.Context, c cid.Cid) ([]byte, error) {
	b, err := s.bs.Get(ctx, c)
	if err != nil {
		return nil, explain(c, err)
	}
	return b.RawData(), nil
}

// Has says whether a block is there. It is not read.
func (s *Store) Has(ctx context.Context, c cid.Cid) (bool, error) { return s.bs.Has(ctx, c) }

// Size returns the length of a block. It is not read.
func (s *Store) Size(ctx context.Context, c cid.Cid) (int, error) {
	n, err := s.bs.GetSize(ctx, c)
	if err != nil {
		return 0, explain(c, err)
	}
	return n, nil
}

// Delete forgets a block, held or not. One that is not there is no error.
func (s *Store) Delete(ctx context.Context, c cid.Cid) error {
	if err := s.bs.DeleteBlock(ctx, c); err != nil {
		return fmt.Errorf("delete block %s: %w", c, err)
	}
	return nil
}

// explain gives the libraries' errors our names.
func explain(c cid.Cid, err error) error {
	switch {
	case ipld.IsNotFound(err):
		return fmt.Errorf("%w: %s", ErrNotFound, c)
	case errors.Is(err, blockstore.ErrHashMismatch):
		return fmt.Errorf("%w: %s has rotted on disk", ErrCorrupt, c)
	}
	return fmt.Errorf("get block %s: %w", c, err)
}
