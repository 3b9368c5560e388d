package epoch

import (
	"encoding/binary"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/openledger/openledger/proofs/merkle"
)

// A Verdict says what is wrong with a record, as Step.sol has it.
type Verdict uint8

// Right: nothing. Void: who signed it is at fault; it changes nothing and stands
// in an epoch only if it was forced in. Misplaced: who posted it is.
const (
	Right Verdict = iota
	Void
	Misplaced
)

func (v Verdict) String() string { return [...]string{"right", "void", "misplaced"}[v%3] }

// Rules are what a step needs to know of the chain. Each answer is that for an
// epoch and MUST NOT change later.
type Rules interface {
	// Domain returns the EIP-712 domain separator.
	Domain() [32]byte
	// Payer returns the number of a payer, 0 if it has none, and what it may have
	// spent in all up to and with an epoch.
	Payer(a common.Address, epoch uint64) (id uint32, limit Amount)
	// Enrolled says whether a key signs distributions of an epoch.
	Enrolled(key common.Address, epoch uint64) bool
	// Split returns the parts of a fee in 1/10,000 by class.
	Split(epoch uint64) [6]uint16
	// Forced returns the content of an entry of the forced queue, zero if it was
	// dismissed; an entry that an epoch took is not dismissed any more.
	Forced(entry uint64) [32]byte
}

// depth is that of the trees of payers and accounts, recordDepth that of the
// trees of records and states.
const (
	depth       = 24
	recordDepth = 20
)

// fixed is the number of places that every usage changes: the three pools.
const fixed = 3

// An entry is an account at its place. Only pools distribute.
type entry struct {
	account             Account
	earned, distributed Amount
}

// State is all balances of the Ledger: what each payer has spent and each
// account has earned.
type State struct {
	spent   []Amount // by number of the payer
	entries []entry  // by place
	places  map[Account]uint32
	total   Amount

	spentTree, earnedTree *merkle.Indexed

	log []change // of the last step, for undo
}

// NewState returns the state before the first epoch.
func NewState() *State {
	return &State{
		places:     make(map[Account]uint32),
		spentTree:  merkle.NewIndexed(merkle.Keccak256, depth),
		earnedTree: merkle.NewIndexed(merkle.Keccak256, depth),
	}
}

// A Sums is a state in short, as a trace holds it.
type Sums struct {
	SpentRoot, EarnedRoot merkle.Digest
	Total                 Amount
	Accounts              uint32
}

// Sums returns the roots.
func (s *State) Sums() Sums {
	return Sums{s.spentTree.Root(), s.earnedTree.Root(), s.total, uint32(len(s.entries))}
}

// leaf returns the bytes of a state's leaf in a trace.
func (s *Sums) leaf() []byte {
	t := s.Total.Bytes32()
	b := append(append(append([]byte{}, s.SpentRoot[:]...), s.EarnedRoot[:]...), t[20:]...)
	return binary.BigEndian.AppendUint32(b, s.Accounts)
}

// Total returns what all payers have spent.
func (s *State) Total() Amount { return s.total }

// Spent returns what a payer has spent.
func (s *State) Spent(id uint32) (a Amount) {
	if int(id) < len(s.spent) {
		a = s.spent[id]
	}
	return a
}

// Earned returns what an account has earned, and a pool has distributed of it.
func (s *State) Earned(a Account) (place uint32, earned, distributed Amount, ok bool) {
	if place, ok = s.places[a]; ok {
		earned, distributed = s.entries[place].earned, s.entries[place].distributed
	}
	return place, earned, distributed, ok
}

// Accounts returns the number of places that are taken.
func (s *State) Accounts() int { return len(s.entries) }

// At returns the account at a place.
func (s *State) At(place uint32) Account { return s.entries[place].account }

// apply does what a record does, at the places that it names, and says what is
// wrong with it; if anything is, nothing changes.
func (s *State) apply(r *Record, rules Rules, epoch uint64) Verdict {
	s.log = s.log[:0]
	switch {
	case r.Usage != nil:
		return s.settle(r, rules, epoch)
	case r.Payment != nil:
		return s.pay(r, rules, epoch)
	}
	return Void // a dismissed entry
}

func (s *State) settle(r *Record, rules Rules, epoch uint64) Verdict {
	u := r.Usage
	if !u.signed(rules.Domain(), epoch) {
		return Void
	}
	if len(r.Places) != len(u.Result.Credits) {
		return Misplaced
	}
	id, limit := rules.Payer(u.Request.Payer, epoch)
	if id>>depth != 0 {
		return Void
	}
	sum := s.Spent(id)
	if sum.Add(&sum, &u.Request.Fee); sum.Gt(&limit) {
		return Void
	}
	amounts := divide(u, rules.Split(epoch))
	accounts, places := u.accounts(), append([]uint32{0, 1, 2}, r.Places...)
	if !s.fits(accounts, places) {
		return Misplaced
	}
	s.setSpent(id, sum)
	for i, a := range accounts {
		s.credit(a, places[i], &amounts[i])
	}
	s.log = append(s.log, change{kind: wasTotal, sum: s.total})
	s.total.Add(&s.total, &u.Request.Fee)
	return Right
}

func (s *State) pay(r *Record, rules Rules, epoch uint64) Verdict {
	d := &r.Payment.Distribution
	if !r.Payment.signed(rules, epoch) {
		return Void
	}
	if len(r.Places) != len(d.Credits) || int(r.Place) >= len(s.entries) || s.entries[r.Place].account != d.Pool {
		return Misplaced
	}
	pool := s.entries[r.Place]
	if pool.distributed.Add(&pool.distributed, &d.Amount); pool.distributed.Gt(&pool.earned) {
		return Void
	}
	accounts := d.accounts()
	if !s.fits(accounts, r.Places) {
		return Misplaced
	}
	s.setEntry(r.Place, pool)
	for i, a := range accounts {
		s.credit(a, r.Places[i], &d.Credits[i].Weight)
	}
	return Right
}

// accounts returns whose places a usage changes: the pools', then the credits'.
func (u *Usage) accounts() []Account {
	all := []Account{TreasuryPool, StakersPool, StoragePool}
	for i := range u.Result.Credits {
		all = append(all, u.Result.Credits[i].Account)
	}
	return all
}

func (d *Distribution) accounts() (all []Account) {
	for i := range d.Credits {
		all = append(all, d.Credits[i].Account)
	}
	return all
}

// fits says whether every place is its account's, or the next free one.
func (s *State) fits(accounts []Account, places []uint32) bool {
	n := uint32(len(s.entries))
	next := n
	fresh := make(map[uint32]Account)
	for i, a := range accounts {
		switch p := places[i]; {
		case p < n:
			if s.entries[p].account != a {
				return false
			}
		case p < next:
			if fresh[p] != a {
				return false
			}
		case p == next && p < 1<<depth:
			fresh[p] = a
			next++
		default:
			return false
		}
	}
	return true
}

func (s *State) credit(a Account, place uint32, amount *Amount) {
	e := entry{account: a}
	if int(place) < len(s.entries) {
		e = s.entries[place]
	}
	e.earned.Add(&e.earned, amount)
	s.setEntry(place, e)
}

func (s *State) setEntry(place uint32, e entry) {
	if int(place) == len(s.entries) {
		s.entries = append(s.entries, entry{})
		if _, known := s.places[e.account]; !known {
			s.places[e.account] = place
		}
	}
	s.log = append(s.log, change{kind: wasEarned, at: place, entry: s.entries[place]})
	s.entries[place] = e
	put(s.earnedTree, place, e.digest())
}

func (s *State) setSpent(id uint32, a Amount) {
	for int(id) >= len(s.spent) {
		s.spent = append(s.spent, Amount{})
	}
	s.log = append(s.log, change{kind: wasSpent, at: id, sum: s.spent[id]})
	s.spent[id] = a
	put(s.spentTree, id, spentDigest(&a))
}

// A change is what stood at a place before a step.
type change struct {
	kind  uint8
	at    uint32
	sum   Amount
	entry entry
}

const (
	wasTotal = iota
	wasSpent
	wasEarned
)

// undo takes back the last step.
func (s *State) undo() {
	for i := len(s.log) - 1; i >= 0; i-- {
		switch c := &s.log[i]; c.kind {
		case wasTotal:
			s.total = c.sum
		case wasSpent:
			s.spent[c.at] = c.sum
			put(s.spentTree, c.at, spentDigest(&c.sum))
		case wasEarned:
			if c.entry.account == (Account{}) { // it was the next free place
				if a := s.entries[c.at].account; s.places[a] == c.at {
					delete(s.places, a)
				}
				s.entries = s.entries[:c.at]
			} else {
				s.entries[c.at] = c.entry
			}
			put(s.earnedTree, c.at, c.entry.digest())
		}
	}
	s.log = s.log[:0]
}

// put places a leaf; places and payers are checked before.
func put(t *merkle.Indexed, i uint32, d merkle.Digest) {
	if err := t.Put(uint64(i), d); err != nil {
		panic("epoch: internal error: " + err.Error())
	}
}

// spentDigest is the leaf of a payer: zero for who has spent nothing.
func spentDigest(a *Amount) merkle.Digest {
	if a.IsZero() {
		return merkle.Digest{}
	}
	b := a.Bytes32()
	return merkle.Keccak256.Leaf(b[20:])
}

// digest is the leaf of an account: zero for an empty place.
func (e *entry) digest() merkle.Digest {
	if e.account == (Account{}) {
		return merkle.Digest{}
	}
	earned, distributed := e.earned.Bytes32(), e.distributed.Bytes32()
	b := append(append(append([]byte{}, e.account[:]...), earned[20:]...), distributed[20:]...)
	return merkle.Keccak256.Leaf(b)
}

// Signed says whether a request and its answer are signed by who they name, and
// of sound form.
func (u *Usage) Signed(domain [32]byte) bool { return u.signed(domain, u.Request.FirstEpoch) }

// signed says whether a request and its answer are signed, in time, by who they
// name, and of sound form.
func (u *Usage) signed(domain [32]byte, epoch uint64) bool {
	q, r := &u.Request, &u.Result
	hash := q.Hash()
	if r.Request != hash || epoch < q.FirstEpoch || epoch > q.LastEpoch || len(q.Workers) > MaxWorkers || len(r.Credits) > MaxCredits {
		return false
	}
	for i := range r.Credits {
		if c := &r.Credits[i]; c.Class != Workers && c.Class != Owners && c.Class != Data || c.Account == (Account{}) {
			return false
		}
	}
	if payer, ok := u.PayerSignature.Signer(signing(domain, hash)); !ok || payer != q.Payer {
		return false
	}
	worker, ok := u.WorkerSignature.Signer(signing(domain, r.Hash()))
	for _, w := range q.Workers {
		if ok && worker == w {
			return true
		}
	}
	return false
}

// signed says the same of a distribution.
func (p *Payment) signed(rules Rules, epoch uint64) bool {
	d := &p.Distribution
	key, ok := p.Signature.Signer(signing(rules.Domain(), d.Hash()))
	if !ok || !rules.Enrolled(key, epoch) || d.Epoch >= epoch || len(d.Credits) == 0 || len(d.Credits) > MaxPayments {
		return false
	}
	var sum Amount
	for i := range d.Credits {
		c := &d.Credits[i]
		if c.Account == (Account{}) || c.Account == d.Pool || c.Class != 0 {
			return false
		}
		sum.Add(&sum, &c.Weight)
	}
	return sum.Eq(&d.Amount)
}

// divide returns what the fixed places and the credits of a usage get; it sums
// to the fee. What does not divide, and the part of a class without credits, is
// the treasury's.
func divide(u *Usage, split [6]uint16) []Amount {
	var part, weights [classes]Amount
	for k := range part {
		part[k].Mul(&u.Request.Fee, uint256.NewInt(uint64(split[k])))
		part[k].Div(&part[k], uint256.NewInt(10_000))
	}
	var data Amount
	data.Rsh(data.Mul(&part[Data], uint256.NewInt(uint64(u.Result.Gain))), 32)
	part[Owners].Add(&part[Owners], new(Amount).Sub(&part[Data], &data))
	part[Data] = data

	credits := u.Result.Credits
	for i := range credits {
		weights[credits[i].Class].Add(&weights[credits[i].Class], &credits[i].Weight)
	}
	amounts := make([]Amount, fixed+len(credits))
	amounts[1], amounts[2] = part[Stakers], part[Storage]
	amounts[0].Sub(&u.Request.Fee, &amounts[1])
	amounts[0].Sub(&amounts[0], &amounts[2])
	for i := range credits {
		c := &credits[i]
		if c.Weight.IsZero() {
			continue
		}
		a := &amounts[fixed+i]
		a.Div(a.Mul(&part[c.Class], &c.Weight), &weights[c.Class])
		amounts[0].Sub(&amounts[0], a)
	}
	return amounts
}

// placesFor returns where an aggregator puts accounts: at their places, new ones
// at the next free ones.
func (s *State) placesFor(credits []Credit, first bool) ([]uint32, error) {
	next := uint32(len(s.entries))
	if first && next < fixed {
		next = fixed
	}
	fresh := make(map[Account]uint32)
	places := make([]uint32, len(credits))
	for i := range credits {
		a := credits[i].Account
		at, ok := s.places[a]
		if !ok {
			at, ok = fresh[a]
		}
		if !ok {
			if next >= 1<<depth {
				return nil, fmt.Errorf("epoch: all %d places are taken", 1<<depth)
			}
			at = next
			fresh[a] = at
			next++
		}
		places[i] = at
	}
	return places, nil
}
