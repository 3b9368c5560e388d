package chat

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Templates are the chat templates of one model, by name. The main one is called "default".
type Templates map[string]*Template

// For is the template for a conversation with or without tools, nil when the model has none that fits.
func (t Templates) For(tools bool) *Template {
	if named := t["tool_use"]; tools && named != nil {
		return named
	}
	return t["default"]
}

// maxConfig bounds tokenizer_config.json, which lists every special token of a model.
const maxConfig = 64 << 20

// Load reads the templates of a model's directory: chat_template in tokenizer_config.json, a string or a list
// of {name, template}; over these the files chat_template.jinja (default) and chat_templates/NAME.jinja, as
// newer models keep them. A directory without any gives an empty Templates.
func Load(dir string) (Templates, error) {
	sources := map[string]string{}
	config := filepath.Join(dir, "tokenizer_config.json")
	data, err := readFile(config, maxConfig)
	if err == nil {
		err = readConfig(data, sources)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read chat template of %s: %w", config, err)
	}
	files, err := os.ReadDir(filepath.Join(dir, "chat_templates"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list chat templates: %w", err)
	}
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".jinja"); ok {
			if err := readSource(sources, name, filepath.Join(dir, "chat_templates", f.Name())); err != nil {
				return nil, err
			}
		}
	}
	err = readSource(sources, "default", filepath.Join(dir, "chat_template.jinja"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	out := Templates{}
	for name, source := range sources {
		t, err := Parse(source)
		if err != nil {
			return nil, fmt.Errorf("chat template %q of %s: %w", name, dir, err)
		}
		out[name] = t
	}
	return out, nil
}

// readConfig adds what chat_template of a tokenizer_config.json holds.
func readConfig(data []byte, sources map[string]string) error {
	var config struct {
		Template json.RawMessage `json:"chat_template"`
	}
	if err := json.Unmarshal(data, &config); err != nil {
		return err
	}
	if len(config.Template) == 0 || string(config.Template) == "null" {
		return nil
	}
	var source string
	if json.Unmarshal(config.Template, &source) == nil {
		sources["default"] = source
		return nil
	}
	var named []struct{ Name, Template string }
	if err := json.Unmarshal(config.Template, &named); err != nil {
		return fmt.Errorf("chat_template must be a string or a list of {name, template}: %w", err)
	}
	for _, t := range named {
		sources[t.Name] = t.Template
	}
	return nil
}

func readSource(sources map[string]string, name, file string) error {
	data, err := readFile(file, Limits{}.withDefaults().Source)
	if err != nil {
		return fmt.Errorf("read chat template: %w", err)
	}
	sources[name] = string(data)
	return nil
}

// readFile reads a file of at most max bytes.
func readFile(name string, max int) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, int64(max)+1))
	if err == nil && len(data) > max {
		err = fmt.Errorf("%s is larger than %d bytes", name, max)
	}
	return data, err
}
