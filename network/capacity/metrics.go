package capacity

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

type metrics struct {
	known    prometheus.GaugeFunc
	issued   prometheus.Counter
	refused  *prometheus.CounterVec
	jumps    prometheus.Counter
	searches prometheus.Counter
	provides *prometheus.CounterVec

	compute, bandwidth prometheus.Gauge
	tokens             *prometheus.GaugeVec
}

// newMetrics registers what a service counts; known returns the peers whose
// adverts are valid.
func newMetrics(r prometheus.Registerer, known func() int) (*metrics, error) {
	m := &metrics{
		known: prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "peer_capacity_known_peers", Help: "Peers whose adverts are known and valid now.",
		}, func() float64 { return float64(known()) }),
		issued: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "peer_capacity_adverts_issued_total", Help: "Adverts that this peer has signed.",
		}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_capacity_adverts_refused_total", Help: "Adverts of others that were refused, by reason: stale or forged.",
		}, []string{"reason"}),
		jumps: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "peer_capacity_jumps_total", Help: "Figures of other peers' adverts that more than doubled within a day.",
		}),
		searches: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "peer_capacity_searches_total", Help: "Searches for peers by their capacity.",
		}),
		provides: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_capacity_provides_total", Help: "Capability keys told to the DHT, by result.",
		}, []string{"result"}),
		compute: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "peer_capacity_compute_flop_per_second", Help: "This machine's measured speed of exact arithmetic.",
		}),
		bandwidth: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "peer_capacity_memory_bytes_per_second", Help: "This machine's measured bandwidth of reading memory.",
		}),
		tokens: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "peer_capacity_tokens_per_second", Help: "This machine's measured speed by work: train, prefill or decode.",
		}, []string{"work"}),
	}
	if r == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{m.known, m.issued, m.refused, m.jumps, m.searches, m.provides, m.compute, m.bandwidth, m.tokens} {
		if err := r.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *metrics) speed(s Speed) {
	m.compute.Set(float64(s.Compute) * 1e6)
	m.bandwidth.Set(float64(s.Bandwidth))
	m.tokens.WithLabelValues("train").Set(float64(s.Train) / 1e3)
	m.tokens.WithLabelValues("prefill").Set(float64(s.Prefill) / 1e3)
	m.tokens.WithLabelValues("decode").Set(float64(s.Decode) / 1e3)
}

func refusal(err error) string {
	if errors.Is(err, ErrStale) {
		return "stale"
	}
	return "forged"
}
