package lora

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/safetensors"
)

func TestNotFinite(t *testing.T) {
	base := readSemantics(t).Linear
	for _, bad := range []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))} {
		a := filled(t, base)
		a.Modules[2].B.Data[5] = bad
		f, err := a.Files()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Load(base); err == nil || !strings.Contains(err.Error(), "element 5 is") {
			t.Errorf("got %v", err)
		}
	}
}

// TestHalf checks that BF16 and F16 tensors are widened exactly.
func TestHalf(t *testing.T) {
	base := []Linear{{Name: "q_proj", Out: 1, In: 2}}
	var out bytes.Buffer
	err := safetensors.Encode(&out, []safetensors.Tensor{
		{Name: keyPrefix + "q_proj" + keyA, DType: safetensors.BF16, Shape: []int{1, 2}, Data: []byte{0x80, 0x3f, 0x00, 0xc0}},
		{Name: keyPrefix + "q_proj" + keyB, DType: safetensors.F16, Shape: []int{1, 1}, Data: []byte{0x00, 0x38}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse([]byte(`{"peft_type": "LORA", "r": 1, "target_modules": ["q_proj"]}`), out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	a, err := f.Load(base)
	if err != nil {
		t.Fatal(err)
	}
	if m := a.Modules[0]; !slices.Equal(m.A.Data, []float32{1, -2}) || m.B.Data[0] != 0.5 || m.Scale != 8 {
		t.Errorf("got %v", m)
	}
}

func TestCoverage(t *testing.T) {
	base := readSemantics(t).Linear
	name := "model.layers.0.self_attn.q_proj"
	for _, c := range []struct {
		name   string
		change func(c *Config, tensors []safetensors.Tensor, base []Linear) ([]safetensors.Tensor, []Linear)
		want   string
	}{
		{"renamed", func(_ *Config, ts []safetensors.Tensor, b []Linear) ([]safetensors.Tensor, []Linear) {
			ts[0].Name = strings.Replace(ts[0].Name, "lora_A", "lora_A.default", 1)
			return ts, b
		}, "1 unmatched: "},
		{"removed", func(_ *Config, ts []safetensors.Tensor, b []Linear) ([]safetensors.Tensor, []Linear) {
			return ts[1:], b
		}, "11 tensors match; 1 missing: "},
		{"no tensor", func(_ *Config, _ []safetensors.Tensor, b []Linear) ([]safetensors.Tensor, []Linear) {
			return nil, b
		}, "0 tensors match; 12 missing: "},
		{"one more", func(_ *Config, ts []safetensors.Tensor, b []Linear) ([]safetensors.Tensor, []Linear) {
			return append(ts, safetensors.FromFloats(keyPrefix+name+".lora_magnitude_vector", nil, 0)), b
		}, "12 tensors match; 1 unmatched: base_model.model." + name + ".lora_magnitude_vector"},
		{"shape", func(_ *Config, ts []safetensors.Tensor, b []Linear) ([]safetensors.Tensor, []Linear) {
			for i := range ts {
				ts[i].Shape = []int{ts[i].Shape[1], ts[i].Shape[0]}
			}
			return ts, b
		}, "0 tensors match; 12 wrong: "},
		{"integers", func(_ *Config, ts []safetensors.Tensor, b []Linear) ([]safetensors.Tensor, []Linear) {
			ts[0].DType, ts[0].Data = safetensors.I8, make([]byte, ts[0].Shape[0]*ts[0].Shape[1])
			return ts, b
		}, "is I8, want F32"},
		{"rank", func(c *Config, ts []safetensors.Tensor, b []Linear) ([]safetensors.Tensor, []Linear) {
			c.R = 5
			return ts, b
		}, "is [4 16], want [5 16]"},
		{"smaller base", func(_ *Config, ts []safetensors.Tensor, b []Linear) ([]safetensors.Tensor, []Linear) {
			return ts, b[:7] // one layer, no lm_head
		}, `4 tensors match; 8 unmatched: `},
		{"no head", func(_ *Config, ts []safetensors.Tensor, b []Linear) ([]safetensors.Tensor, []Linear) {
			return ts, b[:21]
		}, `1 missing: target "lm_head"`},
		{"target", func(c *Config, ts []safetensors.Tensor, b []Linear) ([]safetensors.Tensor, []Linear) {
			c.TargetModules.Names = append(slices.Clone(c.TargetModules.Names), "c_attn")
			return ts, b
		}, `12 tensors match; 1 missing: target "c_attn"`},
		{"pattern", func(c *Config, ts []safetensors.Tensor, b []Linear) ([]safetensors.Tensor, []Linear) {
			c.TargetModules = Modules{Pattern: "q_proj"}
			return ts, b
		}, `0 tensors match; 12 unmatched`},
		{"layer", func(c *Config, ts []safetensors.Tensor, b []Linear) ([]safetensors.Tensor, []Linear) {
			c.LayersToTransform = []int{0, 1, 2, 7}
			return ts, b
		}, `layer 7`},
	} {
		a := filled(t, base)
		f, err := a.Files()
		if err != nil {
			t.Fatal(err)
		}
		config := f.Config
		tensors, changed := c.change(&config, slices.Clone(f.set.Tensors()), base)
		var out bytes.Buffer
		if err := safetensors.Encode(&out, tensors, nil); err != nil {
			t.Fatal(err)
		}
		settings, err := json.Marshal(config.peft())
		if err != nil {
			t.Fatal(err)
		}
		g, err := Parse(settings, out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		_, err = g.Load(changed)
		var coverage *CoverageError
		if !errors.As(err, &coverage) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want one line with %q", c.name, err, c.want)
		}
	}
	if _, err := New(Config{R: 1, TargetModules: Modules{Names: []string{"c_attn"}}}, base); err == nil {
		t.Error("New with a target that is not there: no error")
	}
	if _, err := New(Config{TargetModules: Modules{Names: []string{"q_proj"}}}, base); err == nil {
		t.Error("New with rank 0: no error")
	}
}
