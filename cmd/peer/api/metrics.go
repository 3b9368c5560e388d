package api

import "github.com/prometheus/client_golang/prometheus"

// metrics is what a server counts.
type metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	tokens   *prometheus.CounterVec
	streams  prometheus.Gauge
	first    prometheus.Histogram
}

func newMetrics(r prometheus.Registerer) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_api_requests_total", Help: "Requests to the API by route and status.",
		}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "peer_api_request_seconds", Help: "Time from a request to the end of its answer.", Buckets: prometheus.ExponentialBuckets(0.001, 4, 10),
		}, []string{"route"}),
		tokens: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peer_api_tokens_total", Help: "Tokens of complete answers: prompt, cached (of the prompt) and answer.",
		}, []string{"kind"}),
		streams: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "peer_api_answers_active", Help: "Answers under way.",
		}),
		first: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "peer_api_first_token_seconds", Help: "Time from a request to the first token of its answer.", Buckets: prometheus.ExponentialBuckets(0.001, 2, 16),
		}),
	}
	r.MustRegister(m.requests, m.seconds, m.tokens, m.streams, m.first)
	return m
}
