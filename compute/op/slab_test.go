package op

import (
	"testing"
	"unsafe"
)

// TestSlab: weights beside each other are aligned and do not meet.
func TestSlab(t *testing.T) {
	e, err := New(Config{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	var all [][]uint16
	for i, n := range []int{1, 32 << 10, 33333, 2<<20 - 32, 1 << 20, 40000, 3 << 20, 1 << 20} {
		s := slabOf[uint16](e, n)
		if at := uintptr(unsafe.Pointer(&s[0])); len(s) != n || at%64 != 0 {
			t.Errorf("%d of %d values at %#x", len(s), n, at)
		}
		for k, other := range all {
			if overlap(s, other) {
				t.Errorf("%d meets %d", i, k)
			}
		}
		all = append(all, s)
	}
	if got, want := e.slab.taken, 16<<20; got != want {
		t.Errorf("%d bytes taken, want %d", got, want)
	}
}
