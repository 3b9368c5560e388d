// Package gossip carries sealed records to all peers that want them: typed
// topics on GossipSub, records in, Verified out.
//
// The invariant: what a Topic's Next returns was sealed by its signer for this
// network, keeps the topic's Rule, and is returned once. What peers send beyond
// their rates costs no signature check, and who sends what no honest peer would
// is soon not listened to.
//
// Start with New and a Rule per topic.
package gossip

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net"
	"time"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pb "github.com/libp2p/go-libp2p-pubsub/pb"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/proofs/record"
)

// Config says how a peer gossips. The zero value is a good choice.
type Config struct {
	Network record.Network        // 0 means 1, the main one
	PerPeer Rate                  // records that one connected peer may pass on; zero: 200 a second, 5,000 at once
	Metrics prometheus.Registerer // nil: none
}

// A Router is one peer's part in all its topics.
type Router struct {
	c      Config
	host   host.Host
	pubsub *pubsub.PubSub
	met    *metrics
	peers  *peers
	topics map[string]*Topic // by Rule.Name
	cancel func()
}

// New joins the topics of the given rules. Close leaves them.
func New(h host.Host, rules []Rule, config Config) (*Router, error) {
	c := config
	if c.Network == 0 {
		c.Network = 1
	}
	if c.PerPeer == (Rate{}) {
		c.PerPeer = Rate{PerSecond: 200, Burst: 5000}
	}
	met, err := newMetrics(c.Metrics)
	if err != nil {
		return nil, err
	}
	r := &Router{c: c, host: h, met: met, peers: newPeers(c.PerPeer, met), topics: map[string]*Topic{}}
	names, largest, scores := []string{}, 0, map[string]*pubsub.TopicScoreParams{}
	for _, rule := range rules {
		if rule, err = rule.complete(); err != nil {
			return nil, err
		}
		t := &Topic{rule: rule, name: "openledger/" + c.Network.String() + "/" + rule.Name + "/1", router: r, memory: newMemory(rule, met.forget)}
		if r.topics[rule.Name] != nil {
			return nil, fmt.Errorf("gossip: two rules for topic %q", rule.Name)
		}
		r.topics[rule.Name] = t
		names, scores[t.name] = append(names, t.name), topicScore()
		largest = max(largest, rule.MaxBytes)
	}
	var ctx context.Context
	ctx, r.cancel = context.WithCancel(context.Background())
	if err := r.start(ctx, names, largest, scores); err != nil {
		r.cancel()
		return nil, fmt.Errorf("start gossip: %w", err)
	}
	return r, nil
}

// envelopes is room for what GossipSub adds to a record.
const envelopes = 64 << 10

func (r *Router) start(ctx context.Context, names []string, largest int, scores map[string]*pubsub.TopicScoreParams) (err error) {
	r.pubsub, err = pubsub.NewGossipSub(ctx, r.host,
		// A record names and proves its signer; GossipSub adds nothing to that.
		pubsub.WithMessageSignaturePolicy(pubsub.StrictNoSign),
		pubsub.WithNoAuthor(),
		pubsub.WithMessageIdFn(messageID),
		pubsub.WithSubscriptionFilter(pubsub.NewAllowlistSubscriptionFilter(names...)),
		pubsub.WithMaxMessageSize(max(pubsub.DefaultMaxMessageSize, largest+envelopes)),
		pubsub.WithAppSpecificRpcInspector(r.peers.inspect),
		pubsub.WithPeerScore(r.peers.score(scores), thresholds()),
		pubsub.WithRawTracer(tracer{met: r.met, topics: r.byName()}),
		pubsub.WithFloodPublish(true), // our own records reach every peer of a topic at once
		pubsub.WithValidateQueueSize(queue),
		pubsub.WithPeerOutboundQueueSize(queue/4),
	)
	if err != nil {
		return err
	}
	for _, t := range r.topics {
		if err := t.join(); err != nil {
			return fmt.Errorf("topic %s: %w", t.name, err)
		}
		if err := r.met.watch(t); err != nil {
			return err
		}
	}
	return nil
}

// queue is how many records wait for a validator, and for who calls Next.
const queue = 1024

// messageID is the hash of the record: GossipSub passes equal bytes on once.
func messageID(m *pb.Message) string {
	sum := sha256.Sum256(m.Data)
	return string(sum[:])
}

func (r *Router) byName() map[string]string {
	names := map[string]string{}
	for _, t := range r.topics {
		names[t.name] = t.rule.Name
	}
	return names
}

// Topic returns the topic of a rule, or nil.
func (r *Router) Topic(name string) *Topic { return r.topics[name] }

// Close leaves all topics.
func (r *Router) Close() { r.cancel() }

// When GossipSub stops gossiping with, publishing to and listening to a peer.
func thresholds() *pubsub.PeerScoreThresholds {
	return &pubsub.PeerScoreThresholds{
		GossipThreshold: -20, PublishThreshold: -40, GraylistThreshold: -80,
		AcceptPXThreshold:           1000, // nobody: peers are found in the DHT
		OpportunisticGraftThreshold: 1,
	}
}

// topicScore rewards who is first with records, up to 20 points, and punishes
// who passes on what no honest peer would: three such records within a minute
// or so and it is not listened to.
func topicScore() *pubsub.TopicScoreParams {
	return &pubsub.TopicScoreParams{
		SkipAtomicValidation: true,
		TopicWeight:          1,

		TimeInMeshWeight: 0.01, TimeInMeshQuantum: time.Second, TimeInMeshCap: 300,
		FirstMessageDeliveriesWeight: 0.5, FirstMessageDeliveriesDecay: pubsub.ScoreParameterDecay(10 * time.Minute), FirstMessageDeliveriesCap: 40,
		InvalidMessageDeliveriesWeight: -15, InvalidMessageDeliveriesDecay: pubsub.ScoreParameterDecay(30 * time.Minute),
	}
}

// score joins what GossipSub observes with what peers counts.
func (p *peers) score(topics map[string]*pubsub.TopicScoreParams) *pubsub.PeerScoreParams {
	return &pubsub.PeerScoreParams{
		SkipAtomicValidation: true,
		Topics:               topics,
		TopicScoreCap:        50,
		AppSpecificScore:     func(id peer.ID) float64 { return -p.excess(id) },
		AppSpecificWeight:    0.1, // 800 records over the rate within a minute or so: not listened to

		// Who has more than 10 peers behind one address loses. Homes and test
		// networks on one machine do not count.
		IPColocationFactorWeight: -5, IPColocationFactorThreshold: 10, IPColocationFactorWhitelist: localNetworks(),
		BehaviourPenaltyWeight: -1, BehaviourPenaltyThreshold: 6, BehaviourPenaltyDecay: pubsub.ScoreParameterDecay(10 * time.Minute),

		DecayInterval: time.Second,
		DecayToZero:   0.01,
		RetainScore:   30 * time.Minute,
	}
}

func localNetworks() []*net.IPNet {
	var out []*net.IPNet
	for _, cidr := range []string{"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10"} {
		if _, n, err := net.ParseCIDR(cidr); err == nil {
			out = append(out, n)
		}
	}
	return out
}
