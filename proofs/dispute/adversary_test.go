package dispute_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

var phases = []record.Type{record.OpenSteps, record.OpenOps, record.OpenTiles, record.FraudProof}

// at answers honestly, but at one phase as do says.
func at(phase record.Type, honest answerer, do answerer) answerer {
	return func(a dispute.Ask) ([]byte, error) {
		if a.Type == phase {
			return do(a)
		}
		return honest(a)
	}
}

func silent(dispute.Ask) ([]byte, error) { return nil, nil }

// TestSilence: who does not answer is guilty, at every phase; the other is not,
// unless it is silent too.
func TestSilence(t *testing.T) {
	a, b := work(alice, 1, 3, fault{}), work(bob, 1, 3, flip(2, vA, 1))
	for _, phase := range phases {
		for side := range 2 {
			by := honestly(a, b)
			by[side] = at(phase, by[side], silent)
			_, v := play(t, a, b, by)
			name := fmt.Sprintf("side %d at %s", side, phase)
			if phase == record.FraudProof { // the other can show the operands too
				check(t, name, v, dispute.Tile, bob)
			} else {
				check(t, name, v, dispute.Silence, []record.Key{alice, bob}[side])
			}
		}
		by := honestly(a, b)
		by[0], by[1] = at(phase, by[0], silent), at(phase, by[1], silent)
		_, v := play(t, a, b, by)
		check(t, fmt.Sprint("both at ", phase), v, dispute.Silence, alice, bob)
	}
}

// TestUnopenable: a root with nothing behind it ends by the clock, and the verdict
// says what was wrong with the answers.
func TestUnopenable(t *testing.T) {
	a := work(alice, 1, 3, fault{})
	b := work(bob, 1, 3, fault{reveal: func(r *trace.Reveal) { r.Commitment.Root[3]++ }})
	_, v := play(t, a, b, honestly(a, b))
	check(t, "a root of nothing", v, dispute.Silence, bob)
	if want := "did not answer OpenSteps in time; the last answer of " + bob.Public().Account().String() + " was refused: trace: the steps opened have another root"; v.Why != want {
		t.Errorf("got %q, want %q", v.Why, want)
	}
}

// TestBadAnswers: an answer that is none is as good as silence, costs nothing
// but time, and the honest answer after it still counts.
func TestBadAnswers(t *testing.T) {
	a, b := work(alice, 1, 3, fault{}), work(bob, 1, 3, flip(2, vA, 1))
	honest := honestly(a, b)
	other := work(carol, 1, 3, flip(2, vB, 1)).player().Answer
	change := func(f func(m *dispute.Message)) func(by answerer, a dispute.Ask) ([]byte, error) {
		return func(by answerer, a dispute.Ask) ([]byte, error) {
			good, err := by(a)
			if err != nil {
				return nil, err
			}
			var m dispute.Message
			if err := canon.Decode(good, &m, canon.Limits{}); err != nil {
				return nil, err
			}
			m.List = bytes.Clone(m.List)
			f(&m)
			return canon.Encode(&m)
		}
	}
	for name, bad := range map[string]func(by answerer, a dispute.Ask) ([]byte, error){
		"nothing":       func(answerer, dispute.Ask) ([]byte, error) { return []byte{}, nil },
		"noise":         func(answerer, dispute.Ask) ([]byte, error) { return bytes.Repeat([]byte{0x9a}, 99), nil },
		"huge":          func(answerer, dispute.Ask) ([]byte, error) { return make([]byte, dispute.MaxProof+1<<17), nil },
		"of another":    func(_ answerer, a dispute.Ask) ([]byte, error) { return other(a) },
		"of the other":  func(_ answerer, a dispute.Ask) ([]byte, error) { return honest[0](a) },
		"other step":    func(by answerer, a dispute.Ask) ([]byte, error) { a.Step = 3; return by(a) },
		"truncated":     change(func(m *dispute.Message) { m.List = m.List[:len(m.List)/2] }),
		"one entry":     change(func(m *dispute.Message) { m.List = m.List[:32] }),
		"longer":        change(func(m *dispute.Message) { m.List = append(m.List, m.List[:64]...) }),
		"no list":       change(func(m *dispute.Message) { m.List = nil }),
		"changed":       change(func(m *dispute.Message) { m.List[40] ^= 1 }),
		"other record":  change(func(m *dispute.Message) { m.Record = b.reveal.Envelope() }),
		"broken record": change(func(m *dispute.Message) { m.Record = m.Record[1:] }),
	} {
		for _, phase := range phases[:3] {
			if name == "other step" && phase == record.OpenSteps {
				continue // it has no step
			}
			by := honest
			by[1] = at(phase, by[1], func(a dispute.Ask) ([]byte, error) { return bad(honest[1], a) })
			_, v := play(t, a, b, by)
			check(t, name+" at "+phase.String(), v, dispute.Silence, bob)
			tries := 0
			by[1] = at(phase, honest[1], func(a dispute.Ask) ([]byte, error) {
				if tries++; tries < 3 {
					return bad(honest[1], a)
				}
				return honest[1](a)
			})
			_, v = play(t, a, b, by)
			check(t, name+" at first at "+phase.String(), v, dispute.Tile, bob)
		}
	}
}

// TestClock: each side has its own time, which runs while an answer of it is
// due and at no other time, and which going back does not bring back.
func TestClock(t *testing.T) {
	a, b := work(alice, 1, 3, fault{}), work(bob, 1, 3, flip(2, vA, 1))
	by := honestly(a, b)
	d, err := begin(a, b)
	if err != nil {
		t.Fatal(err)
	}
	step := func(now uint64, side int) {
		t.Helper()
		for _, ask := range d.Asks() {
			if ask.Side != side {
				continue
			}
			answer, err := by[side](ask)
			if err == nil {
				_, _, err = d.Step(dispute.Move{Now: now, Side: side, Answer: answer})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	deadlines := func(want ...uint64) {
		t.Helper()
		var got []uint64
		for _, a := range d.Asks() {
			got = append(got, a.Deadline)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("deadlines: got %v, want %v", got, want)
		}
	}
	deadlines(1000, 1000)
	step(100, 0) // side 0 has 900 left
	deadlines(1000)
	step(50, 1) // time does not go back: side 1 has 900 left too
	deadlines(1000, 1000)
	step(700, 1) // 300 left
	deadlines(1000)
	step(999, 0) // 1 left
	deadlines(1000, 1299)
	if _, done, _ := d.Step(dispute.Move{Now: 1000}); done {
		t.Fatal("over while the other side has time")
	}
	answer, _ := by[0](d.Asks()[0])
	if _, _, err := d.Step(dispute.Move{Now: 1000, Side: 0, Answer: answer}); err == nil {
		t.Fatal("an answer at the deadline counts")
	}
	answer, _ = by[1](d.Asks()[1])
	if _, done, err := d.Step(dispute.Move{Now: 1298, Side: 1, Answer: answer}); !done || err != nil {
		t.Fatalf("done %v, %v", done, err)
	}
	v, _ := d.Verdict()
	check(t, "deadline", v, dispute.Silence, alice)
	if _, done, err := d.Step(dispute.Move{Now: 2000, Side: 1, Answer: []byte{1}}); !done || err != nil || len(d.Asks()) > 0 {
		t.Error("it goes on after its end")
	}
}

// TestLate: an answer at the deadline comes too late.
func TestLate(t *testing.T) {
	a, b := work(alice, 1, 3, fault{}), work(bob, 1, 3, flip(2, vA, 1))
	d, err := begin(a, b)
	if err != nil {
		t.Fatal(err)
	}
	by := honestly(a, b)
	for now, side := range map[uint64]int{10: 0} {
		answer, _ := by[side](d.Asks()[side])
		if _, _, err := d.Step(dispute.Move{Now: now, Side: side, Answer: answer}); err != nil {
			t.Fatal(err)
		}
	}
	answer, _ := by[1](d.Asks()[0])
	d.Step(dispute.Move{Now: toyClock, Side: 1, Answer: answer})
	v, done := d.Verdict()
	if !done {
		t.Fatal("not over")
	}
	check(t, "late", v, dispute.Silence, bob)
}

// relist answers OpenOps with a list of its own making, signed.
func relist(k *worker, change func(digests []merkle.Digest)) answerer {
	p := k.player()
	p.Run = liar{k, change}
	return p.Answer
}

type liar struct {
	*worker
	change func(digests []merkle.Digest)
}

func (l liar) Digests(t uint64) ([]merkle.Digest, error) {
	all, err := l.worker.Digests(t)
	l.change(all)
	return all, err
}

// TestLists: a list that its signer's own commitments contradict convicts it,
// and so does one that they do not contradict.
func TestLists(t *testing.T) {
	honest, cheat := work(alice, 1, 3, fault{}), work(bob, 1, 3, flip(2, vA, 1))
	truth, _ := honest.Digests(2)
	for name, c := range map[string]struct {
		change func(d []merkle.Digest)
		kind   dispute.Kind
	}{
		"the honest list":         {func(d []merkle.Digest) { copy(d, truth) }, dispute.List},
		"noise":                   {func(d []merkle.Digest) { clear(d) }, dispute.List},
		"another state":           {func(d []merkle.Digest) { d[vW][0]++ }, dispute.List},
		"other frozen parameters": {func(d []merkle.Digest) { d[vF][0]++ }, dispute.List},
		"another batch":           {func(d []merkle.Digest) { d[vX1] = d[vX0] }, dispute.List},
		"another loss":            {func(d []merkle.Digest) { d[vLoss] = truth[vLoss] }, dispute.List},
		"another result":          {func(d []merkle.Digest) { d[vNext] = truth[vNext] }, dispute.List},
		"the fault hidden":        {func(d []merkle.Digest) { d[vA] = truth[vA] }, dispute.Tile},
		"hidden one later":        {func(d []merkle.Digest) { d[vA], d[vB] = truth[vA], truth[vB] }, dispute.Tile},
		"a digest of nothing":     {func(d []merkle.Digest) { d[vA][0]++ }, dispute.Silence},
	} {
		by := honestly(honest, cheat)
		by[1] = relist(cheat, c.change)
		if c.kind == dispute.Silence { // it cannot show tiles of it
			by[1] = at(record.OpenTiles, by[1], silent)
		}
		_, v := play(t, honest, cheat, by)
		check(t, name, v, c.kind, bob)
	}
	// An accuser lies about itself; its honest opponent stays free.
	for value := range len(truth) {
		by := honestly(honest, cheat)
		by[1] = relist(cheat, func(d []merkle.Digest) { d[value][5]++ })
		by[1] = at(record.OpenTiles, by[1], silent)
		if _, v := play(t, honest, cheat, by); v.Convicts(alice.Public().Account()) || len(v.Guilty) != 1 {
			t.Errorf("a lie in value %d: %s, %s", value, v.Kind, v.Why)
		}
	}
}

// TestInputs: operands that are not those committed to are refused, whoever
// shows them, and the right ones count after.
func TestInputs(t *testing.T) {
	a, b := work(alice, 1, 3, fault{}), work(bob, 1, 3, flip(2, vC, 1))
	good := honestly(a, b)
	for name, f := range map[string]func(in *dispute.Inputs){
		"none":          func(in *dispute.Inputs) { in.Inputs = nil },
		"one missing":   func(in *dispute.Inputs) { in.Inputs = in.Inputs[:1] },
		"swapped":       func(in *dispute.Inputs) { in.Inputs[0].Operand, in.Inputs[1].Operand = 1, 0 },
		"twice":         func(in *dispute.Inputs) { in.Inputs = append(in.Inputs, in.Inputs[1]) },
		"no such":       func(in *dispute.Inputs) { in.Inputs[1].Operand = 7 },
		"changed":       func(in *dispute.Inputs) { in.Inputs[0].Tiles[0] = bytes.Repeat([]byte{1}, len(in.Inputs[0].Tiles[0])) },
		"short":         func(in *dispute.Inputs) { in.Inputs[0].Tiles[0] = in.Inputs[0].Tiles[0][4:] },
		"another place": func(in *dispute.Inputs) { in.Inputs[0].Proof.Indices = []uint64{1} },
		"another size":  func(in *dispute.Inputs) { in.Inputs[0].Proof.Size++ },
		"empty proof":   func(in *dispute.Inputs) { in.Inputs[0].Proof = merkle.MultiProof{} },
	} {
		refused := false
		by := good
		by[1] = at(record.FraudProof, by[1], silent)
		by[0] = at(record.FraudProof, by[0], func(a dispute.Ask) ([]byte, error) {
			answer, err := good[0](a)
			if err != nil || refused {
				return answer, err
			}
			refused = true
			var in dispute.Inputs
			if err := canon.Decode(answer, &in, canon.Limits{}); err != nil {
				return nil, err
			}
			in.Inputs = slices.Clone(in.Inputs)
			f(&in)
			return in.AppendCanon(nil), nil
		})
		_, v := play(t, a, b, by)
		if check(t, name, v, dispute.Tile, bob); !refused {
			t.Errorf("%s: not tried", name)
		}
	}
}

// TestMissingData: a peer that lacks the samples for a while goes on when it has
// them; meanwhile nobody's time runs.
func TestMissingData(t *testing.T) {
	a, b := work(alice, 1, 3, fault{}), work(bob, 1, 3, flip(2, vC, 1))
	lacking := true
	d, err := dispute.New(dispute.Config{
		Case: dispute.Case{Spec: toyJob.spec}, Rules: toyRules(toyJob), Clock: toyClock,
		Sides: [2]dispute.StartSide{{Reveal: a.reveal.Envelope()}, {Reveal: b.reveal.Envelope()}},
		Batch: func(n uint64) (dispute.Samples, error) {
			if lacking {
				return dispute.Samples{}, fmt.Errorf("not here yet")
			}
			return toyJob.samples(n)
		},
	}, 0)
	if err != nil {
		t.Fatal(err)
	}
	by := honestly(a, b)
	for side, ask := range d.Asks() {
		answer, _ := by[side](ask)
		if _, _, err = d.Step(dispute.Move{Now: 1, Side: side, Answer: answer}); (err != nil) != (side == 1) {
			t.Fatalf("side %d: %v", side, err)
		}
	}
	if _, done, err := d.Step(dispute.Move{Now: 50 * toyClock}); done || err == nil {
		t.Errorf("done %v, %v", done, err)
	}
	lacking = false
	asks, done, err := d.Step(dispute.Move{Now: 50 * toyClock})
	if done || err != nil || len(asks) != 2 || asks[0].Type != record.OpenOps || asks[0].Deadline != 51*toyClock-1 {
		t.Errorf("got %+v, done %v, %v", asks, done, err)
	}
}

// TestGames plays random games: random faults, answers, lies, silences and
// delays. An honest side that answers is never convicted, the other always is,
// and every game ends in time. OPENLEDGER_GAMES=n plays n of them.
func TestGames(t *testing.T) {
	n := 100
	if env, err := strconv.Atoi(os.Getenv("OPENLEDGER_GAMES")); err == nil {
		n = env
	}
	const seed = 3
	rng := rand.New(rand.NewPCG(seed, 0))
	honest := work(alice, 1, 3, fault{})
	truth, _ := honest.Digests(2)
	for i := range n {
		a, b := honest, work(bob, 1, 3, randomFault(rng))
		aHonest := rng.IntN(3) > 0
		if !aHonest {
			a = work(alice, 1, 3, randomFault(rng))
		}
		if rng.IntN(2) == 0 {
			a, b = b, a
		}
		d, err := begin(a, b)
		if err != nil {
			continue // they agree
		}
		good := honestly(a, b)
		now := uint64(0)
		for steps := 0; ; steps++ {
			v, done := d.Verdict()
			if done {
				if len(v.Guilty) == 0 || aHonest && (v.Convicts(alice.Public().Account()) || !v.Convicts(bob.Public().Account())) {
					t.Fatalf("seed %d, game %d: %s of %d sides: %s", seed, i, v.Kind, len(v.Guilty), v.Why)
				}
				break
			}
			if now > 3*toyClock || steps > 10*toyClock {
				t.Fatalf("seed %d, game %d does not end", seed, i)
			}
			now += uint64(rng.IntN(3))
			asks := d.Asks()
			ask := asks[rng.IntN(len(asks))]
			player := []*worker{a, b}[ask.Side]
			by := good[ask.Side]
			if !aHonest || player != honest {
				switch rng.IntN(5) {
				case 0:
					now += uint64(rng.IntN(toyClock / 2))
					if aHonest { // the honest side answers in time
						for _, other := range d.Asks() {
							if other.Side != ask.Side {
								answer, _ := good[other.Side](other)
								d.Step(dispute.Move{Now: now, Side: other.Side, Answer: answer})
							}
						}
					}
					by = silent
				case 1:
					by = relist(player, func(d []merkle.Digest) { d[rng.IntN(len(d))] = truth[rng.IntN(len(truth))] })
				case 2:
					by = func(dispute.Ask) ([]byte, error) { return []byte{byte(rng.Uint32())}, nil }
				}
			} else if left := ask.Deadline - now; ask.Deadline <= now || left == 0 {
				t.Fatalf("seed %d, game %d: the test let the honest side's time run out", seed, i)
			}
			answer, err := by(ask)
			if err != nil {
				t.Fatal(err)
			}
			d.Step(dispute.Move{Now: now, Side: ask.Side, Answer: answer})
		}
	}
}

func randomFault(rng *rand.Rand) fault {
	step := 1 + rng.Uint64N(3)
	switch rng.IntN(8) {
	case 0:
		return otherData(step, rng.IntN(2))
	case 1:
		return otherStart(1)
	case 2:
		return skipped(step)
	case 3:
		return fault{step: func(t uint64, s *trace.Step) {
			if t == step {
				s.State[0]++
			}
		}}
	case 4:
		return fault{reveal: func(r *trace.Reveal) { r.Commitment.Chain[0]++ }}
	}
	return flip(step, rng.IntN(9), rng.IntN(7000))
}
