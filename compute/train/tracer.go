package train

import (
	"bytes"
	"fmt"
	"math"
	"slices"

	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// A Tracer does steps of a run again and looks inside: what a worker opens in a
// dispute. It is a dispute.Run. The Trainer is its own, on a CPU.
type Tracer struct {
	cpu     *tape.CPU
	t       *Trainer
	rewind  func(n uint64) error
	weights map[string]merkle.Digest // of frozen tensors
	frozen  merkle.Digest
}

var _ dispute.Run = (*Tracer)(nil)

// NewTracer returns a Tracer. rewind puts the trainer where it was after n
// steps, by a checkpoint and the steps after it.
func NewTracer(cpu *tape.CPU, t *Trainer, rewind func(n uint64) error) *Tracer {
	return &Tracer{cpu: cpu, t: t, rewind: rewind}
}

// Samples returns what package trace commits of samples, with their contents.
func Samples(samples []Sample) (all []trace.Sample, contents [][]byte) {
	for _, s := range samples {
		all = append(all, trace.NewSample(s.IDs, s.Targets))
		contents = append(contents, trace.SampleContent(s.IDs, s.Targets))
	}
	return all, contents
}

// Batch returns the samples of step n, counted from 1, in order.
func (t *Trainer) Batch(n uint64) []Sample {
	var batch []Sample
	for _, i := range t.order.Step(int(n - 1)) {
		batch = append(batch, t.samples[i])
	}
	return batch
}

// Committed does the next step and returns what is committed of it.
func (t *Trainer) Committed() (trace.Step, Result, error) {
	batch, _ := Samples(t.Batch(uint64(t.step + 1)))
	r, err := t.Step()
	if err != nil {
		return trace.Step{}, r, err
	}
	state, err := t.Digest()
	return trace.Step{State: state, Batch: trace.Samples(batch), Loss: math.Float32bits(r.Loss)}, r, err
}

// Frozen returns the digest of the frozen parameters that the steps of a run
// read: a merkle map of tensor digests by name, as they are kept in memory. It
// hashes the model once.
func (r *Tracer) Frozen() (merkle.Digest, error) {
	if r.weights != nil {
		return r.frozen, nil
	}
	w, err := r.write(1)
	if err != nil {
		return merkle.Digest{}, err
	}
	all := make(map[string]merkle.Digest)
	for _, s := range w.parts {
		err := r.cpu.Inspect(s.Tape, s.Env, &s.Bind, tape.Hook{Before: func(_ int, v *tape.Values) error {
			for slot, value := range s.Values {
				if value == trace.Absent {
					continue
				}
				x := &w.Program.Values[value]
				if x.Source != trace.Frozen || all[x.Name] != (merkle.Digest{}) {
					continue
				}
				d, err := x.DigestOf(v.Bytes(tape.Ref(slot)))
				if err != nil {
					return err
				}
				all[x.Name] = d
			}
			return tape.ErrStop
		}})
		if err != nil {
			return merkle.Digest{}, err
		}
	}
	var entries []merkle.Entry
	for name, d := range all {
		entries = append(entries, merkle.Entry{Name: name, Digest: d})
	}
	slices.SortFunc(entries, func(a, b merkle.Entry) int { return bytes.Compare([]byte(a.Name), []byte(b.Name)) })
	if r.frozen, err = merkle.NewHasher().Map(entries); err == nil {
		r.weights = all
	}
	return r.frozen, err
}

// FrozenParts returns what Frozen does, with the digest of each tensor by name.
// The map MUST NOT be changed.
func (r *Tracer) FrozenParts() (merkle.Digest, map[string]merkle.Digest, error) {
	d, err := r.Frozen()
	return d, r.weights, err
}

func (r *Tracer) write(n uint64) (*writer, error) {
	samples, contents := Samples(r.t.Batch(n))
	return r.t.write(n, samples, contents)
}

// Program returns the inside of step n with everything that is known of it.
func (r *Tracer) Program(n uint64) (*trace.Program, error) {
	frozen, err := r.Frozen()
	if err != nil {
		return nil, err
	}
	samples, contents := Samples(r.t.Batch(n))
	return r.t.Program(n, frozen, samples, contents)
}

// run does step n again.
func (r *Tracer) run(n uint64, look *dispute.Watch) (*trace.Program, error) {
	if err := r.rewind(n - 1); err != nil {
		return nil, fmt.Errorf("train: back to step %d: %w", n-1, err)
	}
	w, err := r.write(n)
	if err != nil {
		return nil, err
	}
	if err := r.t.grads.Zero(); err != nil {
		return nil, err
	}
	for i := range w.parts {
		s := &w.parts[i]
		if i == len(w.parts)-1 {
			if err := r.loss(s.First-1, w, look); err != nil || look.Stopped() {
				return w.Program, err
			}
		}
		err := r.cpu.Inspect(s.Tape, s.Env, &s.Bind, s.Hook(w.Program, look, nil))
		if err != nil || look.Stopped() {
			return w.Program, err
		}
	}
	return w.Program, nil
}

// loss is the operator between micro-batches and optimizer that no tape has.
func (r *Tracer) loss(op int, w *writer, look *dispute.Watch) error {
	sum, err := r.t.grads.Loss()
	if err != nil {
		return err
	}
	o := &w.Program.Ops[op]
	weight := r.weight(w)
	return look.SeeBoth(dispute.Seen{Program: w.Program, Op: op, Bytes: func(value int32) []byte {
		x := map[int32]float32{o.In[0]: sum, o.In[1]: weight, o.Out[0]: float32(sum * weight)}[value]
		return merkle.Bytes([]float32{x})
	}})
}

func (r *Tracer) weight(w *writer) float32 {
	inputs := w.parts[0].Bind.Inputs
	return inputs[len(inputs)-1].F[0]
}

// Digests returns the digest of every value of step n.
func (r *Tracer) Digests(n uint64) ([]merkle.Digest, error) {
	if _, err := r.Frozen(); err != nil {
		return nil, err
	}
	return dispute.Again(r.run).Digests(n, given(r.weights))
}

// given knows the values of a step that none makes: frozen weights by name, and
// what its program lists.
func given(weights map[string]merkle.Digest) func(*trace.Value) (merkle.Digest, error) {
	return func(v *trace.Value) (merkle.Digest, error) {
		if v.Source == trace.Frozen {
			return weights[v.Name], nil
		}
		return v.Digest, nil
	}
}

// Tiles returns the tile leaves of a value that an operator makes.
func (r *Tracer) Tiles(n uint64, value int32) ([]merkle.Digest, error) {
	return dispute.Again(r.run).Tiles(n, value)
}

// Operands does step n up to an operator and shows its operands.
func (r *Tracer) Operands(n uint64, op int, use func(dispute.Operands) error) error {
	return dispute.Again(r.run).Operands(n, op, use)
}
