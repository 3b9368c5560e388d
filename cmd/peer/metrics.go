package main

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics is what the peer as a whole counts; the rooms have their own.
type metrics struct {
	info     *prometheus.GaugeVec
	stages   *prometheus.GaugeVec
	engine   *prometheus.GaugeVec
	requests *prometheus.CounterVec
	refused  prometheus.Counter
}

func newMetrics(r prometheus.Registerer) *metrics {
	m := &metrics{
		info: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "peer_info", Help: "1, with the peer's version and identity as labels.",
		}, []string{"version", "account", "peer_id"}),
		stages: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "peer_stage", Help: "1 for the stage of life that the peer is in: starting, ready or stopping.",
		}, []string{"stage"}),
		engine: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "peer_engine_info", Help: "1 once the operators passed their self-tests, with what computes as labels.",
		}, []string{"arithmetic", "kernels", "threads"}),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_ops_requests_total", Help: "Requests to the ops address by route.",
		}, []string{"route"}),
		refused: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "peer_ops_refused_total", Help: "Requests to the ops address without the right token.",
		}),
	}
	r.MustRegister(m.info, m.stages, m.engine, m.requests, m.refused)
	return m
}

// stage sets the gauge of now and clears the others.
func (m *metrics) stage(now stage) {
	for _, s := range []stage{stageStarting, stageReady, stageStopping} {
		m.stages.WithLabelValues(string(s)).Set(0)
	}
	m.stages.WithLabelValues(string(now)).Set(1)
}

// newRegistry is a registry with the counters of the Go runtime and the process.
func newRegistry() *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return r
}
