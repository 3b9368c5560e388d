package llama

import (
	"math"
	"testing"

	"github.com/openledger/openledger/compute/op"
)

// A reference is a model in float64, as plain as can be.
type reference struct {
	c     Config
	p     map[string][]float64
	lora  []LoRAPart
	table *op.RopeTable
}

func newReference(t testing.TB, c Config) *reference {
	t.Helper()
	table, err := op.NewRopeTable(c.Rope, c.Context)
	if err != nil {
		t.Fatal(err)
	}
	return &reference{c: c, p: make(map[string][]float64), table: table}
}

// set copies float32 values.
func (r *reference) set(name string, x []float32) {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	r.p[name] = y
}

// loss returns the sum of the losses of a batch.
func (r *reference) loss(b Batch) float64 {
	sum, at := 0.0, 0
	for _, n := range b.Docs {
		logits := r.logits(b.IDs[at : at+n])
		for i, target := range b.Targets[at : at+n] {
			if target >= 0 {
				sum += logSum(logits[i]) - logits[i][target]
			}
		}
		at += n
	}
	return sum
}

func logSum(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += math.Exp(v)
	}
	return math.Log(s)
}

// logits runs one document.
func (r *reference) logits(ids []int32) [][]float64 {
	h := r.c.Hidden
	x := make([][]float64, len(ids))
	for i, id := range ids {
		x[i] = append([]float64(nil), r.p[embedName][int(id)*h:][:h]...)
	}
	for layer := range r.c.Layers {
		name := blockName(layer)
		o := r.attention(layer, x)
		for t := range x {
			add(x[t], r.linear(name+"self_attn.o_proj", o[t], h))
			n := r.norm(name+"post_attention_layernorm.weight", x[t])
			gate, up := r.linear(name+"mlp.gate_proj", n, r.c.Inner), r.linear(name+"mlp.up_proj", n, r.c.Inner)
			for i, g := range gate {
				up[i] *= g / (1 + math.Exp(-g))
			}
			add(x[t], r.linear(name+"mlp.down_proj", up, h))
		}
	}
	out := make([][]float64, len(ids))
	for t := range x {
		out[t] = r.product(r.p[r.c.headWeight()], r.norm(normName, x[t]), r.c.Vocab)
	}
	return out
}

func (r *reference) attention(layer int, x [][]float64) [][]float64 {
	name, d, a := blockName(layer)+"self_attn.", r.c.HeadDim, r.c.Attn(layer)
	var q, k, v [][]float64
	for t := range x {
		n := r.norm(blockName(layer)+"input_layernorm.weight", x[t])
		q = append(q, r.turn(name+"q_norm.weight", r.linear(name+"q_proj", n, a.Heads*d), t))
		k = append(k, r.turn(name+"k_norm.weight", r.linear(name+"k_proj", n, a.KVHeads*d), t))
		v = append(v, r.linear(name+"v_proj", n, a.KVHeads*d))
	}
	out := make([][]float64, len(x))
	for t := range x {
		out[t] = make([]float64, a.Heads*d)
		for h := range a.Heads {
			g := h / (a.Heads / a.KVHeads) * d
			sum := 0.0
			for j := 0; j <= t; j++ {
				if a.Window > 0 && t-j >= a.Window {
					continue
				}
				s := 0.0
				for i := range d {
					s += q[t][h*d+i] * k[j][g+i]
				}
				e := math.Exp(s / math.Sqrt(float64(d)))
				sum += e
				for i := range d {
					out[t][h*d+i] += e * v[j][g+i]
				}
			}
			for i := range d {
				out[t][h*d+i] /= sum
			}
		}
	}
	return out
}

// turn normalises heads if the model does that, and turns them to position t.
func (r *reference) turn(norm string, x []float64, t int) []float64 {
	d := r.c.HeadDim
	for h := 0; h < len(x); h += d {
		head := x[h : h+d]
		if r.c.QKNorm {
			copy(head, r.norm(norm, head))
		}
		for i := range d / 2 {
			c, s := float64(r.table.Cos[t*d/2+i]), float64(r.table.Sin[t*d/2+i])
			a, b := head[i], head[i+d/2]
			head[i], head[i+d/2] = a*c-b*s, b*c+a*s
		}
	}
	return x
}

func (r *reference) norm(name string, x []float64) []float64 {
	q := 0.0
	for _, v := range x {
		q += v * v
	}
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = v / math.Sqrt(q/float64(len(x))+float64(r.c.Eps)) * r.p[name][i]
	}
	return y
}

func (r *reference) linear(name string, x []float64, n int) []float64 {
	y := r.product(r.p[name+".weight"], x, n)
	if b := r.p[name+".bias"]; b != nil {
		add(y, b)
	}
	for _, part := range r.lora {
		if part.Name == name {
			key := "base_model.model." + name
			d := r.product(r.p[key+".lora_B.weight"], r.product(r.p[key+".lora_A.weight"], x, part.Rank), n)
			for i, v := range d {
				y[i] += float64(part.Scale) * v
			}
		}
	}
	return y
}

func (r *reference) product(w, x []float64, n int) []float64 {
	y := make([]float64, n)
	for i := range y {
		for k, v := range x {
			y[i] += w[i*len(x)+k] * v
		}
	}
	return y
}

func add(y, x []float64) {
	for i, v := range x {
		y[i] += v
	}
}
