package gossip

import (
	"math"
	"sync"
	"time"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	"github.com/libp2p/go-libp2p/core/peer"
)

// peers counts what each connected peer passes on, and drops what is over its
// rate before anything is checked.
type peers struct {
	rate Rate
	met  *metrics

	mu   sync.Mutex
	seen *recent[peer.ID, *source]
}

// A source is one connected peer.
type source struct {
	bucket
	over float64 // records over its rate, halved every minute
	at   time.Time
}

func newPeers(rate Rate, met *metrics) *peers {
	return &peers{rate: rate, met: met, seen: newRecent[peer.ID, *source](8192, time.Hour)}
}

// inspect cuts an RPC down to what its sender may still pass on.
func (p *peers) inspect(from peer.ID, rpc *pubsub.RPC) error {
	n := len(rpc.GetPublish())
	if n == 0 {
		return nil
	}
	at := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	s, ok := p.seen.get(from, at)
	if !ok {
		s = &source{at: at}
		p.seen.put(from, s, at)
	}
	if taken := s.take(n, p.rate, at); taken < n {
		rpc.Publish = rpc.Publish[:taken]
		s.over = s.decayed(at) + float64(n-taken)
		s.at = at
		p.met.throttled.Add(float64(n - taken))
	}
	return nil
}

// excess is how far a peer has been over its rate of late.
func (p *peers) excess(id peer.ID) float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := time.Now()
	s, ok := p.seen.get(id, at)
	if !ok {
		return 0
	}
	return s.decayed(at)
}

func (s *source) decayed(at time.Time) float64 {
	return s.over * math.Exp2(-at.Sub(s.at).Minutes())
}
