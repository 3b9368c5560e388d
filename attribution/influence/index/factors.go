package index

import (
	"fmt"
	"slices"

	"github.com/openledger/openledger/attribution/influence"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/train"
)

// A Factors whitens gradients of a LoRA. Of each of its matrices the side of the
// rank has a full basis, the eigenvectors of the second moments there; of the long
// side the Directions with the largest second moments are known and all others
// count as one. In this basis the gradient's elements have mean squares, whose
// inverse roots are what it is multiplied with.
//
// Labels are drawn from the model, so it is the Fisher matrix, not the empirical
// one.
type Factors struct {
	parts []part // by parameter, in the order of influence.Examples
}

// A part whitens one matrix.
type part struct {
	name       string
	rows, cols int
	tall       bool      // the long side is that of the rows: a lora_B
	short      op.Matrix // (r, r) eigenvectors, one a row
	long       op.Matrix // (directions, n)
	scale      op.Matrix // (r, directions): of an element in the basis
	rest       []float32 // (r): of what the directions leave
}

// sides returns the lengths of the short and the long side.
func (p *part) sides() (short, long int) {
	if p.tall {
		return p.cols, p.rows
	}
	return p.rows, p.cols
}

func newPart(p llama.Param) part {
	x := part{name: p.Name, rows: p.Rows, cols: p.Cols, tall: p.Rows > p.Cols}
	short, long := x.sides()
	x.short, x.long = op.NewMatrix(short, short), op.NewMatrix(min(Directions, long), long)
	x.scale, x.rest = op.NewMatrix(short, x.long.Rows), make([]float32, short)
	return x
}

// MaxFactorSamples is how many samples the factors are made of at most, spread
// evenly over the data.
const MaxFactorSamples = 1024

// NewFactors makes the factors of an adapter from the samples that it learnt.
func NewFactors(e *op.Engine, m *llama.Model, l *llama.LoRA, samples []train.Sample, seed uint64) (*Factors, error) {
	if len(samples) == 0 {
		return nil, fmt.Errorf("index: no samples to make factors of")
	}
	f := &Factors{}
	keep := []string{"logits"}
	for _, p := range l.Params() {
		f.parts = append(f.parts, newPart(p))
		for _, name := range values(p.Name) {
			if !slices.Contains(keep, name) {
				keep = append(keep, name)
			}
		}
	}
	chosen := spread(samples, MaxFactorSamples)
	x, err := influence.NewExamples(m, l, longest(chosen), keep...)
	if err != nil {
		return nil, err
	}
	b := &bench{e: e, x: x, gradient: make([]float32, x.Size())}
	if err := b.draw(chosen, seed); err != nil {
		return nil, err
	}
	if err := f.find(b, seed); err != nil {
		return nil, err
	}
	return f, f.weigh(b)
}

func values(param string) []string {
	reads, writes := influence.Around(param)
	return []string{reads, writes}
}

// spread returns at most n samples, evenly far from each other.
func spread(samples []train.Sample, n int) []train.Sample {
	if len(samples) <= n {
		return samples
	}
	out := make([]train.Sample, n)
	for i := range out {
		out[i] = samples[i*len(samples)/n]
	}
	return out
}

func longest(samples []train.Sample) (n int) {
	for _, s := range samples {
		n = max(n, len(s.IDs))
	}
	return n
}

// A bench computes gradients of samples whose labels the model drew.
type bench struct {
	e        *op.Engine
	x        *influence.Examples
	samples  []train.Sample // of the first draw, then of the next
	gradient []float32      // the last one
}

// draw draws labels for the samples, draws times.
func (b *bench) draw(samples []train.Sample, seed uint64) error {
	drawing := influence.NewDrawing(b.e, seed, 0)
	drawn := make([]train.Sample, draws*len(samples))
	for i, s := range samples {
		if _, err := b.x.Gradient(s, b.gradient); err != nil {
			return fmt.Errorf("index: sample %d: %w", i, err)
		}
		for k := range draws {
			drawn[k*len(samples)+i] = drawing.Labels(s, b.x.Value("logits"))
		}
	}
	b.samples = drawn
	return nil
}

// each computes the gradients of samples and calls use after each.
func (b *bench) each(samples []train.Sample, use func() error) error {
	for _, s := range samples {
		if _, err := b.x.Gradient(s, b.gradient); err != nil {
			return fmt.Errorf("index: %w", err)
		}
		if err := use(); err != nil {
			return err
		}
	}
	return nil
}

// value returns a kept value as (positions, columns).
func (b *bench) value(name string, cols int) op.Matrix {
	x := b.x.Value(name)
	return op.Matrix{Data: x, Rows: len(x) / cols, Cols: cols, Stride: cols}
}

// find finds the bases: of the long sides by the power method on the first draw,
// one pass over the samples an iteration, without ever holding a matrix of second
// moments; of the short sides, in the last pass, by Jacobi's rotations.
func (f *Factors) find(b *bench, seed uint64) error {
	e := b.e
	next, moments := make([]op.Matrix, len(f.parts)), make([]op.Matrix, len(f.parts))
	first := uint64(0)
	for i := range f.parts {
		p := &f.parts[i]
		next[i], moments[i] = op.NewMatrix(p.long.Rows, p.long.Cols), op.NewMatrix(p.short.Rows, p.short.Rows)
		e.Normals(p.long.Data, seed, first, 0, op.PurposeInit, 1)
		first += uint64(len(p.long.Data))
		orthonormal(e, p.long)
	}
	for n := range iterations {
		for i := range next {
			clear(next[i].Data)
		}
		err := b.each(b.samples[:len(b.samples)/draws], func() error {
			for i := range f.parts {
				p := &f.parts[i]
				at := values(p.name)
				long, short := b.value(at[0], p.cols), b.value(at[1], p.rows)
				if p.tall {
					long, short = short, long
				}
				on := op.NewMatrix(long.Rows, p.long.Rows)
				e.Gemm(on, long, p.long, false, true, false)
				e.Gemm(next[i], on, long, true, false, true)
				if n == iterations-1 {
					e.Gemm(moments[i], short, short, true, false, true)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		for i := range f.parts {
			f.parts[i].long, next[i] = next[i], f.parts[i].long
			orthonormal(e, f.parts[i].long)
		}
	}
	for i := range f.parts {
		f.parts[i].short = eigen(moments[i])
	}
	return nil
}

// weigh measures the mean squares over all draws, and makes scales of them.
func (f *Factors) weigh(b *bench) error {
	e := b.e
	squares, rows := make([]op.Matrix, len(f.parts)), make([][]float32, len(f.parts))
	scratch := f.scratch()
	for i := range f.parts {
		squares[i], rows[i] = op.NewMatrix(f.parts[i].scale.Rows, f.parts[i].scale.Cols), make([]float32, len(f.parts[i].rest))
	}
	err := b.each(b.samples, func() error {
		f.eachPart(b.gradient, func(i int, g op.Matrix) {
			h, on := f.parts[i].turn(e, g, &scratch[i])
			for k := range rows[i] {
				rows[i][k] += e.SumSquares(h.Row(k))
			}
			e.Mul(on, on, on)
			e.Add(squares[i], squares[i], on)
		})
		return nil
	})
	if err != nil {
		return err
	}
	for i := range f.parts {
		f.parts[i].invert(squares[i], rows[i], float32(len(b.samples)))
	}
	return nil
}

// invert turns sums of squares over n gradients into scales.
func (p *part) invert(squares op.Matrix, rows []float32, n float32) {
	_, long := p.sides()
	others := float32(long - p.long.Rows)
	total := op.Lanes(rows)
	floor := float32(float32(damping*total) / float32(n*float32(p.rows*p.cols)))
	if !(floor > 0) {
		return // nothing moves this matrix: all scales stay 0
	}
	for k := range rows {
		for j, s := range squares.Row(k) {
			p.scale.Row(k)[j] = 1 / root(float32(s/n)+floor)
		}
		left := rows[k] - op.Lanes(squares.Row(k))
		if others == 0 {
			continue // nothing is left of a row
		}
		p.rest[k] = 1 / root(float32(max(left, 0)/float32(n*others))+floor)
	}
}

// A turned is scratch memory for one part.
type turned struct {
	h, on op.Matrix
}

func (f *Factors) scratch() []turned {
	out := make([]turned, len(f.parts))
	for i := range f.parts {
		short, long := f.parts[i].sides()
		out[i] = turned{op.NewMatrix(short, long), op.NewMatrix(short, f.parts[i].long.Rows)}
	}
	return out
}

// eachPart calls use for the matrix of each parameter of a gradient.
func (f *Factors) eachPart(gradient []float32, use func(i int, g op.Matrix)) {
	for i := range f.parts {
		p := &f.parts[i]
		n := p.rows * p.cols
		use(i, op.Matrix{Data: gradient[:n], Rows: p.rows, Cols: p.cols, Stride: p.cols})
		gradient = gradient[n:]
	}
}

// turn writes the gradient in the basis of the short side, (r, n), and its
// elements along the directions of the long one, (r, directions).
func (p *part) turn(e *op.Engine, g op.Matrix, s *turned) (h, on op.Matrix) {
	e.Gemm(s.h, p.short, g, false, p.tall, false)
	e.Gemm(s.on, s.h, p.long, false, true, false)
	return s.h, s.on
}

// whiten writes the whitened gradient over the gradient: part after part, the
// short side first. Its basis differs from the gradient's by a rotation of the
// short side, which no product shows.
func (f *Factors) whiten(e *op.Engine, gradient []float32, scratch []turned) {
	f.eachPart(gradient, func(i int, g op.Matrix) {
		p := &f.parts[i]
		h, on := p.turn(e, g, &scratch[i])
		for k := range p.rest {
			for j, s := range p.scale.Row(k) {
				on.Row(k)[j] *= float32(s - p.rest[k])
			}
			e.ScaleSlice(h.Row(k), p.rest[k])
		}
		e.Gemm(h, on, p.long, false, false, true)
		copy(g.Data, h.Data)
	})
}
