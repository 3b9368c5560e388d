package main

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"time"
)

// Commands about a running peer ask it over the ops window, below /api/v1/. The
// address, and a token that is new with each start, lie in the home: who can
// read that owns the peer, and no web page can guess it.

func (h home) apiFile() string { return h.path("api") }

// An apiEntry is how a command finds the running peer.
type apiEntry struct {
	URL    string `json:"url"`
	Token  string `json:"token"`
	OpenAI string `json:"openai,omitempty"` // where OpenAI's API is; it takes the token, too
}

// announce writes where the peer listens; the func takes it back.
func (o *ops) announce(h home) (withdraw func(), err error) {
	if o.listener == nil {
		return func() {}, nil
	}
	b, err := json.Marshal(apiEntry{o.url(""), o.session, o.openai})
	if err == nil {
		err = writeFile(h.apiFile(), b)
	}
	return func() { os.Remove(h.apiFile()) }, err
}

// A handle answers one control request: an answer that becomes JSON, or an error.
type handle func(ctx context.Context, args json.RawMessage) (any, error)

// control adds a route for the commands of this program.
func (o *ops) control(name string, h handle) {
	o.routes = append(o.routes, route{"POST /api/v1/" + name, o.owner(func(w http.ResponseWriter, r *http.Request) {
		args, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxArgs))
		var answer any
		if err == nil {
			answer, err = h(r.Context(), args)
		}
		w.Header().Set("Content-Type", "application/json")
		if err != nil {
			w.WriteHeader(http.StatusUnprocessableEntity)
			answer = map[string]string{"error": oneLine(err.Error())}
		}
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			o.metrics.requests.WithLabelValues("unwritten").Inc()
		}
	})})
}

// maxArgs bounds the arguments of a control request, in bytes.
const maxArgs = 1 << 20

// owner lets pass who could read the home.
func (o *ops) owner(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), []byte("Bearer "+o.session)) != 1 {
			o.metrics.refused.Inc()
			http.Error(w, "want the token in the home's file api", http.StatusUnauthorized)
			return
		}
		next(w, r)
	}
}

type route struct {
	pattern string
	handler http.HandlerFunc
}

// errNobody means that no peer of a home answers.
var errNobody = errors.New("no peer")

// ask puts a question to the running peer of a home and decodes the answer.
func (h home) ask(ctx context.Context, name string, args, answer any) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	response, err := h.call(ctx, name, args)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	return json.NewDecoder(response.Body).Decode(answer)
}

// running reads where the running peer of a home is.
func (h home) running() (entry apiEntry, err error) {
	text, err := os.ReadFile(h.apiFile())
	if errors.Is(err, fs.ErrNotExist) {
		return entry, nobody("no peer is running in %s", h)
	}
	if err == nil {
		err = json.Unmarshal(text, &entry)
	}
	if err != nil {
		return entry, homeProblem(fmt.Errorf("read %s: %w", h.apiFile(), err))
	}
	return entry, nil
}

// call puts a question to the running peer of a home; the caller closes the
// body of the response.
func (h home) call(ctx context.Context, name string, args any) (*http.Response, error) {
	entry, err := h.running()
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(args)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, entry.URL+"/api/v1/"+name, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+entry.Token)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, nobody("no peer answers at %s", entry.URL)
	}
	if response.StatusCode == http.StatusOK {
		return response, nil
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotFound {
		return nil, problemf(exitFailed, `stop it, and start "peer run"`, "what runs in %s has joined no network", h)
	}
	var e struct{ Error string }
	b, err := io.ReadAll(io.LimitReader(response.Body, 1<<16))
	if err == nil && json.Unmarshal(b, &e) == nil && e.Error != "" {
		return nil, errors.New(e.Error)
	}
	return nil, fmt.Errorf("the peer answers %s: %s", response.Status, strings.TrimSpace(string(b)))
}

// nobody is errNobody in a sentence of its own.
func nobody(format string, args ...any) error {
	return problemf(exitFailed, `start it with "peer run"`, "%w", nobodyError(fmt.Sprintf(format, args...)))
}

type nobodyError string

func (e nobodyError) Error() string        { return string(e) }
func (e nobodyError) Is(target error) bool { return target == errNobody }
