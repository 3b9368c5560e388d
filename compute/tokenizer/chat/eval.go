package chat

import (
	"fmt"
	"math"
)

// eval evaluates x: it pays a step, and bounds how deep expressions nest at run time, macros included.
func (r *run) eval(x expr, sc *scope) (value, error) {
	if err := r.enter(); err != nil {
		return nil, err
	}
	v, err := x.eval(r, sc)
	r.depth--
	return v, err
}

func (r *run) enter() error {
	if r.depth >= 20*r.limits.Nesting {
		return &LimitError{"Nesting", r.limits.Nesting}
	}
	r.depth++
	return r.step(1)
}

func (x *literal) eval(*run, *scope) (value, error) { return x.v, nil }

func (x *nameExpr) eval(_ *run, sc *scope) (value, error) {
	if v, ok := sc.lookup(x.name); ok {
		return v, nil
	}
	return x.none, nil
}

func (x *listExpr) eval(r *run, sc *scope) (value, error) {
	out := make(list, len(x.elems))
	for i, e := range x.elems {
		var err error
		if out[i], err = r.eval(e, sc); err != nil {
			return nil, err
		}
	}
	return out, r.alloc(valueSize * len(out))
}

func (x *dictExpr) eval(r *run, sc *scope) (value, error) {
	d := &dict{}
	for i := range x.keys {
		k, err := r.eval(x.keys[i], sc)
		if err != nil {
			return nil, err
		}
		key, ok := k.(string)
		if !ok {
			return nil, fmt.Errorf("the keys of a dict are strings, not %s", describe(k))
		}
		v, err := r.eval(x.vals[i], sc)
		if err != nil {
			return nil, err
		}
		if err := r.scan(len(key)); err != nil {
			return nil, err
		}
		d.set(key, v)
	}
	return d, r.alloc(entrySize * len(d.keys))
}

// What an element of a list and an entry of a dict are taken to cost, in bytes.
const (
	valueSize = 32
	entrySize = 96
)

func (x *notExpr) eval(r *run, sc *scope) (value, error) {
	v, err := r.eval(x.x, sc)
	return !truth(v), err
}

func (x *logicExpr) eval(r *run, sc *scope) (value, error) {
	a, err := r.eval(x.a, sc)
	if err != nil || truth(a) == x.or {
		return a, err
	}
	return r.eval(x.b, sc)
}

func (x *condExpr) eval(r *run, sc *scope) (value, error) {
	test, err := r.eval(x.test, sc)
	switch {
	case err != nil:
		return nil, err
	case truth(test):
		return r.eval(x.then, sc)
	case x.other != nil:
		return r.eval(x.other, sc)
	}
	return undefined("an 'if' without 'else'"), nil
}

func (x *unaryExpr) eval(r *run, sc *scope) (value, error) {
	v, err := r.eval(x.x, sc)
	if err != nil {
		return nil, err
	}
	if i, ok := v.(int64); ok && x.op == "-" && i != math.MinInt64 {
		return -i, nil
	}
	return r.arithmetic(x.op, int64(0), v)
}

func (x *binaryExpr) eval(r *run, sc *scope) (value, error) {
	a, err := r.eval(x.a, sc)
	if err != nil {
		return nil, err
	}
	b, err := r.eval(x.b, sc)
	if err != nil {
		return nil, err
	}
	return r.binary(x.op, a, b)
}

func (x *compareExpr) eval(r *run, sc *scope) (value, error) {
	a, err := r.eval(x.first, sc)
	if err != nil {
		return nil, err
	}
	for i, op := range x.ops {
		b, err := r.eval(x.rest[i], sc)
		if err != nil {
			return nil, err
		}
		ok, err := r.compare(op, a, b)
		if err != nil || !ok {
			return false, err
		}
		a = b
	}
	return true, nil
}

func (x *attrExpr) eval(r *run, sc *scope) (value, error) {
	v, err := r.eval(x.x, sc)
	if err != nil {
		return nil, err
	}
	got, err := r.member(v, x.name)
	if got == nil && err == nil {
		if got = method(v, x.name); got == nil {
			got = x.none
		}
	}
	return got, err
}

// member is the field or key of v called name, or nil.
func (r *run) member(v value, name string) (value, error) {
	switch v := v.(type) {
	case *dict:
		got, _ := v.get(name)
		return got, r.scan(len(name))
	case *namespace:
		got, _ := v.get(name)
		return got, r.scan(len(name))
	case *loop:
		return v.field(name), nil
	case string:
		if name == "length" {
			return length(v), r.scan(len(v))
		}
	case list:
		if name == "length" {
			return length(v), nil
		}
	}
	return nil, nil
}

func (x *indexExpr) eval(r *run, sc *scope) (value, error) {
	v, err := r.eval(x.x, sc)
	if err != nil {
		return nil, err
	}
	key, err := r.eval(x.key, sc)
	if err != nil {
		return nil, err
	}
	var got value
	switch k := key.(type) {
	case string:
		if got, err = r.member(v, k); err != nil {
			return nil, err
		}
		if got == nil {
			got = method(v, k)
		}
	case int64, bool:
		i := toInt(k)
		switch v := v.(type) {
		case list:
			if i < 0 {
				i += int64(len(v))
			}
			if i >= 0 && i < int64(len(v)) {
				got = v[i]
			}
		case string:
			if err := r.scan(len(v)); err != nil {
				return nil, err
			}
			if s, ok := runeAt(v, i); ok {
				got = s
			}
		}
	}
	if got == nil {
		got = undefined("an element")
	}
	return got, nil
}

func (x *sliceExpr) eval(r *run, sc *scope) (value, error) {
	v, err := r.eval(x.x, sc)
	if err != nil {
		return nil, err
	}
	var bounds [3]*int64
	for i, part := range []expr{x.lo, x.hi, x.step} {
		if part == nil {
			continue
		}
		b, err := r.eval(part, sc)
		if err != nil {
			return nil, err
		}
		switch b := b.(type) {
		case none, undefined:
		case int64:
			bounds[i] = &b
		default:
			return nil, fmt.Errorf("the bounds of a slice are integers, not %s", describe(b))
		}
	}
	return r.slice(v, bounds[0], bounds[1], bounds[2])
}

func (x *testExpr) eval(r *run, sc *scope) (value, error) {
	v, err := r.eval(x.x, sc)
	if err != nil {
		return nil, err
	}
	args, err := r.evalArgs(&x.args, sc)
	if err != nil {
		return nil, err
	}
	return r.test(x.name, v, args)
}

func (x *filterExpr) eval(r *run, sc *scope) (value, error) {
	v, err := r.eval(x.x, sc)
	if err != nil {
		return nil, err
	}
	return x.apply(r, sc, v)
}

func (x *filterExpr) apply(r *run, sc *scope, v value) (value, error) {
	args, err := r.evalArgs(&x.args, sc)
	if err != nil {
		return nil, err
	}
	return r.filter(x.name, v, args)
}
