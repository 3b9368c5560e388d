package tape

import (
	"fmt"

	"github.com/openledger/openledger/compute/op"
)

func initAdapters() {
	rules[Adapt] = rule{
		name: "Adapt", in: "mmi?", out: "m", share: [][]int{{0}},
		shape: func(a *Attrs, in []shape) []shape {
			ok := in[0].rows == in[1].rows && in[0].cols > 0 && in[1].cols > 0 && a.Module >= 0
			return fit(ok && (in[2] == shape{} || isColumn(in[2], in[0])), in[0])
		},
		run: runAdapt,
	}
}

// runAdapt computes y = fma(scale, B(A(x)), y) for each run of rows with one
// adapter. A row's bits depend on its own adapter only.
func runAdapt(f *frame, a *App) error {
	y, x := f.m(a.Out[0]), f.m(a.In[1])
	f.begin(y, a.In[0])
	if len(f.b.Groups) == 0 {
		return nil
	}
	var of []int32 // row of the batch that each row of y belongs to; nil: the same
	if a.In[2] != None {
		of = f.ints(a.In[2])
	}
	f.runs = f.runs[:0]
	for row := 0; row < y.Rows; {
		g, end := f.group(row, of), row+1
		for end < y.Rows && f.group(end, of) == g {
			end++
		}
		if g < 0 {
			return fmt.Errorf("row %d is in no group of the batch", row)
		}
		if m := f.b.Groups[g].Adapter; m != nil && int(a.Attrs.Module) < len(m.Modules) {
			if m.Wait != nil {
				m.Wait(int(a.Attrs.Module))
			}
			run, err := m.Modules[a.Attrs.Module].rows(row, end, x.Cols, y.Cols)
			if err != nil {
				return err
			}
			f.runs = append(f.runs, run)
		}
		row = end
	}
	f.e.AddAdapters(y, x, f.runs)
	return nil
}

// rows returns the module as op has it, for rows from..to-1.
func (m *AdapterModule) rows(from, to, inputs, outputs int) (op.AdapterRows, error) {
	if m.A == nil {
		return op.AdapterRows{}, nil
	}
	a, oka := m.A.(*cpuWeights)
	b, okb := m.B.(*cpuWeights)
	if !oka || !okb || a.w.K() != inputs || b.w.N() != outputs || a.w.N() != b.w.K() || a.typ == Q8 || b.typ == Q8 {
		return op.AdapterRows{}, fmt.Errorf("adapter of shapes that do not fit %d inputs and %d outputs, or of another backend", inputs, outputs)
	}
	return op.AdapterRows{From: from, To: to, A: a.w, B: b.w, Scale: m.Scale}, nil
}

// group returns the group of a row, -1 if it has none.
func (f *frame) group(row int, of []int32) int {
	if of != nil {
		row = int(of[row])
	}
	for i := range f.b.Groups {
		if row -= f.b.Groups[i].Rows; row < 0 {
			return i
		}
	}
	return -1
}
