package train

import (
	"fmt"
	"math"
)

// A Schedule is the shape of the learning rate over a run: a linear warm-up to
// Peak, then Kind down to Final*Peak at the last step. A job carries the list
// of rates, not the schedule, so how it is computed decides no bit later.
type Schedule struct {
	Kind   string  // "cosine" (default), "linear" or "constant"
	Peak   float64 // the highest rate, > 0
	Warmup float64 // part of the steps spent warming up, in [0, 1)
	Final  float64 // the last rate as a part of Peak, in [0, 1]
}

// Rates returns the learning rate of each of steps steps.
// Source of the cosine: Loshchilov & Hutter 2017 (SGDR), without restarts.
func (s Schedule) Rates(steps int) ([]float32, error) {
	switch {
	case steps <= 0:
		return nil, fmt.Errorf("schedule: %d steps: a run needs at least one", steps)
	case !(s.Peak > 0) || math.IsInf(s.Peak, 0):
		return nil, fmt.Errorf("schedule: learning rate %g: give a positive one, such as 3e-4", s.Peak)
	case !(s.Warmup >= 0 && s.Warmup < 1):
		return nil, fmt.Errorf("schedule: warm-up %g: give a part of the run in [0, 1)", s.Warmup)
	case !(s.Final >= 0 && s.Final <= 1):
		return nil, fmt.Errorf("schedule: final %g: give a part of the peak in [0, 1]", s.Final)
	}
	decay, err := decay(s.Kind)
	if err != nil {
		return nil, err
	}
	warm := int(math.Ceil(s.Warmup * float64(steps)))
	rates := make([]float32, steps)
	for t := range rates {
		if t < warm {
			rates[t] = float32(s.Peak * float64(t+1) / float64(warm+1))
			continue
		}
		left := 1 - float64(t-warm)/float64(max(1, steps-1-warm))
		rates[t] = float32(s.Peak * (s.Final + (1-s.Final)*decay(left)))
	}
	return rates, nil
}

// decay maps what is left of the run, 1 to 0, to what is left of the rate.
func decay(kind string) (func(left float64) float64, error) {
	switch kind {
	case "", "cosine":
		return func(left float64) float64 { return (1 - math.Cos(math.Pi*left)) / 2 }, nil
	case "linear":
		return func(left float64) float64 { return left }, nil
	case "constant":
		return func(float64) float64 { return 1 }, nil
	}
	return nil, fmt.Errorf("schedule: unknown kind %q: use cosine, linear or constant", kind)
}
