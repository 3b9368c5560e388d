package llama

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
)

// A tiny is one model of testdata/families.json.
type tiny struct {
	Name   string
	Config json.RawMessage
	IDs    []int32
	Rows   []int
	Logits [][]float64
}

func tinies(t testing.TB) []tiny {
	t.Helper()
	b, err := os.ReadFile("testdata/families.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Families []tiny }
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	return file.Families
}

func (f *tiny) config(t testing.TB) Config {
	t.Helper()
	c, err := ParseConfig(f.Config, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// draw is the function of the same name in testdata/families.py.
func draw(name string, n int) []float32 {
	h := uint32(2166136261)
	for _, b := range []byte(name) {
		h = (h ^ uint32(b)) * 16777619
	}
	x := make([]float32, n)
	for i := range x {
		v := h + uint32(i)*0x9E3779B9
		v = (v ^ v>>16) * 0x7FEB352D
		v = (v ^ v>>15) * 0x846CA68B
		v ^= v >> 16
		y := (float64(v>>8)*0x1p-23 - 1) * 0.25
		if strings.HasSuffix(name, "norm.weight") {
			y++
		}
		x[i] = float32(y)
	}
	return x
}

var halves = map[safetensors.DType]op.Format{safetensors.BF16: op.BF16, safetensors.F16: op.F16}

// tensors returns the drawn tensors of a model in the given type.
func tensors(c Config, d safetensors.DType) []safetensors.Tensor {
	var all []safetensors.Tensor
	for _, s := range c.Shapes() {
		shape := []int{s.Rows, s.Cols}
		if s.Vector {
			shape = shape[1:]
		}
		x := draw(s.Name, s.Rows*s.Cols)
		t := safetensors.FromFloats(s.Name, x, shape...)
		if d != safetensors.F32 {
			t.DType, t.Data = d, make([]byte, 2*len(x))
			op.Narrow(t.Data, halves[d], x)
		}
		all = append(all, t)
	}
	return all
}

// write makes a model directory of a tiny model.
func (f *tiny) write(t testing.TB, d safetensors.DType) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "config.json"), f.Config, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := safetensors.Write(filepath.Join(dir, safetensors.ModelFile), tensors(f.config(t), d), nil); err != nil {
		t.Fatal(err)
	}
	return dir
}

// load loads a tiny model from a directory.
func (f *tiny) load(t testing.TB, b tape.Backend, d safetensors.DType, c LoadConfig) *Model {
	t.Helper()
	m, err := Load(f.write(t, d), b, c)
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return m
}

// whole returns the logits of all rows of documents read in one pass.
func whole(t testing.TB, m *Model, ids []int32, docs ...int) []float32 {
	t.Helper()
	f, err := m.NewForward(ForwardConfig{Tokens: len(ids)})
	if err != nil {
		t.Fatal(err)
	}
	r := Run{IDs: ids, Picks: every(len(ids))}
	for _, n := range docs {
		r.Seqs = append(r.Seqs, tape.Seq{Rows: n})
	}
	if err := f.Run(&r); err != nil {
		t.Fatal(err)
	}
	return f.Logits()
}

func every(n int) []int32 {
	x := make([]int32, n)
	for i := range x {
		x[i] = int32(i)
	}
	return x
}

// TestFamilies compares logits with those of PyTorch and transformers.
func TestFamilies(t *testing.T) {
	cpu := newCPU(t, "", 0)
	for _, f := range tinies(t) {
		m := f.load(t, cpu, safetensors.F32, LoadConfig{})
		logits := whole(t, m, f.IDs, len(f.IDs))
		worst := 0.0
		for i, row := range f.Rows {
			for j, want := range f.Logits[i] {
				worst = max(worst, math.Abs(float64(logits[row*m.Config.Vocab+j])-want))
			}
		}
		if !(worst <= 1e-4) {
			t.Errorf("%s: logits differ by up to %g", f.Name, worst)
		}
	}
}
