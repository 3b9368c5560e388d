package op

import (
	"encoding/binary"
	"fmt"
	"math"
	"unsafe"
)

// PackedBytes returns how many bytes PackInto needs.
func (e *Engine) PackedBytes(f Format, n, k int) int {
	w := e.newWeights(n, k, f)
	return w.padded() * k * f.Bytes()
}

// PackInto is PackF32 and PackHalf of the bytes of a file, into memory of the
// caller, which the weights keep. It uses neither the engine's lock nor its
// threads, so it runs beside operators: adapters come and go during a batch.
//
//	memory (PackedBytes), aligned to 64 bytes    w (n,k), little endian
func (e *Engine) PackInto(memory []byte, f Format, w []byte, n, k int) *Weights {
	if f == Q8 || !f.valid() || n <= 0 || k <= 0 || len(w) != n*k*f.Bytes() ||
		len(memory) != e.PackedBytes(f, n, k) || address(memory)%64 != 0 {
		panic(fmt.Sprintf("op: PackInto: %v (%d,%d) from %d bytes into %d", f, n, k, len(w), len(memory)))
	}
	p := e.newWeights(n, k, f)
	first := unsafe.Pointer(unsafe.SliceData(memory))
	var src packSource
	if f == F32 {
		p.f32 = unsafe.Slice((*float32)(first), len(memory)/4)
		src.f32 = Matrix{make([]float32, n*k), n, k, k}
		for i := range src.f32.Data {
			src.f32.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(w[4*i:]))
		}
	} else {
		p.half = unsafe.Slice((*uint16)(first), len(memory)/2)
		src.half = w
	}
	if p.padded() > n {
		clear(memory) // columns that fill up the last panel are zeros
	}
	job := packJob{p, src}
	for i := range p.panels() {
		job.do(i, 0)
	}
	return p
}
