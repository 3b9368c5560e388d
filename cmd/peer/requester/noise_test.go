package requester_test

import (
	"testing"

	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
)

// FuzzNoise: whatever anybody says, the requester neither panics nor stops, and it
// still knows its job.
func FuzzNoise(f *testing.F) {
	worktest.FuzzNoise(f, func(requester, _, _ *worktest.Peer) *worktest.Peer { return requester }, func(t *testing.T, to *worktest.Peer, id job.ID) {
		if v, err := to.Requester.View(id); err != nil || v.ID != id {
			t.Fatalf("job %s is %s, %v", id, v.ID, err)
		}
	})
}
