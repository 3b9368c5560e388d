package op

import (
	"math"
	"strings"
	"testing"
)

// The formulas of Hugging Face's modeling_rope_utils.py in float64.
func frequencies64(c RopeConfig) []float64 {
	out := make([]float64, c.HeadDim/2)
	d := float64(c.HeadDim)
	turnsAt := func(n float64) float64 {
		return d * math.Log(float64(c.Original)/(n*2*math.Pi)) / (2 * math.Log(c.Theta))
	}
	for i := range out {
		f := 1 / math.Pow(c.Theta, float64(2*i)/d)
		switch c.Kind {
		case "linear":
			f /= c.Factor
		case "llama3":
			wave, original := 2*math.Pi/f, float64(c.Original)
			switch {
			case wave > original/c.LowFreq:
				f /= c.Factor
			case wave >= original/c.HighFreq:
				smooth := (original/wave - c.LowFreq) / (c.HighFreq - c.LowFreq)
				f = (1-smooth)*f/c.Factor + smooth*f
			}
		case "yarn":
			low, high := max(0, math.Floor(turnsAt(32))), min(d-1, math.Ceil(turnsAt(1)))
			ramp := min(1, max(0, (float64(i)-low)/(high-low)))
			f = f/c.Factor*ramp + f*(1-ramp)
		}
		out[i] = f
	}
	return out
}

func TestRopeTable(t *testing.T) {
	for _, c := range []struct {
		config RopeConfig
		digest string
		factor float32
	}{
		{RopeConfig{Theta: 1e4, HeadDim: 64}, "bbc5344d0a1c78bc", 1},
		{RopeConfig{Kind: "default", Theta: 5e5, HeadDim: 128}, "e270909d5b5123d5", 1},
		{RopeConfig{Kind: "linear", Theta: 1e4, HeadDim: 96, Factor: 4}, "ebb5c4b83acd9917", 1},
		{RopeConfig{Kind: "llama3", Theta: 5e5, HeadDim: 64, Factor: 32, LowFreq: 1, HighFreq: 4, Original: 8192}, "83ddf2a66fa64c0f", 1},
		{RopeConfig{Kind: "yarn", Theta: 1e6, HeadDim: 128, Factor: 4, Original: 32768}, "6c81c422ec31f158", 1.1386294},
	} {
		table, err := NewRopeTable(c.config, 70)
		if err != nil {
			t.Fatal(err)
		}
		if table.Factor != c.factor {
			t.Errorf("%+v: factor %v, want %v", c.config, table.Factor, c.factor)
		}
		for i, f := range frequencies64(c.config) {
			if u := ulps(table.Frequency[i], f); u > 0.5001 {
				t.Errorf("%+v: frequency %d is %v, %v ulp from %v", c.config, i, table.Frequency[i], u, f)
			}
		}
		half := c.config.HeadDim / 2
		for i, cos := range table.Cos {
			angle := float64(float32(i/half) * table.Frequency[i%half])
			want := math.Cos(angle) * float64(c.factor)
			if math.Abs(float64(cos)-want) > 1e-7 {
				t.Fatalf("%+v: cos %d is %v, want %v", c.config, i, cos, want)
			}
		}
		golden(t, c.config.Kind, table.Digest[:], c.digest)
		longer, _ := NewRopeTable(c.config, 90)
		if longer.Digest != table.Digest {
			t.Errorf("%+v: the digest depends on the number of positions", c.config)
		}
	}
}

func TestRopeRefuses(t *testing.T) {
	for want, c := range map[string]RopeConfig{
		"head dimension 7":  {Theta: 1e4, HeadDim: 7},
		"theta 0":           {HeadDim: 64},
		`"longrope"`:        {Kind: "longrope", Theta: 1e4, HeadDim: 64},
		"factor 0":          {Kind: "linear", Theta: 1e4, HeadDim: 64},
		"original_max":      {Kind: "yarn", Theta: 1e4, HeadDim: 64, Factor: 2},
		"low_freq_factor 4": {Kind: "llama3", Theta: 1e4, HeadDim: 64, Factor: 2, Original: 9, LowFreq: 4, HighFreq: 1},
		"theta +Inf":        {Theta: math.Inf(1), HeadDim: 64},
		"parameter -1":      {Kind: "yarn", Theta: 1e4, HeadDim: 64, Factor: 2, Original: 9, BetaFast: -1},
	} {
		if _, err := NewRopeTable(c, 1); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: got error %v, want one with %q", c, err, want)
		}
	}
	if _, err := NewRopeTable(RopeConfig{Theta: 1e4, HeadDim: 64}, 1<<24+1); err == nil {
		t.Error("more positions than float32 can count: no error")
	}
}
