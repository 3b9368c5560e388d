// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package opengovernor

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

// OpenGovernorMetaData contains all meta data concerning the OpenGovernor contract.
var OpenGovernorMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"contractIVotes\"},{\"name\":\"timelock\",\"type\":\"address\",\"internalType\":\"contractTimelockController\"},{\"name\":\"delay\",\"type\":\"uint48\",\"internalType\":\"uint48\"},{\"name\":\"period\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"threshold\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"quorumPercent\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"receive\",\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"BALLOT_TYPEHASH\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"CLOCK_MODE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"COUNTING_MODE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"EXTENDED_BALLOT_TYPEHASH\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"cancel\",\"inputs\":[{\"name\":\"targets\",\"type\":\"address[]\",\"internalType\":\"address[]\"},{\"name\":\"values\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"calldatas\",\"type\":\"bytes[]\",\"internalType\":\"bytes[]\"},{\"name\":\"descriptionHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"castVote\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"support\",\"type\":\"uint8\",\"internalType\":\"uint8\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"castVoteBySig\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"support\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"voter\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"castVoteWithReason\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"support\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"reason\",\"type\":\"string\",\"internalType\":\"string\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"castVoteWithReasonAndParams\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"support\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"reason\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"params\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"castVoteWithReasonAndParamsBySig\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"support\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"voter\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"reason\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"params\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"clock\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint48\",\"internalType\":\"uint48\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"eip712Domain\",\"inputs\":[],\"outputs\":[{\"name\":\"fields\",\"type\":\"bytes1\",\"internalType\":\"bytes1\"},{\"name\":\"name\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"version\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"chainId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"verifyingContract\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"extensions\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"execute\",\"inputs\":[{\"name\":\"targets\",\"type\":\"address[]\",\"internalType\":\"address[]\"},{\"name\":\"values\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"calldatas\",\"type\":\"bytes[]\",\"internalType\":\"bytes[]\"},{\"name\":\"descriptionHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"getProposalId\",\"inputs\":[{\"name\":\"targets\",\"type\":\"address[]\",\"internalType\":\"address[]\"},{\"name\":\"values\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"calldatas\",\"type\":\"bytes[]\",\"internalType\":\"bytes[]\"},{\"name\":\"descriptionHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"getVotes\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"timepoint\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"getVotesWithParams\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"timepoint\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"params\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"hasVoted\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"hashProposal\",\"inputs\":[{\"name\":\"targets\",\"type\":\"address[]\",\"internalType\":\"address[]\"},{\"name\":\"values\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"calldatas\",\"type\":\"bytes[]\",\"internalType\":\"bytes[]\"},{\"name\":\"descriptionHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"name\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"nonces\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"onERC1155BatchReceived\",\"inputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"onERC1155Received\",\"inputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"onERC721Received\",\"inputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"proposalDeadline\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"proposalEta\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"proposalNeedsQueuing\",\"inputs\":[{\"name\":\"id\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"proposalProposer\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"proposalSnapshot\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"proposalThreshold\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"proposalVotes\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"againstVotes\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"forVotes\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"abstainVotes\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"propose\",\"inputs\":[{\"name\":\"targets\",\"type\":\"address[]\",\"internalType\":\"address[]\"},{\"name\":\"values\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"calldatas\",\"type\":\"bytes[]\",\"internalType\":\"bytes[]\"},{\"name\":\"description\",\"type\":\"string\",\"internalType\":\"string\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"queue\",\"inputs\":[{\"name\":\"targets\",\"type\":\"address[]\",\"internalType\":\"address[]\"},{\"name\":\"values\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"calldatas\",\"type\":\"bytes[]\",\"internalType\":\"bytes[]\"},{\"name\":\"descriptionHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"quorum\",\"inputs\":[{\"name\":\"timepoint\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"quorumDenominator\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"quorumNumerator\",\"inputs\":[{\"name\":\"timepoint\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"quorumNumerator\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"relay\",\"inputs\":[{\"name\":\"target\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"data\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"setProposalThreshold\",\"inputs\":[{\"name\":\"newProposalThreshold\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setVotingDelay\",\"inputs\":[{\"name\":\"newVotingDelay\",\"type\":\"uint48\",\"internalType\":\"uint48\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setVotingPeriod\",\"inputs\":[{\"name\":\"newVotingPeriod\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"state\",\"inputs\":[{\"name\":\"id\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint8\",\"internalType\":\"enumIGovernor.ProposalState\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"supportsInterface\",\"inputs\":[{\"name\":\"interfaceId\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"timelock\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"token\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractIERC5805\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"updateQuorumNumerator\",\"inputs\":[{\"name\":\"newQuorumNumerator\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"updateTimelock\",\"inputs\":[{\"name\":\"newTimelock\",\"type\":\"address\",\"internalType\":\"contractTimelockController\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"version\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"votingDelay\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"votingPeriod\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"event\",\"name\":\"EIP712DomainChanged\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"ProposalCanceled\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"ProposalCreated\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"proposer\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"targets\",\"type\":\"address[]\",\"indexed\":false,\"internalType\":\"address[]\"},{\"name\":\"values\",\"type\":\"uint256[]\",\"indexed\":false,\"internalType\":\"uint256[]\"},{\"name\":\"signatures\",\"type\":\"string[]\",\"indexed\":false,\"internalType\":\"string[]\"},{\"name\":\"calldatas\",\"type\":\"bytes[]\",\"indexed\":false,\"internalType\":\"bytes[]\"},{\"name\":\"voteStart\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"voteEnd\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"description\",\"type\":\"string\",\"indexed\":false,\"internalType\":\"string\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"ProposalExecuted\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"ProposalQueued\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"etaSeconds\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"ProposalThresholdSet\",\"inputs\":[{\"name\":\"oldProposalThreshold\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"newProposalThreshold\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"QuorumNumeratorUpdated\",\"inputs\":[{\"name\":\"oldQuorumNumerator\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"newQuorumNumerator\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"TimelockChange\",\"inputs\":[{\"name\":\"oldTimelock\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"newTimelock\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"VoteCast\",\"inputs\":[{\"name\":\"voter\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"proposalId\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"support\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"reason\",\"type\":\"string\",\"indexed\":false,\"internalType\":\"string\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"VoteCastWithParams\",\"inputs\":[{\"name\":\"voter\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"proposalId\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"support\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"uint8\"},{\"name\":\"weight\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"reason\",\"type\":\"string\",\"indexed\":false,\"internalType\":\"string\"},{\"name\":\"params\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"VotingDelaySet\",\"inputs\":[{\"name\":\"oldVotingDelay\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"newVotingDelay\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"VotingPeriodSet\",\"inputs\":[{\"name\":\"oldVotingPeriod\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"newVotingPeriod\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"CheckpointUnorderedInsertion\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ERC6372InconsistentClock\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"FailedCall\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"GovernorAlreadyCastVote\",\"inputs\":[{\"name\":\"voter\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"GovernorAlreadyQueuedProposal\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"GovernorDisabledDeposit\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"GovernorInsufficientProposerVotes\",\"inputs\":[{\"name\":\"proposer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"votes\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"threshold\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"GovernorInvalidProposalLength\",\"inputs\":[{\"name\":\"targets\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"calldatas\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"values\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"GovernorInvalidQuorumFraction\",\"inputs\":[{\"name\":\"quorumNumerator\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"quorumDenominator\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"GovernorInvalidSignature\",\"inputs\":[{\"name\":\"voter\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"GovernorInvalidVoteParams\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"GovernorInvalidVoteType\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"GovernorInvalidVotingPeriod\",\"inputs\":[{\"name\":\"votingPeriod\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"GovernorNonexistentProposal\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"GovernorOnlyExecutor\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"GovernorProposalQueueingFailed\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"GovernorProposalQueueingNotRequired\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"GovernorRestrictedProposer\",\"inputs\":[{\"name\":\"proposer\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"GovernorUnableToCancel\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"GovernorUnexpectedProposalState\",\"inputs\":[{\"name\":\"proposalId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"current\",\"type\":\"uint8\",\"internalType\":\"enumIGovernor.ProposalState\"},{\"name\":\"expectedStates\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"InvalidAccountNonce\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"currentNonce\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidShortString\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SafeCastOverflowedUintDowncast\",\"inputs\":[{\"name\":\"bits\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"StringTooLong\",\"inputs\":[{\"name\":\"str\",\"type\":\"string\",\"internalType\":\"string\"}]}]",
	ID:  "OpenGovernor",
	Bin: "0x610180604052348015610010575f5ffd5b506040516151fb3803806151fb83398101604081905261002f91610700565b8481878686866040518060400160405280600a81526020016927b832b72632b233b2b960b11b8152508061006761016b60201b60201c565b61007082610186565b6101205261007d81610186565b61014052815160208084019190912060e052815190820120610100524660a05261010960e05161010051604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201529081019290925260608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b60805250503060c052600361011e8282610816565b5061012a9050836101cc565b61013382610232565b61013c816102d1565b5050506001600160a01b03166101605261015581610312565b5061015f816103a7565b5050505050505061096a565b6040805180820190915260018152603160f81b602082015290565b5f5f829050601f815111156101b9578260405163305a27a960e01b81526004016101b091906108d4565b60405180910390fd5b80516101c482610909565b179392505050565b6008546040805165ffffffffffff928316815291831660208301527fc565b045403dc03c2eea82b81a0465edad9e2e7fc4d97e11421c209da93d7a93910160405180910390a16008805465ffffffffffff191665ffffffffffff92909216919091179055565b8063ffffffff165f0361025a5760405163f1cfbf0560e01b81525f60048201526024016101b0565b6008546040805163ffffffff66010000000000009093048316815291831660208301527f7e3f7f0708a84de9203036abaa450dccc85ad5ff52f78c170f3edb55cf5e8828910160405180910390a16008805463ffffffff90921666010000000000000263ffffffff60301b19909216919091179055565b60075460408051918252602082018390527fccb45da8d5717e6c4544694297c4ba5cf151d455c9bb0ed4fc7a38411bc05461910160405180910390a1600755565b60648082111561033f5760405163243e544560e01b815260048101839052602481018290526044016101b0565b5f610348610410565b9050610367610355610429565b61035e856104a3565b600a91906104da565b505060408051828152602081018590527f0553476bf02ef2726e8ce5ced78d63e26e602e4a2257b1f559418e24b4633997910160405180910390a1505050565b600b54604080516001600160a01b03928316815291831660208301527f08f74ea46ef7894f65eabfb5e6e695de773a000b47c529ab559178069b226401910160405180910390a1600b80546001600160a01b0319166001600160a01b0392909216919091179055565b5f61041b600a6104f4565b6001600160d01b0316905090565b5f6104346101605190565b6001600160a01b03166391ddadf46040518163ffffffff1660e01b8152600401602060405180830381865afa92505050801561048d575060408051601f3d908101601f1916820190925261048a9181019061092c565b60015b61049e5761049961053c565b905090565b919050565b5f6001600160d01b038211156104d6576040516306dfcc6560e41b815260d06004820152602481018390526044016101b0565b5090565b5f806104e7858585610546565b915091505b935093915050565b80545f9080156105335761051a8361050d600184610945565b5f91825260209091200190565b54660100000000000090046001600160d01b0316610535565b5f5b9392505050565b5f610499436106a2565b82545f9081908015610645575f6105628761050d600185610945565b805490915065ffffffffffff80821691660100000000000090046001600160d01b03169088168211156105a857604051632520601d60e01b815260040160405180910390fd5b8765ffffffffffff168265ffffffffffff16036105e457825465ffffffffffff1666010000000000006001600160d01b03891602178355610637565b6040805180820190915265ffffffffffff808a1682526001600160d01b03808a1660208085019182528d54600181018f555f8f815291909120945191519092166601000000000000029216919091179101555b94508593506104ec92505050565b50506040805180820190915265ffffffffffff80851682526001600160d01b0380851660208085019182528854600181018a555f8a81529182209551925190931666010000000000000291909316179201919091559050816104ec565b5f65ffffffffffff8211156104d6576040516306dfcc6560e41b815260306004820152602481018390526044016101b0565b6001600160a01b03811681146106e8575f5ffd5b50565b805165ffffffffffff8116811461049e575f5ffd5b5f5f5f5f5f5f60c08789031215610715575f5ffd5b8651610720816106d4565b6020880151909650610731816106d4565b945061073f604088016106eb565b9350606087015163ffffffff81168114610757575f5ffd5b608088015160a090980151969995985093969395939492505050565b634e487b7160e01b5f52604160045260245ffd5b600181811c9082168061079b57607f821691505b6020821081036107b957634e487b7160e01b5f52602260045260245ffd5b50919050565b601f821115610811578282111561081157805f5260205f20601f840160051c60208510156107ea57505f5b90810190601f840160051c035f5b8181101561080d575f838201556001016107f8565b5050505b505050565b81516001600160401b0381111561082f5761082f610773565b6108438161083d8454610787565b846107bf565b6020601f821160018114610875575f831561085e5750848201515b5f19600385901b1c1916600184901b1784556108cd565b5f84815260208120601f198516915b828110156108a45787850151825560209485019460019092019101610884565b50848210156108c157868401515f19600387901b60f8161c191681555b505060018360011b0184555b5050505050565b602081525f82518060208401528060208501604085015e5f604082850101526040601f19601f83011684010191505092915050565b805160208083015191908110156107b9575f1960209190910360031b1b16919050565b5f6020828403121561093c575f5ffd5b610535826106eb565b8181038181111561096457634e487b7160e01b5f52601160045260245ffd5b92915050565b60805160a05160c05160e0516101005161012051610140516101605161481a6109e15f395f8181610a6901528181610fc5015281816113b3015281816116c3015261219801525f6120de01525f6120b301525f61333c01525f61331401525f61326f01525f61329901525f6132c3015261481a5ff3fe608060405260043610610311575f3560e01c80637ecebe001161019c578063bc197c81116100e7578063deaaa7cc11610092578063ece40cc11161006d578063ece40cc1146109fe578063f23a6e6114610a1d578063f8ce560a14610a3c578063fc0c546a14610a5b575f5ffd5b8063deaaa7cc1461098d578063e540d01d146109c0578063eb9019d4146109df575f5ffd5b8063c59057e4116100c2578063c59057e41461090c578063d33219b41461092b578063dd4e2ba514610948575f5ffd5b8063bc197c81146108bb578063c01f9e37146108da578063c28bc2fa146108f9575f5ffd5b8063a7713a7011610147578063a9a9529411610122578063a9a9529414610852578063ab58fb8e14610871578063b58131b0146108a7575f5ffd5b8063a7713a7014610800578063a890c91014610814578063a8f8a66814610833575f5ffd5b806391ddadf41161017757806391ddadf4146107a357806397c3d334146107ce5780639a802a6d146107e1575f5ffd5b80637ecebe001461072957806384b0196e1461075d5780638ff262e314610784575f5ffd5b8063438596321161025c5780635b8d0e0d1161020757806379051887116101e257806379051887146106cc5780637b3c71d3146106eb5780637d5e81e21461070a575f5ffd5b80635b8d0e0d1461066f5780635f398a141461068e57806360c4247f146106ad575f5ffd5b8063544ffc9c11610237578063544ffc9c146105d157806354fd4d501461060b5780635678138814610650575f5ffd5b80634385963214610556578063452115d61461059e5780634bf5d7e9146105bd575f5ffd5b8063160cbed7116102bc5780632fe3e261116102975780632fe3e261146104db5780633932abb11461050e5780633e4f49e61461052a575f5ffd5b8063160cbed71461046f5780632656227d1461048e5780632d63f693146104a1575f5ffd5b806306fdde03116102ec57806306fdde03146103ca578063143489d0146103eb578063150b7a0214610437575f5ffd5b806301ffc9a71461034c57806302a251a31461038057806306f3f9e6146103ab575f5ffd5b36610348573061031f610a8d565b6001600160a01b03161461034657604051637485328f60e11b815260040160405180910390fd5b005b5f5ffd5b348015610357575f5ffd5b5061036b61036636600461385a565b610aa5565b60405190151581526020015b60405180910390f35b34801561038b575f5ffd5b50600854600160301b900463ffffffff165b604051908152602001610377565b3480156103b6575f5ffd5b506103466103c5366004613881565b610b75565b3480156103d5575f5ffd5b506103de610b89565b60405161037791906138c6565b3480156103f6575f5ffd5b5061041f610405366004613881565b5f908152600460205260409020546001600160a01b031690565b6040516001600160a01b039091168152602001610377565b348015610442575f5ffd5b506104566104513660046139b1565b610c19565b6040516001600160e01b03199091168152602001610377565b34801561047a575f5ffd5b5061039d610489366004613b7a565b610c74565b61039d61049c366004613b7a565b610da9565b3480156104ac575f5ffd5b5061039d6104bb366004613881565b5f90815260046020526040902054600160a01b900465ffffffffffff1690565b3480156104e6575f5ffd5b5061039d7f3e83946653575f9a39005e1545185629e92736b7528ab20ca3816f315424a81181565b348015610519575f5ffd5b5060085465ffffffffffff1661039d565b348015610535575f5ffd5b50610549610544366004613881565b610f3d565b6040516103779190613c44565b348015610561575f5ffd5b5061036b610570366004613c52565b5f8281526009602090815260408083206001600160a01b038516845260030190915290205460ff1692915050565b3480156105a9575f5ffd5b5061039d6105b8366004613b7a565b610f47565b3480156105c8575f5ffd5b506103de610fc1565b3480156105dc575f5ffd5b506105f06105eb366004613881565b611054565b60408051938452602084019290925290820152606001610377565b348015610616575f5ffd5b5060408051808201909152600181527f310000000000000000000000000000000000000000000000000000000000000060208201526103de565b34801561065b575f5ffd5b5061039d61066a366004613c90565b611079565b34801561067a575f5ffd5b5061039d610689366004613cff565b6110a0565b348015610699575f5ffd5b5061039d6106a8366004613dbe565b61115d565b3480156106b8575f5ffd5b5061039d6106c7366004613881565b6111a5565b3480156106d7575f5ffd5b506103466106e6366004613e54565b6111b1565b3480156106f6575f5ffd5b5061039d610705366004613e6f565b6111c2565b348015610715575f5ffd5b5061039d610724366004613ec5565b611212565b348015610734575f5ffd5b5061039d610743366004613f85565b6001600160a01b03165f9081526002602052604090205490565b348015610768575f5ffd5b506107716112fa565b6040516103779796959493929190613fda565b34801561078f575f5ffd5b5061039d61079e366004614063565b611358565b3480156107ae575f5ffd5b506107b76113b0565b60405165ffffffffffff9091168152602001610377565b3480156107d9575f5ffd5b50606461039d565b3480156107ec575f5ffd5b5061039d6107fb3660046140b1565b611437565b34801561080b575f5ffd5b5061039d61144d565b34801561081f575f5ffd5b5061034661082e366004613f85565b611466565b34801561083e575f5ffd5b5061039d61084d366004613b7a565b611477565b34801561085d575f5ffd5b5061036b61086c366004613881565b611484565b34801561087c575f5ffd5b5061039d61088b366004613881565b5f9081526004602052604090206001015465ffffffffffff1690565b3480156108b2575f5ffd5b5061039d61148c565b3480156108c6575f5ffd5b506104566108d5366004614106565b611496565b3480156108e5575f5ffd5b5061039d6108f4366004613881565b6114f2565b6103466109073660046141a0565b611534565b348015610917575f5ffd5b5061039d610926366004613b7a565b6115b0565b348015610936575f5ffd5b50600b546001600160a01b031661041f565b348015610953575f5ffd5b506040805180820190915260208082527f737570706f72743d627261766f2671756f72756d3d666f722c6162737461696e908201526103de565b348015610998575f5ffd5b5061039d7ff2aad550cf55f045cb27e9c559f9889fdfb6e6cdaa032301d6ea397784ae51d781565b3480156109cb575f5ffd5b506103466109da3660046141e0565b6115e9565b3480156109ea575f5ffd5b5061039d6109f9366004614203565b6115fa565b348015610a09575f5ffd5b50610346610a18366004613881565b611619565b348015610a28575f5ffd5b50610456610a3736600461422d565b61162a565b348015610a47575f5ffd5b5061039d610a56366004613881565b611686565b348015610a66575f5ffd5b507f000000000000000000000000000000000000000000000000000000000000000061041f565b5f610aa0600b546001600160a01b031690565b905090565b5f6001600160e01b031982167fcdbdfcee000000000000000000000000000000000000000000000000000000001480610b0757506001600160e01b031982167f65455a8600000000000000000000000000000000000000000000000000000000145b80610b3b57506001600160e01b031982167f4e2312e000000000000000000000000000000000000000000000000000000000145b80610b6f57507f01ffc9a7000000000000000000000000000000000000000000000000000000006001600160e01b03198316145b92915050565b610b7d61173c565b610b86816117ce565b50565b606060038054610b9890614285565b80601f0160208091040260200160405190810160405280929190818152602001828054610bc490614285565b8015610c0f5780601f10610be657610100808354040283529160200191610c0f565b820191905f5260205f20905b815481529060010190602001808311610bf257829003601f168201915b5050505050905090565b5f30610c23610a8d565b6001600160a01b031614610c4a57604051637485328f60e11b815260040160405180910390fd5b507f150b7a0200000000000000000000000000000000000000000000000000000000949350505050565b5f5f610c8286868686611477565b90505f610c8e82611484565b9050610ca382610c9e600461187c565b61189e565b5080610ce3576040517fd838bcb7000000000000000000000000000000000000000000000000000000008152600481018390526024015b60405180910390fd5b5f610cf183898989896118db565b905065ffffffffffff811615610d68575f83815260046020908152604091829020600101805465ffffffffffff191665ffffffffffff85169081179091558251868152918201527f9a2e42fd6722813d69113e7d0079d3d940171428df7373df9c7f7617cfda2892910160405180910390a1610d9d565b6040517fab2d031100000000000000000000000000000000000000000000000000000000815260048101849052602401610cda565b50909695505050505050565b5f5f610db786868686611477565b90505f610dc382611484565b9050610ddf82610c9e83610dd857600461187c565b600561187c565b505f82815260046020526040902080547fff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff16600160f01b17905530610e22610a8d565b6001600160a01b031614610eab575f5b8751811015610ea957306001600160a01b0316888281518110610e5757610e576142bd565b60200260200101516001600160a01b031603610ea157610ea1868281518110610e8257610e826142bd565b60200260200101518051906020012060056118e990919063ffffffff16565b600101610e32565b505b610eb8828888888861190a565b30610ec1610a8d565b6001600160a01b031614158015610ef657506005546fffffffffffffffffffffffffffffffff808216600160801b9092041614155b15610f00575f6005555b6040518281527f712ae1383f79ac853f8d882153778e0260ef8f03b504e2866e0593e04d2b291f9060200160405180910390a15095945050505050565b5f610b6f8261191e565b5f5f610f5586868686611477565b905033610f628282611a89565b610faa576040517f8fe5d8a9000000000000000000000000000000000000000000000000000000008152600481018390526001600160a01b0382166024820152604401610cda565b610fb687878787611ace565b979650505050505050565b60607f00000000000000000000000000000000000000000000000000000000000000006001600160a01b0316634bf5d7e96040518163ffffffff1660e01b81526004015f60405180830381865afa92505050801561104057506040513d5f823e601f3d908101601f1916820160405261103d91908101906142d1565b60015b61104f57610aa06113b0611adb565b919050565b5f818152600960205260409020805460018201546002909201549091905b9193909250565b5f8033905061109884828560405180602001604052805f815250611af1565b949350505050565b5f6110e688888888888080601f0160208091040260200160405190810160405280939291908181526020018383808284375f920191909152508a9250899150611b129050565b61110e576040516394ab6c0760e01b81526001600160a01b0387166004820152602401610cda565b61115188878988888080601f0160208091040260200160405190810160405280939291908181526020018383808284375f920191909152508a9250611bdf915050565b98975050505050505050565b5f80339050610fb687828888888080601f0160208091040260200160405190810160405280939291908181526020018383808284375f920191909152508a9250611bdf915050565b5f610b6f600a83611cd2565b6111b961173c565b610b8681611d1f565b5f8033905061120886828787878080601f0160208091040260200160405190810160405280939291908181526020018383808284375f92019190915250611af192505050565b9695505050505050565b5f3361121e8184611d85565b61125f576040517fd9b395570000000000000000000000000000000000000000000000000000000081526001600160a01b0382166004820152602401610cda565b5f61126861148c565b905080156112ed575f61129683600161127f6113b0565b611289919061435a565b65ffffffffffff166115fa565b9050818110156112eb576040517fc242ee160000000000000000000000000000000000000000000000000000000081526001600160a01b03841660048201526024810182905260448101839052606401610cda565b505b610fb68787878786611e34565b5f6060805f5f5f606061130b6120ac565b6113136120d7565b604080515f808252602082019092527f0f000000000000000000000000000000000000000000000000000000000000009b939a50919850469750309650945092509050565b5f61136585858585612102565b61138d576040516394ab6c0760e01b81526001600160a01b0384166004820152602401610cda565b6113a785848660405180602001604052805f815250611af1565b95945050505050565b5f7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03166391ddadf46040518163ffffffff1660e01b8152600401602060405180830381865afa92505050801561142b575060408051601f3d908101601f1916820190925261142891810190614378565b60015b61104f57610aa061218b565b5f611443848484612195565b90505b9392505050565b5f611458600a612241565b6001600160d01b0316905090565b61146e61173c565b610b8681612285565b5f6113a7858585856115b0565b5f6001610b6f565b5f610aa060075490565b5f306114a0610a8d565b6001600160a01b0316146114c757604051637485328f60e11b815260040160405180910390fd5b507fbc197c810000000000000000000000000000000000000000000000000000000095945050505050565b5f8181526004602052604081205461152690600160d01b810463ffffffff1690600160a01b900465ffffffffffff16614393565b65ffffffffffff1692915050565b61153c61173c565b5f5f856001600160a01b03168585856040516115599291906143b1565b5f6040518083038185875af1925050503d805f8114611593576040519150601f19603f3d011682016040523d82523d5f602084013e611598565b606091505b50915091506115a782826122fb565b50505050505050565b5f848484846040516020016115c89493929190614447565b60408051601f19818403018152919052805160209091012095945050505050565b6115f161173c565b610b8681612351565b5f611446838361161460408051602081019091525f815290565b612195565b61162161173c565b610b8681612406565b5f30611634610a8d565b6001600160a01b03161461165b57604051637485328f60e11b815260040160405180910390fd5b507ff23a6e610000000000000000000000000000000000000000000000000000000095945050505050565b6040517f8e539e8c000000000000000000000000000000000000000000000000000000008152600481018290525f90610b6f906001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001690638e539e8c90602401602060405180830381865afa158015611708573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061172c9190614491565b611735846111a5565b6064612447565b33611745610a8d565b6001600160a01b031614611787576040517f47096e47000000000000000000000000000000000000000000000000000000008152336004820152602401610cda565b30611790610a8d565b6001600160a01b0316146117cc575f80366040516117af9291906143b1565b604051809103902090505b806117c560056124f7565b036117ba57505b565b606480821115611814576040517f243e54450000000000000000000000000000000000000000000000000000000081526004810183905260248101829052604401610cda565b5f61181d61144d565b905061183c61182a6113b0565b61183385612516565b600a919061254d565b505060408051828152602081018590527f0553476bf02ef2726e8ce5ced78d63e26e602e4a2257b1f559418e24b4633997910160405180910390a1505050565b5f81600781111561188f5761188f613c10565b600160ff919091161b92915050565b5f5f6118a984610f3d565b90505f836118b68361187c565b1603611446578381846040516331b75e4d60e01b8152600401610cda939291906144a8565b5f6112088686868686612567565b5f6118f4838361272a565b9050806119055761190560416127a1565b505050565b61191785858585856127b2565b5050505050565b5f5f61192983612842565b9050600581600781111561193f5761193f613c10565b1461194a5792915050565b5f838152600c60205260409081902054600b5491517f584b153e0000000000000000000000000000000000000000000000000000000081526004810182905290916001600160a01b03169063584b153e90602401602060405180830381865afa1580156119b9573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906119dd91906144ca565b156119ec575060059392505050565b600b546040517f2ab0f529000000000000000000000000000000000000000000000000000000008152600481018390526001600160a01b0390911690632ab0f52990602401602060405180830381865afa158015611a4c573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611a7091906144ca565b15611a7f575060079392505050565b5060029392505050565b5f80611a9484610f3d565b6007811115611aa557611aa5613c10565b1480156114465750505f91825260046020526040909120546001600160a01b0391821691161490565b5f6113a78585858561299f565b6060610b6f611aec8363ffffffff16565b612a4f565b5f6113a785858585611b0d60408051602081019091525f815290565b611bdf565b5f610fb685611bd97f3e83946653575f9a39005e1545185629e92736b7528ab20ca3816f315424a8118a8a8a611b648c6001600160a01b03165f90815260026020526040902080546001810190915590565b8b516020808e01919091208c518d830120604051611bbe98979695949301968752602087019590955260ff9390931660408601526001600160a01b03919091166060850152608084015260a083015260c082015260e00190565b60405160208183030381529060405280519060200120612ada565b84612b21565b5f611bee86610c9e600161187c565b505f86815260046020526040812054611c18908790600160a01b900465ffffffffffff1685612195565b90505f611c288888888588612b91565b905083515f03611c7e57866001600160a01b03167fb8e138887d0aa13bab447e82de9d5c1777041ecd21ca36ba824ff1e6c07ddda489888489604051611c7194939291906144e9565b60405180910390a2610fb6565b866001600160a01b03167fe2babfbac5889a709b63bb7f598b324e08bc5a4fb9ec647fb3cbc9ec07eb87128988848989604051611cbf959493929190614510565b60405180910390a2979650505050505050565b5f5f5f611cde85612cbf565b9250925050838265ffffffffffff161115611d0b57611d06611cff85612d17565b8690612d49565b611d0d565b805b6001600160d01b031695945050505050565b6008546040805165ffffffffffff928316815291831660208301527fc565b045403dc03c2eea82b81a0465edad9e2e7fc4d97e11421c209da93d7a93910160405180910390a16008805465ffffffffffff191665ffffffffffff92909216919091179055565b80515f906034811015611d9c576001915050610b6f565b60131981840101517fffffffffffffffffffff0000000000000000000000000000000000000000000081167f2370726f706f7365723d0000000000000000000000000000000000000000000014611df857600192505050610b6f565b5f5f611e0886602a860386612deb565b91509150811580610fb65750866001600160a01b0316816001600160a01b031614979650505050505050565b5f611e488686868680519060200120611477565b905084518651141580611e5d57508351865114155b80611e6757508551155b15611eb5578551845186516040517f447b05d0000000000000000000000000000000000000000000000000000000008152600481019390935260248301919091526044820152606401610cda565b5f81815260046020526040902054600160a01b900465ffffffffffff1615611efe5780611ee182610f3d565b6040516331b75e4d60e01b8152610cda9291905f906004016144a8565b5f611f1060085465ffffffffffff1690565b611f186113b0565b65ffffffffffff16611f2a9190614549565b90505f611f4460085463ffffffff600160301b9091041690565b5f848152600460205260409020805473ffffffffffffffffffffffffffffffffffffffff19166001600160a01b038716178155909150611f8383612d17565b815465ffffffffffff91909116600160a01b027fffffffffffff000000000000ffffffffffffffffffffffffffffffffffffffff909116178155611fc682612eac565b815463ffffffff91909116600160d01b027fffff00000000ffffffffffffffffffffffffffffffffffffffffffffffffffff90911617815588517f7d84a6263ae0d98d3329bd7b46bb4e8d6f98cd35a7adb45c274c8b7fd5ebd5e090859087908c908c9067ffffffffffffffff811115612042576120426138ec565b60405190808252806020026020018201604052801561207557816020015b60608152602001906001900390816120605790505b508c896120828a82614549565b8e6040516120989998979695949392919061455c565b60405180910390a150505095945050505050565b6060610aa07f0000000000000000000000000000000000000000000000000000000000000000612edc565b6060610aa07f0000000000000000000000000000000000000000000000000000000000000000612edc565b5f6113a783611bd97ff2aad550cf55f045cb27e9c559f9889fdfb6e6cdaa032301d6ea397784ae51d78888886121548a6001600160a01b03165f90815260026020526040902080546001810190915590565b60408051602081019690965285019390935260ff90911660608401526001600160a01b0316608083015260a082015260c001611bbe565b5f610aa043612d17565b5f7f00000000000000000000000000000000000000000000000000000000000000006040517f3a46b1a80000000000000000000000000000000000000000000000000000000081526001600160a01b038681166004830152602482018690529190911690633a46b1a890604401602060405180830381865afa15801561221d573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906114439190614491565b80545f90801561227d576122678361225a600184614636565b5f91825260209091200190565b54600160301b90046001600160d01b0316611446565b5f9392505050565b600b54604080516001600160a01b03928316815291831660208301527f08f74ea46ef7894f65eabfb5e6e695de773a000b47c529ab559178069b226401910160405180910390a1600b805473ffffffffffffffffffffffffffffffffffffffff19166001600160a01b0392909216919091179055565b6060821561230a575080610b6f565b81511561231f5761231a82612f19565b610b6f565b6040517fd6bda27500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b8063ffffffff165f03612392576040517ff1cfbf050000000000000000000000000000000000000000000000000000000081525f6004820152602401610cda565b6008546040805163ffffffff600160301b9093048316815291831660208301527f7e3f7f0708a84de9203036abaa450dccc85ad5ff52f78c170f3edb55cf5e8828910160405180910390a16008805463ffffffff909216600160301b0269ffffffff00000000000019909216919091179055565b60075460408051918252602082018390527fccb45da8d5717e6c4544694297c4ba5cf151d455c9bb0ed4fc7a38411bc05461910160405180910390a1600755565b5f5f5f6124548686612f21565b91509150815f036124785783818161246e5761246e614649565b0492505050611446565b81841161248f5761248f60038515026011186127a1565b5f848688095f868103871696879004966002600389028118808a02820302808a02820302808a02820302808a02820302808a02820302808a02909103029181900381900460010185841190960395909502919093039390930492909217029150509392505050565b5f5f5f61250384612f3d565b91509150816114465761144660316127a1565b5f6001600160d01b03821115612549576040516306dfcc6560e41b815260d0600482015260248101839052604401610cda565b5090565b5f8061255a858585612fd2565b915091505b935093915050565b5f5f600b5f9054906101000a90046001600160a01b03166001600160a01b031663f27a0c926040518163ffffffff1660e01b8152600401602060405180830381865afa1580156125b9573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906125dd9190614491565b90505f3060601b6bffffffffffffffffffffffff19168418600b546040517fb1c5f4270000000000000000000000000000000000000000000000000000000081529192506001600160a01b03169063b1c5f42790612647908a908a908a905f90889060040161465d565b602060405180830381865afa158015612662573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906126869190614491565b5f898152600c602052604080822092909255600b5491517f8f2a0bb00000000000000000000000000000000000000000000000000000000081526001600160a01b0390921691638f2a0bb0916126e9918b918b918b919088908a906004016146aa565b5f604051808303815f87803b158015612700575f5ffd5b505af1158015612712573d5f5f3e3d5ffd5b5050505061115182426127259190614549565b612d17565b81545f906fffffffffffffffffffffffffffffffff600160801b820481169181166001830190911603612760575f915050610b6f565b6fffffffffffffffffffffffffffffffff8181165f908152600186810160205260409091209490945584549184018116600160801b02911617909255919050565b634e487b715f52806020526024601cfd5b600b546001600160a01b031663e38335e5348686865f3060601b6bffffffffffffffffffffffff191688186040518763ffffffff1660e01b81526004016127fd95949392919061465d565b5f604051808303818588803b158015612814575f5ffd5b505af1158015612826573d5f5f3e3d5ffd5b5050505f9687525050600c602052505060408320929092555050565b5f818152600460205260408120805460ff600160f01b8204811691600160f81b900416811561287657506007949350505050565b801561288757506002949350505050565b5f85815260046020526040812054600160a01b900465ffffffffffff169050805f036128e2576040517f6ad0607500000000000000000000000000000000000000000000000000000000815260048101879052602401610cda565b5f6128eb6113b0565b65ffffffffffff16905080821061290857505f9695505050505050565b5f612912886114f2565b905081811061292957506001979650505050505050565b6129328861313b565b158061295157505f888152600960205260409020805460019091015411155b1561296457506003979650505050505050565b5f8881526004602052604090206001015465ffffffffffff165f0361299157506004979650505050505050565b506005979650505050505050565b5f5f6129ad8686868661318b565b5f818152600c60205260409020549091508015612a4557600b546040517fc4d252f5000000000000000000000000000000000000000000000000000000008152600481018390526001600160a01b039091169063c4d252f5906024015f604051808303815f87803b158015612a20575f5ffd5b505af1158015612a32573d5f5f3e3d5ffd5b5050505f838152600c6020526040812055505b5095945050505050565b6060612a5961218b565b65ffffffffffff168265ffffffffffff1614612aa1576040517f6ff0714000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b505060408051808201909152601d81527f6d6f64653d626c6f636b6e756d6265722666726f6d3d64656661756c74000000602082015290565b5f610b6f612ae6613263565b836040517f19010000000000000000000000000000000000000000000000000000000000008152600281019290925260228201526042902090565b5f836001600160a01b03163b5f03612b7f575f5f612b3f858561338c565b5090925090505f816003811115612b5857612b58613c10565b148015612b765750856001600160a01b0316826001600160a01b0316145b92505050611446565b612b8a8484846133d5565b9050611446565b5f8581526009602090815260408083206001600160a01b03881684526003810190925282205460ff1615612bfc576040517f71c6af490000000000000000000000000000000000000000000000000000000081526001600160a01b0387166004820152602401610cda565b6001600160a01b0386165f9081526003820160205260409020805460ff1916600117905560ff8516612c455783815f015f828254612c3a9190614549565b90915550612cb49050565b5f1960ff861601612c635783816001015f828254612c3a9190614549565b60011960ff861601612c825783816002015f828254612c3a9190614549565b6040517f06b337c200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b509195945050505050565b80545f9081908190808203612cdd575f5f5f93509350935050611072565b5f612ced8661225a600185614636565b546001955065ffffffffffff81169450600160301b90046001600160d01b03169250611072915050565b5f65ffffffffffff821115612549576040516306dfcc6560e41b81526030600482015260248101839052604401610cda565b81545f9081816005811115612da5575f612d6284613453565b612d6c9085614636565b5f8881526020902090915081015465ffffffffffff9081169087161015612d9557809150612da3565b612da0816001614549565b92505b505b5f612db2878785856135ab565b90508015612ddf57612dc98761225a600184614636565b54600160301b90046001600160d01b0316610fb6565b505f9695505050505050565b5f5f8451831180612dfb57508284115b15612e0a57505f90508061255f565b5f612e16856001614549565b84118015612e56575061060f60f31b612e328787016020015190565b7fffff00000000000000000000000000000000000000000000000000000000000016145b90505f612e668215156002614701565b612e71906028614549565b905080612e7e8787614636565b03612e9f575f5f612e90898989613601565b909650945061255f9350505050565b5f5f93509350505061255f565b5f63ffffffff821115612549576040516306dfcc6560e41b81526020600482015260248101839052604401610cda565b60605f612ee8836136da565b6040805160208082528183019092529192505f91906020820181803683375050509182525060208101929092525090565b805160208201fd5b5f805f1983850993909202808410938190039390930393915050565b80545f9081906fffffffffffffffffffffffffffffffff80821691600160801b9004168103612f7157505f93849350915050565b6fffffffffffffffffffffffffffffffff8181165f908152600186810160205260408220805492905586547fffffffffffffffffffffffffffffffff0000000000000000000000000000000016938101909216929092179094559293915050565b82545f90819080156130e1575f612fee8761225a600185614636565b805490915065ffffffffffff80821691600160301b90046001600160d01b031690881682111561304a576040517f2520601d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b8765ffffffffffff168265ffffffffffff160361308357825465ffffffffffff16600160301b6001600160d01b038916021783556130d3565b6040805180820190915265ffffffffffff808a1682526001600160d01b03808a1660208085019182528d54600181018f555f8f81529190912094519151909216600160301b029216919091179101555b945085935061255f92505050565b50506040805180820190915265ffffffffffff80851682526001600160d01b0380851660208085019182528854600181018a555f8a815291822095519251909316600160301b02919093161792019190915590508161255f565b5f8181526009602052604081206002810154600182015461315c9190614549565b5f8481526004602052604090205461318290600160a01b900465ffffffffffff16611686565b11159392505050565b5f5f61319986868686611477565b90506131e7816131a9600761187c565b6131b3600661187c565b6131bd600261187c565b60016131ca600782614718565b6131d590600261480c565b6131df9190614636565b18181861189e565b505f818152600460205260409081902080547effffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff16600160f81b179055517f789cf55be980739dad1d0699b93b58e806b51c9d96619bfa8fe0a28abaa7b30c906132529083815260200190565b60405180910390a195945050505050565b5f306001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000161480156132bb57507f000000000000000000000000000000000000000000000000000000000000000046145b156132e557507f000000000000000000000000000000000000000000000000000000000000000090565b610aa0604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f0000000000000000000000000000000000000000000000000000000000000000918101919091527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b5f5f5f83516041036133c3576020840151604085015160608601515f1a6133b58882858561371a565b9550955095505050506133ce565b505081515f91506002905b9250925092565b8051604080517f1626ba7e000000000000000000000000000000000000000000000000000000008082526004820186905260248201929092525f92906020820185604483015e5f82606483010152601f820160051c60051b915060205f60648401838a5afa9050825f5114601f3d1116811693505050509392505050565b5f60018211613460575090565b816001600160801b82106134795760809190911c9060401b5b6801000000000000000082106134945760409190911c9060201b5b64010000000082106134ab5760209190911c9060101b5b6201000082106134c05760109190911c9060081b5b61010082106134d45760089190911c9060041b5b601082106134e75760049190911c9060021b5b600482106134f35760011b5b600302600190811c9081858161350b5761350b614649565b048201901c9050600181858161352357613523614649565b048201901c9050600181858161353b5761353b614649565b048201901c9050600181858161355357613553614649565b048201901c9050600181858161356b5761356b614649565b048201901c9050600181858161358357613583614649565b048201901c90506135a281858161359c5761359c614649565b04821190565b90039392505050565b5f5b818310156135f9575f85815260209020838316600285851804019081015465ffffffffffff868116911611156135e5578092506135f3565b6135f0816001614549565b93505b506135ad565b509392505050565b5f808481613610866001614549565b85118015613650575061060f60f31b61362c8388016020015190565b7fffff00000000000000000000000000000000000000000000000000000000000016145b90505f6136608215156002614701565b90505f8061366e838a614549565b90505b878110156136c9575f61368f61368a8784016020015190565b6137e2565b9050600f8160ff1611156136ae575f5f9750975050505050505061255f565b6136b9601084614701565b60ff909116019150600101613671565b506001999098509650505050505050565b5f60ff8216601f811115610b6f576040517fb3512b0c00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084111561375357505f915060039050826137d8565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa1580156137a4573d5f5f3e3d5ffd5b5050604051601f1901519150506001600160a01b0381166137cf57505f9250600191508290506137d8565b92505f91508190505b9450945094915050565b5f60f882901c602f811180156137fb5750603a8160ff16105b1561380957602f1901610b6f565b60608160ff1611801561381f575060678160ff16105b1561382d5760561901610b6f565b60408160ff16118015613843575060478160ff16105b156138515760361901610b6f565b5060ff92915050565b5f6020828403121561386a575f5ffd5b81356001600160e01b031981168114611446575f5ffd5b5f60208284031215613891575f5ffd5b5035919050565b5f81518084528060208401602086015e5f602082860101526020601f19601f83011685010191505092915050565b602081525f6114466020830184613898565b6001600160a01b0381168114610b86575f5ffd5b634e487b7160e01b5f52604160045260245ffd5b604051601f8201601f1916810167ffffffffffffffff81118282101715613929576139296138ec565b604052919050565b5f67ffffffffffffffff82111561394a5761394a6138ec565b50601f01601f191660200190565b5f61396a61396584613931565b613900565b905082815283838301111561397d575f5ffd5b828260208301375f602084830101529392505050565b5f82601f8301126139a2575f5ffd5b61144683833560208501613958565b5f5f5f5f608085870312156139c4575f5ffd5b84356139cf816138d8565b935060208501356139df816138d8565b925060408501359150606085013567ffffffffffffffff811115613a01575f5ffd5b613a0d87828801613993565b91505092959194509250565b5f67ffffffffffffffff821115613a3257613a326138ec565b5060051b60200190565b5f82601f830112613a4b575f5ffd5b8135613a5961396582613a19565b8082825260208201915060208360051b860101925085831115613a7a575f5ffd5b602085015b83811015612a45578035613a92816138d8565b835260209283019201613a7f565b5f82601f830112613aaf575f5ffd5b8135613abd61396582613a19565b8082825260208201915060208360051b860101925085831115613ade575f5ffd5b602085015b83811015612a45578035835260209283019201613ae3565b5f82601f830112613b0a575f5ffd5b8135613b1861396582613a19565b8082825260208201915060208360051b860101925085831115613b39575f5ffd5b602085015b83811015612a4557803567ffffffffffffffff811115613b5c575f5ffd5b613b6b886020838a0101613993565b84525060209283019201613b3e565b5f5f5f5f60808587031215613b8d575f5ffd5b843567ffffffffffffffff811115613ba3575f5ffd5b613baf87828801613a3c565b945050602085013567ffffffffffffffff811115613bcb575f5ffd5b613bd787828801613aa0565b935050604085013567ffffffffffffffff811115613bf3575f5ffd5b613bff87828801613afb565b949793965093946060013593505050565b634e487b7160e01b5f52602160045260245ffd5b60088110613c4057634e487b7160e01b5f52602160045260245ffd5b9052565b60208101610b6f8284613c24565b5f5f60408385031215613c63575f5ffd5b823591506020830135613c75816138d8565b809150509250929050565b803560ff8116811461104f575f5ffd5b5f5f60408385031215613ca1575f5ffd5b82359150613cb160208401613c80565b90509250929050565b5f5f83601f840112613cca575f5ffd5b50813567ffffffffffffffff811115613ce1575f5ffd5b602083019150836020828501011115613cf8575f5ffd5b9250929050565b5f5f5f5f5f5f5f60c0888a031215613d15575f5ffd5b87359650613d2560208901613c80565b95506040880135613d35816138d8565b9450606088013567ffffffffffffffff811115613d50575f5ffd5b613d5c8a828b01613cba565b909550935050608088013567ffffffffffffffff811115613d7b575f5ffd5b613d878a828b01613993565b92505060a088013567ffffffffffffffff811115613da3575f5ffd5b613daf8a828b01613993565b91505092959891949750929550565b5f5f5f5f5f60808688031215613dd2575f5ffd5b85359450613de260208701613c80565b9350604086013567ffffffffffffffff811115613dfd575f5ffd5b613e0988828901613cba565b909450925050606086013567ffffffffffffffff811115613e28575f5ffd5b613e3488828901613993565b9150509295509295909350565b65ffffffffffff81168114610b86575f5ffd5b5f60208284031215613e64575f5ffd5b813561144681613e41565b5f5f5f5f60608587031215613e82575f5ffd5b84359350613e9260208601613c80565b9250604085013567ffffffffffffffff811115613ead575f5ffd5b613eb987828801613cba565b95989497509550505050565b5f5f5f5f60808587031215613ed8575f5ffd5b843567ffffffffffffffff811115613eee575f5ffd5b613efa87828801613a3c565b945050602085013567ffffffffffffffff811115613f16575f5ffd5b613f2287828801613aa0565b935050604085013567ffffffffffffffff811115613f3e575f5ffd5b613f4a87828801613afb565b925050606085013567ffffffffffffffff811115613f66575f5ffd5b8501601f81018713613f76575f5ffd5b613a0d87823560208401613958565b5f60208284031215613f95575f5ffd5b8135611446816138d8565b5f8151808452602084019350602083015f5b82811015613fd0578151865260209586019590910190600101613fb2565b5093949350505050565b7fff000000000000000000000000000000000000000000000000000000000000008816815260e060208201525f61401460e0830189613898565b82810360408401526140268189613898565b90508660608401526001600160a01b03861660808401528460a084015282810360c08401526140558185613fa0565b9a9950505050505050505050565b5f5f5f5f60808587031215614076575f5ffd5b8435935061408660208601613c80565b92506040850135614096816138d8565b9150606085013567ffffffffffffffff811115613a01575f5ffd5b5f5f5f606084860312156140c3575f5ffd5b83356140ce816138d8565b925060208401359150604084013567ffffffffffffffff8111156140f0575f5ffd5b6140fc86828701613993565b9150509250925092565b5f5f5f5f5f60a0868803121561411a575f5ffd5b8535614125816138d8565b94506020860135614135816138d8565b9350604086013567ffffffffffffffff811115614150575f5ffd5b61415c88828901613aa0565b935050606086013567ffffffffffffffff811115614178575f5ffd5b61418488828901613aa0565b925050608086013567ffffffffffffffff811115613e28575f5ffd5b5f5f5f5f606085870312156141b3575f5ffd5b84356141be816138d8565b935060208501359250604085013567ffffffffffffffff811115613ead575f5ffd5b5f602082840312156141f0575f5ffd5b813563ffffffff81168114611446575f5ffd5b5f5f60408385031215614214575f5ffd5b823561421f816138d8565b946020939093013593505050565b5f5f5f5f5f60a08688031215614241575f5ffd5b853561424c816138d8565b9450602086013561425c816138d8565b93506040860135925060608601359150608086013567ffffffffffffffff811115613e28575f5ffd5b600181811c9082168061429957607f821691505b6020821081036142b757634e487b7160e01b5f52602260045260245ffd5b50919050565b634e487b7160e01b5f52603260045260245ffd5b5f602082840312156142e1575f5ffd5b815167ffffffffffffffff8111156142f7575f5ffd5b8201601f81018413614307575f5ffd5b805161431561396582613931565b818152856020838501011115614329575f5ffd5b8160208401602083015e5f91810160200191909152949350505050565b634e487b7160e01b5f52601160045260245ffd5b65ffffffffffff8281168282160390811115610b6f57610b6f614346565b5f60208284031215614388575f5ffd5b815161144681613e41565b65ffffffffffff8181168382160190811115610b6f57610b6f614346565b818382375f9101908152919050565b5f8151808452602084019350602083015f5b82811015613fd05781516001600160a01b03168652602095860195909101906001016143d2565b5f82825180855260208501945060208160051b830101602085015f5b83811015610d9d57601f19858403018852614431838351613898565b6020988901989093509190910190600101614415565b608081525f61445960808301876143c0565b828103602084015261446b8187613fa0565b9050828103604084015261447f81866143f9565b91505082606083015295945050505050565b5f602082840312156144a1575f5ffd5b5051919050565b838152606081016144bc6020830185613c24565b826040830152949350505050565b5f602082840312156144da575f5ffd5b81518015158114611446575f5ffd5b84815260ff84166020820152826040820152608060608201525f6112086080830184613898565b85815260ff8516602082015283604082015260a060608201525f61453760a0830185613898565b82810360808401526111518185613898565b80820180821115610b6f57610b6f614346565b8981526001600160a01b038916602082015261012060408201525f61458561012083018a6143c0565b8281036060840152614597818a613fa0565b9050828103608084015280885180835260208301915060208160051b84010160208b015f5b838110156145ee57601f198684030185526145d8838351613898565b60209586019590935091909101906001016145bc565b505085810360a0870152614602818b6143f9565b93505050508560c08401528460e08401528281036101008401526146268185613898565b9c9b505050505050505050505050565b81810381811115610b6f57610b6f614346565b634e487b7160e01b5f52601260045260245ffd5b60a081525f61466f60a08301886143c0565b82810360208401526146818188613fa0565b9050828103604084015261469581876143f9565b60608401959095525050608001529392505050565b60c081525f6146bc60c08301896143c0565b82810360208401526146ce8189613fa0565b905082810360408401526146e281886143f9565b60608401969096525050608081019290925260a0909101529392505050565b8082028115828204841417610b6f57610b6f614346565b60ff8181168382160190811115610b6f57610b6f614346565b6001815b600184111561255f5780850481111561475057614750614346565b600184161561475e57908102905b60019390931c928002614735565b5f8261477a57506001610b6f565b8161478657505f610b6f565b816001811461479c57600281146147a6576147c2565b6001915050610b6f565b60ff8411156147b7576147b7614346565b50506001821b610b6f565b5060208310610133831016604e8410600b84101617156147e5575081810a610b6f565b6147f15f198484614731565b805f190482111561480457614804614346565b029392505050565b5f61144660ff84168361476c56",
}

// OpenGovernor is an auto generated Go binding around an Ethereum contract.
type OpenGovernor struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *OpenGovernor) GetABI() abi.ABI {
	return c.abi
}

// NewOpenGovernor creates a new instance of OpenGovernor.
func NewOpenGovernor() *OpenGovernor {
	parsed, err := OpenGovernorMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &OpenGovernor{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *OpenGovernor) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address token, address timelock, uint48 delay, uint32 period, uint256 threshold, uint256 quorumPercent) returns()
func (openGovernor *OpenGovernor) PackConstructor(token common.Address, timelock common.Address, delay *big.Int, period uint32, threshold *big.Int, quorumPercent *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("", token, timelock, delay, period, threshold, quorumPercent)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackBALLOTTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdeaaa7cc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function BALLOT_TYPEHASH() view returns(bytes32)
func (openGovernor *OpenGovernor) PackBALLOTTYPEHASH() []byte {
	enc, err := openGovernor.abi.Pack("BALLOT_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBALLOTTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdeaaa7cc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function BALLOT_TYPEHASH() view returns(bytes32)
func (openGovernor *OpenGovernor) TryPackBALLOTTYPEHASH() ([]byte, error) {
	return openGovernor.abi.Pack("BALLOT_TYPEHASH")
}

// UnpackBALLOTTYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdeaaa7cc.
//
// Solidity: function BALLOT_TYPEHASH() view returns(bytes32)
func (openGovernor *OpenGovernor) UnpackBALLOTTYPEHASH(data []byte) ([32]byte, error) {
	out, err := openGovernor.abi.Unpack("BALLOT_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackCLOCKMODE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4bf5d7e9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function CLOCK_MODE() view returns(string)
func (openGovernor *OpenGovernor) PackCLOCKMODE() []byte {
	enc, err := openGovernor.abi.Pack("CLOCK_MODE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCLOCKMODE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4bf5d7e9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function CLOCK_MODE() view returns(string)
func (openGovernor *OpenGovernor) TryPackCLOCKMODE() ([]byte, error) {
	return openGovernor.abi.Pack("CLOCK_MODE")
}

// UnpackCLOCKMODE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4bf5d7e9.
//
// Solidity: function CLOCK_MODE() view returns(string)
func (openGovernor *OpenGovernor) UnpackCLOCKMODE(data []byte) (string, error) {
	out, err := openGovernor.abi.Unpack("CLOCK_MODE", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackCOUNTINGMODE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdd4e2ba5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function COUNTING_MODE() pure returns(string)
func (openGovernor *OpenGovernor) PackCOUNTINGMODE() []byte {
	enc, err := openGovernor.abi.Pack("COUNTING_MODE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCOUNTINGMODE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdd4e2ba5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function COUNTING_MODE() pure returns(string)
func (openGovernor *OpenGovernor) TryPackCOUNTINGMODE() ([]byte, error) {
	return openGovernor.abi.Pack("COUNTING_MODE")
}

// UnpackCOUNTINGMODE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdd4e2ba5.
//
// Solidity: function COUNTING_MODE() pure returns(string)
func (openGovernor *OpenGovernor) UnpackCOUNTINGMODE(data []byte) (string, error) {
	out, err := openGovernor.abi.Unpack("COUNTING_MODE", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackEXTENDEDBALLOTTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2fe3e261.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function EXTENDED_BALLOT_TYPEHASH() view returns(bytes32)
func (openGovernor *OpenGovernor) PackEXTENDEDBALLOTTYPEHASH() []byte {
	enc, err := openGovernor.abi.Pack("EXTENDED_BALLOT_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEXTENDEDBALLOTTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2fe3e261.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function EXTENDED_BALLOT_TYPEHASH() view returns(bytes32)
func (openGovernor *OpenGovernor) TryPackEXTENDEDBALLOTTYPEHASH() ([]byte, error) {
	return openGovernor.abi.Pack("EXTENDED_BALLOT_TYPEHASH")
}

// UnpackEXTENDEDBALLOTTYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2fe3e261.
//
// Solidity: function EXTENDED_BALLOT_TYPEHASH() view returns(bytes32)
func (openGovernor *OpenGovernor) UnpackEXTENDEDBALLOTTYPEHASH(data []byte) ([32]byte, error) {
	out, err := openGovernor.abi.Unpack("EXTENDED_BALLOT_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackCancel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x452115d6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function cancel(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns(uint256)
func (openGovernor *OpenGovernor) PackCancel(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) []byte {
	enc, err := openGovernor.abi.Pack("cancel", targets, values, calldatas, descriptionHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCancel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x452115d6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function cancel(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns(uint256)
func (openGovernor *OpenGovernor) TryPackCancel(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) ([]byte, error) {
	return openGovernor.abi.Pack("cancel", targets, values, calldatas, descriptionHash)
}

// UnpackCancel is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x452115d6.
//
// Solidity: function cancel(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns(uint256)
func (openGovernor *OpenGovernor) UnpackCancel(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("cancel", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCastVote is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56781388.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function castVote(uint256 proposalId, uint8 support) returns(uint256)
func (openGovernor *OpenGovernor) PackCastVote(proposalId *big.Int, support uint8) []byte {
	enc, err := openGovernor.abi.Pack("castVote", proposalId, support)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCastVote is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56781388.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function castVote(uint256 proposalId, uint8 support) returns(uint256)
func (openGovernor *OpenGovernor) TryPackCastVote(proposalId *big.Int, support uint8) ([]byte, error) {
	return openGovernor.abi.Pack("castVote", proposalId, support)
}

// UnpackCastVote is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x56781388.
//
// Solidity: function castVote(uint256 proposalId, uint8 support) returns(uint256)
func (openGovernor *OpenGovernor) UnpackCastVote(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("castVote", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCastVoteBySig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8ff262e3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function castVoteBySig(uint256 proposalId, uint8 support, address voter, bytes signature) returns(uint256)
func (openGovernor *OpenGovernor) PackCastVoteBySig(proposalId *big.Int, support uint8, voter common.Address, signature []byte) []byte {
	enc, err := openGovernor.abi.Pack("castVoteBySig", proposalId, support, voter, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCastVoteBySig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8ff262e3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function castVoteBySig(uint256 proposalId, uint8 support, address voter, bytes signature) returns(uint256)
func (openGovernor *OpenGovernor) TryPackCastVoteBySig(proposalId *big.Int, support uint8, voter common.Address, signature []byte) ([]byte, error) {
	return openGovernor.abi.Pack("castVoteBySig", proposalId, support, voter, signature)
}

// UnpackCastVoteBySig is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8ff262e3.
//
// Solidity: function castVoteBySig(uint256 proposalId, uint8 support, address voter, bytes signature) returns(uint256)
func (openGovernor *OpenGovernor) UnpackCastVoteBySig(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("castVoteBySig", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCastVoteWithReason is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b3c71d3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function castVoteWithReason(uint256 proposalId, uint8 support, string reason) returns(uint256)
func (openGovernor *OpenGovernor) PackCastVoteWithReason(proposalId *big.Int, support uint8, reason string) []byte {
	enc, err := openGovernor.abi.Pack("castVoteWithReason", proposalId, support, reason)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCastVoteWithReason is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b3c71d3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function castVoteWithReason(uint256 proposalId, uint8 support, string reason) returns(uint256)
func (openGovernor *OpenGovernor) TryPackCastVoteWithReason(proposalId *big.Int, support uint8, reason string) ([]byte, error) {
	return openGovernor.abi.Pack("castVoteWithReason", proposalId, support, reason)
}

// UnpackCastVoteWithReason is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7b3c71d3.
//
// Solidity: function castVoteWithReason(uint256 proposalId, uint8 support, string reason) returns(uint256)
func (openGovernor *OpenGovernor) UnpackCastVoteWithReason(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("castVoteWithReason", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCastVoteWithReasonAndParams is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5f398a14.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function castVoteWithReasonAndParams(uint256 proposalId, uint8 support, string reason, bytes params) returns(uint256)
func (openGovernor *OpenGovernor) PackCastVoteWithReasonAndParams(proposalId *big.Int, support uint8, reason string, params []byte) []byte {
	enc, err := openGovernor.abi.Pack("castVoteWithReasonAndParams", proposalId, support, reason, params)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCastVoteWithReasonAndParams is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5f398a14.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function castVoteWithReasonAndParams(uint256 proposalId, uint8 support, string reason, bytes params) returns(uint256)
func (openGovernor *OpenGovernor) TryPackCastVoteWithReasonAndParams(proposalId *big.Int, support uint8, reason string, params []byte) ([]byte, error) {
	return openGovernor.abi.Pack("castVoteWithReasonAndParams", proposalId, support, reason, params)
}

// UnpackCastVoteWithReasonAndParams is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5f398a14.
//
// Solidity: function castVoteWithReasonAndParams(uint256 proposalId, uint8 support, string reason, bytes params) returns(uint256)
func (openGovernor *OpenGovernor) UnpackCastVoteWithReasonAndParams(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("castVoteWithReasonAndParams", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCastVoteWithReasonAndParamsBySig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5b8d0e0d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function castVoteWithReasonAndParamsBySig(uint256 proposalId, uint8 support, address voter, string reason, bytes params, bytes signature) returns(uint256)
func (openGovernor *OpenGovernor) PackCastVoteWithReasonAndParamsBySig(proposalId *big.Int, support uint8, voter common.Address, reason string, params []byte, signature []byte) []byte {
	enc, err := openGovernor.abi.Pack("castVoteWithReasonAndParamsBySig", proposalId, support, voter, reason, params, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCastVoteWithReasonAndParamsBySig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5b8d0e0d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function castVoteWithReasonAndParamsBySig(uint256 proposalId, uint8 support, address voter, string reason, bytes params, bytes signature) returns(uint256)
func (openGovernor *OpenGovernor) TryPackCastVoteWithReasonAndParamsBySig(proposalId *big.Int, support uint8, voter common.Address, reason string, params []byte, signature []byte) ([]byte, error) {
	return openGovernor.abi.Pack("castVoteWithReasonAndParamsBySig", proposalId, support, voter, reason, params, signature)
}

// UnpackCastVoteWithReasonAndParamsBySig is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5b8d0e0d.
//
// Solidity: function castVoteWithReasonAndParamsBySig(uint256 proposalId, uint8 support, address voter, string reason, bytes params, bytes signature) returns(uint256)
func (openGovernor *OpenGovernor) UnpackCastVoteWithReasonAndParamsBySig(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("castVoteWithReasonAndParamsBySig", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackClock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x91ddadf4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function clock() view returns(uint48)
func (openGovernor *OpenGovernor) PackClock() []byte {
	enc, err := openGovernor.abi.Pack("clock")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x91ddadf4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function clock() view returns(uint48)
func (openGovernor *OpenGovernor) TryPackClock() ([]byte, error) {
	return openGovernor.abi.Pack("clock")
}

// UnpackClock is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x91ddadf4.
//
// Solidity: function clock() view returns(uint48)
func (openGovernor *OpenGovernor) UnpackClock(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("clock", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackEip712Domain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (openGovernor *OpenGovernor) PackEip712Domain() []byte {
	enc, err := openGovernor.abi.Pack("eip712Domain")
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
func (openGovernor *OpenGovernor) TryPackEip712Domain() ([]byte, error) {
	return openGovernor.abi.Pack("eip712Domain")
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
func (openGovernor *OpenGovernor) UnpackEip712Domain(data []byte) (Eip712DomainOutput, error) {
	out, err := openGovernor.abi.Unpack("eip712Domain", data)
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

// PackExecute is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2656227d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) payable returns(uint256)
func (openGovernor *OpenGovernor) PackExecute(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) []byte {
	enc, err := openGovernor.abi.Pack("execute", targets, values, calldatas, descriptionHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackExecute is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2656227d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) payable returns(uint256)
func (openGovernor *OpenGovernor) TryPackExecute(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) ([]byte, error) {
	return openGovernor.abi.Pack("execute", targets, values, calldatas, descriptionHash)
}

// UnpackExecute is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2656227d.
//
// Solidity: function execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) payable returns(uint256)
func (openGovernor *OpenGovernor) UnpackExecute(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("execute", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackGetProposalId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa8f8a668.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getProposalId(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) view returns(uint256)
func (openGovernor *OpenGovernor) PackGetProposalId(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) []byte {
	enc, err := openGovernor.abi.Pack("getProposalId", targets, values, calldatas, descriptionHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetProposalId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa8f8a668.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getProposalId(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) view returns(uint256)
func (openGovernor *OpenGovernor) TryPackGetProposalId(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) ([]byte, error) {
	return openGovernor.abi.Pack("getProposalId", targets, values, calldatas, descriptionHash)
}

// UnpackGetProposalId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa8f8a668.
//
// Solidity: function getProposalId(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) view returns(uint256)
func (openGovernor *OpenGovernor) UnpackGetProposalId(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("getProposalId", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackGetVotes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xeb9019d4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getVotes(address account, uint256 timepoint) view returns(uint256)
func (openGovernor *OpenGovernor) PackGetVotes(account common.Address, timepoint *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("getVotes", account, timepoint)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetVotes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xeb9019d4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getVotes(address account, uint256 timepoint) view returns(uint256)
func (openGovernor *OpenGovernor) TryPackGetVotes(account common.Address, timepoint *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("getVotes", account, timepoint)
}

// UnpackGetVotes is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xeb9019d4.
//
// Solidity: function getVotes(address account, uint256 timepoint) view returns(uint256)
func (openGovernor *OpenGovernor) UnpackGetVotes(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("getVotes", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackGetVotesWithParams is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9a802a6d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getVotesWithParams(address account, uint256 timepoint, bytes params) view returns(uint256)
func (openGovernor *OpenGovernor) PackGetVotesWithParams(account common.Address, timepoint *big.Int, params []byte) []byte {
	enc, err := openGovernor.abi.Pack("getVotesWithParams", account, timepoint, params)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetVotesWithParams is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9a802a6d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getVotesWithParams(address account, uint256 timepoint, bytes params) view returns(uint256)
func (openGovernor *OpenGovernor) TryPackGetVotesWithParams(account common.Address, timepoint *big.Int, params []byte) ([]byte, error) {
	return openGovernor.abi.Pack("getVotesWithParams", account, timepoint, params)
}

// UnpackGetVotesWithParams is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x9a802a6d.
//
// Solidity: function getVotesWithParams(address account, uint256 timepoint, bytes params) view returns(uint256)
func (openGovernor *OpenGovernor) UnpackGetVotesWithParams(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("getVotesWithParams", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackHasVoted is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x43859632.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function hasVoted(uint256 proposalId, address account) view returns(bool)
func (openGovernor *OpenGovernor) PackHasVoted(proposalId *big.Int, account common.Address) []byte {
	enc, err := openGovernor.abi.Pack("hasVoted", proposalId, account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHasVoted is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x43859632.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function hasVoted(uint256 proposalId, address account) view returns(bool)
func (openGovernor *OpenGovernor) TryPackHasVoted(proposalId *big.Int, account common.Address) ([]byte, error) {
	return openGovernor.abi.Pack("hasVoted", proposalId, account)
}

// UnpackHasVoted is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x43859632.
//
// Solidity: function hasVoted(uint256 proposalId, address account) view returns(bool)
func (openGovernor *OpenGovernor) UnpackHasVoted(data []byte) (bool, error) {
	out, err := openGovernor.abi.Unpack("hasVoted", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackHashProposal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc59057e4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function hashProposal(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) pure returns(uint256)
func (openGovernor *OpenGovernor) PackHashProposal(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) []byte {
	enc, err := openGovernor.abi.Pack("hashProposal", targets, values, calldatas, descriptionHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHashProposal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc59057e4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function hashProposal(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) pure returns(uint256)
func (openGovernor *OpenGovernor) TryPackHashProposal(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) ([]byte, error) {
	return openGovernor.abi.Pack("hashProposal", targets, values, calldatas, descriptionHash)
}

// UnpackHashProposal is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc59057e4.
//
// Solidity: function hashProposal(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) pure returns(uint256)
func (openGovernor *OpenGovernor) UnpackHashProposal(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("hashProposal", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackName is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06fdde03.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function name() view returns(string)
func (openGovernor *OpenGovernor) PackName() []byte {
	enc, err := openGovernor.abi.Pack("name")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackName is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06fdde03.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function name() view returns(string)
func (openGovernor *OpenGovernor) TryPackName() ([]byte, error) {
	return openGovernor.abi.Pack("name")
}

// UnpackName is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x06fdde03.
//
// Solidity: function name() view returns(string)
func (openGovernor *OpenGovernor) UnpackName(data []byte) (string, error) {
	out, err := openGovernor.abi.Unpack("name", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackNonces is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7ecebe00.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function nonces(address owner) view returns(uint256)
func (openGovernor *OpenGovernor) PackNonces(owner common.Address) []byte {
	enc, err := openGovernor.abi.Pack("nonces", owner)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNonces is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7ecebe00.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function nonces(address owner) view returns(uint256)
func (openGovernor *OpenGovernor) TryPackNonces(owner common.Address) ([]byte, error) {
	return openGovernor.abi.Pack("nonces", owner)
}

// UnpackNonces is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7ecebe00.
//
// Solidity: function nonces(address owner) view returns(uint256)
func (openGovernor *OpenGovernor) UnpackNonces(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("nonces", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackOnERC1155BatchReceived is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbc197c81.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function onERC1155BatchReceived(address , address , uint256[] , uint256[] , bytes ) returns(bytes4)
func (openGovernor *OpenGovernor) PackOnERC1155BatchReceived(arg0 common.Address, arg1 common.Address, arg2 []*big.Int, arg3 []*big.Int, arg4 []byte) []byte {
	enc, err := openGovernor.abi.Pack("onERC1155BatchReceived", arg0, arg1, arg2, arg3, arg4)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOnERC1155BatchReceived is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbc197c81.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function onERC1155BatchReceived(address , address , uint256[] , uint256[] , bytes ) returns(bytes4)
func (openGovernor *OpenGovernor) TryPackOnERC1155BatchReceived(arg0 common.Address, arg1 common.Address, arg2 []*big.Int, arg3 []*big.Int, arg4 []byte) ([]byte, error) {
	return openGovernor.abi.Pack("onERC1155BatchReceived", arg0, arg1, arg2, arg3, arg4)
}

// UnpackOnERC1155BatchReceived is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xbc197c81.
//
// Solidity: function onERC1155BatchReceived(address , address , uint256[] , uint256[] , bytes ) returns(bytes4)
func (openGovernor *OpenGovernor) UnpackOnERC1155BatchReceived(data []byte) ([4]byte, error) {
	out, err := openGovernor.abi.Unpack("onERC1155BatchReceived", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackOnERC1155Received is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf23a6e61.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function onERC1155Received(address , address , uint256 , uint256 , bytes ) returns(bytes4)
func (openGovernor *OpenGovernor) PackOnERC1155Received(arg0 common.Address, arg1 common.Address, arg2 *big.Int, arg3 *big.Int, arg4 []byte) []byte {
	enc, err := openGovernor.abi.Pack("onERC1155Received", arg0, arg1, arg2, arg3, arg4)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOnERC1155Received is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf23a6e61.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function onERC1155Received(address , address , uint256 , uint256 , bytes ) returns(bytes4)
func (openGovernor *OpenGovernor) TryPackOnERC1155Received(arg0 common.Address, arg1 common.Address, arg2 *big.Int, arg3 *big.Int, arg4 []byte) ([]byte, error) {
	return openGovernor.abi.Pack("onERC1155Received", arg0, arg1, arg2, arg3, arg4)
}

// UnpackOnERC1155Received is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf23a6e61.
//
// Solidity: function onERC1155Received(address , address , uint256 , uint256 , bytes ) returns(bytes4)
func (openGovernor *OpenGovernor) UnpackOnERC1155Received(data []byte) ([4]byte, error) {
	out, err := openGovernor.abi.Unpack("onERC1155Received", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackOnERC721Received is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x150b7a02.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function onERC721Received(address , address , uint256 , bytes ) returns(bytes4)
func (openGovernor *OpenGovernor) PackOnERC721Received(arg0 common.Address, arg1 common.Address, arg2 *big.Int, arg3 []byte) []byte {
	enc, err := openGovernor.abi.Pack("onERC721Received", arg0, arg1, arg2, arg3)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOnERC721Received is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x150b7a02.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function onERC721Received(address , address , uint256 , bytes ) returns(bytes4)
func (openGovernor *OpenGovernor) TryPackOnERC721Received(arg0 common.Address, arg1 common.Address, arg2 *big.Int, arg3 []byte) ([]byte, error) {
	return openGovernor.abi.Pack("onERC721Received", arg0, arg1, arg2, arg3)
}

// UnpackOnERC721Received is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x150b7a02.
//
// Solidity: function onERC721Received(address , address , uint256 , bytes ) returns(bytes4)
func (openGovernor *OpenGovernor) UnpackOnERC721Received(data []byte) ([4]byte, error) {
	out, err := openGovernor.abi.Unpack("onERC721Received", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackProposalDeadline is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc01f9e37.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalDeadline(uint256 proposalId) view returns(uint256)
func (openGovernor *OpenGovernor) PackProposalDeadline(proposalId *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("proposalDeadline", proposalId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalDeadline is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc01f9e37.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalDeadline(uint256 proposalId) view returns(uint256)
func (openGovernor *OpenGovernor) TryPackProposalDeadline(proposalId *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("proposalDeadline", proposalId)
}

// UnpackProposalDeadline is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc01f9e37.
//
// Solidity: function proposalDeadline(uint256 proposalId) view returns(uint256)
func (openGovernor *OpenGovernor) UnpackProposalDeadline(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("proposalDeadline", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackProposalEta is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xab58fb8e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalEta(uint256 proposalId) view returns(uint256)
func (openGovernor *OpenGovernor) PackProposalEta(proposalId *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("proposalEta", proposalId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalEta is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xab58fb8e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalEta(uint256 proposalId) view returns(uint256)
func (openGovernor *OpenGovernor) TryPackProposalEta(proposalId *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("proposalEta", proposalId)
}

// UnpackProposalEta is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xab58fb8e.
//
// Solidity: function proposalEta(uint256 proposalId) view returns(uint256)
func (openGovernor *OpenGovernor) UnpackProposalEta(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("proposalEta", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackProposalNeedsQueuing is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa9a95294.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalNeedsQueuing(uint256 id) view returns(bool)
func (openGovernor *OpenGovernor) PackProposalNeedsQueuing(id *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("proposalNeedsQueuing", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalNeedsQueuing is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa9a95294.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalNeedsQueuing(uint256 id) view returns(bool)
func (openGovernor *OpenGovernor) TryPackProposalNeedsQueuing(id *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("proposalNeedsQueuing", id)
}

// UnpackProposalNeedsQueuing is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa9a95294.
//
// Solidity: function proposalNeedsQueuing(uint256 id) view returns(bool)
func (openGovernor *OpenGovernor) UnpackProposalNeedsQueuing(data []byte) (bool, error) {
	out, err := openGovernor.abi.Unpack("proposalNeedsQueuing", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackProposalProposer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x143489d0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalProposer(uint256 proposalId) view returns(address)
func (openGovernor *OpenGovernor) PackProposalProposer(proposalId *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("proposalProposer", proposalId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalProposer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x143489d0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalProposer(uint256 proposalId) view returns(address)
func (openGovernor *OpenGovernor) TryPackProposalProposer(proposalId *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("proposalProposer", proposalId)
}

// UnpackProposalProposer is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x143489d0.
//
// Solidity: function proposalProposer(uint256 proposalId) view returns(address)
func (openGovernor *OpenGovernor) UnpackProposalProposer(data []byte) (common.Address, error) {
	out, err := openGovernor.abi.Unpack("proposalProposer", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackProposalSnapshot is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2d63f693.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalSnapshot(uint256 proposalId) view returns(uint256)
func (openGovernor *OpenGovernor) PackProposalSnapshot(proposalId *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("proposalSnapshot", proposalId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalSnapshot is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2d63f693.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalSnapshot(uint256 proposalId) view returns(uint256)
func (openGovernor *OpenGovernor) TryPackProposalSnapshot(proposalId *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("proposalSnapshot", proposalId)
}

// UnpackProposalSnapshot is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2d63f693.
//
// Solidity: function proposalSnapshot(uint256 proposalId) view returns(uint256)
func (openGovernor *OpenGovernor) UnpackProposalSnapshot(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("proposalSnapshot", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackProposalThreshold is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb58131b0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalThreshold() view returns(uint256)
func (openGovernor *OpenGovernor) PackProposalThreshold() []byte {
	enc, err := openGovernor.abi.Pack("proposalThreshold")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalThreshold is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb58131b0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalThreshold() view returns(uint256)
func (openGovernor *OpenGovernor) TryPackProposalThreshold() ([]byte, error) {
	return openGovernor.abi.Pack("proposalThreshold")
}

// UnpackProposalThreshold is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb58131b0.
//
// Solidity: function proposalThreshold() view returns(uint256)
func (openGovernor *OpenGovernor) UnpackProposalThreshold(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("proposalThreshold", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackProposalVotes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x544ffc9c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalVotes(uint256 proposalId) view returns(uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
func (openGovernor *OpenGovernor) PackProposalVotes(proposalId *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("proposalVotes", proposalId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalVotes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x544ffc9c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalVotes(uint256 proposalId) view returns(uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
func (openGovernor *OpenGovernor) TryPackProposalVotes(proposalId *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("proposalVotes", proposalId)
}

// ProposalVotesOutput serves as a container for the return parameters of contract
// method ProposalVotes.
type ProposalVotesOutput struct {
	AgainstVotes *big.Int
	ForVotes     *big.Int
	AbstainVotes *big.Int
}

// UnpackProposalVotes is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x544ffc9c.
//
// Solidity: function proposalVotes(uint256 proposalId) view returns(uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
func (openGovernor *OpenGovernor) UnpackProposalVotes(data []byte) (ProposalVotesOutput, error) {
	out, err := openGovernor.abi.Unpack("proposalVotes", data)
	outstruct := new(ProposalVotesOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.AgainstVotes = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.ForVotes = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.AbstainVotes = abi.ConvertType(out[2], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackPropose is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7d5e81e2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function propose(address[] targets, uint256[] values, bytes[] calldatas, string description) returns(uint256)
func (openGovernor *OpenGovernor) PackPropose(targets []common.Address, values []*big.Int, calldatas [][]byte, description string) []byte {
	enc, err := openGovernor.abi.Pack("propose", targets, values, calldatas, description)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPropose is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7d5e81e2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function propose(address[] targets, uint256[] values, bytes[] calldatas, string description) returns(uint256)
func (openGovernor *OpenGovernor) TryPackPropose(targets []common.Address, values []*big.Int, calldatas [][]byte, description string) ([]byte, error) {
	return openGovernor.abi.Pack("propose", targets, values, calldatas, description)
}

// UnpackPropose is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7d5e81e2.
//
// Solidity: function propose(address[] targets, uint256[] values, bytes[] calldatas, string description) returns(uint256)
func (openGovernor *OpenGovernor) UnpackPropose(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("propose", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackQueue is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x160cbed7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function queue(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns(uint256)
func (openGovernor *OpenGovernor) PackQueue(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) []byte {
	enc, err := openGovernor.abi.Pack("queue", targets, values, calldatas, descriptionHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQueue is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x160cbed7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function queue(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns(uint256)
func (openGovernor *OpenGovernor) TryPackQueue(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) ([]byte, error) {
	return openGovernor.abi.Pack("queue", targets, values, calldatas, descriptionHash)
}

// UnpackQueue is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x160cbed7.
//
// Solidity: function queue(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns(uint256)
func (openGovernor *OpenGovernor) UnpackQueue(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("queue", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackQuorum is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf8ce560a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function quorum(uint256 timepoint) view returns(uint256)
func (openGovernor *OpenGovernor) PackQuorum(timepoint *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("quorum", timepoint)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQuorum is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf8ce560a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function quorum(uint256 timepoint) view returns(uint256)
func (openGovernor *OpenGovernor) TryPackQuorum(timepoint *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("quorum", timepoint)
}

// UnpackQuorum is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf8ce560a.
//
// Solidity: function quorum(uint256 timepoint) view returns(uint256)
func (openGovernor *OpenGovernor) UnpackQuorum(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("quorum", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackQuorumDenominator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x97c3d334.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function quorumDenominator() view returns(uint256)
func (openGovernor *OpenGovernor) PackQuorumDenominator() []byte {
	enc, err := openGovernor.abi.Pack("quorumDenominator")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQuorumDenominator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x97c3d334.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function quorumDenominator() view returns(uint256)
func (openGovernor *OpenGovernor) TryPackQuorumDenominator() ([]byte, error) {
	return openGovernor.abi.Pack("quorumDenominator")
}

// UnpackQuorumDenominator is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x97c3d334.
//
// Solidity: function quorumDenominator() view returns(uint256)
func (openGovernor *OpenGovernor) UnpackQuorumDenominator(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("quorumDenominator", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackQuorumNumerator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x60c4247f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function quorumNumerator(uint256 timepoint) view returns(uint256)
func (openGovernor *OpenGovernor) PackQuorumNumerator(timepoint *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("quorumNumerator", timepoint)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQuorumNumerator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x60c4247f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function quorumNumerator(uint256 timepoint) view returns(uint256)
func (openGovernor *OpenGovernor) TryPackQuorumNumerator(timepoint *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("quorumNumerator", timepoint)
}

// UnpackQuorumNumerator is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x60c4247f.
//
// Solidity: function quorumNumerator(uint256 timepoint) view returns(uint256)
func (openGovernor *OpenGovernor) UnpackQuorumNumerator(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("quorumNumerator", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackQuorumNumerator0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa7713a70.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function quorumNumerator() view returns(uint256)
func (openGovernor *OpenGovernor) PackQuorumNumerator0() []byte {
	enc, err := openGovernor.abi.Pack("quorumNumerator0")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQuorumNumerator0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa7713a70.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function quorumNumerator() view returns(uint256)
func (openGovernor *OpenGovernor) TryPackQuorumNumerator0() ([]byte, error) {
	return openGovernor.abi.Pack("quorumNumerator0")
}

// UnpackQuorumNumerator0 is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa7713a70.
//
// Solidity: function quorumNumerator() view returns(uint256)
func (openGovernor *OpenGovernor) UnpackQuorumNumerator0(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("quorumNumerator0", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackRelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc28bc2fa.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function relay(address target, uint256 value, bytes data) payable returns()
func (openGovernor *OpenGovernor) PackRelay(target common.Address, value *big.Int, data []byte) []byte {
	enc, err := openGovernor.abi.Pack("relay", target, value, data)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc28bc2fa.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function relay(address target, uint256 value, bytes data) payable returns()
func (openGovernor *OpenGovernor) TryPackRelay(target common.Address, value *big.Int, data []byte) ([]byte, error) {
	return openGovernor.abi.Pack("relay", target, value, data)
}

// PackSetProposalThreshold is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xece40cc1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setProposalThreshold(uint256 newProposalThreshold) returns()
func (openGovernor *OpenGovernor) PackSetProposalThreshold(newProposalThreshold *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("setProposalThreshold", newProposalThreshold)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetProposalThreshold is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xece40cc1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setProposalThreshold(uint256 newProposalThreshold) returns()
func (openGovernor *OpenGovernor) TryPackSetProposalThreshold(newProposalThreshold *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("setProposalThreshold", newProposalThreshold)
}

// PackSetVotingDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x79051887.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setVotingDelay(uint48 newVotingDelay) returns()
func (openGovernor *OpenGovernor) PackSetVotingDelay(newVotingDelay *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("setVotingDelay", newVotingDelay)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetVotingDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x79051887.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setVotingDelay(uint48 newVotingDelay) returns()
func (openGovernor *OpenGovernor) TryPackSetVotingDelay(newVotingDelay *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("setVotingDelay", newVotingDelay)
}

// PackSetVotingPeriod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe540d01d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setVotingPeriod(uint32 newVotingPeriod) returns()
func (openGovernor *OpenGovernor) PackSetVotingPeriod(newVotingPeriod uint32) []byte {
	enc, err := openGovernor.abi.Pack("setVotingPeriod", newVotingPeriod)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetVotingPeriod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe540d01d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setVotingPeriod(uint32 newVotingPeriod) returns()
func (openGovernor *OpenGovernor) TryPackSetVotingPeriod(newVotingPeriod uint32) ([]byte, error) {
	return openGovernor.abi.Pack("setVotingPeriod", newVotingPeriod)
}

// PackState is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3e4f49e6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function state(uint256 id) view returns(uint8)
func (openGovernor *OpenGovernor) PackState(id *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("state", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackState is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3e4f49e6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function state(uint256 id) view returns(uint8)
func (openGovernor *OpenGovernor) TryPackState(id *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("state", id)
}

// UnpackState is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3e4f49e6.
//
// Solidity: function state(uint256 id) view returns(uint8)
func (openGovernor *OpenGovernor) UnpackState(data []byte) (uint8, error) {
	out, err := openGovernor.abi.Unpack("state", data)
	if err != nil {
		return *new(uint8), err
	}
	out0 := *abi.ConvertType(out[0], new(uint8)).(*uint8)
	return out0, nil
}

// PackSupportsInterface is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01ffc9a7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function supportsInterface(bytes4 interfaceId) view returns(bool)
func (openGovernor *OpenGovernor) PackSupportsInterface(interfaceId [4]byte) []byte {
	enc, err := openGovernor.abi.Pack("supportsInterface", interfaceId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSupportsInterface is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01ffc9a7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function supportsInterface(bytes4 interfaceId) view returns(bool)
func (openGovernor *OpenGovernor) TryPackSupportsInterface(interfaceId [4]byte) ([]byte, error) {
	return openGovernor.abi.Pack("supportsInterface", interfaceId)
}

// UnpackSupportsInterface is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x01ffc9a7.
//
// Solidity: function supportsInterface(bytes4 interfaceId) view returns(bool)
func (openGovernor *OpenGovernor) UnpackSupportsInterface(data []byte) (bool, error) {
	out, err := openGovernor.abi.Unpack("supportsInterface", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackTimelock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd33219b4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function timelock() view returns(address)
func (openGovernor *OpenGovernor) PackTimelock() []byte {
	enc, err := openGovernor.abi.Pack("timelock")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTimelock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd33219b4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function timelock() view returns(address)
func (openGovernor *OpenGovernor) TryPackTimelock() ([]byte, error) {
	return openGovernor.abi.Pack("timelock")
}

// UnpackTimelock is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd33219b4.
//
// Solidity: function timelock() view returns(address)
func (openGovernor *OpenGovernor) UnpackTimelock(data []byte) (common.Address, error) {
	out, err := openGovernor.abi.Unpack("timelock", data)
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
func (openGovernor *OpenGovernor) PackToken() []byte {
	enc, err := openGovernor.abi.Pack("token")
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
func (openGovernor *OpenGovernor) TryPackToken() ([]byte, error) {
	return openGovernor.abi.Pack("token")
}

// UnpackToken is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfc0c546a.
//
// Solidity: function token() view returns(address)
func (openGovernor *OpenGovernor) UnpackToken(data []byte) (common.Address, error) {
	out, err := openGovernor.abi.Unpack("token", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackUpdateQuorumNumerator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06f3f9e6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function updateQuorumNumerator(uint256 newQuorumNumerator) returns()
func (openGovernor *OpenGovernor) PackUpdateQuorumNumerator(newQuorumNumerator *big.Int) []byte {
	enc, err := openGovernor.abi.Pack("updateQuorumNumerator", newQuorumNumerator)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUpdateQuorumNumerator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06f3f9e6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function updateQuorumNumerator(uint256 newQuorumNumerator) returns()
func (openGovernor *OpenGovernor) TryPackUpdateQuorumNumerator(newQuorumNumerator *big.Int) ([]byte, error) {
	return openGovernor.abi.Pack("updateQuorumNumerator", newQuorumNumerator)
}

// PackUpdateTimelock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa890c910.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function updateTimelock(address newTimelock) returns()
func (openGovernor *OpenGovernor) PackUpdateTimelock(newTimelock common.Address) []byte {
	enc, err := openGovernor.abi.Pack("updateTimelock", newTimelock)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUpdateTimelock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa890c910.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function updateTimelock(address newTimelock) returns()
func (openGovernor *OpenGovernor) TryPackUpdateTimelock(newTimelock common.Address) ([]byte, error) {
	return openGovernor.abi.Pack("updateTimelock", newTimelock)
}

// PackVersion is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x54fd4d50.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function version() view returns(string)
func (openGovernor *OpenGovernor) PackVersion() []byte {
	enc, err := openGovernor.abi.Pack("version")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVersion is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x54fd4d50.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function version() view returns(string)
func (openGovernor *OpenGovernor) TryPackVersion() ([]byte, error) {
	return openGovernor.abi.Pack("version")
}

// UnpackVersion is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x54fd4d50.
//
// Solidity: function version() view returns(string)
func (openGovernor *OpenGovernor) UnpackVersion(data []byte) (string, error) {
	out, err := openGovernor.abi.Unpack("version", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackVotingDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3932abb1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function votingDelay() view returns(uint256)
func (openGovernor *OpenGovernor) PackVotingDelay() []byte {
	enc, err := openGovernor.abi.Pack("votingDelay")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVotingDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3932abb1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function votingDelay() view returns(uint256)
func (openGovernor *OpenGovernor) TryPackVotingDelay() ([]byte, error) {
	return openGovernor.abi.Pack("votingDelay")
}

// UnpackVotingDelay is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3932abb1.
//
// Solidity: function votingDelay() view returns(uint256)
func (openGovernor *OpenGovernor) UnpackVotingDelay(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("votingDelay", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackVotingPeriod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x02a251a3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function votingPeriod() view returns(uint256)
func (openGovernor *OpenGovernor) PackVotingPeriod() []byte {
	enc, err := openGovernor.abi.Pack("votingPeriod")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVotingPeriod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x02a251a3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function votingPeriod() view returns(uint256)
func (openGovernor *OpenGovernor) TryPackVotingPeriod() ([]byte, error) {
	return openGovernor.abi.Pack("votingPeriod")
}

// UnpackVotingPeriod is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x02a251a3.
//
// Solidity: function votingPeriod() view returns(uint256)
func (openGovernor *OpenGovernor) UnpackVotingPeriod(data []byte) (*big.Int, error) {
	out, err := openGovernor.abi.Unpack("votingPeriod", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// OpenGovernorEIP712DomainChanged represents a EIP712DomainChanged event raised by the OpenGovernor contract.
type OpenGovernorEIP712DomainChanged struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const OpenGovernorEIP712DomainChangedEventName = "EIP712DomainChanged"

// ContractEventName returns the user-defined event name.
func (OpenGovernorEIP712DomainChanged) ContractEventName() string {
	return OpenGovernorEIP712DomainChangedEventName
}

// UnpackEIP712DomainChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event EIP712DomainChanged()
func (openGovernor *OpenGovernor) UnpackEIP712DomainChangedEvent(log *types.Log) (*OpenGovernorEIP712DomainChanged, error) {
	event := "EIP712DomainChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != openGovernor.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OpenGovernorEIP712DomainChanged)
	if len(log.Data) > 0 {
		if err := openGovernor.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range openGovernor.abi.Events[event].Inputs {
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

// OpenGovernorProposalCanceled represents a ProposalCanceled event raised by the OpenGovernor contract.
type OpenGovernorProposalCanceled struct {
	ProposalId *big.Int
	Raw        *types.Log // Blockchain specific contextual infos
}

const OpenGovernorProposalCanceledEventName = "ProposalCanceled"

// ContractEventName returns the user-defined event name.
func (OpenGovernorProposalCanceled) ContractEventName() string {
	return OpenGovernorProposalCanceledEventName
}

// UnpackProposalCanceledEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ProposalCanceled(uint256 proposalId)
func (openGovernor *OpenGovernor) UnpackProposalCanceledEvent(log *types.Log) (*OpenGovernorProposalCanceled, error) {
	event := "ProposalCanceled"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != openGovernor.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OpenGovernorProposalCanceled)
	if len(log.Data) > 0 {
		if err := openGovernor.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range openGovernor.abi.Events[event].Inputs {
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

// OpenGovernorProposalCreated represents a ProposalCreated event raised by the OpenGovernor contract.
type OpenGovernorProposalCreated struct {
	ProposalId  *big.Int
	Proposer    common.Address
	Targets     []common.Address
	Values      []*big.Int
	Signatures  []string
	Calldatas   [][]byte
	VoteStart   *big.Int
	VoteEnd     *big.Int
	Description string
	Raw         *types.Log // Blockchain specific contextual infos
}

const OpenGovernorProposalCreatedEventName = "ProposalCreated"

// ContractEventName returns the user-defined event name.
func (OpenGovernorProposalCreated) ContractEventName() string {
	return OpenGovernorProposalCreatedEventName
}

// UnpackProposalCreatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ProposalCreated(uint256 proposalId, address proposer, address[] targets, uint256[] values, string[] signatures, bytes[] calldatas, uint256 voteStart, uint256 voteEnd, string description)
func (openGovernor *OpenGovernor) UnpackProposalCreatedEvent(log *types.Log) (*OpenGovernorProposalCreated, error) {
	event := "ProposalCreated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != openGovernor.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OpenGovernorProposalCreated)
	if len(log.Data) > 0 {
		if err := openGovernor.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range openGovernor.abi.Events[event].Inputs {
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

// OpenGovernorProposalExecuted represents a ProposalExecuted event raised by the OpenGovernor contract.
type OpenGovernorProposalExecuted struct {
	ProposalId *big.Int
	Raw        *types.Log // Blockchain specific contextual infos
}

const OpenGovernorProposalExecutedEventName = "ProposalExecuted"

// ContractEventName returns the user-defined event name.
func (OpenGovernorProposalExecuted) ContractEventName() string {
	return OpenGovernorProposalExecutedEventName
}

// UnpackProposalExecutedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ProposalExecuted(uint256 proposalId)
func (openGovernor *OpenGovernor) UnpackProposalExecutedEvent(log *types.Log) (*OpenGovernorProposalExecuted, error) {
	event := "ProposalExecuted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != openGovernor.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OpenGovernorProposalExecuted)
	if len(log.Data) > 0 {
		if err := openGovernor.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range openGovernor.abi.Events[event].Inputs {
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

// OpenGovernorProposalQueued represents a ProposalQueued event raised by the OpenGovernor contract.
type OpenGovernorProposalQueued struct {
	ProposalId *big.Int
	EtaSeconds *big.Int
	Raw        *types.Log // Blockchain specific contextual infos
}

const OpenGovernorProposalQueuedEventName = "ProposalQueued"

// ContractEventName returns the user-defined event name.
func (OpenGovernorProposalQueued) ContractEventName() string {
	return OpenGovernorProposalQueuedEventName
}

// UnpackProposalQueuedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ProposalQueued(uint256 proposalId, uint256 etaSeconds)
func (openGovernor *OpenGovernor) UnpackProposalQueuedEvent(log *types.Log) (*OpenGovernorProposalQueued, error) {
	event := "ProposalQueued"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != openGovernor.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OpenGovernorProposalQueued)
	if len(log.Data) > 0 {
		if err := openGovernor.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range openGovernor.abi.Events[event].Inputs {
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

// OpenGovernorProposalThresholdSet represents a ProposalThresholdSet event raised by the OpenGovernor contract.
type OpenGovernorProposalThresholdSet struct {
	OldProposalThreshold *big.Int
	NewProposalThreshold *big.Int
	Raw                  *types.Log // Blockchain specific contextual infos
}

const OpenGovernorProposalThresholdSetEventName = "ProposalThresholdSet"

// ContractEventName returns the user-defined event name.
func (OpenGovernorProposalThresholdSet) ContractEventName() string {
	return OpenGovernorProposalThresholdSetEventName
}

// UnpackProposalThresholdSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ProposalThresholdSet(uint256 oldProposalThreshold, uint256 newProposalThreshold)
func (openGovernor *OpenGovernor) UnpackProposalThresholdSetEvent(log *types.Log) (*OpenGovernorProposalThresholdSet, error) {
	event := "ProposalThresholdSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != openGovernor.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OpenGovernorProposalThresholdSet)
	if len(log.Data) > 0 {
		if err := openGovernor.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range openGovernor.abi.Events[event].Inputs {
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

// OpenGovernorQuorumNumeratorUpdated represents a QuorumNumeratorUpdated event raised by the OpenGovernor contract.
type OpenGovernorQuorumNumeratorUpdated struct {
	OldQuorumNumerator *big.Int
	NewQuorumNumerator *big.Int
	Raw                *types.Log // Blockchain specific contextual infos
}

const OpenGovernorQuorumNumeratorUpdatedEventName = "QuorumNumeratorUpdated"

// ContractEventName returns the user-defined event name.
func (OpenGovernorQuorumNumeratorUpdated) ContractEventName() string {
	return OpenGovernorQuorumNumeratorUpdatedEventName
}

// UnpackQuorumNumeratorUpdatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event QuorumNumeratorUpdated(uint256 oldQuorumNumerator, uint256 newQuorumNumerator)
func (openGovernor *OpenGovernor) UnpackQuorumNumeratorUpdatedEvent(log *types.Log) (*OpenGovernorQuorumNumeratorUpdated, error) {
	event := "QuorumNumeratorUpdated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != openGovernor.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OpenGovernorQuorumNumeratorUpdated)
	if len(log.Data) > 0 {
		if err := openGovernor.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range openGovernor.abi.Events[event].Inputs {
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

// OpenGovernorTimelockChange represents a TimelockChange event raised by the OpenGovernor contract.
type OpenGovernorTimelockChange struct {
	OldTimelock common.Address
	NewTimelock common.Address
	Raw         *types.Log // Blockchain specific contextual infos
}

const OpenGovernorTimelockChangeEventName = "TimelockChange"

// ContractEventName returns the user-defined event name.
func (OpenGovernorTimelockChange) ContractEventName() string {
	return OpenGovernorTimelockChangeEventName
}

// UnpackTimelockChangeEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event TimelockChange(address oldTimelock, address newTimelock)
func (openGovernor *OpenGovernor) UnpackTimelockChangeEvent(log *types.Log) (*OpenGovernorTimelockChange, error) {
	event := "TimelockChange"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != openGovernor.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OpenGovernorTimelockChange)
	if len(log.Data) > 0 {
		if err := openGovernor.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range openGovernor.abi.Events[event].Inputs {
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

// OpenGovernorVoteCast represents a VoteCast event raised by the OpenGovernor contract.
type OpenGovernorVoteCast struct {
	Voter      common.Address
	ProposalId *big.Int
	Support    uint8
	Weight     *big.Int
	Reason     string
	Raw        *types.Log // Blockchain specific contextual infos
}

const OpenGovernorVoteCastEventName = "VoteCast"

// ContractEventName returns the user-defined event name.
func (OpenGovernorVoteCast) ContractEventName() string {
	return OpenGovernorVoteCastEventName
}

// UnpackVoteCastEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VoteCast(address indexed voter, uint256 proposalId, uint8 support, uint256 weight, string reason)
func (openGovernor *OpenGovernor) UnpackVoteCastEvent(log *types.Log) (*OpenGovernorVoteCast, error) {
	event := "VoteCast"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != openGovernor.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OpenGovernorVoteCast)
	if len(log.Data) > 0 {
		if err := openGovernor.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range openGovernor.abi.Events[event].Inputs {
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

// OpenGovernorVoteCastWithParams represents a VoteCastWithParams event raised by the OpenGovernor contract.
type OpenGovernorVoteCastWithParams struct {
	Voter      common.Address
	ProposalId *big.Int
	Support    uint8
	Weight     *big.Int
	Reason     string
	Params     []byte
	Raw        *types.Log // Blockchain specific contextual infos
}

const OpenGovernorVoteCastWithParamsEventName = "VoteCastWithParams"

// ContractEventName returns the user-defined event name.
func (OpenGovernorVoteCastWithParams) ContractEventName() string {
	return OpenGovernorVoteCastWithParamsEventName
}

// UnpackVoteCastWithParamsEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VoteCastWithParams(address indexed voter, uint256 proposalId, uint8 support, uint256 weight, string reason, bytes params)
func (openGovernor *OpenGovernor) UnpackVoteCastWithParamsEvent(log *types.Log) (*OpenGovernorVoteCastWithParams, error) {
	event := "VoteCastWithParams"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != openGovernor.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OpenGovernorVoteCastWithParams)
	if len(log.Data) > 0 {
		if err := openGovernor.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range openGovernor.abi.Events[event].Inputs {
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

// OpenGovernorVotingDelaySet represents a VotingDelaySet event raised by the OpenGovernor contract.
type OpenGovernorVotingDelaySet struct {
	OldVotingDelay *big.Int
	NewVotingDelay *big.Int
	Raw            *types.Log // Blockchain specific contextual infos
}

const OpenGovernorVotingDelaySetEventName = "VotingDelaySet"

// ContractEventName returns the user-defined event name.
func (OpenGovernorVotingDelaySet) ContractEventName() string {
	return OpenGovernorVotingDelaySetEventName
}

// UnpackVotingDelaySetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VotingDelaySet(uint256 oldVotingDelay, uint256 newVotingDelay)
func (openGovernor *OpenGovernor) UnpackVotingDelaySetEvent(log *types.Log) (*OpenGovernorVotingDelaySet, error) {
	event := "VotingDelaySet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != openGovernor.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OpenGovernorVotingDelaySet)
	if len(log.Data) > 0 {
		if err := openGovernor.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range openGovernor.abi.Events[event].Inputs {
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

// OpenGovernorVotingPeriodSet represents a VotingPeriodSet event raised by the OpenGovernor contract.
type OpenGovernorVotingPeriodSet struct {
	OldVotingPeriod *big.Int
	NewVotingPeriod *big.Int
	Raw             *types.Log // Blockchain specific contextual infos
}

const OpenGovernorVotingPeriodSetEventName = "VotingPeriodSet"

// ContractEventName returns the user-defined event name.
func (OpenGovernorVotingPeriodSet) ContractEventName() string {
	return OpenGovernorVotingPeriodSetEventName
}

// UnpackVotingPeriodSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VotingPeriodSet(uint256 oldVotingPeriod, uint256 newVotingPeriod)
func (openGovernor *OpenGovernor) UnpackVotingPeriodSetEvent(log *types.Log) (*OpenGovernorVotingPeriodSet, error) {
	event := "VotingPeriodSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != openGovernor.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OpenGovernorVotingPeriodSet)
	if len(log.Data) > 0 {
		if err := openGovernor.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range openGovernor.abi.Events[event].Inputs {
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
func (openGovernor *OpenGovernor) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["CheckpointUnorderedInsertion"].ID.Bytes()[:4]) {
		return openGovernor.UnpackCheckpointUnorderedInsertionError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["ERC6372InconsistentClock"].ID.Bytes()[:4]) {
		return openGovernor.UnpackERC6372InconsistentClockError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["FailedCall"].ID.Bytes()[:4]) {
		return openGovernor.UnpackFailedCallError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorAlreadyCastVote"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorAlreadyCastVoteError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorAlreadyQueuedProposal"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorAlreadyQueuedProposalError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorDisabledDeposit"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorDisabledDepositError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorInsufficientProposerVotes"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorInsufficientProposerVotesError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorInvalidProposalLength"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorInvalidProposalLengthError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorInvalidQuorumFraction"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorInvalidQuorumFractionError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorInvalidSignature"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorInvalidSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorInvalidVoteParams"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorInvalidVoteParamsError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorInvalidVoteType"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorInvalidVoteTypeError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorInvalidVotingPeriod"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorInvalidVotingPeriodError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorNonexistentProposal"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorNonexistentProposalError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorOnlyExecutor"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorOnlyExecutorError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorProposalQueueingFailed"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorProposalQueueingFailedError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorProposalQueueingNotRequired"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorProposalQueueingNotRequiredError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorRestrictedProposer"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorRestrictedProposerError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorUnableToCancel"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorUnableToCancelError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["GovernorUnexpectedProposalState"].ID.Bytes()[:4]) {
		return openGovernor.UnpackGovernorUnexpectedProposalStateError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["InvalidAccountNonce"].ID.Bytes()[:4]) {
		return openGovernor.UnpackInvalidAccountNonceError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["InvalidShortString"].ID.Bytes()[:4]) {
		return openGovernor.UnpackInvalidShortStringError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["SafeCastOverflowedUintDowncast"].ID.Bytes()[:4]) {
		return openGovernor.UnpackSafeCastOverflowedUintDowncastError(raw[4:])
	}
	if bytes.Equal(raw[:4], openGovernor.abi.Errors["StringTooLong"].ID.Bytes()[:4]) {
		return openGovernor.UnpackStringTooLongError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// OpenGovernorCheckpointUnorderedInsertion represents a CheckpointUnorderedInsertion error raised by the OpenGovernor contract.
type OpenGovernorCheckpointUnorderedInsertion struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CheckpointUnorderedInsertion()
func OpenGovernorCheckpointUnorderedInsertionErrorID() common.Hash {
	return common.HexToHash("0x2520601d9d60b717c34a36ad270857824c5a1ebbfd08ff39aba6930089495cfa")
}

// UnpackCheckpointUnorderedInsertionError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CheckpointUnorderedInsertion()
func (openGovernor *OpenGovernor) UnpackCheckpointUnorderedInsertionError(raw []byte) (*OpenGovernorCheckpointUnorderedInsertion, error) {
	out := new(OpenGovernorCheckpointUnorderedInsertion)
	if err := openGovernor.abi.UnpackIntoInterface(out, "CheckpointUnorderedInsertion", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorERC6372InconsistentClock represents a ERC6372InconsistentClock error raised by the OpenGovernor contract.
type OpenGovernorERC6372InconsistentClock struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC6372InconsistentClock()
func OpenGovernorERC6372InconsistentClockErrorID() common.Hash {
	return common.HexToHash("0x6ff07140ae905cb0f8e72fb38f5dd8e756c387b0065be0e1bf85bd0621a43dc7")
}

// UnpackERC6372InconsistentClockError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC6372InconsistentClock()
func (openGovernor *OpenGovernor) UnpackERC6372InconsistentClockError(raw []byte) (*OpenGovernorERC6372InconsistentClock, error) {
	out := new(OpenGovernorERC6372InconsistentClock)
	if err := openGovernor.abi.UnpackIntoInterface(out, "ERC6372InconsistentClock", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorFailedCall represents a FailedCall error raised by the OpenGovernor contract.
type OpenGovernorFailedCall struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error FailedCall()
func OpenGovernorFailedCallErrorID() common.Hash {
	return common.HexToHash("0xd6bda27508c0fb6d8a39b4b122878dab26f731a7d4e4abe711dd3731899052a4")
}

// UnpackFailedCallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error FailedCall()
func (openGovernor *OpenGovernor) UnpackFailedCallError(raw []byte) (*OpenGovernorFailedCall, error) {
	out := new(OpenGovernorFailedCall)
	if err := openGovernor.abi.UnpackIntoInterface(out, "FailedCall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorAlreadyCastVote represents a GovernorAlreadyCastVote error raised by the OpenGovernor contract.
type OpenGovernorGovernorAlreadyCastVote struct {
	Voter common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorAlreadyCastVote(address voter)
func OpenGovernorGovernorAlreadyCastVoteErrorID() common.Hash {
	return common.HexToHash("0x71c6af4932ed543cdb181fcbb800f4b9940a2ccceeaee5e6e141de8c50856ede")
}

// UnpackGovernorAlreadyCastVoteError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorAlreadyCastVote(address voter)
func (openGovernor *OpenGovernor) UnpackGovernorAlreadyCastVoteError(raw []byte) (*OpenGovernorGovernorAlreadyCastVote, error) {
	out := new(OpenGovernorGovernorAlreadyCastVote)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorAlreadyCastVote", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorAlreadyQueuedProposal represents a GovernorAlreadyQueuedProposal error raised by the OpenGovernor contract.
type OpenGovernorGovernorAlreadyQueuedProposal struct {
	ProposalId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorAlreadyQueuedProposal(uint256 proposalId)
func OpenGovernorGovernorAlreadyQueuedProposalErrorID() common.Hash {
	return common.HexToHash("0xf20e7d374e58691196b2e081c7753efc94203ab3520c58efe153076e279fde0a")
}

// UnpackGovernorAlreadyQueuedProposalError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorAlreadyQueuedProposal(uint256 proposalId)
func (openGovernor *OpenGovernor) UnpackGovernorAlreadyQueuedProposalError(raw []byte) (*OpenGovernorGovernorAlreadyQueuedProposal, error) {
	out := new(OpenGovernorGovernorAlreadyQueuedProposal)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorAlreadyQueuedProposal", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorDisabledDeposit represents a GovernorDisabledDeposit error raised by the OpenGovernor contract.
type OpenGovernorGovernorDisabledDeposit struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorDisabledDeposit()
func OpenGovernorGovernorDisabledDepositErrorID() common.Hash {
	return common.HexToHash("0xe90a651e5fdea7022846d10b5f36994c22e1f46db4b5021aa3e26ad83b24bfd8")
}

// UnpackGovernorDisabledDepositError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorDisabledDeposit()
func (openGovernor *OpenGovernor) UnpackGovernorDisabledDepositError(raw []byte) (*OpenGovernorGovernorDisabledDeposit, error) {
	out := new(OpenGovernorGovernorDisabledDeposit)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorDisabledDeposit", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorInsufficientProposerVotes represents a GovernorInsufficientProposerVotes error raised by the OpenGovernor contract.
type OpenGovernorGovernorInsufficientProposerVotes struct {
	Proposer  common.Address
	Votes     *big.Int
	Threshold *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInsufficientProposerVotes(address proposer, uint256 votes, uint256 threshold)
func OpenGovernorGovernorInsufficientProposerVotesErrorID() common.Hash {
	return common.HexToHash("0xc242ee16ab08d11dbce60e744efdbd91b4e07ac4c074d993992519795a6324d0")
}

// UnpackGovernorInsufficientProposerVotesError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInsufficientProposerVotes(address proposer, uint256 votes, uint256 threshold)
func (openGovernor *OpenGovernor) UnpackGovernorInsufficientProposerVotesError(raw []byte) (*OpenGovernorGovernorInsufficientProposerVotes, error) {
	out := new(OpenGovernorGovernorInsufficientProposerVotes)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorInsufficientProposerVotes", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorInvalidProposalLength represents a GovernorInvalidProposalLength error raised by the OpenGovernor contract.
type OpenGovernorGovernorInvalidProposalLength struct {
	Targets   *big.Int
	Calldatas *big.Int
	Values    *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInvalidProposalLength(uint256 targets, uint256 calldatas, uint256 values)
func OpenGovernorGovernorInvalidProposalLengthErrorID() common.Hash {
	return common.HexToHash("0x447b05d0c41e339e22932be48ca2091a47f3c39df25e2152ad11a8729753b2b4")
}

// UnpackGovernorInvalidProposalLengthError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInvalidProposalLength(uint256 targets, uint256 calldatas, uint256 values)
func (openGovernor *OpenGovernor) UnpackGovernorInvalidProposalLengthError(raw []byte) (*OpenGovernorGovernorInvalidProposalLength, error) {
	out := new(OpenGovernorGovernorInvalidProposalLength)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorInvalidProposalLength", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorInvalidQuorumFraction represents a GovernorInvalidQuorumFraction error raised by the OpenGovernor contract.
type OpenGovernorGovernorInvalidQuorumFraction struct {
	QuorumNumerator   *big.Int
	QuorumDenominator *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInvalidQuorumFraction(uint256 quorumNumerator, uint256 quorumDenominator)
func OpenGovernorGovernorInvalidQuorumFractionErrorID() common.Hash {
	return common.HexToHash("0x243e5445050913bb1c3de7a2f82eba0c3b0b8a55c2aacf660392fa35087a1919")
}

// UnpackGovernorInvalidQuorumFractionError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInvalidQuorumFraction(uint256 quorumNumerator, uint256 quorumDenominator)
func (openGovernor *OpenGovernor) UnpackGovernorInvalidQuorumFractionError(raw []byte) (*OpenGovernorGovernorInvalidQuorumFraction, error) {
	out := new(OpenGovernorGovernorInvalidQuorumFraction)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorInvalidQuorumFraction", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorInvalidSignature represents a GovernorInvalidSignature error raised by the OpenGovernor contract.
type OpenGovernorGovernorInvalidSignature struct {
	Voter common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInvalidSignature(address voter)
func OpenGovernorGovernorInvalidSignatureErrorID() common.Hash {
	return common.HexToHash("0x94ab6c07905fb25046d2809e4563b09690f891c9495bfe19551d602e7eddbb1b")
}

// UnpackGovernorInvalidSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInvalidSignature(address voter)
func (openGovernor *OpenGovernor) UnpackGovernorInvalidSignatureError(raw []byte) (*OpenGovernorGovernorInvalidSignature, error) {
	out := new(OpenGovernorGovernorInvalidSignature)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorInvalidSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorInvalidVoteParams represents a GovernorInvalidVoteParams error raised by the OpenGovernor contract.
type OpenGovernorGovernorInvalidVoteParams struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInvalidVoteParams()
func OpenGovernorGovernorInvalidVoteParamsErrorID() common.Hash {
	return common.HexToHash("0x867db7717d0cc803be5726127d33cc17ae07776705d8ba6659af8aaa5b418dd8")
}

// UnpackGovernorInvalidVoteParamsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInvalidVoteParams()
func (openGovernor *OpenGovernor) UnpackGovernorInvalidVoteParamsError(raw []byte) (*OpenGovernorGovernorInvalidVoteParams, error) {
	out := new(OpenGovernorGovernorInvalidVoteParams)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorInvalidVoteParams", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorInvalidVoteType represents a GovernorInvalidVoteType error raised by the OpenGovernor contract.
type OpenGovernorGovernorInvalidVoteType struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInvalidVoteType()
func OpenGovernorGovernorInvalidVoteTypeErrorID() common.Hash {
	return common.HexToHash("0x06b337c26289d63178b4d4ed5fd513f38a1d8832d0edd309ef07bfc9ba5caf49")
}

// UnpackGovernorInvalidVoteTypeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInvalidVoteType()
func (openGovernor *OpenGovernor) UnpackGovernorInvalidVoteTypeError(raw []byte) (*OpenGovernorGovernorInvalidVoteType, error) {
	out := new(OpenGovernorGovernorInvalidVoteType)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorInvalidVoteType", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorInvalidVotingPeriod represents a GovernorInvalidVotingPeriod error raised by the OpenGovernor contract.
type OpenGovernorGovernorInvalidVotingPeriod struct {
	VotingPeriod *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInvalidVotingPeriod(uint256 votingPeriod)
func OpenGovernorGovernorInvalidVotingPeriodErrorID() common.Hash {
	return common.HexToHash("0xf1cfbf057db43f9730bc42a52728d66da9151a5c6929758ee824e299f82f5689")
}

// UnpackGovernorInvalidVotingPeriodError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInvalidVotingPeriod(uint256 votingPeriod)
func (openGovernor *OpenGovernor) UnpackGovernorInvalidVotingPeriodError(raw []byte) (*OpenGovernorGovernorInvalidVotingPeriod, error) {
	out := new(OpenGovernorGovernorInvalidVotingPeriod)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorInvalidVotingPeriod", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorNonexistentProposal represents a GovernorNonexistentProposal error raised by the OpenGovernor contract.
type OpenGovernorGovernorNonexistentProposal struct {
	ProposalId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorNonexistentProposal(uint256 proposalId)
func OpenGovernorGovernorNonexistentProposalErrorID() common.Hash {
	return common.HexToHash("0x6ad06075316ea071ccae80931b756598be5aad3433b2c47b38607a8eec344a70")
}

// UnpackGovernorNonexistentProposalError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorNonexistentProposal(uint256 proposalId)
func (openGovernor *OpenGovernor) UnpackGovernorNonexistentProposalError(raw []byte) (*OpenGovernorGovernorNonexistentProposal, error) {
	out := new(OpenGovernorGovernorNonexistentProposal)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorNonexistentProposal", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorOnlyExecutor represents a GovernorOnlyExecutor error raised by the OpenGovernor contract.
type OpenGovernorGovernorOnlyExecutor struct {
	Account common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorOnlyExecutor(address account)
func OpenGovernorGovernorOnlyExecutorErrorID() common.Hash {
	return common.HexToHash("0x47096e4749c231af946d5efc74a7fd817371e756031e98787f18bf70aaa7753c")
}

// UnpackGovernorOnlyExecutorError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorOnlyExecutor(address account)
func (openGovernor *OpenGovernor) UnpackGovernorOnlyExecutorError(raw []byte) (*OpenGovernorGovernorOnlyExecutor, error) {
	out := new(OpenGovernorGovernorOnlyExecutor)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorOnlyExecutor", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorProposalQueueingFailed represents a GovernorProposalQueueingFailed error raised by the OpenGovernor contract.
type OpenGovernorGovernorProposalQueueingFailed struct {
	ProposalId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorProposalQueueingFailed(uint256 proposalId)
func OpenGovernorGovernorProposalQueueingFailedErrorID() common.Hash {
	return common.HexToHash("0xab2d0311b12775d840d040f070d41586c4d88ef7337d352d0dfa2a1ede1d73e0")
}

// UnpackGovernorProposalQueueingFailedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorProposalQueueingFailed(uint256 proposalId)
func (openGovernor *OpenGovernor) UnpackGovernorProposalQueueingFailedError(raw []byte) (*OpenGovernorGovernorProposalQueueingFailed, error) {
	out := new(OpenGovernorGovernorProposalQueueingFailed)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorProposalQueueingFailed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorProposalQueueingNotRequired represents a GovernorProposalQueueingNotRequired error raised by the OpenGovernor contract.
type OpenGovernorGovernorProposalQueueingNotRequired struct {
	ProposalId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorProposalQueueingNotRequired(uint256 proposalId)
func OpenGovernorGovernorProposalQueueingNotRequiredErrorID() common.Hash {
	return common.HexToHash("0xd838bcb7f156d6ff91334907349273614e60ebfac1fd90f5ce25b84cd6c61a09")
}

// UnpackGovernorProposalQueueingNotRequiredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorProposalQueueingNotRequired(uint256 proposalId)
func (openGovernor *OpenGovernor) UnpackGovernorProposalQueueingNotRequiredError(raw []byte) (*OpenGovernorGovernorProposalQueueingNotRequired, error) {
	out := new(OpenGovernorGovernorProposalQueueingNotRequired)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorProposalQueueingNotRequired", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorRestrictedProposer represents a GovernorRestrictedProposer error raised by the OpenGovernor contract.
type OpenGovernorGovernorRestrictedProposer struct {
	Proposer common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorRestrictedProposer(address proposer)
func OpenGovernorGovernorRestrictedProposerErrorID() common.Hash {
	return common.HexToHash("0xd9b395579c6f1566cc7608394c53136f366f7fa719d01a941bee075ef8c704f4")
}

// UnpackGovernorRestrictedProposerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorRestrictedProposer(address proposer)
func (openGovernor *OpenGovernor) UnpackGovernorRestrictedProposerError(raw []byte) (*OpenGovernorGovernorRestrictedProposer, error) {
	out := new(OpenGovernorGovernorRestrictedProposer)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorRestrictedProposer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorUnableToCancel represents a GovernorUnableToCancel error raised by the OpenGovernor contract.
type OpenGovernorGovernorUnableToCancel struct {
	ProposalId *big.Int
	Account    common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorUnableToCancel(uint256 proposalId, address account)
func OpenGovernorGovernorUnableToCancelErrorID() common.Hash {
	return common.HexToHash("0x8fe5d8a9809b4b1a3569a8d98ce25e21fb956a89b6b9a2741d15bc699f46ef07")
}

// UnpackGovernorUnableToCancelError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorUnableToCancel(uint256 proposalId, address account)
func (openGovernor *OpenGovernor) UnpackGovernorUnableToCancelError(raw []byte) (*OpenGovernorGovernorUnableToCancel, error) {
	out := new(OpenGovernorGovernorUnableToCancel)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorUnableToCancel", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorGovernorUnexpectedProposalState represents a GovernorUnexpectedProposalState error raised by the OpenGovernor contract.
type OpenGovernorGovernorUnexpectedProposalState struct {
	ProposalId     *big.Int
	Current        uint8
	ExpectedStates [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorUnexpectedProposalState(uint256 proposalId, uint8 current, bytes32 expectedStates)
func OpenGovernorGovernorUnexpectedProposalStateErrorID() common.Hash {
	return common.HexToHash("0x31b75e4d4f8317c390cf01cbc79dfe4f67ce2d27f65a099074fdc67f00f76908")
}

// UnpackGovernorUnexpectedProposalStateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorUnexpectedProposalState(uint256 proposalId, uint8 current, bytes32 expectedStates)
func (openGovernor *OpenGovernor) UnpackGovernorUnexpectedProposalStateError(raw []byte) (*OpenGovernorGovernorUnexpectedProposalState, error) {
	out := new(OpenGovernorGovernorUnexpectedProposalState)
	if err := openGovernor.abi.UnpackIntoInterface(out, "GovernorUnexpectedProposalState", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorInvalidAccountNonce represents a InvalidAccountNonce error raised by the OpenGovernor contract.
type OpenGovernorInvalidAccountNonce struct {
	Account      common.Address
	CurrentNonce *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidAccountNonce(address account, uint256 currentNonce)
func OpenGovernorInvalidAccountNonceErrorID() common.Hash {
	return common.HexToHash("0x752d88c0de02638abf10e8e31861e4c68dc1f3a1e7d840e580683f2c282bfc7a")
}

// UnpackInvalidAccountNonceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidAccountNonce(address account, uint256 currentNonce)
func (openGovernor *OpenGovernor) UnpackInvalidAccountNonceError(raw []byte) (*OpenGovernorInvalidAccountNonce, error) {
	out := new(OpenGovernorInvalidAccountNonce)
	if err := openGovernor.abi.UnpackIntoInterface(out, "InvalidAccountNonce", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorInvalidShortString represents a InvalidShortString error raised by the OpenGovernor contract.
type OpenGovernorInvalidShortString struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidShortString()
func OpenGovernorInvalidShortStringErrorID() common.Hash {
	return common.HexToHash("0xb3512b0c6163e5f0bafab72bb631b9d58cd7a731b082f910338aa21c83d5c274")
}

// UnpackInvalidShortStringError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidShortString()
func (openGovernor *OpenGovernor) UnpackInvalidShortStringError(raw []byte) (*OpenGovernorInvalidShortString, error) {
	out := new(OpenGovernorInvalidShortString)
	if err := openGovernor.abi.UnpackIntoInterface(out, "InvalidShortString", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorSafeCastOverflowedUintDowncast represents a SafeCastOverflowedUintDowncast error raised by the OpenGovernor contract.
type OpenGovernorSafeCastOverflowedUintDowncast struct {
	Bits  uint8
	Value *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeCastOverflowedUintDowncast(uint8 bits, uint256 value)
func OpenGovernorSafeCastOverflowedUintDowncastErrorID() common.Hash {
	return common.HexToHash("0x6dfcc6503a32754ce7a89698e18201fc5294fd4aad43edefee786f88423b1a12")
}

// UnpackSafeCastOverflowedUintDowncastError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeCastOverflowedUintDowncast(uint8 bits, uint256 value)
func (openGovernor *OpenGovernor) UnpackSafeCastOverflowedUintDowncastError(raw []byte) (*OpenGovernorSafeCastOverflowedUintDowncast, error) {
	out := new(OpenGovernorSafeCastOverflowedUintDowncast)
	if err := openGovernor.abi.UnpackIntoInterface(out, "SafeCastOverflowedUintDowncast", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OpenGovernorStringTooLong represents a StringTooLong error raised by the OpenGovernor contract.
type OpenGovernorStringTooLong struct {
	Str string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StringTooLong(string str)
func OpenGovernorStringTooLongErrorID() common.Hash {
	return common.HexToHash("0x305a27a93f8e33b7392df0a0f91d6fc63847395853c45991eec52dbf24d72381")
}

// UnpackStringTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StringTooLong(string str)
func (openGovernor *OpenGovernor) UnpackStringTooLongError(raw []byte) (*OpenGovernorStringTooLong, error) {
	out := new(OpenGovernorStringTooLong)
	if err := openGovernor.abi.UnpackIntoInterface(out, "StringTooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}
