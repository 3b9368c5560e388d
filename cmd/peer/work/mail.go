package work

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// A Send asks a peer by the protocol of messages and returns the answer.
type Send func(ctx context.Context, to record.PublicKey, body []byte) ([]byte, error)

// Mail brings messages to accounts, in order, and again while they do not
// arrive. It knows accounts by the keys that it was shown. What is said in a job
// is said again by the machines, so a message is given up after a while.
type Mail struct {
	db   *sql.DB
	send Send
	log  *slog.Logger

	mu     sync.Mutex
	moved  map[job.ID]Traffic // since it was written last
	known  map[record.Account]record.PublicKey
	queues map[record.Account]*queue
	ctx    context.Context // of Run; nil before
	work   sync.WaitGroup
}

// Traffic is how many bytes of a job went out and came in: messages, openings, and
// blocks of model, data and states.
type Traffic struct{ Sent, Received uint64 }

// mostMoved bounds of how many jobs the traffic is counted between two writes.
const mostMoved = 4096

// writeMoved is how often the traffic is written; a kill forgets that much of it.
const writeMoved = 5 * time.Second

// A queue is what waits for one account; its goroutine ends when it is empty.
type queue struct {
	waiting []Message
	busy    bool
}

const (
	mostWaiting = 512              // messages for one account
	giveUp      = 30 * time.Second // for one message
)

const mailTables = `
CREATE TABLE IF NOT EXISTS job_peers (account BLOB PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS job_moved (job BLOB PRIMARY KEY, sent INTEGER NOT NULL, received INTEGER NOT NULL) WITHOUT ROWID`

// NewMail opens the book of accounts.
func NewMail(db *sql.DB, send Send, log *slog.Logger) (*Mail, error) {
	if _, err := db.Exec(mailTables); err != nil {
		return nil, fmt.Errorf("accounts of jobs: %w", err)
	}
	return &Mail{db: db, send: send, log: log, known: map[record.Account]record.PublicKey{}, queues: map[record.Account]*queue{}, moved: map[job.ID]Traffic{}}, nil
}

// Meet remembers whose key an account is.
func (m *Mail) Meet(k record.PublicKey) error {
	a := k.Account()
	m.mu.Lock()
	_, ok := m.known[a]
	m.known[a] = k
	m.mu.Unlock()
	if ok {
		return nil
	}
	b := k.Bytes()
	_, err := m.db.Exec(`INSERT INTO job_peers VALUES (?, ?) ON CONFLICT DO NOTHING`, a[:], b[:])
	return err
}

// Key returns the key of an account that Meet was shown.
func (m *Mail) Key(a record.Account) (record.PublicKey, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if k, ok := m.known[a]; ok {
		return k, nil
	}
	var b []byte
	if err := m.db.QueryRow(`SELECT key FROM job_peers WHERE account = ?`, a[:]).Scan(&b); err != nil {
		return record.PublicKey{}, fmt.Errorf("nobody knows the peer of account %s: %w", a, err)
	}
	k, err := record.ParsePublicKey(b)
	if err == nil {
		m.known[a] = k
	}
	return k, err
}

// Count notes bytes of a job that moved.
func (m *Mail) Count(id job.ID, sent, received int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t, ok := m.moved[id]
	if ok || len(m.moved) < mostMoved {
		m.moved[id] = Traffic{t.Sent + uint64(sent), t.Received + uint64(received)}
	}
}

// Moved returns what moved of a job, since it began.
func (m *Mail) Moved(id job.ID) (t Traffic, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	err = m.db.QueryRow(`SELECT sent, received FROM job_moved WHERE job = ?`, id[:]).Scan(&t.Sent, &t.Received)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	now := m.moved[id]
	return Traffic{t.Sent + now.Sent, t.Received + now.Received}, err
}

// write adds what was counted to what is written.
func (m *Mail) write(ctx context.Context) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, t := range m.moved {
		if _, err := m.db.Exec(`INSERT INTO job_moved VALUES (?, ?, ?) ON CONFLICT (job) DO UPDATE
			SET sent = sent + excluded.sent, received = received + excluded.received`, id[:], int64(t.Sent), int64(t.Received)); err != nil {
			m.log.WarnContext(ctx, "Traffic of a job not written", slog.String("job", id.String()), slog.Any("err", err))
			return
		}
		delete(m.moved, id)
	}
}

// Run lets messages go until ctx ends.
func (m *Mail) Run(ctx context.Context) error {
	m.mu.Lock()
	m.ctx = ctx
	for a, q := range m.queues {
		m.begin(a, q)
	}
	m.mu.Unlock()
	tick := time.NewTicker(writeMoved)
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-tick.C:
			m.write(ctx)
		}
	}
	m.mu.Lock()
	m.ctx = nil
	m.mu.Unlock()
	m.work.Wait()
	m.write(ctx)
	return nil
}

// Post queues a message.
func (m *Mail) Post(to record.Account, x Message) {
	m.mu.Lock()
	defer m.mu.Unlock()
	q := m.queues[to]
	if q == nil {
		q = &queue{}
		m.queues[to] = q
	}
	if len(q.waiting) < mostWaiting {
		q.waiting = append(q.waiting, x)
	}
	m.begin(to, q)
}

// begin starts the goroutine of a queue. m.mu is held.
func (m *Mail) begin(to record.Account, q *queue) {
	if q.busy || m.ctx == nil || len(q.waiting) == 0 {
		return
	}
	q.busy = true
	ctx := m.ctx
	m.work.Go(func() { m.drain(ctx, to, q) })
}

func (m *Mail) drain(ctx context.Context, to record.Account, q *queue) {
	for {
		m.mu.Lock()
		if len(q.waiting) == 0 || ctx.Err() != nil {
			q.busy = false
			if len(q.waiting) == 0 {
				delete(m.queues, to)
			}
			m.mu.Unlock()
			return
		}
		x := q.waiting[0]
		q.waiting = q.waiting[1:]
		m.mu.Unlock()
		m.deliver(ctx, to, x)
	}
}

func (m *Mail) deliver(ctx context.Context, to record.Account, x Message) {
	ctx, cancel := context.WithTimeout(ctx, giveUp)
	defer cancel()
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 5*time.Second) {
		_, err := m.Ask(ctx, to, x)
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			m.log.DebugContext(ctx, "Message of a job not delivered", slog.String("job", x.Job.String()), slog.String("account", to.String()), slog.Any("err", err))
			return
		case <-time.After(wait):
		}
	}
}

// Ask sends one message at once and returns the answer.
func (m *Mail) Ask(ctx context.Context, to record.Account, x Message) ([]byte, error) {
	key, err := m.Key(to)
	if err != nil {
		return nil, err
	}
	b, err := canon.Encode(&x)
	if err != nil {
		return nil, err
	}
	if len(b) > MaxMessage {
		return nil, errors.New("a message longer than any peer reads")
	}
	answer, err := m.send(ctx, key, b)
	m.Count(x.Job, len(b), len(answer))
	return answer, err
}

// Record posts a sealed record, with a key beside it or not.
func (m *Mail) Record(to record.Account, id job.ID, v record.Verified, key *[32]byte) {
	x := Message{Kind: Sealed, Job: id, A: v.Envelope()}
	if key != nil {
		x.B = key[:]
	}
	m.Post(to, x)
}

// Body posts an unsigned event.
func (m *Mail) Body(to record.Account, id job.ID, body job.Body) {
	e := job.Event{Body: body}
	m.Post(to, Message{Kind: Event, Job: id, A: e.AppendCanon(nil)})
}

// Refuse posts a reason.
func (m *Mail) Refuse(to record.Account, id job.ID, why job.Reason) {
	m.Post(to, Message{Kind: Refusal, Job: id, A: []byte{byte(why)}})
}
