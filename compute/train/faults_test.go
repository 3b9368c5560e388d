package train

import (
	"crypto/sha256"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	sealed "github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A fault is one way to do a job wrong. drawFault makes it from a random source,
// so its number and the seed of the run are all that is needed to see it again.
type fault struct {
	name  string
	step  uint64         // the first that is done wrong
	finds []dispute.Kind // what it may be found as

	start  func(s saved, before []saved) saved // another state to begin the step from
	order  *Order                              // of the whole run
	batch  func(b []Sample)                    // other samples of the step
	claim  bool                                // the samples are committed to as they are; else as they should be
	rate   float32                             // another learning rate of the step; 0: the job's
	before func(at dispute.Seen)               // what is done to the values of operators
	after  func(at dispute.Seen)
	undo   func()
	skip   bool                      // the step is not done
	still  bool                      // nor counted in what is committed
	leaf   func(s *trace.Step)       // what is committed of the step
	reveal func(c *trace.Commitment) // what is revealed
	forge  bool                      // it opens what an honest worker would, as far as its commitment allows
	answer func(a dispute.Ask, b []byte) []byte
}

var (
	asTile        = []dispute.Kind{dispute.Tile}
	asListOrTile  = []dispute.Kind{dispute.List, dispute.Tile}
	asBatch       = []dispute.Kind{dispute.Batch}
	asSilence     = []dispute.Kind{dispute.Silence}
	openingPhases = []sealed.Type{sealed.OpenSteps, sealed.OpenOps, sealed.OpenTiles}
)

// drawFault draws a fault of a job. Half of all are one bit of one tensor.
func (l *lab) drawFault(rng *rand.Rand) *fault {
	f := &fault{step: 1 + rng.Uint64N(uint64(l.steps)), finds: asListOrTile, forge: rng.IntN(2) == 0}
	switch kind := rng.IntN(20); kind {
	default:
		l.flipResult(f, rng)
	case 6, 7, 8:
		l.flipOperand(f, rng)
	case 9:
		f.name = "a bit of the state between two steps"
		i, bit := rng.Uint64(), rng.IntN(31)
		f.start = func(s saved, _ []saved) saved {
			x := s.x[i%uint64(len(s.x))]
			flip(&x[(i>>20)%uint64(len(x))], bit)
			return s
		}
	case 10, 11:
		l.wrongData(f, rng)
	case 12:
		f.name, f.claim, f.finds, f.step = "data order of another seed", true, asBatch, 1
		f.order, _ = NewOrder(rng.Uint64(), len(l.samples), l.rig.options.Batch)
	case 13:
		f.name, f.step = "parameters of another seed", 1
		f.start = func(saved, []saved) saved { return l.drawn.clone() }
		if rng.IntN(2) == 0 {
			f.finds = []dispute.Kind{dispute.Start}
			f.reveal = func(c *trace.Commitment) { c.Start = trace.Initial(l.drawnDigest) }
		}
	case 14:
		f.name, f.skip, f.still = "a skipped step", true, rng.IntN(2) == 0
	case 15:
		l.stale(f, rng)
	case 16:
		l.wrongClaim(f, rng)
	case 17, 18:
		l.flipResult(f, rng)
		l.badAnswer(f, rng)
	case 19:
		f.name, f.rate = "another learning rate", 0.01*(1+rng.Float32())
	}
	return f
}

// flip changes one bit of a float.
func flip(x *float32, bit int) { *x = math.Float32frombits(math.Float32bits(*x) ^ 1<<bit) }

func flipByte(b []byte, at uint64, bit int) { b[at%uint64(len(b))] ^= 1 << (bit % 8) }

// flipResult changes one bit of what an operator makes.
func (l *lab) flipResult(f *fault, rng *rand.Rand) {
	at, pick, place, bit := rng.IntN(len(l.ops(f.step))), rng.Uint64(), rng.Uint64(), rng.IntN(8)
	f.name, f.finds, f.forge = "a bit of a result", asTile, false
	f.after = func(seen dispute.Seen) {
		if seen.Op == at {
			made := present(seen.Program.Ops[at].Out)
			flipByte(seen.Bytes(made[pick%uint64(len(made))]), place, bit)
		}
	}
}

// flipOperand changes one bit of what an operator reads, weights included, and
// puts it back after.
func (l *lab) flipOperand(f *fault, rng *rand.Rand) {
	at, pick, place, bit := rng.IntN(len(l.ops(f.step))), rng.Uint64(), rng.Uint64(), rng.IntN(8)
	f.name, f.forge = "a bit of an operand", false
	f.before = func(seen dispute.Seen) {
		if read := present(seen.Program.Ops[seen.Op].In); seen.Op == at && len(read) > 0 {
			b := seen.Bytes(read[pick%uint64(len(read))])
			flipByte(b, place, bit)
			f.undo = func() { flipByte(b, place, bit) }
		}
	}
	f.after = func(dispute.Seen) { f.end() }
}

// end puts back what lasts longer than an operator, such as a weight.
func (f *fault) end() {
	if f.undo != nil {
		f.undo()
		f.undo = nil
	}
}

func present(values []int32) (all []int32) {
	for _, v := range values {
		if v != trace.Absent {
			all = append(all, v)
		}
	}
	return all
}

// wrongData learns from other samples, and says so or not.
func (l *lab) wrongData(f *fault, rng *rand.Rand) {
	i, j, other, token := rng.IntN(l.rig.options.Batch), rng.IntN(l.rig.options.Batch), rng.IntN(len(l.samples)), rng.Int32N(61)
	switch rng.IntN(3) {
	case 0:
		f.name, f.batch = "samples in another order", func(b []Sample) { b[i], b[j] = b[j], b[i] }
	case 1:
		f.name, f.batch = "another sample", func(b []Sample) { b[i] = l.samples[other] }
	case 2:
		f.name, f.batch = "a changed token", func(b []Sample) {
			b[i].IDs = slices.Clone(b[i].IDs)
			b[i].IDs[other%len(b[i].IDs)] = token
		}
	}
	f.finds = []dispute.Kind{dispute.List, dispute.Tile, dispute.Silence} // a list may not even have the step's length
	if f.claim = rng.IntN(2) == 0; f.claim {
		f.finds = asBatch
	}
}

// stale begins from what the state was before, all of it or one matrix.
func (l *lab) stale(f *fault, rng *rand.Rand) {
	f.step = 2 + rng.Uint64N(uint64(l.steps-1))
	back, one, whole := 2+rng.Uint64N(f.step-1), rng.Uint64(), rng.IntN(2) == 0
	f.name = "a stale state"
	f.start = func(s saved, before []saved) saved {
		old := before[f.step-back]
		for i := range s.x {
			if whole || i == int(one%uint64(len(s.x))) {
				copy(s.x[i], old.x[i])
			}
		}
		return s
	}
}

// wrongClaim commits to what was not computed.
func (l *lab) wrongClaim(f *fault, rng *rand.Rand) {
	at, bit := rng.IntN(32), byte(1)<<rng.IntN(8)
	switch rng.IntN(5) {
	case 0:
		f.name, f.leaf = "another loss", func(s *trace.Step) { s.Loss ^= uint32(bit) }
	case 1:
		f.name, f.finds = "a state of no tensors", []dispute.Kind{dispute.List}
		f.leaf = func(s *trace.Step) { s.State[at] ^= bit }
	case 2:
		f.name, f.finds = "samples of no data", asBatch
		f.leaf = func(s *trace.Step) { s.Batch[at] ^= bit }
	case 3:
		f.name, f.finds = "another chain", []dispute.Kind{dispute.Chain}
		f.reveal = func(c *trace.Commitment) { c.Chain[at] ^= bit }
	case 4: // nothing opens it
		f.name, f.finds = "a root of no steps", asSilence
		f.reveal = func(c *trace.Commitment) { c.Root[at] ^= bit }
	}
}

// badAnswer spoils what the cheat answers to one question.
func (l *lab) badAnswer(f *fault, rng *rand.Rand) {
	phase, how, part := openingPhases[rng.IntN(3)], rng.IntN(4), rng.Float64()
	f.finds = asSilence
	f.name = []string{"silence", "a truncated opening", "an opening that is one entry short", "a changed opening"}[how] + " at " + phase.String()
	f.answer = func(a dispute.Ask, b []byte) []byte {
		if a.Type != phase {
			return b
		}
		switch how {
		case 0:
			return nil
		case 1:
			return b[:int(part*float64(len(b)))]
		case 2:
			return l.shorter(a, b)
		}
		b = slices.Clone(b)
		b[int(part*float64(len(b)))] ^= 4
		return b
	}
}

// shorter signs a list without its last entry.
func (l *lab) shorter(a dispute.Ask, b []byte) []byte {
	var m dispute.Message
	if err := canon.Decode(b, &m, canon.Limits{Total: dispute.MaxProof}); err != nil {
		l.t.Fatal(err)
	}
	old, err := sealed.Open(m.Record, gameNet)
	if err != nil {
		l.t.Fatal(err)
	}
	m.List = m.List[:len(m.List)-len(m.List)/a.Entries]
	o := &dispute.Opening{Count: uint64(a.Entries - 1), Digest: sha256.Sum256(m.List)}
	h := old.Header()
	h.Payload = [32]byte{}
	m.Record = seal(l.t, cheatName, h, o).Envelope()
	out, err := canon.Encode(&m)
	if err != nil {
		l.t.Fatal(err)
	}
	return out
}

func (s saved) clone() saved {
	x := make([][]float32, len(s.x))
	for i := range x {
		x[i] = slices.Clone(s.x[i])
	}
	s.x = x
	return s
}

const cheatName = "mallory"

// A cheat is a worker who does a job with a fault. It is a dispute.Run.
type cheat struct {
	*side
	lab *lab
	f   *fault
}

// do does the job from the step that is wrong on. An error is that of a run that
// the fault stopped, which then commits to nothing.
func (c *cheat) do(f *fault) error {
	honest := c.lab.honest
	c.f, c.at = f, f.step
	c.steps = append(c.steps[:0], honest.steps[:f.step]...)
	c.states = append(c.states[:0], honest.states[:f.step]...)
	if f.start != nil {
		c.states[f.step-1] = f.start(c.states[f.step-1].clone(), honest.states)
	}
	if f.order != nil {
		own := c.trainer.order
		c.trainer.order = f.order
		defer func() { c.trainer.order = own }()
	}
	b := trace.Begin(c.lab.subject, c.lab.initial)
	for _, s := range c.steps[1:] {
		b.Add(s)
	}
	for n := f.step; n <= uint64(c.lab.steps); n++ {
		step, err := c.do1(n)
		if err != nil {
			return err
		}
		c.states, c.steps = append(c.states, snapshot(c.trainer)), append(c.steps, step)
		b.Add(step)
	}
	r := trace.Reveal{Commitment: b.Commitment()}
	if f.reveal != nil {
		f.reveal(&r.Commitment)
	}
	c.reveal = seal(c.lab.t, cheatName, sealed.Header{Network: gameNet, Type: sealed.Reveal, Subject: c.lab.subject, Sequence: 1}, &r)
	return nil
}

func (c *cheat) do1(n uint64) (step trace.Step, err error) {
	if n != c.at {
		step, _, err = c.trainer.Committed()
		return step, err
	}
	wrong, _ := Samples(c.batch(n))
	right, _ := Samples(c.trainer.Batch(n))
	if step.Batch = trace.Samples(right); c.f.claim {
		step.Batch = trace.Samples(wrong)
	}
	count := func() {
		c.trainer.step = int(n)
		c.trainer.update.p1, c.trainer.update.p2 = c.trainer.powers(n)
	}
	if c.f.skip {
		c.states[n-1].restore(c.trainer)
		step.Loss = c.steps[n-1].Loss
	} else {
		if step.Loss, err = lossOf(c.run, n); err != nil {
			return step, err
		}
	}
	if !c.f.still {
		count()
	}
	step.State, err = c.trainer.Digest()
	count()
	if c.f.leaf != nil {
		c.f.leaf(&step)
	}
	return step, err
}

// batch returns what the cheat learns from.
func (c *cheat) batch(n uint64) []Sample {
	b := slices.Clone(c.trainer.Batch(n))
	if n == c.at && c.f.batch != nil {
		c.f.batch(b)
	}
	return b
}

// run does a step again, as dishonestly as the first time.
func (c *cheat) run(n uint64, w *dispute.Watch) (*trace.Program, error) {
	if n != c.at {
		return c.tracer.run(n, w)
	}
	samples, rates := c.trainer.samples, c.trainer.options.Rates
	defer func() {
		c.trainer.samples, c.trainer.options.Rates = samples, rates
		c.f.end() // of an operator that failed, or was the last to be seen
	}()
	if c.f.batch != nil {
		c.trainer.samples = slices.Clone(samples)
		for i, s := range c.batch(n) {
			c.trainer.samples[c.trainer.order.Step(int(n - 1))[i]] = s
		}
	}
	if c.f.rate != 0 {
		c.trainer.options.Rates = slices.Clone(rates)
		c.trainer.options.Rates[n-1] = c.f.rate
	}
	both := func(mine func(dispute.Seen), look func(dispute.Seen) error) func(dispute.Seen) error {
		return func(at dispute.Seen) error {
			if mine != nil {
				mine(at)
			}
			return w.See(look, at)
		}
	}
	return c.tracer.run(n, &dispute.Watch{Before: both(c.f.before, w.Before), After: both(c.f.after, w.After)})
}

// Digests opens what the cheat did, or what suits what it committed to.
func (c *cheat) Digests(n uint64) ([]merkle.Digest, error) {
	if !c.f.forge || n != c.at {
		return dispute.Again(c.run).Digests(n, given(c.lab.weights))
	}
	list := slices.Clone(c.lab.list(n))
	p := c.lab.program(n)
	for i, f := range p.Final {
		d, err := p.Values[f.Value].DigestOf(merkle.Bytes(c.states[n].x[i]))
		if err != nil {
			return nil, err
		}
		list[f.Value] = d
	}
	list[p.Loss] = trace.Scalar(c.steps[n].Loss)
	return list, nil
}

// leavesOf returns the tile leaves of a value with these bytes.
func leavesOf(p *trace.Program, value int32, b []byte) ([]merkle.Digest, error) {
	return dispute.Seen{Program: p, Bytes: func(int32) []byte { return b }}.LeavesOf(value)
}

func (c *cheat) Tiles(n uint64, value int32) ([]merkle.Digest, error) {
	if !c.f.forge || n != c.at {
		return dispute.Again(c.run).Tiles(n, value)
	}
	p := c.lab.program(n)
	if value == p.Loss {
		return leavesOf(p, value, merkle.Bytes([]float32{math.Float32frombits(c.steps[n].Loss)}))
	}
	for i, f := range p.Final {
		if f.Value == value {
			return leavesOf(p, value, merkle.Bytes(c.states[n].x[i]))
		}
	}
	return nil, fmt.Errorf("value %d was not forged", value)
}

func (c *cheat) Operands(n uint64, op int, use func(dispute.Operands) error) error {
	return dispute.Again(c.run).Operands(n, op, use)
}

func (c *cheat) Answer(a dispute.Ask) ([]byte, error) {
	p := dispute.Player{
		Key: c.key, Reveal: c.reveal, Steps: c.steps, Run: c, Recompute: c.lab.cpu.Referee,
		Program: func(n uint64) (*trace.Program, error) { return c.lab.program(n), nil },
	}
	b, err := p.Answer(a)
	if err == nil && c.f.answer != nil {
		b = c.f.answer(a, b)
	}
	return b, err
}
