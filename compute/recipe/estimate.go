package recipe

import (
	"fmt"
	"math"
	"time"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/llama"
)

// An Estimate is what a job will probably take. Steps and the most that it can
// cost are exact; the rest follows from sizes and adverts.
type Estimate struct {
	Steps      uint64
	Samples    uint64
	Positions  uint64 // read in all steps
	Parameters uint64 // trained
	Memory     uint64 // bytes on the device
	Fit        int    // peers whose memory is enough
	Peers      int    // that were found
	Fastest    time.Duration
	Usual      time.Duration // of the middle one of the peers that fit; 0: none

	Work         job.Amount // one worker
	Verification job.Amount // replicas and audits, on average, with proven workers
	Contributors job.Amount
	Total        job.Amount // of these three
	AtMost       job.Amount // put aside: new workers and every audit that can be drawn
}

// efficiency is the part of a device's measured compute that training reaches,
// all losses included: assumed, to turn adverts into times.
const efficiency = 0.5

// parameters counts those of a model of a shape.
func parameters(c llama.Config) float64 {
	n := 2 * float64(c.Vocab) * float64(c.Hidden)
	if c.Tied {
		n /= 2
	}
	for _, l := range c.Linears() {
		if !l.Head {
			n += float64(l.Out) * float64(l.In)
		}
	}
	return n + float64(2*c.Layers+1)*float64(c.Hidden)
}

// trained counts what a job trains.
func trained(c llama.Config, s *job.Spec) float64 {
	if s.Method == job.Full {
		return parameters(c)
	}
	n := 0.0
	for _, l := range c.Linears() {
		if !l.Head {
			n += float64(s.Adapter.Rank) * float64(l.Out+l.In)
		}
	}
	return n
}

// memory chooses the micro-batch, the largest that the peers can hold, and
// says what it needs.
func (k *kitchen) memory(s *job.Spec, peers []Peer) {
	room := 8e9
	if len(peers) > 0 {
		all := make([]float64, len(peers))
		for i, p := range peers {
			all[i] = float64(p.Memory)
		}
		room = median(all)
	}
	need := func() float64 { return bytes(k.base.Config, k.base.Bytes, s) }
	for s.Micro = s.Batch; s.Micro > 1 && need() > 0.8*room; s.Micro = (s.Micro + 1) / 2 {
	}
	s.Needs.Memory = clamp(need())
	s.Needs.State = clamp(trained(k.base.Config, s) * copies(s) * 4)
}

// copies is how many numbers are kept of each trained parameter: itself and
// its moments.
func copies(s *job.Spec) float64 {
	if s.Optimizer.Kind == job.SGD {
		return 2
	}
	return 3
}

// Memory estimates the bytes that a job of a model of this shape takes, whose
// weights have so many bytes as stored.
func Memory(c llama.Config, stored uint64, s *job.Spec) uint64 { return clamp(bytes(c, stored, s)) }

// bytes estimates the memory of training: weights, state with gradients, and
// the activations of a micro-batch.
func bytes(c llama.Config, stored uint64, s *job.Spec) float64 {
	weights := float64(stored)
	if s.Method == job.Full {
		weights = 0 // counted as state
	} else if s.Q8 {
		weights = parameters(c)
	}
	length := float64(s.Length)
	positions := float64(s.Micro) * length
	row := 8*float64(c.Hidden) + 4*float64(c.Heads*c.HeadDim) + 4*float64(c.KVHeads*c.HeadDim) + 5*float64(c.Inner)
	activations := positions * (float64(c.Layers)*row + 2*float64(c.Vocab)) * 4
	scores := float64(s.Micro) * float64(c.Heads) * length * length * 4
	return weights + trained(c, s)*(copies(s)+1)*4 + activations + scores
}

// work counts positions and arithmetic: two operations a parameter forward, two
// for the gradient of the inputs, two more for that of what is trained.
func (k *kitchen) work(s *job.Spec) {
	c := k.base.Config
	positions := float64(s.Steps()) * float64(s.Batch) * float64(k.positions) / float64(k.samples)
	attention := 4 * float64(c.Layers) * float64(c.Heads*c.HeadDim) * float64(k.choices.Length) / 2
	flops := positions * (4*parameters(c) + 2*trained(c, s) + 3*attention)
	s.Needs.Tokens, s.Needs.Flops = clamp(positions), clamp(flops/1e6)
}

// seconds returns how long the peers that fit would take, or none.
func (k *kitchen) seconds(s *job.Spec, peers []Peer) (list []float64) {
	for _, p := range peers {
		if p.Compute > 0 && p.Memory >= s.Needs.Memory {
			list = append(list, float64(s.Needs.Flops)/(float64(p.Compute)*efficiency))
		}
	}
	return list
}

// terms sets the price and the clocks.
func (k *kitchen) terms(s *job.Spec, peers []Peer) error {
	price := k.choices.Price
	if price == 0 {
		var asks []float64
		for _, p := range peers {
			if p.Memory >= s.Needs.Memory {
				asks = append(asks, float64(p.PriceTrain))
			}
		}
		price = job.Amount(median(asks))
	}
	reward := math.Ceil(float64(price) * float64(s.Needs.Tokens) / 1e6)
	if price == 0 || reward > float64(job.MaxAmount) {
		return fmt.Errorf("recipe: a price of %s for a million positions: no peer that fits names one, or it is more than there is; give a price", price)
	}
	t := &s.Terms
	t.Reward = job.Amount(reward)
	t.AtRisk = or(k.choices.AtRisk, t.Reward)
	t.Bond = t.Reward // who will not open what it signed loses what it hoped to save
	if t.Stake = job.MinStake(s.Level, t.Reward, t.AtRisk); k.data.Share > 0 {
		if k.data.Share > 10_000 {
			return fmt.Errorf("recipe: contributors' part of %d / 10000", k.data.Share)
		}
		t.Data, t.Pool = job.Amount(math.Floor(reward*float64(k.data.Share)/10_000)), k.data.Pool
	}
	k.clocks(s, median(k.seconds(s, peers)))
	return nil
}

// clocks sets segment length and deadlines by how long the job usually takes.
func (k *kitchen) clocks(s *job.Spec, usual float64) {
	steps := s.Steps()
	if usual == 0 {
		usual = float64(steps) // a second a step, where nobody says how fast it is
	}
	perStep := usual / float64(steps)
	// About two minutes, so that little is lost with a worker; twenty at least,
	// so that audits have something to choose from.
	s.Segment = uint64(max(1, math.Round(120/max(perStep, 1e-3))))
	s.Segment = min(s.Segment, max(1, steps/20), job.MaxSegment)
	s.Segment = max(s.Segment, (steps+job.MaxSegments-1)/job.MaxSegments)
	ms := func(seconds, least float64) job.Millis {
		return job.Millis(min(max(1000*seconds, 1000*least), float64(job.MaxClock)))
	}
	segment, store := perStep*float64(s.Segment), float64(s.Needs.State)/1e6 // a megabyte a second
	t := &s.Terms
	t.Bidding, t.Offer, t.Heartbeat = 500, 600_000, 10_000 // bids are awaited twice as long each time none comes
	t.Segment = ms(k.course.patience*(segment+store), 120)
	t.Reveal = ms(store, 120)
	t.Audit = ms(k.course.patience*(segment+2*store), 240)
	t.Clock, t.Window, t.Pause = ms(4*segment, 600), k.course.window, 24*3600_000
	t.Job = ms(k.course.patience*(usual+float64(s.Segments())*store), 3600)
}

func (k *kitchen) estimate(s *job.Spec, peers []Peer) Estimate {
	e := Estimate{
		Steps: s.Steps(), Samples: s.Samples, Positions: s.Needs.Tokens, Parameters: clamp(trained(k.base.Config, s)), Memory: s.Needs.Memory,
		Peers: len(peers), Work: s.Terms.Reward, Verification: s.Verification(job.Proven), Contributors: s.Terms.Data, AtMost: s.Escrow(),
	}
	e.Total = e.Work + e.Verification + e.Contributors
	for _, p := range peers {
		if p.Memory >= s.Needs.Memory {
			e.Fit++
		}
	}
	if all := k.seconds(s, peers); len(all) > 0 {
		usual := median(all)
		e.Fastest, e.Usual = duration(all[0]), duration(usual)
	}
	return e
}

func duration(seconds float64) time.Duration {
	return time.Duration(min(seconds, 1e9) * float64(time.Second))
}

// clamp makes a whole number of an estimate that may be anything.
func clamp(x float64) uint64 { return uint64(min(max(x, 1), 1<<59)) }
