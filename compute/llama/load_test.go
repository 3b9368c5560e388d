package llama

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
)

// TestBadTensors: a file that does not fit its config is refused with the
// tensor's name.
func TestBadTensors(t *testing.T) {
	const k = "model.layers.1.self_attn.k_proj.weight"
	find := func(all []safetensors.Tensor, name string) *safetensors.Tensor {
		return &all[slices.IndexFunc(all, func(x safetensors.Tensor) bool { return x.Name == name })]
	}
	put := func(name string, i int, x float32) func([]safetensors.Tensor) []safetensors.Tensor {
		return func(all []safetensors.Tensor) []safetensors.Tensor {
			binary.LittleEndian.PutUint32(find(all, name).Data[4*i:], math.Float32bits(x))
			return all
		}
	}
	cpu := newCPU(t, "", 1)
	for _, c := range []struct {
		name, want string
		change     func(all []safetensors.Tensor) []safetensors.Tensor
	}{
		{"missing", "1 tensors are missing: " + k, func(all []safetensors.Tensor) []safetensors.Tensor {
			return slices.DeleteFunc(all, func(x safetensors.Tensor) bool { return x.Name == k })
		}},
		{"unknown", "1 tensors do not belong to a llama: model.extra.weight", func(all []safetensors.Tensor) []safetensors.Tensor {
			return append(all, safetensors.FromFloats("model.extra.weight", make([]float32, 4), 2, 2))
		}},
		{"old buffer", "", func(all []safetensors.Tensor) []safetensors.Tensor {
			return append(all, safetensors.FromFloats("model.layers.0.self_attn.rotary_emb.inv_freq", make([]float32, 4), 4))
		}},
		{"shape", `tensor "` + k + `" has shape [32 16], config.json makes it [16 32]`, func(all []safetensors.Tensor) []safetensors.Tensor {
			find(all, k).Shape = []int{32, 16}
			return all
		}},
		{"vocabulary", `tensor "lm_head.weight" has shape [60 32], the vocabulary of 61 needs [61 32]`, func(all []safetensors.Tensor) []safetensors.Tensor {
			*find(all, headName) = safetensors.FromFloats(headName, make([]float32, 60*32), 60, 32)
			return all
		}},
		{"NaN", `tensor "` + k + `": element 77 is an infinity or NaN`, put(k, 77, float32(math.NaN()))},
		{"infinity", `tensor "model.norm.weight": element 31 is an infinity or NaN`, put(normName, 31, float32(math.Inf(-1)))},
		{"type", `tensor "` + k + `" is I8`, func(all []safetensors.Tensor) []safetensors.Tensor {
			x := find(all, k)
			x.DType, x.Data = safetensors.I8, x.Data[:16*32]
			return all
		}},
	} {
		f := tinies(t)[1]
		set := set(t, c.change(tensors(f.config(t), safetensors.F32)))
		if _, err := FromTensors(f.config(t), set, cpu, LoadConfig{}); c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	tied := tinies(t)[2]
	all := tensors(tied.config(t), safetensors.F32)
	head := *find(all, embedName)
	head.Name = headName
	if _, err := FromTensors(tied.config(t), set(t, append(all, head)), cpu, LoadConfig{}); err != nil {
		t.Errorf("a second copy of a tied table: %v", err)
	}
	head.Data = make([]byte, len(head.Data))
	if _, err := FromTensors(tied.config(t), set(t, append(all, head)), cpu, LoadConfig{}); err == nil || !strings.Contains(err.Error(), "tie_word_embeddings is set, but") {
		t.Errorf("another output layer: got %v", err)
	}
}

// set writes tensors and opens them.
func set(t *testing.T, all []safetensors.Tensor) *safetensors.Set {
	t.Helper()
	path := filepath.Join(t.TempDir(), safetensors.ModelFile)
	if err := safetensors.Write(path, all, nil); err != nil {
		t.Fatal(err)
	}
	s, err := safetensors.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestNotFinite looks for each special value at each place.
func TestNotFinite(t *testing.T) {
	for _, c := range []struct {
		typ       tape.Type
		size      int
		bad, good []uint32
	}{
		{tape.F32, 4, []uint32{0x7f800000, 0xff800000, 0x7fc00000, 0xff800001}, []uint32{0x7f7fffff, 0xff7fffff, 0x00000001, 0x80000000}},
		{tape.BF16, 2, []uint32{0x7f80, 0xff80, 0x7fc0, 0xff81}, []uint32{0x7f7f, 0xff7f, 1, 0x8000}},
		{tape.F16, 2, []uint32{0x7c00, 0xfc00, 0x7e00, 0xfc01}, []uint32{0x7bff, 0xfbff, 1, 0x8000}},
	} {
		const n = 13
		for at := range n {
			b := make([]byte, n*c.size)
			put := func(i int, x uint32) {
				binary.LittleEndian.PutUint16(b[i*c.size:], uint16(x))
				if c.size == 4 {
					binary.LittleEndian.PutUint32(b[i*4:], x)
				}
			}
			for i := range n {
				put(i, c.good[i%4])
			}
			if got := notFinite(b, c.typ); got != -1 {
				t.Errorf("%v: got %d for finite numbers", c.typ, got)
			}
			for _, x := range c.bad {
				put(at, x)
				if got := notFinite(b, c.typ); got != at {
					t.Errorf("%v: %x: got %d, want %d", c.typ, x, got, at)
				}
			}
		}
	}
}

// TestShards: a model in several files is the model in one.
func TestShards(t *testing.T) {
	f := tinies(t)[0]
	c := f.config(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "config.json"), f.Config, 0o600); err != nil {
		t.Fatal(err)
	}
	all := tensors(c, safetensors.F32)
	index := `{"weight_map":{`
	for i, part := range [][]safetensors.Tensor{all[:7], all[7:]} {
		name := []string{"model-1.safetensors", "model-2.safetensors"}[i]
		if err := safetensors.Write(filepath.Join(dir, name), part, nil); err != nil {
			t.Fatal(err)
		}
		for _, x := range part {
			index += `"` + x.Name + `":"` + name + `",`
		}
	}
	index = strings.TrimSuffix(index, ",") + "}}"
	if err := os.WriteFile(filepath.Join(dir, safetensors.IndexFile), []byte(index), 0o600); err != nil {
		t.Fatal(err)
	}
	cpu := newCPU(t, "", 1)
	m, err := Load(dir, cpu, LoadConfig{})
	if err != nil {
		t.Fatal(err)
	}
	one := f.load(t, cpu, safetensors.F32, LoadConfig{})
	equal(t, "shards", whole(t, m, f.IDs, len(f.IDs)), whole(t, one, f.IDs, len(f.IDs)))
}
