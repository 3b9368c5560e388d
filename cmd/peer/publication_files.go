package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/pin"
)

// Files of adapters, and those of a model that whoever asks for its answers
// needs: everything but the weights.
var (
	adapterNames  = []string{lora.ConfigFile, lora.WeightsFile, "chat_template.jinja"}
	templateNames = []string{"config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja"}
)

// identityName is the file of a model's bundle that holds its identity.
const identityName = "identity"

const (
	mostAdapter = 2 << 30  // bytes of a published adapter
	mostModel   = 64 << 20 // bytes of what is fetched of a model
)

// bundleOf stores files and pins them as one. extra is a file that lies nowhere.
func (r *repo) bundleOf(ctx context.Context, f *feed, name, dir string, names []string, extra map[string][]byte) (root cid.Cid, size uint64, err error) {
	hold := r.blocks.Hold()
	defer hold.Release()
	if root, size, err = pack(ctx, hold, f, dir, names, extra); err == nil {
		err = hold.Flush(ctx)
	}
	if err == nil {
		err = r.keep(ctx, pin.Pin{Root: root, Name: name, Whole: true})
	}
	return root, size, err
}

// unbundle fetches the files of a publication into a folder: those of names, of
// at most so many bytes together.
func (r *repo) unbundle(ctx context.Context, p publication, from []string, dir string, names []string, most uint64) error {
	session, err := r.online.fetch.Session(ctx, p.Name, r.online.node.Infos(from...))
	if err != nil {
		return err
	}
	defer session.Close()
	files, err := readBundle(ctx, session, p.Files)
	if err != nil {
		return err
	}
	files = slices.DeleteFunc(files, func(f bundled) bool { return !slices.Contains(names, f.name) })
	for _, f := range files {
		if f.size > most {
			return fmt.Errorf("file %q of %d bytes is too large", f.name, f.size)
		}
		most -= f.size
	}
	return r.unpack(ctx, &feed{}, session, files, dir)
}

func (h home) cacheDir(kind string) string { return filepath.Join(h.path("cache"), kind) }

// adapterDir finds the folder of an adapter: of the home, else fetched before,
// else it is fetched from other peers now.
func (r *repo) adapterDir(ctx context.Context, c cid.Cid) (string, error) {
	if i, err := r.home.adapters().find(c.String()); err == nil {
		return i.Dir, nil
	}
	return r.cached(ctx, "adapters", c, false, func(p publication, from []string, tmp string) error {
		if err := r.unbundle(ctx, p, from, tmp, adapterNames, mostAdapter); err != nil {
			return err
		}
		f, err := lora.Open(tmp)
		if err != nil {
			return err
		}
		is, err := f.CID()
		if err == nil && !is.Equals(c) {
			err = fmt.Errorf("its files are adapter %s", is)
		}
		return err
	})
}

// modelDir finds a folder with the tokenizer and the templates of a model: of the
// home, else fetched before or now. Fetched ones have no weights.
func (r *repo) modelDir(ctx context.Context, c cid.Cid) (string, error) {
	if i, err := r.home.models().find(c.String()); err == nil {
		return i.Dir, nil
	}
	return r.cached(ctx, "models", c, false, func(p publication, from []string, tmp string) error {
		if p.Base.Defined() {
			return fmt.Errorf("%s is an adapter, not a model", c)
		}
		if err := r.unbundle(ctx, p, from, tmp, append([]string{identityName}, templateNames...), mostModel); err != nil {
			return err
		}
		return checkModelFiles(tmp, c)
	})
}

// checkModelFiles compares the files of a model with what its CID stands for.
func checkModelFiles(dir string, c cid.Cid) error {
	id, err := readIdentity(dir, c)
	if err != nil {
		return err
	}
	for name, want := range map[string]cid.Cid{"config.json": id.Config, "tokenizer.json": id.Tokenizer, "tokenizer_config.json": id.Template} {
		if !want.Defined() {
			if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if err := block.Check(want, b); err != nil {
			return fmt.Errorf("%s is not that of model %s: %w", name, c, err)
		}
	}
	return nil
}

// cached returns a folder of the cache, which fill makes where it is missing, of the
// first publication that has what it takes; all: every peer is asked for those.
func (r *repo) cached(ctx context.Context, kind string, c cid.Cid, all bool, fill func(p publication, from []string, tmp string) error) (string, error) {
	dir := filepath.Join(r.home.cacheDir(kind), c.String())
	if now := time.Now(); os.Chtimes(dir, now, now) == nil { // it is there, and was used now
		return dir, nil
	}
	release, err := r.wait(ctx, "fetch "+c.String())
	if err != nil {
		return "", err
	}
	defer release()
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	if r.online == nil {
		return "", problemf(exitFailed, `start "peer run", which fetches it`, "the files of %s are not here", c)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return "", homeProblem(err)
	}
	tmp := ""
	defer func() { os.RemoveAll(tmp) }()
	err = r.eachSource(ctx, c, all, func(p publication, from []string) error {
		err := os.RemoveAll(tmp)
		if err == nil {
			tmp, err = os.MkdirTemp(filepath.Dir(dir), ".new-*")
		}
		if err != nil {
			return homeProblem(err)
		}
		if err := fill(p, from, tmp); err != nil {
			return fmt.Errorf("fetch %s: %w", c, err)
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	if err := os.Rename(tmp, dir); err != nil {
		return "", homeProblem(err)
	}
	most := r.config.Serve.Cache
	if kind == weightsCache {
		most = r.config.Serve.Fetch
	}
	return dir, r.trim(kind, dir, most)
}

// wait makes this goroutine the only one at work on something, when the others
// are done.
func (r *repo) wait(ctx context.Context, what string) (release func(), err error) {
	for {
		if release, err = r.take(what); err == nil {
			return release, nil
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// weightsCache is the cache of models that were fetched because others asked for them.
const weightsCache = "weights"

// trim removes what was not used for the longest time, until a cache has no more
// than so many bytes; keep stays.
func (r *repo) trim(kind, keep string, most uint64) error {
	type folder struct {
		path string
		size uint64
		used time.Time
	}
	var all []folder
	total := uint64(0)
	dirs, err := filepath.Glob(filepath.Join(r.home.cacheDir(kind), "*"))
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		if strings.HasPrefix(filepath.Base(dir), ".") {
			continue // it is being fetched
		}
		f := folder{path: dir}
		if info, err := os.Stat(dir); err == nil {
			f.used = info.ModTime()
		}
		files, err := os.ReadDir(dir)
		if err != nil {
			return homeProblem(err)
		}
		for _, e := range files {
			if info, err := e.Info(); err == nil {
				f.size += uint64(info.Size())
			}
		}
		total += f.size
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b folder) int { return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.path, b.path)) })
	for _, f := range all {
		if total <= most || f.path == keep {
			continue
		}
		if err := os.RemoveAll(f.path); err != nil {
			return homeProblem(err)
		}
		total -= f.size
	}
	return nil
}

// publishModel publishes what others need to ask this peer for answers of a
// model: identity, tokenizer and templates. Where this peer publishes the weights,
// too, that stays.
func (r *repo) publishModel(ctx context.Context, name, dir string, id *llama.Identity) error {
	c, err := id.CID()
	if err != nil {
		return err
	}
	whole, err := r.publishesWeights(ctx, c)
	if whole || err != nil {
		return err
	}
	_, _, err = r.publishFiles(ctx, &feed{}, name, dir, id, templateNames)
	return err
}

// publishFiles publishes the identity of a model, and files of its folder.
func (r *repo) publishFiles(ctx context.Context, f *feed, name, dir string, id *llama.Identity, names []string) (p publication, bytes uint64, err error) {
	text, err := canon.Encode(id)
	if err != nil {
		return p, 0, err
	}
	c, err := id.CID()
	if err != nil {
		return p, 0, err
	}
	root, bytes, err := r.bundleOf(ctx, f, "files of model "+name, dir, names, map[string][]byte{identityName: text})
	if err != nil {
		return p, 0, fmt.Errorf("store the model: %w", err)
	}
	p = publication{What: c, Files: root, Name: name}
	_, err = r.publish(ctx, p)
	return p, bytes, err
}

// publishesWeights says whether this peer publishes a model whole.
func (r *repo) publishesWeights(ctx context.Context, c cid.Cid) (bool, error) {
	known, err := r.publications(ctx, c)
	for _, envelope := range known {
		p, v, wrong := openPublication(envelope, r.network(), c)
		if wrong != nil || v.Signer().Account() != r.account {
			continue
		}
		text, err := r.blocks.Get(ctx, p.Files)
		if errors.Is(err, block.ErrNotFound) {
			continue
		}
		var b bundle
		if err == nil {
			err = canon.Decode(text, &b, canon.Limits{Depth: 3})
		}
		return hasWeights(b.files), err
	}
	return false, err
}
