package influence

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// Committed does the next step back and returns what is committed of it: the
// state after it, what it read, and for a loss the stride e, or of queries the
// sum of their losses.
func (p *Replay) Committed() (trace.Step, error) {
	samples, _, _ := p.reads(uint64(p.done + 1))
	if err := p.Step(); err != nil {
		return trace.Step{}, err
	}
	loss := p.stride
	if p.done <= p.batches {
		var err error
		if loss, err = p.outline.queries.Loss(); err != nil {
			return trace.Step{}, err
		}
	}
	state, err := p.Digest()
	return trace.Step{State: state, Batch: trace.Samples(samples), Loss: math.Float32bits(loss)}, err
}

// Digest names the state after the steps back done so far: a merkle map of the
// adjoint and moment of each parameter, the scores and the count of steps.
func (p *Replay) Digest() (merkle.Digest, error) {
	entries := counters(uint64(p.done))
	for _, s := range p.outline.states() {
		x, err := read(p.env.States[s.name], s)
		if err != nil {
			return merkle.Digest{}, err
		}
		d, err := digestOf(x, s.rows, s.cols)
		if err != nil {
			return merkle.Digest{}, err
		}
		entries = append(entries, merkle.Entry{Name: s.name, Digest: d})
	}
	slices.SortFunc(entries, func(a, b merkle.Entry) int { return cmp.Compare(a.Name, b.Name) })
	return merkle.NewHasher().Map(entries)
}

func read(m tape.Matrix, s named) ([]float32, error) {
	if x := m.Host(); x != nil {
		return x, nil
	}
	x := make([]float32, s.rows*s.cols)
	return x, m.Read(x)
}

// reads returns what step n back reads, with its contents, and the numbers of
// its samples in the run.
func (p *Replay) reads(n uint64) (samples []trace.Sample, contents [][]byte, numbers []int) {
	var batch []train.Sample
	first, last, step := p.outline.Of(n)
	for _, q := range p.queries[first:last] {
		batch = append(batch, q.Sample)
	}
	if step > 0 {
		numbers = p.t.Numbers(step)
		for _, i := range numbers {
			batch = append(batch, p.t.Samples()[i])
		}
	}
	samples, contents = train.Samples(batch)
	return samples, contents, numbers
}

// Facts returns what step n back takes from the run.
func (p *Replay) Facts(n uint64) (Facts, error) {
	f := Facts{Before: map[string]merkle.Digest{}, Second: map[string]merkle.Digest{}, Clip: 1}
	m := &Moment{Before: p.result}
	if _, _, step := p.outline.Of(n); step > 0 {
		var err error
		if m, err = p.r.Moment(step); err != nil {
			return f, err
		}
		f.Clip = m.Clip
	}
	at := 0
	for _, x := range p.t.Params() {
		end := at + x.Rows*x.Cols
		var err error
		if f.Before[x.Name], err = digestOf(m.Before[at:end], x.Rows, x.Cols); err == nil && m.Second != nil {
			f.Second[x.Name], err = digestOf(m.Second[at:end], x.Rows, x.Cols)
		}
		if err != nil {
			return f, err
		}
		at = end
	}
	return f, nil
}

// A Tracer does steps back again and looks inside: what a peer opens in a dispute
// about a settlement. It is a dispute.Run.
type Tracer struct {
	cpu    *tape.CPU
	p      *Replay
	rewind func(n uint64) error
	frozen func() (merkle.Digest, map[string]merkle.Digest, error)
}

var _ dispute.Run = (*Tracer)(nil)

// NewTracer returns a Tracer. rewind puts the replay where it was after n steps
// back; frozen knows the model's frozen parameters: see train.Tracer.
func NewTracer(cpu *tape.CPU, p *Replay, rewind func(n uint64) error, frozen func() (merkle.Digest, map[string]merkle.Digest, error)) *Tracer {
	return &Tracer{cpu, p, rewind, frozen}
}

func (r *Tracer) write(n uint64) (*writer, error) {
	f, err := r.p.Facts(n)
	if err != nil {
		return nil, err
	}
	samples, contents, numbers := r.p.reads(n)
	return r.p.outline.write(n, numbers, samples, contents, f)
}

// Program returns the inside of step n back with everything that is known of it.
func (r *Tracer) Program(n uint64) (*trace.Program, error) {
	w, err := r.write(n)
	if err != nil {
		return nil, err
	}
	if w.Program.Frozen, _, err = r.frozen(); err != nil {
		return nil, err
	}
	return w.Program, w.Program.Check()
}

// run does step n back again.
func (r *Tracer) run(n uint64, look *dispute.Watch) (*trace.Program, error) {
	if err := r.rewind(n - 1); err != nil {
		return nil, fmt.Errorf("influence: %d steps back: %w", n-1, err)
	}
	w, err := r.write(n)
	if err != nil {
		return nil, err
	}
	if _, _, step := r.p.outline.Of(n); step > 0 {
		_, err = r.p.moment(step)
	} else {
		err = r.p.write("", r.p.result)
	}
	if err != nil {
		return nil, err
	}
	made := make(map[int32][]float32) // values of Keep, which later parts read
	for i := range w.parts {
		if err := r.part(w, &w.parts[i], made, look); err != nil || look.Stopped() {
			return w.Program, err
		}
	}
	return w.Program, nil
}

// part runs one section.
func (r *Tracer) part(w *writer, s *part, made map[int32][]float32, look *dispute.Watch) error {
	if s.Tape == nil {
		o := &w.Program.Ops[s.First]
		total := merkle.Bytes(made[o.In[0]])
		for k, v := range o.Out {
			made[v] = merkle.Floats(stridesOf(total, k))
		}
		return look.SeeBoth(dispute.Seen{Program: w.Program, Op: s.First, Bytes: func(v int32) []byte { return merkle.Bytes(made[v]) }})
	}
	env, g := r.p.env, r.p.t.Gradients()
	if w.queried {
		env, g = r.p.asked, r.p.outline.queries
	}
	if s.fresh {
		if err := g.Zero(); err != nil {
			return err
		}
	}
	for i, v := range s.made {
		if v != trace.Absent {
			s.Bind.Inputs[i] = tape.Data{F: made[v]}
		}
	}
	if s.model {
		env = g.Env()
	}
	return r.cpu.Inspect(s.Tape, env, &s.Bind, s.Hook(w.Program, look, func(value int32, b []byte) { made[value] = merkle.Floats(b) }))
}

// untouched returns the digest of a state that a step passes on as it is.
func (r *Tracer) untouched(n uint64, v *trace.Value) (merkle.Digest, error) {
	if err := r.rewind(n - 1); err != nil {
		return merkle.Digest{}, err
	}
	x, err := read(r.p.env.States[v.Name], named{v.Name, v.Rows, v.Cols})
	if err != nil {
		return merkle.Digest{}, err
	}
	return digestOf(x, v.Rows, v.Cols)
}

// Digests implements dispute.Run.
func (r *Tracer) Digests(n uint64) ([]merkle.Digest, error) {
	_, weights, err := r.frozen()
	if err != nil {
		return nil, err
	}
	return dispute.Again(r.run).Digests(n, r.given(n, weights))
}

// given knows the values of step n back that none of its operators makes: frozen
// weights by name, states that none reads, and what its program lists.
func (r *Tracer) given(n uint64, weights map[string]merkle.Digest) func(*trace.Value) (merkle.Digest, error) {
	return func(v *trace.Value) (merkle.Digest, error) {
		switch v.Source {
		case trace.Frozen:
			return weights[v.Name], nil
		case trace.State:
			return r.untouched(n, v)
		}
		return v.Digest, nil
	}
}

// Tiles implements dispute.Run.
func (r *Tracer) Tiles(n uint64, value int32) ([]merkle.Digest, error) {
	return dispute.Again(r.run).Tiles(n, value)
}

// Operands implements dispute.Run.
func (r *Tracer) Operands(n uint64, op int, use func(dispute.Operands) error) error {
	return dispute.Again(r.run).Operands(n, op, use)
}
