package chat

import (
	"fmt"
	"slices"
)

// args are the values of a call's arguments.
type args struct {
	pos   list
	names []string
	named list
}

func (a *args) find(name string) (value, bool) {
	if i := slices.Index(a.names, name); i >= 0 {
		return a.named[i], true
	}
	return nil, false
}

// A builtin is a filter, test, method or function of the language.
type builtin struct {
	params []string // what may be given, by place or by name
	run    func(r *run, in value, p []value) (value, error)

	// Instead of run, where any arguments are taken.
	runAll func(r *run, in value, a args) (value, error)
}

// A bound is a builtin as a value: a global function, or a method with the value it belongs to.
type bound struct {
	name string
	in   value
	fn   *builtin
}

// A macro is a macroDef with the variables around it.
type macro struct {
	def   *macroDef
	scope *scope
}

// apply binds arguments to parameters: p has one value for each, nil where not given.
func (b *builtin) apply(r *run, name string, in value, a args) (value, error) {
	if b.runAll != nil {
		return b.runAll(r, in, a)
	}
	if len(a.pos) > len(b.params) {
		return nil, fmt.Errorf("%s takes not more than %d arguments, got %d", name, len(b.params), len(a.pos))
	}
	var space [4]value // no builtin has more parameters
	p := space[:len(b.params)]
	copy(p, a.pos)
	for i, n := range a.names {
		param := slices.Index(b.params, n)
		if param < 0 {
			return nil, fmt.Errorf("%s takes no argument '%s'", name, n)
		}
		if p[param] != nil {
			return nil, fmt.Errorf("%s got its argument '%s' twice", name, n)
		}
		p[param] = a.named[i]
	}
	v, err := b.run(r, in, p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return v, nil
}

func (r *run) evalArgs(src *arguments, sc *scope) (a args, err error) {
	for _, arg := range src.pos {
		v, err := r.eval(arg.x, sc)
		if err != nil {
			return a, err
		}
		if !arg.spread {
			a.pos = append(a.pos, v)
			continue
		}
		l, ok := v.(list)
		if !ok && !isUndefined(v) {
			return a, fmt.Errorf("only a list can be spread with '*', not %s", describe(v))
		}
		if err := r.allocEach(len(l), valueSize); err != nil {
			return a, err
		}
		a.pos = append(a.pos, l...)
	}
	for _, arg := range src.kw {
		v, err := r.eval(arg.x, sc)
		if err != nil {
			return a, err
		}
		names, vals := []string{arg.name}, list{v}
		if arg.spread {
			d, ok := v.(*dict)
			if !ok {
				return a, fmt.Errorf("only a dict can be spread with '**', not %s", describe(v))
			}
			names, vals = d.keys, d.vals
			if err := r.allocEach(len(names)+len(a.names), entrySize); err != nil {
				return a, err
			}
		}
		for i, name := range names {
			if err := r.step(1 + len(a.names)/8); err != nil {
				return a, err
			}
			if _, dup := a.find(name); dup {
				return a, fmt.Errorf("the argument '%s' comes twice", name)
			}
			a.names, a.named = append(a.names, name), append(a.named, vals[i])
		}
	}
	return a, nil
}

func (x *callExpr) eval(r *run, sc *scope) (value, error) {
	fn, a, err := r.evalCall(x, sc)
	if err != nil {
		return nil, err
	}
	return r.call(fn, a)
}

// evalCall evaluates what is called and its arguments. In x.name(…) a method comes before a key of that name.
func (r *run) evalCall(x *callExpr, sc *scope) (fn value, a args, err error) {
	if attr, ok := x.fn.(*attrExpr); ok {
		var v value
		if v, err = r.eval(attr.x, sc); err != nil {
			return nil, a, err
		}
		if m := method(v, attr.name); m != nil {
			fn = m
		} else if fn, err = r.member(v, attr.name); fn == nil && err == nil {
			err = noMethod(v, attr.name)
		}
		if err != nil {
			return nil, a, err
		}
	} else if fn, err = r.eval(x.fn, sc); err != nil {
		return nil, a, err
	}
	a, err = r.evalArgs(&x.args, sc)
	return fn, a, err
}

func (r *run) call(fn value, a args) (value, error) {
	switch fn := fn.(type) {
	case *bound:
		return fn.fn.apply(r, fn.name, fn.in, a)
	case *macro:
		return r.callMacro(fn, a)
	}
	return nil, fmt.Errorf("cannot call %s", describe(fn))
}

// callMacro runs a macro; its value is the text it writes.
func (r *run) callMacro(m *macro, a args) (value, error) {
	if err := r.tooDeep(r.calls + 1); err != nil {
		return nil, err
	}
	r.calls++
	defer func() { r.calls-- }()
	sc := &scope{parent: m.scope}
	if err := m.def.bind(r, sc, a); err != nil {
		return nil, err
	}
	text, err := r.capture(m.def.body, sc)
	if err != nil {
		return nil, at(m.def.line, err)
	}
	return text, nil
}

// bind gives a macro's parameters their values, and what is left over to varargs, kwargs and caller.
func (d *macroDef) bind(r *run, sc *scope, a args) error {
	title := "the body of the call block"
	if d.name != "" {
		title = "macro '" + d.name + "'"
	}
	given := min(len(a.pos), len(d.params))
	for i, name := range d.params[:given] {
		sc.vars.set(name, a.pos[i])
	}
	rest := &dict{}
	caller := value(undefined("caller"))
	for i, name := range a.names {
		param := slices.Index(d.params, name)
		switch {
		case param >= given:
			sc.vars.set(name, a.named[i])
		case param < 0 && name == "caller":
			caller = a.named[i]
		case param < 0 && d.uses["kwargs"]:
			rest.set(name, a.named[i])
		default:
			return fmt.Errorf("%s takes no keyword argument '%s'", title, name)
		}
	}
	if len(a.pos) > len(d.params) && !d.uses["varargs"] {
		return fmt.Errorf("%s takes not more than %d argument(s)", title, len(d.params))
	}
	if d.uses["varargs"] {
		sc.vars.set("varargs", a.pos[given:])
	}
	if d.uses["kwargs"] {
		sc.vars.set("kwargs", rest)
	}
	if d.name != "" && d.uses["caller"] {
		sc.vars.set("caller", caller)
	}
	for i, name := range d.params[given:] {
		if sc.vars.find(name) >= 0 {
			continue
		}
		v := value(undefined(name))
		if def := given + i - (len(d.params) - len(d.defaults)); def >= 0 {
			var err error
			if v, err = r.eval(d.defaults[def], sc); err != nil {
				return err
			}
		}
		sc.vars.set(name, v)
	}
	return nil
}
