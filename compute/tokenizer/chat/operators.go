package chat

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// binary applies an arithmetic operator.
func (r *run) binary(op string, a, b value) (value, error) {
	switch op {
	case "~":
		x, err := r.str(a)
		if err != nil {
			return nil, err
		}
		y, err := r.str(b)
		if err != nil {
			return nil, err
		}
		return r.concat(x, y)
	case "+":
		return r.add(a, b)
	case "*":
		if n, ok := b.(int64); ok {
			if v, ok, err := r.repeat(a, n); ok {
				return v, err
			}
		}
		if n, ok := a.(int64); ok {
			if v, ok, err := r.repeat(b, n); ok {
				return v, err
			}
		}
	}
	return r.arithmetic(op, a, b)
}

func (r *run) concat(a, b string) (value, error) {
	if err := r.allocText(len(a) + len(b)); err != nil {
		return nil, err
	}
	return a + b, nil
}

func (r *run) add(a, b value) (value, error) {
	x, xs := a.(string)
	y, ys := b.(string)
	if xs && ys {
		return r.concat(x, y)
	}
	if la, ok := a.(list); ok {
		if lb, ok := b.(list); ok {
			if err := r.allocEach(len(la)+len(lb), valueSize); err != nil {
				return nil, err
			}
			return append(append(make(list, 0, len(la)+len(lb)), la...), lb...), nil
		}
	}
	if !xs && !ys {
		return r.arithmetic("+", a, b)
	}
	var err error
	if !xs {
		x, err = r.addend(a)
	} else {
		y, err = r.addend(b)
	}
	if err != nil {
		return nil, err
	}
	return r.concat(x, y)
}

// repeat is v * n for a string or list; ok says that v is one.
func (r *run) repeat(v value, n int64) (_ value, ok bool, err error) {
	n = max(0, min(n, int64(r.limits.Memory)+1))
	switch v := v.(type) {
	case string:
		if v == "" {
			return v, true, nil
		}
		if err := r.allocText(int(min(n, int64(r.limits.Output)+1)) * len(v)); err != nil {
			return nil, true, err
		}
		return strings.Repeat(v, int(n)), true, nil
	case list:
		if len(v) == 0 {
			return v, true, nil
		}
		if err := r.allocEach(int(n), valueSize*len(v)); err != nil {
			return nil, true, err
		}
		out := make(list, 0, int(n)*len(v))
		for range n {
			out = append(out, v...)
		}
		return out, true, nil
	}
	return nil, false, nil
}

func isNumber(v value) bool {
	switch v.(type) {
	case bool, int64, float64, number:
		return true
	}
	return false
}

// toInt is the value of a bool or an int64.
func toInt(v value) int64 {
	switch v := v.(type) {
	case int64:
		return v
	case bool:
		if v {
			return 1
		}
	}
	return 0
}

func toFloat(v value) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case number:
		f, _ := strconv.ParseFloat(string(v), 64)
		return f
	}
	return float64(toInt(v))
}

func isWhole(v value) bool {
	switch v.(type) {
	case bool, int64:
		return true
	}
	return false
}

// arithmetic works on numbers as Python does; integers that would overflow become floats.
func (r *run) arithmetic(op string, a, b value) (value, error) {
	if !isNumber(a) || !isNumber(b) {
		return nil, fmt.Errorf("'%s' does not work with %s and %s", op, describe(a), describe(b))
	}
	x, y := toFloat(a), toFloat(b)
	if y == 0 && (op == "/" || op == "//" || op == "%") {
		return nil, fmt.Errorf("division by zero")
	}
	var f float64
	switch op {
	case "+":
		f = x + y
	case "-":
		f = x - y
	case "*":
		f = x * y
	case "/":
		return x / y, nil
	case "//":
		f = math.Floor(x / y)
	case "%":
		if f = math.Mod(x, y); f != 0 && (f < 0) != (y < 0) {
			f += y
		}
	case "**":
		f = math.Pow(x, y)
	}
	if isWhole(a) && isWhole(b) && math.Abs(f) < 9.2e18 { // 2^63 is 9.223e18
		return wholeArithmetic(op, toInt(a), toInt(b), f), nil
	}
	return f, nil
}

// wholeArithmetic is x op y for integers whose result f, as a float, shows that nothing overflows.
func wholeArithmetic(op string, x, y int64, f float64) value {
	switch op {
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	case "**":
		if y < 0 {
			return f
		}
		if math.Abs(f) < 1<<53 {
			return int64(f)
		}
		z := int64(1)
		for range y { // less than 63, as |x| is 2 or more
			z *= x
		}
		return z
	}
	q, m := x/y, x%y
	if m != 0 && (m < 0) != (y < 0) {
		q, m = q-1, m+y
	}
	if op == "%" {
		return m
	}
	return q
}
