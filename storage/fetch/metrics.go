package fetch

import "github.com/prometheus/client_golang/prometheus"

type metrics struct {
	sessions prometheus.GaugeFunc
	bytes    prometheus.Counter
	stalled  prometheus.Counter
	wrong    prometheus.Counter
}

// newMetrics registers what a service counts; sessions returns those in progress.
func newMetrics(r prometheus.Registerer, sessions func() int) (*metrics, error) {
	m := &metrics{
		sessions: prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "peer_fetch_sessions", Help: "Fetches in progress.",
		}, func() float64 { return float64(sessions()) }),
		bytes: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "peer_fetch_bytes_total", Help: "Bytes of blocks that other peers sent.",
		}),
		stalled: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "peer_fetch_stalled_total", Help: "Waits that ended without a block.",
		}),
		wrong: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "peer_fetch_wrong_blocks_total", Help: "Messages with a block that nobody asked for.",
		}),
	}
	if r == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{m.sessions, m.bytes, m.stalled, m.wrong} {
		if err := r.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}
