package capacity

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/proofs/record"
)

const (
	askAtMost = 64               // peers in one search, or fewer: see Find
	askTime   = 5 * time.Second  // for each
	findTime  = 20 * time.Second // for a search
	patience  = 2 * time.Second  // for one more answer after the last
	linger    = time.Second / 2  // the same, once there are enough
)

// An Answer is what a search found, best first, and what became of the rest.
type Answer struct {
	Found  []Found
	Asked  int       // peers
	Silent int       // of them that did not answer
	Unfit  int       // of them that answered what does not meet the need, or not any more
	Forged []peer.ID // of them that answered with an advert that is not theirs
}

// Find looks for peers that meet a need: among those known by gossip and those
// that the DHT names. Each is asked for its advert of now, so who is found is
// there. It returns when all have answered, soon after there are enough answers
// or no more come, and at ctx's end.
func (s *Service) Find(ctx context.Context, n Need) (Answer, error) {
	if n.Most <= 0 {
		n.Most = 20
	}
	ctx, cancel := context.WithTimeout(ctx, findTime)
	defer cancel()
	r := search{service: s, need: n, most: min(askAtMost, 2*n.Most+8), asked: map[peer.ID]bool{s.node.Host().ID(): true}, enough: cancel}
	for _, id := range s.likely(n, r.most/2) {
		r.ask(ctx, id)
	}
	for _, at := range s.periods() {
		for p := range s.node.DHT().FindProvidersAsync(ctx, Place(s.node.Network(), n.key(), at), r.most) {
			s.node.Host().Peerstore().AddAddrs(p.ID, p.Addrs, addrsFor)
			r.ask(ctx, p.ID)
		}
	}
	r.work.Wait()
	s.met.searches.Inc()
	return r.end()
}

// A search is one call of Find.
type search struct {
	service *Service
	need    Need
	most    int    // peers that it asks
	enough  func() // ends the search
	work    sync.WaitGroup

	mu    sync.Mutex
	asked map[peer.ID]bool // and ourselves
	out   Answer
	quiet *time.Timer // calls enough when nobody answers any more
}

// ask asks a peer once, in a goroutine.
func (r *search) ask(ctx context.Context, id peer.ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.asked[id] || len(r.asked) > r.most {
		return
	}
	r.asked[id] = true
	r.work.Go(func() { r.wait(ctx, id) })
}

// wait takes what the peer answers.
func (r *search) wait(ctx context.Context, id peer.ID) {
	f, err := r.service.ask(ctx, id, r.need)
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case err == nil:
		r.out.Found = append(r.out.Found, f)
	case errors.Is(err, ErrForged):
		r.out.Forged = append(r.out.Forged, id)
	case errors.Is(err, errUnfit) || errors.Is(err, ErrStale):
		r.out.Unfit++
	default:
		r.out.Silent++
	}
	if err != nil || len(r.out.Found) > r.need.Most {
		return
	}
	wait := patience
	if len(r.out.Found) == r.need.Most {
		wait = linger
	}
	if r.quiet == nil {
		r.quiet = time.AfterFunc(wait, r.enough)
	} else {
		r.quiet.Reset(wait)
	}
}

// end ranks what was found.
func (r *search) end() (Answer, error) {
	if r.quiet != nil {
		r.quiet.Stop()
	}
	out := r.out
	out.Asked = len(r.asked) - 1
	rank(out.Found, r.need.For)
	out.Found = out.Found[:min(len(out.Found), r.need.Most)]
	if len(out.Found) == 0 {
		return out, fmt.Errorf("find: %w: %d peers were asked, %d are silent, %d do not fit, %d answered with forged adverts",
			ErrNone, out.Asked, out.Silent, out.Unfit, len(out.Forged))
	}
	return out, nil
}

// ErrNone is a search without an answer.
var ErrNone = errors.New("no peer meets the need")

var errUnfit = errors.New("does not meet the need")

// addrsFor is how long addresses from the DHT are kept.
const addrsFor = 10 * time.Minute

// likely lists the best peers whose known adverts meet a need. They are half of
// those asked; the other half is for those that only the DHT knows.
func (s *Service) likely(n Need, most int) []peer.ID {
	var fit []Found
	for _, id := range s.known.valid(s.c.Now()) {
		if a, ok := s.known.get(id); ok && n.met(&a) == nil {
			fit = append(fit, Found{Peer: id, Advert: a, Speed: s.known.standing(id).counts[n.For.figure()]})
		}
	}
	rand.Shuffle(len(fit), func(i, j int) { fit[i], fit[j] = fit[j], fit[i] })
	rank(fit, n.For)
	var out []peer.ID
	for _, f := range fit[:min(len(fit), most)] {
		out = append(out, f.Peer)
	}
	return out
}

// periods lists a time in each period that counts now.
func (s *Service) periods() []time.Time {
	now := s.c.Now()
	out := []time.Time{now}
	if before := now.Add(-overlap); before.Truncate(period) != now.Truncate(period) {
		out = append(out, before)
	}
	return out
}

// ask gets the advert of one peer and looks whether it meets the need.
func (s *Service) ask(ctx context.Context, id peer.ID, n Need) (Found, error) {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	v, rtt, err := s.Advert(ctx, id)
	if err != nil {
		return Found{}, err
	}
	a, err := read(v)
	if err != nil {
		return Found{}, err
	}
	if err := n.met(&a); err != nil {
		return Found{}, fmt.Errorf("%w: %w", errUnfit, err)
	}
	stands := s.known.standing(id)
	return Found{Peer: id, Advert: a, Signed: v, RTT: rtt, Speed: stands.counts[n.For.figure()], Jumps: stands.jumps, Slower: stands.slower}, nil
}

// Advert asks a peer for its advert of now. It is verified: the peer signed it,
// about itself, and no newer one is known.
func (s *Service) Advert(ctx context.Context, id peer.ID) (record.Verified, time.Duration, error) {
	if err := s.node.Host().Connect(ctx, peer.AddrInfo{ID: id}); err != nil {
		return record.Verified{}, 0, fmt.Errorf("advert of %s: %w", id, err)
	}
	start := time.Now()
	envelope, err := call.Do(ctx, s.node.Host(), id, s.protocol(), nil, limits)
	rtt := time.Since(start)
	if err != nil {
		return record.Verified{}, rtt, err
	}
	v, err := s.accept(ctx, envelope, id)
	if err != nil {
		return record.Verified{}, rtt, fmt.Errorf("advert of %s: %w", id, err)
	}
	return v, rtt, nil
}

// accept takes an advert that a peer has sent for its own.
func (s *Service) accept(ctx context.Context, envelope []byte, id peer.ID) (record.Verified, error) {
	v, err := record.Open(envelope, s.node.Network())
	if err != nil {
		return v, fmt.Errorf("%w: %w", ErrForged, err)
	}
	if v.Signer().PeerID() != id {
		return v, fmt.Errorf("%w: signed by %s", ErrForged, v.Signer().PeerID())
	}
	return v, s.learn(ctx, v)
}

// learn puts a valid advert into the directory.
func (s *Service) learn(ctx context.Context, v record.Verified) error {
	if v.Signer().PeerID() == s.node.Host().ID() {
		return nil // our own, by gossip
	}
	now := s.c.Now()
	a, err := Open(v, now)
	if err != nil {
		s.met.refused.WithLabelValues(refusal(err)).Inc()
		return err
	}
	jumps, err := s.known.add(v.Signer().PeerID(), a, now)
	if err != nil {
		s.met.refused.WithLabelValues(refusal(err)).Inc()
		return err
	}
	s.tell(ctx, v.Signer().PeerID(), jumps)
	return nil
}
