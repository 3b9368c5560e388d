package chain

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/holiman/uint256"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/settle/contract/challenges"
	"github.com/openledger/openledger/settle/contract/ledger"
	"github.com/openledger/openledger/settle/epoch"
)

// Header is epoch.Header.
type Header = epoch.Header

// A Posted is an epoch as the chain has it.
type Posted struct {
	Header Header
	Poster common.Address // staker that answers for it
	At     time.Time
	Block  uint64
}

func headerOf(h *ledger.Header) Header {
	return Header{
		Epoch: h.Epoch, Records: h.Records, Forced: h.Forced, Total: *uint256.MustFromBig(h.TotalSpent), Accounts: h.Accounts, Previous: h.Previous,
		SpentRoot: merkle.Digest(h.SpentRoot), EarnedRoot: merkle.Digest(h.EarnedRoot), RecordsRoot: merkle.Digest(h.RecordsRoot),
		TraceRoot: merkle.Digest(h.TraceRoot), Data: h.Data,
	}
}

func challengeHeader(h *Header) challenges.Header { return challenges.Header(header(h)) }

// span is how many blocks a node is asked for logs of at once.
const span = 5000

// logs calls each for the logs of an event of a contract, from a block on.
func (k *Contracts) logs(ctx context.Context, at common.Address, event common.Hash, from uint64, each func(*types.Log) error) error {
	last, err := k.Client.BlockNumber(ctx)
	if err != nil {
		return fmt.Errorf("ask for the last block: %w", err)
	}
	for from = max(from, k.Block); from <= last; from += span {
		found, err := k.Client.FilterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(from), ToBlock: new(big.Int).SetUint64(min(from+span-1, last)),
			Addresses: []common.Address{at}, Topics: [][]common.Hash{{event}},
		})
		if err != nil {
			return fmt.Errorf("read events from block %d on: %w", from, err)
		}
		for i := range found {
			if err := each(&found[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// Posted returns the epochs that stand on the chain after one that is known, up
// to the tip, in their order; none is the zero Posted.
func (k *Contracts) Posted(ctx context.Context, after Posted) (all []Posted, err error) {
	tip, _, err := k.Tip(ctx)
	if err != nil || tip <= after.Header.Epoch {
		return nil, err
	}
	first := after.Header.Epoch + 1
	all = make([]Posted, tip-after.Header.Epoch)
	err = k.logs(ctx, k.Ledger, ledgerABI.GetABI().Events["Posted"].ID, after.Block, func(l *types.Log) error {
		p, err := ledgerABI.UnpackPostedEvent(l)
		if err != nil {
			return fmt.Errorf("read an epoch: %w", err)
		}
		if p.Epoch >= first && p.Epoch <= tip { // a later log of the same epoch is what stands
			all[p.Epoch-first] = Posted{Header: headerOf(&p.Header), Poster: p.Poster, Block: l.BlockNumber, At: time.Unix(int64(l.BlockTimestamp), 0)}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	last, err := view(ctx, k.Client, k.Ledger, ledgerABI.PackEpochOf(tip), ledgerABI.UnpackEpochOf)
	if err != nil {
		return nil, fmt.Errorf("read epoch %d: %w", tip, err)
	}
	want := last.Hash
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Header.Hash() != want {
			return nil, fmt.Errorf("the chain has another epoch %d than its events say: it was just changed; try again", first+uint64(i))
		}
		want = all[i].Header.Previous
	}
	return all, nil
}

// A Demanded is records of an epoch that somebody demanded: those that
// epoch.DemandOf gives this number.
type Demanded struct {
	Epoch, Number uint64
	By            common.Address
	At            time.Time
	Block         uint64
	Shown         bool
}

// Demands returns all demands since a block, in their order.
func (k *Contracts) Demands(ctx context.Context, since uint64) (all []Demanded, err error) {
	err = k.logs(ctx, k.Challenges, challengesABI.GetABI().Events["Demanded"].ID, since, func(l *types.Log) error {
		e, err := challengesABI.UnpackDemandedEvent(l)
		if err == nil {
			all = append(all, Demanded{Epoch: e.Epoch, Number: e.Chunk, By: e.By, At: time.Unix(int64(l.BlockTimestamp), 0), Block: l.BlockNumber})
		}
		return err
	})
	if err != nil || len(all) == 0 {
		return all, err
	}
	err = k.logs(ctx, k.Challenges, challengesABI.GetABI().Events["Shown"].ID, since, func(l *types.Log) error {
		e, err := challengesABI.UnpackShownEvent(l)
		if err != nil {
			return err
		}
		for i := range all {
			d := &all[i]
			d.Shown = d.Shown || d.Epoch == e.Epoch && d.Number == e.Chunk && d.Block <= l.BlockNumber
		}
		return nil
	})
	return all, err
}

// DemandBond returns what a demand costs if it is answered.
func (k *Contracts) DemandBond(ctx context.Context) (*big.Int, error) {
	t, err := k.terms(ctx)
	return t.DemandBond, err
}

// Queue returns the usages of the forced queue by the number of their entry.
func (k *Contracts) Queue(ctx context.Context, since uint64) (map[uint64]*epoch.Usage, error) {
	all := make(map[uint64]*epoch.Usage)
	err := k.logs(ctx, k.Challenges, challengesABI.GetABI().Events["Forced"].ID, since, func(l *types.Log) error {
		e, err := challengesABI.UnpackForcedEvent(l)
		if err == nil {
			all[e.Entry.Uint64()] = usageOf(&e.Usage)
		}
		return err
	})
	return all, err
}

func usageOf(u *challenges.Usage) *epoch.Usage {
	q, s := &u.Request, &u.Result
	out := &epoch.Usage{
		Request: epoch.Request{
			Payer: q.Payer, Model: q.Model, Prompt: q.Prompt, Fee: *uint256.MustFromBig(q.Fee), FirstEpoch: q.FirstEpoch, LastEpoch: q.LastEpoch,
			Salt: q.Salt, Workers: q.Workers,
		},
		Result: epoch.Result{Request: s.Request, Output: s.Output, Gain: s.Gain},
	}
	for _, c := range s.Credits {
		out.Result.Credits = append(out.Result.Credits, epoch.Credit{Account: c.Account, Class: epoch.Class(c.Class), Weight: *uint256.MustFromBig(c.Weight)})
	}
	copy(out.PayerSignature[:], u.PayerSignature)
	copy(out.WorkerSignature[:], u.WorkerSignature)
	return out
}

// MayStopAt says whether an epoch may leave the rest of the forced queue to the
// next one.
func (k *Contracts) MayStopAt(ctx context.Context, entry uint64) (bool, error) {
	return view(ctx, k.Client, k.Challenges, challengesABI.PackMayStopAt(new(big.Int).SetUint64(entry)), challengesABI.UnpackMayStopAt)
}

// QueueLength returns how many entries the forced queue has.
func (k *Contracts) QueueLength(ctx context.Context) (uint64, error) {
	n, err := view(ctx, k.Client, k.Challenges, challengesABI.PackQueueLength(), challengesABI.UnpackQueueLength)
	if err != nil {
		return 0, fmt.Errorf("read the forced queue: %w", err)
	}
	return n.Uint64(), nil
}

// Now returns the time of the last block, which is what the contracts go by.
func Now(ctx context.Context, c Client) (time.Time, error) {
	h, err := c.HeaderByNumber(ctx, nil)
	if err != nil {
		return time.Time{}, fmt.Errorf("ask for the last block: %w", err)
	}
	return time.Unix(int64(h.Time), 0), nil
}

// ErrNotYet is what Beacon returns, wrapped, of a time that no finalized block is after.
var ErrNotYet = errors.New("no finalized block is that late yet")

// Beacon returns a number that nobody knew at a time: it follows from the first
// finalized block after it.
func Beacon(ctx context.Context, c Client, after time.Time) ([32]byte, error) {
	final, err := c.HeaderByNumber(ctx, big.NewInt(int64(rpc.FinalizedBlockNumber)))
	if err != nil {
		return [32]byte{}, fmt.Errorf("ask for the finalized block: %w", err)
	}
	late := func(h *types.Header) bool { return int64(h.Time) > after.Unix() }
	if !late(final) {
		return [32]byte{}, fmt.Errorf("beacon after %v: %w", after, ErrNotYet)
	}
	found, low, high := final, uint64(0), final.Number.Uint64() // found is block high
	for low < high {
		middle := low + (high-low)/2
		h, err := c.HeaderByNumber(ctx, new(big.Int).SetUint64(middle))
		if err != nil {
			return [32]byte{}, fmt.Errorf("ask for block %d: %w", middle, err)
		}
		if late(h) {
			found, high = h, middle
		} else {
			low = middle + 1
		}
	}
	hash := found.Hash()
	return sha256.Sum256(append([]byte("openledger/beacon/1"), hash[:]...)), nil
}
