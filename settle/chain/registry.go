package chain

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/settle/contract/registry"
)

var registryABI = registry.NewRegistry()

// An ItemKind is what an item of the Registry is.
type ItemKind uint8

// Kinds of items are append-only; Registry.sol has them.
const (
	DatanetItem ItemKind = iota
	ModelItem
	AdapterItem
	AgentItem
)

func (k ItemKind) String() string {
	if k > AgentItem {
		return fmt.Sprintf("kind %d", uint8(k))
	}
	return [...]string{"datanet", "model", "adapter", "agent"}[k]
}

// An ItemID names an item on one chain.
type ItemID [32]byte

// An Item is what its owner says of a thing that has a CID. Splits stays zero
// here: what a Datanet earns is divided by the scores of each answer, not by
// weights that are fixed when it is registered.
type Item struct {
	Kind    ItemKind
	Series  [32]byte // what its versions have in common; zero if it has none
	Digest  [32]byte // by DigestOf
	Splits  [32]byte // Merkle root of who shares its earnings
	Parents []ItemID // what it was made of
}

// DigestOf returns what stands for a CID in the Registry.
func DigestOf(c cid.Cid) [32]byte { return sha256.Sum256(c.Bytes()) }

func (i *Item) parents() [][32]byte {
	out := make([][32]byte, len(i.Parents))
	for n := range i.Parents {
		out[n] = i.Parents[n]
	}
	return out
}

// Register registers an item of who sends the call.
func (k *Contracts) Register(i Item) Call {
	return Call{To: k.Registry, Data: registryABI.PackRegister(uint8(i.Kind), i.Series, i.Digest, i.Splits, i.parents())}
}

// ItemID returns the name of an item of an owner: Registry.idOf.
func (k *Contracts) ItemID(owner common.Address, i Item) ItemID {
	word := func(b []byte) []byte { return common.LeftPadBytes(b, 32) }
	number := func(n uint64) []byte { return word(new(big.Int).SetUint64(n).Bytes()) }
	b := append(number(k.ChainID), word(k.Registry[:])...)
	b = append(append(b, word(owner[:])...), number(uint64(i.Kind))...)
	b = append(append(append(b, i.Series[:]...), i.Digest[:]...), i.Splits[:]...)
	b = append(append(b, number(8*32)...), number(uint64(len(i.Parents)))...)
	for n := range i.Parents {
		b = append(b, i.Parents[n][:]...)
	}
	return ItemID(crypto.Keccak256(b))
}

// A Registered is an item on the chain.
type Registered struct {
	Item
	ID    ItemID
	Owner common.Address
	Block uint64
	At    time.Time
}

// items calls each for what was registered in some blocks, in its order.
func (k *Contracts) items(ctx context.Context, from, to uint64, each func(Registered) error) error {
	logs, err := k.Client.FilterLogs(ctx, ethereum.FilterQuery{
		FromBlock: new(big.Int).SetUint64(from), ToBlock: new(big.Int).SetUint64(to),
		Addresses: []common.Address{k.Registry}, Topics: [][]common.Hash{{registryABI.GetABI().Events["Registered"].ID}},
	})
	if err != nil {
		return fmt.Errorf("read what was registered in the blocks from %d to %d: %w", from, to, err)
	}
	for i := range logs {
		x, err := registeredOf(&logs[i])
		if err != nil {
			return fmt.Errorf("read an item of block %d, %s: %w", logs[i].BlockNumber, hexutil.Encode(logs[i].Data), err)
		}
		if err := each(x); err != nil {
			return err
		}
	}
	return nil
}

func registeredOf(l *types.Log) (x Registered, err error) {
	e, err := registryABI.UnpackRegisteredEvent(l)
	if err != nil {
		return x, err
	}
	x = Registered{
		Item: Item{Kind: ItemKind(e.Kind), Series: e.Series, Digest: e.Digest, Splits: e.Splits},
		ID:   e.Id, Owner: e.Owner, Block: l.BlockNumber, At: time.Unix(int64(l.BlockTimestamp), 0),
	}
	for _, p := range e.Parents {
		x.Parents = append(x.Parents, p)
	}
	return x, nil
}
