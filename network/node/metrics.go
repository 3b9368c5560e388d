package node

import "github.com/prometheus/client_golang/prometheus"

type metrics struct {
	states   *prometheus.GaugeVec
	peers    prometheus.GaugeFunc
	attempts *prometheus.CounterVec
	probes   *prometheus.CounterVec
	refused  prometheus.Counter
}

// newMetrics registers what a node counts; peers returns the connected ones.
func newMetrics(r prometheus.Registerer, peers func() int) (*metrics, error) {
	m := &metrics{
		states: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "peer_network_state", Help: "1 for the state of the node: joining, connected or isolated.",
		}, []string{"state"}),
		peers: prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "peer_network_peers", Help: "Connected peers of our network.",
		}, func() float64 { return float64(peers()) }),
		attempts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_network_join_attempts_total", Help: "Attempts to join by a source of peers: config, file, remembered or lan.",
		}, []string{"source", "result"}),
		probes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_network_probes_total", Help: "Known peers without a connection that were dialled, by result: answered or silent.",
		}, []string{"result"}),
		refused: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "peer_network_wrong_network_total", Help: "Peers refused because they belong to another network.",
		}),
	}
	if r == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{m.states, m.peers, m.attempts, m.probes, m.refused} {
		if err := r.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// state sets the gauge of the current state to 1 and the others to 0.
func (m *metrics) state(now State) {
	for _, s := range []State{Joining, Connected, Isolated} {
		v := 0.0
		if s == now {
			v = 1
		}
		m.states.WithLabelValues(string(s)).Set(v)
	}
}
