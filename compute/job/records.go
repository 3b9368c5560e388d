package job

import (
	"bytes"
	"errors"
	"fmt"
	"math"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// The payloads of the records of a job. The subject of each is the job's ID.

// An Offer says that a job is to be had. Its sequence counts how often it was
// offered.
type Offer struct {
	Spec    cid.Cid // the block that holds it
	Level   Level
	Method  Method
	Model   cid.Cid
	Memory  uint64 // bytes
	Tokens  uint64
	Reward  Amount
	Stake   Amount
	Expires Millis // bids after it come too late
}

func (o *Offer) fields() []field {
	return []field{link(&o.Spec), one(&o.Level, D), one(&o.Method, Full), link(&o.Model), num(&o.Memory, maxNeed), num(&o.Tokens, maxNeed),
		num(&o.Reward, MaxAmount), num(&o.Stake, MaxAmount), num(&o.Expires, maxTime)}
}

// A Bid is a worker's answer: it would do the job. Its signature lets Stake and
// Bond be locked.
type Bid struct {
	Operator record.Account // who owns the worker; replicas need different ones
	Class    string         // of the hardware and its kernels, such as "cpu/avx512"; level D needs different ones
	Price    Amount         // for all steps of one replica, at most the reward
	Speed    uint64         // thousandths of a position a second
	Warm     bool           // it holds the model already
}

func (b *Bid) fields() []field {
	return []field{fixed(b.Operator[:]), text(&b.Class, 32), num(&b.Price, MaxAmount), num(&b.Speed, maxNeed), flag(&b.Warm)}
}

// A Lease gives one replica of a job to one worker, from a segment on. The key
// of the replica travels beside it, never inside.
type Lease struct {
	Number  uint64 // counts the leases of the job
	Replica uint64
	Worker  record.Account
	From    uint64 // the first segment to compute
	Prefix  []Kept // the segments before, in order
	Granted Millis
}

func (l *Lease) fields() []field {
	return []field{num(&l.Number, math.MaxUint32), num(&l.Replica, maxReplicas), fixed(l.Worker[:]), num(&l.From, MaxSegments),
		list(&l.Prefix, MaxSegments, func(k *Kept) field { return group(k.fields()...) }), num(&l.Granted, maxTime)}
}

// A HandOver says from where a segment is computed: the signed start of an
// audit, and of both sides of a dispute. It travels in a Lease record; what
// reveals a segment after the first in an audit or a dispute names its digest.
type HandOver struct {
	Number uint64        // counts with the leases
	First  uint64        // step to begin with, counted from 1
	Start  merkle.Digest // leaf of the step before
	Chain  merkle.Digest // chain up to that
}

func (h *HandOver) fields() []field {
	return []field{num(&h.Number, math.MaxUint32), num(&h.First, MaxSteps), fixed(h.Start[:]), fixed(h.Chain[:])}
}

// ReadHandOver reads the payload of a Lease record that is one: what package
// dispute calls a lease.
func ReadHandOver(payload []byte) (first uint64, start, chain merkle.Digest, err error) {
	h := new(HandOver)
	if err := readForm(payload, kindHandOver, h); err != nil {
		return 0, start, chain, err
	}
	return h.First, h.Start, h.Chain, nil
}

// A Kept is a segment that a replica has committed to and stored.
type Kept struct {
	Worker record.Account
	Hidden merkle.Digest
	State  cid.Cid // the state after it, sealed with the replica's key
	Leaves cid.Cid // its steps and the Reveal, sealed likewise
}

func (k *Kept) fields() []field {
	return []field{fixed(k.Worker[:]), fixed(k.Hidden[:]), link(&k.State), link(&k.Leaves)}
}

// A Commit is the hidden result of a segment. Its sequence counts the worker's
// commits to this job, so two for one place are an equivocation. A segment that
// was withdrawn and done again has the next sequence, names what it replaces,
// and drops what was built on that.
type Commit struct {
	Lease    uint64
	Replica  uint64
	Segment  uint64
	Replaces merkle.Digest // the Hidden before; zero: this is the first
	Hidden   merkle.Digest // trace.Reveal.Commit of the segment's steps
	State    cid.Cid
	Leaves   cid.Cid
}

func (c *Commit) fields() []field {
	return []field{num(&c.Lease, math.MaxUint32), num(&c.Replica, maxReplicas), num(&c.Segment, MaxSegments), fixed(c.Replaces[:]),
		fixed(c.Hidden[:]), link(&c.State), link(&c.Leaves)}
}

// A Reveal is the result behind a Commit or an AuditCommit, of its signer. A
// worker seals it with the commit, under the same sequence, and stores it with
// the steps, so that a successor can pass it on.
type Reveal struct{ trace.Reveal }

func (v *Reveal) fields() []field {
	return []field{{v.AppendCanon, v.ReadCanon}}
}

// An AuditCommit is an auditor's hidden answer, made before it learns anything
// of the worker's result. It travels in a SegmentCommit record.
type AuditCommit struct {
	Audit  uint64
	Hidden merkle.Digest // trace.Reveal.Commit
}

func (a *AuditCommit) fields() []field {
	return []field{num(&a.Audit, maxAudits), fixed(a.Hidden[:])}
}

// A Plan is what its signer lets a contract judge its work by: what each step
// consists of. Everybody who computes signs one, a worker before its first commit,
// an auditor before its first answer, a challenger before its dispute; it is the
// same for all, and follows from the job.
type Plan struct{ dispute.Plan }

func (p *Plan) fields() []field {
	return []field{{p.AppendCanon, p.ReadCanon}}
}

const (
	maxTime     = Millis(1 << 50)
	maxReplicas = 3
	maxAudits   = 1 << 16
)

// MaxRecord is the size of the largest payload of a job's records, in bytes.
const MaxRecord = 1 << 20

// A payload is a record of this package: its fields are its form.
type payload interface{ fields() []field }

// form makes a canon value of a payload: an array of its kind and its fields.
type form struct {
	kind kind
	payload
}

func readForm(b []byte, want kind, p payload) error {
	r := canon.NewReader(b, canon.Limits{Depth: 6, Total: MaxRecord})
	r.Fields(2)
	if k := kind(r.Uint(uint64(kindEnd))); k != want {
		r.Fail("a body of kind %d, want %d", k, want)
	}
	readFields(r, p.fields())
	if err := r.Done(); err != nil {
		return fmt.Errorf("job: %w", err)
	}
	if again := (form{want, p}).AppendCanon(nil); !bytes.Equal(again, b) {
		return errors.New("job: a record of other bytes than it would write")
	}
	return nil
}

func (f form) AppendCanon(b []byte) []byte {
	switch v := f.payload.(type) { // package dispute and contracts read these too
	case *Reveal:
		return v.AppendCanon(b)
	case *Plan:
		return v.AppendCanon(b)
	}
	return appendFields(canon.AppendUint(canon.AppendArray(b, 2), uint64(f.kind)), f.payload.fields())
}
