//go:build !purego

package op

import "golang.org/x/sys/cpu"

var signs256 = signKernels{dot: signDot256, excess: 64}

// signs512 returns the kernel that counts bits in vectors, or that of AVX2 for the
// first CPUs with AVX-512, which cannot.
func signs512() signKernels {
	if !cpu.X86.HasAVX512VPOPCNTDQ {
		return signs256
	}
	return signKernels{dot: signDot512}
}
