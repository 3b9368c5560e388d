// Package grammar constrains an answer to a JSON schema: it says, token by
// token, which tokens may follow.
//
// The invariant: whatever is drawn among the allowed tokens until Final is JSON
// that conforms to the schema. Properties stand in the order of the schema,
// those that are not declared are not made, and there is no white space but one
// optional blank behind a comma, a colon and at the beginning. A keyword that
// cannot be kept is refused by name.
//
// A State is a set of stacks of symbols, as in a parser without lookahead; a
// byte takes each stack on, or ends it. States are shared, so the tokens that
// one allows are found once. Start with Compile and State; schema.go reads the
// schema, vocabulary.go finds the tokens.
package grammar

import (
	"encoding/binary"
	"slices"
	"sync"
)

// A State is a place in an answer. It never changes, and may be used by many
// answers at once.
type State struct {
	g    *machine
	tops []*cell // the stacks, each with a terminal on top
	done bool    // the answer may end here
	next map[byte]*State
	mask []uint64
}

// A machine holds what the states of one schema share.
type machine struct {
	vocab  *Vocabulary
	mu     sync.Mutex
	cells  map[cellKey]*cell
	states map[string]*State
	ids    uint64
}

// A cell is the top of a stack. Equal stacks are one cell.
type cell struct {
	cellKey
	id    uint64
	depth int
}

type cellKey struct {
	symbol
	under *cell // nil: the answer ends
}

// A symbol is what an answer must go on with: terminals, which take bytes, and
// others, which stand for more symbols.
type symbol struct {
	kind  symbolKind
	n     *node
	state int    // of a terminal, or the next property
	count int    // characters, elements
	text  string // of a literal, what is left of it
}

type symbolKind uint8

const (
	literal  symbolKind = iota // terminal: these bytes
	inString                   // terminal: characters up to the closing quote
	inNumber                   // terminal: what is left of a number
	blank                      // one blank or none
	value                      // a value of a node
	members                    // of an object, and its closing brace
	elements                   // of an array, and its closing bracket
)

// maxDepth bounds the nesting of answers, maxShared what is kept of states.
const (
	maxDepth  = 64
	maxShared = 1 << 16
)

func (g *machine) push(under *cell, s symbol) *cell {
	key := cellKey{s, under}
	if c := g.cells[key]; c != nil {
		return c
	}
	g.ids++
	c := &cell{cellKey: key, id: g.ids, depth: 1}
	if under != nil {
		c.depth = under.depth + 1
	}
	g.cells[key] = c
	return c
}

// stack pushes symbols, the first one on top.
func (g *machine) stack(under *cell, symbols ...symbol) *cell {
	for _, s := range slices.Backward(symbols) {
		under = g.push(under, s)
	}
	return under
}

func lit(s string) symbol { return symbol{kind: literal, text: s} }

// A closure collects the stacks that follow from some, with terminals on top.
type closure struct {
	g    *machine
	seen map[*cell]bool
	tops []*cell
	done bool
}

func (c *closure) add(x *cell) {
	if x == nil {
		c.done = true
		return
	}
	if c.seen[x] {
		return
	}
	c.seen[x] = true
	switch x.kind {
	case literal, inString:
		c.tops = append(c.tops, x)
	case inNumber:
		if c.tops = append(c.tops, x); numberEnds(x.state) {
			c.add(x.under)
		}
	case blank:
		c.add(c.g.push(x.under, lit(" ")))
		c.add(x.under)
	case value:
		c.value(x)
	case members:
		c.members(x)
	case elements:
		c.elements(x)
	}
}

// value begins a value of a node.
func (c *closure) value(x *cell) {
	g, n, up := c.g, x.n, x.under
	deep := x.depth > 3*maxDepth // an object or array has about three symbols
	switch n.kind {
	case oneOf:
		for _, o := range n.options {
			c.add(g.push(up, symbol{kind: value, n: o}))
		}
	case constant:
		c.add(g.push(up, lit(n.text)))
	case stringNode:
		c.add(g.stack(up, lit(`"`), symbol{kind: inString, n: n}))
	case numberNode, integerNode:
		c.add(g.push(up, symbol{kind: inNumber, n: n}))
	case objectNode:
		if !deep {
			c.add(g.stack(up, lit("{"), symbol{kind: members, n: n}))
		}
	case arrayNode:
		if !deep {
			c.add(g.stack(up, lit("["), symbol{kind: elements, n: n}))
		}
	}
}

// members closes an object, or begins one of the properties that may be next.
func (c *closure) members(x *cell) {
	g, n, up, comma := c.g, x.n, x.under, x.count > 0
	begin := func(next int, key ...symbol) {
		var all []symbol
		if comma {
			all = append(all, lit(","), symbol{kind: blank})
		}
		all = append(all, key...)
		all = append(all, symbol{kind: members, n: n, state: next, count: 1})
		c.add(g.stack(up, all...))
	}
	for i := x.state; i < len(n.properties); i++ {
		p := &n.properties[i]
		begin(i+1, lit(p.key+":"), symbol{kind: blank}, symbol{kind: value, n: p.n})
		if p.required {
			return
		}
	}
	if n.others != nil {
		begin(0, lit(`"`), symbol{kind: inString, n: anyString}, lit(":"), symbol{kind: blank}, symbol{kind: value, n: n.others})
	}
	c.add(g.push(up, lit("}")))
}

// elements closes an array, or begins the next element.
func (c *closure) elements(x *cell) {
	g, n, up := c.g, x.n, x.under
	if x.count >= n.min {
		c.add(g.push(up, lit("]")))
	}
	if n.max >= 0 && x.count >= n.max {
		return
	}
	rest := []symbol{{kind: value, n: n.item}, {kind: elements, n: n, count: n.counted(x.count)}}
	if x.count > 0 {
		rest = append([]symbol{lit(","), {kind: blank}}, rest...)
	}
	c.add(g.stack(up, rest...))
}

// counted returns count + 1, but no more than the node needs to tell apart.
func (n *node) counted(count int) int {
	if n.max < 0 && count >= max(n.min, 1) {
		return count
	}
	return count + 1
}

// take adds what x becomes with a byte.
func (c *closure) take(x *cell, b byte) {
	switch x.kind {
	case literal:
		if x.text[0] != b {
			return
		}
		if len(x.text) > 1 {
			c.add(c.g.push(x.under, lit(x.text[1:])))
		} else {
			c.add(x.under)
		}
	case inString:
		s := x.symbol
		var part step
		if s.state, part = stringStep(s.state, b); part == wrong {
			return
		}
		switch {
		case part == closed && s.count >= s.n.min:
			c.add(x.under)
		case part == closed, s.n.max >= 0 && s.count >= s.n.max:
		case part == character:
			s.count = s.n.counted(s.count)
			c.add(c.g.push(x.under, s))
		default:
			c.add(c.g.push(x.under, s))
		}
	case inNumber:
		s := x.symbol
		var ok bool
		if s.state, ok = numberStep(s.state, b, s.n.kind == integerNode); ok {
			c.add(c.g.push(x.under, s))
		}
	}
}

// state returns the state of a closure; nil if nothing is left.
func (g *machine) state(c *closure) *State {
	if len(c.tops) == 0 && !c.done {
		return nil
	}
	slices.SortFunc(c.tops, func(a, b *cell) int { return int(a.id) - int(b.id) })
	key := make([]byte, 1, 1+8*len(c.tops))
	if c.done {
		key[0] = 1
	}
	for _, t := range c.tops {
		key = binary.LittleEndian.AppendUint64(key, t.id)
	}
	if s := g.states[string(key)]; s != nil {
		return s
	}
	if len(g.states)+len(g.cells) > maxShared { // states in use stay as they are
		clear(g.states)
		clear(g.cells)
	}
	s := &State{g: g, tops: c.tops, done: c.done}
	g.states[string(key)] = s
	return s
}

// step returns the state after a byte, nil if it cannot follow. g.mu is held.
func (s *State) step(b byte) *State {
	if n, ok := s.next[b]; ok {
		return n
	}
	c := &closure{g: s.g, seen: make(map[*cell]bool)}
	for _, t := range s.tops {
		c.take(t, b)
	}
	n := s.g.state(c)
	if s.next == nil {
		s.next = make(map[byte]*State)
	}
	s.next[b] = n
	return n
}

// Final tells whether the answer is complete and nothing can follow.
func (s *State) Final() bool { return s == nil || s.done && len(s.tops) == 0 }

// Done tells whether the answer is complete.
func (s *State) Done() bool { return s == nil || s.done }
