package api

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/openledger/openledger/compute/serve"
)

// ChatRequest is the body of /v1/chat/completions.
type ChatRequest struct {
	Model    string        `json:"model"`
	Messages []ChatMessage `json:"messages"`
	Sampling

	MaxCompletionTokens *int            `json:"max_completion_tokens,omitempty"` // the newer name of max_tokens
	Logprobs            bool            `json:"logprobs,omitempty"`
	TopLogprobs         int             `json:"top_logprobs,omitempty"`
	Tools               json.RawMessage `json:"tools,omitempty"` // none is all that is supported
	ToolChoice          json.RawMessage `json:"tool_choice,omitempty"`
	Functions           json.RawMessage `json:"functions,omitempty"`
	TemplateArgs        map[string]any  `json:"chat_template_kwargs,omitempty"` // variables for the chat template
}

// ChatCompletion is its answer.
type ChatCompletion struct {
	ID                string       `json:"id"`
	Object            string       `json:"object"`
	Created           int64        `json:"created"`
	Model             string       `json:"model"`
	Choices           []ChatChoice `json:"choices"`
	Usage             Usage        `json:"usage"`
	SystemFingerprint string       `json:"system_fingerprint"`
	Receipt           *ReceiptLink `json:"receipt,omitempty"`
	Attribution       any          `json:"attribution,omitempty"`
}

// ChatChoice is one of the answers.
type ChatChoice struct {
	Index        int           `json:"index"`
	Message      AnswerMessage `json:"message"`
	FinishReason string        `json:"finish_reason"`
	Logprobs     *ChatLogprobs `json:"logprobs"`
}

// AnswerMessage is what the model says.
type AnswerMessage struct {
	Role    string  `json:"role"`
	Content string  `json:"content"`
	Refusal *string `json:"refusal"`
}

// ChatLogprobs are those of the tokens of an answer.
type ChatLogprobs struct {
	Content []TokenLogprob  `json:"content"`
	Refusal *[]TokenLogprob `json:"refusal"`
}

// TokenLogprob is a token with its log-probability.
type TokenLogprob struct {
	TopLogprob
	Top []TopLogprob `json:"top_logprobs"`
}

// TopLogprob is one token that might have been. Bytes are those of the token,
// which may be a part of a character.
type TopLogprob struct {
	Token   string  `json:"token"`
	Logprob float32 `json:"logprob"`
	Bytes   []int   `json:"bytes"`
}

// Usage counts tokens.
type Usage struct {
	PromptTokens     int          `json:"prompt_tokens"`
	CompletionTokens int          `json:"completion_tokens"`
	TotalTokens      int          `json:"total_tokens"`
	PromptDetails    *PromptUsage `json:"prompt_tokens_details,omitempty"`
}

// PromptUsage says how much of a prompt was in the cache.
type PromptUsage struct {
	CachedTokens int `json:"cached_tokens"`
}

// ReceiptLink is where the receipt of an answer is.
type ReceiptLink struct {
	ID  string `json:"id"`
	URL string `json:"url"`
}

func usageOf(u serve.Usage) Usage {
	return Usage{u.Prompt, u.Answer, u.Prompt + u.Answer, &PromptUsage{u.Cached}}
}

// ChatChunk is one event of a stream.
type ChatChunk struct {
	ID                string            `json:"id"`
	Object            string            `json:"object"`
	Created           int64             `json:"created"`
	Model             string            `json:"model"`
	Choices           []ChatChunkChoice `json:"choices"`
	Usage             *Usage            `json:"usage,omitempty"`
	SystemFingerprint string            `json:"system_fingerprint"`
	Receipt           *ReceiptLink      `json:"receipt,omitempty"`
	Attribution       any               `json:"attribution,omitempty"`
}

// ChatChunkChoice is a part of one answer.
type ChatChunkChoice struct {
	Index        int           `json:"index"`
	Delta        Delta         `json:"delta"`
	FinishReason *string       `json:"finish_reason"`
	Logprobs     *ChatLogprobs `json:"logprobs"`
}

// Delta is what a chunk adds to an answer.
type Delta struct {
	Role    string  `json:"role,omitempty"`
	Content *string `json:"content,omitempty"`
}

func (c *call) chat() error {
	var q ChatRequest
	if err := c.read(&q); err != nil {
		return err
	}
	m, err := c.model(q.Model)
	if err != nil {
		return err
	}
	for name, field := range map[string]json.RawMessage{"tools": q.Tools, "functions": q.Functions} {
		if s := strings.TrimSpace(string(field)); s != "" && s != "null" && s != "[]" && string(q.ToolChoice) != `"none"` {
			return unsupported(name)
		}
	}
	if q.MaxCompletionTokens != nil {
		q.MaxTokens = q.MaxCompletionTokens
	}
	r := serve.Request{Logprobs: q.Logprobs, Top: q.TopLogprobs}
	if q.TopLogprobs != 0 && !q.Logprobs {
		return invalid("top_logprobs", "top_logprobs wants logprobs: true.")
	}
	if err := q.fill(&r); err != nil {
		return err
	}
	if r.Prompt, err = chatPrompt(c.r.Context(), m, q.Messages, q.TemplateArgs); err != nil {
		return err
	}
	return c.complete(m, []serve.Request{r}, &q.Sampling, &chatForm{m: m, logprobs: q.Logprobs})
}

// A chatForm writes answers as /v1/chat/completions has them.
type chatForm struct {
	m        Model
	logprobs bool
}

func (f *chatForm) prefix() string { return "chatcmpl-" }

func (f *chatForm) whole(h head, all []whole) any {
	out := ChatCompletion{ID: h.id, Object: "chat.completion", Created: h.created, Model: h.model, Choices: []ChatChoice{}, Usage: h.usage,
		SystemFingerprint: h.fingerprint, Receipt: h.receipt, Attribution: h.attribution}
	for _, w := range all {
		choice := ChatChoice{Index: w.index, Message: AnswerMessage{Role: "assistant", Content: w.text.String()}, FinishReason: string(w.finish)}
		if f.logprobs {
			choice.Logprobs = f.logs(w.events)
		}
		out.Choices = append(out.Choices, choice)
	}
	return out
}

func (f *chatForm) chunk(h head) ChatChunk {
	return ChatChunk{ID: h.id, Object: "chat.completion.chunk", Created: h.created, Model: h.model, Choices: []ChatChunkChoice{}, SystemFingerprint: h.fingerprint}
}

func (f *chatForm) begin(h head, choices int) []any {
	var out []any
	for i := range choices {
		c := f.chunk(h)
		empty := ""
		c.Choices = append(c.Choices, ChatChunkChoice{Index: i, Delta: Delta{Role: "assistant", Content: &empty}})
		out = append(out, c)
	}
	return out
}

func (f *chatForm) next(h head, index int, ev serve.Event) any {
	if ev.Text == "" && !f.logprobs && ev.Finish == "" {
		return nil
	}
	choice := ChatChunkChoice{Index: index}
	if ev.Text != "" || f.logprobs {
		choice.Delta.Content = &ev.Text
	}
	if f.logprobs {
		choice.Logprobs = f.logs([]serve.Event{ev})
	}
	if ev.Finish != "" {
		reason := string(ev.Finish)
		choice.FinishReason = &reason
	}
	c := f.chunk(h)
	c.Choices = append(c.Choices, choice)
	return c
}

func (f *chatForm) last(h head) any {
	c := f.chunk(h)
	c.Usage, c.Receipt, c.Attribution = &h.usage, h.receipt, h.attribution
	return c
}

func (f *chatForm) logs(events []serve.Event) *ChatLogprobs {
	out := &ChatLogprobs{Content: []TokenLogprob{}}
	for _, ev := range events {
		t := TokenLogprob{topLogprob(f.m, ev.Token, ev.Logprob), []TopLogprob{}}
		for _, top := range ev.Top {
			t.Top = append(t.Top, topLogprob(f.m, top.Token, top.Logprob))
		}
		out.Content = append(out.Content, t)
	}
	return out
}

func topLogprob(m Model, id int32, p float32) TopLogprob {
	text := tokenText(m, id)
	out := TopLogprob{Token: text, Logprob: max(p, -9999), Bytes: []int{}}
	for _, b := range []byte(m.Tokenizer.Text(id)) {
		out.Bytes = append(out.Bytes, int(b))
	}
	return out
}

// tokenText is how a token is shown: a control token by its name, a part of a
// character by its bytes.
func tokenText(m Model, id int32) string {
	if m.Tokenizer.IsSpecial(id) {
		name, _ := m.Tokenizer.Token(id)
		return name
	}
	text := m.Tokenizer.Text(id)
	if utf8.ValidString(text) {
		return text
	}
	out := "bytes:"
	for _, b := range []byte(text) {
		out += fmt.Sprintf(`\x%02x`, b)
	}
	return out
}
