package train

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	sealed "github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A game is a real job that two workers do: a tiny Llama, in full or as LoRA.
type game struct {
	t       testing.TB
	rig     rig
	steps   int
	spec    []byte
	frozen  merkle.Digest
	initial merkle.Digest
	samples []Sample
	data    []trace.Sample
	content [][]byte
	outline *Trainer
	cpu     *tape.CPU
}

const gameNet = sealed.Network(31337)

func newGame(t testing.TB, r rig, steps int) *game {
	t.Helper()
	g := &game{t: t, rig: r, steps: steps, samples: texts(40)}
	g.rig.options.Rates = constant(0.01, steps)
	g.data, g.content = Samples(g.samples)
	e, err := op.New(op.Config{Kernels: r.kernels, Threads: r.threads})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	g.cpu = tape.NewCPU(e)
	tr, tracer := g.trainer()
	g.initial = digest(t, tr)
	if g.frozen, err = tracer.Frozen(); err != nil {
		t.Fatal(err)
	}
	g.spec = canon.AppendArray(nil, 3)
	data := trace.Samples(g.data)
	for _, d := range []merkle.Digest{g.initial, g.frozen, data} {
		g.spec = canon.AppendBytes(g.spec, d[:])
	}
	g.outline = g.paper()
	return g
}

// paper makes the trainer of a referee who never saw the weights.
func (g *game) paper() *Trainer {
	g.t.Helper()
	m, err := g.rig.outline(g.t)
	if err != nil {
		g.t.Fatal(err)
	}
	o, err := Outline(m, g.adapter(m), 32, g.rig.options)
	if err != nil {
		g.t.Fatal(err)
	}
	return o
}

func tinyOf(t testing.TB) llama.Config {
	t.Helper()
	c, err := llama.ParseConfig([]byte(tinyConfig), nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (g *game) adapter(m *llama.Model) *llama.LoRA {
	g.t.Helper()
	if !g.rig.lora {
		return nil
	}
	l, err := NewAdapter(m, lora.Config{R: 4, LoraAlpha: 8, TargetModules: lora.Modules{Pattern: lora.AllLinear}}, 12)
	if err != nil {
		g.t.Fatal(err)
	}
	return l
}

// trainer makes a worker's trainer and a tracer of the same run, which rewinds
// by beginning anew.
func (g *game) trainer() (*Trainer, *Tracer) {
	g.t.Helper()
	m, err := g.rig.model(g.t, g.cpu)
	if err != nil {
		g.t.Fatal(err)
	}
	tr, err := New(m, g.adapter(m), g.cpu, g.samples, g.rig.options)
	if err != nil {
		g.t.Fatal(err)
	}
	first := snapshot(tr)
	rewind := func(n uint64) error {
		first.restore(tr)
		for range n {
			if _, err := tr.Step(); err != nil {
				return err
			}
		}
		return nil
	}
	return tr, NewTracer(g.cpu, tr, rewind)
}

// A saved is a state in memory.
type saved struct {
	x      [][]float32
	step   int
	p1, p2 float32
}

func snapshot(t *Trainer) saved {
	s := saved{step: t.step, p1: t.update.p1, p2: t.update.p2}
	for _, n := range t.tensors() {
		s.x = append(s.x, slices.Clone(n.m.Host()))
	}
	return s
}

func (s saved) restore(t *Trainer) {
	for i, n := range t.tensors() {
		copy(n.m.Host(), s.x[i])
	}
	t.step, t.update.p1, t.update.p2 = s.step, s.p1, s.p2
}

// dispute.Job.
func (g *game) Initial() merkle.Digest { return g.initial }
func (g *game) Data() merkle.Digest    { return trace.Samples(g.data) }

func (g *game) Order(n uint64) (all []uint64, err error) {
	o, err := NewOrder(g.rig.options.Seed, len(g.samples), g.rig.options.Batch)
	if err != nil || n < 1 || n > uint64(g.steps) {
		return nil, fmt.Errorf("step %d: %w", n, err)
	}
	for _, i := range o.Step(int(n - 1)) {
		all = append(all, uint64(i))
	}
	return all, nil
}

func (g *game) Program(n uint64, samples []trace.Sample, contents [][]byte) (*trace.Program, error) {
	return g.outline.Program(n, g.frozen, samples, contents)
}

func (g *game) rules() dispute.Rules {
	return dispute.Rules{
		Network: gameNet, Recompute: g.cpu.Referee,
		Job: func(spec, extra []byte) (dispute.Job, error) {
			if !slices.Equal(spec, g.spec) {
				return nil, fmt.Errorf("another job")
			}
			return g, nil
		},
	}
}

func (g *game) batch(n uint64) (s dispute.Samples, err error) {
	order, err := g.Order(n)
	if err != nil {
		return s, err
	}
	for _, i := range order {
		s.Samples, s.Contents = append(s.Samples, g.data[i]), append(s.Contents, g.content[i])
	}
	leaves := make([]merkle.Digest, len(g.data))
	for i := range g.data {
		leaves[i] = g.data[i].Leaf()
	}
	slices.Sort(order)
	s.Proof, err = merkle.NewTree(merkle.SHA256, leaves).ProveMany(slices.Compact(order))
	return s, err
}

// A side is a worker in the game, which may tamper with what operators make.
type side struct {
	g       *game
	key     sealed.Key
	trainer *Trainer
	tracer  *Tracer
	tamper  func(n uint64, at dispute.Seen)
	at      uint64 // the step that is tampered with; 0: none
	first   saved
	states  []saved
	steps   []trace.Step
	reveal  sealed.Verified
}

func (g *game) play(name string, at uint64, tamper func(n uint64, at dispute.Seen)) *side {
	g.t.Helper()
	h := sha256.Sum256([]byte(name))
	key, err := sealed.ParseKey(h[:])
	if err != nil {
		g.t.Fatal(err)
	}
	s := &side{g: g, key: key, at: at, tamper: tamper}
	s.trainer, s.tracer = g.trainer()
	s.first = snapshot(s.trainer)
	return s
}

// do does the whole job; an error is that of a run that tampering stopped.
func (s *side) do() error {
	job := sha256.Sum256(s.g.spec)
	b := trace.Begin(job, s.g.initial)
	s.steps = []trace.Step{{State: s.g.initial}}
	s.first.restore(s.trainer)
	s.states = []saved{s.first}
	s.tracer.rewind = func(n uint64) error { s.states[n].restore(s.trainer); return nil }
	for n := uint64(1); n <= uint64(s.g.steps); n++ {
		step, err := s.step(n)
		if err != nil {
			return err
		}
		s.states = append(s.states, snapshot(s.trainer))
		s.steps = append(s.steps, step)
		b.Add(step)
	}
	payload, err := canon.Encode(&trace.Reveal{Commitment: b.Commitment()})
	if err != nil {
		return err
	}
	s.reveal, err = sealed.Seal(s.key, sealed.Header{Network: gameNet, Type: sealed.Reveal, Subject: job, Sequence: 1}, payload)
	return err
}

func (s *side) step(n uint64) (trace.Step, error) {
	if n != s.at {
		step, _, err := s.trainer.Committed()
		return step, err
	}
	batch, _ := Samples(s.trainer.Batch(n))
	loss, err := lossOf(s.run, n)
	if err != nil {
		return trace.Step{}, err
	}
	s.trainer.step++
	s.trainer.update.p1, s.trainer.update.p2 = s.trainer.powers(n)
	state, err := s.trainer.Digest()
	return trace.Step{State: state, Batch: trace.Samples(batch), Loss: loss}, err
}

// run does a step again, as dishonestly as the first time.
func (s *side) run(n uint64, w *dispute.Watch) (*trace.Program, error) {
	if n != s.at || s.tamper == nil {
		return s.tracer.run(n, w)
	}
	return s.tracer.run(n, &dispute.Watch{Before: w.Before, After: func(at dispute.Seen) error {
		s.tamper(n, at)
		return w.See(w.After, at)
	}})
}

// lossOf does a step and returns the bits of its loss.
func lossOf(do dispute.Again, n uint64) (loss uint32, err error) {
	_, err = do(n, &dispute.Watch{After: func(at dispute.Seen) error {
		if p := at.Program; slices.Contains(p.Ops[at.Op].Out, p.Loss) {
			loss = binary.LittleEndian.Uint32(at.Bytes(p.Loss))
		}
		return nil
	}})
	return loss, err
}

func (s *side) Digests(n uint64) ([]merkle.Digest, error) {
	if _, err := s.tracer.Frozen(); err != nil {
		return nil, err
	}
	return dispute.Again(s.run).Digests(n, given(s.tracer.weights))
}

func (s *side) Tiles(n uint64, value int32) ([]merkle.Digest, error) {
	return dispute.Again(s.run).Tiles(n, value)
}

func (s *side) Operands(n uint64, op int, use func(dispute.Operands) error) error {
	return dispute.Again(s.run).Operands(n, op, use)
}

func (s *side) player() *dispute.Player {
	return &dispute.Player{
		Key: s.key, Reveal: s.reveal, Steps: s.steps, Run: s,
		Program: s.tracer.Program, Recompute: s.g.cpu.Referee,
	}
}

// judge plays two sides to the end.
func (g *game) judge(a, b *side) (*dispute.Dispute, dispute.Verdict) {
	g.t.Helper()
	d, err := dispute.New(dispute.Config{
		Case: dispute.Case{Spec: g.spec}, Rules: g.rules(), Clock: 1000, Batch: g.batch,
		Sides: [2]dispute.StartSide{{Reveal: a.reveal.Envelope()}, {Reveal: b.reveal.Envelope()}},
	}, 0)
	if err != nil {
		g.t.Fatal(err)
	}
	for range 4 {
		for _, ask := range d.Asks() {
			if _, done := d.Verdict(); done {
				break
			}
			answer, err := [2]*side{a, b}[ask.Side].player().Answer(ask)
			if err != nil {
				g.t.Fatal(err)
			}
			if len(answer) > ask.Limit {
				g.t.Errorf("an answer of %d bytes, the limit is %d", len(answer), ask.Limit)
			}
			if _, _, err := d.Step(dispute.Move{Side: ask.Side, Answer: answer}); err != nil {
				g.t.Fatalf("the answer of side %d to %s: %v", ask.Side, ask.Type, err)
			}
		}
	}
	v, done := d.Verdict()
	if !done {
		g.t.Fatal("no verdict")
	}
	return d, v
}

var games = []struct {
	name string
	rig  rig
}{
	{"full, adamw and clip", rig{options: Options{Seed: 3, Batch: 5, Micro: 2, Clip: 0.5, Optimizer: AdamW}}},
	{"lora, adamw", rig{lora: true, options: Options{Seed: 4, Batch: 4, Micro: 3, Optimizer: AdamW}}},
	{"lora, sgd", rig{lora: true, options: Options{Seed: 5, Batch: 3, Clip: 1, Optimizer: Optimizer{Kind: "sgd", Momentum: 0.9}}}},
}

// TestProgram: what a step really does is what the referee, who has no weights,
// says that it does.
func TestProgram(t *testing.T) {
	for _, c := range games {
		g := newGame(t, c.rig, 3)
		s := g.play("alice", 0, nil)
		if err := s.do(); err != nil {
			t.Fatal(err)
		}
		for n := uint64(1); n <= 3; n++ {
			samples, err := g.batch(n)
			if err != nil {
				t.Fatal(err)
			}
			p, err := g.Program(n, samples.Samples, samples.Contents)
			if err != nil || !p.Complete() {
				t.Fatal(err)
			}
			digests, err := s.tracer.Digests(n)
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Follow(digests, s.steps[n-1], s.steps[n]); err != nil {
				t.Errorf("%s, step %d: %v", c.name, n, err)
			}
			if p, err = g.Program(n, samples.Samples, make([][]byte, len(samples.Samples))); err != nil || p.Complete() {
				t.Fatal(err)
			}
			if err := p.Follow(digests, s.steps[n-1], s.steps[n]); err != nil {
				t.Errorf("%s, step %d without contents: %v", c.name, n, err)
			}
		}
	}
}

// TestSketcher: what is kept of the steps before changes no outline, whether
// samples are of one length or of many.
func TestSketcher(t *testing.T) {
	for _, equal := range []bool{false, true} {
		g := newGame(t, games[1].rig, 12)
		if equal {
			for i := range g.samples {
				g.samples[i] = Sample{IDs: g.samples[0].IDs, Targets: slices.Clone(g.samples[0].Targets)}
				g.samples[i].Targets[0] = int32(i)
			}
			g.data, g.content = Samples(g.samples)
		}
		s := tape.Tables.Sketcher()
		for n := uint64(1); n <= uint64(g.steps); n++ {
			b, err := g.batch(n)
			if err != nil {
				t.Fatal(err)
			}
			p, err := g.Program(n, b.Samples, b.Contents)
			if err != nil {
				t.Fatal(err)
			}
			got, err := s.Sketch(p, trace.Samples(b.Samples))
			if err != nil {
				t.Fatal(err)
			}
			want, err := tape.Tables.Sketch(p, trace.Samples(b.Samples))
			if err != nil || got.Outline != want.Outline {
				t.Errorf("equal lengths %v, step %d: got %+v, want %+v, %v", equal, n, got.Outline, want.Outline, err)
			}
		}
	}
}

// TestSampleCounts: what stands beside a sample's content has to be what is in it.
func TestSampleCounts(t *testing.T) {
	g := newGame(t, games[1].rig, 1)
	b, err := g.batch(1)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change  func(s *trace.Sample)
		content bool
		want    string
	}{
		"fewer targets":          {func(s *trace.Sample) { s.Learnt-- }, true, "targets that it claims"},
		"no targets":             {func(s *trace.Sample) { s.Learnt = 0 }, false, "0 targets"},
		"more targets than room": {func(s *trace.Sample) { s.Learnt = s.Positions + 1 }, false, "no run learns from it"},
		"no positions":           {func(s *trace.Sample) { *s = trace.Sample{} }, false, "no run learns from it"},
	} {
		samples, contents := slices.Clone(b.Samples), make([][]byte, len(b.Samples))
		if c.content {
			contents = b.Contents
		}
		c.change(&samples[1])
		if _, err := g.Program(1, samples, contents); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestFaults plants one wrong bit in what one operator makes: each that changes
// what is committed is found, and only who planted it is guilty. Each kind of
// operator gets one or two; TestRandomFaults has many more.
func TestFaults(t *testing.T) {
	seed := uint64(7)
	rng := rand.New(rand.NewPCG(seed, 0))
	seen := make(map[tape.Code]int)
	played, masked := 0, 0
	for _, c := range games {
		c.rig.threads = 1
		g := newGame(t, c.rig, 2)
		honest, cheat := g.play("alice", 0, nil), g.play("bob", 2, nil)
		if err := honest.do(); err != nil {
			t.Fatal(err)
		}
		p, err := honest.tracer.Program(2)
		if err != nil {
			t.Fatal(err)
		}
		targets := rng.Perm(len(p.Ops))
		kinds := make(map[uint16]int)
		for i, op := range targets {
			code := p.Ops[op].Code
			if kinds[code] >= 1 || seen[tape.Code(code)] >= 2 {
				continue
			}
			where := fmt.Sprintf("%s, seed %d, fault %d in %s", c.name, seed, i, p.Ops[op].Name)
			cheat.tamper = flipBit(rng, op)
			if cheat.do() != nil { // it made something that is not finite
				continue
			}
			if cheat.steps[2] == honest.steps[2] {
				masked++
				continue
			}
			kinds[code]++
			seen[tape.Code(code)]++
			played++
			sides := [2]*side{honest, cheat}
			if rng.IntN(2) == 0 {
				sides[0], sides[1] = sides[1], sides[0]
			}
			d, v := g.judge(sides[0], sides[1])
			if v.Kind != dispute.Tile || len(v.Guilty) != 1 || !v.Convicts(cheat.key.Public().Account()) {
				t.Errorf("%s: got %s, %s", where, v.Kind, v.Why)
			}
			for _, proof := range d.Proofs() {
				if again, err := dispute.Verify(proof, g.rules()); err != nil || !again.Convicts(cheat.key.Public().Account()) {
					t.Errorf("%s: the proof says %s, %s, %v", where, again.Kind, again.Why, err)
				}
			}
			if seen[tape.Code(code)] == 1 {
				lastStep(t, where, d, honest, cheat)
			}
		}
	}
	t.Logf("%d faults in %d kinds of operators, %d more changed nothing that is committed", played, len(seen), masked)
	for _, want := range []tape.Code{
		tape.Embed, tape.RMSNorm, tape.MatMul, tape.Rope, tape.SiLUMul, tape.Add, tape.Scores, tape.Probs, tape.Mix, tape.Join,
		tape.RowMax, tape.ExpLanes, tape.RowLosses, tape.LossGrad, tape.Sum, tape.MatMulT, tape.MatMulGrad, tape.SiLUMulGrad,
		tape.RMSNormGrad, tape.NormRoot, tape.NormGainGrad, tape.MixT, tape.ProbDot, tape.ProbGrad, tape.EmbedGrad,
		tape.SquareLanes, tape.FoldLanes, tape.ClipFactor, tape.ScaleBy, tape.Adam, tape.SGD,
		tape.AddScaled, tape.Scale, tape.Select, tape.Scatter,
	} {
		if seen[want] == 0 {
			t.Errorf("no fault in %v was seen", want)
		}
	}
}

// flipBit changes one bit of one element of the first result of an operator.
func flipBit(rng *rand.Rand, op int) func(n uint64, at dispute.Seen) {
	element, bit := rng.Uint64(), rng.IntN(31)
	return func(_ uint64, at dispute.Seen) {
		if at.Op != op {
			return
		}
		for _, out := range at.Program.Ops[op].Out {
			if out != trace.Absent {
				b := at.Bytes(out)
				b[element%uint64(len(b)/4)*4+uint64(bit/8)] ^= 1 << (bit % 8)
				return
			}
		}
	}
}

// TestBothGuilty: two real cheats, one tile.
func TestBothGuilty(t *testing.T) {
	g := newGame(t, games[0].rig, 2)
	honest := g.play("alice", 0, nil)
	if err := honest.do(); err != nil {
		t.Fatal(err)
	}
	p, err := honest.tracer.Program(2)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(p.Ops, func(o trace.Op) bool { return tape.Code(o.Code) == tape.MatMulT })
	cheat := func(name string, element int) *side {
		s := g.play(name, 2, func(_ uint64, seen dispute.Seen) {
			if seen.Op == at {
				seen.Bytes(seen.Program.Ops[at].Out[0])[4*element+1] ^= 1
			}
		})
		if err := s.do(); err != nil {
			t.Fatal(err)
		}
		return s
	}
	a, b := cheat("bob", 1), cheat("carol", 2)
	if _, v := g.judge(a, b); len(v.Guilty) != 2 || v.Kind != dispute.Tile {
		t.Errorf("got %s, %s", v.Kind, v.Why)
	}
}

// TestKernels: honest workers on different kernels reach one root, which stands
// here for machines that have none of the others.
func TestKernels(t *testing.T) {
	for i, want := range []string{
		"67f967eadf8d50ca82f80069759b5d8586a3db09d911aa4fe0d7ce6b242e0c6d",
		"2f0fe34d74dde3a0ba57c075c728332da6be4498d30e530f1da30bda2fb48c87",
	} {
		for _, kernels := range op.Available() {
			r := games[i].rig
			r.kernels = kernels
			g := newGame(t, r, 3)
			s := g.play("alice", 0, nil)
			if err := s.do(); err != nil {
				t.Fatal(err)
			}
			b := trace.Begin([32]byte{}, g.initial)
			for _, step := range s.steps[1:] {
				b.Add(step)
			}
			if got := fmt.Sprint(b.Commitment().Root); got != want {
				t.Errorf("%s, %s: got root %s, want %s", games[i].name, kernels, got, want)
			}
		}
	}
}
