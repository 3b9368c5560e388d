package chat

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// A chatCase is one of the published cases: what the reference renderer makes of a template and its data.
type chatCase struct {
	Name     string                     `json:"name"`
	Template string                     `json:"template"`
	Data     map[string]json.RawMessage `json:"data"`
	Target   *string                    `json:"target"`
	Err      string                     `json:"err"`
}

// values are data as RenderValues takes it.
func values(data map[string]json.RawMessage) map[string]any {
	vars := make(map[string]any, len(data))
	for name, v := range data {
		vars[name] = v
	}
	return vars
}

func sharedCases(t testing.TB) []chatCase {
	data, err := os.ReadFile("../../../../shared/data/chat-templates/cases.json")
	if err != nil {
		t.Skipf("the shared cases are not here: %v", err)
	}
	var cases []chatCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

func TestSharedCases(t *testing.T) {
	for _, c := range sharedCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			tmpl, err := Parse(c.Template)
			if err != nil {
				t.Fatal(err)
			}
			got, err := tmpl.RenderValues(context.Background(), values(c.Data))
			switch {
			case c.Target == nil && err == nil:
				t.Errorf("rendered %q, want the error %q", got, c.Err)
			case c.Target == nil:
				if !strings.HasPrefix(c.Err, "Expected iterable") && !strings.Contains(err.Error(), c.Err) {
					t.Errorf("got the error %q, want %q", err, c.Err)
				}
			case err != nil:
				t.Error(err)
			case got != *c.Target:
				t.Errorf("got  %q\nwant %q", got, *c.Target)
			}
		})
	}
}
