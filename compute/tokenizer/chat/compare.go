package chat

import (
	"cmp"
	"fmt"
	"strings"
)

// compare answers a op b.
func (r *run) compare(op string, a, b value) (bool, error) {
	switch op {
	case "==", "!=":
		same, err := r.equal(a, b, 0)
		return same == (op == "=="), err
	case "in":
		return r.contains(b, a)
	case "not in":
		in, err := r.contains(b, a)
		return !in, err
	}
	c, err := r.order(a, b, 0)
	if err != nil {
		return false, err
	}
	switch op {
	case "<":
		return c < 0, nil
	case "<=":
		return c <= 0, nil
	case ">":
		return c > 0, nil
	}
	return c >= 0, nil
}

// equal compares by value; numbers and booleans with one another.
func (r *run) equal(a, b value, depth int) (bool, error) {
	if err := r.tooDeep(depth); err != nil {
		return false, err
	}
	if err := r.step(1); err != nil {
		return false, err
	}
	if isNumber(a) && isNumber(b) {
		if isWhole(a) && isWhole(b) {
			return toInt(a) == toInt(b), nil
		}
		x, xok := a.(number)
		y, yok := b.(number)
		return toFloat(a) == toFloat(b) && (!xok || !yok || x == y), r.scan(len(x) + len(y))
	}
	switch a := a.(type) {
	case undefined:
		return isUndefined(b), nil
	case none:
		_, ok := b.(none)
		return ok, nil
	case string:
		s, ok := b.(string)
		if !ok || len(a) != len(s) {
			return false, nil
		}
		return a == s, r.scan(len(a))
	case list:
		l, ok := b.(list)
		if !ok || len(a) != len(l) {
			return false, nil
		}
		for i := range a {
			if same, err := r.equal(a[i], l[i], depth+1); !same || err != nil {
				return false, err
			}
		}
		return true, nil
	case *dict:
		d, ok := b.(*dict)
		if !ok || len(a.keys) != len(d.keys) {
			return false, nil
		}
		for i, k := range a.keys {
			v, ok := d.get(k)
			if !ok {
				return false, nil
			}
			if same, err := r.equal(a.vals[i], v, depth+1); !same || err != nil {
				return false, err
			}
		}
		return true, nil
	case *namespace, *loop, *macro:
		return a == b, nil
	}
	return false, nil
}

// order is negative, zero or positive as a comes before, with or after b.
func (r *run) order(a, b value, depth int) (int, error) {
	if err := r.tooDeep(depth); err != nil {
		return 0, err
	}
	if isNumber(a) && isNumber(b) {
		if isWhole(a) && isWhole(b) {
			return cmp.Compare(toInt(a), toInt(b)), r.step(1)
		}
		return cmp.Compare(toFloat(a), toFloat(b)), r.step(1)
	}
	switch a := a.(type) {
	case string:
		if s, ok := b.(string); ok {
			return strings.Compare(a, s), r.scan(min(len(a), len(s)))
		}
	case list:
		if l, ok := b.(list); ok {
			for i := range min(len(a), len(l)) {
				if c, err := r.order(a[i], l[i], depth+1); c != 0 || err != nil {
					return c, err
				}
			}
			return cmp.Compare(len(a), len(l)), nil
		}
	}
	return 0, fmt.Errorf("%s and %s have no order", describe(a), describe(b))
}

// contains answers "item in v".
func (r *run) contains(v, item value) (bool, error) {
	switch v := v.(type) {
	case undefined:
		return false, nil
	case string:
		switch item := item.(type) {
		case undefined:
			return false, nil
		case string:
			return strings.Contains(v, item), r.scan(len(v))
		}
	case list:
		for _, e := range v {
			if same, err := r.equal(e, item, 0); same || err != nil {
				return same, err
			}
		}
		return false, nil
	case *dict:
		key, ok := item.(string)
		if ok {
			_, ok = v.get(key)
		}
		return ok, r.scan(len(key))
	}
	return false, fmt.Errorf("'in' does not work with %s and %s", describe(item), describe(v))
}
