package capacity

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/proofs/record"
)

// A Need is what a peer must have. The zero value is met by everybody.
type Need struct {
	Arithmetic uint64  // version; 0: any
	Memory     uint64  // bytes, at least
	Slots      uint64  // free, at least
	Model      cid.Cid // warm
	Adapter    cid.Cid // warm
	Manifest   cid.Cid // pinned
	MaxPrice   uint64  // of what For is, as in the advert; 0: any
	For        Work    // what ranks the answers
	Most       int     // answers; 0: 20
}

// A Work is what a peer is wanted for.
type Work int

const (
	Serve   Work = iota // ranked by decode speed and price of serving
	Train               // ranked by train speed and price of training
	Prefill             // ranked by prefill speed and price of serving, as for audits
)

// figure is the speed that counts for the work.
func (w Work) figure() int { return [...]int{decodeFigure, trainFigure, prefillFigure}[w] }

func (w Work) price(a *Advert) uint64 {
	if w == Train {
		return a.PriceTrain
	}
	return a.PriceServe
}

// met says what an advert lacks, or nil.
func (n *Need) met(a *Advert) error {
	for _, link := range []struct {
		what string
		want cid.Cid
		have []cid.Cid
	}{{"model", n.Model, a.Models}, {"adapter", n.Adapter, a.Adapters}, {"dataset", n.Manifest, a.Manifests}} {
		if link.want.Defined() && !slices.ContainsFunc(link.have, link.want.Equals) {
			return fmt.Errorf("%s %s is not warm or pinned there", link.what, link.want)
		}
	}
	switch {
	case n.Arithmetic != 0 && !slices.Contains(a.Arithmetic, n.Arithmetic):
		return fmt.Errorf("arithmetic %d is not among %v", n.Arithmetic, a.Arithmetic)
	case a.Memory < n.Memory:
		return fmt.Errorf("memory is %s, want %s", size(a.Memory), size(n.Memory))
	case a.Slots < n.Slots:
		return fmt.Errorf("%d slots are free, want %d", a.Slots, n.Slots)
	case n.MaxPrice != 0 && n.For.price(a) > n.MaxPrice:
		return fmt.Errorf("price is %d, at most %d", n.For.price(a), n.MaxPrice)
	}
	return nil
}

// A Found is a peer that answered, and meets a Need.
type Found struct {
	Peer   peer.ID
	Advert Advert
	Signed record.Verified // the advert as the peer signed it
	RTT    time.Duration   // of asking for it
	Speed  uint64          // that counts for the work: advertised, less a jump, no more than observed
	Jumps  []Jump          // figures that rose suddenly
	Slower bool            // in use than it advertises, by half
	Score  float64         // by which answers are ranked, higher first
}

// rank orders what was found by
//
//	speed / ((1 + RTT / 100 ms) · (1 + price / typical))
//
// halved for a peer behind a relay; typical is the median of the prices above
// 0. Ties fall by peer ID.
func rank(found []Found, w Work) {
	var prices []uint64
	for _, f := range found {
		if p := w.price(&f.Advert); p > 0 {
			prices = append(prices, p)
		}
	}
	slices.Sort(prices)
	typical := 1.0
	if len(prices) > 0 {
		typical = float64(prices[len(prices)/2])
	}
	for i := range found {
		f := &found[i]
		f.Score = float64(f.Speed) / ((1 + f.RTT.Seconds()/0.1) * (1 + float64(w.price(&f.Advert))/typical))
		if f.Advert.Reach == Relayed {
			f.Score /= 2
		}
	}
	slices.SortFunc(found, func(a, b Found) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Peer, b.Peer)) })
}
