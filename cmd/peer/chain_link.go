package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/big"
	"net/url"
	"os"
	"sync"
	"time"

	"github.com/openledger/openledger/cmd/peer/upkeep"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
)

type chainConfig struct {
	// Endpoint is the JSON-RPC URL of the chain. Default none: a dev chain in this
	// process, kept in the home, with play money.
	Endpoint string `yaml:"endpoint"`
	// Contracts is the file with the addresses of the contracts, as "peer chain
	// deploy" writes it; relative to the home. Default chain.json.
	Contracts string `yaml:"contracts"`
	// Listen is a loopback host:port at which other processes of this machine
	// reach the dev chain, as 127.0.0.1:8545. Default none: none do.
	Listen string `yaml:"listen"`
	// MaxFee is the most that is paid for a unit of gas, in gwei. Default 500.
	MaxFee uint64 `yaml:"max_fee"`
	// Wait is how long a command waits until its transaction is in a block; the
	// running peer repeats it until it is final. Default 1m0s.
	Wait time.Duration `yaml:"wait"`
	// Epochs is what this peer does about epochs: off (default), watch, which
	// recomputes those of others and proves wrong ones, or post, which settles what
	// it hears of besides; that takes a bond: see "peer stake status".
	Epochs string `yaml:"epochs"`
	// Every is the time between two epochs that it posts. Default 1m0s.
	Every time.Duration `yaml:"every"`
	// Upkeep is how old an audit that a pinner passed is before this peer, if it
	// posts epochs, pays for it out of the pool of storage. Default 24h0m0s.
	Upkeep time.Duration `yaml:"upkeep"`
}

func (c *chainConfig) Validate() error {
	if c.Epochs != "off" && c.Epochs != "watch" && c.Epochs != "post" {
		return fmt.Errorf("epochs is %q, want off, watch or post", c.Epochs)
	}
	if c.Endpoint == "" {
		return nil
	}
	if u, err := url.Parse(c.Endpoint); err != nil || u.Host == "" {
		return errors.New("endpoint is no URL such as https://chain.example:8545")
	}
	if c.Listen != "" {
		return errors.New("listen is for the dev chain, and endpoint is set")
	}
	return nil
}

func (h home) chainDir() string { return h.path("chain") }
func (h home) booksDir() string { return h.path("books") }

// A chainLink is a peer's way to the chain: the contracts there, checked, and
// the outbox that its key sends by.
type chainLink struct {
	config chainConfig
	client chain.Client
	dev    *chain.Dev // nil behind an endpoint
	stop   func() error
	k      *chain.Contracts
	outbox *chain.Outbox
	signer chain.Signer
	graph  *chain.Provenance

	upkeepOnce sync.Once
	upkeep     *upkeep.Book // of upkeepOf

	books  sync.Mutex // of follow
	follow *chain.Follower
}

// link opens the chain once, and brings the clock of a dev chain up to date.
func (r *repo) link(ctx context.Context) (*chainLink, error) {
	r.linking.Lock()
	defer r.linking.Unlock()
	if r.chain == nil {
		l, err := r.openLink(ctx)
		if err != nil {
			return nil, err
		}
		r.chain = l
	}
	return r.chain, r.chain.refresh(ctx)
}

// closeLink ends what link opened.
func (r *repo) closeLink() error {
	r.linking.Lock()
	defer r.linking.Unlock()
	if r.chain == nil {
		return nil
	}
	l := r.chain
	r.chain = nil
	return l.stop()
}

func (r *repo) chainSigner() chain.Signer {
	return chain.RecordSigner(r.account, func(digest [32]byte) (record.Signature, error) {
		key, err := r.key()
		if err != nil {
			return record.Signature{}, err
		}
		return key.Sign(digest), nil
	})
}

func (r *repo) openLink(ctx context.Context) (*chainLink, error) {
	l, err := r.dial(ctx)
	if err != nil {
		return nil, err
	}
	if err := r.complete(ctx, l); err != nil {
		return nil, errors.Join(err, l.stop())
	}
	return l, nil
}

// complete finds the contracts of a chain, and puts them on a new dev chain.
func (r *repo) complete(ctx context.Context, l *chainLink) error {
	addresses, err := r.addresses()
	if l.dev != nil && errors.Is(err, fs.ErrNotExist) {
		addresses, err = r.deploy(ctx, l, chain.DemoTerms([20]byte(r.account)))
	} else if errors.Is(err, fs.ErrNotExist) {
		err = problemf(exitConfig, `get the file from who runs the network and name it with --set chain.contracts=FILE, or make new ones with "peer chain deploy"`, "the addresses of the contracts are not known: %w", err)
	}
	if err != nil {
		return err
	}
	if l.k, err = chain.Open(ctx, l.client, addresses); err != nil {
		return err
	}
	l.outbox, err = chain.NewOutbox(ctx, r.ledger, l.client, l.signer, addresses.ChainID, chain.OutboxConfig{
		MaxFee: new(big.Int).Mul(new(big.Int).SetUint64(l.config.MaxFee), big.NewInt(1e9)), Log: r.log,
	})
	if err == nil {
		l.graph, err = chain.NewProvenance(ctx, l.k, r.ledger)
	}
	if err == nil {
		l.follow, err = chain.Follow(l.k, r.fetchOne, r.home.booksDir())
	}
	return err
}

// dial opens the chain without its contracts.
func (r *repo) dial(ctx context.Context) (*chainLink, error) {
	l := &chainLink{config: r.config.Chain, signer: r.chainSigner()}
	if l.config.Endpoint != "" {
		c, err := chain.Dial(ctx, l.config.Endpoint)
		if err != nil {
			return nil, err
		}
		l.client, l.stop = c, func() error { c.Close(); return nil }
		return l, nil
	}
	d, err := chain.OpenDev(r.home.chainDir(), chain.DevConfig{Faucet: [20]byte(r.account), HTTP: l.config.Listen})
	if err != nil {
		return nil, err
	}
	l.client, l.dev, l.stop = d, d, d.Close
	return l, nil
}

func (r *repo) addressFile() string { return r.home.resolve(r.config.Chain.Contracts) }

func (r *repo) addresses() (a chain.Addresses, err error) {
	b, err := os.ReadFile(r.addressFile())
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(b, &a); err != nil {
		return a, problemf(exitConfig, "get the file anew from who runs the network", "%s is damaged: %w", r.addressFile(), err)
	}
	return a, nil
}

// deploy makes new contracts and writes their addresses down.
func (r *repo) deploy(ctx context.Context, l *chainLink, t chain.Terms) (chain.Addresses, error) {
	a, err := chain.Deploy(ctx, l.client, l.signer, t)
	if err != nil {
		return a, err
	}
	b, err := json.MarshalIndent(a, "", "  ")
	if err != nil {
		return a, err
	}
	return a, writeFile(r.addressFile(), append(b, '\n'))
}

// refresh makes a block where the last one is old: contracts go by its time, and
// nothing else makes any on a dev chain.
func (l *chainLink) refresh(ctx context.Context) error {
	if l.dev == nil {
		return nil
	}
	now, err := chain.Now(ctx, l.client)
	if err == nil && time.Since(now) >= time.Second {
		l.dev.Seal()
	}
	return err
}

// A step is a call with what it is, as people are told.
type step struct {
	what string
	call chain.Call
}

// A madeStep is a transaction that stands in a block.
type madeStep struct {
	What  string `json:"what"`
	Hash  string `json:"transaction"`
	Block uint64 `json:"block"`
	Gas   uint64 `json:"gas"`
}

// make has calls made, one after the other, and waits until each is in a block.
// From then on the outbox looks after them until they are final. One that is
// refused is taken back, and so are those after it: an error means that it will
// not happen later. A call that does what one does that is in no block yet is that
// one.
func (l *chainLink) make(ctx context.Context, steps ...step) (all []madeStep, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, l.config.Wait, errors.New("chain.wait is over"))
	defer cancel()
	for _, s := range steps {
		name, same, err := l.outbox.Same(ctx, s.call)
		if err == nil && same {
			done, e := l.outbox.Receipt(ctx, name)
			same, err = done == nil, e // what is in a block is done: this is another one
		}
		if err != nil {
			return all, err
		}
		if !same {
			name = s.what + " " + rand.Text()[:8]
			if err := l.outbox.Put(ctx, name, s.call); err != nil {
				return all, err
			}
		}
		m, err := l.await(ctx, name)
		m.What = s.what
		if err != nil {
			return all, fmt.Errorf("%s: %w", s.what, err)
		}
		all = append(all, m)
	}
	return all, nil
}

func (l *chainLink) await(ctx context.Context, name string) (m madeStep, err error) {
	for tries := 0; ; tries++ {
		stepped := l.outbox.Step(ctx)
		stage, why, err := l.outbox.Status(ctx, name)
		if err != nil {
			return m, err
		}
		if stage == chain.Waiting && (stepped != nil || why != "") && (l.dev == nil || tries > 2) {
			// It was never sent; whoever asked for it is told why and may ask again.
			if _, err := l.outbox.Cancel(context.WithoutCancel(ctx), name); err != nil {
				return m, err
			}
			if stepped == nil {
				stepped = errors.New(why)
			}
			return m, stepped
		}
		if stage != chain.Waiting {
			r, err := l.outbox.Receipt(ctx, name)
			switch {
			case err != nil:
				return m, err
			case r != nil && r.Status == 0:
				return m, problemf(exitFailed, "read the state again and retry", "it reverted in block %v", r.BlockNumber)
			case r != nil:
				return madeStep{"", r.TxHash.Hex(), r.BlockNumber.Uint64(), r.GasUsed}, nil
			}
		}
		if l.dev != nil && tries < 50 {
			l.dev.Seal() // what one block has decided the next one sees
			continue
		}
		select {
		case <-ctx.Done():
			return m, problemf(exitFailed, `"peer chain status" says how far it is, "peer run" repeats it until it is final`, "it is sent and not yet in a block: %w", context.Cause(ctx))
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// run repeats what is in the outbox until it is final, and seals the blocks of a
// dev chain. A dev chain that no command has asked for yet is left alone.
func (r *repo) runLink(ctx context.Context) error {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for opened := false; ; {
		l, err := r.linked(ctx, opened)
		switch {
		case err != nil && ctx.Err() == nil:
			r.log.InfoContext(ctx, "The chain cannot be used; it is tried again", slog.Any("err", err))
		case l != nil:
			opened = true
			if err := r.register(ctx, l); err != nil && ctx.Err() == nil {
				r.log.InfoContext(ctx, "Not registered; tried again", slog.Any("err", err))
			}
			if open, err := l.outbox.Open(ctx); err == nil && len(open) > 0 && l.dev != nil {
				l.dev.Seal() // so that what was sent becomes final
			}
			if err := l.outbox.Step(ctx); err != nil && ctx.Err() == nil {
				r.log.InfoContext(ctx, "The chain does not take transactions; they are kept", slog.Any("err", err))
			}
		}
		select {
		case <-ctx.Done():
			return r.closeLink()
		case <-tick.C:
		}
	}
}

// linked returns the link, opened if there is an endpoint to open.
func (r *repo) linked(ctx context.Context, opened bool) (*chainLink, error) {
	if !opened && r.config.Chain.Endpoint == "" && r.config.Chain.Listen == "" {
		r.linking.Lock()
		defer r.linking.Unlock()
		return r.chain, nil
	}
	return r.link(ctx)
}

// open writes units of 1e-18 OPEN for people.
func open(n *big.Int) string { return chain.FormatAmount(n) }

// parseOpen reads an amount that a person typed.
func parseOpen(text string) (*big.Int, error) {
	n, err := chain.ParseAmount(text)
	if err == nil && n.Sign() == 0 {
		err = fmt.Errorf("an amount of 0 OPEN does nothing")
	}
	if err != nil {
		return nil, problemf(exitUsage, "want a decimal of OPEN, as 1.5", "%w", err)
	}
	return n, nil
}
