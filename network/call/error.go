package call

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Code says why a peer did not answer. The numbers are append-only.
type Code uint64

const (
	Internal Code = 1 // the other side failed
	Invalid  Code = 2 // the request makes no sense; sending it again is useless
	NotFound Code = 3 // the peer does not have it
	Busy     Code = 4 // try later or elsewhere
	Refused  Code = 5 // the peer may, but will not
	Late     Code = 6 // the deadline passed
)

var codeNames = map[Code]string{
	Internal: "internal error", Invalid: "invalid request", NotFound: "not found", Busy: "busy", Refused: "refused", Late: "too late",
}

func (c Code) String() string {
	if s, ok := codeNames[c]; ok {
		return s
	}
	return fmt.Sprintf("error %d", uint64(c))
}

// An Error is an answer that travels. A handler returns one to choose the
// code; any other error reaches the caller as Internal, without its text.
type Error struct {
	Code    Code
	Message string // for a person, one line, at most 1 KiB
}

const maxMessage = 1 << 10

func (e *Error) Error() string { return e.Code.String() + ": " + e.Message }

// Errorf makes an Error of a code.
func Errorf(code Code, format string, args ...any) error {
	return &Error{code, fmt.Sprintf(format, args...)}
}

// travelling returns what the caller is told about err.
func travelling(err error) *Error {
	var e *Error
	switch {
	case errors.As(err, &e):
		return &Error{e.Code, clean(e.Message)}
	case errors.Is(err, context.DeadlineExceeded):
		return &Error{Late, "the handler did not finish in time"}
	}
	return &Error{Internal, "the peer could not answer"}
}

// clean makes one line of printable UTF-8 that fits.
func clean(s string) string {
	s = strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "?")
	s = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, s)
	for len(s) > maxMessage {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return s
}
