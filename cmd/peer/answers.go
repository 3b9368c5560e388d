package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/gateway"
	serves "github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/proofs/record"
)

// answers is what a peer answers: the models that are computed here, to its own
// API and to other peers, and through other peers all the rest. It is the
// api.Backend of the peer; answers_backend.go has that part, answers_ask.go how
// others are asked, answers_judge.go what becomes of their receipts.
type answers struct {
	repo     *repo
	online   *online           // nil: nobody else is asked or answered
	capacity *capacity.Service // likewise
	config   Config
	key      record.Key
	log      *slog.Logger
	gateway  *gateway.Gateway // nil without online
	server   *api.Server
	listener net.Listener // nil: serve.listen is empty
	tokens   *api.Tokens  // nil: programs of this machine need none
	sources  *attributions
	news     chan struct{}
	till     *till
	missing  []serveFlags // models that are computed here once they are fetched
	progress func(what string, done, total int64)
	asked    chan cid.Cid // models that others asked for, see answers_demand.go

	mu    sync.Mutex // guards what follows
	here  []*serving // computed here
	away  map[cid.Cid]api.Model
	found map[[2]cid.Cid]workersFound
	none  map[cid.Cid]time.Time // adapters that nobody published at that time
	lent  map[cid.Cid]*loan     // models that are fetched and computed because others asked

	visits   sync.Mutex // guards visitors
	visitors map[cid.Cid]*visitor
}

// newAnswers opens the API, and loads the models that it is to serve. o and c are
// nil where nobody else is asked; owner is a token of whoever has the home.
func newAnswers(p *peer, r *repo, o *online, c *capacity.Service, owner string) (_ *answers, err error) {
	s := &answers{repo: r, online: o, capacity: c, config: p.config, key: p.key, log: p.log, news: make(chan struct{}, 1), till: &till{repo: r},
		asked: make(chan cid.Cid, 1), visitors: map[cid.Cid]*visitor{}, lent: map[cid.Cid]*loan{}, progress: func(string, int64, int64) {},
		away: map[cid.Cid]api.Model{}, found: map[[2]cid.Cid]workersFound{}, none: map[cid.Cid]time.Time{}}
	r.answers, s.sources = s, newAttributions(s)
	if o != nil {
		if err := s.newGateway(); err != nil {
			return nil, err
		}
	}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	wanted := p.serves
	for _, ref := range p.config.Serve.Models {
		c := p.config.Serve
		wanted = append(wanted, serveFlags{Model: ref, Memory: int64(max(1, c.Memory>>20)), Slots: c.Slots, Queue: c.Queue})
	}
	if p.app != nil {
		s.progress = newTaskBar(p.app).progress
	}
	for _, f := range wanted {
		if _, lacks := s.lacks(f.Model); lacks {
			if o == nil {
				return nil, problemf(exitUsage, `add --network, or fetch it with "peer model pull" beside a running peer`, "serve %s: it is not here", f.Model)
			}
			s.missing = append(s.missing, f)
			continue
		}
		v, err := s.open(&f)
		if err != nil {
			return nil, fmt.Errorf("serve %s: %w", f.Model, err)
		}
		s.here = append(s.here, v)
	}
	if p.config.Serve.Listen == "" {
		return s, nil
	}
	all, err := p.home.apiTokens().List()
	if err != nil {
		return nil, homeProblem(err)
	}
	if s.listener, err = listen("serve.listen", p.config.Serve.Listen, len(all) > 0); err != nil {
		return nil, err
	}
	if p.config.Serve.RequireToken || !s.listener.Addr().(*net.TCPAddr).IP.IsLoopback() {
		s.tokens = p.home.apiTokens()
	}
	registry := newRegistry()
	s.count(registry)
	conf := api.Config{Backend: s, Dir: p.home.path("api-data"), Tokens: s.tokens, Owner: owner, Registry: registry, Log: p.log, Attributions: s.sources}
	if p.app != nil {
		conf.Tuner = &localTuner{p.app, s}
	}
	if s.server, err = api.New(conf); err != nil {
		return nil, homeProblem(err)
	}
	return s, s.reoffer(conf.Dir)
}

// open loads a model of this peer.
func (s *answers) open(f *serveFlags) (*serving, error) {
	return openServing(s.repo.home, s.config.Engine, s.log, f, s.repo)
}

// url is where the API is, or nothing where there is none.
func (s *answers) url() string {
	if s.listener == nil {
		return ""
	}
	return "http://" + s.listener.Addr().String()
}

func (s *answers) close() {
	if s.listener != nil {
		s.listener.Close()
	}
	for _, v := range s.here {
		v.close()
	}
}

// run answers until ctx is done.
func (s *answers) run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer s.close()
	var work sync.WaitGroup
	run := func(f func(context.Context) error) {
		work.Go(func() {
			if err := f(ctx); err != nil && ctx.Err() == nil {
				cancel(err)
			}
		})
	}
	if s.online != nil {
		stop := s.serve()
		defer stop()
	}
	for _, v := range s.models() {
		run(func(ctx context.Context) error { return s.with(ctx, v) })
	}
	for _, f := range s.missing {
		run(func(ctx context.Context) error { return s.bring(ctx, f) })
	}
	if s.config.Serve.Fetch > 0 && s.online != nil {
		run(s.lend)
	}
	if s.listener != nil {
		run(func(ctx context.Context) error { return s.server.Serve(ctx, s.listener) })
		run(s.server.Run)
		run(s.sources.run)
	}
	if s.online != nil {
		run(s.gateway.Run)
		run(func(ctx context.Context) error { s.online.provideAll(ctx, s.news); return nil })
		run(func(ctx context.Context) error { s.watch(ctx); return nil })
	}
	<-ctx.Done()
	work.Wait()
	s.dismiss()
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// with computes a model here until ctx is done. Its engine is run once.
func (s *answers) with(ctx context.Context, v *serving) error {
	s.add(v)
	defer s.remove(v)
	var work sync.WaitGroup
	defer work.Wait()
	if s.online != nil {
		work.Go(func() { s.offer(ctx, v) })
	}
	return v.engine.Run(ctx)
}

// add and remove say what is computed here.
func (s *answers) add(v *serving) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.here, v) {
		s.here = append(slices.Clone(s.here), v)
		s.sources.look() // answers of this model may be waiting
	}
}

func (s *answers) remove(v *serving) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.here = slices.DeleteFunc(slices.Clone(s.here), func(o *serving) bool { return o == v })
}

// offer tells others that a model is here, and what they need to ask for it.
func (s *answers) offer(ctx context.Context, v *serving) {
	s.capacity.Changed()
	if err := s.repo.publishModel(ctx, v.local.Base.ID, v.model.Dir, &v.identity); err != nil && ctx.Err() == nil {
		s.log.ErrorContext(ctx, "Files of a model not published", slog.String("model", v.local.Base.ID), slog.Any("err", err))
	}
	s.tell()
}

// tell has what was published told to the DHT soon.
func (s *answers) tell() {
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// models lists what is computed here.
func (s *answers) models() []*serving {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.here)
}

// of returns the serving of a model, nil if it is not computed here.
func (s *answers) of(model cid.Cid) *serving {
	for _, v := range s.models() {
		if v.local.Base.CID.Equals(model) {
			return v
		}
	}
	return nil
}

// serve answers other peers until stop.
func (s *answers) serve() (stop func()) {
	c := serves.Config{Engine: engines{s}, Key: s.key, Network: s.repo.network(), Domain: s.till.domain, Trace: s.trace, Embed: s.embed, Log: s.log}
	if s.config.Auditor.Enabled {
		c.Audit = s.finding
	}
	if s.repo.config.Chain.attached() {
		c.Earned = s.repo.owe
	}
	if price := s.config.Network.PriceServe; price > 0 {
		c.Pays = func(ctx context.Context, r *serve.Request, p *serves.Payment) error {
			if err := p.Enough(r, price); err != nil {
				return err
			}
			return s.till.covers(ctx, p)
		}
	}
	answers := serves.New(c).Serve(s.online.node)
	publications := s.online.node.Serve(askPublication, publicationLimits, s.log, s.repo.answerPublication)
	return func() { answers(); publications() }
}

// engines are those of all models that are computed here, as one.
type engines struct{ s *answers }

func (e engines) of(r *serve.Request) (*serve.Engine, error) {
	if v := e.s.of(r.Model); v != nil {
		e.s.used(r.Model)
		return v.engine, nil
	}
	return nil, e.s.demand(r.Model)
}

func (e engines) Accept(r serve.Request) (serve.Request, error) {
	x, err := e.of(&r)
	if err != nil {
		return r, err
	}
	return x.Accept(r)
}

func (e engines) Submit(ctx context.Context, r serve.Request) (*serve.Stream, error) {
	x, err := e.of(&r)
	if err != nil {
		return nil, err
	}
	return x.Submit(ctx, r)
}

// advertise adds to an advert what is warm here, and how many answers could begin now.
func (s *answers) advertise(l *capacity.Load) {
	for _, v := range s.models() {
		at := v.engine.Stats()
		l.Slots += uint64(max(0, at.Slots-at.Running-at.Waiting))
		if !slices.Contains(l.Models, v.local.Base.CID) {
			l.Models = append([]cid.Cid{v.local.Base.CID}, l.Models...)
		}
		for _, a := range v.engine.Adapters() {
			if a.State == serve.AdapterReady {
				l.Adapters = append(l.Adapters, a.CID)
			}
		}
	}
}

// watchEvery is how often it is looked whether other adapters are warm.
const watchEvery = 10 * time.Second

// watch has other adapters advertised when they are warm.
func (s *answers) watch(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	var before []cid.Cid
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		var l capacity.Load
		s.advertise(&l)
		slices.SortFunc(l.Adapters, func(a, b cid.Cid) int { return slices.Compare(a.Bytes(), b.Bytes()) })
		if !slices.EqualFunc(before, l.Adapters, cid.Cid.Equals) {
			before = l.Adapters
			s.capacity.Changed()
		}
	}
}

// adapterFiles gets an adapter that an engine wants.
func (r *repo) adapterFiles(ctx context.Context, c cid.Cid) (*lora.Files, error) {
	dir, err := r.adapterDir(ctx, c)
	if err != nil {
		return nil, err
	}
	return lora.Open(dir)
}

// trace does an answer of this peer again.
func (s *answers) trace(_ context.Context, v *receipt.Verified) (*receipt.Tracer, error) {
	m := s.of(v.Receipt.Model)
	if m == nil {
		return nil, serves.ErrNoModel
	}
	return m.tracer(v, s.repo)
}

// tracer looks into the prefill of an answer.
func (v *serving) tracer(of *receipt.Verified, r *repo) (*receipt.Tracer, error) {
	terms, err := v.terms()
	if err != nil {
		return nil, err
	}
	return receipt.NewTracer(v.cpu, v.weights, of.File.Spec, terms, func(c cid.Cid) (*lora.Files, error) {
		return r.adapterFiles(context.Background(), c)
	})
}

// termsOf are what the CID of the model stands for.
func (v *serving) termsOf() (*receipt.Terms, error) {
	config, err := os.ReadFile(filepath.Join(v.model.Dir, "config.json"))
	if err != nil {
		return nil, err
	}
	return receipt.TermsOf(v.cpu, v.weights, v.identity, config)
}

// count gives the counts of all engines to /metrics.
func (s *answers) count(r prometheus.Registerer) {
	gauge := func(name, help string, of func(serve.Stats) int) {
		r.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
			sum := 0
			for _, v := range s.models() {
				sum += of(v.engine.Stats())
			}
			return float64(sum)
		}))
	}
	gauge("peer_serve_running", "Sequences in the batch.", func(s serve.Stats) int { return s.Running })
	gauge("peer_serve_waiting", "Sequences in the queue.", func(s serve.Stats) int { return s.Waiting })
	gauge("peer_serve_free_bytes", "Memory of the arena that nobody has.", func(s serve.Stats) int { return s.Free })
	gauge("peer_serve_adapters_resident", "Adapters in memory.", func(s serve.Stats) int { return s.InMemory })
	gauge("peer_serve_adapters_known", "Adapters that can be asked for.", func(s serve.Stats) int { return s.Known })
}
