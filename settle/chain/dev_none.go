//go:build nodevchain

package chain

import (
	"context"
	"errors"
	"time"

	"github.com/ethereum/go-ethereum/ethclient"
)

// Dev is no chain: this build leaves it out, and reaches others by RPC only.
type Dev struct{ *ethclient.Client }

var errNoDev = errors.New("this program was built without the chain in its process (tag nodevchain): give the endpoint of a chain")

// OpenDev always fails.
func OpenDev(string, DevConfig) (*Dev, error) { return nil, errNoDev }

// Close does nothing.
func (*Dev) Close() error { return nil }

// Seal does nothing.
func (*Dev) Seal() {}

// Advance always fails.
func (*Dev) Advance(time.Duration) error { return errNoDev }

// Rewind always fails.
func (*Dev) Rewind(context.Context, uint64) error { return errNoDev }

// Run always fails.
func (*Dev) Run(context.Context) error { return errNoDev }
