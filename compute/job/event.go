package job

import (
	"fmt"
	"math"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// An Event is something that happened to a machine. From is who did it: the
// signer of a record, the peer at the other end of a call; zero for the
// machine's own shell, which alone may report what the comment of a body marks
// as "shell".
type Event struct {
	From     record.Account
	Sequence uint64 // of the record that it came in
	Body     Body
}

// A Body says what happened. The bodies are the structs of this package that
// the comments of Requester, Worker and Auditor list.
type Body interface {
	payload
	kind() kind
}

// A kind numbers the bodies, in journals and on the wire: append-only.
type kind uint8

const (
	kindOffer kind = iota + 1
	kindBid
	kindLease
	kindCommit
	kindReveal
	kindAuditCommit
	kindSubmit
	kindCandidate
	kindLocked
	kindBeat
	kindStored
	kindUnusable
	kindQuit
	kindBeacon
	kindVolunteer
	kindChallenge
	kindTurn
	kindVerdict
	kindEvidence
	kindOrder
	kindTick
	kindOffered
	kindGranted
	kindComputed
	kindReceived
	kindAuditGranted
	kindClosed
	kindHandOver
	kindTraced
	kindContested
	kindDeclined
	kindWoke
	kindPlan
	kindPlanned
	kindPlaced
	kindLook
	kindShown
	kindInvited
	kindEnd // the number after the last
)

func (*Offer) kind() kind        { return kindOffer }
func (*Bid) kind() kind          { return kindBid }
func (*Lease) kind() kind        { return kindLease }
func (*Commit) kind() kind       { return kindCommit }
func (*Reveal) kind() kind       { return kindReveal }
func (*AuditCommit) kind() kind  { return kindAuditCommit }
func (*Submit) kind() kind       { return kindSubmit }
func (*Candidate) kind() kind    { return kindCandidate }
func (*Locked) kind() kind       { return kindLocked }
func (*Beat) kind() kind         { return kindBeat }
func (*Stored) kind() kind       { return kindStored }
func (*Unusable) kind() kind     { return kindUnusable }
func (*Quit) kind() kind         { return kindQuit }
func (*Beacon) kind() kind       { return kindBeacon }
func (*Volunteer) kind() kind    { return kindVolunteer }
func (*Challenge) kind() kind    { return kindChallenge }
func (*Turn) kind() kind         { return kindTurn }
func (*Verdict) kind() kind      { return kindVerdict }
func (*Evidence) kind() kind     { return kindEvidence }
func (*Order) kind() kind        { return kindOrder }
func (*Tick) kind() kind         { return kindTick }
func (*Offered) kind() kind      { return kindOffered }
func (*Granted) kind() kind      { return kindGranted }
func (*Computed) kind() kind     { return kindComputed }
func (*Received) kind() kind     { return kindReceived }
func (*AuditGranted) kind() kind { return kindAuditGranted }
func (*Closed) kind() kind       { return kindClosed }
func (*HandOver) kind() kind     { return kindHandOver }
func (*Traced) kind() kind       { return kindTraced }
func (*Contested) kind() kind    { return kindContested }
func (*Declined) kind() kind     { return kindDeclined }
func (*Woke) kind() kind         { return kindWoke }
func (*Plan) kind() kind         { return kindPlan }
func (*Planned) kind() kind      { return kindPlanned }
func (*Placed) kind() kind       { return kindPlaced }
func (*Look) kind() kind         { return kindLook }
func (*Shown) kind() kind        { return kindShown }
func (*Invited) kind() kind      { return kindInvited }

// newBody returns an empty body of a kind.
func newBody(k kind) Body {
	if k == 0 || k >= kindEnd {
		return nil
	}
	return [...]Body{
		&Offer{}, &Bid{}, &Lease{}, &Commit{}, &Reveal{}, &AuditCommit{}, &Submit{}, &Candidate{}, &Locked{}, &Beat{},
		&Stored{}, &Unusable{}, &Quit{}, &Beacon{}, &Volunteer{}, &Challenge{}, &Turn{}, &Verdict{}, &Evidence{}, &Order{}, &Tick{},
		&Offered{}, &Granted{}, &Computed{}, &Received{}, &AuditGranted{}, &Closed{}, &HandOver{}, &Traced{}, &Contested{}, &Declined{}, &Woke{},
		&Plan{}, &Planned{}, &Placed{}, &Look{}, &Shown{}, &Invited{},
	}[k-1]
}

// Submit is the first event of a requester (shell): the job it wants.
type Submit struct {
	Spec   Spec
	Secret [32]byte // drawn at random; the keys of the replicas come from it
}

// A Candidate is a bid as the requester's shell sees it (shell, about From):
// with what it knows of the bidder. Worker machines never see it.
type Candidate struct {
	Bid   Bid
	Valid uint64 // results in a row that were valid: Journal.Valid
}

// Locked says whether stake and bond of an account could be locked (shell).
type Locked struct {
	Account record.Account
	OK      bool
}

// A Beat is a sign of life of a leased worker.
type Beat struct {
	Lease uint64
	Step  uint64 // steps done
	Loss  F32
}

// Stored says whether the blocks of a commit were found at other peers (shell).
type Stored struct {
	Commit uint64 // of the Check
	OK     bool
}

// Unusable says that a stored segment does not open what was committed to
// (shell, which MUST have seen so itself; the successor told it).
type Unusable struct{ Replica, Segment uint64 }

// Traced says that the steps which a replica stored open all its claims, chains
// included (shell, which MUST have checked it; else it says Unusable). Last is
// the leaf of the last step of each segment.
type Traced struct {
	Replica uint64
	Last    []merkle.Digest
}

// Quit hands a lease back, in good order: it costs nothing.
type Quit struct{ Lease uint64 }

// Declined says why From does not bid, or gave up what it had begun.
type Declined struct{ Why Reason }

// A Beacon is a public random value that nobody knew before After (shell).
type Beacon struct {
	After Millis
	Value [32]byte
}

// A Volunteer would audit this job. From is the auditor (shell).
type Volunteer struct{ Operator record.Account }

// A Look wants to see what a segment begins with and what was revealed of it: From
// recomputes it on its own account, to challenge it if it is wrong. It is answered
// (Shown) once all audits that were drawn have ended, which it could give away.
type Look struct{ Segment uint64 }

// A Challenge says of a revealed segment that its steps are others: a sealed
// Reveal of From, who locks a stake like an auditor's.
type Challenge struct{ Reveal trace.Reveal }

// A Turn says whose move it is in a dispute (shell).
type Turn struct {
	Dispute uint64
	Side    Side
}

// A Verdict ends a dispute (shell): what the verification of a fraud proof
// returned, never an opinion.
type Verdict struct {
	Dispute uint64
	Guilty  Side // of wrong bits: 0, Left, Right or both
	Silent  Side // did not answer in time
	Single  bool // one tile only, which a flipped bit explains
}

// A Side of a dispute, or both.
type Side uint8

const (
	Left  Side = 1 // the accused: a worker
	Right Side = 2 // the other worker, the auditor or the challenger
)

// Evidence convicts From of an equivocation in this job (shell).
type Evidence struct{ Account record.Account }

// An Order is what the requester's owner, or a requester to its workers, says.
type Order struct {
	What    What
	Segment uint64 // of Redo
}

// What is ordered. The numbers are append-only.
type What uint8

const (
	Pause     What = 1
	Resume    What = 2
	Cancel    What = 3
	AskReveal What = 4 // to a worker: open your commits
	Stop      What = 5 // to a worker or auditor: your lease is over
	Redo      What = 6 // to a worker: store this segment again, and commit to it again
	Defend    What = 7 // to a worker: this segment is disputed or challenged; open what you are asked for
)

func (w What) String() string {
	return name(int(w), "?", "pause", "resume", "cancel", "reveal", "stop", "redo", "defend")
}

// Placed says which peers, none of them a party of the job, keep pieces of what
// a commit names. It comes from who committed, or from the requester's shell when
// a holder shows itself; a worker's shell journals its own.
type Placed struct {
	Segment uint64
	State   cid.Cid
	Holders []record.PublicKey
}

// MaxHolders is how many peers keep pieces of one segment, at most.
const MaxHolders = 20

// Woke is the first that happens after a restart (shell): since the event before
// it nobody could be heard.
type Woke struct{}

// Planned says whether the Plan that a member signed is the job's (shell, which
// MUST have compared it with its own).
type Planned struct {
	Account record.Account
	OK      bool
}

// A Tick is an alarm (shell): nothing but the time.
type Tick struct{}

func (s *Submit) fields() []field {
	return []field{group(s.Spec.fields()...), fixed(s.Secret[:])}
}
func (c *Candidate) fields() []field {
	return []field{group(c.Bid.fields()...), num(&c.Valid, math.MaxUint32)}
}
func (l *Locked) fields() []field { return []field{fixed(l.Account[:]), flag(&l.OK)} }
func (b *Beat) fields() []field {
	return []field{num(&b.Lease, math.MaxUint32), num(&b.Step, MaxSteps), float(&b.Loss)}
}
func (s *Stored) fields() []field {
	return []field{num(&s.Commit, math.MaxUint32), flag(&s.OK)}
}
func (u *Unusable) fields() []field {
	return []field{num(&u.Replica, maxReplicas), num(&u.Segment, MaxSegments)}
}
func (t *Traced) fields() []field {
	return []field{num(&t.Replica, maxReplicas), list(&t.Last, MaxSegments, func(d *merkle.Digest) field { return fixed(d[:]) })}
}
func (q *Quit) fields() []field      { return []field{num(&q.Lease, math.MaxUint32)} }
func (d *Declined) fields() []field  { return []field{one(&d.Why, reasonEnd-1)} }
func (b *Beacon) fields() []field    { return []field{num(&b.After, maxTime), fixed(b.Value[:])} }
func (v *Volunteer) fields() []field { return []field{fixed(v.Operator[:])} }
func (l *Look) fields() []field      { return []field{num(&l.Segment, MaxSegments)} }
func (c *Challenge) fields() []field {
	return []field{{c.Reveal.AppendCanon, c.Reveal.ReadCanon}}
}
func (t *Turn) fields() []field { return []field{num(&t.Dispute, maxAudits), one(&t.Side, Right)} }
func (v *Verdict) fields() []field {
	return []field{num(&v.Dispute, maxAudits), num(&v.Guilty, Left|Right), num(&v.Silent, Left|Right), flag(&v.Single)}
}
func (e *Evidence) fields() []field { return []field{fixed(e.Account[:])} }
func (o *Order) fields() []field {
	return []field{one(&o.What, Defend), num(&o.Segment, MaxSegments)}
}
func (p *Planned) fields() []field { return []field{fixed(p.Account[:]), flag(&p.OK)} }
func (p *Placed) fields() []field {
	return []field{num(&p.Segment, MaxSegments), link(&p.State), list(&p.Holders, MaxHolders, holder)}
}
func (*Woke) fields() []field { return nil }
func (*Tick) fields() []field { return nil }

// AppendCanon appends the event as journals hold it.
func (e *Event) AppendCanon(b []byte) []byte {
	b = canon.AppendBytes(canon.AppendArray(b, 4), e.From[:])
	b = canon.AppendUint(b, e.Sequence)
	b = canon.AppendUint(b, uint64(e.Body.kind()))
	return appendFields(b, e.Body.fields())
}

// ReadCanon reads what AppendCanon wrote.
func (e *Event) ReadCanon(r *canon.Reader) {
	r.Fields(4)
	r.Fixed(e.From[:])
	e.Sequence = r.Uint(math.MaxUint64)
	if e.Body = newBody(kind(r.Uint(uint64(kindEnd) - 1))); e.Body == nil {
		r.Fail("an event of kind 0")
		e.Body = &Tick{}
		return
	}
	readFields(r, e.Body.fields())
}

// wire says which bodies travel in which record.
var wire = map[record.Type][]kind{
	record.Offer: {kindOffer}, record.Bid: {kindBid}, record.Lease: {kindLease, kindHandOver},
	record.SegmentCommit: {kindCommit, kindAuditCommit}, record.Reveal: {kindReveal}, record.OpenElement: {kindPlan},
}

// Read takes the event out of a record of a job. It says nothing of whether
// the signer may say so: the machines do.
func Read(v record.Verified) (ID, Event, error) {
	h := v.Header()
	b := v.Payload()
	if len(b) > MaxRecord {
		return ID{}, Event{}, fmt.Errorf("job: a %s of %d bytes, at most %d", h.Type, len(b), MaxRecord)
	}
	k := kindReveal
	bare := h.Type == record.Reveal // a payload that others read too
	if h.Type == record.OpenElement {
		k, bare = kindPlan, true
	}
	if !bare {
		r := canon.NewReader(b, canon.Limits{Depth: 6, Total: MaxRecord})
		r.Fields(2)
		k = kind(r.Uint(uint64(kindEnd)))
	}
	e := Event{From: v.Signer().Account(), Sequence: h.Sequence}
	for _, allowed := range wire[h.Type] {
		if k == allowed {
			e.Body = newBody(k)
		}
	}
	if e.Body == nil {
		return ID{}, Event{}, fmt.Errorf("job: a %s record holds a body of kind %d", h.Type, k)
	}
	if v, ok := e.Body.(canon.Value); bare && ok {
		if err := canon.Decode(b, v, canon.Limits{Depth: 3, Total: MaxRecord}); err != nil {
			return ID{}, Event{}, fmt.Errorf("job: %s: %w", h.Type, err)
		}
	} else if err := readForm(b, k, e.Body); err != nil {
		return ID{}, Event{}, err
	}
	return h.Subject, e, nil
}
