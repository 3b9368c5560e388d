package train

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// The inside of a step, as package trace names it: the lowered tapes of its
// micro-batches, then that of the optimizer, with the states handed on from one
// to the next. Gradients begin as zeros and end with the step.

// Outline makes a Trainer that runs nothing and knows the Program of any step:
// what a referee needs of a job, without its weights. The model is that of
// llama.Outline; longest is the positions of the longest sample.
func Outline(m *llama.Model, lora *llama.LoRA, longest int, options Options) (*Trainer, error) {
	o, err := options.complete()
	if err != nil {
		return nil, err
	}
	t := &Trainer{options: o, model: m, lora: lora}
	if t.grads, err = m.NewGradients(llama.GradConfig{Tokens: tape.MaxInner, Context: longest, LoRA: lora}); err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	if t.update, err = newUpdater(tape.Paper{}, t.grads.Params, o); err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	return t, nil
}

// Program returns the inside of step n, counted from 1, given its samples in
// order; contents[i] is trace.SampleContent of samples[i] or empty, and what
// follows from it is then unknown. frozen is the digest that Frozen returns.
func (t *Trainer) Program(n uint64, frozen merkle.Digest, samples []trace.Sample, contents [][]byte) (*trace.Program, error) {
	w, err := t.write(n, samples, contents)
	if err != nil {
		return nil, err
	}
	w.Program.Frozen = frozen
	return w.Program, w.Program.Check()
}

// A writer writes the program of one step.
type writer struct {
	*tape.Writer
	t     *Trainer
	parts []tape.Part
}

func (t *Trainer) write(n uint64, samples []trace.Sample, contents [][]byte) (*writer, error) {
	if n < 1 || n > uint64(len(t.options.Rates)) || len(samples) == 0 || len(contents) != len(samples) {
		return nil, fmt.Errorf("train: step %d of %d, %d samples, %d contents", n, len(t.options.Rates), len(samples), len(contents))
	}
	w := &writer{Writer: tape.NewWriter(), t: t}
	for _, s := range t.tensors() {
		w.State[s.name] = w.Add(trace.Value{Source: trace.State, Type: merkle.F32, Rows: s.rows, Cols: s.cols, Name: s.name})
	}
	if err := Zeros(w.Writer, t.grads.Params); err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	learnt := 0
	for _, s := range samples {
		learnt += int(s.Learnt)
	}
	for i := 0; i < len(samples); i += t.options.Micro {
		end := min(i+t.options.Micro, len(samples))
		p, err := Micro(w.Writer, t.grads, n, samples[i:end], contents[i:end], weight(learnt))
		if err != nil {
			return nil, fmt.Errorf("train: step %d, samples %d to %d: %w", n, i, end, err)
		}
		w.parts = append(w.parts, p)
	}
	w.loss(weight(learnt))
	if err := w.optimizer(n); err != nil {
		return nil, fmt.Errorf("train: step %d: %w", n, err)
	}
	for _, s := range t.tensors() {
		w.Program.Final = append(w.Program.Final, trace.Final{Name: s.name, Value: w.State[s.name]})
	}
	w.Program.Before, w.Program.After = t.countersEntry(n-1), t.countersEntry(n)
	return w, nil
}

// countersEntry is the entry of the counters in the state after n steps.
func (t *Trainer) countersEntry(n uint64) []merkle.Entry {
	p1, p2 := t.powers(n)
	return []merkle.Entry{{Name: "counters", Digest: merkle.SHA256.Leaf(counters(n, p1, p2))}}
}

// powers returns the running powers of the betas after n steps.
func (t *Trainer) powers(n uint64) (p1, p2 float32) {
	p1, p2 = 1, 1
	for range n {
		p1, p2 = float32(p1*t.options.Optimizer.Beta1), float32(p2*t.options.Optimizer.Beta2)
	}
	return p1, p2
}

// Zeros makes the loss and the gradients zeros.
func Zeros(w *tape.Writer, params []llama.Param) (err error) {
	if w.State["loss"], err = w.Zeros("loss", 1, 1); err != nil {
		return err
	}
	for _, p := range params {
		if w.State[gradOf(p)], err = w.Zeros(gradOf(p), p.Rows, p.Cols); err != nil {
			return err
		}
	}
	return nil
}

// Micro writes a micro-batch through a model: it adds to the loss and to the
// gradients. contents[i] is trace.SampleContent of samples[i] or empty, and what
// follows from it is then unknown.
func Micro(w *tape.Writer, g *llama.Gradients, n uint64, samples []trace.Sample, contents [][]byte, weight float32) (tape.Part, error) {
	b, whole, longest := llama.Batch{}, true, 0
	for i, s := range samples {
		if s.Learnt == 0 || s.Learnt > s.Positions {
			return tape.Part{}, fmt.Errorf("sample %d has %d targets at %d positions: no run learns from it", i, s.Learnt, s.Positions)
		}
		ids, targets, ok := Content(s, contents[i])
		if ok && trace.NewSample(ids, targets).Learnt != s.Learnt {
			return tape.Part{}, fmt.Errorf("sample %d has not the %d targets that it claims", i, s.Learnt)
		}
		whole, longest = whole && ok, max(longest, len(ids))
		b.IDs, b.Targets, b.Docs = append(b.IDs, ids...), append(b.Targets, targets...), append(b.Docs, len(ids))
	}
	bind, err := g.Bind(b, weight, n)
	if err != nil {
		return tape.Part{}, err
	}
	low, err := g.Tape().Lower(bind.Dims, longest)
	if err != nil {
		return tape.Part{}, err
	}
	own := bind.Clone() // Bind uses its memory again
	return w.Part(low, g.Env(), own, func(class tape.Class, input int, v trace.Value) (int32, error) {
		switch {
		case class != tape.Input: // of the model, which is not trained
			return w.Frozen(v), nil
		case whole || v.Name == "positions" || v.Name == "weight":
			return w.Given(v, own.Inputs[input])
		}
		return w.Add(v), nil
	})
}

// Content reads a sample from its content, as trace.SampleContent writes it;
// without that, and with ok false, it has the right shape.
func Content(s trace.Sample, content []byte) (ids, targets []int32, ok bool) {
	n := int(s.Positions)
	ids, targets = make([]int32, n), make([]int32, n)
	if len(content) != 8*n || n == 0 {
		for i := int(s.Learnt); i < n; i++ {
			targets[i] = NoTarget
		}
		return ids, targets, false
	}
	for i := range n {
		ids[i] = int32(binary.LittleEndian.Uint32(content[4*i:]))
		targets[i] = int32(binary.LittleEndian.Uint32(content[4*(n+i):]))
	}
	return ids, targets, true
}

// loss writes the mean of the losses, which the step's leaf has.
func (w *writer) loss(weight float32) {
	f := w.Add(trace.Value{
		Source: trace.Given, Type: merkle.F32, Rows: 1, Cols: 1, Name: "weight", Digest: trace.Scalar(math.Float32bits(weight)),
	})
	w.Program.Loss = w.Add(trace.Value{Source: trace.Made, Type: merkle.F32, Rows: 1, Cols: 1, Name: "mean loss"})
	w.Program.Ops = append(w.Program.Ops, trace.Op{
		Code: uint16(tape.ScaleBy), Attrs: tape.Attrs{}.AppendCanon(nil), Name: "ScaleBy (mean loss)",
		In: []int32{w.State["loss"], f}, Out: []int32{w.Program.Loss},
	})
}

func (w *writer) optimizer(n uint64) error {
	u := w.t.update
	low, err := u.tape.Lower(tape.Dims{Tokens: 1, Picks: 1}, 1)
	if err != nil {
		return err
	}
	p1, p2 := w.t.powers(n)
	bind := tape.Binding{Step: n, Dims: tape.Dims{Tokens: 1, Picks: 1}}
	for _, x := range []float32{w.t.options.Rates[n-1], p1, p2} {
		bind.Inputs = append(bind.Inputs, tape.Data{F: []float32{x}})
	}
	p, err := w.Part(low, u.env, bind, func(_ tape.Class, input int, v trace.Value) (int32, error) {
		return w.Given(v, bind.Inputs[input])
	})
	w.parts = append(w.parts, p)
	return err
}

// counters is the canonical form of the counters after n steps.
func counters(n uint64, p1, p2 float32) []byte {
	b := canon.AppendArray(nil, 3)
	b = canon.AppendUint(b, n)
	b = canon.AppendUint(b, uint64(math.Float32bits(p1)))
	return canon.AppendUint(b, uint64(math.Float32bits(p2)))
}
