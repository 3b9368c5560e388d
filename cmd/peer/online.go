package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/catalog"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/fetch"
	"github.com/openledger/openledger/storage/pin"
)

// An online is what a running peer has besides its repo: the ways to other peers
// for what it stores.
type online struct {
	repo   *repo
	node   *node.Node
	fetch  *fetch.Service
	gossip *gossip.Router
	stop   []func() // of the protocols that it serves
	announcer
}

// Protocols of what is stored, and their limits.
const (
	askCatalog = "catalog"
	askAudit   = "audit"
	askPledges = "pledge"
)

var (
	catalogLimits = call.Limits{Request: 256, Answer: catalog.MaxAnnounced * 8, Time: time.Minute}
	auditLimits   = call.Limits{Request: 4 << 10, Answer: 4 << 20, Time: pin.AnswerTime + pin.OpeningTime + 30*time.Second}
	pledgeLimits  = call.Limits{Request: 32, Answer: maxPledge, Time: 30 * time.Second}
)

// maxPledge is the size of the largest pledge, in bytes: six for each piece.
const maxPledge = 1 << 20

// storageRules are the topics of what is stored.
func storageRules(n record.Network) []gossip.Rule {
	return []gossip.Rule{
		catalog.Rule(n, nil),
		{Name: "pledge", Types: []record.Type{record.Pledge}, MaxBytes: maxPledge, Latest: true, Check: func(v record.Verified) error {
			_, err := pin.OpenPledge(v)
			return err
		}},
	}
}

// newOnline joins what a peer stores with the network.
func newOnline(p *peer, r *repo, n *network) (*online, error) {
	o := &online{repo: r, node: n.node, gossip: n.gossip, announcer: announcer{news: make(chan struct{}, 1)}}
	var err error
	o.fetch, err = fetch.New(n.node.Host(), r.blocks, fetch.Config{Providers: n.node.DHT(), Log: p.log, Metrics: p.registry, Sent: func(to string, c cid.Cid, size int) { r.kept.sent(to, c, size) }})
	if err != nil {
		return nil, err
	}
	r.online = o
	n.load = append(n.load, o.pinned)
	return o, r.openRooms(context.Background(), pin.Config{
		Network: r.network(), Key: p.key, Quota: p.config.Storage.Quota, Log: p.log, Metrics: p.registry,
		Fetch: func(ctx context.Context, name string, from []record.PublicKey) (pin.Session, error) {
			return o.session(ctx, name, manifest.ID{}, from)
		},
		Announce: o.fetch.Announce, Publish: n.gossip.Topic("pledge").Publish, Wire: audits{o}, Beacon: r.auditBeacon, Passed: r.auditPassed,
		Online: func() bool { return len(n.node.Peers()) > 0 },
	})
}

// serve answers other peers; run ends it.
func (o *online) serve() {
	o.stop = []func(){
		o.node.Serve(askCatalog, catalogLimits, o.repo.log, func(ctx context.Context, _ string, body []byte, send func([]byte) error) error {
			return answered(o.repo.catalog.Answer(ctx, body, send))
		}),
		o.node.Serve(askAudit, auditLimits, o.repo.log, func(ctx context.Context, _ string, body []byte, send func([]byte) error) error {
			reply, err := o.repo.pins.Answer(ctx, body)
			if err != nil {
				return answered(err)
			}
			if err := send(reply.Answer()); err != nil {
				return err
			}
			openings, err := reply.Openings()
			if err != nil {
				return answered(err)
			}
			return send(openings)
		}),
		o.node.Serve(askOffer, offerLimits, o.repo.log, func(ctx context.Context, from string, body []byte, _ func([]byte) error) error {
			return o.repo.hear(ctx, from, body)
		}),
		o.node.Serve(askOffers, offersLimits, o.repo.log, func(ctx context.Context, _ string, body []byte, send func([]byte) error) error {
			return o.answerOffers(ctx, body, send)
		}),
		o.node.Serve(askPledges, pledgeLimits, o.repo.log, func(ctx context.Context, _ string, body []byte, send func([]byte) error) error {
			mine, err := o.repo.pins.Pledges(ctx)
			if err != nil {
				return answered(err)
			}
			for _, v := range mine {
				if subject := v.Header().Subject; string(subject[:]) != string(body) {
					continue
				}
				if err := send(v.Envelope()); err != nil {
					return err
				}
			}
			return nil
		}),
	}
}

// pinned adds to an advert the Datanets that are here, the whole ones first.
func (o *online) pinned(l *capacity.Load) {
	pins, err := o.repo.pins.List(context.Background())
	if err != nil {
		o.repo.log.Error("Pins not listed", slog.Any("err", err))
		return
	}
	var parts []cid.Cid
	for _, p := range pins {
		switch {
		case p.Datanet == ([32]byte{}) || p.State != pin.Pinned:
		case p.Whole:
			l.Manifests = append(l.Manifests, p.Root)
		default:
			parts = append(parts, p.Root)
		}
	}
	l.Manifests = append(l.Manifests, parts...)
}

// answered makes an error of ours the answer to another peer.
func answered(err error) error {
	if err == nil {
		return nil
	}
	return call.Errorf(call.Refused, "%s", oneLine(err.Error()))
}

// run serves what is stored until ctx is done: blocks, audits, the catalog.
func (o *online) run(ctx context.Context) error {
	o.serve()
	var work sync.WaitGroup
	var mu sync.Mutex
	var errs []error
	for name, service := range map[string]func(context.Context) error{
		"fetch": o.fetch.Run, "pins": o.repo.pins.Run, "pledges": o.hearPledges, "announce": o.announceAll, "offers": o.collectOffers,
		"catalog": func(ctx context.Context) error { return o.repo.catalog.Run(ctx, o.net()) },
	} {
		work.Go(func() {
			if err := service(ctx); err != nil && ctx.Err() == nil {
				mu.Lock()
				defer mu.Unlock()
				errs = append(errs, fmt.Errorf("%s: %w", name, err))
			}
		})
	}
	work.Wait()
	for _, stop := range o.stop {
		stop()
	}
	return errors.Join(errs...)
}

// net is the part of the network that the catalog needs.
func (o *online) net() catalog.Net {
	topic := o.gossip.Topic("datanet")
	return catalog.Net{
		Publish: func(ctx context.Context, v record.Verified) error {
			if err := topic.Publish(ctx, v); !errors.Is(err, gossip.ErrDuplicate) {
				return err
			}
			return nil // others have heard it of us
		},
		Next: topic.Next, Provide: o.node.Provide,
		Providers: func(ctx context.Context, key cid.Cid) iter.Seq[string] {
			return o.node.Providers(ctx, key, mostProviders)
		},
		Ask: func(ctx context.Context, to string, request []byte) iter.Seq2[[]byte, error] {
			return o.node.Parts(ctx, to, askCatalog, request, catalogLimits)
		},
	}
}

// mostProviders is how many peers are asked for one Datanet.
const mostProviders = 20

// hearPledges takes in what others promise, and asks for the promises about each
// Datanet that is pinned here: now, and again for as long as it runs.
func (o *online) hearPledges(ctx context.Context) error {
	var work sync.WaitGroup
	defer work.Wait()
	work.Go(func() {
		tick := time.NewTicker(10 * time.Minute)
		defer tick.Stop()
		for {
			o.askAllPledges(ctx)
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
	topic := o.gossip.Topic("pledge")
	for {
		v, err := topic.Next(ctx)
		if err != nil {
			return nil // ctx is done, or the topic closed
		}
		o.learn(ctx, v)
	}
}

func (o *online) learn(ctx context.Context, v record.Verified) {
	if err := o.repo.pins.Learn(ctx, v); err != nil {
		o.repo.log.DebugContext(ctx, "Pledge refused", slog.String("peer", v.Signer().PeerID().String()), slog.Any("err", err))
	}
}

func (o *online) askAllPledges(ctx context.Context) {
	pins, err := o.repo.pins.List(ctx)
	if err != nil {
		o.repo.log.ErrorContext(ctx, "Pins not listed", slog.Any("err", err))
	}
	for _, p := range pins {
		if p.Datanet != ([32]byte{}) {
			s, err := o.repo.version(ctx, p.Root)
			if err == nil {
				o.askPledges(ctx, s)
			} // else it is still being fetched
		}
	}
}

// askPledges asks the founder of a Datanet, and the peers that the DHT knows for
// it, what they promise about it.
func (o *online) askPledges(ctx context.Context, head manifest.Sealed[manifest.Manifest]) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	var work sync.WaitGroup
	asked := map[string]bool{o.self(): true}
	id := head.Datanet()
	ask := func(p string) {
		if !asked[p] {
			asked[p] = true
			work.Go(func() { o.askPledgesOf(ctx, p, id) })
		}
	}
	ask(node.NameOf(head.Record().Signer()))
	for p := range o.node.Providers(ctx, catalog.Key(o.repo.network(), id), mostProviders) {
		ask(p)
	}
	work.Wait()
}

// self is the name of this peer.
func (o *online) self() string { return string(o.node.Host().ID()) }

func (o *online) askPledgesOf(ctx context.Context, peer string, id manifest.ID) {
	for b, err := range o.node.Parts(ctx, peer, askPledges, id[:], pledgeLimits) {
		var v record.Verified
		if err == nil {
			v, err = record.Open(b, o.repo.network())
		}
		if err != nil {
			o.repo.log.DebugContext(ctx, "No pledge", slog.Any("err", err))
			return
		}
		o.learn(ctx, v)
	}
}

// session begins to fetch blocks: of peers that pledged to keep them, and of
// those that the DHT knows for a Datanet.
func (o *online) session(ctx context.Context, name string, id manifest.ID, from []record.PublicKey) (*fetch.Session, error) {
	var peers []string
	for _, key := range from {
		peers = append(peers, node.NameOf(key))
	}
	if id != (manifest.ID{}) {
		search, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		for p := range o.node.Providers(search, catalog.Key(o.repo.network(), id), mostProviders) {
			peers = append(peers, p)
		}
	}
	return o.fetch.Session(ctx, name, o.node.Infos(peers...))
}

// audits carries audits to other peers.
type audits struct{ o *online }

// Ping says hello: a first round trip connects, the second is measured.
func (a audits) Ping(ctx context.Context, peer record.PublicKey) (time.Duration, error) {
	_, took, err := a.o.node.Ping(ctx, peer.PeerID().String())
	return took, err
}

// Audit sends a challenge and returns the openings.
func (a audits) Audit(ctx context.Context, peer record.PublicKey, challenge []byte, answered func([]byte)) ([]byte, error) {
	n := 0
	for part, err := range a.o.node.Parts(ctx, node.NameOf(peer), askAudit, challenge, auditLimits) {
		if err != nil {
			return nil, err
		}
		if n++; n == 1 {
			answered(append([]byte{}, part...))
			continue
		}
		return append([]byte{}, part...), nil
	}
	return nil, errors.New("the audited peer sent no openings")
}
