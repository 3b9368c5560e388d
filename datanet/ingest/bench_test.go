package ingest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/storage/block"
)

// BenchmarkAdd puts the parts of adding files beside their limits, in bytes of
// text a second: sha256 and an fsynced write of the same text; store, which splits
// records into shards, codes them 10 of 20, hashes and stores all durably, so it
// writes twice the text; and add, which also reads, cleans and compares.
func BenchmarkAdd(b *testing.B) {
	const seed, size = 7, 64 << 20
	dir, r := b.TempDir(), rand.New(rand.NewPCG(seed, 0))
	var text strings.Builder
	for f := 0; text.Len() < size; f++ {
		before := text.Len()
		for text.Len() < before+1<<20 {
			text.WriteString(strings.Join(words(r, 40), " ") + "\n\n")
		}
		must(b, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.txt", f)), []byte(text.String()[before:]), 0o600))
	}
	all := []byte(text.String())
	run := func(name string, do func(b *testing.B)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(all)))
			for b.Loop() {
				do(b)
			}
		})
	}
	run("sha256", func(*testing.B) { sha256.Sum256(all) })
	run("write", func(b *testing.B) {
		f, err := os.Create(filepath.Join(b.TempDir(), "file"))
		must(b, err)
		_, err = f.Write(all)
		must(b, err)
		must(b, f.Sync())
		must(b, f.Close())
	})
	durably := func(b *testing.B, do func(ctx context.Context, to *block.Hold)) {
		s, err := block.Open(b.TempDir(), slog.New(slog.DiscardHandler))
		must(b, err)
		h := s.Hold()
		do(b.Context(), h)
		must(b, h.Flush(b.Context()))
		h.Release()
		must(b, s.Close())
	}
	run("store", func(b *testing.B) {
		durably(b, func(ctx context.Context, to *block.Hold) {
			for at := 0; at < len(all); at += 7 << 20 {
				part := text.String()[at:min(at+7<<20, len(all))]
				batch := manifest.Batch{Sources: []manifest.Source{{Name: "a"}}}
				for i := 0; i < len(part); i += 2 << 10 {
					t := part[i:min(i+2<<10, len(part))]
					batch.Records = append(batch.Records, manifest.Record{Offset: uint64(i), Length: uint64(len(t)), Verbatim: true, Text: t})
				}
				_, err := storeShard(ctx, &batch, to)
				must(b, err)
			}
		})
	})
	run("add", func(b *testing.B) {
		durably(b, func(ctx context.Context, to *block.Hold) {
			_, _, err := Add(ctx, dir, testConfig(b), to)
			must(b, err)
		})
	})
}
