package pin

import _ "github.com/openledger/openledger/network/node"
import _ "github.com/ethereum/go-ethereum/core"
