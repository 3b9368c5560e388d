package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/gateway"
)

func chatCmd(a *app) *cobra.Command {
	t := &talk{a: a}
	f := &serveFlags{Slots: 1}
	c := &cobra.Command{
		Use: "chat MODEL[:ADAPTER]", Short: "Talk with a model", Args: takes(1, 1),
		Long: `Talk with a model of the home or a model folder, or with one of its adapters; beside
a running peer ("peer run", "peer serve") also with models of other peers, by name or
CID; with --url, with a model of any server of OpenAI's API. The answer appears as it is
made; Ctrl-C ends it, and twice the talk.

A message is a line; between two lines of """ it is many. /clear forgets the
conversation, /history shows it, /system TEXT says what the model is, /bye ends.
A model without chat template goes on with your text instead.`,
		Example: `  peer train local --preset tiny --text "to be or not to be" --steps 3 --out mine
  echo "to be" | peer chat ./mine --max-tokens 8 --seed 1`,
		RunE: func(c *cobra.Command, args []string) error { return t.run(args[0], f) },
	}
	f.add(c)
	c.Flags().StringVar(&t.url, "url", "", "base `URL` of a server, such as http://127.0.0.1:6739/v1 (default: the running peer's, else compute here)")
	c.Flags().StringVar(&t.system, "system", "", "what the model is told first")
	c.Flags().IntVar(&t.max, "max-tokens", 0, "tokens of an answer at most (default what fits)")
	c.Flags().Float64Var(&t.temperature, "temperature", 0.7, "0 always takes the most probable token")
	c.Flags().Int64Var(&t.seed, "seed", -1, "of the random numbers (default a new one each time)")
	return c
}

// A talk is a conversation with a model.
type talk struct {
	a           *app
	url, model  string
	system      string
	max         int
	temperature float64
	seed        int64
	plain       bool // the model has no chat template
	said        []api.ChatMessage
	key         string       // what requests bear
	here        func() error // has the running peer compute the model; nil: it does, or cannot
	stop        []func()     // what ends with the talk
}

func (t *talk) run(ref string, f *serveFlags) (err error) {
	t.model = ref
	defer func() {
		for _, stop := range t.stop {
			stop()
		}
	}()
	if t.key, _ = t.a.getenv("OPENAI_API_KEY"); t.url == "" {
		if err := t.connect(ref, f); err != nil {
			return err
		}
	}
	t.url = strings.TrimSuffix(t.url, "/")
	t.forget()
	if err := t.or(t.look); err != nil {
		return err
	}
	next, done, err := t.reader()
	if err != nil {
		return err
	}
	defer done()
	for {
		text, err := next()
		if err == io.EOF || err == nil && text == "/bye" {
			return nil
		}
		if err != nil {
			return err
		}
		if text = strings.TrimSpace(text); text == "" || t.order(text) {
			continue
		}
		if err := t.or(func() error { return t.ask(text) }); err != nil {
			if _, ok := t.a.terminal(); !ok {
				return err
			}
			fmt.Fprintln(t.a.err, "peer:", oneLine(err.Error()))
		}
	}
}

// or does something; where that fails because nobody serves the model, it has the
// running peer compute it and tries again.
func (t *talk) or(do func() error) error {
	err := do()
	if t.here == nil || !errors.Is(err, errNoWorker) {
		return err
	}
	if failed := t.here(); failed != nil {
		return fmt.Errorf("%w; here: %w", err, failed)
	}
	return do()
}

// errNoWorker is an answer of the API that nobody serves a model.
var errNoWorker = errors.New("nobody serves it")

// connect finds who answers: the running peer, else this process.
func (t *talk) connect(ref string, f *serveFlags) error {
	h, s, err := t.a.open()
	if err != nil {
		return err
	}
	name, adapter := ref, ""
	if _, err := h.models().find(ref); err != nil {
		if before, after, ok := strings.Cut(ref, ":"); ok && after != "" {
			name, adapter = before, after
		}
	}
	f.Model = name
	m, missing := h.models().find(name)
	running, err := h.running()
	if err != nil || running.OpenAI == "" || !alive(running.OpenAI) {
		return t.serveHere(h, s, f, adapter)
	}
	t.url, t.key = running.OpenAI+"/v1", running.Token
	if missing == nil {
		t.here = func() error { return t.lease(h, f, adapter) }
	}
	special := len(f.Adapters) > 0 || f.Template != "" || f.Q8 || f.Context > 0
	if missing == nil && (m.Dir == name || special) { // a folder has no name there
		return t.here()
	}
	return nil
}

// alive says whether a server answers.
func alive(url string) bool {
	response, err := http.Get(url + "/health")
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// lease has the running peer compute the model until the talk is over.
func (t *talk) lease(h home, f *serveFlags, adapter string) error {
	t.here = nil
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan serveReport, 1), make(chan error, 1)
	asking := *t.a
	asking.output = "json"
	go func() {
		ended <- asking.lease(ctx, h, *f, writerFunc(func(b []byte) (int, error) {
			var r serveReport
			if err := json.Unmarshal(b, &r); err != nil {
				return 0, err
			}
			ready <- r
			return len(b), nil
		}))
	}()
	select {
	case r := <-ready:
		if t.model = r.Model; adapter != "" {
			t.model += ":" + adapter
		}
		t.stop = append(t.stop, func() { cancel(); <-ended })
		return nil
	case err := <-ended:
		cancel()
		return err
	}
}

// serveHere serves the model to this process alone.
func (t *talk) serveHere(h home, s *settings, f *serveFlags, adapter string) error {
	v, err := openServing(h, s.Engine, t.a.logger(s.Log), f, nil)
	if err != nil {
		return err
	}
	t.stop = append(t.stop, v.close)
	t.model = v.local.Base.ID
	if adapter != "" {
		if i, err := h.adapters().find(adapter); err == nil {
			if _, err := v.local.Add(api.AdapterLoad{Name: adapter, Dir: i.Dir, Replace: true}); err != nil {
				return fmt.Errorf("adapter %s: %w", adapter, err)
			}
		}
		t.model += ":" + adapter
	}
	server, err := api.New(api.Config{Backend: v.local})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	t.url = "http://" + l.Addr().String() + "/v1"
	ctx, cancel := context.WithCancel(context.Background())
	ran := make(chan error, 2)
	go func() { ran <- v.engine.Run(ctx) }()
	go func() { ran <- server.Serve(ctx, l) }()
	t.stop = append([]func(){func() { cancel(); <-ran; <-ran }}, t.stop...) // before v is closed
	return nil
}

// look asks for the model, and whether it has a chat template.
func (t *talk) look() error {
	r, err := http.NewRequest(http.MethodGet, t.url+"/models/"+t.model, nil)
	if err != nil {
		return err
	}
	t.sign(r)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return problemf(exitFailed, "check --url", "%w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return apiProblem(response)
	}
	m := api.ModelObject{ChatTemplate: true}
	if err := json.NewDecoder(response.Body).Decode(&m); err != nil {
		return err
	}
	t.plain = m.Root != "" && !m.ChatTemplate
	return nil
}

// apiProblem is the error that a server answers with.
func apiProblem(r *http.Response) error {
	var e api.ErrorBody
	b, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err == nil && json.Unmarshal(b, &e) == nil && e.Error.Message != "" {
		if c := e.Error.Code; c != nil && (*c == gateway.NoWorker || *c == "model_not_found") {
			return problemf(exitFailed, "", "%s%w", e.Error.Message, silently{errNoWorker})
		}
		return problemf(exitFailed, "", "%s", e.Error.Message)
	}
	return problemf(exitFailed, "", "the server answers %s", r.Status)
}

// silently is an error that adds no words.
type silently struct{ error }

func (silently) Error() string   { return "" }
func (s silently) Unwrap() error { return s.error }

// sign shows who asks.
func (t *talk) sign(r *http.Request) {
	if t.key != "" {
		r.Header.Set("Authorization", "Bearer "+t.key)
	}
}

// forget begins a new conversation.
func (t *talk) forget() {
	t.said = nil
	if t.system != "" {
		t.said = append(t.said, message("system", t.system))
	}
}

func message(role, text string) api.ChatMessage {
	b, err := json.Marshal(text)
	if err != nil {
		panic("peer: internal error: " + err.Error()) // a string
	}
	return api.ChatMessage{Role: role, Content: b}
}

// order does what a line that begins with a slash says.
func (t *talk) order(text string) bool {
	word, rest, _ := strings.Cut(text, " ")
	switch word {
	case "/clear":
		t.forget()
	case "/system":
		t.system = rest
		t.forget()
	case "/history":
		for _, m := range t.said {
			var s string
			if json.Unmarshal(m.Content, &s) == nil {
				fmt.Fprintf(t.a.out, "%s: %s\n", m.Role, s)
			}
		}
	case "/?", "/help":
		fmt.Fprintln(t.a.err, `""" begins and ends many lines; /clear, /history, /system TEXT, /bye`)
	default:
		return false
	}
	return true
}

// ask sends a message and shows the answer as it comes.
func (t *talk) ask(text string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	body := map[string]any{"model": t.model, "stream": true, "temperature": t.temperature}
	path := "/chat/completions"
	said := append(t.said[:len(t.said):len(t.said)], message("user", text))
	if t.plain {
		path, body["prompt"] = "/completions", text
		body["max_tokens"] = 128
	} else {
		body["messages"] = said
	}
	if t.max > 0 {
		body["max_tokens"] = t.max
	}
	if t.seed >= 0 {
		body["seed"] = t.seed
	}
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url+path, bytes.NewReader(b))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	t.sign(r)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return apiProblem(response)
	}
	answer, err := t.show(response.Body)
	fmt.Fprintln(t.a.out)
	if err != nil && ctx.Err() == nil {
		return err
	}
	t.said = append(said, message("assistant", answer)) // what was interrupted was said, too
	return nil
}

// show prints the text of a stream.
func (t *talk) show(stream io.Reader) (answer string, err error) {
	lines := bufio.NewScanner(stream)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		data, ok := bytes.CutPrefix(lines.Bytes(), []byte("data: "))
		if !ok || string(data) == "[DONE]" {
			continue
		}
		var chunk struct {
			Choices []struct {
				Text  string
				Delta struct{ Content string }
			}
			Error *api.ErrorObject
		}
		if err := json.Unmarshal(data, &chunk); err != nil {
			return answer, err
		}
		if chunk.Error != nil {
			return answer, errors.New(chunk.Error.Message)
		}
		for _, c := range chunk.Choices {
			answer += c.Text + c.Delta.Content
			fmt.Fprint(t.a.out, c.Text+c.Delta.Content)
		}
	}
	return answer, lines.Err()
}

// reader returns what gets the next message: from a terminal with line editing
// and the history of lines, else from standard input.
func (t *talk) reader() (next func() (string, error), done func(), err error) {
	line, done := t.lines()
	return func() (string, error) {
		text, err := line("> ")
		if err != nil || strings.TrimSpace(text) != `"""` {
			return text, err
		}
		var all []string
		for {
			text, err := line("  ")
			if err != nil || strings.TrimSpace(text) == `"""` {
				return strings.Join(all, "\n"), err
			}
			all = append(all, text)
		}
	}, done, nil
}

func (t *talk) lines() (line func(prompt string) (string, error), done func()) {
	if !term.IsTerminal(int(t.a.in.Fd())) {
		in := bufio.NewReader(t.a.in)
		return func(string) (string, error) {
			text, err := in.ReadString('\n')
			if err == io.EOF && text != "" {
				err = nil
			}
			return strings.TrimRight(text, "\r\n"), err
		}, func() {}
	}
	terminal := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{t.a.in, t.a.err}, "")
	return func(prompt string) (string, error) {
		before, err := term.MakeRaw(int(t.a.in.Fd()))
		if err != nil {
			return "", err
		}
		defer term.Restore(int(t.a.in.Fd()), before)
		terminal.SetPrompt(prompt)
		return terminal.ReadLine()
	}, func() {}
}
