package chain_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
)

// TestOneFaultOneSlash: a worker of a real job is convicted by what its last step
// consists of. Whether the Referee hears of it first or JobEscrow, or JobEscrow
// only hears of the conviction: it loses the stake of the job, once, and no pay.
func TestOneFaultOneSlash(t *testing.T) {
	ctx := t.Context()
	d := openDev(t, "")
	t.Cleanup(func() { d.Close() })
	terms := chain.DemoTerms(founder.Address())
	terms.Network = lessonNet
	a, err := chain.Deploy(ctx, d, founder, terms)
	if err != nil {
		t.Fatal(err)
	}
	k, err := chain.Open(ctx, d, a)
	if err != nil {
		t.Fatal(err)
	}
	all := new(big.Int).Lsh(big.NewInt(1), 90)
	do(t, d, founder, k.Approve(a.Staking, all))
	do(t, d, founder, k.Approve(a.Jobs, all))
	l := newLesson(t, lessons[1].adapter, lessons[1].options)
	now, err := chain.Now(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	offer := chain.Offer{
		Spec: l.job(), Steps: 1, Window: time.Hour, Patience: time.Hour, Until: now.Add(time.Hour), Escrow: big.NewInt(4000), Data: new(big.Int),
	}
	do(t, d, founder, k.OpenJob(offer))
	job, err := k.JobOf(ctx, founder.Address(), offer)
	if err != nil {
		t.Fatal(err)
	}
	client := founder.Address()
	challenger := common.Address{19: 99}
	const has, stake = 1000, 700 // and the Referee takes a tenth of all
	for i, how := range []string{"JobEscrow", "the Referee", "the Referee, then a brief"} {
		p := l.pupil("bob " + how)
		p.claim(dispute.Spot{Op: 0}, 0, 5)
		p.commit(record.Account(client))
		brief, err := p.brief(p.open(dodges["result"]))
		if err != nil {
			t.Fatal(err)
		}
		who := common.Address(p.key.Public().Account())
		signer := chain.RecordSigner(p.key.Public().Account(), func(b [32]byte) (record.Signature, error) { return p.key.Sign(b), nil })
		do(t, d, founder, k.Stake(who, big.NewInt(has)))
		e := chain.Engagement{Job: job, Worker: who, Replica: uint32(i), To: 1, Due: now.Add(time.Hour), Pay: big.NewInt(500), Stake: big.NewInt(stake), Bond: big.NewInt(20)}
		signature, err := chain.SignFor(signer, k.MemberOf(e))
		if err != nil {
			t.Fatal(err)
		}
		do(t, d, founder, k.Engage(e, signature))
		m := k.MemberOf(e)
		balance := func(a common.Address) int64 {
			b, err := k.Balance(ctx, a)
			if err != nil {
				t.Fatal(err)
			}
			return new(big.Int).Rem(b, big.NewInt(1e15)).Int64()
		}
		before := [2]int64{balance(client), balance(challenger)}
		refused := func(call chain.Call, want string) {
			t.Helper()
			if _, err := chain.Transact(ctx, d, founder, call); err == nil || want != "" && !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got %v, want %s", how, err, want)
			}
		}
		refused(k.FollowConviction(m, who), "NotConvicted")
		switch how {
		case "JobEscrow":
			do(t, d, founder, k.ConvictMember(m, brief, challenger))
		default:
			do(t, d, founder, chain.Call{To: a.Referee, Data: refereeABI.PackConvictFor(challenger, chain.RefereeBrief(brief))})
			if got, taken, err := k.ConvictionOf(ctx, l.job(), who); err != nil || got != challenger || taken.Int64() != has/10 {
				t.Errorf("%s: convicted by %v for %v, %v", how, got, taken, err)
			}
			if i == 2 {
				refused(k.ConvictMember(m, brief, challenger), "AlreadyConvicted")
			}
			do(t, d, founder, k.FollowConviction(m, who))
		}
		refused(chain.Convict(a.Referee, brief), "AlreadyConvicted")
		refused(k.ConvictMember(m, brief, challenger), "")
		refused(k.FollowConviction(m, who), "WrongState")
		b, err := k.BondOf(ctx, who)
		if err != nil {
			t.Fatal(err)
		}
		after := [2]int64{balance(client), balance(challenger)}
		got := fmt.Sprint(b.Bonded, after[0]-before[0], after[1]-before[1], balance(who))
		if want := fmt.Sprint(has-stake, stake/5, stake*3/10, 0); got != want {
			t.Errorf("%s: bonded, client, challenger, paid: got %s, want %s", how, got, want)
		}
		if s, err := k.Member(ctx, m); err != nil || s.Stage != chain.Slashed {
			t.Errorf("%s: %v, %v", how, s.Stage, err)
		}
		if free, err := k.Free(ctx, who); err != nil || free.Int64() != has-stake {
			t.Errorf("%s: %v is free, %v", how, free, err)
		}
	}
	do(t, d, founder, k.RefundJob(job))
	if s, err := k.Job(ctx, job); err != nil || !s.Closed || s.Done != 0 {
		t.Errorf("got %+v, %v", s, err)
	}
}
