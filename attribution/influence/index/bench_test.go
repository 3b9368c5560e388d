package index_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/openledger/openledger/attribution/influence/index"
	"github.com/openledger/openledger/compute/op"
)

// BenchmarkScan looks a query up in rows of 2 KiB, on one core, with the time that
// one reading of as many bytes takes, by the best loop of the engine, in turn with it.
func BenchmarkScan(b *testing.B) {
	for _, rows := range []int{10_000, 1_000_000} {
		if rows > 10_000 && testing.Short() {
			b.Skip("writes 2 GB")
		}
		r := rand.New(rand.NewPCG(1, 0))
		x, _ := file(b, r, 0, rows, index.DefaultWidth, 25)
		q := query(b, r, index.DefaultWidth)
		for _, kernels := range op.Available() {
			b.Run(fmt.Sprintf("%d/%s", rows, kernels), func(b *testing.B) {
				e := engine(b, kernels, 1)
				read := op.Reader(e, rows*index.DefaultWidth/8)
				least, yard := time.Hour, time.Hour
				for b.Loop() {
					t := time.Now()
					if _, err := x.Scan(e, q, 10); err != nil {
						b.Fatal(err)
					}
					least = min(least, time.Since(t))
					t = time.Now()
					read()
					yard = min(yard, time.Since(t))
				}
				b.ReportMetric(float64(least.Microseconds())/1000, "ms/scan")
				b.ReportMetric(float64(rows*index.DefaultWidth/8)/least.Seconds()/1e9, "GB/s")
				b.ReportMetric(100*yard.Seconds()/least.Seconds(), "%of-bandwidth")
			})
		}
	}
}
