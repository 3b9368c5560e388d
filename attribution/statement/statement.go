// Package statement says, signed, whose data made an answer, and lets anybody
// compute it again.
//
// An Answer is provisional: the scores of an index, at once. It names the receipt
// of the answer and the record of the index, and holds what each owner's data
// did and gets of the amount. An Epoch is final: a pool divided by the exact
// scores of the epoch, with what the provisional ones had promised beside it.
//
// The invariant: both are pure functions of public inputs, all integers, and what
// is divided comes out: credits and the rest are the amount. Verify makes a
// statement again and compares every field, so a false one is found by one honest
// peer, whoever signed it.
//
// Start with Inputs.Answer and VerifyAnswer; final.go has the epochs.
package statement

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/openledger/openledger/attribution/influence/index"
	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/merkle"
)

// MostTop is how many rows a statement names at most.
const MostTop = 100

// A Source is one owner, what its data did for an answer, and what it gets.
type Source struct {
	Owner    uint32 // by its number in the index
	Gradient share.Score
	Spans    uint64 // from match, in its units
	Credit   *big.Int
}

// A Top is a row that helped most.
type Top struct {
	Row, Record uint64
	Owner       uint32
	Score       share.Score
}

// An Answer is a provisional statement.
type Answer struct {
	Receipt     [32]byte // ID of the receipt's Spec
	Index       [32]byte // ID of the index's Record
	Query       [32]byte // see QueryDigest
	Base, Tuned share.Nats
	Scores      Sum // of all rows
	Top         []Top
	Beta        uint64   // part of the gradients, in units of 1/share.Whole
	Amount      *big.Int // what the data of a fee may get
	Sources     []Source // in the order of owners
	Rest        *big.Int // of the amount, that stays in the pool
}

// Inputs are what a statement is made of; all can be had by anybody.
type Inputs struct {
	Receipt     [32]byte
	Record      *index.Record
	Index       *index.Index // all rows
	Engine      *op.Engine   // decides no bit
	Query       *index.Query // of the answer, with model and adapter
	Base, Tuned share.Nats   // loss of the answer without and with the adapter
	Spans       map[uint32]uint64
	Beta        uint64
	Amount      *big.Int // before the gain is taken of it
	Top         int
}

// QueryDigest is the sha-256 of a query's step and integers.
func QueryDigest(q *index.Query) [32]byte {
	b := merkle.Bytes([]float32{q.Step})
	return sha256.Sum256(append(slices.Clone(b), merkle.Bytes(q.Values())...))
}

// Answer makes the statement of an answer. The amount is lessened to the part
// that the adapter gained over the base, rounded down; the rest stays in the
// pool.
func (in *Inputs) Answer() (*Answer, error) {
	if in.Amount.Sign() < 0 || in.Top < 1 || in.Top > MostTop {
		return nil, fmt.Errorf("statement: an amount of %v, and the %d rows that helped most: at least 0, and 1 to %d", in.Amount, in.Top, MostTop)
	}
	if err := in.Record.Check(in.Index); err != nil {
		return nil, fmt.Errorf("statement: %w", err)
	}
	a := &Answer{Receipt: in.Receipt, Query: QueryDigest(in.Query), Base: in.Base, Tuned: in.Tuned, Beta: in.Beta, Amount: in.Amount}
	var err error
	if a.Index, err = in.Record.ID(); err != nil {
		return nil, err
	}
	scores := make([]int64, 0, in.Index.Rows)
	err = in.Index.Scores(in.Engine, in.Query, func(_ uint64, some []int64) { scores = append(scores, some...) })
	if err != nil {
		return nil, err
	}
	if a.Scores, err = SumOf(scores); err != nil {
		return nil, err
	}
	part, err := in.Index.Scan(in.Engine, in.Query, in.Top)
	if err != nil {
		return nil, err
	}
	for _, h := range part.Top {
		r, err := in.Index.Row(h.Row)
		if err != nil {
			return nil, err
		}
		a.Top = append(a.Top, Top{h.Row, uint64(r.Record), r.Owner, share.Score(h.Score)})
	}
	return a, a.divide(part.Totals, in.Spans)
}

// divide makes the sources of totals and spans, and their credits.
func (a *Answer) divide(totals []index.Total, spans map[uint32]uint64) error {
	for _, t := range totals {
		a.Sources = append(a.Sources, Source{Owner: t.Owner, Gradient: share.Score(t.Score), Spans: spans[t.Owner]})
	}
	for owner, s := range spans {
		known := slices.ContainsFunc(totals, func(t index.Total) bool { return t.Owner == owner })
		if !known && s > 0 {
			a.Sources = append(a.Sources, Source{Owner: owner, Spans: s})
		}
	}
	slices.SortFunc(a.Sources, func(x, y Source) int { return cmp.Compare(x.Owner, y.Owner) })
	sources := make([]share.Source, len(a.Sources))
	for i, s := range a.Sources {
		sources[i] = share.Source{Owner: uint64(s.Owner), Gradient: s.Gradient, Spans: s.Spans}
	}
	gained := new(big.Int).Mul(a.Amount, new(big.Int).SetUint64(share.Gain(a.Base, a.Tuned)))
	gained.Rsh(gained, 32)
	credits, err := share.Provisional(gained, a.Beta, sources)
	if err != nil {
		return err
	}
	a.Rest = new(big.Int).Set(a.Amount)
	for i, c := range credits {
		a.Sources[i].Credit = c
		a.Rest.Sub(a.Rest, c)
	}
	return nil
}

// ErrFalse says that a statement is not what its inputs give. What it wraps says
// where.
var ErrFalse = errors.New("statement: false")

// VerifyAnswer makes a statement again and says in what it is false.
func VerifyAnswer(a *Answer, in *Inputs) error {
	again, err := in.Answer()
	if err != nil {
		return err
	}
	fields := func(x *Answer) []any {
		return []any{
			"receipt", x.Receipt, "index", x.Index, "query", x.Query, "loss of the base", x.Base, "loss with the adapter", x.Tuned,
			"scores", x.Scores, "rows that helped most", x.Top, "part of the gradients", x.Beta, "amount", x.Amount, "sources", x.Sources, "rest", x.Rest,
		}
	}
	return differ(fields(a), fields(again))
}

// differ compares lists of names and values.
func differ(stated, made []any) error {
	for i := 0; i < len(made); i += 2 {
		if s, m := fmt.Sprint(stated[i+1]), fmt.Sprint(made[i+1]); s != m {
			return fmt.Errorf("%w: %v: it states %s, computed again it is %s", ErrFalse, made[i], brief(s), brief(m))
		}
	}
	return nil
}

func brief(s string) string {
	if len(s) > 120 {
		return s[:120] + "..."
	}
	return s
}
