// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package jobescrow

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

// Engagement is an auto generated low-level Go binding around an user-defined struct.
type Engagement struct {
	Job     [32]byte
	Worker  common.Address
	Replica uint32
	From    uint32
	To      uint32
	Due     *big.Int
	Pay     *big.Int
	Stake   *big.Int
	Bond    *big.Int
	Salt    uint64
}

// JobEscrowJob is an auto generated low-level Go binding around an user-defined struct.
type JobEscrowJob struct {
	Spec      [32]byte
	Requester common.Address
	Held      *big.Int
	Pool      common.Address
	Promised  *big.Int
	Data      *big.Int
	Steps     uint32
	Window    uint32
	Patience  uint32
	Done      uint32
	Engaged   uint32
	Closed    bool
	Until     *big.Int
}

// JobEscrowMember is an auto generated low-level Go binding around an user-defined struct.
type JobEscrowMember struct {
	Job     [32]byte
	Worker  common.Address
	Pay     *big.Int
	Stake   *big.Int
	Bond    *big.Int
	From    uint32
	To      uint32
	Replica uint32
	UpTo    uint32
	Time    *big.Int
	State   uint8
	Root    [32]byte
	Against [32]byte
}

// Offer is an auto generated low-level Go binding around an user-defined struct.
type Offer struct {
	Spec     [32]byte
	Steps    uint32
	Window   uint32
	Patience uint32
	Until    *big.Int
	Escrow   *big.Int
	Data     *big.Int
	Pool     common.Address
}

// JobEscrowMetaData contains all meta data concerning the JobEscrow contract.
var JobEscrowMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"manager\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"staking_\",\"type\":\"address\",\"internalType\":\"contractStaking\"},{\"name\":\"referee_\",\"type\":\"address\",\"internalType\":\"contractReferee\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"CHALLENGER_BPS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"CLIENT_BPS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"approve\",\"inputs\":[{\"name\":\"members\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"approvePart\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"upTo\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"authority\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"conflict\",\"inputs\":[{\"name\":\"a\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"b\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"convict\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"brief\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"challenger\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"dispute\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"domainSeparator\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"eip712Domain\",\"inputs\":[],\"outputs\":[{\"name\":\"fields\",\"type\":\"bytes1\",\"internalType\":\"bytes1\"},{\"name\":\"name\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"version\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"chainId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"verifyingContract\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"extensions\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"engage\",\"inputs\":[{\"name\":\"e\",\"type\":\"tuple\",\"internalType\":\"structEngagement\",\"components\":[{\"name\":\"job\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"worker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"replica\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"from\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"to\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"due\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"pay\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"bond\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"expire\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"follow\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"fund\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"isConsumingScheduledOp\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"job\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structJobEscrow.Job\",\"components\":[{\"name\":\"spec\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"requester\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"held\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"pool\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"promised\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"data\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"steps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"patience\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"done\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"engaged\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"closed\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"until\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"jobOf\",\"inputs\":[{\"name\":\"requester\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"o\",\"type\":\"tuple\",\"internalType\":\"structOffer\",\"components\":[{\"name\":\"spec\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"steps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"patience\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"until\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"escrow\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"data\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"pool\",\"type\":\"address\",\"internalType\":\"address\"}]}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"lapse\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"member\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structJobEscrow.Member\",\"components\":[{\"name\":\"job\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"worker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pay\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"bond\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"from\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"to\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"replica\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"upTo\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"time\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"state\",\"type\":\"uint8\",\"internalType\":\"enumJobEscrow.State\"},{\"name\":\"root\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"against\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"memberOf\",\"inputs\":[{\"name\":\"e\",\"type\":\"tuple\",\"internalType\":\"structEngagement\",\"components\":[{\"name\":\"job\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"worker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"replica\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"from\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"to\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"due\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"pay\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"bond\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"open\",\"inputs\":[{\"name\":\"o\",\"type\":\"tuple\",\"internalType\":\"structOffer\",\"components\":[{\"name\":\"spec\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"steps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"patience\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"until\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"escrow\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"data\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"pool\",\"type\":\"address\",\"internalType\":\"address\"}]}],\"outputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"referee\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractReferee\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"refund\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"release\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"resolve\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"guilty\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"lightly\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"challenger\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setAuthority\",\"inputs\":[{\"name\":\"newAuthority\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"staking\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractStaking\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"submit\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"upTo\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"root\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"token\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractIERC20\"}],\"stateMutability\":\"view\"},{\"type\":\"event\",\"name\":\"AuthorityUpdated\",\"inputs\":[{\"name\":\"authority\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Closed\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"member\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"state\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumJobEscrow.State\"},{\"name\":\"paid\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Disputed\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"member\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"EIP712DomainChanged\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Engaged\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"member\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"worker\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"engagement\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structEngagement\",\"components\":[{\"name\":\"job\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"worker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"replica\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"from\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"to\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"due\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"pay\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"bond\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Funded\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Opened\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"requester\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"offer\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structOffer\",\"components\":[{\"name\":\"spec\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"steps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"patience\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"until\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"escrow\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"data\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"pool\",\"type\":\"address\",\"internalType\":\"address\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Refunded\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"rest\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Resolved\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"member\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"guilty\",\"type\":\"bool\",\"indexed\":false,\"internalType\":\"bool\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Submitted\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"member\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"upTo\",\"type\":\"uint32\",\"indexed\":false,\"internalType\":\"uint32\"},{\"name\":\"root\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AccessManagedInvalidAuthority\",\"inputs\":[{\"name\":\"authority\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"AccessManagedRequiredDelay\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"delay\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"type\":\"error\",\"name\":\"AccessManagedUnauthorized\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"AlreadyEngaged\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"AlreadyOpen\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadOffer\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadRange\",\"inputs\":[{\"name\":\"from\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"upTo\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"to\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"type\":\"error\",\"name\":\"InvalidShortString\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"JobClosed\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NoConflict\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotConvicted\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotCovered\",\"inputs\":[{\"name\":\"held\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"want\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"NotRequester\",\"inputs\":[{\"name\":\"requester\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotSignedBy\",\"inputs\":[{\"name\":\"worker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotWorker\",\"inputs\":[{\"name\":\"worker\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StillEngaged\",\"inputs\":[{\"name\":\"n\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"type\":\"error\",\"name\":\"StringTooLong\",\"inputs\":[{\"name\":\"str\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"TooEarly\",\"inputs\":[{\"name\":\"time\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TooLate\",\"inputs\":[{\"name\":\"time\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"WrongState\",\"inputs\":[{\"name\":\"state\",\"type\":\"uint8\",\"internalType\":\"enumJobEscrow.State\"}]}]",
	ID:  "JobEscrow",
	Bin: "0x6101c0604052348015610010575f5ffd5b50604051614bfd380380614bfd83398101604081905261002f91610267565b6040518060400160405280600f81526020016e4f70656e4c6564676572204a6f627360881b815250604051806040016040528060018152602001603160f81b81525084610081816101b760201b60201c565b5061008b8261020a565b610120526100988161020a565b61014052815160208084019190912060e052815190820120610100524660a05261012460e05161010051604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201529081019290925260608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b60805250503060c0526001600160a01b038181166101a052821661018081905260408051637e062a3560e11b8152905163fc0c546a916004808201926020929091908290030181865afa15801561017d573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906101a191906102b1565b6001600160a01b0316610160525061032e915050565b5f80546001600160a01b0319166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad9060200160405180910390a150565b5f5f829050601f8151111561023d578260405163305a27a960e01b815260040161023491906102d3565b60405180910390fd5b805161024882610308565b179392505050565b6001600160a01b0381168114610264575f5ffd5b50565b5f5f5f60608486031215610279575f5ffd5b835161028481610250565b602085015190935061029581610250565b60408501519092506102a681610250565b809150509250925092565b5f602082840312156102c1575f5ffd5b81516102cc81610250565b9392505050565b602081525f82518060208401528060208501604085015e5f604082850101526040601f19601f83011684010191505092915050565b80516020808301519190811015610328575f198160200360031b1b821691505b50919050565b60805160a05160c05160e05161010051610120516101405161016051610180516101a0516147d46104295f395f818161026c015281816110e30152612e7e01525f81816102d101528181610d57015281816110710152818161130501528181611f43015281816124f40152818161259b015281816129ef01528181612b5e01528181612d330152818161316b01526133b801525f81816105930152818161079a0152818161182801528181611b1501528181611b5701528181612b1301528181612bf001526131de01525f6135d001525f6135a501525f61372701525f6136ff01525f61365a01525f61368401525f6136ae01526147d45ff3fe608060405234801561000f575f5ffd5b50600436106101c6575f3560e01c806377c2498f116100fe578063add98c701161009e578063db371c601161006e578063db371c6014610406578063e828f98014610573578063f698da2514610586578063fc0c546a1461058e575f5ffd5b8063add98c70146103bd578063bf7e214f146103d0578063c6441798146103e0578063d3b110da146103f3575f5ffd5b806384b0196e116100d957806384b0196e1461035b5780638fb36037146103765780639a12bc6814610397578063a58b90c4146103aa575f5ffd5b806377c2498f146103225780637869b1d7146103355780637a9e5e4b14610348575f5ffd5b80633b1bebd1116101695780634cf088d9116101445780634cf088d9146102cc57806367d42a8b146102f35780636b193aa4146103065780637249fbb61461030f575f5ffd5b80633b1bebd114610267578063423bbf6b146102a6578063474a2538146102b9575f5ffd5b80630f5d6f82116101a45780630f5d6f821461020e578063126d66fd14610221578063336367db1461024157806338f3273214610254575f5ffd5b8063020a3489146101ca57806303ce2840146101df57806304e79e85146101f2575b5f5ffd5b6101dd6101d8366004613adf565b6105b5565b005b6101dd6101ed366004613b4a565b6106f0565b6101fb6107d081565b6040519081526020015b60405180910390f35b6101fb61021c366004613bd4565b6107d0565b61023461022f366004613c26565b610e2e565b6040516102059190613c71565b6101fb61024f366004613d97565b610fa8565b6101dd610262366004613db9565b611000565b61028e7f000000000000000000000000000000000000000000000000000000000000000081565b6040516001600160a01b039091168152602001610205565b6101fb6102b4366004613e1a565b6113c9565b6101fb6102c7366004613e35565b61185e565b61028e7f000000000000000000000000000000000000000000000000000000000000000081565b6101dd610301366004613c26565b611894565b6101fb610bb881565b6101dd61031d366004613c26565b611973565b6101dd610330366004613c26565b611b80565b6101dd610343366004613e6a565b611c4c565b6101dd610356366004613e8a565b611dde565b610363611e6f565b6040516102059796959493929190613ed3565b61037e611ecd565b6040516001600160e01b03199091168152602001610205565b6101dd6103a5366004613f98565b611f0a565b6101dd6103b8366004613fcb565b6121bd565b6101dd6103cb366004613c26565b612348565b5f546001600160a01b031661028e565b6101dd6103ee366004613c26565b6123b8565b6101dd610401366004614021565b612560565b610566610414366004613c26565b604080516101a0810182525f80825260208201819052918101829052606081018290526080810182905260a0810182905260c0810182905260e081018290526101008101829052610120810182905261014081018290526101608101829052610180810191909152505f9081526003602081815260409283902083516101a0810185528154815260018201546001600160a01b03808216948301949094526001600160601b03600160a01b918290048116968301969096526002830154938416606083015292839004851660808201529281015493841660a084015263ffffffff600160601b8504811660c0850152600160801b8504811660e0850152918404821661010080850191909152600160c01b85048316610120850152600160e01b9094049091166101408301526004015460ff8116151561016083015264ffffffffff9290049190911661018082015290565b6040516102059190614044565b6101dd61058136600461418a565b612649565b6101fb61277e565b61028e7f000000000000000000000000000000000000000000000000000000000000000081565b6105c1335b5f36612787565b5f848152600460205260409081902080549151909186917fd25eb95e0448ccbb667acf176f7411c3620bd7821e0504ad0e29e84bc193b0499061060990881515815260200190565b60405180910390a3836106a157600380820154600160681b900460ff16600781111561063757610637613c3d565b1461066e57600381015460405163e37d4aeb60e01b815261066591600160681b900460ff16906004016141fb565b60405180910390fd5b5f600582015560030180546dffffffffffff000000000000000019166d02000000000000000000000000001790556106ea565b6106e78582856106be5760028401546001600160601b03166106d8565b60028401546106d890600a906001600160601b0316614231565b6001600160601b03168561288f565b50505b50505050565b5f6106fa83612c22565b9050818160010160148282829054906101000a90046001600160601b0316610722919061425e565b92506101000a8154816001600160601b0302191690836001600160601b03160217905550827f0f3931eb3a9d185fedd011414f82001421b247a283427eefa5081e1766b969268360405161078591906001600160601b0391909116815260200190565b60405180910390a26107cb6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001633306001600160601b038616612c84565b505050565b5f806107dc8535612c22565b60018101549091506001600160a01b0316331461081d57600181015460405163e7f1421f60e01b81526001600160a01b039091166004820152602401610665565b6004810154610100900464ffffffffff164211156108645760048181015460405163348f2b4160e11b815261010090910464ffffffffff1691810191909152602401610665565b61087460a086016080870161427d565b63ffffffff1661088a608087016060880161427d565b63ffffffff161015806108c257506003810154600160601b900463ffffffff166108ba60a087016080880161427d565b63ffffffff16115b15610925576108d7608086016060870161427d565b6108e760a087016080880161427d565b6003830154604051632058081960e01b815263ffffffff93841660048201529183166024830152600160601b90049091166044820152606401610665565b60038101545f906001600160601b031661094560e0880160c08901614296565b6002840154610967916001600160601b0390811691600160a01b9004166142b1565b61097191906142b1565b6001830154909150600160a01b90046001600160601b03168111156109e05760018201546040517f09d16e81000000000000000000000000000000000000000000000000000000008152600160a01b9091046001600160601b0316600482015260248101829052604401610665565b6109e986610fa8565b5f8181526004602052604081209194506003820154600160681b900460ff166007811115610a1957610a19613c3d565b14610a50576040517f75eb38ff00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610a6b610a636040890160208a01613e8a565b858888612cba565b610a7b60c0880160a089016142d8565b64ffffffffff16421115610abc57610a9960c0880160a089016142d8565b60405163348f2b4160e11b815264ffffffffff9091166004820152602401610665565b610acc60e0880160c08901614296565b600284018054601490610af0908490600160a01b90046001600160601b031661425e565b92506101000a8154816001600160601b0302191690836001600160601b0316021790555082600301601c81819054906101000a900463ffffffff16610b34906142f1565b825463ffffffff9182166101009390930a928302919092021990911617905586358155610b676040880160208901613e8a565b610b7760e0890160c08a01614296565b610b886101008a0160e08b01614296565b610b9a6101208b016101008c01614296565b6002850180546001600160601b039384166bffffffffffffffffffffffff19938516600160601b02939093167fffffffffffffffff000000000000000000000000000000000000000000000000909116179190911790556001600160a01b03929092169116600160a01b0273ffffffffffffffffffffffffffffffffffffffff1916176001820155610c32608088016060890161427d565b610c4260a0890160808a0161427d565b610c5260608a0160408b0161427d565b610c6260c08b0160a08c016142d8565b60038501805463ffffffff93841663ffffffff1964ffffffffff909416600160401b026dffffffffffff00000000000000001990921691909117600160681b1792909216919091179055600284018054938216600160c01b0263ffffffff60c01b1993909216600160e01b029290921677ffffffffffffffffffffffffffffffffffffffffffffffff90931692909217919091179055610d086040880160208901613e8a565b6001600160a01b031684885f01357fe1e6f5be31b3d163f3663e2dd9f0052e1da15c5c7f74ce7f8f26b49f788ae0238a604051610d45919061441a565b60405180910390a46001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001663282d3fdf610d8c60408a0160208b01613e8a565b610d9e6101208b016101008c01614296565b6001600160601b0316610db86101008c0160e08d01614296565b6001600160601b0316610dcb91906142b1565b6040516001600160e01b031960e085901b1681526001600160a01b03909216600483015260248201526044015f604051808303815f87803b158015610e0e575f5ffd5b505af1158015610e20573d5f5f3e3d5ffd5b505050505050509392505050565b610e99604080516101a0810182525f80825260208201819052918101829052606081018290526080810182905260a0810182905260c0810182905260e08101829052610100810182905261012081018290529061014082019081526020015f81526020015f81525090565b5f8281526004602090815260409182902082516101a0810184528154815260018201546001600160a01b038116938201939093526001600160601b03600160a01b90930483169381019390935260028101548083166060850152600160601b8104909216608084015263ffffffff600160c01b8304811660a0850152600160e01b909204821660c0840152600381015480831660e0850152640100000000810490921661010084015264ffffffffff600160401b8304166101208401529061014083019060ff600160681b909104166007811115610f7957610f79613c3d565b6007811115610f8a57610f8a613c3d565b81526004820154602082015260059091015460409091015292915050565b5f610ffa7fce33f0c943641512088bc65d34b617b0db50d4f42205a8531362eee38a83993483604051602001610fdf929190614429565b60405160208183030381529060405280519060200120612df4565b92915050565b5f84815260046020526040908190209083101561103057604051639e58207760e01b815260040160405180910390fd5b60018101546040517f912c26730000000000000000000000000000000000000000000000000000000081526001600160a01b0391821660048201525f9182917f00000000000000000000000000000000000000000000000000000000000000009091169063912c267390602401602060405180830381865afa1580156110b8573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906110dc919061443e565b1190505f5f7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03168361115957604051611145907f1884493e00000000000000000000000000000000000000000000000000000000908a908a90602001614455565b6040516020818303038152906040526111e9565b604080516001600160a01b03881660248201526044808201839052825180830390910181526064909101909152602080820180516001600160e01b03167fe51f9113000000000000000000000000000000000000000000000000000000001790526111c7908990818c614478565b6040516020016111d9939291906144b6565b6040516020818303038152906040525b6040516111f691906144d4565b5f604051808303815f865af19150503d805f811461122f576040519150601f19603f3d011682016040523d82523d5f602084013e611234565b606091505b50915091508161124657805160208201fd5b5f5f841561126b578280602001905181019061126291906144df565b925090506112c4565b5f838060200190518101906112809190614503565b91965092945092505f91506112929050565b81600b8111156112a4576112a4613c3d565b036112c257604051639e58207760e01b815260040160405180910390fd5b505b85545f908152600360205260409020548114158061137a5750600186015460405163f2738d9760e01b81526001600160a01b038481166004830152918216917f0000000000000000000000000000000000000000000000000000000000000000169063f2738d9790602401602060405180830381865afa15801561134a573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061136e9190614564565b6001600160a01b031614155b1561139857604051639e58207760e01b815260040160405180910390fd5b84156113af576113aa8a878385612e3b565b6113bd565b6113bb8a875f8a612fe1565b505b50505050505050505050565b5f6113d4338361185e565b5f818152600360205260409020600101549091506001600160a01b031615611428576040517f965f8d9400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b611438604083016020840161427d565b63ffffffff161580611479575061145560c0830160a08401614296565b6001600160601b031661146e60e0840160c08501614296565b6001600160601b0316115b806114be57505f611491610100840160e08501613e8a565b6001600160a01b03161480156114be57505f6114b360e0840160c08501614296565b6001600160601b0316115b806114dc57506114d4606083016040840161427d565b63ffffffff16155b806114fa57506114f2608083016060840161427d565b63ffffffff16155b15611531576040517f9f5ae79400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b604080516101a0810182528335815233602082015290810161155960c0850160a08601614296565b6001600160601b03168152602001611578610100850160e08601613e8a565b6001600160a01b031681525f602082015260400161159c60e0850160c08601614296565b6001600160601b031681526020018360200160208101906115bd919061427d565b63ffffffff1681526020016115d8606085016040860161427d565b63ffffffff1681526020016115f3608085016060860161427d565b63ffffffff1681525f602082018190526040820181905260608201526080908101906116259060a086019086016142d8565b64ffffffffff9081169091525f838152600360208181526040928390208551815590850151858401516001600160601b03908116600160a01b9081026001600160a01b039384161760018501556060880151608089015183168202931692909217600284015560a0870151938301805460c089015160e08a0151610100808c01516101208d01516101408e015163ffffffff908116600160e01b026001600160e01b03928216600160c01b029290921677ffffffffffffffffffffffffffffffffffffffffffffffff938216909a027fffffffffffffffff00000000ffffffffffffffffffffffffffffffffffffffff958216600160801b02959095167fffffffffffffffff0000000000000000ffffffffffffffffffffffffffffffff91909616600160601b027fffffffffffffffffffffffffffffffff000000000000000000000000000000009097169b9098169a909a17949094179590951691909117171692909217939093179055610160850151600490910180546101809096015190941690910265ffffffffff00199115159190911665ffffffffffff199094169390931792909217905551339082907f92ed14c552f95fa811728b58efc98b5231559c3b22ba16493d4bc55efe39bc0a90611801908690614634565b60405180910390a3611859333061181e60c0860160a08701614296565b6001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169291906001600160601b0316612c84565b919050565b5f463084846040516020016118769493929190614643565b60405160208183030381529060405280519060200120905092915050565b5f81815260046020526040902060026003820154600160681b900460ff1660078111156118c3576118c3613c3d565b146118f157600381015460405163e37d4aeb60e01b815261066591600160681b900460ff16906004016141fb565b80545f90815260036020819052604082208101549083015461192e91600160801b900463ffffffff1690600160401b900464ffffffffff166142b1565b90508042101561195457604051630a8d68c960e21b815260048101829052602401610665565b6107cb83838460030160049054906101000a900463ffffffff16613030565b5f61197d82612c22565b60018101549091506001600160a01b031633148015906119ad57506004810154610100900464ffffffffff164211155b156119e157600481810154604051630a8d68c960e21b815261010090910464ffffffffff1691810191909152602401610665565b6003810154600160e01b900463ffffffff1615611a3e5760038101546040517f89242f8c000000000000000000000000000000000000000000000000000000008152600160e01b90910463ffffffff166004820152602401610665565b60048101805460ff1916600117905560038101545f9063ffffffff600160601b8204811691611a7e91600160c01b820416906001600160601b031661466f565b611a889190614686565b60018301549091505f90611aad908390600160a01b90046001600160601b0316614699565b6001840180546001600160a01b03169055604080518481526020810183905291925085917f0609e749042bf714da0cf43eb5f443edb12a62618a6ea1f00df08b56943b8276910160405180910390a28115611b3e576002830154611b3e906001600160a01b037f00000000000000000000000000000000000000000000000000000000000000008116911684613201565b80156106ea5760018301546106ea906001600160a01b037f00000000000000000000000000000000000000000000000000000000000000008116911683613201565b5f818152600460205260409020600380820154600160681b900460ff166007811115611bae57611bae613c3d565b14611bdc57600381015460405163e37d4aeb60e01b815261066591600160681b900460ff16906004016141fb565b80545f908152600360208190526040822081015490830154611c1991600160a01b900463ffffffff1690600160401b900464ffffffffff166142b1565b905080421015611c3f57604051630a8d68c960e21b815260048101829052602401610665565b6107cb838360075f613236565b5f82815260046020526040808220838352912060026003830154600160681b900460ff166007811115611c8157611c81613c3d565b14611caf57600382015460405163e37d4aeb60e01b815261066591600160681b900460ff16906004016141fb565b60026003820154600160681b900460ff166007811115611cd157611cd1613c3d565b14611cff57600381015460405163e37d4aeb60e01b815261066591600160681b900460ff16906004016141fb565b80548254141580611d2e575060028181015490830154600160c01b9182900463ffffffff908116929091041614155b80611d585750600381810154908301546401000000009182900463ffffffff908116929091041614155b80611d6a575080600401548260040154145b80611d8657506003808201549083015463ffffffff9081169116145b15611dbd576040517f7412124e00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b60058181018590558201839055611dd4848361345f565b6106ea838261345f565b5f5433906001600160a01b03168114611e145760405162d1953b60e31b81526001600160a01b0382166004820152602401610665565b816001600160a01b03163b5f03611e62576040517fc2f31e5e0000000000000000000000000000000000000000000000000000000081526001600160a01b0383166004820152602401610665565b611e6b8261353e565b5050565b5f6060805f5f5f6060611e8061359e565b611e886135c9565b604080515f808252602082019092527f0f000000000000000000000000000000000000000000000000000000000000009b939a50919850469750309650945092509050565b5f8054600160a01b900460ff16611ee357505f90565b7f8fb36037000000000000000000000000000000000000000000000000000000005b905090565b5f838152600460208190526040918290206001810154925163f2738d9760e01b81523392810192909252916001600160a01b03908116917f00000000000000000000000000000000000000000000000000000000000000009091169063f2738d9790602401602060405180830381865afa158015611f8a573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611fae9190614564565b6001600160a01b031614611fff5760018101546040517fd8d46bad0000000000000000000000000000000000000000000000000000000081526001600160a01b039091166004820152602401610665565b60016003820154600160681b900460ff16600781111561202157612021613c3d565b1461204f57600381015460405163e37d4aeb60e01b815261066591600160681b900460ff16906004016141fb565b6003810154600160401b900464ffffffffff1642111561209757600381015460405163348f2b4160e11b8152600160401b90910464ffffffffff166004820152602401610665565b600281015463ffffffff600160c01b90910481169084161115806120cf5750600281015463ffffffff600160e01b9091048116908416115b15612119576002810154604051632058081960e01b815263ffffffff600160c01b8304811660048301528581166024830152600160e01b9092049091166044820152606401610665565b600481018290556003810180546d02000000000000000000000000006dffffffffffff000000000000000019909116600160401b4264ffffffffff1602171767ffffffff00000000191664010000000063ffffffff8616908102919091179091558154604080519283526020830185905286927f8c4f43575f01aac3835fbde992c27afcd66a84f5b8c9e088cb41e63aab65c3b9910160405180910390a350505050565b5f84815260046020526040902080546121d5906135f4565b60016003820154600160681b900460ff1660078111156121f7576121f7613c3d565b14158015612225575060026003820154600160681b900460ff16600781111561222257612222613c3d565b14155b1561225357600381015460405163e37d4aeb60e01b815261066591600160681b900460ff16906004016141fb565b600281015463ffffffff600160c01b9091048116908516108061228a5750600281015463ffffffff600160e01b9091048116908516115b156122d4576002810154604051632058081960e01b815263ffffffff600160c01b8304811660048301528681166024830152600160e01b9092049091166044820152606401610665565b6001810154604080517f8bb5fc41ddffab52f3f92e0413561af7a53f2c4826d6d7e2dcab79eb0c56b30c602082015290810187905263ffffffff86166060820152612336916001600160a01b03169061232f90608001610fdf565b8585612cba565b612341858286613030565b5050505050565b612351336105ba565b5f81815260046020526040902060026003820154600160681b900460ff16600781111561238057612380613c3d565b146123ae57600381015460405163e37d4aeb60e01b815261066591600160681b900460ff16906004016141fb565b611e6b828261345f565b5f81815260046020526040902060016003820154600160681b900460ff1660078111156123e7576123e7613c3d565b1461241557600381015460405163e37d4aeb60e01b815261066591600160681b900460ff16906004016141fb565b6003810154600160401b900464ffffffffff16421161246857600381015461244c90600160401b900464ffffffffff1660016142b1565b604051630a8d68c960e21b815260040161066591815260200190565b612475828260065f613236565b6002810154600160601b90046001600160601b031615611e6b57600181015460028201546040517f4be9fd9f0000000000000000000000000000000000000000000000000000000081526001600160a01b039283166004820152600160601b9091046001600160601b031660248201525f6044820181905260648201527f000000000000000000000000000000000000000000000000000000000000000090911690634be9fd9f906084016020604051808303815f875af115801561253c573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906107cb919061443e565b5f828152600460208190526040918290206001810154925163f2738d9760e01b81526001600160a01b038581169382019390935290928216917f0000000000000000000000000000000000000000000000000000000000000000169063f2738d9790602401602060405180830381865afa1580156125e0573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906126049190614564565b6001600160a01b03161461262b57604051639e58207760e01b815260040160405180910390fd5b80545f908152600360205260409020546107cb908490839085612e3b565b5f5b818110156107cb575f60045f858585818110612669576126696146ac565b9050602002013581526020019081526020015f20905061268b815f01546135f4565b60016003820154600160681b900460ff1660078111156126ad576126ad613c3d565b036126ee576126e98484848181106126c7576126c76146ac565b905060200201358283600201601c9054906101000a900463ffffffff16613030565b612775565b60026003820154600160681b900460ff16600781111561271057612710613c3d565b0361274c576126e984848481811061272a5761272a6146ac565b90506020020135828360030160049054906101000a900463ffffffff16613030565b600381015460405163e37d4aeb60e01b815261066591600160681b900460ff16906004016141fb565b5060010161264b565b5f611f0561364e565b5f5f6127ba61279d5f546001600160a01b031690565b86306127ac60045f898b614478565b6127b5916146c0565b613777565b91509150816123415763ffffffff81161561286c575f805460ff60a01b198116600160a01b179091556040517f94c7d7ee0000000000000000000000000000000000000000000000000000000081526001600160a01b03909116906394c7d7ee9061282d908890889088906004016146f5565b5f604051808303815f87803b158015612844575f5ffd5b505af1158015612856573d5f5f3e3d5ffd5b50505f805460ff60a01b19169055506123419050565b60405162d1953b60e31b81526001600160a01b0386166004820152602401610665565b5f60016003850154600160681b900460ff1660078111156128b2576128b2613c3d565b141580156128e0575060026003850154600160681b900460ff1660078111156128dd576128dd613c3d565b14155b801561290b5750600380850154600160681b900460ff16600781111561290857612908613c3d565b14155b1561293957600384015460405163e37d4aeb60e01b815261066591600160681b900460ff16906004016141fb565b612946858560055f613236565b60058401545f908152600460205260409020600380820154600160681b900460ff16600781111561297957612979613c3d565b1480156129895750858160050154145b156129e0575f60058201556003810180546d02000000000000000000000000006dffffffffffff0000000000000000199091166dff0000000000000000000000000019600160401b4264ffffffffff160216171790555b60018501546001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000811691634be9fd9f91168630612a28610bb86107d06142b1565b6040516001600160e01b031960e087901b1681526001600160a01b03948516600482015260248101939093529216604482015260648101919091526084016020604051808303815f875af1158015612a82573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190612aa6919061443e565b91505f612710612aba610bb86107d06142b1565b612ac4908561466f565b612ace9190614686565b90505f612710612ae06107d08661466f565b612aea9190614686565b90508015612b3c5786545f90815260036020526040902060010154612b3c906001600160a01b037f00000000000000000000000000000000000000000000000000000000000000008116911683613201565b80821115612c1757612c176001600160a01b03861615612b5c5785612bdc565b7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031663c0a2526c6040518163ffffffff1660e01b8152600401602060405180830381865afa158015612bb8573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190612bdc9190614564565b612be68385614699565b6001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169190613201565b505050949350505050565b5f81815260036020526040902060018101546001600160a01b03161580612c4d5750600481015460ff165b15611859576040517f4a0be34b00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b612c92848484846001613822565b6106ea57604051635274afe760e01b81526001600160a01b0385166004820152602401610665565b5f612cfa8484848080601f0160208091040260200160405190810160405280939291908181526020018383808284375f920191909152506138a892505050565b50909150506001600160a01b0381161580612daa575060405163f2738d9760e01b81526001600160a01b038281166004830152808716917f00000000000000000000000000000000000000000000000000000000000000009091169063f2738d9790602401602060405180830381865afa158015612d7a573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190612d9e9190614564565b6001600160a01b031614155b15612341576040517fca66d4f30000000000000000000000000000000000000000000000000000000081526001600160a01b03808716600483015282166024820152604401610665565b5f610ffa612e0061364e565b836040517f19010000000000000000000000000000000000000000000000000000000000008152600281019290925260228201526042902090565b6040517f0661cf19000000000000000000000000000000000000000000000000000000008152600481018390526001600160a01b0382811660248301525f9182917f00000000000000000000000000000000000000000000000000000000000000001690630661cf19906044016040805180830381865afa158015612ec2573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190612ee69190614733565b9092506001600160601b031690506001600160a01b038216612f1b57604051639e58207760e01b815260040160405180910390fd5b5f8484604051602001612f419291909182526001600160a01b0316602082015260400190565b60408051601f1981840301815291815281516020928301205f8181526005909352912054909150612f7290836142b1565b6002870154909250612fb690889088906001600160601b03168510612f97575f612fb0565b6002890154612fb09086906001600160601b0316614699565b86612fe1565b5f8281526005602052604081208054909190612fd39084906142b1565b909155505050505050505050565b8254604051600181525f9186917fd25eb95e0448ccbb667acf176f7411c3620bd7821e0504ad0e29e84bc193b0499060200160405180910390a36130278585858561288f565b95945050505050565b81545f90815260036020526040812060028401549091906130679063ffffffff600160c01b8204811691600160e01b900416614760565b600285015463ffffffff9182169161308791600160c01b90041685614760565b60018601546130ac9163ffffffff1690600160a01b90046001600160601b031661466f565b6130b69190614686565b600285015490915063ffffffff600160c01b90910481169084161180156130f15750600382015463ffffffff600160c01b9091048116908416115b156131175760038201805463ffffffff60c01b1916600160c01b63ffffffff8616021790555b6131248585600484613236565b80156123415760018401546040517f6da61d1e0000000000000000000000000000000000000000000000000000000081526001600160a01b039182166004820152612341917f00000000000000000000000000000000000000000000000000000000000000001690636da61d1e90602401602060405180830381865afa1580156131b0573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906131d49190614564565b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001690835b61320e83838360016138f1565b6107cb57604051635274afe760e01b81526001600160a01b0384166004820152602401610665565b82545f90815260036020819052604090912090840180548491906dff000000000000000000000000001916600160681b83600781111561327857613278613c3d565b0217905550818160010160148282829054906101000a90046001600160601b03166132a3919061477c565b92506101000a8154816001600160601b0302191690836001600160601b031602179055508360010160149054906101000a90046001600160601b03168160020160148282829054906101000a90046001600160601b0316613304919061477c565b92506101000a8154816001600160601b0302191690836001600160601b0316021790555080600301601c81819054906101000a900463ffffffff166133489061479b565b91906101000a81548163ffffffff021916908363ffffffff16021790555084845f01547fef59851fa440eb0c59a968a795e809354725dbade932c0eaa252983170aa6da7858560405161339c9291906147b9565b60405180910390a3600184015460028501546001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000811692637eee288d929116906133ff906001600160601b03600160601b8204811691166142b1565b6040516001600160e01b031960e085901b1681526001600160a01b03909216600483015260248201526044015f604051808303815f87803b158015613442575f5ffd5b505af1158015613454573d5f5f3e3d5ffd5b505050505050505050565b80545f90815260036020819052604082208101549083015461349c91600160801b900463ffffffff1690600160401b900464ffffffffff166142b1565b90508042106134c15760405163348f2b4160e11b815260048101829052602401610665565b6003820180546d03000000000000000000000000006dffffffffffff0000000000000000199091166dff0000000000000000000000000019600160401b4264ffffffffff1602161717905581546040518491907f8e39eab2c454d024fb5c89b50dabc51f5068c7a283891d06aa91f5ba96acded1905f90a3505050565b5f805473ffffffffffffffffffffffffffffffffffffffff19166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad9060200160405180910390a150565b6060611f057f000000000000000000000000000000000000000000000000000000000000000061396c565b6060611f057f000000000000000000000000000000000000000000000000000000000000000061396c565b5f818152600360205260409020600101546001600160a01b0316331461364b575f818152600360205260409081902060010154905163e7f1421f60e01b81526001600160a01b039091166004820152602401610665565b50565b5f306001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000161480156136a657507f000000000000000000000000000000000000000000000000000000000000000046145b156136d057507f000000000000000000000000000000000000000000000000000000000000000090565b611f05604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f0000000000000000000000000000000000000000000000000000000000000000918101919091527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b6040516001600160a01b038085166024830152831660448201526001600160e01b0319821660648201525f908190819060840160408051601f19818403018152918152602080830180516001600160e01b03167fb7009613000000000000000000000000000000000000000000000000000000001781525f808052918290528351939450919290918a5afa15613818575f516020805191945081901c150291505b5094509492505050565b6040517f23b872dd000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038781166004528616602452604485905291602083606481808c5af1925060015f5114831661389757838315161561388b573d5f823e3d81fd5b5f883b113d1516831692505b604052505f60605295945050505050565b5f5f5f83516041036138df576020840151604085015160608601515f1a6138d1888285856139a9565b9550955095505050506138ea565b505081515f91506002905b9250925092565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038616600452602485905291602083604481808b5af1925060015f51148316613960578383151615613954573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b60605f61397883613a71565b6040805160208082528183019092529192505f91906020820181803683375050509182525060208101929092525090565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411156139e257505f91506003905082613a67565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa158015613a33573d5f5f3e3d5ffd5b5050604051601f1901519150506001600160a01b038116613a5e57505f925060019150829050613a67565b92505f91508190505b9450945094915050565b5f60ff8216601f811115610ffa576040517fb3512b0c00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80358015158114611859575f5ffd5b6001600160a01b038116811461364b575f5ffd5b803561185981613ac0565b5f5f5f5f60808587031215613af2575f5ffd5b84359350613b0260208601613ab1565b9250613b1060408601613ab1565b91506060850135613b2081613ac0565b939692955090935050565b6001600160601b038116811461364b575f5ffd5b803561185981613b2b565b5f5f60408385031215613b5b575f5ffd5b823591506020830135613b6d81613b2b565b809150509250929050565b5f6101408284031215613b89575f5ffd5b50919050565b5f5f83601f840112613b9f575f5ffd5b50813567ffffffffffffffff811115613bb6575f5ffd5b602083019150836020828501011115613bcd575f5ffd5b9250929050565b5f5f5f6101608486031215613be7575f5ffd5b613bf18585613b78565b925061014084013567ffffffffffffffff811115613c0d575f5ffd5b613c1986828701613b8f565b9497909650939450505050565b5f60208284031215613c36575f5ffd5b5035919050565b634e487b7160e01b5f52602160045260245ffd5b60088110613c6d57634e487b7160e01b5f52602160045260245ffd5b9052565b815181526020808301516101a0830191613c95908401826001600160a01b03169052565b506040830151613cb060408401826001600160601b03169052565b506060830151613ccb60608401826001600160601b03169052565b506080830151613ce660808401826001600160601b03169052565b5060a0830151613cfe60a084018263ffffffff169052565b5060c0830151613d1660c084018263ffffffff169052565b5060e0830151613d2e60e084018263ffffffff169052565b50610100830151613d4861010084018263ffffffff169052565b50610120830151613d6361012084018264ffffffffff169052565b50610140830151613d78610140840182613c51565b5061016083015161016083015261018083015161018083015292915050565b5f6101408284031215613da8575f5ffd5b613db28383613b78565b9392505050565b5f5f5f5f60608587031215613dcc575f5ffd5b84359350602085013567ffffffffffffffff811115613de9575f5ffd5b613df587828801613b8f565b9094509250506040850135613b2081613ac0565b5f6101008284031215613b89575f5ffd5b5f6101008284031215613e2b575f5ffd5b613db28383613e09565b5f5f6101208385031215613e47575f5ffd5b8235613e5281613ac0565b9150613e618460208501613e09565b90509250929050565b5f5f60408385031215613e7b575f5ffd5b50508035926020909101359150565b5f60208284031215613e9a575f5ffd5b8135613db281613ac0565b5f81518084528060208401602086015e5f602082860101526020601f19601f83011685010191505092915050565b7fff000000000000000000000000000000000000000000000000000000000000008816815260e060208201525f613f0d60e0830189613ea5565b8281036040840152613f1f8189613ea5565b606084018890526001600160a01b038716608085015260a0840186905283810360c0850152845180825260208087019350909101905f5b81811015613f74578351835260209384019390920191600101613f56565b50909b9a5050505050505050505050565b803563ffffffff81168114611859575f5ffd5b5f5f5f60608486031215613faa575f5ffd5b83359250613fba60208501613f85565b929592945050506040919091013590565b5f5f5f5f60608587031215613fde575f5ffd5b84359350613fee60208601613f85565b9250604085013567ffffffffffffffff811115614009575f5ffd5b61401587828801613b8f565b95989497509550505050565b5f5f60408385031215614032575f5ffd5b823591506020830135613b6d81613ac0565b815181526020808301516101a0830191614068908401826001600160a01b03169052565b50604083015161408360408401826001600160601b03169052565b50606083015161409e60608401826001600160a01b03169052565b5060808301516140b960808401826001600160601b03169052565b5060a08301516140d460a08401826001600160601b03169052565b5060c08301516140ec60c084018263ffffffff169052565b5060e083015161410460e084018263ffffffff169052565b5061010083015161411e61010084018263ffffffff169052565b5061012083015161413861012084018263ffffffff169052565b5061014083015161415261014084018263ffffffff169052565b5061016083015161416861016084018215159052565b5061018083015161418361018084018264ffffffffff169052565b5092915050565b5f5f6020838503121561419b575f5ffd5b823567ffffffffffffffff8111156141b1575f5ffd5b8301601f810185136141c1575f5ffd5b803567ffffffffffffffff8111156141d7575f5ffd5b8560208260051b84010111156141eb575f5ffd5b6020919091019590945092505050565b60208101610ffa8284613c51565b634e487b7160e01b5f52601260045260245ffd5b634e487b7160e01b5f52601160045260245ffd5b5f6001600160601b0383168061424957614249614209565b806001600160601b0384160491505092915050565b6001600160601b038181168382160190811115610ffa57610ffa61421d565b5f6020828403121561428d575f5ffd5b613db282613f85565b5f602082840312156142a6575f5ffd5b8135613db281613b2b565b80820180821115610ffa57610ffa61421d565b803564ffffffffff81168114611859575f5ffd5b5f602082840312156142e8575f5ffd5b613db2826142c4565b5f63ffffffff821663ffffffff810361430c5761430c61421d565b60010192915050565b803567ffffffffffffffff81168114611859575f5ffd5b8035825261433c60208201613ad4565b6001600160a01b0316602083015261435660408201613f85565b63ffffffff16604083015261436d60608201613f85565b63ffffffff16606083015261438460808201613f85565b63ffffffff16608083015261439b60a082016142c4565b64ffffffffff1660a08301526143b360c08201613b3f565b6001600160601b031660c08301526143cd60e08201613b3f565b6001600160601b031660e08301526143e86101008201613b3f565b6001600160601b03166101008301526144046101208201614315565b67ffffffffffffffff8116610120840152505050565b6101408101610ffa828461432c565b8281526101608101613db2602083018461432c565b5f6020828403121561444e575f5ffd5b5051919050565b6001600160e01b031984168152818360048301375f910160040190815292915050565b5f5f85851115614486575f5ffd5b83861115614492575f5ffd5b5050820193919092039150565b5f81518060208401855e5f93019283525090919050565b5f6144c1828661449f565b838582375f930192835250909392505050565b5f613db2828461449f565b5f5f604083850312156144f0575f5ffd5b82516020840151909250613b6d81613ac0565b5f5f5f5f5f60a08688031215614517575f5ffd5b855160208701516040880151919650945061453181613ac0565b606087015190935061454281613ac0565b6080870151909250600c8110614556575f5ffd5b809150509295509295909350565b5f60208284031215614574575f5ffd5b8151613db281613ac0565b8035825263ffffffff61459460208301613f85565b16602083015263ffffffff6145ab60408301613f85565b16604083015263ffffffff6145c260608301613f85565b1660608301526145d4608082016142c4565b64ffffffffff1660808301526145ec60a08201613b3f565b6001600160601b031660a083015261460660c08201613b3f565b6001600160601b031660c083015261462060e08201613ad4565b6001600160a01b03811660e0840152505050565b6101008101610ffa828461457f565b8481526001600160a01b038481166020830152831660408201526101608101613027606083018461457f565b8082028115828204841417610ffa57610ffa61421d565b5f8261469457614694614209565b500490565b81810381811115610ffa57610ffa61421d565b634e487b7160e01b5f52603260045260245ffd5b80356001600160e01b03198116906004841015614183576001600160e01b0319808560040360031b1b82161691505092915050565b6001600160a01b038416815260406020820152816040820152818360608301375f818301606090810191909152601f909201601f1916010192915050565b5f5f60408385031215614744575f5ffd5b825161474f81613ac0565b6020840151909250613b6d81613b2b565b63ffffffff8281168282160390811115610ffa57610ffa61421d565b6001600160601b038281168282160390811115610ffa57610ffa61421d565b5f63ffffffff8216806147b0576147b061421d565b5f190192915050565b604081016147c78285613c51565b826020830152939250505056",
}

// JobEscrow is an auto generated Go binding around an Ethereum contract.
type JobEscrow struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *JobEscrow) GetABI() abi.ABI {
	return c.abi
}

// NewJobEscrow creates a new instance of JobEscrow.
func NewJobEscrow() *JobEscrow {
	parsed, err := JobEscrowMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &JobEscrow{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *JobEscrow) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address manager, address staking_, address referee_) returns()
func (jobEscrow *JobEscrow) PackConstructor(manager common.Address, staking_ common.Address, referee_ common.Address) []byte {
	enc, err := jobEscrow.abi.Pack("", manager, staking_, referee_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackCHALLENGERBPS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6b193aa4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function CHALLENGER_BPS() view returns(uint256)
func (jobEscrow *JobEscrow) PackCHALLENGERBPS() []byte {
	enc, err := jobEscrow.abi.Pack("CHALLENGER_BPS")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCHALLENGERBPS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6b193aa4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function CHALLENGER_BPS() view returns(uint256)
func (jobEscrow *JobEscrow) TryPackCHALLENGERBPS() ([]byte, error) {
	return jobEscrow.abi.Pack("CHALLENGER_BPS")
}

// UnpackCHALLENGERBPS is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6b193aa4.
//
// Solidity: function CHALLENGER_BPS() view returns(uint256)
func (jobEscrow *JobEscrow) UnpackCHALLENGERBPS(data []byte) (*big.Int, error) {
	out, err := jobEscrow.abi.Unpack("CHALLENGER_BPS", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCLIENTBPS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x04e79e85.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function CLIENT_BPS() view returns(uint256)
func (jobEscrow *JobEscrow) PackCLIENTBPS() []byte {
	enc, err := jobEscrow.abi.Pack("CLIENT_BPS")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCLIENTBPS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x04e79e85.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function CLIENT_BPS() view returns(uint256)
func (jobEscrow *JobEscrow) TryPackCLIENTBPS() ([]byte, error) {
	return jobEscrow.abi.Pack("CLIENT_BPS")
}

// UnpackCLIENTBPS is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x04e79e85.
//
// Solidity: function CLIENT_BPS() view returns(uint256)
func (jobEscrow *JobEscrow) UnpackCLIENTBPS(data []byte) (*big.Int, error) {
	out, err := jobEscrow.abi.Unpack("CLIENT_BPS", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackApprove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe828f980.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function approve(bytes32[] members) returns()
func (jobEscrow *JobEscrow) PackApprove(members [][32]byte) []byte {
	enc, err := jobEscrow.abi.Pack("approve", members)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackApprove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe828f980.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function approve(bytes32[] members) returns()
func (jobEscrow *JobEscrow) TryPackApprove(members [][32]byte) ([]byte, error) {
	return jobEscrow.abi.Pack("approve", members)
}

// PackApprovePart is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa58b90c4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function approvePart(bytes32 id, uint32 upTo, bytes signature) returns()
func (jobEscrow *JobEscrow) PackApprovePart(id [32]byte, upTo uint32, signature []byte) []byte {
	enc, err := jobEscrow.abi.Pack("approvePart", id, upTo, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackApprovePart is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa58b90c4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function approvePart(bytes32 id, uint32 upTo, bytes signature) returns()
func (jobEscrow *JobEscrow) TryPackApprovePart(id [32]byte, upTo uint32, signature []byte) ([]byte, error) {
	return jobEscrow.abi.Pack("approvePart", id, upTo, signature)
}

// PackAuthority is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbf7e214f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function authority() view returns(address)
func (jobEscrow *JobEscrow) PackAuthority() []byte {
	enc, err := jobEscrow.abi.Pack("authority")
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
func (jobEscrow *JobEscrow) TryPackAuthority() ([]byte, error) {
	return jobEscrow.abi.Pack("authority")
}

// UnpackAuthority is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xbf7e214f.
//
// Solidity: function authority() view returns(address)
func (jobEscrow *JobEscrow) UnpackAuthority(data []byte) (common.Address, error) {
	out, err := jobEscrow.abi.Unpack("authority", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackConflict is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7869b1d7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function conflict(bytes32 a, bytes32 b) returns()
func (jobEscrow *JobEscrow) PackConflict(a [32]byte, b [32]byte) []byte {
	enc, err := jobEscrow.abi.Pack("conflict", a, b)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackConflict is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7869b1d7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function conflict(bytes32 a, bytes32 b) returns()
func (jobEscrow *JobEscrow) TryPackConflict(a [32]byte, b [32]byte) ([]byte, error) {
	return jobEscrow.abi.Pack("conflict", a, b)
}

// PackConvict is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x38f32732.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function convict(bytes32 id, bytes brief, address challenger) returns()
func (jobEscrow *JobEscrow) PackConvict(id [32]byte, brief []byte, challenger common.Address) []byte {
	enc, err := jobEscrow.abi.Pack("convict", id, brief, challenger)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackConvict is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x38f32732.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function convict(bytes32 id, bytes brief, address challenger) returns()
func (jobEscrow *JobEscrow) TryPackConvict(id [32]byte, brief []byte, challenger common.Address) ([]byte, error) {
	return jobEscrow.abi.Pack("convict", id, brief, challenger)
}

// PackDispute is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xadd98c70.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function dispute(bytes32 id) returns()
func (jobEscrow *JobEscrow) PackDispute(id [32]byte) []byte {
	enc, err := jobEscrow.abi.Pack("dispute", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDispute is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xadd98c70.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function dispute(bytes32 id) returns()
func (jobEscrow *JobEscrow) TryPackDispute(id [32]byte) ([]byte, error) {
	return jobEscrow.abi.Pack("dispute", id)
}

// PackDomainSeparator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf698da25.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (jobEscrow *JobEscrow) PackDomainSeparator() []byte {
	enc, err := jobEscrow.abi.Pack("domainSeparator")
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
func (jobEscrow *JobEscrow) TryPackDomainSeparator() ([]byte, error) {
	return jobEscrow.abi.Pack("domainSeparator")
}

// UnpackDomainSeparator is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf698da25.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (jobEscrow *JobEscrow) UnpackDomainSeparator(data []byte) ([32]byte, error) {
	out, err := jobEscrow.abi.Unpack("domainSeparator", data)
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
func (jobEscrow *JobEscrow) PackEip712Domain() []byte {
	enc, err := jobEscrow.abi.Pack("eip712Domain")
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
func (jobEscrow *JobEscrow) TryPackEip712Domain() ([]byte, error) {
	return jobEscrow.abi.Pack("eip712Domain")
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
func (jobEscrow *JobEscrow) UnpackEip712Domain(data []byte) (Eip712DomainOutput, error) {
	out, err := jobEscrow.abi.Unpack("eip712Domain", data)
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

// PackEngage is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0f5d6f82.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function engage((bytes32,address,uint32,uint32,uint32,uint40,uint96,uint96,uint96,uint64) e, bytes signature) returns(bytes32 id)
func (jobEscrow *JobEscrow) PackEngage(e Engagement, signature []byte) []byte {
	enc, err := jobEscrow.abi.Pack("engage", e, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEngage is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0f5d6f82.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function engage((bytes32,address,uint32,uint32,uint32,uint40,uint96,uint96,uint96,uint64) e, bytes signature) returns(bytes32 id)
func (jobEscrow *JobEscrow) TryPackEngage(e Engagement, signature []byte) ([]byte, error) {
	return jobEscrow.abi.Pack("engage", e, signature)
}

// UnpackEngage is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0f5d6f82.
//
// Solidity: function engage((bytes32,address,uint32,uint32,uint32,uint40,uint96,uint96,uint96,uint64) e, bytes signature) returns(bytes32 id)
func (jobEscrow *JobEscrow) UnpackEngage(data []byte) ([32]byte, error) {
	out, err := jobEscrow.abi.Unpack("engage", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackExpire is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc6441798.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function expire(bytes32 id) returns()
func (jobEscrow *JobEscrow) PackExpire(id [32]byte) []byte {
	enc, err := jobEscrow.abi.Pack("expire", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackExpire is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc6441798.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function expire(bytes32 id) returns()
func (jobEscrow *JobEscrow) TryPackExpire(id [32]byte) ([]byte, error) {
	return jobEscrow.abi.Pack("expire", id)
}

// PackFollow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd3b110da.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function follow(bytes32 id, address signer) returns()
func (jobEscrow *JobEscrow) PackFollow(id [32]byte, signer common.Address) []byte {
	enc, err := jobEscrow.abi.Pack("follow", id, signer)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFollow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd3b110da.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function follow(bytes32 id, address signer) returns()
func (jobEscrow *JobEscrow) TryPackFollow(id [32]byte, signer common.Address) ([]byte, error) {
	return jobEscrow.abi.Pack("follow", id, signer)
}

// PackFund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x03ce2840.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function fund(bytes32 id, uint96 amount) returns()
func (jobEscrow *JobEscrow) PackFund(id [32]byte, amount *big.Int) []byte {
	enc, err := jobEscrow.abi.Pack("fund", id, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x03ce2840.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function fund(bytes32 id, uint96 amount) returns()
func (jobEscrow *JobEscrow) TryPackFund(id [32]byte, amount *big.Int) ([]byte, error) {
	return jobEscrow.abi.Pack("fund", id, amount)
}

// PackIsConsumingScheduledOp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8fb36037.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isConsumingScheduledOp() view returns(bytes4)
func (jobEscrow *JobEscrow) PackIsConsumingScheduledOp() []byte {
	enc, err := jobEscrow.abi.Pack("isConsumingScheduledOp")
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
func (jobEscrow *JobEscrow) TryPackIsConsumingScheduledOp() ([]byte, error) {
	return jobEscrow.abi.Pack("isConsumingScheduledOp")
}

// UnpackIsConsumingScheduledOp is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8fb36037.
//
// Solidity: function isConsumingScheduledOp() view returns(bytes4)
func (jobEscrow *JobEscrow) UnpackIsConsumingScheduledOp(data []byte) ([4]byte, error) {
	out, err := jobEscrow.abi.Unpack("isConsumingScheduledOp", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackJob is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdb371c60.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function job(bytes32 id) view returns((bytes32,address,uint96,address,uint96,uint96,uint32,uint32,uint32,uint32,uint32,bool,uint40))
func (jobEscrow *JobEscrow) PackJob(id [32]byte) []byte {
	enc, err := jobEscrow.abi.Pack("job", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackJob is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdb371c60.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function job(bytes32 id) view returns((bytes32,address,uint96,address,uint96,uint96,uint32,uint32,uint32,uint32,uint32,bool,uint40))
func (jobEscrow *JobEscrow) TryPackJob(id [32]byte) ([]byte, error) {
	return jobEscrow.abi.Pack("job", id)
}

// UnpackJob is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdb371c60.
//
// Solidity: function job(bytes32 id) view returns((bytes32,address,uint96,address,uint96,uint96,uint32,uint32,uint32,uint32,uint32,bool,uint40))
func (jobEscrow *JobEscrow) UnpackJob(data []byte) (JobEscrowJob, error) {
	out, err := jobEscrow.abi.Unpack("job", data)
	if err != nil {
		return *new(JobEscrowJob), err
	}
	out0 := *abi.ConvertType(out[0], new(JobEscrowJob)).(*JobEscrowJob)
	return out0, nil
}

// PackJobOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x474a2538.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function jobOf(address requester, (bytes32,uint32,uint32,uint32,uint40,uint96,uint96,address) o) view returns(bytes32)
func (jobEscrow *JobEscrow) PackJobOf(requester common.Address, o Offer) []byte {
	enc, err := jobEscrow.abi.Pack("jobOf", requester, o)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackJobOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x474a2538.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function jobOf(address requester, (bytes32,uint32,uint32,uint32,uint40,uint96,uint96,address) o) view returns(bytes32)
func (jobEscrow *JobEscrow) TryPackJobOf(requester common.Address, o Offer) ([]byte, error) {
	return jobEscrow.abi.Pack("jobOf", requester, o)
}

// UnpackJobOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x474a2538.
//
// Solidity: function jobOf(address requester, (bytes32,uint32,uint32,uint32,uint40,uint96,uint96,address) o) view returns(bytes32)
func (jobEscrow *JobEscrow) UnpackJobOf(data []byte) ([32]byte, error) {
	out, err := jobEscrow.abi.Unpack("jobOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackLapse is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x77c2498f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function lapse(bytes32 id) returns()
func (jobEscrow *JobEscrow) PackLapse(id [32]byte) []byte {
	enc, err := jobEscrow.abi.Pack("lapse", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLapse is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x77c2498f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function lapse(bytes32 id) returns()
func (jobEscrow *JobEscrow) TryPackLapse(id [32]byte) ([]byte, error) {
	return jobEscrow.abi.Pack("lapse", id)
}

// PackMember is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x126d66fd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function member(bytes32 id) view returns((bytes32,address,uint96,uint96,uint96,uint32,uint32,uint32,uint32,uint40,uint8,bytes32,bytes32))
func (jobEscrow *JobEscrow) PackMember(id [32]byte) []byte {
	enc, err := jobEscrow.abi.Pack("member", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMember is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x126d66fd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function member(bytes32 id) view returns((bytes32,address,uint96,uint96,uint96,uint32,uint32,uint32,uint32,uint40,uint8,bytes32,bytes32))
func (jobEscrow *JobEscrow) TryPackMember(id [32]byte) ([]byte, error) {
	return jobEscrow.abi.Pack("member", id)
}

// UnpackMember is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x126d66fd.
//
// Solidity: function member(bytes32 id) view returns((bytes32,address,uint96,uint96,uint96,uint32,uint32,uint32,uint32,uint40,uint8,bytes32,bytes32))
func (jobEscrow *JobEscrow) UnpackMember(data []byte) (JobEscrowMember, error) {
	out, err := jobEscrow.abi.Unpack("member", data)
	if err != nil {
		return *new(JobEscrowMember), err
	}
	out0 := *abi.ConvertType(out[0], new(JobEscrowMember)).(*JobEscrowMember)
	return out0, nil
}

// PackMemberOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x336367db.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function memberOf((bytes32,address,uint32,uint32,uint32,uint40,uint96,uint96,uint96,uint64) e) view returns(bytes32)
func (jobEscrow *JobEscrow) PackMemberOf(e Engagement) []byte {
	enc, err := jobEscrow.abi.Pack("memberOf", e)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMemberOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x336367db.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function memberOf((bytes32,address,uint32,uint32,uint32,uint40,uint96,uint96,uint96,uint64) e) view returns(bytes32)
func (jobEscrow *JobEscrow) TryPackMemberOf(e Engagement) ([]byte, error) {
	return jobEscrow.abi.Pack("memberOf", e)
}

// UnpackMemberOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x336367db.
//
// Solidity: function memberOf((bytes32,address,uint32,uint32,uint32,uint40,uint96,uint96,uint96,uint64) e) view returns(bytes32)
func (jobEscrow *JobEscrow) UnpackMemberOf(data []byte) ([32]byte, error) {
	out, err := jobEscrow.abi.Unpack("memberOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackOpen is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x423bbf6b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function open((bytes32,uint32,uint32,uint32,uint40,uint96,uint96,address) o) returns(bytes32 id)
func (jobEscrow *JobEscrow) PackOpen(o Offer) []byte {
	enc, err := jobEscrow.abi.Pack("open", o)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOpen is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x423bbf6b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function open((bytes32,uint32,uint32,uint32,uint40,uint96,uint96,address) o) returns(bytes32 id)
func (jobEscrow *JobEscrow) TryPackOpen(o Offer) ([]byte, error) {
	return jobEscrow.abi.Pack("open", o)
}

// UnpackOpen is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x423bbf6b.
//
// Solidity: function open((bytes32,uint32,uint32,uint32,uint40,uint96,uint96,address) o) returns(bytes32 id)
func (jobEscrow *JobEscrow) UnpackOpen(data []byte) ([32]byte, error) {
	out, err := jobEscrow.abi.Unpack("open", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackReferee is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3b1bebd1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function referee() view returns(address)
func (jobEscrow *JobEscrow) PackReferee() []byte {
	enc, err := jobEscrow.abi.Pack("referee")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReferee is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3b1bebd1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function referee() view returns(address)
func (jobEscrow *JobEscrow) TryPackReferee() ([]byte, error) {
	return jobEscrow.abi.Pack("referee")
}

// UnpackReferee is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3b1bebd1.
//
// Solidity: function referee() view returns(address)
func (jobEscrow *JobEscrow) UnpackReferee(data []byte) (common.Address, error) {
	out, err := jobEscrow.abi.Unpack("referee", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackRefund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7249fbb6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function refund(bytes32 id) returns()
func (jobEscrow *JobEscrow) PackRefund(id [32]byte) []byte {
	enc, err := jobEscrow.abi.Pack("refund", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRefund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7249fbb6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function refund(bytes32 id) returns()
func (jobEscrow *JobEscrow) TryPackRefund(id [32]byte) ([]byte, error) {
	return jobEscrow.abi.Pack("refund", id)
}

// PackRelease is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x67d42a8b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function release(bytes32 id) returns()
func (jobEscrow *JobEscrow) PackRelease(id [32]byte) []byte {
	enc, err := jobEscrow.abi.Pack("release", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRelease is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x67d42a8b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function release(bytes32 id) returns()
func (jobEscrow *JobEscrow) TryPackRelease(id [32]byte) ([]byte, error) {
	return jobEscrow.abi.Pack("release", id)
}

// PackResolve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x020a3489.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function resolve(bytes32 id, bool guilty, bool lightly, address challenger) returns()
func (jobEscrow *JobEscrow) PackResolve(id [32]byte, guilty bool, lightly bool, challenger common.Address) []byte {
	enc, err := jobEscrow.abi.Pack("resolve", id, guilty, lightly, challenger)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackResolve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x020a3489.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function resolve(bytes32 id, bool guilty, bool lightly, address challenger) returns()
func (jobEscrow *JobEscrow) TryPackResolve(id [32]byte, guilty bool, lightly bool, challenger common.Address) ([]byte, error) {
	return jobEscrow.abi.Pack("resolve", id, guilty, lightly, challenger)
}

// PackSetAuthority is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7a9e5e4b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setAuthority(address newAuthority) returns()
func (jobEscrow *JobEscrow) PackSetAuthority(newAuthority common.Address) []byte {
	enc, err := jobEscrow.abi.Pack("setAuthority", newAuthority)
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
func (jobEscrow *JobEscrow) TryPackSetAuthority(newAuthority common.Address) ([]byte, error) {
	return jobEscrow.abi.Pack("setAuthority", newAuthority)
}

// PackStaking is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4cf088d9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function staking() view returns(address)
func (jobEscrow *JobEscrow) PackStaking() []byte {
	enc, err := jobEscrow.abi.Pack("staking")
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
func (jobEscrow *JobEscrow) TryPackStaking() ([]byte, error) {
	return jobEscrow.abi.Pack("staking")
}

// UnpackStaking is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4cf088d9.
//
// Solidity: function staking() view returns(address)
func (jobEscrow *JobEscrow) UnpackStaking(data []byte) (common.Address, error) {
	out, err := jobEscrow.abi.Unpack("staking", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackSubmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9a12bc68.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function submit(bytes32 id, uint32 upTo, bytes32 root) returns()
func (jobEscrow *JobEscrow) PackSubmit(id [32]byte, upTo uint32, root [32]byte) []byte {
	enc, err := jobEscrow.abi.Pack("submit", id, upTo, root)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSubmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9a12bc68.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function submit(bytes32 id, uint32 upTo, bytes32 root) returns()
func (jobEscrow *JobEscrow) TryPackSubmit(id [32]byte, upTo uint32, root [32]byte) ([]byte, error) {
	return jobEscrow.abi.Pack("submit", id, upTo, root)
}

// PackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function token() view returns(address)
func (jobEscrow *JobEscrow) PackToken() []byte {
	enc, err := jobEscrow.abi.Pack("token")
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
func (jobEscrow *JobEscrow) TryPackToken() ([]byte, error) {
	return jobEscrow.abi.Pack("token")
}

// UnpackToken is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfc0c546a.
//
// Solidity: function token() view returns(address)
func (jobEscrow *JobEscrow) UnpackToken(data []byte) (common.Address, error) {
	out, err := jobEscrow.abi.Unpack("token", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// JobEscrowAuthorityUpdated represents a AuthorityUpdated event raised by the JobEscrow contract.
type JobEscrowAuthorityUpdated struct {
	Authority common.Address
	Raw       *types.Log // Blockchain specific contextual infos
}

const JobEscrowAuthorityUpdatedEventName = "AuthorityUpdated"

// ContractEventName returns the user-defined event name.
func (JobEscrowAuthorityUpdated) ContractEventName() string {
	return JobEscrowAuthorityUpdatedEventName
}

// UnpackAuthorityUpdatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event AuthorityUpdated(address authority)
func (jobEscrow *JobEscrow) UnpackAuthorityUpdatedEvent(log *types.Log) (*JobEscrowAuthorityUpdated, error) {
	event := "AuthorityUpdated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobEscrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobEscrowAuthorityUpdated)
	if len(log.Data) > 0 {
		if err := jobEscrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobEscrow.abi.Events[event].Inputs {
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

// JobEscrowClosed represents a Closed event raised by the JobEscrow contract.
type JobEscrowClosed struct {
	Job    [32]byte
	Member [32]byte
	State  uint8
	Paid   *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const JobEscrowClosedEventName = "Closed"

// ContractEventName returns the user-defined event name.
func (JobEscrowClosed) ContractEventName() string {
	return JobEscrowClosedEventName
}

// UnpackClosedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Closed(bytes32 indexed job, bytes32 indexed member, uint8 state, uint256 paid)
func (jobEscrow *JobEscrow) UnpackClosedEvent(log *types.Log) (*JobEscrowClosed, error) {
	event := "Closed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobEscrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobEscrowClosed)
	if len(log.Data) > 0 {
		if err := jobEscrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobEscrow.abi.Events[event].Inputs {
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

// JobEscrowDisputed represents a Disputed event raised by the JobEscrow contract.
type JobEscrowDisputed struct {
	Job    [32]byte
	Member [32]byte
	Raw    *types.Log // Blockchain specific contextual infos
}

const JobEscrowDisputedEventName = "Disputed"

// ContractEventName returns the user-defined event name.
func (JobEscrowDisputed) ContractEventName() string {
	return JobEscrowDisputedEventName
}

// UnpackDisputedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Disputed(bytes32 indexed job, bytes32 indexed member)
func (jobEscrow *JobEscrow) UnpackDisputedEvent(log *types.Log) (*JobEscrowDisputed, error) {
	event := "Disputed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobEscrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobEscrowDisputed)
	if len(log.Data) > 0 {
		if err := jobEscrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobEscrow.abi.Events[event].Inputs {
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

// JobEscrowEIP712DomainChanged represents a EIP712DomainChanged event raised by the JobEscrow contract.
type JobEscrowEIP712DomainChanged struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const JobEscrowEIP712DomainChangedEventName = "EIP712DomainChanged"

// ContractEventName returns the user-defined event name.
func (JobEscrowEIP712DomainChanged) ContractEventName() string {
	return JobEscrowEIP712DomainChangedEventName
}

// UnpackEIP712DomainChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event EIP712DomainChanged()
func (jobEscrow *JobEscrow) UnpackEIP712DomainChangedEvent(log *types.Log) (*JobEscrowEIP712DomainChanged, error) {
	event := "EIP712DomainChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobEscrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobEscrowEIP712DomainChanged)
	if len(log.Data) > 0 {
		if err := jobEscrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobEscrow.abi.Events[event].Inputs {
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

// JobEscrowEngaged represents a Engaged event raised by the JobEscrow contract.
type JobEscrowEngaged struct {
	Job        [32]byte
	Member     [32]byte
	Worker     common.Address
	Engagement Engagement
	Raw        *types.Log // Blockchain specific contextual infos
}

const JobEscrowEngagedEventName = "Engaged"

// ContractEventName returns the user-defined event name.
func (JobEscrowEngaged) ContractEventName() string {
	return JobEscrowEngagedEventName
}

// UnpackEngagedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Engaged(bytes32 indexed job, bytes32 indexed member, address indexed worker, (bytes32,address,uint32,uint32,uint32,uint40,uint96,uint96,uint96,uint64) engagement)
func (jobEscrow *JobEscrow) UnpackEngagedEvent(log *types.Log) (*JobEscrowEngaged, error) {
	event := "Engaged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobEscrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobEscrowEngaged)
	if len(log.Data) > 0 {
		if err := jobEscrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobEscrow.abi.Events[event].Inputs {
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

// JobEscrowFunded represents a Funded event raised by the JobEscrow contract.
type JobEscrowFunded struct {
	Job    [32]byte
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const JobEscrowFundedEventName = "Funded"

// ContractEventName returns the user-defined event name.
func (JobEscrowFunded) ContractEventName() string {
	return JobEscrowFundedEventName
}

// UnpackFundedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Funded(bytes32 indexed job, uint96 amount)
func (jobEscrow *JobEscrow) UnpackFundedEvent(log *types.Log) (*JobEscrowFunded, error) {
	event := "Funded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobEscrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobEscrowFunded)
	if len(log.Data) > 0 {
		if err := jobEscrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobEscrow.abi.Events[event].Inputs {
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

// JobEscrowOpened represents a Opened event raised by the JobEscrow contract.
type JobEscrowOpened struct {
	Job       [32]byte
	Requester common.Address
	Offer     Offer
	Raw       *types.Log // Blockchain specific contextual infos
}

const JobEscrowOpenedEventName = "Opened"

// ContractEventName returns the user-defined event name.
func (JobEscrowOpened) ContractEventName() string {
	return JobEscrowOpenedEventName
}

// UnpackOpenedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Opened(bytes32 indexed job, address indexed requester, (bytes32,uint32,uint32,uint32,uint40,uint96,uint96,address) offer)
func (jobEscrow *JobEscrow) UnpackOpenedEvent(log *types.Log) (*JobEscrowOpened, error) {
	event := "Opened"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobEscrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobEscrowOpened)
	if len(log.Data) > 0 {
		if err := jobEscrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobEscrow.abi.Events[event].Inputs {
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

// JobEscrowRefunded represents a Refunded event raised by the JobEscrow contract.
type JobEscrowRefunded struct {
	Job  [32]byte
	Data *big.Int
	Rest *big.Int
	Raw  *types.Log // Blockchain specific contextual infos
}

const JobEscrowRefundedEventName = "Refunded"

// ContractEventName returns the user-defined event name.
func (JobEscrowRefunded) ContractEventName() string {
	return JobEscrowRefundedEventName
}

// UnpackRefundedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Refunded(bytes32 indexed job, uint256 data, uint256 rest)
func (jobEscrow *JobEscrow) UnpackRefundedEvent(log *types.Log) (*JobEscrowRefunded, error) {
	event := "Refunded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobEscrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobEscrowRefunded)
	if len(log.Data) > 0 {
		if err := jobEscrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobEscrow.abi.Events[event].Inputs {
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

// JobEscrowResolved represents a Resolved event raised by the JobEscrow contract.
type JobEscrowResolved struct {
	Job    [32]byte
	Member [32]byte
	Guilty bool
	Raw    *types.Log // Blockchain specific contextual infos
}

const JobEscrowResolvedEventName = "Resolved"

// ContractEventName returns the user-defined event name.
func (JobEscrowResolved) ContractEventName() string {
	return JobEscrowResolvedEventName
}

// UnpackResolvedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Resolved(bytes32 indexed job, bytes32 indexed member, bool guilty)
func (jobEscrow *JobEscrow) UnpackResolvedEvent(log *types.Log) (*JobEscrowResolved, error) {
	event := "Resolved"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobEscrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobEscrowResolved)
	if len(log.Data) > 0 {
		if err := jobEscrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobEscrow.abi.Events[event].Inputs {
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

// JobEscrowSubmitted represents a Submitted event raised by the JobEscrow contract.
type JobEscrowSubmitted struct {
	Job    [32]byte
	Member [32]byte
	UpTo   uint32
	Root   [32]byte
	Raw    *types.Log // Blockchain specific contextual infos
}

const JobEscrowSubmittedEventName = "Submitted"

// ContractEventName returns the user-defined event name.
func (JobEscrowSubmitted) ContractEventName() string {
	return JobEscrowSubmittedEventName
}

// UnpackSubmittedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Submitted(bytes32 indexed job, bytes32 indexed member, uint32 upTo, bytes32 root)
func (jobEscrow *JobEscrow) UnpackSubmittedEvent(log *types.Log) (*JobEscrowSubmitted, error) {
	event := "Submitted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != jobEscrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(JobEscrowSubmitted)
	if len(log.Data) > 0 {
		if err := jobEscrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range jobEscrow.abi.Events[event].Inputs {
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
func (jobEscrow *JobEscrow) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["AccessManagedInvalidAuthority"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackAccessManagedInvalidAuthorityError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["AccessManagedRequiredDelay"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackAccessManagedRequiredDelayError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["AccessManagedUnauthorized"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackAccessManagedUnauthorizedError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["AlreadyEngaged"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackAlreadyEngagedError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["AlreadyOpen"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackAlreadyOpenError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["BadOffer"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackBadOfferError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["BadRange"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackBadRangeError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["InvalidShortString"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackInvalidShortStringError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["JobClosed"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackJobClosedError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["NoConflict"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackNoConflictError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["NotConvicted"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackNotConvictedError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["NotCovered"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackNotCoveredError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["NotRequester"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackNotRequesterError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["NotSignedBy"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackNotSignedByError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["NotWorker"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackNotWorkerError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["StillEngaged"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackStillEngagedError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["StringTooLong"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackStringTooLongError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["TooEarly"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackTooEarlyError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["TooLate"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackTooLateError(raw[4:])
	}
	if bytes.Equal(raw[:4], jobEscrow.abi.Errors["WrongState"].ID.Bytes()[:4]) {
		return jobEscrow.UnpackWrongStateError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// JobEscrowAccessManagedInvalidAuthority represents a AccessManagedInvalidAuthority error raised by the JobEscrow contract.
type JobEscrowAccessManagedInvalidAuthority struct {
	Authority common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccessManagedInvalidAuthority(address authority)
func JobEscrowAccessManagedInvalidAuthorityErrorID() common.Hash {
	return common.HexToHash("0xc2f31e5ee06c96eddd5864bf58d26da15afa7233cb6f74e000aa686fca7a7a0b")
}

// UnpackAccessManagedInvalidAuthorityError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccessManagedInvalidAuthority(address authority)
func (jobEscrow *JobEscrow) UnpackAccessManagedInvalidAuthorityError(raw []byte) (*JobEscrowAccessManagedInvalidAuthority, error) {
	out := new(JobEscrowAccessManagedInvalidAuthority)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "AccessManagedInvalidAuthority", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowAccessManagedRequiredDelay represents a AccessManagedRequiredDelay error raised by the JobEscrow contract.
type JobEscrowAccessManagedRequiredDelay struct {
	Caller common.Address
	Delay  uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccessManagedRequiredDelay(address caller, uint32 delay)
func JobEscrowAccessManagedRequiredDelayErrorID() common.Hash {
	return common.HexToHash("0xaf77169dad650be42a753d4bbd4f4ad0d10be80053e495da3bb1525746eda4e4")
}

// UnpackAccessManagedRequiredDelayError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccessManagedRequiredDelay(address caller, uint32 delay)
func (jobEscrow *JobEscrow) UnpackAccessManagedRequiredDelayError(raw []byte) (*JobEscrowAccessManagedRequiredDelay, error) {
	out := new(JobEscrowAccessManagedRequiredDelay)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "AccessManagedRequiredDelay", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowAccessManagedUnauthorized represents a AccessManagedUnauthorized error raised by the JobEscrow contract.
type JobEscrowAccessManagedUnauthorized struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccessManagedUnauthorized(address caller)
func JobEscrowAccessManagedUnauthorizedErrorID() common.Hash {
	return common.HexToHash("0x068ca9d827f779c08fd30d7fda45faef5f2a6b2e57f8b809b3c6bbed99f5fb1f")
}

// UnpackAccessManagedUnauthorizedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccessManagedUnauthorized(address caller)
func (jobEscrow *JobEscrow) UnpackAccessManagedUnauthorizedError(raw []byte) (*JobEscrowAccessManagedUnauthorized, error) {
	out := new(JobEscrowAccessManagedUnauthorized)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "AccessManagedUnauthorized", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowAlreadyEngaged represents a AlreadyEngaged error raised by the JobEscrow contract.
type JobEscrowAlreadyEngaged struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyEngaged()
func JobEscrowAlreadyEngagedErrorID() common.Hash {
	return common.HexToHash("0x75eb38ff3865ca17f98a68664c3c9ea1c1e8a21ed83957891e669c043c2692d7")
}

// UnpackAlreadyEngagedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyEngaged()
func (jobEscrow *JobEscrow) UnpackAlreadyEngagedError(raw []byte) (*JobEscrowAlreadyEngaged, error) {
	out := new(JobEscrowAlreadyEngaged)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "AlreadyEngaged", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowAlreadyOpen represents a AlreadyOpen error raised by the JobEscrow contract.
type JobEscrowAlreadyOpen struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyOpen()
func JobEscrowAlreadyOpenErrorID() common.Hash {
	return common.HexToHash("0x965f8d9458b8ab0a423272d2f650c37547dab9482f9ccb60ee09da42bed12db9")
}

// UnpackAlreadyOpenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyOpen()
func (jobEscrow *JobEscrow) UnpackAlreadyOpenError(raw []byte) (*JobEscrowAlreadyOpen, error) {
	out := new(JobEscrowAlreadyOpen)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "AlreadyOpen", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowBadOffer represents a BadOffer error raised by the JobEscrow contract.
type JobEscrowBadOffer struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadOffer()
func JobEscrowBadOfferErrorID() common.Hash {
	return common.HexToHash("0x9f5ae794b32935dbd565fbfb09b9b5fed9a881291675b9173085a5568a66ef09")
}

// UnpackBadOfferError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadOffer()
func (jobEscrow *JobEscrow) UnpackBadOfferError(raw []byte) (*JobEscrowBadOffer, error) {
	out := new(JobEscrowBadOffer)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "BadOffer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowBadRange represents a BadRange error raised by the JobEscrow contract.
type JobEscrowBadRange struct {
	From uint32
	UpTo uint32
	To   uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadRange(uint32 from, uint32 upTo, uint32 to)
func JobEscrowBadRangeErrorID() common.Hash {
	return common.HexToHash("0x20580819ca19a6b194a1ef6ce840584220525a7b17fe7ea9227a30ebd3a5e2ae")
}

// UnpackBadRangeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadRange(uint32 from, uint32 upTo, uint32 to)
func (jobEscrow *JobEscrow) UnpackBadRangeError(raw []byte) (*JobEscrowBadRange, error) {
	out := new(JobEscrowBadRange)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "BadRange", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowInvalidShortString represents a InvalidShortString error raised by the JobEscrow contract.
type JobEscrowInvalidShortString struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidShortString()
func JobEscrowInvalidShortStringErrorID() common.Hash {
	return common.HexToHash("0xb3512b0c6163e5f0bafab72bb631b9d58cd7a731b082f910338aa21c83d5c274")
}

// UnpackInvalidShortStringError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidShortString()
func (jobEscrow *JobEscrow) UnpackInvalidShortStringError(raw []byte) (*JobEscrowInvalidShortString, error) {
	out := new(JobEscrowInvalidShortString)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "InvalidShortString", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowJobClosed represents a JobClosed error raised by the JobEscrow contract.
type JobEscrowJobClosed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobClosed()
func JobEscrowJobClosedErrorID() common.Hash {
	return common.HexToHash("0x4a0be34b5deb51a1b6d17679e04a4bcaa2aa55e9fbf18fd448ea444dcedd75fb")
}

// UnpackJobClosedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobClosed()
func (jobEscrow *JobEscrow) UnpackJobClosedError(raw []byte) (*JobEscrowJobClosed, error) {
	out := new(JobEscrowJobClosed)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "JobClosed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowNoConflict represents a NoConflict error raised by the JobEscrow contract.
type JobEscrowNoConflict struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoConflict()
func JobEscrowNoConflictErrorID() common.Hash {
	return common.HexToHash("0x7412124e23106f671f0c15e99815ae376e602111b93496444e63ed6071334091")
}

// UnpackNoConflictError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoConflict()
func (jobEscrow *JobEscrow) UnpackNoConflictError(raw []byte) (*JobEscrowNoConflict, error) {
	out := new(JobEscrowNoConflict)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "NoConflict", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowNotConvicted represents a NotConvicted error raised by the JobEscrow contract.
type JobEscrowNotConvicted struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotConvicted()
func JobEscrowNotConvictedErrorID() common.Hash {
	return common.HexToHash("0x9e582077b20b11abd2293ad986e2f5196b9ecfc7fec211869cec4db1633c77c0")
}

// UnpackNotConvictedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotConvicted()
func (jobEscrow *JobEscrow) UnpackNotConvictedError(raw []byte) (*JobEscrowNotConvicted, error) {
	out := new(JobEscrowNotConvicted)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "NotConvicted", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowNotCovered represents a NotCovered error raised by the JobEscrow contract.
type JobEscrowNotCovered struct {
	Held *big.Int
	Want *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotCovered(uint256 held, uint256 want)
func JobEscrowNotCoveredErrorID() common.Hash {
	return common.HexToHash("0x09d16e81f9d8f4a060575417686941909190f0682e3ee80bebff332260c76030")
}

// UnpackNotCoveredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotCovered(uint256 held, uint256 want)
func (jobEscrow *JobEscrow) UnpackNotCoveredError(raw []byte) (*JobEscrowNotCovered, error) {
	out := new(JobEscrowNotCovered)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "NotCovered", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowNotRequester represents a NotRequester error raised by the JobEscrow contract.
type JobEscrowNotRequester struct {
	Requester common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotRequester(address requester)
func JobEscrowNotRequesterErrorID() common.Hash {
	return common.HexToHash("0xe7f1421f72442396b7cd8fc54e89f513ecab56880dea9d325bcffa8ae531bd9e")
}

// UnpackNotRequesterError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotRequester(address requester)
func (jobEscrow *JobEscrow) UnpackNotRequesterError(raw []byte) (*JobEscrowNotRequester, error) {
	out := new(JobEscrowNotRequester)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "NotRequester", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowNotSignedBy represents a NotSignedBy error raised by the JobEscrow contract.
type JobEscrowNotSignedBy struct {
	Worker common.Address
	Signer common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSignedBy(address worker, address signer)
func JobEscrowNotSignedByErrorID() common.Hash {
	return common.HexToHash("0xca66d4f3ab9841766ac85b25a386287314515479a2214bfccb4bc85d3fa6c6fc")
}

// UnpackNotSignedByError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSignedBy(address worker, address signer)
func (jobEscrow *JobEscrow) UnpackNotSignedByError(raw []byte) (*JobEscrowNotSignedBy, error) {
	out := new(JobEscrowNotSignedBy)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "NotSignedBy", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowNotWorker represents a NotWorker error raised by the JobEscrow contract.
type JobEscrowNotWorker struct {
	Worker common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotWorker(address worker)
func JobEscrowNotWorkerErrorID() common.Hash {
	return common.HexToHash("0xd8d46badd5ae1366fcbc61ede8522c2dbec9e3172265696f75f416d59bfd2602")
}

// UnpackNotWorkerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotWorker(address worker)
func (jobEscrow *JobEscrow) UnpackNotWorkerError(raw []byte) (*JobEscrowNotWorker, error) {
	out := new(JobEscrowNotWorker)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "NotWorker", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowSafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the JobEscrow contract.
type JobEscrowSafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func JobEscrowSafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (jobEscrow *JobEscrow) UnpackSafeERC20FailedOperationError(raw []byte) (*JobEscrowSafeERC20FailedOperation, error) {
	out := new(JobEscrowSafeERC20FailedOperation)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowStillEngaged represents a StillEngaged error raised by the JobEscrow contract.
type JobEscrowStillEngaged struct {
	N uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StillEngaged(uint32 n)
func JobEscrowStillEngagedErrorID() common.Hash {
	return common.HexToHash("0x89242f8c442cf9da2a6ea6f4b22f963f2d20abd6cd2e0b614dde1e49da28b543")
}

// UnpackStillEngagedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StillEngaged(uint32 n)
func (jobEscrow *JobEscrow) UnpackStillEngagedError(raw []byte) (*JobEscrowStillEngaged, error) {
	out := new(JobEscrowStillEngaged)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "StillEngaged", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowStringTooLong represents a StringTooLong error raised by the JobEscrow contract.
type JobEscrowStringTooLong struct {
	Str string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StringTooLong(string str)
func JobEscrowStringTooLongErrorID() common.Hash {
	return common.HexToHash("0x305a27a93f8e33b7392df0a0f91d6fc63847395853c45991eec52dbf24d72381")
}

// UnpackStringTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StringTooLong(string str)
func (jobEscrow *JobEscrow) UnpackStringTooLongError(raw []byte) (*JobEscrowStringTooLong, error) {
	out := new(JobEscrowStringTooLong)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "StringTooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowTooEarly represents a TooEarly error raised by the JobEscrow contract.
type JobEscrowTooEarly struct {
	Time *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooEarly(uint256 time)
func JobEscrowTooEarlyErrorID() common.Hash {
	return common.HexToHash("0x2a35a3246d5070e2b118858c24c2c4d23eaebe645b92ab746b92dd600c35a9d7")
}

// UnpackTooEarlyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooEarly(uint256 time)
func (jobEscrow *JobEscrow) UnpackTooEarlyError(raw []byte) (*JobEscrowTooEarly, error) {
	out := new(JobEscrowTooEarly)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "TooEarly", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowTooLate represents a TooLate error raised by the JobEscrow contract.
type JobEscrowTooLate struct {
	Time *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooLate(uint256 time)
func JobEscrowTooLateErrorID() common.Hash {
	return common.HexToHash("0x691e5682c05af91a82d806fceac093f8891d2c453dfc42c67196c1ccdb7b8be1")
}

// UnpackTooLateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooLate(uint256 time)
func (jobEscrow *JobEscrow) UnpackTooLateError(raw []byte) (*JobEscrowTooLate, error) {
	out := new(JobEscrowTooLate)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "TooLate", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// JobEscrowWrongState represents a WrongState error raised by the JobEscrow contract.
type JobEscrowWrongState struct {
	State uint8
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongState(uint8 state)
func JobEscrowWrongStateErrorID() common.Hash {
	return common.HexToHash("0xe37d4aeb0440dc85ee81f4b1b3014533d1ede6c623c75f93c2e2bcec2293c7de")
}

// UnpackWrongStateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongState(uint8 state)
func (jobEscrow *JobEscrow) UnpackWrongStateError(raw []byte) (*JobEscrowWrongState, error) {
	out := new(JobEscrowWrongState)
	if err := jobEscrow.abi.UnpackIntoInterface(out, "WrongState", raw); err != nil {
		return nil, err
	}
	return out, nil
}
