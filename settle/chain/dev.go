//go:build !nodevchain

package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/catalyst"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"
)

// Dev is an EVM chain in this process, kept in a folder or in memory. One block
// is sealed for each transaction that this process sends; those of others are
// sealed by Run.
//
// It is go-ethereum under a simulated beacon. State is kept under the hash scheme
// and never pruned: after a kill the last blocks may be missing, nothing else.
type Dev struct {
	*ethclient.Client
	stack *node.Node
	eth   *eth.Ethereum

	mu     sync.Mutex // of what seals
	beacon *catalyst.SimulatedBeacon
}

// OpenDev opens the dev chain in a folder, a new one if there is none; an empty
// dir is a chain in memory.
func OpenDev(dir string, cfg DevConfig) (*Dev, error) {
	nc := node.Config{Name: "openledger", DataDir: dir, P2P: p2p.Config{NoDiscovery: true, NoDial: true}}
	if cfg.HTTP != "" {
		host, port, err := loopback(cfg.HTTP)
		if err != nil {
			return nil, err
		}
		nc.HTTPHost, nc.HTTPPort, nc.HTTPModules = host, port, []string{"eth", "net", "web3"}
		nc.HTTPVirtualHosts = []string{"localhost"}
	}
	if dir != "" {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of the chain: %w", err)
		}
		nc.DataDir = filepath.Clean(dir)
	}
	stack, err := node.New(&nc)
	if errors.Is(err, node.ErrDatadirUsed) {
		return nil, fmt.Errorf("the chain in %s is in use by another process: stop that, or give its endpoint", dir)
	}
	if err != nil {
		return nil, fmt.Errorf("open the chain in %s: %w", dir, err)
	}
	d, err := start(stack, cfg)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the chain in %s: %w", dir, err), stack.Close())
	}
	return d, nil
}

func loopback(address string) (host string, port int, err error) {
	host, p, err := net.SplitHostPort(address)
	if err == nil {
		port, err = strconv.Atoi(p)
	}
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() || port <= 0 {
		return "", 0, fmt.Errorf("the dev chain cannot listen at %q: give 127.0.0.1 and a port; whoever reaches it can spend its ether", address)
	}
	return host, port, nil
}

func start(stack *node.Node, cfg DevConfig) (*Dev, error) {
	rules := *params.AllDevChainProtocolChanges
	rules.ChainID = big.NewInt(DevID)
	rules.BogotaTime, rules.AmsterdamTime = nil, nil // their blocks have fields that no chain has yet
	genesis := core.DeveloperGenesisBlock(60_000_000, &cfg.Faucet)
	genesis.Config = &rules

	ec := ethconfig.Defaults
	ec.NetworkId, ec.SyncMode, ec.Genesis = DevID, ethconfig.FullSync, genesis
	ec.StateScheme, ec.NoPruning = rawdb.HashScheme, true
	ec.DatabaseCache, ec.TrieCleanCache, ec.TrieDirtyCache, ec.SnapshotCache = 16, 8, 8, 0
	ec.LogNoHistory = true // logs are searched by their blocks' blooms
	ec.TxPool.Journal, ec.TxPool.NoLocals, ec.BlobPool.Datadir = "", true, ""
	// The pool's tip and the miner's MUST be equal: what one takes and the other
	// does not would be tried for ever.
	ec.Miner.GasPrice, ec.TxPool.PriceLimit = big.NewInt(1), 1

	e, err := eth.New(stack, &ec)
	if err != nil {
		return nil, err
	}
	stack.RegisterAPIs([]rpc.API{{Namespace: "eth", Service: filters.NewFilterAPI(filters.NewFilterSystem(e.APIBackend, filters.Config{}))}})
	if err := stack.Start(); err != nil {
		return nil, err
	}
	beacon, err := catalyst.NewSimulatedBeacon(0, common.Address{}, e)
	if err != nil {
		return nil, err
	}
	e.SetSynced()
	return &Dev{Client: ethclient.NewClient(stack.Attach()), stack: stack, eth: e, beacon: beacon}, nil
}

// Close stops the chain; Run MUST have returned.
func (d *Dev) Close() error {
	d.Client.Close()
	return errors.Join(d.beacon.Stop(), d.stack.Close())
}

// SendTransaction sends a transaction and seals it into a block.
func (d *Dev) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if err := d.Client.SendTransaction(ctx, tx); err != nil {
		return err
	}
	d.sealAll()
	return nil
}

// sealAll makes blocks until no transaction waits that a block takes: on a busy
// machine one may be built without those that came just before.
func (d *Dev) sealAll() {
	d.Seal()
	for range 8 {
		if n, _ := d.eth.TxPool().Stats(); n == 0 {
			return
		}
		d.Seal()
	}
}

// Seal makes a block of all transactions that wait.
func (d *Dev) Seal() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.beacon.Commit()
}

// Advance makes an empty block that is this much later than the last one, after
// those of what waits.
func (d *Dev) Advance(by time.Duration) error {
	if n, _ := d.eth.TxPool().Stats(); n > 0 {
		d.sealAll()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.beacon.AdjustTime(by)
}

// Rewind drops all blocks above a number, as a reorg does.
func (d *Dev) Rewind(ctx context.Context, to uint64) error {
	head, err := d.HeaderByNumber(ctx, new(big.Int).SetUint64(to))
	if err != nil {
		return fmt.Errorf("rewind to block %d: %w", to, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.beacon.Rollback()
	return d.beacon.Fork(head.Hash())
}

// Run seals the transactions of other processes until ctx is done.
func (d *Dev) Run(ctx context.Context) error {
	fresh := make(chan core.NewTxsEvent, 16)
	sub := d.eth.TxPool().SubscribeTransactions(fresh, true)
	defer sub.Unsubscribe()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-sub.Err():
			return err
		case <-fresh:
			if n, _ := d.eth.TxPool().Stats(); n > 0 {
				d.Seal()
			}
		}
	}
}
