package chat

import (
	"errors"
	"fmt"
)

// An Error is a template that cannot be parsed or rendered. It wraps what went wrong there: a LimitError, a
// RaisedError, the error of the context, or a plain description.
type Error struct {
	Line int // in the template, from 1; 0 when no line is to blame
	Err  error
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return "chat template: " + e.Err.Error()
	}
	return fmt.Sprintf("chat template line %d: %v", e.Line, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// A RaisedError is a template's own refusal of its input, made with raise_exception: a fault of the request.
type RaisedError struct{ Message string }

func (e *RaisedError) Error() string { return e.Message }

// break and continue travel as errors, out of whatever encloses them, to their loop.
var (
	errBreak    = errors.New("break outside a loop")
	errContinue = errors.New("continue outside a loop")
)

// at says on which line err happened, unless it knows already or is on its way to a loop.
func at(line int, err error) error {
	var known *Error
	if err == nil || err == errBreak || err == errContinue || errors.As(err, &known) {
		return err
	}
	return &Error{line, err}
}
