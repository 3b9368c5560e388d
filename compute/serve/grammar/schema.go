package grammar

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A node is a schema, as far as answers are made from it.
type node struct {
	kind       nodeKind
	options    []*node // oneOf
	text       string  // constant
	min, max   int     // characters or elements; max -1: any number
	properties []property
	others     *node // of an object: the value of properties that are not declared; nil: none are made
	item       *node
}

type nodeKind uint8

const (
	oneOf nodeKind = iota
	constant
	stringNode
	numberNode
	integerNode
	objectNode
	arrayNode
)

type property struct {
	key      string // as in the answer, with quotes
	n        *node
	required bool
}

// anyString is a string of any length.
var anyString = &node{kind: stringNode, max: -1}

// anything is any JSON.
var anything = func() *node {
	n := &node{kind: oneOf}
	n.options = []*node{
		{kind: objectNode, others: n}, {kind: arrayNode, item: n, max: -1}, anyString, {kind: numberNode},
		{kind: constant, text: "true"}, {kind: constant, text: "false"}, {kind: constant, text: "null"},
	}
	return n
}()

// An UnsupportedError names a keyword of a schema that cannot be kept.
type UnsupportedError struct{ Keyword, Path string }

func (e *UnsupportedError) Error() string {
	return fmt.Sprintf("keyword %q at %s is not supported; leave it out or describe it in the prompt", e.Keyword, e.Path)
}

// Compile reads a JSON schema and returns the beginning of an answer.
func Compile(schema []byte, v *Vocabulary) (*State, error) {
	if len(schema) == 0 || !json.Valid(schema) {
		return nil, errors.New("is not JSON")
	}
	r := &reader{refs: make(map[string]*node), root: schema}
	n, err := r.ref("#")
	for err == nil && len(r.todo) > 0 {
		t := r.todo[0]
		r.todo = r.todo[1:]
		err = r.read(t.n, t.raw, t.path, 0)
	}
	if err != nil {
		return nil, err
	}
	g := &machine{vocab: v, cells: make(map[cellKey]*cell), states: make(map[string]*State)}
	c := &closure{g: g, seen: make(map[*cell]bool)}
	if c.add(g.push(nil, symbol{kind: value, n: n})); len(c.tops) == 0 {
		return nil, errors.New("no answer conforms to it")
	}
	c.add(g.push(g.push(nil, symbol{kind: value, n: n}), lit(" ")))
	s := g.state(c)
	return s, nil
}

// A reader reads the schemas that refer to each other.
type reader struct {
	root  json.RawMessage
	refs  map[string]*node
	todo  []unread
	nodes int
}

type unread struct {
	n    *node
	raw  json.RawMessage
	path string
}

// Limits of a schema, which strangers write.
const (
	maxNodes   = 1 << 14
	maxNesting = 64
	maxCount   = 1 << 16
)

// ref returns the node of "#", "#/$defs/..." or "#/definitions/...".
func (r *reader) ref(path string) (*node, error) {
	if n := r.refs[path]; n != nil {
		return n, nil
	}
	raw := r.root
	if path != "#" {
		parts := strings.Split(path, "/")
		if len(parts) != 3 || parts[0] != "#" || parts[1] != "$defs" && parts[1] != "definitions" {
			return nil, fmt.Errorf("$ref %.80q is not supported; \"#\", \"#/$defs/NAME\" and \"#/definitions/NAME\" are", path)
		}
		for _, name := range parts[1:] {
			o, err := object(raw)
			if err != nil {
				return nil, fmt.Errorf("$ref %.80q: %w", path, err)
			}
			name = strings.ReplaceAll(strings.ReplaceAll(name, "~1", "/"), "~0", "~")
			at := slices.IndexFunc(o, func(m member) bool { return m.key == name })
			if at < 0 {
				return nil, fmt.Errorf("$ref %.80q leads nowhere", path)
			}
			raw = o[at].raw
		}
	}
	n := &node{}
	r.refs[path] = n
	r.todo = append(r.todo, unread{n, raw, path})
	return n, nil
}

// notes are keywords that constrain nothing, or are read elsewhere.
var notes = []string{
	"title", "description", "default", "examples", "$schema", "$id", "$comment", "deprecated", "readOnly", "writeOnly",
	"$defs", "definitions",
}

// read makes n of a schema.
func (r *reader) read(n *node, raw json.RawMessage, path string, depth int) error {
	if r.nodes++; r.nodes > maxNodes || depth > maxNesting {
		return fmt.Errorf("is larger than %d schemas or deeper than %d", maxNodes, maxNesting)
	}
	if s := string(bytes.TrimSpace(raw)); s == "true" {
		*n = *anything
		return nil
	}
	o, err := object(raw)
	if err != nil {
		return fmt.Errorf("at %s: %w", path, err)
	}
	s := fields{r: r, path: path, depth: depth, m: make(map[string]json.RawMessage)}
	for _, m := range o {
		if !slices.Contains(notes, m.key) {
			s.m[m.key] = m.raw
			s.order = append(s.order, m.key)
		}
	}
	if err := s.read(n); err != nil {
		return err
	}
	for _, key := range s.order {
		if _, left := s.m[key]; left {
			return &UnsupportedError{key, path}
		}
	}
	return nil
}

// fields are the keywords of a schema that nobody has read yet.
type fields struct {
	r     *reader
	path  string
	depth int
	m     map[string]json.RawMessage
	order []string
}

// take returns a keyword and takes it off the list.
func (s *fields) take(key string) (json.RawMessage, bool) {
	raw, ok := s.m[key]
	delete(s.m, key)
	return raw, ok
}

func (s *fields) into(key string, v any) (bool, error) {
	raw, ok := s.take(key)
	if !ok {
		return false, nil
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return true, fmt.Errorf("%s at %s: %w", key, s.path, err)
	}
	return true, nil
}

func (s *fields) child(raw json.RawMessage, path string) (*node, error) {
	n := &node{}
	return n, s.r.read(n, raw, s.path+"/"+path, s.depth+1)
}

func (s *fields) read(n *node) error {
	var ref string
	if ok, err := s.into("$ref", &ref); ok || err != nil {
		if err != nil {
			return err
		}
		to, err := s.r.ref(ref)
		*n = node{kind: oneOf, options: []*node{to}}
		return err
	}
	var list []json.RawMessage
	if ok, err := s.into("anyOf", &list); ok || err != nil {
		if err == nil && len(list) == 0 {
			err = fmt.Errorf("anyOf at %s is empty", s.path)
		}
		n.kind = oneOf
		for i, raw := range list {
			option, e := s.child(raw, fmt.Sprintf("anyOf/%d", i))
			if err == nil {
				err = e
			}
			n.options = append(n.options, option)
		}
		return err
	}
	types, err := s.types()
	if err != nil {
		return err
	}
	if done, err := s.constants(n, types); done || err != nil {
		return err
	}
	if len(types) == 0 {
		switch { // what the other keywords are about
		case s.m["properties"] != nil || s.m["required"] != nil || s.m["additionalProperties"] != nil:
			types = []string{"object"}
		case s.m["items"] != nil:
			types = []string{"array"}
		case len(s.m) == 0:
			*n = *anything
			return nil
		default:
			return fmt.Errorf("the schema at %s has no type", s.path)
		}
	}
	n.kind = oneOf
	for _, t := range types {
		option, err := s.typed(t)
		if err != nil {
			return err
		}
		n.options = append(n.options, option)
	}
	return nil
}

var typeNames = []string{"object", "array", "string", "number", "integer", "boolean", "null"}

// types returns type as a list, none if it is absent.
func (s *fields) types() ([]string, error) {
	raw, ok := s.take("type")
	if !ok {
		return nil, nil
	}
	var one string
	var list []string
	if json.Unmarshal(raw, &one) == nil {
		list = []string{one}
	} else if json.Unmarshal(raw, &list) != nil || len(list) == 0 {
		return nil, fmt.Errorf("type at %s is %.80s", s.path, raw)
	}
	for _, t := range list {
		if !slices.Contains(typeNames, t) {
			return nil, fmt.Errorf("type %.80q at %s is not one of %s", t, s.path, strings.Join(typeNames, ", "))
		}
	}
	return list, nil
}

// constants reads enum and const.
func (s *fields) constants(n *node, types []string) (bool, error) {
	var list []json.RawMessage
	many, err := s.into("enum", &list)
	if err != nil {
		return true, err
	}
	if raw, ok := s.take("const"); ok {
		if many {
			return true, fmt.Errorf("enum and const stand side by side at %s", s.path)
		}
		list, many = []json.RawMessage{raw}, true
	}
	if !many {
		return false, nil
	}
	for _, raw := range list {
		if len(types) > 0 && !slices.ContainsFunc(types, func(t string) bool { return isType(t, raw) }) {
			continue
		}
		var b bytes.Buffer
		if err := json.Compact(&b, raw); err != nil {
			return true, err
		}
		n.options = append(n.options, &node{kind: constant, text: b.String()})
	}
	if n.kind = oneOf; len(n.options) == 0 {
		return true, fmt.Errorf("enum at %s has no value of its type", s.path)
	}
	return true, nil
}

func isType(t string, raw json.RawMessage) bool {
	switch c := bytes.TrimSpace(raw)[0]; c {
	case '{':
		return t == "object"
	case '[':
		return t == "array"
	case '"':
		return t == "string"
	case 't', 'f':
		return t == "boolean"
	case 'n':
		return t == "null"
	}
	return t == "number" || t == "integer" && !bytes.ContainsAny(raw, ".eE")
}

// typed makes a node of one type.
func (s *fields) typed(t string) (*node, error) {
	switch t {
	case "boolean":
		return &node{kind: oneOf, options: []*node{{kind: constant, text: "true"}, {kind: constant, text: "false"}}}, nil
	case "null":
		return &node{kind: constant, text: "null"}, nil
	case "number":
		return &node{kind: numberNode}, nil
	case "integer":
		return &node{kind: integerNode}, nil
	case "string":
		n := &node{kind: stringNode}
		return n, s.counts(n, "minLength", "maxLength")
	case "array":
		n := &node{kind: arrayNode, item: anything}
		if err := s.counts(n, "minItems", "maxItems"); err != nil {
			return nil, err
		}
		var err error
		if raw, ok := s.take("items"); ok {
			n.item, err = s.child(raw, "items")
		}
		return n, err
	}
	return s.objectNode()
}

// counts reads bounds of a length.
func (s *fields) counts(n *node, low, high string) error {
	n.max = -1
	for _, b := range []struct {
		key string
		to  *int
	}{{low, &n.min}, {high, &n.max}} {
		ok, err := s.into(b.key, b.to)
		if err != nil {
			return err
		}
		if ok && (*b.to < 0 || *b.to > maxCount) {
			return fmt.Errorf("%s at %s is %d; 0 to %d are allowed", b.key, s.path, *b.to, maxCount)
		}
	}
	if n.max >= 0 && n.max < n.min {
		return fmt.Errorf("%s at %s is below %s", high, s.path, low)
	}
	return nil
}

func (s *fields) objectNode() (*node, error) {
	n := &node{kind: objectNode}
	var required []string
	if _, err := s.into("required", &required); err != nil {
		return nil, err
	}
	var declared []member
	if raw, ok := s.take("properties"); ok {
		var err error
		if declared, err = object(raw); err != nil {
			return nil, fmt.Errorf("properties at %s: %w", s.path, err)
		}
	}
	for _, m := range declared {
		child, err := s.child(m.raw, "properties/"+m.key)
		if err != nil {
			return nil, err
		}
		key, err := quote(m.key)
		if err != nil {
			return nil, err
		}
		n.properties = append(n.properties, property{key, child, slices.Contains(required, m.key)})
	}
	for _, key := range required {
		if !slices.ContainsFunc(declared, func(m member) bool { return m.key == key }) {
			return nil, fmt.Errorf("required %.80q at %s is not among its properties", key, s.path)
		}
	}
	raw, ok := s.take("additionalProperties")
	if ok {
		if string(bytes.TrimSpace(raw)) == "false" {
			return n, nil
		}
		others, err := s.child(raw, "additionalProperties")
		if len(n.properties) == 0 {
			n.others = others
		}
		return n, err
	}
	if len(n.properties) == 0 {
		n.others = anything
	}
	return n, nil
}

// quote returns s as JSON, without escapes for HTML.
func quote(s string) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(s)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// A member of an object.
type member struct {
	key string
	raw json.RawMessage
}

// object reads an object in the order in which it is written.
func object(raw json.RawMessage) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	if t != json.Delim('{') {
		return nil, fmt.Errorf("%.40s is no object", raw)
	}
	var all []member
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		m := member{key: key.(string)}
		if err := d.Decode(&m.raw); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, func(o member) bool { return o.key == m.key }) {
			return nil, fmt.Errorf("%.80q stands twice", m.key)
		}
		all = append(all, m)
	}
	return all, nil
}
