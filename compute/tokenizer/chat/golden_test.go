package chat

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestGolden renders the cases whose results were written by the two standard renderers: see testdata.
func TestGolden(t *testing.T) {
	for _, file := range []string{"reference", "jinja2"} {
		data, err := os.ReadFile("testdata/" + file + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var golden struct {
			Data  map[string]json.RawMessage
			Cases []chatCase
		}
		if err := json.Unmarshal(data, &golden); err != nil {
			t.Fatal(err)
		}
		for _, c := range golden.Cases {
			t.Run(file+"/"+c.Name, func(t *testing.T) {
				got, err := renderSource(c.Template, values(golden.Data))
				switch {
				case c.Target == nil && err == nil:
					t.Errorf("%s\nrendered %q, want an error such as %q", c.Template, got, c.Err)
				case c.Target != nil && err != nil:
					t.Errorf("%s\n%v", c.Template, err)
				case c.Target != nil && got != *c.Target:
					t.Errorf("%s\ngot  %q\nwant %q", c.Template, got, *c.Target)
				case err != nil && !strings.HasPrefix(err.Error(), "chat template"):
					t.Errorf("the error does not say whose it is: %v", err)
				}
			})
		}
	}
}

func renderSource(source string, vars map[string]any) (string, error) {
	t, err := Parse(source)
	if err != nil {
		return "", err
	}
	return t.RenderValues(context.Background(), vars)
}
