package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/servetest"
	"github.com/openledger/openledger/compute/llama"
)

// published has a peer publish the model of a folder, as its test does.
func (x *citizen) publishes(dir string) cid.Cid {
	x.t.Helper()
	r := did(x, modelPublish, modelPublishArgs{Model: dir, Name: "a model"})
	c, err := cid.Decode(r.CID)
	if err != nil || r.Bytes == 0 || r.Others != announced && r.Others != lonely {
		x.t.Fatalf("published: %+v, %v", r, err)
	}
	return c
}

// TestPullModel: a model that one peer publishes is fetched by its CID, however
// often, beside one that only answers with it, and served; what is no such model is
// refused, and leaves nothing in the home.
func TestPullModel(t *testing.T) {
	dir := servetest.Dir(t)
	maker := newCitizen(t, "maker", nil)
	worker := newCitizen(t, "worker", []string{dir}, maker)
	asker := newCitizen(t, "asker", nil, worker)
	c := worker.answers.models()[0].local.Base.CID
	ctx := context.Background()
	pull := func(c cid.Cid, name string) (modelReport, error) {
		return modelFetch.do(ctx, asker.answers.repo, &feed{}, modelFetchArgs{c.String(), name})
	}
	for deadline := time.Now().Add(4 * time.Minute); len(asker.answers.online.node.Peers()) == 0; {
		if time.Now().After(deadline) {
			t.Fatal("nobody is connected")
		}
	}
	// The worker publishes how it is asked, and no weights.
	if _, err := pull(c, ""); !errors.Is(err, errNoWeights) && !errors.Is(err, errUnpublished) {
		t.Errorf("without weights: %v", err)
	}
	if got := maker.publishes(dir); !got.Equals(c) {
		t.Fatalf("published is %s, want %s", got, c)
	}
	seen := int64(0)
	got, err := modelFetch.do(ctx, asker.answers.repo, &feed{progress: func(what string, done, total int64) {
		if what != "fetch bytes" || done < seen || done > total {
			t.Errorf("%s %d/%d after %d", what, done, total, seen)
		}
		seen = done
	}}, modelFetchArgs{CID: c.String()})
	if err != nil || got.Name != "a-model" || got.CID != c.String() || seen != got.weightFiles(t) {
		t.Fatalf("fetched: %+v, %v; %d bytes seen", got, err, seen)
	}
	if again, err := pull(c, "other"); err != nil || again.Dir != got.Dir {
		t.Errorf("again: %+v, %v", again, err)
	}
	// Whoever publishes it whole does so also while it serves it.
	if err := maker.answers.repo.publishModel(ctx, "tiny", dir, &worker.answers.models()[0].identity); err != nil {
		t.Fatal(err)
	}
	if whole, err := maker.answers.repo.publishesWeights(ctx, c); !whole || err != nil {
		t.Errorf("the weights are published no longer: %v", err)
	}
	want, _ := worker.text(c.String(), "")
	v, err := asker.answers.open(&serveFlags{Model: c.String(), Memory: 32})
	if err != nil {
		t.Fatal(err)
	}
	served, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	asker.answers.add(v)
	go func() { ended <- asker.answers.with(served, v) }()
	if text, _ := asker.text("a-model", ""); text != want {
		t.Errorf("got %q, want %q", text, want)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	v.close()
}

// weightFiles is the size of a model's weights on the disk.
func (r modelReport) weightFiles(t *testing.T) (n int64) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(r.Dir, "*.safetensors"))
	if err != nil || len(all) == 0 {
		t.Fatalf("no weights: %v", err)
	}
	for _, f := range all {
		i, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		n += i.Size()
	}
	return n
}

// TestPullWrong: weights with one bit changed, files of another model, a bundle of
// no bounds and one without identity are refused, whoever signed for them.
func TestPullWrong(t *testing.T) {
	dir := servetest.Dir(t)
	id, err := llama.Identify(dir)
	if err != nil {
		t.Fatal(err)
	}
	c, err := id.CID()
	if err != nil {
		t.Fatal(err)
	}
	names, err := modelFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	for _, x := range []struct {
		name   string
		change func(t *testing.T, dir string, id *llama.Identity, names *[]string)
		want   string
	}{
		{"one bit", func(t *testing.T, dir string, _ *llama.Identity, _ *[]string) {
			path := filepath.Join(dir, "model.safetensors")
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			b[len(b)-1] ^= 1
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}, "the weights that came are those of model"},
		{"another tokenizer", func(t *testing.T, dir string, _ *llama.Identity, _ *[]string) {
			if err := os.WriteFile(filepath.Join(dir, "tokenizer.json"), []byte("{}"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "tokenizer.json is not that of model"},
		{"another identity", func(_ *testing.T, _ string, id *llama.Identity, _ *[]string) { id.Bytes++ }, "the files are those of model"},
		{"far too much", func(t *testing.T, dir string, _ *llama.Identity, names *[]string) {
			f, err := os.Create(filepath.Join(dir, "more.safetensors"))
			if err == nil {
				err = errors.Join(f.Truncate(300<<20), f.Close())
			}
			if err != nil {
				t.Fatal(err)
			}
			*names = append(*names, "more.safetensors")
		}, "too large for a model"},
		{"no weights", func(_ *testing.T, _ string, _ *llama.Identity, names *[]string) {
			*names = slices.DeleteFunc(*names, func(n string) bool { return strings.HasSuffix(n, ".safetensors") })
		}, "nobody who was asked gives its weights"},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			liar := newCitizen(t, "liar", nil)
			asker := newCitizen(t, "asker", nil, liar)
			copied := filepath.Join(t.TempDir(), "m")
			if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			says, files := id, slices.Clone(names)
			x.change(t, copied, &says, &files)
			r := liar.answers.repo
			p, _, err := r.publishFiles(ctx, &feed{}, "liar's", copied, &says, files)
			if err == nil {
				p.What = c
				_, err = r.publish(ctx, p)
			}
			if err != nil {
				t.Fatal(err)
			}
			for deadline := time.Now().Add(time.Minute); ; {
				_, err = modelFetch.do(ctx, asker.answers.repo, &feed{}, modelFetchArgs{CID: c.String()})
				if !errors.Is(err, errUnpublished) || time.Now().After(deadline) { // they are connected soon
					break
				}
			}
			if err == nil || !strings.Contains(err.Error(), x.want) {
				t.Errorf("got %v, want %q", err, x.want)
			}
			if left, err := os.ReadDir(asker.home.models().dir); err != nil && !errors.Is(err, os.ErrNotExist) || len(left) != 0 {
				t.Errorf("left in the home: %v, %v", left, err)
			}
		})
	}
}

// TestPullResumes: a fetch that was cut off goes on from the blocks that came; one
// that does not fit on the disk begins not at all.
func TestPullResumes(t *testing.T) {
	dir := servetest.Dir(t)
	maker := newCitizen(t, "maker", nil)
	asker := newCitizen(t, "asker", nil, maker)
	c := maker.publishes(dir)
	r := asker.answers.repo
	ctx, cut := context.WithCancelCause(context.Background())
	stopped := errors.New("cut off")
	for deadline := time.Now().Add(time.Minute); ; {
		_, err := r.pullModel(ctx, &feed{progress: func(string, int64, int64) {
			cut(stopped)
		}}, c, "", 0)
		if ctx.Err() != nil {
			if err == nil {
				t.Fatal("the cut fetch ended well")
			}
			break
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
	before, err := r.blocks.Stat(context.Background())
	if err != nil || before.Blocks == 0 {
		t.Fatalf("%+v, %v", before, err)
	}
	files, err := filesOf(t, r, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if n, err := r.stored(context.Background(), f.file, map[string]bool{}); err != nil || n != f.size {
			t.Errorf("%s: %d of %d bytes are here, %v", f.name, n, f.size, err)
		}
	}
	maker.stop() // nobody is asked again for what came
	if got, err := r.pullModel(context.Background(), &feed{}, c, "", 0); err != nil || got.CID != c.String() {
		t.Errorf("%+v, %v", got, err)
	}
	huge := []bundled{{"huge", files[0].file, 1 << 49}}
	if err := r.roomFor(context.Background(), huge, string(r.home)); err == nil || !strings.Contains(err.Error(), "are needed below") {
		t.Errorf("for a file of 512 TiB: %v", err)
	}
}

func filesOf(t *testing.T, r *repo, c cid.Cid) ([]bundled, error) {
	t.Helper()
	p, err := r.published(context.Background(), c)
	if err != nil {
		return nil, err
	}
	session, err := r.online.fetch.Session(context.Background(), "test", nil)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	return readBundle(context.Background(), session, p.Files)
}

// TestServeCID: "peer serve CID --network" fetches what it is to serve; a peer whose
// settings allow it does so because others ask, and within its bounds.
func TestServeCID(t *testing.T) {
	dir := servetest.Dir(t)
	maker := newCitizen(t, "maker", nil)
	c := maker.publishes(dir)
	eager := newCitizenWith(t, "eager", []string{c.String()}, func(*Config) {}, maker)
	if got := eager.answers.report().Fetching; len(got) != 1 || got[0] != c.String() {
		t.Errorf("fetching %v", got)
	}
	want, _ := eager.text(c.String(), "")
	eager.stop()

	willing := newCitizenWith(t, "willing", nil, func(c *Config) { c.Serve.Fetch = 64 << 20 }, maker)
	newCitizenWith(t, "small", nil, func(c *Config) { c.Serve.Fetch = 1000 }, maker)
	asker := newCitizen(t, "asker", nil, maker, willing)
	if got, _ := asker.text(c.String(), ""); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if all := willing.answers.models(); len(all) != 1 || !all[0].local.Base.CID.Equals(c) {
		t.Errorf("%d models are computed", len(all))
	}
	if left, err := os.ReadDir(willing.home.models().dir); err == nil && len(left) != 0 {
		t.Errorf("in its home: %v", left)
	}
	if willing.answers.place(64 << 20) {
		t.Error("another model has a place beside one that was just asked for")
	}
	willing.answers.mu.Lock()
	willing.answers.lent[c].used = time.Now().Add(-2 * lentFor)
	willing.answers.mu.Unlock()
	if !willing.answers.place(64<<20) || len(willing.answers.models()) != 0 {
		t.Error("one that nobody asks for any more keeps its place")
	}
}
