package gossip

import (
	pubsub "github.com/libp2p/go-libp2p-pubsub"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/prometheus/client_golang/prometheus"
)

type metrics struct {
	registry  prometheus.Registerer // nil: none
	records   *prometheus.CounterVec
	bytes     *prometheus.CounterVec
	lost      *prometheus.CounterVec
	throttled prometheus.Counter
	forgotten prometheus.Counter
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	m := &metrics{
		registry: r,
		records: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_gossip_records_total", Help: "Records by topic, result (accepted, ignored, rejected) and the reason of the latter two.",
		}, []string{"topic", "result", "reason"}),
		bytes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_gossip_received_bytes_total", Help: "Bytes of records that other peers passed on, by topic, without repetitions.",
		}, []string{"topic"}),
		lost: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_gossip_lost_total", Help: "Accepted records that this peer was too slow to take, by topic.",
		}, []string{"topic"}),
		throttled: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "peer_gossip_throttled_total", Help: "Records dropped unread because the peer that passed them on was over its rate.",
		}),
		forgotten: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "peer_gossip_forgotten_total", Help: "Places forgotten before their time for want of room; a replay of their records would pass.",
		}),
	}
	if r == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{m.records, m.bytes, m.lost, m.throttled, m.forgotten} {
		if err := r.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// watch reports how many peers want a topic's records.
func (m *metrics) watch(t *Topic) error {
	if m.registry == nil {
		return nil
	}
	return m.registry.Register(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "peer_gossip_topic_peers", Help: "Connected peers that want a topic's records.", ConstLabels: prometheus.Labels{"topic": t.rule.Name},
	}, func() float64 { return float64(len(t.Peers())) }))
}

func (m *metrics) count(topic, result, reason string) {
	m.records.WithLabelValues(topic, result, reason).Inc()
}

func (m *metrics) forget(places int) { m.forgotten.Add(float64(places)) }

// tracer hears from GossipSub what no validator sees.
type tracer struct {
	met    *metrics
	topics map[string]string // a rule's name by the topic's
}

func (t tracer) UndeliverableMessage(m *pubsub.Message) {
	t.met.lost.WithLabelValues(t.topics[m.GetTopic()]).Inc()
}

func (t tracer) RejectMessage(m *pubsub.Message, why string) {
	if why == pubsub.RejectValidationQueueFull {
		t.met.throttled.Inc()
	}
}

func (tracer) OnNewOutboundStream(peer.ID, protocol.ID) {}
func (tracer) OnClosedOutboundStream(peer.ID)           {}
func (tracer) Join(string)                              {}
func (tracer) Leave(string)                             {}
func (tracer) Graft(peer.ID, string)                    {}
func (tracer) Prune(peer.ID, string)                    {}
func (tracer) ValidateMessage(*pubsub.Message)          {}
func (tracer) DeliverMessage(*pubsub.Message)           {}
func (tracer) DuplicateMessage(*pubsub.Message)         {}
func (tracer) ThrottlePeer(peer.ID)                     {}
func (tracer) RecvRPC(*pubsub.RPC)                      {}
func (tracer) SendRPC(*pubsub.RPC, peer.ID)             {}
func (tracer) DropRPC(*pubsub.RPC, peer.ID)             {}
