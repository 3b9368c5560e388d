package pin

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

type metrics struct {
	audits   *prometheus.CounterVec
	answered *prometheus.CounterVec
	evicted  prometheus.Counter
	repaired prometheus.Counter
	failed   prometheus.Counter
	took     prometheus.Histogram
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
	}
	m := &metrics{
		audits: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_pin_audits_total", Help: "Challenges to other peers, by result: passed, missed or false.",
		}, []string{"result"}),
		answered: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_pin_challenges_total", Help: "Challenges of other peers, by result: answered, refused or absent.",
		}, []string{"result"}),
		evicted:  counter("peer_pin_evicted_total", "Peers whose pieces went to others after too many faults."),
		repaired: counter("peer_pin_repaired_total", "Pieces that this peer made again of others."),
		failed:   counter("peer_pin_failed_total", "Attempts to pin that ended with an error."),
		took: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "peer_pin_seconds", Help: "Time to pin a root or a piece.", Buckets: prometheus.ExponentialBuckets(0.01, 4, 10),
		}),
	}
	if r == nil {
		return m, nil
	}
	return m, errors.Join(r.Register(m.audits), r.Register(m.answered), r.Register(m.evicted),
		r.Register(m.repaired), r.Register(m.failed), r.Register(m.took))
}
