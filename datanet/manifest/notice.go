package manifest

import (
	"fmt"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
)

const maxReason = 4 << 10

// A Review is a curator's verdict on a contribution. The last one of a curator
// counts.
type Review struct {
	Contribution cid.Cid
	Accept       bool
	Reason       string // required
}

// Check says whether the fields can be those of a review.
func (v *Review) Check() error {
	if v.Reason == "" || len(v.Reason) > maxReason {
		return fmt.Errorf("manifest: a review needs a reason of 1 to %d bytes", maxReason)
	}
	return nil
}

// AppendCanon appends the review to b.
func (v *Review) AppendCanon(b []byte) []byte {
	accept := uint64(0)
	if v.Accept {
		accept = 1
	}
	b = canon.AppendArray(b, 3)
	b = canon.AppendCID(b, v.Contribution)
	b = canon.AppendUint(b, accept)
	return canon.AppendText(b, v.Reason)
}

// ReadCanon reads what AppendCanon wrote and refuses what Check refuses.
func (v *Review) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	v.Contribution = r.CID()
	v.Accept = r.Uint(1) == 1
	v.Reason = r.Text(maxReason)
	failIf(r, v.Check)
}
