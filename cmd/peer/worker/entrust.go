package worker

import (
	"bytes"
	"context"
	"crypto/sha256"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// How what this worker stored comes to peers that are no party of the job,
// before it commits to it.

const (
	askTime = 5 * time.Second // for one question to a neighbour
	deafFor = 5 * time.Minute // how long who did not answer is not asked
	rounds  = 3               // in which pieces are dealt anew, when some that said yes do not hold theirs
)

// entrust has pieces of a segment kept by others and returns who keeps some:
// nobody, where nobody would. It takes a quarter of a segment's time at most.
func (t *task) entrust(ctx context.Context, all ...*work.Stored) ([]record.PublicKey, error) {
	spec := t.spec()
	limited, cancel := context.WithTimeout(ctx, time.Duration(spec.Terms.Segment)*time.Millisecond/4)
	defer cancel()
	requester, err := t.s.Mail.Key(spec.Requester)
	if err != nil {
		return nil, nil
	}
	own := work.Block{CID: work.SpecBlock(t.id), Data: spec.AppendCanon(nil)}
	if err := t.s.Blocks.Keep(ctx, t.id, own); err != nil { // holders look at it
		return nil, err
	}
	d := work.Deposit{State: all[0].Root, Requester: requester}
	ready := t.ask(limited, t.candidates(requester), func(int) work.Deposit {
		d := d
		d.Bytes = shareSize(all)
		return d
	}, false)
	for range rounds {
		if len(ready) == 0 || limited.Err() != nil {
			return nil, ctx.Err()
		}
		ready = ready[:min(len(ready), job.MaxHolders)]
		dealt, err := work.Deal(len(ready), all...)
		if err != nil {
			return nil, err
		}
		var lent []work.Block
		for _, x := range dealt {
			lent = append(append(lent, x.Root), x.Blocks...)
		}
		done, err := t.s.Blocks.Lend(ctx, t.id, lent...)
		if err != nil {
			return nil, err
		}
		held := t.ask(limited, ready, func(i int) work.Deposit {
			d := d
			d.Bytes, d.Root = dealt[i].Bytes, dealt[i].Root.CID
			return d
		}, true)
		done()
		if len(held) == len(ready) {
			return held, ctx.Err()
		}
		t.s.Log.DebugContext(ctx, "Pieces not kept by all", slog.String("job", t.id.String()), slog.Int("holders", len(held)), slog.Int("asked", len(ready)))
		ready = held
	}
	return ready, ctx.Err()
}

// shareSize is about how many bytes each of many holders would get.
func shareSize(all []*work.Stored) (n uint64) {
	for _, s := range all {
		for _, b := range append(slices.Clone(s.Index), s.Pieces[0]...) {
			n += uint64(len(b.Data))
		}
	}
	return n
}

// candidates are neighbours in an order that is the same for all segments of a
// job, and that nobody can choose for all jobs.
func (t *task) candidates(requester record.PublicKey) (all []record.PublicKey) {
	if t.s.Neighbours == nil {
		return nil
	}
	t.mu.Lock()
	maps.DeleteFunc(t.deaf, func(_ record.PublicKey, until time.Time) bool { return time.Now().After(until) })
	deaf := maps.Clone(t.deaf)
	t.mu.Unlock()
	for _, k := range t.s.Neighbours() {
		if _, not := deaf[k]; !not && k != requester && k != t.s.Key.Public() && t.s.Mail.Meet(k) == nil {
			all = append(all, k)
		}
	}
	lot := func(k record.PublicKey) []byte {
		a := k.Account()
		h := sha256.Sum256(append(append([]byte("openledger/holder/1"), t.id[:]...), a[:]...))
		return h[:]
	}
	slices.SortFunc(all, func(a, b record.PublicKey) int { return bytes.Compare(lot(a), lot(b)) })
	return all[:min(len(all), 2*job.MaxHolders)]
}

// ask asks peers to keep something, all at a time, and returns those that would,
// or, to the end, those that hold it.
func (t *task) ask(ctx context.Context, peers []record.PublicKey, what func(i int) work.Deposit, end bool) (yes []record.PublicKey) {
	good := make([]bool, len(peers))
	var asking sync.WaitGroup
	for i, k := range peers {
		asking.Go(func() {
			d := what(i)
			m := work.Message{Kind: work.Hold, Job: t.id, A: d.AppendCanon(nil)}
			for wait := 100 * time.Millisecond; ; wait = min(2*wait, askTime) {
				limited, cancel := context.WithTimeout(ctx, askTime)
				answer, err := t.s.Mail.Ask(limited, k.Account(), m)
				cancel()
				if err != nil {
					t.mu.Lock()
					t.deaf[k] = time.Now().Add(deafFor)
					t.mu.Unlock()
				}
				state := work.Declined
				if err == nil && len(answer) == 1 {
					state = work.DepositState(answer[0])
				}
				good[i] = state == work.Held || state == work.Accepted && !end
				if state != work.Accepted || !end {
					return
				}
				select {
				case <-ctx.Done():
					return
				case <-time.After(wait):
				}
			}
		})
	}
	asking.Wait()
	for i, k := range peers {
		if good[i] {
			yes = append(yes, k)
		}
	}
	return yes
}

// tellHolders gives a commit that was just said to those who keep pieces of what
// it names, and tells the requester of them.
func (t *task) tellHolders(ctx context.Context, say job.Say) {
	v, err := t.s.Seal(t.id, say)
	if err != nil {
		return // Say has logged it
	}
	_, e, err := job.Read(v)
	c, ok := e.Body.(*job.Commit)
	if err != nil || !ok {
		return
	}
	t.mu.Lock()
	p := t.placed[c.Segment]
	t.mu.Unlock()
	requester, err := t.s.Mail.Key(t.spec().Requester)
	if err != nil || !p.State.Equals(c.State) || len(p.Holders) == 0 {
		return
	}
	t.s.Mail.Body(requester.Account(), t.id, &p)
	d := work.Deposit{State: c.State, Requester: requester, Commit: v.Envelope()}
	b, err := canon.Encode(&d)
	if err != nil {
		return
	}
	for _, k := range p.Holders {
		t.s.Mail.Post(k.Account(), work.Message{Kind: work.Hold, Job: t.id, A: b})
	}
}
