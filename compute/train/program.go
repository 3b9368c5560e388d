package train

import (
	"errors"
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
	w.p.Frozen = frozen
	return w.p, w.p.Check()
}

// A writer writes the program of one step.
type writer struct {
	t     *Trainer
	p     *trace.Program
	parts []section
	state map[string]int32 // where the value of each state is now
	named map[string]int32 // frozen values and tables
}

// A section is a lowered tape within a program.
type section struct {
	tape   *tape.Tape
	env    tape.Env
	bind   tape.Binding
	first  int     // its first operator
	values []int32 // by slot
}

func (t *Trainer) write(n uint64, samples []trace.Sample, contents [][]byte) (*writer, error) {
	if n < 1 || n > uint64(len(t.options.Rates)) || len(samples) == 0 || len(contents) != len(samples) {
		return nil, fmt.Errorf("train: step %d of %d, %d samples, %d contents", n, len(t.options.Rates), len(samples), len(contents))
	}
	w := &writer{t: t, p: new(trace.Program), state: make(map[string]int32), named: make(map[string]int32)}
	for _, s := range t.tensors() {
		w.state[s.name] = w.add(trace.Value{Source: trace.State, Type: merkle.F32, Rows: s.rows, Cols: s.cols, Name: s.name})
	}
	zeros := func(name string, rows, cols int) error {
		d, err := zeroDigest(rows, cols)
		w.state[name] = w.add(trace.Value{Source: trace.Given, Type: merkle.F32, Rows: rows, Cols: cols, Name: "zeros for " + name, Digest: d})
		return err
	}
	err := zeros("loss", 1, 1)
	for _, p := range t.grads.Params {
		err = errors.Join(err, zeros(gradOf(p), p.Rows, p.Cols))
	}
	if err != nil {
		return nil, err
	}
	learnt := 0
	for _, s := range samples {
		learnt += int(s.Learnt)
	}
	for i := 0; i < len(samples); i += t.options.Micro {
		end := min(i+t.options.Micro, len(samples))
		if err := w.micro(n, samples[i:end], contents[i:end], weight(learnt)); err != nil {
			return nil, fmt.Errorf("train: step %d, samples %d to %d: %w", n, i, end, err)
		}
	}
	w.loss(weight(learnt))
	if err := w.optimizer(n); err != nil {
		return nil, fmt.Errorf("train: step %d: %w", n, err)
	}
	for _, s := range t.tensors() {
		w.p.Final = append(w.p.Final, trace.Final{Name: s.name, Value: w.state[s.name]})
	}
	w.p.Before, w.p.After = t.countersEntry(n-1), t.countersEntry(n)
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

func (w *writer) add(v trace.Value) int32 {
	w.p.Values = append(w.p.Values, v)
	return int32(len(w.p.Values) - 1)
}

// micro writes a micro-batch.
func (w *writer) micro(n uint64, samples []trace.Sample, contents [][]byte, weight float32) error {
	b, whole := llama.Batch{}, true
	for i, s := range samples {
		if s.Learnt == 0 || s.Learnt > s.Positions {
			return fmt.Errorf("sample %d has %d targets at %d positions: no run learns from it", i, s.Learnt, s.Positions)
		}
		ids, targets, ok := sampleOf(s, contents[i])
		if whole = whole && ok; ok && trace.NewSample(ids, targets).Learnt != s.Learnt {
			return fmt.Errorf("sample %d has not the %d targets that it claims", i, s.Learnt)
		}
		b.IDs, b.Targets, b.Docs = append(b.IDs, ids...), append(b.Targets, targets...), append(b.Docs, len(ids))
	}
	bind, err := w.t.grads.Bind(b, weight, n)
	if err != nil {
		return err
	}
	longest := 0
	for _, d := range b.Docs {
		longest = max(longest, d)
	}
	low, err := w.t.grads.Tape().Lower(bind.Dims, longest)
	if err != nil {
		return err
	}
	known := map[string]bool{"positions": true, "weight": true}
	return w.section(low, w.t.grads.Env(), bind, func(input string) bool { return whole || known[input] })
}

// sampleOf reads a sample; without its content it has the right shape.
func sampleOf(s trace.Sample, content []byte) (ids, targets []int32, ok bool) {
	n := int(s.Positions)
	ids, targets = make([]int32, n), make([]int32, n)
	if len(content) != 8*n || n == 0 {
		for i := int(s.Learnt); i < n; i++ {
			targets[i] = NoTarget
		}
		return ids, targets, false
	}
	for i := range n {
		ids[i], targets[i] = int32(le32(content[4*i:])), int32(le32(content[4*(n+i):]))
	}
	return ids, targets, true
}

func le32(b []byte) uint32 {
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// section writes a lowered tape. known says whether the value of an input is.
func (w *writer) section(low *tape.Tape, env tape.Env, bind *tape.Binding, known func(input string) bool) error {
	s := section{tape: low, env: env, bind: *bind, first: len(w.p.Ops), values: make([]int32, len(low.Slots))}
	s.bind.Inputs = nil
	for _, d := range bind.Inputs { // Bind uses its memory again
		s.bind.Inputs = append(s.bind.Inputs, tape.Data{I: append([]int32(nil), d.I...), F: append([]float32(nil), d.F...)})
	}
	input := 0
	for i := range low.Slots {
		slot := &low.Slots[i]
		v := low.Value(tape.Ref(i), bind.Dims)
		v.Source = trace.Given
		s.values[i] = trace.Absent
		var err error
		switch slot.Class {
		case tape.Input:
			if known(slot.Name) {
				v.Digest, err = dataDigest(&v, s.bind.Inputs[input])
			}
			s.values[i] = w.add(v)
			input++
		case tape.Weight:
			s.values[i] = w.frozen(v)
		case tape.State:
			at, ok := w.state[slot.Name]
			if !ok { // of the model, which is not trained
				at = w.frozen(v)
			}
			s.values[i] = at
		case tape.Table:
			s.values[i], err = w.table(v, env)
		}
		if err != nil {
			return err
		}
	}
	for i := range low.Apps {
		low.Write(w.p, i, s.values, bind.Dims)
		for _, r := range low.Apps[i].Out {
			if r != tape.None && low.Slots[r].Class == tape.Update {
				w.state[low.Slots[low.Slots[r].Of].Name] = s.values[r]
			}
		}
	}
	w.parts = append(w.parts, s)
	return nil
}

func (w *writer) frozen(v trace.Value) int32 {
	v.Source = trace.Frozen
	at, ok := w.named[v.Name]
	if !ok {
		at = w.add(v)
		w.named[v.Name] = at
	}
	return at
}

func (w *writer) table(v trace.Value, env tape.Env) (int32, error) {
	key := fmt.Sprintf("%s of %d rows", v.Name, v.Rows)
	if at, ok := w.named[key]; ok {
		return at, nil
	}
	t := env.Tables[v.Name]
	if t == nil || t.Positions < v.Rows {
		return 0, fmt.Errorf("no rotary table of %d positions", v.Rows)
	}
	tiling, err := v.Tiling()
	if err != nil {
		return 0, err
	}
	v.Digest = merkle.NewHasher().Tensor(tiling, tape.TableBytes(t, v.Rows))
	w.named[key] = w.add(v)
	return w.named[key], nil
}

// loss writes the mean of the losses, which the step's leaf has.
func (w *writer) loss(weight float32) {
	f := w.add(trace.Value{
		Source: trace.Given, Type: merkle.F32, Rows: 1, Cols: 1, Name: "weight", Digest: trace.Scalar(math.Float32bits(weight)),
	})
	w.p.Loss = w.add(trace.Value{Source: trace.Made, Type: merkle.F32, Rows: 1, Cols: 1, Name: "mean loss"})
	w.p.Ops = append(w.p.Ops, trace.Op{
		Code: uint16(tape.ScaleBy), Attrs: tape.Attrs{}.AppendCanon(nil), Name: "ScaleBy (mean loss)",
		In: []int32{w.state["loss"], f}, Out: []int32{w.p.Loss},
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
	return w.section(low, u.env, &bind, func(string) bool { return true })
}

func dataDigest(v *trace.Value, d tape.Data) (merkle.Digest, error) {
	tiling, err := v.Tiling()
	if err != nil {
		return merkle.Digest{}, err
	}
	if d.F != nil {
		return merkle.NewHasher().Tensor(tiling, merkle.Bytes(d.F)), nil
	}
	return merkle.NewHasher().Tensor(tiling, merkle.Bytes(d.I)), nil
}

// zeroDigest is the digest of a matrix of zeros: its tiles have four shapes at
// most.
func zeroDigest(rows, cols int) (merkle.Digest, error) {
	tiling, err := merkle.NewTiling(merkle.F32, rows, cols)
	if err != nil {
		return merkle.Digest{}, err
	}
	if tiling.Tiles() > trace.MaxTiles {
		return merkle.Digest{}, fmt.Errorf("train: a gradient of %d tiles, a dispute allows %d", tiling.Tiles(), trace.MaxTiles)
	}
	leaves, known := make([]merkle.Digest, tiling.Tiles()), make(map[int]merkle.Digest)
	for i := range leaves {
		_, _, r, c := tiling.Rect(i)
		d, ok := known[r*c]
		if !ok {
			d = merkle.SHA256.Leaf(make([]byte, 4*r*c))
			known[r*c] = d
		}
		leaves[i] = d
	}
	return merkle.NewHasher().Join(tiling, leaves), nil
}

// counters is the canonical form of the counters after n steps.
func counters(n uint64, p1, p2 float32) []byte {
	b := canon.AppendArray(nil, 3)
	b = canon.AppendUint(b, n)
	b = canon.AppendUint(b, uint64(math.Float32bits(p1)))
	return canon.AppendUint(b, uint64(math.Float32bits(p2)))
}
