package influence

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// The inside of a step back, as package trace names it: the lowered tapes of its
// parts, the model's among them. Its state is the adjoint, the moment and the
// scores; what the run recorded is given.

// Facts are what a step back takes from the run: the tensor digests of the
// parameters before the step (of a batch of queries: at the end), of the second
// moments after it, by the names that the run's states give them, and the clip
// factor. Whoever checks a step back compares them with the states that the run
// committed to.
type Facts struct {
	Before, Second map[string]merkle.Digest // by parameter
	Clip           float32
}

// An Outline knows the program of every step of a way back: what a referee needs,
// without weights. The trainer may be that of train.Outline.
type Outline struct {
	t       *train.Trainer
	tapes   *tapes
	samples int       // of the run
	weights []float32 // of the queries that count
	queries *llama.Gradients
	picked  bool
}

// NewOutline returns the outline of a way back through a run over so many
// samples, for queries with these weights, none of them 0. Where the trainer is
// of train.Outline, its longest sample MUST be that of the queries too.
func NewOutline(t *train.Trainer, samples int, weights []float32) *Outline {
	g, rows := t.Gradients(), tape.Tokens
	if picked(g) {
		rows = tape.Picks
	}
	return &Outline{t, newTapes(g.Params, t.Options().Optimizer, samples, rows), samples, weights, g, picked(g)}
}

func (o *Outline) batches() int { return (len(o.weights) + QueryBatch - 1) / QueryBatch }

// Of returns what step n back, counted from 1, reads: the queries first to
// last-1, or else step of the run.
func (o *Outline) Of(n uint64) (first, last, step int) {
	if k := int(n) - 1; k < o.batches() {
		return k * QueryBatch, min((k+1)*QueryBatch, len(o.weights)), 0
	}
	return 0, 0, len(o.t.Options().Rates) - (int(n) - 1 - o.batches())
}

// Program returns the inside of step n back, counted from 1. numbers are those of
// its samples in the run, none for queries; contents[i] is trace.SampleContent
// of samples[i], or empty, and what follows from it is then unknown. frozen is
// the digest that train.Tracer.Frozen returns.
func (o *Outline) Program(n uint64, frozen merkle.Digest, numbers []int, samples []trace.Sample, contents [][]byte, f Facts) (*trace.Program, error) {
	w, err := o.write(n, numbers, samples, contents, f)
	if err != nil {
		return nil, fmt.Errorf("influence: step back %d: %w", n, err)
	}
	w.Program.Frozen = frozen
	return w.Program, w.Program.Check()
}

// A writer writes the program of one step back.
type writer struct {
	*tape.Writer
	o     *Outline
	parts []part
	facts Facts

	queried bool // it reads queries, not samples of the run
}

// A part is a tape within a program, or the operator strides.
type part struct {
	tape.Part         // without a Tape: strides
	model     bool    // it works on the states of the model, not of the way back
	fresh     bool    // gradients begin as zeros
	made      []int32 // by input: the value that it is; Absent: the binding has it
}

func (o *Outline) write(n uint64, numbers []int, samples []trace.Sample, contents [][]byte, f Facts) (*writer, error) {
	_, all, step := o.Of(n)
	first, last, _ := o.Of(n)
	if n < 1 || step < 0 || step == 0 && all == 0 || len(contents) != len(samples) || len(samples) == 0 ||
		step > 0 && len(numbers) != len(samples) || step == 0 && len(samples) != last-first {
		return nil, fmt.Errorf("%d samples, %d numbers, %d contents", len(samples), len(numbers), len(contents))
	}
	w := &writer{Writer: tape.NewWriter(), o: o, facts: f}
	for _, s := range o.states() {
		w.State[s.name] = w.Add(trace.Value{Source: trace.State, Type: merkle.F32, Rows: s.rows, Cols: s.cols, Name: s.name})
	}
	var err error
	if w.queried = step == 0; w.queried {
		err = w.queries(n, samples, contents, o.weights[first:last])
	} else {
		err = w.reverse(step, numbers, samples, contents)
	}
	for _, s := range o.states() {
		w.Program.Final = append(w.Program.Final, trace.Final{Name: s.name, Value: w.State[s.name]})
	}
	w.Program.Before, w.Program.After = counters(n-1), counters(n)
	return w, err
}

// counters is the entry of a state that is no matrix: the steps back done.
func counters(n uint64) []merkle.Entry {
	b := canon.AppendUint(canon.AppendArray(nil, 1), n)
	return []merkle.Entry{{Name: "counters", Digest: merkle.SHA256.Leaf(b)}}
}

// A named is one matrix of the state of the way back.
type named struct {
	name       string
	rows, cols int
}

// states lists the matrices of the state in the order of their names.
func (o *Outline) states() (all []named) {
	for _, kind := range []string{adjoint, moment} {
		for _, p := range o.t.Params() {
			all = append(all, named{kind + p.Name, p.Rows, p.Cols})
		}
	}
	return append(all, named{scores, o.samples, 1})
}

// given adds the values of a parameter that the run recorded.
func (w *writer) given(kind, as string, p llama.Param, digests map[string]merkle.Digest) error {
	d, ok := digests[p.Name]
	if !ok {
		return fmt.Errorf("no digest of %s%s", kind, p.Name)
	}
	w.State[as+p.Name] = w.Add(trace.Value{
		Source: trace.Given, Type: merkle.F32, Rows: p.Rows, Cols: p.Cols, Name: kind + p.Name, Digest: d,
	})
	return nil
}

func digestOf(x []float32, rows, cols int) (merkle.Digest, error) {
	v := trace.Value{Type: merkle.F32, Rows: rows, Cols: cols}
	return v.DigestOf(merkle.Bytes(x))
}

// queries writes the gradients of queries at the run's result.
func (w *writer) queries(n uint64, samples []trace.Sample, contents [][]byte, weights []float32) error {
	err := train.Zeros(w.Writer, w.o.t.Params())
	for _, p := range w.o.t.Params() {
		if err == nil {
			err = w.given("", "", p, w.facts.Before)
		}
	}
	for i := range samples {
		if err == nil {
			_, err = w.micro(w.o.queries, n, samples[i:i+1], contents[i:i+1], weights[i], i == 0)
		}
	}
	w.Program.Loss = w.State["loss"]
	if err != nil {
		return err
	}
	return w.part(w.o.tapes.query, 1, tape.Binding{Step: n}, nil)
}

// reverse writes the way back over a step of the run.
func (w *writer) reverse(n int, numbers []int, samples []trace.Sample, contents [][]byte) error {
	t, o, x := w.o.t, w.o.t.Options(), w.o.tapes
	learnt := 0
	for _, s := range samples {
		learnt += int(s.Learnt)
	}
	if learnt == 0 {
		return fmt.Errorf("nothing is learnt")
	}
	for _, p := range t.Params() {
		if err := w.given(before, before, p, w.facts.Before); err != nil {
			return err
		}
		if o.Optimizer.Kind == "adamw" {
			if err := w.given(second, second, p, w.facts.Second); err != nil {
				return err
			}
		}
	}
	p1, p2 := t.Powers(n)
	part := func(p *tape.Tape, made map[string]int32, inputs ...float32) error {
		return w.part(p, 1, scalars(uint64(n), inputs...), made)
	}
	if err := part(x.copy, nil); err != nil {
		return err
	}
	if err := part(x.back, nil, o.Rates[n-1], p1, p2); err != nil {
		return err
	}
	if err := part(x.turn, nil, w.facts.Clip); err != nil {
		return err
	}
	e, half := w.strides(w.last("sum of squares"))
	w.Program.Loss = e
	var found [2][]int32 // losses by micro-batch
	for side, move := range []*tape.Tape{x.plus, x.minus} {
		if err := part(move, map[string]int32{stride: e}, 0); err != nil {
			return err
		}
		if err := train.Zeros(w.Writer, t.Params()); err != nil {
			return err
		}
		for i := 0; i < len(samples); i += o.Micro {
			end := min(i+o.Micro, len(samples))
			value, err := w.micro(t.Gradients(), uint64(n), samples[i:end], contents[i:end], 1/float32(learnt), i == 0)
			if err != nil {
				return fmt.Errorf("samples %d to %d: %w", i, end, err)
			}
			found[side] = append(found[side], value)
		}
	}
	for k := range found[0] {
		var ids []int32
		for i := k * o.Micro; i < min((k+1)*o.Micro, len(samples)); i++ {
			rows := int(samples[i].Positions)
			if w.o.picked {
				rows = int(samples[i].Learnt)
			}
			ids = append(ids, slices.Repeat([]int32{int32(numbers[i])}, rows)...)
		}
		b := scalars(uint64(n), 0, 0, 0, 0, 1/float32(learnt))
		b.Dims = tape.Dims{Tokens: len(ids), Picks: len(ids)}
		b.Inputs[2] = tape.Data{I: ids}
		made := map[string]int32{"losses plus": found[0][k], "losses minus": found[1][k], per: half}
		if err := w.part(x.score, len(ids), b, made); err != nil {
			return err
		}
	}
	return part(x.down, map[string]int32{per: half}, 0, 1-float32(o.Rates[n-1]*o.Optimizer.Decay))
}

func scalars(n uint64, inputs ...float32) tape.Binding {
	b := tape.Binding{Step: n, Dims: tape.Dims{Tokens: 1, Picks: 1}}
	for _, x := range inputs {
		b.Inputs = append(b.Inputs, tape.Data{F: []float32{x}})
	}
	return b
}

// last returns the latest value of a name.
func (w *writer) last(name string) int32 {
	for i := len(w.Program.Values) - 1; i >= 0; i-- {
		if w.Program.Values[i].Name == name {
			return int32(i)
		}
	}
	panic("influence: internal error: no value " + name)
}

// part writes a tape of ours.
func (w *writer) part(t *tape.Tape, rows int, b tape.Binding, made map[string]int32) error {
	if b.Dims == (tape.Dims{}) {
		b.Dims = tape.Dims{Tokens: 1, Picks: 1}
	}
	low, err := t.Lower(b.Dims, 1)
	if err != nil {
		return err
	}
	var p part
	p.Part, err = w.Part(low, tape.Env{}, b, func(class tape.Class, input int, v trace.Value) (int32, error) {
		if class == tape.State { // it is made here, before anything reads it
			return trace.Absent, nil
		}
		value, ok := made[v.Name]
		if !ok {
			p.made = append(p.made, trace.Absent)
			return w.Given(v, b.Inputs[input])
		}
		p.made = append(p.made, value)
		return value, nil
	})
	w.parts = append(w.parts, p)
	return err
}

// micro writes a micro-batch through the model and returns its losses.
func (w *writer) micro(g *llama.Gradients, n uint64, samples []trace.Sample, contents [][]byte, weight float32, fresh bool) (losses int32, err error) {
	p, err := train.Micro(w.Writer, g, n, samples, contents, weight)
	if err != nil {
		return 0, err
	}
	w.parts = append(w.parts, part{Part: p, model: true, fresh: fresh})
	return w.last("losses"), nil
}

// Strides is the operator of a step back that no tape has: from a sum of squares
// (1,1) to e and 1/(2e), both (1,1). Its code is above those of package tape.
const Strides uint16 = 1100

func (w *writer) strides(total int32) (e, half int32) {
	scalar := func(name string) int32 {
		return w.Add(trace.Value{Source: trace.Made, Type: merkle.F32, Rows: 1, Cols: 1, Name: name})
	}
	e, half = scalar(stride), scalar(per)
	w.parts = append(w.parts, part{Part: tape.Part{First: len(w.Program.Ops)}})
	w.Program.Ops = append(w.Program.Ops, trace.Op{
		Code: Strides, Attrs: canon.AppendArray(nil, 0), Name: "Strides", In: []int32{total}, Out: []int32{e, half},
	})
	return e, half
}

// Referee is tape.CPU.Referee with the operator Strides: dispute.Rules.Recompute
// of a way back.
func Referee(cpu *tape.CPU) func(o trace.Op, in []trace.Shape, out, tile int, open func(in, tile int) ([]byte, error)) ([]byte, error) {
	return func(o trace.Op, in []trace.Shape, out, tile int, open func(in, tile int) ([]byte, error)) ([]byte, error) {
		if o.Code != Strides {
			return cpu.Referee(o, in, out, tile, open)
		}
		if len(in) != 1 || in[0] != (trace.Shape{Type: merkle.F32, Rows: 1, Cols: 1}) || out < 0 || out > 1 || tile != 0 {
			return nil, fmt.Errorf("strides of %v have no tile %d of result %d", in, tile, out)
		}
		b, err := open(0, 0)
		if err != nil || len(b) != 4 {
			return nil, fmt.Errorf("strides of %d bytes: %w", len(b), err)
		}
		return stridesOf(b, out), nil
	}
}

// stridesOf is Strides on bytes.
func stridesOf(total []byte, out int) []byte {
	e, half := strideOf(merkle.Floats(total)[0])
	return bytes.Clone(merkle.Bytes([]float32{[]float32{e, half}[out]}))
}
