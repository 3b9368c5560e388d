//go:build purego || (!amd64 && !arm64)

package op

// implementations lists what this machine can run, fastest first.
func implementations() []*kernels { return []*kernels{reference} }
