package receipt

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// Terms are what the CID of a model stands for, but for the weights themselves:
// the Extra of a dispute about a receipt. A referee needs them, and the files
// of the adapter, and no weights.
type Terms struct {
	Identity llama.Identity
	Config   []byte   // config.json
	Weights  []Weight // of the form in which the model computes, by name
}

// A Weight is one tensor of a model as it computes with it.
type Weight struct {
	Name   string
	Type   merkle.DType
	Digest merkle.Digest
}

// AppendCanon appends [1, identity, config, [[name, type, digest], ...]].
func (t *Terms) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendArray(b, 4), version)
	b = t.Identity.AppendCanon(b)
	b = canon.AppendBytes(b, t.Config)
	b = canon.AppendArray(b, len(t.Weights))
	for _, w := range t.Weights {
		b = canon.AppendText(canon.AppendArray(b, 3), w.Name)
		b = canon.AppendBytes(canon.AppendUint(b, uint64(w.Type)), w.Digest[:])
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (t *Terms) ReadCanon(r *canon.Reader) {
	r.Fields(4)
	if v := r.Uint(version); v != version {
		r.Fail("terms of version %d", v)
	}
	t.Identity.ReadCanon(r)
	t.Config = r.Bytes(1 << 16)
	t.Weights = make([]Weight, r.Array(1<<14))
	for i := range t.Weights {
		w := &t.Weights[i]
		r.Fields(3)
		w.Name, w.Type = r.Text(256), merkle.DType(r.Uint(255))
		r.Fixed(w.Digest[:])
	}
}

// TermsOf returns the terms of a model that is loaded. identity and config are
// those of its folder. It hashes the weights once.
func TermsOf(cpu *tape.CPU, m *llama.Model, identity llama.Identity, config []byte) (*Terms, error) {
	t := &Terms{Identity: identity, Config: config}
	p, err := m.NewPrefill(1, nil)
	if err != nil {
		return nil, err
	}
	seen := make(map[string]bool)
	for _, part := range []struct {
		low  *tape.Tape
		env  tape.Env
		bind tape.Binding
	}{{p.Body, p.BodyEnv, bodyBinding([]int32{0})}, {p.Head, p.HeadEnv, headBinding(0, 1)}} {
		err := cpu.Inspect(part.low, part.env, &part.bind, tape.Hook{Before: func(_ int, v *tape.Values) error {
			for i, s := range part.low.Slots {
				if s.Class != tape.Weight || seen[s.Name] {
					continue
				}
				d, err := v.Digest(tape.Ref(i))
				if err != nil {
					return err
				}
				seen[s.Name] = true
				t.Weights = append(t.Weights, Weight{s.Name, merkle.DType(s.Type), d})
			}
			return tape.ErrStop
		}})
		if err != nil {
			return nil, fmt.Errorf("terms: %w", err)
		}
	}
	slices.SortFunc(t.Weights, func(a, b Weight) int { return cmp.Compare(a.Name, b.Name) })
	c, err := identity.CID()
	if err != nil {
		return nil, err
	}
	return t, t.check(c)
}

// check says whether the terms are those of a model.
func (t *Terms) check(model cid.Cid) error {
	c, err := t.Identity.CID()
	if err != nil || !c.Equals(model) {
		return errors.Join(fmt.Errorf("terms of model %v, want %v", c, model), err)
	}
	config, err := t.Identity.Config.Prefix().Sum(t.Config)
	if err != nil || !config.Equals(t.Identity.Config) {
		return errors.Join(fmt.Errorf("the config is not that of model %v", model), err)
	}
	entries := make([]merkle.Entry, len(t.Weights))
	for i, w := range t.Weights {
		entries[i] = merkle.Entry{Name: w.Name, Digest: w.Digest}
	}
	if d, err := merkle.NewHasher().Map(entries); err != nil || d != t.Identity.Weights {
		return errors.Join(fmt.Errorf("the weights are not those of model %v", model), err)
	}
	return nil
}

// Adapters gets the files of an adapter by its CID. Who has them gets the same
// verdict; who has not gets an error.
type Adapters func(c cid.Cid) (*lora.Files, error)

// Rules are how disputes about receipts are judged.
func Rules(network record.Network, cpu *tape.CPU, adapters Adapters) dispute.Rules {
	return dispute.Rules{
		Network: network, Recompute: recompute(cpu),
		Job: func(spec, extra []byte) (dispute.Job, error) { return newJob(spec, extra, adapters) },
		Lease: func([]byte) (uint64, merkle.Digest, merkle.Digest, error) {
			return 0, merkle.Digest{}, merkle.Digest{}, errors.New("an answer has no lease")
		},
	}
}

// A job is the prefill of prompt and answer as a job of one step.
type job struct {
	spec   Spec
	terms  Terms
	config llama.Config
	files  *lora.Files // nil: no adapter
}

func newJob(spec, extra []byte, adapters Adapters) (*job, error) {
	j := &job{}
	if err := canon.Decode(spec, &j.spec, canon.Limits{}); err != nil {
		return nil, fmt.Errorf("spec: %w", err)
	}
	if err := canon.Decode(extra, &j.terms, canon.Limits{}); err != nil {
		return nil, fmt.Errorf("terms: %w", err)
	}
	r := &j.spec.Request
	if err := j.terms.check(r.Model); err != nil {
		return nil, err
	}
	var err error
	if j.config, err = llama.ParseConfig(j.terms.Config, nil); err != nil {
		return nil, err
	}
	table, err := op.NewRopeTable(j.config.Rope, 1)
	if err != nil || table.Digest != j.terms.Identity.Rope {
		return nil, errors.Join(errors.New("another rotary table"), err)
	}
	for _, ids := range [][]int32{r.Prompt, j.spec.Tokens} {
		if len(ids) == 0 || slices.ContainsFunc(ids, func(id int32) bool { return id < 0 || int(id) >= j.config.Vocab }) {
			return nil, fmt.Errorf("a prompt or an answer that is empty or outside of a vocabulary of %d", j.config.Vocab)
		}
	}
	if n := j.length(); n > min(j.config.Context, tape.MaxInner) {
		return nil, fmt.Errorf("a sequence of %d tokens; the model's context is %d, a dispute allows %d", n, j.config.Context, tape.MaxInner)
	}
	if r.Adapter.Defined() {
		if adapters == nil {
			return nil, fmt.Errorf("the files of adapter %v are not at hand", r.Adapter)
		}
		if j.files, err = adapters(r.Adapter); err != nil {
			return nil, err
		}
		if c, err := j.files.CID(); err != nil || !c.Equals(r.Adapter) {
			return nil, errors.Join(fmt.Errorf("other files than those of adapter %v", r.Adapter), err)
		}
	}
	return j, nil
}

// length is how many tokens the model reads: the last one is only drawn.
func (j *job) length() int { return len(j.spec.Request.Prompt) + len(j.spec.Tokens) - 1 }

func (j *job) ids() []int32 {
	return slices.Concat(j.spec.Request.Prompt, j.spec.Tokens)[:j.length()]
}

// Initial implements dispute.Job: there is no state.
func (j *job) Initial() merkle.Digest {
	d, _ := merkle.NewHasher().Map(nil)
	return d
}

// Data implements dispute.Job: the answer.
func (j *job) Data() merkle.Digest { return trace.Samples([]trace.Sample{j.spec.sample()}) }

// Order implements dispute.Job.
func (j *job) Order(t uint64) ([]uint64, error) {
	if t != 1 {
		return nil, fmt.Errorf("an answer is one step, not %d", t)
	}
	return []uint64{0}, nil
}

// Program implements dispute.Job.
func (j *job) Program(t uint64, _ []trace.Sample, _ [][]byte) (*trace.Program, error) {
	if t != 1 {
		return nil, fmt.Errorf("an answer is one step, not %d", t)
	}
	load, err := j.terms.Identity.Form.LoadConfig()
	if err != nil {
		return nil, err
	}
	types := make(map[string]merkle.DType)
	for _, w := range j.terms.Weights {
		types[w.Name] = w.Type
	}
	m, err := llama.Outline(j.config, func(name string) tape.Type {
		if t := types[name]; t != merkle.I8 {
			return tape.Type(t)
		}
		return tape.F32 // rounded to Q8, from whatever it was
	}, load)
	if err != nil {
		return nil, err
	}
	w, err := j.write(m)
	if err != nil {
		return nil, err
	}
	return w.Program, w.Program.Check()
}

// adapter returns the adapter on a model, with its matrices as a program names
// them.
func (j *job) adapter(m *llama.Model) (*llama.LoRA, map[string]op.Matrix, error) {
	if j.files == nil {
		return nil, nil, nil
	}
	a, err := j.files.Load(m.Config.Linears())
	if err != nil {
		return nil, nil, err
	}
	l, err := m.LoRAOf(a.Modules)
	values := make(map[string]op.Matrix)
	for _, x := range a.Modules {
		values["base_model.model."+x.Name+".lora_A.weight"], values["base_model.model."+x.Name+".lora_B.weight"] = x.A, x.B
	}
	return l, values, err
}

// A writer writes the program of an answer, and remembers what runs it.
type writer struct {
	*tape.Writer
	j       *job
	prefill *llama.Prefill
	digests map[string]merkle.Digest // of weights and of the adapter's matrices
	body    tape.Part
	heads   []tape.Part
	hidden  int32
	hashes  int32
	chain   int32
	tokens  int32
}

func (j *job) write(m *llama.Model) (*writer, error) {
	l, matrices, err := j.adapter(m)
	if err != nil {
		return nil, err
	}
	w := &writer{Writer: tape.NewWriter(), j: j, digests: make(map[string]merkle.Digest)}
	for _, x := range j.terms.Weights {
		w.digests[x.Name] = x.Digest
	}
	for name, x := range matrices {
		v := trace.Value{Type: merkle.F32, Rows: x.Rows, Cols: x.Cols}
		if w.digests[name], err = v.DigestOf(merkle.Bytes(x.Data[:x.Rows*x.Cols])); err != nil {
			return nil, err
		}
	}
	if w.prefill, err = m.NewPrefill(j.length(), l); err != nil {
		return nil, err
	}
	r, n := &j.spec.Request, len(j.spec.Tokens)
	if w.body, err = w.part(w.prefill.Body, w.prefill.BodyEnv, bodyBinding(j.ids())); err != nil {
		return nil, err
	}
	w.hidden = kept(&w.body)
	w.State[llama.HiddenName] = w.hidden
	digest, err := r.Digest()
	if err != nil {
		return nil, err
	}
	answer := trace.Value{Type: merkle.I32, Rows: n, Cols: 1, Name: "answer"}
	if w.tokens, err = w.Given(answer, tape.Data{I: j.spec.Tokens}); err != nil {
		return nil, err
	}
	w.hashes = w.apply(hashRows, &pair{uint64(len(r.Prompt) - 1), uint64(n)}, n, 8, w.hidden)
	w.chain = w.apply(chain, &start{digest, uint64(j.spec.Choice)}, 1, 8, w.hashes, w.tokens)
	w.Program.Final = append(w.Program.Final, trace.Final{Name: chainName, Value: w.chain})
	for i := j.spec.draws(); i < n; i++ {
		at := len(r.Prompt) + i
		p, err := w.part(w.prefill.Head, w.prefill.HeadEnv, headBinding(int32(at-1), j.length()))
		if err != nil {
			return nil, err
		}
		w.heads = append(w.heads, p)
		token := w.apply(draw, &drawing{uint64(j.spec.Choice), uint64(at), r.Sampling}, 1, 1, kept(&p))
		w.Program.Final = append(w.Program.Final, trace.Final{Name: tokenName(i), Value: token})
	}
	w.Program.Loss = w.Add(trace.Value{Source: trace.Given, Type: merkle.F32, Rows: 1, Cols: 1, Name: "no loss", Digest: trace.Scalar(0)})
	w.Program.Frozen = j.Initial() // weights are given: the terms are checked against the model's CID
	return w, nil
}

// apply writes an operator of this package.
func (w *writer) apply(code uint16, attrs canon.Value, rows, cols int, in ...int32) int32 {
	out := w.Add(trace.Value{Source: trace.Made, Type: merkle.I32, Rows: rows, Cols: cols, Name: operatorNames[code]})
	w.Program.Ops = append(w.Program.Ops, trace.Op{Code: code, Attrs: encoded(attrs), In: in, Out: []int32{out}, Name: operatorNames[code]})
	return out
}

// part writes a lowered tape.
func (w *writer) part(low *tape.Tape, env tape.Env, bind tape.Binding) (tape.Part, error) {
	return w.Part(low, env, bind, func(class tape.Class, input int, v trace.Value) (int32, error) {
		if class == tape.Input {
			return w.Given(v, bind.Inputs[input])
		}
		var ok bool
		if v.Digest, ok = w.digests[v.Name]; !ok {
			return 0, fmt.Errorf("the terms have no tensor %q", v.Name)
		}
		return w.Once(v.Name, v), nil
	})
}

// kept returns the result that a tape keeps.
func kept(p *tape.Part) int32 {
	return p.Values[slices.IndexFunc(p.Tape.Slots, func(s tape.Slot) bool { return s.Keep })]
}

// bodyBinding binds a document.
func bodyBinding(ids []int32) tape.Binding {
	pos := make([]int32, len(ids))
	for i := range pos {
		pos[i] = int32(i)
	}
	return tape.Binding{Dims: tape.Dims{Tokens: len(ids), Picks: 1}, Inputs: []tape.Data{{I: ids}, {I: pos}}}
}

// headBinding binds the row whose logits are wanted.
func headBinding(row int32, tokens int) tape.Binding {
	return tape.Binding{Dims: tape.Dims{Tokens: tokens, Picks: 1}, Inputs: []tape.Data{{I: []int32{row}}}}
}
