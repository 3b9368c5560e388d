package match

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// naive is the definition of a suffix array.
func naive(s []int32) []int32 {
	sa := make([]int32, len(s))
	for i := range sa {
		sa[i] = int32(i)
	}
	slices.SortFunc(sa, func(a, b int32) int { return slices.Compare(s[a:], s[b:]) })
	return sa
}

func TestSuffixArray(t *testing.T) {
	check := func(s []int32, k int) {
		sa := make([]int32, len(s))
		suffixArray(s, sa, k)
		if want := naive(s); !slices.Equal(sa, want) {
			t.Fatalf("suffix array of %v: got %v, want %v", s, sa, want)
		}
	}
	for k := 1; k <= 3; k++ { // all strings up to a length
		for n := range 9 {
			all := int(math.Pow(float64(k), float64(n)))
			for x := range all {
				s := make([]int32, n)
				for i := range s {
					s[i], x = int32(x%k), x/k
				}
				check(s, k)
			}
		}
	}
	const seed = 9
	r := rand.New(rand.NewPCG(seed, 0))
	for range 300 {
		k := 1 + r.IntN(1+r.IntN(300))
		s := make([]int32, r.IntN(2000))
		for i := range s {
			s[i] = int32(r.IntN(k))
			if period := 1 + k%17; i >= period && r.IntN(50) > 0 { // long repeats
				s[i] = s[i-period]
			}
		}
		check(s, k)
	}
}

func FuzzSuffixArray(f *testing.F) {
	f.Add([]byte("banana"))
	f.Add([]byte("aaaaaaaa"))
	f.Add([]byte("abababab\x00abab"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s := make([]int32, len(b))
		for i, c := range b {
			s[i] = int32(c)
		}
		sa := make([]int32, len(s))
		suffixArray(s, sa, 256)
		if want := naive(s); !slices.Equal(sa, want) {
			t.Errorf("suffix array of %v: got %v, want %v", s, sa, want)
		}
	})
}

func TestLog2(t *testing.T) {
	for _, x := range []uint64{1, 2, 3, 7, 1000, 46_000_000, 1<<63 + 12345, math.MaxUint64} {
		got, want := log2(x), math.Log2(float64(x))*65536
		if d := want - float64(got); d < -1e-3 || d >= 1.001 {
			t.Errorf("log2(%d): got %d, want floor of %.3f", x, got, want)
		}
	}
}

func BenchmarkSuffixArray(b *testing.B) {
	for _, vocab := range []int{512, 50_000} {
		s := words(1<<22, vocab, 1)
		sa := make([]int32, len(s))
		b.Run(fmt.Sprintf("vocab=%d", vocab), func(b *testing.B) {
			b.SetBytes(int64(len(s))) // MB/s is Mtok/s
			for b.Loop() {
				suffixArray(s, sa, vocab+1)
			}
		})
	}
}

// words returns tokens with the frequencies of a language (Zipf) and phrases
// that come back, as text has.
func words(n, vocab int, seed uint64) []int32 {
	r := rand.New(rand.NewPCG(seed, 0))
	z := rand.NewZipf(r, 1.1, 4, uint64(vocab-1))
	s := make([]int32, n)
	for i := 0; i < n; {
		if i > 1000 && r.IntN(20) == 0 {
			from, length := r.IntN(i-100), 5+r.IntN(90)
			i += copy(s[i:], s[from:from+length])
			continue
		}
		s[i] = int32(z.Uint64()) + 1
		i++
	}
	return s
}
