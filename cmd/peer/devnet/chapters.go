package devnet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// share makes the two Datanets, publishes them, and has each pinned by another
// peer too.
func (d *Demo) share(ctx context.Context) error {
	for i, name := range []string{firstDatanet, secondDatanet} {
		founder := d.Net.Peers[i]
		file := name + ".jsonl"
		if err := writeTexts(filepath.Join(d.Net.Dir, file), d.Texts[i]); err != nil {
			return err
		}
		d.say("%s has %d KB of text by %d contributors.", founder.Name, size(d.Texts[i])/1000, contributors(d.Texts[i]))
		for _, args := range [][]string{
			{"datanet", "create", name, "--licence", d.Licence},
			{"datanet", "add", name, file, "--contributor-column", "contributor", "--key-column", "key"},
			{"datanet", "publish", name},
		} {
			if err := d.do(ctx, founder, args...); err != nil {
				return err
			}
		}
	}
	d.say("Each shard is cut into 20 pieces of which any 10 restore it.")
	asker := d.Net.Peer(Gateway)
	for i, name := range []string{firstDatanet, secondDatanet} {
		for _, p := range []*Peer{d.Net.Peers[1-i], asker} {
			if err := d.do(ctx, p, "datanet", "pin", name); err != nil {
				return err
			}
		}
	}
	return nil
}

// baseChapter is how the network comes by a base.
func (d *Demo) baseChapter() chapter {
	if d.Model == "" {
		return chapter{"A base model is trained from scratch", d.base}
	}
	return chapter{"The base model is one of this machine", func(ctx context.Context) error {
		return d.do(ctx, d.Net.Peer(Gateway), "model", "import", d.Model, "--name", baseName)
	}}
}

// base trains a small model on all the texts, on the gateway's machine alone.
func (d *Demo) base(ctx context.Context) error {
	asker := d.Net.Peer(Gateway)
	dir := filepath.Join(d.Net.Dir, "texts")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for i, name := range []string{firstDatanet, secondDatanet} {
		if err := writeTexts(filepath.Join(dir, name+".jsonl"), d.Texts[i]); err != nil {
			return err
		}
	}
	steps := 150
	if d.Quick {
		steps = 30
	}
	if err := d.do(ctx, asker, "train", "local", "--preset", "tiny", "--data", "texts", "--steps", strconv.Itoa(steps),
		"--length", "128", "--lr", "1e-3", "--out", baseName); err != nil {
		return err
	}
	return d.do(ctx, asker, "model", "import", baseName)
}

// train has the network train an adapter on the second Datanet.
func (d *Demo) train(ctx context.Context) error {
	epochs := 0.5
	if d.Quick {
		epochs = 0.1
	}
	asker := d.Net.Peer(Gateway)
	if err := d.do(ctx, asker, "train", "--base", baseName, "--datanet", secondDatanet, "--level", "C", "--preset", "quick",
		"--epochs", fmt.Sprint(epochs), "--out", adapterName); err != nil {
		return err
	}
	d.say("Two workers computed every step; their states are equal to the bit.")
	return d.do(ctx, asker, "job", "explain", "last")
}

// answer publishes the adapter, has the workers serve its base, and asks the
// gateway, which computes nothing itself.
func (d *Demo) answer(ctx context.Context) error {
	asker := d.Net.Peer(Gateway)
	base := baseName // a folder beside the homes
	if d.Model != "" {
		base = d.Model
	}
	for _, p := range d.workers() {
		for _, args := range [][]string{{"model", "import", base, "--name", baseName}, {"config", "set", "serve.models", baseName}} {
			if err := d.do(ctx, p, args...); err != nil {
				return err
			}
		}
		if err := p.Stop(); err != nil {
			return err
		}
		if err := p.Start(ctx); err != nil {
			return err
		}
		d.say("%s is started again and serves it.", p.Name)
	}
	if err := d.do(ctx, asker, "adapter", "publish", adapterName, "--base", baseName); err != nil {
		return err
	}
	var adapter struct {
		CID string `json:"cid"`
	}
	if err := asker.Ask(ctx, &adapter, "adapter", "show", adapterName); err != nil {
		return err
	}
	prompts := d.Prompts
	if len(prompts) == 0 {
		prompts = openings(d.Texts[1])
	}
	for _, prompt := range prompts {
		if err := d.ask(ctx, asker, baseName+":"+adapter.CID, prompt); err != nil {
			return err
		}
	}
	return d.do(ctx, asker, "receipt", "list")
}

// workers are the peers that compute and do nothing else.
func (d *Demo) workers() []*Peer { return d.Net.Peers[3:] }
