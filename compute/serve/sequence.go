package serve

import (
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/serve/grammar"
)

// A sequence is one choice of a request, an embedding or an audit on its way
// through the batches.
type sequence struct {
	stream *Stream // nil: an embedding or an audit
	task   *task   // nil: a stream
	choice int
	digest [32]byte // of the request
	req    *Request
	tenant *tenant

	tokens []int32 // prompt and answer
	prompt int     // how many are prompt
	pos    int     // of them, how many have keys and values
	pages  []int32
	shared []*sharedPage // by page; nil: the page is its own
	keys   []prefixKey   // by full page, as far as they were wanted

	adapter  *adapter // nil: the base model
	holds    bool     // counted among the adapter's users
	running  bool
	flying   bool // in the step that runs
	order    uint64
	overtook int       // sequences that began while this one waited for memory
	first    bool      // it was preempted: it goes on before all others
	behind   *sequence // the first choice, whose prompt this one shares; nil: none
	root     prefixKey
	dead     error // why it ends without an answer

	chain   Chain
	chained int // tokens of the answer in chain
	text    *text
	guide   *grammar.State // nil: no schema
	finish  Finish
}

// A task is what a sequence without a stream computes.
type task struct {
	audit *audit
	embed []float32 // sum of the final hidden states
	done  chan error
}

// rest returns how many known tokens are still to be read. Behind the last one
// of an audit there is nothing.
func (s *sequence) rest() int {
	n := len(s.tokens) - s.pos
	if s.task != nil && s.task.audit != nil {
		n--
	}
	return n
}

// decoding tells whether the next step takes one token and draws the next one.
func (s *sequence) decoding() bool { return s.task == nil && s.rest() == 1 && s.pos >= s.prompt }

// reusable is how many tokens may come out of the cache: the final hidden states
// of the others are wanted.
func (s *sequence) reusable() int {
	if s.task != nil && s.task.embed != nil {
		return 0
	}
	return s.prompt + s.chained - 1
}

// key returns the key of full page i.
func (s *sequence) key(i int, root prefixKey) prefixKey {
	for len(s.keys) <= i {
		n, last := len(s.keys), root
		if n > 0 {
			last = s.keys[n-1]
		}
		s.keys = append(s.keys, last.next(s.tokens[n*op.PageRows:(n+1)*op.PageRows]))
	}
	return s.keys[i]
}

// end reports to whoever waits.
func (s *sequence) end(err error) {
	if s.task != nil {
		s.task.done <- err // has room for one
		return
	}
	s.stream.fail(err)
}
