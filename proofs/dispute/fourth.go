package dispute

import (
	"errors"
	"fmt"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// WholeTile, as the At of an Ask for an OpenElement, wants the tile itself as it
// was claimed; its bytes need no signature, since their hash was opened before.
const WholeTile = -1

// A Last is the fourth opening, after a dispute that has found a wrong tile: who
// is guilty shows the tile that it claimed, and opens one element that differs
// from what the operands give. It changes no verdict. Out of its answers, honest
// or not, comes an Appeal for a judge who cannot compute a tile.
type Last struct {
	side    int
	tables  Tables
	program *trace.Program
	step    uint64
	value   int32
	spot    Spot
	truth   []byte // the tile that the operands give
	open    *opened
	said    Claimed
	answer  *Message
}

// Last begins the fourth opening of a side that is guilty of a wrong tile.
func (d *Dispute) Last(side int, t Tables) (*Last, error) {
	if d.phase != 0 || d.verdict.Kind != Tile || side < 0 || side > 1 || !d.verdict.Convicts(d.claims[side].signer.Account()) {
		return nil, errors.New("dispute: not guilty of a wrong tile")
	}
	ops, err := record.Open(d.records[side], d.config.Network)
	if err != nil {
		return nil, err
	}
	l := &Last{
		side: side, tables: t, program: d.program, step: d.step, value: d.value,
		said: Claimed{Ops: ops, List: d.lists[side], Leaves: d.tiles[side]}, open: &opened{inputs: d.shown},
	}
	_, l.spot = d.Spot()
	op := d.program.Ops[d.op]
	l.truth, err = d.config.Recompute(op, d.program.Shapes(d.op), d.out, d.tile, l.open.Tile)
	if err != nil {
		return nil, fmt.Errorf("dispute: no contract can judge the tile: %w", err)
	}
	return l, nil
}

// Ask returns what the side is to open next, and whether there is anything.
func (l *Last) Ask() (Ask, bool) {
	a := Ask{
		Side: l.side, Type: record.OpenElement, Step: l.step, Value: l.value,
		Op: int(l.spot.Op), Out: int(l.spot.Out), Tile: int(l.spot.Tile), At: WholeTile, Limit: len(l.truth),
	}
	if l.said.Tile != nil {
		a.At, a.Limit = int(l.spot.At), MaxProof
	}
	return a, l.answer == nil
}

// Take takes the answer to Ask; an error says why it is none.
func (l *Last) Take(answer []byte) error {
	if l.said.Tile == nil {
		return l.tile(answer)
	}
	m := new(Message)
	if err := canon.Decode(answer, m, canon.Limits{Total: MaxProof + maxEnvelope}); err != nil {
		return fmt.Errorf("dispute: not an answer: %w", err)
	}
	a := Appeal{Ops: l.said.Ops.Envelope(), Element: m.Record}
	s, err := a.open(l.said.Ops.Header().Network)
	if err != nil {
		return err
	}
	if got := (Spot{s.e.Op, s.e.Out, s.e.Tile, s.e.At}); got != l.spot {
		return fmt.Errorf("dispute: it opened element %+v, asked was %+v", got, l.spot)
	}
	l.answer = m
	return nil
}

// tile finds the first element of a claimed tile that differs.
func (l *Last) tile(claimed []byte) error {
	if len(claimed) != len(l.truth) || merkle.SHA256.Leaf(claimed) != l.said.Leaves[l.spot.Tile] {
		return errors.New("dispute: not the tile that was claimed")
	}
	v := &l.program.Values[l.value]
	tiling, err := v.Tiling()
	if err != nil {
		return err
	}
	at := firstDifference(claimed, l.truth)
	if at < 0 {
		return errors.New("dispute: the tile is what the operands give")
	}
	at /= v.Type.Size()
	_, _, _, cols := tiling.Rect(int(l.spot.Tile))
	l.spot.At, l.said.Tile = uint32(at/cols*merkle.Tile+at%cols), claimed
	return nil
}

// Spot returns the element that is asked for; that of the tile until it is shown.
func (l *Last) Spot() Spot { return l.spot }

// Appeal finds what is wrong with what the side opened.
func (l *Last) Appeal() (*Appeal, error) {
	if l.answer == nil {
		return nil, errors.New("dispute: the element is not opened yet")
	}
	return l.tables.Appeal(l.program, l.said, l.answer, l.open)
}

// Brief is the Appeal for a contract, with what the side signed before: plan and
// reveal. outlines are those of the plan, of which sketch is that of the step.
func (l *Last) Brief(plan, reveal record.Verified, outlines []Outline, sketch *Sketch) (*Brief, error) {
	a, err := l.Appeal()
	if err != nil {
		return nil, err
	}
	return l.tables.NewBrief(plan.Envelope(), reveal.Envelope(), outlines, sketch, l.program, *a, plan.Header().Network)
}

// opened are the tiles of operands that a proof shows.
type opened struct{ inputs []Input }

func (o *opened) find(in, tile int) (x *Input, k int, err error) {
	for i := range o.inputs {
		x = &o.inputs[i]
		if int(x.Operand) != in {
			continue
		}
		for k, n := range x.Proof.Indices {
			if n == uint64(tile) {
				return x, k, nil
			}
		}
	}
	return nil, 0, fmt.Errorf("dispute: tile %d of operand %d is needed and not shown", tile, in)
}

// Tile implements Shows.
func (o *opened) Tile(in, tile int) ([]byte, error) {
	x, k, err := o.find(in, tile)
	if err != nil {
		return nil, err
	}
	return x.Tiles[k], nil
}

// Path implements Shows.
func (o *opened) Path(in, tile int) ([]merkle.Digest, error) {
	x, k, err := o.find(in, tile)
	if err != nil {
		return nil, err
	}
	leaves := make([]merkle.Digest, len(x.Tiles))
	for i := range leaves {
		leaves[i] = merkle.SHA256.Leaf(x.Tiles[i])
	}
	p, err := x.Proof.Single(merkle.SHA256, leaves, k)
	return p.Path, err
}

// Wrong is what a side opened, to look for what does not follow from its plan or
// from itself. sketch is that of the step that the verdict names; nil if it names
// none.
func (d *Dispute) Wrong(side int, plan record.Verified, outlines []Outline, sketch *Sketch) (w Wrong, err error) {
	w = Wrong{Plan: plan, Reveal: d.claims[side].record, Outlines: outlines, Steps: d.steps[side], List: d.lists[side], Step: d.step, Sketch: sketch}
	if sketch == nil || w.List == nil {
		return w, nil
	}
	if w.Ops, err = record.Open(d.records[side], d.config.Network); err != nil {
		return w, err
	}
	w.Before = append(w.Before, d.program.Before...)
	for i := range d.program.Values {
		e := merkle.Entry{Name: d.program.Values[i].Name, Digest: d.lists[1-side][i]} // as the other side has it
		switch d.program.Values[i].Source {
		case trace.State:
			w.Before = append(w.Before, e)
		case trace.Frozen:
			w.Frozen = append(w.Frozen, e)
		}
	}
	byName(w.Before)
	byName(w.Frozen)
	return w, nil
}
