package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"

	"github.com/openledger/openledger/network/capacity"
)

// A wish is what find looks for, as it travels to the running peer.
type wish struct {
	Arithmetic uint64 `json:"arithmetic"`
	Memory     uint64 `json:"memory"`
	Slots      uint64 `json:"slots"`
	Model      string `json:"model"`
	Adapter    string `json:"adapter"`
	Datanet    string `json:"datanet"`
	MaxPrice   uint64 `json:"max_price"`
	For        string `json:"for"`
	Most       int    `json:"most"`
}

var works = map[string]capacity.Work{"serve": capacity.Serve, "train": capacity.Train, "prefill": capacity.Prefill}

func findCmd(a *app) *cobra.Command {
	var w wish
	var memory string
	c := &cobra.Command{
		Use: "find", Short: "Find peers that can do a job", Args: takes(0, 0),
		Long: `Find peers by what they advertise, measured and signed. Each is asked for its
advert of now; answers are ranked by speed, price and latency.`,
		Example: "  peer find --help",
		RunE: func(c *cobra.Command, args []string) error {
			if err := w.check(memory); err != nil {
				return err
			}
			return asking[findReport](a, "find", func([]string) any { return w })(c, args)
		},
	}
	f := c.Flags()
	f.Uint64Var(&w.Arithmetic, "arith", 0, "version of the arithmetic; 0: any")
	f.StringVar(&memory, "memory", "", "memory of the device, at least, such as 16GiB")
	f.Uint64Var(&w.Slots, "slots", 0, "jobs or requests that could start now, at least")
	f.StringVar(&w.Model, "model", "", "CID of a model that is warm")
	f.StringVar(&w.Adapter, "adapter", "", "CID of an adapter that is warm")
	f.StringVar(&w.Datanet, "datanet", "", "CID of a Datanet's manifest that is pinned")
	f.Uint64Var(&w.MaxPrice, "max-price", 0, "millionths of an OPEN for a million tokens; 0: any")
	f.StringVar(&w.For, "for", "serve", "what for: serve, train or prefill")
	f.IntVar(&w.Most, "most", 20, "answers")
	return c
}

// check reads the flags that are text.
func (w *wish) check(memory string) error {
	if _, ok := works[w.For]; !ok {
		return problemf(exitUsage, "want serve, train or prefill", "--for is %q", w.For)
	}
	for flag, text := range map[string]string{"model": w.Model, "adapter": w.Adapter, "datanet": w.Datanet} {
		if _, err := link(text); err != nil {
			return problemf(exitUsage, "want a CID, as list and show print it", "--%s is %q: %w", flag, text, err)
		}
	}
	if memory != "" {
		var n float64
		var unit string
		scale := map[string]float64{"": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}
		if k, err := fmt.Sscanf(memory, "%f%s", &n, &unit); k < 1 || err != nil && k != 1 || scale[unit] == 0 || !(n >= 0 && n < 1<<20) {
			return problemf(exitUsage, "want a size such as 16GiB", "--memory is %q", memory)
		}
		w.Memory = uint64(n * scale[unit])
	}
	return nil
}

// link reads a CID; nothing is none.
func link(text string) (cid.Cid, error) {
	if text == "" {
		return cid.Undef, nil
	}
	return cid.Decode(text)
}

func (n *network) find(ctx context.Context, args json.RawMessage) (any, error) {
	var w wish
	if err := json.Unmarshal(args, &w); err != nil {
		return nil, err
	}
	need := capacity.Need{Arithmetic: w.Arithmetic, Memory: w.Memory, Slots: w.Slots, MaxPrice: w.MaxPrice, For: works[w.For], Most: w.Most}
	for _, l := range []struct {
		text string
		to   *cid.Cid
	}{{w.Model, &need.Model}, {w.Adapter, &need.Adapter}, {w.Datanet, &need.Manifest}} {
		var err error
		if *l.to, err = link(l.text); err != nil {
			return nil, err
		}
	}
	answer, err := n.capacity.Find(ctx, need)
	r := findReport{Asked: answer.Asked, Silent: answer.Silent, Unfit: answer.Unfit, Forged: len(answer.Forged), Found: []foundLine{}}
	for _, f := range answer.Found {
		line := foundLine{Peer: f.Peer.String(), Device: f.Advert.Device, Memory: f.Advert.Memory, Slots: f.Advert.Slots, Speed: float64(f.Speed) / 1000,
			PriceTrain: f.Advert.PriceTrain, PriceServe: f.Advert.PriceServe, RTT: f.RTT, Slower: f.Slower}
		for _, j := range f.Jumps {
			line.Jumps = append(line.Jumps, j.String())
		}
		r.Found = append(r.Found, line)
	}
	return r, err
}

type foundLine struct {
	Peer       string        `json:"peer"`
	Device     string        `json:"device"`
	Memory     uint64        `json:"memory"`
	Slots      uint64        `json:"slots"`
	Speed      float64       `json:"tokens_per_second"`
	PriceTrain uint64        `json:"price_train"`
	PriceServe uint64        `json:"price_serve"`
	RTT        time.Duration `json:"rtt_ns"`
	Slower     bool          `json:"slower_than_advertised"`
	Jumps      []string      `json:"jumps,omitempty"`
}

type findReport struct {
	Found  []foundLine `json:"found"`
	Asked  int         `json:"asked"`
	Silent int         `json:"silent"`
	Unfit  int         `json:"unfit"`
	Forged int         `json:"forged"`
}

func (r findReport) text(out io.Writer) {
	w := table(out)
	if len(r.Found) > 0 {
		fmt.Fprintln(w, "PEER\tDEVICE\tMEMORY\tSLOTS\tTOK/S\tRTT\t")
	}
	for _, f := range r.Found {
		note := ""
		if f.Slower {
			note = "slower than it advertises "
		}
		for _, j := range f.Jumps {
			note += j + " "
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%.1f\t%v\t%s\n", f.Peer, f.Device, size(f.Memory), f.Slots, f.Speed, f.RTT.Round(time.Microsecond*10), note)
	}
	w.Flush()
	fmt.Fprintf(out, "%d peers asked, %d silent, %d without what is needed, %d with a forged advert\n", r.Asked, r.Silent, r.Unfit, r.Forged)
}
