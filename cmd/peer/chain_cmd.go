package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/big"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
)

func chainCmd(a *app) *cobra.Command {
	return group("chain", "The chain that settles", `What this peer settles on: the EVM chain behind chain.endpoint, or without one a
chain of its own in the home, with contracts, play money and windows of seconds.`,
		"  peer chain status", chainDevCmd(a), chainDeployCmd(a), chainStatusCmd(a), chainConvictCmd(a))
}

type callLine struct {
	Name    string `json:"name"`
	State   string `json:"state"` // waiting, sent
	Problem string `json:"problem,omitempty"`
	Hash    string `json:"transaction,omitempty"`
}

type chainReport struct {
	Endpoint  string            `json:"endpoint"`
	ChainID   uint64            `json:"chain_id"`
	Block     uint64            `json:"block"`
	At        string            `json:"at"`
	Tip       uint64            `json:"tip"`
	Final     uint64            `json:"final"`
	Split     [6]uint16         `json:"split"`
	Window    string            `json:"window"`
	Contracts map[string]string `json:"contracts"`
	Outbox    []callLine        `json:"outbox"`
}

var chainStatus = task[none, chainReport]{"chain/status", func(ctx context.Context, r *repo, _ *feed, _ none) (out chainReport, err error) {
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	return l.status(ctx)
}}

func (l *chainLink) status(ctx context.Context) (out chainReport, err error) {
	out = chainReport{Endpoint: "in this home", ChainID: l.k.ChainID, Outbox: []callLine{}}
	if l.config.Endpoint != "" {
		out.Endpoint = l.config.Endpoint
	} else if l.config.Listen != "" {
		out.Endpoint += ", for others at http://" + l.config.Listen
	}
	if out.Block, err = l.client.BlockNumber(ctx); err != nil {
		return out, err
	}
	now, err := chain.Now(ctx, l.client)
	if err != nil {
		return out, err
	}
	out.At = now.Format(time.DateTime)
	if out.Tip, out.Final, err = l.k.Tip(ctx); err != nil {
		return out, err
	}
	if out.Split, err = l.k.Split(ctx, out.Tip+1); err != nil {
		return out, err
	}
	w, err := l.k.Window(ctx)
	if err != nil {
		return out, err
	}
	out.Window = w.Proof.String()
	out.Contracts = map[string]string{
		"OpenToken": l.k.Token.String(), "Staking": l.k.Staking.String(), "Ledger": l.k.Ledger.String(), "Challenges": l.k.Challenges.String(),
		"Registry": l.k.Registry.String(), "JobEscrow": l.k.Jobs.String(), "OpenGovernor": l.k.Governor.String(), "TimelockController": l.k.Timelock.String(), "AccessManager": l.k.Manager.String(),
	}
	open, err := l.outbox.Open(ctx)
	for _, e := range open {
		line := callLine{Name: e.Name, State: "waiting", Problem: e.Problem}
		if e.Stage == chain.Sent {
			line.State, line.Hash = "sent", e.Hash.String()
		}
		out.Outbox = append(out.Outbox, line)
	}
	return out, err
}

func chainStatusCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Show the chain, its contracts and what is not final yet", Args: takes(0, 0), Example: "  peer chain status\n  peer chain status --output json",
		RunE: a.inHome(taskOf(a, chainStatus, noArgs)),
	}
}

func (r chainReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "chain\t%d, %s\nblock\t%d, %s\nepochs\t%d posted, %d final\nwindow\t%s\nsplit\ttreasury %d, workers %d, stakers %d, storage %d, owners %d, data %d (1/10,000)\n",
		r.ChainID, r.Endpoint, r.Block, r.At, r.Tip, r.Final, r.Window, r.Split[0], r.Split[1], r.Split[2], r.Split[3], r.Split[4], r.Split[5])
	for _, name := range slices.Sorted(maps.Keys(r.Contracts)) {
		fmt.Fprintf(w, "%s\t%s\n", name, r.Contracts[name])
	}
	for _, c := range r.Outbox {
		fmt.Fprintf(w, "%s\t%s %s\t%s\n", c.State, c.Name, c.Hash, c.Problem)
	}
	w.Flush()
}

// A deployment is what new contracts begin with.
type deployment struct {
	Production bool
	Holder     string // of the supply; empty: this peer
	Guardian   string
	Again      bool
}

type deployReport struct {
	File      string `json:"file"`
	ChainID   uint64 `json:"chain_id"`
	Ledger    string `json:"ledger"`
	OpenToken string `json:"open_token"`
}

var chainDeploy = task[deployment, deployReport]{"chain/deploy", func(ctx context.Context, r *repo, _ *feed, in deployment) (out deployReport, err error) {
	holder, err := r.addressOr(in.Holder)
	if err != nil {
		return out, err
	}
	if _, err := os.Stat(r.addressFile()); err == nil && !in.Again {
		return out, problemf(exitUsage, "use them, or make others with --again", "there are contracts already, in %s", r.addressFile())
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return out, homeProblem(err)
	}
	r.linking.Lock()
	defer r.linking.Unlock()
	if r.chain != nil {
		return out, problemf(exitBusy, "stop it and deploy again", "the running peer uses the contracts that are there")
	}
	l, err := r.dial(ctx)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, l.stop()) }()
	terms := chain.DemoTerms([20]byte(holder))
	if in.Production {
		var guardian record.Account
		if in.Guardian != "" {
			if guardian, err = r.addressOr(in.Guardian); err != nil {
				return out, err
			}
		}
		terms = chain.ProductionTerms([20]byte(holder), [20]byte(guardian))
	}
	ether, err := l.client.BalanceAt(ctx, [20]byte(r.account), nil)
	if err != nil {
		return out, err
	}
	if ether.Cmp(big.NewInt(1e12)) < 0 {
		return out, problemf(exitFailed, "send it some: a deployment takes about 30 million units of gas", "%s has %s ether for gas", r.account, open(ether))
	}
	a, err := r.deploy(ctx, l, terms)
	return deployReport{r.addressFile(), a.ChainID, a.Ledger.String(), a.Token.String()}, err
}}

func chainDeployCmd(a *app) *cobra.Command {
	in := deployment{}
	c := &cobra.Command{
		Use: "deploy", Short: "Put the contracts on a chain", Args: takes(0, 0), Example: "  peer chain deploy",
		Long: `Put a new set of contracts on the chain and write their addresses to
chain.contracts, which others then need. Windows are of seconds, for a
demonstration, unless --production says that money is at stake. Afterwards the
timelock is the only admin; who deployed may nothing more.`,
		RunE: a.inHome(taskOf(a, chainDeploy, func([]string) (deployment, error) { return in, nil })),
	}
	c.Flags().BoolVar(&in.Production, "production", false, "windows of a day, delays of days")
	c.Flags().StringVar(&in.Holder, "holder", "", "`address` that holds all OPEN at first (default this peer)")
	c.Flags().StringVar(&in.Guardian, "guardian", "", "`address` that may pause claims for 7 days, with --production")
	c.Flags().BoolVar(&in.Again, "again", false, "leave the contracts that are there")
	return c
}

func (r deployReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "chain\t%d\nLedger\t%s\nOpenToken\t%s\naddresses\t%s\n", r.ChainID, r.Ledger, r.OpenToken, r.File)
	w.Flush()
}

func chainDevCmd(a *app) *cobra.Command {
	listen := "127.0.0.1:8545"
	c := &cobra.Command{
		Use: "dev", Short: "Run the dev chain for the peers of this machine", Args: takes(0, 0), Example: "  peer chain dev --help",
		Long: `Run the chain of this home, with its contracts, until Ctrl-C, for other peers of
this machine: give them chain.endpoint and chain.contracts as it prints them. A
peer that runs does the same with --set chain.listen=127.0.0.1:8545.`,
		RunE: func(*cobra.Command, []string) error {
			stop, _, release := interrupts()
			defer release()
			return a.devChain(stop, listen)
		},
	}
	c.Flags().StringVar(&listen, "listen", listen, "loopback `host:port`")
	return c
}

type devReport struct {
	Endpoint  string `json:"endpoint"`
	Contracts string `json:"contracts"`
	Holder    string `json:"holder"`
}

func (r devReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "The dev chain is ready; Ctrl-C stops it.\nchain.endpoint\t%s\nchain.contracts\t%s\nholder of OPEN\t%s\n", r.Endpoint, r.Contracts, r.Holder)
	w.Flush()
}

func (a *app) devChain(ctx context.Context, listen string) (err error) {
	h, s, err := a.open()
	if err != nil {
		return err
	}
	if s.Chain.Endpoint != "" {
		return problemf(exitConfig, "leave it empty for this command: --set chain.endpoint=", "chain.endpoint is %s", s.Chain.Endpoint)
	}
	s.Chain.Listen = listen
	unlock, err := h.lock()
	if err != nil {
		return err
	}
	defer unlock()
	stored, err := h.keyring().active(s.Key)
	if err != nil {
		return err
	}
	r, err := openRepo(h, s.Config, stored.who, func() (record.Key, error) { return a.unlock(h, s.Key, stored) }, a.logger(s.Log))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	l, err := r.link(ctx)
	if err != nil {
		return err
	}
	if err := a.show(devReport{"http://" + listen, r.addressFile(), r.account.String()}); err != nil {
		return err
	}
	var work sync.WaitGroup
	defer work.Wait()
	work.Go(func() { // others wait for windows: time passes by blocks
		tick := time.NewTicker(2 * time.Second)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				l.dev.Seal()
			}
		}
	})
	return l.dev.Run(ctx)
}
