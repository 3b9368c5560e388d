package op

import (
	"flag"
	"fmt"
	"regexp"
	"runtime"
	"testing"
)

var benchKernels = flag.String("kernels", "", "implementation to measure; empty: the fastest")
var benchThreads = flag.Int("threads", 0, "number of threads to measure; 0: one, then all")
var benchOnly = flag.String("operators", "", "regular expression of operator, format and shape, as in 'matmul q8/2 256x'")

// BenchmarkOperators prints the table of Bench, on one thread and on all:
//
//	go test -run - -bench Operators -operators 'matmul f32' ./compute/op
func BenchmarkOperators(b *testing.B) {
	only := regexp.MustCompile(*benchOnly)
	memory := benchMemory(64 << 20)
	counts := []int{1, runtime.GOMAXPROCS(0)}
	if *benchThreads > 0 {
		counts = []int{*benchThreads}
	}
	for _, threads := range counts {
		e, err := New(Config{Threads: threads, Kernels: *benchKernels})
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range append(matrixBenches(), rowBenches()...) {
			if only.MatchString(c.operator + " " + c.format + " " + c.shape) {
				fmt.Println(e.Kernels(), c.measure(e, memory, false))
			}
		}
		e.Close()
	}
}
