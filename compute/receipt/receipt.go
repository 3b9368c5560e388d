// Package receipt is what a worker signs with an answer, and how it is shown to
// be false.
//
// A receipt states that a model and an adapter answer a request with these
// tokens, and the last link of the chain of their hidden states. It consists of
// two sealed records about one Spec: a Receipt, which settles, and a Reveal,
// which commits to the same claim in the form of package dispute. So a false
// receipt is convicted like a false step of training: both sides open the
// prefill of prompt and answer, and one tile is computed again.
//
// The invariant: both records are a pure function of the Spec and the chain, so
// that honest workers never contradict themselves or each other, and whoever
// signed another chain or token than the model gives is guilty.
//
// Start with Spec, Seal and Open; job.go is the prefill as a job, tracer.go does
// it again.
package receipt

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// Limits of what is read.
const (
	MaxTokens  = 1 << 16 // of an answer
	MaxSize    = 8 << 20 // of a File
	maxRecord  = 1 << 12
	maxVoucher = 1 << 14
	version    = 1
)

// A Spec is what a receipt is about, complete: the JobSpec of its dispute.
type Spec struct {
	Request serve.Request // as accepted: nothing in it is a default
	Choice  int
	Tokens  []int32 // the answer

	// Given is how many of the tokens another worker had answered before. For
	// them this receipt states the hidden states and not how they were drawn.
	Given int

	// Nonces are 32 bytes each of the client and the worker, from which the seed
	// follows; empty: the client chose the seed.
	Nonces []byte

	Voucher [32]byte // hash of the Request that pays (settle/epoch); zero: nobody does
}

// Seed returns the seed of an answer to which both sides gave a nonce.
func Seed(client, worker [32]byte) uint64 {
	b := append([]byte("openledger/seed/1"), client[:]...)
	h := sha256.Sum256(append(b, worker[:]...))
	return binary.LittleEndian.Uint64(h[:])
}

// AppendCanon appends [1, request, choice, tokens, given, nonces, voucher];
// tokens are 4 bytes each, little endian.
func (s *Spec) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendArray(b, 7), version)
	b = s.Request.AppendCanon(b)
	b = canon.AppendUint(b, uint64(s.Choice))
	b = canon.AppendBytes(b, merkle.Bytes(s.Tokens))
	b = canon.AppendUint(b, uint64(s.Given))
	b = canon.AppendBytes(b, s.Nonces)
	return canon.AppendBytes(b, s.Voucher[:])
}

// ReadCanon reads what AppendCanon wrote.
func (s *Spec) ReadCanon(r *canon.Reader) {
	r.Fields(7)
	if v := r.Uint(version); v != version {
		r.Fail("receipt of version %d", v)
	}
	s.Request.ReadCanon(r)
	s.Choice = int(r.Uint(1 << 16))
	s.Tokens = ReadTokens(r, MaxTokens)
	s.Given = int(r.Uint(MaxTokens))
	s.Nonces = r.Bytes(64)
	r.Fixed(s.Voucher[:])
	switch n := len(s.Nonces); {
	case r.Err() != nil:
	case len(s.Tokens) == 0 || s.Given > len(s.Tokens) || s.Choice >= max(s.Request.Choices, 1):
		r.Fail("an answer of %d tokens, %d of them given, choice %d", len(s.Tokens), s.Given, s.Choice)
	case n != 0 && n != 64:
		r.Fail("nonces of %d bytes", n)
	case n == 64 && Seed([32]byte(s.Nonces[:32]), [32]byte(s.Nonces[32:])) != s.Request.Sampling.Seed:
		r.Fail("the seed is not that of the nonces")
	}
}

// ReadTokens reads at most so many tokens of 4 bytes each.
func ReadTokens(r *canon.Reader, most int) []int32 {
	b := r.Bytes(4 * most)
	if len(b)%4 != 0 {
		r.Fail("tokens of %d bytes", len(b))
	}
	ids := make([]int32, len(b)/4)
	for i := range ids {
		ids[i] = int32(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return ids
}

// ID is the subject of the records about a spec: the sha-256 of its bytes.
func (s *Spec) ID() ([32]byte, error) {
	b, err := canon.Encode(s)
	return sha256.Sum256(b), err
}

// Output is what a Result (settle/epoch) signs for the answer: H(ID | chain).
func (s *Spec) Output(chain serve.Hash) ([32]byte, error) {
	id, err := s.ID()
	return sha256.Sum256(append(id[:], chain[:]...)), err
}

// A Receipt is the payload of record.Receipt, whose subject is the Spec's ID.
type Receipt struct {
	Request        [32]byte // digest of the request
	Model, Adapter cid.Cid  // Adapter is undefined for the base model
	Tokens         uint64   // of the answer
	Chain          serve.Hash
	Result         [32]byte // hash of the Result (settle/epoch); zero: nothing settles
	Signature      [65]byte // of the Result, by EIP-712; zero likewise
}

// AppendCanon appends [1, request, model, [adapter?], tokens, chain, result,
// signature].
func (x *Receipt) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendArray(b, 8), version)
	b = canon.AppendBytes(b, x.Request[:])
	b = canon.AppendCID(b, x.Model)
	if x.Adapter.Defined() {
		b = canon.AppendCID(canon.AppendArray(b, 1), x.Adapter)
	} else {
		b = canon.AppendArray(b, 0)
	}
	b = canon.AppendUint(b, x.Tokens)
	b = canon.AppendBytes(b, x.Chain[:])
	b = canon.AppendBytes(b, x.Result[:])
	return canon.AppendBytes(b, x.Signature[:])
}

// ReadCanon reads what AppendCanon wrote.
func (x *Receipt) ReadCanon(r *canon.Reader) {
	r.Fields(8)
	if v := r.Uint(version); v != version {
		r.Fail("receipt of version %d", v)
	}
	r.Fixed(x.Request[:])
	x.Model, x.Adapter = r.CID(), cid.Undef
	if r.Array(1) == 1 {
		x.Adapter = r.CID()
	}
	x.Tokens = r.Uint(MaxTokens)
	r.Fixed(x.Chain[:])
	r.Fixed(x.Result[:])
	r.Fixed(x.Signature[:])
}

// A File is a receipt as it is sent and kept, with all that an audit needs.
type File struct {
	Spec    []byte // canonical
	Receipt []byte // sealed record
	Reveal  []byte // sealed record
	Finish  serve.Finish
	Hashes  []byte // of the chain after tokens 32, 64, ...; 32 bytes each
	Voucher []byte // what pays, as cmd/peer writes it; empty: nobody does
}

// AppendCanon appends [spec, receipt, reveal, finish, hashes, voucher].
func (f *File) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 6)
	for _, x := range [][]byte{f.Spec, f.Receipt, f.Reveal} {
		b = canon.AppendBytes(b, x)
	}
	b = canon.AppendText(b, string(f.Finish))
	return canon.AppendBytes(canon.AppendBytes(b, f.Hashes), f.Voucher)
}

// ReadCanon reads what AppendCanon wrote.
func (f *File) ReadCanon(r *canon.Reader) {
	r.Fields(6)
	f.Spec = r.Bytes(MaxSize)
	f.Receipt, f.Reveal = r.Bytes(maxRecord), r.Bytes(maxRecord)
	f.Finish = serve.Finish(r.Text(16))
	f.Hashes = r.Bytes(MaxTokens / serve.HashEvery * 32)
	f.Voucher = r.Bytes(maxVoucher)
}

// Seal makes the receipt of an answer. result and signature are of the Result
// that settles it, or zero.
func Seal(key record.Key, network record.Network, s *Spec, a serve.Answer, result [32]byte, signature [65]byte) (*File, error) {
	spec, err := canon.Encode(s)
	if err != nil {
		return nil, err
	}
	id := sha256.Sum256(spec)
	digest, err := s.Request.Digest()
	if err != nil {
		return nil, err
	}
	payload, err := canon.Encode(&Receipt{digest, s.Request.Model, s.Request.Adapter, uint64(len(s.Tokens)), a.Last, result, signature})
	if err != nil {
		return nil, err
	}
	f := &File{Spec: spec, Finish: a.Finish}
	v, err := record.Seal(key, record.Header{Network: network, Type: record.Receipt, Subject: id}, payload)
	if err != nil {
		return nil, err
	}
	f.Receipt = v.Envelope()
	reveal, err := SealReveal(key, network, s, s.Tokens, a.Last)
	if err != nil {
		return nil, err
	}
	f.Reveal = reveal.Envelope()
	for _, h := range a.Hashes {
		f.Hashes = append(f.Hashes, h[:]...)
	}
	return f, nil
}

// SealReveal signs the claim that the tokens of a spec are drawn as drawn (those
// that were given stand for themselves) and that the chain ends so. A challenger
// signs one of what it computed.
func SealReveal(key record.Key, network record.Network, s *Spec, drawn []int32, chain serve.Hash) (record.Verified, error) {
	id, err := s.ID()
	if err != nil {
		return record.Verified{}, err
	}
	c, err := s.commit(id, drawn, chain)
	if err != nil {
		return record.Verified{}, err
	}
	payload, err := canon.Encode(&trace.Reveal{Commitment: c})
	if err != nil {
		return record.Verified{}, err
	}
	return record.Seal(key, record.Header{Network: network, Type: record.Reveal, Subject: id}, payload)
}

// commit returns the commitment to a claim: one step, whose state is the chain
// and the tokens that were drawn.
func (s *Spec) commit(id [32]byte, drawn []int32, chain serve.Hash) (trace.Commitment, error) {
	steps, err := s.steps(drawn, chain)
	if err != nil {
		return trace.Commitment{}, err
	}
	b := trace.Begin(id, steps[0].State)
	b.Add(steps[1])
	return b.Commitment(), nil
}

func (s *Spec) steps(drawn []int32, chain serve.Hash) ([]trace.Step, error) {
	if len(drawn) != len(s.Tokens) {
		return nil, fmt.Errorf("receipt: %d tokens drawn for an answer of %d", len(drawn), len(s.Tokens))
	}
	initial, err := merkle.NewHasher().Map(nil)
	if err != nil {
		return nil, err
	}
	entries := []merkle.Entry{{Name: chainName, Digest: ints(chainWords(chain))}}
	for i := s.draws(); i < len(drawn); i++ {
		entries = append(entries, merkle.Entry{Name: tokenName(i), Digest: ints(drawn[i : i+1])})
	}
	state, err := merkle.NewHasher().Map(entries)
	return []trace.Step{{State: initial}, {State: state, Batch: trace.Samples([]trace.Sample{s.sample()})}}, err
}

// draws returns the first token whose drawing the receipt states. A schema's
// grammar is no operator: of such answers the receipt states the chain alone,
// and an audit finds the rest.
func (s *Spec) draws() int {
	if len(s.Request.Schema) > 0 {
		return len(s.Tokens)
	}
	return s.Given
}

// sample is the answer as data that the step learns from, as package trace wants.
func (s *Spec) sample() trace.Sample { return trace.NewSample(s.Tokens, untrained(len(s.Tokens))) }

func untrained(n int) []int32 {
	x := make([]int32, n)
	for i := range x {
		x[i] = -1
	}
	return x
}

const chainName = "chain"

func tokenName(i int) string { return fmt.Sprintf("token %06d", i) }

// chainWords returns a hash as a (1,8) matrix.
func chainWords(h serve.Hash) []int32 {
	x := make([]int32, 8)
	for i := range x {
		x[i] = int32(binary.LittleEndian.Uint32(h[4*i:]))
	}
	return x
}

// ints is the tensor digest of one row.
func ints(x []int32) merkle.Digest {
	t, _ := merkle.NewTiling(merkle.I32, 1, len(x)) // one row fits
	return merkle.NewHasher().Tensor(t, merkle.Bytes(x))
}

// A Verified is a receipt whose records fit together; only Open makes one. What
// it states may still be false.
type Verified struct {
	Spec    Spec
	ID      [32]byte
	Receipt Receipt
	Signer  record.PublicKey
	File    File
	hashes  []serve.Hash
}

// Open checks a receipt's form: that one worker signed both records about this
// spec, and that they state the same. b is that of File.
func Open(b []byte, network record.Network) (*Verified, error) {
	v := &Verified{}
	if err := canon.Decode(b, &v.File, canon.Limits{Total: MaxSize}); err != nil {
		return nil, fmt.Errorf("not a receipt: %w", err)
	}
	v.File = File{bytes.Clone(v.File.Spec), bytes.Clone(v.File.Receipt), bytes.Clone(v.File.Reveal), v.File.Finish, bytes.Clone(v.File.Hashes), bytes.Clone(v.File.Voucher)}
	if err := canon.Decode(v.File.Spec, &v.Spec, canon.Limits{Total: MaxSize}); err != nil {
		return nil, fmt.Errorf("receipt: spec: %w", err)
	}
	v.ID = sha256.Sum256(v.File.Spec)
	sealed, err := record.Open(v.File.Receipt, network)
	if err != nil {
		return nil, fmt.Errorf("receipt: %w", err)
	}
	if h := sealed.Header(); h.Type != record.Receipt || h.Subject != v.ID || h.Sequence != 0 {
		return nil, errors.New("receipt: the record is about something else")
	}
	if err := canon.Decode(sealed.Payload(), &v.Receipt, canon.Limits{}); err != nil {
		return nil, fmt.Errorf("receipt: %w", err)
	}
	v.Signer = sealed.Signer()
	digest, err := v.Spec.Request.Digest()
	x := &v.Receipt
	if err != nil || x.Request != digest || !x.Model.Equals(v.Spec.Request.Model) || x.Adapter != v.Spec.Request.Adapter || x.Tokens != uint64(len(v.Spec.Tokens)) {
		return nil, errors.Join(errors.New("receipt: the record states another request, model, adapter or length than its spec"), err)
	}
	if err := v.checkReveal(network); err != nil {
		return nil, err
	}
	return v, nil
}

// checkReveal compares the reveal with the receipt, and reads the hashes.
func (v *Verified) checkReveal(network record.Network) error {
	sealed, err := record.Open(v.File.Reveal, network)
	if err != nil {
		return fmt.Errorf("receipt: reveal: %w", err)
	}
	var r trace.Reveal
	if err := canon.Decode(sealed.Payload(), &r, canon.Limits{}); err != nil {
		return fmt.Errorf("receipt: reveal: %w", err)
	}
	want, err := v.Spec.commit(v.ID, v.Spec.Tokens, v.Receipt.Chain)
	if h := sealed.Header(); err != nil || h.Type != record.Reveal || h.Subject != v.ID || h.Sequence != 0 ||
		sealed.Signer() != v.Signer || r != (trace.Reveal{Commitment: want}) {
		return errors.Join(errors.New("receipt: the reveal is by another, or states something else than the receipt"), err)
	}
	if n := len(v.Spec.Tokens) / serve.HashEvery; len(v.File.Hashes) != 32*n {
		return fmt.Errorf("receipt: hashes of %d bytes for %d tokens", len(v.File.Hashes), len(v.Spec.Tokens))
	}
	for i := 0; i < len(v.File.Hashes); i += 32 {
		v.hashes = append(v.hashes, serve.Hash(v.File.Hashes[i:]))
	}
	switch v.File.Finish {
	case serve.FinishStop, serve.FinishLength:
		return nil
	}
	return fmt.Errorf("receipt: an answer that ends with %q", v.File.Finish)
}

// Claim returns what serve.Engine.Audit checks.
func (v *Verified) Claim() serve.Claim {
	return serve.Claim{Request: v.Spec.Request, Answer: serve.Answer{
		Choice: v.Spec.Choice, Tokens: v.Spec.Tokens, Hashes: v.hashes, Last: v.Receipt.Chain, Finish: v.File.Finish,
	}}
}

// RevealOf returns the reveal of a receipt, as a side of a dispute has it.
func RevealOf(v *Verified, network record.Network) (record.Verified, error) {
	return record.Open(v.File.Reveal, network)
}
