package main

import (
	"fmt"
	"strings"
)

// matrixFamilies are the kernels of the matrix products.
var matrixFamilies = []family{
	{"gemm_avx512", func(a *amd64) { a.width = 64; gemmX86(a, "512", 8, [3][]int{{4, 4, 4, 2, 2}, {4, 4}, {4, 4}}) }, nil},
	{"gemm_avx2", func(a *amd64) { a.width = 32; gemmX86(a, "256", 6, [3][]int{{4, 2}, {4}, {4}}) }, nil},
	{"gemm_neon", nil, gemmNEON},
	{"q8_vnni", q8VNNI, nil},
	{"q8_avx2", q8AVX2, nil},
	{"q8_neon", nil, q8NEON},
	{"q8_digits", digitsX86, digitsNEON},
	{"pack", packX86, packNEON},
	{"peak", peakX86, peakNEON},
}

const (
	segment = 256 // length of one FMA chain (arithmetic, section 2)
	strip   = 8   // rows of A packed together, whatever the kernel uses
	ahead   = 768 // bytes that each of several streams fetches ahead
)

// The arguments of the kernels; gemm_x86.go explains them.
const (
	gemmArgs = "(c *float32, ldc int, a *float32, b unsafe.Pointer, k, strips int, next uintptr, step, fresh int)"
	gemvArgs = "(c *float32, ldc int, a *float32, b unsafe.Pointer, apart, columns, k, fresh int)"
)

// formats are those of op.Format, in its order; their index is format - F32.
var formats = []string{"F32", "BF16", "F16"}

// gemvTable declares the kernels for few rows and their numbers of panels.
func (t *text) gemvTable(name string, panels [3][]int) {
	fmt.Fprintf(&t.stubs, "\n// %s holds the kernels by format and number of rows - 1.\nvar %[1]s = [...][]thinKernel{\n", name)
	for f, format := range formats {
		fmt.Fprintf(&t.stubs, "\t{\n")
		for i, p := range panels[f] {
			fmt.Fprintf(&t.stubs, "\t\t{%s%sx%d, %d},\n", name, format, i+1, p)
		}
		fmt.Fprintf(&t.stubs, "\t},\n")
	}
	fmt.Fprintf(&t.stubs, "}\n")
}

// table declares the kernels by format and rows.
func (t *text) table(name string, rows int) {
	fmt.Fprintf(&t.stubs, "\n// %s holds the kernels by format and number of rows - 1.\nvar %[1]s = [...][]gemmFunc{\n", name)
	for _, f := range formats {
		var names []string
		for r := 1; r <= rows; r++ {
			names = append(names, fmt.Sprintf("%s%sx%d", name, f, r))
		}
		fmt.Fprintf(&t.stubs, "\t{%s},\n", strings.Join(names, ", "))
	}
	fmt.Fprintf(&t.stubs, "}\n")
}
