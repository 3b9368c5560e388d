package main

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/compute/tokenizer/chat"
)

var (
	_ api.Backend  = (*answers)(nil)
	_ api.Adapters = (*answers)(nil)
)

// Models implements api.Backend: what is computed here, and what other peers
// advertise. What is not known here but for that is called by its CID.
func (s *answers) Models(ctx context.Context) ([]api.Model, error) {
	var bases, adapted []api.Model
	for _, v := range s.models() {
		all, err := v.local.Models(ctx)
		if err != nil {
			return nil, err
		}
		bases, adapted = append(bases, all[0]), append(adapted, all[1:]...)
	}
	if s.gateway != nil {
		others, err := s.askable(ctx)
		if err != nil {
			return nil, err
		}
		warm := s.warmElsewhere()
		for _, v := range s.models() {
			delete(warm, v.local.Base.CID)
		}
		for _, m := range others {
			if warm[m.CID] {
				bases = append(bases, m)
				delete(warm, m.CID)
			}
		}
		for _, c := range slices.SortedFunc(maps.Keys(warm), func(a, b cid.Cid) int { return strings.Compare(a.String(), b.String()) }) {
			bases = append(bases, api.Model{ID: c.String(), CID: c, Owner: "network", Created: time.Unix(0, 0)})
		}
	}
	return append(bases, adapted...), nil
}

// Model implements api.Backend: first what is here, then what others have.
func (s *answers) Model(ctx context.Context, name string) (api.Model, error) {
	unknown := &api.UnknownModelError{Name: name}
	for _, v := range s.models() {
		m, err := v.local.Model(ctx, name)
		if err == nil {
			return m, nil
		}
		var not *api.UnknownModelError
		if !errors.As(err, &not) {
			return m, err // its base is here
		}
		unknown.Nearest = append(unknown.Nearest, not.Nearest...)
	}
	if s.gateway != nil {
		m, err := s.elsewhere(ctx, name)
		var not *api.UnknownModelError
		if err == nil || !errors.As(err, &not) {
			return m, err
		}
		unknown.Nearest = append(unknown.Nearest, not.Nearest...)
	}
	slices.Sort(unknown.Nearest)
	unknown.Nearest = slices.Compact(unknown.Nearest)
	slices.SortStableFunc(unknown.Nearest, func(a, b string) int {
		return serve.Distance(clip(name), clip(a)) - serve.Distance(clip(name), clip(b))
	})
	unknown.Nearest = unknown.Nearest[:min(3, len(unknown.Nearest))]
	return api.Model{}, unknown
}

// clip shortens a name that a client made up.
func clip(name string) string { return name[:min(len(name), 100)] }

// elsewhere finds a model that is not computed here: one of the home, or one that
// another peer published; an adapter by its CID alone, too.
func (s *answers) elsewhere(ctx context.Context, name string) (api.Model, error) {
	first, rest, ok := strings.Cut(name, ":")
	if ok { // an adapter of the home has a name, too
		own, err := s.repo.home.adapters().list()
		if err != nil {
			return api.Model{}, err
		}
		if at := slices.IndexFunc(own, func(i adapterInfo) bool { return i.Name == rest }); at >= 0 {
			name, rest = first+":"+own[at].CID, own[at].CID
		}
	}
	m, err := s.gateway.Model(ctx, name)
	if err == nil {
		return s.filled(ctx, m)
	}
	c, bad := cid.Decode(first)
	if bad != nil {
		return m, err
	}
	p, missing := s.repo.published(ctx, c)
	if missing != nil {
		return m, err
	}
	if p.Base.Defined() { // an adapter: on the model that it was made for
		if rest != "" {
			return m, err
		}
		return s.Model(ctx, p.Base.String()+":"+name)
	}
	if _, fetched := s.repo.modelDir(ctx, c); fetched != nil {
		return m, &api.Error{Status: http.StatusServiceUnavailable, Param: "model", Code: "not_fetched", Message: fetched.Error(), RetryAfter: 5 * time.Second}
	}
	s.mu.Lock()
	s.away[c] = api.Model{ID: c.String(), CID: c, Owner: "network", Created: time.Now()}
	s.mu.Unlock()
	if m, err = s.gateway.Model(ctx, name); err != nil {
		return m, err
	}
	return s.filled(ctx, m)
}

// askable lists models that others can be asked for: those of the home, and those
// that were fetched.
func (s *answers) askable(context.Context) ([]api.Model, error) {
	home, err := s.repo.home.models().list()
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range home {
		c, err := cid.Decode(i.CID)
		if err != nil {
			continue
		}
		if m, ok := s.away[c]; !ok || m.ID != i.Name {
			s.away[c] = api.Model{ID: i.Name, CID: c, Owner: "network", Created: modified(i.Dir), Context: i.Context}
		}
	}
	var all []api.Model
	for _, m := range s.away {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b api.Model) int { return strings.Compare(a.ID, b.ID) })
	return all, nil
}

// filled reads the tokenizer and the templates of a model that others compute.
func (s *answers) filled(ctx context.Context, m api.Model) (api.Model, error) {
	s.mu.Lock()
	known := s.away[m.CID]
	s.mu.Unlock()
	if known.Tokenizer == nil {
		dir, err := s.repo.modelDir(ctx, m.CID)
		if err != nil {
			return m, err
		}
		c, err := llama.ReadConfig(dir)
		if err == nil {
			known.Context = c.Context
			known.Tokenizer, err = tokenizer.Load(dir)
		}
		if err == nil {
			known.Templates, err = chat.Load(dir)
		}
		if err != nil {
			return m, err
		}
		s.mu.Lock()
		s.away[m.CID] = known
		s.mu.Unlock()
	}
	m.Context, m.Tokenizer, m.Templates = known.Context, known.Tokenizer, known.Templates
	if m.Adapter.Defined() {
		own, err := s.templates(ctx, m.Adapter)
		if err != nil {
			return m, err
		}
		if len(own) > 0 {
			m.Templates = own
		}
	}
	return m, nil
}

// lookAgain is how soon an adapter is asked for again that nobody published.
const lookAgain = 5 * time.Minute

// templates are the chat templates that an adapter brings. One that nobody
// published brings none.
func (s *answers) templates(ctx context.Context, c cid.Cid) (chat.Templates, error) {
	if i, err := s.repo.home.adapters().find(c.String()); err == nil {
		return chat.Load(i.Dir)
	}
	s.mu.Lock()
	at, looked := s.none[c]
	s.mu.Unlock()
	if looked && time.Since(at) < lookAgain {
		return nil, nil
	}
	dir, err := s.repo.cached(ctx, "templates", c, false, func(p publication, from []string, tmp string) error {
		return s.repo.unbundle(ctx, p, from, tmp, adapterNames[2:], 1<<20)
	})
	if err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		if len(s.none) > 1<<12 {
			clear(s.none)
		}
		s.none[c] = time.Now()
		return nil, ctx.Err()
	}
	return chat.Load(dir)
}

// Complete implements api.Backend.
func (s *answers) Complete(ctx context.Context, m api.Model, r serve.Request) (api.Answer, error) {
	if v := s.of(m.CID); v != nil {
		return v.local.Complete(ctx, m, r)
	}
	if s.gateway == nil {
		return nil, &api.UnknownModelError{Name: m.ID}
	}
	return s.gateway.Complete(ctx, m, r)
}

// Embed implements api.Backend.
func (s *answers) Embed(ctx context.Context, m api.Model, tenant string, prompt []int32) (api.Vector, error) {
	if v := s.of(m.CID); v != nil {
		return v.local.Embed(ctx, m, tenant, prompt)
	}
	if s.gateway == nil {
		return api.Vector{}, &api.UnknownModelError{Name: m.ID}
	}
	return s.gateway.Embed(ctx, m, tenant, prompt)
}

// Adapters implements api.Adapters: those of all models that are computed here.
func (s *answers) Adapters(ctx context.Context) (all []serve.AdapterInfo, err error) {
	for _, v := range s.models() {
		some, err := v.local.Adapters(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// LoadAdapter implements api.Adapters, on the first model that the adapter fits.
func (s *answers) LoadAdapter(ctx context.Context, l api.AdapterLoad) (i serve.AdapterInfo, err error) {
	err = noneHere
	for _, v := range s.models() {
		i, err = v.local.LoadAdapter(ctx, l)
		var coverage *lora.CoverageError
		if !errors.As(err, &coverage) {
			break
		}
	}
	return i, err
}

// UnloadAdapter implements api.Adapters.
func (s *answers) UnloadAdapter(ctx context.Context, name string) (err error) {
	err = noneHere
	for _, v := range s.models() {
		err = v.local.UnloadAdapter(ctx, name)
		var not *serve.UnknownAdapterError
		if !errors.As(err, &not) {
			break
		}
	}
	return err
}

var noneHere = &api.Error{Status: http.StatusNotImplemented, Code: "no_adapters", Message: "No model is computed here; ask for an adapter as MODEL:CID."}
