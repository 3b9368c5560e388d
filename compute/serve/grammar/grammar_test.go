package grammar

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// vocabulary has all bytes, and pieces that cross the boundaries of symbols.
func vocabulary(t testing.TB) *Vocabulary {
	t.Helper()
	texts := []string{"", `{"`, `":`, `": "`, `","`, `"}`, `"}]`, `": `, ", ", `, "`, "true", "false", "null", "12", "-1", "0.5", "e9", "name", "ame", "é", "€", `\n`, `\u00`, "]]", "[[", "  "}
	for b := range 256 {
		texts = append(texts, string([]byte{byte(b)}))
	}
	v, err := NewVocabulary(len(texts), func(id int32) string { return texts[id] })
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// takes tells whether an answer may be text, byte by byte.
func takes(s *State, text string) (begins, done bool) {
	s.g.mu.Lock()
	defer s.g.mu.Unlock()
	for i := range len(text) {
		if s = s.step(text[i]); s == nil {
			return false, false
		}
	}
	return true, s.done
}

func TestConforms(t *testing.T) {
	const person = `{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"},"tags":{"type":"array","items":{"enum":["a","b"]}}},"required":["name","tags"],"additionalProperties":false}`
	for _, c := range []struct {
		schema string
		yes    []string
		no     []string
	}{
		{person, []string{`{"name":"x","age":3,"tags":["a","b"]}`, ` {"name": "é\n\u00e9", "tags": []}`},
			[]string{`{"age":3,"name":"x","tags":[]}`, `{"name":"x"}`, `{"name":"x","tags":["c"]}`, `{"name":"x","tags":[],"more":1}`, `{"name":"x","age":3.5,"tags":[]}`,
				`{"name":"` + "\n" + `"`, `{"name":"\ud800"`, `{"name":"` + "\xff", `{"name":"` + "\xed\xa0\x80", `{"name":"` + "\xc0\x80", `{  "name"`}},
		{`{"type":"number"}`, []string{"0", "-1.5e+9", "12E3", "0.25"}, []string{"01", "+1", ".5", "1.", "1e", "--1", "1.e3"}},
		{`{"type":"integer"}`, []string{"0", "-12"}, []string{"1.0", "1e3"}},
		{`{"type":["string","null"]}`, []string{`"x"`, "null"}, []string{"1", "nul"}},
		{`{"type":"string","minLength":2,"maxLength":3}`, []string{`"ab"`, `"a\u00e9c"`, `"€€€"`}, []string{`"a"`, `"abcd"`, `"€"`}},
		{`{"type":"array","items":{"type":"boolean"},"minItems":1,"maxItems":2}`, []string{"[true]", "[true, false]"}, []string{"[]", "[true,true,true]", "[1]"}},
		{`{"anyOf":[{"type":"integer"},{"type":"object","properties":{"a":{"const":{"x": 1}}},"required":["a"]}]}`, []string{"7", `{"a":{"x":1}}`}, []string{`{"a":1}`, `"7"`}},
		{`{"$ref":"#/$defs/tree","$defs":{"tree":{"type":"object","properties":{"left":{"anyOf":[{"$ref":"#/$defs/tree"},{"type":"null"}]}},"required":["left"]}}}`,
			[]string{`{"left":{"left":{"left":null}}}`}, []string{`{"left":3}`}},
		{`{}`, []string{`[1,"a",{"b":[null,{}]}]`, `"x"`}, []string{`[1,]`, `{"a"}`, `{a:1}`}},
		{`{"type":"object"}`, []string{`{}`, `{"a":1,"a":[[]]}`}, []string{`[]`, `{"a":1,}`}},
		{`{"type":"object","additionalProperties":{"type":"integer"}}`, []string{`{"x":1,"y":2}`}, []string{`{"x":"1"}`}},
		{`{"anyOf":[{"$ref":"#"},{"type":"null"}]}`, []string{"null"}, []string{"1"}},
		{`{"enum":[1,"x",null,{"a":[1, 2]}],"title":"t","description":"d"}`, []string{"1", `"x"`, "null", `{"a":[1,2]}`}, []string{"2", `{"a":[1, 2]}`}},
	} {
		s, err := Compile([]byte(c.schema), vocabulary(t))
		if err != nil {
			t.Fatalf("%s: %v", c.schema, err)
		}
		for _, text := range c.yes {
			if _, done := takes(s, text); !done {
				t.Errorf("%s refuses %s", c.schema, text)
			}
		}
		for _, text := range c.no {
			if _, done := takes(s, text); done {
				t.Errorf("%s takes %q", c.schema, text)
			}
		}
	}
}

// TestRefused: what cannot be kept is named.
func TestRefused(t *testing.T) {
	v := vocabulary(t)
	for _, keyword := range []string{"pattern", "format", "minimum", "maximum", "exclusiveMinimum", "multipleOf", "uniqueItems", "contains",
		"patternProperties", "propertyNames", "minProperties", "allOf", "oneOf", "not", "if", "dependentRequired", "prefixItems", "unevaluatedProperties", "strange"} {
		schema := fmt.Sprintf(`{"type":"object","properties":{"x":{"type":["string","array","object","number"],%q:1}}}`, keyword)
		var unsupported *UnsupportedError
		if _, err := Compile([]byte(schema), v); !errors.As(err, &unsupported) || unsupported.Keyword != keyword || unsupported.Path != "#/properties/x" {
			t.Errorf("%s: %v", keyword, err)
		}
	}
	deep := strings.Repeat(`{"type":"array","items":`, 100) + "{}" + strings.Repeat("}", 100)
	for _, schema := range []string{"", "x", "[]", "3", "false", deep, `{"type":"text"}`, `{"type":[]}`, `{"$ref":"#/a/b"}`, `{"$ref":"#/$defs/a"}`, `{"$ref":"http://x"}`,
		`{"enum":[]}`, `{"enum":[1],"const":1}`, `{"type":"string","enum":[1]}`, `{"type":"string","minLength":-1}`, `{"type":"string","minLength":3,"maxLength":2}`,
		`{"type":"array","maxItems":1e9}`, `{"type":"object","required":["x"]}`, `{"anyOf":[]}`, `{"properties":3}`, `{"minLength":3}`, `{"type":"object","properties":{"a":{},"a":{}}}`,
		`{"anyOf":[{"$ref":"#"}]}`} {
		if _, err := Compile([]byte(schema), v); err == nil {
			t.Errorf("%.80s compiles", schema)
		}
	}
}

// TestMasks: a token is allowed if and only if its bytes are, at every place of
// random answers, which all parse and end.
func TestMasks(t *testing.T) {
	const seed = 6
	rng := rand.New(rand.NewPCG(seed, 0))
	v := vocabulary(t)
	for _, schema := range []string{
		`{"type":"object","properties":{"name":{"type":"string","maxLength":5},"n":{"type":"number"},"list":{"type":"array","items":{"type":["null","boolean"]},"maxItems":4}},"required":["n"]}`,
		`{"type":"array","items":{"anyOf":[{"enum":["x","xy",1]},{"type":"string","minLength":1,"maxLength":2}]},"minItems":2,"maxItems":5}`,
	} {
		for range 40 {
			s, err := Compile([]byte(schema), v)
			if err != nil {
				t.Fatal(err)
			}
			var text []byte
			for n := 0; !s.Final() && (!s.Done() || n < 400); n++ {
				mask := s.Allowed([]int32{0})
				if got := mask[0]&1 != 0; got != s.Done() {
					t.Fatalf("seed %d, behind %q: stop is allowed: %v", seed, text, got)
				}
				var allowed []int32
				for id := int32(1); int(id) < v.size; id++ {
					got := mask[id/64]>>(id%64)&1 == 1
					if want, _ := takes(s, v.texts[id]); got != want || want != s.Allows(id) {
						t.Fatalf("seed %d, behind %q: %q is allowed: %v", seed, text, v.texts[id], got)
					}
					if got && (n < 100 || strings.Contains(`}]"0,:{[`, v.texts[id][:1])) {
						allowed = append(allowed, id)
					}
				}
				if len(allowed) == 0 {
					t.Fatalf("seed %d: nothing goes on behind %q", seed, text)
				}
				id := allowed[rng.IntN(len(allowed))]
				text = append(text, v.texts[id]...)
				s = s.Next(id)
			}
			if !json.Valid(text) {
				t.Fatalf("seed %d: %q", seed, text)
			}
		}
	}
}

// FuzzCompile: no schema makes it panic, and what is made along an allowed path
// is the beginning of JSON.
func FuzzCompile(f *testing.F) {
	f.Add([]byte(`{"type":"object","properties":{"a":{"$ref":"#"}}}`), []byte("abc"))
	f.Add([]byte(`{"anyOf":[{"type":"string"},{"$ref":"#/$defs/x"}],"$defs":{"x":{"type":"array","items":{"$ref":"#"}}}}`), []byte{1, 2, 3})
	f.Add([]byte(`{"enum":["a",{"b":1}]}`), []byte{0})
	v := vocabulary(f)
	f.Fuzz(func(t *testing.T, schema, choices []byte) {
		s, err := Compile(schema, v)
		if err != nil || len(choices) > 200 {
			return
		}
		var text []byte
		for _, c := range choices {
			if s.Final() {
				break
			}
			var allowed []int32
			for id := range int32(v.size) {
				if s.Allowed(nil)[id/64]>>(id%64)&1 == 1 {
					allowed = append(allowed, id)
				}
			}
			if len(allowed) == 0 {
				break
			}
			id := allowed[int(c)%len(allowed)]
			text = append(text, v.texts[id]...)
			s = s.Next(id)
		}
		if s.Done() && !json.Valid(text) && len(bytes.TrimSpace(text)) > 0 {
			t.Fatalf("%s makes %q", schema, text)
		}
	})
}
