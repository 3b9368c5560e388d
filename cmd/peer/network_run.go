package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

type networkConfig struct {
	// ID is the number of the network; peers of another one are refused.
	// Default 1, the main network.
	ID uint64 `yaml:"id"`
	// Port is the UDP and TCP port of the peer-to-peer network. Default 6736; 0
	// takes free ones.
	Port int `yaml:"port"`
	// Announce are multiaddrs to tell others instead of those found, separated
	// by commas. Default none: those found.
	Announce []string `yaml:"announce"`
	// Profile is home (default; 32 to 96 connections) or server (400 to 900).
	Profile string `yaml:"profile"`
	// Connections are how many there may be; above, the least useful are closed
	// until a third is left. Default 0: as the profile has it.
	Connections int `yaml:"connections"`
	// Bootstrap are multiaddrs of peers to join by, separated by commas, beside
	// those of "peer bootstrap". Default none.
	Bootstrap []string `yaml:"bootstrap"`
	// LAN looks for peers on the local network by mDNS. Default true.
	LAN bool `yaml:"lan"`
	// Relay passes messages on for peers behind a NAT, when this peer is
	// publicly reachable. Default false.
	Relay bool `yaml:"relay"`
	// PriceTrain and PriceServe are advertised, in millionths of an OPEN for a
	// million tokens. Default 0.
	PriceTrain uint64 `yaml:"price_train"`
	PriceServe uint64 `yaml:"price_serve"`
	// Benchmark measures this machine for the advert when the peer starts, in a
	// few seconds. Default true; false advertises no speed.
	Benchmark bool `yaml:"benchmark"`
}

func (c *networkConfig) Validate() error {
	switch {
	case c.ID == 0:
		return errors.New("id is 0, want the network's number, 1 for the main one")
	case c.Port < 0 || c.Port > 65535:
		return fmt.Errorf("port is %d, want 0 to 65535", c.Port)
	case c.Profile != string(node.Home) && c.Profile != string(node.Server):
		return fmt.Errorf("profile is %q, want home or server", c.Profile)
	case c.Connections < 0:
		return fmt.Errorf("connections is %d, want 0 for as many as the profile has, or more", c.Connections)
	}
	if _, err := node.Parse(c.Bootstrap); err != nil {
		return err
	}
	return nil
}

func (h home) bootstrapFile() string { return h.path("bootstrap") }

// A network is a peer's place among others: its node, what it gossips and what
// it advertises.
type network struct {
	node     *node.Node
	gossip   *gossip.Router
	capacity *capacity.Service
	store    *block.Datastore
	load     []func(*capacity.Load) // what rooms add to each advert; complete before it runs
}

// newNetwork opens the node and what stands on it, with the topics of the rooms
// above. It joins nobody until it runs.
func newNetwork(p *peer, e *engine, rules ...gossip.Rule) (*network, error) {
	c := p.config.Network
	node.SetLogs(p.log)
	n := &network{}
	var err error
	if n.store, err = block.OpenDatastore(p.home.path("network"), p.log); err != nil {
		return nil, homeProblem(err)
	}
	n.node, err = node.New(p.key, node.Config{
		Network: record.Network(c.ID), Profile: node.Profile(c.Profile), Connections: c.Connections, Listen: node.ListenOn(c.Port), Announce: c.Announce,
		Bootstrap: c.Bootstrap, BootstrapFile: p.home.bootstrapFile(), NoMDNS: !c.LAN, Relay: c.Relay,
		Version: version(), Arithmetic: op.Version, Store: n.store, Log: p.log, Metrics: p.registry,
	})
	if err != nil {
		return nil, errors.Join(problemf(exitBusy, "stop the program that has the port, or choose another with --set network.port=0", "%w", err), n.store.Close())
	}
	n.gossip, err = gossip.New(n.node.Host(), append(rules, capacity.Rule(time.Now)), gossip.Config{Network: record.Network(c.ID), Metrics: p.registry})
	if err == nil {
		n.capacity, err = capacity.New(n.node, n.gossip.Topic("advert"), p.key, capacity.Config{
			SelfTest: func(context.Context) ([]uint64, error) { return []uint64{op.Version}, op.SelfTest(e.Engine) },
			Load:     n.loadNow, Benchmark: benchmarkOf(c.Benchmark, e), PriceTrain: c.PriceTrain, PriceServe: c.PriceServe,
			Version: version(), Store: n.store, Log: p.log, Metrics: p.registry,
		})
	}
	if err != nil {
		return nil, errors.Join(err, n.node.Close(), n.store.Close())
	}
	return n, nil
}

// loadNow is what this peer could do at this moment.
func (n *network) loadNow() (l capacity.Load) {
	for _, add := range n.load {
		add(&l)
	}
	return l
}

// run joins and stays until ctx is done.
func (n *network) run(ctx context.Context) error {
	err := n.node.Run(ctx)
	n.gossip.Close()
	return errors.Join(err, n.store.Close())
}
