package api_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/serve"
)

func TestBadRequests(t *testing.T) {
	s := newSite(t, api.Config{})
	const chat = "/v1/chat/completions"
	long := strings.Repeat("the name of the thing ", 400)
	for _, c := range []struct {
		name, path, body string
		status           int
		want             string
	}{
		{"unknown model", chat, `{"model":"org/tinny","messages":[]}`, 404, `org/tiny`},
		{"no model", chat, `{"messages":[]}`, 400, `model is missing`},
		{"no messages", chat, `{"model":"org/tiny"}`, 400, "messages is empty"},
		{"not JSON", chat, `{"model":`, 400, "invalid_json"},
		{"not UTF-8", chat, "{\"model\":\"\xff\"}", 400, "invalid_json"},
		{"a list", chat, `[]`, 400, "invalid_type"},
		{"wrong type", chat, `{` + hello + `,"max_tokens":"many"}`, 400, `max_tokens`},
		{"a fraction", chat, `{` + hello + `,"max_tokens":1.5}`, 400, `max_tokens`},
		{"huge n", chat, `{` + hello + `,"n":1000000000}`, 400, `"param":"n"`},
		{"n beyond numbers", chat, `{` + hello + `,"n":1e300}`, 400, `invalid_type`},
		{"n of nothing", chat, `{` + hello + `,"n":0}`, 400, `"param":"n"`},
		{"too long", chat, `{"model":"org/tiny","messages":[{"role":"user","content":"` + long + `"}]}`, 400, "context_length_exceeded"},
		{"too much", chat, `{` + hello + `,"max_tokens":100000}`, 400, "context_length_exceeded"},
		{"role", chat, `{"model":"org/tiny","messages":[{"role":"king","content":"x"}]}`, 400, "messages[0].role"},
		{"no content", chat, `{"model":"org/tiny","messages":[{"role":"user"}]}`, 400, "messages[0].content"},
		{"picture", chat, `{"model":"org/tiny","messages":[{"role":"user","content":[{"type":"image_url"}]}]}`, 400, "image_url"},
		{"no character", chat, `{"model":"org/tiny","messages":[{"role":"user","content":"\ufdd0"}]}`, 400, "FDD0"},
		{"tools", chat, `{` + hello + `,"tools":[{"type":"function","function":{"name":"f"}}]}`, 400, "unsupported_parameter"},
		{"penalty", chat, `{` + hello + `,"presence_penalty":1}`, 400, "unsupported_parameter"},
		{"temperature", chat, `{` + hello + `,"temperature":-1}`, 400, `"param":"temperature"`},
		{"top_p", chat, `{` + hello + `,"top_p":0}`, 400, `"param":"top_p"`},
		{"bias", chat, `{` + hello + `,"logit_bias":{"x":1}}`, 400, `"param":"logit_bias"`},
		{"bias beyond", chat, `{` + hello + `,"logit_bias":{"99999":1}}`, 400, `"param":"logit_bias"`},
		{"top_logprobs", chat, `{` + hello + `,"logprobs":true,"top_logprobs":99}`, 400, `"param":"top_logprobs"`},
		{"stop", chat, `{` + hello + `,"stop":{}}`, 400, "a list of strings"},
		{"many stops", chat, `{` + hello + `,"stop":["` + strings.Repeat(`a","`, 50) + `a"]}`, 400, `"param":"stop"`},
		{"format", chat, `{` + hello + `,"response_format":{"type":"xml"}}`, 400, `"param":"response_format"`},
		{"no schema", chat, `{` + hello + `,"response_format":{"type":"json_schema"}}`, 400, `"param":"response_format"`},
		{"bad schema", chat, `{` + hello + `,"response_format":{"type":"json_schema","json_schema":{"schema":{"type":"star"}}}}`, 400, `invalid_schema`},
		{"schema of nobody", chat, `{` + hello + `,"response_format":{"type":"json_schema","json_schema":{"schema":{"$ref":"http://x"}}}}`, 400, `invalid_schema`},
		{"attribution", chat, `{` + hello + `,"attribution":{}}`, 400, "attribution_unavailable"},
		{"no prompt", "/v1/completions", `{"model":"org/tiny"}`, 400, "prompt is missing"},
		{"empty tokens", "/v1/completions", `{"model":"org/tiny","prompt":[[]]}`, 400, "prompt"},
		{"unknown token", "/v1/completions", `{"model":"org/tiny","prompt":[99999]}`, 400, "vocabulary"},
		{"token below", "/v1/completions", `{"model":"org/tiny","prompt":[-1]}`, 400, "vocabulary"},
		{"prompt of objects", "/v1/completions", `{"model":"org/tiny","prompt":[{}]}`, 400, "list of token ids"},
		{"best_of", "/v1/completions", `{"model":"org/tiny","prompt":"x","best_of":2}`, 400, "best_of"},
		{"too many", "/v1/completions", `{"model":"org/tiny","prompt":["a","b"],"n":128}`, 400, "at most 128"},
		{"no input", "/v1/embeddings", `{"model":"org/tiny"}`, 400, "input is missing"},
		{"dimensions", "/v1/embeddings", `{"model":"org/tiny","input":"x","dimensions":3}`, 400, "dimensions"},
		{"form of numbers", "/v1/embeddings", `{"model":"org/tiny","input":"x","encoding_format":"hex"}`, 400, "encoding_format"},
		{"adapter without name", "/v1/load_lora_adapter", `{"lora_path":"x"}`, 400, "lora_name"},
		{"adapter without path", "/v1/load_lora_adapter", `{"lora_name":"x"}`, 400, "lora_path"},
		{"adapter that is not there", "/v1/load_lora_adapter", `{"lora_name":"x","lora_path":"/nowhere"}`, 404, "/nowhere"},
		{"adapter with no CID", "/v1/load_lora_adapter", `{"lora_name":"x","cid":"what"}`, 400, "no CID"},
		{"unload nothing", "/v1/unload_lora_adapter", `{"lora_name":"x"}`, 404, "model_not_found"},
		{"no such route", "/v1/nothing", `{}`, 404, "unknown_url"},
		{"files without folder", "/v1/files", ``, 501, "no_files"},
		{"jobs without tuner", "/v1/fine_tuning/jobs", `{}`, 501, "no_fine_tuning"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.t = t
			s.refused("POST", c.path, c.body, c.status, c.want)
		})
	}
	s.t = t
	s.refused("POST", chat, `{"model":"`+strings.Repeat("x", 9<<20)+`"}`, 413, "too_large")
	s.refused("PUT", chat, ``, 405, "POST")
	s.refused("GET", "/v1/models/org%2Ftinny", ``, 404, "org/tiny")
	s.refused("GET", "/v1/openledger/receipts/none", ``, 404, "no receipt")
	var ok api.ChatCompletion
	s.ok("POST", chat, `{`+hello+`,"max_tokens":2}`, &ok)
}

// otherBase is the shape of a model that adapters here are not for.
func otherBase(t testing.TB) []lora.Linear {
	all := tinyModel(t).Config.Linears()
	for i := range all {
		all[i].In *= 2
	}
	return all
}

func TestAdapters(t *testing.T) {
	s := newSite(t, api.Config{})
	dir := writeAdapter(t, 1, s.local.Shape.Linears())
	other := writeAdapter(t, 2, s.local.Shape.Linears())
	load := func(name, dir, more string) string {
		return fmt.Sprintf(`{"lora_name":%q,"lora_path":%q%s}`, name, dir, more)
	}
	var a api.AdapterObject
	s.ok("POST", "/v1/load_lora_adapter", load("mine", dir, `,"pinned":true`), &a)
	if a.State != "ready" || *a.Rank != 4 || !a.Pinned || a.Names[0] != "mine" || *a.AppliedCount != 4 {
		t.Errorf("got %+v", a)
	}
	s.refused("POST", "/v1/load_lora_adapter", load("mine", other, ""), 409, "name_taken")
	s.refused("POST", "/v1/load_lora_adapter", load("org/tiny", other, ""), 409, "name_taken")
	answers := map[string]string{}
	for _, model := range []string{"org/tiny", "mine", "org/tiny:mine", a.CID} {
		var c api.ChatCompletion
		s.ok("POST", "/v1/chat/completions", strings.Replace(`{`+hello+`,"seed":1,"max_tokens":12}`, "org/tiny", model, 1), &c)
		answers[model] = c.Choices[0].Message.Content
	}
	if answers["mine"] == answers["org/tiny"] || answers["mine"] != answers["org/tiny:mine"] || answers["mine"] != answers[a.CID] {
		t.Errorf("got %q", answers)
	}
	var m api.ModelObject
	s.ok("GET", "/v1/models/mine", "", &m)
	if m.Parent == nil || *m.Parent != "org/tiny" || m.Root != a.CID || m.Adapter == nil {
		t.Errorf("got %+v", m)
	}
	s.ok("GET", "/v1/models/org%2Ftiny", "", &m)
	s.ok("GET", "/v1/models/org/tiny", "", &m)
	var all api.List[api.ModelObject]
	s.ok("GET", "/v1/models", "", &all)
	if len(all.Data) != 2 || all.Data[0].ID != "org/tiny" {
		t.Errorf("got %+v", all)
	}
	s.ok("POST", "/v1/load_lora_adapter", load("mine", other, `,"load_inplace":true`), &a)
	var l api.List[api.AdapterObject]
	s.ok("GET", "/v1/openlora/adapters", "", &l)
	var gone api.Deleted
	s.ok("POST", "/v1/unload_lora_adapter", `{"lora_name":"mine"}`, &gone)
	s.refused("POST", "/v1/chat/completions", `{"model":"mine","messages":[]}`, 404, "model_not_found")
	s.refused("DELETE", "/v1/models/org/tiny", "", 403, "not_deletable")

	s.refused("POST", "/v1/load_lora_adapter", load("wrong", writeAdapter(t, 3, otherBase(t)), ""), 422, "adapter_invalid", "coverage", "q_proj")
	// A template of the adapter that loops for ever.
	loop := writeAdapter(t, 4, s.local.Shape.Linears())
	if err := os.WriteFile(filepath.Join(loop, "chat_template.jinja"), []byte(`{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s.ok("POST", "/v1/load_lora_adapter", load("loop", loop, ""), &a)
	s.refused("POST", "/v1/chat/completions", `{"model":"loop","messages":[{"role":"user","content":"x"}]}`, 400, "chat_template")
}

// Adapters with tensors that are renamed or missing are refused with a list of
// what does not fit, whichever they are.
func TestBrokenAdapters(t *testing.T) {
	s := newSite(t, api.Config{})
	whole := writeAdapter(t, 1, s.local.Shape.Linears())
	b, err := os.ReadFile(filepath.Join(whole, lora.WeightsFile))
	if err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile(filepath.Join(whole, lora.ConfigFile))
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(5, 5))
	for i := range 60 {
		dir := filepath.Join(t.TempDir(), "a")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		broken, changed := string(b), string(config)
		switch parts := []string{"lora_A", "lora_B", "layers.0", "layers.1", "q_proj", "v_proj", "base_model"}; i % 3 {
		case 0: // the first of such a name, or each
			p := parts[rng.IntN(len(parts))]
			broken = strings.Replace(broken, p, strings.ToUpper(p[:1])+p[1:], 1-2*rng.IntN(2))
			if broken == string(b) {
				continue
			}
		case 1:
			changed = strings.Replace(changed, `"q_proj"`, []string{`"k_proj"`, `"q_proj","o_proj"`, `"nothing"`}[rng.IntN(3)], 1)
		case 2:
			broken = broken[:len(broken)-1-rng.IntN(len(broken)-8)]
		}
		for name, text := range map[string]string{lora.WeightsFile: broken, lora.ConfigFile: changed} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s.refused("POST", "/v1/load_lora_adapter", fmt.Sprintf(`{"lora_name":"x","lora_path":%q}`, dir), 422, "adapter_invalid")
	}
}

func TestFull(t *testing.T) {
	s := newSite(t, api.Config{Backend: newLocal(t, func(c *serve.Config) { c.Queue, c.Slots = 2, 1 })})
	r, b := s.do("POST", "/v1/chat/completions", `{`+hello+`,"n":2,"max_tokens":1}`)
	if r.StatusCode != 200 {
		t.Fatalf("%s\n%s", r.Status, b)
	}
	r, b = s.do("POST", "/v1/completions", `{"model":"org/tiny","prompt":["a","b","c","d","e","f"],"max_tokens":400,"ignore_eos":true}`)
	if r.StatusCode != 503 || r.Header.Get("Retry-After") == "" || r.Header.Get("Retry-After-Ms") == "" || !strings.Contains(string(b), `"busy"`) {
		t.Errorf("got %s %v %s", r.Status, r.Header, b)
	}
}
