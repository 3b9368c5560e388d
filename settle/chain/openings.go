package chain

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/settle/contract/openings"
	"github.com/openledger/openledger/settle/epoch"
)

// A Pin is what who pins a piece signs for the contract Openings: it has all
// leaves of 1 KiB until a time, and shows any that is asked for.
type Pin struct {
	Piece  merkle.Digest // list digest, SHA-256, as the layout of the shard has it
	Leaves uint64
	Until  time.Time
}

func (p *Pin) binding() openings.Pin {
	return openings.Pin{Piece: p.Piece, Leaves: p.Leaves, Until: uint64(p.Until.Unix())}
}

var pinType = crypto.Keccak256([]byte("Pin(bytes32 piece,uint64 leaves,uint64 until)"))

// PinSigning returns what is signed of a pin, by EIP-712.
func (k *Contracts) PinSigning(p Pin) [32]byte {
	word := func(n uint64) []byte { return common.LeftPadBytes(binary.BigEndian.AppendUint64(nil, n), 32) }
	hash := crypto.Keccak256(pinType, p.Piece[:], word(p.Leaves), word(uint64(p.Until.Unix())))
	domain := crypto.Keccak256(
		crypto.Keccak256([]byte("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")),
		crypto.Keccak256([]byte("OpenLedger Openings")), crypto.Keccak256([]byte("1")), word(k.ChainID), common.LeftPadBytes(k.Openings[:], 32),
	)
	return [32]byte(crypto.Keccak256([]byte("\x19\x01"), domain, hash))
}

// A QuestionKey names a question of Openings.
type QuestionKey [32]byte

func questionKey(signer common.Address, subject [32]byte, leaf uint64) QuestionKey {
	n := common.LeftPadBytes(binary.BigEndian.AppendUint64(nil, leaf), 32)
	return QuestionKey(crypto.Keccak256(common.LeftPadBytes(signer[:], 32), subject[:], n))
}

// PinKey names the question for a leaf of a pin.
func (k *Contracts) PinKey(signer common.Address, p Pin, leaf uint64) QuestionKey {
	return questionKey(signer, k.PinSigning(p), leaf)
}

// ScoreKey names the question for the score of a credit.
func ScoreKey(signer common.Address, d *epoch.Distribution, credit uint64) QuestionKey {
	return questionKey(signer, d.Hash(), credit)
}

// AskPin asks who signed a pin for a leaf of it, with a bond.
func (k *Contracts) AskPin(p Pin, signature epoch.Signature, leaf uint64) (Call, error) {
	if leaf >= p.Leaves {
		return Call{}, fmt.Errorf("a pin of %d leaves has no leaf %d", p.Leaves, leaf)
	}
	return Call{To: k.Openings, Data: openingsABI.PackAskPin(p.binding(), signature[:], leaf)}, nil
}

// errLeaf says that what was opened is not what was signed for.
var errLeaf = errors.New("the leaf is none of the piece")

// AnswerPin shows a leaf of a pin; it is checked before.
func (k *Contracts) AnswerPin(p Pin, signer common.Address, data []byte, proof merkle.Proof) (Call, error) {
	if proof.Size != p.Leaves || merkle.SHA256.VerifyList(p.Piece, data, proof) != nil {
		return Call{}, fmt.Errorf("answer for leaf %d of a pin: %w", proof.Index, errLeaf)
	}
	return Call{To: k.Openings, Data: openingsABI.PackAnswerPin(p.binding(), signer, proof.Index, data, path(proof.Path))}, nil
}

// AskScore asks who signed a payment for the score that a credit follows from.
func (k *Contracts) AskScore(p *epoch.Payment, credit int) (Call, error) {
	if credit < 0 || credit >= len(p.Distribution.Credits) {
		return Call{}, fmt.Errorf("a distribution of %d credits has no credit %d", len(p.Distribution.Credits), credit)
	}
	return Call{To: k.Openings, Data: openingsABI.PackAskScore(paidBy(p), p.Signature[:], big.NewInt(int64(credit)))}, nil
}

// AnswerScore shows the score of a credit out of the tree that a payment follows
// from. A credit that pays too much is not answered for: it convicts.
func (k *Contracts) AnswerScore(p *epoch.Payment, credit int, t *epoch.ScoreTree) (Call, error) {
	leaf, path, padded, err := judged(p, credit, t)
	if err == nil && padded {
		err = errors.New("it pays more than its score")
	}
	if err != nil {
		return Call{}, fmt.Errorf("answer for credit %d of a distribution: %w", credit, err)
	}
	return Call{To: k.Openings, Data: openingsABI.PackAnswerScore(paidBy(p), p.Signature[:], big.NewInt(int64(credit)), scoresOf(&t.Scores), leaf.Account, leaf.Score.ToBig(), siblings(path))}, nil
}

// ProvePadded convicts who signed a payment of which a credit pays more than its
// score in a tree, or another account.
func (k *Contracts) ProvePadded(p *epoch.Payment, credit int, t *epoch.ScoreTree) (Call, error) {
	leaf, path, padded, err := judged(p, credit, t)
	if err == nil && !padded {
		err = errors.New("it pays what its score allows")
	}
	if err != nil {
		return Call{}, fmt.Errorf("charge credit %d of a distribution: %w", credit, err)
	}
	return Call{To: k.Openings, Data: openingsABI.PackProvePadded(paidBy(p), p.Signature[:], big.NewInt(int64(credit)), scoresOf(&t.Scores), leaf.Account, leaf.Score.ToBig(), siblings(path))}, nil
}

// judged opens the leaf of a credit; one beyond the scores has none and is padded.
func judged(p *epoch.Payment, credit int, t *epoch.ScoreTree) (leaf epoch.Score, path []epoch.Sum, padded bool, err error) {
	if at := uint64(p.Distribution.Part)*epoch.MaxPayments + uint64(max(credit, 0)); at < uint64(t.Count) {
		if leaf, path, err = t.Open(uint32(at)); err != nil {
			return leaf, path, false, err
		}
	}
	padded, err = p.Distribution.Padded(credit, &t.Scores, leaf, path)
	return leaf, path, padded, err
}

// ProveOverCap convicts who signed a payment of which a credit pays more of the
// pot than anybody may get.
func (k *Contracts) ProveOverCap(p *epoch.Payment, credit int, s epoch.Scores, cap uint16) (Call, error) {
	if credit < 0 || credit >= len(p.Distribution.Credits) || s.Evidence() != p.Distribution.Evidence || !p.Distribution.OverCap(credit, &s, cap) {
		return Call{}, fmt.Errorf("charge credit %d of a distribution: it pays no more than %d/10000 of the pot that it follows from", credit, cap)
	}
	return Call{To: k.Openings, Data: openingsABI.PackProveOverCap(paidBy(p), p.Signature[:], big.NewInt(int64(credit)), scoresOf(&s))}, nil
}

// ProveSilent ends a question that nobody answered in time.
func (k *Contracts) ProveSilent(key QuestionKey) Call {
	return Call{To: k.Openings, Data: openingsABI.PackProveSilent(key)}
}

// paidBy is a distribution as Openings takes it.
func paidBy(p *epoch.Payment) openings.Distribution {
	d := &p.Distribution
	out := openings.Distribution{Pool: d.Pool, Epoch: d.Epoch, Part: d.Part, Amount: d.Amount.ToBig(), Evidence: d.Evidence}
	for i := range d.Credits {
		c := &d.Credits[i]
		out.Credits = append(out.Credits, openings.Credit{Account: c.Account, Class: uint8(c.Class), Weight: c.Weight.ToBig()})
	}
	return out
}

func scoresOf(s *epoch.Scores) openings.Scores {
	return openings.Scores{Root: s.Root, Total: s.Total.ToBig(), Pot: s.Pot.ToBig(), Count: s.Count}
}

func siblings(path []epoch.Sum) []openings.Sibling {
	out := make([]openings.Sibling, len(path))
	for i := range path {
		out[i] = openings.Sibling{Hash: path[i].Hash, Sum: path[i].Sum.ToBig()}
	}
	return out
}

// OpeningTerms are what holds for questions now.
type OpeningTerms struct {
	Bond, Penalty *big.Int
	Time          time.Duration // to answer
	Cap           uint16        // the most of a pot that one credit pays, in 1/10,000
}

// OpeningTerms reads them.
func (k *Contracts) OpeningTerms(ctx context.Context) (OpeningTerms, error) {
	t, err := view(ctx, k.Client, k.Openings, openingsABI.PackGetTerms(), openingsABI.UnpackGetTerms)
	if err != nil {
		return OpeningTerms{}, fmt.Errorf("read the terms of Openings: %w", err)
	}
	return OpeningTerms{t.Bond, t.Penalty, time.Duration(t.Time) * time.Second, t.CapBps}, nil
}

// An Asked is a question that is not answered.
type Asked struct {
	Key     QuestionKey
	Staker  common.Address // who answers for it
	Subject [32]byte       // hash of the distribution, or what is signed of a pin
	Leaf    uint64         // of a pin, or the credit
	By      common.Address
	Until   time.Time
	Block   uint64
}

// Asked returns the questions since a block that a staker has not answered.
func (k *Contracts) Asked(ctx context.Context, staker common.Address, since uint64) (all []Asked, err error) {
	err = k.logs(ctx, k.Openings, openingsABI.GetABI().Events["AskedFor"].ID, since, func(l *types.Log) error {
		e, err := openingsABI.UnpackAskedForEvent(l)
		if err == nil && e.Staker == staker && e.Leaf.IsUint64() {
			all = append(all, Asked{Key: e.Key, Staker: e.Staker, Subject: e.Subject, Leaf: e.Leaf.Uint64(), By: e.By, Block: l.BlockNumber})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	open := all[:0]
	for _, a := range all {
		now, err := view(ctx, k.Client, k.Openings, openingsABI.PackAsked(a.Key), openingsABI.UnpackAsked)
		if err != nil {
			return nil, fmt.Errorf("read a question: %w", err)
		}
		if now.By != (common.Address{}) {
			a.Until = time.Unix(now.Until.Int64(), 0)
			open = append(open, a)
		}
	}
	return open, nil
}
