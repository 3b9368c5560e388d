package op

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"testing"
)

// The vectors of Random123's kat_vectors for philox4x32 10.
func TestPhilox(t *testing.T) {
	for _, c := range []struct {
		counter [4]uint32
		key     [2]uint32
		want    [4]uint32
	}{
		{want: [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{[4]uint32{^uint32(0), ^uint32(0), ^uint32(0), ^uint32(0)}, [2]uint32{^uint32(0), ^uint32(0)},
			[4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0},
			[4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	} {
		if got := philox(c.counter, c.key[0], c.key[1]); got != c.want {
			t.Errorf("philox(%x, %x): got %x, want %x", c.counter, c.key, got, c.want)
		}
	}
	got := Philox(0x299f31d0a4093822, 0x85a308d3243f6a88, 0x13198a2e, 0x03707344)
	if want := ([4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}); got != want {
		t.Errorf("Philox: got %x, want %x", got, want)
	}
}

func TestBelow(t *testing.T) {
	w := Words{Seed: 1, Purpose: PurposeOrder}
	var count [7]int
	for range 70000 {
		count[w.Below(7)]++
	}
	for i, n := range count {
		if n < 9600 || n > 10400 {
			t.Errorf("Below(7) gave %d in %d of 70000 draws", i, n)
		}
	}
	// 2^31+1 rejects nearly half of the words; all that pass are below it.
	for range 1000 {
		if x := w.Below(1<<31 + 1); x > 1<<31 {
			t.Fatalf("Below(2^31+1) = %d", x)
		}
	}
}

// TestStreams guards the bits of everything that is drawn from a seed.
func TestStreams(t *testing.T) {
	p := make([]uint32, 1000)
	for i := range p {
		p[i] = uint32(i)
	}
	Permutation(p, 42, 3, PurposeOrder)
	h := sha256.New()
	seen := make([]bool, len(p))
	for _, x := range p {
		if seen[x] {
			t.Fatalf("%d is twice in the permutation", x)
		}
		seen[x] = true
		h.Write(binary.LittleEndian.AppendUint32(nil, x))
	}
	golden(t, "permutation", h.Sum(nil), "6f4100bff04adc28")

	for _, e := range engines(t, 2) {
		x := make([]float32, 50001)
		e.Normals(x, 42, 1<<33+7, 0, PurposeInit, 0.02)
		h.Reset()
		mean, square := 0.0, 0.0
		for _, v := range x {
			h.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
			mean += float64(v) / 0.02 / float64(len(x))
			square += float64(v) * float64(v) / 0.0004 / float64(len(x))
		}
		golden(t, "normals", h.Sum(nil), "4e004d5a942944ac")
		if math.Abs(mean) > 0.02 || math.Abs(square-1) > 0.03 {
			t.Errorf("mean %v, variance %v of %d normals", mean, square, len(x))
		}
		part := make([]float32, 10)
		e.Normals(part, 42, 1<<33+7+4001, 0, PurposeInit, 0.02)
		sameBits(t, "part of a stream", part, x[4001:4011])
	}
}

func golden(t *testing.T, what string, sum []byte, want string) {
	t.Helper()
	if got := fmt.Sprintf("%x", sum[:8]); got != want {
		t.Errorf("%s: digest %s, want %s; this is a change of the arithmetic", what, got, want)
	}
}

// TestNormalError compares with float64.
func TestNormalError(t *testing.T) {
	w := Words{Seed: 9}
	worst := 0.0
	for range 20000 {
		x1, x2 := w.Next(), w.Next()
		want := math.Sqrt(-2*math.Log(float64(x1>>8+1)*0x1p-24)) * math.Cos(2*math.Pi*float64(x2>>8)*0x1p-24)
		worst = max(worst, math.Abs(float64(Normal(x1, x2))-want))
	}
	t.Logf("largest error %.2g", worst)
	if worst > 6e-7 {
		t.Errorf("Normal is off by %g, want at most 6e-7", worst)
	}
	for k, want := range map[uint32]float32{0: 1, 1 << 22: 0, 1 << 23: -1, 3 << 22: 0} {
		if got := cosTurn(k); math.Float32bits(got) != math.Float32bits(want) {
			t.Errorf("cos of %d/2^24 turns: got %v, want %v", k, got, want)
		}
	}
}
