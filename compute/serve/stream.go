package serve

import (
	"context"
	"io"
	"slices"
	"sync"
)

// A Finish says why an answer ended.
type Finish string

const (
	FinishStop   Finish = "stop"   // a stop token, a stop string or the end of the schema
	FinishLength Finish = "length" // as many tokens as allowed
)

// A Hash is a link of the chain that commits to an answer; see Chain.
type Hash [32]byte

// An Event is one token of one answer.
type Event struct {
	Choice int
	Token  int32
	Text   string // what can be shown now; text that may begin a stop string is held back

	Logprob float32        // if asked for: of the token, before bias and temperature
	Top     []TokenLogprob // the most probable tokens, the highest first

	// Hash is the chain after this token: with every 32nd token and the last
	// one, else nil.
	Hash *Hash

	Finish Finish // with the last token of the choice, else ""
}

// A TokenLogprob is a token and its log-probability.
type TokenLogprob struct {
	Token   int32
	Logprob float32
}

// An Answer is one choice as far as it got: what a receipt states and Audit
// checks.
type Answer struct {
	Choice int
	Tokens []int32 // Request.Answered included
	Hashes []Hash  // after tokens 32, 64, ...
	Last   Hash    // after the last token
	Finish Finish  // "" if it was cut off
}

// Usage counts the tokens of a request.
type Usage struct {
	Prompt int
	Cached int // of them, found in the cache; the last choice counts
	Answer int // of all choices
}

// A Stream is the answer to one request. Next is for one goroutine; Close may
// be called by any.
type Stream struct {
	Request Request // as accepted, with defaults filled in

	e *Engine

	mu     sync.Mutex
	ready  chan struct{} // has room for one; a token in it means that there is something
	events []Event
	err    error // what ends the stream; io.EOF: the answer is complete
	open   int   // choices that have not ended
	stop   func() bool

	answers []Answer
	usage   Usage
}

func newStream(e *Engine, r Request) *Stream {
	s := &Stream{Request: r, e: e, ready: make(chan struct{}, 1), open: r.Choices, answers: make([]Answer, r.Choices)}
	for i := range s.answers {
		s.answers[i] = Answer{Choice: i, Tokens: slices.Clone(r.Answered)}
	}
	s.usage.Prompt = len(r.Prompt)
	return s
}

// Next returns the next event. The error is io.EOF behind the last event of a
// complete answer, that of ctx, or what went wrong; after an error of the
// stream itself all calls return it.
func (s *Stream) Next(ctx context.Context) (Event, error) {
	for {
		s.mu.Lock()
		if len(s.events) > 0 {
			ev := s.events[0]
			s.events = s.events[1:]
			s.mu.Unlock()
			return ev, nil
		}
		err := s.err
		s.mu.Unlock()
		if err != nil {
			return Event{}, err
		}
		select {
		case <-s.ready:
		case <-ctx.Done():
			return Event{}, context.Cause(ctx)
		}
	}
}

// Close gives up an answer that is not complete: what it held is free at the
// end of the step in progress. It may be called more than once.
func (s *Stream) Close() { s.e.cancel(s, context.Canceled) }

// Answers returns the choices as far as they got.
func (s *Stream) Answers() []Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.Clone(s.answers)
	for i := range all {
		all[i].Tokens, all[i].Hashes = slices.Clone(all[i].Tokens), slices.Clone(all[i].Hashes)
	}
	return all
}

// Usage returns the tokens so far.
func (s *Stream) Usage() Usage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.usage
}

// emit hands an event to the reader. h is the chain after its token, last says
// that the choice is complete.
func (s *Stream) emit(ev Event, h Hash, last bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return
	}
	a := &s.answers[ev.Choice]
	a.Tokens, a.Finish, a.Last = append(a.Tokens, ev.Token), ev.Finish, h
	if len(a.Tokens)%HashEvery == 0 {
		a.Hashes = append(a.Hashes, h)
	}
	s.usage.Answer++
	s.events = append(s.events, ev)
	if last {
		if s.open--; s.open == 0 {
			s.end(io.EOF)
		}
	}
	s.wake()
}

// hash takes the chain over that ends with a token which was answered before.
func (s *Stream) hash(choice int, h Hash) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := &s.answers[choice]
	a.Hashes = append(a.Hashes, h)
}

// cached counts the tokens of the prompt that were in the cache.
func (s *Stream) cached(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.usage.Cached = min(n, s.usage.Prompt)
}

// fail ends the stream with an error, unless it has ended.
func (s *Stream) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.end(err)
	}
	s.wake()
}

// end is called with mu held.
func (s *Stream) end(err error) {
	s.err = err
	if s.stop != nil {
		s.stop()
	}
}

func (s *Stream) wake() {
	select {
	case s.ready <- struct{}{}:
	default:
	}
}
