// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package ledger

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

// LedgerEpoch is an auto generated low-level Go binding around an user-defined struct.
type LedgerEpoch struct {
	Hash     [32]byte
	Poster   common.Address
	PostedAt *big.Int
	Window   uint32
	Open     *big.Int
}

// LedgerTerms is an auto generated low-level Go binding around an user-defined struct.
type LedgerTerms struct {
	Window     uint32
	LeaderTime uint32
	DemandTime uint32
	ForceTime  uint32
	Bond       *big.Int
	Cap        uint32
	DemandBond *big.Int
}

// Spent is an auto generated low-level Go binding around an user-defined struct.
type Spent struct {
	Spent *big.Int
	Path  [][32]byte
}

// LedgerMetaData contains all meta data concerning the Ledger contract.
var LedgerMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"manager\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"staking_\",\"type\":\"address\",\"internalType\":\"contractStaking\"},{\"name\":\"terms_\",\"type\":\"tuple\",\"internalType\":\"structLedger.Terms\",\"components\":[{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"leaderTime\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"demandTime\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"forceTime\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"bond\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cap\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"demandBond\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]},{\"name\":\"split\",\"type\":\"uint16[6]\",\"internalType\":\"uint16[6]\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"BETWEEN_PAUSES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_AGGREGATORS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"PAUSE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"REWARD_BPS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"RING\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"aggregators\",\"inputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"upTo\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"authority\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"challenges\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractChallenges\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"claim\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"place\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"leaf\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"claimMany\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"places\",\"type\":\"uint32[]\",\"internalType\":\"uint32[]\"},{\"name\":\"leaves\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"proof\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"claimed\",\"inputs\":[{\"name\":\"place\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"countDemand\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"answered\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"deposit\",\"inputs\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"domainSeparator\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"eip712Domain\",\"inputs\":[],\"outputs\":[{\"name\":\"fields\",\"type\":\"bytes1\",\"internalType\":\"bytes1\"},{\"name\":\"name\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"version\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"chainId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"verifyingContract\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"extensions\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"enroll\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"enrolledFrom\",\"inputs\":[{\"name\":\"key\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"enrolledUntil\",\"inputs\":[{\"name\":\"key\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"epochOf\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[{\"name\":\"e\",\"type\":\"tuple\",\"internalType\":\"structLedger.Epoch\",\"components\":[{\"name\":\"hash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"poster\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"postedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"open\",\"type\":\"uint24\",\"internalType\":\"uint24\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"exit\",\"inputs\":[{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"finalSpent\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"finalTip\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"finalizeEpoch\",\"inputs\":[{\"name\":\"h\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"getTerms\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structLedger.Terms\",\"components\":[{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"leaderTime\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"demandTime\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"forceTime\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"bond\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cap\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"demandBond\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"hashOf\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"isConsumingScheduledOp\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"isEnrolled\",\"inputs\":[{\"name\":\"key\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"join\",\"inputs\":[{\"name\":\"index\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"leaderOf\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"limitOf\",\"inputs\":[{\"name\":\"id\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"pause\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"pausedUntil\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"payerId\",\"inputs\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"payerOf\",\"inputs\":[{\"name\":\"id\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"outputs\":[{\"name\":\"deposited\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"withdrawn\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"leaving\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"leavingEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"payers\",\"inputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"post\",\"inputs\":[{\"name\":\"h\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"before\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"reject\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"challenger\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"defect\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"resign\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setAuthority\",\"inputs\":[{\"name\":\"newAuthority\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setSplit\",\"inputs\":[{\"name\":\"bps\",\"type\":\"uint16[6]\",\"internalType\":\"uint16[6]\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setTerms\",\"inputs\":[{\"name\":\"t\",\"type\":\"tuple\",\"internalType\":\"structLedger.Terms\",\"components\":[{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"leaderTime\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"demandTime\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"forceTime\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"bond\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cap\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"demandBond\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"splitOf\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint16[6]\",\"internalType\":\"uint16[6]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"staking\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractStaking\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"tip\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"token\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractIERC20\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"totalClaimed\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"totalDeposited\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"totalWithdrawn\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"unpause\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"withdraw\",\"inputs\":[{\"name\":\"h\",\"type\":\"tuple\",\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"spent\",\"type\":\"tuple\",\"internalType\":\"structSpent\",\"components\":[{\"name\":\"spent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"path\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}]},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"AuthorityUpdated\",\"inputs\":[{\"name\":\"authority\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Claimed\",\"inputs\":[{\"name\":\"place\",\"type\":\"uint256\",\"indexed\":true,\"internalType\":\"uint256\"},{\"name\":\"account\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Deposited\",\"inputs\":[{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"id\",\"type\":\"uint32\",\"indexed\":false,\"internalType\":\"uint32\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"},{\"name\":\"firstEpoch\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"EIP712DomainChanged\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Enrolled\",\"inputs\":[{\"name\":\"key\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"from\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Final\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"indexed\":true,\"internalType\":\"uint64\"},{\"name\":\"hash\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Joined\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"index\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"weight\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Leaving\",\"inputs\":[{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Paused\",\"inputs\":[{\"name\":\"until\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Posted\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"indexed\":true,\"internalType\":\"uint64\"},{\"name\":\"hash\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"poster\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"header\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structHeader\",\"components\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"records\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"forced\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"totalSpent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"accounts\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"previous\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"spentRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"recordsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"traceRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"earnedRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Rejected\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"indexed\":true,\"internalType\":\"uint64\"},{\"name\":\"poster\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"challenger\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"defect\",\"type\":\"bytes4\",\"indexed\":false,\"internalType\":\"bytes4\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Resigned\",\"inputs\":[{\"name\":\"key\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"until\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"SplitSet\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"indexed\":true,\"internalType\":\"uint64\"},{\"name\":\"bps\",\"type\":\"uint16[6]\",\"indexed\":false,\"internalType\":\"uint16[6]\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"TermsSet\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"indexed\":true,\"internalType\":\"uint64\"},{\"name\":\"terms\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structLedger.Terms\",\"components\":[{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"leaderTime\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"demandTime\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"forceTime\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"bond\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cap\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"demandBond\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Withdrawn\",\"inputs\":[{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AccessManagedInvalidAuthority\",\"inputs\":[{\"name\":\"authority\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"AccessManagedRequiredDelay\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"delay\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"type\":\"error\",\"name\":\"AccessManagedUnauthorized\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"AlreadyFinal\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"AlreadyJoined\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadPath\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadSplit\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"CheckpointUnorderedInsertion\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ClaimsMoreThanSpent\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"Full\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidShortString\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"IsPaused\",\"inputs\":[{\"name\":\"until\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"LeavesOutForced\",\"inputs\":[{\"name\":\"entry\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"NotBonded\",\"inputs\":[{\"name\":\"bonded\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"want\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"NotChallenges\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotFinal\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"NotNext\",\"inputs\":[{\"name\":\"got\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"want\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"NotPosted\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"NotTheLeader\",\"inputs\":[{\"name\":\"leader\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NothingToClaim\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"OpenDemands\",\"inputs\":[{\"name\":\"n\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"SpendsMoreThanCap\",\"inputs\":[{\"name\":\"spent\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"cap\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"SpendsMoreThanDeposited\",\"inputs\":[{\"name\":\"spent\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"deposited\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]},{\"type\":\"error\",\"name\":\"StringTooLong\",\"inputs\":[{\"name\":\"str\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"TooEarly\",\"inputs\":[{\"name\":\"time\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TooFarAhead\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongLeaf\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongPrevious\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongTrace\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ZeroAmount\",\"inputs\":[]}]",
	ID:  "Ledger",
	Bin: "0x6101c0604052348015610010575f5ffd5b5060405161bce438038061bce483398101604081905261002f91610810565b6040518060400160405280600a81526020016927b832b72632b233b2b960b11b815250604051806040016040528060018152602001603160f81b8152508561007c816103b460201b60201c565b5061008682610407565b6101205261009381610407565b61014052815160208084019190912060e052815190820120610100524660a05261011f60e05161010051604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201529081019290925260608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b60805250503060c0526001600160a01b03831661018081905260408051637e062a3560e11b8152905163fc0c546a916004808201926020929091908290030181865afa158015610171573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061019591906108ed565b6001600160a01b031661016052815160038054602085015160408601516060870151608088015160a089015163ffffffff908116600160e01b026001600160e01b036001600160601b03938416600160801b0281166001600160801b039584166c010000000000000000000000000263ffffffff60601b19978516680100000000000000000297909716600160401b600160801b0319988516640100000000026001600160401b0319909a1694909b16939093179790971795909516979097179290921716949094171790915560c084015160048054919093166001600160601b03199091161790915561028d905f90839061044d16565b608b80546001810182555f919091527f7b6bb1e9d1b017ff82945596cf3cfb1a6cee971c1ebb16f2c6bd23c2d642728e0180546001600160a01b03191690556102ee6102d7610622565b6101408082205f9081529101516020526040902090565b5f80805260096020527fec8156718a8372b1db44bb411437d0870f3e3790d4a08526d024ce1b0b668f6b919091555b6080811015610365576001600a826080811061033b5761033b61090f565b01805462ffffff92909216600160e81b026001600160e81b0390921691909117905560010161031d565b503060405161037390610709565b6001600160a01b039091168152602001604051809103905ff08015801561039c573d5f5f3e3d5ffd5b506001600160a01b03166101a05250610a4292505050565b5f80546001600160a01b0319166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad9060200160405180910390a150565b5f5f829050601f8151111561043a578260405163305a27a960e01b81526004016104319190610923565b60405180910390fd5b805161044582610958565b179392505050565b5f805b60068110156104885782816006811061046b5761046b61090f565b602002015161047e9061ffff168361098f565b9150600101610450565b5080612710146104ab5760405163bc4f33a360e01b815260040160405180910390fd5b609154158015906104fe5750609180546001600160401b03851691906104d3906001906109a8565b815481106104e3576104e361090f565b5f9182526020909120600290910201546001600160401b0316145b1561053d576091805480610514576105146109bb565b5f8281526020812060025f19939093019283020180546001600160401b03191681556001015590555b604080518082019091526001600160401b03848116825260208201848152609180546001810182555f9190915283517fcdae184edd6bf71c1fb62d6e6682fdb2032455c0e50143742135fbbe809bd793600290920291820180546001600160401b0319169190941617835590517fcdae184edd6bf71c1fb62d6e6682fdb2032455c0e50143742135fbbe809bd794909101906105d990826109cf565b505050826001600160401b03167f26aec98fae9525dc7eb21f5e6f132eb70e06a57e2dbf2d1854c0c56ed01898f7836040516106159190610a0e565b60405180910390a2505050565b61069e6040518061016001604052805f6001600160401b031681526020015f6001600160401b031681526020015f6001600160401b031681526020015f6001600160601b031681526020015f63ffffffff1681526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b6106a860186106b8565b60c0820181905261014082015290565b5f805b8281101561070357604051600160f81b6020820152602181018390526041810183905260610160408051601f19818403018152919052805160209091012091506001016106bb565b50919050565b615bf2806160f283390190565b6001600160a01b038116811461072a575f5ffd5b50565b634e487b7160e01b5f52604160045260245ffd5b60405160e081016001600160401b03811182821017156107635761076361072d565b60405290565b805163ffffffff8116811461077c575f5ffd5b919050565b80516001600160601b038116811461077c575f5ffd5b5f82601f8301126107a6575f5ffd5b60405160c081016001600160401b03811182821017156107c8576107c861072d565b6040528060c08401858111156107dc575f5ffd5b845b8181101561080557805161ffff811681146107f7575f5ffd5b8352602092830192016107de565b509195945050505050565b5f5f5f5f8486036101e0811215610825575f5ffd5b855161083081610716565b602087015190955061084181610716565b935060e0603f1982011215610854575f5ffd5b5061085d610741565b61086960408701610769565b815261087760608701610769565b602082015261088860808701610769565b604082015261089960a08701610769565b60608201526108aa60c08701610781565b60808201526108bb60e08701610769565b60a08201526108cd6101008701610781565b60c082015291506108e2866101208701610797565b905092959194509250565b5f602082840312156108fd575f5ffd5b815161090881610716565b9392505050565b634e487b7160e01b5f52603260045260245ffd5b602081525f82518060208401528060208501604085015e5f604082850101526040601f19601f83011684010191505092915050565b80516020808301519190811015610703575f1960209190910360031b1b16919050565b634e487b7160e01b5f52601160045260245ffd5b808201808211156109a2576109a261097b565b92915050565b818103818111156109a2576109a261097b565b634e487b7160e01b5f52603160045260245ffd5b815f805b6006811015610a0657825160209093019261ffff600483901b81811b1994909416911690921b91909117906001016109d3565b509091555050565b60c0810181835f5b6006811015610a3957815161ffff16835260209283019290910190600101610a16565b50505092915050565b60805160a05160c05160e05161010051610120516101405161016051610180516101a0516155df610b135f395f818161035e0152818161105c0152818161191e015261292001525f818161060b0152818161098601528181610a830152818161136601528181611aee01528181612fa7015261377e01525f8181610921015281816118dd01528181612ad201528181612eb701528181613870015261390301525f613a9c01525f613a7101525f61419d01525f61417501525f6140d001525f6140fa01525f61412401526155df5ff3fe608060405234801561000f575f5ffd5b5060043610610325575f3560e01c80637c40fa53116101a8578063d04b91d9116100f3578063e65f2a7e1161009e578063fadb476811610079578063fadb4768146108ad578063fc0c546a1461091c578063ff37656e14610943578063ff50abdc1461094b575f5ffd5b8063e65f2a7e14610893578063e65fad971461089b578063f698da25146108a5575f5ffd5b8063da748b10116100ce578063da748b1014610835578063dbe7e3bd14610848578063e1fc4b5e14610870575f5ffd5b8063d04b91d9146107f2578063d54ad2a11461081a578063d88e573c14610822575f5ffd5b806394964d8011610153578063b806add41161012e578063b806add4146107bc578063bf7e214f146107cf578063c0283e3d146107df575f5ffd5b806394964d80146107835780639eb7539a14610796578063aa59448f146107a9575f5ffd5b806388e5eb961161018357806388e5eb96146107155780638e0a94d1146107285780638fb3603714610762575f5ffd5b80637c40fa53146106df5780638456cb59146106f257806384b0196e146106fa575f5ffd5b80634004456b1161027357806356a0ef941161021e57806362476bf7116101f957806362476bf7146106a757806369652fcf146106b15780637750c4d5146106b95780637a9e5e4b146106cc575f5ffd5b806356a0ef941461064c578063583d23f41461066c578063585336671461067f575f5ffd5b80634b3197131161024e5780634b319713146105ec5780634cf088d914610606578063539f64241461062d575f5ffd5b80634004456b146104f05780634173b4171461052257806347b12bfc146105e3575f5ffd5b806326077bf4116102d35780633b768e0e116102ae5780633b768e0e146104c25780633ccfbd03146104d55780633f4ba83a146104e8575f5ffd5b806326077bf41461046a5780632755cd2d1461049c5780633ae50b73146104af575f5ffd5b80630e5fc76d116103035780630e5fc76d1461039857806315f766051461041d5780631a1ce79714610457575f5ffd5b8063049878f31461032957806306cc3a451461033e57806309af4fe614610359575b5f5ffd5b61033c6103373660046148fb565b610965565b005b610346601081565b6040519081526020015b60405180910390f35b6103807f000000000000000000000000000000000000000000000000000000000000000081565b6040516001600160a01b039091168152602001610350565b6103e46103a636600461492e565b608c6020525f9081526040902080546001909101546001600160601b0380831692600160601b9081900482169291821691046001600160401b031684565b604080516001600160601b039586168152938516602085015291909316908201526001600160401b039091166060820152608001610350565b61044261042b36600461495d565b608a6020525f908152604090205463ffffffff1681565b60405163ffffffff9091168152602001610350565b61033c6104653660046149d6565b610d76565b60075461048490600160401b90046001600160401b031681565b6040516001600160401b039091168152602001610350565b600754610484906001600160401b031681565b61033c6104bd366004614a56565b6116e8565b61033c6104d0366004614aa3565b611913565b6103806104e33660046148fb565b611b61565b61033c611b89565b60075461050a90600160801b90046001600160601b031681565b6040516001600160601b039091168152602001610350565b6105d66040805160e0810182525f80825260208201819052918101829052606081018290526080810182905260a0810182905260c0810191909152506040805160e08101825260035463ffffffff8082168352640100000000820481166020840152600160401b8204811693830193909352600160601b8104831660608301526001600160601b03600160801b820481166080840152600160e01b90910490921660a082015260045490911660c082015290565b6040516103509190614af5565b610346610bb881565b60085461050a90600160a01b90046001600160601b031681565b6103807f000000000000000000000000000000000000000000000000000000000000000081565b61034661063b366004614b82565b60096020525f908152604090205481565b61065f61065a366004614b82565b611c08565b6040516103509190614b9b565b61038061067a366004614b82565b611d7c565b61048461068d36600461495d565b608e6020525f90815260409020546001600160401b031681565b61034662278d0081565b61033c611ed7565b61033c6106c7366004614bcf565b611f67565b61033c6106da36600461495d565b612037565b61033c6106ed366004614c3c565b6120c8565b61033c612291565b610702612364565b6040516103509796959493929190614c85565b61033c610723366004614d37565b6123c2565b61073b6107363660046148fb565b61246f565b604080516001600160a01b0390931683526001600160601b03909116602083015201610350565b61076a6124a8565b6040516001600160e01b03199091168152602001610350565b61033c610791366004614d50565b6124e5565b61033c6107a4366004614dfe565b6126ef565b61033c6107b7366004614e26565b612915565b61050a6107ca366004614e50565b612a2a565b5f546001600160a01b0316610380565b61033c6107ed366004614e83565b612a60565b61048461080036600461495d565b608f6020525f90815260409020546001600160401b031681565b610346612ab1565b61033c610830366004614ea2565b612b8f565b600854610484906001600160401b031681565b61050a6108563660046148fb565b608d6020525f90815260409020546001600160601b031681565b61088361087e366004614efc565b612ef0565b6040519015158152602001610350565b61033c612f90565b61034662093a8081565b6103466131c4565b6108c06108bb366004614b82565b6131cd565b60405161035091905f60a082019050825182526001600160a01b03602084015116602083015264ffffffffff604084015116604083015263ffffffff606084015116606083015262ffffff608084015116608083015292915050565b6103807f000000000000000000000000000000000000000000000000000000000000000081565b610346608081565b60085461050a90600160401b90046001600160601b031681565b6040516301cb4adb60e61b81523360048201525f9081906001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016906372d2b6c0906024016040805180830381865afa1580156109ca573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906109ee9190614f18565b609054919350915080841015610b12575f60908581548110610a1257610a12614f44565b5f918252602090912001546001600160a01b03908116915084168114801590610aef57506003546040517f33e25bb90000000000000000000000000000000000000000000000000000000081526001600160a01b038381166004830152600160801b9092046001600160601b0316917f000000000000000000000000000000000000000000000000000000000000000016906333e25bb990602401602060405180830381865afa158015610ac8573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610aec9190614f58565b10155b15610b0c57604051621d934160e11b815260040160405180910390fd5b50610be5565b8084141580610b22575060108410155b15610b405760405163f36efb6f60e01b815260040160405180910390fd5b609060405180604001604052805f6001600160a01b03168152602001835f14610ba0576090610b70600186614f83565b81548110610b8057610b80614f44565b5f91825260209091200154600160a01b90046001600160601b0316610ba2565b5f5b6001600160601b0390811690915282546001810184555f93845260209384902083519490930151909116600160a01b026001600160a01b03909316929092179101555b600354600160801b90046001600160601b0316821015610c39576003546040516303b9b21d60e61b815260048101849052600160801b9091046001600160601b031660248201526044015b60405180910390fd5b5f80805b609054811015610d21575f60908281548110610c5b57610c5b614f44565b5f91825260208220018054909250610c84908590600160a01b90046001600160601b0316614f96565b8254600160a01b90046001600160601b031694509050888303610cc1575080546001600160a01b0319166001600160a01b03881617815585610ced565b81546001600160a01b03808a16911603610ced57604051621d934160e11b815260040160405180910390fd5b610cf78186614fb5565b82546001600160a01b0316600160a01b6001600160601b0383160217909255509250600101610c3d565b50604080518781526001600160601b03861660208201526001600160a01b038716917feac19dbfb1c3858293396ef0d446de4826b729884423eaf286eb244a3ac05151910160405180910390a2505050505050565b6007546001600160401b0316610d8d816001614fd4565b6001600160401b0316610da36020870187614b82565b6001600160401b031614610df557610dbe6020860186614b82565b610dc9826001614fd4565b604051637c6829c760e11b81526001600160401b03928316600482015291166024820152604401610c30565b600754608090600160401b90046001600160401b0316610e186020880188614b82565b610e229190614ff3565b6001600160401b031610610e62576040517f1cf9b20700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6001600160401b0381165f9081526009602052604090205460a0860135141580610e985750610e90846132ec565b8560a0013514155b15610ecf576040517fecf8169400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610edf6080850160608601614c3c565b6001600160601b0316610ef86080870160608801614c3c565b6001600160601b03161080610f525750600854610f2e906001600160601b03600160a01b8204811691600160401b900416614f96565b6001600160601b0316610f476080870160608801614c3c565b6001600160601b0316115b15610fb957610f676080860160608701614c3c565b600854610f8d906001600160601b03600160a01b8204811691600160401b900416614f96565b604051633720f25560e11b81526001600160601b03928316600482015291166024820152604401610c30565b610fc58585858561330f565b610fd56060850160408601614b82565b6001600160401b0316610fee6060870160408801614b82565b6001600160401b0316108061104c575061100e6040860160208701614b82565b6001600160401b03166110276060860160408701614b82565b6110376060880160408901614b82565b6110419190614ff3565b6001600160401b0316115b806110f957506001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001663dffb64296110916060880160408901614b82565b6040516001600160e01b031960e084901b1681526001600160401b039091166004820152602401602060405180830381865afa1580156110d3573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906110f79190615012565b155b1561114c5761110e6060860160408701614b82565b6040517f2533d5000000000000000000000000000000000000000000000000000000000081526001600160401b039091166004820152602401610c30565b600754600160e01b900463ffffffff161580159061118e5750600754600160e01b900463ffffffff166111826020870187614b82565b6001600160401b031610155b15611276576005546003805463ffffffff80841667ffffffffffffffff1990921691909117640100000000808504831602176fffffffffffffffff00000000000000001916600160401b8085048316026fffffffff000000000000000000000000191617600160601b808504831602176fffffffffffffffffffffffffffffffff16600160801b8085046001600160601b039081169091026001600160e01b0390811692909217600160e01b95869004939093169094029190911790915560065460048054919093166bffffffffffffffffffffffff19909116179091556007805490911690555b6003545f9061129a90600160e01b900463ffffffff16670de0b6b3a764000061502d565b9050806112ad6080870160608801614c3c565b6112bd6080890160608a01614c3c565b6112c79190614f96565b6001600160601b03161115611345576112e66080860160608701614c3c565b6112f66080880160608901614c3c565b6113009190614f96565b6040517f21e011980000000000000000000000000000000000000000000000000000000081526001600160601b03909116600482015260248101829052604401610c30565b6040516301cb4adb60e61b81523360048201525f9081906001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016906372d2b6c0906024016040805180830381865afa1580156113aa573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906113ce9190614f18565b6003549193509150600160801b90046001600160601b0316811015611422576003546040516303b9b21d60e61b815260048101839052600160801b9091046001600160601b03166024820152604401610c30565b600354640100000000900463ffffffff16600a61144960806001600160401b038816615058565b6080811061145957611459614f44565b01546114739190600160a01b900464ffffffffff1661506b565b4210156114fb575f61148b61067a60208b018b614b82565b90506001600160a01b038116158015906114b75750826001600160a01b0316816001600160a01b031614155b156114f9576040517f616e1dec0000000000000000000000000000000000000000000000000000000081526001600160a01b0382166004820152602401610c30565b505b6115086020890189614b82565b6007805467ffffffffffffffff19166001600160401b03929092169190911790555f611533896132ec565b90508060095f61154660208d018d614b82565b6001600160401b0316815260208082019290925260409081015f908120939093558051608080820183526001600160a01b038816825264ffffffffff42168285015260035463ffffffff16928201929092526060810193909352600a916115af908d018d614b82565b6001600160401b03166115c29190615058565b608081106115d2576115d2614f44565b825191018054602080850151604086015160609096015162ffffff16600160e81b027cffffffffffffffffffffffffffffffffffffffffffffffffffffffffff63ffffffff909716600160c81b029690961678ffffffffffffffffffffffffffffffffffffffffffffffffff64ffffffffff909216600160a01b027fffffffffffffff000000000000000000000000000000000000000000000000009094166001600160a01b039687161793909317169190911793909317905584169061169b908b018b614b82565b6001600160401b03167f9149e7743c51aab85b4c65d5eb481a785bbf941fef76444db0db1b959d695447838c6040516116d592919061507e565b60405180910390a3505050505050505050565b806001600160601b03165f0361171157604051631f2a200560e01b815260040160405180910390fd5b6001600160a01b0382165f908152608a602052604081205463ffffffff16908190036117cb5750608b5460ff601882901c16156117615760405163f36efb6f60e01b815260040160405180910390fd5b6001600160a01b0383165f818152608a60205260408120805463ffffffff191663ffffffff8516179055608b805460018101825591527f7b6bb1e9d1b017ff82945596cf3cfb1a6cee971c1ebb16f2c6bd23c2d642728e0180546001600160a01b03191690911790555b63ffffffff81165f908152608c6020526040812080548492906117f89084906001600160601b0316614fb5565b92506101000a8154816001600160601b0302191690836001600160601b03160217905550816008808282829054906101000a90046001600160601b031661183f9190614fb5565b92506101000a8154816001600160601b0302191690836001600160601b03160217905550826001600160a01b03167f57bef1227a5c43010d73ad510f7568f8b77a7529f8f43e6e103bab5a5e165ad4828461189a8587613418565b6040805163ffffffff90941684526001600160601b0390921660208401526001600160401b03169082015260600160405180910390a261190e6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001633306001600160601b0386166134cc565b505050565b336001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000161461195e57604051632c5e821960e21b8152336004820152602401610c30565b6007546001600160401b03600160401b90910481169084161161199f5760405163afb0942160e01b81526001600160401b0384166004820152602401610c30565b5f600a6119b660806001600160401b038716615058565b608081106119c6576119c6614f44565b01546001600160a01b03169050835b6007546001600160401b0390811690821611611a13576001600160401b0381165f90815260096020526040812055611a0c81615161565b90506119d5565b50611a1f600185614ff3565b6007805467ffffffffffffffff19166001600160401b039283161790556040516001600160e01b0319841681526001600160a01b038581169290841691908716907f926ed49db8aef9ee59e0eafd4dffca9752b6be3d41472d4b6918ebb6a0d31ad49060200160405180910390a46003546040517f4be9fd9f0000000000000000000000000000000000000000000000000000000081526001600160a01b038381166004830152600160801b9092046001600160601b031660248201528482166044820152610bb860648201527f000000000000000000000000000000000000000000000000000000000000000090911690634be9fd9f906084016020604051808303815f875af1158015611b36573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611b5a9190614f58565b5050505050565b608b8181548110611b70575f80fd5b5f918252602090912001546001600160a01b0316905081565b611b95335b5f36613508565b6008546001600160401b0316421015611bc5576008805467ffffffffffffffff1916426001600160401b03161790555b6008546040516001600160401b0390911681527f32fb7c9891bc4f963c7de9f1186d2a7755c7d6e9f4604dabe1d8bb3027c2f49e906020015b60405180910390a1565b611c106148dd565b6091545b6001811115611cfc576001600160401b0383166091611c34600184614f83565b81548110611c4457611c44614f44565b5f9182526020909120600290910201546001600160401b031611611cec576091611c6f600183614f83565b81548110611c7f57611c7f614f44565b5f918252602082206040805160c081019182905293600290930290910160010191600691908390855b82829054906101000a900461ffff1661ffff1681526020019060020190602082600101049283019260010382029150808411611ca857509498975050505050505050565b611cf58161518b565b9050611c14565b5060915f81548110611d1057611d10614f44565b5f918252602082206040805160c081019182905293600290930290910160010191600691908390855b82829054906101000a900461ffff1661ffff1681526020019060020190602082600101049283019260010382029150808411611d39575094979650505050505050565b6090545f90808203611d9057505f92915050565b5f6090611d9e600184614f83565b81548110611dae57611dae614f44565b5f918252602082200154600160a01b90046001600160601b031690600990611dd7600188614ff3565b6001600160401b03908116825260208083019390935260409182015f2054825193840152871690820152606001604051602081830303815290604052805190602001205f1c611e269190615058565b90505f611e328361518b565b92505b82811015611ea7575f6002611e4a858461506b565b611e5491906151a0565b905060908181548110611e6957611e69614f44565b5f91825260209091200154600160a01b90046001600160601b0316831015611e9357809350611ea1565b611e9e81600161506b565b91505b50611e35565b60908181548110611eba57611eba614f44565b5f918252602090912001546001600160a01b031695945050505050565b600754611eee906001600160401b03166002614fd4565b335f818152608f60205260409020805467ffffffffffffffff19166001600160401b0393841617905560075490917f58c9ee40501bca955d89b44d40f49f280977fd87ce478f000cf0c8a311e0b3da91611f4a91166002614fd4565b6040516001600160401b03909116815260200160405180910390a2565b6008546001600160401b0316421015611fa257600854604051636d9236ef60e11b81526001600160401b039091166004820152602401610c30565b611fac8686613610565b84611fc9611fb985613695565b8663ffffffff16858560186136c9565b14611fe757604051632213513d60e01b815260040160405180910390fd5b611ff184846136e2565b612027576040517f969bf72800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61202f6138ad565b505050505050565b5f5433906001600160a01b0316811461206d5760405162d1953b60e31b81526001600160a01b0382166004820152602401610c30565b816001600160a01b03163b5f036120bb576040517fc2f31e5e0000000000000000000000000000000000000000000000000000000081526001600160a01b0383166004820152602401610c30565b6120c4826139b8565b5050565b335f908152608a602090815260408083205463ffffffff16808452608c835281842060929093529083209092906120fe90613a0b565b9050836001600160601b03165f0361212957604051631f2a200560e01b815260040160405180910390fd5b806001600160a01b0316846001600160601b0316111561216f57604051633720f25560e11b81526001600160601b03808616600483015282166024820152604401610c30565b6007545f90612188906001600160401b03166002614fd4565b90506121c86001600160401b0382166121aa6001600160601b038816856151b3565b63ffffffff8088165f908152609260205260409020929190613a5016565b50506001830180548691905f906121e99084906001600160601b0316614fb5565b82546101009290920a6001600160601b038181021990931691831602179091556001850180547fffffffffffffffffffffffff0000000000000000ffffffffffffffffffffffff16600160601b6001600160401b0386169081029190911790915560408051928916835260208301919091523392507fd46d61a19f08f8392493698ef4d4d5bdb1f53e5d5a7d721d16c18d41bbf85afa91015b60405180910390a25050505050565b61229a33611b8e565b6008546001600160401b0316158015906122cc57506008546122c99062278d00906001600160401b031661506b565b42105b15612307576008546122eb9062278d00906001600160401b031661506b565b604051630a8d68c960e21b8152600401610c3091815260200190565b61231462093a804261506b565b6008805467ffffffffffffffff19166001600160401b039290921691821790556040519081527f32fb7c9891bc4f963c7de9f1186d2a7755c7d6e9f4604dabe1d8bb3027c2f49e90602001611bfe565b5f6060805f5f5f6060612375613a6a565b61237d613a95565b604080515f808252602082019092527f0f000000000000000000000000000000000000000000000000000000000000009b939a50919850469750309650945092509050565b6123cb33611b8e565b8060056123d882826151fe565b50506007546123f1906001600160401b03166002614fd4565b6007805463ffffffff92909216600160e01b026001600160e01b038316811790915561242c916001600160401b039182169116176002614fd4565b6001600160401b03167f202fe3f9e15490aaa27c2c9a15025a435ac289bdf65e7bf9986692c0d5990497826040516124649190615374565b60405180910390a250565b6090818154811061247e575f80fd5b5f918252602090912001546001600160a01b0381169150600160a01b90046001600160601b031682565b5f8054600160a01b900460ff166124be57505f90565b7f8fb36037000000000000000000000000000000000000000000000000000000005b905090565b6008546001600160401b031642101561252057600854604051636d9236ef60e11b81526001600160401b039091166004820152602401610c30565b61252a8888613610565b5f856001600160401b03811115612543576125436151d2565b60405190808252806020026020018201604052801561256c578160200160208202803683370190505b5090505f866001600160401b03811115612588576125886151d2565b6040519080825280602002602001820160405280156125b1578160200160208202803683370190505b5090505f5b87811015612651576125df8787838181106125d3576125d3614f44565b90506020020135613695565b8989838181106125f1576125f1614f44565b9050602002016020810190612606919061492e565b8063ffffffff16905084838151811061262157612621614f44565b6020026020010184848151811061263a5761263a614f44565b6020908102919091010191909152526001016125b6565b5088612661838387876018613ac0565b1461267f57604051632213513d60e01b815260040160405180910390fd5b5f5b878110156126da576126d189898381811061269e5761269e614f44565b90506020020160208101906126b3919061492e565b8888848181106126c5576126c5614f44565b905060200201356136e2565b50600101612681565b506126e36138ad565b50505050505050505050565b6007545f9061270f90600160401b90046001600160401b03166001614fd4565b90506001600160401b0381166127286020840184614b82565b6001600160401b031614612770576127436020830183614b82565b604051637c6829c760e11b81526001600160401b0391821660048201529082166024820152604401610c30565b5f61277a83613ce6565b90505f600a61279360806001600160401b038616615058565b608081106127a3576127a3614f44565b6040805160808101825291909201546001600160a01b0381168252600160a01b810464ffffffffff1660208301819052600160c81b820463ffffffff16938301849052600160e81b90910462ffffff1660608301529092505f916128069161506b565b90508042101561282c57604051630a8d68c960e21b815260048101829052602401610c30565b606082015162ffffff161561287a5760608201516040517fd5deef8000000000000000000000000000000000000000000000000000000000815262ffffff9091166004820152602401610c30565b600780546fffffffffffffffff00000000000000001916600160401b6001600160401b038716021790556128b46080860160608701614c3c565b600760106101000a8154816001600160601b0302191690836001600160601b03160217905550836001600160401b03167fb0dbf85ed27086437e335b736f4268f39945beec1c689ec4afe899082a355f538460405161228291815260200190565b336001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000161461296057604051632c5e821960e21b8152336004820152602401610c30565b6007546001600160401b03600160401b9091048116908316116129a15760405163afb0942160e01b81526001600160401b0383166004820152602401610c30565b5f600a6129b860806001600160401b038616615058565b608081106129c8576129c8614f44565b0190508115612a0e5780548190601d906129ed90600160e81b900462ffffff16615425565b91906101000a81548162ffffff021916908362ffffff160217905550505050565b80548190601d906129ed90600160e81b900462ffffff16615442565b63ffffffff8083165f9081526092602052604081209091612a5791906001600160401b03851690613d7c16565b90505b92915050565b612a6933611b8e565b600754612aae90612a84906001600160401b03166002614fd4565b6040805160c081810190925290849060069083908390808284375f92019190915250613dc4915050565b50565b6040516370a0823160e01b81523060048201525f9081906001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016906370a0823190602401602060405180830381865afa158015612b17573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190612b3b9190614f58565b6008549091505f90612b66906001600160601b03600160a01b8204811691600160401b900416614f96565b6001600160601b03169050818111612b7e575f612b88565b612b888282614f83565b9250505090565b6008546001600160401b0316421015612bca57600854604051636d9236ef60e11b81526001600160401b039091166004820152602401610c30565b335f908152608a602090815260408083205463ffffffff16808452608c909252909120612bf685613fb4565b60018101546001600160601b03165f03612c2357604051631f2a200560e01b815260040160405180910390fd5b6001810154600160601b90046001600160401b0316612c456020870187614b82565b612c50906001614fd4565b6001600160401b03161015612ca457600181810154612c7f9190600160601b90046001600160401b0316614ff3565b604051630a8d68c960e21b81526001600160401b039091166004820152602401610c30565b60c0850135612cdc612cc1612cbc6020880188614c3c565b61401e565b63ffffffff8516612cd5602089018961545b565b60186136c9565b14612cfa57604051632213513d60e01b815260040160405180910390fd5b5f612d086020860186614c3c565b8254612d26906001600160601b03600160601b820481169116614f96565b612d309190614f96565b60018301549091505f906001600160601b0390811690831610612d605760018301546001600160601b0316612d62565b815b60018401549091506001600160601b0380831691161115612da3576001830154612da1908590612d9c9084906001600160601b0316614f96565b613418565b505b6001830180546bffffffffffffffffffffffff19169055825481908490600c90612dde908490600160601b90046001600160601b0316614fb5565b92506101000a8154816001600160601b0302191690836001600160601b0316021790555080600860148282829054906101000a90046001600160601b0316612e269190614fb5565b92506101000a8154816001600160601b0302191690836001600160601b03160217905550336001600160a01b03167f6e6e54d2933c54e86384932153b0244ddd09a166888407646f12cb83392e4bc18683604051612ea29291906001600160a01b039290921682526001600160601b0316602082015260400190565b60405180910390a2612ee76001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016866001600160601b03841661408f565b50505050505050565b6001600160a01b0382165f818152608e6020908152604080832054608f90925282205491926001600160401b03918216929091169015801590612f3b57506001600160401b03821615155b8015612f595750836001600160401b0316826001600160401b031611155b8015612f8757506001600160401b0381161580612f875750806001600160401b0316846001600160401b0316105b95945050505050565b6040516301cb4adb60e61b81523360048201525f907f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316906372d2b6c0906024016040805180830381865afa158015612ff3573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906130179190614f18565b600354909250600160801b90046001600160601b0316821015905061306b576003546040516303b9b21d60e61b815260048101839052600160801b9091046001600160601b03166024820152604401610c30565b335f908152608e60205260409020546001600160401b0316158015906130a65750335f908152608f60205260409020546001600160401b0316155b156130c357604051621d934160e11b815260040160405180910390fd5b600754335f908152608f60205260409020546001600160401b03600160401b90920482169116111561312457335f908152608f602052604090819020549051630a8d68c960e21b81526001600160401b039091166004820152602401610c30565b60075461313b906001600160401b03166001614fd4565b335f818152608e6020908152604080832080546001600160401b0396871667ffffffffffffffff1991821617909155608f9092529091208054909116905560075490917f35cede80b57d26e3ee55e05e09d736ca3a799253d0a1b871c0c2e2e300293463916131ac91166001614fd4565b6040516001600160401b039091168152602001612464565b5f6124e06140c4565b6040805160a0810182525f808252602080830182905282840182905260608301829052608083018290526001600160401b0385168252600990529190912054808252158061323057506007546001600160401b03600160401b9091048116908316105b8061324257506001600160401b038216155b1561324c57919050565b5f600a61326360806001600160401b038616615058565b6080811061327357613273614f44565b604080516080808201835292909301546001600160a01b038116808552600160a01b820464ffffffffff166020808701829052600160c81b840463ffffffff16878601819052600160e81b90940462ffffff16606097880181905295890195909552948701919091529085019290925283015250919050565b5f604051610140838237610140908190205f908152920135602052506040902090565b5f613319856141ed565b905061332b6040860160208701614b82565b6001600160401b03165f0361338657613343846141ed565b81141580613354575060e085013515155b80613363575061010085013515155b15613381576040516352f8f53560e11b815260040160405180910390fd5b611b5a565b6210000061339a6040870160208801614b82565b6001600160401b031611156133c2576040516352f8f53560e11b815260040160405180910390fd5b6101008501356133fa8260016133de60408a0160208b01614b82565b6133e89190614ff3565b6001600160401b0316868660146136c9565b14611b5a576040516352f8f53560e11b815260040160405180910390fd5b6007545f90613431906001600160401b03166001614fd4565b63ffffffff84165f90815260926020526040812091925090819081906134569061424f565b92509250925082801561347a5750836001600160401b0316826001600160601b0316115b15613483578193505b6134c16001600160401b0385166134a36001600160601b038816846154a0565b63ffffffff808a165f908152609260205260409020929190613a5016565b505050505092915050565b6134da8484848460016142af565b61350257604051635274afe760e01b81526001600160a01b0385166004820152602401610c30565b50505050565b5f5f61353b61351e5f546001600160a01b031690565b863061352d60045f898b6154bf565b613536916154e6565b614335565b9150915081611b5a5763ffffffff8116156135ed575f805460ff60a01b198116600160a01b179091556040517f94c7d7ee0000000000000000000000000000000000000000000000000000000081526001600160a01b03909116906394c7d7ee906135ae9088908890889060040161551b565b5f604051808303815f87803b1580156135c5575f5ffd5b505af11580156135d7573d5f5f3e3d5ffd5b50505f805460ff60a01b1916905550611b5a9050565b60405162d1953b60e31b81526001600160a01b0386166004820152602401610c30565b600754600160401b90046001600160401b03165f908152600960205260409020546136628383604080516020808201949094528082019290925280518083038201815260609092019052805191012090565b146120c45760075460405163bb3c27bd60e01b8152600160401b9091046001600160401b03166004820152602401610c30565b5f606082901c5f036136ba57604051632213513d60e01b815260040160405180910390fd5b612a5a606083901c835f6143e0565b5f6136d8865f8787878761445c565b9695505050505050565b63ffffffff82165f908152608d602052604081205482906001600160601b039081169082168110613717575f92505050612a5a565b63ffffffff85165f908152608d602052604080822080546bffffffffffffffffffffffff19166001600160601b038616179055517f6da61d1e000000000000000000000000000000000000000000000000000000008152606086901c6004820181905291907f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031690636da61d1e90602401602060405180830381865afa1580156137cb573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906137ef9190615559565b90506001600160a01b03821663ffffffff88167fbd373741e19c23e946191fd7c0b3797737aa70bb27c83d5c2bdeb46c5cd29faa8361382e8789614f96565b604080516001600160a01b0390931683526001600160601b0390911660208301520160405180910390a36138a0816138668587614f96565b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001691906001600160601b031661408f565b5060019695505050505050565b6008546138d3906001600160601b03600160a01b8204811691600160401b900416614f96565b6007546040516370a0823160e01b81523060048201526001600160601b0392831692600160801b909204909116907f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316906370a0823190602401602060405180830381865afa158015613950573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906139749190614f58565b61397e919061506b565b10156139b6576040517f240ee4f500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b565b5f80546001600160a01b0319166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad9060200160405180910390a150565b80545f908015613a4757613a3183613a24600184614f83565b5f91825260209091200190565b54600160601b90046001600160a01b0316613a49565b5f5b9392505050565b5f80613a5d858585614504565b915091505b935093915050565b60606124e07f0000000000000000000000000000000000000000000000000000000000000000614673565b60606124e07f0000000000000000000000000000000000000000000000000000000000000000614673565b84515f9081805b84811015613c6c575f805b84811015613c61575f8a8281518110613aed57613aed614f44565b602002602001015190505f8c8381518110613b0a57613b0a614f44565b602002602001015190505f82600116600103613b4f578b8b88613b2c81615574565b9950818110613b3d57613b3d614f44565b6020029190910135929150613bec9050565b87613b5b85600161506b565b108015613b945750613b6e83600161506b565b8d613b7a86600161506b565b81518110613b8a57613b8a614f44565b6020026020010151145b15613bc5578d613ba385615574565b94508481518110613bb657613bb6614f44565b60200260200101519050613bec565b8b8b88613bd181615574565b9950818110613be257613be2614f44565b9050602002013590505b60015f53816001528060215260415f2091505f60405381600184901c8f8781518110613c1a57613c1a614f44565b602002602001018f8881518110613c3357613c33614f44565b602090810291909101019190915252613c4b85615574565b945050505080613c5a90615574565b9050613ad2565b509250600101613ac7565b50816001141580613c7d5750808514155b80613ca15750865f81518110613c9557613c95614f44565b60200260200101515f14155b15613cbf576040516364325c9160e01b815260040160405180910390fd5b875f81518110613cd157613cd1614f44565b60200260200101519250505095945050505050565b5f600981613cf76020850185614b82565b6001600160401b0316815260208101919091526040015f20549050801580613d275750613d23826132ec565b8114155b15613d7757613d396020830183614b82565b6040517f32163cd70000000000000000000000000000000000000000000000000000000081526001600160401b039091166004820152602401610c30565b919050565b81545f9081613d8d858583856146b0565b90508015613dba57613da485613a24600184614f83565b54600160601b90046001600160a01b0316612f87565b505f949350505050565b5f805b6006811015613dff57828160068110613de257613de2614f44565b6020020151613df59061ffff168361506b565b9150600101613dc7565b508061271014613e3b576040517fbc4f33a300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b60915415801590613e8e5750609180546001600160401b0385169190613e6390600190614f83565b81548110613e7357613e73614f44565b5f9182526020909120600290910201546001600160401b0316145b15613ece576091805480613ea457613ea461558c565b5f8281526020812060025f199390930192830201805467ffffffffffffffff191681556001015590555b604080518082019091526001600160401b03848116825260208201848152609180546001810182555f9190915283517fcdae184edd6bf71c1fb62d6e6682fdb2032455c0e50143742135fbbe809bd7936002909202918201805467ffffffffffffffff19169190941617835590517fcdae184edd6bf71c1fb62d6e6682fdb2032455c0e50143742135fbbe809bd79490910190613f6b90826155a0565b505050826001600160401b03167f26aec98fae9525dc7eb21f5e6f132eb70e06a57e2dbf2d1854c0c56ed01898f783604051613fa79190614b9b565b60405180910390a2505050565b613fbd81613ce6565b50600754600160401b90046001600160401b0316613fde6020830183614b82565b6001600160401b031614612aae57613ff96020820182614b82565b60405163bb3c27bd60e01b81526001600160401b039091166004820152602401610c30565b5f6001600160601b03821615614088576040517e0c00000000000000000000000000000000000000000000000000000000000060208201526001600160a01b031960a084901b16602982015260350160405160208183030381529060405280519060200120612a5a565b5f92915050565b61409c8383836001614707565b61190e57604051635274afe760e01b81526001600160a01b0384166004820152602401610c30565b5f306001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001614801561411c57507f000000000000000000000000000000000000000000000000000000000000000046145b1561414657507f000000000000000000000000000000000000000000000000000000000000000090565b6124e0604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f0000000000000000000000000000000000000000000000000000000000000000918101919091527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b5f612a5a60405180608001604052808460c00135815260200184610140013581526020018460600160208101906142249190614c3c565b6001600160601b0316815260200161424260a086016080870161492e565b63ffffffff169052614782565b80545f908190819080820361426d575f5f5f935093509350506142a8565b5f61427d86613a24600185614f83565b54600195506001600160601b0381169450600160601b90046001600160a01b031692506142a8915050565b9193909250565b6040517f23b872dd000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038781166004528616602452604485905291602083606481808c5af1925060015f51148316614324578383151615614318573d5f823e3d81fd5b5f883b113d1516831692505b604052505f60605295945050505050565b6040516001600160a01b038085166024830152831660448201526001600160e01b0319821660648201525f908190819060840160408051601f19818403018152918152602080830180516001600160e01b03167fb7009613000000000000000000000000000000000000000000000000000000001781525f808052918290528351939450919290918a5afa156143d6575f516020805191945081901c150291505b5094509492505050565b5f8315614452576040517e380000000000000000000000000000000000000000000000000000000000006020820152602981018590526001600160a01b031960a085811b8216604984015284901b16605582015260610160405160208183030381529060405280519060200120614454565b5f5b949350505050565b5f828281118061446d575085811c15155b1561448b576040516364325c9160e01b815260040160405180910390fd5b61449788878787614842565b91508281036144a657506136d8565b6144b0878261506b565b90506144bc878461506b565b925060015f535f5f5b848110156144f357816021528281106144e3578360015260415f2093505b600191825260415f2091016144c5565b50505f604053509695505050505050565b82545f9081908015614618575f61452087613a24600185614f83565b80549091506001600160601b0380821691600160601b90046001600160a01b031690881682111561457d576040517f2520601d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b876001600160601b0316826001600160601b0316036145b95782546001600160601b0316600160601b6001600160a01b0389160217835561460a565b604080518082019091526001600160601b03808a1682526001600160a01b03808a1660208085019182528d54600181018f555f8f81529190912094519151909216600160601b029216919091179101555b9450859350613a6292505050565b5050604080518082019091526001600160601b0380851682526001600160a01b0380851660208085019182528854600181018a555f8a815291822095519251909316600160601b029190931617920191909155905081613a62565b60605f61467f8361489d565b6040805160208082528183019092529192505f91906020820181803683375050509182525060208101929092525090565b5f5b818310156146ff575f8581526020902083831660028585180401908101546001600160601b03868116911611156146eb578092506146f9565b6146f681600161506b565b93505b506146b2565b509392505050565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038616600452602485905291602083604481808b5af1925060015f5114831661477657838315161561476a573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b8051602080830151604080850151606086015191515f95614825957e50000000000000000000000000000000000000000000000000000000000000959194919392017fffffffffffffffffff00000000000000000000000000000000000000000000009590951685526009850193909352602984019190915260a01b6001600160a01b031916604983015260e01b6001600160e01b031916605582015260590190565b604051602081830303815290604052805190602001209050919050565b8360015f538160051b8301835b8181101561488f5760018616801561486f57813560015283602152614879565b8360015281356021525b5060415f2060019690961c95925060200161484f565b50505f604053949350505050565b5f60ff8216601f811115612a5a576040517fb3512b0c00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6040518060c001604052806006906020820280368337509192915050565b5f6020828403121561490b575f5ffd5b5035919050565b63ffffffff81168114612aae575f5ffd5b8035613d7781614912565b5f6020828403121561493e575f5ffd5b8135613a4981614912565b6001600160a01b0381168114612aae575f5ffd5b5f6020828403121561496d575f5ffd5b8135613a4981614949565b5f6101608284031215614989575f5ffd5b50919050565b5f5f83601f84011261499f575f5ffd5b5081356001600160401b038111156149b5575f5ffd5b6020830191508360208260051b85010111156149cf575f5ffd5b9250929050565b5f5f5f5f6102e085870312156149ea575f5ffd5b6149f48686614978565b9350614a04866101608701614978565b92506102c08501356001600160401b03811115614a1f575f5ffd5b614a2b8782880161498f565b95989497509550505050565b6001600160601b0381168114612aae575f5ffd5b8035613d7781614a37565b5f5f60408385031215614a67575f5ffd5b8235614a7281614949565b91506020830135614a8281614a37565b809150509250929050565b80356001600160401b0381168114613d77575f5ffd5b5f5f5f60608486031215614ab5575f5ffd5b614abe84614a8d565b92506020840135614ace81614949565b915060408401356001600160e01b031981168114614aea575f5ffd5b809150509250925092565b5f60e08201905063ffffffff835116825263ffffffff602084015116602083015263ffffffff604084015116604083015263ffffffff60608401511660608301526001600160601b03608084015116608083015260a0830151614b6060a084018263ffffffff169052565b5060c0830151614b7b60c08401826001600160601b03169052565b5092915050565b5f60208284031215614b92575f5ffd5b612a5782614a8d565b60c0810181835f5b6006811015614bc657815161ffff16835260209283019290910190600101614ba3565b50505092915050565b5f5f5f5f5f5f60a08789031215614be4575f5ffd5b86359550602087013594506040870135614bfd81614912565b93506060870135925060808701356001600160401b03811115614c1e575f5ffd5b614c2a89828a0161498f565b979a9699509497509295939492505050565b5f60208284031215614c4c575f5ffd5b8135613a4981614a37565b5f81518084528060208401602086015e5f602082860101526020601f19601f83011685010191505092915050565b7fff000000000000000000000000000000000000000000000000000000000000008816815260e060208201525f614cbf60e0830189614c57565b8281036040840152614cd18189614c57565b606084018890526001600160a01b038716608085015260a0840186905283810360c0850152845180825260208087019350909101905f5b81811015614d26578351835260209384019390920191600101614d08565b50909b9a5050505050505050505050565b5f60e0828403128015614d48575f5ffd5b509092915050565b5f5f5f5f5f5f5f5f60a0898b031215614d67575f5ffd5b883597506020890135965060408901356001600160401b03811115614d8a575f5ffd5b614d968b828c0161498f565b90975095505060608901356001600160401b03811115614db4575f5ffd5b614dc08b828c0161498f565b90955093505060808901356001600160401b03811115614dde575f5ffd5b614dea8b828c0161498f565b999c989b5096995094979396929594505050565b5f6101608284031215614e0f575f5ffd5b612a578383614978565b8015158114612aae575f5ffd5b5f5f60408385031215614e37575f5ffd5b614e4083614a8d565b91506020830135614a8281614e19565b5f5f60408385031215614e61575f5ffd5b8235614e6c81614912565b9150614e7a60208401614a8d565b90509250929050565b5f60c08284031215614e93575f5ffd5b8260c083011115614989575f5ffd5b5f5f5f6101a08486031215614eb5575f5ffd5b614ebf8585614978565b92506101608401356001600160401b03811115614eda575f5ffd5b840160408187031215614eeb575f5ffd5b9150610180840135614aea81614949565b5f5f60408385031215614f0d575f5ffd5b8235614e6c81614949565b5f5f60408385031215614f29575f5ffd5b8251614f3481614949565b6020939093015192949293505050565b634e487b7160e01b5f52603260045260245ffd5b5f60208284031215614f68575f5ffd5b5051919050565b634e487b7160e01b5f52601160045260245ffd5b81810381811115612a5a57612a5a614f6f565b6001600160601b038281168282160390811115612a5a57612a5a614f6f565b6001600160601b038181168382160190811115612a5a57612a5a614f6f565b6001600160401b038181168382160190811115612a5a57612a5a614f6f565b6001600160401b038281168282160390811115612a5a57612a5a614f6f565b5f60208284031215615022575f5ffd5b8151613a4981614e19565b8082028115828204841417612a5a57612a5a614f6f565b634e487b7160e01b5f52601260045260245ffd5b5f8261506657615066615044565b500690565b80820180821115612a5a57612a5a614f6f565b82815261018081016150a36020830161509685614a8d565b6001600160401b03169052565b6150af60208401614a8d565b6001600160401b0381166040840152506150cb60408401614a8d565b6001600160401b0381166060840152506150e760608401614a4b565b6001600160601b03811660808401525061510360808401614923565b63ffffffff811660a08401525060a083013560c08381019190915283013560e0808401919091528301356101008084019190915283013561012080840191909152830135610140808401919091529092013561016090910152919050565b5f6001600160401b0382166001600160401b03810361518257615182614f6f565b60010192915050565b5f8161519957615199614f6f565b505f190190565b5f826151ae576151ae615044565b500490565b6001600160a01b038281168282160390811115612a5a57612a5a614f6f565b634e487b7160e01b5f52604160045260245ffd5b5f8135612a5a81614912565b5f8135612a5a81614a37565b813561520981614912565b8154602084013561521981614912565b67ffffffff000000008160201b1663ffffffff84166001600160401b03198416171784555050505f604083013561524f81614912565b82546bffffffff0000000000000000191660409190911b6bffffffff000000000000000016178255506152b9615287606084016151e6565b82546fffffffff000000000000000000000000191660609190911b6fffffffff00000000000000000000000016178255565b6153156152c8608084016151f2565b82547fffffffff000000000000000000000000ffffffffffffffffffffffffffffffff1660809190911b7bffffffffffffffffffffffff0000000000000000000000000000000016178255565b61534461532460a084016151e6565b82546001600160e01b031660e09190911b6001600160e01b031916178255565b6120c461535360c084016151f2565b600183016001600160601b0382166001600160601b03198254161781555050565b60e08101823561538381614912565b63ffffffff168252602083013561539981614912565b63ffffffff16602083015260408301356153b281614912565b63ffffffff1660408301526153c960608401614923565b63ffffffff1660608301526153e060808401614a4b565b6001600160601b031660808301526153fa60a08401614923565b63ffffffff1660a083015261541160c08401614a4b565b6001600160601b03811660c0840152614b7b565b5f62ffffff82168061543957615439614f6f565b5f190192915050565b5f62ffffff821662ffffff810361518257615182614f6f565b5f5f8335601e19843603018112615470575f5ffd5b8301803591506001600160401b03821115615489575f5ffd5b6020019150600581901b36038213156149cf575f5ffd5b6001600160a01b038181168382160190811115612a5a57612a5a614f6f565b5f5f858511156154cd575f5ffd5b838611156154d9575f5ffd5b5050820193919092039150565b80356001600160e01b03198116906004841015614b7b576001600160e01b0319808560040360031b1b82161691505092915050565b6001600160a01b038416815260406020820152816040820152818360608301375f818301606090810191909152601f909201601f1916010192915050565b5f60208284031215615569575f5ffd5b8151613a4981614949565b5f6001820161558557615585614f6f565b5060010190565b634e487b7160e01b5f52603160045260245ffd5b815f805b60068110156155d757825160209093019261ffff600483901b81811b1994909416911690921b91909117906001016155a4565b5090915550505660a060405234801561000f575f5ffd5b50604051615bf2380380615bf283398101604081905261002e9161003f565b6001600160a01b031660805261006c565b5f6020828403121561004f575f5ffd5b81516001600160a01b0381168114610065575f5ffd5b9392505050565b608051615ab861013a5f395f8181610173015281816103500152818161040a01528181610531015281816106ba01528181610b0d01528181610c2501528181610d0201528181610dbc01528181610eb401528181610f51015281816111290152818161121f015281816112c20152818161164f015281816117310152818161189a015281816118f5015281816119c401528181611d3c01528181611f6b0152818161202c0152818161272f015281816129bc015281816129f601528181612f6301526130520152615ab85ff3fe608060405234801561000f575f5ffd5b506004361061012f575f3560e01c8063a4c48038116100ad578063dffb64291161007d578063ed5c408d11610063578063ed5c408d146102c3578063f074c34b146102d6578063fb5a8daa146102e9575f5ffd5b8063dffb64291461027a578063e2095c071461028d575f5ffd5b8063a4c4803814610211578063ab91c7b014610224578063c47e80ec14610235578063c59e547314610267575f5ffd5b806356a95df41161010257806380bbfd10116100e857806380bbfd10146101d857806398d75835146101eb578063a12c2052146101fe575f5ffd5b806356a95df4146101b25780636e11579f146101c5575f5ffd5b8063075caf1514610133578063109da7d7146101485780633ef580011461015b57806356397c351461016e575b5f5ffd5b610146610141366004614a40565b6102fc565b005b610146610156366004614b21565b6104f8565b610146610169366004614b71565b610739565b6101957f000000000000000000000000000000000000000000000000000000000000000081565b6040516001600160a01b0390911681526020015b60405180910390f35b6101466101c0366004614c26565b61078b565b6101466101d3366004614c6d565b610c7f565b6101466101e6366004614a40565b610cc6565b6101466101f9366004614d27565b610e9d565b61014661020c366004614d5f565b6112b6565b61014661021f366004614e16565b6114a3565b6002546040519081526020016101a9565b610257610243366004614e85565b5f6020819052908152604090205460ff1681565b60405190151581526020016101a9565b610146610275366004614d27565b611709565b610257610288366004614e85565b6119af565b6102a061029b366004614e85565b611a8d565b604080518251815260209283015165ffffffffffff1692810192909252016101a9565b6101466102d1366004614e9c565b611aea565b6101466102e4366004614ecd565b611cfa565b6101466102f7366004614f5b565b611e1b565b61032e856103126102e082016102c08301614f9c565b61031b87611eb7565b6103296102e08a018a614fb7565b611f4a565b5f61034461033f6020880188614f9c565b611f61565b90506001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000166315f7660561037f8780614ffc565b61038d90602081019061502e565b6040516001600160e01b031960e084901b1681526001600160a01b039091166004820152602401602060405180830381865afa1580156103cf573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906103f39190615065565b63ffffffff16604082018190526001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169063b806add49061043e60208a018a614f9c565b6040516001600160e01b031960e085901b16815263ffffffff9290921660048301526001600160401b03166024820152604401602060405180830381865afa15801561048c573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906104b0919061509f565b6001600160601b031660608201525f6104c8876120a7565b90505f6104d4826121d5565b90506104ee88826104e9858b888c8c8c612295565b61264c565b5050505050505050565b6040517f539f64240000000000000000000000000000000000000000000000000000000081526001600160401b038416600482015282907f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03169063539f642490602401602060405180830381865afa15801561057e573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906105a291906150ba565b036105c05760405163afb6e2bb60e01b815260040160405180910390fd5b5f6105cb83836127b9565b5f81815260016020818152604092839020835160608101855281546001600160a01b038116808352600160a01b90910465ffffffffffff16938201939093529201546001600160601b03169282019290925291925061063d57604051633634733b60e01b815260040160405180910390fd5b5f8281526001602081815260409283902080547fffffffffffff000000000000000000000000000000000000000000000000000016815590910180546bffffffffffffffffffffffff191690558251838301518351637e062a3560e11b815293516107329492936001600160601b03909216926001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169263fc0c546a926004808401938290030181865afa1580156106fe573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061072291906150d1565b6001600160a01b031691906127fd565b5050505050565b61074281612837565b61074b84612837565b14610769576040516338ab55eb60e01b815260040160405180910390fd5b610785846107768561284a565b846107808561284a565b612859565b50505050565b5f610795826129f3565b90505f6001816107b6846107b161018088016101608901614f9c565b6127b9565b815260208101919091526040015f2080549091506001600160a01b03166107f057604051633634733b60e01b815260040160405180910390fd5b80546001600160a01b03191681555f600461081361018086016101608701614f9c565b6001600160401b0316901b90505f816108326040870160208801614f9c565b6001600160401b03166108459190615100565b90506010811115610854575060105b80610863610180870187614fb7565b905014158061088157508061087c610220870187615113565b905014155b156108c65760016108928284615158565b61089c9190615100565b60405163e050b71b60e01b81526001600160401b0390911660048201526024015b60405180910390fd5b5f6108d360046014615100565b60408051601080825261022082019092529192505f919060208201610200803683370190505090505f5b83811015610966576109416109166102208a018a615113565b838181106109265761092661517f565b90506080020180360381019061093c91906151e8565b6121d5565b8282815181106109535761095361517f565b60209081029190910101526001016108fd565b506101008701356109aa61097983612aec565b600461098d6101808c016101608d01614f9c565b6001600160401b03166109a46102408d018d614fb7565b88612c07565b146109c8576040516352f8f53560e11b815260040160405180910390fd5b6109d0614961565b5f5b8251811015610aa2578481106109e8575f610a7d565b610a7d896109fa610180820182614fb7565b84818110610a0a57610a0a61517f565b9050602002016020810190610a1f919061525a565b84610a2e6101808e018e614fb7565b86818110610a3e57610a3e61517f565b9050602002016020810190610a53919061525a565b60031660048110610a6657610a6661517f565b60200201805190610a7682615273565b9052612caf565b838281518110610a8f57610a8f61517f565b60209081029190910101526001016109d2565b5060e0880135610ae5610ab484612aec565b6004610ac86101808d016101608e01614f9c565b6001600160401b0316610adf6102008e018e614fb7565b89612c07565b14610b03576040516359c7543d60e01b815260040160405180910390fd5b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001663aa59448f610b3f60208b018b614f9c565b6040516001600160e01b031960e084901b1681526001600160401b039091166004820152600160248201526044015f604051808303815f87803b158015610b84575f5ffd5b505af1158015610b96573d5f5f3e3d5ffd5b50610ba8925050506020890189614f9c565b6001600160401b03167ff277592d71c20ee0497c99f0a13b00c028bc5535ec1c677dff9edcd9bde8ba22610be46101808b016101608c01614f9c565b6040516001600160401b03909116815260200160405180910390a26104ee33876001015f9054906101000a90046001600160601b03166001600160601b03167f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031663fc0c546a6040518163ffffffff1660e01b8152600401602060405180830381865afa1580156106fe573d5f5f3e3d5ffd5b610c8881612e10565b610c9184612e10565b14610caf576040516338ab55eb60e01b815260040160405180910390fd5b61078584610cbc85612ea6565b8461078085612ea6565b610ce585610cdc6102e082016102c08301614f9c565b61031b8761284a565b5f610cf661033f6020880188614f9c565b90506001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000166315f76605610d318780614ffc565b610d3f90602081019061502e565b6040516001600160e01b031960e084901b1681526001600160a01b039091166004820152602401602060405180830381865afa158015610d81573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610da59190615065565b63ffffffff16604082018190526001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169063b806add490610df060208a018a614f9c565b6040516001600160e01b031960e085901b16815263ffffffff9290921660048301526001600160401b03166024820152604401602060405180830381865afa158015610e3e573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610e62919061509f565b6001600160601b031660608201525f610e7a876120a7565b9050610e9487610e8e8389868a8a8a612295565b83612ee4565b50505050505050565b5f610ea7836129f3565b90505f6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001663fadb4768610ee66020870187614f9c565b6040516001600160e01b031960e084901b1681526001600160401b03909116600482015260240160a060405180830381865afa158015610f28573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610f4c919061528b565b90505f7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316634173b4176040518163ffffffff1660e01b815260040160e060405180830381865afa158015610fab573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610fcf919061530c565b9050816060015163ffffffff16826040015164ffffffffff16610ff29190615158565b42106110115760405163ecdd1c2960e01b815260040160405180910390fd5b6110216040860160208701614f9c565b6001600160401b03166004856001600160401b0316901b106110615760405163e050b71b60e01b81526001600160401b03851660048201526024016108bd565b5f60015f61106f86886127b9565b815260208101919091526040015f208054909150600160a01b900465ffffffffffff16156110b05760405163afb6e2bb60e01b815260040160405180910390fd5b60c08201516001820180546bffffffffffffffffffffffff19166001600160601b039092169190911790558054337fffffffffffff0000000000000000000000000000000000000000000000000000909116600160a01b4265ffffffffffff16026001600160a01b031916171781556001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001663aa59448f61115b6020890189614f9c565b6040516001600160e01b031960e084901b1681526001600160401b0390911660048201525f60248201526044015f604051808303815f87803b15801561119f575f5ffd5b505af11580156111b1573d5f5f3e3d5ffd5b506111c3925050506020870187614f9c565b604080516001600160401b03888116825233602083015292909216917fcdd0edb1c9c4bc48f3ca5861e5dcabad5763dc22e05f2d5046ea034879e0fc7c910160405180910390a26112ae33308460c001516001600160601b03167f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031663fc0c546a6040518163ffffffff1660e01b8152600401602060405180830381865afa158015611279573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061129d91906150d1565b6001600160a01b0316929190613011565b505050505050565b6112bf81613047565b507f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316632755cd2d6040518163ffffffff1660e01b8152600401602060405180830381865afa15801561131c573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061134091906153a6565b6001600160401b03166113566020830183614f9c565b6001600160401b031614158061138357506113776060820160408301614f9c565b6001600160401b031685105b156113a15760405163ecdd1c2960e01b815260040160405180910390fd5b6113d3836113b761018082016101608301614f9c565b6113c08561284a565b6113ce610180880188614fb7565b613156565b6113dc8461315f565b600286815481106113ef576113ef61517f565b905f5260205f2090600202015f01541461141c576040516359c7543d60e01b815260040160405180910390fd5b61142582612837565b61142e85612837565b1461144c576040516338ab55eb60e01b815260040160405180910390fd5b5f5f1b600286815481106114625761146261517f565b5f918252602082206002909102019190915560405186917f3b834a47ba67ef104aea456265866673a3f6b0a58e7201148d17a57a991892e891a25050505050565b60a08501356114b1856131ef565b146114cf57604051633b3e05a560e21b815260040160405180910390fd5b6114df6060850160408601614f9c565b6114ef6060870160408801614f9c565b6114f991906153c1565b6001600160401b031661151461018087016101608801614f9c565b6001600160401b0316106115345761089c61018086016101608701614f9c565b6115a48561154a61018082016101608301614f9c565b60408051604160f01b60208083019190915260f889901b6001600160f81b0319166029830152602a8201889052604a80830188905283518084039091018152606a90920190925280519101206103296101808a018a614fb7565b5f8360ff16600314806115c457508360ff1660011480156115c457508215155b9050808015611627575060026115e261018088016101608901614f9c565b6115f26060880160408901614f9c565b6115fc91906153e0565b6001600160401b0316815481106116155761161561517f565b905f5260205f2090600202015f015483145b15611645576040516342b178e760e01b815260040160405180910390fd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016633b768e0e6116816020890189614f9c565b60405160e083901b6001600160e01b03191681526001600160401b0390911660048201523360248201527fa4c480380000000000000000000000000000000000000000000000000000000060448201526064015f604051808303815f87803b1580156116eb575f5ffd5b505af11580156116fd573d5f5f3e3d5ffd5b50505050505050505050565b5f60015f61171f611719866129f3565b856127b9565b81526020019081526020015f2090505f7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316634173b4176040518163ffffffff1660e01b815260040160e060405180830381865afa15801561178b573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906117af919061530c565b82549091506001600160a01b0316806117db57604051633634733b60e01b815260040160405180910390fd5b604082015183546118019163ffffffff1690600160a01b900465ffffffffffff16615158565b421015611863576040820151835461182e9163ffffffff1690600160a01b900465ffffffffffff16615158565b6040517f2a35a3240000000000000000000000000000000000000000000000000000000081526004016108bd91815260200190565b82546001600160a01b0319168355600183015460408051637e062a3560e11b815290516118eb9284926001600160601b03909116917f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03169163fc0c546a9160048083019260209291908290030181865afa1580156106fe573d5f5f3e3d5ffd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016633b768e0e6119276020880188614f9c565b60405160e083901b6001600160e01b03191681526001600160401b0390911660048201523360248201527fc59e54730000000000000000000000000000000000000000000000000000000060448201526064015b5f604051808303815f87803b158015611992575f5ffd5b505af11580156119a4573d5f5f3e3d5ffd5b505050505050505050565b6002545f9082106119c257506002541490565b7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316634173b4176040518163ffffffff1660e01b815260040160e060405180830381865afa158015611a1e573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611a42919061530c565b6060015163ffffffff1660028381548110611a5f57611a5f61517f565b5f918252602090912060016002909202010154611a84919065ffffffffffff16615158565b42111592915050565b604080518082019091525f808252602082015260028281548110611ab357611ab361517f565b5f91825260209182902060408051808201909152600290920201805482526001015465ffffffffffff169181019190915292915050565b6008611af68280614ffc565b611b049060e0810190614fb7565b90501180611b2e5750600d611b1c60208301836153ff565b611b2a906060810190615413565b9050115b80611b485750611b416040820182615457565b9050604114155b80611b625750611b5b6060820182615457565b9050604114155b80611b7a5750611b756080820182614fb7565b151590505b15611bb1576040517f218e0a0700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f611bbb8261315f565b5f8181526020819052604090205490915060ff1615611c06576040517ffae2a14f00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f818152602081815260408083208054600160ff19909116811790915581518083019092528482524265ffffffffffff9081169383019384526002805480840182559581905292517f405787fa12a823e0f2b7631cc41b3ba8828b3321ca811111fa75cd3aa3bb5ace9584029586015592517f405787fa12a823e0f2b7631cc41b3ba8828b3321ca811111fa75cd3aa3bb5acf909401805465ffffffffffff1916949093169390931790915554611cbd9190615100565b7f71c8e9fa65e3ec2cad967dc4951231904a785bdb4bce468f7daf57b84440bb1a8284604051611cee929190615779565b60405180910390a25050565b611d2784611d106102e082016102c08301614f9c565b611d1986612ea6565b6103296102e0890189614fb7565b5f611d3861033f6020870187614f9c565b90507f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031663e1fc4b5e611d7686845f0151613212565b611d836020890189614f9c565b6040516001600160e01b031960e085901b1681526001600160a01b0390921660048301526001600160401b03166024820152604401602060405180830381865afa158015611dd3573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611df79190615854565b151560808201525f611e08866120a7565b90506112ae86610e8e838886898961323b565b611e9c82611e316102e082016102c08301614f9c565b60408051604160f01b6020808301919091527f030000000000000000000000000000000000000000000000000000000000000060298301525f602a830152604a80830188905283518084039091018152606a90920190925280519101206103296102e0870187614fb7565b611eb382611eac61093c856120a7565b600161264c565b5050565b5f611f446003611ec68461315f565b611ed36080860186614fb7565b604051602001611ee4929190615873565b60408051601f198184030181528282528051602091820120604160f01b8483015260f89590951b6001600160f81b0319166029840152602a830193909352604a8083019490945280518083039094018452606a9091019052815191012090565b92915050565b611f53856129f3565b506107328585858585613578565b611f6961497f565b7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031663f698da256040518163ffffffff1660e01b8152600401602060405180830381865afa158015611fc5573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611fe991906150ba565b81526001600160401b038216602082018190526040517f56a0ef9400000000000000000000000000000000000000000000000000000000815260048101919091527f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316906356a0ef949060240160c060405180830381865afa158015612079573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061209d9190615886565b60a0820152919050565b604080516080810182525f808252602082018190529181018290526060810191909152610160820160a08301356120dd826131ef565b146120fb57604051633b3e05a560e21b815260040160405180910390fd5b61210d6102e084016102c08501614f9c565b6001600160401b03165f0361217c5760405180608001604052808260c001358152602001826101400135815260200182606001602081019061214f919061590e565b6001600160601b0316815260200161216d60a0840160808501615929565b63ffffffff1690529392505050565b61218f36849003840161030085016151e8565b91506121cf8361219e846121d5565b60016121b26102e088016102c08901614f9c565b6121bc91906153c1565b6121ca610380880188614fb7565b6135fe565b50919050565b8051602080830151604080850151606086015191515f95612278957e50000000000000000000000000000000000000000000000000000000000000959194919392017fffffffffffffffffff00000000000000000000000000000000000000000000009590951685526009850193909352602984019190915260a01b6001600160a01b031916604983015260e01b6001600160e01b031916605582015260590190565b604051602081830303815290604052805190602001209050919050565b5f6122a08686613639565b6122ac57506001612642565b365f6122bb60208901896153ff565b6122c9906060810190615413565b9092509050806122dc60808a018a614fb7565b9050146122ee57600292505050612642565b5f6122f98980614ffc565b61230a90608081019060600161590e565b6001600160601b031690505f8061237261232f61232a60208c018c61590e565b6138fb565b6123538561234060208e018e61590e565b6001600160601b031661232a9190615158565b60408d015163ffffffff1661236b60208e018e614fb7565b601861396c565b8d5191935091508214612398576040516364325c9160e01b815260040160405180910390fd5b60608a01516001600160601b0316836123b460208c018c61590e565b6001600160601b03166123c79190615158565b11156123db57600195505050505050612642565b808c526123e9846003615158565b871461243657866123fb856003615158565b6040517fb235ea05000000000000000000000000000000000000000000000000000000008152600481019290925260248201526044016108bd565b5f6124458c8c60a00151613a5b565b604080516060810182527f1147ce6e8f5ef2ae83b17efc4297a38d020f50f67ede697c0f9ceed110b5f5f381527f8b016f9b09402c1dfd221c9c62554aabb74e139e6b609a8feebf735c79bc28ee60208201527ffc39e77253f85e997819f8340e9731d02bca689d75e67052e79798b960a33401918101919091529091505f5b600381101561254a5761252d8f828484600381106124e5576124e561517f565b60200201518685815181106124fc576124fc61517f565b60200260200101518f8f878181106125165761251661517f565b905060200281019061252891906153ff565b613e3b565b61254257600298505050505050505050612642565b6001016124c5565b505f5b8681101561260f576125f28f8f80608001906125699190614fb7565b848181106125795761257961517f565b905060200201602081019061258e9190615929565b63ffffffff168a8a858181106125a6576125a661517f565b60600291909101359050866125bc866003615158565b815181106125cc576125cc61517f565b60200260200101518f8f8760036125e39190615158565b8181106125165761251661517f565b61260757600298505050505050505050612642565b60010161254d565b50848e604001516001600160601b03166126299190615158565b6001600160601b031660408f0152505f96505050505050505b9695505050505050565b5f61266361093c3686900386016103a087016151e8565b905061268a848261267c6102e083016102c08401614f9c565b6121ca610420890189614fb7565b5f61269d6101c086016101a08701614f9c565b6126ad6060870160408801614f9c565b6126b791906153c1565b6001600160401b03166126d26102e087016102c08801614f9c565b6001600160401b031610905060018360028111156126f2576126f2615944565b1480156126fc5750805b801561270757508382145b15612725576040516342b178e760e01b815260040160405180910390fd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016633b768e0e6127616020880188614f9c565b60405160e083901b6001600160e01b03191681526001600160401b0390911660048201523360248201527f075caf1500000000000000000000000000000000000000000000000000000000604482015260640161197b565b5f82826040516020016127df9291909182526001600160401b0316602082015260400190565b60405160208183030381529060405280519060200120905092915050565b61280a8383836001613ef7565b61283257604051635274afe760e01b81526001600160a01b03841660048201526024016108bd565b505050565b5f611f446128458380614ffc565b613f72565b5f611f446001611ec68461315f565b61287e8461286f61018082016101608301614f9c565b856113ce610180890189614fb7565b6128a38261289461018082016101608301614f9c565b83610329610180870187614fb7565b5f6128b16020840184614f9c565b90506001600160401b0381166128ca6020870187614f9c565b6001600160401b0316118061293b57506001600160401b0381166128f16020870187614f9c565b6001600160401b031614801561293b575061291461018084016101608501614f9c565b6001600160401b031661292f61018087016101608801614f9c565b6001600160401b031610155b15612959576040516338ab55eb60e01b815260040160405180910390fd5b6040517f3b768e0e0000000000000000000000000000000000000000000000000000000081526001600160401b03821660048201523360248201527f3ef580010000000000000000000000000000000000000000000000000000000060448201527f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031690633b768e0e9060640161197b565b5f7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03166326077bf46040518163ffffffff1660e01b8152600401602060405180830381865afa158015612a50573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190612a7491906153a6565b6001600160401b0316612a8a6020840184614f9c565b6001600160401b031611612ae357612aa56020830183614f9c565b6040517fafb094210000000000000000000000000000000000000000000000000000000081526001600160401b0390911660048201526024016108bd565b611f4482613047565b80515f905b6001811115612be5575f5b612b07600283615958565b811015612bd257600184612b1c836002615977565b81518110612b2c57612b2c61517f565b602002602001015185836002612b429190615977565b612b4d906001615158565b81518110612b5d57612b5d61517f565b6020026020010151604051602001612b979392919060f89390931b6001600160f81b03191683526001830191909152602182015260410190565b60405160208183030381529060405280519060200120848281518110612bbf57612bbf61517f565b6020908102919091010152600101612afc565b50612bde600282615958565b9050612af1565b50815f81518110612bf857612bf861517f565b60200260200101519050919050565b5f8282811180612c18575085811c15155b15612c36576040516364325c9160e01b815260040160405180910390fd5b612c428887878761408b565b9150828103612c515750612642565b612c5b8782615158565b9050612c678784615158565b925060015f535f5f5b84811015612c9e5781602152828110612c8e578360015260415f2093505b600191825260415f209101612c70565b50505f604053509695505050505050565b5f8260ff16600103612cfa57612cf3612ccc6101a0860186614fb7565b84818110612cdc57612cdc61517f565b9050602002810190612cee919061598e565b61284a565b9050612e09565b8260ff16600203612d3d57612cf3612d166101c0860186614fb7565b84818110612d2657612d2661517f565b9050602002810190612d3891906153ff565b612ea6565b8260ff16600303612df057612cf36003612d5b6101e08701876159a2565b85818110612d6b57612d6b61517f565b60400291909101359050612d836101e08801886159a2565b86818110612d9357612d9361517f565b90506040020160200135604051604160f01b60208201526001600160f81b031960f885901b166029820152602a8101839052604a81018290525f90606a016040516020818303038152906040528051906020012090509392505050565b6040516359c7543d60e01b815260040160405180910390fd5b9392505050565b5f7facbf1a6cda17bf5605349b670db2f4fb64470beecfbcae55329e32f1145fd2b5612e3c83806159e7565b35612e4784806159e7565b612e58906040810190602001614f9c565b612e6285806159e7565b612e73906060810190604001615929565b6040805160208101959095528401929092526001600160401b0316606083015263ffffffff16608082015260a001612278565b5f611f446002612eb5846140e6565b612ec56060860160408701615929565b612ed26060870187614fb7565b604051602001611ee4939291906159fb565b5f612efb61093c3686900386016103a087016151e8565b9050612f14848261267c6102e083016102c08401614f9c565b5f836002811115612f2757612f27615944565b148015612f3b5750612f38826121d5565b81145b15612f59576040516342b178e760e01b815260040160405180910390fd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016633b768e0e612f956020870187614f9c565b60405160e083901b6001600160e01b03191681526001600160401b0390911660048201523360248201527f80bbfd100000000000000000000000000000000000000000000000000000000060448201526064015f604051808303815f87803b158015612fff575f5ffd5b505af11580156104ee573d5f5f3e3d5ffd5b61301f84848484600161412e565b61078557604051635274afe760e01b81526001600160a01b03851660048201526024016108bd565b5f6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001663539f64246130846020850185614f9c565b6040516001600160e01b031960e084901b1681526001600160401b039091166004820152602401602060405180830381865afa1580156130c6573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906130ea91906150ba565b905080158061310157506130fd826131ef565b8114155b15613151576131136020830183614f9c565b6040517f32163cd70000000000000000000000000000000000000000000000000000000081526001600160401b0390911660048201526024016108bd565b919050565b611f5385613047565b5f61316d6128458380614ffc565b61318261317d60208501856153ff565b6141b4565b61318f6040850185615457565b60405161319d929190615a1a565b6040519081900390206131b36060860186615457565b6040516131c1929190615a1a565b6040519081900381206122789493929160200193845260208401929092526040830152606082015260800190565b5f604051610140838237610140908190205f908152920135602052506040902090565b5f612e098261322961322486806159e7565b614234565b6132366020870187615457565b6142ed565b5f3661324786806159e7565b9050613253868661438a565b61326157600191505061356f565b61326e60a0820182615413565b905061327d6060880188614fb7565b90501461328e57600291505061356f565b61329b60a0820182615413565b6132a791506001615158565b83146132c757826132bb60a0830183615413565b6123fb91506001615158565b803584845f816132d9576132d961517f565b90506020028101906132eb91906153ff565b35146132fb57600291505061356f565b5f61330c608083016060840161590e565b6001600160601b031685855f8181106133275761332761517f565b905060200281019061333991906153ff565b61334a90606081019060400161590e565b6001600160601b031661335d9190615158565b604080516080810182528a5181526020808c0151908201528a8201516001600160601b0316818301526060808c015163ffffffff16818301529293509161341d9183916133af91908c01908c01615929565b63ffffffff1688885f8181106133c7576133c761517f565b90506020028101906133d991906153ff565b86358a8a5f816133eb576133eb61517f565b90506020028101906133fd91906153ff565b61340e90604081019060200161590e565b6001600160601b03168761454d565b61342d576002935050505061356f565b85855f81811061343f5761343f61517f565b905060200281019061345191906153ff565b61346290604081019060200161590e565b6001600160601b031682111561347e576001935050505061356f565b602080820151908a01525f5b61349760a0850185615413565b90508110156135675761354e8a6134b160608c018c614fb7565b848181106134c1576134c161517f565b90506020020160208101906134d69190615929565b63ffffffff166134e960a0880188615413565b858181106134f9576134f961517f565b6060029190910135905061351060a0890189615413565b868181106135205761352061517f565b9050606002016040016020810190613538919061590e565b6001600160601b03168b8b6125e3886001615158565b61355f57600294505050505061356f565b60010161348a565b505f93505050505b95945050505050565b6135886040860160208701614f9c565b6001600160401b0316846001600160401b0316106135c45760405163e050b71b60e01b81526001600160401b03851660048201526024016108bd565b8460e001356135e084866001600160401b0316858560146145c3565b14610732576040516359c7543d60e01b815260040160405180910390fd5b84610100013561361b85856001600160401b0316858560146145c3565b14610732576040516352f8f53560e11b815260040160405180910390fd5b5f366136458480614ffc565b90503661365560208601866153ff565b90505f61366183613f72565b9050813581141580613697575061367e60a0840160808501614f9c565b6001600160401b031685602001516001600160401b0316105b806136c657506136ad60c0840160a08501614f9c565b6001600160401b031685602001516001600160401b0316115b156136d6575f9350505050611f44565b60086136e560e0850185614fb7565b905011806137015750600d6136fd6060840184615413565b9050115b15613711575f9350505050611f44565b5f5b6137206060840184615413565b90508110156137d8575f6137376060850185615413565b838181106137475761374761517f565b905060600201602001602081019061375f919061525a565b60ff16905060018114158015613776575060048114155b8015613783575060058114155b15613795575f95505050505050611f44565b6137a26060850185615413565b838181106137b2576137b261517f565b60600291909101355f0390506137cf575f95505050505050611f44565b50600101613713565b505f6137e7602085018561502e565b6001600160a01b031614806138315750613804602084018461502e565b6001600160a01b0316613825865f0151838980604001906132369190615457565b6001600160a01b031614155b15613841575f9350505050611f44565b5f61385f865f0151613852856141b4565b61323660608b018b615457565b90505f5b61387060e0860186614fb7565b90508110156138ee576001600160a01b038216158015906138d3575061389960e0860186614fb7565b828181106138a9576138a961517f565b90506020020160208101906138be919061502e565b6001600160a01b0316826001600160a01b0316145b156138e657600195505050505050611f44565b600101613863565b505f979650505050505050565b5f6001600160601b03821615613965576040517e0c00000000000000000000000000000000000000000000000000000000000060208201526001600160a01b031960a084901b16602982015260350160405160208183030381529060405280519060200120611f44565b5f92915050565b5f80838381118061397e575086811c15155b1561399c576040516364325c9160e01b815260040160405180910390fd5b88925087915060015f538460051b8601865b81811015613a08576001891680156139de5781356001528560215260415f2095508460215260415f2094506139f8565b81356021528560015260415f2095508460015260415f2094505b5060019890981c976020016139ae565b50505f5f5b8581108684101615613a495781602152828110613a39578460015260415f2094508360015260415f2093505b600191825260415f209101613a0d565b50505f60405350965096945050505050565b6060365f613a6c60208601866153ff565b613a7a906060810190615413565b90925090505f613a8a8680614ffc565b613a9b90608081019060600161590e565b6001600160601b03169050613aae6149ba565b60015b6006811015613b0b57612710878260068110613acf57613acf61517f565b6020020151613ae29061ffff1685615977565b613aec9190615958565b828260068110613afe57613afe61517f565b6020020152600101613ab1565b505f6020613b1b8982018a6153ff565b613b2c906060810190604001615929565b60a0840151613b419163ffffffff1690615977565b60a0840151911c9150613b55908290615100565b608083018051613b66908390615158565b90525060a08201819052613b786149ba565b5f5b85811015613c0f57868682818110613b9457613b9461517f565b9050606002016040016020810190613bac919061590e565b6001600160601b031682888884818110613bc857613bc861517f565b9050606002016020016020810190613be0919061525a565b60ff1660068110613bf357613bf361517f565b60200201818151613c049190615158565b905250600101613b7a565b50613c1b856003615158565b6001600160401b03811115613c3257613c3261516b565b604051908082528060200260200182016040528015613c5b578160200160208202803683370190505b509650826002602002015187600181518110613c7957613c7961517f565b6020908102919091010152826003602002015187600281518110613c9f57613c9f61517f565b602090810291909101015260608301516040840151613cbe9086615100565b613cc89190615100565b875f81518110613cda57613cda61517f565b60209081029190910101525f5b85811015613e2e575f878783818110613d0257613d0261517f565b9050606002016040016020810190613d1a919061590e565b6001600160601b03169050805f03613d325750613e26565b5f83898985818110613d4657613d4661517f565b9050606002016020016020810190613d5e919061525a565b60ff1660068110613d7157613d7161517f565b602002015182878b8b87818110613d8a57613d8a61517f565b9050606002016020016020810190613da2919061525a565b60ff1660068110613db557613db561517f565b6020020151613dc49190615977565b613dce9190615958565b9050808a613ddd856003615158565b81518110613ded57613ded61517f565b602002602001018181525050808a5f81518110613e0c57613e0c61517f565b60200260200101818151613e209190615100565b90525050505b600101613ce7565b5050505050505092915050565b5f63010000008510613e4e57505f61356f565b5f83613e60604085016020860161590e565b6001600160601b0316613e739190615158565b9050613e9b8787858885613e8d606084016040850161590e565b6001600160601b031661454d565b1580613ead57506001600160601b0381115b15613ebb575f91505061356f565b823515613ecd5750508035831461356f565b60608701805190613edd82615a29565b63ffffffff90811690915216861491505095945050505050565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038616600452602485905291602083604481808b5af1925060015f51148316613f66578383151615613f5a573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b5f7f672f6d4f6ab5ddddb2d091a193a7bebf5bb12a283fb67930e2fb336cd7ee1451613fa1602084018461502e565b60208401356040850135613fbb608087016060880161590e565b613fcb60a0880160808901614f9c565b613fdb60c0890160a08a01614f9c565b613feb60e08a0160c08b01614f9c565b613ff860e08b018b614fb7565b604051602001614009929190615a4d565b60408051601f1981840301815282825280516020918201209083019a909a526001600160a01b0390981697810197909752606087019590955260808601939093526001600160601b0390911660a08501526001600160401b0390811660c085015290811660e08401521661010082015261012081019190915261014001612278565b8360015f538160051b8301835b818110156140d8576001861680156140b8578135600152836021526140c2565b8360015281356021525b5060415f2060019690961c959250602001614098565b50505f604053949350505050565b5f6140f461322483806159e7565b6141016020840184615457565b60405161410f929190615a1a565b6040519081900381206122789291602001918252602082015260400190565b6040517f23b872dd000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038781166004528616602452604485905291602083606481808c5af1925060015f511483166141a3578383151615614197573d5f823e3d81fd5b5f883b113d1516831692505b604052505f60605295945050505050565b5f7f8aff8302c6abec70971024064c557d281e96ad23ee1e407460c095bc24ffb22b823560208401356141ed6060860160408701615929565b6142026141fd6060880188615413565b6145d2565b604080516020810196909652850193909352606084019190915263ffffffff16608083015260a082015260c001612278565b5f7facbf1a6cda17bf5605349b670db2f4fb64470beecfbcae55329e32f1145fd2b582356142686040850160208601614f9c565b6142786060860160408701615929565b614288608087016060880161590e565b608087013561429d6141fd60a08a018a615413565b6040805160208101989098528701959095526001600160401b03909316606086015263ffffffff90911660808501526001600160601b031660a084015260c083015260e082015261010001612278565b6040517f1901000000000000000000000000000000000000000000000000000000000000602082015260228101859052604281018490525f9061437e906062016040516020818303038152906040528051906020012084848080601f0160208091040260200160405190810160405280939291908181526020018383808284375f9201919091525061474992505050565b50909695505050505050565b5f3661439684806159e7565b9050826080015115806143d1575082602001516001600160401b03168160200160208101906143c59190614f9c565b6001600160401b031610155b156143df575f915050611f44565b6143ec60a0820182615413565b159050806144085750601061440460a0830183615413565b9050115b15614416575f915050611f44565b5f805b61442660a0840184615413565b905081101561452a5761443c60a0840184615413565b8281811061444c5761444c61517f565b6060029190910135159050806144875750823561446c60a0850185615413565b8381811061447c5761447c61517f565b9050606002015f0135145b806144c8575061449a60a0840184615413565b828181106144aa576144aa61517f565b90506060020160200160208101906144c2919061525a565b60ff1615155b156144d8575f9350505050611f44565b6144e560a0840184615413565b828181106144f5576144f561517f565b905060600201604001602081019061450d919061590e565b614520906001600160601b031683615158565b9150600101614419565b5061453b608083016060840161590e565b6001600160601b031614949350505050565b5f6301000000861061456057505f612642565b5f5f61458761456e88614792565b61457988888861481d565b8a61236b60608c018c614fb7565b91509150886020015182146145af576040516364325c9160e01b815260040160405180910390fd5b602089015250600190509695505050505050565b5f612642865f87878787612c07565b5f80826001600160401b038111156145ec576145ec61516b565b604051908082528060200260200182016040528015614615578160200160208202803683370190505b5090505f5b83811015614718577fabf057442e9ad51ba751b8300fb60a31840b0cec5a63958a33e9a6bae93bba7d8585838181106146555761465561517f565b9050606002015f01358686848181106146705761467061517f565b9050606002016020016020810190614688919061525a565b87878581811061469a5761469a61517f565b90506060020160400160208101906146b2919061590e565b60408051602081019590955284019290925260ff1660608301526001600160601b0316608082015260a001604051602081830303815290604052805190602001208282815181106147055761470561517f565b602090810291909101015260010161461a565b508060405160200161472a9190615a8e565b6040516020818303038152906040528051906020012091505092915050565b5f5f5f8351604103614780576020840151604085015160608601515f1a61477288828585614899565b95509550955050505061478b565b505081515f91506002905b9250925092565b5f81351580156147da57506147ad604083016020840161590e565b6001600160601b03161515806147da57506147ce606083016040840161590e565b6001600160601b031615155b156147f8576040516364325c9160e01b815260040160405180910390fd5b611f44823561480d604085016020860161590e565b61481d606086016040870161590e565b5f831561488f576040517e380000000000000000000000000000000000000000000000000000000000006020820152602981018590526001600160a01b031960a085811b8216604984015284901b16605582015260610160405160208183030381529060405280519060200120614891565b5f5b949350505050565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411156148d257505f91506003905082614957565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa158015614923573d5f5f3e3d5ffd5b5050604051601f1901519150506001600160a01b03811661494e57505f925060019150829050614957565b92505f91508190505b9450945094915050565b60405180608001604052806004906020820280368337509192915050565b6040805160c0810182525f8082526020820181905291810182905260608101829052608081019190915260a081016149b56149ba565b905290565b6040518060c001604052806006906020820280368337509192915050565b5f61044082840312156121cf575f5ffd5b5f60a082840312156121cf575f5ffd5b5f5f83601f840112614a09575f5ffd5b5081356001600160401b03811115614a1f575f5ffd5b6020830191508360208260051b8501011115614a39575f5ffd5b9250929050565b5f5f5f5f5f60808688031215614a54575f5ffd5b85356001600160401b03811115614a69575f5ffd5b614a75888289016149d8565b95505060208601356001600160401b03811115614a90575f5ffd5b614a9c888289016149e9565b94505060408601356001600160401b03811115614ab7575f5ffd5b860160408189031215614ac8575f5ffd5b925060608601356001600160401b03811115614ae2575f5ffd5b614aee888289016149f9565b969995985093965092949392505050565b6001600160401b0381168114614b13575f5ffd5b50565b803561315181614aff565b5f5f5f60608486031215614b33575f5ffd5b8335614b3e81614aff565b9250602084013591506040840135614b5581614aff565b809150509250925092565b5f6101a082840312156121cf575f5ffd5b5f5f5f5f60808587031215614b84575f5ffd5b84356001600160401b03811115614b99575f5ffd5b614ba587828801614b60565b94505060208501356001600160401b03811115614bc0575f5ffd5b614bcc878288016149e9565b93505060408501356001600160401b03811115614be7575f5ffd5b614bf387828801614b60565b92505060608501356001600160401b03811115614c0e575f5ffd5b614c1a878288016149e9565b91505092959194509250565b5f60208284031215614c36575f5ffd5b81356001600160401b03811115614c4b575f5ffd5b82016102608185031215612e09575f5ffd5b5f608082840312156121cf575f5ffd5b5f5f5f5f60808587031215614c80575f5ffd5b84356001600160401b03811115614c95575f5ffd5b614ca187828801614b60565b94505060208501356001600160401b03811115614cbc575f5ffd5b614cc887828801614c5d565b93505060408501356001600160401b03811115614ce3575f5ffd5b614cef87828801614b60565b92505060608501356001600160401b03811115614d0a575f5ffd5b614c1a87828801614c5d565b5f61016082840312156121cf575f5ffd5b5f5f6101808385031215614d39575f5ffd5b614d438484614d16565b9150610160830135614d5481614aff565b809150509250929050565b5f5f5f5f5f6101e08688031215614d74575f5ffd5b8535945060208601356001600160401b03811115614d90575f5ffd5b614d9c888289016149e9565b94505060408601356001600160401b03811115614db7575f5ffd5b614dc388828901614b60565b93505060608601356001600160401b03811115614dde575f5ffd5b614dea888289016149e9565b925050614dfa8760808801614d16565b90509295509295909350565b803560ff81168114613151575f5ffd5b5f5f5f5f5f6101e08688031215614e2b575f5ffd5b85356001600160401b03811115614e40575f5ffd5b614e4c88828901614b60565b955050614e5c8760208801614d16565b9350614e6b6101808701614e06565b949793965093946101a081013594506101c0013592915050565b5f60208284031215614e95575f5ffd5b5035919050565b5f60208284031215614eac575f5ffd5b81356001600160401b03811115614ec1575f5ffd5b614891848285016149e9565b5f5f5f5f60608587031215614ee0575f5ffd5b84356001600160401b03811115614ef5575f5ffd5b614f01878288016149d8565b94505060208501356001600160401b03811115614f1c575f5ffd5b614f2887828801614c5d565b93505060408501356001600160401b03811115614f43575f5ffd5b614f4f878288016149f9565b95989497509550505050565b5f5f60408385031215614f6c575f5ffd5b82356001600160401b03811115614f81575f5ffd5b614f8d858286016149d8565b95602094909401359450505050565b5f60208284031215614fac575f5ffd5b8135612e0981614aff565b5f5f8335601e19843603018112614fcc575f5ffd5b8301803591506001600160401b03821115614fe5575f5ffd5b6020019150600581901b3603821315614a39575f5ffd5b5f823560fe19833603018112615010575f5ffd5b9190910192915050565b6001600160a01b0381168114614b13575f5ffd5b5f6020828403121561503e575f5ffd5b8135612e098161501a565b63ffffffff81168114614b13575f5ffd5b805161315181615049565b5f60208284031215615075575f5ffd5b8151612e0981615049565b6001600160601b0381168114614b13575f5ffd5b805161315181615080565b5f602082840312156150af575f5ffd5b8151612e0981615080565b5f602082840312156150ca575f5ffd5b5051919050565b5f602082840312156150e1575f5ffd5b8151612e098161501a565b634e487b7160e01b5f52601160045260245ffd5b81810381811115611f4457611f446150ec565b5f5f8335601e19843603018112615128575f5ffd5b8301803591506001600160401b03821115615141575f5ffd5b6020019150600781901b3603821315614a39575f5ffd5b80820180821115611f4457611f446150ec565b634e487b7160e01b5f52604160045260245ffd5b634e487b7160e01b5f52603260045260245ffd5b60405160a081016001600160401b03811182821017156151b5576151b561516b565b60405290565b60405160e081016001600160401b03811182821017156151b5576151b561516b565b803561315181615080565b5f60808284031280156151f9575f5ffd5b50604051608081016001600160401b038111828210171561521c5761521c61516b565b6040908152833582526020808501359083015283013561523b81615080565b6040820152606083013561524e81615049565b60608201529392505050565b5f6020828403121561526a575f5ffd5b612e0982614e06565b5f60018201615284576152846150ec565b5060010190565b5f60a082840312801561529c575f5ffd5b506152a5615193565b8251815260208301516152b78161501a565b6020820152604083015164ffffffffff811681146152d3575f5ffd5b604082015260608301516152e681615049565b6060820152608083015162ffffff81168114615300575f5ffd5b60808201529392505050565b5f60e082840312801561531d575f5ffd5b506153266151bb565b825161533181615049565b8152602083015161534181615049565b6020820152604083015161535481615049565b6040820152606083015161536781615049565b606082015261537860808401615094565b608082015261538960a0840161505a565b60a082015261539a60c08401615094565b60c08201529392505050565b5f602082840312156153b6575f5ffd5b8151612e0981614aff565b6001600160401b038281168282160390811115611f4457611f446150ec565b6001600160401b038181168382160190811115611f4457611f446150ec565b5f8235607e19833603018112615010575f5ffd5b5f5f8335601e19843603018112615428575f5ffd5b8301803591506001600160401b03821115615441575f5ffd5b6020019150606081023603821315614a39575f5ffd5b5f5f8335601e1984360301811261546c575f5ffd5b8301803591506001600160401b03821115615485575f5ffd5b602001915036819003821315614a39575f5ffd5b5f5f8335601e198436030181126154ae575f5ffd5b83016020810192503590506001600160401b038111156154cc575f5ffd5b8060051b3603821315614a39575f5ffd5b8183526020830192505f815f5b8481101561551b5781356154fd8161501a565b6001600160a01b0316865260209586019591909101906001016154ea565b5093949350505050565b5f81356155318161501a565b6001600160a01b03168352602082810135908401526040808301359084015261555c606083016151dd565b6001600160601b0316606084015261557660808301614b16565b6001600160401b0316608084015261559060a08301614b16565b6001600160401b031660a08401526155aa60c08301614b16565b6001600160401b031660c08401526155c560e0830183615499565b61010060e086015261356f610100860182846154dd565b5f8235607e198336030181126155f0575f5ffd5b90910192915050565b8183526020830192505f815f5b8481101561551b578135865260ff61562060208401614e06565b166020870152604082013561563481615080565b6001600160601b031660408701526060958601959190910190600101615606565b80358252602080820135908301525f604082013561567281615049565b63ffffffff166040840152606082013536839003601e19018112615694575f5ffd5b82016020810190356001600160401b038111156156af575f5ffd5b6060810236038213156156c0575f5ffd5b6080606086015261356f6080860182846155f9565b5f5f8335601e198436030181126156ea575f5ffd5b83016020810192503590506001600160401b03811115615708575f5ffd5b803603821315614a39575f5ffd5b81835281816020850137505f828201602090810191909152601f909101601f19169091010190565b8183526020830192505f815f5b8481101561551b57813561575e81615049565b63ffffffff168652602095860195919091019060010161574b565b828152604060208201525f823560fe19843603018112615797575f5ffd5b60a060408401526157ad60e08401858301615525565b90506157bc60208501856155dc565b838203603f190160608501526157d28282615655565b9150506157e260408501856156d5565b848303603f190160808601526157f9838284615716565b9250505061580a60608501856156d5565b848303603f190160a0860152615821838284615716565b925050506158326080850185615499565b848303603f190160c086015261584983828461573e565b979650505050505050565b5f60208284031215615864575f5ffd5b81518015158114612e09575f5ffd5b602081525f61489160208301848661573e565b5f60c08284031215615896575f5ffd5b82601f8301126158a4575f5ffd5b60405160c081016001600160401b03811182821017156158c6576158c661516b565b6040528060c08401858111156158da575f5ffd5b845b8181101561590357805161ffff811681146158f5575f5ffd5b8352602092830192016158dc565b509195945050505050565b5f6020828403121561591e575f5ffd5b8135612e0981615080565b5f60208284031215615939575f5ffd5b8135612e0981615049565b634e487b7160e01b5f52602160045260245ffd5b5f8261597257634e487b7160e01b5f52601260045260245ffd5b500490565b8082028115828204841417611f4457611f446150ec565b5f8235609e19833603018112615010575f5ffd5b5f5f8335601e198436030181126159b7575f5ffd5b8301803591506001600160401b038211156159d0575f5ffd5b6020019150600681901b3603821315614a39575f5ffd5b5f823560be19833603018112615010575f5ffd5b63ffffffff84168152604060208201525f61356f60408301848661573e565b818382375f9101908152919050565b5f63ffffffff821663ffffffff8103615a4457615a446150ec565b60010192915050565b5f8184825b85811015615a83578135615a658161501a565b6001600160a01b031683526020928301929190910190600101615a52565b509095945050505050565b81515f90829060208501835b82811015615903578151845260209384019390910190600101615a9a56",
}

// Ledger is an auto generated Go binding around an Ethereum contract.
type Ledger struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Ledger) GetABI() abi.ABI {
	return c.abi
}

// NewLedger creates a new instance of Ledger.
func NewLedger() *Ledger {
	parsed, err := LedgerMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Ledger{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Ledger) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address manager, address staking_, (uint32,uint32,uint32,uint32,uint96,uint32,uint96) terms_, uint16[6] split) returns()
func (ledger *Ledger) PackConstructor(manager common.Address, staking_ common.Address, terms_ LedgerTerms, split [6]uint16) []byte {
	enc, err := ledger.abi.Pack("", manager, staking_, terms_, split)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackBETWEENPAUSES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x62476bf7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function BETWEEN_PAUSES() view returns(uint256)
func (ledger *Ledger) PackBETWEENPAUSES() []byte {
	enc, err := ledger.abi.Pack("BETWEEN_PAUSES")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBETWEENPAUSES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x62476bf7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function BETWEEN_PAUSES() view returns(uint256)
func (ledger *Ledger) TryPackBETWEENPAUSES() ([]byte, error) {
	return ledger.abi.Pack("BETWEEN_PAUSES")
}

// UnpackBETWEENPAUSES is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x62476bf7.
//
// Solidity: function BETWEEN_PAUSES() view returns(uint256)
func (ledger *Ledger) UnpackBETWEENPAUSES(data []byte) (*big.Int, error) {
	out, err := ledger.abi.Unpack("BETWEEN_PAUSES", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXAGGREGATORS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06cc3a45.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_AGGREGATORS() view returns(uint256)
func (ledger *Ledger) PackMAXAGGREGATORS() []byte {
	enc, err := ledger.abi.Pack("MAX_AGGREGATORS")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXAGGREGATORS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06cc3a45.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_AGGREGATORS() view returns(uint256)
func (ledger *Ledger) TryPackMAXAGGREGATORS() ([]byte, error) {
	return ledger.abi.Pack("MAX_AGGREGATORS")
}

// UnpackMAXAGGREGATORS is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x06cc3a45.
//
// Solidity: function MAX_AGGREGATORS() view returns(uint256)
func (ledger *Ledger) UnpackMAXAGGREGATORS(data []byte) (*big.Int, error) {
	out, err := ledger.abi.Unpack("MAX_AGGREGATORS", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackPAUSE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe65fad97.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function PAUSE() view returns(uint256)
func (ledger *Ledger) PackPAUSE() []byte {
	enc, err := ledger.abi.Pack("PAUSE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPAUSE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe65fad97.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function PAUSE() view returns(uint256)
func (ledger *Ledger) TryPackPAUSE() ([]byte, error) {
	return ledger.abi.Pack("PAUSE")
}

// UnpackPAUSE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe65fad97.
//
// Solidity: function PAUSE() view returns(uint256)
func (ledger *Ledger) UnpackPAUSE(data []byte) (*big.Int, error) {
	out, err := ledger.abi.Unpack("PAUSE", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackREWARDBPS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x47b12bfc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function REWARD_BPS() view returns(uint256)
func (ledger *Ledger) PackREWARDBPS() []byte {
	enc, err := ledger.abi.Pack("REWARD_BPS")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackREWARDBPS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x47b12bfc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function REWARD_BPS() view returns(uint256)
func (ledger *Ledger) TryPackREWARDBPS() ([]byte, error) {
	return ledger.abi.Pack("REWARD_BPS")
}

// UnpackREWARDBPS is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x47b12bfc.
//
// Solidity: function REWARD_BPS() view returns(uint256)
func (ledger *Ledger) UnpackREWARDBPS(data []byte) (*big.Int, error) {
	out, err := ledger.abi.Unpack("REWARD_BPS", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackRING is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xff37656e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function RING() view returns(uint256)
func (ledger *Ledger) PackRING() []byte {
	enc, err := ledger.abi.Pack("RING")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRING is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xff37656e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function RING() view returns(uint256)
func (ledger *Ledger) TryPackRING() ([]byte, error) {
	return ledger.abi.Pack("RING")
}

// UnpackRING is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xff37656e.
//
// Solidity: function RING() view returns(uint256)
func (ledger *Ledger) UnpackRING(data []byte) (*big.Int, error) {
	out, err := ledger.abi.Unpack("RING", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackAggregators is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e0a94d1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function aggregators(uint256 ) view returns(address staker, uint96 upTo)
func (ledger *Ledger) PackAggregators(arg0 *big.Int) []byte {
	enc, err := ledger.abi.Pack("aggregators", arg0)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAggregators is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e0a94d1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function aggregators(uint256 ) view returns(address staker, uint96 upTo)
func (ledger *Ledger) TryPackAggregators(arg0 *big.Int) ([]byte, error) {
	return ledger.abi.Pack("aggregators", arg0)
}

// AggregatorsOutput serves as a container for the return parameters of contract
// method Aggregators.
type AggregatorsOutput struct {
	Staker common.Address
	UpTo   *big.Int
}

// UnpackAggregators is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8e0a94d1.
//
// Solidity: function aggregators(uint256 ) view returns(address staker, uint96 upTo)
func (ledger *Ledger) UnpackAggregators(data []byte) (AggregatorsOutput, error) {
	out, err := ledger.abi.Unpack("aggregators", data)
	outstruct := new(AggregatorsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Staker = *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	outstruct.UpTo = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackAuthority is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbf7e214f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function authority() view returns(address)
func (ledger *Ledger) PackAuthority() []byte {
	enc, err := ledger.abi.Pack("authority")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAuthority is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbf7e214f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function authority() view returns(address)
func (ledger *Ledger) TryPackAuthority() ([]byte, error) {
	return ledger.abi.Pack("authority")
}

// UnpackAuthority is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xbf7e214f.
//
// Solidity: function authority() view returns(address)
func (ledger *Ledger) UnpackAuthority(data []byte) (common.Address, error) {
	out, err := ledger.abi.Unpack("authority", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackChallenges is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x09af4fe6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function challenges() view returns(address)
func (ledger *Ledger) PackChallenges() []byte {
	enc, err := ledger.abi.Pack("challenges")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackChallenges is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x09af4fe6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function challenges() view returns(address)
func (ledger *Ledger) TryPackChallenges() ([]byte, error) {
	return ledger.abi.Pack("challenges")
}

// UnpackChallenges is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x09af4fe6.
//
// Solidity: function challenges() view returns(address)
func (ledger *Ledger) UnpackChallenges(data []byte) (common.Address, error) {
	out, err := ledger.abi.Unpack("challenges", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackClaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7750c4d5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claim(bytes32 digest, bytes32 earnedRoot, uint32 place, uint256 leaf, bytes32[] path) returns()
func (ledger *Ledger) PackClaim(digest [32]byte, earnedRoot [32]byte, place uint32, leaf *big.Int, path [][32]byte) []byte {
	enc, err := ledger.abi.Pack("claim", digest, earnedRoot, place, leaf, path)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7750c4d5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claim(bytes32 digest, bytes32 earnedRoot, uint32 place, uint256 leaf, bytes32[] path) returns()
func (ledger *Ledger) TryPackClaim(digest [32]byte, earnedRoot [32]byte, place uint32, leaf *big.Int, path [][32]byte) ([]byte, error) {
	return ledger.abi.Pack("claim", digest, earnedRoot, place, leaf, path)
}

// PackClaimMany is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x94964d80.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claimMany(bytes32 digest, bytes32 earnedRoot, uint32[] places, uint256[] leaves, bytes32[] proof) returns()
func (ledger *Ledger) PackClaimMany(digest [32]byte, earnedRoot [32]byte, places []uint32, leaves []*big.Int, proof [][32]byte) []byte {
	enc, err := ledger.abi.Pack("claimMany", digest, earnedRoot, places, leaves, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaimMany is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x94964d80.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claimMany(bytes32 digest, bytes32 earnedRoot, uint32[] places, uint256[] leaves, bytes32[] proof) returns()
func (ledger *Ledger) TryPackClaimMany(digest [32]byte, earnedRoot [32]byte, places []uint32, leaves []*big.Int, proof [][32]byte) ([]byte, error) {
	return ledger.abi.Pack("claimMany", digest, earnedRoot, places, leaves, proof)
}

// PackClaimed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdbe7e3bd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claimed(uint256 place) view returns(uint96)
func (ledger *Ledger) PackClaimed(place *big.Int) []byte {
	enc, err := ledger.abi.Pack("claimed", place)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaimed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdbe7e3bd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claimed(uint256 place) view returns(uint96)
func (ledger *Ledger) TryPackClaimed(place *big.Int) ([]byte, error) {
	return ledger.abi.Pack("claimed", place)
}

// UnpackClaimed is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdbe7e3bd.
//
// Solidity: function claimed(uint256 place) view returns(uint96)
func (ledger *Ledger) UnpackClaimed(data []byte) (*big.Int, error) {
	out, err := ledger.abi.Unpack("claimed", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCountDemand is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xaa59448f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function countDemand(uint64 epoch, bool answered) returns()
func (ledger *Ledger) PackCountDemand(epoch uint64, answered bool) []byte {
	enc, err := ledger.abi.Pack("countDemand", epoch, answered)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCountDemand is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xaa59448f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function countDemand(uint64 epoch, bool answered) returns()
func (ledger *Ledger) TryPackCountDemand(epoch uint64, answered bool) ([]byte, error) {
	return ledger.abi.Pack("countDemand", epoch, answered)
}

// PackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ae50b73.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deposit(address payer, uint96 amount) returns()
func (ledger *Ledger) PackDeposit(payer common.Address, amount *big.Int) []byte {
	enc, err := ledger.abi.Pack("deposit", payer, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ae50b73.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deposit(address payer, uint96 amount) returns()
func (ledger *Ledger) TryPackDeposit(payer common.Address, amount *big.Int) ([]byte, error) {
	return ledger.abi.Pack("deposit", payer, amount)
}

// PackDomainSeparator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf698da25.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (ledger *Ledger) PackDomainSeparator() []byte {
	enc, err := ledger.abi.Pack("domainSeparator")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDomainSeparator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf698da25.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (ledger *Ledger) TryPackDomainSeparator() ([]byte, error) {
	return ledger.abi.Pack("domainSeparator")
}

// UnpackDomainSeparator is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf698da25.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (ledger *Ledger) UnpackDomainSeparator(data []byte) ([32]byte, error) {
	out, err := ledger.abi.Unpack("domainSeparator", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackEip712Domain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (ledger *Ledger) PackEip712Domain() []byte {
	enc, err := ledger.abi.Pack("eip712Domain")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEip712Domain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (ledger *Ledger) TryPackEip712Domain() ([]byte, error) {
	return ledger.abi.Pack("eip712Domain")
}

// Eip712DomainOutput serves as a container for the return parameters of contract
// method Eip712Domain.
type Eip712DomainOutput struct {
	Fields            [1]byte
	Name              string
	Version           string
	ChainId           *big.Int
	VerifyingContract common.Address
	Salt              [32]byte
	Extensions        []*big.Int
}

// UnpackEip712Domain is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x84b0196e.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (ledger *Ledger) UnpackEip712Domain(data []byte) (Eip712DomainOutput, error) {
	out, err := ledger.abi.Unpack("eip712Domain", data)
	outstruct := new(Eip712DomainOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Fields = *abi.ConvertType(out[0], new([1]byte)).(*[1]byte)
	outstruct.Name = *abi.ConvertType(out[1], new(string)).(*string)
	outstruct.Version = *abi.ConvertType(out[2], new(string)).(*string)
	outstruct.ChainId = abi.ConvertType(out[3], new(big.Int)).(*big.Int)
	outstruct.VerifyingContract = *abi.ConvertType(out[4], new(common.Address)).(*common.Address)
	outstruct.Salt = *abi.ConvertType(out[5], new([32]byte)).(*[32]byte)
	outstruct.Extensions = *abi.ConvertType(out[6], new([]*big.Int)).(*[]*big.Int)
	return *outstruct, nil
}

// PackEnroll is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe65f2a7e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function enroll() returns()
func (ledger *Ledger) PackEnroll() []byte {
	enc, err := ledger.abi.Pack("enroll")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEnroll is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe65f2a7e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function enroll() returns()
func (ledger *Ledger) TryPackEnroll() ([]byte, error) {
	return ledger.abi.Pack("enroll")
}

// PackEnrolledFrom is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x58533667.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function enrolledFrom(address key) view returns(uint64)
func (ledger *Ledger) PackEnrolledFrom(key common.Address) []byte {
	enc, err := ledger.abi.Pack("enrolledFrom", key)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEnrolledFrom is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x58533667.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function enrolledFrom(address key) view returns(uint64)
func (ledger *Ledger) TryPackEnrolledFrom(key common.Address) ([]byte, error) {
	return ledger.abi.Pack("enrolledFrom", key)
}

// UnpackEnrolledFrom is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x58533667.
//
// Solidity: function enrolledFrom(address key) view returns(uint64)
func (ledger *Ledger) UnpackEnrolledFrom(data []byte) (uint64, error) {
	out, err := ledger.abi.Unpack("enrolledFrom", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackEnrolledUntil is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd04b91d9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function enrolledUntil(address key) view returns(uint64)
func (ledger *Ledger) PackEnrolledUntil(key common.Address) []byte {
	enc, err := ledger.abi.Pack("enrolledUntil", key)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEnrolledUntil is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd04b91d9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function enrolledUntil(address key) view returns(uint64)
func (ledger *Ledger) TryPackEnrolledUntil(key common.Address) ([]byte, error) {
	return ledger.abi.Pack("enrolledUntil", key)
}

// UnpackEnrolledUntil is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd04b91d9.
//
// Solidity: function enrolledUntil(address key) view returns(uint64)
func (ledger *Ledger) UnpackEnrolledUntil(data []byte) (uint64, error) {
	out, err := ledger.abi.Unpack("enrolledUntil", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackEpochOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfadb4768.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function epochOf(uint64 epoch) view returns((bytes32,address,uint40,uint32,uint24) e)
func (ledger *Ledger) PackEpochOf(epoch uint64) []byte {
	enc, err := ledger.abi.Pack("epochOf", epoch)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEpochOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfadb4768.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function epochOf(uint64 epoch) view returns((bytes32,address,uint40,uint32,uint24) e)
func (ledger *Ledger) TryPackEpochOf(epoch uint64) ([]byte, error) {
	return ledger.abi.Pack("epochOf", epoch)
}

// UnpackEpochOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfadb4768.
//
// Solidity: function epochOf(uint64 epoch) view returns((bytes32,address,uint40,uint32,uint24) e)
func (ledger *Ledger) UnpackEpochOf(data []byte) (LedgerEpoch, error) {
	out, err := ledger.abi.Unpack("epochOf", data)
	if err != nil {
		return *new(LedgerEpoch), err
	}
	out0 := *abi.ConvertType(out[0], new(LedgerEpoch)).(*LedgerEpoch)
	return out0, nil
}

// PackExit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7c40fa53.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function exit(uint96 amount) returns()
func (ledger *Ledger) PackExit(amount *big.Int) []byte {
	enc, err := ledger.abi.Pack("exit", amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackExit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7c40fa53.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function exit(uint96 amount) returns()
func (ledger *Ledger) TryPackExit(amount *big.Int) ([]byte, error) {
	return ledger.abi.Pack("exit", amount)
}

// PackFinalSpent is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4004456b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function finalSpent() view returns(uint96)
func (ledger *Ledger) PackFinalSpent() []byte {
	enc, err := ledger.abi.Pack("finalSpent")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFinalSpent is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4004456b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function finalSpent() view returns(uint96)
func (ledger *Ledger) TryPackFinalSpent() ([]byte, error) {
	return ledger.abi.Pack("finalSpent")
}

// UnpackFinalSpent is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4004456b.
//
// Solidity: function finalSpent() view returns(uint96)
func (ledger *Ledger) UnpackFinalSpent(data []byte) (*big.Int, error) {
	out, err := ledger.abi.Unpack("finalSpent", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackFinalTip is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x26077bf4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function finalTip() view returns(uint64)
func (ledger *Ledger) PackFinalTip() []byte {
	enc, err := ledger.abi.Pack("finalTip")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFinalTip is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x26077bf4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function finalTip() view returns(uint64)
func (ledger *Ledger) TryPackFinalTip() ([]byte, error) {
	return ledger.abi.Pack("finalTip")
}

// UnpackFinalTip is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x26077bf4.
//
// Solidity: function finalTip() view returns(uint64)
func (ledger *Ledger) UnpackFinalTip(data []byte) (uint64, error) {
	out, err := ledger.abi.Unpack("finalTip", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackFinalizeEpoch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9eb7539a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function finalizeEpoch((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) h) returns()
func (ledger *Ledger) PackFinalizeEpoch(h Header) []byte {
	enc, err := ledger.abi.Pack("finalizeEpoch", h)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFinalizeEpoch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9eb7539a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function finalizeEpoch((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) h) returns()
func (ledger *Ledger) TryPackFinalizeEpoch(h Header) ([]byte, error) {
	return ledger.abi.Pack("finalizeEpoch", h)
}

// PackGetTerms is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4173b417.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getTerms() view returns((uint32,uint32,uint32,uint32,uint96,uint32,uint96))
func (ledger *Ledger) PackGetTerms() []byte {
	enc, err := ledger.abi.Pack("getTerms")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetTerms is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4173b417.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getTerms() view returns((uint32,uint32,uint32,uint32,uint96,uint32,uint96))
func (ledger *Ledger) TryPackGetTerms() ([]byte, error) {
	return ledger.abi.Pack("getTerms")
}

// UnpackGetTerms is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4173b417.
//
// Solidity: function getTerms() view returns((uint32,uint32,uint32,uint32,uint96,uint32,uint96))
func (ledger *Ledger) UnpackGetTerms(data []byte) (LedgerTerms, error) {
	out, err := ledger.abi.Unpack("getTerms", data)
	if err != nil {
		return *new(LedgerTerms), err
	}
	out0 := *abi.ConvertType(out[0], new(LedgerTerms)).(*LedgerTerms)
	return out0, nil
}

// PackHashOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x539f6424.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function hashOf(uint64 epoch) view returns(bytes32)
func (ledger *Ledger) PackHashOf(epoch uint64) []byte {
	enc, err := ledger.abi.Pack("hashOf", epoch)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHashOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x539f6424.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function hashOf(uint64 epoch) view returns(bytes32)
func (ledger *Ledger) TryPackHashOf(epoch uint64) ([]byte, error) {
	return ledger.abi.Pack("hashOf", epoch)
}

// UnpackHashOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x539f6424.
//
// Solidity: function hashOf(uint64 epoch) view returns(bytes32)
func (ledger *Ledger) UnpackHashOf(data []byte) ([32]byte, error) {
	out, err := ledger.abi.Unpack("hashOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackIsConsumingScheduledOp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8fb36037.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isConsumingScheduledOp() view returns(bytes4)
func (ledger *Ledger) PackIsConsumingScheduledOp() []byte {
	enc, err := ledger.abi.Pack("isConsumingScheduledOp")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsConsumingScheduledOp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8fb36037.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isConsumingScheduledOp() view returns(bytes4)
func (ledger *Ledger) TryPackIsConsumingScheduledOp() ([]byte, error) {
	return ledger.abi.Pack("isConsumingScheduledOp")
}

// UnpackIsConsumingScheduledOp is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8fb36037.
//
// Solidity: function isConsumingScheduledOp() view returns(bytes4)
func (ledger *Ledger) UnpackIsConsumingScheduledOp(data []byte) ([4]byte, error) {
	out, err := ledger.abi.Unpack("isConsumingScheduledOp", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackIsEnrolled is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe1fc4b5e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isEnrolled(address key, uint64 epoch) view returns(bool)
func (ledger *Ledger) PackIsEnrolled(key common.Address, epoch uint64) []byte {
	enc, err := ledger.abi.Pack("isEnrolled", key, epoch)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsEnrolled is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe1fc4b5e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isEnrolled(address key, uint64 epoch) view returns(bool)
func (ledger *Ledger) TryPackIsEnrolled(key common.Address, epoch uint64) ([]byte, error) {
	return ledger.abi.Pack("isEnrolled", key, epoch)
}

// UnpackIsEnrolled is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe1fc4b5e.
//
// Solidity: function isEnrolled(address key, uint64 epoch) view returns(bool)
func (ledger *Ledger) UnpackIsEnrolled(data []byte) (bool, error) {
	out, err := ledger.abi.Unpack("isEnrolled", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackJoin is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x049878f3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function join(uint256 index) returns()
func (ledger *Ledger) PackJoin(index *big.Int) []byte {
	enc, err := ledger.abi.Pack("join", index)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackJoin is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x049878f3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function join(uint256 index) returns()
func (ledger *Ledger) TryPackJoin(index *big.Int) ([]byte, error) {
	return ledger.abi.Pack("join", index)
}

// PackLeaderOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x583d23f4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function leaderOf(uint64 epoch) view returns(address)
func (ledger *Ledger) PackLeaderOf(epoch uint64) []byte {
	enc, err := ledger.abi.Pack("leaderOf", epoch)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLeaderOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x583d23f4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function leaderOf(uint64 epoch) view returns(address)
func (ledger *Ledger) TryPackLeaderOf(epoch uint64) ([]byte, error) {
	return ledger.abi.Pack("leaderOf", epoch)
}

// UnpackLeaderOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x583d23f4.
//
// Solidity: function leaderOf(uint64 epoch) view returns(address)
func (ledger *Ledger) UnpackLeaderOf(data []byte) (common.Address, error) {
	out, err := ledger.abi.Unpack("leaderOf", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackLimitOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb806add4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function limitOf(uint32 id, uint64 epoch) view returns(uint96)
func (ledger *Ledger) PackLimitOf(id uint32, epoch uint64) []byte {
	enc, err := ledger.abi.Pack("limitOf", id, epoch)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLimitOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb806add4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function limitOf(uint32 id, uint64 epoch) view returns(uint96)
func (ledger *Ledger) TryPackLimitOf(id uint32, epoch uint64) ([]byte, error) {
	return ledger.abi.Pack("limitOf", id, epoch)
}

// UnpackLimitOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb806add4.
//
// Solidity: function limitOf(uint32 id, uint64 epoch) view returns(uint96)
func (ledger *Ledger) UnpackLimitOf(data []byte) (*big.Int, error) {
	out, err := ledger.abi.Unpack("limitOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackPause is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8456cb59.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pause() returns()
func (ledger *Ledger) PackPause() []byte {
	enc, err := ledger.abi.Pack("pause")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPause is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8456cb59.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pause() returns()
func (ledger *Ledger) TryPackPause() ([]byte, error) {
	return ledger.abi.Pack("pause")
}

// PackPausedUntil is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xda748b10.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pausedUntil() view returns(uint64)
func (ledger *Ledger) PackPausedUntil() []byte {
	enc, err := ledger.abi.Pack("pausedUntil")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPausedUntil is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xda748b10.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pausedUntil() view returns(uint64)
func (ledger *Ledger) TryPackPausedUntil() ([]byte, error) {
	return ledger.abi.Pack("pausedUntil")
}

// UnpackPausedUntil is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xda748b10.
//
// Solidity: function pausedUntil() view returns(uint64)
func (ledger *Ledger) UnpackPausedUntil(data []byte) (uint64, error) {
	out, err := ledger.abi.Unpack("pausedUntil", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackPayerId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15f76605.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function payerId(address payer) view returns(uint32)
func (ledger *Ledger) PackPayerId(payer common.Address) []byte {
	enc, err := ledger.abi.Pack("payerId", payer)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPayerId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15f76605.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function payerId(address payer) view returns(uint32)
func (ledger *Ledger) TryPackPayerId(payer common.Address) ([]byte, error) {
	return ledger.abi.Pack("payerId", payer)
}

// UnpackPayerId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x15f76605.
//
// Solidity: function payerId(address payer) view returns(uint32)
func (ledger *Ledger) UnpackPayerId(data []byte) (uint32, error) {
	out, err := ledger.abi.Unpack("payerId", data)
	if err != nil {
		return *new(uint32), err
	}
	out0 := *abi.ConvertType(out[0], new(uint32)).(*uint32)
	return out0, nil
}

// PackPayerOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0e5fc76d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function payerOf(uint32 id) view returns(uint96 deposited, uint96 withdrawn, uint96 leaving, uint64 leavingEpoch)
func (ledger *Ledger) PackPayerOf(id uint32) []byte {
	enc, err := ledger.abi.Pack("payerOf", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPayerOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0e5fc76d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function payerOf(uint32 id) view returns(uint96 deposited, uint96 withdrawn, uint96 leaving, uint64 leavingEpoch)
func (ledger *Ledger) TryPackPayerOf(id uint32) ([]byte, error) {
	return ledger.abi.Pack("payerOf", id)
}

// PayerOfOutput serves as a container for the return parameters of contract
// method PayerOf.
type PayerOfOutput struct {
	Deposited    *big.Int
	Withdrawn    *big.Int
	Leaving      *big.Int
	LeavingEpoch uint64
}

// UnpackPayerOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0e5fc76d.
//
// Solidity: function payerOf(uint32 id) view returns(uint96 deposited, uint96 withdrawn, uint96 leaving, uint64 leavingEpoch)
func (ledger *Ledger) UnpackPayerOf(data []byte) (PayerOfOutput, error) {
	out, err := ledger.abi.Unpack("payerOf", data)
	outstruct := new(PayerOfOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Deposited = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.Withdrawn = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.Leaving = abi.ConvertType(out[2], new(big.Int)).(*big.Int)
	outstruct.LeavingEpoch = *abi.ConvertType(out[3], new(uint64)).(*uint64)
	return *outstruct, nil
}

// PackPayers is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ccfbd03.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function payers(uint256 ) view returns(address)
func (ledger *Ledger) PackPayers(arg0 *big.Int) []byte {
	enc, err := ledger.abi.Pack("payers", arg0)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPayers is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ccfbd03.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function payers(uint256 ) view returns(address)
func (ledger *Ledger) TryPackPayers(arg0 *big.Int) ([]byte, error) {
	return ledger.abi.Pack("payers", arg0)
}

// UnpackPayers is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3ccfbd03.
//
// Solidity: function payers(uint256 ) view returns(address)
func (ledger *Ledger) UnpackPayers(data []byte) (common.Address, error) {
	out, err := ledger.abi.Unpack("payers", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPost is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1a1ce797.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function post((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) h, (uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) before, bytes32[] path) returns()
func (ledger *Ledger) PackPost(h Header, before Header, path [][32]byte) []byte {
	enc, err := ledger.abi.Pack("post", h, before, path)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPost is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1a1ce797.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function post((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) h, (uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) before, bytes32[] path) returns()
func (ledger *Ledger) TryPackPost(h Header, before Header, path [][32]byte) ([]byte, error) {
	return ledger.abi.Pack("post", h, before, path)
}

// PackReject is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3b768e0e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function reject(uint64 epoch, address challenger, bytes4 defect) returns()
func (ledger *Ledger) PackReject(epoch uint64, challenger common.Address, defect [4]byte) []byte {
	enc, err := ledger.abi.Pack("reject", epoch, challenger, defect)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReject is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3b768e0e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function reject(uint64 epoch, address challenger, bytes4 defect) returns()
func (ledger *Ledger) TryPackReject(epoch uint64, challenger common.Address, defect [4]byte) ([]byte, error) {
	return ledger.abi.Pack("reject", epoch, challenger, defect)
}

// PackResign is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x69652fcf.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function resign() returns()
func (ledger *Ledger) PackResign() []byte {
	enc, err := ledger.abi.Pack("resign")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackResign is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x69652fcf.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function resign() returns()
func (ledger *Ledger) TryPackResign() ([]byte, error) {
	return ledger.abi.Pack("resign")
}

// PackSetAuthority is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7a9e5e4b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setAuthority(address newAuthority) returns()
func (ledger *Ledger) PackSetAuthority(newAuthority common.Address) []byte {
	enc, err := ledger.abi.Pack("setAuthority", newAuthority)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetAuthority is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7a9e5e4b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setAuthority(address newAuthority) returns()
func (ledger *Ledger) TryPackSetAuthority(newAuthority common.Address) ([]byte, error) {
	return ledger.abi.Pack("setAuthority", newAuthority)
}

// PackSetSplit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc0283e3d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setSplit(uint16[6] bps) returns()
func (ledger *Ledger) PackSetSplit(bps [6]uint16) []byte {
	enc, err := ledger.abi.Pack("setSplit", bps)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetSplit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc0283e3d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setSplit(uint16[6] bps) returns()
func (ledger *Ledger) TryPackSetSplit(bps [6]uint16) ([]byte, error) {
	return ledger.abi.Pack("setSplit", bps)
}

// PackSetTerms is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x88e5eb96.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setTerms((uint32,uint32,uint32,uint32,uint96,uint32,uint96) t) returns()
func (ledger *Ledger) PackSetTerms(t LedgerTerms) []byte {
	enc, err := ledger.abi.Pack("setTerms", t)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetTerms is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x88e5eb96.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setTerms((uint32,uint32,uint32,uint32,uint96,uint32,uint96) t) returns()
func (ledger *Ledger) TryPackSetTerms(t LedgerTerms) ([]byte, error) {
	return ledger.abi.Pack("setTerms", t)
}

// PackSplitOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56a0ef94.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function splitOf(uint64 epoch) view returns(uint16[6])
func (ledger *Ledger) PackSplitOf(epoch uint64) []byte {
	enc, err := ledger.abi.Pack("splitOf", epoch)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSplitOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56a0ef94.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function splitOf(uint64 epoch) view returns(uint16[6])
func (ledger *Ledger) TryPackSplitOf(epoch uint64) ([]byte, error) {
	return ledger.abi.Pack("splitOf", epoch)
}

// UnpackSplitOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x56a0ef94.
//
// Solidity: function splitOf(uint64 epoch) view returns(uint16[6])
func (ledger *Ledger) UnpackSplitOf(data []byte) ([6]uint16, error) {
	out, err := ledger.abi.Unpack("splitOf", data)
	if err != nil {
		return *new([6]uint16), err
	}
	out0 := *abi.ConvertType(out[0], new([6]uint16)).(*[6]uint16)
	return out0, nil
}

// PackStaking is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4cf088d9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function staking() view returns(address)
func (ledger *Ledger) PackStaking() []byte {
	enc, err := ledger.abi.Pack("staking")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStaking is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4cf088d9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function staking() view returns(address)
func (ledger *Ledger) TryPackStaking() ([]byte, error) {
	return ledger.abi.Pack("staking")
}

// UnpackStaking is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4cf088d9.
//
// Solidity: function staking() view returns(address)
func (ledger *Ledger) UnpackStaking(data []byte) (common.Address, error) {
	out, err := ledger.abi.Unpack("staking", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackTip is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2755cd2d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function tip() view returns(uint64)
func (ledger *Ledger) PackTip() []byte {
	enc, err := ledger.abi.Pack("tip")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTip is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2755cd2d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function tip() view returns(uint64)
func (ledger *Ledger) TryPackTip() ([]byte, error) {
	return ledger.abi.Pack("tip")
}

// UnpackTip is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2755cd2d.
//
// Solidity: function tip() view returns(uint64)
func (ledger *Ledger) UnpackTip(data []byte) (uint64, error) {
	out, err := ledger.abi.Unpack("tip", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function token() view returns(address)
func (ledger *Ledger) PackToken() []byte {
	enc, err := ledger.abi.Pack("token")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function token() view returns(address)
func (ledger *Ledger) TryPackToken() ([]byte, error) {
	return ledger.abi.Pack("token")
}

// UnpackToken is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfc0c546a.
//
// Solidity: function token() view returns(address)
func (ledger *Ledger) UnpackToken(data []byte) (common.Address, error) {
	out, err := ledger.abi.Unpack("token", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackTotalClaimed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd54ad2a1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalClaimed() view returns(uint256)
func (ledger *Ledger) PackTotalClaimed() []byte {
	enc, err := ledger.abi.Pack("totalClaimed")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalClaimed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd54ad2a1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalClaimed() view returns(uint256)
func (ledger *Ledger) TryPackTotalClaimed() ([]byte, error) {
	return ledger.abi.Pack("totalClaimed")
}

// UnpackTotalClaimed is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd54ad2a1.
//
// Solidity: function totalClaimed() view returns(uint256)
func (ledger *Ledger) UnpackTotalClaimed(data []byte) (*big.Int, error) {
	out, err := ledger.abi.Unpack("totalClaimed", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackTotalDeposited is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xff50abdc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalDeposited() view returns(uint96)
func (ledger *Ledger) PackTotalDeposited() []byte {
	enc, err := ledger.abi.Pack("totalDeposited")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalDeposited is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xff50abdc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalDeposited() view returns(uint96)
func (ledger *Ledger) TryPackTotalDeposited() ([]byte, error) {
	return ledger.abi.Pack("totalDeposited")
}

// UnpackTotalDeposited is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xff50abdc.
//
// Solidity: function totalDeposited() view returns(uint96)
func (ledger *Ledger) UnpackTotalDeposited(data []byte) (*big.Int, error) {
	out, err := ledger.abi.Unpack("totalDeposited", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackTotalWithdrawn is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4b319713.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalWithdrawn() view returns(uint96)
func (ledger *Ledger) PackTotalWithdrawn() []byte {
	enc, err := ledger.abi.Pack("totalWithdrawn")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalWithdrawn is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4b319713.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalWithdrawn() view returns(uint96)
func (ledger *Ledger) TryPackTotalWithdrawn() ([]byte, error) {
	return ledger.abi.Pack("totalWithdrawn")
}

// UnpackTotalWithdrawn is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4b319713.
//
// Solidity: function totalWithdrawn() view returns(uint96)
func (ledger *Ledger) UnpackTotalWithdrawn(data []byte) (*big.Int, error) {
	out, err := ledger.abi.Unpack("totalWithdrawn", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackUnpause is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3f4ba83a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function unpause() returns()
func (ledger *Ledger) PackUnpause() []byte {
	enc, err := ledger.abi.Pack("unpause")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUnpause is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3f4ba83a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function unpause() returns()
func (ledger *Ledger) TryPackUnpause() ([]byte, error) {
	return ledger.abi.Pack("unpause")
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd88e573c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) h, (uint96,bytes32[]) spent, address to) returns()
func (ledger *Ledger) PackWithdraw(h Header, spent Spent, to common.Address) []byte {
	enc, err := ledger.abi.Pack("withdraw", h, spent, to)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd88e573c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw((uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) h, (uint96,bytes32[]) spent, address to) returns()
func (ledger *Ledger) TryPackWithdraw(h Header, spent Spent, to common.Address) ([]byte, error) {
	return ledger.abi.Pack("withdraw", h, spent, to)
}

// LedgerAuthorityUpdated represents a AuthorityUpdated event raised by the Ledger contract.
type LedgerAuthorityUpdated struct {
	Authority common.Address
	Raw       *types.Log // Blockchain specific contextual infos
}

const LedgerAuthorityUpdatedEventName = "AuthorityUpdated"

// ContractEventName returns the user-defined event name.
func (LedgerAuthorityUpdated) ContractEventName() string {
	return LedgerAuthorityUpdatedEventName
}

// UnpackAuthorityUpdatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event AuthorityUpdated(address authority)
func (ledger *Ledger) UnpackAuthorityUpdatedEvent(log *types.Log) (*LedgerAuthorityUpdated, error) {
	event := "AuthorityUpdated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerAuthorityUpdated)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerClaimed represents a Claimed event raised by the Ledger contract.
type LedgerClaimed struct {
	Place   *big.Int
	Account common.Address
	To      common.Address
	Amount  *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const LedgerClaimedEventName = "Claimed"

// ContractEventName returns the user-defined event name.
func (LedgerClaimed) ContractEventName() string {
	return LedgerClaimedEventName
}

// UnpackClaimedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Claimed(uint256 indexed place, address indexed account, address to, uint96 amount)
func (ledger *Ledger) UnpackClaimedEvent(log *types.Log) (*LedgerClaimed, error) {
	event := "Claimed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerClaimed)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerDeposited represents a Deposited event raised by the Ledger contract.
type LedgerDeposited struct {
	Payer      common.Address
	Id         uint32
	Amount     *big.Int
	FirstEpoch uint64
	Raw        *types.Log // Blockchain specific contextual infos
}

const LedgerDepositedEventName = "Deposited"

// ContractEventName returns the user-defined event name.
func (LedgerDeposited) ContractEventName() string {
	return LedgerDepositedEventName
}

// UnpackDepositedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Deposited(address indexed payer, uint32 id, uint96 amount, uint64 firstEpoch)
func (ledger *Ledger) UnpackDepositedEvent(log *types.Log) (*LedgerDeposited, error) {
	event := "Deposited"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerDeposited)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerEIP712DomainChanged represents a EIP712DomainChanged event raised by the Ledger contract.
type LedgerEIP712DomainChanged struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const LedgerEIP712DomainChangedEventName = "EIP712DomainChanged"

// ContractEventName returns the user-defined event name.
func (LedgerEIP712DomainChanged) ContractEventName() string {
	return LedgerEIP712DomainChangedEventName
}

// UnpackEIP712DomainChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event EIP712DomainChanged()
func (ledger *Ledger) UnpackEIP712DomainChangedEvent(log *types.Log) (*LedgerEIP712DomainChanged, error) {
	event := "EIP712DomainChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerEIP712DomainChanged)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerEnrolled represents a Enrolled event raised by the Ledger contract.
type LedgerEnrolled struct {
	Key  common.Address
	From uint64
	Raw  *types.Log // Blockchain specific contextual infos
}

const LedgerEnrolledEventName = "Enrolled"

// ContractEventName returns the user-defined event name.
func (LedgerEnrolled) ContractEventName() string {
	return LedgerEnrolledEventName
}

// UnpackEnrolledEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Enrolled(address indexed key, uint64 from)
func (ledger *Ledger) UnpackEnrolledEvent(log *types.Log) (*LedgerEnrolled, error) {
	event := "Enrolled"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerEnrolled)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerFinal represents a Final event raised by the Ledger contract.
type LedgerFinal struct {
	Epoch uint64
	Hash  [32]byte
	Raw   *types.Log // Blockchain specific contextual infos
}

const LedgerFinalEventName = "Final"

// ContractEventName returns the user-defined event name.
func (LedgerFinal) ContractEventName() string {
	return LedgerFinalEventName
}

// UnpackFinalEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Final(uint64 indexed epoch, bytes32 hash)
func (ledger *Ledger) UnpackFinalEvent(log *types.Log) (*LedgerFinal, error) {
	event := "Final"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerFinal)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerJoined represents a Joined event raised by the Ledger contract.
type LedgerJoined struct {
	Staker common.Address
	Index  *big.Int
	Weight *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const LedgerJoinedEventName = "Joined"

// ContractEventName returns the user-defined event name.
func (LedgerJoined) ContractEventName() string {
	return LedgerJoinedEventName
}

// UnpackJoinedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Joined(address indexed staker, uint256 index, uint96 weight)
func (ledger *Ledger) UnpackJoinedEvent(log *types.Log) (*LedgerJoined, error) {
	event := "Joined"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerJoined)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerLeaving represents a Leaving event raised by the Ledger contract.
type LedgerLeaving struct {
	Payer  common.Address
	Amount *big.Int
	Epoch  uint64
	Raw    *types.Log // Blockchain specific contextual infos
}

const LedgerLeavingEventName = "Leaving"

// ContractEventName returns the user-defined event name.
func (LedgerLeaving) ContractEventName() string {
	return LedgerLeavingEventName
}

// UnpackLeavingEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Leaving(address indexed payer, uint96 amount, uint64 epoch)
func (ledger *Ledger) UnpackLeavingEvent(log *types.Log) (*LedgerLeaving, error) {
	event := "Leaving"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerLeaving)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerPaused represents a Paused event raised by the Ledger contract.
type LedgerPaused struct {
	Until *big.Int
	Raw   *types.Log // Blockchain specific contextual infos
}

const LedgerPausedEventName = "Paused"

// ContractEventName returns the user-defined event name.
func (LedgerPaused) ContractEventName() string {
	return LedgerPausedEventName
}

// UnpackPausedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Paused(uint256 until)
func (ledger *Ledger) UnpackPausedEvent(log *types.Log) (*LedgerPaused, error) {
	event := "Paused"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerPaused)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerPosted represents a Posted event raised by the Ledger contract.
type LedgerPosted struct {
	Epoch  uint64
	Hash   [32]byte
	Poster common.Address
	Header Header
	Raw    *types.Log // Blockchain specific contextual infos
}

const LedgerPostedEventName = "Posted"

// ContractEventName returns the user-defined event name.
func (LedgerPosted) ContractEventName() string {
	return LedgerPostedEventName
}

// UnpackPostedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Posted(uint64 indexed epoch, bytes32 hash, address indexed poster, (uint64,uint64,uint64,uint96,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32) header)
func (ledger *Ledger) UnpackPostedEvent(log *types.Log) (*LedgerPosted, error) {
	event := "Posted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerPosted)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerRejected represents a Rejected event raised by the Ledger contract.
type LedgerRejected struct {
	Epoch      uint64
	Poster     common.Address
	Challenger common.Address
	Defect     [4]byte
	Raw        *types.Log // Blockchain specific contextual infos
}

const LedgerRejectedEventName = "Rejected"

// ContractEventName returns the user-defined event name.
func (LedgerRejected) ContractEventName() string {
	return LedgerRejectedEventName
}

// UnpackRejectedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Rejected(uint64 indexed epoch, address indexed poster, address indexed challenger, bytes4 defect)
func (ledger *Ledger) UnpackRejectedEvent(log *types.Log) (*LedgerRejected, error) {
	event := "Rejected"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerRejected)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerResigned represents a Resigned event raised by the Ledger contract.
type LedgerResigned struct {
	Key   common.Address
	Until uint64
	Raw   *types.Log // Blockchain specific contextual infos
}

const LedgerResignedEventName = "Resigned"

// ContractEventName returns the user-defined event name.
func (LedgerResigned) ContractEventName() string {
	return LedgerResignedEventName
}

// UnpackResignedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Resigned(address indexed key, uint64 until)
func (ledger *Ledger) UnpackResignedEvent(log *types.Log) (*LedgerResigned, error) {
	event := "Resigned"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerResigned)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerSplitSet represents a SplitSet event raised by the Ledger contract.
type LedgerSplitSet struct {
	Epoch uint64
	Bps   [6]uint16
	Raw   *types.Log // Blockchain specific contextual infos
}

const LedgerSplitSetEventName = "SplitSet"

// ContractEventName returns the user-defined event name.
func (LedgerSplitSet) ContractEventName() string {
	return LedgerSplitSetEventName
}

// UnpackSplitSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event SplitSet(uint64 indexed epoch, uint16[6] bps)
func (ledger *Ledger) UnpackSplitSetEvent(log *types.Log) (*LedgerSplitSet, error) {
	event := "SplitSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerSplitSet)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerTermsSet represents a TermsSet event raised by the Ledger contract.
type LedgerTermsSet struct {
	Epoch uint64
	Terms LedgerTerms
	Raw   *types.Log // Blockchain specific contextual infos
}

const LedgerTermsSetEventName = "TermsSet"

// ContractEventName returns the user-defined event name.
func (LedgerTermsSet) ContractEventName() string {
	return LedgerTermsSetEventName
}

// UnpackTermsSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event TermsSet(uint64 indexed epoch, (uint32,uint32,uint32,uint32,uint96,uint32,uint96) terms)
func (ledger *Ledger) UnpackTermsSetEvent(log *types.Log) (*LedgerTermsSet, error) {
	event := "TermsSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerTermsSet)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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

// LedgerWithdrawn represents a Withdrawn event raised by the Ledger contract.
type LedgerWithdrawn struct {
	Payer  common.Address
	To     common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const LedgerWithdrawnEventName = "Withdrawn"

// ContractEventName returns the user-defined event name.
func (LedgerWithdrawn) ContractEventName() string {
	return LedgerWithdrawnEventName
}

// UnpackWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Withdrawn(address indexed payer, address to, uint96 amount)
func (ledger *Ledger) UnpackWithdrawnEvent(log *types.Log) (*LedgerWithdrawn, error) {
	event := "Withdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != ledger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LedgerWithdrawn)
	if len(log.Data) > 0 {
		if err := ledger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range ledger.abi.Events[event].Inputs {
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
func (ledger *Ledger) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], ledger.abi.Errors["AccessManagedInvalidAuthority"].ID.Bytes()[:4]) {
		return ledger.UnpackAccessManagedInvalidAuthorityError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["AccessManagedRequiredDelay"].ID.Bytes()[:4]) {
		return ledger.UnpackAccessManagedRequiredDelayError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["AccessManagedUnauthorized"].ID.Bytes()[:4]) {
		return ledger.UnpackAccessManagedUnauthorizedError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["AlreadyFinal"].ID.Bytes()[:4]) {
		return ledger.UnpackAlreadyFinalError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["AlreadyJoined"].ID.Bytes()[:4]) {
		return ledger.UnpackAlreadyJoinedError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["BadPath"].ID.Bytes()[:4]) {
		return ledger.UnpackBadPathError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["BadSplit"].ID.Bytes()[:4]) {
		return ledger.UnpackBadSplitError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["CheckpointUnorderedInsertion"].ID.Bytes()[:4]) {
		return ledger.UnpackCheckpointUnorderedInsertionError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["ClaimsMoreThanSpent"].ID.Bytes()[:4]) {
		return ledger.UnpackClaimsMoreThanSpentError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["Full"].ID.Bytes()[:4]) {
		return ledger.UnpackFullError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["InvalidShortString"].ID.Bytes()[:4]) {
		return ledger.UnpackInvalidShortStringError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["IsPaused"].ID.Bytes()[:4]) {
		return ledger.UnpackIsPausedError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["LeavesOutForced"].ID.Bytes()[:4]) {
		return ledger.UnpackLeavesOutForcedError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["NotBonded"].ID.Bytes()[:4]) {
		return ledger.UnpackNotBondedError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["NotChallenges"].ID.Bytes()[:4]) {
		return ledger.UnpackNotChallengesError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["NotFinal"].ID.Bytes()[:4]) {
		return ledger.UnpackNotFinalError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["NotNext"].ID.Bytes()[:4]) {
		return ledger.UnpackNotNextError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["NotPosted"].ID.Bytes()[:4]) {
		return ledger.UnpackNotPostedError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["NotTheLeader"].ID.Bytes()[:4]) {
		return ledger.UnpackNotTheLeaderError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["NothingToClaim"].ID.Bytes()[:4]) {
		return ledger.UnpackNothingToClaimError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["OpenDemands"].ID.Bytes()[:4]) {
		return ledger.UnpackOpenDemandsError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return ledger.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["SpendsMoreThanCap"].ID.Bytes()[:4]) {
		return ledger.UnpackSpendsMoreThanCapError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["SpendsMoreThanDeposited"].ID.Bytes()[:4]) {
		return ledger.UnpackSpendsMoreThanDepositedError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["StringTooLong"].ID.Bytes()[:4]) {
		return ledger.UnpackStringTooLongError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["TooEarly"].ID.Bytes()[:4]) {
		return ledger.UnpackTooEarlyError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["TooFarAhead"].ID.Bytes()[:4]) {
		return ledger.UnpackTooFarAheadError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["WrongLeaf"].ID.Bytes()[:4]) {
		return ledger.UnpackWrongLeafError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["WrongPrevious"].ID.Bytes()[:4]) {
		return ledger.UnpackWrongPreviousError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["WrongTrace"].ID.Bytes()[:4]) {
		return ledger.UnpackWrongTraceError(raw[4:])
	}
	if bytes.Equal(raw[:4], ledger.abi.Errors["ZeroAmount"].ID.Bytes()[:4]) {
		return ledger.UnpackZeroAmountError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// LedgerAccessManagedInvalidAuthority represents a AccessManagedInvalidAuthority error raised by the Ledger contract.
type LedgerAccessManagedInvalidAuthority struct {
	Authority common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccessManagedInvalidAuthority(address authority)
func LedgerAccessManagedInvalidAuthorityErrorID() common.Hash {
	return common.HexToHash("0xc2f31e5ee06c96eddd5864bf58d26da15afa7233cb6f74e000aa686fca7a7a0b")
}

// UnpackAccessManagedInvalidAuthorityError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccessManagedInvalidAuthority(address authority)
func (ledger *Ledger) UnpackAccessManagedInvalidAuthorityError(raw []byte) (*LedgerAccessManagedInvalidAuthority, error) {
	out := new(LedgerAccessManagedInvalidAuthority)
	if err := ledger.abi.UnpackIntoInterface(out, "AccessManagedInvalidAuthority", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerAccessManagedRequiredDelay represents a AccessManagedRequiredDelay error raised by the Ledger contract.
type LedgerAccessManagedRequiredDelay struct {
	Caller common.Address
	Delay  uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccessManagedRequiredDelay(address caller, uint32 delay)
func LedgerAccessManagedRequiredDelayErrorID() common.Hash {
	return common.HexToHash("0xaf77169dad650be42a753d4bbd4f4ad0d10be80053e495da3bb1525746eda4e4")
}

// UnpackAccessManagedRequiredDelayError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccessManagedRequiredDelay(address caller, uint32 delay)
func (ledger *Ledger) UnpackAccessManagedRequiredDelayError(raw []byte) (*LedgerAccessManagedRequiredDelay, error) {
	out := new(LedgerAccessManagedRequiredDelay)
	if err := ledger.abi.UnpackIntoInterface(out, "AccessManagedRequiredDelay", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerAccessManagedUnauthorized represents a AccessManagedUnauthorized error raised by the Ledger contract.
type LedgerAccessManagedUnauthorized struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccessManagedUnauthorized(address caller)
func LedgerAccessManagedUnauthorizedErrorID() common.Hash {
	return common.HexToHash("0x068ca9d827f779c08fd30d7fda45faef5f2a6b2e57f8b809b3c6bbed99f5fb1f")
}

// UnpackAccessManagedUnauthorizedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccessManagedUnauthorized(address caller)
func (ledger *Ledger) UnpackAccessManagedUnauthorizedError(raw []byte) (*LedgerAccessManagedUnauthorized, error) {
	out := new(LedgerAccessManagedUnauthorized)
	if err := ledger.abi.UnpackIntoInterface(out, "AccessManagedUnauthorized", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerAlreadyFinal represents a AlreadyFinal error raised by the Ledger contract.
type LedgerAlreadyFinal struct {
	Epoch uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyFinal(uint64 epoch)
func LedgerAlreadyFinalErrorID() common.Hash {
	return common.HexToHash("0xafb0942128199d3e75c2c3b3b18812bcb99a587924a062386a514e9a4d920198")
}

// UnpackAlreadyFinalError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyFinal(uint64 epoch)
func (ledger *Ledger) UnpackAlreadyFinalError(raw []byte) (*LedgerAlreadyFinal, error) {
	out := new(LedgerAlreadyFinal)
	if err := ledger.abi.UnpackIntoInterface(out, "AlreadyFinal", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerAlreadyJoined represents a AlreadyJoined error raised by the Ledger contract.
type LedgerAlreadyJoined struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyJoined()
func LedgerAlreadyJoinedErrorID() common.Hash {
	return common.HexToHash("0x003b268201b198d4d367c65ae6e803f4468ecfb5b68fea02a7cde420da1a58c5")
}

// UnpackAlreadyJoinedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyJoined()
func (ledger *Ledger) UnpackAlreadyJoinedError(raw []byte) (*LedgerAlreadyJoined, error) {
	out := new(LedgerAlreadyJoined)
	if err := ledger.abi.UnpackIntoInterface(out, "AlreadyJoined", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerBadPath represents a BadPath error raised by the Ledger contract.
type LedgerBadPath struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadPath()
func LedgerBadPathErrorID() common.Hash {
	return common.HexToHash("0x64325c91f108520b461bf37f7e682ef85952d4d50489069c2e798b1861f04e29")
}

// UnpackBadPathError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadPath()
func (ledger *Ledger) UnpackBadPathError(raw []byte) (*LedgerBadPath, error) {
	out := new(LedgerBadPath)
	if err := ledger.abi.UnpackIntoInterface(out, "BadPath", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerBadSplit represents a BadSplit error raised by the Ledger contract.
type LedgerBadSplit struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadSplit()
func LedgerBadSplitErrorID() common.Hash {
	return common.HexToHash("0xbc4f33a36beccefcbd5e327863942ab0b7972a6b6016ee1ef3150afee7a910dc")
}

// UnpackBadSplitError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadSplit()
func (ledger *Ledger) UnpackBadSplitError(raw []byte) (*LedgerBadSplit, error) {
	out := new(LedgerBadSplit)
	if err := ledger.abi.UnpackIntoInterface(out, "BadSplit", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerCheckpointUnorderedInsertion represents a CheckpointUnorderedInsertion error raised by the Ledger contract.
type LedgerCheckpointUnorderedInsertion struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CheckpointUnorderedInsertion()
func LedgerCheckpointUnorderedInsertionErrorID() common.Hash {
	return common.HexToHash("0x2520601d9d60b717c34a36ad270857824c5a1ebbfd08ff39aba6930089495cfa")
}

// UnpackCheckpointUnorderedInsertionError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CheckpointUnorderedInsertion()
func (ledger *Ledger) UnpackCheckpointUnorderedInsertionError(raw []byte) (*LedgerCheckpointUnorderedInsertion, error) {
	out := new(LedgerCheckpointUnorderedInsertion)
	if err := ledger.abi.UnpackIntoInterface(out, "CheckpointUnorderedInsertion", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerClaimsMoreThanSpent represents a ClaimsMoreThanSpent error raised by the Ledger contract.
type LedgerClaimsMoreThanSpent struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ClaimsMoreThanSpent()
func LedgerClaimsMoreThanSpentErrorID() common.Hash {
	return common.HexToHash("0x240ee4f51e3f5878bdaa00409a84dc4adbbeadff2d35680f98c62712547cc966")
}

// UnpackClaimsMoreThanSpentError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ClaimsMoreThanSpent()
func (ledger *Ledger) UnpackClaimsMoreThanSpentError(raw []byte) (*LedgerClaimsMoreThanSpent, error) {
	out := new(LedgerClaimsMoreThanSpent)
	if err := ledger.abi.UnpackIntoInterface(out, "ClaimsMoreThanSpent", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerFull represents a Full error raised by the Ledger contract.
type LedgerFull struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Full()
func LedgerFullErrorID() common.Hash {
	return common.HexToHash("0xf36efb6fa3e5dc00512e1b052905075cff63f39fd0ba2dcc94d3b56927c14871")
}

// UnpackFullError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Full()
func (ledger *Ledger) UnpackFullError(raw []byte) (*LedgerFull, error) {
	out := new(LedgerFull)
	if err := ledger.abi.UnpackIntoInterface(out, "Full", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerInvalidShortString represents a InvalidShortString error raised by the Ledger contract.
type LedgerInvalidShortString struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidShortString()
func LedgerInvalidShortStringErrorID() common.Hash {
	return common.HexToHash("0xb3512b0c6163e5f0bafab72bb631b9d58cd7a731b082f910338aa21c83d5c274")
}

// UnpackInvalidShortStringError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidShortString()
func (ledger *Ledger) UnpackInvalidShortStringError(raw []byte) (*LedgerInvalidShortString, error) {
	out := new(LedgerInvalidShortString)
	if err := ledger.abi.UnpackIntoInterface(out, "InvalidShortString", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerIsPaused represents a IsPaused error raised by the Ledger contract.
type LedgerIsPaused struct {
	Until *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error IsPaused(uint256 until)
func LedgerIsPausedErrorID() common.Hash {
	return common.HexToHash("0xdb246dde00dae7f1ee9570b73e4cff7ef3e5fe5f5d951253d5058858a97a57fd")
}

// UnpackIsPausedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error IsPaused(uint256 until)
func (ledger *Ledger) UnpackIsPausedError(raw []byte) (*LedgerIsPaused, error) {
	out := new(LedgerIsPaused)
	if err := ledger.abi.UnpackIntoInterface(out, "IsPaused", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerLeavesOutForced represents a LeavesOutForced error raised by the Ledger contract.
type LedgerLeavesOutForced struct {
	Entry *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error LeavesOutForced(uint256 entry)
func LedgerLeavesOutForcedErrorID() common.Hash {
	return common.HexToHash("0x2533d5000a4dbc0eb6708692c2112beb1fc3ec2460fff491896ef0f53a8b96f3")
}

// UnpackLeavesOutForcedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error LeavesOutForced(uint256 entry)
func (ledger *Ledger) UnpackLeavesOutForcedError(raw []byte) (*LedgerLeavesOutForced, error) {
	out := new(LedgerLeavesOutForced)
	if err := ledger.abi.UnpackIntoInterface(out, "LeavesOutForced", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerNotBonded represents a NotBonded error raised by the Ledger contract.
type LedgerNotBonded struct {
	Bonded *big.Int
	Want   *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotBonded(uint256 bonded, uint256 want)
func LedgerNotBondedErrorID() common.Hash {
	return common.HexToHash("0xee6c874011862cd9f88e6b55a58615d8feb13a64a52bfe441f90570a97f3bf54")
}

// UnpackNotBondedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotBonded(uint256 bonded, uint256 want)
func (ledger *Ledger) UnpackNotBondedError(raw []byte) (*LedgerNotBonded, error) {
	out := new(LedgerNotBonded)
	if err := ledger.abi.UnpackIntoInterface(out, "NotBonded", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerNotChallenges represents a NotChallenges error raised by the Ledger contract.
type LedgerNotChallenges struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotChallenges(address caller)
func LedgerNotChallengesErrorID() common.Hash {
	return common.HexToHash("0xb17a0864ec3d3fb930de01b37092b81600cc04b5fba7f375c80d49bbe7909ff6")
}

// UnpackNotChallengesError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotChallenges(address caller)
func (ledger *Ledger) UnpackNotChallengesError(raw []byte) (*LedgerNotChallenges, error) {
	out := new(LedgerNotChallenges)
	if err := ledger.abi.UnpackIntoInterface(out, "NotChallenges", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerNotFinal represents a NotFinal error raised by the Ledger contract.
type LedgerNotFinal struct {
	Epoch uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotFinal(uint64 epoch)
func LedgerNotFinalErrorID() common.Hash {
	return common.HexToHash("0xbb3c27bdf6dc5d674c9e079508fd4e5985eb41e4b6121a59af8340889daac49e")
}

// UnpackNotFinalError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotFinal(uint64 epoch)
func (ledger *Ledger) UnpackNotFinalError(raw []byte) (*LedgerNotFinal, error) {
	out := new(LedgerNotFinal)
	if err := ledger.abi.UnpackIntoInterface(out, "NotFinal", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerNotNext represents a NotNext error raised by the Ledger contract.
type LedgerNotNext struct {
	Got  uint64
	Want uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotNext(uint64 got, uint64 want)
func LedgerNotNextErrorID() common.Hash {
	return common.HexToHash("0xf8d0538ed10771447f1851db1a4ad9c30940a0628b804972c06dbc4c8de5d084")
}

// UnpackNotNextError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotNext(uint64 got, uint64 want)
func (ledger *Ledger) UnpackNotNextError(raw []byte) (*LedgerNotNext, error) {
	out := new(LedgerNotNext)
	if err := ledger.abi.UnpackIntoInterface(out, "NotNext", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerNotPosted represents a NotPosted error raised by the Ledger contract.
type LedgerNotPosted struct {
	Epoch uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotPosted(uint64 epoch)
func LedgerNotPostedErrorID() common.Hash {
	return common.HexToHash("0x32163cd7b11faea98da61c76db73eca05cbc1c34c3ca5b2b7daf9b7ea4055b22")
}

// UnpackNotPostedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotPosted(uint64 epoch)
func (ledger *Ledger) UnpackNotPostedError(raw []byte) (*LedgerNotPosted, error) {
	out := new(LedgerNotPosted)
	if err := ledger.abi.UnpackIntoInterface(out, "NotPosted", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerNotTheLeader represents a NotTheLeader error raised by the Ledger contract.
type LedgerNotTheLeader struct {
	Leader common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotTheLeader(address leader)
func LedgerNotTheLeaderErrorID() common.Hash {
	return common.HexToHash("0x616e1decbc80c1dc15c267601ff9bef549a9c21b2553dc27d24b32100e70c5e4")
}

// UnpackNotTheLeaderError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotTheLeader(address leader)
func (ledger *Ledger) UnpackNotTheLeaderError(raw []byte) (*LedgerNotTheLeader, error) {
	out := new(LedgerNotTheLeader)
	if err := ledger.abi.UnpackIntoInterface(out, "NotTheLeader", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerNothingToClaim represents a NothingToClaim error raised by the Ledger contract.
type LedgerNothingToClaim struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingToClaim()
func LedgerNothingToClaimErrorID() common.Hash {
	return common.HexToHash("0x969bf7288f744225521096ebffff657851af77dd4c63700d76b8d1cf6481d1f1")
}

// UnpackNothingToClaimError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingToClaim()
func (ledger *Ledger) UnpackNothingToClaimError(raw []byte) (*LedgerNothingToClaim, error) {
	out := new(LedgerNothingToClaim)
	if err := ledger.abi.UnpackIntoInterface(out, "NothingToClaim", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerOpenDemands represents a OpenDemands error raised by the Ledger contract.
type LedgerOpenDemands struct {
	N *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OpenDemands(uint256 n)
func LedgerOpenDemandsErrorID() common.Hash {
	return common.HexToHash("0xd5deef80865f280b4a051d0a1083b118adb18152f324701fc254edfc3654d755")
}

// UnpackOpenDemandsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OpenDemands(uint256 n)
func (ledger *Ledger) UnpackOpenDemandsError(raw []byte) (*LedgerOpenDemands, error) {
	out := new(LedgerOpenDemands)
	if err := ledger.abi.UnpackIntoInterface(out, "OpenDemands", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerSafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the Ledger contract.
type LedgerSafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func LedgerSafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (ledger *Ledger) UnpackSafeERC20FailedOperationError(raw []byte) (*LedgerSafeERC20FailedOperation, error) {
	out := new(LedgerSafeERC20FailedOperation)
	if err := ledger.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerSpendsMoreThanCap represents a SpendsMoreThanCap error raised by the Ledger contract.
type LedgerSpendsMoreThanCap struct {
	Spent *big.Int
	Cap   *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SpendsMoreThanCap(uint256 spent, uint256 cap)
func LedgerSpendsMoreThanCapErrorID() common.Hash {
	return common.HexToHash("0x21e01198de6e4e443d8da719b6c312317f094574b8b77f724c4eb4b802a6f5e4")
}

// UnpackSpendsMoreThanCapError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SpendsMoreThanCap(uint256 spent, uint256 cap)
func (ledger *Ledger) UnpackSpendsMoreThanCapError(raw []byte) (*LedgerSpendsMoreThanCap, error) {
	out := new(LedgerSpendsMoreThanCap)
	if err := ledger.abi.UnpackIntoInterface(out, "SpendsMoreThanCap", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerSpendsMoreThanDeposited represents a SpendsMoreThanDeposited error raised by the Ledger contract.
type LedgerSpendsMoreThanDeposited struct {
	Spent     *big.Int
	Deposited *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SpendsMoreThanDeposited(uint96 spent, uint96 deposited)
func LedgerSpendsMoreThanDepositedErrorID() common.Hash {
	return common.HexToHash("0x6e41e4aaafd162289211448365394b6db310980072610c4230fc44a4f4bde3f7")
}

// UnpackSpendsMoreThanDepositedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SpendsMoreThanDeposited(uint96 spent, uint96 deposited)
func (ledger *Ledger) UnpackSpendsMoreThanDepositedError(raw []byte) (*LedgerSpendsMoreThanDeposited, error) {
	out := new(LedgerSpendsMoreThanDeposited)
	if err := ledger.abi.UnpackIntoInterface(out, "SpendsMoreThanDeposited", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerStringTooLong represents a StringTooLong error raised by the Ledger contract.
type LedgerStringTooLong struct {
	Str string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StringTooLong(string str)
func LedgerStringTooLongErrorID() common.Hash {
	return common.HexToHash("0x305a27a93f8e33b7392df0a0f91d6fc63847395853c45991eec52dbf24d72381")
}

// UnpackStringTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StringTooLong(string str)
func (ledger *Ledger) UnpackStringTooLongError(raw []byte) (*LedgerStringTooLong, error) {
	out := new(LedgerStringTooLong)
	if err := ledger.abi.UnpackIntoInterface(out, "StringTooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerTooEarly represents a TooEarly error raised by the Ledger contract.
type LedgerTooEarly struct {
	Time *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooEarly(uint256 time)
func LedgerTooEarlyErrorID() common.Hash {
	return common.HexToHash("0x2a35a3246d5070e2b118858c24c2c4d23eaebe645b92ab746b92dd600c35a9d7")
}

// UnpackTooEarlyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooEarly(uint256 time)
func (ledger *Ledger) UnpackTooEarlyError(raw []byte) (*LedgerTooEarly, error) {
	out := new(LedgerTooEarly)
	if err := ledger.abi.UnpackIntoInterface(out, "TooEarly", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerTooFarAhead represents a TooFarAhead error raised by the Ledger contract.
type LedgerTooFarAhead struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooFarAhead()
func LedgerTooFarAheadErrorID() common.Hash {
	return common.HexToHash("0x1cf9b207317932dc0e0ac0f4741eab0a5db6efb1a42c0f2e6bc8d3ea3f524123")
}

// UnpackTooFarAheadError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooFarAhead()
func (ledger *Ledger) UnpackTooFarAheadError(raw []byte) (*LedgerTooFarAhead, error) {
	out := new(LedgerTooFarAhead)
	if err := ledger.abi.UnpackIntoInterface(out, "TooFarAhead", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerWrongLeaf represents a WrongLeaf error raised by the Ledger contract.
type LedgerWrongLeaf struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongLeaf()
func LedgerWrongLeafErrorID() common.Hash {
	return common.HexToHash("0x2213513dd8f73a0fb217e02d9cb745341ea618858baacef12127575147bd7766")
}

// UnpackWrongLeafError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongLeaf()
func (ledger *Ledger) UnpackWrongLeafError(raw []byte) (*LedgerWrongLeaf, error) {
	out := new(LedgerWrongLeaf)
	if err := ledger.abi.UnpackIntoInterface(out, "WrongLeaf", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerWrongPrevious represents a WrongPrevious error raised by the Ledger contract.
type LedgerWrongPrevious struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongPrevious()
func LedgerWrongPreviousErrorID() common.Hash {
	return common.HexToHash("0xecf81694e981c5a31893639dad01d18852e5c89259f4e96f39ee5f887a6d4b60")
}

// UnpackWrongPreviousError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongPrevious()
func (ledger *Ledger) UnpackWrongPreviousError(raw []byte) (*LedgerWrongPrevious, error) {
	out := new(LedgerWrongPrevious)
	if err := ledger.abi.UnpackIntoInterface(out, "WrongPrevious", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerWrongTrace represents a WrongTrace error raised by the Ledger contract.
type LedgerWrongTrace struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongTrace()
func LedgerWrongTraceErrorID() common.Hash {
	return common.HexToHash("0xa5f1ea6acda06a20373f02d7b58d0e8ffa48bb204609e9478eaa422ceb78adee")
}

// UnpackWrongTraceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongTrace()
func (ledger *Ledger) UnpackWrongTraceError(raw []byte) (*LedgerWrongTrace, error) {
	out := new(LedgerWrongTrace)
	if err := ledger.abi.UnpackIntoInterface(out, "WrongTrace", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LedgerZeroAmount represents a ZeroAmount error raised by the Ledger contract.
type LedgerZeroAmount struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ZeroAmount()
func LedgerZeroAmountErrorID() common.Hash {
	return common.HexToHash("0x1f2a2005cb66a8e145327e8814e243a0996aec9bfe1e15a495778b1236dbd485")
}

// UnpackZeroAmountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ZeroAmount()
func (ledger *Ledger) UnpackZeroAmountError(raw []byte) (*LedgerZeroAmount, error) {
	out := new(LedgerZeroAmount)
	if err := ledger.abi.UnpackIntoInterface(out, "ZeroAmount", raw); err != nil {
		return nil, err
	}
	return out, nil
}
