// Package chaintest has what tests of chain clients share.
package chaintest

import (
	"context"
	"os"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/openledger/openledger/settle/chain"
)

// A Mortal is a dev chain whose client kills its process, as kill -9 does, before
// or after one of its calls.
type Mortal struct {
	*chain.Dev
	left  int
	after bool
}

// NewMortal returns a Mortal that dies at call n/2, counted from 1: before it, or
// after it where n is odd. 0: never.
func NewMortal(d *chain.Dev, n int) *Mortal { return &Mortal{Dev: d, left: n / 2, after: n%2 == 1} }

func (m *Mortal) dies(after bool) {
	if after != m.after {
		return
	}
	if m.left--; m.left == 0 {
		p, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = p.Kill()
		}
		if err != nil {
			panic(err)
		}
		select {}
	}
}

// SendTransaction is a call at which it may die.
func (m *Mortal) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	m.dies(false)
	defer m.dies(true)
	return m.Dev.SendTransaction(ctx, tx)
}

// EstimateGas is a call at which it may die.
func (m *Mortal) EstimateGas(ctx context.Context, call ethereum.CallMsg) (uint64, error) {
	m.dies(false)
	defer m.dies(true)
	return m.Dev.EstimateGas(ctx, call)
}

// TransactionReceipt is a call at which it may die.
func (m *Mortal) TransactionReceipt(ctx context.Context, h common.Hash) (*types.Receipt, error) {
	m.dies(false)
	defer m.dies(true)
	return m.Dev.TransactionReceipt(ctx, h)
}
