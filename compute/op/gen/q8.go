package main

import (
	"fmt"
	"strings"
)

// q8Args are the arguments of all q8 kernels: a tile of C, digits of A, panels
// of weights, then what turns integer sums into float32.
//
//	A  [k/4][8 rows][4] int8    B  [k/4][cols][4] int8
//	sx (rows/slices)  sw (cols)  sums (rows) int32  bias (cols) or nil
//
// Several panels are apart bytes from each other, their columns of C, sw and
// bias columns bytes.
const q8Args = "(c *float32, ldc int, a, b unsafe.Pointer, k, apart, columns int, sx, sw *float32, sums *int32, bias *float32, add int)"

// q8Table declares the kernels by slices - 1 and rows - 1; with two slices only
// even numbers of rows exist.
func (t *text) q8Table(name string, rows int) {
	fmt.Fprintf(&t.stubs, "\n// %s holds the kernels by slices - 1 and number of rows - 1.\nvar %[1]s = [...][]q8Func{\n", name)
	for slices := 1; slices <= 2; slices++ {
		var names []string
		for r := 1; r <= rows; r++ {
			if r%slices == 0 {
				names = append(names, fmt.Sprintf("%sx%ds%d", name, r, slices))
			} else {
				names = append(names, "nil")
			}
		}
		fmt.Fprintf(&t.stubs, "\t{%s},\n", strings.Join(names, ", "))
	}
	fmt.Fprintf(&t.stubs, "}\n")
}
