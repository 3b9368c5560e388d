package api_test

import (
	"strings"
	"testing"

	"github.com/openledger/openledger/cmd/peer/api"
)

// FuzzBody: whatever a client sends, it gets an answer or an error of 4xx.
func FuzzBody(f *testing.F) {
	paths := []string{"/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/load_lora_adapter", "/v1/unload_lora_adapter"}
	f.Add(0, `{`+hello+`,"max_tokens":2,"stop":["a"],"logit_bias":{"5":1},"response_format":{"type":"json_object"}}`)
	f.Add(0, `{`+hello+`,"stream":true,"n":2,"max_tokens":2,"logprobs":true,"top_logprobs":2,"stream_options":{"include_usage":true}}`)
	f.Add(1, `{"model":"org/tiny","prompt":[[5,6],[7]],"max_tokens":1,"echo":true}`)
	f.Add(2, `{"model":"org/tiny","input":"a","encoding_format":"base64"}`)
	s := newSite(f, api.Config{})
	f.Fuzz(func(t *testing.T, at int, body string) {
		at = int(uint(at) % uint(len(paths)))
		if at < 2 && !strings.Contains(body, `"max_tokens":2`) && len(body) > 0 {
			body = strings.Replace(body, "{", `{"max_tokens":2,`, 1) // of equal fields the last counts, so long answers stay rare
		}
		site := *s
		site.t = t
		if r, b := site.do("POST", paths[at], body); r.StatusCode >= 500 {
			t.Errorf("%s %q: %s\n%s", paths[at], body, r.Status, b)
		}
	})
}
