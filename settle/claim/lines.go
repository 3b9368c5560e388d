package claim

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"slices"

	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/epoch"
)

// A Source is what an account earned with.
type Source struct {
	Kind string   // model: a usage, its model; Datanet: a distribution, its pool; storage: what pinners are paid
	ID   [32]byte // of the model, or the pool
}

// A Line is what an account earned by one source, in units of 1e-18 OPEN.
type Line struct {
	Source
	Pending, Final *big.Int // in epochs that can still be proven wrong; in those that are final
	Records        []Ref    // that it follows from, the latest last
}

// A Ref names a record of an epoch, and what it follows from.
type Ref struct {
	Epoch, Record uint64
	Evidence      [32]byte // of a distribution: digest of its statements; of a usage: its result's output
	Part          uint32   // of a distribution
	Amount        *big.Int
	Final         bool
}

// Lines reads the data of epochs and returns what an account earned, by source.
func Lines(ctx context.Context, k *chain.Contracts, f *chain.Follower, account epoch.Account) ([]Line, error) {
	posted, err := f.Posted(ctx)
	if err != nil {
		return nil, err
	}
	_, final, err := k.Tip(ctx)
	if err != nil {
		return nil, err
	}
	lines := make(map[Source]*Line)
	for _, p := range posted {
		n := p.Header.Epoch
		split, err := k.Split(ctx, n)
		if err != nil {
			return nil, fmt.Errorf("read the split of epoch %d: %w", n, err)
		}
		_, d, err := f.Epoch(ctx, n)
		if err != nil {
			return nil, err
		}
		i := uint64(0)
		for r, err := range d.All(ctx) {
			if err != nil {
				return nil, err
			}
			if sum := earnedBy(r, account, split); sum.Sign() > 0 {
				add(lines, r, Ref{Epoch: n, Record: i, Amount: sum, Final: n <= final})
			}
			i++
		}
	}
	var all []Line
	for _, l := range lines {
		all = append(all, *l)
	}
	slices.SortFunc(all, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), slices.Compare(a.ID[:], b.ID[:]))
	})
	return all, nil
}

func earnedBy(r *epoch.Record, account epoch.Account, split [6]uint16) *big.Int {
	sum := new(big.Int)
	to, amounts := r.Moves(split)
	for j := range to {
		if to[j] == account {
			sum.Add(sum, amounts[j].ToBig())
		}
	}
	return sum
}

func add(lines map[Source]*Line, r *epoch.Record, ref Ref) {
	var s Source
	if r.Usage != nil {
		s, ref.Evidence = Source{"model", r.Usage.Request.Model}, r.Usage.Result.Output
	} else {
		d := &r.Payment.Distribution
		s, ref.Evidence, ref.Part = Source{"Datanet", d.Pool}, d.Evidence, d.Part
		if d.Pool == epoch.StoragePool {
			s.Kind = "storage"
		}
	}
	l, ok := lines[s]
	if !ok {
		l = &Line{Source: s, Pending: new(big.Int), Final: new(big.Int)}
		lines[s] = l
	}
	if ref.Final {
		l.Final.Add(l.Final, ref.Amount)
	} else {
		l.Pending.Add(l.Pending, ref.Amount)
	}
	l.Records = append(l.Records, ref)
}
