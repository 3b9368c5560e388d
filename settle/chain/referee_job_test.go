package chain_test

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

const lessonNet = record.Network(31337)

// A lesson is a real training job of one step: a tiny Llama, in full or as LoRA.
// One worker does it honestly, others claim that one element came out otherwise.
type lesson struct {
	t       *testing.T
	cpu     *tape.CPU
	tracer  *train.Tracer
	outline *train.Trainer
	spec    []byte
	initial merkle.Digest
	frozen  merkle.Digest
	data    []trace.Sample
	content [][]byte
	order   []uint64

	program *trace.Program // of step 1
	sketch  *dispute.Sketch
	list    []merkle.Digest
	step    trace.Step // as it is done honestly
}

const lessonModel = `{"model_type":"llama","vocab_size":61,"hidden_size":32,"intermediate_size":80,"num_hidden_layers":1,
"num_attention_heads":4,"num_key_value_heads":2,"max_position_embeddings":64,"rms_norm_eps":1e-5,"hidden_act":"silu",
"rope_theta":10000.0,"tie_word_embeddings":true,"bos_token_id":1,"eos_token_id":2}`

func newLesson(t *testing.T, adapter bool, options train.Options) *lesson {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	e, err := op.New(op.Config{Threads: 1})
	must(err)
	t.Cleanup(e.Close)
	l := &lesson{t: t, cpu: tape.NewCPU(e)}
	config, err := llama.ParseConfig([]byte(lessonModel), nil)
	must(err)
	model, err := llama.New(config, l.cpu)
	must(err)
	must(model.Init(e, 11))
	outline, err := llama.Outline(config, func(string) tape.Type { return tape.F32 }, llama.LoadConfig{Train: !adapter})
	must(err)
	with := func(m *llama.Model) *llama.LoRA {
		if !adapter {
			return nil
		}
		a, err := train.NewAdapter(m, lora.Config{R: 4, LoraAlpha: 8, TargetModules: lora.Modules{Pattern: lora.AllLinear}}, 12)
		must(err)
		return a
	}
	var samples []train.Sample
	for i := range int32(9) {
		var tokens []int32
		for k := range 6 + 3*i {
			tokens = append(tokens, (7*k+11*i+k*k)%61)
		}
		samples = append(samples, train.Windows(tokens, 24)...)
	}
	options.Rates = []float32{0.01}
	trainer, err := train.New(model, with(model), l.cpu, samples, options)
	must(err)
	file := filepath.Join(t.TempDir(), "start")
	must(trainer.Save(file, "lesson"))
	l.tracer = train.NewTracer(l.cpu, trainer, func(uint64) error { return trainer.Restore(file, "lesson") })
	l.outline, err = train.Outline(outline, with(outline), 24, options)
	must(err)
	l.data, l.content = train.Samples(samples)
	order, err := train.NewOrder(options.Seed, len(samples), options.Batch)
	must(err)
	for _, i := range order.Step(0) {
		l.order = append(l.order, uint64(i))
	}
	l.initial, err = trainer.Digest()
	must(err)
	l.frozen, err = l.tracer.Frozen()
	must(err)
	l.spec = canon.AppendBytes(canon.AppendArray(nil, 2), l.initial[:])
	l.spec = canon.AppendBytes(l.spec, l.frozen[:])

	must(trainer.Restore(file, "lesson"))
	l.step, _, err = trainer.Committed()
	must(err)
	l.list, err = l.tracer.Digests(1)
	must(err)
	b, err := l.batch(1)
	must(err)
	l.program, err = l.Program(1, b.Samples, b.Contents)
	must(err)
	l.sketch, err = tape.Tables.Sketch(l.program, trace.Samples(b.Samples))
	must(err)
	return l
}

// dispute.Job.
func (l *lesson) Initial() merkle.Digest { return l.initial }
func (l *lesson) Data() merkle.Digest    { return trace.Samples(l.data) }

func (l *lesson) Order(n uint64) ([]uint64, error) {
	if n != 1 {
		return nil, fmt.Errorf("a lesson has no step %d", n)
	}
	return l.order, nil
}

func (l *lesson) Program(n uint64, samples []trace.Sample, contents [][]byte) (*trace.Program, error) {
	return l.outline.Program(n, l.frozen, samples, contents)
}

func (l *lesson) job() [32]byte { return sha256.Sum256(l.spec) }

func (l *lesson) rules() dispute.Rules {
	return dispute.Rules{
		Network: lessonNet, Recompute: l.cpu.Referee,
		Job: func(spec, _ []byte) (dispute.Job, error) {
			if !slices.Equal(spec, l.spec) {
				return nil, errors.New("another job")
			}
			return l, nil
		},
	}
}

func (l *lesson) batch(uint64) (s dispute.Samples, err error) {
	for _, i := range l.order {
		s.Samples, s.Contents = append(s.Samples, l.data[i]), append(s.Contents, l.content[i])
	}
	leaves := make([]merkle.Digest, len(l.data))
	for i := range l.data {
		leaves[i] = l.data[i].Leaf()
	}
	at := slices.Clone(l.order)
	slices.Sort(at)
	s.Proof, err = merkle.NewTree(merkle.SHA256, leaves).ProveMany(slices.Compact(at))
	return s, err
}

// A pupil is a worker. It does the step honestly, but for one element of one
// result, which it says is another, and for a parameter that thus comes out
// otherwise.
type pupil struct {
	*lesson
	key    record.Key
	spot   dispute.Spot
	tile   []byte // as it claims it; nil: honest
	leaves []merkle.Digest
	list   []merkle.Digest
	start  trace.Step // before the step
	step   trace.Step
	chain  byte // what its chain is off by
	plan   record.Verified
	reveal record.Verified
	ops    record.Verified
}

func (l *lesson) pupil(name string) *pupil {
	l.t.Helper()
	h := sha256.Sum256([]byte(name))
	key, err := record.ParseKey(h[:])
	if err != nil {
		l.t.Fatal(err)
	}
	return &pupil{lesson: l, key: key, list: l.list, start: trace.Step{State: l.initial}, step: l.step}
}

// truth returns a tile of a result as it comes out honestly.
func (l *lesson) truth(at dispute.Spot) (b []byte) {
	l.t.Helper()
	err := l.tracer.Operands(1, int(at.Op), func(o dispute.Operands) (err error) {
		b, err = l.cpu.Referee(l.program.Ops[at.Op], l.program.Shapes(int(at.Op)), int(at.Out), int(at.Tile), o.Tile)
		return err
	})
	if err != nil {
		l.t.Fatal(err)
	}
	return b
}

// claim flips a bit of an element of a tile and commits to what follows.
func (p *pupil) claim(at dispute.Spot, element, bit int) {
	p.t.Helper()
	value := p.program.Ops[at.Op].Out[at.Out]
	p.list, p.tile = slices.Clone(p.list), p.truth(at)
	p.tile[4*element+bit/8] ^= 1 << (bit % 8)
	tiling, err := p.program.Values[value].Tiling()
	if err != nil {
		p.t.Fatal(err)
	}
	_, _, _, cols := tiling.Rect(int(at.Tile))
	at.At = uint32(element/cols*64 + element%cols)
	p.spot = at
	if p.leaves, err = p.tracer.Tiles(1, value); err != nil {
		p.t.Fatal(err)
	}
	p.leaves[at.Tile] = merkle.SHA256.Leaf(p.tile)
	p.list[value] = merkle.NewHasher().Join(tiling, p.leaves)
	if value == p.program.Loss {
		p.step.Loss = binary.LittleEndian.Uint32(p.tile)
	}
	if last := p.program.Final[len(p.program.Final)-1].Value; last != value {
		p.list[last] = merkle.Digest{1}
	}
	entries := slices.Clone(p.program.After)
	for _, f := range p.program.Final {
		entries = append(entries, merkle.Entry{Name: f.Name, Digest: p.list[f.Value]})
	}
	slices.SortFunc(entries, func(a, b merkle.Entry) int { return cmp.Compare(a.Name, b.Name) })
	if p.step.State, err = merkle.NewHasher().Map(entries); err != nil {
		p.t.Fatal(err)
	}
}

// commit signs the plan, the result and the list of the step.
func (p *pupil) commit(client record.Account) {
	p.t.Helper()
	seal := func(h record.Header, payload canon.Value) record.Verified {
		b, err := canon.Encode(payload)
		if err != nil {
			p.t.Fatal(err)
		}
		v, err := record.Seal(p.key, h, b)
		if err != nil {
			p.t.Fatal(err)
		}
		return v
	}
	plan := dispute.Plan{Steps: dispute.Steps([]dispute.Outline{p.sketch.Outline}), Start: trace.Initial(p.initial), Client: client}
	p.plan = seal(dispute.PlanHeader(lessonNet, p.job()), &plan)
	b := trace.NewBuilder(0, p.start, trace.Chain(p.job(), p.start.Leaf(0)))
	b.Add(p.step)
	c := b.Commitment()
	c.Chain[0] ^= p.chain
	p.reveal = seal(record.Header{Network: lessonNet, Type: record.Reveal, Subject: p.job(), Sequence: 1}, &trace.Reveal{Commitment: c})
	p.ops = seal(dispute.OpeningHeader(p.reveal, record.OpenOps, 1, 0), &dispute.Opening{Count: uint64(len(p.list)), Digest: trace.List(p.list)})
}

// dispute.Run: what the pupil opens.
func (p *pupil) Digests(uint64) ([]merkle.Digest, error) { return p.list, nil }

func (p *pupil) Tiles(n uint64, value int32) ([]merkle.Digest, error) {
	if p.tile != nil && value == p.program.Ops[p.spot.Op].Out[p.spot.Out] {
		return p.leaves, nil
	}
	return p.tracer.Tiles(n, value)
}

func (p *pupil) Operands(n uint64, op int, use func(dispute.Operands) error) error {
	return p.tracer.Operands(n, op, use)
}

func (p *pupil) player() *dispute.Player {
	return &dispute.Player{
		Key: p.key, Reveal: p.reveal, Steps: []trace.Step{p.start, p.step}, Run: p, Recompute: p.cpu.Referee,
		Program: func(uint64) (*trace.Program, error) { return p.program, nil },
	}
}

// judge plays the dispute of two pupils and returns its proof.
func (l *lesson) judge(sides [2]*pupil) ([]byte, dispute.Verdict) {
	l.t.Helper()
	d, err := dispute.New(dispute.Config{
		Case: dispute.Case{Spec: l.spec}, Rules: l.rules(), Clock: 1000, Batch: l.batch,
		Sides: [2]dispute.StartSide{{Reveal: sides[0].reveal.Envelope()}, {Reveal: sides[1].reveal.Envelope()}},
	}, 0)
	if err != nil {
		l.t.Fatal(err)
	}
	for range 4 {
		for _, ask := range d.Asks() {
			if _, done := d.Verdict(); done {
				break
			}
			answer, err := sides[ask.Side].player().Answer(ask)
			if err != nil {
				l.t.Fatal(err)
			}
			if _, _, err := d.Step(dispute.Move{Side: ask.Side, Answer: answer}); err != nil {
				l.t.Fatalf("the answer of side %d to %s: %v", ask.Side, ask.Type, err)
			}
		}
	}
	v, done := d.Verdict()
	if !done || v.Kind != dispute.Tile {
		l.t.Fatalf("got %v, %s, %s", done, v.Kind, v.Why)
	}
	return d.Proofs()[0], v
}

// wrong is what a pupil opened, to look for a link that is wrong.
func (p *pupil) wrong() dispute.Wrong {
	w := dispute.Wrong{
		Plan: p.plan, Reveal: p.reveal, Outlines: []dispute.Outline{p.sketch.Outline}, Steps: []trace.Step{p.start, p.step},
		Ops: p.ops, List: p.list, Step: 1, Sketch: p.sketch, Before: slices.Clone(p.program.Before),
	}
	for i, v := range p.program.Values {
		e := merkle.Entry{Name: v.Name, Digest: p.lesson.list[i]}
		switch v.Source {
		case trace.State:
			w.Before = append(w.Before, e)
		case trace.Frozen:
			w.Frozen = append(w.Frozen, e)
		}
	}
	for _, all := range [][]merkle.Entry{w.Before, w.Frozen} {
		slices.SortFunc(all, func(a, b merkle.Entry) int { return cmp.Compare(a.Name, b.Name) })
	}
	return w
}

// first returns the first value from a source.
func (l *lesson) first(s trace.Source) int {
	return slices.IndexFunc(l.program.Values, func(v trace.Value) bool { return v.Source == s })
}

// A dodge is how a pupil opens its element: what it signs of it.
type dodge func(e *dispute.Element, entries [][]byte, claimed uint32)

var dodges = map[string]dodge{
	"truth": func(*dispute.Element, [][]byte, uint32) {},
	"result": func(e *dispute.Element, entries [][]byte, claimed uint32) {
		e.Result = claimed
	},
	"last": func(e *dispute.Element, entries [][]byte, claimed uint32) { // the last step makes it so
		e.Result = claimed
		last := slices.Clone(entries[len(entries)-1])
		at := len(last) - 4 // of a line: its result
		if e.Rule != dispute.Lines {
			at = 20 // of a window: the sum after
		}
		binary.BigEndian.PutUint32(last[at:], claimed)
		entries[len(entries)-1] = last
	},
	"form": func(e *dispute.Element, _ [][]byte, claimed uint32) { e.Inner++ },
	"operand": func(e *dispute.Element, entries [][]byte, claimed uint32) { // another number was there
		if e.Rule != dispute.Lines {
			a, b, w := []float32{}, []float32{}, dispute.Window{}
			for _, x := range entries {
				w, _ = dispute.ParseWindow(x)
				for i := range w.Count {
					a, b = append(a, math.Float32frombits(w.A[i])), append(b, math.Float32frombits(w.B[i]))
				}
			}
			a[len(a)-1] += 0.5
			x, windows := dispute.NewElement(*e, a, b, math.Float32frombits(e.Start), math.Float32frombits(e.With))
			*e = x
			for i := range windows {
				entries[i] = windows[i].Bytes()
			}
			return
		}
		for i, x := range entries {
			if l, _ := dispute.ParseLine(x); l.Do == dispute.Load {
				l.Result ^= 1 << 3
				entries[i] = l.Bytes()
				return
			}
		}
		e.Inner++
	},
}

// open opens the element that the pupil lied about.
func (p *pupil) open(how dodge) *dispute.Message {
	p.t.Helper()
	var m *dispute.Message
	err := p.tracer.Operands(1, int(p.spot.Op), func(o dispute.Operands) error {
		e, entries, err := tape.Tables.Entries(p.program, p.spot, o)
		if err != nil {
			return err
		}
		how(&e, entries, p.claimed())
		m, err = dispute.SealElement(p.key, p.ops, e, entries)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return m
}

// claimed is the element that the pupil lied about, as it says it is.
func (p *pupil) claimed() uint32 {
	if p.tile == nil {
		return 0
	}
	tiling, err := p.program.Values[p.program.Ops[p.spot.Op].Out[p.spot.Out]].Tiling()
	if err != nil {
		p.t.Fatal(err)
	}
	_, _, _, cols := tiling.Rect(int(p.spot.Tile))
	at := int(p.spot.At)/64*cols + int(p.spot.At)%64
	return binary.LittleEndian.Uint32(p.tile[4*at:])
}

// brief finds what is wrong with an opened element and writes it for a contract.
func (p *pupil) brief(m *dispute.Message) (*dispute.Brief, error) {
	p.t.Helper()
	var a *dispute.Appeal
	err := p.tracer.Operands(1, int(p.spot.Op), func(o dispute.Operands) (err error) {
		a, err = tape.Tables.Appeal(p.program, dispute.Claimed{Ops: p.ops, List: p.list, Leaves: p.leaves, Tile: p.tile}, m, dispute.ShowsOf(o))
		return err
	})
	if err != nil {
		return nil, err
	}
	return p.file(a)
}

func (p *pupil) file(a *dispute.Appeal) (*dispute.Brief, error) {
	return tape.Tables.NewBrief(p.plan.Envelope(), p.reveal.Envelope(), []dispute.Outline{p.sketch.Outline}, p.sketch, p.program, *a, lessonNet)
}

// everything is what can be shown of an element, or of a long one the beginning
// and the end: nothing, each entry alone and with one that it reads or follows,
// and the tiles.
func (p *pupil) everything(m *dispute.Message) (all []dispute.Appeal, err error) {
	e, err := record.Open(m.Record, lessonNet)
	if err != nil {
		return nil, err
	}
	var x dispute.Element
	if err := canon.Decode(e.Payload(), &x, canon.Limits{}); err != nil {
		return nil, err
	}
	size := dispute.LineSize
	if x.Rule != dispute.Lines {
		size = dispute.WindowSize
	}
	leaves := make([]merkle.Digest, len(m.List)/size)
	for i := range leaves {
		leaves[i] = merkle.Keccak256.Leaf(m.List[i*size:][:size])
	}
	tree := merkle.NewTree(merkle.Keccak256, leaves)
	add := func(parts []dispute.Part, at ...int) {
		a := dispute.Appeal{Ops: p.ops.Envelope(), Element: m.Record, Part: parts}
		for _, i := range at {
			proof, wrong := tree.Prove(uint64(i))
			err = errors.Join(err, wrong)
			a.Windows = append(a.Windows, dispute.Shown{Window: m.List[i*size:][:size], Proof: proof})
		}
		all = append(all, a)
	}
	add(nil)
	for i := range leaves {
		if i > 5 && i < len(leaves)-3 {
			continue
		}
		if x.Rule != dispute.Lines {
			add(nil, i)
			if i > 0 {
				add(nil, i-1, i)
			}
			continue
		}
		l, wrong := dispute.ParseLine(m.List[i*size:][:size])
		err = errors.Join(err, wrong)
		add(nil, i, max(0, min(int(l.A), i-1)))
	}
	tile := p.truth(p.spot)
	value := p.program.Ops[p.spot.Op].Out[p.spot.Out]
	of, wrong := p.tracer.Tiles(1, value)
	path, wrong2 := merkle.NewTree(merkle.SHA256, of).Prove(uint64(p.spot.Tile))
	entry, wrong3 := merkle.NewTree(merkle.SHA256, trace.Leaves(p.list)).Prove(uint64(value))
	err = errors.Join(err, wrong, wrong2, wrong3)
	add([]dispute.Part{{Which: dispute.OfResult, Tile: p.spot.Tile, Bytes: tile, Path: path.Path, Tensor: p.list[value], Entry: entry}})
	return all, err
}
