package tape

import (
	"errors"
	"fmt"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// Referee is Recompute as a dispute asks for it. An operand or result that is
// not finite is dispute.ErrNoResult: an honest run ends there.
func (c *CPU) Referee(o trace.Op, in []trace.Shape, out, tile int, open func(in, tile int) ([]byte, error)) ([]byte, error) {
	var a Attrs
	if err := canon.Decode(o.Attrs, &a, canon.Limits{}); err != nil {
		return nil, err
	}
	shapes := make([]Shape, len(in))
	for i, s := range in {
		shapes[i] = Shape{Type(s.Type), s.Rows, s.Cols}
	}
	b, err := c.Recompute(Code(o.Code), a, shapes, out, tile, open)
	var bad *NonFiniteError
	if errors.As(err, &bad) {
		err = fmt.Errorf("%w: %w", dispute.ErrNoResult, err)
	}
	return b, err
}

// TableBytes returns the first rows of a rotary table as a slot of class Table
// has them.
func TableBytes(t *op.RopeTable, rows int) []byte { return merkle.Bytes(ropeRows(t, rows).Data) }

// Products says what an element of a product is a chain of, for the last step of
// a dispute: MatMul, MatMulT and MatMulGrad, of weights that are not Q8.
func Products(o trace.Op, in []trace.Shape, out, row, col int) (dispute.Product, error) {
	var a Attrs
	if err := canon.Decode(o.Attrs, &a, canon.Limits{}); err != nil {
		return dispute.Product{}, err
	}
	none := dispute.Access{In: -1}
	p := dispute.Product{Start: none, With: none}
	at := func(i int) dispute.Access {
		if i >= len(in) || in[i] == (trace.Shape{}) {
			return none
		}
		return dispute.Access{In: i, Row: row, Col: col}
	}
	along := func(i, from, fixed int, down bool) dispute.Access {
		if down {
			return dispute.Access{In: i, Row: from, Col: fixed, DRow: 1}
		}
		return dispute.Access{In: i, Row: fixed, Col: from, DCol: 1}
	}
	switch code := Code(o.Code); {
	case len(in) < 2:
	case code == MatMul:
		from, to := a.bounds(in[inX].Cols)
		p.A, p.B, p.Inner = along(inX, from, row, false), along(inW, from, col, false), to-from
		if p.Start, p.With = at(inRun), at(inC); p.With.In < 0 {
			if p.With = at(inBias); p.With.In >= 0 {
				p.With.Row = 0
			}
		}
	case code == MatMulT:
		from, to := a.bounds(in[inX].Cols)
		p.A, p.B, p.Inner = along(inX, from, row, false), along(inW, from, col, true), to-from
		p.Start, p.With = at(inTRun), at(inTC)
	case code == MatMulGrad:
		p.A, p.B, p.Inner = along(0, 0, row, true), along(1, 0, col, true), in[0].Rows
		p.With = at(2)
	}
	if p.Inner <= 0 {
		return p, fmt.Errorf("tape: %v is no product of two f32 chains", Code(o.Code))
	}
	if p.With.In >= 0 {
		p.Rule = dispute.Plus
	}
	return p, nil
}
