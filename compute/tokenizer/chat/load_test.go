package chat

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  map[string]string // what each template renders
	}{
		{"nothing", nil, map[string]string{}},
		{"no template", map[string]string{"tokenizer_config.json": `{"bos_token": "<s>"}`}, map[string]string{}},
		{"null", map[string]string{"tokenizer_config.json": `{"chat_template": null}`}, map[string]string{}},
		{"string", map[string]string{"tokenizer_config.json": `{"chat_template": "a{{ 1 }}"}`}, map[string]string{"default": "a1"}},
		{"list", map[string]string{"tokenizer_config.json": `{"chat_template": [{"name": "default", "template": "a"}, {"name": "tool_use", "template": "b"}]}`},
			map[string]string{"default": "a", "tool_use": "b"}},
		{"file", map[string]string{"chat_template.jinja": "c\n"}, map[string]string{"default": "c"}},
		{"files over config", map[string]string{"tokenizer_config.json": `{"chat_template": "a"}`, "chat_template.jinja": "c",
			"chat_templates/rag.jinja": "d", "chat_templates/tool_use.jinja": "e", "chat_templates/notes.txt": "{{"},
			map[string]string{"default": "c", "rag": "d", "tool_use": "e"}},
	} {
		dir := writeFiles(t, c.files)
		templates, err := Load(dir)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := map[string]string{}
		for name, tmpl := range templates {
			got[name], _ = tmpl.RenderValues(context.Background(), nil)
		}
		if !maps.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestLoadFor(t *testing.T) {
	a, b := &Template{}, &Template{}
	both, one := Templates{"default": a, "tool_use": b}, Templates{"default": a}
	got := []*Template{both.For(true), both.For(false), one.For(true), one.For(false), Templates{}.For(true)}
	if want := []*Template{b, a, a, a, nil}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLoadErrors(t *testing.T) {
	for want, files := range map[string]map[string]string{
		"chat_template must be a string or a list":        {"tokenizer_config.json": `{"chat_template": 5}`},
		"unexpected end of JSON":                          {"tokenizer_config.json": `{"chat_template": "a"`},
		`chat template "default" of`:                      {"chat_template.jinja": "{% if %}"},
		"larger than 524288 bytes":                        {"chat_template.jinja": strings.Repeat("x", 600000)},
		`chat template "x" of`:                            {"chat_templates/x.jinja": "{{"},
		"more than 524288 bytes of source (limit Source)": {"tokenizer_config.json": `{"chat_template": "` + strings.Repeat("x", 600000) + `"}`},
	} {
		if _, err := Load(writeFiles(t, files)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func writeFiles(t *testing.T, files map[string]string) string {
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
