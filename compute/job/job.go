// Package job is the life of a training job, from the offer to the last
// payment: who leases which part, what a worker commits to, when results are
// revealed, compared, audited, disputed and paid.
//
// Three machines, one for each side: Requester, Worker and Auditor. Each is a
// step function of what happened and when; none has a goroutine, a clock or a
// socket. The invariant: the state of a machine is a fold over its events, so
// who journals each event before acting on it loses nothing when it is killed.
//
// # How a role drives its machine
//
//	j, err := job.OpenJournal(db)        // tables in the peer's SQLite file
//	k, actions, err := j.Requester(id)   // or Worker, Auditor: folds what the journal holds
//	perform(actions)                     // what a crash may have left undone
//	for e := range events {              // records that arrived, alarms, what its owner did
//		actions, err := k.Do(e, now) // journals e, then steps
//		perform(actions)
//	}
//
// The first event of a Requester is Submit, that of a Worker or an Auditor is
// Offered. k.Alarm says when a Tick is due. A record goes to Journal.Hear, which
// finds equivocations (then an Evidence), and to Read, which makes an Event of
// it; a Bid becomes a Candidate, a Lease a Granted, a HandOver a Contested or
// the HandOver field of an AuditGranted, since the shell knows more of them. An
// unsigned message (Tell) is an Event whose From is the account at the other
// end of the stream; the shell MUST NOT deliver one with another From, nor one
// from outside without any.
//
// Who computes first hears the Plan of the job's steps, which its shell finds, and
// signs it: a requester's shell compares it with its own and says Planned.
//
// What is to be signed comes as Say: Journal.Say keeps the bytes and returns
// those to seal. Actions may be performed twice after a crash, and the second
// time MUST change nothing: a transfer has an ID that the ledger knows, a record
// has the same bytes again.
//
// # What lies in the blocks of a segment
//
// State holds the state after the segment, Leaves its steps (trace.AppendSteps,
// from the step before on) and the worker's sealed Reveal, both cut into parts
// and sealed by SealBlock with SegmentKey. A worker makes them before Computed;
// Worker.Reveal and Worker.NextSequence say what to seal.
//
// # What follows a Settle
//
// Each side gets the HandOver that was said before it and signs its claim anew
// under it (Contested). With both reveals the shell runs a dispute.Dispute,
// tells the machine whose Turn it is after each move, and gives it the Verdict:
// Guilty are the sides that dispute's verdict convicts, Silent those convicted
// of silence. A side that does not sign is silent too: its clock runs here.
//
// Money moves by Transfers on a Ledger; Purses is the one in memory.
package job

import (
	"crypto/sha256"
	"fmt"

	"github.com/openledger/openledger/proofs/canon"
)

// An ID names a job: sha-256 of its Spec's bytes. It is the subject of all
// records of the job.
type ID [32]byte

func (id ID) String() string { return fmt.Sprintf("%x", id[:8]) }

// ID returns the job's name.
func (s *Spec) ID() ID { return sha256.Sum256(s.AppendCanon(nil)) }

// Millis is a time in milliseconds since 1970 (UTC), or a duration.
type Millis uint64

// An Amount is money in millionths of an OPEN.
type Amount uint64

// MaxAmount is all the money there is: 1e9 OPEN.
const MaxAmount Amount = 1e15

func (a Amount) String() string {
	return fmt.Sprintf("%d.%06d OPEN", uint64(a)/1e6, uint64(a)%1e6)
}

// ReadSpec reads a Spec that came from somebody else.
func ReadSpec(b []byte) (*Spec, error) {
	s := new(Spec)
	if err := canon.Decode(b, s, canon.Limits{Depth: 4, Total: MaxSpec}); err != nil {
		return nil, fmt.Errorf("job: %w", err)
	}
	return s, nil
}
