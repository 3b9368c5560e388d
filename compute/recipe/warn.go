package recipe

import (
	"fmt"

	"github.com/openledger/openledger/compute/job"
)

// A Warning says what may disappoint, and what would help.
type Warning struct {
	Code Code
	Text string
}

// A Code names a kind of warning. The numbers are append-only.
type Code uint8

const (
	LittleData    Code = 1
	Duplicates    Code = 2
	Truncation    Code = 3
	NobodyFits    Code = 4
	FewOperators  Code = 5
	ShortContext  Code = 6
	LittleHeldOut Code = 7
	PriceBelow    Code = 8
)

// Thresholds of the warnings.
const (
	fewSteps   = 20   // steps below which hardly anything is learnt
	manyCopies = 0.05 // part of the records
	manyCut    = 0.01 // likewise
	fewHeldOut = 10   // samples
)

func (k *kitchen) warn(s *job.Spec, peers []Peer) (list []Warning) {
	say := func(c Code, format string, args ...any) {
		list = append(list, Warning{c, fmt.Sprintf(format, args...)})
	}
	records, fit, cheap := float64(len(k.data.Lengths)), 0, 0
	for _, p := range peers {
		if p.Memory >= s.Needs.Memory {
			fit++
			if float64(p.PriceTrain)*float64(s.Needs.Tokens)/1e6 <= float64(s.Terms.Reward) {
				cheap++
			}
		}
	}
	if s.Steps() < fewSteps {
		say(LittleData, "%d samples make only %d steps: add data or epochs", s.Samples, s.Steps())
	}
	if d := float64(k.data.Duplicates); d > manyCopies*records {
		say(Duplicates, "%.0f %% of the records are near another one: they are paid for and teach little", 100*d/records)
	}
	if l := float64(k.long); l > manyCut*records {
		what := "are left out, because cutting would teach answers without their questions"
		if k.data.Plain {
			what = "are cut into several samples"
		}
		say(Truncation, "%.0f %% of the records are longer than %d positions and %s", 100*l/records, k.choices.Length, what)
	}
	if held := s.Samples - k.learnt(); held > 0 && held < fewHeldOut {
		say(LittleHeldOut, "%d samples are held out: their loss says little", held)
	}
	if want := or(k.choices.Length, k.course.length); want < k.course.length {
		say(ShortContext, "samples have %d positions, as the model or you allow no more; the preset has %d", want, k.course.length)
	}
	if need := int(s.Replicas(0)); len(peers) > 0 && fit == 0 {
		say(NobodyFits, "none of the %d peers found has %.1f GB of memory: choose a smaller batch, length or model, or int8", len(peers), float64(s.Needs.Memory)/1e9)
	} else if fit > 0 && fit < need {
		say(FewOperators, "%d peers fit and %d are needed as long as they are new: the job may wait", fit, need)
	}
	if fit > 0 && cheap == 0 {
		say(PriceBelow, "every peer that fits asks for more than the price: nobody may bid")
	}
	return list
}
