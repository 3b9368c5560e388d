package worker_test

import (
	"testing"

	"github.com/openledger/openledger/cmd/peer/work/worktest"
)

// FuzzNoise: whatever anybody says, the role neither panics nor stops; a job that
// it has goes on.
func FuzzNoise(f *testing.F) {
	worktest.FuzzNoise(f, func(_, worker, _ *worktest.Peer) *worktest.Peer { return worker }, nil)
}
