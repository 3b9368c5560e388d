package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/erasure"
)

type verifyReport struct {
	Name         string `json:"name"`
	Version      uint64 `json:"version"`
	CID          string `json:"cid"`
	Versions     uint64 `json:"versions"` // whose signatures and rules were checked
	Records      uint64 `json:"records"`
	Contributors int    `json:"contributors"`
	Shards       int    `json:"shards"`      // encoded again
	Pieces       int    `json:"pieces"`      // of all shards
	Here         int    `json:"pieces_here"` // whole and undamaged in this peer
}

var datanetVerify = task[string, verifyReport]{"datanet/verify", func(ctx context.Context, r *repo, f *feed, name string) (report verifyReport, err error) {
	k, d, err := r.opened(ctx, name)
	if err != nil {
		return report, err
	}
	get, done, err := r.reader(ctx, "verify "+k.Name, d.ID())
	if err != nil {
		return report, err
	}
	defer done()
	m := d.Manifest()
	report = verifyReport{Name: k.Name, Version: m.Version, CID: d.CID().String(), Versions: m.Version + 1, Records: m.Stats.Records, Contributors: len(m.Contributors)}
	if err := d.Verify(ctx, counting(get, f, "credits: blocks", dataChunks(d))); err != nil {
		return report, &problem{exitCheck, err, missingRemedy(err)}
	}
	for _, c := range d.Contributions() {
		value := c.Value()
		for j, s := range value.Shards {
			if err := r.verifyShard(ctx, s, len(value.Contributors), get, &report); err != nil {
				return report, &problem{exitCheck, fmt.Errorf("shard %d of contribution %s: %w", j, c.CID(), err), missingRemedy(err)}
			}
			f.progress("shards", int64(report.Shards), int64(m.Stats.Shards))
		}
	}
	return report, nil
}}

// dataChunks is how many blocks reading all shards once takes, about.
func dataChunks(d *manifest.Datanet) (n int64) {
	for _, c := range d.Contributions() {
		for _, s := range c.Value().Shards {
			stripe := uint64(erasure.Default.Data) * erasure.Chunk
			n += 1 + int64((s.Size+stripe-1)/stripe)*int64(erasure.Default.Data)
		}
	}
	return n
}

// counting is get that shows how many blocks were got.
func counting(get manifest.Get, f *feed, what string, total int64) manifest.Get {
	var mu sync.Mutex
	var n int64
	return func(ctx context.Context, c cid.Cid) ([]byte, error) {
		b, err := get(ctx, c)
		mu.Lock()
		defer mu.Unlock()
		if n++; err == nil {
			f.progress(what, min(n, total), total)
		}
		return b, err
	}
}

// verifyShard encodes a shard again and compares all names: of its chunks,
// parity too, and of its audit leaves.
func (r *repo) verifyShard(ctx context.Context, s manifest.Shard, contributors int, get manifest.Get, report *verifyReport) error {
	batch, err := manifest.ReadShard(ctx, s, contributors, get)
	if err != nil {
		return err
	}
	b, err := get(ctx, s.Layout)
	if err != nil {
		return err
	}
	var layout erasure.Layout
	if err := canon.Decode(b, &layout, canon.Limits{}); err != nil {
		return err
	}
	again, err := erasure.Encode(ctx, bytes.NewReader(batch.AppendCanon(nil)), layout.Code, func(_ context.Context, chunk []byte) (cid.Cid, error) {
		return block.CID(cid.Raw, chunk)
	})
	if err != nil {
		return err
	}
	if !bytes.Equal(again.AppendCanon(nil), b) {
		return errors.New("its parity or its audit leaves are not those of its content")
	}
	report.Shards++
	report.Pieces += layout.Code.Pieces()
	for i := range layout.Code.Pieces() {
		if r.lacks(ctx, layout.Piece(i)) == 0 {
			report.Here++
		}
	}
	return nil
}

func datanetVerifyCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "verify DATANET", Short: "Recompute every hash, signature and credit of a Datanet", Args: takes(1, 1),
		Long: `Check the latest version from its first ancestor on: every signature and rule,
every record and its credit, and every shard, which is encoded again so that its
parity and audit leaves are compared too. What is not here is fetched from other
peers if this one runs.`,
		Example: `  peer datanet create poems --licence CC0-1.0
  printf '{"text":"Roses are red"}\n' > poems.jsonl
  peer datanet add poems poems.jsonl
  peer datanet publish poems
  peer datanet verify poems`,
		RunE: a.inHome(taskOf(a, datanetVerify, func(words []string) (string, error) { return words[0], nil })),
	}
}

func (r verifyReport) text(out io.Writer) {
	fmt.Fprintf(out, "%s is as its founder and contributors signed it: %d %s, %d records by %d contributors, %d %s.\n%d of %d pieces are here.\nmanifest %s\n",
		r.Name, r.Versions, plural(int(r.Versions), "version"), r.Records, r.Contributors, r.Shards, plural(r.Shards, "shard"), r.Here, r.Pieces, r.CID)
}
