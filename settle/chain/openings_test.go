package chain_test

import (
	"bytes"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/holiman/uint256"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/contract/openings"
	"github.com/openledger/openledger/settle/epoch"
)

// newAskedTown is a town whose watcher may ask.
func newAskedTown(t *testing.T) (*town, chain.OpeningTerms) {
	s := newTown(t, 3)
	do(t, s.d, founder, s.k.Transfer(s.watcher.Address(), bond))
	do(t, s.d, s.watcher, s.k.Approve(s.k.Openings, bond))
	terms, err := s.k.OpeningTerms(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s, terms
}

func (s *town) call(c chain.Call, err error) chain.Call {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func wantError(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

// TestScores: a distribution that follows from scores is answered for, credit by
// credit, up to the sixteenth of a second part; one that pays a unit too much,
// another account or over the cap is charged; silence too. What Go refuses to send
// the contract refuses as well.
func TestScores(t *testing.T) {
	s, terms := newAskedTown(t)
	ctx := t.Context()
	signer := s.workers[0]
	const pot = 1_000_003
	var list []epoch.Score
	for i := range 20 {
		list = append(list, epoch.Score{Account: epoch.AccountOf(addressOf(key("owner", i))), Score: *uint256.NewInt(uint64(1 + i*i))})
	}
	tree, err := epoch.NewScoreTree(*uint256.NewInt(pot), list)
	if err != nil {
		t.Fatal(err)
	}
	payment := func(part, n int, change func(d *epoch.Distribution)) *epoch.Payment {
		d := epoch.Distribution{Pool: epoch.PoolOf("x"), Epoch: 1, Part: uint32(part), Evidence: tree.Evidence()}
		for i := range n {
			x := list[16*part+i]
			w := new(epoch.Amount).Mul(&x.Score, &tree.Pot)
			w.Div(w, &tree.Total)
			d.Credits = append(d.Credits, epoch.Credit{Account: x.Account, Weight: *w})
		}
		if change != nil {
			change(&d)
		}
		for i := range d.Credits {
			d.Amount.Add(&d.Amount, &d.Credits[i].Weight)
		}
		return &epoch.Payment{Distribution: d, Signature: s.sign(signer, d.Signing(s.k.Domain()))}
	}
	for part, n := range []int{16, 4} {
		p := payment(part, n, nil)
		for i := range n {
			if n == 16 && i%5 > 0 {
				continue
			}
			do(t, s.d, s.watcher, s.call(s.k.AskScore(p, i)))
			open, err := s.k.Asked(ctx, addressOf(signer), 0)
			if err != nil || len(open) != 1 || open[0].Key != chain.ScoreKey(addressOf(signer), &p.Distribution, uint64(i)) || open[0].Leaf != uint64(i) || open[0].Subject != p.Distribution.Hash() {
				t.Fatalf("credit %d: asked %+v (%v)", i, open, err)
			}
			do(t, s.d, s.poster, s.call(s.k.AnswerScore(p, i, tree)))
			if open, err := s.k.Asked(ctx, addressOf(signer), 0); err != nil || len(open) != 0 {
				t.Fatalf("credit %d: asked %+v (%v) after the answer", i, open, err)
			}
		}
		_, err := s.k.ProvePadded(p, 0, tree)
		wantError(t, err, "what its score allows")
		_, err = s.k.ProveOverCap(p, 0, tree.Scores, terms.Cap)
		wantError(t, err, "no more than")
	}
	bonded := func() *big.Int {
		n, err := s.k.Bonded(ctx, addressOf(signer))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	slashed := func(name string, call chain.Call, again string) {
		t.Helper()
		before := bonded()
		do(t, s.d, s.watcher, call)
		if got := before.Sub(before, bonded()); got.Cmp(terms.Penalty) != 0 {
			t.Errorf("%s: slashed %v, want %v", name, got, terms.Penalty)
		}
		refused(t, s.d, s.watcher, call, again)
	}
	unit := uint256.NewInt(2) // one more may be what is left over
	more := payment(0, 3, func(d *epoch.Distribution) { d.Credits[2].Weight.Add(&d.Credits[2].Weight, unit) })
	_, err = s.k.AnswerScore(more, 2, tree)
	wantError(t, err, "more than its score")
	slashed("too much", s.call(s.k.ProvePadded(more, 2, tree)), "AlreadyConvicted")
	slashed("another account", s.call(s.k.ProvePadded(payment(0, 2, func(d *epoch.Distribution) { d.Credits[1].Account = d.Credits[0].Account }), 1, tree)), "AlreadyConvicted")
	slashed("no leaf", s.call(s.k.ProvePadded(payment(1, 4, func(d *epoch.Distribution) { d.Credits = append(d.Credits, d.Credits[0]) }), 4, tree)), "AlreadyConvicted")
	slashed("over the cap", s.call(s.k.ProveOverCap(payment(0, 1, func(d *epoch.Distribution) { d.Credits[0].Weight.SetUint64(pot/4 + 1) }), 0, tree.Scores, terms.Cap)), "AlreadyConvicted")

	silent := payment(1, 2, nil)
	do(t, s.d, s.watcher, s.call(s.k.AskScore(silent, 1)))
	key := chain.ScoreKey(addressOf(signer), &silent.Distribution, 1)
	refused(t, s.d, s.watcher, s.k.ProveSilent(key), "TooEarly")
	if err := s.d.Advance(terms.Time + time.Second); err != nil {
		t.Fatal(err)
	}
	slashed("silence", s.k.ProveSilent(key), "NotAsked")
}

// TestPins: a leaf of a piece is asked for and shown.
func TestPins(t *testing.T) {
	s, terms := newAskedTown(t)
	signer := s.workers[0]
	var leaves [][]byte
	var digests []merkle.Digest
	for i := range 5 {
		leaves = append(leaves, bytes.Repeat([]byte{byte(i)}, 1024-100*(i/4)))
		digests = append(digests, merkle.SHA256.Leaf(leaves[i]))
	}
	tree := merkle.NewTree(merkle.SHA256, digests)
	now, err := chain.Now(t.Context(), s.d)
	if err != nil {
		t.Fatal(err)
	}
	p := chain.Pin{Piece: tree.List(), Leaves: 5, Until: now.Add(time.Hour)}
	bindings := openings.NewOpenings()
	out, err := s.d.CallContract(t.Context(), ethCall(s.k.Openings, bindings.PackPinOf(openings.Pin{Piece: p.Piece, Leaves: 5, Until: uint64(p.Until.Unix())})), nil)
	if got := s.k.PinSigning(p); err != nil || !bytes.Equal(got[:], out) {
		t.Fatalf("a pin is signed as %x, the contract has %x (%v)", got, out, err)
	}
	signature := s.sign(signer, s.k.PinSigning(p))
	for i := range leaves {
		do(t, s.d, s.watcher, s.call(s.k.AskPin(p, signature, uint64(i))))
		proof, err := tree.Prove(uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.k.AnswerPin(p, addressOf(signer), append([]byte{1}, leaves[i][1:]...), proof)
		if i != 1 {
			wantError(t, err, "none of the piece")
		}
		do(t, s.d, s.poster, s.call(s.k.AnswerPin(p, addressOf(signer), leaves[i], proof)))
	}
	_, err = s.k.AskPin(p, signature, 5)
	wantError(t, err, "no leaf 5")
	do(t, s.d, s.watcher, s.call(s.k.AskPin(p, signature, 2)))
	if err := s.d.Advance(terms.Time + time.Second); err != nil {
		t.Fatal(err)
	}
	do(t, s.d, s.watcher, s.k.ProveSilent(s.k.PinKey(addressOf(signer), p, 2)))
}

// TestEquivocations: real sealed records and results convict; what does not is
// refused before it is sent.
func TestEquivocations(t *testing.T) {
	s := newTown(t, 4)
	k, err := record.ParseKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	who := k.Public().Account()
	do(t, s.d, founder, s.k.Stake([20]byte(who), bond))
	const network = 1
	seal := func(typ record.Type, sequence uint64, payload byte) record.Verified {
		v, err := record.Seal(k, record.Header{Network: network, Type: typ, Subject: [32]byte{9}, Sequence: sequence}, []byte{payload})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	guilty, ok := record.Equivocates(seal(record.Receipt, 1, 1), seal(record.Receipt, 1, 2))
	if !ok {
		t.Fatal("no equivocation")
	}
	call := s.call(s.k.ProveEquivocation(guilty, network))
	do(t, s.d, s.watcher, call)
	refused(t, s.d, s.watcher, call, "AlreadyConvicted")
	_, err = s.k.ProveEquivocation(guilty, network+1)
	wantError(t, err, "network")
	allowed, _ := record.Equivocates(seal(record.Advert, 1, 1), seal(record.Advert, 1, 2))
	_, err = s.k.ProveEquivocation(allowed, network)
	wantError(t, err, "no offence")
	other, _ := record.Equivocates(seal(record.Receipt, 1, 1), seal(record.Receipt, 2, 2))
	_, err = s.k.ProveEquivocation(other, network)
	wantError(t, err, "do not contradict")

	u := s.usage(5).Usage
	worker := s.workers[0]
	result := func(output byte) chain.SignedResult {
		r := u.Result
		r.Output = [32]byte{output}
		return chain.SignedResult{Result: r, Signature: s.sign(worker, r.Signing(s.k.Domain()))}
	}
	before, err := s.k.Bonded(t.Context(), addressOf(worker))
	if err != nil {
		t.Fatal(err)
	}
	do(t, s.d, s.watcher, s.call(s.k.ProveResults(result(1), result(2))))
	if after, err := s.k.Bonded(t.Context(), addressOf(worker)); err != nil || after.Cmp(before) >= 0 {
		t.Errorf("bonded %v, then %v (%v)", before, after, err)
	}
	_, err = s.k.ProveResults(result(1), result(1))
	wantError(t, err, "the same")
	foreign := result(2)
	foreign.Signature = s.sign(s.workers[1], foreign.Result.Signing(s.k.Domain()))
	_, err = s.k.ProveResults(result(1), foreign)
	wantError(t, err, "not one signer")
	later := result(2)
	later.Result.Request = [32]byte{1}
	_, err = s.k.ProveResults(result(1), later)
	wantError(t, err, "two requests")
}
