package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/proofs/canon"
)

// mostBesides is what the files of a model may have besides its weights: headers,
// tokenizer, templates.
const mostBesides = 256 << 20

// errTooLarge is a model of more weights than its fetcher may take.
var errTooLarge = errors.New("the model is larger than this peer takes")

// pullModel fetches a model that other peers publish into the home: its weights,
// too, of at most so many bytes; 0: however many. name is what the home calls it;
// "": as its publisher does. One that is there already is what it returns.
func (r *repo) pullModel(ctx context.Context, f *feed, c cid.Cid, name string, most uint64) (info modelInfo, err error) {
	release, err := r.wait(ctx, "fetch model "+c.String())
	if err != nil {
		return info, err
	}
	defer release()
	if i, err := r.home.models().find(c.String()); err == nil {
		return i, nil
	}
	if r.online == nil {
		return info, problemf(exitFailed, `start "peer run", which fetches it`, "model %s is not here", c)
	}
	home := r.home.models()
	err = r.eachSource(ctx, c, true, func(p publication, from []string) error {
		as := name
		if as == "" {
			as = home.free(p.Name, c)
		}
		tmp, err := home.begin(as)
		if err != nil {
			return err
		}
		defer os.RemoveAll(tmp)
		if info, err = r.pullFrom(ctx, f, p, from, tmp, most); err != nil {
			return fmt.Errorf("fetch model %s: %w", c, err)
		}
		info.Name = as
		info, err = home.keep(info, tmp)
		return err
	})
	return info, err
}

// errNoWeights is a publication of what is needed to ask for answers alone.
var errNoWeights = problemf(exitFailed, `its owner gives them by "peer model publish"`, "nobody who was asked gives its weights to others")

// pullFrom fetches a model as one publication has it into a folder. Nothing of that
// is believed: the identity in it has to be what the CID names, and the files what
// the identity says.
func (r *repo) pullFrom(ctx context.Context, f *feed, p publication, from []string, tmp string, most uint64) (info modelInfo, err error) {
	if p.Base.Defined() {
		return info, problemf(exitUsage, `load it with "peer adapter load"`, "it is an adapter, not a model")
	}
	session, err := r.online.fetch.Session(ctx, "model "+p.What.String(), r.online.node.Infos(from...))
	if err != nil {
		return info, err
	}
	defer session.Close()
	files, err := readBundle(ctx, session, p.Files)
	if err != nil {
		return info, err
	}
	if !hasWeights(files) {
		return info, errNoWeights
	}
	at := slices.IndexFunc(files, func(f bundled) bool { return f.name == identityName && f.size <= 1<<16 })
	if at < 0 {
		return info, errors.New("the publication has no identity of the model")
	}
	if err := r.unpack(ctx, &feed{}, session, files[at:at+1], tmp); err != nil {
		return info, err
	}
	id, err := readIdentity(tmp, p.What)
	if err != nil {
		return info, err
	}
	if id.Form != "" {
		return info, problemf(exitUsage, "fetch that one", "%s is a model whose weights were rounded when it was loaded (%s); its files are those of another model", p.What, id.Form)
	}
	if most > 0 && uint64(id.Bytes) > most {
		return info, fmt.Errorf("%w: %s of weights, %s are allowed", errTooLarge, size(uint64(id.Bytes)), size(most))
	}
	left := uint64(id.Bytes) + mostBesides
	files = slices.DeleteFunc(files, func(f bundled) bool { return !wanted(f.name) || f.name == infoFile })
	for _, f := range files {
		if f.size > left {
			return info, fmt.Errorf("file %q of %d bytes is too large for a model of %d bytes of weights", f.name, f.size, id.Bytes)
		}
		left -= f.size
	}
	weights := func(f bundled) bool { return filepath.Ext(f.name) == ".safetensors" }
	small := slices.DeleteFunc(slices.Clone(files), weights)
	if err := r.unpack(ctx, &feed{}, session, small, tmp); err != nil {
		return info, err
	}
	if err := checkModelFiles(tmp, p.What); err != nil { // before the weights
		return info, err
	}
	if err := r.unpack(ctx, f, session, slices.DeleteFunc(files, func(f bundled) bool { return !weights(f) }), tmp); err != nil {
		return info, err
	}
	if err := os.Remove(filepath.Join(tmp, identityName)); err != nil {
		return info, homeProblem(err)
	}
	if info, err = inspect("", tmp); err != nil {
		return info, err
	}
	if info.CID != p.What.String() {
		return info, problemf(exitCheck, `"peer repo gc" frees what was fetched; ask another peer`, "the weights that came are those of model %s", info.CID)
	}
	return info, nil
}

// readIdentity reads the identity in a folder, which has to be that of a model.
func readIdentity(dir string, c cid.Cid) (id llama.Identity, err error) {
	text, err := os.ReadFile(filepath.Join(dir, identityName))
	if err != nil {
		return id, err
	}
	if err := canon.Decode(text, &id, canon.Limits{}); err != nil {
		return id, err
	}
	if is, err := id.CID(); err != nil || !is.Equals(c) {
		return id, errors.Join(fmt.Errorf("the files are those of model %s", is), err)
	}
	return id, nil
}

// free is a name that no model of the home has: the one that its publisher gave, or
// one made of the CID.
func (m models) free(name string, c cid.Cid) string {
	short := c.String()[len(c.String())-8:]
	name = strings.Map(func(r rune) rune {
		if r < 0x80 && modelName.MatchString("a"+string(r)) {
			return r
		}
		return '-'
	}, name)
	if checkName(name) != nil {
		return "model-" + short
	}
	if _, err := os.Stat(filepath.Join(m.dir, name)); err == nil {
		return name + "-" + short
	}
	return name
}

// fetchWeights fetches a model because somebody else asks for it, or has given
// answers with it, into the cache: of as many bytes as serve.fetch allows.
func (r *repo) fetchWeights(ctx context.Context, c cid.Cid) (dir string, err error) {
	return r.cached(ctx, weightsCache, c, true, func(p publication, from []string, tmp string) error {
		_, err := r.pullFrom(ctx, &feed{}, p, from, tmp, r.config.Serve.Fetch)
		return err
	})
}

// weightsDir is the folder of a model that was fetched into the cache, or "".
func (r *repo) weightsDir(c cid.Cid) string {
	dir := filepath.Join(r.home.cacheDir(weightsCache), c.String())
	if _, err := os.Stat(dir); err != nil {
		return ""
	}
	return dir
}
