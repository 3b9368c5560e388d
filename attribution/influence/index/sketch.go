package index

import (
	"fmt"
	"math"

	"github.com/openledger/openledger/attribution/influence"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/train"
)

// A Projector makes rows of examples and queries of answers. It is not safe for
// concurrent use.
type Projector struct {
	e        *op.Engine
	x        *influence.Examples
	f        *Factors
	scratch  []turned
	width    int
	places   []uint32 // of each element of a gradient: where it is added, and in the highest bit whether it is taken off
	gradient []float32
	sketch   []float32 // (width)
}

// NewProjector makes a projector for samples of up to so many positions.
func NewProjector(e *op.Engine, m *llama.Model, l *llama.LoRA, f *Factors, longest, width int, seed uint64) (*Projector, error) {
	if err := checkWidth(width); err != nil {
		return nil, err
	}
	x, err := influence.NewExamples(m, l, longest)
	if err != nil {
		return nil, err
	}
	params := x.Params()
	if len(params) != len(f.parts) {
		return nil, fmt.Errorf("index: the adapter has %d matrices, the factors are of %d", len(params), len(f.parts))
	}
	for i, p := range params {
		if q := &f.parts[i]; q.name != p.Name || q.rows != p.Rows || q.cols != p.Cols {
			return nil, fmt.Errorf("index: the factors are of %s (%d,%d), the adapter has %s (%d,%d): they are of another one", q.name, q.rows, q.cols, p.Name, p.Rows, p.Cols)
		}
	}
	return &Projector{
		e: e, x: x, f: f, scratch: f.scratch(), width: width, places: places(x.Size(), width, seed),
		gradient: make([]float32, x.Size()), sketch: make([]float32, width),
	}, nil
}

// places draws where n elements go: the low bits of a word say the place, the
// highest one the sign.
func places(n, width int, seed uint64) []uint32 {
	out, w := make([]uint32, n), op.Words{Seed: seed, Purpose: op.PurposeSketch}
	for i := range out {
		x := w.Next()
		out[i] = x&uint32(width-1) | x&(1<<31)
	}
	return out
}

// Width returns the bits of a row.
func (p *Projector) Width() int { return p.width }

// project fills the sketch with the whitened gradient of a sample's losses. The
// elements of a gradient are added in their order.
func (p *Projector) project(s train.Sample) (loss float32, err error) {
	if loss, err = p.x.Gradient(s, p.gradient); err != nil {
		return 0, fmt.Errorf("index: %w", err)
	}
	p.f.whiten(p.e, p.gradient, p.scratch)
	if i := p.e.CheckFinite(p.gradient); i >= 0 {
		return 0, fmt.Errorf("index: element %d of a whitened gradient is %g: the adapter or its factors are broken", i, p.gradient[i])
	}
	clear(p.sketch)
	for i, v := range p.gradient {
		if at := p.places[i]; at>>31 == 0 {
			p.sketch[at] += v
		} else {
			p.sketch[at&^(1<<31)] -= v
		}
	}
	return loss, nil
}

// Row writes the bits of an example to a slice of Width()/8 bytes, and returns
// its scale: the mean size of a coordinate, rounded to a 4096th.
func (p *Projector) Row(s train.Sample, to []byte) (scale uint32, err error) {
	if _, err := p.project(s); err != nil {
		return 0, err
	}
	clear(to)
	for i, v := range p.sketch {
		if v < 0 {
			p.sketch[i] = -v
		} else {
			to[i/8] |= 1 << (i % 8)
		}
	}
	mean := op.Lanes(p.sketch) / float32(p.width)
	return uint32(min(math.RoundToEven(float64(mean)*scaleUnit), maxScale)), nil // the product is exact
}

// A Query is what an answer is looked up with.
type Query struct {
	Step float32 // what its integers count in
	q    []int8  // from -7 to 7
	v    *op.Int4s
}

// NewQuery makes a query of its integers, which it keeps.
func NewQuery(q []int8, step float32) (*Query, error) {
	if err := checkWidth(len(q)); err != nil {
		return nil, err
	}
	for i, x := range q {
		if x < -queryMost || x > queryMost {
			return nil, fmt.Errorf("index: element %d of a query is %d, want -%d to %[3]d", i, x, queryMost)
		}
	}
	return &Query{step, q, op.NewInt4s(q)}, nil
}

// Values returns the integers. They MUST NOT be changed.
func (q *Query) Values() []int8 { return q.q }

// Query makes the query of an answer: prompt and answer as a sample, of which the
// answer's tokens are targets; and the sum of their losses.
func (p *Projector) Query(s train.Sample) (_ *Query, loss float32, err error) {
	if loss, err = p.project(s); err != nil {
		return nil, 0, err
	}
	step := float32(queryStep * root(p.e.SumSquares(p.sketch)/float32(p.width)))
	q := make([]int8, p.width)
	if step > 0 {
		for i, v := range p.sketch {
			x := math.RoundToEven(float64(v / step))
			q[i] = int8(min(max(x, -queryMost), queryMost))
		}
	}
	made, err := NewQuery(q, step)
	return made, loss, err
}
