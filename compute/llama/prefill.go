package llama

import (
	"fmt"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
)

// A Prefill is a prompt with its answer as one document, in the form that is
// traced and disputed: Body makes the hidden states of all tokens, Head the
// logits behind one of them. The bits are those of any Forward.
type Prefill struct {
	Body, Head       *tape.Tape // lowered
	BodyEnv, HeadEnv tape.Env

	// Hidden is the state of Head that Body's result of this name is copied to.
	Hidden tape.Matrix
}

// HiddenName is the result of Body, and the state of Head.
const HiddenName = "hidden"

// NewPrefill writes both tapes for a document of so many tokens. On an Outline
// nothing can run, and the tapes are the same.
func (m *Model) NewPrefill(tokens int, lora *LoRA) (*Prefill, error) {
	if tokens <= 0 || tokens > m.Config.Context {
		return nil, fmt.Errorf("llama: a prefill of %d tokens; the model's context is %d", tokens, m.Config.Context)
	}
	table, err := m.table(tokens)
	if err != nil {
		return nil, err
	}
	p := &Prefill{}
	if p.Hidden, err = m.backend.Matrix(tokens, m.Config.Hidden); err != nil {
		return nil, fmt.Errorf("llama: prefill: %w", err)
	}
	body := m.newGraph(tokens)
	body.lora = lora
	body.b.Keep(body.hidden())
	head := &graph{m: m, c: &m.Config, b: tape.NewBuilder(), lora: lora}
	row := head.b.Input("row", tape.I32, 1, 1)
	head.b.Keep(head.logits(head.b.Select(head.b.State(HiddenName, tokens, m.Config.Hidden), row)))
	dims := tape.Dims{Tokens: tokens, Picks: 1}
	if p.Body, err = body.b.Build().Lower(dims, tokens); err == nil {
		p.Head, err = head.b.Build().Lower(dims, tokens)
	}
	if err != nil {
		return nil, fmt.Errorf("llama: prefill of %d tokens: %w", tokens, err)
	}
	for _, env := range []*tape.Env{&p.BodyEnv, &p.HeadEnv} {
		*env = tape.Env{
			Weights: make(map[string]tape.Weights), States: map[string]tape.Matrix{HiddenName: p.Hidden},
			Tables: map[string]*op.RopeTable{ropeName: table},
		}
		for name, x := range m.params {
			if x.matrix != nil {
				env.States[name] = x.matrix
			} else {
				env.Weights[name] = x.weights
			}
		}
		for _, x := range lora.Params() {
			env.States[x.Name] = x.Value
		}
	}
	return p, nil
}
