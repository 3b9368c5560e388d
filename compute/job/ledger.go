package job

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/openledger/openledger/proofs/record"
)

// A Ledger moves money. Move is atomic and idempotent: a second move of an ID
// does nothing and says what the first one said, if that succeeded.
type Ledger interface {
	Move(Transfer) error
}

// A Transfer moves an amount from one purse to another.
type Transfer struct {
	ID       [32]byte
	From, To Purse
	Amount   Amount
}

// A Purse is where money lies: what an account owns freely, what a job holds
// of it, or what is burned.
type Purse struct {
	Kind  PurseKind
	Job   ID             // of Escrow and Stake
	Owner record.Account // nobody's for Burned
}

// A PurseKind has append-only numbers.
type PurseKind uint8

const (
	Free   PurseKind = 1
	Escrow PurseKind = 2 // the requester's money for a job
	Stake  PurseKind = 3 // a worker's or auditor's stake and bond
	Burned PurseKind = 4
)

func (k PurseKind) String() string {
	return name(int(k), "?", "free", "escrow", "stake", "burned")
}

// ErrFunds says that a purse holds less than was to be moved.
var ErrFunds = errors.New("job: not enough money")

// Purses is a Ledger in memory. Money comes in by Mint alone, and none is lost:
// Total is what was minted, whatever was moved. It is not safe for concurrent
// use.
type Purses struct {
	balance map[Purse]Amount
	done    map[[32]byte]Transfer
	minted  Amount
}

// NewPurses returns a ledger without money.
func NewPurses() *Purses {
	return &Purses{balance: map[Purse]Amount{}, done: map[[32]byte]Transfer{}}
}

// Mint gives an account money.
func (p *Purses) Mint(to record.Account, a Amount) {
	p.balance[Purse{Kind: Free, Owner: to}] += a
	p.minted += a
}

// Balance returns what a purse holds.
func (p *Purses) Balance(of Purse) Amount { return p.balance[of] }

// Minted returns all money that came in.
func (p *Purses) Minted() Amount { return p.minted }

// Total returns all money that is there.
func (p *Purses) Total() (sum Amount) {
	for _, a := range p.balance {
		sum += a
	}
	return sum
}

// Held returns what a job still holds, of anybody.
func (p *Purses) Held(job ID) (sum Amount) {
	for purse, a := range p.balance {
		if purse.Job == job && purse.Kind != Free && purse.Kind != Burned {
			sum += a
		}
	}
	return sum
}

// Move is Ledger's. An ID used for two different transfers is an error.
func (p *Purses) Move(t Transfer) error {
	if before, ok := p.done[t.ID]; ok {
		if before != t {
			return fmt.Errorf("job: transfer %x is another one", t.ID[:8])
		}
		return nil
	}
	if p.balance[t.From] < t.Amount {
		return fmt.Errorf("%w: %s of %s holds %s, %s is due", ErrFunds, t.From.Kind, t.From.Owner, p.balance[t.From], t.Amount)
	}
	p.balance[t.From] -= t.Amount
	p.balance[t.To] += t.Amount
	p.done[t.ID] = t
	return nil
}

// transfer numbers the moves of a job, so that a fold over the same events
// makes the same ones.
func transfer(job ID, n uint64, from, to Purse, a Amount) Transfer {
	b := append([]byte("openledger/transfer/1"), job[:]...)
	return Transfer{sha256.Sum256(binary.BigEndian.AppendUint64(b, n)), from, to, a}
}
