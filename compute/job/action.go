package job

import (
	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// An Action is what a machine wants done. The shell performs each; performing
// one twice MUST change nothing.
type Action interface{ action() }

// Say wants a record of this type, sequence and payload (Journal.Say, then
// record.Seal) sent to To, or gossiped if To is zero.
type Say struct {
	To       record.Account
	Type     record.Type
	Sequence uint64
	Payload  []byte
	Key      *[32]byte // beside a Lease or an audit's grant, on the same private stream: keys it needs
}

// Tell wants an unsigned event delivered to a peer's machine of this job, from
// this account, over an authenticated stream.
type Tell struct {
	To   record.Account
	Body Body
}

// Move wants a transfer on the ledger. Two moves of one ID are one.
type Move struct{ Transfer Transfer }

// Lock wants the stake and bond of an account locked by this transfer, and a
// Locked back that says whether the ledger moved it. Of an ID that was moved
// before, it says yes again.
type Lock struct {
	Account  record.Account
	Transfer Transfer
}

// Check wants to know whether the blocks of a commit are stored at enough other
// peers: a Stored comes back.
type Check struct {
	Commit        uint64 // numbers what was committed to in this job
	Replica       uint64
	Segment       uint64
	State, Leaves cid.Cid
}

// Trace wants the steps that a replica stored fetched, opened with the keys of
// its segments (from Key by SegmentKey), and checked against its claims, each
// chain going on from the one before: a Traced or an Unusable comes back.
type Trace struct {
	Replica uint64
	Key     [32]byte
	Kept    []Kept
	Claims  []trace.Commitment
}

// Draw wants the Beacon of the first epoch that ends after a time.
type Draw struct{ After Millis }

// Seek wants auditors to be told of this job: a Volunteer comes back from each.
type Seek struct{}

// Invite wants auditors to be told that all audits of this job have ended: who
// likes may look into a segment, by a Look, until the window is over.
type Invite struct{}

// Settle wants a dispute fought out by package dispute: Turns and a Verdict
// come back. Both sides first sign their claims anew, under the HandOver that
// was said before it; those of segment 0 need none.
type Settle struct {
	Dispute  Dispute
	HandOver *HandOver
}

// Refuse tells a peer why what it sent is of no use.
type Refuse struct {
	To     record.Account
	Reason Reason
}

// Credit wants a result counted for or against a worker: Journal.Credit.
type Credit struct {
	Worker record.Account
	Valid  bool
}

// Close says that the job is over.
type Close struct {
	Status Status
	Cause  Reason // of Failed and Cancelled; OK: its requester's wish
}

// Compute wants segments computed by a worker, one after the other from From
// on, each stored and then reported by a Computed. Prefix is what a predecessor
// left; where it does not open its commits, tell the requester.
type Compute struct {
	From   uint64
	Prefix []Kept
	Key    [32]byte
}

// PassOn wants the Reveals that predecessors sealed and stored with their steps
// sent to the requester: they may be gone.
type PassOn struct{ Prefix []Kept }

// Audit wants a segment recomputed by an auditor, and a Computed back. Start is
// the digest of the state before it, State the block that holds it.
// Own says that it is looked into on the auditor's own account: nobody pays for it.
type Audit struct {
	Grant AuditGranted
	Own   bool
}

// Halt wants whatever is computed for this job ended.
type Halt struct{}

// Collect wants the ledger's own rules to be used to get paid: the requester
// has not moved within its time.
type Collect struct{}

func (Say) action()     {}
func (Tell) action()    {}
func (Move) action()    {}
func (Lock) action()    {}
func (Check) action()   {}
func (Draw) action()    {}
func (Trace) action()   {}
func (Seek) action()    {}
func (Invite) action()  {}
func (Settle) action()  {}
func (Refuse) action()  {}
func (Credit) action()  {}
func (Close) action()   {}
func (Compute) action() {}
func (PassOn) action()  {}
func (Audit) action()   {}
func (Halt) action()    {}
func (Collect) action() {}
