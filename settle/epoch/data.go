package epoch

import (
	"context"
	"fmt"
	"iter"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
)

// The data of an epoch is one DAG: a root block that lists chunks, and chunks of
// records, each with the sums after it. A header has the digest of the root.

// chunkRecords is how many records a chunk has, the last one perhaps fewer: at
// most 360 KB of right ones.
const chunkRecords = 256

// maxBlock bounds a block that is read, in bytes.
const maxBlock = 1 << 20

const dataVersion = 1

// A Put keeps a block.
type Put func(ctx context.Context, c cid.Cid, block []byte) error

// A Get returns a block, checked against its CID.
type Get func(ctx context.Context, c cid.Cid) ([]byte, error)

// blockOf names blocks: CIDv1, DAG-CBOR, SHA-256.
var blockOf = cid.Prefix{Version: 1, Codec: cid.DagCBOR, MhType: 0x12, MhLength: 32}

// DataCID returns the CID of the data that a header names.
func (h *Header) DataCID() cid.Cid {
	c, err := cid.Cast(append([]byte{1, cid.DagCBOR, 0x12, 32}, h.Data[:]...))
	if err != nil {
		panic("epoch: internal error: " + err.Error())
	}
	return c
}

func keepBlock(ctx context.Context, keep Put, v canon.Value) (c cid.Cid, err error) {
	b, err := canon.Encode(v)
	if err != nil {
		return c, err
	}
	if c, err = blockOf.Sum(b); err != nil {
		return c, err
	}
	return c, keep(ctx, c, b)
}

// A chunk is some records of an epoch and the sums after each.
type chunk struct {
	records []Record
	sums    []Sums
}

// AppendCanon appends [[record, sums]...].
func (x *chunk) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, len(x.records))
	for i := range x.records {
		b = x.sums[i].AppendCanon(x.records[i].AppendCanon(canon.AppendArray(b, 2)))
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (x *chunk) ReadCanon(in *canon.Reader) {
	for range in.Array(chunkRecords) {
		in.Fields(2)
		var r Record
		var s Sums
		r.ReadCanon(in)
		s.ReadCanon(in)
		if in.Err() != nil {
			return
		}
		x.records, x.sums = append(x.records, r), append(x.sums, s)
	}
}

// root is the block that lists the chunks.
type root struct {
	epoch, records uint64
	chunks         []cid.Cid
}

// AppendCanon appends [1, epoch, records, [chunk...]].
func (x *root) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendArray(b, 4), dataVersion)
	b = canon.AppendUint(canon.AppendUint(b, x.epoch), x.records)
	b = canon.AppendArray(b, len(x.chunks))
	for _, c := range x.chunks {
		b = canon.AppendCID(b, c)
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (x *root) ReadCanon(in *canon.Reader) {
	in.Fields(4)
	if v := in.Uint(dataVersion); v != dataVersion && in.Err() == nil {
		in.Fail("data of version %d", v)
	}
	x.epoch, x.records = in.Uint(1<<64-1), in.Uint(1<<recordDepth)
	for range in.Array(1 << recordDepth / chunkRecords) {
		c := in.CID()
		if in.Err() != nil {
			return
		}
		if c.Prefix() != blockOf {
			in.Fail("chunk %v is no DAG-CBOR block by SHA-256", c)
		}
		x.chunks = append(x.chunks, c)
	}
	if n := (x.records + chunkRecords - 1) / chunkRecords; in.Err() == nil && uint64(len(x.chunks)) != n {
		in.Fail("%d chunks of %d records, want %d", len(x.chunks), x.records, n)
	}
}

// Publish keeps the data of the open epoch as blocks and returns the digest that
// its header names.
func (b *Book) Publish(ctx context.Context, keep Put) (digest [32]byte, err error) {
	return Publish(ctx, keep, b.Epoch(), b.records, b.sums)
}

// Publish keeps records of an epoch and the sums after each as blocks.
func Publish(ctx context.Context, keep Put, epoch uint64, records []Record, sums []Sums) (digest [32]byte, err error) {
	if len(sums) != len(records) {
		return digest, fmt.Errorf("publish epoch %d: %d records and %d sums", epoch, len(records), len(sums))
	}
	x := root{epoch: epoch, records: uint64(len(records))}
	for i := 0; i < len(records); i += chunkRecords {
		end := min(i+chunkRecords, len(records))
		c, err := keepBlock(ctx, keep, &chunk{records[i:end], sums[i:end]})
		if err != nil {
			return digest, fmt.Errorf("publish records %d to %d of epoch %d: %w", i, end-1, epoch, err)
		}
		x.chunks = append(x.chunks, c)
	}
	c, err := keepBlock(ctx, keep, &x)
	if err != nil {
		return digest, fmt.Errorf("publish epoch %d: %w", epoch, err)
	}
	h := c.Hash()
	return [32]byte(h[len(h)-32:]), nil
}

// A MissingError says that data of an epoch is not to be had, or is not what its
// header says, from a record on: it is to be demanded on the chain.
type MissingError struct {
	Epoch, Record uint64
	Err           error
}

func (e *MissingError) Error() string {
	return fmt.Sprintf("the data of epoch %d is missing from record %d on: %v", e.Epoch, e.Record, e.Err)
}

func (e *MissingError) Unwrap() error { return e.Err }

// A DAG is the data of an epoch, read chunk by chunk.
type DAG struct {
	root
	get Get
}

// OpenDAG reads which chunks an epoch has.
func OpenDAG(ctx context.Context, h Header, get Get) (*DAG, error) {
	b, err := get(ctx, h.DataCID())
	d := &DAG{get: get}
	if err == nil {
		err = canon.Decode(b, &d.root, canon.Limits{Total: maxBlock})
	}
	if err == nil && (d.epoch != h.Epoch || d.records != h.Records) {
		err = fmt.Errorf("it is of %d records of epoch %d, the header has %d", d.records, d.epoch, h.Records)
	}
	if err != nil {
		return nil, &MissingError{h.Epoch, 0, err}
	}
	return d, nil
}

// Chunks returns the blocks below the root.
func (d *DAG) Chunks() []cid.Cid { return d.chunks }

// chunk reads chunk i.
func (d *DAG) chunk(ctx context.Context, i int) (x chunk, err error) {
	b, err := d.get(ctx, d.chunks[i])
	if err == nil {
		err = canon.Decode(b, &x, canon.Limits{Total: maxBlock})
	}
	first := uint64(i) * chunkRecords
	if want := min(d.records-first, chunkRecords); err == nil && uint64(len(x.records)) != want {
		err = fmt.Errorf("chunk %d has %d records, want %d", i, len(x.records), want)
	}
	if err != nil {
		return chunk{}, &MissingError{d.epoch, first, err}
	}
	return x, nil
}

// Record returns a record and the sums after it.
func (d *DAG) Record(ctx context.Context, i uint64) (r Record, s Sums, err error) {
	if i >= d.records {
		return r, s, fmt.Errorf("epoch %d has no record %d: only %d", d.epoch, i, d.records)
	}
	x, err := d.chunk(ctx, int(i/chunkRecords))
	if err != nil {
		return r, s, err
	}
	return x.records[i%chunkRecords], x.sums[i%chunkRecords], nil
}

// All returns all records in their order.
func (d *DAG) All(ctx context.Context) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		for i := range d.chunks {
			x, err := d.chunk(ctx, i)
			if err != nil {
				yield(nil, err)
				return
			}
			for j := range x.records {
				if !yield(&x.records[j], nil) {
					return
				}
			}
		}
	}
}

// chunks is the data of an epoch, wherever it lies.
type chunks interface {
	chunk(ctx context.Context, i int) (chunk, error)
}

// held is data in memory.
type held chunk

func (d held) chunk(_ context.Context, i int) (chunk, error) {
	end := min((i+1)*chunkRecords, len(d.records))
	return chunk{d.records[i*chunkRecords : end], d.sums[i*chunkRecords : end]}, nil
}
