package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/proofs/record"
)

func runCmd(a *app) *cobra.Command {
	var first bool
	c := &cobra.Command{
		Use: "run", Short: "Start the peer", Args: takes(0, 0),
		Long: `Start the peer and keep it running. SIGINT (Ctrl-C) or SIGTERM stops it within
run.stop_timeout, a second one at once. Under systemd it says when it is ready
(Type=notify).`,
		Example: "  peer run\n  peer run --log-level debug --set ops.listen=127.0.0.1:0",
		RunE: func(*cobra.Command, []string) error {
			if first {
				if err := a.initMissing(); err != nil {
					return err
				}
			}
			stop, force, release := interrupts()
			defer release()
			return a.run(stop, force)
		},
	}
	c.Flags().BoolVar(&first, "init", false, `make the home first, as "peer init" does, if there is none`)
	return c
}

// run is the life of a peer: it ends when stop does, in haste when force does.
func (a *app) run(stop, force context.Context) error {
	return a.live(stop, force, func(*peer) error { return nil }, wire, func(p *peer) report {
		return readyReport{string(p.home), p.key.Public().Account(), p.id(), p.answers.url(), p.health}
	})
}

// live is the life of a peer, whose services wire makes: it ends when stop does, in
// haste when force does. prepare changes what it is built of; ready is shown when
// it runs.
func (a *app) live(stop, force context.Context, prepare func(*peer) error, wire func(*peer) ([]service, error), ready func(*peer) report) error {
	h, s, err := a.open()
	if err != nil {
		return err
	}
	unlock, err := h.lock()
	if err != nil {
		return err
	}
	defer unlock()
	log := a.logger(s.Log)
	for _, line := range s.strangers(a.environ) {
		log.WarnContext(stop, "Environment variable ignored", slog.String("problem", line))
	}
	stored, err := h.keyring().active(s.Key)
	if err != nil {
		return err
	}
	key, err := a.unlock(h, s.Key, stored)
	if err != nil {
		return err
	}
	debug.FreeOSMemory() // scrypt took 256 MiB
	p := newPeer(h, s.Config, key, log, newRegistry())
	p.app = a
	if err := prepare(p); err != nil {
		return err
	}
	services, err := wire(p)
	if err != nil {
		return err
	}
	withdraw, err := p.announce(h)
	if err != nil {
		return err
	}
	defer withdraw()
	return supervise(stop, force, services, s.Run.StopTimeout, func(now stage) error {
		p.enter(now)
		log.InfoContext(stop, "Peer "+string(now), slog.String("peer", p.id()))
		if now == stageReady {
			if err := a.show(ready(p)); err != nil {
				return err
			}
		}
		return notify(now)
	})
}

// interrupts returns what the first SIGINT, SIGTERM or other signal ends, and what
// the second ends.
func interrupts(others ...os.Signal) (stop, force context.Context, release func()) {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, append(others, os.Interrupt, syscall.SIGTERM)...)
	stop, cancelStop := context.WithCancel(context.Background())
	force, cancelForce := context.WithCancel(context.Background())
	released := make(chan struct{})
	go func() {
		defer cancelForce()
		defer cancelStop()
		for _, cancel := range []context.CancelFunc{cancelStop, cancelForce} {
			select {
			case <-signals:
				cancel()
			case <-released:
				return
			}
		}
	}()
	return stop, force, func() {
		signal.Stop(signals)
		close(released)
	}
}

type readyReport struct {
	Home    string         `json:"home"`
	Account record.Account `json:"account"`
	PeerID  string         `json:"peer_id"`
	API     string         `json:"api,omitempty"` // OpenAI's
	Health  string         `json:"health,omitempty"`
}

func (r readyReport) text(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "The peer is ready; Ctrl-C stops it.\nhome\t%s\naccount\t%s\npeer ID\t%s\n", r.Home, r.Account, r.PeerID)
	if r.API != "" {
		fmt.Fprintf(w, "API\t%s/v1\n", r.API)
	}
	fmt.Fprintf(w, "health\t%s\n", r.Health)
	w.Flush()
}
