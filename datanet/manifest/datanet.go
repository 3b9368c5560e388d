package manifest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

// Get returns the bytes of a block, from here or from a peer. It MUST be safe for
// concurrent use.
type Get func(ctx context.Context, c cid.Cid) ([]byte, error)

// checked is Get that believes nobody.
func (get Get) checked(ctx context.Context, c cid.Cid) ([]byte, error) {
	b, err := get(ctx, c)
	if err != nil {
		return nil, err
	}
	return b, block.Check(c, b)
}

// A Datanet is a version of a Datanet all of whose parts were checked.
type Datanet struct {
	head          Sealed[Manifest]
	contributions []Sealed[Contribution]
	reviews       []Sealed[Review]
	withdrawals   []Sealed[Withdrawal]
	withdrawn     []Withdrawn // by contribution
	chain         []cid.Cid   // all versions, by number
}

// Manifest returns the version itself.
func (d *Datanet) Manifest() Manifest { return d.head.value }

// CID returns the name of the version.
func (d *Datanet) CID() cid.Cid { return d.head.cid }

// ID returns the name of the Datanet through all versions.
func (d *Datanet) ID() ID { return d.head.Datanet() }

// Founder returns who signs the versions.
func (d *Datanet) Founder() record.Account { return d.head.Owner() }

// Chain returns the CIDs of all versions up to this one, by their numbers.
func (d *Datanet) Chain() []cid.Cid { return slices.Clone(d.chain) }

// Contributions returns all of them, in the order of acceptance.
func (d *Datanet) Contributions() []Sealed[Contribution] { return slices.Clone(d.contributions) }

// Reviews returns all verdicts of curators, in the order of the manifest.
func (d *Datanet) Reviews() []Sealed[Review] { return slices.Clone(d.reviews) }

// Withdrawals returns all of them, in the order of the manifest.
func (d *Datanet) Withdrawals() []Sealed[Withdrawal] { return slices.Clone(d.withdrawals) }

// Withdrawn returns the withdrawn records of contribution i.
func (d *Datanet) Withdrawn(i int) Withdrawn { return d.withdrawn[i].clone() }

// Load gets a version, all versions before it and all they list, and checks
// every rule. It reads no shard; Records does.
func Load(ctx context.Context, head cid.Cid, n record.Network, get Get) (*Datanet, error) {
	l := loader{ctx, n, get}
	top, err := l.manifest(head)
	if err != nil {
		return nil, err
	}
	d := &Datanet{head: top}
	if err := l.parts(d); err != nil {
		return nil, fmt.Errorf("version %d of %s: %w", top.value.Version, top.value.Name, err)
	}
	for at := top; ; {
		m := at.value
		d.chain = append(d.chain, at.cid)
		parent := Sealed[Manifest]{}
		if m.Version > 0 {
			if parent, err = l.manifest(m.Parent); err != nil {
				return nil, fmt.Errorf("parent of version %d of %s: %w", m.Version, m.Name, err)
			}
			if err := follows(at, parent); err != nil {
				return nil, err
			}
		}
		if err := d.allowed(m, parent.value); err != nil {
			return nil, fmt.Errorf("version %d of %s: %w", m.Version, m.Name, err)
		}
		if m.Version == 0 {
			slices.Reverse(d.chain)
			return d, nil
		}
		at = parent
	}
}

// ErrParent says that a version does not follow from the one it names as its
// parent.
var ErrParent = errors.New("manifest: not a successor of its parent")

// follows checks one link of the chain. Versions count down to 0 along it, so it
// has no cycle, whatever somebody makes of the CIDs.
func follows(child, parent Sealed[Manifest]) error {
	c, p := child.value, parent.value
	fail := func(what string) error {
		return fmt.Errorf("%w: version %d of %s: %s", ErrParent, c.Version, c.Name, what)
	}
	switch {
	case child.cid == parent.cid:
		return fail("it names itself")
	case child.Datanet() != parent.Datanet():
		return fail("the parent is of Datanet " + parent.Datanet().String())
	case c.Version != p.Version+1:
		return fail(fmt.Sprintf("the parent is version %d", p.Version))
	case c.Licence != p.Licence:
		return fail(fmt.Sprintf("the licence was %s and is %s", p.Licence, c.Licence))
	case !extends(c.Contributions, p.Contributions):
		return fail("a contribution was removed or moved")
	case !extends(c.Reviews, p.Reviews):
		return fail("a review was removed or moved")
	case !extends(c.Withdrawals, p.Withdrawals):
		return fail("a withdrawal was removed or moved")
	}
	return nil
}

func extends(long, short []cid.Cid) bool {
	return len(long) >= len(short) && slices.Equal(long[:len(short)], short)
}

// allowed checks that what version m adds to its parent was signed by who may,
// by the lists of m itself, and that the sums of m are right. d holds the parts
// of m or of a later version.
func (d *Datanet) allowed(m, parent Manifest) error {
	for _, v := range d.reviews[len(parent.Reviews):len(m.Reviews)] {
		if !m.Curates(v.Owner(), d.Founder()) {
			return fmt.Errorf("review %s is by %s, who is no curator", v.cid, v.Owner())
		}
	}
	for _, c := range d.contributions[len(parent.Contributions):len(m.Contributions)] {
		if err := m.accepts(c, d.Founder(), d.reviews[:len(m.Reviews)]); err != nil {
			return err
		}
	}
	for _, w := range d.withdrawals[len(parent.Withdrawals):len(m.Withdrawals)] {
		i := slices.Index(m.Contributions, w.value.Contribution)
		if i < 0 {
			return fmt.Errorf("withdrawal %s is from %s, which is not in the Datanet", w.cid, w.value.Contribution)
		}
		if by := w.Owner(); by != d.contributions[i].Owner() && !m.Curates(by, d.Founder()) {
			return fmt.Errorf("withdrawal %s is by %s, who neither owns the contribution nor is a curator", w.cid, by)
		}
	}
	sums, _, err := d.sums(m)
	if err != nil {
		return err
	}
	if sums.Stats != m.Stats || !slices.Equal(sums.Contributors, m.Contributors) {
		return errors.New("statistics or credits are not the sums over the contributions")
	}
	return nil
}

// Curates says whether an account may review, and withdraw what is not its own.
func (m *Manifest) Curates(a, founder record.Account) bool {
	return a == founder || slices.Contains(m.Curators, a)
}

// accepts says whether the policy lets a contribution in, after these reviews.
func (m *Manifest) accepts(c Sealed[Contribution], founder record.Account, reviews []Sealed[Review]) error {
	if !m.Licence.Covers(c.value.Licence) {
		return fmt.Errorf("contribution %s is under %s, the Datanet under %s", c.cid, c.value.Licence, m.Licence)
	}
	switch m.Policy {
	case Invited:
		if c.Owner() != founder && !slices.Contains(m.Invited, c.Owner()) {
			return fmt.Errorf("contribution %s is by %s, who is not invited", c.cid, c.Owner())
		}
	case Reviewed:
		verdicts := map[record.Account]Review{}
		for _, v := range reviews {
			if v.value.Contribution == c.cid && m.Curates(v.Owner(), founder) {
				verdicts[v.Owner()] = v.value
			}
		}
		for _, v := range verdicts {
			if !v.Accept {
				return fmt.Errorf("contribution %s was rejected by a curator", c.cid)
			}
		}
		if len(verdicts) == 0 {
			return fmt.Errorf("contribution %s was accepted by no curator", c.cid)
		}
	}
	return nil
}

// sums returns the statistics and credits that a version must have, and what it
// withdraws.
func (d *Datanet) sums(m Manifest) (sums Manifest, gone []Withdrawn, err error) {
	gone = make([]Withdrawn, len(m.Contributions))
	for i := range gone {
		c := &d.contributions[i].value
		gone[i].of = c
		if err := sums.add(c); err != nil {
			return sums, nil, err
		}
	}
	for _, w := range d.withdrawals[:len(m.Withdrawals)] {
		i := slices.Index(m.Contributions, w.value.Contribution)
		if i < 0 {
			continue // of a contribution that allowed refuses
		}
		if err := gone[i].add(&w.value); err != nil {
			return sums, nil, fmt.Errorf("withdrawal %s: %w", w.cid, err)
		}
	}
	for i := range gone {
		sums.remove(&gone[i])
	}
	return sums, gone, nil
}
