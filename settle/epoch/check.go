package epoch

import (
	"context"
	"fmt"

	"github.com/openledger/openledger/proofs/merkle"
)

// A Fault is what is wrong with a posted epoch, with all that a challenge of it
// opens.
type Fault struct {
	Header, Previous Header
	Record           uint64
	Reason           string

	Content    Record
	RecordPath []merkle.Digest
	Before     Sums // for a record that is not the first
	BeforePath []merkle.Digest
	Later      Sums
	LaterPath  []merkle.Digest
	Spent      SpentLeaf
	Earned     []EarnedLeaf

	First     *First // that settled the same before
	ForcedOut bool   // the entry of the forced queue is another record
}

// First is the record that settled first what another one settles again. One of
// an older epoch is not opened until Open is called.
type First struct {
	Epoch, Record uint64
	Header        Header
	Content       Record
	Path          []merkle.Digest // nil until opened
}

// Open opens the record in its epoch.
func (f *First) Open(h Header, records []Record) error {
	tree := merkle.NewIndexed(merkle.Keccak256, recordDepth)
	for i := range records {
		put(tree, uint32(i), merkle.Keccak256.Leaf(records[i].leaf()))
	}
	if h.Epoch != f.Epoch || f.Record >= uint64(len(records)) || tree.Root() != h.RecordsRoot {
		return fmt.Errorf("open record %d of epoch %d: these are not its records", f.Record, f.Epoch)
	}
	f.Header, f.Content, f.Path = h, records[f.Record], path(tree, uint32(f.Record))
	return nil
}

// OpenIn opens the record in the data of its epoch.
func (f *First) OpenIn(ctx context.Context, h Header, d *DAG) error {
	var records []Record
	for r, err := range d.All(ctx) {
		if err != nil {
			return err
		}
		records = append(records, *r)
	}
	return f.Open(h, records)
}

func (f *Fault) Error() string {
	return fmt.Sprintf("epoch %d is wrong: record %d: %s", f.Header.Epoch, f.Record, f.Reason)
}

// Check recomputes a posted epoch from its records and the sums after each, as
// the aggregator published them. It goes on to the next epoch, or returns the
// first wrong record as a *Fault; then the book MUST NOT be used further. Data
// that is not what the header commits to is another error: it is to be demanded.
func (b *Book) Check(ctx context.Context, h Header, records []Record, sums []Sums) error {
	if len(sums) != len(records) || uint64(len(records)) != h.Records {
		return fmt.Errorf("epoch %d: %d records and %d sums of %d", h.Epoch, len(records), len(sums), h.Records)
	}
	return b.check(ctx, h, held{records, sums}, nil)
}

// Replay is Check of data that is read chunk by chunk. After each chunk it calls
// saved, unless that is nil, with the number of records that are done: then Save
// writes a book that goes on from there.
func (b *Book) Replay(ctx context.Context, h Header, d *DAG, saved func(done uint64) error) error {
	return b.check(ctx, h, d, saved)
}

// A committed is the trees of what a header commits to.
type committed struct{ records, trace *merkle.Indexed }

// commitment reads all data of an epoch and returns its trees.
func commitment(ctx context.Context, h Header, d chunks) (t committed, err error) {
	t = committed{merkle.NewIndexed(merkle.Keccak256, recordDepth), merkle.NewIndexed(merkle.Keccak256, recordDepth)}
	for at := uint64(0); at < h.Records; at += chunkRecords {
		if err := ctx.Err(); err != nil {
			return t, err
		}
		x, err := d.chunk(ctx, int(at/chunkRecords))
		if err != nil {
			return t, err
		}
		for i := range x.records {
			put(t.records, uint32(at)+uint32(i), merkle.Keccak256.Leaf(x.records[i].leaf()))
			put(t.trace, uint32(at)+uint32(i), merkle.Keccak256.Leaf(x.sums[i].leaf()))
		}
	}
	if h.Records > 0 && (t.records.Root() != h.RecordsRoot || t.trace.Root() != h.TraceRoot) {
		return t, &MissingError{h.Epoch, 0, fmt.Errorf("it is not what the header commits to")}
	}
	return t, nil
}

func (b *Book) check(ctx context.Context, h Header, d chunks, saved func(done uint64) error) error {
	if err := b.fits(h); err != nil {
		return err
	}
	if _, err := commitment(ctx, h, d); err != nil { // its trees are let go: they take 134 MB of a million records
		return err
	}
	b.doing = h.Hash()
	var before Sums // after the record before this chunk
	for at := b.done; at < h.Records; at = b.done {
		if err := ctx.Err(); err != nil {
			return err
		}
		x, err := d.chunk(ctx, int(at/chunkRecords))
		if err != nil {
			return err
		}
		for i := range x.records {
			f := &Fault{Header: h, Previous: b.previous, Record: at + uint64(i), Content: x.records[i], Later: x.sums[i], Before: before}
			if b.step(f) {
				return b.open(ctx, f, d)
			}
			before = x.sums[i]
		}
		b.done += uint64(len(x.records))
		if saved != nil {
			if err := saved(b.done); err != nil {
				return err
			}
		}
	}
	return b.pass(h)
}

// open completes a fault by the paths of all that it names.
func (b *Book) open(ctx context.Context, f *Fault, d chunks) error {
	t, err := commitment(ctx, f.Header, d)
	if err != nil {
		return err
	}
	i := uint32(f.Record)
	f.RecordPath, f.LaterPath = path(t.records, i), path(t.trace, i)
	if i > 0 {
		f.BeforePath = path(t.trace, i-1)
		x, err := d.chunk(ctx, int(i-1)/chunkRecords)
		if err != nil {
			return err
		}
		f.Before = x.sums[(i-1)%chunkRecords]
	}
	if p := f.First; p != nil && p.Epoch == f.Header.Epoch {
		x, err := d.chunk(ctx, int(p.Record/chunkRecords))
		if err != nil {
			return err
		}
		p.Header, p.Content, p.Path = f.Header, x.records[p.Record%chunkRecords], path(t.records, uint32(p.Record))
	}
	return f
}

// pass closes an epoch whose records are right.
func (b *Book) pass(h Header) error {
	want := h
	want.Previous = b.previous.Hash()
	want.setSums(b.state.Sums())
	if h != want {
		return fmt.Errorf("epoch: the header posted of epoch %d is not this book's", b.Epoch())
	}
	b.next(h)
	return nil
}

// step does one record of an epoch that is checked, or says what is wrong with
// it; then the state is as before.
func (b *Book) step(f *Fault) (wrong bool) {
	r, h := &f.Content, &f.Header
	forced := f.Record < h.Forced-b.previous.Forced
	if forced && (r.Payment != nil || r.Content() != b.rules.Forced(b.previous.Forced+f.Record)) {
		f.Reason, f.ForcedOut = "the entry of the forced queue is another one", true
		return true
	}
	if p, twice := b.settledAt(r); twice {
		f.Reason = fmt.Sprintf("record %d of epoch %d has settled it already", p.record, p.epoch)
		f.First = &First{Epoch: p.epoch, Record: p.record}
		return true
	}
	was := b.state.Sums()
	v := b.state.apply(r, b.rules, h.Epoch)
	if v == Right && !r.isVoid() && b.state.Sums() == f.Later || v == Void && r.isVoid() && forced && was == f.Later {
		b.note(r, f.Record)
		return false
	}
	b.state.undo()
	f.Spent, f.Earned = b.state.open(r, b.rules, h.Epoch)
	switch {
	case r.isVoid() && v != Void:
		f.Reason = "it stands as void and is " + v.String()
	case r.isVoid() && !forced:
		f.Reason = "it stands as void and was not forced in"
	case v != Right && !r.isVoid():
		f.Reason = "it is " + v.String()
	default:
		f.Reason = "the state after it is not what it does"
	}
	return true
}

// fits checks what post checks on the chain.
func (b *Book) fits(h Header) error {
	switch {
	case h.Epoch != b.Epoch() || h.Previous != b.previous.Hash():
		return fmt.Errorf("epoch %d does not follow epoch %d of this book", h.Epoch, b.previous.Epoch)
	case h.Records > 1<<recordDepth || b.done > 0 && b.doing != h.Hash() || len(b.records) > 0:
		return fmt.Errorf("epoch %d: %d records, with %d in this book", h.Epoch, h.Records, max(b.done, uint64(len(b.records))))
	case h.Forced < b.previous.Forced || h.Forced-b.previous.Forced > h.Records:
		return fmt.Errorf("epoch %d: took %d forced records with %d in all", h.Epoch, h.Forced, h.Records)
	}
	return nil
}
