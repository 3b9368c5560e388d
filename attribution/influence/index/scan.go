package index

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/openledger/openledger/compute/op"
)

// A Hit is a row with its score.
type Hit struct {
	Row   uint64 // by its number in the whole index
	Score int64
}

// before orders hits: the higher score first, of equal ones the first row.
func before(a, b Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Row, b.Row)) }

// A Part is what rows First to First+Rows-1 of an index say to a query.
type Part struct {
	First, Rows uint64
	Top         []Hit   // the highest, in order
	Totals      []Total // of the owners of these rows, in their order
}

// scanRows is how many rows are multiplied before their scores are looked at: their
// products stay in the first cache.
const scanRows = 2048

// Scores calls use with the scores of all rows, some at a time, in order. Scores
// is used again.
func (x *Index) Scores(e *op.Engine, q *Query, use func(first uint64, scores []int64)) error {
	if len(q.q) != x.Width {
		return fmt.Errorf("index: a query of %d elements for rows of %d bits: it was made for another index", len(q.q), x.Width)
	}
	products, scores := make([]int32, scanRows), make([]int64, scanRows)
	for k := range x.segments {
		s := &x.segments[k]
		for from := 0; from < s.rows(); from += scanRows {
			n := min(scanRows, s.rows()-from)
			e.SignDot(products[:n], s.signs[from*x.Width/8:][:n*x.Width/8], q.v)
			for i, p := range products[:n] {
				scores[i] = int64(s.row(from+i).Scale) * int64(p)
			}
			use(x.First+uint64(s.first+from), scores[:n])
		}
	}
	return nil
}

// Scan returns the highest scores, most of them at most, and all totals.
func (x *Index) Scan(e *op.Engine, q *Query, most int) (Part, error) {
	p := Part{First: x.First, Rows: uint64(x.count())}
	if most < 1 {
		return p, fmt.Errorf("index: the %d highest scores are asked for", most)
	}
	err := x.Scores(e, q, func(first uint64, scores []int64) {
		for i, s := range scores {
			if len(p.Top) < most || s > p.Top[len(p.Top)-1].Score {
				p.Top = insert(p.Top, Hit{first + uint64(i), s}, most)
			}
		}
	})
	if err != nil {
		return p, err
	}
	p.Totals = x.Totals(q)
	return p, nil
}

// insert keeps a list in order and at most so long.
func insert(top []Hit, h Hit, most int) []Hit {
	i, _ := slices.BinarySearchFunc(top, h, before)
	if len(top) == most {
		top = top[:most-1]
	}
	return slices.Insert(top, i, h)
}

// Merge puts together what parts of one index say to one query: what a scan of
// all rows would say, to the bit. Every row is in one part.
func Merge(most int, parts ...Part) (Part, error) {
	parts = slices.Clone(parts)
	slices.SortFunc(parts, func(a, b Part) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Rows, b.Rows)) })
	if len(parts) == 0 {
		return Part{}, errors.New("index: no parts to merge")
	}
	out := Part{First: parts[0].First}
	sums := map[uint32]*big.Int{} // which leave an int64 between two parts, but not at the end
	for _, p := range parts {
		if at := out.First + out.Rows; p.First != at {
			return Part{}, fmt.Errorf("index: a part of %d rows from row %d on, where row %d is next: rows are missing, or there twice", p.Rows, p.First, at)
		}
		if want := min(uint64(most), p.Rows); uint64(len(p.Top)) < want {
			return Part{}, fmt.Errorf("index: the part from row %d on has the %d highest scores, %d are needed", p.First, len(p.Top), want)
		}
		out.Rows += p.Rows
		out.Top = append(out.Top, p.Top...)
		for _, t := range p.Totals {
			if sums[t.Owner] == nil {
				sums[t.Owner] = new(big.Int)
			}
			sums[t.Owner].Add(sums[t.Owner], big.NewInt(t.Score))
		}
	}
	slices.SortFunc(out.Top, before)
	out.Top = out.Top[:min(most, len(out.Top))]
	for o, s := range sums {
		if !s.IsInt64() {
			return Part{}, fmt.Errorf("index: the total of owner %d is %v: more than an int64 holds", o, s)
		}
		out.Totals = append(out.Totals, Total{o, s.Int64()})
	}
	slices.SortFunc(out.Totals, func(a, b Total) int { return cmp.Compare(a.Owner, b.Owner) })
	return out, nil
}
