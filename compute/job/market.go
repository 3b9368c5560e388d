package job

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"

	"github.com/ipfs/go-cid"
	"github.com/openledger/openledger/proofs/record"
)

// Who does the work: offers, bids, stakes and leases.

// maxBids is how many bids are looked at in one choice.
const maxBids = 256

// MaxChanges is how many workers of a job are replaced before it fails.
const MaxChanges = 8

// vacant tells whether a replica waits for a worker.
func (r *replica) vacant() bool {
	return r.worker == nobody && r.locking == nil && (r.state == Open || r.state == Abandoned || r.state == Replace)
}

func (q *Requester) vacancies() bool {
	return q.ending == Final && slices.ContainsFunc(q.replicas, func(r replica) bool { return r.vacant() })
}

// candidate takes a bid, or says why not.
func (q *Requester) candidate(from record.Account, c *Candidate) {
	if why := q.weigh(from, c); why != OK {
		q.refuse(from, why)
		return
	}
	q.bids = slices.DeleteFunc(q.bids, func(b bid) bool { return b.from == from })
	q.bids = append(q.bids, bid{from, c.Bid, c.Valid})
	q.declined = slices.DeleteFunc(q.declined, func(d declined) bool { return d.from == from })
}

// maxDeclined bounds whose reasons are remembered.
const maxDeclined = 256

// decline remembers why somebody does not take part: the last that it said.
func (q *Requester) decline(from record.Account, d *Declined) {
	if (from == record.Account{}) || q.status.Over() || !d.Why.Known() {
		return
	}
	n := slices.IndexFunc(q.declined, func(x declined) bool { return x.from == from })
	switch {
	case n >= 0:
		q.declined[n].why = d.Why
	case len(q.declined) < maxDeclined:
		q.declined = append(q.declined, declined{from, d.Why})
	}
}

// maxIdle is how many messages that changed nothing a job listens to.
const maxIdle = 4096

// Hears tells whether what somebody says may change anything. What may not is
// not worth a place in the journal, which strangers must not fill.
func (q *Requester) Hears(e Event) bool {
	if q.id == (ID{}) || q.status.Over() {
		return false
	}
	switch b := e.Body.(type) {
	case *Candidate:
		idle := uint64(0)
		for _, n := range q.refused {
			idle += n
		}
		return idle < maxIdle && !slices.Contains(q.bids, bid{e.From, b.Bid, b.Valid})
	case *Beat:
		return q.holder(e.From, b.Lease) >= 0
	case *Placed:
		s := q.heldBy(e.From, b)
		return s != nil && len(q.strangers(s, b)) > 0
	case *Quit:
		return q.holder(e.From, b.Lease) >= 0
	case *Declined:
		if !b.Why.Known() {
			return false // nor could a journal that holds it be read
		}
		n := slices.IndexFunc(q.declined, func(d declined) bool { return d.from == e.From })
		return n < 0 && len(q.declined) < maxDeclined || n >= 0 && q.declined[n].why != b.Why
	case *Volunteer:
		return q.seeking > 0 && len(q.volunteers) < maxVolunteers && q.mayAudit(volunteer{e.From, b.Operator}) &&
			!slices.ContainsFunc(q.volunteers, func(v volunteer) bool { return v.account == e.From })
	case *Look:
		return q.inviting() && q.find(e.From) == nobody && q.looks < maxLooks
	case *Challenge:
		return q.agreed > 0 && q.find(e.From) == nobody && count(q.audits, func(a *audit) bool { return a.private }) < maxChallenges
	}
	return q.find(e.From) != nobody
}

func (q *Requester) weigh(from record.Account, c *Candidate) Reason {
	switch {
	case from == record.Account{} || len(c.Bid.Class) > 32:
		return Malformed
	case q.id == ID{} || q.status.Over() || q.paused > 0 || !q.vacancies():
		return NotOpen
	case c.Bid.Price > q.spec.Terms.Reward:
		return PriceHigh
	case q.find(from) != nobody || from == q.spec.Requester:
		return Involved
	case len(q.bids) >= maxBids:
		return NotOpen
	case q.spec.tooSlow(c.Bid.Speed):
		return TooSlow
	}
	for i := range q.replicas {
		if q.replicas[i].vacant() && q.fits(i, bid{from, c.Bid, c.Valid}) == OK {
			return OK
		}
	}
	for i := range q.replicas {
		if q.replicas[i].vacant() {
			return q.fits(i, bid{from, c.Bid, c.Valid})
		}
	}
	return NotOpen
}

// tooSlow tells whether a segment at this speed would miss its deadline. A
// speed of 0 is not known, and no reason.
func (s *Spec) tooSlow(speed uint64) bool {
	if speed == 0 {
		return false
	}
	return float64(s.Needs.Tokens)/float64(s.Segments())*1e6/float64(speed) > float64(s.Terms.Segment)
}

// fits tells whether a bidder may take a replica beside the other ones.
func (q *Requester) fits(i int, b bid) Reason {
	for j := range q.replicas {
		if j == i {
			continue
		}
		operator, class := record.Account{}, ""
		switch r := &q.replicas[j]; {
		case r.locking != nil:
			operator, class = r.locking.bid.Operator, r.locking.bid.Class
		case r.worker != nobody:
			operator, class = q.members[r.worker].operator, q.members[r.worker].class
		default:
			continue
		}
		if operator == b.bid.Operator {
			return SameOperator
		}
		if q.spec.Level == D && class == b.bid.Class {
			return SameClass
		}
	}
	for _, m := range q.members { // who was convicted, or audits, does not come back under another account
		if m.operator == b.bid.Operator && (m.guilty || m.auditor) {
			return Involved
		}
	}
	return OK
}

// hire offers the job while replicas wait, and chooses from the bids in time.
func (q *Requester) hire() {
	if !q.vacancies() {
		if q.choose > 0 {
			for _, b := range q.bids {
				q.refuse(b.from, Outbid)
			}
			q.bids, q.choose, q.patience = nil, 0, q.spec.Terms.Bidding
		}
		return
	}
	if q.choose == 0 {
		q.offer()
		return
	}
	if q.now < q.choose {
		return
	}
	slices.SortStableFunc(q.bids, q.better)
	for i := range q.replicas {
		if r := &q.replicas[i]; !r.vacant() || q.now < r.wait && r.storedSegments() < len(r.kept) {
			continue // what is being fetched would be lost to the next one
		}
		for n, b := range q.bids {
			if q.fits(i, b) == OK {
				q.lock(i, b)
				q.bids = slices.Delete(q.bids, n, n+1)
				break
			}
		}
	}
	if q.vacancies() {
		q.patience = min(2*q.patience, 32*q.spec.Terms.Bidding)
		q.offer()
	}
}

// better orders bids: the cheapest first, then who holds the model, then the
// fastest, then by a hash that nobody can choose for all jobs.
func (q *Requester) better(a, b bid) int {
	warm := func(x bid) int {
		if x.bid.Warm {
			return 0
		}
		return 1
	}
	ha, hb := q.lot(a.from[:]), q.lot(b.from[:])
	return cmp.Or(cmp.Compare(a.bid.Price, b.bid.Price), warm(a)-warm(b), cmp.Compare(b.bid.Speed, a.bid.Speed), bytes.Compare(ha[:], hb[:]))
}

func (q *Requester) lot(b []byte) [32]byte {
	return sha256.Sum256(append(append([]byte("openledger/lot/1"), q.id[:]...), b...))
}

// offer gossips the job once more.
func (q *Requester) offer() {
	q.choose = q.now + q.patience
	s := &q.spec
	q.say(record.Account{}, record.Offer, q.offers, kindOffer, &Offer{
		Spec: q.cid(), Level: s.Level, Method: s.Method, Model: s.Model, Memory: s.Needs.Memory, Tokens: s.Needs.Tokens,
		Reward: s.Terms.Reward, Stake: s.Terms.Stake, Expires: q.choose,
	}, nil)
	q.offers++
}

// cid is the name of the spec's block.
func (q *Requester) cid() cid.Cid {
	return cid.NewCidV1(cid.DagCBOR, append([]byte{0x12, 0x20}, q.id[:]...)) // a sha2-256 multihash
}

// lock asks for the stake of who was chosen.
func (q *Requester) lock(i int, b bid) {
	q.replicas[i].locking = &b
	q.lockOf(b.from)
}

func (q *Requester) lockOf(a record.Account) {
	q.out = append(q.out, Lock{a, q.transfer(Purse{Kind: Free, Owner: a}, q.purse(Stake, a), q.spec.Terms.Stake+q.spec.Terms.Bond)})
}

// locked hears whether it could be had.
func (q *Requester) locked(l *Locked) {
	for i := range q.replicas {
		r := &q.replicas[i]
		if r.locking == nil || r.locking.from != l.Account {
			continue
		}
		b := *r.locking
		r.locking = nil
		switch {
		case !l.OK:
			q.refuse(b.from, NoStake)
		case q.status.Over() || q.ending != Final:
			q.members = append(q.members, q.join(b))
			q.release(len(q.members) - 1)
		default:
			q.members = append(q.members, q.join(b))
			q.lease(i, len(q.members)-1)
			for uint64(len(q.replicas)) < q.spec.Level.replicas(b.valid) { // a new worker's job is done twice
				q.addReplica()
			}
		}
		return
	}
	q.lockedAuditor(l)
}

func (q *Requester) join(b bid) member {
	return member{
		account: b.from, operator: b.bid.Operator, class: b.bid.Class, price: b.bid.Price, rate: q.spec.Level.auditRate(b.valid),
		stake: q.spec.Terms.Stake, bond: q.spec.Terms.Bond,
	}
}

// lease gives a replica to a member, from its last stored segment on.
func (q *Requester) lease(i, m int) {
	r := &q.replicas[i]
	r.trim()
	r.state, r.worker, r.lease, r.from = Leased, m, q.leases, uint64(len(r.kept))
	q.leases++
	r.granted, r.ask = q.now, q.now+q.spec.Terms.Heartbeat
	r.alive = q.now + 2*q.spec.Terms.Heartbeat
	r.due = q.now + q.spec.Terms.Segment
	q.grant(i)
}

// grant says the lease.
func (q *Requester) grant(i int) {
	r := &q.replicas[i]
	l := Lease{Number: r.lease, Replica: uint64(i), Worker: q.members[r.worker].account, From: r.from, Granted: r.granted}
	for _, s := range r.kept[:min(r.from, uint64(len(r.kept)))] {
		l.Prefix = append(l.Prefix, s.Kept)
	}
	key := ReplicaKey(q.secret, q.id, uint64(i))
	q.say(l.Worker, record.Lease, r.lease, kindLease, &l, &key)
}

// vacate takes a replica from its worker. What it stored is kept.
func (q *Requester) vacate(i int, state Status) {
	r := &q.replicas[i]
	if r.worker != nobody {
		q.tell(q.members[r.worker].account, &Order{What: Stop})
	}
	if state != Abandoned { // else what was committed to may be stored by the time of the next lease
		r.trim()
	}
	r.before, r.wait = r.worker, q.now+4*q.spec.Terms.Heartbeat
	r.state, r.worker, r.alive, r.ask, r.due = state, nobody, 0, 0, q.now+q.spec.Terms.Offer
	q.disagree()
	r.last, r.tracing = nil, false
	if state == Slashed {
		r.due = q.now
	}
	if q.changes++; q.changes > MaxChanges && q.ending == Final {
		q.windDown(Failed, TooManyChanges)
	}
}

// leave ends a member's part in good order or not.
func (q *Requester) leave(m int, vanished bool) {
	x := &q.members[m]
	x.gone = true
	if vanished {
		q.burnBond(m)
	}
}

// trim drops what was committed to and is not stored, with all that follows.
func (r *replica) trim() {
	for n, s := range r.kept {
		if !s.stored {
			r.kept = r.kept[:n]
			return
		}
	}
}

func (q *Requester) quit(from record.Account, b *Quit) {
	i := q.holder(from, b.Lease)
	if i < 0 || q.replicas[i].state == Revealed {
		q.refuse(from, NotLeased)
		return
	}
	q.leave(q.replicas[i].worker, false)
	q.vacate(i, Abandoned)
}

// holder returns the replica whose lease of this number an account holds, or -1.
func (q *Requester) holder(from record.Account, lease uint64) int {
	for i := range q.replicas {
		if r := &q.replicas[i]; r.worker != nobody && r.lease == lease && q.members[r.worker].account == from {
			return i
		}
	}
	return -1
}
