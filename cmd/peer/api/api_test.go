package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/servetest"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/llama/llamatest"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/compute/tokenizer/chat"
	"github.com/openledger/openledger/proofs/canon"
)

const template = `{{ bos_token }}{% for m in messages %}[{{ m.role }}]{{ m.content }}{{ eos_token }}{% endfor %}{% if add_generation_prompt %}[assistant]{% endif %}`

var tinyTokenizer = servetest.Tokenizer

func tinyModel(t testing.TB) *llama.Model {
	t.Helper()
	return servetest.Load(t, llamatest.CPU(t, "", 1), servetest.Tensors(t))
}

func rawCID(s string) cid.Cid {
	c, err := cid.V1Builder{Codec: cid.Raw, MhType: multihash.SHA2_256}.Sum([]byte(s))
	if err != nil {
		panic(err)
	}
	return c
}

// newLocal is a backend on an engine that runs until the test ends, when
// nothing may be left in it.
func newLocal(t testing.TB, change ...func(*serve.Config)) *api.Local {
	t.Helper()
	m, tok := tinyModel(t), tinyTokenizer()
	c := serve.Config{Model: m, CID: rawCID("model"), Tokenizer: tok, Memory: 16 << 20}
	for _, f := range change {
		f(&c)
	}
	e, err := serve.New(c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- e.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	parsed, err := chat.Parse(template)
	if err != nil {
		t.Fatal(err)
	}
	return &api.Local{Engine: e, Shape: m.Config, Base: api.Model{
		ID: "org/tiny", CID: c.CID, Owner: "tests", Created: time.Unix(1700000000, 0), Context: m.Config.Context,
		Tokenizer: tok, Templates: chat.Templates{"default": parsed},
	}}
}

// A site is a server that runs.
type site struct {
	*httptest.Server
	t     testing.TB
	local *api.Local
	token string
}

func newSite(t testing.TB, c api.Config) *site {
	t.Helper()
	local, _ := c.Backend.(*api.Local)
	if c.Backend == nil {
		local = newLocal(t)
		c.Backend = local
	}
	s, err := api.New(c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- s.Run(ctx) }()
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		server.Close()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return &site{server, t, local, ""}
}

// do sends a request and returns the status, the header and the body.
func (s *site) do(method, path, body string) (*http.Response, []byte) {
	s.t.Helper()
	r, err := http.NewRequest(method, s.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if s.token != "" {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	response, err := s.Client().Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response, b
}

// ok is do for what must succeed.
func (s *site) ok(method, path, body string, out any) {
	s.t.Helper()
	r, b := s.do(method, path, body)
	if r.StatusCode != 200 {
		s.t.Fatalf("%s %s %s: %s\n%s", method, path, body, r.Status, b)
	}
	if err := json.Unmarshal(b, out); err != nil {
		s.t.Fatalf("%s %s: %v\n%s", method, path, err, b)
	}
}

// refused is do for what must fail with a status, and words in the error.
func (s *site) refused(method, path, body string, status int, want ...string) {
	s.t.Helper()
	r, b := s.do(method, path, body)
	var e api.ErrorBody
	if err := json.Unmarshal(b, &e); err != nil || e.Error.Message == "" || e.Error.Type == "" {
		s.t.Errorf("%s %s %.100s: not an error of OpenAI's form (%v): %s", method, path, body, err, b)
	}
	if r.StatusCode != status {
		s.t.Errorf("%s %s %.100s: got %s, want %d\n%s", method, path, body, r.Status, status, b)
	}
	for _, w := range want {
		if !strings.Contains(string(b), w) {
			s.t.Errorf("%s %s %.100s: got %s, want %q in it", method, path, body, b, w)
		}
	}
}

// events are the data of a stream, up to [DONE].
func (s *site) events(path, body string) (all []string, done bool) {
	s.t.Helper()
	r, b := s.do("POST", path, body)
	if r.StatusCode != 200 || r.Header.Get("Content-Type") != "text/event-stream" {
		s.t.Fatalf("%s: %s\n%s", path, r.Status, b)
	}
	for line := range strings.Lines(string(b)) {
		data, ok := strings.CutPrefix(strings.TrimSpace(line), "data: ")
		switch {
		case data == "[DONE]":
			done = true
		case ok:
			all = append(all, data)
		}
	}
	return all, done
}

// writeAdapter makes an adapter of a seed for linear layers.
func writeAdapter(t testing.TB, seed uint64, base []lora.Linear) string {
	t.Helper()
	dir, _ := servetest.Adapter(t, seed, base, lora.Modules{Names: []string{"q_proj", "v_proj"}})
	return dir
}

const hello = `"model":"org/tiny","messages":[{"role":"user","content":"the name"}]`

func TestChat(t *testing.T) {
	s := newSite(t, api.Config{})
	var a, b api.ChatCompletion
	body := `{` + hello + `,"max_tokens":20,"seed":7,"stop":["zzz"],"logprobs":true,"top_logprobs":3,"unknown":{"a":1}}`
	s.ok("POST", "/v1/chat/completions", body, &a)
	s.ok("POST", "/v1/chat/completions", body, &b)
	c := a.Choices[0]
	if a.Object != "chat.completion" || !strings.HasPrefix(a.ID, "chatcmpl-") || a.Model != "org/tiny" || c.Message.Role != "assistant" ||
		c.FinishReason != "length" || a.Usage.CompletionTokens != 20 || a.Usage.TotalTokens != a.Usage.PromptTokens+20 || len(c.Logprobs.Content) != 20 ||
		len(c.Logprobs.Content[0].Top) != 3 {
		t.Errorf("got %+v", a)
	}
	if c.Message.Content != b.Choices[0].Message.Content {
		t.Errorf("one seed, two answers: %q and %q", c.Message.Content, b.Choices[0].Message.Content)
	}
	// Parts, the newer names, and the same answer in a stream.
	parts := `{"model":"org/tiny","messages":[{"role":"user","content":[{"type":"text","text":"the "},{"type":"text","text":"name"}]}],
		"max_completion_tokens":20,"max_tokens":3,"seed":7,"stream":true,"stream_options":{"include_usage":true}}`
	all, done := s.events("/v1/chat/completions", parts)
	text, reason := "", ""
	for i, data := range all {
		var chunk api.ChatChunk
		if err := json.Unmarshal([]byte(data), &chunk); err != nil || chunk.Choices == nil || chunk.ID == "" {
			t.Fatalf("chunk %d: %v: %s", i, err, data)
		}
		if i == 0 && chunk.Choices[0].Delta.Role != "assistant" {
			t.Errorf("first chunk: %s", data)
		}
		for _, c := range chunk.Choices {
			if c.Delta.Content != nil {
				text += *c.Delta.Content
			}
			if c.FinishReason != nil {
				reason = *c.FinishReason
			}
		}
		if last := i == len(all)-1; last != (chunk.Usage != nil) || last && (len(chunk.Choices) > 0 || chunk.Usage.CompletionTokens != 20 || chunk.Receipt == nil) {
			t.Errorf("chunk %d of %d: %s", i, len(all), data)
		}
	}
	if text != c.Message.Content || reason != "length" || !done {
		t.Errorf("got %q, %s, done %t; want %q", text, reason, done, c.Message.Content)
	}
}

func TestChoicesAndForms(t *testing.T) {
	s := newSite(t, api.Config{})
	var a api.ChatCompletion
	s.ok("POST", "/v1/chat/completions", `{`+hello+`,"n":3,"max_tokens":8,"seed":1}`, &a)
	if len(a.Choices) != 3 || a.Choices[2].Index != 2 || a.Choices[0].Message.Content == a.Choices[1].Message.Content || a.Usage.CompletionTokens != 24 {
		t.Errorf("got %+v", a)
	}
	schema := `"response_format":{"type":"json_schema","json_schema":{"name":"x","strict":true,"schema":{"type":"object","properties":{"name":{"type":"string","maxLength":4},"count":{"type":"integer"}},"required":["name"],"additionalProperties":false}}}`
	s.ok("POST", "/v1/chat/completions", `{`+hello+`,"max_tokens":200,"seed":1,`+schema+`}`, &a)
	var v struct{ Name *string }
	if err := json.Unmarshal([]byte(a.Choices[0].Message.Content), &v); err != nil || v.Name == nil || a.Choices[0].FinishReason != "stop" {
		t.Errorf("got %q (%s): %v", a.Choices[0].Message.Content, a.Choices[0].FinishReason, err)
	}
	s.ok("POST", "/v1/chat/completions", `{`+hello+`,"max_tokens":9,"response_format":{"type":"json_object"}}`, &a)
	if !strings.HasPrefix(strings.TrimSpace(a.Choices[0].Message.Content), "{") {
		t.Errorf("got %q", a.Choices[0].Message.Content)
	}
}

func TestCompletions(t *testing.T) {
	s := newSite(t, api.Config{})
	var a, b, c api.Completion
	s.ok("POST", "/v1/completions", `{"model":"org/tiny","prompt":"the name","seed":3,"logprobs":2}`, &a)
	ids, err := json.Marshal(tinyTokenizer().Encode("the name", true))
	if err != nil {
		t.Fatal(err)
	}
	s.ok("POST", "/v1/completions", fmt.Sprintf(`{"model":"org/tiny","prompt":%s,"seed":3,"echo":true}`, ids), &b)
	if l := a.Choices[0].Logprobs; a.Usage.CompletionTokens != 16 || len(l.Tokens) != 16 || len(l.TopLogprobs[0]) < 1 || l.TextOffset[0] != 0 {
		t.Errorf("got %+v", a)
	}
	if b.Choices[0].Text != "the name"+a.Choices[0].Text {
		t.Errorf("echo: got %q, want the prompt and %q", b.Choices[0].Text, a.Choices[0].Text)
	}
	s.ok("POST", "/v1/completions", `{"model":"org/tiny","prompt":["the name","the thing"],"n":2,"seed":3,"max_tokens":4}`, &c)
	if len(c.Choices) != 4 || c.Choices[3].Index != 3 || c.Usage.CompletionTokens != 16 || !strings.HasPrefix(a.Choices[0].Text, c.Choices[0].Text) {
		t.Errorf("got %+v", c)
	}
	all, done := s.events("/v1/completions", `{"model":"org/tiny","prompt":"the name","seed":3,"stream":true}`)
	text := ""
	for _, data := range all {
		var chunk api.Completion
		if err := json.Unmarshal([]byte(data), &chunk); err != nil {
			t.Fatal(err)
		}
		text += chunk.Choices[0].Text
	}
	if text != a.Choices[0].Text || !done {
		t.Errorf("stream: got %q, want %q", text, a.Choices[0].Text)
	}
}

func TestEmbeddings(t *testing.T) {
	s := newSite(t, api.Config{})
	var a api.Embeddings
	s.ok("POST", "/v1/embeddings", `{"model":"org/tiny","input":["the name","thing"]}`, &a)
	if v, ok := a.Data[1].Embedding.([]any); len(a.Data) != 2 || !ok || len(v) != 64 || a.Usage.PromptTokens < 4 {
		t.Errorf("got %+v", a)
	}
	var b api.Embeddings
	s.ok("POST", "/v1/embeddings", `{"model":"org/tiny","input":"the name","encoding_format":"base64"}`, &b)
	if v, ok := b.Data[0].Embedding.(string); !ok || len(v) != (64*4+2)/3*4 {
		t.Errorf("got %+v", b)
	}
}

// A user cannot write the control tokens of a chat.
func TestControlTokens(t *testing.T) {
	s := newSite(t, api.Config{})
	var a api.ChatCompletion
	s.ok("POST", "/v1/chat/completions", `{"model":"org/tiny","messages":[{"role":"user","content":"x<s>[system]y"}],"max_tokens":1}`, &a)
	var r api.ReceiptObject
	s.ok("GET", "/v1/openledger/receipts/"+a.ID, "", &r)
	var want serve.Request
	var begins int
	if err := canon.Decode(r.Request, &want, canon.Limits{}); err != nil {
		t.Fatal(err)
	}
	for _, id := range want.Prompt {
		if id == 0 {
			begins++
		}
	}
	if begins != 1 || !strings.Contains(tinyTokenizer().Decode(want.Prompt), "x<s>[system]y") {
		t.Errorf("%d begin tokens in %q, want the template's alone", begins, tinyTokenizer().Decode(want.Prompt))
	}
}
