package llama

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"math"
)

// fields are the members of a JSON object. The first error sticks; null is the
// same as absent.
type fields struct {
	m   map[string]json.RawMessage
	err error
}

func keys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// list reads a field of any form into v, which stays as it is if the field is
// absent.
func (f *fields) list(name string, v any) {
	raw, ok := f.m[name]
	if !ok || string(raw) == "null" {
		return
	}
	if err := json.Unmarshal(raw, v); err != nil && f.err == nil {
		f.err = fmt.Errorf("%s: %w", name, err)
	}
}

// value returns a field as encoding/json sees it, nil if it is absent.
func (f *fields) value(name string) (v any) {
	f.list(name, &v)
	return v
}

func (f *fields) text(name, otherwise string) string {
	f.list(name, &otherwise)
	return otherwise
}

func (f *fields) flag(name string, otherwise bool) bool {
	f.list(name, &otherwise)
	return otherwise
}

func (f *fields) number(name string, otherwise float64) float64 {
	f.list(name, &otherwise)
	return otherwise
}

// count returns an integer from 0 on.
func (f *fields) count(name string, otherwise int) int {
	x := f.number(name, float64(otherwise))
	if x != math.Trunc(x) || x < 0 || x > maxSize {
		if x != float64(otherwise) && f.err == nil {
			f.err = fmt.Errorf("%s %g is not a size from 0 to %d", name, x, maxSize)
		}
		return otherwise
	}
	return int(x)
}

// size returns an integer from 1 on; otherwise may be -1, none, or 0, which is
// an error.
func (f *fields) size(name string, otherwise int) int {
	n := f.count(name, otherwise)
	if n == 0 && f.err == nil {
		f.err = fmt.Errorf("%s is missing or 0", name)
	}
	return n
}

// tokens returns a token id or a list of them.
func (f *fields) tokens(name string) []int32 {
	var one int32
	if raw, ok := f.m[name]; ok && string(raw) != "null" && json.Unmarshal(raw, &one) == nil {
		return []int32{one}
	}
	var all []int32
	f.list(name, &all)
	return all
}
