// Package epoch computes what an epoch of the Ledger does: records in, the state
// after every record and the header out. Who posts it, who checks it and who
// proves it wrong call the same code, and Step.sol does the same for one record.
//
// The invariant: a header is a pure function of the header before it, the rules
// of the chain and the records in their order; sums of fees and credits are
// conserved to the unit.
//
// Start with Book. Numbers that the contracts hash are big endian; trees are
// those of package merkle with Keccak-256.
package epoch

import (
	"fmt"
	"math"

	"github.com/openledger/openledger/proofs/merkle"
)

// A Header is what an aggregator posts of an epoch; Header.sol has its fields.
type Header struct {
	Epoch       uint64
	Records     uint64
	Forced      uint64 // entries of the forced queue that this epoch and those before took
	Total       Amount // that all payers have spent
	Accounts    uint32
	Previous    [32]byte
	SpentRoot   merkle.Digest
	EarnedRoot  merkle.Digest
	RecordsRoot merkle.Digest
	TraceRoot   merkle.Digest // of the sums after each record
	Data        [32]byte      // digest of the CID of the records
}

// Genesis returns the header before the first epoch.
func Genesis() Header {
	var h Header
	h.setSums(NewState().Sums())
	return h
}

// Hash returns what stands for the header on the chain: that of its Digest and
// EarnedRoot, which are all that a claim shows of it.
func (h *Header) Hash() [32]byte { return words(nil).hash(h.Digest()).hash(h.EarnedRoot).sum() }

// Digest returns the hash of all of the header but EarnedRoot.
func (h *Header) Digest() [32]byte {
	rest := *h
	rest.EarnedRoot = merkle.Digest{}
	w := headerWords(&rest)
	return append(w[:earnedRootAt:earnedRootAt], w[earnedRootAt+32:]...).sum()
}

// earnedRootAt is where headerWords has EarnedRoot.
const earnedRootAt = 7 * 32

// headerWords returns a header as abi.encode writes it.
func headerWords(h *Header) words {
	return words(nil).uint(h.Epoch).uint(h.Records).uint(h.Forced).amount(&h.Total).uint(uint64(h.Accounts)).
		hash(h.Previous).hash(h.SpentRoot).hash(h.EarnedRoot).hash(h.RecordsRoot).hash(h.TraceRoot).hash(h.Data)
}

// Sums returns the state after the epoch.
func (h *Header) Sums() Sums { return Sums{h.SpentRoot, h.EarnedRoot, h.Total, h.Accounts} }

func (h *Header) setSums(s Sums) {
	h.SpentRoot, h.EarnedRoot, h.Total, h.Accounts = s.SpentRoot, s.EarnedRoot, s.Total, s.Accounts
}

// A Book is the state with the epoch that is open.
type Book struct {
	state    *State
	rules    Rules
	previous Header

	records []Record
	sums    []Sums   // after each record
	forced  uint64   // records of this epoch that were forced in
	done    uint64   // records of this epoch that were checked
	doing   [32]byte // hash of the header that they were checked against
	settled map[[32]byte]place
	tree    *merkle.Indexed
	trace   *merkle.Indexed
}

// NewBook returns a book before the first epoch.
func NewBook(rules Rules) *Book {
	b := &Book{state: NewState(), rules: rules, previous: Genesis(), settled: make(map[[32]byte]place)}
	b.begin()
	return b
}

func (b *Book) begin() {
	b.records, b.sums, b.forced, b.done, b.doing = nil, nil, 0, 0, [32]byte{}
	b.tree = merkle.NewIndexed(merkle.Keccak256, recordDepth)
	b.trace = merkle.NewIndexed(merkle.Keccak256, recordDepth)
}

// A place says where a key was settled, and the last epoch in which it may.
type place struct{ epoch, record, last uint64 }

// settledAt returns where the key of a record was settled before.
func (b *Book) settledAt(r *Record) (place, bool) {
	if r.isVoid() {
		return place{}, false
	}
	p, ok := b.settled[r.Key()]
	return p, ok
}

// Settled says whether a request was settled in an epoch of the book. It may be
// forgotten once its last epoch is over.
func (b *Book) Settled(request [32]byte) bool {
	_, ok := b.settled[request]
	return ok
}

// State returns all balances. It MUST NOT be used while the book changes.
func (b *Book) State() *State { return b.state }

// Previous returns the header of the last epoch that is closed.
func (b *Book) Previous() Header { return b.previous }

// Done returns how many records of the open epoch were checked before the book
// was saved.
func (b *Book) Done() uint64 { return b.done }

// Doing returns the hash of the header that Done belongs to.
func (b *Book) Doing() [32]byte { return b.doing }

// Obey has the book go by rules that were read anew.
func (b *Book) Obey(rules Rules) { b.rules = rules }

// Epoch returns the number of the open epoch.
func (b *Book) Epoch() uint64 { return b.previous.Epoch + 1 }

// Records returns the records of the open epoch. They MUST NOT be changed.
func (b *Book) Records() []Record { return b.records }

// A RecordError says why a record cannot stand where it is.
type RecordError struct {
	Record  int
	Verdict Verdict
}

func (e *RecordError) Error() string {
	return fmt.Sprintf("epoch: record %d is %v", e.Record, e.Verdict)
}

// A TwiceError says that a record settles what another one has settled. One that
// was forced in is to be dismissed.
type TwiceError struct{ Epoch, Record uint64 }

func (e *TwiceError) Error() string {
	return fmt.Sprintf("epoch: record %d of epoch %d has settled it already", e.Record, e.Epoch)
}

// Settle adds a record with places of the aggregator's choice. One that is not
// right is refused with a RecordError, unless it was forced in: then it stands
// and changes nothing. Forced records come before all others.
func (b *Book) Settle(r Record, forced bool) error {
	var err error
	switch {
	case r.Usage != nil:
		r.Places, err = b.state.placesFor(r.Usage.Result.Credits, true)
	case r.Payment != nil:
		if r.Place, _, _, _ = b.state.Earned(r.Payment.Distribution.Pool); err == nil {
			r.Places, err = b.state.placesFor(r.Payment.Distribution.Credits, false)
		}
	}
	if err != nil {
		return err
	}
	return b.Add(r, forced)
}

// Add adds a record at the places that it names, as Settle does otherwise. A
// forced usage that is void is marked so.
func (b *Book) Add(r Record, forced bool) error {
	if err := r.check(); err != nil {
		return err
	}
	n := uint64(len(b.records))
	switch {
	case n == 1<<recordDepth:
		return fmt.Errorf("epoch: %d records: an epoch holds no more", n)
	case forced && b.forced < n:
		return fmt.Errorf("epoch: a forced record after one that was not")
	}
	r.Void = false
	if p, twice := b.settledAt(&r); twice {
		return &TwiceError{Epoch: p.epoch, Record: p.record}
	}
	if forced {
		if got, want := r.Content(), b.rules.Forced(b.previous.Forced+b.forced); got != want || r.Payment != nil {
			return fmt.Errorf("epoch: entry %d of the forced queue is another record", b.previous.Forced+b.forced)
		}
	}
	if v := b.state.apply(&r, b.rules, b.Epoch()); v == Misplaced || v == Void && !forced {
		return &RecordError{int(n), v}
	} else if v == Void {
		r.Void = r.Usage != nil
	}
	b.add(r, b.state.Sums(), forced)
	return nil
}

// note remembers that a record was settled.
func (b *Book) note(r *Record, i uint64) {
	switch {
	case r.isVoid():
	case r.Usage != nil:
		b.settled[r.Key()] = place{b.Epoch(), i, r.Usage.Request.LastEpoch}
	case r.Payment != nil:
		b.settled[r.Key()] = place{b.Epoch(), i, math.MaxUint64}
	}
}

func (b *Book) add(r Record, after Sums, forced bool) {
	if forced {
		b.forced++
	}
	b.note(&r, uint64(len(b.records)))
	put(b.tree, uint32(len(b.records)), merkle.Keccak256.Leaf(r.leaf()))
	put(b.trace, uint32(len(b.records)), merkle.Keccak256.Leaf(after.leaf()))
	b.records, b.sums = append(b.records, r), append(b.sums, after)
}

// Sums returns the sums after each record of the open epoch. They MUST NOT be
// changed.
func (b *Book) Sums() []Sums { return b.sums }

// Header returns the header of the open epoch as it is, with data as the digest
// of its records' CID.
func (b *Book) Header(data [32]byte) Header {
	h := Header{
		Epoch: b.Epoch(), Records: uint64(len(b.records)), Forced: b.previous.Forced + b.forced,
		Previous: b.previous.Hash(), Data: data,
	}
	h.setSums(b.state.Sums())
	if h.Records > 0 {
		h.RecordsRoot, h.TraceRoot = b.tree.Root(), b.trace.Root()
	}
	return h
}

// LastPath returns the path of the last sums in the trace, which a posted header
// is checked by; nil without records.
func (b *Book) LastPath() []merkle.Digest {
	if len(b.records) == 0 {
		return nil
	}
	return path(b.trace, uint32(len(b.records)-1))
}

// Next closes the open epoch with the header that was posted of it.
func (b *Book) Next(h Header) error {
	if want := b.Header(h.Data); h != want {
		return fmt.Errorf("epoch: the header posted of epoch %d is not this book's", b.Epoch())
	}
	b.next(h)
	return nil
}

func (b *Book) next(h Header) {
	b.previous = h
	for k, p := range b.settled {
		if p.last < b.Epoch() {
			delete(b.settled, k) // a request that is out of time is void, settled before or not
		}
	}
	b.begin()
}
