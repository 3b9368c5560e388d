package job

import (
	"math"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/trace"
)

// What happens to a Worker or an Auditor, beside Tick, Order, Locked and Turn.

// Offered is the first event of a worker (shell): a job that was offered, its
// spec read and checked, with what this peer knows of itself.
type Offered struct {
	Spec Spec
	Bid  Bid // what it would bid: see Limits.Consider
}

// Granted is a lease of this peer, with its key (shell, of a Lease that the
// requester signed).
type Granted struct {
	Lease Lease
	Key   [32]byte // of the replica
}

// Computed is a result of this peer's own (shell): the steps of a segment, and
// for a worker the blocks that hold state and steps, stored at other peers.
type Computed struct {
	Segment uint64
	Result  trace.Commitment
	Nonce   [32]byte // drawn at random
	State   cid.Cid  // undefined for an auditor
	Leaves  cid.Cid  // likewise
}

// Received is the requester's answer to commits: the sequence that it wants
// next.
type Received struct{ Next uint64 }

// AuditGranted gives an audit to an auditor. It holds nothing of the result:
// State and Leaves are those of the segment before, and the key opens no other.
type AuditGranted struct {
	Audit    uint64
	HandOver [32]byte // digest of the HandOver record's header, which the shell checked to be of the requester; zero for segment 0
	Segment  uint64
	Spec     cid.Cid
	Previous trace.Commitment // of the segment before; of segment 0: none
	State    cid.Cid          // undefined for segment 0
	Leaves   cid.Cid          // likewise
	Key      [32]byte         // of that segment
}

// Invited says that a job's audits have ended and its window is open, and which
// segments this peer looks into on its own account (shell).
type Invited struct{ Segments []uint64 }

// Shown answers a Look: what an auditor is given, and what the workers revealed.
type Shown struct {
	Grant AuditGranted // its number means nothing
	Claim trace.Commitment
}

// Contested tells a side of a dispute to sign its claim anew, under the
// hand-over that both sides begin with (shell, of a HandOver that the requester
// signed). Whose claim begins elsewhere does not sign.
type Contested struct {
	HandOver HandOver
	Digest   [32]byte // of its header
}

// Closed tells a worker or an auditor how the job ended and what it was paid.
type Closed struct {
	Status Status
	Paid   Amount
}

func (o *Offered) fields() []field {
	return []field{group(o.Spec.fields()...), group(o.Bid.fields()...)}
}
func (g *Granted) fields() []field {
	return []field{group(g.Lease.fields()...), fixed(g.Key[:])}
}
func (c *Computed) fields() []field {
	return []field{num(&c.Segment, MaxSegments), {c.Result.AppendCanon, c.Result.ReadCanon}, fixed(c.Nonce[:]), maybe(&c.State), maybe(&c.Leaves)}
}
func (r *Received) fields() []field { return []field{num(&r.Next, math.MaxUint32)} }
func (c *Contested) fields() []field {
	return []field{group(c.HandOver.fields()...), fixed(c.Digest[:])}
}
func (g *AuditGranted) fields() []field {
	return []field{num(&g.Audit, maxAudits), fixed(g.HandOver[:]), num(&g.Segment, MaxSegments), link(&g.Spec),
		before(&g.Previous), maybe(&g.State), maybe(&g.Leaves), fixed(g.Key[:])}
}

func (i *Invited) fields() []field {
	return []field{list(&i.Segments, MaxSegments, func(n *uint64) field { return num(n, MaxSegments) })}
}
func (s *Shown) fields() []field {
	return []field{group(s.Grant.fields()...), {s.Claim.AppendCanon, s.Claim.ReadCanon}}
}

// before is a commitment that may be missing: an array of none or one.
func before(c *trace.Commitment) field {
	return field{
		func(b []byte) []byte {
			if c.First == 0 {
				return canon.AppendArray(b, 0)
			}
			return c.AppendCanon(canon.AppendArray(b, 1))
		},
		func(r *canon.Reader) {
			*c = trace.Commitment{}
			if r.Array(1) == 1 {
				c.ReadCanon(r)
			}
		},
	}
}

func (c *Closed) fields() []field {
	return []field{num(&c.Status, statusEnd-1), num(&c.Paid, MaxAmount)}
}
