package chain_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/contract/links"
)

var linksABI = links.NewLinks()

// askLinks is ask for the contract Links.
func (c *court) askLinks(x *dispute.Link) (links.JudgeOutput, string) {
	c.t.Helper()
	at := c.links()
	out, name := c.askAt(at, linksABI.GetABI(), linksABI.PackJudge(chain.LinksLink(x)))
	if name != "" {
		return links.JudgeOutput{}, name
	}
	got, err := linksABI.UnpackJudge(out)
	if err != nil {
		c.t.Fatal(err)
	}
	return got, ""
}

func (c *court) links() common.Address {
	c.t.Helper()
	out, name := c.ask(refereeABI.PackLinks())
	if name != "" {
		c.t.Fatal(name)
	}
	return common.Address(out[12:32])
}

// TestLinks: what was committed and does not follow comes to its last step, which
// the EVM sees as it is seen here; an honest worker's links all hold.
func TestLinks(t *testing.T) {
	c := newCourt(t)
	client := record.Account{19: 7}
	l := newLesson(t, lessons[1].adapter, lessons[1].options) // with frozen parameters
	other := func(s trace.Source) func(p *pupil) {
		return func(p *pupil) {
			p.list = slices.Clone(p.list)
			p.list[p.first(s)][5] ^= 1
		}
	}
	found := make(map[dispute.LinkOf]*dispute.Link)
	for name, x := range map[string]struct {
		of     dispute.LinkOf
		change func(p *pupil)
	}{
		"start":  {dispute.LinkStart, func(p *pupil) { p.start.State[0] ^= 1 }},
		"chain":  {dispute.LinkChain, func(p *pupil) { p.chain = 1 }},
		"batch":  {dispute.LinkBatch, func(p *pupil) { p.step.Batch[3] ^= 1 }},
		"given":  {dispute.LinkGiven, other(trace.Given)},
		"before": {dispute.LinkBefore, other(trace.State)},
		"frozen": {dispute.LinkFrozen, other(trace.Frozen)},
		"loss":   {dispute.LinkLoss, func(p *pupil) { p.step.Loss ^= 1 }},
		"after":  {dispute.LinkAfter, func(p *pupil) { p.step.State[9] ^= 1 }},
	} {
		bob := l.pupil("bob of the " + name)
		x.change(bob)
		bob.commit(client)
		link, err := dispute.FindLink(bob.wrong())
		if err != nil || link.Of != x.of {
			t.Fatalf("%s: found %+v, %v", name, link, err)
		}
		found[x.of] = link
		b, err := canon.Encode(link)
		if err != nil {
			t.Fatal(err)
		}
		f, err := dispute.JudgeLink(b, lessonNet)
		if err != nil || f.Guilty != bob.key.Public() || f.Job != l.job() || f.Step != 1 || f.Client != client {
			t.Fatalf("%s: got %+v, %v", name, f, err)
		}
		got, wrong := c.askLinks(link)
		if wrong != "" || !got.Wrong || got.Signer != common.Address(bob.key.Public().Account()) || got.Job != l.job() {
			t.Fatalf("%s: the EVM finds %+v, %s", name, got, wrong)
		}
		const stake = 1_000_000
		c.stake(bob.key.Public().Account(), stake)
		sender := chain.KeySigner(key("challenger", 1))
		fund(t, c.d, sender.Address())
		used := do(t, c.d, sender, chain.ConvictLink(c.links(), link))
		if left := c.number(c.staking, stakesABI.PackTotalOf(got.Signer)); left != stake-stake*penaltyBps/10_000 {
			t.Errorf("%s: %d of %d are left", name, left, stake)
		}
		t.Logf("%-6s %7d gas (%s)", name, used, f.Why)
		if _, name := c.askAt(c.links(), refereeABI.GetABI(), linksABI.PackConvict(chain.LinksLink(link))); name != "AlreadyConvicted" {
			t.Errorf("convicted again: got %q", name)
		}
	}
	c.honestLinks(l, found)
	c.badLinks(found)
}

// honestLinks looks for the same faults in what an honest worker signed.
func (c *court) honestLinks(l *lesson, found map[dispute.LinkOf]*dispute.Link) {
	c.t.Helper()
	alice := l.pupil("alice")
	alice.commit(record.Account{})
	if _, err := dispute.FindLink(alice.wrong()); !errors.Is(err, dispute.ErrNothing) {
		c.t.Fatalf("an honest worker's links: %v", err)
	}
	tree := merkle.NewTree(merkle.SHA256, trace.Leaves(alice.list))
	for of, lie := range found {
		x := *lie // with the honest worker's own in the places of what was wrong
		x.Plan, x.Reveal, x.Steps = alice.plan.Envelope(), alice.reveal.Envelope(), nil
		if len(lie.Ops) > 0 {
			x.Ops = alice.ops.Envelope()
		}
		steps, at := []trace.Step{alice.start, alice.step}, int(lie.Step.Index)
		if of == dispute.LinkChain {
			x.Steps = steps
		} else if len(lie.Steps) == 1 {
			x.Steps = steps[at : at+1]
			var err error
			if x.Step, err = trace.Prove(1, steps, uint64(at)); err != nil {
				c.t.Fatal(err)
			}
		}
		x.Entries = nil
		for _, e := range lie.Entries {
			p, err := tree.Prove(e.Proof.Index)
			if err != nil {
				c.t.Fatal(err)
			}
			x.Entries = append(x.Entries, dispute.Entry{Digest: alice.list[e.Proof.Index], Proof: p})
		}
		b, err := canon.Encode(&x)
		if err != nil {
			c.t.Fatal(err)
		}
		if _, err := dispute.JudgeLink(b, lessonNet); !errors.Is(err, dispute.ErrNothing) {
			c.t.Errorf("link %d of an honest worker: %v", of, err)
		}
		if got, name := c.askLinks(&x); name != "" || got.Wrong {
			c.t.Errorf("link %d of an honest worker: the EVM finds %+v, %s", of, got, name)
		}
		if _, name := c.askAt(c.links(), linksABI.GetABI(), linksABI.PackConvict(chain.LinksLink(&x))); name != "NothingWrong" {
			c.t.Errorf("link %d of an honest worker: got %q", of, name)
		}
	}
}

// badLinks: what does not belong together reverts with its own error.
func (c *court) badLinks(found map[dispute.LinkOf]*dispute.Link) {
	c.t.Helper()
	for label, x := range map[string]struct {
		of     dispute.LinkOf
		want   string
		change func(x *dispute.Link)
	}{
		"no record":              {dispute.LinkStart, "NotARecord", func(x *dispute.Link) { x.Plan = x.Plan[1:] }},
		"another's reveal":       {dispute.LinkStart, "NotTogether", func(x *dispute.Link) { x.Reveal = found[dispute.LinkChain].Reveal }},
		"a step too few":         {dispute.LinkChain, "NotALink", func(x *dispute.Link) { x.Steps = x.Steps[1:] }},
		"other steps":            {dispute.LinkChain, "NotInList", func(x *dispute.Link) { x.Steps[1].Loss ^= 1 }},
		"another step":           {dispute.LinkBatch, "NotInList", func(x *dispute.Link) { x.Steps[0].Loss ^= 1 }},
		"the step before":        {dispute.LinkBatch, "NotALink", func(x *dispute.Link) { x.Step.Index = 0 }},
		"another outline":        {dispute.LinkBatch, "NotInList", func(x *dispute.Link) { x.Outline.Window[100] ^= 1 }},
		"another's list":         {dispute.LinkGiven, "NotTogether", func(x *dispute.Link) { x.Ops = found[dispute.LinkLoss].Ops }},
		"an entry of another":    {dispute.LinkGiven, "NotInList", func(x *dispute.Link) { x.Entries[0].Digest[1] ^= 1 }},
		"another source":         {dispute.LinkGiven, "NotInList", func(x *dispute.Link) { x.Source.Window[2] ^= 1 }},
		"the source of another":  {dispute.LinkGiven, "NotOfTheStep", func(x *dispute.Link) { x.Source.Proof.Index++ }},
		"a given for a state":    {dispute.LinkGiven, "NotALink", func(x *dispute.Link) { x.Of = dispute.LinkFrozen }},
		"a state for a given":    {dispute.LinkBefore, "NotALink", func(x *dispute.Link) { x.Of = dispute.LinkGiven }},
		"another map":            {dispute.LinkFrozen, "NotInList", func(x *dispute.Link) { x.Digest[1] ^= 1 }},
		"not the loss":           {dispute.LinkAfter, "NotALink", func(x *dispute.Link) { x.Of = dispute.LinkLoss }},
		"a value of the state":   {dispute.LinkAfter, "NotALink", func(x *dispute.Link) { x.Entries = x.Entries[1:] }},
		"another name":           {dispute.LinkAfter, "NotALink", func(x *dispute.Link) { x.Finals[0][36] ^= 1 }},
		"an entry without place": {dispute.LinkLoss, "WrongPath", func(x *dispute.Link) { x.Entries[0].Proof.Path = nil }},
		"no link":                {dispute.LinkGiven, "NotALink", func(x *dispute.Link) { x.Of = 0 }},
	} {
		b, err := canon.Encode(found[x.of])
		if err != nil {
			c.t.Fatal(err)
		}
		var own dispute.Link
		if err := canon.Decode(b, &own, canon.Limits{Total: dispute.MaxProof}); err != nil {
			c.t.Fatal(err)
		}
		x.change(&own)
		if _, name := c.askLinks(&own); name != x.want {
			c.t.Errorf("%s: got %q, want %s", label, name, x.want)
		}
		if b, err = canon.Encode(&own); err != nil {
			c.t.Fatal(err)
		}
		if f, err := dispute.JudgeLink(b, lessonNet); err == nil {
			c.t.Errorf("%s: here it convicts: %s", label, f.Why)
		}
	}
}
