package train

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	sealed "github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// The shapes of Llama 3.2 1B; two micro-batches of 4 documents of 2048 tokens.
const billionConfig = `{"model_type":"llama","vocab_size":128256,"hidden_size":2048,"intermediate_size":8192,"num_hidden_layers":16,
"num_attention_heads":32,"num_key_value_heads":8,"max_position_embeddings":2048,"rms_norm_eps":1e-5,"hidden_act":"silu",
"rope_theta":500000.0,"tie_word_embeddings":true,"bos_token_id":1,"eos_token_id":2}`

const billionLength = 2048

// A synthetic is a job of that size of which only one tile of one operator is
// computed: all other tiles are digests without data behind them.
type synthetic struct {
	*Trainer
	samples []trace.Sample
	spec    []byte
	cpu     *tape.CPU
}

func newSynthetic(t testing.TB, c llama.LoadConfig, o Options) *synthetic {
	t.Helper()
	config, err := llama.ParseConfig([]byte(billionConfig), nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := llama.Outline(config, func(string) tape.Type { return tape.BF16 }, c)
	if err != nil {
		t.Fatal(err)
	}
	var l *llama.LoRA
	if !c.Train {
		if l, err = NewAdapter(m, lora.Config{R: 16, LoraAlpha: 32, TargetModules: lora.Modules{Pattern: lora.AllLinear}}, 1); err != nil {
			t.Fatal(err)
		}
	}
	s := &synthetic{spec: canon.AppendText(nil, "a billion")}
	if s.Trainer, err = Outline(m, l, billionLength, o); err != nil {
		t.Fatal(err)
	}
	for range 8 {
		s.samples = append(s.samples, trace.Sample{Positions: billionLength, Learnt: billionLength})
	}
	e, err := op.New(op.Config{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	s.cpu = tape.NewCPU(e)
	return s
}

func (s *synthetic) Initial() merkle.Digest         { return merkle.Digest{} }
func (s *synthetic) Data() merkle.Digest            { return merkle.Digest{} }
func (s *synthetic) Order(uint64) ([]uint64, error) { return nil, nil }
func (s *synthetic) Program(n uint64, samples []trace.Sample, contents [][]byte) (*trace.Program, error) {
	return s.Trainer.Program(n, merkle.Digest{}, samples, contents)
}

func (s *synthetic) rules() dispute.Rules {
	return dispute.Rules{
		Network: gameNet, Recompute: s.cpu.Referee,
		Job: func(_, _ []byte) (dispute.Job, error) { return s, nil },
	}
}

// tile makes up one tile of a value.
func tile(v *trace.Value, n int) []byte {
	tiling, err := v.Tiling()
	if err != nil {
		panic(err)
	}
	row, _, rows, cols := tiling.Rect(n)
	rng := rand.New(rand.NewPCG(uint64(n), uint64(len(v.Name))))
	var b []byte
	for i := range rows * cols {
		switch {
		case v.Type == merkle.I8:
			b = append(b, byte(rng.IntN(255)-127))
		case v.Type == merkle.BF16:
			b = binary.LittleEndian.AppendUint16(b, uint16(math.Float32bits(rng.Float32()/2+0.5)>>16))
		case v.Type == merkle.I32 && v.Name == "positions":
			b = binary.LittleEndian.AppendUint32(b, uint32((row+i)%billionLength))
		case v.Type == merkle.I32 && v.Name == "picks":
			b = binary.LittleEndian.AppendUint32(b, uint32(row+i))
		case v.Type == merkle.I32:
			b = binary.LittleEndian.AppendUint32(b, uint32(rng.IntN(128256)))
		default:
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(rng.Float32()/2+0.5))
		}
	}
	return b
}

// proof makes the proof that bob computed a tile of an operator wrong and alice
// did not.
func (s *synthetic) proof(t testing.TB, p *trace.Program, o int) []byte {
	t.Helper()
	code := &p.Ops[o]
	out := slices.IndexFunc(code.Out, func(v int32) bool { return v != trace.Absent })
	of := func(v int32) merkle.Tiling {
		tiling, err := p.Values[v].Tiling()
		if err != nil {
			t.Fatal(err)
		}
		return tiling
	}
	last := of(code.Out[out]).Tiles() - 1
	opened := make(map[int32]map[int][]byte)
	claimed, err := s.cpu.Referee(*code, p.Shapes(o), out, last, func(in, n int) ([]byte, error) {
		v := code.In[in]
		if opened[v] == nil {
			opened[v] = make(map[int][]byte)
		}
		opened[v][n] = tile(&p.Values[v], n)
		return opened[v][n], nil
	})
	if err != nil {
		t.Fatalf("%s: %v", code.Name, err)
	}
	digests := make([]merkle.Digest, len(p.Values))
	leaves := func(v int32) []merkle.Digest {
		all := make([]merkle.Digest, of(v).Tiles())
		for n, b := range opened[v] {
			all[n] = merkle.SHA256.Leaf(b)
		}
		return all
	}
	tp := &dispute.TileProof{Case: dispute.Case{Spec: s.spec}, Step: 1, Samples: s.samples, Op: uint32(o), Out: uint32(out), Tile: uint32(last)}
	at := []uint64{uint64(code.Out[out])}
	for in, v := range code.In {
		if v == trace.Absent {
			continue
		}
		l := leaves(v)
		digests[v] = merkle.NewHasher().Join(of(v), l)
		at = append(at, uint64(v))
		x := dispute.Input{Operand: uint32(in)}
		var indices []uint64
		for n := range opened[v] {
			indices = append(indices, uint64(n))
		}
		slices.Sort(indices)
		if len(indices) == 0 {
			continue
		}
		for _, n := range indices {
			x.Tiles = append(x.Tiles, opened[v][int(n)])
		}
		if x.Proof, err = merkle.NewTree(merkle.SHA256, l).ProveMany(indices); err != nil {
			t.Fatal(err)
		}
		tp.Inputs = append(tp.Inputs, x)
	}
	slices.Sort(at)
	at = slices.Compact(at)
	for i, name := range []string{"alice", "bob"} {
		side := s.side(t, name)
		l := leaves(code.Out[out])
		if l[last] = merkle.SHA256.Leaf(claimed); i == 1 {
			l[last][0] ^= 1
		}
		digests[code.Out[out]] = merkle.NewHasher().Join(of(code.Out[out]), l)
		path, err := merkle.NewTree(merkle.SHA256, l).Prove(uint64(last))
		if err != nil {
			t.Fatal(err)
		}
		side.Leaf, side.Path = l[last], path.Path
		for _, v := range at {
			side.Digests = append(side.Digests, digests[v])
		}
		if side.Entries, err = merkle.NewTree(merkle.SHA256, trace.Leaves(digests)).ProveMany(at); err != nil {
			t.Fatal(err)
		}
		side.Ops = s.list(t, name, side.Reveal, digests)
		tp.Sides = append(tp.Sides, side)
	}
	b, err := dispute.Encode(tp)
	if err != nil {
		t.Fatalf("%s: %v", code.Name, err)
	}
	return b
}

func keyOf(t testing.TB, name string) sealed.Key {
	t.Helper()
	h := sha256.Sum256([]byte(name))
	key, err := sealed.ParseKey(h[:])
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func seal(t testing.TB, name string, h sealed.Header, v canon.Value) sealed.Verified {
	t.Helper()
	payload, err := canon.Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	r, err := sealed.Seal(keyOf(t, name), h, payload)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (s *synthetic) side(t testing.TB, name string) dispute.TileSide {
	step := trace.Step{Batch: trace.Samples(s.samples)}
	b := trace.Begin(sha256.Sum256(s.spec), merkle.Digest{})
	b.Add(step)
	h := sealed.Header{Network: gameNet, Type: sealed.Reveal, Subject: sha256.Sum256(s.spec), Sequence: 1}
	r := seal(t, name, h, &trace.Reveal{Commitment: b.Commitment()})
	p, err := trace.Prove(1, []trace.Step{{}, step}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return dispute.TileSide{StepSide: dispute.StepSide{Reveal: r.Envelope(), Step: step, Proof: p}}
}

func (s *synthetic) list(t testing.TB, name string, reveal []byte, digests []merkle.Digest) []byte {
	r, err := sealed.Open(reveal, gameNet)
	if err != nil {
		t.Fatal(err)
	}
	o := &dispute.Opening{Count: uint64(len(digests)), Digest: trace.List(digests)}
	return seal(t, name, dispute.OpeningHeader(r, sealed.OpenOps, 1, 0), o).Envelope()
}

// BenchmarkVerify judges a tile of each primitive of a step of a model of a
// thousand million parameters: in full with adamw and clipping, as LoRA on bf16
// and on q8. Of each primitive and shape, the operator that reads most.
func BenchmarkVerify(b *testing.B) {
	adamw := Options{Batch: 8, Micro: 4, Rates: []float32{1e-4}, Clip: 1, Optimizer: AdamW}
	sgd := Options{Batch: 8, Micro: 4, Rates: []float32{1e-4}, Optimizer: Optimizer{Kind: "sgd"}}
	for _, c := range []struct {
		name string
		load llama.LoadConfig
		o    Options
	}{
		{"full", llama.LoadConfig{Train: true}, adamw}, {"lora", llama.LoadConfig{}, sgd}, {"lora_q8", llama.LoadConfig{Q8: true}, adamw},
	} {
		s := newSynthetic(b, c.load, c.o)
		p, err := s.Program(1, s.samples, make([][]byte, len(s.samples)))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.name+"/Program", func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Program(1, s.samples, make([][]byte, len(s.samples))); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(p.Ops)), "operators")
			b.ReportMetric(float64(len(p.Values)), "values")
		})
		done := make(map[string]bool)
		for o := range p.Ops {
			shapes := fmt.Sprint(p.Shapes(o))
			key := fmt.Sprint(p.Ops[o].Code, shapes)
			if done[key] || p.Ops[o].Name == "" {
				continue
			}
			done[key] = true
			name, _, _ := strings.Cut(p.Ops[o].Name, " ")
			var inner []string
			for _, x := range p.Shapes(o)[:min(3, len(p.Shapes(o)))] {
				inner = append(inner, fmt.Sprintf("%dx%d", x.Rows, x.Cols))
			}
			b.Run(c.name+"/"+name+"_"+strings.Join(inner, "_"), func(b *testing.B) {
				proof := s.proof(b, p, o)
				for b.Loop() {
					v, err := dispute.Verify(proof, s.rules())
					if err != nil || len(v.Guilty) != 1 || !v.Convicts(keyOf(b, "bob").Public().Account()) {
						b.Fatalf("got %+v, %v", v, err)
					}
				}
				b.ReportMetric(float64(len(proof))/1e6, "MB")
			})
		}
	}
}
