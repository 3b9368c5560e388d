package main

import (
	"log/slog"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/proofs/record"
)

// A peer is what wire builds with: the home, the settings, the key, and where
// to log and to count.
type peer struct {
	home     home
	config   Config
	key      record.Key
	log      *slog.Logger
	registry registry
	metrics  *metrics
	stage    atomic.Value // of stage
	app      *app         // the command that runs it; nil: it does not train for its API
	serves   []serveFlags // models that the command names, beside those of the settings

	health   string                                  // the address of /health; wire sets it
	answers  *answers                                // likewise
	announce func(home) (withdraw func(), err error) // tells commands where the peer is; likewise
}

// A registry takes the counters of every room and gives them to /metrics.
type registry interface {
	prometheus.Registerer
	prometheus.Gatherer
}

func newPeer(h home, c Config, key record.Key, log *slog.Logger, r registry) *peer {
	p := &peer{home: h, config: c, key: key, log: log, registry: r, metrics: newMetrics(r)}
	p.metrics.info.WithLabelValues(version(), key.Public().Account().String(), p.id()).Set(1)
	p.enter(stageStarting)
	return p
}

// id is the peer ID as text.
func (p *peer) id() string { return p.key.Public().PeerID().String() }

// enter records that the peer is at another stage.
func (p *peer) enter(now stage) {
	p.stage.Store(now)
	p.metrics.stage(now)
}
