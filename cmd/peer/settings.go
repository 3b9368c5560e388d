package main

import (
	"cmp"
	"encoding"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/openledger/openledger/compute/op"
)

// settings is Config with its history. Later sources win: default, file,
// environment, flag.
type settings struct {
	Config
	all []*setting // in the order of Config
}

func newSettings() *settings {
	s := &settings{Config: defaults()}
	walk(reflect.ValueOf(&s.Config).Elem(), "", func(key string, v reflect.Value) {
		s.all = append(s.all, &setting{key, v, "default"})
	})
	return s
}

// walk visits the leaves below a struct, in order.
func walk(v reflect.Value, prefix string, visit func(key string, v reflect.Value)) {
	for i := range v.NumField() {
		key := prefix + nameOf(v.Type().Field(i))
		_, isLeaf := v.Field(i).Addr().Interface().(encoding.TextUnmarshaler)
		if v.Field(i).Kind() == reflect.Struct && !isLeaf {
			walk(v.Field(i), key+".", visit)
			continue
		}
		visit(key, v.Field(i))
	}
}

// nameOf is what YAML calls a field: its tag, else its name in lower case.
func nameOf(f reflect.StructField) string {
	return cmp.Or(f.Tag.Get("yaml"), strings.ToLower(f.Name))
}

// loadSettings reads the file, which may be absent, then the environment, then
// the flags, and checks the outcome.
func loadSettings(file string, environ []string, flags []override) (*settings, error) {
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, homeProblem(fmt.Errorf("read settings: %w", err))
	}
	s := newSettings()
	if err := s.read(file, text); err != nil {
		return nil, err
	}
	for _, kv := range environ {
		name, text, _ := strings.Cut(kv, "=")
		for _, l := range s.all {
			if l.env() != name {
				continue
			}
			if err := l.set(text, "environment "+name); err != nil {
				return nil, err
			}
		}
	}
	for _, f := range flags {
		l, err := s.find(f.key)
		if err != nil {
			return nil, err
		}
		if err := l.set(f.text, f.source); err != nil {
			return nil, err
		}
	}
	return s, s.validate()
}

// read applies the text of a configuration file.
func (s *settings) read(file string, text []byte) error {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return problemf(exitConfig, "mend the line or remove it", "%s: %w", file, err)
	}
	if doc.Kind == 0 {
		return nil // empty
	}
	return s.apply(file, doc.Content[0], "")
}

// apply sets what one mapping of the file says.
func (s *settings) apply(file string, n *yaml.Node, prefix string) error {
	refuse := func(n *yaml.Node, format string, args ...any) error {
		return problemf(exitConfig, "mend that line", "%s:%d: %s", file, n.Line, fmt.Sprintf(format, args...))
	}
	if n.Kind != yaml.MappingNode {
		if n.ShortTag() == "!!null" {
			return nil
		}
		return refuse(n, "want settings by name under %q", strings.TrimSuffix(prefix, "."))
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		key := prefix + name.Value
		if seen[key] {
			return refuse(name, "%s is set twice", key)
		}
		seen[key] = true
		if value.Kind == yaml.AliasNode || name.Kind != yaml.ScalarNode {
			return refuse(name, "aliases and complex keys have no place here")
		}
		if s.section(key) {
			if err := s.apply(file, value, key+"."); err != nil {
				return err
			}
			continue
		}
		l, err := s.find(key)
		if err != nil {
			return &problem{exitConfig, fmt.Errorf("%s:%d: %w", file, name.Line, err), ""}
		}
		if value.ShortTag() == "!!null" {
			continue
		}
		if err := value.Decode(l.value.Addr().Interface()); err != nil {
			return refuse(value, "%s: %v", key, err)
		}
		l.source = fmt.Sprintf("file %s:%d", file, name.Line)
	}
	return nil
}

// section says whether key is a struct of Config and not a leaf.
func (s *settings) section(key string) bool {
	return slices.ContainsFunc(s.all, func(l *setting) bool { return strings.HasPrefix(l.key, key+".") })
}

func (s *settings) find(key string) (*setting, error) {
	for _, l := range s.all {
		if l.key == key {
			return l, nil
		}
	}
	return nil, problemf(exitConfig, fmt.Sprintf("did you mean %s?", nearest(key, s.keys())), "unknown setting %s", key)
}

func (s *settings) keys() (keys []string) {
	for _, l := range s.all {
		keys = append(keys, l.key)
	}
	return keys
}

// validate asks each section that has an opinion.
func (s *settings) validate() error {
	return s.validateSection(reflect.ValueOf(&s.Config).Elem(), "")
}

func (s *settings) validateSection(section reflect.Value, prefix string) error {
	if v, ok := section.Addr().Interface().(interface{ Validate() error }); ok {
		if err := v.Validate(); err != nil {
			return problemf(exitConfig, "see "+s.sources(prefix), "%s%w", prefix, err)
		}
	}
	for i := range section.NumField() {
		if key := prefix + nameOf(section.Type().Field(i)); s.section(key) {
			if err := s.validateSection(section.Field(i), key+"."); err != nil {
				return err
			}
		}
	}
	return nil
}

// sources says who set what below prefix.
func (s *settings) sources(prefix string) string {
	var who []string
	for _, l := range s.all {
		if strings.HasPrefix(l.key, prefix) && l.source != "default" {
			who = append(who, l.key+" from "+l.source)
		}
	}
	return strings.Join(who, ", ")
}

// strangers are the OPENLEDGER_ variables that set nothing, each with what may
// have been meant: a misspelt one would otherwise be ignored in silence.
func (s *settings) strangers(environ []string) (out []string) {
	known := []string{"OPENLEDGER_PATH", "OPENLEDGER_PASSPHRASE", op.KernelsEnv}
	for _, l := range s.all {
		known = append(known, l.env())
	}
	for _, kv := range environ {
		name, _, _ := strings.Cut(kv, "=")
		if strings.HasPrefix(name, "OPENLEDGER_") && !slices.Contains(known, name) {
			out = append(out, fmt.Sprintf("%s sets nothing (did you mean %s?)", name, nearest(name, known)))
		}
	}
	return out
}
