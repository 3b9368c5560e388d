package api

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"unicode/utf8"
)

// maxBody bounds a JSON body, in bytes.
const maxBody = 8 << 20

// read decodes the body of a request into v. Fields that v does not have are
// passed over, as clients expect of OpenAI.
func (c *call) read(v any) error {
	b, err := io.ReadAll(http.MaxBytesReader(c.w, c.r.Body, maxBody))
	if err != nil {
		return bodyError(err)
	}
	return decode(b, v)
}

// bodyError is why a body could not be read.
func bodyError(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return invalid("", "The body could not be read: %v.", err)
}

// decode reads one JSON object.
func decode(b []byte, v any) error {
	var (
		kind   *json.UnmarshalTypeError
		syntax *json.SyntaxError
		told   *Error
	)
	if !utf8.Valid(b) {
		return &Error{Status: http.StatusBadRequest, Code: "invalid_json", Message: "The body is not UTF-8."}
	}
	err := json.Unmarshal(b, v)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &told):
		return told
	case errors.As(err, &kind):
		field := kind.Field
		if field == "" {
			field = "body"
		}
		return &Error{Status: http.StatusBadRequest, Param: kind.Field, Code: "invalid_type",
			Message: "Invalid type for '" + field + "': got " + kind.Value + ", want " + typeName(kind.Type.Kind().String()) + "."}
	case errors.As(err, &syntax):
		return &Error{Status: http.StatusBadRequest, Code: "invalid_json", Message: "The body is not JSON: " + syntax.Error() + "."}
	}
	return &Error{Status: http.StatusBadRequest, Code: "invalid_json", Message: "The body is not what this route takes: " + err.Error() + "."}
}

// typeName is JSON's name for a kind of Go.
func typeName(kind string) string {
	switch kind {
	case "int", "int32", "int64", "uint64":
		return "an integer in range"
	case "float32", "float64":
		return "a number in range"
	case "bool":
		return "a boolean"
	case "slice":
		return "a list"
	case "struct", "map":
		return "an object"
	}
	return "a " + kind
}

// A Strings is a list of strings; one string is a list too.
type Strings []string

// UnmarshalJSON reads a string, a list or null.
func (s *Strings) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		if *s = nil; string(b) != "null" {
			*s = Strings{one}
		}
		return nil
	}
	var all []string
	if err := json.Unmarshal(b, &all); err != nil {
		return invalid("", "Want a string or a list of strings.")
	}
	*s = all
	return nil
}

// A Prompt is one or several prompts, as text or as tokens.
type Prompt struct {
	Texts  []string
	Tokens [][]int32
}

// UnmarshalJSON reads a string, a list of strings, a list of tokens, or a list of those.
func (p *Prompt) UnmarshalJSON(b []byte) error {
	*p = Prompt{}
	var text string
	var tokens []int32
	if string(b) == "null" {
		return nil
	} else if json.Unmarshal(b, &text) == nil {
		p.Texts = []string{text}
		return nil
	} else if json.Unmarshal(b, &p.Texts) == nil {
		return nil
	} else if p.Texts = nil; json.Unmarshal(b, &tokens) == nil {
		p.Tokens = [][]int32{tokens}
		return nil
	} else if json.Unmarshal(b, &p.Tokens) == nil {
		return nil
	}
	return invalid("", "Want a string, a list of strings, a list of token ids, or a list of such lists.")
}

// len is the number of prompts.
func (p *Prompt) len() int { return len(p.Texts) + len(p.Tokens) }
