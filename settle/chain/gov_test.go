package chain_test

import (
	"testing"
	"time"

	"github.com/openledger/openledger/settle/chain"
)

// TestGovernance: a split is proposed, voted for, queued and executed, and epochs
// from the one after the next on use it.
func TestGovernance(t *testing.T) {
	s := newTown(t, 17)
	ctx := t.Context()
	was, err := s.k.Split(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := [6]uint16{400, 2100, 1500, 500, 1000, 4500}
	state := func(state chain.ProposalState) chain.Proposal {
		t.Helper()
		all, err := s.k.Proposals(ctx)
		if err != nil || len(all) != 1 || all[0].State != state {
			t.Fatalf("got %+v (%v), want it %v", all, err, state)
		}
		return all[0]
	}
	refused(t, s.d, founder, s.k.ProposeSplit(want, "more for workers"), "GovernorInsufficientProposerVotes")
	do(t, s.d, founder, s.k.Delegate(founder.Address()))
	s.d.Seal()
	do(t, s.d, founder, s.k.ProposeSplit(want, "more for workers"))
	s.pass(5 * time.Second)
	p := state(chain.Active)
	do(t, s.d, founder, s.k.CastVote(p.ID, chain.For))
	refused(t, s.d, founder, s.k.CastVote(p.ID, chain.Against), "GovernorAlreadyCastVote")
	s.pass(time.Minute)
	p = state(chain.Succeeded)
	if p.For.Cmp(p.Quorum) < 0 || p.Against.Sign() != 0 {
		t.Errorf("for %v, against %v, quorum %v", p.For, p.Against, p.Quorum)
	}
	do(t, s.d, s.watcher, s.k.QueueProposal(p))
	refused(t, s.d, s.watcher, s.k.ExecuteProposal(p), "TimelockUnexpectedOperationState")
	s.pass(time.Minute)
	do(t, s.d, s.watcher, s.k.ExecuteProposal(state(chain.Queued)))
	state(chain.Executed)

	// Epoch 1 is under the old split, epoch 2 under the new one; a watcher agrees.
	for e, split := range map[uint64][6]uint16{1: was, 2: want, 3: want} {
		if got, err := s.k.Split(ctx, e); err != nil || got != split {
			t.Errorf("epoch %d: got %v (%v), want %v", e, got, err, split)
		}
	}
	for range 2 {
		s.fill(5)
		s.close()
	}
	if got := s.replay().State().Sums(); got != s.book.State().Sums() {
		t.Errorf("a watcher has %+v", got)
	}
}

// TestAmount: decimals of OPEN are exact, and nothing else is read.
func TestAmount(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "1": "1", "1.5": "1.5", "0.000000000000000001": "0.000000000000000001", "007.10": "7.1", "1000000000": "1000000000",
		"12.500000000000000000": "12.5",
	} {
		n, err := chain.ParseAmount(text)
		if err != nil || chain.FormatAmount(n) != want {
			t.Errorf("%s: got %v (%v), want %s", text, n, err, want)
		}
	}
	for _, text := range []string{"", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", " 1", "0x10", "0.0000000000000000001", "1000000000000000", "½"} {
		if n, err := chain.ParseAmount(text); err == nil {
			t.Errorf("%q is read as %v", text, n)
		}
	}
}

// TestBeacon: what is drawn follows from the first finalized block after a time,
// whoever asks and whenever.
func TestBeacon(t *testing.T) {
	d := openDev(t, "")
	defer d.Close()
	ctx := t.Context()
	d.Seal() // the first block is of 1970
	at, err := chain.Now(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chain.Beacon(ctx, d, at); err == nil {
		t.Error("a beacon before there is a finalized block after")
	}
	for range 70 {
		d.Seal()
	}
	first, err := chain.Beacon(ctx, d, at)
	if err != nil {
		t.Fatal(err)
	}
	for range 70 {
		d.Seal()
	}
	if again, err := chain.Beacon(ctx, d, at); err != nil || again != first {
		t.Errorf("got %x (%v), want %x", again, err, first)
	}
	if other, err := chain.Beacon(ctx, d, at.Add(20*time.Second)); err != nil || other == first {
		t.Errorf("a later one: got %x (%v)", other, err)
	}
}
