package api

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/compute/tokenizer/chat"
)

// A Backend is whoever computes: an engine in this process (Local), or workers
// elsewhere. Text becomes tokens on this side, with the tokenizer and template
// of Model; what travels is a serve.Request, and what comes back are events of
// package serve, so both kinds of backend answer with the same bits.
//
// Errors that clients learn in full: *UnknownModelError, *serve.RequestError,
// *serve.UnknownAdapterError, *serve.BusyError, *lora.CoverageError and *Error.
type Backend interface {
	// Models lists what can be asked for. The base models come first.
	Models(ctx context.Context) ([]Model, error)

	// Model finds the model that a client names: by its ID, a CID of a model or
	// an adapter, or BASE:ADAPTER. It never stands in another one.
	Model(ctx context.Context, name string) (Model, error)

	// Complete begins an answer, or refuses it at once. r.Model and r.Adapter
	// are those of m. When ctx is done the answer is given up.
	Complete(ctx context.Context, m Model, r serve.Request) (Answer, error)

	// Embed returns the mean of the final hidden states of a prompt.
	Embed(ctx context.Context, m Model, tenant string, prompt []int32) (Vector, error)
}

// A Vector is an embedding.
type Vector struct {
	Values   []float32
	Peer     string // the other peer that computed it; "": this one did
	Verified bool   // computed again here, to the bit
}

// An Answer is a stream of tokens. *serve.Stream has the first three methods.
type Answer interface {
	// Next returns the next token of any choice, with Text filled in; io.EOF
	// behind the last one.
	Next(ctx context.Context) (serve.Event, error)
	Usage() serve.Usage
	Close() // gives up what is not complete; may be called more than once

	// Receipt states what has been answered so far; behind io.EOF that is all.
	Receipt(ctx context.Context) (Receipt, error)
}

// A Model is what a client's model name means: a base model, or an adapter on one.
type Model struct {
	ID      string  // what clients call it
	CID     cid.Cid // of the base model
	Adapter cid.Cid // undefined: the base model itself
	Parent  string  // of an adapter: the ID of its base
	Owner   string  // who offers it
	Created time.Time

	Context   int // tokens of a sequence at most
	Tokenizer *tokenizer.Tokenizer
	Templates chat.Templates // empty: it has no chat template

	Info *serve.AdapterInfo // of an adapter that is known here
}

// A Receipt is what was asked, what was answered, and who stands for it.
type Receipt struct {
	Request serve.Request // as accepted, with defaults filled in
	Answers []serve.Answer
	Peers   []string   // peer IDs of the workers, in the order in which they took part; none: this process, which signs nothing
	IDs     [][32]byte // of the receipts that are kept, by choice; "peer receipt show" finds them
	Records [][]byte   // sealed records that the workers signed
	Epoch   uint64     // in which it settles; 0: it does not
}

// An UnknownModelError says that no model has this name.
type UnknownModelError struct {
	Name    string
	Nearest []string // names that look like it
}

func (e *UnknownModelError) Error() string {
	s := fmt.Sprintf("The model %q does not exist here.", e.Name)
	if len(e.Nearest) > 0 {
		s += fmt.Sprintf(" Did you mean %q?", e.Nearest)
	}
	return s
}

// Adapters is a backend that takes adapters.
type Adapters interface {
	Adapters(ctx context.Context) ([]serve.AdapterInfo, error)
	// LoadAdapter makes an adapter known and brings it into memory.
	LoadAdapter(ctx context.Context, l AdapterLoad) (serve.AdapterInfo, error)
	// UnloadAdapter takes the name away, and the memory once nobody uses it.
	UnloadAdapter(ctx context.Context, name string) error
}

// An AdapterLoad names an adapter by its folder, its CID or both.
type AdapterLoad struct {
	Name    string
	Dir     string
	CID     cid.Cid
	Pin     bool // it stays in memory
	Replace bool // the name may stand for another adapter now
}

// A Tuner trains adapters.
type Tuner interface {
	// Check says what is wrong with a job before it is taken: an unknown model,
	// say, or data of no known form.
	Check(ctx context.Context, t Tuning) error

	// Tune does the job until its end and returns the model that came of it. It
	// tells watch how far it is. When ctx is done it saves what it has in t.Dir
	// and returns ctx's error; called again with the same Tuning, in this or a
	// later process, it goes on there.
	Tune(ctx context.Context, t Tuning, watch func(TuneEvent)) (Tuned, error)
}

// A Tuning is one fine-tuning job.
type Tuning struct {
	ID         string
	Model      string // as Backend.Model knows it
	Data       string // a JSONL file; "" with Datanet
	Validation string // a JSONL file; "": part of the data is held out
	Datanet    string // CID or name of a Datanet, instead of Data
	Suffix     string // of the new model's name
	Seed       uint64
	Preset     string  // quick, balanced or thorough
	Epochs     float64 // 0: as the preset says, and so on
	Batch      int
	Rate       float64 // multiplies the preset's learning rate
	Metadata   map[string]string
	Dir        string // of its own, for what it keeps
}

// A TuneEvent is how far a job is.
type TuneEvent struct {
	Message    string // for people; "" with a step
	Warning    bool
	Step       int // steps done
	Steps      int
	Loss       float32
	Valid      *float32
	Tokens     int    // positions of the step
	Checkpoint string // name of the checkpoint that was just written
	Left       time.Duration
}

// A Tuned is what came of a job.
type Tuned struct {
	Model string // its name, ready to be asked for
	CID   cid.Cid
	Extra json.RawMessage // an object for people: peers, cost; nil: none
}

// Attributions says whose data made an answer.
type Attributions interface {
	// Attribute begins with an answer that is complete. With Wait it returns
	// when it is done. The value becomes JSON in the answer.
	Attribute(ctx context.Context, id string, want Attribution, r Receipt) (any, error)
	// Attribution returns one by the ID of its answer.
	Attribution(ctx context.Context, id string) (any, error)
	// Proof returns what recomputing it needs.
	Proof(ctx context.Context, id string) (any, error)
}

// An Attribution is what a request wants to know about its sources.
type Attribution struct {
	TopK        int    `json:"top_k,omitempty"`
	Granularity string `json:"granularity,omitempty"` // response, span or token
	Wait        bool   `json:"wait,omitempty"`
}
