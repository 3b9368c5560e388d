package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"

	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/settle/chain"
)

// adapters is the folder of a home that holds adapters, a PEFT folder each.
type adapters struct{ dir string }

func (h home) adapters() adapters { return adapters{h.path("adapters")} }

// An adapterInfo is what list and show print.
type adapterInfo struct {
	Name  string  `json:"name"`
	CID   string  `json:"cid"`
	Rank  int     `json:"rank"`
	Alpha float64 `json:"alpha"`
	Base  string  `json:"base"` // as its maker called it
	Bytes int64   `json:"bytes"`
	Dir   string  `json:"dir"`
}

// inspected remembers what folders held when they were last looked at: their
// CIDs cost a reading of all weights.
var inspected sync.Map // of infos by adapterStamp

// An adapterStamp is when the files of a folder changed last.
type adapterStamp struct {
	dir             string
	config, weights time.Time
	bytes           int64
}

func stampOf(dir string) (s adapterStamp, err error) {
	s.dir = dir
	c, err := os.Stat(filepath.Join(dir, lora.ConfigFile))
	if err != nil {
		return s, err
	}
	w, err := os.Stat(filepath.Join(dir, lora.WeightsFile))
	if err != nil {
		return s, err
	}
	s.config, s.weights, s.bytes = c.ModTime(), w.ModTime(), c.Size()+w.Size()
	return s, nil
}

func inspectAdapter(name, dir string) (adapterInfo, error) {
	at, err := stampOf(dir)
	if known, ok := inspected.Load(at); ok && err == nil {
		i := known.(adapterInfo)
		i.Name = name
		return i, nil
	}
	f, err := lora.Open(dir)
	if err != nil {
		return adapterInfo{}, err
	}
	c, err := f.CID()
	i := adapterInfo{name, c.String(), f.Config.R, f.Config.LoraAlpha, f.Config.BaseModelNameOrPath, int64(len(f.Weights)), dir}
	if err == nil {
		inspected.Store(at, i)
	}
	return i, err
}

// list returns the adapters of the home, by name.
func (a adapters) list() ([]adapterInfo, error) {
	entries, err := os.ReadDir(a.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, homeProblem(fmt.Errorf("list adapters: %w", err))
	}
	var out []adapterInfo
	for _, e := range entries {
		if e.IsDir() && modelName.MatchString(e.Name()) {
			info, err := inspectAdapter(e.Name(), filepath.Join(a.dir, e.Name()))
			if err != nil {
				return nil, fmt.Errorf("adapter %s: %w", e.Name(), err)
			}
			out = append(out, info)
		}
	}
	return out, nil
}

// find returns the adapter that a folder, a name or a CID means.
func (a adapters) find(ref string) (adapterInfo, error) {
	if _, err := os.Stat(filepath.Join(ref, lora.ConfigFile)); err == nil {
		return inspectAdapter(filepath.Base(filepath.Clean(ref)), ref)
	}
	all, err := a.list()
	if err != nil {
		return adapterInfo{}, err
	}
	var names []string
	for _, i := range all {
		if i.Name == ref || i.CID == ref {
			return i, nil
		}
		names = append(names, i.Name)
	}
	if names == nil {
		return adapterInfo{}, problemf(exitUsage, `add one with "peer adapter load FOLDER"`, "no adapter %q: this home has none", ref)
	}
	return adapterInfo{}, problemf(exitUsage, fmt.Sprintf(`did you mean %q? "peer adapter list" shows all`, nearest(ref, names)), "no adapter %q", ref)
}

// add copies an adapter into the home, whole or not at all.
func (a adapters) add(name, from string) (adapterInfo, error) {
	if err := checkName(name); err != nil {
		return adapterInfo{}, err
	}
	to := filepath.Join(a.dir, name)
	if _, err := os.Stat(to); err == nil {
		return adapterInfo{}, problemf(exitUsage, "give another with --name, or remove that folder", "an adapter named %q is there already", name)
	}
	if _, err := inspectAdapter(name, from); err != nil {
		return adapterInfo{}, err
	}
	tmp := filepath.Join(a.dir, "."+name)
	defer os.RemoveAll(tmp)
	for _, file := range []string{lora.ConfigFile, lora.WeightsFile, "chat_template.jinja"} {
		err := copyFile(filepath.Join(tmp, file), filepath.Join(from, file))
		if err != nil && !(errors.Is(err, fs.ErrNotExist) && file == "chat_template.jinja") {
			return adapterInfo{}, homeProblem(fmt.Errorf("copy the adapter: %w", err))
		}
	}
	if err := os.Rename(tmp, to); err != nil {
		return adapterInfo{}, homeProblem(err)
	}
	return inspectAdapter(name, to)
}

func adapterCmd(a *app) *cobra.Command {
	return group("adapter", "Keep adapters", `Adapters (LoRA, in PEFT's layout) lie in the home's folder adapters/. An adapter is
known by its CID, which covers what it computes; a name is an alias for it. "peer
serve" offers those that fit its model.`,
		"  peer adapter list", adapterListCmd(a), adapterLoadCmd(a), adapterShowCmd(a), adapterPublishCmd(a))
}

// trained is how the examples get an adapter.
const trainedExample = `  peer train local --preset tiny --text "to be or not to be" --steps 3 --out mine
  peer train local --model ./mine --text "that is the question" --method lora --steps 3 --out question
`

func adapterListCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the adapters of this home", Args: takes(0, 0), Example: "  peer adapter list",
		RunE: a.inHome(func(h home, _ *settings, _ []string) (report, error) {
			all, err := h.adapters().list()
			return adapterList{all}, err
		}),
	}
}

type adapterList struct {
	Adapters []adapterInfo `json:"adapters"`
}

func (r adapterList) text(out io.Writer) {
	if len(r.Adapters) == 0 {
		fmt.Fprintln(out, `no adapters yet; "peer train local --method lora" makes one, "peer adapter load" adds it`)
		return
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tRANK\tSIZE\tBASE\tCID")
	for _, i := range r.Adapters {
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\n", i.Name, i.Rank, size(uint64(i.Bytes)), i.Base, i.CID)
	}
	w.Flush()
}

func adapterLoadCmd(a *app) *cobra.Command {
	var name string
	c := &cobra.Command{
		Use: "load FOLDER|CID", Short: "Add an adapter folder of this machine, or one that another peer published", Args: takes(1, 1),
		Long: `Copy an adapter (adapter_config.json, adapter_model.safetensors) into the home. One
that is named by its CID the running peer fetches from others. What this peer cannot
run is refused by name. "peer serve" offers it from its next start on; a server that
runs takes it by POST /v1/load_lora_adapter.`,
		Example: trainedExample + "  peer adapter load question",
		RunE: a.inHome(func(h home, s *settings, args []string) (report, error) {
			from := args[0]
			if _, bad := cid.Decode(from); bad == nil {
				got, err := adapterFetch.run(a, h, s, from, io.Discard)
				if err != nil {
					return nil, err
				}
				from = got.Dir
			}
			if name == "" {
				name = filepath.Base(filepath.Clean(args[0]))
			}
			info, err := h.adapters().add(name, from)
			return adapterReport{adapterInfo: info}, err
		}),
	}
	c.Flags().StringVar(&name, "name", "", "name in this home (default that of the folder)")
	return c
}

// adapterFetch gets an adapter that other peers have.
var adapterFetch = task[string, adapterReport]{"adapter/fetch", func(ctx context.Context, r *repo, _ *feed, name string) (out adapterReport, err error) {
	c, err := cid.Decode(name)
	if err != nil {
		return out, err
	}
	dir, err := r.adapterDir(ctx, c)
	if err != nil {
		return out, err
	}
	out.adapterInfo, err = inspectAdapter(name, dir)
	return out, err
}}

func adapterShowCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "show ADAPTER", Short: "Show what an adapter is", Args: takes(1, 1),
		Long:    "Show an adapter of the home, by name or CID, or any adapter folder. Its CID is\ncomputed anew from the files; the chain says whether it is registered.",
		Example: trainedExample + "  peer adapter show ./question",
		RunE: a.inHome(func(h home, s *settings, args []string) (report, error) {
			info, err := h.adapters().find(args[0])
			if err != nil {
				return nil, err
			}
			f, err := lora.Open(info.Dir)
			if err != nil {
				return nil, err
			}
			return adapterReport{info, &f.Config.TargetModules, registered(a, h, s, chain.AdapterItem, info.CID)}, nil
		}),
	}
}

// An adapterReport is one adapter in full.
type adapterReport struct {
	adapterInfo
	Targets    *lora.Modules `json:"targets,omitempty"`
	Registered *registration `json:"registered,omitempty"`
}

func (r adapterReport) text(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "name\t%s\ncid\t%s\nrank\t%d\nalpha\t%g\nsize\t%s\nbase\t%s\nfolder\t%s\n", r.Name, r.CID, r.Rank, r.Alpha, size(uint64(r.Bytes)), r.Base, r.Dir)
	if r.Targets != nil {
		if b, err := r.Targets.MarshalJSON(); err == nil {
			fmt.Fprintf(w, "targets\t%s\n", b)
		}
	}
	if r.Registered != nil {
		fmt.Fprintf(w, "registered\t%s\n", r.Registered)
	}
	w.Flush()
}
