package pin

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

const (
	maxPartners = 256 // peers audited for one Datanet
	maxAudits   = 8   // under way at a time
)

// An audit is one challenge to one peer.
type audit struct {
	datanet [32]byte
	peer    record.PublicKey
	pledge  record.Verified
	pieces  []Piece // that it lists
	leaves  uint64
}

// auditAll audits other peers until ctx is done.
func (s *Service) auditAll(ctx context.Context) {
	var work sync.WaitGroup
	defer work.Wait()
	busy := make(chan struct{}, maxAudits)
	for ctx.Err() == nil {
		change := s.changed.next()
		due, wait, err := s.due(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "Look for audits that are due", slog.Any("error", err))
		}
		for _, a := range due {
			busy <- struct{}{}
			work.Go(func() {
				defer func() { <-busy }()
				s.audit(ctx, a)
			})
		}
		sleep(ctx, nil, time.Second)
		sleep(ctx, change, wait)
	}
}

// due takes the challenges that are to be sent now, and says how long there will
// be none, a minute at most.
func (s *Service) due(ctx context.Context) (out []audit, wait time.Duration, err error) {
	now := s.config.Now()
	wait = time.Minute
	var keep []watchRow
	s.mu.Lock()
	for _, d := range s.datanets {
		for _, k := range d.partners(now, s.self()) {
			peer := k.sealed.Signer()
			if d.ahead(k, now) {
				continue
			}
			w := d.watches[peer]
			if w == nil { // somewhen in the first quarter of the time
				w = &Watch{Standing: StandingPinned, Since: now, Next: now.Add(spread(s.self(), peer, s.config.Every/4))}
				d.watches[peer] = w
			}
			before := *w
			act := w.Step(now, Event{Kind: Alarm}, s.config.Every)
			if act.Challenge > 0 {
				out = append(out, audit{d.id, peer, k.sealed, k.Pieces, act.Challenge})
			}
			if w.Standing != before.Standing || w.Try != before.Try {
				keep = append(keep, watchRow{d.id, peer, *w})
			}
			if w.Standing != StandingChallenged {
				wait = min(wait, max(w.Next.Sub(now), time.Millisecond))
			}
		}
	}
	s.mu.Unlock()
	for _, w := range keep {
		err = errors.Join(err, s.keepWatch(ctx, w.datanet, w.peer, w.watch))
	}
	return out, wait, err
}

// partners returns whom this peer audits: who has pieces, evicted or not.
func (d *datanet) partners(now time.Time, self record.PublicKey) (out []*known) {
	for _, k := range sorted(d.pledges) {
		if k.sealed.Signer() != self && len(k.Pieces) > 0 && k.Until.After(now) {
			out = append(out, k)
		}
	}
	if len(out) > maxPartners {
		slices.SortFunc(out, func(a, b *known) int {
			return cmp.Compare(spread(self, a.sealed.Signer(), 1<<62), spread(self, b.sealed.Signer(), 1<<62))
		})
		out = out[:maxPartners]
	}
	return out
}

// ahead says whether a peer pledges shards of a version that is not known here
// yet. After a day it counts as one that cannot be audited.
func (d *datanet) ahead(k *known, now time.Time) bool {
	if int64(k.Pieces[len(k.Pieces)-1].Shard) < int64(len(d.owners)) {
		k.ahead = time.Time{}
		return false
	}
	if k.ahead.IsZero() {
		k.ahead = now
	}
	return now.Sub(k.ahead) < Memory
}

// errOwn marks what is not to be blamed on the peer that is audited.
var errOwn = errors.New("pin: this peer cannot audit")

// spread returns a time below most that two peers alone decide.
func spread(a, b record.PublicKey, most time.Duration) time.Duration {
	p, q := a.Bytes(), b.Bytes()
	h := sha256.Sum256(append(p[:], q[:]...))
	return time.Duration(binary.BigEndian.Uint64(h[:]) % uint64(most))
}

// audit sends a challenge and takes the watch on by what comes of it.
func (s *Service) audit(ctx context.Context, a audit) {
	shown, err := s.challenge(ctx, a)
	if ctx.Err() != nil {
		return // the next process asks again
	}
	e, result := Event{Kind: Passed}, "passed"
	var lie *FalseAnswerError
	switch {
	case errors.Is(err, errOwn):
		e, result = Event{Void, err.Error()}, "void"
	case errors.As(err, &lie):
		e, result = Event{False, err.Error()}, "false"
	case err != nil:
		e, result = Event{Missed, err.Error()}, "missed"
	}
	s.metrics.audits.WithLabelValues(result).Inc()
	if e.Kind == Passed && s.config.Passed != nil {
		if err := s.config.Passed(ctx, shown); err != nil {
			s.log.ErrorContext(ctx, "Keep an audit", slog.Any("error", err))
		}
	}
	now := s.config.Now()
	s.mu.Lock()
	d := s.datanets[a.datanet]
	if d == nil || d.watches[a.peer] == nil {
		s.mu.Unlock()
		return
	}
	w := d.watches[a.peer]
	out := w.Evicted
	act := w.Step(now, e, s.config.Every)
	if e.Kind == Passed {
		d.showed(a.peer, a.pieces)
	}
	if out != w.Evicted {
		d.stale = true
		defer s.changed.wake()
	}
	after := *w
	s.mu.Unlock()
	attrs := []any{slog.String("peer", a.peer.PeerID().String()), slog.String("datanet", fmt.Sprintf("%x", a.datanet[:8]))}
	switch {
	case act.Evict:
		s.metrics.evicted.Inc()
		s.log.WarnContext(ctx, "Peer evicted, its pieces go to others", append(attrs, slog.String("reason", after.Reason))...)
	case after.Standing == StandingFault:
		s.log.WarnContext(ctx, "Audit failed", append(attrs, slog.String("reason", after.Reason))...)
	default:
		s.log.DebugContext(ctx, "Audit", append(attrs, slog.String("standing", string(after.Standing)), slog.String("reason", after.Reason))...)
	}
	if err := s.keepWatch(ctx, a.datanet, a.peer, after); err != nil {
		s.log.ErrorContext(ctx, "Write an audit", append(attrs, slog.Any("error", err))...)
	}
}

// challenge is one exchange; nil: the peer passed.
func (s *Service) challenge(ctx context.Context, a audit) (t Transcript, err error) {
	ctx, cancel := context.WithTimeout(ctx, OpeningTime)
	defer cancel()
	trip, err := s.config.Wire.Ping(ctx, a.peer)
	if err != nil && s.config.Online != nil && !s.config.Online() {
		return t, fmt.Errorf("%w: it is offline", errOwn)
	}
	if err != nil {
		return t, fmt.Errorf("not reached: %w", err)
	}
	rows, err := s.shards(ctx, a.datanet)
	if err != nil {
		return t, errors.Join(errOwn, err)
	}
	challenge, err := s.sealChallenge(ctx, a)
	if err != nil {
		return t, errors.Join(errOwn, err)
	}
	begun := time.Now()
	var took time.Duration
	var sealed []byte
	opened, err := s.config.Wire.Audit(ctx, a.peer, challenge.Envelope(), func(answer []byte) {
		if sealed == nil {
			took, sealed = time.Since(begun), answer
		}
	})
	if sealed == nil {
		return t, cmp.Or(err, errors.New("no answer"))
	}
	answer, openErr := record.Open(sealed, s.config.Network)
	if openErr == nil {
		openErr = CheckAnswer(a.pledge, challenge, answer)
	}
	if openErr != nil {
		return t, openErr
	}
	if most := allowance(a.leaves) + trip; took > most {
		return t, fmt.Errorf("answered after %s, %s are allowed", took.Round(time.Millisecond), most.Round(time.Millisecond))
	}
	if err != nil {
		return t, fmt.Errorf("openings: %w", err)
	}
	t = Transcript{a.datanet, a.pledge, challenge, answer, opened}
	return t, CheckOpenings(a.pledge, challenge, answer, opened, knownShards{ctx, s, rows})
}

func (s *Service) sealChallenge(ctx context.Context, a audit) (record.Verified, error) {
	c := Challenge{Leaves: a.leaves}
	if _, err := io.ReadFull(s.config.Random, c.Nonce[:]); err != nil {
		return record.Verified{}, fmt.Errorf("draw a nonce: %w", err)
	}
	if s.config.Beacon != nil {
		var err error
		if c.Beacon, err = s.config.Beacon(ctx); err != nil {
			return record.Verified{}, fmt.Errorf("beacon: %w", err)
		}
	}
	payload, err := canon.Encode(&c)
	if err != nil {
		return record.Verified{}, err
	}
	subject := a.pledge.Header().Digest()
	n, err := s.sequence(ctx, record.AuditChallenge, subject, s.self())
	if err != nil {
		return record.Verified{}, err
	}
	return record.Seal(s.config.Key, record.Header{Network: s.config.Network, Type: record.AuditChallenge, Subject: subject, Sequence: n}, payload)
}

// ErrBusy says that too many challenges are being answered.
var ErrBusy = errors.New("pin: too many audits at a time, ask again")

// Answer answers a challenge of another peer. The sealed answer is to be sent at
// once, the openings after it. A piece that turns out to be gone or damaged is
// queued again.
func (s *Service) Answer(ctx context.Context, challenge []byte) (*Reply, error) {
	select {
	case s.answering <- struct{}{}:
		defer func() { <-s.answering }()
	default:
		s.metrics.answered.WithLabelValues("refused").Inc()
		return nil, ErrBusy
	}
	reply, id, err := s.answer(ctx, challenge)
	var absent *absentError
	switch {
	case err == nil:
		s.metrics.answered.WithLabelValues("answered").Inc()
	case errors.As(err, &absent):
		s.metrics.answered.WithLabelValues("absent").Inc()
		if again := s.missing(ctx, id, absent); again != nil {
			err = errors.Join(err, again)
		}
	default:
		s.metrics.answered.WithLabelValues("refused").Inc()
	}
	return reply, err
}

func (s *Service) answer(ctx context.Context, envelope []byte) (*Reply, [32]byte, error) {
	var id [32]byte
	challenge, err := record.Open(envelope, s.config.Network)
	if err != nil {
		return nil, id, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	var c Challenge
	if err := open(challenge, record.AuditChallenge, &c); err != nil {
		return nil, id, err
	}
	h := challenge.Header()
	s.mu.Lock()
	var pledge *known
	for _, d := range s.datanets {
		if k := d.own[h.Subject]; k != nil {
			pledge, id = k, d.id
		}
	}
	s.mu.Unlock()
	if pledge == nil {
		return nil, id, fmt.Errorf("%w: the challenge is about no pledge of this peer of the last %s", ErrRefused, Memory)
	}
	higher, err := s.rise(ctx, record.AuditChallenge, h.Subject, challenge.Signer(), h.Sequence)
	if err != nil {
		return nil, id, err
	}
	if !higher {
		return nil, id, fmt.Errorf("%w: challenge %d is not newer than the last", ErrRefused, h.Sequence)
	}
	rows, err := s.shards(ctx, id)
	if err != nil {
		return nil, id, err
	}
	g, err := newGround(pledge.Pieces, knownShards{ctx, s, rows})
	if err != nil {
		return nil, id, err
	}
	seen := map[Piece][]merkle.Digest{}
	p := prover{get: s.blocks.Get, piece: func(ctx context.Context, p Piece) ([]cid.Cid, []merkle.Digest, error) {
		l, err := s.layout(ctx, rows[p.Shard].layout)
		if err == nil && seen[p] == nil {
			seen[p], err = s.roots(ctx, id, p)
		}
		if err != nil {
			return nil, nil, err
		}
		return l.Piece(int(p.Index)), seen[p], nil
	}}
	reply, err := p.prove(ctx, s.config.Key, challenge, c.Leaves, g)
	return reply, id, err
}

// missing queues a piece again that an audit has found to be gone.
func (s *Service) missing(ctx context.Context, id [32]byte, absent *absentError) error {
	if !errors.Is(absent, block.ErrNotFound) && !errors.Is(absent, block.ErrCorrupt) {
		return nil
	}
	s.log.WarnContext(ctx, "A pinned piece is gone, it is fetched again", slog.String("piece", absent.piece.String()), slog.Any("error", absent.err))
	_, err := exec(ctx, s.db, `UPDATE pin_pieces SET state = ?, reason = ?, since = ?, retry = 0 WHERE datanet = ? AND shard = ? AND piece = ? AND state = 'pinned' AND leaving = 0`,
		Queued, absent.err.Error(), toMilli(s.config.Now()), id[:], absent.piece.Shard, absent.piece.Index)
	s.soil(id)
	s.wake()
	return err
}

// Audits lists the peers that are audited.
func (s *Service) Audits(context.Context) ([]Audited, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Audited
	for _, d := range s.datanets {
		for peer, w := range d.watches {
			a := Audited{Datanet: d.id, Peer: peer, Watch: *w}
			a.Faults = slices.Clone(w.Faults)
			if k := d.pledges[peer]; k != nil {
				a.Pieces = len(k.Pieces)
			}
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b Audited) int {
		p, q := a.Peer.Bytes(), b.Peer.Bytes()
		return cmp.Or(bytes.Compare(a.Datanet[:], b.Datanet[:]), bytes.Compare(p[:], q[:]))
	})
	return out, nil
}
