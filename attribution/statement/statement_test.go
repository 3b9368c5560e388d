package statement

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/attribution/influence/index"
	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

var someCID = cid.MustParse("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy")

// inputs are those of a made-up answer: an index of random rows.
func inputs(t testing.TB, r *rand.Rand, rows int) *Inputs {
	t.Helper()
	const width = 512
	record := &index.Record{Terms: index.Terms{Model: someCID, Adapter: someCID, Seed: 1, Width: width, Rows: uint64(rows), Owners: []string{"ann", "bob", "cyd", "dan"}}}
	of, err := record.Terms.Digest()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "index")
	w, err := index.Continue(path, index.Head{Of: of, Width: width, Rows: uint64(rows)})
	if err != nil {
		t.Fatal(err)
	}
	meta, signs := make([]index.Row, rows), make([]byte, rows*width/8)
	for i := range meta {
		meta[i] = index.Row{Owner: r.Uint32N(4), Tokens: 9, Record: uint32(i / 2), Scale: r.Uint32N(1 << 20)}
	}
	for i := 0; i < len(signs); i += 8 {
		binary.LittleEndian.PutUint64(signs[i:], r.Uint64())
	}
	if err := errors.Join(w.Append(meta, signs), w.Close()); err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(path, of)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	record.Root, record.Sums = x.Root(), x.SumsRoot()
	e, err := op.New(op.Config{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	ints := make([]int8, width)
	for i := range ints {
		ints[i] = int8(r.IntN(15) - 7)
	}
	q, err := index.NewQuery(ints, 0.25)
	if err != nil {
		t.Fatal(err)
	}
	return &Inputs{
		Receipt: [32]byte{1}, Record: record, Index: x, Engine: e, Query: q, Base: 3000, Tuned: 1000,
		Spans: map[uint32]uint64{1: 500, 7: 100}, Beta: share.BetaLoRA, Amount: big.NewInt(1_000_003), Top: 5,
	}
}

func sums(a *Answer) *big.Int {
	sum := new(big.Int).Set(a.Rest)
	for _, s := range a.Sources {
		sum.Add(sum, s.Credit)
	}
	return sum
}

// TestAnswer: a statement is what its parts say, and makes itself again.
func TestAnswer(t *testing.T) {
	const seed = 21
	in := inputs(t, rand.New(rand.NewPCG(seed, 0)), 37)
	a, err := in.Answer()
	if err != nil {
		t.Fatal(err)
	}
	if err := VerifyAnswer(a, in); err != nil {
		t.Error(err)
	}
	total, highest := int64(0), int64(math.MinInt64)
	_ = in.Index.Scores(in.Engine, in.Query, func(_ uint64, some []int64) {
		for _, s := range some {
			total, highest = total+s, max(highest, s)
		}
	})
	byOwner := int64(0)
	for _, s := range a.Sources {
		byOwner += int64(s.Gradient)
	}
	if a.Scores.Total != total || byOwner != total || int64(a.Top[0].Score) != highest || len(a.Top) != 5 {
		t.Errorf("the total is %d, by owner %d, of all rows %d; the highest %d, of all %d", a.Scores.Total, byOwner, total, a.Top[0].Score, highest)
	}
	// Two thirds are gained over the base.
	if credits := new(big.Int).Sub(a.Amount, a.Rest).Int64(); credits != 1_000_003*2863311530>>32 || sums(a).Cmp(in.Amount) != 0 {
		t.Errorf("credits of %d, all together %v of %v", credits, sums(a), in.Amount)
	}
	if last := a.Sources[len(a.Sources)-1]; last.Owner != 7 || last.Credit.Sign() <= 0 {
		t.Errorf("who has spans and no rows: %+v", last)
	}
}

// TestAnyAnswer: amounts of 0 and 1, no gain, all harm, an empty index, no spans:
// sums stay exact, and what nobody earned stays in the pool.
func TestAnyAnswer(t *testing.T) {
	const seed = 22
	r := rand.New(rand.NewPCG(seed, 0))
	for _, c := range []struct {
		name string
		do   func(in *Inputs)
		rest bool // all of it
	}{
		{"nothing to divide", func(in *Inputs) { in.Amount = new(big.Int) }, true},
		{"one unit, partly gained", func(in *Inputs) { in.Amount = big.NewInt(1) }, true},
		{"one unit", func(in *Inputs) { in.Amount, in.Tuned = big.NewInt(1), 0 }, false},
		{"no gain", func(in *Inputs) { in.Tuned = in.Base }, true},
		{"worse than the base", func(in *Inputs) { in.Tuned = in.Base + 1 }, true},
		{"no spans", func(in *Inputs) { in.Spans = nil }, false},
		{"a query of zeros, no spans", func(in *Inputs) {
			in.Spans = nil
			in.Query, _ = index.NewQuery(make([]int8, 512), 0)
		}, true},
	} {
		in := inputs(t, r, 30)
		c.do(in)
		a, err := in.Answer()
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if sums(a).Cmp(in.Amount) != 0 || (a.Rest.Cmp(in.Amount) == 0) != c.rest {
			t.Errorf("%s: credits and rest are %v of %v, the rest %v", c.name, sums(a), in.Amount, a.Rest)
		}
		if err := VerifyAnswer(a, in); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	in := inputs(t, r, 0)
	in.Spans = nil
	if a, err := in.Answer(); err != nil || a.Rest.Cmp(in.Amount) != 0 {
		t.Errorf("an empty index: %+v, %v", a, err)
	}
	in = inputs(t, r, 5)
	in.Record.Root[0] ^= 1
	if _, err := in.Answer(); !errors.Is(err, index.ErrDamaged) {
		t.Errorf("an index that is not that of its record: %v", err)
	}
	in.Record.Root[0] ^= 1
	in.Record.Terms.Owners = in.Record.Terms.Owners[:3]
	if _, err := in.Answer(); !errors.Is(err, index.ErrStale) {
		t.Errorf("other terms: %v", err)
	}
	in.Amount = big.NewInt(-1)
	if _, err := in.Answer(); err == nil {
		t.Error("a negative amount")
	}
}

// TestTampered: 1,000 statements with a bit changed; all are refused or false.
func TestTampered(t *testing.T) {
	const seed = 23
	r := rand.New(rand.NewPCG(seed, 0))
	in := inputs(t, r, 40)
	a, err := in.Answer()
	if err != nil {
		t.Fatal(err)
	}
	good, err := canon.Encode(a)
	if err != nil {
		t.Fatal(err)
	}
	false_ := 0
	for range 1000 {
		b := bytes.Clone(good)
		bit := r.IntN(8 * len(b))
		b[bit/8] ^= 1 << (bit % 8)
		var x Answer
		if canon.Decode(b, &x, canon.Limits{}) != nil {
			continue
		}
		false_++
		if err := VerifyAnswer(&x, in); !errors.Is(err, ErrFalse) {
			t.Fatalf("seed %d: bit %d changed: %v", seed, bit, err)
		}
	}
	if false_ < 300 {
		t.Errorf("only %d of 1000 could be read", false_)
	}
	a.Sources[0].Credit.Add(a.Sources[0].Credit, big.NewInt(1))
	a.Sources[1].Credit.Sub(a.Sources[1].Credit, big.NewInt(1))
	if err := VerifyAnswer(a, in); !errors.Is(err, ErrFalse) || !strings.Contains(err.Error(), "sources") {
		t.Errorf("a unit that went to another: %v", err)
	}
}

// TestSealed: who signed is known, and the header is about the payload.
func TestSealed(t *testing.T) {
	in := inputs(t, rand.New(rand.NewPCG(24, 0)), 10)
	a, err := in.Answer()
	if err != nil {
		t.Fatal(err)
	}
	key, err := record.ParseKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	network := record.Network(1)
	v, err := a.Seal(key, network)
	if err != nil {
		t.Fatal(err)
	}
	again, err := record.Open(v.Envelope(), network)
	if err != nil {
		t.Fatal(err)
	}
	b, err := OpenAnswer(again)
	if err != nil || fmt.Sprint(b) != fmt.Sprint(a) || again.Signer() != key.Public() {
		t.Errorf("got %v, %v, want %v", b, err, a)
	}
	if _, err := OpenEpoch(again); err == nil {
		t.Error("an answer is read as an epoch")
	}
	payload, err := canon.Encode(a)
	if err != nil {
		t.Fatal(err)
	}
	other, err := record.Seal(key, record.Header{Network: network, Type: record.Statement, Subject: [32]byte{9}}, payload)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenAnswer(other); err == nil {
		t.Error("a header about another receipt is taken")
	}
}

// TestSettle: the pool is divided by exact scores, and the difference to what was
// promised is shown.
func TestSettle(t *testing.T) {
	in := inputs(t, rand.New(rand.NewPCG(25, 0)), 40)
	var answers []*Answer
	promised := new(big.Int)
	for i := range 3 {
		in.Receipt[0] = byte(i)
		a, err := in.Answer()
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, a)
		promised.Add(promised, new(big.Int).Sub(a.Amount, a.Rest))
	}
	clusters := []share.Cluster{{Owner: 0, Score: 9e12, Tokens: 10}, {Owner: 2, Score: 3e12, Tokens: 10}, {Owner: 3, Score: -4e12, Tokens: 10}, {Owner: 9, Score: 5e12}}
	e, err := Settle(4, [32]byte{5}, answers[0].Index, promised, clusters, share.Policy{CapBps: 10_000}, answers)
	if err != nil {
		t.Fatal(err)
	}
	if err := VerifyEpoch(e, clusters, answers); err != nil {
		t.Error(err)
	}
	slices.Reverse(answers)
	if err := VerifyEpoch(e, clusters, answers); err != nil {
		t.Errorf("in another order: %v", err)
	}
	more := new(big.Int)
	for _, d := range e.Owners {
		more.Add(more, d.More())
		if (d.Owner == 3 || d.Owner == 9) && d.Credited.Sign() != 0 {
			t.Errorf("harm, or no tokens, gets %v", d.Credited)
		}
	}
	if more.Sign() != 0 { // all that was promised is divided
		t.Errorf("the differences sum to %v", more)
	}
	clusters[0].Score++
	if err := VerifyEpoch(e, clusters, answers); !errors.Is(err, ErrFalse) {
		t.Errorf("another score: %v", err)
	}
	if _, err := Settle(4, [32]byte{5}, answers[0].Index, promised, clusters, share.DefaultPolicy, append(answers, answers[1])); err == nil {
		t.Error("an answer counts twice")
	}
	key, err := record.ParseKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	v, err := e.Seal(key, record.Network(2))
	if err != nil {
		t.Fatal(err)
	}
	back, err := OpenEpoch(v)
	if err != nil {
		t.Fatal(err)
	}
	x, err1 := back.Evidence()
	y, err2 := e.Evidence()
	if x != y || err1 != nil || err2 != nil {
		t.Errorf("evidence %x, %x: %v, %v", x, y, err1, err2)
	}
}

// TestSums: a path shows a row's score and no other, whatever the number of rows.
func TestSums(t *testing.T) {
	const seed = 26
	r := rand.New(rand.NewPCG(seed, 0))
	for n := range 40 {
		scores := make([]int64, n)
		total := int64(0)
		for i := range scores {
			scores[i] = r.Int64N(1<<50) - 1<<49
			total += scores[i]
		}
		list, err := SumOf(scores)
		if err != nil || list.Total != total {
			t.Fatalf("%d scores: %v, %v, want %d", n, list, err, total)
		}
		for i := range scores {
			p, err := Prove(scores, i)
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Verify(list); err != nil {
				t.Errorf("seed %d: row %d of %d: %v", seed, i, n, err)
			}
			for _, bad := range []func(p *SumProof){
				func(p *SumProof) { p.Score++ }, func(p *SumProof) { p.Rows++ }, func(p *SumProof) { p.Row = (p.Row + 1) % max(2, p.Rows) },
				func(p *SumProof) { p.Path = append(slices.Clone(p.Path), Sum{}) },
				func(p *SumProof) {
					if p.Path = slices.Clone(p.Path); len(p.Path) > 0 {
						p.Path[len(p.Path)-1].Total++
					} else {
						p.Score--
					}
				},
			} {
				q := p
				if bad(&q); q.Verify(list) == nil {
					t.Errorf("seed %d: row %d of %d: %+v passes for %+v", seed, i, n, q, p)
				}
			}
		}
		if _, err := Prove(scores, n); err == nil {
			t.Errorf("row %d of %d", n, n)
		}
	}
	for _, s := range [][]int64{{math.MaxInt64, 1}, {math.MinInt64, -1}} {
		if _, err := SumOf(s); err == nil {
			t.Errorf("%v has a sum", s)
		}
	}
}

// FuzzDecode: what is read is written again, and its credits sum.
func FuzzDecode(f *testing.F) {
	in := inputs(f, rand.New(rand.NewPCG(27, 0)), 9)
	a, err := in.Answer()
	if err != nil {
		f.Fatal(err)
	}
	e, err := Settle(1, [32]byte{1}, a.Index, big.NewInt(100), []share.Cluster{{Owner: 1, Score: 5e12, Tokens: 3}}, share.DefaultPolicy, []*Answer{a})
	if err != nil {
		f.Fatal(err)
	}
	for _, v := range []canon.Value{a, e, in.Record} {
		b, err := canon.Encode(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var a Answer
		if canon.Decode(b, &a, canon.Limits{}) == nil && sums(&a).Cmp(a.Amount) != 0 {
			t.Errorf("credits and rest are %v of %v", sums(&a), a.Amount)
		}
		var e Epoch
		if canon.Decode(b, &e, canon.Limits{}) == nil {
			sum := new(big.Int).Add(e.Capped, e.Rolled)
			for _, d := range e.Owners {
				sum.Add(sum, d.Credited)
			}
			if sum.Cmp(e.Amount) != 0 {
				t.Errorf("credits and rest are %v of %v", sum, e.Amount)
			}
		}
		var x index.Record
		if canon.Decode(b, &x, canon.Limits{}) == nil {
			if _, err := x.ID(); err != nil {
				t.Error(err)
			}
		}
	})
}
