package worker

import "github.com/prometheus/client_golang/prometheus"

type metrics struct {
	refusals *prometheus.CounterVec
	segments prometheus.Counter
	steps    prometheus.Counter
	earned   prometheus.Counter
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	m := &metrics{
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_worker_refusals_total", Help: "Jobs that this worker did not bid for, by reason.",
		}, []string{"reason"}),
		segments: prometheus.NewCounter(prometheus.CounterOpts{Name: "peer_worker_segments_total", Help: "Segments that this worker computed and committed to."}),
		steps:    prometheus.NewCounter(prometheus.CounterOpts{Name: "peer_worker_steps_total", Help: "Training steps that this worker computed."}),
		earned:   prometheus.NewCounter(prometheus.CounterOpts{Name: "peer_worker_earned_total", Help: "What jobs paid this worker, in millionths of an OPEN."}),
	}
	if r == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{m.refusals, m.segments, m.steps, m.earned} {
		if err := r.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}
