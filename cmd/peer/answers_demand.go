package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	serves "github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/network/call"
)

// lacks says whether a name is the CID of a model that this home does not have.
func (s *answers) lacks(ref string) (cid.Cid, bool) {
	c, err := cid.Decode(ref)
	if err != nil {
		return c, false
	}
	_, err = s.repo.home.models().find(ref)
	return c, err != nil
}

// bring fetches a model that its owner wants to be computed here, however long that
// takes, and computes it until ctx is done. After a restart it goes on.
func (s *answers) bring(ctx context.Context, f serveFlags) error {
	c, _ := s.lacks(f.Model)
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		_, err := s.repo.pullModel(ctx, &feed{progress: s.progress}, c, "", 0)
		if err == nil {
			break
		}
		if ctx.Err() != nil {
			return nil
		}
		s.log.WarnContext(ctx, "A model is not here yet", slog.String("cid", f.Model), slog.Any("err", err))
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
	v, err := s.open(&f)
	if err != nil {
		return fmt.Errorf("serve %s: %w", f.Model, err)
	}
	defer v.close()
	return s.with(ctx, v)
}

// A loan is a model that is computed here because other peers asked for it.
type loan struct {
	bytes uint64 // of weights
	used  time.Time
	none  time.Time // when it could not be had; zero: it could, or nobody knows yet
	end   func()    // has it computed no longer; nil: it is not
}

// lentFor is how long a model that others asked for stays when nobody asks for it
// and another one wants its place.
const lentFor = 10 * time.Minute

// mostLoans is how many models are remembered that others asked for.
const mostLoans = 1 << 10

// demand has a model fetched that another peer asks for and that is not computed
// here, and returns what that peer is told.
func (s *answers) demand(c cid.Cid) error {
	if s.config.Serve.Fetch == 0 || s.online == nil {
		return serves.ErrNoModel
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.lent[c]; l != nil && time.Since(l.none) < lookAgain {
		return serves.ErrNoModel
	}
	select {
	case s.asked <- c:
	default: // one is waiting already
	}
	return call.Errorf(call.Busy, "the model is being fetched")
}

// used notes that somebody asks for a model.
func (s *answers) used(c cid.Cid) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.lent[c]; l != nil {
		l.used = time.Now()
	}
}

// lend fetches models that others ask for, one after the other, and computes them
// until ctx is done or others want their place.
func (s *answers) lend(ctx context.Context) error {
	var work sync.WaitGroup
	defer work.Wait()
	for {
		var c cid.Cid
		select {
		case <-ctx.Done():
			return nil
		case c = <-s.asked:
		}
		if s.of(c) != nil {
			continue
		}
		v, err := s.borrowed(ctx, c)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			s.log.InfoContext(ctx, "A model that others asked for is not computed here", slog.String("cid", c.String()), slog.Any("err", err))
			s.mu.Lock()
			if len(s.lent) > mostLoans {
				clear(s.lent)
			}
			s.lent[c] = &loan{none: time.Now()}
			s.mu.Unlock()
			continue
		}
		loaned, end := context.WithCancel(ctx)
		over := make(chan struct{})
		s.mu.Lock()
		s.lent[c] = &loan{bytes: uint64(v.identity.Bytes), used: time.Now(), end: func() { end(); <-over }}
		s.mu.Unlock()
		s.add(v) // before anybody asks again
		work.Go(func() {
			defer close(over)
			defer end()
			defer v.close()
			if err := s.with(loaned, v); err != nil && loaned.Err() == nil {
				s.log.ErrorContext(ctx, "A model is computed no longer", slog.String("cid", c.String()), slog.Any("err", err))
			}
		})
	}
}

// borrowed fetches a model and loads it, when there is a place for it.
func (s *answers) borrowed(ctx context.Context, c cid.Cid) (*serving, error) {
	f := serveFlags{Model: c.String(), Name: c.String(), Memory: int64(max(1, s.config.Serve.Memory>>20)), Slots: s.config.Serve.Slots, Queue: s.config.Serve.Queue}
	i, err := s.repo.home.models().find(f.Model)
	if err != nil {
		if f.Model, err = s.repo.fetchWeights(ctx, c); err == nil {
			i, err = inspect(f.Model, f.Model)
		}
	}
	if err != nil {
		return nil, err
	}
	if uint64(i.Bytes) > s.config.Serve.Fetch {
		return nil, fmt.Errorf("%w: %s of weights, %s are allowed", errTooLarge, size(uint64(i.Bytes)), size(s.config.Serve.Fetch))
	}
	if !s.place(uint64(i.Bytes)) {
		return nil, errors.New("others asked for those that are computed within the last minutes")
	}
	return s.open(&f)
}

// place makes room for so many bytes of weights: what was not used for a while goes.
func (s *answers) place(bytes uint64) bool {
	for {
		s.mu.Lock()
		total := bytes
		var oldest *loan
		for _, l := range s.lent {
			if l.end == nil {
				continue
			}
			total += l.bytes
			if oldest == nil || l.used.Before(oldest.used) {
				oldest = l
			}
		}
		if total <= s.config.Serve.Fetch {
			s.mu.Unlock()
			return true
		}
		if oldest == nil || time.Since(oldest.used) < lentFor {
			s.mu.Unlock()
			return false
		}
		end := oldest.end
		oldest.end = nil
		s.mu.Unlock()
		end()
	}
}
