// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package equivocations

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

// Credit is an auto generated low-level Go binding around an user-defined struct.
type Credit struct {
	Account [32]byte
	Class   uint8
	Weight  *big.Int
}

// Result is an auto generated low-level Go binding around an user-defined struct.
type Result struct {
	Request [32]byte
	Output  [32]byte
	Gain    uint32
	Credits []Credit
}

// EquivocationsMetaData contains all meta data concerning the Equivocations contract.
var EquivocationsMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"manager\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"ledger_\",\"type\":\"address\",\"internalType\":\"contractLedger\"},{\"name\":\"network_\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"penalty_\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"types_\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"REWARD_BPS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"authority\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"isConsumingScheduledOp\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"ledger\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractLedger\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"network\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"penalty\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"proveRecords\",\"inputs\":[{\"name\":\"a\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"signatureA\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"b\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"signatureB\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"proveResults\",\"inputs\":[{\"name\":\"a\",\"type\":\"tuple\",\"internalType\":\"structResult\",\"components\":[{\"name\":\"request\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"output\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"gain\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"signatureA\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"b\",\"type\":\"tuple\",\"internalType\":\"structResult\",\"components\":[{\"name\":\"request\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"output\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"gain\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"credits\",\"type\":\"tuple[]\",\"internalType\":\"structCredit[]\",\"components\":[{\"name\":\"account\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"class\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]}]},{\"name\":\"signatureB\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setAuthority\",\"inputs\":[{\"name\":\"newAuthority\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setTerms\",\"inputs\":[{\"name\":\"penalty_\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"types_\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"staking\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractStaking\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"types\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"event\",\"name\":\"AuthorityUpdated\",\"inputs\":[{\"name\":\"authority\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Convicted\",\"inputs\":[{\"name\":\"signer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"staker\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"place\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"taken\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"TermsSet\",\"inputs\":[{\"name\":\"penalty\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"},{\"name\":\"types\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AccessManagedInvalidAuthority\",\"inputs\":[{\"name\":\"authority\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"AccessManagedRequiredDelay\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"delay\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"type\":\"error\",\"name\":\"AccessManagedUnauthorized\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"AlreadyConvicted\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotAContradiction\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotARecord\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotAnOffence\",\"inputs\":[{\"name\":\"kind\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"NotOnePlace\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotOneSigner\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NothingStaked\",\"inputs\":[]}]",
	ID:  "Equivocations",
	Bin: "0x60e060405234801561000f575f5ffd5b5060405161184b38038061184b83398101604081905261002e9161019c565b84610038816100d2565b506001600160a01b03841660a081905260408051634cf088d960e01b81529051634cf088d9916004808201926020929091908290030181865afa158015610081573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906100a59190610219565b6001600160a01b03166080526001600160401b03831660c0526100c88282610125565b505050505061023b565b5f80546001600160a01b0319166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad9060200160405180910390a150565b600180546001600160601b0319166001600160601b038416908117909155600282905560408051918252602082018390527f3988f7c8d3a922b8a42f684d84eb06bd1419ea6b88721e626614bbabec9f3094910160405180910390a15050565b6001600160a01b0381168114610199575f5ffd5b50565b5f5f5f5f5f60a086880312156101b0575f5ffd5b85516101bb81610185565b60208701519095506101cc81610185565b60408701519094506001600160401b03811681146101e8575f5ffd5b60608701519093506001600160601b0381168114610204575f5ffd5b80925050608086015190509295509295909350565b5f60208284031215610229575f5ffd5b815161023481610185565b9392505050565b60805160a05160c0516115ca6102815f395f81816101a4015261053401525f818161017d015261039501525f818161013e01528181610b8b0152610c5701526115ca5ff3fe608060405234801561000f575f5ffd5b50600436106100cf575f3560e01c80637a9e5e4b1161007d578063bf7e214f11610058578063bf7e214f14610226578063ccbff97914610236578063ecdbfdf01461023f575f5ffd5b80637a9e5e4b146101df5780638fb36037146101f2578063b5a6c7f914610213575f5ffd5b80634cf088d9116100ad5780634cf088d91461013957806356397c35146101785780636739afca1461019f575f5ffd5b80630edd2ffc146100d357806330c861921461010d57806347b12bfc14610122575b5f5ffd5b6001546100eb906bffffffffffffffffffffffff1681565b6040516bffffffffffffffffffffffff90911681526020015b60405180910390f35b61012061011b3660046110d1565b610252565b005b61012b610bb881565b604051908152602001610104565b6101607f000000000000000000000000000000000000000000000000000000000000000081565b6040516001600160a01b039091168152602001610104565b6101607f000000000000000000000000000000000000000000000000000000000000000081565b6101c67f000000000000000000000000000000000000000000000000000000000000000081565b60405167ffffffffffffffff9091168152602001610104565b6101206101ed366004611110565b61026b565b6101fa6102fd565b6040516001600160e01b03199091168152602001610104565b61012061022136600461118d565b610338565b5f546001600160a01b0316610160565b61012b60025481565b61012061024d366004611251565b6104a3565b61025d335f36610764565b6102678282610873565b5050565b5f5433906001600160a01b031681146102a65760405162d1953b60e31b81526001600160a01b03821660048201526024015b60405180910390fd5b816001600160a01b03163b5f036102f4576040517fc2f31e5e0000000000000000000000000000000000000000000000000000000081526001600160a01b038316600482015260240161029d565b610267826108dd565b5f8054600160a01b900460ff1661031357505f90565b507f8fb360370000000000000000000000000000000000000000000000000000000090565b853583351461035a57604051630f6248a560e11b815260040160405180910390fd5b5f6103648761093d565b90505f6103708561093d565b905080820361039257604051636e01702760e01b815260040160405180910390fd5b5f7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031663f698da256040518163ffffffff1660e01b8152600401602060405180830381865afa1580156103ef573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610413919061131f565b60405161190160f01b6020820152602281018290526042810185905290915060620160408051601f1981840301815290829052805160209182012061190160f01b91830191909152602282018390526042820184905293506062016040516020818303038152906040528051906020012091506104988389898589898f5f01356109d5565b505050505050505050565b6060871415806104b4575060608314155b8061050b57507f6f70656e6c65646765722f3100000000000000000000000000000000000000006104e8600c5f8a8c611336565b6104f19161135d565b73ffffffffffffffffffffffffffffffffffffffff191614155b1561052957604051631739a10f60e21b815260040160405180910390fd5b67ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000166105626014600c8a8c611336565b61056b916113ad565b60c01c1461058c57604051631739a10f60e21b815260040160405180910390fd5b5f61059b601860148a8c611336565b6105a491611412565b60e01c905060ff8111806105bd5750600254811c600116155b156105f7576040517ff97ab3570000000000000000000000000000000000000000000000000000000081526004810182905260240161029d565b5f6106056040828b8d611336565b604051610613929190611447565b6040805191829003909120915061062c905f8789611336565b60405161063a929190611447565b6040518091039020811461066157604051630f6248a560e11b815260040160405180910390fd5b61066e8560408189611336565b61067791611456565b6106848a6040818e611336565b61068d91611456565b036106ab57604051636e01702760e01b815260040160405180910390fd5b61075860028b8b6040516106c0929190611447565b602060405180830381855afa1580156106db573d5f5f3e3d5ffd5b5050506040513d601f19601f820116820180604052508101906106fe919061131f565b898960028a8a604051610712929190611447565b602060405180830381855afa15801561072d573d5f5f3e3d5ffd5b5050506040513d601f19601f82011682018060405250810190610750919061131f565b8888876109d5565b50505050505050505050565b5f5f61079761077a5f546001600160a01b031690565b863061078960045f898b611336565b61079291611412565b610d62565b915091508161086c5763ffffffff811615610849575f805460ff60a01b198116600160a01b179091556040517f94c7d7ee0000000000000000000000000000000000000000000000000000000081526001600160a01b03909116906394c7d7ee9061080a90889088908890600401611473565b5f604051808303815f87803b158015610821575f5ffd5b505af1158015610833573d5f5f3e3d5ffd5b50505f805460ff60a01b191690555061086c9050565b60405162d1953b60e31b81526001600160a01b038616600482015260240161029d565b5050505050565b600180546bffffffffffffffffffffffff19166bffffffffffffffffffffffff8416908117909155600282905560408051918252602082018390527f3988f7c8d3a922b8a42f684d84eb06bd1419ea6b88721e626614bbabec9f3094910160405180910390a15050565b5f805473ffffffffffffffffffffffffffffffffffffffff19166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad9060200160405180910390a150565b5f7f8aff8302c6abec70971024064c557d281e96ad23ee1e407460c095bc24ffb22b8235602084013561097660608601604087016114b1565b61098b61098660608801886114d4565b610e22565b604080516020810196909652850193909352606084019190915263ffffffff16608083015260a082015260c001604051602081830303815290604052805190602001209050919050565b5f610a158888888080601f0160208091040260200160405190810160405280939291908181526020018383808284375f92019190915250610fa092505050565b505090505f610a598686868080601f0160208091040260200160405190810160405280939291908181526020018383808284375f92019190915250610fa092505050565b50909150506001600160a01b0382161580610a865750806001600160a01b0316826001600160a01b031614155b15610abd576040517fb97aaef200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b604080516001600160a01b03841660208201529081018490525f9060600160408051601f1981840301815291815281516020928301205f818152600390935291205490915060ff1615610b3c576040517f63dac56f00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f81815260036020526040808220805460ff19166001179055517ff2738d970000000000000000000000000000000000000000000000000000000081526001600160a01b0385811660048301527f0000000000000000000000000000000000000000000000000000000000000000169063f2738d9790602401602060405180830381865afa158015610bd0573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610bf49190611519565b6001546040517f4be9fd9f0000000000000000000000000000000000000000000000000000000081526001600160a01b0380841660048301526bffffffffffffffffffffffff9092166024820152336044820152610bb860648201529192505f917f000000000000000000000000000000000000000000000000000000000000000090911690634be9fd9f906084016020604051808303815f875af1158015610c9f573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610cc3919061131f565b9050805f03610cfe576040517f9fe7bfd900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b816001600160a01b0316856001600160a01b03167f0bdb5cc946833c3340958bd27003da8db0c9a904031a2fc9bfed1c125873f37c8884604051610d4c929190918252602082015260400190565b60405180910390a3505050505050505050505050565b6040516001600160a01b038085166024830152831660448201526001600160e01b0319821660648201525f908190819060840160408051601f19818403018152918152602080830180517bffffffffffffffffffffffffffffffffffffffffffffffffffffffff167fb7009613000000000000000000000000000000000000000000000000000000001781525f808052918290528351939450919290918a5afa15610e18575f516020805191945081901c150291505b5094509492505050565b5f808267ffffffffffffffff811115610e3d57610e3d611534565b604051908082528060200260200182016040528015610e66578160200160208202803683370190505b5090505f5b83811015610f6e577fabf057442e9ad51ba751b8300fb60a31840b0cec5a63958a33e9a6bae93bba7d858583818110610ea657610ea6611548565b9050606002015f0135868684818110610ec157610ec1611548565b9050606002016020016020810190610ed9919061155c565b878785818110610eeb57610eeb611548565b9050606002016040016020810190610f03919061157c565b60408051602081019590955284019290925260ff1660608301526bffffffffffffffffffffffff16608082015260a00160405160208183030381529060405280519060200120828281518110610f5b57610f5b611548565b6020908102919091010152600101610e6b565b5080604051602001610f809190611595565b604051602081830303815290604052805190602001209150505b92915050565b5f5f5f8351604103610fd7576020840151604085015160608601515f1a610fc988828585610fe9565b955095509550505050610fe2565b505081515f91506002905b9250925092565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084111561102257505f915060039050826110a7565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa158015611073573d5f5f3e3d5ffd5b5050604051601f1901519150506001600160a01b03811661109e57505f9250600191508290506110a7565b92505f91508190505b9450945094915050565b80356bffffffffffffffffffffffff811681146110cc575f5ffd5b919050565b5f5f604083850312156110e2575f5ffd5b6110eb836110b1565b946020939093013593505050565b6001600160a01b038116811461110d575f5ffd5b50565b5f60208284031215611120575f5ffd5b813561112b816110f9565b9392505050565b5f60808284031215611142575f5ffd5b50919050565b5f5f83601f840112611158575f5ffd5b50813567ffffffffffffffff81111561116f575f5ffd5b602083019150836020828501011115611186575f5ffd5b9250929050565b5f5f5f5f5f5f608087890312156111a2575f5ffd5b863567ffffffffffffffff8111156111b8575f5ffd5b6111c489828a01611132565b965050602087013567ffffffffffffffff8111156111e0575f5ffd5b6111ec89828a01611148565b909650945050604087013567ffffffffffffffff81111561120b575f5ffd5b61121789828a01611132565b935050606087013567ffffffffffffffff811115611233575f5ffd5b61123f89828a01611148565b979a9699509497509295939492505050565b5f5f5f5f5f5f5f5f6080898b031215611268575f5ffd5b883567ffffffffffffffff81111561127e575f5ffd5b61128a8b828c01611148565b909950975050602089013567ffffffffffffffff8111156112a9575f5ffd5b6112b58b828c01611148565b909750955050604089013567ffffffffffffffff8111156112d4575f5ffd5b6112e08b828c01611148565b909550935050606089013567ffffffffffffffff8111156112ff575f5ffd5b61130b8b828c01611148565b999c989b5096995094979396929594505050565b5f6020828403121561132f575f5ffd5b5051919050565b5f5f85851115611344575f5ffd5b83861115611350575f5ffd5b5050820193919092039150565b803573ffffffffffffffffffffffffffffffffffffffff19811690600c8410156113a65773ffffffffffffffffffffffffffffffffffffffff198085600c0360031b1b82161691505b5092915050565b80357fffffffffffffffff00000000000000000000000000000000000000000000000081169060088410156113a6577fffffffffffffffff000000000000000000000000000000000000000000000000808560080360031b1b82161691505092915050565b80356001600160e01b031981169060048410156113a6576001600160e01b0319808560040360031b1b82161691505092915050565b818382375f9101908152919050565b80356020831015610f9a575f19602084900360031b1b1692915050565b6001600160a01b038416815260406020820152816040820152818360608301375f818301606090810191909152601f909201601f1916010192915050565b5f602082840312156114c1575f5ffd5b813563ffffffff8116811461112b575f5ffd5b5f5f8335601e198436030181126114e9575f5ffd5b83018035915067ffffffffffffffff821115611503575f5ffd5b6020019150606081023603821315611186575f5ffd5b5f60208284031215611529575f5ffd5b815161112b816110f9565b634e487b7160e01b5f52604160045260245ffd5b634e487b7160e01b5f52603260045260245ffd5b5f6020828403121561156c575f5ffd5b813560ff8116811461112b575f5ffd5b5f6020828403121561158c575f5ffd5b61112b826110b1565b81515f90829060208501835b828110156115bf5781518452602093840193909101906001016115a1565b50919594505050505056",
}

// Equivocations is an auto generated Go binding around an Ethereum contract.
type Equivocations struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Equivocations) GetABI() abi.ABI {
	return c.abi
}

// NewEquivocations creates a new instance of Equivocations.
func NewEquivocations() *Equivocations {
	parsed, err := EquivocationsMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Equivocations{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Equivocations) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address manager, address ledger_, uint64 network_, uint96 penalty_, uint256 types_) returns()
func (equivocations *Equivocations) PackConstructor(manager common.Address, ledger_ common.Address, network_ uint64, penalty_ *big.Int, types_ *big.Int) []byte {
	enc, err := equivocations.abi.Pack("", manager, ledger_, network_, penalty_, types_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackREWARDBPS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x47b12bfc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function REWARD_BPS() view returns(uint256)
func (equivocations *Equivocations) PackREWARDBPS() []byte {
	enc, err := equivocations.abi.Pack("REWARD_BPS")
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
func (equivocations *Equivocations) TryPackREWARDBPS() ([]byte, error) {
	return equivocations.abi.Pack("REWARD_BPS")
}

// UnpackREWARDBPS is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x47b12bfc.
//
// Solidity: function REWARD_BPS() view returns(uint256)
func (equivocations *Equivocations) UnpackREWARDBPS(data []byte) (*big.Int, error) {
	out, err := equivocations.abi.Unpack("REWARD_BPS", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackAuthority is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbf7e214f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function authority() view returns(address)
func (equivocations *Equivocations) PackAuthority() []byte {
	enc, err := equivocations.abi.Pack("authority")
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
func (equivocations *Equivocations) TryPackAuthority() ([]byte, error) {
	return equivocations.abi.Pack("authority")
}

// UnpackAuthority is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xbf7e214f.
//
// Solidity: function authority() view returns(address)
func (equivocations *Equivocations) UnpackAuthority(data []byte) (common.Address, error) {
	out, err := equivocations.abi.Unpack("authority", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackIsConsumingScheduledOp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8fb36037.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isConsumingScheduledOp() view returns(bytes4)
func (equivocations *Equivocations) PackIsConsumingScheduledOp() []byte {
	enc, err := equivocations.abi.Pack("isConsumingScheduledOp")
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
func (equivocations *Equivocations) TryPackIsConsumingScheduledOp() ([]byte, error) {
	return equivocations.abi.Pack("isConsumingScheduledOp")
}

// UnpackIsConsumingScheduledOp is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8fb36037.
//
// Solidity: function isConsumingScheduledOp() view returns(bytes4)
func (equivocations *Equivocations) UnpackIsConsumingScheduledOp(data []byte) ([4]byte, error) {
	out, err := equivocations.abi.Unpack("isConsumingScheduledOp", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackLedger is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56397c35.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function ledger() view returns(address)
func (equivocations *Equivocations) PackLedger() []byte {
	enc, err := equivocations.abi.Pack("ledger")
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
func (equivocations *Equivocations) TryPackLedger() ([]byte, error) {
	return equivocations.abi.Pack("ledger")
}

// UnpackLedger is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x56397c35.
//
// Solidity: function ledger() view returns(address)
func (equivocations *Equivocations) UnpackLedger(data []byte) (common.Address, error) {
	out, err := equivocations.abi.Unpack("ledger", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackNetwork is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6739afca.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function network() view returns(uint64)
func (equivocations *Equivocations) PackNetwork() []byte {
	enc, err := equivocations.abi.Pack("network")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNetwork is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6739afca.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function network() view returns(uint64)
func (equivocations *Equivocations) TryPackNetwork() ([]byte, error) {
	return equivocations.abi.Pack("network")
}

// UnpackNetwork is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6739afca.
//
// Solidity: function network() view returns(uint64)
func (equivocations *Equivocations) UnpackNetwork(data []byte) (uint64, error) {
	out, err := equivocations.abi.Unpack("network", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackPenalty is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0edd2ffc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function penalty() view returns(uint96)
func (equivocations *Equivocations) PackPenalty() []byte {
	enc, err := equivocations.abi.Pack("penalty")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPenalty is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0edd2ffc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function penalty() view returns(uint96)
func (equivocations *Equivocations) TryPackPenalty() ([]byte, error) {
	return equivocations.abi.Pack("penalty")
}

// UnpackPenalty is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0edd2ffc.
//
// Solidity: function penalty() view returns(uint96)
func (equivocations *Equivocations) UnpackPenalty(data []byte) (*big.Int, error) {
	out, err := equivocations.abi.Unpack("penalty", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackProveRecords is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xecdbfdf0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveRecords(bytes a, bytes signatureA, bytes b, bytes signatureB) returns()
func (equivocations *Equivocations) PackProveRecords(a []byte, signatureA []byte, b []byte, signatureB []byte) []byte {
	enc, err := equivocations.abi.Pack("proveRecords", a, signatureA, b, signatureB)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveRecords is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xecdbfdf0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveRecords(bytes a, bytes signatureA, bytes b, bytes signatureB) returns()
func (equivocations *Equivocations) TryPackProveRecords(a []byte, signatureA []byte, b []byte, signatureB []byte) ([]byte, error) {
	return equivocations.abi.Pack("proveRecords", a, signatureA, b, signatureB)
}

// PackProveResults is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb5a6c7f9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proveResults((bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]) a, bytes signatureA, (bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]) b, bytes signatureB) returns()
func (equivocations *Equivocations) PackProveResults(a Result, signatureA []byte, b Result, signatureB []byte) []byte {
	enc, err := equivocations.abi.Pack("proveResults", a, signatureA, b, signatureB)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProveResults is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb5a6c7f9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proveResults((bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]) a, bytes signatureA, (bytes32,bytes32,uint32,(bytes32,uint8,uint96)[]) b, bytes signatureB) returns()
func (equivocations *Equivocations) TryPackProveResults(a Result, signatureA []byte, b Result, signatureB []byte) ([]byte, error) {
	return equivocations.abi.Pack("proveResults", a, signatureA, b, signatureB)
}

// PackSetAuthority is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7a9e5e4b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setAuthority(address newAuthority) returns()
func (equivocations *Equivocations) PackSetAuthority(newAuthority common.Address) []byte {
	enc, err := equivocations.abi.Pack("setAuthority", newAuthority)
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
func (equivocations *Equivocations) TryPackSetAuthority(newAuthority common.Address) ([]byte, error) {
	return equivocations.abi.Pack("setAuthority", newAuthority)
}

// PackSetTerms is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x30c86192.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setTerms(uint96 penalty_, uint256 types_) returns()
func (equivocations *Equivocations) PackSetTerms(penalty *big.Int, types *big.Int) []byte {
	enc, err := equivocations.abi.Pack("setTerms", penalty, types)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetTerms is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x30c86192.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setTerms(uint96 penalty_, uint256 types_) returns()
func (equivocations *Equivocations) TryPackSetTerms(penalty *big.Int, types *big.Int) ([]byte, error) {
	return equivocations.abi.Pack("setTerms", penalty, types)
}

// PackStaking is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4cf088d9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function staking() view returns(address)
func (equivocations *Equivocations) PackStaking() []byte {
	enc, err := equivocations.abi.Pack("staking")
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
func (equivocations *Equivocations) TryPackStaking() ([]byte, error) {
	return equivocations.abi.Pack("staking")
}

// UnpackStaking is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4cf088d9.
//
// Solidity: function staking() view returns(address)
func (equivocations *Equivocations) UnpackStaking(data []byte) (common.Address, error) {
	out, err := equivocations.abi.Unpack("staking", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackTypes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xccbff979.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function types() view returns(uint256)
func (equivocations *Equivocations) PackTypes() []byte {
	enc, err := equivocations.abi.Pack("types")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTypes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xccbff979.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function types() view returns(uint256)
func (equivocations *Equivocations) TryPackTypes() ([]byte, error) {
	return equivocations.abi.Pack("types")
}

// UnpackTypes is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xccbff979.
//
// Solidity: function types() view returns(uint256)
func (equivocations *Equivocations) UnpackTypes(data []byte) (*big.Int, error) {
	out, err := equivocations.abi.Unpack("types", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// EquivocationsAuthorityUpdated represents a AuthorityUpdated event raised by the Equivocations contract.
type EquivocationsAuthorityUpdated struct {
	Authority common.Address
	Raw       *types.Log // Blockchain specific contextual infos
}

const EquivocationsAuthorityUpdatedEventName = "AuthorityUpdated"

// ContractEventName returns the user-defined event name.
func (EquivocationsAuthorityUpdated) ContractEventName() string {
	return EquivocationsAuthorityUpdatedEventName
}

// UnpackAuthorityUpdatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event AuthorityUpdated(address authority)
func (equivocations *Equivocations) UnpackAuthorityUpdatedEvent(log *types.Log) (*EquivocationsAuthorityUpdated, error) {
	event := "AuthorityUpdated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != equivocations.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EquivocationsAuthorityUpdated)
	if len(log.Data) > 0 {
		if err := equivocations.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range equivocations.abi.Events[event].Inputs {
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

// EquivocationsConvicted represents a Convicted event raised by the Equivocations contract.
type EquivocationsConvicted struct {
	Signer common.Address
	Staker common.Address
	Place  [32]byte
	Taken  *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const EquivocationsConvictedEventName = "Convicted"

// ContractEventName returns the user-defined event name.
func (EquivocationsConvicted) ContractEventName() string {
	return EquivocationsConvictedEventName
}

// UnpackConvictedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Convicted(address indexed signer, address indexed staker, bytes32 place, uint256 taken)
func (equivocations *Equivocations) UnpackConvictedEvent(log *types.Log) (*EquivocationsConvicted, error) {
	event := "Convicted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != equivocations.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EquivocationsConvicted)
	if len(log.Data) > 0 {
		if err := equivocations.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range equivocations.abi.Events[event].Inputs {
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

// EquivocationsTermsSet represents a TermsSet event raised by the Equivocations contract.
type EquivocationsTermsSet struct {
	Penalty *big.Int
	Types   *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const EquivocationsTermsSetEventName = "TermsSet"

// ContractEventName returns the user-defined event name.
func (EquivocationsTermsSet) ContractEventName() string {
	return EquivocationsTermsSetEventName
}

// UnpackTermsSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event TermsSet(uint96 penalty, uint256 types)
func (equivocations *Equivocations) UnpackTermsSetEvent(log *types.Log) (*EquivocationsTermsSet, error) {
	event := "TermsSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != equivocations.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EquivocationsTermsSet)
	if len(log.Data) > 0 {
		if err := equivocations.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range equivocations.abi.Events[event].Inputs {
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
func (equivocations *Equivocations) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], equivocations.abi.Errors["AccessManagedInvalidAuthority"].ID.Bytes()[:4]) {
		return equivocations.UnpackAccessManagedInvalidAuthorityError(raw[4:])
	}
	if bytes.Equal(raw[:4], equivocations.abi.Errors["AccessManagedRequiredDelay"].ID.Bytes()[:4]) {
		return equivocations.UnpackAccessManagedRequiredDelayError(raw[4:])
	}
	if bytes.Equal(raw[:4], equivocations.abi.Errors["AccessManagedUnauthorized"].ID.Bytes()[:4]) {
		return equivocations.UnpackAccessManagedUnauthorizedError(raw[4:])
	}
	if bytes.Equal(raw[:4], equivocations.abi.Errors["AlreadyConvicted"].ID.Bytes()[:4]) {
		return equivocations.UnpackAlreadyConvictedError(raw[4:])
	}
	if bytes.Equal(raw[:4], equivocations.abi.Errors["NotAContradiction"].ID.Bytes()[:4]) {
		return equivocations.UnpackNotAContradictionError(raw[4:])
	}
	if bytes.Equal(raw[:4], equivocations.abi.Errors["NotARecord"].ID.Bytes()[:4]) {
		return equivocations.UnpackNotARecordError(raw[4:])
	}
	if bytes.Equal(raw[:4], equivocations.abi.Errors["NotAnOffence"].ID.Bytes()[:4]) {
		return equivocations.UnpackNotAnOffenceError(raw[4:])
	}
	if bytes.Equal(raw[:4], equivocations.abi.Errors["NotOnePlace"].ID.Bytes()[:4]) {
		return equivocations.UnpackNotOnePlaceError(raw[4:])
	}
	if bytes.Equal(raw[:4], equivocations.abi.Errors["NotOneSigner"].ID.Bytes()[:4]) {
		return equivocations.UnpackNotOneSignerError(raw[4:])
	}
	if bytes.Equal(raw[:4], equivocations.abi.Errors["NothingStaked"].ID.Bytes()[:4]) {
		return equivocations.UnpackNothingStakedError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// EquivocationsAccessManagedInvalidAuthority represents a AccessManagedInvalidAuthority error raised by the Equivocations contract.
type EquivocationsAccessManagedInvalidAuthority struct {
	Authority common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccessManagedInvalidAuthority(address authority)
func EquivocationsAccessManagedInvalidAuthorityErrorID() common.Hash {
	return common.HexToHash("0xc2f31e5ee06c96eddd5864bf58d26da15afa7233cb6f74e000aa686fca7a7a0b")
}

// UnpackAccessManagedInvalidAuthorityError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccessManagedInvalidAuthority(address authority)
func (equivocations *Equivocations) UnpackAccessManagedInvalidAuthorityError(raw []byte) (*EquivocationsAccessManagedInvalidAuthority, error) {
	out := new(EquivocationsAccessManagedInvalidAuthority)
	if err := equivocations.abi.UnpackIntoInterface(out, "AccessManagedInvalidAuthority", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EquivocationsAccessManagedRequiredDelay represents a AccessManagedRequiredDelay error raised by the Equivocations contract.
type EquivocationsAccessManagedRequiredDelay struct {
	Caller common.Address
	Delay  uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccessManagedRequiredDelay(address caller, uint32 delay)
func EquivocationsAccessManagedRequiredDelayErrorID() common.Hash {
	return common.HexToHash("0xaf77169dad650be42a753d4bbd4f4ad0d10be80053e495da3bb1525746eda4e4")
}

// UnpackAccessManagedRequiredDelayError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccessManagedRequiredDelay(address caller, uint32 delay)
func (equivocations *Equivocations) UnpackAccessManagedRequiredDelayError(raw []byte) (*EquivocationsAccessManagedRequiredDelay, error) {
	out := new(EquivocationsAccessManagedRequiredDelay)
	if err := equivocations.abi.UnpackIntoInterface(out, "AccessManagedRequiredDelay", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EquivocationsAccessManagedUnauthorized represents a AccessManagedUnauthorized error raised by the Equivocations contract.
type EquivocationsAccessManagedUnauthorized struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccessManagedUnauthorized(address caller)
func EquivocationsAccessManagedUnauthorizedErrorID() common.Hash {
	return common.HexToHash("0x068ca9d827f779c08fd30d7fda45faef5f2a6b2e57f8b809b3c6bbed99f5fb1f")
}

// UnpackAccessManagedUnauthorizedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccessManagedUnauthorized(address caller)
func (equivocations *Equivocations) UnpackAccessManagedUnauthorizedError(raw []byte) (*EquivocationsAccessManagedUnauthorized, error) {
	out := new(EquivocationsAccessManagedUnauthorized)
	if err := equivocations.abi.UnpackIntoInterface(out, "AccessManagedUnauthorized", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EquivocationsAlreadyConvicted represents a AlreadyConvicted error raised by the Equivocations contract.
type EquivocationsAlreadyConvicted struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyConvicted()
func EquivocationsAlreadyConvictedErrorID() common.Hash {
	return common.HexToHash("0x63dac56f07b9f2974559d49dfb139bfda59e4282d3c42805f4bd94a990be1d2b")
}

// UnpackAlreadyConvictedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyConvicted()
func (equivocations *Equivocations) UnpackAlreadyConvictedError(raw []byte) (*EquivocationsAlreadyConvicted, error) {
	out := new(EquivocationsAlreadyConvicted)
	if err := equivocations.abi.UnpackIntoInterface(out, "AlreadyConvicted", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EquivocationsNotAContradiction represents a NotAContradiction error raised by the Equivocations contract.
type EquivocationsNotAContradiction struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAContradiction()
func EquivocationsNotAContradictionErrorID() common.Hash {
	return common.HexToHash("0x6e01702775ab7a3f4d308dbf8daaed7bfcf66ab549fafc4bafb72cbc96cde520")
}

// UnpackNotAContradictionError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAContradiction()
func (equivocations *Equivocations) UnpackNotAContradictionError(raw []byte) (*EquivocationsNotAContradiction, error) {
	out := new(EquivocationsNotAContradiction)
	if err := equivocations.abi.UnpackIntoInterface(out, "NotAContradiction", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EquivocationsNotARecord represents a NotARecord error raised by the Equivocations contract.
type EquivocationsNotARecord struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotARecord()
func EquivocationsNotARecordErrorID() common.Hash {
	return common.HexToHash("0x5ce6843c2d710229480a58cceaa76e459661ac24f41c9096eb71017870a5ddd4")
}

// UnpackNotARecordError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotARecord()
func (equivocations *Equivocations) UnpackNotARecordError(raw []byte) (*EquivocationsNotARecord, error) {
	out := new(EquivocationsNotARecord)
	if err := equivocations.abi.UnpackIntoInterface(out, "NotARecord", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EquivocationsNotAnOffence represents a NotAnOffence error raised by the Equivocations contract.
type EquivocationsNotAnOffence struct {
	Kind *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAnOffence(uint256 kind)
func EquivocationsNotAnOffenceErrorID() common.Hash {
	return common.HexToHash("0xf97ab3578cea822a084081aa10316faa79dba526762293ba9bd74bfa9b70631c")
}

// UnpackNotAnOffenceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAnOffence(uint256 kind)
func (equivocations *Equivocations) UnpackNotAnOffenceError(raw []byte) (*EquivocationsNotAnOffence, error) {
	out := new(EquivocationsNotAnOffence)
	if err := equivocations.abi.UnpackIntoInterface(out, "NotAnOffence", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EquivocationsNotOnePlace represents a NotOnePlace error raised by the Equivocations contract.
type EquivocationsNotOnePlace struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotOnePlace()
func EquivocationsNotOnePlaceErrorID() common.Hash {
	return common.HexToHash("0x1ec4914afe8d5e7a71eba0d5e034d1040dd4103f9f73803e67f30b89d859f9f9")
}

// UnpackNotOnePlaceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotOnePlace()
func (equivocations *Equivocations) UnpackNotOnePlaceError(raw []byte) (*EquivocationsNotOnePlace, error) {
	out := new(EquivocationsNotOnePlace)
	if err := equivocations.abi.UnpackIntoInterface(out, "NotOnePlace", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EquivocationsNotOneSigner represents a NotOneSigner error raised by the Equivocations contract.
type EquivocationsNotOneSigner struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotOneSigner()
func EquivocationsNotOneSignerErrorID() common.Hash {
	return common.HexToHash("0xb97aaef2780371bdc9a1046c1ef7be4986c62aaa7b601f0b50fdf46028bc92a3")
}

// UnpackNotOneSignerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotOneSigner()
func (equivocations *Equivocations) UnpackNotOneSignerError(raw []byte) (*EquivocationsNotOneSigner, error) {
	out := new(EquivocationsNotOneSigner)
	if err := equivocations.abi.UnpackIntoInterface(out, "NotOneSigner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EquivocationsNothingStaked represents a NothingStaked error raised by the Equivocations contract.
type EquivocationsNothingStaked struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingStaked()
func EquivocationsNothingStakedErrorID() common.Hash {
	return common.HexToHash("0x9fe7bfd929b075c411c3faabe55787efa2fe4e912609e1d36383d646ae4cb5c1")
}

// UnpackNothingStakedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingStaked()
func (equivocations *Equivocations) UnpackNothingStakedError(raw []byte) (*EquivocationsNothingStaked, error) {
	out := new(EquivocationsNothingStaked)
	if err := equivocations.abi.UnpackIntoInterface(out, "NothingStaked", raw); err != nil {
		return nil, err
	}
	return out, nil
}
