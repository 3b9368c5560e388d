package index

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
)

const version = 1

// Terms decide every bit of an index.
type Terms struct {
	Model, Adapter cid.Cid
	Data           [32]byte // see DataDigest
	Factors        [32]byte // sha-256 of their file
	Seed           uint64   // of labels, directions and places
	Width          uint64   // bits of a row
	Rows           uint64
	Owners         []string // contributors, by their number
}

// Limits of what is read.
const (
	maxOwners = 1 << 16
	maxOwner  = 256
)

// AppendCanon appends [1, model, adapter, data, factors, seed, width, rows,
// owners].
func (t *Terms) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendArray(b, 9), version)
	b = canon.AppendCID(canon.AppendCID(b, t.Model), t.Adapter)
	b = canon.AppendBytes(canon.AppendBytes(b, t.Data[:]), t.Factors[:])
	for _, x := range []uint64{t.Seed, t.Width, t.Rows} {
		b = canon.AppendUint(b, x)
	}
	b = canon.AppendArray(b, len(t.Owners))
	for _, o := range t.Owners {
		b = canon.AppendText(b, o)
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (t *Terms) ReadCanon(r *canon.Reader) {
	r.Fields(9)
	if v := r.Uint(version); v != version {
		r.Fail("index of version %d", v)
	}
	t.Model, t.Adapter = r.CID(), r.CID()
	r.Fixed(t.Data[:])
	r.Fixed(t.Factors[:])
	t.Seed, t.Width, t.Rows = r.Uint(math.MaxUint64), r.Uint(MaxWidth), r.Uint(1<<40)
	t.Owners = make([]string, r.Array(maxOwners))
	for i := range t.Owners {
		t.Owners[i] = r.Text(maxOwner)
	}
	if err := checkWidth(int(t.Width)); r.Err() == nil && err != nil {
		r.Fail("%w", err)
	}
}

// Digest is what a file is of: Head.Of.
func (t *Terms) Digest() ([32]byte, error) {
	b, err := canon.Encode(t)
	if err != nil {
		return [32]byte{}, fmt.Errorf("index: %w", err)
	}
	return sha256.Sum256(b), nil
}

// A Record commits to an index: whoever has the data makes the rows again.
type Record struct {
	Terms Terms
	Root  merkle.Digest // of the rows: see Index.Root
	Sums  merkle.Digest // of the owners' sums: see Index.SumsRoot
}

// AppendCanon appends [terms, root, sums].
func (x *Record) AppendCanon(b []byte) []byte {
	b = x.Terms.AppendCanon(canon.AppendArray(b, 3))
	return canon.AppendBytes(canon.AppendBytes(b, x.Root[:]), x.Sums[:])
}

// ReadCanon reads what AppendCanon wrote.
func (x *Record) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	x.Terms.ReadCanon(r)
	r.Fixed(x.Root[:])
	r.Fixed(x.Sums[:])
}

// ID is the sha-256 of the record's bytes.
func (x *Record) ID() ([32]byte, error) {
	b, err := canon.Encode(x)
	return sha256.Sum256(b), err
}

// Check says whether an open index, which has all rows, is the one of a record.
func (x *Record) Check(i *Index) error {
	of, err := x.Terms.Digest()
	switch {
	case err != nil:
		return err
	case i.Of != of || i.First != 0 || i.Rows != x.Terms.Rows || i.Width != int(x.Terms.Width):
		return ErrStale
	case i.Root() != x.Root || i.SumsRoot() != x.Sums:
		return fmt.Errorf("%w: rows or sums are not those of its record", ErrDamaged)
	}
	for _, o := range i.sums.owners() {
		if int(o) >= len(x.Terms.Owners) {
			return fmt.Errorf("%w: rows of owner %d, the record names %d", ErrDamaged, o, len(x.Terms.Owners))
		}
	}
	return nil
}

// DataDigest is the digest of samples in their order, each with its owner and
// record: H(n | for each: owner, record, ids, targets), numbers little endian.
func DataDigest(samples []train.Sample, of func(sample int) Row) (d [32]byte) {
	h := sha256.New()
	var b []byte
	put := func(x uint32) { b = binary.LittleEndian.AppendUint32(b, x) }
	put(uint32(len(samples)))
	for i, s := range samples {
		r := of(i)
		put(r.Owner)
		put(r.Record)
		for _, ids := range [][]int32{s.IDs, s.Targets} {
			put(uint32(len(ids)))
			for _, id := range ids {
				put(uint32(id))
			}
		}
		h.Write(b)
		b = b[:0]
	}
	h.Write(b)
	h.Sum(d[:0])
	return d
}
