package match

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

func byRecord(s Source) uint64 { return uint64(s.Record) }

// TestCover: an answer that quotes two records, the second one with a token
// replaced, and a phrase that both have.
func TestCover(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 0))
	records := make([][]int32, 40)
	for i := range records {
		for range 50 {
			records[i] = append(records[i], int32(1000+r.IntN(60000)))
		}
	}
	copy(records[9][20:], records[4][20:40]) // a near-duplicate in part
	x := build(t, 1<<16, records...)
	var answer []int32
	answer = append(answer, records[3][5:25]...)
	answer = append(answer, 1, 2, 3)
	answer = append(answer, records[4][20:40]...)
	answer[28] = 7
	spans, err := Search([]*Index{x}, answer, 1)
	if err != nil {
		t.Fatal(err)
	}
	weights := make([]uint32, len(answer))
	for i := range weights {
		weights[i] = One / 2
	}
	parts, err := Cover([]*Index{x}, answer, spans, weights, byRecord)
	if err != nil {
		t.Fatal(err)
	}
	if len(parts) != 2 {
		t.Fatalf("got %d parts, want 2: %+v", len(parts), parts)
	}
	exact, near := parts[0], parts[1]
	if exact.Span.Edit != Exact || !reflect.DeepEqual(exact.Clusters, []uint64{3}) || len(exact.Tokens) != 20 || exact.Weight != 20*One/2 {
		t.Errorf("exact: got %+v", exact)
	}
	if near.Span.Edit != Replaced || near.Span.At != 28 || !reflect.DeepEqual(near.Clusters, []uint64{4, 9}) || len(near.Tokens) != 19 {
		t.Errorf("near: got %+v", near)
	}
	// 20 and 19 tokens that occur once or twice among 2,000: 10.97 or 9.97 bits.
	if lo, hi := 19*10*Bit, 20*11*Bit; exact.Bits < lo || exact.Bits > hi {
		t.Errorf("exact: got %d bits", exact.Bits/Bit)
	}
	want := []Total{{3, 20 * One / 2 * One}, {4, 19 * One / 2 * One / 2}, {9, 19 * One / 2 * One / 2}}
	if got := Totals(parts); !reflect.DeepEqual(got, want) {
		t.Errorf("totals: got %v, want %v", got, want)
	}

	// One cluster for both takes all of the second part, and says as much for it.
	one, err := Cover([]*Index{x}, answer, spans, weights, func(s Source) uint64 { return uint64(s.Record % 5) })
	if err != nil || len(one) != 2 || !reflect.DeepEqual(one[1].Clusters, []uint64{4}) || one[1].Bits != near.Bits+Bit {
		t.Errorf("one cluster: got %+v, %v", one, err)
	}
	if _, err := Cover([]*Index{x}, answer[:9], spans, nil, byRecord); err == nil {
		t.Error("spans of another answer are covered")
	}
	if _, err := Cover([]*Index{x}, answer, spans, weights[1:], byRecord); err == nil {
		t.Error("weights of another answer are taken")
	}
}

// TestCoverOnce: no token is credited twice, each part is worth its tokens, and
// what is left over is worth less than MinBits.
func TestCoverOnce(t *testing.T) {
	const vocabulary = 300
	text := words(60_000, vocabulary, 5)
	var records [][]int32
	for i := 0; i < len(text); i += 500 {
		records = append(records, text[i:i+500])
	}
	shards := []*Index{build(t, vocabulary+1, records...)}
	for seed := range uint64(30) {
		answer := words(400, vocabulary, 50+seed)
		copy(answer[100:], text[seed*999:][:90])
		spans, err := Search(shards, answer, 2)
		if err != nil {
			t.Fatal(err)
		}
		parts, err := Cover(shards, answer, spans, nil, byRecord)
		if err != nil || len(parts) == 0 {
			t.Fatalf("seed %d: got %d parts, %v", seed, len(parts), err)
		}
		used := make(map[int]bool)
		info := unigrams(shards, answer)
		for _, p := range parts {
			sum := -log2(uint64(len(p.Clusters)))
			for _, i := range p.Tokens {
				if used[i] {
					t.Fatalf("seed %d: token %d is credited twice", seed, i)
				}
				used[i] = true
				sum += info[i]
			}
			if sum != p.Bits || sum < MinBits || p.Weight != uint64(len(p.Tokens))*One {
				t.Errorf("seed %d: %+v is worth %d", seed, p, sum)
			}
		}
	}
}
