package work

import (
	"context"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/record"
)

// A Hiring is how who works or audits is sure of its pay where jobs are settled on
// a chain: it is engaged there, by a contract that it signed.
type Hiring interface {
	// Consent signs what the requester of a job asks for in a Hire or a PayPart, if
	// it pays as much for these steps as price, which this peer wants for all of the
	// job, says; otherwise the error says why not.
	Consent(ctx context.Context, s *job.Spec, price func(from, to uint64) job.Amount, m Message) ([]byte, error)

	// Hired returns when this peer is engaged for steps of a job: nothing is
	// computed before. An error: it will not be.
	Hired(ctx context.Context, id job.ID, from, to uint64) error

	// Did notes that this peer committed to all its steps before upTo: what it can
	// prove when the requester does not pay. root is the chain of these steps.
	Did(id job.ID, from, upTo uint64, root [32]byte) error

	// Closed notes that the requester says the job is over.
	Closed(id job.ID) error
}

// An Escrow is where a requester's money for a job lies until it is paid out. What
// it takes over is journalled: it happens, once, over restarts.
type Escrow interface {
	// Check says whether a job could be paid for now, and takes note of it. false:
	// no chain is attached, so a Ledger of this peer's own is used.
	Check(ctx context.Context, s *job.Spec) (bool, error)

	// Holds tells whether a job is one that Check took note of.
	Holds(id job.ID) (bool, error)

	// Open puts the money for a job aside.
	Open(ctx context.Context, id job.ID) error

	// Engage locks the stake of a seat, with a bond, and returns when that is done
	// or, with false, cannot be.
	Engage(ctx context.Context, id job.ID, seat job.Seat) (bool, error)

	// Charge has the contract convict who is guilty of what a dispute led to, by
	// what its charge shows. right is who was right; zero: nobody was.
	Charge(id job.ID, guilty, right record.Account, charge []byte) error

	// Settle pays, and gives back what is left.
	Settle(id job.ID, parts []job.Part) error
}

// Asks sends a message of a job to an account and returns its answer: Mail.Ask.
type Asks func(ctx context.Context, to record.Account, m Message) ([]byte, error)
