package holder_test

import (
	"testing"

	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
)

// FuzzNoise: whatever anybody says to a peer that keeps pieces, it keeps none of
// what is no share of a job.
func FuzzNoise(f *testing.F) {
	worktest.FuzzNoise(f, func(_, _, auditor *worktest.Peer) *worktest.Peer { return auditor }, func(t *testing.T, to *worktest.Peer, _ job.ID) {
		if n, bytes, err := to.Holder.Holds(t.Context()); err != nil || bytes > to.Room {
			t.Fatalf("%d deposits of %d bytes, %v", n, bytes, err)
		}
	})
}
