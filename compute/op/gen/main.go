// Command gen writes the assembly of package op: one *_amd64.s or *_arm64.s per
// family of kernels, with the Go declarations beside it. Run it through
// "go generate" in compute/op; its output is committed and CI compares.
//
// A family is a function that drives an assembler: amd64 (amd64.go) writes
// the text of Go's assembler, arm64 (arm64.go) does too and adds the vector
// instructions that Go's assembler lacks as WORDs. The kernels are plain loops
// over registers; read gemm_x86.go first.
package main

import (
	"go/format"
	"log"
	"os"
	"path/filepath"
	"slices"
)

// A family is one pair of output files, name_arch.s and name_arch.go.
type family struct {
	name  string
	amd64 func(*amd64)
	arm64 func(*arm64)
}

// families lists what is generated. A nil function skips that machine.
var families = slices.Concat(matrixFamilies, rowFamilies, attnFamilies, halfFamilies, signFamilies)

func main() {
	log.SetFlags(0)
	for _, f := range families {
		if f.amd64 != nil {
			a := newAmd64()
			f.amd64(a)
			write(f.name, "amd64", &a.text)
		}
		if f.arm64 != nil {
			a := newArm64()
			f.arm64(a)
			write(f.name, "arm64", &a.text)
		}
	}
}

// write stores the two files of one family in the current folder, which is
// compute/op when go generate calls us.
func write(name, arch string, t *text) {
	base := filepath.Join(".", name+"_"+arch)
	declarations, err := format.Source([]byte(t.declarations()))
	if err != nil {
		log.Fatalf("format %s.go: %v", base, err)
	}
	for file, content := range map[string][]byte{base + ".s": []byte(t.assembly()), base + ".go": declarations} {
		if err := os.WriteFile(file, content, 0o644); err != nil {
			log.Fatalf("write %s: %v", file, err)
		}
	}
}
