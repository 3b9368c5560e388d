package train

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/merkle"
)

const tinyConfig = `{"model_type":"llama","vocab_size":61,"hidden_size":32,"intermediate_size":48,"num_hidden_layers":2,
"num_attention_heads":4,"num_key_value_heads":2,"max_position_embeddings":64,"rms_norm_eps":1e-5,"hidden_act":"silu",
"rope_theta":10000.0,"tie_word_embeddings":true,"bos_token_id":1,"eos_token_id":2}`

// texts is n samples of up to 20 tokens in which the next token mostly follows
// from the last one, so that there is something to learn.
func texts(n int) []Sample {
	w := op.Words{Seed: 5, Purpose: op.PurposeOrder}
	var out []Sample
	for range n {
		tokens := []int32{int32(w.Below(61))}
		for range 4 + w.Below(17) {
			next := (tokens[len(tokens)-1]*7 + 3) % 61
			if w.Below(10) == 0 {
				next = int32(w.Below(61))
			}
			tokens = append(tokens, next)
		}
		out = append(out, Windows(tokens, 32)...)
	}
	return out
}

func constant(rate float32, steps int) []float32 {
	r := make([]float32, steps)
	for i := range r {
		r[i] = rate
	}
	return r
}

// A rig makes equal trainers on any kernels and threads.
type rig struct {
	kernels string
	threads int
	lora    bool
	options Options
	dir     string // of the base model; empty: drawn
	load    llama.LoadConfig
}

// model makes the base: drawn, or from its folder.
func (r rig) model(t testing.TB, b *tape.CPU) (*llama.Model, error) {
	if r.dir != "" {
		return llama.Load(r.dir, b, r.load)
	}
	m, err := llama.New(tinyOf(t), b)
	if err == nil {
		err = m.Init(b.Engine(), 11)
	}
	return m, err
}

func (r rig) trainer(t testing.TB) *Trainer {
	t.Helper()
	e, err := op.New(op.Config{Kernels: r.kernels, Threads: r.threads})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	b := tape.NewCPU(e)
	m, err := r.model(t, b)
	if err != nil {
		t.Fatal(err)
	}
	var l *llama.LoRA
	if r.lora {
		if l, err = NewAdapter(m, lora.Config{R: 4, LoraAlpha: 8, TargetModules: lora.Modules{Pattern: lora.AllLinear}}, 12); err != nil {
			t.Fatal(err)
		}
	}
	tr, err := New(m, l, b, texts(40), r.options)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func steps(t testing.TB, tr *Trainer, n int) (losses []float32) {
	t.Helper()
	for range n {
		r, err := tr.Step()
		if err != nil {
			t.Fatal(err)
		}
		losses = append(losses, r.Loss)
	}
	return losses
}

func digest(t testing.TB, tr *Trainer) merkle.Digest {
	t.Helper()
	d, err := tr.Digest()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func adamw(n int) Options {
	o := AdamW
	o.Decay = 0.01
	return Options{Seed: 1, Batch: 8, Micro: 3, Rates: constant(5e-3, n), Clip: 1, Optimizer: o}
}

func sgd(n int) Options {
	return Options{Seed: 1, Batch: 8, Rates: constant(0.1, n), Optimizer: Optimizer{Kind: "sgd", Momentum: 0.9}}
}

func TestLearns(t *testing.T) {
	for name, r := range map[string]rig{
		"full adamw": {options: adamw(60)}, "full sgd": {options: sgd(60)},
		"lora adamw": {options: adamw(60), lora: true},
	} {
		losses := steps(t, r.trainer(t), 60)
		first, last := losses[0], losses[len(losses)-1]
		if want := first - 0.25; math.Abs(float64(first)-math.Log(61)) > 0.3 || last > want {
			t.Errorf("%s: loss went from %.3f to %.3f, want from about ln 61 to below %.3f", name, first, last, want)
		}
	}
}

// Equal bits on every kernel and thread count, in full and LoRA training.
func TestBitsDoNotDependOnTheMachine(t *testing.T) {
	n := 10
	if os.Getenv("OPENLEDGER_LONG") != "" {
		n = 1000
	}
	for _, lora := range []bool{false, true} {
		for _, o := range []Options{adamw(n), sgd(n)} {
			want := merkle.Digest{}
			for _, kernels := range op.Available() {
				if kernels == "ref" && n > 100 {
					continue // a step takes 0.3 s there
				}
				for _, threads := range []int{1, 3} {
					tr := rig{kernels: kernels, threads: threads, lora: lora, options: o}.trainer(t)
					steps(t, tr, n)
					got := digest(t, tr)
					if want == (merkle.Digest{}) {
						want = got
					}
					if got != want {
						t.Errorf("lora %v, %s: %s with %d threads gives %s, want %s", lora, o.Optimizer.Kind, kernels, threads, got, want)
					}
				}
			}
		}
	}
}

// A run that is saved and restored at any step ends with the bits of one that
// was never stopped.
func TestResume(t *testing.T) {
	n := 12
	if os.Getenv("OPENLEDGER_LONG") != "" {
		n = 100
	}
	for _, r := range []rig{{options: adamw(n)}, {options: sgd(n), lora: true}} {
		whole := r.trainer(t)
		path := filepath.Join(t.TempDir(), "checkpoint.safetensors")
		for stop := range n {
			if err := whole.Save(path, "a run"); err != nil {
				t.Fatal(err)
			}
			steps(t, whole, 1)
			resumed := r.trainer(t)
			if err := resumed.Restore(path, "a run"); err != nil {
				t.Fatal(err)
			}
			if done, _ := resumed.Steps(); done != stop {
				t.Fatalf("resumed at step %d, want %d", done, stop)
			}
			steps(t, resumed, 1)
			if digest(t, resumed) != digest(t, whole) {
				t.Fatalf("resumed after step %d: other bits", stop)
			}
		}
	}
}

func TestDigestSeesEachPart(t *testing.T) {
	tr := rig{options: adamw(9)}.trainer(t)
	steps(t, tr, 2)
	before := digest(t, tr)
	for _, s := range tr.tensors() {
		x := s.m.Host()
		old := x[len(x)-1]
		x[len(x)-1] = math.Float32frombits(math.Float32bits(old) ^ 1)
		if digest(t, tr) == before {
			t.Errorf("%s: a flipped bit does not show", s.name)
		}
		x[len(x)-1] = old
	}
	tr.step++
	if digest(t, tr) == before {
		t.Error("the step does not show")
	}
	tr.step--
	tr.update.p2 = 0.5
	if digest(t, tr) == before {
		t.Error("the power of beta2 does not show")
	}
}

func TestRestoreRefuses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "c.safetensors")
	tr := rig{options: adamw(3)}.trainer(t)
	if err := tr.Save(path, "mine"); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, b []byte) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	flipped := append([]byte(nil), whole...)
	flipped[len(flipped)-3] ^= 0x10
	for _, c := range []struct{ path, run, want string }{
		{filepath.Join(dir, "absent"), "mine", "no checkpoint"},
		{path, "yours", "of another run"},
		{write("cut", whole[:len(whole)/2]), "mine", "cut"},
		{write("flipped", flipped), "mine", "has been altered"},
	} {
		if err := tr.Restore(c.path, c.run); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
	if err := tr.Save(filepath.Join(dir, "absent", "c"), "mine"); err == nil || !strings.Contains(err.Error(), "the one before is whole") {
		t.Errorf("unwritable folder: got %v", err)
	}
	other := rig{options: adamw(3), lora: true}.trainer(t)
	if err := other.Restore(path, "mine"); err == nil || !strings.Contains(err.Error(), "is missing") {
		t.Errorf("a checkpoint of full training in a LoRA run: got %v", err)
	}
}

func TestRecordsDivisors(t *testing.T) {
	o := adamw(2)
	seen := map[string]int{}
	o.Record = func(step int, param string, divisor []float32) error {
		seen[param]++
		for _, d := range divisor {
			if d < o.Optimizer.Eps {
				return fmt.Errorf("divisor %g", d)
			}
		}
		return nil
	}
	tr := rig{options: o}.trainer(t)
	plain := rig{options: adamw(2)}.trainer(t)
	steps(t, tr, 2)
	steps(t, plain, 2)
	if len(seen) != len(tr.Params()) || seen["model.norm.weight"] != 2 {
		t.Errorf("recorded %v of %d parameters", seen, len(tr.Params()))
	}
	if digest(t, tr) != digest(t, plain) {
		t.Error("recording changes bits")
	}
}

func TestClip(t *testing.T) {
	o := adamw(1)
	o.Clip = 1e-3
	r, err := rig{options: o}.trainer(t).Step()
	if err != nil || r.Norm < o.Clip || math.Abs(float64(r.Norm*r.Clip/o.Clip-1)) > 1e-5 {
		t.Errorf("got %+v, %v; norm times factor should be %g", r, err, o.Clip)
	}
}

func TestNonFiniteStepIsAnError(t *testing.T) {
	tr := rig{options: sgd(1)}.trainer(t)
	tr.Params()[0].Value.Host()[0] = 3e38
	tr.Params()[0].Value.Host()[1] = 3e38
	if _, err := tr.Step(); err == nil || !strings.Contains(err.Error(), "non-finite value in") || !strings.Contains(err.Error(), "at step 1") {
		t.Errorf("got %v", err)
	}
}

func TestNewRefuses(t *testing.T) {
	good := rig{options: adamw(1)}
	for _, c := range []struct {
		samples []Sample
		change  func(*Options)
		want    string
	}{
		{nil, nil, "0 samples"},
		{[]Sample{{IDs: []int32{61}, Targets: []int32{1}}}, nil, "sample 0 has token 61"},
		{[]Sample{{IDs: []int32{1}, Targets: []int32{-2}}}, nil, "token -2"},
		{[]Sample{{IDs: make([]int32, 65), Targets: make([]int32, 65)}}, nil, "longer than the model's context of 64"},
		{[]Sample{{IDs: []int32{1}}}, nil, "1 tokens and 0 targets"},
		{[]Sample{{IDs: []int32{1, 2}, Targets: []int32{NoTarget, NoTarget}}}, nil, "sample 0 has nothing to learn"},
		{texts(1), func(o *Options) { o.Rates = nil }, "no steps"},
		{texts(1), func(o *Options) { o.Rates[0] = float32(math.NaN()) }, "learning rate NaN"},
		{texts(1), func(o *Options) { o.Micro = 9 }, "micro-batches of 9"},
		{texts(1), func(o *Options) { o.Optimizer.Kind = "lion" }, `unknown optimizer "lion"`},
		{texts(1), func(o *Options) { o.Optimizer.Beta2 = 1 }, "must be in [0, 1)"},
		{texts(1), func(o *Options) { o.Clip = -1 }, "none may be negative"},
	} {
		o := adamw(1)
		if c.change != nil {
			c.change(&o)
		}
		tr := good.trainer(t)
		if _, err := New(tr.model, nil, tape.NewCPU(engine(t)), c.samples, o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

func engine(t testing.TB) *op.Engine {
	e, err := op.New(op.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e
}

// A run that is stopped by its context and run again ends as one that was not,
// early stop included.
func TestRunResumesAndStopsEarly(t *testing.T) {
	o := adamw(400)
	valid := texts(60)[40:]
	plan := func(path string) Plan {
		return Plan{Checkpoint: path, Run: "r", Every: 5, Validation: valid, ValidateEvery: 4, Patience: 3}
	}
	whole := rig{options: o}.trainer(t)
	want, err := whole.Run(t.Context(), plan(filepath.Join(t.TempDir(), "a", "c")))
	if err != nil {
		t.Fatal(err)
	}
	if want.Stopped == "" || want.Steps == 400 {
		t.Fatalf("got %+v, want an early stop", want)
	}
	path := filepath.Join(t.TempDir(), "c")
	for runs := 1; ; runs++ {
		tr := rig{options: o}.trainer(t)
		ctx, cancel := context.WithCancel(t.Context())
		p := plan(path)
		n := 0
		p.Events = func(Event) {
			if n++; n == 17 {
				cancel()
			}
		}
		got, err := tr.Run(ctx, p)
		cancel()
		if errors.Is(err, context.Canceled) && runs < 100 {
			continue
		}
		if err != nil || got.Steps != want.Steps || *got.Valid != *want.Valid || digest(t, tr) != digest(t, whole) {
			t.Errorf("after %d runs got %+v, %v; want %+v and equal bits", runs, got, err, want)
		}
		return
	}
}

func TestEvents(t *testing.T) {
	tr := rig{options: sgd(6)}.trainer(t)
	clock := time.Unix(0, 0)
	var events []Event
	out, err := tr.Run(t.Context(), Plan{
		Checkpoint: filepath.Join(t.TempDir(), "c"), Every: 4, Digests: true, Validation: texts(2), ValidateEvery: 3,
		Events: func(e Event) { events = append(events, e) },
		now:    func() time.Time { clock = clock.Add(time.Second); return clock },
	})
	if err != nil || out.Steps != 6 || out.Stopped != "" || len(events) != 6 {
		t.Fatalf("got %+v, %v, %d events", out, err, len(events))
	}
	for i, e := range events {
		if e.Step != i+1 || e.Steps != 6 || e.Digest == "" || e.Tokens == 0 || e.Speed <= 0 || (e.Left == 0) != (i == 5) {
			t.Errorf("event %d: %+v", i, e)
		}
		if (e.Valid != nil) != (e.Step%3 == 0) || (e.Checkpoint != "") != (e.Step == 4) {
			t.Errorf("event %d: validation %v, checkpoint %q", i, e.Valid, e.Checkpoint)
		}
	}
}

func TestWriteAdapterAndModel(t *testing.T) {
	tr := rig{options: sgd(2), lora: true}.trainer(t)
	steps(t, tr, 2)
	config := lora.Config{R: 4, LoraAlpha: 8, TargetModules: lora.Modules{Pattern: lora.AllLinear}}
	dir := t.TempDir()
	if _, err := WriteAdapter(dir, tr.model, config, tr.lora); err != nil {
		t.Fatal(err)
	}
	files, err := lora.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	a, err := files.Load(tr.model.Config.Linears())
	if err != nil {
		t.Fatal(err)
	}
	trained := map[string][]float32{}
	for _, p := range tr.Params() {
		trained[p.Name] = p.Value.Host()
	}
	for _, m := range a.Modules {
		want := trained["base_model.model."+m.Name+".lora_B.weight"]
		for i, x := range m.B.Data {
			if x != want[i] {
				t.Fatalf("%s: B differs at %d", m.Name, i)
			}
		}
	}

	full := rig{options: sgd(2)}.trainer(t)
	steps(t, full, 1)
	if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(tinyConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := WriteModel(dir, full.Params()); err != nil {
		t.Fatal(err)
	}
	again, err := llama.Load(dir, tape.NewCPU(engine(t)), llama.LoadConfig{Train: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range again.Params() {
		for k, x := range p.Value.Host() {
			if x != full.Params()[i].Value.Host()[k] {
				t.Fatalf("%s differs at %d", p.Name, k)
			}
		}
	}
}
