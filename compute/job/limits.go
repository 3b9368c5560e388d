package job

import (
	"slices"

	"github.com/ipfs/go-cid"
)

// Limits are what a worker's owner allows. The zero value allows nothing.
type Limits struct {
	Memory  uint64    // bytes that jobs may use
	Slots   uint64    // jobs that could start now
	Price   Amount    // least for a million positions
	From    uint64    // hour of the day (0 to 23, UTC) from which jobs may begin
	Until   uint64    // hour until which; equal to From: always
	Models  []cid.Cid // that may be trained; none: all
	Methods []Method  // none: all
	Funds   Amount    // free for stake and bond
	Longest Millis    // of a job; 0: any
}

// A Machine is what a worker knows of itself.
type Machine struct {
	Bid        Bid // operator, class, speed; Consider fills in price and warm
	Arithmetic []uint64
	Warm       []cid.Cid // models that are at hand
	Hour       uint64    // of the day now (UTC)
}

// Consider says what a worker would bid for a job, or why it would not.
func (l *Limits) Consider(s *Spec, m *Machine) (Bid, Reason) {
	b := m.Bid
	b.Warm = slices.Contains(m.Warm, s.Model)
	b.Price = s.Terms.Reward
	least := share(min(l.Price, MaxAmount), s.Needs.Tokens%1_000_000, 1_000_000) + min(l.Price, MaxAmount)*Amount(min(s.Needs.Tokens/1_000_000, 1000))
	if s.Needs.Tokens/1_000_000 > 1000 && l.Price > 0 { // above 1e9 positions, without overflow
		least = Amount(float64(l.Price) * float64(s.Needs.Tokens) / 1e6)
	}
	switch {
	case s.Check() != nil:
		return b, Malformed
	case !slices.Contains(m.Arithmetic, s.Arithmetic):
		return b, NoArithmetic
	case l.Slots == 0:
		return b, NoSlot
	case s.Needs.Memory > l.Memory:
		return b, NoMemory
	case !hourIn(m.Hour, l.From, l.Until):
		return b, NoHours
	case len(l.Models) > 0 && !slices.Contains(l.Models, s.Model):
		return b, NotModel
	case len(l.Methods) > 0 && !slices.Contains(l.Methods, s.Method):
		return b, WrongLevel
	case l.Longest > 0 && s.Terms.Job > l.Longest:
		return b, JobTooLong
	case least > s.Terms.Reward:
		return b, PriceLow
	case l.Funds < s.Terms.Stake+s.Terms.Bond:
		return b, NoStake
	case s.tooSlow(b.Speed):
		return b, TooSlow
	}
	if least > 0 {
		b.Price = least
	}
	return b, OK
}

func hourIn(hour, from, until uint64) bool {
	switch {
	case from == until:
		return true
	case from < until:
		return from <= hour && hour < until
	}
	return hour >= from || hour < until
}
