package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/network/node"
)

// control answers the commands about the network.
func (n *network) control(o *ops) {
	o.control("swarm/peers", func(context.Context, json.RawMessage) (any, error) { return n.peers(), nil })
	o.control("swarm/addrs", func(context.Context, json.RawMessage) (any, error) {
		s := n.node.Status()
		return addrsReport{n.node.Listening(), s.Addrs}, nil
	})
	o.control("swarm/connect", func(ctx context.Context, args json.RawMessage) (any, error) {
		var to string
		if err := json.Unmarshal(args, &to); err != nil {
			return nil, err
		}
		id, err := n.node.Connect(ctx, to)
		return doneReport{"connected", id.String()}, err
	})
	o.control("swarm/disconnect", func(_ context.Context, args json.RawMessage) (any, error) {
		var from string
		if err := json.Unmarshal(args, &from); err != nil {
			return nil, err
		}
		return doneReport{"disconnected", from}, n.node.Disconnect(from)
	})
	o.control("net/check", func(ctx context.Context, _ json.RawMessage) (any, error) {
		return netReport{n.node.Status().State, n.node.Check(ctx)}, nil
	})
	o.control("ping", func(ctx context.Context, args json.RawMessage) (any, error) {
		var to string
		if err := json.Unmarshal(args, &to); err != nil {
			return nil, err
		}
		hello, took, err := n.node.Ping(ctx, to)
		return pingReport{to, hello.Version, hello.Arithmetic, took}, err
	})
	o.control("find", n.find)
}

// asking makes a command that puts one question to the running peer.
func asking[R report](a *app, route string, args func([]string) any) func(*cobra.Command, []string) error {
	return a.inHome(func(h home, _ *settings, words []string) (report, error) {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		var answer R
		err := h.ask(ctx, route, args(words), &answer)
		return answer, err
	})
}

func nothing([]string) any { return nil }

func firstWord(w []string) any { return w[0] }

// live marks a command whose examples need a running peer.
var live = map[string]string{"needs": "a running peer"}

func table(out io.Writer) *tabwriter.Writer { return tabwriter.NewWriter(out, 0, 0, 2, ' ', 0) }

func swarmCmd(a *app) *cobra.Command {
	return group("swarm", "Show and change the peers connected to", "Show and change whom the running peer is connected to.", "  peer swarm --help",
		&cobra.Command{Use: "peers", Short: "List the connected peers", Annotations: live, Args: takes(0, 0), Example: "  peer swarm peers", RunE: asking[peersReport](a, "swarm/peers", nothing)},
		&cobra.Command{Use: "addrs", Short: "List this peer's addresses", Annotations: live, Args: takes(0, 0), Example: "  peer swarm addrs", RunE: asking[addrsReport](a, "swarm/addrs", nothing)},
		&cobra.Command{Use: "connect ADDRESS", Short: "Connect to a peer, by multiaddr or peer ID", Annotations: live, Args: takes(1, 1),
			Example: "  peer swarm connect --help", RunE: asking[doneReport](a, "swarm/connect", firstWord)},
		&cobra.Command{Use: "disconnect PEER", Short: "End the connections to a peer", Annotations: live, Args: takes(1, 1),
			Example: "  peer swarm disconnect --help", RunE: asking[doneReport](a, "swarm/disconnect", firstWord)},
	)
}

func netCmd(a *app) *cobra.Command {
	return group("net", "Check how this peer stands in the network", "Check how the running peer stands in the network.", "  peer net --help",
		&cobra.Command{Use: "check", Short: "Check reachability, NAT, relays and clock", Annotations: live, Args: takes(0, 0), Example: "  peer net check",
			Long: "Check whether the running peer has joined and can be reached, by what NAT and\nrelays, and whether its clock is right; each with what to do about it.",
			RunE: asking[netReport](a, "net/check", nothing)})
}

func pingCmd(a *app) *cobra.Command {
	return &cobra.Command{Use: "ping PEER", Short: "Say hello to a peer", Annotations: live, Args: takes(1, 1), Example: "  peer ping --help",
		Long: "Say hello to a peer, by multiaddr or peer ID: its version and how long it took.", RunE: asking[pingReport](a, "ping", firstWord)}
}

func bootstrapCmd(a *app) *cobra.Command {
	return group("bootstrap", "Show and change the peers to join by", `Show and change the peers to join by, beside setting network.bootstrap. A running
peer uses them at its next attempt. A peer remembers whom it met, so these
matter for its first start.`, "  peer bootstrap list",
		&cobra.Command{Use: "list", Short: "List them", Args: takes(0, 0), Example: "  peer bootstrap list",
			RunE: a.inHome(func(h home, s *settings, _ []string) (report, error) {
				addrs, err := node.ReadBootstrap(h.bootstrapFile())
				return linesReport{append(addrs, s.Network.Bootstrap...)}, err
			})},
		&cobra.Command{Use: "add ADDRESS...", Short: "Add multiaddrs that end in /p2p/ID", Args: takes(1, 100), Example: "  peer bootstrap add --help",
			RunE: a.inHome(func(h home, _ *settings, args []string) (report, error) {
				added, err := node.AddBootstrap(h.bootstrapFile(), args...)
				return linesReport{added}, err
			})},
		&cobra.Command{Use: "rm ADDRESS...", Short: "Remove multiaddrs, or all of a peer by its ID", Args: takes(1, 100), Example: "  peer bootstrap rm --help",
			RunE: a.inHome(func(h home, _ *settings, args []string) (report, error) {
				removed, err := node.RemoveBootstrap(h.bootstrapFile(), args...)
				return linesReport{removed}, err
			})},
	)
}

type linesReport struct {
	Lines []string `json:"addresses"`
}

func (r linesReport) text(out io.Writer) {
	for _, line := range r.Lines {
		fmt.Fprintln(out, line)
	}
}

type doneReport struct {
	Done string `json:"done"`
	Peer string `json:"peer"`
}

func (r doneReport) text(out io.Writer) { fmt.Fprintln(out, r.Done, r.Peer) }

type pingReport struct {
	Peer       string        `json:"peer"`
	Version    string        `json:"version"`
	Arithmetic uint64        `json:"arithmetic"`
	Took       time.Duration `json:"took_ns"`
}

func (r pingReport) text(out io.Writer) {
	fmt.Fprintf(out, "%s answers in %v: version %s, arithmetic %d\n", r.Peer, r.Took.Round(10*time.Microsecond), r.Version, r.Arithmetic)
}

type addrsReport struct {
	Listening []string `json:"listening"`
	Announced []string `json:"announced"`
}

func (r addrsReport) text(out io.Writer) {
	w := table(out)
	for _, a := range r.Listening {
		fmt.Fprintf(w, "listens\t%s\n", a)
	}
	for _, a := range r.Announced {
		fmt.Fprintf(w, "announces\t%s\n", a)
	}
	w.Flush()
}

type netReport struct {
	State    node.State     `json:"state"`
	Findings []node.Finding `json:"findings"`
}

func (r netReport) text(out io.Writer) {
	w := table(out)
	for _, f := range r.Findings {
		fmt.Fprintf(w, "%s\t%s\t%s\n", f.State, f.Name, f.Detail)
		if f.Remedy != "" {
			fmt.Fprintf(w, "\t\t%s\n", f.Remedy)
		}
	}
	w.Flush()
}

// A peerLine is one connection.
type peerLine struct {
	ID      string        `json:"id"`
	Addr    string        `json:"addr"`
	Way     string        `json:"direction"`
	Relayed bool          `json:"relayed"`
	Since   time.Time     `json:"since"`
	RTT     time.Duration `json:"rtt_ns"`
	Agent   string        `json:"agent"`
}

func (n *network) peers() (r peersReport) {
	r.Peers = []peerLine{}
	for _, p := range n.node.Peers() {
		r.Peers = append(r.Peers, peerLine{p.ID.String(), p.Addr, p.Direction, p.Relayed, p.Since, p.RTT, p.Agent})
	}
	return r
}

type peersReport struct {
	Peers []peerLine `json:"peers"`
}

func (r peersReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintln(w, "PEER\tADDRESS\tDIRECTION\tRTT\tSINCE")
	for _, p := range r.Peers {
		fmt.Fprintf(w, "%s\t%s\t%s\t%v\t%s\n", p.ID, p.Addr, p.Way, p.RTT.Round(time.Microsecond*10), p.Since.Format(time.DateTime))
	}
	w.Flush()
}
