package chat

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
)

// TestRandomConversations gives the templates of published models conversations that nobody has prepared, and
// compares with the reference. Texts have no blanks at their ends and no reasoning: there it differs from Jinja2
// (see dialect.go), and we from it.
func TestRandomConversations(t *testing.T) {
	var templates []string
	seen := map[string]bool{}
	for _, c := range sharedCases(t) {
		if !seen[c.Template] {
			seen[c.Template] = true
			templates = append(templates, c.Template)
		}
	}
	var cases []chatCase
	for i := range *diffCount {
		rng := rand.New(rand.NewPCG(*diffSeed, uint64(i)))
		cases = append(cases, chatCase{Template: templates[rng.IntN(len(templates))], Data: conversation(rng)})
	}
	compareCases(t, cases, 0.5)
}

type object = map[string]any

func conversation(rng *rand.Rand) map[string]json.RawMessage {
	pick := func(options ...any) any { return options[rng.IntN(len(options))] }
	text := func() any {
		return pick("Hi", "two\nlines", "é世👩", `"quoted" \ <|x|>`, "{{ x }}", "a <b> & 'c'", "1. one\n\n2. two", "{\"json\": [1]}")
	}
	content := func() any {
		if rng.IntN(5) > 0 {
			return text()
		}
		return []any{object{"type": "text", "text": text()}, pick(object{"type": "image"}, object{"type": "text", "text": text()})}
	}
	arguments := func() object {
		return object{"city": text(), "n": pick(1, -2, true, "x"), "list": pick([]any{1, "a"}, []any{}), "o": object{"k": text()}}
	}
	var messages []any
	if rng.IntN(2) == 0 {
		messages = append(messages, object{"role": "system", "content": content()})
	}
	for turn := range 1 + rng.IntN(3) { // numbered, because equal messages are one to us and two to the reference
		messages = append(messages, object{"role": "user", "content": content(), "turn": turn})
		if rng.IntN(3) == 0 {
			call := object{"id": "call12345", "type": "function", "function": object{"name": "get", "arguments": arguments()}}
			messages = append(messages,
				object{"role": "assistant", "content": pick("", text()), "tool_calls": []any{call}},
				object{"role": "tool", "name": "get", "tool_call_id": "call12345", "content": text()})
		}
		if rng.IntN(5) > 0 {
			messages = append(messages, object{"role": "assistant", "content": text()})
		}
	}
	data := object{"messages": messages, "add_generation_prompt": rng.IntN(2) == 0, "bos_token": "<s>", "eos_token": "</s>"}
	switch rng.IntN(3) {
	case 0:
		data["tools"] = []any{object{"type": "function", "function": object{
			"name": "get", "description": text(),
			"parameters": object{"type": "object", "required": []any{"city"}, "properties": object{
				"city": object{"type": "string", "description": text()},
				"unit": object{"type": "string", "enum": []any{"c", "f"}},
				"list": object{"type": "array", "items": object{"type": "number"}},
			}},
		}}}
	case 1:
		data["tools"] = nil
	}
	if rng.IntN(2) == 0 {
		data["enable_thinking"] = rng.IntN(2) == 0
	}
	out := map[string]json.RawMessage{}
	for name, v := range data {
		out[name], _ = json.Marshal(v)
	}
	return out
}
