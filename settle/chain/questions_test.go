package chain_test

import (
	"bytes"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/contract/questions"
)

var askABI = questions.NewQuestions()

// question is what a pupil can be asked on the chain, and its name there.
func (p *pupil) question(t *testing.T) (*chain.Question, [32]byte) {
	t.Helper()
	outlines := []dispute.Outline{p.sketch.Outline}
	outline, operator, err := p.sketch.Show(outlines, 1, p.spot)
	if err != nil {
		t.Fatal(err)
	}
	q := &chain.Question{
		Plan: p.plan.Envelope(), Reveal: p.reveal.Envelope(), Ops: p.ops.Envelope(), Outline: outline, Operator: operator, At: p.spot,
	}
	return q, p.ops.Header().Digest()
}

// TestQuestions: who says nothing is convicted when its time is over; who answers
// gets the bond, and a lie in the answer convicts it; an honest worker only gains.
func TestQuestions(t *testing.T) {
	c := newCourt(t)
	client := record.Account{19: 7}
	l := newLesson(t, lessons[0].adapter, lessons[0].options)
	out, name := c.ask(refereeABI.PackQuestions())
	if name != "" {
		t.Fatal(name)
	}
	at := common.Address(out[12:32])
	do(t, c.d, founder, chain.Call{To: c.token, Data: coinABI.PackApprove(at, new(big.Int).Lsh(big.NewInt(1), 100))})
	refuses := func(what string, call chain.Call, want string) {
		t.Helper()
		out, err := c.d.CallContract(t.Context(), callOf(founder, call), nil)
		if err == nil {
			t.Errorf("%s: got %x", what, out)
			return
		}
		if _, name := c.nameOf(askABI.GetABI(), err); name != want {
			t.Errorf("%s: got %q, want %s", what, name, want)
		}
	}
	const stake = 1_000_000
	code := func(code tape.Code) dispute.Spot {
		return dispute.Spot{Op: uint32(slices.IndexFunc(l.program.Ops, func(o trace.Op) bool { return tape.Code(o.Code) == code }))}
	}
	for _, kind := range []tape.Code{tape.RMSNorm, tape.MatMul} {
		alice := l.pupil("alice " + kind.String())
		alice.spot = code(kind)
		alice.commit(client)
		bob, carol := l.pupil("bob "+kind.String()), l.pupil("carol "+kind.String())
		for _, p := range []*pupil{bob, carol} {
			p.claim(code(kind), 5, 3)
			p.commit(client)
		}
		ids := make(map[*pupil][32]byte)
		for _, p := range []*pupil{alice, bob, carol} {
			c.stake(p.key.Public().Account(), stake)
			q, ops := p.question(t)
			wrong := *q
			wrong.At.Tile += 1000
			refuses("an element of no tile", chain.AskElement(at, &wrong), "NoSuchElement")
			wrong = *q
			wrong.Operator.Window = append([]byte{1}, q.Operator.Window[1:]...)
			refuses("another operator", chain.AskElement(at, &wrong), "NotInList")
			used := do(t, c.d, founder, chain.AskElement(at, q))
			refuses("twice", chain.AskElement(at, q), "AlreadyAsked")
			id, err := askABI.UnpackIdOf(c.view(at, askABI.PackIdOf(common.Address(p.key.Public().Account()), ops, p.spot.Op, p.spot.Out, p.spot.Tile, p.spot.At)))
			if err != nil {
				t.Fatal(err)
			}
			ids[p] = id
			t.Logf("ask for an element of %s: %d gas", kind, used)
		}
		honest, lie := alice.open(dodges["truth"]), bob.open(dodges["last"])
		refuses("too early", chain.ExpireElement(at, ids[alice]), "TooEarly")
		refuses("another's answer", chain.AnswerElement(at, ids[bob], honest), "NotTheAnswer")
		cut := *honest
		cut.List = cut.List[32:]
		refuses("a cut answer", chain.AnswerElement(at, ids[alice], &cut), "NotTheAnswer")
		cut.List = bytes.Clone(honest.List)
		cut.List[3] ^= 1
		refuses("an answer that was not signed", chain.AnswerElement(at, ids[alice], &cut), "NotTheAnswer")
		for p, m := range map[*pupil]*dispute.Message{alice: honest, bob: lie} {
			used := do(t, c.d, founder, chain.AnswerElement(at, ids[p], m))
			if got := c.balance(common.Address(p.key.Public().Account())); got != questionBond {
				t.Errorf("%s: who answered got %d of the bond", kind, got)
			}
			refuses("twice", chain.AnswerElement(at, ids[p], m), "NotAsked")
			t.Logf("answer with %d bytes: %d gas", len(m.List), used)
		}
		brief, err := bob.brief(lie) // from what everybody saw
		if err != nil {
			t.Fatal(err)
		}
		do(t, c.d, founder, chain.Convict(c.referee, brief))

		if err := c.d.Advance(2 * time.Minute); err != nil {
			t.Fatal(err)
		}
		refuses("too late", chain.AnswerElement(at, ids[carol], carol.open(dodges["truth"])), "TooLate")
		before := c.balance(founder.Address())
		do(t, c.d, founder, chain.ExpireElement(at, ids[carol]))
		taken := int64(stake * penaltyBps / 10_000)
		if got := c.balance(founder.Address()) - before; got != questionBond+taken*3/10 {
			t.Errorf("%s: who asked got %d", kind, got)
		}
		refuses("an answered question", chain.ExpireElement(at, ids[alice]), "NotAsked")
		for p, want := range map[*pupil]int64{alice: stake, bob: stake - taken, carol: stake - taken} {
			if got := c.number(c.staking, stakesABI.PackTotalOf(common.Address(p.key.Public().Account()))); got != want {
				t.Errorf("%s: a stake of %d, want %d", kind, got, want)
			}
		}
	}
}
