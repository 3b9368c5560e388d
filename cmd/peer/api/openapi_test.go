package api_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/cmd/peer/api"
)

// A checker compares values with schemas of the document, and finds fields that
// the document does not know.
type checker struct{ schemas map[string]any }

func (c *checker) conforms(schema map[string]any, v any, at string) error {
	if ref, ok := schema["$ref"].(string); ok {
		return c.conforms(c.schemas[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any), v, at)
	}
	if options, ok := schema["anyOf"].([]any); ok {
		var err error
		for _, one := range options {
			if err = c.conforms(one.(map[string]any), v, at); err == nil {
				return nil
			}
		}
		return err
	}
	var kinds []string
	switch k := schema["type"].(type) {
	case string:
		kinds = []string{k}
	case []any:
		for _, one := range k {
			kinds = append(kinds, one.(string))
		}
	}
	if kinds == nil {
		return nil
	}
	kind := map[string]string{"string": "string", "bool": "boolean", "float64": "number", "<nil>": "null", "[]interface {}": "array", "map[string]interface {}": "object"}[fmt.Sprintf("%T", v)]
	if f, ok := v.(float64); ok && slices.Contains(kinds, "integer") && f == float64(int64(f)) {
		kind = "integer"
	}
	if !slices.Contains(kinds, kind) {
		return fmt.Errorf("%s is %v, want %v", at, v, kinds)
	}
	switch v := v.(type) {
	case []any:
		for i, one := range v {
			if err := c.conforms(schema["items"].(map[string]any), one, fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
	case map[string]any:
		properties, _ := schema["properties"].(map[string]any)
		required, _ := schema["required"].([]any)
		for _, name := range required {
			if _, ok := v[name.(string)]; !ok {
				return fmt.Errorf("%s lacks %s", at, name)
			}
		}
		for name, one := range v {
			s, ok := properties[name].(map[string]any)
			if more, isMap := schema["additionalProperties"].(map[string]any); !ok && isMap {
				s, ok = more, true
			}
			if !ok {
				return fmt.Errorf("%s.%s is not in the document", at, name)
			}
			if err := c.conforms(s, one, at+"."+name); err != nil {
				return err
			}
		}
	}
	return nil
}

// TestOpenAPI: the document that is served describes every route, and what the
// routes really answer.
func TestOpenAPI(t *testing.T) {
	tuner := &steady{steps: make(chan struct{})}
	close(tuner.steps)
	s := newSite(t, api.Config{Dir: t.TempDir(), Tuner: tuner})
	var doc struct {
		OpenAPI    string
		Paths      map[string]map[string]map[string]any
		Components struct{ Schemas map[string]any }
	}
	s.ok("GET", "/openapi.json", "", &doc)
	if !strings.HasPrefix(doc.OpenAPI, "3.") {
		t.Errorf("openapi %q", doc.OpenAPI)
	}
	for path, item := range doc.Paths {
		for method := range item {
			r, b := s.do(strings.ToUpper(method), strings.ReplaceAll(path, "{id}", "x"), "{}")
			if r.StatusCode == 405 || strings.Contains(string(b), "unknown_url") {
				t.Errorf("%s %s is in the document and not there: %s", method, path, b)
			}
		}
	}
	file := s.upload("data.jsonl", "fine-tune", "{}")
	var chat api.ChatCompletion
	s.ok("POST", "/v1/chat/completions", `{`+hello+`,"max_tokens":1}`, &chat)
	var job api.JobObject
	s.ok("POST", "/v1/fine_tuning/jobs", `{"model":"org/tiny","training_file":"`+file.ID+`"}`, &job)
	s.until(job.ID, "succeeded")
	adapter := fmt.Sprintf(`{"lora_name":"a","lora_path":%q}`, writeAdapter(t, 1, s.local.Shape.Linears()))
	c := &checker{doc.Components.Schemas}
	check := func(method, template, path, media string, b []byte) {
		t.Helper()
		op := doc.Paths[template][strings.ToLower(method)]
		status := "200"
		if strings.Contains(string(b), `{"error":{`) {
			status = "default"
		}
		content := op["responses"].(map[string]any)[status].(map[string]any)["content"].(map[string]any)[media].(map[string]any)
		var v any
		if err := json.Unmarshal(b, &v); err != nil {
			t.Fatal(err)
		}
		if err := c.conforms(content["schema"].(map[string]any), v, method+" "+path); err != nil {
			t.Errorf("%v\n%s", err, b)
		}
	}
	for _, q := range []struct{ method, template, path, body string }{
		{"GET", "/health", "", ""},
		{"GET", "/v1/models", "", ""},
		{"GET", "/v1/models/{id}", "/v1/models/org/tiny", ""},
		{"GET", "/v1/models/{id}", "/v1/models/nothing", ""},
		{"POST", "/v1/chat/completions", "", `{` + hello + `,"max_tokens":3,"logprobs":true,"top_logprobs":2}`},
		{"POST", "/v1/completions", "", `{"model":"org/tiny","prompt":"a","logprobs":2}`},
		{"POST", "/v1/embeddings", "", `{"model":"org/tiny","input":"a"}`},
		{"GET", "/v1/files", "", ""},
		{"GET", "/v1/files/{id}", "/v1/files/" + file.ID, ""},
		{"DELETE", "/v1/files/{id}", "/v1/files/" + file.ID, ""},
		{"GET", "/v1/fine_tuning/jobs", "", ""},
		{"GET", "/v1/fine_tuning/jobs/{id}", "/v1/fine_tuning/jobs/" + job.ID, ""},
		{"GET", "/v1/fine_tuning/jobs/{id}/events", "/v1/fine_tuning/jobs/" + job.ID + "/events", ""},
		{"GET", "/v1/fine_tuning/jobs/{id}/checkpoints", "/v1/fine_tuning/jobs/" + job.ID + "/checkpoints", ""},
		{"POST", "/v1/fine_tuning/jobs/{id}/cancel", "/v1/fine_tuning/jobs/" + job.ID + "/cancel", ""},
		{"POST", "/v1/load_lora_adapter", "", adapter},
		{"GET", "/v1/openlora/adapters", "", ""},
		{"DELETE", "/v1/models/{id}", "/v1/models/a", ""},
		{"GET", "/v1/openledger/receipts/{id}", "/v1/openledger/receipts/" + chat.ID, ""},
	} {
		if q.path == "" {
			q.path = q.template
		}
		_, b := s.do(q.method, q.path, q.body)
		check(q.method, q.template, q.path, "application/json", b)
	}
	for path, body := range map[string]string{
		"/v1/chat/completions": `{` + hello + `,"max_tokens":3,"stream":true,"stream_options":{"include_usage":true}}`,
		"/v1/completions":      `{"model":"org/tiny","prompt":"a","stream":true}`,
	} {
		all, _ := s.events(path, body)
		for _, data := range all {
			check("POST", path, path, "text/event-stream", []byte(data))
		}
	}
}
