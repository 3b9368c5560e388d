package share

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

func ints(x ...int64) (out []*big.Int) {
	for _, v := range x {
		out = append(out, big.NewInt(v))
	}
	return out
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		amount  int64
		weights []int64
		want    string
	}{
		{0, []int64{1, 2}, "[0 0]"},
		{1, []int64{1, 1, 1}, "[1 0 0]"},
		{1, []int64{1, 2, 2}, "[0 1 0]"},
		{10, []int64{1, 1, 1}, "[4 3 3]"},
		{100, []int64{21, 0, 22, 57}, "[21 0 22 57]"},
		{7, []int64{0, 0}, "[0 0]"},
		{7, nil, "[]"},
	} {
		got, err := Split(big.NewInt(c.amount), ints(c.weights...))
		if err != nil || fmt.Sprint(got) != c.want {
			t.Errorf("%d by %v: got %v, %v, want %s", c.amount, c.weights, got, err, c.want)
		}
	}
	if _, err := Split(big.NewInt(-1), nil); err == nil {
		t.Error("a negative amount is divided")
	}
	if _, err := Split(big.NewInt(1), ints(-1)); err == nil {
		t.Error("a negative weight counts")
	}
}

func sumOf(parts []*big.Int) *big.Int {
	sum := new(big.Int)
	for _, p := range parts {
		sum.Add(sum, p)
	}
	return sum
}

// FuzzFinal: whatever the scores, credits and rest are the pool, nobody gets
// more than the cap or anything for harm, and the order does not matter.
func FuzzFinal(f *testing.F) {
	f.Add(uint64(1), uint64(1e18), uint8(9), uint32(1000), uint32(2500))
	f.Add(uint64(2), uint64(1), uint8(200), uint32(0), uint32(10_000))
	f.Add(uint64(3), uint64(0), uint8(0), uint32(math.MaxUint32), uint32(0))
	f.Fuzz(func(t *testing.T, seed, units uint64, n uint8, milli, bps uint32) {
		r := rand.New(rand.NewPCG(seed, 1))
		clusters := make([]Cluster, n)
		for i := range clusters {
			clusters[i] = Cluster{Owner: uint64(r.IntN(5)), Score: Score(r.Uint64()) >> r.IntN(64), Tokens: r.Uint64() >> r.IntN(65)}
		}
		pool := new(big.Int).Mul(new(big.Int).SetUint64(units), new(big.Int).SetUint64(1+seed%1e9))
		policy := Policy{FloorMilli: milli, CapBps: bps % 10_001, Least: Score(seed % 100)}
		out, err := Final(pool, clusters, policy)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sumOf(append(out.Credits, out.Rest())); sum.Cmp(pool) != 0 {
			t.Fatalf("credits and rest are %v of %v", sum, pool)
		}
		owners := new(big.Int)
		for _, c := range ByOwner(clusters, out.Credits) {
			owners.Add(owners, c.Amount)
		}
		if owners.Cmp(sumOf(out.Credits)) != 0 {
			t.Fatalf("owners get %v of %v", owners, sumOf(out.Credits))
		}
		most := new(big.Int).Mul(pool, big.NewInt(int64(policy.CapBps)))
		for i, c := range out.Credits {
			if c.Sign() < 0 || c.Sign() > 0 && clusters[i].Score <= 0 {
				t.Fatalf("a score of %d gets %v", clusters[i].Score, c)
			}
			if new(big.Int).Mul(c, big.NewInt(10_000)).Cmp(most) > 0 {
				t.Fatalf("%v of %v is above the cap of %d", c, pool, policy.CapBps)
			}
		}
		slices.Reverse(clusters)
		back, err := Final(pool, clusters, policy)
		if err != nil || back.Floor != out.Floor || back.Rolled.Cmp(out.Rolled) != 0 {
			t.Fatalf("reversed: got %v, %v, want %v", back, err, out)
		}
		for i, c := range back.Credits { // ties in the remainder are one unit
			if d := new(big.Int).Sub(c, out.Credits[len(clusters)-1-i]); d.CmpAbs(big.NewInt(1)) > 0 {
				t.Fatalf("reversed: %v more", d)
			}
		}
	})
}

// TestFinal: the floor takes what noise would earn, the cap holds one back.
func TestFinal(t *testing.T) {
	var clusters []Cluster
	for i := range int64(11) { // noise: +-5 per token
		clusters = append(clusters, Cluster{Owner: uint64(i), Score: Score(i-5) * 100, Tokens: 100})
	}
	clusters = append(clusters, Cluster{Owner: 90, Score: 30_000, Tokens: 100}, Cluster{Owner: 91, Score: 90_000, Tokens: 100})
	policy := Policy{FloorMilli: 1000, CapBps: 7000}
	out, err := Final(big.NewInt(1_000_000), clusters, policy)
	if err != nil {
		t.Fatal(err)
	}
	// Rates -5..5, 300, 900: median 1, deviations 0 1 1 2 2 3 3 4 4 5 6 299 899: 3.
	if out.Floor != 4 { // floor(1.4826 x 3)
		t.Errorf("floor: got %d, want 4", out.Floor)
	}
	// Above it: 100 (rate 5), 29,600 and 89,600, of 119,300.
	if got := fmt.Sprint(out.Credits[9:], out.Capped, out.Rolled); got != "[0 838 248114 700000] 51048 0" {
		t.Errorf("got %v", got)
	}

	out, err = Final(big.NewInt(7), clusters, Policy{FloorMilli: 1000, CapBps: 10_000, Least: 119_301})
	if err != nil || sumOf(out.Credits).Sign() != 0 || out.Rolled.Int64() != 7 {
		t.Errorf("below the least: got %v, %v", out, err)
	}
	for i := range clusters {
		clusters[i].Score = -clusters[i].Score - 600
	}
	out, err = Final(big.NewInt(7), clusters, Policy{CapBps: 10_000})
	if err != nil || out.Rolled.Int64() != 7 {
		t.Errorf("all do harm: got %v, %v", out, err)
	}
	if _, err := Final(big.NewInt(7), clusters, Policy{CapBps: 10_001}); err == nil {
		t.Error("a cap above the pool is taken")
	}
}

// TestSplitting: to split records into halves, or oneself into ten, earns at
// most 2 % more.
func TestSplitting(t *testing.T) {
	const seed = 3
	r := rand.New(rand.NewPCG(seed, 0))
	var whole []Cluster
	for i := range 400 {
		tokens := 40 + r.IntN(100)
		whole = append(whole, Cluster{uint64(i % 20), Score((r.NormFloat64() + .3) * float64(tokens) * 1e6), uint64(tokens)})
	}
	pool := big.NewInt(1e18)
	policy := Policy{FloorMilli: 1000, CapBps: 2500}
	earned := func(clusters []Cluster, mine func(uint64) bool) float64 {
		out, err := Final(pool, clusters, policy)
		if err != nil {
			t.Fatal(err)
		}
		sum := new(big.Int)
		for _, c := range ByOwner(clusters, out.Credits) {
			if mine(c.Owner) {
				sum.Add(sum, c.Amount)
			}
		}
		f, _ := new(big.Float).SetInt(sum).Float64()
		return f
	}
	before := earned(whole, func(o uint64) bool { return o == 7 })

	names := slices.Clone(whole)
	for i := range names {
		if names[i].Owner == 7 {
			names[i].Owner = 1000 + uint64(i%10)
		}
	}
	if after := earned(names, func(o uint64) bool { return o >= 1000 }); after != before {
		t.Errorf("seed %d: ten names earn x%.4f", seed, after/before)
	}
	var halves []Cluster
	for _, c := range whole {
		if c.Owner == 7 {
			halves = append(halves, Cluster{7, c.Score / 2, c.Tokens / 2})
			c.Score, c.Tokens = c.Score-c.Score/2, c.Tokens-c.Tokens/2
		}
		halves = append(halves, c)
	}
	if after := earned(halves, func(o uint64) bool { return o == 7 }); after > 1.02*before {
		t.Errorf("seed %d: records in halves earn x%.4f", seed, after/before)
	}
}

func TestGain(t *testing.T) {
	for _, c := range []struct {
		base, tuned Nats
		want        uint64
	}{{0, 0, 0}, {0, 5, 0}, {5, 9, 0}, {8, 6, Whole / 4}, {8, 0, Whole}, {math.MaxUint64, 1, Whole - 1}} {
		if got := Gain(c.base, c.tuned); got != c.want {
			t.Errorf("Gain(%d, %d): got %d, want %d", c.base, c.tuned, got, c.want)
		}
	}
}

func TestProvisional(t *testing.T) {
	for _, c := range []struct {
		name    string
		sources []Source
		want    string
	}{
		{"both", []Source{{1, 300, 0}, {2, 100, 50}, {3, -500, 50}}, "[675 275 50]"},
		{"no spans", []Source{{1, 300, 0}, {2, 100, 0}}, "[750 250]"},
		{"no gradients", []Source{{1, -1, 1}, {2, 0, 3}}, "[250 750]"},
		{"nothing", []Source{{1, -1, 0}}, "[0]"},
		{"nobody", nil, "[]"},
		{"huge", []Source{{1, math.MaxInt64, math.MaxUint64}, {2, math.MaxInt64, math.MaxUint64}}, "[500 500]"},
	} {
		got, err := Provisional(big.NewInt(1000), BetaLoRA, c.sources)
		if err != nil || fmt.Sprint(got) != c.want {
			t.Errorf("%s: got %v, %v, want %s", c.name, got, err, c.want)
		}
	}
	if _, err := Provisional(big.NewInt(1), Whole+1, nil); err == nil {
		t.Error("beta above 1 is taken")
	}
}

func TestScreen(t *testing.T) {
	values := []Score{10, 11, 12, 9, 8, 10, 60, 11, -90}
	if got := Screen(values, 3000); !slices.Equal(got, []int{6}) {
		t.Errorf("got %v, want [6]", got)
	}
	if Screen(nil, 1) != nil || Screen([]Score{5, 5, 5}, 0) != nil {
		t.Error("equals are flagged")
	}
}
