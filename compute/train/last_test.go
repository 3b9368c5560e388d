package train

import (
	"encoding/binary"
	"errors"
	"slices"
	"testing"

	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	sealed "github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// lastStep goes on where a dispute has found a wrong tile: the cheat opens one of
// the elements that differ, truly or so that it has the bits that it claimed, and
// is convicted by who knows nothing of the job. The honest side never is.
func lastStep(t *testing.T, where string, d *dispute.Dispute, honest, cheat *side) {
	t.Helper()
	n, at := d.Spot()
	program, err := honest.tracer.Program(n)
	if err != nil {
		t.Fatal(err)
	}
	batch, err := cheat.g.batch(n)
	if err != nil {
		t.Fatal(err)
	}
	sketch, err := tape.Tables.Sketch(program, trace.Samples(batch.Samples))
	if err != nil {
		t.Fatal(err)
	}
	outlines := make([]dispute.Outline, cheat.g.steps)
	outlines[n-1] = sketch.Outline
	tiling, err := program.Values[program.Ops[at.Op].Out[at.Out]].Tiling()
	if err != nil {
		t.Fatal(err)
	}
	mine, theirs := honest.tile(n, at), cheat.tile(n, at)
	differs := 0
	for mine[differs] == theirs[differs] {
		differs++
	}
	_, _, _, cols := tiling.Rect(int(at.Tile))
	at.At = uint32(differs/4/cols*merkle.Tile + differs/4%cols)
	claimed := binary.LittleEndian.Uint32(theirs[differs/4*4:])

	for _, s := range []*side{honest, cheat} {
		plan := sign(t, s.key, dispute.PlanHeader(gameNet, s.reveal.Header().Subject), &dispute.Plan{Steps: dispute.Steps(outlines)})
		list, err := s.Digests(n)
		if err != nil {
			t.Fatal(err)
		}
		leaves, err := s.Tiles(n, program.Ops[at.Op].Out[at.Out])
		if err != nil {
			t.Fatal(err)
		}
		ops := sign(t, s.key, dispute.OpeningHeader(s.reveal, sealed.OpenOps, n, 0), &dispute.Opening{Count: uint64(len(list)), Digest: trace.List(list)})
		said := dispute.Claimed{Ops: ops, List: list, Leaves: leaves, Tile: s.tile(n, at)}
		for _, dodge := range []bool{false, true} {
			if dodge && s == honest {
				continue
			}
			err := s.tracer.Operands(n, int(at.Op), func(o dispute.Operands) error { // equal on both sides
				e, entries, err := tape.Tables.Entries(program, at, o)
				if err != nil {
					return err
				}
				if dodge { // the last step makes it so
					last := slices.Clone(entries[len(entries)-1])
					end := dispute.LineSize - 4
					if e.Rule != dispute.Lines {
						end = 20 // sum after
					}
					binary.BigEndian.PutUint32(last[end:], claimed)
					entries[len(entries)-1], e.Result = last, claimed
				}
				m, err := dispute.SealElement(s.key, ops, e, entries)
				if err != nil {
					return err
				}
				a, err := tape.Tables.Appeal(program, said, m, dispute.ShowsOf(o))
				if err != nil {
					return err
				}
				x, err := tape.Tables.NewBrief(plan.Envelope(), s.reveal.Envelope(), outlines, sketch, program, *a, gameNet)
				if err != nil {
					return err
				}
				b, err := canon.Encode(x)
				if err != nil {
					return err
				}
				f, err := dispute.JudgeBrief(b, gameNet)
				if f.Guilty != s.key.Public() || f.Step != n {
					t.Errorf("%s: the last step convicts %v in step %d", where, f.Guilty, f.Step)
				}
				return err
			})
			if s == cheat && err != nil || s == honest && !errors.Is(err, dispute.ErrNothing) {
				t.Errorf("%s, the honest side %v, dodge %v: %v", where, s == honest, dodge, err)
			}
		}
	}
}

func sign(t *testing.T, key sealed.Key, h sealed.Header, payload canon.Value) sealed.Verified {
	t.Helper()
	b, err := canon.Encode(payload)
	if err != nil {
		t.Fatal(err)
	}
	v, err := sealed.Seal(key, h, b)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// tile returns a tile of a result as the side computed it.
func (s *side) tile(n uint64, at dispute.Spot) (b []byte) {
	s.g.t.Helper()
	_, err := s.run(n, &dispute.Watch{After: func(seen dispute.Seen) error {
		if seen.Op != int(at.Op) {
			return nil
		}
		value := seen.Program.Ops[seen.Op].Out[at.Out]
		v, all := &seen.Program.Values[value], seen.Bytes(value)
		tiling, err := v.Tiling()
		if err != nil {
			return err
		}
		row, col, rows, cols := tiling.Rect(int(at.Tile))
		for r := row; r < row+rows; r++ {
			b = append(b, all[4*(r*v.Cols+col):][:4*cols]...)
		}
		return tape.ErrStop
	}})
	if err != nil {
		s.g.t.Fatal(err)
	}
	return b
}
