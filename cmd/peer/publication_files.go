package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
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
func (r *repo) bundleOf(ctx context.Context, name, dir string, names []string, extra map[string][]byte) (root cid.Cid, size uint64, err error) {
	hold := r.blocks.Hold()
	defer hold.Release()
	var b bundle
	add := func(name string, in io.Reader) error {
		c, n, err := hold.AddFile(ctx, in, fileConfig)
		b.files = append(b.files, bundled{name, c, n})
		size += n
		return err
	}
	for _, name := range names {
		f, err := os.Open(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = errors.Join(add(name, f), f.Close())
		}
		if err != nil {
			return cid.Undef, 0, err
		}
	}
	for name, text := range extra {
		if err := add(name, bytes.NewReader(text)); err != nil {
			return cid.Undef, 0, err
		}
	}
	text, err := canon.Encode(&b)
	if err == nil {
		root, err = hold.Add(ctx, cid.DagCBOR, text)
	}
	if err == nil {
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
	root, err := session.Get(ctx, p.Files)
	if err != nil {
		return err
	}
	var b bundle
	if err := canon.Decode(root, &b, canon.Limits{Depth: 3}); err != nil {
		return fmt.Errorf("%s is no list of files: %w", p.Files, err)
	}
	for _, f := range b.files {
		if !slices.Contains(names, f.name) {
			continue
		}
		if f.size > most {
			return fmt.Errorf("file %q of %d bytes is too large", f.name, f.size)
		}
		most -= f.size
		got := uint64(0)
		err := session.DAG(ctx, f.file, func(_ cid.Cid, data []byte) error {
			if got += uint64(len(data)); got > f.size+f.size/8+1<<20 {
				return fmt.Errorf("file %q is longer than its %d bytes", f.name, f.size)
			}
			return nil
		})
		if err == nil {
			err = (&jobSource{repo: r}).writeFile(ctx, filepath.Join(dir, f.name), f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (h home) cacheDir(kind string) string { return filepath.Join(h.path("cache"), kind) }

// adapterDir finds the folder of an adapter: of the home, else fetched before,
// else it is fetched from other peers now.
func (r *repo) adapterDir(ctx context.Context, c cid.Cid) (string, error) {
	if i, err := r.home.adapters().find(c.String()); err == nil {
		return i.Dir, nil
	}
	return r.cached(ctx, "adapters", c, func(p publication, from []string, tmp string) error {
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
	return r.cached(ctx, "models", c, func(p publication, from []string, tmp string) error {
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
	text, err := os.ReadFile(filepath.Join(dir, identityName))
	if err != nil {
		return err
	}
	var id llama.Identity
	if err := canon.Decode(text, &id, canon.Limits{}); err != nil {
		return err
	}
	if is, err := id.CID(); err != nil || !is.Equals(c) {
		return errors.Join(fmt.Errorf("the files are those of model %s", is), err)
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

// cached returns a folder of the cache, which fill makes where it is missing.
func (r *repo) cached(ctx context.Context, kind string, c cid.Cid, fill func(p publication, from []string, tmp string) error) (string, error) {
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
	p, from, err := r.published(ctx, c)
	if err != nil {
		return "", err
	}
	if r.online == nil {
		return "", problemf(exitFailed, `start "peer run", which fetches it`, "the files of %s are not here", c)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return "", homeProblem(err)
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), ".new-*")
	if err != nil {
		return "", homeProblem(err)
	}
	defer os.RemoveAll(tmp)
	if err := fill(p, from, tmp); err != nil {
		return "", fmt.Errorf("fetch %s: %w", c, err)
	}
	if err := os.Rename(tmp, dir); err != nil {
		return "", homeProblem(err)
	}
	return dir, r.trim(kind, dir)
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

// trim removes what was not used for the longest time, until the cache has its
// size; keep stays.
func (r *repo) trim(kind, keep string) error {
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
		if total <= r.config.Serve.Cache || f.path == keep {
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
// model: identity, tokenizer and templates.
func (r *repo) publishModel(ctx context.Context, name, dir string, id *llama.Identity) error {
	text, err := canon.Encode(id)
	if err != nil {
		return err
	}
	c, err := id.CID()
	if err != nil {
		return err
	}
	root, _, err := r.bundleOf(ctx, "files of model "+name, dir, templateNames, map[string][]byte{identityName: text})
	if err == nil {
		_, err = r.publish(ctx, publication{What: c, Files: root, Name: name})
	}
	return err
}
