package chat

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// convert turns a Go value into a template's value.
func (r *run) convert(v any, depth int) (value, error) {
	if err := r.tooDeep(depth); err != nil {
		return nil, err
	}
	if err := r.step(1); err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case nil:
		return none{}, nil
	case string:
		return strings.ToValidUTF8(v, "\ufffd"), r.room(len(v))
	case bool:
		return v, nil
	case int:
		return int64(v), nil
	case int64:
		return v, nil
	case float64:
		// Decoding JSON into any makes every number a float64; a whole one was an integer.
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int64(v), nil
		}
		return v, nil
	case json.Number:
		return parseNumber(string(v)), nil
	case json.RawMessage:
		return r.decodeJSON(v)
	case []any:
		out := make(list, len(v))
		for i, e := range v {
			var err error
			if out[i], err = r.convert(e, depth+1); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		d := &dict{}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			val, err := r.convert(v[k], depth+1)
			if err != nil {
				return nil, err
			}
			d.set(strings.ToValidUTF8(k, "\ufffd"), val)
		}
		return d, nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return r.decodeJSON(b)
}

// decodeJSON reads one JSON value and keeps what encoding/json drops: the order of keys, the digits of large
// integers, and whether a number was written as an integer.
func (r *run) decodeJSON(data []byte) (value, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	v, err := r.decodeValue(dec, 0)
	if err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("more than one JSON value")
	}
	return v, nil
}

func (r *run) decodeValue(dec *json.Decoder, depth int) (value, error) {
	if err := r.tooDeep(depth); err != nil {
		return nil, err
	}
	if err := r.step(1); err != nil {
		return nil, err
	}
	tok, err := nextToken(dec)
	if err != nil {
		return nil, err
	}
	switch tok := tok.(type) {
	case nil:
		return none{}, nil
	case json.Number:
		return parseNumber(string(tok)), nil
	case json.Delim:
		if tok == '[' {
			out := list{}
			for dec.More() {
				v, err := r.decodeValue(dec, depth+1)
				if err != nil {
					return nil, err
				}
				out = append(out, v)
			}
			_, err = nextToken(dec)
			return out, err
		}
		d := &dict{}
		for dec.More() {
			key, err := nextToken(dec)
			if err != nil {
				return nil, err
			}
			v, err := r.decodeValue(dec, depth+1)
			if err != nil {
				return nil, err
			}
			d.set(key.(string), v)
		}
		_, err = nextToken(dec)
		return d, err
	}
	s, _ := tok.(string)
	return tok, r.room(len(s)) // a string or a bool
}

// nextToken is for where a token must come.
func nextToken(dec *json.Decoder) (json.Token, error) {
	tok, err := dec.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return tok, err
}

// maxDigits bounds the digits of an integer, as Python does; more make a float.
const maxDigits = 4300

// parseNumber reads the digits of a JSON number or of a literal.
func parseNumber(s string) value {
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return i
	}
	if strings.ContainsAny(s, ".eE") || len(s) > maxDigits {
		f, _ := strconv.ParseFloat(s, 64) // out of range: infinite, as in Python
		return f
	}
	return number(s)
}
