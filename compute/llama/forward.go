package llama

import (
	"fmt"

	"github.com/openledger/openledger/compute/tape"
)

// A Forward runs a model without training. One program serves every batch up to
// its limits: whole prompts, chunks of them, single tokens, mixed.
type Forward struct {
	program
	m       *Model
	logits  tape.Ref
	hidden  tape.Ref
	adapted bool
	cached  bool

	binding tape.Binding
	pos     []int32
}

// A ForwardConfig says what a Forward is for.
type ForwardConfig struct {
	Tokens  int // of the largest batch
	Picks   int // rows of a batch whose logits are wanted, at most; 0: Tokens
	Context int // of the longest sequence; 0: the model's

	// Cached keeps keys and values in a cache between runs; without it each
	// batch is of whole documents, the form that is traced and disputed.
	Cached bool

	// Adapters allows rows with adapters of their own.
	Adapters bool

	// LoRA is one adapter for all rows. Unlike Adapters it is part of the tape,
	// so a run with it can be traced and disputed; the bits are the same.
	LoRA *LoRA
}

// NewForward prepares a program.
func (m *Model) NewForward(c ForwardConfig) (*Forward, error) {
	if c.Picks == 0 {
		c.Picks = c.Tokens
	}
	if c.Context == 0 {
		c.Context = m.Config.Context
	}
	if c.Tokens <= 0 || c.Picks < 0 || c.Context < 0 || c.Context > m.Config.Context {
		return nil, fmt.Errorf("llama: batches of %d tokens, %d logits, sequences of %d; the model's context is %d",
			c.Tokens, c.Picks, c.Context, m.Config.Context)
	}
	g := m.newGraph(c.Context)
	g.paged, g.adapted, g.lora = c.Cached, c.Adapters, c.LoRA
	states := make(map[string]tape.Matrix)
	for _, p := range c.LoRA.Params() {
		states[p.Name] = p.Value
	}
	g.picks = g.b.Input("picks", tape.I32, tape.Picks, 1)
	hidden := g.b.Keep(g.hidden())
	g.b.Keep(g.logits(g.b.Select(hidden, g.picks)))
	f := &Forward{m: m, adapted: c.Adapters, cached: c.Cached}
	var err error
	if f.program, err = g.compile(tape.Dims{Tokens: c.Tokens, Picks: c.Picks}, states); err != nil {
		return nil, err
	}
	f.hidden, _ = f.kept("hidden")
	f.logits, _ = f.kept("logits")
	f.binding.Inputs = make([]tape.Data, 3)
	return f, nil
}

// A Run is one batch.
type Run struct {
	IDs    []int32      // new tokens of all sequences
	Seqs   []tape.Seq   // whose they are, in row order; without a cache, documents: Rows only
	Cache  tape.Cache   // of a Forward with Cached
	Groups []tape.Group // adapters by rows; nil: the base model
	Picks  []int32      // rows whose logits are wanted
	Step   uint64       // names the run in errors
}

// Run computes a batch. Its results are good until the next one.
func (f *Forward) Run(r *Run) error {
	b, err := f.Bind(r)
	if err != nil {
		return err
	}
	return f.prog.Run(b)
}

// Bind returns a batch as the tape's binding, good until the next call.
func (f *Forward) Bind(r *Run) (*tape.Binding, error) {
	if len(r.Groups) > 0 && !f.adapted {
		return nil, fmt.Errorf("llama: a batch with adapters in a program without")
	}
	f.pos = f.pos[:0]
	for i, s := range r.Seqs {
		if s.Rows <= 0 || s.Pos < 0 || s.Pos > 0 && !f.cached {
			return nil, fmt.Errorf("llama: sequence %d has %d tokens at position %d", i, s.Rows, s.Pos)
		}
		for k := range s.Rows {
			f.pos = append(f.pos, int32(s.Pos+k))
		}
	}
	if len(f.pos) != len(r.IDs) {
		return nil, fmt.Errorf("llama: sequences of %d tokens in a batch of %d", len(f.pos), len(r.IDs))
	}
	b := &f.binding
	b.Step, b.Dims = r.Step, tape.Dims{Tokens: len(r.IDs), Picks: len(r.Picks)}
	b.Inputs[0].I, b.Inputs[1].I, b.Inputs[2].I = r.IDs, f.pos, r.Picks
	b.Seqs, b.Cache, b.Groups = r.Seqs, r.Cache, r.Groups
	return b, nil
}

// Logits returns (picks, vocab), row by row.
func (f *Forward) Logits() []float32 { return f.prog.Read(f.logits) }

// Hidden returns the final norm's output of each token, (tokens, hidden).
func (f *Forward) Hidden() []float32 { return f.prog.Read(f.hidden) }

// NewCache makes a KV cache of so many pages; see op.PageRows.
func (m *Model) NewCache(pages int) (tape.Cache, error) {
	return m.backend.Cache(tape.CacheConfig{Layers: m.Config.Layers, Pages: pages, Attn: m.Config.Attn(0)})
}
