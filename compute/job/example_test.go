package job_test

import (
	"fmt"

	"github.com/openledger/openledger/compute/job"
)

// Money is in millionths, and a stake is as high as cheating would pay.
func Example() {
	fmt.Println(job.MinStake(job.A, 1_000_000, 1_000_000))
	fmt.Println(job.MinStake(job.C, 1_000_000, 1_000_000))
	fmt.Println(job.NoBids, "-", job.NoBids.Text())
	// Output:
	// 76.000000 OPEN
	// 1.856516 OPEN
	// NO_BIDS - nobody bid in time
}
