package epoch

import (
	"math"

	"github.com/openledger/openledger/proofs/canon"
)

// Numbers of records in the data of an epoch. Append-only.
const (
	codedDismissed = 0
	codedUsage     = 1
	codedPayment   = 2
	codedVoid      = 3 // a usage that stands as void
)

// maxList bounds the lists of a record that is read: more than any right one has,
// since wrong ones must be readable to be proven wrong.
const maxList = 64

// AppendCanon appends [0, places] of a dismissed entry, [1, request, result,
// payer's signature, worker's, places] of a usage, [2, distribution, signature,
// place, places] of a payment, or [3, ...] as 1 of a usage that stands as void.
func (r *Record) AppendCanon(b []byte) []byte {
	switch {
	case r.Usage != nil:
		u, kind := r.Usage, uint64(codedUsage)
		if r.Void {
			kind = codedVoid
		}
		b = canon.AppendUint(canon.AppendArray(b, 6), kind)
		b = u.Result.appendCanon(u.Request.appendCanon(b))
		b = canon.AppendBytes(canon.AppendBytes(b, u.PayerSignature[:]), u.WorkerSignature[:])
	case r.Payment != nil:
		b = canon.AppendUint(canon.AppendArray(b, 5), codedPayment)
		b = r.Payment.Distribution.appendCanon(b)
		b = canon.AppendBytes(b, r.Payment.Signature[:])
		b = canon.AppendUint(b, uint64(r.Place))
	default:
		b = canon.AppendUint(canon.AppendArray(b, 2), codedDismissed)
	}
	b = canon.AppendArray(b, len(r.Places))
	for _, p := range r.Places {
		b = canon.AppendUint(b, uint64(p))
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (r *Record) ReadCanon(in *canon.Reader) {
	*r = Record{}
	n := in.Array(6)
	kind := in.Uint(codedVoid)
	if want := [...]int{2, 6, 5, 6}[kind]; n != want && in.Err() == nil {
		in.Fail("record of kind %d with %d fields, want %d", kind, n, want)
	}
	switch {
	case in.Err() != nil:
		return
	case kind == codedUsage || kind == codedVoid:
		u := &Usage{}
		r.Usage, r.Void = u, kind == codedVoid
		u.Request.readCanon(in)
		u.Result.readCanon(in)
		in.Fixed(u.PayerSignature[:])
		in.Fixed(u.WorkerSignature[:])
	case kind == codedPayment:
		r.Payment = &Payment{}
		r.Payment.Distribution.readCanon(in)
		in.Fixed(r.Payment.Signature[:])
		r.Place = uint32(in.Uint(math.MaxUint32))
	}
	for range in.Array(maxList) {
		r.Places = append(r.Places, uint32(in.Uint(math.MaxUint32)))
	}
}

func appendAmount(b []byte, a *Amount) []byte { return canon.AppendBytes(b, a.Bytes()) }

// readAmount reads an amount of at most 96 bits, big endian without leading zeros.
func readAmount(in *canon.Reader, a *Amount) {
	b := in.Bytes(12)
	if len(b) > 0 && b[0] == 0 {
		in.Fail("an amount with a leading zero")
	}
	a.SetBytes(b)
}

func (q *Request) appendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 8)
	b = canon.AppendBytes(b, q.Payer[:])
	b = canon.AppendBytes(canon.AppendBytes(b, q.Model[:]), q.Prompt[:])
	b = appendAmount(b, &q.Fee)
	for _, n := range []uint64{q.FirstEpoch, q.LastEpoch, q.Salt} {
		b = canon.AppendUint(b, n)
	}
	b = canon.AppendArray(b, len(q.Workers))
	for i := range q.Workers {
		b = canon.AppendBytes(b, q.Workers[i][:])
	}
	return b
}

func (q *Request) readCanon(in *canon.Reader) {
	in.Fields(8)
	in.Fixed(q.Payer[:])
	in.Fixed(q.Model[:])
	in.Fixed(q.Prompt[:])
	readAmount(in, &q.Fee)
	for _, n := range []*uint64{&q.FirstEpoch, &q.LastEpoch, &q.Salt} {
		*n = in.Uint(math.MaxUint64)
	}
	for range in.Array(maxList) {
		var w [20]byte
		in.Fixed(w[:])
		q.Workers = append(q.Workers, w)
	}
}

func (s *Result) appendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 4)
	b = canon.AppendBytes(canon.AppendBytes(b, s.Request[:]), s.Output[:])
	return appendCredits(canon.AppendUint(b, uint64(s.Gain)), s.Credits)
}

func (s *Result) readCanon(in *canon.Reader) {
	in.Fields(4)
	in.Fixed(s.Request[:])
	in.Fixed(s.Output[:])
	s.Gain = uint32(in.Uint(math.MaxUint32))
	s.Credits = readCredits(in)
}

func (d *Distribution) appendCanon(b []byte) []byte {
	b = canon.AppendBytes(canon.AppendArray(b, 6), d.Pool[:])
	b = canon.AppendUint(canon.AppendUint(b, d.Epoch), uint64(d.Part))
	b = canon.AppendBytes(appendAmount(b, &d.Amount), d.Evidence[:])
	return appendCredits(b, d.Credits)
}

func (d *Distribution) readCanon(in *canon.Reader) {
	in.Fields(6)
	in.Fixed(d.Pool[:])
	d.Epoch, d.Part = in.Uint(math.MaxUint64), uint32(in.Uint(math.MaxUint32))
	readAmount(in, &d.Amount)
	in.Fixed(d.Evidence[:])
	d.Credits = readCredits(in)
}

func appendCredits(b []byte, credits []Credit) []byte {
	b = canon.AppendArray(b, len(credits))
	for i := range credits {
		c := &credits[i]
		b = canon.AppendBytes(canon.AppendArray(b, 3), c.Account[:])
		b = appendAmount(canon.AppendUint(b, uint64(c.Class)), &c.Weight)
	}
	return b
}

func readCredits(in *canon.Reader) (credits []Credit) {
	for range in.Array(maxList) {
		var c Credit
		in.Fields(3)
		in.Fixed(c.Account[:])
		c.Class = Class(in.Uint(math.MaxUint8))
		readAmount(in, &c.Weight)
		credits = append(credits, c)
	}
	return credits
}

// AppendCanon appends [spent root, earned root, total, accounts].
func (s *Sums) AppendCanon(b []byte) []byte {
	b = canon.AppendBytes(canon.AppendArray(b, 4), s.SpentRoot[:])
	b = appendAmount(canon.AppendBytes(b, s.EarnedRoot[:]), &s.Total)
	return canon.AppendUint(b, uint64(s.Accounts))
}

// ReadCanon reads what AppendCanon wrote.
func (s *Sums) ReadCanon(in *canon.Reader) {
	in.Fields(4)
	in.Fixed(s.SpentRoot[:])
	in.Fixed(s.EarnedRoot[:])
	readAmount(in, &s.Total)
	s.Accounts = uint32(in.Uint(math.MaxUint32))
}
