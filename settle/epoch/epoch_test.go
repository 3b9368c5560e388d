package epoch

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/openledger/openledger/proofs/merkle"
)

// chainRules are rules that a test sets by hand.
type chainRules struct {
	domain   [32]byte
	payers   map[common.Address]uint32
	limits   map[uint32]Amount
	enrolled map[common.Address]bool
	split    [6]uint16
}

func (c *chainRules) Domain() [32]byte { return c.domain }
func (c *chainRules) Payer(a common.Address, _ uint64) (uint32, Amount) {
	id := c.payers[a]
	return id, c.limits[id]
}
func (c *chainRules) Enrolled(k common.Address, _ uint64) bool { return c.enrolled[k] }
func (c *chainRules) Split(uint64) [6]uint16                   { return c.split }
func (c *chainRules) Forced(uint64) [32]byte                   { return [32]byte{} }

func key(seed uint64) *ecdsa.PrivateKey {
	h := crypto.Keccak256(fmt.Append(nil, "key ", seed))
	k, err := crypto.ToECDSA(h)
	if err != nil {
		panic(err)
	}
	return k
}

func addressOf(k *ecdsa.PrivateKey) common.Address { return crypto.PubkeyToAddress(k.PublicKey) }

func sign(k *ecdsa.PrivateKey, digest [32]byte) (s Signature) {
	b, err := crypto.Sign(digest[:], k)
	if err != nil {
		panic(err)
	}
	copy(s[:], b)
	s[64] += 27
	return s
}

func (u *Usage) sign(domain [32]byte, payer, worker *ecdsa.PrivateKey) {
	u.Result.Request = u.Request.Hash()
	u.PayerSignature = sign(payer, signing(domain, u.Request.Hash()))
	u.WorkerSignature = sign(worker, signing(domain, u.Result.Hash()))
}

// town is payers, workers, owners and pools who deal with each other.
type town struct {
	*chainRules
	r       *rand.Rand
	payers  []*ecdsa.PrivateKey
	workers []*ecdsa.PrivateKey
	salt    uint64
	fees    Amount
}

func newTown(seed uint64, payers int) *town {
	t := &town{r: rand.New(rand.NewPCG(seed, 0)), chainRules: &chainRules{
		domain: typeHash("domain"), payers: make(map[common.Address]uint32), limits: make(map[uint32]Amount),
		enrolled: make(map[common.Address]bool), split: [6]uint16{500, 2000, 1500, 500, 1000, 4500},
	}}
	for i := range payers {
		k := key(uint64(i))
		t.payers = append(t.payers, k)
		t.chainRules.payers[addressOf(k)] = uint32(i + 1)
		t.limits[uint32(i+1)] = *uint256.NewInt(1e18)
	}
	for i := range 3 {
		t.workers = append(t.workers, key(uint64(1000+i)))
	}
	t.enrolled[addressOf(t.workers[0])] = true
	return t
}

func (t *town) usage() Record {
	payer, worker := t.payers[t.r.IntN(len(t.payers))], t.workers[t.r.IntN(len(t.workers))]
	t.salt++
	u := &Usage{Request: Request{
		Payer: addressOf(payer), Model: typeHash("model"), Fee: *uint256.NewInt(t.r.Uint64N(1e9)), LastEpoch: 1 << 40, Salt: t.salt,
		Workers: []common.Address{addressOf(t.workers[2]), addressOf(worker)},
	}}
	u.Result = Result{Output: typeHash("out"), Gain: t.r.Uint32()}
	add := func(a Account, c Class) {
		u.Result.Credits = append(u.Result.Credits, Credit{a, c, *uint256.NewInt(t.r.Uint64N(1000))})
	}
	add(AccountOf(addressOf(worker)), Workers)
	for range t.r.IntN(3) {
		add(AccountOf(common.BigToAddress(uint256.NewInt(1+t.r.Uint64N(9)).ToBig())), Owners)
	}
	for range t.r.IntN(4) {
		add(PoolOf(fmt.Sprint("datanet ", t.r.IntN(5))), Data)
	}
	u.sign(t.domain, payer, worker)
	return Record{Usage: u}
}

// distribution pays a part of what a pool has; false if no pool has anything.
func (t *town) distribution(b *Book, part uint32) (Record, bool) {
	pool := PoolOf(fmt.Sprint("datanet ", t.r.IntN(5)))
	_, earned, paid, ok := b.State().Earned(pool)
	left := new(Amount).Sub(&earned, &paid)
	if !ok || left.IsZero() || b.Epoch() < 2 {
		return Record{}, false
	}
	d := Distribution{Pool: pool, Epoch: b.Epoch() - 1, Part: part, Amount: *left}
	half := new(Amount).Rsh(left, 1)
	for i, w := range []*Amount{half, new(Amount).Sub(left, half)} {
		d.Credits = append(d.Credits, Credit{AccountOf(common.BigToAddress(uint256.NewInt(uint64(100 + i)).ToBig())), 0, *w})
	}
	return Record{Payment: &Payment{Distribution: d, Signature: sign(t.workers[0], signing(t.domain, d.Hash()))}}, true
}

// fill settles n records.
func (t *town) fill(tb testing.TB, b *Book, n int) {
	for i := range n {
		r := t.usage()
		if t.r.IntN(5) == 0 {
			if d, ok := t.distribution(b, uint32(i)); ok {
				r = d
			}
		}
		if r.Usage != nil {
			t.fees.Add(&t.fees, &r.Usage.Request.Fee)
		}
		if err := b.Settle(r, false); err != nil {
			tb.Fatal(err)
		}
	}
}

// TestConserved: over epochs of usages and distributions the sums of what payers
// spent, of fees, and of what accounts have and have not passed on are equal; a
// second book that checks the first agrees to the byte.
// TestFits: a record that no epoch takes, or that nobody could read again, is
// refused with what to do about it.
func TestFits(t *testing.T) {
	credits := func(n int) []Credit { return make([]Credit, n) }
	for _, c := range []struct {
		name string
		r    Record
		want string
	}{
		{"usage", Record{Usage: &Usage{Result: Result{Credits: credits(MaxCredits)}}}, ""},
		{"usage of one credit more", Record{Usage: &Usage{Result: Result{Credits: credits(MaxCredits + 1)}}}, "14 credits, it may have 13: credit a pool"},
		{"payment", Record{Payment: &Payment{Distribution: Distribution{Credits: credits(MaxPayments)}}}, ""},
		{"payment of one credit more", Record{Payment: &Payment{Distribution: Distribution{Credits: credits(MaxPayments + 1)}}}, "divide it into parts"},
		{"workers", Record{Usage: &Usage{Request: Request{Workers: make([]common.Address, MaxWorkers+1)}}}, "9 workers, it may name 8"},
	} {
		if err := c.r.Fits(); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
	for _, r := range []Record{{Payment: &Payment{Distribution: Distribution{Credits: credits(maxList + 1)}}}, {Usage: &Usage{Result: Result{Credits: credits(maxList + 1)}}}} {
		if err := NewBook(nil).Settle(r, false); err == nil || !strings.Contains(err.Error(), "65 credits") {
			t.Errorf("settled with %v", err)
		}
	}
}

func TestConserved(t *testing.T) {
	const seed = 5
	town := newTown(seed, 6)
	b, watcher := NewBook(town), NewBook(town)
	for epoch := range 6 {
		town.fill(t, b, 40)
		h := b.Header([32]byte{byte(epoch)})
		if err := watcher.Check(context.Background(), h, b.Records(), b.Sums()); err != nil {
			t.Fatal(err)
		}
		if err := b.Next(h); err != nil {
			t.Fatal(err)
		}
		var spent, earned Amount
		for id := range uint32(10) {
			a := b.State().Spent(id)
			spent.Add(&spent, &a)
		}
		for i := range b.State().Accounts() {
			leaf := b.State().OpenEarned(uint32(i))
			earned.Add(&earned, &leaf.Earned)
			earned.Sub(&earned, &leaf.Distributed)
		}
		if total := b.State().Total(); spent != total || earned != total || town.fees != total {
			t.Fatalf("seed %d, epoch %d: spent %v, earned %v, fees %v, total %v", seed, epoch+1, &spent, &earned, &town.fees, &total)
		}
	}
	if n := b.State().Accounts(); n < 15 {
		t.Errorf("only %d accounts", n)
	}
}

// TestRefused: what must not stand in an epoch is refused and changes nothing.
func TestRefused(t *testing.T) {
	town := newTown(2, 2)
	b := NewBook(town)
	town.fill(t, b, 5)
	before := b.Header([32]byte{})
	good := town.usage()
	change := func(f func(u *Usage)) Record {
		u := *good.Usage
		u.Result.Credits = slices.Clone(u.Result.Credits)
		f(&u)
		return Record{Usage: &u}
	}
	for name, r := range map[string]Record{
		"fee changed":           change(func(u *Usage) { u.Request.Fee.AddUint64(&u.Request.Fee, 1) }),
		"credit changed":        change(func(u *Usage) { u.Result.Credits[0].Weight.SetUint64(1 << 50) }),
		"other request":         change(func(u *Usage) { u.Result.Request[0]++ }),
		"worker signs as payer": change(func(u *Usage) { u.PayerSignature = u.WorkerSignature }),
		"high s": change(func(u *Usage) {
			s := new(uint256.Int).SetBytes32(u.PayerSignature[32:64])
			n := uint256.MustFromBig(crypto.S256().Params().N)
			flipped := s.Sub(n, s).Bytes32()
			copy(u.PayerSignature[32:], flipped[:])
			u.PayerSignature[64] = 55 - u.PayerSignature[64]
		}),
		"recovery 0": change(func(u *Usage) { u.PayerSignature[64] -= 27 }),
	} {
		var bad *RecordError
		if err := b.Settle(r, false); !errors.As(err, &bad) || bad.Verdict != Void || bad.Record != 5 {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err := b.Settle(good, true); err == nil {
		t.Error("a forced record stands after others")
	}
	if after := b.Header([32]byte{}); after != before {
		t.Errorf("refused records changed the header: %+v", after)
	}
	if err := b.Settle(good, false); err != nil {
		t.Error(err)
	}
}

// TestCheckFinds: a wrong record, place or state is found, and no other.
func TestCheckFinds(t *testing.T) {
	const seed = 8
	for name, lie := range map[string]func(records []Record, sums []Sums, at int){
		"state": func(_ []Record, sums []Sums, at int) { sums[at].EarnedRoot[3] ^= 1 },
		"total": func(_ []Record, sums []Sums, at int) { sums[at].Total.AddUint64(&sums[at].Total, 1) },
		"place": func(records []Record, _ []Sums, at int) {
			records[at].Places = slices.Clone(records[at].Places)
			records[at].Places[0]++
		},
		"signature": func(records []Record, _ []Sums, at int) {
			u := *records[at].Usage
			u.WorkerSignature[9] ^= 4
			records[at].Usage = &u
		},
		"dismissed": func(records []Record, _ []Sums, at int) { records[at] = Record{} },
	} {
		town := newTown(seed, 3)
		b := NewBook(town)
		town.fill(t, b, 30)
		for _, at := range []int{0, 1, 17, 29} {
			records, sums := slices.Clone(b.Records()), slices.Clone(b.Sums())
			lie(records, sums, at)
			h := commit(b.Header([32]byte{}), records, sums)
			var fault *Fault
			if err := NewBook(town).Check(context.Background(), h, records, sums); !errors.As(err, &fault) || fault.Record != uint64(at) {
				t.Errorf("%s at %d: got %v", name, at, err)
			}
		}
	}
}

// commit makes a header say what a dishonest aggregator published.
func commit(h Header, records []Record, sums []Sums) Header {
	tree, trace := merkle.NewIndexed(merkle.Keccak256, recordDepth), merkle.NewIndexed(merkle.Keccak256, recordDepth)
	for i := range records {
		put(tree, uint32(i), merkle.Keccak256.Leaf(records[i].leaf()))
		put(trace, uint32(i), merkle.Keccak256.Leaf(sums[i].leaf()))
	}
	h.RecordsRoot, h.TraceRoot = tree.Root(), trace.Root()
	h.setSums(sums[len(sums)-1])
	return h
}

// TestUndo: a step taken back leaves the roots as they were.
func TestUndo(t *testing.T) {
	town := newTown(3, 3)
	b := NewBook(town)
	for range 50 {
		before := b.state.Sums()
		r := town.usage()
		var err error
		if r.Places, err = b.state.placesFor(r.Usage.Result.Credits, true); err != nil {
			t.Fatal(err)
		}
		if v := b.state.apply(&r, town, 1); v != Right {
			t.Fatal(v)
		}
		b.state.undo()
		if after := b.state.Sums(); after != before {
			t.Fatalf("got %+v, want %+v", after, before)
		}
		town.fill(t, b, 1)
	}
}

func BenchmarkCheck(b *testing.B) {
	town := newTown(4, 50)
	book := NewBook(town)
	town.fill(b, book, 2000)
	h := book.Header([32]byte{})
	for b.Loop() {
		if err := NewBook(town).Check(context.Background(), h, book.Records(), book.Sums()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/2000*1e6, "µs/record")
}
