package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/attribution/influence/index"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/canon"
)

// indexes are the attribution indexes of a home: a folder for each adapter, named
// by its CID. The record is written last, so it says that the index is whole.
type indexes struct{ dir string }

func (h home) indexes() indexes { return indexes{h.path("attribution")} }

// Files of an index.
const (
	indexRecord  = "record"
	indexFactors = "factors.safetensors"
	indexRows    = "index"
	indexAdapter = "adapter" // a copy, in PEFT's layout
)

// indexSeed decides labels, directions and places of the indexes made here.
const indexSeed = 1

// errNoIndex says that an adapter has no index here.
var errNoIndex = errors.New("the adapter has no attribution index here")

// record reads what an index is; errNoIndex if there is none.
func (x indexes) record(adapter string) (r index.Record, err error) {
	b, err := os.ReadFile(filepath.Join(x.dir, adapter, indexRecord))
	if errors.Is(err, fs.ErrNotExist) {
		return r, problemf(exitUsage, `"peer train local --attribution" makes one; "peer attribution list" shows those of this home`, "%s: %w", adapter, errNoIndex)
	}
	if err != nil {
		return r, homeProblem(err)
	}
	if err := canon.Decode(b, &r, canon.Limits{}); err != nil {
		return r, problemf(exitHome, "remove that folder and make the index again", "attribution/%s: %w", adapter, err)
	}
	return r, nil
}

// list returns the adapters with an index, in order.
func (x indexes) list() (all []string, err error) {
	entries, err := os.ReadDir(x.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, homeProblem(err)
	}
	for _, e := range entries {
		if _, err := os.Stat(filepath.Join(x.dir, e.Name(), indexRecord)); err == nil {
			all = append(all, e.Name())
		}
	}
	slices.Sort(all)
	return all, nil
}

// A learnt is what an adapter was made of, in memory.
type learnt struct {
	engine  *op.Engine
	model   *llama.Model
	lora    *llama.LoRA
	files   *lora.Files
	base    cid.Cid
	samples []train.Sample
	from    []train.Origin
}

// build makes the index of an adapter from what it learnt, or goes on with one
// that was not done. It tells watch how many rows there are.
func (x indexes) build(ctx context.Context, l *learnt, watch func(rows int)) (err error) {
	r := index.Record{Terms: index.Terms{Model: l.base, Seed: indexSeed, Width: index.DefaultWidth, Rows: uint64(len(l.samples))}}
	if r.Terms.Adapter, err = l.files.CID(); err != nil {
		return err
	}
	dir := filepath.Join(x.dir, r.Terms.Adapter.String())
	if _, err := x.record(r.Terms.Adapter.String()); err == nil {
		return nil // what it learnt is part of what it is
	}
	if err := errors.Join(os.RemoveAll(filepath.Join(dir, indexAdapter)), os.MkdirAll(dir, 0o700)); err != nil {
		return homeProblem(err)
	}
	numbers := map[string]uint32{}
	for _, o := range l.from {
		if _, known := numbers[o.Owner]; !known {
			numbers[o.Owner] = uint32(len(r.Terms.Owners))
			r.Terms.Owners = append(r.Terms.Owners, o.Owner)
		}
	}
	of := func(i int) index.Row {
		return index.Row{Owner: numbers[l.from[i].Owner], Record: uint32(l.from[i].Record)}
	}
	r.Terms.Data = index.DataDigest(l.samples, of)
	f, err := index.NewFactors(l.engine, l.model, l.lora, l.samples, indexSeed)
	if err != nil {
		return err
	}
	if r.Terms.Factors, err = f.Digest(); err != nil {
		return err
	}
	err = errors.Join(f.Write(filepath.Join(dir, indexFactors)), l.files.Write(filepath.Join(dir, indexAdapter)))
	if err != nil {
		return homeProblem(err)
	}
	longest := 0
	for _, s := range l.samples {
		longest = max(longest, len(s.IDs))
	}
	p, err := index.NewProjector(l.engine, l.model, l.lora, f, longest, index.DefaultWidth, indexSeed)
	if err != nil {
		return err
	}
	if err := x.rows(ctx, dir, &r, p, l, of, watch); err != nil {
		return err
	}
	b, err := canon.Encode(&r)
	if err != nil {
		return err
	}
	return homeProblemIf(writeFile(filepath.Join(dir, indexRecord), b))
}

// rows writes the rows, and what they are into the record.
func (x indexes) rows(ctx context.Context, dir string, r *index.Record, p *index.Projector, l *learnt, of func(int) index.Row, watch func(rows int)) error {
	is, err := r.Terms.Digest()
	if err != nil {
		return err
	}
	path := filepath.Join(dir, indexRows)
	h := index.Head{Of: is, Width: index.DefaultWidth, Rows: uint64(len(l.samples))}
	w, err := index.Continue(path, h)
	if errors.Is(err, index.ErrStale) || errors.Is(err, index.ErrDamaged) { // an earlier build of other data
		if err = os.Remove(path); err == nil {
			w, err = index.Continue(path, h)
		}
	}
	if err != nil {
		return homeProblem(err)
	}
	err = index.Build(w, p, l.samples, of, func(rows int) error {
		watch(rows)
		return ctx.Err()
	})
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	file, err := index.Open(path, is)
	if err != nil {
		return err
	}
	r.Root, r.Sums = file.Root(), file.SumsRoot()
	return file.Close()
}

func homeProblemIf(err error) error {
	if err == nil {
		return nil
	}
	return homeProblem(err)
}

// An opened is an index with its adapter, as answers are looked up in it.
type opened struct {
	mu      sync.Mutex // one answer at a time
	record  index.Record
	rows    *index.Index
	files   *lora.Files
	factors *index.Factors // of lora on model
	lora    *llama.LoRA
	model   *llama.Model
}

// open maps the index of an adapter and brings the adapter to a model.
func (x indexes) open(adapter cid.Cid, model *llama.Model) (o *opened, err error) {
	o = &opened{model: model}
	if o.record, err = x.record(adapter.String()); err != nil {
		return nil, err
	}
	dir := filepath.Join(x.dir, adapter.String())
	if o.files, err = lora.Open(filepath.Join(dir, indexAdapter)); err != nil {
		return nil, homeProblem(err)
	}
	if is, err := o.files.CID(); err != nil || !is.Equals(adapter) || !is.Equals(o.record.Terms.Adapter) {
		return nil, problemf(exitHome, "remove that folder and make the index again", "attribution/%s holds adapter %s: %w", adapter, is, errors.Join(index.ErrDamaged, err))
	}
	fitted, err := o.files.Load(model.Config.Linears())
	if err != nil {
		return nil, err
	}
	if o.lora, err = model.LoRAOf(fitted.Modules); err != nil {
		return nil, err
	}
	if o.factors, err = index.OpenFactors(filepath.Join(dir, indexFactors), o.lora); err != nil {
		return nil, err
	}
	is, err := o.factors.Digest()
	if err == nil && is != o.record.Terms.Factors {
		err = fmt.Errorf("%w: the factors are not those of its record", index.ErrDamaged)
	}
	if err == nil {
		is, err = o.record.Terms.Digest()
	}
	if err == nil {
		o.rows, err = index.Open(filepath.Join(dir, indexRows), is)
	}
	if err != nil {
		return nil, problemf(exitHome, "remove that folder and make the index again", "attribution/%s: %w", adapter, err)
	}
	return o, nil
}

func (o *opened) close() error { return o.rows.Close() }
