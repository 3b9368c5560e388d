// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package registry

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

// RegistryItem is an auto generated low-level Go binding around an user-defined struct.
type RegistryItem struct {
	Owner        common.Address
	Kind         uint8
	RegisteredAt uint64
	Splits       [32]byte
}

// RegistryMetaData contains all meta data concerning the Registry contract.
var RegistryMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"MAX_PARENTS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"idOf\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"enumRegistry.Kind\"},{\"name\":\"series\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"splits\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"parents\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"item\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structRegistry.Item\",\"components\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"enumRegistry.Kind\"},{\"name\":\"registeredAt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"splits\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"register\",\"inputs\":[{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"enumRegistry.Kind\"},{\"name\":\"series\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"splits\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"parents\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}],\"outputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"Registered\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"kind\",\"type\":\"uint8\",\"indexed\":true,\"internalType\":\"enumRegistry.Kind\"},{\"name\":\"series\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"digest\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"splits\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"parents\",\"type\":\"bytes32[]\",\"indexed\":false,\"internalType\":\"bytes32[]\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AlreadyRegistered\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"NoDigest\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TooManyParents\",\"inputs\":[{\"name\":\"n\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"UnknownParent\",\"inputs\":[{\"name\":\"parent\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]",
	ID:  "Registry",
	Bin: "0x6080604052348015600e575f5ffd5b506107738061001c5f395ff3fe608060405234801561000f575f5ffd5b506004361061004a575f3560e01c8063070fff171461004e5780631d376d9b1461007457806340a15ecc1461009457806397d4c443146100a7575b5f5ffd5b61006161005c3660046104f6565b6100af565b6040519081526020015b60405180910390f35b610087610082366004610562565b6103b0565b60405161006b91906105ad565b6100616100a23660046105f6565b610456565b610061604081565b5f8481036100e9576040517f8b5edfe600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b604082111561012c576040517f5a3fccbd000000000000000000000000000000000000000000000000000000008152600481018390526024015b60405180910390fd5b61013b33888888888888610456565b5f818152602081905260409020549091506001600160a01b03161561018f576040517f77caf67200000000000000000000000000000000000000000000000000000000815260048101829052602401610123565b5f5b8281101561022b575f80808686858181106101ae576101ae61067f565b602090810292909201358352508101919091526040015f20546001600160a01b031603610223578383828181106101e7576101e761067f565b905060200201356040517f3116cbec00000000000000000000000000000000000000000000000000000000815260040161012391815260200190565b600101610191565b506040518060800160405280336001600160a01b0316815260200188600381111561025857610258610579565b815267ffffffffffffffff421660208083019190915260409182018790525f84815280825291909120825181546001600160a01b039091167fffffffffffffffffffffffff000000000000000000000000000000000000000082168117835592840151919283917fffffffffffffffffffffff0000000000000000000000000000000000000000001617600160a01b8360038111156102f9576102f9610579565b02179055506040820151815467ffffffffffffffff909116600160a81b027fffffff0000000000000000ffffffffffffffffffffffffffffffffffffffffff90911617815560609091015160019091015586600381111561035c5761035c610579565b336001600160a01b0316827fc00403c8aa250d4642180946dd6b5a8714d9e7a69fefb6bec8c34eb30ab3f279898989898960405161039e9594939291906106dc565b60405180910390a49695505050505050565b604080516080810182525f8082526020820181905291810182905260608101919091525f828152602081815260409182902082516080810190935280546001600160a01b03811684529091830190600160a01b900460ff16600381111561041957610419610579565b600381111561042a5761042a610579565b81528154600160a81b900467ffffffffffffffff16602082015260019091015460409091015292915050565b5f4630898989898989896040516020016104789998979695949392919061070c565b604051602081830303815290604052805190602001209050979650505050505050565b8035600481106104a9575f5ffd5b919050565b5f5f83601f8401126104be575f5ffd5b50813567ffffffffffffffff8111156104d5575f5ffd5b6020830191508360208260051b85010111156104ef575f5ffd5b9250929050565b5f5f5f5f5f5f60a0878903121561050b575f5ffd5b6105148761049b565b9550602087013594506040870135935060608701359250608087013567ffffffffffffffff811115610544575f5ffd5b61055089828a016104ae565b979a9699509497509295939492505050565b5f60208284031215610572575f5ffd5b5035919050565b634e487b7160e01b5f52602160045260245ffd5b600481106105a957634e487b7160e01b5f52602160045260245ffd5b9052565b81516001600160a01b0316815260208083015160808301916105d19084018261058d565b5067ffffffffffffffff60408401511660408301526060830151606083015292915050565b5f5f5f5f5f5f5f60c0888a03121561060c575f5ffd5b87356001600160a01b0381168114610622575f5ffd5b96506106306020890161049b565b955060408801359450606088013593506080880135925060a088013567ffffffffffffffff811115610660575f5ffd5b61066c8a828b016104ae565b989b979a50959850939692959293505050565b634e487b7160e01b5f52603260045260245ffd5b8183525f7f07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8311156106c3575f5ffd5b8260051b80836020870137939093016020019392505050565b858152846020820152836040820152608060608201525f610701608083018486610693565b979650505050505050565b8981526001600160a01b03891660208201526001600160a01b038816604082015261073a606082018861058d565b8560808201528460a08201528360c082015261010060e08201525f61076461010083018486610693565b9b9a505050505050505050505056",
}

// Registry is an auto generated Go binding around an Ethereum contract.
type Registry struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Registry) GetABI() abi.ABI {
	return c.abi
}

// NewRegistry creates a new instance of Registry.
func NewRegistry() *Registry {
	parsed, err := RegistryMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Registry{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Registry) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackMAXPARENTS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x97d4c443.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_PARENTS() view returns(uint256)
func (registry *Registry) PackMAXPARENTS() []byte {
	enc, err := registry.abi.Pack("MAX_PARENTS")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXPARENTS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x97d4c443.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_PARENTS() view returns(uint256)
func (registry *Registry) TryPackMAXPARENTS() ([]byte, error) {
	return registry.abi.Pack("MAX_PARENTS")
}

// UnpackMAXPARENTS is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x97d4c443.
//
// Solidity: function MAX_PARENTS() view returns(uint256)
func (registry *Registry) UnpackMAXPARENTS(data []byte) (*big.Int, error) {
	out, err := registry.abi.Unpack("MAX_PARENTS", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackIdOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x40a15ecc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function idOf(address owner, uint8 kind, bytes32 series, bytes32 digest, bytes32 splits, bytes32[] parents) view returns(bytes32)
func (registry *Registry) PackIdOf(owner common.Address, kind uint8, series [32]byte, digest [32]byte, splits [32]byte, parents [][32]byte) []byte {
	enc, err := registry.abi.Pack("idOf", owner, kind, series, digest, splits, parents)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIdOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x40a15ecc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function idOf(address owner, uint8 kind, bytes32 series, bytes32 digest, bytes32 splits, bytes32[] parents) view returns(bytes32)
func (registry *Registry) TryPackIdOf(owner common.Address, kind uint8, series [32]byte, digest [32]byte, splits [32]byte, parents [][32]byte) ([]byte, error) {
	return registry.abi.Pack("idOf", owner, kind, series, digest, splits, parents)
}

// UnpackIdOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x40a15ecc.
//
// Solidity: function idOf(address owner, uint8 kind, bytes32 series, bytes32 digest, bytes32 splits, bytes32[] parents) view returns(bytes32)
func (registry *Registry) UnpackIdOf(data []byte) ([32]byte, error) {
	out, err := registry.abi.Unpack("idOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackItem is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1d376d9b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function item(bytes32 id) view returns((address,uint8,uint64,bytes32))
func (registry *Registry) PackItem(id [32]byte) []byte {
	enc, err := registry.abi.Pack("item", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackItem is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1d376d9b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function item(bytes32 id) view returns((address,uint8,uint64,bytes32))
func (registry *Registry) TryPackItem(id [32]byte) ([]byte, error) {
	return registry.abi.Pack("item", id)
}

// UnpackItem is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x1d376d9b.
//
// Solidity: function item(bytes32 id) view returns((address,uint8,uint64,bytes32))
func (registry *Registry) UnpackItem(data []byte) (RegistryItem, error) {
	out, err := registry.abi.Unpack("item", data)
	if err != nil {
		return *new(RegistryItem), err
	}
	out0 := *abi.ConvertType(out[0], new(RegistryItem)).(*RegistryItem)
	return out0, nil
}

// PackRegister is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x070fff17.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function register(uint8 kind, bytes32 series, bytes32 digest, bytes32 splits, bytes32[] parents) returns(bytes32 id)
func (registry *Registry) PackRegister(kind uint8, series [32]byte, digest [32]byte, splits [32]byte, parents [][32]byte) []byte {
	enc, err := registry.abi.Pack("register", kind, series, digest, splits, parents)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRegister is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x070fff17.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function register(uint8 kind, bytes32 series, bytes32 digest, bytes32 splits, bytes32[] parents) returns(bytes32 id)
func (registry *Registry) TryPackRegister(kind uint8, series [32]byte, digest [32]byte, splits [32]byte, parents [][32]byte) ([]byte, error) {
	return registry.abi.Pack("register", kind, series, digest, splits, parents)
}

// UnpackRegister is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x070fff17.
//
// Solidity: function register(uint8 kind, bytes32 series, bytes32 digest, bytes32 splits, bytes32[] parents) returns(bytes32 id)
func (registry *Registry) UnpackRegister(data []byte) ([32]byte, error) {
	out, err := registry.abi.Unpack("register", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// RegistryRegistered represents a Registered event raised by the Registry contract.
type RegistryRegistered struct {
	Id      [32]byte
	Owner   common.Address
	Kind    uint8
	Series  [32]byte
	Digest  [32]byte
	Splits  [32]byte
	Parents [][32]byte
	Raw     *types.Log // Blockchain specific contextual infos
}

const RegistryRegisteredEventName = "Registered"

// ContractEventName returns the user-defined event name.
func (RegistryRegistered) ContractEventName() string {
	return RegistryRegisteredEventName
}

// UnpackRegisteredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Registered(bytes32 indexed id, address indexed owner, uint8 indexed kind, bytes32 series, bytes32 digest, bytes32 splits, bytes32[] parents)
func (registry *Registry) UnpackRegisteredEvent(log *types.Log) (*RegistryRegistered, error) {
	event := "Registered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryRegistered)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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
func (registry *Registry) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], registry.abi.Errors["AlreadyRegistered"].ID.Bytes()[:4]) {
		return registry.UnpackAlreadyRegisteredError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["NoDigest"].ID.Bytes()[:4]) {
		return registry.UnpackNoDigestError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["TooManyParents"].ID.Bytes()[:4]) {
		return registry.UnpackTooManyParentsError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["UnknownParent"].ID.Bytes()[:4]) {
		return registry.UnpackUnknownParentError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// RegistryAlreadyRegistered represents a AlreadyRegistered error raised by the Registry contract.
type RegistryAlreadyRegistered struct {
	Id [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyRegistered(bytes32 id)
func RegistryAlreadyRegisteredErrorID() common.Hash {
	return common.HexToHash("0x77caf672214035207a45708060aa1e2e66841e1b2dbaefae83058807272a7a8a")
}

// UnpackAlreadyRegisteredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyRegistered(bytes32 id)
func (registry *Registry) UnpackAlreadyRegisteredError(raw []byte) (*RegistryAlreadyRegistered, error) {
	out := new(RegistryAlreadyRegistered)
	if err := registry.abi.UnpackIntoInterface(out, "AlreadyRegistered", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryNoDigest represents a NoDigest error raised by the Registry contract.
type RegistryNoDigest struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoDigest()
func RegistryNoDigestErrorID() common.Hash {
	return common.HexToHash("0x8b5edfe6eb29e2454ece2fcd5bfd46219bf94a1de4b077b76eea5df11446e049")
}

// UnpackNoDigestError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoDigest()
func (registry *Registry) UnpackNoDigestError(raw []byte) (*RegistryNoDigest, error) {
	out := new(RegistryNoDigest)
	if err := registry.abi.UnpackIntoInterface(out, "NoDigest", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryTooManyParents represents a TooManyParents error raised by the Registry contract.
type RegistryTooManyParents struct {
	N *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooManyParents(uint256 n)
func RegistryTooManyParentsErrorID() common.Hash {
	return common.HexToHash("0x5a3fccbdf413a779d4eb1d9dcc98003eeac5a759f570d6902a10b045ed9987bc")
}

// UnpackTooManyParentsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooManyParents(uint256 n)
func (registry *Registry) UnpackTooManyParentsError(raw []byte) (*RegistryTooManyParents, error) {
	out := new(RegistryTooManyParents)
	if err := registry.abi.UnpackIntoInterface(out, "TooManyParents", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryUnknownParent represents a UnknownParent error raised by the Registry contract.
type RegistryUnknownParent struct {
	Parent [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error UnknownParent(bytes32 parent)
func RegistryUnknownParentErrorID() common.Hash {
	return common.HexToHash("0x3116cbecc887871d5d1a06c5f4943fc0e27b362e366955229d11adde9168f492")
}

// UnpackUnknownParentError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error UnknownParent(bytes32 parent)
func (registry *Registry) UnpackUnknownParentError(raw []byte) (*RegistryUnknownParent, error) {
	out := new(RegistryUnknownParent)
	if err := registry.abi.UnpackIntoInterface(out, "UnknownParent", raw); err != nil {
		return nil, err
	}
	return out, nil
}
