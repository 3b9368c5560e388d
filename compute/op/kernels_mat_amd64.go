//go:build !purego

package op

import "golang.org/x/sys/cpu"

var matrix512 = matKernels{
	rows: 8, cols: 32, lanes: 16, gemm: gemm512[:], half: half512[:], gemv: gemv512[:],
	transpose8: transpose8, transposeHalves: transposeHalves, pairHalves: pairHalves, copyRows: copyRows, finishRow: finishRow,
	widenBF16: widenBF16x16, widenF16: widenF16x8,
	q8:      q8Best512(),
	fma8:    fma8,
	peakFMA: peakFMA512, peakRead: peakRead512, relax: relax,
}

var matrix256 = matKernels{
	rows: 6, cols: 16, lanes: 8, gemm: gemm256[:], half: half256[:], gemv: gemv256[:],
	transpose8: transpose8, transposeHalves: transposeHalves, pairHalves: pairHalves, copyRows: copyRows, finishRow: finishRow,
	widenBF16: widenBF16x8, widenF16: widenF16x8,
	q8:      q8Kernels256,
	fma8:    fma8,
	peakFMA: peakFMA256, peakRead: peakRead256, relax: relax,
}

var q8Kernels256 = q8Kernels{
	rows: 2, cols: 16, dot: q8avx2[:],
	maxAbs8: maxAbs8, digits8: digits8, transposeBytes: transposeBytes,
}

// q8Best512 returns the VNNI kernels, or those of AVX2 for the first CPUs with
// AVX-512, which lack them.
func q8Best512() q8Kernels {
	if !cpu.X86.HasAVX512VNNI {
		return q8Kernels256
	}
	return q8Kernels{
		rows: 8, cols: 32, offset: 128, dot: q8vnni[:], thin: q8thin[:],
		maxAbs8: maxAbs8, digits8: digits8, transposeBytes: transposeBytes,
	}
}
