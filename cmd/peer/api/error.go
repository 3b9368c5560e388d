package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/compute/tokenizer/chat"
)

// An Error is what a client is told, in OpenAI's form.
type Error struct {
	Status     int
	Type       string // "": invalid_request_error below 500, else server_error
	Code       string
	Param      string // the field of the request that is to blame
	Message    string
	RetryAfter time.Duration
	Coverage   *Coverage // of an adapter that does not fit
}

func (e *Error) Error() string { return e.Message }

// Coverage says which tensors of an adapter fit.
type Coverage struct {
	Matched   []string `json:"matched"`
	Unmatched []string `json:"unmatched"`
	Missing   []string `json:"missing"`
	Wrong     []string `json:"wrong"`
}

// ErrorBody is the JSON of an error.
type ErrorBody struct {
	Error ErrorObject `json:"error"`
}

// ErrorObject is the inside of ErrorBody.
type ErrorObject struct {
	Message  string    `json:"message"`
	Type     string    `json:"type"`
	Param    *string   `json:"param"`
	Code     *string   `json:"code"`
	Coverage *Coverage `json:"coverage,omitempty"`
}

func (e *Error) body() ErrorBody {
	o := ErrorObject{Message: e.Message, Type: e.Type, Coverage: e.Coverage}
	if o.Type == "" {
		if o.Type = "invalid_request_error"; e.Status >= 500 {
			o.Type = "server_error"
		}
	}
	if e.Param != "" {
		o.Param = &e.Param
	}
	if e.Code != "" {
		o.Code = &e.Code
	}
	return ErrorBody{o}
}

// invalid is an error of the request, in one of its fields.
func invalid(param, format string, args ...any) *Error {
	return &Error{Status: http.StatusBadRequest, Param: param, Message: fmt.Sprintf(format, args...)}
}

// notThere is an error about something that a request names.
func notThere(param, format string, args ...any) *Error {
	return &Error{Status: http.StatusNotFound, Param: param, Code: "not_found", Message: fmt.Sprintf(format, args...)}
}

// describe turns any error into what the client is told.
func describe(err error) *Error {
	var (
		told     *Error
		model    *UnknownModelError
		adapter  *serve.UnknownAdapterError
		request  *serve.RequestError
		busy     *serve.BusyError
		coverage *lora.CoverageError
		template *chat.Error
		tooLarge *http.MaxBytesError
	)
	switch {
	case errors.As(err, &told):
		return told
	case errors.As(err, &model):
		return &Error{Status: http.StatusNotFound, Param: "model", Code: "model_not_found", Message: model.Error()}
	case errors.As(err, &adapter):
		return describe(&UnknownModelError{adapter.Name, adapter.Nearest})
	case errors.As(err, &request):
		return describeRequest(request)
	case errors.As(err, &busy):
		return &Error{Status: http.StatusServiceUnavailable, Code: "busy", Message: "The server is full: " + busy.Error() + ".", RetryAfter: busy.RetryAfter}
	case errors.As(err, &coverage):
		return &Error{Status: http.StatusUnprocessableEntity, Param: "model", Code: "adapter_invalid", Message: coverage.Error(),
			Coverage: &Coverage{list(coverage.Matched), list(coverage.Unmatched), list(coverage.Missing), list(coverage.Wrong)}}
	case errors.As(err, &template):
		return &Error{Status: http.StatusBadRequest, Param: "messages", Code: "chat_template", Message: "The chat template of this model: " + template.Error()}
	case errors.As(err, &tooLarge):
		return &Error{Status: http.StatusRequestEntityTooLarge, Code: "too_large", Message: fmt.Sprintf("The body is over %d bytes.", tooLarge.Limit)}
	case errors.Is(err, serve.ErrClosed):
		return &Error{Status: http.StatusServiceUnavailable, Code: "stopping", Message: "The server is stopping.", RetryAfter: time.Second}
	case errors.Is(err, context.Canceled):
		return &Error{Status: statusClientClosed, Code: "cancelled", Message: "The request was given up."}
	}
	return &Error{Status: http.StatusInternalServerError, Code: "internal", Message: err.Error()}
}

// statusClientClosed is nginx's code for a client that has gone; nobody reads it.
const statusClientClosed = 499

func describeRequest(e *serve.RequestError) *Error {
	param, code := e.Field, "invalid_value"
	switch {
	case param == "schema":
		param, code = "response_format", "invalid_schema"
	case param == "prompt" || param == "max_tokens":
		code = "context_length_exceeded"
	}
	return &Error{Status: http.StatusBadRequest, Param: param, Code: code, Message: param + " " + e.Reason + "."}
}

// list is never null in JSON.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

// fail sends an error.
func (c *call) fail(err error) {
	e := describe(err)
	h := c.w.Header()
	if e.RetryAfter > 0 {
		h.Set("Retry-After-Ms", strconv.FormatInt(e.RetryAfter.Milliseconds(), 10))
		h.Set("Retry-After", strconv.FormatInt(int64((e.RetryAfter+time.Second-1)/time.Second), 10))
	}
	if e.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	if e.Status == http.StatusInternalServerError {
		h.Set("X-Should-Retry", "false") // the same request fails again: the arithmetic is exact
	}
	h.Set("Content-Type", "application/json")
	c.w.WriteHeader(e.Status)
	c.write(e.body())
}

// answer sends a JSON object.
func (c *call) answer(v any) error {
	c.w.Header().Set("Content-Type", "application/json")
	c.write(v)
	return nil
}

// write encodes v. Who asked may be gone, which nobody needs to know.
func (c *call) write(v any) {
	e := json.NewEncoder(c.w)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
}
