package manifest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
)

// A Withdrawal takes records out of all later versions, and out of their
// credits. The owner of the contribution signs it, or a curator. The contribution
// itself stays named for ever.
type Withdrawal struct {
	Contribution cid.Cid
	Records      []Removal // by their indices, ascending; none: all
	Reason       string    // required
}

// A Removal is one record that is withdrawn, with what its credit was: so that
// whoever adds up credits need not read the shard. Verify compares them.
type Removal struct {
	Index       uint64 // of the record in the contribution
	Contributor uint64 // index in the contribution
	Bytes       uint64 // of text
}

// Check says whether the fields can be those of a withdrawal.
func (w *Withdrawal) Check() error {
	if w.Reason == "" || len(w.Reason) > maxReason {
		return fmt.Errorf("manifest: a withdrawal needs a reason of 1 to %d bytes", maxReason)
	}
	if !ascending(w.Records, func(a, b Removal) int { return cmp.Compare(a.Index, b.Index) }) {
		return errors.New("manifest: withdrawn records must be sorted, each once")
	}
	return nil
}

// AppendCanon appends the withdrawal to b.
func (w *Withdrawal) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 3)
	b = canon.AppendCID(b, w.Contribution)
	b = canon.AppendArray(b, len(w.Records))
	for _, r := range w.Records {
		b = canon.AppendArray(b, 3)
		b = canon.AppendUint(b, r.Index)
		b = canon.AppendUint(b, r.Contributor)
		b = canon.AppendUint(b, r.Bytes)
	}
	return canon.AppendText(b, w.Reason)
}

// ReadCanon reads what AppendCanon wrote and refuses what Check refuses.
func (w *Withdrawal) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	w.Contribution = r.CID()
	w.Records = make([]Removal, r.Array(maxRecords))
	for i := range w.Records {
		r.Fields(3)
		w.Records[i] = Removal{Index: r.Uint(maxSum), Contributor: r.Uint(maxContributors - 1), Bytes: r.Uint(MaxText)}
	}
	w.Reason = r.Text(maxReason)
	failIf(r, w.Check)
}

// Withdraw returns the withdrawal of records of a contribution, by their indices,
// to be signed; of none: of all. It reads their shards.
func (d *Datanet) Withdraw(ctx context.Context, contribution cid.Cid, records []uint64, reason string, get Get) (Withdrawal, error) {
	w := Withdrawal{Contribution: contribution, Reason: reason}
	i := slices.IndexFunc(d.contributions, func(c Sealed[Contribution]) bool { return c.cid == contribution })
	if i < 0 {
		return w, fmt.Errorf("manifest: contribution %s is not in the Datanet", contribution)
	}
	records = slices.Compact(slices.Sorted(slices.Values(records)))
	c, first := d.contributions[i].value, uint64(0)
	for _, s := range c.Shards {
		n := 0
		for n < len(records) && records[n]-first < s.Records {
			n++
		}
		if n > 0 {
			b, err := ReadShard(ctx, s, len(c.Contributors), get)
			if err != nil {
				return w, err
			}
			for _, index := range records[:n] {
				r := b.Records[index-first]
				w.Records = append(w.Records, Removal{index, r.Contributor, uint64(len(r.Text))})
			}
			records = records[n:]
		}
		first += s.Records
	}
	if len(records) > 0 {
		return w, fmt.Errorf("manifest: record %d of %d", records[0], first)
	}
	return w, w.Check()
}

// Withdrawn are the records of one contribution that nobody may use any more.
type Withdrawn struct {
	of   *Contribution
	all  bool
	some map[uint64]Removal
}

// Has says whether record i was withdrawn.
func (w Withdrawn) Has(i uint64) bool {
	_, there := w.some[i]
	return w.all || there
}

// Count returns how many were.
func (w Withdrawn) Count() uint64 {
	if w.all {
		return w.of.Records()
	}
	return uint64(len(w.some))
}

// Credits returns what was withdrawn of each contributor of the contribution.
func (w Withdrawn) Credits() []Contributor {
	if w.of == nil {
		return nil
	}
	list := slices.Clone(w.of.Contributors)
	if w.all {
		return list
	}
	for i := range list {
		list[i].Records, list[i].Bytes = 0, 0
	}
	for _, r := range w.some {
		list[r.Contributor].Records++
		list[r.Contributor].Bytes += r.Bytes
	}
	return list
}

func (w Withdrawn) clone() Withdrawn {
	w.some = maps.Clone(w.some)
	return w
}

// add withdraws more. What it says of the credits must be possible; whether it is
// true Verify tells.
func (w *Withdrawn) add(more *Withdrawal) error {
	if w.some == nil {
		w.some = map[uint64]Removal{}
	}
	for _, r := range more.Records {
		if n := w.of.Records(); r.Index >= n {
			return fmt.Errorf("record %d of %d", r.Index, n)
		}
		if r.Contributor >= uint64(len(w.of.Contributors)) {
			return fmt.Errorf("record %d is of contributor %d of %d", r.Index, r.Contributor, len(w.of.Contributors))
		}
		if was, there := w.some[r.Index]; there && was != r {
			return fmt.Errorf("record %d was withdrawn with another credit before", r.Index)
		}
		w.some[r.Index] = r
	}
	if len(more.Records) == 0 {
		w.all = true
		return nil
	}
	for i, gone := range (Withdrawn{of: w.of, some: w.some}).Credits() {
		if has := w.of.Contributors[i]; gone.Records > has.Records || gone.Bytes > has.Bytes {
			return fmt.Errorf("it takes %d records of %d bytes from %s, who has %d of %d", gone.Records, gone.Bytes, has, has.Records, has.Bytes)
		}
	}
	return nil
}
