package influence

import (
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A way is a settlement that somebody did, honestly or not: all its steps, with
// the state of the replay before each.
type way struct {
	run
	p      *Replay
	tracer *Tracer
	states [][][]float32
	steps  []trace.Step
	at     uint64 // the step that is tampered with; 0: none
	tamper func(dispute.Seen) error
}

func (r rig) way(t *testing.T, q []Query, at uint64, tamper func(dispute.Seen) error) *way {
	t.Helper()
	x := &way{run: r.start(t), at: at, tamper: tamper}
	c := x.record(t)
	var err error
	if x.p, err = NewReplay(x.b, x.t, c, q); err != nil {
		t.Fatal(err)
	}
	forward := train.NewTracer(x.b, x.t, nil)
	x.tracer = NewTracer(x.b, x.p, x.back, forward.FrozenParts)
	state, err := x.p.Digest()
	if err != nil {
		t.Fatal(err)
	}
	x.steps = []trace.Step{{State: state}}
	for done, all := x.p.Steps(); done < all; done++ {
		x.keep()
		var s trace.Step
		if n := uint64(done + 1); n == at {
			s, err = x.wrong(n)
		} else {
			s, err = x.p.Committed()
		}
		if err != nil {
			t.Fatal(err)
		}
		x.steps = append(x.steps, s)
	}
	x.keep()
	return x
}

func (x *way) keep() {
	var all [][]float32
	for _, s := range x.p.outline.states() {
		all = append(all, slices.Clone(x.p.env.States[s.name].Host()))
	}
	x.states = append(x.states, all)
}

func (x *way) back(n uint64) error {
	for i, s := range x.p.outline.states() {
		copy(x.p.env.States[s.name].Host(), x.states[n][i])
	}
	x.p.done = int(n)
	return nil
}

// wrong does a step that an operator of it computes wrong.
func (x *way) wrong(n uint64) (trace.Step, error) {
	var stride float32
	_, err := x.tracer.run(n, &dispute.Watch{After: func(at dispute.Seen) error {
		if at.Program.Ops[at.Op].Code == Strides {
			stride = merkle.Floats(at.Bytes(at.Program.Loss))[0]
		}
		return x.tamper(at)
	}})
	if err != nil {
		return trace.Step{}, err
	}
	x.p.done = int(n)
	samples, _, _ := x.p.reads(n)
	state, err := x.p.Digest()
	return trace.Step{State: state, Batch: trace.Samples(samples), Loss: math.Float32bits(stride)}, err
}

// honest tells whether steps before and after lead to each other, and computes
// every tile of a step again from the tiles of its operands.
func (x *way) honest(t *testing.T, n uint64) {
	t.Helper()
	p, err := x.tracer.Program(n)
	if err != nil || !p.Complete() {
		t.Fatal(n, err)
	}
	digests, err := x.tracer.Digests(n)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Follow(digests, x.steps[n-1], x.steps[n]); err != nil {
		t.Errorf("step back %d: %v", n, err)
	}
	referee, tiles := Referee(x.b), 0
	want := map[[2]int][]byte{}
	_, err = x.tracer.run(n, &dispute.Watch{Before: func(at dispute.Seen) error {
		clear(want)
		for k, v := range at.Program.Ops[at.Op].Out {
			if v == trace.Absent {
				continue
			}
			tiling, err := at.Program.Values[v].Tiling()
			if err != nil {
				return err
			}
			for tile := range tiling.Tiles() {
				b, err := referee(at.Program.Ops[at.Op], at.Program.Shapes(at.Op), k, tile, at.Tile)
				if err != nil {
					return fmt.Errorf("%s: %w", at.Program.Ops[at.Op].Name, err)
				}
				want[[2]int{k, tile}] = b
			}
		}
		return nil
	}, After: func(at dispute.Seen) error {
		for k, b := range want {
			leaves, err := at.LeavesOf(at.Program.Ops[at.Op].Out[k[0]])
			if err != nil || leaves[k[1]] != merkle.SHA256.Leaf(b) {
				return fmt.Errorf("tile %d of result %d of %s differs; %v", k[1], k[0], at.Program.Ops[at.Op].Name, err)
			}
			tiles++
		}
		return nil
	}})
	if err != nil {
		t.Errorf("step back %d: %v", n, err)
	}
	t.Logf("step back %d: %d operators, %d tiles", n, len(p.Ops), tiles)
}

// TestTraced: a step back rebuilds the states that were committed, and each of
// its tiles follows from tiles of its operands.
func TestTraced(t *testing.T) {
	for i, r := range rigs() {
		n := 2
		if i == 1 {
			n = QueryBatch + 1 // two batches
		}
		x := r.way(t, queries(n), 0, nil)
		steps := []uint64{1, uint64(len(x.steps) - 1)} // the first reads queries
		if i == 1 {
			steps = []uint64{2, 3}
		}
		for _, n := range steps {
			x.honest(t, n)
		}
	}
}

const disputeNet = record.Network(31337)

// A settlement is the job that two ways claim to have done.
type settlement struct {
	outline *Outline
	frozen  merkle.Digest
	initial merkle.Digest
	data    []trace.Sample // of the run, then the queries
	content [][]byte
	order   func(n uint64) []uint64
	numbers func(n uint64) []int
	facts   func(n uint64) (Facts, error)
}

func (s *settlement) Initial() merkle.Digest { return s.initial }
func (s *settlement) Data() merkle.Digest    { return trace.Samples(s.data) }
func (s *settlement) Order(n uint64) ([]uint64, error) {
	return s.order(n), nil
}
func (s *settlement) Program(n uint64, samples []trace.Sample, contents [][]byte) (*trace.Program, error) {
	f, err := s.facts(n)
	if err != nil {
		return nil, err
	}
	return s.outline.Program(n, s.frozen, s.numbers(n), samples, contents, f)
}

// TestDispute: of two who reveal different scores, the one who computed a tile
// of a step back wrong is named, by a referee without weights.
func TestDispute(t *testing.T) {
	r, q := rigs()[1], queries(3)
	done := false
	liar := func(at dispute.Seen) error {
		op := &at.Program.Ops[at.Op]
		if done || op.Name != "EmbedGrad (scores)" {
			return nil
		}
		done = true
		at.Bytes(op.Out[0])[2] ^= 1
		return nil
	}
	good, bad := r.way(t, q, 0, nil), r.way(t, q, 7, liar)
	bad.tracer.rewind = func(n uint64) error { done = n+1 != bad.at; return bad.back(n) }

	m, err := llama.Outline(good.m.Config, func(string) tape.Type { return tape.F32 }, llama.LoadConfig{Train: true})
	if err != nil {
		t.Fatal(err)
	}
	l, err := train.NewAdapter(m, lora.Config{R: 4, LoraAlpha: 8, TargetModules: lora.Modules{Pattern: lora.AllLinear}}, 12)
	if err != nil {
		t.Fatal(err)
	}
	paper, err := train.Outline(m, l, 32, r.options)
	if err != nil {
		t.Fatal(err)
	}
	samples, content := train.Samples(good.t.Samples())
	s := &settlement{
		outline: NewOutline(paper, len(samples), []float32{q[0].Weight, q[1].Weight, q[2].Weight}),
		initial: good.steps[0].State, data: samples, content: content, facts: good.p.Facts,
	}
	if s.frozen, _, err = good.tracer.frozen(); err != nil {
		t.Fatal(err)
	}
	for _, x := range q {
		s.data = append(s.data, trace.NewSample(x.IDs, x.Targets))
		s.content = append(s.content, trace.SampleContent(x.IDs, x.Targets))
	}
	s.numbers = func(n uint64) []int {
		_, _, step := s.outline.Of(n)
		if step == 0 {
			return nil
		}
		return good.t.Numbers(step)
	}
	s.order = func(n uint64) (all []uint64) {
		first, last, _ := s.outline.Of(n)
		for i := first; i < last; i++ {
			all = append(all, uint64(len(samples)+i))
		}
		for _, i := range s.numbers(n) {
			all = append(all, uint64(i))
		}
		return all
	}
	rules := dispute.Rules{
		Network: disputeNet, Recompute: Referee(good.b),
		Job: func(_, _ []byte) (dispute.Job, error) { return s, nil },
	}
	spec := canon.AppendText(nil, "a settlement")
	sides := []*dispute.Player{player(t, spec, "good", good, nil), player(t, spec, "bad", bad, liar)}
	d, err := dispute.New(dispute.Config{
		Case: dispute.Case{Spec: spec}, Rules: rules, Clock: 1000,
		Sides: [2]dispute.StartSide{{Reveal: sides[0].Reveal.Envelope()}, {Reveal: sides[1].Reveal.Envelope()}},
		Batch: func(n uint64) (b dispute.Samples, err error) {
			order := s.order(n)
			var leaves []merkle.Digest
			for _, i := range order {
				b.Samples, b.Contents = append(b.Samples, s.data[i]), append(b.Contents, s.content[i])
			}
			for i := range s.data {
				leaves = append(leaves, s.data[i].Leaf())
			}
			slices.Sort(order)
			b.Proof, err = merkle.NewTree(merkle.SHA256, leaves).ProveMany(slices.Compact(order))
			return b, err
		},
	}, 0)
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		for _, ask := range d.Asks() {
			if _, done := d.Verdict(); done {
				break
			}
			answer, err := sides[ask.Side].Answer(ask)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := d.Step(dispute.Move{Side: ask.Side, Answer: answer}); err != nil {
				t.Fatalf("the answer of side %d: %v", ask.Side, err)
			}
		}
	}
	v, over := d.Verdict()
	if !over || v.Kind != dispute.Tile || v.Step != 7 || !v.Convicts(sides[1].Key.Public().Account()) || v.Convicts(sides[0].Key.Public().Account()) {
		t.Errorf("over %v, verdict %v of step %d: %s", over, v.Kind, v.Step, v.Why)
	}
	t.Log(v.Why)
}

// A again does a step again, as dishonestly as the first time. It is a
// dispute.Run.
type again struct {
	*way
	tamper func(dispute.Seen) error
}

func (a again) run(n uint64, w *dispute.Watch) (*trace.Program, error) {
	return a.tracer.run(n, &dispute.Watch{Before: w.Before, After: func(at dispute.Seen) error {
		if n == a.at && a.tamper != nil {
			if err := a.tamper(at); err != nil {
				return err
			}
		}
		return w.See(w.After, at)
	}})
}

func (a again) Digests(n uint64) ([]merkle.Digest, error) {
	_, weights, err := a.tracer.frozen()
	if err != nil {
		return nil, err
	}
	return dispute.Again(a.run).Digests(n, a.tracer.given(n, weights))
}

func (a again) Tiles(n uint64, value int32) ([]merkle.Digest, error) {
	return dispute.Again(a.run).Tiles(n, value)
}

func (a again) Operands(n uint64, op int, use func(dispute.Operands) error) error {
	return dispute.Again(a.run).Operands(n, op, use)
}

func player(t *testing.T, spec []byte, name string, x *way, tamper func(dispute.Seen) error) *dispute.Player {
	t.Helper()
	h := sha256.Sum256([]byte(name))
	key, err := record.ParseKey(h[:])
	if err != nil {
		t.Fatal(err)
	}
	job := sha256.Sum256(spec)
	b := trace.Begin(job, x.steps[0].State)
	for _, s := range x.steps[1:] {
		b.Add(s)
	}
	payload, err := canon.Encode(&trace.Reveal{Commitment: b.Commitment()})
	if err != nil {
		t.Fatal(err)
	}
	reveal, err := record.Seal(key, record.Header{Network: disputeNet, Type: record.Reveal, Subject: job, Sequence: 1}, payload)
	if err != nil {
		t.Fatal(err)
	}
	return &dispute.Player{Key: key, Reveal: reveal, Steps: x.steps, Run: again{x, tamper}, Program: x.tracer.Program, Recompute: Referee(x.b)}
}
