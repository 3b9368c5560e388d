package dispute

import (
	"errors"
	"fmt"
	"slices"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// An Again does step n again under a watch and returns the step's program, which
// is that of each operator that the watch is shown. Its methods are what a Run is
// asked for.
type Again func(n uint64, w *Watch) (*trace.Program, error)

// A Watch looks at the operators of a step that is done again, each before and
// after it. A look that returns trace.ErrStop ends the step.
type Watch struct {
	Before, After func(Seen) error // nil: nobody looks

	stopped bool
}

// A Seen is an operator of a program under a watch, with the bytes of the values that it reads
// or has made. It implements Operands.
type Seen struct {
	Program *trace.Program
	Op      int
	Bytes   func(value int32) []byte
}

// See shows an operator to one look of the watch, Before or After.
func (w *Watch) See(look func(Seen) error, at Seen) error {
	if look == nil || w.stopped {
		return nil
	}
	err := look(at)
	w.stopped = errors.Is(err, trace.ErrStop)
	return err
}

// SeeBoth shows an operator whose operands are not replaced by its results. That the
// step ends there is no error.
func (w *Watch) SeeBoth(at Seen) error {
	err := w.See(w.Before, at)
	if err == nil {
		err = w.See(w.After, at)
	}
	if w.stopped {
		return nil
	}
	return err
}

// Stopped says whether a look ended the step.
func (w *Watch) Stopped() bool { return w.stopped }

// Digests returns the digest of every value of step n. rest knows those that no
// operator makes and that are no states which one reads.
func (a Again) Digests(n uint64, rest func(v *trace.Value) (merkle.Digest, error)) ([]merkle.Digest, error) {
	seen := make(map[int32]merkle.Digest)
	note := func(at Seen, values []int32, source trace.Source) error {
		for _, i := range values {
			if i == trace.Absent || seen[i] != (merkle.Digest{}) || at.Program.Values[i].Source != source {
				continue
			}
			var err error
			if seen[i], err = at.Program.Values[i].DigestOf(at.Bytes(i)); err != nil {
				return err
			}
		}
		return nil
	}
	p, err := a(n, &Watch{
		Before: func(at Seen) error { return note(at, at.Program.Ops[at.Op].In, trace.State) },
		After:  func(at Seen) error { return note(at, at.Program.Ops[at.Op].Out, trace.Made) },
	})
	if err != nil {
		return nil, err
	}
	all := make([]merkle.Digest, len(p.Values))
	for i := range all {
		d, ok := seen[int32(i)]
		if !ok {
			if d, err = rest(&p.Values[i]); err != nil {
				return nil, err
			}
		}
		all[i] = d
	}
	return all, nil
}

// Tiles returns the tile leaves of a value that an operator of step n makes.
func (a Again) Tiles(n uint64, value int32) (leaves []merkle.Digest, err error) {
	_, err = a(n, &Watch{After: func(at Seen) error {
		if !slices.Contains(at.Program.Ops[at.Op].Out, value) {
			return nil
		}
		var err error
		if leaves, err = at.LeavesOf(value); err != nil {
			return err
		}
		return trace.ErrStop
	}})
	if err == nil && leaves == nil {
		err = fmt.Errorf("no operator of step %d makes value %d", n, value)
	}
	return leaves, err
}

// Operands does step n up to an operator and shows its operands.
func (a Again) Operands(n uint64, op int, use func(Operands) error) error {
	used := false
	_, err := a(n, &Watch{Before: func(at Seen) error {
		if at.Op != op {
			return nil
		}
		used = true
		if err := use(at); err != nil {
			return err
		}
		return trace.ErrStop
	}})
	if err == nil && !used {
		err = fmt.Errorf("step %d has no operator %d", n, op)
	}
	return err
}

// LeavesOf returns the tile leaves of a value that the operator reads or has made.
func (s Seen) LeavesOf(value int32) ([]merkle.Digest, error) {
	t, err := s.Program.Values[value].Tiling()
	if err != nil {
		return nil, err
	}
	leaves := make([]merkle.Digest, t.Tiles())
	merkle.NewHasher().Tiles(leaves, t, s.Bytes(value), 0)
	return leaves, nil
}

func (s Seen) operand(in int) (int32, error) {
	refs := s.Program.Ops[s.Op].In
	if in < 0 || in >= len(refs) || refs[in] == trace.Absent {
		return 0, fmt.Errorf("operator %d has no operand %d", s.Op, in)
	}
	return refs[in], nil
}

// Leaves implements Operands.
func (s Seen) Leaves(in int) ([]merkle.Digest, error) {
	value, err := s.operand(in)
	if err != nil {
		return nil, err
	}
	return s.LeavesOf(value)
}

// Tile implements Operands.
func (s Seen) Tile(in, tile int) ([]byte, error) {
	value, err := s.operand(in)
	if err != nil {
		return nil, err
	}
	v := &s.Program.Values[value]
	t, err := v.Tiling()
	if err != nil {
		return nil, err
	}
	if tile < 0 || tile >= t.Tiles() {
		return nil, fmt.Errorf("operand %d has no tile %d", in, tile)
	}
	row, col, rows, cols := t.Rect(tile)
	size, b := v.Type.Size(), s.Bytes(value)
	out := make([]byte, 0, rows*cols*size)
	for i := row; i < row+rows; i++ {
		out = append(out, b[(i*v.Cols+col)*size:][:cols*size]...)
	}
	return out, nil
}
