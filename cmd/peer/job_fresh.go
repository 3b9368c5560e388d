package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/storage/block"
)

// Models that jobs train from nothing: a folder holds their shape and their
// tokenizer, and no weights.

// freshDir is the place of such a model in the home.
func (h home) freshDir(config, tokenizer cid.Cid) string {
	return h.path(filepath.Join("fresh", config.String()+"-"+tokenizer.String()))
}

// baseFor returns what an order trains, and its folder.
func (r *repo) baseFor(ctx context.Context, o *order, goal recipe.Goal) (b recipe.Base, dir string, err error) {
	if shape, ok := presets[o.Preset]; ok {
		dir, err = r.draft(ctx, o.Datanet, shape)
	} else {
		var m modelInfo
		m, err = r.home.models().find(o.Base)
		dir = m.Dir
	}
	if err != nil {
		return b, "", err
	}
	if goal == recipe.Pretrain {
		b, err = shapeOf(dir)
	} else {
		b, err = baseOf(dir)
	}
	if err != nil {
		err = problemf(exitFailed, "give another model", "%s: %w", dir, err)
	}
	return b, dir, err
}

// draft makes the folder of a new model whose tokenizer is made of a Datanet.
func (r *repo) draft(ctx context.Context, datanet string, p preset) (dir string, err error) {
	var tokens *tokenizer.Tokenizer
	err = r.withData(ctx, datanet, func(head cid.Cid, get manifest.Get) error {
		d, err := manifest.Load(ctx, head, r.network(), get)
		if err != nil {
			return err
		}
		var failed error
		tokens, err = tokenizer.Train(ctx, func(yield func(string) bool) {
			for item, err := range d.Records(ctx, get) {
				if failed = err; err != nil || !yield(item.Text) {
					return
				}
			}
		}, tokenizer.TrainConfig{VocabSize: p.vocab, Special: []string{beginToken, endToken}, BOS: beginToken})
		return errors.Join(failed, err)
	})
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(r.home.path("jobs"), 0o700); err != nil {
		return "", homeProblem(err)
	}
	tmp, err := os.MkdirTemp(r.home.path("jobs"), "draft-")
	if err != nil {
		return "", homeProblem(err)
	}
	defer os.RemoveAll(tmp)
	if err := tokens.Save(filepath.Join(tmp, "tokenizer.json")); err != nil {
		return "", err
	}
	w := &workbench{training: &training{out: tmp}, tokens: tokens}
	if _, err := w.describe(p); err != nil {
		return "", err
	}
	return r.home.keepFresh(tmp)
}

// keepFresh gives the folder of a model from nothing its place in the home.
func (h home) keepFresh(tmp string) (dir string, err error) {
	b, err := shapeOf(tmp)
	if err != nil {
		return "", err
	}
	dir = h.freshDir(b.Model, b.Tokenizer)
	if _, err := os.Stat(dir); err == nil {
		return dir, nil // the same content under the same name
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(dir), 0o700), os.Rename(tmp, dir)); err != nil {
		return "", homeProblem(err)
	}
	return dir, nil
}

// shapeOf says what a model from nothing in a folder is: named by its config.json.
func shapeOf(dir string) (b recipe.Base, err error) {
	for _, f := range []struct {
		name string
		to   *cid.Cid
	}{{"config.json", &b.Model}, {"tokenizer.json", &b.Tokenizer}, {"tokenizer_config.json", &b.Template}} {
		text, err := os.ReadFile(filepath.Join(dir, f.name))
		if errors.Is(err, os.ErrNotExist) && f.to == &b.Template {
			continue
		}
		if err == nil {
			*f.to, err = block.CID(cid.Raw, text)
		}
		if err != nil {
			return b, err
		}
	}
	b.Config, err = llama.ReadConfig(dir)
	return b, err
}
