package requester

import "github.com/prometheus/client_golang/prometheus"

type metrics struct {
	closed   *prometheus.CounterVec
	disputes *prometheus.CounterVec
	stored   prometheus.Counter
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	m := &metrics{
		closed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_job_closed_total", Help: "Jobs of this peer that are over, by status and reason.",
		}, []string{"status", "reason"}),
		disputes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_job_verdicts_total", Help: "Disputes in jobs of this peer that were decided, by what was proven.",
		}, []string{"kind"}),
		stored: prometheus.NewCounter(prometheus.CounterOpts{Name: "peer_job_segments_stored_total", Help: "Segments of jobs of this peer that were fetched from workers and stored."}),
	}
	if r == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{m.closed, m.disputes, m.stored} {
		if err := r.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}
