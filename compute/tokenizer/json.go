package tokenizer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// A scan walks JSON text once, without building a tree: a tokenizer.json holds a
// vocabulary and merges of some 100 000 entries each, which this reads in place.
// Small parts are cut out with raw and left to encoding/json.
type scan struct {
	b []byte
	i int
}

var errEnd = errors.New("unexpected end of JSON")

// peek skips white space and returns the next byte without consuming it.
func (s *scan) peek() (byte, error) {
	for ; s.i < len(s.b); s.i++ {
		switch c := s.b[s.i]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c, nil
		}
	}
	return 0, errEnd
}

// take consumes c, or fails.
func (s *scan) take(c byte) error {
	got, err := s.peek()
	if err != nil {
		return err
	}
	if got != c {
		return fmt.Errorf("JSON at byte %d: want %q, got %q", s.i, c, got)
	}
	s.i++
	return nil
}

// list reads what stands between open and shut, calling each before every element.
func (s *scan) list(open, shut byte, each func() error) error {
	if err := s.take(open); err != nil {
		return err
	}
	for first := true; ; first = false {
		c, err := s.peek()
		if err != nil {
			return err
		}
		if c == shut && first {
			s.i++
			return nil
		}
		if err := each(); err != nil {
			return err
		}
		if c, err = s.peek(); err != nil {
			return err
		}
		s.i++
		if c == shut {
			return nil
		}
		if c != ',' {
			return fmt.Errorf("JSON at byte %d: want ',' or %q, got %q", s.i-1, shut, c)
		}
	}
}

// object calls each for every key, with the scan standing before the value.
func (s *scan) object(each func(key []byte) error) error {
	return s.list('{', '}', func() error {
		key, err := s.text()
		if err != nil {
			return err
		}
		if err := s.take(':'); err != nil {
			return err
		}
		return each(key)
	})
}

// array calls each with the scan standing before every element.
func (s *scan) array(each func() error) error { return s.list('[', ']', each) }

// text reads a string. The result may alias the input; it is valid UTF-8 if the input is.
func (s *scan) text() ([]byte, error) {
	if err := s.take('"'); err != nil {
		return nil, err
	}
	start := s.i
	for ; s.i < len(s.b); s.i++ {
		switch c := s.b[s.i]; {
		case c == '"':
			s.i++
			return s.b[start : s.i-1], nil
		case c == '\\':
			return s.escaped(start)
		case c < ' ':
			return nil, fmt.Errorf("JSON at byte %d: control character in a string", s.i)
		}
	}
	return nil, errEnd
}

// escaped ends a string that has escapes; start is its first byte. Half a surrogate
// pair becomes U+FFFD, as in encoding/json.
func (s *scan) escaped(start int) ([]byte, error) {
	for s.i < len(s.b) && s.b[s.i] != '"' {
		if s.b[s.i] == '\\' {
			s.i++
		}
		s.i++
	}
	if s.i >= len(s.b) {
		return nil, errEnd
	}
	s.i++
	lit := s.b[start-1 : s.i]
	var out string
	if err := json.Unmarshal(lit, &out); err != nil {
		return nil, fmt.Errorf("JSON at byte %d: %w", start, err)
	}
	return []byte(out), nil
}

// int reads a whole number.
func (s *scan) int() (int64, error) {
	if _, err := s.peek(); err != nil {
		return 0, err
	}
	start := s.i
	for s.i < len(s.b) && (s.b[s.i] == '-' || s.b[s.i] >= '0' && s.b[s.i] <= '9') {
		s.i++
	}
	v, err := strconv.ParseInt(string(s.b[start:s.i]), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("JSON at byte %d: want a whole number", start)
	}
	return v, nil
}

// raw cuts out one valid value of any kind.
func (s *scan) raw() (json.RawMessage, error) {
	c, err := s.peek()
	if err != nil {
		return nil, err
	}
	start, depth := s.i, 0
	for {
		switch c {
		case '{', '[':
			depth++
			s.i++
		case '}', ']':
			depth--
			s.i++
		case '"':
			if _, err := s.text(); err != nil {
				return nil, err
			}
		case ',', ':':
			s.i++
		default: // number, true, false, null
			at := s.i
			for s.i < len(s.b) && bytes.IndexByte([]byte(" \t\r\n,:{}[]\""), s.b[s.i]) < 0 {
				s.i++
			}
			if at == s.i {
				return nil, errEnd
			}
		}
		if depth <= 0 {
			v := s.b[start:s.i]
			if !json.Valid(v) {
				return nil, fmt.Errorf("JSON at byte %d: not a JSON value", start)
			}
			return v, nil
		}
		if c, err = s.peek(); err != nil {
			return nil, err
		}
	}
}

// end fails unless only white space is left.
func (s *scan) end() error {
	if c, err := s.peek(); err == nil {
		return fmt.Errorf("JSON at byte %d: %q after the end", s.i, c)
	}
	return nil
}

// component decodes a part of the file whose "type" must be one of those known.
func component(raw json.RawMessage, v any, known ...string) error {
	var part struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(raw, &part); err != nil {
		return err
	}
	if !slices.Contains(known, part.Type) {
		return fmt.Errorf("type %q is not supported", part.Type)
	}
	if err := strict(raw, v); err != nil {
		return fmt.Errorf("%s: %w", part.Type, err)
	}
	return nil
}

// strict decodes one small JSON value; a field that v does not have is an error
// that names it, so that no setting is ever ignored silently.
func strict(raw json.RawMessage, v any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	return d.Decode(v)
}
