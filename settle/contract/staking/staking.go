// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package staking

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

// StakingStake is an auto generated low-level Go binding around an user-defined struct.
type StakingStake struct {
	Bonded  *big.Int
	Leaving *big.Int
	ReadyAt uint64
}

// StakingMetaData contains all meta data concerning the Staking contract.
var StakingMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"manager\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token_\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"delay_\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"BURN\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_REWARD_BPS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"authority\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"bondOf\",\"inputs\":[{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"free\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"bondedOf\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"delay\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"eip712Domain\",\"inputs\":[],\"outputs\":[{\"name\":\"fields\",\"type\":\"bytes1\",\"internalType\":\"bytes1\"},{\"name\":\"name\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"version\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"chainId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"verifyingContract\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"extensions\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"exit\",\"inputs\":[{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"freeOf\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"isConsumingScheduledOp\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"lock\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"lockedOf\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"operatorOf\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"payoutOf\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"setAuthority\",\"inputs\":[{\"name\":\"newAuthority\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setOperator\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setPayout\",\"inputs\":[{\"name\":\"payout\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"slash\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"beneficiary\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"rewardBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"taken\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"stake\",\"inputs\":[{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"stakeFor\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"stakeOf\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structStaking.Stake\",\"components\":[{\"name\":\"bonded\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"leaving\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"readyAt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"stakerOf\",\"inputs\":[{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"token\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractIERC20\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"totalBonded\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"totalOf\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"totalStake\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"unlock\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"withdraw\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"AuthorityUpdated\",\"inputs\":[{\"name\":\"authority\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"EIP712DomainChanged\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Exiting\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"readyAt\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Locked\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"OperatorSet\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"operator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PayoutSet\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payout\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Slashed\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"beneficiary\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"reward\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Staked\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Unlocked\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"judge\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Withdrawn\",\"inputs\":[{\"name\":\"staker\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AccessManagedInvalidAuthority\",\"inputs\":[{\"name\":\"authority\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"AccessManagedRequiredDelay\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"delay\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"type\":\"error\",\"name\":\"AccessManagedUnauthorized\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"InvalidShortString\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotEnoughBonded\",\"inputs\":[{\"name\":\"bonded\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"asked\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"NotSignedByOperator\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NothingLeaving\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"OperatorTaken\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"staker\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"RewardTooHigh\",\"inputs\":[{\"name\":\"bps\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StillLeaving\",\"inputs\":[{\"name\":\"readyAt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"StringTooLong\",\"inputs\":[{\"name\":\"str\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"ZeroAmount\",\"inputs\":[]}]",
	ID:  "Staking",
	Bin: "0x6101a0604052348015610010575f5ffd5b5060405161209038038061209083398101604081905261002f91610203565b604051806040016040528060128152602001714f70656e4c6564676572205374616b696e6760701b815250604051806040016040528060018152602001603160f81b815250846100848161015360201b60201c565b5061008e826101a6565b6101205261009b816101a6565b61014052815160208084019190912060e052815190820120610100524660a05261012760e05161010051604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201529081019290925260608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b60805250503060c0526001600160a01b0391909116610160526001600160401b031661018052506102b3565b5f80546001600160a01b0319166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad9060200160405180910390a150565b5f5f829050601f815111156101d9578260405163305a27a960e01b81526004016101d09190610258565b60405180910390fd5b80516101e48261028d565b179392505050565b6001600160a01b0381168114610200575f5ffd5b50565b5f5f5f60608486031215610215575f5ffd5b8351610220816101ec565b6020850151909350610231816101ec565b60408501519092506001600160401b038116811461024d575f5ffd5b809150509250925092565b602081525f82518060208401528060208501604085015e5f604082850101526040601f19601f83011684010191505092915050565b805160208083015191908110156102ad575f198160200360031b1b821691505b50919050565b60805160a05160c05160e0516101005161012051610140516101605161018051611d5561033b5f395f81816103180152610c4701525f81816104ec01528181610763015281816109ab015281816109f4015261124301525f61147201525f61144701525f6117b301525f61178b01525f6116e601525f61171001525f61173a0152611d555ff3fe608060405234801561000f575f5ffd5b50600436106101bb575f3560e01c80637c40fa53116100f3578063a3ff39b211610093578063bf7e214f1161006e578063bf7e214f146104bb578063c0a2526c146104cb578063f2738d97146104d4578063fc0c546a146104e7575f5ffd5b8063a3ff39b214610476578063a5f1e28214610489578063bd83dbe5146104a8575f5ffd5b80638b0e9f3f116100ce5780638b0e9f3f146104265780638b9994491461042f5780638fb3603714610442578063912c267314610463575f5ffd5b80637c40fa53146103e55780637eee288d146103f857806384b0196e1461040b575f5ffd5b8063636f35d31161015e578063711616b711610139578063711616b71461036657806372d2b6c01461036f57806375185ae3146103a15780637a9e5e4b146103d2575f5ffd5b8063636f35d3146102e85780636a42b8f8146103135780636da61d1e14610353575f5ffd5b80634262336011610199578063426233601461020257806344d96e95146102b95780634be9fd9f146102c257806361f129ad146102d5575f5ffd5b8063282d3fdf146101bf57806333e25bb9146101d45780633ccfd60b146101fa575b5f5ffd5b6101d26101cd3660046119ac565b61050e565b005b6101e76101e23660046119d4565b6105c7565b6040519081526020015b60405180910390f35b6101d2610615565b61027f6102103660046119d4565b60408051606080820183525f80835260208084018290529284018190526001600160a01b03949094168452600582529282902082519384018352546001600160601b038082168552600160601b82041691840191909152600160c01b900467ffffffffffffffff169082015290565b6040805182516001600160601b039081168252602080850151909116908201529181015167ffffffffffffffff16908201526060016101f1565b6101e760045481565b6101e76102d03660046119ed565b610798565b6101d26102e3366004611a44565b610a28565b6102fb6102f63660046119d4565b610a35565b6040516001600160a01b0390911681526020016101f1565b61033a7f000000000000000000000000000000000000000000000000000000000000000081565b60405167ffffffffffffffff90911681526020016101f1565b6102fb6103613660046119d4565b610a66565b6101e761232881565b61038261037d3660046119d4565b610a8e565b604080516001600160a01b0390931683526020830191909152016101f1565b6101e76103af3660046119d4565b6001600160a01b03165f908152600560205260409020546001600160601b031690565b6101d26103e03660046119d4565b610aab565b6101d26103f3366004611a44565b610b3c565b6101d26104063660046119ac565b610d22565b610413610d9b565b6040516101f19796959493929190611a8b565b6101e760035481565b6101d261043d366004611b3d565b610df9565b61044a61104d565b6040516001600160e01b031990911681526020016101f1565b6101e76104713660046119d4565b61108a565b6101d26104843660046119d4565b6110c4565b6101e76104973660046119d4565b60066020525f908152604090205481565b6101d26104b6366004611bbb565b611132565b5f546001600160a01b03166102fb565b6102fb61dead81565b6102fb6104e23660046119d4565b611274565b6102fb7f000000000000000000000000000000000000000000000000000000000000000081565b61051a335b5f3661129c565b5f610524836105c7565b90508082111561055657604051634eff03eb60e11b815260048101829052602481018390526044015b60405180910390fd5b6001600160a01b0383165f908152600660205260408120805484929061057d908490611c00565b909155505060405182815233906001600160a01b038516907f989eaa915cbb416ea3d6f9a63b1a3de51770c7674b11fe21ecdf76b4e1d139109060200160405180910390a3505050565b6001600160a01b0381165f9081526005602090815260408083205460069092528220546001600160601b0390911690808211610603575f61060d565b61060d8183611c13565b949350505050565b335f90815260056020526040812080549091600160601b9091046001600160601b031690819003610672576040517ffc6a1fc200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b8154600160c01b900467ffffffffffffffff164210156106d35781546040517f286159e8000000000000000000000000000000000000000000000000000000008152600160c01b90910467ffffffffffffffff16600482015260240161054d565b81546001600160601b03908116835560038054918316915f906106f7908490611c13565b909155505f905061070733610a66565b604080516001600160a01b03831681526001600160601b038516602082015291925033917fd1c19fbcd4551a5edfb66d43d2e337c04837afda3482b42bdf569a8fccdae5fb910160405180910390a26107936001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016826001600160601b0385166113ab565b505050565b5f6107a233610513565b6123288211156107e1576040517f80dc42400000000000000000000000000000000000000000000000000000000081526004810183905260240161054d565b6001600160a01b0385165f90815260056020526040812080549091906001600160601b0316861061081c5781546001600160601b031661081e565b855b90505f61082b8288611c13565b83549091505f90600160601b90046001600160601b0316821061085f578354600160601b90046001600160601b0316610861565b815b905061086d8184611c00565b8454909550839085905f9061088c9084906001600160601b0316611c26565b92506101000a8154816001600160601b0302191690836001600160601b0316021790555080845f01600c8282829054906101000a90046001600160601b03166108d59190611c26565b92506101000a8154816001600160601b0302191690836001600160601b031602179055508260045f82825461090a9190611c13565b925050819055508460035f8282546109229190611c13565b909155505f90506127106109368888611c45565b6109409190611c5c565b9050876001600160a01b03168a6001600160a01b03167f34040fa1c0549c8572589c39cb87ff7638286467446a4790971d58d931c654bb8884604051610990929190918252602082015260400190565b60405180910390a380156109d2576109d26001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001689836113ab565b80861115610a1b57610a1b61dead6109ea8389611c13565b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001691906113ab565b5050505050949350505050565b610a323382611132565b50565b6001600160a01b038082165f908152600860205260408120549091168015610a5d5780610a5f565b825b9392505050565b6001600160a01b038082165f908152600960205260408120549091168015610a5d5780610a5f565b5f5f610a9983611274565b9150610aa4826105c7565b9050915091565b5f5433906001600160a01b03168114610ae15760405162d1953b60e31b81526001600160a01b038216600482015260240161054d565b816001600160a01b03163b5f03610b2f576040517fc2f31e5e0000000000000000000000000000000000000000000000000000000081526001600160a01b038316600482015260240161054d565b610b38826113e0565b5050565b335f908152600560205260408120906001600160601b0383169003610b7457604051631f2a200560e01b815260040160405180910390fd5b5f610b7e336105c7565b905080836001600160601b03161115610bbc57604051634eff03eb60e11b8152600481018290526001600160601b038416602482015260440161054d565b8154839083905f90610bd89084906001600160601b0316611c26565b92506101000a8154816001600160601b0302191690836001600160601b0316021790555082825f01600c8282829054906101000a90046001600160601b0316610c219190611c7b565b92506101000a8154816001600160601b0302191690836001600160601b031602179055507f000000000000000000000000000000000000000000000000000000000000000042610c719190611c9a565b825467ffffffffffffffff91909116600160c01b0277ffffffffffffffffffffffffffffffffffffffffffffffff909116178255600480546001600160601b03851691905f90610cc2908490611c13565b90915550508154604080516001600160601b0386168152600160c01b90920467ffffffffffffffff16602083015233917f1500e5c1218cbcb7c2a8fd46f140a883aac06667a7be627adb12522b43688308910160405180910390a2505050565b610d2b33610513565b6001600160a01b0382165f9081526006602052604081208054839290610d52908490611c13565b909155505060405181815233906001600160a01b038416907fe6e0ef9cd056ca98561ca60e347ada61e1ede2f1142a078951b7a52e1e508e609060200160405180910390a35050565b5f6060805f5f5f6060610dac611440565b610db461146b565b604080515f808252602082019092527f0f000000000000000000000000000000000000000000000000000000000000009b939a50919850469750309650945092509050565b6001600160a01b038084165f90815260076020526040902054168015801590610e2b57506001600160a01b0381163314155b15610e5c57604051632882d4e560e11b81526001600160a01b0380861660048301528216602482015260440161054d565b6001600160a01b0384163314610fe7575f610e768561108a565b1115610ea757604051632882d4e560e11b81526001600160a01b03851660048201819052602482015260440161054d565b604080517f55bc7fac0461fc11dbd8b001b6775a834367e8511532817d912fbafce364847c602082015233918101919091526001600160a01b03851660608201525f90610f0c9060800160405160208183030381529060405280519060200120611496565b90505f610f4e8286868080601f0160208091040260200160405190810160405280939291908181526020018383808284375f920191909152506114dd92505050565b50509050856001600160a01b0316816001600160a01b031614610fb0576040517f303b708a0000000000000000000000000000000000000000000000000000000081526001600160a01b0380881660048301528216602482015260440161054d565b50506001600160a01b0384165f908152600760205260409020805473ffffffffffffffffffffffffffffffffffffffff1916331790555b335f81815260086020526040808220805473ffffffffffffffffffffffffffffffffffffffff19166001600160a01b03891690811790915590519092917ffd489696792cc4c5d5b226c46f008e459c8ec9b746c49191d74bb92c19fd186791a350505050565b5f8054600160a01b900460ff1661106357505f90565b7f8fb36037000000000000000000000000000000000000000000000000000000005b905090565b6001600160a01b0381165f908152600560205260408120546110be906001600160601b03600160601b820481169116611c00565b92915050565b335f81815260096020908152604091829020805473ffffffffffffffffffffffffffffffffffffffff19166001600160a01b03861690811790915591519182527f18b5078a8a55f53c428467b7f19cf8408acc494f8ae06b3e6202b7b2b19d23dc910160405180910390a250565b806001600160601b03165f0361115b57604051631f2a200560e01b815260040160405180910390fd5b6001600160a01b0382165f908152600560205260408120805483929061118b9084906001600160601b0316611c7b565b92506101000a8154816001600160601b0302191690836001600160601b03160217905550806001600160601b031660035f8282546111c99190611c00565b92505081905550806001600160601b031660045f8282546111ea9190611c00565b90915550506040516001600160601b03821681526001600160a01b038316907f9e71bc8eea02a63969f509818f2dafb9254532904319f9dbda79b67bd34a5f3d9060200160405180910390a2610b386001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001633306001600160601b038516611526565b6001600160a01b038082165f908152600760205260408120549091168015610a5d5780610a5f565b5f5f6112cf6112b25f546001600160a01b031690565b86306112c160045f898b611cba565b6112ca91611ce1565b611562565b91509150816113a45763ffffffff811615611381575f805460ff60a01b198116600160a01b179091556040517f94c7d7ee0000000000000000000000000000000000000000000000000000000081526001600160a01b03909116906394c7d7ee9061134290889088908890600401611d17565b5f604051808303815f87803b158015611359575f5ffd5b505af115801561136b573d5f5f3e3d5ffd5b50505f805460ff60a01b19169055506113a49050565b60405162d1953b60e31b81526001600160a01b038616600482015260240161054d565b5050505050565b6113b88383836001611622565b61079357604051635274afe760e01b81526001600160a01b038416600482015260240161054d565b5f805473ffffffffffffffffffffffffffffffffffffffff19166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad9060200160405180910390a150565b60606110857f000000000000000000000000000000000000000000000000000000000000000061169d565b60606110857f000000000000000000000000000000000000000000000000000000000000000061169d565b5f6110be6114a26116da565b836040517f19010000000000000000000000000000000000000000000000000000000000008152600281019290925260228201526042902090565b5f5f5f8351604103611514576020840151604085015160608601515f1a61150688828585611803565b95509550955050505061151f565b505081515f91506002905b9250925092565b6115348484848460016118cb565b61155c57604051635274afe760e01b81526001600160a01b038516600482015260240161054d565b50505050565b6040516001600160a01b038085166024830152831660448201526001600160e01b0319821660648201525f908190819060840160408051601f19818403018152918152602080830180517bffffffffffffffffffffffffffffffffffffffffffffffffffffffff167fb7009613000000000000000000000000000000000000000000000000000000001781525f808052918290528351939450919290918a5afa15611618575f516020805191945081901c150291505b5094509492505050565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038616600452602485905291602083604481808b5af1925060015f51148316611691578383151615611685573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b60605f6116a983611951565b6040805160208082528183019092529192505f91906020820181803683375050509182525060208101929092525090565b5f306001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001614801561173257507f000000000000000000000000000000000000000000000000000000000000000046145b1561175c57507f000000000000000000000000000000000000000000000000000000000000000090565b611085604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f0000000000000000000000000000000000000000000000000000000000000000918101919091527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084111561183c57505f915060039050826118c1565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa15801561188d573d5f5f3e3d5ffd5b5050604051601f1901519150506001600160a01b0381166118b857505f9250600191508290506118c1565b92505f91508190505b9450945094915050565b6040517f23b872dd000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038781166004528616602452604485905291602083606481808c5af1925060015f51148316611940578383151615611934573d5f823e3d81fd5b5f883b113d1516831692505b604052505f60605295945050505050565b5f60ff8216601f8111156110be576040517fb3512b0c00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80356001600160a01b03811681146119a7575f5ffd5b919050565b5f5f604083850312156119bd575f5ffd5b6119c683611991565b946020939093013593505050565b5f602082840312156119e4575f5ffd5b610a5f82611991565b5f5f5f5f60808587031215611a00575f5ffd5b611a0985611991565b935060208501359250611a1e60408601611991565b9396929550929360600135925050565b80356001600160601b03811681146119a7575f5ffd5b5f60208284031215611a54575f5ffd5b610a5f82611a2e565b5f81518084528060208401602086015e5f602082860101526020601f19601f83011685010191505092915050565b7fff000000000000000000000000000000000000000000000000000000000000008816815260e060208201525f611ac560e0830189611a5d565b8281036040840152611ad78189611a5d565b606084018890526001600160a01b038716608085015260a0840186905283810360c0850152845180825260208087019350909101905f5b81811015611b2c578351835260209384019390920191600101611b0e565b50909b9a5050505050505050505050565b5f5f5f60408486031215611b4f575f5ffd5b611b5884611991565b9250602084013567ffffffffffffffff811115611b73575f5ffd5b8401601f81018613611b83575f5ffd5b803567ffffffffffffffff811115611b99575f5ffd5b866020828401011115611baa575f5ffd5b939660209190910195509293505050565b5f5f60408385031215611bcc575f5ffd5b611bd583611991565b9150611be360208401611a2e565b90509250929050565b634e487b7160e01b5f52601160045260245ffd5b808201808211156110be576110be611bec565b818103818111156110be576110be611bec565b6001600160601b0382811682821603908111156110be576110be611bec565b80820281158282048414176110be576110be611bec565b5f82611c7657634e487b7160e01b5f52601260045260245ffd5b500490565b6001600160601b0381811683821601908111156110be576110be611bec565b67ffffffffffffffff81811683821601908111156110be576110be611bec565b5f5f85851115611cc8575f5ffd5b83861115611cd4575f5ffd5b5050820193919092039150565b80356001600160e01b03198116906004841015611d10576001600160e01b0319808560040360031b1b82161691505b5092915050565b6001600160a01b038416815260406020820152816040820152818360608301375f818301606090810191909152601f909201601f191601019291505056",
}

// Staking is an auto generated Go binding around an Ethereum contract.
type Staking struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Staking) GetABI() abi.ABI {
	return c.abi
}

// NewStaking creates a new instance of Staking.
func NewStaking() *Staking {
	parsed, err := StakingMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Staking{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Staking) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address manager, address token_, uint64 delay_) returns()
func (staking *Staking) PackConstructor(manager common.Address, token_ common.Address, delay_ uint64) []byte {
	enc, err := staking.abi.Pack("", manager, token_, delay_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackBURN is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc0a2526c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function BURN() view returns(address)
func (staking *Staking) PackBURN() []byte {
	enc, err := staking.abi.Pack("BURN")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBURN is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc0a2526c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function BURN() view returns(address)
func (staking *Staking) TryPackBURN() ([]byte, error) {
	return staking.abi.Pack("BURN")
}

// UnpackBURN is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc0a2526c.
//
// Solidity: function BURN() view returns(address)
func (staking *Staking) UnpackBURN(data []byte) (common.Address, error) {
	out, err := staking.abi.Unpack("BURN", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackMAXREWARDBPS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x711616b7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_REWARD_BPS() view returns(uint256)
func (staking *Staking) PackMAXREWARDBPS() []byte {
	enc, err := staking.abi.Pack("MAX_REWARD_BPS")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXREWARDBPS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x711616b7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_REWARD_BPS() view returns(uint256)
func (staking *Staking) TryPackMAXREWARDBPS() ([]byte, error) {
	return staking.abi.Pack("MAX_REWARD_BPS")
}

// UnpackMAXREWARDBPS is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x711616b7.
//
// Solidity: function MAX_REWARD_BPS() view returns(uint256)
func (staking *Staking) UnpackMAXREWARDBPS(data []byte) (*big.Int, error) {
	out, err := staking.abi.Unpack("MAX_REWARD_BPS", data)
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
func (staking *Staking) PackAuthority() []byte {
	enc, err := staking.abi.Pack("authority")
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
func (staking *Staking) TryPackAuthority() ([]byte, error) {
	return staking.abi.Pack("authority")
}

// UnpackAuthority is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xbf7e214f.
//
// Solidity: function authority() view returns(address)
func (staking *Staking) UnpackAuthority(data []byte) (common.Address, error) {
	out, err := staking.abi.Unpack("authority", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackBondOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x72d2b6c0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function bondOf(address signer) view returns(address staker, uint256 free)
func (staking *Staking) PackBondOf(signer common.Address) []byte {
	enc, err := staking.abi.Pack("bondOf", signer)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBondOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x72d2b6c0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function bondOf(address signer) view returns(address staker, uint256 free)
func (staking *Staking) TryPackBondOf(signer common.Address) ([]byte, error) {
	return staking.abi.Pack("bondOf", signer)
}

// BondOfOutput serves as a container for the return parameters of contract
// method BondOf.
type BondOfOutput struct {
	Staker common.Address
	Free   *big.Int
}

// UnpackBondOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x72d2b6c0.
//
// Solidity: function bondOf(address signer) view returns(address staker, uint256 free)
func (staking *Staking) UnpackBondOf(data []byte) (BondOfOutput, error) {
	out, err := staking.abi.Unpack("bondOf", data)
	outstruct := new(BondOfOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Staker = *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	outstruct.Free = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackBondedOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x75185ae3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function bondedOf(address staker) view returns(uint256)
func (staking *Staking) PackBondedOf(staker common.Address) []byte {
	enc, err := staking.abi.Pack("bondedOf", staker)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBondedOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x75185ae3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function bondedOf(address staker) view returns(uint256)
func (staking *Staking) TryPackBondedOf(staker common.Address) ([]byte, error) {
	return staking.abi.Pack("bondedOf", staker)
}

// UnpackBondedOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x75185ae3.
//
// Solidity: function bondedOf(address staker) view returns(uint256)
func (staking *Staking) UnpackBondedOf(data []byte) (*big.Int, error) {
	out, err := staking.abi.Unpack("bondedOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6a42b8f8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function delay() view returns(uint64)
func (staking *Staking) PackDelay() []byte {
	enc, err := staking.abi.Pack("delay")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6a42b8f8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function delay() view returns(uint64)
func (staking *Staking) TryPackDelay() ([]byte, error) {
	return staking.abi.Pack("delay")
}

// UnpackDelay is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6a42b8f8.
//
// Solidity: function delay() view returns(uint64)
func (staking *Staking) UnpackDelay(data []byte) (uint64, error) {
	out, err := staking.abi.Unpack("delay", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackEip712Domain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (staking *Staking) PackEip712Domain() []byte {
	enc, err := staking.abi.Pack("eip712Domain")
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
func (staking *Staking) TryPackEip712Domain() ([]byte, error) {
	return staking.abi.Pack("eip712Domain")
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
func (staking *Staking) UnpackEip712Domain(data []byte) (Eip712DomainOutput, error) {
	out, err := staking.abi.Unpack("eip712Domain", data)
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

// PackExit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7c40fa53.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function exit(uint96 amount) returns()
func (staking *Staking) PackExit(amount *big.Int) []byte {
	enc, err := staking.abi.Pack("exit", amount)
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
func (staking *Staking) TryPackExit(amount *big.Int) ([]byte, error) {
	return staking.abi.Pack("exit", amount)
}

// PackFreeOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x33e25bb9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function freeOf(address staker) view returns(uint256)
func (staking *Staking) PackFreeOf(staker common.Address) []byte {
	enc, err := staking.abi.Pack("freeOf", staker)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFreeOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x33e25bb9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function freeOf(address staker) view returns(uint256)
func (staking *Staking) TryPackFreeOf(staker common.Address) ([]byte, error) {
	return staking.abi.Pack("freeOf", staker)
}

// UnpackFreeOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x33e25bb9.
//
// Solidity: function freeOf(address staker) view returns(uint256)
func (staking *Staking) UnpackFreeOf(data []byte) (*big.Int, error) {
	out, err := staking.abi.Unpack("freeOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackIsConsumingScheduledOp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8fb36037.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isConsumingScheduledOp() view returns(bytes4)
func (staking *Staking) PackIsConsumingScheduledOp() []byte {
	enc, err := staking.abi.Pack("isConsumingScheduledOp")
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
func (staking *Staking) TryPackIsConsumingScheduledOp() ([]byte, error) {
	return staking.abi.Pack("isConsumingScheduledOp")
}

// UnpackIsConsumingScheduledOp is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8fb36037.
//
// Solidity: function isConsumingScheduledOp() view returns(bytes4)
func (staking *Staking) UnpackIsConsumingScheduledOp(data []byte) ([4]byte, error) {
	out, err := staking.abi.Unpack("isConsumingScheduledOp", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackLock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x282d3fdf.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function lock(address staker, uint256 amount) returns()
func (staking *Staking) PackLock(staker common.Address, amount *big.Int) []byte {
	enc, err := staking.abi.Pack("lock", staker, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x282d3fdf.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function lock(address staker, uint256 amount) returns()
func (staking *Staking) TryPackLock(staker common.Address, amount *big.Int) ([]byte, error) {
	return staking.abi.Pack("lock", staker, amount)
}

// PackLockedOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa5f1e282.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function lockedOf(address staker) view returns(uint256)
func (staking *Staking) PackLockedOf(staker common.Address) []byte {
	enc, err := staking.abi.Pack("lockedOf", staker)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLockedOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa5f1e282.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function lockedOf(address staker) view returns(uint256)
func (staking *Staking) TryPackLockedOf(staker common.Address) ([]byte, error) {
	return staking.abi.Pack("lockedOf", staker)
}

// UnpackLockedOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa5f1e282.
//
// Solidity: function lockedOf(address staker) view returns(uint256)
func (staking *Staking) UnpackLockedOf(data []byte) (*big.Int, error) {
	out, err := staking.abi.Unpack("lockedOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackOperatorOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x636f35d3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function operatorOf(address staker) view returns(address)
func (staking *Staking) PackOperatorOf(staker common.Address) []byte {
	enc, err := staking.abi.Pack("operatorOf", staker)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOperatorOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x636f35d3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function operatorOf(address staker) view returns(address)
func (staking *Staking) TryPackOperatorOf(staker common.Address) ([]byte, error) {
	return staking.abi.Pack("operatorOf", staker)
}

// UnpackOperatorOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x636f35d3.
//
// Solidity: function operatorOf(address staker) view returns(address)
func (staking *Staking) UnpackOperatorOf(data []byte) (common.Address, error) {
	out, err := staking.abi.Unpack("operatorOf", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPayoutOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6da61d1e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function payoutOf(address staker) view returns(address)
func (staking *Staking) PackPayoutOf(staker common.Address) []byte {
	enc, err := staking.abi.Pack("payoutOf", staker)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPayoutOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6da61d1e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function payoutOf(address staker) view returns(address)
func (staking *Staking) TryPackPayoutOf(staker common.Address) ([]byte, error) {
	return staking.abi.Pack("payoutOf", staker)
}

// UnpackPayoutOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6da61d1e.
//
// Solidity: function payoutOf(address staker) view returns(address)
func (staking *Staking) UnpackPayoutOf(data []byte) (common.Address, error) {
	out, err := staking.abi.Unpack("payoutOf", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackSetAuthority is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7a9e5e4b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setAuthority(address newAuthority) returns()
func (staking *Staking) PackSetAuthority(newAuthority common.Address) []byte {
	enc, err := staking.abi.Pack("setAuthority", newAuthority)
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
func (staking *Staking) TryPackSetAuthority(newAuthority common.Address) ([]byte, error) {
	return staking.abi.Pack("setAuthority", newAuthority)
}

// PackSetOperator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8b999449.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setOperator(address operator, bytes signature) returns()
func (staking *Staking) PackSetOperator(operator common.Address, signature []byte) []byte {
	enc, err := staking.abi.Pack("setOperator", operator, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetOperator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8b999449.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setOperator(address operator, bytes signature) returns()
func (staking *Staking) TryPackSetOperator(operator common.Address, signature []byte) ([]byte, error) {
	return staking.abi.Pack("setOperator", operator, signature)
}

// PackSetPayout is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa3ff39b2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setPayout(address payout) returns()
func (staking *Staking) PackSetPayout(payout common.Address) []byte {
	enc, err := staking.abi.Pack("setPayout", payout)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetPayout is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa3ff39b2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setPayout(address payout) returns()
func (staking *Staking) TryPackSetPayout(payout common.Address) ([]byte, error) {
	return staking.abi.Pack("setPayout", payout)
}

// PackSlash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4be9fd9f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function slash(address staker, uint256 amount, address beneficiary, uint256 rewardBps) returns(uint256 taken)
func (staking *Staking) PackSlash(staker common.Address, amount *big.Int, beneficiary common.Address, rewardBps *big.Int) []byte {
	enc, err := staking.abi.Pack("slash", staker, amount, beneficiary, rewardBps)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSlash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4be9fd9f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function slash(address staker, uint256 amount, address beneficiary, uint256 rewardBps) returns(uint256 taken)
func (staking *Staking) TryPackSlash(staker common.Address, amount *big.Int, beneficiary common.Address, rewardBps *big.Int) ([]byte, error) {
	return staking.abi.Pack("slash", staker, amount, beneficiary, rewardBps)
}

// UnpackSlash is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4be9fd9f.
//
// Solidity: function slash(address staker, uint256 amount, address beneficiary, uint256 rewardBps) returns(uint256 taken)
func (staking *Staking) UnpackSlash(data []byte) (*big.Int, error) {
	out, err := staking.abi.Unpack("slash", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackStake is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x61f129ad.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function stake(uint96 amount) returns()
func (staking *Staking) PackStake(amount *big.Int) []byte {
	enc, err := staking.abi.Pack("stake", amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStake is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x61f129ad.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function stake(uint96 amount) returns()
func (staking *Staking) TryPackStake(amount *big.Int) ([]byte, error) {
	return staking.abi.Pack("stake", amount)
}

// PackStakeFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbd83dbe5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function stakeFor(address staker, uint96 amount) returns()
func (staking *Staking) PackStakeFor(staker common.Address, amount *big.Int) []byte {
	enc, err := staking.abi.Pack("stakeFor", staker, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStakeFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbd83dbe5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function stakeFor(address staker, uint96 amount) returns()
func (staking *Staking) TryPackStakeFor(staker common.Address, amount *big.Int) ([]byte, error) {
	return staking.abi.Pack("stakeFor", staker, amount)
}

// PackStakeOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42623360.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function stakeOf(address staker) view returns((uint96,uint96,uint64))
func (staking *Staking) PackStakeOf(staker common.Address) []byte {
	enc, err := staking.abi.Pack("stakeOf", staker)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStakeOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42623360.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function stakeOf(address staker) view returns((uint96,uint96,uint64))
func (staking *Staking) TryPackStakeOf(staker common.Address) ([]byte, error) {
	return staking.abi.Pack("stakeOf", staker)
}

// UnpackStakeOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x42623360.
//
// Solidity: function stakeOf(address staker) view returns((uint96,uint96,uint64))
func (staking *Staking) UnpackStakeOf(data []byte) (StakingStake, error) {
	out, err := staking.abi.Unpack("stakeOf", data)
	if err != nil {
		return *new(StakingStake), err
	}
	out0 := *abi.ConvertType(out[0], new(StakingStake)).(*StakingStake)
	return out0, nil
}

// PackStakerOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf2738d97.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function stakerOf(address signer) view returns(address)
func (staking *Staking) PackStakerOf(signer common.Address) []byte {
	enc, err := staking.abi.Pack("stakerOf", signer)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStakerOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf2738d97.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function stakerOf(address signer) view returns(address)
func (staking *Staking) TryPackStakerOf(signer common.Address) ([]byte, error) {
	return staking.abi.Pack("stakerOf", signer)
}

// UnpackStakerOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf2738d97.
//
// Solidity: function stakerOf(address signer) view returns(address)
func (staking *Staking) UnpackStakerOf(data []byte) (common.Address, error) {
	out, err := staking.abi.Unpack("stakerOf", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function token() view returns(address)
func (staking *Staking) PackToken() []byte {
	enc, err := staking.abi.Pack("token")
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
func (staking *Staking) TryPackToken() ([]byte, error) {
	return staking.abi.Pack("token")
}

// UnpackToken is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfc0c546a.
//
// Solidity: function token() view returns(address)
func (staking *Staking) UnpackToken(data []byte) (common.Address, error) {
	out, err := staking.abi.Unpack("token", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackTotalBonded is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x44d96e95.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalBonded() view returns(uint256)
func (staking *Staking) PackTotalBonded() []byte {
	enc, err := staking.abi.Pack("totalBonded")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalBonded is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x44d96e95.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalBonded() view returns(uint256)
func (staking *Staking) TryPackTotalBonded() ([]byte, error) {
	return staking.abi.Pack("totalBonded")
}

// UnpackTotalBonded is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x44d96e95.
//
// Solidity: function totalBonded() view returns(uint256)
func (staking *Staking) UnpackTotalBonded(data []byte) (*big.Int, error) {
	out, err := staking.abi.Unpack("totalBonded", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackTotalOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x912c2673.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalOf(address staker) view returns(uint256)
func (staking *Staking) PackTotalOf(staker common.Address) []byte {
	enc, err := staking.abi.Pack("totalOf", staker)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x912c2673.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalOf(address staker) view returns(uint256)
func (staking *Staking) TryPackTotalOf(staker common.Address) ([]byte, error) {
	return staking.abi.Pack("totalOf", staker)
}

// UnpackTotalOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x912c2673.
//
// Solidity: function totalOf(address staker) view returns(uint256)
func (staking *Staking) UnpackTotalOf(data []byte) (*big.Int, error) {
	out, err := staking.abi.Unpack("totalOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackTotalStake is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8b0e9f3f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalStake() view returns(uint256)
func (staking *Staking) PackTotalStake() []byte {
	enc, err := staking.abi.Pack("totalStake")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalStake is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8b0e9f3f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalStake() view returns(uint256)
func (staking *Staking) TryPackTotalStake() ([]byte, error) {
	return staking.abi.Pack("totalStake")
}

// UnpackTotalStake is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8b0e9f3f.
//
// Solidity: function totalStake() view returns(uint256)
func (staking *Staking) UnpackTotalStake(data []byte) (*big.Int, error) {
	out, err := staking.abi.Unpack("totalStake", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackUnlock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7eee288d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function unlock(address staker, uint256 amount) returns()
func (staking *Staking) PackUnlock(staker common.Address, amount *big.Int) []byte {
	enc, err := staking.abi.Pack("unlock", staker, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUnlock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7eee288d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function unlock(address staker, uint256 amount) returns()
func (staking *Staking) TryPackUnlock(staker common.Address, amount *big.Int) ([]byte, error) {
	return staking.abi.Pack("unlock", staker, amount)
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ccfd60b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw() returns()
func (staking *Staking) PackWithdraw() []byte {
	enc, err := staking.abi.Pack("withdraw")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ccfd60b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw() returns()
func (staking *Staking) TryPackWithdraw() ([]byte, error) {
	return staking.abi.Pack("withdraw")
}

// StakingAuthorityUpdated represents a AuthorityUpdated event raised by the Staking contract.
type StakingAuthorityUpdated struct {
	Authority common.Address
	Raw       *types.Log // Blockchain specific contextual infos
}

const StakingAuthorityUpdatedEventName = "AuthorityUpdated"

// ContractEventName returns the user-defined event name.
func (StakingAuthorityUpdated) ContractEventName() string {
	return StakingAuthorityUpdatedEventName
}

// UnpackAuthorityUpdatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event AuthorityUpdated(address authority)
func (staking *Staking) UnpackAuthorityUpdatedEvent(log *types.Log) (*StakingAuthorityUpdated, error) {
	event := "AuthorityUpdated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != staking.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(StakingAuthorityUpdated)
	if len(log.Data) > 0 {
		if err := staking.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range staking.abi.Events[event].Inputs {
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

// StakingEIP712DomainChanged represents a EIP712DomainChanged event raised by the Staking contract.
type StakingEIP712DomainChanged struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const StakingEIP712DomainChangedEventName = "EIP712DomainChanged"

// ContractEventName returns the user-defined event name.
func (StakingEIP712DomainChanged) ContractEventName() string {
	return StakingEIP712DomainChangedEventName
}

// UnpackEIP712DomainChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event EIP712DomainChanged()
func (staking *Staking) UnpackEIP712DomainChangedEvent(log *types.Log) (*StakingEIP712DomainChanged, error) {
	event := "EIP712DomainChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != staking.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(StakingEIP712DomainChanged)
	if len(log.Data) > 0 {
		if err := staking.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range staking.abi.Events[event].Inputs {
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

// StakingExiting represents a Exiting event raised by the Staking contract.
type StakingExiting struct {
	Staker  common.Address
	Amount  *big.Int
	ReadyAt uint64
	Raw     *types.Log // Blockchain specific contextual infos
}

const StakingExitingEventName = "Exiting"

// ContractEventName returns the user-defined event name.
func (StakingExiting) ContractEventName() string {
	return StakingExitingEventName
}

// UnpackExitingEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Exiting(address indexed staker, uint256 amount, uint64 readyAt)
func (staking *Staking) UnpackExitingEvent(log *types.Log) (*StakingExiting, error) {
	event := "Exiting"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != staking.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(StakingExiting)
	if len(log.Data) > 0 {
		if err := staking.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range staking.abi.Events[event].Inputs {
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

// StakingLocked represents a Locked event raised by the Staking contract.
type StakingLocked struct {
	Staker common.Address
	Judge  common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const StakingLockedEventName = "Locked"

// ContractEventName returns the user-defined event name.
func (StakingLocked) ContractEventName() string {
	return StakingLockedEventName
}

// UnpackLockedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Locked(address indexed staker, address indexed judge, uint256 amount)
func (staking *Staking) UnpackLockedEvent(log *types.Log) (*StakingLocked, error) {
	event := "Locked"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != staking.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(StakingLocked)
	if len(log.Data) > 0 {
		if err := staking.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range staking.abi.Events[event].Inputs {
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

// StakingOperatorSet represents a OperatorSet event raised by the Staking contract.
type StakingOperatorSet struct {
	Staker   common.Address
	Operator common.Address
	Raw      *types.Log // Blockchain specific contextual infos
}

const StakingOperatorSetEventName = "OperatorSet"

// ContractEventName returns the user-defined event name.
func (StakingOperatorSet) ContractEventName() string {
	return StakingOperatorSetEventName
}

// UnpackOperatorSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OperatorSet(address indexed staker, address indexed operator)
func (staking *Staking) UnpackOperatorSetEvent(log *types.Log) (*StakingOperatorSet, error) {
	event := "OperatorSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != staking.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(StakingOperatorSet)
	if len(log.Data) > 0 {
		if err := staking.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range staking.abi.Events[event].Inputs {
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

// StakingPayoutSet represents a PayoutSet event raised by the Staking contract.
type StakingPayoutSet struct {
	Staker common.Address
	Payout common.Address
	Raw    *types.Log // Blockchain specific contextual infos
}

const StakingPayoutSetEventName = "PayoutSet"

// ContractEventName returns the user-defined event name.
func (StakingPayoutSet) ContractEventName() string {
	return StakingPayoutSetEventName
}

// UnpackPayoutSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PayoutSet(address indexed staker, address payout)
func (staking *Staking) UnpackPayoutSetEvent(log *types.Log) (*StakingPayoutSet, error) {
	event := "PayoutSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != staking.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(StakingPayoutSet)
	if len(log.Data) > 0 {
		if err := staking.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range staking.abi.Events[event].Inputs {
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

// StakingSlashed represents a Slashed event raised by the Staking contract.
type StakingSlashed struct {
	Staker      common.Address
	Amount      *big.Int
	Beneficiary common.Address
	Reward      *big.Int
	Raw         *types.Log // Blockchain specific contextual infos
}

const StakingSlashedEventName = "Slashed"

// ContractEventName returns the user-defined event name.
func (StakingSlashed) ContractEventName() string {
	return StakingSlashedEventName
}

// UnpackSlashedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Slashed(address indexed staker, uint256 amount, address indexed beneficiary, uint256 reward)
func (staking *Staking) UnpackSlashedEvent(log *types.Log) (*StakingSlashed, error) {
	event := "Slashed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != staking.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(StakingSlashed)
	if len(log.Data) > 0 {
		if err := staking.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range staking.abi.Events[event].Inputs {
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

// StakingStaked represents a Staked event raised by the Staking contract.
type StakingStaked struct {
	Staker common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const StakingStakedEventName = "Staked"

// ContractEventName returns the user-defined event name.
func (StakingStaked) ContractEventName() string {
	return StakingStakedEventName
}

// UnpackStakedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Staked(address indexed staker, uint256 amount)
func (staking *Staking) UnpackStakedEvent(log *types.Log) (*StakingStaked, error) {
	event := "Staked"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != staking.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(StakingStaked)
	if len(log.Data) > 0 {
		if err := staking.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range staking.abi.Events[event].Inputs {
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

// StakingUnlocked represents a Unlocked event raised by the Staking contract.
type StakingUnlocked struct {
	Staker common.Address
	Judge  common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const StakingUnlockedEventName = "Unlocked"

// ContractEventName returns the user-defined event name.
func (StakingUnlocked) ContractEventName() string {
	return StakingUnlockedEventName
}

// UnpackUnlockedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Unlocked(address indexed staker, address indexed judge, uint256 amount)
func (staking *Staking) UnpackUnlockedEvent(log *types.Log) (*StakingUnlocked, error) {
	event := "Unlocked"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != staking.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(StakingUnlocked)
	if len(log.Data) > 0 {
		if err := staking.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range staking.abi.Events[event].Inputs {
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

// StakingWithdrawn represents a Withdrawn event raised by the Staking contract.
type StakingWithdrawn struct {
	Staker common.Address
	To     common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const StakingWithdrawnEventName = "Withdrawn"

// ContractEventName returns the user-defined event name.
func (StakingWithdrawn) ContractEventName() string {
	return StakingWithdrawnEventName
}

// UnpackWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Withdrawn(address indexed staker, address to, uint256 amount)
func (staking *Staking) UnpackWithdrawnEvent(log *types.Log) (*StakingWithdrawn, error) {
	event := "Withdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != staking.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(StakingWithdrawn)
	if len(log.Data) > 0 {
		if err := staking.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range staking.abi.Events[event].Inputs {
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
func (staking *Staking) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], staking.abi.Errors["AccessManagedInvalidAuthority"].ID.Bytes()[:4]) {
		return staking.UnpackAccessManagedInvalidAuthorityError(raw[4:])
	}
	if bytes.Equal(raw[:4], staking.abi.Errors["AccessManagedRequiredDelay"].ID.Bytes()[:4]) {
		return staking.UnpackAccessManagedRequiredDelayError(raw[4:])
	}
	if bytes.Equal(raw[:4], staking.abi.Errors["AccessManagedUnauthorized"].ID.Bytes()[:4]) {
		return staking.UnpackAccessManagedUnauthorizedError(raw[4:])
	}
	if bytes.Equal(raw[:4], staking.abi.Errors["InvalidShortString"].ID.Bytes()[:4]) {
		return staking.UnpackInvalidShortStringError(raw[4:])
	}
	if bytes.Equal(raw[:4], staking.abi.Errors["NotEnoughBonded"].ID.Bytes()[:4]) {
		return staking.UnpackNotEnoughBondedError(raw[4:])
	}
	if bytes.Equal(raw[:4], staking.abi.Errors["NotSignedByOperator"].ID.Bytes()[:4]) {
		return staking.UnpackNotSignedByOperatorError(raw[4:])
	}
	if bytes.Equal(raw[:4], staking.abi.Errors["NothingLeaving"].ID.Bytes()[:4]) {
		return staking.UnpackNothingLeavingError(raw[4:])
	}
	if bytes.Equal(raw[:4], staking.abi.Errors["OperatorTaken"].ID.Bytes()[:4]) {
		return staking.UnpackOperatorTakenError(raw[4:])
	}
	if bytes.Equal(raw[:4], staking.abi.Errors["RewardTooHigh"].ID.Bytes()[:4]) {
		return staking.UnpackRewardTooHighError(raw[4:])
	}
	if bytes.Equal(raw[:4], staking.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return staking.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	if bytes.Equal(raw[:4], staking.abi.Errors["StillLeaving"].ID.Bytes()[:4]) {
		return staking.UnpackStillLeavingError(raw[4:])
	}
	if bytes.Equal(raw[:4], staking.abi.Errors["StringTooLong"].ID.Bytes()[:4]) {
		return staking.UnpackStringTooLongError(raw[4:])
	}
	if bytes.Equal(raw[:4], staking.abi.Errors["ZeroAmount"].ID.Bytes()[:4]) {
		return staking.UnpackZeroAmountError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// StakingAccessManagedInvalidAuthority represents a AccessManagedInvalidAuthority error raised by the Staking contract.
type StakingAccessManagedInvalidAuthority struct {
	Authority common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccessManagedInvalidAuthority(address authority)
func StakingAccessManagedInvalidAuthorityErrorID() common.Hash {
	return common.HexToHash("0xc2f31e5ee06c96eddd5864bf58d26da15afa7233cb6f74e000aa686fca7a7a0b")
}

// UnpackAccessManagedInvalidAuthorityError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccessManagedInvalidAuthority(address authority)
func (staking *Staking) UnpackAccessManagedInvalidAuthorityError(raw []byte) (*StakingAccessManagedInvalidAuthority, error) {
	out := new(StakingAccessManagedInvalidAuthority)
	if err := staking.abi.UnpackIntoInterface(out, "AccessManagedInvalidAuthority", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// StakingAccessManagedRequiredDelay represents a AccessManagedRequiredDelay error raised by the Staking contract.
type StakingAccessManagedRequiredDelay struct {
	Caller common.Address
	Delay  uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccessManagedRequiredDelay(address caller, uint32 delay)
func StakingAccessManagedRequiredDelayErrorID() common.Hash {
	return common.HexToHash("0xaf77169dad650be42a753d4bbd4f4ad0d10be80053e495da3bb1525746eda4e4")
}

// UnpackAccessManagedRequiredDelayError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccessManagedRequiredDelay(address caller, uint32 delay)
func (staking *Staking) UnpackAccessManagedRequiredDelayError(raw []byte) (*StakingAccessManagedRequiredDelay, error) {
	out := new(StakingAccessManagedRequiredDelay)
	if err := staking.abi.UnpackIntoInterface(out, "AccessManagedRequiredDelay", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// StakingAccessManagedUnauthorized represents a AccessManagedUnauthorized error raised by the Staking contract.
type StakingAccessManagedUnauthorized struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AccessManagedUnauthorized(address caller)
func StakingAccessManagedUnauthorizedErrorID() common.Hash {
	return common.HexToHash("0x068ca9d827f779c08fd30d7fda45faef5f2a6b2e57f8b809b3c6bbed99f5fb1f")
}

// UnpackAccessManagedUnauthorizedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AccessManagedUnauthorized(address caller)
func (staking *Staking) UnpackAccessManagedUnauthorizedError(raw []byte) (*StakingAccessManagedUnauthorized, error) {
	out := new(StakingAccessManagedUnauthorized)
	if err := staking.abi.UnpackIntoInterface(out, "AccessManagedUnauthorized", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// StakingInvalidShortString represents a InvalidShortString error raised by the Staking contract.
type StakingInvalidShortString struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidShortString()
func StakingInvalidShortStringErrorID() common.Hash {
	return common.HexToHash("0xb3512b0c6163e5f0bafab72bb631b9d58cd7a731b082f910338aa21c83d5c274")
}

// UnpackInvalidShortStringError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidShortString()
func (staking *Staking) UnpackInvalidShortStringError(raw []byte) (*StakingInvalidShortString, error) {
	out := new(StakingInvalidShortString)
	if err := staking.abi.UnpackIntoInterface(out, "InvalidShortString", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// StakingNotEnoughBonded represents a NotEnoughBonded error raised by the Staking contract.
type StakingNotEnoughBonded struct {
	Bonded *big.Int
	Asked  *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotEnoughBonded(uint256 bonded, uint256 asked)
func StakingNotEnoughBondedErrorID() common.Hash {
	return common.HexToHash("0x9dfe07d6d67ba100a18866082a7691fd02897b8d96af73850d6fab0d02688bd0")
}

// UnpackNotEnoughBondedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotEnoughBonded(uint256 bonded, uint256 asked)
func (staking *Staking) UnpackNotEnoughBondedError(raw []byte) (*StakingNotEnoughBonded, error) {
	out := new(StakingNotEnoughBonded)
	if err := staking.abi.UnpackIntoInterface(out, "NotEnoughBonded", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// StakingNotSignedByOperator represents a NotSignedByOperator error raised by the Staking contract.
type StakingNotSignedByOperator struct {
	Operator common.Address
	Signer   common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSignedByOperator(address operator, address signer)
func StakingNotSignedByOperatorErrorID() common.Hash {
	return common.HexToHash("0x303b708a8a2da65af2bd553b3d43672ee5060176b3f17d14aff20a930ac0e93c")
}

// UnpackNotSignedByOperatorError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSignedByOperator(address operator, address signer)
func (staking *Staking) UnpackNotSignedByOperatorError(raw []byte) (*StakingNotSignedByOperator, error) {
	out := new(StakingNotSignedByOperator)
	if err := staking.abi.UnpackIntoInterface(out, "NotSignedByOperator", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// StakingNothingLeaving represents a NothingLeaving error raised by the Staking contract.
type StakingNothingLeaving struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingLeaving()
func StakingNothingLeavingErrorID() common.Hash {
	return common.HexToHash("0xfc6a1fc218cf156aa46b3fcb08af6048f9ffcbd80729ecd55e1fb9de11a5dafd")
}

// UnpackNothingLeavingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingLeaving()
func (staking *Staking) UnpackNothingLeavingError(raw []byte) (*StakingNothingLeaving, error) {
	out := new(StakingNothingLeaving)
	if err := staking.abi.UnpackIntoInterface(out, "NothingLeaving", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// StakingOperatorTaken represents a OperatorTaken error raised by the Staking contract.
type StakingOperatorTaken struct {
	Operator common.Address
	Staker   common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OperatorTaken(address operator, address staker)
func StakingOperatorTakenErrorID() common.Hash {
	return common.HexToHash("0x5105a9ca5ae270dbc1d3884e3b505da00d1546b064c40df86b5754ddd49675bf")
}

// UnpackOperatorTakenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OperatorTaken(address operator, address staker)
func (staking *Staking) UnpackOperatorTakenError(raw []byte) (*StakingOperatorTaken, error) {
	out := new(StakingOperatorTaken)
	if err := staking.abi.UnpackIntoInterface(out, "OperatorTaken", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// StakingRewardTooHigh represents a RewardTooHigh error raised by the Staking contract.
type StakingRewardTooHigh struct {
	Bps *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error RewardTooHigh(uint256 bps)
func StakingRewardTooHighErrorID() common.Hash {
	return common.HexToHash("0x80dc4240776e89f976f0e95c645182298fad8f7ce0736a7581585a12d9fbf042")
}

// UnpackRewardTooHighError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error RewardTooHigh(uint256 bps)
func (staking *Staking) UnpackRewardTooHighError(raw []byte) (*StakingRewardTooHigh, error) {
	out := new(StakingRewardTooHigh)
	if err := staking.abi.UnpackIntoInterface(out, "RewardTooHigh", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// StakingSafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the Staking contract.
type StakingSafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func StakingSafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (staking *Staking) UnpackSafeERC20FailedOperationError(raw []byte) (*StakingSafeERC20FailedOperation, error) {
	out := new(StakingSafeERC20FailedOperation)
	if err := staking.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// StakingStillLeaving represents a StillLeaving error raised by the Staking contract.
type StakingStillLeaving struct {
	ReadyAt uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StillLeaving(uint64 readyAt)
func StakingStillLeavingErrorID() common.Hash {
	return common.HexToHash("0x286159e80e76e5b9341eedbeb4eddc8045ea1bcb90347703890b63077df81107")
}

// UnpackStillLeavingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StillLeaving(uint64 readyAt)
func (staking *Staking) UnpackStillLeavingError(raw []byte) (*StakingStillLeaving, error) {
	out := new(StakingStillLeaving)
	if err := staking.abi.UnpackIntoInterface(out, "StillLeaving", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// StakingStringTooLong represents a StringTooLong error raised by the Staking contract.
type StakingStringTooLong struct {
	Str string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StringTooLong(string str)
func StakingStringTooLongErrorID() common.Hash {
	return common.HexToHash("0x305a27a93f8e33b7392df0a0f91d6fc63847395853c45991eec52dbf24d72381")
}

// UnpackStringTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StringTooLong(string str)
func (staking *Staking) UnpackStringTooLongError(raw []byte) (*StakingStringTooLong, error) {
	out := new(StakingStringTooLong)
	if err := staking.abi.UnpackIntoInterface(out, "StringTooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// StakingZeroAmount represents a ZeroAmount error raised by the Staking contract.
type StakingZeroAmount struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ZeroAmount()
func StakingZeroAmountErrorID() common.Hash {
	return common.HexToHash("0x1f2a2005cb66a8e145327e8814e243a0996aec9bfe1e15a495778b1236dbd485")
}

// UnpackZeroAmountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ZeroAmount()
func (staking *Staking) UnpackZeroAmountError(raw []byte) (*StakingZeroAmount, error) {
	out := new(StakingZeroAmount)
	if err := staking.abi.UnpackIntoInterface(out, "ZeroAmount", raw); err != nil {
		return nil, err
	}
	return out, nil
}
