//go:build !purego

package op

// implementations lists what this machine can run, fastest first. Every arm64
// CPU has NEON.
func implementations() []*kernels { return []*kernels{&neon, reference} }

var neon = kernels{name: "neon", mat: matrixNEON, row: rowsneon(), attn: attnneon, half: convertNEON}
