package manifest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// A Contributor is who gets the credit for records: an account that is paid, a
// name by which the source knows the author, or both. Without an account the
// credit is kept under the name until it is claimed.
type Contributor struct {
	Account record.Account
	Name    string
	Records uint64
	Bytes   uint64 // of text
}

// String returns the name, or else the account.
func (c Contributor) String() string {
	if c.Name != "" {
		return c.Name
	}
	return c.Account.String()
}

// A Shard is a run of a contribution's records as one erasure-coded Batch.
type Shard struct {
	Layout  cid.Cid // of the block with the erasure.Layout
	Size    uint64  // bytes of the Batch
	Records uint64
}

// A Contribution is what its owner adds to a Datanet. Who signs it is its owner.
type Contribution struct {
	Title        string
	Licence      Licence
	Contributors []Contributor // records refer to them by index
	Shards       []Shard       // their records are counted through, from 0
	Report       cid.Cid       // of the block with the report of its checks; undefined if there is none
}

const (
	maxTitle        = 256
	maxContributors = 1 << 14
	maxShards       = 1 << 14
	maxCredit       = 128     // bytes of a contributor's name
	maxSum          = 1 << 53 // records or bytes, of one and of all
)

// Check says whether the fields can be those of a contribution.
func (c *Contribution) Check() error {
	if err := c.Licence.Check(); err != nil {
		return err
	}
	if len(c.Title) > maxTitle {
		return fmt.Errorf("manifest: title of %d bytes, at most %d", len(c.Title), maxTitle)
	}
	var credited, kept uint64
	seen := make(map[string]bool, len(c.Contributors))
	for _, who := range c.Contributors {
		key := string(who.Account[:]) + who.Name
		switch {
		case who.Name == "" && who.Account == record.Account{}:
			return errors.New("manifest: a contributor needs an account or a name")
		case len(who.Name) > maxCredit:
			return fmt.Errorf("manifest: contributor's name of %d bytes, at most %d", len(who.Name), maxCredit)
		case seen[key]:
			return fmt.Errorf("manifest: contributor %s is listed twice", who)
		}
		seen[key] = true
		if credited += who.Records; credited > maxSum {
			return fmt.Errorf("manifest: more than %d records are credited", uint64(maxSum))
		}
	}
	for _, s := range c.Shards {
		if s.Records == 0 || s.Size == 0 || s.Size > canon.MaxTotal {
			return fmt.Errorf("manifest: shard of %d records in %d bytes", s.Records, s.Size)
		}
		kept += s.Records
	}
	if credited != kept || kept == 0 {
		return fmt.Errorf("manifest: %d records are credited, the shards hold %d", credited, kept)
	}
	return nil
}

// Records returns how many records a contribution has.
func (c *Contribution) Records() (n uint64) {
	for _, s := range c.Shards {
		n += s.Records
	}
	return n
}

// AppendCanon appends the contribution to b.
func (c *Contribution) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 5)
	b = canon.AppendText(b, c.Title)
	b = canon.AppendText(b, string(c.Licence))
	b = appendContributors(b, c.Contributors)
	b = canon.AppendArray(b, len(c.Shards))
	for _, s := range c.Shards {
		b = canon.AppendArray(b, 3)
		b = canon.AppendCID(b, s.Layout)
		b = canon.AppendUint(b, s.Size)
		b = canon.AppendUint(b, s.Records)
	}
	var report []cid.Cid
	if c.Report.Defined() {
		report = []cid.Cid{c.Report}
	}
	return appendCIDs(b, report)
}

// ReadCanon reads what AppendCanon wrote and refuses what Check refuses.
func (c *Contribution) ReadCanon(r *canon.Reader) {
	r.Fields(5)
	c.Title = r.Text(maxTitle)
	c.Licence = Licence(r.Text(maxLicence))
	c.Contributors = readContributors(r)
	c.Shards = make([]Shard, r.Array(maxShards))
	for i := range c.Shards {
		r.Fields(3)
		c.Shards[i] = Shard{Layout: r.CID(), Size: r.Uint(canon.MaxTotal), Records: r.Uint(maxRecords)}
	}
	if report := readCIDs(r, 1); len(report) == 1 {
		c.Report = report[0]
	}
	failIf(r, c.Check)
}

func appendContributors(b []byte, list []Contributor) []byte {
	b = canon.AppendArray(b, len(list))
	for _, c := range list {
		b = canon.AppendArray(b, 4)
		b = canon.AppendBytes(b, c.Account[:])
		b = canon.AppendText(b, c.Name)
		b = canon.AppendUint(b, c.Records)
		b = canon.AppendUint(b, c.Bytes)
	}
	return b
}

func readContributors(r *canon.Reader) []Contributor {
	list := make([]Contributor, r.Array(maxContributors))
	for i := range list {
		r.Fields(4)
		r.Fixed(list[i].Account[:])
		list[i].Name = r.Text(maxCredit)
		list[i].Records = r.Uint(maxSum)
		list[i].Bytes = r.Uint(maxSum)
	}
	return list
}

func compareContributors(a, b Contributor) int {
	return cmp.Or(bytes.Compare(a.Account[:], b.Account[:]), strings.Compare(a.Name, b.Name))
}

// add adds a contribution to the sums of a manifest.
func (m *Manifest) add(c *Contribution) error {
	for _, who := range c.Contributors {
		i, there := slices.BinarySearchFunc(m.Contributors, who, compareContributors)
		if !there {
			m.Contributors = slices.Insert(m.Contributors, i, who)
		} else {
			m.Contributors[i].Records += who.Records
			m.Contributors[i].Bytes += who.Bytes
		}
		m.Stats.Bytes += who.Bytes
		if m.Contributors[i].Records > maxSum || m.Contributors[i].Bytes > maxSum || m.Stats.Bytes > maxSum {
			return fmt.Errorf("manifest: more than %d records or bytes", uint64(maxSum))
		}
	}
	if m.Stats.Records += c.Records(); m.Stats.Records > maxSum {
		return fmt.Errorf("manifest: more than %d records", uint64(maxSum))
	}
	m.Stats.Shards += uint64(len(c.Shards))
	return nil
}

// remove takes withdrawn records out of the credits of a manifest, where add has
// put them. Who has no credit left stays listed.
func (m *Manifest) remove(gone *Withdrawn) {
	for _, who := range gone.Credits() {
		if i, there := slices.BinarySearchFunc(m.Contributors, who, compareContributors); there {
			m.Contributors[i].Records -= who.Records
			m.Contributors[i].Bytes -= who.Bytes
		}
		m.Stats.Withdrawn += who.Records
		m.Stats.WithdrawnBytes += who.Bytes
	}
}

// restore undoes remove.
func (m *Manifest) restore(gone *Withdrawn) {
	for _, who := range gone.Credits() {
		if i, there := slices.BinarySearchFunc(m.Contributors, who, compareContributors); there {
			m.Contributors[i].Records += who.Records
			m.Contributors[i].Bytes += who.Bytes
		}
		m.Stats.Withdrawn -= who.Records
		m.Stats.WithdrawnBytes -= who.Bytes
	}
}
