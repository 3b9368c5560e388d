//go:build !purego

package op

import "golang.org/x/sys/cpu"

// implementations lists what this machine can run, fastest first.
func implementations() []*kernels {
	var list []*kernels
	x := &cpu.X86
	if x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL && x.HasFMA {
		list = append(list, &avx512)
	}
	if x.HasAVX2 && x.HasFMA && x.HasF16C {
		list = append(list, &avx2)
	}
	return append(list, reference)
}

var avx512 = kernels{name: "avx512", mat: matrix512, row: rows512(), attn: attn512, half: convert512, sign: signs512()}

var avx2 = kernels{name: "avx2", mat: matrix256, row: rows256(), attn: attn256, half: convert256, sign: signs256}
