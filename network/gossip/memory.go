package gossip

import (
	"sync"
	"time"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// A memory tells new records from old ones. It remembers places, within
// bounds: a record that comes again after its place is forgotten passes, so a
// rule's Check should refuse what is older than its Window.
type memory struct {
	rule Rule

	mu      sync.Mutex
	places  *recent[place, *mark]
	signers *recent[record.Account, *bucket]
}

// A place is what one signer fills with records of rising sequence.
type place struct {
	signer  record.Account
	typ     record.Type
	subject [32]byte
}

// A mark is what is known of a place.
type mark struct {
	last   uint64        // the highest sequence
	sealed record.Signed // its header and signature, in case another one comes
	// seen has a bit for each sequence below last that came: bit i of word i/64
	// is last-1-i. It grows with need, to reach at most.
	seen []uint64

	convicted bool // Evidence was told
}

// reach is how far behind the highest sequence a record may come and still
// count, where each counts. Gossip reorders a burst.
const reach = 4096

// newMemory tells early how many places it forgets for want of room.
func newMemory(rule Rule, early func(int)) *memory {
	m := &memory{
		rule:    rule,
		places:  newRecent[place, *mark](rule.Places, rule.Window),
		signers: newRecent[record.Account, *bucket](rule.Places, rule.Window),
	}
	m.places.early = early
	return m
}

// admit lets each record pass once.
func (m *memory) admit(v record.Verified) error {
	at, h := time.Now(), v.Header()
	key := place{v.Signer().Account(), h.Type, h.Subject}
	m.mu.Lock()
	defer m.mu.Unlock()
	was, known := m.places.get(key, at)
	if known {
		if err := m.compare(was, v); err != nil {
			return err
		}
	}
	tokens, ok := m.signers.get(key.signer, at)
	if !ok {
		tokens = &bucket{}
		m.signers.put(key.signer, tokens, at)
	}
	if tokens.take(1, m.rule.Rate, at) == 0 {
		return ErrRate
	}
	if !known {
		m.places.put(key, &mark{last: h.Sequence, sealed: sealed(v)}, at)
		return nil
	}
	was.note(h.Sequence, v, m.rule.Latest)
	return nil
}

// compare refuses a record that is not news for its place.
func (m *memory) compare(was *mark, v record.Verified) error {
	h := v.Header()
	switch {
	case h.Sequence > was.last:
		return nil
	case h.Sequence == was.last:
		mine := sealed(v)
		if mine.Header == was.sealed.Header {
			return ErrDuplicate
		}
		if m.rule.Evidence != nil && !was.convicted {
			was.convicted = true
			m.rule.Evidence(equivocation(was.sealed, mine))
		}
		return ErrConflict
	case m.rule.Latest || was.last-h.Sequence > reach:
		return ErrOld
	case was.has(h.Sequence):
		return ErrDuplicate
	}
	return nil
}

// has says whether a sequence below last came.
func (k *mark) has(seq uint64) bool {
	i := k.last - 1 - seq
	return i/64 < uint64(len(k.seen)) && k.seen[i/64]>>(i%64)&1 == 1
}

// note enters a sequence that has not come before.
func (k *mark) note(seq uint64, v record.Verified, latest bool) {
	if seq < k.last {
		k.set(k.last - 1 - seq)
		return
	}
	by := seq - k.last
	k.last, k.sealed = seq, sealed(v)
	if latest {
		return
	}
	k.shift(by)
	if by <= reach {
		k.set(by - 1) // what was the highest
	}
}

func (k *mark) set(i uint64) {
	for uint64(len(k.seen)) <= i/64 {
		k.seen = append(k.seen, 0)
	}
	k.seen[i/64] |= 1 << (i % 64)
}

// shift makes room at the low end for by sequences that have not come.
func (k *mark) shift(by uint64) {
	if by > reach {
		k.seen = nil
		return
	}
	words, bits := int(by/64), by%64
	out := make([]uint64, min(len(k.seen)+words+1, reach/64))
	for i := range out {
		if j := i - words; j >= 0 && j < len(k.seen) {
			out[i] |= k.seen[j] << bits
		}
		if j := i - words - 1; bits > 0 && j >= 0 && j < len(k.seen) {
			out[i] |= k.seen[j] >> (64 - bits)
		}
	}
	for len(out) > 0 && out[len(out)-1] == 0 {
		out = out[:len(out)-1]
	}
	k.seen = out
}

// sealed takes header and signature out of an envelope.
func sealed(v record.Verified) (s record.Signed) {
	r := canon.NewReader(v.Envelope(), canon.Limits{})
	r.Fields(3)
	r.Fixed(s.Header[:])
	r.Fixed(s.Signature[:])
	return s
}

// equivocation orders two headers of one place as evidence has them.
func equivocation(a, b record.Signed) record.Equivocation {
	if string(a.Header[:]) > string(b.Header[:]) {
		a, b = b, a
	}
	return record.Equivocation{a, b}
}
