package serve

import (
	"container/list"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/serve/grammar"
)

// An Engine serves one model. Run is its loop; all other methods may be called
// at any time by any goroutine.
type Engine struct {
	c       Config
	memory  *memory
	forward *llama.Forward
	draw    *drawers
	vocab   func() (*grammar.Vocabulary, error)

	schemas  sync.Mutex
	compiled map[[32]byte]*grammar.State // guarded by schemas

	wakeup chan struct{} // has room for one; a token in it means that something has changed
	closed chan struct{} // Run has returned
	work   sync.WaitGroup

	mu       sync.Mutex // guards what follows, and every sequence
	step     uint64
	order    uint64
	waiting  []*sequence // in the order of arrival
	running  []*sequence // in the order in which they began
	tenants  map[string]*tenant
	floor    float64 // what a new tenant is taken to have had
	prefix   *prefix
	adapters map[cid.Cid]*adapter
	names    map[string]cid.Cid
	idle     list.List // adapters in memory without users, those used last in front
	loads    int       // on their way
	inMemory int       // adapters, those on their way too
	wanted   []*adapterWait
	stopped  bool
	stats    Stats
	pace     time.Duration // how long a sequence runs, on average of late
	batch    batch
}

// New makes an engine. It starts nothing; Run does.
func New(c Config) (*Engine, error) {
	if c.Model == nil || !c.CID.Defined() {
		return nil, errors.New("serve: a Config needs a Model and its CID")
	}
	for _, d := range []struct {
		v         *int
		otherwise int
	}{{&c.Slots, 32}, {&c.Chunk, 64}, {&c.Queue, 256}, {&c.Overtake, 64}, {&c.Context, c.Model.Config.Context}} {
		if *d.v == 0 {
			*d.v = d.otherwise
		}
	}
	if c.Memory == 0 {
		c.Memory = 1 << 30
	}
	if c.Slots < 1 || c.Chunk < 1 || c.Queue < 1 || c.Overtake < 1 || c.Context < 2 || c.Context > c.Model.Config.Context || c.Memory < 0 {
		return nil, fmt.Errorf("serve: %d slots, chunks of %d, a queue of %d, %d overtake, a context of %d of the model's %d: one cannot be",
			c.Slots, c.Chunk, c.Queue, c.Overtake, c.Context, c.Model.Config.Context)
	}
	a, err := c.Model.NewArena(int(c.Memory))
	if err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	e := &Engine{
		c: c, memory: newMemory(a), wakeup: make(chan struct{}, 1), closed: make(chan struct{}),
		tenants: make(map[string]*tenant), prefix: newPrefix(),
		compiled: make(map[[32]byte]*grammar.State),
		adapters: make(map[cid.Cid]*adapter), names: make(map[string]cid.Cid),
	}
	if e.forward, err = c.Model.NewForward(llama.ForwardConfig{
		Tokens: c.Slots + c.Chunk, Picks: c.Slots + c.Chunk, Context: c.Context, Cached: true, Adapters: true,
	}); err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	if e.draw, err = newDrawers(runtime.GOMAXPROCS(0)); err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	if t := c.Tokenizer; t != nil {
		e.vocab = sync.OnceValues(func() (*grammar.Vocabulary, error) {
			return grammar.NewVocabulary(c.Model.Config.Vocab, func(id int32) string {
				if t.IsSpecial(id) {
					return ""
				}
				return t.Text(id)
			})
		})
	}
	return e, nil
}

// Submit puts a request into the queue, or refuses it at once: with a
// *RequestError, an *UnknownAdapterError or a *BusyError. When ctx is done the
// answer is given up. An adapter that cannot be loaded is an error of the
// stream.
func (e *Engine) Submit(ctx context.Context, r Request) (*Stream, error) {
	if err := r.check(e); err != nil {
		return nil, err
	}
	digest, err := r.Digest()
	if err != nil {
		return nil, invalid("stop", "is not UTF-8")
	}
	guide, err := e.compile(r.Schema)
	if err != nil {
		return nil, err
	}
	s := newStream(e, r)
	accepted := s.Request // the stream's is its holder's
	var all []*sequence
	for i := range r.Choices {
		q := &sequence{
			stream: s, choice: i, digest: digest, req: &accepted, prompt: len(r.Prompt),
			tokens: slices.Concat(r.Prompt, r.Answered), chain: NewChain(digest, i), guide: guide,
		}
		if q.text = e.newText(r.Stop); i > 0 {
			q.behind = all[0]
		}
		if err := q.replay(); err != nil {
			return nil, err
		}
		all = append(all, q)
	}
	if err := e.enqueue(r.Tenant, r.Adapter, all); err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { e.cancel(s, context.Cause(ctx)) })
	s.mu.Lock()
	if s.stop = func() bool { return stop() }; s.err != nil {
		stop()
	}
	s.mu.Unlock()
	return s, nil
}

// Embed returns the mean of the final hidden states of a prompt: the sum in the
// order of the tokens, divided by their number.
func (e *Engine) Embed(ctx context.Context, tenant string, adapter cid.Cid, prompt []int32) ([]float32, error) {
	r := Request{Adapter: adapter, Prompt: prompt, Choices: 1}
	vocab, most := e.c.Model.Config.Vocab, e.c.Context
	if at := slices.IndexFunc(prompt, func(id int32) bool { return id < 0 || int(id) >= vocab }); at >= 0 {
		return nil, invalid("prompt", "has token %d; the vocabulary has %d", prompt[at], vocab)
	}
	if len(prompt) == 0 || len(prompt) > most || e.pagesOf(len(prompt)) > len(e.memory.used) {
		return nil, invalid("prompt", "has %d tokens; 1 to %d are allowed", len(prompt), most)
	}
	t := &task{embed: make([]float32, e.c.Model.Config.Hidden)}
	if err := e.perform(ctx, tenant, &sequence{task: t, req: &r, tokens: prompt, prompt: len(prompt)}); err != nil {
		return nil, err
	}
	for i := range t.embed {
		t.embed[i] /= float32(len(prompt))
	}
	return t.embed, nil
}

// perform runs a sequence with a task.
func (e *Engine) perform(ctx context.Context, tenant string, s *sequence) error {
	s.task.done = make(chan error, 2)
	if err := e.enqueue(tenant, s.req.Adapter, []*sequence{s}); err != nil {
		return err
	}
	select {
	case err := <-s.task.done:
		return err
	case <-ctx.Done():
		e.mu.Lock()
		e.end(s, context.Cause(ctx))
		e.mu.Unlock()
		<-s.task.done // the loop no longer writes what the task computes
		return context.Cause(ctx)
	}
}

// enqueue puts the sequences of a request into the queue.
func (e *Engine) enqueue(name string, adapter cid.Cid, all []*sequence) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stopped {
		return ErrClosed
	}
	if n := len(e.waiting); n+len(all) > e.c.Queue {
		e.stats.Refused++
		return &BusyError{n, e.retryAfter(n)}
	}
	a, err := e.known(adapter)
	if err != nil {
		return err
	}
	if a != nil {
		a.hits += uint64(len(all))
	}
	t := e.tenant(name)
	for _, s := range all {
		e.order++
		s.order, s.tenant, s.adapter = e.order, t, a
		t.active++
		e.waiting = append(e.waiting, s)
	}
	e.wake()
	return nil
}

// retryAfter guesses when a place in a queue of n will be free.
func (e *Engine) retryAfter(n int) time.Duration {
	d := time.Duration(n/e.c.Slots+1) * e.pace
	return min(max(d, 100*time.Millisecond), 30*time.Second).Round(10 * time.Millisecond)
}

// cancel ends a stream and all its sequences.
func (e *Engine) cancel(s *Stream, err error) {
	s.fail(err)
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, q := range slices.Concat(e.waiting, e.running) {
		if q.stream == s {
			e.end(q, err)
		}
	}
}

// end takes a sequence out of the queue or the batch. One that is in the step
// that runs goes with its end.
func (e *Engine) end(s *sequence, err error) {
	if s.dead == nil && err != nil {
		s.dead = err
	}
	if s.flying {
		return
	}
	e.remove(s)
	if err == nil {
		return
	}
	s.end(err)
	if s.stream == nil {
		return
	}
	for _, q := range slices.Concat(e.waiting, e.running) { // the other choices
		if q.stream == s.stream && q.dead == nil {
			e.end(q, err)
		}
	}
}

// remove frees all that a sequence has.
func (e *Engine) remove(s *sequence) {
	e.givePages(s)
	e.release(s)
	s.running = false
	same := func(o *sequence) bool { return o == s }
	n := len(e.waiting) + len(e.running)
	e.waiting = slices.DeleteFunc(e.waiting, same)
	e.running = slices.DeleteFunc(e.running, same)
	if len(e.waiting)+len(e.running) < n {
		e.leave(s.tenant)
	}
	if a := s.adapter; a != nil && !a.named && a.in == nil &&
		!slices.ContainsFunc(e.waiting, func(o *sequence) bool { return o.adapter == a }) {
		delete(e.adapters, a.id)
	}
	e.wake()
}

func (e *Engine) wake() {
	select {
	case e.wakeup <- struct{}{}:
	default:
	}
}

// Run serves until ctx is done, and then ends all streams with ErrClosed. It is
// called once.
func (e *Engine) Run(ctx context.Context) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	for ctx.Err() == nil {
		b := e.plan(inner)
		if b == nil {
			select {
			case <-e.wakeup:
			case <-ctx.Done():
			}
			continue
		}
		began := time.Now()
		err := e.compute(b)
		e.commit(b, err, time.Since(began))
	}
	cancel()
	e.mu.Lock()
	e.stopped = true
	e.mu.Unlock()
	e.work.Wait()
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, s := range slices.Concat(e.waiting, e.running) {
		e.end(s, ErrClosed)
	}
	close(e.closed)
	return nil
}

// compile returns the beginning of what conforms to a schema, nil without one.
func (e *Engine) compile(schema []byte) (*grammar.State, error) {
	if len(schema) == 0 {
		return nil, nil
	}
	if e.vocab == nil {
		return nil, invalid("schema", "needs a tokenizer, which this model does not have")
	}
	e.schemas.Lock()
	defer e.schemas.Unlock()
	key := sha256.Sum256(schema)
	if g := e.compiled[key]; g != nil {
		return g, nil
	}
	v, err := e.vocab()
	if err != nil {
		return nil, invalid("schema", "%v", err)
	}
	g, err := grammar.Compile(schema, v)
	if err != nil {
		return nil, invalid("schema", "%v", err)
	}
	if len(e.compiled) >= maxCompiled {
		clear(e.compiled)
	}
	e.compiled[key] = g
	return g, nil
}

// maxCompiled is how many schemas are kept compiled, with their masks.
const maxCompiled = 32

// pagesOf returns how many pages n tokens need.
func (e *Engine) pagesOf(n int) int { return (n + op.PageRows - 1) / op.PageRows }
