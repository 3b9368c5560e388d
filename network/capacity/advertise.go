package capacity

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	"github.com/libp2p/go-libp2p/core/network"

	"github.com/openledger/openledger/network/node"
)

const (
	// minWait keeps a load that changes all the time from being advertised all
	// the time: a topic allows an advert in 30 seconds.
	minWait = 40 * time.Second
	// provideEvery is how often new capability keys are provided.
	provideEvery = overlap
	// provideAgain is how soon a failure is made good, after lookAgain and its
	// doubles.
	provideAgain = 15 * time.Second
	// lookAgain is how often a peer that is alone looks whether somebody came.
	lookAgain = time.Second
)

// advertise issues an advert three times in its life, when the load changes and
// when the first hearer comes, and provides its capability keys.
func (s *Service) advertise(ctx context.Context) {
	refresh, provide := time.NewTimer(0), time.NewTimer(0)
	defer refresh.Stop()
	defer provide.Stop()
	var last time.Time // of the newest advert
	due, again := true, lookAgain
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-s.kick:
			due = true
			refresh.Reset(max(0, minWait-time.Since(last)))
		case <-refresh.C:
			alone := s.topic != nil && len(s.topic.Peers()) == 0
			if due || !alone || time.Since(last) >= s.c.TTL/3 {
				if err := s.issue(ctx); err != nil && ctx.Err() == nil {
					s.c.Log.InfoContext(ctx, "Not advertised", slog.Any("err", err))
				}
				due, last = false, time.Now()
			}
			refresh.Reset(s.c.TTL / 3)
			if alone {
				refresh.Reset(lookAgain)
			}
		case <-provide.C:
			switch {
			case len(s.node.Peers()) == 0:
				provide.Reset(lookAgain)
			case s.provide(ctx):
				again = lookAgain
				provide.Reset(provideEvery)
			default:
				provide.Reset(again)
				again = min(2*again, provideAgain)
			}
		}
	}
}

// issue signs an advert of now and tells the topic.
func (s *Service) issue(ctx context.Context) error {
	s.mu.Lock()
	a := s.measured
	s.mu.Unlock()
	if s.c.Load != nil {
		l := s.c.Load()
		a.Manifests = links(l.Manifests)
		if len(a.Arithmetic) > 0 { // who failed its self-test computes for nobody
			a.Slots, a.Models, a.Adapters = l.Slots, links(l.Models), links(l.Adapters)
		}
	}
	a.Reach = reach(s.node.Status())
	var err error
	if a.Issued, err = s.sequence(ctx); err != nil {
		return err
	}
	a.Expires = a.Issued.Add(s.c.TTL)
	v, err := seal(s.key, s.node.Network(), &a)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.current = v
	s.mu.Unlock()
	s.met.issued.Inc()
	if s.topic == nil {
		return nil
	}
	return s.topic.Publish(ctx, v)
}

func reach(s node.Status) Reach {
	switch {
	case s.Reachability == network.ReachabilityPublic:
		return Public
	case s.Reachability == network.ReachabilityPrivate:
		return Relayed
	}
	return Unknown
}

var sequenceKey = datastore.NewKey("/network/advert/sequence")

// sequence returns the time of the next advert: now, but later than that of any
// before, which is written down first. So a peer whose clock was set back, or
// that restarts at once, contradicts none of its adverts.
func (s *Service) sequence(ctx context.Context) (time.Time, error) {
	last := uint64(0)
	old, err := s.c.Store.Get(ctx, sequenceKey)
	switch {
	case errors.Is(err, datastore.ErrNotFound):
	case err != nil:
		return time.Time{}, fmt.Errorf("read the last advert's sequence: %w", err)
	case len(old) == 8:
		last = binary.BigEndian.Uint64(old)
	}
	next := max(uint64(s.c.Now().UnixMilli()), last+1)
	if err := s.c.Store.Put(ctx, sequenceKey, binary.BigEndian.AppendUint64(nil, next)); err != nil {
		return time.Time{}, fmt.Errorf("write the next advert's sequence: %w", err)
	}
	if err := s.c.Store.Sync(ctx, sequenceKey); err != nil {
		return time.Time{}, fmt.Errorf("write the next advert's sequence: %w", err)
	}
	return time.UnixMilli(int64(next)), nil
}

// provide tells the DHT each key that it does not have of us yet. It says
// whether all are told.
func (s *Service) provide(ctx context.Context) bool {
	a, err := read(s.Own())
	if err != nil {
		return false // nothing to provide yet
	}
	now := s.c.Now()
	due := map[cid.Cid]bool{}
	for _, at := range []time.Time{now, now.Add(overlap)} {
		for _, k := range a.keys() {
			due[Place(s.node.Network(), k, at)] = true
		}
	}
	var (
		work  sync.WaitGroup
		slots = make(chan struct{}, 3)
		mu    sync.Mutex
		told  = map[cid.Cid]bool{}
	)
	for c := range due {
		if s.provided[c] {
			mu.Lock()
			told[c] = true
			mu.Unlock()
			continue
		}
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			ctx, cancel := context.WithTimeout(ctx, time.Minute)
			defer cancel()
			if err := s.node.DHT().Provide(ctx, c, true); err != nil {
				s.met.provides.WithLabelValues("failed").Inc()
				return
			}
			s.met.provides.WithLabelValues("ok").Inc()
			mu.Lock()
			defer mu.Unlock()
			told[c] = true
		})
	}
	work.Wait()
	s.provided = told // those of past periods are not due any more
	return len(told) == len(due)
}
