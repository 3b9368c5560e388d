package gossip

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/openledger/openledger/proofs/record"
)

// A Rule says what a topic carries.
type Rule struct {
	Name  string        // "advert": the topic is openledger/NETWORK/advert/1
	Types []record.Type // that it carries

	// Check decides whether the signer may say so; it MUST be there. nil accepts
	// the record. An error that wraps ErrIgnore drops it without blame: this
	// peer cannot tell, or does not care. Any other error blames the peer that
	// passed it on, so it MUST follow from the record alone: no honest peer
	// would pass it on either.
	Check func(record.Verified) error

	MaxBytes int           // of a record; 0: 64 KiB
	Rate     Rate          // of one signer; zero: 1 a second, 600 at once
	Latest   bool          // true: a record makes those of lower sequence worthless; false: each counts
	Window   time.Duration // how long a place is remembered at least; 0: 1 hour. Check SHOULD refuse records older than that
	Places   int           // signer, type and subject that are remembered; 0: 65,536

	// Evidence, if not nil, is told when a signer fills one place with two
	// payloads. The later record is not delivered.
	Evidence func(record.Equivocation)
}

// A Rate is how many records may come: PerSecond in the long run, Burst at once.
type Rate struct {
	PerSecond float64
	Burst     int
}

// Why a record is not delivered.
var (
	// ErrIgnore blames nobody.
	ErrIgnore = errors.New("gossip: ignored")

	ErrDuplicate = fmt.Errorf("%w: seen before", ErrIgnore)
	ErrOld       = fmt.Errorf("%w: a newer one was seen", ErrIgnore)
	ErrConflict  = fmt.Errorf("%w: its signer has filled the place with another payload", ErrIgnore)
	ErrRate      = fmt.Errorf("%w: its signer sends too many", ErrIgnore)

	// ErrSize and ErrTopic blame who passed it on.
	ErrSize  = errors.New("gossip: larger than the topic allows")
	ErrTopic = errors.New("gossip: of a type that the topic does not carry")
)

func (r Rule) complete() (Rule, error) {
	if r.Name == "" || len(r.Types) == 0 || r.Check == nil {
		return r, fmt.Errorf("gossip: rule %q lacks a name, a type or a check", r.Name)
	}
	if r.MaxBytes == 0 {
		r.MaxBytes = 64 << 10
	}
	if r.Rate == (Rate{}) {
		r.Rate = Rate{PerSecond: 1, Burst: 600}
	}
	if r.Window == 0 {
		r.Window = time.Hour
	}
	if r.Places == 0 {
		r.Places = 1 << 16
	}
	return r, nil
}

// open is the part of judging a record that needs no memory.
func (r Rule) open(envelope []byte, network record.Network) (record.Verified, error) {
	if len(envelope) > r.MaxBytes {
		return record.Verified{}, fmt.Errorf("%w: %d bytes, at most %d", ErrSize, len(envelope), r.MaxBytes)
	}
	v, err := record.Open(envelope, network)
	if errors.Is(err, record.ErrType) { // a newer program may know it
		return v, fmt.Errorf("%w: %w", ErrIgnore, err)
	}
	if err != nil {
		return v, err
	}
	return v, r.carries(v)
}

func (r Rule) carries(v record.Verified) error {
	if !slices.Contains(r.Types, v.Header().Type) {
		return fmt.Errorf("%w: %s", ErrTopic, v.Header().Type)
	}
	return r.Check(v)
}

// reason names an error in metrics.
func reason(err error) string {
	for _, k := range []struct {
		err  error
		name string
	}{
		{ErrDuplicate, "duplicate"}, {ErrOld, "old"}, {ErrConflict, "conflict"}, {ErrRate, "rate"},
		{record.ErrType, "unknown_type"}, {ErrSize, "size"}, {ErrTopic, "type"},
		{record.ErrForm, "form"}, {record.ErrNetwork, "network"}, {record.ErrPayload, "payload"}, {record.ErrSignature, "signature"},
	} {
		if errors.Is(err, k.err) {
			return k.name
		}
	}
	return "check"
}
