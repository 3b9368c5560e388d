package chat

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"testing"
)

// FuzzRender: whatever the template and the data, the result is a text or an *Error within the limits.
func FuzzRender(f *testing.F) {
	for _, file := range []string{"reference", "jinja2"} {
		data, err := os.ReadFile("testdata/" + file + ".json")
		if err != nil {
			f.Fatal(err)
		}
		var golden struct {
			Data  json.RawMessage
			Cases []chatCase
		}
		if err := json.Unmarshal(data, &golden); err != nil {
			f.Fatal(err)
		}
		for _, c := range golden.Cases {
			f.Add(c.Template, []byte(golden.Data))
		}
	}
	for _, a := range attacks {
		if len(a.source) < 1000 {
			f.Add(a.source, []byte("{}"))
		}
	}
	limits := Limits{Source: 1 << 14, Steps: 20_000, Memory: 1 << 20, Output: 1 << 16}
	f.Fuzz(func(t *testing.T, source string, data []byte) {
		vars := map[string]json.RawMessage{}
		if json.Unmarshal(data, &vars) != nil {
			vars["data"] = data
		}
		tmpl, err := limits.Parse(source)
		var text string
		if err == nil {
			text, err = tmpl.RenderValues(context.Background(), values(vars))
		}
		var known *Error
		if err != nil && !errors.As(err, &known) {
			t.Errorf("not an *Error: %v", err)
		}
		if len(text) > limits.Output {
			t.Errorf("%d bytes of output", len(text))
		}
		if err != nil && text != "" {
			t.Errorf("both a text and the error %v", err)
		}
	})
}
