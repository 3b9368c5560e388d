package api

import (
	"slices"

	"github.com/openledger/openledger/compute/serve"
)

// CompletionRequest is the body of /v1/completions.
type CompletionRequest struct {
	Model  string `json:"model"`
	Prompt Prompt `json:"prompt"`
	Sampling

	Logprobs *int   `json:"logprobs,omitempty"` // of so many tokens beside the chosen one
	Echo     bool   `json:"echo,omitempty"`     // begin with the prompt
	Suffix   string `json:"suffix,omitempty"`   // none is all that is supported
	BestOf   *int   `json:"best_of,omitempty"`  // n is all that is supported
}

// Completion is its answer, and each event of a stream.
type Completion struct {
	ID                string             `json:"id"`
	Object            string             `json:"object"`
	Created           int64              `json:"created"`
	Model             string             `json:"model"`
	Choices           []CompletionChoice `json:"choices"`
	Usage             *Usage             `json:"usage,omitempty"`
	SystemFingerprint string             `json:"system_fingerprint"`
	Receipt           *ReceiptLink       `json:"receipt,omitempty"`
	Attribution       any                `json:"attribution,omitempty"`
}

// CompletionChoice is one of the answers, or a part of it.
type CompletionChoice struct {
	Index        int                 `json:"index"`
	Text         string              `json:"text"`
	FinishReason *string             `json:"finish_reason"`
	Logprobs     *CompletionLogprobs `json:"logprobs"`
}

// CompletionLogprobs are the tokens of an answer, their log-probabilities and
// where in its text they begin.
type CompletionLogprobs struct {
	Tokens        []string             `json:"tokens"`
	TokenLogprobs []float32            `json:"token_logprobs"`
	TopLogprobs   []map[string]float32 `json:"top_logprobs"`
	TextOffset    []int                `json:"text_offset"`
}

// maxPrompts is how many prompts a request may have.
const maxPrompts = 128

// defaultTokens is how long an answer to plain text is, as OpenAI has it.
const defaultTokens = 16

func (c *call) completion() error {
	var q CompletionRequest
	if err := c.read(&q); err != nil {
		return err
	}
	m, err := c.model(q.Model)
	if err != nil {
		return err
	}
	r := serve.Request{}
	if err := q.fill(&r); err != nil {
		return err
	}
	if q.MaxTokens == nil {
		r.MaxTokens = defaultTokens
	}
	if q.Logprobs != nil {
		r.Logprobs, r.Top = true, *q.Logprobs
	}
	n := q.Prompt.len()
	switch {
	case n == 0:
		return invalid("prompt", "prompt is missing.")
	case n > maxPrompts || n*r.Choices > maxPrompts:
		return invalid("prompt", "%d prompts of %d answers each; at most %d answers are allowed.", n, r.Choices, maxPrompts)
	case q.Suffix != "":
		return unsupported("suffix")
	case q.BestOf != nil && *q.BestOf != r.Choices:
		return unsupported("best_of")
	case q.Echo && q.Logprobs != nil:
		return invalid("echo", "echo goes without logprobs here: those of the prompt are not computed.")
	case q.Attribution != nil && n > 1:
		return invalid("attribution", "attribution wants one prompt.")
	}
	f := &textForm{m: m, logprobs: q.Logprobs != nil}
	prompts := q.Prompt.Tokens
	for _, text := range q.Prompt.Texts {
		prompts = append(prompts, textPrompt(m, text))
	}
	var all []serve.Request
	for i, p := range prompts {
		one := r
		one.Prompt = p
		all = append(all, one)
		if q.Echo {
			text := m.Tokenizer.DecodeText(p)
			if len(q.Prompt.Texts) > 0 {
				text = q.Prompt.Texts[i]
			}
			f.echo = append(f.echo, slices.Repeat([]string{text}, r.Choices)...)
		}
	}
	f.offset = make([]int, n*r.Choices)
	return c.complete(m, all, &q.Sampling, f)
}

// A textForm writes answers as /v1/completions has them.
type textForm struct {
	m        Model
	logprobs bool
	echo     []string // of each choice
	offset   []int    // of each choice: the text so far
}

func (f *textForm) prefix() string { return "cmpl-" }

func (f *textForm) object(h head) Completion {
	return Completion{ID: h.id, Object: "text_completion", Created: h.created, Model: h.model, Choices: []CompletionChoice{}, SystemFingerprint: h.fingerprint}
}

func (f *textForm) whole(h head, all []whole) any {
	out := f.object(h)
	out.Usage, out.Receipt, out.Attribution = &h.usage, h.receipt, h.attribution
	for _, w := range all {
		reason := string(w.finish)
		choice := CompletionChoice{Index: w.index, Text: w.text.String(), FinishReason: &reason}
		if f.echo != nil {
			choice.Text = f.echo[w.index] + choice.Text
		}
		if f.logprobs {
			choice.Logprobs = f.logs(w.index, w.events)
		}
		out.Choices = append(out.Choices, choice)
	}
	return out
}

func (f *textForm) begin(h head, choices int) []any {
	var out []any
	for i, text := range f.echo {
		c := f.object(h)
		c.Choices = append(c.Choices, CompletionChoice{Index: i, Text: text})
		out = append(out, c)
	}
	return out
}

func (f *textForm) next(h head, index int, ev serve.Event) any {
	if ev.Text == "" && !f.logprobs && ev.Finish == "" {
		return nil
	}
	choice := CompletionChoice{Index: index, Text: ev.Text}
	if f.logprobs {
		choice.Logprobs = f.logs(index, []serve.Event{ev})
	}
	if ev.Finish != "" {
		reason := string(ev.Finish)
		choice.FinishReason = &reason
	}
	c := f.object(h)
	c.Choices = append(c.Choices, choice)
	return c
}

func (f *textForm) last(h head) any {
	c := f.object(h)
	c.Usage, c.Receipt, c.Attribution = &h.usage, h.receipt, h.attribution
	return c
}

func (f *textForm) logs(index int, events []serve.Event) *CompletionLogprobs {
	out := &CompletionLogprobs{Tokens: []string{}, TokenLogprobs: []float32{}, TopLogprobs: []map[string]float32{}, TextOffset: []int{}}
	for _, ev := range events {
		out.Tokens = append(out.Tokens, tokenText(f.m, ev.Token))
		out.TokenLogprobs = append(out.TokenLogprobs, max(ev.Logprob, -9999))
		top := make(map[string]float32)
		for _, t := range ev.Top {
			top[tokenText(f.m, t.Token)] = max(t.Logprob, -9999)
		}
		out.TopLogprobs = append(out.TopLogprobs, top)
		out.TextOffset = append(out.TextOffset, f.offset[index])
		f.offset[index] += len([]rune(ev.Text))
	}
	return out
}
