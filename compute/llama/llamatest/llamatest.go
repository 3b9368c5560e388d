// Package llamatest draws small models and adapters from seeds, for tests.
package llamatest

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
)

// CPU returns an engine of its own; see op.Config.
func CPU(t testing.TB, kernels string, threads int) *tape.CPU {
	t.Helper()
	e, err := op.New(op.Config{Kernels: kernels, Threads: threads})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return tape.NewCPU(e)
}

// Config reads a config.json.
func Config(t testing.TB, config string) llama.Config {
	t.Helper()
	c, err := llama.ParseConfig([]byte(config), nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Tensors draws the weights of a model, F32 or BF16: -0.25 to 0.25, gains around 1.
func Tensors(c llama.Config, d safetensors.DType, seed uint64) []safetensors.Tensor {
	rng := rand.New(rand.NewPCG(seed, 1))
	var all []safetensors.Tensor
	for _, s := range c.Shapes() {
		x := make([]float32, s.Rows*s.Cols)
		for i := range x {
			x[i] = (rng.Float32() - 0.5) / 2
			if s.Vector {
				x[i] = x[i]/4 + 1
			}
		}
		shape := []int{s.Rows, s.Cols}
		if s.Vector {
			shape = shape[1:]
		}
		all = append(all, stored(s.Name, d, x, shape...))
	}
	return all
}

func stored(name string, d safetensors.DType, x []float32, shape ...int) safetensors.Tensor {
	t := safetensors.FromFloats(name, x, shape...)
	if d != safetensors.F32 {
		t.DType, t.Data = d, make([]byte, 2*len(x))
		op.Narrow(t.Data, op.BF16, x)
	}
	return t
}

// Ulp returns F32 tensors of which one weight of a block or norm is the next
// larger number in magnitude. Most rows of an embedding table are not used.
func Ulp(all []safetensors.Tensor, rng *rand.Rand) []safetensors.Tensor {
	all = slices.Clone(all)
	at := rng.IntN(len(all))
	for strings.Contains(all[at].Name, "embed") {
		at = rng.IntN(len(all))
	}
	b := slices.Clone(all[at].Data)
	i := 4 * rng.IntN(len(b)/4)
	binary.LittleEndian.PutUint32(b[i:], binary.LittleEndian.Uint32(b[i:])+1)
	all[at].Data = b
	return all
}

// BF16 returns F32 tensors with all values rounded to bfloat16.
func BF16(all []safetensors.Tensor) []safetensors.Tensor {
	all = slices.Clone(all)
	for i := range all {
		x, half := make([]float32, len(all[i].Data)/4), make([]byte, len(all[i].Data)/2)
		if err := all[i].CopyTo(x); err != nil {
			panic(err)
		}
		op.Narrow(half, op.BF16, x)
		op.Widen(x, op.BF16, half)
		all[i] = safetensors.FromFloats(all[i].Name, x, all[i].Shape...)
	}
	return all
}

// Load makes a model of a config.json and tensors.
func Load(t testing.TB, cpu *tape.CPU, config string, all []safetensors.Tensor) *llama.Model {
	t.Helper()
	set, err := safetensors.Parse(encoded(t, all))
	if err != nil {
		t.Fatal(err)
	}
	m, err := llama.FromTensors(Config(t, config), set, cpu, llama.LoadConfig{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Dir writes a model into a directory of its own.
func Dir(t testing.TB, config string, all []safetensors.Tensor) string {
	t.Helper()
	dir := t.TempDir()
	for name, b := range map[string][]byte{"config.json": []byte(config), safetensors.ModelFile: encoded(t, all)} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func encoded(t testing.TB, all []safetensors.Tensor) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := safetensors.Encode(&b, all, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// An Adapter is how an adapter looks.
type Adapter struct {
	Rank    int
	Targets lora.Modules
	DType   safetensors.DType // F32 or BF16
}

// Named are target modules by the last parts of their names.
func Named(names ...string) lora.Modules { return lora.Modules{Names: names} }

// Files draws an adapter for some of the linear layers of base; its alpha is
// twice its rank. Its tensors may be changed.
func (a Adapter) Files(t testing.TB, base []lora.Linear, seed uint64, change ...func([]safetensors.Tensor) []safetensors.Tensor) *lora.Files {
	t.Helper()
	c := lora.Config{R: a.Rank, LoraAlpha: float64(2 * a.Rank), TargetModules: a.Targets}
	empty, err := lora.New(c, base)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(seed, 2))
	var all []safetensors.Tensor
	for _, m := range empty.Modules {
		for i, x := range []op.Matrix{m.A, m.B} {
			for k := range x.Data {
				x.Data[k] = (rng.Float32() - 0.5) / 3
			}
			all = append(all, stored("base_model.model."+m.Name+[]string{".lora_A.weight", ".lora_B.weight"}[i], a.DType, x.Data, x.Rows, x.Cols))
		}
	}
	for _, f := range change {
		all = f(all)
	}
	config, err := json.Marshal(map[string]any{"peft_type": "LORA", "r": c.R, "lora_alpha": c.LoraAlpha, "target_modules": c.TargetModules})
	if err != nil {
		t.Fatal(err)
	}
	f, err := lora.Parse(config, encoded(t, all))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Write stores an adapter in a directory of its own.
func Write(t testing.TB, f *lora.Files) (dir string, c cid.Cid) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "adapter")
	if err := f.Write(dir); err != nil {
		t.Fatal(err)
	}
	c, err := f.CID()
	if err != nil {
		t.Fatal(err)
	}
	return dir, c
}
