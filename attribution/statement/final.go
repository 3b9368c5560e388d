package statement

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"github.com/openledger/openledger/attribution/share"
)

// An Epoch is a final statement: a pool, divided by exact scores.
type Epoch struct {
	Epoch    uint64
	Pool     [32]byte // account
	Index    [32]byte // ID of the index's Record, whose owners these are
	Amount   *big.Int
	Policy   share.Policy
	Clusters []share.Cluster
	Floor    share.Score
	Capped   *big.Int
	Rolled   *big.Int
	Owners   []Difference
}

// A Difference is what an owner gets, beside what was promised provisionally.
type Difference struct {
	Owner              uint64
	Promised, Credited *big.Int
}

// More returns what the owner gets above what was promised; negative: less.
func (d Difference) More() *big.Int { return new(big.Int).Sub(d.Credited, d.Promised) }

// Settle divides the pool of an epoch. answers are the provisional statements of
// the epoch, in any order, each once; all are of the index.
func Settle(epoch uint64, pool, index [32]byte, amount *big.Int, clusters []share.Cluster, p share.Policy, answers []*Answer) (*Epoch, error) {
	out, err := share.Final(amount, clusters, p)
	if err != nil {
		return nil, err
	}
	e := &Epoch{Epoch: epoch, Pool: pool, Index: index, Amount: amount, Policy: p, Clusters: slices.Clone(clusters), Floor: out.Floor, Capped: out.Capped, Rolled: out.Rolled}
	owners := map[uint64]*Difference{}
	of := func(owner uint64) *Difference {
		if owners[owner] == nil {
			owners[owner] = &Difference{owner, new(big.Int), new(big.Int)}
		}
		return owners[owner]
	}
	seen := map[[32]byte]bool{}
	for _, a := range answers {
		if a.Index != index || seen[a.Receipt] {
			return nil, fmt.Errorf("statement: of receipt %x: it is there twice, or of another index", a.Receipt)
		}
		seen[a.Receipt] = true
		for _, s := range a.Sources {
			if s.Credit.Sign() > 0 {
				d := of(uint64(s.Owner))
				d.Promised.Add(d.Promised, s.Credit)
			}
		}
	}
	for _, c := range share.ByOwner(clusters, out.Credits) {
		of(c.Owner).Credited.Set(c.Amount)
	}
	for _, d := range owners {
		e.Owners = append(e.Owners, *d)
	}
	slices.SortFunc(e.Owners, func(a, b Difference) int { return cmp.Compare(a.Owner, b.Owner) })
	return e, nil
}

// VerifyEpoch makes a final statement again, of the exact scores that a replay
// gives, and says in what it is false.
func VerifyEpoch(e *Epoch, clusters []share.Cluster, answers []*Answer) error {
	again, err := Settle(e.Epoch, e.Pool, e.Index, e.Amount, clusters, e.Policy, answers)
	if err != nil {
		return err
	}
	fields := func(x *Epoch) []any {
		return []any{"clusters", x.Clusters, "floor", x.Floor, "capped", x.Capped, "rolled over", x.Rolled, "credits", x.Owners}
	}
	return differ(fields(e), fields(again))
}
