//go:build !purego

package op

import (
	"runtime"

	"golang.org/x/sys/cpu"
)

var matrixNEON = matKernels{
	rows: 6, cols: 16, lanes: 4, gemm: gemmNEON[:], half: halfNEON[:], gemv: gemvNEON[:],
	transpose8: transpose8, copyRows: copyRows, finishRow: finishRow,
	widenBF16: widenBF16x4, widenF16: widenF16x8,
	q8:      q8BestNEON(),
	fma8:    fma8,
	peakFMA: peakFMANEON, peakRead: peakReadNEON, relax: relax,
}

// q8BestNEON returns the kernels with SDOT where the CPU has it; every Apple
// CPU that runs Go's darwin/arm64 does.
func q8BestNEON() q8Kernels {
	k := q8Kernels{
		rows: 2, cols: 16, dot: q8mull[:],
		maxAbs8: maxAbs8, digits8: digits8, transposeBytes: transposeBytes,
	}
	if cpu.ARM64.HasASIMDDP || runtime.GOOS == "darwin" {
		k.rows, k.dot = 4, q8sdot[:]
	}
	return k
}
