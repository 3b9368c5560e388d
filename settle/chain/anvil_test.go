package chain_test

import (
	"bufio"
	"context"
	"fmt"
	"math/big"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/openledger/openledger/settle/chain"
)

// A ground is a chain that the conformance suite runs on. The founder has ether
// there.
type ground struct {
	chain.Client
	id      uint64
	seal    func()                 // makes a block
	advance func(by time.Duration) // makes a block that is later
	rewind  func(blocks uint64)    // drops the last blocks
	hold    func(held bool)        // whether transactions wait for seal
}

// heldDev is the dev chain with transactions that may wait.
type heldDev struct {
	*chain.Dev
	held bool
}

func (d *heldDev) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if d.held {
		return d.Client.SendTransaction(ctx, tx)
	}
	return d.Dev.SendTransaction(ctx, tx)
}

func devGround(t *testing.T) *ground {
	d := &heldDev{Dev: openDev(t, "")}
	t.Cleanup(func() { d.Close() })
	return &ground{
		Client: d, id: chain.DevID, seal: d.Seal,
		advance: func(by time.Duration) {
			if err := d.Advance(by); err != nil {
				t.Fatal(err)
			}
		},
		rewind: func(blocks uint64) {
			head, err := d.BlockNumber(t.Context())
			if err == nil {
				err = d.Rewind(t.Context(), head-blocks)
			}
			if err != nil {
				t.Fatal(err)
			}
		},
		hold: func(h bool) { d.held = h },
	}
}

// anvilGround starts anvil, a chain of others behind JSON-RPC. It is skipped
// where npm has not installed it.
func anvilGround(t *testing.T) *ground {
	// The program itself: npm's wrapper would leave it behind when it is killed.
	found, err := filepath.Glob(filepath.Join("..", "contract", "node_modules", "@foundry-rs", "anvil-*", "bin", "anvil"))
	if err != nil || len(found) == 0 {
		t.Skip("anvil is not at hand; settle/contract/generate.sh installs it by npm")
	}
	// What is finalized lags two blocks.
	cmd := exec.CommandContext(t.Context(), found[0], "--port", "0", "--accounts", "1", "--slots-in-an-epoch", "1", "--chain-id", fmt.Sprint(chain.DevID))
	cmd.WaitDelay = 10 * time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Skip("anvil does not start: ", err)
	}
	t.Cleanup(func() { _ = cmd.Wait() }) // the test's context has ended, and so killed it
	var endpoint string
	listening := regexp.MustCompile(`Listening on (\S+)`)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			endpoint = "http://" + m[1]
			break
		}
	}
	if endpoint == "" {
		t.Skip("anvil does not listen: ", lines.Err())
	}
	go func() { // it waits where nobody reads; it ends with the process
		for lines.Scan() {
		}
	}()
	c, err := chain.Dial(t.Context(), endpoint)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	ask := func(method string, arguments ...any) {
		t.Helper()
		if err := c.Client().CallContext(context.WithoutCancel(t.Context()), nil, method, arguments...); err != nil {
			t.Fatalf("%s: %v", method, err)
		}
	}
	ask("anvil_setBalance", founder.Address(), "0x3635c9adc5dea0000000")
	mine := func() { ask("evm_mine") }
	return &ground{
		Client: c, id: chain.DevID, seal: mine,
		advance: func(by time.Duration) { ask("evm_increaseTime", uint64(by/time.Second)); mine() },
		rewind:  func(blocks uint64) { ask("anvil_rollback", blocks) },
		hold:    func(h bool) { ask("evm_setAutomine", !h) },
	}
}

// final returns the number of the finalized block.
func (g *ground) final(ctx context.Context) (uint64, error) {
	h, err := g.HeaderByNumber(ctx, big.NewInt(int64(rpc.FinalizedBlockNumber)))
	if err != nil {
		return 0, err
	}
	return h.Number.Uint64(), nil
}
