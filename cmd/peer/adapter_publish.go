package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
)

func adapterPublishCmd(a *app) *cobra.Command {
	var base, name string
	c := &cobra.Command{
		Use: "publish ADAPTER", Short: "Let other peers fetch an adapter", Args: takes(1, 1),
		Long: `Publish an adapter: its files become blocks that this peer keeps and gives to whoever
asks, a signed record says what they are, and the DHT names this peer for the adapter's
CID; where a chain is configured it is registered there. Others then ask for it as MODEL:CID, or load it by its CID. ADAPTER is a folder, or
the name of one in the home; it is not copied into the home. "peer run" answers others.`,
		Example: trainedExample + "  peer adapter publish question --base ./mine",
		RunE: a.inHome(taskOf(a, adapterPublish, func(words []string) (out adapterArgs, err error) {
			f, err := serveFlags{Model: base, Adapters: []string{words[0]}}.absolute()
			return adapterArgs{Adapter: f.Adapters[0], Base: f.Model, Name: name}, err
		})),
	}
	c.Flags().StringVar(&base, "base", "", "`model` that it was made for: a name, a folder or a CID (default: the one that the adapter names)")
	c.Flags().StringVar(&name, "name", "", "what others see it called (default its name here)")
	return c
}

type adapterArgs struct{ Adapter, Base, Name string }

var adapterPublish = task[adapterArgs, publishedReport]{"adapter/publish", func(ctx context.Context, r *repo, f *feed, args adapterArgs) (out publishedReport, err error) {
	info, err := r.home.adapters().find(args.Adapter)
	if err != nil {
		return out, err
	}
	if args.Name == "" {
		args.Name = info.Name
	}
	if len(args.Name) > maxName {
		return out, longName(args.Name)
	}
	base, err := r.adapterBase(args.Base, info)
	if err != nil {
		return out, err
	}
	c, err := cid.Decode(info.CID)
	if err != nil {
		return out, err
	}
	root, bytes, err := r.bundleOf(ctx, f, "adapter "+args.Name, info.Dir, adapterNames, nil)
	if err != nil {
		return out, fmt.Errorf("store the adapter: %w", err)
	}
	p := publication{What: c, Base: base, Files: root, Name: args.Name}
	if _, err := r.publish(ctx, p); err != nil {
		return out, err
	}
	return r.publishedAs(ctx, p, bytes, chain.AdapterItem)
}}

// maxName is the longest name of what is published, in bytes.
const maxName = 128

func longName(name string) error {
	return problemf(exitUsage, "choose a shorter one", "the name has %d bytes, at most %d are allowed", len(name), maxName)
}

// publishedAs has others told of what was published, and says so.
func (r *repo) publishedAs(ctx context.Context, p publication, bytes uint64, kind chain.ItemKind) (publishedReport, error) {
	out := publishedReport{p.Name, p.What.String(), "", p.Files.String(), bytes, r.account, silent, registration{}}
	if p.Base.Defined() {
		out.Base = p.Base.String()
	}
	if r.answers != nil && r.online != nil {
		r.answers.tell()
		if out.Others = announced; len(r.online.node.Peers()) == 0 {
			out.Others = lonely
		}
	}
	r.registerSoon(ctx)
	var err error
	out.Registered, err = r.registration(ctx, kind, p.What, r.account)
	return out, err
}

// adapterBase finds the model that an adapter was made for, and whether it fits where
// the model is here.
func (r *repo) adapterBase(ref string, info adapterInfo) (cid.Cid, error) {
	given := ref != ""
	if !given {
		if ref = info.Base; ref == "" {
			return cid.Undef, problemf(exitUsage, "say so with --base", "the adapter does not name the model that it was made for")
		}
	}
	m, err := r.home.models().find(ref)
	if err != nil && !given {
		m, err = r.home.models().find(filepath.Base(ref))
	}
	if err != nil {
		if c, bad := cid.Decode(ref); bad == nil && given {
			return c, nil // it is elsewhere
		}
		return cid.Undef, problemf(exitUsage, "say with --base what it is here, or its CID", "the model %q is not here", ref)
	}
	config, err := llama.ReadConfig(m.Dir)
	if err != nil {
		return cid.Undef, err
	}
	f, err := lora.Open(info.Dir)
	if err != nil {
		return cid.Undef, err
	}
	if _, err := f.Fit(config.Linears()); err != nil {
		return cid.Undef, fmt.Errorf("the adapter does not fit %s: %w", m.Name, err)
	}
	if m.CID == "" {
		if m, err = inspect(m.Name, m.Dir); err != nil {
			return cid.Undef, err
		}
	}
	return cid.Decode(m.CID)
}

type publishedReport struct {
	Name   string         `json:"name"`
	CID    string         `json:"cid"`
	Base   string         `json:"base,omitempty"` // of an adapter
	Files  string         `json:"files"`          // root of their blocks
	Bytes  uint64         `json:"bytes"`
	Signer record.Account `json:"signer"`
	Others announcement   `json:"others"`

	Registered registration `json:"registered"`
}

func (r publishedReport) text(out io.Writer) {
	w := table(out)
	others := map[announcement]string{announced: "are told", lonely: "will be told: none is connected", silent: `will be told when "peer run" runs`}
	fmt.Fprintf(w, "published\t%s\ncid\t%s\n", r.Name, r.CID)
	if r.Base != "" {
		fmt.Fprintf(w, "base\t%s\n", r.Base)
	}
	fmt.Fprintf(w, "blocks\t%s\nsize\t%s\nsigned by\t%s\nothers\t%s\nregistered\t%s\n", r.Files, size(r.Bytes), r.Signer, others[r.Others], r.Registered)
	w.Flush()
}
