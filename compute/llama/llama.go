// Package llama is the Llama family as tapes: Llama 2 and 3, TinyLlama,
// SmolLM2, Mistral, Qwen2 and Qwen3.
//
// The invariant: what a token's logits are depends on the tokens before it, the
// weights and the token's own adapter, to the bit; not on the batch, the way in
// which the prompt was cut, the machine or its threads. A feature of a model
// that this package does not have is refused by name, never passed over.
//
// Load reads a model directory as Hugging Face lays it out, New makes one for
// training from scratch. Forward runs it: prefill, decode, whole documents.
// Gradients trains it, in full or as a LoRA adapter. graph.go is the model
// itself, backward.go its gradient.
package llama

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
)

// A Model is a model in the memory of a backend. It is safe for concurrent use
// as long as no Gradients of it runs.
type Model struct {
	Config Config

	backend tape.Backend
	slices  int // of activations, with Q8 weights
	params  map[string]param

	mu   sync.Mutex
	rope *op.RopeTable // as long as any program has needed so far
}

// A param is a tensor of the model: frozen weights, or a matrix that is trained.
type param struct {
	shape   Shape
	typ     tape.Type
	weights tape.Weights
	matrix  tape.Matrix
}

// A Shape is a tensor that a model has. Vectors are one row.
type Shape struct {
	Name       string // as in Hugging Face's files
	Rows, Cols int
	Vector     bool
}

const (
	embedName = "model.embed_tokens.weight"
	headName  = "lm_head.weight"
	normName  = "model.norm.weight"
	ropeName  = "rope"
)

// A linear is one linear layer of a block: its path there, what it reads and
// writes, and whether it has a bias.
type linear struct {
	path    string
	in, out int
	bias    bool
}

// linears returns the linear layers of each block in the order in which they
// run.
func (c *Config) linears() []linear {
	q, kv := c.Heads*c.HeadDim, c.KVHeads*c.HeadDim
	return []linear{
		{"self_attn.q_proj", c.Hidden, q, c.QKVBias},
		{"self_attn.k_proj", c.Hidden, kv, c.QKVBias},
		{"self_attn.v_proj", c.Hidden, kv, c.QKVBias},
		{"self_attn.o_proj", q, c.Hidden, c.OBias},
		{"mlp.gate_proj", c.Hidden, c.Inner, c.MLPBias},
		{"mlp.up_proj", c.Hidden, c.Inner, c.MLPBias},
		{"mlp.down_proj", c.Inner, c.Hidden, c.MLPBias},
	}
}

// Shapes returns the tensors of the model in the order of their names.
func (c *Config) Shapes() []Shape {
	vector := func(name string, n int) Shape { return Shape{name, 1, n, true} }
	all := []Shape{{embedName, c.Vocab, c.Hidden, false}, vector(normName, c.Hidden)}
	if !c.Tied {
		all = append(all, Shape{headName, c.Vocab, c.Hidden, false})
	}
	for i := range c.Layers {
		block := blockName(i)
		all = append(all, vector(block+"input_layernorm.weight", c.Hidden), vector(block+"post_attention_layernorm.weight", c.Hidden))
		if c.QKNorm {
			all = append(all, vector(block+"self_attn.q_norm.weight", c.HeadDim), vector(block+"self_attn.k_norm.weight", c.HeadDim))
		}
		for _, l := range c.linears() {
			all = append(all, Shape{block + l.path + ".weight", l.out, l.in, false})
			if l.bias {
				all = append(all, vector(block+l.path+".bias", l.out))
			}
		}
	}
	slices.SortFunc(all, func(a, b Shape) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func blockName(layer int) string { return fmt.Sprintf("model.layers.%d.", layer) }

// Parameters returns the number of elements of all tensors.
func (c *Config) Parameters() int {
	n := 0
	for _, s := range c.Shapes() {
		n += s.Rows * s.Cols
	}
	return n
}

// headWeight is the tensor of the output layer.
func (c *Config) headWeight() string {
	if c.Tied {
		return embedName
	}
	return headName
}

// table returns the rotary table for at least n positions.
func (m *Model) table(n int) (*op.RopeTable, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.rope == nil || m.rope.Positions < n {
		t, err := op.NewRopeTable(m.Config.Rope, n)
		if err != nil {
			return nil, err
		}
		m.rope = t
	}
	return m.rope, nil
}

// Bytes returns the memory of the model's weights.
func (m *Model) Bytes() int {
	n := 0
	for _, p := range m.params {
		if p.weights != nil {
			n += p.weights.Bytes()
		} else {
			n += 4 * p.shape.Rows * p.shape.Cols
		}
	}
	return n
}
