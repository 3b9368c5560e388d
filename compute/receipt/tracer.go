package receipt

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A Tracer does the prefill of an answer again and looks inside: what a side
// opens in a dispute about a receipt. It is a dispute.Run of one step.
type Tracer struct {
	cpu      *tape.CPU
	j        *job
	w        *writer
	ids      []int32        // what the model reads
	sampling serve.Sampling // how tokens are drawn
}

var _ dispute.Run = (*Tracer)(nil)

// NewTracer returns the Tracer of a spec on a model that is loaded on this CPU.
func NewTracer(cpu *tape.CPU, m *llama.Model, spec []byte, terms *Terms, adapters Adapters) (*Tracer, error) {
	extra, err := canon.Encode(terms)
	if err != nil {
		return nil, err
	}
	j, err := newJob(spec, extra, adapters)
	if err != nil {
		return nil, err
	}
	t := &Tracer{cpu: cpu, j: j, ids: j.ids(), sampling: j.spec.Request.Sampling}
	if t.w, err = j.write(m); err != nil {
		return nil, err
	}
	return t, t.w.Program.Check()
}

// Answer returns what the model gives: the token drawn at each place of the
// answer behind those before it, and the last link of the chain.
func (t *Tracer) Answer() (drawn []int32, last serve.Hash, err error) {
	drawn = slices.Clone(t.j.spec.Tokens)
	first := t.j.spec.draws()
	_, err = t.run(1, &dispute.Watch{After: func(at dispute.Seen) error {
		o := &at.Program.Ops[at.Op]
		switch o.Code {
		case chain:
			copy(last[:], at.Bytes(o.Out[0]))
		case draw:
			drawn[first] = int32(binary.LittleEndian.Uint32(at.Bytes(o.Out[0])))
			first++
		}
		return nil
	}})
	return drawn, last, err
}

// Player returns who answers in a dispute for the side that signed a reveal of
// this claim.
func (t *Tracer) Player(key record.Key, reveal record.Verified, drawn []int32, last serve.Hash) (*dispute.Player, error) {
	steps, err := t.j.spec.steps(drawn, last)
	return &dispute.Player{
		Key: key, Reveal: reveal, Steps: steps, Run: t, Recompute: recompute(t.cpu),
		Program: func(uint64) (*trace.Program, error) { return t.w.Program, nil },
	}, err
}

// Batch is dispute.Config.Batch.
func (t *Tracer) Batch(uint64) (dispute.Samples, error) {
	s := t.j.spec.sample()
	proof, err := merkle.NewTree(merkle.SHA256, []merkle.Digest{s.Leaf()}).ProveMany([]uint64{0})
	n := len(t.j.spec.Tokens)
	return dispute.Samples{
		Samples: []trace.Sample{s}, Contents: [][]byte{trace.SampleContent(t.j.spec.Tokens, untrained(n))}, Proof: proof,
	}, err
}

// run does the prefill, the only step there is.
func (t *Tracer) run(_ uint64, look *dispute.Watch) (*trace.Program, error) {
	return t.w.Program, t.prefill(look)
}

func (t *Tracer) prefill(look *dispute.Watch) error {
	var hidden, logits []byte
	inspect := func(p *tape.Part, bind tape.Binding, keep *[]byte) error {
		return t.cpu.Inspect(p.Tape, p.Env, &bind, p.Hook(t.w.Program, look, func(_ int32, b []byte) { *keep = bytes.Clone(b) }))
	}
	own := func(op int, values map[int32][]byte) error {
		return look.SeeBoth(dispute.Seen{Program: t.w.Program, Op: op, Bytes: func(v int32) []byte { return values[v] }})
	}
	w, r := t.w, &t.j.spec.Request
	if err := inspect(&w.body, bodyBinding(t.ids), &hidden); err != nil || look.Stopped() {
		return err
	}
	op, n, row := w.body.First+len(w.body.Tape.Apps), len(t.j.spec.Tokens), len(hidden)/t.j.length()
	hashes := hashesOf(hidden[(len(r.Prompt)-1)*row:][:n*row], row)
	if err := own(op, map[int32][]byte{w.hidden: hidden, w.hashes: hashes}); err != nil || look.Stopped() {
		return err
	}
	var a start
	if err := canon.Decode(w.Program.Ops[op+1].Attrs, &a, canon.Limits{}); err != nil {
		return err
	}
	tokens := bytes.Clone(merkle.Bytes(t.j.spec.Tokens))
	if err := own(op+1, map[int32][]byte{w.hashes: hashes, w.tokens: tokens, w.chain: a.last(hashes, tokens)}); err != nil || look.Stopped() {
		return err
	}
	if err := w.prefill.Hidden.Write(merkle.Floats(hidden)); err != nil {
		return err
	}
	for i := range w.heads {
		p := &w.heads[i]
		at := len(r.Prompt) + t.j.spec.draws() + i
		if err := inspect(p, p.Bind, &logits); err != nil || look.Stopped() {
			return err
		}
		op := p.First + len(p.Tape.Apps)
		d := drawing{uint64(t.j.spec.Choice), uint64(at), t.sampling}
		token, err := d.token(t.cpu.Engine(), logits)
		if err != nil {
			return err
		}
		o := &w.Program.Ops[op]
		if err := own(op, map[int32][]byte{o.In[0]: logits, o.Out[0]: token}); err != nil || look.Stopped() {
			return err
		}
	}
	return nil
}

// Digests implements dispute.Run.
func (t *Tracer) Digests(n uint64) ([]merkle.Digest, error) {
	return dispute.Again(t.run).Digests(n, func(v *trace.Value) (merkle.Digest, error) { return v.Digest, nil })
}

// Tiles implements dispute.Run.
func (t *Tracer) Tiles(n uint64, value int32) ([]merkle.Digest, error) {
	return dispute.Again(t.run).Tiles(n, value)
}

// Operands implements dispute.Run.
func (t *Tracer) Operands(n uint64, op int, use func(dispute.Operands) error) error {
	return dispute.Again(t.run).Operands(n, op, use)
}

// Dispute begins a dispute about a receipt: side 0 is its worker, side 1 this
// tracer, for which the Player answers and whose key signs what it computed. No
// Dispute: it computes what the receipt states.
func (t *Tracer) Dispute(key record.Key, rules dispute.Rules, v *Verified, terms *Terms) (*dispute.Dispute, *dispute.Player, error) {
	drawn, last, err := t.Answer()
	if err != nil || last == v.Receipt.Chain && slices.Equal(drawn, v.Spec.Tokens) {
		return nil, nil, err
	}
	reveal, err := SealReveal(key, rules.Network, &v.Spec, drawn, last)
	if err != nil {
		return nil, nil, err
	}
	challenger, err := t.Player(key, reveal, drawn, last)
	if err != nil {
		return nil, nil, err
	}
	extra, err := canon.Encode(terms)
	if err != nil {
		return nil, nil, err
	}
	d, err := dispute.New(dispute.Config{
		Case: dispute.Case{Spec: v.File.Spec, Extra: extra}, Rules: rules, Clock: uint64(answerTime), Batch: t.Batch,
		Sides: [2]dispute.StartSide{{Reveal: v.File.Reveal}, {Reveal: reveal.Envelope()}},
	}, 0)
	return d, challenger, err
}

// Convict plays a dispute about a receipt in one process: answer is how the
// accused answers. It returns the FraudProof, nil if this tracer computes what
// the receipt states. Across the network the caller of Dispute asks both sides
// and counts time.
func (t *Tracer) Convict(key record.Key, rules dispute.Rules, v *Verified, terms *Terms, answer func(dispute.Ask) ([]byte, error)) (dispute.Verdict, []byte, error) {
	var none dispute.Verdict
	d, challenger, err := t.Dispute(key, rules, v, terms)
	if d == nil || err != nil {
		return none, nil, err
	}
	for asks := d.Asks(); len(asks) > 0; asks = d.Asks() {
		if err := step(d, asks, answer, challenger.Answer); err != nil {
			return none, nil, err
		}
	}
	verdict, _ := d.Verdict()
	for _, p := range d.Proofs() {
		return verdict, p, nil
	}
	return verdict, nil, errors.New("receipt: a verdict without a proof")
}

// step puts what is asked to both sides. It fails if neither has a good answer.
func step(d *dispute.Dispute, asks []dispute.Ask, sides ...func(dispute.Ask) ([]byte, error)) error {
	moved := false
	var failed error
	for _, a := range asks {
		b, err := sides[a.Side](a)
		if err == nil {
			_, _, err = d.Step(dispute.Move{Side: a.Side, Answer: b})
		}
		if moved = moved || err == nil; err != nil {
			failed = errors.Join(failed, fmt.Errorf("side %d, %s: %w", a.Side, a.Type, err))
		}
	}
	if moved {
		return nil
	}
	return failed
}

// answerTime is how long each side of a dispute may take, in milliseconds.
const answerTime = 600_000
