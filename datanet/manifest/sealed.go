package manifest

import (
	"fmt"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

// A Sealed is a Manifest, Contribution, Review or Withdrawal that its signer did
// sign. Only the functions of this package make one that holds something. Whether
// the signer may say so depends on a Datanet, and is for Load to check.
type Sealed[T any] struct {
	value T
	cid   cid.Cid
	rec   record.Verified
}

// Value returns what was signed. What its slices hold MUST NOT be changed.
func (s Sealed[T]) Value() T { return s.value }

// CID returns the name of the block that holds the record.
func (s Sealed[T]) CID() cid.Cid { return s.cid }

// Owner returns the account that signed.
func (s Sealed[T]) Owner() record.Account { return s.rec.Signer().Account() }

// Datanet returns what the record is about.
func (s Sealed[T]) Datanet() ID { return s.rec.Header().Subject }

// Record returns the record, to store or gossip its envelope.
func (s Sealed[T]) Record() record.Verified { return s.rec }

// A value is what can be sealed.
type value[T any] interface {
	*T
	canon.Value
	Check() error
}

// SealManifest signs a version of a Datanet, as its founder.
func SealManifest(key record.Key, n record.Network, m Manifest) (Sealed[Manifest], error) {
	h := record.Header{Network: n, Type: record.Manifest, Subject: NewID(key.Public().Account(), m.Name), Sequence: m.Version}
	return seal(key, h, m)
}

// SealContribution signs a contribution, as its owner. The sequence counts what
// the owner signs about the Datanet with this function; the next two count by
// themselves.
func SealContribution(key record.Key, n record.Network, d ID, sequence uint64, c Contribution) (Sealed[Contribution], error) {
	return seal(key, record.Header{Network: n, Type: record.Contribution, Subject: d, Sequence: sequence}, c)
}

// SealReview signs a review, as a curator.
func SealReview(key record.Key, n record.Network, d ID, sequence uint64, v Review) (Sealed[Review], error) {
	return seal(key, record.Header{Network: n, Type: record.Review, Subject: d, Sequence: sequence}, v)
}

// SealWithdrawal signs a withdrawal, as the owner of the contribution or a curator.
func SealWithdrawal(key record.Key, n record.Network, d ID, sequence uint64, w Withdrawal) (Sealed[Withdrawal], error) {
	return seal(key, record.Header{Network: n, Type: record.Withdrawal, Subject: d, Sequence: sequence}, w)
}

func seal[T any, P value[T]](key record.Key, h record.Header, v T) (Sealed[T], error) {
	if err := P(&v).Check(); err != nil {
		return Sealed[T]{}, err
	}
	payload, err := canon.Encode(P(&v))
	if err != nil {
		return Sealed[T]{}, err
	}
	rec, err := record.Seal(key, h, payload)
	if err != nil {
		return Sealed[T]{}, err
	}
	return open[T, P](rec.Envelope(), h.Network, h.Type)
}

// OpenManifest checks the bytes of one version by themselves: form, signature,
// and that the signer is the founder.
func OpenManifest(envelope []byte, n record.Network) (Sealed[Manifest], error) {
	return open[Manifest](envelope, n, record.Manifest)
}

// OpenContribution checks the bytes of a contribution by themselves.
func OpenContribution(envelope []byte, n record.Network) (Sealed[Contribution], error) {
	return open[Contribution](envelope, n, record.Contribution)
}

// OpenReview checks the bytes of a review by themselves.
func OpenReview(envelope []byte, n record.Network) (Sealed[Review], error) {
	return open[Review](envelope, n, record.Review)
}

// OpenWithdrawal checks the bytes of a withdrawal by themselves.
func OpenWithdrawal(envelope []byte, n record.Network) (Sealed[Withdrawal], error) {
	return open[Withdrawal](envelope, n, record.Withdrawal)
}

func open[T any, P value[T]](envelope []byte, n record.Network, want record.Type) (s Sealed[T], err error) {
	if len(envelope) > block.MaxSize {
		return s, fmt.Errorf("manifest: %s of %d bytes, at most %d fit a block", want, len(envelope), block.MaxSize)
	}
	rec, err := record.Open(envelope, n)
	if err != nil {
		return s, err
	}
	h := rec.Header()
	if h.Type != want {
		return s, fmt.Errorf("manifest: a record of type %s, want %s", h.Type, want)
	}
	s.rec = rec
	if err := canon.Decode(rec.Payload(), P(&s.value), canon.Limits{}); err != nil {
		return Sealed[T]{}, err
	}
	if m, ok := any(&s.value).(*Manifest); ok {
		if err := checkPlace(m, h, s.Owner()); err != nil {
			return Sealed[T]{}, err
		}
	}
	if s.cid, err = block.CID(cid.DagCBOR, envelope); err != nil {
		return Sealed[T]{}, fmt.Errorf("manifest: name of a record: %w", err)
	}
	return s, nil
}

// checkPlace says whether a manifest was signed where it belongs.
func checkPlace(m *Manifest, h record.Header, signer record.Account) error {
	if want := NewID(signer, m.Name); h.Subject != want {
		return fmt.Errorf("manifest: %q of %s is Datanet %s, but the record is about %x: not its founder's signature, or altered", m.Name, signer, want, h.Subject)
	}
	if h.Sequence != m.Version {
		return fmt.Errorf("manifest: version %d under sequence %d", m.Version, h.Sequence)
	}
	return nil
}
