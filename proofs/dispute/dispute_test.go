package dispute_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// judged plays workers against each other, on both sides of the board, and
// checks who is guilty of what.
func judged(t *testing.T, name string, a, b *worker, kind dispute.Kind, guilty ...record.Key) dispute.Verdict {
	t.Helper()
	var v dispute.Verdict
	for _, side := range [][2]*worker{{a, b}, {b, a}} {
		var d *dispute.Dispute
		d, v = play(t, side[0], side[1], honestly(side[0], side[1]))
		check(t, name, v, kind, guilty...)
		if d.Openings() > 3 {
			t.Errorf("%s: %d openings", name, d.Openings())
		}
	}
	return v
}

func check(t *testing.T, name string, v dispute.Verdict, kind dispute.Kind, guilty ...record.Key) {
	t.Helper()
	if v.Kind != kind || len(v.Guilty) != len(guilty) {
		t.Errorf("%s: got %s of %d sides (%s), want %s of %d", name, v.Kind, len(v.Guilty), v.Why, kind, len(guilty))
	}
	for _, k := range guilty {
		if !v.Convicts(k.Public().Account()) {
			t.Errorf("%s: %s of another than who did it (%s)", name, v.Kind, v.Why)
		}
	}
}

// flip changes one element of one value at one step.
func flip(step uint64, value, at int) fault {
	return fault{value: func(t uint64, v int, x []float32) {
		if t == step && v == value {
			i := at % len(x)
			x[i] = math.Float32frombits(math.Float32bits(x[i]) ^ 1<<12)
		}
	}}
}

// TestTiles: one bit of any result at any step convicts who computed it.
func TestTiles(t *testing.T) {
	honest := work(alice, 1, 3, fault{})
	for step := uint64(1); step <= 3; step++ {
		for _, value := range []int{vA, vB, vC, vLoss, vNext} {
			for _, at := range []int{0, 3, 6999} {
				if value == vC && at == 6999 {
					continue // see TestMasked
				}
				name := fmt.Sprintf("step %d, value %d, element %d", step, value, at)
				v := judged(t, name, honest, work(bob, 1, 3, flip(step, value, at)), dispute.Tile, bob)
				if v.Step != step {
					t.Errorf("%s: convicted at step %d", name, v.Step)
				}
			}
		}
	}
}

// TestSources: who works on other operands than the job gives is convicted by
// its list, or where it hides that, by the tile.
func TestSources(t *testing.T) {
	honest := work(alice, 1, 3, fault{})
	for _, value := range []int{vW, vF, vX0, vX1} {
		cheat := work(bob, 1, 3, flip(2, value, 5))
		judged(t, fmt.Sprint("source ", value), honest, cheat, dispute.List, bob)
		// It opens what it should have read instead.
		hide := cheat
		hide.values[2][value] = honest.values[2][value]
		judged(t, fmt.Sprint("hidden source ", value), honest, hide, dispute.Tile, bob)
	}
}

// TestMasked: a fault that changes no committed bit is no fault.
func TestMasked(t *testing.T) {
	honest := work(alice, 1, 2, fault{})
	masked := work(bob, 1, 2, fault{value: func(t uint64, v int, x []float32) {
		if v == vC {
			x[0] += 0
		}
	}})
	if honest.steps[2] != masked.steps[2] {
		t.Fatal("it shows")
	}
	if _, err := begin(honest, masked); err == nil {
		t.Error("equal commitments are disputed")
	}
}

// TestBothGuilty: no two wrongs make a right.
func TestBothGuilty(t *testing.T) {
	for name, c := range map[string]struct {
		a, b   fault
		kind   dispute.Kind
		guilty []record.Key
	}{
		"one tile":           {flip(2, vB, 1), flip(2, vB, 2), dispute.Tile, []record.Key{alice, bob}},
		"different steps":    {flip(1, vB, 1), flip(2, vB, 2), dispute.Tile, []record.Key{alice}},
		"different values":   {flip(2, vC, 1), flip(2, vA, 2), dispute.Tile, []record.Key{bob}},
		"different tiles":    {flip(2, vA, 1), flip(2, vA, 6999), dispute.Tile, []record.Key{alice}},
		"wrong lists":        {flip(2, vX0, 1), flip(2, vF, 2), dispute.List, []record.Key{alice, bob}},
		"a list and a tile":  {flip(2, vX0, 1), flip(2, vA, 2), dispute.List, []record.Key{alice}},
		"other data":         {otherData(2, 0), otherData(2, 1), dispute.Batch, []record.Key{alice, bob}},
		"other data, a tile": {otherData(2, 0), flip(2, vA, 1), dispute.Batch, []record.Key{alice}},
		"starts":             {otherStart(1), otherStart(2), dispute.Start, []record.Key{alice, bob}},
	} {
		judged(t, name, work(alice, 1, 3, c.a), work(bob, 1, 3, c.b), c.kind, c.guilty...)
	}
}

func otherData(step uint64, i int) fault {
	return fault{batch: func(t uint64, order []uint64) {
		if t == step {
			order[i] = (order[i] + 1) % toySamples
		}
	}}
}

func otherStart(x float32) fault { return fault{start: func(w []float32) { w[0] += x }} }

// TestCommitted: what is wrong in what was committed, rather than computed.
func TestCommitted(t *testing.T) {
	for _, first := range []uint64{1, 3} {
		honest := work(alice, first, first+3, fault{})
		for name, c := range map[string]struct {
			f    fault
			kind dispute.Kind
		}{
			"other data":    {otherData(first+1, 1), dispute.Batch},
			"swapped data":  {fault{batch: func(t uint64, o []uint64) { o[0], o[1] = o[1], o[0] }}, dispute.Batch},
			"initial state": {otherStart(1), dispute.Start},
			"stale state": {fault{step: func(t uint64, s *trace.Step) {
				if t == first+1 {
					s.State = honest.steps[1].State
				}
			}}, dispute.List},
			"loss": {fault{step: func(t uint64, s *trace.Step) {
				if t == first+1 {
					s.Loss++
				}
			}}, dispute.List},
			"chain":        {fault{reveal: func(r *trace.Reveal) { r.Commitment.Chain[3]++ }}, dispute.Chain},
			"start":        {fault{reveal: func(r *trace.Reveal) { r.Commitment.Start[3]++ }}, dispute.Start},
			"root":         {fault{reveal: func(r *trace.Reveal) { r.Commitment.Root[3]++ }}, dispute.Silence},
			"empty batch":  {fault{step: func(t uint64, s *trace.Step) { s.Batch = trace.Samples(nil) }}, dispute.Batch},
			"skipped step": {skipped(first + 1), dispute.Tile},
		} {
			judged(t, fmt.Sprintf("%s from step %d", name, first), honest, work(bob, first, first+3, c.f), c.kind, bob)
		}
	}
}

// skipped leaves a step out: its result is the state before.
func skipped(step uint64) fault {
	return fault{value: func() func(t uint64, v int, x []float32) {
		var w []float32
		return func(t uint64, v int, x []float32) {
			if t == step && v == vW {
				w = append(w[:0], x...)
			} else if t == step && v == vNext {
				copy(x, w)
			}
		}
	}()}
}

// TestNoResult: where the honest run ends with an error, nobody who goes on is
// honest.
func TestNoResult(t *testing.T) {
	nan := func(by float32) fault {
		return fault{value: func(t uint64, v int, x []float32) {
			if t == 2 && v == vB {
				x[0] = float32(math.NaN())
			} else if t == 2 && v == vC {
				x[0] = by
			} else if t == 2 && v == vNext {
				x[0] = by / 4
			}
		}}
	}
	judged(t, "go on after NaN", work(alice, 1, 3, nan(1)), work(bob, 1, 3, nan(2)), dispute.Tile, alice, bob)
	judged(t, "make a NaN", work(alice, 1, 3, fault{}), work(bob, 1, 3, nan(2)), dispute.Tile, bob)
}

// TestNewRefuses: what is no dispute does not begin.
func TestNewRefuses(t *testing.T) {
	a, b := work(alice, 1, 3, fault{}), work(bob, 1, 3, flip(2, vA, 1))
	for name, pair := range map[string][2]*worker{
		"one worker":  {a, a},
		"equal":       {a, work(bob, 1, 3, fault{})},
		"other steps": {a, work(bob, 1, 4, flip(2, vA, 1))},
	} {
		if _, err := begin(pair[0], pair[1]); err == nil {
			t.Errorf("%s: a dispute begins", name)
		}
	}
	c := dispute.Config{
		Case: dispute.Case{Spec: toyJob.spec}, Rules: toyRules(toyJob), Clock: toyClock, Batch: toyJob.samples,
		Sides: [2]dispute.StartSide{{Reveal: a.reveal.Envelope()}, {Reveal: b.reveal.Envelope()}},
	}
	for name, change := range map[string]func(c *dispute.Config){
		"no time":      func(c *dispute.Config) { c.Clock = 0 },
		"no data":      func(c *dispute.Config) { c.Batch = nil },
		"other spec":   func(c *dispute.Config) { c.Spec = append([]byte{}, c.Spec[1:]...) },
		"other extra":  func(c *dispute.Config) { c.Extra = []byte{1} },
		"no reveal":    func(c *dispute.Config) { c.Sides[1].Reveal = nil },
		"other record": func(c *dispute.Config) { c.Sides[1].Reveal = work(bob, 3, 4, fault{}).lease },
		"network":      func(c *dispute.Config) { c.Network++ },
	} {
		x := c
		if change(&x); name == "" {
			continue
		}
		if _, err := dispute.New(x, 0); err == nil {
			t.Errorf("%s: a dispute begins", name)
		}
	}
}
