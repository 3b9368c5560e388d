package manifest

import (
	"fmt"

	"github.com/ipfs/go-cid"
)

// A Diff is what a later version has that an earlier one has not.
type Diff struct {
	From, To      uint64 // versions
	Contributions []cid.Cid
	Reviews       []cid.Cid
	Withdrawals   []cid.Cid
	Contributors  []Contributor // what each gained in all; those who gained nothing are left out
	Lost          []Contributor // what each lost in all, by withdrawals
	Stats         Stats         // the differences
}

// Compare returns what changed from one version of a Datanet to a later one.
func Compare(from, to *Datanet) (Diff, error) {
	a, b := from.Manifest(), to.Manifest()
	if from.ID() != to.ID() || !extends(b.Contributions, a.Contributions) || !extends(b.Reviews, a.Reviews) || !extends(b.Withdrawals, a.Withdrawals) {
		return Diff{}, fmt.Errorf("manifest: %s is no earlier version of %s", from.CID(), to.CID())
	}
	d := Diff{
		From: a.Version, To: b.Version,
		Contributions: b.Contributions[len(a.Contributions):],
		Reviews:       b.Reviews[len(a.Reviews):],
		Withdrawals:   b.Withdrawals[len(a.Withdrawals):],
		Stats: Stats{
			Records:   b.Stats.Records - a.Stats.Records,
			Bytes:     b.Stats.Bytes - a.Stats.Bytes,
			Shards:    b.Stats.Shards - a.Stats.Shards,
			Withdrawn: b.Stats.Withdrawn - a.Stats.Withdrawn,

			WithdrawnBytes: b.Stats.WithdrawnBytes - a.Stats.WithdrawnBytes,
		},
	}
	i := 0
	for _, c := range b.Contributors { // both sorted, a's all in b's
		was := Contributor{}
		if i < len(a.Contributors) && compareContributors(a.Contributors[i], c) == 0 {
			was = a.Contributors[i]
			i++
		}
		gain, loss := c, c
		gain.Records, loss.Records = difference(c.Records, was.Records)
		gain.Bytes, loss.Bytes = difference(c.Bytes, was.Bytes)
		if gain.Records > 0 || gain.Bytes > 0 {
			d.Contributors = append(d.Contributors, gain)
		}
		if loss.Records > 0 || loss.Bytes > 0 {
			d.Lost = append(d.Lost, loss)
		}
	}
	return d, nil
}

// difference returns what there is more now than before, or less.
func difference(now, before uint64) (more, less uint64) {
	if now >= before {
		return now - before, 0
	}
	return 0, before - now
}
