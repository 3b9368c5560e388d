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
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"manager\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"staking_\",\"type\":\"address\",\"internalType\":\"contractStaking\"},{\"name\":\"referee_\",\"type\":\"address\",\"internalType\":\"contractReferee\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"CHALLENGER_BPS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"CLIENT_BPS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"approve\",\"inputs\":[{\"name\":\"members\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"approvePart\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"upTo\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"authority\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"conflict\",\"inputs\":[{\"name\":\"a\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"b\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"convict\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"brief\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"dispute\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"domainSeparator\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"eip712Domain\",\"inputs\":[],\"outputs\":[{\"name\":\"fields\",\"type\":\"bytes1\",\"internalType\":\"bytes1\"},{\"name\":\"name\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"version\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"chainId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"verifyingContract\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"extensions\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"engage\",\"inputs\":[{\"name\":\"e\",\"type\":\"tuple\",\"internalType\":\"structEngagement\",\"components\":[{\"name\":\"job\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"worker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"replica\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"from\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"to\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"due\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"pay\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"bond\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"expire\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"fund\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"isConsumingScheduledOp\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"job\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structJobEscrow.Job\",\"components\":[{\"name\":\"spec\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"requester\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"held\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"pool\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"promised\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"data\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"steps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"patience\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"done\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"engaged\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"closed\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"until\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"jobOf\",\"inputs\":[{\"name\":\"requester\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"o\",\"type\":\"tuple\",\"internalType\":\"structOffer\",\"components\":[{\"name\":\"spec\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"steps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"patience\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"until\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"escrow\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"data\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"pool\",\"type\":\"address\",\"internalType\":\"address\"}]}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"lapse\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"member\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structJobEscrow.Member\",\"components\":[{\"name\":\"job\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"worker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pay\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"bond\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"from\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"to\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"replica\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"upTo\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"time\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"state\",\"type\":\"uint8\",\"internalType\":\"enumJobEscrow.State\"},{\"name\":\"root\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"against\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"memberOf\",\"inputs\":[{\"name\":\"e\",\"type\":\"tuple\",\"internalType\":\"structEngagement\",\"components\":[{\"name\":\"job\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"worker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"replica\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"from\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"to\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"due\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"pay\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"bond\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"open\",\"inputs\":[{\"name\":\"o\",\"type\":\"tuple\",\"internalType\":\"structOffer\",\"components\":[{\"name\":\"spec\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"steps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"patience\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"until\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"escrow\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"data\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"pool\",\"type\":\"address\",\"internalType\":\"address\"}]}],\"outputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"referee\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractReferee\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"refund\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"release\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"resolve\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"guilty\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"lightly\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"challenger\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setAuthority\",\"inputs\":[{\"name\":\"newAuthority\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"staking\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractStaking\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"submit\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"upTo\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"root\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"token\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractIERC20\"}],\"stateMutability\":\"view\"},{\"type\":\"event\",\"name\":\"AuthorityUpdated\",\"inputs\":[{\"name\":\"authority\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Closed\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"member\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"state\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumJobEscrow.State\"},{\"name\":\"paid\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Disputed\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"member\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"EIP712DomainChanged\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Engaged\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"member\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"worker\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"engagement\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structEngagement\",\"components\":[{\"name\":\"job\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"worker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"replica\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"from\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"to\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"due\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"pay\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"bond\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Funded\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Opened\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"requester\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"offer\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structOffer\",\"components\":[{\"name\":\"spec\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"steps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"window\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"patience\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"until\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"escrow\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"data\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"pool\",\"type\":\"address\",\"internalType\":\"address\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Refunded\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"data\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"rest\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Resolved\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"member\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"guilty\",\"type\":\"bool\",\"indexed\":false,\"internalType\":\"bool\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Submitted\",\"inputs\":[{\"name\":\"job\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"member\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"upTo\",\"type\":\"uint32\",\"indexed\":false,\"internalType\":\"uint32\"},{\"name\":\"root\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AccessManagedInvalidAuthority\",\"inputs\":[{\"name\":\"authority\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"AccessManagedRequiredDelay\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"delay\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"type\":\"error\",\"name\":\"AccessManagedUnauthorized\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"AlreadyEngaged\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"AlreadyOpen\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadOffer\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadRange\",\"inputs\":[{\"name\":\"from\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"upTo\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"to\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"type\":\"error\",\"name\":\"InvalidShortString\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"JobClosed\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NoConflict\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotConvicted\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotCovered\",\"inputs\":[{\"name\":\"held\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"want\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"NotRequester\",\"inputs\":[{\"name\":\"requester\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotSignedBy\",\"inputs\":[{\"name\":\"worker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotWorker\",\"inputs\":[{\"name\":\"worker\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StillEngaged\",\"inputs\":[{\"name\":\"n\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"type\":\"error\",\"name\":\"StringTooLong\",\"inputs\":[{\"name\":\"str\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"TooEarly\",\"inputs\":[{\"name\":\"time\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TooLate\",\"inputs\":[{\"name\":\"time\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"WrongState\",\"inputs\":[{\"name\":\"state\",\"type\":\"uint8\",\"internalType\":\"enumJobEscrow.State\"}]}]",
	ID:  "JobEscrow",
	Bin: "0x6101c0604052348015610010575f5ffd5b506040516146df3803806146df83398101604081905261002f91610267565b6040518060400160405280600f81526020016e4f70656e4c6564676572204a6f627360881b815250604051806040016040528060018152602001603160f81b81525084610081816101b760201b60201c565b5061008b8261020a565b610120526100988161020a565b61014052815160208084019190912060e052815190820120610100524660a05261012460e05161010051604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201529081019290925260608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b60805250503060c0526001600160a01b038181166101a052821661018081905260408051637e062a3560e11b8152905163fc0c546a916004808201926020929091908290030181865afa15801561017d573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906101a191906102b1565b6001600160a01b0316610160525061032e915050565b5f80546001600160a01b0319166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad9060200160405180910390a150565b5f5f829050601f8151111561023d578260405163305a27a960e01b815260040161023491906102d3565b60405180910390fd5b805161024882610308565b179392505050565b6001600160a01b0381168114610264575f5ffd5b50565b5f5f5f60608486031215610279575f5ffd5b835161028481610250565b602085015190935061029581610250565b60408501519092506102a681610250565b809150509250925092565b5f602082840312156102c1575f5ffd5b81516102cc81610250565b9392505050565b602081525f82518060208401528060208501604085015e5f604082850101526040601f19601f83011684010191505092915050565b80516020808301519190811015610328575f198160200360031b1b821691505b50919050565b60805160a05160c05160e05161010051610120516101405161016051610180516101a0516142cb6104145f395f818161024e01526114ac01525f81816102c601528181610d38015281816115f201528181611de30152818161238d015281816127a00152818161290f01528181612ae301528181612d260152612f7301525f81816105750152818161077b01528181611455015281816119b5015281816119f7015281816128c4015281816129a10152612d9901525f61318001525f61315501525f6132d701525f6132af01525f61320a01525f61323401525f61325e01526142cb5ff3fe608060405234801561000f575f5ffd5b50600436106101bb575f3560e01c806377c2498f116100f3578063add98c7011610093578063db371c601161006e578063db371c60146103e8578063e828f98014610555578063f698da2514610568578063fc0c546a14610570575f5ffd5b8063add98c70146103b2578063bf7e214f146103c5578063c6441798146103d5575f5ffd5b806384b0196e116100ce57806384b0196e146103505780638fb360371461036b5780639a12bc681461038c578063a58b90c41461039f575f5ffd5b806377c2498f146103175780637869b1d71461032a5780637a9e5e4b1461033d575f5ffd5b8063423bbf6b1161015e5780634cf088d9116101395780634cf088d9146102c157806367d42a8b146102e85780636b193aa4146102fb5780637249fbb614610304575f5ffd5b8063423bbf6b1461028857806342776f611461029b578063474a2538146102ae575f5ffd5b80630f5d6f82116101995780630f5d6f8214610203578063126d66fd14610216578063336367db146102365780633b1bebd114610249575f5ffd5b8063020a3489146101bf57806303ce2840146101d457806304e79e85146101e7575b5f5ffd5b6101d26101cd3660046136a4565b610597565b005b6101d26101e2366004613706565b6106d1565b6101f06107d081565b6040519081526020015b60405180910390f35b6101f061021136600461378c565b6107b1565b6102296102243660046137de565b610e0f565b6040516101fa9190613829565b6101f061024436600461394f565b610f89565b6102707f000000000000000000000000000000000000000000000000000000000000000081565b6040516001600160a01b0390911681526020016101fa565b6101f0610296366004613982565b610fe1565b6101d26102a936600461399d565b61148b565b6101f06102bc3660046139cc565b6116fe565b6102707f000000000000000000000000000000000000000000000000000000000000000081565b6101d26102f63660046137de565b611734565b6101f0610bb881565b6101d26103123660046137de565b611813565b6101d26103253660046137de565b611a20565b6101d26103383660046139f8565b611aec565b6101d261034b366004613a18565b611c7e565b610358611d0f565b6040516101fa9796959493929190613a61565b610373611d6d565b6040516001600160e01b031990911681526020016101fa565b6101d261039a366004613b26565b611daa565b6101d26103ad366004613b59565b61205d565b6101d26103c03660046137de565b6121e1565b5f546001600160a01b0316610270565b6101d26103e33660046137de565b612251565b6105486103f63660046137de565b604080516101a0810182525f80825260208201819052918101829052606081018290526080810182905260a0810182905260c0810182905260e081018290526101008101829052610120810182905261014081018290526101608101829052610180810191909152505f9081526003602081815260409283902083516101a0810185528154815260018201546001600160a01b03808216948301949094526001600160601b03600160a01b918290048116968301969096526002830154938416606083015292839004851660808201529281015493841660a084015263ffffffff600160601b8504811660c0850152600160801b8504811660e0850152918404821661010080850191909152600160c01b85048316610120850152600160e01b9094049091166101408301526004015460ff8116151561016083015264ffffffffff9290049190911661018082015290565b6040516101fa9190613baf565b6101d2610563366004613cf5565b6123f9565b6101f061252e565b6102707f000000000000000000000000000000000000000000000000000000000000000081565b6105a3335b5f36612537565b5f848152600460205260409081902080549151909186917fd25eb95e0448ccbb667acf176f7411c3620bd7821e0504ad0e29e84bc193b049906105eb90881515815260200190565b60405180910390a38361068357600380820154600160681b900460ff166007811115610619576106196137f5565b1461065057600381015460405163e37d4aeb60e01b815261064791600160681b900460ff1690600401613d66565b60405180910390fd5b5f600582015560030180546dffffffffffff000000000000000019166d02000000000000000000000000001790556106cb565b6106c98582856106a05760028401546001600160601b03166106ba565b60028401546106ba90600a906001600160601b0316613d9c565b6001600160601b03168561263f565b505b50505050565b5f6106db836129d2565b9050818160010160148282829054906101000a90046001600160601b03166107039190613dc9565b92506101000a8154816001600160601b0302191690836001600160601b03160217905550827f0f3931eb3a9d185fedd011414f82001421b247a283427eefa5081e1766b969268360405161076691906001600160601b0391909116815260200190565b60405180910390a26107ac6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001633306001600160601b038616612a34565b505050565b5f806107bd85356129d2565b60018101549091506001600160a01b031633146107fe57600181015460405163e7f1421f60e01b81526001600160a01b039091166004820152602401610647565b6004810154610100900464ffffffffff164211156108455760048181015460405163348f2b4160e11b815261010090910464ffffffffff1691810191909152602401610647565b61085560a0860160808701613de8565b63ffffffff1661086b6080870160608801613de8565b63ffffffff161015806108a357506003810154600160601b900463ffffffff1661089b60a0870160808801613de8565b63ffffffff16115b15610906576108b86080860160608701613de8565b6108c860a0870160808801613de8565b6003830154604051632058081960e01b815263ffffffff93841660048201529183166024830152600160601b90049091166044820152606401610647565b60038101545f906001600160601b031661092660e0880160c08901613e01565b6002840154610948916001600160601b0390811691600160a01b900416613e1a565b6109529190613e1a565b6001830154909150600160a01b90046001600160601b03168111156109c15760018201546040517f09d16e81000000000000000000000000000000000000000000000000000000008152600160a01b9091046001600160601b0316600482015260248101829052604401610647565b6109ca86610f89565b5f8181526004602052604081209194506003820154600160681b900460ff1660078111156109fa576109fa6137f5565b14610a31576040517f75eb38ff00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610a4c610a446040890160208a01613a18565b858888612a6a565b610a5c60c0880160a08901613e41565b64ffffffffff16421115610a9d57610a7a60c0880160a08901613e41565b60405163348f2b4160e11b815264ffffffffff9091166004820152602401610647565b610aad60e0880160c08901613e01565b600284018054601490610ad1908490600160a01b90046001600160601b0316613dc9565b92506101000a8154816001600160601b0302191690836001600160601b0316021790555082600301601c81819054906101000a900463ffffffff16610b1590613e5a565b825463ffffffff9182166101009390930a928302919092021990911617905586358155610b486040880160208901613a18565b610b5860e0890160c08a01613e01565b610b696101008a0160e08b01613e01565b610b7b6101208b016101008c01613e01565b6002850180546001600160601b039384166bffffffffffffffffffffffff19938516600160601b02939093167fffffffffffffffff000000000000000000000000000000000000000000000000909116179190911790556001600160a01b03929092169116600160a01b0273ffffffffffffffffffffffffffffffffffffffff1916176001820155610c136080880160608901613de8565b610c2360a0890160808a01613de8565b610c3360608a0160408b01613de8565b610c4360c08b0160a08c01613e41565b60038501805463ffffffff93841663ffffffff1964ffffffffff909416600160401b026dffffffffffff00000000000000001990921691909117600160681b1792909216919091179055600284018054938216600160c01b0263ffffffff60c01b1993909216600160e01b029290921677ffffffffffffffffffffffffffffffffffffffffffffffff90931692909217919091179055610ce96040880160208901613a18565b6001600160a01b031684885f01357fe1e6f5be31b3d163f3663e2dd9f0052e1da15c5c7f74ce7f8f26b49f788ae0238a604051610d269190613f83565b60405180910390a46001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001663282d3fdf610d6d60408a0160208b01613a18565b610d7f6101208b016101008c01613e01565b6001600160601b0316610d996101008c0160e08d01613e01565b6001600160601b0316610dac9190613e1a565b6040516001600160e01b031960e085901b1681526001600160a01b03909216600483015260248201526044015f604051808303815f87803b158015610def575f5ffd5b505af1158015610e01573d5f5f3e3d5ffd5b505050505050509392505050565b610e7a604080516101a0810182525f80825260208201819052918101829052606081018290526080810182905260a0810182905260c0810182905260e08101829052610100810182905261012081018290529061014082019081526020015f81526020015f81525090565b5f8281526004602090815260409182902082516101a0810184528154815260018201546001600160a01b038116938201939093526001600160601b03600160a01b90930483169381019390935260028101548083166060850152600160601b8104909216608084015263ffffffff600160c01b8304811660a0850152600160e01b909204821660c0840152600381015480831660e0850152640100000000810490921661010084015264ffffffffff600160401b8304166101208401529061014083019060ff600160681b909104166007811115610f5a57610f5a6137f5565b6007811115610f6b57610f6b6137f5565b81526004820154602082015260059091015460409091015292915050565b5f610fdb7fce33f0c943641512088bc65d34b617b0db50d4f42205a8531362eee38a83993483604051602001610fc0929190613f92565b60405160208183030381529060405280519060200120612ba4565b92915050565b5f610fec33836116fe565b5f818152600360205260409020600101549091506001600160a01b031615611040576040517f965f8d9400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6110506040830160208401613de8565b63ffffffff161580611091575061106d60c0830160a08401613e01565b6001600160601b031661108660e0840160c08501613e01565b6001600160601b0316115b806110d657505f6110a9610100840160e08501613a18565b6001600160a01b03161480156110d657505f6110cb60e0840160c08501613e01565b6001600160601b0316115b806110f457506110ec6060830160408401613de8565b63ffffffff16155b80611112575061110a6080830160608401613de8565b63ffffffff16155b15611149576040517f9f5ae79400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b604080516101a0810182528335815233602082015290810161117160c0850160a08601613e01565b6001600160601b03168152602001611190610100850160e08601613a18565b6001600160a01b031681525f60208201526040016111b460e0850160c08601613e01565b6001600160601b031681526020018360200160208101906111d59190613de8565b63ffffffff1681526020016111f06060850160408601613de8565b63ffffffff16815260200161120b6080850160608601613de8565b63ffffffff1681525f6020820181905260408201819052606082015260809081019061123d9060a08601908601613e41565b64ffffffffff9081169091525f838152600360208181526040928390208551815590850151858401516001600160601b03908116600160a01b9081026001600160a01b039384161760018501556060880151608089015183168202931692909217600284015560a0870151938301805460c089015160e08a0151610100808c01516101208d01516101408e015163ffffffff908116600160e01b027bffffffffffffffffffffffffffffffffffffffffffffffffffffffff928216600160c01b029290921677ffffffffffffffffffffffffffffffffffffffffffffffff938216909a027fffffffffffffffff00000000ffffffffffffffffffffffffffffffffffffffff958216600160801b02959095167fffffffffffffffff0000000000000000ffffffffffffffffffffffffffffffff91909616600160601b027fffffffffffffffffffffffffffffffff000000000000000000000000000000009097169b9098169a909a17949094179590951691909117171692909217939093179055610160850151600490910180546101809096015190941690910265ffffffffff00199115159190911665ffffffffffff199094169390931792909217905551339082907f92ed14c552f95fa811728b58efc98b5231559c3b22ba16493d4bc55efe39bc0a9061142e90869061405c565b60405180910390a3611486333061144b60c0860160a08701613e01565b6001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169291906001600160601b0316612a34565b919050565b5f838152600460209081526040808320905190929182916001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016916114fd917f1884493e0000000000000000000000000000000000000000000000000000000091899189910161406b565b60408051601f19818403018152908290526115179161408e565b5f60405180830381855afa9150503d805f811461154f576040519150601f19603f3d011682016040523d82523d5f602084013e611554565b606091505b50915091508161156657805160208201fd5b5f5f5f8380602001905181019061157d91906140a4565b94505093505092505f600b811115611597576115976137f5565b81600b8111156115a9576115a96137f5565b14806115c4575085545f908152600360205260409020548314155b806116675750600186015460405163f2738d9760e01b81526001600160a01b038481166004830152918216917f0000000000000000000000000000000000000000000000000000000000000000169063f2738d9790602401602060405180830381865afa158015611637573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061165b9190614105565b6001600160a01b031614155b1561169e576040517f9e58207700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b8554604051600181528a91907fd25eb95e0448ccbb667acf176f7411c3620bd7821e0504ad0e29e84bc193b0499060200160405180910390a360028601546116f3908a9088906001600160601b03163361263f565b505050505050505050565b5f463084846040516020016117169493929190614120565b60405160208183030381529060405280519060200120905092915050565b5f81815260046020526040902060026003820154600160681b900460ff166007811115611763576117636137f5565b1461179157600381015460405163e37d4aeb60e01b815261064791600160681b900460ff1690600401613d66565b80545f9081526003602081905260408220810154908301546117ce91600160801b900463ffffffff1690600160401b900464ffffffffff16613e1a565b9050804210156117f457604051630a8d68c960e21b815260048101829052602401610647565b6107ac83838460030160049054906101000a900463ffffffff16612beb565b5f61181d826129d2565b60018101549091506001600160a01b0316331480159061184d57506004810154610100900464ffffffffff164211155b1561188157600481810154604051630a8d68c960e21b815261010090910464ffffffffff1691810191909152602401610647565b6003810154600160e01b900463ffffffff16156118de5760038101546040517f89242f8c000000000000000000000000000000000000000000000000000000008152600160e01b90910463ffffffff166004820152602401610647565b60048101805460ff1916600117905560038101545f9063ffffffff600160601b820481169161191e91600160c01b820416906001600160601b0316614155565b611928919061416c565b60018301549091505f9061194d908390600160a01b90046001600160601b031661417f565b6001840180546001600160a01b03169055604080518481526020810183905291925085917f0609e749042bf714da0cf43eb5f443edb12a62618a6ea1f00df08b56943b8276910160405180910390a281156119de5760028301546119de906001600160a01b037f00000000000000000000000000000000000000000000000000000000000000008116911684612dbc565b80156106cb5760018301546106cb906001600160a01b037f00000000000000000000000000000000000000000000000000000000000000008116911683612dbc565b5f818152600460205260409020600380820154600160681b900460ff166007811115611a4e57611a4e6137f5565b14611a7c57600381015460405163e37d4aeb60e01b815261064791600160681b900460ff1690600401613d66565b80545f908152600360208190526040822081015490830154611ab991600160a01b900463ffffffff1690600160401b900464ffffffffff16613e1a565b905080421015611adf57604051630a8d68c960e21b815260048101829052602401610647565b6107ac838360075f612df1565b5f82815260046020526040808220838352912060026003830154600160681b900460ff166007811115611b2157611b216137f5565b14611b4f57600382015460405163e37d4aeb60e01b815261064791600160681b900460ff1690600401613d66565b60026003820154600160681b900460ff166007811115611b7157611b716137f5565b14611b9f57600381015460405163e37d4aeb60e01b815261064791600160681b900460ff1690600401613d66565b80548254141580611bce575060028181015490830154600160c01b9182900463ffffffff908116929091041614155b80611bf85750600381810154908301546401000000009182900463ffffffff908116929091041614155b80611c0a575080600401548260040154145b80611c2657506003808201549083015463ffffffff9081169116145b15611c5d576040517f7412124e00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b60058181018590558201839055611c74848361300f565b6106cb838261300f565b5f5433906001600160a01b03168114611cb45760405162d1953b60e31b81526001600160a01b0382166004820152602401610647565b816001600160a01b03163b5f03611d02576040517fc2f31e5e0000000000000000000000000000000000000000000000000000000081526001600160a01b0383166004820152602401610647565b611d0b826130ee565b5050565b5f6060805f5f5f6060611d2061314e565b611d28613179565b604080515f808252602082019092527f0f000000000000000000000000000000000000000000000000000000000000009b939a50919850469750309650945092509050565b5f8054600160a01b900460ff16611d8357505f90565b7f8fb36037000000000000000000000000000000000000000000000000000000005b905090565b5f838152600460208190526040918290206001810154925163f2738d9760e01b81523392810192909252916001600160a01b03908116917f00000000000000000000000000000000000000000000000000000000000000009091169063f2738d9790602401602060405180830381865afa158015611e2a573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611e4e9190614105565b6001600160a01b031614611e9f5760018101546040517fd8d46bad0000000000000000000000000000000000000000000000000000000081526001600160a01b039091166004820152602401610647565b60016003820154600160681b900460ff166007811115611ec157611ec16137f5565b14611eef57600381015460405163e37d4aeb60e01b815261064791600160681b900460ff1690600401613d66565b6003810154600160401b900464ffffffffff16421115611f3757600381015460405163348f2b4160e11b8152600160401b90910464ffffffffff166004820152602401610647565b600281015463ffffffff600160c01b9091048116908416111580611f6f5750600281015463ffffffff600160e01b9091048116908416115b15611fb9576002810154604051632058081960e01b815263ffffffff600160c01b8304811660048301528581166024830152600160e01b9092049091166044820152606401610647565b600481018290556003810180546d02000000000000000000000000006dffffffffffff000000000000000019909116600160401b4264ffffffffff1602171767ffffffff00000000191664010000000063ffffffff8616908102919091179091558154604080519283526020830185905286927f8c4f43575f01aac3835fbde992c27afcd66a84f5b8c9e088cb41e63aab65c3b9910160405180910390a350505050565b5f8481526004602052604090208054612075906131a4565b60016003820154600160681b900460ff166007811115612097576120976137f5565b141580156120c5575060026003820154600160681b900460ff1660078111156120c2576120c26137f5565b14155b156120f357600381015460405163e37d4aeb60e01b815261064791600160681b900460ff1690600401613d66565b600281015463ffffffff600160c01b9091048116908516108061212a5750600281015463ffffffff600160e01b9091048116908516115b15612174576002810154604051632058081960e01b815263ffffffff600160c01b8304811660048301528681166024830152600160e01b9092049091166044820152606401610647565b6001810154604080517f8bb5fc41ddffab52f3f92e0413561af7a53f2c4826d6d7e2dcab79eb0c56b30c602082015290810187905263ffffffff861660608201526121d6916001600160a01b0316906121cf90608001610fc0565b8585612a6a565b6106c9858286612beb565b6121ea3361059c565b5f81815260046020526040902060026003820154600160681b900460ff166007811115612219576122196137f5565b1461224757600381015460405163e37d4aeb60e01b815261064791600160681b900460ff1690600401613d66565b611d0b828261300f565b5f81815260046020526040902060016003820154600160681b900460ff166007811115612280576122806137f5565b146122ae57600381015460405163e37d4aeb60e01b815261064791600160681b900460ff1690600401613d66565b6003810154600160401b900464ffffffffff1642116123015760038101546122e590600160401b900464ffffffffff166001613e1a565b604051630a8d68c960e21b815260040161064791815260200190565b61230e828260065f612df1565b6002810154600160601b90046001600160601b031615611d0b57600181015460028201546040517f4be9fd9f0000000000000000000000000000000000000000000000000000000081526001600160a01b039283166004820152600160601b9091046001600160601b031660248201525f6044820181905260648201527f000000000000000000000000000000000000000000000000000000000000000090911690634be9fd9f906084016020604051808303815f875af11580156123d5573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906107ac9190614192565b5f5b818110156107ac575f60045f858585818110612419576124196141a9565b9050602002013581526020019081526020015f20905061243b815f01546131a4565b60016003820154600160681b900460ff16600781111561245d5761245d6137f5565b0361249e57612499848484818110612477576124776141a9565b905060200201358283600201601c9054906101000a900463ffffffff16612beb565b612525565b60026003820154600160681b900460ff1660078111156124c0576124c06137f5565b036124fc576124998484848181106124da576124da6141a9565b90506020020135828360030160049054906101000a900463ffffffff16612beb565b600381015460405163e37d4aeb60e01b815261064791600160681b900460ff1690600401613d66565b506001016123fb565b5f611da56131fe565b5f5f61256a61254d5f546001600160a01b031690565b863061255c60045f898b6141bd565b612565916141e4565b613327565b91509150816106c95763ffffffff81161561261c575f805460ff60a01b198116600160a01b179091556040517f94c7d7ee0000000000000000000000000000000000000000000000000000000081526001600160a01b03909116906394c7d7ee906125dd90889088908890600401614219565b5f604051808303815f87803b1580156125f4575f5ffd5b505af1158015612606573d5f5f3e3d5ffd5b50505f805460ff60a01b19169055506106c99050565b60405162d1953b60e31b81526001600160a01b0386166004820152602401610647565b60016003840154600160681b900460ff166007811115612661576126616137f5565b1415801561268f575060026003840154600160681b900460ff16600781111561268c5761268c6137f5565b14155b80156126ba5750600380840154600160681b900460ff1660078111156126b7576126b76137f5565b14155b156126e857600383015460405163e37d4aeb60e01b815261064791600160681b900460ff1690600401613d66565b6126f5848460055f612df1565b60058301545f908152600460205260409020600380820154600160681b900460ff166007811115612728576127286137f5565b1480156127385750848160050154145b1561278f575f60058201556003810180546d02000000000000000000000000006dffffffffffff0000000000000000199091166dff0000000000000000000000000019600160401b4264ffffffffff160216171790555b60018401545f906001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000811691634be9fd9f911686306127d9610bb86107d0613e1a565b6040516001600160e01b031960e087901b1681526001600160a01b03948516600482015260248101939093529216604482015260648101919091526084016020604051808303815f875af1158015612833573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906128579190614192565b90505f61271061286b610bb86107d0613e1a565b6128759084614155565b61287f919061416c565b90505f6127106128916107d085614155565b61289b919061416c565b905080156128ed5786545f908152600360205260409020600101546128ed906001600160a01b037f00000000000000000000000000000000000000000000000000000000000000008116911683612dbc565b808211156129c8576129c86001600160a01b0386161561290d578561298d565b7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031663c0a2526c6040518163ffffffff1660e01b8152600401602060405180830381865afa158015612969573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061298d9190614105565b612997838561417f565b6001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169190612dbc565b5050505050505050565b5f81815260036020526040902060018101546001600160a01b031615806129fd5750600481015460ff165b15611486576040517f4a0be34b00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b612a428484848460016133e7565b6106cb57604051635274afe760e01b81526001600160a01b0385166004820152602401610647565b5f612aaa8484848080601f0160208091040260200160405190810160405280939291908181526020018383808284375f9201919091525061346d92505050565b50909150506001600160a01b0381161580612b5a575060405163f2738d9760e01b81526001600160a01b038281166004830152808716917f00000000000000000000000000000000000000000000000000000000000000009091169063f2738d9790602401602060405180830381865afa158015612b2a573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190612b4e9190614105565b6001600160a01b031614155b156106c9576040517fca66d4f30000000000000000000000000000000000000000000000000000000081526001600160a01b03808716600483015282166024820152604401610647565b5f610fdb612bb06131fe565b836040517f19010000000000000000000000000000000000000000000000000000000000008152600281019290925260228201526042902090565b81545f9081526003602052604081206002840154909190612c229063ffffffff600160c01b8204811691600160e01b900416614257565b600285015463ffffffff91821691612c4291600160c01b90041685614257565b6001860154612c679163ffffffff1690600160a01b90046001600160601b0316614155565b612c71919061416c565b600285015490915063ffffffff600160c01b9091048116908416118015612cac5750600382015463ffffffff600160c01b9091048116908416115b15612cd25760038201805463ffffffff60c01b1916600160c01b63ffffffff8616021790555b612cdf8585600484612df1565b80156106c95760018401546040517f6da61d1e0000000000000000000000000000000000000000000000000000000081526001600160a01b0391821660048201526106c9917f00000000000000000000000000000000000000000000000000000000000000001690636da61d1e90602401602060405180830381865afa158015612d6b573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190612d8f9190614105565b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001690835b612dc983838360016134b6565b6107ac57604051635274afe760e01b81526001600160a01b0384166004820152602401610647565b82545f90815260036020819052604090912090840180548491906dff000000000000000000000000001916600160681b836007811115612e3357612e336137f5565b0217905550818160010160148282829054906101000a90046001600160601b0316612e5e9190614273565b92506101000a8154816001600160601b0302191690836001600160601b031602179055508360010160149054906101000a90046001600160601b03168160020160148282829054906101000a90046001600160601b0316612ebf9190614273565b92506101000a8154816001600160601b0302191690836001600160601b0316021790555080600301601c81819054906101000a900463ffffffff16612f0390614292565b91906101000a81548163ffffffff021916908363ffffffff16021790555084845f01547fef59851fa440eb0c59a968a795e809354725dbade932c0eaa252983170aa6da78585604051612f579291906142b0565b60405180910390a3600184015460028501546001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000811692637eee288d92911690612fba906001600160601b03600160601b820481169116613e1a565b6040516001600160e01b031960e085901b1681526001600160a01b03909216600483015260248201526044015f604051808303815f87803b158015612ffd575f5ffd5b505af11580156116f3573d5f5f3e3d5ffd5b80545f90815260036020819052604082208101549083015461304c91600160801b900463ffffffff1690600160401b900464ffffffffff16613e1a565b90508042106130715760405163348f2b4160e11b815260048101829052602401610647565b6003820180546d03000000000000000000000000006dffffffffffff0000000000000000199091166dff0000000000000000000000000019600160401b4264ffffffffff1602161717905581546040518491907f8e39eab2c454d024fb5c89b50dabc51f5068c7a283891d06aa91f5ba96acded1905f90a3505050565b5f805473ffffffffffffffffffffffffffffffffffffffff19166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad9060200160405180910390a150565b6060611da57f0000000000000000000000000000000000000000000000000000000000000000613531565b6060611da57f0000000000000000000000000000000000000000000000000000000000000000613531565b5f818152600360205260409020600101546001600160a01b031633146131fb575f818152600360205260409081902060010154905163e7f1421f60e01b81526001600160a01b039091166004820152602401610647565b50565b5f306001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001614801561325657507f000000000000000000000000000000000000000000000000000000000000000046145b1561328057507f000000000000000000000000000000000000000000000000000000000000000090565b611da5604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f0000000000000000000000000000000000000000000000000000000000000000918101919091527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b6040516001600160a01b038085166024830152831660448201526001600160e01b0319821660648201525f908190819060840160408051601f19818403018152918152602080830180517bffffffffffffffffffffffffffffffffffffffffffffffffffffffff167fb7009613000000000000000000000000000000000000000000000000000000001781525f808052918290528351939450919290918a5afa156133dd575f516020805191945081901c150291505b5094509492505050565b6040517f23b872dd000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038781166004528616602452604485905291602083606481808c5af1925060015f5114831661345c578383151615613450573d5f823e3d81fd5b5f883b113d1516831692505b604052505f60605295945050505050565b5f5f5f83516041036134a4576020840151604085015160608601515f1a6134968882858561356e565b9550955095505050506134af565b505081515f91506002905b9250925092565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038616600452602485905291602083604481808b5af1925060015f51148316613525578383151615613519573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b60605f61353d83613636565b6040805160208082528183019092529192505f91906020820181803683375050509182525060208101929092525090565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411156135a757505f9150600390508261362c565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa1580156135f8573d5f5f3e3d5ffd5b5050604051601f1901519150506001600160a01b03811661362357505f92506001915082905061362c565b92505f91508190505b9450945094915050565b5f60ff8216601f811115610fdb576040517fb3512b0c00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80358015158114611486575f5ffd5b6001600160a01b03811681146131fb575f5ffd5b803561148681613685565b5f5f5f5f608085870312156136b7575f5ffd5b843593506136c760208601613676565b92506136d560408601613676565b915060608501356136e581613685565b939692955090935050565b80356001600160601b0381168114611486575f5ffd5b5f5f60408385031215613717575f5ffd5b82359150613727602084016136f0565b90509250929050565b5f6101408284031215613741575f5ffd5b50919050565b5f5f83601f840112613757575f5ffd5b50813567ffffffffffffffff81111561376e575f5ffd5b602083019150836020828501011115613785575f5ffd5b9250929050565b5f5f5f610160848603121561379f575f5ffd5b6137a98585613730565b925061014084013567ffffffffffffffff8111156137c5575f5ffd5b6137d186828701613747565b9497909650939450505050565b5f602082840312156137ee575f5ffd5b5035919050565b634e487b7160e01b5f52602160045260245ffd5b6008811061382557634e487b7160e01b5f52602160045260245ffd5b9052565b815181526020808301516101a083019161384d908401826001600160a01b03169052565b50604083015161386860408401826001600160601b03169052565b50606083015161388360608401826001600160601b03169052565b50608083015161389e60808401826001600160601b03169052565b5060a08301516138b660a084018263ffffffff169052565b5060c08301516138ce60c084018263ffffffff169052565b5060e08301516138e660e084018263ffffffff169052565b5061010083015161390061010084018263ffffffff169052565b5061012083015161391b61012084018264ffffffffff169052565b50610140830151613930610140840182613809565b5061016083015161016083015261018083015161018083015292915050565b5f6101408284031215613960575f5ffd5b61396a8383613730565b9392505050565b5f6101008284031215613741575f5ffd5b5f6101008284031215613993575f5ffd5b61396a8383613971565b5f5f5f604084860312156139af575f5ffd5b83359250602084013567ffffffffffffffff8111156137c5575f5ffd5b5f5f61012083850312156139de575f5ffd5b82356139e981613685565b91506137278460208501613971565b5f5f60408385031215613a09575f5ffd5b50508035926020909101359150565b5f60208284031215613a28575f5ffd5b813561396a81613685565b5f81518084528060208401602086015e5f602082860101526020601f19601f83011685010191505092915050565b7fff000000000000000000000000000000000000000000000000000000000000008816815260e060208201525f613a9b60e0830189613a33565b8281036040840152613aad8189613a33565b606084018890526001600160a01b038716608085015260a0840186905283810360c0850152845180825260208087019350909101905f5b81811015613b02578351835260209384019390920191600101613ae4565b50909b9a5050505050505050505050565b803563ffffffff81168114611486575f5ffd5b5f5f5f60608486031215613b38575f5ffd5b83359250613b4860208501613b13565b929592945050506040919091013590565b5f5f5f5f60608587031215613b6c575f5ffd5b84359350613b7c60208601613b13565b9250604085013567ffffffffffffffff811115613b97575f5ffd5b613ba387828801613747565b95989497509550505050565b815181526020808301516101a0830191613bd3908401826001600160a01b03169052565b506040830151613bee60408401826001600160601b03169052565b506060830151613c0960608401826001600160a01b03169052565b506080830151613c2460808401826001600160601b03169052565b5060a0830151613c3f60a08401826001600160601b03169052565b5060c0830151613c5760c084018263ffffffff169052565b5060e0830151613c6f60e084018263ffffffff169052565b50610100830151613c8961010084018263ffffffff169052565b50610120830151613ca361012084018263ffffffff169052565b50610140830151613cbd61014084018263ffffffff169052565b50610160830151613cd361016084018215159052565b50610180830151613cee61018084018264ffffffffff169052565b5092915050565b5f5f60208385031215613d06575f5ffd5b823567ffffffffffffffff811115613d1c575f5ffd5b8301601f81018513613d2c575f5ffd5b803567ffffffffffffffff811115613d42575f5ffd5b8560208260051b8401011115613d56575f5ffd5b6020919091019590945092505050565b60208101610fdb8284613809565b634e487b7160e01b5f52601260045260245ffd5b634e487b7160e01b5f52601160045260245ffd5b5f6001600160601b03831680613db457613db4613d74565b806001600160601b0384160491505092915050565b6001600160601b038181168382160190811115610fdb57610fdb613d88565b5f60208284031215613df8575f5ffd5b61396a82613b13565b5f60208284031215613e11575f5ffd5b61396a826136f0565b80820180821115610fdb57610fdb613d88565b803564ffffffffff81168114611486575f5ffd5b5f60208284031215613e51575f5ffd5b61396a82613e2d565b5f63ffffffff821663ffffffff8103613e7557613e75613d88565b60010192915050565b803567ffffffffffffffff81168114611486575f5ffd5b80358252613ea560208201613699565b6001600160a01b03166020830152613ebf60408201613b13565b63ffffffff166040830152613ed660608201613b13565b63ffffffff166060830152613eed60808201613b13565b63ffffffff166080830152613f0460a08201613e2d565b64ffffffffff1660a0830152613f1c60c082016136f0565b6001600160601b031660c0830152613f3660e082016136f0565b6001600160601b031660e0830152613f5161010082016136f0565b6001600160601b0316610100830152613f6d6101208201613e7e565b67ffffffffffffffff8116610120840152505050565b6101408101610fdb8284613e95565b828152610160810161396a6020830184613e95565b8035825263ffffffff613fbc60208301613b13565b16602083015263ffffffff613fd360408301613b13565b16604083015263ffffffff613fea60608301613b13565b166060830152613ffc60808201613e2d565b64ffffffffff16608083015261401460a082016136f0565b6001600160601b031660a083015261402e60c082016136f0565b6001600160601b031660c083015261404860e08201613699565b6001600160a01b03811660e0840152505050565b6101008101610fdb8284613fa7565b6001600160e01b031984168152818360048301375f910160040190815292915050565b5f82518060208501845e5f920191825250919050565b5f5f5f5f5f60a086880312156140b8575f5ffd5b85516020870151604088015191965094506140d281613685565b60608701519093506140e381613685565b6080870151909250600c81106140f7575f5ffd5b809150509295509295909350565b5f60208284031215614115575f5ffd5b815161396a81613685565b8481526001600160a01b03848116602083015283166040820152610160810161414c6060830184613fa7565b95945050505050565b8082028115828204841417610fdb57610fdb613d88565b5f8261417a5761417a613d74565b500490565b81810381811115610fdb57610fdb613d88565b5f602082840312156141a2575f5ffd5b5051919050565b634e487b7160e01b5f52603260045260245ffd5b5f5f858511156141cb575f5ffd5b838611156141d7575f5ffd5b5050820193919092039150565b80356001600160e01b03198116906004841015613cee576001600160e01b0319808560040360031b1b82161691505092915050565b6001600160a01b038416815260406020820152816040820152818360608301375f818301606090810191909152601f909201601f1916010192915050565b63ffffffff8281168282160390811115610fdb57610fdb613d88565b6001600160601b038281168282160390811115610fdb57610fdb613d88565b5f63ffffffff8216806142a7576142a7613d88565b5f190192915050565b604081016142be8285613809565b826020830152939250505056",
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
// the contract method with ID 0x42776f61.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function convict(bytes32 id, bytes brief) returns()
func (jobEscrow *JobEscrow) PackConvict(id [32]byte, brief []byte) []byte {
	enc, err := jobEscrow.abi.Pack("convict", id, brief)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackConvict is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42776f61.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function convict(bytes32 id, bytes brief) returns()
func (jobEscrow *JobEscrow) TryPackConvict(id [32]byte, brief []byte) ([]byte, error) {
	return jobEscrow.abi.Pack("convict", id, brief)
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
