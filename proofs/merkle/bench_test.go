package merkle

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"
	"time"
)

// BenchmarkTensor hashes each tensor in turn as tiles and as plain bytes, and
// reports the median of the speed of the first as a part of the second.
func BenchmarkTensor(b *testing.B) {
	for _, c := range []struct {
		d     DType
		shape []int
	}{{F32, []int{4096, 4096}}, {F32, []int{768, 2048}}, {BF16, []int{2048, 2048}}, {F32, []int{16, 2048}}, {F32, []int{2048, 16}}} {
		b.Run(fmt.Sprintf("dtype=%d/%v", c.d, c.shape), func(b *testing.B) {
			t, err := NewTiling(c.d, c.shape...)
			if err != nil {
				b.Fatal(err)
			}
			data := make([]byte, t.rows*t.cols*c.d.Size())
			for i := range data {
				data[i] = byte(i * i)
			}
			x := NewHasher()
			var ratios []float64
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				start := time.Now()
				x.Tensor(t, data)
				tiled := time.Since(start)
				b.StopTimer()
				start = time.Now()
				sha256.Sum256(data)
				ratios = append(ratios, float64(time.Since(start))/float64(tiled))
				b.StartTimer()
			}
			slices.Sort(ratios)
			b.ReportMetric(ratios[len(ratios)/2], "of-sha256")
		})
	}
}

// BenchmarkTree builds a tree of a million 32-byte leaves on one core.
func BenchmarkTree(b *testing.B) {
	const n = 1_000_000
	for _, h := range hashes {
		leaf := make([]byte, 32)
		b.Run(fmt.Sprintf("%v/stream", h), func(b *testing.B) {
			x := NewBuilder(h)
			b.ReportAllocs()
			for b.Loop() {
				x.Reset()
				for i := range n {
					leaf[0], leaf[1], leaf[2] = byte(i), byte(i>>8), byte(i>>16)
					x.Add(leaf)
				}
				x.List()
			}
		})
		b.Run(fmt.Sprintf("%v/proofs", h), func(b *testing.B) {
			for b.Loop() {
				x := newHasher(h)
				leaves := make([]Digest, n)
				for i := range leaves {
					leaf[0], leaf[1], leaf[2] = byte(i), byte(i>>8), byte(i>>16)
					leaves[i] = x.leaf(leaf)
				}
				NewTree(h, leaves).List()
			}
		})
	}
}

// BenchmarkIndexed changes 16 of a million places and asks for the root, as one
// settlement record does.
func BenchmarkIndexed(b *testing.B) {
	const n = 1_000_000
	t := NewIndexed(Keccak256, 32)
	leaf := make([]byte, 44)
	for range n {
		if _, err := t.Append(leaf); err != nil {
			b.Fatal(err)
		}
	}
	t.Root()
	i := uint64(0)
	for b.Loop() {
		for k := range uint64(16) {
			i++
			leaf[0] = byte(i)
			if err := t.Set((i*2654435761+k*7919)%n, leaf); err != nil {
				b.Fatal(err)
			}
		}
		t.Root()
	}
}
