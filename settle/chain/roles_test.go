package chain_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/ethereum/go-ethereum/common"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
)

// caught is what a training job left of a cheat.
type caught struct {
	id             job.ID
	cheat, asks    record.Account
	honest         []record.Account
	proofs, charge [][]byte
}

// cheatedJob trains a LoRA by real roles: a requester, an auditor and three
// workers, of which the cheapest cheats in step 3, in a later segment.
func cheatedJob(t *testing.T, cheat func(work.Runner) work.Runner) (c caught) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := worktest.New(t)
		asks := w.Add("requester", 0, nil)
		for _, name := range []string{"one", "two"} {
			c.honest = append(c.honest, w.Add(name, worktest.Works, nil).Account())
		}
		bad := w.Add("liar", worktest.Works, func(p *worktest.Peer) {
			p.Limits.Price = 100_000 // cheaper: it is chosen
			p.Wrap = cheat
		})
		w.Add("auditor", worktest.Audits, nil)
		c.id = w.Submit(asks, recipe.Choices{Level: job.C, Epochs: 5}, func(s *job.Spec) { s.Segment = 2 })
		w.Over(asks, c.id, job.Final)
		w.Right(asks, c.id)
		c.cheat, c.asks, c.proofs, c.charge = bad.Account(), asks.Account(), asks.Proofs(), asks.Charges()
	})
	return c
}

// TestJobConvicted: a worker that cheats in a job is convicted by whoever verifies
// the fraud proof that its requester kept, and by the Referee through the charge
// that it kept beside it: half of what the Referee takes is burned, a fifth is the
// requester's, three tenths are the sender's. No other member is named by it.
func TestJobConvicted(t *testing.T) {
	e, err := op.New(op.Config{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for _, x := range []struct {
		name  string
		kind  dispute.Kind
		cheat func(work.Runner) work.Runner
	}{
		{"a wrong tile", dispute.Tile, func(r work.Runner) work.Runner { return worktest.Liar(r, 3) }},
		{"a state that its values do not make up", dispute.List, func(r work.Runner) work.Runner { return worktest.Misstater(r, 3) }},
	} {
		t.Run(x.name, func(t *testing.T) {
			got := cheatedJob(t, x.cheat)
			if len(got.proofs) != 1 || len(got.charge) != 1 {
				t.Fatalf("%d fraud proofs and %d charges, want one each", len(got.proofs), len(got.charge))
			}
			v, err := dispute.Verify(got.proofs[0], work.Rules(worktest.Network, e))
			if err != nil || v.Kind != x.kind || v.Step != 3 || len(v.Guilty) != 1 || !v.Convicts(got.cheat) {
				t.Fatalf("the fraud proof: %+v, %v", v, err)
			}
			charge, err := dispute.ReadCharge(got.charge[0])
			if err != nil || (charge.Brief != nil) != (x.kind == dispute.Tile) {
				t.Fatalf("the charge: %+v, %v", charge, err)
			}
			found, err := charge.Judge(worktest.Network)
			if err != nil || found.Guilty.Account() != got.cheat || found.Client != got.asks || found.Step != 3 || found.Job != [32]byte(got.id) {
				t.Fatalf("it finds %+v, %v", found, err)
			}
			got.sentence(t, charge)
		})
	}
}

// sentence takes a charge to the Referee on a dev chain.
func (x *caught) sentence(t *testing.T, charge *dispute.Charge) {
	t.Helper()
	c := courtOf(t, worktest.Network)
	const stake = 1_000_000
	for _, a := range append(x.honest, x.cheat) {
		c.stake(a, stake)
	}
	sender := chain.KeySigner(key("challenger", 1))
	fund(t, c.d, sender.Address())
	send := func() chain.Call {
		if charge.Link != nil {
			return chain.ConvictLink(c.links(), charge.Link)
		}
		return chain.Convict(c.referee, charge.Brief)
	}
	t.Logf("%d gas", do(t, c.d, sender, send()))
	const taken = stake * penaltyBps / 10_000
	if left := c.number(c.staking, stakesABI.PackTotalOf(common.Address(x.cheat))); left != stake-taken {
		t.Errorf("%d of %d are left to the cheat, want %d", left, stake, stake-taken)
	}
	for _, a := range x.honest {
		if left := c.number(c.staking, stakesABI.PackTotalOf(common.Address(a))); left != stake {
			t.Errorf("%s, who was honest, has %d of %d left", a, left, stake)
		}
	}
	if got := c.balance(common.Address(x.asks)); got != taken*2/10 {
		t.Errorf("the requester got %d, want %d", got, taken*2/10)
	}
	if got := c.balance(sender.Address()); got != taken*3/10 {
		t.Errorf("the sender got %d, want %d", got, taken*3/10)
	}
	if _, name := c.askAt(send().To, refereeABI.GetABI(), send().Data); name != "AlreadyConvicted" {
		t.Errorf("convicted again: got %q", name)
	}
	if charge.Brief == nil {
		return
	}

	// With another plan it convicts nobody, here and there.
	tampered := *charge.Brief
	tampered.Plan = slices.Clone(tampered.Plan)
	tampered.Plan[len(tampered.Plan)-1] ^= 1
	if f, err := (&dispute.Charge{Brief: &tampered}).Judge(worktest.Network); err == nil {
		t.Errorf("with another plan it convicts %v", f.Guilty)
	}
	if _, name := c.ask(refereeABI.PackConvict(chain.RefereeBrief(&tampered))); name == "" {
		t.Error("with another plan the Referee takes it")
	}
}
