// Package capacity tells other peers what this one can do, and finds peers that
// can do what is needed.
//
// The invariant: an Advert is measured, not claimed: its speeds come from a
// benchmark, its memory from the system, its arithmetic versions from a
// self-test that passed. What others say is believed only as far as they signed
// it, for now, about themselves; a sudden jump is shown and not yet counted.
//
// Start with Detect, then New, Run and Find.
package capacity

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// An Advert is what a peer can do, at the time it was issued. It is the payload
// of a record of type Advert, whose subject is the peer and whose sequence is
// the time of issue in milliseconds.
type Advert struct {
	Issued     time.Time // to the millisecond
	Expires    time.Time // at most MaxTTL later
	Version    string    // of the software
	Arithmetic []uint64  // versions whose self-test passed here, rising

	Class  Class  // of the device that jobs run on
	Device string // its name
	Cores  uint64
	Memory uint64 // bytes of it
	GPUs   []GPU  // all that are present, in use or not

	Speed Speed
	Slots uint64 // jobs or requests that could start now

	Models    []cid.Cid // warm: they answer without being loaded; rising by their bytes
	Adapters  []cid.Cid // warm, likewise
	Manifests []cid.Cid // datasets that this peer pins, likewise

	PriceTrain uint64 // millionths of an OPEN for a million tokens trained
	PriceServe uint64 // the same for tokens read or written when serving
	Reach      Reach
}

// A Class is a kind of device. The numbers are append-only.
type Class uint64

const (
	CPU  Class = 1
	CUDA Class = 2 // a GPU of NVIDIA
)

func (c Class) String() string {
	switch c {
	case CPU:
		return "cpu"
	case CUDA:
		return "cuda"
	}
	return fmt.Sprintf("class %d", uint64(c))
}

// A Reach says how a peer is dialled. The numbers are append-only.
type Reach uint64

const (
	Unknown Reach = 0 // no peer has tried
	Public  Reach = 1 // directly
	Relayed Reach = 2 // behind a NAT: by a relay, then perhaps directly
)

// A Speed is what a benchmark of a few seconds measured. 0 is not measured.
type Speed struct {
	Compute   uint64 // MFLOP/s, exact arithmetic
	Bandwidth uint64 // bytes/s of memory read
	Train     uint64 // thousandths of a token per second
	Prefill   uint64 // the same
	Decode    uint64 // the same, one request at a time
}

// Limits of an advert.
const (
	MaxTTL   = time.Hour
	MaxBytes = 16 << 10 // of the record

	maxText     = 96
	maxVersions = 16
	maxGPUs     = 16
	maxLinks    = 64
)

// AppendCanon appends the advert to b.
func (a *Advert) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 17)
	b = canon.AppendUint(b, uint64(a.Issued.UnixMilli()))
	b = canon.AppendUint(b, uint64(a.Expires.UnixMilli()))
	b = canon.AppendText(b, a.Version)
	b = canon.AppendArray(b, len(a.Arithmetic))
	for _, v := range a.Arithmetic {
		b = canon.AppendUint(b, v)
	}
	b = canon.AppendUint(b, uint64(a.Class))
	b = canon.AppendText(b, a.Device)
	b = canon.AppendUint(b, a.Cores)
	b = canon.AppendUint(b, a.Memory)
	b = canon.AppendArray(b, len(a.GPUs))
	for _, g := range a.GPUs {
		b = g.appendCanon(b)
	}
	b = canon.AppendArray(b, 5)
	for _, n := range []uint64{a.Speed.Compute, a.Speed.Bandwidth, a.Speed.Train, a.Speed.Prefill, a.Speed.Decode} {
		b = canon.AppendUint(b, n)
	}
	b = canon.AppendUint(b, a.Slots)
	for _, links := range [][]cid.Cid{a.Models, a.Adapters, a.Manifests} {
		b = canon.AppendArray(b, len(links))
		for _, c := range links {
			b = canon.AppendCID(b, c)
		}
	}
	b = canon.AppendUint(b, a.PriceTrain)
	b = canon.AppendUint(b, a.PriceServe)
	return canon.AppendUint(b, uint64(a.Reach))
}

// ReadCanon reads what AppendCanon wrote.
func (a *Advert) ReadCanon(r *canon.Reader) {
	const most = 1<<63 - 1 // of any amount, so that sums of two do not overflow
	r.Fields(17)
	a.Issued = time.UnixMilli(int64(r.Uint(1 << 52)))
	a.Expires = time.UnixMilli(int64(r.Uint(1 << 52)))
	a.Version = readText(r)
	a.Arithmetic = make([]uint64, r.Array(maxVersions))
	for i := range a.Arithmetic {
		a.Arithmetic[i] = r.Uint(1 << 32)
		if i > 0 && a.Arithmetic[i] <= a.Arithmetic[i-1] {
			r.Fail("arithmetic versions do not rise")
		}
	}
	a.Class = Class(r.Uint(1 << 16))
	a.Device = readText(r)
	a.Cores = r.Uint(1 << 32)
	a.Memory = r.Uint(most)
	a.GPUs = make([]GPU, r.Array(maxGPUs))
	for i := range a.GPUs {
		a.GPUs[i].readCanon(r)
	}
	r.Fields(5)
	for _, n := range []*uint64{&a.Speed.Compute, &a.Speed.Bandwidth, &a.Speed.Train, &a.Speed.Prefill, &a.Speed.Decode} {
		*n = r.Uint(most)
	}
	a.Slots = r.Uint(1 << 32)
	for _, links := range []*[]cid.Cid{&a.Models, &a.Adapters, &a.Manifests} {
		*links = make([]cid.Cid, r.Array(maxLinks))
		for i := range *links {
			(*links)[i] = r.CID()
			if i > 0 && byBytes((*links)[i-1], (*links)[i]) >= 0 {
				r.Fail("links do not rise")
			}
		}
	}
	a.PriceTrain = r.Uint(most)
	a.PriceServe = r.Uint(most)
	a.Reach = Reach(r.Uint(1 << 16))
}

func byBytes(a, b cid.Cid) int { return strings.Compare(a.KeyString(), b.KeyString()) }

// links returns at most maxLinks of them, sorted and each once.
func links(in []cid.Cid) []cid.Cid {
	out := slices.DeleteFunc(slices.Clone(in), func(c cid.Cid) bool { return !c.Defined() })
	out = out[:min(len(out), maxLinks)]
	slices.SortFunc(out, byBytes)
	return slices.CompactFunc(out, cid.Cid.Equals)
}

// readText reads a line that a terminal may show.
func readText(r *canon.Reader) string {
	s := r.Text(maxText)
	if s != line(s) {
		r.Fail("a text of unprintable letters")
	}
	return s
}

// line makes one printable line of at most maxText bytes.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
	for len(s) > maxText {
		s = s[:len(s)-1]
	}
	return strings.ToValidUTF8(s, "")
}

// subject is what a peer's adverts are about: the peer.
func subject(p record.PublicKey) [32]byte {
	point := p.Bytes()
	return sha256.Sum256(point[:])
}

// seal signs an advert of a peer for itself.
func seal(key record.Key, network record.Network, a *Advert) (record.Verified, error) {
	payload, err := canon.Encode(a)
	if err != nil {
		return record.Verified{}, err
	}
	v, err := record.Seal(key, record.Header{
		Network: network, Type: record.Advert, Subject: subject(key.Public()), Sequence: uint64(a.Issued.UnixMilli()),
	}, payload)
	if err != nil {
		return record.Verified{}, err
	}
	if _, err := read(v); err != nil {
		return record.Verified{}, fmt.Errorf("our own advert: %w", err)
	}
	return v, nil
}

// ErrForged is an advert that its signer did not make about itself.
var ErrForged = errors.New("capacity: forged advert")

// ErrStale is an advert that is not of now.
var ErrStale = errors.New("capacity: stale advert")

// read takes an advert out of a record, if it is one of the signer about
// itself. It looks at no clock.
func read(v record.Verified) (Advert, error) {
	var a Advert
	h := v.Header()
	switch {
	case h.Type != record.Advert:
		return a, fmt.Errorf("%w: the record is of type %s", ErrForged, h.Type)
	case h.Subject != subject(v.Signer()):
		return a, fmt.Errorf("%w: it is about another peer than its signer", ErrForged)
	}
	if err := canon.Decode(v.Payload(), &a, canon.Limits{Depth: 3, Total: MaxBytes}); err != nil {
		return a, fmt.Errorf("%w: %w", ErrForged, err)
	}
	switch ttl := a.Expires.Sub(a.Issued); {
	case h.Sequence != uint64(a.Issued.UnixMilli()):
		return a, fmt.Errorf("%w: issued at %v under another sequence", ErrForged, a.Issued)
	case ttl <= 0 || ttl > MaxTTL:
		return a, fmt.Errorf("%w: it lives %v, at most %v is allowed", ErrForged, ttl, MaxTTL)
	}
	return a, nil
}

// tolerance is how far a peer's clock may be ahead of ours.
const tolerance = 2 * time.Minute

// fresh refuses an advert that is not of now.
func (a *Advert) fresh(now time.Time) error {
	switch {
	case !now.Before(a.Expires):
		return fmt.Errorf("%w: expired %v ago", ErrStale, now.Sub(a.Expires).Round(time.Second))
	case a.Issued.After(now.Add(tolerance)):
		return fmt.Errorf("%w: issued %v in the future: its peer's clock or ours is wrong", ErrStale, a.Issued.Sub(now).Round(time.Second))
	}
	return nil
}

// Open reads the advert in a record: one that its signer made about itself, and
// that is valid now.
func Open(v record.Verified, now time.Time) (Advert, error) {
	a, err := read(v)
	if err != nil {
		return a, err
	}
	return a, a.fresh(now)
}

// Rule is what the topic of adverts carries. now is this peer's clock.
func Rule(now func() time.Time) gossip.Rule {
	return gossip.Rule{
		Name: "advert", Types: []record.Type{record.Advert}, MaxBytes: MaxBytes,
		Latest: true, Window: 2 * MaxTTL,
		Rate: gossip.Rate{PerSecond: 1.0 / 30, Burst: 20},
		Check: func(v record.Verified) error {
			a, err := read(v)
			if err != nil {
				return err
			}
			if err := a.fresh(now()); err != nil { // clocks differ: nobody is to blame
				return fmt.Errorf("%w: %w", gossip.ErrIgnore, err)
			}
			return nil
		},
	}
}
