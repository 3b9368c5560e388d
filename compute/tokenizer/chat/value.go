package chat

import "fmt"

// A value is what a template computes with:
//
//	undefined  none  bool  int64  float64  number  string  list  *dict  *namespace  *loop  *macro  *bound
//
// Lists and dicts never change once made; a namespace does. The nil value means: argument not given.
type value any

type (
	// undefined is what a missing variable, key or element gives. It holds what was missed, for messages.
	undefined string
	none      struct{}
	// A number is an integer beyond int64, as its decimal digits.
	number string
	list   []value
	// A namespace is the one thing a template may change from inside a loop.
	namespace struct{ dict }
)

// A dict maps strings to values and keeps the order in which keys first came.
type dict struct {
	keys  []string
	vals  []value
	index map[string]int // once there are more than 8 keys
}

func (d *dict) find(key string) int {
	if d.index != nil {
		if i, ok := d.index[key]; ok {
			return i
		}
		return -1
	}
	for i, k := range d.keys {
		if k == key {
			return i
		}
	}
	return -1
}

func (d *dict) get(key string) (value, bool) {
	if i := d.find(key); i >= 0 {
		return d.vals[i], true
	}
	return nil, false
}

func (d *dict) set(key string, v value) {
	if i := d.find(key); i >= 0 {
		d.vals[i] = v
		return
	}
	d.keys, d.vals = append(d.keys, key), append(d.vals, v)
	switch {
	case d.index != nil:
		d.index[key] = len(d.keys) - 1
	case len(d.keys) > 8:
		d.index = make(map[string]int, 2*len(d.keys))
		for i, k := range d.keys {
			d.index[k] = i
		}
	}
}

// items lists the pairs of d as [key, value].
func (d *dict) items() list {
	out := make(list, len(d.keys))
	for i, k := range d.keys {
		out[i] = list{k, d.vals[i]}
	}
	return out
}

func (d *dict) keyList() list {
	out := make(list, len(d.keys))
	for i, k := range d.keys {
		out[i] = k
	}
	return out
}

// A scope holds the variables of a block; names it lacks are looked up in the block around it.
type scope struct {
	vars   dict
	parent *scope
	kept   bool // a macro refers to it: it cannot be used again
}

// keep marks the variables that a macro goes on to see.
func (s *scope) keep() *scope {
	for up := s; up != nil && !up.kept; up = up.parent {
		up.kept = true
	}
	return s
}

// fresh is an empty scope with the parent of s: s itself where it can be.
func (s *scope) fresh() *scope {
	if s.kept {
		return &scope{parent: s.parent}
	}
	s.vars = dict{keys: s.vars.keys[:0], vals: s.vars.vals[:0]}
	return s
}

func (s *scope) lookup(name string) (value, bool) {
	for ; s != nil; s = s.parent {
		if v, ok := s.vars.get(name); ok {
			return v, true
		}
	}
	g, ok := globals[name]
	return g, ok
}

func isUndefined(v value) bool { _, ok := v.(undefined); return ok }

// truth says whether v counts as true: not false, none, undefined, zero or empty.
func truth(v value) bool {
	switch v := v.(type) {
	case nil, undefined, none:
		return false
	case bool:
		return v
	case int64:
		return v != 0
	case float64:
		return v != 0
	case string:
		return v != ""
	case list:
		return len(v) > 0
	case *dict:
		return len(v.keys) > 0
	}
	return true
}

// describe names v in an error message.
func describe(v value) string {
	switch v := v.(type) {
	case undefined:
		return "undefined (" + string(v) + ")"
	case none:
		return "none"
	case bool:
		return "a boolean"
	case int64, number:
		return "an integer"
	case float64:
		return "a float"
	case string:
		return fmt.Sprintf("the string %.20q", v)
	case list:
		return "a list"
	case *dict:
		return "a dict"
	case *namespace:
		return "a namespace"
	case *loop:
		return "the loop variable"
	case *macro, *bound:
		return "a function"
	}
	return "nothing"
}
