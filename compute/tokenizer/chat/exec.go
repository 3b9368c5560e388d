package chat

import "fmt"

// scopeSize is what a macro and the variables it keeps alive are taken to cost, in bytes.
const scopeSize = 512

// exec runs statements in order.
func (r *run) exec(body []stmt, sc *scope) error {
	for _, s := range body {
		if err := r.step(1); err != nil {
			return err
		}
		if err := s.exec(r, sc); err != nil {
			return err
		}
	}
	return nil
}

// capture runs statements and returns what they wrote instead of writing it.
func (r *run) capture(body []stmt, sc *scope) (string, error) {
	start := len(r.out)
	r.captures++
	err := r.exec(body, sc)
	r.captures--
	text := string(r.out[start:])
	r.out = r.out[:start]
	if err != nil {
		return "", err
	}
	return text, r.alloc(len(text))
}

// captureFiltered also runs what was captured through filters.
func (r *run) captureFiltered(body []stmt, filters []*filterExpr, sc *scope) (value, error) {
	text, err := r.capture(body, &scope{parent: sc})
	if err != nil {
		return nil, err
	}
	var v value = text
	for _, f := range filters {
		if v, err = f.apply(r, sc, v); err != nil {
			return nil, err
		}
	}
	return v, nil
}

func (s *textStmt) exec(r *run, _ *scope) error { return r.write(s.text) }

func (s *outputStmt) exec(r *run, sc *scope) error {
	v, err := r.eval(s.x, sc)
	if err == nil {
		err = r.output(v)
	}
	return at(s.line, err)
}

func (r *run) output(v value) error {
	text, err := r.print(v)
	if err != nil {
		return err
	}
	return r.write(text)
}

func (s *ifStmt) exec(r *run, sc *scope) error {
	for i, test := range s.tests {
		v, err := r.eval(test, sc)
		if err != nil {
			return at(s.line, err)
		}
		if truth(v) {
			return r.exec(s.bodies[i], sc)
		}
	}
	if len(s.bodies) > len(s.tests) {
		return r.exec(s.bodies[len(s.tests)], sc)
	}
	return nil
}

func (s *setStmt) exec(r *run, sc *scope) error {
	v, err := r.eval(s.x, sc)
	if err == nil {
		err = s.target.assign(r, sc, v)
	}
	return at(s.line, err)
}

func (s *setBlock) exec(r *run, sc *scope) error {
	v, err := r.captureFiltered(s.body, s.filters, sc)
	if err == nil {
		err = s.target.assign(r, sc, v)
	}
	return at(s.line, err)
}

func (s *filterStmt) exec(r *run, sc *scope) error {
	v, err := r.captureFiltered(s.body, s.filters, sc)
	if err == nil {
		err = r.output(v)
	}
	return at(s.line, err)
}

func (s *withStmt) exec(r *run, sc *scope) error {
	inner := &scope{parent: sc}
	for i, name := range s.names {
		v, err := r.eval(s.vals[i], sc)
		if err != nil {
			return at(s.line, err)
		}
		inner.vars.set(name, v)
	}
	return r.exec(s.body, inner)
}

func (s *generationStmt) exec(r *run, sc *scope) error {
	start := len(r.out)
	err := r.exec(s.body, &scope{parent: sc})
	if err == nil && r.captures == 0 && len(r.out) > start {
		r.spans = append(r.spans, Span{start, len(r.out)})
	}
	return err
}

func (s *jumpStmt) exec(*run, *scope) error { return s.err }

func (s *macroStmt) exec(r *run, sc *scope) error {
	sc.vars.set(s.def.name, &macro{s.def, sc.keep()})
	return r.alloc(scopeSize)
}

func (s *callStmt) exec(r *run, sc *scope) error {
	fn, args, err := r.evalCall(s.call, sc)
	if err == nil {
		args.names, args.named = append(args.names, "caller"), append(args.named, &macro{s.caller, sc.keep()})
		var v value
		if v, err = r.call(fn, args); err == nil {
			err = r.output(v)
		}
	}
	return at(s.line, err)
}

func (t nameTarget) assign(_ *run, sc *scope, v value) error {
	sc.vars.set(string(t), v)
	return nil
}

func (t attrTarget) assign(r *run, sc *scope, v value) error {
	x, err := r.eval(t.x, sc)
	if err != nil {
		return err
	}
	ns, ok := x.(*namespace)
	if !ok {
		return fmt.Errorf("only a namespace takes 'set x.%s', not %s", t.name, describe(x))
	}
	ns.set(t.name, v)
	return nil
}

func (t tupleTarget) assign(r *run, sc *scope, v value) error {
	l, ok := v.(list)
	if !ok {
		return fmt.Errorf("cannot unpack %s into %d variables", describe(v), len(t))
	}
	if len(l) != len(t) {
		return fmt.Errorf("cannot unpack a list of %d into %d variables", len(l), len(t))
	}
	for i := range t {
		if err := t[i].assign(r, sc, l[i]); err != nil {
			return err
		}
	}
	return nil
}
