package pin

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"sort"
	"time"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/erasure"
)

// An audit, which takes two messages back:
//
//	auditor  -> AuditChallenge: the pledge, how many leaves, a nonce
//	peer     -> AuditAnswer: the end of the chain        within AnswerTime and a round trip
//	peer     -> openings: the leaves with their paths    within OpeningTime
//
// The chain runs through leaves all over what the pledge lists. Which comes next
// follows from those before, so they cannot be asked of somebody else at a time:
//
//	state 0   = sha-256("openledger/audit/1" | digest of the challenge)
//	leaf k    = state k · leaves / 2^64      the first 8 bytes of the state, rounded down
//	state k+1 = sha-256(state k | bytes of leaf k)
//
// The end is small, so it comes in time also over a bad line; the openings, which
// may take longer, show that it is right, by the leaf roots of the layouts.
const (
	// Leaves is how many leaves a challenge asks for. Who lacks a tenth of all
	// passes with a chance of 0.2 %.
	Leaves = 59
	// AnswerTime is how long a peer may read Leaves of them; more take more.
	AnswerTime = 500 * time.Millisecond
	// OpeningTime is how long the openings may take after the answer.
	OpeningTime = 30 * time.Second
)

// maxLeaves is the most that a challenge may ask for.
const maxLeaves = 4 * Leaves

// A Challenge asks the signer of a pledge for leaves of what it lists. The
// subject of the record is the digest of the pledge's header.
type Challenge struct {
	Leaves uint64
	Nonce  [32]byte // drawn by the auditor, so that nobody knows the leaves before
	Beacon [32]byte // public randomness, which the challenge cannot be older than; zero: there is none
}

// AppendCanon appends the challenge to b.
func (c *Challenge) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 3)
	b = canon.AppendUint(b, c.Leaves)
	b = canon.AppendBytes(b, c.Nonce[:])
	return canon.AppendBytes(b, c.Beacon[:])
}

// ReadCanon reads what AppendCanon wrote.
func (c *Challenge) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	if c.Leaves = r.Uint(maxLeaves); c.Leaves == 0 {
		r.Fail("a challenge for no leaf")
	}
	r.Fixed(c.Nonce[:])
	r.Fixed(c.Beacon[:])
}

// An answer is the payload of an AuditAnswer, whose subject is the digest of the
// challenge and whose sequence is 0: there is one answer to a challenge.
type answer struct{ End [32]byte }

func (a *answer) AppendCanon(b []byte) []byte {
	return canon.AppendBytes(canon.AppendArray(b, 1), a.End[:])
}

func (a *answer) ReadCanon(r *canon.Reader) {
	r.Fields(1)
	r.Fixed(a.End[:])
}

// An opening is one leaf and where it stands in its piece.
type opening struct {
	Leaf  []byte
	Proof merkle.Proof
}

type openings []opening

func (o *openings) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, len(*o))
	for i := range *o {
		b = canon.AppendArray(b, 2)
		b = canon.AppendBytes(b, (*o)[i].Leaf)
		b = (*o)[i].Proof.AppendCanon(b)
	}
	return b
}

func (o *openings) ReadCanon(r *canon.Reader) {
	*o = make(openings, r.Array(maxLeaves))
	for i := range *o {
		r.Fields(2)
		(*o)[i].Leaf = r.Bytes(erasure.Leaf)
		(*o)[i].Proof.ReadCanon(r)
	}
}

// MaxOpenings is the most bytes that openings have.
const MaxOpenings = maxLeaves * (erasure.Leaf + 32*32)

// Shards is what an audit needs to know of a Datanet's shards: from their
// layouts, which the manifest names.
type Shards interface {
	// Leaves returns how many leaves each piece of a shard has.
	Leaves(shard uint32) (uint64, error)
	// Roots returns the digests of the lists of leaves, by piece.
	Roots(shard uint32) ([]merkle.Digest, error)
}

// A ground is the leaves of all pieces of a pledge, in a row.
type ground struct {
	pieces []Piece
	ends   []uint64 // of each piece
}

var errNoLeaf = errors.New("pin: the pledge lists nothing to audit")

func newGround(pieces []Piece, shards Shards) (ground, error) {
	g := ground{pieces, make([]uint64, len(pieces))}
	total := uint64(0)
	for i, p := range pieces {
		n, err := shards.Leaves(p.Shard)
		if err != nil {
			return g, fmt.Errorf("audit piece %s: %w", p, err)
		}
		if total += n; total > math.MaxInt64 {
			return g, fmt.Errorf("audit piece %s: too many leaves", p)
		}
		g.ends[i] = total
	}
	if total == 0 {
		return g, errNoLeaf
	}
	return g, nil
}

// A spot is a leaf of a piece that has size leaves.
type spot struct {
	Piece
	leaf, size uint64
}

// pick returns the leaf that a state of the chain points to.
func (g ground) pick(state [32]byte) spot {
	at, _ := bits.Mul64(binary.BigEndian.Uint64(state[:]), g.ends[len(g.ends)-1])
	i := sort.Search(len(g.ends), func(i int) bool { return g.ends[i] > at })
	before := uint64(0)
	if i > 0 {
		before = g.ends[i-1]
	}
	return spot{g.pieces[i], at - before, g.ends[i] - before}
}

// begin returns state 0 of the chain.
func begin(challenge [32]byte) [32]byte {
	return sha256.Sum256(append([]byte("openledger/audit/1"), challenge[:]...))
}

// next returns the state after a leaf.
func next(state [32]byte, leaf []byte) [32]byte {
	return sha256.Sum256(append(state[:], leaf...))
}

// A FalseAnswerError convicts a peer of signing an answer that is not the one to
// the challenge. The records are evidence: anyone who has the leaves computes
// the right end.
type FalseAnswerError struct {
	Challenge, Answer record.Verified
	Why               error
}

func (e *FalseAnswerError) Error() string {
	return fmt.Sprintf("pin: the answer of %s is false: %s", e.Answer.Signer().Account(), e.Why)
}

func (e *FalseAnswerError) Unwrap() error { return e.Why }

// CheckAnswer says whether an answer is one that the signer of a pledge gave to
// a challenge about it, and no older one. It does not say whether it is right:
// that takes CheckOpenings.
func CheckAnswer(pledge, challenge, sealed record.Verified) error {
	var c Challenge
	if err := open(challenge, record.AuditChallenge, &c); err != nil {
		return err
	}
	var a answer
	if err := open(sealed, record.AuditAnswer, &a); err != nil {
		return err
	}
	h := sealed.Header()
	switch {
	case challenge.Header().Subject != pledge.Header().Digest():
		return fmt.Errorf("%w: the challenge is about another pledge", ErrRefused)
	case sealed.Signer() != pledge.Signer():
		return fmt.Errorf("%w: the answer is signed by %s, the pledge by %s", ErrRefused, sealed.Signer().Account(), pledge.Signer().Account())
	case h.Subject != challenge.Header().Digest() || h.Sequence != 0:
		return fmt.Errorf("%w: the answer is to another challenge", ErrRefused)
	}
	return nil
}

// CheckOpenings says whether an answer is right. The openings are not signed, so
// bad ones prove nothing; a FalseAnswerError means that they are good and the
// answer is not what follows from them.
func CheckOpenings(pledge, challenge, sealed record.Verified, opened []byte, shards Shards) error {
	if err := CheckAnswer(pledge, challenge, sealed); err != nil {
		return err
	}
	p, err := OpenPledge(pledge)
	if err != nil {
		return err
	}
	var c Challenge
	var a answer
	var list openings
	if err := errors.Join(open(challenge, record.AuditChallenge, &c), open(sealed, record.AuditAnswer, &a)); err != nil {
		return err
	}
	if err := canon.Decode(opened, &list, canon.Limits{Total: MaxOpenings}); err != nil {
		return fmt.Errorf("%w: openings: %w", ErrRefused, err)
	}
	if uint64(len(list)) != c.Leaves {
		return fmt.Errorf("%w: %d leaves, want %d", ErrRefused, len(list), c.Leaves)
	}
	g, err := newGround(p.Pieces, shards)
	if err != nil {
		return err
	}
	state := begin(challenge.Header().Digest())
	for k, o := range list {
		if err := o.check(g.pick(state), shards); err != nil {
			return fmt.Errorf("%w: opening %d: %w", ErrRefused, k, err)
		}
		state = next(state, o.Leaf)
	}
	if state != a.End {
		return &FalseAnswerError{challenge, sealed, fmt.Errorf("%w: it is %x, these leaves lead to %x", ErrRefused, a.End[:8], state[:8])}
	}
	return nil
}

// LeavesOf returns how many leaves the pieces of a pledge have together.
func LeavesOf(pledge record.Verified, shards Shards) (uint64, error) {
	p, err := OpenPledge(pledge)
	if err != nil {
		return 0, err
	}
	g, err := newGround(p.Pieces, shards)
	if err != nil {
		return 0, err
	}
	return g.ends[len(g.ends)-1], nil
}

// A Transcript is all of an audit that was passed: what shows it to anybody.
type Transcript struct {
	Datanet                   [32]byte
	Pledge, Challenge, Answer record.Verified
	Openings                  []byte
}

// check says whether an opening is of the leaf at a spot.
func (o opening) check(at spot, shards Shards) error {
	roots, err := shards.Roots(at.Shard)
	if err != nil {
		return err
	}
	if int(at.Index) >= len(roots) {
		return fmt.Errorf("piece %s: the shard has %d pieces", at.Piece, len(roots))
	}
	if o.Proof.Index != at.leaf || o.Proof.Size != at.size {
		return fmt.Errorf("leaf %d of %d, want leaf %d of %d of piece %s", o.Proof.Index, o.Proof.Size, at.leaf, at.size, at.Piece)
	}
	if err := merkle.SHA256.VerifyList(roots[at.Index], o.Leaf, o.Proof); err != nil {
		return fmt.Errorf("leaf %d of piece %s: %w", at.leaf, at.Piece, err)
	}
	return nil
}
