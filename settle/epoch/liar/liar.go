// Package liar is what a dishonest aggregator publishes: every way in which an
// epoch can be wrong, for tests that find them and prove them on a chain.
//
// Start with Lies.
package liar

import (
	"encoding/binary"
	"slices"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/settle/epoch"
)

// An Epoch is an epoch as an aggregator publishes it.
type Epoch struct {
	Header  epoch.Header
	Records []epoch.Record
	Sums    []epoch.Sums
}

// Of returns the open epoch of a book, to be told lies about.
func Of(b *epoch.Book, data [32]byte) Epoch {
	return Epoch{b.Header(data), slices.Clone(b.Records()), slices.Clone(b.Sums())}
}

// recordDepth is that of the trees of records and sums.
const recordDepth = 20

// Tree is the tree of n leaves.
func Tree(n int, leaf func(i int) []byte) *merkle.Indexed {
	t := merkle.NewIndexed(merkle.Keccak256, recordDepth)
	for i := range n {
		if _, err := t.Append(leaf(i)); err != nil {
			panic("liar: " + err.Error())
		}
	}
	return t
}

func recordLeaf(r *epoch.Record) []byte {
	kind, content, placed := r.Parts()
	return slices.Concat([]byte{kind}, content[:], placed[:])
}

// SumsLeaf is the leaf of sums in a trace.
func SumsLeaf(s *epoch.Sums) []byte {
	total := s.Total.Bytes32()
	return binary.BigEndian.AppendUint32(slices.Concat(s.SpentRoot[:], s.EarnedRoot[:], total[20:]), s.Accounts)
}

// Commit makes the header say what is published, and returns the path of the
// last sums, which is posted with it.
func (e *Epoch) Commit() []merkle.Digest {
	records := Tree(len(e.Records), func(i int) []byte { return recordLeaf(&e.Records[i]) })
	trace := Tree(len(e.Sums), func(i int) []byte { return SumsLeaf(&e.Sums[i]) })
	last := e.Sums[len(e.Sums)-1]
	h := &e.Header
	h.Records, h.RecordsRoot, h.TraceRoot = uint64(len(e.Records)), records.Root(), trace.Root()
	h.SpentRoot, h.EarnedRoot, h.Total, h.Accounts = last.SpentRoot, last.EarnedRoot, last.Total, last.Accounts
	p, err := trace.Prove(uint64(len(e.Sums) - 1))
	if err != nil {
		panic("liar: " + err.Error())
	}
	return p.Path
}

// A Lie is one way in which an epoch is wrong.
type Lie struct {
	Name string
	Tell func(e *Epoch)
}

// Props are records that lies are told with. The epoch that they are told about
// MUST begin with a record that was forced in.
type Props struct {
	Another  epoch.Record // a right usage that is not in the epoch
	TooMuch  epoch.Record // a usage that spends more than its payer has
	OverPool epoch.Record // a distribution of more than its pool has
	Stranger epoch.Record // a distribution that nobody enrolled signed
	Older    epoch.Record // a usage that an older epoch has settled
}

// Lies returns all lies about an honest epoch.
func Lies(honest Epoch, p Props) []Lie {
	n := len(honest.Records)
	last := n - 1 // the last usage
	for honest.Records[last].Usage == nil {
		last--
	}
	usage := func(e *Epoch, change func(u *epoch.Usage)) {
		u := *e.Records[last].Usage
		u.Result.Credits = slices.Clone(u.Result.Credits)
		change(&u)
		e.Records[last].Usage = &u
	}
	place := func(e *Epoch, change func(places []uint32)) {
		e.Records[last].Places = slices.Clone(e.Records[last].Places)
		change(e.Records[last].Places)
	}
	add := func(e *Epoch, r epoch.Record) {
		if r.Usage != nil {
			for range r.Usage.Result.Credits {
				r.Places = append(r.Places, 3)
			}
		} else if r.Payment != nil {
			r.Places = []uint32{e.Sums[n-1].Accounts, e.Sums[n-1].Accounts + 1}
		}
		e.Records, e.Sums = append(e.Records, r), append(e.Sums, e.Sums[n-1])
	}
	return []Lie{
		{"state", func(e *Epoch) { e.Sums[n/2].EarnedRoot[3] ^= 1 }},
		{"first state", func(e *Epoch) { e.Sums[0].SpentRoot[3] ^= 1 }},
		{"total", func(e *Epoch) { e.Sums[n-1].Total.AddUint64(&e.Sums[n-1].Total, 1) }},
		{"accounts", func(e *Epoch) { e.Sums[n/2].Accounts++ }},
		{"place", func(e *Epoch) { place(e, func(at []uint32) { at[0]++ }) }},
		{"free place", func(e *Epoch) { place(e, func(at []uint32) { at[0] = 1 << 20 }) }},
		{"worker's signature", func(e *Epoch) { usage(e, func(u *epoch.Usage) { u.WorkerSignature[9] ^= 4 }) }},
		{"payer's signature", func(e *Epoch) { usage(e, func(u *epoch.Usage) { u.PayerSignature = u.WorkerSignature }) }},
		{"credit", func(e *Epoch) { usage(e, func(u *epoch.Usage) { u.Result.Credits[0].Class = epoch.Storage }) }},
		{"overspend", func(e *Epoch) { add(e, p.TooMuch) }},
		{"duplicate", func(e *Epoch) { add(e, epoch.Record{Usage: e.Records[last].Usage}) }},
		{"duplicate of an older epoch", func(e *Epoch) { add(e, epoch.Record{Usage: p.Older.Usage}) }},
		{"forced out", func(e *Epoch) { e.Records[0] = p.Another; e.Records[0].Places = []uint32{3} }},
		{"forced one void", func(e *Epoch) { e.Records[0].Void = true }},
		{"void though not forced", func(e *Epoch) { e.Records[last].Void = true }},
		{"dismissed though not", func(e *Epoch) { e.Records[0] = epoch.Record{} }},
		{"dismissed though not forced", func(e *Epoch) { e.Records[n/2] = epoch.Record{} }},
		{"payment over the pool", func(e *Epoch) { add(e, p.OverPool) }},
		{"distribution of a stranger", func(e *Epoch) { add(e, p.Stranger) }},
	}
}
