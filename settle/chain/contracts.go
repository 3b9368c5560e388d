package chain

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/openledger/openledger/settle/contract/challenges"
	"github.com/openledger/openledger/settle/contract/equivocations"
	"github.com/openledger/openledger/settle/contract/jobescrow"
	"github.com/openledger/openledger/settle/contract/ledger"
	"github.com/openledger/openledger/settle/contract/openings"
	"github.com/openledger/openledger/settle/contract/opentoken"
	"github.com/openledger/openledger/settle/contract/staking"
)

// Addresses are where the contracts of one deployment are. They are recorded
// when it is deployed and checked at every start.
type Addresses struct {
	ChainID    uint64         `json:"chain_id" yaml:"chain_id"`
	Block      uint64         `json:"block" yaml:"block"` // nothing of the contracts is in blocks before
	Token      common.Address `json:"token" yaml:"token"`
	Manager    common.Address `json:"manager" yaml:"manager"`
	Timelock   common.Address `json:"timelock" yaml:"timelock"`
	Governor   common.Address `json:"governor" yaml:"governor"`
	Staking    common.Address `json:"staking" yaml:"staking"`
	Registry   common.Address `json:"registry" yaml:"registry"`
	Ledger     common.Address `json:"ledger" yaml:"ledger"`
	Challenges common.Address `json:"challenges" yaml:"challenges"`

	Referee       common.Address `json:"referee" yaml:"referee"`
	Jobs          common.Address `json:"jobs" yaml:"jobs"`
	Equivocations common.Address `json:"equivocations" yaml:"equivocations"`
	Openings      common.Address `json:"openings" yaml:"openings"`
}

// The bindings pack and unpack; they hold no connection.
var (
	tokenABI      = opentoken.NewOpenToken()
	stakingABI    = staking.NewStaking()
	ledgerABI     = ledger.NewLedger()
	challengesABI = challenges.NewChallenges()
	jobsABI       = jobescrow.NewJobEscrow()

	equivocationsABI = equivocations.NewEquivocations()
	openingsABI      = openings.NewOpenings()
)

// Contracts are those of one deployment, checked, on a chain.
type Contracts struct {
	Addresses
	Client Client
	domain [32]byte
	jobs   [32]byte // domain of JobEscrow
}

// Open checks that a chain is the one that the addresses were recorded on, and
// that the contracts there know each other.
func Open(ctx context.Context, c Client, a Addresses) (*Contracts, error) {
	id, err := c.ChainID(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask for the chain id: %w", err)
	}
	if !id.IsUint64() || id.Uint64() != a.ChainID {
		return nil, fmt.Errorf("this is chain %v, the contracts are on chain %d: check the endpoint, or the addresses that belong to it", id, a.ChainID)
	}
	for _, at := range []struct {
		name    string
		address common.Address
	}{
		{"OpenToken", a.Token}, {"AccessManager", a.Manager}, {"TimelockController", a.Timelock}, {"OpenGovernor", a.Governor},
		{"Staking", a.Staking}, {"Registry", a.Registry}, {"Ledger", a.Ledger}, {"Challenges", a.Challenges},
		{"Referee", a.Referee}, {"JobEscrow", a.Jobs}, {"Equivocations", a.Equivocations}, {"Openings", a.Openings},
	} {
		code, err := c.CodeAt(ctx, at.address, nil)
		if err != nil {
			return nil, fmt.Errorf("read the code of %s: %w", at.name, err)
		}
		if len(code) == 0 {
			return nil, fmt.Errorf("there is no contract at %v, where %s should be: check the addresses, or deploy", at.address, at.name)
		}
	}
	k := &Contracts{Addresses: a, Client: c}
	links := []struct {
		what string
		at   common.Address
		data []byte
		want common.Address
	}{
		{"the token of the Ledger", a.Ledger, ledgerABI.PackToken(), a.Token},
		{"the Staking of the Ledger", a.Ledger, ledgerABI.PackStaking(), a.Staking},
		{"the Challenges of the Ledger", a.Ledger, ledgerABI.PackChallenges(), a.Challenges},
		{"the authority of the Ledger", a.Ledger, ledgerABI.PackAuthority(), a.Manager},
		{"the token of Staking", a.Staking, stakingABI.PackToken(), a.Token},
		{"the authority of Staking", a.Staking, stakingABI.PackAuthority(), a.Manager},
		{"the Ledger of Challenges", a.Challenges, challengesABI.PackLedger(), a.Ledger},
		{"the Staking of the Referee", a.Referee, refereeABI.PackStaking(), a.Staking},
		{"the Referee of JobEscrow", a.Jobs, jobsABI.PackReferee(), a.Referee},
		{"the Staking of JobEscrow", a.Jobs, jobsABI.PackStaking(), a.Staking},
		{"the authority of JobEscrow", a.Jobs, jobsABI.PackAuthority(), a.Manager},
		{"the Ledger of Equivocations", a.Equivocations, equivocationsABI.PackLedger(), a.Ledger},
		{"the authority of Equivocations", a.Equivocations, equivocationsABI.PackAuthority(), a.Manager},
		{"the Ledger of Openings", a.Openings, openingsABI.PackLedger(), a.Ledger},
		{"the authority of Openings", a.Openings, openingsABI.PackAuthority(), a.Manager},
	}
	for _, l := range links {
		got, err := view(ctx, c, l.at, l.data, unpackAddress)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w; check the addresses", l.what, err)
		}
		if got != l.want {
			return nil, fmt.Errorf("%s is %v, not %v: the addresses are not of one deployment", l.what, got, l.want)
		}
	}
	if k.domain, err = view(ctx, c, a.Ledger, ledgerABI.PackDomainSeparator(), ledgerABI.UnpackDomainSeparator); err != nil {
		return nil, fmt.Errorf("read the domain of the Ledger: %w", err)
	}
	if k.jobs, err = view(ctx, c, a.Jobs, jobsABI.PackDomainSeparator(), jobsABI.UnpackDomainSeparator); err != nil {
		return nil, fmt.Errorf("read the domain of JobEscrow: %w", err)
	}
	return k, nil
}

func unpackAddress(b []byte) (a common.Address, err error) {
	if len(b) != 32 {
		return a, fmt.Errorf("%d bytes are no address", len(b))
	}
	return common.Address(b[12:]), nil
}

// view calls a function that changes nothing.
func view[T any](ctx context.Context, c Client, at common.Address, data []byte, unpack func([]byte) (T, error)) (v T, err error) {
	out, err := c.CallContract(ctx, ethereum.CallMsg{To: &at, Data: data}, nil)
	if err != nil {
		return v, explain(err)
	}
	return unpack(out)
}

// Domain returns the EIP-712 domain of requests, results and distributions.
func (k *Contracts) Domain() [32]byte { return k.domain }

// Balance returns the OPEN of an address, in units of 1e-18.
func (k *Contracts) Balance(ctx context.Context, a common.Address) (*big.Int, error) {
	return view(ctx, k.Client, k.Token, tokenABI.PackBalanceOf(a), tokenABI.UnpackBalanceOf)
}

// Bonded returns what a staker has bonded.
func (k *Contracts) Bonded(ctx context.Context, a common.Address) (*big.Int, error) {
	return view(ctx, k.Client, k.Staking, stakingABI.PackBondedOf(a), stakingABI.UnpackBondedOf)
}

// Tip returns the last epoch that is posted, and the last one that is final.
func (k *Contracts) Tip(ctx context.Context) (tip, final uint64, err error) {
	if tip, err = view(ctx, k.Client, k.Ledger, ledgerABI.PackTip(), ledgerABI.UnpackTip); err != nil {
		return 0, 0, fmt.Errorf("read the tip of the Ledger: %w", err)
	}
	if final, err = view(ctx, k.Client, k.Ledger, ledgerABI.PackFinalTip(), ledgerABI.UnpackFinalTip); err != nil {
		return 0, 0, fmt.Errorf("read the final tip of the Ledger: %w", err)
	}
	return tip, final, nil
}

// Claimed returns what was claimed at a place.
func (k *Contracts) Claimed(ctx context.Context, place uint32) (*big.Int, error) {
	return view(ctx, k.Client, k.Ledger, ledgerABI.PackClaimed(new(big.Int).SetUint64(uint64(place))), ledgerABI.UnpackClaimed)
}
