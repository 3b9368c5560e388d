package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/compute/tokenizer/chat"
)

// A serving is a model with its engine, in this process.
type serving struct {
	operators *op.Engine
	cpu       *tape.CPU
	weights   *llama.Model
	engine    *serve.Engine
	local     *api.Local
	model     modelInfo
	identity  llama.Identity
	terms     func() (*receipt.Terms, error) // made once: the weights are hashed
}

// openServing loads a model and makes an engine for it; the caller runs that.
// With a repo its answers are signed, and adapters may be named by CIDs.
func openServing(h home, c op.Config, log *slog.Logger, f *serveFlags, r *repo) (v *serving, err error) {
	v = &serving{}
	v.terms = sync.OnceValues(v.termsOf)
	if v.model, err = h.models().find(f.Model); err != nil {
		return nil, err
	}
	load := llama.LoadConfig{Q8: f.Q8}
	if v.identity, err = llama.IdentifyAs(v.model.Dir, load.Form()); err != nil {
		return nil, err
	}
	id, err := v.identity.CID()
	if err != nil {
		return nil, err
	}
	if v.model.CID != "" && !f.Q8 && v.model.CID != id.String() {
		return nil, problemf(exitCheck, "fetch it again", "model %s was %s when it came, its files are now %s", v.model.Name, v.model.CID, id)
	}
	tokens, err := tokenizer.Load(v.model.Dir)
	if err != nil {
		return nil, err
	}
	templates, err := templatesOf(v.model.Dir, f.Template)
	if err != nil {
		return nil, err
	}
	if f.Threads != 0 {
		c.Threads = f.Threads
	}
	if v.operators, err = op.New(c); err != nil {
		return nil, problemf(exitUsage, "", "%w", err)
	}
	defer func() {
		if err != nil {
			v.close()
		}
	}()
	v.cpu = tape.NewCPU(v.operators)
	if v.weights, err = llama.Load(v.model.Dir, v.cpu, load); err != nil {
		return nil, err
	}
	if f.Context > v.weights.Config.Context {
		return nil, problemf(exitUsage, "leave --context out", "--context is %d; the model's is %d", f.Context, v.weights.Config.Context)
	}
	config := serve.Config{Model: v.weights, CID: id, Tokenizer: tokens, Memory: f.Memory << 20, Slots: f.Slots, Queue: f.Queue, Context: f.Context, Log: log}
	if r != nil {
		config.Adapters = r.adapterFiles
	}
	if v.engine, err = serve.New(config); err != nil {
		return nil, problemf(exitUsage, "try --memory 4096", "%w", err)
	}
	name := f.Name
	if name == "" {
		name = v.model.Name
	}
	length := v.weights.Config.Context
	if f.Context > 0 {
		length = f.Context
	}
	v.local = &api.Local{Engine: v.engine, Shape: v.weights.Config, Base: api.Model{ID: name, CID: id, Owner: "local", Created: modified(v.model.Dir),
		Context: length, Tokenizer: tokens, Templates: templates}}
	if r != nil {
		v.local.Get, v.local.Sign = r.adapterDir, r.sign
	}
	return v, v.addAdapters(h, f.Adapters, r)
}

// templatesOf reads the chat templates of a model, or the one in a file.
func templatesOf(dir, file string) (chat.Templates, error) {
	if file == "" {
		return chat.Load(dir)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, problemf(exitUsage, "name a file that holds one", "--chat-template: %w", err)
	}
	t, err := chat.Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return chat.Templates{"default": t}, nil
}

func modified(dir string) time.Time {
	if info, err := os.Stat(filepath.Join(dir, "config.json")); err == nil {
		return info.ModTime()
	}
	return time.Now()
}

// addAdapters makes known those that flags name, and those of the home that fit.
func (v *serving) addAdapters(h home, named []string, r *repo) error {
	all, err := h.adapters().list()
	if err != nil {
		return err
	}
	for _, i := range all {
		_, err := v.local.Add(api.AdapterLoad{Name: i.Name, Dir: i.Dir})
		var coverage *lora.CoverageError
		if err != nil && !errors.As(err, &coverage) { // one for another base is no error
			return fmt.Errorf("adapter %s: %w", i.Name, err)
		}
	}
	for _, arg := range named {
		name, dir, ok := strings.Cut(arg, "=")
		if !ok {
			name, dir = filepath.Base(filepath.Clean(arg)), arg
		}
		load := api.AdapterLoad{Name: name, Dir: dir, Replace: true}
		if i, err := h.adapters().find(dir); err == nil {
			load.Dir = i.Dir
		} else if c, bad := cid.Decode(dir); bad == nil && r != nil {
			load.Dir, load.CID = "", c // it is fetched when it is first asked for
		}
		if _, err := v.local.Add(load); err != nil {
			return problemf(exitFailed, `"peer adapter list" shows those of the home`, "adapter %s: %w", name, err)
		}
	}
	return nil
}

// names of the adapters that can be asked for.
func (v *serving) names() []string {
	names := []string{}
	for _, i := range v.engine.Adapters() {
		names = append(names, i.Names...)
	}
	return names
}

func (v *serving) close() {
	if v.operators != nil {
		v.operators.Close()
	}
}
