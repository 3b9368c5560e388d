package epoch

import "github.com/openledger/openledger/proofs/merkle"

// SpentLeaf opens what a payer has spent; its tree has the root that the path
// leads to.
type SpentLeaf struct {
	Spent Amount
	Path  []merkle.Digest
}

// EarnedLeaf opens an account at a place; all is zero at a free one.
type EarnedLeaf struct {
	Account             Account
	Earned, Distributed Amount
	Path                []merkle.Digest
}

// OpenSpent opens the sum of a payer.
func (s *State) OpenSpent(id uint32) SpentLeaf {
	return SpentLeaf{s.Spent(id), path(s.spentTree, id)}
}

// OpenEarned opens a place.
func (s *State) OpenEarned(place uint32) EarnedLeaf {
	var e entry
	if int(place) < len(s.entries) {
		e = s.entries[place]
	}
	return EarnedLeaf{e.account, e.earned, e.distributed, path(s.earnedTree, place)}
}

func path(t *merkle.Indexed, i uint32) []merkle.Digest {
	p, err := t.Prove(uint64(i))
	if err != nil {
		panic("epoch: internal error: " + err.Error())
	}
	return p.Path
}

// open returns what a challenge of a record opens: each leaf as the step finds
// it, up to where it stops. The state is as before afterwards.
func (s *State) open(r *Record, rules Rules, epoch uint64) (payer SpentLeaf, places []EarnedLeaf) {
	s.log = s.log[:0]
	defer s.undo()
	var accounts []Account
	var amounts []Amount
	var at []uint32
	switch {
	case r.Usage != nil:
		if len(r.Places) != len(r.Usage.Result.Credits) {
			return payer, nil
		}
		id, _ := rules.Payer(r.Usage.Request.Payer, epoch)
		payer = s.OpenSpent(id)
		accounts, at = r.Usage.accounts(), append([]uint32{0, 1, 2}, r.Places...)
		amounts = divide(r.Usage, rules.Split(epoch))
	case r.Payment != nil:
		d := &r.Payment.Distribution
		if len(r.Places) != len(d.Credits) || r.Place>>depth != 0 {
			return payer, nil
		}
		pool := s.OpenEarned(r.Place)
		places = append(places, pool)
		if pool.Account == d.Pool && pool.Account != (Account{}) {
			sum := new(Amount).Add(&pool.Distributed, &d.Amount)
			s.setEntry(r.Place, entry{pool.Account, pool.Earned, *sum})
		}
		accounts, at = d.accounts(), r.Places
		for i := range d.Credits {
			amounts = append(amounts, d.Credits[i].Weight)
		}
	}
	stopped := false
	for i, a := range accounts {
		p := at[i]
		if stopped = stopped || !s.fits([]Account{a}, []uint32{p}); p>>depth != 0 {
			places = append(places, EarnedLeaf{})
			continue
		}
		places = append(places, s.OpenEarned(p))
		if !stopped {
			s.credit(a, p, &amounts[i])
		}
	}
	return payer, places
}
