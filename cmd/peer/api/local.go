package api

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/compute/tokenizer/chat"
)

// A Local is the backend that computes in this process: one base model with
// its adapters on one engine. The caller runs the engine.
type Local struct {
	Engine *serve.Engine
	Base   Model        // ID, CID, Created, Owner, Context, Tokenizer and Templates
	Shape  llama.Config // of the base

	// Get finds the folder of an adapter that is known by its CID only; the
	// engine's Adapters MUST find it too. Nil: such adapters are unknown.
	Get func(ctx context.Context, c cid.Cid) (dir string, err error)

	// Sign makes the records of a complete answer and keeps them. Nil: nobody
	// signs.
	Sign func(ctx context.Context, r *serve.Request, answers []serve.Answer) (Signed, error)

	mu        sync.Mutex
	templates map[cid.Cid]chat.Templates // of adapters that bring their own
}

// Models lists the base and the adapters with a name.
func (l *Local) Models(context.Context) ([]Model, error) {
	all := []Model{l.Base}
	for _, i := range l.Engine.Adapters() {
		for _, name := range i.Names {
			all = append(all, l.adapted(name, i))
		}
	}
	return all, nil
}

// Signed is what Local.Sign makes: who signs, and of each choice the ID of its
// receipt and two records.
type Signed struct {
	Peer    string
	IDs     [][32]byte
	Records [][]byte
}

// Model finds the base or an adapter.
func (l *Local) Model(ctx context.Context, name string) (Model, error) {
	if name == l.Base.ID || name == l.Base.CID.String() {
		return l.Base, nil
	}
	i, err := l.Engine.Adapter(name)
	for _, base := range []string{l.Base.ID, l.Base.CID.String()} {
		rest, ok := strings.CutPrefix(name, base+":")
		if !ok || err == nil {
			continue
		}
		if i, err = l.Engine.Adapter(rest); err == nil {
			continue
		}
		if c, bad := cid.Decode(rest); bad == nil && l.Get != nil {
			if err := l.fetch(ctx, c); err != nil {
				return Model{}, err
			}
			i, err = l.Engine.Adapter(rest)
		}
	}
	if err != nil {
		return Model{}, &UnknownModelError{name, l.nearest(name)}
	}
	return l.adapted(name, i), nil
}

// fetch makes an adapter known that others have.
func (l *Local) fetch(ctx context.Context, c cid.Cid) error {
	dir, err := l.Get(ctx, c)
	if err != nil {
		return &Error{Status: http.StatusNotFound, Param: "model", Code: "model_not_found", Message: err.Error()}
	}
	f, err := lora.Open(dir)
	if err == nil {
		_, err = f.Fit(l.Shape.Linears())
	}
	var own chat.Templates
	if err == nil {
		own, err = chat.Load(dir)
	}
	var coverage *lora.CoverageError
	if err != nil && !errors.As(err, &coverage) {
		err = invalidAdapter("model", err)
	}
	if err != nil {
		return err
	}
	l.remember(c, own)
	return l.Engine.Register("", c, "")
}

// remember keeps the templates of an adapter that brings its own.
func (l *Local) remember(c cid.Cid, own chat.Templates) {
	if len(own) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.templates == nil {
		l.templates = make(map[cid.Cid]chat.Templates)
	}
	l.templates[c] = own
}

// adapted is the base with an adapter.
func (l *Local) adapted(name string, i serve.AdapterInfo) Model {
	m := l.Base
	m.ID, m.Adapter, m.Parent, m.Info = name, i.CID, l.Base.ID, &i
	l.mu.Lock()
	defer l.mu.Unlock()
	if t := l.templates[i.CID]; t != nil {
		m.Templates = t
	}
	return m
}

// nearest returns the names that look most like one that is not there.
func (l *Local) nearest(name string) []string {
	var near []string
	if _, err := l.Engine.Resolve(name); err != nil {
		if e, ok := err.(*serve.UnknownAdapterError); ok {
			near = e.Nearest
		}
	}
	if !slices.Contains(near, l.Base.ID) {
		near = append(near, l.Base.ID)
	}
	return near[:min(3, len(near))]
}

// Complete begins an answer.
func (l *Local) Complete(ctx context.Context, _ Model, r serve.Request) (Answer, error) {
	s, err := l.Engine.Submit(ctx, r)
	if err != nil {
		return nil, err
	}
	return &localAnswer{Stream: s, sign: l.Sign}, nil
}

// A localAnswer is an answer of the engine in this process.
type localAnswer struct {
	*serve.Stream
	sign func(ctx context.Context, r *serve.Request, answers []serve.Answer) (Signed, error)
	done *Receipt // once it is signed
}

// Next returns the next token.
func (a *localAnswer) Next(ctx context.Context) (serve.Event, error) {
	ev, err := a.Stream.Next(ctx)
	return ev, badAdapter(err)
}

// Receipt states what was answered. It is signed once the answer is complete.
func (a *localAnswer) Receipt(ctx context.Context) (Receipt, error) {
	if a.done != nil {
		return *a.done, nil
	}
	r := Receipt{Request: a.Request, Answers: a.Answers()}
	unfinished := func(one serve.Answer) bool { return one.Finish == "" }
	if a.sign == nil || slices.ContainsFunc(r.Answers, unfinished) {
		return r, nil
	}
	s, err := a.sign(context.WithoutCancel(ctx), &r.Request, r.Answers)
	if err != nil {
		return r, err
	}
	r.Peers, r.IDs, r.Records = []string{s.Peer}, s.IDs, s.Records
	a.done = &r
	return r, nil
}

// Embed returns the mean of the final hidden states.
func (l *Local) Embed(ctx context.Context, m Model, tenant string, prompt []int32) (Vector, error) {
	v, err := l.Engine.Embed(ctx, tenant, m.Adapter, prompt)
	return Vector{Values: v}, badAdapter(err)
}

// badAdapter makes a fault of the request of an adapter that cannot be used.
func badAdapter(err error) error {
	var coverage *lora.CoverageError
	if err == nil || errors.As(err, &coverage) || !strings.HasPrefix(err.Error(), "adapter ") {
		return err
	}
	return invalidAdapter("model", err)
}

func invalidAdapter(param string, err error) error {
	return &Error{Status: http.StatusUnprocessableEntity, Param: param, Code: "adapter_invalid", Message: err.Error()}
}

// Adapters lists all adapters that are known.
func (l *Local) Adapters(context.Context) ([]serve.AdapterInfo, error) {
	return l.Engine.Adapters(), nil
}

// LoadAdapter registers an adapter and brings it into memory.
func (l *Local) LoadAdapter(ctx context.Context, a AdapterLoad) (serve.AdapterInfo, error) {
	if a.Dir == "" && l.Get != nil {
		if err := l.fetch(ctx, a.CID); err != nil {
			return serve.AdapterInfo{}, err
		}
	}
	c, err := l.Add(a)
	if err != nil {
		return serve.AdapterInfo{}, err
	}
	if err := l.Engine.Load(ctx, c.String(), a.Pin); err != nil {
		return serve.AdapterInfo{}, errors.Join(badAdapter(err), l.Engine.Unload(a.Name))
	}
	return l.Engine.Adapter(a.Name)
}

// Add registers an adapter. It is read when it is first wanted.
func (l *Local) Add(a AdapterLoad) (cid.Cid, error) {
	c := a.CID
	var own chat.Templates
	if a.Dir != "" {
		f, err := lora.Open(a.Dir)
		if errors.Is(err, fs.ErrNotExist) {
			return c, notThere("lora_path", "There is no adapter in %s: %v.", a.Dir, err)
		}
		if err == nil {
			c, err = f.CID()
		}
		if err == nil {
			own, err = chat.Load(a.Dir)
		}
		if err != nil {
			return c, invalidAdapter("lora_path", err)
		}
		if a.CID.Defined() && !a.CID.Equals(c) {
			return c, invalid("cid", "The adapter in %s is %s, not %s.", a.Dir, c, a.CID)
		}
		if _, err := f.Fit(l.Shape.Linears()); err != nil {
			return c, err
		}
	}
	if old, err := l.Engine.Resolve(a.Name); a.Name == l.Base.ID || err == nil && !old.Equals(c) && !a.Replace {
		return c, &Error{Status: http.StatusConflict, Param: "lora_name", Code: "name_taken", Message: fmt.Sprintf("The name %q stands for another model; unload that first, or say load_inplace.", a.Name)}
	}
	l.remember(c, own)
	return c, l.Engine.Register(a.Name, c, a.Dir)
}

// UnloadAdapter takes a name away.
func (l *Local) UnloadAdapter(_ context.Context, name string) error { return l.Engine.Unload(name) }
