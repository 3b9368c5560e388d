package api

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/compute/tokenizer/chat"
)

// A ChatMessage is one turn of a conversation as clients send it.
type ChatMessage struct {
	Role       string          `json:"role"`
	Content    json.RawMessage `json:"content,omitempty"` // text, a list of parts, or null
	Name       string          `json:"name,omitempty"`
	Refusal    string          `json:"refusal,omitempty"`
	ToolCalls  json.RawMessage `json:"tool_calls,omitempty"`
	ToolCallID string          `json:"tool_call_id,omitempty"`
}

var roles = []string{"system", "developer", "user", "assistant", "tool"}

// turn is the message as templates know it.
func (m *ChatMessage) turn(at int) (chat.Message, error) {
	out := chat.Message{Role: m.Role, Name: m.Name, ToolCallID: m.ToolCallID}
	param := fmt.Sprintf("messages[%d]", at)
	if !slices.Contains(roles, m.Role) {
		return out, invalid(param+".role", "%s.role is %q; want one of %v.", param, m.Role, roles)
	}
	if m.Role == "developer" { // the newer name
		out.Role = "system"
	}
	if len(m.ToolCalls) > 0 && string(m.ToolCalls) != "null" {
		out.ToolCalls = m.ToolCalls
	}
	text, err := m.text(param)
	out.Content = text
	return out, err
}

// text is the content as one string.
func (m *ChatMessage) text(param string) (string, error) {
	var text string
	var parts []struct{ Type, Text string }
	switch {
	case len(m.Content) == 0 || string(m.Content) == "null":
		if m.Role == "assistant" {
			return "", nil
		}
		return "", invalid(param+".content", "%s.content is missing.", param)
	case json.Unmarshal(m.Content, &text) == nil:
		return text, nil
	case json.Unmarshal(m.Content, &parts) != nil:
		return "", invalid(param+".content", "%s.content: want a string or a list of parts.", param)
	}
	for i, p := range parts {
		if p.Type != "text" {
			return "", invalid(param+".content", "%s.content[%d] is of type %q; this server reads text only.", param, i, p.Type)
		}
		text += p.Text
	}
	return text, nil
}

// Between quote and unquote a rendered prompt holds text of a user that is
// spelt like a control token, and means its characters. Unicode promises that
// no text holds these two.
const quote, unquote = "\uFDD0", "\uFDD1"

// chatPrompt turns a conversation into tokens, as the model's template says.
// Control tokens come from the template only, whatever a user types.
func chatPrompt(ctx context.Context, m Model, messages []ChatMessage, extra map[string]any) ([]int32, error) {
	t := m.Templates.For(false)
	if t == nil {
		return nil, &Error{Status: 400, Param: "model", Code: "no_chat_template",
			Message: fmt.Sprintf("The model %q has no chat template. Use /v1/completions, or serve it with --chat-template.", m.ID)}
	}
	if len(messages) == 0 {
		return nil, invalid("messages", "messages is empty; want one message or more.")
	}
	special := specialTokens(m.Tokenizer)
	turns := make([]chat.Message, len(messages))
	for i := range messages {
		turn, err := messages[i].turn(i)
		if err != nil {
			return nil, err
		}
		if turn.Content, err = quoted(turn.Content.(string), special); err != nil {
			return nil, err
		}
		turns[i] = turn
	}
	in := chat.Input{Messages: turns, AddGenerationPrompt: true, Extra: extra}
	if id, ok := m.Tokenizer.BOS(); ok {
		in.BOS, _ = m.Tokenizer.Token(id)
	}
	if ids := m.Tokenizer.EOS(); len(ids) > 0 {
		in.EOS, _ = m.Tokenizer.Token(ids[0])
	}
	text, err := t.Render(ctx, in)
	if err != nil {
		return nil, err
	}
	var ids []int32
	for i, piece := range strings.Split(text, quote) {
		if i > 0 {
			var plain string
			plain, piece, _ = strings.Cut(piece, unquote)
			ids = m.Tokenizer.AppendEncode(ids, plain, tokenizer.PlainText)
		}
		if piece != "" {
			ids = m.Tokenizer.AppendEncode(ids, piece, 0)
		}
	}
	return ids, nil
}

// quoted puts quotes around control tokens in what a user typed.
func quoted(text string, special *strings.Replacer) (string, error) {
	if strings.Contains(text, quote) || strings.Contains(text, unquote) || !utf8.ValidString(text) {
		return "", invalid("messages", "A message holds U+FDD0 or U+FDD1, which are no characters.")
	}
	return special.Replace(text), nil
}

var specials sync.Map // *tokenizer.Tokenizer to *strings.Replacer

// specialTokens puts quotes around the names of a tokenizer's control tokens.
func specialTokens(t *tokenizer.Tokenizer) *strings.Replacer {
	if r, ok := specials.Load(t); ok {
		return r.(*strings.Replacer)
	}
	var pairs []string
	for id := range int32(t.VocabSize()) {
		if name, ok := t.Token(id); ok && t.IsSpecial(id) && name != "" {
			pairs = append(pairs, name, quote+name+unquote)
		}
	}
	r, _ := specials.LoadOrStore(t, strings.NewReplacer(pairs...))
	return r.(*strings.Replacer)
}

// textPrompt turns plain text into tokens, with what the model wants around it.
func textPrompt(m Model, text string) []int32 {
	return m.Tokenizer.AppendEncode(nil, text, tokenizer.AddSpecial)
}
