package job

import (
	"math"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// A spec comes back from its bytes, and its name follows from all of them.
func TestSpec(t *testing.T) {
	s := testSpec(C, 7, 3)
	s.Template, s.Adapter.Targets, s.Adapter.Pattern = testCID("template"), []string{"q_proj", "v_proj"}, ""
	b, err := canon.Encode(&s)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadSpec(b)
	if err != nil || again.ID() != s.ID() {
		t.Fatalf("got %v, %v, want %v", again, err, s.ID())
	}
	for i := range b {
		if _, err := ReadSpec(b[:i]); err == nil {
			t.Fatalf("cut at byte %d: got no error", i)
		}
	}
	other := s
	other.Terms.Window++
	if other.ID() == s.ID() {
		t.Error("two terms, one name")
	}
	if s.Steps() != 7 || s.Segments() != 3 {
		t.Errorf("got %d steps in %d segments", s.Steps(), s.Segments())
	}
	if from, to := s.Range(2); from != 6 || to != 7 {
		t.Errorf("the last segment has steps %d to %d", from, to)
	}
}

// What cannot be a job is refused with the field and what would do.
func TestSpecRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Spec)
		want   string
	}{
		{"no method", func(s *Spec) { s.Method = 0 }, "method"},
		{"no model", func(s *Spec) { s.Model = cid.Undef }, "named"},
		{"fresh adapter", func(s *Spec) { s.Fresh = true }, "drawn"},
		{"no samples", func(s *Spec) { s.Samples = 0 }, "samples"},
		{"samples of 2^60 positions", func(s *Spec) { s.Length = 1 << 60 }, "positions"},
		{"a step of 2^80 positions", func(s *Spec) { s.Batch, s.Length = 1<<16, 1<<20 }, "smaller"},
		{"micro above batch", func(s *Spec) { s.Micro = 9 }, "micro-batches"},
		{"no steps", func(s *Spec) { s.Rates = nil }, "0 steps"},
		{"too many steps", func(s *Spec) { s.Rates = make([]F32, MaxSteps+1) }, "steps"},
		{"segments of none", func(s *Spec) { s.Segment = 0 }, "segments"},
		{"too many segments", func(s *Spec) { s.Rates, s.Segment = make([]F32, MaxSegments+1), 1 }, "segments"},
		{"level", func(s *Spec) { s.Level = 9 }, "level"},
		{"arithmetic", func(s *Spec) { s.Arithmetic = 0 }, "arithmetic"},
		{"rank", func(s *Spec) { s.Adapter.Rank = 0 }, "rank"},
		{"alpha NaN", func(s *Spec) { s.Adapter.Alpha = Bits(float32(math.NaN())) }, "alpha"},
		{"no layers", func(s *Spec) { s.Adapter.Pattern = "" }, "layers"},
		{"adapter of full training", func(s *Spec) { s.Method = Full }, "no adapter"},
		{"rate -0", func(s *Spec) { s.Rates[1] = Bits(float32(math.Copysign(0, -1))) }, "learning rate"},
		{"rate infinite", func(s *Spec) { s.Rates[1] = Bits(float32(math.Inf(1))) }, "step 1"},
		{"beta 1", func(s *Spec) { s.Optimizer.Beta1 = Bits(1) }, "betas"},
		{"mixed optimizers", func(s *Spec) { s.Optimizer.Momentum = Bits(0.9) }, "other optimizer"},
		{"a clock of 0", func(s *Spec) { s.Terms.Clock = 0 }, "clock"},
		{"a clock of a century", func(s *Spec) { s.Terms.Job = 100 * MaxClock }, "clock"},
		{"stake", func(s *Spec) { s.Terms.Stake-- }, "so that cheating does not pay"},
		{"all the money", func(s *Spec) { s.Terms.Reward = MaxAmount }, "more money than there is"},
		{"more than that", func(s *Spec) { s.Terms.Reward = math.MaxUint64 }, "above"},
		{"nobody's data", func(s *Spec) { s.Terms.Pool = record.Account{} }, "account"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := testSpec(A, 8, 2)
			c.change(&s)
			if err := s.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want ...%s...", err, c.want)
			}
			if _, err := ReadSpec(s.AppendCanon(nil)); err == nil {
				t.Error("its bytes are accepted")
			}
		})
	}
}

// The stake makes honest work the best answer: what a cheat expects is less
// than what it costs.
func TestMinStake(t *testing.T) {
	for level, q := range map[Level]float64{A: 0.05, B: 0.2, C: 0.683, D: 0.9} {
		for _, reward := range []Amount{1, 1000, 5_000_000} {
			for _, atRisk := range []Amount{0, 77, 9_000_000} {
				s := float64(MinStake(level, reward, atRisk))
				r, v := float64(reward), float64(atRisk)
				if cheat := r + (1-q)*(v+r) - q*0.5*s; cheat > r+(1-q)*r+1 {
					t.Errorf("level %s, reward %s, at risk %s: a stake of %.0f leaves a cheat %.1f", level, reward, atRisk, s, cheat)
				}
			}
		}
	}
	if got := MinStake(A, 100, 0); got != 2*(2000-100) {
		t.Errorf("got %d, want %d", got, 2*(2000-100))
	}
}

// Why a worker does not bid.
func TestConsider(t *testing.T) {
	s := testSpec(A, 8, 2)
	s.Needs = Needs{Memory: 1000, Tokens: 2_000_000}
	for _, c := range []struct {
		want   Reason
		change func(*Spec, *Limits, *Machine)
	}{
		{OK, func(*Spec, *Limits, *Machine) {}},
		{Malformed, func(s *Spec, _ *Limits, _ *Machine) { s.Batch = 0 }},
		{NoArithmetic, func(_ *Spec, _ *Limits, m *Machine) { m.Arithmetic = []uint64{2} }},
		{NoSlot, func(_ *Spec, l *Limits, _ *Machine) { l.Slots = 0 }},
		{NoMemory, func(_ *Spec, l *Limits, _ *Machine) { l.Memory = 999 }},
		{NoHours, func(_ *Spec, l *Limits, m *Machine) { l.From, l.Until, m.Hour = 22, 6, 12 }},
		{OK, func(_ *Spec, l *Limits, m *Machine) { l.From, l.Until, m.Hour = 22, 6, 3 }},
		{NotModel, func(_ *Spec, l *Limits, _ *Machine) { l.Models = []cid.Cid{testCID("other")} }},
		{WrongLevel, func(_ *Spec, l *Limits, _ *Machine) { l.Methods = []Method{Full} }},
		{JobTooLong, func(_ *Spec, l *Limits, _ *Machine) { l.Longest = 1 }},
		{PriceLow, func(_ *Spec, l *Limits, _ *Machine) { l.Price = 600_000 }},
		{NoStake, func(_ *Spec, l *Limits, _ *Machine) { l.Funds = 1 }},
		{TooSlow, func(_ *Spec, _ *Limits, m *Machine) { m.Bid.Speed = 1 }},
	} {
		x, l, m := s, Limits{Memory: 1000, Slots: 1, Price: 500_000, Funds: MaxAmount}, Machine{Arithmetic: []uint64{1}, Warm: []cid.Cid{s.Model}}
		c.change(&x, &l, &m)
		b, got := l.Consider(&x, &m)
		if got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
		if got == OK && (b.Price != 1_000_000 || !b.Warm) {
			t.Errorf("bids %+v", b)
		}
	}
}

// Every reason and every status has a name and words.
func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for r := OK; r < reasonEnd; r++ {
		if n := r.String(); r > OK && (n == "OK" || r.Text() == "fine" || seen[n]) {
			t.Errorf("reason %d is %q, %q", r, n, r.Text())
		} else {
			seen[n] = true
		}
	}
	if len(reasonNames) != int(reasonEnd) {
		t.Errorf("%d names for %d reasons", len(reasonNames), reasonEnd)
	}
	for s := Open; s < statusEnd; s++ {
		if n := s.String(); n == "NONE" || seen[n] {
			t.Errorf("status %d is %q", s, n)
		} else {
			seen[n] = true
		}
	}
	for k := kind(1); k < kindEnd; k++ {
		if b := newBody(k); b.kind() != k {
			t.Errorf("kind %d makes a %T", k, b)
		}
	}
}
