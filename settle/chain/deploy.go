package chain

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/contract/accessmanager"
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

// Roles of the AccessManager; 0 is its admin, the timelock.
const (
	JudgeRole    = 1 // slashes and locks stakes: the Ledger, Referee, JobEscrow, Equivocations and Openings
	GuardianRole = 2 // pauses claims and withdrawals, for 7 days at most
	RefereeRole  = 3 // says who is guilty in a job: nobody, until the timelock names another Referee
)

// offences are the types of records that it costs stake to contradict oneself in:
// those that are journalled before they are signed.
var offences = []record.Type{
	record.Lease, record.SegmentCommit, record.Reveal, record.OpenSteps, record.OpenOps, record.OpenTiles, record.OpenElement,
	record.Receipt, record.Statement, record.EpochSummary,
}

// Terms are what a deployment starts with. Times are seconds, amounts units of
// 1e-18 OPEN.
type Terms struct {
	Holder   common.Address // of the whole supply
	Guardian common.Address // may pause; zero: nobody

	StakingDelay uint64 // from exit to withdraw; longer than every window
	Window       uint32 // in which a header can be proven wrong
	LeaderTime   uint32 // in which only the leader may post
	DemandTime   uint32 // in which demanded data must be shown
	ForceTime    uint32 // after which a forced record must be taken
	Bond         *big.Int
	DemandBond   *big.Int  // of who demands data, or asks for a leaf
	Cap          uint32    // the most that one epoch spends, in whole OPEN
	Split        [6]uint16 // of a fee in 1/10,000 by class

	Network    record.Network // whose records convict
	Penalty    *big.Int       // of an equivocation, and of a leaf that is not shown
	TileBps    uint16         // of all that a staker has, for a wrong tile, in 1/10,000
	AnswerTime uint32         // in which a leaf must be shown
	CapBps     uint16         // the most of a pot that one credit of a distribution pays, in 1/10,000

	VoteDelay, VotePeriod uint32 // of a proposal
	TimelockDelay         uint64 // from queue to execute
	Threshold             *big.Int
	QuorumPercent         uint8
}

// open returns n OPEN.
func open(n int64) *big.Int {
	return new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18))
}

const day = 24 * 60 * 60

// ProductionTerms returns the terms of settlement on a public chain.
func ProductionTerms(holder, guardian common.Address) Terms {
	return Terms{
		Holder: holder, Guardian: guardian,
		StakingDelay: 14 * day, Window: day, LeaderTime: 600, DemandTime: 6 * 60 * 60, ForceTime: 12 * 60 * 60,
		Bond: open(10_000), DemandBond: open(10), Cap: 10_000_000, Split: [6]uint16{500, 2000, 1500, 500, 1000, 4500},
		Network: 1, Penalty: open(1000), TileBps: 1000, AnswerTime: 12 * 60 * 60, CapBps: 2500,
		VoteDelay: day, VotePeriod: 5 * day, TimelockDelay: 2 * day, Threshold: open(1_000_000), QuorumPercent: 4,
	}
}

// DemoTerms returns the same with windows of seconds.
func DemoTerms(holder common.Address) Terms {
	t := ProductionTerms(holder, holder)
	t.StakingDelay, t.Window, t.LeaderTime, t.DemandTime, t.ForceTime, t.AnswerTime = 120, 10, 2, 5, 5, 10
	t.VoteDelay, t.VotePeriod, t.TimelockDelay = 1, 30, 2
	return t
}

// check refuses terms under which cheating would pay.
func (t Terms) check() error {
	if t.StakingDelay <= uint64(t.Window)+uint64(t.DemandTime) {
		return fmt.Errorf("terms: a stake leaves after %d s, before a window of %d s and a demand of %d s are over: give a longer delay", t.StakingDelay, t.Window, t.DemandTime)
	}
	if t.StakingDelay <= uint64(t.AnswerTime) {
		return fmt.Errorf("terms: a stake leaves after %d s, before the %d s to show a leaf are over: give a longer delay", t.StakingDelay, t.AnswerTime)
	}
	if t.Cap == 0 || t.Network == 0 || t.CapBps > 10_000 {
		return fmt.Errorf("terms: a cap of %d OPEN, network %d and a share of %d/10000: give a cap, a network and a share of the whole", t.Cap, t.Network, t.CapBps)
	}
	sum := 0
	for _, b := range t.Split {
		sum += int(b)
	}
	if sum != 10_000 {
		return fmt.Errorf("terms: the split of fees sums to %d, not to 10000", sum)
	}
	if t.Holder == (common.Address{}) {
		return fmt.Errorf("terms: nobody holds the supply: name its holder")
	}
	return nil
}

// Deploy puts a new set of contracts on a chain. Afterwards the timelock is the
// only admin; who deployed may nothing more. One that failed half-way leaves
// contracts that nobody uses: deploy again.
func Deploy(ctx context.Context, c Client, s Signer, t Terms) (a Addresses, err error) {
	if err := t.check(); err != nil {
		return a, err
	}
	id, err := c.ChainID(ctx)
	if err != nil {
		return a, fmt.Errorf("ask for the chain id: %w", err)
	}
	a.ChainID = id.Uint64()
	if a.Block, err = c.BlockNumber(ctx); err != nil {
		return a, fmt.Errorf("ask for the last block: %w", err)
	}
	put := func(meta *bind.MetaData, arguments []byte) (at common.Address) {
		if err != nil {
			return at
		}
		receipt, e := Transact(ctx, c, s, Call{Data: append(common.FromHex(meta.Bin), arguments...)})
		if e != nil {
			err = fmt.Errorf("deploy %s: %w", meta.ID, e)
			return at
		}
		return receipt.ContractAddress
	}
	call := func(what string, to common.Address, data []byte) {
		if err != nil {
			return
		}
		if _, e := Transact(ctx, c, s, Call{To: to, Data: data}); e != nil {
			err = fmt.Errorf("%s: %w", what, e)
		}
	}

	manager := accessmanager.NewAccessManager()
	a.Token = put(&opentoken.OpenTokenMetaData, tokenABI.PackConstructor(t.Holder))
	a.Manager = put(&accessmanager.AccessManagerMetaData, manager.PackConstructor(s.Address()))
	a.Staking = put(&staking.StakingMetaData, stakingABI.PackConstructor(a.Manager, a.Token, t.StakingDelay))
	a.Registry = put(&registry.RegistryMetaData, nil)
	a.Ledger = put(&ledger.LedgerMetaData, ledgerABI.PackConstructor(a.Manager, a.Staking, ledger.LedgerTerms{
		Window: t.Window, LeaderTime: t.LeaderTime, DemandTime: t.DemandTime, ForceTime: t.ForceTime, Bond: t.Bond, Cap: t.Cap, DemandBond: t.DemandBond,
	}, t.Split))
	if err == nil {
		a.Challenges, err = view(ctx, c, a.Ledger, ledgerABI.PackChallenges(), ledgerABI.UnpackChallenges)
	}
	a.Referee = put(&referee.RefereeMetaData, refereeABI.PackConstructor(a.Staking, uint64(t.Network), t.TileBps, t.DemandBond, t.AnswerTime))
	a.Jobs = put(&jobescrow.JobEscrowMetaData, jobsABI.PackConstructor(a.Manager, a.Staking, a.Referee))
	types := new(big.Int)
	for _, o := range offences {
		types.SetBit(types, int(o), 1)
	}
	a.Equivocations = put(&equivocations.EquivocationsMetaData, equivocationsABI.PackConstructor(a.Manager, a.Ledger, uint64(t.Network), t.Penalty, types))
	a.Openings = put(&openings.OpeningsMetaData, openingsABI.PackConstructor(a.Manager, a.Ledger, openings.OpeningsTerms{
		Bond: t.DemandBond, Penalty: t.Penalty, Time: t.AnswerTime, CapBps: t.CapBps,
	}))

	// The timelock takes proposals of the governor, which comes after it.
	var nonce uint64
	if err == nil {
		nonce, err = c.PendingNonceAt(ctx, s.Address())
	}
	governor := crypto.CreateAddress(s.Address(), nonce+1)
	a.Timelock = put(&timelockcontroller.TimelockControllerMetaData, timelockcontroller.NewTimelockController().PackConstructor(
		new(big.Int).SetUint64(t.TimelockDelay), []common.Address{governor}, []common.Address{{}}, common.Address{}))
	a.Governor = put(&opengovernor.OpenGovernorMetaData, opengovernor.NewOpenGovernor().PackConstructor(
		a.Token, a.Timelock, big.NewInt(int64(t.VoteDelay)), t.VotePeriod, t.Threshold, big.NewInt(int64(t.QuorumPercent))))
	if err == nil && a.Governor != governor {
		err = fmt.Errorf("deploy: %v sent another transaction meanwhile: deploy again with a key that nothing else uses", s.Address())
	}

	for _, r := range []struct {
		what    string
		at      common.Address
		abi     abi.ABI
		methods []string
		role    uint64
	}{
		{"let judges slash", a.Staking, stakingABI.GetABI(), []string{"slash", "lock", "unlock"}, JudgeRole},
		{"let the guardian pause", a.Ledger, ledgerABI.GetABI(), []string{"pause", "unpause"}, GuardianRole},
		{"let a later Referee judge", a.Jobs, jobsABI.GetABI(), []string{"dispute", "resolve"}, RefereeRole},
	} {
		var selectors [][4]byte
		for _, m := range r.methods {
			selectors = append(selectors, selector(r.abi, m))
		}
		call(r.what, a.Manager, manager.PackSetTargetFunctionRole(r.at, selectors, r.role))
	}
	for _, judge := range []common.Address{a.Ledger, a.Referee, a.Jobs, a.Equivocations, a.Openings} {
		call("let judges slash", a.Manager, manager.PackGrantRole(JudgeRole, judge, 0))
	}
	if t.Guardian != (common.Address{}) {
		call("let the guardian pause", a.Manager, manager.PackGrantRole(GuardianRole, t.Guardian, 0))
	}
	call("make the timelock the admin", a.Manager, manager.PackGrantRole(0, a.Timelock, 0))
	call("give up being the admin", a.Manager, manager.PackRenounceRole(0, s.Address()))
	return a, err
}
