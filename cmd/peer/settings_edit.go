package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"go.yaml.in/yaml/v3"
)

const configHead = `# Settings of this peer; what is not here has its default.
# "peer config show" prints each setting with its value and where that came from,
# "peer config set KEY VALUE" changes one.
`

// editFile writes settings into the configuration file and keeps its comments
// and its order. Nothing is written if the outcome would not load.
func editFile(file string, edits []override) error {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = []byte(configHead), nil
	}
	if err != nil {
		return homeProblem(err)
	}
	s := newSettings()
	if err := s.read(file, text); err != nil {
		return err
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return err
	}
	if doc.Kind == 0 { // nothing but comments
		doc = yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{{Kind: yaml.MappingNode}}, HeadComment: strings.TrimSpace(string(text))}
	}
	for _, e := range edits {
		l, err := s.find(e.key)
		if err != nil {
			return err
		}
		if err := l.set(e.text, e.source); err != nil {
			return err
		}
		if err := graft(doc.Content[0], strings.Split(e.key, "."), l.value.Interface()); err != nil {
			return fmt.Errorf("set %s: %w", e.key, err)
		}
	}
	if err := s.validate(); err != nil {
		return err
	}
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(&doc); err != nil {
		return err
	}
	return writeFile(file, out.Bytes())
}

// graft sets the value at path below n, a mapping.
func graft(n *yaml.Node, path []string, value any) error {
	if n.Kind != yaml.MappingNode { // a section without content
		*n = yaml.Node{Kind: yaml.MappingNode}
	}
	var child *yaml.Node
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == path[0] {
			child = n.Content[i+1]
		}
	}
	if child == nil {
		child = &yaml.Node{Kind: yaml.MappingNode}
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: path[0]}, child)
	}
	if len(path) > 1 {
		return graft(child, path[1:], value)
	}
	comment := child.LineComment
	err := child.Encode(value)
	child.LineComment = comment
	return err
}
