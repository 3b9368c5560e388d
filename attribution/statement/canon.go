package statement

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"math/big"

	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

const version = 1

// Kinds of statements. Append-only.
const (
	kindAnswer = 1
	kindEpoch  = 2
)

// Limits of what is read.
const (
	maxSources  = 1 << 16
	maxClusters = 1 << 20
	maxAmount   = 16 // bytes
)

// zigzag puts small numbers of both signs first, as protobuf's sint64.
func zigzag(x int64) uint64   { return uint64(x)<<1 ^ uint64(x>>63) }
func unzigzag(x uint64) int64 { return int64(x>>1) ^ -int64(x&1) }

func appendInt(b []byte, x int64) []byte { return canon.AppendUint(b, zigzag(x)) }
func readInt(r *canon.Reader) int64      { return unzigzag(r.Uint(math.MaxUint64)) }

// Amounts are big endian without leading zeros.
func appendAmount(b []byte, x *big.Int) []byte { return canon.AppendBytes(b, x.Bytes()) }

func readAmount(r *canon.Reader) *big.Int {
	b := r.Bytes(maxAmount)
	if len(b) > 0 && b[0] == 0 {
		r.Fail("an amount that begins with 0")
	}
	return new(big.Int).SetBytes(b)
}

func readHead(r *canon.Reader, fields int, kind uint64) {
	r.Fields(fields)
	if v := r.Uint(version); v != version {
		r.Fail("statement of version %d", v)
	}
	if k := r.Uint(kindEpoch); k != kind {
		r.Fail("statement of kind %d, want %d", k, kind)
	}
}

// AppendCanon appends [1, 1, receipt, index, query, base, tuned, scores, total,
// [[row, record, owner, score], ...], beta, amount, [[owner, gradient, spans,
// credit], ...], rest]; what may be negative is zig-zag.
func (a *Answer) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendUint(canon.AppendArray(b, 14), version), kindAnswer)
	for _, x := range [][32]byte{a.Receipt, a.Index, a.Query} {
		b = canon.AppendBytes(b, x[:])
	}
	b = canon.AppendUint(canon.AppendUint(b, uint64(a.Base)), uint64(a.Tuned))
	b = appendInt(canon.AppendBytes(b, a.Scores.Digest[:]), a.Scores.Total)
	b = canon.AppendArray(b, len(a.Top))
	for _, t := range a.Top {
		b = canon.AppendUint(canon.AppendUint(canon.AppendUint(canon.AppendArray(b, 4), t.Row), t.Record), uint64(t.Owner))
		b = appendInt(b, int64(t.Score))
	}
	b = appendAmount(canon.AppendUint(b, a.Beta), a.Amount)
	b = canon.AppendArray(b, len(a.Sources))
	for _, s := range a.Sources {
		b = appendInt(canon.AppendUint(canon.AppendArray(b, 4), uint64(s.Owner)), int64(s.Gradient))
		b = appendAmount(canon.AppendUint(b, s.Spans), s.Credit)
	}
	return appendAmount(b, a.Rest)
}

// ReadCanon reads what AppendCanon wrote, and refuses credits that do not sum to
// the amount, and owners out of order.
func (a *Answer) ReadCanon(r *canon.Reader) {
	readHead(r, 14, kindAnswer)
	for _, x := range []*[32]byte{&a.Receipt, &a.Index, &a.Query} {
		r.Fixed(x[:])
	}
	a.Base, a.Tuned = share.Nats(r.Uint(math.MaxUint64)), share.Nats(r.Uint(math.MaxUint64))
	r.Fixed(a.Scores.Digest[:])
	a.Scores.Total = readInt(r)
	a.Top = make([]Top, r.Array(MostTop))
	for i := range a.Top {
		r.Fields(4)
		a.Top[i] = Top{r.Uint(math.MaxUint64), r.Uint(math.MaxUint32), uint32(r.Uint(math.MaxUint32)), share.Score(readInt(r))}
	}
	a.Beta, a.Amount = r.Uint(share.Whole), readAmount(r)
	a.Sources = make([]Source, r.Array(maxSources))
	sum := new(big.Int)
	for i := range a.Sources {
		r.Fields(4)
		a.Sources[i] = Source{uint32(r.Uint(math.MaxUint32)), share.Score(readInt(r)), r.Uint(math.MaxUint64), readAmount(r)}
		if i > 0 && a.Sources[i].Owner <= a.Sources[i-1].Owner {
			r.Fail("owner %d behind owner %d", a.Sources[i].Owner, a.Sources[i-1].Owner)
		}
		sum.Add(sum, a.Sources[i].Credit)
	}
	a.Rest = readAmount(r)
	if sum.Add(sum, a.Rest).Cmp(a.Amount) != 0 {
		r.Fail("credits and rest are %v of %v", sum, a.Amount)
	}
}

// AppendCanon appends [1, 2, epoch, pool, index, amount, [floor milli, cap bps,
// least], [[owner, score, tokens], ...], floor, capped, rolled, [[owner,
// promised, credited], ...]].
func (e *Epoch) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendUint(canon.AppendArray(b, 12), version), kindEpoch)
	b = canon.AppendUint(b, e.Epoch)
	b = canon.AppendBytes(canon.AppendBytes(b, e.Pool[:]), e.Index[:])
	b = appendAmount(b, e.Amount)
	b = canon.AppendUint(canon.AppendUint(canon.AppendArray(b, 3), uint64(e.Policy.FloorMilli)), uint64(e.Policy.CapBps))
	b = appendInt(b, int64(e.Policy.Least))
	b = canon.AppendArray(b, len(e.Clusters))
	for _, c := range e.Clusters {
		b = appendInt(canon.AppendUint(canon.AppendArray(b, 3), c.Owner), int64(c.Score))
		b = canon.AppendUint(b, c.Tokens)
	}
	b = appendInt(b, int64(e.Floor))
	b = appendAmount(appendAmount(b, e.Capped), e.Rolled)
	b = canon.AppendArray(b, len(e.Owners))
	for _, d := range e.Owners {
		b = appendAmount(appendAmount(canon.AppendUint(canon.AppendArray(b, 3), d.Owner), d.Promised), d.Credited)
	}
	return b
}

// ReadCanon reads what AppendCanon wrote, and refuses credits that do not sum to
// the amount, and owners out of order.
func (e *Epoch) ReadCanon(r *canon.Reader) {
	readHead(r, 12, kindEpoch)
	e.Epoch = r.Uint(math.MaxUint64)
	r.Fixed(e.Pool[:])
	r.Fixed(e.Index[:])
	e.Amount = readAmount(r)
	r.Fields(3)
	e.Policy = share.Policy{FloorMilli: uint32(r.Uint(math.MaxUint32)), CapBps: uint32(r.Uint(10_000)), Least: share.Score(readInt(r))}
	e.Clusters = make([]share.Cluster, r.Array(maxClusters))
	for i := range e.Clusters {
		r.Fields(3)
		e.Clusters[i] = share.Cluster{Owner: r.Uint(math.MaxUint64), Score: share.Score(readInt(r)), Tokens: r.Uint(math.MaxUint64)}
	}
	e.Floor = share.Score(readInt(r))
	e.Capped, e.Rolled = readAmount(r), readAmount(r)
	e.Owners = make([]Difference, r.Array(maxSources))
	sum := new(big.Int).Add(e.Capped, e.Rolled)
	for i := range e.Owners {
		r.Fields(3)
		e.Owners[i] = Difference{r.Uint(math.MaxUint64), readAmount(r), readAmount(r)}
		if i > 0 && e.Owners[i].Owner <= e.Owners[i-1].Owner {
			r.Fail("owner %d behind owner %d", e.Owners[i].Owner, e.Owners[i-1].Owner)
		}
		sum.Add(sum, e.Owners[i].Credited)
	}
	if sum.Cmp(e.Amount) != 0 {
		r.Fail("credits and rest are %v of %v", sum, e.Amount)
	}
}

// Evidence is what a Distribution (settle/epoch) names a final statement by.
func (e *Epoch) Evidence() ([32]byte, error) {
	b, err := canon.Encode(e)
	return sha256.Sum256(b), err
}

// Seal signs the statement of an answer. Its subject is the receipt's ID.
func (a *Answer) Seal(key record.Key, network record.Network) (record.Verified, error) {
	payload, err := canon.Encode(a)
	if err != nil {
		return record.Verified{}, err
	}
	return record.Seal(key, record.Header{Network: network, Type: record.Statement, Subject: a.Receipt}, payload)
}

// Seal signs a final statement. Its subject is the pool, its sequence the epoch.
func (e *Epoch) Seal(key record.Key, network record.Network) (record.Verified, error) {
	payload, err := canon.Encode(e)
	if err != nil {
		return record.Verified{}, err
	}
	return record.Seal(key, record.Header{Network: network, Type: record.Statement, Subject: e.Pool, Sequence: e.Epoch}, payload)
}

// OpenAnswer reads what Answer.Seal made. That it is true, VerifyAnswer says.
func OpenAnswer(v record.Verified) (*Answer, error) {
	a := &Answer{}
	if err := open(v, a); err != nil {
		return nil, err
	}
	if v.Header().Subject != a.Receipt {
		return nil, errSubject
	}
	return a, nil
}

// OpenEpoch reads what Epoch.Seal made. That it is true, VerifyEpoch says.
func OpenEpoch(v record.Verified) (*Epoch, error) {
	e := &Epoch{}
	if err := open(v, e); err != nil {
		return nil, err
	}
	if h := v.Header(); h.Subject != e.Pool || h.Sequence != e.Epoch {
		return nil, errSubject
	}
	return e, nil
}

// errSubject says that a header is about something else than its payload.
var errSubject = errors.New("statement: its header is about something else")

func open(v record.Verified, to canon.Value) error {
	if t := v.Header().Type; t != record.Statement {
		return fmt.Errorf("statement: a record of type %v", t)
	}
	return canon.Decode(v.Payload(), to, canon.Limits{})
}
