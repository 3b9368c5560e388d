package manifest

import (
	"fmt"
	"slices"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/record"
)

// A Draft is the next version of a Datanet before it is signed: the founder adds
// what arrived and seals Manifest. Load is what decides whether it is right.
type Draft struct {
	Manifest  Manifest // all but the lists of CIDs, Contributors and Stats may be set
	reviews   []Sealed[Review]
	withdrawn map[cid.Cid]Withdrawn
}

// New drafts version 0.
func New(name string, licence Licence, policy Policy) *Draft {
	return &Draft{
		Manifest:  Manifest{Name: name, Licence: licence, Policy: policy},
		withdrawn: map[cid.Cid]Withdrawn{},
	}
}

// Draft drafts the version after d.
func (d *Datanet) Draft() *Draft {
	m := d.Manifest()
	next := New(m.Name, m.Licence, m.Policy)
	m.Version, m.Parent = m.Version+1, d.CID()
	m.Contributions, m.Reviews, m.Withdrawals = slices.Clone(m.Contributions), slices.Clone(m.Reviews), slices.Clone(m.Withdrawals)
	m.Contributors = slices.Clone(m.Contributors)
	next.Manifest, next.reviews = m, d.Reviews()
	for i, c := range d.contributions {
		next.withdrawn[c.cid] = d.Withdrawn(i)
	}
	return next
}

// Accepts says why the Datanet of a founder does not take a contribution, if it
// does not: by its licence, its policy and the reviews listed so far.
func (d *Draft) Accepts(founder record.Account, c Sealed[Contribution]) error {
	return d.Manifest.accepts(c, founder, d.reviews)
}

// Add lists a contribution and adds up its credits.
func (d *Draft) Add(c Sealed[Contribution]) error {
	if _, there := d.withdrawn[c.cid]; there {
		return fmt.Errorf("manifest: contribution %s is in the Datanet", c.cid)
	}
	if err := d.Manifest.add(&c.value); err != nil {
		return err
	}
	d.Manifest.Contributions = append(d.Manifest.Contributions, c.cid)
	d.withdrawn[c.cid] = Withdrawn{of: &c.value}
	return nil
}

// Review lists a verdict.
func (d *Draft) Review(v Sealed[Review]) {
	d.reviews = append(d.reviews, v)
	d.Manifest.Reviews = append(d.Manifest.Reviews, v.cid)
}

// Allows says why a withdrawal makes no sense, if it does not.
func (d *Draft) Allows(w Withdrawal) error {
	_, err := d.without(&w)
	return err
}

// without returns what is withdrawn of a contribution after one more withdrawal.
func (d *Draft) without(w *Withdrawal) (Withdrawn, error) {
	gone, there := d.withdrawn[w.Contribution]
	if !there {
		return gone, fmt.Errorf("manifest: contribution %s is not in the Datanet", w.Contribution)
	}
	gone = gone.clone()
	return gone, gone.add(w)
}

// Withdraw lists a withdrawal and takes its records out of the credits.
func (d *Draft) Withdraw(w Sealed[Withdrawal]) error {
	gone, err := d.without(&w.value)
	if err != nil {
		return err
	}
	before := d.withdrawn[w.value.Contribution]
	d.Manifest.restore(&before)
	d.Manifest.remove(&gone)
	d.withdrawn[w.value.Contribution] = gone
	d.Manifest.Withdrawals = append(d.Manifest.Withdrawals, w.cid)
	return nil
}
