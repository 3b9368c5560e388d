package receipt

import (
	"math/rand/v2"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// An auditor reveals what it found in the worker's words, so it is a side like
// any other: whoever claims what the model does not give is guilty, be it that it
// blames an honest worker or that it says yes to a false receipt.

// trial is one receipt and what is needed to dispute about it.
type trial struct {
	*world
	v      *Verified
	honest *Tracer
	liar   *Tracer // who made the receipt, if it is false
}

func newTrial(t *testing.T, forged bool) *trial {
	w := newWorld(t)
	rng := rand.New(rand.NewPCG(testSeed, 9))
	if forged {
		v, liar := w.forge(cheats[0], rng, w.request(rng))
		for same(t, w.tracer(w.model, v), v) {
			v, liar = w.forge(cheats[0], rng, w.request(rng))
		}
		return &trial{w, v, w.tracer(w.model, v), liar}
	}
	request, answer := w.answer(w.auditor, w.request(rng))
	f, err := Seal(key(t, "worker"), testNet, &Spec{Request: request, Tokens: answer.Tokens}, answer, [32]byte{}, [65]byte{})
	if err != nil {
		t.Fatal(err)
	}
	v := w.open(f)
	return &trial{w, v, w.tracer(w.model, v), nil}
}

// judge plays two sides against each other: what each signed, and who answers.
func (x *trial) judge(reveals [2]record.Verified, sides [2]func(dispute.Ask) ([]byte, error)) (dispute.Verdict, [][]byte) {
	x.t.Helper()
	extra, err := canon.Encode(x.terms)
	if err != nil {
		x.t.Fatal(err)
	}
	d, err := dispute.New(dispute.Config{
		Case: dispute.Case{Spec: x.v.File.Spec, Extra: extra}, Rules: x.rules, Clock: 1000, Batch: x.honest.Batch,
		Sides: [2]dispute.StartSide{{Reveal: reveals[0].Envelope()}, {Reveal: reveals[1].Envelope()}},
	}, 0)
	if err != nil {
		x.t.Fatal(err)
	}
	for asks := d.Asks(); len(asks) > 0; asks = d.Asks() {
		if err := step(d, asks, sides[0], sides[1]); err != nil {
			x.t.Fatal(err)
		}
	}
	v, _ := d.Verdict()
	for _, p := range d.Proofs() {
		if again, err := dispute.Verify(p, x.rules); err != nil || len(again.Guilty) == 0 {
			x.t.Errorf("%s: the proof: %v", v.Kind, err)
		}
	}
	return v, d.Proofs()
}

// says is a side that signs what a tracer gives and answers for it.
func (x *trial) says(name string, with *Tracer) (record.Verified, func(dispute.Ask) ([]byte, error)) {
	x.t.Helper()
	drawn, last, err := with.Answer()
	if err != nil {
		x.t.Fatal(err)
	}
	reveal, err := SealReveal(key(x.t, name), testNet, &x.v.Spec, drawn, last)
	if err != nil {
		x.t.Fatal(err)
	}
	p, err := with.Player(key(x.t, name), reveal, drawn, last)
	if err != nil {
		x.t.Fatal(err)
	}
	return reveal, p.Answer
}

func (x *trial) guilty(what string, v dispute.Verdict, names ...string) {
	x.t.Helper()
	if len(v.Guilty) != len(names) {
		x.t.Errorf("%s: got %s, %d guilty, want %v", what, v.Kind, len(v.Guilty), names)
	}
	for _, n := range names {
		if !v.Convicts(key(x.t, n).Public().Account()) {
			x.t.Errorf("%s: %s, %s, does not convict the %s", what, v.Kind, v.Why, n)
		}
	}
}

// TestFalseAccusation: who blames an honest receipt with another result is
// convicted, whatever that rests on.
func TestFalseAccusation(t *testing.T) {
	x := newTrial(t, false)
	rng := rand.New(rand.NewPCG(testSeed, 10))
	worker, honest := x.says("worker", x.honest)
	for _, c := range cheats[:2] { // with other weights
		auditor, lies := x.says("auditor", x.tracer(c.model(x.world, rng), x.v))
		v, _ := x.judge([2]record.Verified{worker, auditor}, [2]func(dispute.Ask) ([]byte, error){honest, lies})
		x.guilty(c.name, v, "auditor")
	}
	// With a commitment that is no result at all.
	for what, c := range map[string]struct {
		change func(steps []trace.Step)
		kind   dispute.Kind
	}{
		"another start": {func(s []trace.Step) { s[0].State[0] ^= 1 }, dispute.Start},
		"another batch": {func(s []trace.Step) { s[1].Batch[0] ^= 1 }, dispute.Batch},
		"another loss":  {func(s []trace.Step) { s[1].Loss ^= 1 }, dispute.List},
		"another state": {func(s []trace.Step) { s[1].State[0] ^= 1 }, dispute.List},
	} {
		auditor, lies := x.commits("auditor", c.change, func(*trace.Commitment) {})
		v, _ := x.judge([2]record.Verified{worker, auditor}, [2]func(dispute.Ask) ([]byte, error){honest, lies})
		if x.guilty(what, v, "auditor"); v.Kind != c.kind {
			t.Errorf("%s: got %s, want %s", what, v.Kind, c.kind)
		}
	}
	auditor, lies := x.commits("auditor", func([]trace.Step) {}, func(c *trace.Commitment) { c.Chain[0] ^= 1 })
	v, _ := x.judge([2]record.Verified{worker, auditor}, [2]func(dispute.Ask) ([]byte, error){honest, lies})
	if x.guilty("another chain", v, "auditor"); v.Kind != dispute.Chain {
		t.Errorf("another chain: got %s", v.Kind)
	}
}

// commits is a side that computed honestly and committed to something else.
func (x *trial) commits(name string, change func(steps []trace.Step), after func(c *trace.Commitment)) (record.Verified, func(dispute.Ask) ([]byte, error)) {
	x.t.Helper()
	drawn, last, err := x.honest.Answer()
	if err != nil {
		x.t.Fatal(err)
	}
	steps, err := x.v.Spec.steps(drawn, last)
	if err != nil {
		x.t.Fatal(err)
	}
	change(steps)
	b := trace.NewBuilder(0, steps[0], trace.Chain(x.v.ID, steps[0].Leaf(0)))
	b.Add(steps[1])
	c := b.Commitment()
	after(&c)
	payload, err := canon.Encode(&trace.Reveal{Commitment: c})
	if err != nil {
		x.t.Fatal(err)
	}
	reveal, err := record.Seal(key(x.t, name), record.Header{Network: testNet, Type: record.Reveal, Subject: x.v.ID}, payload)
	if err != nil {
		x.t.Fatal(err)
	}
	p, err := x.honest.Player(key(x.t, name), reveal, drawn, last)
	if err != nil {
		x.t.Fatal(err)
	}
	p.Steps = steps
	return reveal, p.Answer
}

// TestWrongAudit: an auditor that says yes to a false receipt has signed the same
// result, and falls with it; of two different false ones both are guilty.
func TestWrongAudit(t *testing.T) {
	x := newTrial(t, true)
	rng := rand.New(rand.NewPCG(testSeed, 11))
	accused, err := x.liar.Player(key(t, "worker"), x.reveal(x.v), x.v.Spec.Tokens, x.v.Receipt.Chain)
	if err != nil {
		t.Fatal(err)
	}
	accomplice, yes := x.says("auditor", x.liar)
	challenger, truth := x.says("challenger", x.honest)
	for name, side := range map[string]struct {
		reveal record.Verified
		answer func(dispute.Ask) ([]byte, error)
	}{"worker": {x.reveal(x.v), accused.Answer}, "auditor": {accomplice, yes}} {
		v, _ := x.judge([2]record.Verified{side.reveal, challenger}, [2]func(dispute.Ask) ([]byte, error){side.answer, truth})
		x.guilty("a false receipt", v, name)
	}
	other, lies := x.says("auditor", x.tracer(cheats[1].model(x.world, rng), x.v))
	v, _ := x.judge([2]record.Verified{x.reveal(x.v), other}, [2]func(dispute.Ask) ([]byte, error){accused.Answer, lies})
	if v.Convicts(key(t, "challenger").Public().Account()) || len(v.Guilty) == 0 {
		t.Errorf("two false results: got %s against %d", v.Kind, len(v.Guilty))
	}
}

// TestTwoResults: who reveals two results of one answer has signed two records for
// one place.
func TestTwoResults(t *testing.T) {
	x := newTrial(t, false)
	rng := rand.New(rand.NewPCG(testSeed, 12))
	first, _ := x.says("auditor", x.honest)
	second, _ := x.says("auditor", x.tracer(cheats[1].model(x.world, rng), x.v))
	e, ok := record.Equivocates(first, second)
	if !ok {
		t.Fatal("two reveals of one signer about one answer are no equivocation")
	}
	b, err := dispute.Encode(&dispute.EquivocationProof{Equivocation: e})
	if err != nil {
		t.Fatal(err)
	}
	v, err := dispute.Verify(b, x.rules)
	if err != nil || v.Kind != dispute.Equivocation || v.Job != x.v.ID {
		t.Fatalf("got %v, %v", v, err)
	}
	x.guilty("two results", v, "auditor")
	again, _ := x.says("auditor", x.honest)
	if _, ok := record.Equivocates(first, again); ok {
		t.Error("who says the same twice equivocates")
	}
}
