package chain

import (
	"github.com/openledger/openledger/settle/contract/challenges"
	"github.com/openledger/openledger/settle/epoch"
)

// Kinds of records, as Records.sol has them.
const (
	kindUsage   = 1
	kindPayment = 2
)

// Show answers a demand, and takes the bond.
func (k *Contracts) Show(s epoch.Shown) Call {
	c := challenges.ChallengesChunk{
		Header: challenges.Header(header(&s.Header)), Index: s.Number, RecordPath: path(s.RecordPath), TracePath: path(s.TracePath),
	}
	for i := range s.Records {
		r := &s.Records[i]
		kind, content, placed := r.Parts()
		switch kind {
		case kindUsage:
			c.Usages = append(c.Usages, usage(r))
		case kindPayment:
			c.Payments = append(c.Payments, payment(r))
		default:
			c.Voids = append(c.Voids, challenges.ChallengesVoid{Content: content, Placed: placed})
		}
		c.Kinds = append(c.Kinds, kind)
		c.States = append(c.States, state(&s.Sums[i]))
	}
	return Call{To: k.Challenges, Data: challengesABI.PackShow(c)}
}
