package lab

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/openledger/openledger/attribution/influence"
	"github.com/openledger/openledger/attribution/influence/baseline"
	"github.com/openledger/openledger/attribution/influence/index"
	"github.com/openledger/openledger/compute/train"
)

// Estimates trains the first worker and returns what is estimated at the end of its
// run by GradDot, DataInf, EK-FAC and the real-time index.
func (l *Lab) Estimates(widths ...int) ([]Method, error) {
	x := l.workers[0]
	if err := x.Train(nil); err != nil {
		return nil, err
	}
	examples, err := influence.NewExamples(x.Model, x.LoRA, l.longest())
	if err != nil {
		return nil, err
	}
	b, err := baseline.NewBank(x.Engine, examples, l.Samples, l.Queries)
	if err != nil {
		return nil, err
	}
	f, err := baseline.NewFactors(x.Engine, x.Model, x.LoRA, l.Samples, 2, 7)
	if err != nil {
		return nil, err
	}
	ekfac, err := baseline.EKFAC(b, f, 0.1)
	if err != nil {
		return nil, err
	}
	indexed, err := l.Indexed(widths...)
	return append([]Method{{"GradDot", baseline.GradDot(b)}, {"DataInf", baseline.DataInf(b)}, {"EK-FAC", ekfac}}, indexed...), err
}

// longest returns the positions of the longest sample or query.
func (l *Lab) longest() (n int) {
	for _, all := range [][]train.Sample{l.Samples, l.Queries} {
		for _, s := range all {
			n = max(n, len(s.IDs))
		}
	}
	return n
}

// Indexed computes the scores of the real-time index with rows of so many bits, for
// the adapter as the first worker has it now: the last step of the run.
func (l *Lab) Indexed(widths ...int) (methods []Method, err error) {
	dir, err := os.MkdirTemp("", "lab")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	x := l.workers[0]
	f, err := index.NewFactors(x.Engine, x.Model, x.LoRA, l.Samples, 7)
	if err != nil {
		return nil, err
	}
	for _, width := range widths {
		s, err := l.indexed(x, f, filepath.Join(dir, fmt.Sprint(width)), width)
		if err != nil {
			return nil, err
		}
		methods = append(methods, Method{fmt.Sprintf("index, %d B", width/8), s})
	}
	return methods, nil
}

func (l *Lab) indexed(x *Worker, f *index.Factors, path string, width int) (scores [][]float64, err error) {
	p, err := index.NewProjector(x.Engine, x.Model, x.LoRA, f, l.longest(), width, 7)
	if err != nil {
		return nil, err
	}
	w, err := index.Continue(path, index.Head{Width: width, Rows: uint64(len(l.Samples))})
	if err != nil {
		return nil, err
	}
	err = index.Build(w, p, l.Samples, func(i int) index.Row { return index.Row{Owner: uint32(l.Owners[i]), Record: uint32(i)} }, nil)
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	file, err := index.Open(path, [32]byte{})
	if err != nil {
		return nil, err
	}
	defer file.Close()
	for _, s := range l.Queries {
		q, _, err := p.Query(s)
		if err != nil {
			return nil, err
		}
		var row []float64
		err = file.Scores(x.Engine, q, func(_ uint64, some []int64) {
			for _, v := range some {
				row = append(row, float64(v)*float64(q.Step))
			}
		})
		if err != nil {
			return nil, err
		}
		scores = append(scores, row)
	}
	return scores, nil
}
