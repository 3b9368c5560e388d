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

// A Statement says why what is in the pool goes to whom.
type Statement struct {
	Epoch  uint64       // that it pays for
	Pot    epoch.Amount // what is shared
	Cap    uint16       // the most that one share gets of it, in 1/10,000; the rest stays in the pool
	Shares []Share      // ascending
	Audits []Audit      // ascending by Datanet, pinner and slot
}

// Limits of a statement, so that it is one block.
const (
	mostShares = 4096
	mostAudits = 1024
	maxSealed  = 1 << 10 // bytes of a challenge or an answer
)

const statementVersion = 1

// AppendCanon appends [1, epoch, pot, cap, [[datanet, account, weight]...],
// [[slot, version, pledge, challenge, answer, openings]...]]. A version is bytes
// and no link: who keeps a statement need not keep the Datanet.
func (s *Statement) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendUint(canon.AppendArray(b, 6), statementVersion), s.Epoch)
	pot := s.Pot.Bytes32()
	b = canon.AppendUint(canon.AppendBytes(b, pot[:]), uint64(s.Cap))
	b = canon.AppendArray(b, len(s.Shares))
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
	in.Fields(6)
	if v := in.Uint(statementVersion); v != statementVersion && in.Err() == nil {
		in.Fail("statement of version %d", v)
	}
	s.Epoch = in.Uint(1<<64 - 1)
	var pot [32]byte
	in.Fixed(pot[:])
	s.Pot.SetBytes(pot[:])
	s.Cap = uint16(in.Uint(10_000))
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

// Scores commits to the shares, as the evidence of distributions does: whoever
// pays more than they allow, or does not show one that is asked for, is convicted
// by the contract Openings.
func (s *Statement) Scores() (*epoch.ScoreTree, error) {
	list := make([]epoch.Score, len(s.Shares))
	for i, x := range s.Shares {
		if i > 0 && s.Shares[i-1].Compare(x) >= 0 {
			return nil, fmt.Errorf("share %d of a statement of storage is out of order", i)
		}
		list[i].Account = epoch.AccountOf([20]byte(x.Account))
		list[i].Score.SetUint64(x.Weight)
	}
	return epoch.NewScoreTree(s.Pot, list)
}

// Amounts returns what each share is paid: the pot divided by weights, by the
// largest remainder, up to the cap.
func (s *Statement) Amounts() ([]*big.Int, error) {
	weights := make([]*big.Int, len(s.Shares))
	for i := range s.Shares {
		weights[i] = new(big.Int).SetUint64(s.Shares[i].Weight)
	}
	amounts, err := share.Split(s.Pot.ToBig(), weights)
	if err != nil {
		return nil, err
	}
	most := new(big.Int).Mul(s.Pot.ToBig(), big.NewInt(int64(s.Cap)))
	most.Div(most, big.NewInt(10_000))
	for i := range amounts {
		if amounts[i].Cmp(most) > 0 {
			amounts[i] = most
		}
	}
	return amounts, nil
}

// Parts returns the distributions that a statement makes, in their order: each
// pays the next epoch.MaxPayments shares. One that pays nothing is left out.
func (s *Statement) Parts() (all []epoch.Distribution, err error) {
	scores, err := s.Scores()
	if err != nil {
		return nil, err
	}
	amounts, err := s.Amounts()
	if err != nil {
		return nil, err
	}
	for first := 0; first < len(s.Shares); first += epoch.MaxPayments {
		d := epoch.Distribution{Pool: epoch.StoragePool, Epoch: s.Epoch, Part: uint32(first / epoch.MaxPayments), Evidence: scores.Evidence()}
		for i := first; i < min(first+epoch.MaxPayments, len(s.Shares)); i++ {
			c := epoch.Credit{Account: epoch.AccountOf([20]byte(s.Shares[i].Account))}
			if c.Weight.SetFromBig(amounts[i]) {
				return nil, fmt.Errorf("share %d of a statement of storage is %v", i, amounts[i])
			}
			d.Credits = append(d.Credits, c)
			d.Amount.Add(&d.Amount, &c.Weight)
		}
		if !d.Amount.IsZero() {
			all = append(all, d)
		}
	}
	return all, nil
}

// Part returns the distribution of a number; false: there is none.
func (s *Statement) Part(number uint32) (epoch.Distribution, bool, error) {
	all, err := s.Parts()
	i := slices.IndexFunc(all, func(d epoch.Distribution) bool { return d.Part == number })
	if err != nil || i < 0 {
		return epoch.Distribution{}, false, err
	}
	return all[i], true, nil
}

// PaidTo returns what a part pays an account, by Datanet.
func (s *Statement) PaidTo(number uint32, account record.Account) (map[[32]byte]*big.Int, error) {
	amounts, err := s.Amounts()
	if err != nil {
		return nil, err
	}
	out := map[[32]byte]*big.Int{}
	first := uint64(number) * epoch.MaxPayments
	for i := first; i < min(first+epoch.MaxPayments, uint64(len(s.Shares))); i++ {
		if x := &s.Shares[i]; x.Account == account && amounts[i].Sign() > 0 {
			out[x.Datanet] = amounts[i]
		}
	}
	return out, nil
}
