// Package upkeep pays pinners out of the pool of storage for the audits that
// they passed.
//
// The invariant: what is paid follows from a statement, and the statement from
// records that pinners and one auditor signed, with the leaves that were shown;
// so anybody recomputes it from the chain and from blocks.
//
// Start with Statement, then World.Check; Book collects what a statement holds.
package upkeep

import (
	"bytes"
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/epoch"
)

// A slot is an hour, in which one audit of a pinner counts for each Datanet.
const slotSeconds = 3600

// SlotOf returns the slot of a time.
func SlotOf(t time.Time) uint64 { return uint64(t.Unix()) / slotSeconds }

// StartOf returns when a slot begins. The beacon of its challenges is that of
// this time, so that none was made before.
func StartOf(slot uint64) time.Time { return time.Unix(int64(slot)*slotSeconds, 0) }

// An Audit is one that was passed.
type Audit struct {
	Slot              uint64
	Version           cid.Cid // of the Datanet: its manifest names the shards
	Pledge            cid.Cid // block with the sealed pledge
	Challenge, Answer []byte  // sealed records
	Openings          cid.Cid // block with the leaves that were shown
}

// A Share is what a pinner is paid for one Datanet. Its weight is the leaves of
// all pieces that it pledged, for each audit that it passed.
type Share struct {
	Datanet [32]byte
	Account record.Account
	Weight  uint64
}

// Compare orders shares by Datanet, then by account.
func (s Share) Compare(o Share) int {
	return cmp.Or(bytes.Compare(s.Datanet[:], o.Datanet[:]), bytes.Compare(s.Account[:], o.Account[:]))
}

// A Statement says why an amount of the pool goes to whom.
type Statement struct {
	Epoch  uint64 // that it pays for
	Amount epoch.Amount
	Shares []Share // ascending
	Audits []Audit // ascending by Datanet, pinner and slot
}

// Limits of a statement, so that it is one block.
const (
	mostShares = 4096
	mostAudits = 1024
	maxSealed  = 1 << 10 // bytes of a challenge or an answer
)

const statementVersion = 1

// AppendCanon appends [1, epoch, amount, [[datanet, account, weight]...],
// [[slot, version, pledge, challenge, answer, openings]...]]. A version is bytes
// and no link: who keeps a statement need not keep the Datanet.
func (s *Statement) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendUint(canon.AppendArray(b, 5), statementVersion), s.Epoch)
	amount := s.Amount.Bytes32()
	b = canon.AppendArray(canon.AppendBytes(b, amount[:]), len(s.Shares))
	for i := range s.Shares {
		x := &s.Shares[i]
		b = canon.AppendBytes(canon.AppendBytes(canon.AppendArray(b, 3), x.Datanet[:]), x.Account[:])
		b = canon.AppendUint(b, x.Weight)
	}
	b = canon.AppendArray(b, len(s.Audits))
	for i := range s.Audits {
		a := &s.Audits[i]
		b = canon.AppendBytes(canon.AppendUint(canon.AppendArray(b, 6), a.Slot), a.Version.Bytes())
		b = canon.AppendBytes(canon.AppendBytes(canon.AppendCID(b, a.Pledge), a.Challenge), a.Answer)
		b = canon.AppendCID(b, a.Openings)
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (s *Statement) ReadCanon(in *canon.Reader) {
	*s = Statement{}
	in.Fields(5)
	if v := in.Uint(statementVersion); v != statementVersion && in.Err() == nil {
		in.Fail("statement of version %d", v)
	}
	s.Epoch = in.Uint(1<<64 - 1)
	var amount [32]byte
	in.Fixed(amount[:])
	s.Amount.SetBytes(amount[:])
	for range in.Array(mostShares) {
		var x Share
		in.Fields(3)
		in.Fixed(x.Datanet[:])
		in.Fixed(x.Account[:])
		x.Weight = in.Uint(1<<64 - 1)
		s.Shares = append(s.Shares, x)
	}
	for range in.Array(mostAudits) {
		var a Audit
		in.Fields(6)
		a.Slot = in.Uint(1<<63/slotSeconds - 1)
		version, err := cid.Cast(in.Bytes(64))
		if err != nil && in.Err() == nil {
			in.Fail("version: %v", err)
		}
		a.Version, a.Pledge = version, in.CID()
		a.Challenge, a.Answer = bytes.Clone(in.Bytes(maxSealed)), bytes.Clone(in.Bytes(maxSealed))
		a.Openings = in.CID()
		if in.Err() != nil {
			return
		}
		s.Audits = append(s.Audits, a)
	}
}

// maxStatement bounds the block of a statement, in bytes.
const maxStatement = 1 << 20

// Open reads the block of a statement.
func Open(block []byte) (s Statement, err error) {
	if err := canon.Decode(block, &s, canon.Limits{Total: maxStatement}); err != nil {
		return s, fmt.Errorf("statement of storage: %w", err)
	}
	return s, nil
}

// blockOf names statements: CIDv1, DAG-CBOR, SHA-256.
var blockOf = cid.Prefix{Version: 1, Codec: cid.DagCBOR, MhType: 0x12, MhLength: 32}

// CIDOf returns the CID of the statement that a distribution names as evidence.
func CIDOf(evidence [32]byte) (cid.Cid, error) {
	return cid.Cast(append([]byte{1, cid.DagCBOR, 0x12, 32}, evidence[:]...))
}

// evidenceOf is the reverse of CIDOf.
func evidenceOf(c cid.Cid) [32]byte {
	h := c.Hash()
	return [32]byte(h[len(h)-32:])
}

// A Part is one distribution of a statement and the Datanet that it pays for.
type Part struct {
	Datanet      [32]byte
	Distribution epoch.Distribution
}

// Parts returns the distributions that a statement makes, in their order: the
// amount divided by weights, by the largest remainder, each distribution for one
// Datanet and at most epoch.MaxPayments pinners. They sum to the amount.
func (s *Statement) Parts(evidence [32]byte) (all []Part, err error) {
	weights := make([]*big.Int, len(s.Shares))
	for i := range s.Shares {
		if i > 0 && s.Shares[i-1].Compare(s.Shares[i]) >= 0 {
			return nil, fmt.Errorf("share %d of a statement of storage is out of order", i)
		}
		weights[i] = new(big.Int).SetUint64(s.Shares[i].Weight)
	}
	amounts, err := share.Split(s.Amount.ToBig(), weights)
	if err != nil {
		return nil, err
	}
	for i, x := range s.Shares {
		if amounts[i].Sign() == 0 {
			continue
		}
		n := len(all) - 1
		if n < 0 || all[n].Datanet != x.Datanet || len(all[n].Distribution.Credits) == epoch.MaxPayments {
			n++
			all = append(all, Part{x.Datanet, epoch.Distribution{Pool: epoch.StoragePool, Epoch: s.Epoch, Part: uint32(n), Evidence: evidence}})
		}
		c := epoch.Credit{Account: epoch.AccountOf([20]byte(x.Account))}
		if c.Weight.SetFromBig(amounts[i]) {
			return nil, fmt.Errorf("share %d of a statement of storage is %v", i, amounts[i])
		}
		d := &all[n].Distribution
		d.Credits = append(d.Credits, c)
		d.Amount.Add(&d.Amount, &c.Weight)
	}
	return slices.Clip(all), nil
}
