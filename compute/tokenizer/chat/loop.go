package chat

import "fmt"

// A loop is the variable 'loop' of a for statement.
type loop struct {
	items list
	i     int
}

var loopFields = []string{
	"index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem",
}

// field is loop.name, or nil. previtem and nextitem are undefined at the ends.
func (l *loop) field(name string) value {
	n := len(l.items)
	switch name {
	case "index":
		return int64(l.i + 1)
	case "index0":
		return int64(l.i)
	case "revindex":
		return int64(n - l.i)
	case "revindex0":
		return int64(n - l.i - 1)
	case "first":
		return l.i == 0
	case "last":
		return l.i == n-1
	case "length":
		return int64(n)
	case "previtem":
		if l.i > 0 {
			return l.items[l.i-1]
		}
	case "nextitem":
		if l.i < n-1 {
			return l.items[l.i+1]
		}
	}
	return nil
}

func (l *loop) dict() *dict {
	d := &dict{}
	for _, name := range loopFields {
		if v := l.field(name); v != nil {
			d.set(name, v)
		}
	}
	return d
}

func (s *forStmt) exec(r *run, sc *scope) error {
	items, err := s.items(r, sc)
	if err != nil {
		return at(s.line, err)
	}
	if len(items) == 0 {
		return r.exec(s.other, sc)
	}
	l, pass := &loop{items: items}, &scope{parent: sc}
	for l.i = range items {
		if err := r.step(2); err != nil { // what the pass itself costs, even with nothing in it
			return at(s.line, err)
		}
		pass = pass.fresh()
		pass.vars.set("loop", l)
		if err := s.target.assign(r, pass, items[l.i]); err != nil {
			return at(s.line, err)
		}
		start, spans := len(r.out), len(r.spans)
		err := r.exec(s.body, pass)
		if err == errBreak || err == errContinue {
			r.out, r.spans = r.out[:start], r.spans[:spans] // see dialect.go
			if err == errBreak {
				return nil
			}
		} else if err != nil {
			return at(s.line, err)
		}
	}
	return nil
}

// items are what the loop goes over, those that its condition leaves out not counted.
func (s *forStmt) items(r *run, sc *scope) (list, error) {
	v, err := r.eval(s.iter, sc)
	if err != nil {
		return nil, err
	}
	if _, ok := v.(string); ok {
		return nil, fmt.Errorf("cannot loop over %s: a list is expected here", describe(v))
	}
	all, err := r.elements(v)
	if err != nil || s.cond == nil {
		return all, err
	}
	var kept list
	pass := &scope{parent: sc}
	for _, item := range all {
		pass = pass.fresh()
		if err := s.target.assign(r, pass, item); err != nil {
			return nil, err
		}
		ok, err := r.eval(s.cond, pass)
		if err != nil {
			return nil, err
		}
		if truth(ok) {
			kept = append(kept, item)
		}
	}
	return kept, r.allocEach(len(kept), valueSize)
}
