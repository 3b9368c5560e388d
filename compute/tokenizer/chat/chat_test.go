package chat

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

const chatML = `{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' }}{% if m.role == 'assistant' %}{% generation %}` +
	`{{ m.content + '<|im_end|>' }}{% endgeneration %}{{ '\n' }}{% else %}{{ m.content + '<|im_end|>\n' }}{% endif %}{% endfor %}` +
	`{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}`

func mustParse(t testing.TB, source string) *Template {
	t.Helper()
	tmpl, err := Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	return tmpl
}

func TestRenderSpans(t *testing.T) {
	text, spans, err := mustParse(t, chatML).RenderSpans(context.Background(), Input{
		Messages: []Message{{Role: "user", Content: "Hi"}, {Role: "assistant", Content: "Hello"}, {Role: "user", Content: "Bye"},
			{Role: "assistant", Content: "Tschüs"}},
		AddGenerationPrompt: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHello<|im_end|>\n" +
		"<|im_start|>user\nBye<|im_end|>\n<|im_start|>assistant\nTschüs<|im_end|>\n<|im_start|>assistant\n"
	if text != want {
		t.Errorf("got  %q\nwant %q", text, want)
	}
	var said []string
	for _, s := range spans {
		said = append(said, text[s.Start:s.End])
	}
	if got, want := strings.Join(said, ","), "Hello<|im_end|>,Tschüs<|im_end|>"; got != want {
		t.Errorf("spans: got %q, want %q", got, want)
	}
}

// TestLostSpans: what a pass of a loop drops, and what goes into a value, has no span.
func TestLostSpans(t *testing.T) {
	_, spans, err := mustParse(t, `{% for i in [1, 2, 3] %}{% generation %}a{% endgeneration %}{% if i == 2 %}{% break %}{% endif %}{% endfor %}`+
		`{% set x %}{% generation %}b{% endgeneration %}{% endset %}{{ x }}`).RenderSpans(context.Background(), Input{})
	if err != nil || len(spans) != 1 || spans[0] != (Span{0, 1}) {
		t.Errorf("got %v, %v, want one span of the first pass", spans, err)
	}
}

func TestInput(t *testing.T) {
	schema := json.RawMessage(`[{"type": "function", "z": 20.0, "a": [12345678901234567890, 1e2]}]`)
	now := time.Date(2024, 7, 4, 5, 6, 7, 8000, time.UTC)
	for _, c := range []struct {
		name, source string
		in           Input
		want         string
	}{
		{"nothing", `{{ tools is none }}{{ documents is none }}{{ messages is none }}{{ bos_token is defined }}{{ add_generation_prompt }}`, Input{}, "truetruetruefalsefalse"},
		{"tokens", `{{ bos_token }}{{ eos_token }}`, Input{BOS: "<s>", EOS: "</s>"}, "<s></s>"},
		{"raw JSON keeps order and numbers", `{{ tools|tojson }}`, Input{Tools: schema}, `[{"type": "function", "z": 20.0, "a": [12345678901234567890, 100.0]}]`},
		{"a map is sorted", `{{ messages }}`, Input{Messages: []any{map[string]any{"b": 1, "a": 2.5, "c": 3.0}}}, `[{"a": 2.5, "b": 1, "c": 3}]`},
		{"message", `{{ messages }}`, Input{Messages: []Message{{Role: "tool", Content: nil, ToolCallID: "x"}}}, `[{"role": "tool", "content": null, "tool_call_id": "x"}]`},
		{"parts", `{{ messages[0].content[0].text }}`, Input{Messages: []Message{{Content: []any{map[string]any{"text": "hi"}}}}}, "hi"},
		{"extra", `{{ enable_thinking }}{{ bos_token }}`, Input{BOS: "a", Extra: map[string]any{"enable_thinking": false, "bos_token": "b"}}, "falseb"},
		{"struct", `{{ documents }}`, Input{Documents: []struct{ Title, Text string }{{"t", "<x>"}}}, `[{"Title": "t", "Text": "<x>"}]`},
		{"bytes that are no text", `{{ documents }}{{ documents|length }}{{ documents[1] }}`, Input{Documents: "a\xff\xfe"}, "a\ufffd2\ufffd"},
		{"now", `{{ strftime_now('%d %b %Y') }}`, Input{Now: now}, "04 Jul 2024"},
		{"all of a time", `{{ strftime_now('%a %A %b %B %c %C %d %D %e %f %F %G %h %H %I %j %k %l %m %M %n %p %r %R %s %S %t %T %u %U %V %w %W %x %X %y %Y %z %Z %% %-d %-H %-M %Q %') }}`,
			Input{Now: now}, "Thu Thursday Jul July Thu Jul  4 05:06:07 2024 20 04 07/04/24  4 000008 2024-07-04 2024 Jul 05 05 186  5  5 07 06 \n AM 05:06:07 AM 05:06 1720069567 07 \t 05:06:07 4 26 27 4 27 07/04/24 05:06:07 24 2024 +0000 UTC % 4 5 6 %Q %"},
	} {
		got, err := mustParse(t, c.source).Render(context.Background(), c.in)
		if err != nil || got != c.want {
			t.Errorf("%s: got %q, %v\nwant %q", c.name, got, err, c.want)
		}
	}
}

func TestBadInput(t *testing.T) {
	deep := json.RawMessage(strings.Repeat("[", 1000) + strings.Repeat("]", 1000))
	for _, c := range []struct {
		name string
		in   Input
		want string
	}{
		{"not JSON", Input{Messages: json.RawMessage(`{"a": }`)}, "variable messages: invalid character"},
		{"cut JSON", Input{Messages: json.RawMessage(`{"a": [1`)}, "variable messages: unexpected EOF"},
		{"two values", Input{Tools: json.RawMessage(`[] []`)}, "variable tools: more than one JSON value"},
		{"too deep", Input{Tools: deep}, "limit Nesting"},
		{"too long", Input{Messages: strings.Repeat("x", 9<<20)}, "limit Output"},
		{"no JSON at all", Input{Extra: map[string]any{"f": func() {}}}, "variable f: json: unsupported type"},
	} {
		_, err := mustParse(t, "x").Render(context.Background(), c.in)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	_, err := renderSource("a\n\n{% for x in [1] %}\n{{ raise_exception('Roles must alternate') }}{% endfor %}", nil)
	var raised *RaisedError
	if !errors.As(err, &raised) || raised.Message != "Roles must alternate" || err.Error() != "chat template line 4: Roles must alternate" {
		t.Errorf("got %v", err)
	}
	for source, want := range map[string]string{
		"\n{{ x.y() }}":                     "chat template line 2: undefined (x) has no method 'y'",
		"{{ [].append(1) }}":                "chat template line 1: 'append' would change a list: templates make new values instead, such as list + [x]",
		"{{ none + 1 }}":                    "chat template line 1: '+' does not work with none and an integer",
		"{{ 'a' | nope }}":                  "chat template line 1: chat templates have no filter 'nope'",
		"{{ 'a'|indent('x', y=1) }}":        "chat template line 1: filter indent takes no argument 'y'",
		"{{ 'a'|trim(1) }}":                 "chat template line 1: filter trim: argument 1 must be a string, not an integer",
		"{% include 'x' %}":                 "chat template line 1: chat templates have no statement 'include'",
		"{% if 1 %}\n\n":                    "chat template line 2: expected 'endif' for the block opened on line 1, found the end of the template",
		"{% if 1 %}{% endfor %}":            "chat template line 1: expected 'endif' for the block opened on line 1, found 'endfor'",
		"\n{{ 'abc }}":                      "chat template line 2: the string is never closed with '",
		"\n\n{{ abc":                        "chat template line 3: the tag is never closed with '}}'",
		"{# abc":                            "chat template line 1: the comment is never closed with '#}'",
		"{% raw %}":                         "chat template line 1: the raw block is never closed with '{% endraw %}'",
		"{{ a $ b }}":                       "chat template line 1: unexpected character '$'",
		"{{ '\\u12' }}":                     `chat template line 1: the escape \u needs 4 hexadecimal digits`,
		"{% endif %}":                       "chat template line 1: 'endif' closes nothing",
		"{% for x in 'abc' %}":              "chat template line 1: expected 'endfor' for the block opened on line 1, found the end of the template",
		"{% set x.y = 1 %}":                 "chat template line 1: only a namespace takes 'set x.y', not undefined (x)",
		"{% for a, b in [1] %}{% endfor %}": "chat template line 1: cannot unpack an integer into 2 variables",
		"{% break %}":                       "chat template: break outside a loop",
	} {
		if _, err := renderSource(source, nil); err == nil || err.Error() != want {
			t.Errorf("%q\ngot  %v\nwant %s", source, err, want)
		}
	}
}

func TestConcurrentRenders(t *testing.T) {
	tmpl := mustParse(t, `{% macro f(x) %}{{ x }}{% endmacro %}{% set ns = namespace(n=0) %}{% for i in range(n) %}{% set ns.n = ns.n + i %}{{ f(i) }}{% endfor %}={{ ns.n }}`)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				got, err := tmpl.RenderValues(context.Background(), map[string]any{"n": 5})
				if err != nil || got != "01234=10" {
					t.Errorf("got %q, %v", got, err)
				}
			}
		})
	}
	wg.Wait()
}
