package tape

import (
	"errors"
	"fmt"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// A Trace commits to one run of a lowered tape: the tensor digest of each slot.
// Inputs, weights, tables and states have theirs from before the run; values
// and updates as they were written. A slot that nothing wrote has the zero
// digest.
type Trace struct {
	Tape    *Tape
	Digests []merkle.Digest // by slot
}

// AppendLeaf appends application i as the trace commits to it: code,
// attributes, operands and results, each of the latter as type, rows, columns
// and digest, all zero for one that is absent.
func (t *Trace) AppendLeaf(b []byte, i int) []byte {
	a := &t.Tape.Apps[i]
	b = canon.AppendArray(b, 4)
	b = canon.AppendUint(b, uint64(a.Code))
	b = a.Attrs.AppendCanon(b)
	for _, refs := range [][]Ref{a.In, a.Out} {
		b = canon.AppendArray(b, len(refs))
		for _, r := range refs {
			var s Slot
			var d merkle.Digest
			if r != None {
				s, d = t.Tape.Slots[r], t.Digests[r]
			}
			b = canon.AppendArray(b, 4)
			b = canon.AppendUint(b, uint64(s.Type))
			b = canon.AppendUint(b, uint64(s.Rows))
			b = canon.AppendUint(b, uint64(s.Cols))
			b = canon.AppendBytes(b, d[:])
		}
	}
	return b
}

// ErrStop ends an inspected run early without an error.
var ErrStop = trace.ErrStop

// A Hook sees a run between its applications.
type Hook struct {
	Before func(app int, v *Values) error // its operands are in v
	After  func(app int, v *Values) error // operands, as before, and results
}

// Values gives access to the slots of a run that have a value now.
type Values struct {
	p      *cpuProgram
	h      *merkle.Hasher
	frozen map[Ref][]byte // weights and tables as they were stored
}

// Trace runs a lowered tape and digests every slot. The States in env change as
// in any run: give it copies that hold what they held when the run to be traced
// began.
func (c *CPU) Trace(t *Tape, env Env, b *Binding) (*Trace, error) {
	tr := &Trace{Tape: t, Digests: make([]merkle.Digest, len(t.Slots))}
	digest := func(v *Values, r Ref) (err error) {
		if r != None {
			tr.Digests[r], err = v.Digest(r)
		}
		return err
	}
	err := c.Inspect(t, env, b, Hook{
		Before: func(i int, v *Values) error {
			if i > 0 {
				return nil
			}
			for r := range t.Slots {
				if t.Slots[r].Class <= State {
					if err := digest(v, Ref(r)); err != nil {
						return err
					}
				}
			}
			return nil
		},
		After: func(i int, v *Values) error {
			for _, r := range t.Apps[i].Out {
				if err := digest(v, r); err != nil {
					return err
				}
			}
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	return tr, nil
}

// Inspect runs a lowered tape, calling the hook around each application. Only
// the States that an application replaces change under its operands.
func (c *CPU) Inspect(t *Tape, env Env, b *Binding, hook Hook) error {
	p, err := c.program(t, env, b.Dims, false)
	if err != nil {
		return err
	}
	if err := p.bind(b); err != nil {
		return err
	}
	v := &Values{p, merkle.NewHasher(), make(map[Ref][]byte)}
	for i := range t.Apps {
		if hook.Before != nil {
			err = hook.Before(i, v)
		}
		if err == nil {
			err = p.app(i)
		}
		if err == nil && hook.After != nil {
			err = hook.After(i, v)
		}
		if errors.Is(err, ErrStop) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Rows and Cols return the shape of a slot.
func (v *Values) Rows(r Ref) int { return v.p.dims.of(v.p.t.Slots[r].Rows) }
func (v *Values) Cols(r Ref) int { return int(v.p.t.Slots[r].Cols) }

// Tiling returns how a slot is cut into tiles.
func (v *Values) Tiling(r Ref) (merkle.Tiling, error) {
	s := &v.p.t.Slots[r]
	shape := []int{v.p.dims.of(s.Rows), int(s.Cols)}
	if s.Vector || s.Class == Update && v.p.t.Slots[s.Of].Vector {
		shape = shape[1:]
	}
	t, err := merkle.NewTiling(merkle.DType(s.Type), shape...)
	if err != nil {
		return t, fmt.Errorf("tape: slot %d, %v: %w", r, s.shape(), err)
	}
	return t, nil
}

// Bytes returns a slot row by row, little endian. The memory may be that of the
// run and is good until the next application.
func (v *Values) Bytes(r Ref) []byte {
	s, o := &v.p.t.Slots[r], &v.p.f.slots[r]
	if s.Type == I32 {
		return merkle.Bytes(o.i)
	}
	if s.Class != Table && o.w == nil {
		return merkle.Bytes(o.m.Data)
	}
	b, ok := v.frozen[r]
	if !ok {
		if s.Class == Table {
			b = merkle.Bytes(ropeRows(o.t, int(s.Rows)).Data)
		} else {
			b = weightBytes(o.w)
		}
		v.frozen[r] = b
	}
	return b
}

// Tile returns the bytes of one tile of a slot, as Open has them.
func (v *Values) Tile(r Ref, tile int) ([]byte, error) {
	t, err := v.Tiling(r)
	if err != nil {
		return nil, err
	}
	if tile < 0 || tile >= t.Tiles() {
		return nil, fmt.Errorf("tape: slot %d has no tile %d", r, tile)
	}
	return cutTile(t, v.Bytes(r), v.Rows(r), v.Cols(r), tile), nil
}

// cutTile copies a tile out of a matrix of n rows of m elements.
func cutTile(t merkle.Tiling, data []byte, n, m, tile int) []byte {
	row, col, rows, cols := t.Rect(tile)
	size := len(data) / (n * m)
	b := make([]byte, 0, rows*cols*size)
	for i := row; i < row+rows; i++ {
		b = append(b, data[(i*m+col)*size:][:cols*size]...)
	}
	return b
}

// Digest returns the tensor digest of a slot.
func (v *Values) Digest(r Ref) (merkle.Digest, error) {
	t, err := v.Tiling(r)
	if err != nil {
		return merkle.Digest{}, err
	}
	return v.h.Tensor(t, v.Bytes(r)), nil
}

// weightBytes returns packed weights as they were stored; of Q8, the digits.
func weightBytes(w *op.Weights) []byte {
	n, k := w.N(), w.K()
	if w.Format() == op.Q8 {
		digits := make([]int8, n*k)
		row, _ := w.Int8()
		for i := range n {
			row(i, digits[i*k:(i+1)*k])
		}
		return merkle.Bytes(digits)
	}
	b := make([]byte, n*k*w.Format().Bytes())
	values := make([]float32, k)
	size := k * w.Format().Bytes()
	for i := range n {
		w.Row(i, values)
		if to := b[i*size:][:size]; w.Format() == op.F32 {
			copy(to, merkle.Bytes(values))
		} else {
			op.Narrow(to, w.Format(), values)
		}
	}
	return b
}
