package dispute

import (
	"fmt"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// A Charge is what a contract convicts by, as it is kept and handed on: a Brief
// or a Link.
type Charge struct {
	Brief *Brief
	Link  *Link
}

// The numbers are append-only.
const (
	chargeBrief = 1
	chargeLink  = 2
)

// AppendCanon appends [kind, brief or link].
func (c *Charge) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 2)
	if c.Brief != nil {
		return c.Brief.AppendCanon(canon.AppendUint(b, chargeBrief))
	}
	return c.Link.AppendCanon(canon.AppendUint(b, chargeLink))
}

// ReadCanon reads what AppendCanon wrote.
func (c *Charge) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	switch r.Uint(chargeLink) {
	case chargeBrief:
		c.Brief = new(Brief)
		c.Brief.ReadCanon(r)
	case chargeLink:
		c.Link = new(Link)
		c.Link.ReadCanon(r)
	default:
		r.Fail("a charge of no kind")
	}
}

// ReadCharge reads a charge that came from somebody else. It may convict nobody.
func ReadCharge(b []byte) (*Charge, error) {
	c := new(Charge)
	if err := canon.Decode(b, c, canon.Limits{Total: MaxProof}); err != nil {
		return nil, fmt.Errorf("dispute: not a charge: %w", err)
	}
	return c, nil
}

// Judge judges as the contract does; ErrNothing, wrapped, says that the charge
// convicts nobody.
func (c *Charge) Judge(network record.Network) (Found, error) {
	if c.Brief != nil {
		return c.Brief.judge(network)
	}
	return c.Link.judge(network)
}
