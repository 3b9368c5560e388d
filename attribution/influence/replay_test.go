package influence

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
)

const tinyConfig = `{"model_type":"llama","vocab_size":31,"hidden_size":16,"intermediate_size":24,"num_hidden_layers":2,
"num_attention_heads":2,"num_key_value_heads":1,"max_position_embeddings":32,"rms_norm_eps":1e-5,"hidden_act":"silu",
"rope_theta":10000.0,"tie_word_embeddings":true,"bos_token_id":1,"eos_token_id":2}`

// texts is n samples in which the next token mostly follows from the last; the
// first two tokens are read, not learnt.
func texts(n int, seed uint64) []train.Sample {
	w := op.Words{Seed: seed, Purpose: op.PurposeOrder}
	var out []train.Sample
	for range n {
		tokens := []int32{int32(w.Below(31))}
		for range 5 + w.Below(9) {
			next := (tokens[len(tokens)-1]*7 + 3) % 31
			if w.Below(5) == 0 {
				next = int32(w.Below(31))
			}
			tokens = append(tokens, next)
		}
		s := train.Windows(tokens, 32)[0]
		s.Targets[0] = train.NoTarget
		out = append(out, s)
	}
	return out
}

// A rig is one run: any optimizer, kernels and threads.
type rig struct {
	name    string
	full    bool // the model itself is trained, not an adapter
	options train.Options
	kernels string
	threads int
}

func constant(rate float32, steps int) []float32 {
	return slices.Repeat([]float32{rate}, steps)
}

// rigs are runs of 12 steps; the second kind of step reads micro-batches and
// ends one epoch and begins the next.
func rigs() []rig {
	adam := train.AdamW
	adam.EpsRoot, adam.Decay = 1e-4, 0.05
	sgd := train.Optimizer{Kind: "sgd", Momentum: 0.9}
	return []rig{
		{name: "sgd", options: train.Options{Seed: 3, Batch: 8, Rates: constant(0.02, 12), Optimizer: sgd}},
		{name: "sgd clipped, micro", options: train.Options{Seed: 3, Batch: 9, Micro: 4, Rates: constant(0.02, 12), Clip: 0.5, Optimizer: sgd}},
		{name: "adamw", options: train.Options{Seed: 3, Batch: 9, Micro: 4, Rates: constant(0.004, 12), Clip: 1, Optimizer: adam}},
		{name: "full sgd", full: true, options: train.Options{Seed: 3, Batch: 8, Rates: constant(0.05, 12), Optimizer: sgd}},
	}
}

// A run is a rig at work.
type run struct {
	b    *tape.CPU
	m    *llama.Model
	lora *llama.LoRA
	t    *train.Trainer
}

func (r rig) start(t testing.TB) run {
	t.Helper()
	e, err := op.New(op.Config{Kernels: r.kernels, Threads: max(r.threads, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	c, err := llama.ParseConfig([]byte(tinyConfig), nil)
	if err != nil {
		t.Fatal(err)
	}
	c.InitStd = 0.2 // so that an untrained base has something to say
	x := run{b: tape.NewCPU(e)}
	if x.m, err = llama.New(c, x.b); err == nil {
		err = x.m.Init(e, 11)
	}
	if err == nil && !r.full {
		x.lora, err = train.NewAdapter(x.m, lora.Config{R: 4, LoraAlpha: 8, TargetModules: lora.Modules{Pattern: lora.AllLinear}}, 12)
	}
	if err == nil {
		x.t, err = train.New(x.m, x.lora, x.b, texts(30, 5), r.options)
	}
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// record trains to the end with checkpoints.
func (x run) record(t testing.TB) *Checkpoints {
	t.Helper()
	c, err := NewCheckpoints(x.t)
	if err == nil {
		_, err = Run(x.t, c.Record)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func queries(n int) (all []Query) {
	for i, s := range texts(n, 77) {
		all = append(all, Query{s, 1 / float32(i+1)})
	}
	return all
}

func settle(t testing.TB, x run, r Recording, q []Query) []share.Score {
	t.Helper()
	s, err := Settle(x.b, x.t, r, q)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// frozen is the run with other weights, with the divisors and the clip factors
// of the run itself, in float64 but for the gradients: what the scores are the
// derivative of.
func (x run) frozen(t *testing.T, c *Checkpoints, start []float32, weights func(int) float32) {
	t.Helper()
	o, d := x.t.Options(), len(start)
	theta, m, v := make([]float64, d), make([]float64, d), make([]float32, d)
	moments := make([]Moment, len(o.Rates))
	for n := len(o.Rates); n >= 1; n-- {
		mo, err := c.Moment(n)
		if err != nil {
			t.Fatal(err)
		}
		moments[n-1] = Moment{slices.Clone(mo.Before), slices.Clone(mo.Second), mo.Clip}
	}
	for i := range theta {
		theta[i] = float64(start[i])
	}
	g := make([]float32, d)
	for n := 1; n <= len(o.Rates); n++ {
		for i := range v {
			v[i] = float32(theta[i])
		}
		x.write(t, v)
		if err := x.t.GradientWith(n, weights); err != nil {
			t.Fatal(err)
		}
		at := 0
		for _, p := range x.t.Params() {
			if err := p.Grad.Read(g[at : at+p.Rows*p.Cols]); err != nil {
				t.Fatal(err)
			}
			at += p.Rows * p.Cols
		}
		lr := float64(o.Rates[n-1])
		_, p2 := x.t.Powers(n)
		p1, _ := x.t.Powers(n)
		k := 0
		for _, p := range x.t.Params() {
			for range p.Rows * p.Cols {
				gi := float64(g[k]) * float64(moments[n-1].Clip)
				if o.Optimizer.Kind == "sgd" {
					m[k] = float64(o.Optimizer.Momentum)*m[k] + gi
					theta[k] -= lr * m[k]
				} else {
					b1 := float64(o.Optimizer.Beta1)
					m[k] = b1*m[k] + (1-b1)*gi
					div := math.Sqrt(float64(moments[n-1].Second[k])/(1-float64(p2))+float64(o.Optimizer.EpsRoot)) + float64(o.Optimizer.Eps)
					if !p.Vector {
						theta[k] -= lr * float64(o.Optimizer.Decay) * theta[k]
					}
					theta[k] -= lr * m[k] / (1 - float64(p1)) / div
				}
				k++
			}
		}
	}
	for i := range v {
		v[i] = float32(theta[i])
	}
	x.write(t, v)
}

func (x run) write(t *testing.T, flat []float32) {
	t.Helper()
	for _, p := range x.t.Params() {
		if err := p.Value.Write(flat[:p.Rows*p.Cols]); err != nil {
			t.Fatal(err)
		}
		flat = flat[p.Rows*p.Cols:]
	}
}

// loss is F at the parameters as they are.
func (x run) loss(t *testing.T, e *Examples, q []Query) (f float64) {
	t.Helper()
	g := make([]float32, e.Size())
	for _, q := range q {
		l, err := e.Gradient(q.Sample, g)
		if err != nil {
			t.Fatal(err)
		}
		f += float64(q.Weight) * float64(l)
	}
	return f
}

// TestBruteForce: the scores are the derivatives of F by the weights of the
// samples, through the whole run, as central differences of retraining find
// them.
func TestBruteForce(t *testing.T) {
	for _, r := range rigs() {
		t.Run(r.name, func(t *testing.T) {
			x := r.start(t)
			start := make([]float32, size(x.t))
			if err := params(x.t, start); err != nil {
				t.Fatal(err)
			}
			c, q := x.record(t), queries(3)
			got := settle(t, x, c, q)
			e, err := NewExamples(x.m, x.lora, 32)
			if err != nil {
				t.Fatal(err)
			}
			var gs, ws []float64
			for i := 0; i < 30; i += 3 {
				const h = 1.0 / 16
				var f [2]float64
				for k, w := range []float32{1 + h, 1 - h} {
					x.frozen(t, c, start, func(s int) float32 {
						if s == i {
							return w
						}
						return 1
					})
					f[k] = x.loss(t, e, q)
				}
				gs, ws = append(gs, float64(got[i])/float64(share.Unit)), append(ws, (f[1]-f[0])/(2*h))
			}
			var worst, most float64
			for i := range gs {
				worst, most = max(worst, math.Abs(gs[i]-ws[i])), max(most, math.Abs(ws[i]))
			}
			t.Logf("largest score %.3g, largest difference %.3g", most, worst)
			if worst > 0.01*most {
				t.Errorf("got %.5g\nwant %.5g", gs, ws)
			}
		})
	}
}

// TestEqualBits: neither kernels nor threads show in the scores.
func TestEqualBits(t *testing.T) {
	for _, r := range rigs() {
		var want string
		for _, kernels := range op.Available() {
			for _, threads := range []int{1, 3} {
				r.kernels, r.threads = kernels, threads
				x := r.start(t)
				got := fmt.Sprint(settle(t, x, x.record(t), queries(20)))
				if want == "" {
					want = got
				}
				if got != want {
					t.Errorf("%s on %s with %d threads: got %s, want %s", r.name, kernels, threads, got, want)
				}
			}
		}
	}
}

// TestTransposed: the derivative forwards in a direction of weights is that
// backwards, summed over the samples in this direction.
func TestTransposed(t *testing.T) {
	for _, r := range rigs() {
		x := r.start(t)
		c, q := x.record(t), texts(1, 8)
		got := 0.0
		change := make([]float32, 30)
		s := settle(t, x, c, []Query{{q[0], 1 / float32(q[0].Learnt())}})
		for i := range change {
			change[i] = float32(i%4) / 8
			got -= float64(s[i]) / float64(share.Unit) * float64(change[i])
		}
		p, err := NewReplay(x.b, x.t, c, nil)
		if err != nil {
			t.Fatal(err)
		}
		want, err := p.predict(change, q)
		if err != nil || math.Abs(got-want[0]) > 0.002*math.Abs(want[0]) {
			t.Errorf("%s: got %g backwards, %g forwards; %v", r.name, got, want[0], err)
		}
	}
}

// TestLowRank: the estimate has equal bits on all kernels and threads, and goes
// with the exact scores where these are to be had.
func TestLowRank(t *testing.T) {
	for i, r := range rigs()[:3] {
		var want []share.Score
		for k, kernels := range op.Available() {
			if i > 0 && k > 0 {
				break // one of them tells
			}
			r.kernels, r.threads = kernels, 1+len(want)%2
			x := r.start(t)
			c := x.record(t)
			got, err := LowRank(x.b.Engine(), x.b, x.t, c, queries(3), 9)
			if err != nil {
				t.Fatal(err)
			}
			if want == nil {
				want = got
				a, b := make([]float64, len(got)), make([]float64, len(got))
				for i, s := range settle(t, x, c, queries(3)) {
					a[i], b[i] = float64(s), float64(got[i])
				}
				if k := correlation(a, b); k < 0.8 {
					t.Errorf("%s: correlation %.3f with the exact scores", r.name, k)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s on %s: got %d, want %d", r.name, kernels, got, want)
			}
		}
	}
}
