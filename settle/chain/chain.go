// Package chain is the L2 as the other packages of settle see it: one interface
// over an RPC endpoint and over the dev chain in this process, the contracts
// with their addresses, and who signs.
//
// The invariant: nothing is sent to a chain whose id, contracts and links are
// not those that were recorded when the contracts were deployed. What this
// package sends was simulated first, so a revert costs nothing and says why.
//
// Start with Client, then Contracts.
package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
)

// A Client is a chain: *ethclient.Client and *Dev are.
type Client interface {
	bind.ContractBackend
	ethereum.TransactionReader
	ethereum.ChainIDReader
	ethereum.ChainStateReader
	BlockNumber(ctx context.Context) (uint64, error)
}

// An UnreachableError says that a chain does not answer. What was owed stays
// owed; it is worth trying again.
type UnreachableError struct {
	Endpoint string
	Err      error
}

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("the chain at %s does not answer: %v; check the endpoint, or leave it empty for the chain in this process", e.Endpoint, e.Err)
}

func (e *UnreachableError) Unwrap() error { return e.Err }

// Dial opens a chain behind JSON-RPC and asks for its id. A password in the
// endpoint does not appear in errors.
func Dial(ctx context.Context, endpoint string) (*ethclient.Client, error) {
	shown := endpoint
	if u, err := url.Parse(endpoint); err == nil {
		shown = u.Redacted()
	}
	c, err := ethclient.DialContext(ctx, endpoint)
	if err != nil {
		return nil, &UnreachableError{shown, err}
	}
	if _, err := c.ChainID(ctx); err != nil {
		c.Close()
		return nil, &UnreachableError{shown, err}
	}
	return c, nil
}

// await waits for the receipt of a transaction.
func await(ctx context.Context, c Client, hash common.Hash) (*types.Receipt, error) {
	pause := 10 * time.Millisecond
	for {
		receipt, err := c.TransactionReceipt(ctx, hash)
		switch {
		case err == nil:
			return receipt, nil
		case !errors.Is(err, ethereum.NotFound) && !indexing(err):
			return nil, fmt.Errorf("wait for transaction %v: %w", hash, err)
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("wait for transaction %v: %w", hash, ctx.Err())
		case <-time.After(pause):
		}
		pause = min(2*pause, time.Second)
	}
}

// indexing says whether a node has not yet indexed what it was asked for.
func indexing(err error) bool {
	return err != nil && err.Error() == "transaction indexing is in progress"
}

// Transact simulates a transaction, signs and sends it and waits for its
// receipt. It keeps no journal: what must survive a crash goes through an Outbox.
func Transact(ctx context.Context, c Client, s Signer, call Call) (*types.Receipt, error) {
	id, err := c.ChainID(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask for the chain id: %w", err)
	}
	tx, err := draft(ctx, c, s.Address(), id, call)
	if err != nil {
		return nil, err
	}
	nonce, err := c.PendingNonceAt(ctx, s.Address())
	if err != nil {
		return nil, fmt.Errorf("ask for the nonce of %v: %w", s.Address(), err)
	}
	tx.Nonce = nonce
	signed, err := sign(s, id, tx)
	if err != nil {
		return nil, err
	}
	if err := c.SendTransaction(ctx, signed); err != nil {
		return nil, fmt.Errorf("send a transaction of %v: %w", s.Address(), explain(err))
	}
	receipt, err := await(ctx, c, signed.Hash())
	if err != nil {
		return nil, err
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		return receipt, &RevertError{Reason: "reverted in a block though it did not when simulated; read the state again and retry"}
	}
	return receipt, nil
}

// draft simulates a transaction and fills in its gas and its fees.
func draft(ctx context.Context, c Client, from common.Address, id *big.Int, call Call) (*types.DynamicFeeTx, error) {
	head, err := c.HeaderByNumber(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("ask for the last block: %w", err)
	}
	tip, err := c.SuggestGasTipCap(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask for the price of gas: %w", err)
	}
	var to *common.Address
	if call.To != (common.Address{}) {
		to = &call.To
	}
	gas, err := c.EstimateGas(ctx, ethereum.CallMsg{From: from, To: to, Data: call.Data, Value: call.Value})
	if err != nil {
		return nil, explain(err)
	}
	feeCap := new(big.Int).Add(tip, new(big.Int).Lsh(head.BaseFee, 1))
	return &types.DynamicFeeTx{ChainID: id, To: to, Data: call.Data, Value: call.Value, Gas: gas + gas/5, GasTipCap: tip, GasFeeCap: feeCap}, nil
}
