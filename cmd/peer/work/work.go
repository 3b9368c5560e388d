// Package work is what the three roles of a training job share: a job's spec as
// something that runs (Bench), a segment as blocks (Segment), what a referee
// knows of a job (Rules), an actor around a machine of package job, and how
// peers of a job talk (Mail, Message).
//
// The invariant: what comes from another peer is checked here before a machine
// hears of it. A body of package job that only a machine's own shell may say is
// never taken from the wire.
//
// Start with Peer and Bench; the roles are cmd/peer/worker, requester, auditor.
package work

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"math"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
)

// A Peer is what every role needs of the peer that it runs in.
type Peer struct {
	Network record.Network
	Key     record.Key
	Journal *job.Journal
	Mail    *Mail
	Blocks  Blocks
	Log     *slog.Logger
	Dir     string // for files of jobs under way

	// Holders looks for peers that keep pieces of a job's segments; nil: nobody
	// is found.
	Holders func(ctx context.Context, id job.ID) []record.PublicKey
}

// Account is who the peer is.
func (p *Peer) Account() record.Account { return p.Key.Public().Account() }

// Blocks are the stores of a peer and those of others.
type Blocks interface {
	// Get returns a block of a job from here, else from others, those of hints first.
	Get(ctx context.Context, id job.ID, c cid.Cid, hints ...record.PublicKey) ([]byte, error)
	// Keep stores blocks and keeps them for a job until Drop, durably.
	Keep(ctx context.Context, id job.ID, blocks ...Block) error
	// Fetch gets blocks that may not be here and keeps them, as Keep does.
	Fetch(ctx context.Context, id job.ID, cids []cid.Cid, hints ...record.PublicKey) error
	// Lend stores blocks for others to fetch, until done or the end of the process.
	Lend(ctx context.Context, id job.ID, blocks ...Block) (done func(), err error)
	// Drop ends what Keep and Fetch began, but for some blocks.
	Drop(ctx context.Context, id job.ID, but ...cid.Cid) error
}

// A Block is bytes by their name.
type Block struct {
	CID  cid.Cid
	Data []byte
}

// Sources lists who may have blocks of a job: those named, as far as their keys
// are known, then who keeps pieces.
func (p *Peer) Sources(ctx context.Context, id job.ID, named ...record.Account) (all []record.PublicKey) {
	for _, a := range named {
		if k, err := p.Mail.Key(a); err == nil {
			all = append(all, k)
		}
	}
	if p.Holders != nil {
		all = append(all, p.Holders(ctx, id)...)
	}
	return all
}

// Seal signs what a machine says. The journal has it first, so that a restart
// says the same; the record is remembered, to be shown in a dispute.
func (p *Peer) Seal(id job.ID, s job.Say) (record.Verified, error) {
	payload, err := p.Journal.Say(id, p.Account(), s)
	if err != nil {
		return record.Verified{}, err
	}
	v, err := record.Seal(p.Key, record.Header{Network: p.Network, Type: s.Type, Subject: id, Sequence: s.Sequence}, payload)
	if err != nil {
		return record.Verified{}, err
	}
	_, err = p.Journal.Hear(v)
	return v, err
}

// Say signs what a machine says and sends it to whom it is for.
func (p *Peer) Say(ctx context.Context, id job.ID, s job.Say) {
	v, err := p.Seal(id, s)
	if err != nil {
		p.Log.ErrorContext(ctx, "Record not signed", slog.String("job", id.String()), slog.Any("err", err))
		return
	}
	p.Mail.Record(s.To, id, v, s.Key)
}

// Nonce is what hides a result until it is revealed. Only the holder of the key
// can know it, and a restart finds the same.
func (p *Peer) Nonce(id job.ID, of string, number, sequence uint64) [32]byte {
	b := append([]byte("openledger/jobnonce/1"), id[:]...)
	b = canon.AppendUint(canon.AppendUint(canon.AppendText(b, of), number), sequence)
	s := p.Key.Sign(sha256.Sum256(b))
	return sha256.Sum256(s[:])
}

// Now is the time that machines are told.
func Now() job.Millis { return job.Millis(max(0, time.Now().UnixMilli())) }

// A Kind says what a Message is. The numbers are append-only: they travel.
type Kind uint8

const (
	Sealed  Kind = 1  // A: a record of the job, B: a key beside it or nothing
	Event   Kind = 2  // A: an unsigned event of the job
	Refusal Kind = 3  // A: one byte, a job.Reason
	Wanted  Kind = 4  // to auditors: somebody is looked for
	Where   Kind = 5  // A: the CID of a model; the answer is that of its files
	Hire    Kind = 6  // A: what to sign to be engaged on the chain; the answer is the signature
	PayPart Kind = 7  // A: what to sign to be paid for a part; the answer is the signature
	Hold    Kind = 8  // A: a Deposit; the answer is a DepositState
	Release Kind = 9  // to holders, of the requester: what they keep of the job may go
	Opened  Kind = 10 // to auditors: the audits have ended, and anybody may look into a segment
)

// A Message is what one peer of a job sends another. The answer is empty but
// for Where, Hire, PayPart and Hold.
type Message struct {
	Kind Kind
	Job  job.ID
	A, B []byte
}

// MaxMessage is the size of the longest message, in bytes.
const MaxMessage = job.MaxRecord + 4096

// AppendCanon appends [kind, job, a, b].
func (m *Message) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendArray(b, 4), uint64(m.Kind))
	return canon.AppendBytes(canon.AppendBytes(canon.AppendBytes(b, m.Job[:]), m.A), m.B)
}

// ReadCanon reads what AppendCanon wrote.
func (m *Message) ReadCanon(r *canon.Reader) {
	r.Fields(4)
	m.Kind = Kind(r.Uint(uint64(Opened)))
	r.Fixed(m.Job[:])
	m.A, m.B = r.Bytes(MaxMessage), r.Bytes(32)
}

// ReadMessage reads a message of another peer.
func ReadMessage(b []byte) (Message, error) {
	var m Message
	err := canon.Decode(b, &m, canon.Limits{Total: MaxMessage, Depth: 2})
	return m, err
}

// ReadEvent reads an unsigned event, said by from. What only a shell may say
// has no kind here.
func ReadEvent(b []byte, from record.Account) (job.Event, bool) {
	var e job.Event
	if canon.Decode(b, &e, canon.Limits{Total: job.MaxRecord, Depth: 8}) != nil {
		return e, false
	}
	switch e.Body.(type) {
	case *job.Beat, *job.Placed, *job.Quit, *job.Volunteer, *job.Received, *job.Order, *job.Closed, *job.AuditGranted, *job.Unusable, *job.Look, *job.Shown:
	default:
		return e, false
	}
	e.From, e.Sequence = from, 0
	return e, true
}

// A Question is one opening that a side of a dispute is asked for.
type Question struct {
	Job    job.ID
	Reveal [32]byte // digest of the header of the reveal that is in question
	Ask    dispute.Ask
}

// AppendCanon appends [job, reveal, type, step, value, op, out, tile, at + 1].
func (q *Question) AppendCanon(b []byte) []byte {
	b = canon.AppendBytes(canon.AppendBytes(canon.AppendArray(b, 9), q.Job[:]), q.Reveal[:])
	for _, n := range []uint64{uint64(q.Ask.Type), q.Ask.Step, uint64(q.Ask.Value), uint64(q.Ask.Op), uint64(q.Ask.Out), uint64(q.Ask.Tile), uint64(q.Ask.At + 1)} {
		b = canon.AppendUint(b, n)
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (q *Question) ReadCanon(r *canon.Reader) {
	r.Fields(9)
	r.Fixed(q.Job[:])
	r.Fixed(q.Reveal[:])
	q.Ask.Type, q.Ask.Step = record.Type(r.Uint(math.MaxUint32)), r.Uint(job.MaxSteps)
	q.Ask.Value = int32(r.Uint(math.MaxInt32))
	q.Ask.Op, q.Ask.Out, q.Ask.Tile = int(r.Uint(math.MaxInt32)), int(r.Uint(math.MaxInt32)), int(r.Uint(math.MaxInt32))
	q.Ask.At = int(r.Uint(merkle.Tile*merkle.Tile)) - 1
}

// ReadQuestion reads a question of another peer.
func ReadQuestion(b []byte) (Question, error) {
	var q Question
	err := canon.Decode(b, &q, canon.Limits{Total: 256, Depth: 2})
	return q, err
}
