package job

import (
	"fmt"
	"math"
	"strings"

	"github.com/openledger/openledger/proofs/record"
)

// Limits of a Spec. They bound what any peer allocates for a job it was offered.
const (
	MaxSpec     = 5 << 20 // bytes
	MaxSteps    = 1 << 20
	MaxSegments = 1 << 12
	MaxSegment  = 1 << 12 // steps
	MaxClock    = Millis(366 * 24 * 3600 * 1000)

	maxLength  = 1 << 20
	maxSamples = 1<<32 - 2
	maxBatch   = 1 << 16
	maxRank    = 1 << 16
	maxTargets = 64
	maxText    = 256
	maxNeed    = 1 << 60
)

// Check says whether the spec can be one, whatever blocks it names. Its errors
// name the field and what would do.
func (s *Spec) Check() error {
	switch {
	case s.Method != LoRA && s.Method != Full:
		return fmt.Errorf("job: unknown method %d: use lora or full", s.Method)
	case !s.Model.Defined() || !s.Manifest.Defined() || !s.Tokenizer.Defined():
		return fmt.Errorf("job: model, manifest and tokenizer must all be named")
	case s.Fresh && s.Method != Full || s.Q8 && s.Method != LoRA:
		return fmt.Errorf("job: %s training of a model that is drawn (%t) or in int8 (%t)", s.Method, s.Fresh, s.Q8)
	case s.Length < 1 || s.Length > maxLength:
		return fmt.Errorf("job: samples of %d positions, want 1 to %d", s.Length, maxLength)
	case s.Samples < 1 || s.Samples > maxSamples:
		return fmt.Errorf("job: %d samples, want 1 to %d", s.Samples, uint64(maxSamples))
	case s.Batch < 1 || s.Batch > maxBatch || s.Micro < 1 || s.Micro > s.Batch:
		return fmt.Errorf("job: micro-batches of %d in steps of %d samples, want 1 <= micro <= batch <= %d", s.Micro, s.Batch, maxBatch)
	case s.Batch > math.MaxUint32/s.Length:
		return fmt.Errorf("job: steps of %d samples of %d positions: make one of them smaller", s.Batch, s.Length)
	case len(s.Rates) < 1 || len(s.Rates) > MaxSteps:
		return fmt.Errorf("job: %d steps, want 1 to %d", len(s.Rates), MaxSteps)
	case s.Segment < 1 || s.Segment > MaxSegment || s.Segments() > MaxSegments:
		return fmt.Errorf("job: segments of %d steps for %d steps, want 1 to %d steps and at most %d segments", s.Segment, s.Steps(), MaxSegment, MaxSegments)
	case s.Level < A || s.Level > D:
		return fmt.Errorf("job: unknown level %d: use A to D", s.Level)
	case s.Arithmetic < 1:
		return fmt.Errorf("job: arithmetic version 0: the first is 1")
	}
	for _, err := range []error{s.checkAdapter(), s.checkNumbers(), s.checkTerms()} {
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Spec) checkAdapter() error {
	a := s.Adapter
	if s.Method == Full {
		if a.Rank != 0 || a.Alpha != 0 || a.RSLoRA || len(a.Targets) > 0 || a.Pattern != "" {
			return fmt.Errorf("job: full training has no adapter")
		}
		return nil
	}
	switch {
	case a.Rank < 1 || a.Rank > maxRank:
		return fmt.Errorf("job: rank %d, want 1 to %d", a.Rank, maxRank)
	case !(a.Alpha.Float() > 0) || a.Alpha.Float() > 1e9:
		return fmt.Errorf("job: alpha %g, want above 0 and at most 1e9", a.Alpha.Float())
	case (len(a.Targets) == 0) == (a.Pattern == ""):
		return fmt.Errorf("job: give the layers to adapt as names or as a pattern, one of them")
	case len(a.Targets) > maxTargets || len(a.Pattern) > maxText:
		return fmt.Errorf("job: %d names and a pattern of %d bytes, at most %d and %d", len(a.Targets), len(a.Pattern), maxTargets, maxText)
	}
	for _, t := range a.Targets {
		if t == "" || len(t) > maxText || strings.ContainsFunc(t, func(r rune) bool { return r < ' ' }) {
			return fmt.Errorf("job: layer %q is no name", t)
		}
	}
	return nil
}

// checkNumbers wants floats as train.Options does: finite, not negative, and
// never a negative zero, which would be a second form of 0.
func (s *Spec) checkNumbers() error {
	good := func(x F32, below float32) bool {
		f := x.Float()
		return f >= 0 && f < below && !(f == 0 && x != 0)
	}
	inf, o := float32(math.Inf(1)), s.Optimizer
	switch {
	case o.Kind != AdamW && o.Kind != SGD:
		return fmt.Errorf("job: unknown optimizer %d: use adamw or sgd", o.Kind)
	case !good(s.Held, 1) || !good(s.Clip, inf) || !good(o.Eps, inf) || !good(o.EpsRoot, inf) || !good(o.Decay, inf):
		return fmt.Errorf("job: held-out part, clip, eps, eps_root and decay: none may be negative or infinite, the part must be below 1")
	case !good(o.Momentum, 1) || !good(o.Beta1, 1) || !good(o.Beta2, 1):
		return fmt.Errorf("job: momentum %g, betas %g and %g: each must be in [0, 1)", o.Momentum.Float(), o.Beta1.Float(), o.Beta2.Float())
	case o.Kind == SGD && (o.Beta1|o.Beta2|o.Eps|o.EpsRoot|o.Decay) != 0 || o.Kind == AdamW && o.Momentum != 0:
		return fmt.Errorf("job: %s with constants of the other optimizer", o.Kind)
	}
	for t, r := range s.Rates {
		if !good(r, inf) {
			return fmt.Errorf("job: learning rate %g of step %d", r.Float(), t)
		}
	}
	return nil
}

func (s *Spec) checkTerms() error {
	t := s.Terms
	for i, m := range t.clocks() {
		if *m < 1 || *m > MaxClock {
			return fmt.Errorf("job: clock %d of %d ms, want 1 ms to 366 days", i, *m)
		}
	}
	n := s.Needs
	switch {
	case t.Reward > MaxAmount || t.Data > MaxAmount || t.AtRisk > MaxAmount || t.Stake > MaxAmount || t.Bond > MaxAmount:
		return fmt.Errorf("job: an amount above %s", MaxAmount)
	case n.Memory > maxNeed || n.Tokens > maxNeed || n.Flops > maxNeed || n.State > maxNeed:
		return fmt.Errorf("job: needs above 2^60")
	case t.Data > 0 && t.Pool == record.Account{}:
		return fmt.Errorf("job: %s for contributors and no account to pay it to", t.Data)
	case s.Escrow() > MaxAmount:
		return fmt.Errorf("job: it could cost %s, more money than there is", s.Escrow())
	case t.Stake < MinStake(s.Level, t.Reward, t.AtRisk):
		return fmt.Errorf("job: a stake of %s, want %s so that cheating does not pay", t.Stake, MinStake(s.Level, t.Reward, t.AtRisk))
	}
	return nil
}
