package tape

import (
	"testing"

	"github.com/openledger/openledger/compute/op"
)

// BenchmarkRecompute measures the tiles that need most: what a referee does.
func BenchmarkRecompute(b *testing.B) {
	for _, c := range []struct {
		name  string
		code  Code
		attrs Attrs
		in    []Shape
	}{
		{"MatMul", MatMul, Attrs{}, []Shape{{F32, 64, MaxInner}, {BF16, 64, MaxInner}, {}, {}, {}}},
		{"MatMulT", MatMulT, Attrs{}, []Shape{{F32, 64, MaxInner}, {F32, MaxInner, 64}, {}, {}}},
		{"MatMulGrad", MatMulGrad, Attrs{}, []Shape{{F32, MaxInner, 64}, {F32, MaxInner, 64}, {}}},
		{"MatMulTQ8", MatMulTQ8, Attrs{}, []Shape{{F32, 64, MaxInner}, {I8, MaxInner, 64}, {F32, MaxInner, 1}, {}}},
		{"RMSNormGrad", RMSNormGrad, Attrs{Eps: 1}, []Shape{{F32, 64, MaxInner}, {F32, 64, MaxInner}, {F32, 1, MaxInner}, {}}},
		{"ExpLanes", ExpLanes, Attrs{To: MaxInner}, []Shape{{F32, 64, 32000}, {F32, 64, 1}, {}}},
		{"SquareLanes", SquareLanes, Attrs{To: 1024}, []Shape{{F32, 2048, 1024}, {}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			e, err := op.New(op.Config{Threads: 1})
			if err != nil {
				b.Fatal(err)
			}
			defer e.Close()
			cpu, zeros := NewCPU(e), make([]byte, 64*64*4)
			for b.Loop() {
				opened := 0
				_, err := cpu.Recompute(c.code, c.attrs, c.in, 0, 0, func(in, tile int) ([]byte, error) {
					n := tileBytes(c.in[in], tile)
					opened += n
					return zeros[:n], nil
				})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(opened)/1e6, "MB-opened")
			}
		})
	}
}
