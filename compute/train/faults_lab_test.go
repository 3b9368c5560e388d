package train

import (
	"cmp"
	"crypto/sha256"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	sealed "github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A lab is a small LoRA job that one worker did honestly, for others to do wrong.
type lab struct {
	*game
	subject     [32]byte
	honest      *side
	cheat       *cheat
	weights     map[string]merkle.Digest
	drawn       saved // the state that another seed gives
	drawnDigest merkle.Digest

	known  map[uint64]*trace.Program // with all contents
	opened map[uint64][]merkle.Digest
}

func newLab(t testing.TB, r rig, steps int) *lab {
	r.threads = 1
	l := &lab{game: newGame(t, r, steps), known: make(map[uint64]*trace.Program), opened: make(map[uint64][]merkle.Digest)}
	l.subject = sha256.Sum256(l.spec)
	l.honest = l.play("alice", 0, nil)
	if err := l.honest.do(); err != nil {
		t.Fatal(err)
	}
	l.cheat = &cheat{side: l.play(cheatName, 0, nil), lab: l}
	l.cheat.tracer.rewind = func(n uint64) error { l.cheat.states[n].restore(l.cheat.trainer); return nil }
	l.cheat.trainer.digests, l.honest.trainer.digests = newDigester(1), newDigester(1)
	if _, err := l.honest.tracer.Frozen(); err != nil {
		t.Fatal(err)
	}
	l.weights = l.honest.tracer.weights
	l.cheat.tracer.weights, l.cheat.tracer.frozen = l.weights, l.frozen

	m, err := llama.New(tinyOf(t), l.cpu)
	if err == nil {
		err = m.Init(l.cpu.Engine(), 11)
	}
	if err != nil {
		t.Fatal(err)
	}
	a, err := NewAdapter(m, lora.Config{R: 4, LoraAlpha: 8, TargetModules: lora.Modules{Pattern: lora.AllLinear}}, 13)
	if err != nil {
		t.Fatal(err)
	}
	other, err := New(m, a, l.cpu, l.samples, l.rig.options)
	if err != nil {
		t.Fatal(err)
	}
	l.drawn, l.drawnDigest = snapshot(other), digest(t, other)
	return l
}

// program is the inside of a step of which all samples are at hand.
func (l *lab) program(n uint64) *trace.Program {
	if l.known[n] == nil {
		b, err := l.batch(n)
		if err != nil {
			l.t.Fatal(err)
		}
		if l.known[n], err = l.Program(n, b.Samples, b.Contents); err != nil {
			l.t.Fatal(err)
		}
	}
	return l.known[n]
}

func (l *lab) ops(n uint64) []trace.Op { return l.program(n).Ops }

// list is what an honest worker opens of a step.
func (l *lab) list(n uint64) []merkle.Digest {
	if l.opened[n] == nil {
		var err error
		if l.opened[n], err = l.honest.Digests(n); err != nil {
			l.t.Fatal(err)
		}
	}
	return l.opened[n]
}

// Digests, Tiles and Operands are the honest worker's, who keeps its lists.
func (l *lab) Digests(n uint64) ([]merkle.Digest, error)            { return l.list(n), nil }
func (l *lab) Tiles(n uint64, value int32) ([]merkle.Digest, error) { return l.honest.Tiles(n, value) }
func (l *lab) Operands(n uint64, op int, use func(dispute.Operands) error) error {
	return l.honest.Operands(n, op, use)
}

// An outcome counts what became of faults.
type outcome int

const (
	stopped outcome = iota // the run made something that is not finite
	masked                 // nothing that is committed changed: equal by hash
	found
)

// try does the job with a fault and judges it.
func (l *lab) try(f *fault, rng *rand.Rand) (outcome, dispute.Kind) {
	c := l.cheat
	if c.do(f) != nil {
		return stopped, 0
	}
	payload := c.reveal.Header().Payload
	if payload == l.honest.reveal.Header().Payload {
		if !slices.Equal(c.steps, l.honest.steps) {
			l.t.Errorf("%s: another run has the same root", f.name)
		}
		return masked, 0
	}
	var sides [2]dispute.StartSide
	at := rng.IntN(2) // the cheat's side
	sides[at], sides[1-at] = dispute.StartSide{Reveal: c.reveal.Envelope()}, dispute.StartSide{Reveal: l.honest.reveal.Envelope()}
	d, err := dispute.New(dispute.Config{Case: dispute.Case{Spec: l.spec}, Rules: l.rules(), Clock: 1000, Batch: l.batch, Sides: sides}, 0)
	if err != nil {
		l.t.Errorf("%s: %v", f.name, err)
		return found, 0
	}
	v := l.playOut(d, at, f)
	if !slices.Contains(f.finds, v.Kind) || len(v.Guilty) != 1 || !v.Convicts(c.key.Public().Account()) {
		l.t.Errorf("%s, step %d: got %s against %d, %s", f.name, f.step, v.Kind, len(v.Guilty), v.Why)
	}
	if (len(d.Proofs()) == 0) != (v.Kind == dispute.Silence) {
		l.t.Errorf("%s: %s with %d proofs", f.name, v.Kind, len(d.Proofs()))
	}
	for _, proof := range d.Proofs() {
		if again, err := dispute.Verify(proof, l.rules()); err != nil || len(again.Guilty) != 1 || !again.Convicts(c.key.Public().Account()) {
			l.t.Errorf("%s: the proof says %s, %s, %v", f.name, again.Kind, again.Why, err)
		}
	}
	return found, v.Kind
}

// playOut plays a dispute to its end; the cheat may answer what it likes.
func (l *lab) playOut(d *dispute.Dispute, at int, f *fault) dispute.Verdict {
	honest := dispute.Player{
		Key: l.honest.key, Reveal: l.honest.reveal, Steps: l.honest.steps, Run: l, Recompute: l.cpu.Referee,
		Program: func(n uint64) (*trace.Program, error) { return l.program(n), nil },
	}
	now := uint64(0)
	for range 5 {
		asks := d.Asks()
		slices.SortStableFunc(asks, func(a, b dispute.Ask) int { return cmp.Compare(a.Side^at, b.Side^at) }) // the cheat first
		for _, ask := range asks {
			if _, done := d.Verdict(); done {
				break
			}
			now++
			answer, err := l.cheat.Answer, error(nil)
			if ask.Side != at {
				answer = honest.Answer
			}
			b, err := answer(ask)
			if err != nil {
				l.t.Logf("%s: the answer to %s: %v", f.name, ask.Type, err)
			}
			if len(b) > 0 && err == nil {
				_, _, err = d.Step(dispute.Move{Now: now, Side: ask.Side, Answer: b})
			}
			if err != nil && ask.Side != at {
				l.t.Errorf("%s: the honest answer to %s: %v", f.name, ask.Type, err)
			}
		}
	}
	if _, _, err := d.Step(dispute.Move{Now: now + 2000}); err != nil {
		l.t.Errorf("%s: %v", f.name, err)
	}
	v, done := d.Verdict()
	if !done {
		l.t.Errorf("%s: no verdict", f.name)
	}
	return v
}

// records tries what needs no dispute: a copied commitment, and two results.
func (l *lab) records(f *fault, rng *rand.Rand) {
	c := l.cheat
	mine, honest := c.key.Public().Account(), l.honest.key.Public().Account()
	own := trace.Reveal{Commitment: l.commitment()}
	for i := range own.Nonce {
		own.Nonce[i] = byte(rng.Uint32())
	}
	hidden := own.Commit(l.subject, honest)
	copied := own // the copier has heard the honest reveal
	if copied.Commit(l.subject, mine) == hidden {
		l.t.Errorf("a copied commitment opens for the copier")
	}
	if c.do(f) != nil || c.reveal.Header().Payload == l.honest.reveal.Header().Payload {
		return
	}
	h := sealed.Header{Network: gameNet, Type: sealed.Reveal, Subject: l.subject, Sequence: 1}
	second := seal(l.t, cheatName, h, &trace.Reveal{Commitment: l.commitment()})
	e, ok := sealed.Equivocates(c.reveal, second)
	if !ok {
		l.t.Fatal("two results of one worker are no equivocation")
	}
	b, err := dispute.Encode(&dispute.EquivocationProof{Equivocation: e})
	if err != nil {
		l.t.Fatal(err)
	}
	if v, err := dispute.Verify(b, l.rules()); err != nil || v.Kind != dispute.Equivocation || !v.Convicts(mine) || v.Convicts(honest) {
		l.t.Errorf("two results: got %s, %v", v.Kind, err)
	}
	if _, ok := sealed.Equivocates(c.reveal, l.honest.reveal); ok {
		l.t.Errorf("two workers equivocate")
	}
}

func (l *lab) commitment() trace.Commitment {
	b := trace.Begin(l.subject, l.initial)
	for _, s := range l.honest.steps[1:] {
		b.Add(s)
	}
	return b.Commitment()
}

// TestRandomFaults does a LoRA job wrong in random ways. Every fault that
// changes what is committed is found, only who made it is guilty, and all others
// leave every committed state equal. OPENLEDGER_FAULTS is how many (50), and
// OPENLEDGER_SEED draws others.
func TestRandomFaults(t *testing.T) {
	n, seed := 50, uint64(7)
	if x, err := strconv.Atoi(os.Getenv("OPENLEDGER_FAULTS")); err == nil {
		n = x
	}
	if x, err := strconv.ParseUint(os.Getenv("OPENLEDGER_SEED"), 10, 64); err == nil {
		seed = x
	}
	type tally map[string]map[string]int
	all := make(tally)
	var lock sync.Mutex
	var next atomic.Int64
	if x, err := strconv.Atoi(os.Getenv("OPENLEDGER_FAULT")); err == nil { // this one alone
		next.Store(int64(x))
		n = x + 1
	}
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), 8) {
		labs := []*lab{
			newLab(t, rig{lora: true, options: Options{Seed: 4, Batch: 4, Micro: 3, Clip: 0.5, Optimizer: AdamW}}, 3),
			newLab(t, rig{lora: true, options: Options{Seed: 5, Batch: 3, Optimizer: Optimizer{Kind: "sgd", Momentum: 0.9}}}, 3),
		}
		workers.Go(func() {
			for {
				i := next.Add(1) - 1
				if i >= int64(n) || t.Failed() {
					return
				}
				rng := rand.New(rand.NewPCG(seed, uint64(i)))
				l := labs[rng.IntN(len(labs))]
				f := l.drawFault(rng)
				name, result := f.name, ""
				if rng.IntN(20) == 0 {
					l.records(f, rng)
					name, result = "a copied commitment, two results", "refused, equivocation"
				} else {
					o, kind := l.try(f, rng)
					result = [...]string{"stopped", "masked", kind.String()}[o]
				}
				if t.Failed() {
					t.Logf("seed %d, fault %d", seed, i)
				}
				lock.Lock()
				if all[name] == nil {
					all[name] = make(map[string]int)
				}
				all[name][result]++
				lock.Unlock()
			}
		})
	}
	workers.Wait()
	t.Logf("%d faults, seed %d", n, seed)
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		t.Logf("%-48s %v", name, all[name])
	}
}
