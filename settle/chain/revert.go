package chain

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/openledger/openledger/settle/contract/accessmanager"
	"github.com/openledger/openledger/settle/contract/challenges"
	"github.com/openledger/openledger/settle/contract/equivocations"
	"github.com/openledger/openledger/settle/contract/jobescrow"
	"github.com/openledger/openledger/settle/contract/ledger"
	"github.com/openledger/openledger/settle/contract/opengovernor"
	"github.com/openledger/openledger/settle/contract/openings"
	"github.com/openledger/openledger/settle/contract/opentoken"
	"github.com/openledger/openledger/settle/contract/referee"
	"github.com/openledger/openledger/settle/contract/registry"
	"github.com/openledger/openledger/settle/contract/staking"
	"github.com/openledger/openledger/settle/contract/timelockcontroller"
)

// A RevertError says why a contract refuses. Name is that of the contract's
// error, empty if it gave none.
type RevertError struct {
	Name   string
	Reason string
}

func (e *RevertError) Error() string { return "the contract refuses: " + e.Reason }

// errorsByID are the errors of all contracts by their selector.
var errorsByID = sync.OnceValue(func() map[[4]byte]abi.Error {
	all := make(map[[4]byte]abi.Error)
	for _, m := range []*bind.MetaData{
		&ledger.LedgerMetaData, &challenges.ChallengesMetaData, &staking.StakingMetaData, &opentoken.OpenTokenMetaData,
		&registry.RegistryMetaData, &accessmanager.AccessManagerMetaData, &opengovernor.OpenGovernorMetaData,
		&timelockcontroller.TimelockControllerMetaData, &jobescrow.JobEscrowMetaData, &equivocations.EquivocationsMetaData,
		&openings.OpeningsMetaData, &referee.RefereeMetaData,
	} {
		parsed, err := m.ParseABI()
		if err != nil {
			panic("chain: internal error: " + err.Error())
		}
		for _, e := range parsed.Errors {
			all[[4]byte(e.ID[:4])] = e
		}
	}
	return all
})

// explain turns what a node says of a transaction into an error with a remedy.
func explain(err error) error {
	var data rpc.DataError
	if errors.As(err, &data) {
		if hex, ok := data.ErrorData().(string); ok {
			if r := reverted(common.FromHex(hex)); r != nil {
				return r
			}
		}
	}
	switch text := strings.ToLower(err.Error()); { // nodes do not agree on capitals
	case strings.Contains(text, "insufficient funds"):
		return fmt.Errorf("not enough ether for gas: %w; send some to the address that signs", err)
	case strings.Contains(text, "execution reverted"):
		return &RevertError{Reason: err.Error()}
	}
	return err
}

// reverted decodes what a contract reverts with; nil if it is not known.
func reverted(b []byte) *RevertError {
	if len(b) < 4 {
		return nil
	}
	if text, err := abi.UnpackRevert(b); err == nil {
		return &RevertError{Reason: text}
	}
	e, ok := errorsByID()[[4]byte(b[:4])]
	if !ok {
		return nil
	}
	r := &RevertError{Name: e.Name, Reason: e.Name}
	if values, err := e.Inputs.Unpack(b[4:]); err == nil && len(values) > 0 {
		r.Reason += "("
		for i, v := range values {
			if i > 0 {
				r.Reason += ", "
			}
			r.Reason += fmt.Sprintf("%s %v", e.Inputs[i].Name, v)
		}
		r.Reason += ")"
	}
	if hint := remedies[e.Name]; hint != "" {
		r.Reason += ": " + hint
	}
	return r
}

// remedies says what to do about the errors that users meet.
var remedies = map[string]string{
	"ERC20InsufficientBalance":   "not enough OPEN; get some, or pay less",
	"ERC20InsufficientAllowance": "approve the contract for the amount first",
	"NotBonded":                  "stake more OPEN first",
	"NotTheLeader":               "wait until the leader's time is over",
	"NotNext":                    "another epoch was posted or rejected; read the tip again",
	"WrongPrevious":              "build on the header that the chain has",
	"TooEarly":                   "wait until that time (seconds)",
	"NothingToClaim":             "all that is final was claimed already",
	"NotFinal":                   "take the last final header",
	"IsPaused":                   "wait until the pause ends",
	"StepIsRight":                "the record is right; there is nothing to prove",
	"OpenDemands":                "show what was demanded first",
	"StillLeaving":               "wait until the stake has left",
	"NotEnoughBonded":            "stake more OPEN, or wait until what is locked is free",
	"NotCovered":                 "fund the job with more OPEN first",
	"NotRequester":               "send it with the key that opened the job",
	"NotWorker":                  "send it with the key that was engaged",
	"TooLate":                    "that time is over (seconds)",
	"StillEngaged":               "approve, release or expire who is engaged first",
	"NothingStaked":              "it has no stake on this chain, so nothing can be taken from it",
	"AlreadyConvicted":           "it has been convicted in this job, and pays once",
	"NothingWrong":               "the charge shows nothing that is wrong",
	"SpendsMoreThanCap":          "settle the rest in the next epoch",
}
