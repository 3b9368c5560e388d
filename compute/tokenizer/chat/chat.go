// Package chat renders the chat templates that models carry: messages and tools in, prompt text out.
//
// A chat template is a Jinja2 program written by whoever published the model or the adapter, so it is
// untrusted: a render is bounded in steps, memory, output, nesting and time (Limits), reads nothing but its
// input and writes nothing but its text. It is a function of that input; strftime_now is the one thing that
// looks at a clock, and Input.Now replaces it.
//
// The language is the Jinja2 that templates of models use, with trim_blocks and lstrip_blocks on. Values are
// printed as JSON ([1, "a", true]; none prints nothing), as the JavaScript renderer of Hugging Face does.
// Where that renderer and Jinja2 part, dialect.go says which one we follow.
//
// Start with Parse and Template.Render; a model's directory is read by Load.
package chat

import (
	"context"
	"fmt"
	"time"
)

// A Template is a parsed chat template. It is immutable: many goroutines may render it at once.
type Template struct {
	body   []stmt
	limits Limits
}

// Parse reads a template, with the default limits.
func Parse(source string) (*Template, error) { return Limits{}.Parse(source) }

// Input is what chat templates expect to be given. Messages, Tools, Documents and the values of Extra may be
// any Go value that encodes as JSON; a json.RawMessage or a struct keeps its order of keys, a map is sorted.
type Input struct {
	Messages            any            // the conversation: []Message, or a list of objects with role and content
	Tools               any            // JSON schemas of functions that the model may call; nil reads as none
	Documents           any            // texts for retrieval; nil reads as none
	AddGenerationPrompt bool           // end with the header of the assistant's turn
	BOS, EOS            string         // bos_token and eos_token; undefined when empty
	Extra               map[string]any // further variables, such as enable_thinking; they win over the above
	Now                 time.Time      // what strftime_now reads; zero means the time of the call
}

// A Message is one turn of a conversation. Templates that know more fields take them from a map or raw JSON.
type Message struct {
	Role             string `json:"role"`
	Content          any    `json:"content"` // a string, or a list of parts such as {"type": "text", "text": "…"}
	Name             string `json:"name,omitempty"`
	ReasoningContent string `json:"reasoning_content,omitempty"`
	ToolCalls        any    `json:"tool_calls,omitempty"`
	ToolCallID       string `json:"tool_call_id,omitempty"`
}

// A Span is a part of a rendered text, in bytes: text[Start:End].
type Span struct{ Start, End int }

// Render returns the prompt for in.
func (t *Template) Render(ctx context.Context, in Input) (string, error) {
	text, _, err := t.RenderSpans(ctx, in)
	return text, err
}

// RenderSpans also returns the parts of the text that came out of {% generation %} blocks: what the assistant
// says, and so what fine-tuning learns. A block inside a macro or a block that is assigned gives no span.
func (t *Template) RenderSpans(ctx context.Context, in Input) (string, []Span, error) {
	vars := map[string]any{
		"messages":              in.Messages,
		"tools":                 in.Tools,
		"documents":             in.Documents,
		"add_generation_prompt": in.AddGenerationPrompt,
	}
	if in.BOS != "" {
		vars["bos_token"] = in.BOS
	}
	if in.EOS != "" {
		vars["eos_token"] = in.EOS
	}
	for name, v := range in.Extra {
		vars[name] = v
	}
	return t.render(ctx, vars, in.Now)
}

// RenderValues renders with exactly the variables given; their values are as those of Input.
func (t *Template) RenderValues(ctx context.Context, vars map[string]any) (string, error) {
	text, _, err := t.render(ctx, vars, time.Time{})
	return text, err
}

func (t *Template) render(ctx context.Context, vars map[string]any, now time.Time) (string, []Span, error) {
	r := newRun(ctx, t.limits, now)
	root := &scope{}
	for name, v := range vars {
		val, err := r.convert(v, 0)
		if err != nil {
			return "", nil, &Error{0, fmt.Errorf("variable %s: %w", name, err)}
		}
		root.vars.set(name, val)
	}
	if err := r.exec(t.body, root); err != nil {
		if err == errBreak || err == errContinue {
			err = &Error{0, err}
		}
		return "", nil, at(0, err)
	}
	return string(r.out), r.spans, nil
}
