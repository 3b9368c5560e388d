package safetensors

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"
)

// MaxHeader bounds the header, as all readers of the format do.
const MaxHeader = 100_000_000

// metadataKey is the one member of a header that is not a tensor.
const metadataKey = "__metadata__"

// An extent is where a tensor lies in the data.
type extent struct{ begin, end int }

// parseHeader reads a header and hands out data to its tensors, in file order.
func parseHeader(header, data []byte) ([]Tensor, map[string]string, error) {
	s := &scanner{b: header}
	var meta map[string]string
	guess := len(header) / 128 // an entry of a model or an adapter has about as many bytes
	tensors, extents := make([]Tensor, 0, guess), make([]extent, 0, guess)
	if len(header) == 0 || header[0] != '{' {
		s.fail("the header does not begin with {")
	}
	s.members(func(key string) {
		if key == metadataKey {
			if meta != nil {
				s.fail("%s stands twice", metadataKey)
			}
			meta = s.metadata()
			return
		}
		t, e := s.tensor(key)
		tensors, extents = append(tensors, t), append(extents, e)
	})
	s.space()
	if s.err == nil && s.i < len(header) {
		s.fail("unexpected %q after the header", header[s.i])
	}
	if s.err != nil {
		return nil, nil, s.err
	}
	tensors, err := place(tensors, extents, data)
	return tensors, meta, err
}

// place checks that the extents cover data without gap or overlap, and gives
// each tensor its part.
func place(tensors []Tensor, extents []extent, data []byte) ([]Tensor, error) {
	order := make([]int, len(tensors))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		if c := cmp.Or(cmp.Compare(extents[i].begin, extents[j].begin), cmp.Compare(extents[i].end, extents[j].end)); c != 0 {
			return c
		}
		return cmp.Compare(tensors[i].Name, tensors[j].Name)
	})
	out := make([]Tensor, 0, len(tensors))
	end := 0
	for _, i := range order {
		t, e := tensors[i], extents[i]
		want, err := t.bytes()
		switch {
		case err != nil:
			return nil, fmt.Errorf("tensor %q: %w", t.Name, err)
		case e.begin != end:
			return nil, fmt.Errorf("tensor %q begins at byte %d of the data, but the one before it ends at %d", t.Name, e.begin, end)
		case e.end < e.begin || e.end-e.begin != want:
			return nil, fmt.Errorf("tensor %q has the bytes %d to %d, but %v%v needs %d", t.Name, e.begin, e.end, t.DType, t.Shape, want)
		case e.end > len(data):
			return nil, fmt.Errorf("tensor %q ends at byte %d, but there are %d bytes of data: the file is truncated", t.Name, e.end, len(data))
		}
		t.Data = data[e.begin:e.end:e.end]
		out, end = append(out, t), e.end
	}
	if end != len(data) {
		return nil, fmt.Errorf("the tensors end at byte %d, but there are %d bytes of data", end, len(data))
	}
	return out, nil
}

// A scanner reads the few forms of JSON that a header has. Its first error
// sticks. It is strict where decoders differ: a member that stands twice and an
// unknown one are errors.
type scanner struct {
	b   []byte
	i   int
	err error
}

func (s *scanner) fail(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf("header, byte %d: "+format, append([]any{s.i}, args...)...)
	}
}

func (s *scanner) space() {
	for s.i < len(s.b) && (s.b[s.i] == ' ' || s.b[s.i] == '\n' || s.b[s.i] == '\t' || s.b[s.i] == '\r') {
		s.i++
	}
}

// accept takes c if it comes next.
func (s *scanner) accept(c byte) bool {
	s.space()
	if s.err != nil || s.i == len(s.b) || s.b[s.i] != c {
		return false
	}
	s.i++
	return true
}

func (s *scanner) expect(c byte) {
	if !s.accept(c) {
		s.fail("want %q", c)
	}
}

// members reads an object; f reads the value of each member.
func (s *scanner) members(f func(key string)) {
	s.expect('{')
	for n := 0; s.err == nil && !s.accept('}'); n++ {
		if n > 0 {
			s.expect(',')
		}
		key := s.str()
		s.expect(':')
		if s.err == nil {
			f(key)
		}
	}
}

func (s *scanner) metadata() map[string]string {
	meta := map[string]string{}
	s.members(func(key string) {
		if _, ok := meta[key]; ok {
			s.fail("metadata %q stands twice", key)
		}
		meta[key] = s.str()
	})
	return meta
}

func (s *scanner) tensor(name string) (Tensor, extent) {
	var x struct { // one piece of memory, which the func below shares
		t                     Tensor
		e                     extent
		dtype, shape, offsets int // how often each was seen
	}
	x.t.Name = name
	s.members(func(key string) {
		switch key {
		case "dtype":
			x.dtype++
			d, err := parseDType(s.str())
			if err != nil {
				s.fail("tensor %q: %w", name, err)
			}
			x.t.DType = d
		case "shape":
			x.shape++
			x.t.Shape = s.ints()
		case "data_offsets":
			x.offsets++
			o := s.ints()
			if len(o) != 2 {
				s.fail("tensor %q: %d data_offsets, want 2", name, len(o))
				return
			}
			x.e = extent{o[0], o[1]}
		default:
			s.fail("tensor %q: unknown member %q", name, key)
		}
	})
	if x.dtype != 1 || x.shape != 1 || x.offsets != 1 {
		s.fail("tensor %q: needs dtype, shape and data_offsets, once each", name)
	}
	return x.t, x.e
}

func (s *scanner) ints() []int {
	x := make([]int, 0, 2)
	s.expect('[')
	for n := 0; s.err == nil && !s.accept(']'); n++ {
		if n > 0 {
			s.expect(',')
		}
		x = append(x, s.int())
	}
	return x
}

// int reads a number without sign, fraction or exponent.
func (s *scanner) int() int {
	s.space()
	start, n := s.i, 0
	for ; s.i < len(s.b) && s.b[s.i]-'0' < 10; s.i++ {
		d := int(s.b[s.i] - '0')
		if n > (math.MaxInt-d)/10 {
			s.fail("number too large")
			return 0
		}
		n = n*10 + d
	}
	if s.i == start || s.b[start] == '0' && s.i > start+1 {
		s.fail("want an integer that is not negative")
	}
	return n
}

// str reads a string.
func (s *scanner) str() string {
	s.expect('"')
	start, plain := s.i, true
	for ; s.err == nil; s.i++ {
		switch {
		case s.i >= len(s.b) || s.b[s.i] < ' ':
			s.fail("a string does not end")
		case s.b[s.i] == '\\':
			plain = false
			s.i++ // whatever follows, it does not end the string
		case s.b[s.i] == '"':
			raw := s.b[start:s.i]
			s.i++
			return s.unquote(raw, plain)
		}
	}
	return ""
}

func (s *scanner) unquote(raw []byte, plain bool) string {
	if !utf8.Valid(raw) {
		s.fail("the string before this byte is not UTF-8")
		return ""
	}
	if plain {
		switch string(raw) { // in every entry, so without memory of their own
		case "dtype":
			return "dtype"
		case "shape":
			return "shape"
		case "data_offsets":
			return "data_offsets"
		case "BF16":
			return "BF16"
		}
		return string(raw)
	}
	var out string
	if err := json.Unmarshal(slices.Concat([]byte{'"'}, raw, []byte{'"'}), &out); err != nil {
		s.fail("the string before this byte: %w", err)
	}
	return out
}
