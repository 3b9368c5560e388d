package lab

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/compute/train"
)

// Records makes a world of a file of records with real contributors: the owners
// are those with the most text. Each gives so many windows to learn and so many
// queries, of different sections where there are several.
func Records(file, model string, owners, samples, queries, length int) (w World, err error) {
	tok, err := tokenizer.Load(filepath.Join(model, "tokenizer.json"))
	if err != nil {
		return w, err
	}
	f, err := os.Open(file)
	if err != nil {
		return w, err
	}
	defer f.Close()
	texts, size := map[string][]string{}, map[string]int{}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var r struct{ Contributor, Text string }
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			return w, fmt.Errorf("lab: %s: %w", file, err)
		}
		texts[r.Contributor] = append(texts[r.Contributor], r.Text)
		size[r.Contributor] += len(r.Text)
	}
	if in.Err() != nil {
		return w, in.Err()
	}
	var names []string
	for name := range texts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(size[b], size[a]), cmp.Compare(a, b)) })
	w = World{Base: model, Adapter: adapter, Seed: 4}
	for owner, name := range names[:min(owners, len(names))] {
		var all []train.Sample // one window of each section in turn
		var rest [][]train.Sample
		for _, text := range texts[name] {
			if ws := train.Windows(tok.Encode(text, false), length); len(ws) > 1 {
				rest = append(rest, ws[:len(ws)-1]) // the last may be short
			}
		}
		for len(all) < samples+queries && len(rest) > 0 {
			k := len(all) % len(rest)
			all = append(all, rest[k][0])
			if rest[k] = rest[k][1:]; len(rest[k]) == 0 {
				rest = slices.Delete(rest, k, k+1)
			}
		}
		if len(all) < samples+queries {
			return w, fmt.Errorf("lab: %s has %d windows of %d tokens, %d are asked for", name, len(all), length, samples+queries)
		}
		w.Queries = append(w.Queries, all[:queries]...)
		w.Samples = append(w.Samples, all[queries:]...)
		for range samples {
			w.Owners = append(w.Owners, owner)
		}
	}
	return w, nil
}
