// Package serve answers requests with one model and any number of adapters.
//
// The invariant: what an answer is depends on its Request alone, to the bit. It
// does not depend on what else is in the batch, on how the prompt was cut, on
// what was in the cache, on whether the adapter was there already, or on the
// machine. So a request can be moved to another engine in the middle of its
// answer, and Audit can recompute any answer from its tokens.
//
// Submit puts a Request into the queue or refuses it at once; its Stream yields
// Events. Run is the loop: each step takes the next token of every answer and
// a piece of the prompts that are being read, whatever their adapters, and runs
// them as one batch. Keys, values and adapters live in one arena of fixed size.
//
// An adapter is its CID; names are aliases, resolved once per request. The
// pages of a prompt are shared under the hash of the model, the adapter and all
// tokens so far.
//
// Start with Config, Engine and Request; schedule.go is what a step does.
package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/tokenizer"
)

// A Config says what an engine serves and with how much. The zero value of each
// optional field works.
type Config struct {
	Model *llama.Model // required
	CID   cid.Cid      // identity of the model, required

	// Tokenizer makes text of tokens. Without it events have no text, and stop
	// strings and schemas are refused.
	Tokenizer *tokenizer.Tokenizer

	// Memory is the size of the arena in bytes, which holds keys, values and
	// adapters. 0: 1 GiB.
	Memory int64

	Slots   int // sequences in a batch at most; 0: 32
	Context int // tokens of a sequence at most; 0: the model's
	Chunk   int // tokens of prompts read in a step, beside one for each free slot; 0: 64
	Queue   int // waiting sequences, above which Submit refuses; 0: 256

	// Overtake is how many sequences may begin before one that waits for
	// memory, because their adapters are there already. Then it is its turn,
	// whatever it takes. 0: 64.
	Overtake int

	// Adapters gets an adapter that is known by its CID only; see Register. It
	// MUST return when ctx is done.
	Adapters func(ctx context.Context, c cid.Cid) (*lora.Files, error)

	Log *slog.Logger // nil: none
}

// ErrClosed is what a request gets whose engine has stopped.
var ErrClosed = errors.New("the engine has stopped")

// A BusyError says that the queue is full.
type BusyError struct {
	Waiting    int           // sequences in the queue
	RetryAfter time.Duration // when there may be room
}

func (e *BusyError) Error() string {
	return fmt.Sprintf("busy: %d sequences are waiting; try again in %v", e.Waiting, e.RetryAfter)
}

// A RequestError says which field of a request cannot be, and why.
type RequestError struct {
	Field  string // as in Request, in lower case: prompt, max_tokens, top_p, ...
	Reason string
}

func (e *RequestError) Error() string { return e.Field + " " + e.Reason }

func invalid(field, format string, args ...any) error {
	return &RequestError{field, fmt.Sprintf(format, args...)}
}

// An UnknownAdapterError says that no adapter has this name or CID.
type UnknownAdapterError struct {
	Name    string
	Nearest []string // names that look like it
}

func (e *UnknownAdapterError) Error() string {
	s := fmt.Sprintf("no adapter %q", e.Name)
	if len(e.Nearest) > 0 {
		s += fmt.Sprintf("; did you mean %q?", e.Nearest)
	}
	return s
}
