// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package challenges

//lint:file-ignore ST1005 abigen writes its errors so

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// ChallengesAt is an auto generated low-level Go binding around an user-defined struct.
type ChallengesAt struct {
	Header Header
	Record uint64
	Path   [][32]byte
}

// ChallengesChunk is an auto generated low-level Go binding around an user-defined struct.
type ChallengesChunk struct {
	Header     Header
	Index      uint64
	Kinds      []uint8
	Usages     []Usage
	Payments   []Payment
	Voids      []ChallengesVoid
	RecordPath [][32]byte
	States     []State
	TracePath  [][32]byte
}

// ChallengesClaim is an auto generated low-level Go binding around an user-defined struct.
type ChallengesClaim struct {
	Header     Header
	Previous   Header
	Record     uint64
	RecordPath [][32]byte
	Before     State
	BeforePath [][32]byte
	Later      State
	LaterPath  [][32]byte
}

// ChallengesEntry is an auto generated low-level Go binding around an user-defined struct.
type ChallengesEntry struct {
	Content [32]byte
	Time    *big.Int
}

// ChallengesVoid is an auto generated low-level Go binding around an user-defined struct.
type ChallengesVoid struct {
	Content [32]byte
	Placed  [32]byte
}

// Credit is an auto generated low-level Go binding around an user-defined struct.
type Credit struct {
	Account [32]byte
	Class   uint8
	Weight  *big.Int
}

// Distribution is an auto generated low-level Go binding around an user-defined struct.
type Distribution struct {
	Pool     [32]byte
	Epoch    uint64
	Part     uint32
	Amount   *big.Int
	Evidence [32]byte
	Credits  []Credit
}

// Earned is an auto generated low-level Go binding around an user-defined struct.
type Earned struct {
	Account     [32]byte
	Earned      *big.Int
	Distributed *big.Int
	Path        [][32]byte
}

// Header is an auto generated low-level Go binding around an user-defined struct.
type Header struct {
	Epoch       uint64
	Records     uint64
	Forced      uint64
	TotalSpent  *big.Int
	Accounts    uint32
	Previous    [32]byte
	SpentRoot   [32]byte
	RecordsRoot [32]byte
	TraceRoot   [32]byte
	Data        [32]byte
	EarnedRoot  [32]byte
}

// Payment is an auto generated low-level Go binding around an user-defined struct.
type Payment struct {
	Distribution Distribution
	Signature    []byte
	PoolPlace    uint32
	Places       []uint32
}

// Request is an auto generated low-level Go binding around an user-defined struct.
type Request struct {
	Payer      common.Address
	Model      [32]byte
	Prompt     [32]byte
	Fee        *big.Int
	FirstEpoch uint64
	LastEpoch  uint64
	Salt       uint64
	Workers    []common.Address
}

// Result is an auto generated low-level Go binding around an user-defined struct.
type Result struct {
	Request [32]byte
	Output  [32]byte
	Gain    uint32
	Credits []Credit
}

// Spent is an auto generated low-level Go binding around an user-defined struct.
type Spent struct {
	Spent *big.Int
	Path  [][32]byte
}

// State is an auto generated low-level Go binding around an user-defined struct.
type State struct {
	SpentRoot  [32]byte
	EarnedRoot [32]byte
	TotalSpent *big.Int
	Accounts   uint32
}

// Usage is an auto generated low-level Go binding around an user-defined struct.
type Usage struct {
	Request         Request
	Result          Result
	PayerSignature  []byte
	WorkerSignature []byte
	Places          []uint32
}

// ChallengesMetaData contains all meta data concerning the Challenges contract.
var ChallengesMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"ledger_\",\"type\":\"address\",\"internalType\":\"contractLedger\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"demand\",\"inputs\":[{\"name\":\"h\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"chunk\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"dismiss\",\"inputs\":[{\"name\":\"i\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"forced\",\"type\":\"tuple\",\"internalType\":\"structUsage\",\"components\":[{\"name\":\"request\",\"type\":\"tuple\",\"internalType\":\"structRequest\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"model\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"prompt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"fee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"firstEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"workers\",\"type\":\"address[]\",\"internalType\":\"address[]\"}]},{\"name\":\"result\",\"type\":\"tuple\",\"internalType\":\"structResult\",\"components\":[{\"name\":\"request\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"output\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"gain\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"payerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"workerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]},{\"name\":\"p\",\"type\":\"tuple\",\"internalType\":\"structChallenges.At\",\"components\":[{\"name\":\"header\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"record\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"settled\",\"type\":\"tuple\",\"internalType\":\"structUsage\",\"components\":[{\"name\":\"request\",\"type\":\"tuple\",\"internalType\":\"structRequest\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"model\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"prompt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"fee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"firstEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"workers\",\"type\":\"address[]\",\"internalType\":\"address[]\"}]},{\"name\":\"result\",\"type\":\"tuple\",\"internalType\":\"structResult\",\"components\":[{\"name\":\"request\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"output\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"gain\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"payerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"workerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]},{\"name\":\"tip\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"entry\",\"inputs\":[{\"name\":\"i\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structChallenges.Entry\",\"components\":[{\"name\":\"content\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"time\",\"type\":\"uint48\",\"internalType\":\"uint48\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"force\",\"inputs\":[{\"name\":\"u\",\"type\":\"tuple\",\"internalType\":\"structUsage\",\"components\":[{\"name\":\"request\",\"type\":\"tuple\",\"internalType\":\"structRequest\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"model\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"prompt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"fee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"firstEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"workers\",\"type\":\"address[]\",\"internalType\":\"address[]\"}]},{\"name\":\"result\",\"type\":\"tuple\",\"internalType\":\"structResult\",\"components\":[{\"name\":\"request\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"output\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"gain\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"payerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"workerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"ledger\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractLedger\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"mayStopAt\",\"inputs\":[{\"name\":\"i\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"proveDismissed\",\"inputs\":[{\"name\":\"c\",\"type\":\"tuple\",\"internalType\":\"structChallenges.Claim\",\"components\":[{\"name\":\"header\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"previous\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"record\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"recordPath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"},{\"name\":\"before\",\"type\":\"tuple\",\"internalType\":\"structState\",\"components\":[{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"beforePath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"},{\"name\":\"later\",\"type\":\"tuple\",\"internalType\":\"structState\",\"components\":[{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"laterPath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"placed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"proveDuplicate\",\"inputs\":[{\"name\":\"first\",\"type\":\"tuple\",\"internalType\":\"structChallenges.At\",\"components\":[{\"name\":\"header\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"record\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"a\",\"type\":\"tuple\",\"internalType\":\"structUsage\",\"components\":[{\"name\":\"request\",\"type\":\"tuple\",\"internalType\":\"structRequest\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"model\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"prompt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"fee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"firstEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"workers\",\"type\":\"address[]\",\"internalType\":\"address[]\"}]},{\"name\":\"result\",\"type\":\"tuple\",\"internalType\":\"structResult\",\"components\":[{\"name\":\"request\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"output\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"gain\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"payerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"workerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]},{\"name\":\"second\",\"type\":\"tuple\",\"internalType\":\"structChallenges.At\",\"components\":[{\"name\":\"header\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"record\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"b\",\"type\":\"tuple\",\"internalType\":\"structUsage\",\"components\":[{\"name\":\"request\",\"type\":\"tuple\",\"internalType\":\"structRequest\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"model\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"prompt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"fee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"firstEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"workers\",\"type\":\"address[]\",\"internalType\":\"address[]\"}]},{\"name\":\"result\",\"type\":\"tuple\",\"internalType\":\"structResult\",\"components\":[{\"name\":\"request\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"output\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"gain\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"payerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"workerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"proveDuplicatePayment\",\"inputs\":[{\"name\":\"first\",\"type\":\"tuple\",\"internalType\":\"structChallenges.At\",\"components\":[{\"name\":\"header\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"record\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"a\",\"type\":\"tuple\",\"internalType\":\"structPayment\",\"components\":[{\"name\":\"distribution\",\"type\":\"tuple\",\"internalType\":\"structDistribution\",\"components\":[{\"name\":\"pool\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"part\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"evidence\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"poolPlace\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]},{\"name\":\"second\",\"type\":\"tuple\",\"internalType\":\"structChallenges.At\",\"components\":[{\"name\":\"header\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"record\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"b\",\"type\":\"tuple\",\"internalType\":\"structPayment\",\"components\":[{\"name\":\"distribution\",\"type\":\"tuple\",\"internalType\":\"structDistribution\",\"components\":[{\"name\":\"pool\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"part\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"evidence\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"poolPlace\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"proveForcedOut\",\"inputs\":[{\"name\":\"p\",\"type\":\"tuple\",\"internalType\":\"structChallenges.At\",\"components\":[{\"name\":\"header\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"record\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"previous\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"content\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"placed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"provePayment\",\"inputs\":[{\"name\":\"c\",\"type\":\"tuple\",\"internalType\":\"structChallenges.Claim\",\"components\":[{\"name\":\"header\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"previous\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"record\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"recordPath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"},{\"name\":\"before\",\"type\":\"tuple\",\"internalType\":\"structState\",\"components\":[{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"beforePath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"},{\"name\":\"later\",\"type\":\"tuple\",\"internalType\":\"structState\",\"components\":[{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"laterPath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"p\",\"type\":\"tuple\",\"internalType\":\"structPayment\",\"components\":[{\"name\":\"distribution\",\"type\":\"tuple\",\"internalType\":\"structDistribution\",\"components\":[{\"name\":\"pool\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"part\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"evidence\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"poolPlace\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]},{\"name\":\"earned\",\"type\":\"tuple[]\",\"internalType\":\"structEarned[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earned\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"distributed\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"proveUsage\",\"inputs\":[{\"name\":\"c\",\"type\":\"tuple\",\"internalType\":\"structChallenges.Claim\",\"components\":[{\"name\":\"header\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"previous\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"record\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"recordPath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"},{\"name\":\"before\",\"type\":\"tuple\",\"internalType\":\"structState\",\"components\":[{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"beforePath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"},{\"name\":\"later\",\"type\":\"tuple\",\"internalType\":\"structState\",\"components\":[{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"laterPath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"u\",\"type\":\"tuple\",\"internalType\":\"structUsage\",\"components\":[{\"name\":\"request\",\"type\":\"tuple\",\"internalType\":\"structRequest\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"model\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"prompt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"fee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"firstEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"workers\",\"type\":\"address[]\",\"internalType\":\"address[]\"}]},{\"name\":\"result\",\"type\":\"tuple\",\"internalType\":\"structResult\",\"components\":[{\"name\":\"request\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"output\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"gain\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"payerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"workerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]},{\"name\":\"spent\",\"type\":\"tuple\",\"internalType\":\"structSpent\",\"components\":[{\"name\":\"spent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"earned\",\"type\":\"tuple[]\",\"internalType\":\"structEarned[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earned\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"distributed\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"proveVoid\",\"inputs\":[{\"name\":\"c\",\"type\":\"tuple\",\"internalType\":\"structChallenges.Claim\",\"components\":[{\"name\":\"header\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"previous\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"record\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"recordPath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"},{\"name\":\"before\",\"type\":\"tuple\",\"internalType\":\"structState\",\"components\":[{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"beforePath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"},{\"name\":\"later\",\"type\":\"tuple\",\"internalType\":\"structState\",\"components\":[{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"laterPath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"u\",\"type\":\"tuple\",\"internalType\":\"structUsage\",\"components\":[{\"name\":\"request\",\"type\":\"tuple\",\"internalType\":\"structRequest\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"model\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"prompt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"fee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"firstEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"workers\",\"type\":\"address[]\",\"internalType\":\"address[]\"}]},{\"name\":\"result\",\"type\":\"tuple\",\"internalType\":\"structResult\",\"components\":[{\"name\":\"request\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"output\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"gain\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"payerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"workerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]},{\"name\":\"spent\",\"type\":\"tuple\",\"internalType\":\"structSpent\",\"components\":[{\"name\":\"spent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"earned\",\"type\":\"tuple[]\",\"internalType\":\"structEarned[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earned\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"distributed\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"proveWithheld\",\"inputs\":[{\"name\":\"h\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"chunk\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"queueLength\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"reclaim\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"header\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"chunk\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"show\",\"inputs\":[{\"name\":\"c\",\"type\":\"tuple\",\"internalType\":\"structChallenges.Chunk\",\"components\":[{\"name\":\"header\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"index\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"kinds\",\"type\":\"uint8[]\",\"internalType\":\"uint8[]\"},{\"name\":\"usages\",\"type\":\"tuple[]\",\"internalType\":\"structUsage[]\",\"components\":[{\"name\":\"request\",\"type\":\"tuple\",\"internalType\":\"structRequest\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"model\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"prompt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"fee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"firstEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"workers\",\"type\":\"address[]\",\"internalType\":\"address[]\"}]},{\"name\":\"result\",\"type\":\"tuple\",\"internalType\":\"structResult\",\"components\":[{\"name\":\"request\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"output\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"gain\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"payerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"workerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]},{\"name\":\"payments\",\"type\":\"tuple[]\",\"internalType\":\"structPayment[]\",\"components\":[{\"name\":\"distribution\",\"type\":\"tuple\",\"internalType\":\"structDistribution\",\"components\":[{\"name\":\"pool\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"part\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"evidence\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"poolPlace\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]},{\"name\":\"voids\",\"type\":\"tuple[]\",\"internalType\":\"structChallenges.Void[]\",\"components\":[{\"name\":\"content\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"placed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"recordPath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"},{\"name\":\"states\",\"type\":\"tuple[]\",\"internalType\":\"structState[]\",\"components\":[{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"tracePath\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"wasForced\",\"inputs\":[{\"name\":\"content\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"event\",\"name\":\"Demanded\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"indexed\":true,\"internalType\":\"uint64\"},{\"name\":\"chunk\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"},{\"name\":\"by\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Dismissed\",\"inputs\":[{\"name\":\"entry\",\"type\":\"uint256\",\"indexed\":true,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Forced\",\"inputs\":[{\"name\":\"entry\",\"type\":\"uint256\",\"indexed\":true,\"internalType\":\"uint256\"},{\"name\":\"content\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"usage\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structUsage\",\"components\":[{\"name\":\"request\",\"type\":\"tuple\",\"internalType\":\"structRequest\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"model\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"prompt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"fee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"firstEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"workers\",\"type\":\"address[]\",\"internalType\":\"address[]\"}]},{\"name\":\"result\",\"type\":\"tuple\",\"internalType\":\"structResult\",\"components\":[{\"name\":\"request\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"output\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"gain\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"payerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"workerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Shown\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"indexed\":true,\"internalType\":\"uint64\"},{\"name\":\"chunk\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AlreadyDemanded\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"AlreadyFinal\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"AlreadyForced\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadOpenings\",\"inputs\":[{\"name\":\"got\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"want\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadPath\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadPath\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NoSuchRecord\",\"inputs\":[{\"name\":\"record\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"NotDemanded\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotPosted\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"NotThatRecord\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotTheSame\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StepIsRight\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TooEarly\",\"inputs\":[{\"name\":\"time\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TooLarge\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TooLate\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongPrevious\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongTrace\",\"inputs\":[]}]",
	ID:  "Challenges",
	Bin: "0x60a060405234801561000f575f5ffd5b50604051615bf2380380615bf283398101604081905261002e9161003f565b6001600160a01b031660805261006c565b5f6020828403121561004f575f5ffd5b81516001600160a01b0381168114610065575f5ffd5b9392505050565b608051615ab861013a5f395f8181610173015281816103500152818161040a01528181610531015281816106ba01528181610b0d01528181610c2501528181610d0201528181610dbc01528181610eb401528181610f51015281816111290152818161121f015281816112c20152818161164f015281816117310152818161189a015281816118f5015281816119c401528181611d3c01528181611f6b0152818161202c0152818161272f015281816129bc015281816129f601528181612f6301526130520152615ab85ff3fe608060405234801561000f575f5ffd5b506004361061012f575f3560e01c8063a4c48038116100ad578063dffb64291161007d578063ed5c408d11610063578063ed5c408d146102c3578063f074c34b146102d6578063fb5a8daa146102e9575f5ffd5b8063dffb64291461027a578063e2095c071461028d575f5ffd5b8063a4c4803814610211578063ab91c7b014610224578063c47e80ec14610235578063c59e547314610267575f5ffd5b806356a95df41161010257806380bbfd10116100e857806380bbfd10146101d857806398d75835146101eb578063a12c2052146101fe575f5ffd5b806356a95df4146101b25780636e11579f146101c5575f5ffd5b8063075caf1514610133578063109da7d7146101485780633ef580011461015b57806356397c351461016e575b5f5ffd5b610146610141366004614a40565b6102fc565b005b610146610156366004614b21565b6104f8565b610146610169366004614b71565b610739565b6101957f000000000000000000000000000000000000000000000000000000000000000081565b6040516001600160a01b0390911681526020015b60405180910390f35b6101466101c0366004614c26565b61078b565b6101466101d3366004614c6d565b610c7f565b6101466101e6366004614a40565b610cc6565b6101466101f9366004614d27565b610e9d565b61014661020c366004614d5f565b6112b6565b61014661021f366004614e16565b6114a3565b6002546040519081526020016101a9565b610257610243366004614e85565b5f6020819052908152604090205460ff1681565b60405190151581526020016101a9565b610146610275366004614d27565b611709565b610257610288366004614e85565b6119af565b6102a061029b366004614e85565b611a8d565b604080518251815260209283015165ffffffffffff1692810192909252016101a9565b6101466102d1366004614e9c565b611aea565b6101466102e4366004614ecd565b611cfa565b6101466102f7366004614f5b565b611e1b565b61032e856103126102e082016102c08301614f9c565b61031b87611eb7565b6103296102e08a018a614fb7565b611f4a565b5f61034461033f6020880188614f9c565b611f61565b90506001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000166315f7660561037f8780614ffc565b61038d90602081019061502e565b6040516001600160e01b031960e084901b1681526001600160a01b039091166004820152602401602060405180830381865afa1580156103cf573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906103f39190615065565b63ffffffff16604082018190526001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169063b806add49061043e60208a018a614f9c565b6040516001600160e01b031960e085901b16815263ffffffff9290921660048301526001600160401b03166024820152604401602060405180830381865afa15801561048c573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906104b0919061509f565b6001600160601b031660608201525f6104c8876120a7565b90505f6104d4826121d5565b90506104ee88826104e9858b888c8c8c612295565b61264c565b5050505050505050565b6040517f539f64240000000000000000000000000000000000000000000000000000000081526001600160401b038416600482015282907f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03169063539f642490602401602060405180830381865afa15801561057e573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906105a291906150ba565b036105c05760405163afb6e2bb60e01b815260040160405180910390fd5b5f6105cb83836127b9565b5f81815260016020818152604092839020835160608101855281546001600160a01b038116808352600160a01b90910465ffffffffffff16938201939093529201546001600160601b03169282019290925291925061063d57604051633634733b60e01b815260040160405180910390fd5b5f8281526001602081815260409283902080547fffffffffffff000000000000000000000000000000000000000000000000000016815590910180546bffffffffffffffffffffffff191690558251838301518351637e062a3560e11b815293516107329492936001600160601b03909216926001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169263fc0c546a926004808401938290030181865afa1580156106fe573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061072291906150d1565b6001600160a01b031691906127fd565b5050505050565b61074281612837565b61074b84612837565b14610769576040516338ab55eb60e01b815260040160405180910390fd5b610785846107768561284a565b846107808561284a565b612859565b50505050565b5f610795826129f3565b90505f6001816107b6846107b161018088016101608901614f9c565b6127b9565b815260208101919091526040015f2080549091506001600160a01b03166107f057604051633634733b60e01b815260040160405180910390fd5b80546001600160a01b03191681555f600461081361018086016101608701614f9c565b6001600160401b0316901b90505f816108326040870160208801614f9c565b6001600160401b03166108459190615100565b90506010811115610854575060105b80610863610180870187614fb7565b905014158061088157508061087c610220870187615113565b905014155b156108c65760016108928284615158565b61089c9190615100565b60405163e050b71b60e01b81526001600160401b0390911660048201526024015b60405180910390fd5b5f6108d360046014615100565b60408051601080825261022082019092529192505f919060208201610200803683370190505090505f5b83811015610966576109416109166102208a018a615113565b838181106109265761092661517f565b90506080020180360381019061093c91906151e8565b6121d5565b8282815181106109535761095361517f565b60209081029190910101526001016108fd565b506101008701356109aa61097983612aec565b600461098d6101808c016101608d01614f9c565b6001600160401b03166109a46102408d018d614fb7565b88612c07565b146109c8576040516352f8f53560e11b815260040160405180910390fd5b6109d0614961565b5f5b8251811015610aa2578481106109e8575f610a7d565b610a7d896109fa610180820182614fb7565b84818110610a0a57610a0a61517f565b9050602002016020810190610a1f919061525a565b84610a2e6101808e018e614fb7565b86818110610a3e57610a3e61517f565b9050602002016020810190610a53919061525a565b60031660048110610a6657610a6661517f565b60200201805190610a7682615273565b9052612caf565b838281518110610a8f57610a8f61517f565b60209081029190910101526001016109d2565b5060e0880135610ae5610ab484612aec565b6004610ac86101808d016101608e01614f9c565b6001600160401b0316610adf6102008e018e614fb7565b89612c07565b14610b03576040516359c7543d60e01b815260040160405180910390fd5b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001663aa59448f610b3f60208b018b614f9c565b6040516001600160e01b031960e084901b1681526001600160401b039091166004820152600160248201526044015f604051808303815f87803b158015610b84575f5ffd5b505af1158015610b96573d5f5f3e3d5ffd5b50610ba8925050506020890189614f9c565b6001600160401b03167ff277592d71c20ee0497c99f0a13b00c028bc5535ec1c677dff9edcd9bde8ba22610be46101808b016101608c01614f9c565b6040516001600160401b03909116815260200160405180910390a26104ee33876001015f9054906101000a90046001600160601b03166001600160601b03167f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031663fc0c546a6040518163ffffffff1660e01b8152600401602060405180830381865afa1580156106fe573d5f5f3e3d5ffd5b610c8881612e10565b610c9184612e10565b14610caf576040516338ab55eb60e01b815260040160405180910390fd5b61078584610cbc85612ea6565b8461078085612ea6565b610ce585610cdc6102e082016102c08301614f9c565b61031b8761284a565b5f610cf661033f6020880188614f9c565b90506001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000166315f76605610d318780614ffc565b610d3f90602081019061502e565b6040516001600160e01b031960e084901b1681526001600160a01b039091166004820152602401602060405180830381865afa158015610d81573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610da59190615065565b63ffffffff16604082018190526001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169063b806add490610df060208a018a614f9c565b6040516001600160e01b031960e085901b16815263ffffffff9290921660048301526001600160401b03166024820152604401602060405180830381865afa158015610e3e573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610e62919061509f565b6001600160601b031660608201525f610e7a876120a7565b9050610e9487610e8e8389868a8a8a612295565b83612ee4565b50505050505050565b5f610ea7836129f3565b90505f6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001663fadb4768610ee66020870187614f9c565b6040516001600160e01b031960e084901b1681526001600160401b03909116600482015260240160a060405180830381865afa158015610f28573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610f4c919061528b565b90505f7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316634173b4176040518163ffffffff1660e01b815260040160e060405180830381865afa158015610fab573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610fcf919061530c565b9050816060015163ffffffff16826040015164ffffffffff16610ff29190615158565b42106110115760405163ecdd1c2960e01b815260040160405180910390fd5b6110216040860160208701614f9c565b6001600160401b03166004856001600160401b0316901b106110615760405163e050b71b60e01b81526001600160401b03851660048201526024016108bd565b5f60015f61106f86886127b9565b815260208101919091526040015f208054909150600160a01b900465ffffffffffff16156110b05760405163afb6e2bb60e01b815260040160405180910390fd5b60c08201516001820180546bffffffffffffffffffffffff19166001600160601b039092169190911790558054337fffffffffffff0000000000000000000000000000000000000000000000000000909116600160a01b4265ffffffffffff16026001600160a01b031916171781556001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001663aa59448f61115b6020890189614f9c565b6040516001600160e01b031960e084901b1681526001600160401b0390911660048201525f60248201526044015f604051808303815f87803b15801561119f575f5ffd5b505af11580156111b1573d5f5f3e3d5ffd5b506111c3925050506020870187614f9c565b604080516001600160401b03888116825233602083015292909216917fcdd0edb1c9c4bc48f3ca5861e5dcabad5763dc22e05f2d5046ea034879e0fc7c910160405180910390a26112ae33308460c001516001600160601b03167f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031663fc0c546a6040518163ffffffff1660e01b8152600401602060405180830381865afa158015611279573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061129d91906150d1565b6001600160a01b0316929190613011565b505050505050565b6112bf81613047565b507f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316632755cd2d6040518163ffffffff1660e01b8152600401602060405180830381865afa15801561131c573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061134091906153a6565b6001600160401b03166113566020830183614f9c565b6001600160401b031614158061138357506113776060820160408301614f9c565b6001600160401b031685105b156113a15760405163ecdd1c2960e01b815260040160405180910390fd5b6113d3836113b761018082016101608301614f9c565b6113c08561284a565b6113ce610180880188614fb7565b613156565b6113dc8461315f565b600286815481106113ef576113ef61517f565b905f5260205f2090600202015f01541461141c576040516359c7543d60e01b815260040160405180910390fd5b61142582612837565b61142e85612837565b1461144c576040516338ab55eb60e01b815260040160405180910390fd5b5f5f1b600286815481106114625761146261517f565b5f918252602082206002909102019190915560405186917f3b834a47ba67ef104aea456265866673a3f6b0a58e7201148d17a57a991892e891a25050505050565b60a08501356114b1856131ef565b146114cf57604051633b3e05a560e21b815260040160405180910390fd5b6114df6060850160408601614f9c565b6114ef6060870160408801614f9c565b6114f991906153c1565b6001600160401b031661151461018087016101608801614f9c565b6001600160401b0316106115345761089c61018086016101608701614f9c565b6115a48561154a61018082016101608301614f9c565b60408051604160f01b60208083019190915260f889901b6001600160f81b0319166029830152602a8201889052604a80830188905283518084039091018152606a90920190925280519101206103296101808a018a614fb7565b5f8360ff16600314806115c457508360ff1660011480156115c457508215155b9050808015611627575060026115e261018088016101608901614f9c565b6115f26060880160408901614f9c565b6115fc91906153e0565b6001600160401b0316815481106116155761161561517f565b905f5260205f2090600202015f015483145b15611645576040516342b178e760e01b815260040160405180910390fd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016633b768e0e6116816020890189614f9c565b60405160e083901b6001600160e01b03191681526001600160401b0390911660048201523360248201527fa4c480380000000000000000000000000000000000000000000000000000000060448201526064015f604051808303815f87803b1580156116eb575f5ffd5b505af11580156116fd573d5f5f3e3d5ffd5b50505050505050505050565b5f60015f61171f611719866129f3565b856127b9565b81526020019081526020015f2090505f7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316634173b4176040518163ffffffff1660e01b815260040160e060405180830381865afa15801561178b573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906117af919061530c565b82549091506001600160a01b0316806117db57604051633634733b60e01b815260040160405180910390fd5b604082015183546118019163ffffffff1690600160a01b900465ffffffffffff16615158565b421015611863576040820151835461182e9163ffffffff1690600160a01b900465ffffffffffff16615158565b6040517f2a35a3240000000000000000000000000000000000000000000000000000000081526004016108bd91815260200190565b82546001600160a01b0319168355600183015460408051637e062a3560e11b815290516118eb9284926001600160601b03909116917f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03169163fc0c546a9160048083019260209291908290030181865afa1580156106fe573d5f5f3e3d5ffd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016633b768e0e6119276020880188614f9c565b60405160e083901b6001600160e01b03191681526001600160401b0390911660048201523360248201527fc59e54730000000000000000000000000000000000000000000000000000000060448201526064015b5f604051808303815f87803b158015611992575f5ffd5b505af11580156119a4573d5f5f3e3d5ffd5b505050505050505050565b6002545f9082106119c257506002541490565b7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316634173b4176040518163ffffffff1660e01b815260040160e060405180830381865afa158015611a1e573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611a42919061530c565b6060015163ffffffff1660028381548110611a5f57611a5f61517f565b5f918252602090912060016002909202010154611a84919065ffffffffffff16615158565b42111592915050565b604080518082019091525f808252602082015260028281548110611ab357611ab361517f565b5f91825260209182902060408051808201909152600290920201805482526001015465ffffffffffff169181019190915292915050565b6008611af68280614ffc565b611b049060e0810190614fb7565b90501180611b2e5750600d611b1c60208301836153ff565b611b2a906060810190615413565b9050115b80611b485750611b416040820182615457565b9050604114155b80611b625750611b5b6060820182615457565b9050604114155b80611b7a5750611b756080820182614fb7565b151590505b15611bb1576040517f218e0a0700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f611bbb8261315f565b5f8181526020819052604090205490915060ff1615611c06576040517ffae2a14f00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f818152602081815260408083208054600160ff19909116811790915581518083019092528482524265ffffffffffff9081169383019384526002805480840182559581905292517f405787fa12a823e0f2b7631cc41b3ba8828b3321ca811111fa75cd3aa3bb5ace9584029586015592517f405787fa12a823e0f2b7631cc41b3ba8828b3321ca811111fa75cd3aa3bb5acf909401805465ffffffffffff1916949093169390931790915554611cbd9190615100565b7f71c8e9fa65e3ec2cad967dc4951231904a785bdb4bce468f7daf57b84440bb1a8284604051611cee929190615779565b60405180910390a25050565b611d2784611d106102e082016102c08301614f9c565b611d1986612ea6565b6103296102e0890189614fb7565b5f611d3861033f6020870187614f9c565b90507f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031663e1fc4b5e611d7686845f0151613212565b611d836020890189614f9c565b6040516001600160e01b031960e085901b1681526001600160a01b0390921660048301526001600160401b03166024820152604401602060405180830381865afa158015611dd3573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611df79190615854565b151560808201525f611e08866120a7565b90506112ae86610e8e838886898961323b565b611e9c82611e316102e082016102c08301614f9c565b60408051604160f01b6020808301919091527f030000000000000000000000000000000000000000000000000000000000000060298301525f602a830152604a80830188905283518084039091018152606a90920190925280519101206103296102e0870187614fb7565b611eb382611eac61093c856120a7565b600161264c565b5050565b5f611f446003611ec68461315f565b611ed36080860186614fb7565b604051602001611ee4929190615873565b60408051601f198184030181528282528051602091820120604160f01b8483015260f89590951b6001600160f81b0319166029840152602a830193909352604a8083019490945280518083039094018452606a9091019052815191012090565b92915050565b611f53856129f3565b506107328585858585613578565b611f6961497f565b7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031663f698da256040518163ffffffff1660e01b8152600401602060405180830381865afa158015611fc5573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611fe991906150ba565b81526001600160401b038216602082018190526040517f56a0ef9400000000000000000000000000000000000000000000000000000000815260048101919091527f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316906356a0ef949060240160c060405180830381865afa158015612079573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061209d9190615886565b60a0820152919050565b604080516080810182525f808252602082018190529181018290526060810191909152610160820160a08301356120dd826131ef565b146120fb57604051633b3e05a560e21b815260040160405180910390fd5b61210d6102e084016102c08501614f9c565b6001600160401b03165f0361217c5760405180608001604052808260c001358152602001826101400135815260200182606001602081019061214f919061590e565b6001600160601b0316815260200161216d60a0840160808501615929565b63ffffffff1690529392505050565b61218f36849003840161030085016151e8565b91506121cf8361219e846121d5565b60016121b26102e088016102c08901614f9c565b6121bc91906153c1565b6121ca610380880188614fb7565b6135fe565b50919050565b8051602080830151604080850151606086015191515f95612278957e50000000000000000000000000000000000000000000000000000000000000959194919392017fffffffffffffffffff00000000000000000000000000000000000000000000009590951685526009850193909352602984019190915260a01b6001600160a01b031916604983015260e01b6001600160e01b031916605582015260590190565b604051602081830303815290604052805190602001209050919050565b5f6122a08686613639565b6122ac57506001612642565b365f6122bb60208901896153ff565b6122c9906060810190615413565b9092509050806122dc60808a018a614fb7565b9050146122ee57600292505050612642565b5f6122f98980614ffc565b61230a90608081019060600161590e565b6001600160601b031690505f8061237261232f61232a60208c018c61590e565b6138fb565b6123538561234060208e018e61590e565b6001600160601b031661232a9190615158565b60408d015163ffffffff1661236b60208e018e614fb7565b601861396c565b8d5191935091508214612398576040516364325c9160e01b815260040160405180910390fd5b60608a01516001600160601b0316836123b460208c018c61590e565b6001600160601b03166123c79190615158565b11156123db57600195505050505050612642565b808c526123e9846003615158565b871461243657866123fb856003615158565b6040517fb235ea05000000000000000000000000000000000000000000000000000000008152600481019290925260248201526044016108bd565b5f6124458c8c60a00151613a5b565b604080516060810182527f1147ce6e8f5ef2ae83b17efc4297a38d020f50f67ede697c0f9ceed110b5f5f381527f8b016f9b09402c1dfd221c9c62554aabb74e139e6b609a8feebf735c79bc28ee60208201527ffc39e77253f85e997819f8340e9731d02bca689d75e67052e79798b960a33401918101919091529091505f5b600381101561254a5761252d8f828484600381106124e5576124e561517f565b60200201518685815181106124fc576124fc61517f565b60200260200101518f8f878181106125165761251661517f565b905060200281019061252891906153ff565b613e3b565b61254257600298505050505050505050612642565b6001016124c5565b505f5b8681101561260f576125f28f8f80608001906125699190614fb7565b848181106125795761257961517f565b905060200201602081019061258e9190615929565b63ffffffff168a8a858181106125a6576125a661517f565b60600291909101359050866125bc866003615158565b815181106125cc576125cc61517f565b60200260200101518f8f8760036125e39190615158565b8181106125165761251661517f565b61260757600298505050505050505050612642565b60010161254d565b50848e604001516001600160601b03166126299190615158565b6001600160601b031660408f0152505f96505050505050505b9695505050505050565b5f61266361093c3686900386016103a087016151e8565b905061268a848261267c6102e083016102c08401614f9c565b6121ca610420890189614fb7565b5f61269d6101c086016101a08701614f9c565b6126ad6060870160408801614f9c565b6126b791906153c1565b6001600160401b03166126d26102e087016102c08801614f9c565b6001600160401b031610905060018360028111156126f2576126f2615944565b1480156126fc5750805b801561270757508382145b15612725576040516342b178e760e01b815260040160405180910390fd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016633b768e0e6127616020880188614f9c565b60405160e083901b6001600160e01b03191681526001600160401b0390911660048201523360248201527f075caf1500000000000000000000000000000000000000000000000000000000604482015260640161197b565b5f82826040516020016127df9291909182526001600160401b0316602082015260400190565b60405160208183030381529060405280519060200120905092915050565b61280a8383836001613ef7565b61283257604051635274afe760e01b81526001600160a01b03841660048201526024016108bd565b505050565b5f611f446128458380614ffc565b613f72565b5f611f446001611ec68461315f565b61287e8461286f61018082016101608301614f9c565b856113ce610180890189614fb7565b6128a38261289461018082016101608301614f9c565b83610329610180870187614fb7565b5f6128b16020840184614f9c565b90506001600160401b0381166128ca6020870187614f9c565b6001600160401b0316118061293b57506001600160401b0381166128f16020870187614f9c565b6001600160401b031614801561293b575061291461018084016101608501614f9c565b6001600160401b031661292f61018087016101608801614f9c565b6001600160401b031610155b15612959576040516338ab55eb60e01b815260040160405180910390fd5b6040517f3b768e0e0000000000000000000000000000000000000000000000000000000081526001600160401b03821660048201523360248201527f3ef580010000000000000000000000000000000000000000000000000000000060448201527f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031690633b768e0e9060640161197b565b5f7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03166326077bf46040518163ffffffff1660e01b8152600401602060405180830381865afa158015612a50573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190612a7491906153a6565b6001600160401b0316612a8a6020840184614f9c565b6001600160401b031611612ae357612aa56020830183614f9c565b6040517fafb094210000000000000000000000000000000000000000000000000000000081526001600160401b0390911660048201526024016108bd565b611f4482613047565b80515f905b6001811115612be5575f5b612b07600283615958565b811015612bd257600184612b1c836002615977565b81518110612b2c57612b2c61517f565b602002602001015185836002612b429190615977565b612b4d906001615158565b81518110612b5d57612b5d61517f565b6020026020010151604051602001612b979392919060f89390931b6001600160f81b03191683526001830191909152602182015260410190565b60405160208183030381529060405280519060200120848281518110612bbf57612bbf61517f565b6020908102919091010152600101612afc565b50612bde600282615958565b9050612af1565b50815f81518110612bf857612bf861517f565b60200260200101519050919050565b5f8282811180612c18575085811c15155b15612c36576040516364325c9160e01b815260040160405180910390fd5b612c428887878761408b565b9150828103612c515750612642565b612c5b8782615158565b9050612c678784615158565b925060015f535f5f5b84811015612c9e5781602152828110612c8e578360015260415f2093505b600191825260415f209101612c70565b50505f604053509695505050505050565b5f8260ff16600103612cfa57612cf3612ccc6101a0860186614fb7565b84818110612cdc57612cdc61517f565b9050602002810190612cee919061598e565b61284a565b9050612e09565b8260ff16600203612d3d57612cf3612d166101c0860186614fb7565b84818110612d2657612d2661517f565b9050602002810190612d3891906153ff565b612ea6565b8260ff16600303612df057612cf36003612d5b6101e08701876159a2565b85818110612d6b57612d6b61517f565b60400291909101359050612d836101e08801886159a2565b86818110612d9357612d9361517f565b90506040020160200135604051604160f01b60208201526001600160f81b031960f885901b166029820152602a8101839052604a81018290525f90606a016040516020818303038152906040528051906020012090509392505050565b6040516359c7543d60e01b815260040160405180910390fd5b9392505050565b5f7facbf1a6cda17bf5605349b670db2f4fb64470beecfbcae55329e32f1145fd2b5612e3c83806159e7565b35612e4784806159e7565b612e58906040810190602001614f9c565b612e6285806159e7565b612e73906060810190604001615929565b6040805160208101959095528401929092526001600160401b0316606083015263ffffffff16608082015260a001612278565b5f611f446002612eb5846140e6565b612ec56060860160408701615929565b612ed26060870187614fb7565b604051602001611ee4939291906159fb565b5f612efb61093c3686900386016103a087016151e8565b9050612f14848261267c6102e083016102c08401614f9c565b5f836002811115612f2757612f27615944565b148015612f3b5750612f38826121d5565b81145b15612f59576040516342b178e760e01b815260040160405180910390fd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016633b768e0e612f956020870187614f9c565b60405160e083901b6001600160e01b03191681526001600160401b0390911660048201523360248201527f80bbfd100000000000000000000000000000000000000000000000000000000060448201526064015f604051808303815f87803b158015612fff575f5ffd5b505af11580156104ee573d5f5f3e3d5ffd5b61301f84848484600161412e565b61078557604051635274afe760e01b81526001600160a01b03851660048201526024016108bd565b5f6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001663539f64246130846020850185614f9c565b6040516001600160e01b031960e084901b1681526001600160401b039091166004820152602401602060405180830381865afa1580156130c6573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906130ea91906150ba565b905080158061310157506130fd826131ef565b8114155b15613151576131136020830183614f9c565b6040517f32163cd70000000000000000000000000000000000000000000000000000000081526001600160401b0390911660048201526024016108bd565b919050565b611f5385613047565b5f61316d6128458380614ffc565b61318261317d60208501856153ff565b6141b4565b61318f6040850185615457565b60405161319d929190615a1a565b6040519081900390206131b36060860186615457565b6040516131c1929190615a1a565b6040519081900381206122789493929160200193845260208401929092526040830152606082015260800190565b5f604051610140838237610140908190205f908152920135602052506040902090565b5f612e098261322961322486806159e7565b614234565b6132366020870187615457565b6142ed565b5f3661324786806159e7565b9050613253868661438a565b61326157600191505061356f565b61326e60a0820182615413565b905061327d6060880188614fb7565b90501461328e57600291505061356f565b61329b60a0820182615413565b6132a791506001615158565b83146132c757826132bb60a0830183615413565b6123fb91506001615158565b803584845f816132d9576132d961517f565b90506020028101906132eb91906153ff565b35146132fb57600291505061356f565b5f61330c608083016060840161590e565b6001600160601b031685855f8181106133275761332761517f565b905060200281019061333991906153ff565b61334a90606081019060400161590e565b6001600160601b031661335d9190615158565b604080516080810182528a5181526020808c0151908201528a8201516001600160601b0316818301526060808c015163ffffffff16818301529293509161341d9183916133af91908c01908c01615929565b63ffffffff1688885f8181106133c7576133c761517f565b90506020028101906133d991906153ff565b86358a8a5f816133eb576133eb61517f565b90506020028101906133fd91906153ff565b61340e90604081019060200161590e565b6001600160601b03168761454d565b61342d576002935050505061356f565b85855f81811061343f5761343f61517f565b905060200281019061345191906153ff565b61346290604081019060200161590e565b6001600160601b031682111561347e576001935050505061356f565b602080820151908a01525f5b61349760a0850185615413565b90508110156135675761354e8a6134b160608c018c614fb7565b848181106134c1576134c161517f565b90506020020160208101906134d69190615929565b63ffffffff166134e960a0880188615413565b858181106134f9576134f961517f565b6060029190910135905061351060a0890189615413565b868181106135205761352061517f565b9050606002016040016020810190613538919061590e565b6001600160601b03168b8b6125e3886001615158565b61355f57600294505050505061356f565b60010161348a565b505f93505050505b95945050505050565b6135886040860160208701614f9c565b6001600160401b0316846001600160401b0316106135c45760405163e050b71b60e01b81526001600160401b03851660048201526024016108bd565b8460e001356135e084866001600160401b0316858560146145c3565b14610732576040516359c7543d60e01b815260040160405180910390fd5b84610100013561361b85856001600160401b0316858560146145c3565b14610732576040516352f8f53560e11b815260040160405180910390fd5b5f366136458480614ffc565b90503661365560208601866153ff565b90505f61366183613f72565b9050813581141580613697575061367e60a0840160808501614f9c565b6001600160401b031685602001516001600160401b0316105b806136c657506136ad60c0840160a08501614f9c565b6001600160401b031685602001516001600160401b0316115b156136d6575f9350505050611f44565b60086136e560e0850185614fb7565b905011806137015750600d6136fd6060840184615413565b9050115b15613711575f9350505050611f44565b5f5b6137206060840184615413565b90508110156137d8575f6137376060850185615413565b838181106137475761374761517f565b905060600201602001602081019061375f919061525a565b60ff16905060018114158015613776575060048114155b8015613783575060058114155b15613795575f95505050505050611f44565b6137a26060850185615413565b838181106137b2576137b261517f565b60600291909101355f0390506137cf575f95505050505050611f44565b50600101613713565b505f6137e7602085018561502e565b6001600160a01b031614806138315750613804602084018461502e565b6001600160a01b0316613825865f0151838980604001906132369190615457565b6001600160a01b031614155b15613841575f9350505050611f44565b5f61385f865f0151613852856141b4565b61323660608b018b615457565b90505f5b61387060e0860186614fb7565b90508110156138ee576001600160a01b038216158015906138d3575061389960e0860186614fb7565b828181106138a9576138a961517f565b90506020020160208101906138be919061502e565b6001600160a01b0316826001600160a01b0316145b156138e657600195505050505050611f44565b600101613863565b505f979650505050505050565b5f6001600160601b03821615613965576040517e0c00000000000000000000000000000000000000000000000000000000000060208201526001600160a01b031960a084901b16602982015260350160405160208183030381529060405280519060200120611f44565b5f92915050565b5f80838381118061397e575086811c15155b1561399c576040516364325c9160e01b815260040160405180910390fd5b88925087915060015f538460051b8601865b81811015613a08576001891680156139de5781356001528560215260415f2095508460215260415f2094506139f8565b81356021528560015260415f2095508460015260415f2094505b5060019890981c976020016139ae565b50505f5f5b8581108684101615613a495781602152828110613a39578460015260415f2094508360015260415f2093505b600191825260415f209101613a0d565b50505f60405350965096945050505050565b6060365f613a6c60208601866153ff565b613a7a906060810190615413565b90925090505f613a8a8680614ffc565b613a9b90608081019060600161590e565b6001600160601b03169050613aae6149ba565b60015b6006811015613b0b57612710878260068110613acf57613acf61517f565b6020020151613ae29061ffff1685615977565b613aec9190615958565b828260068110613afe57613afe61517f565b6020020152600101613ab1565b505f6020613b1b8982018a6153ff565b613b2c906060810190604001615929565b60a0840151613b419163ffffffff1690615977565b60a0840151911c9150613b55908290615100565b608083018051613b66908390615158565b90525060a08201819052613b786149ba565b5f5b85811015613c0f57868682818110613b9457613b9461517f565b9050606002016040016020810190613bac919061590e565b6001600160601b031682888884818110613bc857613bc861517f565b9050606002016020016020810190613be0919061525a565b60ff1660068110613bf357613bf361517f565b60200201818151613c049190615158565b905250600101613b7a565b50613c1b856003615158565b6001600160401b03811115613c3257613c3261516b565b604051908082528060200260200182016040528015613c5b578160200160208202803683370190505b509650826002602002015187600181518110613c7957613c7961517f565b6020908102919091010152826003602002015187600281518110613c9f57613c9f61517f565b602090810291909101015260608301516040840151613cbe9086615100565b613cc89190615100565b875f81518110613cda57613cda61517f565b60209081029190910101525f5b85811015613e2e575f878783818110613d0257613d0261517f565b9050606002016040016020810190613d1a919061590e565b6001600160601b03169050805f03613d325750613e26565b5f83898985818110613d4657613d4661517f565b9050606002016020016020810190613d5e919061525a565b60ff1660068110613d7157613d7161517f565b602002015182878b8b87818110613d8a57613d8a61517f565b9050606002016020016020810190613da2919061525a565b60ff1660068110613db557613db561517f565b6020020151613dc49190615977565b613dce9190615958565b9050808a613ddd856003615158565b81518110613ded57613ded61517f565b602002602001018181525050808a5f81518110613e0c57613e0c61517f565b60200260200101818151613e209190615100565b90525050505b600101613ce7565b5050505050505092915050565b5f63010000008510613e4e57505f61356f565b5f83613e60604085016020860161590e565b6001600160601b0316613e739190615158565b9050613e9b8787858885613e8d606084016040850161590e565b6001600160601b031661454d565b1580613ead57506001600160601b0381115b15613ebb575f91505061356f565b823515613ecd5750508035831461356f565b60608701805190613edd82615a29565b63ffffffff90811690915216861491505095945050505050565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038616600452602485905291602083604481808b5af1925060015f51148316613f66578383151615613f5a573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b5f7f672f6d4f6ab5ddddb2d091a193a7bebf5bb12a283fb67930e2fb336cd7ee1451613fa1602084018461502e565b60208401356040850135613fbb608087016060880161590e565b613fcb60a0880160808901614f9c565b613fdb60c0890160a08a01614f9c565b613feb60e08a0160c08b01614f9c565b613ff860e08b018b614fb7565b604051602001614009929190615a4d565b60408051601f1981840301815282825280516020918201209083019a909a526001600160a01b0390981697810197909752606087019590955260808601939093526001600160601b0390911660a08501526001600160401b0390811660c085015290811660e08401521661010082015261012081019190915261014001612278565b8360015f538160051b8301835b818110156140d8576001861680156140b8578135600152836021526140c2565b8360015281356021525b5060415f2060019690961c959250602001614098565b50505f604053949350505050565b5f6140f461322483806159e7565b6141016020840184615457565b60405161410f929190615a1a565b6040519081900381206122789291602001918252602082015260400190565b6040517f23b872dd000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038781166004528616602452604485905291602083606481808c5af1925060015f511483166141a3578383151615614197573d5f823e3d81fd5b5f883b113d1516831692505b604052505f60605295945050505050565b5f7f8aff8302c6abec70971024064c557d281e96ad23ee1e407460c095bc24ffb22b823560208401356141ed6060860160408701615929565b6142026141fd6060880188615413565b6145d2565b604080516020810196909652850193909352606084019190915263ffffffff16608083015260a082015260c001612278565b5f7facbf1a6cda17bf5605349b670db2f4fb64470beecfbcae55329e32f1145fd2b582356142686040850160208601614f9c565b6142786060860160408701615929565b614288608087016060880161590e565b608087013561429d6141fd60a08a018a615413565b6040805160208101989098528701959095526001600160401b03909316606086015263ffffffff90911660808501526001600160601b031660a084015260c083015260e082015261010001612278565b6040517f1901000000000000000000000000000000000000000000000000000000000000602082015260228101859052604281018490525f9061437e906062016040516020818303038152906040528051906020012084848080601f0160208091040260200160405190810160405280939291908181526020018383808284375f9201919091525061474992505050565b50909695505050505050565b5f3661439684806159e7565b9050826080015115806143d1575082602001516001600160401b03168160200160208101906143c59190614f9c565b6001600160401b031610155b156143df575f915050611f44565b6143ec60a0820182615413565b159050806144085750601061440460a0830183615413565b9050115b15614416575f915050611f44565b5f805b61442660a0840184615413565b905081101561452a5761443c60a0840184615413565b8281811061444c5761444c61517f565b6060029190910135159050806144875750823561446c60a0850185615413565b8381811061447c5761447c61517f565b9050606002015f0135145b806144c8575061449a60a0840184615413565b828181106144aa576144aa61517f565b90506060020160200160208101906144c2919061525a565b60ff1615155b156144d8575f9350505050611f44565b6144e560a0840184615413565b828181106144f5576144f561517f565b905060600201604001602081019061450d919061590e565b614520906001600160601b031683615158565b9150600101614419565b5061453b608083016060840161590e565b6001600160601b031614949350505050565b5f6301000000861061456057505f612642565b5f5f61458761456e88614792565b61457988888861481d565b8a61236b60608c018c614fb7565b91509150886020015182146145af576040516364325c9160e01b815260040160405180910390fd5b602089015250600190509695505050505050565b5f612642865f87878787612c07565b5f80826001600160401b038111156145ec576145ec61516b565b604051908082528060200260200182016040528015614615578160200160208202803683370190505b5090505f5b83811015614718577fabf057442e9ad51ba751b8300fb60a31840b0cec5a63958a33e9a6bae93bba7d8585838181106146555761465561517f565b9050606002015f01358686848181106146705761467061517f565b9050606002016020016020810190614688919061525a565b87878581811061469a5761469a61517f565b90506060020160400160208101906146b2919061590e565b60408051602081019590955284019290925260ff1660608301526001600160601b0316608082015260a001604051602081830303815290604052805190602001208282815181106147055761470561517f565b602090810291909101015260010161461a565b508060405160200161472a9190615a8e565b6040516020818303038152906040528051906020012091505092915050565b5f5f5f8351604103614780576020840151604085015160608601515f1a61477288828585614899565b95509550955050505061478b565b505081515f91506002905b9250925092565b5f81351580156147da57506147ad604083016020840161590e565b6001600160601b03161515806147da57506147ce606083016040840161590e565b6001600160601b031615155b156147f8576040516364325c9160e01b815260040160405180910390fd5b611f44823561480d604085016020860161590e565b61481d606086016040870161590e565b5f831561488f576040517e380000000000000000000000000000000000000000000000000000000000006020820152602981018590526001600160a01b031960a085811b8216604984015284901b16605582015260610160405160208183030381529060405280519060200120614891565b5f5b949350505050565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411156148d257505f91506003905082614957565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa158015614923573d5f5f3e3d5ffd5b5050604051601f1901519150506001600160a01b03811661494e57505f925060019150829050614957565b92505f91508190505b9450945094915050565b60405180608001604052806004906020820280368337509192915050565b6040805160c0810182525f8082526020820181905291810182905260608101829052608081019190915260a081016149b56149ba565b905290565b6040518060c001604052806006906020820280368337509192915050565b5f61044082840312156121cf575f5ffd5b5f60a082840312156121cf575f5ffd5b5f5f83601f840112614a09575f5ffd5b5081356001600160401b03811115614a1f575f5ffd5b6020830191508360208260051b8501011115614a39575f5ffd5b9250929050565b5f5f5f5f5f60808688031215614a54575f5ffd5b85356001600160401b03811115614a69575f5ffd5b614a75888289016149d8565b95505060208601356001600160401b03811115614a90575f5ffd5b614a9c888289016149e9565b94505060408601356001600160401b03811115614ab7575f5ffd5b860160408189031215614ac8575f5ffd5b925060608601356001600160401b03811115614ae2575f5ffd5b614aee888289016149f9565b969995985093965092949392505050565b6001600160401b0381168114614b13575f5ffd5b50565b803561315181614aff565b5f5f5f60608486031215614b33575f5ffd5b8335614b3e81614aff565b9250602084013591506040840135614b5581614aff565b809150509250925092565b5f6101a082840312156121cf575f5ffd5b5f5f5f5f60808587031215614b84575f5ffd5b84356001600160401b03811115614b99575f5ffd5b614ba587828801614b60565b94505060208501356001600160401b03811115614bc0575f5ffd5b614bcc878288016149e9565b93505060408501356001600160401b03811115614be7575f5ffd5b614bf387828801614b60565b92505060608501356001600160401b03811115614c0e575f5ffd5b614c1a878288016149e9565b91505092959194509250565b5f60208284031215614c36575f5ffd5b81356001600160401b03811115614c4b575f5ffd5b82016102608185031215612e09575f5ffd5b5f608082840312156121cf575f5ffd5b5f5f5f5f60808587031215614c80575f5ffd5b84356001600160401b03811115614c95575f5ffd5b614ca187828801614b60565b94505060208501356001600160401b03811115614cbc575f5ffd5b614cc887828801614c5d565b93505060408501356001600160401b03811115614ce3575f5ffd5b614cef87828801614b60565b92505060608501356001600160401b03811115614d0a575f5ffd5b614c1a87828801614c5d565b5f61016082840312156121cf575f5ffd5b5f5f6101808385031215614d39575f5ffd5b614d438484614d16565b9150610160830135614d5481614aff565b809150509250929050565b5f5f5f5f5f6101e08688031215614d74575f5ffd5b8535945060208601356001600160401b03811115614d90575f5ffd5b614d9c888289016149e9565b94505060408601356001600160401b03811115614db7575f5ffd5b614dc388828901614b60565b93505060608601356001600160401b03811115614dde575f5ffd5b614dea888289016149e9565b925050614dfa8760808801614d16565b90509295509295909350565b803560ff81168114613151575f5ffd5b5f5f5f5f5f6101e08688031215614e2b575f5ffd5b85356001600160401b03811115614e40575f5ffd5b614e4c88828901614b60565b955050614e5c8760208801614d16565b9350614e6b6101808701614e06565b949793965093946101a081013594506101c0013592915050565b5f60208284031215614e95575f5ffd5b5035919050565b5f60208284031215614eac575f5ffd5b81356001600160401b03811115614ec1575f5ffd5b614891848285016149e9565b5f5f5f5f60608587031215614ee0575f5ffd5b84356001600160401b03811115614ef5575f5ffd5b614f01878288016149d8565b94505060208501356001600160401b03811115614f1c575f5ffd5b614f2887828801614c5d565b93505060408501356001600160401b03811115614f43575f5ffd5b614f4f878288016149f9565b95989497509550505050565b5f5f60408385031215614f6c575f5ffd5b82356001600160401b03811115614f81575f5ffd5b614f8d858286016149d8565b95602094909401359450505050565b5f60208284031215614fac575f5ffd5b8135612e0981614aff565b5f5f8335601e19843603018112614fcc575f5ffd5b8301803591506001600160401b03821115614fe5575f5ffd5b6020019150600581901b3603821315614a39575f5ffd5b5f823560fe19833603018112615010575f5ffd5b9190910192915050565b6001600160a01b0381168114614b13575f5ffd5b5f6020828403121561503e575f5ffd5b8135612e098161501a565b63ffffffff81168114614b13575f5ffd5b805161315181615049565b5f60208284031215615075575f5ffd5b8151612e0981615049565b6001600160601b0381168114614b13575f5ffd5b805161315181615080565b5f602082840312156150af575f5ffd5b8151612e0981615080565b5f602082840312156150ca575f5ffd5b5051919050565b5f602082840312156150e1575f5ffd5b8151612e098161501a565b634e487b7160e01b5f52601160045260245ffd5b81810381811115611f4457611f446150ec565b5f5f8335601e19843603018112615128575f5ffd5b8301803591506001600160401b03821115615141575f5ffd5b6020019150600781901b3603821315614a39575f5ffd5b80820180821115611f4457611f446150ec565b634e487b7160e01b5f52604160045260245ffd5b634e487b7160e01b5f52603260045260245ffd5b60405160a081016001600160401b03811182821017156151b5576151b561516b565b60405290565b60405160e081016001600160401b03811182821017156151b5576151b561516b565b803561315181615080565b5f60808284031280156151f9575f5ffd5b50604051608081016001600160401b038111828210171561521c5761521c61516b565b6040908152833582526020808501359083015283013561523b81615080565b6040820152606083013561524e81615049565b60608201529392505050565b5f6020828403121561526a575f5ffd5b612e0982614e06565b5f60018201615284576152846150ec565b5060010190565b5f60a082840312801561529c575f5ffd5b506152a5615193565b8251815260208301516152b78161501a565b6020820152604083015164ffffffffff811681146152d3575f5ffd5b604082015260608301516152e681615049565b6060820152608083015162ffffff81168114615300575f5ffd5b60808201529392505050565b5f60e082840312801561531d575f5ffd5b506153266151bb565b825161533181615049565b8152602083015161534181615049565b6020820152604083015161535481615049565b6040820152606083015161536781615049565b606082015261537860808401615094565b608082015261538960a0840161505a565b60a082015261539a60c08401615094565b60c08201529392505050565b5f602082840312156153b6575f5ffd5b8151612e0981614aff565b6001600160401b038281168282160390811115611f4457611f446150ec565b6001600160401b038181168382160190811115611f4457611f446150ec565b5f8235607e19833603018112615010575f5ffd5b5f5f8335601e19843603018112615428575f5ffd5b8301803591506001600160401b03821115615441575f5ffd5b6020019150606081023603821315614a39575f5ffd5b5f5f8335601e1984360301811261546c575f5ffd5b8301803591506001600160401b03821115615485575f5ffd5b602001915036819003821315614a39575f5ffd5b5f5f8335601e198436030181126154ae575f5ffd5b83016020810192503590506001600160401b038111156154cc575f5ffd5b8060051b3603821315614a39575f5ffd5b8183526020830192505f815f5b8481101561551b5781356154fd8161501a565b6001600160a01b0316865260209586019591909101906001016154ea565b5093949350505050565b5f81356155318161501a565b6001600160a01b03168352602082810135908401526040808301359084015261555c606083016151dd565b6001600160601b0316606084015261557660808301614b16565b6001600160401b0316608084015261559060a08301614b16565b6001600160401b031660a08401526155aa60c08301614b16565b6001600160401b031660c08401526155c560e0830183615499565b61010060e086015261356f610100860182846154dd565b5f8235607e198336030181126155f0575f5ffd5b90910192915050565b8183526020830192505f815f5b8481101561551b578135865260ff61562060208401614e06565b166020870152604082013561563481615080565b6001600160601b031660408701526060958601959190910190600101615606565b80358252602080820135908301525f604082013561567281615049565b63ffffffff166040840152606082013536839003601e19018112615694575f5ffd5b82016020810190356001600160401b038111156156af575f5ffd5b6060810236038213156156c0575f5ffd5b6080606086015261356f6080860182846155f9565b5f5f8335601e198436030181126156ea575f5ffd5b83016020810192503590506001600160401b03811115615708575f5ffd5b803603821315614a39575f5ffd5b81835281816020850137505f828201602090810191909152601f909101601f19169091010190565b8183526020830192505f815f5b8481101561551b57813561575e81615049565b63ffffffff168652602095860195919091019060010161574b565b828152604060208201525f823560fe19843603018112615797575f5ffd5b60a060408401526157ad60e08401858301615525565b90506157bc60208501856155dc565b838203603f190160608501526157d28282615655565b9150506157e260408501856156d5565b848303603f190160808601526157f9838284615716565b9250505061580a60608501856156d5565b848303603f190160a0860152615821838284615716565b925050506158326080850185615499565b848303603f190160c086015261584983828461573e565b979650505050505050565b5f60208284031215615864575f5ffd5b81518015158114612e09575f5ffd5b602081525f61489160208301848661573e565b5f60c08284031215615896575f5ffd5b82601f8301126158a4575f5ffd5b60405160c081016001600160401b03811182821017156158c6576158c661516b565b6040528060c08401858111156158da575f5ffd5b845b8181101561590357805161ffff811681146158f5575f5ffd5b8352602092830192016158dc565b509195945050505050565b5f6020828403121561591e575f5ffd5b8135612e0981615080565b5f60208284031215615939575f5ffd5b8135612e0981615049565b634e487b7160e01b5f52602160045260245ffd5b5f8261597257634e487b7160e01b5f52601260045260245ffd5b500490565b8082028115828204841417611f4457611f446150ec565b5f8235609e19833603018112615010575f5ffd5b5f5f8335601e198436030181126159b7575f5ffd5b8301803591506001600160401b038211156159d0575f5ffd5b6020019150600681901b3603821315614a39575f5ffd5b5f823560be19833603018112615010575f5ffd5b63ffffffff84168152604060208201525f61356f60408301848661573e565b818382375f9101908152919050565b5f63ffffffff821663ffffffff8103615a4457615a446150ec565b60010192915050565b5f8184825b85811015615a83578135615a658161501a565b6001600160a01b031683526020928301929190910190600101615a52565b509095945050505050565b81515f90829060208501835b82811015615903578151845260209384019390910190600101615a9a56",
}

// Challenges is an auto generated Go binding around an Ethereum contract.
type Challenges struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Challenges) GetABI() abi.ABI {
	return c.abi
}

// NewChallenges creates a new instance of Challenges.
func NewChallenges() *Challenges {
	parsed, err := ChallengesMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Challenges{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Challenges) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address ledger_) returns()
func (challenges *Challenges) PackConstructor(ledger_ common.Address) []byte {
	enc, err := challenges.abi.Pack("", ledger_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackDemand is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x98d75835.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function demand((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) h, uint64 chunk) returns()
func (challenges *Challenges) PackDemand(h Header, chunk uint64) []byte {
	enc, err := challenges.abi.Pack("demand", h, chunk)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDemand is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x98d75835.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function demand((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) h, uint64 chunk) returns()
func (challenges *Challenges) TryPackDemand(h Header, chunk uint64) ([]byte, error) {
	return challenges.abi.Pack("demand", h, chunk)
}

// PackDismiss is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa12c2052.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function dismiss(uint256 i, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) forced, ((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[]) p, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) settled, (uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) tip) returns()
func (challenges *Challenges) PackDismiss(i *big.Int, forced Usage, p ChallengesAt, settled Usage, tip Header) []byte {
	enc, err := challenges.abi.Pack("dismiss", i, forced, p, settled, tip)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDismiss is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa12c2052.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function dismiss(uint256 i, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) forced, ((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[]) p, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) settled, (uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) tip) returns()
func (challenges *Challenges) TryPackDismiss(i *big.Int, forced Usage, p ChallengesAt, settled Usage, tip Header) ([]byte, error) {
	return challenges.abi.Pack("dismiss", i, forced, p, settled, tip)
}

// PackEntry is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe2095c07.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function entry(uint256 i) view returns((bytes32,uint48))
func (challenges *Challenges) PackEntry(i *big.Int) []byte {
	enc, err := challenges.abi.Pack("entry", i)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEntry is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe2095c07.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function entry(uint256 i) view returns((bytes32,uint48))
func (challenges *Challenges) TryPackEntry(i *big.Int) ([]byte, error) {
	return challenges.abi.Pack("entry", i)
}

// UnpackEntry is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe2095c07.
//
// Solidity: function entry(uint256 i) view returns((bytes32,uint48))
func (challenges *Challenges) UnpackEntry(data []byte) (ChallengesEntry, error) {
	out, err := challenges.abi.Unpack("entry", data)
	if err != nil {
		return *new(ChallengesEntry), err
	}
	out0 := *abi.ConvertType(out[0], new(ChallengesEntry)).(*ChallengesEntry)
	return out0, nil
}

// PackForce is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xed5c408d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function force(((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) u) returns()
func (challenges *Challenges) PackForce(u Usage) []byte {
	enc, err := challenges.abi.Pack("force", u)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackForce is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xed5c408d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function force(((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) u) returns()
func (challenges *Challenges) TryPackForce(u Usage) ([]byte, error) {
	return challenges.abi.Pack("force", u)
}

// PackLedger is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56397c35.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function ledger() view returns(address)
func (challenges *Challenges) PackLedger() []byte {
	enc, err := challenges.abi.Pack("ledger")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLedger is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56397c35.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function ledger() view returns(address)
func (challenges *Challenges) TryPackLedger() ([]byte, error) {
	return challenges.abi.Pack("ledger")
}

// UnpackLedger is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x56397c35.
//
// Solidity: function ledger() view returns(address)
func (challenges *Challenges) UnpackLedger(data []byte) (common.Address, error) {
	out, err := challenges.abi.Unpack("ledger", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackMayStopAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdffb6429.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function mayStopAt(uint256 i) view returns(bool)
func (challenges *Challenges) PackMayStopAt(i *big.Int) []byte {
	enc, err := challenges.abi.Pack("mayStopAt", i)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMayStopAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdffb6429.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function mayStopAt(uint256 i) view returns(bool)
func (challenges *Challenges) TryPackMayStopAt(i *big.Int) ([]byte, error) {
	return challenges.abi.Pack("mayStopAt", i)
}

// UnpackMayStopAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdffb6429.
//
// Solidity: function mayStopAt(uint256 i) view returns(bool)
func (challenges *Challenges) UnpackMayStopAt(data []byte) (bool, error) {
	out, err := challenges.abi.Unpack("mayStopAt", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackProveDismissed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfb5a8daa.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveDismissed(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),(uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[]) c, bytes32 placed) returns()
func (challenges *Challenges) PackProveDismissed(c ChallengesClaim, placed [32]byte) []byte {
	enc, err := challenges.abi.Pack("proveDismissed", c, placed)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveDismissed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfb5a8daa.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveDismissed(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),(uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[]) c, bytes32 placed) returns()
func (challenges *Challenges) TryPackProveDismissed(c ChallengesClaim, placed [32]byte) ([]byte, error) {
	return challenges.abi.Pack("proveDismissed", c, placed)
}

// PackProveDuplicate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ef58001.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveDuplicate(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[]) first, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) a, ((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[]) second, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) b) returns()
func (challenges *Challenges) PackProveDuplicate(first ChallengesAt, a Usage, second ChallengesAt, b Usage) []byte {
	enc, err := challenges.abi.Pack("proveDuplicate", first, a, second, b)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveDuplicate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ef58001.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveDuplicate(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[]) first, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) a, ((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[]) second, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) b) returns()
func (challenges *Challenges) TryPackProveDuplicate(first ChallengesAt, a Usage, second ChallengesAt, b Usage) ([]byte, error) {
	return challenges.abi.Pack("proveDuplicate", first, a, second, b)
}

// PackProveDuplicatePayment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6e11579f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveDuplicatePayment(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[]) first, ((bytes32,uint64,uint32,uint96,bytes32,(bytes32,uint8,uint96)[]),bytes,uint32,uint32[]) a, ((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[]) second, ((bytes32,uint64,uint32,uint96,bytes32,(bytes32,uint8,uint96)[]),bytes,uint32,uint32[]) b) returns()
func (challenges *Challenges) PackProveDuplicatePayment(first ChallengesAt, a Payment, second ChallengesAt, b Payment) []byte {
	enc, err := challenges.abi.Pack("proveDuplicatePayment", first, a, second, b)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveDuplicatePayment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6e11579f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveDuplicatePayment(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[]) first, ((bytes32,uint64,uint32,uint96,bytes32,(bytes32,uint8,uint96)[]),bytes,uint32,uint32[]) a, ((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[]) second, ((bytes32,uint64,uint32,uint96,bytes32,(bytes32,uint8,uint96)[]),bytes,uint32,uint32[]) b) returns()
func (challenges *Challenges) TryPackProveDuplicatePayment(first ChallengesAt, a Payment, second ChallengesAt, b Payment) ([]byte, error) {
	return challenges.abi.Pack("proveDuplicatePayment", first, a, second, b)
}

// PackProveForcedOut is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa4c48038.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveForcedOut(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[]) p, (uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) previous, uint8 kind, bytes32 content, bytes32 placed) returns()
func (challenges *Challenges) PackProveForcedOut(p ChallengesAt, previous Header, kind uint8, content [32]byte, placed [32]byte) []byte {
	enc, err := challenges.abi.Pack("proveForcedOut", p, previous, kind, content, placed)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveForcedOut is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa4c48038.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveForcedOut(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[]) p, (uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) previous, uint8 kind, bytes32 content, bytes32 placed) returns()
func (challenges *Challenges) TryPackProveForcedOut(p ChallengesAt, previous Header, kind uint8, content [32]byte, placed [32]byte) ([]byte, error) {
	return challenges.abi.Pack("proveForcedOut", p, previous, kind, content, placed)
}

// PackProvePayment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf074c34b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function provePayment(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),(uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[]) c, ((bytes32,uint64,uint32,uint96,bytes32,(bytes32,uint8,uint96)[]),bytes,uint32,uint32[]) p, (bytes32,uint96,uint96,bytes32[])[] earned) returns()
func (challenges *Challenges) PackProvePayment(c ChallengesClaim, p Payment, earned []Earned) []byte {
	enc, err := challenges.abi.Pack("provePayment", c, p, earned)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProvePayment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf074c34b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function provePayment(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),(uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[]) c, ((bytes32,uint64,uint32,uint96,bytes32,(bytes32,uint8,uint96)[]),bytes,uint32,uint32[]) p, (bytes32,uint96,uint96,bytes32[])[] earned) returns()
func (challenges *Challenges) TryPackProvePayment(c ChallengesClaim, p Payment, earned []Earned) ([]byte, error) {
	return challenges.abi.Pack("provePayment", c, p, earned)
}

// PackProveUsage is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x80bbfd10.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveUsage(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),(uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[]) c, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) u, (uint96,bytes32[]) spent, (bytes32,uint96,uint96,bytes32[])[] earned) returns()
func (challenges *Challenges) PackProveUsage(c ChallengesClaim, u Usage, spent Spent, earned []Earned) []byte {
	enc, err := challenges.abi.Pack("proveUsage", c, u, spent, earned)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveUsage is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x80bbfd10.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveUsage(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),(uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[]) c, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) u, (uint96,bytes32[]) spent, (bytes32,uint96,uint96,bytes32[])[] earned) returns()
func (challenges *Challenges) TryPackProveUsage(c ChallengesClaim, u Usage, spent Spent, earned []Earned) ([]byte, error) {
	return challenges.abi.Pack("proveUsage", c, u, spent, earned)
}

// PackProveVoid is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x075caf15.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveVoid(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),(uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[]) c, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) u, (uint96,bytes32[]) spent, (bytes32,uint96,uint96,bytes32[])[] earned) returns()
func (challenges *Challenges) PackProveVoid(c ChallengesClaim, u Usage, spent Spent, earned []Earned) []byte {
	enc, err := challenges.abi.Pack("proveVoid", c, u, spent, earned)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveVoid is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x075caf15.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveVoid(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),(uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[],(bytes32,bytes32,uint96,uint32),bytes32[]) c, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) u, (uint96,bytes32[]) spent, (bytes32,uint96,uint96,bytes32[])[] earned) returns()
func (challenges *Challenges) TryPackProveVoid(c ChallengesClaim, u Usage, spent Spent, earned []Earned) ([]byte, error) {
	return challenges.abi.Pack("proveVoid", c, u, spent, earned)
}

// PackProveWithheld is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc59e5473.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveWithheld((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) h, uint64 chunk) returns()
func (challenges *Challenges) PackProveWithheld(h Header, chunk uint64) []byte {
	enc, err := challenges.abi.Pack("proveWithheld", h, chunk)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveWithheld is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc59e5473.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveWithheld((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) h, uint64 chunk) returns()
func (challenges *Challenges) TryPackProveWithheld(h Header, chunk uint64) ([]byte, error) {
	return challenges.abi.Pack("proveWithheld", h, chunk)
}

// PackQueueLength is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xab91c7b0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function queueLength() view returns(uint256)
func (challenges *Challenges) PackQueueLength() []byte {
	enc, err := challenges.abi.Pack("queueLength")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQueueLength is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xab91c7b0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function queueLength() view returns(uint256)
func (challenges *Challenges) TryPackQueueLength() ([]byte, error) {
	return challenges.abi.Pack("queueLength")
}

// UnpackQueueLength is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xab91c7b0.
//
// Solidity: function queueLength() view returns(uint256)
func (challenges *Challenges) UnpackQueueLength(data []byte) (*big.Int, error) {
	out, err := challenges.abi.Unpack("queueLength", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackReclaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x109da7d7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function reclaim(uint64 epoch, bytes32 header, uint64 chunk) returns()
func (challenges *Challenges) PackReclaim(epoch uint64, header [32]byte, chunk uint64) []byte {
	enc, err := challenges.abi.Pack("reclaim", epoch, header, chunk)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReclaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x109da7d7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function reclaim(uint64 epoch, bytes32 header, uint64 chunk) returns()
func (challenges *Challenges) TryPackReclaim(epoch uint64, header [32]byte, chunk uint64) ([]byte, error) {
	return challenges.abi.Pack("reclaim", epoch, header, chunk)
}

// PackShow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56a95df4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function show(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,uint8[],((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[])[],((bytes32,uint64,uint32,uint96,bytes32,(bytes32,uint8,uint96)[]),bytes,uint32,uint32[])[],(bytes32,bytes32)[],bytes32[],(bytes32,bytes32,uint96,uint32)[],bytes32[]) c) returns()
func (challenges *Challenges) PackShow(c ChallengesChunk) []byte {
	enc, err := challenges.abi.Pack("show", c)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackShow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56a95df4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function show(((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32),uint64,uint8[],((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[])[],((bytes32,uint64,uint32,uint96,bytes32,(bytes32,uint8,uint96)[]),bytes,uint32,uint32[])[],(bytes32,bytes32)[],bytes32[],(bytes32,bytes32,uint96,uint32)[],bytes32[]) c) returns()
func (challenges *Challenges) TryPackShow(c ChallengesChunk) ([]byte, error) {
	return challenges.abi.Pack("show", c)
}

// PackWasForced is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc47e80ec.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function wasForced(bytes32 content) view returns(bool)
func (challenges *Challenges) PackWasForced(content [32]byte) []byte {
	enc, err := challenges.abi.Pack("wasForced", content)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWasForced is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc47e80ec.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function wasForced(bytes32 content) view returns(bool)
func (challenges *Challenges) TryPackWasForced(content [32]byte) ([]byte, error) {
	return challenges.abi.Pack("wasForced", content)
}

// UnpackWasForced is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc47e80ec.
//
// Solidity: function wasForced(bytes32 content) view returns(bool)
func (challenges *Challenges) UnpackWasForced(data []byte) (bool, error) {
	out, err := challenges.abi.Unpack("wasForced", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// ChallengesDemanded represents a Demanded event raised by the Challenges contract.
type ChallengesDemanded struct {
	Epoch uint64
	Chunk uint64
	By    common.Address
	Raw   *types.Log // Blockchain specific contextual infos
}

const ChallengesDemandedEventName = "Demanded"

// ContractEventName returns the user-defined event name.
func (ChallengesDemanded) ContractEventName() string {
	return ChallengesDemandedEventName
}

// UnpackDemandedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Demanded(uint64 indexed epoch, uint64 chunk, address by)
func (challenges *Challenges) UnpackDemandedEvent(log *types.Log) (*ChallengesDemanded, error) {
	event := "Demanded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != challenges.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ChallengesDemanded)
	if len(log.Data) > 0 {
		if err := challenges.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range challenges.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// ChallengesDismissed represents a Dismissed event raised by the Challenges contract.
type ChallengesDismissed struct {
	Entry *big.Int
	Raw   *types.Log // Blockchain specific contextual infos
}

const ChallengesDismissedEventName = "Dismissed"

// ContractEventName returns the user-defined event name.
func (ChallengesDismissed) ContractEventName() string {
	return ChallengesDismissedEventName
}

// UnpackDismissedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Dismissed(uint256 indexed entry)
func (challenges *Challenges) UnpackDismissedEvent(log *types.Log) (*ChallengesDismissed, error) {
	event := "Dismissed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != challenges.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ChallengesDismissed)
	if len(log.Data) > 0 {
		if err := challenges.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range challenges.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// ChallengesForced represents a Forced event raised by the Challenges contract.
type ChallengesForced struct {
	Entry   *big.Int
	Content [32]byte
	Usage   Usage
	Raw     *types.Log // Blockchain specific contextual infos
}

const ChallengesForcedEventName = "Forced"

// ContractEventName returns the user-defined event name.
func (ChallengesForced) ContractEventName() string {
	return ChallengesForcedEventName
}

// UnpackForcedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Forced(uint256 indexed entry, bytes32 content, ((address,bytes32,bytes32,uint96,uint64,uint64,uint64,address[]),(bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]),bytes,bytes,uint32[]) usage)
func (challenges *Challenges) UnpackForcedEvent(log *types.Log) (*ChallengesForced, error) {
	event := "Forced"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != challenges.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ChallengesForced)
	if len(log.Data) > 0 {
		if err := challenges.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range challenges.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// ChallengesShown represents a Shown event raised by the Challenges contract.
type ChallengesShown struct {
	Epoch uint64
	Chunk uint64
	Raw   *types.Log // Blockchain specific contextual infos
}

const ChallengesShownEventName = "Shown"

// ContractEventName returns the user-defined event name.
func (ChallengesShown) ContractEventName() string {
	return ChallengesShownEventName
}

// UnpackShownEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Shown(uint64 indexed epoch, uint64 chunk)
func (challenges *Challenges) UnpackShownEvent(log *types.Log) (*ChallengesShown, error) {
	event := "Shown"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != challenges.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ChallengesShown)
	if len(log.Data) > 0 {
		if err := challenges.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range challenges.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (challenges *Challenges) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], challenges.abi.Errors["AlreadyDemanded"].ID.Bytes()[:4]) {
		return challenges.UnpackAlreadyDemandedError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["AlreadyFinal"].ID.Bytes()[:4]) {
		return challenges.UnpackAlreadyFinalError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["AlreadyForced"].ID.Bytes()[:4]) {
		return challenges.UnpackAlreadyForcedError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["BadOpenings"].ID.Bytes()[:4]) {
		return challenges.UnpackBadOpeningsError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["BadPath"].ID.Bytes()[:4]) {
		return challenges.UnpackBadPathError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["NoSuchRecord"].ID.Bytes()[:4]) {
		return challenges.UnpackNoSuchRecordError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["NotDemanded"].ID.Bytes()[:4]) {
		return challenges.UnpackNotDemandedError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["NotPosted"].ID.Bytes()[:4]) {
		return challenges.UnpackNotPostedError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["NotThatRecord"].ID.Bytes()[:4]) {
		return challenges.UnpackNotThatRecordError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["NotTheSame"].ID.Bytes()[:4]) {
		return challenges.UnpackNotTheSameError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return challenges.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["StepIsRight"].ID.Bytes()[:4]) {
		return challenges.UnpackStepIsRightError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["TooEarly"].ID.Bytes()[:4]) {
		return challenges.UnpackTooEarlyError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["TooLarge"].ID.Bytes()[:4]) {
		return challenges.UnpackTooLargeError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["TooLate"].ID.Bytes()[:4]) {
		return challenges.UnpackTooLateError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["WrongPrevious"].ID.Bytes()[:4]) {
		return challenges.UnpackWrongPreviousError(raw[4:])
	}
	if bytes.Equal(raw[:4], challenges.abi.Errors["WrongTrace"].ID.Bytes()[:4]) {
		return challenges.UnpackWrongTraceError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// ChallengesAlreadyDemanded represents a AlreadyDemanded error raised by the Challenges contract.
type ChallengesAlreadyDemanded struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyDemanded()
func ChallengesAlreadyDemandedErrorID() common.Hash {
	return common.HexToHash("0xafb6e2bbe01e8b74296c9231cdd4d241595616d39dd3b9d8acc050ea4db50d55")
}

// UnpackAlreadyDemandedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyDemanded()
func (challenges *Challenges) UnpackAlreadyDemandedError(raw []byte) (*ChallengesAlreadyDemanded, error) {
	out := new(ChallengesAlreadyDemanded)
	if err := challenges.abi.UnpackIntoInterface(out, "AlreadyDemanded", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesAlreadyFinal represents a AlreadyFinal error raised by the Challenges contract.
type ChallengesAlreadyFinal struct {
	Epoch uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyFinal(uint64 epoch)
func ChallengesAlreadyFinalErrorID() common.Hash {
	return common.HexToHash("0xafb0942128199d3e75c2c3b3b18812bcb99a587924a062386a514e9a4d920198")
}

// UnpackAlreadyFinalError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyFinal(uint64 epoch)
func (challenges *Challenges) UnpackAlreadyFinalError(raw []byte) (*ChallengesAlreadyFinal, error) {
	out := new(ChallengesAlreadyFinal)
	if err := challenges.abi.UnpackIntoInterface(out, "AlreadyFinal", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesAlreadyForced represents a AlreadyForced error raised by the Challenges contract.
type ChallengesAlreadyForced struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyForced()
func ChallengesAlreadyForcedErrorID() common.Hash {
	return common.HexToHash("0xfae2a14f3ceea7abbb556321bd0e340783aa655f257afa0e7473a6225562c5a6")
}

// UnpackAlreadyForcedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyForced()
func (challenges *Challenges) UnpackAlreadyForcedError(raw []byte) (*ChallengesAlreadyForced, error) {
	out := new(ChallengesAlreadyForced)
	if err := challenges.abi.UnpackIntoInterface(out, "AlreadyForced", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesBadOpenings represents a BadOpenings error raised by the Challenges contract.
type ChallengesBadOpenings struct {
	Got  *big.Int
	Want *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadOpenings(uint256 got, uint256 want)
func ChallengesBadOpeningsErrorID() common.Hash {
	return common.HexToHash("0xb235ea05f55237b4440ffc342d6e5b381569bc0c73068c3f8078abd4bca12c24")
}

// UnpackBadOpeningsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadOpenings(uint256 got, uint256 want)
func (challenges *Challenges) UnpackBadOpeningsError(raw []byte) (*ChallengesBadOpenings, error) {
	out := new(ChallengesBadOpenings)
	if err := challenges.abi.UnpackIntoInterface(out, "BadOpenings", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesBadPath represents a BadPath error raised by the Challenges contract.
type ChallengesBadPath struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadPath()
func ChallengesBadPathErrorID() common.Hash {
	return common.HexToHash("0x64325c91f108520b461bf37f7e682ef85952d4d50489069c2e798b1861f04e29")
}

// UnpackBadPathError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadPath()
func (challenges *Challenges) UnpackBadPathError(raw []byte) (*ChallengesBadPath, error) {
	out := new(ChallengesBadPath)
	if err := challenges.abi.UnpackIntoInterface(out, "BadPath", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesNoSuchRecord represents a NoSuchRecord error raised by the Challenges contract.
type ChallengesNoSuchRecord struct {
	Record uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoSuchRecord(uint64 record)
func ChallengesNoSuchRecordErrorID() common.Hash {
	return common.HexToHash("0xe050b71bd08899c9fed8f176c76c1df7cc47a714fc0e9f00d87cdee2c98640f2")
}

// UnpackNoSuchRecordError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoSuchRecord(uint64 record)
func (challenges *Challenges) UnpackNoSuchRecordError(raw []byte) (*ChallengesNoSuchRecord, error) {
	out := new(ChallengesNoSuchRecord)
	if err := challenges.abi.UnpackIntoInterface(out, "NoSuchRecord", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesNotDemanded represents a NotDemanded error raised by the Challenges contract.
type ChallengesNotDemanded struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotDemanded()
func ChallengesNotDemandedErrorID() common.Hash {
	return common.HexToHash("0x3634733b5c2e4776b96a56d4c248da8a45d5dc46e7b6c3b0e3c5d46ecf8f6235")
}

// UnpackNotDemandedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotDemanded()
func (challenges *Challenges) UnpackNotDemandedError(raw []byte) (*ChallengesNotDemanded, error) {
	out := new(ChallengesNotDemanded)
	if err := challenges.abi.UnpackIntoInterface(out, "NotDemanded", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesNotPosted represents a NotPosted error raised by the Challenges contract.
type ChallengesNotPosted struct {
	Epoch uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotPosted(uint64 epoch)
func ChallengesNotPostedErrorID() common.Hash {
	return common.HexToHash("0x32163cd7b11faea98da61c76db73eca05cbc1c34c3ca5b2b7daf9b7ea4055b22")
}

// UnpackNotPostedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotPosted(uint64 epoch)
func (challenges *Challenges) UnpackNotPostedError(raw []byte) (*ChallengesNotPosted, error) {
	out := new(ChallengesNotPosted)
	if err := challenges.abi.UnpackIntoInterface(out, "NotPosted", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesNotThatRecord represents a NotThatRecord error raised by the Challenges contract.
type ChallengesNotThatRecord struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotThatRecord()
func ChallengesNotThatRecordErrorID() common.Hash {
	return common.HexToHash("0x59c7543dcc17dfd21ddaa4f80f76911abab22c52a7173ba8208c912844227c93")
}

// UnpackNotThatRecordError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotThatRecord()
func (challenges *Challenges) UnpackNotThatRecordError(raw []byte) (*ChallengesNotThatRecord, error) {
	out := new(ChallengesNotThatRecord)
	if err := challenges.abi.UnpackIntoInterface(out, "NotThatRecord", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesNotTheSame represents a NotTheSame error raised by the Challenges contract.
type ChallengesNotTheSame struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotTheSame()
func ChallengesNotTheSameErrorID() common.Hash {
	return common.HexToHash("0x38ab55eb6479b5849bea97a731ad1f69d24ee75ec2cb112cf18ea3fc1f113635")
}

// UnpackNotTheSameError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotTheSame()
func (challenges *Challenges) UnpackNotTheSameError(raw []byte) (*ChallengesNotTheSame, error) {
	out := new(ChallengesNotTheSame)
	if err := challenges.abi.UnpackIntoInterface(out, "NotTheSame", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesSafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the Challenges contract.
type ChallengesSafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func ChallengesSafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (challenges *Challenges) UnpackSafeERC20FailedOperationError(raw []byte) (*ChallengesSafeERC20FailedOperation, error) {
	out := new(ChallengesSafeERC20FailedOperation)
	if err := challenges.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesStepIsRight represents a StepIsRight error raised by the Challenges contract.
type ChallengesStepIsRight struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StepIsRight()
func ChallengesStepIsRightErrorID() common.Hash {
	return common.HexToHash("0x42b178e7cadfb1845ab257df613c2b4333bf1bbef82e20a14080fc8925a25fb8")
}

// UnpackStepIsRightError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StepIsRight()
func (challenges *Challenges) UnpackStepIsRightError(raw []byte) (*ChallengesStepIsRight, error) {
	out := new(ChallengesStepIsRight)
	if err := challenges.abi.UnpackIntoInterface(out, "StepIsRight", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesTooEarly represents a TooEarly error raised by the Challenges contract.
type ChallengesTooEarly struct {
	Time *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooEarly(uint256 time)
func ChallengesTooEarlyErrorID() common.Hash {
	return common.HexToHash("0x2a35a3246d5070e2b118858c24c2c4d23eaebe645b92ab746b92dd600c35a9d7")
}

// UnpackTooEarlyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooEarly(uint256 time)
func (challenges *Challenges) UnpackTooEarlyError(raw []byte) (*ChallengesTooEarly, error) {
	out := new(ChallengesTooEarly)
	if err := challenges.abi.UnpackIntoInterface(out, "TooEarly", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesTooLarge represents a TooLarge error raised by the Challenges contract.
type ChallengesTooLarge struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooLarge()
func ChallengesTooLargeErrorID() common.Hash {
	return common.HexToHash("0x218e0a074457490cf5a2687dcc5ec84b00fd0beac184d27cd24a0c387c348d73")
}

// UnpackTooLargeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooLarge()
func (challenges *Challenges) UnpackTooLargeError(raw []byte) (*ChallengesTooLarge, error) {
	out := new(ChallengesTooLarge)
	if err := challenges.abi.UnpackIntoInterface(out, "TooLarge", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesTooLate represents a TooLate error raised by the Challenges contract.
type ChallengesTooLate struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooLate()
func ChallengesTooLateErrorID() common.Hash {
	return common.HexToHash("0xecdd1c29e1637c8bfa8cc1f1073ba3a2f674b640f167e7c16246364c720ada92")
}

// UnpackTooLateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooLate()
func (challenges *Challenges) UnpackTooLateError(raw []byte) (*ChallengesTooLate, error) {
	out := new(ChallengesTooLate)
	if err := challenges.abi.UnpackIntoInterface(out, "TooLate", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesWrongPrevious represents a WrongPrevious error raised by the Challenges contract.
type ChallengesWrongPrevious struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongPrevious()
func ChallengesWrongPreviousErrorID() common.Hash {
	return common.HexToHash("0xecf81694e981c5a31893639dad01d18852e5c89259f4e96f39ee5f887a6d4b60")
}

// UnpackWrongPreviousError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongPrevious()
func (challenges *Challenges) UnpackWrongPreviousError(raw []byte) (*ChallengesWrongPrevious, error) {
	out := new(ChallengesWrongPrevious)
	if err := challenges.abi.UnpackIntoInterface(out, "WrongPrevious", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChallengesWrongTrace represents a WrongTrace error raised by the Challenges contract.
type ChallengesWrongTrace struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongTrace()
func ChallengesWrongTraceErrorID() common.Hash {
	return common.HexToHash("0xa5f1ea6acda06a20373f02d7b58d0e8ffa48bb204609e9478eaa422ceb78adee")
}

// UnpackWrongTraceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongTrace()
func (challenges *Challenges) UnpackWrongTraceError(raw []byte) (*ChallengesWrongTrace, error) {
	out := new(ChallengesWrongTrace)
	if err := challenges.abi.UnpackIntoInterface(out, "WrongTrace", raw); err != nil {
		return nil, err
	}
	return out, nil
}
