package job

import "math/bits"

// A rate is a probability in units of 2^-32.
type rate uint64

const always rate = 1 << 32

// law is how a level verifies.
type law struct {
	replicas uint64
	audit    rate
}

var laws = map[Level]law{
	A: {1, always / 20}, B: {1, always / 5}, C: {2, always / 20}, D: {3, always / 10},
}

// Proven is how many valid results in a row end a worker's time as a new one,
// whose jobs are done twice whatever their level.
const Proven = 10

// replicas returns how often a job of this level is computed when one of its
// workers has this many valid results.
func (l Level) replicas(valid uint64) uint64 {
	if valid < Proven {
		return max(laws[l].replicas, laws[C].replicas)
	}
	return laws[l].replicas
}

// auditRate returns how often a worker's segments are audited: as the level
// says, and at least one in as many as it has valid results.
func (l Level) auditRate(valid uint64) rate {
	if valid < Proven {
		return max(laws[l].audit, laws[C].audit)
	}
	return max(laws[l].audit, always/rate(valid))
}

// caught is the least probability, in 1/1000, with which a cheat of a level is
// found. One worker is caught by its audits alone. Workers of replicas were
// chosen by others from all who bid, so of bidders a third of whom are in
// league two are with 1/3 at most, three with 1/9; only then audits alone are
// left to catch them.
var caught = map[Level]uint64{A: 50, B: 200, C: 683, D: 900}

// MinStake is the stake from which on honest work is the best answer:
//
//	S >= [(g + (1-q)V)/q - R] / beta        beta = 1/2
//
// with g, what cheating saves, at most the reward R, V the value at risk and q
// the probability to be caught.
func MinStake(l Level, reward, atRisk Amount) Amount {
	q := caught[l]
	if q == 0 || reward > MaxAmount || atRisk > MaxAmount {
		return MaxAmount
	}
	gain := uint64(reward)*1000 + uint64(atRisk)*(1000-q) // < 2.1e18
	worth := (gain + q - 1) / q
	return 2 * Amount(worth-min(worth, uint64(reward)))
}

// share returns a * part / whole, rounded down, part <= whole.
func share(a Amount, part, whole uint64) Amount {
	hi, lo := bits.Mul64(uint64(a), part)
	q, _ := bits.Div64(hi, lo, whole)
	return Amount(q)
}

// maxReplicas is the most replicas that the job may get.
func (s *Spec) replicasAtMost() uint64 { return s.Level.replicas(0) }

// auditsAtMost is the most audits that the job pays for: as many as the highest
// rate draws, and one.
func (s *Spec) auditsAtMost() uint64 {
	r := max(s.Level.auditRate(0), s.Level.auditRate(Proven))
	return (s.Segments()*uint64(r)+uint64(always)-1)/uint64(always) + 1
}

// AuditPay is what one audit earns: what a worker earns at most for the same
// steps.
func (s *Spec) AuditPay(segment uint64) Amount {
	from, to := s.Range(segment)
	return share(s.Terms.Reward, to-from, s.Steps())
}

// Escrow is what the requester puts aside: the most that the job can cost. What
// is not spent comes back.
func (s *Spec) Escrow() Amount {
	return s.Terms.Reward*Amount(s.replicasAtMost()) + s.AuditPay(0)*Amount(s.auditsAtMost()) + s.Terms.Data
}

// Verification is what checking the job costs on average when one of its
// workers has this many valid results: the other replicas, and the audits.
func (s *Spec) Verification(valid uint64) Amount {
	again := s.Terms.Reward * Amount(s.Level.replicas(valid)-1)
	return again + share(s.Terms.Reward, uint64(s.Level.auditRate(valid)), uint64(always))
}

// Replicas returns how often the job is computed when one of its workers has
// this many valid results.
func (s *Spec) Replicas(valid uint64) uint64 { return s.Level.replicas(valid) }
