package tokenizer

import (
	"regexp"
	"slices"
	"testing"
)

// pieces cuts text with a splitter.
func pieces(s splitter, text string) (list []string) {
	if text != "" {
		s.split([]byte(text), func(p []byte) { list = append(list, string(p)) })
	}
	return list
}

var handWritten = map[string]Pattern{"gpt2": GPT2, "llama3": Llama3, "qwen2": Qwen2}

// general is the splitter of a pattern without the hand-written code.
func general(t testing.TB, p Pattern) splitter {
	re, err := newRegex(string(p))
	if err != nil {
		t.Fatal(err)
	}
	return cutter{find: re.find, behavior: "Isolated"}
}

func known(p Pattern) splitter {
	s := string(p)
	return knownSplit(&patternFile{Regex: &s})
}

// TestKnownPatterns: the hand-written code cuts as the pattern says.
func TestKnownPatterns(t *testing.T) {
	for name, p := range handWritten {
		slow := general(t, p)
		for _, text := range readTexts(t) {
			if got, want := pieces(known(p), text), pieces(slow, text); !slices.Equal(got, want) {
				t.Fatalf("%s %+q:\n got %+q\nwant %+q", name, text, got, want)
			}
		}
	}
}

func FuzzKnownPatterns(f *testing.F) {
	for _, s := range []string{"", "a  b", "I'll 'S 123456", "x\r\n\r\n  y", " \t\n 'ſ’s", "…!!\n\n é́ ５６", "\xff\xfe a\x80"} {
		f.Add(s)
	}
	slow := map[string]splitter{}
	for name, p := range handWritten {
		slow[name] = general(f, p)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, p := range handWritten {
			if got, want := pieces(known(p), text), pieces(slow[name], text); !slices.Equal(got, want) {
				t.Errorf("%s %+q:\n got %+q\nwant %+q", name, text, got, want)
			}
		}
	})
}

// FuzzPattern: whatever pattern a file has, it is refused or cuts text into its pieces.
func FuzzPattern(f *testing.F) {
	for _, p := range []string{string(Llama3), `\p{Lu}|x*`, `[^\s\]a-]+|(?:a|b){1,3}`, `(?i:k)|\d`, `[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_{|}~]`} {
		f.Add(p, "Some text, 123 ſ\n")
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		re, err := newRegex(pattern)
		if err != nil {
			return
		}
		joined := ""
		for _, p := range pieces(cutter{find: re.find, behavior: "Isolated"}, text) {
			if p == "" {
				t.Errorf("%q cuts an empty piece of %q", pattern, text)
			}
			joined += p
		}
		if joined != text {
			t.Errorf("%q loses text: %q became %q", pattern, text, joined)
		}
	})
}

// TestBehaviors has the examples of PyPI's documentation.
func TestBehaviors(t *testing.T) {
	dash := regexp.MustCompile("-")
	find := func(b []byte, from int) (int, int, bool) {
		m := dash.FindIndex(b[from:])
		if m == nil {
			return 0, 0, false
		}
		return from + m[0], from + m[1], true
	}
	for _, c := range []struct {
		behavior string
		invert   bool
		want     []string
	}{
		{"Removed", false, []string{"The", "final", "countdown"}},
		{"Removed", true, []string{"-", "-", "-"}},
		{"Isolated", false, []string{"The", "-", "final", "-", "-", "countdown"}},
		{"MergedWithPrevious", false, []string{"The-", "final-", "-", "countdown"}},
		{"MergedWithNext", false, []string{"The", "-final", "-", "-countdown"}},
		{"Contiguous", false, []string{"The", "-", "final", "--", "countdown"}},
	} {
		if got := pieces(cutter{find, c.behavior, c.invert}, "The-final--countdown"); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.behavior, got, c.want)
		}
	}
}
