package chain

import "github.com/ethereum/go-ethereum/common"

// DevID is the chain id of dev chains.
const DevID = 1337

// DevConfig says what a dev chain is like; the zero value works.
type DevConfig struct {
	// Faucet holds all ether of a new chain. It plays no role for one that exists.
	Faucet common.Address
	// HTTP is the address that other processes of this machine reach the chain at,
	// as 127.0.0.1:8545. Empty: none do. It MUST be a loopback address.
	HTTP string
}
